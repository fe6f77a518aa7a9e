"""The shipped record of Cafcass, every verdict of it worked out by hand.

The record since 2013: inspections of 2014 and 2018 (earlier framework); a focused visit in April
2021, letter of 7 June 2021; one in January 2023, letter in 2023; the inspection of 22 January to 16
February 2024, published on 3 April 2024 or before. It claims to hold all inspections from 2014, and
all focused and monitoring visits from 1 April 2021, up to 3 April 2024. It says nothing of meetings
and self-evaluations. Before: two thematic reviews of 2007 of which neither days nor reports are on
record; three regional inspections of 2007 and 2008; six inspections of service areas from January
2009 to December 2010, one of them (Near South West) without a known report, with some of their
grades; a monitoring visit to Greater London on some day from 8 to 28 December 2010. The record
claims nothing of that time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import attrs
import pytest

from helpers import day, full, meeting, verdict, verdicts
from ofsted_framework import (
    Framework,
    History,
    Status,
    check,
    deadlines,
    due,
    framework,
    sample,
    what_if,
)
from ofsted_framework.cases import Because, State
from ofsted_framework.dates import Window
from ofsted_framework.planning import Agenda
from ofsted_framework.verdicts import CheckResult

ASKED = date(2026, 11, 23)
S, V, N, P, U = (
    Status.SATISFIED,
    Status.VIOLATED,
    Status.NOT_APPLICABLE,
    Status.PENDING,
    Status.UNDETERMINED,
)
ROUGH, GAP, READ, VALUE = (
    Because.ROUGH_DATE,
    Because.NOT_COVERED,
    Because.READINGS_DIFFER,
    Because.NOT_KNOWN,
)

Key = tuple[str, str | None, str | None]


class Wanted(NamedTuple):
    status: Status
    because: frozenset[Because] = frozenset()
    missing: tuple[str, ...] = ()
    """Words that must stand in what would settle it."""


def open_(because: set[Because], *missing: str) -> Wanted:
    return Wanted(U, frozenset(because), missing)


END_2021 = "last day of fv-2021"
END_2023 = "last day of fv-2023"
LETTER_2023 = "day of publication of fv-2023"
REPORT_2024 = "day of publication of fi-2024"

TABLE: dict[Key, Wanted] = {
    # Dates in order. Neither visit has a last day on record; the letter of 2023 has only a year,
    # and the reports of 2014 and 2024 have only a last possible day, which could lie before the
    # end.
    ("OF101", None, "fi-2014"): Wanted(S),
    ("OF101", None, "fi-2018"): Wanted(S),
    ("OF101", None, "fv-2021"): open_({GAP}, END_2021),
    ("OF101", None, "fv-2023"): open_({GAP}, END_2023),
    ("OF101", None, "fi-2024"): Wanted(S),
    ("OF102", None, "fi-2014"): open_({ROUGH}, "day of publication of fi-2014"),
    ("OF102", None, "fi-2018"): Wanted(S),
    ("OF102", None, "fv-2021"): open_({GAP}, END_2021),
    # Its end alone would not settle it: 20 January 2023 against some day of 2023.
    ("OF102", None, "fv-2023"): open_({GAP, ROUGH}, END_2023, LETTER_2023),
    ("OF102", None, "fi-2024"): open_({ROUGH}, REPORT_2024),
    ("OF103", None, None): Wanted(N),  # no fieldwork in parts
    ("OF104", None, None): Wanted(N),  # no event names its framework
    # Grades.
    ("OF105", "judgement-areas", "fi-2024"): Wanted(S),
    ("OF106", "judgement-areas", "fi-2024"): Wanted(S),
    ("OF107", "visit-ungraded", "fv-2021"): Wanted(S),
    ("OF107", "visit-ungraded", "fv-2023"): Wanted(S),
    ("OF107", "monitoring-and-meetings-ungraded", None): Wanted(N),
    ("OF108", "national-scope", "fi-2024"): Wanted(S),
    # Sequence. The visit of April 2021 is the first whatever its day, since no other is missing.
    ("OF201", "first-activity", "opening"): Wanted(S),
    # Two visits before the inspection: at least one, and no more than two.
    ("OF202", "focused-visits", "opening"): Wanted(S),
    ("OF202", "focused-visits", "fi-2024"): open_({GAP}, "focused visit"),
    ("OF202", "monitoring-while-inadequate", "fi-2024"): Wanted(N),
    ("OF203", "monitoring-only-while-inadequate", None): Wanted(N),
    ("OF204", "kind-of-inspection", "fi-2024"): Wanted(S),
    # Timing.
    ("OF301", "full-inspection", "opening"): Wanted(S),
    ("OF301", "full-inspection", "fi-2024"): open_({GAP}, "inspection"),
    ("OF301", "self-evaluation", "opening"): open_({GAP}, "self-evaluation"),
    ("OF301", "engagement-meeting", "opening"): open_({GAP}, "engagement meeting"),
    ("OF302", "report-publication", "fi-2024"): open_(
        {VALUE, ROUGH}, "report-publication", REPORT_2024
    ),
    ("OF302", "letter-publication", "fv-2021"): open_({VALUE, GAP}, "letter-publication", END_2021),
    ("OF302", "letter-publication", "fv-2023"): open_(
        {VALUE, GAP, ROUGH}, "letter-publication", END_2023, LETTER_2023
    ),
    ("OF302", "monitoring-publication", None): Wanted(N),
    ("OF303", None, None): Wanted(N),  # this framework was never suspended
    # 22 to 31 January are ten days, 1 to 16 February sixteen.
    ("OF304", "inspection-length", "fi-2024"): Wanted(S),
    # Completeness. Each has a report or letter, whichever day it came.
    ("OF401", "inspection-report", "fi-2024"): Wanted(S),
    ("OF401", "visit-letter", "fv-2021"): Wanted(S),
    ("OF401", "visit-letter", "fv-2023"): Wanted(S),
    ("OF402", "self-evaluation-covers", None): Wanted(N),
    ("OF402", "meeting-attendance", None): Wanted(N),
    # Who inspected with Ofsted is not noted.
    ("OF402", "not-with-hmica", "fi-2024"): open_({GAP}),
    ("OF403", "meeting-reviews", None): Wanted(N),
}


# --- Before April 2021 ----------------------------------------------------------------------------

REVIEWS = ("tr-family-assistance", "tr-public-law")
REGIONS = ("ri-east-midlands", "ri-south-east", "ri-south-yorkshire")
AREAS = ("ai-birmingham", "ai-durham", "ai-near-south-west", "ai-north-yorkshire",
         "ai-greater-london", "ai-tyne")  # fmt: skip
NATIONAL = ("fi-2014", "fi-2018")


def each(
    code: str, provision: str | None, subjects: Sequence[str], wanted: Wanted, **other: Wanted
) -> dict[Key, Wanted]:
    """One verdict for each subject; `other` names those that differ, with _ for -."""
    differ = {name.replace("_", "-"): one for name, one in other.items()}
    return {(code, provision, subject): differ.get(subject, wanted) for subject in subjects}


OVER = "last day of"
EARLIER: dict[Key, Wanted] = {
    # South East began and ended in months that do not overlap; South Yorkshire's days are of one
    # month. Of no other is a last day on record.
    **each("OF101", None, (*REVIEWS, *REGIONS, *AREAS, "mv-greater-london"), open_({GAP}, OVER),
           ri_south_east=Wanted(S), ri_south_yorkshire=open_({ROUGH}, "first day", OVER)),
    # Both reports of regions came after the month in which fieldwork ended.
    **each("OF102", None, REVIEWS, open_({GAP}, "day of publication", OVER)),
    **each("OF102", None, REGIONS, Wanted(S), ri_east_midlands=open_({GAP, ROUGH}, OVER)),
    **each("OF102", None, (*AREAS, "mv-greater-london"), open_({GAP, ROUGH}, OVER),
           ai_birmingham=open_({GAP}), ai_durham=open_({GAP}), ai_tyne=open_({GAP}),
           ai_near_south_west=open_({GAP}, "day of publication")),
    ("OF109", None, None): Wanted(N),  # no framework of Cafcass limits a grade by others
    # Their grades are known in part; South Yorkshire's list is whole.
    **each("OF105", "cafcass-2007/judgement-areas", REGIONS, open_({GAP}, "other judgements"),
           ri_south_yorkshire=Wanted(S)),
    **each("OF106", "cafcass-2007/judgement-areas", REGIONS, open_({GAP}, "other judgements"),
           ri_south_yorkshire=Wanted(S)),
    **each("OF105", "cafcass-2009/judgement-areas", AREAS, open_({GAP}, "other judgements")),
    **each("OF106", "cafcass-2009/judgement-areas", AREAS, open_({GAP}, "other judgements")),
    **each("OF105", "cafcass-2013/judgement-areas", NATIONAL, Wanted(S)),
    **each("OF106", "cafcass-2013/judgement-areas", NATIONAL, Wanted(S)),
    **each("OF108", "cafcass-2007/regional-scope", REGIONS, Wanted(S)),
    **each("OF108", "cafcass-2009/service-area-scope", AREAS, Wanted(S)),
    **each("OF108", "cafcass-2013/national-scope", NATIONAL, Wanted(S)),
    # Greater London was judged inadequate, but an inspection between may be missing.
    ("OF203", "cafcass-2009/monitoring-only-where-inadequate", "mv-greater-london"):
        open_({GAP}, "complete record of inspections"),
    **each("OF204", "cafcass-2007/kind-of-inspection", REGIONS, Wanted(S)),
    **each("OF204", "cafcass-2009/kind-of-inspection", AREAS, Wanted(S)),
    **each("OF204", "cafcass-2013/kind-of-inspection", NATIONAL, Wanted(S)),
    # Four years and less from 2014 to 2018; then none until the framework ended in March 2021,
    # three years and a month later: late for a year, for three years only just, not for four.
    **each("OF301", "cafcass-2013/national-inspection", NATIONAL, open_({READ})),
    # Working day 19 of 20 in 2018. In 2014 the report came by working day 22, and whether the 20
    # days were in force before the guide of December 2014, in which they were read, is open.
    **each("OF302", "cafcass-2007/report-publication", REGIONS, open_({VALUE, ROUGH}),
           ri_east_midlands=open_({VALUE, ROUGH, GAP}, OVER)),
    **each("OF302", "cafcass-2009/report-publication", AREAS, open_({VALUE, GAP}, OVER),
           ai_north_yorkshire=open_({VALUE, GAP, ROUGH}),
           ai_greater_london=open_({VALUE, GAP, ROUGH})),
    **each("OF302", "cafcass-2013/report-publication", NATIONAL, Wanted(S),
           fi_2014=open_({ROUGH}, "day of publication of fi-2014", "report-publication took")),
    # Four weeks: 21 February to 21 March 2014, 2 February to 2 March 2018.
    **each("OF304", "cafcass-2013/inspection-length", NATIONAL, Wanted(S)),
    # A review dated 2007 may have begun before Ofsted took over in April.
    **each("OF401", "hmica-2005/report", REVIEWS, open_({Because.FRAMEWORK_OPEN, GAP})),
    **each("OF401", "cafcass-2007/review-report", REVIEWS, open_({Because.FRAMEWORK_OPEN, GAP})),
    **each("OF401", "cafcass-2007/report", REGIONS, Wanted(S)),
    **each("OF401", "cafcass-2009/report", AREAS, Wanted(S), ai_near_south_west=open_({GAP})),
    **each("OF401", "cafcass-2013/inspection-report", NATIONAL, Wanted(S)),
    ("OF402", "hmica-2005/inspectorate", None): Wanted(N),
    **each("OF402", "cafcass-2007/inspectorate", REGIONS, Wanted(S)),
    # Whose views were heard is on record for none; whether that was asked for in 2014 is open.
    **each("OF402", "cafcass-2007/views", REGIONS, open_({GAP}, "views")),
    **each("OF402", "cafcass-2009/views", AREAS, open_({GAP}, "views")),
    **each("OF402", "cafcass-2013/views", NATIONAL, open_({GAP}, "views"),
           fi_2014=open_({GAP, ROUGH}, "views recorded", "views took effect")),
    # All of 2009 and 2010 came before HMICA was abolished in September 2012.
    **each("OF402", "cafcass-2009/not-with-hmica", AREAS, Wanted(N)),
    **each("OF402", "cafcass-2013/not-with-hmica", NATIONAL, Wanted(S)),
}  # fmt: skip


@pytest.fixture(scope="module")
def cafcass() -> History:
    return sample("cafcass")


@pytest.fixture(scope="module")
def complete(cafcass: History) -> History:
    return attrs.evolve(cafcass, coverage="complete")


@pytest.fixture(scope="module")
def result(cafcass: History) -> CheckResult:
    return check(cafcass, as_of=ASKED)


def key_of(provision: str | None) -> str | None:
    """A row of the framework in force by its id, one of another with its framework."""
    return None if provision is None else provision.removeprefix("cafcass-2021/")


def with_status(result: CheckResult, status: Status) -> set[Key]:
    return {
        (one.code, key_of(one.provision), one.subject)
        for one in result.verdicts
        if one.status is status
    }


def test_there_is_one_verdict_for_each_key_and_no_other(result: CheckResult) -> None:
    keys = [(one.code, key_of(one.provision), one.subject) for one in result.verdicts]
    assert len(keys) == len(set(keys))
    assert set(keys) == {*TABLE, *EARLIER}


@pytest.mark.parametrize("key", list(EARLIER), ids=lambda key: "-".join(map(str, key)))
def test_verdict_before_april_2021(result: CheckResult, key: Key) -> None:
    wanted = EARLIER[key]
    (one,) = (
        one for one in result.verdicts if (one.code, key_of(one.provision), one.subject) == key
    )
    assert (one.status, one.because) == (wanted.status, wanted.because)
    told = "; ".join(one.missing)
    assert [words for words in wanted.missing if words not in told] == []
    assert bool(one.missing) == (one.status is U)


@pytest.mark.parametrize("key", list(TABLE), ids=lambda key: "-".join(map(str, key)))
def test_verdict(result: CheckResult, key: Key) -> None:
    wanted = TABLE[key]
    one = verdict(result, *key)
    assert one.status is wanted.status
    assert one.because == wanted.because
    told = "; ".join(one.missing)
    for words in wanted.missing:
        assert words in told
    assert bool(one.missing) == (one.status is U)


def test_nothing_is_violated(result: CheckResult) -> None:
    assert result.departures == ()


def test_no_row_speaks_of_the_inspections_before_the_framework(result: CheckResult) -> None:
    spoken: dict[str, set[str | None]] = {}
    for one in result.verdicts:
        if one.provision is not None and one.subject is not None:
            spoken.setdefault(one.provision.partition("/")[0], set()).add(one.subject)
    assert not spoken["cafcass-2021"] & {*REVIEWS, *REGIONS, *AREAS, *NATIONAL}
    # Nothing is judged by two frameworks, save the reviews of which the day is open.
    twice = [(spoken[a] & spoken[b]) - {*REVIEWS} for a in spoken for b in spoken if a < b]
    assert not set().union(*twice)


@pytest.mark.parametrize(
    ("working_days", "latest", "status", "because"),
    [
        # From Friday 16 February: 28 March is day 29, then Good Friday and Easter Monday are no
        # working days: 2 April is day 30, 5 April day 33, 12 April day 38.
        (38, date(2024, 4, 12), S, set()),
        (31, date(2024, 4, 3), S, set()),
        (30, date(2024, 4, 2), U, {ROUGH}),
    ],
)
def test_a_deadline_supplied_by_the_user(
    cafcass: History, working_days: int, latest: date, status: Status, because: set[Because]
) -> None:
    fw = framework("cafcass-2021").replace("report-publication", working_days=working_days)
    found = check(cafcass, as_of=ASKED, frameworks=[fw])
    one = verdict(found, "OF302", "report-publication", "fi-2024")
    assert one.obligation is not None
    assert [w and w.latest for w in one.obligation.windows.values()] == [latest]
    assert (one.status, set(one.because)) == (status, because)


def window(earliest: date, expected: date | None, latest: date) -> Window:
    return Window(earliest, expected, latest)


def test_windows_of_the_first_full_inspection(result: CheckResult) -> None:
    one = verdict(result, "OF301", "full-inspection", "opening").obligation
    assert one is not None
    assert one.fulfilled_by == "fi-2024"
    ends = {name: w and (w.earliest, w.latest) for name, w in one.windows.items()}
    assert ends == {
        "fixed-window": (date(2021, 4, 1), date(2024, 3, 31)),
        "anniversary": (date(2023, 10, 1), date(2024, 10, 1)),  # 1 April 2024, six months each way
    }


# --- What is due ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def agenda(cafcass: History) -> Agenda:
    return due(cafcass, as_of=ASKED)


def ends(
    agenda: Agenda, provision: str
) -> dict[str | None, tuple[date | None, date | None] | None]:
    return {
        name: None if w is None else (w.earliest, w.latest)
        for name, w in agenda[provision].windows.items()
    }


def test_what_is_due(agenda: Agenda) -> None:
    # Reports and letters are out, the first activity is past, no grade was inadequate.
    assert {(one.provision, one.subject) for one in agenda} == {
        ("full-inspection", "fi-2024"),
        ("focused-visits", "fi-2024"),
        ("self-evaluation", "opening"),
        ("engagement-meeting", "opening"),
    }


def test_the_next_full_inspection(agenda: Agenda) -> None:
    one = agenda["full-inspection"]
    fixed, anniversary = (one.windows[name] for name in ("fixed-window", "anniversary"))
    assert ends(agenda, "full-inspection")["fixed-window"] == (date(2024, 4, 1), date(2027, 3, 31))
    assert fixed is not None
    # 22 January 2024 and three years, six months each way.
    assert anniversary == window(date(2026, 7, 22), date(2027, 1, 22), date(2027, 7, 22))
    # From 4 April 2024 an inspection may be missing: on any such day it is in the fixed window;
    # before 22 July 2026 it is early for the other, then in time. If none is missing, both are
    # open.
    assert one.possible == {State.MET, State.MET_EARLY, State.OPEN}
    assert (one.status, set(one.because)) == (U, {GAP})


def test_the_next_focused_visit(agenda: Agenda) -> None:
    one = agenda["focused-visits"]
    # Unseen since 4 April 2024: a visit (met), three of them (excess, if two are the most), an
    # inspection without one before it (missed), or nothing (open).
    assert one.possible == {State.MET, State.EXCESS, State.MISSED, State.OPEN}
    assert (one.status, set(one.because)) == (U, {GAP})


@pytest.mark.parametrize("provision", ["self-evaluation", "engagement-meeting"])
def test_the_yearly_duties(agenda: Agenda, provision: str) -> None:
    one = agenda[provision]
    # The financial and the calendar year that are running; twelve months from the opening.
    assert ends(agenda, provision)["financial-year"] == (date(2026, 4, 1), date(2027, 3, 31))
    assert ends(agenda, provision)["calendar-year"] == (date(2026, 1, 1), date(2026, 12, 31))
    latest = one.windows["twelve-months"]
    assert latest is not None
    assert latest.latest == date(2022, 4, 1)
    # Nothing is covered. The years: met unseen, or open. Twelve months from the opening: met
    # unseen, met late unseen, or overdue. A year that is over is no longer due.
    assert one.possible == {State.MET, State.OPEN, State.MET_LATE, State.OVERDUE}
    assert (one.status, set(one.because) - {READ}) == (U, {GAP})


def test_what_is_due_if_the_record_is_complete(complete: History) -> None:
    agenda = due(complete, as_of=ASKED)
    assert agenda["full-inspection"].possible == {State.OPEN}
    assert agenda["focused-visits"].possible == {State.OPEN}
    for provision in ("self-evaluation", "engagement-meeting"):
        assert agenda[provision].possible == {State.OPEN, State.OVERDUE}


# --- A complete record ----------------------------------------------------------------------------


def test_if_the_record_is_complete(complete: History) -> None:
    found = check(complete, as_of=ASKED, frameworks=[framework("cafcass-2021")])
    # Not one meeting or self-evaluation since 1 April 2021: bad in every reading.
    assert with_status(found, V) == {
        ("OF301", "self-evaluation", "opening"),
        ("OF301", "engagement-meeting", "opening"),
    }
    # Fixed window to 31 March 2027, anniversary to 22 July 2027; the visit before whichever.
    assert with_status(found, P) == {
        ("OF301", "full-inspection", "fi-2024"),
        ("OF202", "focused-visits", "fi-2024"),
    }
    # Everything else that was definite stays as it was: completeness is a refinement.
    for (code, provision, subject), wanted in TABLE.items():
        for one in verdicts(found, code, provision, subject):
            assert one.status is wanted.status or wanted.status is U


# --- Other days of asking -------------------------------------------------------------------------

DAYS: list[tuple[str, Key, Status, set[Because]]] = [
    # 1 April 2021. The visit of April 2021 is today, or booked; no inspection is missing.
    ("2021-04-01", ("OF201", "first-activity", "opening"), U, {ROUGH}),
    ("2021-04-01", ("OF202", "focused-visits", "opening"), U, {ROUGH}),
    ("2021-04-01", ("OF301", "full-inspection", "opening"), P, set()),
    ("2021-04-01", ("OF301", "self-evaluation", "opening"), U, {GAP}),
    ("2021-04-01", ("OF301", "engagement-meeting", "opening"), U, {GAP}),
    # 30 April 2021: it has begun on any of its days.
    ("2021-04-30", ("OF201", "first-activity", "opening"), S, set()),
    ("2021-04-30", ("OF301", "full-inspection", "opening"), P, set()),
    # Its letter came on 7 June: until then nothing tells that it gave no grade.
    ("2021-06-06", ("OF107", "visit-ungraded", "fv-2021"), P, set()),  # its letter is awaited
    # Its last day may turn out to be anything, a slip before its first day included.
    ("2021-06-06", ("OF401", "visit-letter", "fv-2021"), U, {GAP}),
    ("2021-06-07", ("OF107", "visit-ungraded", "fv-2021"), S, set()),
    ("2021-06-07", ("OF401", "visit-letter", "fv-2021"), S, set()),
    # The letter of 2023 came on some day of that year.
    ("2023-06-30", ("OF401", "visit-letter", "fv-2023"), U, {ROUGH, GAP}),
    ("2023-06-30", ("OF107", "visit-ungraded", "fv-2023"), U, {ROUGH}),
    ("2023-12-31", ("OF401", "visit-letter", "fv-2023"), S, set()),
    ("2023-12-31", ("OF107", "visit-ungraded", "fv-2023"), S, set()),
    # The day before the inspection: still waiting. It is in its window from its first day.
    ("2024-01-21", ("OF301", "full-inspection", "opening"), P, set()),
    ("2024-01-22", ("OF301", "full-inspection", "opening"), S, set()),
    ("2024-01-22", ("OF301", "full-inspection", "fi-2024"), P, set()),
    ("2024-01-22", ("OF202", "focused-visits", "opening"), S, set()),
    # 1 March 2024: the report may be out or not, and with it the grades.
    ("2024-03-01", ("OF105", "judgement-areas", "fi-2024"), U, {ROUGH}),
    ("2024-03-01", ("OF106", "judgement-areas", "fi-2024"), U, {ROUGH}),
    ("2024-03-01", ("OF401", "inspection-report", "fi-2024"), U, {ROUGH}),
    ("2024-03-01", ("OF301", "full-inspection", "fi-2024"), P, set()),
    ("2024-03-01", ("OF202", "focused-visits", "fi-2024"), P, set()),
    ("2024-03-01", ("OF204", "kind-of-inspection", "fi-2024"), S, set()),
    ("2024-04-02", ("OF106", "judgement-areas", "fi-2024"), U, {ROUGH}),
    ("2024-04-03", ("OF106", "judgement-areas", "fi-2024"), S, set()),
    ("2024-04-03", ("OF401", "inspection-report", "fi-2024"), S, set()),
    ("2024-04-03", ("OF202", "monitoring-while-inadequate", "fi-2024"), N, set()),
    # The end of the first fixed window, met already; the next is not yet open, then open.
    ("2024-03-31", ("OF301", "full-inspection", "fi-2024"), P, set()),
    ("2024-04-01", ("OF301", "full-inspection", "fi-2024"), P, set()),
    # Coverage ends on 3 April 2024.
    ("2024-04-03", ("OF301", "full-inspection", "fi-2024"), P, set()),
    ("2024-04-04", ("OF301", "full-inspection", "fi-2024"), U, {GAP}),
    ("2024-04-03", ("OF202", "focused-visits", "fi-2024"), P, set()),
    ("2024-04-04", ("OF202", "focused-visits", "fi-2024"), U, {GAP}),
]


@pytest.mark.parametrize(
    ("as_of", "key", "status", "because"), DAYS, ids=[f"{d}-{k[1]}-{k[2]}" for d, k, *_ in DAYS]
)
def test_on_another_day(
    cafcass: History, as_of: str, key: Key, status: Status, because: set[Because]
) -> None:
    one = verdict(check(cafcass, as_of=day(as_of)), *key)
    assert (one.status, set(one.because)) == (status, because)


def test_on_1_march_2024_the_grades_decide_nothing(cafcass: History) -> None:
    found = check(cafcass, as_of=date(2024, 3, 1))
    assert verdict(found, "OF202", "monitoring-while-inadequate", "fi-2024").status is U
    assert found.departures == ()


def test_before_the_framework_began(cafcass: History) -> None:
    found = check(cafcass, as_of=date(2021, 3, 31))
    assert not [one for one in found.verdicts if (one.provision or "").startswith("cafcass-2021")]
    (one,) = due(cafcass, as_of=date(2021, 3, 31))
    assert (one.provision, one.subject) == ("national-inspection", "fi-2018")
    only = due(cafcass, as_of=date(2021, 3, 31), frameworks=[framework("cafcass-2021")])
    assert len(only) == 0


@pytest.mark.parametrize("as_of", ["2024-03-31", "2024-04-01", "2024-10-01", "2024-10-02"])
def test_no_inspection_at_all(complete: History, as_of: str) -> None:
    none = attrs.evolve(complete, events=())
    one = verdict(check(none, as_of=day(as_of)), "OF301", "full-inspection", "opening")
    wanted = {
        "2024-03-31": (P, set()),  # the last day of the fixed window
        "2024-04-01": (U, {READ}),  # fixed window missed; the other open to 1 October
        "2024-10-01": (U, {READ}),
        "2024-10-02": (V, set()),
    }
    assert (one.status, set(one.because)) == wanted[as_of]


# --- Deadlines and what-if ------------------------------------------------------------------------


def test_what_follows_from_the_inspection(cafcass: History) -> None:
    event = cafcass.get("fi-2024")
    assert event is not None
    found = {one.provision: one for one in deadlines(event, framework=framework("cafcass-2021"))}
    # All its grades are outstanding, so no monitoring visit follows.
    assert set(found) == {
        "full-inspection",
        "focused-visits",
        "inspection-report",
        "report-publication",
    }
    assert list(found["report-publication"].windows.values()) == [None]
    (report,) = found["inspection-report"].windows.values()
    assert report is not None
    assert report.latest == date(2025, 2, 16)  # twelve months after 16 February 2024
    fixed, anniversary = (
        found["full-inspection"].windows[name] for name in ("fixed-window", "anniversary")
    )
    assert fixed is not None
    assert (fixed.earliest, fixed.latest) == (date(2024, 4, 1), date(2027, 3, 31))
    assert anniversary == window(date(2026, 7, 22), date(2027, 1, 22), date(2027, 7, 22))
    told = found["report-publication"].explain()
    assert "not known" in told


def test_what_follows_from_a_visit(cafcass: History) -> None:
    event = cafcass.get("fv-2023")
    assert event is not None
    found = {one.provision: one for one in deadlines(event, framework=framework("cafcass-2021"))}
    assert set(found) == {"visit-letter", "letter-publication"}
    assert list(found["letter-publication"].windows.values()) == [None]


def keys(some: Sequence[object]) -> set[tuple[str, str]]:
    return {(getattr(one, "provision"), getattr(one, "subject")) for one in some}  # noqa: B009


def test_what_a_meeting_would_change(cafcass: History) -> None:
    change = what_if(cafcass, meeting("em", "2026-11-20"), as_of=ASKED)
    assert change.new == ()
    assert change.gone == ()
    assert keys(change.opened) == {("engagement-meeting", "em")}
    assert keys(change.closed) == {("engagement-meeting", "opening")}
    one = change.after["engagement-meeting"]
    latest = {name: w and w.latest for name, w in one.windows.items()}
    assert latest == {
        "financial-year": date(2028, 3, 31),
        "calendar-year": date(2027, 12, 31),
        "twelve-months": date(2027, 11, 20),
    }


def test_what_an_inspection_booked_in_both_windows_would_change(complete: History) -> None:
    booked = full("fi-2027", "2027-01-25", "2027-02-19", judgements=None)
    change = what_if(complete, booked, as_of=ASKED)
    assert change.new == ()
    assert change.gone == ()
    assert change.opened == ()
    assert change.closed == ()
    assert change.before["full-inspection"].possible == {State.OPEN}
    one = change.after["full-inspection"]
    assert one.subject == "fi-2024"
    assert one.possible == {State.BOOKED}
    assert one.booked == "fi-2027"
    assert one.booking_misses == ()


def test_a_booking_in_a_record_with_gaps(cafcass: History) -> None:
    booked = full("fi-2027", "2027-01-25", "2027-02-19", judgements=None)
    one = what_if(cafcass, booked, as_of=ASKED).after["full-inspection"]
    assert one.possible == {State.BOOKED, State.MET, State.MET_EARLY}
    assert one.booked == "fi-2027"


def test_a_booking_that_misses_the_window_of_one_reading(complete: History) -> None:
    # 10 May 2027: after 31 March 2027, before 22 July 2027.
    booked = full("fi-2027", "2027-05-10", "2027-06-04", judgements=None)
    one = what_if(complete, booked, as_of=ASKED).after["full-inspection"]
    assert one.booked == "fi-2027"
    assert one.booking_misses == ("fixed-window",)
    assert one.status is P
    # 31 March and 22 July are still inside; the day after each is not.
    for start, misses in {
        "2027-03-31": set[str](),
        "2027-04-01": {"fixed-window"},
        "2027-07-22": {"fixed-window"},
        "2027-07-23": {"fixed-window", "anniversary"},
    }.items():
        other = full("fi-2027", start, judgements=None)
        after = what_if(complete, other, as_of=ASKED).after["full-inspection"]
        assert set(after.booking_misses) == misses, start


def chosen(reading: str) -> Framework:
    return framework("cafcass-2021").choose("full-inspection", reading=reading)


def test_a_chosen_reading_shows_one_window(cafcass: History) -> None:
    agenda = due(cafcass, as_of=ASKED, frameworks=[chosen("fixed-window")])
    assert list(agenda["full-inspection"].windows) == ["fixed-window"]
    assert agenda["full-inspection"].possible == {State.MET, State.OPEN}
