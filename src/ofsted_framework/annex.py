"""The information request of a framework (Annex A): what is asked for, and a check of a list.

What is asked for changed with the versions of the annex, so that items and fields have a first day.
The check is of form alone: it looks at no child's circumstances and keeps nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import attrs

from .errors import Fault, OfstedFrameworkError, is_missing, nearest, one_day, texts

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
# Nothing else is a slip for one of them: "N/A" and "not known" do not say no.
_YES_NO = {"y": "Y", "yes": "Y", "n": "N", "no": "N"}


@attrs.frozen(kw_only=True)
class RequestItem:
    """One numbered document that is asked for."""

    number: str
    """Its number, which begins the name of its file: `1.01`."""
    says: str
    """What it is."""
    first: date = attrs.field(metadata={"wire": "from"})
    """The day of the version in which it was read."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The facts that say so."""


@attrs.frozen(kw_only=True)
class ChildField:
    """One field of the list of closed cases."""

    name: str
    """Its name, as the head of a column."""
    kind: Literal["text", "yes-no", "date"] = "text"
    """What it holds. `yes-no` is spelt Y or N."""
    may_be_empty: bool = False
    """Whether a case may have nothing to say here."""
    first: date = attrs.field(metadata={"wire": "from"})
    """The day of the version in which it was read."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The facts that say so."""
    says: str | None = None
    """When it may be empty, or what is not known of it."""


@attrs.frozen(kw_only=True)
class Band:
    """How long a case has been open, in weeks: from a number, up to and without another."""

    weeks: int
    """The least number of weeks."""
    below: int | None = None
    """The number of weeks that is no longer in it; None: without end."""
    first: date = attrs.field(metadata={"wire": "from"})
    """The day of the version in which it was read."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The facts that say so."""

    def __contains__(self, weeks: float) -> bool:
        """Whether a number of weeks lies in it."""
        return self.weeks <= weeks and (self.below is None or weeks < self.below)

    def __str__(self) -> str:
        """As an interval: `[26, 52)`."""
        return f"[{self.weeks}, {'∞' if self.below is None else self.below})"


@attrs.frozen(kw_only=True)
class InformationRequest:
    """What Ofsted asks for when an inspection or a visit begins."""

    says: str
    """To whom it goes, and when."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The facts that say so."""
    closed_within_days: int
    """The cases listed are those closed so many days before the inspection begins."""
    items: tuple[RequestItem, ...] = ()
    """The documents, by number, as far as they were read."""
    fields: tuple[ChildField, ...] = ()
    """The fields of the list of closed cases."""
    bands: tuple[Band, ...] = ()
    """The bands of time for which cases had been open, at notification."""
    not_known: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """What was not read."""

    def on(self, day: date) -> InformationRequest:
        """The request as it was read for a day: what came in later versions is left out."""
        one_day(day, "on")
        not_known = self.not_known
        first = min([one.first for one in self.items] + [f.first for f in self.fields], default=day)
        if day < first:
            not_known = (f"What was asked for before the version of {first}.", *not_known)
        return attrs.evolve(
            self,
            items=tuple(one for one in self.items if one.first <= day),
            fields=tuple(one for one in self.fields if one.first <= day),
            bands=tuple(one for one in self.bands if one.first <= day),
            not_known=not_known,
        )

    def band(self, weeks: float) -> Band | None:
        """The band of a number of weeks; None: it has none, or the bands were not read."""
        return next((band for band in self.bands if weeks in band), None)

    def check(
        self, cases: object, *, begins: date | None = None, day_first: bool = False
    ) -> tuple[Fault, ...]:
        """Look through a list of closed cases, one row for each child of each case.

        Args:
            cases: The path of a CSV file, a data frame (pandas, polars), or rows as mappings.
            begins: The first day of the inspection; given, each case must have been closed in the
                time before it that is asked for, where the list has end dates.
            day_first: Whether dates are written 22/01/2024; else 2024-01-22. Nothing is guessed.

        Returns:
            Every fault, with its row and field, the value, and the nearest good one; none: the
            list has the form that is asked for. Rows of a file are counted as a spreadsheet does.

        Raises:
            OfstedFrameworkError: The file cannot be read at all, or nothing was read of the
                fields that were asked for on the day.
        """
        if not self.fields:
            raise OfstedFrameworkError.of("has no fields that were read", place="fields")
        if begins is not None:
            one_day(begins, "begins")
        head, rows = _table(cases)
        faults: list[Fault] = []
        columns = self._columns(head, faults)
        seen: dict[tuple[str, ...], int] = {}
        for number, row in rows:
            if len(row) != len(head):
                message = f"is the number of cells, where the head has {len(head)}"
                faults.append(Fault(f"row {number}", len(row), message))
                continue
            first = seen.setdefault(tuple(map(str, row)), number)
            if first != number:
                faults.append(Fault(f"row {number}", None, f"is the same as row {first}"))
            cells = {field: row[index] for field, index in columns.items()}
            faults += self._row(number, cells, begins, day_first)
        if not rows:
            faults.append(Fault("", None, "the list holds no case"))
        return tuple(faults)

    def _columns(self, head: list[str], faults: list[Fault]) -> dict[str, int]:
        """The column of each field, by its name."""
        names = {_plain(field.name): field.name for field in self.fields}
        found: dict[str, int] = {}
        for index, column in enumerate(head):
            name = names.get(_plain(column))
            place = f"row 1, column {column.strip() or index + 1}"
            if name is None:
                near = nearest(column, [one for one in names.values() if one not in found])
                faults.append(Fault(place, column, "is no field that is asked for", near))
            elif name in found:
                faults.append(Fault(place, column, "stands twice in the head"))
            else:
                found[name] = index
        for field in self.fields:
            if field.name not in found:
                faults.append(Fault(f"row 1, field {field.name}", None, "is missing"))
        return found

    def _row(
        self, number: int, cells: Mapping[str, object], begins: date | None, day_first: bool
    ) -> Iterator[Fault]:
        days: dict[str, date] = {}
        for field in self.fields:
            if field.name not in cells:
                continue
            value, place = cells[field.name], f"row {number}, field {field.name}"
            if _empty(value):
                if not field.may_be_empty:
                    yield Fault(place, None, "is empty")
            elif field.kind == "yes-no" and str(value).strip() not in ("Y", "N"):
                near = _YES_NO.get(str(value).strip().casefold())
                yield Fault(place, value, "is neither Y nor N", near)
            elif field.kind == "date":
                day = _day(value, day_first)
                if day is None:
                    shape = "22/01/2024" if day_first else "2024-01-22"
                    message = f"is not a day, written as {shape}"
                    yield Fault(place, value, message, _other_shape(value, day_first))
                else:
                    days[field.name] = day
        if "public" in str(cells.get("law type") or "").casefold() and (
            "local authority" in cells and _empty(cells["local authority"])
        ):
            place = f"row {number}, field local authority"
            yield Fault(place, None, "is empty, though the case is one of public law")
        yield from self._order(number, days, begins)

    def _order(self, number: int, days: Mapping[str, date], begins: date | None) -> Iterator[Fault]:
        start, end = days.get("start date of case"), days.get("end date of case")
        born = days.get("date of birth")
        place = f"row {number}, field end date of case"
        if start is not None and end is not None and end < start:
            yield Fault(place, end.isoformat(), f"is before the start date of the case, {start}")
        if end is not None and begins is not None:
            opens = begins - timedelta(days=self.closed_within_days)
            if not opens <= end < begins:
                message = f"is not in the {self.closed_within_days} days before {begins}"
                yield Fault(place, end.isoformat(), message)
        if born is not None and begins is not None and born > begins:
            place = f"row {number}, field date of birth"
            yield Fault(place, born.isoformat(), f"is after {begins}")


