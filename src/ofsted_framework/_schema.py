"""The JSON Schemas of documents, made from the classes that they are read into."""

from __future__ import annotations

import enum
import types
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import attrs

from . import editions
from ._document import Kind
from .dates import When
from .editions import Framework
from .events import EVENTS, Event, Inspection, Level, Scope
from .history import PROVIDER_KINDS, Coverage, Provider
from .provisions import ROWS, Row, wire
from .simulation import behaviour

_YEAR = "(?:19[0-9]{2}|2[01][0-9]{2}|22[0-2][0-9]|2230)"
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_DATE = f"{_YEAR}-{_MONTH}-{_DAY}"
_STRETCH = f"{_YEAR}(?:-{_MONTH}(?:-{_DAY})?)?"
# In Python `$` also matches before a last line break, in ECMAScript it does not.
_END = r"$(?!\n)"
_WHEN = rf"^(?:{_STRETCH}(?:/{_STRETCH})?|\.\./{_DATE}|{_DATE}/\.\.){_END}"
_NATIONAL = Level.NATIONAL.value
_LOCAL = "|".join(level.value for level in Level if level is not Level.NATIONAL)
_SCOPE = rf"^(?:{_NATIONAL}|(?:{_LOCAL}):\S(?:[\s\S]*\S)?){_END}"
# Not all that `str.isprintable` refuses, which no portable pattern can say.
_ID = (
    r"^(?=.*\S)[^\u0000-\u001f\u007f-\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]*"
    + _END
)
_PATTERNS: dict[Any, tuple[str, str]] = {
    When: (_WHEN, "A day, or the days that it may be: 2024-01-22, 2024-01, 2024, "
           "2024-01-22/2024-02-16, ../2024-04-03 (by that day), 2024-04-03/.. (from that day)"),
    date: (f"^{_DATE}{_END}", "A day in the years 1900 to 2230"),
    Scope: (_SCOPE, "national, region:NAME or service-area:NAME"),
}  # fmt: skip
_PLAIN = {str: "string", bool: "boolean", int: "integer"}
_TAGGED: dict[type, Mapping[str, type[Any]]] = {Event: EVENTS, Row: ROWS}
_SPELT = editions.SPELT | behaviour.SPELT
_CLOSER: dict[tuple[type, str], dict[str, Any]] = {
    (Provider, "name"): {"pattern": r"\S"},
    (Provider, "kind"): {"enum": list(PROVIDER_KINDS)},
    (Coverage, "type"): {"enum": ["*", *EVENTS]},
    **{(cls, "id"): {"pattern": _ID} for cls in EVENTS.values()},
    **{
        (cls, "inspectorates"): {"items": {"type": "string", "pattern": r"^\s*\S*\s*$"}}
        for cls in EVENTS.values()
    },
    (Inspection, "kind"): {"enum": [*Inspection.KINDS, None]},
    (Framework, "provider_kind"): {"enum": list(PROVIDER_KINDS)},
    (behaviour.Assumption, "what"): {"enum": list(behaviour.WHATS)},
    (behaviour.Weight, "weight"): {"minimum": 0, "maximum": behaviour.LARGEST},
}
"""What a field is held to besides its type."""


