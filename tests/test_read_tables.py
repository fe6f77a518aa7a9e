"""Tables that people have, read into records: every cell where it belongs, and nothing guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ofsted_framework as of
from ofsted_framework.documents import Loaded
from table_files import (
    EVENTS,
    IN_YEAR,
    SUMMARY,
    WORKBOOK,
    Cell,
    day,
    event,
    graded,
    summary,
    workbook,
    write_csv,
    write_ods,
    write_xlsx,
)

LONG_AGO = "2013-11-01"


def told(loaded: Loaded) -> dict[str, list[of.Event]]:
    """The events of each provider."""
    return {one.provider.name: list(one.events) for one in loaded.histories}


def grades(event_: of.Event) -> dict[str, str] | None:
    if event_.judgements is None:
        return None
    return {one.area: str(one.grade) for one in event_.judgements}


def claims(history: of.History) -> list[tuple[str, str, str]]:
    return [(one.type, str(one.first), str(one.last)) for one in history.coverage]


def problems(loaded: Loaded) -> list[str]:
    return list(map(str, loaded.problems))


def adds_up(loaded: Loaded) -> bool:
    return loaded.rows == loaded.events + len(loaded.repeated) + len(loaded.unused)


@pytest.fixture
def read_rows(tmp_path: Path) -> Any:
    def read_them(*rows: dict[str, str], **how: Any) -> Loaded:
        loaded = of.read(write_csv(tmp_path / "events.csv", rows), **how)
        assert adds_up(loaded)
        return loaded

    return read_them


# --- The table of events --------------------------------------------------------------------------


class TestEvents:
    def test_an_inspection_of_2023(self, read_rows: Any) -> None:
        loaded = read_rows(graded(care_leavers="outstanding", report_url="https://example.org/1",
                                  kind_basis="official statistics", notes="seen"))  # fmt: skip
        (history,) = loaded.histories
        (one,) = history.events
        assert history.provider == of.Provider(
            name="Northshire", kind="local-authority", urn="90001", region="North East",
            code="E06900001",
        )  # fmt: skip
        assert isinstance(one, of.Inspection)
        assert (one.id, one.kind, one.framework) == ("e-1", "standard", "ilacs-2018")
        assert (str(one.start), str(one.end), str(one.published)) == (
            "2023-09-04", "2023-09-15", "2023-10-30",
        )  # fmt: skip
        assert grades(one) == {
            "overall-effectiveness": "good", "impact-of-leaders": "good",
            "help-and-protection": "good", "in-care": "good", "care-leavers": "outstanding",
        }  # fmt: skip
        assert not one.judgements_partial
        assert one.sources == ("https://example.org/1",)
        assert one.basis is None
        assert one.note == "kind_basis: official statistics; notes: seen"
        assert loaded.problems == ()

    def test_the_combined_judgement_of_before_2023(self, read_rows: Any) -> None:
        row = event(start="2022-11-14", end="2022-11-18", overall="good", leaders="good",
                    help_protection="good", in_care_and_leavers="requires_improvement")  # fmt: skip
        (one,) = told(read_rows(row))["Northshire"]
        assert grades(one) == {
            "overall-effectiveness": "good", "impact-of-leaders": "good",
            "help-and-protection": "good", "in-care-and-care-leavers": "requires-improvement",
        }  # fmt: skip
        assert not one.judgements_partial

    def test_a_single_inspection_has_areas_of_its_own(self, read_rows: Any) -> None:
        row = event(framework="SIF", kind="single", start="2015-03-02", end="2015-03-26",
                    published="2015-05-22", overall="good", help_protection="good",
                    care_leavers="outstanding", sif_leadership="good",
                    sif_looked_after="requires_improvement", sif_adoption="not_judged")  # fmt: skip
        (one,) = told(read_rows(row))["Northshire"]
        assert one.framework == "sif-2013"
        assert grades(one) == {
            "overall-effectiveness": "good", "help-and-protection": "good",
            "care-leavers": "outstanding", "leadership": "good",
            "looked-after": "requires-improvement", "adoption": "not-judged",
        }  # fmt: skip
        assert not one.judgements_partial  # no grade is owed for the safeguarding board

    def test_no_overall_grade_from_april_2026_is_right(self, read_rows: Any) -> None:
        (one,) = told(read_rows(graded(overall="", start="2026-04-01", end="2026-04-14")))[
            "Northshire"
        ]
        assert grades(one) is not None
        assert "overall-effectiveness" not in (grades(one) or {})
        assert not one.judgements_partial

    def test_a_grade_that_is_missing_leaves_the_list_in_part(self, read_rows: Any) -> None:
        (one,) = told(read_rows(graded(overall="")))["Northshire"]
        assert one.judgements_partial

    def test_no_grade_at_all_says_nothing(self, read_rows: Any) -> None:
        (one,) = told(read_rows(event()))["Northshire"]
        assert one.judgements is None

    def test_visits_carry_no_grade(self, read_rows: Any) -> None:
        loaded = read_rows(
            event(event_id="fv", kind="focused_visit", theme="Front door",
                  area_for_priority_action="carried_over"),
            event(event_id="mv", kind="monitoring_visit", end="", published=""),
            event(event_id="jt", kind="jtai", framework="JTAI", area_for_priority_action="new"),
        )  # fmt: skip
        found = {one.id: one for one in told(loaded)["Northshire"]}
        visit = found["fv"]
        assert isinstance(visit, of.FocusedVisit)
        assert (visit.judgements, visit.theme, str(visit.priority_action)) == (
            (), "Front door", "carried-over",
        )  # fmt: skip
        assert isinstance(found["mv"], of.MonitoringVisit)
        assert (found["mv"].judgements, found["mv"].end, found["mv"].published) == ((), None, None)
        joint = found["jt"]
        assert isinstance(joint, of.JointTargetedAreaInspection)
        assert (joint.judgements, joint.framework) == (None, None)
        assert joint.note == "area_for_priority_action: new"

    def test_fieldwork_in_two_parts(self, read_rows: Any) -> None:
        notes = "dates in two parts: 2022-12-05..2022-12-09 and 2023-02-14..2023-02-15"
        row = graded(start="2022-12-05", end="2023-02-15", notes=notes)
        (one,) = told(read_rows(row))["Northshire"]
        assert [(str(part.start), str(part.end)) for part in one.parts] == [
            ("2022-12-05", "2022-12-09"), ("2023-02-14", "2023-02-15"),
        ]  # fmt: skip

    def test_a_kind_that_was_read_off_the_days_is_inferred(self, read_rows: Any) -> None:
        loaded = read_rows(
            graded(event_id="a", kind_basis="on-site span of 12 days"),
            graded(event_id="b", kind_basis="official statistics", start="2026-01-12",
                   end="2026-01-16"),
        )  # fmt: skip
        assert [one.basis for one in told(loaded)["Northshire"]] == [of.Basis.INFERRED, None]

    def test_a_first_day_that_is_missing_is_by_publication(self, read_rows: Any) -> None:
        (one,) = told(read_rows(graded(start="", end="")))["Northshire"]
        assert str(one.start) == "../2023-10-30"

    def test_what_the_table_holds_in_full(self, read_rows: Any) -> None:
        (history,) = read_rows(graded()).histories
        # 225 days before 20 August 2026.
        assert claims(history) == [
            ("inspection", LONG_AGO, "2026-01-07"),
            ("focused-visit", "2018-01-01", "2025-12-09"),
            ("monitoring-visit", "2021-04-01", "2025-03-31"),
        ]
        assert history.coverage[0].says is not None
        assert history.coverage[2].omits is not None

    def test_an_authority_that_is_gone_claims_nothing_after_its_last_event(
        self, read_rows: Any
    ) -> None:
        gone = "authority no longer exists"
        loaded = read_rows(
            graded(urn="", authority="Old Fenland", start="2019-06-10", end="", notes=gone),
            event(event_id="e-2", urn="", authority="Old Fenland", kind="focused_visit",
                  start="2020-01-14", end="2020-01-15", published="2020-02-07", notes=gone),
        )  # fmt: skip
        (history,) = loaded.histories
        assert history.provider.urn is None
        assert claims(history) == [
            ("inspection", LONG_AGO, "2020-01-14"), ("focused-visit", "2018-01-01", "2020-01-14"),
        ]  # fmt: skip


class TestWhatCannotBeUsed:
    """A cell that cannot be used is listed with its place, and nothing is made up for it."""

    @pytest.mark.parametrize(
        ("cells", "wanted"),
        [
            ({"overall": "excelent"}, "column overall: 'excelent' is no grade"),
            ({"overall": "outstandng"}, "(nearest good one: outstanding)"),
            ({"overall": "1"}, "column overall: '1' is a number, and says no grade"),
            ({"end": "15/09/2023"}, "'15/09/2023' is not a day, written as 2024-01-22 (nearest "
             "good one: 2023-09-15)"),
            ({"end": "05/09/2023"}, "'05/09/2023' is not a day, written as 2024-01-22"),
            ({"end": "2023-09-31"}, "'2023-09-31' is not a day"),
            ({"end": "soon"}, "column end: 'soon' is not a day"),
            ({"published": "0001-01-01"}, "is before 2013-11-01"),
            ({"end": "1900-01-01"}, "'1900-01-01' is before 2013-11-01"),
            ({"end": "２０２３-09-15"}, "is not a day"),
            ({"sif_lscb": "good"}, "column sif_lscb: 'good' is a grade that such an event does "
             "not have"),
        ],
    )  # fmt: skip
    def test_the_event_is_kept(self, read_rows: Any, cells: dict[str, str], wanted: str) -> None:
        loaded = read_rows(graded(**cells))
        assert loaded.events == 1
        (problem,) = problems(loaded)
        assert problem.startswith("row 2, column")
        assert wanted in problem
        (history,) = loaded.histories
        assert ("inspection", LONG_AGO, "2026-01-07") in claims(history)

    def test_a_grade_that_is_none_leaves_the_list_in_part(self, read_rows: Any) -> None:
        (one,) = told(read_rows(graded(overall="excelent")))["Northshire"]
        assert one.judgements_partial
        assert "overall-effectiveness" not in (grades(one) or {})

    def test_a_first_day_in_words_is_by_publication_too(self, read_rows: Any) -> None:
        loaded = read_rows(graded(start="to be confirmed"))
        assert str(told(loaded)["Northshire"][0].start) == "../2023-10-30"
        assert "'to be confirmed' is not a day" in problems(loaded)[0]

    @pytest.mark.parametrize(
        ("cells", "wanted", "left"),
        [
            # What the row told of is missing, so that its days are no longer claimed: of every
            # kind, if its kind is not known, and all days, if its day is not.
            (
                {"kind": "standrd"},
                "'standrd' is no kind of event here (nearest good one: standard)",
                [
                    ("inspection", LONG_AGO, "2023-09-03"),
                    ("inspection", "2023-09-05", "2026-01-07"),
                    ("focused-visit", "2018-01-01", "2023-09-03"),
                    ("focused-visit", "2023-09-05", "2025-12-09"),
                    ("monitoring-visit", "2021-04-01", "2023-09-03"),
                ],
            ),
            (
                {"kind": "focused_visit", "start": "", "published": ""},
                "column start: is not told, nor is a day of publication",
                [("inspection", LONG_AGO, "2026-01-07")],
            ),
            (
                {"start": "", "published": ""},
                "column start: is not told",
                [("focused-visit", "2018-01-01", "2025-12-09")],
            ),
            (
                {"event_id": "e-0"},
                "column event_id: 'e-0' is the id in row 2 too",
                [
                    ("inspection", LONG_AGO, "2023-09-03"),
                    ("inspection", "2023-09-05", "2026-01-07"),
                    ("focused-visit", "2018-01-01", "2025-12-09"),
                ],
            ),
        ],
    )
    def test_a_row_that_gives_no_event_takes_its_days_out_of_the_claim(
        self, read_rows: Any, cells: dict[str, str], wanted: str, left: list[Any]
    ) -> None:
        first = graded(event_id="e-0", start="2018-03-05", end="2018-03-16")
        loaded = read_rows(first, graded(**cells))
        assert (loaded.rows, loaded.events, loaded.unused) == (2, 1, ("row 3",))
        assert any(wanted in one for one in problems(loaded))
        assert all(one.startswith("row 3") for one in problems(loaded))
        (history,) = loaded.histories
        assert claims(history)[:-1] == left  # the last is of monitoring visits

    def test_an_event_of_nobody_takes_its_days_out_of_every_claim(self, read_rows: Any) -> None:
        nobody = graded(event_id="e-2", authority="", urn="", start="2024-01-15")
        loaded = read_rows(graded(), nobody)
        assert loaded.unused == ("row 3",)
        assert "column authority: is empty, and without it no record has the event" \
            in problems(loaded)[0]  # fmt: skip
        (history,) = loaded.histories
        assert claims(history)[:2] == [
            ("inspection", LONG_AGO, "2024-01-14"), ("inspection", "2024-01-16", "2026-01-07"),
        ]  # fmt: skip

    def test_columns_that_are_not_read(self, tmp_path: Path) -> None:
        columns = ["overal" if name == "overall" else name for name in EVENTS]
        rows = [{("overal" if name == "overall" else name): value
                 for name, value in graded().items()} | {"Inspector": "x"}]  # fmt: skip
        loaded = of.read(write_csv(tmp_path / "e.csv", rows, (*columns, "Inspector")))
        assert problems(loaded) == [
            "row 1, column overal: 'overal' is no column that is read (nearest good one: overall)",
            "row 1, column Inspector: 'Inspector' is no column that is read",
        ]

    def test_a_column_that_is_missing_is_named_with_the_nearest(self, tmp_path: Path) -> None:
        columns = ["publishd" if name == "published" else name for name in EVENTS]
        path = write_csv(tmp_path / "e.csv", [], columns)
        with pytest.raises(of.OfstedFrameworkError) as caught:
            of.read(path)
        assert str(caught.value) == (
            "row 1, column published: is missing (ilacs-events needs it); the header has 'publishd'"
        )

    def test_the_order_of_day_and_month_is_in_doubt(self) -> None:
        rows = [
            summary(inspection_end_date="09/25/2023"),
            summary(urn="90002", local_authority="westmere", inspection_end_date="15/09/2023"),
            summary(urn="90003", local_authority="eastmarsh", inspection_end_date="05/10/2023"),
        ]
        frame = pandas.DataFrame(rows, columns=list(SUMMARY))
        loaded = of.from_frame(frame)
        found = {name: str(events[0].end) for name, events in told(loaded).items()}
        assert found == {"northshire": "None", "westmere": "2023-09-15", "eastmarsh": "None"}
        assert [one.partition(": ")[2] for one in problems(loaded)] == [
            "'09/25/2023' is not a day, written as 2024-01-22 or 22/01/2024 or 22/01/24",
            "'05/10/2023' may be read in two ways: elsewhere in its column the month stands first",
        ]


# --- Ofsted's workbook ----------------------------------------------------------------------------


@pytest.fixture(params=["ods", "xlsx"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    def written(sheets: dict[str, Any]) -> Loaded:
        write = write_ods if request.param == "ods" else write_xlsx
        loaded = of.read(write(tmp_path / f"book.{request.param}", sheets))
        assert adds_up(loaded)
        return loaded

    return written


class TestWorkbook:
    def test_three_sheets_are_one_record(self, book: Any) -> None:
        loaded = book(WORKBOOK)
        assert (loaded.rows, loaded.events, len(loaded.repeated)) == (9, 6, 3)
        assert (loaded.problems, loaded.unused) == ((), ())
        found = told(loaded)
        assert set(found) == {"Northshire", "Westmere", "Eastmarsh", "Old Fenland"}
        first, second = found["Northshire"]
        assert isinstance(first, of.Inspection)
        assert isinstance(second, of.Inspection)
        assert (str(first.start), first.kind, first.framework) == (
            "2018-11-05", "standard", "ilacs-2018",
        )  # fmt: skip
        assert grades(first) == {
            "overall-effectiveness": "requires-improvement",
            "impact-of-leaders": "requires-improvement",
            "help-and-protection": "requires-improvement",
            "in-care-and-care-leavers": "good",
        }
        assert grades(second) == {
            "overall-effectiveness": "good", "impact-of-leaders": "good",
            "help-and-protection": "requires-improvement", "in-care": "good",
            "care-leavers": "outstanding",
        }  # fmt: skip
        assert (second.end, str(second.published), second.kind) == (None, "2023-10-30", "short")
        visit = found["Westmere"][1]
        assert isinstance(visit, of.FocusedVisit)
        assert (visit.id, visit.theme, visit.judgements) == (
            "focused-visit-2024-02-06", "Front door", (),
        )  # fmt: skip

    def test_coverage_is_read_off_the_titles(self, book: Any) -> None:
        history = book(WORKBOOK).histories[0]
        # 134 days before 31 March 2024; visits of the year of the title.
        assert claims(history) == [
            ("inspection", "2018-07-01", "2023-11-18"),
            ("focused-visit", "2023-04-01", "2024-03-31"),
            ("monitoring-visit", "2023-04-01", "2024-03-31"),
        ]

    def test_titles_that_do_not_say_so_claim_nothing(self, book: Any) -> None:
        sheets = {
            name: [["Inspections"], *rows[1:]] if name not in ("Cover", "Notes") else rows
            for name, rows in WORKBOOK.items()
        }
        assert [one.coverage for one in book(sheets).histories] == [()] * 4

    def test_an_authority_that_no_longer_exists(self, book: Any) -> None:
        (gone,) = (one for one in book(WORKBOOK).histories if one.provider.name == "Old Fenland")
        assert claims(gone) == [("inspection", "2018-07-01", "2019-06-10")]

    def test_what_two_sheets_tell_otherwise_is_left_out(self, book: Any) -> None:
        latest = [list(row) for row in WORKBOOK["Inspections_as_at_31_March"]]
        latest[3][5], latest[3][6] = day("2023-10-31"), "Outstanding"
        loaded = book(workbook(latest=latest))
        (one,) = (e for e in told(loaded)["Northshire"] if str(e.start) == "2023-09-04")
        assert (one.published, one.judgements) == (None, None)
        assert [p.partition(":")[0] for p in problems(loaded)] == [
            "sheet Inspections_as_at_31_March, row 4", "sheet Inspections_as_at_31_March, row 4",
        ]  # fmt: skip
        assert "'2023-10-31' is what is said of published, where sheet In-year_inspections, " \
            "row 4 says 2023-10-30; it is left out" in problems(loaded)[0]  # fmt: skip

    def test_two_visits_on_one_day_are_two(self, book: Any) -> None:
        rows = [list(row) for row in WORKBOOK["In-year_inspections"]]
        again = [*rows[4][:-1], "Care leavers"]
        loaded = book(workbook(in_year=[*rows, again, rows[4]]))
        visits = [one for one in told(loaded)["Westmere"] if one.type == "focused-visit"]
        assert [one.id for one in visits] == [
            "focused-visit-2024-02-06", "focused-visit-2024-02-06-2",
        ]  # fmt: skip
        assert "sheet In-year_inspections, row 8: tells the same as sheet In-year_inspections, " \
            "row 5" in problems(loaded)[0]  # fmt: skip

    def test_a_sheet_alone(self, book: Any) -> None:
        loaded = book(workbook(in_year=None, history=None))
        assert (loaded.events, loaded.problems) == (2, ())
        (one,) = told(loaded)["Northshire"]
        assert isinstance(one, of.Inspection)
        assert (one.kind, one.framework, one.id) == (None, None, "inspection-2023-09-04")

    def test_words_and_numbers_in_date_cells(self, book: Any) -> None:
        rows = [list(row) for row in WORKBOOK["In-year_inspections"]]
        rows[3][5], rows[4][5] = "not yet published", 45363
        loaded = book(workbook(in_year=rows, latest=None, history=None))
        told_of = [p.partition("column ")[2].replace("45363.0", "45363") for p in problems(loaded)]
        assert told_of == [
            "Publication date: 'not yet published' is not a day, written as 2024-01-22 or "
            "22/01/2024",
            "Publication date: 45363 is a number and no day; give the column the format of a "
            "date (nearest good one: 2024-03-12)",
        ]
        assert loaded.events == 3

    def test_a_renamed_column_is_named_with_its_sheet(self, tmp_path: Path) -> None:
        rows = [list(row) for row in WORKBOOK["ILACS_inspection_history"]]
        rows[2][5] = "Inspection dates"
        with pytest.raises(of.OfstedFrameworkError) as caught:
            of.read(write_ods(tmp_path / "b.ods", workbook(history=rows)))
        assert str(caught.value) == (
            "sheet ILACS_inspection_history, row 3, column Inspection date: is missing "
            "(ofsted-inspection-history needs it); the header has 'Inspection dates'"
        )


# --- The summary of Data to Insight ---------------------------------------------------------------


class TestSummary:
    def read(self, tmp_path: Path, *rows: list[Cell], **how: Any) -> Loaded:
        path = write_xlsx(tmp_path / "d2i.xlsx", {"overview": [list(SUMMARY), *rows]})
        loaded = of.read(path, **how)
        assert adds_up(loaded)
        return loaded

    def test_a_row(self, tmp_path: Path) -> None:
        loaded = self.read(tmp_path, summary())
        (history,) = loaded.histories
        (one,) = history.events
        assert (history.provider.name, history.provider.urn, history.provider.code) == (
            "northshire", "90001", "E06900001",
        )  # fmt: skip
        assert (str(one.start), str(one.end), str(one.published)) == (
            "2023-09-04", "2023-09-15", "2023-10-30",
        )  # fmt: skip
        assert grades(one) == {
            "overall-effectiveness": "good", "impact-of-leaders": "good",
            "help-and-protection": "requires-improvement", "in-care": "good",
            "care-leavers": "outstanding",
        }  # fmt: skip
        assert (one.sources, history.coverage) == (("https://files.example.org/1",), ())

    def test_words_that_say_that_there_was_none(self, tmp_path: Path) -> None:
        loaded = self.read(
            tmp_path,
            summary(overall_effectiveness_grade="not_reported_post_reform",
                    inspection_start_date="11/05/2026", inspection_end_date="22/05/2026",
                    publication_date="07/07/26"),
            summary(urn="90002", local_authority="westmere",
                    care_leavers_grade="inspection_pre_dates_judgement",
                    inspection_start_date="14/11/2022", inspection_end_date="nan",
                    publication_date="16/01/23", inspection_framework="None"),
        )  # fmt: skip
        found = told(loaded)
        (after,), (before,) = found["northshire"], found["westmere"]
        assert set(grades(after) or {}) == {
            "impact-of-leaders", "help-and-protection", "in-care", "care-leavers",
        }  # fmt: skip
        assert set(grades(before) or {}) == {
            "overall-effectiveness", "impact-of-leaders", "help-and-protection",
            "in-care-and-care-leavers",
        }  # fmt: skip
        assert not after.judgements_partial
        assert not before.judgements_partial
        assert isinstance(before, of.Inspection)
        assert (before.end, before.kind, loaded.problems) == (None, None, ())

    def test_without_its_first_day_a_grade_may_be_of_two_areas(self, tmp_path: Path) -> None:
        row = summary(inspection_start_date="", inspection_end_date="")
        loaded = self.read(tmp_path, row)
        (one,) = told(loaded)["northshire"]
        assert str(one.start) == "../2023-10-30"
        assert one.judgements_partial
        assert problems(loaded) == [
            "sheet overview, row 2, column in_care_grade: 'good' is of in-care-and-care-leavers or "
            "in-care, which the day of the inspection would tell"
        ]

    def test_names_are_found_by_number_then_code_then_name(self, tmp_path: Path) -> None:
        def known(name: str, urn: str | None, code: str | None) -> of.Provider:
            return of.Provider(name=name, kind="local-authority", urn=urn, code=code)

        some = [
            known("City of London", "90001", "E09900001"),
            known("Westmere", "90002", "E06900002"),
            known("Windsor and Maidenhead", "90003", None),
        ]
        loaded = self.read(
            tmp_path,
            summary(local_authority="london corporation"),
            summary(urn="", la_code_new="E06900002", local_authority="west mere"),
            summary(urn="nan", la_code_new="", local_authority="windsor & maidenhead"),
            summary(urn="90009", la_code_new="", local_authority="westmeer"),
            known=some,
        )
        assert [one.provider.name for one in loaded.histories] == [
            "City of London", "Westmere", "Windsor and Maidenhead", "westmeer",
        ]  # fmt: skip
        assert [one.provider for one in loaded.histories[:3]] == some
        assert problems(loaded) == [
            "sheet overview, row 5, column local_authority: 'westmeer' is none of the providers "
            "that are known (nearest good one: Westmere)"
        ]


# --- Data frames ----------------------------------------------------------------------------------


class TestFrames:
    def columns(self) -> dict[str, list[Any]]:
        rows = WORKBOOK["In-year_inspections"][3:]
        return {name: [row[at] for row in rows] for at, name in enumerate(IN_YEAR)}

    @pytest.mark.parametrize("library", [pandas, polars])
    def test_of_a_sheet(self, library: Any) -> None:
        loaded = of.from_frame(library.DataFrame(self.columns()), layout="ofsted-in-year")
        assert (loaded.rows, loaded.events, loaded.problems) == (3, 3, ())
        assert [str(one.start) for one in told(loaded)["Westmere"]] == ["2024-02-06"]
        assert told(loaded)["Westmere"][0].judgements == ()

    def test_missing_values_and_numbers_of_pandas(self) -> None:
        frame = pandas.DataFrame([graded(), graded(event_id="e-2", start="2026-01-12")])
        frame["urn"] = frame["urn"].astype(float)
        frame["start"] = pandas.to_datetime(frame["start"])
        frame["published"] = pandas.Series([pandas.NaT, pandas.Timestamp("2026-02-20")])
        frame["region"] = frame["region"].astype("category")
        frame["theme"] = float("nan")
        frame["end"] = pandas.array([pandas.NA, "2026-01-16"], dtype="string")
        loaded = of.from_frame(frame)
        (history,) = loaded.histories
        assert (history.provider.urn, history.provider.region) == ("90001", "North East")
        assert [(str(one.start), one.end and str(one.end), one.published and str(one.published))
                for one in history.events] == [
            ("2023-09-04", None, None), ("2026-01-12", "2026-01-16", "2026-02-20"),
        ]  # fmt: skip

    @pytest.mark.parametrize("library", [pandas, polars])
    def test_our_own_layout_is_read_strictly(self, library: Any) -> None:
        rows = {
            "provider": ["Cafcass"], "provider_kind": ["cafcass"], "type": ["engagement-meeting"],
            "id": ["em-1"], "start": [date(2025, 4, 16)], "attended_by": [None],
        }  # fmt: skip
        loaded = of.from_frame(library.DataFrame(rows), layout="ofsted-framework")
        assert loaded.histories == (
            of.History(
                of.Provider(name="Cafcass", kind="cafcass"),
                [of.EngagementMeeting(id="em-1", start="2025-04-16")],
            ),
        )
        bad = library.DataFrame(rows | {"type": ["engagement-meetng"]})
        with pytest.raises(of.OfstedFrameworkError, match="row 2, column type"):
            of.from_frame(bad, layout="ofsted-framework")

    def test_what_is_no_frame_is_refused(self) -> None:
        with pytest.raises(of.OfstedFrameworkError, match="is no data frame"):
            of.from_frame([{"type": "inspection"}])

    def test_a_layout_that_there_is_not_is_refused(self) -> None:
        with pytest.raises(of.OfstedFrameworkError, match="nearest good one: ofsted-in-year"):
            of.from_frame(pandas.DataFrame(self.columns()), layout="ofsted-in-yer")


# --- Layouts of one's own, our own files, folders -------------------------------------------------

OURS = """
id = "ours"
like = "ilacs-events"
title = "Ours"
needed = ["provider", "kind", "start"]
dates = ["22/01/2024"]

