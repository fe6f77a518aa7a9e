"""Questions to an outlook, and their answers: figures with errors, and what they rest on.

Every figure is given for each reading that has a say in it, and none over several readings. What
the sources leave open is for the user to choose, and not to be averaged.
"""

from __future__ import annotations

import pickle
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from datetime import date
from functools import partial
from math import inf, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from ..dates import in_words
from ..errors import (
    Fault,
    OfstedFrameworkError,
    is_day,
    is_one_of,
    nearest,
    number_of,
    of_class,
    texts,
)
from ..events import EVENTS
from ..grades import Grade, to_grade
from ..population import Team, checked_teams
from ..sources import Basis, Ground, weakest
from .behaviour import Assumption
from .plain import Replication
from .results import Measure, Readings, activities, counted, days_in, grading, grouped, influences
from .running import Question as Asked
from .running import Said, all_there, no_executor, replications, tasks
from .scenario import Made, Scenario

if TYPE_CHECKING:
    from .outlook import Outlook, Provenance

YEAR = 365.2425
ON_SITE = (
    "inspection", "focused-visit", "joint-targeted-area-inspection", "monitoring-visit",
)  # fmt: skip
"""The kinds of event in which inspectors look at practice."""
CONTACTS = (*ON_SITE, "engagement-meeting")
"""The kinds of event in which inspectors and a provider meet."""
Value = float | None
"""A figure of one replication; None: it has none; infinite: it lies beyond the horizon."""


class Figure(NamedTuple):
    """One of the figures that a question asks for."""

    what: str
    """Its name."""
    of: str
    """What it is about."""
    says: str
    """What it is, in a few words."""
    is_share: bool = False
    """Whether it says of each replication only whether something is so: 1 or 0."""


def _kinds(value: Iterable[str] | str | None) -> tuple[str, ...] | None:
    if value is None or isinstance(value, str):
        return None if value is None else (value,)
    return tuple(dict.fromkeys(texts(value)))  # each counts once


@attrs.frozen(kw_only=True)
class Question(ABC):
    """Something that an outlook can be asked."""

    @abstractmethod
    def figures(self, scenario: Scenario) -> tuple[Figure, ...]:
        """The figures that it asks for."""

    @abstractmethod
    def values(self, made: Replication) -> tuple[Value, ...]:
        """The figures of one replication, in their order."""

    @abstractmethod
    def kinds(self, scenario: Scenario) -> tuple[str, ...]:
        """The kinds of event that it looks at."""

    def faults(self, scenario: Scenario) -> Iterator[Fault]:
        """Why it cannot be answered."""
        made = activities(scenario)
        for kind in self.kinds(scenario):
            if not is_one_of(kind, made):
                message = f"is no kind of event that is simulated here ({', '.join(made)})"
                yield Fault("of", kind, message, nearest(kind, made))

    def influences(self, scenario: Scenario) -> set[str]:
        """The provisions whose readings have a say in it."""
        return {id for kind in self.kinds(scenario) for id in influences(scenario, kind)}

    def assumes(self, scenario: Scenario) -> Iterator[str]:
        """What it takes to be so, beyond what the outlook assumes."""
        yield from ()


def _a_year(total: float, scenario: Scenario) -> float:
    return total * YEAR / (scenario.horizon - scenario.first + 1)


def _no_years(scenario: Scenario) -> Iterator[Fault]:
    if scenario.horizon < scenario.first:
        yield Fault("years", 0, "is too few: a figure for a year needs simulated days")


def _of(made: Replication, kinds: Iterable[str]) -> list[Made]:
    """The events of some kinds up to the horizon, in order."""
    horizon = made.scenario.horizon
    found = [one for kind in kinds for one in made.made.get(kind, ()) if one.start <= horizon]
    return sorted(found, key=lambda one: one.start)


def _label(kinds: Iterable[str]) -> str:
    return ", ".join(EVENTS[kind].label if kind in EVENTS else kind for kind in kinds)


