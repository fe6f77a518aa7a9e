"""Files that are broken, or made to break their reader: one clear account of each, and no harm.

Files that might fill the memory, or take for ever, are read by another process that may do neither.
"""

from __future__ import annotations

import csv
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ofsted_framework as of
from ofsted_framework.documents import Loaded
from ofsted_framework.errors import Fault
from table_files import (
    IN_YEAR,
    SUMMARY,
    WORKBOOK,
    Cell,
    Table,
    day,
    event,
    graded,
    summary,
    write_csv,
    write_ods,
    write_xlsx,
)

IN_YEAR_SHEET = "In-year_inspections"
TITLE = "Local authority in-year inspection activity 2023-24"
DATE, KIND = "Inspection/Visit date", "Inspection/Visit type"


def refused(path: Path, layout: str | None = None) -> tuple[Fault, ...]:
    """The faults for which a file is refused."""
    with pytest.raises(of.OfstedFrameworkError) as caught:
        of.read(path, layout=layout)
    assert str(caught.value)
    return caught.value.faults


def the_fault(path: Path, layout: str | None = None) -> Fault:
    """The one fault for which a file is refused."""
    (fault,) = refused(path, layout)
    return fault


def adds_up(loaded: Loaded) -> bool:
    return loaded.rows == loaded.events + len(loaded.repeated) + len(loaded.unused)


_CHILD = """\
import resource, sys
import ofsted_framework as of
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
try:
    loaded = of.read(sys.argv[1])
except of.OfstedFrameworkError as error:
    print("refused", len(error.faults), str(error)[:1000])
else:
    print("read", loaded.rows, loaded.events, len(loaded.repeated), len(loaded.unused))
"""


