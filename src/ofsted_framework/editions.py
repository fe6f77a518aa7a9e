"""Frameworks as values: what they provide, from when to when, and on what support."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar, cast

import attrs

from . import facts as _facts
from ._document import Kind, pairs, parsed, parsed_toml, read_file
from .annex import InformationRequest
from .dates import Answer, When, rough_day
from .errors import (
    Fault,
    OfstedFrameworkError,
    is_one_of,
    nearest,
    of_class,
    one_day,
    printable,
    refuse,
    texts,
)
from .events import EVENTS, Event, Inspection
from .grades import GradeScale
from .history import PROVIDER_KINDS
from .provisions import (
    NOT_KNOWN,
    OF_ITS_OWN,
    ROWS,
    Contents,
    Graded,
    Route,
    Row,
    Rows,
    Suspension,
    values,
)
from .sources import Basis, Citation, Fact, Ground, Source, weakest
from .windows import NEVER

_R = TypeVar("_R", bound=Row)
_T = TypeVar("_T")
_DATA = Path(__file__).parent / "data" / "frameworks"


def _area_sets(value: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: texts(areas) for name, areas in value.items()}


@attrs.frozen(kw_only=True)
class NotKnown:
    """Something that no source settled."""

    what: str
    """What is not known."""
    facts: tuple[str, ...] = ()
    """Facts that bear on it."""


@attrs.frozen(kw_only=True)
class Version:
    """A dated version of the published text."""

    date: str
    """Its date, as far as it is known."""
    says: str
    """What is known of it."""
    facts: tuple[str, ...] = ()
    """The facts that say so."""


@attrs.frozen(kw_only=True)
class Beside:
    """A time in which another framework was in use too, for some inspections.

    An inspection that begins in it comes under one of the two by what its record says: the
    framework, or the kind of inspection. Where the record says neither, that is open.
    """

    framework: str
    """The id of the other."""
    first: date = attrs.field(metadata={"wire": "from"})
    """The first day on which both were in use."""
    last: date = attrs.field(metadata={"wire": "to"})
    """The last such day."""
    kinds: tuple[str, ...] = attrs.field(converter=texts)
    """The kinds of inspection that belong to the other."""
    others_from: date | None = None
    """The first day from which all but inspections surely comes under the other; None: none."""

    def __attrs_post_init__(self) -> None:
        """Refuse a time that ends before it begins."""
        if self.last < self.first:
            raise OfstedFrameworkError.of(f"is before {self.first}", str(self.last), "/to")


class _Kept(dict[Any, Any]):
    """What was worked out of a framework; it stays behind where the framework is copied."""

    def __reduce__(self) -> tuple[type[_Kept], tuple[()]]:
        return _Kept, ()


@attrs.frozen(kw_only=True)
class Framework:
    """How an inspectorate inspects one kind of provider over a period: rows, with their support."""

    id: str
    """Its id, for instance `cafcass-2021`."""
    title: str
    """What it is called."""
    provider_kind: str
    """The kind of provider that it is about."""
    start: When
    """The first day of what it governs; an event is governed by its start."""
    end: When | None = None
    """The last day of what it governs; None: still in force."""
    beside: Beside | None = None
    """A time in which another framework was in use too; None: there was none."""
    based_on: str | None = None
    """The id of the framework that this one is a changed copy of."""
    rows: tuple[Row, ...] = ()
    """Its provisions: one row for each reading and period of each."""
    grounds: tuple[Ground, ...] = ()
    """What its boundaries rest on."""
    areas: dict[str, str] = attrs.field(factory=dict)
    """The areas that it names: code and full name."""
    scales: tuple[GradeScale, ...] = ()
    """The scales of its grades."""
    area_sets: dict[str, tuple[str, ...]] = attrs.field(factory=dict, converter=_area_sets)
    """Areas that go by one name together, such as the five outcomes of Every Child Matters."""
    requested: InformationRequest | None = attrs.field(
        default=None, metadata={"wire": "information_request"}
    )
    """What is asked for when an inspection or a visit begins; None: nothing was read of it."""
    own_facts: tuple[Fact, ...] = ()
    """Facts that stand in the framework's own file, and in no list of the library's."""
    own_sources: tuple[Source, ...] = ()
    """The documents in which these were read."""
    not_known: tuple[NotKnown, ...] = ()
    """What no source settled."""
    versions: tuple[Version, ...] = ()
    """Dated versions of the published text."""
    chosen: tuple[tuple[str, str], ...] = ()
    """The readings that were chosen: provision id and reading."""
    changes: tuple[str, ...] = ()
    """The values that were replaced, in words."""
    _kept: _Kept = attrs.field(init=False, factory=lambda: _Kept(), eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse rows that name what the framework does not have."""
        scales = {scale.id for scale in self.scales}
        ids = {row.id for row in self.rows}
        faults = []
        if not is_one_of(self.provider_kind, PROVIDER_KINDS):
            message = f"is no kind of provider ({', '.join(PROVIDER_KINDS)})"
            near = nearest(self.provider_kind, PROVIDER_KINDS)
            faults.append(Fault("/provider_kind", self.provider_kind, message, near))
        if self.end is not None and self.end.hi < self.start.lo:
            faults.append(Fault("/end", str(self.end), f"is before the start, {self.start}"))
        kinds: dict[str, type[Row]] = {}
        for row in self.rows:
            place = f"/{row.tag}/{row.id}"
            if kinds.setdefault(row.id, type(row)) is not type(row):
                faults.append(Fault(place, row.id, "is the id of another kind of row too"))
            status = getattr(row, "while_", None)
            if status is not None and status not in ids:
                near = nearest(status, ids)
                faults.append(Fault(f"{place}/while", status, "is no row's id", near))
            scale = getattr(row, "scale", None)
            if scale is not None and scale not in scales:
                near = nearest(scale, scales)
                faults.append(Fault(f"{place}/scale", scale, "is no scale's id", near))
            if row.effective_to is not None and row.hi < row.lo:
                message = f"is before effective_from, {row.effective_from}"
                faults.append(Fault(f"{place}/effective_to", str(row.effective_to), message))
            faults += _no_kinds(row, place)
        for name, areas in self.area_sets.items():
            faults += (
                Fault(f"/area_sets/{name}", area, "is no area here", nearest(area, self.areas))
                for area in areas
                if area not in self.areas
            )
        if faults:
            raise OfstedFrameworkError(faults)

    def __hash__(self) -> int:
        """Equal frameworks have equal hashes."""
        return hash((self.id, self.chosen, self.changes, len(self.rows)))

    def __repr__(self) -> str:
        end = "" if self.end is None else f" to {self.end}"
        return printable(f"<Framework {self.id}: {len(self.rows)} rows, from {self.start}{end}>")

    def _repr_html_(self) -> str:
        from .telling.html import framework_html

        return framework_html(self)

    def scale(self, id: str) -> GradeScale:
        """The scale of that id.

        Raises:
            OfstedFrameworkError: There is none; names the nearest.
        """
        found = {scale.id: scale for scale in self.scales}
        if id not in found:
            good = ", ".join(found) or "it has none"
            message = f"is no scale of {self.id} ({good})"
            raise OfstedFrameworkError.of(message, id, nearest=nearest(str(id), found))
        return found[id]

    def of_class(self, kind: type[_R]) -> dict[str, dict[str | None, Rows[_R]]]:
        """The rows of one class: provision id, then reading, then rows in order of time."""
        return self.keep(kind, lambda: self._of_class(kind))

    def _of_class(self, kind: type[_R]) -> dict[str, dict[str | None, Rows[_R]]]:
        found: dict[str, dict[str | None, list[_R]]] = {}
        for row in self.rows:
            if isinstance(row, kind):
                found.setdefault(row.id, {}).setdefault(row.reading, []).append(row)
        return {
            id: {reading: Rows(rows) for reading, rows in readings.items()}
            for id, readings in found.items()
        }

    def keep(self, key: Any, make: Callable[[], _T]) -> _T:
        """What was worked out of the rows before, or is now: the same for as long as they are."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
        return cast(_T, found)

    def provision(self, id: str) -> tuple[Row, ...]:
        """All rows of one provision.

        Raises:
            OfstedFrameworkError: The framework has no such provision.
        """
        rows = tuple(row for row in self.rows if isinstance(id, str) and row.id == id)
        if not rows:
            near = nearest(id, {row.id for row in self.rows})
            raise OfstedFrameworkError.of(f"is no provision of {self.id}", id, nearest=near)
        return rows

    def in_force(self, when: When) -> Answer:
        """Whether the framework was in force on a day; OPEN where the sources leave that so."""
        end_lo, end_hi = (NEVER, NEVER) if self.end is None else (self.end.lo, self.end.hi)
        if when.hi < self.start.lo or when.lo > end_hi:
            return Answer.NO
        sure = when.lo >= self.start.hi and when.hi <= end_lo
        return Answer.YES if sure else Answer.OPEN

    def governs(self, event: Event) -> Answer:
        """Whether an event came under this framework: by its name for it, else by day and kind."""
        if event.framework is not None:
            return Answer.YES if event.framework in (self.id, self.based_on) else Answer.NO
        when, other = event.start, self.beside
        answer = self.in_force(when)
        if other is None or answer is Answer.NO:
            return answer
        first, last = other.first.toordinal(), other.last.toordinal()
        if when.hi < first or when.lo > last:
            return answer
        if not isinstance(event, Inspection):
            left = other.others_from
            if left is None:
                return answer
            return Answer.NO if when.lo >= left.toordinal() else Answer.OPEN
        kind = event.kind
        if kind in other.kinds:
            return Answer.NO if first <= when.lo and when.hi <= last else Answer.OPEN
        mine = {word for row in self.rows if isinstance(row, Route) for word in row.every_kind}
        return answer if kind in mine else Answer.OPEN

    def at(self, day: date) -> Framework:
        """The edition in force on a day: for each provision one row for each open reading.

        Where a rough boundary leaves open which of two rows holds, both are there. Areas that are
        graded at other times only are left out, and suspensions that turned out to have ended.

        Raises:
            OfstedFrameworkError: The framework is surely not in force on that day.
        """
        number = one_day(day).toordinal()
        if number < self.start.lo or (self.end is not None and number > self.end.hi):
            last = "" if self.end is None else f" to {self.end}"
            message = f"is no day of {self.id}, which is in force from {self.start}{last}"
            raise OfstedFrameworkError.of(message, str(day))
        here = {row.id for row in self.known_on(date.max).rows if row.lo <= number <= row.hi}
        rows = tuple(row for row in self.rows if row.lo <= number <= row.hi and row.id in here)
        areas = {area for row in rows for area in _graded_areas(row)}
        gone = {area for row in self.rows for area in _graded_areas(row)} - areas
        sets = {name: some for name, some in self.area_sets.items() if not gone.intersection(some)}
        kept = {area: name for area, name in self.areas.items() if area not in gone}
        return attrs.evolve(self, rows=rows, areas=kept, area_sets=sets)

    def known_on(self, day: date) -> Framework:
        """The rows that had been made known by a day.

        Of a suspension the last announcement by then is kept: its end was not known at first.
        """
        rows = [row for row in self.rows if row.published is None or row.published <= day]
        latest: dict[str, date] = {}
        for row in rows:
            if isinstance(row, Suspension) and row.published is not None:
                latest[row.id] = max(row.published, latest.get(row.id, row.published))
        kept = tuple(row for row in rows if latest.get(row.id, row.published) == row.published)
        return self if kept == self.rows else attrs.evolve(self, rows=kept)

    def known_at_last(self) -> Framework:
        """The rows as they were made known at last, whatever the day of asking."""

        def make() -> Framework:
            known = self.known_on(date.max)
            rows = tuple(attrs.evolve(row, published=None) for row in known.rows)
            return attrs.evolve(known, rows=rows)

        return self.keep("known at last", make)

    def choose(self, id: str, *, reading: str) -> Framework:
        """The framework with one reading of a provision chosen.

        Raises:
            OfstedFrameworkError: There is no such provision, or no such reading of it.
        """
        readings = [row.reading for row in self.provision(id) if row.reading is not None]
        if not is_one_of(reading, readings):
            good = ", ".join(sorted(set(readings))) or "it has only one"
            near = nearest(reading, readings)
            raise OfstedFrameworkError.of(f"is no reading of {id} ({good})", reading, nearest=near)
        rows = tuple(row for row in self.rows if row.id != id or row.reading == reading)
        return attrs.evolve(self, rows=rows, chosen=(*self.chosen, (id, reading)))

    def replace(
        self, id: str, *, reading: str | None = None, on: date | None = None, **new: Any
    ) -> Framework:
        """The framework with values of a provision replaced, as an assumption of the user's.

        `changes` tells what was replaced, and what known values gave way to the new ones.

        Args:
            id: The provision.
            reading: The reading to change; None: all of them.
            on: A day: only what holds on it is changed; None: every row of the provision, of
                whatever time.
            **new: Fields of the row and their values. `months` of a cadence may be given as such.

        Raises:
            OfstedFrameworkError: There is no such provision or field, or the value cannot be.
        """
        every = self.provision(id)  # names the nearest id
        number = None if on is None else one_day(on, "on").toordinal()
        meant = [
            row
            for row in self.rows
            if row.id == id
            and reading in (None, row.reading)
            and (number is None or row.lo <= number <= row.hi)
        ]
        if not meant:
            if all(reading not in (None, row.reading) for row in every):
                raise OfstedFrameworkError.of(f"is no reading of {id}", reading)
            raise OfstedFrameworkError.of(f"is a day on which {id} has no row", str(on), "on")
        rows = tuple(_replaced(row, new) if row in meant else row for row in self.rows)
        told = ", ".join(
            f"{name} = {value}{_in_place_of(name, meant)}" for name, value in new.items()
        )
        which = id if reading is None else f"{id} ({reading})"
        which += "" if on is None else f" on {on}"
        return attrs.evolve(self, rows=rows, changes=(*self.changes, f"{which}: {told}"))

    def information_request(self, *, on: date) -> InformationRequest:
        """What Ofsted asks for when an inspection or a visit begins on a day (Annex A).

        What was read in a version of the annex is told for days from that version on.

        Raises:
            OfstedFrameworkError: Nothing was read of what this framework asks for, or it surely
                does not govern what begins on the day.
        """
        if self.requested is None:
            message = "has no information request that was read"
            raise OfstedFrameworkError.of(message, self.id)
        one_day(on, "on")
        if self.in_force(When(on, on)) is Answer.NO:
            period = f"from {rough_day(self.start)}"
            period += f" to {rough_day(self.end)}" if self.end else ""
            message = (
                f"is a day on which {self.id} is not in force: it governs what begins {period}"
            )
            raise OfstedFrameworkError.of(message, on.isoformat(), "on")
        return self.requested.on(on)

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The ids of the facts that its rows, boundaries and notes name, in order."""
        named = [fact for ground in self.grounds for fact in ground.facts]
        named += [fact for row in self.rows for ground in row.grounds for fact in ground.facts]
        named += [fact for version in self.versions for fact in version.facts]
        named += [fact for one in self.not_known for fact in one.facts]
        if self.requested is not None:
            asked = self.requested
            named += asked.facts
            named += [fact for part in asked.parts for fact in part.facts]
        return tuple(dict.fromkeys(named))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that it rests on, with those that these were worked out from."""
        return tuple(_facts.find(self.fact_ids, self.own_facts).values())

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents in which these facts were read."""
        return tuple(_facts.read_in(self.facts, self.own_sources).values())

    def cite(self, facts: Iterable[str]) -> tuple[Citation, ...]:
        """The facts of some ids, with their sources."""
        return _facts.cite(facts, self.own_facts, self.own_sources)

    @property
    def content_hash(self) -> str:
        """A SHA-256 of all that answers depend on, the same on every machine."""
        return _hash(self)


