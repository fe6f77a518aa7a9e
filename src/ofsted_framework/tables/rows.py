"""Rows of a foreign table made into records: each row is an event, a repetition, or a problem.

Nothing is guessed. What a cell says that cannot be used is listed with its place, and the event is
kept without it. A row that gives no event takes the record's claim to be complete with it: what
it told of is missing, and its absence would prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import attrs

from ..dates import When
from ..errors import Fault, OfstedFrameworkError, nearest
from ..events import EVENTS, Event, FocusedVisit, Part
from ..grades import Judgement
from ..history import Coverage, History, Provider
from .books import Sheet
from .cells import day, month_first, says_nothing, text
from .layouts import Layout, Sort, grade, plain

_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
_DATES = ("start", "end", "published")
# What two tables of one workbook may tell of one event, and one of them may leave out.
_MERGED = ("end", "published", "kind", "judgements", "framework", "theme")


class Providers:
    """Names and numbers that are known beforehand: rows find their provider among them."""

    def __init__(self, known: Iterable[Provider | History]) -> None:
        some = [one.provider if isinstance(one, History) else one for one in known]
        self.known = bool(some)
        self.by_urn = {one.urn: one for one in some if one.urn}
        self.by_code = {one.code: one for one in some if one.code}
        self.by_name = {plain(one.name): one for one in some}

    def find(self, urn: str, code: str, name: str) -> Provider | None:
        """The provider of a number, or else of a code, or else of a name."""
        return self.by_urn.get(urn) or self.by_code.get(code) or self.by_name.get(plain(name))


@attrs.define
class _Record:
    """What is read of one provider while rows go by."""

    provider: Provider
    events: dict[str, Event] = attrs.field(factory=dict)
    places: dict[str, tuple[str, str]] = attrs.field(factory=dict)
    """Of each event the sheet and the place that it was first told in."""
    holes: list[tuple[str | None, int, int]] = attrs.field(factory=list)
    """What is missing: the kind of event, if known, and the days on which it may have begun."""
    blanks: list[tuple[str, int, int]] = attrs.field(factory=list)
    """Where a cell was not read: the kind of event, and the days on which it may have begun."""
    ended: bool = False


class Reading:
    """One table after another, read into records."""

    def __init__(self, known: Iterable[Provider | History] = ()) -> None:
        self.providers = Providers(known)
        self.problems: list[Fault] = []
        self.rows = 0
        self.repeated: list[str] = []
        self.unused: list[str] = []
        self._records: dict[str, _Record] = {}
        self._claims: list[Coverage] = []
        self._lost: list[tuple[str | None, int, int]] = []
        self._unread: set[str] = set()

    def add(self, layout: Layout, sheet: Sheet) -> None:
        """Read a table, whose header has all that the layout needs.

        Args:
            layout: Its layout.
            sheet: Its rows, the header among the first of them.
        """
        at = header_at(layout, sheet)
        number, cells = sheet.rows[at]
        header = [text(cell) for cell in cells]
        title = " ".join(text(cell) for _, row in sheet.rows[:at] for cell in row)
        claims = [claim.of(title) for claim in layout.claims]
        self._claims += [claim for claim in claims if claim is not None]
        table = _Table(layout, sheet, header, sheet.rows[at + 1 :])
        self._unread |= table.unread()
        self.problems += table.strangers(number)
        for row_number, row in sheet.rows[at + 1 :]:
            self.rows += 1
            self._row(table, row_number, row)

    def histories(self) -> tuple[History, ...]:
        """The records, each with what the tables hold in full of it."""
        return tuple(
            History(one.provider, one.events.values(), coverage=self._coverage(one))
            for one in self._records.values()
            if one.events
        )

    def _row(self, table: _Table, number: int, cells: Sequence[object]) -> None:
        place = table.sheet.place(number)
        row = _Row(table, number, cells)
        record = self._record(row)
        event = row.event() if record is not None else None
        self.problems += row.problems
        if record is not None:
            record.ended |= row.says_ended()
        if record is None or event is None:
            self.unused.append(place)
            if not row.problems:
                self.problems.append(Fault(place, None, "tells of no event"))
            hole = row.hole()
            if hole is not None:
                (self._lost if record is None else record.holes).append(hole)
            return
        if row.problems:  # what the cell says is not known, so the field is not empty for sure
            record.blanks.append((event.type, event.start.lo, event.start.hi))
        if not row.has_id:
            event = self._same(record, event, table, place)
            if event is None:
                return
        elif event.id in record.events:
            first = record.places[event.id][1]
            column = table.name("id")
            message = f"is the id in {first} too"
            self.problems.append(Fault(table.sheet.place(number, column), event.id, message))
            self.unused.append(place)
            record.holes.append((event.type, event.start.lo, event.start.hi))
            return
        record.events[event.id] = event
        record.places[event.id] = table.sheet.name or "", place

    def _record(self, row: _Row) -> _Record | None:
        """The record that a row belongs to; None: it names no provider."""
        name, urn, code = (row.text(one) for one in ("provider", "urn", "code"))
        if not name or says_nothing(name):
            if row.hole() is not None:
                row.fault("provider", None, "is empty, and without it no record has the event")
            return None
        urn, code = ("" if says_nothing(one) else one for one in (urn, code))
        found = self.providers.find(urn, code, name)
        if self.providers.known and found is None:
            near = nearest(plain(name), self.providers.by_name)
            shown = near and self.providers.by_name[near].name
            row.fault("provider", name, "is none of the providers that are known", shown)
        key = f"known {found.name}" if found else f"urn {urn}" if urn else f"name {plain(name)}"
        record = self._records.get(key)
        if record is None:
            made = found or Provider(
                name=name,
                kind=row.table.layout.provider_kind,
                urn=urn or None,
                region=row.text("region") or None,
                code=code or None,
            )
            record = self._records[key] = _Record(made)
        elif found is None and plain(record.provider.name) != plain(name):
            message = (
                f"has the number {urn} of {record.provider.name}, and its events are put there"
            )
            row.fault("provider", name, message)
        return record

    def _same(self, record: _Record, event: Event, table: _Table, place: str) -> Event | None:
        """An event under its own id, or None where it is one that another row told of."""
        sheet, number = table.sheet.name or "", 1
        id = event.id
        while id in record.events:
            told = record.events[id]
            other_sheet, other_place = record.places[id]
            if other_sheet == sheet and told == attrs.evolve(event, id=id):
                self.problems.append(Fault(place, None, f"tells the same as {other_place}"))
                self.repeated.append(place)
                return None
            if other_sheet != sheet:
                record.events[id] = self._merged(record, told, event, place, other_place)
                self.repeated.append(place)
                return None
            number += 1
            id = f"{event.id}-{number}"
        return attrs.evolve(event, id=id)

    def _merged(self, record: _Record, told: Event, event: Event, place: str, other: str) -> Event:
        """An event that two tables of a workbook tell of; what they tell otherwise is left out."""
        given: dict[str, Any] = {}
        for name in _MERGED:
            before, after = getattr(told, name, None), getattr(event, name, None)
            if after is None or before == after:
                continue
            if before is None:
                given[name] = after
                if name == "judgements":
                    given["judgements_partial"] = event.judgements_partial
            else:
                shown = [_shown(one) for one in (after, before)]
                message = (
                    f"is what is said of {name}, where {other} says {shown[1]}; it is left out"
                )
                self.problems.append(Fault(place, shown[0], message))
                record.blanks.append((told.type, told.start.lo, told.start.hi))
                given[name] = None
                if name == "judgements":
                    given["judgements_partial"] = False
        return attrs.evolve(told, **given) if given else told

    def _coverage(self, record: _Record) -> list[Coverage]:
        claims = list(dict.fromkeys(self._claims))
        last = max(event.start.hi for event in record.events.values())
        if record.ended:  # when it ended is not told: after its last event nothing is claimed
            claims = [cut for one in claims for cut in _without(one, last + 1, one.hi)]
        for kind, lo, hi in (*record.holes, *self._lost):
            claims = [
                cut
                for one in claims
                for cut in (_without(one, lo, hi) if kind is None or one.speaks_of(kind) else [one])
            ]
        claims = [
            attrs.evolve(one, fields=tuple(name for name in one.fields if name not in self._unread))
            for one in claims
        ]
        for kind, lo, hi in record.blanks:
            claims = [
                cut
                for one in claims
                for cut in (_emptied(one, lo, hi) if one.speaks_of(kind) else [one])
            ]
        return claims


def _emptied(claim: Coverage, lo: int, hi: int) -> list[Coverage]:
    """A claim of which no field is held in full in a stretch of days."""
    if not claim.fields or hi < claim.lo or claim.hi < lo:
        return [claim]
    return [attrs.evolve(claim, fields=()), *_without(claim, lo, hi)]


def _without(claim: Coverage, lo: int, hi: int) -> list[Coverage]:
    """A claim without a stretch of days."""
    if hi < claim.lo or claim.hi < lo:
        return [claim]
    kept = []
    if claim.lo < lo:
        kept.append(attrs.evolve(claim, last=date.fromordinal(lo - 1)))
    if hi < claim.hi and claim.last is not None:
        kept.append(attrs.evolve(claim, first=date.fromordinal(hi + 1)))
    return kept


def header_at(layout: Layout, sheet: Sheet) -> int:
    """Which of the rows of a table is its header.

    Raises:
        OfstedFrameworkError: None is: names what is missing, and the nearest header.
    """
    best, at = -1, 0
    for index, (_, cells) in enumerate(sheet.rows[:30]):
        header = [text(cell) for cell in cells]
        has = len(layout.needed) - len(layout.misses(header))
        if has > best:
            best, at = has, index
    if best == len(layout.needed):
        return at
    if not sheet.rows:
        raise OfstedFrameworkError.of("holds nothing", place=f"sheet {sheet.name or 1}")
    number, cells = sheet.rows[at]
    header = [text(cell) for cell in cells if text(cell)]
    strange = [one for one in header if plain(one) not in map(plain, layout.headers)]
    faults = []
    for name in layout.misses(header):
        names = layout.columns[name]
        near = next((found for one in names if (found := nearest(one, strange))), None)
        message = f"is missing ({layout.id} needs it)"
        if near is not None:
            message += f"; the header has {near!r}"
        faults.append(Fault(sheet.place(number, names[0]), None, message))
    raise OfstedFrameworkError(faults)


class _Table:
    """A table under its layout: where each thing stands."""

    def __init__(
        self,
        layout: Layout,
        sheet: Sheet,
        header: list[str],
        rows: Sequence[tuple[int, Sequence[object]]],
    ) -> None:
        self.layout, self.sheet, self.header = layout, sheet, header
        self.at = layout.place(header)
        index = {plain(name): at for at, name in reversed(list(enumerate(header)))}
        self.grades: dict[int, list[Any]] = {}
        """By the place of its column, what a grade in it may be of."""
        for column in layout.grades:
            found = next((index[plain(one)] for one in column.columns if plain(one) in index), None)
            if found is not None:
                self.grades.setdefault(found, []).append(column)
        self.keep = [(name, index[plain(name)]) for name in layout.keep if plain(name) in index]
        self.doubted = {
            name: month_first(
                cells[self.at[name]] for _, cells in rows if self.at[name] < len(cells)
            )
            for name in _DATES
            if name in self.at
        }

    def name(self, what: str) -> str:
        """The header of what is read, as the table has it."""
        return self.header[self.at[what]] if what in self.at else self.layout.columns[what][0]

    def unread(self) -> set[str]:
        """Fields of which a column that the layout reads is not in the table."""
        found = {"published"} & set(self.layout.columns) - set(self.at)
        has = set(map(plain, self.header))
        if any(has.isdisjoint(map(plain, column.columns)) for column in self.layout.grades):
            found.add("judgements")
        return found

    def strangers(self, number: int) -> list[Fault]:
        """Columns that are not read, and headers that stand twice."""
        known = set(map(plain, self.layout.headers))
        found = []
        seen: set[str] = set()
        for index, name in enumerate(self.header):
            place = self.sheet.place(number, name or str(index + 1))
            if not name:
                continue
            if plain(name) in seen:
                found.append(Fault(place, name, "stands twice in the header; the first is read"))
            elif plain(name) not in known:
                near = nearest(name, [one for one in self.layout.headers if plain(one) not in seen])
                found.append(Fault(place, name, "is no column that is read", near))
            seen.add(plain(name))
        return found


class _Row:
    """One row of a table, and what is wrong with it."""

    def __init__(self, table: _Table, number: int, cells: Sequence[object]) -> None:
        self.table, self.number, self.cells = table, number, cells
        self.problems: list[Fault] = []
        self._days: dict[str, date | None] = {}
        for name in _DATES:
            self._days[name] = self._day(name)
        self.has_id = bool(self.text("id"))

    def cell(self, what: str) -> object:
        at = self.table.at.get(what)
        return None if at is None or at >= len(self.cells) else self.cells[at]

    def text(self, what: str) -> str:
        return text(self.cell(what))

    def fault(self, what: str, value: object, message: str, near: str | None = None) -> None:
        place = self.table.sheet.place(self.number, self.table.name(what))
        self.problems.append(Fault(place, value, message, near))

    def _day(self, what: str) -> date | None:
        try:
            doubted = self.table.doubted.get(what, False)
            return day(self.cell(what), self.table.layout, doubted)
        except OfstedFrameworkError as error:
            for fault in error.faults:
                self.fault(what, fault.value, fault.message, fault.nearest)
            return None

    def start(self) -> When | None:
        """The first day; where it is not told, a day by that of publication."""
        start, published = self._days["start"], self._days["published"]
        if start is not None:
            return When(start, start)
        return None if published is None else When(None, published)

    def sort(self) -> Sort | None:
        sorts = self.table.layout.sorts
        return sorts.get("*") or self.table.layout.sort(self.text("kind"))

    def hole(self) -> tuple[str | None, int, int] | None:
        """What is missing where the row gives no event; None: it looks like none."""
        start, sort = self.start(), self.sort()
        if "kind" not in self.table.at and start is None:
            return None
        if start is None and (sort is None or not self.text("kind")):
            return None
        kind = None if sort is None else sort.type
        return (
            kind,
            1 if start is None else start.lo,
            date.max.toordinal() if start is None else start.hi,
        )

    def says_ended(self) -> bool:
        words = {plain(one) for one in self.table.layout.ended}
        return bool(words) and any(word in plain(self.text("ended")) for word in words)

    def event(self) -> Event | None:
        """The event that the row tells of; None: it tells of none."""
        layout, start, sort = self.table.layout, self.start(), self.sort()
        if sort is None:
            good = [word for word in layout.sorts if word]
            near = nearest(self.text("kind"), good)
            self.fault("kind", self.text("kind") or None, "is no kind of event here", near)
        if start is None and not self.problems:
            self.fault("start", None, "is not told, nor is a day of publication")
        if start is None or sort is None:
            return None
        cls = EVENTS[sort.type]
        known = attrs.fields_dict(cls)
        values: dict[str, Any] = {
            "id": self.text("id") or f"{sort.type}-{start}".replace("/", ""),
            "start": start,
            "end": self._days["end"],
            "published": self._days["published"],
            "framework": sort.framework,
            "parts": self._parts(),
            "basis": layout.known_as(self.text("basis")) if "basis" in layout.columns else None,
            "sources": (self.text("source"),) if self._linked() else (),
        }
        if sort.kind is not None:
            values["kind"] = sort.kind
        notes = self._kept()
        if self.text("theme") and not says_nothing(self.text("theme")):
            if "theme" in known:
                values["theme"] = self.text("theme")
            else:
                notes.append(f"{self.table.name('theme')}: {self.text('theme')}")
        self._priority(cls, values, notes)
        values["note"] = "; ".join(notes) or None
        values |= self._judgements(sort, start)
        try:
            return cls(**values)
        except OfstedFrameworkError as error:
            for fault in error.faults:
                what = fault.place.split("/")[1] if "/" in fault.place else "id"
                what = (
                    what
                    if what in layout.columns
                    else "kind"
                    if "kind" in layout.columns
                    else "start"
                )
                self.fault(what, fault.value, fault.message, fault.nearest)
            return None

    def _linked(self) -> bool:
        return bool(re.match(r"https?://\S+$", self.text("source")))

    def _parts(self) -> tuple[Part, ...]:
        spans = _SPAN.findall(self.text("parts"))
        try:
            return tuple(Part(*span) for span in spans) if len(spans) > 1 else ()
        except OfstedFrameworkError as error:
            for fault in error.faults:
                self.fault("parts", fault.value, fault.message)
            return ()

    def _kept(self) -> list[str]:
        """What no field holds, with its header."""
        kept = []
        for name, at in self.table.keep:
            value = text(self.cells[at]) if at < len(self.cells) else ""
            if value and plain(value) not in ("nan", "null"):
                kept.append(f"{name}: {value}")
        return kept

    def _priority(self, cls: type[Event], values: dict[str, Any], notes: list[str]) -> None:
        word = self.text("priority_action")
        if not word:
            return
        meanings = {plain(k): v for k, v in self.table.layout.priority_action.items()}
        meaning = meanings.get(plain(word))
        if meaning is None:
            near = nearest(word, self.table.layout.priority_action)
            self.fault("priority_action", word, "is no word on areas for priority action", near)
        elif cls is FocusedVisit:
            values["priority_action"] = meaning
        else:
            notes.append(f"{self.table.name('priority_action')}: {word}")

    def _judgements(self, sort: Sort, start: When) -> dict[str, Any]:
        found: list[Judgement] = []
        partial = denied = False
        for at, columns in self.table.grades.items():
            cell = self.cells[at] if at < len(self.cells) else None
            word = text(cell)
            fit = [
                c for c in columns if c.framework in (None, sort.framework) or not sort.framework
            ]
            said = grade(word)
            if said is None or not fit:
                if word and said != "nothing":
                    message = (
                        "is no grade" if fit else "is a grade that such an event does not have"
                    )
                    near = nearest(word.casefold(), _GOOD) if fit else None
                    self.problems.append(Fault(self._place(at), word, message, near))
                    partial |= bool(fit)
                continue
            if said == "none":
                denied = True
                continue
            sure = [c for c in fit if c.on(start.lo, start.hi)]
            owed = [c for c in fit if c.on(start.lo, start.hi) is not False]
            if said == "nothing":
                partial |= sort.graded == "yes" and any(not c.optional for c in sure)
                continue
            if len(fit) > 1:
                fit = sure or owed
            if len(fit) > 1:
                areas = " or ".join(c.area for c in fit)
                message = f"is of {areas}, which the day of the inspection would tell"
                self.problems.append(Fault(self._place(at), word, message))
                partial = True
            elif not fit:
                self.problems.append(
                    Fault(self._place(at), word, "is a grade that there was none of on its day")
                )
            else:
                found.append(Judgement(fit[0].area, said))
        if not found:
            none = sort.graded == "no" or denied
            return {"judgements": () if none and not partial else None}
        return {"judgements": tuple(found), "judgements_partial": partial}

    def _place(self, at: int) -> str:
        return self.table.sheet.place(self.number, self.table.header[at])


_GOOD = ("outstanding", "good", "requires improvement", "inadequate")


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(f"{one.area} {one.grade}" for one in value if isinstance(one, Judgement))
    return str(value)


__all__ = ["Providers", "Reading", "header_at"]
