"""A departure weighs no more than the weakest thing that it rests on, typed case by case.

Official text: error; reported: warning; inferred or assumed: note. Events and coverage without a
basis are vouched for by the record's owner and cap nothing. A reading counts only where it was
chosen, an opening only where the stretch begins with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import attrs
import pytest

from helpers import (
    AUTHORITY,
    CAFCASS,
    COMPLETE,
    OUTSTANDING,
    G,
    I,
    R,
    authority,
    day,
    evaluation,
    full,
    grades,
    meeting,
    monitoring,
    record,
    verdict,
    visit,
)
from ofsted_framework import (
    Basis,
    Coverage,
    Event,
    Judgement,
    Status,
    check,
    framework,
)
from ofsted_framework.sources import Severity
from ofsted_framework.verdicts import Departure
from test_table import AUTHORITY_ROWS, CAFCASS_ROWS, Row

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
OFFICIAL, REPORTED, INFERRED, ASSUMED = Basis
INFERRED_COVERAGE = (Coverage(type="*", fields=("*",), basis=INFERRED),)
REPORTED_COVERAGE = (Coverage(type="*", fields=("*",), basis=REPORTED),)


class Case(NamedTuple):
    """One departure and what it may be called."""

    code: str
    provision: str | None
    subject: str
    as_of: str
    events: Sequence[Event]
    severity: Severity
    coverage: tuple[Coverage, ...] = COMPLETE
    choose: tuple[tuple[str, str], ...] = ()
    framework: str = "cafcass-2021"


def departure(one: Case | Row, *, basis: Basis | None = None) -> Departure | None:
    """The departure of a case; with a basis, all its events and claims have that basis."""
    fw = framework(one.framework)
    for id, reading in one.choose:
        fw = fw.choose(id, reading=reading)
    for id, new in one.replace if isinstance(one, Row) else ():
        fw = fw.replace(id, **new)
    events, coverage = list(one.events), list(one.coverage)
    if basis is not None:
        events = [attrs.evolve(event, basis=basis) for event in events]
        coverage = [attrs.evolve(claim, basis=basis) for claim in coverage]
    provider = CAFCASS if fw.provider_kind == "cafcass" else AUTHORITY
    history = record(*events, coverage=coverage, provider=provider)
    result = check(history, as_of=day(one.as_of), frameworks=[fw])
    found = verdict(result, one.code, one.provision, one.subject)
    some = [it for it in result.departures if it.verdict is found]
    assert bool(some) == (found.status is Status.VIOLATED)
    return some[0] if some else None


# --- Rows whose support is dated ------------------------------------------------------------------


def region(start: str, severity: Severity, basis: str | None = None) -> Case:
    event = full("fi", start, scope="region:East Midlands", basis=basis)
    return Case("OF108", "national-scope", "fi", "2026-01-01", [event], severity)


FI = full("fi", "2024-01-22", "2024-02-16", "2024-03-01")


def unasked(start: str, severity: Severity, fi: Event = FI, **other: Any) -> Case:
    """A monitoring visit after an inspection that judged nothing inadequate."""
    events = [fi, monitoring("mv", start)]
    return Case("OF203", "monitoring-only-while-inadequate", "mv", "2026-01-01", events, severity,
                **other)  # fmt: skip


def reviewed(start: str, severity: Severity) -> Case:
    events = [meeting("em", start, reviews="se"), evaluation("se", "2025-02-03")]
    return Case("OF403", "meeting-reviews", "em", "2026-01-01", events, severity)


DATED = [
    # Reported until the page of 5 April 2024 was read, official from then on.
    region("2024-03-04", WARNING),
    region("2024-04-04", WARNING),
    region("2024-04-05", ERROR),
    region("2024-04-08", ERROR, "official"),
    region("2024-04-08", WARNING, "reported"),
    region("2024-04-08", NOTE, "inferred"),
    region("2024-04-08", NOTE, "assumed"),
    region("2024-03-04", WARNING, "official"),
    unasked("2024-04-04", WARNING),
    unasked("2024-04-05", ERROR),
    unasked("2024-09-03", ERROR),
    # That no later inspection came in between is known from the coverage.
    unasked("2024-09-03", NOTE, coverage=INFERRED_COVERAGE),
    unasked("2024-09-03", WARNING, coverage=REPORTED_COVERAGE),
    # The grades are known from the inspection before.
    unasked("2024-09-03", WARNING, attrs.evolve(FI, basis=REPORTED)),
    # Both readings of "judged inadequate" agree, so neither counts; a chosen one does.
    unasked("2024-09-03", NOTE, choose=(("judged-inadequate", "any-area"),)),
    # Inferred until the page of 4 October 2024 was read.
    reviewed("2024-10-03", NOTE),
    reviewed("2024-10-04", ERROR),
]

# --- Gaps and stretches ---------------------------------------------------------------------------

LATER = [meeting("em", "2024-12-10")]  # FY 2025-26 and CY 2025 missed, twelve months overdue
EARLIER = [meeting("em", "2022-04-20"), meeting("em-2", "2024-04-17")]  # see the worked example


def gap(subject: str, events: Sequence[Event], severity: Severity, **other: Any) -> Case:
    return Case("OF301", "engagement-meeting", subject, "2026-11-23", events, severity, **other)


FI_2024, FI_2027 = full("fi", "2024-06-03"), full("fi-2", "2027-01-18")
THREE = [visit("a", "2024-09-02"), visit("b", "2025-09-01"), visit("c", "2026-09-07")]


def between(subject: str, events: Sequence[Event], severity: Severity, **other: Any) -> Case:
    return Case("OF202", "focused-visits", subject, "2027-06-01", events, severity, **other)


STRETCHES = [
    # The sentence was official from 4 October 2024, reported before.
    gap("em", LATER, ERROR),
    gap("em", EARLIER, WARNING),
    # The first clock is assumed to start with the framework.
    gap("opening", [], NOTE),
    gap("em", LATER, NOTE, coverage=INFERRED_COVERAGE),
    gap("em", LATER, WARNING, coverage=REPORTED_COVERAGE),
    gap("em", [meeting("em", "2024-12-10", basis="reported")], WARNING),
    gap("em", [meeting("em", "2024-12-10", basis="inferred")], NOTE),
    # Every reading is assumed; chosen, it counts.
    gap("em", LATER, NOTE, choose=(("engagement-meeting", "twelve-months"),)),
    gap("em", LATER, NOTE, choose=(("engagement-meeting", "financial-year"),)),
    # No visit between two inspections: wrong in both readings. The sentence is official.
    between("fi", [FI_2024, FI_2027], ERROR),
    between("fi", [FI_2024, FI_2027], NOTE, coverage=INFERRED_COVERAGE),
    between("fi", [FI_2024, attrs.evolve(FI_2027, basis=REPORTED)], WARNING),
    # "No more than twice" was the wording of a proposal, as reported.
    between("fi", [FI_2024, FI_2027], WARNING, choose=(("focused-visits", "once-or-twice"),)),
    between("fi", [FI_2024, *THREE, FI_2027], WARNING,
            choose=(("focused-visits", "once-or-twice"),)),
    between("opening", [FI_2024], NOTE),
]  # fmt: skip

# --- One case for each kind of support ------------------------------------------------------------

ALL = grades(overall=G, leaders=G, help=G, both=G)
FIVE = grades(overall=G, leaders=G, help=G, care=G, leavers=G)
RI = authority("i", "2019-05-20", grades(overall=R, leaders=G, help=R, both=G),
              published="2019-06-25")  # fmt: skip
INADEQUATE = grades(private=I, public=G, leaders=G, overall=I)
ADEQUATE = (Judgement("private-law-practice", "adequate"), *OUTSTANDING[1:])
LA: dict[str, Any] = {"framework": "ilacs-2018"}


def la_areas(start: str, given: tuple[Judgement, ...], severity: Severity, **more: Any) -> Case:
    event = authority("i", start, given, published="2026-09-01", **more)
    return Case("OF106", "judgement-areas", "i", "2026-11-23", [event], severity, **LA)


KINDS = [
    # Dates in order: true by definition.
    Case("OF101", None, "fi", "2026-01-01", [full("fi", "2024-01-22", "2024-01-16")], ERROR),
    # The areas of authorities are read in official texts.
    la_areas("2019-05-20", ALL[:3], ERROR),
    la_areas("2023-05-15", ALL, ERROR),
    la_areas("2026-06-01", FIVE, ERROR),
    la_areas("2023-05-15", ALL, WARNING, basis="reported"),
    # Cafcass's were reported until 17 December 2024. That an overall grade is allowed is inferred,
    # and has no part in the lack of another.
    Case("OF106", "judgement-areas", "fi", "2026-01-01",
         [attrs.evolve(FI, judgements=OUTSTANDING[:2])],
         WARNING),
    Case("OF106", "judgement-areas", "fi", "2026-01-01",
         [full("fi", "2025-01-06", "2025-01-31", "2025-03-14", OUTSTANDING[:2])], ERROR),
    # The third word of its scale is inferred.
    Case("OF105", "judgement-areas", "fi", "2026-01-01", [attrs.evolve(FI, judgements=ADEQUATE)],
         NOTE),
    # That a visit carries no grade is inferred for Cafcass, reported for authorities.
    Case("OF107", "visit-ungraded", "fv", "2026-01-01",
         [visit("fv", "2025-06-02", judgements=grades(leaders=G))], NOTE),
    Case("OF107", "visit-ungraded", "fv", "2026-01-01",
         [visit("fv", "2025-06-02", judgements=grades(leaders=G))], WARNING, **LA),
    Case("OF204", "kind-of-inspection", "fi", "2026-01-01", [attrs.evolve(FI, kind="short")],
         WARNING),
    # A short inspection after requires improvement: the sentence is reported, and what is inferred
    # of a provider's first inspection has no part in it. It has in the first one.
    Case("OF204", "kind-of-inspection", "j", "2023-01-01",
         [RI, authority("j", "2022-05-09", kind="short")], WARNING, **LA),
    Case("OF204", "kind-of-inspection", "j", "2023-01-01",
         [authority("j", "2022-05-09", kind="short")], NOTE, **LA),
    # The suspension is reported; its end, once known, inferred.
    Case("OF303", "covid-19", "i", "2020-07-01", [authority("i", "2020-06-01")], WARNING, **LA),
    Case("OF303", "covid-19", "i", "2022-01-01", [authority("i", "2021-06-25")], NOTE, **LA),
    # Numbers that are inferred or assumed, under sentences that are reported or official.
    Case("OF304", "inspection-length", "fi", "2026-01-01", [attrs.evolve(FI, end="2024-02-09")],
         NOTE),
    Case("OF401", "inspection-report", "fi", "2026-01-01",
         [full("fi", "2024-01-22", "2024-02-16")], NOTE),
    Case("OF202", "monitoring-while-inadequate", "fi", "2027-06-01",
         [attrs.evolve(FI_2024, judgements=INADEQUATE, published="2024-08-05"), FI_2027], NOTE),
    Case("OF302", "draft-plan", "fv", "2022-01-01",
         [visit("fv", "2021-10-19", "2021-10-20", "2021-11-17", priority="new")], NOTE, **LA),
    Case("OF302", "report-publication", "i", "2020-01-01",
         [authority("i", "2019-05-20", end="2019-05-24", published="2019-06-26")], NOTE, **LA),
    Case("OF301", "inspection-interval", "i", "2025-02-01",
         [authority("i", "2021-07-05")], NOTE, **LA),  # counted from the start: assumed
    Case("OF402", "self-evaluation-covers", "se", "2026-01-01",
         [evaluation("se", "2025-03-10", ("private-law",))], WARNING),
    Case("OF402", "self-evaluation-covers", "se", "2026-01-01",
         [attrs.evolve(evaluation("se", "2025-03-10", ("private-law",)), basis=INFERRED)], NOTE),
]  # fmt: skip

# --- Absence is only as good as the coverage ------------------------------------------------------


def absent(
    severity: Severity, code: str, provision: str, subject: str, *events: Event, **other: Any
) -> list[Case]:
    """A departure that something missing makes: under vouched coverage, and under inferred."""
    return [
        Case(code, provision, subject, "2026-01-01", events, severity, **other),
        Case(code, provision, subject, "2026-01-01", events, NOTE, INFERRED_COVERAGE, **other),
    ]


ABSENCE = [
    # The self-evaluation named is not on record; none is named; what was covered is left empty.
    *absent(ERROR, "OF403", "meeting-reviews", "em", meeting("em", "2025-03-26", reviews="se")),
    *absent(ERROR, "OF403", "meeting-reviews", "em", meeting("em", "2025-03-26")),
    *absent(WARNING, "OF402", "self-evaluation-covers", "se", evaluation("se", "2025-03-10")),
    *absent(WARNING, "OF402", "meeting-attendance", "em", meeting("em", "2025-03-26")),
    # No visit before the first inspection, whether or not one came later.
    *absent(WARNING, "OF201", "first-activity", "opening", full("fi", "2021-06-07")),
    # No inspection before the monitoring visit.
    *absent(ERROR, "OF203", "monitoring-only-while-inadequate", "mv",
    monitoring("mv", "2025-06-02")),
    # No grades in a record that holds all there were.
    *absent(ERROR, "OF106", "judgement-areas", "i",
            authority("i", "2023-05-15", None, published="2023-07-04"), **LA),
    # One visit where two are owed; the sentence is inferred already.
    *absent(NOTE, "OF202", "visits-after-requires-improvement", "i",
            authority("i", "2021-09-06", grades(overall=R, leaders=R, help=R, both=R),
                      published="2021-11-01"),
            visit("fv", "2022-09-06"), authority("j", "2024-09-02"), **LA),
]  # fmt: skip

CASES = [*DATED, *STRETCHES, *KINDS, *ABSENCE]


@pytest.mark.parametrize(
    "one", CASES, ids=[f"{n:02}-{c.provision}-{c.severity}" for n, c in enumerate(CASES)]
)
def test_severity(one: Case) -> None:
    found = departure(one)
    assert found is not None
    assert found.severity is one.severity, found.verdict.rests_on


def test_a_value_of_the_users_is_assumed() -> None:
    fw = framework("cafcass-2021").replace("report-publication", working_days=30)
    late = attrs.evolve(FI, published="2024-04-12")
    result = check(record(late), as_of=day("2024-06-01"), frameworks=[fw])
    one = verdict(result, "OF302", "report-publication", "fi")
    assert one.status is Status.VIOLATED
    assert one.severity is NOTE
    assert one.basis is ASSUMED


def test_a_rhythm_of_the_users_is_assumed_in_every_reading() -> None:
    """Official for the library's three years, never for the user's one."""
    fw = framework("cafcass-2021").replace("full-inspection", months=12)
    again = attrs.evolve(FI, published=None)
    result = check(record(again), as_of=day("2026-11-23"), frameworks=[fw])
    one = verdict(result, "OF301", "full-inspection", "fi")
    assert one.status is Status.VIOLATED
    assert one.severity is NOTE
    assert one.basis is ASSUMED


# --- All departures of the table ------------------------------------------------------------------

VIOLATED = [one for one in [*CAFCASS_ROWS, *AUTHORITY_ROWS] if one.status is Status.VIOLATED]
_ORDER = list(Severity)


@pytest.mark.parametrize("basis", list(Basis))
def test_no_departure_weighs_more_than_the_record(basis: Basis) -> None:
    cap = {OFFICIAL: ERROR, REPORTED: WARNING, INFERRED: NOTE, ASSUMED: NOTE}[basis]
    for one in VIOLATED:
        found = departure(one, basis=basis)
        assert found is not None, one
        assert _ORDER.index(found.severity) >= _ORDER.index(cap), one


def test_a_record_of_official_events_weighs_as_one_that_is_vouched_for() -> None:
    for one in VIOLATED:
        vouched, official = departure(one), departure(one, basis=OFFICIAL)
        assert vouched is not None
        assert official is not None
        assert vouched.severity is official.severity, one


def test_the_most_serious_come_first() -> None:
    events = [
        full("fi", "2024-06-03", "2024-06-28", "2024-08-05", scope="region:East Midlands"),
        visit("fv", "2025-06-02", judgements=grades(leaders=G)),
        attrs.evolve(evaluation("se", "2025-03-10", ("private-law",))),
    ]
    found = [one.severity for one in check(record(*events), as_of=day("2026-01-01")).departures]
    assert found == sorted(found, key=_ORDER.index)
    assert set(found) == set(Severity)
