"""OF4: completeness. What must be there at all."""

from __future__ import annotations

from collections.abc import Iterator

from ..cases import View, rough, unfilled
from ..dates import Answer
from ..events import Event
from ..provisions import Contents, Response, Row
from ..verdicts import Example, RawVerdict
from ._rule import Told, outcome, owed, rule, tested
from .form import FULL

_EVALUATION = {
    "type": "self-evaluation",
    "id": "se-2022",
    "start": "2022-03-14",
    "covers": ["private-law", "public-law"],
}
_MEETING = {
    "type": "engagement-meeting",
    "id": "em-2022",
    "start": "2022-03-23",
    "attended_by": ["chief-executive", "senior-leadership"],
    "reviews": "se-2022",
}


def _is_existence(row: Row) -> bool:
    return isinstance(row, Response) and row.late_counts


def _includes(row: Row) -> bool:
    return isinstance(row, Contents) and row.refers_to is None and row.field != "scope"


def _refers(row: Row) -> bool:
    return isinstance(row, Contents) and row.refers_to is not None


@rule(
    "OF401",
    "report-or-letter",
    why="What was found is told to the public, or it has no effect.",
    remedy="Look for the report or letter and record the day on which it was published.",
    passing=Example(events=(FULL,), as_of="2026-06-01"),
    failing=Example(events=({k: v for k, v in FULL.items() if k != "published"},),
                    as_of="2026-06-01"),
    speaks_of=_is_existence,
)  # fmt: skip
def report_or_letter(view: View) -> Iterator[RawVerdict]:
    """An activity that ends in a report or letter has one."""
    yield from owed(view, _is_existence)


@rule(
    "OF402",
    "contents",
    why="A meeting without those who lead, or an evaluation of half the practice, does not do "
    "what it is held for.",
    remedy="Complete the record, or the activity.",
    passing=Example(events=(_EVALUATION, _MEETING), as_of="2022-04-01"),
    failing=Example(events=({**_EVALUATION, "covers": ["private-law"]}, _MEETING),
                    as_of="2022-04-01"),
    speaks_of=_includes,
)  # fmt: skip
def contents(view: View) -> Iterator[RawVerdict]:
    """An activity covers and involves what the framework says, and nobody whom it rules out."""

    def test(row: Contents, event: Event) -> Told:
        value = getattr(event, row.field)
        if row.excludes:
            there = [word for word in row.excludes if word in (value or ())]
            if value is None and not view.history.holds(event, row.field):
                return outcome(None, unfilled(row.field, event))
            return outcome(not there, detail=f"There: {', '.join(there)}." if there else "")
        if value is None and not view.history.holds(event, row.field):
            return outcome(None, unfilled(row.field, event))
        lacking = [word for word in row.includes if word not in (value or ())]
        return outcome(not lacking, detail=f"Not there: {', '.join(lacking)}." if lacking else "")

    yield from tested(
        view, Contents, lambda row: (row.activity,), test,
        where=_includes, fields=lambda row: (row.field,),
    )  # fmt: skip


def _named(view: View, event: Event) -> list[Event]:
    other = view.history.get(getattr(event, "reviews", None) or "")
    return [] if other is None else [other]


@rule(
    "OF403",
    "refers-to",
    why="A meeting held to review a self-evaluation can only review one that has been shared.",
    remedy="Record which self-evaluation was reviewed, and the day on which it was shared.",
    passing=Example(events=(_EVALUATION, _MEETING), as_of="2022-04-01"),
    failing=Example(events=({**_EVALUATION, "start": "2022-03-30"}, _MEETING), as_of="2022-04-01"),
    speaks_of=_refers,
)
def refers_to(view: View) -> Iterator[RawVerdict]:
    """An activity that deals with an earlier one names it, and that one came no later."""

    def test(row: Contents, event: Event) -> Told:
        value = getattr(event, row.field)
        if value is None:
            if view.history.holds(event, row.field):
                return outcome(False, detail=f"It names no {row.refers_to}.")
            return outcome(None, unfilled(row.field, event))
        other = view.history.get(value)
        if other is None:
            day = view.history.first_uncovered(
                (str(row.refers_to),), 1, min(event.start.hi, view.now)
            )
            if day is None:
                return outcome(False, detail=f"{value} is not in the record.")
            why = view.not_covered((str(row.refers_to),), day, min(event.start.hi, view.now))
            return outcome(None, why)
        if other.type != row.refers_to:
            return outcome(False, detail=f"{value} is a {other.label}.")
        answer = other.start.on_or_before(event.start)
        if answer is Answer.OPEN:
            return outcome(None, rough("start", other), rough("start", event))
        good = answer is Answer.YES
        return outcome(good, detail="" if good else f"{value} was shared on "
                       f"{other.start.in_words()}, after {event.start.in_words()}.")  # fmt: skip

    yield from tested(
        view, Contents, lambda row: (row.activity,), test,
        where=_refers, fields=lambda row: (row.field,),
        earlier=("self-evaluation", lambda event: _named(view, event)),
    )  # fmt: skip
