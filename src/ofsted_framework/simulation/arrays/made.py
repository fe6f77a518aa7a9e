"""What the array form keeps events in, and what replications owe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ...events import Event
from ...windows import NEVER
from ..scenario import EVENT_WORDS
from .lookups import Ints, Spans, all_those, those


class Column:
    """Events of one kind and place, one for each of some replications."""

    __slots__ = (
        "_ends", "at", "end", "event", "graded", "grades", "held", "kind", "out", "place",
        "priority", "published", "start", "type", "where",
    )  # fmt: skip

    def __init__(self, type: str, at: Ints, start: Ints, place: int, none: Nones) -> None:
        """Begin some events; arrays are put in place of one another, and never changed."""
        self.type, self.at, self.start, self.place = type, at, start, place
        self.end = start
        size = at.size
        self.published = none.zeros[:size]
        """The day of publication; 0: none."""
        self.kind = none.ones[:size]
        """The number of the kind of inspection; -1: none."""
        self.grades: dict[str, Ints] = {}
        self.out = none.false[:size]
        """Whether it is out which grades were given, if any."""
        self.graded = self.out
        """Whether grades were given, and are out."""
        self.priority: Ints | None = None
        self.held: dict[str, Ints] = {}
        self.event: Event | None = None
        self.where: Ints | None = None
        self._ends: tuple[int, int] | None = None

    @property
    def ends(self) -> tuple[int, int]:
        """The first and the last of their first days."""
        if self._ends is None:
            self._ends = int(self.start.min(initial=NEVER)), int(self.start.max(initial=0))
        return self._ends

    def of(self, at: Ints) -> Ints:
        """Where the events of some of its replications stand."""
        if at is self.at or at.size == self.at.size:
            return slice(None)
        if self.where is None:
            small = self.at.size <= np.iinfo(np.int16).max
            self.where = np.zeros(int(self.at[-1]) + 1, np.int16 if small else np.int32)
            self.where[self.at] = np.arange(self.at.size)
        return self.where.take(at)

    def pack(self, everyone: Ints) -> None:
        """Keep days and replications, once they are settled, in half of the room.

        Args:
            everyone: The array of all replications, which columns share.
        """
        same = self.end is self.start
        for name in ("at", "start", "end", "published"):
            if getattr(self, name) is not everyone:
                setattr(self, name, getattr(self, name).astype(np.int32, copy=False))
        if same:
            self.end = self.start

    def bare(self, none: Nones) -> None:
        """Forget all but what the events are, and when."""
        size = self.at.size
        self.end, self.published = self.start, none.zeros[:size]
        self.kind, self.out, self.graded = none.ones[:size], none.false[:size], none.false[:size]
        self.grades, self.priority, self.held = {}, None, {}

    def part(self, some: Any) -> Column:
        """The events in some of the places."""
        part: Column = object.__new__(Column)
        part.type, part.place, part.event = self.type, self.place, self.event
        part.at, part.start, part.kind = all_those(some, self.at, self.start, self.kind)
        part.end = part.start if self.end is self.start else those(self.end, some)
        part.published, part.out = all_those(some, self.published, self.out)
        part.graded = part.out if self.graded is self.out else those(self.graded, some)
        part.grades = {area: those(given, some) for area, given in self.grades.items()}
        part.priority = None if self.priority is None else those(self.priority, some)
        part.held, part.where, part._ends = {}, None, None
        return part


class Nones:
    """Arrays that stand for nothing, which columns share."""

    __slots__ = ("false", "ones", "true", "zeros")

    def __init__(self, size: int) -> None:
        self.zeros, self.ones = np.zeros(size, np.int32), np.full(size, -1, np.int8)
        self.false, self.true = np.zeros(size, bool), np.ones(size, bool)
        for one in (self.zeros, self.ones, self.false, self.true):
            one.flags.writeable = False


class Where(NamedTuple):
    """Where the numbers of some events stand: the stream, and for rows in a row slot and word."""

    stream: str
    slots: tuple[tuple[int, int, int], ...]
    """Slot, first word, and the row up to which they are those."""

    def next(self) -> Where:
        """Of the events that come next in each slot."""
        slots = ((slot, word + EVENT_WORDS, upto) for slot, word, upto in self.slots)
        return Where(self.stream, tuple(slots))

    def part(self, some: Ints) -> Where:
        """Of the events in some of the places, which are in order."""
        if len(self.slots) == 1:
            slot, word, _ = self.slots[0]
            return Where(self.stream, ((slot, word, some.size),))
        ends = np.searchsorted(some, [upto for _, _, upto in self.slots]).tolist()
        return Where(
            self.stream,
            tuple((slot, word, end) for (slot, word, _), end in zip(self.slots, ends, strict=True)),
        )


class Turn(NamedTuple):
    """What some replications owe at a turn of an activity, and what they had before."""

    first: bool
    """Whether it is the first turn."""
    where: Where
    """Where the numbers of the turn stand."""
    at: Ints
    span: Spans
    had: Ints | int
    """What was before: 0 nothing, 1 an event of the record, 2 one that was made."""
    begun: Ints
    """The first days of those before."""
    ended: Ints
    """The last days of those before."""
    anchors: Ints
    """The days on which the clocks started: those of the ones before, or of windows gone by."""

    def part(self, some: Any) -> Turn:
        """Those in some of the places, which are in order."""
        if isinstance(some, slice):
            return self
        at, begun, ended = all_those(some, self.at, self.begun, self.ended)
        return Turn(
            self.first,
            self.where.part(some),
            at,
            self.span.part(some),
            self.had if isinstance(self.had, int) else those(self.had, some),
            begun,
            ended,
            begun if self.anchors is self.begun else those(self.anchors, some),
        )


class Stretches:
    """What lies from events of one slot to the next bound, for some replications."""

    __slots__ = ("already", "at", "begun", "close", "ended", "first", "least", "most", "slots")

    def __init__(
        self, slot: int, begun: Column, at: Ints, first: Ints, close: Ints, already: Ints
    ) -> None:
        self.slots: tuple[tuple[int, int], ...] = ((slot, at.size),)
        """Slot, and the place up to which it is that one."""
        self.begun, self.at, self.first, self.close = begun, at, first, close
        self.ended: Ints = begun.end[begun.of(at)].astype(np.int32, copy=False)
        """The last day of what begins each stretch."""
        self.already = already
        """How many visits there are already."""
        self.least: Ints = None
        self.most: Ints = None

    def part(self, some: Ints) -> Stretches:
        """Those in some places."""
        ((slot, _),) = self.slots
        first, close, already = self.first[some], self.close[some], self.already[some]
        return Stretches(slot, self.begun, self.at[some], first, close, already)

    @classmethod
    def joined(cls, some: Sequence[Stretches]) -> Stretches:
        """Those of several slots as one."""
        if len(some) == 1:
            return some[0]
        whole: Stretches = object.__new__(cls)
        for name in ("already", "at", "close", "ended", "least", "most"):
            setattr(whole, name, np.concatenate([getattr(one, name) for one in some]))
            if name not in ("already", "at", "close"):
                for one in some:
                    setattr(one, name, None)
        whole.begun = some[0].begun
        upto, slots = 0, []
        for one in some:
            upto += one.at.size
            slots.append((one.slots[0][0], upto))
        whole.slots = tuple(slots)
        return whole

    def where(self, stream: str) -> Where:
        """Where the first numbers of their slots stand."""
        return Where(stream, tuple((slot, 0, upto) for slot, upto in self.slots))


def spread(some: Ints, places: Ints | None, size: int, none: int) -> Ints:
    """What some of the places have, and nothing in the others."""
    if places is None:
        return some
    whole = np.full(size, none, some.dtype)
    whole[places] = some
    return whole
