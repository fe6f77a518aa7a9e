"""A picture of frameworks in time, as SVG: a band for each, and what its boundaries rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from ..dates import When, in_words, rough_day
from .svg import (
    GREY,
    INK,
    LARGE,
    LINE,
    SMALL,
    TEAL,
    drawing,
    key_of,
    label_at,
    measure,
    rect,
    text_at,
    titled,
)
from .text import listed

if TYPE_CHECKING:
    from ..editions import Framework
    from ..provisions import Row

_WIDTH, _LEFT, _RIGHT = 1200, 16, 1184
_STEP, _BAND = 44, 22
_NAMES = {"cafcass": "Cafcass", "local-authority": "Local authority children's services"}
_DASHED = "dashed: the boundary is some day of these, or both frameworks are in use"
_TICK = "a mark at the foot of a band: from that day, or some day by then, a provision is another"


def frameworks_svg(some: Iterable[Framework], *, until: date) -> str:
    """Draw when frameworks were in force, as an SVG image.

    Args:
        some: The frameworks; those about one kind of provider stand together.
        until: The last day that is drawn; a framework still in force runs on to it.

    Returns:
        The image. Its `desc` says in words what it shows.
    """
    found = sorted(some, key=lambda one: one.provider_kind)
    if not found:
        raise ValueError("there is no framework to draw")
    first = date.fromordinal(min(one.start.lo for one in found)).year
    lo, hi = date(first, 1, 1).toordinal(), until.toordinal() + 1
    scale = (_RIGHT - _LEFT) / (hi - lo)

    def x(day: int) -> float:
        return round(_LEFT + (min(max(day, lo), hi) - lo) * scale, 1)

    drawn: list[str] = []
    y = 76
    for kind, group in groupby(found, key=lambda one: one.provider_kind):
        drawn.append(text_at(_LEFT, y + 8, _NAMES.get(kind, kind), bold=True))
        y += 22
        for one in group:
            drawn += titled(f"{one.title}: {_words(one)}", list(_band(one, x, y)))
            words = f"{one.id}: {_words(one)}"
            # A font that stands in for another may be wider than what is measured.
            place = round(min(x(one.start.lo), _RIGHT - 1.2 * measure(words, SMALL)), 1)
            drawn += label_at(place, y + _BAND + 17, words, SMALL)
            y += _STEP + 6
        y += 8
    for number, line in enumerate((_DASHED, _TICK)):
        drawn.append(text_at(_LEFT, y + 14 + 18 * number, line, SMALL, fill=GREY))
    height = y + 44
    years = [year for year in range(first, until.year + 1) if year == first or not year % 2]
    lines = [f'<path d="M{_at(year, x)} 44V{y}" stroke="{LINE}"/>' for year in years]
    names = [text_at(_at(year, x) + 3, 56, str(year), SMALL) for year in years]
    title = "Frameworks in time"
    told = ". ".join(f"{one.id}: {_words(one)}" for one in found)
    told = f"{told}, as of {in_words(until)}."
    parts = [text_at(_LEFT, 30, title, LARGE, bold=True), *lines, *names, *drawn]
    return drawing(key_of("frameworks", told), title, told, (_WIDTH, height), parts)


def _at(year: int, x: Callable[[int], float]) -> float:
    return x(date(year, 1, 1).toordinal())


def _band(one: Framework, x: Callable[[int], float], y: int) -> Iterator[str]:
    """A band, solid on the days on which the framework was surely alone in force."""
    left, right = x(one.start.lo), x(one.end.hi + 1 if one.end else 10**7)
    sure = [one.start.hi, one.end.lo + 1 if one.end else 10**7]
    if one.beside is not None:  # in use with another until then, or from then
        first, last = one.beside.first.toordinal(), one.beside.last.toordinal()
        if first <= one.start.hi:
            sure[0] = max(sure[0], last + 1)
        else:
            sure[1] = min(sure[1], first)
    if [left, right] != [x(sure[0]), x(sure[1])]:
        yield rect(left, y, round(right - left, 1), _BAND, "white", TEAL, dashed=True, round=6)
    if sure[0] < sure[1]:
        wide = round(x(sure[1]) - x(sure[0]), 1)
        yield rect(x(sure[0]), y, wide, _BAND, "#E1F2F1", TEAL)
    for day in _changes(one.rows, one.start):
        place = x(day)
        yield f'<path d="M{place} {y + _BAND - 6}V{y + _BAND}" stroke="{INK}" stroke-width="2"/>'


def _changes(rows: Sequence[Row], start: When) -> list[int]:
    """The first days of rows that do not hold from the beginning."""
    days = {row.effective_from.hi for row in rows if row.effective_from is not None}
    return sorted(day for day in days if day > start.hi)


def _words(one: Framework) -> str:
    told = f"from {rough_day(one.start)}"
    if one.end is not None:
        told += f" to {rough_day(one.end)}"
    for part in ("start", "end"):
        some = dict.fromkeys(str(g.basis) for g in one.grounds if g.part == part)
        if some:
            told += f"{';' if part == 'start' else ','} {part} {listed(some)}"
    return told
