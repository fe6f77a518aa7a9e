"""What others bring along: rules of their own, calendars, accepted departures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import ofsted_framework as of
from ofsted_framework.acceptance import Acceptance, read_acceptances
from ofsted_framework.answers import KeptResult, KeptRule
from ofsted_framework.cli import main
from ofsted_framework.documents import load_document
from ofsted_framework.errors import Fault
from ofsted_framework.history import NO_HISTORY
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
        assert departure.subjects == ("bare",)

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
        again = attrs.evolve(_theme_named(), code="AB7")
        with pytest.raises(of.OfstedFrameworkError) as caught:
            of.check(record(), as_of=date(2024, 7, 1), rules=[_theme_named(), again])
        assert str(caught.value) == (
            "rules/1: 'theme-is-named' is the name of another of the rules too"
        )

    def test_rules_that_can_be_gone_through_once_are_all_asked(self) -> None:
        mine: Any = iter([RULES[0], _theme_named()])
        result = of.check(record(), as_of=date(2024, 7, 1), rules=mine)
        assert [one.code for one in result.rules] == ["OF101", "AB101"]
        assert [d.id for d in result.departures] == ["AB101[]:bare"]

        frameworks: Any = iter([of.framework("cafcass-2021")])
        mine = iter([_theme_named()])
        many = of.check_many(
            [record(), record()], as_of=date(2024, 7, 1), rules=mine, frameworks=frameworks
        )
        assert [[d.id for d in one.departures] for one in many] == [["AB101[]:bare"]] * 2
        assert [len(one.frameworks) for one in many] == [1, 1]

        frameworks = iter([of.framework("cafcass-2021")])
        agendas = of.due_many([record()] * 2, as_of=date(2024, 7, 1), frameworks=frameworks)
        assert [len(one.frameworks) for one in agendas] == [1, 1]

        mine, frameworks = iter([_theme_named()]), iter([of.framework("cafcass-2021")])
        change = of.what_if(
            record(), of.FocusedVisit(id="new", start="2024-06-25"),
            as_of=date(2024, 7, 1), rules=mine, frameworks=frameworks,
        )  # fmt: skip
        assert [d.id for d in change.new] == ["AB101[]:new"]
        assert change.gone == ()
        assert len(change.after.frameworks) == 1


EXAMPLE = Example(events=(_VISIT,), as_of="2024-06-01")
NO_CODE = "is no code of a rule: capital letters and a number are wanted"
NO_SLUG = "is no name of a rule: small letters and digits are wanted, with hyphens between"
OURS_ONLY = "begins with OF, as only the library's own codes do"


def made(code: Any, slug: Any, find: Any = None, **other: Any) -> Rule:
    def nothing(view: View) -> Iterator[RawVerdict]:
        """It never speaks."""
        yield from ()

    given: dict[str, Any] = {"why": "", "remedy": "", "passing": EXAMPLE, "failing": EXAMPLE}
    return rule(code, slug, **{**given, **other})(nothing if find is None else find)


class TestWhatARuleIsMadeOf:
    """A rule is refused where it is defined: each thing that is wrong, and the nearest good one."""

    @pytest.mark.parametrize(
        ("code", "message", "like"),
        [
            ("ab101", NO_CODE, "AB101"),
            ("AB-101", NO_CODE, "AB101"),
            ("AB[1]:x", NO_CODE, "ABX1"),
            ("AB101\n", NO_CODE, "AB101"),
            ("Ä1", NO_CODE, "A1"),
            ("AB", NO_CODE, "AB1"),
            ("101", NO_CODE, "OUR101"),
            ("", NO_CODE, "OUR1"),
            ("of 501", NO_CODE, "OUR501"),
            (7, NO_CODE, None),
            ("OF501", OURS_ONLY, "OUR501"),
            ("OFOF2", OURS_ONLY, "OUR2"),
        ],
    )
    def test_codes(self, code: Any, message: str, like: str | None) -> None:
        with pytest.raises(of.OfstedFrameworkError) as caught:
            made(code, "good-name")
        assert caught.value.faults == (Fault("code", code, message, like),)
        if like is not None:
            assert made(like, "good-name").code == like

    @pytest.mark.parametrize(
        ("slug", "like"),
        [
            (" Theme is named! ", "theme-is-named"),
            ("theme_is_named", "theme-is-named"),
            ("theme--is-named-", "theme-is-named"),
            ("Été 2024", "ete-2024"),
            ("theme\n", "theme"),
            ("", None),
            ("?", None),
            (None, None),
        ],
    )
    def test_names(self, slug: Any, like: str | None) -> None:
        with pytest.raises(of.OfstedFrameworkError) as caught:
            made("AB1", slug)
        assert caught.value.faults == (Fault("slug", slug, NO_SLUG, like),)
        if like is not None:
            assert made("AB1", like).slug == like

    @pytest.mark.parametrize(("code", "slug"), [("A0", "a"), ("ABC12", "2-days"), ("OG1", "a-1-b")])
    def test_good_ones(self, code: str, slug: str) -> None:
        departing = Example(events=(), as_of="2024-06-01")
        one = made(code, slug, speaks_of=bool, failing=departing, why="So.", remedy="None.")
        assert (one.code, one.slug, one.sentence) == (code, slug, "It never speaks.")
        assert (one.speaks_of, one.passing, one.failing) == (bool, EXAMPLE, departing)
        assert (one.why, one.remedy) == ("So.", "None.")

    def test_all_that_is_wrong_is_told_at_once(self) -> None:
        with pytest.raises(of.OfstedFrameworkError) as caught:
            made("a 1", "B", 3, why=1, remedy=2, passing={}, failing=(), speaks_of="rows")
        assert str(caught.value).splitlines() == [
            "8 faults:",
            f"code: 'a 1' {NO_CODE} (nearest good one: A1)",
            f"slug: 'B' {NO_SLUG} (nearest good one: b)",
            "why: 1 is not of the class str",
            "remedy: 2 is not of the class str",
            "passing: {} is not of the class Example",
            "failing: () is not of the class Example",
            "speaks_of: 'rows' is neither a function nor None",
            "3 is not a function, and a rule is made of one",
        ]
        assert caught.value.faults[-1].place == ""
        with pytest.raises(of.OfstedFrameworkError) as caught:
            made("OF1", "b", 3)
        assert [fault.place for fault in caught.value.faults] == ["code", ""]

    def test_a_method_or_another_thing_that_can_be_called_will_do(self) -> None:
        class Find:
            def __call__(self, view: View) -> Iterator[RawVerdict]:
                return iter(())

        assert made("AB1", "found", Find()).sentence == ""


lib: Any = of
DAY = date(2024, 7, 1)
ONE_RULE = "rules: one Rule is given where a list is meant: put it in brackets"


class TestWhatACheckIsAsked:
    """An argument that is not what it must be is named, and no other error comes of it."""

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"rules": RULES[0]}, ONE_RULE),
            ({"rules": "OF101"}, "rules: 'OF101' is one text where a list is meant"),
            ({"rules": ["OF101"]}, "rules/0: 'OF101' is not of the class Rule"),
            ({"rules": None}, "rules: is not a list"),
            ({"accepted": 5}, "accepted: 5 is not a list"),
            ({"accepted": ["x"]}, "accepted/0: 'x' is not of the class Acceptance"),
            ({"calendar": None}, "calendar: is no calendar of working days"),
            ({"calendar": [DAY]}, "calendar: [datetime.date(2024, 7, 1)] is no calendar of workin"),
            ({"frameworks": of.framework("cafcass-2021")},
             "frameworks: 'cafcass-2021' is one, where a list is wanted"),
            ({"frameworks": "cafcass-2021"},
             "frameworks: 'cafcass-2021' is one, where a list is wanted"),
            ({"frameworks": ["cafcass-2021"]}, "frameworks/0: 'cafcass-2021' is not a framework;"),
            ({"frameworks": 1}, "frameworks: 1 is not a list"),
            ({"as_of": "2024-07-01"}, "as_of: '2024-07-01' is not a day (a datetime.date"),
        ],
    )  # fmt: skip
    def test_each(self, wrong: dict[str, Any], told: str) -> None:
        given = {"as_of": DAY, **wrong}
        asked: list[Callable[[], Any]] = [
            lambda: lib.check(record(), **given),
            lambda: lib.check_many([], **given),
        ]
        if "accepted" not in wrong:
            new = of.FocusedVisit(id="new", start="2024-06-25")
            asked.append(lambda: lib.what_if(record(), new, **given))
        if "rules" not in wrong and "accepted" not in wrong:
            asked.append(lambda: lib.due(record(), **given))
            asked.append(lambda: lib.due_many([], **given))
        for ask in asked:
            with pytest.raises(of.OfstedFrameworkError) as caught:
                ask()
            assert str(caught.value).startswith(told)
            assert len(caught.value.faults) == 1

    @pytest.mark.parametrize("wrong", ["record.json", {}, [record()], 5])
    def test_what_is_no_history(self, wrong: Any) -> None:
        for ask in (lib.check, lib.due):
            with pytest.raises(of.OfstedFrameworkError) as caught:
                ask(wrong, as_of=DAY)
            assert caught.value.faults == (Fault("history", wrong, NO_HISTORY),)
        with pytest.raises(of.OfstedFrameworkError, match="is not a history"):
            lib.what_if(wrong, of.FocusedVisit(id="new", start="2024-06-25"), as_of=DAY)
        with pytest.raises(of.OfstedFrameworkError, match="'x' is not of the class Event"):
            lib.what_if(record(), "x", as_of=DAY)

    def test_all_that_is_wrong_is_told_at_once(self) -> None:
        wrong = {"as_of": 1, "calendar": 2, "frameworks": 3, "rules": 4, "accepted": 5}
        places = ["as_of", "calendar", "frameworks", "rules", "accepted"]
        with pytest.raises(of.OfstedFrameworkError) as caught:
            lib.check(0, **wrong)
        assert [fault.place for fault in caught.value.faults] == ["history", *places]
        with pytest.raises(of.OfstedFrameworkError) as caught:
            lib.check_many([], **{**wrong, "accepted": {"Cafcass": [6], "Barnet": 7}})
        assert [fault.place for fault in caught.value.faults] == [
            *places[:-1], "accepted/Cafcass/0", "accepted/Barnet",
        ]  # fmt: skip

    def test_other_arguments_of_many(self) -> None:
        with pytest.raises(of.OfstedFrameworkError, match=r"^progress: 3 cannot be called$"):
            lib.check_many([], as_of=DAY, progress=3)
        for ask in (lib.check_many([], as_of=DAY).summary, lib.due_many([], as_of=DAY).summary):
            with pytest.raises(of.OfstedFrameworkError, match=r"^by: \['rule'\] is not told of"):
                ask(["rule"])
        with pytest.raises(
            of.OfstedFrameworkError, match=r"^columns/1: 5 is not of the class str$"
        ):
            lib.check_many([], as_of=DAY).records("rule", 5)

    @pytest.mark.parametrize(
        ("name", "like"),
        [("of301", "OF301"), ("In-Time", "in-time"), ("zzz", None), (301, None), ([], None),
         (None, None), (b"OF301", None)],
    )  # fmt: skip
    def test_what_is_explained(self, name: Any, like: str | None) -> None:
        with pytest.raises(of.OfstedFrameworkError) as caught:
            of.explain(name)
        assert caught.value.faults == (Fault("", name, "is no rule's code or name", like),)


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
    assert str(error.value) == (
        "'monitoring-visits' is no kind of event (inspection, focused-visit, monitoring-visit, "
        "thematic-review, overview-report, joint-targeted-area-inspection, self-evaluation, "
        "engagement-meeting, action-plan) "
        "(nearest good one: monitoring-visit)"
    )
    assert error.value.faults[0].place == ""


def test_all_that_a_rule_is_made_of_can_be_imported() -> None:
    given: dict[str, Any] = {}
    exec("from ofsted_framework.rules import *", given)
    assert {"RULES", "rule", "begun", "on_event", "outcome", "unfilled", "rough"} <= set(given)


def test_a_rule_is_given_the_kinds_of_event_that_it_asks_for() -> None:
    @rule("AB1", "some", why="So.", remedy="None.", passing=EXAMPLE, failing=EXAMPLE)
    def some(view: View) -> Iterator[RawVerdict]:
        """It speaks of some."""
        for event in begun(view, "engagement-meeting", "action-plan"):
            yield on_event(view, event, outcome(True))

    events = [
        of.FocusedVisit(id="fv", start="2024-05-14"),
        of.EngagementMeeting(id="em", start="2024-05-15"),
        of.ActionPlan(id="ap", start="2024-05-16"),
    ]
    result = of.check(of.History(CAFCASS, events), as_of=date(2024, 7, 1), rules=[some])
    assert [verdict.subject for verdict in result.verdicts] == ["em", "ap"]


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
    path.write_text(FILE.replace(MEETING, f"{MEETING} em-2021"), encoding="utf-8")
    with pytest.raises(of.OfstedFrameworkError) as caught:
        read_acceptances(path)
    (fault,) = caught.value.faults
    assert (fault.place, fault.nearest) == (
        "accepted.toml, /accepted/0/departure", f"{MEETING}:em-2021",
    )  # fmt: skip
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