def account(path: Path) -> str:
    """What comes of reading a file in a process with 4 GB of memory, which is given up on in time.

    A thousandth of that is enough for any file here, and so is a tenth of the time.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CHILD, str(path)],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{path.name} ({path.stat().st_size} bytes) is being read for ever"
    if done.returncode:
        return f"the reader ended with {done.returncode}: {done.stderr[-300:]}"
    return done.stdout.strip()


def in_zip(
    path: Path, changes: dict[str, Callable[[bytes], bytes]], *, to: str = "", names: str = ""
) -> Path:
    """The same file with some members changed; `to` and `names` rename one."""
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(to if name == names else name, changes.get(name, bytes)(content))
    return path


@pytest.fixture
def xlsx(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "book.xlsx", {IN_YEAR_SHEET: WORKBOOK[IN_YEAR_SHEET]})


@pytest.fixture
def ods(tmp_path: Path) -> Path:
    return write_ods(tmp_path / "book.ods", {IN_YEAR_SHEET: WORKBOOK[IN_YEAR_SHEET]})


SHEET = "xl/worksheets/sheet1.xml"
CONTENT = "content.xml"


def after_rows(cells: bytes) -> dict[str, Callable[[bytes], bytes]]:
    """Rows put behind the last of a sheet of XLSX."""
    return {SHEET: lambda xml: xml.replace(b"</sheetData>", cells + b"</sheetData>")}


def after_table(rows: bytes) -> dict[str, Callable[[bytes], bytes]]:
    """Rows put behind the last of a sheet of ODS."""
    return {CONTENT: lambda xml: xml.replace(b"</table:table>", rows + b"</table:table>", 1)}


# --- CSV: how the text is written -----------------------------------------------------------------


@pytest.fixture
def events(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "events.csv", [graded(), event(event_id="v", kind="focused_visit")])


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line", [b"\n", b"\r\n", b"\r"])
def test_marks_and_ends_of_lines_are_nothing(mark: bytes, line: bytes, events: Path) -> None:
    wanted = of.read(events)
    events.write_bytes(mark + events.read_bytes().replace(b"\r\n", line))
    assert of.read(events) == wanted
    assert wanted.problems == ()
    assert (wanted.rows, wanted.events) == (2, 2)


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolons"), ("\t", "tabs")])
@pytest.mark.parametrize("layout", [None, "ilacs-events"])
def test_another_sign_between_cells(sign: str, name: str, layout: str | None, events: Path) -> None:
    events.write_text(events.read_text("utf-8").replace(",", sign), "utf-8")
    fault = the_fault(events, layout)
    assert fault.place == "row 1"
    assert fault.message == f"is separated by {name}; save the file with commas"


@pytest.mark.parametrize(
    ("content", "byte"),
    [
        ("Northshire – caf\xe9".encode("cp1252"), "0x96"),
        ("event_id,authority\ne-1,North".encode("utf-16"), "0xff"),
        (b"\x89PNG\r\n", "0x89"),
    ],
)
def test_text_that_is_not_utf_8(content: bytes, byte: str, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(content)
    fault = the_fault(path)
    assert fault.value == "events.csv"
    assert "is not UTF-8: byte" in fault.message
    assert byte in fault.message
    assert "save it as “CSV UTF-8”" in fault.message


@pytest.mark.parametrize("layout", [None, "ilacs-events"])
def test_nul_characters(layout: str | None, events: Path) -> None:
    events.write_bytes(events.read_bytes().replace(b"Northshire", b"North\0shire", 1))
    fault = the_fault(events, layout)
    assert fault.place == "line 2"
    assert "holds NUL characters" in fault.message


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n", "  \n \n", ",,,\n,,,\n", "\ufeff", '""\n'])
@pytest.mark.parametrize("layout", [None, "ilacs-events", "ofsted-framework"])
def test_a_csv_file_with_nothing_in_it(text: str, layout: str | None, tmp_path: Path) -> None:
    path = tmp_path / "nothing.csv"
    path.write_text(text, "utf-8")
    assert refused(path, layout)


def test_a_header_without_rows(tmp_path: Path) -> None:
    loaded = of.read(write_csv(tmp_path / "events.csv", []))
    assert loaded == Loaded(())
    path = tmp_path / "own.csv"
    path.write_text("type,id,start,provider_kind\n", "utf-8")
    assert "holds no event" in the_fault(path).message


def test_a_quotation_that_does_not_end(events: Path) -> None:
    text = events.read_text("utf-8")
    events.write_text(text.replace("Northshire", '"Northshire', 1), "utf-8")
    assert "cannot be read, and nothing after it was" in the_fault(events).message


def test_a_cell_of_a_megabyte(events: Path) -> None:
    text = events.read_text("utf-8")
    events.write_text(text.replace("Northshire", "N" * 1_000_000, 1), "utf-8")
    assert "cannot be read, and nothing after it was" in the_fault(events).message


# --- CSV: what stands in it -----------------------------------------------------------------------


def test_a_wrong_header_is_told_by_column(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("name,date,result\nNorthshire,2024-01-22,good\n", "utf-8")
    told = str(of.OfstedFrameworkError(refused(path)))
    assert "row 1" in told
    faults = refused(path, "ilacs-events")
    assert [one.place for one in faults] == [
        f"row 1, column {name}"
        for name in ("event_id", "authority", "urn", "kind", "start", "published")
    ]
    assert {one.message.split(";")[0] for one in faults} == {"is missing (ilacs-events needs it)"}


OWN_IN_CAPITALS = ["Provider", "Provider kind", "Type", "ID", "Start"]


@pytest.mark.parametrize("ending", ["csv", "ods", "xlsx"])
def test_our_own_header_in_capitals_is_told_how_it_is_spelt(ending: str, tmp_path: Path) -> None:
    rows = [OWN_IN_CAPITALS, ["Cafcass", "cafcass", "focused-visit", "fv-1", "2026-10-06"]]
    path = tmp_path / f"own.{ending}"
    if ending == "csv":
        path.write_text("\n".join(map(",".join, rows)), "utf-8")
    else:
        write_book(path, {"Sheet1": rows})
    faults = refused(path)
    assert [(one.value, one.nearest) for one in faults[:5]] == [
        ("Provider", "provider"),
        ("Provider kind", "provider_kind"),
        ("Type", "type"),
        ("ID", "id"),
        ("Start", "start"),
    ]


def test_no_header_at_all(events: Path) -> None:
    rows = events.read_bytes().split(b"\r\n")
    events.write_bytes(b"\r\n".join(rows[1:]))
    assert refused(events)
    assert {one.message.split(";")[0] for one in refused(events, "ilacs-events")} == {
        "is missing (ilacs-events needs it)"
    }


def test_cells_that_moved_one_column_to_the_right(tmp_path: Path) -> None:
    """Each row has one cell too many in front; nothing fits, and nothing is taken for an event."""
    path = write_csv(tmp_path / "events.csv", [graded(), graded(event_id="e-2")])
    head, *rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([head, *(f"x,{row}" for row in rows)]), "utf-8")
    loaded = of.read(path)
    assert adds_up(loaded)
    assert (loaded.rows, loaded.events) == (2, 0)
    assert loaded.unused == ("row 2", "row 3")
    for number in (2, 3):
        assert [
            (one.value, one.message)
            for one in loaded.problems
            if one.place == f"row {number}, column kind"
        ] == [("ILACS", "is no kind of event here")]


def test_cells_that_moved_one_column_to_the_left_from_the_days_on(tmp_path: Path) -> None:
    row = graded(start="2023-09-15", end="2023-10-30", published="good", overall="good",
                 leaders="good", help_protection="good", in_care="good", care_leavers="",
                 in_care_and_leavers="")  # fmt: skip
    loaded = of.read(write_csv(tmp_path / "events.csv", [row]))
    assert [(one.place, one.value) for one in loaded.problems] == [
        ("row 2, column published", "good")
    ]
    assert adds_up(loaded)


def test_rows_that_are_too_short_or_too_long(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "events.csv", [graded()])
    head, row = path.read_text("utf-8").splitlines()
    short = ",".join(row.split(",")[:11]).replace("e-1", "e-2").replace("2023-09-04", "2019-09-09")
    path.write_text(f"{head}\n{row},,,extra\n{short}\nx\n", "utf-8")
    loaded = of.read(path)
    assert adds_up(loaded)
    assert (loaded.rows, loaded.events) == (3, 2)
    assert loaded.unused == ("row 4",)


def test_two_formats_of_days_in_one_column(tmp_path: Path) -> None:
    loaded = of.read(
        write_csv(
            tmp_path / "events.csv",
            [
                graded(),
                event(event_id="b", urn="90002", authority="Westmere", start="04/09/2023"),
                event(event_id="c", urn="90003", authority="Eastmarsh", start="22/09/2023"),
            ],
        )
    )
    assert [(one.place, one.value, one.nearest) for one in loaded.problems] == [
        ("row 3, column start", "04/09/2023", None),
        ("row 4, column start", "22/09/2023", "2023-09-22"),
    ]
    assert [str(one.events[0].start) for one in loaded.histories] == [
        "2023-09-04",
        "../2023-10-30",
        "../2023-10-30",
    ]


def test_a_day_in_1900(tmp_path: Path) -> None:
    rows = [
        graded(start="1900-01-00"),
        graded(event_id="b", start="1900-01-01"),
        graded(event_id="c", end="1899-12-30"),
    ]
    loaded = of.read(write_csv(tmp_path / "events.csv", rows))
    assert [(one.place, one.value) for one in loaded.problems] == [
        ("row 2, column start", "1900-01-00"),
        ("row 3, column start", "1900-01-01"),
        ("row 4, column end", "1899-12-30"),
    ]
    assert "is not a day" in loaded.problems[0].message
    assert {one.message for one in loaded.problems[1:]} == {
        "is before 2013-11-01, the first day that such a table can speak of"
    }


FORMULAS = ["=cmd()", "=cmd|' /C calc'!A0", "@SUM(1)", "+1+1", "-2+3", "=HYPERLINK(A1)"]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("column", ["start", "overall", "kind", "area_for_priority_action"])
def test_a_formula_is_read_as_the_text_that_it_is(
    formula: str, column: str, tmp_path: Path
) -> None:
    loaded = of.read(write_csv(tmp_path / "events.csv", [graded(**{column: formula})]))
    (problem,) = loaded.problems
    assert (problem.place, problem.value) == (f"row 2, column {column}", formula)
    assert adds_up(loaded)
    assert loaded.events == (column != "kind")


def test_a_formula_for_a_name_is_a_name(tmp_path: Path) -> None:
    loaded = of.read(write_csv(tmp_path / "events.csv", [graded(authority="=cmd()")]))
    assert [one.provider.name for one in loaded.histories] == ["=cmd()"]
    assert (
        of.dump(of.History(loaded.histories[0].provider, loaded.histories[0].events), layout="csv")
        .splitlines()[1]
        .startswith("'=cmd()")
    )


def words(rows: int, columns: int) -> list[list[str]]:
    """Rows of garbage, the same each time."""
    drawn = random.Random(5)
    some = ["".join(drawn.choices("abcdefghij0123456789-/ ", k=8)) for _ in range(997)]
    return [drawn.choices(some, k=columns) for _ in range(rows)]


def write_garbage(path: Path, header: Sequence[str], rows: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if header:
            writer.writerow(header)
        writer.writerows(words(rows, len(header) or 12))
    return path


def test_a_hundred_thousand_rows_of_garbage_under_a_good_header(tmp_path: Path) -> None:
    header = ("event_id", "urn", "authority", "kind", "start", "published")
    loaded = of.read(write_garbage(tmp_path / "events.csv", header, 100_000))
    assert adds_up(loaded)
    assert (loaded.rows, loaded.events, len(loaded.unused)) == (100_000, 0, 100_000)
    assert (loaded.unused[0], loaded.unused[-1]) == ("row 2", "row 100001")
    assert loaded.histories == ()
    assert {one.place.split(",")[0] for one in loaded.problems} == set(loaded.unused)


def test_five_thousand_rows_of_garbage_in_our_own_layout(tmp_path: Path) -> None:
    header = ("type", "id", "start", "provider_kind", "provider")
    faults = refused(write_garbage(tmp_path / "own.csv", header, 5_000))
    assert len(faults) == 101
    assert re.fullmatch(r"and \d+ more", faults[-1].message)


def test_a_hundred_thousand_rows_of_garbage_without_a_header(tmp_path: Path) -> None:
    faults = refused(write_garbage(tmp_path / "garbage.csv", (), 100_000))
    assert {one.place.split(",")[0] for one in faults} == {"row 1"}


def test_thousands_of_rows_without_a_name(tmp_path: Path) -> None:
    """As where cells of a column of names were merged, so that only the first has it."""
    rows = []
    for number in range(8000):
        rows.append(event(event_id=f"a{number}", urn=str(number), authority=f"Council {number}"))
        rows.append(event(event_id=f"b{number}", urn="", authority=""))
    path = write_csv(tmp_path / "events.csv", rows)
    assert account(path) == "read 16000 8000 0 8000"


def test_thousands_of_rows_of_one_authority_on_one_day(tmp_path: Path) -> None:
    first = date(2023, 10, 1)
    rows = [
        dict(zip(SUMMARY, map(str, summary(publication_date=f"{on:%d/%m/%Y}")), strict=True))
        for on in (first + timedelta(days=number) for number in range(5000))
    ]
    path = write_csv(tmp_path / "summary.csv", rows, SUMMARY)
    assert account(path).startswith(("read 5000 ", "refused"))


# --- Workbooks: what stands in them ---------------------------------------------------------------

WRITERS: dict[str, Callable[[Path, dict[str, Table]], Path]] = {
    "ods": write_ods,
    "xlsx": write_xlsx,
}
ENDINGS = pytest.mark.parametrize("ending", ["ods", "xlsx"])


def write_book(path: Path, sheets: dict[str, Table]) -> Path:
    return WRITERS[path.suffix[1:]](path, sheets)


def short(**cells: Cell) -> list[Cell]:
    """A row of a short inspection in the sheet of the year."""
    told: dict[str, Cell] = {
        "Web link": "Ofsted Local Authority Webpage",
        "Local authority area code": "E06900001",
        "Local authority name": "Northshire",
        "Region": "North East",
        DATE: day("2023-09-04"),
        "Publication date": day("2023-10-30"),
        KIND: "ILACS Short Inspection",
        **dict.fromkeys(IN_YEAR[7:12], "Good"),
        "Visit Theme": None,
    }
    return list({**told, **cells}.values())


@ENDINGS
def test_a_workbook_without_a_cell(ending: str, tmp_path: Path) -> None:
    fault = the_fault(write_book(tmp_path / f"book.{ending}", {"Sheet1": []}))
    assert (fault.value, fault.message) == (f"book.{ending}", "holds nothing")


@ENDINGS
def test_a_sheet_that_is_known_and_empty_beside_one_that_is_not(
    ending: str, tmp_path: Path
) -> None:
    path = write_book(
        tmp_path / f"book.{ending}",
        {IN_YEAR_SHEET: [], "ILACS_inspection_history": WORKBOOK["ILACS_inspection_history"]},
    )
    fault = the_fault(path)
    assert (fault.place, fault.message) == (f"sheet {IN_YEAR_SHEET}", "holds nothing")


@ENDINGS
def test_a_sheet_with_a_header_only(ending: str, tmp_path: Path) -> None:
    path = write_book(tmp_path / f"book.{ending}", {IN_YEAR_SHEET: [[TITLE], IN_YEAR]})
    assert of.read(path) == Loaded(())


@ENDINGS
def test_a_sheet_of_notes_only(ending: str, tmp_path: Path) -> None:
    path = write_book(tmp_path / f"book.{ending}", {"Notes": [["Nothing here"], ["nor here"]]})
    fault = the_fault(path)
    assert fault.value == f"book.{ending}"
    assert "holds no table in a layout that is known" in fault.message
    assert "Our own layout needs the columns type, id, start, provider_kind" in fault.message


@ENDINGS
def test_columns_of_a_sheet_that_moved(ending: str, tmp_path: Path) -> None:
    rows = [[TITLE], IN_YEAR, ["x", *short()]]
    loaded = of.read(write_book(tmp_path / f"book.{ending}", {IN_YEAR_SHEET: rows}))
    assert adds_up(loaded)
    assert (loaded.rows, loaded.events) == (1, 0)
    assert loaded.unused == (f"sheet {IN_YEAR_SHEET}, row 3",)
    told = {(one.place, one.value) for one in loaded.problems}
    where = f"sheet {IN_YEAR_SHEET}, row 3, column"
    assert (f"{where} {DATE}", "North East") in told
    assert (f"{where} {KIND}", "2023-10-30") in told


def test_titles_that_were_merged_over_the_table(xlsx: Path) -> None:
    wanted = of.read(xlsx)
    book = openpyxl.load_workbook(xlsx)
    book[IN_YEAR_SHEET].merge_cells("A1:M1")
    book[IN_YEAR_SHEET].merge_cells("A2:M2")
    book.save(xlsx)
    assert of.read(xlsx) == wanted
    assert wanted.problems == ()
    assert wanted.events == 3


def test_headers_that_were_merged_are_missing(xlsx: Path) -> None:
    book = openpyxl.load_workbook(xlsx)
    book[IN_YEAR_SHEET].merge_cells("E3:F3")
    book.save(xlsx)
    fault = the_fault(xlsx)
    assert fault.place == f"sheet {IN_YEAR_SHEET}, row 3, column Publication date"
    assert fault.message.startswith("is missing (ofsted-in-year needs it)")


def test_names_that_were_merged_are_missing_and_cost_the_claims(tmp_path: Path) -> None:
    visit = {KIND: "ILACS Focused Visit", **dict.fromkeys(IN_YEAR[7:12])}
    path = write_xlsx(
        tmp_path / "book.xlsx",
        {IN_YEAR_SHEET: [[TITLE], IN_YEAR, short(), short(**{DATE: day("2024-01-23"), **visit})]},
    )
    book = openpyxl.load_workbook(path)
    book[IN_YEAR_SHEET].merge_cells("C3:C4")
    book.save(path)
    loaded = of.read(path)
    assert [(one.place, one.value) for one in loaded.problems] == [
        (f"sheet {IN_YEAR_SHEET}, row 4, column Local authority name", None)
    ]
    assert loaded.unused == (f"sheet {IN_YEAR_SHEET}, row 4",)
    assert [(one.type, str(one.first), str(one.last)) for one in loaded.histories[0].coverage] == [
        ("focused-visit", "2023-04-01", "2024-01-22"),
        ("focused-visit", "2024-01-24", "2024-03-31"),
        ("monitoring-visit", "2023-04-01", "2024-03-31"),
    ]


def test_a_formula_with_a_value_that_was_worked_out(xlsx: Path) -> None:
    """Its value is what the sheet shows."""

    def work_out(xml: bytes) -> bytes:
        cell = re.compile(rb'<c r="H4"[^>]*>.*?</c>', re.DOTALL)
        assert cell.search(xml)
        return cell.sub(b'<c r="H4" t="str"><f>A1</f><v>Inadequate</v></c>', xml)

    loaded = of.read(in_zip(xlsx, {SHEET: work_out}))
    assert loaded.problems == ()
    (made,) = loaded.histories[0].events
    assert made.judgements is not None
    assert str(made.judgements[0].grade) == "inadequate"


@pytest.mark.parametrize("column", [DATE, "Publication date", KIND, "Overall effectiveness"])
def test_a_formula_that_was_never_worked_out_is_harmless(column: str, tmp_path: Path) -> None:
    """Programs write formulas, and leave it to the spreadsheet to work them out."""
    path = write_xlsx(
        tmp_path / "book.xlsx", {IN_YEAR_SHEET: [[TITLE], IN_YEAR, short(**{column: "=1+1"})]}
    )
    loaded = of.read(path)
    assert adds_up(loaded)
    assert loaded.rows == 1
    for history in loaded.histories:
        for made in history.events:
            assert "=1+1" not in str(made)


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!"])
@pytest.mark.parametrize("column", [DATE, "Publication date", "Overall effectiveness"])
def test_an_error_in_a_cell_is_listed(column: str, error: str, tmp_path: Path) -> None:
    """The sheet shows it; who reads it as an empty cell says that nothing is there."""
    path = write_xlsx(
        tmp_path / "book.xlsx", {IN_YEAR_SHEET: [[TITLE], IN_YEAR, short(**{column: error})]}
    )
    loaded = of.read(path)
    assert adds_up(loaded)
    where = f"sheet {IN_YEAR_SHEET}, row 3, column {column}"
    assert where in {one.place for one in loaded.problems}


def test_a_day_in_1900_in_a_workbook(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "book.xlsx",
        {IN_YEAR_SHEET: [[TITLE], IN_YEAR, short(**{"Publication date": day("1900-01-01")})]},
    )
    (problem,) = of.read(path).problems
    assert problem.place == f"sheet {IN_YEAR_SHEET}, row 3, column Publication date"
    assert problem.value == "1900-01-01"
    assert "is before 2013-11-01" in problem.message


def test_a_workbook_that_counts_days_from_1904(tmp_path: Path) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = IN_YEAR_SHEET
    for row in ([TITLE], IN_YEAR, short()):
        sheet.append(list(row))
    book.save(tmp_path / "book.xlsx")
    loaded = of.read(tmp_path / "book.xlsx")
    assert loaded.problems == ()
    assert str(loaded.histories[0].events[0].start) == "2023-09-04"


def test_a_chart_beside_the_table(xlsx: Path) -> None:
    wanted = of.read(xlsx)
    book = openpyxl.load_workbook(xlsx)
    book.create_chartsheet("Chart")
    book.save(xlsx)
    assert of.read(xlsx) == wanted


# --- Workbooks: how they are packed ---------------------------------------------------------------


@ENDINGS
@pytest.mark.parametrize(
    "content",
    [b"", b"event_id,urn\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), b"PK"],
)
def test_a_file_that_is_called_a_workbook_and_is_none(
    content: bytes, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"book.{ending}"
    path.write_bytes(content)
    fault = the_fault(path)
    assert fault.value == f"book.{ending}"
    assert "cannot be opened as a workbook" in fault.message


@ENDINGS
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_a_workbook_that_was_cut_off(kept: float, ending: str, tmp_path: Path) -> None:
    path = write_book(tmp_path / f"book.{ending}", dict(WORKBOOK))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    fault = the_fault(path)
    assert fault.value == f"book.{ending}"
    assert "cannot be opened as a workbook" in fault.message


@ENDINGS
def test_an_archive_that_is_no_workbook(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"book.{ending}"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "nothing")
    fault = the_fault(path)
    assert fault.value == f"book.{ending}"
    assert "cannot be read" in fault.message
    with zipfile.ZipFile(path, "w"):
        pass
    assert the_fault(path).value == f"book.{ending}"


def test_a_workbook_under_the_name_of_the_other_kind(ods: Path, xlsx: Path) -> None:
    wrong = ods.with_name("wrong.xlsx")
    wrong.write_bytes(ods.read_bytes())
    assert the_fault(wrong).value == "wrong.xlsx"
    wrong = xlsx.with_name("wrong.ods")
    wrong.write_bytes(xlsx.read_bytes())
    assert the_fault(wrong).value == "wrong.ods"


@settings(max_examples=60)
@given(st.data())
def test_bytes_that_were_changed_are_no_crash(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever was overwritten, the file is read or refused, and every row is accounted for."""
    ending = data.draw(st.sampled_from(["ods", "xlsx"]))
    path = tmp_path_factory.mktemp("changed") / f"book.{ending}"
    whole = bytearray(_whole(ending))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(whole))
    try:
        loaded = of.read(path)
    except of.OfstedFrameworkError:
        pass
    else:
        assert adds_up(loaded)
    path.unlink()


