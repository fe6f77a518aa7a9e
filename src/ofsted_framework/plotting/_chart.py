"""What every chart has: a sheet to draw on, its words, its table, and how it becomes SVG.

Nothing here uses pyplot. Matplotlib's settings, which are of the process, are changed while a chart
is drawn or written, by one thread at a time, and put back.
"""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from threading import RLock
from typing import Any

import attrs
import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..errors import OfstedFrameworkError
from ..frames import Listing
from ..sources import Basis, Ground, weakest
from ..telling.html import escaped, holdable, listing_html
from ..telling.svg import FONT, INK, measure

WIDTH = 480
"""How wide a sheet is: so narrow that its letters can be read on a phone."""
LEFT, RIGHT = 14, 466
TINY, SMALL, LARGE = 12, 13, 16
_SHOWN = 1.25
"""How much larger it is shown where there is room."""
_LOCK = RLock()
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none", "svg.hashsalt": "ofsted-framework", "font.family": ["DejaVu Sans"],
    "font.size": SMALL, "text.parse_math": False, "text.color": INK, "axes.edgecolor": INK,
    "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK, "hatch.linewidth": 1.2,
    "axes.spines.top": False, "axes.spines.right": False, "path.simplify": False,
}  # fmt: skip
"""Letters stay letters; they are laid out for the widest of the fonts that a reader may have."""


@contextmanager
def settings() -> Iterator[None]:
    """Matplotlib as it comes, with the settings of our charts, whatever the user has set."""
    with _LOCK, matplotlib.rc_context(), warnings.catch_warnings():
        # A letter that the font does not have is drawn by the reader's own.
        warnings.filterwarnings("ignore", "Glyph .* missing from")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        yield


def words(text: object) -> str:
    """A text on one line, with nothing in it that SVG cannot hold or that turns a line round."""
    return " ".join(holdable(text).split())


def lines(
    text: str, size: int = SMALL, room: float = RIGHT - LEFT, bold: bool = False
) -> list[str]:
    """A text on as many lines as it takes; a word that is too long for one goes on in the next."""

    def fits(some: str) -> bool:
        return measure(some, size, bold=bold) * 1.06 <= room

    found: list[str] = []
    line = ""
    for word in words(text).split():
        longer = f"{line} {word}".strip()
        if line and not fits(longer):
            found.append(line)
            longer = word
        while not fits(longer):
            upto = max(1, sum(fits(longer[: end + 1]) for end in range(len(longer))))
            found.append(longer[:upto])
            longer = longer[upto:]
        line = longer
    return [*found, line] if line else found


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Chart:
    """A chart: the figure, what it shows in words, and the same numbers as a table."""

    title: str
    """What it is called."""
    what: str
    """What is drawn, and how to read it."""
    told: tuple[str, ...]
    """The numbers in sentences."""
    numbers: Listing
    """The numbers."""
    assumptions: tuple[Ground, ...]
    """All that it rests on."""
    figure: Figure
    """The figure of Matplotlib, to go on with."""

    def __repr__(self) -> str:
        """In one line."""
        return f"<Chart {self.title!r}, {len(self.numbers)} rows>"

    def alt_text(self) -> str:
        """What it shows, in words, with the numbers."""
        return words(" ".join([f"{self.title}.", self.what, *self.told, foot(self.assumptions)]))

    def table(self) -> Listing:
        """The numbers that are drawn, as a table."""
        return self.numbers

    def svg(self) -> str:
        """The figure as SVG, with its title and its words; the same chart gives the same text."""
        return _svg(self.figure, words(self.title), self.alt_text())

    def _repr_html_(self) -> str:
        """The chart and its table, as a fragment of HTML."""
        rows = [
            [f"{one:.4g}" if isinstance(one, float) else one for one in row]
            for row in self.numbers.rows
        ]
        told = listing_html(Listing.of(self.numbers.columns, rows), self.title)
        return f"<figure>\n{self.svg()}</figure>\n{told}"


def foot(assumptions: Sequence[Ground]) -> str:
    """What a chart rests on, in short."""
    if not assumptions:
        return ""
    number = len(assumptions)
    basis = weakest(one.basis for one in assumptions) or Basis.ASSUMED
    return f"Rests on {number:,} assumption{'s' * (number != 1)}; weakest basis: {basis}."


# --- The sheet ------------------------------------------------------------------------------------


@attrs.frozen
class Panel:
    """The room for one axes, and what stands above it."""

    high: float
    """How high it is."""
    head: str = ""
    """What it shows; bold."""
    under: str = ""
    """What is said of it besides."""
    above: float = 6
    """The room above it, for names."""
    below: float = 10
    """The room below it, for the names of an axis."""
    left: float = 0
    """The room on its left."""
    right: float = 0
    """The room on its right."""


Given = Axes | Sequence[Axes] | None
"""What the user draws on: the axes, one for each panel; None: a sheet of our own."""


