"""Records kept by hand in a spreadsheet: our own CSV layout, one row for an event.

Each row is made into the values of a JSON document and structured as those are; only the
places of the faults are then told in rows and columns.
"""

from __future__ import annotations

import csv
import io
import re
import types
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any, Literal, NamedTuple, get_args

import attrs

from ._strict import encodable, pointer, structure, unstructure
from .errors import Fault, OfstedFrameworkError, nearest
from .events import EVENTS, Event, Part
from .grades import Judgement
from .history import PROVIDER_KINDS, History, Provider
from .provisions import wire

_GRADE = "grade:"
_NEEDED = ("type", "id", "start")
_PROVIDER = {
    "provider": "name",
    "provider_kind": "kind",
    "provider_urn": "urn",
    "provider_region": "region",
    "provider_code": "code",
}
_YES_NO = {"yes": True, "no": False}
_LISTED = 100
# What a spreadsheet takes for a formula, behind any apostrophes: one more of them guards it.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

_Shape = Literal["text", "word", "yes-no", "list", "parts", "judgements"]


class _Found:
    """The faults found so far, of which only the first are kept."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.more = 0

    def add(self, *faults: Fault) -> None:
        room = _LISTED - len(self.faults)
        self.faults += faults[:room]
        self.more += len(faults[room:])

    def refuse(self) -> None:
        """Raise what was found, if anything was."""
        if self.more:
            self.faults.append(Fault("", None, f"and {self.more} more"))
        if self.faults:
            raise OfstedFrameworkError(self.faults)


class _Provider(NamedTuple):
    """What is read of one provider while its rows go by."""

    number: int
    """The row that it first stands in."""
    cells: dict[str, str]
    """What that row says of it."""
    made: Provider | None
    """The provider, unless it cannot be one."""
    events: list[Event]
    """Its events so far."""
    ids: dict[str, int]
    """Their ids, and the row of each."""


@cache
def _shapes() -> dict[str, _Shape]:
    """The columns that are fields of an event, and how a cell of each is read."""
    shapes: dict[str, _Shape] = {"type": "word"}
    special: dict[Any, _Shape] = {
        str: "text",
        bool: "yes-no",
        tuple[str, ...]: "list",
        tuple[Part, ...]: "parts",
        tuple[Judgement, ...]: "judgements",
    }
    for cls in EVENTS.values():
        for field in attrs.fields(attrs.resolve_types(cls)):
            kind = field.type
            if isinstance(kind, types.UnionType):  # the other is None
                kind = get_args(kind)[0]
            shapes[wire(field)] = special.get(kind, "word")
    return shapes


def read_csv(text: str) -> tuple[History, ...]:
    """Read the records in a CSV file of our own.

    Args:
        text: The file's text.

    Raises:
        OfstedFrameworkError: Lists every fault with its row and column, the first hundred of
            them in full.
    """
    found = _Found()
    return _read(_rows(text, found), found)


def read_rows(rows: Iterable[tuple[int, list[str]]]) -> tuple[History, ...]:
    """Read the records in rows of our own layout, the header first.

    Args:
        rows: Their numbers, for people, and their cells.

    Raises:
        OfstedFrameworkError: Lists every fault with its row and column.
    """
    return _read(iter(rows), _Found())


def _read(rows: Iterator[tuple[int, list[str]]], found: _Found) -> tuple[History, ...]:
    columns = next(rows, (1, []))[1]
    if not any(map(str.strip, columns)):
        found.add(Fault("row 1", None, f"holds no header, such as {','.join(_NEEDED)}"))
        found.refuse()
    if not _read_header(columns, found):
        found.refuse()
    providers: dict[str, _Provider] = {}
    order = {column: index for index, column in enumerate(columns)}
    for number, cells in rows:
        if len(cells) != len(columns):
            message = f"is the number of cells, where the header has {len(columns)}"
            found.add(Fault(f"row {number}", len(cells), message))
            continue
        row = {column: cell for column, cell in zip(columns, cells, strict=True) if cell.strip()}
        if "provider" not in order:
            row["provider"] = "unnamed"
        faults = sorted(
            _read_row(number, row, providers), key=lambda fault: order.get(fault.place, 0)
        )
        found.add(*(attrs.evolve(one, place=f"row {number}, column {one.place}") for one in faults))
    if not providers and not found.faults:
        found.add(Fault("", None, "the file holds no event"))
    found.refuse()
    return tuple(
        History(one.made, one.events) for one in providers.values() if one.made is not None
    )


def csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text, by their numbers in a spreadsheet: the first, and all with content.

    Raises:
        OfstedFrameworkError: It is separated by something else, or cannot be told into cells; no
            row comes after that.
    """
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        place = f"line {text.count(chr(10), 0, text.index(chr(0))) + 1}"
        message = "the text holds NUL characters; save it as “CSV UTF-8”"
        raise OfstedFrameworkError.of(message, place=place)
    first = re.split("[\r\n]", text, maxsplit=1)[0].strip()
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if sign in first and "," not in first:
            message = f"is separated by {name}; save the file with commas"
            near = first.replace(sign, ",") if len(first) <= _LISTED else None
            raise OfstedFrameworkError.of(message, first, place="row 1", nearest=near)
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            if number == 1 or any(map(str.strip, cells)):
                yield number, cells
    except csv.Error as error:
        message = f"cannot be read, and nothing after it was: {error}"
        raise OfstedFrameworkError.of(message, place=f"row {number + 1}") from None


