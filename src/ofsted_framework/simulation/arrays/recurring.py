"""Activities that recur, in the array form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from ...provisions import Between
from ...windows import NEVER
from ..behaviour import Table
from ..plain import DAY, LATE, LATE_BY, SKIPPED, SPACING, WEEK
from ..scenario import EVENT_WORDS, TABLE_LAST, Duty, Form, Span, allowed_kinds
from .engine import ALIKE, Engine
from .lookups import GIVENS, Choices_, Ints, Nexts, Spans, those, uniform, values
from .made import Column, Turn, Where, spread
from .visits import Visits


class Recurring(Visits):
    """What comes again and again."""

    def __init__(self, engine: Engine, number: int, count: int, bare: bool = False) -> None:
        """Begin with nothing that recurs."""
        super().__init__(engine, number, count, bare)
        self._codes: dict[str, Ints | None] = {}
        self._begins: dict[str, tuple[Ints, int]] = {}

    def _recur(self, activity: str) -> None:
        """Let an activity take place again and again, up to the first time after the horizon."""
        scenario, form = self.scenario, self.scenario.form(activity)
        columns = self.made.setdefault(activity, [])
        nexts: Nexts = self.engine.table(("next", activity), lambda: Nexts(self.scenario, activity))
        code = self._code(activity, nexts)
        recorded = [event for event in scenario.recorded if event.type == activity]
        last = self.known(recorded[-1]) if recorded else None
        zeros = self.engine.nones(self.size).zeros[: self.size]
        had: Ints | int = 0 if last is None else 1  # 0 none, 1 of the record, 2 made
        begun, ended = (zeros, zeros) if last is None else (last.start, last.end)
        at, turn, anchors = self.all, 0, begun
        now: Spans | Span = nexts.firsts(code, self.size)
        simple = not form.only and form.skipped is None and not scenario.bounded[activity]
        while at.size:
            where = Where(activity, ((turn, 0, at.size),))
            days = None
            if isinstance(now, Span):
                days = self._in_time_alike(form, activity, now, where, at, columns[-1])
                if days is None:
                    now = Spans.alike(now, at.size)
            passed = None
            if isinstance(now, Spans):
                owed = Turn(turn == 0, where, at, now, had, begun, ended, anchors)
                if not (int(now.lo.max()) < TABLE_LAST and int(now.hi.max()) < NEVER):
                    owed = owed.part(np.flatnonzero((now.lo < TABLE_LAST) & (now.hi < NEVER)))
                    if not owed.at.size:
                        break
                skipped = self._skipped(form, owed)
                if skipped is not None:
                    passed = owed.part(np.flatnonzero(skipped))
                    owed = owed.part(np.flatnonzero(~skipped))
                days = owed.at
                if days.size:
                    days = self._on_day(form, activity, owed)
                    late = np.flatnonzero(days == 0)
                    if late.size:
                        days[late] = self._late(activity, owed.part(late))
                        if int(days.max()) > NEVER:
                            good = np.flatnonzero(days <= NEVER)
                            days, owed = days[good], owed.part(good)
                at, begun, where = owed.at, owed.begun, owed.where
            assert days is not None
            had, ended = 2, begun
            if at.size:
                column = self._column(activity, at, days, EVENT_WORDS * turn)
                columns.append(column)
                inside = None
                if column.ends[1] > scenario.horizon:
                    inside = np.flatnonzero(days <= scenario.horizon)
                if activity == "inspection" and scenario.lattices:
                    self._come_to(column if inside is None else column.part(inside))
                self._complete(column, where, inside)
                ended = column.end
                if activity == "inspection":
                    self._inspect(column if inside is None else column.part(inside))
                if inside is not None:
                    at, days, ended = at[inside], days[inside], ended[inside]
            if at.size and not form.is_published:
                columns[-1].start = columns[-1].end = columns[-1].start.astype(np.int32, copy=False)
            anchors = begun = days
            if passed is not None:
                at = np.concatenate((at, passed.at))
                order = np.argsort(at, kind="stable")
                at = at[order]
                anchors = np.concatenate((days, passed.span.hi))[order]
                begun = np.concatenate((days, passed.begun))[order]
                ended = np.concatenate((ended, passed.ended))[order]
                had = np.full(at.size, 2, np.int32)
                had[days.size :] = passed.had
                had = had[order]
                if at.size and uniform(had):
                    had = int(had[0])
            if at.size:
                ends = columns[-1].ends if simple and at is self.all else None
                now = nexts(
                    anchors, code if code is None or at is self.all else code.take(at), ends
                )
            turn += 1
        if form.is_published:
            for column in columns:
                column.pack(self.all)
        if activity == "inspection":
            self._last = []
            for one in self.inspections:
                one.pack(self.all)
                self._last.append(self._starts(one))

    def _come_to(self, column: Column) -> None:
        """Make what the grades of inspections may turn on: the visits before, and the drift."""
        for duty in self.scenario.before_grades:
            self._fill_before(duty, column)
        self._drift_to(column.at, np.searchsorted(self._steps, column.start, "right"))

    def _skipped(self, form: Form, owed: Turn) -> Ints | None:
        """Which turns are passed over; None: not one."""
        if not form.only and form.skipped is None:
            return None
        skipped = np.zeros(owed.at.size, bool)
        if form.only:
            skipped |= self._barred(form, owed.at, owed.span.lo)
        if form.skipped is not None:
            again = owed.span.given != GIVENS.index("first")
            skipped |= again & self.says(form.skipped, "yes", owed.where, SKIPPED, owed.at)
        return skipped if skipped.any() else None

    def _in_time_alike(
        self, form: Form, activity: str, span: Span, where: Where, at: Ints, last: Column
    ) -> Ints | None:
        """A day within a window that is the same for all; None where that is not so simple."""
        scenario = self.scenario
        lo, before = max(span.lo, scenario.first), last.ends[1]
        if (form.interval is not None or form.intervals) and span.given == "since-last":
            return None
        if at.size < ALIKE or not lo <= span.hi < TABLE_LAST or last.end is not last.start:
            return None
        if lo <= before or lo < before + form.least_gap:
            return None
        if scenario.late(activity, span) is not None:
            return None
        for other in form.refers_to:
            starts = self._first_of(other, activity)
            if starts is not None and starts[1] > lo:
                return None
        choice = self.engine.days(activity, span, lo, span.hi)
        return None if choice is None else choice.numbers(self.numbers(where, DAY, at))

    def _code(self, activity: str, nexts: Nexts) -> Ints | None:
        """The number of the readings of what asks for an activity; None: all have the same."""
        if activity not in self._codes:
            code = None
            for choice, places in self._by_readings(activity, self.all):
                number = nexts.number(self.scenario.recurrence(activity, choice), choice)
                if code is None:
                    code = np.full(self.size, number, np.int32)
                code[places] = number
            assert code is not None
            self._codes[activity] = None if len(nexts.known) == 1 else code
        return self._codes[activity]

    def _by_readings(self, activity: str, at: Ints) -> Iterable[tuple[Choices_, Any]]:
        """Some replications by the readings of what asks for an activity."""
        return self.split((duty.id for duty in self.scenario.cadences[activity]), at)

    def _on_day(self, form: Form, activity: str, owed: Turn) -> Ints:
        """A day within each window, or so long after the last as is assumed; 0 where it is late."""
        if form.interval is None and not form.intervals:
            return self._in_time(form, activity, owed)
        days = np.zeros(owed.at.size, np.int32)
        for interval, mine in self._intervals(form, owed):
            part = owed.part(mine)
            if interval is not None:
                days[mine] = self._apart(form, interval, activity, part)
            else:
                days[mine] = self._in_time(form, activity, part)
        return days

    def _intervals(self, form: Form, owed: Turn) -> Iterator[tuple[Table | None, Any]]:
        """How far the next lie from the last, each with its places; None: within their windows."""
        for given, mine in self._givens(owed.span):
            if given != "since-last" or not form.intervals:
                yield form.interval if given == "since-last" else None, mine
                continue
            places = np.arange(owed.at.size) if isinstance(mine, slice) else mine
            for kind, some in self._sent(form, owed.at[places]):
                yield form.intervals.get(kind, form.interval), places[some]

    def _sent(self, form: Form, at: Ints) -> Iterator[tuple[str, Ints]]:
        """The kinds that the last inspections send to, each with its places; empty: not known."""
        last = self.before(at, np.full(at.size, NEVER, np.int64))
        days, known = np.zeros(at.size, np.int32), np.zeros(at.size, bool)
        for one, mine in self.by_last(at, last):
            if one is not None:
                its = one.of(at[mine])
                days[mine], known[mine] = one.start[its], one.out[its]
        sure, rest = np.flatnonzero(known), np.flatnonzero(~known)
        if sure.size:
            for found, some in self._ways(form, at[sure], days[sure], last[sure]):
                yield allowed_kinds(found)[0] if found else "", sure[some]
        if rest.size:
            yield "", rest

    def _in_time(self, form: Form, activity: str, owed: Turn) -> Ints:
        """A day within each window; 0 where it is late, or nothing is left of the window."""
        scenario, size = self.scenario, owed.at.size
        lo = np.maximum(owed.span.lo, np.maximum(owed.begun + 1, scenario.first))
        due = lo <= owed.span.hi
        for one, places in self._spans(activity, owed):
            if due[places].any():
                table = scenario.late(activity, one, running=owed.first)
                if table is not None:
                    its = owed.where if isinstance(places, slice) else owed.where.part(places)
                    due[places] &= ~self.says(table, "yes", its, LATE, owed.at[places])
        kept = None
        if not due.all():
            kept = np.flatnonzero(due)
            if not kept.size:
                return np.zeros(size, np.int32)
            lo, owed = those(lo, kept), owed.part(kept)
        least, hi = self._least(form, activity, owed, lo), owed.span.hi
        if owed.first:
            hi = self._in_time_for_others(activity, owed.span, owed.at)
        numbers = self.numbers(owed.where, DAY, owed.at)
        if int((hi - least).min()) < 0:
            least = np.minimum(least, hi)
        days = self._pick(activity, owed.span, owed.at, least, hi, numbers)
        none = np.flatnonzero(days == 0)
        if none.size:  # the days that are left would not do; those of the whole window might
            whole = owed.part(none)
            days[none] = self._pick(
                activity, whole.span, whole.at, lo[none], whole.span.hi, numbers[none]
            )
        return spread(days, kept, size, 0)

    def _least(self, form: Form, activity: str, owed: Turn, lo: Ints) -> Ints:
        """The first day that leaves room for what must come before, and since the last."""
        least = np.maximum(lo, self._room(activity, owed))
        if form.least_gap:
            after = owed.begun + form.least_gap
            if not isinstance(owed.had, int):
                after[owed.had == 0] = 0
            if not isinstance(owed.had, int) or owed.had:
                least = np.maximum(least, after)
        for other in form.refers_to:
            known = self._first_of(other, activity)
            if known is not None:
                starts = known[0] if owed.at is self.all else known[0].take(owed.at)
                least = np.where(starts < NEVER, np.maximum(least, starts), least)
        return least

    def _apart(self, form: Form, interval: Table, activity: str, owed: Turn) -> Ints:
        """A day so long after the last as is assumed; 0 where that is over."""
        scenario, anchors, size = self.scenario, owed.anchors, owed.at.size
        numbers, over = self.numbers(owed.where, SPACING, owed.at), None
        if not owed.first:
            days = self._band(interval, 0).numbers(numbers)
        else:
            days, anchors = np.zeros(size, np.int32), np.zeros(size, np.int32)
            over = np.zeros(size, bool)
            for choice, places in self._by_readings(activity, owed.at):
                anchors[places] = anchor = scenario.recurrence(activity, choice).anchor
                left = self._left(interval, activity, anchor)
                if left is None:
                    over[places] = True
                else:
                    days[places] = left.numbers(numbers[places])
        lo = np.maximum(scenario.first, owed.begun + 1)
        least = self._least(form, activity, owed, lo)
        later = self._later(activity, anchors, days)
        found = self.engine.next_day(activity, np.maximum(later, least))
        none = found > NEVER if over is None else over | (found > NEVER)
        return np.where(none, 0, found)

    def _pick(
        self, activity: str, span: Spans, at: Ints, lo: Ints, hi: Ints, numbers: Ints
    ) -> Ints:
        """A day of each window, from `lo` to `hi`; 0 where no day is left."""
        pick = self.engine.pick_day
        groups = list(self._givens(span))
        if self._codes[activity] is not None and at is self.all:
            # Windows that do not turn on the last day are alike in one reading.
            groups = [
                (given, places)
                for _, places in self._by_readings(activity, at)
                for given, every in self._givens(span.part(places))
                if isinstance(every, slice)
            ]
            if sum(places.size for _, places in groups) < at.size:
                groups = list(self._givens(span))
        if len(groups) == 1:
            return pick(activity, groups[0][0], (span.first, span.last), lo, hi, numbers)
        days = np.zeros(at.size, np.int32)
        for given, mine in groups:
            last, upto = span.last[mine], hi[mine]
            if span.last is hi:
                upto = last
            window = span.first[mine], last
            days[mine] = pick(activity, given, window, lo[mine], upto, numbers[mine])
        return days

    def _givens(self, span: Spans) -> Iterator[tuple[str, Any]]:
        """The rhythms of some spans, each with its places."""
        if isinstance(span.given, int):
            yield GIVENS[span.given], slice(None)
            return
        found = values(span.given)
        for given in found:
            same = len(found) == 1
            yield GIVENS[given], slice(None) if same else np.flatnonzero(span.given == given)

    def _spans(self, activity: str, owed: Turn) -> Iterator[tuple[Span, Any]]:
        """Spans that stand for all in questions on lateness: the first, or one of each rhythm."""
        if not owed.first:
            for given, places in self._givens(owed.span):
                yield Span(0, 0, 0, 0, given), places
            return
        for choice, places in self._by_readings(activity, owed.at):
            first = self.scenario.recurrence(activity, choice).first
            assert first is not None
            yield first, places

    def _first_of(self, activity: str, asking: str) -> tuple[Ints, int] | None:
        """The first day of the first event made of an activity, and the last that one has.

        None: there is none of any.
        """
        if activity == asking or activity not in self._begins:
            columns = self.made.get(activity)
            if not columns:
                return None
            found = np.full(self.size, NEVER * 2, np.int32)
            for column in reversed(columns[:1] if columns[0].at.size == self.size else columns):
                found[column.at] = column.start
            latest = int(found[found < NEVER].max(initial=0))
            self._begins[activity] = found, latest
        return self._begins[activity]

    def _room(self, activity: str, owed: Turn) -> Ints:
        """The first day that leaves room for the visits that must come before an activity."""
        scenario, had, at = self.scenario, owed.had, owed.at
        if not isinstance(had, int):
            found = np.zeros(at.size, np.int32)
            for value in values(had):
                mine = np.flatnonzero(had == value)
                found[mine] = self._room(activity, owed.part(mine)._replace(had=value))
            return found
        room: Any = np.maximum(owed.ended + 1, scenario.first) if had else scenario.first
        asked: Any = 0
        for duty in scenario.bounded[activity]:
            opener, recorded = scenario.openers[duty.id]
            if not (had or opener is not None) or (duty.one.first_only and had):
                continue
            already = recorded if had < 2 else 0
            days = owed.begun if had else owed.span.first
            asked = asked + self._fewest(duty, already, at, days)
        if isinstance(asked, int):
            return room + WEEK * asked if asked > 0 else room
        return room + WEEK * np.maximum(asked, 0)

    def _fewest(self, duty: Duty[Between], already: int, at: Ints, days: Ints) -> Ints | int:
        """How many a provision still asks for in a stretch that begins on each day."""
        always = self.engine.always(duty)
        if always is not None:
            return always - already
        found = np.zeros(at.size, np.int32)
        for choice, places in self.split((duty.id,), at):

            def of(day: int, choice: Choices_ = choice) -> int:
                rows = duty.on(choice, day)
                return max((row.at_least - already for row in rows), default=0)

            key = ("fewest", duty.id, choice.get(duty.id), already)
            found[places] = self.engine.by_day(key, of)(days[places])
        return found

    def _in_time_for_others(self, activity: str, span: Spans, at: Ints) -> Ints:
        """The last day that lets the first activity that must refer to this one be in time."""
        scenario, hi = self.scenario, span.hi
        if any(event.type == activity for event in scenario.recorded):
            return hi
        for duty in scenario.contents:
            other = duty.one.activity
            if duty.one.refers_to == activity and other in scenario.cadences:
                hi = hi.copy()
                ids = [one.id for one in scenario.cadences[other]]
                for choice, places in self.split(ids, at):
                    first = scenario.recurrence(other, choice).first
                    if first is not None:
                        least = np.maximum(span.lo[places], scenario.first)
                        near = np.minimum(hi[places], first.hi)
                        hi[places] = np.where(first.hi >= least, near, hi[places])
        return hi

    def _late(self, activity: str, owed: Turn) -> Ints:
        """Days after windows that have closed."""
        after = np.maximum(owed.span.hi, self.scenario.first - 1)
        found = np.zeros(owed.at.size, np.int32)
        for given, mine in self._givens(owed.span):
            its = owed.where if isinstance(mine, slice) else owed.where.part(mine)
            found[mine] = self._late_by(activity, given, after[mine], its, LATE_BY, owed.at[mine])
        return found

    def _late_by(
        self, activity: str, given: str, after: Ints, where: Where, word: int, at: Ints
    ) -> Ints:
        """A day after a window has closed."""
        by = self.scenario.table("late-by", activity, given=given)
        drawn = self._band(by, 90).numbers(self.numbers(where, word, at))
        return self.engine.next_day(activity, after + drawn)
