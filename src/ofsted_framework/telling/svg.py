"""Marks that pictures are made of, and the picture around them, as SVG."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from unicodedata import east_asian_width

from ..dates import Window
from ..grades import Grade
from .html import escaped

BLUE, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
INK, GREY, PALE, LINE = "#1D1D1D", "#595959", "#F3F3F3", "#D0D0D0"
FONT = "Arial, Helvetica, 'DejaVu Sans', sans-serif"
SMALL, BODY, LARGE = 13, 14, 18
GRADES: dict[Grade, tuple[str, str, str]] = {
    Grade.OUTSTANDING: ("O", BLUE, "white"),
    Grade.GOOD: ("G", TEAL, "black"),
    Grade.REQUIRES_IMPROVEMENT: ("R", ORANGE, "black"),
    Grade.INADEQUATE: ("I", PLUM, "white"),
    Grade.SATISFACTORY: ("S", "#BFBFBF", "black"),
    Grade.ADEQUATE: ("A", "#BFBFBF", "black"),
    Grade.NOT_JUDGED: ("N", "white", "black"),
}
"""The letter, the colour and the colour of the letter of each grade."""
HATCHES = (
    "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    "M0 0L8 8M6 -2L10 2M-2 6L2 10",
    "M0 4H8",
    "M4 0V8",
    "M0 4H8M4 0V8",
    "M0 0L8 8M8 0L0 8",
)
"""Lines in a square of 8 × 8: one sort for each reading."""


def measure(text: str, size: int = BODY, *, bold: bool = False) -> float:
    """About how wide a text is; rather too wide than too narrow."""
    wide = sum(
        1.0 if east_asian_width(one) in "WF"
        else 0.31 if one in "ijlftrI.,:;'|!()[]-/ "
        else 0.84 if one in "mwMW@%…"
        else 0.7 if one.isupper()
        else 0.5 if one in "ckszvxy"
        else 0.56
        for one in text
    )  # fmt: skip
    return wide * size * (1.1 if bold else 1.04)


def fit(text: str, room: float, size: int = BODY) -> str:
    """As much of a text as there is room for."""
    if measure(text, size, bold=True) <= room:
        return text
    while text and measure(text + "…", size, bold=True) > room:
        text = text[:-1]
    return text + "…"


def titled(title: str, drawn: Sequence[str]) -> list[str]:
    """Some marks with a text that shows when one points at them."""
    return [f"<g><title>{escaped(title)}</title>", *drawn, "</g>"]


def text_at(
    x: float,
    y: float,
    text: str,
    size: int = BODY,
    *,
    bold: bool = False,
    anchor: str = "start",
    fill: str = INK,
) -> str:
    """A text."""
    weight = ' font-weight="bold"' if bold else ""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{round(x, 1)}" y="{y}" font-size="{size}" fill="{fill}"{weight}{where}>'
        f"{escaped(text)}</text>"
    )


def label_at(
    x: float, y: float, text: str, size: int = BODY, *, bold: bool = False, anchor: str = "start"
) -> list[str]:
    """A text on a white ground, so that it can be read on a hatched one."""
    wide = round(measure(text, size, bold=bold), 1)
    left = round(x - wide if anchor == "end" else x, 1)
    ground = (
        f'<rect x="{left - 2:g}" y="{y - size + 1}" width="{wide + 4:g}" height="{size + 3}" '
        f'fill="white" fill-opacity="0.9"/>'
    )
    return [ground, text_at(x, y, text, size, bold=bold, anchor=anchor)]


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    stroke: str | None = None,
    *,
    dashed: bool = False,
    round: int = 0,
    thick: float = 1.5,
) -> str:
    """A box."""
    line = f' stroke="{stroke}" stroke-width="{thick}"' if stroke else ""
    line += ' stroke-dasharray="4 2"' if dashed else ""
    line += f' rx="{round}"' if round else ""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{line}/>'


def chip(x: float, y: float, grade: Grade) -> list[str]:
    """A grade: its letter on its colour."""
    letter, colour, ink = GRADES[grade]
    return [
        rect(x, y, 15, 15, colour, INK if colour == "white" else None, round=2),
        text_at(x + 7.5, y + 12, letter, SMALL, bold=True, anchor="middle", fill=ink),
    ]


def dot(x: float, y: float, fill: str) -> str:
    """A day."""
    return f'<circle cx="{x}" cy="{y}" r="6" fill="{fill}" stroke="{BLUE}" stroke-width="2"/>'


def tick(x: float, y: float) -> str:
    """A day, as a stroke with a head."""
    return (
        f'<path d="M{x} {y}V{y + 14}M{x - 4:g} {y}H{x + 4:g}" stroke="{INK}" stroke-width="2" '
        f'fill="none"/>'
    )


def dashes(left: float, right: float, y: float) -> str:
    """A stretch of days, as a dashed line between two strokes."""
    return (
        f'<path d="M{left} {y}H{right}" stroke="{INK}" stroke-width="1.5" stroke-dasharray="3 2"/>'
        f'<path d="M{left} {y - 4}V{y + 1}M{right} {y - 4}V{y + 1}" stroke="{INK}"/>'
    )


def diamond(x: float, y: float) -> str:
    """A day that is expected."""
    return (
        f'<path d="M{x} {y - 7}L{x + 6:g} {y}L{x} {y + 7}L{x - 6:g} {y}Z" fill="white" '
        f'stroke="{PLUM}" stroke-width="2"/>'
    )


class Axis:
    """Whole years, from the left of a picture to its right."""

    def __init__(self, days: Iterable[date], left: float, right: float) -> None:
        """Of the years of some days, between two places."""
        some = list(days)
        self.first, self.last = min(some).year, max(some).year
        self.lo = date(self.first, 1, 1).toordinal()
        self.hi = date(self.last, 12, 31).toordinal() + 1
        self.left, self.right = left, right
        self.scale = (right - left) / (self.hi - self.lo)

    def x(self, day: int) -> float:
        """Where a day begins; days outside lie on the edge."""
        return round(self.left + (min(max(day, self.lo), self.hi) - self.lo) * self.scale, 1)

    def bar(self, first: int, last: int, least: float = 5) -> tuple[float, float]:
        """Left and right of a bar over days, wide enough to be seen."""
        left, right = self.x(first), self.x(last + 1)
        lack = max(0.0, least - (right - left)) / 2
        left = min(max(round(left - lack, 1), self.left), self.right - least)
        return left, max(round(right + lack, 1), left + least)

    def years(self) -> Iterator[int]:
        """The years that get a line."""
        wide = (self.right - self.left) / (self.last + 1 - self.first)
        step = next(one for one in (1, 2, 5, 10, 20, 50, 100) if one * wide >= 44)
        return (year for year in range(self.first, self.last + 1) if year % step == 0)

    def at_years(self) -> Iterator[tuple[float, str]]:
        """Where the years begin that get a line, and their names."""
        return ((self.x(date(year, 1, 1).toordinal()), str(year)) for year in self.years())

    def lines(self, top: float, bottom: float) -> Iterator[str]:
        """The lines of the years, from above to below."""
        return (f'<path d="M{x} {top}V{bottom}" stroke="{LINE}"/>' for x, _ in self.at_years())

    def asked(self, day: int, words: str, bottom: float) -> Iterator[str]:
        """The line of the day of asking, and its words above it."""
        x, half = self.x(day), measure(words, BODY, bold=True) / 2
        middle = min(max(x, self.left + half), self.right - half)
        yield f'<path d="M{x} 58V{bottom}" stroke="black" stroke-width="2" stroke-dasharray="7 3"/>'
        yield text_at(middle, 54, words, BODY, bold=True, anchor="middle")


def window_marks(
    axis: Axis, key: str, number: int, window: Window | None, now: int, y: float
) -> tuple[list[str], float, float]:
    """A window in which something is due, and its expected day; with its left and its right.

    Args:
        axis: Where days are.
        key: The picture's name; `reading_hatches` are among what it is drawn with.
        number: Which reading it is of, for its hatch.
        window: The window; None: no day is known, and nothing is drawn.
        now: The day of asking, as an ordinal.
        y: Where it is drawn.
    """
    if window is None:
        return [], axis.x(now), axis.x(now)
    first = axis.lo if window.earliest is None else window.earliest.toordinal()
    last = axis.hi if window.latest is None else window.latest.toordinal()
    left, right = axis.bar(first, last)
    fill = f"url(#{key}-reading-{number % len(HATCHES)})"
    drawn = [rect(left, y, round(right - left, 1), 16, fill, PLUM, thick=2)]
    if window.expected is not None:
        drawn.append(diamond(axis.x(window.expected.toordinal()), y + 8))
    return drawn, left, right


def reading_hatches(key: str) -> Iterator[str]:
    """The hatches that windows of different readings have."""
    for number, path in enumerate(HATCHES):
        yield pattern(key, f"reading-{number}", path, PLUM)


def window_legend(key: str, window: Window | None) -> dict[str, str]:
    """What the marks of a window mean."""
    if window is None:
        return {}
    mark = rect(0, 0, 26, 14, f"url(#{key}-reading-0)", PLUM, thick=2)
    found = {"window in which it is due, hatched by reading": mark}
    if window.expected is not None:
        found["expected day"] = diamond(13, 7)
    return found


def legend(items: Mapping[str, str], wide: int, y: int) -> tuple[list[str], int]:
    """What marks mean, in as many lines as it takes; with the place of the last line."""
    drawn, x = list[str](), 16
    for words, mark in items.items():
        room = 34 + round(measure(words, SMALL)) + 22
        if x + room > wide and x > 16:
            x, y = 16, y + 24
        drawn.append(f'<g transform="translate({x} {y - 11})">{mark}</g>')
        drawn.append(text_at(x + 34, y, words, SMALL))
        x += room
    return drawn, y


def key_of(kind: str, told: str) -> str:
    """A name for what a picture's parts refer to, which no other picture on a page has.

    Args:
        kind: What sort of picture it is.
        told: What it shows, in words.
    """
    return f"{kind}-{sha256(told.encode('utf-8', 'replace')).hexdigest()[:10]}"


def pattern(
    key: str, name: str, path: str, stroke: str, ground: str = "white", wide: float = 1
) -> str:
    """A hatch, to be named in `defs` and used as a fill."""
    return (
        f'<pattern id="{key}-{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{ground}"/>'
        f'<path d="{path}" stroke="{stroke}" stroke-width="{wide:g}"/></pattern>'
    )


def drawing(
    key: str,
    title: str,
    told: str,
    size: tuple[float, float],
    parts: Iterable[str],
    defs: Iterable[str] = (),
) -> str:
    """A picture: its title, what it shows in words, and what is drawn on a white ground.

    The ground stays white in the dark: two of the colours could not be told from black.

    Args:
        key: Its name: see `key_of`.
        title: What it is called.
        told: What it shows, in words.
        size: How wide and how high it is.
        parts: What is drawn.
        defs: What is drawn with: see `pattern`.
    """
    wide, high = size
    hatches = "".join(defs)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" '
        f'aria-labelledby="{key}-title {key}-desc" font-family="{FONT}" font-size="{BODY}" '
        f'fill="{INK}">',
        f'<title id="{key}-title">{escaped(title)}</title>',
        f'<desc id="{key}-desc">{escaped(told)}</desc>',
        *([f"<defs>{hatches}</defs>"] if hatches else []),
        f'<rect width="{wide}" height="{high}" fill="white"/>',
        *parts,
        "</svg>",
    ]) + "\n"  # fmt: skip


_WORDS = re.compile("<(title|desc)[^>]*>(.*?)</\\1>", re.DOTALL)


def alt_text(picture: str) -> str:
    """What a picture says to those who do not see it: its title, and what it shows in words.

    Args:
        picture: An SVG image that the library drew.
    """
    parts = {found[1]: html.unescape(found[2]) for found in reversed([*_WORDS.finditer(picture)])}
    return f"{parts['title'].rstrip('.')}. {parts['desc']}"
