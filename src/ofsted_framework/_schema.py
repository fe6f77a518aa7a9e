"""The JSON Schema of a history, made from the classes that it is read into."""

from __future__ import annotations

import enum
import types
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args, get_origin

import attrs

from .dates import When
from .events import Event, Inspection, Level, Scope
from .history import PROVIDER_KINDS, Coverage, Provider
from .provisions import wire

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
_PATTERNS: dict[Any, str] = {When: _WHEN, date: f"^{_DATE}{_END}", Scope: _SCOPE}
_PLAIN = {str: "string", bool: "boolean", int: "integer"}


def history_schema(format: str, version: int, events: Mapping[str, type[Event]]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a history.

    It refuses whatever the reader refuses for its form: unknown or missing fields, wrong types,
    unknown words, bad spellings. Only the reader sees that a day does not exist, that two events
    have one id, or that fields do not go together.

    Args:
        format: What a document names as its format.
        version: The version of that format.
        events: The kinds of event by tag.
    """
    closer: dict[tuple[type, str], dict[str, Any]] = {
        (Provider, "name"): {"pattern": r"\S"},
        (Provider, "kind"): {"enum": list(PROVIDER_KINDS)},
        (Coverage, "type"): {"enum": ["*", *events]},
        **{(cls, "id"): {"pattern": _ID} for cls in events.values()},
        **{
            (cls, "inspectorates"): {"items": {"type": "string", "pattern": r"^\s*\S*\s*$"}}
            for cls in events.values()
        },
        (Inspection, "kind"): {"enum": [*Inspection.KINDS, None]},
    }
    made: dict[str, Any] = {}
    tables = [_table(cls, made, closer, tag) for tag, cls in events.items()]
    claims = {"type": "array", "items": _table(Coverage, made, closer)}
    properties = {
        "format": {"const": format},
        "version": {"const": version},
        "provider": _table(Provider, made, closer),
        "coverage": {"anyOf": [{"const": "complete"}, claims]},
        "events": {"type": "array", "items": {"oneOf": tables}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:ofsted-framework:history:{version}",
        "title": "The record of one provider",
        **_object(properties, ("format", "version", "provider")),
        "$defs": made,
    }


def _object(properties: dict[str, Any], required: Iterable[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _table(
    cls: type[attrs.AttrsInstance],
    made: dict[str, Any],
    closer: Mapping[tuple[type, str], dict[str, Any]],
    tag: str | None = None,
) -> dict[str, Any]:
    """A reference to the schema of a class, which is put among those made."""
    if cls.__name__ not in made:
        fields = [field for field in attrs.fields(attrs.resolve_types(cls)) if field.init]
        required = [wire(field) for field in fields if field.default is attrs.NOTHING]
        properties = {
            wire(field): {
                **_value(field.type, made, closer),
                **closer.get((cls, field.name), {}),
            }
            for field in fields
        }
        if tag is not None:
            properties, required = {"type": {"const": tag}, **properties}, ["type", *required]
        made[cls.__name__] = _object(properties, required)
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _value(
    kind: Any, made: dict[str, Any], closer: Mapping[tuple[type, str], dict[str, Any]]
) -> dict[str, Any]:
    if isinstance(kind, types.UnionType):
        inner, none = get_args(kind)
        if none is not types.NoneType:
            raise NotImplementedError(kind)
        plain = _value(inner, made, closer)
        if "$ref" in plain:
            return {"anyOf": [plain, {"type": "null"}]}
        return {**plain, "type": [plain["type"], "null"]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _value(get_args(kind)[0], made, closer)}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if kind in _PATTERNS:
        made[kind.__name__] = {"type": "string", "pattern": _PATTERNS[kind]}
    elif issubclass(kind, enum.StrEnum):
        made[kind.__name__] = {"type": "string", "enum": [word.value for word in kind]}
    else:
        return _table(kind, made, closer)
    return {"$ref": f"#/$defs/{kind.__name__}"}


__all__ = ["history_schema"]
