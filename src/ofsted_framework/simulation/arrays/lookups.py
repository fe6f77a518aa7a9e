"""Tables that arrays look up, and the numbers that they draw.

What is owed, and when, is not said again here. Windows, deadlines, statuses and limits are asked of
the same functions as in `plain`, once for each day or each combination of grades that occurs, and
kept. What is drawn stands where `bits` says; numpy's own generator gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from sys import byteorder
from typing import Any

import numpy as np

from ...dates import WorkingDays
from ...grades import Grade
from ...windows import NEVER
from ..behaviour import Table
from ..bits import BLOCK, WORDS, Part
from ..scenario import TABLE_FIRST, TABLE_LAST, Recurrence, Scenario, Span

Ints = Any
"""An array of whole numbers."""
Choices_ = Mapping[str, "str | None"]
"""The readings of some replications: provision id and reading."""
ALL = tuple(Grade)
CODES = {grade: code for code, grade in enumerate(ALL)}
GIVENS = ("periods", "since-last", "first", "between", "response")
CUT = 64
"""Fewer days than this are cut off from windows that have tables."""
_DENSE = 1 << 18
_ASIDE = 128
"""What is added to a value of a combination of grades; nothing stands for one yet to occur."""
_MOST = 1 << 22
"""The most days, in all combinations of readings, that windows are kept for."""
_FAR = 1 << 17
"""Days after the first that a table may hold."""
LENGTHS = 2048
"""Windows that have tables are shorter than this."""
_UNKNOWN = -(1 << 31)
"""A value that was not worked out yet."""
_FEW = 5
"""So few outcomes are told apart one by one."""
_NEAR = 8
"""Whole numbers that are no further apart than this are looked for one by one."""
_BITS = 5
"""Bits of a draw that lead to the part of a window."""
_FINEST = 12
"""The most bits of a draw that lead to an outcome at once."""
_ENTRIES = 1 << 15
"""The most entries by which some choices together are led to their outcomes."""
_OUTPUTS, _ROUND, _LOW = BLOCK // 2, 1 << 128, 0xFFFFFFFF
"""Outputs that hold a word's numbers in a block; all of a stream's; the low half of one."""
_SCARCE = 3
"""So few numbers of a word in each block are drawn sooner one by one."""


class UnsupportedError(Exception):
    """The question needs what only the plain form does."""


def values(some: Ints) -> list[int]:
    """The different whole numbers of an array; mostly there is one."""
    if not some.size:
        return []
    low, high = int(some.min()), int(some.max())
    if high - low <= _NEAR:
        between = [one for one in range(low + 1, high) if (some == one).any()]
        return [low, *between, high] if low < high else [low]
    return [one + low for one in np.flatnonzero(np.bincount(some - low)).tolist()]


def taken(table: Ints, at: Ints) -> Ints | None:
    """What stands in a table at some places; None where one lies outside it."""
    if at.dtype != np.int32:
        at = at.astype(np.int32)
    try:
        return table.take(at.view(np.uint32))  # places before the first become very large
    except IndexError:
        return None


def those(some: Ints, places: Any) -> Ints:
    """What stands in some places, given by their numbers or as a slice; all of them are there."""
    return some[places] if isinstance(places, slice) else some.take(places, mode="wrap")


def all_those(places: Any, *some: Ints) -> list[Ints]:
    """The same of several arrays."""
    return [those(one, places) for one in some]


def different(some: Ints) -> list[int]:
    """The different whole numbers of an array, however far apart; `np.unique` loads much more."""
    return sorted(set(some.tolist()))


def uniform(some: Ints) -> bool:
    """Whether all numbers of an array are one."""
    first = some[0]
    return bool(first == some[-1] and (some == first).all())


class ByDay:
    """A function of a day, worked out once for each day of a stretch that is asked about."""

    __slots__ = ("_far", "_filled", "_first", "_of", "_values")

    def __init__(self, of: Callable[[int], int], first: int, last: int) -> None:
        self._of, self._first = of, first
        self._values = np.full(max(1, last - first + 1), _UNKNOWN, np.int32)
        self._filled = [0, 0]
        """The places from and up to which it is worked out."""
        self._far: dict[int, int] = {}

    def __call__(self, days: Ints) -> Ints:
        """The values of an array of days."""
        at = days - self._first
        found = taken(self._values, at)
        if found is not None and int(found.min(initial=0)) != _UNKNOWN:
            return found
        low, high = int(at.min()), int(at.max()) + 1
        if low < 0 or high > _FAR:
            return self._with_far(days)
        if high > self._values.size:
            more = np.full(high + 400 - self._values.size, _UNKNOWN, np.int32)
            self._values = np.concatenate((self._values, more))
        self._fill(low, high)
        return self._values.take(at)

    def _fill(self, low: int, high: int) -> None:
        first, last = self._filled
        if first == last:
            first = last = low
        for place in (*range(low, first), *range(last, high)):
            self._values[place] = self._of(place + self._first)
        self._filled = [min(low, first), max(high, last)]

    def _with_far(self, days: Ints) -> Ints:
        found = np.zeros(days.size, np.int32)
        for day in different(days):
            if day not in self._far:
                self._far[day] = self._of(day)
            found[days == day] = self._far[day]
        return found


class Choice:
    """An assumption's outcomes, ready to be drawn from by arrays."""

    __slots__ = (
        "_direct", "_even", "_first", "_guide", "_last", "_more", "_shift", "_values", "bounds",
        "outcomes",
    )  # fmt: skip

    def __init__(self, outcomes: Any, bounds: Sequence[int], even: bool = False) -> None:
        """Make it ready.

        Args:
            outcomes: The outcomes, in a sequence or an array.
            bounds: For each the least draw that is above it; the last is taken to be 2**32.
            even: Whether all outcomes are alike, and in one part.
        """
        self.outcomes = outcomes
        self.bounds = np.array([*bounds[:-1], 1 << 32], np.int64)
        self._last = (self.bounds - 1).astype(np.uint32)
        """The last draw of each outcome."""
        self._values: Ints | None = None
        self._first: int | None = None
        """The first outcome, where each of the others is the next whole number."""
        self._even = even
        self._guide: Ints | None = None
        self._direct: Ints | None = None
        """The same guide to outcomes that are whole numbers in a row."""
        if len(outcomes) > _FEW and not even:
            bits = bits_for(self.bounds)
            self._shift = 32 - bits
            self._guide, self._more = guided(self.bounds, bits)

    @classmethod
    def of(cls, table: Table) -> Choice:
        """Of a table."""
        return cls(table.outcomes, table.bounds)

    @classmethod
    def of_parts(
        cls, parts: Sequence[Part], total: int, of: Callable[[int], int] | None = None
    ) -> Choice:
        """Of the whole numbers in some parts, or of what a function makes of them."""
        numbers, bounds = parts_of(parts, total)
        some = np.array(numbers if of is None else list(map(of, numbers)), np.int32)
        return cls(some, bounds, even=len(parts) == 1)

    def index(self, numbers: Ints) -> Ints:
        """Which outcome each draw is."""
        if self._even:
            found = np.multiply(numbers, len(self.outcomes), dtype=np.int64)
            found >>= 32
            return found
        if len(self.outcomes) <= _FEW:
            found = (numbers > self._last[0]).view(np.int8)
            for last in self._last[1:-1]:
                found += (numbers > last).view(np.int8)
            return found
        assert self._guide is not None
        found = led(self._guide, numbers >> self._shift, numbers)
        found >>= 32
        for _ in range(self._more):
            found += numbers > self._last.take(found)
        return found

    def numbers(self, numbers: Ints) -> Ints:
        """The outcomes themselves, where they are whole numbers."""
        if self._values is None:
            self._values = some = np.asarray(self.outcomes, np.int32)
            if (np.diff(some) == 1).all():
                self._first = int(some[0])
                if self._guide is not None and not self._more:
                    self._direct = self._guide + (self._first << 32)
        if len(self.outcomes) == 1:
            return np.full(numbers.shape, self._values[0])
        if self._direct is not None:
            return upper(led(self._direct, numbers >> self._shift, numbers), np.int32)
        found = self.index(numbers)
        if self._first is None:
            return self._values.take(found)
        return np.add(found, self._first, dtype=np.int32, casting="unsafe")

    def says(self, word: str, numbers: Ints) -> Ints:
        """Whether each draw is of an outcome."""
        if word not in self.outcomes:
            return np.zeros(numbers.shape, bool)
        at = self.outcomes.index(word)
        upto = numbers <= self._last[at]
        return upto & (numbers > self._last[at - 1]) if at else upto


