"""What others bring along: rules of their own, calendars, accepted departures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ofsted_framework as of
from ofsted_framework.acceptance import Acceptance, read_acceptances
from ofsted_framework.answers import KeptResult, KeptRule
from ofsted_framework.cli import main
from ofsted_framework.documents import load_document
from ofsted_framework.rules import (
    RULES,
    Example,
    Ground,
    RawVerdict,
    Rule,
    View,
    begun,
    on_event,
    outcome,
    rule,
    unfilled,
)
from ofsted_framework.telling.csv_text import result_csv
from ofsted_framework.telling.html import result_html
from ofsted_framework.telling.markdown import result_markdown
from ofsted_framework.telling.plain import result_plain

_VISIT = {"type": "focused-visit", "id": "fv-1", "start": "2024-05-14", "theme": "care leavers"}


def _theme_named(*grounds: Ground) -> Rule:
    @rule(
        "AB101",
        "theme-is-named",
        why="We sort visits by theme.",
        remedy="Add the theme.",
        passing=Example(events=(_VISIT,), as_of="2024-06-01"),
        failing=Example(events=({**_VISIT, "theme": None},), as_of="2024-06-01"),
    )
    def theme_is_named(view: View) -> Iterator[RawVerdict]:
        """A focused visit names its theme."""
        for event in begun(view, "focused-visit"):
            assert isinstance(event, of.FocusedVisit)
            if event.theme is None and not view.history.holds(event, "theme"):
                told = outcome(None, unfilled("theme", event))
            else:
                told = outcome(event.theme is not None, detail="It names a theme, or none.")
            yield on_event(view, event, told, grounds)

    return theme_is_named


CAFCASS = of.Provider(name="Cafcass", kind="cafcass")
OURS = Ground(part="sentence", basis="assumed", says="Our own practice.")


def record(*, complete: bool = True) -> of.History:
    visits = [
        of.FocusedVisit(id="named", start="2024-05-14", theme="care leavers"),
        of.FocusedVisit(id="bare", start="2024-06-11"),
        of.FocusedVisit(id="perhaps", start="2024"),
        of.FocusedVisit(id="planned", start="2025-06-11"),
    ]
    return of.History(CAFCASS, visits, coverage="complete" if complete else ())


class TestRuleOfOnesOwn:
    """A rule of one's own gives verdicts beside the library's own, and leaves these as they are."""

    def test_its_verdicts(self) -> None:
        result = of.check(record(), as_of=date(2024, 7, 1), rules=(*RULES, _theme_named()))
        found = {v.subject: v.status for v in result.select("AB101")}
        assert found == {
            "named": of.Status.SATISFIED,
            "bare": of.Status.VIOLATED,
            "perhaps": of.Status.UNDETERMINED,  # it may be a plan yet
        }
        (departure,) = [d for d in result.departures if d.code == "AB101"]
        assert departure.id == "AB101[]:bare"
        assert departure.severity == "error"
        assert departure.remedy == "Add the theme."

    def test_where_nothing_is_claimed_it_is_open(self) -> None:
        result = of.check(
            record(complete=False), as_of=date(2024, 7, 1), rules=(*RULES, _theme_named())
        )
        (bare,) = result.select("theme-is-named", subject="bare")
        assert (bare.status, bare.missing) == (of.Status.UNDETERMINED, ("the theme of bare",))

    def test_what_it_rests_on_caps_its_severity(self) -> None:
        result = of.check(record(), as_of=date(2024, 7, 1), rules=[_theme_named(OURS)])
        (departure,) = result.departures
        assert departure.severity == "note"
        assert departure.verdict.rests_on == (("sentence of AB101", of.Basis.ASSUMED),)
        assert "Our own practice. (assumed)" in departure.explain()

    def test_the_others_are_as_they_were(self) -> None:
        day = date(2024, 7, 1)
        bare = of.check(record(), as_of=day).verdicts
        more = of.check(record(), as_of=day, rules=(*RULES, _theme_named())).verdicts
        told = [(v.code, v.provision, v.subject, v.status) for v in bare]
        assert [(v.code, v.provision, v.subject, v.status) for v in more][: len(told)] == told

    def test_a_kept_result_names_the_rules_that_were_asked(self) -> None:
        mine = _theme_named()
        for history in (record(), of.History(CAFCASS)):  # of the latter it says nothing
            result = of.check(history, as_of=date(2024, 7, 1), rules=(RULES[0], mine))
            assert result.rules == (RULES[0], mine)
            kept = load_document(of.dump(result))
            assert isinstance(kept, KeptResult)
            assert kept.rules == (
                KeptRule(code="OF101", slug="start-not-after-end", own=False),
                KeptRule(code="AB101", slug="theme-is-named", own=True),
            )

    def test_in_what_if(self) -> None:
        change = of.what_if(
            record(), of.FocusedVisit(id="new", start="2024-06-25"),
            as_of=date(2024, 7, 1), rules=[_theme_named()],
        )  # fmt: skip
        assert [d.id for d in change.new] == ["AB101[]:new"]

    def test_one_code_for_two_rules_is_refused(self) -> None:
        with pytest.raises(of.OfstedFrameworkError, match=r"rules/20: 'OF101' is the code of anot"):
            of.check(record(), as_of=date(2024, 7, 1), rules=(*RULES, RULES[0]))
        wrong: Any = ["OF101"]
        with pytest.raises(of.OfstedFrameworkError, match="is not of the class Rule"):
            of.check(record(), as_of=date(2024, 7, 1), rules=wrong)


def test_a_rule_that_asks_for_no_kind_of_event_is_told() -> None:
    @rule(
        "AB102", "misspelt", why="So.", remedy="None.",
        passing=Example(events=(_VISIT,), as_of="2024-06-01"),
        failing=Example(events=(_VISIT,), as_of="2024-06-01"),
    )  # fmt: skip
    def misspelt(view: View) -> Iterator[RawVerdict]:
        """It never speaks."""
        for event in begun(view, "focused-visit", "monitoring-visits"):
            yield on_event(view, event, outcome(True))

    with pytest.raises(of.OfstedFrameworkError) as error:
        of.check(record(), as_of=date(2024, 7, 1), rules=[misspelt])
    (fault,) = error.value.faults
    assert (fault.value, fault.nearest) == ("monitoring-visits", "monitoring-visit")


def test_a_calendar_of_ones_own_moves_a_deadline() -> None:
    # 16 February 2024 is a Friday; ten working days on is 1 March, and Wednesday is taken out.
    framework = of.framework("cafcass-2021").replace("report-publication", working_days=10)
    event = of.sample("cafcass").get("fi-2024")
    assert event is not None
    closed = of.WorkingDays(extra_holidays=[date(2024, 2, 21)])
    for calendar, last in ((of.WorkingDays(), date(2024, 3, 1)), (closed, date(2024, 3, 4))):
        (found,) = [
            one
            for one in of.deadlines(event, framework=framework, calendar=calendar)
            if one.provision == "report-publication"
        ]
        window = found.courses[0].window
        assert window is not None
        assert window.latest == last


AS_OF = date(2024, 7, 1)
MEETING = "OF301[cafcass-2021/engagement-meeting]"


def accepted(departure: str, until: date = AS_OF) -> Acceptance:
    return Acceptance(departure=departure, reason="Agreed with the board.", until=until)


class TestAcceptance:
    """An accepted departure stays a departure, and says so until its last day."""

    def test_it_is_shown_as_accepted(self) -> None:
        given = accepted(f"{MEETING}:opening")
        result = of.check(record(), as_of=AS_OF, accepted=[given])
        bare = of.check(record(), as_of=AS_OF)
        assert [d.id for d in result.departures] == [d.id for d in bare.departures]
        assert [d.id for d in result.departures if d.accepted] == [f"{MEETING}:opening"]
        assert f"{MEETING}:opening" not in [d.id for d in result.standing]
        assert len(result.standing) == len(result.departures) - 1
        assert result.unused == ()
        assert result.counts == bare.counts

    @pytest.mark.parametrize(
        ("day", "holds"), [(date(2024, 7, 1), True), (date(2024, 7, 2), False)]
    )
    def test_it_runs_out_after_its_last_day(self, day: date, holds: bool) -> None:
        given = accepted(f"{MEETING}:opening")
        result = of.check(record(), as_of=day, accepted=[given])
        assert [d.accepted for d in result.departures if d.id == given.departure] == [
            given if holds else None
        ]
        assert result.unused == (() if holds else (given,))

    def test_without_a_subject_every_subject_is_meant(self) -> None:
        result = of.check(record(), as_of=AS_OF, accepted=[accepted(MEETING)])
        assert all(d.accepted for d in result.departures if d.id.startswith(MEETING))
        assert MEETING not in {d.id.partition(":")[0] for d in result.standing}

    def test_another_subject_is_not_meant(self) -> None:
        given = accepted(f"{MEETING}:open")  # the beginning of a name is no name
        result = of.check(record(), as_of=AS_OF, accepted=[given])
        assert len(result.standing) == len(result.departures)
        assert result.unused == (given,)

    def test_of_two_the_longer_holds(self) -> None:
        short, long = accepted(MEETING), accepted(f"{MEETING}:opening", date(2025, 1, 1))
        result = of.check(record(), as_of=AS_OF, accepted=[short, long])
        (one,) = [d for d in result.departures if d.id == long.departure]
        assert one.accepted == long

    def test_every_medium_tells(self) -> None:
        given = [accepted(f"{MEETING}:opening"), accepted("AB1[]:x"), accepted(MEETING, date.min)]
        result = of.check(record(), as_of=AS_OF, accepted=given)
        told = "Accepted until 1 July 2024: Agreed with the board."
        text = " ".join(result.explain().split())
        assert told in text
        assert "1 accepted." in text
        assert "is no departure of this record: AB1[]:x (Agreed" in text
        assert "ran out on 1 January 1: OF301" in text
        assert told in result_html(result)
        assert told in result_markdown(result)
        assert result_plain(result)["accepted"][0] == {
            "departure": f"{MEETING}:opening",
            "reason": "Agreed with the board.",
            "until": "2024-07-01",
            "departures": [f"{MEETING}:opening"],
        }
        last = [line.rpartition(",")[2] for line in result_csv(result).splitlines()]
        assert [one for one in last if one] == ["accepted", told]
        assert result_plain(of.check(record(), as_of=AS_OF))["accepted"] == []

    def test_every_fault_is_told(self) -> None:
        wrong: Any = Acceptance
        with pytest.raises(of.OfstedFrameworkError) as caught:
            wrong(departure="OF301", reason=" ", until="2024-07-01")
        assert [fault.place for fault in caught.value.faults] == ["/departure", "/reason", "/until"]
        with pytest.raises(of.OfstedFrameworkError, match="is not of the class Acceptance"):
            of.check(record(), as_of=AS_OF, accepted=wrong.__mro__)


FILE = f"""
[[accepted]]
departure = "{MEETING}"
reason = "Agreed with the board."
until = 2024-07-01
"""


def test_a_file_of_accepted_departures(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    path.write_text(FILE, encoding="utf-8")
    assert read_acceptances(path) == (accepted(MEETING),)
    path.write_text('[[accepted]]\ndeparture = "x"\nreson = ""\n', encoding="utf-8")
    with pytest.raises(of.OfstedFrameworkError) as caught:
        read_acceptances(path)
    assert {fault.place for fault in caught.value.faults} == {
        "accepted.toml, /accepted/0/departure", "accepted.toml, /accepted/0/reason",
        "accepted.toml, /accepted/0/until", "accepted.toml, /accepted/0/reson",
    }  # fmt: skip
    path.write_text("\ufeff" + FILE, encoding="utf-8")
    assert read_acceptances(path) == (accepted(MEETING),)
    path.write_text("[[", encoding="utf-8")
    with pytest.raises(of.OfstedFrameworkError, match=r"accepted\.toml.*is not TOML"):
        read_acceptances(path)
    with pytest.raises(of.OfstedFrameworkError, match="cannot be opened"):
        read_acceptances(tmp_path / "none.toml")


def test_an_accepted_departure_does_not_set_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, accepts = tmp_path / "record.json", tmp_path / "accepted.toml"
    meeting = of.EngagementMeeting(id="em", start="2021-06-16")
    path.write_text(of.dump(of.History(CAFCASS, [meeting], coverage="complete")), "utf-8")
    accepts.write_text(FILE, encoding="utf-8")
    asked = ["check", str(path), "--only", "engagement-meeting", "--fail-on", "note"]
    for day, code in (("2024-07-01", 0), ("2024-07-02", 1)):
        assert main([*asked, "--as-of", day, "--accepted", str(accepts)]) == code
    assert "all accepted" in capsys.readouterr().out
    assert main([*asked, "--as-of", "2024-07-01"]) == 1
