"""Exact answers: where what is asked is a Markov chain, its shares are worked out and not drawn.

What recurs by itself is a chain of days: the next day turns on the last one alone. Unless it has a
true quality, or limits, an area is a chain of grades, whatever its days. Everything else turns on
more than a chain can hold, and is refused. The days, windows and weights are those of the plain
form; only the drawing is left out, so that shares are those of the weights and not of numbers of
32 bits, which differ by less than one in a thousand million.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from math import inf
from typing import TYPE_CHECKING, Any

import attrs

from ..errors import Fault, OfstedFrameworkError, of_class
from ..grades import Grade
from ..sources import Basis, Ground
from ..windows import NEVER
from .behaviour import Table
from .bits import Part
from .plain import Replication
from .questions import (
    YEAR,
    Contacts,
    Question,
    Reply,
    TimeJudgedInadequate,
    TimeToNext,
    Within,
    check_questions,
)
from .results import SHARES, Measure, Quantile, grouped
from .scenario import TABLE_LAST, Form, Made, Scenario

if TYPE_CHECKING:
    from .outlook import Outlook

_LONGEST = 60
"""Days of fieldwork that are tried, to see whether its length has a say in when the next comes."""
_GOOD = "Within, TimeToNext and Contacts of one kind, and TimeJudgedInadequate of one area"
_ROUNDING = 1e-12
Days = dict[int, float]
"""How likely each day is; what is missing lies beyond the horizon."""


def exact(outlook: Outlook, question: Question) -> Reply:
    """The exact answer to a question, without any drawing, where a Markov chain gives it.

    That is so of `Within`, `TimeToNext` and `Contacts` of one kind of event that recurs by itself,
    and of the mean of `TimeJudgedInadequate` of one area (`areas`). It is not so where the next
    turns on more than the day of the last: on grades (visits that are owed only while a status
    holds, intervals told apart by kind), on another kind of event, or on whether it was skipped;
    and of an area not where it has a true quality, is limited by others, or is not always graded.

    Args:
        outlook: The outlook. Its seed and its number of replications have no say.
        question: The question.

    Returns:
        The reply: figures for each reading that has a say, with no Monte Carlo error
        (`is_exact`), and with what they rest on.

    Raises:
        OfstedFrameworkError: The answer is no chain's; every reason is named.
    """
    from .outlook import Outlook

    of_class(outlook=(outlook, Outlook))
    scenario = outlook.afresh()
    check_questions([question], scenario)
    kind = _kind(question, scenario)
    faults = list(_faults(question, kind, scenario))
    if faults:
        raise OfstedFrameworkError(faults)
    groups, group_of = grouped(scenario, question.influences(scenario))
    measures = []
    for number, readings in enumerate(groups):
        chain = _Chain(scenario, kind, group_of.index(number))
        for figure in question.figures(scenario):
            shares = _shares(chain, question)
            measures.append(_measure(shares, figure.what, figure.of, readings, figure.is_share))
    scenario.spoken.update(duty.id for duty in scenario.betweens)  # none was gone through
    says = (
        *question.assumes(scenario),
        "Worked out exactly, as a Markov chain: nothing was drawn, and replications have no say.",
    )
    own = (Ground(part="the question", basis=Basis.ASSUMED, says=one) for one in says)
    return Reply(
        question=question,
        figures=question.figures(scenario),
        measures=tuple(measures),
        assumptions=(*own, *outlook.assumptions_of(scenario)),
        provenance=attrs.evolve(outlook.provenance, replications=0),
    )


def _kind(question: Question, scenario: Scenario) -> str:
    """The one kind of event that a question is about; empty where there is no one."""
    kinds = question.kinds(scenario)
    return kinds[0] if len(kinds) == 1 else ""


def _faults(question: Question, kind: str, scenario: Scenario) -> Iterator[Fault]:
    """Why the answer to a question is no chain's."""
    name = type(question).__name__
    one_area = isinstance(question, TimeJudgedInadequate) and (
        question.status is None and len(question.areas or ()) == 1
    )
    if not one_area and not (kind and isinstance(question, Within | TimeToNext | Contacts)):
        yield Fault("question", name, f"has no exact answer; these may have: {_GOOD}")
        return
    if kind not in scenario.cadences:
        yield Fault("of", kind, "does not recur by itself: when it comes turns on other events")
        return
    form = scenario.form(kind)
    if form.only:
        yield Fault("of", kind, "is owed only while a status holds, which turns on grades")
    if form.skipped:
        yield Fault("behaviour/skipped", kind, "may be skipped: then the last day does not tell")
    if form.intervals:
        message = "has intervals told apart by the kind of inspection, which turns on grades"
        yield Fault("behaviour/interval", kind, message)
    for duty in scenario.contents:
        pair = [duty.one.activity, duty.one.refers_to]
        if kind in pair and duty.one.refers_to is not None:
            other = pair[1 - pair.index(kind)]
            yield Fault("of", kind, f"waits for another kind, or another for it: {other}")
    if any(event.type == kind and event.end is None for event in scenario.finished):
        yield Fault("of", kind, "is under way on the day of asking: how long it lasts is drawn")
    if isinstance(question, TimeJudgedInadequate) and one_area:
        yield from _of_area(question, form, scenario)


