"""Visits between inspections in the array form."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ...provisions import Between
from ...windows import NEVER
from ..bits import BLOCK
from ..plain import DAY, LATER, NUMBER, SPACING, TOO_FEW, TOO_MANY, VISIT
from ..scenario import EVENT_WORDS, TABLE_LAST, Duty, Spacing
from .details import Details
from .engine import Engine
from .lookups import Ints, UnsupportedError, all_those, those, uniform, values
from .made import Column, Stretches, Where

_ROWS = 3 * BLOCK // 2
"""The most stretches that are looked at together: more would not be at hand at once. They are not
more than half as many as there are replications either."""


class Visits(Details):
    """What lies between."""

    def __init__(self, engine: Engine, number: int, count: int, bare: bool = False) -> None:
        """Begin with no visits."""
        super().__init__(engine, number, count, bare)
        self._rows = min(_ROWS, max(count, BLOCK) // 2)
        self._visited: dict[tuple[str, int], Ints] = {}
        self._ordered: dict[tuple[int, ...], tuple[list[Ints], Ints | None]] = {}
        self._filled: dict[tuple[str, int], Ints] = {}
        """By provision and slot, which stretches are gone through."""

    def _fill(self, duty: Duty[Between]) -> None:
        scenario, row = self.scenario, duty.one
        columns = self._made_of(row.bounds)
        starts, order = self._bounds([] if row.first_only else columns)
        opener, recorded = scenario.openers[duty.id]
        begun: list[tuple[int, Column, Ints]] = []
        if opener is not None:
            one = self.known(opener.event) if opener.event else self._same(opener, None)
            begun.append((0, one, self.all))
        for place in range(0 if row.first_only else len(columns)):
            if order is None:
                begun.append((place + 1, columns[place], columns[place].at))
                continue
            real = np.flatnonzero(starts[place] < NEVER)
            which = order[place][real]
            for number in values(which):
                begun.append((place + 1, columns[number], real[which == number]))
        later = scenario.later_openings[duty.id]
        if later is not None:
            begun.append((LATER, self._same(later, None), self.all))
        made = self._made_of(row.activities)
        alone = order is not None or later is not None
        together: list[Stretches] = []
        rows = 0
        for slot, one, at in begun:
            if row.first_only and one.type:
                continue
            done = self._filled.get((duty.id, slot))
            if done is not None:
                at = at[~done[at]]
            held = row.while_ is not None and bool(one.type)
            if row.while_ is not None and held:
                at = at[self.holds(row.while_, one, at)]
            first = one.start[one.of(at)].astype(np.int32, copy=False)
            if one.ends[1] > scenario.horizon:
                inside = np.flatnonzero(first <= scenario.horizon)
                at, first = at[inside], first[inside]
            if not at.size:
                continue
            if order is None and slot != LATER and not row.first_only and done is None:
                close = starts[slot]
                close = close if at is self.all else close.take(at)
            else:  # two bounds may begin on one day, and an opening lies anywhere among them
                close = self._first_after(columns, at, first)
            already = np.full(at.size, 0 if slot else recorded, np.int32)
            some = self._spoken(duty, Stretches(slot, one, at, first, close, already), held)
            if some is None:
                continue
            if alone:
                self._stretches(duty, [some], alone=True)
                continue
            # None lies in another, so that visits made meanwhile do not count.
            some.already += self._within(made, some.at, some.first, some.close)
            if together and rows + some.at.size > self._rows:
                self._stretches(duty, together)
                together, rows = [], 0
            together.append(some)
            rows += some.at.size
        if together:
            self._stretches(duty, together)

    def _spoken(self, duty: Duty[Between], some: Stretches, held: bool = False) -> Stretches | None:
        """The stretches that a duty speaks of, with how many visits they are to have; None: none.

        Args:
            duty: The provision.
            some: The stretches.
            held: Whether the status that the provision is tied to is known to hold.
        """
        least, most = self._limits(duty, some.begun, some.at, some.first, held)
        spoken = least >= 0
        if not spoken.all():
            if not spoken.any():
                return None
            some, least, most = some.part(np.flatnonzero(spoken)), least[spoken], most[spoken]
        some.least, some.most = least, most
        return some

    def _fill_before(self, duty: Duty[Between], column: Column) -> None:
        """Go through the stretches of a provision that some inspections close."""
        scenario, row = self.scenario, duty.one
        at, close = column.at, column.start
        opener, recorded = scenario.openers[duty.id]
        last = self.before(at, close) - len(scenario.inspections)
        begun: list[tuple[int, Column, Ints]] = []
        if opener is not None:
            one = self.known(opener.event) if opener.event else self._same(opener, None)
            begun.append((0, one, last < 0))
        had = np.zeros(self.size, np.int64)
        for number, one in enumerate(self.inspections[len(scenario.inspections) :]):
            had[one.at] += 1
            mine = last == number
            for slot in values(had[at[mine]]) if mine.any() and not row.first_only else ():
                begun.append((slot, one, mine & (had[at] == slot)))
        later = scenario.later_openings[duty.id]
        if later is not None:
            starts = np.zeros(at.size, np.int64)
            for number, one in enumerate(self.inspections[len(scenario.inspections) :]):
                mine = np.flatnonzero(last == number)
                starts[mine] = one.start[one.of(at[mine])] if mine.size else 0
            inside = (close > later.start) & (starts <= later.start)
            begun.append((LATER, self._same(later, None), inside))
        for slot, one, inside in begun:
            if (row.first_only and one.type) or not inside.any():
                continue
            its = at[inside]
            self._filled.setdefault((duty.id, slot), np.zeros(self.size, bool))[its] = True
            first = one.start[one.of(its)].astype(np.int32, copy=False)
            some = Stretches(
                slot, one, its, first, close[inside].astype(np.int32, copy=False),
                np.full(its.size, 0 if slot else recorded, np.int32),
            )  # fmt: skip
            spoken = self._spoken(duty, some)
            if spoken is not None:
                self._stretches(duty, [spoken], alone=True)

    def _bounds(self, columns: Sequence[Column]) -> tuple[list[Ints], Ints | None]:
        """The first days of some events of each replication in order, and their columns.

        Where each column lies after the one before it, there is no need of their order.
        """
        key = tuple(map(id, columns))
        found = self._ordered.get(key)
        if found is None:
            starts = [self._starts(one).astype(np.int32, copy=False) for one in columns]
            starts.append(np.full(self.size, NEVER * 2, np.int32))
            order = None
            if not all(
                ((early < after) | (early > NEVER)).all() and not (early > after).any()
                for early, after in pairwise(starts)
            ):
                whole = np.stack(starts)
                order = np.argsort(whole, axis=0, kind="stable")
                starts = [*np.take_along_axis(whole, order, 0)]
            found = self._ordered[key] = starts, order
        return found

    def _first_after(self, columns: Sequence[Column], at: Ints, days: Ints) -> Ints:
        """The first day after each day on which one of some events begins."""
        after, found = (np.full(self.size, NEVER * 2, np.int32) for _ in range(2))
        after[at] = days
        latest = NEVER * 2
        for column in columns:
            if column.ends[0] < latest:
                near = np.where(column.start > after[column.at], column.start, NEVER * 2)
                found[column.at] = np.minimum(found[column.at], near)
                latest = int(found.max())
        return found[at]

    def _limits(
        self, duty: Duty[Between], begun: Column, at: Ints, first: Ints, held: bool = False
    ) -> tuple[Ints, Ints]:
        """How many each stretch must and may have; -1 and more: the duty does not speak of it.

        Args:
            duty: The provision.
            begun: What begins the stretches.
            at: Their replications.
            first: The days on which they begin.
            held: Whether the status that the provision is tied to is known to hold.
        """
        least = most = None
        if not (duty.one.first_only and begun.type):
            for rows, places in self.eras(duty, at, first if begun.type else first + 1):
                if rows:
                    ceilings = [row.at_most for row in rows if row.at_most is not None]
                    few, many = max(row.at_least for row in rows), min(ceilings, default=NEVER)
                    if least is None:
                        whole = isinstance(places, slice)
                        least = np.full(at.size, few if whole else -1, np.int32)
                        most = np.full(at.size, many if whole else NEVER, np.int32)
                    assert most is not None
                    if not isinstance(places, slice):
                        least[places], most[places] = few, many
        if least is None or most is None:
            return np.full(at.size, -1, np.int32), np.full(at.size, NEVER, np.int32)
        if duty.one.while_ is not None and begun.type and not held:
            least[~self.holds(duty.one.while_, begun, at)] = -1
        if duty.id not in self.scenario.spoken and (least >= 0).any():
            self.scenario.spoken.add(duty.id)
        return least, most

    def _within(self, columns: Sequence[Column], at: Ints, first: Ints, close: Ints) -> Ints:
        """How many of some events lie in each stretch."""
        if not columns:
            return np.zeros(at.size, np.int32)
        low, high = int(first.min()), int(close.max())
        counted: Ints | None = None
        for column in columns:
            if column.ends[0] < high and column.ends[1] > low:
                if counted is None:
                    counted = np.zeros(self.size, np.int32)
                    lo, hi = first, close
                    if at.size < self.size:
                        lo = np.full(self.size, NEVER * 4, np.int32)
                        hi = np.zeros(self.size, np.int32)
                        lo[at], hi[at] = first, close
                inside = lo.take(column.at) < column.start
                inside &= column.start < hi.take(column.at)
                counted[column.at] += inside
        if counted is None:
            return np.zeros(at.size, np.int32)
        return counted if at.size == self.size else counted[at]

    def _stretches(
        self, duty: Duty[Between], some: Sequence[Stretches], alone: bool = False
    ) -> None:
        """Let stretches have as many visits as a provision says, or as is assumed within that.

        Args:
            duty: The provision.
            some: The stretches.
            alone: Whether visits that it made in other stretches may lie in this one.
        """
        scenario, row = self.scenario, duty.one
        lead = row.activities[0]
        whole = Stretches.joined(some)
        at, close, least, most = whole.at, whole.close, whole.least, whole.most
        where, held = whole.where(lead), not alone and self._hold_throughout(row, some)
        already = whole.already.copy()
        if alone:
            already += self._within(self._made_of(row.activities), at, whole.first, close)
        few = scenario.table("too-few", duty.id, lead)
        many = scenario.table("too-many", duty.id, lead)
        number = scenario.table("number", duty.id, lead)
        spaced = scenario.spacing(duty)
        fewer = more = None
        if few is not None and (least > 0).any():
            fewer = (least > 0) & self.says(few, "yes", where, TOO_FEW, at)
        if many is not None:
            more = most < NEVER if fewer is None else ~fewer & (most < NEVER)
            if more.any():
                more &= self.says(many, "yes", where, TOO_MANY, at)
        plain = None
        if fewer is not None or more is not None:
            plain = ~(_no(fewer, at) | _no(more, at))
        if plain is None or plain.any():
            ceiling = self._ceiling(duty, some, plain)
            top = most if ceiling is None else np.minimum(most, ceiling)
            top = np.maximum(least, top)
            if spaced is None:
                drawn = least
                if number is not None:
                    words = self.numbers(where, NUMBER, at)
                    drawn = self.engine.choice(number).numbers(words)
                both = np.minimum(np.maximum(drawn, least), top)
                least = both if plain is None else np.where(plain, both, least)
                top = both
            most = top if plain is None else np.where(plain, top, most)
        if fewer is not None:
            least = least - fewer
            most = np.where(fewer, least, most)
        if more is not None:
            most = most + more
            least = np.where(more, most, least)
        lo = np.maximum(scenario.first, whole.ended + 1)
        hi = np.where(close >= NEVER * 2, TABLE_LAST, close - 1)
        if spaced is not None:
            open_ = np.flatnonzero(most > least)
            if open_.size:
                count = self._spaced(
                    row, some, whole, open_, lo[open_], hi[open_],
                    (most - already)[open_], where.part(open_), spaced, held,
                )  # fmt: skip
                already[open_] += count
        short = np.flatnonzero((close < NEVER * 2) & (already < least))
        if short.size:
            if short.size < at.size:
                at, lo, hi, least, already = all_those(short, at, lo, hi, least, already)
                where = where.part(short)
            self._placed(row, at, lo, hi, least - already, where, held)

    def _hold_throughout(self, row: Between, some: Sequence[Stretches]) -> bool:
        """Whether what visits are tied to is the status for which stretches have them.

        An inspection begins each stretch and the next one ends it, so that it is the last before
        each visit in it.
        """
        if row.while_ is None or "inspection" not in row.bounds:
            return False
        if any(one.begun.type != "inspection" or one.begun.event is not None for one in some):
            return False
        return all(
            only.while_ == row.while_
            for duty in self.scenario.only
            if duty.one.activity in row.activities
            for rows in duty.readings.values()
            for only in rows
        )

    def _ceiling(
        self, duty: Duty[Between], some: Sequence[Stretches], plain: Ints | None
    ) -> Ints | None:
        """The most that other provisions let stretches have; None: they do not speak of any."""
        found: list[Ints] = []
        begin, spoke = 0, False
        for one in some:
            end = begin + one.at.size
            most = np.full(one.at.size, NEVER, np.int32)
            its = Ellipsis if plain is None else np.flatnonzero(plain[begin:end])
            mine = most[its].size
            for other in self.scenario.betweens:
                row = other.one
                if other is duty or not set(duty.one.activities) <= set(row.activities):
                    continue
                if one.begun.type not in (*row.bounds, "") or not mine:
                    continue
                at, first, close = one.at[its], one.first[its], one.close[its]
                least, ceiling = self._limits(other, one.begun, at, first)
                speaks = (least >= 0) & (ceiling < NEVER)
                if speaks.any():
                    spoke = True
                    counted = self._within(self._made_of(row.activities), at, first, close)
                    own = self._within(self._made_of(duty.one.activities), at, first, close)
                    room = np.minimum(most[its], ceiling - counted + own)
                    most[its] = np.where(speaks, room, most[its])
            found.append(most)
            begin = end
        return np.concatenate(found) if spoke else None

    def _spaced(
        self,
        row: Between,
        some: Sequence[Stretches],
        whole: Stretches,
        open_: Ints,
        lo: Ints,
        hi: Ints,
        most: Ints,
        where: Where,
        spacing: Spacing,
        held: bool,
    ) -> Ints:
        """Let visits follow one another, from the report on; return how many there were."""
        scenario, lead = self.scenario, row.activities[0]
        bases, fresh = [], []
        for one in some:
            new = np.ones(one.at.size, bool)
            its = one.begun.of(one.at)
            published, end = one.begun.published[its], one.begun.end[its]
            told: Ints = np.where(published > 0, published, end)
            if not one.begun.type or one.begun.event is not None:
                for event in scenario.recorded:
                    if event.type in row.activities and event.start.hi < scenario.first:
                        day = event.start.hi
                        told = np.where(one.first < day, np.maximum(told, day), told)
                        new &= one.first >= day
            bases.append(told)
            fresh.append(new)
        base: Ints = np.concatenate(bases)[open_]
        at = those(whole.at, open_)
        band = self._band(spacing.next, 0)
        count = np.zeros(at.size, np.int32)
        active = np.flatnonzero(most > 0)
        if active.size < at.size:
            where = where.part(active)
        at, lo, hi, base, most = all_those(active, at, lo, hi, base, most)
        new = np.concatenate(fresh)[open_][active]
        order, visits = self._visits_of(lead, where, at)
        if order is not None:
            at, lo, hi, base, most, active, new = all_those(
                order, at, lo, hi, base, most, active, new
            )
        every, stretches, places = at, visits, active
        hi = np.minimum(hi, NEVER)
        fewest, number = int(most.min(initial=NEVER)), 0
        alike = most.size > 0 and uniform(most)
        found: list[tuple[Ints, Ints, Where]] = []
        rows = 0
        while at.size:
            drawn = band.numbers(self.numbers(visits, SPACING, at))
            if spacing.apart:
                if not number:
                    drawn = self._first_spaced(lead, spacing, new, base, visits, at)
                drawn = np.minimum(self._later(lead, base, drawn), hi + 1)
            else:
                drawn += base
            days = self.engine.next_day(lead, np.maximum(lo, drawn, out=drawn))
            good = days <= hi
            if not good.all():
                count[active[~good]] = number
                kept = np.flatnonzero(good)
                at, hi, days, active = all_those(kept, at, hi, days, active)
                most = most[: kept.size] if alike else those(most, kept)
                visits = visits.part(kept)
            if at.size:
                number += 1
                if found and rows + at.size > self._rows:
                    self._visit(row.activities, *_joined(found), held)
                    rows = 0
                found.append((at, days, visits))
                rows += at.size
                base, lo, visits = days, days + 1, visits.next()
                if number >= fewest:
                    going = number < most
                    count[active[~going]] = number
                    kept = np.flatnonzero(going)
                    at, lo, hi, base = all_those(kept, at, lo, hi, base)
                    most, active, visits = *all_those(kept, most, active), visits.part(kept)
                    fewest = int(most.min(initial=NEVER))
        if found:
            self._visit(row.activities, *_joined(found), held)
        self._had(lead, stretches, every, count[places])
        return count

    def _first_spaced(
        self, lead: str, spacing: Spacing, new: Ints, base: Ints, visits: Where, at: Ints
    ) -> Ints:
        """Days to the first visit of each stretch; far beyond all where none is left."""
        scenario, numbers = self.scenario, self.numbers(visits, SPACING, at)
        found = np.full(at.size, NEVER * 2, np.int32)
        for table, mine in ((spacing.first, new), (spacing.next, ~new)):
            past = mine & (base < scenario.first)
            ahead = np.flatnonzero(mine & ~past)
            if ahead.size:
                found[ahead] = self._band(table, 0).numbers(numbers[ahead])
            for day in values(base[past]):
                left = self._left(table, lead, day)
                if left is not None:
                    its = np.flatnonzero(past & (base == day))
                    found[its] = left.numbers(numbers[its])
        return found

    def _visits_of(self, lead: str, where: Where, at: Ints) -> tuple[Ints | None, Where]:
        """Where the next visit of each stretch stands; with an order, if they must be reordered."""
        found: list[tuple[int, int, int]] = []
        order: list[Ints] = []
        begin, ordered = 0, False
        for slot, _, end in where.slots:
            if begin < end:
                numbers = [0]
                if (lead, slot) in self._visited:
                    visits = self._visited[lead, slot].take(at[begin:end])
                    numbers = values(visits)
                for number in numbers:
                    mine = np.flatnonzero(visits == number) + begin if len(numbers) > 1 else None
                    ordered |= mine is not None
                    order.append(np.arange(begin, end) if mine is None else mine)
                    upto = (found[-1][2] if found else 0) + order[-1].size
                    found.append((slot, EVENT_WORDS * (number + 1), upto))
            begin = end
        return np.concatenate(order) if ordered else None, Where(lead, tuple(found))

    def _had(self, lead: str, where: Where, at: Ints, count: Ints | int) -> None:
        """Count visits that stretches had."""
        begin = 0
        for slot, _, end in where.slots:
            some = count if isinstance(count, int) else count[begin:end]
            had = self._visited.get((lead, slot))
            if had is None:
                had = self._visited[lead, slot] = np.zeros(self.size, np.int16)
                had[at[begin:end]] = some
            else:
                had[at[begin:end]] += some
            begin = end

    def _placed(
        self, row: Between, at: Ints, lo: Ints, hi: Ints, count: Ints, where: Where, held: bool
    ) -> None:
        """Place visits in stretches, one in each of so many equal shares of each."""
        lead, pick = row.activities[0], self.engine.pick_day
        length, same = hi - lo + 1, uniform(count)
        if int(length.max()) * int(count.max()) >= self.engine.limit:
            raise UnsupportedError
        for index in range(int(count.max())):
            some = np.flatnonzero(index < count) if not same and index else None
            if some is not None:
                at, lo, hi, length, count = all_those(some, at, lo, hi, length, count)
                where = where.part(some)
            first = lo + _shared(length, index, count) if index else lo
            last = lo + (_shared(length, index + 1, count) - 1)
            order, visits = self._visits_of(lead, where, at)
            if order is not None:
                at, lo, hi, length, count, first, last = all_those(
                    order, at, lo, hi, length, count, first, last
                )
                where = visits
            words = self.numbers(visits, DAY, at)
            days = pick(lead, "between", (first, last), first, last, words)
            if int(days.min()) == 0:  # suspended throughout that share
                none = np.flatnonzero(days == 0)
                window = lo[none], hi[none]
                days[none] = pick(lead, "between", window, *window, words[none])
            its = at
            if int(days.min()) == 0:
                good = np.flatnonzero(days > 0)
                its, days, visits = at[good], days[good], visits.part(good)
            if its.size:
                self._had(lead, visits, its, 1)
                self._visit(row.activities, its, days, visits, held)

    def _visit(
        self, activities: Sequence[str], at: Ints, days: Ints, where: Where, held: bool
    ) -> None:
        """Make visits: of the first kind of event that is counted, unless another is drawn.

        Args:
            activities: The kinds of event.
            at: The replications, in order in each slot.
            days: The days.
            where: Where the numbers stand.
            held: Whether the statuses that they may be tied to are known to hold.
        """
        scenario, lead = self.scenario, activities[0]
        table = scenario.table("visit", lead) if len(activities) > 1 else None
        kinds: dict[str, Ints | None] = {lead: None}
        if table is not None:
            drawn = self.engine.choice(table).index(self.numbers(where, VISIT, at))
            names = [name if name in activities else lead for name in table.outcomes]
            kinds = {}
            for index in values(drawn):
                if names[index] not in kinds:
                    good = [place for place, name in enumerate(names) if name == names[index]]
                    kinds[names[index]] = np.flatnonzero(np.isin(drawn, good))
        for kind, mine in kinds.items():
            some, its, places = at, days, where
            if mine is not None and mine.size < at.size:
                some, its, places = *all_those(mine, at, days), where.part(mine)
            form = scenario.form(kind)
            if form.only and not held:
                barred = self._barred(form, some, its)
                if barred.any():
                    free = np.flatnonzero(~barred)
                    some, its, places = some[free], its[free], places.part(free)
            if some.size:
                whole = self._column(kind, some, its, 0)
                inside = None
                if whole.ends[1] > scenario.horizon:
                    inside = np.flatnonzero(its <= scenario.horizon)
                self._complete(whole, places, inside)
                if self.bare and kind in self.engine.last:
                    whole.bare(self.engine.nones(whole.at.size))
                whole.pack(self.all)
                made, begin = self.made.setdefault(kind, []), 0
                for slot, word, end in places.slots:
                    if begin < end:
                        column = whole.part(slice(begin, end))
                        column.place = EVENT_WORDS * slot + word // EVENT_WORDS
                        made.append(column)
                    begin = end


def _joined(found: list[tuple[Ints, Ints, Where]]) -> tuple[Ints, Ints, Where]:
    """Replications and days of visits, and where their numbers stand, one after another.

    Args:
        found: Those of some visits; the list is emptied, so that they are not there twice.
    """
    if len(found) == 1:
        return found.pop()
    at, days = (np.concatenate([some[index] for some in found]) for index in (0, 1))
    stream, slots, begin = found[0][2].stream, list[tuple[int, int, int]](), 0
    for some in found:
        slots += [(slot, word, begin + upto) for slot, word, upto in some[2].slots]
        begin += some[0].size
    found.clear()
    return at, days, Where(stream, tuple(slots))


def _shared(length: Ints, index: int, count: Ints) -> Ints:
    """Where a share begins, of as many as there are in each stretch."""
    upto, numbers = length * np.int32(index), values(count)
    if len(numbers) > 4:
        return upto // count
    found = upto // np.int32(numbers[0])
    for number in numbers[1:]:  # sums: to copy by a mask that turns often takes ten times as long
        more = upto // np.int32(number)
        more -= found
        more *= count == number
        found += more
    return found


def _no(some: Ints | None, at: Ints) -> Ints:
    """An answer for each of some replications: no, where there is none."""
    return np.zeros(at.size, bool) if some is None else some
