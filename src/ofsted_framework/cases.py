"""What a record and the sources leave open: the cases, and the answers folded over them.

An answer is definite only if it is the same in every case. Rough dates, incomplete coverage,
readings and unknown values all go through here.
"""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeVar, cast

from .dates import ENGLAND, Answer, When, WorkingDays, in_words
from .editions import Framework
from .events import EVENTS, Event, Scope
from .grades import Grade, GradeScale, tally
from .history import UNPUBLISHED, History
from .provisions import Count, Graded, Limit, Row, Rows, Suspension
from .provisions import Status as StatusRow
from .windows import NEVER, Stretch

FIRST = date(1900, 1, 1).toordinal()
"""The first day that a record can speak of, where it does not say when at the earliest."""
_R = TypeVar("_R", bound=Row)
_T = TypeVar("_T")


class Status(enum.StrEnum):
    """What a check says of one provision and one subject."""

    SATISFIED = "satisfied"
    """Kept, in every case that is left open."""
    VIOLATED = "violated"
    """Departed from, in every case that is left open."""
    NOT_APPLICABLE = "not-applicable"
    """Nothing was owed, or nothing that the provision speaks of took place."""
    PENDING = "pending"
    """Not due yet, or due and still in time."""
    UNDETERMINED = "undetermined"
    """The cases that are left open do not agree; the answer names what settles it."""


class State(enum.StrEnum):
    """How an obligation, or a condition, may stand on the day of asking."""

    MET = "met"
    """Done in its window, and often enough."""
    MET_EARLY = "met early"
    """Done before the window opened, where that is no departure."""
    KEPT = "kept"
    """A condition that holds."""
    MET_LATE = "met late"
    """Done, after the window had closed."""
    TOO_EARLY = "too early"
    """Done before the window opened, where that is a departure."""
    OVERDUE = "overdue"
    """Not done, the window is over, and it is still owed."""
    MISSED = "missed"
    """Not done, or not often enough, in a period that is over."""
    EXCESS = "excess"
    """More were done than may be."""
    BROKEN = "broken"
    """A condition that does not hold."""
    NOT_YET_OPEN = "not yet open"
    """The window has not opened."""
    OPEN = "open"
    """The window is open, and it is not done."""
    BOOKED = "booked"
    """It is on record with a day to come."""
    SUSPENDED = "suspended"
    """The day of asking lies in a suspension."""
    LAPSED = "lapsed"
    """No longer owed, since its framework has ended."""
    NOT_OWED = "not owed"
    """Nothing was owed, or the condition does not speak of it."""


_GROUPS = {
    Status.SATISFIED: (State.MET, State.MET_EARLY, State.KEPT),
    Status.VIOLATED: (
        State.MET_LATE,
        State.TOO_EARLY,
        State.OVERDUE,
        State.MISSED,
        State.EXCESS,
        State.BROKEN,
    ),
    Status.PENDING: (State.NOT_YET_OPEN, State.OPEN, State.BOOKED, State.SUSPENDED),
    Status.NOT_APPLICABLE: (State.LAPSED, State.NOT_OWED),
}
GROUP = {state: status for status, states in _GROUPS.items() for state in states}
"""The one table from states to verdicts; a mixture is undetermined."""


class Because(enum.StrEnum):
    """Why an answer is not definite."""

    ROUGH_DATE = "RoughDate"
    """A day on record is known only in part."""
    NOT_COVERED = "NotCovered"
    """The record does not claim to be complete where that matters."""
    READINGS_DIFFER = "ReadingsDiffer"
    """A sentence can be read in more than one way, and none was chosen."""
    NOT_KNOWN = "NotKnown"
    """No source gives a value."""
    ILL_FORMED = "IllFormed"
    """The grades of an event are such that nothing follows from them."""
    FRAMEWORK_OPEN = "FrameworkOpen"
    """More than one framework may have governed an event."""


class Reason(NamedTuple):
    """One thing that leaves an answer open."""

    because: Because
    """What sort of thing it is."""
    missing: str
    """What would settle it, in words."""
    stretch: Stretch | None = None
    """The days for which it is missing, where it is a complete record over a stretch."""