def _of_area(question: TimeJudgedInadequate, form: Form, scenario: Scenario) -> Iterator[Fault]:
    (area,) = question.areas or ("",)
    if area in scenario.lattices:
        yield Fault("areas", area, "has a true quality, which its grade does not tell")
    if any(duty.one.area == area for duty in form.limits):
        yield Fault("areas", area, "is limited by the grades of other areas")
    if len(_kinds(form)) > 1:
        message = "is of a kind that turns on grades, and with it when its report comes"
        yield Fault("of", "inspection", message)
    if any(event.type == "inspection" for event in scenario.finished):
        yield Fault("of", "inspection", "waits for its report on the day of asking")


def _kinds(form: Form) -> list[str]:
    """The kinds of inspection that there are."""
    rows = (row for duty in form.routes for some in duty.readings.values() for row in some)
    kinds = (kind for row in rows for kind in (*row.kinds(True), *row.kinds(False)))
    return list(dict.fromkeys(kinds))


class _Chain:
    """The days of an activity that recurs, in one reading of everything."""

    def __init__(self, scenario: Scenario, kind: str, case: int) -> None:
        self.scenario, self.kind, self.form = scenario, kind, scenario.form(kind)
        recorded = [scenario.taken(event) for event in scenario.inspections]
        self.made = Replication.of(scenario, case, {}, recorded, {})
        self.recurrence = scenario.recurrence(kind, self.made.choice)
        self._after: dict[int, Days] = {}

    @cached_property
    def first(self) -> Days:
        """The next after the day of asking."""
        return self._next(self.made.last(self.kind), self.recurrence.anchor, 0)

    def after(self, day: int) -> Days:
        """The next after one that began on a day."""
        if day not in self._after:
            self._after[day] = self._next(Made(self.kind, day), day, 1)
        return self._after[day]

    def _next(self, last: Made | None, anchor: int, turn: int) -> Days:
        """When the next comes, as the plain form lets it come."""
        scenario, form, kind, made = self.scenario, self.form, self.kind, self.made
        span = self.recurrence.next(anchor) if turn else self.recurrence.first
        found: Days = defaultdict(float)
        if span is None or span.lo >= TABLE_LAST or span.hi >= NEVER:
            return found
        self._refuse_room(last, span)
        late = 1.0
        interval = made.interval(form) if span.given == "since-last" else None
        if interval is not None:
            parts, total = interval.parts, interval.total
            if not turn:
                parts, total = scenario.left(interval, kind, anchor)
            for days, share in _each(parts, total):
                late -= share
                day = made.day_after(form, kind, span, last, anchor, days)
                late += self._put(found, day, share)
        elif made.opens(span, last) <= span.hi:
            table = scenario.late(kind, span, running=turn == 0)
            late = 0.0 if table is None else _chance(table, "yes")
            parts, total, grid = made.days_left(form, kind, span, last, turn)
            if parts and late < 1:
                for day, share in _each(parts, total):
                    self._put(found, scenario.before(grid, day), share * (1 - late))
            else:
                late = 1.0
        if late > _ROUNDING:
            close = max(span.hi, scenario.first - 1)
            for days, share in _each(*made.days_late(kind, span)):
                self._put(found, scenario.next_day(kind, close + days), share * late)
        return found

    def _put(self, found: Days, day: int | None, share: float) -> float:
        """Let a day have a share; gives what no day is found for."""
        if day is None:
            return share
        if day <= self.scenario.horizon:
            found[day] += share
        return 0.0

    def _refuse_room(self, last: Made | None, span: Any) -> None:
        """Refuse where the time for visits after the last delays the next: it has an end too."""
        if last is None or last.event is not None:
            return
        lo = self.made.opens(span, last)
        last.end = last.start + _LONGEST
        room = self.made._least(self.form, self.kind, span, last, lo)
        last.end = last.start
        if room != self.made._least(self.form, self.kind, span, last, lo):
            message = "may have to leave room for visits after the last: then its length has a say"
            raise OfstedFrameworkError.of(message, self.kind, "of")

    def passed(self, first: int, last: int) -> float:
        """How likely it is that one begins from one day to another."""
        waiting, found = defaultdict(float, self.first), 0.0
        for day in range(self.scenario.first, last + 1):
            share = waiting.pop(day, 0.0)
            if day >= first:
                found += share
            elif share:
                for later, part in self.after(day).items():
                    waiting[later] += share * part
        return found

    def turns(self) -> Iterator[tuple[int, int, float]]:
        """For each turn from 1 on, and each day, how likely that turn is to come on that day."""
        now, turn = self.first, 1
        while now:
            then: Days = defaultdict(float)
            for day, share in sorted(now.items()):
                yield turn, day, share
                for later, part in self.after(day).items():
                    then[later] += share * part
            now, turn = then, turn + 1

    # --- Grades of an area --------------------------------------------------------------------

    def days_held(self, question: TimeJudgedInadequate) -> float:
        """The days on which an area stands judged so, to be expected.

        The days are those that are left after each report, added where it brings the grade and
        taken off where it takes the place of the grade.
        """
        (area,) = question.areas or ("",)
        scenario, end = self.scenario, self.scenario.horizon + 1
        last = [one for one in self.made.inspections if one.grades is not None]
        held = float(bool(last) and question.holds(last[-1]))
        total = held * (end - scenario.first)
        before = self.made._grade_before(scenario.first, area)
        states: dict[Grade | None, float] = {before: 1.0}
        unpublished = self.form.unpublished
        out = 1.0 - (_chance(unpublished, "yes") if self.form.is_published and unpublished else 0)
        changes: dict[int, float] = {}
        for turn, day, share in self.turns():
            if turn not in changes:
                states, held, changes[turn] = self._moved(area, states, held, out, question.grade)
            self._refuse_ungraded(area, day)
            total += share * changes[turn] * self._left(day)
        return total

    def _moved(
        self, area: str, states: Mapping[Grade | None, float], held: float, out: float, grade: Grade
    ) -> tuple[dict[Grade | None, float], float, float]:
        """One more inspection: the grades after it, how likely the grade is held, and its rise."""
        (scale,) = self.scenario.scales_of[area]
        found: dict[Grade | None, float] = defaultdict(float)
        for before, share in states.items():
            table = self.scenario.moves(area, scale, before)
            if table is None:  # nothing is assumed: each grade of the scale alike
                table = Table(dict.fromkeys(self.scenario.view.framework.scale(scale).grades, 1))
            for outcome, weight in zip(table.outcomes, table.weights, strict=True):
                found[Grade(outcome)] += share * weight / table.total
        change = out * (found.get(grade, 0.0) - held)
        mixed: dict[Grade | None, float] = defaultdict(float)
        for some, part in ((found, out), (states, 1 - out)):
            for one, share in some.items():
                mixed[one] += share * part
        return mixed, held + change, change

    def _refuse_ungraded(self, area: str, day: int) -> None:
        rows = (row for duty in self.form.graded for row in duty.on(self.made.choice, day)[:1])
        if not any(area in row.areas for row in rows) or len(self.scenario.scales_of[area]) > 1:
            message = "is not graded on one scale throughout"
            raise OfstedFrameworkError.of(message, area, "areas")

    def _left(self, day: int) -> float:
        """The simulated days that are left after the report on an inspection of a day."""
        made, form, calendar = self.made, self.form, self.scenario.calendar
        found, kind = 0.0, next(iter(_kinds(form)), None)
        for number, share in _draws(self.scenario.table("length", self.kind, given=kind)):
            one = Made(self.kind, day)
            one.kind = kind
            drawn: Any = partial(_given, number)
            one.end = day + made._length(form, one, drawn, 0, 0) - 1
            due, strict = made.dues(form, one)
            late = _chance(form.late_report, "yes") if form.late_report and strict < NEVER else 0.0
            told: Days = defaultdict(float)
            for days, part in _each(*form.report_late) if late else ():
                told[calendar.add_ordinal(strict, days)] += part * late
            lags = {0: 1} if form.lag is None else dict(_weights(form.lag))
            for days, weight in lags.items():
                told[made.in_time(one, days, due)] += (1 - late) * weight / sum(lags.values())
            left = sum(part * max(self.scenario.horizon + 1 - out, 0) for out, part in told.items())
            found += share * left
        return found


