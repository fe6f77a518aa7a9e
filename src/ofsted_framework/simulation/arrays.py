"""The simulator on arrays: all replications of a block at once, draw for draw as the plain form.

What is owed, and when, is not said again here. Windows, deadlines, statuses, limits and the rows in
force are asked of the same functions as in `plain`, once for each day or each combination of
grades that occurs, and kept in tables that arrays look up. What is drawn stands where `bits` says;
numpy's own generator gives the same numbers.

Events of a kind that come in the same turn, or are the same visit of the same stretch, are one
column: an array of the replications that have such an event, and arrays of what it is like. A
question that would need numbers beyond 64 bits is left to the plain form (`UnsupportedError`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from sys import byteorder
from typing import Any, NamedTuple

import numpy as np

from ..cases import State, keep_to, status_holds
from ..dates import WorkingDays
from ..events import EVENTS, Event
from ..grades import Grade
from ..obligations import deadline
from ..provisions import NOT_KNOWN, Between, Limit, Response, Route, Status
from ..windows import NEVER
from .behaviour import Table
from .bits import BLOCK, WORDS, Part
from .plain import (
    DAY,
    FINISHED,
    GRADES,
    INCOMPLETE,
    KIND,
    LAG,
    LATE,
    LATE_BY,
    LATE_REPORT,
    LATER,
    LENGTH,
    NUMBER,
    PRIORITY,
    SKIPPED,
    SPACING,
    TOO_FEW,
    TOO_MANY,
    UNPUBLISHED,
    VISIT,
    WEEK,
)
from .results import Progress, Tally
from .scenario import (
    EVENT_WORDS,
    TABLE_FIRST,
    TABLE_LAST,
    Duty,
    Form,
    Made,
    Recurrence,
    Scenario,
    Span,
    allowed_kinds,
    ways,
    weighed,
)

Ints = Any
"""An array of whole numbers."""
Choices_ = Mapping[str, "str | None"]
"""The readings of some replications: provision id and reading."""
_ALL = tuple(Grade)
_CODES = {grade: code for code, grade in enumerate(_ALL)}
_BASE = len(_ALL) + 1
_GIVENS = ("periods", "since-last", "first", "between", "response")
_DENSE = 1 << 18
_MOST = 1 << 22
"""The most days, in all combinations of readings, that windows are kept for."""
_TOGETHER, _MANY = 2, 4
"""Blocks that are made together, for less to do one by one, and of how many on."""
_ROWS = 3 * BLOCK // 2
"""The most stretches that are looked at together: more would not be at hand at once."""
_FAR = 1 << 17
"""Days after the first that a table may hold."""
_ALIKE = 64
"""So many windows that are alike are worth a table of their days."""
_LENGTHS, _BEGUN, _CHOICES = 2048, 64, 256
"""Windows that have tables are shorter than this, have fewer days cut off, and are no more."""
_LIMIT = 1 << 31
"""The most that weights of days may add up to, so that sums stay within 64 bits."""
assert INCOMPLETE  # what is left out of a record has no say in what is counted here


class UnsupportedError(Exception):
    """The question needs what only the plain form does."""


def values(some: Ints) -> list[int]:
    """The different whole numbers of an array; mostly there is one."""
    if not some.size:
        return []
    first = some[0]
    if first == some[-1] and (some == first).all():
        return [int(first)]
    low = int(some.min())
    return [one + low for one in np.flatnonzero(np.bincount(some - low)).tolist()]


def uniform(some: Ints) -> bool:
    """Whether all numbers of an array are one."""
    first = some[0]
    return bool(first == some[-1] and (some == first).all())


class ByDay:
    """A function of a day, worked out once for each day of a stretch that is asked about."""

    __slots__ = ("_far", "_filled", "_first", "_of", "_values")

    def __init__(self, of: Callable[[int], Any], first: int, last: int, width: int = 0) -> None:
        self._of, self._first = of, first
        size = max(1, last - first + 1)
        self._values = np.zeros((width, size) if width else size, np.int64)
        self._filled = [0, 0]
        """The places from and up to which it is worked out."""
        self._far: dict[int, Any] = {}

    def __call__(self, days: Ints) -> Any:
        """The values of an array of days; of several at once, one array for each."""
        if not days.size:
            return np.zeros((*self._values.shape[:-1], 0), np.int64)
        at = days - self._first
        low, high = int(at.min()), int(at.max()) + 1
        if low < self._filled[0] or high > self._filled[1]:
            if low < 0 or high > _FAR:
                return self._with_far(days)
            if high > self._values.shape[-1]:
                more = np.zeros((*self._values.shape[:-1], high + 400 - self._values.shape[-1]))
                self._values = np.concatenate((self._values, more.astype(np.int64)), -1)
            self._fill(low, high)
        return self._values.take(at, -1)

    def _fill(self, low: int, high: int) -> None:
        first, last = self._filled
        if first == last:
            first = last = low
        for place in (*range(low, first), *range(last, high)):
            self._values[..., place] = self._of(place + self._first)
        self._filled = [min(low, first), max(high, last)]

    def _with_far(self, days: Ints) -> Any:
        found = np.zeros((*self._values.shape[:-1], days.size), np.int64)
        for day in np.unique(days).tolist():
            if day not in self._far:
                self._far[day] = np.array(self._of(day))[..., None]
            found[..., days == day] = self._far[day]
        return found


class Choice:
    """An assumption's outcomes, ready to be drawn from by arrays."""

    __slots__ = ("_even", "_guide", "_last", "_steps", "_values", "bounds", "outcomes")

    def __init__(self, outcomes: Any, bounds: Sequence[int]) -> None:
        """Make it ready.

        Args:
            outcomes: The outcomes, in a sequence or an array.
            bounds: For each the least draw that is above it; the last is taken to be 2**32.
        """
        self.outcomes = outcomes
        self.bounds = np.array([*bounds[:-1], 1 << 32], np.int64)
        self._last = (self.bounds - 1).astype(np.uint32)
        """The last draw of each outcome."""
        self._values: Ints | None = None
        self._guide: Ints | None = None
        self._even = False
        """Whether all outcomes are alike, and in one part."""
        if len(outcomes) > 5:
            self._guide, self._steps = _guide(self.bounds)

    @classmethod
    def of(cls, table: Table) -> Choice:
        """Of a table."""
        return cls(table.outcomes, table.bounds)

    @classmethod
    def of_parts(
        cls, parts: Sequence[Part], total: int, of: Callable[[int], int] | None = None
    ) -> Choice:
        """Of the whole numbers in some parts, or of what a function makes of them."""
        numbers, bounds = _parts(parts, total)
        made = cls(np.array(numbers if of is None else list(map(of, numbers)), np.int32), bounds)
        made._even = len(parts) == 1
        return made

    def index(self, numbers: Ints) -> Ints:
        """Which outcome each draw is."""
        if self._even:
            found = np.multiply(numbers, len(self.outcomes), dtype=np.int64)
            found >>= 32
            return found
        if self._guide is None:
            found = np.zeros(numbers.shape, np.int64)
            for last in self._last[:-1]:
                found += numbers > last
            return found
        found = self._guide.take(numbers >> 22)
        for _ in range(self._steps):
            found += numbers > self._last.take(found)
        return found

    def numbers(self, numbers: Ints) -> Ints:
        """The outcomes themselves, where they are whole numbers."""
        if self._values is None:
            self._values = np.asarray(self.outcomes)
        if len(self.outcomes) == 1:
            return np.full(numbers.shape, self._values[0])
        return self._values.take(self.index(numbers))

    def says(self, word: str, numbers: Ints) -> Ints:
        """Whether each draw is of an outcome."""
        if word not in self.outcomes:
            return np.zeros(numbers.shape, bool)
        at = self.outcomes.index(word)
        upto = numbers <= self._last[at]
        return upto & (numbers > self._last[at - 1]) if at else upto


def _parts(parts: Sequence[Part], total: int) -> tuple[list[int], list[int]]:
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


def _guide(bounds: Ints) -> tuple[Ints, int]:
    """For each 1,024th of the draws the outcome of its first, and how many may begin in one."""
    first = np.searchsorted(bounds, np.arange((1 << 10) + 1) << 22, side="right")
    return first[:-1], int((first[1:] - first[:-1]).max())


class Choices:
    """Several choices at once, of which each draw takes one."""

    def __init__(self, type: Any = np.int64) -> None:
        self._parts: list[tuple[Ints, Ints, Ints]] = []
        self._type = type
        self.count = 0
        self._size = self._steps = 0
        self._all: tuple[Ints, Ints, Ints] | None = None

    def add(self, outcomes: Sequence[int], bounds: Sequence[int]) -> int:
        """Add one, and return its number."""
        some = np.array([*bounds[:-1], 1 << 32], np.int64)
        guide, steps = _guide(some)
        self._steps = max(self._steps, steps)
        some = (some - 1).astype(np.uint32)
        self._parts.append((guide + self._size, some, np.array(outcomes, self._type)))
        self._size += len(some)
        self._all = None
        self.count += 1
        return self.count - 1

    def __call__(self, which: Ints, numbers: Ints) -> Ints:
        """The outcome of each draw, from the choice of each."""
        if self._all is None:
            one, other, last = (np.concatenate(some) for some in zip(*self._parts, strict=True))
            self._all = one, other, last
        guide, lasts, outcomes = self._all
        found = guide.take((which.astype(np.int64, copy=False) << 10) + (numbers >> 22))
        for _ in range(self._steps):
            found += numbers > lasts.take(found)
        return outcomes.take(found)


class ByGrades:
    """A function of the grades of some areas, worked out once for each combination that occurs."""

    __slots__ = ("_dense", "_found", "_known", "_of", "areas")

    def __init__(self, areas: Sequence[str], of: Callable[[dict[str, Grade]], int]) -> None:
        self.areas, self._of = tuple(areas), of
        size = _BASE ** len(self.areas)
        self._dense = np.zeros(size, np.int8) if size <= _DENSE else None
        self._known = np.zeros(size, bool) if size <= _DENSE else None
        self._found: dict[int, int] = {}

    def __call__(self, grades: Mapping[str, Ints], size: int) -> Ints:
        """The values for arrays of grades by area; -1 stands for no grade."""
        code = np.zeros(size, np.int64)
        for area in self.areas:
            code *= _BASE
            if area in grades:
                code += grades[area]
                code += 1
        if self._dense is None or self._known is None:
            values, at = np.unique(code, return_inverse=True)
            return np.array([self._value(one) for one in values.tolist()], np.int8)[at]
        known = self._known.take(code)
        if not known.all():
            for one in np.unique(code[~known]).tolist():
                self._dense[one], self._known[one] = self._value(one), True
        return self._dense.take(code)

    def _value(self, code: int) -> int:
        found = self._found.get(code)
        if found is None:
            rest, grades = code, dict[str, Grade]()
            for area in reversed(self.areas):
                rest, one = divmod(rest, _BASE)
                if one:
                    grades[area] = _ALL[one - 1]
            found = self._found[code] = int(self._of(grades))
        return found


class Column:
    """Events of one kind and place, one for each of some replications."""

    __slots__ = (
        "_ends", "at", "end", "event", "graded", "grades", "held", "kind", "out", "place",
        "priority", "published", "start", "type", "where",
    )  # fmt: skip

    def __init__(self, type: str, at: Ints, start: Ints, place: int, none: Nones) -> None:
        """Begin some events; arrays are put in place of one another, and never changed."""
        self.type, self.at, self.start, self.place = type, at, start, place
        self.end = start
        size = at.size
        self.published = none.zeros[:size]
        """The day of publication; 0: none."""
        self.kind = none.ones[:size]
        """The number of the kind of inspection; -1: none."""
        self.grades: dict[str, Ints] = {}
        self.out = none.false[:size]
        """Whether it is out which grades were given, if any."""
        self.graded = self.out
        """Whether grades were given, and are out."""
        self.priority: Ints | None = None
        self.held: dict[str, Ints] = {}
        self.event: Event | None = None
        self.where: Ints | None = None
        self._ends: tuple[int, int] | None = None

    @property
    def ends(self) -> tuple[int, int]:
        """The first and the last of their first days."""
        if self._ends is None:
            self._ends = int(self.start.min(initial=NEVER)), int(self.start.max(initial=0))
        return self._ends

    def of(self, at: Ints) -> Ints:
        """Where the events of some of its replications stand."""
        if at is self.at or at.size == self.at.size:
            return slice(None)
        if self.where is None:
            self.where = np.zeros(int(self.at[-1]) + 1, np.int64)
            self.where[self.at] = np.arange(self.at.size)
        return self.where.take(at)

    def pack(self, everyone: Ints) -> None:
        """Keep days and replications, once they are settled, in half of the room.

        Args:
            everyone: The array of all replications, which columns share.
        """
        same = self.end is self.start
        for name in ("at", "start", "end", "published"):
            if getattr(self, name) is not everyone:
                setattr(self, name, getattr(self, name).astype(np.int32, copy=False))
        if same:
            self.end = self.start

    def part(self, some: Any) -> Column:
        """The events in some of the places."""
        part: Column = object.__new__(Column)
        for name in ("at", "start", "end", "published", "kind", "out", "graded"):
            setattr(part, name, getattr(self, name)[some])
        part.type, part.place, part.event = self.type, self.place, self.event
        part.grades = {area: given[some] for area, given in self.grades.items()}
        part.priority = None if self.priority is None else self.priority[some]
        part.held, part.where, part._ends = {}, None, None
        return part


