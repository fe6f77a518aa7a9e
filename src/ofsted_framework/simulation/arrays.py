"""The simulator on arrays: all replications of a block at once, draw for draw as the plain form.

What is owed, and when, is looked up in tables that ask the functions of the plain form: see
`lookups`. Events of a kind that come in the same turn, or are the same visit of the same stretch,
are one column: an array of the replications that have such an event, and arrays of what it is like.
A question that would need numbers beyond 64 bits is left to the plain form (`UnsupportedError`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from ..cases import State, keep_to, status_holds
from ..events import EVENTS, Event, PriorityAction
from ..grades import Grade
from ..obligations import deadline
from ..provisions import NOT_KNOWN, Between, Limit, Response, Route, Status
from ..windows import NEVER
from .behaviour import Table
from .bits import BLOCK
from .lookups import (
    ALL,
    CODES,
    CUT,
    GIVENS,
    LENGTHS,
    ByDay,
    ByGrades,
    ByLength,
    Choice,
    Choices,
    Choices_,
    Grid,
    Ints,
    Moves,
    Nexts,
    Shares,
    Spans,
    UnsupportedError,
    Words,
    all_those,
    calendar_tables,
    parts_of,
    picked,
    those,
    uniform,
    values,
)  # fmt: skip
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
    SHARED,
    SKIPPED,
    SPACING,
    TOO_FEW,
    TOO_MANY,
    UNPUBLISHED,
    VISIT,
    WEEK,
    Replication,
)
from .quality import (
    CHANGES,
    FOCUSED,
    MONITORING,
    OWN,
    PRIORITY_ACTION,
    QUALITY,
    SEEN,
    Lattice,
    of_area,
)
from .results import Progress, Tally, widen
from .scenario import (
    EVENT_WORDS,
    TABLE_FIRST,
    TABLE_LAST,
    Duty,
    Form,
    Made,
    Scenario,
    Spacing,
    Span,
    allowed_kinds,
    ways,
    weighed,
)

AT_ONCE, _MANY = 4, 4
"""Blocks that are made together, for less to do one by one, and of how many on."""
VERY_MANY = 1 << 20
"""Replications from which on blocks are made one by one again, to keep memory small."""
_SLICE = 1024
"""Replications that are given out one after another are made ready so many at a time."""
_ROWS = 3 * BLOCK // 2
"""The most stretches that are looked at together: more would not be at hand at once. They are not
more than half as many as there are replications either."""
_ALIKE = 64
"""So many windows that are alike are worth a table of their days."""
_CHOICES = 256
"""Windows that have tables are no more than this."""
_PARTS = 64
"""Windows of fewer parts than this have tables."""
_BACK, _ON = 1500, 4000
"""Days before the day of asking, and after the horizon, for which days are moved by a table."""
_LIMIT = 1 << 31
"""The most that weights of days may add up to, so that sums stay within 64 bits."""
assert INCOMPLETE  # what is left out of a record has no say in what is counted here


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
            small = self.at.size <= np.iinfo(np.int16).max
            self.where = np.zeros(int(self.at[-1]) + 1, np.int16 if small else np.int32)
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

    def bare(self, none: Nones) -> None:
        """Forget all but what the events are, and when."""
        size = self.at.size
        self.end, self.published = self.start, none.zeros[:size]
        self.kind, self.out, self.graded = none.ones[:size], none.false[:size], none.false[:size]
        self.grades, self.priority, self.held = {}, None, {}

    def part(self, some: Any) -> Column:
        """The events in some of the places."""
        part: Column = object.__new__(Column)
        part.type, part.place, part.event = self.type, self.place, self.event
        part.at, part.start, part.kind = all_those(some, self.at, self.start, self.kind)
        part.end = part.start if self.end is self.start else those(self.end, some)
        part.published, part.out = all_those(some, self.published, self.out)
        part.graded = part.out if self.graded is self.out else those(self.graded, some)
        part.grades = {area: those(given, some) for area, given in self.grades.items()}
        part.priority = None if self.priority is None else those(self.priority, some)
        part.held, part.where, part._ends = {}, None, None
        return part


class Nones:
    """Arrays that stand for nothing, which columns share."""

    __slots__ = ("false", "ones", "true", "zeros")

    def __init__(self, size: int) -> None:
        self.zeros, self.ones = np.zeros(size, np.int32), np.full(size, -1, np.int8)
        self.false, self.true = np.zeros(size, bool), np.ones(size, bool)
        for one in (self.zeros, self.ones, self.false, self.true):
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


class Turn(NamedTuple):
    """What some replications owe at a turn of an activity, and what they had before."""

    first: bool
    """Whether it is the first turn."""
    where: Where
    """Where the numbers of the turn stand."""
    at: Ints
    span: Spans
    had: Ints | int
    """What was before: 0 nothing, 1 an event of the record, 2 one that was made."""
    begun: Ints
    """The first days of those before."""
    ended: Ints
    """The last days of those before."""
    anchors: Ints
    """The days on which the clocks started: those of the ones before, or of windows gone by."""

    def part(self, some: Any) -> Turn:
        """Those in some of the places, which are in order."""
        if isinstance(some, slice):
            return self
        at, begun, ended = all_those(some, self.at, self.begun, self.ended)
        return Turn(
            self.first,
            self.where.part(some),
            at,
            self.span.part(some),
            self.had if isinstance(self.had, int) else those(self.had, some),
            begun,
            ended,
            begun if self.anchors is self.begun else those(self.anchors, some),
        )


class Engine:
    """A question to the simulator, with the tables that all its blocks share."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.working, self.places = calendar_tables(scenario.calendar)
        self.kinds: list[str] = []
        self._tables: dict[Any, Any] = {}
        self._nones = Nones(BLOCK)
        given = [grade for scale in scenario.view.framework.scales for grade in scale.grades]
        for event in scenario.inspections:
            given += (scenario.taken(event).grades or {}).values()
        self.grades = 1 + max((CODES[grade] for grade in given), default=0)
        """The codes of all grades that may be given are below it."""
        named = [kind for duty in scenario.betweens for kind in duty.one.bounds]
        named += [kind for duty in scenario.responses for kind in duty.one.after
                  if duty.one.gives in EVENTS]  # fmt: skip
        self.last = set(EVENTS) - {"inspection", *named}
        """The kinds of event that begin nothing."""
        self.asks_priority = False
        """Whether anything turns on the areas for priority action that letters name."""
        if scenario.lattices:  # which letters and visits change
            self.last -= {FOCUSED, MONITORING}
            drifts = [case for one in scenario.lattices.values() for case in one.drifts]
            self.asks_priority = "priority-action" in drifts
        asked = [kind for duty in scenario.betweens for kind in duty.one.activities]
        asked += [str(duty.one.refers_to) for duty in scenario.contents]
        self.alone = self.last - set(asked)
        """Those of them that nothing looks at any more either."""
        for duty in scenario.responses:
            rows = [row for some in duty.readings.values() for row in some]
            self.asks_priority |= any(row.when for row in rows)
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

    def by_day(self, key: Any, of: Callable[[int], int]) -> ByDay:
        """A function of a day, as a table."""
        scenario = self.scenario
        made: ByDay = self.table(
            key, lambda: ByDay(of, scenario.first - 400, scenario.horizon + 1500)
        )
        return made

    def after_days(self, days: int) -> ByDay:
        """The last of so many days from each day on; the working day before it, if it is none."""
        before = self.scenario.before

        def of(day: int) -> int:
            return max(before("working-day", day + days - 1), day)

        return self.by_day(("after days", days), of)

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
        return days if grid == "any-day" else self._grid(grid)(days, False)

    def before(self, grid: str, days: Ints) -> Ints:
        """The last day of a grid that is not after each day."""
        return days if grid == "any-day" else self._grid(grid)(days, True)

    def _grid(self, name: str) -> Grid:
        def make() -> Grid:
            days, scenario = self.working, self.scenario
            some = days if name == "working-day" else days[days % 7 == 1]
            return Grid(some, scenario.first - _BACK, scenario.horizon + _ON)

        made: Grid = self.table(name, make)
        return made

    def next_day(self, activity: str, days: Ints) -> Ints:
        """The first day from each day on that an activity may begin; beyond NEVER: none."""
        if not self.scenario.suspended(activity):
            return self.after(self.scenario.form(activity).grid, days)

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
        elif hi is last and length < LENGTHS and len(weights) < _PARTS:
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
            days = picked(*window, weights, begins, numbers[left])
            none = np.flatnonzero(days == 0)
            if none.size:
                cut = [(first[none], last[none]) for first, last in begins]
                window = window[0][none], window[1][none]
                days[none] = picked(*window, (1,), cut, numbers[left][none])
                none = none[days[none] == 0]
            if found is None and not none.size:
                return self.before(grid, days)
            if found is None:
                found, left = np.zeros(lo.size, np.int32), np.arange(lo.size)
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
                return np.zeros(lo.size, np.int32)
            return choice.numbers(numbers)
        if hi is not last and not (hi == last).all():
            return None
        least, most = int(lo.min()), int(hi.max())
        if any(start <= most and least <= end for start, end in scenario.suspended(activity)):
            return None
        grid = scenario.form(activity).grid
        length, begun = last - first + 1, self.after(grid, lo) - first
        if int(length.max()) >= LENGTHS or not 0 <= int(begun.min()) <= int(begun.max()) < CUT:
            return None
        which, choices = self.table(("lengths", weights), lambda: (ByLength(), Choices()))
        rows = which(length, begun)
        if not int(rows.min()):
            none = rows == 0
            missing = set(zip(length[none].tolist(), begun[none].tolist(), strict=True))
            if any(skip >= days_ for days_, skip in missing):
                return None  # nothing is left of some window
            if len(missing) + choices.count > _CHOICES:
                return None
            for days_, skip in sorted(missing):
                whole = Span(0, days_ - 1, 0, days_ - 1, given)
                parts = weighed(whole, weights, [(skip, days_ - 1)])
                parts = parts or weighed(whole, (1,), [(skip, days_ - 1)])
                total = sum(weight for _, _, weight in parts)
                which.add(days_, skip, choices.add(*parts_of(parts, total)) + 1)
            rows = which(length, begun)
        rows -= 1
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