def parts_of(parts: Sequence[Part], total: int) -> tuple[list[int], list[int]]:
    """The whole numbers in some parts; for each the least draw that is above it."""
    numbers: list[int] = []
    bounds: list[int] = []
    before = 0
    for first, last, weight in parts:
        length = last - first + 1
        for place in range(length):
            numbers.append(first + place)
            least = (before << 32) + -(-place * (weight << 32) // length)
            bounds.append(-(-least // total))
        before += weight
    return numbers, [*bounds[1:], 1 << 32]


def guided(bounds: Ints, bits: int) -> tuple[Ints, int]:
    """A guide to outcomes: entries by the first bits of a draw.

    An entry has in its upper half the outcome of the first draw with those bits, and in its lower
    half what is to be added to the first draw of the next outcome to make 2**32. So the sum of an
    entry and a draw has the outcome in its upper half, if only one outcome begins among those bits.

    Args:
        bounds: For each outcome the least draw that is above it.
        bits: How many bits.

    Returns:
        The entries, and how many outcomes more than one begin among the bits of one at the most.
    """
    first = np.searchsorted(bounds, np.arange((1 << bits) + 1) << 32 - bits, side="right")
    begin = int(np.diff(first).max()) - 1
    first = first[:-1]
    return (first << 32) + ((1 << 32) - bounds[first]), max(begin, 0)


def led(guide: Ints, at: Ints, numbers: Ints) -> Ints:
    """The sums of the entries that some draws are led to and the draws, of which see `guided`."""
    found = guide.take(at)
    found += numbers
    return found


def upper(sums: Ints, type: Any) -> Ints:
    """The lowest bits of the upper halves of whole numbers of 64 bits, as a smaller type."""
    count = 8 // np.dtype(type).itemsize
    place = count // 2 if byteorder == "little" else count // 2 - 1
    return sums.view(type)[place::count].copy()


def bits_for(bounds: Ints) -> int:
    """How many bits lead to outcomes in one step; not more than are worth it."""
    sizes = np.diff(bounds, prepend=0)
    least = int(sizes.min())
    return min(max(33 - least.bit_length(), 1), _FINEST) if least else _FINEST


class Choices:
    """Several choices at once, of which each draw takes one."""

    def __init__(self, type: Any = np.int32) -> None:
        self._parts: list[tuple[Ints, Ints]] = []
        self._type = type
        self._all: tuple[Ints, Ints | None, Ints, int] | None = None
        self._bits = 1

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._parts)

    def add(self, outcomes: Sequence[int], bounds: Sequence[int]) -> int:
        """Add one, and return its number."""
        some = np.array([*bounds[:-1], 1 << 32], np.int64)
        self._parts.append((np.array(outcomes, self._type), some))
        self._bits = max(self._bits, bits_for(some))
        self._all = None
        return len(self._parts) - 1

    def __call__(self, which: Ints, numbers: Ints) -> Ints:
        """The outcome of each draw, from the choice of each."""
        if self._all is None:
            self._all = self._make()
        entries, outcomes, lasts, more = self._all
        at = (numbers >> 32 - self._bits).view(np.int32)
        at += which.astype(np.int32, copy=False) << self._bits
        found = led(entries, at, numbers)
        if outcomes is None:
            return upper(found, self._type)
        found >>= 32
        for _ in range(more):
            found += numbers > lasts.take(found)
        return outcomes.take(found)

    def _make(self) -> tuple[Ints, Ints | None, Ints, int]:
        while self._bits > 6 and len(self._parts) << self._bits > _ENTRIES:
            self._bits -= 1
        made = [guided(bounds, self._bits) for _, bounds in self._parts]
        more = max(some for _, some in made)
        direct = more == 0 and all((np.diff(some) == 1).all() for some, _ in self._parts)
        begin, entries = 0, []
        for (some, _), (one, _) in zip(self._parts, made, strict=True):
            entries.append(one + ((int(some[0]) if direct else begin) << 32))
            begin += len(some)
        outcomes, bounds = (np.concatenate(some) for some in zip(*self._parts, strict=True))
        lasts = (bounds - 1).astype(np.uint32)
        return np.concatenate(entries), None if direct else outcomes, lasts, more


class ByLength:
    """A number above 0 for windows of so many days, of which the first few are cut off."""

    def __init__(self) -> None:
        self._row = np.zeros(LENGTHS, np.int16)
        self._numbers = np.zeros((1, CUT), np.int16)

    def __call__(self, length: Ints, cut: Ints) -> Ints:
        """The numbers of some windows; 0: it has none yet."""
        at = self._row.take(length) * np.int32(CUT)
        at += cut
        return self._numbers.take(at)

    def add(self, length: int, cut: int, number: int) -> None:
        """Give windows their number."""
        if not self._row[length]:
            self._row[length] = len(self._numbers)
            self._numbers = np.concatenate((self._numbers, np.zeros((1, CUT), np.int16)))
        self._numbers[self._row[length], cut] = number


class ByGrades:
    """A function of the grades of some areas, worked out once for each combination that occurs."""

    __slots__ = ("_base", "_dense", "_found", "_of", "_type", "areas")

    def __init__(
        self, areas: Sequence[str], of: Callable[[dict[str, Grade]], int], grades: int
    ) -> None:
        """Begin a table.

        Args:
            areas: The areas.
            of: The function.
            grades: A number that the codes of all grades are below.
        """
        self.areas, self._of, self._base = tuple(areas), of, grades + 1
        size = self._base ** len(self.areas)
        self._type: Any = np.int32 if size < 1 << 31 else np.int64
        self._dense = np.zeros(size, np.uint8) if size <= _DENSE else None
        self._found: dict[int, int] = {}

    def __call__(self, grades: Mapping[str, Ints], size: int) -> Ints:
        """The values for arrays of grades by area; -1 stands for no grade."""
        code: Ints = np.zeros(size, self._type)
        for area in self.areas:
            code *= self._base
            if area in grades:
                code += grades[area]
                code += 1
        if self._dense is None:
            values, at = np.unique(code, return_inverse=True)
            return np.array([self._value(one) for one in values.tolist()], np.int8)[at]
        found = self._dense.take(code)
        if int(found.min(initial=1)) == 0:
            for one in different(code[found == 0]):
                self._dense[one] = self._value(one) + _ASIDE
            found = self._dense.take(code)
        found ^= _ASIDE
        return found.view(np.int8)

    def _value(self, code: int) -> int:
        found = self._found.get(code)
        if found is None:
            rest, grades = code, dict[str, Grade]()
            for area in reversed(self.areas):
                rest, one = divmod(rest, self._base)
                if one:
                    grades[area] = ALL[one - 1]
            found = self._found[code] = int(self._of(grades))
        return found


class Moves:
    """How the grade of an area on a scale moves on, from each grade."""

    def __init__(self, scenario: Scenario, area: str, scale: str) -> None:
        self.scenario, self.area, self.scale = scenario, area, scale
        self._which = np.full(len(ALL) + 1, -1, np.int32)
        self._choices = Choices(np.int8)

    def __call__(self, before: Ints, numbers: Ints) -> Ints:
        """The next grades; a grade before of -1 is none."""
        which = self._which.take(before + 1)
        if int(which.min()) < 0:
            for code in values(before):
                if self._which[code + 1] < 0:
                    self._which[code + 1] = self._add(None if code < 0 else ALL[code])
            which = self._which.take(before + 1)
        return self._choices(which, numbers)

    def _add(self, before: Grade | None) -> int:
        table = self.scenario.moves(self.area, self.scale, before)
        if table is not None:
            return self._choices.add([CODES[Grade(one)] for one in table.outcomes], table.bounds)
        # Nothing is assumed: each grade of the scale alike.
        good = self.scenario.view.framework.scale(self.scale).grades
        count = len(good)
        bounds = [-(-(place << 32) // count) for place in range(1, count + 1)]
        return self._choices.add([CODES[one] for one in good], bounds)


def picked(
    first: Ints,
    last: Ints,
    weights: Sequence[int],
    free: Sequence[tuple[Ints, Ints]],
    numbers: Ints,
) -> Ints:
    """A day of some stretches, each day with the weight of the part of the window that it is in.

    Where no day is left it is 0.
    """
    first, count = first.astype(np.int64, copy=False), len(weights)
    length = last - first + 1
    parts: list[tuple[Ints, Ints, int]] = []
    total = np.zeros(first.size, np.int64)
    end = first - 1
    for index, weight in enumerate(weights):
        begin = end + 1
        end = last if index + 1 == count else first + (index + 1) * length // count - 1
        if weight:
            for lo, hi in free:
                lo = np.maximum(lo, begin)
                size = np.minimum(hi, end)
                size -= lo
                size += 1
                np.maximum(size, 0, out=size)
                if weight > 1:
                    size *= weight
                parts.append((lo, total, weight))
                total = total + size
    left = numbers * total
    left >>= 32
    found = np.zeros(first.size, np.int32)
    for lo, before, weight in parts:
        days = left - before
        if weight > 1:
            days //= weight
        days += lo
        np.putmask(found, left >= before, days.astype(np.int32))
    found[total == 0] = 0
    return found


class Shares:
    """Days of windows of any length, each with the weight of the part of the window it is in."""

    def __init__(self, weights: Sequence[int]) -> None:
        self.weights, count = weights, len(weights)
        self._wide = 1 << count.bit_length()
        most = (1 << 31) - 1
        self._type = np.int32 if sum(weights) * LENGTHS < most else np.int64
        length = np.arange(LENGTHS)[:, None]
        begins = np.full((LENGTHS, self._wide), most)
        begins[:, : count + 1] = length * np.arange(count + 1) // count
        before = np.full((LENGTHS, self._wide), most if self._type is np.int32 else 1 << 40)
        before[:, 0] = 0
        size = (begins[:, 1 : count + 1] - begins[:, :count]) * weights
        before[:, 1 : count + 1] = np.cumsum(size, axis=1)
        self._second = begins[:, 1].astype(np.int32)
        self._total = before[:, count].copy()
        self._begins = begins.ravel().astype(np.int32)
        self._before = before.ravel().astype(self._type)
        self._weights = np.zeros(self._wide)
        self._weights[:count] = weights
        # By length and the first bits of a draw, in which part the first draw with those bits lies.
        parts = np.zeros((LENGTHS, (1 << _BITS) + 1), np.int8)
        for entry in range((1 << _BITS) + 1):  # one by one, for no large array on the way
            some = (self._total * entry >> _BITS) - (entry >> _BITS)
            for begin in before[:, 1:count].T:
                parts[:, entry] += begin <= some
        self._guide = parts[:, :-1].ravel()
        far = np.flatnonzero((np.diff(parts, axis=1) > 1).any(axis=1))
        self._short = int(far.max(initial=0))
        """In windows that are longer, at most one part begins among the draws of an entry."""

    def __call__(self, first: Ints, last: Ints, lo: Ints, numbers: Ints) -> Ints | None:
        """A day of each window from `lo` on; None where a table does not tell for all."""
        length, skipped = last - first, lo - first
        length += 1
        shortest = int(length.min())
        if int(length.max()) >= LENGTHS or shortest < 0 or int(skipped.min()) < 0:
            return None
        if (skipped > self._second.take(length)).any():
            return None  # more is cut off than the first part
        total, cut = self._total.take(length), None
        if self.weights[0] and skipped.any():
            cut = skipped * self._type(self.weights[0])
            total -= cut
        if int(total.min()) <= 0:
            return None
        total *= numbers
        left = upper(total, self._type) if self._type is np.int32 else total >> 32
        at, step = length * self._wide, self._wide >> 1
        if cut is not None:
            left += cut
        elif shortest > self._short:
            length <<= _BITS
            length += (numbers >> 32 - _BITS).view(np.int32)
            at += self._guide.take(length)
            step = 1
        while step:
            at += (self._before.take(at + step) <= left).view(np.int8) * np.int8(step)
            step >>= 1
        left -= self._before.take(at)
        # Weights and days are small, so that their quotient has the right whole part.
        days = (left / self._weights.take(at & self._wide - 1)).astype(np.int32)
        days += self._begins.take(at)
        days += first
        return days


class Spans:
    """What some replications owe: the days, the window of which they are what is left, the rhythm.

    Arrays may be one and the same: `first` is `lo` where nothing of a window is cut off.
    """

    __slots__ = ("first", "given", "hi", "last", "lo")

    def __init__(self, lo: Ints, hi: Ints, first: Ints, last: Ints, given: Ints | int) -> None:
        self.lo, self.hi, self.first, self.last, self.given = lo, hi, first, last, given

    def part(self, some: Any) -> Spans:
        """Those in some places."""
        lo, hi = all_those(some, self.lo, self.hi)
        return Spans(
            lo,
            hi,
            lo if self.first is self.lo else those(self.first, some),
            hi if self.last is self.hi else those(self.last, some),
            self.given if isinstance(self.given, int) else those(self.given, some),
        )

    @classmethod
    def alike(cls, one: Span, size: int) -> Spans:
        """So many that are one."""
        lo, hi, first, last = (np.full(size, day, np.int32) for day in one[:4])
        same = one.lo == one.first and one.hi == one.last
        given = GIVENS.index(one.given)
        return cls(lo, hi, lo if same else first, hi if same else last, given)


class Nexts:
    """What is owed after an activity, by its day and the readings of what asks for it."""

    def __init__(self, scenario: Scenario, activity: str) -> None:
        self._duties = scenario.cadences[activity]
        count = 1
        for duty in self._duties:
            count *= len(duty.readings)
        self.first = scenario.first - 400
        self.width = max(1, scenario.horizon + 1500 - self.first + 1)
        if count * self.width >= _MOST:
            raise UnsupportedError
        self._values = np.zeros((2, count * self.width), np.int32)
        self._windows: tuple[Ints, Ints, Ints] | None = None
        """The windows that are left, and the rhythms, where these are not always the same."""
        self._filled = [0, 0]
        self.known: dict[int, Recurrence] = {}
        self._firsts = np.zeros((5, count), np.int32)
        self._far: dict[tuple[int, int], tuple[int, ...]] = {}
        self._alike: dict[tuple[int, int], Span | None] = {}
        """What is owed after some days, if it is one, by the first and the last of them."""
        self._given: int | None = None
        """The rhythm, as long as there is one, and nothing of a window is cut off."""

    def number(self, recurrence: Recurrence, choice: Choices_) -> int:
        """The number of a combination of readings."""
        number = 0
        for duty in self._duties:
            names = list(duty.readings)
            number = number * len(names) + names.index(choice.get(duty.id, names[0]))
        if number not in self.known:
            self.known[number] = recurrence
            self._firsts[:, number] = _plain(recurrence.first)
            self._fill(number, *self._filled)
        return number

    def _fill(self, number: int, low: int, high: int) -> None:
        if low >= high:
            return
        after, begin = self.known[number].after, number * self.width
        rows = [_plain(after(place + self.first)) for place in range(low, high)]
        whole = np.array(rows, np.int32).T
        some = slice(begin + low, begin + high)
        self._values[:, some] = whole[:2]
        lo, hi, first, last, given = whole[:, whole[0] < NEVER]
        for one in values(given) if self._windows is None else ():
            if self._given not in (None, one) or (lo != first).any() or (hi != last).any():
                rhythms = np.full(self._values.shape[1], self._given or 0, np.int8)
                self._windows = self._values[0].copy(), self._values[1].copy(), rhythms
                break
            self._given = one
        if self._windows is not None:
            for old, new in zip(self._windows, whole[2:], strict=True):
                old[some] = new

    def firsts(self, code: Ints | None, size: int) -> Spans:
        """What is owed first."""
        if code is None:
            (number,) = self.known
            return Spans(
                *(np.full(size, value, np.int32) for value in self._firsts[:, number].tolist())
            )
        return Spans(*(some.take(code) for some in self._firsts))

    def __call__(
        self, days: Ints, code: Ints | None, ends: tuple[int, int] | None = None
    ) -> Spans | Span:
        """What is owed after some days, in the readings of each; one for all, if it is the same.

        Args:
            days: The days.
            code: The numbers of the readings; None: there is one.
            ends: The first and the last of the days; None: that is not known, and one is not asked.
        """
        at = days - self.first
        low, high = ends or (int(days.min()), int(days.max()))
        low, high = low - self.first, high + 1 - self.first
        if low < 0 or high > self.width:
            return self._with_far(days, code)
        if low < self._filled[0] or high > self._filled[1]:
            first, last = self._filled
            if first == last:
                first = last = low
            for number in self.known:
                self._fill(number, low, first)
                self._fill(number, last, high)
            self._filled = [min(low, first), max(high, last)]
        if code is not None:
            at += code * self.width
        else:
            (number,) = self.known
            if ends is not None:
                if ends not in self._alike:
                    begin = number * self.width
                    self._alike[ends] = self._one(slice(begin + low, begin + high))
                alike = self._alike[ends]
                if alike is not None:
                    return alike
            at += number * self.width
        lo, hi = self._values[0].take(at), self._values[1].take(at)
        if self._windows is None:
            return Spans(lo, hi, lo, hi, self._given or 0)
        return Spans(lo, hi, *(some.take(at) for some in self._windows))

    def _one(self, some: slice) -> Span | None:
        """What is owed after some days in a row, if it is one."""
        lo, hi = self._values[:, some]
        if lo[0] >= NEVER or not (uniform(lo) and uniform(hi)):
            return None
        ends = int(lo[0]), int(hi[0])
        if self._windows is None:
            return Span(*ends, *ends, GIVENS[self._given or 0])
        first, last, given = (one[some] for one in self._windows)
        if not (uniform(first) and uniform(last) and uniform(given)):
            return None
        return Span(*ends, int(first[0]), int(last[0]), GIVENS[given[0]])

    def _with_far(self, days: Ints, code: Ints | None) -> Spans:
        found = np.zeros((5, days.size), np.int32)
        codes = [next(iter(self.known))] * days.size if code is None else code.tolist()
        for place, key in enumerate(zip(codes, days.tolist(), strict=True)):
            if key not in self._far:
                self._far[key] = _plain(self.known[key[0]].after(key[1]))
            found[:, place] = self._far[key]
        return Spans(*found)


def _plain(span: Span | None) -> tuple[int, int, int, int, int]:
    """A span as a row of numbers; one that never comes where there is none."""
    if span is None:
        return NEVER * 2, NEVER * 2, 0, 0, 0
    return (*span[:4], GIVENS.index(span.given))


def calendar_tables(calendar: WorkingDays) -> tuple[Ints, Ints]:
    """Working days, and the place of each day among them; both are those of the calendar itself."""
    some: tuple[Any, Any, Any] = calendar.table()
    _, days, places = some
    return np.frombuffer(days, np.int32), np.frombuffer(places, np.int32)


class Grid:
    """Days on which something may begin: the first from each day on, and the last up to it.

    Near the ends of the table of working days, and beyond, days are not moved.
    """

    __slots__ = ("_days", "_first", "_near")

    def __init__(self, days: Ints, first: int, last: int) -> None:
        """Make tables for the days from `first` to `last`; others are searched for."""
        self._days, self._first = days, first
        some = np.arange(first, last + 1, dtype=np.int32)
        self._near = self._moved(some, False), self._moved(some, True)

    def __call__(self, days: Ints, back: bool) -> Ints:
        """The first day from each day on, or back from it."""
        found = taken(self._near[back], days - self._first)
        return self._moved(days, back) if found is None else found

    def _moved(self, days: Ints, back: bool) -> Ints:
        inside = np.minimum(np.maximum(days, TABLE_FIRST + 15), TABLE_LAST - 15)
        side: Any = "right" if back else "left"
        found = self._days[np.searchsorted(self._days, inside, side=side) - back]
        return np.where(inside == days, found, days).astype(np.int32, copy=False)


class Words:
    """The numbers of one block or more, for all their replications."""

    def __init__(self, seed: int, first: int, count: int = 1) -> None:
        self.seed, self.blocks = seed, range(first, first + count)
        self._streams: dict[str, tuple[list[Any], list[int]]] = {}
        """By activity the stream of each block, and the output at which each stands."""

    def __call__(self, activity: str, slot: int, word: int) -> Ints:
        """The numbers of a slot's word, one for each replication of the blocks."""
        place = (slot * WORDS + word) * _OUTPUTS
        streams, at = self._of(activity)
        drawn = None if len(streams) == 1 else np.empty(_OUTPUTS * len(streams), np.uint64)
        for number, bits in enumerate(streams):
            if at[number] != place:
                bits.advance((place - at[number]) % _ROUND)
            at[number] = place + _OUTPUTS
            found = bits.random_raw(_OUTPUTS)
            if drawn is None:
                return _halves(found)
            drawn[number * _OUTPUTS : (number + 1) * _OUTPUTS] = found
        return _halves(drawn)

    def some(self, activity: str, slot: int, word: int, places: Ints) -> Ints:
        """The numbers of a slot's word for replications in some places of the blocks."""
        if places.size > _SCARCE * len(self.blocks):
            return those(self(activity, slot, word), places)
        place, found = (slot * WORDS + word) * _OUTPUTS, []
        streams, at = self._of(activity)
        for number in places.tolist():
            block, rest = divmod(number, BLOCK)
            its = place + rest // 2
            streams[block].advance((its - at[block]) % _ROUND)
            at[block] = its + 1
            output = int(streams[block].random_raw())
            found.append(output >> 32 if rest % 2 else output & _LOW)
        return np.array(found, np.uint32)

    def _of(self, activity: str) -> tuple[list[Any], list[int]]:
        stream = self._streams.get(activity)
        if stream is None:
            name = activity.encode()
            keys = [
                np.random.SeedSequence(self.seed, spawn_key=(one, *name)) for one in self.blocks
            ]
            made = [np.random.PCG64(key) for key in keys]
            stream = self._streams[activity] = made, [0] * len(made)
        return stream


def _halves(outputs: Ints) -> Ints:
    """The low half of each output, and then its high half, whichever way bytes are ordered."""
    if byteorder == "little":
        return outputs.view(np.uint32)
    return outputs.astype("<u8").view("<u4").astype(np.uint32)
