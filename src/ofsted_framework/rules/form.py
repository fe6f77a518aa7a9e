"""OF1: the form of a record. What each event says agrees with itself and with its framework."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from ..cases import (
    Because,
    Cases,
    Reason,
    State,
    View,
    allowed,
    day_reasons,
    fold,
    rough_parts,
    unfilled,
    which_framework,
)
from ..dates import Answer, When
from ..events import Event
from ..grades import Grade
from ..history import UNPUBLISHED
from ..provisions import Contents, Graded, Limit, Row
from ..verdicts import Example, RawVerdict
from ._rule import Told, begun, on_event, outcome, rule, tested

_R = TypeVar("_R", bound=Row)
FULL = {
    "type": "inspection",
    "id": "fi-2024",
    "kind": "full",
    "scope": "national",
    "start": "2024-01-22",
    "end": "2024-02-16",
    "published": "2024-04-03",
    "judgements": [
        {"area": "private-law-practice", "grade": "outstanding"},
        {"area": "public-law-practice", "grade": "outstanding"},
        {"area": "impact-of-leaders", "grade": "outstanding"},
    ],
}
VISIT = {
    "type": "focused-visit",
    "id": "fv-2021",
    "start": "2021-04-12",
    "end": "2021-04-16",
    "published": "2021-06-07",
    "judgements": [],
}
_SPLIT = {
    "type": "inspection",
    "id": "south-tyneside-2022",
    "kind": "short",
    "start": "2022-12-05",
    "end": "2023-02-15",
}
_WEEK = {"start": "2022-12-05", "end": "2022-12-09"}
_TWO_DAYS = {"start": "2023-02-14", "end": "2023-02-15"}


def _nothing() -> Told:
    return Cases.only(State.NOT_OWED), ""


def _ordered(answer: Answer, reasons: list[Reason], detail: str) -> Told:
    if answer is Answer.OPEN:
        return outcome(None, *reasons)
    return outcome(answer is Answer.YES, detail=detail if answer is Answer.NO else "")


@rule(
    "OF101",
    "start-not-after-end",
    why="Every window and deadline is counted from one of these days.",
    remedy="Look up the first and last day of fieldwork and correct the one that is wrong.",
    passing=Example(events=(FULL,), as_of="2024-06-01"),
    failing=Example(events=({**FULL, "end": "2024-01-16"},), as_of="2024-06-01"),
)
def start_not_after_end(view: View) -> Iterator[RawVerdict]:
    """An event does not begin after it has ended."""
    for event in begun(view):
        if event.end is None and (event.type in UNPUBLISHED or view.history.holds(event, "end")):
            continue  # it takes a day, or has not ended
        if event.end is None:
            yield on_event(view, event, outcome(None, unfilled("end", event)))
            continue
        answer = event.start.on_or_before(event.end)
        reasons, detail = [], ""
        if answer is Answer.OPEN:
            reasons = day_reasons(event.start, "start", event)
            reasons += day_reasons(event.end, "end", event)
        elif answer is Answer.NO:
            detail = f"It begins on {event.start.in_words()} and ends on {event.end.in_words()}."
        yield on_event(view, event, _ordered(answer, reasons, detail))


@rule(
    "OF102",
    "published-not-before-end",
    why="A report that comes before the fieldwork it reports points to a slip in one of the dates.",
    remedy="Look up the last day of fieldwork and the day of publication.",
    passing=Example(events=(FULL,), as_of="2024-06-01"),
    failing=Example(events=({**FULL, "published": "2024-02-03"},), as_of="2024-06-01"),
)
def published_not_before_end(view: View) -> Iterator[RawVerdict]:
    """A report or letter is not published before the fieldwork has ended."""
    for event in begun(view):
        held = event.published is None and view.history.holds(event, "published")
        if held or (event.published is None and event.type in UNPUBLISHED):
            continue  # nothing is published
        if event.published is None or event.end is None:
            reasons = day_reasons(event.published, "published", event)
            reasons += day_reasons(event.end, "end", event)
            yield on_event(view, event, outcome(None, *reasons))
            continue
        answer = event.published.on_or_after(event.end)
        reasons, detail = [], ""
        if answer is Answer.OPEN:
            reasons = day_reasons(event.published, "published", event)
            reasons += day_reasons(event.end, "end", event)
        elif answer is Answer.NO:
            ends, out = event.end.in_words(), event.published.in_words()
            detail = f"It ends on {ends} and is published on {out}."
        yield on_event(view, event, _ordered(answer, reasons, detail))


@rule(
    "OF103",
    "parts-in-order",
    why="Where fieldwork was split, the days between its parts are not days of inspection.",
    remedy="List the parts in order, the first from the event's start and the last to its end.",
    passing=Example(
        framework="ilacs-2018",
        as_of="2023-06-01",
        events=({**_SPLIT, "parts": [_WEEK, _TWO_DAYS]},),
    ),
    failing=Example(
        framework="ilacs-2018",
        as_of="2023-06-01",
        events=({**_SPLIT, "parts": [{**_WEEK, "end": "2023-02-14"}, _TWO_DAYS]},),
    ),
)
def parts_in_order(view: View) -> Iterator[RawVerdict]:
    """The parts of split fieldwork follow one another, from the event's start to its end."""
    for event in begun(view):
        if not event.parts:
            continue
        first, last = event.parts[0].start, event.parts[-1].end
        answers = [part.start.on_or_before(part.end) for part in event.parts]
        answers += [one.end.before(two.start) for one, two in pairwise(event.parts)]
        answers.append(_same(first, event.start))
        if event.end is not None:
            answers.append(_same(last, event.end))
        elif not view.history.holds(event, "end"):
            answers.append(Answer.OPEN)
        reasons = day_reasons(event.start, "start", event) + day_reasons(event.end, "end", event)
        reasons += rough_parts(event)
        worst = next((a for a in (Answer.NO, Answer.OPEN) if a in answers), Answer.YES)
        days = ", ".join(f"{p.start.in_words()} to {p.end.in_words()}" for p in event.parts)
        yield on_event(view, event, _ordered(worst, reasons, f"Its parts are {days}."))


