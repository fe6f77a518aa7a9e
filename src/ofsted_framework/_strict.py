"""The one strict converter between plain values and attrs classes, and the faults it finds.

cattrs left alone turns a text into a tuple of its letters, an int into a text, and answers an
unknown tag with a bare KeyError. Each is closed here. Good values, which nearly all are, are made
without cattrs: to import it, and to let it write code for each class, takes longer than most
answers. It makes what is less plain, and finds all that is wrong.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_args, get_origin

import attrs

from .dates import When
from .errors import Fault, OfstedFrameworkError, choice, nearest
from .events import EVENTS, Event, Scope
from .grades import Grade, Judgement, to_grade
from .provisions import ROWS, Row, wire

if TYPE_CHECKING:
    from cattrs import Converter

_T = TypeVar("_T")
_NAMES = {str: "a text", int: "a whole number", bool: "true or false"}
# Days as spreadsheets and people write them; only ever a hint, since 05/01 is two days.
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ]?)([0-9]{1,2})\2([0-9]{1,2})(?:[T ].*)?", re.DOTALL)
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})")
# What stands in for a field that cannot be read, when the others are looked at.
_STAND_INS: dict[Any, str] = {str: "x", When: "2000", date: "2000-01-01"}


def _plain(value: object, kind: Any) -> Any:
    if kind not in _NAMES:  # cattrs takes what is registered for str for every StrEnum too
        return to_grade(value) if kind is Grade else choice(kind)(value)
    if type(value) is not kind:
        raise OfstedFrameworkError.of(f"is not {_NAMES[kind]}", value)
    # Half of a surrogate pair can be read from JSON, and written to no file.
    if isinstance(value, str) and not value.isascii() and not encodable(value):
        raise OfstedFrameworkError.of("holds half of a surrogate pair", value)
    return value


def encodable(text: str) -> bool:
    """Whether a text can be written to a file in UTF-8."""
    try:
        return bool(text.encode())
    except UnicodeEncodeError:
        return False


def _near_day(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    number = isinstance(value, int) and 0 < value < 10**8  # Python spells no very long number
    text = str(value).strip()[:40] if number or isinstance(value, str) else ""
    if found := _YEAR_FIRST.fullmatch(text):
        parts = found.group(1, 3, 4)
    elif found := _DAY_FIRST.fullmatch(text):
        parts = found.group(4, 3, 1)
    else:
        return None
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        return None


def _when(value: object, _: Any) -> When:
    if not isinstance(value, str | date) or isinstance(value, datetime):
        near = _near_day(value)
        raise OfstedFrameworkError.of("is not a date, written as 2024-01-22", value, nearest=near)
    try:
        return When.of(value)
    except OfstedFrameworkError as error:
        near = _near_day(value)
        raise OfstedFrameworkError(
            # A day that the calendar lacks is its own nearest shape, and no good one.
            attrs.evolve(fault, value=value, nearest=None if near == value else near)
            for fault in error.faults
        ) from None


def _date(value: object, _: Any) -> date:
    try:
        when = _when(value, _)
    except OfstedFrameworkError:
        when = None
    if when is None or not when.exact or (isinstance(value, str) and "/" in value):
        near = None if _near_day(value) == value else _near_day(value)
        message = "is not a day in the years 1900 to 2230, written as 2024-01-22"
        raise OfstedFrameworkError.of(message, value, nearest=near)
    return date.fromordinal(when.lo)


def _any_day(value: object, _: Any) -> date:
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise OfstedFrameworkError.of("is not a day, written as 2024-01-22", value)


def _scope(value: object, _: Any) -> Scope | None:
    if not isinstance(value, str):
        raise OfstedFrameworkError.of("is not a text", value)
    text: str = _plain(value, str)
    try:
        scope = Scope.of(text)
    except OfstedFrameworkError as error:
        raise OfstedFrameworkError(
            attrs.evolve(fault, value=value) for fault in error.faults
        ) from None
    if str(scope) != text:
        message = "is not a scope: write national, region:NAME or service-area:NAME"
        raise OfstedFrameworkError.of(message, value, nearest=str(scope))
    return scope


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
    near = nearest(value, words) if isinstance(value, str) else None
    message = f"is neither a whole number nor {' or '.join(words)}"
    raise OfstedFrameworkError.of(message, value, nearest=near)


def _is_any_day(kind: Any) -> bool:
    return get_origin(kind) is Annotated and get_args(kind)[0] is date


def _is(base: type) -> Callable[[Any], bool]:
    return lambda kind: kind is base


def _origin_is(origin: Any) -> Callable[[Any], bool]:
    return lambda kind: bool(get_origin(kind) == origin)


def _is_number_or_word(kind: Any) -> bool:
    parts = get_args(kind)
    return int in parts and any(get_origin(part) is Literal for part in parts)


# The classes that are told apart by a field `type`: what one is called, and the classes by tag.
_TAGGED: dict[type, tuple[str, Mapping[str, type]]] = {
    Event: ("event", EVENTS),
    Row: ("row", ROWS),
}


def _tagged(base: type) -> Callable[[object, Any], Any]:
    name, classes = _TAGGED[base]

    def structure(value: object, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise OfstedFrameworkError.of("is not a table of fields", value)
        tag = value.get("type")
        if isinstance(tag, str) and tag in classes:
            if base is Event and (quick := _quickly(classes[tag], value)) is not None:
                return quick
            rest = {key: field for key, field in value.items() if key != "type"}
            return _converter().structure(rest, classes[tag])
        if "type" in value:
            near = nearest(tag, classes) if isinstance(tag, str) else None
            fault = Fault("/type", tag, f"is no kind of {name} ({', '.join(classes)})", near)
        else:
            fault = Fault("/type", None, "is missing")
        raise OfstedFrameworkError([fault, *_common_faults(base, value)])

    return structure


def _common_faults(base: Any, value: Mapping[str, Any]) -> Iterator[Fault]:
    """The faults of the fields that all of its classes have."""
    for field in attrs.fields(attrs.resolve_types(base)):
        kind: Any = field.type
        if field.name in value:
            try:
                _converter().structure(value[field.name], kind)
            except Exception as error:
                yield from _faults(error, pointer(field.name))
        elif field.default is attrs.NOTHING:
            yield Fault(pointer(field.name), None, "is missing")


# --- Good values, quickly ---------------------------------------------------------------------
#
# Nearly all values are good, and the same days and grades come again and again. A value of which
# every field is of the plainest form is made at once, and checked by its class as any other. At the
# least doubt nothing is made, and the converter reads it again, slowly, and tells what is wrong.


def _text(value: Any) -> str:
    if type(value) is not str or not (value.isascii() or encodable(value)):
        raise ValueError
    return value


def _true(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise ValueError
    return value


@lru_cache(maxsize=50_000)
def _day_of(value: Any) -> When:
    if type(value) not in (str, date):
        raise ValueError
    return When.of(value)


@lru_cache(maxsize=5_000)
def _date_of(value: Any) -> date:
    return _date(value, None)


@lru_cache(maxsize=5_000)
def _scope_of(value: Any) -> Scope | None:
    return _scope(value, None)


@lru_cache(maxsize=5_000)
def _judgement(area: Any, grade: Any) -> Judgement:
    return Judgement(_text(area), Grade(_text(grade)))


def _judgements(value: Any) -> tuple[Judgement, ...]:
    if type(value) is not list or any(len(one) != 2 for one in value):
        raise ValueError
    return tuple(_judgement(one["area"], one["grade"]) for one in value)


def _name(value: Any) -> str:
    name = _text(value)
    if name != name.strip().casefold():  # its class would change it
        raise ValueError
    return name


_READERS: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    bool: _true,
    int: _whole,
    date: _date_of,
    When: _day_of,
    Scope: _scope_of,
    tuple[Judgement, ...]: _judgements,
}


@cache
def _reader(kind: Any) -> Callable[[Any], Any] | None:
    """What makes a value of the plainest form, or raises an error; None: nothing does."""
    if kind in _READERS:
        return _READERS[kind]
    parts = get_args(kind)
    if _is_any_day(kind):
        return lambda value: _any_day(value, kind)
    if get_origin(kind) is Literal:
        return partial(_literal, kind=kind)
    if _is_number_or_word(kind):
        return partial(_number_or_word, kind=kind)
    if get_origin(kind) is tuple and parts[1:] == (...,):
        read = _reader(parts[0])
        return read and partial(_list_of, read)
    if get_origin(kind) is dict:
        read = _reader(parts[1])
        return read and partial(_table_of, read)
    if kind in _TAGGED:
        make = _tagged(kind)
        return lambda value: make(value, kind)
    if attrs.has(kind):
        return partial(_made, kind)
    if isinstance(kind, type) and issubclass(kind, enum.StrEnum):
        return {word.value: word for word in kind}.__getitem__
    return None


def _bare(kind: Any) -> tuple[Any, bool]:
    """A kind of value, and whether null may stand for it."""
    parts = [part for part in get_args(kind) if part is not type(None)]
    optional = type(None) in get_args(kind)
    return (parts[0] if optional and len(parts) == 1 else kind), optional


def _list_of(read: Callable[[Any], Any], value: Any) -> tuple[Any, ...]:
    if type(value) is not list:
        raise ValueError
    return tuple(map(read, value))


def _table_of(read: Callable[[Any], Any], value: Any) -> dict[str, Any]:
    if type(value) is not dict:
        raise ValueError
    return {key: read(part) for key, part in value.items()}


def _made(cls: Any, value: Any) -> Any:
    if type(value) is not dict:
        raise ValueError
    fields = _fields_of(cls)
    found = {}
    for key, part in value.items():
        name, read, optional = fields[key]
        found[name] = None if part is None and optional else read(part)
    return cls(**found)


@cache
def _fields_of(cls: Any) -> dict[str, tuple[str, Callable[[Any], Any], bool]]:
    """Of each field by its name in a file: its own name, what reads it, whether it may be null."""
    found = {}
    for field in attrs.fields(attrs.resolve_types(cls)):
        kind, optional = _bare(field.type)
        read = partial(_list_of, _name) if field.name == "inspectorates" else _reader(kind)
        if field.init and read is not None:
            found[wire(field)] = field.alias or field.name, read, optional
    return found


@cache
def _quick_fields(
    cls: Any,
) -> tuple[dict[str, tuple[Any, Callable[[Any], Any], bool]], dict[Any, Any], int]:
    """How each field is set, read, and whether it may be null; what missing ones hold; a count."""
    fields = attrs.fields(cls)
    readers = {
        key: (getattr(cls, name).__set__, read, optional)
        for key, (name, read, optional) in _fields_of(cls).items()
    }
    missing: dict[Any, Any] = {
        getattr(cls, field.name).__set__: field.default
        for field in fields
        if field.default is not attrs.NOTHING
    }
    return readers, missing, len(fields)


def _quickly(cls: type, value: Mapping[str, Any]) -> Any:
    """The event, if all of it is of the plainest form; None: it must be looked at more closely."""
    readers, missing, count = _quick_fields(cls)
    found = missing.copy()
    try:
        for key, part in value.items():
            if key != "type":
                put, read, optional = readers[key]
                found[put] = None if part is None and optional else read(part)
        if len(found) < count:
            return None
        made: Any = object.__new__(cls)
        for put, part in found.items():
            put(made, part)
        made.__attrs_post_init__()
    except (KeyError, TypeError, ValueError):
        return None
    return made


# --- Good values, written quickly -------------------------------------------------------------
#
# What is written has to be read back as it was. Of a frozen value of which every field is exactly
# of the class that its reader makes, that is known without reading: its class has checked it.


def _day_out(value: Any) -> str:
    if type(value) not in (When, date):
        raise ValueError
    return _spelling(value)


def _scope_out(value: Any) -> str:
    if type(value) is not Scope:
        raise ValueError
    return _spelling(value)


@lru_cache(maxsize=50_000)
def _spelling(value: When | Scope | date) -> str:
    text = str(value)
    if _READERS[type(value)](text) != value:
        raise ValueError
    return text


def _judgements_out(value: Any) -> list[dict[str, str]]:
    if type(value) is not tuple:
        raise ValueError
    return [{"area": _text(one.area), "grade": _grade_out(one)} for one in value]


def _grade_out(one: Any) -> str:
    if type(one) is not Judgement or type(one.grade) is not Grade:
        raise ValueError
    return one.grade.value


def _list_out(write: Callable[[Any], Any], value: Any) -> list[Any]:
    if type(value) is not tuple:
        raise ValueError
    return list(map(write, value))


_WRITERS: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    bool: _true,
    date: _day_out,
    When: _day_out,
    Scope: _scope_out,
    tuple[Judgement, ...]: _judgements_out,
}


def _word_out(kind: type[enum.StrEnum], value: Any) -> str:
    if type(value) is not kind:
        raise ValueError
    return value.value


@cache
def _writer(kind: Any) -> Callable[[Any], Any] | None:
    """What makes plain values that are sure to be read as they were, or raises an error."""
    if kind in _WRITERS:
        return _WRITERS[kind]
    parts = get_args(kind)
    if get_origin(kind) is tuple and parts[1:] == (...,):
        write = _writer(parts[0])
        return write and partial(_list_out, write)
    if kind is Event:
        return _event_out
    if attrs.has(kind):
        return partial(_made_out, kind)
    if isinstance(kind, type) and issubclass(kind, enum.StrEnum):
        return partial(_word_out, kind)
    return None


@cache
def _quick_out(cls: Any) -> tuple[tuple[str, str, Any, Callable[[Any], Any] | None], ...]:
    """Of each field: its name, its name on the wire, its default, and how it is written."""
    found = []
    for field in attrs.fields(attrs.resolve_types(cls)):
        if field.init:
            kind, _ = _bare(field.type)
            write = partial(_list_out, _name) if field.name == "inspectorates" else _writer(kind)
            found.append((field.name, wire(field), field.default, write))
    return tuple(found)


def _made_out(cls: Any, value: Any) -> dict[str, Any]:
    its: Any = type(value)
    if its is not cls:
        raise ValueError
    found: dict[str, Any] = {}
    for name, key, default, write in _quick_out(cls):
        part = getattr(value, name)
        if part is not default:
            if write is None:
                raise ValueError
            found[key] = write(part)
    return found


def _event_out(value: Any) -> dict[str, Any]:
    cls: Any = type(value)  # one of one's own would be read as another, and has no tag
    return {"type": _tags()[cls], **_made_out(cls, value)}


def plainly(value: object, kind: type) -> dict[str, Any] | None:
    """What `unstructure` makes of a value, if it is sure to be read as it was.

    Args:
        value: The value.
        kind: The class that it is read as; `Event` for one of its kinds.

    Returns:
        Its plain values; None: that is not sure, so that they have to be read back.
    """
    wanted: Any = kind
    write = _writer(wanted)
    with suppress(AttributeError, KeyError, TypeError, ValueError):
        plain: dict[str, Any] | None = write and write(value)
        return plain
    return None


def _unstructure_tagged(value: Any) -> dict[str, Any]:
    cls: Any = type(value)
    tags = _tags()
    return {"type": tags[cls], **_fields_out(cls)(value)}


@cache
def _tags() -> dict[type, str]:
    return {cls: tag for _, classes in _TAGGED.values() for tag, cls in classes.items()}


def _renamed(cls: Any) -> dict[str, Any]:
    from cattrs.gen import override

    names = {field.name: wire(field) for field in attrs.fields(attrs.resolve_types(cls))}
    return {name: override(rename=new) for name, new in names.items() if name != new}


def _fields_in(cls: Any) -> Any:
    from cattrs.errors import ClassValidationError
    from cattrs.gen import make_dict_structure_fn

    inner = make_dict_structure_fn(
        cls, _converter(), _cattrs_forbid_extra_keys=True, **_renamed(cls)
    )

    def structure(value: object, kind: Any) -> Any:
        if not isinstance(value, Mapping):
            raise OfstedFrameworkError.of("is not a table of fields", value)
        try:
            return inner(value, kind)
        except ClassValidationError as error:
            faults = list(_faults(error, ""))
            raise OfstedFrameworkError([*faults, *_refused(cls, inner, value, faults)]) from None

    return structure


def _refused(
    cls: Any, inner: Any, value: Mapping[str, Any], faults: list[Fault]
) -> Iterator[Fault]:
    """What the class itself refuses of its good fields, which cattrs does not get to see.

    Only of single texts (an id, a kind), since those are refused whatever the others say.
    """
    from cattrs.errors import ClassValidationError

    bad = {fault.place.split("/")[1] for fault in faults if fault.place}
    good = {key: part for key, part in value.items() if pointer(key)[1:] not in bad}
    fields = [field for field in attrs.fields(cls) if field.init]
    for field in fields:
        if field.default is attrs.NOTHING and wire(field) not in good:
            if field.type not in _STAND_INS:
                return
            good[wire(field)] = _STAND_INS[field.type]
    texts = {wire(field) for field in fields if field.type in (str, str | None)} - bad
    try:
        inner(good, cls)
    except ClassValidationError as error:
        yield from (fault for fault in _faults(error, "") if fault.place[1:] in texts)


@cache
def _fields_out(cls: Any) -> Any:
    from cattrs.gen import make_dict_unstructure_fn

    return make_dict_unstructure_fn(
        cls, _converter(), _cattrs_omit_if_default=True, **_renamed(cls)
    )


def _sequence(kind: Any) -> Any:
    kinds = get_args(kind)
    endless = kinds[1:] == (...,)

    def structure(value: object, _: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise OfstedFrameworkError.of("is not a list", value)
        if not endless and len(value) != len(kinds):
            raise OfstedFrameworkError.of(f"is not a list of {len(kinds)}", value)
        return tuple(_parts(enumerate(value), kinds[:1] * len(value) if endless else kinds))

    return structure


def _table(kind: Any) -> Any:
    item = get_args(kind)[1]

    def structure(value: object, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise OfstedFrameworkError.of("is not a table of fields", value)
        return dict(zip(value, _parts(value.items(), (item,) * len(value)), strict=True))

    return structure


def _parts(parts: Iterable[tuple[object, object]], kinds: tuple[Any, ...]) -> list[Any]:
    found: list[Any] = []
    faults: list[Fault] = []
    hooks = {kind: _converter().get_structure_hook(kind) for kind in dict.fromkeys(kinds)}
    for (step, part), kind in zip(parts, kinds, strict=True):
        try:
            found.append(hooks[kind](part, kind))
        except Exception as error:
            faults += _faults(error, pointer(step))
    if faults:
        raise OfstedFrameworkError(faults)
    return found


@cache
def _converter() -> Converter:
    from cattrs import Converter

    made = Converter(detailed_validation=True, forbid_extra_keys=True)
    made.register_structure_hook_factory(attrs.has, lambda cls: _fields_in(cls))
    made.register_unstructure_hook_factory(attrs.has, lambda cls: _fields_out(cls))
    for kind in _NAMES:
        made.register_structure_hook(kind, _plain)
    made.register_structure_hook(date, _date)
    made.register_structure_hook(When, _when)
    made.register_structure_hook_func(_is_any_day, _any_day)
    made.register_structure_hook(Scope, _scope)
    for base in _TAGGED:
        made.register_structure_hook_func(_is(base), _tagged(base))
    made.register_structure_hook_func(_origin_is(Literal), _literal)
    made.register_structure_hook_func(_is_number_or_word, _number_or_word)
    made.register_structure_hook_factory(_origin_is(tuple), _sequence)
    made.register_structure_hook_factory(_origin_is(dict), _table)
    made.register_unstructure_hook(enum.StrEnum, str)
    made.register_unstructure_hook(When, str)
    made.register_unstructure_hook(Scope, str)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook_func(lambda kind: kind in _tags(), _unstructure_tagged)
    # Equal tables give equal texts, in whatever order they were filled.
    made.register_unstructure_hook_func(
        lambda kind: dict in (kind, get_origin(kind)),
        lambda value: {str(key): made.unstructure(value[key]) for key in sorted(value)},
    )
    made.register_unstructure_hook_func(
        _origin_is(tuple),
        lambda value: [made.unstructure(part) for part in value],
    )
    return made


def structure(value: object, kind: type[_T], *, place: str = "") -> _T:
    """Make a value of a class from plain values, or raise one error with every fault.

    Args:
        value: What was read: tables, lists, texts, numbers.
        kind: The class wanted.
        place: Where it was read, as a JSON pointer.

    Raises:
        OfstedFrameworkError: Lists each fault with its place, its value and the nearest good one.
    """
    wanted: Any = kind
    read = _reader(wanted)
    if read is not None:
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            made: _T = read(value)
            return made
    try:
        return _converter().structure(value, kind)
    except Exception as error:
        raise OfstedFrameworkError(_faults(error, place)) from None


def unstructure(value: object) -> Any:
    """Make plain values of a value of one of our classes, without what is left at its default."""
    return _converter().unstructure(value)


def pointer(part: object) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    return "/" + str(part).replace("~", "~0").replace("/", "~1")


def _faults(error: BaseException, place: str) -> Iterator[Fault]:
    from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError

    if isinstance(error, OfstedFrameworkError):
        for fault in error.faults:
            yield attrs.evolve(fault, place=place + fault.place)
    elif isinstance(error, ClassValidationError):
        names = attrs.fields_dict(error.cl)
        known, others = error.group_exceptions()
        for inner, note in known:
            step = pointer(wire(names[note.name]))
            if isinstance(inner, KeyError):
                yield Fault(place + step, None, "is missing")
            else:
                yield from _faults(inner, place + step)
        for inner in others:
            if isinstance(inner, ForbiddenExtraKeysError):
                good = [wire(field) for field in names.values() if field.init]
                for key in sorted(map(str, inner.extra_fields)):
                    yield Fault(place + pointer(key), key, "is no field here", nearest(key, good))
            else:
                yield from _faults(inner, place)
    else:
        yield Fault(place, None, f"cannot be read: {error}")


def canonical(value: object) -> str:
    """A value of one of our classes as JSON, in the one form that its digest is taken of."""
    import json

    plain = plainly(value, Event if isinstance(value, Event) else type(value))
    plain = unstructure(value) if plain is None else plain
    return json.dumps(plain, sort_keys=True, separators=(",", ":"))


def digest(value: object) -> str:
    """The SHA-256 of a value of one of our classes."""
    import hashlib

    return hashlib.sha256(canonical(value).encode()).hexdigest()


__all__ = ["canonical", "digest", "encodable", "plainly", "pointer", "structure", "unstructure"]