class Cases:
    """The states that are left open, each with what makes it possible."""

    __slots__ = ("single", "states")

    def __init__(self) -> None:
        self.states: dict[State, dict[Reason, None]] = {}
        self.single: State | None = None

    @staticmethod
    def only(state: State) -> Cases:
        """The cases in which one state is left, for no reason: shared, and not to be added to."""
        return _ONLY[state]

    def add(self, state: State, *reasons: Reason) -> Cases:
        """Let a state be possible."""
        why = self.states.get(state)
        if why is None:
            self.states[state] = dict.fromkeys(reasons)
        elif reasons:
            why.update(dict.fromkeys(reasons))
        return self

    def plus(self, state: State, *reasons: Reason) -> Cases:
        """The same cases, and one more."""
        return Cases().update(self).add(state, *reasons)

    def update(self, other: Cases) -> Cases:
        """Let every state of some other cases be possible."""
        for state, why in other.states.items():
            self.add(state, *why)
        return self

    def settled(self) -> Cases:
        """The same cases, shared where one state is left for no reason."""
        if len(self.states) == 1:
            for state, why in self.states.items():
                if not why:
                    return _ONLY[state]
        return self

    @property
    def groups(self) -> frozenset[Status]:
        """The verdicts that the states fall under."""
        return frozenset([GROUP[state] for state in self.states])

    @property
    def status(self) -> Status:
        """The verdict if it is the same in every case, else UNDETERMINED."""
        found = None
        for state in self.states:
            group = GROUP[state]
            if found is not None and group is not found:
                return Status.UNDETERMINED
            found = group
        return Status.UNDETERMINED if found is None else found

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What leaves the answer open; nothing where it is definite."""
        if len(self.states) == 1 or len(self.groups) == 1:
            return ()
        return tuple(dict.fromkeys(reason for why in self.states.values() for reason in why))


def _only(state: State) -> Cases:
    cases = Cases().add(state)
    cases.single = state
    return cases


_ONLY = {state: _only(state) for state in State}


def missing(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """What would settle an answer, in words; stretches of one kind are told as one."""
    stretches: dict[str, list[Stretch]] = {}
    for reason in reasons:
        stretches.setdefault(reason.missing, []).extend([reason.stretch] if reason.stretch else [])
    found = []
    for what, some in stretches.items():
        if some:
            lo, hi = max(FIRST, min(lo for lo, _ in some)), max(FIRST, *(hi for _, hi in some))
            first, last = in_words(date.fromordinal(lo)), in_words(date.fromordinal(hi))
            since = "up to" if lo == FIRST else f"on {first}" if lo == hi else f"from {first} to"
            what += f" {since}" if lo == hi and lo > FIRST else f" {since} {last}"
        found.append(what)
    return tuple(found)


def fold(parts: Sequence[Cases], *reasons: Reason) -> Cases:
    """The cases of an answer over alternatives of which one holds, no matter which.

    Args:
        parts: The cases of each alternative.
        reasons: What leaves open which holds; said only where that makes a difference.
    """
    if len(parts) == 1:
        return parts[0]
    singles = tuple([cases.single for cases in parts])
    return _folded(parts, reasons) if None in singles else _fold_settled(singles, reasons)


@lru_cache(maxsize=4096)
def _fold_settled(states: tuple[State, ...], reasons: tuple[Reason, ...]) -> Cases:
    """The same of cases in each of which one state is left; shared."""
    return _folded([_ONLY[state] for state in states], reasons).settled()


def _folded(parts: Sequence[Cases], reasons: Sequence[Reason]) -> Cases:
    folded = Cases()
    for cases in parts:
        folded.update(cases)
    if len({cases.groups for cases in parts}) > 1:
        for state in folded.states:
            folded.add(state, *reasons)
    return folded


def which_reading(id: str, readings: Iterable[str | None]) -> Reason:
    """The reason that a sentence can be read in more than one way."""
    return _which_reading(id, tuple(readings))


@lru_cache(maxsize=1024)
def _which_reading(id: str, readings: tuple[str | None, ...]) -> Reason:
    names = " or ".join(reading for reading in readings if reading is not None)
    return Reason(Because.READINGS_DIFFER, f"which reading of {id} holds: {names}")


class Act(NamedTuple):
    """An event as a stretch of possible first days."""

    lo: int
    """First possible day."""
    hi: int
    """Last possible day."""
    event: Event
    """The event."""
    sure: bool
    """Whether it surely belongs to the framework in question."""


Before = tuple[Event | Literal["none", "unseen"], list[Reason]]


class View:
    """One history under one framework on one day: what is there, and what is left open."""

    def __init__(
        self,
        history: History,
        framework: Framework,
        as_of: date,
        calendar: WorkingDays = ENGLAND,
        scope: Scope | None = None,
    ) -> None:
        self.history = history
        self.scope = scope
        """The one region or service area that is looked at; None: all that is on record."""
        self.given = framework
        """The framework with what was made known only later, too."""
        self.framework = framework.known_on(as_of)
        self.as_of = as_of
        self.now = as_of.toordinal()
        self.calendar = calendar
        self.start = framework.start
        end = framework.end
        self.end_lo, self.end_hi = (NEVER, NEVER) if end is None else (end.lo, end.hi)
        self.made: dict[str, list[Any]] = {}  # what is owed, once it was looked for
        self._members: dict[str, Answer] = {}
        self._firsts: dict[tuple[str, ...], tuple[list[Act], list[int], int]] = {}
        self._acts: dict[tuple[str, ...], list[Act]] = {}
        self._subjects: dict[tuple[str, ...], list[Act]] = {}
        self._whole: dict[tuple[str, ...], bool] = {}
        self.windows: dict[Any, Any] = self.framework.keep("windows", dict)
        """The windows of its cadences, worked out once for all records."""
        self.kept: dict[Any, Any] = {}
        """What was worked out of this history before."""

    def keep(self, key: Any, make: Callable[[], _T]) -> _T:
        """What was worked out of this history before, or is now, as `Framework.keep` does."""
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = make()
        return cast(_T, found)

    def member(self, event: Event) -> Answer:
        """Whether the framework governs an event of the region or area that is looked at."""
        found = self._members.get(event.id)
        if found is None:
            found = self.framework.governs(event)
            if self.scope is not None and event.scope is None and found is Answer.YES:
                found = Answer.OPEN
            self._members[event.id] = found
        return found

    def within(self, scope: Scope) -> View:
        """What is on record of one region or service area, or may be of it."""
        kept = [one for one in self.history.events if one.scope in (scope, None)]
        history = History(self.history.provider, kept, coverage=self.history.coverage)
        return View(history, self.framework, self.as_of, self.calendar, scope)

    def open_end(self) -> list[Reason]:
        """The reason that the framework may have ended by the day of asking, or not."""
        if not self.end_lo < self.now <= self.end_hi:
            return []
        return [Reason(Because.ROUGH_DATE, f"the day on which {self.framework.id} ended")]

    def acts(self, *kinds: str) -> list[Act]:
        """The events of some kinds that the framework may govern, plans included."""
        found = self._acts.get(kinds)
        if found is None:
            some = [(event, self.member(event)) for event in self.history.of_type(*kinds)]
            acts = [self._act(event, answer) for event, answer in some if answer is not Answer.NO]
            found = self._acts[kinds] = sorted(acts, key=lambda act: act.lo)
        return found

    def _act(self, event: Event, answer: Answer) -> Act:
        lo, hi = max(event.start.lo, FIRST), event.start.hi
        if event.framework is None:  # on other days it would not be the framework's
            lo, hi = max(lo, self.start.lo), min(hi, self.end_hi)
        return Act(lo, hi, event, answer is Answer.YES)

    def near(self, kinds: Sequence[str], lo: int, hi: int, but: Event | None = None) -> list[Act]:
        """The acts that may lie on a day of a stretch, leaving one event out."""
        if hi < lo:
            return []
        acts, firsts, width = self._sorted(kinds)
        some = acts[bisect_left(firsts, lo - width) : bisect_right(firsts, hi)]
        return [act for act in some if act.hi >= lo and act.event is not but]

    def sure_next(self, kinds: Sequence[str], after: int) -> Act | None:
        """Of the acts that surely come from a day on and by the day of asking, the first to end."""
        acts, firsts, _ = self._sorted(kinds)
        found: Act | None = None
        for act in acts[bisect_left(firsts, after) :]:
            if act.lo > (self.now if found is None else found.hi):
                break
            better = found is None or act.hi < found.hi
            if better and act.sure and act.hi <= self.now:
                found = act
        return found

    def _sorted(self, kinds: Sequence[str]) -> tuple[list[Act], list[int], int]:
        kinds = tuple(kinds)
        found = self._firsts.get(kinds)
        if found is None:
            acts = self.acts(*kinds)
            width = max((act.hi - act.lo for act in acts), default=0)
            found = self._firsts[kinds] = acts, [act.lo for act in acts], width
        return found

    def subjects(self, *kinds: str) -> list[Act]:
        """The acts that may have taken place by the day of asking."""
        found = self._subjects.get(kinds)
        if found is None:
            found = self._subjects[kinds] = [a for a in self.acts(*kinds) if a.lo <= self.now]
        return found

    def covers(self, kinds: tuple[str, ...]) -> bool:
        """Whether no event of some kinds can be unrecorded, on any day of the framework yet."""
        found = self._whole.get(kinds)
        if found is None:
            last = min(self.now, self.end_hi)
            found = self.history.first_uncovered(kinds, self.start.lo, last) is None
            self._whole[kinds] = found
        return found

    def uncovered(self, kinds: tuple[str, ...], lo: int, hi: int) -> int | None:
        """The first day of a stretch on which an unrecorded event of the framework may lie."""
        if self.covers(kinds):
            return None
        lo, hi = max(lo, self.start.lo), min(hi, self.now, self.end_hi)
        return self.history.first_uncovered(kinds, lo, hi) if lo <= hi else None

    def not_covered(self, kinds: Sequence[str], lo: int, hi: int) -> Reason:
        """What to say of a stretch that is not covered."""
        names = " and ".join(f"{EVENTS[kind].label}s" for kind in kinds)
        what = f"a complete record of {names}"
        return Reason(Because.NOT_COVERED, what, (lo, min(hi, self.now)))

    def rows(self, kind: type[_R]) -> dict[str, dict[str | None, Rows[_R]]]:
        """The rows of one class, by provision and reading."""
        return self.framework.of_class(kind)

    def in_force(self, rows: Sequence[_R], lo: int, hi: int) -> list[tuple[_R, int, int]]:
        """The rows that may be in force on a day of a stretch, each with its part of it."""
        return [
            (row, max(lo, row.lo), min(hi, row.hi)) for row in rows if row.lo <= hi and lo <= row.hi
        ]

    def ungoverned(self, rows: Sequence[Row], lo: int, hi: int) -> bool:
        """Whether some day of a stretch may lie outside the periods of all rows.

        Rows of one provision follow one another: where one ends roughly, the next begins so.
        """
        first, last = rows[0].effective_from, rows[-1].effective_to
        day = lo
        for row in rows:
            if row.lo <= day:
                day = max(day, row.hi + 1)
        return (
            day <= hi
            or (first is not None and lo < first.hi)
            or (last is not None and hi > last.lo)
        )

    def suspensions(self, kind: str) -> tuple[Suspension, ...]:
        """The rows that suspend an activity, as announced by the day of asking."""
        return self.framework.keep(("suspensions", kind), lambda: self._suspensions(kind))

    def _suspensions(self, kind: str) -> tuple[Suspension, ...]:
        found = [
            row for some in self.rows(Suspension).values() for rows in some.values() for row in rows
        ]
        suspending = (row for row in found if kind in row.activities)
        return tuple(sorted(suspending, key=lambda row: row.lo))

    def suspended(self, kind: str) -> tuple[Stretch, ...]:
        """The stretches in which an activity is suspended, as announced by the day of asking."""
        return self.framework.keep(
            ("suspended", kind),
            lambda: tuple((row.lo, row.hi) for row in self.suspensions(kind)),
        )

    def awaited(self, event: Event) -> tuple[Answer, list[Reason]]:
        """Whether an event's report or letter, and so its grades, are still to come.

        Grades recorded with no day of publication are taken to be out.
        """
        when = event.published
        if when is None:
            if event.judgements is not None or event.type in UNPUBLISHED:
                return Answer.NO, []
            if self.history.holds(event, "published"):
                return Answer.YES, []
            return Answer.OPEN, [unfilled("published", event)]
        if when.lo <= self.now < when.hi:
            return Answer.OPEN, [rough("published", event)]
        return (Answer.YES if when.lo > self.now else Answer.NO), []

    def judgements(self, event: Event) -> dict[str, Grade] | None:
        """The grades of an event; None: the record does not say."""
        if event.judgements is None:
            return {} if self.history.holds(event, "judgements") else None
        return {judgement.area: judgement.grade for judgement in event.judgements}

    def faults_of_grades(self, event: Event, row: Graded) -> dict[str, list[str]]:
        """What is wrong with an event's grades: areas, grades, and what a full list left out."""
        return self.keep((event.id, id(row)), lambda: self._faults_of_grades(event, row))

    def _faults_of_grades(self, event: Event, row: Graded) -> dict[str, list[str]]:
        given = event.judgements or ()
        areas = [judgement.area for judgement in given]
        good = (*row.areas, *row.optional)
        wrong = [f"{area} is no area here" for area in areas if area not in good]
        wrong += [
            f"{area} is graded twice" for area in dict.fromkeys(areas) if areas.count(area) > 1
        ]
        off: list[str] = []
        if row.scale is not None:
            scale = self.framework.scale(row.scale)
            off = [
                f"{j.area}: {j.grade}"
                for j in given
                if j.grade not in scale and j.grade is not Grade.NOT_JUDGED
            ]
        judged = [judgement.area for judgement in given if judgement.grade is not Grade.NOT_JUDGED]
        left_out = [area for area in row.areas if area not in judged]
        return {"areas": wrong, "grades": off, "left out": left_out}

    def never_graded(self, event: Event, areas: Iterable[str], lo: int, hi: int) -> list[str]:
        """The areas that an event has no grade for, if it began on a day of a stretch."""
        found: set[str] = set()
        spoken = False
        for readings in self.rows(Graded).values():
            for rows in readings.values():
                if event.type not in rows[0].activities:
                    continue
                if self.ungoverned(rows, lo, hi):
                    return []
                spoken = True
                for row, _, _ in self.in_force(rows, lo, hi):
                    found.update(row.areas, row.optional)
        return [area for area in areas if area not in found] if spoken else []

    def ill_formed(self, event: Event) -> bool:
        """Whether an event's grades are such that they determine no status."""
        return self.keep(("ill-formed", event.id), lambda: self._ill_formed(event))

    def _ill_formed(self, event: Event) -> bool:
        areas = [judgement.area for judgement in event.judgements or ()]
        if len(set(areas)) != len(areas):
            return True
        for readings in self.rows(Graded).values():
            for rows in readings.values():
                for row, _, _ in self.in_force(rows, event.start.lo, event.start.hi):
                    if event.type in row.activities and self.member(event) is not Answer.NO:
                        faults = self.faults_of_grades(event, row)
                        whole = event.judgements and not event.judgements_partial
                        if faults["areas"] or faults["grades"] or (whole and faults["left out"]):
                            return True
        return False

    def status(self, id: str, event: Event) -> list[tuple[str | None, Answer, list[Reason]]]:
        """What an event's grades make of the provider, in each reading of the status.

        Where the answer is OPEN and nothing is missing, its report is still to come.
        """
        return self.keep(("status", id, event.id), lambda: self._statuses(id, event))

    def _statuses(self, id: str, event: Event) -> list[tuple[str | None, Answer, list[Reason]]]:
        found = []
        for reading, rows in self.rows(StatusRow)[id].items():
            answers: set[Answer] = set()
            reasons: list[Reason] = []
            for row, _, _ in self.in_force(rows, event.start.lo, event.start.hi):
                answer, why = self._status(row, event)
                answers.add(answer)
                reasons += why
            if not answers:
                answers.add(Answer.NO)
            if len(answers) > 1:
                reasons.append(rough("start", event))
            one = answers.pop() if len(answers) == 1 else Answer.OPEN
            found.append((reading, one, reasons))
        return found

    def _status(self, row: StatusRow, event: Event) -> tuple[Answer, list[Reason]]:
        awaited, why = self.awaited(event)
        if awaited is not Answer.NO:
            return Answer.OPEN, why  # for no reason where it is only still to come
        grades = self.judgements(event)
        if grades is None:
            return Answer.OPEN, [unfilled("judgements", event)]
        if self.ill_formed(event):
            return Answer.OPEN, [Reason(Because.ILL_FORMED, f"sound judgements of {event.id}")]
        scale = self.framework.scale(row.scale)
        if status_holds(row, scale, grades):
            return Answer.YES, []
        if not status_holds(row, scale, grades, event.judgements_partial):
            return Answer.NO, []
        return Answer.OPEN, [unfilled("judgements", event)]

    def before(self, event: Event, kind: str) -> Sequence[Before]:
        """Every event that may be the last of a kind before an event, of any framework.

        Returns:
            The earlier event, "none" where there may have been none, or "unseen" where one may
            be missing from the record; each with what leaves that open.
        """
        return self.keep(("before", event.id, kind), lambda: tuple(self._before(event, kind)))

    def _before(self, event: Event, kind: str) -> Iterator[Before]:
        lo, hi = event.start.lo, event.start.hi
        some = [e for e in self.history.of_type(kind) if e.id != event.id and e.start.lo < hi]
        elsewhere = () if self.scope is None else [e for e in some if e.scope is None]
        sure = [e for e in some if e.start.hi < lo and e not in elsewhere]
        since = max((e.start.lo for e in sure), default=0)
        for one in some:
            if all(other.start.lo <= one.start.hi for other in sure):
                beside = [e for e in some if e.start.hi >= one.start.lo]
                alone = one in sure and len(beside) == 1
                yield one, [] if alone else _open_order(beside, event, elsewhere)
        if not sure:
            yield "none", _open_order(some, event, elsewhere) if some else []
        last = min(hi - 1, self.now)
        first = self.history.first_uncovered((kind,), since + 1, last)
        if first is not None:
            yield "unseen", [self.not_covered((kind,), first, last)]


