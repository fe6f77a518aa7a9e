"""The process of `cafcass-2021` written by hand as a simpy model, to compare speed and means with.

It is what a careful user of simpy would write for this one framework in one reading of everything:
one process for the self-evaluations, one for the meetings, one for the cycle of inspections with
its focused visits, and one for monitoring while the last inspection was inadequate. Weights are
those of the behaviour `cafcass`; months, working days and windows are worked out ahead or kept
once worked out, and days are whole numbers. Nothing is checked, explained or reproducible by place.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

import simpy

from ofsted_framework.dates import ENGLAND, months_after
from ofsted_framework.simulation.behaviour import Behaviour

Row = tuple[int, int, int, int, tuple[str, ...]]
"""Kind, first day, last day, day of publication (0: none), grades."""
KINDS = ("inspection", "self-evaluation", "engagement-meeting", "focused-visit", "monitoring-visit")
INSPECTION, SELF_EVALUATION, MEETING, FOCUSED, MONITORING = range(5)
AREAS = ("private-law-practice", "public-law-practice", "impact-of-leaders")
DAYS_OF_INSPECTION = 26


def drawer(outcomes: Any, weights: Any) -> Callable[[float], Any]:
    """A function from a number below 1 to an outcome."""
    some = list(outcomes)
    upto = list(accumulate(weights))
    total = upto[-1]

    def draw(number: float) -> Any:
        return some[bisect_right(upto, number * total)]

    return draw


class Model:
    """What all replications share."""

    def __init__(self, behaviour: Behaviour, first: int, horizon: int) -> None:
        self.first, self.horizon = first, horizon

        def table(what: str, of: str, given: str | None = None) -> Any:
            found = behaviour.find(what, of, given=given)
            assert found is not None, (what, of)
            return found.table

        def draws(what: str, of: str, given: str | None = None) -> Callable[[float], Any]:
            one = table(what, of, given)
            return drawer(one.outcomes, one.weights)

        self.timing = table("timing", INSPECT, "since-last").by_part
        self.visit_timing = table("timing", "focused-visit", "between").by_part
        late = table("late", INSPECT, "since-last")
        self.late = dict(zip(late.outcomes, late.weights, strict=True))["yes"] / late.total
        self.late_by = self._band(table("late-by", INSPECT, "since-last"))
        self.spacing = self._band(table("spacing", "monitoring-visit"))
        self.least_gap = table("least-gap", INSPECT).outcomes[0]
        self.number = draws("number", "focused-visit")
        self.priority = draws("priority-action", "focused-visit")
        self.lag = [draws("lag", kind) if kind in PUBLISHED else None for kind in KINDS]
        self.length = {FOCUSED: table("length", "focused-visit").outcomes[0],
                       MONITORING: table("length", "monitoring-visit").outcomes[0]}  # fmt: skip
        self.first_grade = [draws("first-grade", area) for area in AREAS]
        self.moves = [
            {str(one): draws("grade-move", area, one) for one in self._grades(behaviour, area)}
            for area in AREAS
        ]
        self.years = []
        year = first
        while year <= horizon:
            after = months_after(year, 12)
            self.years.append((year, after - 1))
            year = after
        self.add = lru_cache(maxsize=None)(ENGLAND.add_ordinal)
        self.months = lru_cache(maxsize=None)(months_after)
        self.window = lru_cache(maxsize=None)(self._window)
        self.monday = lru_cache(maxsize=None)(self._monday)

    @staticmethod
    def _grades(behaviour: Behaviour, area: str) -> Iterator[str]:
        table = behaviour.find("first-grade", area)
        assert table is not None
        return iter(table.table.outcomes)

    @staticmethod
    def _band(table: Any) -> Callable[[float], tuple[int, int]]:
        return drawer([(lo, hi) for lo, hi, _ in table.parts], [w for _, _, w in table.parts])

    def _window(self, anchor: int) -> tuple[int, int]:
        return months_after(anchor, 30), months_after(anchor, 42)

    def _monday(self, day: int) -> int:
        """The last Monday up to a day that is a working day."""
        day -= (day - 1) % 7
        while self.add(day, 0) != day:
            day -= 7
        return day

    def weighted_day(
        self, rng: random.Random, lo: int, hi: int, weights: Any, least: int, after: bool = True
    ) -> int:
        """A Monday of a window, each part with its weight, not before a day."""
        count, length = len(weights), hi - lo + 1
        least = max(least, lo)
        parts = []
        total = 0
        monday = self.monday(least + 6) if after else least
        if monday < least:
            monday += 7
        for index, weight in enumerate(weights):
            begin = max(lo + index * length // count, monday)
            end = lo + (index + 1) * length // count - 1
            if weight and begin <= end:
                total += weight * (end - begin + 1)
                parts.append((total, begin, end))
        if not parts:
            return self.monday(hi)
        number = rng.random() * total
        for upto, begin, end in parts:
            if number < upto:
                return self.monday(rng.randint(begin, end))
        return self.monday(hi)


INSPECT = "inspection"
PUBLISHED = ("inspection", "focused-visit", "monitoring-visit")


class Provider:
    """One provider over the years: its processes, and a list of what happens."""

    def __init__(self, model: Model, seed: int) -> None:
        self.model, self.rng = model, random.Random(seed)
        self.env = simpy.Environment(initial_time=model.first)
        self.rows: list[Row] = []
        self.inspections = self.first_self = 0
        self.env.process(self.yearly(SELF_EVALUATION))
        self.env.process(self.yearly(MEETING))
        self.env.process(self.cycle())
        self.env.run(until=model.horizon + 1)

    def yearly(self, kind: int) -> Iterator[Any]:
        """Once in each financial year."""
        model, rng, env, rows = self.model, self.rng, self.env, self.rows
        for lo, hi in model.years:
            day = model.add(rng.randint(lo, hi), 0)
            day = max(day, model.add(lo - 1, 1))
            if lo == model.first:  # the first meeting is about the first self-evaluation
                if kind == MEETING:
                    day = max(day, self.first_self)
                else:
                    self.first_self = day
            yield env.timeout(day - env.now)
            rows.append((kind, day, day, 0, ()))

    def cycle(self) -> Iterator[Any]:
        """Inspections, each with the visits before the next one."""
        model, rng, env, rows = self.model, self.rng, self.env, self.rows
        anchor, began, base = model.first, 0, model.first
        grades: tuple[str, ...] = ()
        while True:
            lo, hi = model.window(anchor)
            if rng.random() < model.late:
                first, last = model.late_by(rng.random())
                day = model.monday(hi + rng.randint(first, last) + 6)
            else:
                least = began + model.least_gap if began else 0
                day = model.weighted_day(rng, lo, hi, model.timing, least)
            visits = model.number(rng.random())
            length = day - base
            for index in range(visits):
                begin = base + index * length // visits
                end = base + (index + 1) * length // visits - 1
                env.process(self.visit(begin, end))
            yield env.timeout(day - env.now)
            end = day + DAYS_OF_INSPECTION - 1
            published = model.add(end, model.lag[INSPECTION](rng.random()))
            if grades:
                grades = tuple(
                    moves[grade](rng.random())
                    for moves, grade in zip(model.moves, grades, strict=True)
                )
            else:
                grades = tuple(draw(rng.random()) for draw in model.first_grade)
            rows.append((INSPECTION, day, end, published, grades))
            self.inspections += 1
            anchor, began, base = day, day, end + 1
            if "inadequate" in grades:
                env.process(self.monitor(published))

    def visit(self, begin: int, end: int) -> Iterator[Any]:
        """A focused visit in a stretch."""
        model, rng, env = self.model, self.rng, self.env
        day = model.weighted_day(rng, begin, end, model.visit_timing, begin)
        yield env.timeout(max(0, day - env.now))
        last = model.add(day + model.length[FOCUSED] - 1, 0)
        model.priority(rng.random())
        published = model.add(last, model.lag[FOCUSED](rng.random()))
        self.rows.append((FOCUSED, day, last, published, ()))

    def monitor(self, base: int) -> Iterator[Any]:
        """Monitoring visits, one after another, until the next inspection."""
        model, rng, env, rows = self.model, self.rng, self.env, self.rows
        inspections = self.inspections
        while True:
            first, last = model.spacing(rng.random())
            day = model.add(base + rng.randint(first, last) - 1, 1)
            yield env.timeout(day - env.now)
            if self.inspections > inspections:
                return
            end = model.add(day + model.length[MONITORING] - 1, 0)
            published = model.add(end, model.lag[MONITORING](rng.random()))
            rows.append((MONITORING, day, end, published, ()))
            base = day
