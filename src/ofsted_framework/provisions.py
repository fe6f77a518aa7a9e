"""The kinds of provision that a framework file is made of: a closed set.

A row is one provision, in one reading, over one period. A *duty* (cadence, between, response)
makes obligations; a *condition* (graded, only, route, limit, contents, duration) is tested on an
event; a *definition* (status) is used by others; a *modifier* (suspension) bends duties.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Literal, Self, TypeVar

import attrs

from .dates import When, to_when_or_none
from .errors import OfstedFrameworkError, nearest, texts
from .grades import Grade, to_grade_or_none
from .sources import Ground, strongest

NOT_KNOWN: Literal["not-known"] = "not-known"
"""A value that no source gives. An answer that turns on it is undetermined."""

Opening = Literal["framework-start", "previous", "none"]


def _lists(value: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {key: texts(words) for key, words in value.items()}


def _counts(value: Iterable[Count]) -> tuple[Count, ...]:
    return tuple(value)


def _grounds(value: Iterable[Ground]) -> tuple[Ground, ...]:
    return tuple(value)


def _need(fault: bool, message: str, value: object) -> None:
    if fault:
        raise OfstedFrameworkError.of(message, value)


# By hand, since str.format would look into any object that a file names, and write any width.
_PLACE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_BRACES = {"{{": "{", "}}": "}"}


def _told(row: Row) -> dict[str, str]:
    """What may stand in a sentence, between braces: the row's fields, and those of its rhythm."""
    told = {}
    for field in attrs.fields(type(row)):
        if not field.init:
            continue
        value = getattr(row, field.name)
        told[field.name] = "a number (not known) of" if value == NOT_KNOWN else str(value)
        if isinstance(value, Periods | SinceLast):
            for part in attrs.fields(type(value)):
                told[f"{field.name}.{part.name}"] = str(getattr(value, part.name))
    return told


def _sentence(row: Row, _: object, sentence: str) -> None:
    """Refuse a sentence that could not be told."""
    if not isinstance(sentence, str):
        raise OfstedFrameworkError.of("is not a text", sentence, "/sentence")
    good = _told(row)
    good.pop("sentence")
    for found in _PLACE.finditer(sentence):
        if found[1] is None and found[0] not in _BRACES:
            message = "holds a lone brace; where one is meant it is written twice"
            raise OfstedFrameworkError.of(message, sentence, "/sentence")
        if found[1] is not None and found[1] not in good:
            near = nearest(found[1], good)
            raise OfstedFrameworkError.of(
                "is no field of the row, and stands between braces", found[1], "/sentence", near
            )


OF_ITS_OWN = ("published", "published_by_provider")
"""What an event may be owed that is a day of its own, and no other event."""


def _first_day(row: Row) -> int:
    return 1 if row.effective_from is None else row.effective_from.lo


def _last_day(row: Row) -> int:
    return date.max.toordinal() if row.effective_to is None else row.effective_to.hi


def _turns(row: Row) -> tuple[list[date], list[date]]:
    """The days on which support of a row begins to speak, and the last on which it does."""
    return (
        sorted(ground.first for ground in row.grounds if ground.first is not None),
        sorted(ground.last for ground in row.grounds if ground.last is not None),
    )


@attrs.frozen(kw_only=True)
class Row:
    """What every row has: whose it is, when it holds, what it says, what it rests on."""

    tag: ClassVar[str] = ""
    """The name of its table in a framework file."""

    id: str
    """The provision's id, shared by its readings and dated values."""
    reading: str | None = None
    """The reading that this row belongs to; None where the sentence has only one."""
    effective_from: When | None = attrs.field(default=None, converter=to_when_or_none)
    """First day on which it holds; None: from the framework's first day."""
    effective_to: When | None = attrs.field(default=None, converter=to_when_or_none)
    """Last day on which it holds; None: as long as the framework does."""
    published: date | None = None
    """The day on which it was made known; before it, nobody could follow it. None: not stated."""
    sentence: str = attrs.field(validator=_sentence)
    """What it says, in plain English; `{working_days}` and the like stand for its values."""
    grounds: tuple[Ground, ...] = attrs.field(converter=_grounds)
    """What its parts rest on."""
    lo: int = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_first_day, takes_self=True)
    )
    """The first possible day on which it holds, as an ordinal."""
    hi: int = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_last_day, takes_self=True)
    )
    """The last possible day on which it holds, as an ordinal."""
    _supports: dict[tuple[tuple[str, ...], int, int], tuple[Ground, ...]] = attrs.field(
        init=False, factory=dict, eq=False, repr=False
    )
    _turns: tuple[list[date], list[date]] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_turns, takes_self=True)
    )

    def says(self) -> str:
        """Its sentence, with its values filled in."""
        told = _told(self)
        return _PLACE.sub(lambda found: _BRACES.get(found[0]) or told[found[1]], self.sentence)

    def grounds_of(self, parts: Iterable[str], first: int, last: int) -> tuple[Ground, ...]:
        """What some parts rest on: for each, the best support read for any day of a stretch."""
        days = date.fromordinal(first), date.fromordinal(last)
        begin, end = self._turns
        key = tuple(parts), bisect_right(begin, days[1]), bisect_left(end, days[0])
        kept = self._supports.get(key)
        if kept is None:
            found = []
            for part in key[0]:
                some = [g for g in self.grounds if g.part == part and g.in_force(*days)]
                best = strongest(ground.basis for ground in some)
                found += [ground for ground in some if ground.basis is best]
            kept = self._supports[key] = tuple(found)
        return kept


