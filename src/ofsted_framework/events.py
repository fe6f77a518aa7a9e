"""What happens: one attrs class for each kind of event, told apart by `type`.

Construction refuses what no record could mean. What a real record can get wrong (order of
dates, areas, grades on a visit) is left to the checks, so that it can be loaded and reported.
A field that is None says nothing; an empty tuple says "none".
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from functools import cache
from typing import ClassVar

import attrs

from .dates import When, to_when, to_when_or_none
from .errors import Fault, OfstedFrameworkError, choice, items, nearest, texts, texts_or_none
from .grades import Judgement
from .sources import Basis, to_basis_or_none


class Level(enum.StrEnum):
    """How much of the service an inspection covers."""

    NATIONAL = "national"
    """The whole organisation."""
    REGION = "region"
    """One region."""
    SERVICE_AREA = "service-area"
    """One service area."""


def _level(value: Level | str) -> Level:
    return choice(Level)(value)


@attrs.frozen
class Scope:
    """The part of the service that an event covers."""

    level: Level = attrs.field(converter=_level)
    """National, a region, or a service area."""
    name: str | None = None
    """The region's or area's name; None for the whole nation."""

    def __attrs_post_init__(self) -> None:
        named = self.name is not None
        if named and not isinstance(self.name, str):
            raise OfstedFrameworkError.of("is not of the class str", self.name, "/name")
        if (self.level is Level.NATIONAL) == named or (
            self.name is not None and (not self.name or self.name != self.name.strip())
        ):
            message = "is no scope: a national one has no name, a region or service area needs one"
            raise OfstedFrameworkError.of(message, str(self))

    @classmethod
    def of(cls, value: Scope | str) -> Scope:
        """A scope from its spelling: `national`, `region:East Midlands`, `service-area:Durham`.

        Raises:
            OfstedFrameworkError: It is no such spelling.
        """
        if isinstance(value, Scope):
            return value
        level, _, name = value.partition(":") if isinstance(value, str) else ("", "", "")
        if level not in tuple(Level):
            raise OfstedFrameworkError.of(
                "is not a scope: write national, region:NAME or service-area:NAME",
                value,
                nearest=nearest(level, tuple(Level)),
            )
        return cls(Level(level), name.strip() or None)

    def __str__(self) -> str:
        """The spelling that `of` reads."""
        return str(self.level) if self.name is None else f"{self.level}:{self.name}"


def _scope(value: Scope | str | None) -> Scope | None:
    return None if value is None else Scope.of(value)


@attrs.frozen
class Part:
    """One unbroken stretch of fieldwork, where fieldwork was split."""

    start: When = attrs.field(converter=to_when)
    """Its first day."""
    end: When = attrs.field(converter=to_when)
    """Its last day."""


def _parts(value: Iterable[Part]) -> tuple[Part, ...]:
    return items(value, Part)


def _judgements(value: Iterable[Judgement] | None) -> tuple[Judgement, ...] | None:
    return None if value is None else items(value, Judgement)


@cache
def _plain_fields(cls: type[Event]) -> tuple[tuple[str, type], ...]:
    """The fields of a class that hold a text or a truth, and which of the two."""
    # Types are texts until cattrs resolves them.
    kinds = {"str | None": str, str | None: str, "bool": bool, bool: bool}
    return tuple(
        (field.name, kinds[field.type]) for field in attrs.fields(cls) if field.type in kinds
    )


def _inspectorates(value: Iterable[str] | None) -> tuple[str, ...] | None:
    some = texts_or_none(value)
    return None if some is None else tuple(one.strip().casefold() for one in some)


@attrs.frozen(kw_only=True)
class Event:
    """What every event has in common. Use one of its subclasses."""

    type: ClassVar[str] = ""
    """The event's tag on the wire."""
    label: ClassVar[str] = "event"
    """What people call it."""

    id: str
    """A name for the event, unique in its history."""
    start: When = attrs.field(converter=to_when)
    """The first day of fieldwork, or the day on which it took place or was shared."""
    end: When | None = attrs.field(default=None, converter=to_when_or_none)
    """The last day of fieldwork."""
    published: When | None = attrs.field(default=None, converter=to_when_or_none)
    """The day on which its report or letter was published."""
    parts: tuple[Part, ...] = attrs.field(default=(), converter=_parts)
    """The stretches of split fieldwork; empty where it was not split."""
    scope: Scope | None = attrs.field(default=None, converter=_scope)
    """How much of the service it covered."""
    inspectorates: tuple[str, ...] | None = attrs.field(default=None, converter=_inspectorates)
    """The inspectorates taking part by their short names, for instance `("ofsted", "hmica")`."""
    judgements: tuple[Judgement, ...] | None = attrs.field(default=None, converter=_judgements)
    """The grades given; empty: none were given; None: the record does not say."""
    judgements_partial: bool = False
    """Whether grades were given that are not listed."""
    framework: str | None = None
    """The id of the framework that it was carried out under, where the record says."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Ids of the facts or documents that the event is known from."""
    basis: Basis | None = attrs.field(default=None, converter=to_basis_or_none)
    """How well it is known; None: the record's owner vouches for it."""
    note: str | None = None
    """Anything else worth keeping."""

    def __attrs_post_init__(self) -> None:
        """Refuse what no record could mean."""
        if faults := list(self._faults()):
            raise OfstedFrameworkError(faults)

    def _faults(self) -> Iterator[Fault]:
        if type(self) is Event:
            yield Fault("", "Event", "use one of the kinds of event")
        if type(self.id) is not str or not self.id.strip() or not self.id.isprintable():
            yield Fault("/id", self.id, "is not a name of printable characters")
        for name, kind in _plain_fields(type(self)):  # type: ignore[arg-type]  # a class has a hash
            value = getattr(self, name)
            if value is not None and type(value) is not kind:
                yield Fault(f"/{name}", value, f"is not of the class {kind.__name__}")
        for at, name in enumerate(self.inspectorates or ()):
            if len(name.split()) > 1:  # by its full name nothing would find it
                near = nearest(name, ("ofsted", "hmica", "mcsi"))
                message = "is no short name of an inspectorate, such as ofsted or hmica"
                yield Fault(f"/inspectorates/{at}", name, message, near)
        if self.judgements_partial is True and not self.judgements:
            yield Fault("/judgements_partial", True, "is said of a list of judgements; give one")

    def __str__(self) -> str:
        """The event's name and day, for people."""
        return f"{self.label} {self.id} ({self.start.in_words()})"


