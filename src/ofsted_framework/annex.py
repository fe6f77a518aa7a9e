"""The information request of a framework (Annex A): what is asked for, and a check of a list.

What is asked for changed with the versions of the annex, so that each part has the day of the
version in which it was read, and before that day nothing is known of it. The check is of form
alone: it looks at no child's circumstances and keeps nothing.
"""

from __future__ import annotations

from datetime import date
from numbers import Real
from typing import Literal

import attrs

from .errors import Fault, OfstedFrameworkError, nearest, one_day, texts
from .frames import Listing
from .sources import Basis, to_basis

CHECKS = (
    *("columns", "no-other", "cells", "some", "filled", "yes-no", "yes-no-spelling", "day"),
    *("day-spelling", "local-authority", "order", "closed", "born", "once"),
)
"""What a list is checked for, by name."""


@attrs.frozen(kw_only=True)
class Version:
    """One version of the annex, of which something was read."""

    first: date = attrs.field(metadata={"wire": "from"})
    """Its day."""
    source: str
    """The key of the document in which it was read."""
    says: str
    """What was read: the annex itself, or what another page says of it."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The facts that say so."""


@attrs.frozen(kw_only=True)
class RequestItem:
    """One numbered document that is asked for."""

    number: str
    """Its number, which begins the name of its file: `1.01`."""
    says: str
    """What it is."""
    first: date = attrs.field(metadata={"wire": "from"})
    """The day of the version in which it was read."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The facts that say so."""


@attrs.frozen(kw_only=True)
class ChildField:
    """One field of the list of closed cases."""

    name: str
    """Its name, as the head of a column."""
    kind: Literal["text", "yes-no", "date"] = "text"
    """What it holds. `yes-no` is spelt Y or N."""
    may_be_empty: bool = False
    """Whether a case may have nothing to say here."""
    first: date = attrs.field(metadata={"wire": "from"})
    """The day of the version in which it was read."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The facts that say so."""
    says: str | None = None
    """When it may be empty, or what is not known of it."""


@attrs.frozen(kw_only=True)
class Band:
    """How long a case has been open, in weeks: from a number, up to and without another."""

    weeks: int
    """The least number of weeks."""
    below: int | None = None
    """The number of weeks that is no longer in it; None: without end."""
    first: date = attrs.field(metadata={"wire": "from"})
    """The day of the version in which it was read."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The facts that say so."""

    def __contains__(self, weeks: float) -> bool:
        """Whether a number of weeks lies in it.

        Raises:
            OfstedFrameworkError: It is no number.
        """
        return self.weeks <= _number(weeks) and (self.below is None or weeks < self.below)

    def __str__(self) -> str:
        """As an interval: `[26, 52)`."""
        return f"[{self.weeks}, {'∞' if self.below is None else self.below})"


@attrs.frozen(kw_only=True)
class ListRule:
    """One thing that a list of closed cases is checked for, and what it rests on."""

    id: str
    """Its name, one of `CHECKS`."""
    says: str
    """What a list in good form has, and what of it is assumed."""
    basis: Basis = attrs.field(converter=to_basis)
    """How well it is supported."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The facts that support it; in a fault, those of its field stand instead where there are
    some."""

    def __attrs_post_init__(self) -> None:
        """Refuse a name that stands for no check."""
        if self.id not in CHECKS:
            message = f"is none of {', '.join(CHECKS)}"
            raise OfstedFrameworkError.of(message, self.id, "/id", nearest(self.id, CHECKS))


@attrs.frozen
class ListFault(Fault):
    """One fault of a list of closed cases, with what it rests on."""

    rule: str = ""
    """What the list was checked for, one of `CHECKS`."""
    basis: Basis = Basis.ASSUMED
    """How well that is supported."""
    facts: tuple[str, ...] = ()
    """The facts that support it."""

    def __str__(self) -> str:
        """One readable line, with what it rests on."""
        facts = f": {', '.join(self.facts)}" if self.facts else ""
        return f"{super().__str__()} [{self.rule}, {self.basis}{facts}]"