@attrs.frozen
class Periods:
    """Fixed periods, one after another."""

    origin: date
    """First day of one of them."""
    months: int
    """The length of each, in months."""

    def __attrs_post_init__(self) -> None:
        """Refuse periods without length."""
        _need(self.months < 1, "is less than a month, and no period", self.months)


@attrs.frozen
class SinceLast:
    """A number of months since the last time."""

    months: int
    """Months from the last time to the day on which the next is expected."""
    before: int | None = None
    """How many months earlier it may come; None: as early as one likes."""
    after: int = 0
    """How many months later it may come."""

    def __attrs_post_init__(self) -> None:
        """Refuse lengths that no rhythm could have."""
        _need(self.months < 1, "is less than a month: the next time comes later", self.months)
        _need(self.after < 0, "is less than nothing", self.after)
        _need(
            not 0 <= (self.before or 0) < self.months,
            "months before are not a part of the months from one to the next",
            self.before,
        )


@attrs.frozen(kw_only=True)
class Cadence(Row):
    """An activity that takes place again and again, each time in its window."""

    tag: ClassVar[str] = "cadence"

    activity: str
    """The kind of event."""
    opening: Opening = "none"
    """What starts the first clock: the framework's start, the last such event before it, or
    nothing (then the first event does)."""
    periods: Periods | None = None
    """Its rhythm, where that is fixed periods."""
    since_last: SinceLast | None = None
    """Its rhythm, where that is a time since the last one."""
    not_before: bool = False
    """Whether coming before the window is a departure too."""

    def __attrs_post_init__(self) -> None:
        """Refuse a row with no rhythm, or with two."""
        both = (self.periods is None) == (self.since_last is None)
        _need(both, "has both rhythms or none: a cadence has either periods or since_last", self.id)


@attrs.frozen(kw_only=True)
class Between(Row):
    """How many activities there are between two others, or between the opening and the first."""

    tag: ClassVar[str] = "between"

    activities: tuple[str, ...] = attrs.field(converter=texts)
    """The kinds of event that are counted."""
    bounds: tuple[str, ...] = attrs.field(converter=texts)
    """The kinds of event between which they are counted."""
    opening: Opening = "none"
    """Whether the stretch from the framework's start to the first bound counts as one."""
    first_only: bool = False
    """Whether it speaks of that first stretch alone."""
    at_least: int = 0
    """The fewest that there must be."""
    at_most: int | None = None
    """The most that there may be; None: no ceiling."""
    while_: str | None = attrs.field(default=None, metadata={"wire": "while"})
    """The id of a status that the opening bound must give; None: always."""

    def __attrs_post_init__(self) -> None:
        """Refuse numbers that nothing could keep."""
        _need(self.at_least < 0, "is less than nothing", self.at_least)
        ceiling = self.at_most is not None and self.at_most < self.at_least
        _need(ceiling, f"is below at_least = {self.at_least}", self.at_most)
        _need(self.opening == "previous", "is no opening of a stretch between events", self.opening)


