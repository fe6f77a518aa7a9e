"""Lists of closed cases (Annex A): read as the other tables are, and checked for their form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ..annex import ChildField, InformationRequest, ListCheck, ListFault, ListRule
from ..errors import OfstedFrameworkError, nearest
from ..sources import Basis
from .books import WORKBOOKS, Sheet, sheets
from .cells import day, month_first, text
from .layouts import SHAPES, Layout, Sort, plain

_ENDINGS = ("csv", *WORKBOOKS)
_ISO, _DAY_FIRST = "2024-01-22", "22/01/2024"
# Nothing else is a slip for one of them: "N/A" and "not known" do not say no.
_YES_NO = {"y": "Y", "yes": "Y", "n": "N", "no": "N"}
_FRAMES = ("columns", "column_names", "to_dict", "to_frame", "collect_schema")
_TOP = 30
"""Among how many rows the head is looked for: titles may stand above it."""


def checked(
    request: InformationRequest, cases: object, begins: date | None, day_first: bool
) -> ListCheck:
    """Look through a list; `InformationRequest.check` says how.

    Raises:
        OfstedFrameworkError: The list cannot be read at all.
    """
    some = _sheets(cases)
    columns = {plain(field.name) for field in request.fields}
    pairs = [(_share(row, columns), sheet, at) for sheet in some for at, row in _top(sheet)]
    best = [max(_of(pairs, sheet), key=lambda pair: pair[0]) for sheet in some if sheet.rows]
    if not best:
        raise OfstedFrameworkError.of("holds nothing, not even a head", _called(cases))
    full = [pair for pair in best if pair[0] >= 0.5]
    if len(full) > 1:
        names = ", ".join(str(sheet.name) for _, sheet, _ in full)
        message = f"holds several lists of cases ({names}); put their rows into one"
        raise OfstedFrameworkError.of(message, _called(cases))
    share, sheet, at = (full or [max(best, key=lambda pair: pair[0])])[0]
    return _List(request, sheet, at if share else 0, begins, day_first).check()


def _sheets(cases: Any) -> list[Sheet]:
    """The tables of what was given."""
    if isinstance(cases, Sheet):
        return [cases]
    if isinstance(cases, str | Path):
        path = Path(cases)
        ending = path.suffix.lower().removeprefix(".")
        if ending not in _ENDINGS:
            endings = ", ".join(f".{one}" for one in _ENDINGS)
            near = nearest(ending, _ENDINGS)
            message = f"has none of the endings that can be read ({endings})"
            raise OfstedFrameworkError.of(message, path.name, nearest=near and f".{near}")
        return sheets(path)
    if isinstance(cases, Mapping):
        raise OfstedFrameworkError.of("is one mapping, and no list of rows", type(cases).__name__)
    if any(hasattr(type(cases), name) for name in _FRAMES):  # a lazy frame warns if it is asked
        from . import frame_sheet

        return [frame_sheet(cases)]
    if not isinstance(cases, Iterable):
        message = "is no path, data frame or list of rows"
        raise OfstedFrameworkError.of(message, type(cases).__name__)
    rows = list(cases)
    wrong = next((one for one in rows if not isinstance(one, Mapping)), None)
    if any(not isinstance(one, Mapping) for one in rows):
        message = "is a row that is no mapping of fields and values"
        raise OfstedFrameworkError.of(message, type(wrong).__name__)
    head = list(dict.fromkeys(name for row in rows for name in row))
    told = [(n, [row.get(name) for name in head]) for n, row in enumerate(rows, 2)]
    return [Sheet(None, [(1, head), *told])]


def _called(cases: object) -> str | None:
    return Path(cases).name if isinstance(cases, str | Path) else None


def _top(sheet: Sheet) -> Iterator[tuple[int, Sequence[object]]]:
    return ((at, row) for at, (_, row) in enumerate(sheet.rows[:_TOP]))


def _of(pairs: list[tuple[float, Sheet, int]], sheet: Sheet) -> list[tuple[float, Sheet, int]]:
    return [pair for pair in pairs if pair[1] is sheet]


def _share(row: Sequence[object], columns: set[str]) -> float:
    """Which share of the fields a row names, as a head does."""
    return len({plain(text(cell)) for cell in row} & columns) / len(columns)


class _List:
    """One list while it is checked."""

    def __init__(
        self,
        request: InformationRequest,
        sheet: Sheet,
        at: int,
        begins: date | None,
        day_first: bool,
    ) -> None:
        self.request, self.sheet, self.begins = request, sheet, begins
        self.number, head = sheet.rows[at]
        self.head = [text(cell) for cell in head]
        while self.head and not self.head[-1]:  # a workbook's rows are as wide as its widest
            self.head.pop()
        # What a frame holds in a row without any value is a row still; in a file it is blank.
        self.rows = sheet.rows[at + 1 :]
        self.shape = _DAY_FIRST if day_first else _ISO
        self.layout = Layout(
            id="closed-cases", title="", provider_kind="cafcass",
            needed=("start",), columns={"start": ("start",)},
            sorts={"*": Sort(type="inspection")},  # what a layout must say; nothing here reads it
            dates=(self.shape,), first_day=date(1900, 1, 1),
        )  # fmt: skip
        self.rules = {one.id: one for one in request.rules}
        self.used: dict[str, ListRule] = {}
        self.doubted: set[str] = set()

    def check(self) -> ListCheck:
        """Go through it."""
        faults: list[ListFault] = []
        columns = self._columns(faults)
        width = len(self.head)
        for field in self.request.fields:
            index = columns.get(field.name)
            if field.kind == "date" and index is not None:
                cells = (row[index] for _, row in self.rows if index < len(row))
                if month_first(cells):
                    self.doubted.add(field.name)
        seen: dict[tuple[str, ...], int] = {}
        cases: dict[tuple[str, ...], int] = {}
        for number, row in self.rows:
            if len(row) < width or any(map(text, row[width:])):
                message = f"is the number of cells, where the head has {width}"
                faults.append(self._fault("cells", self.sheet.place(number), len(row), message))
                continue
            cells_of = {field: row[index] for field, index in columns.items()}
            faults += self._once(number, row[:width], cells_of, seen, cases)
            faults += self._row(number, cells_of)
        if not self.rows:
            faults.append(self._fault("some", "", None, "the list holds no case"))
        rules = tuple(self.rules.get(id) or self.used[id] for id in {**self.rules, **self.used})
        return ListCheck(
            faults=tuple(faults),
            rows=len(self.rows),
            rules=rules,
            not_checked=tuple(self._left_out(columns)),
        )

    def _left_out(self, columns: Mapping[str, int]) -> Iterator[str]:
        days = self.request.closed_within_days
        if self.begins is None:
            yield "When cases were closed: the first day of the inspection was not given."
        elif days is None:
            yield "When cases were closed: the time that is asked for is not known."
        elif "end date of case" not in columns:
            yield "When cases were closed: the list has no end dates."
        if not {"case ID", "child ID"} <= columns.keys():
            yield "Whether a child of a case stands twice: the list has no ID of both."

    def _fault(
        self,
        id: str,
        place: str,
        value: object,
        message: str,
        near: str | None = None,
        field: ChildField | None = None,
    ) -> ListFault:
        """A fault, with what its rule rests on."""
        rule = self.rules.get(id) or ListRule(id=id, says=f"{id}: {message}", basis=Basis.ASSUMED)
        self.used.setdefault(id, rule)
        facts = rule.facts if field is None else field.facts or rule.facts
        return ListFault(place, value, message, near, id, rule.basis, facts)

    def _columns(self, faults: list[ListFault]) -> dict[str, int]:
        """The column of each field, by its name."""
        names = {plain(field.name): field.name for field in self.request.fields}
        found: dict[str, int] = {}
        for index, column in enumerate(self.head):
            name = names.get(plain(column))
            place = self.sheet.place(self.number, column or str(index + 1))
            if name is None:
                near = nearest(column, [one for one in names.values() if one not in found])
                message = "is no field that is asked for"
                faults.append(self._fault("no-other", place, column, message, near))
            elif name in found:
                message = "stands twice in the head"
                faults.append(self._fault("no-other", place, column, message))
            else:
                found[name] = index
        for field in self.request.fields:
            if field.name not in found:
                place = f"{self.sheet.place(self.number)}, field {field.name}"
                faults.append(self._fault("columns", place, None, "is missing", field=field))
        return found

    def _once(
        self,
        number: int,
        row: Sequence[object],
        cells: Mapping[str, object],
        seen: dict[tuple[str, ...], int],
        cases: dict[tuple[str, ...], int],
    ) -> Iterator[ListFault]:
        """That no row stands twice, and no child of a case."""
        place = self.sheet.place(number)
        ids = tuple(text(cells.get(name)) for name in ("case ID", "child ID"))
        first = seen.setdefault(tuple(map(text, row)), number)
        other = cases.setdefault(ids, number) if all(ids) else number
        if first != number:
            yield self._fault("once", place, None, f"is the same as row {first}")
        elif other != number:
            message = f"is the same case and child as row {other}"
            yield self._fault("once", place, " / ".join(ids), message)

    def _row(self, number: int, cells: Mapping[str, object]) -> Iterator[ListFault]:
        days: dict[str, date] = {}
        for field in self.request.fields:
            if field.name not in cells:
                continue
            value, place = cells[field.name], f"{self.sheet.place(number)}, field {field.name}"
            if not text(value):
                if not field.may_be_empty:
                    yield self._fault("filled", place, None, "is empty", field=field)
            elif field.kind == "yes-no" and text(value) not in ("Y", "N"):
                near = _YES_NO.get(text(value).casefold())
                rule = "yes-no-spelling" if near else "yes-no"
                yield self._fault(rule, place, value, "is neither Y nor N", near, field)
            elif field.kind == "date":
                try:
                    found = day(value, self.layout, field.name in self.doubted)
                except OfstedFrameworkError as error:
                    yield self._no_day(place, value, error, field)
                    continue
                if found is None:
                    message = f"is not a day, written as {self.shape}"
                    yield self._fault("day", place, value, message, field=field)
                else:
                    days[field.name] = found
        if "public" in text(cells.get("law type")).casefold() and (
            "local authority" in cells and not text(cells["local authority"])
        ):
            place = f"{self.sheet.place(number)}, field local authority"
            message = "is empty, though the case is one of public law"
            yield self._fault("local-authority", place, None, message)
        yield from self._order(number, days)

    def _no_day(
        self, place: str, value: object, error: OfstedFrameworkError, field: ChildField
    ) -> ListFault:
        """What is wrong with a day: that it is none, or how it is written."""
        fault = error.faults[0]
        near, said = fault.nearest, text(value)
        if near is not None and self.shape == _DAY_FIRST:
            near = f"{date.fromisoformat(near):%d/%m/%Y}"
        shaped = said.isascii() and SHAPES[self.shape].fullmatch(said)
        wordless = not any(map(str.isdigit, said))
        rule = "day" if wordless or (shaped and "may be read" not in fault.message) else ""
        return self._fault(rule or "day-spelling", place, value, fault.message, near, field)

    def _order(self, number: int, days: Mapping[str, date]) -> Iterator[ListFault]:
        start, end = days.get("start date of case"), days.get("end date of case")
        born, begins = days.get("date of birth"), self.begins
        within = self.request.closed_within_days
        place = f"{self.sheet.place(number)}, field end date of case"
        if start is not None and end is not None and end < start:
            message = f"is before the start date of the case, {start}"
            yield self._fault("order", place, end.isoformat(), message)
        if end is not None and begins is not None and within is not None:
            opens = begins - timedelta(days=within)
            if not opens <= end < begins:
                message = f"is not in the {within} days before {begins}"
                yield self._fault("closed", place, end.isoformat(), message)
        if born is not None and begins is not None and born > begins:
            place = f"{self.sheet.place(number)}, field date of birth"
            yield self._fault("born", place, born.isoformat(), f"is after {begins}")
