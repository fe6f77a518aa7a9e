"""Back-test the fitted behaviour on the real record, and write the page that says how it did.

    OFSTED_FRAMEWORK_REAL_DATA=FOLDER python tools/back_test.py [--check]
        [--events NAME --output FOLDER]
    python tools/back_test.py --pictures

The folder holds the events of local authorities. They are no part of this project. Without the
variable nothing is done. Needs the dependency group `back-test`. With `--events` the page is made
of another file of that layout, for a fair trial, and written into another folder. With `--pictures`
only the pictures are drawn, from the numbers on the page.

On each day of asking a behaviour is fitted to what had been published by then about some
authorities; every other authority is simulated on from what was known of it; and what then happened
is scored. Nothing is fitted to an authority that it is scored on.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "tools"))

import attrs  # noqa: E402
import numpy as np  # noqa: E402
from lifelines import KaplanMeierFitter  # noqa: E402
from scoringrules import crps_ensemble, rps_score  # noqa: E402

import ofsted_framework as of  # noqa: E402
from make_case_study import EVENTS, PAUSED, RESUMED, VARIABLE, folder  # noqa: E402
from make_docs import NOTE, alike, table  # noqa: E402
from ofsted_framework.dates import in_words, months_after  # noqa: E402
from ofsted_framework.grades import Grade, Judgement  # noqa: E402
from ofsted_framework.plotting import (  # noqa: E402
    Calibration,
    Chart,
    coverage_chart,
    rank_chart,
)
from ofsted_framework.provisions import Limit  # noqa: E402
from ofsted_framework.simulation import Behaviour, fit  # noqa: E402
from ofsted_framework.simulation.columns import events  # noqa: E402

PAGE = ROOT / "docs" / "back-test.md"
PICTURES = {"pit": "back-test-pit.svg", "calibration": "back-test-calibration.svg"}
ORIGINS = tuple(date(year, 7, 1) for year in range(2021, 2026))
FOLDS, SEED, REPLICATIONS, RESAMPLES = 5, 20261128, 1000, 2000
ELSEWHERE = (2, 4, None)
"""The other numbers of years that are tried, to see how much the choice matters."""
UPTO = {
    "inspection": date(2026, 1, 7),
    "focused-visit": date(2025, 12, 9),
    "joint-targeted-area-inspection": date(2025, 12, 9),
    "monitoring-visit": date(2025, 3, 31),
}
"""The last day that each list is whole to; of the last two that is not known, see the page."""
LABELS = {
    "inspection": "the next inspection",
    "focused-visit": "the next focused visit",
    "joint-targeted-area-inspection": "the next joint targeted area inspection",
    "monitoring-visit": "the next monitoring visit",
}
SCALE = (Grade.OUTSTANDING, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE)
AREAS = (
    "overall-effectiveness", "impact-of-leaders", "help-and-protection",
    "in-care-and-care-leavers", "in-care", "care-leavers",
)  # fmt: skip
STANDS = {"in-care": "in-care-and-care-leavers", "care-leavers": "in-care-and-care-leavers"}
OF_SIF = {
    "overall-effectiveness": "overall-effectiveness",
    "leadership": "impact-of-leaders",
    "help-and-protection": "help-and-protection",
}
"""The judgements of the single inspection framework that are read as those of today."""
TOGETHER = {
    "no area inadequate": SCALE[:3],
    "every area good or better": SCALE[:2],
    "every area outstanding": SCALE[:1],
}
"""What is asked of all areas of an inspection at once: that each has one of some grades."""
APART = "the same, areas apart"
NEVER = 1e9
STOPPED = "Kaplan-Meier, suspension not counted"
RESIDUE, LAG = 182, 100
"""Days within which a baseline puts what is overdue; days by which nearly all is published."""


class Score(NamedTuple):
    """One forecast, scored."""

    what: str
    model: str
    origin: date
    authority: str
    value: float


class Rank(NamedTuple):
    """Where what happened lies in a forecast, from 0 to 1."""

    kind: str
    authority: str
    rank: float
    seen: bool
    """Whether it was seen to happen; else it lies beyond that."""


# --- The record ----------------------------------------------------------------------------------


def read_in(file: Path) -> list[of.History]:
    """The authorities that exist, as one sequence of inspections, whichever framework each had."""
    found = []
    for history in of.read(file).histories:
        if history.provider.urn is None:
            continue  # abolished
        some = []
        for event in history.events:
            if event.framework == "sif-2013" and event.type == "inspection":
                given = [
                    Judgement(OF_SIF[one.area], one.grade)
                    for one in event.judgements or ()
                    if one.area in OF_SIF
                ]
                event = attrs.evolve(event, framework="ilacs-2018", judgements=given)
            if event.type == "monitoring-visit" and event.published is None:
                day = date.fromordinal(event.start.hi + 60)
                event = attrs.evolve(event, published=day)
            some.append(event)
        claims = [
            of.Coverage(type=kind, last=UPTO[kind])
            for kind in ("joint-targeted-area-inspection", "monitoring-visit")
        ]
        found.append(attrs.evolve(history, events=some, coverage=[*history.coverage, *claims]))
    return found


def framework() -> of.Framework:
    """ILACS, with its numbers of visits left to be fitted, and without what is not scored."""
    made = of.framework("ilacs-2018").choose("judged-inadequate", reading="any-judgement")
    for id in ("visits-after-good", "visits-after-requires-improvement", "visits-after-inadequate"):
        made = made.replace(id, at_least=0, at_most=9, effective_from=None)
    out = (
        "visits-before-short", "engagement-meeting", "action-plan", "draft-plan",
        "priority-action-plan", "authority-publication",
    )  # fmt: skip
    kept = (row for row in made.rows if row.id not in out and not isinstance(row, Limit))
    return attrs.evolve(made, rows=tuple(kept))


def known_of(history: of.History, kind: str, origin: date) -> tuple[list[of.Event], list[of.Event]]:
    """The events of a kind that were published by a day, and the others."""
    now = origin.toordinal()
    known = [one for one in history.of_type(kind) if one.published and one.published.hi <= now]
    return known, [one for one in history.of_type(kind) if one not in known]


def paused(first: int, last: int) -> int:
    """The days after one day, up to another, on which inspection was suspended."""
    start, end = PAUSED.toordinal(), RESUMED.toordinal() - 1
    return max(0, min(last, end) - max(first + 1, start) + 1)


# --- Baselines -----------------------------------------------------------------------------------


def last_contact(history: of.History, kind: str, origin: date) -> int | None:
    """The day from which the next of a kind is waited for: an inspection, or one of that kind."""
    kinds = {"inspection", kind}
    days = [one.start.hi for each in kinds for one in known_of(history, each, origin)[0]]
    return max(days, default=None)


class KaplanMeier:
    """The interval as it was for all others, of all years, by Kaplan and Meier."""

    def __init__(
        self, histories: Sequence[of.History], kind: str, origin: date, stops: bool = False
    ) -> None:
        self.stops = stops
        cut, waits, seen = origin.toordinal() - LAG, [], []
        for history in histories:
            some = {one.start.hi: one.type for each in {"inspection", kind}
                    for one in known_of(history, each, origin)[0]}  # fmt: skip
            days = sorted(some)
            for day, after in pairwise([*days, None]):
                if day is None or day >= cut:
                    continue
                happened = after is not None and after <= cut and some[after] == kind
                end = cut if after is None or after > cut else after
                waits.append(self._days(day, end))
                seen.append(happened)
        self.days, self.left = np.array([]), np.array([])
        if any(seen):
            left = KaplanMeierFitter().fit(waits, seen).survival_function_["KM_estimate"]
            self.days, self.left = left.index.to_numpy(), left.to_numpy()

    def _days(self, first: int, last: int) -> int:
        """Days from one to another, the suspension left out if the clock stops."""
        return last - first - (paused(first, last) if self.stops else 0)

    def sample(self, history: of.History, kind: str, origin: date) -> Any:
        """Days to the next: as many as there are replications, at even steps of probability."""
        steps = (np.arange(REPLICATIONS) + 0.5) / REPLICATIONS
        begun = last_contact(history, kind, origin)
        if begun is None or not self.days.size:
            return np.full(REPLICATIONS, NEVER)
        over = self._days(begun, origin.toordinal())
        now = self.left[np.searchsorted(self.days, over, "right") - 1]
        if now <= self.left[-1]:  # nobody waited so long, or none of those had one
            return np.full(REPLICATIONS, NEVER) if self.left[-1] > 0.02 else 1 + RESIDUE * steps
        at = np.searchsorted(-self.left, -now * (1 - steps), "left")
        return np.where(at < self.days.size, self.days[np.minimum(at, self.days.size - 1)] - over,
                        NEVER)  # fmt: skip


def anniversary(history: of.History, kind: str, origin: date) -> Any:
    """Evenly over what is left of six months before to six after the third anniversary."""
    steps = (np.arange(REPLICATIONS) + 0.5) / REPLICATIONS
    known, _ = known_of(history, kind, origin)
    begun, now = known[-1].start.hi, origin.toordinal()
    lost = paused(begun, now)
    first = max(months_after(begun, 30) + lost, now + 1)
    last = months_after(begun, 42) + lost
    if last < first:
        first, last = now + 1, now + RESIDUE
    return np.floor(first - now + (last - first + 1) * steps)


class Moves:
    """Grades of others: how many stayed, and how they moved in all areas together."""

    def __init__(self, histories: Sequence[of.History], origin: date) -> None:
        self.counts = np.zeros((4, 4))
        self.firsts = np.zeros(4)
        for history in histories:
            last: dict[str, Grade] = {}
            for one in known_of(history, "inspection", origin)[0]:
                for area, grade in graded(one).items():
                    self.firsts[SCALE.index(grade)] += 1
                    before = before_of(last, area)
                    if before is not None:
                        self.counts[SCALE.index(before), SCALE.index(grade)] += 1
                last |= graded(one)

    def same(self, before: Grade | None) -> Any:
        """The same grade, as often as others kept theirs; else each other one alike."""
        if before is None:
            return self.first()
        stay = (np.trace(self.counts) + 1) / (self.counts.sum() + 2)
        found = np.full(4, (1 - stay) / 3)
        found[SCALE.index(before)] = stay
        return found

    def pooled(self, before: Grade | None) -> Any:
        """The moves of all areas together, half a move to each grade besides."""
        if before is None:
            return self.first()
        row = self.counts[SCALE.index(before)] + 0.5
        return row / row.sum()

    def first(self) -> Any:
        """The grades of all judgements."""
        return (self.firsts + 0.5) / (self.firsts + 0.5).sum()


def graded(event: of.Event) -> dict[str, Grade]:
    """The grades of an event that are on the scale."""
    return {one.area: one.grade for one in event.judgements or () if one.grade in SCALE}


def before_of(last: Mapping[str, Grade], area: str) -> Grade | None:
    """The last grade of an area, or of the area that stood for it."""
    return last.get(area) or last.get(STANDS.get(area, ""))


# --- Forecasts and scores ------------------------------------------------------------------------


class Forecast:
    """One authority, simulated on from what was known of it."""

    def __init__(
        self,
        history: of.History,
        origin: date,
        used: of.Framework,
        behaviour: Behaviour,
        count: int,
        seed: int,
    ) -> None:
        known = attrs.evolve(history.known_at(origin), coverage="complete")
        years = 2027 - origin.year
        outlook = of.simulate(
            used, known, as_of=origin, years=years, replications=1, seed=seed, behaviour=behaviour
        )
        (self.made,) = events(outlook.scenario, count)
        self.count, self.now = count, origin.toordinal()

    def _next(self, kind: str) -> Any:
        """The row of the next event of a kind in each replication; -1: none by the horizon."""
        made, found = self.made, np.full(self.count, -1)
        if kind in made.types:
            mine = np.flatnonzero((made.type == made.types.index(kind)) & (made.start > self.now))
            found[made.replication[mine][::-1]] = mine[::-1]  # the first of each is written last
        return found

    def sample(self, kind: str) -> Any:
        """Days to the next of a kind."""
        rows = self._next(kind)
        return np.where(rows < 0, NEVER, self.made.start[rows] - self.now)

    def at_once(self, areas: Sequence[str]) -> Any:
        """The grades of some areas of the next inspection, a row for each replication with all."""
        rows = self._next("inspection")
        rows = rows[rows >= 0]
        given = np.stack([self.made.grades[area][rows] for area in areas], axis=1)
        return given[(given >= 0).all(axis=1)]

    def grades(self, area: str) -> Any | None:
        """How likely each grade of the next inspection is; None: the area is not graded then."""
        rows = self._next("inspection")
        column = self.made.grades.get(area)
        if column is None:
            return None
        codes = column[rows[rows >= 0]]
        counts = np.array([(codes == list(Grade).index(grade)).sum() for grade in SCALE])
        return counts / counts.sum() if counts.sum() else None


class Test:
    """All forecasts of one way to fit, scored."""

    def __init__(
        self, histories: Sequence[of.History], years: int | None, count: int, baselines: bool
    ) -> None:
        self.scores: list[Score] = []
        self.ranks: list[Rank] = []
        self.under_way = 0
        self.baselines = baselines
        used = framework()
        rng = np.random.default_rng(SEED)
        order = rng.permutation(len(histories))
        fold = {histories[one].provider.name: place % FOLDS for place, one in enumerate(order)}
        self.asked: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for origin in ORIGINS:
            for mine in range(FOLDS):
                train = [one for one in histories if fold[one.provider.name] != mine]
                behaviour = fit(train, known_at=origin, framework=used, years=years)
                meiers = {kind: KaplanMeier(train, kind, origin) for kind in UPTO}
                meiers["clock"] = KaplanMeier(train, "inspection", origin, stops=True)
                moves = Moves(train, origin)
                for place, history in enumerate(histories):
                    if (
                        fold[history.provider.name] == mine
                        and known_of(history, "inspection", origin)[0]
                    ):
                        # Of one seed, all would have the same luck.
                        seed = SEED + place
                        forecast = Forecast(history, origin, used, behaviour, count, seed)
                        self._dates(history, origin, forecast, meiers)
                        self._grades(history, origin, forecast, moves)

    def _dates(
        self, history: of.History, origin: date, forecast: Forecast,
        meiers: Mapping[str, KaplanMeier],
    ) -> None:  # fmt: skip
        now, name = origin.toordinal(), history.provider.name
        for kind, upto in UPTO.items():
            _, others = known_of(history, kind, origin)
            limit = upto.toordinal() - now
            if limit < 30:
                continue
            if any(one.start.lo <= now for one in others):
                self.under_way += kind == "inspection" and self.baselines
                continue
            if kind == "monitoring-visit" and not inadequate(history, origin):
                continue
            coming = [one.start.lo - now for one in others if one.start.lo <= upto.toordinal()]
            days = min(coming, default=None)
            self.asked[kind][0] += 1
            self.asked[kind][1] += days is not None
            samples = {"fitted": forecast.sample(kind)}
            if self.baselines:
                samples["Kaplan-Meier interval"] = meiers[kind].sample(history, kind, origin)
                if kind == "inspection":
                    samples["third anniversary"] = anniversary(history, kind, origin)
                    samples[STOPPED] = meiers["clock"].sample(history, kind, origin)
                self._rank(kind, name, samples["fitted"], days, limit)
            for model, sample in samples.items():
                value = crps(sample, days, limit)
                self.scores.append(Score(kind, model, origin, name, value))

    def _rank(self, kind: str, name: str, sample: Any, days: int | None, limit: int) -> None:
        """The probability integral transform, drawn evenly within the day."""
        if days is None:
            self.ranks.append(Rank(kind, name, float((sample <= limit).mean()), False))
            return
        below, upto = (sample < days).mean(), (sample <= days).mean()
        share = np.random.default_rng([SEED, len(self.ranks)]).random()
        self.ranks.append(Rank(kind, name, float(below + share * (upto - below)), True))

    def _grades(self, history: of.History, origin: date, forecast: Forecast, moves: Moves) -> None:
        now, name = origin.toordinal(), history.provider.name
        known, others = known_of(history, "inspection", origin)
        if not others or not now < others[0].start.lo <= UPTO["inspection"].toordinal():
            return
        last: dict[str, Grade] = {}
        for one in known:
            last |= graded(one)
        for area, grade in graded(others[0]).items():
            told = forecast.grades(area)
            if told is None or area not in AREAS:
                continue
            before = before_of(last, area)
            models = {"fitted": told}
            if self.baselines:
                models |= {"smoothed same grade": moves.same(before),
                           "pooled moves": moves.pooled(before)}  # fmt: skip
            for model, shares in models.items():
                value = float(rps_score(SCALE.index(grade) + 1, shares))
                for what in (f"grade of {area}", "grades"):
                    self.scores.append(Score(what, model, origin, name, value))
        came = {area: grade for area, grade in graded(others[0]).items()
                if area in AREAS and forecast.grades(area) is not None}  # fmt: skip
        if self.baselines and len(came) > 1:
            codes = forecast.at_once(list(came))
            for what, good in TOGETHER.items():
                has = np.isin(codes, [list(Grade).index(grade) for grade in good])
                happened = all(grade in good for grade in came.values())
                for model, value in together(has, happened).items():
                    self.scores.append(Score(what, model, origin, name, value))


def together(has: Any, happened: bool) -> dict[str, float]:
    """The Brier scores of a forecast that all areas are so: as forecast, and with areas apart.

    Args:
        has: Whether an area is so, by replication and area.
        happened: Whether all were.
    """
    chances = {"fitted": has.all(axis=1).mean(), APART: has.mean(axis=0).prod()}
    return {model: float((chance - happened) ** 2) for model, chance in chances.items()}


def inadequate(history: of.History, origin: date) -> bool:
    """Whether the last inspection that was known had judged inadequate overall or in leadership."""
    known, _ = known_of(history, "inspection", origin)
    given = graded(known[-1])
    overall = given.get("overall-effectiveness", given.get("impact-of-leaders"))
    return overall is Grade.INADEQUATE


def crps(sample: Any, days: int | None, limit: int) -> float:
    """The continuous ranked probability score, up to the day to which it was watched.

    The squared distance between the forecast and what happened, summed over the days up to the
    limit; whatever comes later weighs nothing, for no forecast.
    """
    happened = limit + 1 if days is None else min(days, limit + 1)
    return float(crps_ensemble(float(happened), np.minimum(sample, limit + 1.0)))


# --- Figures with their uncertainty --------------------------------------------------------------


class Difference(NamedTuple):
    """The fitted model against another, authority by authority."""

    mean: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """Which is better."""
        if self.high < 0:
            return "better"
        return "worse" if self.low > 0 else "not told apart"


def means(scores: Sequence[Score], what: str, origin: date | None = None) -> dict[str, float]:
    """The mean score of each model."""
    found: dict[str, list[float]] = defaultdict(list)
    for one in scores:
        if one.what == what and origin in (None, one.origin):
            found[one.model].append(one.value)
    return {model: float(np.mean(some)) for model, some in found.items()}


def difference(scores: Sequence[Score], what: str, model: str) -> Difference:
    """The mean of fitted less another, with an interval from a bootstrap over authorities."""
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for one in scores:
        if one.what == what and one.model in ("fitted", model):
            sums[one.authority] += one.value if one.model == "fitted" else -one.value
            counts[one.authority] += one.model == "fitted"
    names = sorted(sums)
    total, number = (np.array([some[name] for name in names]) for some in (sums, counts))
    drawn = np.random.default_rng(SEED).integers(len(names), size=(RESAMPLES, len(names)))
    values = total[drawn].sum(1) / number[drawn].sum(1)
    low, high = np.quantile(values, (0.025, 0.975))
    return Difference(float(total.sum() / number.sum()), float(low), float(high))


def below(ranks: Sequence[Rank], levels: Any) -> Any:
    """The share of ranks up to each level, by Kaplan and Meier: what was not seen lies beyond."""
    fitted = KaplanMeierFitter().fit([one.rank for one in ranks], [one.seen for one in ranks])
    found = 1 - fitted.survival_function_at_times(levels).to_numpy()
    return np.where(np.asarray(levels) >= 1, 1.0, found)


def coverage(ranks: Sequence[Rank], level: float) -> float:
    """The share in the central interval of a level."""
    low, high = below(ranks, [(1 - level) / 2, (1 + level) / 2])
    return float(high - low)


def coverages(ranks: Sequence[Rank], level: float) -> tuple[float, float, float]:
    """The same, with an interval from a bootstrap over authorities."""
    by: dict[str, list[Rank]] = defaultdict(list)
    for one in ranks:
        by[one.authority].append(one)
    names = sorted(by)
    rng = np.random.default_rng(SEED)
    found = []
    for _ in range(200):
        some = [one for at in rng.integers(len(names), size=len(names)) for one in by[names[at]]]
        if any(one.seen for one in some):
            found.append(coverage(some, level))
    low, high = np.quantile(found, (0.025, 0.975))
    return coverage(ranks, level), float(low), float(high)


# --- Pictures ------------------------------------------------------------------------------------


SHOWN = ("inspection", "focused-visit")
PARTS, LEVELS = 10, tuple(step / 20 for step in range(1, 20))
TENTHS, HELD = "part of the forecast", "level"


def _rounded(share: float) -> float:
    """A share as the page has it, which the pictures are drawn from."""
    return round(share, 3)


def calibrations(ranks: Sequence[Rank]) -> list[Calibration]:
    """Where what happened lies in the forecasts of each kind, and what intervals hold."""
    made = []
    for kind in SHOWN:
        some = [one for one in ranks if one.kind == kind]
        upto = below(some, np.linspace(0, 1, PARTS + 1))
        shares = np.diff(upto)
        shares[0] += upto[0]  # earlier than all replications
        made.append(
            Calibration(
                what=LABELS[kind],
                ranks=[_rounded(float(share)) for share in shares],
                held={level: _rounded(coverage(some, level)) for level in LEVELS},
            )
        )
    return made


def charts(some: Sequence[Calibration]) -> dict[str, Chart]:
    """The pictures of the page."""
    return {"pit": rank_chart(some), "calibration": coverage_chart(some)}


def tables(some: Sequence[Calibration]) -> tuple[str, str]:
    """The same numbers as tables, which `read_back` reads."""
    names = [one.what for one in some]
    parts = [
        (f"{at / PARTS:g} to {(at + 1) / PARTS:g}", *(f"{one.ranks[at]:.1%}" for one in some))
        for at in range(PARTS)
    ]
    levels = [(f"{level:.0%}", *(f"{one.held[level]:.1%}" for one in some)) for level in LEVELS]
    return table((TENTHS, *names), parts), table((HELD, *names), levels)


def read_back(page: str) -> list[Calibration]:
    """The numbers of a page, to draw its pictures anew without the back-test."""
    found: dict[str, list[list[str]]] = {}
    name = ""
    for line in page.splitlines():
        cells = [one.strip() for one in line.strip("| ").split(" | ")]
        name = cells[0] if cells[0] in (TENTHS, HELD) else name if line.startswith("|") else ""
        if name:
            found.setdefault(name, []).append(cells)
    (heads, _, *parts), (_, _, *levels) = found[TENTHS], found[HELD]

    def share(cell: str) -> float:
        return round(float(cell.rstrip("%")) / 100, 3)

    return [
        Calibration(
            what=what,
            ranks=[share(row[at]) for row in parts],
            held={share(row[0]): share(row[at]) for row in levels},
        )
        for at, what in enumerate(heads)
        if at
    ]


# --- The page ------------------------------------------------------------------------------------


def _number(value: float) -> str:
    return (
        f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}" if abs(value) < 1 else f"{value:.2f}"
    )


def _beside(test: Test, what: str, models: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A row for each model; none where nothing was scored."""
    for model in models if means(test.scores, what) else ():
        one = difference(test.scores, what, model)
        yield (
            LABELS.get(what, what), model, _number(means(test.scores, what)["fitted"]),
            _number(means(test.scores, what)[model]),
            f"{_number(one.mean)} ({_number(one.low)} to {_number(one.high)})", one.verdict,
        )  # fmt: skip


