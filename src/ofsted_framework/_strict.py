"""The one strict converter between plain values and attrs classes, and the faults it finds.

cattrs left alone turns a text into a tuple of its letters, an int into a text, and answers an
unknown tag with a bare KeyError. Each is closed here. Imported inside functions only, since
cattrs costs more to import than everything else together.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal, TypeVar, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from .dates import When
from .errors import Fault, OfstedFrameworkError, choice, nearest
from .events import EVENTS, Event, Scope, to_scope
from .provisions import wire

_T = TypeVar("_T")


def _plain(kind: type) -> Any:
    names = {str: "a text", int: "a whole number", bool: "true or false"}

    def structure(value: object, _: Any) -> Any:
        if type(value) is not kind:
            raise OfstedFrameworkError.of(f"is not {names[kind]}", value)
        return value

    return structure


def _date(value: object, _: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        when = When.parse(value)
        if when.exact:
            return date.fromordinal(when.lo)
    raise OfstedFrameworkError.of("is not a day, written as 2024-01-22", value)


def _when(value: object, _: Any) -> When:
    if not isinstance(value, str | date):
        raise OfstedFrameworkError.of("is not a date in text form", value)
    return When.of(value)


def _scope(value: object, _: Any) -> Scope | None:
    if not isinstance(value, str):
        raise OfstedFrameworkError.of("is not a text", value)
    return to_scope(value)


def _literal(value: object, kind: Any) -> Any:
    if type(value) is not str or value not in get_args(kind):
        good = [str(word) for word in get_args(kind)]
        near = nearest(value, good) if isinstance(value, str) else None
        raise OfstedFrameworkError.of(f"is none of {', '.join(good)}", value, nearest=near)
    return value


def _number_or_word(value: object, kind: Any) -> Any:
    words = [w for part in get_args(kind) if get_origin(part) is Literal for w in get_args(part)]
    if value is None or value in words or type(value) is int:
        return value
    raise OfstedFrameworkError.of(f"is neither a whole number nor {' or '.join(words)}", value)


def _is_number_or_word(kind: Any) -> bool:
    parts = get_args(kind)
    return int in parts and any(get_origin(part) is Literal for part in parts)


def _event(value: object, _: Any) -> Event:
    if not isinstance(value, Mapping):
        raise OfstedFrameworkError.of("is not a table of fields", value)
    if "type" not in value:
        raise OfstedFrameworkError.of("is missing", None, place="/type")
    tag = value["type"]
    if not isinstance(tag, str) or tag not in EVENTS:
        near = nearest(tag, EVENTS) if isinstance(tag, str) else None
        raise OfstedFrameworkError.of("is no kind of event", tag, place="/type", nearest=near)
    rest = {key: field for key, field in value.items() if key != "type"}
    return CONVERTER.structure(rest, EVENTS[tag])


def _unstructure_event(event: Event) -> dict[str, Any]:
    return {"type": event.type, **_fields_out(type(event))(event)}


def _renamed(cls: Any) -> dict[str, Any]:
    names = {field.name: wire(field) for field in attrs.fields(attrs.resolve_types(cls))}
    return {name: override(rename=new) for name, new in names.items() if name != new}


def _fields_in(cls: Any) -> Any:
    inner = make_dict_structure_fn(cls, CONVERTER, _cattrs_forbid_extra_keys=True, **_renamed(cls))

    def structure(value: object, kind: Any) -> Any:
        if not isinstance(value, Mapping):
            raise OfstedFrameworkError.of("is not a table of fields", value)
        return inner(value, kind)

    return structure


_OUT: dict[type, Any] = {}


def _fields_out(cls: Any) -> Any:
    if cls not in _OUT:
        _OUT[cls] = make_dict_unstructure_fn(
            cls, CONVERTER, _cattrs_omit_if_default=True, **_renamed(cls)
        )
    return _OUT[cls]


def _make() -> Converter:
    made = Converter(detailed_validation=True, forbid_extra_keys=True)
    made.register_structure_hook_factory(attrs.has, lambda cls: _fields_in(cls))
    made.register_unstructure_hook_factory(attrs.has, lambda cls: _fields_out(cls))
    for kind in (str, int, bool):
        made.register_structure_hook(kind, _plain(kind))
    made.register_structure_hook(date, _date)
    made.register_structure_hook(When, _when)
    made.register_structure_hook(Scope, _scope)
    made.register_structure_hook_func(lambda kind: kind is Event, _event)
    made.register_structure_hook_func(lambda kind: get_origin(kind) is Literal, _literal)
    made.register_structure_hook_func(_is_number_or_word, _number_or_word)
    made.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, enum.StrEnum),
        lambda value, kind: choice(kind)(value),
    )
    inner = made.get_structure_hook

    def _sequence(kind: Any) -> Any:
        item = get_args(kind)[0]

        def structure(value: object, _: Any) -> Any:
            if not isinstance(value, list | tuple):
                raise OfstedFrameworkError.of("is not a list", value)
            hook, found, faults = inner(item), [], []
            for index, part in enumerate(value):
                try:
                    found.append(hook(part, item))
                except Exception as error:
                    faults += _faults(error, f"/{index}")
            if faults:
                raise OfstedFrameworkError(faults)
            return tuple(found)

        return structure

    made.register_structure_hook_factory(
        lambda kind: get_origin(kind) is tuple and get_args(kind)[1:] == (...,), _sequence
    )
    made.register_unstructure_hook(When, str)
    made.register_unstructure_hook(Scope, str)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, Event), _unstructure_event
    )
    made.register_unstructure_hook_func(
        lambda kind: get_origin(kind) is tuple,
        lambda value: [made.unstructure(part) for part in value],
    )
    return made


CONVERTER = _make()


def structure(value: object, kind: type[_T], *, place: str = "") -> _T:
    """Make a value of a class from plain values, or raise one error with every fault.

    Args:
        value: What was read: tables, lists, texts, numbers.
        kind: The class wanted.
        place: Where it was read, as a JSON pointer.

    Raises:
        OfstedFrameworkError: Lists each fault with its place, its value and the nearest good one.
    """
    try:
        return CONVERTER.structure(value, kind)
    except Exception as error:
        faults = list(_faults(error, place))
        raise OfstedFrameworkError(faults) from None


def unstructure(value: object) -> Any:
    """Make plain values of a value of one of our classes; what is left at its default is left out."""
    return CONVERTER.unstructure(value)


def pointer(part: object) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    return "/" + str(part).replace("~", "~0").replace("/", "~1")


def _faults(error: BaseException, place: str) -> Iterator[Fault]:
    if isinstance(error, OfstedFrameworkError):
        for fault in error.faults:
            yield attrs.evolve(fault, place=place + fault.place)
    elif isinstance(error, ClassValidationError):
        names = attrs.fields_dict(error.cl) if attrs.has(error.cl) else {}
        known, others = error.group_exceptions()
        for inner, note in known:
            field = names.get(note.name)
            step = pointer(wire(field) if field is not None else note.name)
            if isinstance(inner, KeyError):
                yield Fault(place + step, None, "is missing")
            else:
                yield from _faults(inner, place + step)
        for inner in others:
            if isinstance(inner, ForbiddenExtraKeysError):
                good = [wire(field) for field in names.values() if field.init]
                for key in sorted(inner.extra_fields):
                    near = nearest(key, good)
                    yield Fault(place + pointer(key), None, "is no field here", near)
            else:
                yield from _faults(inner, place)
    elif isinstance(error, IterableValidationError):
        for inner, item in error.group_exceptions()[0]:
            yield from _faults(inner, place + pointer(item.index))
        for inner in error.group_exceptions()[1]:
            yield from _faults(inner, place)
    else:
        yield Fault(place, None, f"cannot be read: {error}")


def canonical(value: object) -> str:
    """A value of one of our classes as JSON, in the one form that its digest is taken of."""
    import json

    return json.dumps(unstructure(value), sort_keys=True, separators=(",", ":"))


def digest(value: object) -> str:
    """The SHA-256 of a value of one of our classes."""
    import hashlib

    return hashlib.sha256(canonical(value).encode()).hexdigest()


__all__ = ["canonical", "digest", "pointer", "structure", "unstructure"]