def status_holds(
    row: StatusRow, scale: GradeScale, grades: Mapping[str, Grade], partial: bool = False
) -> bool:
    """Whether grades make of the provider what a status says.

    Args:
        row: The status.
        scale: The scale on which it compares grades.
        grades: The grade of each area.
        partial: Whether an area without a grade may have any.
    """
    known = dict(grades)
    for old, new in row.stands_for.items():
        for area in new if old in known else ():
            known.setdefault(area, known[old])
    return all(_reached(count, scale, known, partial) for count in row.if_)


def _reached(count: Count, scale: GradeScale, grades: dict[str, Grade], partial: bool) -> bool:
    worst = len(scale.grades) - 1 if count.or_better is None else scale.position(count.or_better)
    best = 0 if count.or_worse is None else scale.position(count.or_worse)
    number = tally(grades, count.areas, best, worst, scale)
    if partial:
        number += sum(area not in grades for area in count.areas)
    return number >= count.at_least


def allowed(
    limit: Limit, scale: GradeScale, grades: Mapping[str, Grade], partial: bool = False
) -> tuple[int, int] | None:
    """The best and the worst place that a limit leaves its area; None where it does not hold.

    Args:
        limit: The limit.
        scale: The scale on which it compares grades.
        grades: The grade of each area.
        partial: Whether an area without a grade may have any.
    """
    if not all(_reached(count, scale, dict(grades), partial) for count in limit.if_):
        return None
    best = 0 if limit.or_worse is None else scale.position(limit.or_worse)
    last = len(scale.grades) - 1
    return best, last if limit.or_better is None else scale.position(limit.or_better)