class Nones:
    """Arrays that stand for nothing, which columns share."""

    __slots__ = ("false", "ones", "zeros")

    def __init__(self, size: int) -> None:
        self.zeros, self.ones = np.zeros(size, np.int64), np.full(size, -1, np.int8)
        self.false = np.zeros(size, bool)
        for one in (self.zeros, self.ones, self.false):
            one.flags.writeable = False


class Where(NamedTuple):
    """Where the numbers of some events stand: the stream, and for rows in a row slot and word."""

    stream: str
    slots: tuple[tuple[int, int, int], ...]
    """Slot, first word, and the row up to which they are those."""

    def next(self) -> Where:
        """Of the events that come next in each slot."""
        slots = ((slot, word + EVENT_WORDS, upto) for slot, word, upto in self.slots)
        return Where(self.stream, tuple(slots))

    def part(self, some: Ints) -> Where:
        """Of the events in some of the places, which are in order."""
        if len(self.slots) == 1:
            slot, word, _ = self.slots[0]
            return Where(self.stream, ((slot, word, some.size),))
        ends = np.searchsorted(some, [upto for _, _, upto in self.slots]).tolist()
        return Where(
            self.stream,
            tuple((slot, word, end) for (slot, word, _), end in zip(self.slots, ends, strict=True)),
        )


class Spans:
    """What some replications owe: the days, the window of which they are what is left, the rhythm.

    Arrays may be one and the same: `first` is `lo` where nothing of a window is cut off.
    """

    __slots__ = ("first", "given", "hi", "last", "lo")

    def __init__(self, lo: Ints, hi: Ints, first: Ints, last: Ints, given: Ints | int) -> None:
        self.lo, self.hi, self.first, self.last, self.given = lo, hi, first, last, given

    def part(self, some: Any) -> Spans:
        """Those in some places."""
        lo, hi = self.lo[some], self.hi[some]
        return Spans(
            lo,
            hi,
            lo if self.first is self.lo else self.first[some],
            hi if self.last is self.hi else self.last[some],
            self.given if isinstance(self.given, int) else self.given[some],
        )

    @classmethod
    def alike(cls, one: Span, size: int) -> Spans:
        """So many that are one."""
        lo, hi, first, last = (np.full(size, day) for day in one[:4])
        same = one.lo == one.first and one.hi == one.last
        given = _GIVENS.index(one.given)
        return cls(lo, hi, lo if same else first, hi if same else last, given)


class Nexts:
    """What is owed after an activity, by its day and the readings of what asks for it."""

    def __init__(self, engine: Engine, activity: str) -> None:
        scenario = engine.scenario
        self._duties = scenario.cadences[activity]
        count = 1
        for duty in self._duties:
            count *= len(duty.readings)
        self.first = scenario.first - 400
        self.width = max(1, scenario.horizon + 1500 - self.first + 1)
        if count * self.width >= _MOST:
            raise UnsupportedError
        self._values = np.zeros((5, count * self.width), np.int64)
        self._filled = [0, 0]
        self.known: dict[int, Recurrence] = {}
        self._firsts = np.zeros((5, count), np.int64)
        self._far: dict[tuple[int, int], tuple[int, ...]] = {}
        self._same = True
        self._given: int | None = None

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
        self._values[:, begin + low : begin + high] = some = np.array(rows).T
        some = some[:, some[0] < NEVER]
        lo, hi, first, last, given = some
        self._same &= bool((lo == first).all() and (hi == last).all())
        for one in values(given):
            self._given = one if self._given in (None, one) else -1

    def firsts(self, code: Ints | None, size: int) -> Spans:
        """What is owed first."""
        if code is None:
            (number,) = self.known
            return Spans(*(np.full(size, value) for value in self._firsts[:, number].tolist()))
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
                some = self._values[:, number * self.width + low : number * self.width + high]
                if (some == some[:, :1]).all() and some[0, 0] < NEVER:
                    one = some[:, 0].tolist()
                    return Span(one[0], one[1], one[2], one[3], _GIVENS[one[4]])
            at += number * self.width
        lo, hi = self._values[0].take(at), self._values[1].take(at)
        if self._same and self._given not in (None, -1):
            return Spans(lo, hi, lo, hi, int(self._given or 0))
        first, last, given = (some.take(at) for some in self._values[2:])
        return Spans(lo, hi, first, last, given)

    def _with_far(self, days: Ints, code: Ints | None) -> Spans:
        found = np.zeros((5, days.size), np.int64)
        codes = [next(iter(self.known))] * days.size if code is None else code.tolist()
        for place, key in enumerate(zip(codes, days.tolist(), strict=True)):
            if key not in self._far:
                self._far[key] = _plain(self.known[key[0]].after(key[1]))
            found[:, place] = self._far[key]
        return Spans(*found)


@lru_cache(maxsize=8)
def _calendar(calendar: WorkingDays) -> tuple[Ints, Ints, dict[str, tuple[Ints, Ints]]]:
    """Working days, the place of each day among them, and by grid the day after and before each.

    Near the ends of the table days are not moved.
    """
    first, days, places = calendar.table()
    working, at = np.array(days, np.int32), np.array(places, np.int32)
    every = np.arange(first, first + at.size, dtype=np.int32)
    inner = (every > TABLE_FIRST + 14) & (every < TABLE_LAST - 14)
    mondays = working[working % 7 == 1]
    grids = {}
    for name, some in (("working-day", working), ("monday", mondays)):
        after, before = every.copy(), every.copy()
        after[inner] = some[np.searchsorted(some, every[inner])]
        before[inner] = some[np.searchsorted(some, every[inner], side="right") - 1]
        grids[name] = after, before
    return working, at, grids


