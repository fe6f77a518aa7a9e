"""What differs between two frameworks, or between two editions of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import attrs

from .editions import Framework, framework
from .errors import OfstedFrameworkError
from .provisions import Row, values
from .sources import Source

Sort = Literal["added", "ended", "changed"]
# What a framework consists of, besides its rows.
_PLAIN = tuple(
    field.name for field in attrs.fields(Framework) if field.init and field.name != "rows"
)


@attrs.frozen(kw_only=True)
class RowChange:
    """One row that is there on one side only, or that says something else on the other."""

    sort: Sort
    """`added`, `ended` or `changed`."""
    before: Row | None
    """The row of the first framework; None: added."""
    after: Row | None
    """The row of the second framework; None: ended."""

    @property
    def row(self) -> Row:
        """The row as it is after the change, or as it was where it ended."""
        found = self.after or self.before
        assert found is not None  # a change has at least one of the two
        return found

    @property
    def fields(self) -> dict[str, tuple[Any, Any]]:
        """What a changed row says otherwise: field by the name in a file, before, after."""
        if self.before is None or self.after is None:
            return {}
        was, now = values(self.before), values(self.after)
        names = dict.fromkeys((*was, *now))
        return {n: (was.get(n), now.get(n)) for n in names if was.get(n) != now.get(n)}


@attrs.frozen(kw_only=True)
class AreaChange:
    """One area that is named on one side only, or otherwise."""

    sort: Sort
    """`added`, `ended` or `changed`."""
    area: str
    """Its code."""
    before: str | None
    """Its name in the first framework."""
    after: str | None
    """Its name in the second."""


@attrs.frozen(kw_only=True)
class SourceChange:
    """One document that only one of the two frameworks rests on, or that is told otherwise."""

    sort: Sort
    """`added`, `ended` or `changed`."""
    before: Source | None
    """The document as the first tells it."""
    after: Source | None
    """The document as the second tells it."""


@attrs.frozen(kw_only=True)
class Difference:
    """What differs between two frameworks: empty where nothing does."""

    one: str
    """The first: its id, or as it was named on the command line."""
    other: str
    """The second, likewise."""
    rows: tuple[RowChange, ...]
    """Rows added, ended and changed, in the order of the second; then those that ended."""
    areas: tuple[AreaChange, ...]
    """Areas added, ended and changed."""
    sources: tuple[SourceChange, ...]
    """Documents added, ended and changed."""
    values: dict[str, tuple[Any, Any]] = attrs.field(hash=False)
    """Whatever else differs: field of the framework, before, after."""
    _order: tuple[int | Row, ...] = attrs.field(alias="order", repr=False)
    """The rows of the second: a place among the rows of the first, or a row that is not there."""

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.rows or self.values or self.sources or self._reordered)

    @property
    def _reordered(self) -> bool:
        places = [place for place in self._order if isinstance(place, int)]
        return places != sorted(places)

    def apply(self, framework: Framework) -> Framework:
        """The second framework, made from the first.

        Raises:
            OfstedFrameworkError: The framework is not the one that the difference begins with.
        """
        faults = [name for name, (was, _) in self.values.items() if getattr(framework, name) != was]
        gone = [change.before for change in self.rows if change.before is not None]
        missing = [row.id for row in gone if row not in framework.rows]
        kept = len(framework.rows) - len(gone)
        if faults or missing or kept != sum(isinstance(place, int) for place in self._order):
            message = f"is not the framework that the difference begins with ({self.one})"
            raise OfstedFrameworkError.of(message, framework.id)
        new = {name: now for name, (_, now) in self.values.items()}
        rows = tuple(
            framework.rows[place] if isinstance(place, int) else place for place in self._order
        )
        return attrs.evolve(framework, rows=rows, **new)

    def explain(self) -> str:
        """The difference in plain English."""
        from .telling.editions import difference_text

        return difference_text(self)


def diff(one: Framework | str | Path, other: Framework | str | Path) -> Difference:
    """Compare two frameworks, or two editions of one.

    Args:
        one: The first, for instance `framework.at(date(2022, 12, 31))`; or the id or the path of
            one, as `framework` takes it.
        other: The second, for instance `framework.at(date(2023, 1, 1))`; likewise.

    Returns:
        Rows, areas and sources added, ended and changed. `apply` makes the second of the first.

    Raises:
        OfstedFrameworkError: One of them is no framework, nor the id or path of one.
    """
    one, other = _looked_up(one), _looked_up(other)
    waiting: dict[Row, list[int]] = {}
    for place, row in enumerate(one.rows):
        waiting.setdefault(row, []).append(place)
    order: list[int | Row] = []
    for row in other.rows:
        places = waiting.get(row)
        order.append(places.pop(0) if places else row)
    same = {place for place in order if isinstance(place, int)}
    left = [row for place, row in enumerate(one.rows) if place not in same]
    new = [row for row in order if isinstance(row, Row)]
    pairs = _counterparts(new, left)
    changes = [
        RowChange(sort="changed" if place in pairs else "added", before=pairs.get(place), after=row)
        for place, row in enumerate(new)
    ]
    changes += (RowChange(sort="ended", before=row, after=None) for row in left)
    return Difference(
        one=one.id,
        other=other.id,
        rows=tuple(changes),
        areas=_areas(one, other),
        sources=_sources(one, other),
        values={
            name: (getattr(one, name), getattr(other, name))
            for name in _PLAIN
            if getattr(one, name) != getattr(other, name)
        },
        order=tuple(order),
    )


def _looked_up(value: Framework | str | Path) -> Framework:
    return value if isinstance(value, Framework) else framework(value)


def _counterparts(new: Sequence[Row], left: list[Row]) -> dict[int, Row]:
    """The rows that others take the place of, which are taken out of those left.

    A row takes the place of one of its id, kind and reading: of one that begins on the same day if
    there is one, else the latest takes the place of the latest.
    """
    found: dict[int, Row] = {}
    order = sorted(range(len(new)), key=lambda place: new[place].lo, reverse=True)
    for same_day in (True, False):
        for place in (place for place in order if place not in found):
            row = new[place]
            some = [
                old
                for old in left
                if (old.id, old.tag, old.reading) == (row.id, row.tag, row.reading)
                and (not same_day or old.effective_from == row.effective_from)
            ]
            if some:
                found[place] = max(some, key=lambda old: old.lo)
                left.remove(found[place])
    return found


def _areas(one: Framework, other: Framework) -> tuple[AreaChange, ...]:
    found = []
    for area in dict.fromkeys((*one.areas, *other.areas)):
        was, now = one.areas.get(area), other.areas.get(area)
        if was != now:
            found.append(AreaChange(sort=_sort(was, now), area=area, before=was, after=now))
    return tuple(found)


def _sources(one: Framework, other: Framework) -> tuple[SourceChange, ...]:
    old = {source.key: source for source in one.sources}
    new = {source.key: source for source in other.sources}
    found = []
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if was != now:
            found.append(SourceChange(sort=_sort(was, now), before=was, after=now))
    return tuple(found)


def _sort(was: object, now: object) -> Sort:
    return "added" if was is None else "ended" if now is None else "changed"
