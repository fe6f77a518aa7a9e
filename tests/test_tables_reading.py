"""What tables say is read as it stands: exact events, grades and claims, and each doubt listed.

Written apart from the reader, from the layouts as people have them. Authorities are invented.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs
import pandas
import polars
import pyarrow
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import ofsted_framework as of
from helpers import G, I, O, R, grades
from ofsted_framework.cases import Status
from ofsted_framework.documents import Loaded
from ofsted_framework.errors import Fault
from ofsted_framework.grades import Grade, Judgement
from ofsted_framework.sources import Basis
from table_files import (
    EVENTS,
    HISTORY,
    IN_YEAR,
    LATEST,
    LINK,
    SUMMARY,
    WORKBOOK,
    Cell,
    Table,
    day,
    event,
    graded,
    summary,
    workbook,
    write_csv,
    write_ods,
    write_xlsx,
)

Claim = tuple[str, str, str, tuple[str, ...]]

NORTHSHIRE = of.Provider(
    name="Northshire", kind="local-authority", urn="90001", region="North East", code="E06900001"
)
INSPECTIONS: Claim = ("inspection", "2013-11-01", "2026-01-07", ("published", "judgements"))
VISITS: Claim = ("focused-visit", "2018-01-01", "2025-12-09", ())
MONITORING: Claim = ("monitoring-visit", "2021-04-01", "2025-03-31", ())

IN_YEAR_SHEET = "In-year_inspections"
HISTORY_SHEET = "ILACS_inspection_history"
LATEST_SHEET = "Inspections_as_at_31_March"
RI = "Requires improvement to be good"


def claims(history: of.History) -> list[Claim]:
    return [(one.type, str(one.first), str(one.last), one.fields) for one in history.coverage]


def only(loaded: Loaded) -> of.History:
    """The one record that there is."""
    assert len(loaded.histories) == 1, [one.provider.name for one in loaded.histories]
    return loaded.histories[0]


def named(loaded: Loaded, name: str) -> of.History:
    found = [one for one in loaded.histories if one.provider.name == name]
    assert len(found) == 1, [one.provider.name for one in loaded.histories]
    return found[0]


def the_event(loaded: Loaded) -> of.Event:
    """The one event that there is."""
    assert loaded.events == 1, loaded
    return only(loaded).events[0]


def listed(loaded: Loaded) -> list[tuple[str, object, str | None]]:
    return [(one.place, one.value, one.nearest) for one in loaded.problems]


def the_problem(loaded: Loaded) -> Fault:
    assert len(loaded.problems) == 1, list(map(str, loaded.problems))
    return loaded.problems[0]


def counts(loaded: Loaded) -> tuple[int, int, int, int]:
    """Rows, events, rows that tell of an event again, rows that gave none."""
    assert loaded.rows == loaded.events + len(loaded.repeated) + len(loaded.unused)
    return loaded.rows, loaded.events, len(loaded.repeated), len(loaded.unused)


ReadEvents = Callable[..., Loaded]


@pytest.fixture
def read_events(tmp_path: Path) -> ReadEvents:
    """Write rows as a CSV file of events, and read it."""

    def read(*rows: dict[str, str], columns: Sequence[str] = EVENTS, **options: Any) -> Loaded:
        return of.read(write_csv(tmp_path / "events.csv", rows, columns), **options)

    return read


WRITERS: dict[str, Callable[[Path, dict[str, Table]], Path]] = {
    "ods": write_ods,
    "xlsx": write_xlsx,
}


@pytest.fixture(params=["ods", "xlsx"])
def read_book(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Loaded]:
    """Write sheets as a workbook, and read it."""

    def read(sheets: dict[str, Table], **options: Any) -> Loaded:
        path = tmp_path / f"book.{request.param}"
        return of.read(WRITERS[request.param](path, sheets), **options)

    return read


@pytest.fixture
def read_summary(tmp_path: Path) -> Callable[..., Loaded]:
    """Write rows as the summary of Data to Insight, and read it."""

    def read(*rows: Sequence[Cell], **options: Any) -> Loaded:
        sheets: dict[str, Table] = {"overview": [SUMMARY, *rows]}
        return of.read(write_xlsx(tmp_path / "summary.xlsx", sheets), **options)

    return read


# --- The table of events --------------------------------------------------------------------------


def test_a_standard_inspection_of_2023(read_events: ReadEvents) -> None:
    loaded = read_events(
        graded("requires_improvement", leaders="inadequate", care_leavers="outstanding",
               kind_basis="official statistics", report_url="https://files.example.org/1",
               reinspection="no")
    )  # fmt: skip
    assert loaded.problems == ()
    assert counts(loaded) == (1, 1, 0, 0)
    assert only(loaded).provider == NORTHSHIRE
    assert the_event(loaded) == of.Inspection(
        id="e-1",
        start="2023-09-04",
        end="2023-09-15",
        published="2023-10-30",
        kind="standard",
        framework="ilacs-2018",
        judgements=grades(overall=R, leaders=I, help=G, care=G, leavers=O),
        sources=("https://files.example.org/1",),
        note="reinspection: no; kind_basis: official statistics",
    )


def test_a_short_inspection_before_2023_has_one_judgement_on_care_and_leavers(
    read_events: ReadEvents,
) -> None:
    loaded = read_events(
        event(kind="short", start="2022-12-05", end="2022-12-09", published="2023-01-23",
              overall="outstanding", leaders="outstanding", help_protection="good",
              in_care_and_leavers="outstanding")
    )  # fmt: skip
    assert loaded.problems == ()
    assert the_event(loaded) == of.Inspection(
        id="e-1",
        start="2022-12-05",
        end="2022-12-09",
        published="2023-01-23",
        kind="short",
        framework="ilacs-2018",
        judgements=grades(overall=O, leaders=O, help=G, both=O),
    )


def test_an_inspection_under_the_single_framework(read_events: ReadEvents) -> None:
    loaded = read_events(
        event(framework="SIF", kind="single", start="2014-06-02", end="2014-06-25",
              published="2014-08-08", overall="requires_improvement", help_protection="inadequate",
              care_leavers="good", sif_leadership="requires_improvement", sif_looked_after="good",
              sif_adoption="outstanding", sif_lscb="inadequate")
    )  # fmt: skip
    assert loaded.problems == ()
    assert the_event(loaded) == of.Inspection(
        id="e-1",
        start="2014-06-02",
        end="2014-06-25",
        published="2014-08-08",
        kind="single",
        framework="sif-2013",
        judgements=(
            Judgement("overall-effectiveness", R),
            Judgement("help-and-protection", I),
            Judgement("care-leavers", G),
            Judgement("leadership", R),
            Judgement("looked-after", G),
            Judgement("adoption", O),
            Judgement("safeguarding-children-board", I),
        ),
    )


def test_adoption_and_the_board_may_be_left_out_of_a_single_inspection(
    read_events: ReadEvents,
) -> None:
    told = {"overall": "good", "help_protection": "good", "care_leavers": "good",
            "sif_leadership": "good", "sif_looked_after": "good"}  # fmt: skip
    row = event(framework="SIF", kind="single", start="2015-06-01", end="2015-06-25",
                published="2015-08-07", **told)  # fmt: skip
    whole = the_event(read_events(row))
    assert whole.judgements is not None
    assert not whole.judgements_partial
    for name in told:
        short = the_event(read_events({**row, name: ""}))
        assert short.judgements is not None
        assert (len(short.judgements), short.judgements_partial) == (4, True), name


def test_visits_and_joint_inspections(read_events: ReadEvents) -> None:
    loaded = read_events(
        event(event_id="v", kind="focused_visit", start="2024-01-23", end="2024-01-24",
              published="2024-02-27", theme="Front door", area_for_priority_action="new"),
        event(event_id="c", kind="focused_visit", start="2024-06-04", end="2024-06-05",
              published="2024-07-09", area_for_priority_action="carried_over"),
        event(event_id="m", kind="monitoring_visit", start="2024-03-05", end="2024-03-06",
              published="2024-04-09", theme="Care leavers"),
        event(event_id="j", framework="JTAI", kind="jtai", start="2024-05-13", end="2024-05-17",
              published="2024-07-08", theme="Serious youth violence",
              area_for_priority_action="none"),
    )  # fmt: skip
    assert loaded.problems == ()
    assert only(loaded).events == (
        of.FocusedVisit(id="v", start="2024-01-23", end="2024-01-24", published="2024-02-27",
                        framework="ilacs-2018", theme="Front door", priority_action="new",
                        judgements=()),
        of.MonitoringVisit(id="m", start="2024-03-05", end="2024-03-06", published="2024-04-09",
                           framework="ilacs-2018", theme="Care leavers", judgements=()),
        of.JointTargetedAreaInspection(id="j", start="2024-05-13", end="2024-05-17",
                                       published="2024-07-08", theme="Serious youth violence",
                                       note="area_for_priority_action: none", judgements=None),
        of.FocusedVisit(id="c", start="2024-06-04", end="2024-06-05", published="2024-07-09",
                        framework="ilacs-2018", priority_action="carried-over", judgements=()),
    )  # fmt: skip


def test_what_no_field_holds_stands_in_the_note(read_events: ReadEvents) -> None:
    loaded = read_events(
        graded(reinspection="yes", theme="Neglect", action_plan_70wd="yes", draft_plan_20wd="no",
               kind_basis="letter title", notes="date phrase irregular")
    )  # fmt: skip
    assert loaded.problems == ()
    assert the_event(loaded).note == (
        "reinspection: yes; action_plan_70wd: yes; draft_plan_20wd: no; kind_basis: letter title; "
        "notes: date phrase irregular; theme: Neglect"
    )


@pytest.mark.parametrize(
    ("said", "basis"),
    [
        ("on-site span of 5 days", Basis.INFERRED),
        ("on-site span of 12 days", Basis.INFERRED),
        ("official statistics", None),
        ("letter title", None),
        ("", None),
    ],
)
def test_a_kind_that_was_read_off_the_days_is_inferred(
    said: str, basis: Basis | None, read_events: ReadEvents
) -> None:
    assert the_event(read_events(graded(kind_basis=said))).basis is basis


def test_the_table_of_events_claims_what_it_is_known_to_hold(read_events: ReadEvents) -> None:
    history = only(read_events(graded()))
    assert claims(history) == [INSPECTIONS, VISITS, MONITORING]
    assert [one.omits for one in history.coverage] == [
        None,
        None,
        "the first visit after each judgement of inadequate",
    ]
    assert {one.basis for one in history.coverage} == {Basis.INFERRED}


def test_from_april_2026_there_is_no_overall_judgement(read_events: ReadEvents) -> None:
    row = graded("", start="2026-04-13", end="2026-04-24", published="2026-06-08")
    loaded = read_events(row)
    assert loaded.problems == ()
    assert the_event(loaded).judgements == grades(leaders=G, help=G, care=G, leavers=G)
    assert not the_event(loaded).judgements_partial

    before = read_events(graded("", start="2026-03-31", published="2026-06-08"))
    assert before.problems == ()
    assert the_event(before).judgements_partial


def test_an_empty_grade_that_was_owed_makes_the_list_partial(read_events: ReadEvents) -> None:
    made = the_event(read_events(graded(leaders="")))
    assert made.judgements == grades(overall=G, help=G, care=G, leavers=G)
    assert made.judgements_partial


def test_an_inspection_without_a_single_grade_does_not_say_that_none_was_given(
    read_events: ReadEvents,
) -> None:
    loaded = read_events(event())
    assert loaded.problems == ()
    assert the_event(loaded).judgements is None


@pytest.mark.parametrize(
    ("start", "column", "area"),
    [
        ("2022-12-31", "in_care_and_leavers", "in-care-and-care-leavers"),
        ("2023-01-01", "in_care", "in-care"),
        ("2023-01-01", "care_leavers", "care-leavers"),
    ],
)
def test_the_judgement_on_care_was_split_with_2023(
    start: str, column: str, area: str, read_events: ReadEvents
) -> None:
    loaded = read_events(event(start=start, end="", published="2023-03-01", **{column: "good"}))
    assert loaded.problems == ()
    assert the_event(loaded).judgements == (Judgement(area, G),)


@pytest.mark.parametrize(
    ("start", "column", "area"),
    [
        ("2022-12-30", "care_leavers", "care-leavers"),
        ("2023-01-03", "in_care_and_leavers", "in-care-and-care-leavers"),
        ("2026-04-13", "overall", "overall-effectiveness"),
    ],
)
def test_a_grade_that_there_was_not_on_its_day_is_kept_as_it_is_told(
    start: str, column: str, area: str, read_events: ReadEvents
) -> None:
    """The column says which area it is of; whether there should be such a grade the rules say."""
    loaded = read_events(event(start=start, end="", published="2026-06-08", **{column: "good"}))
    assert loaded.problems == ()
    assert the_event(loaded).judgements == (Judgement(area, G),)


def test_a_grade_of_another_framework_is_listed(read_events: ReadEvents) -> None:
    loaded = read_events(graded(sif_adoption="good"))
    problem = the_problem(loaded)
    assert (problem.place, problem.value) == ("row 2, column sif_adoption", "good")
    assert "is a grade that such an event does not have" in problem.message
    made = the_event(loaded)
    assert made.judgements == grades(overall=G, leaders=G, help=G, care=G, leavers=G)
    assert not made.judgements_partial


def test_a_row_whose_framework_contradicts_its_kind_is_listed(read_events: ReadEvents) -> None:
    """Which of the two is right nobody can tell; the grades of the two differ in meaning."""
    loaded = read_events(graded(framework="SIF", kind="standard"))
    assert loaded.problems != ()


def test_fieldwork_that_was_split(read_events: ReadEvents) -> None:
    notes = "dates in two parts: 2024-09-30..2024-10-11 and 2025-01-13..2025-01-16"
    loaded = read_events(
        graded(start="2024-09-30", end="2025-01-16", published="2025-03-03", notes=notes)
    )
    assert loaded.problems == ()
    made = the_event(loaded)
    assert made.parts == (of.Part("2024-09-30", "2024-10-11"), of.Part("2025-01-13", "2025-01-16"))
    assert (str(made.start), str(made.end)) == ("2024-09-30", "2025-01-16")
    assert made.note == f"notes: {notes}"


@pytest.mark.parametrize(
    "notes",
    [
        "dates in one part: 2024-09-30..2024-10-11",
        "file name date 2014-09-03",
        "2024-09-30 to 2024-10-11 and 2025-01-13 to 2025-01-16",
    ],
)
def test_fieldwork_that_was_not_split_has_no_parts(notes: str, read_events: ReadEvents) -> None:
    loaded = read_events(graded(notes=notes))
    assert loaded.problems == ()
    assert the_event(loaded).parts == ()


def test_parts_on_days_that_are_none_are_listed(read_events: ReadEvents) -> None:
    notes = "2024-09-30..2024-10-11 and 2025-02-30..2025-03-02"
    loaded = read_events(graded(notes=notes))
    problem = the_problem(loaded)
    assert problem.place == "row 2, column notes"
    assert problem.value == "2025-02-30"
    assert the_event(loaded).parts == ()


def test_an_inspection_without_a_start_began_by_its_publication(read_events: ReadEvents) -> None:
    loaded = read_events(
        event(framework="SIF", kind="single", start="", end="", published="2014-03-14",
              overall="good", help_protection="good", care_leavers="good", sif_leadership="good",
              sif_looked_after="good", sif_adoption="good", sif_lscb="good")
    )  # fmt: skip
    assert loaded.problems == ()
    made = the_event(loaded)
    assert (str(made.start), str(made.published)) == ("../2014-03-14", "2014-03-14")
    assert made.start.earliest is None
    assert not made.judgements_partial


def test_a_row_without_start_and_publication_gives_no_event(read_events: ReadEvents) -> None:
    loaded = read_events(graded(), graded(event_id="e-2", start="", end="", published=""))
    problem = the_problem(loaded)
    assert (problem.place, problem.value) == ("row 3, column start", None)
    assert "is not told" in problem.message
    assert counts(loaded) == (2, 1, 0, 1)
    assert loaded.unused == ("row 3",)
    assert claims(only(loaded)) == [VISITS, MONITORING]


# --- Abolished authorities ------------------------------------------------------------------------


def test_nothing_is_claimed_of_an_authority_after_its_last_event(read_events: ReadEvents) -> None:
    gone = {"urn": "", "ons_code": "", "authority": "Old Fenland",
            "notes": "authority no longer exists"}  # fmt: skip
    loaded = read_events(
        graded(),
        event(event_id="f-1", start="2019-03-04", end="2019-03-15", published="2019-04-24", **gone),
        event(event_id="f-2", kind="focused_visit", start="2022-02-08", end="2022-02-09",
              published="2022-03-15", **gone),
    )  # fmt: skip
    assert loaded.problems == ()
    assert claims(named(loaded, "Northshire")) == [INSPECTIONS, VISITS, MONITORING]
    fenland = named(loaded, "Old Fenland")
    assert (fenland.provider.urn, fenland.provider.code) == (None, None)
    assert claims(fenland) == [
        ("inspection", "2013-11-01", "2022-02-08", ("published", "judgements")),
        ("focused-visit", "2018-01-01", "2022-02-08", ()),
        ("monitoring-visit", "2021-04-01", "2022-02-08", ()),
    ]


def test_an_authority_that_ended_before_a_claim_begins_has_none_of_it(
    read_events: ReadEvents,
) -> None:
    history = only(
        read_events(
            event(start="2017-03-06", end="", published="2017-05-05", framework="SIF",
                  kind="single", notes="authority no longer exists")
        )
    )  # fmt: skip
    assert claims(history) == [
        ("inspection", "2013-11-01", "2017-03-06", ("published", "judgements"))
    ]


def test_an_authority_has_ended_even_where_the_row_that_says_so_gives_no_event(
    read_events: ReadEvents,
) -> None:
    history = only(
        read_events(
            graded(),
            event(event_id="e-2", kind="monitoring_visit", start="to be confirmed", published="",
                  notes="authority no longer exists"),
        )
    )  # fmt: skip
    assert claims(history) == [
        ("inspection", "2013-11-01", "2023-09-04", ("published", "judgements")),
        ("focused-visit", "2018-01-01", "2023-09-04", ()),
    ]


# --- Rows that give no event ----------------------------------------------------------------------


def test_a_repeated_id_takes_its_day_out_of_the_claims(read_events: ReadEvents) -> None:
    loaded = read_events(graded(), graded(start="2024-02-05", end="", published="2024-03-18"))
    problem = the_problem(loaded)
    assert (problem.place, problem.value) == ("row 3, column event_id", "e-1")
    assert "is the id in row 2 too" in problem.message
    assert counts(loaded) == (2, 1, 0, 1)
    assert claims(only(loaded)) == [
        ("inspection", "2013-11-01", "2024-02-04", ("published", "judgements")),
        ("inspection", "2024-02-06", "2026-01-07", ("published", "judgements")),
        VISITS,
        MONITORING,
    ]


def test_a_region_is_spelt_in_one_way(read_events: ReadEvents) -> None:
    loaded = read_events(
        graded(region="Yorkshire and The Humber"),
        graded(urn="90002", authority="Westmere", region="yorkshire and the humber"),
        graded(urn="90003", authority="Eastford", region="East Anglia"),
        graded(urn="90004", authority="Southam", region=""),
    )
    assert [one.provider.region for one in loaded.histories] == [
        "Yorkshire and the Humber",
        "Yorkshire and the Humber",
        "East Anglia",
        None,
    ]


def test_two_providers_may_use_the_same_id(read_events: ReadEvents) -> None:
    loaded = read_events(graded(), graded(urn="90002", authority="Westmere"))
    assert loaded.problems == ()
    assert counts(loaded) == (2, 2, 0, 0)


def test_an_unknown_kind_takes_its_day_out_of_every_claim(read_events: ReadEvents) -> None:
    loaded = read_events(
        graded(),
        event(event_id="e-2", kind="focused vizit", start="2024-02-05", end="",
              published="2024-03-18"),
    )  # fmt: skip
    problem = the_problem(loaded)
    assert (problem.place, problem.value, problem.nearest) == (
        "row 3, column kind",
        "focused vizit",
        "focused_visit",
    )
    assert "is no kind of event here" in problem.message
    assert loaded.unused == ("row 3",)
    assert claims(only(loaded)) == [
        ("inspection", "2013-11-01", "2024-02-04", ("published", "judgements")),
        ("inspection", "2024-02-06", "2026-01-07", ("published", "judgements")),
        ("focused-visit", "2018-01-01", "2024-02-04", ()),
        ("focused-visit", "2024-02-06", "2025-12-09", ()),
        ("monitoring-visit", "2021-04-01", "2024-02-04", ()),
        ("monitoring-visit", "2024-02-06", "2025-03-31", ()),
    ]


def test_an_unknown_kind_published_on_a_day_began_on_any_day_before(
    read_events: ReadEvents,
) -> None:
    loaded = read_events(
        graded(), event(event_id="e-2", kind="odd", start="", end="", published="2024-03-18")
    )
    assert claims(only(loaded)) == [
        ("inspection", "2024-03-19", "2026-01-07", ("published", "judgements")),
        ("focused-visit", "2024-03-19", "2025-12-09", ()),
        ("monitoring-visit", "2024-03-19", "2025-03-31", ()),
    ]


def test_a_lost_visit_leaves_the_claim_about_inspections(read_events: ReadEvents) -> None:
    loaded = read_events(
        graded(), event(event_id="v", kind="focused_visit", start="to be confirmed", published="")
    )
    assert listed(loaded) == [("row 3, column start", "to be confirmed", None)]
    assert claims(only(loaded)) == [INSPECTIONS, MONITORING]


def test_a_lost_event_of_any_kind_on_any_day_leaves_no_claim(read_events: ReadEvents) -> None:
    """The row names an authority, and says of neither kind nor day anything that can be used."""
    loaded = read_events(
        graded(), event(event_id="e-2", kind="special", start="to be confirmed", published="")
    )
    assert loaded.unused == ("row 3",)
    assert claims(only(loaded)) == []


def test_a_row_without_a_provider_takes_its_day_from_every_record(read_events: ReadEvents) -> None:
    loaded = read_events(
        graded(),
        graded(event_id="w", urn="90002", authority="Westmere"),
        event(event_id="x", urn="", authority="", kind="monitoring_visit", start="2022-02-08",
              published="2022-03-15"),
    )  # fmt: skip
    problem = the_problem(loaded)
    assert (problem.place, problem.value) == ("row 4, column authority", None)
    assert "is empty" in problem.message
    assert counts(loaded) == (3, 2, 0, 1)
    for history in loaded.histories:
        assert claims(history) == [
            INSPECTIONS,
            VISITS,
            ("monitoring-visit", "2021-04-01", "2022-02-07", ()),
            ("monitoring-visit", "2022-02-09", "2025-03-31", ()),
        ]


@pytest.mark.parametrize("name", ["nan", "None", "n/a", "-", "   "])
def test_words_that_say_nothing_are_no_provider(name: str, read_events: ReadEvents) -> None:
    loaded = read_events(graded(), graded(event_id="e-2", authority=name))
    assert [one.place for one in loaded.problems] == ["row 3, column authority"]
    assert loaded.unused == ("row 3",)


def test_a_note_under_the_table_is_listed_and_costs_no_claim(read_events: ReadEvents) -> None:
    loaded = read_events(graded(), dict.fromkeys(EVENTS, "") | {"event_id": "Source: Ofsted"})
    problem = the_problem(loaded)
    assert (problem.place, problem.value) == ("row 3", None)
    assert "tells of no event" in problem.message
    assert counts(loaded) == (2, 1, 0, 1)
    assert claims(only(loaded)) == [INSPECTIONS, VISITS, MONITORING]


def test_a_header_that_comes_again_is_listed(read_events: ReadEvents) -> None:
    loaded = read_events(graded(), {name: name for name in EVENTS}, graded(event_id="e-2",
                         start="2018-05-14", end="", published="2018-06-25", in_care="",
                         care_leavers="", in_care_and_leavers="good"))  # fmt: skip
    assert counts(loaded) == (3, 2, 0, 1)
    assert loaded.unused == ("row 3",)
    assert ("row 3, column kind", "kind", None) in listed(loaded)


# --- One cell that cannot be used -----------------------------------------------------------------

BROKEN_CELLS: list[tuple[str, str, str, str | None]] = [
    ("start", "04/09/2023", "is not a day, written as 2024-01-22", None),
    ("start", "22/09/2023", "is not a day, written as 2024-01-22", "2023-09-22"),
    ("start", "04/09/23", "is not a day, written as 2024-01-22", None),
    ("start", "22/09/23", "is not a day, written as 2024-01-22", None),
    ("start", "2023-9-4", "is not a day, written as 2024-01-22", None),
    ("start", "2023-02-29", "is not a day, written as 2024-01-22", None),
    ("start", "4 September 2023", "is not a day, written as 2024-01-22", None),
    ("start", "2023", "is not a day, written as 2024-01-22", None),
    ("start", "45173", "is not a day, written as 2024-01-22", None),
    ("start", "2023-09-04 09:30", "is not a day, written as 2024-01-22", None),
    ("start", "to be confirmed", "is not a day, written as 2024-01-22", None),
    ("start", "#REF!", "is not a day, written as 2024-01-22", None),
    ("start", "٢٠٢٣-٠٩-٠٤", "is not a day, written as 2024-01-22", "2023-09-04"),
    ("start", "1900-01-01", "is before 2013-11-01", None),
    ("start", "2013-10-31", "is before 2013-11-01", None),
    ("end", "9999-12-31", "is after the year 2230", None),
    ("published", "0001-01-01", "is before 2013-11-01", None),
    ("published", "awaiting report", "is not a day, written as 2024-01-22", None),
    ("overall", "goood", "is no grade", "good"),
    ("overall", "Inadequat", "is no grade", "inadequate"),
    ("overall", "2", "is a number, and says no grade without its scale", None),
    ("overall", "good or better", "is no grade", None),
    ("overall", "Good (provisional)", "is no grade", None),
    ("leaders", "=cmd()", "is no grade", None),
    ("overall", "Good?", "is no grade", "good"),
    ("area_for_priority_action", "newer", "is no word on areas for priority action", "new"),
]


@pytest.mark.parametrize(("column", "value", "part", "nearest"), BROKEN_CELLS)
def test_a_cell_that_cannot_be_used_is_listed_and_left_out(
    column: str, value: str, part: str, nearest: str | None, read_events: ReadEvents
) -> None:
    loaded = read_events(graded(**{column: value}))
    problem = the_problem(loaded)
    assert (problem.place, problem.value) == (f"row 2, column {column}", value)
    assert part in problem.message
    assert problem.nearest == nearest
    assert counts(loaded) == (1, 1, 0, 0)
    made = the_event(loaded)
    expected = {"start": "2023-09-04", "end": "2023-09-15", "published": "2023-10-30"}
    if column == "start":
        expected["start"] = "../2023-10-30"
    elif column in expected:
        expected[column] = "None"
    assert {name: str(getattr(made, name)) for name in expected} == expected
    kept = {"overall": G, "leaders": G, "help": G, "care": G, "leavers": G}
    if column in ("overall", "leaders"):
        del kept[column]
        assert made.judgements_partial
    if column != "start":
        assert made.judgements == grades(**kept)


@pytest.mark.parametrize(
    ("column", "field"), [("published", "published"), ("overall", "judgements")]
)
def test_no_claim_says_that_a_cell_that_was_not_read_says_nothing(
    column: str, field: str, read_events: ReadEvents
) -> None:
    """Of a field that was filled and not read, the record must not claim that it is empty."""
    names = ("overall", "leaders", "help_protection", "in_care", "care_leavers")
    broken = dict.fromkeys(names if column == "overall" else (column,), "to be confirmed")
    history = only(read_events(graded(**broken)))
    assert getattr(history.events[0], field) is None
    assert not history.holds(history.events[0], field)


def test_a_day_of_publication_that_was_not_read_is_no_late_report(read_events: ReadEvents) -> None:
    history = only(read_events(graded(published="to be confirmed")))
    result = of.check(history, as_of=date(2026, 8, 20))
    assert [
        (one.code, one.subject) for one in result.verdicts if one.status is Status.VIOLATED
    ] == []


def test_grades_that_were_not_read_are_no_missing_grades(read_events: ReadEvents) -> None:
    history = only(read_events(graded("tbc", leaders="tbc", help_protection="tbc", in_care="tbc",
                                      care_leavers="tbc")))  # fmt: skip
    result = of.check(history, as_of=date(2026, 8, 20))
    violated = {one.code for one in result.verdicts if one.status is Status.VIOLATED}
    assert "OF106" not in violated


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        ("Outstanding", O),
        ("  good ", G),
        ("requires_improvement", R),
        ("Requires improvement to be good", R),
        ("requires-improvement", R),
        ("REQUIRES IMPROVEMENT", R),
        ("inadequate", I),
        ("Not judged", Grade.NOT_JUDGED),
        ("not_judged", Grade.NOT_JUDGED),
    ],
)
def test_spellings_of_grades(value: str, grade: Grade, read_events: ReadEvents) -> None:
    loaded = read_events(graded(value))
    assert loaded.problems == ()
    judgements = the_event(loaded).judgements
    assert judgements is not None
    assert judgements[0] == Judgement("overall-effectiveness", grade)


@pytest.mark.parametrize("value", ["", "None", "nan", "N/A", "null", "-"])
def test_words_that_say_nothing_are_no_days(value: str, read_events: ReadEvents) -> None:
    loaded = read_events(graded(end=value))
    assert loaded.problems == ()
    assert the_event(loaded).end is None


# --- Headers --------------------------------------------------------------------------------------


def test_an_unknown_column_is_listed_with_the_nearest(read_events: ReadEvents) -> None:
    columns = ["publshed" if name == "end" else name for name in EVENTS]
    row = graded()
    del row["end"]
    loaded = read_events({**row, "publshed": "2023-09-15"}, columns=columns)
    problem = the_problem(loaded)
    assert (problem.place, problem.value) == ("row 1, column publshed", "publshed")
    assert "is no column that is read" in problem.message
    assert the_event(loaded).end is None


def test_a_column_that_stands_twice_is_listed_and_the_first_is_read(tmp_path: Path) -> None:
    row = graded()
    path = tmp_path / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*EVENTS, "overall"])
        writer.writerow([*(row.get(name, "") for name in EVENTS), "inadequate"])
    loaded = of.read(path)
    problem = the_problem(loaded)
    assert (problem.place, problem.value) == ("row 1, column overall", "overall")
    assert "stands twice in the header; the first is read" in problem.message
    judgements = the_event(loaded).judgements
    assert judgements is not None
    assert judgements[0].grade is G


def test_missing_columns_are_named_with_what_the_header_has(read_events: ReadEvents) -> None:
    renamed = {"authority": "authorities", "start": "started"}
    columns = [renamed.get(name, name) for name in EVENTS]
    with pytest.raises(of.OfstedFrameworkError) as caught:
        read_events(columns=columns)
    first, second = caught.value.faults
    assert (first.place, second.place) == ("row 1, column authority", "row 1, column start")
    assert first.message == "is missing (ilacs-events needs it); the header has 'authorities'"
    assert second.message == "is missing (ilacs-events needs it); the header has 'started'"


def test_order_and_case_of_columns_are_nothing(read_events: ReadEvents) -> None:
    row = graded(theme="Neglect", report_url="https://files.example.org/1")
    plain = read_events(row)
    turned = read_events(
        {name.upper().replace("_", " "): value for name, value in row.items()},
        columns=[name.upper().replace("_", " ") for name in reversed(EVENTS)],
    )
    assert turned.problems == plain.problems == ()
    assert turned.histories[0].provider == plain.histories[0].provider
    assert the_event(turned).judgements == the_event(plain).judgements
    assert the_event(turned).published == the_event(plain).published


def test_titles_above_the_header_of_a_csv_file(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "events.csv", [graded()])
    text = path.read_text(encoding="utf-8")
    path.write_text(f'"Events, put together",,\n\n{text}', encoding="utf-8")
    loaded = of.read(path)
    assert loaded.problems == ()
    assert counts(loaded) == (1, 1, 0, 0)
    path.write_text(
        f'"Events, put together",,\n\n{text.replace("2023-09-04", "x")}', encoding="utf-8"
    )
    assert listed(of.read(path)) == [("row 4, column start", "x", None)]


def test_a_column_of_grades_that_is_not_there_leaves_the_list_partial(
    read_events: ReadEvents,
) -> None:
    """Whoever took the column out did not take the grade back."""
    row = graded()
    del row["leaders"]
    loaded = read_events(row, columns=[name for name in EVENTS if name != "leaders"])
    made = the_event(loaded)
    assert made.judgements == grades(overall=G, help=G, care=G, leavers=G)
    assert made.judgements_partial


def test_a_table_without_grades_does_not_claim_that_none_were_given(
    read_events: ReadEvents,
) -> None:
    names = ("overall", "leaders", "help_protection", "in_care", "care_leavers")
    row = {name: value for name, value in graded().items() if name not in names}
    history = only(read_events(row, columns=list(row)))
    assert history.events[0].judgements is None
    assert not history.holds(history.events[0], "judgements")


# --- Whose event it is ----------------------------------------------------------------------------


def test_one_number_is_one_authority_whatever_its_name(read_events: ReadEvents) -> None:
    loaded = read_events(
        graded(), event(event_id="e-2", authority="Northshire Council", start="2019-05-13", end="",
                        published="2019-06-24")
    )  # fmt: skip
    problem = the_problem(loaded)
    assert (problem.place, problem.value) == ("row 3, column authority", "Northshire Council")
    assert "has the number 90001 of Northshire" in problem.message
    assert only(loaded).provider.name == "Northshire"
    assert counts(loaded) == (2, 2, 0, 0)


def test_an_authority_is_not_torn_in_two_silently_where_a_number_is_missing(
    read_events: ReadEvents,
) -> None:
    """Both halves would claim to be complete, and each lacks what the other has."""
    loaded = read_events(
        graded(), event(event_id="e-2", urn="", start="2019-05-13", end="", published="2019-06-24")
    )
    assert len(loaded.histories) == 1 or loaded.problems != ()


def test_one_name_with_two_numbers_is_listed(read_events: ReadEvents) -> None:
    loaded = read_events(
        graded(),
        event(event_id="e-2", urn="90010", start="2019-05-13", end="", published="2019-06-24"),
    )
    assert loaded.problems != ()


KNOWN = (
    of.Provider(name="City of Fenborough", kind="local-authority", urn="90011", code="E06900011"),
    of.Provider(name="Marsh & Moor", kind="local-authority", urn="90012", code="E06900012"),
    of.History(of.Provider(name="Westmere", kind="local-authority", urn="90002")),
)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"urn": "90011", "authority": "fenborough corporation"}, "City of Fenborough"),
        (
            {"urn": "", "ons_code": "E06900011", "authority": "fenborough corporation"},
            "City of Fenborough",
        ),
        ({"urn": "", "ons_code": "", "authority": "marsh and moor"}, "Marsh & Moor"),
        ({"urn": "", "ons_code": "", "authority": "WESTMERE"}, "Westmere"),
        # The number comes before the code, and the code before the name.
        ({"urn": "90011", "ons_code": "E06900012", "authority": "Westmere"}, "City of Fenborough"),
        ({"urn": "x", "ons_code": "E06900012", "authority": "Westmere"}, "Marsh & Moor"),
    ],
)
def test_a_provider_that_is_known_is_found(
    cells: dict[str, str], name: str, read_events: ReadEvents
) -> None:
    loaded = read_events(graded(**cells), known=KNOWN)
    assert loaded.problems == ()
    (provider,) = (
        one.provider if isinstance(one, of.History) else one
        for one in KNOWN
        if (one.provider if isinstance(one, of.History) else one).name == name
    )
    assert only(loaded).provider == provider


def test_a_provider_that_is_not_known_is_listed_and_its_events_are_kept(
    read_events: ReadEvents,
) -> None:
    loaded = read_events(graded(urn="1", ons_code="", authority="Westmare"), known=KNOWN)
    problem = the_problem(loaded)
    assert (problem.place, problem.value, problem.nearest) == (
        "row 2, column authority",
        "Westmare",
        "Westmere",
    )
    assert "is none of the providers that are known" in problem.message
    assert only(loaded).provider.name == "Westmare"
    assert loaded.events == 1


def test_names_of_one_provider_that_is_known_are_one_record(read_events: ReadEvents) -> None:
    loaded = read_events(
        graded(urn="90011", authority="fenborough corporation"),
        event(event_id="e-2", urn="", ons_code="E06900011", authority="Fenborough",
              start="2019-05-13", end="", published="2019-06-24"),
        known=KNOWN,
    )  # fmt: skip
    assert loaded.problems == ()
    assert [one.id for one in only(loaded).events] == ["e-2", "e-1"]


def test_two_known_providers_of_one_name_are_two_records(read_events: ReadEvents) -> None:
    old = of.Provider(name="Fenland", kind="local-authority", urn="90021")
    new = of.Provider(name="Fenland", kind="local-authority", urn="90022")
    loaded = read_events(
        graded(urn="90021", authority="Fenland"),
        graded(event_id="e-2", urn="90022", authority="Fenland"),
        known=(old, new),
    )
    assert [one.provider for one in loaded.histories] == [old, new]


# --- Ofsted's workbook ----------------------------------------------------------------------------

IN_YEAR_CLAIMS: list[Claim] = [
    ("focused-visit", "2023-04-01", "2024-03-31", ("published",)),
    ("monitoring-visit", "2023-04-01", "2024-03-31", ()),
]
HISTORY_CLAIM: Claim = ("inspection", "2018-07-01", "2023-11-18", ("published", "judgements"))


def test_the_workbook_of_three_sheets(read_book: Callable[..., Loaded]) -> None:
    loaded = read_book(WORKBOOK)
    assert loaded.problems == ()
    assert loaded.repeated == (
        f"sheet {HISTORY_SHEET}, row 5",
        f"sheet {LATEST_SHEET}, row 4",
        f"sheet {LATEST_SHEET}, row 5",
    )
    assert counts(loaded) == (9, 6, 3, 0)
    north, west, east, fen = loaded.histories
    assert north.provider == of.Provider(
        name="Northshire", kind="local-authority", region="North East", code="E06900001"
    )
    assert north.events == (
        of.Inspection(id="inspection-2018-11-05", start="2018-11-05", published="2018-12-17",
                      kind="standard", framework="ilacs-2018",
                      judgements=grades(overall=R, leaders=R, help=R, both=G)),
        of.Inspection(id="inspection-2023-09-04", start="2023-09-04", published="2023-10-30",
                      kind="short", framework="ilacs-2018",
                      judgements=grades(overall=G, leaders=G, help=R, care=G, leavers=O)),
    )  # fmt: skip
    assert west.events == (
        of.Inspection(id="inspection-2022-11-14", start="2022-11-14", published="2023-01-16",
                      kind="short", framework="ilacs-2018",
                      judgements=grades(overall=O, leaders=O, help=G, both=O)),
        of.FocusedVisit(id="focused-visit-2024-02-06", start="2024-02-06", published="2024-03-12",
                        framework="ilacs-2018", theme="Front door", judgements=()),
    )  # fmt: skip
    assert east.events == (
        of.MonitoringVisit(id="monitoring-visit-2023-05-23", start="2023-05-23",
                           published="2023-06-27", framework="ilacs-2018", theme="Care leavers",
                           judgements=()),
    )  # fmt: skip
    assert fen.events == (
        of.Inspection(id="inspection-2019-06-10", start="2019-06-10", published="2019-07-22",
                      kind="standard", framework="ilacs-2018",
                      judgements=grades(overall=I, leaders=I, help=I, both=R)),
    )  # fmt: skip
    for history in (north, west, east):
        assert claims(history) == [HISTORY_CLAIM, *IN_YEAR_CLAIMS]
    # It no longer exists, and its last event was before the year of the visits.
    assert claims(fen) == [("inspection", "2018-07-01", "2019-06-10", ("published", "judgements"))]


def test_both_formats_of_the_workbook_say_the_same(tmp_path: Path) -> None:
    ods = of.read(write_ods(tmp_path / "a.ods", WORKBOOK))
    xlsx = of.read(write_xlsx(tmp_path / "a.xlsx", WORKBOOK))
    assert ods == xlsx


def test_the_order_of_the_sheets_is_nothing(tmp_path: Path) -> None:
    turned = dict(reversed(list(WORKBOOK.items())))
    found = of.read(write_xlsx(tmp_path / "a.xlsx", turned))
    wanted = of.read(write_xlsx(tmp_path / "b.xlsx", WORKBOOK))
    by_name = {one.provider.name: (one.provider, one.events) for one in found.histories}
    assert by_name == {one.provider.name: (one.provider, one.events) for one in wanted.histories}
    assert counts(found) == (9, 6, 3, 0)


def test_the_sheet_of_the_latest_judgements_alone_says_no_kind_and_claims_nothing(
    read_book: Callable[..., Loaded],
) -> None:
    loaded = read_book(workbook(in_year=None, history=None))
    assert loaded.problems == ()
    assert counts(loaded) == (2, 2, 0, 0)
    assert named(loaded, "Northshire").events == (
        of.Inspection(id="inspection-2023-09-04", start="2023-09-04", published="2023-10-30",
                      judgements=grades(overall=G, leaders=G, help=R, care=G, leavers=O)),
    )  # fmt: skip
    assert [one.coverage for one in loaded.histories] == [(), ()]


Rows = list[list[Cell]]


def rows_of(name: str) -> Rows:
    """The rows of a sheet, to be changed."""
    return [list(row) for row in WORKBOOK[name]]


def one_sheet(title: str, header: Sequence[str], *rows: Sequence[Cell]) -> Table:
    return [[title], ["This worksheet contains one table."], header, *rows]


IN_YEAR_TITLE = "Local authority in-year inspection activity 2023-24"
HISTORY_TITLE = "ILACS inspection history from 2018-2024"
LATEST_TITLE = "Local authority inspection judgements as at 31 March 2024"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Local authority in-year inspection activity 2024-25",
            [
                ("focused-visit", "2024-04-01", "2025-03-31", ("published",)),
                ("monitoring-visit", "2024-04-01", "2025-03-31", ()),
            ],
        ),
        (
            "Local authority in-year inspection activity 2018-19 (revised)",
            [
                ("focused-visit", "2018-04-01", "2019-03-31", ("published",)),
                ("monitoring-visit", "2018-04-01", "2019-03-31", ()),
            ],
        ),
        ("Local authority in-year inspection activity", []),
        ("Local authority in-year inspection activity 2025", []),
        ("Local authority in-year inspection activity 2024-23", []),
        ("", []),
    ],
)
def test_the_title_says_of_which_year_the_visits_are(
    title: str, expected: list[Claim], read_book: Callable[..., Loaded]
) -> None:
    rows = rows_of(IN_YEAR_SHEET)
    rows[0] = [title or None]
    loaded = read_book({IN_YEAR_SHEET: rows})
    assert loaded.problems == ()
    assert [claims(one) for one in loaded.histories] == [expected] * 3


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        # 134 days before the end of March are not claimed.
        (
            "ILACS inspection history from 2018-2025",
            [("inspection", "2018-07-01", "2024-11-17", ("published", "judgements"))],
        ),
        ("ILACS inspection history", []),
        ("ILACS inspection history from 2019-2025", []),
        ("ILACS inspection history from 2018-2018", []),
        ("", []),
    ],
)
def test_the_title_says_how_far_the_history_goes(
    title: str, expected: list[Claim], read_book: Callable[..., Loaded]
) -> None:
    rows = rows_of(HISTORY_SHEET)
    rows[0] = [title or None]
    loaded = read_book({HISTORY_SHEET: rows})
    assert loaded.problems == ()
    assert claims(named(loaded, "Northshire")) == expected


def a_short(overall: str = "Good", published: Cell = None, *, status: bool = False) -> list[Cell]:
    """The cells of a short inspection in the sheet of the year, or of the history."""
    middle: list[Cell] = ["Current", "North East"] if status else ["North East"]
    return [LINK, "E06900001", "Northshire", *middle, day("2023-09-04"),
            published or day("2023-10-30"), "ILACS Short Inspection", overall, "Good", "Good",
            "Good", "Good"]  # fmt: skip


def a_latest(overall: str = "Good", published: Cell = None) -> list[Cell]:
    return [LINK, "E06900001", "Northshire", "North East", day("2023-09-04"),
            published or day("2023-10-30"), overall, "Good", "Good", "Good", "Good"]  # fmt: skip


def test_grades_that_differ_between_sheets_are_left_out_and_listed(
    read_book: Callable[..., Loaded],
) -> None:
    loaded = read_book(
        {
            IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, a_short("Good")),
            HISTORY_SHEET: one_sheet(HISTORY_TITLE, HISTORY, a_short("Inadequate", status=True)),
        }
    )
    assert counts(loaded) == (2, 1, 1, 0)
    problem = the_problem(loaded)
    assert problem.place == f"sheet {HISTORY_SHEET}, row 4"
    assert "overall-effectiveness inadequate" in str(problem.value)
    assert f"sheet {IN_YEAR_SHEET}, row 4 says overall-effectiveness good" in problem.message
    assert "it is left out" in problem.message
    made = the_event(loaded)
    assert (made.judgements, made.judgements_partial) == (None, False)
    assert str(made.published) == "2023-10-30"


def test_a_day_that_differs_between_sheets_is_left_out_and_listed(
    read_book: Callable[..., Loaded],
) -> None:
    loaded = read_book(
        {
            IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, a_short()),
            HISTORY_SHEET: one_sheet(
                HISTORY_TITLE, HISTORY, a_short(published=day("2023-11-06"), status=True)
            ),
        }
    )
    problem = the_problem(loaded)
    assert (problem.place, problem.value) == (f"sheet {HISTORY_SHEET}, row 4", "2023-11-06")
    assert f"of published, where sheet {IN_YEAR_SHEET}, row 4 says 2023-10-30" in problem.message
    made = the_event(loaded)
    assert made.published is None
    assert made.judgements == grades(overall=G, leaders=G, help=G, care=G, leavers=G)


def test_no_claim_says_that_what_was_left_out_is_not_there(
    read_book: Callable[..., Loaded],
) -> None:
    loaded = read_book(
        {
            IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, a_short()),
            HISTORY_SHEET: one_sheet(
                HISTORY_TITLE, HISTORY, a_short("Inadequate", day("2023-11-06"), status=True)
            ),
        }
    )
    history = only(loaded)
    for field in ("published", "judgements"):
        assert not history.holds(history.events[0], field), field


def test_what_two_sheets_say_differently_the_third_does_not_settle(
    read_book: Callable[..., Loaded],
) -> None:
    loaded = read_book(
        {
            IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, a_short("Good")),
            HISTORY_SHEET: one_sheet(
                HISTORY_TITLE, HISTORY, a_short("Inadequate", day("2023-11-06"), status=True)
            ),
            LATEST_SHEET: one_sheet(
                LATEST_TITLE, LATEST, a_latest("Inadequate", day("2023-11-06"))
            ),
        }
    )
    assert counts(loaded) == (3, 1, 2, 0)
    made = the_event(loaded)
    assert made.judgements is None
    assert made.published is None


def test_what_one_sheet_leaves_out_another_adds(read_book: Callable[..., Loaded]) -> None:
    blank: list[Cell] = [*a_short()[:5], None, "ILACS Short Inspection", *([None] * 5)]
    loaded = read_book(
        {
            IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, blank),
            LATEST_SHEET: one_sheet(LATEST_TITLE, LATEST, a_latest()),
        }
    )
    assert loaded.problems == ()
    assert counts(loaded) == (2, 1, 1, 0)
    assert the_event(loaded) == of.Inspection(
        id="inspection-2023-09-04", start="2023-09-04", published="2023-10-30", kind="short",
        framework="ilacs-2018",
        judgements=grades(overall=G, leaders=G, help=G, care=G, leavers=G),
    )  # fmt: skip


def test_an_inspection_whose_start_one_sheet_does_not_say_is_not_two(
    read_book: Callable[..., Loaded],
) -> None:
    """Both rows name the authority, the kind, the day of publication and every grade."""
    unsure = a_short(status=True)
    unsure[5] = "to be confirmed"
    loaded = read_book(
        {
            IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, a_short()),
            HISTORY_SHEET: one_sheet(HISTORY_TITLE, HISTORY, unsure),
        }
    )
    assert counts(loaded) == (2, 1, 1, 0)


def test_the_same_row_twice_in_a_sheet_is_one_event(read_book: Callable[..., Loaded]) -> None:
    loaded = read_book({IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, a_short(), a_short())})
    assert counts(loaded) == (2, 1, 1, 0)
    problem = the_problem(loaded)
    assert problem.place == f"sheet {IN_YEAR_SHEET}, row 5"
    assert problem.message == f"tells the same as sheet {IN_YEAR_SHEET}, row 4"


def test_a_visit_and_an_inspection_on_one_day_are_two_events(
    read_book: Callable[..., Loaded],
) -> None:
    visit: list[Cell] = [*a_short()[:6], "ILACS Focused Visit", *([None] * 5), "Front door"]
    loaded = read_book({IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, a_short(), visit)})
    assert loaded.problems == ()
    assert [one.id for one in only(loaded).events] == [
        "focused-visit-2023-09-04",
        "inspection-2023-09-04",
    ]


def test_one_code_under_two_names_is_one_authority_or_listed(
    read_book: Callable[..., Loaded],
) -> None:
    rows = rows_of(HISTORY_SHEET)
    rows[4][2] = "Northshire Council"
    loaded = read_book(workbook(history=rows))
    assert len(loaded.histories) == 4 or loaded.problems != ()


def test_a_sheet_with_another_name_is_known_by_its_header(read_book: Callable[..., Loaded]) -> None:
    sheets = dict(WORKBOOK)
    sheets["In year 2023-24"] = sheets.pop(IN_YEAR_SHEET)
    loaded = read_book(sheets)
    assert loaded.problems == ()
    assert counts(loaded) == (9, 6, 3, 0)


def test_a_sheet_of_events_that_is_not_read_is_listed(read_book: Callable[..., Loaded]) -> None:
    """A new name and one renamed column: three rows that nobody would miss."""
    sheets = dict(WORKBOOK)
    rows = rows_of(IN_YEAR_SHEET)
    rows[2][6] = "Sort of activity"
    del sheets[IN_YEAR_SHEET]
    sheets["In year 2023-24"] = rows
    try:
        told = [str(one) for one in read_book(sheets).problems]
    except of.OfstedFrameworkError as error:
        told = [str(error)]
    assert any("In year 2023-24" in one for one in told)


def test_a_renamed_column_is_named_with_the_nearest_header(
    read_book: Callable[..., Loaded],
) -> None:
    rows = rows_of(IN_YEAR_SHEET)
    rows[2][4], rows[2][5] = "Inspection/Visit day", "Publication day"
    with pytest.raises(of.OfstedFrameworkError) as caught:
        read_book(workbook(in_year=rows))
    first, second = caught.value.faults
    assert first.place == f"sheet {IN_YEAR_SHEET}, row 3, column Inspection/Visit date"
    assert first.message == (
        "is missing (ofsted-in-year needs it); the header has 'Inspection/Visit day'"
    )
    assert second.place == f"sheet {IN_YEAR_SHEET}, row 3, column Publication date"
    assert second.message == (
        "is missing (ofsted-in-year needs it); the header has 'Publication day'"
    )


@pytest.mark.parametrize(
    ("cell", "value", "part", "nearest"),
    [
        ("to be confirmed", "to be confirmed", "is not a day", None),
        ("October 2023", "October 2023", "is not a day", None),
        ("30/10/23", "30/10/23", "is not a day, written as 2024-01-22 or 22/01/2024", None),
        ("31/02/2024", "31/02/2024", "is not a day", None),
        ("30.10.2023", "30.10.2023", "is not a day", None),
        (45229, 45229, "is a number and no day", "2023-10-30"),
        (20231030, 20231030, "is a number and no day", None),
        (day("1900-01-01"), "1900-01-01", "is before 2013-11-01", None),
        ("01/01/1900", "1900-01-01", "is before 2013-11-01", None),
    ],
)
def test_cells_of_a_workbook_that_are_no_days(
    cell: Cell, value: object, part: str, nearest: str | None, read_book: Callable[..., Loaded]
) -> None:
    loaded = read_book({IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, a_short(published=cell))})
    problem = the_problem(loaded)
    assert problem.place == f"sheet {IN_YEAR_SHEET}, row 4, column Publication date"
    assert (problem.value, problem.nearest) == (value, nearest)
    assert part in problem.message
    assert the_event(loaded).published is None


def test_a_day_with_a_time_is_no_day(tmp_path: Path) -> None:
    sheets: dict[str, Table] = {
        IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, a_short(published=day("2023-10-30T09:30")))
    }
    loaded = of.read(write_xlsx(tmp_path / "a.xlsx", sheets))
    problem = the_problem(loaded)
    assert (problem.value, problem.message) == (
        "2023-10-30 09:30:00",
        "is a day with a time, and no day",
    )


def test_days_written_day_first_in_the_workbook(read_book: Callable[..., Loaded]) -> None:
    loaded = read_book(
        {IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, a_short(published="05/11/2023"))}
    )
    assert loaded.problems == ()
    assert str(the_event(loaded).published) == "2023-11-05"


def test_care_on_an_unknown_day_about_the_turn_of_2023_is_of_one_of_two_areas(
    read_book: Callable[..., Loaded],
) -> None:
    row = a_short(published=day("2023-02-20"))
    row[4] = None
    loaded = read_book({IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, row)})
    made = the_event(loaded)
    assert str(made.start) == "../2023-02-20"
    assert made.judgements_partial
    assert made.judgements == grades(overall=G, leaders=G, help=G, leavers=G)
    problem = the_problem(loaded)
    assert problem.value == "Good"
    assert problem.place.endswith("column The experiences and progress of children in care")
    assert "in-care-and-care-leavers or in-care" in problem.message


# --- The summary of Data to Insight ---------------------------------------------------------------


def test_a_row_of_the_summary(read_summary: Callable[..., Loaded]) -> None:
    loaded = read_summary(summary())
    assert loaded.problems == ()
    assert counts(loaded) == (1, 1, 0, 0)
    history = only(loaded)
    assert history.provider == of.Provider(
        name="northshire", kind="local-authority", urn="90001", code="E06900001"
    )
    assert history.coverage == ()
    assert history.events == (
        of.Inspection(id="inspection-2023-09-04", start="2023-09-04", end="2023-09-15",
                      published="2023-10-30", kind="standard", framework="ilacs-2018",
                      judgements=grades(overall=G, leaders=G, help=R, care=G, leavers=O),
                      sources=("https://files.example.org/1",)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("04/09/2023", "2023-09-04"),
        ("04/09/23", "2023-09-04"),
        ("4/9/23", "2023-09-04"),
        ("2023-09-04", "2023-09-04"),
        ("2023-09-04 00:00:00", "2023-09-04"),
        (day("2023-09-04"), "2023-09-04"),
        ("12/11/2023", "2023-11-12"),
    ],
)
def test_days_of_the_summary(written: Cell, read: str, read_summary: Callable[..., Loaded]) -> None:
    loaded = read_summary(summary(inspection_start_date=written))
    assert loaded.problems == ()
    assert str(the_event(loaded).start) == read


@pytest.mark.parametrize("word", ["None", "nan", None, "inspection_pre_dates_judgement"])
def test_words_for_no_kind(word: str | None, read_summary: Callable[..., Loaded]) -> None:
    loaded = read_summary(summary(inspection_framework=word))
    assert loaded.problems == ()
    made = the_event(loaded)
    assert isinstance(made, of.Inspection)
    assert (made.kind, made.framework) == (None, None)


def test_an_unknown_kind_in_the_summary(read_summary: Callable[..., Loaded]) -> None:
    loaded = read_summary(summary(inspection_framework="shorter"))
    problem = the_problem(loaded)
    assert (problem.place, problem.value, problem.nearest) == (
        "sheet overview, row 2, column inspection_framework",
        "shorter",
        "short",
    )
    assert counts(loaded) == (1, 0, 0, 1)
    assert loaded.histories == ()


def test_the_summary_from_april_2026_reports_no_overall_grade(
    read_summary: Callable[..., Loaded],
) -> None:
    loaded = read_summary(
        summary(overall_effectiveness_grade="not_reported_post_reform",
                inspection_start_date="11/05/2026", inspection_end_date="22/05/2026",
                publication_date="06/07/26")
    )  # fmt: skip
    assert loaded.problems == ()
    made = the_event(loaded)
    assert made.judgements == grades(leaders=G, help=R, care=G, leavers=O)
    assert not made.judgements_partial


def test_the_summary_before_2023_has_the_combined_judgement_under_care(
    read_summary: Callable[..., Loaded],
) -> None:
    loaded = read_summary(
        summary(care_leavers_grade="inspection_pre_dates_judgement", in_care_grade="inadequate",
                inspection_start_date="13/06/2022", inspection_end_date="24/06/2022",
                publication_date="01/08/22")
    )  # fmt: skip
    assert loaded.problems == ()
    made = the_event(loaded)
    assert made.judgements == grades(overall=G, leaders=G, help=R, both=I)
    assert not made.judgements_partial


@pytest.mark.parametrize("word", ["None", "nan", None])
def test_words_for_no_grade_say_nothing(
    word: str | None, read_summary: Callable[..., Loaded]
) -> None:
    loaded = read_summary(summary(help_and_protection_grade=word))
    assert loaded.problems == ()
    made = the_event(loaded)
    assert made.judgements == grades(overall=G, leaders=G, care=G, leavers=O)
    assert made.judgements_partial


def test_a_row_of_words_that_say_nothing(read_summary: Callable[..., Loaded]) -> None:
    loaded = read_summary(
        summary(),
        summary(local_authority="westmere", urn="90002", inspection_start_date="None",
                inspection_end_date="nan", publication_date="None", inspection_framework="None"),
    )  # fmt: skip
    assert loaded.unused == ("sheet overview, row 3",)
    problem = the_problem(loaded)
    assert problem.place == "sheet overview, row 3, column inspection_start_date"
    assert "is not told" in problem.message
    assert counts(loaded) == (2, 1, 0, 1)


def test_a_column_that_has_the_month_first_once_is_doubted(
    read_summary: Callable[..., Loaded],
) -> None:
    def row(**cells: Cell) -> list[Cell]:
        # On an unknown day, care would be of one of two areas.
        return summary(in_care_grade=None, **cells)

    loaded = read_summary(
        row(inspection_start_date="09/04/2023"),
        row(urn="90002", local_authority="westmere", inspection_start_date="09/25/2023"),
        row(urn="90003", local_authority="eastmarsh", inspection_start_date="25/09/2023"),
        row(urn="90004", local_authority="fen", inspection_start_date="2023-04-09"),
        row(urn="90005", local_authority="moor", inspection_start_date="9/4/23"),
        row(urn="90006", local_authority="hill", inspection_start_date=day("2023-04-09")),
    )
    twice = "may be read in two ways: elsewhere in its column the month stands first"
    column = "column inspection_start_date"
    assert [(one.place, one.value) for one in loaded.problems] == [
        (f"sheet overview, row 2, {column}", "09/04/2023"),
        (f"sheet overview, row 3, {column}", "09/25/2023"),
        (f"sheet overview, row 6, {column}", "9/4/23"),
    ]
    assert [one.message for one in loaded.problems if one.value != "09/25/2023"] == [twice] * 2
    assert {one.provider.name: str(one.events[0].start) for one in loaded.histories} == {
        "northshire": "../2023-10-30",
        "westmere": "../2023-10-30",
        "eastmarsh": "2023-09-25",
        "fen": "2023-04-09",
        "moor": "../2023-10-30",
        "hill": "2023-04-09",
    }
    # The column of the days of publication has no such cell, and is read.
    assert {str(one.events[0].published) for one in loaded.histories} == {"2023-10-30"}


def test_names_of_the_summary_resolve_by_number(read_summary: Callable[..., Loaded]) -> None:
    corporation = of.Provider(name="City of Fenborough", kind="local-authority", urn="90011")
    loaded = read_summary(
        summary(urn="90011", la_code_new="", local_authority="fenborough corporation"),
        summary(urn=90012, la_code_new="", local_authority="marsh & moor"),
        known=[corporation, of.Provider(name="Marsh and Moor", kind="local-authority", urn="x")],
    )
    assert loaded.problems == ()
    assert [one.provider.name for one in loaded.histories] == [
        "City of Fenborough",
        "Marsh and Moor",
    ]


def test_numbers_that_a_workbook_holds_as_numbers(read_summary: Callable[..., Loaded]) -> None:
    loaded = read_summary(summary(urn=90001))
    assert loaded.problems == ()
    assert only(loaded).provider.urn == "90001"


def test_two_different_inspections_on_one_day_are_both_kept(
    read_summary: Callable[..., Loaded],
) -> None:
    loaded = read_summary(summary(), summary(overall_effectiveness_grade="inadequate"))
    assert counts(loaded) == (2, 2, 0, 0)
    assert [one.judgements and one.judgements[0].grade for one in only(loaded).events] == [G, I]


# --- Our own CSV layout ---------------------------------------------------------------------------

OWN = """\
provider,provider_kind,provider_urn,provider_region,provider_code,type,id,start,end,published,kind,\
framework,theme,draft,follows,grade:overall-effectiveness,grade:in-care
Northshire,local-authority,90001,North East,E06900001,inspection,i,2023-09-04,2023-09-15,\
2023-10-30,standard,ilacs-2018,,,,good,requires-improvement
Northshire,local-authority,90001,North East,E06900001,focused-visit,v,2024-01-23,2024-01-24,,,,\
Front door,,,,
Northshire,local-authority,90001,North East,E06900001,action-plan,p,2023-12,,,,,,yes,i,,
"""
OWN_HISTORY = of.History(
    NORTHSHIRE,
    [
        of.Inspection(id="i", start="2023-09-04", end="2023-09-15", published="2023-10-30",
                      kind="standard", framework="ilacs-2018",
                      judgements=grades(overall=G, care=R)),
        of.FocusedVisit(id="v", start="2024-01-23", end="2024-01-24", theme="Front door"),
        of.ActionPlan(id="p", start="2023-12", draft=True, follows="i"),
    ],
)  # fmt: skip
OWN_ROWS = list(csv.reader(OWN.splitlines()))


def own_table() -> dict[str, list[str]]:
    """The same rows by column."""
    header, *rows = OWN_ROWS
    return {name: [row[at] for row in rows] for at, name in enumerate(header)}


@pytest.mark.parametrize("layout", [None, "ofsted-framework"])
def test_our_own_layout(layout: str | None, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    assert of.read(path, layout=layout) == Loaded((OWN_HISTORY,))
    whole = of.History(NORTHSHIRE, OWN_HISTORY.events, coverage="complete")
    assert of.read(path, layout=layout, complete=True) == Loaded((whole,))


def test_our_own_layout_is_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(OWN.replace("good", "goood").replace("2024-01-23", "23/01/2024"), "utf-8")
    with pytest.raises(of.OfstedFrameworkError) as caught:
        of.read(path)
    assert [(one.place, one.value, one.nearest) for one in caught.value.faults] == [
        ("row 2, column grade:overall-effectiveness", "goood", "good"),
        ("row 3, column start", "23/01/2024", "2024-01-23"),
    ]


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame, pyarrow.table])
def test_our_own_layout_in_a_data_frame(make: Callable[..., Any]) -> None:
    assert of.from_frame(make(own_table()), layout="ofsted-framework") == Loaded((OWN_HISTORY,))


def test_our_own_layout_is_recognised_in_a_data_frame() -> None:
    """As the documentation says, and as it is in a CSV file."""
    assert of.from_frame(pandas.DataFrame(own_table())) == Loaded((OWN_HISTORY,))


def test_our_own_layout_with_cells_of_their_own_kinds() -> None:
    frame = pandas.DataFrame(own_table()).replace("", None)
    frame["provider_urn"] = frame["provider_urn"].astype(int)
    frame["type"] = frame["type"].astype("category")
    frame["end"] = pandas.to_datetime(frame["end"])
    frame["published"] = pandas.to_datetime(frame["published"])
    assert of.from_frame(frame, layout="ofsted-framework") == Loaded((OWN_HISTORY,))


def test_yes_and_no_in_a_data_frame_are_truths() -> None:
    told: dict[str, list[object]] = {
        "provider": ["Northshire"], "provider_kind": ["local-authority"], "type": ["action-plan"],
        "id": ["p"], "start": ["2023-12-04"], "draft": [True],
    }  # fmt: skip
    loaded = of.from_frame(polars.DataFrame(told), layout="ofsted-framework")
    assert the_event(loaded) == of.ActionPlan(id="p", start="2023-12-04", draft=True)


def test_an_empty_row_of_a_data_frame_in_our_own_layout_is_passed_over() -> None:
    table = {name: [*cells, None] for name, cells in own_table().items()}
    loaded = of.from_frame(pandas.DataFrame(table), layout="ofsted-framework")
    assert loaded.histories == (OWN_HISTORY,)


def test_faults_of_a_data_frame_in_our_own_layout_have_their_row() -> None:
    table = own_table()
    table["grade:in-care"][0] = "goood"
    with pytest.raises(of.OfstedFrameworkError) as caught:
        of.from_frame(pandas.DataFrame(table), layout="ofsted-framework")
    assert [(one.place, one.value) for one in caught.value.faults] == [
        ("row 2, column grade:in-care", "goood")
    ]


@pytest.mark.parametrize("ending", ["ods", "xlsx"])
def test_our_own_layout_in_a_workbook(ending: str, tmp_path: Path) -> None:
    path = WRITERS[ending](tmp_path / f"own.{ending}", {"Sheet1": OWN_ROWS})
    assert of.read(path, layout="ofsted-framework") == Loaded((OWN_HISTORY,))
    assert of.read(path) == Loaded((OWN_HISTORY,))


def test_no_sheet_of_our_own_layout_is_dropped_silently(tmp_path: Path) -> None:
    header = ["type", "id", "start", "provider", "provider_kind"]
    sheets: dict[str, Table] = {
        name: [header, ["focused-visit", id, "2024-01-23", "Northshire", "local-authority"]]
        for name, id in (("2023", "a"), ("2024", "b"))
    }
    path = write_xlsx(tmp_path / "own.xlsx", sheets)
    try:
        loaded = of.read(path, layout="ofsted-framework")
    except of.OfstedFrameworkError:
        return
    assert loaded.events == 2


# --- Data frames of foreign tables ----------------------------------------------------------------

NA = pandas.NA
TYPED: dict[str, list[Any]] = {
    "event_id": ["a", "b", "c"],
    "urn": [90001, 90001, 90002],
    "authority": ["Northshire", "Northshire", "Westmere"],
    "kind": ["standard", "focused_visit", "short"],
    "start": [day("2023-09-04"), day("2024-01-23"), day("2022-12-05")],
    "end": [day("2023-09-15"), None, None],
    "published": [day("2023-10-30"), None, day("2023-01-23")],
    "overall": ["good", None, "outstanding"],
    "theme": [None, "Front door", None],
}
TYPED_EVENTS: dict[str, tuple[of.Event, ...]] = {
    "Northshire": (
        of.Inspection(id="a", start="2023-09-04", end="2023-09-15", published="2023-10-30",
                      kind="standard", framework="ilacs-2018",
                      judgements=(Judgement("overall-effectiveness", G),)),
        of.FocusedVisit(id="b", start="2024-01-23", theme="Front door", framework="ilacs-2018",
                        judgements=()),
    ),
    "Westmere": (
        of.Inspection(id="c", start="2022-12-05", published="2023-01-23", kind="short",
                      framework="ilacs-2018",
                      judgements=(Judgement("overall-effectiveness", O),)),
    ),
}  # fmt: skip


def pandas_plain() -> Any:
    return pandas.DataFrame(TYPED)


def pandas_objects() -> Any:
    frame = pandas.DataFrame(TYPED)
    for name in ("start", "end", "published"):
        frame[name] = [one and one.date() for one in TYPED[name]]
    return frame.astype(object)


def pandas_with_na() -> Any:
    frame = pandas.DataFrame(TYPED)
    frame["overall"] = pandas.array(["good", NA, "outstanding"], dtype="string")
    frame["theme"] = pandas.array([NA, "Front door", NA], dtype="string")
    frame["urn"] = pandas.array([90001, 90001, 90002], dtype="Int64")
    frame["end"] = [TYPED["end"][0], pandas.NaT, pandas.NaT]
    return frame


def pandas_of_categories() -> Any:
    frame = pandas.DataFrame(TYPED)
    for name in ("authority", "kind", "overall", "theme"):
        frame[name] = frame[name].astype("category")
    frame["urn"] = frame["urn"].astype(float)
    return frame


def pandas_of_arrow() -> Any:
    return pyarrow.table(TYPED).to_pandas(types_mapper=pandas.ArrowDtype)


def polars_plain() -> Any:
    return polars.DataFrame(TYPED)


def polars_of_categories() -> Any:
    return polars.DataFrame(TYPED).with_columns(
        polars.col("kind").cast(polars.Categorical),
        polars.col("overall").cast(polars.Enum(["good", "outstanding"])),
        polars.col("start").cast(polars.Date),
        polars.col("urn").cast(polars.Float64),
    )


def arrow_table() -> Any:
    return pyarrow.table(TYPED)


@pytest.mark.parametrize(
    "make",
    [
        pandas_plain,
        pandas_objects,
        pandas_with_na,
        pandas_of_categories,
        pandas_of_arrow,
        polars_plain,
        polars_of_categories,
        arrow_table,
    ],
)
@pytest.mark.parametrize("layout", [None, "ilacs-events"])
def test_data_frames_with_cells_of_their_own_kinds(
    layout: str | None, make: Callable[[], Any]
) -> None:
    loaded = of.from_frame(make(), layout=layout)
    assert loaded.problems == ()
    assert counts(loaded) == (3, 3, 0, 0)
    assert {
        one.provider.name: tuple(
            attrs.evolve(made, judgements_partial=False) for made in one.events
        )
        for one in loaded.histories
    } == TYPED_EVENTS
    assert [one.provider.urn for one in loaded.histories] == ["90001", "90002"]


def test_a_data_frame_without_a_single_end() -> None:
    frame = pandas.DataFrame(TYPED)
    frame["end"] = pandas.NaT
    assert of.from_frame(frame).problems == ()


def test_rows_of_a_data_frame_are_counted_below_its_header() -> None:
    whole = {name: cells for name, cells in TYPED.items() if name not in ("end", "published")}
    frame = pandas.DataFrame(
        {**whole, "published": TYPED["start"], "overall": ["good", None, "outstandng"]},
        index=[10, 20, 30],
    )
    problem = the_problem(of.from_frame(frame))
    assert (problem.place, problem.value, problem.nearest) == (
        "row 4, column overall",
        "outstandng",
        "outstanding",
    )


def test_a_time_in_a_data_frame_is_listed() -> None:
    table = {**TYPED, "start": [day("2023-09-04T09:30"), *TYPED["start"][1:]]}
    problem = the_problem(of.from_frame(polars.DataFrame(table)))
    assert (problem.place, problem.value) == ("row 2, column start", "2023-09-04 09:30:00")
    assert "is a day with a time" in problem.message


def test_numbers_in_a_column_of_days_are_listed() -> None:
    table = {**TYPED, "start": [45173, 45314, 44900]}
    loaded = of.from_frame(polars.DataFrame({**table, "published": TYPED["start"]}))
    assert [(one.place, one.value, one.nearest) for one in loaded.problems] == [
        ("row 2, column start", 45173, "2023-09-04"),
        ("row 3, column start", 45314, "2024-01-23"),
        ("row 4, column start", 44900, "2022-12-05"),
    ]


def test_the_other_layouts_in_data_frames() -> None:
    rows = [dict(zip(SUMMARY, summary(), strict=True))]
    loaded = of.from_frame(pandas.DataFrame(rows))
    assert loaded.problems == ()
    assert the_event(loaded).judgements == grades(overall=G, leaders=G, help=R, care=G, leavers=O)
    in_year = polars.DataFrame(
        [dict(zip(IN_YEAR, [*a_short(), None], strict=True))], infer_schema_length=None
    )
    loaded = of.from_frame(in_year)
    assert loaded.problems == ()
    # Without a title nothing is claimed.
    assert only(loaded).coverage == ()
    assert the_event(loaded).judgements == grades(overall=G, leaders=G, help=G, care=G, leavers=G)


@pytest.mark.parametrize(
    "thing",
    [None, 3, "events.csv", [{"event_id": "a"}], {"event_id": ["a"]}, polars.LazyFrame({"a": [1]}),
     pandas.Series([1])],
)  # fmt: skip
def test_what_is_no_data_frame(thing: object) -> None:
    with pytest.raises(of.OfstedFrameworkError, match="is no data frame that can be read"):
        of.from_frame(thing)


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame])
def test_a_data_frame_in_no_layout(make: Callable[..., Any]) -> None:
    with pytest.raises(of.OfstedFrameworkError, match="holds no table in a layout that is known"):
        of.from_frame(make({"a": [1], "b": ["x"]}))


def test_a_column_that_stands_twice_in_a_data_frame_is_one_clear_fault() -> None:
    frame = pandas.DataFrame(TYPED)
    frame = pandas.concat([frame, frame[["overall"]]], axis=1)
    with pytest.raises(of.OfstedFrameworkError, match="overall"):
        of.from_frame(frame)


def test_columns_that_a_data_frame_lacks_are_named() -> None:
    frame = polars.DataFrame(TYPED).rename({"published": "publishd"})
    with pytest.raises(of.OfstedFrameworkError) as caught:
        of.from_frame(frame)
    (fault,) = caught.value.faults
    assert fault.place == "row 1, column published"
    assert fault.message == "is missing (ilacs-events needs it); the header has 'publishd'"


def test_known_providers_and_data_frames() -> None:
    known = [of.Provider(name="Northshire Council", kind="local-authority", urn="90001")]
    loaded = of.from_frame(polars.DataFrame(TYPED), known=known)
    assert listed(loaded) == [("row 4, column authority", "Westmere", None)]
    assert [one.provider.name for one in loaded.histories] == ["Northshire Council", "Westmere"]


# --- JSON, NDJSON, TOML, and folders --------------------------------------------------------------

JSON = (
    '{"format": "ofsted-framework/history", "version": 1, "provider": {"name": "Westmere", '
    '"kind": "local-authority"}, "coverage": [{"type": "focused-visit", "from": "2020-01-01", '
    '"to": "2024-12-31"}], "events": [{"type": "focused-visit", "id": "v", "start": "2024-01-23"}]}'
)
TOML = """\
provider = { name = "Westmere", kind = "local-authority" }
coverage = [{ type = "focused-visit", from = "2020-01-01", to = "2024-12-31" }]
[[events]]
type = "focused-visit"
id = "v"
start = "2024-01-23"
"""
WESTMERE = of.History(
    of.Provider(name="Westmere", kind="local-authority"),
    [of.FocusedVisit(id="v", start="2024-01-23")],
    coverage=[
        of.Coverage(type="focused-visit", first=date(2020, 1, 1), last=date(2024, 12, 31)),
    ],
)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.json", JSON, (WESTMERE,)),
        ("a.toml", TOML, (WESTMERE,)),
        ("a.ndjson", f"{JSON}\n\n{JSON}\n", (WESTMERE, WESTMERE)),
        ("A.JSON", JSON, (WESTMERE,)),
    ],
)
def test_our_own_documents(
    name: str, text: str, expected: tuple[of.History, ...], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert of.read(path) == Loaded(expected)
    assert of.read(str(path)) == Loaded(expected)


def test_a_folder_of_several_files(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(JSON, encoding="utf-8")
    (tmp_path / "a.csv").write_text(OWN, encoding="utf-8")
    (tmp_path / ".hidden.json").write_text("x", encoding="utf-8")
    (tmp_path / "inside").mkdir()
    row = graded(authority="Eastmarsh", urn="90003", overall="goood")
    write_csv(tmp_path / "c.csv", [row, row, {**row, "event_id": "e-2", "start": "x"}])
    loaded = of.read(tmp_path)
    assert [one.provider.name for one in loaded.histories] == [
        "Northshire",
        "Westmere",
        "Eastmarsh",
    ]
    assert listed(loaded) == [
        ("c.csv, row 2, column overall", "goood", "good"),
        ("c.csv, row 3, column overall", "goood", "good"),
        ("c.csv, row 3, column event_id", "e-1", None),
        ("c.csv, row 4, column start", "x", None),
        ("c.csv, row 4, column overall", "goood", "good"),
    ]
    assert loaded.unused == ("c.csv, row 3",)
    assert loaded.rows == 3


def test_files_of_a_folder_that_cannot_be_read_are_listed(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    (tmp_path / "b.docx").write_text("x", encoding="utf-8")
    (tmp_path / "c.xlsx").write_text("x", encoding="utf-8")
    (tmp_path / "d.json").write_text(JSON, encoding="utf-8")
    loaded = of.read(tmp_path)
    assert loaded.histories == (WESTMERE,)
    assert [one.place.split(",")[0] for one in loaded.problems] == ["a.json", "b.docx", "c.xlsx"]
    assert "is not JSON" in loaded.problems[0].message
    assert "has none of the endings that can be read" in loaded.problems[1].message
    assert "cannot be opened as a workbook" in loaded.problems[2].message


def test_an_authority_in_two_files_of_a_folder_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(JSON, encoding="utf-8")
    (tmp_path / "b.toml").write_text(TOML.replace("Westmere", "WESTMERE"), encoding="utf-8")
    loaded = of.read(tmp_path)
    assert len(loaded.histories) == 2
    problem = the_problem(loaded)
    assert (problem.place, problem.value) == ("b.toml", "WESTMERE")
    assert "is in a.json too" in problem.message


# --- A layout of one's own ------------------------------------------------------------------------

OWN_LAYOUT = """\
id = "our-tracker"
title = "The tracker of Northshire"
provider_kind = "local-authority"
needed = ["provider", "start", "kind"]
dates = ["22/01/2024"]
keep = ["Lead"]

