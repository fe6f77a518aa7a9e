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
from itertools import pairwise
from typing import Any

import numpy as np

from ..cases import State, keep_to, status_holds
from ..dates import WorkingDays
from ..events import EVENTS, Event
from ..grades import Grade
from ..obligations import deadline
from ..provisions import Between, Limit, Response, Route, Status
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
)

Ints = Any
"""An array of whole numbers."""
Choices = Mapping[str, "str | None"]
"""The readings of some replications: provision id and reading."""
_ALL = tuple(Grade)
_CODES = {grade: code for code, grade in enumerate(_ALL)}
_BASE = len(_ALL) + 1
_GIVENS = ("periods", "since-last", "first", "between", "response")
_DENSE = 1 << 18
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
    if (some == first).all():
        return [int(first)]
    low = int(some.min())
    return [one + low for one in np.flatnonzero(np.bincount(some - low)).tolist()]


class ByDay:
    """A function of a day, worked out once for each day of a stretch that is asked about."""

    __slots__ = ("_far", "_filled", "_first", "_of", "_values")

    def __init__(self, of: Callable[[int], Any], first: int, last: int, width: int = 0) -> None:
        self._of, self._first = of, first
        size = max(1, last - first + 1)
        self._values = np.zeros((size, width) if width else size, np.int64)
        self._filled = [0, 0]
        """The places from and up to which it is worked out."""
        self._far: dict[int, Any] = {}

    def __call__(self, days: Ints) -> Any:
        """The values of an array of days."""
        if not days.size:
            return np.zeros((0, *self._values.shape[1:]), np.int64)
        at = days - self._first
        low, high = int(at.min()), int(at.max()) + 1
        if low < self._filled[0] or high > self._filled[1]:
            if low < 0 or high > len(self._values):
                return self._with_far(days)
            self._fill(low, high)
        return self._values.take(at, 0)

    def _fill(self, low: int, high: int) -> None:
        first, last = self._filled
        if first == last:
            first = last = low
        for place in (*range(low, first), *range(last, high)):
            self._values[place] = self._of(place + self._first)
        self._filled = [min(low, first), max(high, last)]

    def _with_far(self, days: Ints) -> Any:
        found = np.zeros((days.size, *self._values.shape[1:]), np.int64)
        for day in np.unique(days).tolist():
            if day not in self._far:
                self._far[day] = self._of(day)
            found[days == day] = self._far[day]
        return found


