"""A picture of a region of assumptions, as SVG: a cell for each pair, and if the claim holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .replies import MARKS, region_legend, spread_words
from .svg import (
    BLUE,
    GREY,
    HATCHES,
    INK,
    LARGE,
    LINE,
    PALE,
    SMALL,
    drawing,
    fit,
    key_of,
    measure,
    pattern,
    rect,
    text_at,
    titled,
)

if TYPE_CHECKING:
    from ..simulation import Region

_WIDTH, _LEFT, _RIGHT = 960, 24, 936
_HIGH, _TINY = 40, 12


def region_svg(region: Region) -> str:
    """Draw where a claim holds, as an SVG image.

    Args:
        region: The map.

    Returns:
        The image. The same map gives the same text. Its `desc` says in words what it shows.
    """
    return _Picture(region).svg()


class _Picture:
    """What is drawn: a grid of cells, their heads, and what they mean."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.told = self._described()
        self.key = key_of("region", self.told)
        self.drawn: list[str] = []

    def svg(self) -> str:
        """The whole image."""
        region = self.region
        y = self._lines(region.claim[:1].upper() + region.claim[1:], 34, INK, LARGE, bold=True)
        y = self._grid(y + 6)
        y = self._legend(y + 26)
        height = self._lines(self._foot(), y + 8, GREY) + 2
        hatch = pattern(self.key, "reading", HATCHES[0], BLUE, wide=1.5)
        size = _WIDTH, height
        return drawing(self.key, region.claim, self.told, size, self.drawn, [hatch])

    def _grid(self, y: int) -> int:
        region = self.region
        heads = [f"{row} *" if row in region.named else row for row in region.rows]
        widest = max(measure(head, SMALL, bold=True) for head in (*heads, region.row_title))
        left = _LEFT + min(widest + 14, 300)
        wide = min((_RIGHT - left) / len(region.columns), 150)
        self.drawn.append(text_at(left, y + 14, region.column_title, SMALL, bold=True))
        title = fit(region.row_title, left - _LEFT, SMALL)
        self.drawn.append(text_at(_LEFT, y + 36, title, SMALL, bold=True))
        for number, column in enumerate(region.columns):
            middle = left + (number + 0.5) * wide
            words = fit(column, wide - 6, SMALL)
            self.drawn.append(text_at(round(middle, 1), y + 36, words, SMALL, anchor="middle"))
        y += 44
        for head, row in zip(heads, region.rows, strict=True):
            named = row in region.named
            words = fit(head, left - _LEFT - 10, SMALL)
            self.drawn.append(text_at(_LEFT, y + 25, words, SMALL, bold=named))
            for number, column in enumerate(region.columns):
                self._cell(round(left + number * wide, 1), y, round(wide, 1), row, column)
            y += _HIGH
        return y

    def _cell(self, x: float, y: int, wide: float, row: str, column: str) -> None:
        cell = self.region.cell(row, column)
        fill, ink = self._fill(str(cell.holds))
        drawn = [rect(x + 1, y + 1, wide - 2, _HIGH - 2, fill, LINE)]
        spread = spread_words(cell)
        narrow = measure(spread, _TINY) > wide - 8
        middle = x + wide / 2
        if str(cell.holds) == "turns on a reading":  # so that words can be read on lines
            drawn.append(rect(x + 5, y + 5, wide - 10, _HIGH - 10, "white"))
        word = MARKS[cell.holds]
        drawn.append(
            text_at(middle, y + (25 if narrow else 17), word, SMALL, fill=ink, anchor="middle",
                  bold=True)
        )  # fmt: skip
        if not narrow:
            drawn.append(text_at(middle, y + 32, spread, _TINY, fill=ink, anchor="middle"))
        words = f"{row}, {column}: {cell.holds}" + (f" ({spread})" if spread else "")
        self.drawn += titled(words, drawn)

    def _fill(self, holds: str) -> tuple[str, str]:
        return {
            "holds": (BLUE, "white"),
            "does not hold": (PALE, INK),
            "turns on a reading": (f"url(#{self.key}-reading)", INK),
            "undetermined": ("white", GREY),
        }[holds]

    def _legend(self, y: int) -> int:
        x = float(_LEFT)
        for holds, mark in MARKS.items():
            if any(cell.holds == holds for cell in self.region.cells):
                self.drawn.append(rect(round(x), y - 12, 18, 14, self._fill(holds)[0], GREY))
                words = f"{mark}: {holds}"
                self.drawn.append(text_at(round(x) + 26, y, words, SMALL))
                x += 26 + measure(words, SMALL) + 26
        return y + 16

    def _lines(
        self, words: str, y: int, fill: str, size: int = SMALL, *, bold: bool = False
    ) -> int:
        """A text on as many lines as it takes; gives the place below."""
        line, step = "", size + 5
        for word in words.split():
            longer = f"{line} {word}".strip()
            if line and measure(longer, size, bold=True) > _RIGHT - _LEFT:
                self.drawn.append(text_at(_LEFT, y, line, size, fill=fill, bold=bold))
                longer, y = word, y + step
            line = fit(longer, _RIGHT - _LEFT, size)
        self.drawn.append(text_at(_LEFT, y, line, size, fill=fill, bold=bold))
        return y + step

    def _foot(self) -> str:
        region = self.region
        return (
            f"{region_legend(region)} Rests on {len(region.assumptions)} assumptions; weakest "
            f"basis: {region.basis}."
        )

    def _described(self) -> str:
        region = self.region
        parts = [f"{region.claim}. Rows: {region.row_title}. Columns: {region.column_title}."]
        for row in region.rows:
            told = ", ".join(f"{c}: {region.cell(row, c).holds}" for c in region.columns)
            parts.append(f"{row}: {told}.")
        return " ".join([*parts, self._foot()])
