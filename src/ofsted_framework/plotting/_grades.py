"""Charts of how grades move from one inspection to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import attrs
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ..errors import OfstedFrameworkError, nearest, number_of
from ..events import Event
from ..frames import Listing
from ..grades import Grade
from ..history import History
from ..simulation import Outlook
from ..simulation.plain import Replication
from ..simulation.questions import Figure, OfContacts, Value, sways_grades
from ..simulation.scenario import Scenario
from ..sources import Basis, Ground
from ..telling.replies import case_words, number_words
from ..telling.svg import GRADES, INK
from ._chart import TINY, Chart, Given, Panel, settings, sheet

_HIGH, _BAR, _GAP = 200.0, 26.0, 6.0
_SIDE = 130.0
_Pair = tuple[Grade, Grade]
_SCALE = [grade for grade in Grade if grade is not Grade.NOT_JUDGED]
_PAIRS = [(before, after) for before in _SCALE for after in _SCALE]


@attrs.frozen(kw_only=True)
class _Moves(OfContacts):
    """How often a grade of an area follows another, from one inspection to the next."""

    area: str
    """The area."""

    def kinds(self, scenario: Scenario) -> tuple[str, ...]:
        """Inspections."""
        return ("inspection",)

    def figures(self, scenario: Scenario) -> tuple[Figure, ...]:
        """One number for each pair of grades."""
        return tuple(
            Figure(f"{before} to {after}", self.area, f"moves from {before} to {after}")
            for before, after in _PAIRS
        )

    def influences(self, scenario: Scenario) -> set[str]:
        """What has a say in inspections and in grades."""
        return {*super().influences(scenario), *sways_grades(scenario)}

    def assumes(self, scenario: Scenario) -> Iterator[str]:
        """Which moves count."""
        yield _SAYS

    def values(self, made: Replication) -> tuple[Value, ...]:
        """How many of each pair there are."""
        scenario = made.scenario
        recorded = [one for one in scenario.view.history.of_type("inspection")
                    if one.start.lo < scenario.first]  # fmt: skip
        given = [_given(one, self.area) for one in recorded if one.id not in made.finished]
        given += [(one.grades or {}).get(self.area) for one in made.finished.values()
                  if one.type == "inspection"]  # fmt: skip
        known = [one for one in given if one is not None]
        simulated = [
            grade
            for one in made.made.get("inspection", ())
            if one.start <= scenario.horizon and (grade := (one.grades or {}).get(self.area))
        ]
        moves = Counter(pairwise([*known[-1:], *simulated]))
        return tuple(float(moves[pair]) for pair in _PAIRS)


_SAYS = (
    "A move goes from one grade of the area to its next, under whatever framework each was given; "
    "grades of other areas do not stand in."
)


def _given(event: Event, area: str) -> Grade | None:
    some = (one.grade for one in event.judgements or () if one.area == area)
    return next((one for one in some if one is not Grade.NOT_JUDGED), None)


def moves_chart(of: Outlook | Iterable[History], area: str, *, ax: Given = None) -> Chart:
    """Draw how grades of an area move from one inspection to the next.

    Args:
        of: Records, of which the moves are counted; or an outlook, of which they are simulated.
        area: The area.
        ax: Your own axes: one, or of an outlook one for each case that the framework leaves open.

    Raises:
        OfstedFrameworkError: It is no graded area of the framework, or there are more or fewer
            axes than cases.
    """
    told: dict[str, dict[_Pair, float]]
    if isinstance(of, Outlook):
        graded = list(of.scenario.scales_of)
        if area not in graded:
            message = f"is no area that is graded here ({', '.join(graded)})"
            raise OfstedFrameworkError.of(message, area, "area", nearest(area, graded))
        reply = of.ask(_Moves(area=area))
        cases = list(dict.fromkeys(one.readings for one in reply.measures))
        names = {one.readings: case_words(one) for one in reply.measures}
        told = {
            names[case]: {
                pair: one.mean
                for pair, what in ((pair, f"{pair[0]} to {pair[1]}") for pair in _PAIRS)
                for one in reply.select(what)
                if one.readings == case and one.mean
            }
            for case in cases
        }
        title = f"How grades move: {area}, {of.recorded.provider.name}"
        unit = "a replication on average"
        what = f"From one inspection to the next, under {of.framework.id}: moves {unit}."
        number = f"{number_of(of.replications, 'replication')}, seed {of.seed}."
        grounds = reply.assumptions
    else:
        some = list(of)
        counted: Counter[_Pair] = Counter()
        for record in some:
            given = [_given(event, area) for event in record.of_type("inspection")]
            counted.update(pairwise(grade for grade in given if grade is not None))
        told = {"": {pair: float(counted[pair]) for pair in _PAIRS if counted[pair]}}
        title = f"How grades moved: {area}"
        what = "From one inspection to the next, as on record: number of moves."
        number = f"Counted on {number_of(len(some), 'record')}."
        grounds = (Ground(part="the moves", basis=Basis.ASSUMED, says=_SAYS),)
    what += " Wide bands are many moves."
    sentences, rows = [], []
    for case, moves in told.items():
        rows += [(case or "on record", str(a), str(b), value) for (a, b), value in moves.items()]
        pairs = ", ".join(f"{a} to {b} {number_words(value)}" for (a, b), value in moves.items())
        name = f"{case}: " if case else ""
        sentences.append(f"{name}{pairs or 'no moves'}.")
    panels = [Panel(_HIGH if moves else 24, case, below=8) for case, moves in told.items()]
    with settings():
        figure, axes = sheet(title, what, grounds, panels, ax)
        for own, moves in zip(axes, told.values(), strict=True):
            _flows(own, moves)
    return Chart(
        title=title, what=what, told=(*sentences, number),
        numbers=Listing.of(("case", "before", "after", "moves"), rows),
        assumptions=grounds, figure=figure,
    )  # fmt: skip


def _flows(ax: Axes, moves: dict[_Pair, float]) -> None:
    """Bars of the grades before and after, and bands from one to the other."""
    room = 452.0
    ax.set_xlim(0, room)
    ax.set_ylim(_HIGH if moves else 24, 0)
    ax.axis("off")
    if not moves:
        ax.text(0, 16, "No moves.", fontsize=TINY)
        return
    sides = [_bars(moves, place) for place in (0, 1)]
    tops = [{grade: top for grade, (top, _) in side.items()} for side in sides]
    scale = _scale(moves)
    left, right = _SIDE + _BAR, room - _SIDE - _BAR
    for (before, after), value in moves.items():
        high = value * scale
        a, b = tops[0][before], tops[1][after]
        tops[0][before], tops[1][after] = a + high, b + high
        colour = GRADES[before][1]
        ax.add_patch(PathPatch(_band(left, a, right, b, high), fc=colour, alpha=0.35, lw=0))
        for line in (0.0, high):
            edge = _edge(left, a + line, right, b + line)
            ax.add_patch(PathPatch(edge, fc="none", ec=colour, lw=0.8))
        if high >= 14:
            x = left + 16
            ax.text(x, a + high / 2, number_words(value), ha="center", va="center", fontsize=TINY)
    for place, side in enumerate(sides):
        x = _SIDE if place == 0 else room - _SIDE - _BAR
        for grade, (top, total) in side.items():
            letter, colour, ink = GRADES[grade]
            high = total * scale
            ax.add_patch(Rectangle((x, top), _BAR, high, fc=colour, ec=INK, lw=1))
            if high >= 14:
                ax.text(x + _BAR / 2, top + high / 2, letter, color=ink, ha="center",
                        va="center", fontsize=TINY, fontweight="bold")  # fmt: skip
            name = f"{str(grade).replace('-', ' ')} {number_words(total)}"
            name = name.replace("requires improvement", "req. improvement")
            at, align = (x - 5, "right") if place == 0 else (x + _BAR + 5, "left")
            ax.text(at, top + high / 2, name, ha=align, va="center", fontsize=TINY)


def _scale(moves: dict[_Pair, float]) -> float:
    """How many pixels a move is, so that names and gaps have room on either side."""
    grades = max(len({pair[place] for pair in moves}) for place in (0, 1))
    return (_HIGH - 2 * 8 - 16 * (grades - 1)) / sum(moves.values())


def _bars(moves: dict[_Pair, float], place: int) -> dict[Grade, tuple[float, float]]:
    """The bars of a side: where each begins, and what it stands for."""
    scale = _scale(moves)
    found: dict[Grade, tuple[float, float]] = {}
    y = 8.0
    for grade in Grade:
        total = sum(value for pair, value in moves.items() if pair[place] is grade)
        if total:
            found[grade] = y, total
            y += total * scale + 16
    return found


def _curve(left: float, a: float, right: float, b: float) -> list[tuple[float, float]]:
    middle = (left + right) / 2
    return [(left, a), (middle, a), (middle, b), (right, b)]


def _edge(left: float, a: float, right: float, b: float) -> Path:
    return Path(_curve(left, a, right, b), [Path.MOVETO, *[Path.CURVE4] * 3])


def _band(left: float, a: float, right: float, b: float, high: float) -> Path:
    there: Sequence[tuple[float, float]] = _curve(left, a, right, b)
    back = _curve(right, b + high, left, a + high)
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return Path([*there, *back, there[0]], codes)