def _rows(text: str, found: _Found) -> Iterator[tuple[int, list[str]]]:
    """The rows, without the apostrophes that guard what a spreadsheet takes for a formula."""
    number = 0
    try:
        for number, cells in csv_rows(text):
            yield number, [cell[1:] if _GUARDED.match(cell) else cell for cell in cells]
    except OfstedFrameworkError as error:
        if not number:
            raise
        found.add(*error.faults)


def _read_header(columns: list[str], found: _Found) -> bool:
    """Look through the header; say whether the rows can be read with it."""
    good = [*_PROVIDER, *_shapes()]
    seen: set[str] = set()
    twice = False
    for index, column in enumerate(columns):
        place = f"row 1, column {column}"
        if not column.strip():
            found.add(Fault(f"row 1, column {index + 1}", None, "has no name"))
        elif column.startswith(_GRADE) and not column.removeprefix(_GRADE).strip():
            found.add(Fault(place, column, f"names no area, as {_GRADE}private-law-practice does"))
        elif not column.startswith(_GRADE) and column not in good:
            near = nearest(column, [*good, _GRADE])
            found.add(Fault(place, column, "is no column here", near))
        if column.strip() and column in seen:
            found.add(Fault(place, column, "stands twice in the header"))
            twice = True
        seen.add(column)
    missing = [name for name in (*_NEEDED, "provider_kind") if name not in columns]
    for name in missing:
        kinds = f": each row says {' or '.join(PROVIDER_KINDS)}" if name in _PROVIDER else ""
        message = f"is missing, and without it no row can be read{kinds}"
        found.add(Fault(f"row 1, column {name}", None, message))
    return not twice and not missing


def _read_row(number: int, row: dict[str, str], providers: dict[str, _Provider]) -> Iterator[Fault]:
    """Read an event into its provider's; the faults have their columns for places."""
    yield from _read_provider(number, row, providers)
    provider = providers.get(row.get("provider", ""))
    plain: dict[str, Any] = {}
    for column, cell in row.items():
        shape = _shapes().get(column)
        if shape == "text":
            plain[column] = cell
        elif shape is not None:
            try:
                plain[column] = _READ[shape](cell.strip())
            except OfstedFrameworkError as error:
                yield from (attrs.evolve(fault, place=column) for fault in error.faults)
    areas = [column.removeprefix(_GRADE) for column in row if column.startswith(_GRADE)]
    if areas:
        plain["judgements"] = [
            {"area": area, "grade": row[_GRADE + area].strip()} for area in areas
        ]
        if "judgements" in row:
            message = f"is said beside a grade, in {_GRADE}{areas[0]}"
            yield Fault("judgements", row["judgements"], message)
    if provider is not None and "id" in row:
        first = provider.ids.setdefault(row["id"], number)
        if first != number:
            yield Fault("id", row["id"], f"is the id in row {first} too")
    try:
        event = structure(plain, Event)
    except OfstedFrameworkError as error:
        for fault in error.faults:
            column = _column(fault.place, areas)
            value, message = fault.value, fault.message
            if message == "is no field here":
                value = row[column]
                message = f"is in a column that the type {plain['type']} does not have"
            elif not isinstance(value, str):
                value = row.get(column)
            yield Fault(column, value, message, fault.nearest)
    else:
        if provider is not None:
            provider.events.append(event)


