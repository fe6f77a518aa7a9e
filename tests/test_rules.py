"""Each rule at each of its turns: small records, and what is said of them, worked out by hand.

Beside the status and its reasons, what was found and what would settle it are typed too. What no
shipped framework provides is provided by a small framework of the test's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
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
    verdicts,
    visit,
)
from ofsted_framework import (
    RULES,
    ActionPlan,
    Basis,
    Coverage,
    EngagementMeeting,
    Event,
    FocusedVisit,
    Framework,
    Grade,
    History,
    Inspection,
    Judgement,
    MonitoringVisit,
    OfstedFrameworkError,
    Part,
    Provider,
    Status,
    WorkingDays,
    check,
    explain,
    framework,
)
from ofsted_framework.cases import Because, State, View, rough
from ofsted_framework.dates import ENGLAND
from ofsted_framework.editions import read_framework
from ofsted_framework.events import Scope
from ofsted_framework.rules import find_rule, outcome, views
from ofsted_framework.sources import Severity
from ofsted_framework.verdicts import RawVerdict, Verdict

S, V, N, P, U = (
    Status.SATISFIED,
    Status.VIOLATED,
    Status.NOT_APPLICABLE,
    Status.PENDING,
    Status.UNDETERMINED,
)
ROUGH, GAP, READ, ILL, OPEN = (
    Because.ROUGH_DATE,
    Because.NOT_COVERED,
    Because.READINGS_DIFFER,
    Because.ILL_FORMED,
    Because.FRAMEWORK_OPEN,
)
OFFICIAL, REPORTED, INFERRED, ASSUMED = Basis
NOTHING: tuple[Coverage, ...] = ()
CAF, LA = framework("cafcass-2021"), framework("ilacs-2018")
NO_SUBJECT = "The record holds nothing that it speaks of."

HEAD = """
id = "mine"
title = "A framework of one's own"
provider_kind = "cafcass"
start = 2021-04-01
"""
GROUNDS = 'grounds = [{ part = "sentence", basis = "official" }]'


def mine(rows: str, head: str = HEAD) -> Framework:
    return read_framework(head + rows)


class Line(NamedTuple):
    """One line of a table: a record, and what is said of one provision and subject."""

    code: str
    provision: str | None
    subject: str | None
    events: Sequence[Event]
    status: Status
    because: frozenset[Because] = frozenset()
    detail: str | None = None
    missing: tuple[str, ...] | None = None
    as_of: str = "2024-06-01"
    coverage: tuple[Coverage, ...] = COMPLETE
    framework: Framework = CAF


def told(line: Line) -> Verdict:
    provider = CAFCASS if line.framework.provider_kind == "cafcass" else AUTHORITY
    history = record(*line.events, coverage=line.coverage, provider=provider)
    result = check(history, as_of=day(line.as_of), frameworks=[line.framework])
    return verdict(result, line.code, line.provision, line.subject)


def agrees(line: Line) -> None:
    found = told(line)
    assert (found.status, found.because) == (line.status, line.because)
    if line.detail is not None:
        assert found.raw.detail == line.detail
    if line.missing is not None:
        assert found.missing == line.missing


def names(lines: Sequence[Line]) -> list[str]:
    return [f"{n:02}-{one.code}-{one.status}" for n, one in enumerate(lines)]


def full_parts(start: str, end: str | None, *parts: tuple[str, str], **other: Any) -> Inspection:
    return Inspection(
        id="e", start=start, end=end, parts=tuple(Part(*part) for part in parts), kind="full",
        **other,
    )  # fmt: skip


# --- OF101 and OF102: the order of days -----------------------------------------------------------


def order(
    start: str, end: str | None, status: Status, *because: Because, **other: Any
) -> Line:  # fmt: skip
    return Line("OF101", None, "e", [full("e", start, end)], status, frozenset(because), **other)


EXACT_START = ("the exact first day of e",)
EXACT_END = ("the exact last day of e",)
NO_END = ("the last day of e",)
ORDER = [
    order("2024-01-22", "2024-02-16", S, detail=""),
    order("2024-01-22", "2024-01-22", S, detail=""),
    order("2024-01-22", "2024-01-21", V,
          detail="It begins on 22 January 2024 and ends on 21 January 2024."),
    # Some day of January.
    order("2024-01", "2024-01-30", U, ROUGH, missing=EXACT_START, detail=""),
    order("2024-01", "2024-01-31", S, missing=(), detail=""),
    order("2024-01", "2024-01-01", U, ROUGH, missing=EXACT_START),
    order("2024-01", "2023-12-31", V),
    order("2024-01-22", "2024-01", U, ROUGH, missing=EXACT_END),
    order("2024-01-01", "2024-01", S),
    order("2024-02-01", "2024-01", V),
    order("2024-01", "2024-01", U, ROUGH, missing=EXACT_START + EXACT_END),
    # No last day: not recorded, or not yet ended.
    order("2024-01-22", None, U, GAP, coverage=NOTHING, missing=NO_END),
    order("2024-01-22", None, U, GAP, coverage=(covered("inspection"),), missing=NO_END),
    # It began on the day of asking; it may be a plan; it begins by that day.
    order("2024-06-01", "2024-06-01", S),
    order("2024-05-20/2024-06-02", "2024-05-10", U, ROUGH, missing=EXACT_START),
    order("2024-05-20/2024-06-01", "2024-05-10", V),
    order("2024-05-20/2024-06-02", "2024-06-03", U, ROUGH, missing=EXACT_START),
    order("2024-05-20/2024-06-01", "2024-06-03", S),
    # Nothing to judge: planned for tomorrow, not yet ended, or over in a day.
    Line("OF101", None, None, [full("e", "2024-06-02", "2024-05-01")], N, detail=NO_SUBJECT),
    Line("OF101", None, None, [full("e", "2024-01-22")], N),
    Line("OF101", None, None, [meeting("e", "2022-03-23")], N),
    Line("OF101", None, None, [meeting("e", "2022-03-23")], N, coverage=NOTHING),
    Line("OF101", None, None, [], N, detail=NO_SUBJECT),
    # A published report shows that it has ended, whatever is held.
    Line("OF101", None, "e", [full("e", "2024-01-22", None, "2024-04-03")], U,
         frozenset({GAP}), missing=NO_END),
    # What takes a day may be recorded with its end.
    Line("OF101", None, "e", [EngagementMeeting(id="e", start="2022-03-23", end="2022-03-22")], V),
    Line("OF101", None, "e", [EngagementMeeting(id="e", start="2022-03-23", end="2022-03-23")], S,
         coverage=NOTHING),
]  # fmt: skip


def published(
    end: str | None, out: str | None, status: Status, *because: Because, **other: Any
) -> Line:
    event = full("e", "2024-01-22", end, out)
    return Line("OF102", None, "e", [event], status, frozenset(because), **other)


EXACT_OUT = ("the exact day of publication of e",)
NO_OUT = ("the day of publication of e",)
PUBLISHED = [
    published("2024-02-16", "2024-04-03", S, detail=""),
    published("2024-02-16", "2024-02-16", S),
    published("2024-02-16", "2024-02-15", V,
              detail="It ends on 16 February 2024 and is published on 15 February 2024."),
    published("2024-02-16", "2024-02", U, ROUGH, missing=EXACT_OUT, detail=""),
    published("2024-02-01", "2024-02", S, detail=""),
    published("2024-03-01", "2024-02", V),
    published("2024-02", "2024-02-16", U, ROUGH, missing=EXACT_END),
    published("2024-02", "2024-02-29", S),
    published("2024-02", "2024-02", U, ROUGH, missing=EXACT_OUT + EXACT_END),
    published(None, "2024-04-03", U, GAP, missing=NO_END),
    published(None, "2024-04-03", U, GAP, coverage=NOTHING, missing=NO_END),
    published(None, "2024-04", U, GAP, ROUGH, coverage=NOTHING, missing=EXACT_OUT + NO_END),
    published(None, None, U, GAP, coverage=NOTHING, missing=NO_OUT + NO_END),
    published("2024-02-16", None, U, GAP, coverage=NOTHING, missing=NO_OUT),
    published("2024-02", None, U, GAP, ROUGH, coverage=NOTHING, missing=NO_OUT + EXACT_END),
    # Not out, by a record that would say so; and by one that would only tell the last day.
    Line("OF102", None, None, [full("e", "2024-01-22", "2024-02-16")], N, detail=NO_SUBJECT),
    Line("OF102", None, "e", [full("e", "2024-01-22", "2024-02-16")], U, frozenset({GAP}),
         coverage=(Coverage(type="inspection", fields=("end",)),)),
    Line("OF102", None, None, [full("e", "2024-01-22")], N,
         coverage=(Coverage(type="inspection", fields=("published",)),)),
    Line("OF102", None, None, [meeting("e", "2022-03-23")], N, coverage=NOTHING),
    Line("OF102", None, None, [full("e", "2024-06-02", "2024-06-03", "2024-06-02")], N),
    # Minutes of a meeting that was not over.
    Line("OF102", None, "e", [EngagementMeeting(id="e", start="2022-03-23", end="2022-03-24",
                                                published="2022-03-23")], V, coverage=NOTHING),
    Line("OF102", None, "e", [EngagementMeeting(id="e", start="2022-03-23",
                                                published="2022-03-23")], U, frozenset({GAP})),
]  # fmt: skip

# --- OF103: parts ---------------------------------------------------------------------------------


def parts(
    start: str, end: str | None, stretches: Sequence[tuple[str, str]], status: Status,
    *because: Because, **other: Any,
) -> Line:  # fmt: skip
    event = full_parts(start, end, *stretches)
    return Line("OF103", None, "e", [event], status, frozenset(because), **other)


TWO = (("2024-01-22", "2024-01-26"), ("2024-02-12", "2024-02-16"))
PARTS = [
    parts("2024-01-22", "2024-02-16", TWO, S, detail=""),
    parts("2024-01-22", "2024-01-26", TWO[:1], S),
    parts("2024-01-22", "2024-02-16", [("2024-01-22", "2024-02-11"), TWO[1]], S),
    parts("2024-01-22", "2024-02-16", [("2024-01-22", "2024-02-12"), TWO[1]], V,
          detail="Its parts are 22 January 2024 to 12 February 2024, 12 February 2024 to "
          "16 February 2024."),
    # A part of one day; a part that ends before it begins; the parts the other way round.
    parts("2024-01-22", "2024-02-12", [TWO[0], ("2024-02-12", "2024-02-12")], S),
    parts("2024-01-22", "2024-02-11", [TWO[0], ("2024-02-12", "2024-02-11")], V),
    parts("2024-01-22", "2024-02-16",
          [TWO[0], ("2024-02-19", "2024-02-20"), ("2024-02-12", "2024-02-16")], V),
    # The first is not from the event's start, the last not to its end: by a day on either side.
    parts("2024-01-21", "2024-02-16", TWO, V),
    parts("2024-01-23", "2024-02-16", TWO, V),
    parts("2024-01-22", "2024-02-15", TWO, V),
    parts("2024-01-22", "2024-02-17", TWO, V),
    # "January" and the 22nd may be the same day; "March" and the 22nd of January may not.
    parts("2024-01", "2024-02-16", TWO, U, ROUGH, missing=EXACT_START, detail=""),
    parts("2024-03", "2024-02-16", TWO, V),
    parts("2024-01-22", "2024-02", TWO, U, ROUGH),
    parts("2024-01-22", "2024-03", TWO, V),
    # Told alike in both places, yet each may be narrowed to another day.
    parts("2024-01", "2024-02-16", [("2024-01", "2024-02-01"), TWO[1]], U, ROUGH),
    parts("2024-01-22", "2024-02", [("2024-01-22", "2024-01-26"), ("2024-02-01", "2024-02")], U,
          ROUGH),
    parts("2024-01-22", "2024-02-16", [("2024-01", "2024-02-01"), TWO[1]], U, ROUGH),
    # The one part ends, or the other begins, on some day of a stretch round the 12th.
    parts("2024-01-22", "2024-02-16", [("2024-01-22", "2024-02-10/2024-02-12"), TWO[1]], U, ROUGH),
    parts("2024-01-22", "2024-02-16", [("2024-01-22", "2024-02-10/2024-02-11"), TWO[1]], S),
    # No last day.
    parts("2024-01-22", None, TWO, S),
    parts("2024-01-22", None, TWO, U, GAP, coverage=NOTHING, missing=NO_END),
    parts("2024-01-21", None, TWO, V, coverage=NOTHING),
    Line("OF103", None, None, [full("e", "2024-01-22", "2024-02-16")], N, detail=NO_SUBJECT),
    Line("OF103", None, None, [full_parts("2024-01-22", "2024-02-16", *TWO)], N,
         as_of="2024-01-21"),
    # One event without parts does not keep the next from being looked at.
    Line("OF103", None, "e", [full("a", "2023-01-09"), full_parts("2024-01-21", "2024-02-16",
                                                                  *TWO)], V),
]  # fmt: skip

# --- OF104: the framework that an event names -----------------------------------------------------

ROUGHLY = mine("", 'id = "cafcass-2021"\ntitle = "Rough"\nprovider_kind = "cafcass"\n'
               'start = "2021-04"\nend = "2023-12"\n'
               'grounds = [{ part = "start", basis = "reported" }, '
               '{ part = "start", basis = "assumed" }]\n')  # fmt: skip
COPY = read_framework('id = "copy"\nbased_on = "cafcass-2021"\n')


def named(
    start: str, status: Status, *because: Because, name: str | None = "cafcass-2021", **other: Any
) -> Line:
    event = attrs.evolve(full("e", start), framework=name)
    return Line("OF104", None, "e", [event], status, frozenset(because), **other)


NAMED = [
    named("2021-04-01", S, detail=""),
    named("2021-03-31", V,
          detail="It begins on 31 March 2021, when cafcass-2021 was not in force."),
    named("2021-03-31/2021-04-01", U, OPEN, ROUGH, detail="",
          missing=("whether e came under cafcass-2021", "the exact first day of e")),
    # In force from some day of April 2021 to some day of December 2023.
    named("2021-03-31", V, framework=ROUGHLY),
    named("2021-04-01", U, OPEN, framework=ROUGHLY, missing=("whether e came under cafcass-2021",)),
    named("2021-04-30", S, framework=ROUGHLY),
    named("2023-12-01", S, framework=ROUGHLY),
    named("2023-12-02", U, OPEN, framework=ROUGHLY),
    named("2024-01-01", V, framework=ROUGHLY),
    # It may be a plan.
    named("2021-04-01/2021-06-01", U, ROUGH, as_of="2021-05-31", missing=EXACT_START),
    named("2021-04-01/2021-06-01", S, as_of="2021-06-01"),
    named("2021-04-01", S, as_of="2021-04-01"),
    # A copy of one's own governs what came under the framework that it changes.
    named("2021-03-31", V, framework=COPY,
          detail="It begins on 31 March 2021, when copy was not in force."),
    named("2021-04-01", S, framework=COPY),
    Line("OF104", None, None, [attrs.evolve(full("e", "2021-05-03"), framework="cafcass-2021")], N,
         as_of="2021-05-02"),
    Line("OF104", None, None, [full("e", "2021-03-31")], N, detail=NO_SUBJECT),
    Line("OF104", None, None, [attrs.evolve(full("e", "2021-03-31"), framework="ilacs-2018")], N),
]  # fmt: skip


def test_the_first_support_of_its_start_is_what_a_framework_in_force_rests_on() -> None:
    assert told(named("2021-03-31", V)).basis is OFFICIAL
    assert told(named("2021-03-31", V)).severity is Severity.ERROR
    rough = told(named("2021-03-31", V, framework=ROUGHLY))
    assert [basis for _, basis in rough.rests_on] == [REPORTED]
    assert rough.severity is Severity.WARNING


# --- OF105 to OF107: grades -----------------------------------------------------------------------

ADEQUATE = (Judgement("private-law-practice", "adequate"), *grades(public=G, leaders=G))
REST = ("the other judgements of e",)
NOT_OUT = "Its report or letter is not out."


def graded(
    code: str, judgements: tuple[Judgement, ...] | None, status: Status, *because: Because,
    start: str = "2024-01-22", out: str | None = "2024-04-03", partial: bool = False, **other: Any,
) -> Line:  # fmt: skip
    event = full("e", start, None, out, judgements, partial=partial)
    return Line(code, "judgement-areas", "e", [event], status, frozenset(because), **other)


GRADED = [
    graded("OF105", OUTSTANDING, S, detail=""),
    graded("OF105", ADEQUATE, V,
           detail="Not grades of this framework: private-law-practice: adequate."),
    graded("OF105", (*ADEQUATE[:1], Judgement("impact-of-leaders", "satisfactory")), V,
           partial=True, detail="Not grades of this framework: private-law-practice: adequate, "
           "impact-of-leaders: satisfactory."),
    graded("OF105", OUTSTANDING[:1], U, GAP, partial=True, missing=REST),
    graded("OF105", (), N, detail=""),
    # Before, on and round the day of publication.
    graded("OF105", ADEQUATE, P, as_of="2024-04-02", detail=NOT_OUT),
    graded("OF105", ADEQUATE, V, as_of="2024-04-03"),
    graded("OF105", ADEQUATE, U, ROUGH, out="2024-04", as_of="2024-04-15", missing=EXACT_OUT),
    graded("OF105", OUTSTANDING, U, ROUGH, out="2024-04", as_of="2024-04-15", missing=EXACT_OUT),
    graded("OF105", ADEQUATE, V, out="2024-04", as_of="2024-04-30"),
    graded("OF105", None, U, GAP, coverage=NOTHING, missing=("the judgements of e",)),
    # Of a complete record: none were given.
    graded("OF105", None, N),
    graded("OF105", None, U, GAP, out=None, coverage=NOTHING,
           missing=("the day of publication of e", "the judgements of e")),
    graded("OF105", None, P, out=None),
    # Grades with no day of publication are out.
    graded("OF105", ADEQUATE, V, out=None),
    graded("OF106", OUTSTANDING, S, detail=""),
    graded("OF106", (*OUTSTANDING, *grades(overall=R)), S),
    graded("OF106", OUTSTANDING[:2], V, detail="No grade for impact-of-leaders."),
    graded("OF106", OUTSTANDING[:1], V, detail="No grade for public-law-practice, "
           "impact-of-leaders."),
    graded("OF106", (*OUTSTANDING, *grades(help=G)), V, detail="Help-and-protection is no area "
           "here."),
    graded("OF106", (*OUTSTANDING, *grades(help=G, private=G)), V, detail="Help-and-protection is "
           "no area here; private-law-practice is graded twice."),
    graded("OF106", OUTSTANDING[:2], U, GAP, partial=True, missing=REST, detail=""),
    # All three are there, and another was given: overall, or one too many.
    graded("OF106", OUTSTANDING, U, GAP, partial=True, missing=REST, detail=""),
    graded("OF106", (*OUTSTANDING[:2], *grades(help=G)), V, partial=True),
    graded("OF106", (), V, detail="No grade for private-law-practice, public-law-practice, "
           "impact-of-leaders."),
    graded("OF106", None, V),
    graded("OF106", None, U, GAP, coverage=NOTHING, missing=("the judgements of e",)),
    graded("OF106", OUTSTANDING[:2], P, as_of="2024-04-02", detail=NOT_OUT),
    graded("OF106", OUTSTANDING[:2], U, ROUGH, out="2024-04", as_of="2024-04-15"),
    # A visit or a meeting.
    *(
        Line("OF107", provision, "e", [event], status, because, detail, as_of=as_of,
             coverage=coverage)
        for provision, event, status, because, detail, as_of, coverage in (
            ("visit-ungraded", visit("e", "2023-05-02", None, "2023-06-06"), S, frozenset(), "",
             "2024-06-01", NOTHING),
            ("visit-ungraded", visit("e", "2023-05-02", None, "2023-06-06", grades(leaders=G)), V,
             frozenset(), "It carries impact-of-leaders: good.", "2024-06-01", NOTHING),
            ("visit-ungraded", visit("e", "2023-05-02", None, "2023-06-06",
                                     grades(leaders=G, help=R)), V, frozenset(),
             "It carries impact-of-leaders: good, help-and-protection: requires-improvement.",
             "2024-06-01", NOTHING),
            ("visit-ungraded", visit("e", "2023-05-02", None, "2023-06-06", grades(leaders=G)), P,
             frozenset(), NOT_OUT, "2023-06-05", NOTHING),
            ("visit-ungraded", visit("e", "2023-05-02", None, "2023-06-06", None), U,
             frozenset({GAP}), "", "2024-06-01", NOTHING),
            ("visit-ungraded", visit("e", "2023-05-02", None, "2023-06-06", None), S,
             frozenset(), "", "2024-06-01", COMPLETE),
            ("monitoring-and-meetings-ungraded",
             meeting("e", "2023-05-02", judgements=grades(leaders=G)), V, frozenset(),
             "It carries impact-of-leaders: good.", "2023-05-02", NOTHING),
        )
    ),
    # Of the rows that carry no grade OF106 says nothing, of those that do OF107 says nothing.
    Line("OF106", "judgement-areas", None, [visit("e", "2023-05-02")], N, detail=NO_SUBJECT),
    Line("OF107", "visit-ungraded", None, [full("e", "2024-01-22")], N, detail=NO_SUBJECT),
    # Round the day on which the form changed.
    Line("OF106", "judgement-areas", "e",
         [authority("e", "2022-12-31/2023-01-01", grades(overall=G, leaders=G, help=G, both=G))],
         U, frozenset({ROUGH}), "In-care-and-care-leavers is no area here.", EXACT_START,
         framework=LA),
    Line("OF106", "judgement-areas", "e",
         [authority("e", "2022-12-31/2023-01-01", grades(leaders=G, help=G, both=G))], V,
         frozenset(), "No grade for overall-effectiveness.; In-care-and-care-leavers is no area "
         "here.", framework=LA),
]  # fmt: skip


def test_a_grade_off_the_scale_rests_on_the_scale_and_an_area_on_its_row() -> None:
    on = "judgement-areas"
    off = told(graded("OF105", ADEQUATE, V))
    assert off.rests_on == ((f"sentence of {on}", REPORTED), (f"scale of {on}", INFERRED))
    assert off.severity is Severity.NOTE
    wanted = ((f"sentence of {on}", REPORTED),)
    assert told(graded("OF106", OUTSTANDING[:2], V)).rests_on == wanted
    # Where the optional area has a grade, that it is optional is used.
    with_it = told(graded("OF106", (*OUTSTANDING[:2], *grades(overall=G)), V))
    assert with_it.rests_on == (*wanted, (f"optional of {on}", INFERRED))
    late = told(graded("OF106", OUTSTANDING[:2], V, start="2025-01-20", out=None,
                       as_of="2025-06-01"))  # fmt: skip
    assert (late.basis, late.severity) == (OFFICIAL, Severity.ERROR)


def test_no_grade_rests_on_its_sentence_and_on_the_claim_that_the_field_is_held() -> None:
    claim = (Coverage(type="focused-visit", fields=("judgements",), basis=ASSUMED),)
    sentence = ("sentence of visit-ungraded", INFERRED)
    bare = visit("e", "2023-05-02", None, "2023-06-06", None)
    kept = Line("OF107", "visit-ungraded", "e", [bare], S, coverage=claim)
    assert told(kept).rests_on == (sentence, ("coverage of focused-visit", ASSUMED))
    given = visit("e", "2023-05-02", None, "2023-06-06", grades(leaders=G))
    assert told(kept._replace(events=[given])).rests_on == (sentence,)


# --- OF108: scope ---------------------------------------------------------------------------------


def scoped(scope: str | None, status: Status, *because: Because, **other: Any) -> Line:
    event = full("e", other.pop("start", "2024-01-22"), scope=scope)
    return Line("OF108", "national-scope", "e", [event], status, frozenset(because), **other)


SCOPE = [
    scoped("national", S, detail=""),
    scoped("region:East Midlands", V, detail="It covers region:East Midlands."),
    scoped("service-area:Durham", V, detail="It covers service-area:Durham."),
    scoped(None, U, GAP, missing=("the scope of e",), coverage=NOTHING),
    scoped("region:East Midlands", V, start="2024-06-01"),
    scoped("region:East Midlands", U, ROUGH, start="2024-06-01/2024-06-02", missing=EXACT_START),
    scoped("region:East Midlands", U, OPEN, start="2021-03-31/2021-04-01",
           missing=("whether e came under cafcass-2021",)),
    Line("OF108", "national-scope", None, [full("e", "2021-03-31", scope="region:East Midlands")],
         N, detail=NO_SUBJECT),
    Line("OF108", "national-scope", None, [full("e", "2024-06-02", scope="region:East Midlands")],
         N),
]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "as_of", "basis"),
    [
        # Read in the press until 4 April 2024, in the official text from the 5th.
        ("2024-04-04", "2024-06-01", REPORTED),
        ("2024-04-05", "2024-06-01", OFFICIAL),
        ("2024-04-01/2024-04-10", "2024-06-01", OFFICIAL),
        ("2024-04-01/2024-04-10", "2024-04-04", REPORTED),
        ("2024-04-01/2024-04-10", "2024-04-05", OFFICIAL),
        ("2024-04-01/2024-04-04", "2024-06-01", REPORTED),
    ],
)
def test_the_support_is_that_of_the_days_on_which_it_may_have_begun(
    start: str, as_of: str, basis: Basis
) -> None:
    line = scoped("region:East Midlands", V, start=start, as_of=as_of)
    assert told(line).rests_on == (("sentence of national-scope", basis),)


# --- OF109: grades within limits ------------------------------------------------------------------


def limited(
    given: tuple[Judgement, ...] | None, status: Status, *because: Because,
    provision: str = "inadequate-practice", partial: bool = False,
    published: str | None = "2019-06-25", as_of: str = "2020-01-01", start: str = "2019-05-20",
    **other: Any,
) -> Line:  # fmt: skip
    event = authority("e", start, given, end="2019-05-24", published=published,
                      partial=partial)  # fmt: skip
    return Line("OF109", provision, "e", [event], status, frozenset(because), as_of=as_of,
                framework=LA, **other)  # fmt: skip


OTHERS = ("the other judgements of e",)
NOTHING_LOW = "nothing-inadequate"
LIMITS = [
    limited(grades(overall=I, leaders=R, help=I, both=R), S, detail=""),
    limited(grades(overall=I, leaders=R, help=R, both=I), S),
    limited(grades(overall=R, leaders=R, help=I, both=R), V,
            detail="overall-effectiveness is requires-improvement."),
    limited(grades(overall=O, leaders=R, help=R, both=I), V,
            detail="overall-effectiveness is outstanding."),
    limited(grades(overall=R, leaders=R, help=R, both=R), N, detail=""),
    limited(grades(overall=R, leaders=R, help=R, both=R), S, provision=NOTHING_LOW),
    limited(grades(overall=O, leaders=R, help=R, both=R), S, provision=NOTHING_LOW),
    limited(grades(overall=I, leaders=R, help=R, both=R), V, provision=NOTHING_LOW,
            detail="overall-effectiveness is inadequate."),
    limited(grades(overall=I, leaders=R, help=I, both=R), N, provision=NOTHING_LOW),
    # A list that is not sound, or only a part.
    limited(grades(overall=R, leaders=R, help=I), U, ILL, missing=("sound judgements of e",)),
    limited(grades(overall=R, leaders=R), U, GAP, partial=True, missing=OTHERS),
    limited(grades(leaders=R, help=I), U, GAP, partial=True, missing=OTHERS),
    limited(grades(overall=R, help=I), V, partial=True,
            detail="overall-effectiveness is requires-improvement."),
    limited(grades(overall=I, help=I), S, partial=True),
    limited(grades(overall=Grade.NOT_JUDGED, help=I), N, partial=True, detail=""),
    limited(grades(overall=I, help=I), N, partial=True, provision=NOTHING_LOW),
    limited(grades(overall=I, leaders=R, help=R), U, GAP, partial=True, missing=OTHERS,
            provision=NOTHING_LOW),
    # A part that has every area that the limit reads and that was graded in 2019, or all but one.
    limited(grades(overall=R, help=R, both=R), N, partial=True, detail=""),
    limited(grades(overall=R, help=R), U, GAP, partial=True, missing=OTHERS),
    limited(grades(overall=G, leaders=G, help=R, both=G), N, partial=True,
            provision="two-below-good"),
    # In 2023 there is one more: care leavers may be below good, too.
    limited(grades(overall=G, leaders=G, help=R, care=G), U, GAP, partial=True, missing=OTHERS,
            provision="two-below-good", start="2023-01-01", as_of="2023-06-01", published=None),
    # Not out, or not on record.
    limited(None, P, published=None, detail="Its report or letter is not out."),
    limited(None, U, GAP, coverage=NOTHING, missing=("the judgements of e",)),
    limited(None, U, GAP, published=None, coverage=NOTHING,
            missing=("the day of publication of e", "the judgements of e")),
]  # fmt: skip


@pytest.mark.parametrize("line", LIMITS, ids=names(LIMITS))
def test_limits(line: Line) -> None:
    agrees(line)


def test_what_is_found_in_some_cases_alone_is_told_as_such() -> None:
    old = grades(overall=R, leaders=R, help=R, both=R)
    event = authority("e", "2022-12-31/2023-01-01", old, published="2023-02-20")
    line = Line("OF106", "judgement-areas", "e", [event], U, framework=LA)
    wanted = "It may be so or not. If not: In-care-and-care-leavers is no area here."
    assert wanted in told(line).explain()


# --- OF203: only while ----------------------------------------------------------------------------

ONLY = "monitoring-only-while-inadequate"
AND_OVERALL = grades(private=I, public=G, leaders=G, overall=I)
MV = monitoring("e", "2024-09-03", "2024-09-04", "2024-10-01")


THERE = attrs.evolve(MV, scope=Scope("region", "London"))


def last(judgements: tuple[Judgement, ...] | None, **other: Any) -> Inspection:
    return full("fi", "2024-01-22", "2024-02-16", "2024-04-03", judgements, **other)


def only(
    events: Sequence[Event], status: Status, *because: Because, as_of: str = "2025-01-01",
    **other: Any,
) -> Line:  # fmt: skip
    return Line("OF203", ONLY, "e", events, status, frozenset(because), as_of=as_of, **other)


WHILE = [
    only([last(AND_OVERALL), MV], S, detail=""),
    only([last(OUTSTANDING), MV], V, detail="The last inspection before it, fi, does not say so."),
    only([MV], V, detail="No inspection came before it."),
    only([MV], U, GAP, coverage=NOTHING,
         missing=("a complete record of inspections up to 2 September 2024",)),
    only([last(grades(private=I, public=G, leaders=G)), MV], U, READ,
         missing=("which reading of judged-inadequate holds: any-area or overall",)),
    only([last((*OUTSTANDING, *OUTSTANDING)), MV], U, ILL, missing=("sound judgements of fi",)),
    # Two months, of which one day is before it: not, or not, or so.
    only([last(OUTSTANDING), monitoring("e", "2024-01-10/2024-01-25")], V,
         detail="The last inspection before it, fi, does not say so; or no inspection came before "
         "it."),
    only([last(AND_OVERALL), monitoring("e", "2024-01-10/2024-01-25")], U, ROUGH, detail=""),
    # An inspection after the one on record, and before the visit, may be missing.
    only([last(AND_OVERALL), MV], U, GAP, coverage=(covered("inspection", None, "2024-09-01"),),
         missing=("a complete record of inspections on 2 September 2024",)),
    # What was given in January came out in April: at first it is awaited.
    only([last(AND_OVERALL), monitoring("e", "2024-03-04")], P, as_of="2024-04-02"),
    only([last(AND_OVERALL), monitoring("e", "2024-03-04")], S, as_of="2024-04-03"),
    # The last of two counts.
    only([full("a", "2022-01-10", judgements=AND_OVERALL), last(OUTSTANDING), MV], V),
    only([full("a", "2022-01-10", judgements=OUTSTANDING), last(AND_OVERALL), MV], S),
    # Which of two came last is open, and so what they make of the provider.
    only([full("a", "2024-01", judgements=AND_OVERALL), last(OUTSTANDING), MV], U, ROUGH,
         missing=("the exact first day of a",)),
    # The reports of both are still to come: whichever it was, it is awaited.
    only([full("a", "2024-01", published="2024-06-01"), last(OUTSTANDING),
          monitoring("e", "2024-03-04")], P, as_of="2024-04-02"),
    # One is out and one is not: that depends.
    only([full("a", "2024-01", published="2024-06-01"), last(OUTSTANDING),
          monitoring("e", "2024-03-04")], U, ROUGH, as_of="2024-04-03",
         missing=("the exact first day of a",)),
    # Perhaps it came before and is awaited, and perhaps none did.
    only([full("a", "2024-08-20/2024-09-10", published="2025-06-01"), MV], U, ROUGH,
         missing=("the exact first day of a",)),
    # Where the framework does not say so, the region of a visit is nothing.
    only([last(AND_OVERALL), THERE], S),
    only([last(OUTSTANDING), THERE], V,
         detail="The last inspection before it, fi, does not say so."),
    only([THERE], V, detail="No inspection came before it."),
    Line("OF203", ONLY, None, [last(OUTSTANDING)], N, detail=NO_SUBJECT),
]  # fmt: skip


def test_only_while_rests_on_the_status_and_on_its_reading_once_it_is_chosen() -> None:
    line = only([last(OUTSTANDING), MV], V)
    sentence = (f"sentence of {ONLY}", OFFICIAL)
    assert told(line).rests_on == (sentence,)
    chosen = told(line._replace(framework=CAF.choose("judged-inadequate", reading="overall")))
    assert chosen.status is V
    assert chosen.rests_on == (sentence, (f"reading of {ONLY}", ASSUMED))
    assert (told(line).severity, chosen.severity) == (Severity.ERROR, Severity.NOTE)


STATUS = """
[[scale]]
id = "four"
grades = ["outstanding", "good", "requires-improvement", "inadequate"]
[[only]]
id = "only"
sentence = "Only while inadequate."
activity = "monitoring-visit"
while = "low"
grounds = [{ part = "sentence", basis = "official" }]
[[status]]
id = "low"
sentence = "Inadequate."
if = [{ areas = ["impact-of-leaders"], or_worse = "inadequate" }]
scale = "four"
grounds = [
  { part = "sentence", basis = "reported", to = 2024-08-31 },
  { part = "sentence", basis = "inferred", from = 2024-09-01 },
]
"""


@pytest.mark.parametrize(("start", "basis"), [("2024-08-31", REPORTED), ("2024-09-01", INFERRED)])
def test_a_definition_that_is_used_is_among_what_an_answer_rests_on(
    start: str, basis: Basis
) -> None:
    line = Line("OF203", "only", "e", [last(OUTSTANDING), monitoring("e", start)], V,
                as_of="2025-01-01", framework=mine(STATUS))  # fmt: skip
    assert told(line).status is V
    assert told(line).rests_on == (("sentence of only", OFFICIAL), ("sentence of only", basis))


def test_that_no_other_inspection_came_before_rests_on_the_claims_since() -> None:
    early = Coverage(type="inspection", last=day("2023-12-31"), basis=ASSUMED)
    since = Coverage(type="inspection", first=day("2024-01-01"), basis=REPORTED)
    other = Coverage(type="focused-visit", basis=INFERRED)
    after = Coverage(type="inspection", first=day("2024-09-04"), basis=INFERRED)
    claims = (early, since, other, after)

    def found(*events: Event) -> list[Basis]:
        rests = told(only([*events, MV], V, coverage=claims)).rests_on
        return [basis for name, basis in rests if name == "coverage of inspection"]

    assert found(last(OUTSTANDING)) == [REPORTED]
    assert found() == [ASSUMED, REPORTED]  # from the beginning
    # Either may be the last: the claims since the first day of either count.
    rough = full("a", "2023-06-01/2024-02-01", judgements=OUTSTANDING)
    assert found(rough, last(OUTSTANDING)) == [ASSUMED, REPORTED]
    # The last one is known, and the one before it is out of the question.
    assert found(full("a", "2022-06-06", judgements=OUTSTANDING), last(OUTSTANDING)) == [REPORTED]


def test_the_inspection_before_is_among_the_events_that_decide() -> None:
    line = only([full("a", "2022-01-10"), last(OUTSTANDING, basis="reported"), MV], V)
    assert told(line).raw.events == ("e", "fi")
    assert ("fi", REPORTED) in told(line).rests_on


def test_of_each_reading_of_a_status_the_definition_counts() -> None:
    readings = (
        STATUS.replace('id = "low"', 'id = "low"\nreading = "all"')
        + """