class _Maker:
    """Makes schemas of classes, each once."""

    def __init__(self, base: str) -> None:
        self.base = base
        """Where they stand: what a reference begins with."""
        self.made: dict[str, Any] = {}
        """Those made so far, by name."""

    def document(self, kind: Kind) -> dict[str, Any]:
        """The schema of a kind of document."""
        table = self._fields(kind.shape)
        if kind.name == "history":
            claims = table["properties"]["coverage"]
            every = {"type": "string", "const": "complete"}
            table["properties"]["coverage"] = {"anyOf": [every, claims]}
        header = {
            "format": {"type": "string", "const": kind.format},
            "version": {"type": "integer", "const": kind.version},
        }
        return {
            "title": _capitals(kind.name),
            **table,
            "description": kind.title,
            "properties": header | table["properties"],
            "required": [*header, *table["required"]],
        }

    def _reference(self, name: str) -> dict[str, Any]:
        return {"$ref": self.base + name}

    def _table(self, cls: type[Any], tag: str | None = None) -> dict[str, Any]:
        """A reference to the schema of a class, which is put among those made."""
        name = _name(cls)
        if name not in self.made:
            self.made[name] = {}  # so that it is not begun twice
            made = self._fields(cls)
            if tag is not None:
                made["properties"] = {
                    "type": {"type": "string", "const": tag},
                    **made["properties"],
                }
                made["required"] = ["type", *made["required"]]
            self.made[name] = made
        return self._reference(name)

    def _fields(self, cls: type[Any]) -> dict[str, Any]:
        fields = [field for field in attrs.fields(attrs.resolve_types(cls)) if field.init]
        told = _docs(cls)
        properties = {}
        for field in fields:
            kind = _SPELT.get((cls, field.name), field.type)
            properties[wire(field)] = {
                **self._value(kind),
                **_CLOSER.get((cls, field.name), {}),
            }
        return {
            "type": "object",
            **({"description": told} if told else {}),
            "properties": properties,
            "required": [wire(field) for field in fields if field.default is attrs.NOTHING],
            "additionalProperties": False,
        }

    def _union(self, base: type) -> dict[str, Any]:
        """A reference to what is told apart by its `type`."""
        name = base.__name__
        if name not in self.made:
            self.made[name] = {}
            some = [self._table(cls, tag) for tag, cls in _TAGGED[base].items()]
            self.made[name] = {"description": _docs(base), "oneOf": some}
        return self._reference(name)

    def _value(self, kind: Any) -> dict[str, Any]:
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            return self._optional(kind)
        if origin is Literal:
            return {"type": "string", "enum": list(get_args(kind))}
        if origin is tuple:
            return {"type": "array", "items": self._value(get_args(kind)[0])}
        if origin is dict:
            key, value = get_args(kind)
            names = {} if key is str else {"propertyNames": self._value(key)}
            return {"type": "object", **names, "additionalProperties": self._value(value)}
        if origin is Annotated:  # the only one there is
            self.made["AnyDay"] = {
                "type": "string",
                "description": "A day of any year",
                "pattern": f"^[0-9]{{4}}-{_MONTH}-{_DAY}{_END}",
            }
            return self._reference("AnyDay")
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        if kind in _TAGGED:
            return self._union(kind)
        if kind in _PATTERNS:
            pattern, told = _PATTERNS[kind]
            name = _name(kind)
            self.made[name] = {"type": "string", "description": told, "pattern": pattern}
            return self._reference(name)
        if issubclass(kind, enum.StrEnum):
            words = [word.value for word in kind]
            self.made[_name(kind)] = {"type": "string", "enum": words}
            return self._reference(_name(kind))
        return self._table(kind)

    def _optional(self, kind: Any) -> dict[str, Any]:
        """A value that may be one of several things, of which null is often one."""
        some = [self._value(one) for one in get_args(kind) if one is not types.NoneType]
        null = types.NoneType in get_args(kind)
        if len(some) > 1 or "$ref" in some[0]:
            return {"anyOf": [*some, *([{"type": "null"}] if null else [])]}
        return {**some[0], "type": [some[0]["type"], "null"]}


def _name(cls: type[Any]) -> str:
    """What a schema is called: a row by its table, the rest by their classes."""
    if cls is not Row and issubclass(cls, Row):
        return _capitals(cls.tag) + "Row"
    return cls.__name__.removeprefix("_")


def _capitals(words: str) -> str:
    return "".join(part.capitalize() for part in words.split("-"))


def _docs(cls: type[Any]) -> str:
    return (cls.__doc__ or "").split("\n\n")[0].replace("\n", " ").strip()


def document_schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind of document, in its present version.

    It refuses whatever the reader refuses for its form: unknown or missing fields, wrong types,
    unknown words, bad spellings. Only the reader sees that a day does not exist, that two events
    have one id, or that fields do not go together.

    Args:
        kind: The kind.
    """
    maker = _Maker("#/$defs/")
    made = maker.document(kind)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:ofsted-framework:{kind.name}:{kind.version}",
        **made,
        "$defs": maker.made,
    }


def components(kinds: Iterable[Kind]) -> dict[str, Any]:
    """The schemas of some kinds of document as an OpenAPI 3.1 description holds them, by name.

    Args:
        kinds: The kinds.
    """
    maker = _Maker("#/components/schemas/")
    documents = {_capitals(kind.name): maker.document(kind) for kind in kinds}
    for base, classes in _TAGGED.items():
        if base.__name__ in maker.made:
            tags = {tag: maker.base + _name(cls) for tag, cls in classes.items()}
            told = {"propertyName": "type", "mapping": tags}
            maker.made[base.__name__]["discriminator"] = told
    return documents | maker.made


__all__ = ["components", "document_schema"]