class Engine:
    """A question to the simulator, with the tables that all its blocks share."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.working, self.places, self.grids = _calendar(scenario.calendar)
        self.kinds: list[str] = []
        self._tables: dict[Any, Any] = {}
        self._nones = Nones(BLOCK)
        for duty in scenario.responses:
            rows = [row for some in duty.readings.values() for row in some]
            if duty.one.gives in EVENTS and any(
                set(row.when) - {"priority_action"} for row in rows
            ):
                raise UnsupportedError

    def nones(self, size: int) -> Nones:
        """Arrays that stand for nothing, for at least so many."""
        if self._nones.zeros.size < size:
            self._nones = Nones(size)
        return self._nones

    def table(self, key: Any, make: Callable[[], Any]) -> Any:
        """A table that is made once."""
        found = self._tables.get(key)
        if found is None:
            found = self._tables[key] = make()
        return found

    def choice(self, table: Table) -> Choice:
        """The outcomes of an assumption, for arrays."""
        made: tuple[Choice, Table] = self.table(
            ("choice", id(table)), lambda: (Choice.of(table), table)
        )
        return made[0]  # the table is kept, so that no other gets its id

    def by_day(self, key: Any, of: Callable[[int], Any], width: int = 0) -> ByDay:
        """A function of a day, as a table."""
        scenario = self.scenario
        made: ByDay = self.table(
            key, lambda: ByDay(of, scenario.first - 400, scenario.horizon + 1500, width)
        )
        return made

    def choices(self, case: int) -> Choices_:
        """The readings of a case."""
        made: Choices_ = self.table(("case", case), lambda: self.scenario.choice(case))
        return made

    def eras(
        self, duty: Duty[Any], choice: Choices_, days: Ints
    ) -> Iterator[tuple[list[Any], Any]]:
        """The rows that may be in force on each day, with the places of the days."""
        if not days.size:
            return
        rows = duty.rows(choice)
        bounds = self.table(
            ("bounds", id(rows)),
            lambda: sorted({one for row in rows for one in (row.lo, row.hi + 1)}),
        )
        if bounds[0] <= TABLE_FIRST - 1 and bounds[1] > NEVER:
            yield duty.on(choice, int(days[0])), slice(None)
            return
        first, last = (bisect_right(bounds, int(day)) for day in (days.min(), days.max()))
        if first == last:
            yield duty.on(choice, int(days[0])), slice(None)
            return
        for era in range(first, last + 1):
            inside = days >= bounds[era - 1] if era > first else days < bounds[era]
            if first < era < last:
                inside &= days < bounds[era]
            places = np.flatnonzero(inside)
            if places.size:
                yield duty.on(choice, int(days[places[0]])), places

    def always(self, duty: Duty[Between]) -> int | None:
        """How many a provision asks for, where that is the same at all times in all readings."""

        def make() -> tuple[int | None]:
            found = {
                max(row.at_least for row in rows)
                for rows in duty.readings.values()
                if all(row.effective_from is None and row.effective_to is None for row in rows)
            }
            dated = any(
                row.effective_from is not None or row.effective_to is not None
                for rows in duty.readings.values()
                for row in rows
            )
            return (found.pop() if len(found) == 1 and not dated else None,)

        (found,) = self.table(("always", duty.id), make)
        return found  # type: ignore[no-any-return]

    def kind(self, name: str | None) -> int:
        """The number of a kind of inspection."""
        if name is None:
            return -1
        if name not in self.kinds:
            self.kinds.append(name)
        return self.kinds.index(name)

    # --- Days -----------------------------------------------------------------------------------

    def add(self, days: Ints, number: Ints | int) -> Ints:
        """So many working days after some days."""
        return self.working.take(self.places.take(days - TABLE_FIRST) + number)

    def after(self, grid: str, days: Ints) -> Ints:
        """The first day of a grid that is not before each day."""
        return days if grid == "any-day" else self._on(self.grids[grid][0], days)

    def before(self, grid: str, days: Ints) -> Ints:
        """The last day of a grid that is not after each day."""
        return days if grid == "any-day" else self._on(self.grids[grid][1], days)

    def _on(self, table: Ints, days: Ints) -> Ints:
        at = days - TABLE_FIRST
        if days.size and (at.min() < 0 or at.max() >= table.size):
            inside = np.minimum(np.maximum(days, TABLE_FIRST), TABLE_LAST)
            return np.where(inside == days, table[inside - TABLE_FIRST], days)
        return table.take(at)

    def next_day(self, activity: str, days: Ints) -> Ints:
        """The first day from each day on that an activity may begin; beyond NEVER: none."""

        def of(day: int) -> int:
            found = self.scenario.next_day(activity, day)
            return NEVER + 1 if found is None else found

        return self.by_day(("next day", activity), of)(days)

    def pick_day(
        self, activity: str, given: str, span: tuple[Ints, Ints], lo: Ints, hi: Ints, numbers: Ints
    ) -> Ints:
        """A day from `lo` to `hi`, by the weights of the window; 0 where no day is left."""
        scenario = self.scenario
        timing = scenario.table("timing", activity, given=given)
        weights = (1,) if timing is None else timing.by_part
        first, last = span
        length = int((last - first).max(initial=0)) + 1
        if sum(weights) * length >= _LIMIT:
            raise UnsupportedError
        if not lo.size:
            return lo
        if given in ("periods", "since-last", "first"):
            found = self._pick_known(activity, given, span, lo, hi, numbers, weights)
            if found is not None:
                return found
        elif hi is last and length < _LENGTHS:
            found = self._pick_share(activity, span, lo, hi, numbers, weights)
            if found is not None:
                return found
        grids = ("monday", "working-day", "any-day")
        free = list(self._free(activity, lo, hi))
        left: Any = slice(None)
        found = None
        for grid in grids[grids.index(scenario.form(activity).grid) :]:
            begins = [(self.after(grid, first[left]), last[left]) for first, last in free]
            window = span[0][left], span[1][left]
            days = _picked(*window, weights, begins, numbers[left])
            none = np.flatnonzero(days == 0)
            if none.size:
                cut = [(first[none], last[none]) for first, last in begins]
                window = window[0][none], window[1][none]
                days[none] = _picked(*window, (1,), cut, numbers[left][none])
                none = none[days[none] == 0]
            if found is None and not none.size:
                return self.before(grid, days)
            if found is None:
                found, left = np.zeros(lo.size, np.int64), np.arange(lo.size)
            done = days > 0
            found[left[done]] = self.before(grid, days[done])
            left = left[none]
            if not left.size:
                break
        assert found is not None
        return found

    def days(self, activity: str, span: Span, lo: int, hi: int) -> Choice | None:
        """The days of a window from `lo` to `hi`; None: there is none."""
        scenario = self.scenario

        def make() -> tuple[Choice | None]:
            parts, total, grid = scenario.parts(activity, span, lo, hi)
            if not parts:
                return (None,)
            return (Choice.of_parts(parts, total, lambda day: scenario.before(grid, day)),)

        made: tuple[Choice | None] = self.table(("days", activity, span, lo, hi), make)
        return made[0]

    def _pick_known(
        self, activity: str, given: str, span: tuple[Ints, Ints], lo: Ints, hi: Ints,
        numbers: Ints, weights: tuple[int, ...],
    ) -> Ints | None:  # fmt: skip
        """The same from tables, where windows are alike; None where they are not."""
        scenario, (first, last) = self.scenario, span
        if lo.size >= _ALIKE and uniform(hi) and uniform(lo) and uniform(first) and uniform(last):
            one = Span(int(first[0]), int(last[0]), int(first[0]), int(last[0]), given)
            choice = self.days(activity, one, int(lo[0]), int(hi[0]))
            if choice is None:
                return np.zeros(lo.size, np.int64)
            return choice.numbers(numbers)
        if hi is not last and not (hi == last).all():
            return None
        least, most = int(lo.min()), int(hi.max())
        if any(start <= most and least <= end for start, end in scenario.suspended(activity)):
            return None
        grid = scenario.form(activity).grid
        length, begun = last - first + 1, self.after(grid, lo) - first
        if int(length.max()) >= _LENGTHS or not 0 <= int(begun.min()) <= int(begun.max()) < _BEGUN:
            return None
        which, choices = self.table(
            ("lengths", weights),
            lambda: (np.full(_LENGTHS * _BEGUN, -1, np.int16), Choices()),
        )
        code = length * _BEGUN + begun
        rows = which.take(code)
        if int(rows.min()) < 0:
            missing = np.unique(code[rows < 0]).tolist()
            if any(one % _BEGUN >= one // _BEGUN for one in missing):
                return None  # nothing is left of some window
            if len(missing) + choices.count > _CHOICES:
                return None
            for one in missing:
                days_, skip = divmod(one, _BEGUN)
                whole = Span(0, days_ - 1, 0, days_ - 1, given)
                parts = weighed(whole, weights, [(skip, days_ - 1)])
                parts = parts or weighed(whole, (1,), [(skip, days_ - 1)])
                which[one] = choices.add(*_parts(parts, sum(weight for _, _, weight in parts)))
            rows = which.take(code)
        return self.before(grid, first + choices(rows, numbers))

    def _pick_share(
        self,
        activity: str,
        span: tuple[Ints, Ints],
        lo: Ints,
        hi: Ints,
        numbers: Ints,
        weights: tuple[int, ...],
    ) -> Ints | None:
        """The same of windows that are not alike; None where the tables do not tell."""
        least, most = int(lo.min()), int(hi.max())
        if any(start <= most and least <= end for start, end in self.scenario.suspended(activity)):
            return None
        grid = self.scenario.form(activity).grid
        shares: Shares = self.table(("shares", weights), lambda: Shares(weights))
        days = shares(*span, self.after(grid, lo), numbers)
        return None if days is None else self.before(grid, days)

    def _free(self, activity: str, lo: Ints, hi: Ints) -> Iterator[tuple[Ints, Ints]]:
        """The days of each stretch on which an activity is not suspended; some are empty."""
        if lo.size and self.scenario.suspended(activity):
            least, most = int(lo.min()), int(hi.max())
            for start, end in self.scenario.suspended(activity):
                if least <= end and start <= most:
                    yield lo, np.minimum(hi, start - 1)
                    lo = np.maximum(lo, end + 1)
        yield lo, hi


def _picked(
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
    found = np.zeros(first.size, np.int64)
    for lo, before, weight in parts:
        days = left - before
        if weight > 1:
            days //= weight
        days += lo
        np.putmask(found, left >= before, days)
    found[total == 0] = 0
    return found


class Shares:
    """Days of windows of any length, each with the weight of the part of the window it is in."""

    def __init__(self, weights: Sequence[int]) -> None:
        self.weights, count = weights, len(weights)
        self._wide = 1 << count.bit_length()
        length = np.arange(_LENGTHS)[:, None]
        begins = np.full((_LENGTHS, self._wide), 1 << 40)
        begins[:, : count + 1] = length * np.arange(count + 1) // count
        before = np.full((_LENGTHS, self._wide), 1 << 40)
        before[:, 0] = 0
        size = (begins[:, 1 : count + 1] - begins[:, :count]) * weights
        before[:, 1 : count + 1] = np.cumsum(size, axis=1)
        self._second = begins[:, 1].copy()
        self._total = before[:, count].copy()
        self._begins, self._before = begins.ravel(), before.ravel()
        self._weights = np.zeros(self._wide)
        self._weights[:count] = weights

    def __call__(self, first: Ints, last: Ints, lo: Ints, numbers: Ints) -> Ints | None:
        """A day of each window from `lo` on; None where a table does not tell for all."""
        first = first.astype(np.int64, copy=False)
        length, skipped = last - first + 1, lo - first
        if int(length.max()) >= _LENGTHS or int(length.min()) < 0 or int(skipped.min()) < 0:
            return None
        if (skipped > self._second.take(length)).any():
            return None  # more is cut off than the first part
        cut = skipped * self.weights[0]
        total = self._total.take(length) - cut
        if int(total.min()) <= 0:
            return None
        left = numbers * total
        left >>= 32
        left += cut
        at = length * self._wide
        step = self._wide >> 1
        while step:
            at += (self._before.take(at + step) <= left) * step
            step >>= 1
        left -= self._before.take(at)
        # Weights and days are small, so that their quotient has the right whole part.
        days = (left / self._weights.take(at & self._wide - 1)).astype(np.int64)
        days += self._begins.take(at)
        days += first
        return days


class Words:
    """The numbers of one block or more, for all their replications."""

    def __init__(self, seed: int, first: int, count: int = 1) -> None:
        self.seed, self.blocks = seed, range(first, first + count)
        self._streams: dict[str, tuple[Any, list[int]]] = {}

    def __call__(self, activity: str, slot: int, word: int) -> Ints:
        """The numbers of a slot's word, one for each replication of the blocks."""
        place = (slot * WORDS + word) * (BLOCK // 2)
        stream = self._streams.get(activity)
        if stream is None:
            name = activity.encode("ascii")
            keys = [
                np.random.SeedSequence(self.seed, spawn_key=(one, *name)) for one in self.blocks
            ]
            stream = self._streams[activity] = [np.random.PCG64(key) for key in keys], [0]
        streams, at = stream
        if place != at[0]:
            steps = (place - at[0]) % (1 << 128)
            for bits in streams:
                bits.advance(steps)
        at[0] = place + BLOCK // 2
        if len(streams) == 1:
            return _halves(streams[0].random_raw(BLOCK // 2))
        drawn = np.empty(BLOCK * len(streams), np.uint32)
        for number, bits in enumerate(streams):
            drawn[number * BLOCK : (number + 1) * BLOCK] = _halves(bits.random_raw(BLOCK // 2))
        return drawn


def _halves(outputs: Ints) -> Ints:
    """The low half of each output, and then its high half, whichever way bytes are ordered."""
    if byteorder == "little":
        return outputs.view(np.uint32)
    return outputs.astype("<u8").view("<u4").astype(np.uint32)


class Block:
    """The replications of one block, or of some blocks in a row."""

    def __init__(self, engine: Engine, number: int, count: int) -> None:
        """Simulate them.

        Args:
            engine: The question.
            number: The number of the block, or of the first.
            count: How many replications are wanted, from its first on.
        """
        self.engine, self.scenario, self.size = engine, engine.scenario, count
        self.words = Words(self.scenario.seed, number, -(-count // BLOCK))
        self.first = number * BLOCK
        self.all = np.arange(count)
        self.case = (self.first + self.all) % self.scenario.cases
        self.readings: dict[str, Ints] = {}
        """Of each provision that can be read in more than one way, the place of each reading."""
        rest = self.first + self.all
        for id, some in self.scenario.readings.items():
            rest, self.readings[id] = np.divmod(rest, len(some))
        self._splits: dict[tuple[str, ...], list[tuple[Choices_, Any]]] = {}
        self._codes: dict[str, Ints | None] = {}
        self.made: dict[str, list[Column]] = {}
        self.finished: dict[str, Column] = {}
        self._visited: dict[tuple[str, int], Ints] = {}
        self._ordered: dict[tuple[int, ...], tuple[Ints, Ints | None]] = {}
        self._begins: dict[str, Ints] = {}
        self._held: dict[str, tuple[int, Ints]] = {}
        scenario = self.scenario
        self.inspections: list[Column] = []
        self._last: list[Ints] = []
        for event in scenario.inspections:
            self._inspect(self._taken(event))
        for index, event in enumerate(scenario.finished):
            self._finish(event, FINISHED + index)
        self.inspections, self._last, self._held = [], [], {}
        for event in scenario.inspections:
            self._inspect(self.known(event))
        for activity in scenario.order:
            self._recur(activity)
        for duty in scenario.betweens:
            self._fill(duty)
        for index, response in enumerate(scenario.responses):
            if response.one.gives in EVENTS:
                self._answer(index, response)

    # --- What is looked up ----------------------------------------------------------------------

    def numbers(self, where: Where, word: int, at: Ints) -> Ints:
        """The numbers of some of the replications, as whole numbers of 32 bits without a sign."""
        if len(where.slots) == 1:
            slot, first, _ = where.slots[0]
            found = self.words(where.stream, slot, first + word)
            return found[: self.size] if at.size == self.size else found.take(at)
        drawn = np.empty(at.size, np.uint32)
        begin = 0
        for slot, first, end in where.slots:
            if begin < end:
                found = self.words(where.stream, slot, first + word)
                if end - begin == self.size:
                    drawn[begin:end] = found[: self.size]
                else:
                    drawn[begin:end] = found.take(at[begin:end])
            begin = end
        return drawn

    def says(self, table: Table | None, word: str, where: Where, place: int, at: Ints) -> Ints:
        """Whether an assumption comes out so, for some replications."""
        if table is None or word not in table.outcomes:
            return np.zeros(at.size, bool)
        if len(table.outcomes) == 1:
            return np.ones(at.size, bool)
        return self.engine.choice(table).says(word, self.numbers(where, place, at))

    def split(self, ids: Iterable[str], at: Ints) -> Iterable[tuple[Choices_, Any]]:
        """Some replications by the readings of some provisions: the readings, and the places."""
        open_ = tuple(id for id in ids if id in self.readings)
        if not open_ or not at.size:
            return ((self.engine.choices(0), slice(None)),)
        whole = at is self.all
        if whole and open_ in self._splits:
            return self._splits[open_]
        code = None
        for id in open_:
            mine = self.readings[id] if whole else self.readings[id].take(at)
            code = mine if code is None else code * len(self.scenario.readings[id]) + mine
        found = []
        for one in values(code):
            places = np.flatnonzero(code == one)
            found.append((self.engine.choices(int(self.case[at[places[0]]])), places))
        if whole:
            self._splits[open_] = found
        return found

    def eras(self, duty: Duty[Any], at: Ints, days: Ints) -> Iterator[tuple[list[Any], Any]]:
        """The rows that may be in force on a day of each replication, with the places of those."""
        for choice, some in self.split((duty.id,), at):
            whole = isinstance(some, slice)
            for rows, places in self.engine.eras(duty, choice, days if whole else days[some]):
                yield rows, places if whole else some[places]

    def _taken(self, event: Event) -> Column:
        """An event of the record, the same for all."""
        return self._same(self.scenario.taken(event), event)

    def _same(self, one: Made, event: Event | None) -> Column:
        size = self.size
        column = self._column(one.type, self.all, np.full(size, one.start), one.place)
        column.event = event
        column.end = np.full(size, one.end)
        column.published = np.full(size, one.published or 0)
        column.kind = np.full(size, self.engine.kind(one.kind), np.int8)
        column.out = np.full(size, one.grades is not None)
        if one.grades:
            column.graded = column.out
            column.grades = {
                area: np.full(size, _CODES[grade], np.int8) for area, grade in one.grades.items()
            }
        return column

    def _column(self, type: str, at: Ints, start: Ints, place: int) -> Column:
        return Column(type, at, start, place, self.engine.nones(at.size))

    def known(self, event: Event) -> Column:
        """An event of the record, finished if it was not."""
        return self.finished.get(event.id) or self._taken(event)

    def _inspect(self, column: Column) -> None:
        """Put an inspection after those that there are."""
        self.inspections.append(column)
        self._last.append(self._starts(column))

    def _starts(self, column: Column) -> Ints:
        """The first day of each replication's event, far off where it has none."""
        if column.at.size == self.size:
            return column.start
        starts = np.full(self.size, NEVER * 2, column.start.dtype)
        starts[column.at] = column.start
        return starts

    def before(self, at: Ints, days: Ints) -> Ints:
        """The number of the last inspection before each day; -1: there is none."""
        least, most, known = int(days.min(initial=NEVER)), int(days.max(initial=0)), -1
        for number, column in enumerate(self.inspections):
            if column.at.size == self.size and column.ends[1] < least:
                known = number  # it is before all of them
        found = np.full(at.size, known)
        whole = at is self.all
        for number, starts in enumerate(self._last[known + 1 :], known + 1):
            if self.inspections[number].ends[0] < most:
                np.putmask(found, (starts if whole else starts.take(at)) < days, number)
        return found

    def by_last(self, at: Ints, last: Ints) -> Iterator[tuple[Column | None, Any]]:
        """The last inspections, with the places of those of whom each is the last."""
        found = values(last)
        for number in found:
            one = None if number < 0 else self.inspections[number]
            yield one, slice(None) if len(found) == 1 else np.flatnonzero(last == number)

    def holds(self, id: str, column: Column, at: Ints) -> Ints:
        """Whether a status holds after an event, for some of its replications."""
        found = column.held.get(id)
        if found is None:
            found = column.held[id] = self._holding(id, column)
        return found[column.of(at)]

    def _held_after(self, id: str) -> Ints:
        """Whether a status holds, by the last inspection (none first) and the replication."""
        known = self._held.get(id)
        if known is None or known[0] < len(self.inspections):
            held = np.zeros((len(self.inspections) + 1, self.size), bool)
            for number, column in enumerate(self.inspections, 1):
                held[number, column.at] = self.holds(id, column, column.at)
            known = self._held[id] = len(self.inspections), held.ravel()
        return known[1]

    def _holding(self, id: str, column: Column) -> Ints:
        found = np.zeros(column.at.size, bool)
        for rows, at in self.eras(self.scenario.statuses[id], column.at, column.start):
            grades = {area: some[at] for area, some in column.grades.items()}
            size = column.start[at].size
            held = np.zeros(size, bool)
            for row in rows:
                held |= self._status(row)(grades, size) > 0
            found[at] = held
        return found & column.graded

    def _status(self, row: Status) -> ByGrades:
        def make() -> ByGrades:
            areas = [area for count in row.if_ for area in count.areas]
            scale = self.scenario.view.framework.scale(row.scale)
            named = dict.fromkeys((*areas, *row.stands_for))
            return ByGrades(tuple(named), lambda grades: int(status_holds(row, scale, grades)))

        made: ByGrades = self.engine.table(("status", id(row)), make)
        return made

    # --- Activities that recur ------------------------------------------------------------------

    def _recur(self, activity: str) -> None:
        """Let an activity take place again and again, up to the first time after the horizon."""
        scenario, form = self.scenario, self.scenario.form(activity)
        columns = self.made.setdefault(activity, [])
        nexts: Nexts = self.engine.table(("next", activity), lambda: Nexts(self.engine, activity))
        code = self._code(activity, nexts)
        recorded = [event for event in scenario.recorded if event.type == activity]
        last = self.known(recorded[-1]) if recorded else None
        zeros = self.engine.nones(self.size).zeros[: self.size]
        had: Ints | int = 0 if last is None else 1  # 0 none, 1 of the record, 2 made
        begun, ended = (zeros, zeros) if last is None else (last.start, last.end)
        at, turn = self.all, 0
        now: Spans | Span = nexts.firsts(code, self.size)
        simple = not form.only and form.skipped is None and not scenario.bounded[activity]
        while at.size:
            where = Where(activity, ((turn, 0, at.size),))
            days = None
            if isinstance(now, Span):
                days = self._in_time_alike(form, activity, now, where, at, columns[-1])
                if days is None:
                    now = Spans.alike(now, at.size)
            rest = None
            if isinstance(now, Spans):
                if not (int(now.lo.max()) < TABLE_LAST and int(now.hi.max()) < NEVER):
                    alive = np.flatnonzero((now.lo < TABLE_LAST) & (now.hi < NEVER))
                    at, now, begun, ended = at[alive], now.part(alive), begun[alive], ended[alive]
                    had = had if isinstance(had, int) else had[alive]
                    if not at.size:
                        break
                    where = Where(activity, ((turn, 0, at.size),))
                skipped = self._skipped(form, now, where, at)
                if skipped is not None:
                    passed, held = np.flatnonzero(skipped), np.flatnonzero(~skipped)
                    rest = (
                        at[passed], now.hi[passed], begun[passed], ended[passed],
                        np.full(passed.size, had) if isinstance(had, int) else had[passed],
                    )  # fmt: skip
                    at, now, begun, ended = at[held], now.part(held), begun[held], ended[held]
                    had = had if isinstance(had, int) else had[held]
                    where = where.part(held)
                days = at
                if at.size:
                    if form.interval is not None and self._alike_since(now):
                        days = self._apart(form, activity, now, turn, where, at, had, begun, ended)
                    else:
                        days = self._in_time(
                            form, activity, now, turn, where, at, had, begun, ended
                        )
                    late = np.flatnonzero(days == 0)
                    if late.size:
                        after = np.maximum(now.hi[late], scenario.first - 1)
                        days[late] = self._late(
                            activity, now.part(late), after, where.part(late), LATE_BY, at[late]
                        )
                        if int(days.max()) > NEVER:
                            good = np.flatnonzero(days <= NEVER)
                            at, days, where = at[good], days[good], where.part(good)
            assert days is not None
            had, ended = 2, begun
            if at.size:
                column = self._column(activity, at, days, EVENT_WORDS * turn)
                columns.append(column)
                inside = None
                if column.ends[1] > scenario.horizon:
                    inside = np.flatnonzero(days <= scenario.horizon)
                self._complete(column, where, inside)
                ended = column.end
                if activity == "inspection":
                    self._inspect(column if inside is None else column.part(inside))
                if inside is not None:
                    at, days, ended = at[inside], days[inside], ended[inside]
            if at.size and not form.is_published:
                columns[-1].start = columns[-1].end = columns[-1].start.astype(np.int32)
            anchors = begun = days
            if rest is not None:
                at = np.concatenate((at, rest[0]))
                order = np.argsort(at, kind="stable")
                at = at[order]
                anchors = np.concatenate((days, rest[1]))[order]
                begun = np.concatenate((begun, rest[2]))[order]
                ended = np.concatenate((ended, rest[3]))[order]
                had = np.concatenate((np.full(days.size, 2), rest[4]))[order]
                if at.size and uniform(had):
                    had = int(had[0])
            if at.size:
                ends = columns[-1].ends if simple and at is self.all else None
                now = nexts(
                    anchors, code if code is None or at is self.all else code.take(at), ends
                )
            turn += 1
        if form.is_published:
            for column in columns:
                column.pack(self.all)
        if activity == "inspection":
            self._last = []
            for one in self.inspections:
                one.pack(self.all)
                self._last.append(self._starts(one))

    def _skipped(self, form: Form, span: Spans, where: Where, at: Ints) -> Ints | None:
        """Which turns are passed over; None: not one."""
        if not form.only and form.skipped is None:
            return None
        skipped = np.zeros(at.size, bool)
        if form.only:
            skipped |= self._barred(form, at, span.lo)
        if form.skipped is not None:
            owed = span.given != _GIVENS.index("first")
            skipped |= owed & self.says(form.skipped, "yes", where, SKIPPED, at)
        return skipped if skipped.any() else None

    def _in_time_alike(
        self, form: Form, activity: str, span: Span, where: Where, at: Ints, last: Column
    ) -> Ints | None:
        """A day within a window that is the same for all; None where that is not so simple."""
        scenario = self.scenario
        lo, before = max(span.lo, scenario.first), last.ends[1]
        if form.interval is not None and span.given == "since-last":
            return None
        if at.size < _ALIKE or not lo <= span.hi < TABLE_LAST or last.end is not last.start:
            return None
        if lo <= before or lo < before + form.least_gap:
            return None
        if scenario.late(activity, span) is not None:
            return None
        for other in form.refers_to:
            starts = self._first_of(other, activity)
            if starts is not None and bool(((starts > lo) & (starts < NEVER)).any()):
                return None
        choice = self.engine.days(activity, span, lo, span.hi)
        return None if choice is None else choice.numbers(self.numbers(where, DAY, at))

    def _code(self, activity: str, nexts: Nexts) -> Ints | None:
        """The number of the readings of what asks for an activity; None: all have the same."""
        if activity not in self._codes:
            code = None
            for choice, places in self._by_readings(activity, self.all):
                number = nexts.number(self.scenario.recurrence(activity, choice), choice)
                if code is None:
                    code = np.full(self.size, number)
                code[places] = number
            assert code is not None
            self._codes[activity] = None if len(nexts.known) == 1 else code
        return self._codes[activity]

    def _by_readings(self, activity: str, at: Ints) -> Iterable[tuple[Choices_, Any]]:
        """Some replications by the readings of what asks for an activity."""
        return self.split((duty.id for duty in self.scenario.cadences[activity]), at)

    def _in_time(
        self,
        form: Form,
        activity: str,
        span: Spans,
        turn: int,
        where: Where,
        at: Ints,
        had: Ints | int,
        begun: Ints,
        ended: Ints,
    ) -> Ints:
        """A day within each window; 0 where it is late, or nothing is left of the window."""
        scenario = self.scenario
        lo, hi = np.maximum(span.lo, np.maximum(begun + 1, scenario.first)), span.hi
        due = lo <= hi
        for one, places in self._spans(activity, span, turn, at):
            if due[places].any():
                table = scenario.late(activity, one, running=turn == 0)
                if table is not None:
                    some, its = at[places], where
                    if not isinstance(places, slice):
                        its = where.part(places)
                    due[places] &= ~self.says(table, "yes", its, LATE, some)
        found = None
        if not due.all():
            found = np.zeros(at.size, np.int64)
            kept = np.flatnonzero(due)
            if not kept.size:
                return found
            span, lo, hi, at = span.part(kept), lo[kept], hi[kept], at[kept]
            begun, ended, where = begun[kept], ended[kept], where.part(kept)
            if not isinstance(had, int):
                had = had[kept]
            if span.last is span.hi:
                hi = span.last
        least = self._least(form, activity, span, at, lo, had, begun, ended)
        if turn == 0:
            hi = self._in_time_for_others(activity, span, at)
        numbers = self.numbers(where, DAY, at)
        if int((hi - least).min()) < 0:
            least = np.minimum(least, hi)
        days = self._pick(activity, span, at, least, hi, numbers)
        none = np.flatnonzero(days == 0)
        if none.size:  # the days that are left would not do; those of the whole window might
            whole = span.part(none)
            days[none] = self._pick(activity, whole, at[none], lo[none], whole.hi, numbers[none])
        if found is None:
            return days
        found[kept] = days
        return found

    def _least(
        self,
        form: Form,
        activity: str,
        span: Spans,
        at: Ints,
        lo: Ints,
        had: Ints | int,
        begun: Ints,
        ended: Ints,
    ) -> Ints:
        """The first day that leaves room for what must come before, and since the last."""
        least = np.maximum(lo, self._room(activity, at, span, had, begun, ended))
        if form.least_gap:
            after = begun + form.least_gap
            if not isinstance(had, int):
                after[had == 0] = 0
            if not isinstance(had, int) or had:
                least = np.maximum(least, after)
        for other in form.refers_to:
            starts = self._first_of(other, activity)
            if starts is not None:
                starts = starts if at is self.all else starts.take(at)
                least = np.where(starts < NEVER, np.maximum(least, starts), least)
        return least

    def _alike_since(self, span: Spans) -> bool:
        """Whether all that is owed is counted from the last; the plain form has what is mixed."""
        rhythms = [given for given, _ in self._givens(span)]
        if len(rhythms) > 1 and "since-last" in rhythms:
            raise UnsupportedError
        return rhythms == ["since-last"]

    def _apart(
        self,
        form: Form,
        activity: str,
        span: Spans,
        turn: int,
        where: Where,
        at: Ints,
        had: Ints | int,
        begun: Ints,
        ended: Ints,
    ) -> Ints:
        """A day so long after the last as is assumed; 0 where that is over."""
        scenario, interval = self.scenario, form.interval
        assert interval is not None
        if form.only or form.skipped is not None:
            raise UnsupportedError  # a turn that was passed over is no event to count from
        numbers = self.numbers(where, SPACING, at)
        days = np.zeros(at.size, np.int64)
        anchors = begun.astype(np.int64)
        if turn > 0:
            days = self._band(interval, 0).numbers(numbers).astype(np.int64)
        else:
            for choice, places in self._by_readings(activity, at):
                anchor = scenario.recurrence(activity, choice).anchor
                parts, total = scenario.left(interval, activity, anchor)
                anchors[places] = anchor
                if parts:
                    left = Choice.of_parts(parts, total)
                    days[places] = left.numbers(numbers[places])
        some = self._later(activity, anchors, days)
        lo = np.maximum(scenario.first, begun + 1)
        least = self._least(form, activity, span, at, lo, had, begun, ended)
        found = self.engine.next_day(activity, np.maximum(some, least))
        found[days == 0] = 0
        return found

    def _pick(
        self, activity: str, span: Spans, at: Ints, lo: Ints, hi: Ints, numbers: Ints
    ) -> Ints:
        """A day of each window, from `lo` to `hi`; 0 where no day is left."""
        pick = self.engine.pick_day
        groups = list(self._givens(span))
        if self._codes[activity] is not None and at is self.all:
            # Windows that do not turn on the last day are alike in one reading.
            groups = [
                (given, places)
                for _, places in self._by_readings(activity, at)
                for given, every in self._givens(span.part(places))
                if isinstance(every, slice)
            ]
            if sum(places.size for _, places in groups) < at.size:
                groups = list(self._givens(span))
        if len(groups) == 1:
            return pick(activity, groups[0][0], (span.first, span.last), lo, hi, numbers)
        days = np.zeros(at.size, np.int64)
        for given, mine in groups:
            last, upto = span.last[mine], hi[mine]
            if span.last is hi:
                upto = last
            window = span.first[mine], last
            days[mine] = pick(activity, given, window, lo[mine], upto, numbers[mine])
        return days

    def _givens(self, span: Spans) -> Iterator[tuple[str, Any]]:
        """The rhythms of some spans, each with its places."""
        if isinstance(span.given, int):
            yield _GIVENS[span.given], slice(None)
            return
        found = values(span.given)
        for given in found:
            same = len(found) == 1
            yield _GIVENS[given], slice(None) if same else np.flatnonzero(span.given == given)

    def _spans(self, activity: str, span: Spans, turn: int, at: Ints) -> Iterator[tuple[Span, Any]]:
        """Spans that stand for all in questions on lateness: the first, or one of each rhythm."""
        if turn > 0:
            for given, places in self._givens(span):
                yield Span(0, 0, 0, 0, given), places
            return
        for choice, places in self._by_readings(activity, at):
            first = self.scenario.recurrence(activity, choice).first
            assert first is not None
            yield first, places

    def _first_of(self, activity: str, asking: str) -> Ints | None:
        """The first day of the first event made of an activity; None: there is none of any."""
        if activity == asking or activity not in self._begins:
            columns = self.made.get(activity)
            if not columns:
                return None
            found = np.full(self.size, NEVER * 2)
            for column in reversed(columns):
                found[column.at] = column.start
            self._begins[activity] = found
        return self._begins[activity]

    def _room(
        self,
        activity: str,
        at: Ints,
        span: Spans,
        had: Ints | int,
        begun: Ints,
        ended: Ints,
    ) -> Ints:
        """The first day that leaves room for the visits that must come before an activity."""
        scenario = self.scenario
        if not isinstance(had, int):
            found = np.zeros(at.size, np.int64)
            for value in values(had):
                mine = np.flatnonzero(had == value)
                found[mine] = self._room(
                    activity, at[mine], span.part(mine), value, begun[mine], ended[mine]
                )
            return found
        room: Any = np.maximum(ended + 1, scenario.first) if had else scenario.first
        owed: Any = 0
        for duty in scenario.bounded[activity]:
            opener, recorded = scenario.openers[duty.id]
            if not (had or opener is not None) or (duty.one.first_only and had):
                continue
            already = recorded if had < 2 else 0
            owed = owed + self._fewest(duty, already, at, begun if had else span.first)
        if isinstance(owed, int):
            return room + WEEK * owed if owed > 0 else room
        return room + WEEK * np.maximum(owed, 0)

    def _fewest(self, duty: Duty[Between], already: int, at: Ints, days: Ints) -> Ints | int:
        """How many a provision still asks for in a stretch that begins on each day."""
        always = self.engine.always(duty)
        if always is not None:
            return always - already
        found = np.zeros(at.size, np.int64)
        for choice, places in self.split((duty.id,), at):

            def of(day: int, choice: Choices_ = choice) -> int:
                rows = duty.on(choice, day)
                return max((row.at_least - already for row in rows), default=0)

            key = ("fewest", duty.id, choice.get(duty.id), already)
            found[places] = self.engine.by_day(key, of)(days[places])
        return found

    def _in_time_for_others(self, activity: str, span: Spans, at: Ints) -> Ints:
        """The last day that lets the first activity that must refer to this one be in time."""
        scenario, hi = self.scenario, span.hi
        if any(event.type == activity for event in scenario.recorded):
            return hi
        for duty in scenario.contents:
            other = duty.one.activity
            if duty.one.refers_to == activity and other in scenario.cadences:
                hi = hi.copy()
                ids = [one.id for one in scenario.cadences[other]]
                for choice, places in self.split(ids, at):
                    first = scenario.recurrence(other, choice).first
                    if first is not None:
                        least = np.maximum(span.lo[places], scenario.first)
                        near = np.minimum(hi[places], first.hi)
                        hi[places] = np.where(first.hi >= least, near, hi[places])
        return hi

    def _late(
        self, activity: str, span: Spans, after: Ints, where: Where, word: int, at: Ints
    ) -> Ints:
        found = np.zeros(at.size, np.int64)
        for given, mine in self._givens(span):
            its = where if isinstance(mine, slice) else where.part(mine)
            found[mine] = self._late_by(activity, given, after[mine], its, word, at[mine])
        return found

    def _late_by(
        self, activity: str, given: str, after: Ints, where: Where, word: int, at: Ints
    ) -> Ints:
        """A day after a window has closed."""
        by = self.scenario.table("late-by", activity, given=given)
        drawn = self._band(by, 90).numbers(self.numbers(where, word, at))
        return self.engine.next_day(activity, after + drawn)

    def _band(self, table: Table | None, usual: int) -> Choice:
        """A number out of a band."""
        parts, total = ([(1, usual, 1)], 1) if table is None else (table.parts, table.total)
        key = ("band", usual if table is None else id(table))
        made: Choice = self.engine.table(key, lambda: Choice.of_parts(parts, total))
        return made

    # --- What lies between ----------------------------------------------------------------------

    def _fill(self, duty: Duty[Between]) -> None:
        scenario, row = self.scenario, duty.one
        columns = [one for kind in row.bounds for one in self.made.get(kind, ())]
        starts, order = self._bounds([] if row.first_only else columns)
        opener, recorded = scenario.openers[duty.id]
        begun: list[tuple[int, Column, Ints]] = []
        if opener is not None:
            one = self.known(opener.event) if opener.event else self._same(opener, None)
            begun.append((0, one, self.all))
        for place in range(0 if row.first_only else len(columns)):
            if order is None:
                begun.append((place + 1, columns[place], columns[place].at))
                continue
            real = np.flatnonzero(starts[place] < NEVER)
            which = order[place][real]
            for number in values(which):
                begun.append((place + 1, columns[number], real[which == number]))
        later = scenario.later_openings[duty.id]
        if later is not None:
            begun.append((LATER, self._same(later, None), self.all))
        found: list[Stretches] = []
        for slot, one, at in begun:
            if row.first_only and one.type:
                continue
            first = one.start[one.of(at)].astype(np.int64, copy=False)
            if one.ends[1] > scenario.horizon:
                inside = np.flatnonzero(first <= scenario.horizon)
                at, first = at[inside], first[inside]
            if at.size:
                if order is None and slot != LATER and not row.first_only:
                    close = starts[slot]
                    close = close if at is self.all else close.take(at)
                else:  # two bounds may begin on one day, and an opening lies anywhere among them
                    close = self._first_after(columns, at, first)
                some = Stretches(
                    slot, one, at, first, close, np.full(at.size, 0 if slot else recorded)
                )
                least, most = self._limits(duty, one, at, first)
                spoken = least >= 0
                if spoken.all():
                    some.least, some.most = least, most
                    found.append(some)
                elif spoken.any():
                    some = some.part(np.flatnonzero(spoken))
                    some.least, some.most = least[spoken], most[spoken]
                    found.append(some)
        if not found:
            return
        if order is not None or later is not None:
            for some in found:
                self._stretches(duty, [some], alone=True)
            return
        for some in found:  # none lies in another
            inside = self._within(row.activities, some.at, some.first, some.close)
            some.already = some.already + inside
        together: list[Stretches] = []
        for some in found:
            if together and sum(one.at.size for one in together) + some.at.size > _ROWS:
                self._stretches(duty, together)
                together = []
            together.append(some)
        self._stretches(duty, together)

    def _bounds(self, columns: Sequence[Column]) -> tuple[Ints, Ints | None]:
        """The first days of some events of each replication in order, and their columns.

        Where each column lies after the one before it, there is no need of their order.
        """
        key = tuple(map(id, columns))
        found = self._ordered.get(key)
        if found is None:
            starts = np.full((len(columns) + 1, self.size), NEVER * 2)
            for number, column in enumerate(columns):
                starts[number, column.at] = column.start
            order = None
            early, after = starts[:-1], starts[1:]
            if not ((early < after) | (early > NEVER)).all() or (early > after).any():
                order = np.argsort(starts, axis=0, kind="stable")
                starts = np.take_along_axis(starts, order, 0)
            found = self._ordered[key] = starts, order
        return found

    def _first_after(self, columns: Sequence[Column], at: Ints, days: Ints) -> Ints:
        """The first day after each day on which one of some events begins."""
        after = np.full(self.size, NEVER * 2)
        after[at] = days
        found = np.full(self.size, NEVER * 2)
        for column in columns:
            if column.ends[0] < int(found.max()):
                near = np.where(column.start > after[column.at], column.start, NEVER * 2)
                found[column.at] = np.minimum(found[column.at], near)
        return found[at]

    def _limits(
        self, duty: Duty[Between], begun: Column, at: Ints, first: Ints
    ) -> tuple[Ints, Ints]:
        """How many each stretch must and may have; -1 and more: the duty does not speak of it."""
        least, most = np.full(at.size, -1), np.full(at.size, NEVER)
        if duty.one.first_only and begun.type:
            return least, most
        for rows, places in self.eras(duty, at, first + (begun.type == "")):
            if rows:
                ceilings = [row.at_most for row in rows if row.at_most is not None]
                least[places] = max(row.at_least for row in rows)
                most[places] = min(ceilings, default=NEVER)
        if duty.one.while_ is not None and begun.type:
            least[~self.holds(duty.one.while_, begun, at)] = -1
        if duty.id not in self.scenario.spoken and (least >= 0).any():
            self.scenario.spoken.add(duty.id)
        return least, most

    def _within(self, activities: Sequence[str], at: Ints, first: Ints, close: Ints) -> Ints:
        """How many events were made in each stretch."""
        columns = [column for kind in activities for column in self.made.get(kind, ())]
        if not columns:
            return np.zeros(at.size, np.int64)
        low, high = int(first.min()), int(close.max())
        counted: Ints | None = None
        for column in columns:
            if column.ends[0] < high and column.ends[1] > low:
                if counted is None:
                    counted = np.zeros(self.size, np.int64)
                    lo, hi = np.full(self.size, NEVER * 4), np.zeros(self.size, np.int64)
                    lo[at], hi[at] = first, close
                inside = (lo[column.at] < column.start) & (column.start < hi[column.at])
                counted[column.at] += inside
        return np.zeros(at.size, np.int64) if counted is None else counted[at]

    def _stretches(
        self, duty: Duty[Between], some: Sequence[Stretches], alone: bool = False
    ) -> None:
        """Let stretches have as many visits as a provision says, or as is assumed within that.

        Args:
            duty: The provision.
            some: The stretches.
            alone: Whether visits that it made in other stretches may lie in this one.
        """
        scenario, row = self.scenario, duty.one
        lead = row.activities[0]
        whole = Stretches.joined(some)
        at, close, least, most = whole.at, whole.close, whole.least, whole.most
        where = whole.where(lead)
        counts = [one.already for one in some]
        if alone:
            (one,) = some
            counts = [one.already + self._within(row.activities, at, one.first, close)]
        already = np.concatenate(counts)
        few = scenario.table("too-few", duty.id, lead)
        many = scenario.table("too-many", duty.id, lead)
        number = scenario.table("number", duty.id, lead)
        spaced = scenario.spacing(duty)
        fewer = more = None
        if few is not None and (least > 0).any():
            fewer = (least > 0) & self.says(few, "yes", where, TOO_FEW, at)
        if many is not None:
            more = most < NEVER if fewer is None else ~fewer & (most < NEVER)
            if more.any():
                more &= self.says(many, "yes", where, TOO_MANY, at)
        plain = None
        if fewer is not None or more is not None:
            plain = ~(_no(fewer, at) | _no(more, at))
        if plain is None or plain.any():
            ceiling = self._ceiling(duty, some, plain)
            top = most if ceiling is None else np.minimum(most, ceiling)
            top = np.maximum(least, top)
            if spaced is None:
                drawn = least
                if number is not None:
                    words = self.numbers(where, NUMBER, at)
                    drawn = self.engine.choice(number).numbers(words)
                both = np.minimum(np.maximum(drawn, least), top)
                least = both if plain is None else np.where(plain, both, least)
                top = both
            most = top if plain is None else np.where(plain, top, most)
        if fewer is not None:
            least = least - fewer
            most = np.where(fewer, least, most)
        if more is not None:
            most = most + more
            least = np.where(more, most, least)
        lo = np.maximum(scenario.first, whole.ended + 1)
        hi = np.where(close >= NEVER * 2, TABLE_LAST, close - 1)
        if spaced is not None:
            open_ = np.flatnonzero(most > least)
            if open_.size:
                count = self._spaced(
                    row, some, whole, open_, lo[open_], hi[open_],
                    (most - already)[open_], where.part(open_), spaced,
                )  # fmt: skip
                already[open_] += count
        short = np.flatnonzero((close < NEVER * 2) & (already < least))
        if short.size:
            if short.size < at.size:
                at, lo, hi, where = at[short], lo[short], hi[short], where.part(short)
                least, already = least[short], already[short]
            self._placed(row, at, lo, hi, least - already, where)

    def _ceiling(
        self, duty: Duty[Between], some: Sequence[Stretches], plain: Ints | None
    ) -> Ints | None:
        """The most that other provisions let stretches have; None: they do not speak of any."""
        found: list[Ints] = []
        begin, spoke = 0, False
        for one in some:
            end = begin + one.at.size
            most = np.full(one.at.size, NEVER)
            its = Ellipsis if plain is None else np.flatnonzero(plain[begin:end])
            mine = most[its].size
            for other in self.scenario.betweens:
                row = other.one
                if other is duty or not set(duty.one.activities) <= set(row.activities):
                    continue
                if one.begun.type not in (*row.bounds, "") or not mine:
                    continue
                at, first, close = one.at[its], one.first[its], one.close[its]
                least, ceiling = self._limits(other, one.begun, at, first)
                speaks = (least >= 0) & (ceiling < NEVER)
                if speaks.any():
                    spoke = True
                    counted = self._within(row.activities, at, first, close)
                    own = self._within(duty.one.activities, at, first, close)
                    room = np.minimum(most[its], ceiling - counted + own)
                    most[its] = np.where(speaks, room, most[its])
            found.append(most)
            begin = end
        return np.concatenate(found) if spoke else None

    def _spaced(
        self,
        row: Between,
        some: Sequence[Stretches],
        whole: Stretches,
        open_: Ints,
        lo: Ints,
        hi: Ints,
        most: Ints,
        where: Where,
        spacing: tuple[Table, Table],
    ) -> Ints:
        """Let visits follow one another, from the report on; return how many there were."""
        scenario, lead = self.scenario, row.activities[0]
        bases, fresh = [], []
        for one in some:
            new = np.ones(one.at.size, bool)
            its = one.begun.of(one.at)
            published, end = one.begun.published[its], one.begun.end[its]
            base = np.where(published > 0, published, end).astype(np.int64, copy=False)
            if not one.begun.type or one.begun.event is not None:
                for event in scenario.recorded:
                    if event.type in row.activities and event.start.hi < scenario.first:
                        day = event.start.hi
                        base = np.where(one.first < day, np.maximum(base, day), base)
                        new &= one.first >= day
            bases.append(base)
            fresh.append(new)
        base, new = np.concatenate(bases)[open_], np.concatenate(fresh)[open_]
        at = whole.at[open_]
        count = np.zeros(at.size, np.int64)
        active = np.flatnonzero(most > 0)
        if active.size < at.size:
            where = where.part(active)
        at, lo, hi, base, most = at[active], lo[active], hi[active], base[active], most[active]
        new = new[active]
        order, visits = self._visits_of(lead, where, at)
        if order is not None:
            at, lo, hi, base, most, active, new = (
                each[order] for each in (at, lo, hi, base, most, active, new)
            )
        every, stretches, places = at, visits, active
        while at.size:
            drawn = self._after(lead, spacing, new, base, self.numbers(visits, SPACING, at))
            days = self.engine.next_day(lead, np.minimum(np.maximum(lo, drawn), hi + 1))
            good = np.flatnonzero((days <= hi) & (days <= NEVER))
            if good.size < at.size:
                at, hi, days, most = at[good], hi[good], days[good], most[good]
                new = new[good]
                active, visits = active[good], visits.part(good)
            if at.size:
                self._visit(row.activities, at, days, visits)
                base, lo, visits, new = days, days + 1, visits.next(), np.zeros(at.size, bool)
                count[active] += 1
                going = count[active] < most
                if not going.all():
                    going = np.flatnonzero(going)
                    at, lo, hi, base = at[going], lo[going], hi[going], base[going]
                    new = new[going]
                    most, active, visits = most[going], active[going], visits.part(going)
        self._had(lead, stretches, every, count[places])
        return count

    def _after(
        self, lead: str, spacing: tuple[Table, Table], new: Ints, base: Ints, numbers: Ints
    ) -> Ints:
        """Days so long after some days as is assumed; far beyond all where none is left."""
        scenario, found = self.scenario, np.zeros(base.size, np.int64)
        for table, mine in ((spacing[0], new), (spacing[1], ~new)):
            past = mine & (base < scenario.first)
            ahead = np.flatnonzero(mine & ~past)
            if ahead.size:
                found[ahead] = self._band(table, 0).numbers(numbers[ahead])
            for day in values(base[past]) if past.any() else ():
                its = np.flatnonzero(past & (base == day))
                parts, total = scenario.left(table, lead, day)
                found[its] = NEVER * 2
                if parts:
                    found[its] = Choice.of_parts(parts, total).numbers(numbers[its])
        return self._later(lead, base, found)

    def _later(self, activity: str, anchors: Ints, days: Ints) -> Ints:
        """The days so many days after others, on the clock that stops while suspended."""
        some = anchors + days
        for start, end in self.scenario.suspended(activity):
            first = np.maximum(start, anchors + 1)
            moved = NEVER if end == NEVER else some + end - first + 1
            some = np.where((first <= end) & (some >= first), moved, some)
        return some

    def _visits_of(self, lead: str, where: Where, at: Ints) -> tuple[Ints | None, Where]:
        """Where the next visit of each stretch stands; with an order, if they must be reordered."""
        found: list[tuple[int, int, int]] = []
        order: list[Ints] = []
        begin, ordered = 0, False
        for slot, _, end in where.slots:
            if begin < end:
                visits = self._visited_of(lead, slot).take(at[begin:end])
                numbers = values(visits)
                for number in numbers:
                    mine = np.flatnonzero(visits == number) + begin if len(numbers) > 1 else None
                    ordered |= mine is not None
                    order.append(np.arange(begin, end) if mine is None else mine)
                    upto = (found[-1][2] if found else 0) + order[-1].size
                    found.append((slot, EVENT_WORDS * (number + 1), upto))
            begin = end
        return np.concatenate(order) if ordered else None, Where(lead, tuple(found))

    def _visited_of(self, lead: str, slot: int) -> Ints:
        found = self._visited.get((lead, slot))
        if found is None:
            found = self._visited[lead, slot] = np.zeros(self.size, np.int64)
        return found

    def _had(self, lead: str, where: Where, at: Ints, count: Ints | int) -> None:
        """Count visits that stretches had."""
        begin = 0
        for slot, _, end in where.slots:
            some = count if isinstance(count, int) else count[begin:end]
            self._visited_of(lead, slot)[at[begin:end]] += some
            begin = end

    def _placed(
        self, row: Between, at: Ints, lo: Ints, hi: Ints, count: Ints, where: Where
    ) -> None:
        """Place visits in stretches, one in each of so many equal shares of each."""
        lead, pick = row.activities[0], self.engine.pick_day
        length = hi - lo + 1
        same = uniform(count)
        for index in range(int(count.max())):
            some = np.flatnonzero(index < count) if not same and index else None
            if some is not None:
                at, lo, length, count = at[some], lo[some], length[some], count[some]
                hi, where = hi[some], where.part(some)
            shares: Ints | int = int(count[0]) if same else count
            first = lo + index * length // shares if index else lo
            last = lo + (index + 1) * length // shares - 1
            order, visits = self._visits_of(lead, where, at)
            if order is not None:
                at, lo, hi, length, count, first, last = (
                    each[order] for each in (at, lo, hi, length, count, first, last)
                )
                where = visits
            words = self.numbers(visits, DAY, at)
            days = pick(lead, "between", (first, last), first, last, words)
            none = np.flatnonzero(days == 0)
            if none.size:  # suspended throughout that share
                window = lo[none], hi[none]
                days[none] = pick(lead, "between", window, *window, words[none])
            if (days > 0).all():
                self._had(lead, visits, at, 1)
                self._visit(row.activities, at, days, visits)
            elif (days > 0).any():
                good = np.flatnonzero(days > 0)
                self._had(lead, visits.part(good), at[good], 1)
                self._visit(row.activities, at[good], days[good], visits.part(good))

    def _visit(self, activities: Sequence[str], at: Ints, days: Ints, where: Where) -> None:
        """Make visits: of the first kind of event that is counted, unless another is drawn."""
        scenario, lead = self.scenario, activities[0]
        table = scenario.table("visit", lead) if len(activities) > 1 else None
        kinds: dict[str, Ints | None] = {lead: None}
        if table is not None:
            drawn = self.engine.choice(table).index(self.numbers(where, VISIT, at))
            names = [name if name in activities else lead for name in table.outcomes]
            kinds = {}
            for index in values(drawn):
                if names[index] not in kinds:
                    good = [place for place, name in enumerate(names) if name == names[index]]
                    kinds[names[index]] = np.flatnonzero(np.isin(drawn, good))
        for kind, mine in kinds.items():
            some, its, places = at, days, where
            if mine is not None and mine.size < at.size:
                some, its, places = at[mine], days[mine], where.part(mine)
            form = scenario.form(kind)
            if form.only:
                barred = self._barred(form, some, its)
                if barred.any():
                    free = np.flatnonzero(~barred)
                    some, its, places = some[free], its[free], places.part(free)
            if some.size:
                whole = self._column(kind, some, its, 0)
                inside = None
                if whole.ends[1] > scenario.horizon:
                    inside = np.flatnonzero(its <= scenario.horizon)
                self._complete(whole, places, inside)
                whole.pack(self.all)
                made, begin = self.made.setdefault(kind, []), 0
                for slot, word, end in places.slots:
                    if begin < end:
                        column = whole.part(slice(begin, end))
                        column.place = EVENT_WORDS * slot + word // EVENT_WORDS
                        made.append(column)
                    begin = end

    # --- What an event is like ------------------------------------------------------------------

    def _barred(self, form: Form, at: Ints, days: Ints) -> Ints:
        """Whether an activity is tied to a status that does not hold."""
        found = np.zeros(at.size, bool)
        last = self.before(at, days)
        for duty in form.only:
            for rows, places in self.eras(duty, at, days):
                some, its = at[places], last[places]
                barred = np.zeros(some.size, bool)
                for row in rows:
                    held = self._held_after(row.while_)
                    barred |= ~held.take((its + 1) * self.size + some)
                found[places] |= barred
        return found

    def _complete(self, column: Column, where: Where, inside: Ints | None) -> None:
        """Give events up to the horizon their kind, their length, their report and their grades.

        Args:
            column: The events.
            where: Where their numbers stand.
            inside: The places of those up to the horizon; None: all are.
        """
        form = self.scenario.form(column.type)
        part = column
        if inside is not None:
            part, where = column.part(inside), where.part(inside)
        if not part.at.size:
            return
        if form.routes:
            part.kind = self._kind(form, part, where)
        if form.priority is not None:
            choice = self.engine.choice(form.priority)
            part.priority = choice.index(self.numbers(where, PRIORITY, part.at)).astype(np.int8)
        if form.is_published:
            part.end = part.start + (self._length(form, part, where) - 1)
            self._publish(form, part, where)
        if form.is_graded:
            self._grade(form, part, where)
        if inside is not None:
            _put(column, part, inside)

    def _kind(self, form: Form, column: Column, where: Where) -> Ints:
        """The kind of each inspection: what the grades before send to, or another allowed."""
        engine, at = self.engine, column.at
        last: Ints | None = None
        code = np.zeros(at.size, np.int64)
        rows: list[Route] = []
        for duty in form.routes:
            for some, places in self.eras(duty, column.at, column.start):
                for row in some:
                    if row not in rows:
                        rows.append(row)
                    number = rows.index(row)
                    if row.while_ is None:  # whatever came before
                        code[places] += 5**number
                        continue
                    if last is None:
                        last = self.before(at, column.start)
                    its_, lasts = at[places], last[places]
                    state = np.zeros(its_.size, np.int64)
                    for one, mine in self.by_last(its_, lasts):
                        state[mine] = 1  # there is none before
                        if one is not None:
                            its = its_[mine]
                            held = self.holds(row.while_, one, its)
                            # 2: its grades are not known
                            state[mine] = np.where(one.out[one.of(its)], held + 3, 2)
                    code[places] += state * 5**number
        chosen: Ints | None = None
        codes = values(code)
        for one_code in codes:
            found: list[tuple[str, ...]] = []
            for number, row in enumerate(rows):
                state_ = one_code // 5**number % 5
                if state_:
                    found += ways(row, {3: False, 4: True}.get(state_), state_ == 1)
            good = allowed_kinds(found) if found else [None]
            instead = len(good) > 1 and form.kind is not None
            if len(codes) == 1 and not instead:
                return np.full(at.size, engine.kind(good[0]), np.int8)
            if chosen is None:
                chosen = np.full(at.size, -1, np.int8)
            mine = np.flatnonzero(code == one_code)
            chosen[mine] = engine.kind(good[0])
            if instead:
                its = self.says(form.kind, "instead", where.part(mine), KIND, at[mine])
                chosen[mine[its]] = engine.kind(good[1])
        assert chosen is not None
        return chosen

    def _length(self, form: Form, column: Column, where: Where) -> Ints | int:
        engine, at = self.engine, column.at
        found = None
        for duty in form.lengths:
            for rows, places in self.eras(duty, column.at, column.start):
                if rows and rows[0].kind is None and isinstance(places, slice) and found is None:
                    return int(rows[0].days)
                if found is None:
                    found = np.zeros(at.size, np.int64)
                days, kinds = found[places], column.kind[places]
                for row in rows:
                    fits = (days == 0) & ((row.kind is None) | (kinds == engine.kind(row.kind)))
                    days = np.where(fits, row.days, days)
                found[places] = days
        open_: Any = slice(None)
        if found is None:
            found = np.zeros(at.size, np.int64)
        elif (found > 0).any():
            open_ = np.flatnonzero(found == 0)
        kinds = column.kind[open_]
        for kind in values(kinds):
            mine = open_
            if not uniform(kinds):
                mine = np.flatnonzero(kinds == kind)
                mine = mine if isinstance(open_, slice) else open_[mine]
            name = None if kind < 0 else engine.kinds[kind]
            table = self.scenario.table("length", column.type, given=name)
            start = column.start[mine]
            days = 1
            if table is not None and len(table.outcomes) == 1:
                days = table.outcomes[0]
            elif table is not None:
                its = where if isinstance(mine, slice) else where.part(mine)
                words = self.numbers(its, LENGTH, at[mine])
                days = engine.choice(table).numbers(words)
            last = engine.before("working-day", start + (days - 1))
            last -= start
            last += 1
            found[mine] = np.maximum(last, 1, out=last)
        return found

    def _publish(self, form: Form, column: Column, where: Where) -> None:
        engine, at = self.engine, column.at
        some: Any = None
        start, end = column.start, column.end
        if form.unpublished is not None:
            never = self.says(form.unpublished, "yes", where, UNPUBLISHED, at)
            if never.any():
                some = np.flatnonzero(~never)
                if not some.size:
                    return
                start, end, at, where = start[some], end[some], at[some], where.part(some)
        due: Ints | None = None
        strict: Ints | None = None
        for duty in form.reports:
            called = self._called_for(duty.one, column)
            if called is not None and some is not None:
                called = called[some]
            begun = start if duty.one.counted_from == "start" else end
            for rows, places in self.eras(duty, at, begun):
                for row in rows:
                    last = self._deadline(row, begun[places])
                    if last is None:
                        continue
                    if called is not None:
                        last = np.where(called[places], last, NEVER)
                    due = _nearer(due, last, places, at.size)
                    if not row.late_counts:
                        strict = _nearer(strict, last, places, at.size)
        late = None
        if form.late_report is not None and strict is not None:
            bound = strict < NEVER
            if bound.any():
                late = bound & self.says(form.late_report, "yes", where, LATE_REPORT, at)
                late = np.flatnonzero(late)
        words: Ints | None = None
        drawn = form.lag is not None and len(form.lag.outcomes) > 1
        if drawn or (late is not None and late.size):
            words = self.numbers(where, LAG, at)
        days: Ints | int = 0
        if form.lag is not None:
            days = engine.choice(form.lag).numbers(words) if drawn else form.lag.outcomes[0]
        told = engine.add(end, days)
        if due is not None:
            told = np.minimum(told, due)
        told = np.maximum(told, end)
        if late is not None and late.size:
            assert words is not None
            assert strict is not None
            by = self._band(form.late_report_by, 20).numbers(words[late])
            told[late] = engine.add(strict[late], by)
        if some is not None:
            column.published = np.zeros(column.at.size, np.int64)
            column.published[some] = told
        else:
            column.published = told

    def _deadline(self, row: Response, begun: Ints) -> Ints | None:
        """The last day on which a response is in time; None where no source gives one."""
        calendar = self.scenario.calendar
        if row.working_days == NOT_KNOWN:
            return None
        table = self.engine.by_day(("deadline", id(row)), lambda day: deadline(row, day, calendar))
        found: Ints = table(begun)
        return found

    def _called_for(self, row: Response, column: Column) -> Ints | None:
        """Whether events have what a response is owed for; None: all have."""
        if not row.when:
            return None
        called = np.ones(column.at.size, bool)
        for field, words in row.when.items():
            if field != "priority_action":
                raise UnsupportedError
            if column.event is not None:
                called &= getattr(column.event, field, None) in words
            elif column.priority is None:
                called[:] = False
            else:
                table = self.scenario.form(column.type).priority
                assert table is not None
                good = [at for at, outcome in enumerate(table.outcomes) if outcome in words]
                called &= np.isin(column.priority, good)
        return called

    def _grade(self, form: Form, column: Column, where: Where) -> None:
        at, start = column.at, column.start
        out: Ints | None = None
        if form.is_published and not (column.published > 0).all():
            out = np.flatnonzero(column.published > 0)
            if not out.size:
                return
            at, start, where = at[out], start[out], where.part(out)
        column.out = _spread(np.ones(at.size, bool), out, column.at.size, False)
        grades: dict[str, Ints] = {}
        last: Ints | None = None
        for duty in form.graded:
            for rows, places in self.eras(duty, at, start):
                for row in rows[:1]:
                    if row.areas and last is None:
                        last = self.before(at, start)
                    whole = isinstance(places, slice)
                    its = where if whole else where.part(places)
                    for index, area in enumerate(row.areas):
                        assert last is not None
                        drawn = self._drawn(
                            (area, str(row.scale)), at if whole else at[places], start[places],
                            last[places], its, GRADES + index,
                        )  # fmt: skip
                        if whole and area not in grades:
                            grades[area] = drawn
                        else:
                            if area not in grades:
                                grades[area] = np.full(at.size, -1, np.int8)
                            grades[area][places] = drawn
        for limits in form.limits:
            for rows, places in self.eras(limits, at, start):
                for limit in rows:
                    self._keep_to(limit, grades, places, start[places].size)
        column.grades = {
            area: _spread(some, out, column.at.size, -1) for area, some in grades.items()
        }
        if grades:
            given = None
            for some in grades.values():
                given = some >= 0 if given is None else given | (some >= 0)
            column.graded = _spread(given, out, column.at.size, False)

    def _keep_to(self, limit: Limit, grades: dict[str, Ints], places: Any, size: int) -> None:
        """Move the grade of a limited area to the nearest that the limit allows."""
        if limit.area not in grades:
            return

        def make() -> ByGrades:
            areas = dict.fromkeys((limit.area, *(a for count in limit.if_ for a in count.areas)))
            scale = self.scenario.view.framework.scale(limit.scale)

            def of(given: dict[str, Grade]) -> int:
                keep_to(limit, scale, given)
                return _CODES[given[limit.area]] if limit.area in given else -1

            return ByGrades(tuple(areas), of)

        table = self.engine.table(("limit", id(limit)), make)
        part = {area: some[places] for area, some in grades.items()}
        grades[limit.area][places] = table(part, size)

    def _drawn(
        self,
        graded: tuple[str, str],
        at: Ints,
        start: Ints,
        last: Ints,
        where: Where,
        word: int,
    ) -> Ints:
        """The grade of an area on a scale, which moves on from its last."""
        moves: Moves = self.engine.table(("moves", *graded), lambda: Moves(self.scenario, *graded))
        before = self._grade_before(graded[0], at, start, last)
        return moves(before, self.numbers(where, word, at))

    def _grade_before(self, area: str, at: Ints, start: Ints, last: Ints) -> Ints:
        """The last grade of an area, or of the area of an earlier form that stands for it."""
        number = int(last.max(initial=-1))
        if number >= 0 and int(last.min()) == number:
            column = self.inspections[number]
            if area in column.grades:
                its = column.of(at)
                grade = column.grades[area][its]
                if column.graded[its].all() and (grade >= 0).all():
                    return grade
        found = np.full(at.size, -1, np.int8)
        left = last >= 0
        while number >= 0 and left.any():
            column = self.inspections[number]
            starts = self._last[number][at]
            here = np.flatnonzero(left & (starts < start))
            if here.size:
                its = column.of(at[here])
                given = column.graded[its]
                grade = (
                    column.grades[area][its]
                    if area in column.grades
                    else np.full(here.size, -1, np.int8)
                )
                grade = np.where(given, grade, -1)
                for old, rows_start in self._stands_for(area, at[here], start[here]):
                    if old in column.grades:
                        other = np.where(given & rows_start, column.grades[old][its], -1)
                        grade = np.where(grade < 0, other, grade)
                done = here[grade >= 0]
                found[done] = grade[grade >= 0]
                left[done] = False
            number -= 1
        return found

    def _stands_for(self, area: str, at: Ints, start: Ints) -> Iterator[tuple[str, Ints]]:
        """Areas of an earlier form that stand for an area, in order, and where they do."""
        for duty in self.scenario.statuses.values():
            if not any(row.stands_for for rows in duty.readings.values() for row in rows):
                continue
            for rows, places in self.eras(duty, at, start):
                for row in rows:
                    for old, new in row.stands_for.items():
                        if area in new:
                            where = np.zeros(start.size, bool)
                            where[places] = True
                            yield old, where

    # --- What must follow -----------------------------------------------------------------------

    def _finish(self, event: Event, slot: int) -> None:
        scenario, form = self.scenario, self.scenario.form(event.type)
        column = self._taken(event)
        where = Where(event.type, ((slot, 0, self.size),))
        none = self.engine.nones(self.size)
        column.graded = column.out = none.false[: self.size]
        column.grades = {}
        if event.end is None:
            column.end = column.start + (self._length(form, column, where) - 1)
        column.published = none.zeros[: self.size]
        self._publish(form, column, where)
        out = column.published > 0
        column.published = np.where(
            out, np.maximum(column.published, scenario.first), column.published
        )
        self._grade(form, column, where)
        self.finished[event.id] = column

    def _answer(self, index: int, duty: Duty[Response]) -> None:
        scenario, row = self.scenario, duty.one
        found: list[tuple[Column, int]] = []
        for number, owed in enumerate(scenario.made.get(duty.id, [])):
            event = scenario.view.history.get(owed.subject)
            open_ = owed.possible & {State.OPEN, State.NOT_YET_OPEN}
            if event is not None and owed.fulfilled_by is None and (
                open_ or owed.possible == {State.OVERDUE}
            ):  # fmt: skip
                found.append((self.known(event), (FINISHED + number) * EVENT_WORDS))
        for kind in row.after:
            found += ((column, column.place) for column in self.made.get(kind, ()))
        for column, slot in found:
            day = {"start": column.start, "end": column.end, "published": column.published}[
                row.counted_from
            ].astype(np.int64, copy=False)
            called = self._called_for(row, column)
            called = day > 0 if called is None else called & (day > 0)
            if column.event is None and column.ends[1] > scenario.horizon:
                called &= column.start <= scenario.horizon
            some = np.flatnonzero(called)
            if not some.size:
                continue
            for rows, places in self.eras(duty, column.at[some], day[some]):
                if rows:
                    its = some[places]
                    due = None
                    for one in rows:
                        last = self._deadline(one, day[its])
                        if last is not None:
                            due = last if due is None else np.minimum(due, last)
                    due = np.full(its.size, NEVER) if due is None else due
                    self._reply(row, column.at[its], day[its], due, slot, EVENT_WORDS * index)

    def _reply(self, row: Response, at: Ints, begun: Ints, due: Ints, slot: int, word: int) -> None:
        scenario, engine, activity = self.scenario, self.engine, row.gives
        form = scenario.form(activity)
        where = Where(activity, ((slot, word, at.size),))
        if form.skipped is not None:
            kept = np.flatnonzero(~self.says(form.skipped, "yes", where, SKIPPED, at))
            at, begun, due, where = at[kept], begun[kept], due[kept], where.part(kept)
        if not at.size:
            return
        never = np.flatnonzero(due >= NEVER)
        if never.size:
            lag = scenario.table("lag", activity)
            after: Ints | int = 0
            if lag is not None:
                words = self.numbers(where.part(never), LAG, at[never])
                after = engine.choice(lag).numbers(words)
            due = due.copy()
            due[never] = engine.add(begun[never], after)
        numbers = self.numbers(where, DAY, at)
        lo = np.maximum(begun, scenario.first)
        days = engine.pick_day(activity, "response", (begun, due), lo, due, numbers)
        table = scenario.late(activity, Span(0, 0, 0, 0, "response"))
        if table is not None and (days > 0).any():
            days[self.says(table, "yes", where, LATE, at)] = 0
        late = np.flatnonzero(days == 0)
        if late.size:
            closed = np.maximum(due[late], scenario.first - 1)
            days[late] = self._late_by(
                activity, "response", closed, where.part(late), LATE_BY, at[late]
            )
        if int(days.max()) > NEVER:
            good = np.flatnonzero(days <= NEVER)
            at, days = at[good], days[good]
        if at.size:
            column = self._column(activity, at, days, slot)
            column.pack(self.all)
            self.made.setdefault(activity, []).append(column)


class Stretches:
    """What lies from events of one slot to the next bound, for some replications."""

    __slots__ = ("already", "at", "begun", "close", "ended", "first", "least", "most", "slots")

    def __init__(
        self, slot: int, begun: Column, at: Ints, first: Ints, close: Ints, already: Ints
    ) -> None:
        self.slots: tuple[tuple[int, int], ...] = ((slot, at.size),)
        """Slot, and the place up to which it is that one."""
        self.begun, self.at, self.first, self.close = begun, at, first, close
        self.ended: Ints = begun.end[begun.of(at)].astype(np.int64, copy=False)
        """The last day of what begins each stretch."""
        self.already = already
        """How many visits there are already."""
        self.least: Ints = None
        self.most: Ints = None

    def part(self, some: Ints) -> Stretches:
        """Those in some places."""
        ((slot, _),) = self.slots
        first, close, already = self.first[some], self.close[some], self.already[some]
        return Stretches(slot, self.begun, self.at[some], first, close, already)

    @classmethod
    def joined(cls, some: Sequence[Stretches]) -> Stretches:
        """Those of several slots as one."""
        if len(some) == 1:
            return some[0]
        whole: Stretches = object.__new__(cls)
        for name in ("already", "at", "first", "close", "ended", "least", "most"):
            setattr(whole, name, np.concatenate([getattr(one, name) for one in some]))
        whole.begun = some[0].begun
        upto, slots = 0, []
        for one in some:
            upto += one.at.size
            slots.append((one.slots[0][0], upto))
        whole.slots = tuple(slots)
        return whole

    def where(self, stream: str) -> Where:
        """Where the first numbers of their slots stand."""
        return Where(stream, tuple((slot, 0, upto) for slot, upto in self.slots))


class Moves:
    """How the grade of an area on a scale moves on, from each grade."""

    def __init__(self, scenario: Scenario, area: str, scale: str) -> None:
        self.scenario, self.area, self.scale = scenario, area, scale
        self._which = np.full(_BASE, -1)
        self._choices = Choices(np.int8)

    def __call__(self, before: Ints, numbers: Ints) -> Ints:
        """The next grades; a grade before of -1 is none."""
        which = self._which.take(before + 1)
        if int(which.min()) < 0:
            for code in values(before):
                if self._which[code + 1] < 0:
                    self._which[code + 1] = self._add(None if code < 0 else _ALL[code])
            which = self._which.take(before + 1)
        return self._choices(which, numbers)

    def _add(self, before: Grade | None) -> int:
        table = self.scenario.moves(self.area, self.scale, before)
        if table is not None:
            return self._choices.add([_CODES[Grade(one)] for one in table.outcomes], table.bounds)
        # Nothing is assumed: each grade of the scale alike.
        good = self.scenario.view.framework.scale(self.scale).grades
        count = len(good)
        bounds = [-(-(place << 32) // count) for place in range(1, count + 1)]
        return self._choices.add([_CODES[one] for one in good], bounds)


def _no(some: Ints | None, at: Ints) -> Ints:
    """An answer for each of some replications: no, where there is none."""
    return np.zeros(at.size, bool) if some is None else some


def _nearer(due: Ints | None, last: Ints, places: Any, size: int) -> Ints:
    """The earlier of two deadlines, for some of the places."""
    if due is None and isinstance(places, slice):
        return last
    due = np.full(size, NEVER) if due is None else due.copy()
    due[places] = np.minimum(due[places], last)
    return due


def _spread(some: Ints, places: Ints | None, size: int, none: int) -> Ints:
    """What some of the places have, and nothing in the others."""
    if places is None:
        return some
    whole = np.full(size, none, some.dtype)
    whole[places] = some
    return whole


def _plain(span: Span | None) -> tuple[int, int, int, int, int]:
    """A span as a row of numbers; one that never comes where there is none."""
    if span is None:
        return NEVER * 2, NEVER * 2, 0, 0, 0
    return (*span[:4], _GIVENS.index(span.given))


def _put(column: Column, part: Column, inside: Ints) -> None:
    """Put what was given to a part of a column back into it."""
    column.end = column.end.copy()
    column.end[inside] = part.end
    size = column.at.size
    for name, none in (("published", 0), ("kind", -1), ("out", 0), ("graded", 0)):
        setattr(column, name, _spread(getattr(part, name), inside, size, none))
    column.grades = {area: _spread(some, inside, size, -1) for area, some in part.grades.items()}
    if part.priority is not None:
        column.priority = _spread(part.priority, inside, size, -1)


class Events:
    """Every event of some replications, as arrays of one length, in order.

    First come events of the record that came to their end, then what was made, by first day, kind
    and place.
    """

    def __init__(self, engine: Engine, block: Block) -> None:
        scenario = engine.scenario
        self.types = sorted({*block.made, *(one.type for one in block.finished.values())})
        self.kinds = engine.kinds
        parts = [(rank, one, one.start <= NEVER) for rank, one in
                 enumerate(block.finished.values())]  # fmt: skip
        parts += [
            (len(block.finished), one, one.start <= scenario.horizon)
            for columns in block.made.values()
            for one in columns
        ]
        self.areas = sorted({area for _, one, _ in parts for area in one.grades})

        def joined(of: Callable[[int, Column], Ints]) -> Ints:
            some = [of(rank, one)[inside] for rank, one, inside in parts]
            return np.concatenate(some) if some else np.zeros(0, np.int64)

        at = joined(lambda _, one: one.at)
        rank = joined(lambda rank, one: np.full(one.at.size, rank))
        type = joined(lambda _, one: np.full(one.at.size, self.types.index(one.type)))
        start = joined(lambda _, one: one.start)
        place = joined(lambda _, one: np.full(one.at.size, one.place))
        order = np.lexsort((place, type, start, rank, at))
        self.finished = rank[order] if block.finished else np.zeros(at.size, np.int64)
        """The place of an event of the record among those that came to their end."""
        self.made = self.finished == len(block.finished)
        self.replication = at[order] + block.first
        self.type, self.start = type[order], start[order]
        self.end = joined(lambda _, one: one.end)[order]
        self.published = joined(lambda _, one: one.published)[order]
        """The day of publication; 0: none."""
        self.kind = joined(lambda _, one: one.kind)[order]
        """The number of the kind; -1: none."""
        self.grades = {area: joined(partial(_grades_of, area))[order] for area in self.areas}
        """By area the number of the grade; -1: none."""


def _grades_of(area: str, rank: int, one: Column) -> Ints:
    if area not in one.grades:
        return np.full(one.at.size, -1)
    return np.where(one.out, one.grades[area], -1)


def events(scenario: Scenario, replications: int) -> Iterator[Events]:
    """Every event of all replications, block by block.

    Raises:
        UnsupportedError: Only the plain form answers the question.
    """
    engine = Engine(scenario)
    for first in range(0, replications, BLOCK):
        count = min(BLOCK, replications - first)
        yield Events(engine, Block(engine, first // BLOCK, count))


class Sums:
    """The counts of many replications, as arrays."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self._groups = {key: np.array(some) for key, some in tally.group_of.items()}
        self._sums: dict[tuple[str, str], Ints] = {}

    def add(self, key: tuple[str, str], cases: Ints, some: Ints) -> None:
        """Take in a value of 0 or more of each replication."""
        count = len(self.tally.groups[key])
        old = self._sums.get(key)
        width = int(some.max()) + 1
        if old is None or old.shape[1] < width:
            new = np.zeros((count, width), np.int64)
            if old is not None:
                new[:, : old.shape[1]] = old
            old = self._sums[key] = new
        width = old.shape[1]
        places = some if count == 1 else self._groups[key][cases] * width + some
        old += np.bincount(places, minlength=count * width).reshape(count, width)

    def close(self) -> Tally:
        """The tally, with all that was taken in."""
        first = self.tally.scenario.first
        for key, sums in self._sums.items():
            for counts, times in zip(self.tally.counted[key], sums, strict=True):
                for place in np.flatnonzero(times).tolist():
                    value = place
                    if key[0] == "first":
                        value = place + first - 1 if place else -1
                    counts[value] = counts.get(value, 0) + int(times[place])
        return self.tally


def count_block(engine: Engine, number: int, count: int, sums: Sums) -> None:
    """Simulate a block, and take in what is kept of it."""
    scenario, block = engine.scenario, Block(engine, number, count)
    for activity in sums.tally.activities:
        first = np.full(count, NEVER * 2)
        times = np.zeros(count, np.int64)
        for column in block.made.get(activity, ()):
            inside = column.start <= scenario.horizon
            at = column.at if inside.all() else column.at[inside]
            start = column.start if inside.all() else column.start[inside]
            first[at] = np.minimum(first[at], start)
            times[at] += 1
        days = np.where(times > 0, first - scenario.first + 1, 0)
        sums.add(("first", activity), block.case, days)
        sums.add(("count", activity), block.case, times)
    for id in scenario.statuses:
        sums.add(("days", id), block.case, _days_in(block, id))
    sums.tally.replications += count


def on_arrays(
    scenario: Scenario,
    some: range,
    progress: Progress | None = None,
    kept: dict[str, Engine] | None = None,
) -> Tally:
    """What is kept of some replications, block by block.

    Args:
        scenario: The question.
        some: The numbers of the replications, the first of which begins a block.
        progress: Called after each block or two with how many are done.
        kept: Where tables are kept for more replications of the same scenario; None: nowhere.

    Raises:
        UnsupportedError: Only the plain form answers the question.
    """
    engine = Engine(scenario) if kept is None or not kept else kept["engine"]
    if kept is not None:
        kept["engine"] = engine
    sums = Sums(Tally(scenario))
    step = BLOCK * (_TOGETHER if len(some) >= _MANY * BLOCK else 1)
    for first in range(some.start, some.stop, step):
        count = min(step, some.stop - first)
        count_block(engine, first // BLOCK, count, sums)
        if progress is not None:
            progress(first - some.start + count, len(some))
    return sums.close()


def _days_in(block: Block, id: str) -> Ints:
    """The days on which a status holds, by the last inspection that is out."""
    scenario = block.scenario
    end = scenario.horizon + 1
    days = np.zeros(block.size, np.int64)
    since = np.full(block.size, scenario.first)
    held = np.zeros(block.size, bool)
    for column in block.inspections:
        out = column.out
        if not out.any():
            continue
        at = column.at[out]
        told = np.where(column.published > 0, column.published, column.end)[out]
        told = np.minimum(np.maximum(told, scenario.first), end)
        days[at] += held[at] * (told - since[at])
        since[at], held[at] = told, block.holds(id, column, column.at)[out]
    return days + held * (end - since)


__all__ = ["Block", "Column", "Engine", "Events", "UnsupportedError", "events", "on_arrays"]