[[status]]
id = "low"
reading = "overall"
sentence = "Inadequate overall."
if = [{ areas = ["overall-effectiveness"], or_worse = "inadequate" }]
scale = "four"
grounds = [
  { part = "sentence", basis = "inferred" }, { part = "reading", basis = "assumed" }
]
"""
    )
    line = Line("OF203", "only", "e", [last(OUTSTANDING), monitoring("e", "2024-08-31")], V,
                as_of="2025-01-01", framework=mine(readings))  # fmt: skip
    sentence = "sentence of only"
    assert told(line).rests_on == ((sentence, OFFICIAL), (sentence, REPORTED), (sentence, INFERRED))


# --- OF204: the kind of inspection ----------------------------------------------------------------

OLD = grades(overall=G, leaders=G, help=G, both=G)
LOW = grades(overall=R, leaders=G, help=R, both=G)
ROUTE = "kind-of-inspection"


def before(judgements: tuple[Judgement, ...] | None = OLD, start: str = "2019-05-20") -> Inspection:
    return authority("i", start, judgements, published="2019-06-25")


def next_one(kind: str | None, start: str = "2022-05-09") -> Inspection:
    return authority("e", start, kind=kind)


def route(events: Sequence[Event], status: Status, *because: Because, **other: Any) -> Line:
    return Line("OF204", ROUTE, "e", events, status, frozenset(because), framework=LA,
                as_of=other.pop("as_of", "2023-01-01"), **other)  # fmt: skip


KINDS = [
    route([before(), next_one("short")], S, detail="It is a short inspection, after i."),
    route([before(), next_one("standard")], S),
    route([before(), next_one("full")], V, detail="It is a full inspection, after i."),
    route([before(LOW), next_one("short")], V),
    route([before(LOW), next_one("standard")], S),
    route([before(), next_one(None)], U, GAP, missing=("the kind of e",)),
    # None came before it; or one that is not in the record.
    route([next_one("standard")], S, detail=""),
    route([next_one("short")], V),
    route([next_one("short")], U, GAP, coverage=NOTHING,
          missing=("a complete record of inspections up to 8 May 2022",)),
    route([next_one("standard")], S, coverage=NOTHING),
    route([next_one("full")], V, coverage=NOTHING),
    route([before(), next_one("short")], U, GAP, coverage=(covered("inspection", "2018-01-01",
                                                                   "2022-05-07"),),
          missing=("a complete record of inspections on 8 May 2022",)),
    route([before(LOW), next_one("short")], V, coverage=(covered("inspection", None,
                                                                 "2022-05-08"),)),
    # Ill-formed; not listed; not recorded.
    route([before((*OLD, *OLD)), next_one("short")], U, ILL, missing=("sound judgements of i",)),
    route([before((*OLD, *OLD)), next_one("full")], V),
    route([before(None), next_one("short")], U, GAP, coverage=(covered("inspection"),),
          missing=("the judgements of i",)),
    # In the same month: before it, or after.
    route([before(start="2022-05"), next_one("short")], U, ROUGH),
    route([before(start="2022-05"), next_one("standard")], S),
    # Which of two came last is open; the one sends to either kind, the other to one.
    route([authority("a", "2019-05", LOW, published="2019-07-01"), before(), next_one("short")],
          U, ROUGH, missing=("the exact first day of a",)),
    route([authority("a", "2019-05", OLD, published="2019-07-01"), before(LOW), next_one("short")],
          U, ROUGH, missing=("the exact first day of a",)),
    route([authority("a", "2019-05", LOW, published="2019-07-01"), before(), next_one("standard")],
          S, missing=()),
    # The reports of both are still to come: whichever it was, it is awaited.
    route([authority("a", "2022-04", OLD, published="2022-07-01"),
           authority("i", "2022-04-04", OLD, published="2022-07-01"), next_one("short")],
          P, as_of="2022-06-01", missing=()),
    route([authority("a", "2022-04", OLD, published="2022-05-20"),
           authority("i", "2022-04-04", LOW, published="2022-07-01"), next_one("short")],
          U, ROUGH, as_of="2022-06-01", missing=("the exact first day of a",)),
    # Either of two may have come last.
    route([before(LOW), attrs.evolve(before(LOW, "2019-05"), id="j"), next_one("short")], V,
          detail="It is a short inspection, after j or i."),
    # Perhaps it came before and is awaited, and perhaps none did.
    route([authority("a", "2022-05-02/2022-05-20", OLD, published="2023-06-01"),
           next_one("short")], U, ROUGH, missing=("the exact first day of a",)),
    # Its report is still to come.
    route([authority("i", "2022-04-04", OLD, published="2023-01-01"), next_one("short")], S),
    Line("OF204", ROUTE, None, [visit("e", "2022-05-09")], N, framework=LA, detail=NO_SUBJECT),
]  # fmt: skip

ALWAYS = f"""
[[route]]
id = "{ROUTE}"
sentence = "Full or short."
kind = "full"
allowed = ["short"]
grounds = [
  {{ part = "sentence", basis = "official" }},
  {{ part = "allowed", basis = "assumed" }},
]
"""
SENDS = f"""
[[route]]
id = "{ROUTE}"
sentence = "Short after low."
while = "low"
kind = "short"
otherwise = "full"
{GROUNDS}
"""
VISITS = f"""
[[route]]
id = "visits"
activity = "focused-visit"
sentence = "A visit has no kind."
kind = "full"
{GROUNDS}
"""


def of_mine(rows: str, events: Sequence[Event], status: Status, *because: Because,
            **other: Any) -> Line:  # fmt: skip
    return Line("OF204", ROUTE, "e", events, status, frozenset(because), framework=mine(rows),
                **other)  # fmt: skip


def plain(kind: str | None) -> Inspection:
    return full("e", "2022-05-09", kind=kind)


MY_KINDS = [
    of_mine(ALWAYS, [plain("full")], S, detail="It is a full inspection."),
    of_mine(ALWAYS, [plain("short")], S),
    of_mine(ALWAYS, [plain("standard")], V, detail="It is a standard inspection."),
    of_mine(ALWAYS, [plain(None)], U, GAP),
    # Nothing is said of the first: it is of the one kind or of the other.
    of_mine(STATUS + SENDS, [plain("standard")], V, detail=""),
    of_mine(STATUS + SENDS, [plain("full")], N),
    of_mine(STATUS + SENDS, [full("a", "2022-05-02/2022-05-20", published="2025-06-01"),
                             plain("full")], U, ROUGH, missing=("the exact first day of a",)),
    of_mine(STATUS + SENDS, [plain("short")], N),
    of_mine(STATUS + SENDS, [plain("full")], U, GAP, coverage=NOTHING,
            missing=("a complete record of inspections up to 8 May 2022",)),
    of_mine(STATUS + SENDS.replace('"full"', '"short"'), [plain("short")], S, coverage=NOTHING),
    of_mine(STATUS + SENDS + 'at_first = "standard"', [plain("standard")], U, GAP,
            coverage=NOTHING, missing=("a complete record of inspections up to 8 May 2022",)),
    of_mine(STATUS + SENDS, [full("i", "2021-05-10", judgements=grades(leaders=I)),
                             plain("short")], S),
    of_mine(STATUS + SENDS, [full("i", "2021-05-10", judgements=grades(leaders=I)),
                             plain("full")], V),
    of_mine(STATUS + SENDS, [full("i", "2021-05-10", judgements=grades(leaders=G)),
                             plain("short")], V),
    Line("OF204", "visits", "e", [visit("e", "2022-05-09")], U, frozenset({GAP}),
         missing=("the kind of e",), framework=mine(VISITS)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "used"),
    [
        ([before(), next_one("short")], []),
        ([before(), next_one("full")], []),
        ([before(), next_one("standard")], ["allowed"]),
        ([next_one("short")], ["at_first"]),
        ([next_one("standard")], ["at_first", "allowed"]),
        ([before(start="2022-05"), next_one("short")], ["at_first"]),
    ],
)
def test_a_kind_rests_on_the_parts_of_the_route_that_it_takes(
    events: Sequence[Event], used: list[str]
) -> None:
    parts = [f"{part} of {ROUTE}" for part in used]
    assert told(route(events, S)).rests_on == (
        (f"sentence of {ROUTE}", REPORTED),
        *((part, INFERRED) for part in parts),
        # That the status is so is read in the official text.
        (f"sentence of {ROUTE}", OFFICIAL),
    )


def test_the_inspection_before_decides_the_kind_and_that_no_other_came_since() -> None:
    claims = (
        Coverage(type="inspection", last=day("2018-12-31"), basis=ASSUMED),
        Coverage(type="inspection", first=day("2019-01-01"), basis=REPORTED),
        Coverage(type="focused-visit", basis=INFERRED),
    )
    earlier = authority("h", "2015-06-01", OLD, published="2015-07-01")
    found = told(route([earlier, before(), next_one("short")], S, coverage=claims))
    assert (found.status, found.raw.events) == (S, ("e", "i"))
    assert [basis for name, basis in found.rests_on if name.startswith("coverage")] == [REPORTED]


def test_a_kind_is_open_where_the_readings_of_the_status_differ() -> None:
    both = (
        STATUS.replace('id = "low"', 'id = "low"\nreading = "leaders"')
        + """