def sections(test: Test, others: Mapping[int | None, Test]) -> Iterator[str]:
    """The parts of the page."""
    names = {one.authority for one in test.scores}
    first, last = in_words(ORIGINS[0]), in_words(ORIGINS[-1])
    yield (
        "# Back-test\n\n"
        "How far can the simulator be trusted? On each 1 July from 2021 to 2025 a behaviour is "
        f"[fitted](fitting.md) to what had been published by that day about four fifths of "
        f"{len(names)} authorities. Each of the others is simulated on from what was known of it, "
        f"{REPLICATIONS:,} times. What then happened is scored, and so are simpler forecasts made "
        "from the same records. Nothing is fitted to an authority that it is scored on.\n\n"
        "The page is written by `tools/back_test.py`. The record is that of the "
        "[case study](case-study.md): public sector information from Ofsted, licensed under the "
        "Open Government Licence v3.0. It is no part of this project.\n\n"
        "Lower scores are better throughout. A difference is the fitted model less the other, with "
        "an interval that holds it in 95 of 100 resamplings of the authorities "
        f"({RESAMPLES:,}, paired, seed {SEED}); where the interval does not reach 0, the two are "
        "told apart."
    )
    rows = [
        *_beside(test, "inspection", ("Kaplan-Meier interval", STOPPED, "third anniversary")),
        *_beside(test, "focused-visit", ("Kaplan-Meier interval",)),
    ]
    yield (
        "## Dates\n\n"
        + (
            "The continuous ranked probability score, in days, up to the last day to which the "
            "record is whole: the squared distance between the forecast and what happened, summed "
            "over the days. An event that had not begun by then counts up to there and no further, "
            "for every model alike.\n\n"
        )
        + table(
            ("what", "against", "fitted", "the other", "difference", "the fitted model is"), rows
        )
    )
    yield _by_origin(test)
    rows = [
        *_beside(test, "joint-targeted-area-inspection", ("Kaplan-Meier interval",)),
        *_beside(test, "monitoring-visit", ("Kaplan-Meier interval",)),
    ]
    yield (
        "Two lists are not known to be whole: that of joint targeted area inspections, and that of "
        "monitoring visits, which leaves out the first of each series and ends in March 2025. They "
        "are scored as if they held everything (visits without a day of publication as if "
        "published after 60 days), which bears on every model, so these figures say little.\n\n"
    ) + table(("what", "against", "fitted", "the other", "difference", "the fitted model is"), rows)
    yield from _calibrated(test)
    yield _graded(test)
    yield _sensitive(test, others)
    yield (
        "## What was taken to hold\n\n"
        f"- Days of asking: {first} to {last}, each 1 July. Before 28 June 2021 the end of the "
        "suspension was not known, and nothing could be forecast.\n"
        "- The inspections of the single inspection framework begin the clock like those of "
        "today; their judgements on leadership and on help and protection are read as today's.\n"
        "- An authority whose next event had begun and was not yet published is not asked about "
        f"it ({test.under_way} cases of inspections): it knew, and the public did not. Every other "
        "authority is taken to know its own record.\n"
        "- Provisions are those that the library has today. What was inferred from the record as "
        "a whole is taken out: the numbers of visits after each grade, which are fitted instead, "
        "and the limits on overall effectiveness. The usual window of 30 to 42 months stays, but "
        "has no say where intervals are fitted.\n"
        "- Abolished authorities are left out. Each of the others is simulated with a seed of its "
        "own.\n"
        "- Kaplan-Meier interval: for inspections, days from one to the next (of the calendar, or "
        "without the suspension); for visits, from the last inspection or visit of the kind. All "
        "years, given that so many days have passed; where nobody waited so long, evenly over "
        f"{RESIDUE} days.\n"
        "- Third anniversary: evenly over what is left of 30 to 42 months, the days of suspension "
        f"added; where that is over, evenly over {RESIDUE} days.\n"
        "- The number of years, 3, the bands of four weeks, the weights of the smoothing and that "
        "intervals are told apart by kind were "
        "chosen with this record at hand, after looking at scores; the table above shows how much "
        "hangs on the years. That flatters the fitted model. A fair trial needs authorities that "
        "nobody has looked at.\n"
        "- The five days of asking share authorities and often the same next inspection; the "
        "resampling is therefore of authorities, not of forecasts. It does not redo the fits."
    )


