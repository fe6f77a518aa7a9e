"""What a user's type checker sees, under mypy and under pyright; it runs as it is, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import assert_never, assert_type

import ofsted_framework as of
from ofsted_framework.acceptance import Acceptance, read_acceptances
from ofsted_framework.cases import Because, State
from ofsted_framework.dates import Answer
from ofsted_framework.obligations import Obligation
from ofsted_framework.planning import Agenda, Change
from ofsted_framework.simulation import Outlook, Summary
from ofsted_framework.sources import Severity
from ofsted_framework.verdicts import CheckResult, Departure, Rule, Verdict

AS_OF = date(2026, 11, 23)


def test_what_is_asked_has_a_type() -> None:
    history = assert_type(of.sample("cafcass"), of.History)
    result = assert_type(of.check(history, as_of=AS_OF), CheckResult)
    assert_type(result.verdicts, tuple[Verdict, ...])
    assert_type(result.departures, tuple[Departure, ...])
    assert_type(result.standing, tuple[Departure, ...])
    assert_type(result.unused, tuple[Acceptance, ...])
    assert_type(result.counts, dict[of.Status, int])
    assert_type(result.verdicts[0].status, of.Status)
    assert_type(result.verdicts[0].severity, Severity | None)
    assert_type(result.explain(), str)
    assert_type(of.RULES, tuple[Rule, ...])
    agenda = assert_type(of.due(history, as_of=AS_OF), Agenda)
    assert_type(agenda["full-inspection"], Obligation)
    meeting = of.EngagementMeeting(id="em", start="2026-12-09")
    assert_type(of.what_if(history, meeting, as_of=AS_OF), Change)
    framework = assert_type(of.framework("cafcass-2021"), of.Framework)
    assert_type(framework.choose("full-inspection", reading="fixed-window"), of.Framework)
    assert_type(of.deadlines(meeting, framework=framework), tuple[Obligation, ...])
    outlook = of.simulate(framework, years=1, replications=1, seed=1)
    assert_type(outlook, Outlook)
    assert_type(outlook.history(0), of.History)
    assert_type(outlook.summary(), Summary)


def test_what_a_record_holds_has_a_type() -> None:
    visit = of.FocusedVisit(id="fv", start="2026-10", theme="care leavers", judgements=[])
    assert_type(visit.start, of.When)
    assert_type(visit.published, of.When | None)
    assert_type(visit.judgements, tuple[of.Judgement, ...] | None)
    assert_type(visit.theme, str | None)
    assert_type(visit.start.before(date(2027, 1, 1)), Answer)
    history = of.History(of.Provider(name="Cafcass", kind="cafcass"), [visit], coverage="complete")
    assert_type(history.events, tuple[of.Event, ...])
    assert_type(history.get("fv"), of.Event | None)
    assert_type(of.dump(history), str)


def test_acceptances_have_a_type(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    path.write_text("accepted = []", encoding="utf-8")
    given: Sequence[Acceptance] = assert_type(read_acceptances(path), tuple[Acceptance, ...])
    assert not given


def told_status(status: of.Status) -> str:
    match status:
        case of.Status.SATISFIED | of.Status.NOT_APPLICABLE:
            return "good"
        case of.Status.VIOLATED:
            return "bad"
        case of.Status.PENDING | of.Status.UNDETERMINED:
            return "open"
    assert_never(status)


def told_answer(answer: Answer) -> bool | None:
    match answer:
        case Answer.YES:
            return True
        case Answer.NO:
            return False
        case Answer.OPEN:
            return None
    assert_never(answer)


def told_severity(severity: Severity) -> int:
    match severity:
        case Severity.ERROR:
            return 3
        case Severity.WARNING:
            return 2
        case Severity.NOTE:
            return 1
    assert_never(severity)


def told_basis(basis: of.Basis) -> str:
    match basis:
        case of.Basis.OFFICIAL | of.Basis.REPORTED:
            return "read"
        case of.Basis.INFERRED | of.Basis.ASSUMED:
            return "taken"
    assert_never(basis)


def told_because(because: Because) -> str:
    match because:
        case Because.ROUGH_DATE | Because.NOT_COVERED | Because.ILL_FORMED:
            return "the record"
        case Because.READINGS_DIFFER | Because.NOT_KNOWN | Because.FRAMEWORK_OPEN:
            return "the sources"
    assert_never(because)


def told_event(event: of.Event) -> str:
    """The kinds of event are no closed set to a type checker, so that one more breaks nobody."""
    match event:
        case of.Inspection(kind=kind):
            return kind or "inspection"
        case of.FocusedVisit(theme=theme) | of.MonitoringVisit(theme=theme):
            return theme or "visit"
        case _:
            return event.label


def test_every_word_is_told() -> None:
    assert {told_status(one) for one in of.Status} == {"good", "bad", "open"}
    assert {told_answer(one) for one in Answer} == {True, False, None}
    assert {told_severity(one) for one in Severity} == {1, 2, 3}
    assert {told_basis(one) for one in of.Basis} == {"read", "taken"}
    assert {told_because(one) for one in Because} == {"the record", "the sources"}
    assert len({str(state) for state in State}) == len(State)
    assert told_event(of.FocusedVisit(id="fv", start="2026", theme="care leavers")) == (
        "care leavers"
    )
    assert told_event(of.ActionPlan(id="p", start="2026")) == "action plan"