_WHOLE: dict[str, bytes] = {}


def _whole(ending: str) -> bytes:
    if ending not in _WHOLE:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = write_book(Path(folder) / f"book.{ending}", dict(WORKBOOK))
            _WHOLE[ending] = path.read_bytes()
    return _WHOLE[ending]


@settings(max_examples=60)
@given(st.data())
def test_text_of_xml_that_was_changed_is_no_crash(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """The same inside the archive, which a checksum does not guard here."""
    ending = data.draw(st.sampled_from(["ods", "xlsx"]))
    path = tmp_path_factory.mktemp("changed") / f"book.{ending}"
    path.write_bytes(_whole(ending))
    name = (
        CONTENT
        if ending == "ods"
        else data.draw(
            st.sampled_from([SHEET, "xl/worksheets/sheet4.xml", "xl/workbook.xml", "xl/styles.xml"])
        )
    )
    pieces = [b"", b"<", b">", b'"', b"&", b"&amp;", b"9", b"</row>", b"<!--", b"\xff", b"\0"]
    piece = data.draw(st.sampled_from(pieces))

    def change(xml: bytes) -> bytes:
        at = data.draw(st.integers(0, len(xml) - 1))
        return xml[:at] + piece + xml[at + data.draw(st.integers(0, 30)) :]

    in_zip(path, {name: change})
    try:
        loaded = of.read(path)
    except of.OfstedFrameworkError:
        pass
    else:
        assert adds_up(loaded)
    path.unlink()


def test_a_locked_archive(xlsx: Path) -> None:
    """The mark that a member is encrypted, which the reader has no key for."""
    whole = bytearray(xlsx.read_bytes())
    at = 0
    while (at := whole.find(b"PK\x01\x02", at)) >= 0:
        whole[at + 8] |= 1
        at += 4
    xlsx.write_bytes(bytes(whole))
    fault = the_fault(xlsx)
    assert fault.value == "book.xlsx"
    assert "encrypted" in fault.message


# --- Bombs ----------------------------------------------------------------------------------------


def is_refused(told: str, name: str, part: str = "") -> bool:
    return told.startswith(f"refused 1 '{name}' ") and part in told


@ENDINGS
@pytest.mark.parametrize("member", ["bomb.xml", "bomb.bin"])
def test_a_zip_bomb(member: str, ending: str, tmp_path: Path) -> None:
    path = write_book(tmp_path / f"book.{ending}", dict(WORKBOOK))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr(member, bytes(301_000_000))
    assert path.stat().st_size < 2_000_000
    assert is_refused(account(path), path.name, "unpacks to more than")


def test_a_zip_bomb_of_many_members(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(3000):
            packed.writestr(f"xl/{number}.xml", "")
    assert "holds more than 2,000 members" in the_fault(path).message


ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a0 "ha">'
    + b"".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(1, 10))
    + b"]>"
)


