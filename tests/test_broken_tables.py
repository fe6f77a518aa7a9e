"""Broken files: each gives one clear account, and no crash, hang or blow-up."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

import ofsted_framework as of
from table_files import (
    EVENTS,
    IN_YEAR,
    WORKBOOK,
    Table,
    event,
    graded,
    workbook,
    write_csv,
    write_ods,
    write_xlsx,
)


def refused(path: Path) -> str:
    """What is said of a file that cannot be read."""
    with pytest.raises(of.OfstedFrameworkError) as caught:
        of.read(path)
    return str(caught.value)


def in_zip(path: Path, name: str, new: bytes) -> Path:
    """The same ZIP file with one member replaced."""
    with zipfile.ZipFile(path) as old:
        members = {one: old.read(one) for one in old.namelist()}
    members[name] = new
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for one, content in members.items():
            packed.writestr(one, content)
    return path


@pytest.fixture
def events(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "events.csv", [graded()])


@pytest.fixture
def ods(tmp_path: Path) -> Path:
    return write_ods(tmp_path / "book.ods", WORKBOOK)


@pytest.fixture
def xlsx(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "book.xlsx", WORKBOOK)


# --- CSV ------------------------------------------------------------------------------------------


def test_a_byte_order_mark_and_lines_of_windows_do_not_matter(events: Path) -> None:
    plain = of.read(events)
    text = events.read_text(encoding="utf-8").replace("\r\n", "\n").replace("\n", "\r\n")
    events.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert of.read(events) == plain


def test_semicolons(events: Path) -> None:
    events.write_text(events.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert "is separated by semicolons; save the file with commas" in refused(events)


def test_text_that_is_not_utf_8(events: Path) -> None:
    events.write_bytes(events.read_bytes().replace(b"Northshire", b"North\xe9"))
    told = refused(events)
    assert told.startswith("'events.csv' is not UTF-8: byte ")
    assert "is 0xe9 (save it as “CSV UTF-8”)" in told


def test_nul_characters(events: Path) -> None:
    events.write_bytes(events.read_bytes().replace(b"Northshire", b"North\0"))
    assert refused(events) == ("line 2: the text holds NUL characters; save it as “CSV UTF-8”")


def test_a_quotation_that_never_ends(events: Path) -> None:
    events.write_text(events.read_text(encoding="utf-8") + '"open,,,\n', encoding="utf-8")
    assert "cannot be read, and nothing after it was" in refused(events)


def test_columns_that_moved_by_one(tmp_path: Path) -> None:
    """Each cell stands under its neighbour's header: every row is unused, with its reasons."""
    rows = [graded(), graded(event_id="e-2", start="2018-03-05")]
    names = list(EVENTS)
    moved = [
        dict(zip(names, ["", *[row.get(name, "") for name in names[:-1]]], strict=True))
        for row in rows
    ]
    loaded = of.read(write_csv(tmp_path / "moved.csv", moved))
    assert (loaded.rows, loaded.events, len(loaded.unused)) == (2, 0, 2)
    assert [str(one) for one in loaded.problems] == [
        "row 2, column kind: 'ILACS' is no kind of event here",
        # What stands under the name is the same, and under the number an id that is not.
        "row 3, column authority: 'E06900001' is told with several numbers; their events are "
        "kept apart",
        "row 3, column kind: 'ILACS' is no kind of event here",
    ]


def test_two_shapes_of_days_in_one_column(tmp_path: Path) -> None:
    rows = [graded(), graded(event_id="e-2", start="05/03/2018", end="2018-03-16",
                             published="2018-04-20")]  # fmt: skip
    loaded = of.read(write_csv(tmp_path / "two.csv", rows))
    assert [str(one) for one in loaded.problems] == [
        "row 3, column start: '05/03/2018' is not a day, written as 2024-01-22"
    ]
    assert str(loaded.histories[0].events[0].start) == "../2018-04-20"


def test_a_formula_is_no_grade_and_no_day(tmp_path: Path) -> None:
    rows = [graded(overall="=cmd()", end="=TODAY()")]
    loaded = of.read(write_csv(tmp_path / "f.csv", rows))
    assert [str(one) for one in loaded.problems] == [
        "row 2, column end: '=TODAY()' is not a day, written as 2024-01-22",
        "row 2, column overall: '=cmd()' is no grade",
    ]