@attrs.frozen(kw_only=True)
class Within(Question):
    """How likely it is that one of a kind begins in a window."""

    first: date
    """The first day of the window."""
    last: date
    """The last day of the window."""
    of: str = "inspection"
    """The kind of event."""

    def figures(self, scenario: Scenario) -> tuple[Figure, ...]:
        """The share of the replications in which one begins in the window."""
        days = f"{in_words(self.first)} to {in_words(self.last)}"
        return (Figure("within", self.of, f"{_label([self.of])} that begins from {days}", True),)

    def kinds(self, scenario: Scenario) -> tuple[str, ...]:
        """The kind that is asked about."""
        return (self.of,)

    def faults(self, scenario: Scenario) -> Iterator[Fault]:
        """A window that is none, or is not simulated."""
        yield from super().faults(scenario)
        wrong = [Fault(name, day, "is not a day") for name, day in self._days() if not is_day(day)]
        yield from wrong
        if wrong:
            return
        if self.last < self.first:
            yield Fault("last", self.last.isoformat(), f"is before {self.first.isoformat()}")
        for name, day in self._days():
            if not scenario.first <= day.toordinal() <= scenario.horizon:
                ends = (date.fromordinal(one) for one in (scenario.first, scenario.horizon))
                message = f"is not simulated: {' to '.join(map(in_words, ends))} are"
                yield Fault(name, day.isoformat(), message)

    def _days(self) -> tuple[tuple[str, date], ...]:
        return ("first", self.first), ("last", self.last)

    def values(self, made: Replication) -> tuple[Value, ...]:
        """Whether one begins in the window."""
        first, last = self.first.toordinal(), self.last.toordinal()
        return (float(any(first <= one.start <= last for one in made.made.get(self.of, ()))),)


@attrs.frozen(kw_only=True)
class TimeToNext(Question):
    """How long it is to the next of a kind."""

    of: str = "inspection"
    """The kind of event."""

    def figures(self, scenario: Scenario) -> tuple[Figure, ...]:
        """Days from the day of asking."""
        words = f"days to the next {_label([self.of])}"
        return (Figure("days-to-next", self.of, words),)

    def kinds(self, scenario: Scenario) -> tuple[str, ...]:
        """The kind that is asked about."""
        return (self.of,)

    def values(self, made: Replication) -> tuple[Value, ...]:
        """Days from the day of asking to the next; beyond the horizon: infinite."""
        scenario = made.scenario
        day = min((one.start for one in made.made.get(self.of, ())), default=scenario.horizon + 1)
        return (inf if day > scenario.horizon else float(day - scenario.first + 1),)


@attrs.frozen(kw_only=True)
class TimeJudgedInadequate(Question):
    """How much of a year a provider stands judged inadequate."""

    status: str | None = None
    """The id of a status of the framework that says what the words mean; None: that any area that
    is looked at has this grade in the last report that is out."""
    areas: tuple[str, ...] | None = attrs.field(default=None, converter=_kinds)
    """The areas that are looked at, where no status is given; None: all."""
    grade: Grade = attrs.field(default=Grade.INADEQUATE, converter=to_grade)
    """The grade, where no status is given."""

    def figures(self, scenario: Scenario) -> tuple[Figure, ...]:
        """Days a year."""
        of = self.status or (", ".join(self.areas) if self.areas else f"{self.grade} in any area")
        words = f"days a year on which {of} holds" if self.status else f"days a year: {of}"
        words += f" {self.grade}" if self.areas and not self.status else ""
        return (Figure("days-a-year", of, words),)

    def kinds(self, scenario: Scenario) -> tuple[str, ...]:
        """Inspections."""
        return ("inspection",)

    def faults(self, scenario: Scenario) -> Iterator[Fault]:
        """A status or an area that there is not."""
        yield from super().faults(scenario)
        yield from _no_years(scenario)
        if self.status is not None and self.status not in scenario.statuses:
            some = list(scenario.statuses)
            message = f"is no status of {scenario.view.framework.id} ({', '.join(some) or 'none'})"
            yield Fault("status", self.status, message, nearest(self.status, some))
        for area in self.areas or ():
            yield from _no_area(area, scenario.scales_of, "areas", "is no graded area")

    def influences(self, scenario: Scenario) -> set[str]:
        """What has a say in inspections and grades, and the status."""
        own = {self.status} if self.status is not None else set()
        return {*own, *sways_grades(scenario)}

    def values(self, made: Replication) -> tuple[Value, ...]:
        """Days a year, by the last inspection that is out."""
        if self.status is not None:
            status = self.status
            days = days_in(made, lambda one: made.holds(status, one))
        else:
            days = days_in(made, self.holds)
        return (_a_year(days, made.scenario),)

    def holds(self, one: Made) -> bool:
        """Whether an inspection gave the grade in an area that is looked at."""
        grades = one.grades or {}
        return any(
            grade == self.grade
            for area, grade in grades.items()
            if self.areas is None or area in self.areas
        )