@attrs.frozen(kw_only=True)
class ListCheck:
    """What a check of a list of closed cases found."""

    faults: tuple[ListFault, ...]
    """Every fault, in the order of rows; none: the list has the form that is asked for."""
    rows: int
    """How many rows were checked."""
    rules: tuple[ListRule, ...]
    """What the list was checked for."""
    not_checked: tuple[str, ...] = ()
    """What was left out of the check, and why."""

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the check assumes, since no document that was read says so."""
        return tuple(one.says for one in self.rules if one.basis is Basis.ASSUMED)

    def to_listing(self) -> Listing:
        """The faults as a table, for a file or a data frame."""
        columns = ("place", "value", "message", "nearest", "rule", "basis", "facts")
        return Listing.of(
            columns,
            (
                (
                    one.place,
                    None if one.value is None else str(one.value),
                    one.message,
                    one.nearest,
                    one.rule,
                    str(one.basis),
                    "; ".join(one.facts),
                )
                for one in self.faults
            ),
        )

    def __str__(self) -> str:
        """In plain English."""
        from .telling.request import checked_text

        return checked_text(self)


@attrs.frozen(kw_only=True)
class InformationRequest:
    """What Ofsted asks for when an inspection or a visit begins."""

    says: str | None
    """To whom it goes, and when; None: not known for the day."""
    first: date = attrs.field(metadata={"wire": "from"})
    """The day of the version in which that and the days below were read."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The facts that say so."""
    closed_within_days: int | None
    """The cases listed are those closed so many days before the inspection begins; None: not
    known for the day."""
    versions: tuple[Version, ...] = ()
    """The versions of which something was read."""
    items: tuple[RequestItem, ...] = ()
    """The documents, by number, as far as they were read."""
    fields: tuple[ChildField, ...] = ()
    """The fields of the list of closed cases."""
    bands: tuple[Band, ...] = ()
    """The bands of time for which cases had been open, at notification."""
    rules: tuple[ListRule, ...] = attrs.field(default=(), metadata={"wire": "checks"})
    """What a list is checked for. A check of which nothing is said here is an assumption."""
    not_known: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """What was not read."""

    @property
    def parts(self) -> tuple[Version | RequestItem | ChildField | Band | ListRule, ...]:
        """Everything in it that rests on facts of its own."""
        return (*self.versions, *self.items, *self.fields, *self.bands, *self.rules)

    def on(self, day: date) -> InformationRequest:
        """The request as it was read for a day: what came in later versions is left out."""
        one_day(day, "on")
        known = day >= self.first
        not_known = self.not_known
        if not known:
            not_known = (f"What was asked for before the version of {self.first}.", *not_known)
        return attrs.evolve(
            self,
            says=self.says if known else None,
            facts=self.facts if known else (),
            closed_within_days=self.closed_within_days if known else None,
            versions=tuple(one for one in self.versions if one.first <= day),
            items=tuple(one for one in self.items if one.first <= day),
            fields=tuple(one for one in self.fields if one.first <= day),
            bands=tuple(one for one in self.bands if one.first <= day),
            rules=self.rules if known else (),
            not_known=not_known,
        )

    def read_in(self, first: date) -> str:
        """The document in which a version was read, by its day; '' where none is named."""
        return next((one.source for one in self.versions if one.first == first), "")

    def band(self, weeks: float) -> Band | None:
        """The band of a number of weeks; None: it has none, or the bands were not read.

        Raises:
            OfstedFrameworkError: It is no number.
        """
        _number(weeks)
        return next((band for band in self.bands if weeks in band), None)

    def check(
        self, cases: object, *, begins: date | None = None, day_first: bool = False
    ) -> ListCheck:
        """Look through a list of closed cases, one row for each child of each case.

        Args:
            cases: The path of a file (CSV, XLSX, ODS), a data frame (pandas, polars), or rows as
                mappings.
            begins: The first day of the inspection; given, each case must have been closed in the
                time before it that is asked for, where the list has end dates.
            day_first: Whether dates are written 22/01/2024; else 2024-01-22. Nothing is guessed.

        Returns:
            Every fault, with its row and field, the value, the nearest good one and what it rests
            on, and what the check assumes. Rows of a file are counted as a spreadsheet does.

        Raises:
            OfstedFrameworkError: The list cannot be read at all, or nothing was read of the
                fields that were asked for on the day.
        """
        if begins is not None:
            one_day(begins, "begins")
        if not self.fields:
            raise OfstedFrameworkError.of("has no fields that were read", place="fields")
        from .tables.closed import checked

        return checked(self, cases, begins, day_first)


def _number(weeks: object) -> float:
    if isinstance(weeks, bool) or not isinstance(weeks, Real):
        raise OfstedFrameworkError.of("is no number of weeks", weeks, "weeks")
    return weeks  # type: ignore[return-value]  # a real number compares as a float does