def test_a_wrong_header(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text("one,two,three\n1,2,3\n", encoding="utf-8")
    assert refused(path).startswith("7 faults:\nrow 1, column one: 'one' is no column here")


@pytest.mark.parametrize("text", ["", "\n\n", ",,,\n,,\n", "\ufeff"])
def test_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "n.csv"
    path.write_text(text, encoding="utf-8")
    assert refused(path)


def test_a_hundred_thousand_rows_of_garbage(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    head = ",".join(EVENTS)
    row = ",".join(f"x{n}" for n in range(len(EVENTS)))
    path.write_text(head + "\n" + (row + "\n") * 100_000, encoding="utf-8")
    loaded = of.read(path)
    assert (loaded.rows, loaded.events, len(loaded.unused)) == (100_000, 0, 100_000)
    assert str(loaded.problems[0]).startswith("row 2, column ")


def test_rows_that_are_too_short_or_too_long(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "s.csv", [graded()])
    path.write_text(
        path.read_text(encoding="utf-8") + "e-2,90001\n" + "e-3," * 60 + "\n", encoding="utf-8"
    )
    loaded = of.read(path)
    assert (loaded.rows, loaded.events, loaded.unused) == (3, 1, ("row 3", "row 4"))


# --- Workbooks ------------------------------------------------------------------------------------


def test_a_text_file_that_is_called_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_text("Not a workbook.", encoding="utf-8")
    assert refused(path).startswith("'t.xlsx' cannot be opened as a workbook: ")


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_a_file_that_was_cut_off(kind: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(kind)
    path.write_bytes(path.read_bytes()[:-200])
    assert "cannot be opened as a workbook" in refused(path)


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_bytes_that_were_changed(kind: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(kind)
    content = bytearray(path.read_bytes())
    for at in range(60, 400, 7):
        content[at] ^= 0xFF
    path.write_bytes(bytes(content))
    assert path.name in refused(path)


def test_a_member_that_is_no_xml(ods: Path) -> None:
    assert "cannot be read: " in refused(in_zip(ods, "content.xml", b"<office:document-content"))


def test_entities_are_refused(ods: Path, xlsx: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'
    for path, member in ((ods, "content.xml"), (xlsx, "xl/worksheets/sheet1.xml")):
        assert "declares entities" in refused(in_zip(path, member, bomb))


def test_a_zip_bomb(xlsx: Path) -> None:
    assert "unpacks to more than 300,000,000 bytes" in refused(
        in_zip(xlsx, "xl/worksheets/sheet1.xml", bytes(310_000_000))
    )


def test_a_row_that_is_repeated_a_million_times(ods: Path) -> None:
    with zipfile.ZipFile(ods) as packed:
        content = packed.read("content.xml")
    assert content.count(b"<table:table-row>") > 5
    again = content.replace(
        b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1048576">'
    )
    assert "has more than 5,000,000 cells" in refused(in_zip(ods, "content.xml", again))


def test_a_cell_in_the_last_corner(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "a", "b"
    path = tmp_path / "corner.xlsx"
    book.save(path)
    assert "has more than 5,000,000 cells" in refused(path)


def test_empty_rows_after_the_table_are_no_cells(ods: Path) -> None:
    """A sheet that is formatted to its end holds no more than one that is not."""
    with zipfile.ZipFile(ods) as packed:
        content = packed.read("content.xml")
    tail = (
        b'<table:table-row table:number-rows-repeated="1048000">'
        b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    loaded = of.read(in_zip(ods, "content.xml", content.replace(b"</table:table>", tail)))
    assert (loaded.rows, loaded.events) == (9, 6)


@pytest.mark.parametrize("write", [write_ods, write_xlsx])
def test_sheets_without_a_table(write: object, tmp_path: Path) -> None:
    assert callable(write)
    path = tmp_path / ("e.ods" if write is write_ods else "e.xlsx")
    write(path, {"Sheet1": [], "Notes": [["Nothing here"]]})
    assert "holds no table in a layout that is known" in refused(path)
    write(path, {"Sheet1": [[]]})
    assert "holds nothing" in refused(path)


def test_a_sheet_that_is_known_by_name_and_empty(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "e.xlsx", workbook(in_year=[]))
    assert refused(path) == "sheet In-year_inspections: holds nothing"


def test_titles_that_were_merged(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "m.xlsx", WORKBOOK)
    book = openpyxl.load_workbook(path)
    for name in ("In-year_inspections", "ILACS_inspection_history"):
        book[name].merge_cells("A1:M1")
        book[name].merge_cells("A2:M2")
    book.save(path)
    loaded = of.read(path)
    assert (loaded.rows, loaded.events, loaded.problems) == (9, 6, ())


def test_a_formula_in_a_cell(tmp_path: Path) -> None:
    """Without a value that was worked out, a formula says nothing."""
    rows = [list(row) for row in WORKBOOK["In-year_inspections"]]
    rows[3][5] = "=E4+30"
    rows[3][7] = '=IF(1=1,"Good","")'
    sheet: Table = rows
    loaded = of.read(write_xlsx(tmp_path / "f.xlsx", workbook(in_year=sheet, latest=None,
                                                              history=None)))  # fmt: skip
    assert loaded.rows == loaded.events == 3
    (one,) = (h for h in loaded.histories if h.provider.name == "Northshire")
    assert one.events[0].published is None
    assert one.events[0].judgements_partial


def test_columns_in_another_order_and_headers_in_another_case(tmp_path: Path) -> None:
    rows = [list(row) for row in WORKBOOK["In-year_inspections"]]
    turned: Table = [row[::-1] if len(row) == len(IN_YEAR) else row for row in rows]
    shouted: Table = [
        [cell.upper() if isinstance(cell, str) and n == 2 else cell for cell in row]
        for n, row in enumerate(turned)
    ]
    plain = of.read(write_xlsx(tmp_path / "a.xlsx", workbook(latest=None, history=None)))
    other = of.read(
        write_xlsx(tmp_path / "b.xlsx", workbook(in_year=shouted, latest=None, history=None))
    )
    assert plain.histories == other.histories


# --- Files ----------------------------------------------------------------------------------------


def test_files_that_are_not_there_or_are_none(tmp_path: Path) -> None:
    assert refused(tmp_path / "no.csv") == "'no.csv' cannot be opened: No such file or directory"
    assert "cannot be opened as a workbook" in refused(tmp_path / "no.ods")
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty") == "'empty' is a folder that holds no file"
    told = refused(tmp_path / "old.xls")
    assert "has none of the endings that can be read" in told
    assert "nearest good one: .xlsx" in told


def test_a_file_of_a_folder_that_cannot_be_read_does_not_spoil_the_others(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", [graded(), event(event_id="x", kind="odd")])
    (tmp_path / "b.xlsx").write_text("Not a workbook.", encoding="utf-8")
    loaded = of.read(tmp_path)
    assert (loaded.rows, loaded.events, loaded.unused) == (2, 1, ("a.csv, row 3",))
    assert [str(one).partition(",")[0].partition(":")[0] for one in loaded.problems] == [
        "a.csv", "b.xlsx",
    ]  # fmt: skip