[columns]
provider = ["Council"]
kind = ["What"]
start = ["First day"]

[kinds]
"full" = { type = "inspection", kind = "standard", framework = "ilacs-2018" }
"""


class TestLayouts:
    def test_one_of_ones_own(self, tmp_path: Path) -> None:
        (tmp_path / "ours.toml").write_text(OURS, encoding="utf-8")
        (tmp_path / "t.csv").write_text(
            "Council,What,First day,overall\nNorthshire,FULL,04/09/2023,Good\n", encoding="utf-8"
        )
        loaded = of.read(tmp_path / "t.csv", layout=tmp_path / "ours.toml")
        (one,) = told(loaded)["Northshire"]
        assert (str(one.start), grades(one)) == ("2023-09-04", {"overall-effectiveness": "good"})
        assert loaded.histories[0].coverage == ()  # what another table holds says nothing of this

    @pytest.mark.parametrize(
        ("old", "new", "wanted"),
        [
            ('like = "ilacs-events"', 'like = "ilacs-event"', "nearest good one: ilacs-events"),
            ("start = [", "starts = [", "/columns/starts"),
            ('"22/01/2024"', '"01/22/2024"', "is no shape of a day"),
            ('type = "inspection"', 'type = "inspektion"', "nearest good one: inspection"),
            ("title =", "titel =", "nearest good one: title"),
            ("id = ", "id == ", "the text is not TOML"),
        ],
    )
    def test_its_faults_are_told(self, tmp_path: Path, old: str, new: str, wanted: str) -> None:
        (tmp_path / "ours.toml").write_text(OURS.replace(old, new, 1), encoding="utf-8")
        (tmp_path / "t.csv").write_text("Council,What,First day\n", encoding="utf-8")
        with pytest.raises(of.OfstedFrameworkError) as caught:
            of.read(tmp_path / "t.csv", layout=tmp_path / "ours.toml")
        assert wanted in str(caught.value)

    def test_a_folder(self, tmp_path: Path) -> None:
        write_csv(tmp_path / "a.csv", [graded()])
        write_ods(tmp_path / "b.ods", workbook(latest=None, in_year=None))
        cafcass = of.sample("cafcass")
        (tmp_path / "c.json").write_text(of.dump(cafcass), encoding="utf-8")
        (tmp_path / "d.ndjson").write_text(
            of.dump(cafcass, layout="ndjson") + of.dump(of.sample("leeds"), layout="ndjson"),
            encoding="utf-8",
        )
        (tmp_path / "e.txt").write_text("Nothing.", encoding="utf-8")
        (tmp_path / "f.csv").write_text("type,id\n", encoding="utf-8")
        loaded = of.read(tmp_path)
        names = [one.provider.name for one in loaded.histories]
        assert names == [
            "Northshire", "Northshire", "Westmere", "Old Fenland", "Cafcass", "Cafcass", "Leeds",
        ]  # fmt: skip
        assert loaded.histories[4] == cafcass
        starts = [str(one).partition(":")[0] for one in loaded.problems]
        assert starts == [
            "b.ods", "d.ndjson", "e.txt", "f.csv, row 1, column start",
            "f.csv, row 1, column provider_kind",
        ]  # fmt: skip
        assert loaded.rows == 5

    def test_faults_of_a_line_have_its_number(self, tmp_path: Path) -> None:
        good = of.dump(of.sample("leeds"), layout="ndjson")
        bad = good.replace('"local-authority"', '"local"', 1)
        (tmp_path / "d.ndjson").write_text(good + "\n" + bad + "{\n", encoding="utf-8")
        with pytest.raises(of.OfstedFrameworkError) as caught:
            of.read(tmp_path / "d.ndjson")
        assert [one.place for one in caught.value.faults] == [
            "line 3, /provider/kind", "line 4, column 2",
        ]  # fmt: skip

    def test_complete_is_said_of_every_record(self, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "a.csv", [graded(), graded(urn="90002", authority="Westmere")])
        assert all(one.complete for one in of.read(path, complete=True).histories)


# --- Rows of every sort ---------------------------------------------------------------------------

_BROKEN = st.sampled_from(
    [
        {}, {}, {}, {"kind": "odd"}, {"start": "", "published": ""}, {"start": "?"},
        {"authority": ""}, {"overall": "so so"}, {"end": "31/31/2023"}, {"published": "2023-02-30"},
        {"start": "1900-01-01", "published": ""},
    ]
)  # fmt: skip


class TestEveryRowCounts:
    """Each row of a foreign table is an event, tells again of one, or is unused with a reason."""

    @settings(max_examples=60)
    @given(
        rows=st.lists(
            st.tuples(st.integers(0, 4), st.sampled_from(["A", "B", "C"]), _BROKEN), max_size=8
        )
    )
    def test_sum(self, rows: list[tuple[int, str, dict[str, str]]]) -> None:
        made = [
            graded(event_id=f"e-{number}", urn="", authority=name,
                   start=f"2023-0{number + 1}-06") | broken
            for number, name, broken in rows
        ]  # fmt: skip
        frame = pandas.DataFrame(made, columns=list(EVENTS))
        loaded = of.from_frame(frame)
        assert loaded.rows == len(rows)
        assert adds_up(loaded)
        for place in loaded.unused:
            assert any(fault.place.startswith(place) for fault in loaded.problems)
        # No claim speaks of a day on which an unused row may have begun.
        for history in loaded.histories:
            for fault_row in loaded.unused:
                cells = made[int(fault_row.removeprefix("row ")) - 2]
                if cells["authority"] in ("", history.provider.name) and (
                    cells["start"].startswith("2023-") and cells["kind"] != "odd"
                ):
                    assert history.first_uncovered(
                        ("inspection",), *[of.When.parse(cells["start"]).lo] * 2
                    ) is not None  # fmt: skip

    @settings(max_examples=40)
    @given(st.permutations(range(5)))
    def test_the_order_of_rows_is_nothing(self, order: list[int]) -> None:
        rows = [graded(event_id=f"e-{n}", start=f"2023-0{n + 1}-06", end="") for n in range(5)]
        one = of.from_frame(pandas.DataFrame(rows))
        other = of.from_frame(pandas.DataFrame([rows[at] for at in order]))
        assert one.histories == other.histories