def _same(one: When, other: When) -> Answer:
    """Whether two days are the same."""
    if one.hi < other.lo or other.hi < one.lo:
        return Answer.NO
    return Answer.YES if one.exact and other.exact else Answer.OPEN


@rule(
    "OF104",
    "framework-in-force",
    why="A framework that was not in force has no say over an event.",
    remedy="Correct the framework that the event names, or its first day.",
    passing=Example(events=({**FULL, "framework": "cafcass-2021"},), as_of="2024-06-01"),
    failing=Example(
        events=(
            {
                **FULL,
                "id": "fi-2018",
                "framework": "cafcass-2021",
                "start": "2018-02-02",
                "end": "2018-03-02",
                "published": "2018-03-29",
            },
        ),
        as_of="2024-06-01",
    ),
    speaks_of=lambda row: False,
)
def framework_in_force(view: View) -> Iterator[RawVerdict]:
    """An event comes under a framework that was in force when it began."""
    for event in begun(view):
        if event.framework is not None and view.framework.governs(event) is Answer.YES:
            answer = view.framework.in_force(event.start)
            begins = f"It begins on {event.start.in_words()}"
            told = _ordered(
                answer,
                [which_framework(view, event), *day_reasons(event.start, "start", event)],
                f"{begins}, when {view.framework.id} was not in force.",
            )
            yield on_event(view, event, told, view.framework.grounds[:1])


def _on_grades(
    view: View,
    kind: type[_R],
    activities: Callable[[_R], Sequence[str]],
    test: Callable[[_R, Event], Told],
    where: Callable[[_R], bool] = lambda row: True,
    parts: Callable[[_R, Event], Sequence[str]] = lambda row, event: (),
) -> Iterator[RawVerdict]:
    """Test the grades of events, as far as they are out and on record."""

    def out(row: _R, event: Event) -> Told:
        answer, why = view.awaited(event)
        if answer is Answer.YES:
            return Cases.only(State.NOT_YET_OPEN), "Its report or letter is not out."
        if view.judgements(event) is None:
            cases, detail = outcome(None, *why, unfilled("judgements", event))
        else:
            cases, detail = test(row, event)
        if answer is Answer.OPEN:
            cases = fold([cases, Cases.only(State.NOT_YET_OPEN)], *why)
        return cases, detail

    yield from tested(
        view, kind, activities, out,
        where=where, parts=parts, fields=lambda row: ("judgements",),
    )  # fmt: skip