@attrs.frozen(kw_only=True)
class OfContacts(Question):
    """What is asked of the events in which inspectors and a provider meet."""

    of: tuple[str, ...] | None = attrs.field(default=None, converter=_kinds)
    """The kinds of event that count; None: those of `CONTACTS` that are simulated."""

    def kinds(self, scenario: Scenario) -> tuple[str, ...]:
        """The kinds that count."""
        made = activities(scenario)
        return self.of or tuple(kind for kind in CONTACTS if kind in made)

    def faults(self, scenario: Scenario) -> Iterator[Fault]:
        """Kinds that are none; of a kind that is not simulated here there are simply none."""
        if self.of == ():
            yield Fault("of", None, "are no kinds of event: None stands for those of CONTACTS")
        for kind in self.of or ():
            if kind not in EVENTS:
                yield Fault("of", kind, "is no kind of event", nearest(str(kind), EVENTS))
        yield from _no_years(scenario)

    def assumes(self, scenario: Scenario) -> Iterator[str]:
        """What counts as a contact."""
        kinds = self.kinds(scenario)
        yield f"What counts as a contact: {_label(kinds)}."
        made = activities(scenario)
        missing = [kind for kind in kinds if kind not in made]
        if missing:
            yield f"{scenario.view.framework.id} asks for no {_label(missing)}: there are none."


@attrs.frozen(kw_only=True)
class Contacts(OfContacts):
    """How many contacts a provider has in a year."""

    def figures(self, scenario: Scenario) -> tuple[Figure, ...]:
        """Contacts a year."""
        words = _label(self.kinds(scenario))
        return (Figure("contacts", words, f"contacts a year ({words})"),)

    def values(self, made: Replication) -> tuple[Value, ...]:
        """Contacts a year."""
        return (_a_year(len(_of(made, self.kinds(made.scenario))), made.scenario),)


@attrs.frozen(kw_only=True)
class LongestGap(OfContacts):
    """How long the longest time without a contact is."""

    def figures(self, scenario: Scenario) -> tuple[Figure, ...]:
        """Days."""
        words = _label(self.kinds(scenario))
        says = f"days of the longest time without a contact ({words})"
        return (Figure("longest-gap", words, says),)

    def assumes(self, scenario: Scenario) -> Iterator[str]:
        """Where gaps begin and end."""
        yield from super().assumes(scenario)
        yield (
            "A gap goes from the last day of a contact to the first of the next; the first begins "
            "on the day of asking, whatever was before, and the last is cut off at the horizon."
        )

    def values(self, made: Replication) -> tuple[Value, ...]:
        """Days from the last day of one to the first day of the next, at most."""
        scenario = made.scenario
        longest, since = 0, scenario.first - 1
        for one in _of(made, self.kinds(scenario)):
            longest, since = max(longest, one.start - since), max(since, one.end)
        return (float(max(longest, scenario.horizon - since)),)


def _frozen(value: Mapping[str, Team]) -> dict[str, Team]:
    return dict(checked_teams(value))