[[status]]
id = "low"
reading = "overall"
sentence = "Inadequate overall."
if = [{ areas = ["overall-effectiveness"], or_worse = "inadequate" }]
scale = "four"
grounds = [{ part = "sentence", basis = "official" }, { part = "reading", basis = "assumed" }]
"""
    )
    agrees(of_mine(both + SENDS, [full("i", "2021-05-10", judgements=grades(leaders=I, overall=R)),
                                  plain("short")], U, READ,
                   missing=("which reading of low holds: leaders or overall",)))  # fmt: skip
    agrees(of_mine(both + SENDS, [full("i", "2021-05-10", judgements=grades(leaders=I, overall=I)),
                                  plain("short")], S, missing=()))  # fmt: skip


def test_a_kind_allowed_instead_rests_on_its_being_allowed() -> None:
    full_one, short = (told(of_mine(ALWAYS, [plain(kind)], S)) for kind in ("full", "short"))
    assert full_one.rests_on == ((f"sentence of {ROUTE}", OFFICIAL),)
    assert short.basis is ASSUMED


# --- OF303: suspension ----------------------------------------------------------------------------

PAUSE = """
[[suspension]]
id = "pause"
sentence = "Visits are paused."
activities = ["focused-visit", "monitoring-visit"]
effective_from = 2022-01-10
effective_to = 2022-02-20
grounds = [
  { part = "sentence", basis = "official" },
  { part = "effective_to", basis = "inferred", from = 2022-02-21 },
]
"""
OPEN_ENDED = f"""
[[suspension]]
id = "pause"
sentence = "Visits are paused."
activities = ["focused-visit"]
{GROUNDS}
"""


def paused(start: str, status: Status, *because: Because, **other: Any) -> Line:
    return Line("OF303", "pause", "e", [FocusedVisit(id="e", start=start)], status,
                frozenset(because), framework=other.pop("framework", mine(PAUSE)),
                **other)  # fmt: skip


SUSPENDED = [
    paused("2022-01-09", S),
    paused("2022-01-10", V, detail="It begins on 10 January 2022."),
    paused("2022-02-20", V, detail="It begins on 20 February 2022."),
    paused("2022-02-21", S),
    paused("2022-01-09/2022-01-10", U, ROUGH, missing=EXACT_START),
    paused("2022-02-20/2022-02-21", U, ROUGH, missing=EXACT_START),
    paused("2022-01", U, ROUGH),
    paused("2022-01-10/2022-02-20", V),
    paused("2022-01-10", V, as_of="2022-01-10"),
    paused("2022-01-10/2022-01-12", U, ROUGH, as_of="2022-01-11"),
    Line("OF303", "pause", None, [FocusedVisit(id="e", start="2022-01-11")], N,
         as_of="2022-01-10", framework=mine(PAUSE), detail=NO_SUBJECT),
    Line("OF303", "pause", "e", [monitoring("e", "2022-01-10")], V, framework=mine(PAUSE)),
    Line("OF303", "pause", None, [full("e", "2022-01-10")], N, framework=mine(PAUSE)),
    # With no ends of its own it lasts as long as the framework.
    paused("2021-04-01", V, framework=mine(OPEN_ENDED)),
    paused("2024-06-01", V, framework=mine(OPEN_ENDED)),
]  # fmt: skip


def test_a_suspension_rests_on_its_end_once_that_is_known() -> None:
    sentence = ("sentence of pause", OFFICIAL)
    early, late = (told(paused("2022-01-10", V, as_of=d)) for d in ("2022-02-20", "2022-02-21"))
    assert early.rests_on == (sentence,)
    assert late.rests_on == (sentence, ("effective_to of pause", INFERRED))
    assert late.raw.events == ("e",)


# --- OF304: length --------------------------------------------------------------------------------


def lasting(days: int, activity: str = "inspection", kind: str = "") -> Framework:
    return mine(f"""
