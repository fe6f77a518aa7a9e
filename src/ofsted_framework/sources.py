"""Where a statement comes from, and how much weight it can bear."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date

import attrs

from .errors import choice


class Basis(enum.StrEnum):
    """How well a statement is supported, from the strongest to the weakest."""

    OFFICIAL = "official"
    """Read in the official text, or in law in force; never a proposal, Bill or consultation."""
    REPORTED = "reported"
    """Read in the press, or on a council's or Cafcass's own page."""
    INFERRED = "inferred"
    """Worked out from records or from other facts."""
    ASSUMED = "assumed"
    """Our own choice, or the user's."""

    @property
    def severity(self) -> Severity:
        """The most that a departure resting on this may be called."""
        return _CAP[self]


class Severity(enum.StrEnum):
    """How serious a departure may be called, given what it rests on."""

    ERROR = "error"
    """It rests on what is official, or holds by definition."""
    WARNING = "warning"
    """The weakest thing that it rests on is reported."""
    NOTE = "note"
    """The weakest thing that it rests on is inferred or assumed."""


def to_basis(value: Basis | str) -> Basis:
    """A basis from its word."""
    return choice(Basis)(value)


def to_basis_or_none(value: Basis | str | None) -> Basis | None:
    """A basis from its word, where none may be stated."""
    return None if value is None else to_basis(value)


_ORDER = {basis: rank for rank, basis in enumerate(Basis)}
_CAP = {
    Basis.OFFICIAL: Severity.ERROR,
    Basis.REPORTED: Severity.WARNING,
    Basis.INFERRED: Severity.NOTE,
    Basis.ASSUMED: Severity.NOTE,
}


def weakest(bases: Iterable[Basis | None]) -> Basis | None:
    """The weakest of some bases; None where none is stated (the record's owner vouches)."""
    return max((b for b in bases if b is not None), key=_ORDER.__getitem__, default=None)


def strongest(bases: Iterable[Basis]) -> Basis | None:
    """The strongest of some bases; None where there is none."""
    return min(bases, key=_ORDER.__getitem__, default=None)


@attrs.frozen(kw_only=True)
class Source:
    """A document in which facts were read."""

    key: str
    """Short key, as facts name it: `F1`; of a list of the library's, `cafcass-2021:F1`."""
    title: str
    """What the document is, in a few words."""
    kind: str
    """`official` or `reported`."""
    dated: str = "undated"
    """The date or version that the document states."""
    address: str | None = None
    """Where it was read, when it has an address."""
    also: tuple[str, ...] = ()
    """Further addresses of the same text."""
    checked: date | None = None
    """The day on which what is said of it here was last compared with it."""


@attrs.frozen(kw_only=True)
class Fact:
    """One thing that a source says, or that follows from others that do."""

    id: str
    """`list:row`, for instance `cafcass-2021:A-01`."""
    status: str
    """`read`, `read-2` (a secondary source), `inferred` or `unknown`."""
    says: str
    """The fact, in our own words."""
    sources: tuple[str, ...] = ()
    """Keys of the sources in which it was read."""
    rests_on: tuple[str, ...] = attrs.field(default=(), metadata={"wire": "from"})
    """Ids of the facts that it was worked out from."""


@attrs.frozen(kw_only=True, cache_hash=True)
class Ground:
    """What one part of a row rests on: its sentence, its reading, its opening, one value."""

    part: str
    """`sentence`, `reading`, `opening`, or the name of a field of the row."""
    basis: Basis = attrs.field(converter=to_basis)
    """How well that part is supported."""
    facts: tuple[str, ...] = ()
    """Ids of the facts that support it."""
    says: str | None = None
    """Why, where a fact alone does not tell."""
    first: date | None = attrs.field(default=None, metadata={"wire": "from"})
    """First day for which this support was read; None: from the row's beginning."""
    last: date | None = attrs.field(default=None, metadata={"wire": "to"})
    """Last day for which this support was read; None: with no end."""

    def in_force(self, first: date, last: date) -> bool:
        """Whether this support speaks for any day of a stretch, both ends included."""
        return (self.first is None or self.first <= last) and (
            self.last is None or first <= self.last
        )


@attrs.frozen(kw_only=True)
class Citation:
    """A fact as it is cited in an answer."""

    fact: str
    """The fact's id."""
    says: str
    """The fact, in our own words."""
    sources: tuple[Source, ...] = ()
    """The documents in which it was read."""

    def __str__(self) -> str:
        """The fact's id, with the title and date of its first source."""
        if not self.sources:
            return self.fact
        first, more = self.sources[0], len(self.sources) - 1
        also = f", and {more} more" if more else ""
        return f"{self.fact}: {first.title} ({first.dated}){also}"
