"""Opening files of tables: CSV, and workbooks (ODS, XLSX) once they have been measured.

A workbook is a ZIP file of XML. A small one can stand for any number of cells, so that it is
measured before it is read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from .._hand import csv_rows
from ..documents import text_of
from ..errors import OfstedFrameworkError

WORKBOOKS = ("ods", "xlsx")
_LARGEST_FILE = 50_000_000
_LARGEST_UNPACKED = 300_000_000
_MOST_MEMBERS = 2000
_MOST_CELLS = 5_000_000
_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*?)(/?)>", re.DOTALL
)
_REPEATED = re.compile(rb'table:number-(columns|rows)-repeated="(\d+)"')
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,4})(\d{1,9})"')


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
    _measure(path)
    try:
        book = python_calamine.load_workbook(str(path))
        found = []
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            rows = [(n, row) for n, row in enumerate(cells, 1) if any(c != "" for c in row)]
            found.append(Sheet(name, rows))
    except Exception as error:  # whatever its reader raises, the file is what is wrong
        told = str(error).splitlines() or [type(error).__name__]
        raise OfstedFrameworkError.of(f"cannot be read: {told[0][:200]}", path.name) from None
    return found


def _measure(path: Path) -> None:
    """Refuse a workbook that would unpack to far more than it seems, or that holds what none does.

    The sizes that a ZIP file states are not trusted: its members are unpacked, and counted.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise OfstedFrameworkError.of(f"is larger than {_LARGEST_FILE:,} bytes", path.name)
        with zipfile.ZipFile(path) as packed:
            if len(packed.infolist()) > _MOST_MEMBERS:
                message = f"holds more than {_MOST_MEMBERS:,} members; no workbook does"
                raise OfstedFrameworkError.of(message, path.name)
            left, cells = _LARGEST_UNPACKED, 0
            for member in packed.infolist():
                content = bytearray()
                with packed.open(member) as stream:
                    while block := stream.read(1 << 20):
                        left -= len(block)
                        if left < 0:
                            message = f"unpacks to more than {_LARGEST_UNPACKED:,} bytes"
                            raise OfstedFrameworkError.of(message, path.name)
                        if member.filename.endswith(".xml"):
                            content += block
                cells += _cells(path, bytes(content))
                if cells > _MOST_CELLS:
                    message = f"has more than {_MOST_CELLS:,} cells; delete rows that hold nothing"
                    raise OfstedFrameworkError.of(message, path.name)
    except OfstedFrameworkError:
        raise
    except (OSError, ValueError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        message = f"cannot be opened as a workbook: {error}"
        raise OfstedFrameworkError.of(message, path.name) from None
    except Exception as error:  # zlib and lzma have errors of their own
        message = f"cannot be unpacked: {error}"
        raise OfstedFrameworkError.of(message, path.name) from None


def _cells(path: Path, xml: bytes) -> int:
    """How many cells a member of a workbook stands for."""
    if re.search(rb"<!(DOCTYPE|ENTITY)", xml):
        message = "declares entities, which no workbook does and which may stand for anything"
        raise OfstedFrameworkError.of(message, path.name)
    return sum(_extents(xml))


def _extents(xml: bytes) -> Iterator[int]:
    """How many cells the rectangle of each sheet of a member of a workbook has."""
    rows = columns = 0
    for found in _CELL.finditer(xml):
        letters = 0
        for letter in found[1]:
            letters = letters * 26 + letter - 64
        rows, columns = max(rows, int(found[2])), max(columns, letters)
    yield rows * columns
    if b"table:table-cell" in xml:
        yield from _ods_extents(xml)


def _ods_extents(xml: bytes) -> Iterator[int]:
    rows = last_row = width = widest = column = repeat = 0
    for closing, name, inner, empty in (found.groups() for found in _TAG.finditer(xml)):
        repeated = {kind: int(number[:12]) for kind, number in _REPEATED.findall(inner)}
        if name == b"table":
            yield last_row * widest
            rows = last_row = widest = 0
        elif name == b"table-row" and not closing:
            rows += repeated.get(b"rows", 1)
            column = width = 0
        elif not closing:
            repeat = repeated.get(b"columns", 1)
            column += repeat
            if not empty or b"office:value" in inner:  # a cell that holds something
                width = column
                last_row, widest = rows, max(widest, width)
    yield last_row * widest
