"""The information request: what is asked for on a day, and the check of a list of closed cases.

Every child here is invented. What is asked for was typed from `facts/`: M-09 to M-14.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import ofsted_framework as of
from helpers import day
from ofsted_framework import cli
from ofsted_framework.annex import CHECKS, InformationRequest, ListCheck, ListFault
from table_files import write_ods, write_xlsx

WAS = (
    "case ID", "case name", "gender", "ethnicity", "disability", "date of birth",
    "lead application", "law type", "case type", "practitioner", "team", "service area",
    "local authority", "court", "file location",
)  # fmt: skip
"""The fields of December 2024."""
CAME = (
    "child ID", "start date of case", "end date of case", "child seen in person",
    "section 7 filed", "audit",
)  # fmt: skip
"""The fields that September 2025 added."""

ONE: dict[str, Any] = {
    "case ID": "INVENTED-1", "case name": "Invented A", "gender": "F", "ethnicity": "not stated",
    "disability": "N", "date of birth": "2019-02-28", "lead application": "C100",
    "law type": "private", "case type": "s7", "practitioner": "Invented B", "team": "T1",
    "service area": "A1", "local authority": "", "court": "Invented C", "file location": "",
    "child ID": "INVENTED-1-1", "start date of case": "2025-06-02",
    "end date of case": "2025-11-10", "child seen in person": "Y", "section 7 filed": "",
    "audit": "N",
}  # fmt: skip
BEGINS = day("2025-11-17")
MIDNIGHT = datetime.fromisoformat("2025-06-02")


@pytest.fixture
def request_() -> InformationRequest:
    return of.framework("cafcass-2021").information_request(on=day("2025-11-17"))


def with_(**given: Any) -> dict[str, Any]:
    """The invented case with other values; an underscore stands for a space."""
    return ONE | {name.replace("_", " "): value for name, value in given.items()}


def told(found: ListCheck) -> list[tuple[str, str]]:
    return [(one.place, one.message) for one in found.faults]


def only(found: ListCheck) -> ListFault:
    (one,) = found.faults
    return one


class TestWhatIsAskedFor:
    def test_nothing_was_read_of_what_was_asked_for_before_the_first_version(self) -> None:
        found = of.framework("cafcass-2021").information_request(on=day("2024-12-16"))
        assert (found.items, found.fields, found.bands) == ((), (), ())
        assert found.not_known[0] == "What was asked for before the version of 2024-12-17."

    @pytest.mark.parametrize("on", ["2024-12-17", "2025-09-29"])
    def test_the_version_of_december_2024(self, on: str) -> None:
        found = of.framework("cafcass-2021").information_request(on=day(on))
        assert [one.number for one in found.items] == [
            "1.01", "1.02", "1.03", "1.04", "1.05", "1.06",
        ]  # fmt: skip
        assert tuple(one.name for one in found.fields) == WAS
        assert found.bands == ()
        assert found.band(30) is None
        assert not any("before the version" in one for one in found.not_known)

    @pytest.mark.parametrize("on", ["2025-09-30", "2026-11-24"])
    def test_the_version_of_september_2025(self, on: str) -> None:
        found = of.framework("cafcass-2021").information_request(on=day(on))
        assert [one.number for one in found.items] == [
            "1.01", "1.02", "1.03", "1.04", "1.05", "1.06", "1.15",
        ]  # fmt: skip
        assert tuple(one.name for one in found.fields) == WAS + CAME
        assert {one.name for one in found.fields if one.may_be_empty} == {
            "local authority", "file location", "section 7 filed",
        }  # fmt: skip
        assert {one.name: one.kind for one in found.fields if one.kind != "text"} == {
            "disability": "yes-no", "date of birth": "date", "start date of case": "date",
            "end date of case": "date", "child seen in person": "yes-no", "audit": "yes-no",
        }  # fmt: skip
        assert list(map(str, found.bands)) == ["[0, 26)", "[26, 52)", "[52, 100)", "[100, ∞)"]
        assert any("1.07 to 1.14" in one for one in found.not_known)

    @pytest.mark.parametrize(
        ("weeks", "band"),
        [
            (0, "[0, 26)"), (25.9, "[0, 26)"), (26, "[26, 52)"), (51.99, "[26, 52)"),
            (52, "[52, 100)"), (99, "[52, 100)"), (100, "[100, ∞)"), (1000, "[100, ∞)"),
            (10**400, "[100, ∞)"),
        ],
    )  # fmt: skip
    def test_a_number_of_weeks_lies_in_one_band(
        self, request_: InformationRequest, weeks: float, band: str
    ) -> None:
        assert str(request_.band(weeks)) == band
        assert sum(weeks in one for one in request_.bands) == 1

    @pytest.mark.parametrize("weeks", [-1, -0.01, float("nan")])
    def test_what_is_no_time_has_no_band(self, request_: InformationRequest, weeks: float) -> None:
        assert request_.band(weeks) is None

    def test_every_item_field_and_band_names_its_facts(self, request_: InformationRequest) -> None:
        known = {one.id for one in of.framework("cafcass-2021").facts}
        parts: tuple[Any, ...] = (*request_.items, *request_.fields, *request_.bands)
        for one in parts:
            assert one.facts
            for id in one.facts:
                assert id in known

    def test_a_framework_that_has_none_says_so(self) -> None:
        with pytest.raises(of.OfstedFrameworkError, match="information request"):
            of.framework("cafcass-2013").information_request(on=day("2016-01-01"))

    def test_the_day_is_a_day(self) -> None:
        with pytest.raises(of.OfstedFrameworkError, match=r"on: .* is not a day"):
            of.framework("cafcass-2021").information_request(on="2025-09-30")  # type: ignore[arg-type]


class TestACheckOfAList:
    def test_a_list_in_the_form_that_is_asked_for_has_no_fault(
        self, request_: InformationRequest
    ) -> None:
        public = with_(case_ID="INVENTED-2", law_type="public", local_authority="Invented D",
                       file_location="Invented E", section_7_filed="2025-10-01")  # fmt: skip
        assert told(request_.check([ONE, public], begins=BEGINS)) == []

    def test_the_order_of_columns_case_and_marks_are_free(
        self, request_: InformationRequest
    ) -> None:
        turned = {name.upper().replace(" ", "_"): ONE[name] for name in reversed(ONE)}
        assert told(request_.check([turned])) == []

    @pytest.mark.parametrize(
        ("field", "value", "message", "near"),
        [
            ("audit", "y", "is neither Y nor N", "Y"),
            ("audit", "No", "is neither Y nor N", "N"),
            ("audit", "maybe", "is neither Y nor N", None),
            ("audit", "N/A", "is neither Y nor N", None),
            ("audit", "not known", "is neither Y nor N", None),
            ("audit", True, "is neither Y nor N", None),
            ("audit", "", "is empty", None),
            ("team", "  ", "is empty", None),
            ("team", None, "is empty", None),
            ("team", float("nan"), "is empty", None),
            ("date of birth", "28/02/2019", "is not a day, written as 2024-01-22", "2019-02-28"),
            ("date of birth", "03/02/2019", "is not a day, written as 2024-01-22", None),
            ("date of birth", "2019-02-29", "is not a day, written as 2024-01-22", None),
            ("date of birth", "28 Feb 2019", "is not a day, written as 2024-01-22", None),
            ("date of birth", "2025-11-18", "is after 2025-11-17", None),
            ("end date of case", "2025-06-01",
             "is before the start date of the case, 2025-06-02", None),
        ],
    )  # fmt: skip
    def test_a_fault_names_its_row_its_field_the_value_and_the_nearest_good_one(
        self, request_: InformationRequest, field: str, value: Any, message: str, near: str | None
    ) -> None:
        begins = BEGINS if field == "date of birth" else None
        found = only(request_.check([ONE, ONE | {"case ID": "2", field: value}], begins=begins))
        assert (found.place, found.message, found.nearest) == (
            f"row 3, field {field}",
            message,
            near,
        )
        assert found.value == (None if message == "is empty" else value)

    def test_dates_with_the_day_first_are_read_where_that_is_said(
        self, request_: InformationRequest
    ) -> None:
        row = with_(date_of_birth="03/02/2019", start_date_of_case="2/6/2025",
                    end_date_of_case="10/11/2025")  # fmt: skip
        assert told(request_.check([row], begins=BEGINS, day_first=True)) == []
        found = only(request_.check([row | {"date of birth": "2019-02-03"}], day_first=True))
        assert (found.message, found.nearest) == (
            "is not a day, written as 22/01/2024", "03/02/2019",
        )  # fmt: skip

    def test_days_of_a_data_frame_are_days(self, request_: InformationRequest) -> None:
        row = with_(date_of_birth=date(2019, 2, 28), start_date_of_case=MIDNIGHT,
                    end_date_of_case="2025-11-10T00:00:00")  # fmt: skip
        assert told(request_.check([row], begins=BEGINS)) == []

    @pytest.mark.parametrize(
        ("end", "good"),
        [("2025-11-02", False), ("2025-11-03", True), ("2025-11-16", True), ("2025-11-17", False)],
    )
    def test_a_case_was_closed_in_the_two_weeks_before(
        self, request_: InformationRequest, end: str, good: bool
    ) -> None:
        found = request_.check([with_(end_date_of_case=end)], begins=BEGINS)
        assert (
            told(found) == []
            if good
            else [("row 2, field end date of case", "is not in the 14 days before 2025-11-17")]
        )

    def test_public_law_has_a_local_authority(self, request_: InformationRequest) -> None:
        found = only(request_.check([with_(law_type="Public law")]))
        assert (found.place, found.message) == (
            "row 2, field local authority", "is empty, though the case is one of public law",
        )  # fmt: skip

    def test_columns(self, request_: InformationRequest) -> None:
        row = {name: value for name, value in ONE.items() if name not in ("court", "team")}
        row |= {"cuort": "x", "TEAM": "x", "team ": "x", "weight": "x"}
        found = request_.check([row])
        assert [(one.place, one.message, one.nearest) for one in found.faults] == [
            ("row 1, column cuort", "is no field that is asked for", "court"),
            ("row 1, column team", "stands twice in the head", None),
            ("row 1, column weight", "is no field that is asked for", None),
            ("row 1, field court", "is missing", None),
        ]

    def test_every_fault_is_told_at_once(self, request_: InformationRequest) -> None:
        rows = [with_(case_ID="2", audit="q", team=""), ONE, dict(ONE)]
        assert told(request_.check(rows)) == [
            ("row 2, field team", "is empty"),
            ("row 2, field audit", "is neither Y nor N"),
            ("row 4", "is the same as row 3"),
        ]

    def test_a_list_without_a_case(self, request_: InformationRequest) -> None:
        places = told(request_.check([]))
        assert places[-1] == ("", "the list holds no case")
        assert ("row 1, field case ID", "is missing") in places

    def test_before_the_fields_were_read_nothing_is_checked(self) -> None:
        early = of.framework("cafcass-2021").information_request(on=day("2024-01-01"))
        with pytest.raises(of.OfstedFrameworkError, match="has no fields that were read"):
            early.check([ONE])

    def test_the_fields_of_the_day_are_those_that_are_checked(self) -> None:
        was = of.framework("cafcass-2021").information_request(on=day("2025-09-29"))
        found = was.check([ONE])
        assert {one.place for one in found.faults} == {f"row 1, column {name}" for name in CAME}
        assert told(was.check([{name: ONE[name] for name in WAS}])) == []

    @pytest.mark.parametrize("cases", [3, None, [1, 2], ["case ID"]])
    def test_what_is_no_list_is_refused(self, request_: InformationRequest, cases: object) -> None:
        with pytest.raises(of.OfstedFrameworkError):
            request_.check(cases)

    def test_the_day_of_the_inspection_is_a_day(self, request_: InformationRequest) -> None:
        for begins in ("2025-11-17", MIDNIGHT):
            with pytest.raises(of.OfstedFrameworkError, match="is not a day"):
                request_.check([ONE], begins=begins)  # type: ignore[arg-type]


class TestDataFrames:
    def test_a_frame_of_pandas(self, request_: InformationRequest) -> None:
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame([ONE, ONE | {"case ID": "2", "team": pandas.NA}])
        frame["date of birth"] = pandas.to_datetime(frame["date of birth"])
        frame.loc[1, "date of birth"] = pandas.NaT
        assert told(request_.check(frame)) == [
            ("row 3, field date of birth", "is empty"), ("row 3, field team", "is empty"),
        ]  # fmt: skip

    def test_a_frame_of_polars(self, request_: InformationRequest) -> None:
        polars = pytest.importorskip("polars")
        frame = polars.DataFrame([ONE, ONE | {"case ID": "2", "team": None}])
        assert told(request_.check(frame)) == [("row 3, field team", "is empty")]


def written(rows: list[Mapping[str, Any]], head: tuple[str, ...] = WAS + CAME) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([row[name] for name in head] for row in rows)
    return out.getvalue()


class TestFiles:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        return tmp_path / "invented.csv"

    def test_rows_are_counted_as_a_spreadsheet_does(
        self, request_: InformationRequest, file: Path
    ) -> None:
        lines = written([ONE]).splitlines()
        lines += [",,,", "", lines[1].replace(",N\r", ",N").replace("Invented A", '"Invented\nA"')]
        lines += [lines[1].removesuffix(",N")]
        file.write_text("\n".join(lines), encoding="utf-8-sig")
        # Row 2 is the first case; 3 and 4 are blank; 5 has a break in a cell; 6 lacks a cell.
        assert told(request_.check(file)) == [
            ("row 5", "is the same case and child as row 2"),
            ("row 6", "is the number of cells, where the head has 21"),
        ]
        assert request_.check(str(file)).faults[1].value == 20

    @pytest.mark.parametrize("bytes", [b"", b"\xff\xfe\x00", b'case ID\n"never closed'])
    def test_a_file_that_cannot_be_read_is_one_error(
        self, request_: InformationRequest, file: Path, bytes: bytes
    ) -> None:
        file.write_bytes(bytes)
        with pytest.raises(of.OfstedFrameworkError, match=r"cannot be read|nothing|not UTF-8"):
            request_.check(file)

    def test_a_file_that_is_not_there(self, request_: InformationRequest, file: Path) -> None:
        with pytest.raises(of.OfstedFrameworkError, match="cannot be opened"):
            request_.check(file)


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = cli.main(list(argv))
    out = capsys.readouterr()
    return code, out.out, out.err


class TestTheCommandLine:
    ASK = ("information-request", "--on", "2025-11-17")

    def test_it_says_what_is_asked_for(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run(capsys, *self.ASK)
        assert code == 0
        for words in ("1.01", "1.15", "section 7 filed", "[100, ∞)", "1.07 to 1.14"):
            assert words in out

    def test_a_good_list(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        file = tmp_path / "invented.csv"
        file.write_text(written([ONE]), encoding="utf-8")
        code, out, _ = run(capsys, *self.ASK, str(file))
        assert code == 0
        assert out.startswith("The list has the form that is asked for: 1 row.\n")

    def test_a_list_with_faults(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        file = tmp_path / "invented.csv"
        file.write_text(written([with_(audit="y", team="")]), encoding="utf-8")
        code, out, err = run(capsys, *self.ASK, str(file))
        assert (code, err) == (1, "")
        assert out.splitlines()[:3] == [
            "2 faults in 1 row:",
            "row 2, field team: is empty [filled, assumed: cafcass-2021:M-10]",
            "row 2, field audit: 'y' is neither Y nor N (nearest good one: Y) "
            "[yes-no-spelling, assumed: cafcass-2021:M-11]",
        ]


class TestHowGroundsAreTold:
    @pytest.mark.parametrize(
        ("field", "value", "rule", "basis", "fact"),
        [
            ("audit", "maybe", "yes-no", "official", "M-11"),
            ("disability", "y", "yes-no-spelling", "assumed", "M-10"),
            ("team", "", "filled", "assumed", "M-10"),
            ("date of birth", "not known", "day", "inferred", "M-10"),
            ("date of birth", "2019-02-29", "day", "inferred", "M-10"),
            ("date of birth", "28/02/2019", "day-spelling", "assumed", "M-10"),
            ("end date of case", "2025-06-01", "order", "inferred", "M-11"),
        ],
    )
    def test_a_fault_names_its_rule_its_basis_and_its_facts(
        self, request_: InformationRequest, field: str, value: str, rule: str, basis: str, fact: str
    ) -> None:
        found = only(request_.check([ONE | {field: value}]))
        assert (found.rule, found.basis) == (rule, basis)
        assert found.facts == (f"cafcass-2021:{fact}",)

    def test_every_check_has_its_grounds(self, request_: InformationRequest) -> None:
        assert tuple(one.id for one in request_.rules) == CHECKS

    def test_what_is_assumed_is_told_of_a_good_list_too(self, request_: InformationRequest) -> None:
        found = request_.check([ONE], begins=BEGINS)
        assert "Yes and no are spelt Y and N, in capitals and alone." in found.assumptions
        assert found.not_checked == ()

    def test_what_is_not_checked_is_told(self, request_: InformationRequest) -> None:
        assert request_.check([ONE]).not_checked == (
            "When cases were closed: the first day of the inspection was not given.",
        )


class TestDaysThatAreNotGoverned:
    @pytest.mark.parametrize(("on", "good"), [("2021-03-31", False), ("2021-04-01", True)])
    def test_a_day_before_the_framework_is_refused(self, on: str, good: bool) -> None:
        framework = of.framework("cafcass-2021")
        if good:
            assert framework.information_request(on=day(on)).says is None
        else:
            with pytest.raises(of.OfstedFrameworkError, match="not in force"):
                framework.information_request(on=day(on))

    @pytest.mark.parametrize(
        ("on", "days", "sources"),
        [
            ("2024-12-16", None, []),
            ("2024-12-17", 14, ["cafcass-2021:A"]),
            ("2025-09-30", 14, ["cafcass-2021:A", "cafcass-2021:S"]),
        ],
    )
    def test_nothing_is_told_of_days_before_it_was_read(
        self, on: str, days: int | None, sources: list[str]
    ) -> None:
        found = of.framework("cafcass-2021").information_request(on=day(on))
        assert found.closed_within_days == days
        assert (found.says is None) == (days is None)
        assert [one.source for one in found.versions] == sources


class TestWhatCannotBeMeant:
    @pytest.mark.parametrize("weeks", ["26", None, True, {}, [26]])
    def test_a_band_is_asked_for_by_a_number(
        self, request_: InformationRequest, weeks: Any
    ) -> None:
        with pytest.raises(of.OfstedFrameworkError, match="is no number of weeks"):
            request_.band(weeks)
        with pytest.raises(of.OfstedFrameworkError, match="is no number of weeks"):
            assert weeks in request_.bands[0]

    def test_what_is_no_list(self, request_: InformationRequest) -> None:
        pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
        nothing: list[Any] = [
            None, ONE, (one for one in (1, 2)), pandas.Series([1]), polars.Series([1]),
            polars.LazyFrame({"a": [1]}), b"case ID", object(),
        ]  # fmt: skip
        for cases in nothing:
            with pytest.raises(of.OfstedFrameworkError) as raised:
                request_.check(cases)
            assert len(raised.value.faults) == 1

    def test_rows_may_come_one_by_one(self, request_: InformationRequest) -> None:
        assert told(request_.check(one for one in (ONE, with_(case_ID="2", team="")))) == [
            ("row 3, field team", "is empty")
        ]


class TestRows:
    def test_the_same_case_and_child_stand_once(self, request_: InformationRequest) -> None:
        sibling = with_(child_ID="INVENTED-1-2")
        again = with_(team="T2")
        found = only(request_.check([ONE, sibling, again]))
        assert (found.place, found.message, found.rule) == (
            "row 4", "is the same case and child as row 2", "once",
        )  # fmt: skip

    def test_digits_are_those_of_ascii(self, request_: InformationRequest) -> None:
        found = only(request_.check([with_(date_of_birth="٢٠١٩-02-28")]))
        assert found.message == "is not a day, written as 2024-01-22"

    def test_a_column_with_the_month_first_is_in_doubt(self, request_: InformationRequest) -> None:
        days = {"start_date_of_case": "02/06/2025", "end_date_of_case": "10/11/2025"}
        rows = [
            with_(date_of_birth="03/02/2019", **days),
            with_(case_ID="2", date_of_birth="02/28/2019", **days),
        ]
        assert [(one.place, one.message[:27], one.rule) for one in
                request_.check(rows, day_first=True).faults] == [
            ("row 2, field date of birth", "may be read in two ways: el", "day-spelling"),
            ("row 3, field date of birth", "is not a day, written as 22", "day"),
        ]  # fmt: skip


class TestFilesOfSpreadsheets:
    @pytest.mark.parametrize("write", [write_xlsx, write_ods])
    def test_a_workbook_with_a_title_and_notes(
        self, request_: InformationRequest, tmp_path: Path, write: Any
    ) -> None:
        head = list(WAS + CAME)
        row = with_(date_of_birth=datetime.fromisoformat("2019-02-28"), audit="q")
        table = [["Closed cases (invented)"], head, [row[name] for name in head]]
        file = write(tmp_path / f"x.{write.__name__[-4:].strip('_')}",
                     {"Notes": [["Nothing"]], "Cases": table})  # fmt: skip
        assert told(request_.check(file)) == [
            ("sheet Cases, row 3, field audit", "is neither Y nor N")
        ]

    def test_two_lists_in_one_workbook_are_refused(
        self, request_: InformationRequest, tmp_path: Path
    ) -> None:
        file = write_xlsx(tmp_path / "x.xlsx", {"A": [list(WAS)], "B": [list(WAS)]})
        with pytest.raises(of.OfstedFrameworkError, match=r"several lists of cases \(A, B\)"):
            request_.check(file)

    @pytest.mark.parametrize(
        ("text", "encoding", "message"),
        [
            (written([ONE]).replace(",", ";"), "utf-8", "separated by semicolons"),
            (written([ONE]).replace(",", "\t"), "utf-8", "separated by tabs"),
            (written([with_(court="Llanfair–Môn")]), "cp1252", "save it as “CSV UTF-8”"),
            (written([ONE]), "utf-16", "save it as “CSV UTF-8”"),
        ],
    )
    def test_what_is_no_csv_in_utf_8_is_refused_with_the_remedy(
        self, request_: InformationRequest, tmp_path: Path, text: str, encoding: str, message: str
    ) -> None:
        file = tmp_path / "x.csv"
        file.write_bytes(text.encode(encoding))
        with pytest.raises(of.OfstedFrameworkError, match=message):
            request_.check(file)


class TestMedia:
    ASK = ("information-request", "--on", "2025-11-17")

    def test_what_is_asked_for(self, capsys: pytest.CaptureFixture[str]) -> None:
        parts = json.loads(run(capsys, *self.ASK, "--format", "json")[1])["parts"]
        assert [one["part"] for one in parts].count("field") == 21
        assert parts[0]["source"] == "cafcass-2021:A"
        rows = list(csv.DictReader(io.StringIO(run(capsys, *self.ASK, "--format", "csv")[1])))
        assert (rows[2]["name"], rows[2]["read_from"]) == ("1.01", "2024-12-17")
        assert "| document | 1.01 |" in run(capsys, *self.ASK, "--format", "markdown")[1]
        assert "<td>1.01</td>" in run(capsys, *self.ASK, "--format", "html")[1]

    def test_faults_from_standard_input(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def ask(form: str, text: str) -> tuple[int, str, str]:
            octets = io.BytesIO(text.encode())
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(octets, encoding="utf-8"))
            return run(capsys, *self.ASK, "-", "--format", form)

        bad = written([with_(audit="y")])
        code, out, _ = ask("json", bad)
        assert code == 1
        assert json.loads(out)["faults"] == [{
            "place": "row 2, field audit", "value": "y", "message": "is neither Y nor N",
            "nearest": "Y", "rule": "yes-no-spelling", "basis": "assumed",
            "facts": ["cafcass-2021:M-11"],
        }]  # fmt: skip
        code, out, _ = ask("csv", bad)
        assert (code, out.splitlines()[1]) == (
            1,
            '"row 2, field audit",y,is neither Y nor N,Y,yes-no-spelling,assumed,cafcass-2021:M-11',
        )
        assert "row 2, field audit" in ask("markdown", bad)[1]
        assert "row 2, field audit" in ask("html", bad)[1]
        assert ask("text", written([ONE]))[0] == 0
        assert ask("text", bad.replace(",", ";"))[0] == 3
        assert ask("text", "")[0] == 3

    def test_usage_and_bad_days(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(capsys, *self.ASK, "--day-first")[0] == 2
        assert run(capsys, "information-request", "--on", "2021-03-31")[0] == 3
