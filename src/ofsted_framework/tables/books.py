"""Opening files of tables: CSV, and workbooks (ODS, XLSX) once they have been measured.

A workbook is a ZIP file of XML. A small one can stand for any number of cells, so that it is
measured before it is read.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from xml.parsers import expat

from .._document import text_of
from .._hand import csv_rows
from ..errors import OfstedFrameworkError

WORKBOOKS = ("ods", "xlsx")
_LARGEST_FILE = 50_000_000
_LARGEST_UNPACKED = 300_000_000
_MOST_MEMBERS = 2000
_MOST_CELLS = 5_000_000
_MOST_TEXT = 300_000_000
_PLACE = re.compile(r"([A-Za-z]{1,4})([0-9]{1,12})")


class Sheet(NamedTuple):
    """One table as it stands in a file."""

    name: str | None
    """The name of its sheet; None: it has none."""
    rows: Sequence[tuple[int, Sequence[object]]]
    """Its rows with anything in them, by their numbers in a spreadsheet."""

    def place(self, row: int, column: str = "") -> str:
        """A place in it, for people."""
        sheet = "" if self.name is None else f"sheet {self.name}, "
        return f"{sheet}row {row}" + (f", column {column}" if column else "")


def sheets(path: Path) -> list[Sheet]:
    """The tables of a file.

    Args:
        path: A CSV file or a workbook.

    Raises:
        OfstedFrameworkError: It cannot be read, or would unpack to far more than it seems.
    """
    if path.suffix.lower().removeprefix(".") in WORKBOOKS:
        return _workbook(path)
    return [Sheet(None, list(csv_rows(text_of(path, "csv"))))]


def _workbook(path: Path) -> list[Sheet]:
    try:
        import python_calamine
    except ImportError:
        message = "needs python-calamine to be read: install ofsted-framework[tables]"
        raise OfstedFrameworkError.of(message, path.name) from None
    errors = _measured(path)
    try:
        book = python_calamine.load_workbook(str(path))
        found = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            cells: list[list[object]] = list(map(list, sheet.to_python(skip_empty_area=False)))
            for (row, column), error in errors.get(name, {}).items():
                _put(cells, row, column, error)
            rows = [(n, row) for n, row in enumerate(cells, 1) if any(c != "" for c in row)]
            found.append(Sheet(name, rows))
    except Exception as error:  # whatever its reader raises, the file is what is wrong
        told = str(error).splitlines() or [type(error).__name__]
        raise OfstedFrameworkError.of(f"cannot be read: {told[0][:200]}", path.name) from None
    return found


def _put(cells: list[list[object]], row: int, column: int, error: str) -> None:
    """Say in a cell that it shows an error, which its reader gives as an empty cell."""
    cells += [[] for _ in range(row - len(cells))]
    line = cells[row - 1]
    line += [""] * (column - len(line))
    line[column - 1] = error


def _measured(path: Path) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """Refuse a workbook that would unpack to far more than it seems, or that holds what none does.

    The sizes that a ZIP file states are not trusted: its members are unpacked, and counted.

    Returns:
        By the name of the sheet, the cells that show an error, by row and column.
    """
    whole = _Measure(path.name)
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise OfstedFrameworkError.of(f"is larger than {_LARGEST_FILE:,} bytes", path.name)
        with zipfile.ZipFile(path) as packed:
            if len(packed.infolist()) > _MOST_MEMBERS:
                message = f"holds more than {_MOST_MEMBERS:,} members; no workbook does"
                raise OfstedFrameworkError.of(message, path.name)
            left = _LARGEST_UNPACKED
            for member in packed.infolist():
                content = bytearray()
                with packed.open(member) as stream:
                    while block := stream.read(1 << 20):
                        left -= len(block)
                        if left < 0:
                            message = f"unpacks to more than {_LARGEST_UNPACKED:,} bytes"
                            raise OfstedFrameworkError.of(message, path.name)
                        if content or _may_be_xml(block):
                            content += block
                if content:
                    whole.add(member.filename, bytes(content))
        whole.refuse()
    except OfstedFrameworkError:
        raise
    except (OSError, ValueError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        message = f"cannot be opened as a workbook: {error}"
        raise OfstedFrameworkError.of(message, path.name) from None
    except Exception as error:  # zlib and lzma have errors of their own
        message = f"cannot be unpacked: {error}"
        raise OfstedFrameworkError.of(message, path.name) from None
    return whole.errors()


def _may_be_xml(block: bytes) -> bool:
    """Whether a member begins as XML does, in any encoding: its ending says nothing."""
    return block[:64].lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n")[:1] == b"<"


class _Measure:
    """How many cells a workbook stands for, how long their texts are, and which show an error.

    A formula without a value counts as an error: a program wrote it, and no spreadsheet opened it.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells = self.text = 0
        self._lengths: list[int] = []
        """The length of each shared text."""
        self._shared: Counter[int] = Counter()
        """How often each of them is used."""
        self._errors: dict[str, dict[tuple[int, int], str]] = {}
        self._sheets: list[tuple[str, str]] = []
        self._targets: dict[str, str] = {}

    def add(self, member: str, xml: bytes) -> None:
        """Measure one member.

        Raises:
            OfstedFrameworkError: It stands for too much, or is a sheet that is no XML.
        """
        reader = _Member(self)
        try:
            reader.parse(xml)
        except expat.ExpatError as error:
            # What is no part of a sheet is not read, and may be as it is: old drawings are.
            if any(sign in xml for sign in (b"sheetData", b"table:table", b"<si", b":si")):
                message = f"holds XML that is broken ({member}: {error})"
                raise OfstedFrameworkError.of(message, self.name) from None
        reader.end_sheet()
        self.refuse()
        self._lengths += reader.lengths
        self._shared += reader.shared
        if reader.errors:
            self._errors[member] = reader.errors
        self._sheets += reader.sheets
        if member == "xl/_rels/workbook.xml.rels":
            self._targets |= reader.targets

    def refuse(self) -> None:
        """Refuse a workbook that stands for too much."""
        if self.cells > _MOST_CELLS:
            message = f"has more than {_MOST_CELLS:,} cells; delete rows that hold nothing"
            raise OfstedFrameworkError.of(message, self.name)
        shared = sum(
            self._lengths[index] * often
            for index, often in self._shared.items()
            if index < len(self._lengths)
        )
        if self.text + shared > _MOST_TEXT:
            message = f"has cells with more than {_MOST_TEXT:,} characters of text"
            raise OfstedFrameworkError.of(message, self.name)

    def errors(self) -> dict[str, dict[tuple[int, int], str]]:
        """By the name of the sheet, the cells that show an error."""
        found = {}
        for name, id in self._sheets:
            target = self._targets.get(id, "")
            member = target.lstrip("/") if target[:1] == "/" else str(PurePosixPath("xl") / target)
            if member in self._errors:
                found[name] = self._errors[member]
        return found


