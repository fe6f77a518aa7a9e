"""A question to the array form, with the tables that all its blocks share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ...events import EVENTS
from ...provisions import Between
from ...windows import NEVER
from ..behaviour import Table
from ..bits import BLOCK
from ..quality import FOCUSED, MONITORING
from ..scenario import TABLE_FIRST, Duty, Scenario, Span, weighed
from .lookups import (
    CODES,
    CUT,
    LENGTHS,
    ByDay,
    ByLength,
    Choice,
    Choices,
    Choices_,
    Grid,
    Ints,
    Shares,
    UnsupportedError,
    calendar_tables,
    parts_of,
    picked,
    uniform,
)
from .made import Nones

ALIKE = 64
"""So many windows that are alike are worth a table of their days."""
_CHOICES = 256
"""Windows that have tables are no more than this."""
_PARTS = 64
"""Windows of fewer parts than this have tables."""
_BACK, _ON = 1500, 4000
"""Days before the day of asking, and after the horizon, for which days are moved by a table."""


class Engine:
    """A question to the simulator, with the tables that all its blocks share."""

    limit = 1 << 31
    """The most that weights of days may add up to, so that sums stay within 64 bits."""

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
        if sum(weights) * length >= self.limit:
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
        if lo.size >= ALIKE and uniform(hi) and uniform(lo) and uniform(first) and uniform(last):
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
