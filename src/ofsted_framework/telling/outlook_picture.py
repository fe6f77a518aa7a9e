"""A picture of an outlook, as SVG: when the next inspection begins, one row for each case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from ..dates import add_months, in_words
from . import outlook as told
from .svg import (
    BLUE,
    GREY,
    HATCHES,
    INK,
    LARGE,
    LINE,
    SMALL,
    TEAL,
    diamond,
    drawing,
    fit,
    key_of,
    label_at,
    measure,
    pattern,
    rect,
    text_at,
    titled,
)

if TYPE_CHECKING:
    from ..simulation import Outlook

_WIDTH, _LEFT, _RIGHT = 960, 24, 936
_INDENT, _TINY = _LEFT + 8, 12
_LEAST, _MOST = 8, 40
_MONTHS = (3, 12, 60, 120, 240, 480)
"""How many months a bar may stand for; the fewest of which no more than `_MOST` are needed."""


def outlook_svg(outlook: Outlook, *, only: Iterable[str] = ()) -> str:
    """Draw when the next inspection begins, in each case, as an SVG image.

    Args:
        outlook: The outlook.
        only: The kind of event to draw, the first of these; none: the first that carries grades.

    Returns:
        The image. The same outlook gives the same text. Its `desc` says in words what it shows.

    Raises:
        OfstedFrameworkError: A kind of event is not simulated here.
    """
    return _Picture(outlook, next(iter(told.shown(outlook, only)), "inspection")).svg()


class _Bin(NamedTuple):
    """What a bar stands for."""

    begins: date
    """Its first day; of the first, the day after the day of asking."""
    first: date
    """The first day of its first quarter."""
    last: date
    """Its last day."""

    @property
    def part(self) -> float:
        """How much of its quarters is simulated."""
        return (self.last - self.begins).days / (self.last - self.first).days


class _Picture:
    """What is drawn: bars of stretches of equal length, and below them the middle days."""

    def __init__(self, outlook: Outlook, activity: str) -> None:
        self.outlook, self.activity = outlook, activity
        self.cases = told.cases(outlook, activity)
        self.name = f"{told.heading(activity)}: {outlook.recorded.provider.name}"
        self.bins, self.months = _bins(outlook, self.cases)
        last = self.bins[-1].last if self.bins else date.min
        self.shares = [
            [case.share(one.first, one.last) for one in self.bins] for case in self.cases
        ]
        self.later = [case.later(last) for case in self.cases]
        self.has_later = any(self.later) and bool(self.bins)
        room = _RIGHT - _LEFT - (54 if self.has_later else 0)
        # The first stretch begins with the day of asking; it keeps room for its figure.
        widths = [max(one.part, 0.4) for one in self.bins]
        self.slot = min(room / max(sum(widths), 1), 120.0)
        self.edges = [_LEFT + upto * self.slot for upto in accumulate(widths, initial=0.0)]
        self.wide = self.slot >= 31
        self.told = self._described()
        self.key = key_of("outlook", self.told)
        self.drawn: list[str] = []

    def svg(self) -> str:
        """The whole image."""
        y = 34
        self.drawn.append(
            text_at(_LEFT, y, fit(self.name, _RIGHT - _LEFT, LARGE), LARGE, bold=True)
        )
        y = self._lines(self._what(), y + 22, GREY)
        if self.bins:
            y = self._rows(y + 6)
            y = self._legend(y + 26)
        else:
            y = self._lines(told.none_words(self.outlook, self.activity), y + 20, INK) + 10
        height = self._lines(self._foot(), y + 8, GREY) + 2
        hatch = pattern(self.key, "later", HATCHES[0], BLUE, wide=1.5)
        return drawing(self.key, self.name, self.told, (_WIDTH, height), self.drawn, [hatch])

    # --- Where things are ----------------------------------------------------------------------

    def _x(self, day: date) -> float:
        """Where a day begins: days are even within the stretch of a bar."""
        for index, one in enumerate(self.bins):
            if day <= one.last:
                part = (day - one.begins).days / ((one.last - one.begins).days + 1)
                left, right = self.edges[index : index + 2]
                return round(left + max(part, 0) * (right - left), 1)
        return self._edge

    @property
    def _edge(self) -> float:
        """Where the last bar ends."""
        return round(self.edges[-1], 1)

    @property
    def _later_x(self) -> float:
        """The middle of the bar of what comes later."""
        return self._edge + 32

    # --- What is drawn -------------------------------------------------------------------------

    def _rows(self, y: int) -> int:
        """The day of asking, the rows and the axis; gives the place below them."""
        self.drawn.append(text_at(_LEFT - 5, y + 14, "▾", SMALL))
        words = in_words(self.outlook.as_of)
        self.drawn.append(text_at(_LEFT + 10, y + 14, words, SMALL, bold=True))
        top, number = y + 22, len(self.drawn)
        lines = [_middle(self.outlook, case) for case in self.cases]
        beside = all(
            measure(case.label, bold=True) + measure(line, SMALL) + 30 <= _RIGHT - _INDENT
            for case, line in zip(self.cases, lines, strict=True)
        )
        most = max(max(row) for row in (*self.shares, self.later))
        scale = (84 if len(self.cases) <= 4 else 56) / most
        y = top
        for index, line in enumerate(lines):
            y = self._row(index, line, beside, y, scale, round(scale * most))
        behind = [
            f'<path d="M{_LEFT} {top - 4}V{y}" stroke="black" stroke-width="2" '
            'stroke-dasharray="7 3"/>'
        ]
        for one, left in zip(self.bins[1:], self.edges[1:], strict=False):
            if one.first.month == 1:
                behind.append(f'<path d="M{left:.1f} {top}V{y + 22}" stroke="{LINE}"/>')
        self.drawn[number:number] = behind
        return self._axis(y)

    def _row(self, index: int, line: str, beside: bool, y: int, scale: float, high: int) -> int:
        """One case: its name and its middle days, bars, and marks; gives the place below it."""
        name = self.cases[index].label
        name = name if beside else fit(name, _RIGHT - _INDENT)
        self.drawn += label_at(_INDENT, y + 18, name, bold=True)
        if beside:
            self.drawn += label_at(_RIGHT, y + 18, line, SMALL, anchor="end")
        else:
            y += 18
            self.drawn += label_at(_INDENT, y + 18, line, SMALL)
        base = y + 44 + high
        self.drawn.append(f'<path d="M{_LEFT} {base}H{self._edge}" stroke="{INK}"/>')
        gap = min(3.0, self.slot * 0.08)
        for number, share in enumerate(self.shares[index]):
            if share:
                left, right = self.edges[number : number + 2]
                left += gap if number else 1
                words = f"{self._named(self.bins[number])}: {told.percent(share)}"
                self._bar(left, right - gap, base, share, scale, BLUE, words)
        if self.has_later:
            x, share = self._later_x, self.later[index]
            self.drawn.append(f'<path d="M{x - 18:g} {base}H{x + 18:g}" stroke="{INK}"/>')
            if share:
                fill, words = f"url(#{self.key}-later)", f"later: {told.percent(share)}"
                self._bar(x - 15, x + 15, base, share, scale, fill, words)
        self._marks(index, base + 10)
        return base + 26

    def _bar(
        self, left: float, right: float, base: int, share: float, scale: float, fill: str, name: str
    ) -> None:
        """A bar, and its figure over it."""
        high = max(round(share * scale, 1), 1.5)
        stroke = None if fill == BLUE else BLUE
        wide, top = round(right - left, 1), round(base - high, 1)
        self.drawn += titled(name, [rect(round(left, 1), top, wide, high, fill, stroke)])
        words = told.percent(share)
        words = words if self.wide or stroke else words.rstrip("%")
        middle = max((left + right) / 2, _LEFT + 3 + measure(words, _TINY) / 2)
        self.drawn.append(text_at(middle, round(top - 4, 1), words, _TINY, anchor="middle"))

    def _marks(self, index: int, y: float) -> None:
        """The median, and the stretch that holds eight in ten first days."""
        low, middle, high = (self._at(index, share) for share in (0.1, 0.5, 0.9))
        if low is None:
            return
        right = self._edge if high is None else high
        end = "" if high is None else f"M{right} {y - 4}V{y + 4}"
        line = f"M{low} {y}H{right}M{low} {y - 4}V{y + 4}{end}"
        mark = [f'<path d="{line}" stroke="{TEAL}" stroke-width="3" fill="none"/>']
        mark += [diamond(middle, y)] if middle is not None else []
        self.drawn += titled(_middle(self.outlook, self.cases[index]), mark)

    def _at(self, index: int, share: float) -> float | None:
        """Where a quantile of the first day is; None: beyond the horizon."""
        value = next(q.value for q in self.cases[index].days.quantiles if q.share == share)
        return None if value is None else self._x(self.outlook.as_of + timedelta(round(value)))

    def _axis(self, y: int) -> int:
        """What the bars stand for; gives the place below."""
        room = measure("2000–09", _TINY) + 4
        step = 1 if self.months <= 12 or self.slot >= room else 2
        for index, one in enumerate(self.bins):
            middle = (self.edges[index] + self.edges[index + 1]) / 2
            words = told.quarter(one.first)[:2] if self.months == 3 else str(one.first.year)
            if self.months > 12:
                words += f"–{one.last.year % 100:02}"
            if index % step == 0:
                self.drawn.append(text_at(middle, y + 14, words, _TINY, anchor="middle"))
        if self.has_later:
            self.drawn.append(text_at(self._later_x, y + 14, "later", _TINY, anchor="middle"))
        if self.months > 3:
            return y + 20
        for year in range(self.bins[0].first.year, self.bins[-1].first.year + 1):
            left, right = self._x(date(year, 1, 1)), self._x(date(year + 1, 1, 1))
            if measure(str(year), SMALL, bold=True) <= right - left:
                middle = (left + right) / 2
                self.drawn.append(
                    text_at(middle, y + 31, str(year), SMALL, bold=True, anchor="middle")
                )
        return y + 36

    def _legend(self, y: int) -> int:
        """What the marks mean; gives the place below."""
        line = f'<path d="M0 7H26M0 3V11M26 3V11" stroke="{TEAL}" stroke-width="3" fill="none"/>'
        unit = "" if self.wide else ", in per cent"
        items = {
            f"share of the replications{unit}": rect(6, 0, 14, 14, BLUE),
            "median day": diamond(13, 7),
            "eight in ten first days": line,
            "day of asking": '<path d="M13 0V14" stroke="black" stroke-width="2" '
            'stroke-dasharray="6 2"/>',
        }
        x = float(_LEFT)
        for words, mark in items.items():
            self.drawn.append(f'<g transform="translate({round(x)} {y - 11})">{mark}</g>')
            self.drawn.append(text_at(round(x) + 34, y, words, SMALL))
            x += 34 + measure(words, SMALL) + 24
        return y + 18

    # --- What is said --------------------------------------------------------------------------

    def _lines(self, words: str, y: int, fill: str) -> int:
        """A text on as many lines as it takes; gives the place below."""
        line = ""
        for word in words.split():
            longer = f"{line} {word}".strip()
            if line and measure(longer, SMALL, bold=True) > _RIGHT - _LEFT:
                self.drawn.append(text_at(_LEFT, y, line, SMALL, fill=fill))
                longer, y = word, y + 17
            line = fit(longer, _RIGHT - _LEFT, SMALL)
        self.drawn.append(text_at(_LEFT, y, line, SMALL, fill=fill))
        return y + 17

    def _what(self) -> str:
        """What the bars show."""
        outlook = self.outlook
        if not self.bins:
            return f"Under {outlook.framework.id}."
        stretch = {3: "calendar quarter", 12: "calendar year"}.get(
            self.months, f"stretch of {self.months // 12} calendar years"
        )
        return (
            f"Share of the replications in which it begins in each {stretch}, under "
            f"{outlook.framework.id}, to {in_words(outlook.horizon)}."
        )

    def _named(self, one: _Bin) -> str:
        """What a bar stands for."""
        if self.months == 3:
            return told.quarter(one.first)
        years = one.first.year, one.last.year
        return str(years[0]) if self.months == 12 else f"{years[0]} to {years[1]}"

    def _foot(self) -> str:
        """What it assumes, in short."""
        outlook = self.outlook
        rows = [[*row, later] for row, later in zip(self.shares, self.later, strict=True)]
        error = told.error_words(self.cases, rows) if self.bins else ""
        return (
            f"Assumes that all behave as in {outlook.behaviour.id}, and that this and the "
            f"framework stay as they are ({told.count(len(outlook.assumptions), 'assumption')}); "
            f"weakest basis: {outlook.basis}. {told.count(outlook.replications, 'replication')}, "
            f"seed {outlook.seed}. {error}"
        ).strip()

    def _described(self) -> str:
        """What the picture shows, in words."""
        parts = [f"{self.name}. {self._what()}"]
        if not self.bins:
            parts.append(told.none_words(self.outlook, self.activity))
        for index, case in enumerate(self.cases if self.bins else ()):
            shares = [
                f"{self._named(one)} {told.percent(share)}"
                for one, share in zip(self.bins, self.shares[index], strict=True)
                if share
            ]
            shares += [f"later {told.percent(self.later[index])}"] if self.later[index] else []
            parts.append(f"{case.label}: {', '.join(shares)}; {_middle(self.outlook, case)}.")
        return " ".join([*parts, self._foot()])


def _middle(outlook: Outlook, case: told.Case) -> str:
    """The median day, and the days that hold eight in ten, without days from the day of asking."""
    low, middle, high = (words.split(" (")[0] for words in told.first_days(outlook, case))
    if low.startswith("after"):
        return f"more than nine in ten {low}"
    if high.startswith("after"):
        return f"median {middle}; nine in ten from {low} on"
    return f"median {middle}; eight in ten from {low} to {high}"


def _bins(outlook: Outlook, some: Sequence[told.Case]) -> tuple[list[_Bin], int]:
    """The stretches that bars stand for, from the day of asking on, and the months of each."""
    used = [day for case in some for day, number in case.quarters.items() if number]
    if not used:
        return [], 3
    first = outlook.as_of + timedelta(1)
    # A few that are empty, so that a picture of few bars is not all bars.
    last = max(*used, min(outlook.horizon, add_months(first, 3 * _LEAST)))
    for months in _MONTHS:
        found = list(_stretches(first, last, months))
        if len(found) <= _MOST:
            break
    return found, months


def _stretches(begins: date, last: date, months: int) -> Iterator[_Bin]:
    years = max(months // 12, 1)
    month = 3 * ((begins.month - 1) // 3) + 1 if months == 3 else 1
    day = date(max(begins.year // years * years, 1), month, 1)
    while day <= last:
        after = add_months(day, months)
        yield _Bin(max(day, begins), day, after - timedelta(1))
        day = after