def _table(cases: object) -> tuple[list[str], list[tuple[int, list[object]]]]:
    """The head of a list, and its rows with their numbers."""
    if isinstance(cases, str | Path):
        return _csv(Path(cases))
    if hasattr(cases, "to_dicts"):  # polars
        rows = list(cases.to_dicts())
    elif hasattr(cases, "to_dict"):  # pandas
        rows = list(cases.to_dict(orient="records"))
    elif isinstance(cases, Iterable):
        rows = list(cases)
    else:
        raise OfstedFrameworkError.of(
            "is no path, data frame or list of rows", type(cases).__name__
        )
    if not all(isinstance(row, Mapping) for row in rows):
        raise OfstedFrameworkError.of("holds rows that are no mappings of fields and values")
    columns = getattr(cases, "columns", None)
    head = [str(name) for name in (columns if columns is not None else _keys(rows))]
    return head, [
        (number, [row.get(name) for name in head]) for number, row in enumerate(rows, start=2)
    ]


def _keys(rows: list[Any]) -> list[Any]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _csv(path: Path) -> tuple[list[str], list[tuple[int, list[object]]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OfstedFrameworkError.of(f"cannot be read: {error}", str(path)) from None
    if not read:
        raise OfstedFrameworkError.of("holds no head", str(path))
    numbered = list(enumerate(read, start=1))[1:]
    return read[0], [(n, list(row)) for n, row in numbered if any(map(str.strip, row))]


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", name.casefold()))


def _empty(value: object) -> bool:
    return is_missing(value) or not str(value).strip()


def _day(value: object, day_first: bool) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if day_first:
        found = _DAY_FIRST.fullmatch(text)
        parts = found and (found[3], found[2], found[1])
    else:
        found = _ISO.fullmatch(text)
        parts = found and (found[1], found[2], found[3])
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def _other_shape(value: object, day_first: bool) -> str | None:
    """The day in the shape that is asked for, where its own shape leaves no doubt which it is."""
    text = str(value).strip()
    if day_first:
        day = _day(text, False)
        return None if day is None else f"{day:%d/%m/%Y}"
    found = _DAY_FIRST.fullmatch(text)
    day = _day(text, True)
    return day.isoformat() if found and day and day.day > 12 else None