@attrs.frozen(kw_only=True)
class Response(Row):
    """What must follow an event, and by when."""

    tag: ClassVar[str] = "response"

    after: tuple[str, ...] = attrs.field(converter=texts)
    """The kinds of event that it follows."""
    when: dict[str, tuple[str, ...]] = attrs.field(
        factory=dict,
        hash=False,
        converter=_lists,
    )
    """Fields of the event and the values that they must have for it to be owed."""
    gives: str
    """What must follow: a day of the event's own (`published`, its report or letter, or
    `published_by_provider`), or a kind of event."""
    draft: bool = False
    """Whether the early draft of a plan is meant."""
    counted_from: Literal["start", "end", "published"] = "end"
    """The day of the event from which the time runs."""
    working_days: int | Literal["not-known"] | None = None
    """Working days allowed; `not-known`: there may be such a number, which no source gives."""
    months: int | None = None
    """Months allowed, where the time is told in months."""
    late_counts: bool = False
    """Whether coming at all is enough, however late."""

    def __attrs_post_init__(self) -> None:
        """Refuse a row with no time, or with two."""
        both = (self.working_days is None) == (self.months is None)
        _need(both, "a response has either working_days or months", self.id)
        days = self.working_days if self.months is None else self.months
        _need(isinstance(days, int) and days < 0, "is less than nothing", days)


@attrs.frozen(kw_only=True)
class Graded(Row):
    """The areas that an activity grades, each once, or that it carries no grade."""

    tag: ClassVar[str] = "graded"

    activities: tuple[str, ...] = attrs.field(converter=texts)
    """The kinds of event."""
    areas: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The areas that must be graded; none: it carries no grade."""
    optional: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Areas whose grade is neither owed nor a fault."""
    scale: str | None = None
    """The id of the scale."""

    def __attrs_post_init__(self) -> None:
        """Refuse areas without a scale, and a scale without areas."""
        _need(bool(self.areas) != bool(self.scale), "areas and scale go together", self.id)


@attrs.frozen(kw_only=True)
class Only(Row):
    """An activity that takes place only while a status holds."""

    tag: ClassVar[str] = "only"

    activity: str
    """The kind of event."""
    while_: str = attrs.field(metadata={"wire": "while"})
    """The id of the status that the last inspection before it must give."""
    same_scope: bool = False
    """Whether only inspections of the same region or service area count."""


@attrs.frozen(kw_only=True)
class Count:
    """At least so many of these areas with at least, or at most, this grade."""

    areas: tuple[str, ...] = attrs.field(converter=texts)
    """The areas that count."""
    at_least: int = 1
    """How many of them."""
    or_better: Grade | None = attrs.field(default=None, converter=to_grade_or_none)
    """Count areas with this grade or a better one."""
    or_worse: Grade | None = attrs.field(default=None, converter=to_grade_or_none)
    """Count areas with this grade or a worse one."""

    def __attrs_post_init__(self) -> None:
        """Refuse a count that no set of grades could reach."""
        none = self.or_better is None and self.or_worse is None
        _need(none, "a count needs or_better or or_worse", self.areas)
        _need(not self.areas or self.at_least < 1, "counts nothing", self.areas)


@attrs.frozen(kw_only=True)
class Status(Row):
    """What an inspection's grades make of the provider, for instance judged inadequate."""

    tag: ClassVar[str] = "status"

    if_: tuple[Count, ...] = attrs.field(converter=_counts, metadata={"wire": "if"})
    """The counts that must all be reached."""
    scale: str
    """The id of the scale on which grades are compared."""
    stands_for: dict[str, tuple[str, ...]] = attrs.field(
        factory=dict,
        hash=False,
        converter=_lists,
    )
    """Areas of an earlier form, and the areas of the present form that each stands for."""


@attrs.frozen(kw_only=True)
class Route(Row):
    """Which kind of inspection comes next, by the grades of the one before."""

    tag: ClassVar[str] = "route"

    activity: str = "inspection"
    """The kind of event."""
    while_: str | None = attrs.field(default=None, metadata={"wire": "while"})
    """The id of the status that sends to `kind`; None: always that kind."""
    kind: str
    """The kind of inspection if the status holds."""
    allowed: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Kinds that may be chosen instead of it."""
    otherwise: str | None = None
    """The kind of inspection if the status does not hold."""
    at_first: str | None = None
    """The kind of a provider's first inspection."""

    def __attrs_post_init__(self) -> None:
        """Refuse a status without the other way."""
        _need(
            (self.while_ is None) != (self.otherwise is None),
            "while and otherwise go together",
            self.id,
        )

    @property
    def every_kind(self) -> frozenset[str]:
        """All kinds of inspection that it names."""
        named = (self.kind, *self.allowed, self.otherwise, self.at_first)
        return frozenset(kind for kind in named if kind is not None)

    def kinds(self, holds: bool) -> tuple[str, ...]:
        """The kinds that may come next, the one sent to first.

        Args:
            holds: Whether the status holds; where there is none, no matter.
        """
        if holds or self.otherwise is None:
            return (self.kind, *self.allowed)
        return (self.otherwise,)


