"""How deadlines are told: the day that they are counted from, the working day, what is assumed."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import ofsted_framework as of
from helpers import AUTHORITY, CAFCASS, COMPLETE, full, verdict, visit
from ofsted_framework.cli import main
from ofsted_framework.planning import Agenda
from ofsted_framework.provisions import Cadence, SinceLast
from ofsted_framework.telling.csv_text import agenda_csv
from ofsted_framework.telling.markdown import agenda_markdown

CAF_2013 = of.framework("cafcass-2013")
ASKED = date(2026, 11, 23)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def publication(
    published: str | None, end: str | None = "2018-03-02", *, asked: date = ASKED
) -> tuple[str, str]:
    """What is found of the report of an inspection of early 2018, and how it is explained."""
    history = of.History(CAFCASS, [full("a", "2018-02-02", end, published)], coverage=COMPLETE)
    result = of.check(history, as_of=asked, frameworks=[CAF_2013])
    one = verdict(result, "OF302", "report-publication", "a")
    return one.message, on_one_line(one.explain())


# --- The working day ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "found", "told"),
    [
        # Friday 2 March 2018 is day 0, Thursday 29 March day 19, since 30 March was Good Friday
        # and 2 April Easter Monday; Tuesday 3 April is day 20.
        ("2018-03-29", "came in time, on working day 19 of 20: due by 3 April 2018.",
         "It came on 29 March 2018, on working day 19 of 20."),
        ("2018-04-03", "came in time, on working day 20 of 20: due by 3 April 2018.",
         "It came on 3 April 2018, on working day 20 of 20."),
        ("2018-04-04", "came late, on working day 21, where 20 are allowed: due by 3 April 2018.",
         "It came on 4 April 2018, on working day 21, where 20 are allowed."),
        # A Saturday is no working day.
        ("2018-03-31", "came in time, after working day 19 of 20: due by 3 April 2018.",
         "It came on 31 March 2018, after working day 19 of 20."),
        ("2018-03-28/2018-03-29",
         "came in time, on working day 18 to 19, where 20 are allowed: due by 3 April 2018.",
         "It came 28 to 29 March 2018, on working day 18 to 19, where 20 are allowed."),
    ],
)  # fmt: skip
def test_a_report_of_2018(published: str, found: str, told: str) -> None:
    message, explained = publication(published)
    assert message == f"The report or letter of a {found}"
    days = "2 March 2018 + 20 working days = 3 April 2018 (bank holidays left out: 30 March and 2"
    assert f"{days} April). {told}" in explained


def test_the_report_of_cafcass_of_2018(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadlines", "sample:cafcass", "fi-2018"]) == 0
    told = on_one_line(capsys.readouterr().out)
    assert "It came on 29 March 2018, on working day 19 of 20." in told
    result = of.check(of.sample("cafcass"), as_of=ASKED)
    one = verdict(result, "OF302", "report-publication", "fi-2018")
    assert "came in time, on working day 19 of 20: due by 3 April 2018." in one.message


def test_what_is_still_to_come_has_not_come() -> None:
    message, explained = publication("2018-03-29", asked=date(2018, 3, 28))
    assert message == "The report or letter of a is due by 3 April 2018."
    assert "It came" not in explained


def test_a_rough_last_day_gives_a_rough_deadline() -> None:
    # 20 working days from Thursday 1 March end on Thursday 29 March; from Monday 5 March, on
    # Wednesday 4 April.
    _, told = publication("2018-03-20", "2018-03-01/2018-03-05")
    assert (
        "20 working days from the last day (1 to 5 March 2018): 29 March to 4 April 2018"
    ) in told
    assert "1 March 2018 + 20 working days" not in told


def test_two_rows_that_may_hold_are_both_told() -> None:
    # Between April 2020 and July 2021 21 became 30. From Friday 4 December 2020 on, Thursday 24
    # December is day 14, Thursday 31 December day 17 (25 and 28 December were holidays, and so was
    # 1 January), Friday 8 January 2021 day 22; so day 21 is 7 January and day 30 is 20 January.
    ilacs = of.framework("ilacs-2018")
    one = full("a", "2020-11-23", "2020-12-04", kind="standard", scope=None, judgements=None)
    found = {each.provision: each for each in of.deadlines(one, framework=ilacs)}
    told = on_one_line(found["report-publication"].explain())
    assert "4 December 2020 + 21 working days = 7 January 2021; or " in told
    assert "4 December 2020 + 30 working days = 20 January 2021 (bank holidays left out" in told
    assert "within 21 working days of the last day of fieldwork. Or: The report" in told


def test_two_rhythms_that_may_hold_are_both_told() -> None:
    one = of.framework("cafcass-2013").choose("national-inspection", reading="yearly")
    (row,) = one.provision("national-inspection")
    assert isinstance(row, Cadence)
    first = attrs.evolve(row, effective_to="2014-12-31/2015-12-30")
    second = attrs.evolve(
        row, effective_from="2015-01-01/2015-12-31", since_last=SinceLast(months=24)
    )
    kept = tuple(each for each in one.rows if each is not row)
    changed = attrs.evolve(one, rows=(first, second, *kept))
    asked = full("a", "2015-06-01", "2015-06-26")
    told = {each.provision: each.explain() for each in of.deadlines(asked, framework=changed)}
    assert "12 or 24 months from 1 June 2015: 1 June 2015 to 1 June 2017." in on_one_line(
        told["national-inspection"]
    )


def test_a_suspension_made_known_later_moves_a_window_and_is_told() -> None:
    # 17 March 2020 to 27 June 2021 are 468 days: 14 November 2020, 14 May and 14 November 2021
    # become 25 February and 25 August 2022 and 25 February 2023.
    one = full("a", "2018-05-14", "2018-05-25", kind="standard", scope=None, judgements=None)
    found = of.deadlines(one, framework=of.framework("ilacs-2018"))
    (interval,) = (each for each in found if each.provision == "inspection-interval")
    told = on_one_line(interval.explain())
    assert "Due 25 February 2022 to 25 February 2023, expected 25 August 2022." in told
    assert "14 May 2021 + 468 days suspended = 25 August 2022" in told
    assert "Graded inspection began again with Sunderland on 28 June 2021. (inferred" in told


def test_of_a_day_that_is_not_known_it_is_told_which() -> None:
    letter = of.framework("cafcass-2021").replace("letter-publication", working_days=20)
    one = visit("v", "2021-04")
    told = {
        each.provision: on_one_line(each.explain()) for each in of.deadlines(one, framework=letter)
    }
    wanted = "20 working days from the last day of v, which is not known."
    assert wanted in told["letter-publication"]
    history = of.History(CAFCASS, [one], coverage=COMPLETE)
    (later,) = (
        each
        for each in of.due(history, as_of=date(2021, 5, 3), frameworks=[letter])
        if each.provision == "letter-publication"
    )
    assert "from the last day of v, which is still to come." in on_one_line(later.explain())


# --- 2014: whether the rule was in force is open ------------------------------------------------


def test_whether_the_twenty_days_held_in_2014_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    result = of.check(of.sample("cafcass"), as_of=ASKED)
    one = verdict(result, "OF302", "report-publication", "fi-2014")
    assert one.status is of.Status.UNDETERMINED
    assert "the day on which report-publication took effect or changed" in one.missing
    told = on_one_line(one.explain())
    # 24 April 2014 is day 22 after 21 March: 18 and 21 April were Good Friday and Easter Monday.
    assert "21 March 2014 + 20 working days = 22 April 2014" in told
    assert "It came by 24 April 2014, by working day 22, where 20 are allowed." in told
    assert "Nothing is owed" not in told
    assert "a day that is not known" not in told
    assert main(["deadlines", "sample:cafcass", "fi-2014"]) == 0
    told = on_one_line(capsys.readouterr().out)
    assert (
        "Whether it is owed is open; to settle that: the day on which report-publication took "
        "effect or changed."
    ) in told


@pytest.mark.parametrize(
    ("end", "published", "wanted"),
    [
        # The guide is of 3 December 2014: from then on the rule was in force, before it may have
        # been, so that even a report that kept to it may have been owed none.
        ("2014-12-02", "2014-12-10", of.Status.UNDETERMINED),
        ("2014-12-02", "2015-06-10", of.Status.UNDETERMINED),
        ("2014-12-03", "2014-12-10", of.Status.SATISFIED),
        ("2014-12-03", "2015-06-10", of.Status.VIOLATED),
    ],
)
def test_it_surely_holds_from_the_day_of_the_guide(
    end: str, published: str, wanted: of.Status
) -> None:
    history = of.History(CAFCASS, [full("a", "2014-11-07", end, published)], coverage=COMPLETE)
    result = of.check(history, as_of=ASKED, frameworks=[CAF_2013])
    one = verdict(result, "OF302", "report-publication", "a")
    assert one.status is wanted
    if wanted is of.Status.VIOLATED:  # the guide is official
        assert str(one.severity) == "error"


def test_before_the_guide_the_rule_is_open_too() -> None:
    found = of.due(of.sample("cafcass"), as_of=date(2014, 4, 1))
    one = found["cafcass-2013/report-publication"]
    assert {str(state) for state in one.possible} == {"met", "open", "not owed"}


def test_where_nothing_is_owed_no_day_is_asked_for() -> None:
    # A plan is owed after a visit only where its letter names a new area for priority action.
    history = of.History(
        AUTHORITY, [visit("v", "2024-05-13", "2024-05-14", priority="none")],
        coverage="complete",
    )  # fmt: skip
    result = of.check(history, as_of=date(2024, 12, 2))
    some = result.select("OF302", subject="v", status=of.Status.NOT_APPLICABLE)
    assert some
    for one in some:
        assert "nothing is owed, so that no time runs." in one.explain()


# --- What is assumed ----------------------------------------------------------------------------


def due(history: of.History = of.sample("cafcass")) -> Agenda:  # noqa: B008
    return of.due(history, as_of=ASKED)


def test_twelve_months_are_told_to_be_assumed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadlines", "sample:cafcass", "fi-2018"]) == 0
    told = on_one_line(capsys.readouterr().out)
    assert (
        "2 March 2018 + 12 months = 2 March 2019. A report still missing twelve months after "
        "fieldwork is called missing; until then it is awaited or late. (assumed)"
    ) in told


WINDOWS = (
    "Windows of three years follow one another from the day on which the framework took effect. "
    "How the window is fixed was not read."
)


def test_a_window_taken_from_another_duty_is_told_with_what_it_rests_on() -> None:
    one = due()["focused-visits"]
    assert f"{WINDOWS} (assumed)" in on_one_line(one.explain())


def test_every_medium_tells_it() -> None:
    agenda = due()
    assert f"Assumed: {WINDOWS} Counted from the start of fieldwork." in agenda_markdown(agenda)
    head, first, second, *_ = agenda_csv(agenda).splitlines()
    assert head.endswith(",assumed")
    assert first.endswith(f",{WINDOWS}")
    assert second.endswith(",Counted from the start of fieldwork.")


# --- Receipts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "asked"),
    [
        # Rows that were made known later: the end of the suspension, and the change of 2026.
        ("leeds", date(2020, 6, 1)),
        ("leeds", date(2026, 11, 23)),
        ("cafcass", date(2014, 4, 1)),
        ("cafcass", date(2026, 11, 23)),
    ],
)
def test_receipts_of_check_and_due_name_the_same_framework(record: str, asked: date) -> None:
    history = of.sample(record)
    checked = dict(of.check(history, as_of=asked).receipt.frameworks)
    planned = dict(of.due(history, as_of=asked).receipt.frameworks)
    assert planned
    for id, content in planned.items():
        assert content == checked[id] == of.framework(id).content_hash