@attrs.frozen(kw_only=True)
class InspectorDays(Question):
    """How many inspector days a provider takes in a year, with teams that the user gives."""

    teams: dict[str, Team] = attrs.field(converter=_frozen, hash=False)
    """Inspectors, by activity (`focused-visit`) or activity and kind (`inspection/short`); with
    the working days on site, where they are not to be those that are simulated: `(3, 2)`."""

    def figures(self, scenario: Scenario) -> tuple[Figure, ...]:
        """Inspector days a year."""
        told = ", ".join(self.teams)
        return (Figure("inspector-days", told, f"inspector days a year ({told})"),)

    def kinds(self, scenario: Scenario) -> tuple[str, ...]:
        """The activities of the teams."""
        return tuple(dict.fromkeys(name.partition("/")[0] for name in self.teams))

    def faults(self, scenario: Scenario) -> Iterator[Fault]:
        """No years, or activities that are not simulated."""
        yield from super().faults(scenario)
        yield from _no_years(scenario)

    def influences(self, scenario: Scenario) -> set[str]:
        """What has a say in when they take place, of which kind they are and how long they last."""
        found = super().influences(scenario)
        found |= {duty.id for duty in scenario.routes} | {duty.id for duty in scenario.lengths}
        routed = {duty.one.while_ for duty in scenario.routes if duty.one.while_ is not None}
        if routed or scenario.lattices:
            found |= {*routed, *sways_grades(scenario)}
        return found

    def assumes(self, scenario: Scenario) -> Iterator[str]:
        """The teams."""
        told = [
            f"{name} {team}" if isinstance(team, int) else f"{name} {team[0]} for {team[1]} days"
            for name, team in self.teams.items()
        ]
        yield f"Inspectors, as the user gives them: {', '.join(told)}."
        yield "Where no days are given, they are on site on every working day of the fieldwork."
        others = [
            k for k in activities(scenario) if k in CONTACTS and k not in self.kinds(scenario)
        ]
        if others:
            yield f"No team is given for: {_label(others)}. They take no inspector days here."

    def values(self, made: Replication) -> tuple[Value, ...]:
        """Inspector days a year."""
        scenario, total = made.scenario, 0
        for one in _of(made, self.kinds(scenario)):
            team = self.teams.get(f"{one.type}/{one.kind}", self.teams.get(one.type))
            if team is None:
                continue
            if isinstance(team, tuple):
                total += team[0] * team[1]
            else:
                total += team * scenario.calendar.count_ordinals(one.start - 1, one.end)
        return (_a_year(total, scenario),)


def _noticing(value: Mapping[str, Mapping[str, int] | Assumption]) -> dict[str, Assumption]:
    found, faults = {}, []
    for kind, weights in value.items():
        if isinstance(weights, Assumption):
            found[kind] = weights
            continue
        try:
            found[kind] = Assumption(
                what="notices", given=None if kind == "*" else kind, weights=dict(weights),
                basis=Basis.ASSUMED, says="Asked so.",
            )  # fmt: skip
        except OfstedFrameworkError as error:
            faults += [
                attrs.evolve(one, place=f"noticing/{kind}{one.place}") for one in error.faults
            ]
    if faults:
        raise OfstedFrameworkError(faults)
    return found


class Fall(NamedTuple):
    """A stretch in which the true quality of an area is below a grade."""

    first: int
    """The day of the step by which it fell."""
    noticed: int | None
    """The first day of the first activity that noticed it; None: none did."""
    last: int
    """The day before it had recovered, or the horizon."""


