"""Two outlooks side by side, and the region of assumptions in which a claim about them holds.

Replications are paired: number 7 of the one has the random numbers of number 7 of the other, each
in its place, so that a difference is known better than either figure. Readings that are open and
have a say are chosen one by one, in every combination, each with all replications; nothing is
pooled.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from fractions import Fraction
from math import inf, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, TypeVar

import attrs

from ..errors import Fault, OfstedFrameworkError, is_one_of, nearest, of_class, printable, refuse
from ..sources import Basis, Ground, weakest
from .questions import Figure, Question, Value, check_questions, values_of
from .results import Readings, grouped
from .running import no_executor

if TYPE_CHECKING:
    from .outlook import Outlook, Provenance

_R = TypeVar("_R")
_C = TypeVar("_C")
_SURE = 0.95


@attrs.frozen(kw_only=True)
class Difference:
    """One figure of two outlooks, replication by replication: the first less the second."""

    what: str
    """The figure, as the question names it."""
    of: str
    """What it is about."""
    readings: tuple[Readings, Readings]
    """The readings of each that have a say and are open, as they were chosen here."""
    pairs: int
    """In how many pairs of replications both have the figure."""
    means: tuple[float | None, float | None]
    """The mean of each over these; None where some values lie beyond the horizon."""
    mean: float | None
    """The mean difference; None where some values lie beyond the horizon."""
    error: float | None
    """Its standard error."""
    less: float
    """The share of the pairs in which the first has the smaller value."""
    more: float
    """The share in which it has the larger one; in the others they are equal."""

    def interval(self, sure: float = _SURE) -> tuple[float, float] | None:
        """What endless replications would give lies in it, in so many of 100 simulations.

        Args:
            sure: How sure that is to be: 0.95 is 95 of 100.

        Raises:
            OfstedFrameworkError: That is no share between 0 and 1.
        """
        refuse(_no_share(sure))
        return None if self.mean is None else _about(self.mean, self.error, sure)

    def sign(self, sure: float = _SURE) -> int | None:
        """1 where the first has more, -1 where it has less; None: that cannot be told.

        Where some values lie beyond the horizon, it goes by how often each has more.

        Args:
            sure: How sure that is to be.

        Raises:
            OfstedFrameworkError: That is no share between 0 and 1.
        """
        refuse(_no_share(sure))
        mean, error = self.mean, self.error
        if mean is None:
            mean = self.more - self.less
            error = sqrt(max(self.more + self.less - mean**2, 0.0) / max(self.pairs - 1, 1))
        about = _about(mean, error, sure)
        if about is None or self.pairs < 2 or self.more == self.less == 0:
            return None
        low, high = about
        return 1 if low > 0 else -1 if high < 0 else None

    @property
    def case(self) -> str:
        """The readings in words; empty where none is open."""
        if not any(self.readings):
            return ""
        first, second = (", ".join(reading for _, reading in some) for some in self.readings)
        if self.readings[0] == self.readings[1]:
            return f"{first}, in both"
        return f"{first or 'none open'} against {second or 'none open'}"


def _no_share(sure: object) -> Iterator[Fault]:
    if isinstance(sure, bool) or not isinstance(sure, float | int) or not 0 < sure < 1:
        yield Fault("sure", sure, "is no share between 0 and 1, such as 0.95")


def _about(mean: float, error: float | None, sure: float) -> tuple[float, float] | None:
    if error is None:
        return None
    spread = NormalDist().inv_cdf(0.5 + sure / 2) * error
    return mean - spread, mean + spread


@attrs.frozen(kw_only=True, repr=False)
class Comparison:
    """What differs between two outlooks, with intervals, and what that rests on."""

    names: tuple[str, str]
    """What the two are called."""
    figures: tuple[Figure, ...]
    """The figures that are compared."""
    differences: tuple[Difference, ...]
    """For each figure and each combination of readings, the first less the second."""
    assumptions: tuple[Ground, ...]
    """All that they rest on, each with its basis and facts."""
    provenances: tuple[Provenance, Provenance]
    """What the two were computed from."""

    def __repr__(self) -> str:
        """In one line."""
        return printable(
            f"<Comparison {' less '.join(self.names)}: {len(self.differences)} differences, "
            f"{len(self.assumptions)} assumptions, weakest basis {self.basis}>"
        )

    def _repr_html_(self) -> str:
        from ..telling.replies import comparison_html

        return comparison_html(self)

    @property
    def basis(self) -> Basis:
        """The weakest basis of what it rests on."""
        return weakest(one.basis for one in self.assumptions) or Basis.ASSUMED

    def select(self, what: str) -> tuple[Difference, ...]:
        """The differences of a figure, one for each combination of readings."""
        return tuple(one for one in self.differences if one.what == what)

    def to_columns(self) -> dict[str, list[object]]:
        """The differences as columns of one length: one row for each."""
        some = self.differences
        spans = [one.interval() or (None, None) for one in some]
        return {
            "what": [one.what for one in some],
            "of": [one.of for one in some],
            **{
                f"readings of {name}": [
                    "; ".join(f"{id}={reading}" for id, reading in one.readings[place])
                    for one in some
                ]
                for place, name in enumerate(self.names)
            },
            "pairs": [one.pairs for one in some],
            **{name: [one.means[place] for one in some] for place, name in enumerate(self.names)},
            "difference": [one.mean for one in some],
            "error": [one.error for one in some],
            "low": [low for low, _ in spans],
            "high": [high for _, high in spans],
            "less": [one.less for one in some],
            "more": [one.more for one in some],
        }

    def explain(self) -> str:
        """The comparison in plain English, with what it assumes."""
        from ..telling.replies import comparison_text

        return comparison_text(self)

    def to_markdown(self) -> str:
        """The comparison as Markdown."""
        from ..telling.replies import comparison_markdown

        return comparison_markdown(self)


class _Side:
    """An outlook, asked in one combination of readings after another."""

    def __init__(self, outlook: Outlook, executor: Executor | None) -> None:
        self.outlook, self.executor = outlook, executor
        self.scenario = outlook.afresh()
        self._known: dict[tuple[Readings, Question], list[tuple[Value, ...]]] = {}
        self.grounds: dict[Readings, tuple[Ground, ...]] = {}

    def groups(self, question: Question) -> list[Readings]:
        """The combinations of the readings that have a say in a question."""
        return grouped(self.scenario, question.influences(self.scenario))[0]

    def ask(self, questions: Sequence[Question]) -> None:
        """Find the values of some questions, in all their combinations."""
        wanted: dict[Readings, list[Question]] = {}
        for one in questions:
            for readings in self.groups(one):
                if (readings, one) not in self._known:
                    wanted.setdefault(readings, []).append(one)
        for readings, some in wanted.items():
            framework = self.outlook.scenario.view.framework
            for id, reading in readings:
                framework = framework.choose(id, reading=reading)
            scenario = self.outlook.afresh(framework)
            found = values_of(scenario, self.outlook.replications, some, self.executor)
            for one, values in zip(some, found, strict=True):
                self._known[readings, one] = values
            grounds = self.outlook.assumptions_of(scenario)
            self.grounds[readings] = (*self.grounds.get(readings, ()), *grounds)

    def values(self, question: Question, readings: Readings) -> list[tuple[Value, ...]]:
        """The values of a question that was asked."""
        return self._known[readings, question]

    def assumptions(self, questions: Sequence[Question]) -> dict[Ground, None]:
        """What the values of some questions rest on."""
        found: dict[Ground, None] = {}
        for one in questions:
            for says in one.assumes(self.scenario):
                found[Ground(part="the question", basis=Basis.ASSUMED, says=says)] = None
            for readings in self.groups(one):
                found.update(dict.fromkeys(self.grounds[readings]))
        return found


def compare(
    a: Outlook,
    b: Outlook,
    *questions: Question,
    names: tuple[str, str] | None = None,
    executor: Executor | None = None,
) -> Comparison:
    """What differs between two outlooks, replication by replication.

    Args:
        a: The first outlook.
        b: The second, with the same seed and as many replications, so that they are pairs.
        *questions: What is asked of both: `Contacts()`, `Unnoticed(area=…)` and so on.
        names: What the two are called; None: by their frameworks.
        executor: Where to make the replications, for instance a `ProcessPoolExecutor`; None: here.
            What is found does not depend on it, nor on how many workers it has.

    Returns:
        For each figure, and each combination of the readings that have a say in it, the first less
        the second.

    Raises:
        OfstedFrameworkError: They are no pair, or a question cannot be answered of one of them.
    """
    faults = [*no_executor(executor), *_no_pair(a, b)]
    if not questions:
        faults.append(Fault("questions", "", "is none: nothing is asked"))
    if names is not None and not (
        isinstance(names, tuple | list)
        and len(names) == 2
        and all(isinstance(one, str) for one in names)
        and names[0] != names[1]
    ):
        faults.append(Fault("names", names, "are not two that differ"))
    if faults:
        raise OfstedFrameworkError(faults)
    if names is None:
        names = a.framework.id, b.framework.id
        names = ("the first", "the second") if names[0] == names[1] else names
    return _compared((_Side(a, executor), _Side(b, executor)), questions, names)


def _compared(
    sides: tuple[_Side, _Side], questions: Sequence[Question], names: tuple[str, str]
) -> Comparison:
    for one in sides:
        check_questions(questions, one.scenario)
    for one in sides:
        one.ask(questions)
    differences = [
        difference
        for question in questions
        for place, figure in enumerate(question.figures(sides[0].scenario))
        for mine in sides[0].groups(question)
        for theirs in sides[1].groups(question)
        if _may_both_hold(sides, mine, theirs)
        for difference in _differences(figure, place, question, sides, (mine, theirs))
    ]
    return Comparison(
        names=names,
        figures=tuple(
            figure for question in questions for figure in question.figures(sides[0].scenario)
        ),
        differences=tuple(differences),
        assumptions=_joined(sides, questions, names),
        provenances=(sides[0].outlook.provenance, sides[1].outlook.provenance),
    )


def _may_both_hold(sides: tuple[_Side, _Side], mine: Readings, theirs: Readings) -> bool:
    """Whether readings of the two do not contradict one another.

    Of one framework under two assumptions a provision is read in one way, whichever that is.
    """
    names = [{one.outlook.framework.id, one.outlook.framework.based_on} for one in sides]
    if not (names[0] & names[1]) - {None}:
        return True
    other = dict(theirs)
    return all(other.get(id, reading) == reading for id, reading in mine)


def _no_pair(a: object, b: object) -> Iterator[Fault]:
    from .outlook import Outlook

    for place, one in (("a", a), ("b", b)):
        if not isinstance(one, Outlook):
            yield Fault(place, one, "is no outlook")
    if isinstance(a, Outlook) and isinstance(b, Outlook):
        for name in ("seed", "replications"):
            mine, theirs = getattr(a, name), getattr(b, name)
            if mine != theirs:
                yield Fault(f"b/{name}", theirs, f"is not that of the first, {mine}: no pairs")


def _joined(
    sides: tuple[_Side, _Side], questions: Sequence[Question], names: tuple[str, str]
) -> tuple[Ground, ...]:
    """What both rest on, and then what one of them does, which is named."""
    mine, theirs = (one.assumptions(questions) for one in sides)
    says = "Replication n of the one and of the other have the same random numbers in each place."
    found = {Ground(part="the pairs", basis=Basis.ASSUMED, says=says): None}
    found.update(dict.fromkeys(one for one in mine if one in theirs))
    for name, own, other in ((names[0], mine, theirs), (names[1], theirs, mine)):
        found.update(
            dict.fromkeys(
                attrs.evolve(one, part=f"{name}: {one.part}") for one in own if one not in other
            )
        )
    return tuple(found)


def _differences(
    figure: Figure,
    place: int,
    question: Question,
    sides: tuple[_Side, _Side],
    readings: tuple[Readings, Readings],
) -> Iterator[Difference]:
    """The difference of a figure in one combination of readings, if any pair has it."""
    some = zip(*(one.values(question, r) for one, r in zip(sides, readings, strict=True)))  # noqa: B905
    pairs: Counter[tuple[float, float]] = Counter(
        (x, y) for mine, theirs in some
        if (x := mine[place]) is not None and (y := theirs[place]) is not None
    )  # fmt: skip
    number = pairs.total()
    if number:
        less = sum(times for (x, y), times in pairs.items() if x < y)
        more = sum(times for (x, y), times in pairs.items() if x > y)
        mean, error = _moments({(x, y): n for (x, y), n in pairs.items()}, number)
        yield Difference(
            what=figure.what, of=figure.of, readings=readings, pairs=number,
            means=(_mean(pairs, 0, number), _mean(pairs, 1, number)), mean=mean, error=error,
            less=less / number, more=more / number,
        )  # fmt: skip


def _mean(pairs: Mapping[tuple[float, float], int], place: int, number: int) -> float | None:
    if any(pair[place] == inf for pair in pairs):
        return None
    return float(sum(Fraction(pair[place]) * times for pair, times in pairs.items())) / number


def _moments(
    pairs: Mapping[tuple[float, float], int], number: int
) -> tuple[float | None, float | None]:
    """The mean difference and its standard error; sums are exact before they are rounded."""
    if any(inf in pair for pair in pairs):
        return None, None
    some = [(Fraction(x) - Fraction(y), times) for (x, y), times in pairs.items()]
    mean = sum((value * times for value, times in some), Fraction()) / number
    squares = sum(((value - mean) ** 2 * times for value, times in some), Fraction())
    return float(mean), sqrt(squares / (number - 1) / number) if number > 1 else None


# --- Regions of assumptions -----------------------------------------------------------------------


class Holds(enum.StrEnum):
    """Whether a claim holds under some assumptions."""

    YES = "holds"
    """It holds in every reading that is left open."""
    NO = "does not hold"
    """It holds in none of them."""
    READING = "turns on a reading"
    """It holds in some of the readings that are left open, and in others it does not."""
    UNDETERMINED = "undetermined"
    """The difference is too small to be told from nothing with so many replications."""


@attrs.frozen(kw_only=True)
class Cell:
    """Whether a claim holds under one pair of assumptions."""

    row: str
    """The assumption of its row."""
    column: str
    """The assumption of its column."""
    holds: Holds
    """Whether the claim holds."""
    differences: tuple[Difference, ...]
    """The first less the second, in each combination of readings."""


@attrs.frozen(kw_only=True, repr=False)
class Region:
    """The region of assumptions in which a claim holds: a map, and never one number."""

    claim: str
    """What is claimed, in a sentence."""
    names: tuple[str, str]
    """What the two that are compared are called."""
    figure: Figure
    """What is compared, as in the first cell."""
    measure: str
    """What is compared, in words that are right for every cell."""
    row_title: str
    """What changes from row to row."""
    rows: tuple[str, ...]
    """The assumptions of the rows."""
    named: tuple[str, ...]
    """The rows that are readings of a source; the others lie between."""
    column_title: str
    """What changes from column to column."""
    columns: tuple[str, ...]
    """The assumptions of the columns."""
    cells: tuple[Cell, ...]
    """One for each row and column, row by row."""
    sure: float
    """How sure it is, with all cells together, that no cell says the wrong thing for want of
    replications."""
    everywhere: tuple[Ground, ...]
    """What every cell rests on."""
    varied: tuple[Ground, ...]
    """What some cells rest on, and others do not."""
    replications: int
    """How many replications there are of each case."""
    seed: int
    """The seed."""

    def __repr__(self) -> str:
        """In one line."""
        told = Counter(str(one.holds) for one in self.cells)
        return (
            f"<Region {self.claim!r}: {', '.join(f'{n} {name}' for name, n in told.items())}; "
            f"{len(self.assumptions)} assumptions, weakest basis {self.basis}>"
        )

    def _repr_html_(self) -> str:
        from ..telling.replies import region_html

        return region_html(self)

    @property
    def assumptions(self) -> tuple[Ground, ...]:
        """All that it rests on, each with its basis and facts."""
        return (*self.everywhere, *self.varied)

    @property
    def basis(self) -> Basis:
        """The weakest basis of what it rests on."""
        return weakest(one.basis for one in self.assumptions) or Basis.ASSUMED

    def cell(self, row: str, column: str) -> Cell:
        """The cell of a row and a column.

        Raises:
            KeyError: There is none.
        """
        for one in self.cells:
            if (one.row, one.column) == (row, column):
                return one
        raise KeyError((row, column))

    def to_columns(self) -> dict[str, list[object]]:
        """The cells as columns of one length: one row for each difference."""
        some = [(cell, one) for cell in self.cells for one in cell.differences]
        spans = [one.interval() or (None, None) for _, one in some]
        return {
            self.row_title: [cell.row for cell, _ in some],
            self.column_title: [cell.column for cell, _ in some],
            "claim": [str(cell.holds) for cell, _ in some],
            "readings": [one.case for _, one in some],
            "difference": [one.mean for _, one in some],
            "low": [low for low, _ in spans],
            "high": [high for _, high in spans],
        }

    def explain(self) -> str:
        """The map in plain text, with what it assumes."""
        from ..telling.replies import region_text

        return region_text(self)

    def to_markdown(self) -> str:
        """The map as a table in Markdown, with what it assumes."""
        from ..telling.replies import region_markdown

        return region_markdown(self)

    def to_svg(self) -> str:
        """The map as an SVG picture.

        Raises:
            OfstedFrameworkError: Matplotlib is not installed.
        """
        from ..telling.figures import chart

        return chart("region_chart", self).svg()


def region(
    claim: str,
    question: Question,
    *,
    a: Callable[[_R, _C], Outlook],
    b: Callable[[_R, _C], Outlook],
    rows: Mapping[str, _R],
    columns: Mapping[str, _C],
    row_title: str,
    column_title: str,
    more: bool = True,
    names: tuple[str, str] = ("the first", "the second"),
    named: Sequence[str] = (),
    figure: str | None = None,
    ask: Callable[[_R, _C], Question] | None = None,
    measure: str | None = None,
    sure: float = _SURE,
    executor: Executor | None = None,
) -> Region:
    """Where in a plane of assumptions a claim about two outlooks holds.

    Args:
        claim: What is claimed, in a sentence.
        question: What is asked of both.
        a: Makes the first outlook, from the values of a row and a column. Give the same outlook
            where it is the same: it is then asked once.
        b: Makes the second.
        rows: The assumptions of the rows: what each is called, and the value for `a` and `b`.
        columns: The assumptions of the columns.
        row_title: What changes from row to row.
        column_title: What changes from column to column.
        more: Whether the claim is that the first has more, or less.
        names: What the two are called.
        named: The rows that are readings of a source.
        figure: Which figure of the question is compared; None: its first.
        ask: Makes the question, where it is not the same in every cell.
        measure: What is compared, in words; None: as the figure says of the first cell.
        sure: How sure it is to be that no cell of all says the wrong thing.
        executor: Where to make the replications; None: here. The map does not depend on it.

    Raises:
        OfstedFrameworkError: A cell cannot be compared.
    """
    of_class(rows=(rows, Mapping), columns=(columns, Mapping), a=(a, Callable), b=(b, Callable))
    refused = [*no_executor(executor), *_no_share(sure)]
    refused += [Fault("named", one, "is no row", nearest(one, rows)) for one in named
                if not is_one_of(one, rows)]  # fmt: skip
    refuse(refused)
    known: dict[int, _Side] = {}
    pairs: list[tuple[str, str, tuple[_Side, _Side], Question]] = []
    for row, this in rows.items():
        for column, that in columns.items():
            pair = a(this, that), b(this, that)
            faults = list(_no_pair(*pair))
            if faults:
                raise OfstedFrameworkError(faults)
            for one in pair:  # a side keeps its outlook, so that no other gets its id
                if id(one) not in known:
                    known[id(one)] = _Side(one, executor)
            sides = known[id(pair[0])], known[id(pair[1])]
            pairs.append((row, column, sides, question if ask is None else ask(this, that)))
    if not pairs:
        raise OfstedFrameworkError.of("has no cells: a row and a column are needed", "", "rows")
    for side in known.values():  # each replication is made once for all that is asked of it
        asked = {one: None for _, _, sides, one in pairs if side in sides}
        check_questions(list(asked), side.scenario)
        side.ask(list(asked))
    found = [
        (row, column, _compared(sides, [asked_], names)) for row, column, sides, asked_ in pairs
    ]
    first = found[0][2]
    wanted = first.figures[0].what if figure is None else figure
    if wanted not in [one.what for one in first.figures]:
        good = ", ".join(one.what for one in first.figures)
        raise OfstedFrameworkError.of(f"is no figure of the question ({good})", wanted, "figure")
    compared = next(one for one in first.figures if one.what == wanted)
    tests = sum(len(one.select(wanted)) for _, _, one in found)
    each = 1 - (1 - sure) / max(tests, 1)
    cells = []
    for row, column, comparison in found:
        differences = comparison.select(wanted)
        holds = _holds([_claimed(each, more, d) for d in differences])
        cells.append(Cell(row=row, column=column, holds=holds, differences=differences))
    outlook = pairs[0][2][0].outlook
    grounds = [dict.fromkeys(one.assumptions) for _, _, one in found]
    everywhere = tuple(one for one in grounds[0] if all(one in some for some in grounds))
    varied = dict.fromkeys(g for some in grounds for g in some if g not in everywhere)
    return Region(
        claim=claim, names=names, row_title=row_title, rows=tuple(rows), named=tuple(named),
        figure=compared, measure=compared.says if measure is None else measure,
        column_title=column_title, columns=tuple(columns), cells=tuple(cells), sure=sure,
        everywhere=everywhere, varied=tuple(varied),
        replications=outlook.replications, seed=outlook.seed,
    )  # fmt: skip


def _claimed(sure: float, more: bool, one: Difference) -> bool | None:
    sign = one.sign(sure)
    return None if sign is None else (sign > 0) == more


def _holds(some: Sequence[bool | None]) -> Holds:
    if some and all(some):
        return Holds.YES
    if some and all(one is False for one in some):
        return Holds.NO
    return Holds.READING if True in some and False in some else Holds.UNDETERMINED


__all__ = ["Cell", "Comparison", "Difference", "Holds", "Region", "compare", "region"]
