"""Short ways to spell events, records and the one verdict that a test is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ofsted_framework import (
    Coverage,
    EngagementMeeting,
    Event,
    FocusedVisit,
    Grade,
    History,
    Inspection,
    Judgement,
    MonitoringVisit,
    Provider,
    SelfEvaluation,
    When,
)
from ofsted_framework.verdicts import CheckResult, Verdict

CAFCASS = Provider(name="Cafcass", kind="cafcass")
AUTHORITY = Provider(name="Somewhere", kind="local-authority")
COMPLETE = (Coverage(type="*", fields=("*",)),)

O, G, R, I = (  # noqa: E741
    Grade.OUTSTANDING,
    Grade.GOOD,
    Grade.REQUIRES_IMPROVEMENT,
    Grade.INADEQUATE,
)
_AREAS = {
    "overall": "overall-effectiveness",
    "leaders": "impact-of-leaders",
    "help": "help-and-protection",
    "both": "in-care-and-care-leavers",
    "care": "in-care",
    "leavers": "care-leavers",
    "private": "private-law-practice",
    "public": "public-law-practice",
}


def day(text: str) -> date:
    return date.fromisoformat(text)


def grades(**given: Grade) -> tuple[Judgement, ...]:
    return tuple(Judgement(_AREAS[name], grade) for name, grade in given.items())


OUTSTANDING = grades(private=O, public=O, leaders=O)
"""What Cafcass was given in 2024."""


def full(
    id: str,
    start: When | str,
    end: str | None = None,
    published: str | None = None,
    judgements: tuple[Judgement, ...] | None = OUTSTANDING,
    *,
    kind: str | None = "full",
    scope: str | None = "national",
    partial: bool = False,
    basis: str | None = None,
    inspectorates: tuple[str, ...] | None = None,
) -> Inspection:
    """A full inspection of Cafcass, unless the test says otherwise."""
    return Inspection(
        id=id, start=start, end=end, published=published, judgements=judgements, kind=kind,
        scope=scope, judgements_partial=partial, basis=basis, inspectorates=inspectorates,
    )  # fmt: skip


def authority(
    id: str,
    start: str,
    judgements: tuple[Judgement, ...] | None = None,
    *,
    kind: str | None = "standard",
    end: str | None = None,
    published: str | None = None,
    partial: bool = False,
    basis: str | None = None,
) -> Inspection:
    """An inspection of a local authority."""
    return Inspection(
        id=id, start=start, end=end, published=published, judgements=judgements, kind=kind,
        judgements_partial=partial, basis=basis,
    )  # fmt: skip


def visit(
    id: str,
    start: str,
    end: str | None = None,
    published: str | None = None,
    judgements: tuple[Judgement, ...] | None = (),
    *,
    priority: str | None = None,
    basis: str | None = None,
) -> FocusedVisit:
    return FocusedVisit(
        id=id, start=start, end=end, published=published, judgements=judgements,
        priority_action=priority, basis=basis,
    )  # fmt: skip


def monitoring(
    id: str,
    start: str,
    end: str | None = None,
    published: str | None = None,
    judgements: tuple[Judgement, ...] | None = (),
    *,
    basis: str | None = None,
) -> MonitoringVisit:
    return MonitoringVisit(
        id=id, start=start, end=end, published=published, judgements=judgements, basis=basis
    )


def meeting(
    id: str,
    start: str,
    *,
    attended_by: tuple[str, ...] | None = None,
    reviews: str | None = None,
    judgements: tuple[Judgement, ...] | None = (),
    basis: str | None = None,
) -> EngagementMeeting:
    return EngagementMeeting(
        id=id, start=start, attended_by=attended_by, reviews=reviews, judgements=judgements,
        basis=basis,
    )  # fmt: skip


def evaluation(id: str, start: str, covers: tuple[str, ...] | None = None) -> SelfEvaluation:
    return SelfEvaluation(id=id, start=start, covers=covers, judgements=())


def covered(type: str, first: str | None = None, last: str | None = None) -> Coverage:
    return Coverage(
        type=type,
        first=None if first is None else day(first),
        last=None if last is None else day(last),
    )


def record(
    *events: Event, coverage: Iterable[Coverage] = COMPLETE, provider: Provider = CAFCASS
) -> History:
    return History(provider, events, coverage=tuple(coverage))


def verdicts(
    result: CheckResult, code: str, provision: str | None, subject: str | None
) -> list[Verdict]:
    """All verdicts of that key; the provision's id may be given without its framework."""
    return [
        one
        for one in result.verdicts
        if one.code == code
        and one.subject == subject
        and (None if one.provision is None else one.provision.partition("/")[2]) == provision
    ]


def verdict(result: CheckResult, code: str, provision: str | None, subject: str | None) -> Verdict:
    """The verdict of that key, of which there is exactly one."""
    found = verdicts(result, code, provision, subject)
    assert len(found) == 1, [(v.code, v.provision, v.subject) for v in result.verdicts]
    return found[0]
