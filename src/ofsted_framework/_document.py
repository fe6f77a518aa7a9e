"""What documents of every kind share: JSON read strictly, a format, a version, older versions.

A kind of document has a version, a whole number that only grows. Whatever would be spelt otherwise
than before makes a new version, together with a *step*: a pure function from the plain values of
the version before to those of the new one. A document of any older version is read by taking its
steps one after another. A step changes what it knows and passes on everything else, good or bad:
what is wrong with it the reader then tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

import attrs

from .errors import Fault, OfstedFrameworkError, in_file, nearest

_Item = TypeVar("_Item")
PREFIX = "ofsted-framework/"
NAMES = ("history", "check-result", "agenda", "framework", "behaviour")
"""The kinds of document that there are."""
_FORMATS = tuple(PREFIX + name for name in NAMES)
_LARGEST = 50_000_000
"""The size in bytes of the largest file that is read."""
_MOST_DOTS = 500
Plain = dict[str, Any]
"""A table of fields, as JSON has it."""
Step = Callable[[Plain], Plain]
"""From the plain values of one version to those of the next."""


@attrs.frozen(kw_only=True, eq=False)
class Kind:
    """One kind of document."""

    name: str
    """What it is called: `history`."""
    title: str
    """What it holds, in a few words."""
    of: type
    """The class of what is written."""
    shape: type[attrs.AttrsInstance]
    """The class whose fields a document has, beside its format and version."""
    read: Callable[[Any], Any]
    """From plain values of the present version to what the document stands for."""
    write: Callable[[Any], Plain]
    """The other way."""
    steps: tuple[Step, ...] = ()
    """How the values of each older version become those of the next, the oldest first."""
    checks: Callable[[Plain], Iterable[Fault]] = lambda plain: ()
    """Faults that are seen before anything is made of the values."""
    surely: Callable[[Any], Plain | None] = lambda value: None
    """What `write` makes, of a value that is sure to be read as it was; None: it is not sure."""

    @property
    def version(self) -> int:
        """The version that is written. Every one from 1 on is read."""
        return len(self.steps) + 1

    @property
    def format(self) -> str:
        """What its documents name as their format."""
        return PREFIX + self.name

    def value(self, plain: object, faults: Iterable[Fault] = ()) -> Any:
        """What a document stands for.

        Args:
            plain: Its values.
            faults: What was found wrong with its text.

        Raises:
            OfstedFrameworkError: Lists every fault with its place in the document; of an older
                version, with its place in the present spelling.
        """
        found = list(faults)
        if isinstance(plain, dict):
            format = plain.get("format")
            if isinstance(format, str) and format != self.format and format in _FORMATS:
                # Then all else would be wrong too.
                message = f"is the format of another document: {self.format} is wanted"
                raise OfstedFrameworkError.of(message, format, "/format")
            found += self._header(plain)
            version = plain.get("version")
            if type(version) is int and 0 < version < self.version:
                for step in self.steps[version - 1 :]:
                    plain = step(plain)
            plain = {key: part for key, part in plain.items() if key not in ("format", "version")}
            found += self.checks(plain)
        try:
            value = self.read(plain)
        except OfstedFrameworkError as error:
            raise OfstedFrameworkError([*found, *error.faults]) from None
        if found:
            raise OfstedFrameworkError(found)
        return value

    def _header(self, plain: Plain) -> Iterator[Fault]:
        format, version = plain.get("format"), plain.get("version")
        if "format" not in plain:
            yield Fault("/format", None, "is missing")
        elif format != self.format:
            message = f"is not the format of this kind of document, {self.format}"
            near = self.format if isinstance(format, str) else None
            yield Fault("/format", format, message, near)
        if "version" not in plain:
            yield Fault("/version", None, "is missing")
        elif type(version) is not int:
            yield Fault("/version", version, "is not a whole number")
        elif not 0 < version <= self.version:
            later = "is a later version than this release reads" if version > 0 else "is no version"
            message = f"{later} (1 to {self.version})" if self.version > 1 else f"{later} (1)"
            yield Fault("/version", version, message, str(self.version))

    def plain(self, value: Any) -> Plain:
        """The plain values of a document, ready for JSON: in one order, whatever they came in."""
        return self._headed(self.write(value))

    def _headed(self, plain: Plain) -> Plain:
        return {"format": self.format, "version": self.version, **plain}

    def text(self, value: Any, *, on_one_line: bool = False) -> str:
        """The document, as text that ends with a line break.

        Raises:
            OfstedFrameworkError: The value holds something that would be read as another.
        """
        import json

        sure = self.surely(value)
        plain = self._headed(self.write(value) if sure is None else sure)
        text = json.dumps(plain, indent=None if on_one_line else 2, ensure_ascii=False) + "\n"
        # Values that a program made may be of a wrong kind: better found now than on reading.
        if sure is None and self.value(*parsed(text)) != value:
            raise OfstedFrameworkError.of("holds values that would be read as others", self.name)
        return text


def parsed(text: str) -> tuple[Any, list[Fault]]:
    """The values of a JSON text, and a fault for each field that is given twice.

    Raises:
        OfstedFrameworkError: The text is not JSON, or nested too deeply.
    """
    import json
    from collections import Counter

    # The tables themselves are kept, since another could get the id of one thrown away.
    doubled: dict[int, tuple[Plain, list[str]]] = {}

    def table(pairs: list[tuple[str, Any]]) -> Plain:
        found = dict(pairs)
        if len(found) < len(pairs):
            counted = Counter(key for key, _ in pairs)
            doubled[id(found)] = found, [key for key, times in counted.items() if times > 1]
        return found

    def whole(digits: str) -> int | float:
        # Python refuses to read longer ones. None is good anywhere, so any number will do.
        return int(digits) if len(digits) < 4000 else float(digits)

    try:
        plain = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=table, parse_int=whole)
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
    plain: Any, doubled: Mapping[int, tuple[Plain, list[str]]]
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


def text_of(path: Path, layout: str = "") -> str:
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


def path_of(name: object) -> Path:
    """The path of a file or folder.

    Raises:
        OfstedFrameworkError: It is no path, or an empty one, which would stand for the folder that
            one happens to be in.
    """
    if not isinstance(name, str | PathLike) or not str(name):
        raise OfstedFrameworkError.of("is no path of a file", name)
    return Path(name)


def read_file(name: str | PathLike[str], read: Callable[[str], _Item]) -> _Item:
    """What the text of a file of the user's says; every fault comes with the file's name.

    Args:
        name: The file, in UTF-8, with or without a byte order mark.
        read: What makes something of its text.

    Raises:
        OfstedFrameworkError: The file cannot be read; or what `read` raises.
    """
    path = path_of(name)
    text = text_of(path)
    try:
        return read(text)
    except OfstedFrameworkError as error:
        raise OfstedFrameworkError(in_file(fault, path.name) for fault in error.faults) from None


def parsed_toml(text: str) -> Plain:
    """The values of a TOML text.

    Raises:
        OfstedFrameworkError: The text is not TOML, or nested too deeply.
    """
    import re
    import tomllib

    # The time that a key with many parts takes grows with the square of their number.
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            message = f"the line holds more than {_MOST_DOTS} dots; no key has so many parts"
            raise OfstedFrameworkError.of(message, place=f"line {number}")
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise OfstedFrameworkError.of("the text is nested too deeply to be read") from None
    except ValueError as error:  # of which tomllib's own is a kind
        message, place = str(error), ""
        if found := re.fullmatch(r"(.*) \(at (line \d+, column \d+|end of document)\)", message):
            message, place = found.groups()
        raise OfstedFrameworkError.of(f"the text is not TOML: {message}", place=place) from None


def pairs(
    plain: Plain, name: str, shape: type[attrs.AttrsInstance], faults: list[Fault], place: str = ""
) -> tuple[tuple[Any, Any], ...]:
    """A list of tables with two fields each, as pairs; what is wrong with it is added to `faults`.

    Tables of which the order matters are spelt so, since JSON's own have none.
    """
    from ._strict import structure

    try:
        some = structure(plain.get(name, []), tuple[shape, ...], place=f"{place}/{name}")  # type: ignore[valid-type]
    except OfstedFrameworkError as error:
        faults += error.faults
        return ()
    return tuple(attrs.astuple(one) for one in some)


def kind_of(plain: object, kinds: Mapping[str, Kind]) -> Kind:
    """The kind of a document, by the format that it names.

    Raises:
        OfstedFrameworkError: It names none, or one that is not known.
    """
    format = plain.get("format") if isinstance(plain, dict) else None
    formats = {kind.format: kind for kind in kinds.values()}
    if isinstance(format, str) and format in formats:
        return formats[format]
    if not isinstance(plain, dict):
        raise OfstedFrameworkError.of("is not a table of fields", plain)
    if "format" not in plain:
        message = f"is missing: a document says what it is ({', '.join(formats)})"
        raise OfstedFrameworkError.of(message, place="/format")
    near = nearest(format, formats) if isinstance(format, str) else None
    message = f"is no format of a document ({', '.join(formats)})"
    raise OfstedFrameworkError.of(message, format, "/format", near)


__all__ = [
    "NAMES", "Kind", "Plain", "Step", "kind_of", "pairs", "parsed", "parsed_toml", "path_of",
    "read_file", "text_of",
]  # fmt: skip