[[duration]]
id = "length"
sentence = "It lasts {{days}} days."
activity = "{activity}"
{kind}
days = {days}
grounds = [
  {{ part = "sentence", basis = "official" }},
  {{ part = "days", basis = "reported" }},
]
""")


def length(days: int, event: Event, status: Status, *because: Because, **other: Any) -> Line:
    return Line("OF304", "length", "e", [event], status, frozenset(because),
                framework=lasting(days, event.type, other.pop("kind", "")), **other)  # fmt: skip


FULL_ONES = 'kind = "full"'
LENGTH = [
    # 22 January to 16 February are 10 + 16 days.
    length(26, full("e", "2024-01-22", "2024-02-16"), S, detail=""),
    length(26, full("e", "2024-01-22", "2024-02-15"), V, detail="It lasts 25 days, not 26."),
    length(26, full("e", "2024-01-22", "2024-02-17"), V, detail="It lasts 27 days, not 26."),
    length(1, full("e", "2024-01-22", "2024-01-22"), S),
    # It ends before it begins: a day after it, it would last no day, and so two days after.
    length(1, full("e", "2024-01-23", "2024-01-22"), V, detail="It lasts 0 days, not 1."),
    length(1, full("e", "2024-01-24", "2024-01-22"), V, detail="It lasts 0 days, not 1."),
    # 26 to 30 days, 20 to 26, 27 to 30, 20 to 25.
    length(26, full("e", "2024-01-22", "2024-02-16/2024-02-20"), U, ROUGH, missing=EXACT_END,
           detail=""),
    length(26, full("e", "2024-01-22", "2024-02-10/2024-02-16"), U, ROUGH, missing=EXACT_END),
    length(26, full("e", "2024-01-22", "2024-02-17/2024-02-20"), V,
           detail="It lasts 27 to 30 days, not 26."),
    length(26, full("e", "2024-01-22", "2024-02-10/2024-02-15"), V,
           detail="It lasts 20 to 25 days, not 26."),
    length(26, full("e", "2024-01-20/2024-01-22", "2024-02-16"), U, ROUGH, missing=EXACT_START),
    length(26, full("e", "2024-01-22/2024-01-23", "2024-02-16"), U, ROUGH, missing=EXACT_START),
    length(26, full("e", "2024-01-23/2024-01-24", "2024-02-16"), V),
    # No last day: not recorded; or it has not ended.
    length(26, full("e", "2024-01-22"), U, GAP, coverage=NOTHING, missing=NO_END),
    length(26, full("e", "2024-01-22"), P),
    length(26, full("e", "2024-01-22", None, "2024-04-03"), U, GAP, missing=NO_END),
    # Parts: five days and five, whatever lies between.
    length(10, full_parts("2024-01-22", "2024-02-16", *TWO), S),
    length(26, full_parts("2024-01-22", "2024-02-16", *TWO), V, detail="It lasts 10 days, not 26."),
    length(12, full_parts("2024-01-22", "2024-02-16", TWO[0], ("2024-02-11/2024-02-12",
                                                               "2024-02-16")), V),
    # Of a kind, or of any.
    length(5, full("e", "2024-01-22", "2024-01-26"), S, kind=FULL_ONES),
    length(5, full("e", "2024-01-22", "2024-01-25"), V, kind=FULL_ONES),
    length(5, full("e", "2024-01-22", "2024-01-26", kind="short"), N, kind=FULL_ONES, detail=""),
    length(5, full("e", "2024-01-22", "2024-01-25", kind="short"), N, kind=FULL_ONES, detail=""),
    length(5, full("e", "2024-01-22", "2024-01-25", kind="short"), V),
    length(5, full("e", "2024-01-22", "2024-01-25", kind=None), V),
    # Visits have no kind.
    length(5, visit("e", "2024-01-22", "2024-01-26"), S),
    length(5, visit("e", "2024-01-22", "2024-01-25"), V),
    Line("OF304", "length", None, [visit("e", "2024-01-22", "2024-01-25")], N, detail=NO_SUBJECT,
         framework=lasting(5)),
]  # fmt: skip


def test_a_length_rests_on_its_days_and_on_the_claim_that_the_end_is_held() -> None:
    row = (("sentence of length", OFFICIAL), ("days of length", REPORTED))
    claim = (Coverage(type="inspection", fields=("end",), basis=INFERRED),)
    line = length(5, full("e", "2024-01-22", "2024-01-25"), V, coverage=claim)
    assert told(line).rests_on == row
    assert told(line).severity is Severity.WARNING
    awaited = told(line._replace(events=[full("e", "2024-01-22")]))
    assert awaited.rests_on == (*row, ("coverage of inspection", INFERRED))


# --- OF402: contents ------------------------------------------------------------------------------


def attended(by: tuple[str, ...] | None, status: Status, *because: Because, **other: Any) -> Line:
    return Line("OF402", "meeting-attendance", "e", [meeting("e", "2022-03-23", attended_by=by)],
                status, frozenset(because), **other)  # fmt: skip


CONTENTS = [
    attended(("chief-executive", "senior-leadership"), S, detail=""),
    attended(("senior-leadership", "an-inspector", "chief-executive"), S),
    attended(("chief-executive",), V, detail="Not there: senior-leadership."),
    attended((), V, detail="Not there: chief-executive, senior-leadership."),
    attended(None, V, detail="Not there: chief-executive, senior-leadership."),
    attended(None, U, GAP, coverage=NOTHING, missing=("the list of those who attended of e",)),
    attended(None, U, GAP, coverage=(Coverage(type="*", fields=("reviews",)),)),
    attended(None, V, coverage=(Coverage(type="engagement-meeting", fields=("attended_by",)),)),
    Line("OF402", "self-evaluation-covers", "e", [evaluation("e", "2022-03-14", ("public-law",))],
         V, detail="Not there: private-law."),
    Line("OF402", "meeting-attendance", None, [evaluation("e", "2022-03-14")], N,
         detail=NO_SUBJECT),
]  # fmt: skip


def test_what_is_ruled_out() -> None:
    def with_whom(
        who: tuple[str, ...] | None, status: Status, *because: Because, **other: Any
    ) -> None:
        event = full("e", "2024-01-22", inspectorates=who)
        agrees(Line("OF402", "not-with-hmica", "e", [event], status, frozenset(because), **other))

    with_whom(("ofsted", "cqc"), S, detail="")
    with_whom(("ofsted", "hmica"), V, detail="There: hmica.")
    held = (Coverage(type="inspection", fields=("inspectorates",)),)
    with_whom(None, S, detail="", coverage=held)
    hmica = CAF.replace("not-with-hmica", excludes=["hmica", "cqc"])
    with_whom(("cqc", "ofsted", "hmica"), V, detail="There: hmica, cqc.", framework=hmica)
    with_whom((), S, detail="")
    with_whom(None, S, detail="")
    with_whom(None, U, GAP, coverage=NOTHING, missing=("the inspectorates of e",), detail="")


TWO_READINGS = """
[[contents]]
id = "covers"
reading = "both"
sentence = "The self-evaluation covers the practice."
activity = "self-evaluation"
field = "covers"
includes = ["private-law", "public-law"]
grounds = [
  { part = "sentence", basis = "official" },
  { part = "reading", basis = "reported" },
]
[[contents]]
id = "covers"
reading = "public"
activity = "self-evaluation"
field = "covers"
includes = ["public-law"]
grounds = [{ part = "reading", basis = "assumed" }]
"""


def test_readings_of_a_condition() -> None:
    fw = mine(TWO_READINGS)

    def covers(*what: str, one: Framework = fw) -> Verdict:
        event = evaluation("e", "2022-03-14", what)
        return told(Line("OF402", "covers", "e", [event], S, framework=one))

    sentence = ("sentence of covers", OFFICIAL)
    differ = covers("public-law")
    assert (differ.status, differ.because) == (U, frozenset({READ}))
    assert differ.missing == ("which reading of covers holds: both or public",)
    assert differ.raw.detail == "Not there: private-law."
    # The same in both readings: neither is among what it rests on.
    wrong = covers("private-law")
    assert (wrong.status, wrong.rests_on) == (V, (sentence,))
    assert wrong.raw.detail == "Not there: public-law."
    neither = covers("local-law")
    assert neither.raw.detail == "Not there: private-law, public-law.; Not there: public-law."
    chosen = covers("private-law", one=fw.choose("covers", reading="public"))
    assert (chosen.status, chosen.rests_on) == (V, (sentence, ("reading of covers", ASSUMED)))


def test_an_empty_field_rests_on_the_claim_that_it_is_held() -> None:
    claim = (Coverage(type="engagement-meeting", fields=("attended_by",), basis=INFERRED),)
    sentence = ("sentence of meeting-attendance", REPORTED)
    empty = told(attended(None, V, coverage=claim))
    assert empty.rests_on == (sentence, ("coverage of engagement-meeting", INFERRED))
    assert told(attended((), V, coverage=claim)).rests_on == (sentence,)
    assert (empty.severity, told(attended((), V)).severity) == (Severity.NOTE, Severity.WARNING)


# --- OF403: what is referred to -------------------------------------------------------------------


def review(
    events: Sequence[Event], status: Status, *because: Because, start: str = "2022-03-23",
    names: str | None = "se", **other: Any,
) -> Line:  # fmt: skip
    return Line("OF403", "meeting-reviews", "e", [meeting("e", start, reviews=names), *events],
                status, frozenset(because), **other)  # fmt: skip


REVIEWS = [
    review([evaluation("se", "2022-03-14")], S, detail=""),
    review([evaluation("se", "2022-03-23")], S),
    review([evaluation("se", "2022-03-24")], V,
           detail="se was shared on 24 March 2022, after 23 March 2022."),
    review([evaluation("se", "2022-03")], U, ROUGH, missing=("the exact first day of se",
                                                             "the exact first day of e")),
    review([evaluation("se", "2022-02")], S),
    review([evaluation("se", "2022-04")], V),
    review([visit("se", "2022-03-14")], V, detail="se is a focused visit."),
    review([], V, detail="se is not in the record."),
    review([evaluation("other", "2022-03-14")], V, detail="se is not in the record."),
    # None named.
    review([evaluation("se", "2022-03-14")], V, names=None, detail="It names no self-evaluation."),
    review([], U, GAP, names=None, coverage=NOTHING,
           missing=("the self-evaluation reviewed at of e",)),
    # Not on record, where some may be missing: before the meeting, from the first day on.
    review([], U, GAP, coverage=NOTHING,
           missing=("a complete record of self-evaluations up to 23 March 2022",)),
    review([], V, coverage=(covered("self-evaluation", None, "2022-03-23"),)),
    review([], U, GAP, coverage=(covered("self-evaluation", None, "2022-03-22"),),
           missing=("a complete record of self-evaluations on 23 March 2022",)),
    review([], V, coverage=(covered("self-evaluation", "0001-01-01"),)),
    review([], U, GAP, coverage=(covered("self-evaluation", "0001-01-02"),)),
    review([], U, GAP, coverage=(covered("engagement-meeting"),)),
    # A meeting that may be a plan: what is shared after the day of asking is not looked for.
    review([], U, ROUGH, start="2022-03-23/2022-12-31", as_of="2022-06-01",
           coverage=(covered("self-evaluation", None, "2022-06-01"),)),
    Line("OF403", "meeting-reviews", None, [evaluation("se", "2022-03-14")], N, detail=NO_SUBJECT),
]  # fmt: skip


def test_a_review_rests_on_what_it_reviews_and_on_the_record_of_such() -> None:
    sentence = ("sentence of meeting-reviews", INFERRED)
    late = attrs.evolve(evaluation("se", "2022-03-24"), basis="assumed")
    found = told(review([late], V))
    assert found.raw.events == ("e", "se")
    assert found.rests_on == (sentence, ("se", ASSUMED))
    claim = (Coverage(type="self-evaluation", basis=REPORTED),)
    missing = told(review([], V, coverage=claim))
    assert missing.raw.events == ("e",)
    assert missing.rests_on == (sentence, ("coverage of self-evaluation", REPORTED))
    held = (Coverage(type="engagement-meeting", fields=("reviews",), basis=REPORTED),)
    unnamed = told(review([], V, names=None, coverage=held))
    assert unnamed.status is V
    assert unnamed.rests_on == (sentence, ("coverage of engagement-meeting", REPORTED))


def test_an_activity_may_refer_to_an_earlier_one_in_another_field() -> None:
    fw = mine(f"""