def _read_provider(
    number: int, row: dict[str, str], providers: dict[str, _Provider]
) -> Iterator[Fault]:
    cells = {column: row[column] for column in _PROVIDER if column in row}
    name = cells.get("provider")
    known = None if name is None else providers.get(name)
    if known is not None:
        for column in _PROVIDER:
            said, here = known.cells.get(column), cells.get(column)
            if said != here:
                message = f"differs from row {known.number} of the same provider"
                yield Fault(column, here or "", message, said)
        return
    made = None
    try:
        made = structure({_PROVIDER[column]: cell for column, cell in cells.items()}, Provider)
    except OfstedFrameworkError as error:
        columns = {pointer(field): column for column, field in _PROVIDER.items()}
        yield from (attrs.evolve(fault, place=columns[fault.place]) for fault in error.faults)
    if name is not None:
        providers[name] = _Provider(number, cells, made, [], {})


def _column(place: str, areas: list[str]) -> str:
    """The column of a place in an event's values."""
    steps = place.split("/")[1:]
    if steps[0] == "judgements" and len(steps) > 1:
        return _GRADE + areas[int(steps[1])]
    return steps[0]


def _read_word(cell: str) -> str:
    return cell


def _read_yes_no(cell: str) -> bool:
    if cell not in _YES_NO:
        near = nearest(cell.lower(), _YES_NO)
        raise OfstedFrameworkError.of("is neither yes nor no", cell, nearest=near)
    return _YES_NO[cell]


def _read_list(cell: str) -> list[str]:
    parts = [part.strip() for part in cell.split(";")]
    if not all(parts):
        near = "; ".join(filter(None, parts)) or None
        message = "is a list with nothing between two semicolons, or beside one"
        raise OfstedFrameworkError.of(message, cell, nearest=near)
    return parts


def _read_parts(cell: str) -> list[dict[str, str]]:
    ends = [[end.strip() for end in part.split("/")] for part in _read_list(cell)]
    if any(len(pair) != 2 for pair in ends):
        message = "is not a list of parts, written as 2022-12-05/2022-12-09; 2023-02-14/2023-02-15"
        raise OfstedFrameworkError.of(message, cell)
    return [{"start": start, "end": end} for start, end in ends]


def _read_none(cell: str) -> list[object]:
    if cell != "none":
        message = f"is not `none`; a grade stands in a column such as {_GRADE}private-law-practice"
        raise OfstedFrameworkError.of(message, cell, nearest="none")
    return []


_READ = {
    "word": _read_word,
    "yes-no": _read_yes_no,
    "list": _read_list,
    "parts": _read_parts,
    "judgements": _read_none,
}


def write_csv(*histories: History) -> str:
    """Write records in our own CSV layout: `read_csv` gives them back.

    Args:
        histories: The records.

    Raises:
        OfstedFrameworkError: Lists everything in the records that a CSV file cannot hold.
    """
    faults: list[Fault] = []
    rows: list[dict[str, str]] = []
    for history in histories:
        rows += _history_rows(history, faults)
    areas, crossed = _order(event for history in histories for event in history.events)
    faults += crossed
    if faults:
        raise OfstedFrameworkError(faults)
    used = {column for row in rows for column in row}
    columns = [name for name in (*_PROVIDER, *_shapes()) if name in used]
    columns += [_GRADE + area for area in areas]
    text = "".join(
        ",".join(map(quoted_cell, cells)) + "\n"
        for cells in (columns, *([row.get(name, "") for name in columns] for row in rows))
    )
    # Values that a program made may be of a wrong kind, and are better found now than on reading.
    if read_csv(text) != histories:
        message = "the record holds values that a CSV file cannot; write JSON"
        raise OfstedFrameworkError.of(message)
    return text


