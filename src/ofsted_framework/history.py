"""What is on record about one provider, and how far the record claims to be complete."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter, itemgetter
from typing import cast

import attrs

from .errors import (
    Fault,
    OfstedFrameworkError,
    is_day,
    is_one_of,
    items,
    nearest,
    no_texts,
    number_of,
    of_class,
    one_day,
    printable,
    texts,
)
from .events import EVENTS, Event, Inspection
from .sources import Basis, to_basis_or_none

PROVIDER_KINDS = ("cafcass", "local-authority")
UNPUBLISHED = ("self-evaluation", "engagement-meeting", "action-plan")
"""The kinds of event that are known on their own day, since nobody publishes them."""
_KIND_ORDER = {kind: place for place, kind in enumerate(EVENTS, 1)}
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


@attrs.frozen(kw_only=True)
class Provider:
    """Whom the record is about."""

    name: str
    """Its name."""
    kind: str
    """`cafcass` or `local-authority`."""
    urn: str | None = None
    """Ofsted's number for it, as text."""
    region: str | None = None
    """The region it lies in."""
    code: str | None = None
    """The code of its area at the Office for National Statistics: `E08000038`."""

    def __attrs_post_init__(self) -> None:
        """Refuse an unknown kind, and what is no text."""
        faults = []
        if not isinstance(self.name, str) or not self.name.strip():
            faults.append(Fault("/name", self.name, "is not a name"))
        if not is_one_of(self.kind, PROVIDER_KINDS):
            message = f"is no kind of provider ({', '.join(PROVIDER_KINDS)})"
            near = nearest(self.kind, PROVIDER_KINDS)
            faults.append(Fault("/kind", self.kind, message, near))
        faults += no_texts(urn=self.urn, region=self.region, code=self.code)
        if faults:
            raise OfstedFrameworkError(faults)


@attrs.frozen(kw_only=True)
class Coverage:
    """A claim that the record holds every event of a kind over a period."""

    type: str
    """The kind of event, or `*` for all kinds."""
    first: date | None = attrs.field(default=None, metadata={"wire": "from"})
    """First day of the period; None: from the beginning."""
    last: date | None = attrs.field(default=None, metadata={"wire": "to"})
    """Last day of the period; None: up to the day of asking, past which no claim reaches."""
    fields: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Fields that are filled wherever there is something to fill; `*` for all of them."""
    omits: str | None = None
    """What the list leaves out by habit. Then absence from it proves nothing."""
    basis: Basis | None = attrs.field(default=None, converter=to_basis_or_none)
    """How well the claim is supported; None: the record's owner vouches for it."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Ids of the facts or documents that the claim rests on."""
    says: str | None = None
    """Why it is made, where that does not speak for itself."""
    lo: int = attrs.field(init=False, eq=False, repr=False)
    """The first day, as an ordinal."""
    hi: int = attrs.field(init=False, eq=False, repr=False)
    """The last day, as an ordinal."""

    def __attrs_post_init__(self) -> None:
        """Refuse an unknown kind and a period that ends before it begins."""
        faults = []
        if not is_one_of(self.type, ("*", *EVENTS)):
            near = nearest(self.type, EVENTS)
            faults.append(Fault("/type", self.type, "is no kind of event", near))
        faults += no_texts(omits=self.omits, says=self.says)
        for name, day in (("/from", self.first), ("/to", self.last)):
            if day is not None and not is_day(day):
                faults.append(Fault(name, day, "is not a day"))
        if faults:
            raise OfstedFrameworkError(faults)
        if self.first is not None and self.last is not None and self.last < self.first:
            faults.append(Fault("/to", self.last.isoformat(), f"is before {self.first}"))
        if faults:
            raise OfstedFrameworkError(faults)
        object.__setattr__(self, "lo", _FIRST if self.first is None else self.first.toordinal())
        object.__setattr__(self, "hi", _LAST if self.last is None else self.last.toordinal())

    def speaks_of(self, kind: str) -> bool:
        """Whether the claim is about this kind of event."""
        return self.type in ("*", kind)


COMPLETE = Coverage(type="*", fields=("*",))
"""The record holds everything: what `coverage="complete"` stands for."""


def _coverage(value: str | Iterable[Coverage]) -> tuple[Coverage, ...]:
    if isinstance(value, str):
        if value == "complete":
            return (COMPLETE,)
        raise OfstedFrameworkError.of("is neither `complete` nor a list of claims", value)
    return tuple(sorted(items(value, Coverage), key=_place))


def _place(claim: Coverage) -> tuple[object, ...]:
    """What puts claims in order: the order in which they are given is nothing."""
    texts = (claim.omits, claim.basis, claim.says)
    told = tuple((text is not None, str(text)) for text in texts)
    kind = _KIND_ORDER.get(claim.type, 0)
    return kind, claim.lo, claim.hi, claim.fields, claim.sources, told