def keep_to(limit: Limit, scale: GradeScale, grades: dict[str, Grade]) -> None:
    """Move the grade of a limited area to the nearest that the limit allows."""
    room = allowed(limit, scale, grades)
    grade = grades.get(limit.area)
    if room is not None and grade is not None and grade in scale:
        place = min(max(scale.position(grade), room[0]), room[1])
        grades[limit.area] = scale.grades[place]


def _open_order(some: Sequence[Event], event: Event, elsewhere: Sequence[Event]) -> list[Reason]:
    """Why it is open which of some events came last before an event, or belongs here at all."""
    found = [unfilled("scope", one) for one in some if one in elsewhere]
    known = [one for one in some if one not in elsewhere]
    vague = [one for one in (*known, event) if not one.start.exact]
    return found + [rough("start", one) for one in vague or known]


def rough(field: str, event: Event) -> Reason:
    """The reason that a date is known only roughly."""
    return Reason(Because.ROUGH_DATE, f"the exact {FIELDS[field]} of {event.id}")


def which_framework(view: View, event: Event) -> Reason:
    """The reason that it is open which framework governs an event, or whether it belongs here."""
    if view.scope is not None and event.scope is None:
        return unfilled("scope", event)
    return Reason(Because.FRAMEWORK_OPEN, f"whether {event.id} came under {view.framework.id}")


def rough_parts(event: Event) -> list[Reason]:
    """The reason that the days of split fieldwork are known only roughly."""
    if all(part.start.exact and part.end.exact for part in event.parts):
        return []
    return [Reason(Because.ROUGH_DATE, f"the exact days of the parts of {event.id}")]


def unfilled(field: str, event: Event) -> Reason:
    """The reason that a field is not filled, in a record that does not claim to fill it."""
    return Reason(Because.NOT_COVERED, f"the {FIELDS.get(field, field)} of {event.id}")


FIELDS = {
    "start": "first day",
    "end": "last day",
    "published": "day of publication",
    "judgements": "judgements",
    "attended_by": "list of those who attended",
    "reviews": "self-evaluation reviewed at",
    "covers": "practice covered by",
    "published_by_provider": "day on which the provider published the report",
    "views": "views recorded",
}
"""What people call a field."""


def day_reasons(when: When | None, field: str, event: Event) -> list[Reason]:
    """The reasons for which a day of an event is not known to the day."""
    if when is None:
        return [unfilled(field, event)]
    return [] if when.exact else [rough(field, event)]
