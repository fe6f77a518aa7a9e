"""Frameworks as values: what they provide, from when to when, and on what support."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import attrs

from .dates import When
from .errors import Fault, OfstedFrameworkError, nearest
from .grades import GradeScale
from .history import PROVIDER_KINDS
from .provisions import ROWS, Row, Suspension, values
from .sources import Basis, Citation, Fact, Ground, Source

_R = TypeVar("_R", bound=Row)
_DATA = Path(__file__).parent / "data" / "frameworks"


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
    rows: tuple[Row, ...] = ()
    """Its provisions: one row for each reading and period of each."""
    grounds: tuple[Ground, ...] = ()
    """What its boundaries rest on."""
    areas: dict[str, str] = attrs.field(factory=dict)
    """The areas that it names: code and full name."""
    scales: tuple[GradeScale, ...] = ()
    """The scales of its grades."""
    facts: tuple[Fact, ...] = ()
    """The facts that its rows rest on."""
    sources: tuple[Source, ...] = ()
    """The documents in which they were read."""
    not_known: tuple[NotKnown, ...] = ()
    """What no source settled."""
    versions: tuple[Version, ...] = ()
    """Dated versions of the published text."""
    set_aside: dict[str, str] = attrs.field(factory=dict)
    """Facts that were read and are not encoded, each with the reason."""
    chosen: tuple[tuple[str, str], ...] = ()
    """The readings that were chosen: provision id and reading."""
    changes: tuple[str, ...] = ()
    """The values that were replaced, in words."""

    def __attrs_post_init__(self) -> None:
        """Refuse rows that name what the framework does not have."""
        scales = {scale.id for scale in self.scales}
        ids = {row.id for row in self.rows}
        faults = []
        if self.provider_kind not in PROVIDER_KINDS:
            message = f"is no kind of provider ({', '.join(PROVIDER_KINDS)})"
            faults.append(Fault("/provider_kind", self.provider_kind, message))
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
        if faults:
            raise OfstedFrameworkError(faults)

    def scale(self, id: str) -> GradeScale:
        """The scale of that id."""
        return next(scale for scale in self.scales if scale.id == id)

    def of_class(self, kind: type[_R]) -> dict[str, dict[str | None, tuple[_R, ...]]]:
        """The rows of one class: provision id, then reading, then rows in order of time."""
        found: dict[str, dict[str | None, tuple[_R, ...]]] = {}
        for row in self.rows:
            if isinstance(row, kind):
                readings = found.setdefault(row.id, {})
                readings[row.reading] = (*readings.get(row.reading, ()), row)
        return found

    def provision(self, id: str) -> tuple[Row, ...]:
        """All rows of one provision.

        Raises:
            OfstedFrameworkError: The framework has no such provision.
        """
        rows = tuple(row for row in self.rows if row.id == id)
        if not rows:
            near = nearest(id, {row.id for row in self.rows})
            raise OfstedFrameworkError.of(f"is no provision of {self.id}", id, nearest=near)
        return rows

    def at(self, day: date) -> Framework:
        """The edition in force on a day: for each provision one row for each open reading."""
        number = day.toordinal()
        rows = tuple(row for row in self.rows if row.lo <= number <= row.hi)
        return attrs.evolve(self, rows=rows)

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

    def choose(self, id: str, *, reading: str) -> Framework:
        """The framework with one reading of a provision chosen.

        Raises:
            OfstedFrameworkError: There is no such provision, or no such reading of it.
        """
        readings = {row.reading for row in self.provision(id) if row.reading is not None}
        if reading not in readings:
            good = ", ".join(sorted(readings)) or "it has only one"
            near = nearest(reading, readings)
            raise OfstedFrameworkError.of(f"is no reading of {id} ({good})", reading, nearest=near)
        rows = tuple(row for row in self.rows if row.id != id or row.reading == reading)
        return attrs.evolve(self, rows=rows, chosen=(*self.chosen, (id, reading)))

    def replace(self, id: str, *, reading: str | None = None, **new: Any) -> Framework:
        """The framework with values of a provision replaced, as an assumption of the user's.

        Args:
            id: The provision.
            reading: The reading to change; None: all of them.
            **new: Fields of the row and their values. `months` of a cadence may be given as such.

        Raises:
            OfstedFrameworkError: There is no such provision or field, or the value cannot be.
        """
        rows: list[Row] = []
        for row in self.rows:
            if row.id != id or reading not in (None, row.reading):
                rows.append(row)
                continue
            rows.append(_replaced(row, new))
        if all(row.id != id or reading not in (None, row.reading) for row in self.rows):
            self.provision(id)  # names the nearest id
            raise OfstedFrameworkError.of(f"is no reading of {id}", reading)
        told = ", ".join(f"{name} = {value}" for name, value in new.items())
        which = id if reading is None else f"{id} ({reading})"
        return attrs.evolve(self, rows=tuple(rows), changes=(*self.changes, f"{which}: {told}"))

    def cite(self, facts: Iterable[str]) -> tuple[Citation, ...]:
        """The facts of some ids, with their sources."""
        sources = {source.key: source for source in self.sources}
        known = {fact.id: fact for fact in self.facts}
        return tuple(
            Citation(
                fact=id,
                says=known[id].says,
                sources=tuple(sources[key] for key in known[id].sources if key in sources),
            )
            for id in facts
            if id in known
        )

    @property
    def content_hash(self) -> str:
        """A SHA-256 of all that answers depend on, the same on every machine."""
        return _hash(self)


def _hash(framework: Framework) -> str:
    plain = {
        "id": framework.id,
        "start": str(framework.start),
        "end": None if framework.end is None else str(framework.end),
        "scales": [[scale.id, *scale.grades] for scale in framework.scales],
        "rows": [[row.tag, _plain(values(row))] for row in framework.rows],
    }
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if attrs.has(type(value)) and not isinstance(value, When):
        return {f.name: _plain(getattr(value, f.name)) for f in attrs.fields(type(value))}
    return value if value is None or isinstance(value, bool | int) else str(value)


def _replaced(row: Row, new: Mapping[str, Any]) -> Row:
    names = {field.name: field for field in attrs.fields(type(row))}
    rhythm = next((n for n in ("periods", "since_last") if getattr(row, n, None)), None)
    given = dict(new)
    if rhythm is not None and "months" in given:
        given[rhythm] = attrs.evolve(getattr(row, rhythm), months=given.pop("months"))
    if "working_days" in given and "months" in names and given["working_days"] is not None:
        given.setdefault("months", None)
    elif "months" in given and "working_days" in names and given["months"] is not None:
        given.setdefault("working_days", None)
    for name in given:
        if name not in names or name in ("id", "reading", "grounds"):
            raise OfstedFrameworkError.of(
                f"is no field of {row.id} that can be replaced", name, nearest=nearest(name, names)
            )
    assumed: list[Ground] = [
        Ground(part=name, basis=Basis.ASSUMED, says=f"The user supplied {name} = {new[name]}.")
        for name in given
        if name in new
    ]
    kept = [ground for ground in row.grounds if ground.part not in given]
    return attrs.evolve(row, **given, grounds=(*kept, *assumed))


def read_framework(text: str) -> Framework:
    """Read a framework file.

    Args:
        text: The file's text, in TOML.

    Raises:
        OfstedFrameworkError: Lists every fault of the file with its place.
    """
    import tomllib

    try:
        plain = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise OfstedFrameworkError.of(f"the file is not TOML: {error}") from None
    return _framework(plain)


def _framework(plain: dict[str, Any]) -> Framework:
    from ._strict import structure

    tables = {tag: plain.pop(tag, []) for tag in ROWS}
    renamed = {"scale": "scales", "fact": "facts", "source": "sources", "version": "versions"}
    for old, new in renamed.items():
        if old in plain:
            plain[new] = plain.pop(old)
    rows: list[Row] = []
    faults: list[Fault] = []
    for tag, items in tables.items():
        first: dict[object, dict[str, Any]] = {}
        for index, item in enumerate(items if isinstance(items, list) else [items]):
            place = f"/{tag}/{index}"
            if isinstance(item, dict):
                item = _inherit(item, first.setdefault(item.get("id"), item))
            try:
                rows.append(structure(item, ROWS[tag], place=place))
            except OfstedFrameworkError as error:
                faults += error.faults
    for key in ("rows", "chosen", "changes"):  # made by us, not told by a file
        if key in plain:
            faults.append(Fault(f"/{key}", None, "is no field here"))
    try:
        made = structure(plain, Framework)
    except OfstedFrameworkError as error:
        for fault in error.faults:  # named as in the file
            start, slash, rest = fault.place[1:].partition("/")
            name = next((old for old, new in renamed.items() if new == start), start)
            place = fault.place and f"/{name}{slash}{rest}"
            faults.append(attrs.evolve(fault, place=place))
    if faults:
        raise OfstedFrameworkError(faults)
    return attrs.evolve(made, rows=tuple(rows))


def _inherit(row: dict[str, Any], first: dict[str, Any]) -> dict[str, Any]:
    """A row without a sentence of its own takes it, and its support, from the first of its id."""
    if row is first or "sentence" in row:
        return row
    shared = [g for g in first.get("grounds", ()) if g.get("part") == "sentence"]
    return {**row, "sentence": first.get("sentence"), "grounds": [*shared, *row.get("grounds", ())]}


def framework(name: str | Path) -> Framework:
    """A framework that ships with the library, or one of your own.

    Args:
        name: Its id, for instance `cafcass-2021`; or the path of a framework file (`.toml`).

    Raises:
        OfstedFrameworkError: No such framework ships, or the file cannot be read; names the
            nearest id, or every fault of the file.
    """
    if Path(name).suffix == ".toml":
        try:
            return read_framework(Path(name).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise OfstedFrameworkError.of(f"cannot be read: {error}", str(name)) from None
    return _shipped(str(name))


@cache
def _shipped(id: str) -> Framework:
    ids = _ids()
    if id not in ids:
        good = ", ".join(ids)
        raise OfstedFrameworkError.of(
            f"is no framework of this release ({good})", id, nearest=nearest(id, ids)
        )
    return read_framework((_DATA / f"{id}.toml").read_text(encoding="utf-8"))


@cache
def _ids() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _DATA.glob("*.toml")))


def frameworks(provider_kind: str | None = None) -> tuple[Framework, ...]:
    """The frameworks that ship with the library, in order of their ids.

    Args:
        provider_kind: Only those for this kind of provider; None: all.
    """
    made = (_shipped(id) for id in _ids())
    return tuple(one for one in made if provider_kind in (None, one.provider_kind))