@attrs.frozen(kw_only=True)
class Inspection(Event):
    """An inspection that judges: the field's full, judgement, standard, short … inspection."""

    type: ClassVar[str] = "inspection"
    label: ClassVar[str] = "inspection"
    KINDS: ClassVar[tuple[str, ...]] = (
        "full",
        "standard",
        "short",
        "regional",
        "service-area",
        "single",
    )

    kind: str | None = None
    """`full`, `standard`, `short`, `regional`, `service-area` or `single`; None: not known."""
    views: tuple[str, ...] | None = attrs.field(default=None, converter=texts_or_none)
    """Whose views of their own experiences it records: `children`, `parents` …; None: the record
    does not say."""
    published_by_provider: When | None = attrs.field(default=None, converter=to_when_or_none)
    """The day on which the provider itself published the report."""

    def _faults(self) -> Iterator[Fault]:
        # The decorator makes a new class, so a bare super() would name the old one.
        yield from Event._faults(self)
        if type(self.kind) is str and self.kind not in self.KINDS:
            message = f"is no kind of inspection ({', '.join(self.KINDS)})"
            yield Fault("/kind", self.kind, message, nearest(self.kind, self.KINDS))


class PriorityAction(enum.StrEnum):
    """Whether a focused visit's letter names areas for priority action."""

    NEW = "new"
    """It names some."""
    CARRIED_OVER = "carried-over"
    """It names such as an earlier one named."""
    NONE = "none"
    """It names none."""


def _priority(value: PriorityAction | str | None) -> PriorityAction | None:
    return None if value is None else choice(PriorityAction)(value)


@attrs.frozen(kw_only=True)
class FocusedVisit(Event):
    """A visit between inspections that looks at one area of service or cohort of children."""

    type: ClassVar[str] = "focused-visit"
    label: ClassVar[str] = "focused visit"

    theme: str | None = None
    """The area of service or cohort of children that it looked at."""
    priority_action: PriorityAction | None = attrs.field(default=None, converter=_priority)
    """Whether the letter names areas for priority action; None: the record does not say."""


@attrs.frozen(kw_only=True)
class MonitoringVisit(Event):
    """A visit that follows improvement after a judgement of inadequate."""

    type: ClassVar[str] = "monitoring-visit"
    label: ClassVar[str] = "monitoring visit"

    theme: str | None = None
    """What it looked at."""


@attrs.frozen(kw_only=True)
class ThematicReview(Event):
    """A review of one theme across the service."""

    type: ClassVar[str] = "thematic-review"
    label: ClassVar[str] = "thematic review"

    theme: str | None = None
    """Its theme."""


@attrs.frozen(kw_only=True)
class OverviewReport(Event):
    """A report that draws several inspections together."""

    type: ClassVar[str] = "overview-report"
    label: ClassVar[str] = "overview report"

    theme: str | None = None
    """Its subject."""


@attrs.frozen(kw_only=True)
class JointTargetedAreaInspection(Event):
    """An inspection of one theme in one area by several inspectorates (JTAI)."""

    type: ClassVar[str] = "joint-targeted-area-inspection"
    label: ClassVar[str] = "joint targeted area inspection"

    theme: str | None = None
    """Its theme."""


@attrs.frozen(kw_only=True)
class SelfEvaluation(Event):
    """The provider's own evaluation of its practice, on the day it was shared with Ofsted."""

    type: ClassVar[str] = "self-evaluation"
    label: ClassVar[str] = "self-evaluation"

    covers: tuple[str, ...] | None = attrs.field(default=None, converter=texts_or_none)
    """The practice that it covers, for instance `("private-law", "public-law")`."""


@attrs.frozen(kw_only=True)
class EngagementMeeting(Event):
    """A meeting between Ofsted and the provider's leaders."""

    type: ClassVar[str] = "engagement-meeting"
    label: ClassVar[str] = "engagement meeting"

    attended_by: tuple[str, ...] | None = attrs.field(default=None, converter=texts_or_none)
    """Who took part for the provider: `chief-executive`, `senior-leadership` …"""
    reviews: str | None = None
    """The id of the self-evaluation that it reviewed."""


@attrs.frozen(kw_only=True)
class ActionPlan(Event):
    """A plan of action sent in answer to an inspection or visit, on the day it was sent."""

    type: ClassVar[str] = "action-plan"
    label: ClassVar[str] = "action plan"

    follows: str | None = None
    """The id of the inspection or visit that it answers."""
    draft: bool = False
    """Whether it is the early draft."""


EVENTS: dict[str, type[Event]] = {
    cls.type: cls
    for cls in (
        Inspection,
        FocusedVisit,
        MonitoringVisit,
        ThematicReview,
        OverviewReport,
        JointTargetedAreaInspection,
        SelfEvaluation,
        EngagementMeeting,
        ActionPlan,
    )
}
"""The kinds of event by tag. The set is closed."""