def _activities(row: Graded) -> tuple[str, ...]:
    return row.activities


@rule(
    "OF105",
    "grade-on-scale",
    why="Adequate, satisfactory and requires improvement are three grades of three scales.",
    remedy="Look up the grade in the report, and keep the word that it uses.",
    passing=Example(events=(FULL,), as_of="2024-06-01"),
    failing=Example(
        events=(
            {
                **FULL,
                "judgements": [
                    {"area": "private-law-practice", "grade": "satisfactory"},
                    {"area": "public-law-practice", "grade": "good"},
                    {"area": "impact-of-leaders", "grade": "good"},
                ],
            },
        ),
        as_of="2024-06-01",
    ),
    speaks_of=lambda row: isinstance(row, Graded) and bool(row.areas),
)
def grade_on_scale(view: View) -> Iterator[RawVerdict]:
    """Every grade is one of the framework's scale."""

    def test(row: Graded, event: Event) -> Told:
        if not event.judgements:
            return _nothing()
        off = view.faults_of_grades(event, row)["grades"]
        if off:
            return outcome(False, detail=f"Not grades of this framework: {', '.join(off)}.")
        if event.judgements_partial:
            return outcome(None, Reason(Because.NOT_COVERED, f"the other judgements of {event.id}"))
        return outcome(True)

    yield from _on_grades(
        view, Graded, _activities, test, lambda row: bool(row.areas), lambda row, event: ("scale",)
    )


@rule(
    "OF106",
    "areas-in-force",
    why="What is judged changes with the framework; an area that is missing or out of place "
    "shows that a record was made by the wrong one, or in part.",
    remedy="Give each area of the framework in force at the start of the inspection one grade, or "
    "say that the list is partial.",
    passing=Example(events=(FULL,), as_of="2024-06-01"),
    failing=Example(
        events=({**FULL, "judgements": [{"area": "private-law-practice", "grade": "good"}]},),
        as_of="2024-06-01",
    ),
    speaks_of=lambda row: isinstance(row, Graded) and bool(row.areas),
)
def areas_in_force(view: View) -> Iterator[RawVerdict]:
    """An inspection grades exactly the areas in force when it began, each once."""

    def test(row: Graded, event: Event) -> Told:
        faults = view.faults_of_grades(event, row)
        if faults["areas"]:
            return outcome(False, detail=f"{'; '.join(faults['areas'])}.".capitalize())
        if faults["left out"] and event.judgements_partial:
            return outcome(None, Reason(Because.NOT_COVERED, f"the other judgements of {event.id}"))
        if faults["left out"]:
            return outcome(False, detail=f"No grade for {', '.join(faults['left out'])}.")
        if event.judgements_partial:
            return outcome(None, Reason(Because.NOT_COVERED, f"the other judgements of {event.id}"))
        return outcome(True)

    def parts(row: Graded, event: Event) -> tuple[str, ...]:
        given = {judgement.area for judgement in event.judgements or ()}
        return ("optional",) if given & set(row.optional) else ()

    yield from _on_grades(view, Graded, _activities, test, lambda row: bool(row.areas), parts)


@rule(
    "OF107",
    "no-grade",
    why="A letter of findings is a narrative: a grade on it was made up somewhere on the way.",
    remedy="Take the grade out; say `judgements: []` where it is known that none was given.",
    passing=Example(events=(VISIT,), as_of="2021-07-01"),
    failing=Example(
        events=({**VISIT, "judgements": [{"area": "impact-of-leaders", "grade": "good"}]},),
        as_of="2021-07-01",
    ),
    speaks_of=lambda row: isinstance(row, Graded) and not row.areas,
)
def no_grade(view: View) -> Iterator[RawVerdict]:
    """An activity that carries no grade has none on record."""

    def test(row: Graded, event: Event) -> Told:
        if not event.judgements:
            return outcome(True)
        given = ", ".join(f"{j.area}: {j.grade}" for j in event.judgements)
        return outcome(False, detail=f"It carries {given}.")

    yield from _on_grades(view, Graded, _activities, test, lambda row: not row.areas)