def sheet(
    title: str, what: str, grounds: Sequence[Ground], panels: Sequence[Panel], ax: Given
) -> tuple[Figure, list[Axes]]:
    """A figure with the words of a chart on it, and the axes of its panels.

    Args:
        title: What the chart is called.
        what: How to read it.
        grounds: What it rests on.
        panels: The panels, from the top down.
        ax: The user's axes: on them only the heads of the panels are written.

    Raises:
        OfstedFrameworkError: There are more or fewer axes than panels.
    """
    if ax is not None:
        axes = [ax] if isinstance(ax, Axes) else list(ax)
        if len(axes) != len(panels):
            message = f"are not as many axes as the chart has panels: {len(panels)}"
            raise OfstedFrameworkError.of(message, len(axes), "ax")
        for one, panel in zip(axes, panels, strict=True):
            one.set_title(words(panel.head) or words(title), loc="left", fontsize=SMALL)
        return _root(axes[0]), axes
    rows: list[tuple[float, str, int, bool]] = []
    boxes: list[tuple[Panel, float]] = []
    y = 8.0

    def write(text: str, size: int, bold: bool = False, gap: float = 0) -> None:
        nonlocal y
        for line in lines(text, size, bold=bold):
            y += size + 4
            rows.append((y, line, size, bold))
        y += gap

    write(title, LARGE, True, 4)
    write(what, SMALL, gap=6)
    for panel in panels:
        write(panel.head, SMALL, True)
        write(panel.under, SMALL)
        y += panel.above
        boxes.append((panel, y))
        y += panel.high + panel.below
    y += 4
    write(foot(grounds), TINY)
    high = y + 10
    figure = Figure(figsize=(WIDTH / 72, high / 72), dpi=72, facecolor="white")
    for at, line, size, bold in rows:
        figure.text(
            LEFT / WIDTH, 1 - at / high, line, fontsize=size, va="baseline",
            fontweight="bold" if bold else "normal",
        )  # fmt: skip
    axes = []
    for panel, top in boxes:
        left = LEFT + panel.left
        wide = RIGHT - panel.right - left
        box = (left / WIDTH, 1 - (top + panel.high) / high, wide / WIDTH, panel.high / high)
        axes.append(figure.add_axes(box))
    return figure, axes


def _root(ax: Axes) -> Figure:
    figure: Any = ax.figure
    while not isinstance(figure, Figure):  # a part of a figure
        figure = figure.figure
    return figure


def wide(panel: Panel) -> float:
    """How wide the axes of a panel are."""
    return RIGHT - panel.right - LEFT - panel.left


# --- SVG ------------------------------------------------------------------------------------------


def _svg(figure: Figure, title: str, told: str) -> str:
    """A figure as SVG that can stand in a page beside others: nothing of it is called alike."""
    buffer = io.BytesIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with settings():
        figure.savefig(buffer, format="svg", metadata=nothing)
    root = ET.fromstring(buffer.getvalue())
    key = f"chart-{sha256(told.encode('utf-8', 'replace')).hexdigest()[:10]}"
    _plain(root)
    text = "".join(ET.tostring(one, encoding="unicode") for one in root)
    used = set(re.findall(r"url\(#([\w-]+)\)", text))
    text = re.sub(r"url\(#([\w-]+)\)", rf"url(#{key}-\1)", text)
    text = re.sub(r' id="([^"]*)"', lambda m: f' id="{key}-{m[1]}"' if m[1] in used else "", text)
    text = text.replace("'DejaVu Sans'", escaped(FONT).replace("&#x27;", "'"))
    across, high = (float(one) for one in root.get("viewBox", "0 0 1 1").split()[2:])
    style = f"width:100%;min-width:0;max-width:{across * _SHOWN:g}px;height:auto"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:g} {high:g}" '
        f'width="{across * _SHOWN:g}" height="{high * _SHOWN:g}" style="{style}" role="img" '
        f'aria-labelledby="{key}-title {key}-desc" stroke-linejoin="round">'
    )
    return (
        f'{head}\n<title id="{key}-title">{escaped(title)}</title>\n'
        f'<desc id="{key}-desc">{escaped(told)}</desc>\n{text.strip()}\n</svg>\n'
    )


def _plain(root: ET.Element) -> None:
    """Take out namespaces and style sheets, and write each mark where it is used."""
    for one in root.iter():
        one.tag = one.tag.rpartition("}")[2]
        one.attrib = {name.rpartition("}")[2]: value for name, value in one.attrib.items()}
    named = {one.get("id"): one for one in root.iter() if one.get("id")}
    for parent in list(root.iter()):
        for at, one in reversed(list(enumerate(parent))):
            if one.tag in ("style", "metadata"):
                parent.remove(one)
            elif one.tag == "use":
                mark = ET.Element("path", {"d": named[one.get("href", "")[1:]].get("d", "")})
                x, y = one.get("x", "0"), one.get("y", "0")
                mark.set("transform", f"translate({x} {y})")
                mark.set("style", one.get("style", ""))
                mark.tail = one.tail
                parent[at] = mark
    for parent in list(root.iter()):
        for one in list(parent):
            if one.tag == "defs" and all(each.tag == "path" for each in one):
                parent.remove(one)  # marks, which are written out
