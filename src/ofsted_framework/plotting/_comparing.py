"""Charts of comparisons, and of regions of assumptions."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..errors import of_class
from ..frames import Listing
from ..simulation import Cell, Comparison, Difference, Region
from ..telling.replies import (
    MARKS,
    difference_words,
    number_words,
    region_legend,
    spread_words,
    which_words,
)
from ..telling.svg import BLUE, INK, LINE, PALE, PLUM, fit, measure
from ._chart import (
    LEFT,
    RIGHT,
    SMALL,
    TINY,
    Chart,
    Given,
    Panel,
    lines,
    settings,
    sheet,
    words,
)
from ._outlooks import ends_of, few_words, high_of, told_rows

_SIGNS: dict[int | None, tuple[str, str, str]] = {
    1: ("^", BLUE, BLUE),
    -1: ("v", PLUM, PLUM),
    None: ("o", "white", INK),
}
"""The mark of a difference, its colour and that of its edge."""


def comparison_chart(comparison: Comparison, *, ax: Given = None) -> Chart:
    """Draw the differences of a comparison, each with its interval.

    Args:
        comparison: The comparison, as `compare` gives it.
        ax: Your own axes, one for each figure that is compared.

    Raises:
        OfstedFrameworkError: There are more or fewer axes than figures.
    """
    of_class(comparison=(comparison, Comparison))
    first, second = comparison.names
    title = f"{first[:1].upper()}{first[1:]} less {second}"
    figures = [one for one in comparison.figures if comparison.select(one.what)]
    what = (
        "Difference of each figure, pair by pair, with the interval that holds it in 95 of 100 "
        f"simulations. Triangle up: {first} has more. Triangle down: {second} has more. Circle: "
        "that cannot be told."
    )
    panels, sentences = [], []
    rows: list[tuple[object, ...]] = []
    for figure_ in figures:
        some = comparison.select(figure_.what)
        drawn = ends_of(some)
        head = figure_.says[:1].upper() + figure_.says[1:]
        under = few_words(some) if len(drawn) < len(some) else ""
        panels.append(Panel(high_of([_told(one) for one in drawn]), head, under, below=24))
        for one in some:
            case = one.case or "none open"
            low, high = one.interval() or (None, None)
            rows.append(
                (figure_.says, case, one.pairs, *one.means, one.mean, low, high,
                 which_words(one, comparison.names))
            )  # fmt: skip
            sentences.append(f"{figure_.says}, {case}: {difference_words(one, comparison.names)}")
    with settings():
        figure, axes = sheet(title, what, comparison.assumptions, panels, ax)
        for each, own in zip(figures, axes, strict=True):
            _differences(own, ends_of(comparison.select(each.what)))
    heads = ("figure", "readings", "pairs", first, second, "difference", "low", "high", "which")
    return Chart(
        title=title, what=what, told=tuple(sentences), numbers=Listing.of(heads, rows),
        assumptions=comparison.assumptions, figure=figure,
    )  # fmt: skip


def _told(one: Difference) -> str:
    """A difference in a few words."""
    name = f"{one.case}: " if one.case else ""
    if one.mean is None:
        return f"{name}means lie beyond the horizon"
    low, high = one.interval() or (None, None)
    return f"{name}{number_words(one.mean)} ({number_words(low)} to {number_words(high)})"


def _differences(ax: Axes, some: Sequence[Difference]) -> None:
    """A row for each case: its name and figures, and below them the difference."""
    spans = [one.interval() or (one.mean or 0.0,) * 2 for one in some]
    low = min(0.0, *(low for low, _ in spans))
    high = max(0.0, *(high for _, high in spans))
    edge = 0.06 * (high - low or 1)
    low, high = low - edge, high + edge
    ax.set_xlim(low, high)
    told = [_told(one) for one in some]
    ax.set_ylim(high_of(told), 0)
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    ax.locator_params(axis="x", nbins=5)
    ax.tick_params(axis="x", labelsize=TINY)
    ax.grid(axis="x", color=LINE, lw=0.8)
    ax.set_axisbelow(True)
    ax.axvline(0, color=INK, lw=1.2)
    for one, (least, most), y in zip(some, spans, told_rows(ax, low, told), strict=True):
        if one.mean is None:
            continue
        mark, colour, edge_colour = _SIGNS[one.sign()]
        ax.plot([least, most], [y, y], color=INK, lw=2, solid_capstyle="butt")
        ax.plot([one.mean], [y], marker=mark, ms=10, mfc=colour, mec=edge_colour, mew=1.5,
                clip_on=False)  # fmt: skip


# --- Regions --------------------------------------------------------------------------------------

_ROW = 62
"""How high a row is, its name included."""
_FILLS: dict[str, tuple[str, str, str]] = {
    "holds": (BLUE, "white", ""),
    "does not hold": (PALE, INK, ""),
    "turns on a reading": ("white", INK, "///"),
    "undetermined": ("white", INK, ""),
}
"""Of a cell: its colour, the colour of its words, and its hatch."""


def region_chart(region: Region, *, ax: Given = None) -> Chart:
    """Draw where in a plane of assumptions a claim holds: a cell for each pair.

    Args:
        region: The map, as `region` gives it.
        ax: Your own axes: one.

    Raises:
        OfstedFrameworkError: There is more than one axes.
    """
    of_class(region=(region, Region))
    what = f"Down: {region.row_title}. Across: {region.column_title}. {region_legend(region)}"
    rows: list[tuple[object, ...]] = []
    for cell in region.cells:
        means = [one.mean for one in cell.differences if one.mean is not None]
        ends = (min(means), max(means)) if means else (None, None)
        rows.append((cell.row, cell.column, str(cell.holds), *ends))
    sentences = []
    for row in region.rows:
        cells = ", ".join(f"{c}: {region.cell(row, c).holds}" for c in region.columns)
        sentences.append(f"{row}: {cells}.")
    title = region.claim[:1].upper() + region.claim[1:]
    each = (RIGHT - LEFT) / len(region.columns)
    heads = [lines(one, TINY, each - 4) for one in region.columns]
    panel = Panel(_ROW * len(region.rows), above=6 + 15 * max(map(len, heads)), below=2)
    with settings():
        figure, (one,) = sheet(title, what, region.assumptions, [panel], ax)
        _grid(one, region, heads, each)
    return Chart(
        title=title, what=what, told=tuple(sentences),
        numbers=Listing.of((region.row_title, region.column_title, "claim", "least", "most"), rows),
        assumptions=region.assumptions, figure=figure,
    )  # fmt: skip


def _grid(ax: Axes, region: Region, heads: Sequence[Sequence[str]], each: float) -> None:
    """The names of the columns, and for each row its name and its cells, in pixels."""
    across = each * len(region.columns)
    ax.set_xlim(0, across)
    ax.set_ylim(_ROW * len(region.rows), 0)
    ax.axis("off")
    for at, some in enumerate(heads):
        for number, line in enumerate(reversed(some)):
            ax.text((at + 0.5) * each, -4 - 15 * number, line, ha="center", fontsize=TINY)
    for number, row in enumerate(region.rows):
        y = _ROW * number
        named = row in region.named
        name = fit(words(f"{row} *" if named else row), across, SMALL)
        ax.text(0, y + 15, name, fontsize=SMALL, fontweight="bold" if named else "normal")
        for at, column in enumerate(region.columns):
            _cell(ax, region.cell(row, column), at * each, y + 21, each)


def _cell(ax: Axes, cell: Cell, x: float, y: float, each: float) -> None:
    """Whether the claim holds, and where there is room how large the difference is."""
    fill, ink, hatch = _FILLS[str(cell.holds)]
    high = _ROW - 24
    ax.add_patch(
        Rectangle((x + 1, y), each - 2, high, fc=fill, ec=BLUE if hatch else INK, lw=1,
                  hatch=hatch, clip_on=False)
    )  # fmt: skip
    spread = words(spread_words(cell))
    fits = spread and measure(spread, TINY) * 1.06 <= each - 6
    told = [(MARKS[cell.holds], "bold"), *([(spread, "normal")] if fits else [])]
    middle = y + high / 2
    for place, (text, weight) in enumerate(told):
        at = middle + (place - (len(told) - 1) / 2) * 15
        ax.text(
            x + each / 2, at, text, ha="center", va="center", color=ink, fontsize=TINY,
            fontweight=weight,
            bbox={"fc": "white", "ec": "none", "pad": 1} if hatch else None,
        )  # fmt: skip
