"""Rows of a foreign table made into records: each row is an event, a repetition, or a problem.

Nothing is guessed. What a cell says that cannot be used is listed with its place, and the event is
kept without it. A row that gives no event takes the record's claim to be complete with it: what
it told of is missing, and its absence would prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import attrs

from ..dates import When
from ..errors import Fault, OfstedFrameworkError, nearest
from ..events import EVENTS, Event, FocusedVisit, Part
from ..grades import Judgement, not_one_grade
from ..history import Coverage, History, Provider
from .books import Sheet
from .cells import day, month_first, says_nothing, text
from .layouts import GradeColumn, Layout, Sort, grade, plain, region

_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
_DATES = ("start", "end", "published")
_Hole = tuple[str | None, int, int]
_MOST_HOLES = 50
# What two tables of one workbook may tell of one event, and one of them may leave out.
_MERGED = ("end", "published", "kind", "judgements", "framework", "theme")


class Providers:
    """Names and numbers that are known beforehand: rows find their provider among them."""

    def __init__(self, known: Iterable[Provider | History]) -> None:
        some = [one.provider if isinstance(one, History) else one for one in known]
        self.known = bool(some)
        self.by_urn = {one.urn: one for one in some if one.urn}
        self.by_code = {one.code: one for one in some if one.code}
        self.by_name: dict[str, list[Provider]] = {}
        for one in some:
            self.by_name.setdefault(plain(one.name), []).append(one)

    def find(self, urn: str, code: str, name: str) -> Provider | None:
        """The provider of a number, or else of a code, or else of a name."""
        found = self.by_urn.get(urn) or self.by_code.get(code)
        of_name = self.by_name.get(plain(name), ())
        return found or (of_name[0] if len(of_name) == 1 else None)


@attrs.define
class _Record:
    """What is read of one provider while rows go by."""

    provider: Provider
    events: dict[str, Event] = attrs.field(factory=dict)
    places: dict[str, str] = attrs.field(factory=dict)
    """Of each event the place that it was first told in."""
    told: dict[str, _Told] = attrs.field(factory=dict)
    """Events that have no id in their tables, by the id that they are given."""
    published: dict[tuple[str, When], str] = attrs.field(factory=dict)
    """The id that was given, by the kind of event and the day of publication."""
    holes: list[_Hole] = attrs.field(factory=list)
    """What is missing: the kind of event, if known, and the days on which it may have begun."""
    blanks: list[_Hole] = attrs.field(factory=list)
    """Where a cell was not read: the kind of event, and the days on which it may have begun."""
    ended: bool = False


@attrs.define
class _Told:
    """Events of one kind and one first day, and the tables that tell of them."""

    ids: list[str] = attrs.field(factory=list)
    by: dict[str, set[str]] = attrs.field(factory=dict)
    """By the id, the sheets that told of it."""
    equal: dict[Event, str] = attrs.field(factory=dict)
    """The id, by the event as a row tells of it."""
    places: dict[tuple[str, Event], str] = attrs.field(factory=dict)
    """The place, by the sheet and the event as a row of it tells of it."""
    disputed: set[tuple[str, str]] = attrs.field(factory=set)
    """The id and the field of what tables tell otherwise: no table after them settles it."""
    _passed: dict[str, int] = attrs.field(factory=dict)

    def other(self, event: Event, sheet: str) -> str | None:
        """The id of an event that other sheets told of and this one has not: the likest first."""
        id = self.equal.get(event)
        if id is not None and sheet not in self.by[id]:
            return id
        at = self._passed.get(sheet, 0)
        while at < len(self.ids) and sheet in self.by[self.ids[at]]:
            at += 1
        self._passed[sheet] = at
        return self.ids[at] if at < len(self.ids) else None

    def renamed(self, old: str, new: str) -> None:
        """Let an event go by another id."""
        self.ids[self.ids.index(old)] = new
        self.by[new] = self.by.pop(old)
        self.equal = {event: new if id == old else id for event, id in self.equal.items()}
        self.disputed = {(new if id == old else id, name) for id, name in self.disputed}


class Reading:
    """One table after another, read into records."""

    def __init__(self, known: Iterable[Provider | History] = ()) -> None:
        self.providers = Providers(known)
        self.problems: list[Fault] = []
        self.rows = 0
        self.repeated: list[str] = []
        self.unused: list[str] = []
        self._records: dict[str, _Record] = {}
        self._by_code: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        """The keys of records, by the code of an area and by a name."""
        self._claims: list[Coverage] = []
        self._lost: list[_Hole] = []
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
        claims = [
            attrs.evolve(one, fields=tuple(name for name in one.fields if name not in self._unread))
            for one in dict.fromkeys(self._claims)
        ]
        claims = _cut(claims, self._lost, _without)
        return tuple(
            History(one.provider, one.events.values(), coverage=_coverage(one, claims))
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
            first = record.places[event.id]
            column = table.name("id")
            message = f"is the id in {first} too"
            self.problems.append(Fault(table.sheet.place(number, column), event.id, message))
            self.unused.append(place)
            record.holes.append((event.type, event.start.lo, event.start.hi))
            return
        record.events[event.id] = event
        record.places[event.id] = place

    def _record(self, row: _Row) -> _Record | None:
        """The record that a row belongs to; None: it names no provider."""
        name, urn, code = (row.text(one) for one in ("provider", "urn", "code"))
        if not name or says_nothing(name):
            if row.hole() is not None:
                row.fault("provider", None, "is empty, and without it no record has the event")
            return None
        urn, code = ("" if says_nothing(one) else one for one in (urn, code))
        key, found = self._key(row, name, urn, code)
        record = self._records.get(key)
        if record is None:
            made = found or Provider(
                name=name,
                kind=row.table.layout.provider_kind,
                urn=urn or None,
                region=region(row.text("region")),
                code=code or None,
            )
            record = self._records[key] = _Record(made)
            if code:
                self._by_code.setdefault(code, key)
            self._by_name.setdefault(plain(name), []).append(key)
        elif found is None:
            if plain(record.provider.name) != plain(name):
                by = f"the number {urn}" if urn else f"the code {code}"
                message = f"has {by} of {record.provider.name}, and its events are put there"
                row.fault("provider", name, message)
            if urn and record.provider.urn is None:
                record.provider = attrs.evolve(record.provider, urn=urn)
            if code and record.provider.code is None:
                record.provider = attrs.evolve(record.provider, code=code)
                self._by_code.setdefault(code, key)
        return record

    def _key(self, row: _Row, name: str, urn: str, code: str) -> tuple[str, Provider | None]:
        """The key of the record that a row belongs to, and its provider where it is known."""
        found = self.providers.find(urn, code, name)
        if found is not None:
            return f"known {found.urn} {found.name}", found
        if self.providers.known:
            near = nearest(plain(name), self.providers.by_name)
            several = plain(name) in self.providers.by_name
            shown = self.providers.by_name[near][0].name if near and not several else None
            message = "is none of the providers that are known"
            if several:
                message = "is the name of several providers that are known; a number would tell"
            row.fault("provider", name, message, shown)
        if urn and f"urn {urn}" in self._records:
            return f"urn {urn}", None
        others = self._by_name.get(plain(name), [])
        coded = self._by_code.get(code) if code else None
        for key in (coded, *(others if len(others) == 1 else ())):
            number = self._records[key].provider.urn if key else None
            if key and not (urn and number and urn != number):
                return key, None
        if others:
            message = "is told with several numbers; their events are kept apart"
            row.fault("provider", name, message)
        return (f"urn {urn}" if urn else f"name {plain(name)} {code}"), None

    def _same(self, record: _Record, event: Event, table: _Table, place: str) -> Event | None:
        """An event under its own id, or None where it is one that another row told of."""
        sheet = table.sheet.name or ""
        group = _group(record, event, sheet)
        before = group.places.get((sheet, event))
        if before is not None:
            self.problems.append(Fault(place, None, f"tells the same as {before}"))
            self.repeated.append(place)
            return None
        group.places[sheet, event] = place
        id = group.other(event, sheet)
        if id is not None:
            group.by[id].add(sheet)
            self.repeated.append(place)
            record.events[id] = merged = self._merged(record, group, id, event, place)
            if merged.start != event.start or id == event.id or event.id in record.events:
                return None
            # Now its first day is known: it goes by it.
            record.events[event.id] = attrs.evolve(record.events.pop(id), id=event.id)
            record.places[event.id] = record.places.pop(id)
            group.renamed(id, event.id)
            return None
        number, id = len(group.ids) + 1, event.id
        while id in record.events:
            id = f"{event.id}-{max(2, number)}"
            number += 1
        group.ids.append(id)
        group.by[id] = {sheet}
        group.equal.setdefault(event, id)
        if event.published is not None:
            record.published.setdefault((event.type, event.published), event.id)
        return attrs.evolve(event, id=id)

    def _merged(self, record: _Record, group: _Told, id: str, event: Event, place: str) -> Event:
        """An event that two tables of a workbook tell of; what they tell otherwise is left out."""
        told, other = record.events[id], record.places[id]
        given: dict[str, Any] = {}
        if event.start.exact and not told.start.exact:
            given["start"] = event.start
        for name in _MERGED:
            before, after = getattr(told, name, None), getattr(event, name, None)
            disputed = (id, name) in group.disputed
            if after is None or (before == after and not disputed):
                continue
            if before is None and not disputed:
                given[name] = after
                if name == "judgements":
                    given["judgements_partial"] = event.judgements_partial
                continue
            message = f"is what is said of {name}, where {other} says {_shown(before)}"
            if disputed:
                message = f"is what is said of {name}, on which the tables before it do not agree"
            self.problems.append(Fault(place, _shown(after), f"{message}; it is left out"))
            record.blanks.append((told.type, told.start.lo, told.start.hi))
            group.disputed.add((id, name))
            given[name] = None
            if name == "judgements":
                given["judgements_partial"] = False
        return attrs.evolve(told, **given) if given else told


def _group(record: _Record, event: Event, sheet: str) -> _Told:
    """The events that a row without an id may be told of: of its kind, and its day."""
    group = record.told.get(event.id)
    if group is None and event.published is not None:
        # Where one table does not tell the first day, that of publication finds the event.
        id = record.published.get((event.type, event.published))
        near = None if id is None else record.told[id]
        if near is not None and (near_id := near.other(event, sheet)) is not None:
            exact = event.start.exact, record.events[near_id].start.exact
            group = near if exact in ((True, False), (False, True)) else None
    if group is None:
        group = _Told()
    return record.told.setdefault(event.id, group)


def _coverage(record: _Record, claims: list[Coverage]) -> list[Coverage]:
    """What the tables hold in full of a record."""
    last = max(event.start.hi for event in record.events.values())
    if record.ended:  # when it ended is not told: after its last event nothing is claimed
        claims = [cut for one in claims for cut in _without(one, last + 1, one.hi)]
    return _cut(_cut(claims, record.holes, _without), record.blanks, _emptied)


def _cut(
    claims: list[Coverage],
    holes: Sequence[_Hole],
    cut: Callable[[Coverage, int, int], list[Coverage]],
) -> list[Coverage]:
    """Claims without some stretches of days; of very many, without all between them."""
    kinds: dict[str | None, list[_Hole]] = {}
    for hole in holes:
        kinds.setdefault(hole[0], []).append(hole)
    for kind, some in kinds.items():
        if len(set(some)) > _MOST_HOLES:
            some = [(kind, min(lo for _, lo, _ in some), max(hi for _, _, hi in some))]
        for _, lo, hi in dict.fromkeys(some):
            claims = [
                part
                for one in claims
                for part in (cut(one, lo, hi) if kind is None or one.speaks_of(kind) else [one])
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
        self.grades: dict[int, list[GradeColumn]] = {}
        """By the place of its column, what a grade in it may be of."""
        self.missing: list[GradeColumn] = []
        """Columns of grades that the layout reads and the table has not."""
        for column in layout.grades:
            found = next((index[plain(one)] for one in column.columns if plain(one) in index), None)
            if found is not None:
                self.grades.setdefault(found, []).append(column)
            else:
                self.missing.append(column)
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
        return found | ({"judgements"} if self.missing else set())

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
        if start is None and not (self.text("kind") and (sort or self.text("provider"))):
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
        word = self.text("framework")
        named = layout.frameworks.get(plain(word), sort.framework)
        if sort.framework and named != sort.framework:
            message = f"is not the framework of {self.text('kind')!r}, which is {sort.framework}"
            self.fault("framework", word, message)
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
                    why = not_one_grade(word)
                    message = why or "is no grade"
                    if not fit:
                        message = "is a grade that such an event does not have"
                    near = nearest(word.casefold(), _GOOD) if fit and why is None else None
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
        if sort.graded == "yes":  # whoever took a column out did not take the grade back
            partial |= any(
                column.framework in (None, sort.framework)
                and not column.optional
                and column.on(start.lo, start.hi) is not False
                for column in self.table.missing
            )
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