_OVERALL = {
    **_SPLIT,
    "id": "inspection-2019",
    "start": "2019-05-20",
    "end": "2019-05-24",
    "published": "2019-06-25",
    "judgements": [
        {"area": "overall-effectiveness", "grade": "inadequate"},
        {"area": "impact-of-leaders", "grade": "requires-improvement"},
        {"area": "help-and-protection", "grade": "inadequate"},
        {"area": "in-care-and-care-leavers", "grade": "requires-improvement"},
    ],
}


@rule(
    "OF109",
    "grade-within-limits",
    why="Where one grade has always gone with others, one that does not is likely to be a slip.",
    remedy="Look up the grades in the report. What is inferred from practice may have exceptions.",
    passing=Example(framework="ilacs-2018", as_of="2020-01-01", events=(_OVERALL,)),
    failing=Example(
        framework="ilacs-2018",
        as_of="2020-01-01",
        events=(
            {
                **_OVERALL,
                "judgements": [
                    {"area": "overall-effectiveness", "grade": "requires-improvement"},
                    *_OVERALL["judgements"][1:],
                ],
            },
        ),
    ),
    speaks_of=lambda row: isinstance(row, Limit),
)
def grade_within_limits(view: View) -> Iterator[RawVerdict]:
    """A grade is one that the grades of other areas allow."""

    def sound(row: Limit, event: Event) -> dict[str, Grade]:
        """The grades, and that areas which were not graded at the time are not judged."""
        lo, hi = max(event.start.lo, row.lo), min(event.start.hi, row.hi)
        read = [area for count in row.if_ for area in count.areas]
        never = dict.fromkeys(view.never_graded(event, read, lo, hi), Grade.NOT_JUDGED)
        return {**never, **(view.judgements(event) or {})}

    def test(row: Limit, event: Event) -> Told:
        if view.ill_formed(event):
            return outcome(None, Reason(Because.ILL_FORMED, f"sound judgements of {event.id}"))
        grades, scale = view.judgements(event) or {}, view.framework.scale(row.scale)
        partial = event.judgements_partial
        grade, room = grades.get(row.area), allowed(row, scale, grades)
        if room is None and (not partial or allowed(row, scale, sound(row, event), True) is None):
            return _nothing()
        others = Reason(Because.NOT_COVERED, f"the other judgements of {event.id}")
        if room is None or (grade is None and partial):
            return outcome(None, others)
        if grade is None or grade not in scale:
            return _nothing()
        good = room[0] <= scale.position(grade) <= room[1]
        return outcome(good, detail="" if good else f"{row.area} is {grade}.")

    yield from _on_grades(view, Limit, lambda row: (row.activity,), test)


def _is_scope(row: Row) -> bool:
    return isinstance(row, Contents) and row.field == "scope"


@rule(
    "OF108",
    "scope-in-force",
    why="Regions were inspected before 2013, the national organisation since.",
    remedy="Correct the event's scope, or the framework that it comes under.",
    passing=Example(events=(FULL,), as_of="2024-06-01"),
    failing=Example(events=({**FULL, "scope": "region:East Midlands"},), as_of="2024-06-01"),
    speaks_of=_is_scope,
)
def scope_in_force(view: View) -> Iterator[RawVerdict]:
    """An inspection covers what the framework in force says that it covers."""

    def test(row: Contents, event: Event) -> Told:
        if event.scope is None:
            return outcome(None, unfilled("scope", event))
        good = event.scope.level in row.includes
        return outcome(good, detail="" if good else f"It covers {event.scope}.")

    yield from tested(view, Contents, lambda row: (row.activity,), test, where=_is_scope)