@attrs.frozen(kw_only=True)
class _OfQuality(Question):
    """What is asked of falls in true quality."""

    area: str
    """The area."""
    below: Grade = attrs.field(default=Grade.GOOD, converter=to_grade)
    """The grade below which it falls."""
    by: tuple[str, ...] | None = attrs.field(default=None, converter=_kinds)
    """The kinds of event that may notice it; None: those of `ON_SITE` that are simulated."""
    noticing: dict[str, Assumption] = attrs.field(factory=dict, converter=_noticing, hash=False)
    """By kind of event (`*`: every other) the weights of `yes` and `no`, instead of those that the
    behaviour gives to `notices`: `{"focused-visit": {"yes": 3, "no": 7}}`."""

    def kinds(self, scenario: Scenario) -> tuple[str, ...]:
        """The kinds that may notice it."""
        made = activities(scenario)
        return self.by or tuple(kind for kind in ON_SITE if kind in made)

    def faults(self, scenario: Scenario) -> Iterator[Fault]:
        """An area that has no true quality, or a grade that there is not."""
        for kind in self.by or ():
            if kind not in EVENTS:
                yield Fault("by", kind, "is no kind of event", nearest(str(kind), EVENTS))
        yield from _no_years(scenario)
        message = (
            "has no true quality here: no behaviour gives it levels; "
            'read_behaviour("true-quality") has some'
        )
        wrong = list(_no_area(self.area, scenario.lattices, "area", message))
        yield from wrong
        if not wrong and self._floor(scenario) is None:
            scale = scenario.scales_of[self.area][0]
            yield Fault(
                "below", str(self.below), f"is no grade of {scale} that can be fallen below"
            )

    def influences(self, scenario: Scenario) -> set[str]:
        """What has a say in what may notice it, in grades, and in visits that change the drift."""
        return {*super().influences(scenario), *sways_grades(scenario)}

    def assumes(self, scenario: Scenario) -> Iterator[str]:
        """What may notice it."""
        kinds = self.kinds(scenario)
        yield f"What may notice a fall in the true quality of {self.area}: {_label(kinds)}."
        yield (
            f"It is noticed if the activity would notice a fall in the area and sees it below "
            f"{self.below}, while it is. What is below {self.below} at the start has not fallen."
        )
        for one in self.noticing.values():
            yield f"{one.in_words()}, whatever the behaviour says."

    def _floor(self, scenario: Scenario) -> int | None:
        """The lowest level that is not below the grade; None: no level is, or all are."""
        scale = scenario.scales_of[self.area][0]
        good = scenario.view.framework.scale(scale).grades
        if self.below not in good:
            return None
        place = good.index(self.below)
        grades = scenario.lattices[self.area].grades(scale)
        floor = sum(good.index(grade) > place for grade in grades) + 1
        return floor if 1 < floor <= len(grades) else None

    def falls(self, made: Replication) -> Iterator[Fall]:
        """The falls of a replication, in order."""
        scenario = made.scenario
        floor, path = self._floor(scenario), made.path(self.area)
        assert floor is not None  # refused before
        events: list[Made] | None = None
        instead = {kind: one.table for kind, one in self.noticing.items()} or None
        step = 1
        while step < len(path):
            if path[step] >= floor or path[step - 1] < floor:
                step += 1
                continue
            first = scenario.steps[step - 1]
            while step < len(path) and path[step] < floor:
                step += 1
            last = scenario.steps[step - 1] - 1 if step < len(path) else scenario.horizon
            if events is None:
                events = _of(made, self.kinds(scenario))
            at = bisect_right(events, first - 1, key=lambda one: one.start)
            noticed = None
            for one in events[at:]:
                if one.start > last or made.notices(one, self.area, floor, instead):
                    noticed = one.start if one.start <= last else None
                    break
            yield Fall(first, noticed, last)


@attrs.frozen(kw_only=True)
class DetectionDelay(_OfQuality):
    """How long it takes until the first fall in the true quality of an area is noticed."""

    def figures(self, scenario: Scenario) -> tuple[Figure, ...]:
        """Whether it falls, whether that is noticed, and after how many days."""
        return (
            Figure(
                "falls", self.area, f"share in which true quality falls below {self.below}", True
            ),
            Figure(
                "noticed", self.area, "share in which the first fall is noticed, of those", True
            ),
            Figure("detection-delay", self.area, "days from the first fall to its being noticed"),
        )

    def assumes(self, scenario: Scenario) -> Iterator[str]:
        """What a fall that nobody notices is."""
        yield from super().assumes(scenario)
        yield (
            "A fall that recovers unnoticed, or is not noticed by the horizon, has a delay beyond "
            "every number of days."
        )

    def values(self, made: Replication) -> tuple[Value, ...]:
        """Of the first fall."""
        for fall in self.falls(made):
            if fall.noticed is None:
                return 1.0, 0.0, inf
            return 1.0, 1.0, float(fall.noticed - fall.first)
        return 0.0, None, None


