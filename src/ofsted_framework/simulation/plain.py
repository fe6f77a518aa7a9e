"""The plain simulator: one replication after another, activity by activity.

It reads as the specification of what a cycle is, and it makes what the obligations ask for in the
order in which obligations are made: activities that recur, each in its window; then what lies
between two of them; then what must follow an event. What is owed comes from the rows of the
framework and the window arithmetic that checks and plans use; nothing here knows how long a cycle
is, or which framework it is. Where behaviour leaves a framework, it does so because an assumption
says so: everything else is drawn from what the rows allow.

Which number serves what is part of the contract that `bits` begins.

- An activity that recurs has one slot for each turn: its next time after the day of asking has
  slot 0.
- What lies between has one slot for each stretch, in the stream of the first activity that the row
  counts: slot 0 for the stretch that runs on the day of asking, slot n for the one that the nth
  bound after it begins, and slot 524,288 where a provision takes effect, and opens, only later.
- In a slot the words 64 × v to 64 × v + 63 belong to one event: v is 0 for what recurs, and counts
  from 1 for what lies between; there the first words of the slot settle how many there are.
- What answers an event has, in the stream of its own activity, the slot 64 × slot + v of that
  event, and in it 64 words for each response of the framework, in order.
- True quality has streams of its own: see `quality`.
- Events of the record that are finished have the slots from 1,048,576 on in the stream of their
  activity; what answers events of the record has the slots from 67,108,864 on, each 64th.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from itertools import chain

from ..cases import State, keep_to, status_holds
from ..events import EVENTS, Event
from ..grades import Grade
from ..obligations import deadline
from ..provisions import Between, Response
from ..windows import NEVER, later
from .behaviour import Table
from .bits import Numbers, Part, pick
from .quality import (
    CHANGES,
    MONITORING,
    NOTICES,
    OWN,
    PRIORITY_ACTION,
    QUALITY,
    SEEN,
    Lattice,
    of_area,
    steps_by,
)
from .scenario import (
    EVENT_WORDS,
    TABLE_LAST,
    Duty,
    Form,
    Made,
    Scenario,
    Spacing,
    Span,
    allowed_kinds,
    ways,
)

(SKIPPED, LATE, DAY, LATE_BY, KIND, LENGTH, UNPUBLISHED, LATE_REPORT, LAG, PRIORITY, INCOMPLETE,
 VISIT, SPACING, SHARED) = range(14)  # fmt: skip
NUMBER, TOO_FEW, TOO_MANY = range(3)
GRADES = 16
"""The first of the words for grades, one an area, in the order of the row."""
LATER = 1 << 19
"""The slot of the stretch that a provision opens which takes effect after the day of asking."""
FINISHED = 1 << 20
"""The slot of the first event of the record that is finished."""
WEEK = 7
"""Days kept free before an activity for each visit that must come first: some are working days."""


class Replication:
    """One replication: what would happen, once, in one reading of everything."""

    def __init__(self, scenario: Scenario, number: int) -> None:
        self.scenario, self.number = scenario, number
        self.choice = scenario.choice(number)
        self._numbers: dict[str, Numbers] = {}
        self._held: dict[tuple[str, Made], bool] = {}
        self._visited: dict[tuple[str, int], int] = {}
        self._filled: set[tuple[str, int]] = set()
        self._levels: dict[str, list[int]] = {}
        self.made: dict[str, list[Made]] = {}
        self.finished: dict[str, Made] = {}
        self.own_days: dict[str, tuple[str, int]] = {}
        """For events of the record: a field, and the day that it gets."""
        self.inspections = [scenario.taken(event) for event in scenario.inspections]
        for index, event in enumerate(scenario.finished):
            self._finish(event, FINISHED + index)
        self.inspections = [self.known(event) for event in scenario.inspections]
        for activity in scenario.order:
            self._recur(activity)
        for duty in scenario.betweens:
            self._fill(duty)
        for index, response in enumerate(scenario.responses):
            if response.one.gives in EVENTS:
                self._answer(index, response)
            elif response.one.gives != "published":
                self._publish_too(response)
        for area in scenario.lattices:
            self.level(area, scenario.horizon)

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        number: int,
        made: dict[str, list[Made]],
        inspections: list[Made],
        levels: dict[str, list[int]],
    ) -> Replication:
        """A replication that was made elsewhere.

        Args:
            scenario: What is the same for all.
            number: Its number.
            made: Its events by kind, each kind in order.
            inspections: The inspections of the record, and those that were made by the horizon.
            levels: By area, its true quality at the start and after each step.
        """
        new: Replication = object.__new__(cls)
        new.scenario, new.number, new.choice = scenario, number, scenario.choice(number)
        new._numbers, new._held, new._visited, new._filled = {}, {}, {}, set()
        new.made, new.inspections, new._levels = made, inspections, levels
        new.finished, new.own_days = {}, {}
        return new

    def known(self, event: Event) -> Made:
        """An event of the record, finished if it was not."""
        return self.finished.get(event.id) or self.scenario.taken(event)

    def numbers(self, activity: str) -> Numbers:
        """The numbers of an activity."""
        found = self._numbers.get(activity)
        if found is None:
            found = self._numbers[activity] = self.scenario.numbers(activity, self.number)
        return found

    def events(self) -> list[Made]:
        """Everything that begins by the horizon, in order of time."""
        horizon = self.scenario.horizon
        found = [one for some in self.made.values() for one in some if one.start <= horizon]
        return sorted(found, key=lambda one: (one.start, one.type, one.place))

    # --- Activities that recur ----------------------------------------------------------------

    def _recur(self, activity: str) -> None:
        """Let an activity take place again and again, up to the first time after the horizon."""
        scenario, form = self.scenario, self.scenario.form(activity)
        recurrence = scenario.recurrence(activity, self.choice)
        numbers = self.numbers(activity)
        made = self.made.setdefault(activity, [])
        last = self.last(activity)
        span, turn, anchor = recurrence.first, 0, recurrence.anchor
        # A window that never closes is one in which the activity was suspended for good.
        while span is not None and span.lo < TABLE_LAST and span.hi < NEVER:
            owed = span.given != "first"  # else nothing says when, and no time is too late
            if (form.only and self._barred(form, span.lo)) or (
                owed and form.skipped and form.skipped.choose(numbers(turn, SKIPPED)) == "yes"
            ):
                anchor, span, turn = span.hi, recurrence.next(span.hi), turn + 1
                continue
            interval = self.interval(form) if span.given == "since-last" else None
            if interval is not None:
                day = self._apart(form, interval, activity, span, last, turn, anchor, numbers)
            else:
                day = self._in_time(form, activity, span, last, turn, numbers)
            if day is None:
                after = max(span.hi, scenario.first - 1)
                day = self._late(activity, span, after, numbers(turn, LATE_BY))
            if day is None:
                break  # suspended for good
            one = Made(activity, day, EVENT_WORDS * turn)
            made.append(one)
            if day > scenario.horizon:
                break
            if activity == "inspection" and scenario.lattices:
                self._come_to(one)
            self._complete(one, numbers, turn, 0)
            if activity == "inspection":
                self.inspections.append(one)
            anchor, last, span, turn = day, one, recurrence.next(day), turn + 1

    def _in_time(
        self, form: Form, activity: str, span: Span, last: Made | None, turn: int, numbers: Numbers
    ) -> int | None:
        """A day within the window; None where it is late, or nothing is left of the window."""
        scenario = self.scenario
        lo = self.opens(span, last)
        if lo > span.hi:
            return None
        late = scenario.late(activity, span, running=turn == 0)
        if late is not None and late.choose(numbers(turn, LATE)) == "yes":
            return None
        parts, total, grid = self.days_left(form, activity, span, last, turn)
        return scenario.before(grid, pick(numbers(turn, DAY), parts, total)) if parts else None

    def opens(self, span: Span, last: Made | None) -> int:
        """The first day of a window that is simulated and comes after the last."""
        return max(span.lo, self.scenario.first, 0 if last is None else last.start + 1)

    def days_left(
        self, form: Form, activity: str, span: Span, last: Made | None, turn: int
    ) -> tuple[list[Part], int, str]:
        """The days of a window on which it may begin, by weight, if it is not late."""
        scenario, lo, hi = self.scenario, self.opens(span, last), span.hi
        least = self._least(form, activity, span, last, lo)
        if turn == 0:
            hi = self._in_time_for_others(activity, span)
        parts = scenario.parts(activity, span, min(least, hi), hi)
        if not parts[0]:  # the days that are left would not do; those of the whole window might
            parts = scenario.parts(activity, span, lo, span.hi)
        return parts

    def _least(self, form: Form, activity: str, span: Span, last: Made | None, lo: int) -> int:
        """The first day that leaves room for what must come before, and since the last."""
        least = max(lo, self._room(activity, last, span))
        if last is not None:
            least = max(least, last.start + form.least_gap)
        for other in form.refers_to:
            if self.made.get(other):
                least = max(least, self.made[other][0].start)
        return least

    def interval(self, form: Form) -> Table | None:
        """How far the next lies from the last, by the kind that the last inspection sends to."""
        last = self.inspections[-1] if form.intervals and self.inspections else None
        if last is None or last.grades is None:
            return form.interval
        found: list[tuple[str, ...]] = []
        for duty in form.routes:
            for row in duty.on(self.choice, last.start):
                found += ways(row, row.while_ is not None and self.holds(row.while_, last), False)
        kind = allowed_kinds(found)[0] if found else ""
        return form.intervals.get(kind, form.interval)

    def _apart(
        self,
        form: Form,
        interval: Table,
        activity: str,
        span: Span,
        last: Made | None,
        turn: int,
        anchor: int,
        numbers: Numbers,
    ) -> int | None:
        """A day so long after the last as is assumed; None where that is over."""
        parts, total = interval.parts, interval.total
        if turn == 0:
            parts, total = self.scenario.left(interval, activity, anchor)
            if not parts:
                return None
        days = pick(numbers(turn, SPACING), parts, total)
        return self.day_after(form, activity, span, last, anchor, days)

    def day_after(
        self, form: Form, activity: str, span: Span, last: Made | None, anchor: int, days: int
    ) -> int | None:
        """The day so many days after the last, or the next on which it may begin; None: never."""
        scenario = self.scenario
        day = later(anchor, anchor + days, scenario.suspended(activity))
        lo = max(scenario.first, 0 if last is None else last.start + 1)
        return scenario.next_day(activity, max(day, self._least(form, activity, span, last, lo)))

    def last(self, activity: str) -> Made | None:
        """The last of an activity on record."""
        some = [event for event in self.scenario.recorded if event.type == activity]
        return self.known(some[-1]) if some else None

    def _room(self, activity: str, last: Made | None, span: Span) -> int:
        """The first day that leaves room for the visits that must come before an activity."""
        scenario = self.scenario
        begun = scenario.first if last is None else max(last.end + 1, scenario.first)
        owed = 0
        for duty in scenario.bounded[activity]:
            opened = last is not None or scenario.openers[duty.id][0] is not None
            if not opened or (duty.one.first_only and last is not None):
                continue
            day = span.first if last is None else last.start
            already = scenario.openers[duty.id][1] if last is None or last.event else 0
            owed += max((row.at_least - already for row in duty.on(self.choice, day)), default=0)
        return begun + WEEK * owed if owed > 0 else begun

    def _in_time_for_others(self, activity: str, span: Span) -> int:
        """The last day that lets the first activity that must refer to this one be in time."""
        scenario, hi = self.scenario, span.hi
        if any(event.type == activity for event in scenario.recorded):
            return hi
        for duty in scenario.contents:
            other = duty.one.activity
            if duty.one.refers_to == activity and other in scenario.cadences:
                first = scenario.recurrence(other, self.choice).first
                if first is not None and first.hi >= max(span.lo, scenario.first):
                    hi = min(hi, first.hi)
        return hi

    def _late(self, activity: str, span: Span, after: int, number: int) -> int | None:
        """A day after a window has closed."""
        days = pick(number, *self.days_late(activity, span))
        return self.scenario.next_day(activity, after + days)

    def days_late(self, activity: str, span: Span) -> tuple[list[Part], int]:
        """How many days after its window something may come, by weight."""
        by = self.scenario.table("late-by", activity, given=span.given)
        return ([(1, 90, 1)], 1) if by is None else (by.parts, by.total)

    # --- What lies between --------------------------------------------------------------------

    def _fill(self, duty: Duty[Between], upto: Made | None = None) -> None:
        """Go through the stretches of a provision: from what begins each to the next bound.

        Args:
            duty: The provision.
            upto: The bound of which the stretches before it are gone through; None: of all.
        """
        scenario, row = self.scenario, duty.one
        bounds = [one for kind in row.bounds for one in self.made.get(kind, ())]
        bounds.sort(key=lambda one: one.start)
        opener, recorded = scenario.openers[duty.id]
        if opener is not None and opener.event is not None:
            opener = self.known(opener.event)
        begun = [(0, opener), *enumerate(bounds, 1), (LATER, scenario.later_openings[duty.id])]
        for slot, one in begun:
            if one is None or one.start > scenario.horizon or (row.first_only and one.type):
                continue
            at = bisect_right(bounds, one.start, key=lambda each: each.start)
            close = bounds[at] if at < len(bounds) else None
            if (upto is None or close is upto) and (duty.id, slot) not in self._filled:
                self._filled.add((duty.id, slot))
                self._stretch(duty, one, close, slot, recorded if slot == 0 else 0)

    def _limits(self, duty: Duty[Between], begun: Made) -> tuple[int, int] | None:
        """How many a stretch must and may have; None where the duty does not speak of it."""
        rows = duty.on(self.choice, begun.start + (begun.type == ""))
        if not rows or (duty.one.first_only and begun.type):
            return None
        if duty.one.while_ is not None and begun.type and not self.holds(duty.one.while_, begun):
            return None
        self.scenario.spoken.add(duty.id)
        ceilings = [row.at_most for row in rows if row.at_most is not None]
        return max(row.at_least for row in rows), min(ceilings, default=NEVER)

    def _within(self, activities: Sequence[str], begun: Made, close: Made | None) -> int:
        """How many events were made in a stretch."""
        end = NEVER if close is None else close.start
        return sum(
            begun.start < one.start < end for kind in activities for one in self.made.get(kind, ())
        )

    def _stretch(
        self, duty: Duty[Between], begun: Made, close: Made | None, slot: int, recorded: int
    ) -> None:
        """Let a stretch have as many visits as a provision says, or as is assumed within that."""
        scenario, row = self.scenario, duty.one
        limits = self._limits(duty, begun)
        if limits is None:
            return
        least, most = limits
        lead = row.activities[0]
        numbers = self.numbers(lead)
        already = recorded + self._within(row.activities, begun, close)
        few = scenario.table("too-few", duty.id, lead)
        many = scenario.table("too-many", duty.id, lead)
        number = scenario.table("number", duty.id, lead)
        spaced = scenario.spacing(duty)
        if few and least and few.choose(numbers(slot, TOO_FEW)) == "yes":
            least = most = least - 1
        elif many and most < NEVER and many.choose(numbers(slot, TOO_MANY)) == "yes":
            least = most = most + 1
        else:
            most = max(least, min(most, self._ceiling(duty, begun, close, already)))
            if spaced is None:
                drawn = least if number is None else number.choose(numbers(slot, NUMBER))
                least = most = min(max(drawn, least), most)
        lo = max(scenario.first, begun.end + 1)
        hi = TABLE_LAST if close is None else close.start - 1
        if spaced is not None and most > least:
            already += self._spaced(row, begun, lo, hi, most - already, slot, spaced)
        if close is not None and already < least:
            self._placed(row, lo, hi, least - already, slot)

    def _spaced(
        self,
        row: Between,
        begun: Made,
        lo: int,
        hi: int,
        most: int,
        slot: int,
        spacing: Spacing,
    ) -> int:
        """Let visits follow one another, from the report on; return how many there were."""
        scenario, lead = self.scenario, row.activities[0]
        numbers, count = self.numbers(lead), 0
        earlier = self._earlier(row.activities, begun)
        base = max([begun.published or begun.end, *earlier])
        table = spacing.next if earlier else spacing.first
        while count < most:
            number = numbers(slot, EVENT_WORDS * self._visit_number(lead, slot) + SPACING)
            parts, total = table.parts, table.total
            # The days that are over have gone without one.
            if spacing.apart and base < scenario.first:
                parts, total = scenario.left(table, lead, base)
                if not parts:
                    break
            days = pick(number, parts, total)
            drawn = base + days
            if spacing.apart:
                drawn = later(base, drawn, scenario.suspended(lead))
            day = scenario.next_day(lead, max(lo, drawn))
            if day is None or day > hi:
                break
            self._visit(row.activities, day, slot)
            base, lo, count, table = day, day + 1, count + 1, spacing.next
        return count

    def _placed(self, row: Between, lo: int, hi: int, count: int, slot: int) -> None:
        """Place visits in a stretch, one in each of so many equal shares of it."""
        scenario, lead = self.scenario, row.activities[0]
        numbers = self.numbers(lead)
        length = hi - lo + 1
        for index in range(count):
            first, last = lo + index * length // count, lo + (index + 1) * length // count - 1
            span = Span(first, last, first, last, "between")
            parts, total, grid = scenario.parts(lead, span, first, last)
            if not parts:  # suspended throughout that share
                parts, total, grid = scenario.parts(lead, Span(lo, hi, lo, hi, "between"), lo, hi)
            if parts:
                number = numbers(slot, EVENT_WORDS * self._visit_number(lead, slot) + DAY)
                day = scenario.before(grid, pick(number, parts, total))
                self._visit(row.activities, day, slot)

    def _visit_number(self, lead: str, slot: int) -> int:
        """The number of the next visit of a slot: no two visits of a stream share words."""
        return self._visited.get((lead, slot), 0) + 1

    def _earlier(self, activities: Sequence[str], begun: Made) -> list[int]:
        """The days of recorded visits after the start of the stretch that runs."""
        if begun.type and begun.event is None:
            return []
        return [
            event.start.hi
            for event in self.scenario.recorded
            if event.type in activities and begun.start < event.start.hi < self.scenario.first
        ]

    def _ceiling(self, duty: Duty[Between], begun: Made, close: Made | None, already: int) -> int:
        """The most that other provisions let a stretch have."""
        most = NEVER
        for other in self.scenario.betweens:
            row = other.one
            if other is duty or not set(duty.one.activities) <= set(row.activities):
                continue
            if begun.type not in (*row.bounds, ""):
                continue
            limits = self._limits(other, begun)
            if limits is not None and limits[1] < NEVER:
                counted = self._within(row.activities, begun, close)
                mine = self._within(duty.one.activities, begun, close)
                most = min(most, limits[1] - counted + mine)
        return most

    def _visit(self, activities: Sequence[str], day: int, slot: int) -> None:
        """Make a visit: of the first kind of event that is counted, unless another is drawn."""
        scenario, kind = self.scenario, activities[0]
        numbers, visit = self.numbers(kind), self._visit_number(kind, slot)
        self._visited[kind, slot] = visit
        word = EVENT_WORDS * visit
        table = scenario.table("visit", activities[0]) if len(activities) > 1 else None
        if table is not None:
            drawn = table.choose(numbers(slot, word + VISIT))
            kind = drawn if drawn in activities else kind
        form = scenario.form(kind)
        if form.only and self._barred(form, day):
            return
        one = Made(kind, day, EVENT_WORDS * slot + visit)
        if day <= scenario.horizon:
            self._complete(one, numbers, slot, word)
        made = self.made.setdefault(kind, [])
        insort(made, one, key=lambda each: each.start)

    # --- What an event is like ----------------------------------------------------------------

    def holds(self, id: str, one: Made) -> bool:
        """Whether a status holds after an event, once its grades are out."""
        if not one.grades:
            return False
        found = self._held.get((id, one))
        if found is None:
            scenario, grades = self.scenario, one.grades
            found = self._held[id, one] = any(
                status_holds(row, scenario.view.framework.scale(row.scale), grades)
                for row in scenario.statuses[id].on(self.choice, one.start)
            )
        return found

    def _before(self, day: int) -> Made | None:
        """The last inspection before a day."""
        return next((one for one in reversed(self.inspections) if one.start < day), None)

    def _barred(self, form: Form, day: int) -> bool:
        """Whether an activity is tied to a status that does not hold."""
        last = self._before(day)
        return any(
            last is None or not self.holds(row.while_, last)
            for duty in form.only
            for row in duty.on(self.choice, day)
        )

    def _complete(self, one: Made, numbers: Numbers, slot: int, word: int) -> None:
        """Give an event its kind, its length, what it must say, its report and its grades."""
        form = self.scenario.form(one.type)
        if form.routes:
            one.kind = self._kind(form, one, numbers, slot, word)
        if form.priority is not None:
            one.fields = {"priority_action": form.priority.choose(numbers(slot, word + PRIORITY))}
        if form.contents:
            self._say(form, one, numbers, slot, word)
        if form.is_published:
            one.end = one.start + self._length(form, one, numbers, slot, word) - 1
            self._publish(form, one, numbers, slot, word)
        if form.is_graded:
            self._grade(form, one, numbers, slot, word)

    def _kind(self, form: Form, one: Made, numbers: Numbers, slot: int, word: int) -> str | None:
        """The kind of an inspection: the one that the grades before send to, or another allowed."""
        found: list[tuple[str, ...]] = []
        last = self._before(one.start)
        for duty in form.routes:
            for row in duty.on(self.choice, one.start):
                holds = None
                if row.while_ is not None and last is not None and last.grades is not None:
                    holds = self.holds(row.while_, last)
                found += ways(row, holds, last is None)
        if not found:
            return None
        good = allowed_kinds(found)
        instead = len(good) > 1 and form.kind is not None and (
            form.kind.choose(numbers(slot, word + KIND)) == "instead"
        )  # fmt: skip
        return good[1 if instead else 0]

    def _length(self, form: Form, one: Made, numbers: Numbers, slot: int, word: int) -> int:
        """How many days fieldwork lasts; what is assumed of it ends on a working day."""
        for duty in form.lengths:
            for row in duty.on(self.choice, one.start):
                if row.kind in (None, one.kind):
                    return row.days
        table = self.scenario.table("length", one.type, given=one.kind)
        days = 1 if table is None else table.choose(numbers(slot, word + LENGTH))
        last = self.scenario.before("working-day", one.start + days - 1)
        return max(1, last - one.start + 1)

    def _publish(self, form: Form, one: Made, numbers: Numbers, slot: int, word: int) -> None:
        """The day of publication, if there is one."""
        if form.unpublished and form.unpublished.choose(numbers(slot, word + UNPUBLISHED)) == "yes":
            return
        due, strict = self.dues(form, one)
        if form.late_report and strict < NEVER and (
            form.late_report.choose(numbers(slot, word + LATE_REPORT)) == "yes"
        ):  # fmt: skip
            days = pick(numbers(slot, word + LAG), *form.report_late)
            one.published = self.scenario.calendar.add_ordinal(strict, days)
        else:
            days = 0 if form.lag is None else form.lag.choose(numbers(slot, word + LAG))
            one.published = self.in_time(one, days, due)

    def in_time(self, one: Made, days: int, due: int) -> int:
        """The day of a report so many working days after the end, by the deadline at the latest."""
        return max(min(self.scenario.calendar.add_ordinal(one.end, days), due), one.end)

    def dues(self, form: Form, one: Made) -> tuple[int, int]:
        """The deadline of a report, and the one after which it is late."""
        calendar = self.scenario.calendar
        due, strict = NEVER, NEVER
        for duty in form.reports:
            if not _called_for(duty.one, one):
                continue
            begun = one.start if duty.one.counted_from == "start" else one.end
            for row in duty.on(self.choice, begun):
                last = deadline(row, begun, calendar)
                due = min(due, last)
                if not row.late_counts:
                    strict = min(strict, last)
        return due, strict

    def _grade(self, form: Form, one: Made, numbers: Numbers, slot: int, word: int) -> None:
        """The grades of an event, if its report is out.

        An area moves on from its last grade or, where it has a true quality, is seen as that is.
        """
        scenario = self.scenario
        if form.is_published and one.published is None:
            return
        one.grades = {}
        for duty in form.graded:
            for row in duty.on(self.choice, one.start)[:1]:
                for index, area in enumerate(row.areas):
                    if area in scenario.lattices:
                        seen = self.seen(one.type, area, one.start, slot, word)
                        grade = scenario.lattices[area].grade(seen, str(row.scale))
                        one.grades[area] = grade
                        continue
                    before = self._grade_before(one.start, area)
                    table = scenario.moves(area, str(row.scale), before)
                    number = numbers(slot, word + GRADES + index)
                    if self._shares(one.type, area, slot, word):
                        number = self.numbers(one.type)(slot, word + SHARED)
                    if table is None:  # nothing is assumed: each grade of the scale alike
                        scale = scenario.view.framework.scale(str(row.scale)).grades
                        one.grades[area] = scale[number * len(scale) >> 32]
                    else:
                        one.grades[area] = Grade(table.choose(number))
        for limits in form.limits:
            for limit in limits.on(self.choice, one.start):
                keep_to(limit, scenario.view.framework.scale(limit.scale), one.grades)

    def _shares(self, activity: str, area: str, slot: int, word: int) -> bool:
        """Whether the grade of an area turns on the number that all areas share."""
        table = self.scenario.table("shared", area, given="grade")
        if table is None:
            return False
        number = self.numbers(of_area(activity, area))(slot, word + OWN)
        return bool(table.choose(number) == "shared")

    def _grade_before(self, day: int, area: str, told: int = NEVER) -> Grade | None:
        """The last grade of an area, or of the area of an earlier form that stands for it.

        Args:
            day: A day after the first of the inspection that gave it.
            area: The area.
            told: A day by which its report was out.
        """
        for last in reversed(self.inspections):
            if last.start < day and last.grades and (last.published or last.end) <= told:
                if area in last.grades:
                    return last.grades[area]
                for duty in self.scenario.statuses.values():
                    for row in duty.on(self.choice, day):
                        for old, new in row.stands_for.items():
                            if area in new and old in last.grades:
                                return last.grades[old]
        return None

    def _say(self, form: Form, one: Made, numbers: Numbers, slot: int, word: int) -> None:
        """What the record of an event must say: all of it or, where that is assumed, not all."""
        lacking = form.incomplete is not None and (
            form.incomplete.choose(numbers(slot, word + INCOMPLETE)) == "yes"
        )
        fields = one.fields = one.fields or {}
        for duty in form.contents:
            for row in duty.on(self.choice, one.start):
                if row.refers_to is not None:
                    fields[row.field] = None if lacking else self._shared(row.refers_to, one.start)
                elif row.excludes:
                    continue
                elif row.field == "scope":
                    fields["scope"] = row.includes[0]
                else:
                    said = row.includes[:-1] if lacking else row.includes
                    had = fields.get(row.field, ())
                    fields[row.field] = (*had, *(each for each in said if each not in had))

    def _shared(self, activity: str, day: int) -> Made | None:
        """The last event of a kind on or before a day."""
        made = self.made.get(activity, [])
        at = bisect_right(made, day, key=lambda one: one.start)
        if at:
            return made[at - 1]
        some = [event for event in self.scenario.recorded if event.type == activity]
        return self.known(some[-1]) if some else None

    # --- True quality -------------------------------------------------------------------------

    def _come_to(self, one: Made) -> None:
        """Make what an inspection's grades may turn on: the visits before it, and the drift."""
        for duty in self.scenario.before_grades:
            self._fill(duty, one)
        for area in self.scenario.lattices:
            self.level(area, one.start)

    def level(self, area: str, day: int) -> int:
        """The true quality of an area on a day, as the number of its level.

        It drifts on from step to step, by the judgements and visits that there are by then.
        """
        scenario = self.scenario
        lattice, upto = scenario.lattices[area], steps_by(scenario.steps, day)
        path = self._levels.get(area)
        if path is None:
            scale = scenario.scales_of[area][0]
            before = self._grade_before(scenario.first, area, scenario.first - 1)
            table = lattice.start(scale, before)
            number = self.numbers(of_area(QUALITY, area))(0, 0)
            path = self._levels[area] = [lattice.within(table.choose(number))]
        while len(path) <= upto:
            path.append(self._step(lattice, len(path), path[-1]))
        return path[upto]

    def path(self, area: str) -> list[int]:
        """The true quality of an area at the start, and after each step up to the horizon."""
        return self._levels[area]

    def _step(self, lattice: Lattice, step: int, level: int) -> int:
        """The level after a step."""
        table = self._drift(lattice, self.scenario.steps[step - 1], level)
        if table is None:
            return level
        numbers = self.numbers(of_area(QUALITY, lattice.area))
        if lattice.shared is not None and lattice.shared.choose(numbers(1, step)) == "shared":
            numbers = self.numbers(QUALITY)
        moved = {"down": -1, "stay": 0, "up": 1}[table.choose(numbers(0, step))]
        return lattice.within(level + moved)

    def _drift(self, lattice: Lattice, day: int, level: int) -> Table | None:
        """How an area drifts on a day: as is assumed of the first case that holds."""
        drifts = lattice.drifts
        for case, activity in CHANGES:
            if case in drifts and self._changed(activity, day):
                return drifts[case]
        if lattice.by_grade:
            grade = self._grade_before(day + 1, lattice.area, day)
            if grade in drifts and grade is not None:
                return drifts[grade]
        if lattice.middle is not None and level != lattice.middle:
            case = "above-middle" if level > lattice.middle else "below-middle"
            if case in drifts:
                return drifts[case]
        return drifts.get(None)

    def _changed(self, activity: str, day: int) -> bool:
        """Whether a visit changes the drift on a day."""
        some = self.scenario.visited.get(activity, ()), self.made.get(activity, ())
        for one in chain(reversed(some[1]), reversed(some[0])):
            said = (one.fields or {}).get("priority_action")
            if one.start <= day and (activity == MONITORING or said in PRIORITY_ACTION):
                last = self.scenario.changes_until(activity, one.start)
                if last is not None:
                    return day <= last
                return not any(one.start < each.start <= day for each in self.inspections)
        return False

    def seen(self, activity: str, area: str, day: int, slot: int, word: int) -> int:
        """The level that an activity takes an area to be at."""
        lattice = self.scenario.lattices[area]
        level, table = self.level(area, day), lattice.seen(activity)
        if table is None:
            return level
        if self._shares(activity, area, slot, word):
            number = self.numbers(activity)(slot, word + SHARED)
        else:
            number = self.numbers(of_area(activity, area))(slot, word + SEEN)
        return lattice.within(level + table.choose(number))

    def notices(
        self, one: Made, area: str, level: int, instead: Mapping[str, Table] | None = None
    ) -> bool:
        """Whether an event that was made would notice that an area is below a level.

        Args:
            one: The event.
            area: The area.
            level: The level.
            instead: By kind of event (`*`: every other), how likely that is, instead of what is
                assumed.
        """
        slot, visit = divmod(one.place, EVENT_WORDS)
        word, table = EVENT_WORDS * visit, None
        if instead is not None:
            table = instead.get(one.type, instead.get("*"))
        if table is None:
            table = self.scenario.lattices[area].notices(one.type)
        if table is not None:
            number = self.numbers(of_area(one.type, area))(slot, word + NOTICES)
            if table.choose(number) != "yes":
                return False
        return self.seen(one.type, area, one.start, slot, word) < level

    # --- What must follow ---------------------------------------------------------------------

    def _finish(self, event: Event, slot: int) -> None:
        """Let an event of the record come to its end: its fieldwork, its report, its grades."""
        scenario, form = self.scenario, self.scenario.form(event.type)
        one, numbers = scenario.taken(event), self.numbers(event.type)
        if event.end is None:
            one.end = one.start + self._length(form, one, numbers, slot, 0) - 1
        self._publish(form, one, numbers, slot, 0)
        if one.published is not None:
            one.published = max(one.published, scenario.first)
        self._grade(form, one, numbers, slot, 0)
        self.finished[event.id] = one

    def _publish_too(self, duty: Duty[Response]) -> None:
        """Let the provider publish a report, on the day on which its time begins."""
        scenario, row = self.scenario, duty.one
        for owed in scenario.made.get(duty.id, []):
            event = scenario.view.history.get(owed.subject)
            if event is not None and owed.fulfilled_by is None and (
                owed.possible & {State.OPEN, State.NOT_YET_OPEN}
            ):  # fmt: skip
                day = _begins(row, self.known(event))
                if day is not None:
                    self.own_days[event.id] = row.gives, max(day, scenario.first)
        for one in (one for kind in row.after for one in self.made.get(kind, ())):
            day = _begins(row, one)
            if day is not None and one.start <= scenario.horizon and duty.on(self.choice, day):
                one.fields = {**(one.fields or {}), row.gives: day}

    def _answer(self, index: int, duty: Duty[Response]) -> None:
        """What must follow events: those made, and those of the record that wait for it."""
        scenario, row = self.scenario, duty.one
        numbers = self.numbers(row.gives)
        waiting = []
        for number, owed in enumerate(scenario.made.get(duty.id, [])):
            event = scenario.view.history.get(owed.subject)
            open_ = owed.possible & {State.OPEN, State.NOT_YET_OPEN}
            if event is not None and owed.fulfilled_by is None and (
                open_ or owed.possible == {State.OVERDUE}
            ):  # fmt: skip
                waiting.append((self.known(event), (FINISHED + number) * EVENT_WORDS))
        made = (one for kind in row.after for one in self.made.get(kind, ()))
        found = [*waiting, *((one, one.place) for one in made if one.start <= scenario.horizon)]
        for one, slot in found:
            if not _called_for(row, one):
                continue
            day = _begins(row, one)
            if day is None:
                continue
            rows = duty.on(self.choice, day)
            if rows:
                due = min(deadline(each, day, scenario.calendar) for each in rows)
                self._reply(row, one, day, due, numbers, slot, EVENT_WORDS * index)

    def _reply(
        self, row: Response, to: Made, begun: int, due: int, numbers: Numbers, slot: int, word: int
    ) -> None:
        scenario, activity, form = self.scenario, row.gives, self.scenario.form(row.gives)
        if form.skipped and form.skipped.choose(numbers(slot, word + SKIPPED)) == "yes":
            return
        if due >= NEVER:
            lag = scenario.table("lag", activity)
            days = 0 if lag is None else lag.choose(numbers(slot, word + LAG))
            due = scenario.calendar.add_ordinal(begun, days)
        span = Span(begun, due, begun, due, "response")
        parts, total, grid = scenario.parts(activity, span, max(begun, scenario.first), due)
        day = None
        late = scenario.late(activity, span)
        if parts and not (late and late.choose(numbers(slot, word + LATE)) == "yes"):
            day = scenario.before(grid, pick(numbers(slot, word + DAY), parts, total))
        if day is None:
            after = max(due, scenario.first - 1)
            day = self._late(activity, span, after, numbers(slot, word + LATE_BY))
        if day is None:
            return
        one = Made(activity, day, slot)
        one.fields = {"follows": to, "draft": row.draft}
        made = self.made.setdefault(activity, [])
        made.append(one)


def _begins(row: Response, one: Made) -> int | None:
    """The day of an event from which the time of a response runs; None: there is none."""
    return {"start": one.start, "end": one.end, "published": one.published}[row.counted_from]


def _called_for(row: Response, one: Made) -> bool:
    """Whether an event has what a response is owed for."""
    fields = one.fields or {}
    return all(fields.get(field) in words for field, words in row.when.items())
