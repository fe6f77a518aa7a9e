"""The information request: what is asked for on a day, and the check of a list of closed cases.

Every child here is invented. What is asked for was typed from `facts/`: M-09 to M-14.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import ofsted_framework as of
from helpers import day
from ofsted_framework import cli
from ofsted_framework.annex import InformationRequest
from ofsted_framework.errors import Fault

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


def told(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(one.place, one.message) for one in faults]


def only(faults: tuple[Fault, ...]) -> Fault:
    (one,) = faults
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
        assert request_.check([ONE, public], begins=BEGINS) == ()

    def test_the_order_of_columns_case_and_marks_are_free(
        self, request_: InformationRequest
    ) -> None:
        turned = {name.upper().replace(" ", "_"): ONE[name] for name in reversed(ONE)}
        assert request_.check([turned]) == ()

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
        assert request_.check([row], begins=BEGINS, day_first=True) == ()
        found = only(request_.check([row | {"date of birth": "2019-02-03"}], day_first=True))
        assert (found.message, found.nearest) == (
            "is not a day, written as 22/01/2024", "03/02/2019",
        )  # fmt: skip

    def test_days_of_a_data_frame_are_days(self, request_: InformationRequest) -> None:
        row = with_(date_of_birth=date(2019, 2, 28), start_date_of_case=MIDNIGHT,
                    end_date_of_case="2025-11-10T00:00:00")  # fmt: skip
        assert request_.check([row], begins=BEGINS) == ()

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
        assert [(one.place, one.message, one.nearest) for one in found] == [
            ("row 1, column cuort", "is no field that is asked for", "court"),
            ("row 1, column team", "stands twice in the head", None),
            ("row 1, column weight", "is no field that is asked for", None),
            ("row 1, field court", "is missing", None),
        ]

    def test_every_fault_is_told_at_once(self, request_: InformationRequest) -> None:
        rows = [with_(audit="q", team=""), ONE, dict(ONE)]
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
        assert {one.place for one in found} == {f"row 1, column {name}" for name in CAME}
        assert was.check([{name: ONE[name] for name in WAS}]) == ()

    @pytest.mark.parametrize("cases", [3, None, [1, 2], ["case ID"]])
    def test_what_is_no_list_is_refused(self, request_: InformationRequest, cases: object) -> None:
        with pytest.raises(of.OfstedFrameworkError):
            request_.check(cases)

    def test_the_day_of_the_inspection_is_a_day(self, request_: InformationRequest) -> None:
        for begins in ("2025-11-17", MIDNIGHT):
            with pytest.raises(of.OfstedFrameworkError, match="is not a day"):
                request_.check([ONE], begins=begins)  # type: ignore[arg-type]


class _Pandas:
    """Answers as a pandas frame does."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows, self.columns = rows, list(rows[0])

    def to_dict(self, orient: str) -> list[dict[str, Any]]:
        assert orient == "records"
        return self._rows


class _Polars:
    """Answers as a polars frame does."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows, self.columns = rows, list(rows[0])

    def to_dicts(self) -> list[dict[str, Any]]:
        return self._rows


class _Unsaid:
    """A missing value that will not say whether it is itself, as that of pandas."""

    def __ne__(self, other: object) -> bool:
        raise TypeError("boolean value is ambiguous")

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return "<NA>"


class TestDataFrames:
    @pytest.mark.parametrize("frame", [_Pandas, _Polars])
    def test_a_frame_is_a_list(self, request_: InformationRequest, frame: Any) -> None:
        assert request_.check(frame([ONE])) == ()
        rows = [ONE | {"case ID": "2"}, ONE | {"audit": _Unsaid(), "team": float("nan")}]
        assert told(request_.check(frame(rows))) == [
            ("row 3, field team", "is empty"), ("row 3, field audit", "is empty"),
        ]  # fmt: skip

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
            ("row 6", "is the number of cells, where the head has 21")
        ]
        assert request_.check(str(file))[0].value == 20

    @pytest.mark.parametrize("bytes", [b"", b"\xff\xfe\x00", b'case ID\n"never closed'])
    def test_a_file_that_cannot_be_read_is_one_error(
        self, request_: InformationRequest, file: Path, bytes: bytes
    ) -> None:
        file.write_bytes(bytes)
        with pytest.raises(of.OfstedFrameworkError, match=r"cannot be read|holds no head"):
            request_.check(file)

    def test_a_file_that_is_not_there(self, request_: InformationRequest, file: Path) -> None:
        with pytest.raises(of.OfstedFrameworkError, match="cannot be read"):
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
        assert (code, out) == (0, "The list has the form that is asked for.\n")

    def test_a_list_with_faults(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        file = tmp_path / "invented.csv"
        file.write_text(written([with_(audit="y", team="")]), encoding="utf-8")
        code, out, err = run(capsys, *self.ASK, str(file))
        assert code == 3
        assert "row 2, field audit" in out + err
        assert "row 2, field team" in out + err
        assert "Y" in out + err