def _by_origin(test: Test) -> str:
    rows = []
    for kind in ("inspection", "focused-visit"):
        for origin in ORIGINS:
            found = means(test.scores, kind, origin)
            rows.append(
                (LABELS[kind], in_words(origin), _number(found["fitted"]),
                 _number(found["Kaplan-Meier interval"]),
                 _number(found["third anniversary"]) if "third anniversary" in found else "")
            )  # fmt: skip
    return "By the day of asking (later days are watched for less long):\n\n" + table(
        ("what", "asked on", "fitted", "Kaplan-Meier interval", "third anniversary"), rows
    )


def _calibrated(test: Test) -> Iterator[str]:
    rows = []
    for kind in ("inspection", "focused-visit"):
        some = [one for one in test.ranks if one.kind == kind]
        cells = [
            "{:.0%} ({:.0%} to {:.0%})".format(*coverages(some, level)) for level in (0.5, 0.8, 0.9)
        ]
        asked, seen = test.asked[kind]
        rows.append((LABELS[kind], str(asked), str(seen), *cells))
    yield (
        "## Calibration\n\n"
        "How much of what happened lay in the central intervals of the fitted model, and where it "
        "lay. What was not seen to happen lies beyond the day to which it was watched; the shares "
        "are those of Kaplan and Meier's estimate of the ranks, with bootstrap intervals over "
        "authorities (200 resamplings).\n\n"
        + table(("what", "forecasts", "seen to happen", "50% hold", "80% hold", "90% hold"), rows)
    )
    some = calibrations(test.ranks)
    parts, levels = tables(some)
    for head, name, told in (
        ("Where what happened lies", "pit", parts),
        ("What intervals hold", "calibration", levels),
    ):
        alt = f"{charts(some)[name].title}: the table below tells the same"
        yield f"### {head}\n\n![{alt}]({PICTURES[name]})\n\n{told}"