@ENDINGS
def test_a_bomb_of_entities(ending: str, tmp_path: Path) -> None:
    path = write_book(tmp_path / f"book.{ending}", dict(WORKBOOK))
    name = CONTENT if ending == "ods" else SHEET

    def change(xml: bytes) -> bytes:
        head, sign, rest = xml.partition(b"?>")
        if not sign:
            head, rest = b"", xml
        return head + sign + ENTITIES + rest.replace(b"Northshire", b"&a9;")

    assert is_refused(account(in_zip(path, {name: change})), path.name, "declares entities")


CORNERS = {
    "as Excel writes it": b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>',
    "in single quotes": b"<row r='1048576'><c r='XFD1048576' t='n'><v>1</v></c></row>",
    "with blanks": b'<row r = "1048576"><c r = "XFD1048576" t="n"><v>1</v></c></row>',
    "in small letters": b'<row r="1048576"><c r="xfd1048576" t="n"><v>1</v></c></row>',
    "with noughts": b'<row r="1048576"><c r="XFD00001048576" t="n"><v>1</v></c></row>',
    "row and column apart": (
        b'<row r="20"><c r="XFD20" t="n"><v>1</v></c></row>'
        b'<row r="1048576"><c t="n"><v>1</v></c></row>'
    ),
}


