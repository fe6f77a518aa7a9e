"""OF2: the sequence of activities. What comes first, between and next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..cases import Cases, State, Status, View, fold, unfilled, which_reading
from ..dates import Answer
from ..events import Event, Inspection
from ..provisions import Between, Only, Route, Row
from ..verdicts import Example, RawVerdict
from ._rule import Told, outcome, owed, rule, tested
from .form import FULL, VISIT

_MONITORING = {
    "type": "monitoring-visit",
    "id": "mv-1",
    "start": "2024-09-03",
    "end": "2024-09-04",
    "published": "2024-10-01",
    "judgements": [],
}
_INADEQUATE = {
    **FULL,
    "judgements": [
        {"area": "private-law-practice", "grade": "inadequate"},
        {"area": "public-law-practice", "grade": "good"},
        {"area": "impact-of-leaders", "grade": "good"},
        {"area": "overall-effectiveness", "grade": "inadequate"},
    ],
}


def _is_first(row: Row) -> bool:
    return isinstance(row, Between) and row.first_only


def _is_between(row: Row) -> bool:
    return isinstance(row, Between) and not row.first_only


@rule(
    "OF201",
    "first-activity",
    why="The framework began with a focused visit, as a phased return to routine inspection.",
    remedy="Check the dates of the first activities, and that none is missing from the record.",
    passing=Example(events=(VISIT, FULL), as_of="2024-06-01"),
    failing=Example(events=({**VISIT, "start": "2024-03-04", "end": "2024-03-08"}, FULL),
                    as_of="2024-06-01"),
    speaks_of=_is_first,
)  # fmt: skip
def first_activity(view: View) -> Iterator[RawVerdict]:
    """The first activity under a framework is of the kind that the framework begins with."""
    yield from owed(view, _is_first)


@rule(
    "OF202",
    "visits-between",
    why="Visits between inspections are how an inspectorate keeps in touch from one to the next.",
    remedy="Check that every visit is on record, with its dates; book one where it is still owed.",
    passing=Example(events=(VISIT, FULL), as_of="2024-06-01"),
    failing=Example(events=(FULL,), as_of="2024-06-01"),
    speaks_of=_is_between,
)
def visits_between(view: View) -> Iterator[RawVerdict]:
    """Between two inspections there are as many visits as the framework says."""
    yield from owed(view, _is_between)


@rule(
    "OF203",
    "only-while",
    why="A monitoring visit without a judgement of inadequate points to a missing or wrong grade.",
    remedy="Check the grades of the last inspection, and the kind of the visit.",
    passing=Example(events=(VISIT, _INADEQUATE, _MONITORING), as_of="2025-01-01"),
    failing=Example(events=(VISIT, FULL, _MONITORING), as_of="2025-01-01"),
    speaks_of=lambda row: isinstance(row, Only),
)
def only_while(view: View) -> Iterator[RawVerdict]:
    """An activity that is tied to a status takes place only while that status holds."""

    def test(row: Only, event: Event) -> Told:
        readings: dict[str | None, list[Cases]] = {}
        others: list[Cases] = []
        said: dict[str, None] = {}
        if row.same_scope and event.scope is None:
            return outcome(None, unfilled("scope", event))
        seen = _seen(view, event)
        for last, why in seen.before(event, "inspection"):
            if last == "none":
                of_it = f" of {event.scope.name}" if row.same_scope and event.scope else ""
                said[f"no inspection{of_it} came before it"] = None
                others.append(outcome(False, *why)[0])
            elif last == "unseen":
                others.append(outcome(None, *why)[0])
            else:
                for reading, answer, reasons in seen.status(row.while_, last):
                    if answer is Answer.OPEN and not reasons:
                        cases = Cases.only(State.NOT_YET_OPEN)  # its grades are awaited
                    else:
                        good = {Answer.YES: True, Answer.NO: False, Answer.OPEN: None}[answer]
                        cases = outcome(good, *why, *reasons)[0]
                    readings.setdefault(reading, []).append(cases)
                said[f"the last inspection before it, {last.id}, does not say so"] = None
        whole = _over_readings(row.while_, readings, others)
        detail = f"{'; or '.join(said)}." if whole.status is Status.VIOLATED else ""
        return whole, detail[:1].upper() + detail[1:]

    yield from tested(
        view, Only, lambda row: (row.activity,), test,
        earlier=("inspection", lambda event: _last(view, event)),
    )  # fmt: skip


def _over_readings(
    status: str, readings: Mapping[str | None, Sequence[Cases]], others: Sequence[Cases]
) -> Cases:
    """The cases of an answer that goes by a status: those of each reading of it, and others."""
    found = [fold([*some, *others]) for some in readings.values()] or [fold(others)]
    return fold(found, which_reading(status, readings))


def _last(view: View, event: Event) -> list[Event]:
    seen = _seen(view, event)
    return [last for last, _ in seen.before(event, "inspection") if isinstance(last, Event)]


def _seen(view: View, event: Event) -> View:
    """What is looked at for an event: all, or what is of its own region or service area."""
    rows = (row for some in view.rows(Only).values() for rows in some.values() for row in rows)
    same = any(row.same_scope and row.activity == event.type for row in rows)
    return view.within(event.scope) if same and event.scope is not None else view


@rule(
    "OF204",
    "kind-of-inspection",
    why="Which kind of inspection comes next is settled by the grades of the one before.",
    remedy="Check the kind of this inspection and the grades of the one before it.",
    passing=Example(events=(FULL,), as_of="2024-06-01"),
    failing=Example(events=({**FULL, "kind": "short"},), as_of="2024-06-01"),
    speaks_of=lambda row: isinstance(row, Route),
)
def kind_of_inspection(view: View) -> Iterator[RawVerdict]:
    """An inspection is of the kind that the grades of the one before it send to."""

    def test(row: Route, event: Event) -> Told:
        kind = event.kind if isinstance(event, Inspection) else None
        sent, otherwise = row.kinds(True), row.kinds(False)
        if kind is None:
            return outcome(None, unfilled("kind", event))
        if row.while_ is None:
            return outcome(kind in sent, detail=f"It is a {kind} inspection.")
        readings: dict[str | None, list[Cases]] = {}
        others: list[Cases] = []
        after: list[str] = []
        for last, why in view.before(event, row.activity):
            if last == "none" and row.at_first is None:  # nothing is said of the first
                if (kind in sent) is (kind in otherwise):
                    others.append(outcome(kind in sent)[0])
                else:
                    others.append(Cases().add(State.NOT_OWED, *why))
            elif last == "none":
                others.append(outcome(kind == row.at_first, *why)[0])
            elif last == "unseen":
                others += [outcome(kind in way, *why)[0] for way in (sent, otherwise)]
            else:
                for reading, answer, reasons in view.status(row.while_, last):
                    ways = [sent] if answer is not Answer.NO else []
                    ways += [otherwise] if answer is not Answer.YES else []
                    good = {kind in way for way in ways}
                    found = readings.setdefault(reading, [])
                    if len(good) > 1 and not reasons:  # the grades that send it are awaited
                        found.append(Cases.only(State.NOT_YET_OPEN))
                    else:
                        found += [outcome(one, *why, *reasons)[0] for one in good]
                after.append(last.id)
        detail = f"It is a {kind} inspection, after {' or '.join(after)}." if after else ""
        return _over_readings(row.while_, readings, others), detail

    def parts(row: Route, event: Event) -> list[str]:
        first = any(last == "none" for last, _ in view.before(event, row.activity))
        instead = isinstance(event, Inspection) and event.kind in row.allowed
        return ["at_first"] * first + ["allowed"] * instead

    yield from tested(
        view, Route, lambda row: (row.activity,), test, parts=parts,
        earlier=("inspection", lambda event: _last(view, event)),
    )  # fmt: skip