[columns]
provider = ["Council"]
start = ["From", "Begin"]
end = ["Until"]
published = ["Out"]
kind = ["What"]

[kinds]
"ILACS" = { type = "inspection", framework = "ilacs-2018" }
"visit" = { type = "focused-visit", graded = "no" }

[[grade]]
columns = ["Headline"]
area = "overall-effectiveness"

[[coverage]]
type = "focused-visit"
title = 'visits (\\d{4}) to (\\d{4})'
from = "{0}-01-01"
to = "{1}-12-31"
fields = ["published"]
"""


def write_layout(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_layout_of_ones_own(tmp_path: Path) -> None:
    layout = write_layout(tmp_path / "tracker.toml", OWN_LAYOUT)
    path = tmp_path / "tracker.csv"
    path.write_text(
        "All visits 2019 to 2024,,,,,,,\n"
        "Council,What,Begin,Until,Out,Headline,Lead,Extra\n"
        "Northshire,ilacs,04/09/2023,15/09/2023,30/10/2023,Good,A. Person,\n"
        "Northshire,Visit,23/01/2024,24/01/2024,,,,\n"
        "Northshire,visit,2024-06-04,,,,,\n",
        encoding="utf-8",
    )
    loaded = of.read(path, layout=layout)
    assert listed(loaded) == [
        ("row 2, column Extra", "Extra", None),
        ("row 5, column Begin", "2024-06-04", "2024-06-04"),
    ]
    history = only(loaded)
    assert history.provider == of.Provider(name="Northshire", kind="local-authority")
    assert history.events == (
        of.Inspection(id="inspection-2023-09-04", start="2023-09-04", end="2023-09-15",
                      published="2023-10-30", framework="ilacs-2018", note="Lead: A. Person",
                      judgements=(Judgement("overall-effectiveness", G),)),
        of.FocusedVisit(id="focused-visit-2024-01-23", start="2024-01-23", end="2024-01-24",
                        judgements=()),
    )  # fmt: skip
    # The visit that was lost may have begun on any day.
    assert history.coverage == ()
    assert of.read(path, layout=str(layout)) == loaded


def test_a_layout_of_ones_own_claims_what_its_title_says(tmp_path: Path) -> None:
    layout = write_layout(tmp_path / "tracker.toml", OWN_LAYOUT)
    path = tmp_path / "tracker.csv"
    path.write_text(
        "All visits 2019 to 2024,,\nCouncil,What,From,Out,Headline\nNorthshire,Visit,23/01/2024\n",
        "utf-8",
    )
    assert claims(only(of.read(path, layout=layout))) == [
        ("focused-visit", "2019-01-01", "2024-12-31", ("published",))
    ]


def test_a_layout_that_differs_little_from_one_of_ours(tmp_path: Path) -> None:
    layout = write_layout(
        tmp_path / "mine.toml",
        'id = "mine"\ntitle = "Our copy"\nlike = "ofsted-as-at-31-march"\n'
        '[columns]\nstart = ["Day one"]\n',
    )
    rows = rows_of(LATEST_SHEET)
    rows[2][4] = "Day one"
    path = write_xlsx(tmp_path / "a.xlsx", {"Sheet1": rows})
    loaded = of.read(path, layout=layout)
    assert loaded.problems == ()
    assert counts(loaded) == (2, 2, 0, 0)
    assert str(named(loaded, "Westmere").events[0].start) == "2022-11-14"


@pytest.mark.parametrize("base", ["ofsted-in-year", "ofsted-inspection-history"])
def test_a_layout_like_one_that_is_itself_like_another(base: str, tmp_path: Path) -> None:
    layout = write_layout(
        tmp_path / "mine.toml",
        f'id = "mine"\ntitle = "Our copy"\nlike = "{base}"\n[columns]\nstart = ["Day one"]\n',
    )
    sheet = IN_YEAR_SHEET if base == "ofsted-in-year" else HISTORY_SHEET
    rows = rows_of(sheet)
    rows[2][4 if sheet == IN_YEAR_SHEET else 5] = "Day one"
    loaded = of.read(write_xlsx(tmp_path / "a.xlsx", {"Sheet1": rows}), layout=layout)
    assert loaded.problems == ()
    assert len(named(loaded, "Northshire").events) == (1 if sheet == IN_YEAR_SHEET else 2)


@pytest.mark.parametrize(
    ("text", "place", "part", "nearest"),
    [
        ('id = "x', "", "is not TOML", None),
        (OWN_LAYOUT.replace("published =", "publishd ="), "/columns/publishd", "is nothing that",
         "published"),
        (OWN_LAYOUT.replace('"start", "kind"', '"start", "urn"'), "/needed", "has no columns",
         None),
        (OWN_LAYOUT.replace("22/01/2024", "01/22/2024"), "/dates", "is no shape of a day", None),
        (OWN_LAYOUT.replace('type = "focused-visit", graded', 'type = "focused", graded'),
         "/kinds/visit/type", "is no kind of event", None),
        (OWN_LAYOUT.replace('"local-authority"', '"local authority"'), "/provider_kind",
         "is no kind of provider", "local-authority"),
        ('like = "ofsted-in-yaer"', "/like", "is no layout that ships", "ofsted-in-year"),
        (OWN_LAYOUT.replace(r"visits (\d{4})", r"visits ((\d{4})"), "/coverage", "", None),
        (OWN_LAYOUT.replace("{1}-12-31", "{year}-12-31"), "/coverage", "", None),
    ],
)  # fmt: skip
def test_faults_of_a_layout(
    text: str, place: str, part: str, nearest: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "tracker.csv"
    path.write_text(
        "All visits 2019 to 2024,,\nCouncil,What,From\nNorthshire,Visit,23/01/2024\n", "utf-8"
    )
    with pytest.raises(of.OfstedFrameworkError) as caught:
        of.read(path, layout=write_layout(tmp_path / "l.toml", text))
    fault = caught.value.faults[0]
    assert fault.place.startswith(f"l.toml, {place}" if place else "l.toml")
    assert part in fault.message
    if nearest is not None:
        assert fault.nearest == nearest


def test_a_layout_that_is_none(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "events.csv", [graded()])
    with pytest.raises(of.OfstedFrameworkError) as caught:
        of.read(path, layout="ilacs-event")
    (fault,) = caught.value.faults
    assert (fault.value, fault.nearest) == ("ilacs-event", "ilacs-events")
    with pytest.raises(of.OfstedFrameworkError, match="cannot be opened"):
        of.read(path, layout=tmp_path / "nowhere.toml")


def test_a_layout_that_is_asked_for_is_used_or_said_not_to_fit(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "events.csv", [graded()])
    assert of.read(path, layout="ilacs-events") == of.read(path)
    with pytest.raises(of.OfstedFrameworkError) as caught:
        of.read(path, layout="d2i-summary")
    assert {one.place for one in caught.value.faults} == {
        "row 1, column local_authority",
        "row 1, column inspection_start_date",
        "row 1, column publication_date",
        "row 1, column inspection_framework",
    }


# --- No row is lost, whatever is in it ------------------------------------------------------------

BREAKS: dict[str, list[Cell]] = {
    "local_authority": ["", None, "nan"],
    "urn": ["", "x"],
    "inspection_start_date": ["to be confirmed", "2023", None, "1900-01-01", "13/13/2023"],
    "publication_date": ["soon", "31/02/24", None, "1900-01-01"],
    "inspection_end_date": ["x", None],
    "inspection_framework": ["shorter", "focused visit"],
    "overall_effectiveness_grade": ["goood", "=1+1", "2"],
    "in_care_grade": ["good or better", "?"],
}
GRADES = st.sampled_from(["outstanding", "good", "requires improvement", "inadequate"])
BREAK = st.sampled_from([(name, value) for name, some in BREAKS.items() for value in some])


@st.composite
def some_rows(draw: st.DrawFn) -> list[tuple[str, dict[str, Cell]]]:
    """Rows of the summary, each with what it is: good, again, or broken. All days differ."""
    found: list[tuple[str, dict[str, Cell]]] = []
    good: list[dict[str, Cell]] = []
    for number in range(draw(st.integers(0, 12))):
        sort = draw(st.sampled_from(["good", "good", "again", "broken"]))
        if sort == "again" and good:
            found.append(("again", draw(st.sampled_from(good))))
            continue
        start = date(2023, 1, 9) + timedelta(days=14 * number)
        authority = draw(st.sampled_from(["northshire", "westmere", "eastmarsh"]))
        cells = {
            "urn": {"northshire": "90001", "westmere": "90002", "eastmarsh": "90003"}[authority],
            "la_code_new": {
                "northshire": "E06900001",
                "westmere": "E06900002",
                "eastmarsh": "E06900003",
            }[authority],
            "local_authority": authority,
            "inspection_start_date": f"{start:%d/%m/%Y}",
            "inspection_end_date": f"{start + timedelta(days=4):%d/%m/%Y}",
            "publication_date": f"{start + timedelta(days=50):%d/%m/%y}",
            "inspection_framework": draw(st.sampled_from(["short", "standard"])),
            "overall_effectiveness_grade": draw(GRADES),
        }
        row: dict[str, Cell] = dict(zip(SUMMARY, summary(**cells), strict=True))
        if sort == "broken":
            name, value = draw(BREAK)
            found.append(("broken", {**row, name: value}))
        else:
            good.append(row)
            found.append(("good", row))
    return found


@example([])
@given(some_rows())
def test_every_row_is_an_event_or_repeats_one_or_is_unused(
    rows: list[tuple[str, dict[str, Cell]]],
) -> None:
    frame = pandas.DataFrame([row for _, row in rows], columns=list(SUMMARY), dtype=object)
    loaded = of.from_frame(frame, layout="d2i-summary")
    numbers = {sort: [n for n, (one, _) in enumerate(rows, 2) if one == sort]
               for sort in ("good", "again", "broken")}  # fmt: skip
    total, events, repeated, unused = counts(loaded)
    assert total == len(rows)
    assert loaded.repeated == tuple(f"row {n}" for n in numbers["again"])
    assert repeated == len(numbers["again"])
    assert set(loaded.unused) <= {f"row {n}" for n in numbers["broken"]}
    assert events == len(numbers["good"]) + len(numbers["broken"]) - unused
    # Each row that gave nothing has its reason, and rows that are good have no problem.
    at = {one.place.split(",")[0] for one in loaded.problems}
    assert set(loaded.unused) <= at
    assert not at & {f"row {n}" for n in numbers["good"]}
    # Each good row is an event, with its own day and grade.
    told = {
        (str(event_.start), event_.judgements[0].grade if event_.judgements else None)
        for history in loaded.histories
        for event_ in history.events
    }
    for sort, row in rows:
        if sort == "good":
            start = "-".join(reversed(str(row["inspection_start_date"]).split("/")))
            word = str(row["overall_effectiveness_grade"]).replace(" ", "-")
            assert (start, Grade(word)) in told


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans()),
        max_size=6,
    )
)
def test_every_row_of_two_sheets_is_an_event_or_repeats_one_or_is_unused(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[bool, bool, bool, bool, bool]]
) -> None:
    """Of each inspection: in which sheets it stands, in which broken, whether told alike."""
    in_year: Rows = []
    history: Rows = []
    together = differing = alone = lost = 0
    for number, (first, second, break_first, break_second, alike) in enumerate(chosen):
        start = day("2023-01-09") + timedelta(days=14 * number)
        published = start + timedelta(days=50)
        if first:
            row = a_short("Good", published)
            row[4] = start
            row[6] = "Unheard of" if break_first else row[6]
            in_year.append(row)
        if second:
            row = a_short("Good" if alike else "Inadequate", published, status=True)
            row[5] = start
            row[7] = "Unheard of" if break_second else row[7]
            history.append(row)
        whole = (first and not break_first) + (second and not break_second)
        lost += first + second - whole
        together += whole == 2
        differing += whole == 2 and not alike
        alone += whole == 1
    sheets: dict[str, Table] = {
        IN_YEAR_SHEET: one_sheet(IN_YEAR_TITLE, IN_YEAR, *in_year),
        HISTORY_SHEET: one_sheet(HISTORY_TITLE, HISTORY, *history),
    }
    loaded = of.read(write_xlsx(tmp_path_factory.mktemp("books") / "book.xlsx", sheets))
    assert counts(loaded) == (len(in_year) + len(history), together + alone, together, lost)
    left_out = [one for one in loaded.problems if "it is left out" in one.message]
    assert len(left_out) == differing
    assert len(loaded.problems) == differing + lost
    silent = [
        event_ for one in loaded.histories for event_ in one.events if event_.judgements is None
    ]
    assert len(silent) == differing