def _graded(test: Test) -> str:
    models = ("smoothed same grade", "pooled moves")
    rows = [row for what in ("grades", *(f"grade of {area}" for area in AREAS))
            if means(test.scores, what) for row in _beside(test, what, models)]  # fmt: skip
    rows = [("all areas" if row[0] == "grades" else row[0].removeprefix("grade of "), *row[1:])
            for row in rows]  # fmt: skip
    return (
        "## Grades\n\n"
        "The ranked probability score of each grade of the next inspection, where that began by "
        f"{in_words(UPTO['inspection'])}: the squared distance between what was said and what "
        "came, summed over the steps of the scale.\n\n"
        + table(
            ("area", "against", "fitted", "the other", "difference", "the fitted model is"), rows
        )
        + "\n\nThe Brier score of what is said of all areas of that inspection at once: the "
        "squared distance between its probability and 1 or 0. The other takes the same probability "
        "of each area by itself, as if areas did not depend on one another.\n\n"
        + table(
            ("what", "against", "fitted", "the other", "difference", "the fitted model is"),
            [row for what in TOGETHER for row in _beside(test, what, (APART,))],
        )
    )


def _sensitive(test: Test, others: Mapping[int | None, Test]) -> str:
    rows = []
    for years, one in {3: test, **others}.items():
        name = "all" if years is None else str(years)
        cells = [_number(means(one.scores, what)["fitted"])
                 for what in ("inspection", "focused-visit", "grades")]  # fmt: skip
        rows.append((name, *cells))
    return (
        "## How much hangs on the years\n\n"
        "`fit` looks at the last three years unless told. Scores of the fitted model with other "
        f"numbers of years ({REPLICATIONS // 5} replications):\n\n"
        + table(("years", "next inspection", "next focused visit", "grades"), rows)
    )