# --- Weights and shares ---------------------------------------------------------------------------


def _weights(table: Table) -> Iterator[tuple[Any, int]]:
    """Each outcome with its weight."""
    yield from zip(table.outcomes, table.weights, strict=True)


def _chance(table: Table, outcome: str) -> float:
    """How likely an outcome is."""
    weights: dict[Any, int] = dict(_weights(table))
    return weights.get(outcome, 0) / table.total


def _each(parts: Sequence[Part], total: int) -> Iterator[tuple[int, float]]:
    """Each whole number of some parts, with its share."""
    for first, last, weight in parts:
        share = weight / total / (last - first + 1)
        for number in range(first, last + 1):
            yield number, share


def _draws(table: Table | None) -> list[tuple[int, float]]:
    """For each outcome of a table a number that gives it, and its share."""
    if table is None:
        return [(0, 1.0)]
    starts = [0, *table.bounds]
    return [(starts[at], weight / table.total) for at, weight in enumerate(table.weights)]


def _given(number: int, slot: int, word: int) -> int:
    """The same number for whatever is drawn."""
    return number


def _shares(chain: _Chain, question: Question) -> Mapping[float, float] | float:
    """How likely each value of a figure is, or its mean alone."""
    scenario = chain.scenario
    a_year = YEAR / max(scenario.horizon - scenario.first + 1, 1)
    if isinstance(question, Within):
        return chain.passed(question.first.toordinal(), question.last.toordinal())
    if isinstance(question, TimeToNext):
        found = {float(day - scenario.first + 1): share for day, share in chain.first.items()}
        return _whole(found)
    if isinstance(question, TimeJudgedInadequate):
        return float(chain.days_held(question) * a_year)
    upto: dict[int, float] = defaultdict(float)
    for turn, _, share in chain.turns():
        upto[turn] += share
    reached = [1.0, *(upto[turn] for turn in sorted(upto)), 0.0]
    found = {
        number * a_year: reached[number] - reached[number + 1] for number in range(len(reached) - 1)
    }
    return {value: share for value, share in found.items() if share > _ROUNDING}