class Choice:
    """An assumption's outcomes, ready to be drawn from by arrays."""

    __slots__ = ("bounds", "guide", "outcomes", "steps")

    def __init__(self, outcomes: Sequence[Any], bounds: Sequence[int]) -> None:
        self.outcomes = outcomes
        self.bounds = np.array([*bounds[:-1], 1 << 32], np.int64)
        self.guide = self.steps = None
        if len(outcomes) > 6:
            first = [bisect_right(bounds[:-1], part << 20) for part in range((1 << 12) + 1)]
            self.guide = np.array(first[:-1], np.int64)
            self.steps = max(after - before for before, after in pairwise(first))

    @classmethod
    def of(cls, table: Table) -> Choice:
        """Of a table."""
        return cls(table.outcomes, table.bounds)

    @classmethod
    def of_parts(cls, parts: Sequence[Part], total: int) -> Choice:
        """Of the whole numbers in some parts: for each, the least draw that picks it."""
        outcomes: list[int] = []
        bounds: list[int] = []
        before = 0
        for first, last, weight in parts:
            length = last - first + 1
            for place in range(length):
                outcomes.append(first + place)
                least = (before << 32) + -(-place * (weight << 32) // length)
                bounds.append(-(-least // total))
            before += weight
        return cls(outcomes, [*bounds[1:], 1 << 32])

    def index(self, numbers: Ints) -> Ints:
        """Which outcome each draw is."""
        if self.guide is None:
            found = np.zeros(numbers.shape, np.int64)
            for bound in self.bounds[:-1].tolist():
                found += numbers >= bound
            return found
        found = self.guide[numbers >> 20]
        for _ in range(int(self.steps or 0)):
            found += numbers >= self.bounds[found]
        return found

    def numbers(self, numbers: Ints) -> Ints:
        """The outcomes themselves, where they are whole numbers."""
        return np.array(self.outcomes, np.int64)[self.index(numbers)]

    def says(self, word: str, numbers: Ints) -> Ints:
        """Whether each draw is of an outcome."""
        if word not in self.outcomes:
            return np.zeros(numbers.shape, bool)
        at = self.outcomes.index(word)
        low = int(self.bounds[at - 1]) if at else 0
        return (numbers >= low) & (numbers < int(self.bounds[at]))


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
            code += 1 if area in grades else 0
        if self._dense is None or self._known is None:
            values, at = np.unique(code, return_inverse=True)
            return np.array([self._value(one) for one in values.tolist()], np.int8)[at]
        if not self._known[code].all():
            for one in np.unique(code[~self._known[code]]).tolist():
                self._dense[one], self._known[one] = self._value(one), True
        return self._dense[code]

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
        "at", "end", "event", "graded", "grades", "held", "kind", "out", "place", "priority",
        "published", "start", "type", "where",
    )  # fmt: skip

    def __init__(self, type: str, at: Ints, start: Ints, place: int) -> None:
        self.type, self.at, self.start, self.place = type, at, start, place
        self.end = start
        self.published = np.zeros(at.size, np.int64)
        """The day of publication; 0: none."""
        self.kind = np.full(at.size, -1, np.int64)
        self.grades: dict[str, Ints] = {}
        self.out = np.zeros(at.size, bool)
        """Whether it is out which grades were given, if any."""
        self.graded = np.zeros(at.size, bool)
        """Whether grades were given, and are out."""
        self.priority: Ints | None = None
        self.held: dict[str, Ints] = {}
        self.event: Event | None = None
        self.where: Ints | None = None

    def of(self, at: Ints) -> Ints:
        """Where the events of some of its replications stand."""
        if at.size == self.at.size:
            return slice(None)
        if self.where is None:
            self.where = np.zeros(int(self.at[-1]) + 1, np.int64)
            self.where[self.at] = np.arange(self.at.size)
        return self.where[at]


@lru_cache(maxsize=8)
def _calendar(calendar: WorkingDays) -> tuple[Ints, Ints, dict[str, tuple[Ints, Ints]]]:
    """Working days, the place of each day among them, and by grid the day after and before each.

    Near the ends of the table days are not moved.
    """
    first, days, places = calendar.table()
    working, at = np.array(days, np.int64), np.array(places, np.int64)
    every = np.arange(first, first + at.size)
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
        for duty in scenario.responses:
            rows = [row for some in duty.readings.values() for row in some]
            if duty.one.gives in EVENTS and any(
                set(row.when) - {"priority_action"} for row in rows
            ):
                raise UnsupportedError

    def table(self, key: Any, make: Callable[[], Any]) -> Any:
        """A table that is made once."""
        found = self._tables.get(key)
        if found is None:
            found = self._tables[key] = make()
        return found

    def choice(self, table: Table) -> Choice:
        """The outcomes of an assumption, for arrays."""
        made: Choice = self.table(("choice", id(table)), lambda: Choice.of(table))
        return made

    def by_day(self, key: Any, of: Callable[[int], Any], width: int = 0) -> ByDay:
        """A function of a day, as a table."""
        scenario = self.scenario
        made: ByDay = self.table(
            key, lambda: ByDay(of, scenario.first - 400, scenario.horizon + 1500, width)
        )
        return made

    def choices(self, case: int) -> Choices:
        """The readings of a case."""
        made: Choices = self.table(("case", case), lambda: self.scenario.choice(case))
        return made

    def eras(self, duty: Duty[Any], choice: Choices, days: Ints) -> Iterator[tuple[list[Any], Any]]:
        """The rows that may be in force on each day, with the places of the days."""
        if not days.size:
            return
        rows = duty.rows(choice)
        bounds = sorted({one for row in rows for one in (row.lo, row.hi + 1)})
        era = bisect_right(bounds, int(days.min()))
        if era == bisect_right(bounds, int(days.max())):
            yield duty.on(choice, int(days[0])), slice(None)
            return
        eras = np.searchsorted(np.array(bounds, np.int64), days, side="right")
        for era in values(eras):
            places = np.flatnonzero(eras == era)
            yield duty.on(choice, int(days[places[0]])), places

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
        if days.size and (days.min() < TABLE_FIRST or days.max() > TABLE_LAST):
            inside = np.minimum(np.maximum(days, TABLE_FIRST), TABLE_LAST)
            return np.where(inside == days, table[inside - TABLE_FIRST], days)
        return table.take(days - TABLE_FIRST)

    def next_day(self, activity: str, days: Ints) -> Ints:
        """The first day from each day on that an activity may begin; NEVER + 1: suspended."""

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
        length = int((span[1] - span[0]).max(initial=0)) + 1
        if sum(weights) * length >= _LIMIT:
            raise UnsupportedError
        grids = ("monday", "working-day", "any-day")
        free = list(self._free(activity, lo, hi))
        found = np.zeros(lo.size, np.int64)
        left = np.arange(lo.size)
        for grid in grids[grids.index(scenario.form(activity).grid) :]:
            begins = [(self.after(grid, first[left]), last[left]) for first, last in free]
            days = np.zeros(left.size, np.int64)
            for some in (weights, (1,)):
                none = days == 0
                if not none.any():
                    break
                if none.all():
                    days = _picked(span[0][left], span[1][left], some, begins, numbers[left])
                else:
                    at = left[none]
                    cut = [(first[none], last[none]) for first, last in begins]
                    days[none] = _picked(span[0][at], span[1][at], some, cut, numbers[at])
            done = days > 0
            found[left[done]] = self.before(grid, days[done])
            left = left[~done]
            if not left.size:
                break
        return found

    def _free(self, activity: str, lo: Ints, hi: Ints) -> Iterator[tuple[Ints, Ints]]:
        """The days of each stretch on which an activity is not suspended; some are empty."""
        if lo.size:
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
    """A day of some stretches, each day with the weight of the part of the window that it is in."""
    length, count = last - first + 1, len(weights)
    parts: list[tuple[Ints, Ints, int]] = []
    total = np.zeros(first.size, np.int64)
    for index, weight in enumerate(weights):
        if weight:
            if count == 1:
                begin, end = first, last
            else:
                begin = first + index * length // count
                end = first + (index + 1) * length // count - 1
            for lo, hi in free:
                lo = np.maximum(lo, begin)
                size = np.maximum(np.minimum(hi, end) - lo + 1, 0) * weight
                total += size
                parts.append((lo, size, weight))
    left = numbers * total
    found = np.zeros(first.size, np.int64)
    if len(parts) == 1:
        lo, size, weight = parts[0]
        return np.where(total > 0, lo + left // (weight << 32), 0)
    open_ = total > 0
    for lo, size, weight in parts:
        whole = size << 32
        here = open_ & (left < whole)
        found = np.where(here, lo + left // (weight << 32), found)
        open_ &= ~here
        left = left - whole
    return found


class Words:
    """The numbers of one block, for all its replications."""

    def __init__(self, seed: int, block: int) -> None:
        self.seed, self.block, self.keep = seed, block, False
        self._streams: dict[str, list[Any]] = {}
        self._kept: dict[tuple[str, int, int], Ints] = {}

    def __call__(self, activity: str, slot: int, word: int) -> Ints:
        """The numbers of a slot's word, one for each replication of the block."""
        key = activity, slot, word
        found = self._kept.get(key)
        if found is None:
            found = self._drawn(activity, (slot * WORDS + word) * (BLOCK // 2))
            if self.keep:
                self._kept[key] = found
        return found

    def forget(self) -> None:
        """Keep no more what was drawn."""
        self.keep = False
        self._kept.clear()

    def _drawn(self, activity: str, place: int) -> Ints:
        stream = self._streams.get(activity)
        if stream is None:
            key = (self.block, *activity.encode("ascii"))
            bits = np.random.PCG64(np.random.SeedSequence(self.seed, spawn_key=key))
            stream = self._streams[activity] = [bits, 0]
        bits, at = stream
        if place != at:
            bits.advance((place - at) % (1 << 128))
        stream[1] = place + BLOCK // 2
        return bits.random_raw(BLOCK // 2).astype("<u8", copy=False).view("<u4")


class Block:
    """The replications of one block."""

    def __init__(self, engine: Engine, number: int, count: int) -> None:
        """Simulate them.

        Args:
            engine: The question.
            number: The number of the block.
            count: How many replications of it are wanted, from its first on.
        """
        self.engine, self.scenario, self.size = engine, engine.scenario, count
        self.words = Words(self.scenario.seed, number)
        self.first = number * BLOCK
        self.all = np.arange(count)
        self.case = (self.first + self.all) % self.scenario.cases
        self.readings: dict[str, Ints] = {}
        """Of each provision that can be read in more than one way, the place of each reading."""
        rest = self.first + self.all
        for id, some in self.scenario.readings.items():
            rest, self.readings[id] = np.divmod(rest, len(some))
        self.made: dict[str, list[Column]] = {}
        self.finished: dict[str, Column] = {}
        self._visited: dict[tuple[str, int], Ints] = {}
        self._last: list[Ints] = []
        self._ordered: dict[tuple[int, ...], tuple[Ints, Ints]] = {}
        scenario = self.scenario
        self.inspections: list[Column] = []
        for event in scenario.inspections:
            self._inspect(self._taken(event))
        for index, event in enumerate(scenario.finished):
            self._finish(event, FINISHED + index)
        self.inspections, self._last = [], []
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

    def numbers(self, activity: str, slot: int, word: int, at: Ints) -> Ints:
        """The numbers of some of the replications."""
        found = self.words(activity, slot, word)
        if at.size < BLOCK:
            found = found[at]
        return found.astype(np.int64)

    def says(
        self, table: Table | None, word: str, activity: str, slot: int, at: int, some: Ints
    ) -> Ints:
        """Whether an assumption comes out so, for some replications."""
        if table is None or word not in table.outcomes:
            return np.zeros(some.size, bool)
        if len(table.outcomes) == 1:
            return np.ones(some.size, bool)
        return self.engine.choice(table).says(word, self.numbers(activity, slot, at, some))

    def split(self, ids: Iterable[str], at: Ints) -> Iterator[tuple[Choices, Any]]:
        """Some replications by the readings of some provisions: the readings, and the places."""
        code = None
        for id in ids:
            if id in self.readings:
                mine = self.readings[id] if at.size == self.size else self.readings[id][at]
                code = mine if code is None else code * len(self.scenario.readings[id]) + mine
        if code is None or not at.size:
            yield self.engine.choices(0), slice(None)
            return
        for one in values(code):
            places = np.flatnonzero(code == one)
            yield self.engine.choices(int(self.case[at[places[0]]])), places

    def eras(self, duty: Duty[Any], at: Ints, days: Ints) -> Iterator[tuple[list[Any], Any]]:
        """The rows that may be in force on a day of each replication, with the places of those."""
        for choice, some in self.split((duty.id,), at):
            mine = days[some]
            for rows, places in self.engine.eras(duty, choice, mine):
                if isinstance(some, slice):
                    yield rows, places
                else:
                    yield rows, some[places]

    def _taken(self, event: Event) -> Column:
        """An event of the record, the same for all."""
        return self._same(self.scenario.taken(event), event)

    def _same(self, one: Made, event: Event | None) -> Column:
        column = Column(one.type, self.all, np.full(self.size, one.start), one.place)
        column.event = event
        column.end = np.full(self.size, one.end)
        column.published[:] = one.published or 0
        column.kind[:] = self.engine.kind(one.kind)
        column.out[:] = one.grades is not None
        if one.grades:
            column.graded[:] = True
            column.grades = {
                area: np.full(self.size, _CODES[grade]) for area, grade in one.grades.items()
            }
        return column

    def known(self, event: Event) -> Column:
        """An event of the record, finished if it was not."""
        return self.finished.get(event.id) or self._taken(event)

    def _inspect(self, column: Column) -> None:
        """Put an inspection after those that there are."""
        self.inspections.append(column)
        starts = np.full(self.size, NEVER * 2)
        starts[column.at] = column.start
        self._last.append(starts)

    def before(self, at: Ints, days: Ints) -> Ints:
        """The number of the last inspection before each day; -1: there is none."""
        found = np.full(at.size, -1)
        whole = at.size == self.size
        for number, starts in enumerate(self._last):
            found[(starts if whole else starts[at]) < days] = number
        return found

    def by_last(self, at: Ints, last: Ints) -> Iterator[tuple[Column | None, Ints]]:
        """The last inspections, with the places of those of whom each is the last."""
        if not last.size:
            return
        if last[0] == last[-1] and (last == last[0]).all():
            number = int(last[0])
            yield (None if number < 0 else self.inspections[number]), np.arange(at.size)
            return
        for number in values(last):
            yield (None if number < 0 else self.inspections[number]), np.flatnonzero(last == number)

    def holds(self, id: str, column: Column, at: Ints) -> Ints:
        """Whether a status holds after an event, for some of its replications."""
        found = column.held.get(id)
        if found is None:
            found = column.held[id] = self._holding(id, column)
        return found[column.of(at)]

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
        span = np.zeros((self.size, 5), np.int64)
        span[:, :2] = NEVER * 2
        for choice, places in self._by_readings(activity, self.all):
            span[places] = _plain(scenario.recurrence(activity, choice).first)
        recorded = [event for event in scenario.recorded if event.type == activity]
        last = self.known(recorded[-1]) if recorded else None
        had = np.full(self.size, 0 if last is None else 1)  # 0 none, 1 of the record, 2 made
        ended = np.zeros(self.size, np.int64) if last is None else last.end.copy()
        begun = np.zeros(self.size, np.int64) if last is None else last.start.copy()
        active, turn = self.all, 0
        while active.size:
            now = span if active.size == self.size else span[active]
            alive = (now[:, 0] < TABLE_LAST) & (now[:, 1] < NEVER)
            if not alive.all():
                active, now = active[alive], now[alive]
            if not active.size:
                break
            skipped = np.zeros(active.size, bool)
            if form.only:
                skipped |= self._barred(form, active, now[:, 0])
            if form.skipped is not None:
                owed = now[:, 4] != _GIVENS.index("first")
                skipped |= owed & self.says(form.skipped, "yes", activity, turn, SKIPPED, active)
            held = np.flatnonzero(~skipped) if skipped.any() else np.arange(active.size)
            some, its = active[held], now[held]
            days = self._in_time(form, activity, its, turn, some, had, begun, ended)
            late = np.flatnonzero(days == 0)
            if late.size:
                after = np.maximum(its[late, 1], scenario.first - 1)
                days[late] = self._late(activity, its[late], after, turn, LATE_BY, some[late])
            good = days <= NEVER
            some, days = some[good], days[good]
            going = active[skipped]
            if going.size:
                span[going] = self._next(activity, going, now[skipped, 1])
            if some.size:
                column = Column(activity, some, days, EVENT_WORDS * turn)
                columns.append(column)
                self._complete(column, activity, turn, 0)
                inside = days <= scenario.horizon
                if activity == "inspection":
                    self._inspect(column if inside.all() else _cut(column, inside))
                had[some], begun[some], ended[some] = 2, days, column.end
                some, days = some[inside], days[inside]
                span[some] = self._next(activity, some, days)
            active = np.union1d(going, some) if going.size else some
            turn += 1

    def _by_readings(self, activity: str, at: Ints) -> Iterator[tuple[Choices, Any]]:
        """Some replications by the readings of what asks for an activity."""
        return self.split((duty.id for duty in self.scenario.cadences[activity]), at)

    def _next(self, activity: str, at: Ints, anchors: Ints) -> Ints:
        """What is owed after an activity, as rows of numbers."""
        found = np.zeros((at.size, 5), np.int64)
        for choice, places in self._by_readings(activity, at):
            recurrence = self.scenario.recurrence(activity, choice)
            key = ("next", activity, *(choice.get(duty.id) for duty, _ in recurrence.duties))

            def of(day: int, recurrence: Recurrence = recurrence) -> Any:
                return _plain(recurrence.next(day))

            found[places] = self.engine.by_day(key, of, 5)(anchors[places])
        return found

    def _in_time(
        self,
        form: Form,
        activity: str,
        span: Ints,
        turn: int,
        at: Ints,
        had: Ints,
        begun: Ints,
        ended: Ints,
    ) -> Ints:
        """A day within each window; 0 where it is late, or nothing is left of the window."""
        scenario = self.scenario
        had, begun, ended = had[at], begun[at], ended[at]
        lo = np.maximum(np.maximum(span[:, 0], scenario.first), np.where(had > 0, begun + 1, 0))
        hi = span[:, 1]
        due = lo <= hi
        for one, places in self._spans(activity, span, turn, at):
            if due[places].any():
                table = scenario.late(activity, one, running=turn == 0)
                if table is not None:
                    late = self.says(table, "yes", activity, turn, LATE, at[places])
                    due[places] &= ~late
        found = np.zeros(at.size, np.int64)
        if not due.any():
            return found
        kept = np.flatnonzero(due)
        span, lo, hi, at, had = span[kept], lo[kept], hi[kept], at[kept], had[kept]
        begun, ended = begun[kept], ended[kept]
        least = np.maximum(lo, self._room(activity, at, span, had, begun, ended))
        if form.least_gap:
            least = np.where(had > 0, np.maximum(least, begun + form.least_gap), least)
        for other in form.refers_to:
            starts = self._first_of(other)[at]
            least = np.where(starts < NEVER, np.maximum(least, starts), least)
        if turn == 0:
            hi = np.minimum(hi, self._in_time_for_others(activity, span, at))
        days = np.zeros(at.size, np.int64)
        numbers = self.numbers(activity, turn, DAY, at)
        for given, mine in self._givens(span):
            its = span[mine]
            window = its[:, 2], its[:, 3]
            cut = np.minimum(least[mine], hi[mine])
            day = self.engine.pick_day(activity, given, window, cut, hi[mine], numbers[mine])
            none = np.flatnonzero(day == 0)
            if none.size:  # the days that are left would not do; those of the whole window might
                day[none] = self.engine.pick_day(
                    activity, given, (window[0][none], window[1][none]), lo[mine][none],
                    its[none, 1], numbers[mine][none],
                )  # fmt: skip
            days[mine] = day
        found[kept] = days
        return found

    def _givens(self, span: Ints) -> Iterator[tuple[str, Any]]:
        """The rhythms of some spans, each with its places."""
        found = values(span[:, 4])
        for given in found:
            same = len(found) == 1
            yield _GIVENS[given], slice(None) if same else np.flatnonzero(span[:, 4] == given)

    def _spans(self, activity: str, span: Ints, turn: int, at: Ints) -> Iterator[tuple[Span, Any]]:
        """Spans that stand for all in questions on lateness: the first, or one of each rhythm."""
        if turn > 0:
            for given, places in self._givens(span):
                yield Span(0, 0, 0, 0, given), places
            return
        for choice, places in self._by_readings(activity, at):
            first = self.scenario.recurrence(activity, choice).first
            assert first is not None
            yield first, places

    def _first_of(self, activity: str) -> Ints:
        """The first day of the first event made of an activity."""
        found = np.full(self.size, NEVER * 2)
        for column in self.made.get(activity, ()):
            found[column.at] = np.minimum(found[column.at], column.start)
        return found

    def _room(
        self, activity: str, at: Ints, span: Ints, had: Ints, begun: Ints, ended: Ints
    ) -> Ints:
        """The first day that leaves room for the visits that must come before an activity."""
        scenario = self.scenario
        room = np.where(had > 0, np.maximum(ended + 1, scenario.first), scenario.first)
        owed = np.zeros(had.size, np.int64)
        for duty in scenario.bounded[activity]:
            opener, recorded = scenario.openers[duty.id]
            counts = (had > 0) | (opener is not None)
            if duty.one.first_only:
                counts &= had == 0
            if not counts.any():
                continue
            day = np.where(had > 0, begun, span[:, 2])
            for already, mine in ((recorded, counts & (had < 2)), (0, counts & (had == 2))):
                if mine.any():
                    its = np.flatnonzero(mine)
                    owed[its] += self._fewest(duty, already, at[its], day[its])
        return np.where(owed > 0, room + WEEK * owed, room)

    def _fewest(self, duty: Duty[Between], already: int, at: Ints, days: Ints) -> Ints:
        """How many a provision still asks for in a stretch that begins on each day."""
        found = np.zeros(at.size, np.int64)
        for choice, places in self.split((duty.id,), at):

            def of(day: int, choice: Choices = choice) -> int:
                rows = duty.on(choice, day)
                return max((row.at_least - already for row in rows), default=0)

            key = ("fewest", duty.id, choice.get(duty.id), already)
            found[places] = self.engine.by_day(key, of)(days[places])
        return found

    def _in_time_for_others(self, activity: str, span: Ints, at: Ints) -> Ints:
        """The last day that lets the first activity that must refer to this one be in time."""
        scenario = self.scenario
        hi = span[:, 1].copy()
        if any(event.type == activity for event in scenario.recorded):
            return hi
        for duty in scenario.contents:
            other = duty.one.activity
            if duty.one.refers_to == activity and other in scenario.cadences:
                ids = [one.id for one in scenario.cadences[other]]
                for choice, places in self.split(ids, at):
                    first = scenario.recurrence(other, choice).first
                    if first is not None:
                        least = np.maximum(span[places, 0], scenario.first)
                        near = np.minimum(hi[places], first.hi)
                        hi[places] = np.where(first.hi >= least, near, hi[places])
        return hi

    def _late(self, activity: str, span: Ints, after: Ints, slot: int, word: int, at: Ints) -> Ints:
        found = np.zeros(at.size, np.int64)
        for given, mine in self._givens(span):
            found[mine] = self._late_by(activity, given, after[mine], slot, word, at[mine])
        return found

    def _late_by(
        self, activity: str, given: str, after: Ints, slot: int, word: int, at: Ints
    ) -> Ints:
        """A day after a window has closed."""
        by = self.scenario.table("late-by", activity, given=given)
        drawn = self._band(by, 90).numbers(self.numbers(activity, slot, word, at))
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
        starts, order = self._bounds(columns)
        opener, recorded = scenario.openers[duty.id]
        begun: list[tuple[int, Column, Ints]] = []
        if opener is not None:
            one = self.known(opener.event) if opener.event else self._same(opener, None)
            begun.append((0, one, self.all))
        for place in range(len(columns)):
            real = np.flatnonzero(starts[place] < NEVER)
            which = order[place][real]
            for number in values(which):
                begun.append((place + 1, columns[number], real[which == number]))
        later = scenario.later_openings[duty.id]
        if later is not None:
            begun.append((LATER, self._same(later, None), self.all))
        for slot, one, at in begun:
            if row.first_only and one.type:
                continue
            first = one.start[one.of(at)]
            inside = first <= scenario.horizon
            if not inside.all():
                at, first = at[inside], first[inside]
            if at.size:
                close = starts[min(slot, len(columns))]
                close = close if at.size == self.size else close[at]
                # Two bounds may begin on one day, and an opening lies anywhere among them.
                if slot == LATER or (close <= first).any():
                    mine = starts[:, at]
                    close = np.where(mine > first, mine, NEVER * 2).min(axis=0)
                self._stretch(duty, one, at, first, close, slot, recorded if slot == 0 else 0)

    def _bounds(self, columns: Sequence[Column]) -> tuple[Ints, Ints]:
        """The first days of some events of each replication in order, and their columns."""
        key = tuple(map(id, columns))
        found = self._ordered.get(key)
        if found is None:
            starts = np.full((len(columns) + 1, self.size), NEVER * 2)
            for number, column in enumerate(columns):
                starts[number, column.at] = column.start
            order = np.argsort(starts, axis=0, kind="stable")
            found = self._ordered[key] = np.take_along_axis(starts, order, 0), order
        return found

    def _limits(
        self, duty: Duty[Between], begun: Column, at: Ints, first: Ints
    ) -> tuple[Ints, Ints]:
        """How many each stretch must and may have; -1 and more: the duty does not speak of it."""
        least, most = np.full(at.size, -1), np.full(at.size, NEVER)
        if duty.one.first_only and begun.type:
            return least, most
        spoken = np.ones(at.size, bool)
        if duty.one.while_ is not None and begun.type:
            spoken = self.holds(duty.one.while_, begun, at)
        for rows, places in self.eras(duty, at, first + (begun.type == "")):
            if rows:
                ceilings = [row.at_most for row in rows if row.at_most is not None]
                least[places] = max(row.at_least for row in rows)
                most[places] = min(ceilings, default=NEVER)
        least[~spoken] = -1
        if (least >= 0).any():
            self.scenario.spoken.add(duty.id)
        return least, most

    def _within(self, activities: Sequence[str], at: Ints, first: Ints, close: Ints) -> Ints:
        """How many events were made in each stretch."""
        found = np.zeros(at.size, np.int64)
        low, high = int(first.min()), int(close.max())
        counted: Ints | None = None
        for kind in activities:
            for column in self.made.get(kind, ()):
                if column.start.min(initial=NEVER) < high and column.start.max(initial=0) > low:
                    if counted is None:
                        counted = np.zeros(self.size, np.int64)
                        lo, hi = np.full(self.size, NEVER * 4), np.zeros(self.size, np.int64)
                        lo[at], hi[at] = first, close
                    inside = (lo[column.at] < column.start) & (column.start < hi[column.at])
                    counted[column.at] += inside
        return found if counted is None else counted[at]

    def _stretch(
        self,
        duty: Duty[Between],
        begun: Column,
        at: Ints,
        first: Ints,
        close: Ints,
        slot: int,
        recorded: int,
    ) -> None:
        scenario, row = self.scenario, duty.one
        least, most = self._limits(duty, begun, at, first)
        spoken = least >= 0
        if not spoken.any():
            return
        if not spoken.all():
            at, first, close = at[spoken], first[spoken], close[spoken]
            least, most = least[spoken], most[spoken]
        lead = row.activities[0]
        already = recorded + self._within(row.activities, at, first, close)
        few = scenario.table("too-few", duty.id, lead)
        many = scenario.table("too-many", duty.id, lead)
        number = scenario.table("number", duty.id, lead)
        spaced = scenario.table("spacing", lead)
        fewer = np.zeros(at.size, bool)
        if few is not None and (least > 0).any():
            fewer = (least > 0) & self.says(few, "yes", lead, slot, TOO_FEW, at)
        more = np.zeros(at.size, bool)
        if many is not None and (~fewer & (most < NEVER)).any():
            more = ~fewer & (most < NEVER) & self.says(many, "yes", lead, slot, TOO_MANY, at)
        plain = ~fewer & ~more
        if plain.any():
            if plain.all():
                ceiling = self._ceiling(duty, begun, at, first, close)
            else:
                ceiling = np.full(at.size, NEVER)
                some = np.flatnonzero(plain)
                ceiling[some] = self._ceiling(duty, begun, at[some], first[some], close[some])
            top = np.maximum(least, np.minimum(most, ceiling))
            if spaced is None:
                drawn = least
                if number is not None:
                    words = self.numbers(lead, slot, NUMBER, at)
                    drawn = self.engine.choice(number).numbers(words)
                both = np.minimum(np.maximum(drawn, least), top)
                least, most = np.where(plain, both, least), np.where(plain, both, most)
            else:
                most = np.where(plain, top, most)
        least = least - fewer
        ceilings: Ints = np.where(fewer, least, most)
        most = ceilings + more
        least = np.where(more, most, least)
        its = begun.of(at)
        lo = np.maximum(scenario.first, begun.end[its] + 1)
        hi = np.where(close >= NEVER * 2, TABLE_LAST, close - 1)
        if spaced is not None:
            some = np.flatnonzero(most > least)
            if some.size:
                already[some] += self._spaced(
                    row, begun, at[some], first[some], lo[some], hi[some],
                    (most - already)[some], slot, spaced,
                )  # fmt: skip
        some = np.flatnonzero((close < NEVER * 2) & (already < least))
        if some.size:
            self._placed(row, at[some], lo[some], hi[some], (least - already)[some], slot)

    def _ceiling(
        self, duty: Duty[Between], begun: Column, at: Ints, first: Ints, close: Ints
    ) -> Ints:
        most = np.full(at.size, NEVER)
        for other in self.scenario.betweens:
            row = other.one
            if other is duty or not set(duty.one.activities) <= set(row.activities):
                continue
            if begun.type not in (*row.bounds, ""):
                continue
            least, ceiling = self._limits(other, begun, at, first)
            speaks = (least >= 0) & (ceiling < NEVER)
            if speaks.any():
                counted = self._within(row.activities, at, first, close)
                mine = self._within(duty.one.activities, at, first, close)
                most = np.where(speaks, np.minimum(most, ceiling - counted + mine), most)
        return most

    def _spaced(
        self,
        row: Between,
        begun: Column,
        at: Ints,
        first: Ints,
        lo: Ints,
        hi: Ints,
        most: Ints,
        slot: int,
        spacing: Table,
    ) -> Ints:
        scenario, lead = self.scenario, row.activities[0]
        its = begun.of(at)
        published, end = begun.published[its], begun.end[its]
        base = np.where(published > 0, published, end)
        if not begun.type or begun.event is not None:
            for event in scenario.recorded:
                if event.type in row.activities and event.start.hi < scenario.first:
                    day = event.start.hi
                    base = np.where(first < day, np.maximum(base, day), base)
        band = self._band(spacing, 0)
        count = np.zeros(at.size, np.int64)
        lo = lo.copy()
        active = np.flatnonzero(count < most)
        while active.size:
            visit = self._visited_of(lead, slot)[at[active]] + 1
            days = np.zeros(active.size, np.int64)
            for number in values(visit):
                mine = np.flatnonzero(visit == number)
                word = EVENT_WORDS * number + SPACING
                drawn = band.numbers(self.numbers(lead, slot, word, at[active[mine]]))
                days[mine] = base[active[mine]] + drawn
            days = self.engine.next_day(lead, np.maximum(lo[active], days))
            good = (days <= NEVER) & (days <= hi[active])
            active, days, visit = active[good], days[good], visit[good]
            for number in values(visit):
                mine = np.flatnonzero(visit == number)
                self._visit(row.activities, at[active[mine]], days[mine], slot, number)
            base[active], lo[active] = days, days + 1
            count[active] += 1
            active = active[count[active] < most[active]]
        return count

    def _visited_of(self, lead: str, slot: int) -> Ints:
        found = self._visited.get((lead, slot))
        if found is None:
            found = self._visited[lead, slot] = np.zeros(self.size, np.int64)
        return found

    def _placed(self, row: Between, at: Ints, lo: Ints, hi: Ints, count: Ints, slot: int) -> None:
        lead = row.activities[0]
        length = hi - lo + 1
        for index in range(int(count.max(initial=0))):
            some = np.flatnonzero(index < count)
            first = (lo + index * length // count)[some]
            last = (lo + (index + 1) * length // count - 1)[some]
            visit = self._visited_of(lead, slot)[at[some]] + 1
            for number in values(visit):
                mine = np.flatnonzero(visit == number)
                its, begin, end = some[mine], first[mine], last[mine]
                words = self.numbers(lead, slot, EVENT_WORDS * number + DAY, at[its])
                pick = self.engine.pick_day
                days = pick(lead, "between", (begin, end), begin, end, words)
                none = np.flatnonzero(days == 0)
                if none.size:  # suspended throughout that share
                    whole = lo[its[none]], hi[its[none]]
                    days[none] = pick(lead, "between", whole, *whole, words[none])
                good = days > 0
                if good.any():
                    self._visit(row.activities, at[its[good]], days[good], slot, number)

    def _visit(
        self, activities: Sequence[str], at: Ints, days: Ints, slot: int, visit: int
    ) -> None:
        scenario, lead = self.scenario, activities[0]
        self._visited_of(lead, slot)[at] = visit
        word = EVENT_WORDS * visit
        table = scenario.table("visit", lead) if len(activities) > 1 else None
        kinds: dict[str, Ints] = {lead: np.arange(at.size)}
        if table is not None:
            drawn = self.engine.choice(table).index(self.numbers(lead, slot, word + VISIT, at))
            kinds = {}
            for index in values(drawn):
                name = table.outcomes[index]
                name = name if name in activities else lead
                mine = np.flatnonzero(drawn == index)
                kinds[name] = np.union1d(kinds[name], mine) if name in kinds else mine
        for kind, mine in kinds.items():
            some, its = at[mine], days[mine]
            form = scenario.form(kind)
            if form.only:
                free = ~self._barred(form, some, its)
                some, its = some[free], its[free]
            if some.size:
                column = Column(kind, some, its, EVENT_WORDS * slot + visit)
                self._complete(column, lead, slot, word)
                self.made.setdefault(kind, []).append(column)

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
                    for column, mine in self.by_last(some, its):
                        if column is None:
                            barred[mine] = True
                        else:
                            barred[mine] |= ~self.holds(row.while_, column, some[mine])
                found[places] |= barred
        return found

    def _complete(self, column: Column, stream: str, slot: int, word: int) -> None:
        """Give events up to the horizon their kind, their length, their report and their grades."""
        form = self.scenario.form(column.type)
        inside = column.start <= self.scenario.horizon
        part = column if inside.all() else _cut(column, inside)
        if not part.at.size:
            return
        if form.routes:
            part.kind = self._kind(form, part, stream, slot, word)
        if form.priority is not None:
            choice = self.engine.choice(form.priority)
            part.priority = choice.index(self.numbers(stream, slot, word + PRIORITY, part.at))
        if form.is_published:
            part.end = part.start + self._length(form, part, stream, slot, word) - 1
            self._publish(form, part, stream, slot, word)
        if form.is_graded:
            self._grade(form, part, stream, slot, word)
        if part is not column:
            _put(column, part, inside)

    def _kind(self, form: Form, column: Column, stream: str, slot: int, word: int) -> Ints:
        """The kind of each inspection: what the grades before send to, or another allowed."""
        engine, at = self.engine, column.at
        last = self.before(at, column.start)
        code = np.zeros(at.size, np.int64)
        rows: list[Route] = []
        for duty in form.routes:
            for some, places in self.eras(duty, column.at, column.start):
                for row in some:
                    if row not in rows:
                        rows.append(row)
                    number = rows.index(row)
                    state = np.zeros(at[places].size, np.int64)
                    for one, mine in self.by_last(at[places], last[places]):
                        state[mine] = 1  # there is none before
                        if one is not None:
                            state[mine] = 2  # its grades are not known
                            if row.while_ is not None:
                                its = at[places][mine]
                                out = one.out[one.of(its)]
                                held = self.holds(row.while_, one, its)
                                state[mine] = np.where(out, np.where(held, 4, 3), 2)
                    code[places] += state * 5**number
        chosen = np.full(at.size, -1)
        for one_code in values(code):
            found: list[tuple[str, ...]] = []
            for number, row in enumerate(rows):
                state_ = one_code // 5**number % 5
                if state_:
                    found += ways(row, {3: False, 4: True}.get(state_), state_ == 1)
            if not found:
                continue
            good = allowed_kinds(found)
            mine = np.flatnonzero(code == one_code)
            chosen[mine] = engine.kind(good[0])
            if len(good) > 1 and form.kind is not None:
                instead = self.says(form.kind, "instead", stream, slot, word + KIND, at[mine])
                chosen[mine[instead]] = engine.kind(good[1])
        return chosen

    def _length(self, form: Form, column: Column, stream: str, slot: int, word: int) -> Ints:
        engine, at = self.engine, column.at
        found = np.zeros(at.size, np.int64)
        for duty in form.lengths:
            for rows, places in self.eras(duty, column.at, column.start):
                days, kinds = found[places], column.kind[places]
                for row in rows:
                    fits = (days == 0) & ((row.kind is None) | (kinds == engine.kind(row.kind)))
                    days = np.where(fits, row.days, days)
                found[places] = days
        open_ = np.flatnonzero(found == 0)
        for kind in values(column.kind[open_]):
            mine = open_[column.kind[open_] == kind]
            name = None if kind < 0 else engine.kinds[kind]
            table = self.scenario.table("length", column.type, given=name)
            days = np.ones(mine.size, np.int64)
            if table is not None:
                words = self.numbers(stream, slot, word + LENGTH, at[mine])
                days = engine.choice(table).numbers(words)
            start = column.start[mine]
            last = engine.before("working-day", start + days - 1)
            found[mine] = np.maximum(1, last - start + 1)
        return found

    def _publish(self, form: Form, column: Column, stream: str, slot: int, word: int) -> None:
        engine, at = self.engine, column.at
        some = self.all[: at.size]
        if form.unpublished is not None:
            never = self.says(form.unpublished, "yes", stream, slot, word + UNPUBLISHED, at)
            some = np.flatnonzero(~never)
            if not some.size:
                return
        start, end, its = column.start[some], column.end[some], at[some]
        due, strict = np.full(some.size, NEVER), np.full(some.size, NEVER)
        for duty in form.reports:
            called = self._called_for(duty.one, column)[some]
            begun = start if duty.one.counted_from == "start" else end
            for rows, places in self.eras(duty, its, begun):
                for row in rows:
                    last = np.where(called[places], self._deadline(row, begun[places]), NEVER)
                    due[places] = np.minimum(due[places], last)
                    if not row.late_counts:
                        strict[places] = np.minimum(strict[places], last)
        late = np.zeros(some.size, bool)
        if form.late_report is not None:
            bound = strict < NEVER
            if bound.any():
                late = bound & self.says(
                    form.late_report, "yes", stream, slot, word + LATE_REPORT, its
                )
        words: Ints | None = None
        if form.lag is not None or late.any():
            words = self.numbers(stream, slot, word + LAG, its)
        days = np.zeros(some.size, np.int64)
        if form.lag is not None:
            days = engine.choice(form.lag).numbers(words)
        told = np.maximum(np.minimum(engine.add(end, days), due), end)
        if late.any():
            assert words is not None
            by = self._band(form.late_report_by, 20).numbers(words[late])
            told[late] = engine.add(strict[late], by)
        column.published[some] = told

    def _deadline(self, row: Response, begun: Ints) -> Ints:
        calendar = self.scenario.calendar
        table = self.engine.by_day(("deadline", id(row)), lambda day: deadline(row, day, calendar))
        return table(begun)

    def _called_for(self, row: Response, column: Column) -> Ints:
        """Whether events have what a response is owed for."""
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

    def _grade(self, form: Form, column: Column, stream: str, slot: int, word: int) -> None:
        at = column.at
        out = self.all[: at.size]
        if form.is_published:
            out = np.flatnonzero(column.published > 0)
            if not out.size:
                return
        its, start = at[out], column.start[out]
        column.out[out] = True
        grades: dict[str, Ints] = {}
        for duty in form.graded:
            for rows, places in self.eras(duty, its, start):
                for row in rows[:1]:
                    if row.areas:
                        last = self.before(its[places], start[places])
                        for index, area in enumerate(row.areas):
                            drawn = self._drawn(
                                (area, str(row.scale)), its[places], start[places], last,
                                (stream, slot, word + GRADES + index),
                            )  # fmt: skip
                            if area not in grades:
                                grades[area] = np.full(out.size, -1)
                            grades[area][places] = drawn
        for limits in form.limits:
            for rows, places in self.eras(limits, its, start):
                for limit in rows:
                    self._keep_to(limit, grades, places, start[places].size)
        for area, some in grades.items():
            column.grades[area] = np.full(at.size, -1)
            column.grades[area][out] = some
        if grades:
            column.graded[out] = np.any([some >= 0 for some in grades.values()], axis=0)

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
        place: tuple[str, int, int],
    ) -> Ints:
        """The grade of an area on a scale, which moves on from its last."""
        area, scale = graded
        before: Ints = self._grade_before(area, at, start, last)
        numbers = self.numbers(*place, at)
        found = np.zeros(at.size, np.int64)
        for code in values(before):
            choice = self._moves(area, scale, None if code < 0 else _ALL[code])
            mine = before == code
            if mine.all():
                return np.array([_CODES[Grade(g)] for g in choice.outcomes])[choice.index(numbers)]
            some = np.flatnonzero(mine)
            index = choice.index(numbers[some])
            found[some] = np.array([_CODES[Grade(g)] for g in choice.outcomes])[index]
        return found

    def _moves(self, area: str, scale: str, before: Grade | None) -> Choice:
        scenario = self.scenario
        table = scenario.moves(area, scale, before)
        if table is not None:
            return self.engine.choice(table)

        def make() -> Choice:  # nothing is assumed: each grade of the scale alike
            good = scenario.view.framework.scale(scale).grades
            count = len(good)
            return Choice(good, [-(-(place << 32) // count) for place in range(1, count + 1)])

        made: Choice = self.engine.table(("evenly", scale), make)
        return made

    def _grade_before(self, area: str, at: Ints, start: Ints, last: Ints) -> Ints:
        """The last grade of an area, or of the area of an earlier form that stands for it."""
        found = np.full(at.size, -1)
        left = last >= 0
        number = int(last.max(initial=-1))
        while number >= 0 and left.any():
            column = self.inspections[number]
            starts = self._last[number][at]
            here = np.flatnonzero(left & (starts < start))
            if here.size:
                its = column.of(at[here])
                given = column.graded[its]
                grade = (
                    column.grades[area][its] if area in column.grades else np.full(here.size, -1)
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
        column.graded[:] = column.out[:] = False
        column.grades = {}
        if event.end is None:
            column.end = column.start + self._length(form, column, event.type, slot, 0) - 1
        self._publish(form, column, event.type, slot, 0)
        out = column.published > 0
        column.published[out] = np.maximum(column.published[out], scenario.first)
        self._grade(form, column, event.type, slot, 0)
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
            ]
            called = self._called_for(row, column) & (day > 0)
            if column.event is None:
                called &= column.start <= scenario.horizon
            some = np.flatnonzero(called)
            if not some.size:
                continue
            for rows, places in self.eras(duty, column.at[some], day[some]):
                if rows:
                    its = some[places]
                    due = np.min([self._deadline(one, day[its]) for one in rows], axis=0)
                    self._reply(row, column.at[its], day[its], due, slot, EVENT_WORDS * index)

    def _reply(self, row: Response, at: Ints, begun: Ints, due: Ints, slot: int, word: int) -> None:
        scenario, engine, activity = self.scenario, self.engine, row.gives
        form = scenario.form(activity)
        if form.skipped is not None:
            kept = ~self.says(form.skipped, "yes", activity, slot, word + SKIPPED, at)
            at, begun, due = at[kept], begun[kept], due[kept]
        if not at.size:
            return
        never = due >= NEVER
        if never.any():
            lag = scenario.table("lag", activity)
            days = np.zeros(int(never.sum()), np.int64)
            if lag is not None:
                words = self.numbers(activity, slot, word + LAG, at[never])
                days = engine.choice(lag).numbers(words)
            due = due.copy()
            due[never] = engine.add(begun[never], days)
        numbers = self.numbers(activity, slot, word + DAY, at)
        lo = np.maximum(begun, scenario.first)
        days = engine.pick_day(activity, "response", (begun, due), lo, due, numbers)
        table = scenario.late(activity, Span(0, 0, 0, 0, "response"))
        if table is not None and (days > 0).any():
            days[self.says(table, "yes", activity, slot, word + LATE, at)] = 0
        late = np.flatnonzero(days == 0)
        if late.size:
            after = np.maximum(due[late], scenario.first - 1)
            days[late] = self._late_by(activity, "response", after, slot, word + LATE_BY, at[late])
        good = days <= NEVER
        if good.any():
            column = Column(activity, at[good], days[good], slot)
            self.made.setdefault(activity, []).append(column)


def _plain(span: Span | None) -> tuple[int, int, int, int, int]:
    """A span as a row of numbers; one that never comes where there is none."""
    if span is None:
        return NEVER * 2, NEVER * 2, 0, 0, 0
    return (*span[:4], _GIVENS.index(span.given))


def _cut(column: Column, inside: Ints) -> Column:
    """A column of some of its replications."""
    cut = Column(column.type, column.at[inside], column.start[inside], column.place)
    cut.end, cut.published = column.end[inside], column.published[inside]
    cut.kind, cut.graded = column.kind[inside], column.graded[inside]
    cut.out = column.out[inside]
    cut.grades = {area: some[inside] for area, some in column.grades.items()}
    cut.priority = None if column.priority is None else column.priority[inside]
    cut.event = column.event
    return cut


def _put(column: Column, part: Column, inside: Ints) -> None:
    """Put what was given to a part of a column back into it."""
    column.end = column.end.copy()
    for name in ("end", "published", "kind", "out", "graded"):
        getattr(column, name)[inside] = getattr(part, name)
    for area, some in part.grades.items():
        column.grades[area] = np.full(column.at.size, -1)
        column.grades[area][inside] = some
    if part.priority is not None:
        column.priority = np.full(column.at.size, -1)
        column.priority[inside] = part.priority


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


def on_arrays(scenario: Scenario, some: range, progress: Progress | None = None) -> Tally:
    """What is kept of some replications, block by block.

    Args:
        scenario: The question.
        some: The numbers of the replications, the first of which begins a block.
        progress: Called after each block with how many are done.

    Raises:
        UnsupportedError: Only the plain form answers the question.
    """
    engine, sums = Engine(scenario), Sums(Tally(scenario))
    for first in range(some.start, some.stop, BLOCK):
        count = min(BLOCK, some.stop - first)
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
