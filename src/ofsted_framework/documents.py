"""Reading and writing records: our own JSON, CSV and TOML, read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import attrs

from .errors import Fault, OfstedFrameworkError, nearest
from .events import EVENTS, Event
from .history import COMPLETE, Coverage, History, Provider

FORMAT = "ofsted-framework/history"
VERSION = 1
_SAMPLES = Path(__file__).parent / "data" / "samples"
_LARGEST = 50_000_000
_SUFFIXES = (".json", ".csv", ".toml")


@attrs.frozen
class Loaded:
    """What was read from a file."""

    histories: tuple[History, ...]
    """The records, one for each provider."""
    problems: tuple[Fault, ...] = ()
    """What could not be used. Our own layouts raise one error instead."""


@attrs.frozen(kw_only=True)
class _Document:
    """A history as a document spells it."""

    format: str
    """What kind of document it is."""
    version: int
    """The version of its format."""
    provider: Provider
    """Whom it is about."""
    coverage: tuple[Coverage, ...] = ()
    """What it claims to hold in full."""
    events: tuple[Event, ...] = ()
    """What happened."""


def read(path: str | Path, *, complete: bool = False) -> Loaded:
    """Read a record from a file of our own: JSON, CSV or TOML.

    Args:
        path: The file.
        complete: Whether to take the record as complete, instead of what it claims itself.

    Raises:
        OfstedFrameworkError: The file cannot be read. Lists every fault with its place: a JSON
            pointer, or a row and column.
    """
    path = Path(path)
    if path.suffix.lower() not in _SUFFIXES:
        message = f"has none of the endings that can be read ({', '.join(_SUFFIXES)})"
        raise OfstedFrameworkError.of(message, path.name)
    try:
        if path.stat().st_size > _LARGEST:
            raise OfstedFrameworkError.of(f"is larger than {_LARGEST} bytes", path.name)
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise OfstedFrameworkError.of(f"cannot be opened: {error.strerror}", path.name) from None
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: byte {error.start} is {error.object[error.start]:#x}"
        raise OfstedFrameworkError.of(message, path.name) from None
    histories = loads(text, path.suffix.lower().lstrip("."))
    if complete:
        histories = tuple(attrs.evolve(one, coverage=(COMPLETE,)) for one in histories)
    return Loaded(histories)


def sample(name: str) -> History:
    """A record that ships with the library: `cafcass`.

    Raises:
        OfstedFrameworkError: There is no such sample.
    """
    names = sorted(path.stem for path in _SAMPLES.glob("*.json"))
    if name not in names:
        message = f"is no sample ({', '.join(names)})"
        raise OfstedFrameworkError.of(message, name, nearest=nearest(name, names))
    return loads((_SAMPLES / f"{name}.json").read_text(encoding="utf-8"), "json")[0]


def loads(text: str, layout: str) -> tuple[History, ...]:
    """Read records from text.

    Args:
        text: The text.
        layout: `json`, `csv` or `toml`.

    Raises:
        OfstedFrameworkError: Lists every fault with its place.
    """
    if layout == "csv":
        from ._hand import read_csv

        return read_csv(text)
    plain = _parsed_json(text) if layout == "json" else _parsed_toml(text)
    return (_history(plain),)


def _parsed_json(text: str) -> Any:
    import json

    def refuse(word: str) -> NoReturn:
        raise OfstedFrameworkError.of("is not a number that JSON knows", word)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise OfstedFrameworkError.of("stands twice in one table", twice)
        return found

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=refuse)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise OfstedFrameworkError.of(f"is not JSON: {error.msg}", place=place) from None
    except (RecursionError, ValueError) as error:
        if isinstance(error, OfstedFrameworkError):
            raise
        raise OfstedFrameworkError.of(f"is not JSON that can be read: {error}") from None


def _parsed_toml(text: str) -> Any:
    import tomllib

    try:
        plain = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise OfstedFrameworkError.of(f"is not TOML: {error}") from None
    # Somebody who keeps a record by hand need not say what kind of file it is.
    return {"format": FORMAT, "version": VERSION, **plain}


def _history(plain: Any) -> History:
    from ._strict import structure

    faults: list[Fault] = []
    if isinstance(plain, dict):
        if plain.get("format", FORMAT) != FORMAT:
            faults.append(Fault("/format", plain["format"], f"is not {FORMAT}", FORMAT))
        version = plain.get("version", VERSION)
        if type(version) is int and version != VERSION:
            faults.append(Fault("/version", version, f"is not a version known here ({VERSION})"))
        if plain.get("coverage") == "complete":
            plain = {**plain, "coverage": [{"type": "*", "fields": ["*"]}]}
    try:
        read = structure(plain, _Document)
    except OfstedFrameworkError as error:
        raise OfstedFrameworkError([*faults, *error.faults]) from None
    faults += _twice(read.events)
    if faults:
        raise OfstedFrameworkError(faults)
    return History(read.provider, read.events, coverage=read.coverage)


def _twice(events: tuple[Event, ...]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for index, event in enumerate(events):
        if event.id in seen:
            where = f"/events/{seen[event.id]}/id"
            yield Fault(f"/events/{index}/id", event.id, f"is the id at {where} too")
        seen.setdefault(event.id, index)


def dump(history: History, *, layout: str = "json") -> str:
    """Write a record as text: `read` gives it back.

    Args:
        history: The record.
        layout: `json`, or `csv` for a spreadsheet. A CSV file cannot hold everything.

    Raises:
        OfstedFrameworkError: The record holds something that a CSV file cannot.
    """
    if layout == "csv":
        from ._hand import write_csv

        return write_csv(history)
    if layout != "json":
        near = nearest(layout, ("json", "csv"))
        raise OfstedFrameworkError.of("is no layout that is written", layout, nearest=near)
    import json

    from ._strict import unstructure

    plain = {"format": FORMAT, "version": VERSION, **unstructure(history)}
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def json_schema(kind: str = "history") -> dict[str, Any]:
    """The JSON Schema (2020-12) of a document.

    Args:
        kind: `history`.

    Raises:
        OfstedFrameworkError: There is no such kind of document.
    """
    if kind != "history":
        near = nearest(kind, ("history",))
        raise OfstedFrameworkError.of("is no kind of document (history)", kind, nearest=near)
    from ._schema import history_schema

    return history_schema(FORMAT, VERSION, EVENTS)