def _whole(shares: Mapping[float, float]) -> Mapping[float, float]:
    """Shares with what is missing put beyond the horizon."""
    left = 1.0 - sum(shares.values())
    return {**shares, inf: left} if left > _ROUNDING else shares


def _measure(
    shares: Mapping[float, float] | float,
    what: str,
    of: str,
    readings: tuple[tuple[str, str], ...],
    is_share: bool,
) -> Measure:
    """A figure that is known exactly."""
    mean: float | None
    quantiles: Iterable[Quantile] = ()
    if isinstance(shares, float):
        mean = min(shares, 1.0) if is_share else shares
    else:
        beyond = inf in shares
        mean = None if beyond else sum(value * share for value, share in shares.items())
        quantiles = [_quantile(shares, share) for share in SHARES]
    return Measure(
        what=what, of=of, readings=readings, replications=0, mean=mean,
        error=None if mean is None else 0.0, quantiles=tuple(quantiles),
    )  # fmt: skip


def _quantile(shares: Mapping[float, float], wanted: float) -> Quantile:
    """The least value that so large a share does not exceed."""
    upto, value = 0.0, inf
    for value in sorted(shares):
        upto += shares[value]
        if upto >= wanted - _ROUNDING:
            break
    told = None if value == inf else value
    return Quantile(wanted, told, told, told)