def _ordered(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(
        sorted(items(events, Event), key=lambda event: (event.start.lo, event.start.hi, event.id))
    )


def _unseen(event: Event, now: int) -> Event:
    """An event without what its provider published only later."""
    later = event.published_by_provider if isinstance(event, Inspection) else None
    if later is None or later.lo <= now:
        return event
    return attrs.evolve(cast(Inspection, event), published_by_provider=None)


@attrs.frozen
class History:
    """The record of one provider. Immutable; the order of what is given is nothing."""

    provider: Provider
    """Whom it is about."""
    events: tuple[Event, ...] = attrs.field(default=(), converter=_ordered)
    """What happened, by first possible day."""
    coverage: tuple[Coverage, ...] = attrs.field(default=(), converter=_coverage, kw_only=True)
    """What the record claims to hold in full, by kind and first day; `"complete"` for
    everything."""
    _kinds: dict[str, tuple[Event, ...]] = attrs.field(init=False, eq=False, repr=False)
    _ids: dict[str, Event] = attrs.field(init=False, eq=False, repr=False)
    _gaps: dict[tuple[str, ...], list[tuple[int, int]]] = attrs.field(
        init=False, factory=dict, eq=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        """Index the events; refuse two of one id."""
        of_class(provider=(self.provider, Provider))
        ids: dict[str, Event] = {}
        kinds: dict[str, list[Event]] = {}
        faults = []
        for index, event in enumerate(self.events):
            if event.id in ids:
                faults.append(Fault(f"/events/{index}/id", event.id, "stands twice"))
            ids[event.id] = event
            kinds.setdefault(event.type, []).append(event)
        if faults:
            raise OfstedFrameworkError(faults)
        object.__setattr__(self, "_ids", ids)
        object.__setattr__(self, "_kinds", {kind: tuple(some) for kind, some in kinds.items()})

    @property
    def complete(self) -> bool:
        """Whether the record claims to hold everything."""
        return COMPLETE in self.coverage

    def __repr__(self) -> str:
        number = len(self.events)
        days = f", {self.events[0].start}" if number else ""
        days += f" to {self.events[-1].start}" if number > 1 else ""
        told = f"{number_of(number, 'event')}{days}"
        return printable(f"<History of {self.provider.name}: {told}>")

    def _repr_html_(self) -> str:
        from .telling.html import history_html

        return history_html(self)

    def __hash__(self) -> int:
        """Equal histories have equal hashes."""
        return hash((self.provider, self.events, self.coverage))

    def of_type(self, *kinds: str) -> tuple[Event, ...]:
        """The events of some kinds, by first possible day."""
        if len(kinds) == 1:
            return self._kinds.get(kinds[0], ())
        return _ordered(event for kind in kinds for event in self._kinds.get(kind, ()))

    def get(self, id: str) -> Event | None:
        """The event of that id, if the record has it."""
        return self._ids.get(id)

    def with_event(self, event: Event) -> History:
        """The same record with one more event.

        Raises:
            OfstedFrameworkError: The record has an event of that id already.
        """
        return attrs.evolve(self, events=(*self.events, event))

    def claims(self, kinds: Sequence[str], lo: int, hi: int) -> list[Coverage]:
        """The claims of coverage that speak of any of some kinds in a stretch of ordinals."""
        return [
            claim
            for claim in self.coverage
            if claim.omits is None
            and claim.lo <= hi
            and lo <= claim.hi
            and any(map(claim.speaks_of, kinds))
        ]

    def first_uncovered(self, kinds: Sequence[str], lo: int, hi: int) -> int | None:
        """The first day of a stretch on which an event of some kind could be missing.

        Args:
            kinds: Kinds of event, all of which must be covered.
            lo: First day of the stretch, as an ordinal.
            hi: Last day of the stretch; never past the day of asking.

        Returns:
            The day as an ordinal, or None where absence is evidence throughout.
        """
        gaps = self._uncovered(tuple(kinds))
        place = bisect_left(gaps, lo, key=itemgetter(1))
        day = max(lo, gaps[place][0]) if place < len(gaps) else hi + 1
        return day if day <= hi else None

    def _uncovered(self, kinds: tuple[str, ...]) -> list[tuple[int, int]]:
        """The stretches in which an event of some kind could be missing, in order."""
        found = self._gaps.get(kinds)
        if found is None:
            gaps = []
            for kind in kinds:
                day = _FIRST
                for claim in sorted(self.claims((kind,), day, _LAST), key=attrgetter("lo")):
                    if claim.lo > day:
                        gaps.append((day, claim.lo - 1))
                    day = max(day, claim.hi + 1)
                if day <= _LAST:
                    gaps.append((day, _LAST))
            found = []
            for first, last in sorted(gaps):
                if found and first <= found[-1][1] + 1:
                    first, last = found[-1][0], max(last, found.pop()[1])
                found.append((first, last))
            self._gaps[kinds] = found
        return found

    def holding(self, event: Event, field: str) -> list[Coverage]:
        """The claims that a field of an event is held, so that None says "nothing".

        A day of publication proves that fieldwork ended, whatever is claimed of `end`.
        """
        if field == "end" and event.published is not None:
            return []
        return [
            claim
            for claim in self.coverage
            if claim.speaks_of(event.type)
            and ("*" in claim.fields or field in claim.fields)
            and claim.lo <= event.start.lo
            and event.start.hi <= claim.hi
        ]

    def holds(self, event: Event, field: str) -> bool:
        """Whether the record claims to hold a field of an event, so that None says "nothing"."""
        return bool(self.holding(event, field))

    def known_at(self, day: date) -> History:
        """The record as it could be known on a day: what was published by then.

        Meetings, self-evaluations and plans are known on their own day. Coverage of a kind
        ends before the first of its events that could still have been unpublished.
        """
        now = one_day(day).toordinal()
        kept: list[Event] = []
        ends: dict[str, int] = {}
        for event in self.events:
            told = event.start if event.type in UNPUBLISHED else event.published
            if told is not None and told.hi <= now:
                kept.append(_unseen(event, now))
            elif event.start.lo <= now:
                ends[event.type] = min(ends.get(event.type, now), event.start.lo - 1)
        claims = []
        for claim in self.coverage:
            for kind in EVENTS if claim.type == "*" else (claim.type,):
                last = min(claim.hi, ends.get(kind, now))
                if last >= claim.lo:
                    until = date.fromordinal(last)
                    claims.append(attrs.evolve(claim, type=kind, last=until))
        return History(self.provider, kept, coverage=claims)


NO_HISTORY = "is not a history; what `read` gives holds them in .histories"
