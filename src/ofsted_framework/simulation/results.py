"""The figures of a simulation, each with its Monte Carlo error, in every case left open."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import accumulate
from math import ceil, floor, inf, sqrt
from operator import add, mul
from typing import Any, TypeAlias

import attrs

from ..dates import add_months
from ..errors import number_of
from ..events import EVENTS
from ..provisions import Between
from .plain import Replication
from .quality import CHANGES
from .scenario import Made, Scenario

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""The quantiles that are told."""
_YEAR = 365.2425
_TWO_SIDED = 1.96  # standard errors on either side that hold 95 of 100


@attrs.frozen
class Quantile:
    """A value that a share of the replications do not exceed."""

    share: float
    """The share, from 0 to 1."""
    value: float | None
    """The value; None where it lies beyond the horizon."""
    low: float | None
    """The lower end of the interval that holds the true quantile in 95 of 100 simulations."""
    high: float | None
    """Its upper end; None where it lies beyond the horizon."""


@attrs.frozen(kw_only=True)
class Measure:
    """One figure over the replications of one case."""

    what: str
    """What is measured: `next`: the share in which the next one begins in a quarter;
    `days-to-next`: days from the day of asking to the first day of the next one; `a-year`: how many
    begin in a year; `days-a-year`: days in a year on which a status holds; of a question, one of
    its figures."""
    of: str
    """The kind of event, the id of the status, or what the question is about."""
    readings: tuple[tuple[str, str], ...] = ()
    """The provisions that have a say in it and are open, each with the reading of this case."""
    first: date | None = None
    """The first day of the quarter, for `next`."""
    last: date | None = None
    """The last day of the quarter, for `next`."""
    replications: int
    """How many replications there are of this case; 0: it was worked out exactly, without any."""
    mean: float | None
    """The mean or the share; None where some of the values lie beyond the horizon."""
    error: float | None
    """The standard error of the mean: how far it may be off for want of replications."""
    quantiles: tuple[Quantile, ...] = ()
    """The quantiles over replications; none of a share."""

    @property
    def interval(self) -> tuple[float, float] | None:
        """What endless replications would give lies in it, in 95 of 100 simulations.

        None where the error is not known. Of a share the interval is Wilson's, so that a share of
        0 or 1 does not look certain. Of what is exact both ends are the mean.
        """
        if self.mean is None or self.error is None:
            return None
        if self.is_exact:
            return self.mean, self.mean
        if self.quantiles:
            return self.mean - _TWO_SIDED * self.error, self.mean + _TWO_SIDED * self.error
        squared, number = _TWO_SIDED**2, self.replications
        middle = (self.mean + squared / (2 * number)) / (1 + squared / number)
        spread = self.mean * (1 - self.mean) / number + squared / (4 * number**2)
        about = _TWO_SIDED * sqrt(spread) / (1 + squared / number)
        return max(middle - about, 0.0), min(middle + about, 1.0)

    @property
    def is_exact(self) -> bool:
        """Whether it was worked out exactly, without replications and their error."""
        return self.replications == 0

    @property
    def case(self) -> str:
        """The readings in words; empty where none is open."""
        return ", ".join(reading for _, reading in self.readings)


@attrs.frozen
class Summary:
    """The figures of a simulation."""

    measures: tuple[Measure, ...]
    """One for each thing measured and each case that the framework leaves open for it."""

    def __repr__(self) -> str:
        sorts = ", ".join(dict.fromkeys(m.what for m in self.measures)) or "none"
        return f"<Summary of {number_of(len(self.measures), 'figure')}: {sorts}>"

    def select(self, what: str | None = None, of: str | None = None) -> tuple[Measure, ...]:
        """The measures of a sort, of a kind of event or status, or both."""
        return tuple(m for m in self.measures if what in (None, m.what) and of in (None, m.of))

    def to_columns(self) -> dict[str, list[object]]:
        """The figures as columns of one length: one row for each measure."""
        columns: dict[str, list[object]] = {
            "what": [m.what for m in self.measures],
            "of": [m.of for m in self.measures],
            "readings": [
                "; ".join(f"{id}={name}" for id, name in m.readings) for m in self.measures
            ],
            "first": [m.first for m in self.measures],
            "last": [m.last for m in self.measures],
            "replications": [m.replications for m in self.measures],
            "mean": [m.mean for m in self.measures],
            "error": [m.error for m in self.measures],
        }
        for index, share in enumerate(SHARES):
            some = [m.quantiles[index] if m.quantiles else None for m in self.measures]
            name = f"{share:.0%}"
            columns[name] = [q and q.value for q in some]
            columns[f"{name} low"] = [q and q.low for q in some]
            columns[f"{name} high"] = [q and q.high for q in some]
        return columns


Counts: TypeAlias = "array[int]"
"""How many replications have each value: 0 first, then 1 and on."""


Readings = tuple[tuple[str, str], ...]


