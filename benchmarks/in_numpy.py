"""The process of `cafcass-2021` in straightforward numpy, to compare speed and means with.

It is what a careful user of numpy would write for this one framework in one reading of everything:
arrays over all replications, numpy's own generator, business days and months, masks where
replications differ. `in_simpy` holds the same process; weights are those of the behaviour.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from in_simpy import AREAS, DAYS_OF_INSPECTION, KINDS, PUBLISHED

from ofsted_framework.dates import ENGLAND, months_after
from ofsted_framework.simulation.behaviour import Behaviour

UNIX = 719163
"""The ordinal of 1 January 1970."""
GRADES = ("outstanding", "good", "requires-improvement", "inadequate")


def after_months(days: Any, months: int) -> Any:
    """So many months after some days, the day of the month clamped."""
    whole = days.astype("M8[M]")
    first = (whole + months).astype("M8[D]")
    last = (whole + months + 1).astype("M8[D]") - 1
    return np.minimum(first + (days - whole.astype("M8[D]")), last)


class Straightforward:
    """All replications at once, as arrays."""

    def __init__(self, behaviour: Behaviour, first: int, horizon: int) -> None:
        self.first = np.datetime64(first - UNIX, "D")
        self.horizon = np.datetime64(horizon - UNIX, "D")
        days = [day for day in range(first - 4000, horizon + 4000) if (day - 1) % 7 < 5]
        holidays = [day - UNIX for day in days if ENGLAND.add_ordinal(day, 0) != day]
        holidays_ = np.array(holidays, "M8[D]")
        self.working = np.busdaycalendar("1111100", holidays_)
        self.mondays = np.busdaycalendar("1000000", holidays_)
        self.years = []
        year = first
        while year <= horizon:
            after = months_after(year, 12)
            self.years.append((np.datetime64(year - UNIX, "D"), after - year))
            year = after

        def table(what: str, of: str, given: str | None = None) -> Any:
            found = behaviour.find(what, of, given=given)
            assert found is not None, (what, of)
            return found.table

        late = table("late", "inspection", "since-last")
        self.late = dict(zip(late.outcomes, late.weights, strict=True))["yes"] / late.total
        self.timing = np.array(table("timing", "inspection", "since-last").by_part, float)
        self.visit_timing = np.array(table("timing", "focused-visit", "between").by_part, float)
        self.least_gap = table("least-gap", "inspection").outcomes[0]
        self.late_by = table("late-by", "inspection", "since-last")
        self.spacing = table("spacing", "monitoring-visit")
        self.number = table("number", "focused-visit")
        self.priority = table("priority-action", "focused-visit")
        self.lag = {kind: table("lag", kind) for kind in PUBLISHED}
        self.length = {kind: table("length", kind).outcomes[0] for kind in PUBLISHED[1:]}
        self.moves = []
        for area in AREAS:
            rows = []
            for given in (None, *GRADES):
                one = table("first-grade" if given is None else "grade-move", area, given)
                weights = dict(zip(map(str, one.outcomes), one.weights, strict=True))
                rows.append(np.cumsum([weights.get(grade, 0) for grade in GRADES]) / one.total)
            self.moves.append(np.array(rows))

    def chosen(self, table: Any, size: int) -> Any:
        """Outcomes drawn by their weights."""
        weights = np.array(table.weights) / table.total
        return self.rng.choice(np.array(table.outcomes), size, p=weights)

    def band(self, table: Any, size: int) -> Any:
        """Numbers drawn from bands."""
        weights = np.array([weight for _, _, weight in table.parts])
        part = self.rng.choice(len(weights), size, p=weights / weights.sum())
        first = np.array([lo for lo, _, _ in table.parts])[part]
        last = np.array([hi for _, hi, _ in table.parts])[part]
        return self.rng.integers(first, last + 1)

    def monday(self, days: Any) -> Any:
        """The last Monday up to each day."""
        return np.busday_offset(days, 0, roll="backward", busdaycal=self.mondays)

    def picked(self, first: Any, last: Any, weights: Any, least: Any) -> Any:
        """Mondays of windows, by the weights of their parts, not before some days."""
        length, count = (last - first).astype(int) + 1, len(weights)
        least = np.busday_offset(least, 0, roll="forward", busdaycal=self.mondays)
        skipped = (least - first).astype(int)
        edges = length[:, None] * np.arange(count + 1) // count
        sizes = np.diff(np.maximum(edges, skipped[:, None]), axis=1) * weights
        upto = np.cumsum(sizes, axis=1)
        drawn = self.rng.random(len(first)) * upto[:, -1]
        part = np.minimum((drawn[:, None] >= upto).sum(axis=1), count - 1)
        rows = np.arange(len(first))
        begin = np.maximum(edges[rows, part], skipped)
        end = np.maximum(edges[rows, part + 1], begin + 1)
        return self.monday(first + self.rng.integers(begin, end))

    def published(self, kind: str, end: Any) -> Any:
        """Days of publication."""
        lag = self.chosen(self.lag[kind], len(end))
        return np.busday_offset(end, lag, roll="backward", busdaycal=self.working)

    def run(self, number: int, seed: int) -> dict[str, list[tuple[Any, ...]]]:
        """Every event: by kind, arrays of replications, first days, publication and grades."""
        self.rng = rng = np.random.default_rng(seed)
        made: dict[str, list[tuple[Any, ...]]] = {kind: [] for kind in KINDS}
        everyone = np.arange(number)
        first_self: Any = None
        for kind in KINDS[1:3]:
            for year, length in self.years:
                days = year + rng.integers(0, length, number)
                days = np.busday_offset(days, 0, roll="backward", busdaycal=self.working)
                days = np.maximum(
                    days, np.busday_offset(year, 0, roll="forward", busdaycal=self.working)
                )
                if year == self.first:
                    if first_self is not None:
                        days = np.maximum(days, first_self)
                    first_self = days
                made[kind].append((everyone, days, None, None))
        who, anchor = everyone, np.full(number, self.first)
        begun, ended = np.full(number, self.first - 4000), np.full(number, self.first - 1)
        grades = np.zeros((len(AREAS), number), int)
        while len(who):
            lo, hi = after_months(anchor, 30), after_months(anchor, 42)
            days = self.picked(lo, hi, self.timing, np.maximum(lo, begun + self.least_gap))
            late = rng.random(len(who)) < self.late
            after = hi[late] + self.band(self.late_by, int(late.sum()))
            days[late] = np.busday_offset(after, 0, roll="forward", busdaycal=self.mondays)
            self.visits(made, who, ended + 1, days)
            if made["inspection"]:
                last = made["inspection"][-1]
                some = np.isin(last[0], who) & (last[3] == 4).any(axis=0)
                nearest = np.searchsorted(who, last[0][some])
                self.monitored(made, last[0][some], last[2][some], days[nearest])
            inside = days <= self.horizon
            who, days, grades = who[inside], days[inside], grades[:, inside]
            end = days + DAYS_OF_INSPECTION - 1
            out = self.published("inspection", end)
            drawn = rng.random((len(AREAS), len(who)))
            grades = np.array(
                [
                    1 + (drawn[area][:, None] >= self.moves[area][grades[area]]).sum(axis=1)
                    for area in range(len(AREAS))
                ]
            ).reshape(len(AREAS), len(who))
            made["inspection"].append((who, days, out, grades))
            anchor, begun, ended = days, days, end
        return made

    def visits(self, made: Any, who: Any, first: Any, close: Any) -> None:
        """Focused visits in the stretches between inspections."""
        count = self.chosen(self.number, len(who))
        length = (close - first).astype(int)
        for index in range(int(count.max(initial=0))):
            some = index < count
            begin = first[some] + index * length[some] // count[some]
            end = first[some] + (index + 1) * length[some] // count[some] - 1
            days = self.picked(begin, end, self.visit_timing, begin)
            inside = days <= self.horizon
            days, its = days[inside], who[some][inside]
            self.chosen(self.priority, len(its))
            last = days + self.length["focused-visit"] - 1
            last = np.busday_offset(last, 0, roll="backward", busdaycal=self.working)
            made["focused-visit"].append((its, days, self.published("focused-visit", last), None))

    def monitored(self, made: Any, who: Any, base: Any, close: Any) -> None:
        """Monitoring visits, one after another, until the next inspection."""
        while len(who):
            after = base + self.band(self.spacing, len(who))
            days = np.busday_offset(after, 0, roll="forward", busdaycal=self.working)
            going = (days < close) & (days <= self.horizon)
            who, days, close = who[going], days[going], close[going]
            last = days + self.length["monitoring-visit"] - 1
            last = np.busday_offset(last, 0, roll="backward", busdaycal=self.working)
            out = self.published("monitoring-visit", last)
            made["monitoring-visit"].append((who, days, out, None))
            base = days
