"""A picture of an outlook, as SVG: when the next inspection begins, one row for each case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from ..dates import add_months, in_words
from . import outlook as told
from .html import escaped
from .timeline import (
    _BLUE,
    _BODY,
    _FONT,
    _GREY,
    _HATCHES,
    _INK,
    _LARGE,
    _LINE,
    _SMALL,
    _TEAL,
    _diamond,
    _fit,
    _label,
    _measure,
    _rect,
    _text,
    _titled,
)

if TYPE_CHECKING:
    from ..simulation import Outlook

_WIDTH, _LEFT, _RIGHT = 960, 24, 936
_TINY, _MOST = 12, 40
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


class _Picture:
    """What is drawn: bars of stretches of equal length, and below them the middle days."""

    def __init__(self, outlook: Outlook, activity: str) -> None:
        self.outlook, self.activity = outlook, activity
        self.cases = told.cases(outlook, activity)
        self.name = f"{outlook.recorded.provider.name}: {_lower(told.heading(activity))}"
        self.bins, self.months = _bins(outlook, self.cases)
        last = self.bins[-1][1] if self.bins else date.min
        self.shares = [[case.share(*one) for one in self.bins] for case in self.cases]
        self.later = [case.later(last) for case in self.cases]
        self.has_later = any(self.later) and bool(self.bins)
        room = _RIGHT - _LEFT - (54 if self.has_later else 0)
        self.slot = room / max(len(self.bins), 8)
        self.wide = self.slot >= 31
        self.told = self._described()
        self.key = f"outlook-{sha256(self.told.encode('utf-8', 'replace')).hexdigest()[:10]}"
        self.drawn: list[str] = []

    def svg(self) -> str:
        """The whole image."""
        y = 34
        self.drawn.append(
            _text(_LEFT, y, _fit(self.name, _RIGHT - _LEFT, _LARGE), _LARGE, bold=True)
        )
        y = self._lines(f"{_what(self.months)} {self._shares_of()}", y + 22, _GREY)
        if self.bins:
            y = self._rows(y + 6)
            y = self._legend(y + 26)
        else:
            y = self._lines(told.none_words(self.outlook, self.activity), y + 20, _INK) + 10
        height = self._lines(self._foot(), y + 8, _GREY) + 2
        named = f"{self.key}-title {self.key}-desc"
        hatch = (
            f'<defs><pattern id="{self.key}-later" width="8" height="8" '
            f'patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="white"/>'
            f'<path d="{_HATCHES[0]}" stroke="{_BLUE}" stroke-width="1.5"/></pattern></defs>'
        )
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
            f'aria-labelledby="{named}" font-family="{_FONT}" font-size="{_BODY}" fill="{_INK}">',
            f'<title id="{self.key}-title">{escaped(self.name)}</title>',
            f'<desc id="{self.key}-desc">{escaped(self.told)}</desc>',
            hatch,
            f'<rect width="{_WIDTH}" height="{height}" fill="white"/>',
            *self.drawn,
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    # --- Where things are ----------------------------------------------------------------------

    def _x(self, day: date) -> float:
        """Where a day begins: days are even within the stretch of a bar."""
        for index, (first, _) in enumerate(self.bins):
            after = add_months(first, self.months)
            if day < after:
                part = (day - first).days / (after - first).days
                return round(_LEFT + (index + max(part, 0)) * self.slot, 1)
        return round(_LEFT + len(self.bins) * self.slot, 1)

    @property
    def _edge(self) -> float:
        """Where the last bar ends."""
        return round(_LEFT + len(self.bins) * self.slot, 1)

    @property
    def _later_x(self) -> float:
        """The middle of the bar of what comes later."""
        return self._edge + 32

    # --- What is drawn -------------------------------------------------------------------------

    def _rows(self, y: int) -> int:
        """The day of asking, the rows and the axis; gives the place below them."""
        asked = self._x(self.outlook.as_of + timedelta(1))
        words = in_words(self.outlook.as_of)
        self.drawn.append(_text(max(asked - 2, _LEFT), y + 14, f"▾ {words}", _SMALL, bold=True))
        top, number = y + 22, len(self.drawn)
        high = 84 if len(self.cases) <= 4 else 56
        lines = [_middle(self.outlook, case) for case in self.cases]
        beside = all(
            _measure(case.label, _BODY, bold=True) + _measure(line, _SMALL) + 30 <= _RIGHT - _LEFT
            for case, line in zip(self.cases, lines, strict=True)
        )
        most = max(max(row, default=0) for row in (*self.shares, self.later))
        y = top
        for index in range(len(self.cases)):
            y = self._row(index, lines[index], beside, y, high, most)
        behind = [
            f'<path d="M{asked} {top - 4}V{y}" stroke="black" stroke-width="2" '
            'stroke-dasharray="7 3"/>'
        ]
        for first, _ in self.bins:
            if first.month == 1 and first != self.bins[0][0] and self._is_marked(first.year):
                x = self._x(first)
                behind.append(f'<path d="M{x} {top}V{y + 22}" stroke="{_LINE}"/>')
        self.drawn[number:number] = behind
        return self._axis(y)

    def _is_marked(self, year: int) -> bool:
        """Whether a year gets a line: each, or each so many, where bars are years or more."""
        return self.months <= 12 or year % (self.months // 12) == 0

    def _row(self, index: int, line: str, beside: bool, y: int, high: int, most: float) -> int:
        """One case: its name and its middle days, bars, and marks; gives the place below it."""
        case = self.cases[index]
        name = _fit(case.label, _RIGHT - _LEFT if not beside else 10**6)
        self.drawn += _label(_LEFT, y + 18, name, bold=True)
        if beside:
            self.drawn += _label(_RIGHT, y + 18, line, _SMALL, anchor="end")
        else:
            y += 18
            self.drawn += _label(_LEFT, y + 18, _fit(line, _RIGHT - _LEFT, _SMALL), _SMALL)
        base = y + 26 + 18 + high
        self.drawn.append(f'<path d="M{_LEFT} {base}H{self._edge}" stroke="{_INK}"/>')
        for number, share in enumerate(self.shares[index]):
            if share:
                left = _LEFT + number * self.slot
                start = max(left, self._x(self.outlook.as_of + timedelta(1)))
                right = left + self.slot
                gap = min(3.0, self.slot * 0.08)
                wide = max(right - gap - max(start, left + gap), 3)
                self._bar(
                    round(right - gap - wide, 1), wide, base, share * high / most, _BLUE,
                    f"{_bin_words(self.bins[number], self.months)}: {told.percent(share)}",
                )  # fmt: skip
                middle = round(left + self.slot / 2, 1)
                self._percent(middle, base - share * high / most, share)
        if self.has_later:
            self.drawn.append(
                f'<path d="M{self._later_x - 18:g} {base}H{self._later_x + 18:g}" stroke="{_INK}"/>'
            )
            share = self.later[index]
            if share:
                fill = f"url(#{self.key}-later)"
                words = f"later: {told.percent(share)}"
                self._bar(self._later_x - 15, 30, base, share * high / most, fill, words)
                self._percent(self._later_x, base - share * high / most, share, whole=True)
        self._marks(index, base + 9)
        return base + 24

    def _bar(self, x: float, wide: float, base: float, high: float, fill: str, words: str) -> None:
        high = max(round(high, 1), 1.5)
        stroke = None if fill == _BLUE else _BLUE
        rect = _rect(round(x, 1), round(base - high, 1), round(wide, 1), high, fill, stroke)
        self.drawn += _titled(words, [rect])

    def _percent(self, x: float, y: float, share: float, *, whole: bool = False) -> None:
        """The figure over a bar."""
        words = told.percent(share)
        words = words if self.wide or whole else words.rstrip("%")
        self.drawn.append(_text(x, round(min(y, y - 1.5) - 4, 1), words, _TINY, anchor="middle"))

    def _marks(self, index: int, y: float) -> None:
        """The median, and the stretch that holds eight in ten first days."""
        low, middle, high = (self._at(index, share) for share in (0.1, 0.5, 0.9))
        if low is None:
            return
        right = self._edge if high is None else high
        end = "" if high is None else f"M{right} {y - 4}V{y + 4}"
        line = f"M{low} {y}H{right}M{low} {y - 4}V{y + 4}{end}"
        mark = [f'<path d="{line}" stroke="{_TEAL}" stroke-width="3" fill="none"/>']
        mark += [_diamond(middle, y)] if middle is not None else []
        self.drawn += _titled(_middle(self.outlook, self.cases[index]), mark)

    def _at(self, index: int, share: float) -> float | None:
        """Where a quantile of the first day is; None: beyond the horizon."""
        value = next(q.value for q in self.cases[index].days.quantiles if q.share == share)
        return None if value is None else self._x(self.outlook.as_of + timedelta(round(value)))

    def _axis(self, y: int) -> int:
        """What the bars stand for; gives the place below."""
        for index, (first, last) in enumerate(self.bins):
            middle = round(_LEFT + (index + 0.5) * self.slot, 1)
            if self.months == 3:
                words = told.quarter(first)[:2]
                self.drawn.append(_text(middle, y + 14, words, _TINY, anchor="middle"))
            else:
                words = (
                    str(first.year) if self.months == 12 else f"{first.year}–{last.year % 100:02}"
                )
                if _measure(words, _TINY) + 4 <= self.slot or index % 2 == 0:
                    self.drawn.append(_text(middle, y + 14, words, _TINY, anchor="middle"))
        if self.months == 3:
            for year in range(self.bins[0][0].year, self.bins[-1][0].year + 1):
                left, right = self._x(date(year, 1, 1)), self._x(date(year + 1, 1, 1))
                if _measure(str(year), _SMALL, bold=True) <= right - left:
                    middle = round((left + right) / 2, 1)
                    self.drawn.append(
                        _text(middle, y + 31, str(year), _SMALL, bold=True, anchor="middle")
                    )
        if self.has_later:
            self.drawn.append(_text(self._later_x, y + 14, "later", _TINY, anchor="middle"))
        return y + (36 if self.months == 3 else 20)

    def _legend(self, y: int) -> int:
        """What the marks mean; gives the place below."""
        line = f'<path d="M0 7H26M0 3V11M26 3V11" stroke="{_TEAL}" stroke-width="3" fill="none"/>'
        unit = "" if self.wide else ", in per cent"
        items = {
            f"share of the replications{unit}": _rect(6, 0, 14, 14, _BLUE),
            "median day": _diamond(13, 7),
            "eight in ten first days": line,
            "day of asking": '<path d="M13 0V14" stroke="black" stroke-width="2" '
            'stroke-dasharray="7 3"/>',
        }
        x = float(_LEFT)
        for words, mark in items.items():
            self.drawn.append(f'<g transform="translate({round(x)} {y - 11})">{mark}</g>')
            self.drawn.append(_text(round(x) + 34, y, words, _SMALL))
            x += 34 + _measure(words, _SMALL) + 22
        return y + 14

    # --- What is said --------------------------------------------------------------------------

    def _lines(self, words: str, y: int, fill: str) -> int:
        """A text on as many lines as it takes; gives the place below."""
        line = ""
        for word in words.split():
            longer = f"{line} {word}".strip()
            if line and _measure(longer, _SMALL) > _RIGHT - _LEFT:
                self.drawn.append(_text(_LEFT, y, line, _SMALL, fill=fill))
                line, y = "", y + 17
            line = _fit(f"{line} {word}".strip(), _RIGHT - _LEFT, _SMALL)
        self.drawn.append(_text(_LEFT, y, line, _SMALL, fill=fill))
        return y + 17

    def _shares_of(self) -> str:
        outlook = self.outlook
        return f"Under {outlook.framework.id}, {told.span(outlook)}."

    def _foot(self) -> str:
        """What it assumes, in short."""
        outlook = self.outlook
        open_ = len(outlook.scenario.readings)
        readings = f", in each of its open readings ({open_})" if open_ else ""
        rows = [[*row, later] for row, later in zip(self.shares, self.later, strict=True)]
        return (
            f"Assumes that everyone behaves as in “{outlook.behaviour.id}” and that the framework "
            f"stays as it is{readings}: {told.count(len(outlook.assumptions), 'assumption')}; "
            f"weakest basis: {outlook.basis}. {told.count(outlook.replications, 'replication')}, "
            f"seed {outlook.seed}. {told.error_words(self.cases, rows)}"
        )

    def _described(self) -> str:
        """What the picture shows, in words."""
        parts = [f"{self.name}. {_what(self.months)} {self._shares_of()}"]
        if not self.bins:
            parts.append(told.none_words(self.outlook, self.activity))
        for index, case in enumerate(self.cases if self.bins else ()):
            shares = [
                f"{_bin_words(one, self.months)} {told.percent(share)}"
                for one, share in zip(self.bins, self.shares[index], strict=True)
                if share
            ]
            shares += [f"later {told.percent(self.later[index])}"] if self.later[index] else []
            parts.append(f"{case.label}: {', '.join(shares)}; {_middle(self.outlook, case)}.")
        return " ".join([*parts, self._foot()])


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _what(months: int) -> str:
    """What a bar stands for."""
    stretch = "calendar quarter" if months == 3 else "calendar year"
    stretch = stretch if months <= 12 else f"{months // 12} calendar years"
    return f"Share of the replications in which it begins in each {stretch}.".replace(
        "each 5", "each 5"
    )


def _bin_words(one: tuple[date, date], months: int) -> str:
    first, last = one
    if months == 3:
        return told.quarter(first)
    return str(first.year) if months == 12 else f"{first.year} to {last.year}"


def _middle(outlook: Outlook, case: told.Case) -> str:
    """The median day, and the days that hold eight in ten, without days from the day of asking."""
    low, middle, high = (words.split(" (")[0] for words in told.first_days(outlook, case))
    if low.startswith("after"):
        return f"more than nine in ten {low}"
    upto = high if high.startswith("after") else f"to {high}"
    return f"median {middle}; eight in ten from {low} {upto}"


def _bins(outlook: Outlook, some: Sequence[told.Case]) -> tuple[list[tuple[date, date]], int]:
    """The stretches that bars stand for, from the day of asking on, and the months of each."""
    used = [day for case in some for day, number in case.quarters.items() if number]
    if not used:
        return [], 3
    for months in _MONTHS:
        found = list(_stretches(outlook.as_of + timedelta(1), max(used), months))
        if len(found) <= _MOST:
            break
    return found, months


def _stretches(first: date, last: date, months: int) -> Iterator[tuple[date, date]]:
    years = max(months // 12, 1)
    month = 3 * ((first.month - 1) // 3) + 1 if months == 3 else 1
    day = date(max(first.year // years * years, 1), month, 1)
    while day <= last:
        after = add_months(day, months)
        yield day, after - timedelta(1)
        day = after