@attrs.frozen(kw_only=True)
class Unnoticed(_OfQuality):
    """How much of a year the true quality of an area is below a grade without anybody's notice."""

    def figures(self, scenario: Scenario) -> tuple[Figure, ...]:
        """Days a year."""
        words = f"days a year on which true quality is below {self.below}, unnoticed since it fell"
        return (Figure("unnoticed", self.area, words),)

    def values(self, made: Replication) -> tuple[Value, ...]:
        """From each fall to when it is noticed, has recovered, or the horizon comes."""
        days = 0
        for fall in self.falls(made):
            days += (fall.last + 1 if fall.noticed is None else fall.noticed) - fall.first
        return (_a_year(days, made.scenario),)


def _no_area(area: object, good: Collection[str], place: str, message: str) -> Iterator[Fault]:
    if area not in good:
        told = f"{message} ({', '.join(good)})" if good else message
        yield Fault(place, area, told, nearest(str(area), good))


def sways_grades(scenario: Scenario) -> set[str]:
    """The provisions whose readings have a say in grades."""
    own = {duty.id for duty in scenario.graded} | {duty.id for duty in scenario.limits}
    return {*own, *grading(scenario)}


# --- Replies --------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, repr=False)
class Reply:
    """What an outlook says to a question: figures by reading, and what they rest on."""

    question: Question
    """The question."""
    figures: tuple[Figure, ...]
    """The figures that it asks for."""
    measures: tuple[Measure, ...]
    """The figures, one for each and each case that the framework leaves open for it."""
    assumptions: tuple[Ground, ...]
    """All that they rest on, each with its basis and facts."""
    provenance: Provenance
    """What they were computed from."""

    def __repr__(self) -> str:
        """In one line."""
        return (
            f"<Reply to {type(self.question).__name__}: {number_of(len(self.measures), 'figure')}, "
            f"{number_of(len(self.assumptions), 'assumption')}, weakest basis {self.basis}>"
        )

    def _repr_html_(self) -> str:
        from ..telling.replies import reply_html

        return reply_html(self)

    @property
    def basis(self) -> Basis:
        """The weakest basis of what it rests on."""
        return weakest(one.basis for one in self.assumptions) or Basis.ASSUMED

    def select(self, what: str) -> tuple[Measure, ...]:
        """The measures of a figure, one for each case."""
        return tuple(one for one in self.measures if one.what == what)

    def to_columns(self) -> dict[str, list[object]]:
        """The figures as columns of one length: one row for each measure."""
        from .results import Summary

        return Summary(self.measures).to_columns()

    def explain(self) -> str:
        """The answer in plain English, with what it assumes."""
        from ..telling.replies import reply_text

        return reply_text(self)

    def to_markdown(self) -> str:
        """The answer as Markdown."""
        from ..telling.replies import reply_markdown

        return reply_markdown(self)


def check_questions(
    questions: Sequence[object], scenario: Scenario, executor: object = None
) -> None:
    """Refuse what is no question, or cannot be answered, and what is no executor.

    Raises:
        OfstedFrameworkError: Lists every fault.
    """
    faults = list(no_executor(executor))
    for one in questions:
        if isinstance(one, Question):
            faults += one.faults(scenario)
        else:
            faults.append(Fault("question", one, "is no question"))
    if faults:
        # Told once each; the values may have no hash.
        raise OfstedFrameworkError({str(one): one for one in faults}.values())


Values = list[list[tuple[Value, ...]]]
"""For each question, the figures of every replication."""


