"""True quality in the array form, and how activities see it."""

from __future__ import annotations

import numpy as np

from ...events import PriorityAction
from ..quality import CHANGES, FOCUSED, MONITORING, PRIORITY_ACTION, QUALITY, SEEN, Lattice, of_area
from .engine import Engine
from .known import Known
from .lookups import ALL, CODES, Choices, Ints, values
from .made import Where


class Quality(Known):
    """True quality: where it starts, how it drifts, how it is seen."""

    def __init__(self, engine: Engine, number: int, count: int, bare: bool = False) -> None:
        """Begin with no quality."""
        super().__init__(engine, number, count, bare)
        self.levels: dict[str, Ints] = {}
        """By area its true quality: a row for the start and for each step."""
        self._steps = np.array(self.scenario.steps, np.int64)
        self._reached = np.zeros(count if self.scenario.lattices else 0, np.int64)

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