def _history_rows(history: History, faults: list[Fault]) -> Iterator[dict[str, str]]:
    """The rows of one record."""
    if history.coverage:
        count = len(history.coverage)
        message = "claims of coverage cannot stand in a CSV file; write JSON"
        faults.append(Fault("/coverage", count, message))
    if not history.events:
        faults.append(Fault("/events", None, "a CSV file has rows for events only; write JSON"))
    plain = unstructure(history.provider)
    told = {column: plain[name] for column, name in _PROVIDER.items() if name in plain}
    names = {column: f"/provider/{name}" for column, name in _PROVIDER.items()}
    provider = _row(told, names, faults)
    for index, event in enumerate(history.events):
        names = {name: f"/events/{index}/{name}" for name in _shapes()}
        yield provider | _row(unstructure(event), names, faults)


def _row(values: dict[str, Any], places: dict[str, str], faults: list[Fault]) -> dict[str, str]:
    row: dict[str, str] = {}
    for column, value in values.items():
        try:
            row |= _cells(column, value)
        except OfstedFrameworkError as error:
            faults += (
                attrs.evolve(fault, place=places[column] + fault.place) for fault in error.faults
            )
    return row


def _cells(column: str, value: Any) -> dict[str, str]:
    """The cells that hold one value."""
    if column == "judgements":
        areas = [_text(item["area"]) for item in value]
        if len(set(areas)) < len(areas):
            message = "lists an area twice, and a CSV file has one column for it; write JSON"
            raise OfstedFrameworkError.of(message, areas)
        grades = {_GRADE + item["area"]: str(item["grade"]) for item in value}
        return grades or {column: "none"}
    if isinstance(value, bool):
        return {column: "yes" if value else "no"}
    if not isinstance(value, list):
        return {column: _text(value)}
    if not value:
        message = "an empty list, unlike a missing one, has no spelling in a CSV file; write JSON"
        raise OfstedFrameworkError.of(message)
    sign = "/" if column == "parts" else ";"
    faults: list[Fault] = []
    texts: list[str] = []
    for index, part in enumerate(value):
        words = list(part.values()) if isinstance(part, dict) else [part]
        for word in words:
            if not isinstance(word, str) or not word or word != word.strip() or sign in word:
                message = f"cannot stand in a list in a CSV file ({sign!r}, blanks); write JSON"
                faults.append(Fault(f"/{index}", word, message))
        texts.append("/".join(map(str, words)))
    if faults:
        raise OfstedFrameworkError(faults)
    return {column: _text("; ".join(texts))}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise OfstedFrameworkError.of("is not a text", value)
    if not value.strip():
        raise OfstedFrameworkError.of("would be an empty cell in a CSV file; write JSON", value)
    # One character is left for the apostrophe before a formula.
    if "\0" in value or len(value) >= csv.field_size_limit() or not encodable(value):
        raise OfstedFrameworkError.of("cannot stand in a CSV file; write JSON", value)
    return value


def _order(events: Iterable[Event]) -> tuple[list[str], list[Fault]]:
    """The order of the areas' columns that keeps the order in which every event has them."""
    from graphlib import CycleError, TopologicalSorter

    sorter: TopologicalSorter[str] = TopologicalSorter()
    for event in events:
        areas = [judgement.area for judgement in event.judgements or ()]
        for area in areas:
            sorter.add(area)
        for before, after in pairwise(dict.fromkeys(areas)):
            sorter.add(after, before)
    try:
        return list(sorter.static_order()), []
    except CycleError as error:
        message = "are areas that different events list in different orders; write JSON"
        return [], [Fault("/events", list(error.args[1][:-1]), message)]


def quoted_cell(cell: str) -> str:
    """A cell of a CSV file, quoted where it must be, that no spreadsheet takes for a formula."""
    # By hand, since csv leaves a lone carriage return bare when lines end in "\n".
    guarded = f"'{cell}" if _FORMULA.match(cell) else cell
    if any(sign in guarded for sign in ',"\r\n'):
        return '"' + guarded.replace('"', '""') + '"'
    return guarded


__all__ = ["csv_rows", "quoted_cell", "read_csv", "read_rows", "write_csv"]