[[contents]]
id = "follows"
activity = "action-plan"
sentence = "A plan names the inspection that it follows."
field = "follows"
refers_to = "inspection"
{GROUNDS}
""")
    events = [full("i", "2024-01-22"), ActionPlan(id="e", start="2024-05-20", follows="i")]
    found = told(Line("OF403", "follows", "e", events, S, framework=fw))
    assert found.status is S
    assert found.rests_on == (("sentence of follows", OFFICIAL),)


LINES = [*ORDER, *PUBLISHED, *PARTS, *NAMED, *GRADED, *SCOPE, *WHILE, *KINDS, *MY_KINDS,
         *SUSPENDED, *LENGTH, *CONTENTS, *REVIEWS]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=names(LINES))
def test_line(line: Line) -> None:
    agrees(line)


# --- Found wanting once, and mended --------------------------------------------------------------


def test_two_rough_days_that_overlap_may_be_the_same() -> None:
    # Fieldwork began on the 15th to 25th, its first part on the 20th to 31st: on the 20th, say.
    agrees(parts("2024-01-15/2024-01-25", "2024-02-16",
                 [("2024-01-20/2024-01-31", "2024-02-01"), TWO[1]], U, ROUGH))  # fmt: skip


def test_it_is_the_last_day_of_split_fieldwork_that_is_missing() -> None:
    agrees(parts("2024-01-22", "2024-02", TWO, U, ROUGH, missing=EXACT_END))


@pytest.mark.parametrize("end", ["2024-01-25", "2024-01-26"])
def test_an_inspection_of_unknown_kind_may_be_one_of_which_no_length_is_said(end: str) -> None:
    # A short one would be NOT_APPLICABLE, a full one VIOLATED or SATISFIED.
    event = full("e", "2024-01-22", end, kind=None)
    agrees(length(5, event, U, GAP, kind=FULL_ONES, coverage=NOTHING, missing=("the kind of e",)))


def test_parts_of_which_a_day_is_rough_leave_the_length_open() -> None:
    # Five days and, from the 11th or 12th to the 16th, six or five.
    rough = full_parts("2024-01-22", "2024-02-16", TWO[0], ("2024-02-11/2024-02-12", "2024-02-16"))
    agrees(length(10, rough, U, ROUGH))


def test_a_kind_that_turns_on_grades_to_come_is_pending() -> None:
    awaited = authority("i", "2022-04-04", OLD, published="2023-01-02")
    agrees(route([awaited, next_one("short")], P))


def test_a_kind_of_which_nothing_is_said_is_open_for_a_reason() -> None:
    found = told(of_mine(STATUS + SENDS, [plain("full")], U))
    assert found.status is not U or found.because


# --- Rules by name --------------------------------------------------------------------------------


def test_a_rule_is_found_by_its_code_and_by_its_name() -> None:
    assert find_rule("OF301") is find_rule("in-its-window")
    assert find_rule("OF301").code == "OF301"
    assert find_rule("OF403").slug == "refers-to"
    for rule in RULES:
        assert find_rule(rule.code) is rule
        assert find_rule(rule.slug) is rule


@pytest.mark.parametrize(("name", "near"), [("of301", "OF301"), ("OF30", "OF30")])
def test_no_such_rule(name: str, near: str) -> None:
    with pytest.raises(OfstedFrameworkError) as caught:
        find_rule(name)
    assert caught.value.faults[0].message == "is no rule's code or name"
    assert caught.value.faults[0].value == name
    assert (caught.value.faults[0].nearest or "").startswith(near)
    with pytest.raises(OfstedFrameworkError, match="is no rule's code or name"):
        explain(name)


def test_explain_tells_the_sentence_the_reason_and_the_remedy() -> None:
    assert find_rule("OF101").sentence == "An event does not begin after it has ended."
    assert explain("start-not-after-end") == (
        "OF101 start-not-after-end\n"
        "  An event does not begin after it has ended.\n"
        "  Why: Every window and deadline is counted from one of these days.\n"
        "  What to do: Look up the first and last day of fieldwork and correct the one that is "
        "wrong."
    )
    assert explain("OF101") == explain("start-not-after-end")


def test_the_codes_are_in_order_and_neither_they_nor_the_names_change() -> None:
    assert [(rule.code, rule.slug) for rule in RULES] == [
        ("OF101", "start-not-after-end"),
        ("OF102", "published-not-before-end"),
        ("OF103", "parts-in-order"),
        ("OF104", "framework-in-force"),
        ("OF105", "grade-on-scale"),
        ("OF106", "areas-in-force"),
        ("OF107", "no-grade"),
        ("OF108", "scope-in-force"),
        ("OF109", "grade-within-limits"),
        ("OF201", "first-activity"),
        ("OF202", "visits-between"),
        ("OF203", "only-while"),
        ("OF204", "kind-of-inspection"),
        ("OF301", "in-its-window"),
        ("OF302", "in-time"),
        ("OF303", "not-while-suspended"),
        ("OF304", "length-of-fieldwork"),
        ("OF401", "report-or-letter"),
        ("OF402", "contents"),
        ("OF403", "refers-to"),
    ]


def test_a_framework_that_began_on_the_day_of_an_event_has_a_say() -> None:
    # cafcass-2009 began on 12 January 2009, and is long over.
    for start, asked in (("2009-01-12", True), ("2009-01-11", False)):
        result = check(record(visit("e", start)), as_of=date(2024, 6, 1))
        assert ("cafcass-2009" in [one.id for one in result.frameworks]) is asked


# --- Check and its arguments ----------------------------------------------------------------------

EMPTY = History(CAFCASS)


def key(one: Verdict) -> tuple[str, str | None, str | None, Status]:
    return one.code, one.provision, one.subject, one.status


@pytest.mark.parametrize("as_of", [datetime(2024, 6, 1), "2024-06-01", None, 5])  # noqa: DTZ001
def test_the_day_of_asking_is_a_day(as_of: Any) -> None:
    for ask in (
        lambda: check(EMPTY, as_of=as_of),
        lambda: views(EMPTY, as_of, None, ENGLAND),
    ):
        with pytest.raises(OfstedFrameworkError, match="is not a day") as caught:
            ask()
        assert caught.value.faults[0].place == "as_of"


def test_a_framework_counts_from_its_first_possible_day() -> None:
    rough = mine(PAUSE, HEAD.replace("2021-04-01", '"2021-04"'))
    for fw in (CAF, rough):
        assert views(EMPTY, date(2021, 3, 31), [fw], ENGLAND) == []
        (view,) = views(EMPTY, date(2021, 4, 1), [fw], ENGLAND)
        assert (view.framework.id, view.now) == (fw.id, date(2021, 4, 1).toordinal())


def test_the_shipped_frameworks_of_the_providers_kind() -> None:
    ids = [one.id for one in check(EMPTY, as_of=date(2024, 6, 1)).frameworks]
    assert ids == ["cafcass-2021"]
    council = History(Provider(name="Somewhere", kind="local-authority"))
    assert [one.id for one in check(council, as_of=date(2024, 6, 1)).frameworks] == ["ilacs-2018"]
    seen = views(council, date(2024, 6, 1), None, ENGLAND)
    assert [view.framework.id for view in seen] == ["ilacs-2018"]
    # One that has not begun is given, and not applied.
    early = check(EMPTY, as_of=date(2021, 3, 31))
    assert [one.id for one in early.frameworks] == ["cafcass-2013", "cafcass-2021"]
    assert {(one.provision or "").partition("/")[0] for one in early.verdicts} == {
        "", "cafcass-2013",
    }  # fmt: skip


def test_without_a_framework_the_rules_by_definition_apply() -> None:
    history = record(full("e", "2024-01-22", "2024-01-21"), coverage=NOTHING)
    for frameworks, as_of in (([], date(2024, 6, 1)), ([mine(PAUSE, HEAD.replace("2021", "2025"))],
                                                       date(2024, 6, 1))):  # fmt: skip
        found = check(history, as_of=as_of, frameworks=frameworks)
        assert [key(one) for one in found.verdicts] == [
            ("OF101", None, "e", V),
            ("OF102", None, "e", U),
            *((code.code, None, None, N) for code in RULES[2:]),
        ]
        assert all(one.framework is None for one in found.verdicts)
        assert found.frameworks == tuple(frameworks)


def test_each_provision_without_a_subject_is_not_applicable_once() -> None:
    fw = mine(TWO_READINGS + PAUSE)
    found = check(record(), as_of=date(2024, 6, 1), frameworks=[fw])
    assert [key(one) for one in found.verdicts] == [
        *((rule.code, None, None, N) for rule in RULES[:15]),
        ("OF303", "mine/pause", None, N),
        ("OF304", None, None, N),
        ("OF401", None, None, N),
        ("OF402", "mine/covers", None, N),
        ("OF403", None, None, N),
    ]
    assert {one.raw.detail for one in found.verdicts} == {NO_SUBJECT}
    assert {one.possible for one in found.verdicts} == {frozenset({State.NOT_OWED})}
    with_framework = {one.code for one in found.verdicts if one.framework is not None}
    assert with_framework == {"OF303", "OF402"}
    # With a subject it is no longer among them, and the other provision still is.
    one = record(evaluation("e", "2022-03-14", ("private-law", "public-law")))
    judged = check(one, as_of=date(2024, 6, 1), frameworks=[fw], rules=RULES[15:])
    assert [key(one) for one in judged.verdicts] == [
        ("OF303", "mine/pause", None, N),
        ("OF304", None, None, N),
        ("OF401", None, None, N),
        ("OF402", "mine/covers", "e", S),
        ("OF403", None, None, N),
    ]


def test_a_duty_is_told_apart_by_its_class() -> None:
    # OF402 is not about scope, nor about what is referred to; OF401 not about deadlines.
    found = check(EMPTY, as_of=date(2024, 6, 1), frameworks=[CAF])

    def provisions(code: str) -> set[str | None]:
        return {one.raw.provision for one in found.verdicts if one.code == code}

    wanted: dict[str, set[str | None]] = {
        "OF104": {None},
        "OF105": {"judgement-areas"},
        "OF106": {"judgement-areas"},
        "OF107": {"visit-ungraded", "monitoring-and-meetings-ungraded"},
        "OF108": {"national-scope"},
        "OF109": {None},
        "OF201": {"first-activity"},
        "OF202": {"focused-visits", "monitoring-while-inadequate"},
        "OF203": {ONLY},
        "OF204": {ROUTE},
        "OF301": {"full-inspection", "self-evaluation", "engagement-meeting"},
        "OF302": {"report-publication", "letter-publication", "monitoring-publication"},
        "OF303": {None},
        "OF304": {"inspection-length"},
        "OF401": {"inspection-report", "visit-letter"},
        "OF402": {"self-evaluation-covers", "meeting-attendance", "not-with-hmica"},
        "OF403": {"meeting-reviews"},
    }
    assert {code: provisions(code) for code in wanted} == wanted


def test_two_frameworks_are_told_one_after_the_other() -> None:
    other = mine(PAUSE, HEAD.replace('"mine"', '"other"'))
    found = check(record(visit("e", "2022-01-10")), as_of=date(2024, 6, 1),
                  frameworks=[mine(PAUSE), other], rules=[find_rule("OF303")])  # fmt: skip
    assert [key(one) for one in found.verdicts] == [
        ("OF303", "mine/pause", "e", V),
        ("OF303", "other/pause", "e", V),
    ]


def test_what_a_rule_is_given_where_no_framework_has_begun() -> None:
    off = WorkingDays(frozenset({date(2024, 2, 19)}))
    seen: list[View] = []

    def find(view: View) -> Iterator[RawVerdict]:
        seen.append(view)
        yield from ()

    history, as_of = record(full("e", "2024-01-22")), date(2024, 6, 1)
    some = [attrs.evolve(find_rule("OF101"), find=find)]
    (told,) = check(history, as_of=as_of, frameworks=[], rules=some, calendar=off).verdicts
    assert told.history is history
    (view,) = seen
    assert (view.calendar, view.as_of, view.history) == (off, as_of, history)
    assert (told.status, told.raw.detail) == (N, NO_SUBJECT)


def test_a_suspension_that_ended_on_a_day_not_known() -> None:
    fw = mine(PAUSE.replace("2022-02-20", '"2022-02-14/2022-02-20"'))
    ended = ("the day on which pause began or ended",)
    for start, status, because, missing in (
        ("2022-02-14", V, frozenset[Because](), ()),
        ("2022-02-15", U, frozenset({ROUGH}), ended),
        ("2022-02-20", U, frozenset({ROUGH}), ended),
        ("2022-02-21", S, frozenset[Because](), ()),
    ):
        agrees(Line("OF303", "pause", "e", [visit("e", start)], status, because, missing=missing,
                    framework=fw))  # fmt: skip


def test_a_visit_to_a_service_area_that_was_not_inspected() -> None:
    event = MonitoringVisit(id="e", start="2011-05-10", scope="service-area:Birmingham")
    agrees(Line("OF203", "monitoring-only-where-inadequate", "e", [event], V, as_of="2012-01-01",
                framework=framework("cafcass-2009"),
                detail="No inspection of Birmingham came before it."))  # fmt: skip
    elsewhere = Inspection(id="k", start="2011-02-07", end="2011-02-11", published="2011-04-01",
                           kind="service-area", scope="service-area:Kent")  # fmt: skip
    agrees(Line("OF203", "monitoring-only-where-inadequate", "e", [elsewhere, event], V,
                as_of="2012-01-01", framework=framework("cafcass-2009"),
                detail="No inspection of Birmingham came before it."))  # fmt: skip
    there = attrs.evolve(elsewhere, scope="service-area:Birmingham")
    low, high = ((Judgement("overall-effectiveness", grade),) for grade in (I, G))
    no = "The last inspection before it, b, does not say so."
    for kent, birmingham, status in ((high, low, S), (low, high, V)):
        events = [
            attrs.evolve(elsewhere, judgements=kent, start="2011-03-07", end=None),
            attrs.evolve(there, id="b", judgements=birmingham, judgements_partial=True),
            event,
        ]
        agrees(Line("OF203", "monitoring-only-where-inadequate", "e", events, status,
                    as_of="2012-01-01", framework=framework("cafcass-2009"),
                    detail=no if status is V else ""))  # fmt: skip
    nowhere = attrs.evolve(event, scope=None)
    agrees(Line("OF203", "monitoring-only-where-inadequate", "e", [nowhere], U, frozenset({GAP}),
                as_of="2012-01-01", framework=framework("cafcass-2009"),
                missing=("the scope of e",)))  # fmt: skip


def test_that_nothing_was_graded_rests_on_the_claim_that_grades_are_held() -> None:
    claims = (
        Coverage(type="inspection", fields=("judgements",), basis=INFERRED),
        Coverage(type="inspection", fields=("scope",), basis=ASSUMED),
    )
    ended = full("e", "2024-01-22", "2024-02-16", "2024-04-03", None)
    graded = attrs.evolve(ended, judgements=OUTSTANDING[:2])
    for event, status, basis in ((ended, V, [INFERRED]), (graded, V, [])):
        found = told(Line("OF106", "judgement-areas", "e", [event], V, coverage=claims))
        assert found.status is status
        assert [one for name, one in found.rests_on if name == "coverage of inspection"] == basis


def test_a_limit_of_which_no_inspection_is_on_record_is_told() -> None:
    agrees(Line("OF109", NOTHING_LOW, None, [visit("e", "2022-05-09")], N, framework=LA,
                detail=NO_SUBJECT))  # fmt: skip


def test_a_window_is_told_by_the_calendar_that_was_asked_with() -> None:
    off = WorkingDays(extra_holidays=[date(2024, 2, 19)])
    history = record(full("e", "2024-01-22", "2024-02-16"))
    result = check(history, as_of=date(2024, 6, 1), frameworks=[CAF], calendar=off)
    made = verdict(result, "OF302", "report-publication", "e").obligation
    assert made is not None
    assert made.calendar is off


def test_a_report_that_is_owed_rests_on_the_claim_that_its_day_is_held() -> None:
    claim = (Coverage(type="inspection", fields=("published",), basis=INFERRED),)
    fw = CAF.replace("report-publication", working_days=27)
    line = Line("OF302", "report-publication", "e", [full("e", "2024-01-22", "2024-02-16")], V,
                coverage=claim, framework=fw)  # fmt: skip
    assert ("coverage of inspection", INFERRED) in told(line).rests_on


def test_an_event_of_which_a_rule_says_nothing_hides_no_other() -> None:
    first = meeting("m", "2024-01-10"), full("n", "2024-01-15", "2024-01-19")
    wrong = full_parts("2024-01-22", "2024-01-21", ("2024-01-22", "2024-01-26"))
    wrong = attrs.evolve(wrong, published="2024-01-20", judgements=OUTSTANDING)
    found = check(record(*first, wrong), as_of=date(2024, 6, 1), frameworks=[CAF])
    for code in ("OF101", "OF102", "OF103"):
        assert verdict(found, code, None, "e").status is V
    history = record(full("n", "2024-01-15"), wrong, coverage=NOTHING)
    found = check(history, as_of=date(2024, 6, 1), frameworks=[CAF])
    for code in ("OF101", "OF102", "OF103"):
        assert verdict(found, code, None, "e").status is V


def test_parts_of_which_the_end_is_still_to_come() -> None:
    event = full_parts("2024-01-22", None, *TWO)
    held = (Coverage(type="inspection", fields=("end",)),)
    agrees(Line("OF103", None, "e", [event], S, coverage=held))
    agrees(Line("OF103", None, "e", [event], U, frozenset({GAP}), coverage=NOTHING))


def test_what_a_condition_comes_to() -> None:
    event = full("e", "2024-01")
    why, detail = rough("start", event), "So it is."
    for good, states in ((True, {State.KEPT}), (False, {State.BROKEN}),
                         (None, {State.KEPT, State.BROKEN})):  # fmt: skip
        cases, told = outcome(good, why, detail=detail)
        assert (cases.states, told) == ({state: {why: None} for state in states}, detail)
    for good, state in ((True, State.KEPT), (False, State.BROKEN), (None, State.NOT_YET_OPEN)):
        cases, told = outcome(good, detail=detail)
        assert (cases.states, told) == ({state: {}}, detail)


def test_a_framework_has_a_say_up_to_its_last_day() -> None:
    fw = mine(PAUSE, HEAD + "end = 2022-12-31\n")
    for as_of, wanted in (("2022-12-31", (fw,)), ("2023-01-01", ())):
        assert check(record(), as_of=day(as_of), frameworks=[fw]).frameworks == wanted
        history = record(visit("e", as_of))
        assert check(history, as_of=day("2024-06-01"), frameworks=[fw]).frameworks == wanted


def test_a_framework_that_is_over_has_a_say_where_its_start_owes_something() -> None:
    duty = """
