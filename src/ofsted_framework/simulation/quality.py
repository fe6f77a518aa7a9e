"""True quality: where an area stands, how it drifts from step to step, and what is seen of it.

An area has a true quality if the behaviour gives it `levels`. True quality is never on record:
where it starts is drawn given the last grade, and everything else about it is assumed. What is here
is the same for all replications; `plain` and `arrays` let it drift.

Its numbers have streams of their own.

- The stream `quality/AREA` has in slot 0 the level at the start (word 0) and then one word for each
  step, and in slot 1, word for word, whether that step takes the number that all areas share.
- The stream `quality` has in slot 0, word for word, the numbers of the steps that all areas share.
- The stream `ACTIVITY/AREA` has, in the slot and from the word on in which an event has its own
  numbers, what is seen of the area (`SEEN`), whether that takes the number that all areas share
  (`OWN`), and whether a fall would be noticed (`NOTICES`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..dates import add_months
from ..errors import Fault, nearest
from ..events import PriorityAction
from ..grades import Grade
from .behaviour import Table

if TYPE_CHECKING:
    from .scenario import Scenario

OWN, SEEN, NOTICES = range(3)
"""Words of the stream of an activity and an area."""
QUALITY = "quality"
"""The stream of the steps that all areas share."""
MONITORING, FOCUSED = "monitoring-visit", "focused-visit"
"""The visits that change a drift; the second sort if a letter names areas for priority action."""
CHANGES = (("monitoring", MONITORING), ("priority-action", FOCUSED))
"""What a drift is said of after a visit, the stronger first, and the kind of visit."""
PRIORITY_ACTION = (PriorityAction.NEW, PriorityAction.CARRIED_OVER)
_MONTHS = 3
_MOST_STEPS = 4095
"""The most steps: each has a word of a slot, and the start has the first."""


def of_area(stream: str, area: str) -> str:
    """The stream of an area: of its steps, or of what an activity sees of it."""
    return f"{stream}/{area}"


class Lattice:
    """What is assumed of the true quality of one area."""

    def __init__(self, scenario: Scenario, area: str) -> None:
        self.scenario, self.area = scenario, area
        levels = scenario.table("levels", area)
        assert levels is not None
        self.levels = dict(zip(levels.outcomes, levels.weights, strict=True))
        self.size = levels.total
        """The number of the best level; the worst is 1."""
        self._grades: dict[str, tuple[Grade, ...]] = {}
        middle = scenario.table("middle-level", area)
        self.middle: int | None = None if middle is None else middle.outcomes[0]
        self.drifts: dict[str | None, Table] = {}
        """How it drifts, by what that is said of."""
        for case in ("monitoring", "priority-action", *Grade, "above-middle", "below-middle", None):
            table = scenario.exactly("drift", area, given=case)
            if table is not None:
                self.drifts[case] = table
        for case, activity in CHANGES:
            if case in self.drifts:
                scenario.table("drift-lasts", activity)  # has a say from here on
        self.by_grade = any(grade in self.drifts for grade in Grade)
        self.shared = scenario.table("shared", area, given="drift")
        for scale in scenario.scales_of[area]:
            self.grades(scale)

    def grades(self, scale: str) -> tuple[Grade, ...]:
        """The grade that each level stands for on a scale, from the worst level on.

        Where the levels name other grades than the scale has, they are dealt out evenly.
        """
        found = self._grades.get(scale)
        if found is None:
            good = self.scenario.view.framework.scale(scale).grades
            if set(self.levels) <= set(good):
                worst_first = [grade for grade in reversed(good) if grade in self.levels]
                found = tuple(g for g in worst_first for _ in range(self.levels[g]))
            else:
                count = len(good)
                found = tuple(good[count - 1 - n * count // self.size] for n in range(self.size))
                says = (
                    f"{self.area}: its levels of true quality name grades that the scale {scale} "
                )
                says += "lacks; they are dealt out evenly among those that it has."
                self.scenario.notes[says] = None
            self._grades[scale] = found
        return found

    def grade(self, level: int, scale: str) -> Grade:
        """The grade of a level on a scale."""
        return self.grades(scale)[level - 1]

    def start(self, scale: str, before: Grade | None) -> Table:
        """The levels at the start, given the last grade."""
        table = self.scenario.table("start-level", self.area, given=before)
        if table is not None:
            return table
        some = [n for n, grade in enumerate(self.grades(scale), 1) if grade == before]
        return Table(dict.fromkeys(some or range(1, self.size + 1), 1))

    def seen(self, activity: str) -> Table | None:
        """How far off an activity sees it; None: not at all."""
        return self.scenario.table("seen", self.area, given=activity)

    def notices(self, activity: str) -> Table | None:
        """Whether an activity would notice a fall; None: it would."""
        return self.scenario.table("notices", self.area, given=activity)

    def within(self, level: int) -> int:
        """A level, or the last one where it lies beyond."""
        return min(max(level, 1), self.size)

    def faults(self) -> Iterator[Fault]:
        """Levels that there are not."""
        behaviour = self.scenario.behaviour
        for what in ("start-level", "middle-level"):
            for case in (*Grade, None):
                found = behaviour.find(what, self.area, given=case)
                for outcome in found.weights if found else ():
                    if int(outcome) > self.size:
                        message = f"is no level of {self.area}, which has {self.size}"
                        yield Fault(f"behaviour/{what}", outcome, message)
        levels = behaviour.find("levels", self.area)
        if levels is not None and levels.of != "*":
            for scale in self.scenario.scales_of[self.area]:
                good = self.scenario.view.framework.scale(scale).grades
                for grade in self.levels:
                    if grade not in good:
                        message = f"of {self.area} is not on the scale {scale}"
                        yield Fault(
                            "behaviour/levels", str(grade), message, nearest(str(grade), good)
                        )


def steps(scenario: Scenario) -> list[int]:
    """The days of the steps, up to the horizon."""
    table = scenario.table("drift-months")
    months = _MONTHS if table is None else int(table.outcomes[0])
    before, found = date.fromordinal(scenario.first - 1), list[int]()
    while len(found) < _MOST_STEPS:
        day = add_months(before, months * (len(found) + 1)).toordinal() + 1
        if day > scenario.horizon:
            break
        found.append(day)
    return found


def steps_by(days: list[int], day: int) -> int:
    """How many of the steps there have been by a day."""
    return bisect_right(days, day)