class Tally:
    """What is kept of replications: how many had each value, by the readings that have a say."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.activities = activities(scenario)
        self.replications = 0
        self.groups: dict[tuple[str, str], list[Readings]] = {}
        """By what is counted, and of what: the readings of each group of cases, in order."""
        self.group_of: dict[tuple[str, str], list[int]] = {}
        """The group of each case."""
        self.counted: dict[tuple[str, str], list[Counts]] = {}
        """The counts of each group. First days are counted from 1 on; 0: there is none."""
        for one in self.activities:
            ids = influences(scenario, one)
            for what in ("first", "count"):
                self._group((what, one), ids)
        for id in scenario.statuses:
            self._group(("days", id), {id, *grading(scenario)})

    def _group(self, key: tuple[str, str], ids: set[str]) -> None:
        self.groups[key], self.group_of[key] = grouped(self.scenario, ids)
        self.counted[key] = [array("q") for _ in self.groups[key]]

    def add(self, replication: Replication) -> None:
        """Take in one replication."""
        horizon = self.scenario.horizon
        case = replication.number % self.scenario.cases
        for activity in self.activities:
            some = [one.start for one in replication.made.get(activity, ()) if one.start <= horizon]
            first = min(some) - self.scenario.first + 1 if some else 0
            self._count(("first", activity), case, first)
            self._count(("count", activity), case, len(some))
        for id in self.scenario.statuses:
            self._count(("days", id), case, days_in(replication, partial(replication.holds, id)))
        self.replications += 1

    def _count(self, key: tuple[str, str], case: int, value: int) -> None:
        counts = self.counted[key][self.group_of[key][case]]
        widen(counts, value + 1)
        counts[value] += 1

    def update(self, counted: Mapping[tuple[str, str], Sequence[Counts]]) -> None:
        """Take in the counts of another."""
        for key, groups in counted.items():
            for counts, more in zip(self.counted[key], groups, strict=True):
                widen(counts, len(more))
                counts[: len(more)] = array("q", map(add, counts, more))

    def summary(self) -> Summary:
        """The figures."""
        scenario = self.scenario
        length = scenario.horizon - scenario.first + 1
        found: list[Measure] = []
        for activity in self.activities:
            groups = list(self._filled("first", activity))
            for readings, counts in groups:
                found += self._next(activity, readings, counts)
            for readings, counts in groups:
                days: list[float] = [*_had(counts)]
                times = [one for one in counts if one]
                if days[0] == 0:  # that there is none comes after all days
                    days, times = [*days[1:], inf], [*times[1:], times[0]]
                found.append(counted("days-to-next", activity, readings, days, times))
            if length > 0:
                found += self._a_year("count", "a-year", activity)
        for id in scenario.statuses:
            if length > 0:
                found += self._a_year("days", "days-a-year", id)
        return Summary(tuple(found))

    def _a_year(self, counts_of: str, what: str, of: str) -> Iterator[Measure]:
        """The figures of what is counted, by the year."""
        length = self.scenario.horizon - self.scenario.first + 1
        for readings, counts in self._filled(counts_of, of):
            a_year = [value * _YEAR / length for value in _had(counts)]
            yield counted(what, of, readings, a_year, [one for one in counts if one])

    def _filled(self, what: str, of: str) -> Iterator[tuple[Readings, Counts]]:
        """The groups of which there are replications, with their counts."""
        pairs = zip(self.groups[what, of], self.counted[what, of], strict=True)
        return ((readings, counts) for readings, counts in pairs if any(counts))

    def _next(self, activity: str, readings: Readings, counts: Counts) -> Iterable[Measure]:
        """The share of the next one in each quarter, up to the last that has any."""
        begin = self.scenario.first - 1
        day = date.fromordinal(self.scenario.first)
        quarter = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        number, latest = sum(counts), _had(counts)[-1]
        while latest and quarter.toordinal() <= begin + latest:
            after = add_months(quarter, 3)
            first, last = quarter.toordinal(), after.toordinal() - 1
            share = sum(counts[max(first - begin, 1) : last - begin + 1]) / number
            yield Measure(
                what="next",
                of=activity,
                readings=readings,
                first=quarter,
                last=date.fromordinal(last),
                replications=number,
                mean=share,
                error=sqrt(share * (1 - share) / number) if number > 1 else None,
            )
            quarter = after


class _Ordered(Sequence[float]):
    """Values in order, of which equal ones are kept once, with their number."""

    def __init__(self, values: Sequence[float], times: Sequence[int]) -> None:
        self.values, self.upto = values, list(accumulate(times))

    def __len__(self) -> int:
        return self.upto[-1]

    def __getitem__(self, index: Any) -> Any:
        return self.values[bisect_right(self.upto, index % len(self))]


def widen(counts: Counts, size: int) -> None:
    """Let counts go on to a value, of those that there are not yet."""
    if len(counts) < size:
        counts.frombytes(bytes(counts.itemsize * (size - len(counts))))


def _had(counts: Counts) -> list[int]:
    """The values that some have, the least first."""
    return [value for value, times in enumerate(counts) if times]


def grouped(scenario: Scenario, ids: Collection[str]) -> tuple[list[Readings], list[int]]:
    """The cases by the readings of some provisions: the groups in order, and that of each case."""
    wanted = [id for id in scenario.readings if id in ids]
    order = [[str(name) for name in scenario.readings[id]] for id in wanted]

    def place(readings: Readings) -> list[int]:
        return [some.index(name) for some, (_, name) in zip(order, readings, strict=True)]

    choices = map(scenario.choice, range(scenario.cases))
    taken = [tuple((id, str(choice[id])) for id in wanted) for choice in choices]
    groups = sorted(dict.fromkeys(taken), key=place)
    return groups, [groups.index(readings) for readings in taken]


def counted(
    what: str, of: str, readings: Readings, values: Sequence[float], times: Sequence[int]
) -> Measure:
    """A figure of values that some replications have in common.

    Sums are exact before they are rounded, so that they do not depend on the order of values.

    Args:
        what: What is measured.
        of: What of.
        readings: The readings of the case.
        values: The values, the least first.
        times: How many replications have each.
    """
    ordered = _Ordered(values, times)
    number = len(ordered)
    mean = error = None
    if ordered[-1] < inf:
        mean = float(sum(map(mul, map(Fraction, values), times))) / number
        squares = (Fraction((value - mean) ** 2) for value in values)
        error = (
            sqrt(float(sum(map(mul, squares, times))) / (number - 1) / number)
            if number > 1
            else None
        )
    return Measure(
        what=what,
        of=of,
        readings=readings,
        replications=number,
        mean=mean,
        error=error,
        quantiles=tuple(_quantile(ordered, share) for share in SHARES),
    )


def _quantile(ordered: Sequence[float], share: float) -> Quantile:
    """A quantile, with the interval between two of the ordered values that holds the true one."""
    number = len(ordered)
    about = _TWO_SIDED * sqrt(number * share * (1 - share))

    def at(rank: int) -> float | None:
        value = ordered[min(max(rank, 1), number) - 1]
        return None if value == inf else value

    middle = number * share
    return Quantile(
        share, at(ceil(middle)), at(floor(middle - about)), at(ceil(middle + about) + 1)
    )


def activities(scenario: Scenario) -> list[str]:
    """The kinds of event that duties ask for, in the order in which they are made."""
    found = dict.fromkeys(scenario.order)
    for between in scenario.betweens:
        found.update(dict.fromkeys(between.one.activities))
    responses = (duty.one.gives for duty in scenario.responses)
    found.update(dict.fromkeys(one for one in responses if one in EVENTS))
    return list(found)


def influences(scenario: Scenario, activity: str) -> set[str]:
    """The provisions whose readings have a say in when an activity takes place."""
    found: set[str] = set()
    seen: set[str] = set()
    left = [activity]
    while left:
        one = left.pop()
        if one in seen:
            continue
        seen.add(one)
        found |= {duty.id for duty in scenario.cadences.get(one, ())}
        if one in scenario.cadences and scenario.form(one).intervals:  # told apart by grades
            found |= {duty.id for duty in scenario.graded}
            found |= {duty.id for duty in scenario.limits}
            for route in scenario.form(one).routes:
                found |= {route.id, *([route.one.while_] if route.one.while_ else [])}
            left += changing(scenario)
        for between in scenario.betweens:
            row = between.one
            if one in row.activities:
                found.add(between.id)
                found |= {row.while_} if row.while_ else set()
                if row.while_ and scenario.lattices:
                    left += changing(scenario)
                left += [
                    kind for kind in row.bounds if not row.first_only or kind in scenario.cadences
                ]
            elif one in row.bounds and _differs(between.readings.values()):
                found.add(between.id)  # more visits to be held before it
        for duty in scenario.responses:
            if duty.one.gives == one:
                found.add(duty.id)
                left += duty.one.after
        for contents in scenario.contents:
            pair = {contents.one.activity, contents.one.refers_to}
            if one in pair and contents.one.refers_to is not None:
                left += [str(other) for other in pair]
    return found


def changing(scenario: Scenario) -> list[str]:
    """The kinds of visit that change how true quality drifts."""
    drifts = {case for one in scenario.lattices.values() for case in one.drifts}
    return [activity for case, activity in CHANGES if case in drifts]


def grading(scenario: Scenario) -> set[str]:
    """The provisions whose readings have a say in when grades are given, and in true quality."""
    activities = ["inspection", *changing(scenario)]
    return {id for activity in activities for id in influences(scenario, activity)}


def _differs(readings: Iterable[Sequence[Between]]) -> bool:
    return len({row.at_least for rows in readings for row in rows}) > 1


def days_in(replication: Replication, holds: Callable[[Made], bool]) -> int:
    """The days of the simulation on which something holds, by the last inspection that is out.

    Args:
        replication: The replication.
        holds: Whether it holds after an inspection.
    """
    scenario = replication.scenario
    days, since, held = 0, scenario.first, False
    end = scenario.horizon + 1
    for one in replication.inspections:
        if one.grades is None:
            continue
        told = one.end if one.published is None else one.published
        told = min(max(told, scenario.first), end)
        days += held * (told - since)
        since, held = told, holds(one)
    return days + held * (end - since)


Progress = Callable[[int, int], None]
"""Called now and then with the replications that are done and how many there will be."""
