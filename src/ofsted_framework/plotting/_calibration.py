"""Charts of how well forecasts held: where what happened lies in them, and what intervals hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..errors import Fault, OfstedFrameworkError
from ..frames import Listing
from ..telling.svg import BLUE, GREY, INK, LINE, ORANGE, PLUM, TEAL
from ._chart import TINY, Chart, Given, Panel, settings, sheet, words


def _some(value: Iterable[float]) -> tuple[float, ...]:
    return tuple(value)


def _pairs(value: Mapping[float, float]) -> dict[float, float]:
    return dict(value)


@attrs.frozen(kw_only=True)
class Calibration:
    """How forecasts of one thing held, as a back-test finds it."""

    what: str
    """What was forecast: `the next inspection`."""
    ranks: tuple[float, ...] = attrs.field(converter=_some)
    """The share of what happened in each part of the forecast, from the earliest; they add up to
    1, and of a calibrated forecast they are alike."""
    held: dict[float, float] = attrs.field(converter=_pairs, hash=False)
    """By the level of a central interval, from 0 to 1: the share of what happened that it held."""

    def __attrs_post_init__(self) -> None:
        """Refuse shares that are none."""
        faults = [] if self.ranks else [Fault("ranks", None, "are none")]
        shares = [(f"ranks/{at}", one) for at, one in enumerate(self.ranks)]
        for level, share in self.held.items():
            shares += [("held", level), (f"held/{level}", share)]
        faults += [
            Fault(place, one, "is no share from 0 to 1")
            for place, one in shares
            if not isinstance(one, int | float) or not 0 <= one <= 1
        ]
        if faults:
            raise OfstedFrameworkError(faults)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


def rank_chart(some: Sequence[Calibration], *, ax: Given = None) -> Chart:
    """Draw where what happened lies in the forecasts: in equal parts, if they are calibrated.

    Args:
        some: What was found, one for each thing that was forecast.
        ax: Your own axes, one for each.

    Raises:
        OfstedFrameworkError: There are more or fewer axes than things forecast.
    """
    title = "Where what happened lies in the forecasts"
    what = (
        "Share of what happened in each part of its forecast, from the left (earlier than all "
        "replications) to the right (later than all). Dashed line: what a calibrated forecast "
        "would give."
    )
    panels = [Panel(120, one.what[:1].upper() + one.what[1:], left=30, below=24) for one in some]
    rows = [
        (one.what, f"{at / len(one.ranks):g} to {(at + 1) / len(one.ranks):g}", share)
        for one in some
        for at, share in enumerate(one.ranks)
    ]
    told = tuple(
        f"{one.what}: {', '.join(map(_percent, one.ranks))}, part by part." for one in some
    )
    most = max(max(one.ranks) for one in some) if some else 1.0
    with settings():
        figure, axes = sheet(title, what, (), panels, ax)
        for each, one in zip(some, axes, strict=True):
            _ranks(one, each.ranks, most)
    return Chart(
        title=title, what=what, told=told, assumptions=(), figure=figure,
        numbers=Listing.of(("what", "part of the forecast", "share"), rows),
    )  # fmt: skip


def _ranks(ax: Axes, shares: Sequence[float], most: float) -> None:
    number = len(shares)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1.15 * max(most, 1 / number))
    for at, share in enumerate(shares):
        ax.add_patch(Rectangle(((at + 0.06) / number, 0), 0.88 / number, share, fc=BLUE, lw=0))
        name = f"{100 * share:.0f}%"
        ax.text((at + 0.5) / number, share, name, ha="center", va="bottom", fontsize=TINY,
                bbox={"fc": "white", "ec": "none", "pad": 0.5}, zorder=4)  # fmt: skip
    ax.axhline(1 / number, color="black", lw=3, zorder=2.5)
    ax.axhline(1 / number, color=ORANGE, lw=2, ls=(0, (4, 2)), zorder=3)
    ax.locator_params(axis="y", nbins=4)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.set_xticks([0, 0.5, 1], labels=["0", "0.5", "1"])
    ax.tick_params(labelsize=TINY)


_LINES = (
    (BLUE, "-", "o"),
    (PLUM, (0, (5, 2)), "s"),
    (TEAL, (0, (1, 1.5)), "^"),
    (INK, (0, (7, 2, 1, 2)), "D"),
)
"""Of each thing forecast: its colour, its line and its mark."""


def coverage_chart(some: Sequence[Calibration], *, ax: Given = None) -> Chart:
    """Draw how much central intervals of each level hold, against what they should.

    Args:
        some: What was found, one for each thing that was forecast; at most four.
        ax: Your own axes: one.

    Raises:
        OfstedFrameworkError: There are more than four, or there is more than one axes.
    """
    if len(some) > len(_LINES):
        raise OfstedFrameworkError.of("are more than can be told apart: four", len(some), "some")
    title = "How much the intervals hold"
    what = (
        "Across: the level of the central interval. Up: the share of what happened that it held. "
        "Grey: calibrated. Below the grey line intervals are too narrow, above it too wide."
    )
    rows = [(one.what, level, share) for one in some for level, share in sorted(one.held.items())]
    told = tuple(
        f"{one.what}: "
        + ", ".join(f"{_percent(level)} hold {_percent(share)}"
                    for level, share in sorted(one.held.items()))
        + "."
        for one in some
    )  # fmt: skip
    with settings():
        figure, (one,) = sheet(title, what, (), [Panel(340, left=36, right=76, below=26)], ax)
        one.plot([0, 1], [0, 1], color=GREY, lw=1.5)
        for place, (each, (colour, line, mark)) in enumerate(zip(some, _LINES, strict=False)):
            points = [(0.0, 0.0), *sorted(each.held.items()), (1.0, 1.0)]
            x, y = zip(*points, strict=True)
            one.plot(x, y, color=colour, lw=2.5, ls=line, marker=mark, ms=5)
            at = 0.93 - 0.08 * place
            one.plot([0.04, 0.13], [at, at], color=colour, lw=2.5, ls=line, marker=mark, ms=5)
            one.text(0.16, at, words(each.what), va="center", fontsize=TINY)
        one.set_xlim(0, 1)
        one.set_ylim(0, 1)
        ticks = (0, 0.25, 0.5, 0.75, 1)
        one.set_xticks(ticks, labels=[f"{tick:.0%}" for tick in ticks], fontsize=TINY)
        one.set_yticks(ticks, labels=[f"{tick:.0%}" for tick in ticks], fontsize=TINY)
        one.grid(color=LINE, lw=0.8)
        one.set_axisbelow(True)
    return Chart(
        title=title, what=what, told=told, assumptions=(), figure=figure,
        numbers=Listing.of(("what", "level", "share held"), rows),
    )  # fmt: skip