@attrs.frozen(kw_only=True)
class Limit(Row):
    """How far the grade of one area may go, by the grades of others."""

    tag: ClassVar[str] = "limit"

    activity: str = "inspection"
    """The kind of event."""
    area: str
    """The area that is limited."""
    if_: tuple[Count, ...] = attrs.field(converter=_counts, metadata={"wire": "if"})
    """The counts that must all be reached for the limit to hold."""
    or_better: Grade | None = attrs.field(default=None, converter=to_grade_or_none)
    """The worst grade that the area may then have."""
    or_worse: Grade | None = attrs.field(default=None, converter=to_grade_or_none)
    """The best grade that the area may then have."""
    scale: str
    """The id of the scale on which grades are compared."""

    def __attrs_post_init__(self) -> None:
        """Refuse a limit that limits nothing, or the area by itself."""
        none = self.or_better is None and self.or_worse is None
        _need(none, "a limit needs or_better or or_worse", self.id)
        own = any(self.area in count.areas for count in self.if_)
        _need(own, "an area is not limited by its own grade", self.area)


@attrs.frozen(kw_only=True)
class Contents(Row):
    """What the record of an activity must say."""

    tag: ClassVar[str] = "contents"

    activity: str
    """The kind of event."""
    field: str
    """The field that must say it."""
    includes: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Values that must all be there."""
    excludes: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Values of which none may be there; where the field says nothing, nothing is asked."""
    refers_to: str | None = None
    """The kind of an earlier event that it must name."""

    def __attrs_post_init__(self) -> None:
        """Refuse a row that asks for nothing, or for two things."""
        asked = bool(self.includes) + bool(self.excludes) + (self.refers_to is not None)
        _need(asked != 1, "contents have either includes, excludes or refers_to", self.id)


@attrs.frozen(kw_only=True)
class Duration(Row):
    """How long an activity lasts."""

    tag: ClassVar[str] = "duration"

    activity: str
    """The kind of event."""
    kind: str | None = None
    """The kind of inspection; None: any."""
    days: int
    """Calendar days from the first day of fieldwork to the last, both counted."""

    def __attrs_post_init__(self) -> None:
        """Refuse a stay of no day."""
        _need(self.days < 1, "is less than a day", self.days)


@attrs.frozen(kw_only=True)
class Suspension(Row):
    """A time in which some activities are suspended; `effective_from` and `_to` are its ends."""

    tag: ClassVar[str] = "suspension"

    activities: tuple[str, ...] = attrs.field(converter=texts)
    """The kinds of event that do not begin while it lasts."""


_R = TypeVar("_R", bound=Row)


class Rows(tuple[_R, ...]):
    """The rows of one provision in one reading, in order of time."""

    alone: tuple[tuple[int, int, _R], ...]
    """The stretches, as ordinals, in which one row is surely in force and no other can be."""

    def __new__(cls, rows: Iterable[_R]) -> Self:
        """Take the rows."""
        made = super().__new__(cls, rows)
        alone = []
        for row in made:
            lo = row.lo if row.effective_from is None else row.effective_from.hi
            hi = row.hi if row.effective_to is None else row.effective_to.lo
            others = [one for one in made if one is not row]
            if lo <= hi and all(one.hi < lo or hi < one.lo for one in others):
                alone.append((lo, hi, row))
        made.alone = tuple(alone)
        return made


ROWS: dict[str, type[Row]] = {
    cls.tag: cls
    for cls in (Cadence, Between, Response, Graded, Only, Status, Route, Limit, Contents, Duration,
                Suspension)
}  # fmt: skip
"""The kinds of row by the name of their table. The set is closed."""


def wire(field: attrs.Attribute[Any]) -> str:
    """A field's name in a file: some names there are words of Python's."""
    return str(field.metadata.get("wire", field.name))


def values(row: Row) -> dict[str, Any]:
    """A row's fields by the names that a framework file uses."""
    fields = attrs.fields(type(row))
    return {wire(field): getattr(row, field.name) for field in fields if field.init}