class _Member:
    """One member of a workbook while it is read, of either format."""

    def __init__(self, whole: _Measure) -> None:
        self.whole = whole
        self.lengths: list[int] = []
        self.shared: Counter[int] = Counter()
        self.errors: dict[tuple[int, int], str] = {}
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, str] = {}
        self._rows = self._row = self._column = self._widest = self._width = 0
        self._repeat = self._rows_repeat = 1
        self._kind = self._formula = ""
        self._said: list[str] = []
        self._length = self._row_text = 0
        self._holds = False

    def parse(self, xml: bytes) -> None:
        """Read it whole, in one go: in pieces, a tag that never ends is read again each time."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.Parse(xml, True)

    def end_sheet(self) -> None:
        """Count the rectangle of a sheet."""
        self.whole.cells += self._rows * self._widest
        self._rows = self._widest = self._row = 0

    def _doctype(self, *_: object) -> None:
        message = "declares entities, which no workbook does and which may stand for anything"
        raise OfstedFrameworkError.of(message, self.whole.name)

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        if tag[:6] == "table:":
            self._begin_ods(tag[6:], given)
        elif tag == "text:s":
            self._blanks(_number(given.get("text:c"), 1))
        local = tag.rpartition(":")[2]
        self._said = []
        if local == "row":
            self._row = _number(given.get("r"), self._row + 1)
            self._column = 0
        elif local == "c":
            place = _PLACE.fullmatch(given.get("r", ""))
            self._column += 1
            if place is not None:
                self._column, self._row = _letters(place[1]), int(place[2])
            self._rows = max(self._rows, self._row)
            self._widest = max(self._widest, self._column)
            self._kind, self._formula = given.get("t", ""), ""
            if self._rows * self._widest > _MOST_CELLS:
                self.end_sheet()
                self.whole.refuse()
        elif local == "si":
            self._length = 0
        elif local == "sheet":
            id = next((value for name, value in given.items() if name.endswith(":id")), "")
            self.sheets.append((given.get("name", ""), id))
        elif local == "Relationship":
            self.targets[given.get("Id", "")] = given.get("Target", "")

    def _begin_ods(self, what: str, given: dict[str, str]) -> None:
        if what == "table":
            self.end_sheet()
        elif what == "table-row":
            self._rows_repeat = _number(given.get("table:number-rows-repeated"), 1)
            self._row += self._rows_repeat
            self._column = self._width = self._row_text = 0
        elif what in ("table-cell", "covered-table-cell"):
            self._repeat = _number(given.get("table:number-columns-repeated"), 1)
            self._column += self._repeat
            self._length = sum(map(len, given.values()))
            self._holds = any(name.startswith("office:") for name in given)

    def _blanks(self, number: int) -> None:
        self._length += number
        self._holds = True

    def _text(self, said: str) -> None:
        self._length += len(said)
        self._said.append(said)
        self._holds = True

    def _end(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        if local == "f" and tag[:6] != "table:":
            self._formula = "=" + "".join(self._said).strip()
        elif local == "c" and self._formula and self._kind != "str" and self._row and self._column:
            # Nobody worked it out. Its reader gives an empty cell, and what it stands for is lost.
            self.errors[self._row, self._column] = self._formula
        elif local == "v" and tag[:6] != "table:":
            said = "".join(self._said).strip()
            self._formula = "" if said else self._formula
            if self._kind == "s":
                self.shared[_number(said, 0)] += 1
            elif self._kind == "e" and self._row and self._column:
                self.errors[self._row, self._column] = said
        elif local == "si":
            self.lengths.append(self._length)
        elif tag in ("table:table-cell", "table:covered-table-cell") and self._holds:
            self._width = self._column
            self._row_text += self._length * self._repeat
            self._holds = False
        elif tag == "table:table-row" and self._width:
            self._rows, self._widest = self._row, max(self._widest, self._width)
            self.whole.text += self._row_text * self._rows_repeat
            if self._rows * self._widest > _MOST_CELLS:
                self.end_sheet()
            self.whole.refuse()
        elif tag == "table:table":
            self.end_sheet()


def _number(said: str | None, otherwise: int) -> int:
    try:
        return max(0, int(said[:12])) if said and said.isascii() else otherwise
    except ValueError:
        return otherwise


def _letters(said: str) -> int:
    number = 0
    for letter in said.upper():
        number = number * 26 + ord(letter) - 64
    return number