def made(file: Path, into: Path = PAGE.parent) -> dict[Path, str]:
    """The page and its pictures."""
    histories = read_in(file)
    test = Test(histories, 3, REPLICATIONS, True)
    others = {years: Test(histories, years, REPLICATIONS // 5, False) for years in ELSEWHERE}
    note = NOTE.replace("make_docs", "back_test")
    return {
        into / PAGE.name: note + "\n\n".join(sections(test, others)) + "\n",
        **pictures(calibrations(test.ranks), into),
    }


def pictures(some: Sequence[Calibration], into: Path) -> dict[Path, str]:
    """The pictures of the page, by where they are."""
    return {into / PICTURES[name]: chart.svg() for name, chart in charts(some).items()}


def main() -> int:
    """Write the page, or see whether it is fresh."""
    parser = argparse.ArgumentParser(description="Back-test the fitted behaviour.")
    parser.add_argument("--check", action="store_true", help="see whether the page is fresh")
    parser.add_argument("--pictures", action="store_true", help="draw the page's numbers, no more")
    parser.add_argument("--events", metavar="NAME", default=EVENTS, help="another file of events")
    parser.add_argument("--output", metavar="FOLDER", type=Path, default=PAGE.parent)
    args = parser.parse_args()
    if args.pictures:
        page = (args.output / PAGE.name).read_text(encoding="utf-8")
        for path, text in pictures(read_back(page), args.output).items():
            path.write_text(text, encoding="utf-8", newline="\n")
        return 0
    place = folder()
    if place is None:
        print(f"{VARIABLE} names no folder: nothing is done")
        return 0
    found = made(place / args.events, args.output)
    if args.check:
        stale = [
            path.name
            for path, text in found.items()
            if not path.exists() or not alike(path.read_text(encoding="utf-8"), text)
        ]
        print(f"stale: {', '.join(stale)}" if stale else "fresh")
        return 1 if stale else 0
    for path, text in found.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