def values_of(
    scenario: Scenario,
    count: int,
    questions: Sequence[Question],
    executor: Executor | None = None,
) -> Values:
    """The figures of every replication, for each question.

    Args:
        scenario: The question to the simulator; it takes in which assumptions had a say.
        count: How many replications.
        questions: What is asked of each.
        executor: Where to make them; None: here.
    """
    if executor is None:
        return _values(scenario, range(count), questions)
    found: Values = [[] for _ in questions]
    sent = pickle.dumps((Asked.of(scenario), tuple(questions)))
    for part, said in executor.map(partial(values_in, sent), tasks(count)):
        for values, more in zip(found, part, strict=True):
            values += more
        said.tell(scenario)
    if questions:
        all_there(len(found[0]), count)
    return found


def values_in(sent: bytes, some: range) -> tuple[Values, Said]:
    """The figures of some replications, made here: the work of one task.

    Args:
        sent: The question to the simulator and those to its replications, pickled.
        some: The numbers of the replications.
    """
    asked, questions = pickle.loads(sent)
    scenario = asked.scenario()
    return _values(scenario, some, questions), Said.by(scenario)


def _values(scenario: Scenario, some: range, questions: Sequence[Question]) -> Values:
    kinds = {kind for one in questions for kind in one.kinds(scenario)}
    found: Values = [[] for _ in questions]
    for made in replications(scenario, some, kinds):
        for values, one in zip(found, questions, strict=True):
            values.append(one.values(made))
    return found


def replies(
    outlook: Outlook, questions: Sequence[Question], *, executor: Executor | None = None
) -> tuple[Reply, ...]:
    """The answers of an outlook to several questions, of which each replication is made once.

    Args:
        outlook: The outlook.
        questions: What is asked.
        executor: Where to make the replications, for instance a `ProcessPoolExecutor`; None: here.
            The answers do not depend on it, nor on how many workers it has.

    Raises:
        OfstedFrameworkError: Lists what cannot be answered.
    """
    from .outlook import Outlook

    of_class(outlook=(outlook, Outlook))
    some: object = questions
    if isinstance(some, str | bytes) or not isinstance(some, Iterable):
        raise OfstedFrameworkError.of("is no list of questions", some, "questions")
    questions = list(questions)
    scenario = outlook.afresh()
    check_questions(questions, scenario, executor)
    found = values_of(scenario, outlook.replications, questions, executor)
    grounds = outlook.assumptions_of(scenario)
    made = []
    for one, values in zip(questions, found, strict=True):
        figures = one.figures(scenario)
        groups, group_of = grouped(scenario, one.influences(scenario))
        some = [list[tuple[Value, ...]]() for _ in groups]
        for number, each in enumerate(values):
            some[group_of[number % scenario.cases]].append(each)
        measures = [
            measured(figure, readings, [each[place] for each in mine])
            for place, figure in enumerate(figures)
            for readings, mine in zip(groups, some, strict=True)
            if mine
        ]
        own = (
            Ground(part="the question", basis=Basis.ASSUMED, says=says)
            for says in one.assumes(scenario)
        )
        made.append(
            Reply(
                question=one,
                figures=figures,
                measures=tuple(one for one in measures if one is not None),
                assumptions=(*own, *grounds),
                provenance=outlook.provenance,
            )
        )
    return tuple(made)


def measured(figure: Figure, readings: Readings, values: Iterable[Value]) -> Measure | None:
    """One figure of one case; None where no replication has it."""
    counts: Counter[float] = Counter(value for value in values if value is not None)
    number = counts.total()
    if not number:
        return None
    if not figure.is_share:
        ordered = sorted(counts)
        times = [counts[value] for value in ordered]
        return counted(figure.what, figure.of, readings, ordered, times)
    share = counts[1.0] / number
    return Measure(
        what=figure.what,
        of=figure.of,
        readings=readings,
        replications=number,
        mean=share,
        error=sqrt(share * (1 - share) / number) if number > 1 else None,
    )


def told_of(question: Question) -> dict[str, Any]:
    """What a question asks, as plain values."""
    found: dict[str, Any] = {"question": type(question).__name__}
    for field in attrs.fields(type(question)):
        value = getattr(question, field.name)
        found[field.name] = value.isoformat() if isinstance(value, date) else value
    return found
