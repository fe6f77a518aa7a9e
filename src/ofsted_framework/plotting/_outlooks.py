"""Charts of outlooks, and of what they say to questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

import attrs
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..dates import add_months, in_words
from ..errors import Fault, OfstedFrameworkError, number_of, of_class
from ..frames import Listing
from ..simulation import Difference, Measure, Outlook, Reply
from ..simulation.plain import Replication
from ..simulation.questions import Figure, Question, Value
from ..simulation.scenario import Scenario
from ..telling import outlook as told
from ..telling.replies import case_words, measure_words, number_words
from ..telling.svg import BLUE, INK, LINE, TEAL, measure
from ..telling.text import label
from ._chart import TINY, Chart, Given, Panel, lines, settings, sheet, wide, words

_LEAST, _MOST = 8, 40
_MONTHS = (3, 12, 60, 120, 240, 480)
"""How many months a bar may stand for; the fewest of which no more than `_MOST` are needed."""
_SHADES = ("#D3DDE8", "#8FA9C2")
"""Of a fan: the middle eight in ten, and the middle half."""
_FAN = 48
"""The most days on which a fan is looked at."""
_SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)


class _Bin(NamedTuple):
    """What a bar stands for."""

    begins: date
    """Its first day; of the first, the day after the day of asking."""
    first: date
    """The first day of its first quarter."""
    last: date
    """Its last day."""

    def named(self, months: int) -> str:
        """What it stands for."""
        if months == 3:
            return told.quarter(self.first)
        years = self.first.year, self.last.year
        return str(years[0]) if months == 12 else f"{years[0]} to {years[1]}"


def next_chart(outlook: Outlook, of: str | None = None, *, ax: Given = None) -> Chart:
    """Draw when the next of a kind begins: how likely each quarter is, or each year.

    Args:
        outlook: The outlook.
        of: The kind of event; None: the first that carries grades.
        ax: Your own axes, one for each case that the framework leaves open.

    Raises:
        OfstedFrameworkError: The kind of event is not simulated here, or there are more or fewer
            axes than cases.
    """
    of_class(outlook=(outlook, Outlook))
    activity = next(iter(told.shown(outlook, () if of is None else (of,))), "inspection")
    cases = told.cases(outlook, activity)
    bins, months = _bins(outlook, cases)
    last = bins[-1].last if bins else outlook.horizon
    shares = [[case.share(one.first, one.last) for one in bins] for case in cases]
    later = [case.later(last) for case in cases]
    title = f"{told.heading(activity)}: {outlook.recorded.provider.name}"
    stretch = {3: "calendar quarter", 12: "calendar year"}.get(
        months, f"stretch of {months // 12} calendar years"
    )
    what = (
        f"Share of the replications in which it begins in each {stretch}, under "
        f"{outlook.framework.id}, from {in_words(outlook.as_of)} (dashed line) to "
        f"{in_words(outlook.horizon)}. Diamond: the median day. Line with ends: eight in ten first "
        "days."
    )
    what += " Hatched: later." if any(later) and bins else ""
    if not bins:
        what = f"Under {outlook.framework.id}. {told.none_words(outlook, activity)}"
    names = [*(one.named(months) for one in bins), "later"]
    number = f"{number_of(outlook.replications, 'replication')}, seed {outlook.seed}. "
    number += told.error_words(cases, shares) if bins else ""
    sentences: list[str] = []
    rows: list[tuple[object, ...]] = []
    for case, row, rest in zip(cases, shares, later, strict=True):
        middle = _middle(outlook, case)
        given = [
            f"{name} {told.percent(share)}"
            for name, share in zip(names, [*row, rest], strict=True)
            if share
        ]
        sentences += [f"{case.label}: {', '.join(given)}; {middle}."] if bins else []
        rows += [
            (case.label, name, share)
            for name, share in zip(names, [*row, rest], strict=True)
            if share
        ]
    panels = [
        Panel(86, case.label, _middle(outlook, case), below=24, right=46 if any(later) else 16)
        for case in cases
    ] if bins else []  # fmt: skip
    with settings():
        figure, axes = sheet(title, what, outlook.assumptions, panels, ax)
        most = max((max(row, default=0) for row in (*shares, later)), default=1)
        for index, one in enumerate(axes if bins else ()):
            _bars(one, outlook, cases[index], panels[index], bins, shares[index], most)
            if any(later):
                _later(one, later[index], most)
    return Chart(
        title=title,
        what=what,
        told=(*sentences, number.strip()),
        numbers=Listing.of(("case", "begins in", "share"), rows),
        assumptions=outlook.assumptions,
        figure=figure,
    )  # fmt: skip


def _bars(
    ax: Axes, outlook: Outlook, case: told.Case, panel: Panel, bins: Sequence[_Bin],
    shares: Sequence[float], most: float,
) -> None:  # fmt: skip
    """One case: bars, their shares, and the middle days below them."""
    lo, hi = bins[0].begins.toordinal() - 1, bins[-1].last.toordinal() + 1
    ax.set_xlim(lo, hi)
    ax.set_ylim(-0.3 * most, 1.22 * most)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.axhline(0, color=INK, lw=1)
    ax.axvline(lo, color="black", lw=2, ls=(0, (4, 2)), clip_on=False)
    a_day = wide(panel) / (hi - lo)
    peak = max(range(len(shares)), key=lambda at: shares[at])
    for at, (one, share) in enumerate(zip(bins, shares, strict=True)):
        if not share:
            continue
        left, right = one.begins.toordinal(), one.last.toordinal() + 1
        gap = 0.06 * (right - left)
        ax.add_patch(Rectangle((left + gap, 0), right - left - 2 * gap, share, color=BLUE, lw=0))
        name = told.percent(share)
        if at == peak or (right - left) * a_day >= measure(name, TINY):
            x = max((left + right) / 2, lo + (2 + measure(name, TINY) / 2) / a_day)
            ax.text(x, share + 0.03 * most, name, ha="center", va="bottom", fontsize=TINY)
    _years(ax, wide(panel))
    ends = [next(q.value for q in case.days.quantiles if q.share == at) for at in (0.1, 0.5, 0.9)]
    low, middle, high = (None if one is None else outlook.as_of.toordinal() + one for one in ends)
    y = -0.17 * most
    if low is not None:
        ax.plot([low, hi if high is None else high], [y, y], color=TEAL, lw=3)
        for end in (low, high):
            if end is not None:
                ax.plot([end, end], [y - 0.09 * most, y + 0.09 * most], color=TEAL, lw=3)
    if middle is not None:
        ax.plot([middle], [y], marker="D", ms=8, mfc="white", mec="black", mew=1.5)


def _later(ax: Axes, share: float, most: float) -> None:
    """What begins later than all bars, beside them."""
    beside = ax.get_yaxis_transform()
    ax.plot([1.02, 1.12], [0, 0], transform=beside, color=INK, lw=1, clip_on=False)
    if share:
        bar = Rectangle((1.035, 0), 0.07, share, transform=beside, fc="white", ec=BLUE)
        bar.set(hatch="////", clip_on=False)
        ax.add_patch(bar)
        y = share + 0.03 * most
        name = told.percent(share)
        ax.text(1.07, y, name, ha="center", va="bottom", fontsize=TINY, transform=beside)
    ax.text(1.07, -0.1 * most, "later", ha="center", va="top", fontsize=TINY, transform=beside)


def _years(ax: Axes, room: float) -> None:
    """Lines at the beginnings of years, as many as can be named."""
    lo, hi = ax.get_xlim()
    first, last = date.fromordinal(int(lo)).year + 1, date.fromordinal(int(hi)).year
    step = next((one for one in (1, 2, 5, 10, 20, 50) if room * one * 365 / (hi - lo) >= 46), 100)
    some = [year for year in range(first, last + 1) if year % step == 0]
    days = [date(year, 1, 1).toordinal() for year in some]
    ax.set_xticks(days, labels=[str(year) for year in some], fontsize=TINY)
    ax.tick_params(axis="x", length=3)
    for day in days:
        ax.axvline(day, color=LINE, lw=0.8, zorder=0)


def _middle(outlook: Outlook, case: told.Case) -> str:
    """The median day, and the days that hold eight in ten, without days from the day of asking."""
    low, middle, high = (one.split(" (")[0] for one in told.first_days(outlook, case))
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
    # A few that are empty, so that a chart of few bars is not all bars.
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


# --- Fans -----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Begun(Question):
    """How many of a kind have begun by some days."""

    of: str
    """The kind of event."""
    days: tuple[date, ...]
    """The days."""

    def figures(self, scenario: Scenario) -> tuple[Figure, ...]:
        """One number for each day."""
        name = label(self.of)
        return tuple(
            Figure(one.isoformat(), self.of, f"{name}s that have begun by {in_words(one)}")
            for one in self.days
        )

    def kinds(self, scenario: Scenario) -> tuple[str, ...]:
        """The kind that is counted."""
        return (self.of,)

    def values(self, made: Replication) -> tuple[Value, ...]:
        """How many have begun by each day."""
        days = sorted(one.start for one in made.made.get(self.of, ()))
        return tuple(float(sum(day <= one.toordinal() for day in days)) for one in self.days)


def fan_chart(outlook: Outlook, of: str | None = None, *, ax: Given = None) -> Chart:
    """Draw how many of a kind have begun by each day: the median, and how far replications differ.

    Every replication is made again for it.

    Args:
        outlook: The outlook.
        of: The kind of event; None: the first that carries grades.
        ax: Your own axes, one for each case that the framework leaves open.

    Raises:
        OfstedFrameworkError: The kind of event is not simulated here, no years are, or there are
            more or fewer axes than cases.
    """
    of_class(outlook=(outlook, Outlook))
    activity = next(iter(told.shown(outlook, () if of is None else (of,))), "inspection")
    days = tuple(_days(outlook))
    if not days:
        raise OfstedFrameworkError([Fault("years", 0, "is too few: a fan needs simulated days")])
    reply = outlook.ask(_Begun(of=activity, days=days))
    cases = list(dict.fromkeys(one.readings for one in reply.measures))
    by = {(one.readings, one.what): one for one in reply.measures}
    name = f"{label(activity)}s"
    title = f"How many {name} have begun: {outlook.recorded.provider.name}"
    what = (
        f"Number of {name} after {in_words(outlook.as_of)}, by day, under {outlook.framework.id}. "
        "Thick line: the median. Dark: half of the replications. Light, between dashed lines: "
        "eight in ten."
    )
    rows: list[tuple[object, ...]] = []
    sentences, panels = [], []
    for readings in cases:
        some = [by[readings, day.isoformat()] for day in days]
        case = case_words(some[0])
        panels.append(Panel(130, case, left=22, right=92, below=22))
        rows += [
            (case, day, *(_value(one, share) for share in _SHARES))
            for day, one in zip(days, some, strict=True)
        ]
        low, middle, high = (number_words(_value(some[-1], share)) for share in (0.1, 0.5, 0.9))
        sentences.append(
            f"{case}: by {in_words(days[-1])} a median of {middle}, in eight of ten from {low} to "
            f"{high}."
        )
    with settings():
        figure, axes = sheet(title, what, reply.assumptions, panels, ax)
        for readings, one, panel in zip(cases, axes, panels, strict=True):
            _fan(one, outlook, days, [by[readings, day.isoformat()] for day in days], wide(panel))
    heads = ("case", "by", *(f"{share:.0%}" for share in _SHARES))
    number = f"{number_of(outlook.replications, 'replication')}, seed {outlook.seed}."
    return Chart(
        title=title, what=what, told=(*sentences, number), numbers=Listing.of(heads, rows),
        assumptions=reply.assumptions, figure=figure,
    )  # fmt: skip


def _value(one: Measure, share: float) -> float | None:
    return next(q.value for q in one.quantiles if q.share == share)


def _days(outlook: Outlook) -> Iterator[date]:
    """The ends of quarters or of years, up to the horizon; as few as can be drawn."""
    begins = outlook.as_of + timedelta(1)
    if outlook.horizon < begins:
        return
    for months in (1, *_MONTHS):
        found = list(_stretches(begins, outlook.horizon, months))
        if len(found) <= _FAN:
            break
    yield from (one.last for one in found if one.last < outlook.horizon)
    yield outlook.horizon


def _fan(
    ax: Axes, outlook: Outlook, days: Sequence[date], some: Sequence[Measure], room: float
) -> None:
    x = [outlook.as_of.toordinal(), *(day.toordinal() for day in days)]
    at = {share: [0.0, *((_value(one, share) or 0.0) for one in some)] for share in _SHARES}
    for shade, low, high in zip(_SHADES, (0.1, 0.25), (0.9, 0.75), strict=True):
        ax.fill_between(x, at[low], at[high], step="post", color=shade, lw=0)
    for share in (0.1, 0.9):
        ax.step(x, at[share], where="post", color=BLUE, lw=1, ls=(0, (4, 2)))
    ax.step(x, at[0.5], where="post", color=BLUE, lw=3)
    ax.set_xlim(x[0], x[-1])
    most = max(at[0.9][-1], 1)
    ax.set_ylim(0, most * 1.08)
    ticks = _whole(most)
    ax.set_yticks(ticks, labels=[f"{tick:g}" for tick in ticks], fontsize=TINY)
    _years(ax, room)
    ends = [(at[share][-1], name) for share, name in
            ((0.9, "nine in ten"), (0.5, "median"), (0.1, "one in ten"))]  # fmt: skip
    # Names that would touch are moved apart, from the top down, and stay above the axis.
    step, above = 16 / 130 * most * 1.08, float("inf")
    for place, (value, name) in enumerate(ends):
        above = min(max(value, (2 - place) * step), above - step)
        beside = ax.get_yaxis_transform()
        ax.text(1.015, above, f"{value:g}: {name}", transform=beside, va="center", fontsize=TINY)


def _whole(most: float) -> list[float]:
    """Whole numbers for an axis."""
    step = next((one for one in (1, 2, 5, 10, 20, 50, 100, 200, 500) if most / one <= 6), most)
    return [float(one * step) for one in range(int(most // step) + 1)]


# --- Replies --------------------------------------------------------------------------------------


def reply_chart(reply: Reply, *, ax: Given = None) -> Chart:
    """Draw what an outlook says to a question: where the middle of each figure lies, and its ends.

    Args:
        reply: The reply, as `outlook.ask` gives it.
        ax: Your own axes, one for each figure of the question.

    Raises:
        OfstedFrameworkError: There are more or fewer axes than figures.
    """
    of_class(reply=(reply, Reply))
    figures = [one for one in reply.figures if reply.select(one.what)]
    title = words(figures[0].says if len(figures) == 1 else "; ".join(f.says for f in figures))
    title = title[:1].upper() + title[1:]
    what = ""
    if any(not one.is_share for one in figures):
        what = (
            "Diamond: the median. Thick line: half of the replications. Thin line with ends: "
            "eight in ten. Arrow: beyond the horizon."
        )
    if any(one.is_share for one in figures):
        what += " Dot: the share. Line with ends: holds it in 95 of 100 simulations."
    what = what.strip()
    panels = []
    rows: list[tuple[object, ...]] = []
    sentences = []
    for figure_ in figures:
        some = reply.select(figure_.what)
        head = "" if len(figures) == 1 else figure_.says[:1].upper() + figure_.says[1:]
        drawn = ends_of(some)
        under = few_words(some) if len(drawn) < len(some) else ""
        told_ = [f"{_named(one)}{_short(one)}" for one in drawn]
        panels.append(Panel(high_of(told_), head, under, below=24))
        for one in some:
            interval = one.interval or (None, None)
            values = [_value(one, s) for s in _SHARES] if one.quantiles else [None] * 5
            rows.append(
                (figure_.says, case_words(one), one.replications, one.mean, *interval, *values)
            )
            sentences.append(f"{figure_.says}, {case_words(one)}: {measure_words(one)}.")
    with settings():
        figure, axes = sheet(title, what, reply.assumptions, panels, ax)
        for each, own in zip(figures, axes, strict=True):
            _spreads(own, ends_of(reply.select(each.what)), each.is_share)
    heads = ("figure", "case", "replications", "mean", "low", "high")
    return Chart(
        title=title, what=what, told=tuple(sentences),
        numbers=Listing.of((*heads, *(f"{share:.0%}" for share in _SHARES)), rows),
        assumptions=reply.assumptions, figure=figure,
    )  # fmt: skip


_D = TypeVar("_D", Measure, Difference)
MANY = 8
"""The most cases that are all drawn."""


def ends_of(some: Sequence[_D]) -> Sequence[_D]:
    """The cases that are drawn: all, or those with the lowest and the highest mean."""
    if len(some) <= MANY:
        return some
    known = sorted((one for one in some if one.mean is not None), key=lambda one: one.mean or 0)
    return [known[0], known[-1]] if known else some[:1]


def few_words(some: Sequence[object]) -> str:
    """Which cases are drawn, where they are not all."""
    return (
        f"Of {len(some)} cases those with the lowest and the highest mean are drawn; the table "
        "has all."
    )


def _spreads(ax: Axes, some: Sequence[Measure], share: bool) -> None:
    """A row for each case: its name and figures, and below them the line."""
    known = [v for one in some for v in _ends(one) if v is not None]
    low, high = (0.0, 1.0) if share else (min([0.0, *known]), max([*known, 1e-9]))
    if not share and known and min(known) > 0.5 * high:
        low = min(known) - 0.15 * (high - min(known) or high)
    reach = (high - low) * 1.04
    ax.set_xlim(low, low + reach)
    told_ = [f"{_named(one)}{_short(one)}" for one in some]
    ax.set_ylim(high_of(told_), 0)
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    ax.locator_params(axis="x", nbins=5)
    ax.tick_params(axis="x", labelsize=TINY)
    if share:
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.grid(axis="x", color=LINE, lw=0.8)
    ax.set_axisbelow(True)
    for one, y in zip(some, told_rows(ax, low, told_), strict=True):
        ends = _ends(one)
        if share:
            if one.interval:
                _line(ax, *one.interval, y, 5)
            ax.plot([one.mean or 0], [y], marker="o", ms=8, color=BLUE, clip_on=False)
            continue
        most = low + reach
        a, b, middle, c, d = (most if v is None else v for v in ends)
        _line(ax, a, d, y, 5 if ends[-1] is not None else 0)
        ax.plot([b, c], [y, y], color=BLUE, lw=9, solid_capstyle="butt")
        if ends[-1] is None:
            ax.plot([most], [y], marker=">", ms=9, color=BLUE, clip_on=False)
        if ends[2] is not None:
            ax.plot([middle], [y], marker="D", ms=8, mfc="white", mec="black", mew=1.5,
                    clip_on=False)  # fmt: skip


def high_of(told_: Sequence[str]) -> float:
    """How high rows are that have these words."""
    return 8 + sum(15.0 * len(lines(one, TINY)) + 30 for one in told_)


def told_rows(ax: Axes, x: float, told_: Sequence[str]) -> Iterator[float]:
    """Write the words of each row, and give the height at which its line is to be drawn."""
    y = 0.0
    for one in told_:
        for line in lines(one, TINY):
            y += 15
            box = {"fc": "white", "ec": "none", "pad": 1}
            ax.text(x, y, line, fontsize=TINY, va="baseline", bbox=box)
        yield y + 15
        y += 30


def _named(one: Measure) -> str:
    """The case of a row, where any is open."""
    return f"{case_words(one)}: " if one.case else ""


def _ends(one: Measure) -> list[float | None]:
    """The quantiles; of a share, itself and its interval."""
    if one.quantiles:
        return [_value(one, share) for share in _SHARES]
    return [one.mean, *(one.interval or ())]


def _short(one: Measure) -> str:
    """A figure in a few words."""
    if not one.quantiles:
        least, most = one.interval or (0.0, 1.0)
        return f"{100 * (one.mean or 0):.1f}% ({100 * least:.1f}% to {100 * most:.1f}%)"
    low, middle, high = (
        "beyond" if value is None else number_words(value)
        for value in (_value(one, share) for share in (0.1, 0.5, 0.9))
    )
    if low == "beyond":
        return "more than nine in ten beyond the horizon"
    return f"median {middle}, eight in ten {low} to {high}"


def _line(ax: Axes, low: float, high: float, y: float, end: float) -> None:
    """A line with ends of that height; 0: it goes on to the right."""
    ax.plot([low, high], [y, y], color=INK, lw=2, solid_capstyle="butt")
    for x in (low, high) if end else (low,):
        ax.plot([x, x], [y - 5, y + 5], color=INK, lw=2)
