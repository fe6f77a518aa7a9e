"""Reading and writing: records in our own JSON, CSV and TOML, and documents of every kind in JSON.

There are five kinds of document: a history, a check result, an agenda, a framework, a behaviour.
Each names its format and its version, is written in one form whatever order its values came in, and
is described by a JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ._document import Kind, Plain, kind_of, parsed, parsed_toml
from .errors import Fault, OfstedFrameworkError, is_one_of, nearest, number_of, of_class
from .events import Event
from .history import Coverage, History, Provider

if TYPE_CHECKING:
    from .answers import KeptAgenda, KeptResult
    from .editions import Framework
    from .planning import Agenda
    from .simulation import Behaviour
    from .verdicts import CheckResult

_SAMPLES = Path(__file__).parent / "data" / "samples"
LAYOUTS = ("json", "ndjson", "csv", "toml")
"""The layouts of our own."""


@attrs.frozen
class Loaded:
    """What was read from a file.

    Of a foreign table, each row is an event, tells again of an event that another row tells of, or
    is unused: `rows` is the sum of the three.
    """

    histories: tuple[History, ...]
    """The records, one for each provider."""
    problems: tuple[Fault, ...] = ()
    """What could not be used, with its place. Our own layouts raise one error instead."""
    rows: int = 0
    """How many rows were read of foreign tables, headers and titles left out."""
    repeated: tuple[str, ...] = ()
    """The places of rows that tell of an event again."""
    unused: tuple[str, ...] = ()
    """The places of rows that gave no event; `problems` says why of each."""

    @property
    def events(self) -> int:
        """How many events there are."""
        return sum(len(one.events) for one in self.histories)

    def __repr__(self) -> str:
        told = f"{number_of(len(self.histories), 'record')}, {number_of(self.events, 'event')}"
        if self.rows:
            told += f" from {number_of(self.rows, 'row')}, {len(self.repeated):,} told again"
            told += f", {len(self.unused):,} unused"
        return f"<Loaded: {told}; {number_of(len(self.problems), 'problem')}>"

    def _repr_html_(self) -> str:
        from .telling.html import loaded_html

        return loaded_html(self)


# --- Histories ----------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _History:
    """A history as a document spells it."""

    provider: Provider
    """Whom it is about."""
    coverage: tuple[Coverage, ...] = ()
    """What it claims to hold in full."""
    events: tuple[Event, ...] = ()
    """What happened."""


def _read_history(plain: Any) -> History:
    from ._strict import structure

    if isinstance(plain, dict) and plain.get("coverage") == "complete":
        plain = {**plain, "coverage": [{"type": "*", "fields": ["*"]}]}
    read = structure(plain, _History)
    # Which ids stand twice is told by `_twice`, at their places in the document.
    events = {event.id: event for event in read.events}
    return History(read.provider, events.values(), coverage=read.coverage)


def _write_history(history: History) -> Plain:
    from ._strict import unstructure

    plain: Plain = unstructure(history)
    return plain


def _surely_history(history: History) -> Plain | None:
    from ._strict import plainly

    return plainly(history, History) if history.events else None


def _twice(plain: Plain) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    events = plain.get("events")
    for index, event in enumerate(events if isinstance(events, list) else ()):
        id = event.get("id") if isinstance(event, dict) else None
        if isinstance(id, str) and seen.setdefault(id, index) != index:
            yield Fault(f"/events/{index}/id", id, f"is the id at /events/{seen[id]}/id too")


HISTORY = Kind(
    name="history",
    title="The record of one provider",
    of=History,
    shape=_History,
    read=_read_history,
    write=_write_history,
    checks=_twice,
    surely=_surely_history,
)
"""The documents of records."""
FORMAT, VERSION = HISTORY.format, HISTORY.version


def sample(name: str) -> History:
    """A record that ships with the library: `cafcass`.

    Raises:
        OfstedFrameworkError: There is no such sample.
    """
    names = sorted(path.stem for path in _SAMPLES.glob("*.json"))
    if not is_one_of(name, names):
        message = f"is no sample ({', '.join(names)})"
        raise OfstedFrameworkError.of(message, name, nearest=nearest(name, names))
    return loads((_SAMPLES / f"{name}.json").read_text(encoding="utf-8"), "json")[0]


def loads(text: str, layout: str) -> tuple[History, ...]:
    """Read records from text.

    Args:
        text: The text.
        layout: `json`, `ndjson` (a JSON document on each line), `csv` or `toml`.

    Raises:
        OfstedFrameworkError: Lists every fault with its place.
    """
    of_class(text=(text, str))
    if not is_one_of(layout, LAYOUTS):
        near = nearest(layout, LAYOUTS)
        message = f"is no layout that is read ({', '.join(LAYOUTS)})"
        raise OfstedFrameworkError.of(message, layout, nearest=near)
    text = text.removeprefix("\ufeff")
    if layout == "csv":
        from ._hand import read_csv

        return read_csv(text)
    if layout == "ndjson":
        return _read_lines(text)
    if layout == "json":
        return (HISTORY.value(*parsed(text)),)
    # Somebody who keeps a record by hand need not say what kind of file it is.
    header = {"format": HISTORY.format, "version": HISTORY.version}
    return (HISTORY.value({**header, **parsed_toml(text)}),)


def _read_lines(text: str) -> tuple[History, ...]:
    histories: list[History] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                histories.append(HISTORY.value(*parsed(line)))
            except OfstedFrameworkError as error:
                for fault in error.faults:
                    inside = fault.place.removeprefix("line 1, ")
                    place = f"line {number}, {inside}" if inside else f"line {number}"
                    faults.append(attrs.evolve(fault, place=place))
    if faults:
        raise OfstedFrameworkError(faults)
    return tuple(histories)


# --- Every kind ---------------------------------------------------------------------------------


def kinds() -> dict[str, Kind]:
    """The kinds of document by name."""
    # The others are loaded when they are asked for: a record needs none of them.
    from .answers import AGENDA, CHECK_RESULT
    from .editions import FRAMEWORK
    from .simulation.behaviour import BEHAVIOUR

    return {one.name: one for one in (HISTORY, CHECK_RESULT, AGENDA, FRAMEWORK, BEHAVIOUR)}


def load_document(
    text: str, kind: str | None = None
) -> History | KeptResult | KeptAgenda | Framework | Behaviour:
    """Read a document of any kind and of any version so far.

    Args:
        text: The document, in JSON.
        kind: The kind that it must be: `history`, `check-result`, `agenda`, `framework` or
            `behaviour`; None: whichever it says that it is.

    Returns:
        The record, framework or behaviour, equal to the one that was written; of a check result or
        an agenda what is kept of it, with all verdicts or obligations and the receipt.

    Raises:
        OfstedFrameworkError: Lists every fault with its place.
    """
    of_class(text=(text, str))
    plain, faults = parsed(text)
    found = kind_of(plain, kinds()) if kind is None else _named(kind)
    value: History | KeptResult | KeptAgenda | Framework | Behaviour = found.value(plain, faults)
    return value


def _named(kind: str) -> Kind:
    some = kinds()
    if not is_one_of(kind, some):
        near = nearest(kind, some)
        message = f"is no kind of document ({', '.join(some)})"
        raise OfstedFrameworkError.of(message, kind, nearest=near)
    return some[kind]


def dump(
    value: History | CheckResult | KeptResult | Agenda | KeptAgenda | Framework | Behaviour,
    *,
    layout: str = "json",
) -> str:
    """Write a record, a check result, an agenda, a framework or a behaviour as text.

    `read` gives a record back, and `documents.load_document` any of them. Equal values give equal
    texts.

    Args:
        value: What is to be written.
        layout: `json`; `ndjson` for JSON on one line; or, for a record, `csv` for a spreadsheet,
            which cannot hold everything.

    Raises:
        OfstedFrameworkError: It is nothing that is written, or holds something that the layout
            cannot.
    """
    of_class(layout=(layout, str))
    if layout == "csv" and isinstance(value, History):
        from ._hand import write_csv

        return write_csv(value)
    if layout not in ("json", "ndjson"):
        near = nearest(layout, ("json", "ndjson", "csv"))
        message = "holds records only" if layout == "csv" else "is no layout that is written"
        raise OfstedFrameworkError.of(message, layout, nearest=near if near != layout else "json")
    kind, kept = _kept(value)
    return kind.text(kept, on_one_line=layout == "ndjson")


def _kept(value: Any) -> tuple[Kind, Any]:
    """The kind that a value is written as, and what is kept of it."""
    if isinstance(value, History):
        return HISTORY, value
    from . import answers
    from .planning import Agenda
    from .verdicts import CheckResult

    if isinstance(value, CheckResult):
        value = answers.kept_result(value)
    elif isinstance(value, Agenda):
        value = answers.kept_agenda(value)
    for kind in kinds().values():
        if isinstance(value, kind.of | kind.shape):
            return kind, value
    classes = ", ".join(one.of.__name__ for one in kinds().values())
    message = f"is of no class that is written ({classes})"
    raise OfstedFrameworkError.of(message, type(value).__name__)


def json_schema(kind: str = "history") -> dict[str, Any]:
    """The JSON Schema (2020-12) of a document.

    Args:
        kind: `history`, `check-result`, `agenda`, `framework` or `behaviour`.

    Raises:
        OfstedFrameworkError: There is no such kind of document.
    """
    found = _named(kind)
    from ._schema import document_schema

    return document_schema(found)


def openapi_components() -> dict[str, Any]:
    """The documents of every kind as components of an OpenAPI 3.1 description.

    What is told apart by a field `type` is a `oneOf` with a discriminator.

    Returns:
        `{"schemas": {…}}`, to be put under `components`. The documents are named `History`,
        `CheckResult`, `Agenda`, `Framework` and `Behaviour`.
    """
    from ._schema import components

    return {"schemas": components(kinds().values())}


__all__ = [
    "LAYOUTS",
    "Loaded",
    "dump",
    "json_schema",
    "load_document",
    "loads",
    "openapi_components",
    "sample",
]