[[cadence]]
id = "yearly"
sentence = "Every year."
activity = "inspection"
opening = "framework-start"
periods = { origin = 2021-01-01, months = 12 }
grounds = [{ part = "sentence", basis = "official" }]
"""
    for rows, wanted in ((duty, 1), (duty.replace("framework-start", "none"), 0)):
        fw = mine(rows, HEAD + "end = 2022-12-31\n")
        found = check(record(), as_of=date(2024, 6, 1), frameworks=[fw])
        assert len(found.frameworks) == wanted


def test_every_verdict_tells_of_the_record() -> None:
    history = record()
    for some in ([CAF], []):
        found = check(history, as_of=date(2024, 6, 1), frameworks=some)
        assert found.verdicts
        assert all(one.history is history for one in found.verdicts)


def test_frameworks_for_another_kind_of_provider() -> None:
    with pytest.raises(OfstedFrameworkError) as caught:
        check(record(), as_of=date(2024, 6, 1), frameworks=[LA, framework("sif-2013")])
    (fault,) = caught.value.faults
    assert fault.value == "cafcass"
    assert fault.message == "is another kind of provider than that of ilacs-2018, sif-2013"


def test_only_the_rules_that_are_given_are_applied() -> None:
    history = record(full("e", "2024-01-22", "2024-01-21"))
    some = [find_rule("OF304"), find_rule("OF101")]
    found = check(history, as_of=date(2024, 6, 1), frameworks=[CAF], rules=some)
    assert [key(one) for one in found.verdicts] == [
        ("OF304", "cafcass-2021/inspection-length", "e", V),
        ("OF101", None, "e", V),
    ]
    assert check(history, as_of=date(2024, 6, 1), rules=()).verdicts == ()


def test_deadlines_are_counted_in_the_calendar_that_is_given() -> None:
    # From Friday 16 February 2024 one working day is Monday the 19th; where that is off, the 20th.
    fw = CAF.replace("report-publication", working_days=1)
    history = record(full("e", "2024-01-22", "2024-02-16", "2024-02-20"))
    off = WorkingDays(frozenset({date(2024, 2, 19)}))
    code, provision = "OF302", "report-publication"
    for calendar, status in ((ENGLAND, V), (off, S)):
        found = check(history, as_of=date(2024, 6, 1), frameworks=[fw], calendar=calendar)
        assert verdict(found, code, provision, "e").status is status
        assert found.calendar == calendar.id
    found = check(history, as_of=date(2024, 6, 1), frameworks=[fw])
    assert (found.calendar, found.as_of) == (ENGLAND.id, date(2024, 6, 1))
    assert verdicts(found, code, provision, "opening") == []
