"""Reading and writing records: our own JSON, CSV and TOML, read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from .errors import Fault, OfstedFrameworkError, nearest
from .events import EVENTS, Event
from .history import Coverage, History, Provider

FORMAT = "ofsted-framework/history"
VERSION = 1
_SAMPLES = Path(__file__).parent / "data" / "samples"
_LARGEST = 50_000_000
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


def text_of(path: Path, layout: str) -> str:
    """The text of a file.

    Raises:
        OfstedFrameworkError: It cannot be opened, is too large, or is not UTF-8.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise OfstedFrameworkError.of(f"is larger than {_LARGEST} bytes", path.name)
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: byte {error.start} is {error.object[error.start]:#x}"
        if layout == "csv":
            message += " (save it as “CSV UTF-8”)"
        raise OfstedFrameworkError.of(message, path.name) from None
    except OSError as error:
        raise OfstedFrameworkError.of(f"cannot be opened: {error.strerror}", path.name) from None
    except ValueError as error:  # a name with a NUL in it
        if isinstance(error, OfstedFrameworkError):
            raise
        raise OfstedFrameworkError.of(f"cannot be opened: {error}", path.name) from None


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
        layout: `json`, `ndjson` (a JSON document on each line), `csv` or `toml`.

    Raises:
        OfstedFrameworkError: Lists every fault with its place.
    """
    if layout not in LAYOUTS:
        near = nearest(layout, LAYOUTS)
        message = f"is no layout that is read ({', '.join(LAYOUTS)})"
        raise OfstedFrameworkError.of(message, layout, nearest=near)
    text = text.removeprefix("\ufeff")
    if layout == "csv":
        from ._hand import read_csv

        return read_csv(text)
    if layout == "ndjson":
        return _read_lines(text)
    plain, faults = _parsed_json(text) if layout == "json" else (_parsed_toml(text), [])
    return (_history(plain, faults),)


def _read_lines(text: str) -> tuple[History, ...]:
    histories: list[History] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                histories.append(_history(*_parsed_json(line)))
            except OfstedFrameworkError as error:
                for fault in error.faults:
                    inside = fault.place.removeprefix("line 1, ")
                    place = f"line {number}, {inside}" if inside else f"line {number}"
                    faults.append(attrs.evolve(fault, place=place))
    if faults:
        raise OfstedFrameworkError(faults)
    return tuple(histories)


def _parsed_json(text: str) -> tuple[Any, list[Fault]]:
    """The values, and a fault for each field that is given twice."""
    import json
    from collections import Counter

    # The tables themselves are kept, since another could get the id of one thrown away.
    doubled: dict[int, tuple[dict[str, Any], list[str]]] = {}

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counted = Counter(key for key, _ in pairs)
            doubled[id(found)] = found, [key for key, times in counted.items() if times > 1]
        return found

    def whole(digits: str) -> int | float:
        # Python refuses to read longer ones. None is good anywhere, so any number will do.
        return int(digits) if len(digits) < 4000 else float(digits)

    try:
        plain = json.loads(text, object_pairs_hook=table, parse_int=whole)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise OfstedFrameworkError.of(f"the text is not JSON: {error.msg}", place=place) from None
    except RecursionError:
        raise OfstedFrameworkError.of("the text is nested too deeply to be read") from None
    return plain, [
        Fault(place, value, "is a second value; a field is given once")
        for place, value in (_doubled(plain, doubled) if doubled else ())
    ]


def _doubled(
    plain: Any, doubled: dict[int, tuple[dict[str, Any], list[str]]]
) -> Iterator[tuple[str, Any]]:
    from ._strict import pointer

    waiting = [("", plain)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            for key in doubled.get(id(value), ({}, []))[1]:
                yield place + pointer(key), value[key]
        steps = list(value.items() if isinstance(value, dict) else enumerate(value))
        for step, part in reversed(steps):
            if isinstance(part, dict | list):
                waiting.append((place + pointer(step), part))


def _parsed_toml(text: str) -> dict[str, Any]:
    import re
    import tomllib

    try:
        plain = tomllib.loads(text)
    except RecursionError:
        raise OfstedFrameworkError.of("the text is nested too deeply to be read") from None
    except ValueError as error:  # of which tomllib's own is a kind
        message, place = str(error), ""
        if found := re.fullmatch(r"(.*) \(at (line \d+, column \d+|end of document)\)", message):
            message, place = found.groups()
        raise OfstedFrameworkError.of(f"the text is not TOML: {message}", place=place) from None
    # Somebody who keeps a record by hand need not say what kind of file it is.
    return {"format": FORMAT, "version": VERSION, **plain}


def _history(plain: Any, faults: list[Fault]) -> History:
    from ._strict import structure

    if isinstance(plain, dict):
        faults = [*faults, *_header(plain), *_twice(plain.get("events"))]
        if plain.get("coverage") == "complete":
            plain = {**plain, "coverage": [{"type": "*", "fields": ["*"]}]}
    try:
        read = structure(plain, _Document)
    except OfstedFrameworkError as error:
        raise OfstedFrameworkError([*faults, *error.faults]) from None
    if faults:
        raise OfstedFrameworkError(faults)
    return History(read.provider, read.events, coverage=read.coverage)


def _header(plain: dict[str, Any]) -> Iterator[Fault]:
    kind, version = plain.get("format"), plain.get("version")
    if isinstance(kind, str) and kind != FORMAT:
        yield Fault("/format", kind, "is not the format of a history", FORMAT)
    if type(version) is int and version != VERSION:
        yield Fault("/version", version, "is not a version known here", str(VERSION))


def _twice(events: object) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for index, event in enumerate(events if isinstance(events, list) else ()):
        id = event.get("id") if isinstance(event, dict) else None
        if isinstance(id, str) and seen.setdefault(id, index) != index:
            yield Fault(f"/events/{index}/id", id, f"is the id at /events/{seen[id]}/id too")


def dump(history: History, *, layout: str = "json") -> str:
    """Write a record as text: `read` gives it back.

    Args:
        history: The record.
        layout: `json`; `ndjson` for JSON on one line; or `csv` for a spreadsheet, which cannot
            hold everything.

    Raises:
        OfstedFrameworkError: The record holds something that the layout cannot.
    """
    if layout == "csv":
        from ._hand import write_csv

        return write_csv(history)
    if layout not in ("json", "ndjson"):
        near = nearest(layout, ("json", "ndjson", "csv"))
        raise OfstedFrameworkError.of("is no layout that is written", layout, nearest=near)
    import json

    from ._strict import unstructure

    plain = {"format": FORMAT, "version": VERSION, **unstructure(history)}
    on_one_line = layout == "ndjson"
    text = json.dumps(plain, indent=None if on_one_line else 2, ensure_ascii=False) + "\n"
    # Values that a program made may be of a wrong kind, and are better found now than on reading.
    if loads(text, "json") != (history,):
        raise OfstedFrameworkError.of("the record holds values that would be read as others")
    return text


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