def _hash(framework: Framework) -> str:
    other = framework.beside
    beside = other and [
        other.framework,
        str(other.first),
        str(other.last),
        str(other.others_from),
        *other.kinds,
    ]
    plain = {
        "id": framework.id,
        "start": str(framework.start),
        "end": None if framework.end is None else str(framework.end),
        "scales": [[scale.id, *scale.grades] for scale in framework.scales],
        "rows": [[row.tag, plain_value(values(row))] for row in framework.rows],
        **({"beside": beside} if beside else {}),
    }
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _graded_areas(row: Row) -> tuple[str, ...]:
    return (*row.areas, *row.optional) if isinstance(row, Graded) else ()


def plain_value(value: Any) -> Any:
    """A value of a framework as plain values, ready for JSON."""
    if isinstance(value, Mapping):
        return {str(key): plain_value(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain_value(part) for part in value]
    if attrs.has(type(value)) and not isinstance(value, When):
        return {f.name: plain_value(getattr(value, f.name)) for f in attrs.fields(type(value))}
    return value if value is None or isinstance(value, bool | int) else str(value)


def _no_kinds(row: Row, place: str) -> Iterator[Fault]:
    """The names of kinds of event, and of a field of one, in a row that are none."""
    for name in ("activity", "activities", "bounds", "after", "gives"):
        value = getattr(row, name, ())
        good = (*EVENTS, *OF_ITS_OWN) if name == "gives" else tuple(EVENTS)
        for kind in (value,) if isinstance(value, str) else value:
            if kind not in good:
                near = nearest(str(kind), good)
                yield Fault(f"{place}/{name}", kind, "is no kind of event", near)
    if isinstance(row, Contents) and row.activity in EVENTS:
        fields = [field.name for field in attrs.fields(EVENTS[row.activity])]
        if row.field not in fields:
            message = f"is no field of the {EVENTS[row.activity].label}"
            yield Fault(f"{place}/field", row.field, message, nearest(row.field, fields))


def _in_place_of(name: str, rows: Iterable[Row]) -> str:
    """The known values, if any, that a new value of some rows takes the place of."""
    if name in ("sentence", "grounds"):
        return ""
    found = dict.fromkeys(
        str(getattr(rhythm, "months", None) if name == "months" and rhythm else value)
        for row in rows
        for rhythm in (getattr(row, "periods", None) or getattr(row, "since_last", None),)
        for value in (getattr(row, name, None),)
    )
    known = [value for value in found if value not in ("None", NOT_KNOWN)]
    return f" in place of {', '.join(known)}" if known else ""


def _replaced(row: Row, new: Mapping[str, Any]) -> Row:
    from ._strict import structure, unstructure

    names = {field.name: field for field in attrs.fields(type(row))}
    rhythm = next((n for n in ("periods", "since_last") if getattr(row, n, None)), None)
    given = dict(new)
    if rhythm is not None and "months" in given:
        months = given.pop("months")
        if type(months) is not int:
            raise OfstedFrameworkError.of("is not a whole number", months, place="/months")
        given[rhythm] = attrs.evolve(getattr(row, rhythm), months=months)
    if "working_days" in given and "months" in names and given["working_days"] is not None:
        given.setdefault("months", None)
    elif "months" in given and "working_days" in names and given["months"] is not None:
        given.setdefault("working_days", None)
    for name in given:
        if name not in names or name in ("id", "reading", "grounds"):
            near = nearest(name, [*names, "months"] if rhythm else names)
            raise OfstedFrameworkError.of(
                f"is no field of {row.id} that can be replaced", place=f"/{name}", nearest=near
            )
    parts = {name: rhythm if name == "months" and rhythm else name for name in new}
    assumed: list[Ground] = [
        Ground(part=part, basis=Basis.ASSUMED, says=f"The user supplied {name} = {new[name]}.")
        for name, part in parts.items()
    ]
    kept = [ground for ground in row.grounds if ground.part not in given]
    told = [f"{name} = {value}" for name, value in new.items() if f"{{{name}}}" not in row.sentence]
    if told and "sentence" not in new:
        # The sentence is that of the value before; it must not be read as that of the new one.
        changed = ", ".join(told).replace("{", "{{").replace("}", "}}")
        given["sentence"] = f"{row.sentence} (Changed here: {changed}.)"
        if rhythm in given:  # every reading has the new rhythm: whichever holds, it is the user's
            kept = [ground for ground in kept if ground.part != "sentence"]
            assumed += [attrs.evolve(ground, part="sentence") for ground in assumed]
    try:
        made = attrs.evolve(row, **given, grounds=(*kept, *assumed))
        return structure(unstructure(made), Row)  # as strictly as a file is read
    except (TypeError, ValueError, RecursionError) as error:
        if isinstance(error, OfstedFrameworkError):
            raise
        raise OfstedFrameworkError.of("holds a value of a wrong kind", sorted(new)) from None


def read_framework(text: str) -> Framework:
    """Read a framework file.

    Args:
        text: The file's text, in TOML.

    Raises:
        OfstedFrameworkError: Lists every fault of the file with its place.
    """
    of_class(text=(text, str))
    return _framework(parsed_toml(text))


_RENAMED = {
    "scale": "scales", "fact": "own_facts", "source": "own_sources", "version": "versions",
}  # fmt: skip
_MADE = ("rows", "chosen", "changes", *_RENAMED.values())  # by us, not told by a file


def _framework(plain: dict[str, Any]) -> Framework:
    faults: list[Fault] = []
    base = None
    choose, replace = plain.pop("choose", {}), plain.pop("replace", [])
    if "based_on" in plain:
        try:
            base = _based_on(plain)
        except OfstedFrameworkError as error:
            faults += error.faults
            _stand_in(plain)
    elif choose or replace:
        name = "choose" if choose else "replace"
        faults.append(Fault(f"/{name}", None, "is said of a file that has a based_on"))
    rows = tuple(_read_rows(plain, faults))
    faults += (Fault(f"/{key}", None, "is no field here") for key in _MADE if key in plain)
    given = {_RENAMED.get(key, key) for key in plain}
    made = _read_rest(plain, faults)
    if faults or made is None:
        raise OfstedFrameworkError(faults)
    if base is None:
        return attrs.evolve(made, rows=rows)
    own = {row.id: None for row in rows}
    copy = attrs.evolve(
        base,
        rows=(*(row for row in base.rows if row.id not in own), *rows),
        changes=tuple(f"{id}: rows of the file's own" for id in own),
        **{name: getattr(made, name) for name in given},
    )
    return _changed(copy, choose, replace)


def _based_on(plain: dict[str, Any]) -> Framework:
    """The framework that a file changes; what the file leaves out is taken from it."""
    name = plain["based_on"]
    try:
        base = _shipped(str(name))
    except OfstedFrameworkError as error:
        raise OfstedFrameworkError(
            attrs.evolve(fault, place="/based_on") for fault in error.faults
        ) from None
    if plain.get("id") in shipped_ids():
        message = "is the id of a framework that ships with the library; a copy has its own"
        raise OfstedFrameworkError.of(message, plain["id"], place="/id")
    plain.setdefault("title", f"{base.title}, changed")
    plain.setdefault("provider_kind", base.provider_kind)
    plain.setdefault("start", str(base.start))
    plain.setdefault("scale", [attrs.asdict(scale) for scale in base.scales])
    plain.setdefault("areas", dict(base.areas))
    return base


def _stand_in(plain: dict[str, Any]) -> None:
    """Put something in the place of what would have been taken from the base, had it been found.

    So the faults of the file's own are told, and none that only the missing base makes.
    """
    usual = {"title": "x", "provider_kind": PROVIDER_KINDS[0], "start": "1900"}
    for name, value in usual.items():
        plain.setdefault(name, value)
    for name in ("end", "area_sets"):  # which may go with a start, or with areas, of the base
        plain.pop(name, None)


def _read_rows(plain: dict[str, Any], faults: list[Fault]) -> Iterable[Row]:
    """The rows of a file, whose tables are taken out of it."""
    from ._strict import structure

    for tag, kind in ROWS.items():
        items = plain.pop(tag, [])
        first: dict[str, dict[str, Any]] = {}
        for index, item in enumerate(items if isinstance(items, list) else [items]):
            place = f"/{tag}/{index}"
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                item = _inherit(item, first.setdefault(item["id"], item))
            try:
                yield structure(item, kind, place=place)
            except OfstedFrameworkError as error:
                faults += error.faults


def _read_rest(plain: dict[str, Any], faults: list[Fault]) -> Framework | None:
    """What a file says besides its rows."""
    from ._strict import structure

    file = {_RENAMED.get(key, key): value for key, value in plain.items() if key not in _MADE}
    try:
        return structure(file, Framework)
    except OfstedFrameworkError as error:
        for fault in error.faults:  # named as in the file
            start, slash, rest = fault.place[1:].partition("/")
            name = next((old for old, new in _RENAMED.items() if new == start), start)
            place = fault.place and f"/{name}{slash}{rest}"
            faults.append(attrs.evolve(fault, place=place))
    return None


def _changed(copy: Framework, choose: Any, replace: Any) -> Framework:
    """A copy with the readings that its file chooses and the values that it replaces."""
    faults: list[Fault] = []
    if not isinstance(choose, dict):
        faults.append(Fault("/choose", choose, "is not a table of provisions and readings"))
        choose = {}
    for id, reading in choose.items():
        try:
            copy = copy.choose(id, reading=reading)
        except OfstedFrameworkError as error:
            faults += (attrs.evolve(fault, place=f"/choose/{id}") for fault in error.faults)
    for index, item in enumerate(replace if isinstance(replace, list) else [replace]):
        place = f"/replace/{index}"
        if not isinstance(item, dict) or not isinstance(item.get("id"), str):
            faults.append(Fault(place, item, "is not a table with the id of a provision"))
            continue
        try:
            copy = copy.replace(**item)
        except OfstedFrameworkError as error:
            faults += (attrs.evolve(fault, place=place + fault.place) for fault in error.faults)
        except TypeError:
            faults.append(Fault(place, item, "holds a value of a wrong kind"))
    if faults:
        raise OfstedFrameworkError(faults)
    return copy


def _inherit(row: dict[str, Any], first: dict[str, Any]) -> dict[str, Any]:
    """A row without a sentence of its own takes it, and its support, from the first of its id."""
    if row is first or "sentence" in row:
        return row
    some, own = first.get("grounds", []), row.get("grounds", [])
    if not isinstance(some, list) or not isinstance(own, list):
        return row
    shared = [g for g in some if isinstance(g, dict) and g.get("part") == "sentence"]
    return {**row, "sentence": first.get("sentence"), "grounds": [*shared, *own]}


def framework(name: str | Path) -> Framework:
    """A framework that ships with the library, or one of your own.

    Args:
        name: Its id, for instance `cafcass-2021`; or the path of a framework file (`.toml`), or of
            a document that `dump` made of one (`.json`).

    Raises:
        OfstedFrameworkError: No such framework ships, or the file cannot be read; names the
            nearest id, or every fault of the file.
    """
    if not isinstance(name, str | Path):
        raise OfstedFrameworkError.of("is neither a framework's id nor a path", name, "name")
    match Path(name).suffix:
        case ".toml":
            return read_file(name, read_framework)
        case ".json":
            return read_file(name, lambda text: cast(Framework, FRAMEWORK.value(*parsed(text))))
    return _shipped(str(name))


@attrs.frozen(kw_only=True)
class AreaName:
    """An area and its full name, as a document lists them."""

    area: str
    """The area's code."""
    name: str
    """Its full name."""


@attrs.frozen(kw_only=True)
class ChosenReading:
    """A reading that was chosen, as a document lists it."""

    provision: str
    """The provision's id."""
    reading: str
    """The reading."""


def _from_document(plain: Any) -> Framework:
    from ._strict import structure

    faults: list[Fault] = []
    if isinstance(plain, dict):
        areas = pairs(plain, "areas", AreaName, faults)
        chosen = pairs(plain, "chosen", ChosenReading, faults)
        plain = {**plain, "areas": dict(areas), "chosen": list(chosen)}
        if len(plain["areas"]) < len(areas):
            faults.append(Fault("/areas", [area for area, _ in areas], "list an area twice"))
        if faults:  # without the areas none would be known in the sets
            plain.pop("area_sets", None)
    try:
        made = structure(plain, Framework)
    except OfstedFrameworkError as error:
        rows = plain.get("rows") if isinstance(plain, dict) else None
        told = (_in_list(fault, rows) for fault in error.faults)
        raise OfstedFrameworkError([*faults, *told]) from None
    if faults:
        raise OfstedFrameworkError(faults)
    return made


def _in_list(fault: Fault, rows: Any) -> Fault:
    """A fault of a row that is named by its kind and id, with its place in the list of rows."""
    _, tag, id, *rest = f"{fault.place}//".split("/", 3)
    if tag in ROWS:
        at = next((n for n, row in enumerate(rows) if (row["type"], row["id"]) == (tag, id)), 0)
        rest = [part for part in rest[0].rstrip("/").split("/") if part]
        return attrs.evolve(fault, place="/".join(["", "rows", str(at), *rest]))
    return fault


def _to_document(one: Framework) -> dict[str, Any]:
    from ._strict import unstructure

    plain: dict[str, Any] = unstructure(one)
    for name, words, some in (
        ("areas", ("area", "name"), one.areas.items()),
        ("chosen", ("provision", "reading"), one.chosen),
    ):
        if some:
            plain[name] = [dict(zip(words, pair, strict=True)) for pair in some]
    return plain


@cache
def _shipped(id: str) -> Framework:
    if id not in shipped_ids():
        good = ", ".join(shipped_ids())
        raise OfstedFrameworkError.of(
            f"is no framework of this release ({good})", id, nearest=nearest(id, shipped_ids())
        )
    return read_framework(_text(id))


@cache
def _text(id: str) -> str:
    return (_DATA / f"{id}.toml").read_text(encoding="utf-8")


@cache
def shipped_ids() -> tuple[str, ...]:
    """The ids of the frameworks that ship with the library."""
    return tuple(sorted(path.stem for path in _DATA.glob("*.toml")))


def frameworks(provider_kind: str | None = None) -> tuple[Framework, ...]:
    """The frameworks that ship with the library, by kind of provider and first day.

    Args:
        provider_kind: Only those for this kind of provider; None: all.

    Raises:
        OfstedFrameworkError: There is no such kind of provider.
    """
    if provider_kind is not None:
        _is_kind(provider_kind)
    return _all(provider_kind)


def _is_kind(value: object) -> None:
    if not is_one_of(value, PROVIDER_KINDS):
        message = f"is no kind of provider ({', '.join(PROVIDER_KINDS)})"
        near = nearest(value, PROVIDER_KINDS)
        raise OfstedFrameworkError.of(message, value, "provider_kind", near)


@cache
def _all(provider_kind: str | None) -> tuple[Framework, ...]:
    # A file that does not so much as name the kind need not be read whole.
    ids = [id for id in shipped_ids() if provider_kind is None or f'"{provider_kind}"' in _text(id)]
    made = [one for one in map(_shipped, ids) if provider_kind in (None, one.provider_kind)]
    return tuple(sorted(made, key=lambda one: (one.provider_kind, one.start.lo, one.id)))


FRAMEWORK = Kind(
    name="framework",
    title="A framework, with every row, ground, choice and replaced value",
    of=Framework,
    shape=Framework,
    read=_from_document,
    write=_to_document,
)
"""The documents of frameworks."""
SPELT: dict[tuple[type, str], Any] = {
    (Framework, "areas"): tuple[AreaName, ...],
    (Framework, "chosen"): tuple[ChosenReading, ...],
}
"""The fields that a document spells in another way than a framework file."""


@attrs.frozen(kw_only=True)
class Standing:
    """How one framework stands on a day, and what its boundaries rest on."""

    framework: Framework
    """The framework."""
    answer: Answer
    """Whether it was in force; OPEN where the sources leave that so."""
    on: date
    """The day."""

    @property
    def word(self) -> str:
        """`in force`, `may be in force`, `not yet in force` or `ended`."""
        if self.answer is Answer.NO:
            later = self.framework.start.lo > self.on.toordinal()
            return "not yet in force" if later else "ended"
        return "in force" if self.answer is Answer.YES else "may be in force"

    def basis(self, part: str) -> Basis | None:
        """The basis of its `start` or its `end` to the day; None where nothing is said of it.

        Where the month was read and the day was not, the day's basis counts.
        """
        return weakest(ground.basis for ground in self.framework.grounds if ground.part == part)


@attrs.frozen(kw_only=True)
class Governing:
    """Which framework governs what begins on a day."""

    provider_kind: str
    """The kind of provider."""
    on: date
    """The day."""
    standings: tuple[Standing, ...]
    """Every framework for that kind of provider, by its first day."""

    @property
    def candidates(self) -> tuple[Framework, ...]:
        """The frameworks that may govern it: more than one where the sources leave that open."""
        return tuple(one.framework for one in self.standings if one.answer is not Answer.NO)

    @property
    def framework(self) -> Framework | None:
        """The framework that governs it, where that is definite; None: open, or none does."""
        found = [one for one in self.standings if one.answer is not Answer.NO]
        alone = len(found) == 1 and found[0].answer is Answer.YES
        return found[0].framework if alone else None

    def explain(self) -> str:
        """The answer in plain English, with the boundaries and what they rest on."""
        from .telling.editions import governing_text

        return governing_text(self)


def listed_frameworks(value: Iterable[Framework]) -> tuple[Framework, ...]:
    """Frameworks as they were given, once it is sure that they are a list of them.

    Raises:
        OfstedFrameworkError: They are no list, one of them is no framework, or two have one id, by
            which what is found is told apart.
    """
    if isinstance(value, Framework | str | PathLike):
        name = value.id if isinstance(value, Framework) else str(value)
        raise OfstedFrameworkError.of("is one, where a list is wanted", name, "frameworks")
    try:
        some = tuple(value)
    except TypeError:
        raise OfstedFrameworkError.of("is not a list", value, "frameworks") from None
    seen: set[str] = set()
    faults = []
    given: Iterable[Any] = some
    for number, one in enumerate(given):
        place = f"frameworks/{number}"
        if not isinstance(one, Framework):
            message = "is not a framework; `framework` gives that of an id or a file"
            faults.append(Fault(place, one, message))
        elif one.id in seen:
            faults.append(Fault(place, one.id, "is the id of another of the frameworks too"))
        else:
            seen.add(one.id)
    refuse(faults)
    return some


def governing(
    provider_kind: str, *, on: date, frameworks: Iterable[Framework] | None = None
) -> Governing:
    """Which framework governs what begins on a day.

    Args:
        provider_kind: `cafcass` or `local-authority`.
        on: The day.
        frameworks: The frameworks to choose from; None: those that ship with the library.

    Raises:
        OfstedFrameworkError: There is no such kind of provider, or the day is not a day.
    """
    _is_kind(provider_kind)
    one_day(on, "on")
    some = _all(provider_kind) if frameworks is None else tuple(frameworks)
    some = tuple(one for one in some if one.provider_kind == provider_kind)
    ordered = sorted(some, key=lambda one: (one.start.lo, one.id))
    when = When(on, on)
    return Governing(
        provider_kind=provider_kind,
        on=on,
        standings=tuple(
            Standing(framework=one, answer=one.in_force(when), on=on) for one in ordered
        ),
    )