class Block:
    """The replications of one block, or of some blocks in a row."""

    def __init__(self, engine: Engine, number: int, count: int, bare: bool = False) -> None:
        """Simulate them.

        Args:
            engine: The question.
            number: The number of the block, or of the first.
            count: How many replications are wanted, from its first on.
            bare: Whether to forget, of events on which nothing turns any more, all but their days.
        """
        self.bare = bare
        self.engine, self.scenario, self.size = engine, engine.scenario, count
        self.words = Words(self.scenario.seed, number, -(-count // BLOCK))
        self.first = number * BLOCK
        self.all = np.arange(count)
        self.case = (self.first + self.all) % self.scenario.cases
        self.readings: dict[str, Ints] = {}
        """Of each provision that can be read in more than one way, the place of each reading."""
        rest = self.first + self.all
        for id, some in self.scenario.readings.items():
            rest, places = np.divmod(rest, len(some))
            self.readings[id] = places.astype(np.int32)
        self._rows = min(_ROWS, max(count, BLOCK) // 2)
        self._splits: dict[tuple[str, ...], list[tuple[Choices_, Any]]] = {}
        self._codes: dict[str, Ints | None] = {}
        self.made: dict[str, list[Column]] = {}
        self.told: dict[str, tuple[Ints, Ints]] = {}
        """Of kinds of event that are forgotten, what is told of them: see `counts`."""
        self.finished: dict[str, Column] = {}
        self._visited: dict[tuple[str, int], Ints] = {}
        self._ordered: dict[tuple[int, ...], tuple[list[Ints], Ints | None]] = {}
        self._begins: dict[str, tuple[Ints, int]] = {}
        self._held: dict[str, tuple[int, Ints]] = {}
        self._filled: dict[tuple[str, int], Ints] = {}
        """By provision and slot, which stretches are gone through."""
        self.levels: dict[str, Ints] = {}
        """By area its true quality: a row for the start and for each step."""
        self._steps = np.array(self.scenario.steps, np.int64)
        self._reached = np.zeros(count if self.scenario.lattices else 0, np.int64)
        scenario = self.scenario
        self.inspections: list[Column] = []
        self._last: list[Ints] = []
        for event in scenario.inspections:
            self._inspect(self._taken(event))
        for area in scenario.lattices:
            self._begin(area)
        for index, event in enumerate(scenario.finished):
            self._finish(event, FINISHED + index)
        self.inspections, self._last, self._held = [], [], {}
        for event in scenario.inspections:
            self._inspect(self.known(event))
        for activity in scenario.order:
            self._recur(activity)
            self._forget({activity} & engine.alone)
        for duty in scenario.betweens:
            self._fill(duty)
        self._forget(engine.last)
        self._visited, self._ordered = {}, {}
        for index, response in enumerate(scenario.responses):
            if response.one.gives in EVENTS:
                self._answer(index, response)
                self._forget({response.one.gives} & engine.last)
        if scenario.lattices:
            self._drift_to(self.all, np.full(count, len(scenario.steps)))

    def _forget(self, kinds: Iterable[str]) -> None:
        """Keep of some kinds of event no more than their counts, if no more is wanted."""
        for kind in kinds if self.bare else ():
            if kind in self.made:
                self.told[kind] = self.counts(kind)
                del self.made[kind]

    def counts(self, kind: str) -> tuple[Ints, Ints]:
        """By replication the first day of events of a kind, and how many there are."""
        first, times = self.told.get(kind) or (
            np.full(self.size, NEVER * 2, np.int32), np.zeros(self.size, np.int32)
        )  # fmt: skip
        for column in self.made.get(kind, ()):
            inside = column.start <= self.scenario.horizon
            whole = inside.all()
            at = column.at if whole else column.at[inside]
            start = column.start if whole else column.start[inside]
            first[at] = np.minimum(first[at], start)
            times[at] += 1
        return first, times

    # --- What is looked up ----------------------------------------------------------------------

    def numbers(self, where: Where, word: int, at: Ints) -> Ints:
        """The numbers of some of the replications, as whole numbers of 32 bits without a sign."""
        if len(where.slots) == 1:
            slot, first, _ = where.slots[0]
            if at.size < self.size:
                return self.words.some(where.stream, slot, first + word, at)
            return self.words(where.stream, slot, first + word)[: self.size]
        drawn = np.empty(at.size, np.uint32)
        begin = 0
        for slot, first, end in where.slots:
            if begin < end:
                if end - begin == self.size:
                    drawn[begin:end] = self.words(where.stream, slot, first + word)[: self.size]
                else:
                    some = at[begin:end]
                    drawn[begin:end] = self.words.some(where.stream, slot, first + word, some)
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
        column = self._column(one.type, self.all, np.full(size, one.start, np.int32), one.place)
        column.event = event
        column.end = np.full(size, one.end, np.int32)
        column.published = np.full(size, one.published or 0, np.int32)
        column.kind = np.full(size, self.engine.kind(one.kind), np.int8)
        column.out = np.full(size, one.grades is not None)
        if one.grades:
            column.graded = column.out
            column.grades = {
                area: np.full(size, CODES[grade], np.int8) for area, grade in one.grades.items()
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
        found = np.full(at.size, known, np.int32)
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

            def of(grades: dict[str, Grade]) -> int:
                return int(status_holds(row, scale, grades))

            return ByGrades(tuple(named), of, self.engine.grades)

        made: ByGrades = self.engine.table(("status", id(row)), make)
        return made

    # --- Activities that recur ------------------------------------------------------------------

    def _recur(self, activity: str) -> None:
        """Let an activity take place again and again, up to the first time after the horizon."""
        scenario, form = self.scenario, self.scenario.form(activity)
        columns = self.made.setdefault(activity, [])
        nexts: Nexts = self.engine.table(("next", activity), lambda: Nexts(self.scenario, activity))
        code = self._code(activity, nexts)
        recorded = [event for event in scenario.recorded if event.type == activity]
        last = self.known(recorded[-1]) if recorded else None
        zeros = self.engine.nones(self.size).zeros[: self.size]
        had: Ints | int = 0 if last is None else 1  # 0 none, 1 of the record, 2 made
        begun, ended = (zeros, zeros) if last is None else (last.start, last.end)
        at, turn, anchors = self.all, 0, begun
        now: Spans | Span = nexts.firsts(code, self.size)
        simple = not form.only and form.skipped is None and not scenario.bounded[activity]
        while at.size:
            where = Where(activity, ((turn, 0, at.size),))
            days = None
            if isinstance(now, Span):
                days = self._in_time_alike(form, activity, now, where, at, columns[-1])
                if days is None:
                    now = Spans.alike(now, at.size)
            passed = None
            if isinstance(now, Spans):
                owed = Turn(turn == 0, where, at, now, had, begun, ended, anchors)
                if not (int(now.lo.max()) < TABLE_LAST and int(now.hi.max()) < NEVER):
                    owed = owed.part(np.flatnonzero((now.lo < TABLE_LAST) & (now.hi < NEVER)))
                    if not owed.at.size:
                        break
                skipped = self._skipped(form, owed)
                if skipped is not None:
                    passed = owed.part(np.flatnonzero(skipped))
                    owed = owed.part(np.flatnonzero(~skipped))
                days = owed.at
                if days.size:
                    days = self._on_day(form, activity, owed)
                    late = np.flatnonzero(days == 0)
                    if late.size:
                        days[late] = self._late(activity, owed.part(late))
                        if int(days.max()) > NEVER:
                            good = np.flatnonzero(days <= NEVER)
                            days, owed = days[good], owed.part(good)
                at, begun, where = owed.at, owed.begun, owed.where
            assert days is not None
            had, ended = 2, begun
            if at.size:
                column = self._column(activity, at, days, EVENT_WORDS * turn)
                columns.append(column)
                inside = None
                if column.ends[1] > scenario.horizon:
                    inside = np.flatnonzero(days <= scenario.horizon)
                if activity == "inspection" and scenario.lattices:
                    self._come_to(column if inside is None else column.part(inside))
                self._complete(column, where, inside)
                ended = column.end
                if activity == "inspection":
                    self._inspect(column if inside is None else column.part(inside))
                if inside is not None:
                    at, days, ended = at[inside], days[inside], ended[inside]
            if at.size and not form.is_published:
                columns[-1].start = columns[-1].end = columns[-1].start.astype(np.int32, copy=False)
            anchors = begun = days
            if passed is not None:
                at = np.concatenate((at, passed.at))
                order = np.argsort(at, kind="stable")
                at = at[order]
                anchors = np.concatenate((days, passed.span.hi))[order]
                begun = np.concatenate((days, passed.begun))[order]
                ended = np.concatenate((ended, passed.ended))[order]
                had = np.full(at.size, 2, np.int32)
                had[days.size :] = passed.had
                had = had[order]
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

    def _skipped(self, form: Form, owed: Turn) -> Ints | None:
        """Which turns are passed over; None: not one."""
        if not form.only and form.skipped is None:
            return None
        skipped = np.zeros(owed.at.size, bool)
        if form.only:
            skipped |= self._barred(form, owed.at, owed.span.lo)
        if form.skipped is not None:
            again = owed.span.given != GIVENS.index("first")
            skipped |= again & self.says(form.skipped, "yes", owed.where, SKIPPED, owed.at)
        return skipped if skipped.any() else None

    def _in_time_alike(
        self, form: Form, activity: str, span: Span, where: Where, at: Ints, last: Column
    ) -> Ints | None:
        """A day within a window that is the same for all; None where that is not so simple."""
        scenario = self.scenario
        lo, before = max(span.lo, scenario.first), last.ends[1]
        if (form.interval is not None or form.intervals) and span.given == "since-last":
            return None
        if at.size < _ALIKE or not lo <= span.hi < TABLE_LAST or last.end is not last.start:
            return None
        if lo <= before or lo < before + form.least_gap:
            return None
        if scenario.late(activity, span) is not None:
            return None
        for other in form.refers_to:
            starts = self._first_of(other, activity)
            if starts is not None and starts[1] > lo:
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
                    code = np.full(self.size, number, np.int32)
                code[places] = number
            assert code is not None
            self._codes[activity] = None if len(nexts.known) == 1 else code
        return self._codes[activity]

    def _by_readings(self, activity: str, at: Ints) -> Iterable[tuple[Choices_, Any]]:
        """Some replications by the readings of what asks for an activity."""
        return self.split((duty.id for duty in self.scenario.cadences[activity]), at)

    def _on_day(self, form: Form, activity: str, owed: Turn) -> Ints:
        """A day within each window, or so long after the last as is assumed; 0 where it is late."""
        if form.interval is None and not form.intervals:
            return self._in_time(form, activity, owed)
        days = np.zeros(owed.at.size, np.int32)
        for interval, mine in self._intervals(form, owed):
            part = owed.part(mine)
            if interval is not None:
                days[mine] = self._apart(form, interval, activity, part)
            else:
                days[mine] = self._in_time(form, activity, part)
        return days

    def _intervals(self, form: Form, owed: Turn) -> Iterator[tuple[Table | None, Any]]:
        """How far the next lie from the last, each with its places; None: within their windows."""
        for given, mine in self._givens(owed.span):
            if given != "since-last" or not form.intervals:
                yield form.interval if given == "since-last" else None, mine
                continue
            places = np.arange(owed.at.size) if isinstance(mine, slice) else mine
            for kind, some in self._sent(form, owed.at[places]):
                yield form.intervals.get(kind, form.interval), places[some]

    def _sent(self, form: Form, at: Ints) -> Iterator[tuple[str, Ints]]:
        """The kinds that the last inspections send to, each with its places; empty: not known."""
        last = self.before(at, np.full(at.size, NEVER, np.int64))
        days, known = np.zeros(at.size, np.int32), np.zeros(at.size, bool)
        for one, mine in self.by_last(at, last):
            if one is not None:
                its = one.of(at[mine])
                days[mine], known[mine] = one.start[its], one.out[its]
        sure, rest = np.flatnonzero(known), np.flatnonzero(~known)
        if sure.size:
            for found, some in self._ways(form, at[sure], days[sure], last[sure]):
                yield allowed_kinds(found)[0] if found else "", sure[some]
        if rest.size:
            yield "", rest

    def _in_time(self, form: Form, activity: str, owed: Turn) -> Ints:
        """A day within each window; 0 where it is late, or nothing is left of the window."""
        scenario, size = self.scenario, owed.at.size
        lo = np.maximum(owed.span.lo, np.maximum(owed.begun + 1, scenario.first))
        due = lo <= owed.span.hi
        for one, places in self._spans(activity, owed):
            if due[places].any():
                table = scenario.late(activity, one, running=owed.first)
                if table is not None:
                    its = owed.where if isinstance(places, slice) else owed.where.part(places)
                    due[places] &= ~self.says(table, "yes", its, LATE, owed.at[places])
        kept = None
        if not due.all():
            kept = np.flatnonzero(due)
            if not kept.size:
                return np.zeros(size, np.int32)
            lo, owed = those(lo, kept), owed.part(kept)
        least, hi = self._least(form, activity, owed, lo), owed.span.hi
        if owed.first:
            hi = self._in_time_for_others(activity, owed.span, owed.at)
        numbers = self.numbers(owed.where, DAY, owed.at)
        if int((hi - least).min()) < 0:
            least = np.minimum(least, hi)
        days = self._pick(activity, owed.span, owed.at, least, hi, numbers)
        none = np.flatnonzero(days == 0)
        if none.size:  # the days that are left would not do; those of the whole window might
            whole = owed.part(none)
            days[none] = self._pick(
                activity, whole.span, whole.at, lo[none], whole.span.hi, numbers[none]
            )
        return _spread(days, kept, size, 0)

    def _least(self, form: Form, activity: str, owed: Turn, lo: Ints) -> Ints:
        """The first day that leaves room for what must come before, and since the last."""
        least = np.maximum(lo, self._room(activity, owed))
        if form.least_gap:
            after = owed.begun + form.least_gap
            if not isinstance(owed.had, int):
                after[owed.had == 0] = 0
            if not isinstance(owed.had, int) or owed.had:
                least = np.maximum(least, after)
        for other in form.refers_to:
            known = self._first_of(other, activity)
            if known is not None:
                starts = known[0] if owed.at is self.all else known[0].take(owed.at)
                least = np.where(starts < NEVER, np.maximum(least, starts), least)
        return least

    def _apart(self, form: Form, interval: Table, activity: str, owed: Turn) -> Ints:
        """A day so long after the last as is assumed; 0 where that is over."""
        scenario, anchors, size = self.scenario, owed.anchors, owed.at.size
        numbers, over = self.numbers(owed.where, SPACING, owed.at), None
        if not owed.first:
            days = self._band(interval, 0).numbers(numbers)
        else:
            days, anchors = np.zeros(size, np.int32), np.zeros(size, np.int32)
            over = np.zeros(size, bool)
            for choice, places in self._by_readings(activity, owed.at):
                anchors[places] = anchor = scenario.recurrence(activity, choice).anchor
                left = self._left(interval, activity, anchor)
                if left is None:
                    over[places] = True
                else:
                    days[places] = left.numbers(numbers[places])
        lo = np.maximum(scenario.first, owed.begun + 1)
        least = self._least(form, activity, owed, lo)
        later = self._later(activity, anchors, days)
        found = self.engine.next_day(activity, np.maximum(later, least))
        none = found > NEVER if over is None else over | (found > NEVER)
        return np.where(none, 0, found)

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
        days = np.zeros(at.size, np.int32)
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
            yield GIVENS[span.given], slice(None)
            return
        found = values(span.given)
        for given in found:
            same = len(found) == 1
            yield GIVENS[given], slice(None) if same else np.flatnonzero(span.given == given)

    def _spans(self, activity: str, owed: Turn) -> Iterator[tuple[Span, Any]]:
        """Spans that stand for all in questions on lateness: the first, or one of each rhythm."""
        if not owed.first:
            for given, places in self._givens(owed.span):
                yield Span(0, 0, 0, 0, given), places
            return
        for choice, places in self._by_readings(activity, owed.at):
            first = self.scenario.recurrence(activity, choice).first
            assert first is not None
            yield first, places

    def _first_of(self, activity: str, asking: str) -> tuple[Ints, int] | None:
        """The first day of the first event made of an activity, and the last that one has.

        None: there is none of any.
        """
        if activity == asking or activity not in self._begins:
            columns = self.made.get(activity)
            if not columns:
                return None
            found = np.full(self.size, NEVER * 2, np.int32)
            for column in reversed(columns[:1] if columns[0].at.size == self.size else columns):
                found[column.at] = column.start
            latest = int(found[found < NEVER].max(initial=0))
            self._begins[activity] = found, latest
        return self._begins[activity]

    def _room(self, activity: str, owed: Turn) -> Ints:
        """The first day that leaves room for the visits that must come before an activity."""
        scenario, had, at = self.scenario, owed.had, owed.at
        if not isinstance(had, int):
            found = np.zeros(at.size, np.int32)
            for value in values(had):
                mine = np.flatnonzero(had == value)
                found[mine] = self._room(activity, owed.part(mine)._replace(had=value))
            return found
        room: Any = np.maximum(owed.ended + 1, scenario.first) if had else scenario.first
        asked: Any = 0
        for duty in scenario.bounded[activity]:
            opener, recorded = scenario.openers[duty.id]
            if not (had or opener is not None) or (duty.one.first_only and had):
                continue
            already = recorded if had < 2 else 0
            days = owed.begun if had else owed.span.first
            asked = asked + self._fewest(duty, already, at, days)
        if isinstance(asked, int):
            return room + WEEK * asked if asked > 0 else room
        return room + WEEK * np.maximum(asked, 0)

    def _fewest(self, duty: Duty[Between], already: int, at: Ints, days: Ints) -> Ints | int:
        """How many a provision still asks for in a stretch that begins on each day."""
        always = self.engine.always(duty)
        if always is not None:
            return always - already
        found = np.zeros(at.size, np.int32)
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

    def _late(self, activity: str, owed: Turn) -> Ints:
        """Days after windows that have closed."""
        after = np.maximum(owed.span.hi, self.scenario.first - 1)
        found = np.zeros(owed.at.size, np.int32)
        for given, mine in self._givens(owed.span):
            its = owed.where if isinstance(mine, slice) else owed.where.part(mine)
            found[mine] = self._late_by(activity, given, after[mine], its, LATE_BY, owed.at[mine])
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
        columns = self._made_of(row.bounds)
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
        made = self._made_of(row.activities)
        alone = order is not None or later is not None
        together: list[Stretches] = []
        rows = 0
        for slot, one, at in begun:
            if row.first_only and one.type:
                continue
            done = self._filled.get((duty.id, slot))
            if done is not None:
                at = at[~done[at]]
            held = row.while_ is not None and bool(one.type)
            if row.while_ is not None and held:
                at = at[self.holds(row.while_, one, at)]
            first = one.start[one.of(at)].astype(np.int32, copy=False)
            if one.ends[1] > scenario.horizon:
                inside = np.flatnonzero(first <= scenario.horizon)
                at, first = at[inside], first[inside]
            if not at.size:
                continue
            if order is None and slot != LATER and not row.first_only and done is None:
                close = starts[slot]
                close = close if at is self.all else close.take(at)
            else:  # two bounds may begin on one day, and an opening lies anywhere among them
                close = self._first_after(columns, at, first)
            already = np.full(at.size, 0 if slot else recorded, np.int32)
            some = self._spoken(duty, Stretches(slot, one, at, first, close, already), held)
            if some is None:
                continue
            if alone:
                self._stretches(duty, [some], alone=True)
                continue
            # None lies in another, so that visits made meanwhile do not count.
            some.already += self._within(made, some.at, some.first, some.close)
            if together and rows + some.at.size > self._rows:
                self._stretches(duty, together)
                together, rows = [], 0
            together.append(some)
            rows += some.at.size
        if together:
            self._stretches(duty, together)

    def _spoken(self, duty: Duty[Between], some: Stretches, held: bool = False) -> Stretches | None:
        """The stretches that a duty speaks of, with how many visits they are to have; None: none.

        Args:
            duty: The provision.
            some: The stretches.
            held: Whether the status that the provision is tied to is known to hold.
        """
        least, most = self._limits(duty, some.begun, some.at, some.first, held)
        spoken = least >= 0
        if not spoken.all():
            if not spoken.any():
                return None
            some, least, most = some.part(np.flatnonzero(spoken)), least[spoken], most[spoken]
        some.least, some.most = least, most
        return some

    def _fill_before(self, duty: Duty[Between], column: Column) -> None:
        """Go through the stretches of a provision that some inspections close."""
        scenario, row = self.scenario, duty.one
        at, close = column.at, column.start
        opener, recorded = scenario.openers[duty.id]
        last = self.before(at, close) - len(scenario.inspections)
        begun: list[tuple[int, Column, Ints]] = []
        if opener is not None:
            one = self.known(opener.event) if opener.event else self._same(opener, None)
            begun.append((0, one, last < 0))
        had = np.zeros(self.size, np.int64)
        for number, one in enumerate(self.inspections[len(scenario.inspections) :]):
            had[one.at] += 1
            mine = last == number
            for slot in values(had[at[mine]]) if mine.any() and not row.first_only else ():
                begun.append((slot, one, mine & (had[at] == slot)))
        later = scenario.later_openings[duty.id]
        if later is not None:
            starts = np.zeros(at.size, np.int64)
            for number, one in enumerate(self.inspections[len(scenario.inspections) :]):
                mine = np.flatnonzero(last == number)
                starts[mine] = one.start[one.of(at[mine])] if mine.size else 0
            inside = (close > later.start) & (starts <= later.start)
            begun.append((LATER, self._same(later, None), inside))
        for slot, one, inside in begun:
            if (row.first_only and one.type) or not inside.any():
                continue
            its = at[inside]
            self._filled.setdefault((duty.id, slot), np.zeros(self.size, bool))[its] = True
            first = one.start[one.of(its)].astype(np.int32, copy=False)
            some = Stretches(
                slot, one, its, first, close[inside].astype(np.int32, copy=False),
                np.full(its.size, 0 if slot else recorded, np.int32),
            )  # fmt: skip
            spoken = self._spoken(duty, some)
            if spoken is not None:
                self._stretches(duty, [spoken], alone=True)

    def _bounds(self, columns: Sequence[Column]) -> tuple[list[Ints], Ints | None]:
        """The first days of some events of each replication in order, and their columns.

        Where each column lies after the one before it, there is no need of their order.
        """
        key = tuple(map(id, columns))
        found = self._ordered.get(key)
        if found is None:
            starts = [self._starts(one).astype(np.int32, copy=False) for one in columns]
            starts.append(np.full(self.size, NEVER * 2, np.int32))
            order = None
            if not all(
                ((early < after) | (early > NEVER)).all() and not (early > after).any()
                for early, after in pairwise(starts)
            ):
                whole = np.stack(starts)
                order = np.argsort(whole, axis=0, kind="stable")
                starts = [*np.take_along_axis(whole, order, 0)]
            found = self._ordered[key] = starts, order
        return found

    def _first_after(self, columns: Sequence[Column], at: Ints, days: Ints) -> Ints:
        """The first day after each day on which one of some events begins."""
        after, found = (np.full(self.size, NEVER * 2, np.int32) for _ in range(2))
        after[at] = days
        latest = NEVER * 2
        for column in columns:
            if column.ends[0] < latest:
                near = np.where(column.start > after[column.at], column.start, NEVER * 2)
                found[column.at] = np.minimum(found[column.at], near)
                latest = int(found.max())
        return found[at]

    def _limits(
        self, duty: Duty[Between], begun: Column, at: Ints, first: Ints, held: bool = False
    ) -> tuple[Ints, Ints]:
        """How many each stretch must and may have; -1 and more: the duty does not speak of it.

        Args:
            duty: The provision.
            begun: What begins the stretches.
            at: Their replications.
            first: The days on which they begin.
            held: Whether the status that the provision is tied to is known to hold.
        """
        least = most = None
        if not (duty.one.first_only and begun.type):
            for rows, places in self.eras(duty, at, first if begun.type else first + 1):
                if rows:
                    ceilings = [row.at_most for row in rows if row.at_most is not None]
                    few, many = max(row.at_least for row in rows), min(ceilings, default=NEVER)
                    if least is None:
                        whole = isinstance(places, slice)
                        least = np.full(at.size, few if whole else -1, np.int32)
                        most = np.full(at.size, many if whole else NEVER, np.int32)
                    assert most is not None
                    if not isinstance(places, slice):
                        least[places], most[places] = few, many
        if least is None or most is None:
            return np.full(at.size, -1, np.int32), np.full(at.size, NEVER, np.int32)
        if duty.one.while_ is not None and begun.type and not held:
            least[~self.holds(duty.one.while_, begun, at)] = -1
        if duty.id not in self.scenario.spoken and (least >= 0).any():
            self.scenario.spoken.add(duty.id)
        return least, most

    def _made_of(self, activities: Sequence[str]) -> list[Column]:
        """The events made of some kinds."""
        return [column for kind in activities for column in self.made.get(kind, ())]

    def _within(self, columns: Sequence[Column], at: Ints, first: Ints, close: Ints) -> Ints:
        """How many of some events lie in each stretch."""
        if not columns:
            return np.zeros(at.size, np.int32)
        low, high = int(first.min()), int(close.max())
        counted: Ints | None = None
        for column in columns:
            if column.ends[0] < high and column.ends[1] > low:
                if counted is None:
                    counted = np.zeros(self.size, np.int32)
                    lo, hi = first, close
                    if at.size < self.size:
                        lo = np.full(self.size, NEVER * 4, np.int32)
                        hi = np.zeros(self.size, np.int32)
                        lo[at], hi[at] = first, close
                inside = lo.take(column.at) < column.start
                inside &= column.start < hi.take(column.at)
                counted[column.at] += inside
        if counted is None:
            return np.zeros(at.size, np.int32)
        return counted if at.size == self.size else counted[at]

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
        where, held = whole.where(lead), not alone and self._hold_throughout(row, some)
        already = whole.already.copy()
        if alone:
            already += self._within(self._made_of(row.activities), at, whole.first, close)
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
                    (most - already)[open_], where.part(open_), spaced, held,
                )  # fmt: skip
                already[open_] += count
        short = np.flatnonzero((close < NEVER * 2) & (already < least))
        if short.size:
            if short.size < at.size:
                at, lo, hi, least, already = all_those(short, at, lo, hi, least, already)
                where = where.part(short)
            self._placed(row, at, lo, hi, least - already, where, held)

    def _hold_throughout(self, row: Between, some: Sequence[Stretches]) -> bool:
        """Whether what visits are tied to is the status for which stretches have them.

        An inspection begins each stretch and the next one ends it, so that it is the last before
        each visit in it.
        """
        if row.while_ is None or "inspection" not in row.bounds:
            return False
        if any(one.begun.type != "inspection" or one.begun.event is not None for one in some):
            return False
        return all(
            only.while_ == row.while_
            for duty in self.scenario.only
            if duty.one.activity in row.activities
            for rows in duty.readings.values()
            for only in rows
        )

    def _ceiling(
        self, duty: Duty[Between], some: Sequence[Stretches], plain: Ints | None
    ) -> Ints | None:
        """The most that other provisions let stretches have; None: they do not speak of any."""
        found: list[Ints] = []
        begin, spoke = 0, False
        for one in some:
            end = begin + one.at.size
            most = np.full(one.at.size, NEVER, np.int32)
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
                    counted = self._within(self._made_of(row.activities), at, first, close)
                    own = self._within(self._made_of(duty.one.activities), at, first, close)
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
        spacing: Spacing,
        held: bool,
    ) -> Ints:
        """Let visits follow one another, from the report on; return how many there were."""
        scenario, lead = self.scenario, row.activities[0]
        bases, fresh = [], []
        for one in some:
            new = np.ones(one.at.size, bool)
            its = one.begun.of(one.at)
            published, end = one.begun.published[its], one.begun.end[its]
            told: Ints = np.where(published > 0, published, end)
            if not one.begun.type or one.begun.event is not None:
                for event in scenario.recorded:
                    if event.type in row.activities and event.start.hi < scenario.first:
                        day = event.start.hi
                        told = np.where(one.first < day, np.maximum(told, day), told)
                        new &= one.first >= day
            bases.append(told)
            fresh.append(new)
        base: Ints = np.concatenate(bases)[open_]
        at = those(whole.at, open_)
        band = self._band(spacing.next, 0)
        count = np.zeros(at.size, np.int32)
        active = np.flatnonzero(most > 0)
        if active.size < at.size:
            where = where.part(active)
        at, lo, hi, base, most = all_those(active, at, lo, hi, base, most)
        new = np.concatenate(fresh)[open_][active]
        order, visits = self._visits_of(lead, where, at)
        if order is not None:
            at, lo, hi, base, most, active, new = all_those(
                order, at, lo, hi, base, most, active, new
            )
        every, stretches, places = at, visits, active
        hi = np.minimum(hi, NEVER)
        fewest, number = int(most.min(initial=NEVER)), 0
        alike = most.size > 0 and uniform(most)
        found: list[tuple[Ints, Ints, Where]] = []
        rows = 0
        while at.size:
            drawn = band.numbers(self.numbers(visits, SPACING, at))
            if spacing.apart:
                if not number:
                    drawn = self._first_spaced(lead, spacing, new, base, visits, at)
                drawn = np.minimum(self._later(lead, base, drawn), hi + 1)
            else:
                drawn += base
            days = self.engine.next_day(lead, np.maximum(lo, drawn, out=drawn))
            good = days <= hi
            if not good.all():
                count[active[~good]] = number
                kept = np.flatnonzero(good)
                at, hi, days, active = all_those(kept, at, hi, days, active)
                most = most[: kept.size] if alike else those(most, kept)
                visits = visits.part(kept)
            if at.size:
                number += 1
                found.append((at, days, visits))
                rows += at.size
                if rows > self._rows:
                    self._visit(row.activities, *_joined(found), held)
                    rows = 0
                base, lo, visits = days, days + 1, visits.next()
                if number >= fewest:
                    going = number < most
                    count[active[~going]] = number
                    kept = np.flatnonzero(going)
                    at, lo, hi, base = all_those(kept, at, lo, hi, base)
                    most, active, visits = *all_those(kept, most, active), visits.part(kept)
                    fewest = int(most.min(initial=NEVER))
        if found:
            self._visit(row.activities, *_joined(found), held)
        self._had(lead, stretches, every, count[places])
        return count

    def _first_spaced(
        self, lead: str, spacing: Spacing, new: Ints, base: Ints, visits: Where, at: Ints
    ) -> Ints:
        """Days to the first visit of each stretch; far beyond all where none is left."""
        scenario, numbers = self.scenario, self.numbers(visits, SPACING, at)
        found = np.full(at.size, NEVER * 2, np.int32)
        for table, mine in ((spacing.first, new), (spacing.next, ~new)):
            past = mine & (base < scenario.first)
            ahead = np.flatnonzero(mine & ~past)
            if ahead.size:
                found[ahead] = self._band(table, 0).numbers(numbers[ahead])
            for day in values(base[past]):
                left = self._left(table, lead, day)
                if left is not None:
                    its = np.flatnonzero(past & (base == day))
                    found[its] = left.numbers(numbers[its])
        return found

    def _left(self, table: Table, activity: str, anchor: int) -> Choice | None:
        """What is left on the first day of a number of days since an anchor; None: nothing is."""

        def make() -> tuple[Choice | None]:
            parts, total = self.scenario.left(table, activity, anchor)
            return (Choice.of_parts(parts, total) if parts else None,)

        made: tuple[Choice | None] = self.engine.table(("left", id(table), activity, anchor), make)
        return made[0]

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
                numbers = [0]
                if (lead, slot) in self._visited:
                    visits = self._visited[lead, slot].take(at[begin:end])
                    numbers = values(visits)
                for number in numbers:
                    mine = np.flatnonzero(visits == number) + begin if len(numbers) > 1 else None
                    ordered |= mine is not None
                    order.append(np.arange(begin, end) if mine is None else mine)
                    upto = (found[-1][2] if found else 0) + order[-1].size
                    found.append((slot, EVENT_WORDS * (number + 1), upto))
            begin = end
        return np.concatenate(order) if ordered else None, Where(lead, tuple(found))

    def _had(self, lead: str, where: Where, at: Ints, count: Ints | int) -> None:
        """Count visits that stretches had."""
        begin = 0
        for slot, _, end in where.slots:
            some = count if isinstance(count, int) else count[begin:end]
            had = self._visited.get((lead, slot))
            if had is None:
                had = self._visited[lead, slot] = np.zeros(self.size, np.int16)
                had[at[begin:end]] = some
            else:
                had[at[begin:end]] += some
            begin = end

    def _placed(
        self, row: Between, at: Ints, lo: Ints, hi: Ints, count: Ints, where: Where, held: bool
    ) -> None:
        """Place visits in stretches, one in each of so many equal shares of each."""
        lead, pick = row.activities[0], self.engine.pick_day
        length, same = hi - lo + 1, uniform(count)
        if int(length.max()) * int(count.max()) >= _LIMIT:
            raise UnsupportedError
        for index in range(int(count.max())):
            some = np.flatnonzero(index < count) if not same and index else None
            if some is not None:
                at, lo, hi, length, count = all_those(some, at, lo, hi, length, count)
                where = where.part(some)
            first = lo + _shared(length, index, count) if index else lo
            last = lo + (_shared(length, index + 1, count) - 1)
            order, visits = self._visits_of(lead, where, at)
            if order is not None:
                at, lo, hi, length, count, first, last = all_those(
                    order, at, lo, hi, length, count, first, last
                )
                where = visits
            words = self.numbers(visits, DAY, at)
            days = pick(lead, "between", (first, last), first, last, words)
            if int(days.min()) == 0:  # suspended throughout that share
                none = np.flatnonzero(days == 0)
                window = lo[none], hi[none]
                days[none] = pick(lead, "between", window, *window, words[none])
            its = at
            if int(days.min()) == 0:
                good = np.flatnonzero(days > 0)
                its, days, visits = at[good], days[good], visits.part(good)
            if its.size:
                self._had(lead, visits, its, 1)
                self._visit(row.activities, its, days, visits, held)

    def _visit(
        self, activities: Sequence[str], at: Ints, days: Ints, where: Where, held: bool
    ) -> None:
        """Make visits: of the first kind of event that is counted, unless another is drawn.

        Args:
            activities: The kinds of event.
            at: The replications, in order in each slot.
            days: The days.
            where: Where the numbers stand.
            held: Whether the statuses that they may be tied to are known to hold.
        """
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
                some, its, places = *all_those(mine, at, days), where.part(mine)
            form = scenario.form(kind)
            if form.only and not held:
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
                if self.bare and kind in self.engine.last:
                    whole.bare(self.engine.nones(whole.at.size))
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
        if form.priority is not None and self.engine.asks_priority:
            choice = self.engine.choice(form.priority)
            part.priority = choice.index(self.numbers(where, PRIORITY, part.at)).astype(np.int8)
        if form.is_published:
            part.end = self._end(form, part, where)
            self._publish(form, part, where)
        if form.is_graded:
            self._grade(form, part, where)
        if inside is not None:
            _put(column, part, inside)

    def _kind(self, form: Form, column: Column, where: Where) -> Ints:
        """The kind of each inspection: what the grades before send to, or another allowed."""
        engine, at = self.engine, column.at
        chosen = np.full(at.size, -1, np.int8)
        for found, mine in self._ways(form, at, column.start):
            good = allowed_kinds(found) if found else [None]
            chosen[mine] = engine.kind(good[0])
            if len(good) > 1 and form.kind is not None:
                places = np.arange(at.size) if isinstance(mine, slice) else mine
                its = self.says(form.kind, "instead", where.part(places), KIND, at[places])
                chosen[places[its]] = engine.kind(good[1])
        return chosen

    def _ways(
        self, form: Form, at: Ints, days: Ints, last: Ints | None = None
    ) -> Iterator[tuple[list[tuple[str, ...]], Any]]:
        """What the routes of some days allow after the last inspections, with the places of each.

        Args:
            form: What an inspection is like.
            at: The replications.
            days: The days.
            last: The numbers of the last inspections; None: of those before the days.
        """
        code = np.zeros(at.size, np.int64)
        rows: list[Route] = []
        for duty in form.routes:
            for some, places in self.eras(duty, at, days):
                for row in some:
                    if row not in rows:
                        rows.append(row)
                    number = rows.index(row)
                    if row.while_ is None:  # whatever came before
                        code[places] += 5**number
                        continue
                    if last is None:
                        last = self.before(at, days)
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
        codes = values(code)
        for one_code in codes:
            found: list[tuple[str, ...]] = []
            for number, row in enumerate(rows):
                state_ = one_code // 5**number % 5
                if state_:
                    found += ways(row, {3: False, 4: True}.get(state_), state_ == 1)
            yield found, slice(None) if len(codes) == 1 else np.flatnonzero(code == one_code)

    def _end(self, form: Form, column: Column, where: Where) -> Ints:
        """The last days of fieldwork; what is assumed of its length ends on a working day."""
        engine, at, start = self.engine, column.at, column.start
        found = None
        for duty in form.lengths:
            for rows, places in self.eras(duty, at, start):
                if rows and rows[0].kind is None and isinstance(places, slice) and found is None:
                    return start + np.int32(rows[0].days - 1)
                if found is None:
                    found = np.zeros(at.size, np.int32)
                ends, begun, kinds = found[places], start[places], column.kind[places]
                for row in rows:
                    fits = (ends == 0) & ((row.kind is None) | (kinds == engine.kind(row.kind)))
                    ends = np.where(fits, begun + np.int32(row.days - 1), ends)
                found[places] = ends
        if found is None:
            left: Any = slice(None)
        else:
            left = np.flatnonzero(found == 0)
        kinds = column.kind[left]
        numbers = values(kinds) if form.routes or column.event is not None else [-1]
        for kind in numbers:
            mine = left
            if len(numbers) > 1:
                mine = np.flatnonzero(kinds == kind)
                mine = mine if isinstance(left, slice) else left[mine]
            name = None if kind < 0 else engine.kinds[kind]
            table = self.scenario.table("length", column.type, given=name)
            its = start[mine]
            if table is None or len(table.outcomes) == 1:
                days = 1 if table is None else table.outcomes[0]
                ends = engine.after_days(days)(its)
            else:
                words = self.numbers(where if isinstance(mine, slice) else where.part(mine),
                                     LENGTH, at[mine])  # fmt: skip
                ends = its + engine.choice(table).numbers(words)
                ends = np.maximum(engine.before("working-day", ends - 1), its)
            if found is None and isinstance(mine, slice):
                return ends
            if found is None:
                found = np.zeros(at.size, np.int32)
            found[mine] = ends
        return np.zeros(0, np.int32) if found is None else found

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
            column.published = np.zeros(column.at.size, np.int32)
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
                called &= np.array([one in words for one in table.outcomes]).take(column.priority)
        return called

    def _grade(self, form: Form, column: Column, where: Where) -> None:
        scenario, at, start = self.scenario, column.at, column.start
        out: Ints | None = None
        if form.is_published and not (column.published > 0).all():
            out = np.flatnonzero(column.published > 0)
            if not out.size:
                return
            at, start, where = at[out], start[out], where.part(out)
        none = self.engine.nones(at.size)
        column.out = _spread(none.true[: at.size], out, column.at.size, False)
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
                        some = at if whole else at[places]
                        if area in scenario.lattices:
                            drawn = self._as_seen(
                                column.type, (area, str(row.scale)), some, start[places], its
                            )
                        else:
                            drawn = self._drawn(
                                column.type, (area, str(row.scale)), some, start[places],
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
                return CODES[given[limit.area]] if limit.area in given else -1

            return ByGrades(tuple(areas), of, self.engine.grades)

        table = self.engine.table(("limit", id(limit)), make)
        part = {area: some[places] for area, some in grades.items()}
        grades[limit.area][places] = table(part, size)

    def _drawn(
        self,
        activity: str,
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
        return moves(before, self._own_or_shared(activity, graded[0], at, where, word))

    def _own_or_shared(self, activity: str, area: str, at: Ints, own: Where, word: int) -> Ints:
        """The numbers that an area's grade turns on: its own, or the one that all areas share."""
        numbers = self.numbers(own, word, at)
        table = self.scenario.table("shared", area, given="grade")
        if table is None:
            return numbers
        mine = own._replace(stream=of_area(activity, area))
        shared = self.says(table, "shared", mine, OWN, at)
        all_areas = own._replace(stream=activity)
        return np.where(shared, self.numbers(all_areas, SHARED, at), numbers)

    def _grade_before(
        self, area: str, at: Ints, start: Ints, last: Ints, told: int | None = None
    ) -> Ints:
        """The last grade of an area, or of the area of an earlier form that stands for it.

        Args:
            area: The area.
            at: The replications.
            start: A day of each, after the first of the inspection that gave it.
            last: The number of the last inspection before that day.
            told: A day by which its report was out; None: it does not matter.
        """
        number = int(last.max(initial=-1))
        if number >= 0 and int(last.min()) == number and told is None:
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
                if told is not None:
                    out = np.where(column.published > 0, column.published, column.end)[its]
                    given = given & (out <= told)
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

    # --- True quality ---------------------------------------------------------------------------

    def _begin(self, area: str) -> None:
        """Where the true quality of an area starts."""
        scenario, lattice = self.scenario, self.scenario.lattices[area]
        whole = np.ones((len(scenario.steps) + 1, self.size), np.int8)
        days = np.full(self.size, scenario.first)
        last = self.before(self.all, days)
        before = self._grade_before(area, self.all, days, last, scenario.first - 1)
        numbers = self.words(of_area(QUALITY, area), 0, 0)[: self.size]
        scale = scenario.scales_of[area][0]
        for code in values(before):
            table = lattice.start(scale, None if code < 0 else ALL[code])
            some = before == code
            whole[0][some] = self.engine.choice(table).numbers(numbers[some])
        self.levels[area] = np.clip(whole, 1, lattice.size, out=whole)

    def _come_to(self, column: Column) -> None:
        """Make what the grades of inspections may turn on: the visits before, and the drift."""
        for duty in self.scenario.before_grades:
            self._fill_before(duty, column)
        self._drift_to(column.at, np.searchsorted(self._steps, column.start, "right"))

    def _drift_to(self, at: Ints, upto: Ints) -> None:
        """Let the true quality of some replications drift on, up to a step of each."""
        reached = self._reached[at]
        if not at.size or not (reached < upto).any():
            return
        for step in range(int(reached.min()) + 1, int(upto.max()) + 1):
            moving = at[(reached < step) & (step <= upto)]
            if moving.size:
                day = self.scenario.steps[step - 1]
                changed = {
                    case: self._changed(activity, day)[moving]
                    for case, activity in CHANGES
                    if any(case in one.drifts for one in self.scenario.lattices.values())
                }
                for area, lattice in self.scenario.lattices.items():
                    self._step(area, lattice, step, day, moving, changed)
        self._reached[at] = np.maximum(reached, upto)

    def _step(
        self, area: str, lattice: Lattice, step: int, day: int, at: Ints, changed: dict[str, Ints]
    ) -> None:
        """Let the true quality of an area take one step."""
        before = self.levels[area][step - 1][at]
        drifts: Drifts = self.engine.table(("drifts", area), lambda: Drifts(lattice))
        which = np.full(at.size, drifts.number(None))
        if lattice.middle is not None:
            which[before > lattice.middle] = drifts.number("above-middle")
            which[before < lattice.middle] = drifts.number("below-middle")
        if lattice.by_grade:
            days = np.full(at.size, day + 1)
            grades = self._grade_before(area, at, days, self.before(at, days), day)
            for code in values(grades):
                if code >= 0 and ALL[code] in lattice.drifts:
                    which[grades == code] = drifts.number(ALL[code])
        for case, _ in reversed(CHANGES):
            if case in lattice.drifts:
                which[changed[case]] = drifts.number(case)
        stream = of_area(QUALITY, area)
        numbers = self.words(stream, 0, step)[at]
        if lattice.shared is not None:
            where = Where(stream, ((1, 0, at.size),))
            shared = self.says(lattice.shared, "shared", where, step, at)
            numbers = np.where(shared, self.words(QUALITY, 0, step)[at], numbers)
        moved = before + drifts.choices(which, numbers)
        self.levels[area][step, at] = np.clip(moved, 1, lattice.size)

    def _changed(self, activity: str, day: int) -> Ints:
        """Whether a visit changes drifts on a day."""
        scenario, last = self.scenario, np.zeros(self.size, np.int64)
        for visit in scenario.visited.get(activity, ()):
            said = (visit.fields or {}).get("priority_action")
            if visit.start <= day and (activity == MONITORING or said in PRIORITY_ACTION):
                last = np.maximum(last, visit.start)
        good = np.zeros(len(PriorityAction) + 1, bool)
        """Of each letter whether it changes drifts, by the place of what it says; -1: the last."""
        if activity == FOCUSED and self.made.get(activity):
            priority = scenario.form(activity).priority
            for code, word in enumerate(() if priority is None else priority.outcomes):
                good[code] = word in PRIORITY_ACTION
        for column in self.made.get(activity, ()):
            if column.ends[0] <= day:
                hits = column.start <= day
                if activity == FOCUSED:
                    hits &= False if column.priority is None else good[column.priority]
                last[column.at] = np.maximum(last[column.at], np.where(hits, column.start, 0))
        had = last > 0
        if not had.any():
            return had
        if scenario.table("drift-lasts", activity) is not None:
            until = self.engine.by_day(
                ("changes", activity), lambda one: scenario.changes_until(activity, one) or 0
            )
            had[had] = until(last[had]) >= day
            return had
        for number, one in enumerate(self.inspections):
            if one.ends[0] <= day:
                starts = self._last[number]
                had &= ~((last < starts) & (starts <= day))
        return had

    def _as_seen(
        self, activity: str, graded: tuple[str, str], at: Ints, start: Ints, where: Where
    ) -> Ints:
        """The grade of an area on a scale, as an activity sees its true quality."""
        area, scale = graded
        lattice = self.scenario.lattices[area]
        level = self.levels[area][np.searchsorted(self._steps, start, "right"), at]
        table = lattice.seen(activity)
        if table is not None:
            own = where._replace(stream=of_area(activity, area))
            numbers = self._own_or_shared(activity, area, at, own, SEEN)
            level = np.clip(level + self.engine.choice(table).numbers(numbers), 1, lattice.size)
        codes = np.array([CODES[grade] for grade in lattice.grades(scale)], np.int8)
        return codes.take(level - 1)

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
            column.end = self._end(form, column, where)
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
            ].astype(np.int32, copy=False)
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
                    due = np.full(its.size, NEVER, np.int32) if due is None else due
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
        self.ended: Ints = begun.end[begun.of(at)].astype(np.int32, copy=False)
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
        for name in ("already", "at", "close", "ended", "least", "most"):
            setattr(whole, name, np.concatenate([getattr(one, name) for one in some]))
            if name not in ("already", "at", "close"):
                for one in some:
                    setattr(one, name, None)
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


def _joined(found: list[tuple[Ints, Ints, Where]]) -> tuple[Ints, Ints, Where]:
    """Replications and days of visits, and where their numbers stand, one after another.

    Args:
        found: Those of some visits; the list is emptied, so that they are not there twice.
    """
    if len(found) == 1:
        return found.pop()
    at, days = (np.concatenate([some[index] for some in found]) for index in (0, 1))
    stream, slots, begin = found[0][2].stream, list[tuple[int, int, int]](), 0
    for some in found:
        slots += [(slot, word, begin + upto) for slot, word, upto in some[2].slots]
        begin += some[0].size
    found.clear()
    return at, days, Where(stream, tuple(slots))


def _shared(length: Ints, index: int, count: Ints) -> Ints:
    """Where a share begins, of as many as there are in each stretch."""
    upto, numbers = length * np.int32(index), values(count)
    if len(numbers) > 4:
        return upto // count
    found = upto // np.int32(numbers[0])
    for number in numbers[1:]:  # sums: to copy by a mask that turns often takes ten times as long
        more = upto // np.int32(number)
        more -= found
        more *= count == number
        found += more
    return found


class Drifts:
    """How the true quality of an area moves in a step, in each case that is told apart."""

    def __init__(self, lattice: Lattice) -> None:
        self.choices = Choices(np.int32)
        self._numbers: dict[str | None, int] = {}
        for case, table in lattice.drifts.items():
            moves = [("down", "stay", "up").index(one) - 1 for one in table.outcomes]
            self._numbers[case] = self.choices.add(moves, table.bounds)
        if None not in self._numbers:
            self._numbers[None] = self.choices.add([0], [1 << 32])

    def number(self, case: str | None) -> int:
        """The number of the choice of a case; that of every other, where it has none."""
        return self._numbers.get(case, self._numbers[None])


def _no(some: Ints | None, at: Ints) -> Ints:
    """An answer for each of some replications: no, where there is none."""
    return np.zeros(at.size, bool) if some is None else some


def _nearer(due: Ints | None, last: Ints, places: Any, size: int) -> Ints:
    """The earlier of two deadlines, for some of the places."""
    if due is None and isinstance(places, slice):
        return last
    due = np.full(size, NEVER, np.int32) if due is None else due.copy()
    due[places] = np.minimum(due[places], last)
    return due


def _spread(some: Ints, places: Ints | None, size: int, none: int) -> Ints:
    """What some of the places have, and nothing in the others."""
    if places is None:
        return some
    whole = np.full(size, none, some.dtype)
    whole[places] = some
    return whole


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


def replications(
    scenario: Scenario, some: range, kinds: Collection[str] | None = None
) -> Iterator[Replication]:
    """Replications one after another, as the plain form has them.

    Args:
        scenario: The question.
        some: Their numbers, the first of which begins a block.
        kinds: The kinds of event that are wanted, besides inspections; None: all.

    Raises:
        UnsupportedError: Only the plain form answers the question.
    """
    engine = Engine(scenario)
    for first in range(some.start, some.stop, BLOCK):
        block = Block(engine, first // BLOCK, min(BLOCK, some.stop - first))
        for low in range(0, block.size, _SLICE):
            yield from _slice(block, low, min(low + _SLICE, block.size), kinds)


def _slice(
    block: Block, low: int, high: int, kinds: Collection[str] | None
) -> Iterator[Replication]:
    """Some of the replications of a block."""
    scenario = block.scenario
    made: list[dict[str, list[Made]]] = [{} for _ in range(low, high)]
    for kind, columns in block.made.items():
        if kinds is None or kind in kinds or kind == "inspection":
            for one in made:
                one[kind] = []
            for column in columns:
                for at, event in _events_of(block, column, low, high):
                    made[at - low][kind].append(event)
            for one in made:
                one[kind].sort(key=_start)
    recorded = [
        dict(_events_of(block, block.known(event), low, high)) for event in scenario.inspections
    ]
    levels = {
        area: np.ascontiguousarray(whole[:, low:high].T).tolist()
        for area, whole in block.levels.items()
    }
    for at in range(low, high):
        events = made[at - low]
        inspections = [one[at] for one in recorded]
        inspections += [
            one for one in events.get("inspection", ()) if one.start <= scenario.horizon
        ]
        paths = {area: some[at - low] for area, some in levels.items()}
        yield Replication.of(scenario, block.first + at, events, inspections, paths)


def _start(one: Made) -> int:
    return one.start


def _events_of(block: Block, column: Column, low: int, high: int) -> Iterator[tuple[int, Made]]:
    """The events of a column that are of some replications."""
    begin, end = (int(one) for one in np.searchsorted(column.at, (low, high)))
    kinds = [*block.engine.kinds, None]
    at, start, ends, published, kind, out = (
        some[begin:end].tolist()
        for some in (
            column.at, column.start, column.end, column.published, column.kind, column.out,
        )
    )  # fmt: skip
    given = [(area, some[begin:end].tolist()) for area, some in column.grades.items()]
    for place, (number, day) in enumerate(zip(at, start, strict=True)):
        one = Made(column.type, day, column.place, column.event)
        one.end, one.published = ends[place], published[place] or None
        one.kind = kinds[kind[place]]
        if out[place]:
            one.grades = {area: ALL[some[place]] for area, some in given if some[place] >= 0}
        yield number, one


def take_in(tally: Tally, key: tuple[str, str], cases: Ints, some: Ints) -> None:
    """Count a value of 0 or more of each replication."""
    counted = tally.counted[key]
    width = int(some.max()) + 1
    if len(counted) > 1:
        groups = np.array(tally.group_of[key])[cases]
        groups *= width
        some = groups + some
    found = np.bincount(some, minlength=len(counted) * width).reshape(len(counted), width)
    for counts, more in zip(counted, found, strict=True):
        widen(counts, width)
        np.frombuffer(counts, np.int64)[:width] += more


def count_block(engine: Engine, number: int, count: int, tally: Tally) -> None:
    """Simulate a block, and take in what is kept of it."""
    scenario, block = engine.scenario, Block(engine, number, count, bare=True)
    for activity in tally.activities:
        first, times = block.counts(activity)
        days = np.where(times > 0, first - scenario.first + 1, 0)
        take_in(tally, ("first", activity), block.case, days)
        take_in(tally, ("count", activity), block.case, times)
    for id in scenario.statuses:
        take_in(tally, ("days", id), block.case, _days_in(block, id))
    tally.replications += count


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
        progress: Called after every few blocks with how many are done.
        kept: Where tables are kept for more replications of the same scenario; None: nowhere.

    Raises:
        UnsupportedError: Only the plain form answers the question.
    """
    engine = Engine(scenario) if kept is None or not kept else kept["engine"]
    if kept is not None:
        kept["engine"] = engine
    tally = Tally(scenario)
    # A very long run takes two fifths longer one by one, and stays within 16 MiB.
    step = BLOCK * (AT_ONCE if _MANY * BLOCK <= len(some) < VERY_MANY else 1)
    for first in range(some.start, some.stop, step):
        count = min(step, some.stop - first)
        count_block(engine, first // BLOCK, count, tally)
        if progress is not None:
            progress(first - some.start + count, len(some))
    return tally


def _days_in(block: Block, id: str) -> Ints:
    """The days on which a status holds, by the last inspection that is out."""
    scenario = block.scenario
    end = scenario.horizon + 1
    days = np.zeros(block.size, np.int32)
    since = np.full(block.size, scenario.first, np.int32)
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


__all__ = ["AT_ONCE", "Block", "Column", "Engine", "UnsupportedError", "on_arrays", "replications"]