@pytest.mark.parametrize("how", CORNERS)
def test_a_cell_in_the_last_corner(how: str, xlsx: Path) -> None:
    told = account(in_zip(xlsx, after_rows(CORNERS[how])))
    assert is_refused(told, "book.xlsx", "has more than 5,000,000 cells"), told


def test_a_cell_in_the_last_corner_of_a_sheet_under_another_ending(xlsx: Path) -> None:
    def rename(xml: bytes) -> bytes:
        return xml.replace(b"sheet1.xml", b"sheet1.dat")

    changes = after_rows(CORNERS["as Excel writes it"]) | {
        "xl/_rels/workbook.xml.rels": rename,
        "[Content_Types].xml": rename,
    }
    told = account(in_zip(xlsx, changes, names=SHEET, to="xl/worksheets/sheet1.dat"))
    assert told.startswith("refused 1 'book.xlsx' "), told


FILLED = b'<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
REPEATS = {
    "rows": b'<table:table-row table:number-rows-repeated="9000000">' + FILLED
    + b"</table:table-row>",
    "rows and columns": b'<table:table-row table:number-rows-repeated="5000">'
    + FILLED.replace(b"-cell office", b'-cell table:number-columns-repeated="5000" office')
    + b"</table:table-row>",
    "rows before one that is filled": b'<table:table-row table:number-rows-repeated="9000000">'
    b"<table:table-cell/></table:table-row><table:table-row>" + FILLED + b"</table:table-row>",
    "in single quotes": b"<table:table-row table:number-rows-repeated='9000000'>" + FILLED
    + b"</table:table-row>",
    "with a sign": b'<table:table-row table:number-rows-repeated="+9000000">' + FILLED
    + b"</table:table-row>",
    "with a reference": b'<table:table-row table:number-rows-repeated="&#57;000000">' + FILLED
    + b"</table:table-row>",
    "behind a bracket": b'<table:table-row table:style-name=">" '
    b'table:number-rows-repeated="9000000">' + FILLED + b"</table:table-row>",
    "with blanks": b'<table:table-row table:number-rows-repeated = "9000000">' + FILLED
    + b"</table:table-row>",
}  # fmt: skip


