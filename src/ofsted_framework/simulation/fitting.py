"""`fit`: a behaviour estimated from records as they were known on a day.

Whatever is published later has no say. Waiting times that are not over count for as long as they
were watched; absence counts only where a record claims to hold everything; and the clock stands
still while an activity is suspended.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Any

from ..cases import View, status_holds
from ..dates import ENGLAND, Answer, WorkingDays, add_months, in_words, no_calendar
from ..editions import Framework, governing
from ..errors import Fault, OfstedFrameworkError, is_day, items
from ..events import EVENTS, Event
from ..grades import Grade
from ..history import UNPUBLISHED, History, Provider
from ..obligations import deadline
from ..provisions import Between, Cadence, Limit, Response, Route, SinceLast, Status
from ..sources import Basis
from ..windows import NEVER
from .behaviour import Assumption, Behaviour, Fitted
from .scenario import allowed_kinds, ways
from .shares import together, unseen
from .survival import Watched, hazards, in_bands, product_limit, whole

_WEEKS = 28
"""Days of a band of intervals: within it each day is alike."""
_TAIL = 182
"""Days after the longest wait that was watched, in which what is left is taken to happen."""
_FINE = 10_000
"""What weights add up to, where they are no counts."""
_NEVER = 30_000
"""Days after which something is put that does not come: beyond every horizon that matters."""
_WAITING = 10
"""As of how many more who wait the hazards of all count, where those of some are estimated."""
_MOVES = 20
"""Pairs of inspections that a row of moves is given beside its own, to smooth it."""
_SETTLED = Fraction(19, 20)
"""The share of events that are published by the time from which a record is taken to be whole."""
_MOSTLY = Fraction(9, 10)
_MONTH = Fraction(365_2425, 12_0000)
_PARTS = 10


def fit(
    histories: Iterable[History],
    *,
    known_at: date,
    framework: Framework | None = None,
    years: int | None = 3,
    id: str = "fitted",
    title: str | None = None,
    calendar: WorkingDays = ENGLAND,
) -> Behaviour:
    """Estimate how everyone behaves from records, as they were known on a day.

    Args:
        histories: The records, of one kind of provider.
        known_at: The day. What was published later has no say, and nothing is taken to be absent
            that may not have been published yet.
        framework: Whose windows, limits and deadlines things are measured by; None: the one in
            force on that day.
        years: How many years before the day are looked at for intervals, visits, lags and lengths,
            since practice changes; None: all. Moves of grades, of which there are few, are counted
            over all years.
        id: A name for the behaviour.
        title: What it is; None: a title that names the day and how many records there are.
        calendar: The working days that lags are counted in.

    Returns:
        The behaviour: each assumption inferred, with how many it was counted on. Matters of which
        the records say nothing are left out.

    Raises:
        OfstedFrameworkError: There is no record, they are of several kinds of provider, or no one
            framework is in force.
    """
    some = items(histories, History, "histories")
    _refuse(some, known_at, framework, years, calendar)
    used = _governing(some[0].provider.kind, known_at) if framework is None else framework
    since = None if years is None else add_months(known_at, -12 * years)
    counted = _Counting(some, known_at, used, since, calendar)
    assumptions = tuple(counted.assumptions())
    events = sum(len(record.known.events) for record in counted.records)
    if title is None:
        what = "1 record, as it was" if len(some) == 1 else f"{len(some)} records, as they were"
        title = f"Fitted to {what} known on {in_words(known_at)}"
    return Behaviour(
        id=id,
        title=title,
        assumptions=assumptions,
        fitted=Fitted(
            known_at=known_at,
            since=since,
            framework=used.id,
            histories=len(some),
            events=events,
            record=_digest(counted.records),
            library=_version(),
            method=tuple(counted.method()),
        ),
    )


def _refuse(
    histories: Sequence[History],
    known_at: object,
    framework: object,
    years: object,
    calendar: object,
) -> None:
    faults: list[Fault] = []
    faults += no_calendar(calendar)
    if not histories:
        faults.append(Fault("histories", None, "are none"))
    kinds = sorted({one.provider.kind for one in histories})
    if len(kinds) > 1:
        faults.append(Fault("histories", kinds, "are of several kinds of provider"))
    if not is_day(known_at):
        faults.append(Fault("known_at", known_at, "is not a day"))
    if framework is not None and not isinstance(framework, Framework):
        faults.append(Fault("framework", framework, "is not a framework"))
    elif framework is not None and kinds and [framework.provider_kind] != kinds:
        message = f"is about another kind of provider than {', '.join(kinds)}"
        faults.append(Fault("framework", framework.id, message))
    if years is not None and (type(years) is not int or years < 1):
        faults.append(Fault("years", years, "is not a whole number from 1 on"))
    elif years is not None and is_day(known_at) and years >= known_at.year:
        faults.append(
            Fault("years", years, f"go back beyond the year 1 from {known_at}; None: all")
        )
    if faults:
        raise OfstedFrameworkError(faults)


def _governing(kind: str, day: date) -> Framework:
    found = [one.framework for one in governing(kind, on=day).standings if one.answer is Answer.YES]
    if len(found) != 1:
        message = f"is a day on which no one framework for {kind} was in force; name one"
        raise OfstedFrameworkError.of(message, day.isoformat(), "known_at")
    return found[0]


def _digest(records: Sequence[_Record]) -> str:
    import hashlib

    from .._strict import digest

    return hashlib.sha256("".join(digest(one.known) for one in records).encode()).hexdigest()


def _version() -> str:
    from .._version import VERSION

    return VERSION


class _Record:
    """One record, as it was known on the day, and what it claims to be whole of."""

    def __init__(self, history: History, day: date, framework: Framework, calendar: WorkingDays):
        self.claimed = history
        self.known = history.known_at(day)
        self.view = View(self.known, framework, day, calendar)
        self.inspections = self.of("inspection")

    def of(self, *kinds: str) -> list[Event]:
        """The events of some kinds whose first day is known, in order."""
        return [one for one in self.known.of_type(*kinds) if one.start.exact]

    def covered(self, kinds: Sequence[str], first: int, last: int) -> int:
        """The last day of a stretch up to which nothing can be missing; before it, if none."""
        if last < first:
            return last
        day = self.claimed.first_uncovered(kinds, first, last)
        return last if day is None else day - 1


class _Counting:
    """What is counted of all records together."""

    def __init__(
        self,
        histories: Sequence[History],
        known_at: date,
        framework: Framework,
        since: date | None,
        calendar: WorkingDays,
    ) -> None:
        self.now, self.framework, self.calendar = known_at.toordinal(), framework, calendar
        self.since = 0 if since is None else since.toordinal()
        self.records = [_Record(one, known_at, framework, calendar) for one in histories]
        nobody = History(Provider(name="nobody", kind=framework.provider_kind))
        self.view = View(nobody, framework, known_at, calendar)
        self._settled: dict[str, int] = {}

    def method(self) -> Iterator[str]:
        """How it was done, in sentences."""
        kinds = dict.fromkeys(one.type for each in self.records for one in each.known.events)
        for kind in kinds:
            if kind not in UNPUBLISHED:
                days = self.now - self.settled(kind)
                yield (
                    f"{EVENTS[kind].label}s: absence counts up to {days} days before the day, by "
                    "which 19 of 20 had been published, and only where a record claims to be whole."
                )
        yield (
            "Intervals: Kaplan and Meier's estimate with late entry, suspended days not counted, "
            "in bands of four weeks; where the framework tells kinds of inspection apart, also by "
            f"the kind that the last one sends to, with {_WAITING} more who wait, as all do."
        )
        yield (
            f"Moves of grades: {_MOVES} pairs are added to each row, shared out as in the row of "
            "all areas together, to which each grade adds half a pair."
        )
        yield (
            "Areas that move together: how often they share a number, by how likely all their "
            "moves are together, given the rows; to which half a time of either is added."
        )

    def settled(self, kind: str) -> int:
        """The last day up to which events of a kind are nearly all known."""
        if kind not in self._settled:
            lags = sorted(
                one.published.hi - one.start.hi
                for record in self.records
                for one in record.of(kind)
                if one.published is not None
            )
            late = lags[ceil(_SETTLED * len(lags)) - 1] if lags else 0
            self._settled[kind] = self.now - late
        return self._settled[kind]

    def assumptions(self) -> Iterator[Assumption]:
        """Everything that can be said."""
        cadences = self.view.rows(Cadence)
        for activity in dict.fromkeys(row.activity for row in self._rows(cadences)):
            rhythms = {row.since_last for row in self._rows(cadences) if row.activity == activity}
            rhythms.discard(None)
            if len(rhythms) == 1:
                yield from self._intervals(activity, rhythms.pop())
        yield from self._forms()
        yield from self._visits()
        yield from self._kinds()
        yield from self._grades()
        yield from self._reports()

    def _rows(self, rows: Mapping[str, Mapping[str | None, Sequence[Any]]]) -> Iterator[Any]:
        return (row for readings in rows.values() for some in readings.values() for row in some)

    def _made(
        self, what: str, of: str, weights: Mapping[Any, int], counted: int, says: str,
        given: str | None = None,
    ) -> Assumption:  # fmt: skip
        return Assumption(
            what=what, of=of, given=given, basis=Basis.INFERRED, counted=counted, says=says,
            weights={str(outcome): weight for outcome, weight in weights.items()},
        )  # fmt: skip

    # --- From one to the next -----------------------------------------------------------------

    def clock(self, activity: str, begun: int, day: int) -> int:
        """Days from one day to another, without those on which an activity was suspended."""
        lost = sum(
            max(0, min(end, day) - max(start, begun + 1) + 1)
            for start, end in self.view.suspended(activity)
        )
        return day - begun - lost

    def watched(self, activity: str) -> Iterator[tuple[Watched, str | None]]:
        """The times from one to the next and those that were not over, each with what it follows.

        That is the kind that the first sends to; None where nothing tells, or it is not known.
        """
        upto = self.settled(activity)
        for record in self.records:
            some = [one for one in record.of(activity) if one.start.lo <= upto]
            for one, after in zip(some, [*some[1:], None], strict=False):
                begun = one.start.lo
                last = upto if after is None else after.start.lo
                end = record.covered((activity,), begun + 1, last - (after is not None))
                happened = after is not None and end == last - 1
                end = last if happened else end
                entry = 0
                if self.since > begun:
                    entry = self.clock(activity, begun, self.since - 1)
                sent = self._sent(record, one) if activity == "inspection" else None
                yield Watched(entry, self.clock(activity, begun, end), happened), sent

    def _sent(self, record: _Record, one: Event) -> str | None:
        """The kind of inspection that an inspection sends to next; None: that is not known."""
        found: list[tuple[str, ...]] = []
        for row in self._rows(self.view.rows(Route)):
            if row.lo <= one.start.lo <= row.hi:
                holds = self._holds(row, one)
                if row.while_ is not None and holds is None:
                    return None
                found += ways(row, holds, False)
        return allowed_kinds(found)[0] if found else None

    def _intervals(self, activity: str, rhythm: SinceLast) -> Iterator[Assumption]:
        some = [(one, sent) for one, sent in self.watched(activity) if one.end > one.entry]
        watched = [one for one, _ in some]
        events = sum(one.happened for one in watched)
        if not events:
            return
        found = hazards(watched)
        oldest = max(one.end for one in watched)
        bands = in_bands(*product_limit(found), oldest, _WEEKS, _TAIL)
        says = f"{events} intervals that were over and {len(watched) - events} that were not"
        yield self._made(
            "interval", activity, whole(bands, _FINE), events, f"{says}.", "since-last"
        )
        yield from self._slippage(activity, rhythm, bands, events, says)
        kinds = sorted({sent for _, sent in some if sent is not None})
        for kind in kinds if len(kinds) > 1 else ():
            mine = [one for one, sent in some if sent == kind]
            own = product_limit(hazards(mine, found, _WAITING))
            events = sum(one.happened for one in mine)
            yield self._made(
                "interval", activity, whole(in_bands(*own, oldest, _WEEKS, _TAIL), _FINE), events,
                f"{events} intervals that were over and {len(mine) - events} that were not, after "
                f"inspections that send to a {kind} one; and {_WAITING} more who wait, to whom it "
                "happens as to all.",
                kind,
            )  # fmt: skip

    def _slippage(
        self, activity: str, rhythm: SinceLast, bands: Sequence[tuple[int, float]], events: int,
        says: str,
    ) -> Iterator[Assumption]:  # fmt: skip
        """The same against the window of the framework: where in it, and how late."""
        before = rhythm.months if rhythm.before is None else rhythm.before
        opens = round((rhythm.months - before) * _MONTH)
        closes = round((rhythm.months + rhythm.after) * _MONTH)
        count = max(1, (before + rhythm.after) // 2)
        ends = [opens + (closes - opens) * (part + 1) // count for part in range(count)]
        parts, late = [0.0] * count, defaultdict[int, float](float)
        first = 1
        for last, share in bands:
            each = share / (last - first + 1)
            for day in range(first, last + 1) if share else ():
                if day <= closes:
                    parts[bisect_right(ends, day - 1)] += each
                else:
                    late[-(-(day - closes) // _WEEKS) * _WEEKS] += each
            first = last + 1
        within, after = sum(parts), sum(late.values())
        told = (
            f"{says}, against a window from {opens} to {closes} days; earlier ones count as early"
        )
        if within:
            weights = {part + 1: round(share * _FINE) for part, share in enumerate(parts)}
            if any(weights.values()):
                yield self._made("timing", activity, weights, events, f"{told}.", "since-last")
        weights_late = {"yes": round(after * _FINE), "no": round(within * _FINE)}
        yield self._made("late", activity, weights_late, events, f"{told}.", "since-last")
        if after:
            some = whole(sorted(late.items()), _FINE)
            number = max(1, round(events * after))
            yield self._made("late-by", activity, some, number, f"{told}.", "since-last")

    # --- What lies between --------------------------------------------------------------------

    def _visits(self) -> Iterator[Assumption]:
        rows = self.view.rows(Between)
        numbers: dict[str, Counter[int]] = defaultdict(Counter)
        few: dict[str, Counter[str]] = defaultdict(Counter)
        many: dict[str, Counter[str]] = defaultdict(Counter)
        places: dict[str, Counter[int]] = defaultdict(Counter)
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        capped = {row.activities[0] for row in self._rows(rows) if row.at_most is not None}
        seen: set[tuple[str, str]] = set()
        for id, readings in rows.items():
            row = next(iter(readings.values()))[0]
            lead = row.activities[0]
            for record in self.records:
                for begun, close in self._stretches(record, row):
                    inside = [
                        one
                        for one in record.of(*row.activities)
                        if begun.start.lo < one.start.lo < close.start.lo
                    ]
                    new = (begun.id, lead) not in seen
                    if lead in capped and new:
                        for one in inside:
                            kinds[lead][one.type] += 1
                        self._place(places[lead], begun, close, inside)
                        seen.add((begun.id, lead))
                    applies = self._applies(row, readings, begun)
                    lo, hi = begun.start.lo + 1, close.start.lo - 1
                    if record.covered(row.activities, lo, hi) == hi and applies is not None:
                        count = len(inside)
                        numbers[id][count] += 1
                        if applies.at_least:
                            few[id]["yes" if count < applies.at_least else "no"] += 1
                        if applies.at_most is not None:
                            many[id]["yes" if count > applies.at_most else "no"] += 1
                        if new and lead in capped:
                            numbers[lead][count] += 1
        for of, counts in numbers.items():
            yield self._counts("number", of, counts, "stretches between two inspections")
        for what, found in (("too-few", few), ("too-many", many)):
            for of, yes_no in found.items():
                if yes_no["yes"]:
                    says = "stretches between two inspections"
                    yield self._counts(what, of, yes_no, says)
        for of, some in places.items():
            if some:
                weights = {part: some[part] for part in range(1, _PARTS + 1)}
                says = f"{some.total()} visits, by the tenth of their share of the time."
                yield self._made("timing", of, weights, some.total(), says, "between")
        for of, which in kinds.items():
            if len(which) > 1:
                yield self._counts("visit", of, which, "visits")
        yield from self._spacing()

    def _counts(self, what: str, of: str, counts: Mapping[Any, int], noun: str) -> Assumption:
        total = sum(counts.values())
        ordered = dict(sorted(counts.items()))
        return self._made(what, of, ordered, total, f"Counted on {total} {noun}.")

    def _stretches(self, record: _Record, row: Between) -> Iterator[tuple[Event, Event]]:
        """Two bounds in a row, of which the second lies in the time that is looked at."""
        some = record.of(*row.bounds)
        for begun, close in pairwise(some):
            lo, hi = begun.start.lo + 1, close.start.lo - 1
            if close.start.lo >= self.since and record.covered(row.bounds, lo, hi) == hi:
                yield begun, close

    def _applies(
        self, row: Between,
        readings: Mapping[str | None, Sequence[Between]], begun: Event,
    ) -> Between | None:  # fmt: skip
        """The row that speaks of a stretch; None: none does, or more than one."""
        if row.while_ is not None and self._status(row.while_, begun) is not True:
            return None
        found = [one for some in readings.values() for one in some
                 if one.lo <= begun.start.lo <= one.hi]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def _place(
        self, places: Counter[int], begun: Event, close: Event, inside: Sequence[Event]
    ) -> None:
        """Where visits lie, each in its share of the time."""
        first = (begun.end.hi if begun.end is not None else begun.start.hi) + 1
        length = close.start.lo - first
        for index, one in enumerate(inside):
            if length > 0:
                at = Fraction(one.start.lo - first, length) * len(inside) - index
                places[min(max(int(at * _PARTS), 0), _PARTS - 1) + 1] += 1

    def _spacing(self) -> Iterator[Assumption]:
        """How visits follow an inspection and one another, where the next inspection allows."""
        rows = self.view.rows(Between)
        waits: dict[tuple[str, str], dict[str, list[Watched]]] = defaultdict(dict)
        every: dict[tuple[str, str], dict[tuple[int, str, int], Watched]] = defaultdict(dict)
        for id, readings in rows.items():
            row = next(iter(readings.values()))[0]
            lead, bound = row.activities[0], next(iter(row.bounds), "")
            for place, record in enumerate(self.records):
                for begun, close in self._open_stretches(record, row):
                    applies = self._applies(row, readings, begun) is not None
                    for given, base, wait in self._waits(record, row, bound, begun, close):
                        every[lead, given][place, begun.id, base] = wait
                        if applies:
                            waits[lead, given].setdefault(id, []).append(wait)
        for (lead, given), found in every.items():
            watched = list(found.values())
            prior = hazards(watched)
            yield from self._spaced(lead, given, watched, prior)
            groups = waits[lead, given]
            for id, some in groups.items() if len(rows) > 1 else ():
                if len(some) < len(watched):
                    yield from self._spaced(id, given, some, hazards(some, prior, _WAITING))

    def _spaced(
        self, of: str, given: str, watched: Sequence[Watched], found: Mapping[int, float]
    ) -> Iterator[Assumption]:
        happened = sum(one.happened for one in watched)
        if watched:
            shares, left = product_limit(found)
            bands = in_bands(shares, 0.0, 0, _WEEKS, 0)
            if round(left * _FINE):
                bands += [(_NEVER - 1, 0.0), (_NEVER, left)]
            says = f"{happened} times of waiting that were over and {len(watched) - happened} that "
            says += "were not; what never came by the longest is put after it."
            yield self._made("spacing", of, whole(bands, _FINE), happened, says, given)

    def _open_stretches(
        self, record: _Record, row: Between
    ) -> Iterator[tuple[Event, Event | None]]:
        """What begins each stretch, and what ends it, if that was seen."""
        some: list[Event] = record.of(*row.bounds)
        yield from zip(some, [*some[1:], None], strict=False)

    def _waits(
        self, record: _Record, row: Between, bound: str, begun: Event, close: Event | None
    ) -> Iterator[tuple[str, int, Watched]]:
        """The times of waiting for each visit of a stretch: from what, since when, and how long."""
        lead, kinds = row.activities[0], (*row.activities, *row.bounds)
        upto = min(map(self.settled, kinds))
        last = upto if close is None else min(upto, close.start.lo - 1)
        first = begun.start.lo if begun.end is None else begun.end.hi
        base = first if begun.published is None else begun.published.hi
        given = bound
        for one in [*record.of(*row.activities), None]:
            if one is not None and not begun.start.lo < one.start.lo <= last:
                continue
            end = last if one is None else one.start.lo
            seen = record.covered(kinds, first + 1, end - (one is not None))
            happened = one is not None and seen == end - 1
            seen = end if happened else seen
            wait = self.clock(lead, base, seen) if seen > base else 0
            entry = self.clock(lead, base, self.since - 1) if self.since > base else 0
            if wait > 0:
                yield given, base, Watched(entry, wait, happened)
            if one is None:
                return
            base, first, given = end, end, lead

    # --- What an event is like ----------------------------------------------------------------

    def _recent(self, kind: str) -> list[Event]:
        """Events of a kind in the time that is looked at, none of which is likely to be missing."""
        upto = self.settled(kind)
        return [
            one
            for record in self.records
            for one in record.of(kind)
            if self.since <= one.start.lo <= upto and record.view.member(one) is not Answer.NO
        ]

    def _forms(self) -> Iterator[Assumption]:
        for kind in EVENTS:
            some = self._recent(kind)
            if not some:
                continue
            days = [one.start.lo for one in some]
            working = sum(self.calendar.add_ordinal(day, 0) == day for day in days)
            mondays = sum(date.fromordinal(day).weekday() == 0 for day in days)
            grid = "any-day"
            if Fraction(mondays, len(days)) >= _MOSTLY:
                grid = "monday"
            elif Fraction(working, len(days)) >= _MOSTLY:
                grid = "working-day"
            says = f"{mondays} of {len(days)} began on a Monday, {working} on a working day."
            yield self._made("begins", kind, {grid: 1}, len(days), says)
            if kind in UNPUBLISHED:
                continue
            lengths: dict[str | None, Counter[int]] = defaultdict(Counter)
            for one in some:
                if one.end is not None and one.end.exact and one.end.lo >= one.start.lo:
                    lengths[getattr(one, "kind", None)][one.end.lo - one.start.lo + 1] += 1
            for given, counts in lengths.items():
                says = f"Counted on {counts.total()}."
                weights = dict(sorted(counts.items()))
                yield self._made("length", kind, weights, counts.total(), says, given)
            said = (getattr(one, "priority_action", None) for one in some)
            named = Counter(str(word) for word in said if word is not None)
            if named:
                yield self._counts("priority-action", kind, named, "letters")

    def _kinds(self) -> Iterator[Assumption]:
        sent: Counter[str] = Counter()
        rows = list(self._rows(self.view.rows(Route)))
        for record in self.records:
            for before, one in pairwise(record.inspections):
                if record.view.member(one) is Answer.NO or one.start.lo < self.since:
                    continue
                found: list[tuple[str, ...]] = []
                for row in rows:
                    if row.lo <= one.start.lo <= row.hi:
                        found += ways(row, self._holds(row, before), False)
                good = allowed_kinds(found) if found else []
                if len(good) > 1 and getattr(one, "kind", None) in good[:2]:
                    sent["sent" if one.kind == good[0] else "instead"] += 1  # type: ignore[attr-defined]
        if sent:
            yield self._counts("kind", "inspection", sent, "inspections that might be of two kinds")

    def _holds(self, row: Route, before: Event) -> bool | None:
        if row.while_ is None:
            return None
        return self._status(row.while_, before)

    def _status(self, id: str, event: Event) -> bool | None:
        """Whether a status holds after an event, as a simulation sees it; None: that is open."""
        if event.judgements is None:
            return None
        grades = {one.area: one.grade for one in event.judgements}
        found = {
            status_holds(row, self.framework.scale(row.scale), grades)
            for rows in self.view.rows(Status)[id].values()
            for row in rows
            if row.lo <= event.start.lo <= row.hi
        }
        return found.pop() if len(found) == 1 else None

    def _grades(self) -> Iterator[Assumption]:
        """First grades, and moves from one inspection to the next, area by area."""
        moves: dict[str, dict[Grade, Counter[Grade]]] = defaultdict(lambda: defaultdict(Counter))
        given: Counter[Grade] = Counter()
        at_once: list[list[tuple[str, Grade, Grade]]] = []
        stands: dict[str, str] = {}
        for row in self._rows(self.view.rows(Status)):
            stands |= {new: old for old, some in row.stands_for.items() for new in some}
        for record in self.records:
            last: dict[str, Grade] = {}
            for one in record.inspections:
                now = {each.area: each.grade for each in one.judgements or ()}
                if record.view.member(one) is Answer.YES:
                    at_once.append([])
                    for area, grade in now.items():
                        given[grade] += 1
                        before = last.get(area) or last.get(stands.get(area, ""))
                        if before is not None:
                            moves[area][before][grade] += 1
                            at_once[-1].append((area, before, grade))
                last |= now
        scale = [grade for grade in Grade if given[grade]]
        if given:
            says = f"Counted on {given.total()} judgements of all areas."
            yield self._made(
                "first-grade", "*", {grade: given[grade] for grade in scale}, given.total(), says
            )
        pooled: dict[Grade, Counter[Grade]] = defaultdict(Counter)
        for rows in moves.values():
            for before, counts in rows.items():
                pooled[before] += counts
        for before in scale:
            counts = pooled[before]
            number = counts.total()
            if number:
                weights = {grade: 2 * counts[grade] + 1 for grade in scale}
                says = f"{number} moves of all areas, with half a move to each grade besides."
                yield self._made("grade-move", "*", weights, number, says, before)
        rows_of: dict[tuple[str, Grade], Assumption] = {}
        for area, rows in moves.items():
            for before in scale:
                number = rows[before].total()
                if not number:
                    continue
                total = 2 * pooled[before].total() + len(scale)
                weights = {
                    grade: round(
                        Fraction(100) * rows[before][grade]
                        + Fraction(100 * _MOVES * (2 * pooled[before][grade] + 1), total)
                    )
                    for grade in scale
                }
                says = f"{number} moves, and {_MOVES} shared out as those of all areas were."
                made = self._made("grade-move", area, weights, number, says, before)
                rows_of[area, before] = made
                yield made
        yield from self._dependence(at_once, rows_of)

    def _dependence(
        self,
        at_once: Sequence[Sequence[tuple[str, Grade, Grade]]],
        rows_of: Mapping[tuple[str, Grade], Assumption],
    ) -> Iterator[Assumption]:
        """How often areas share the number that their grades turn on: likely as what was seen is.

        An area whose grade the framework limits by those of others is left out: what it has in
        common with them is said there.
        """
        limited = {row.area for row in self._rows(self.view.rows(Limit))}
        terms = []
        for some in at_once:
            spans = [
                rows_of[area, before].table.span(grade)
                for area, before, grade in some
                if area not in limited and (area, before) in rows_of
            ]
            if len(spans) > 1:
                terms.append(together(spans))
        if not terms:
            return
        shared, number = unseen(terms)
        counted = round(number)
        if counted:
            share = round(_FINE * min(shared / number, 1.0))
            says = f"{len(terms)} inspections in which {sum(map(len, terms)) - len(terms)} areas "
            says += "moved, two or more in each. Whether areas share a number cannot be seen; this "
            says += f"is as sure as if it had been, {counted} times."
            weights = {"own": _FINE - share, "shared": share}
            yield self._made("shared", "*", weights, counted, says, "grade")

    # --- Reports and letters ------------------------------------------------------------------

    def _reports(self) -> Iterator[Assumption]:
        rows = [row for row in self._rows(self.view.rows(Response)) if row.gives == "published"]
        for kind in EVENTS:
            lags: Counter[int] = Counter()
            late: Counter[str] = Counter()
            by: Counter[int] = Counter()
            for one in self._recent(kind):
                if one.published is None or not one.published.exact or kind in UNPUBLISHED:
                    continue
                end = one.start.lo if one.end is None else one.end.hi
                day = one.published.lo
                dues = set()
                for row in rows:
                    begun = one.start.lo if row.counted_from == "start" else end
                    if kind in row.after and row.lo <= begun <= row.hi and not row.when:
                        dues.add(deadline(row, begun, self.calendar))
                if len(dues) > 1:
                    continue  # which deadline held is not known
                (due,) = dues or (NEVER,)
                if due < NEVER:
                    late["yes" if day > due else "no"] += 1
                if day > due:
                    by[self.calendar.count_ordinals(due, day)] += 1
                else:
                    lags[max(0, self.calendar.count_ordinals(end, day))] += 1
            if lags:
                yield self._counts("lag", kind, lags, "that were in time")
            if late["yes"]:
                yield self._counts("late-report", kind, late, "with a deadline")
                says = f"Counted on {by.total()} that were late."
                yield self._made("late-report-by", kind, _bands(by), by.total(), says)


def _bands(counts: Mapping[int, int]) -> dict[int, int]:
    """Counts of numbers as bands in which each has its own, and those between have none."""
    found: dict[int, int] = {}
    upto = 0
    for number in sorted(counts):
        if number - 1 > upto:
            found[number - 1] = 0
        found[number] = counts[number]
        upto = number
    return found
