"""A table typed by hand: provision, reading and record on one side, the verdict on the other.

Every expectation was worked out from the provision's sentence; the arithmetic stands beside it.
`COMPLETE` claims every kind of event and every field; `()` claims nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import pytest

from helpers import (
    AUTHORITY,
    CAFCASS,
    COMPLETE,
    OUTSTANDING,
    G,
    I,
    O,
    R,
    authority,
    covered,
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
    ActionPlan,
    Coverage,
    Event,
    FocusedVisit,
    Framework,
    Inspection,
    JointTargetedAreaInspection,
    Judgement,
    Part,
    Status,
    check,
    framework,
    sample,
)
from ofsted_framework.cases import Because

S, V, N, P, U = (
    Status.SATISFIED,
    Status.VIOLATED,
    Status.NOT_APPLICABLE,
    Status.PENDING,
    Status.UNDETERMINED,
)
ROUGH, GAP, READ, VALUE, ILL, OPEN = (
    Because.ROUGH_DATE,
    Because.NOT_COVERED,
    Because.READINGS_DIFFER,
    Because.NOT_KNOWN,
    Because.ILL_FORMED,
    Because.FRAMEWORK_OPEN,
)
NOTHING: tuple[Coverage, ...] = ()


class Row(NamedTuple):
    """One line of the table."""

    code: str
    provision: str
    subject: str | None
    as_of: str
    events: Sequence[Event]
    status: Status
    because: frozenset[Because] = frozenset()
    also: frozenset[Because] = frozenset()
    """Reasons that may be given as well: naming them is neither required nor wrong."""
    coverage: tuple[Coverage, ...] = COMPLETE
    choose: tuple[tuple[str, str], ...] = ()
    replace: tuple[tuple[str, dict[str, Any]], ...] = ()
    framework: str = "cafcass-2021"


Wanted = Status | tuple[Status, set[Because]] | tuple[Status, set[Because], set[Because]]


def row(
    code: str, provision: str, subject: str | None, as_of: str, events: Sequence[Event],
    wanted: Wanted, **other: Any,
) -> Row:  # fmt: skip
    status, because, also = (
        (wanted, set(), set()) if isinstance(wanted, Status) else (*wanted, set())[:3]
    )
    return Row(code, provision, subject, as_of, events, status, frozenset(because),
               frozenset(also), **other)  # fmt: skip


def judge(one: Row) -> tuple[Status, frozenset[Because]]:
    fw: Framework = framework(one.framework)
    for id, reading in one.choose:
        fw = fw.choose(id, reading=reading)
    for id, new in one.replace:
        fw = fw.replace(id, **new)
    provider = CAFCASS if fw.provider_kind == "cafcass" else AUTHORITY
    history = record(*one.events, coverage=one.coverage, provider=provider)
    found = verdict(
        check(history, as_of=day(one.as_of), frameworks=[fw]),
        one.code, one.provision, one.subject,
    )  # fmt: skip
    return found.status, found.because - one.also


def ids(rows: Sequence[Row]) -> list[str]:
    return [f"{n:02}-{one.provision}-{one.as_of}" for n, one in enumerate(rows)]


# --- Cafcass: the full inspection -----------------------------------------------------------------
# Fixed windows 2021-04-01 to 2024-03-31, then to 2027-03-31. Anniversary: from the opening
# 2023-10-01 to 2024-10-01; from 2024-01-22 2026-07-22 to 2027-07-22.

FIXED = (("full-inspection", "fixed-window"),)
ANNIVERSARY = (("full-inspection", "anniversary"),)
FI = full("fi", "2024-01-22", "2024-02-16", "2024-04-03")


def of301(subject: str, as_of: str, events: Sequence[Event], wanted: Wanted, **other: Any) -> Row:
    return row("OF301", "full-inspection", subject, as_of, events, wanted, **other)


FULL_INSPECTION = [
    of301("opening", "2024-03-31", (), P),
    of301("opening", "2024-04-01", (), (U, {READ})),
    of301("opening", "2024-04-01", (), V, choose=FIXED),
    of301("opening", "2024-10-01", (), P, choose=ANNIVERSARY),
    of301("opening", "2024-10-02", (), V),
    of301("opening", "2024-10-02", (), V, choose=ANNIVERSARY),
    of301("opening", "2025-01-01", [full("fi", "2024-03-31")], S),
    of301("opening", "2025-01-01", [full("fi", "2024-04-01")], (U, {READ})),
    of301("opening", "2025-01-01", [full("fi", "2024-10-01")], S, choose=ANNIVERSARY),
    of301("opening", "2025-01-01", [full("fi", "2024-10-02")], V),
    # Some day round the end of the fixed window; in time for the anniversary on all of them.
    of301("opening", "2025-01-01", [full("fi", "2024-03-25/2024-04-05")], (U, {ROUGH, READ})),
    of301("opening", "2025-01-01", [full("fi", "2024-03-25/2024-04-05")], (U, {ROUGH}),
          choose=FIXED),
    # Early for the anniversary, which no sentence forbids; in the fixed window.
    of301("opening", "2025-01-01", [full("fi", "2023-09-30")], S),
    of301("opening", "2022-01-01", [full("fi", "2021-04-01")], S),
    # The day before the framework began: not under it, so it does not meet its duty.
    of301("opening", "2022-01-01", [full("fi", "2021-03-31")], P),
    # 30 March 2024 is the last day covered: an inspection on the 31st would be in time for both.
    of301("opening", "2024-04-01", (), (U, {GAP}, {READ}),
          coverage=(covered("inspection", "2021-04-01", "2024-03-30"),)),
    of301("opening", "2024-03-31", (), (U, {GAP}),
          coverage=(covered("inspection", "2021-04-01", "2024-03-30"),)),
    of301("opening", "2024-03-31", (), P,
          coverage=(covered("inspection", "2021-04-01", "2024-03-31"),)),
    of301("opening", "2022-01-01", (), (U, {GAP}), coverage=NOTHING),
    of301("opening", "2024-10-02", (), (U, {GAP}),
          coverage=(covered("inspection", "2021-04-02", "2024-10-02"),)),
    of301("opening", "2025-01-01", [FI], S, coverage=NOTHING),
    of301("fi", "2027-03-31", [FI], P),
    of301("fi", "2027-04-01", [FI], (U, {READ})),
    of301("fi", "2027-07-22", [FI], P, choose=ANNIVERSARY),
    of301("fi", "2027-07-23", [FI], V),
    # Booked for a day after the day of asking: nothing is met, nothing is late.
    of301("opening", "2024-03-24", [full("fi", "2024-03-25")], P),
    of301("opening", "2024-03-24", [full("fi", "2024-04-02")], P),
    of301("opening", "2024-04-01", [full("fi", "2024-04-02")], (U, {READ})),
    # A joint inspection is one inspection.
    of301("opening", "2025-01-01",
          [full("fi", "2024-01-22", "2024-02-16", inspectorates=("ofsted", "hmicfrs"))], S),
]  # fmt: skip

# --- Cafcass: the yearly duties -------------------------------------------------------------------

SE_FY, SE_CY, SE_12 = (
    (("self-evaluation", name),) for name in ("financial-year", "calendar-year", "twelve-months")
)
EM_CY, EM_12 = ((("engagement-meeting", name),) for name in ("calendar-year", "twelve-months"))


def yearly(
    kind: str, subject: str, as_of: str, events: Sequence[Event], wanted: Wanted, **other: Any
) -> Row:
    return row("OF301", kind, subject, as_of, events, wanted, **other)


YEARLY = [
    yearly("self-evaluation", "opening", "2021-04-01", (), (U, {GAP}), coverage=NOTHING),
    yearly("self-evaluation", "opening", "2021-12-31", (), P, choose=SE_CY),
    yearly("self-evaluation", "opening", "2022-01-01", (), V, choose=SE_CY),
    yearly("self-evaluation", "opening", "2022-04-01", (), P, choose=SE_12),
    yearly("self-evaluation", "opening", "2022-04-02", (), V, choose=SE_12),
    # On some day of 2022. The financial year 2021-22 is met until 31 March, the twelve months
    # until 1 April, the calendar year 2021 on none.
    yearly("self-evaluation", "opening", "2023-01-01", [evaluation("se", "2022")],
           (U, {ROUGH, READ})),
    yearly("self-evaluation", "opening", "2023-01-01", [evaluation("se", "2022")], (U, {ROUGH}),
           choose=SE_FY),
    yearly("self-evaluation", "opening", "2023-01-01", [evaluation("se", "2022")], V, choose=SE_CY),
    yearly("self-evaluation", "opening", "2023-01-01", [evaluation("se", "2022-04-01")], S,
           choose=SE_12),
    yearly("self-evaluation", "opening", "2023-01-01", [evaluation("se", "2022-04-01")], V,
           choose=SE_FY),
    yearly("self-evaluation", "opening", "2023-01-01", [evaluation("se", "2022-03-31")], S,
           choose=SE_FY),
    # Shared on the day before the framework began: it meets no duty of it.
    yearly("self-evaluation", "opening", "2022-01-01", [evaluation("se", "2021-03-31")], V,
           choose=SE_CY),
    yearly("engagement-meeting", "em", "2025-02-28", [meeting("em", "2024-02-29")], P,
           choose=EM_12),
    yearly("engagement-meeting", "em", "2025-03-01", [meeting("em", "2024-02-29")], V,
           choose=EM_12),
    # Asked on Christmas Day 2025 of a meeting in 2024: the year has a week to run.
    yearly("engagement-meeting", "em", "2025-12-25", [meeting("em", "2024-12-25")], P,
           choose=EM_CY),
    yearly("engagement-meeting", "em", "2025-12-25", [meeting("em", "2024-12-25")], P,
           choose=EM_12),
    yearly("engagement-meeting", "em", "2025-12-26", [meeting("em", "2024-12-25")], (U, {READ})),
    yearly("engagement-meeting", "em", "2025-12-26", [meeting("em", "2024-12-20/2024-12-28")],
           (U, {ROUGH}), choose=EM_12),
]  # fmt: skip

# --- Cafcass: what comes first, and between -------------------------------------------------------

FV = visit("fv", "2021-04-12", "2021-04-16", "2021-06-07")
FI_2027 = full("fi-2", "2027-01-18", "2027-02-12", "2027-04-01")
ANY_AREA, OVERALL = ((("judged-inadequate", name),) for name in ("any-area", "overall"))
ONCE, TWICE = ((("focused-visits", name),) for name in ("at-least-once", "once-or-twice"))
ONE_AREA = grades(private=I, public=G, leaders=G)
AND_OVERALL = grades(private=I, public=G, leaders=G, overall=I)
THREE = [visit("a", "2021-05-10"), visit("b", "2022-05-09"), visit("c", "2023-05-08")]


def first(as_of: str, events: Sequence[Event], wanted: Wanted, **other: Any) -> Row:
    return row("OF201", "first-activity", "opening", as_of, events, wanted, **other)


def between(subject: str, as_of: str, events: Sequence[Event], wanted: Wanted, **other: Any) -> Row:
    return row("OF202", "focused-visits", subject, as_of, events, wanted, **other)


def while_inadequate(as_of: str, events: Sequence[Event], wanted: Wanted, **other: Any) -> Row:
    return row("OF202", "monitoring-while-inadequate", "fi", as_of, events, wanted, **other)


def given(judgements: tuple[Judgement, ...] | None, **other: Any) -> Inspection:
    return full("fi", "2024-01-22", "2024-02-16", "2024-04-03", judgements, **other)


KINDS = (covered("inspection"), covered("focused-visit"), covered("monitoring-visit"))
TWICE_GRADED = (*OUTSTANDING, *grades(private=G))

SEQUENCE = [
    first("2021-06-01", (), P),
    first("2021-05-01", [FV], S),
    first("2021-12-31", [full("fi", "2021-04-12"), visit("fv", "2021-06-14")], V),
    first("2021-12-31", [monitoring("mv", "2021-04-12"), visit("fv", "2021-06-14")], V),
    # A list puts the visit of "April 2021" first; the calendar does not.
    first("2021-12-31", [visit("fv", "2021-04"), full("fi", "2021-04-12")], (U, {ROUGH})),
    first("2021-12-31", [visit("fv", "2021-04"), full("fi", "2021-05-04")], S),
    # No inspection or monitoring visit before it is missing; visits need not be covered.
    first("2021-12-31", [FV], S,
          coverage=(covered("inspection", "2021-04-01", "2021-04-12"),
                    covered("monitoring-visit", "2021-04-01", "2021-04-12"))),
    first("2021-12-31", [FV], (U, {GAP}), coverage=(covered("inspection"),)),
    first("2021-12-31", [FV], (U, {GAP}), coverage=NOTHING),
    # Booked.
    first("2021-04-11", [FV], P),
    between("opening", "2024-06-01", [FI], V),
    between("opening", "2024-06-01", [*THREE[:2], FI], S),
    between("opening", "2024-06-01", [*THREE, FI], (U, {READ})),
    between("opening", "2024-06-01", [*THREE, FI], S, choose=ONCE),
    between("opening", "2024-06-01", [*THREE, FI], V, choose=TWICE),
    # Before the framework began, so not one of its visits.
    between("opening", "2024-06-01", [visit("fv", "2021-03-31"), FI], V),
    between("opening", "2024-06-01", [visit("fv", "2021-04-01"), FI], S),
    # Some day of January 2024, and the inspection began on the 22nd.
    between("opening", "2024-06-01", [visit("fv", "2024-01"), FI], (U, {ROUGH})),
    between("opening", "2024-06-01", [visit("fv", "2024-01-01/2024-01-21"), FI], S),
    between("opening", "2024-06-01", [visit("fv", "2024-01-23/2024-01-31"), FI], V),
    # Visits before 2023 may be missing: one is there whatever; whether there are three is not
    # known.
    between("opening", "2024-06-01", [visit("fv", "2023-01-10"), FI], (U, {GAP, READ}),
            coverage=(covered("inspection"), covered("focused-visit", "2023-01-01"))),
    between("opening", "2024-06-01", [visit("fv", "2023-01-10"), FI], S, choose=ONCE,
            coverage=(covered("inspection"), covered("focused-visit", "2023-01-01"))),
    # An inspection in 2022 may be missing; before it there would have been no visit.
    between("opening", "2024-06-01", [visit("fv", "2023-01-10"), FI], (U, {GAP}),
            coverage=(covered("focused-visit"),)),
    between("fi", "2026-11-23", [FI], P),
    between("fi", "2026-11-23", [FI, visit("fv", "2026-12-01")], P),
    between("fi", "2026-11-23", [FI], (U, {GAP}), coverage=NOTHING),
    between("fi", "2027-06-01", [FI, FI_2027], V),
    between("fi", "2027-06-01", [FI, visit("fv", "2025-06-02"), FI_2027], S),
    between("fi", "2027-06-01", [FI, visit("fv", "2025-06-02"), FI_2027], (U, {GAP}),
            coverage=(covered("focused-visit"),)),
    # Monitoring. One area is inadequate and no overall grade is listed: the one reading says
    # inadequate, the other not.
    while_inadequate("2026-11-23", [given(OUTSTANDING)], N),
    while_inadequate("2026-11-23", [given(ONE_AREA)], (U, {READ})),
    while_inadequate("2026-11-23", [given(ONE_AREA)], P, choose=ANY_AREA),
    while_inadequate("2026-11-23", [given(ONE_AREA)], N, choose=OVERALL),
    while_inadequate("2026-11-23", [given(AND_OVERALL)], P),
    while_inadequate("2026-11-23", [given(AND_OVERALL), monitoring("mv", "2024-09-03")], S),
    while_inadequate("2027-06-01", [given(AND_OVERALL), FI_2027], V),
    while_inadequate("2027-06-01", [given(AND_OVERALL), FI_2027], (U, {GAP}), coverage=NOTHING),
    while_inadequate("2026-11-23", [given(None)], (U, {GAP}), coverage=KINDS),
    while_inadequate("2026-11-23", [given(grades(private=G), partial=True)], (U, {GAP})),
    while_inadequate("2026-11-23", [given(TWICE_GRADED)], (U, {ILL})),
    # "None were given": nothing was judged inadequate.
    while_inadequate("2026-11-23", [given(())], N),
]  # fmt: skip


def only(as_of: str, events: Sequence[Event], wanted: Wanted, **other: Any) -> Row:
    return row("OF203", "monitoring-only-while-inadequate", "mv", as_of, events, wanted, **other)


MV = monitoring("mv", "2024-09-03", "2024-09-04", "2024-10-01")
ONLY = [
    only("2025-01-01", [FI, MV], V),
    only("2025-01-01", [given(AND_OVERALL), MV], S),
    only("2025-01-01", [given(ONE_AREA), MV], (U, {READ})),
    only("2025-01-01", [given(ONE_AREA), MV], S, choose=ANY_AREA),
    only("2025-01-01", [given(ONE_AREA), MV], V, choose=OVERALL),
    only("2025-01-01", [given(TWICE_GRADED), MV], (U, {ILL})),
    only("2025-01-01", [given(grades(public=G), partial=True), MV], (U, {GAP})),
    # No inspection came before it: nobody judged anything inadequate.
    only("2025-01-01", [MV], V),
    only("2025-01-01", [MV], (U, {GAP}), coverage=NOTHING),
    # An inspection after this one, and before the visit, may be missing.
    only("2025-01-01", [FI, MV], (U, {GAP}), coverage=(covered("inspection", None, "2024-09-01"),)),
    only("2025-01-01", [FI, MV], V, coverage=(covered("inspection", None, "2024-09-02"),)),
    # Before or after the inspection that judged Cafcass inadequate?
    only("2025-01-01", [given(AND_OVERALL), monitoring("mv", "2024-01")], (U, {ROUGH})),
    # The grades came out on 3 April 2024; asked on 15 March nobody knows them.
    only("2024-03-15", [given(AND_OVERALL), monitoring("mv", "2024-03-04")], P),  # awaited
    # The inspection of 2018, under the earlier framework, is the last before: outstanding.
    only("2021-06-01", [*sample("cafcass").events, monitoring("mv", "2021-05-04")], V),
]

# --- Cafcass: what must follow --------------------------------------------------------------------


def report(as_of: str, event: Event, wanted: Wanted, **other: Any) -> Row:
    return row("OF401", "inspection-report", "fi", as_of, [event], wanted, **other)


def letter(as_of: str, event: Event, wanted: Wanted, **other: Any) -> Row:
    return row("OF401", "visit-letter", "fv", as_of, [event], wanted, **other)


def within(
    days: int, end: str, published: str | None, wanted: Wanted, as_of: str = "2025-06-01"
) -> Row:
    return row(
        "OF302", "report-publication", "fi", as_of, [full("fi", "2021-09-06", end, published)],
        wanted, replace=(("report-publication", {"working_days": days}),),
    )  # fmt: skip


UNPUBLISHED = full("fi", "2024-01-22", "2024-02-16", judgements=None)
RESPONSES = [
    report("2025-02-16", UNPUBLISHED, P),  # twelve months, the last day included
    report("2025-02-17", UNPUBLISHED, V),
    report("2025-02-17", UNPUBLISHED, (U, {GAP}), coverage=KINDS),  # its day may not be recorded
    report("2025-02-28", full("fi", "2024-02-01", "2024-02-29"), P),  # a leap day
    report("2025-03-01", full("fi", "2024-02-01", "2024-02-29"), V),
    report("2025-02-15", full("fi", "2024-01-22", "2024-02"), (U, {ROUGH})),
    report("2025-03-01", full("fi", "2024-01-22", "2024-02"), V),  # late for 29 February too
    report("2026-01-01", full("fi", "2024-01-22", "2024-02-16", "2025-06-02"), S),  # late counts
    letter("2021-06-07", FV, S),
    letter("2021-06-06", FV, P),
    letter("2021-06-07", visit("fv", "2021-04-12", "2021-04-16", "2021-06"), (U, {ROUGH})),
    letter("2021-06-30", visit("fv", "2021-04-12", "2021-04-16", "2021-06"), S),
    letter("2022-04-17", visit("fv", "2021-04-12", "2021-04-16"), V),
    letter("2022-04-17", visit("fv", "2021-04-12", "2021-04-16"), (U, {GAP}), coverage=NOTHING),
    # No source gives a deadline.
    row("OF302", "report-publication", "fi", "2024-06-01", [FI], (U, {VALUE})),
    row("OF302", "report-publication", "fi", "2024-03-01", [UNPUBLISHED], (U, {VALUE})),
    row("OF302", "letter-publication", "fv", "2021-07-01", [FV], (U, {VALUE})),
    row("OF302", "monitoring-publication", "mv", "2025-01-01", [MV], (U, {VALUE})),
    # From Friday 16 February 2024: day 30 is 2 April, day 38 is 12 April (a Friday).
    within(38, "2024-02-16", "2024-04-12", S),
    within(38, "2024-02-16", "2024-04-15", V),
    within(30, "2024-02-16", "2024-04-02", S),
    within(30, "2024-02-16", "2024-04-03", V),
    within(30, "2024-02-16", "../2024-04-03", (U, {ROUGH})),
    # Ended on Sunday 18 February: counted from Friday the 16th.
    within(30, "2024-02-18", "2024-04-02", S),
    within(30, "2024-02-18", "2024-04-03", V),
    # From Friday 20 December 2024: 23, 24, (25 and 26 off) 27, 30, 31 December.
    within(5, "2024-12-20", "2024-12-31", S),
    within(5, "2024-12-20", "2025-01-02", V),
    within(5, "2024-12-20", "2024-12-24/2025-01-02", (U, {ROUGH})),
    within(5, "2024-12-20", None, P, as_of="2024-12-31"),
    within(5, "2024-12-20", None, V, as_of="2025-01-01"),
    # Monday 19 September 2022 was the Queen's funeral; 8 May 2023 the coronation's bank holiday.
    within(1, "2022-09-16", "2022-09-20", S),
    within(1, "2022-09-16", "2022-09-21", V),
    within(1, "2023-05-05", "2023-05-09", S),
    within(0, "2023-05-05", "2023-05-05", S),
    within(0, "2023-05-05", "2023-05-09", V),
    # Wednesday 4 September 2024 and ten working days: Wednesday the 18th.
    row("OF302", "monitoring-publication", "mv", "2024-09-18",
        [monitoring("mv", "2024-09-03", "2024-09-04")], P,
        replace=(("monitoring-publication", {"working_days": 10}),)),
    row("OF302", "monitoring-publication", "mv", "2024-09-19",
        [monitoring("mv", "2024-09-03", "2024-09-04")], V,
        replace=(("monitoring-publication", {"working_days": 10}),)),
    row("OF302", "letter-publication", "fv", "2021-07-01",
        [visit("fv", "2021-04-12", None, "2021-06-07")], (U, {GAP}), coverage=NOTHING,
        replace=(("letter-publication", {"working_days": 30}),)),
]  # fmt: skip

# --- Cafcass: conditions --------------------------------------------------------------------------


def on_scale(event: Event, wanted: Wanted, **other: Any) -> Row:
    return row("OF105", "judgement-areas", "fi", "2025-01-01", [event], wanted, **other)


def areas(event: Event, wanted: Wanted, as_of: str = "2025-01-01", **other: Any) -> Row:
    return row("OF106", "judgement-areas", "fi", as_of, [event], wanted, **other)


ADEQUATE = (Judgement("private-law-practice", "adequate"), *grades(public=G, leaders=G))
BOTH = ("private-law", "public-law")
LEADERS = ("chief-executive", "senior-leadership")
SHARED = evaluation("se", "2022-03-14", BOTH)


def reviewed(other: Event | None, wanted: Wanted, **more: Any) -> Row:
    events = [meeting("em", "2022-03-23", reviews="se"), *([other] if other else [])]
    return row("OF403", "meeting-reviews", "em", "2022-06-01", events, wanted, **more)


CONDITIONS = [
    on_scale(FI, S),
    on_scale(given(ADEQUATE), V),
    on_scale(given(None), (U, {GAP}), coverage=NOTHING),
    on_scale(given(grades(private=G), partial=True), (U, {GAP})),
    on_scale(given(ADEQUATE[:1], partial=True), V),
    areas(FI, S),
    areas(given((*OUTSTANDING, *grades(overall=O))), S),  # neither owed nor a fault
    areas(given(OUTSTANDING[:2]), V),
    areas(given(OUTSTANDING[:2], partial=True), (U, {GAP})),
    areas(given((*OUTSTANDING[:2], *grades(help=G)), partial=True), V),
    areas(given(TWICE_GRADED), V),
    areas(given(()), V),
    areas(given(None), (U, {GAP}), coverage=NOTHING),
    areas(FI, P, as_of="2024-04-02"),  # awaited: published on the 3rd
    # Begun in the last days before the framework, or in its first.
    areas(full("fi", "2021-03-29/2021-04-09", "2021-04-23", "2021-06-07"), (U, {OPEN}, {ROUGH})),
    row("OF106", "judgement-areas", None, "2025-01-01",
        [full("fi", "2021-03-31", "2021-04-23", "2021-06-07")], N),
    *(
        row("OF402", "not-with-hmica", "fi", "2025-01-01",
            [full("fi", "2024-01-22", inspectorates=by)], wanted)
        for by, wanted in ((("ofsted",), S), (("ofsted", "hmica"), V), (("HMICA ",), V), (None, S))
    ),
    # Where the record may leave it out, it may have been with anybody.
    row("OF402", "not-with-hmica", "fi", "2025-01-01", [full("fi", "2024-01-22")], (U, {GAP}),
        coverage=NOTHING),
    row("OF107", "visit-ungraded", "fv", "2022-01-01", [FV], S),
    row("OF107", "visit-ungraded", "fv", "2022-01-01",
        [visit("fv", "2021-04", None, "2021-06-07", None)], (U, {GAP}), coverage=NOTHING),
    row("OF107", "visit-ungraded", "fv", "2022-01-01",
        [visit("fv", "2021-04", None, "2021-06-07", grades(leaders=G))], V, coverage=NOTHING),
    row("OF107", "monitoring-and-meetings-ungraded", "em", "2022-01-01",
        [meeting("em", "2021-06-16", judgements=None)], S),
    row("OF107", "monitoring-and-meetings-ungraded", "em", "2022-01-01",
        [meeting("em", "2021-06-16", judgements=None)], (U, {GAP}), coverage=NOTHING),
    row("OF107", "monitoring-and-meetings-ungraded", "mv", "2025-01-01",
        [monitoring("mv", "2024-09-03", "2024-09-04", "2024-10-01", grades(private=I))], V),
    row("OF204", "kind-of-inspection", "fi", "2025-01-01", [FI], S),
    row("OF204", "kind-of-inspection", "fi", "2025-01-01", [given(OUTSTANDING, kind="short")], V),
    row("OF204", "kind-of-inspection", "fi", "2025-01-01", [given(OUTSTANDING, kind=None)],
        (U, {GAP}), coverage=NOTHING),
    row("OF108", "national-scope", "fi", "2025-01-01", [FI], S),
    row("OF108", "national-scope", "fi", "2025-01-01",
        [given(OUTSTANDING, scope="region:East Midlands")], V),
    row("OF108", "national-scope", "fi", "2025-01-01", [given(OUTSTANDING, scope=None)],
        (U, {GAP}), coverage=NOTHING),
    row("OF402", "self-evaluation-covers", "se", "2022-06-01", [SHARED], S),
    row("OF402", "self-evaluation-covers", "se", "2022-06-01",
        [evaluation("se", "2022-03-14", ("private-law",))], V),
    row("OF402", "self-evaluation-covers", "se", "2022-06-01", [evaluation("se", "2022-03")],
        (U, {GAP}), coverage=NOTHING),
    row("OF402", "self-evaluation-covers", "se", "2022-06-01", [evaluation("se", "2022-03-14")], V),
    row("OF402", "meeting-attendance", "em", "2022-06-01",
        [meeting("em", "2022-03-23", attended_by=LEADERS)], S),
    row("OF402", "meeting-attendance", "em", "2022-06-01",
        [meeting("em", "2022-03-23", attended_by=("senior-leadership",))], V),
    row("OF402", "meeting-attendance", "em", "2022-06-01", [meeting("em", "2022-03-23")],
        (U, {GAP}), coverage=KINDS),
    reviewed(SHARED, S),
    reviewed(evaluation("se", "2022-03-24"), V),
    reviewed(evaluation("se", "2022-03"), (U, {ROUGH})),
    reviewed(visit("se", "2022-03-14"), V),  # what it names is a visit
    reviewed(None, V),
    reviewed(None, (U, {GAP}), coverage=NOTHING),
    # 22 January to 16 February 2024 are 10 + 16 = 26 days.
    row("OF304", "inspection-length", "fi", "2025-01-01", [FI], S),
    row("OF304", "inspection-length", "fi", "2025-01-01", [full("fi", "2024-01-22", "2024-02-15")],
        V),
    row("OF304", "inspection-length", "fi", "2025-01-01", [full("fi", "2024-01-22", "2024-02")],
        (U, {ROUGH})),
    row("OF304", "inspection-length", "fi", "2025-01-01", [full("fi", "2024-01-22")], (U, {GAP}),
        coverage=NOTHING),
    # Ten days and sixteen, with weeks between them.
    row("OF304", "inspection-length", "fi", "2025-01-01",
        [Inspection(id="fi", start="2024-01-22", end="2024-03-17",
                    parts=(Part("2024-01-22", "2024-01-31"), Part("2024-03-02", "2024-03-17")))],
                           S),
]  # fmt: skip

CAFCASS_ROWS = [*FULL_INSPECTION, *YEARLY, *SEQUENCE, *ONLY, *RESPONSES, *CONDITIONS]

# --- Local authorities ----------------------------------------------------------------------------

LA: dict[str, Any] = {"framework": "ilacs-2018"}
OLD = grades(overall=G, leaders=G, help=G, both=G)
FIVE = grades(overall=G, leaders=G, help=G, care=G, leavers=G)
FOUR = grades(leaders=G, help=G, care=G, leavers=G)


def la_areas(start: str, judgements: tuple[Judgement, ...], wanted: Wanted, **more: Any) -> Row:
    event = authority("i", start, judgements, published="2026-09-01")
    return row("OF106", "judgement-areas", "i", "2026-11-23", [event], wanted, **LA, **more)


SOUTH_TYNESIDE = {"kind": "short", "end": "2023-02-15", "published": "2023-04-06"}
AREAS = [
    # An inspection is judged by the form in force when it began.
    row("OF106", "judgement-areas", "i", "2024-01-01",
        [authority("i", "2022-12-05", OLD, **SOUTH_TYNESIDE)], S, **LA),  # type: ignore[arg-type]
    row("OF106", "judgement-areas", "i", "2024-01-01",
        [authority("i", "2022-12-05", FIVE, **SOUTH_TYNESIDE)], V, **LA),  # type: ignore[arg-type]
    la_areas("2022-12-31", OLD, S),
    la_areas("2022-12-31", FIVE, V),
    la_areas("2023-01-01", OLD, V),
    la_areas("2023-01-01", FIVE, S),
    la_areas("2022-12-30/2023-01-03", OLD, (U, {ROUGH})),
    la_areas("2022-12-30/2023-01-03", FOUR, V),  # no overall grade: wrong in both forms
    la_areas("2026-03-16", FIVE, S),
    la_areas("2026-03-16", FOUR, V),
    la_areas("2026-03-31", FIVE, S),
    la_areas("2026-03-31", FOUR, V),
    la_areas("2026-04-01", FOUR, S),
    la_areas("2026-04-01", FIVE, V),
    la_areas("2026-04-27", FOUR, S),
    la_areas("2026-04-27", FIVE, V),
    la_areas("2026-03-30/2026-04-03", FOUR, (U, {ROUGH})),
    la_areas("2026-03", FIVE, S),
    # The framework was "used from January 2018", the day is not known; Rochdale's inspection, the
    # first that is, began on the 29th.
    la_areas("2018-01-28", OLD, (U, {OPEN})),
    la_areas("2018-01-29", OLD, S),
    row("OF107", "visit-ungraded", "fv", "2024-01-01",
        [visit("fv", "2023-05", judgements=grades(care=G))], V, coverage=NOTHING, **LA),
]  # fmt: skip


def interval(subject: str, as_of: str, events: Sequence[Event], wanted: Wanted, **more: Any) -> Row:
    return row("OF301", "inspection-interval", subject, as_of, events, wanted, **LA, **more)


def route(as_of: str, events: Sequence[Event], wanted: Wanted, **more: Any) -> Row:
    return row("OF204", "kind-of-inspection", "j", as_of, events, wanted, **LA, **more)


A = authority("i", "2021-07-05")  # its window: 5 January 2024 to 5 January 2025
B = authority("i", "2018-06-04")  # before the pause
GOOD_2019 = authority("i", "2019-05-20", OLD, published="2019-06-25")
RI_2019 = authority("i", "2019-05-20", grades(overall=R, leaders=G, help=R, both=G),
                    published="2019-06-25")  # fmt: skip
RI_2023 = authority("i", "2023-02-06", grades(overall=R, leaders=G, help=G, care=G, leavers=R),
                    published="2023-04-04")  # fmt: skip
RI_2022 = authority("i", "2022-07-04", grades(overall=R, leaders=G, help=R, both=G),
                    published="2022-08-30")  # fmt: skip

TIMING = [
    interval("i", "2025-02-01", [A, authority("j", "2025-01-05")], S),
    interval("i", "2025-02-01", [A, authority("j", "2025-01-06")], V),
    interval("i", "2025-02-01", [A, authority("j", "2025-01")], (U, {ROUGH})),
    interval("i", "2025-02-01", [A, authority("j", "2023-12-04")], S),  # early is no departure
    interval("i", "2025-01-05", [A], P),
    interval("i", "2025-01-06", [A], V),
    interval("i", "2025-01-06", [A], (U, {GAP}), coverage=NOTHING),
    interval("i", "2025-01-06", [A], (U, {GAP}),
             coverage=(covered("inspection", None, "2025-01-04"),)),
    # Three and a half years after 31 August 2023 end with February 2027.
    interval("i", "2027-04-01", [authority("i", "2023-08-31"), authority("j", "2027-02-28")], S),
    interval("i", "2027-04-01", [authority("i", "2023-08-31"), authority("j", "2027-03-01")], V),
    # 4 December 2021, and the clock stood for the 468 days from 17 March 2020 to 27 June 2021:
    # 365 days are 4 December 2022, 27 more 31 December, then 31 + 28 + 17: 17 March 2023.
    interval("i", "2023-06-01", [B, authority("j", "2023-03-17")], S),
    interval("i", "2023-06-01", [B, authority("j", "2023-03-18")], V),
    interval("i", "2023-03-17", [B], P),
    interval("i", "2023-03-18", [B], V),
    interval("i", "2020-06-01", [B], P),  # suspended
    # The suspension: from 17 March 2020 to 27 June 2021.
    *(
        row("OF303", "covid-19", "i", "2022-01-01", [authority("i", start)], wanted, **LA)
        for start, wanted in (
            ("2020-03-16", S), ("2020-03-17", V), ("2021-06-27", V), ("2021-06-28", S),
            ("2021-06-21/2021-07-02", (U, {ROUGH})), ("2020-05", V),
        )
    ),
    row("OF303", "covid-19", "i", "2020-05-01", [authority("i", "2020-03-17")], V, **LA),
    row("OF303", "covid-19", None, "2022-01-01", [visit("fv", "2020-09-08")], N, **LA),
    # Friday 24 May 2019 and 21 working days, without the bank holiday of the 27th: 25 June.
    *(
        row("OF302", "report-publication", "i", "2024-06-01",
            [authority("i", start, end=end, published=published)], wanted, **LA)
        for start, end, published, wanted in (
            ("2019-05-20", "2019-05-24", "2019-06-25", S),
            ("2019-05-20", "2019-05-24", "2019-06-26", V),
            ("2019-05-20", "2019-05-24", "2019-06", (U, {ROUGH})),
            # Friday 15 March 2024, between the days that bound the change from 30 to 27: day 27
            # is 25 April, day 30 is 30 April.
            ("2024-03-04", "2024-03-15", "2024-04-25", S),
            ("2024-03-04", "2024-03-15", "2024-04-26", (U, {ROUGH})),
            ("2024-03-04", "2024-03-15", "2024-04-30", (U, {ROUGH})),
            ("2024-03-04", "2024-03-15", "2024-05-01", V),
            # Friday 14 October 2022: 28 working days to 23 November, 30 to the 25th.
            ("2022-10-03", "2022-10-14", "2022-11-25", S),
            ("2022-10-03", "2022-10-14", "2022-11-28", V),
        )
    ),
]  # fmt: skip


def plan(id: str, start: str, follows: str, *, draft: bool = False) -> ActionPlan:
    return ActionPlan(id=id, start=start, follows=follows, draft=draft)


STOCKTON = authority("i", "2023-03-06", published="2023-05-09")
HALTON = visit("fv", "2021-10-19", "2021-10-20", "2021-11-17", priority="new")


def after(provision: str, subject: str, as_of: str, events: Sequence[Event], wanted: Wanted,
          **more: Any) -> Row:  # fmt: skip
    return row("OF302", provision, subject, as_of, events, wanted, **LA, **more)


PLANS = [
    # Stockton: 70 working days after 9 May 2023 is 16 August 2023.
    after("action-plan", "i", "2024-01-01", [STOCKTON, plan("p", "2023-08-16", "i")], S),
    after("action-plan", "i", "2024-01-01", [STOCKTON, plan("p", "2023-08-17", "i")], V),
    after("action-plan", "i", "2024-01-01", [STOCKTON, plan("p", "2023-08", "i")], (U, {ROUGH})),
    after("action-plan", "i", "2023-08-16", [STOCKTON], P),
    after("action-plan", "i", "2023-08-17", [STOCKTON], V),
    after("action-plan", "i", "2023-08-17", [STOCKTON], (U, {GAP}), coverage=NOTHING),
    after("action-plan", "i", "2023-08-16", [STOCKTON, plan("p", "2023-08-17", "i")], P),
    # Halton: 20 working days after 17 November 2021 is 15 December; 70 is 28 February 2022, with
    # 27 and 28 December and 3 January off.
    after("draft-plan", "fv", "2022-06-01", [HALTON, plan("d", "2021-12-15", "fv", draft=True)], S),
    after("draft-plan", "fv", "2022-06-01", [HALTON, plan("d", "2021-12-16", "fv", draft=True)], V),
    after("draft-plan", "fv", "2022-06-01", [HALTON, plan("d", "2021-12", "fv", draft=True)],
          (U, {ROUGH})),
    after("draft-plan", "fv", "2021-12-16", [HALTON], V),
    after("draft-plan", "fv", "2021-12-15", [HALTON], P),
    after("priority-action-plan", "fv", "2022-06-01", [HALTON, plan("p", "2022-02-28", "fv")], S),
    after("priority-action-plan", "fv", "2022-06-01", [HALTON, plan("p", "2022-03-01", "fv")], V),
    after("priority-action-plan", "fv", "2022-02-28", [HALTON], P),
    after("priority-action-plan", "fv", "2022-03-01", [HALTON], V),
    after("priority-action-plan", "fv", "2022-03-01", [HALTON], (U, {GAP}), coverage=NOTHING),
    # The draft is not the plan.
    after("priority-action-plan", "fv", "2022-06-01",
          [HALTON, plan("d", "2021-12-15", "fv", draft=True)], V),
    # Not owed where the letter names no new areas for priority action; open where it is not known.
    after("draft-plan", "fv", "2022-06-01",
          [visit("fv", "2021-10-19", "2021-10-20", "2021-11-17", priority="none")], N),
    after("draft-plan", "fv", "2022-06-01",
          [visit("fv", "2021-10-19", "2021-10-20", "2021-11-17", priority="carried-over")], N),
    after("draft-plan", "fv", "2022-06-01",
          [visit("fv", "2021-10-19", "2021-10-20", "2021-11-17")], (U, {GAP}),
          coverage=(covered("focused-visit"), covered("action-plan"))),
]  # fmt: skip

ROUTES = [
    route("2023-01-01", [RI_2019, authority("j", "2022-05-09", kind="short")], V),
    route("2023-01-01", [RI_2019, authority("j", "2022-05-09", kind="standard")], S),
    route("2023-01-01", [GOOD_2019, authority("j", "2022-05-09", kind="short")], S),
    route("2023-01-01", [GOOD_2019, authority("j", "2022-05-09", kind="standard")], S),
    route("2023-01-01", [GOOD_2019, authority("j", "2022-05-09", kind="full")], V),
    # The overall grade of the one before is not listed: a standard one is right either way.
    *(
        route("2023-01-01",
              [authority("i", "2019-05-20", grades(help=G), partial=True, published="2019-06-25"),
               authority("j", "2022-05-09", kind=kind)], wanted)
        for kind, wanted in (("short", (U, {GAP})), ("standard", S), ("regional", V))
    ),
    *(
        route("2023-01-01",
              [authority("i", "2019-05-20", (*OLD, *grades(overall=R)), published="2019-06-25"),
               authority("j", "2022-05-09", kind=kind)], wanted)
        for kind, wanted in (("short", (U, {ILL})), ("standard", S))
    ),
    # A new authority's first is a standard one.
    route("2023-01-01", [authority("j", "2022-05-09", kind="standard")], S),
    route("2023-01-01", [authority("j", "2022-05-09", kind="short")], V),
    route("2023-01-01", [authority("j", "2022-05-09", kind="short")], (U, {GAP}), coverage=NOTHING),
    route("2023-01-01", [authority("j", "2022-05-09", kind="standard")], S, coverage=NOTHING),
    route("2023-01-01", [authority("j", "2022-05-09", kind=None)], (U, {GAP}), coverage=NOTHING),
    # Requires improvement overall, but good leaders and two of three practice areas good: what
    # counts changes for inspections begun on 1 April 2026.
    route("2026-11-23", [RI_2023, authority("j", "2026-03-31", kind="short")], V),
    route("2026-11-23", [RI_2023, authority("j", "2026-04-01", kind="short")], S),
    route("2026-11-23", [RI_2023, authority("j", "2026-03-30/2026-04-03", kind="short")],
          (U, {ROUGH})),
    route("2026-11-23", [RI_2023, authority("j", "2026-03-30/2026-04-03", kind="standard")], S),
    # The old area of care and care leavers stands for both: two of three.
    route("2026-11-23", [RI_2022, authority("j", "2026-04-13", kind="short")], S),
]  # fmt: skip


def visits(provision: str, events: Sequence[Event], wanted: Wanted, as_of: str = "2025-01-01",
           **more: Any) -> Row:  # fmt: skip
    return row("OF202", f"visits-after-{provision}", "i", as_of, events, wanted, **LA, **more)


def graded(grade: Any, start: str = "2021-09-06") -> Inspection:
    """An inspection all of whose grades are the same."""
    all_ = grades(overall=grade, leaders=grade, help=grade, both=grade)
    return authority("i", start, all_, published="2021-12-01")


NEXT = authority("j", "2024-09-02")
ONE, TWO = visit("a", "2022-09-06"), visit("b", "2023-09-05")
JTAI = JointTargetedAreaInspection(id="jtai", start="2023-03-06")

VISITS = [
    visits("good", [graded(G), ONE, NEXT], S),
    visits("good", [graded(O), JTAI, NEXT], S),
    visits("good", [graded(G), NEXT], V),
    visits("good", [graded(G), ONE, JTAI, NEXT], V),
    visits("good", [graded(G), NEXT], (U, {GAP}), coverage=NOTHING),
    visits("good", [graded(G), visit("a", "2024-09"), NEXT], (U, {ROUGH})),
    visits("good", [graded(R), NEXT], N),
    visits("good", [authority("i", "2021-09-06"), NEXT], (U, {GAP}),
           coverage=(covered("inspection"), covered("focused-visit"),
                     covered("joint-targeted-area-inspection"))),
    # Read for inspections from June 2021; which day of June is not known, nor any before it.
    visits("good", [graded(G, "2021-06-15"), NEXT], (U, {ROUGH})),
    visits("good", [graded(G, "2021-06-30"), NEXT], V),
    visits("requires-improvement", [graded(R), ONE, TWO, NEXT], S),
    visits("requires-improvement", [graded(R), ONE, JTAI, NEXT], S),
    visits("requires-improvement", [graded(R), ONE, NEXT], V),
    visits("requires-improvement", [graded(R), ONE, NEXT], (U, {GAP}),
           coverage=(covered("inspection"), covered("focused-visit"))),
    visits("requires-improvement", [graded(R), ONE], P, as_of="2024-01-01"),
    visits("inadequate", [graded(I), NEXT], S),
    visits("inadequate", [graded(I), ONE, NEXT], V),
    visits("inadequate", [graded(I), NEXT], (U, {GAP}), coverage=(covered("inspection"),)),
    visits("inadequate", [graded(G), ONE, NEXT], N),
    # No overall grade from April 2026 on.
    visits("good", [authority("i", "2026-04-27", FOUR, published="2026-06-10")], N,
           as_of="2026-11-23"),
]  # fmt: skip


def short_cycle(events: Sequence[Event], wanted: Wanted, as_of: str = "2030-01-01",
                **more: Any) -> Row:  # fmt: skip
    return row("OF202", "visits-before-short", "i", as_of, events, wanted, **LA, **more)


GOOD_2026 = grades(leaders=G, help=G, care=G, leavers=R)
BEGUN_2026 = authority("i", "2026-04-27", GOOD_2026, published="2026-06-10")
HELP_2026 = authority("i", "2026-04-27", grades(leaders=G, help=I, care=G, leavers=R),
                      published="2026-06-10")  # fmt: skip
LEADERS_2026 = authority("i", "2026-04-27", grades(leaders=I, help=R, care=G, leavers=R),
                         published="2026-06-10")  # fmt: skip
LATER = authority("j", "2029-04-30")
MONITORED = monitoring("mv", "2022-09-06")
MONITORED_2026 = monitoring("mv", "2026-09-08")

FROM_2026 = [
    short_cycle([BEGUN_2026, visit("a", "2027-09-06"), LATER], S),
    short_cycle([BEGUN_2026, LATER], V),
    short_cycle([BEGUN_2026], P, as_of="2026-11-23"),
    short_cycle([LEADERS_2026, LATER], N),
    short_cycle([authority("i", "2026-03-31", GOOD_2026, published="2026-05-14"), LATER], N),
]  # fmt: skip


def monitored(code: str, events: Sequence[Event], wanted: Wanted, **more: Any) -> Row:
    only = "-only" * (code == "OF203")
    subject, as_of = ("mv" if only else "i"), more.pop("as_of", "2030-01-01")
    return row(code, f"monitoring{only}-while-inadequate", subject, as_of, events, wanted,
               **LA, **more)  # fmt: skip


MONITORING = [
    monitored("OF202", [graded(I), MONITORED, NEXT], S),
    monitored("OF202", [graded(I), NEXT], V),
    monitored("OF202", [graded(I), NEXT], (U, {GAP}), coverage=(covered("inspection"),)),
    monitored("OF202", [graded(R), NEXT], N),
    monitored("OF202", [graded(I)], P, as_of="2022-01-01"),
    # From April 2026 on no source says what judged inadequate means.
    monitored("OF202", [HELP_2026, LATER], (U, {READ})),
    monitored("OF202", [LEADERS_2026, LATER], V),
    monitored("OF203", [graded(I), MONITORED], S),
    monitored("OF203", [graded(R), MONITORED], V),
    monitored("OF203", [MONITORED], V),
    monitored("OF203", [MONITORED], (U, {GAP}), coverage=NOTHING),
    monitored("OF203", [HELP_2026, MONITORED_2026], (U, {READ})),
    monitored("OF203", [LEADERS_2026, MONITORED_2026], S),
    monitored("OF203", [BEGUN_2026, MONITORED_2026], V),
]  # fmt: skip


def authority_letter(start: str, published: str, wanted: Wanted, end: str | None = None) -> Row:
    return row("OF302", "letter-publication", "fv", "2025-06-01",
               [visit("fv", start, end or start, published)], wanted, **LA)  # fmt: skip


def own(as_of: str, published: str | None, wanted: Wanted, **more: Any) -> Row:
    """Published by Ofsted on 9 May 2023: 13 working days to 26 May, then without the bank holiday
    of the 29th 17 to 2 June, 22, 27 to 16 June, and 30 to 21 June."""
    told = Inspection(id="i", start="2023-03-06", kind="standard", published="2023-05-09",
                      published_by_provider=published)  # fmt: skip
    return row("OF302", "authority-publication", "i", as_of, [told], wanted, **LA, **more)


LETTERS = [
    # 17 working days after 18 April 2018, without the 7th of May: 14 May.
    authority_letter("2018-04-18", "2018-05-14", S),
    authority_letter("2018-04-18", "2018-05-15", V),
    # Counted from the first day: a visit of two days has one day less after its last.
    authority_letter("2018-04-18", "2018-05-14", S, end="2018-04-19"),
    authority_letter("2018-04-18", "2018-05-15", V, end="2018-04-19"),
    # No number is known for October 2020 to August 2021.
    authority_letter("2021-03-11", "2021-05-10", (U, {VALUE})),
    authority_letter("2021-08-30", "2022-01-31", (U, {VALUE})),
    authority_letter("2021-08-31", "2022-01-31", (U, {VALUE, ROUGH})),
    # 25 after 8 December 2021: 12 by Christmas Eve, 15 by the 31st, 19 by 7 January, then 6.
    authority_letter("2021-12-08", "2022-01-17", S),
    authority_letter("2021-12-08", "2022-01-18", V),
    # 15 March 2024, between the days that bound the change: day 22 is 18 April, day 25 the 23rd.
    authority_letter("2024-03-15", "2024-04-18", S),
    authority_letter("2024-03-15", "2024-04-19", (U, {ROUGH})),
    authority_letter("2024-03-15", "2024-04-23", (U, {ROUGH})),
    authority_letter("2024-03-15", "2024-04-24", V),
    # 22 after 19 September 2024: 21 October.
    authority_letter("2024-09-19", "2024-10-21", S),
    authority_letter("2024-09-19", "2024-10-22", V),
    own("2024-01-01", "2023-06-21", S),
    own("2024-01-01", "2023-06-22", V),
    own("2024-01-01", "2023-06", (U, {ROUGH})),
    own("2023-06-21", None, P),
    own("2023-06-22", None, V),
    own("2024-01-01", None, (U, {GAP}), coverage=NOTHING),
]  # fmt: skip


def authority_meeting(events: Sequence[Event], wanted: Wanted, **more: Any) -> Row:
    return row("OF301", "engagement-meeting", "a", "2025-06-01", events, wanted, **LA, **more)


MEETINGS = [
    authority_meeting([meeting("a", "2023-05-10"), meeting("b", "2024-05-10")], S),
    authority_meeting([meeting("a", "2023-05-10"), meeting("b", "2024-05-11")], (U, {READ})),
    authority_meeting([meeting("a", "2023-05-10"), meeting("b", "2025-05-10")], V),
    authority_meeting([meeting("a", "2023-05-10"), meeting("b", "2024-05-11")], V,
           choose=(("engagement-meeting", "twelve-months"),)),
    authority_meeting([meeting("a", "2024-07-10")], P),
    row("OF301", "engagement-meeting", None, "2025-06-01", [], N, **LA),
]  # fmt: skip


def length(provision: str, kind: str | None, end: str, wanted: Wanted) -> Row:
    return row("OF304", provision, "i", "2020-01-01",
               [authority("i", "2019-05-20", kind=kind, end=end)], wanted, **LA)  # fmt: skip


LENGTHS = [
    length("standard-length", "standard", "2019-05-31", S),
    length("standard-length", "standard", "2019-05-30", V),
    length("standard-length", "short", "2019-05-24", N),
    length("short-length", "short", "2019-05-24", S),
    length("short-length", "short", "2019-05-27", V),
    length("short-length", None, "2019-05-31", (U, {GAP})),
]  # fmt: skip


def limit(provision: str, start: str, wanted: Wanted, partial: bool = False, **given: Any) -> Row:
    told = authority("i", start, grades(**given), published="2026-10-01", partial=partial)
    return row("OF109", provision, "i", "2026-11-23", [told], wanted, **LA)


LIMITS = [
    limit("inadequate-practice", "2019-05-20", V, overall=R, leaders=R, help=I, both=R),
    limit("inadequate-practice", "2019-05-20", S, overall=I, leaders=R, help=I, both=R),
    limit("inadequate-practice", "2019-05-20", N, overall=R, leaders=I, help=R, both=R),
    limit("inadequate-practice", "2023-01-09", V, overall=R, leaders=R, help=R, care=R, leavers=I),
    limit("inadequate-practice", "2026-04-27", N, leaders=R, help=I, care=R, leavers=R),
    limit("inadequate-practice", "2019-05-20", V, True, overall=R, help=I),
    limit("inadequate-practice", "2019-05-20", (U, {GAP}), True, help=I),
    limit("inadequate-practice", "2019-05-20", (U, {GAP}), True, overall=R, leaders=I),
    limit("inadequate-practice", "2019-05-20", (U, {ILL}), overall=R, leaders=R, help=I),
    limit("nothing-inadequate", "2019-05-20", V, overall=I, leaders=R, help=R, both=R),
    limit("nothing-inadequate", "2019-05-20", S, overall=R, leaders=R, help=R, both=R),
    limit("nothing-inadequate", "2019-05-20", N, overall=I, leaders=I, help=R, both=R),
    limit("nothing-inadequate", "2023-01-09", V, overall=I, leaders=R, help=R, care=R, leavers=R),
    limit("one-below-good", "2019-05-20", V, overall=O, leaders=O, help=R, both=O),
    limit("one-below-good", "2019-05-20", S, overall=G, leaders=O, help=R, both=O),
    limit("one-below-good", "2019-05-20", N, overall=O, leaders=O, help=G, both=G),
    limit("two-below-good", "2019-05-20", V, overall=G, leaders=G, help=R, both=R),
    limit("two-below-good", "2019-05-20", S, overall=R, leaders=G, help=R, both=R),
    limit("two-below-good", "2019-05-20", N, overall=G, leaders=G, help=R, both=G),
    limit("leaders-below-good", "2023-01-09", V, overall=G, leaders=R, help=G, care=G, leavers=G),
    limit("leaders-below-good", "2023-01-09", S, overall=R, leaders=R, help=G, care=G, leavers=G),
    limit("leaders-below-good", "2022-12-05", N, overall=G, leaders=R, help=G, both=G),
    limit("leaders-and-practice-good", "2023-01-09", V,
          overall=R, leaders=G, help=G, care=G, leavers=R),
    limit("leaders-and-practice-good", "2023-01-09", S,
          overall=G, leaders=G, help=G, care=G, leavers=R),
    limit("leaders-and-practice-good", "2023-01-09", N,
          overall=I, leaders=G, help=G, care=G, leavers=I),
]  # fmt: skip

PAUSES = [
    *(
        row("OF303", provision, "fv", "2022-01-01", [visit("fv", start)], wanted, **LA)
        for provision, start, wanted in (
            ("covid-19-visits", "2020-03-16", S),
            ("covid-19-visits", "2020-03-17", V),
            ("covid-19-visits", "2020-05-31", V),
            ("covid-19-visits", "2020-06-01", (U, {ROUGH})),
            ("covid-19-visits", "2020-10-05", (U, {ROUGH})),
            ("covid-19-visits", "2020-10-06", S),
            ("covid-19-november", "2020-11-04", S),
            ("covid-19-november", "2020-11-05", V),
            ("covid-19-november", "2020-12-02", V),
            ("covid-19-november", "2020-12-03", S),
        )
    ),
    row("OF303", "covid-19-visits", "fv", "2020-07-01", [visit("fv", "2020-06-01")], V, **LA),
]  # fmt: skip

AUTHORITY_ROWS = [
    *AREAS, *TIMING, *PLANS, *ROUTES, *VISITS, *FROM_2026, *MONITORING, *LETTERS, *MEETINGS,
    *LENGTHS, *LIMITS, *PAUSES,
]  # fmt: skip


@pytest.mark.parametrize("one", CAFCASS_ROWS, ids=ids(CAFCASS_ROWS))
def test_cafcass(one: Row) -> None:
    assert judge(one) == (one.status, one.because)


@pytest.mark.parametrize("one", AUTHORITY_ROWS, ids=ids(AUTHORITY_ROWS))
def test_local_authority(one: Row) -> None:
    assert judge(one) == (one.status, one.because)


# --- The table itself -----------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["cafcass-2021", "ilacs-2018"])
def test_the_table_leaves_out_no_provision(id: str) -> None:
    spoken = {one.provision for one in [*CAFCASS_ROWS, *AUTHORITY_ROWS] if one.framework == id}
    rows = framework(id).rows
    statuses = {one.id for one in rows if one.tag == "status"}  # they are used by the others
    assert spoken == {one.id for one in rows} - statuses


def test_the_table_reaches_every_status() -> None:
    assert {one.status for one in [*CAFCASS_ROWS, *AUTHORITY_ROWS]} == set(Status)


# --- What a row of the table cannot say -----------------------------------------------------------


def test_a_fault_in_the_grades_is_one_departure() -> None:
    events = [
        visit("fv", "2021-04-12", "2021-04-16", "2021-06-07"),
        given(TWICE_GRADED),
        visit("fv-2", "2024-06-03", "2024-06-07", "2024-07-15"),
    ]
    history = record(*events, coverage=COMPLETE)
    found = check(history, as_of=date(2024, 9, 1)).departures
    spoken = [(one.code, one.verdict.subject) for one in found if one.code != "OF301"]
    assert spoken == [("OF106", "fi")]
    # OF301: meetings and self-evaluations, of which there is none.
    assert {one.verdict.subject for one in found if one.code == "OF301"} == {"opening"}


@pytest.mark.parametrize("start", ["2027-01-17", "2027-01-18", "2027-01-19"])
def test_a_visit_on_the_day_of_an_inspection_lies_between_no_two(start: str) -> None:
    # It comes neither before the inspection nor after it.
    history = record(FI, FI_2027, FocusedVisit(id="fv", start=start))
    found = check(history, as_of=date(2027, 6, 1))
    sides = tuple(
        verdict(found, "OF202", "focused-visits", subject).status for subject in ("fi", "fi-2")
    )
    wanted = {"2027-01-17": (S, P), "2027-01-18": (V, P), "2027-01-19": (V, S)}
    assert sides == wanted[start]


def test_the_windows_of_the_vectors() -> None:
    fw = framework("ilacs-2018")
    for event, provision, latest in (
        (STOCKTON, "action-plan", date(2023, 8, 16)),
        (HALTON, "draft-plan", date(2021, 12, 15)),
        (HALTON, "priority-action-plan", date(2022, 2, 28)),
    ):
        history = record(event, provider=AUTHORITY)
        found = check(history, as_of=date(2023, 5, 9), frameworks=[fw])
        one = verdict(found, "OF302", provision, event.id).obligation
        assert one is not None
        assert [w and w.latest for w in one.windows.values()] == [latest]