@pytest.mark.parametrize("what", REPEATS)
def test_rows_that_are_repeated_millions_of_times(what: str, ods: Path) -> None:
    told = account(in_zip(ods, after_table(REPEATS[what])))
    assert is_refused(told, "book.ods", "has more than 5,000,000 cells"), told


def test_empty_rows_that_are_repeated_to_the_end_are_nothing(ods: Path) -> None:
    wanted = of.read(ods)
    tail = (
        b'<table:table-row table:number-rows-repeated="1048000">'
        b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert of.read(in_zip(ods, after_table(tail))) == wanted


def test_a_long_text_that_is_repeated(ods: Path) -> None:
    """Few cells, each of a megabyte: 16 GB in a file of 4 KB."""
    row = (
        b'<table:table-row><table:table-cell office:value-type="string" '
        b'table:number-columns-repeated="16000"><text:p>' + b"a" * 1_000_000 + b"</text:p>"
        b"</table:table-cell></table:table-row>"
    )
    told = account(in_zip(ods, after_table(row)))
    assert told.startswith(("refused 1 'book.ods' ", "read ")), told


def test_blanks_that_a_number_stands_for(ods: Path) -> None:
    """One cell with `text:s`, which stands for as many blanks as it says: four billion."""
    row = (
        b'<table:table-row><table:table-cell office:value-type="string"><text:p>a'
        b'<text:s text:c="4000000000"/></text:p></table:table-cell></table:table-row>'
    )
    told = account(in_zip(ods, after_table(row)))
    assert is_refused(told, "book.ods", "has cells with more than 300,000,000 characters"), told


def test_a_long_text_that_cells_share(xlsx: Path) -> None:
    """Ten thousand cells of one text of a megabyte: 10 GB in a file of 30 KB."""
    rows = b"".join(
        b'<row r="%d">' % row
        + b"".join(b'<c r="%c%d" t="s"><v>0</v></c>' % (65 + at, row) for at in range(20))
        + b"</row>"
        for row in range(10, 510)
    )
    main = b"http://schemas.openxmlformats.org/"
    in_zip(
        xlsx,
        after_rows(rows)
        | {
            "[Content_Types].xml": lambda xml: xml.replace(
                b"</Types>",
                b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
                b'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
            ),
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                b"</Relationships>",
                b'<Relationship Id="rId99" Type="' + main + b"officeDocument/2006/relationships/"
                b'sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            ),
        },
    )
    with zipfile.ZipFile(xlsx, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "xl/sharedStrings.xml",
            b'<?xml version="1.0"?><sst xmlns="' + main + b'spreadsheetml/2006/main" count="1" '
            b'uniqueCount="1"><si><t>' + b"a" * 1_000_000 + b"</t></si></sst>",
        )
    told = account(xlsx)
    assert told.startswith(("refused 1 'book.xlsx' ", "read ")), told


def test_tags_that_never_end_in_a_sheet_of_xlsx(xlsx: Path) -> None:
    """A file of 9 KB; each tag is looked for to the end of the text."""
    told = account(in_zip(xlsx, after_rows(b"<c " * 300_000)))
    assert told.startswith("refused 1 'book.xlsx' "), told


def test_tags_that_never_end_in_a_sheet_of_ods(ods: Path) -> None:
    told = account(in_zip(ods, after_table(b"<table:table-cell " * 100_000)))
    assert told.startswith("refused 1 'book.ods' "), told


# --- Files that are none --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("no.csv", "cannot be opened: No such file or directory"),
        ("no.json", "cannot be opened: No such file or directory"),
        ("no.toml", "cannot be opened: No such file or directory"),
        ("no.ods", "cannot be opened as a workbook"),
        ("no.xlsx", "cannot be opened as a workbook"),
        ("no\0.csv", "cannot be opened"),
        ("no\0.xlsx", "cannot be opened"),
    ],
)
def test_a_file_that_is_not_there(name: str, part: str, tmp_path: Path) -> None:
    fault = the_fault(tmp_path / name)
    assert fault.value == name
    assert part in fault.message


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("book.xls", ".xlsx"),
        ("book.xlsm", ".xlsx"),
        ("book.odt", ".ods"),
        ("book.jsonl", ".json"),
        ("book.txt", None),
        ("book", None),
    ],
)
def test_an_ending_that_is_not_read(name: str, nearest: str | None, tmp_path: Path) -> None:
    (tmp_path / name).write_text("x", "utf-8")
    fault = the_fault(tmp_path / name)
    assert fault.value == name
    assert "has none of the endings that can be read" in fault.message
    for ending in (".json", ".ndjson", ".csv", ".toml", ".ods", ".xlsx"):
        assert ending in fault.message
    assert fault.nearest == nearest


def test_a_folder_without_files(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / ".hidden.csv").write_text("x", "utf-8")
    fault = the_fault(tmp_path)
    assert (fault.value, fault.message) == (tmp_path.name, "is a folder that holds no file")


@pytest.mark.skipif(os.geteuid() == 0, reason="everything may be opened by root")
def test_a_file_that_may_not_be_opened(events: Path, xlsx: Path) -> None:
    for path in (events, xlsx):
        path.chmod(0)
        assert "cannot be opened" in the_fault(path).message


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("a.json", "", "the text is not JSON"),
        ("a.json", "[" * 200_000, "the text is nested too deeply to be read"),
        ("a.ndjson", "{}\nx", "the text is not JSON"),
        ("a.toml", "= 1", "the text is not TOML"),
        ("a.toml", "a = " + "[" * 200_000, "the text is nested too deeply to be read"),
    ],
)
def test_documents_that_are_broken(name: str, text: str, part: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert part in refused(path)[-1].message
