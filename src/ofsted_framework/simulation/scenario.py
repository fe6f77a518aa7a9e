"""What a simulation asks of a framework and a record: the same for all replications.

Windows, stretches and days come from the rows of the framework, by the arithmetic that checks and
plans use, and from the obligations of the record on the day of asking.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from ..cases import State, View
from ..dates import Answer, WorkingDays, add_months, in_words
from ..events import EVENTS, Event
from ..grades import Grade
from ..history import UNPUBLISHED
from ..obligations import OPENING, obligations, running
from ..provisions import (
    NOT_KNOWN,
    OF_ITS_OWN,
    Between,
    Cadence,
    Contents,
    Duration,
    Graded,
    Limit,
    Only,
    Response,
    Route,
    Row,
    Rows,
    Status,
)
from ..windows import NEVER, Stretch, window
from .behaviour import Behaviour, Table
from .bits import BLOCK, Numbers, Part, Stream
from .quality import FOCUSED, MONITORING, Lattice, steps

_R = TypeVar("_R", bound=Row)
Choice = Mapping[str, str | None]
"""The readings of a replication: provision id and reading."""
TABLE_FIRST = date(1995, 1, 1).toordinal()
TABLE_LAST = date(2230, 12, 31).toordinal()
"""The ends of the table of working days; beyond them days are not rounded."""
_FINE = 10
"""Bits by which weights are made finer before a band is cut."""
EVENT_WORDS = 64
"""Words of a slot that belong to one event."""


class Made:
    """One event, known to the day: made by the simulation, or taken from the record."""

    __slots__ = (
        "end", "event", "fields", "grades", "id", "kind", "place", "published", "start", "type",
    )  # fmt: skip

    def __init__(self, type: str, start: int, place: int = -1, event: Event | None = None) -> None:
        self.type, self.start, self.place, self.event = type, start, place, event
        self.end = start
        self.published: int | None = None
        self.kind: str | None = None
        self.grades: dict[str, Grade] | None = None
        self.fields: dict[str, Any] | None = None
        self.id = "" if event is None else event.id


class Span(NamedTuple):
    """The days on which something is owed, and the window of which they are what is left."""

    lo: int
    hi: int
    first: int
    last: int
    given: str


class Spacing(NamedTuple):
    """How far visits lie apart."""

    first: Table
    """Days from what begins a stretch to the first."""
    next: Table
    """Days from one to the next."""
    apart: bool
    """Whether the two are told apart: then the days that are over have gone without a visit, and
    suspended days are not counted."""


class Duty(Generic[_R]):
    """The rows of one provision, by reading."""

    __slots__ = ("_dated", "_only", "_undated", "id", "one", "readings")

    def __init__(self, id: str, readings: Mapping[str | None, Rows[_R]]) -> None:
        self.id, self.readings = id, readings
        self.one = next(iter(readings.values()))[0]
        self._only = next(iter(readings)) if len(readings) == 1 else ""
        self._dated = {
            reading: [(row, row.lo, row.hi) for row in rows] for reading, rows in readings.items()
        }
        self._undated = {
            reading: list(rows)
            for reading, rows in readings.items()
            if all(row.effective_from is None and row.effective_to is None for row in rows)
        }

    def rows(self, choice: Choice) -> tuple[_R, ...]:
        """The rows of the reading that a replication has chosen."""
        return self.readings[choice.get(self.id, self._only)]

    def on(self, choice: Choice, day: int) -> list[_R]:
        """The rows that may be in force on a day."""
        reading = choice.get(self.id, self._only)
        if reading in self._undated:
            return self._undated[reading]
        dated = self._dated[reading]
        return [row for row, lo, hi in dated if lo <= day <= hi]


class Recurrence:
    """When an activity is owed, in one reading of each provision that asks for it."""

    def __init__(self, scenario: Scenario, activity: str, choice: Choice) -> None:
        self.duties = [(duty, duty.rows(choice)) for duty in scenario.cadences[activity]]
        self.suspended = scenario.suspended(activity)
        firsts = [scenario.first_span(duty, choice) for duty, _ in self.duties]
        self.first = _common([span for span in firsts if span is not None])
        self.anchor = max((scenario.anchor(duty) for duty, _ in self.duties), default=0)
        """The day from which the first is counted, where it is counted from the last."""
        self._next: dict[int, Span | None] = {}

    def next(self, anchor: int) -> Span | None:
        """What is owed after the activity took place on a day, or would have; None: nothing."""
        if anchor not in self._next:
            self._next[anchor] = self.after(anchor)
        return self._next[anchor]

    def after(self, anchor: int) -> Span | None:
        """The same, worked out anew."""
        spans = [
            _span(row, anchor, False, self.suspended)
            for _, rows in self.duties
            for row in rows
            if row.lo <= anchor <= row.hi
        ]
        return _common(spans)


def _span(row: Cadence, anchor: int, opening: bool, suspended: Sequence[Stretch]) -> Span:
    rhythm = row.periods or row.since_last
    assert rhythm is not None  # a row without one is refused
    first, _, last = window(rhythm, anchor, opening, suspended)
    return Span(first, last, first, last, "periods" if row.periods else "since-last")


def _common(spans: Sequence[Span]) -> Span | None:
    """The days that keep every one of some spans; of the first, where there are none."""
    if not spans or spans[0].lo >= NEVER:
        return None
    if len(spans) == 1:
        return spans[0]
    lo, hi = max(span.lo for span in spans), min(span.hi for span in spans)
    return spans[0]._replace(lo=lo, hi=hi) if lo <= hi else spans[0]


class Form:
    """What an event of a kind is like: the rows and the assumptions that say so."""

    def __init__(self, scenario: Scenario, activity: str) -> None:
        def of(duties: list[Duty[Any]]) -> list[Duty[Any]]:
            return [duty for duty in duties if duty.one.activity == activity]

        table = scenario.table
        begins = table("begins", activity)
        self.grid = "any-day" if begins is None else str(begins.outcomes[0])
        self.skipped = table("skipped", activity)
        recurs = activity in scenario.cadences
        self.interval = table("interval", activity, given="since-last") if recurs else None
        self.intervals: dict[str, Table] = {}
        """The same by the kind that the last inspection sends to, where it is told apart."""
        gap = table("least-gap", activity)
        self.least_gap: int = 0 if gap is None else gap.outcomes[0]
        self.is_published = activity not in UNPUBLISHED
        self.routes: list[Duty[Route]] = of(scenario.routes)
        self.only: list[Duty[Only]] = of(scenario.only)
        self.limits: list[Duty[Limit]] = of(scenario.limits)
        self.lengths: list[Duty[Duration]] = of(scenario.lengths)
        self.contents: list[Duty[Contents]] = of(scenario.contents)
        self.refers_to = [
            duty.one.refers_to
            for duty in self.contents
            if duty.one.refers_to is not None
            and not any(event.type == duty.one.refers_to for event in scenario.recorded)
        ]
        """The kinds that it must refer to and of which there is none on record."""
        graded = [duty for duty in scenario.graded if activity in duty.one.activities]
        self.is_graded = bool(graded)
        """Whether it is said what it grades, if only that it grades nothing."""
        self.graded = [
            duty
            for duty in graded
            if any(row.areas for some in duty.readings.values() for row in some)
        ]
        self.reports = [
            duty
            for duty in scenario.responses
            if duty.one.gives == "published" and activity in duty.one.after
        ]
        routes = [row for duty in self.routes for rows in duty.readings.values() for row in rows]
        for row in routes if recurs else ():
            for kind in (*row.kinds(True), *row.kinds(False)):
                own = scenario.exactly("interval", activity, given=kind)
                if own is not None:
                    self.intervals[kind] = own
        self.kind = table("kind", activity) if any(row.allowed for row in routes) else None
        self.priority = None
        if activity == "focused-visit":
            self.priority = table("priority-action", activity)
        self.incomplete = table("incomplete", activity) if self.contents else None
        self.unpublished = self.late_report = self.late_report_by = self.lag = None
        if self.is_published:
            self.unpublished = table("unpublished", activity)
            self.lag = table("lag", activity)
            rows = [row for duty in self.reports for some in duty.readings.values() for row in some]
            if any(row.working_days != NOT_KNOWN and not row.late_counts for row in rows):
                self.late_report = table("late-report", activity)
                self.late_report_by = table("late-report-by", activity)

    @property
    def report_late(self) -> tuple[list[Part], int]:
        """How many working days after the deadline a late report comes, by weight."""
        by = self.late_report_by
        return ([(1, 20, 1)], 1) if by is None else (by.parts, by.total)


class Scenario:
    """A question to the simulator, and what is the same for all its replications."""

    def __init__(
        self, view: View, first: int, horizon: int, behaviour: Behaviour, seed: int
    ) -> None:
        self.view, self.behaviour, self.seed = view, behaviour, seed
        self.calendar: WorkingDays = view.calendar
        self.first = first
        """The first day that is simulated, as an ordinal."""
        self.horizon = min(horizon, view.end_lo)
        """The last day that is simulated: the framework's last, if that comes before."""
        self.readings = {
            id: tuple(readings)
            for kind in (
                Cadence,
                Between,
                Response,
                Graded,
                Only,
                Status,
                Route,
                Limit,
                Contents,
                Duration,
            )
            for id, readings in view.rows(kind).items()
            if len(readings) > 1
        }
        """The provisions of which more than one reading is open."""
        self.cases = 1
        for some in self.readings.values():
            self.cases *= len(some)
        self.made = obligations(view)
        self.cadences: dict[str, list[Duty[Cadence]]] = {}
        for cadence in self._duties(Cadence):
            self.cadences.setdefault(cadence.one.activity, []).append(cadence)
        self.betweens = _in_order(self._duties(Between))
        self.bounded = {
            activity: [duty for duty in self.betweens if activity in duty.one.bounds]
            for activity in self.cadences
        }
        self.responses = self._duties(Response)
        self.graded, self.contents = self._duties(Graded), self._duties(Contents)
        self.only, self.routes = self._duties(Only), self._duties(Route)
        self.lengths, self.limits = self._duties(Duration), self._duties(Limit)
        self.statuses = {duty.id: duty for duty in self._duties(Status)}
        self.order = self._order()
        self.recorded = [act.event for act in view.subjects(*EVENTS)]
        self.finished = [
            event
            for event in self.recorded
            if event.type not in UNPUBLISHED and self._awaited(event)
        ]
        """The events of the record that wait for their report or letter."""
        self.inspections = [
            event for event in view.history.of_type("inspection") if event.start.lo < first
        ]
        """The inspections of the record, under whatever framework."""
        self._streams: dict[tuple[str, int], Stream] = {}
        self._recurrences: dict[tuple[Any, ...], Recurrence] = {}
        self._tables: dict[tuple[Any, ...], Table | None] = {}
        self._parts: dict[tuple[Any, ...], tuple[list[Part], int, str]] = {}
        self._spacings: dict[str, Spacing | None] = {}
        self._left: dict[tuple[int, str, int], tuple[list[Part], int]] = {}
        self._mondays = array("i")
        self._forms: dict[str, Form] = {}
        self.openers = {duty.id: self._opener(duty) for duty in self.betweens}
        self.later_openings = {duty.id: self._later_opening(duty) for duty in self.betweens}
        self.spoken: set[str] = set()
        """The provisions on what lies between that spoke of some stretch."""
        self.notes: dict[str, None] = {}
        """What was taken to hold of the record, in sentences."""
        self.supposed = [
            f"{duty.id}: it takes place on the day from which its time runs."
            for duty in self.responses
            if duty.one.gives in OF_ITS_OWN and duty.one.gives != "published"
        ]
        """What was taken to hold of responses of which no behaviour speaks."""
        self.used: dict[tuple[str, str, str | None], None] = {}
        """The assumptions that were looked up, by key."""
        self.scales_of: dict[str, list[str]] = {}
        """By area, the scales of its grades."""
        for graded in self.graded:
            for rows in graded.readings.values():
                for row in rows:
                    for area in row.areas:
                        known = self.scales_of.setdefault(area, [])
                        known += [str(row.scale)] if row.scale not in known else []
        self.lattices = {
            area: Lattice(self, area) for area in self.scales_of if self.table("levels", area)
        }
        """The areas that have a true quality."""
        self.steps = steps(self) if self.lattices else []
        """The days of the steps of true quality."""
        self.before_grades = [
            duty
            for duty in self.betweens
            if self.lattices
            and set(duty.one.bounds) == {"inspection"}
            and not set(duty.one.activities) & set(self.cadences)
        ]
        """What lies between inspections and is made before the second is graded."""
        self.visited = {
            activity: [self.taken(one) for one in self.recorded if one.type == activity]
            for activity in (MONITORING, FOCUSED)
        }
        """The visits on record that may change a drift."""
        self._lasts: dict[tuple[str, int], int | None] = {}

    def _duties(self, kind: type[_R]) -> list[Duty[_R]]:
        return [Duty(id, readings) for id, readings in self.view.rows(kind).items()]

    def _order(self) -> list[str]:
        """The activities that recur: what another must refer to comes before it."""
        refers = {
            (duty.one.refers_to, duty.one.activity)
            for duty in self.contents
            if duty.one.refers_to is not None
        }
        left, found = list(self.cadences), list[str]()
        while left:
            free = [one for one in left if not any((other, one) in refers for other in left)]
            found += free or left
            left = [one for one in left if one not in found]
        return found

    def choice(self, replication: int) -> dict[str, str | None]:
        """The readings of a replication: the cases take turns."""
        chosen: dict[str, str | None] = {}
        for id, some in self.readings.items():
            replication, index = divmod(replication, len(some))
            chosen[id] = some[index]
        return chosen

    def table(self, what: str, *of: str, given: str | None = None) -> Table | None:
        """The outcomes of an assumption; None where none speaks of the matter."""
        key = (what, of, given)
        if key not in self._tables:
            found = self.behaviour.find(what, *of, given=given)
            self._tables[key] = None if found is None else found.table
            if found is not None:
                self.used[found.key] = None
        return self._tables[key]

    def changes_until(self, activity: str, day: int) -> int | None:
        """The last day on which a visit changes a drift; None: until the next inspection."""
        key = activity, day
        if key not in self._lasts:
            table = self.table("drift-lasts", activity)
            last = None
            if table is not None:
                last = add_months(date.fromordinal(day), table.outcomes[0]).toordinal() - 1
            self._lasts[key] = last
        return self._lasts[key]

    def exactly(self, what: str, area: str, *, given: str | None) -> Table | None:
        """The outcomes of what is assumed of an area in one case; of no wider one instead."""
        found = self.behaviour.find(what, area, given=given)
        if found is None or found.given != given:
            found = self.behaviour.find(what, given=given)
        if found is None or found.given != given:
            return None
        self.used[found.key] = None
        return found.table

    def moves(self, area: str, scale: str, before: Grade | None) -> Table | None:
        """How an area's grade moves on; None where nothing is assumed of it on its scale.

        What is assumed of every area has no say on a scale that lacks its grades.
        """
        good = set(self.view.framework.scale(scale).grades)
        asked = [("grade-move", before)] if before is not None else []
        lacking = False
        for what, given in (*asked, ("first-grade", None)):
            found = self.behaviour.find(what, area, given=given)
            if found is not None and set(found.table.outcomes) <= good:
                return self.table(what, area, given=given)
            lacking |= found is not None
        if lacking:
            says = f"{area}: what is assumed of the grades of every area names some that the scale "
            says += f"{scale} lacks; each grade of the scale is taken to be as likely."
            self.notes[says] = None
        return None

    def form(self, activity: str) -> Form:
        """What an event of a kind is like."""
        found = self._forms.get(activity)
        if found is None:
            found = self._forms[activity] = Form(self, activity)
        return found

    def numbers(self, activity: str, replication: int) -> Numbers:
        """The numbers of an activity in a replication."""
        key = activity, replication // BLOCK
        stream = self._streams.get(key)
        if stream is None:
            stream = self._streams[key] = Stream(self.seed, *key)
        return Numbers(stream, replication)

    def suspended(self, activity: str) -> Sequence[Stretch]:
        """The stretches in which no such activity begins."""
        return self.view.suspended(activity)

    def recurrence(self, activity: str, choice: Choice) -> Recurrence:
        """When an activity is owed, in a replication's readings."""
        key = activity, *(choice.get(duty.id) for duty in self.cadences[activity])
        found = self._recurrences.get(key)
        if found is None:
            found = self._recurrences[key] = Recurrence(self, activity, choice)
        return found

    def first_span(self, duty: Duty[Cadence], choice: Choice) -> Span | None:
        """What is owed first of what recurs: from the record, or from the opening.

        What is not on record is taken not to have taken place, so that a fixed period that runs is
        still to be kept. Where a time since the last may have run out unseen, the duty is taken to
        have been kept, no matter when, so that the next comes within one such time.
        """
        some = self.made.get(duty.id, [])
        reading = choice.get(duty.id) if len(duty.readings) > 1 else next(iter(duty.readings))
        if some:
            last = max(some, key=lambda one: (one.anchor.lo, one.anchor.hi))
            now = running(self.view, last)
            course = next(one for one in now.courses if one.reading == reading)
            if not course.possible <= {State.NOT_OWED, State.LAPSED}:
                if course.window is None or course.window.latest is None:
                    return None  # suspended for good
                row = next(row for row in course.rows if isinstance(row, Cadence))
                last_day = course.window.latest.toordinal()
                # Where no first day is known, from now on.
                earliest = course.window.earliest
                first = earliest.toordinal() if earliest else min(self.first, last_day)
                given = "periods" if row.periods else "since-last"
                if last_day >= self.first or course.possible <= {State.OVERDUE, State.MISSED}:
                    return Span(first, last_day, first, last_day, given)
                why = "the record does not say when the last was"
                return self._within_one(row, self.first, why)
        for row in duty.rows(choice):
            if row.hi < self.first:
                continue
            begins = max(self.view.start.hi, row.effective_from.hi if row.effective_from else 1)
            if row.opening == "framework-start" and begins >= self.first:
                return _span(row, begins, True, self.suspended(row.activity))
            return self._within_one(row, max(self.first, begins), "nothing says when the first is")
        return None

    def anchor(self, duty: Duty[Cadence]) -> int:
        """The day of the last of what recurs; 0: there was none."""
        some = self.made.get(duty.id, [])
        return min(max((one.anchor.hi for one in some), default=0), self.first - 1)

    def spacing(self, duty: Duty[Between]) -> Spacing | None:
        """How far the first visit of a stretch lies from its beginning, others from the last."""
        if duty.id not in self._spacings:
            lead, begun = duty.one.activities[0], next(iter(duty.one.bounds), None)
            tables, apart = [], False
            for given in (begun, lead):
                table = self.table("spacing", duty.id, lead, given=given)
                found = self.behaviour.find("spacing", duty.id, lead, given=given)
                if table is not None and found is not None:
                    tables.append(table)
                    apart |= found.given is not None
            made = Spacing(tables[0], tables[-1], apart) if tables else None
            self._spacings[duty.id] = made
        return self._spacings[duty.id]

    def left(self, interval: Table, activity: str, anchor: int) -> tuple[list[Part], int]:
        """What is left of an interval on the first day, by weight: days since an anchor.

        Each day of a band weighs the same; those that are over have none.
        """
        key = id(interval), activity, anchor
        if key not in self._left:
            over = self.first - 1 - anchor
            for start, end in self.suspended(activity):
                over -= max(0, min(end, self.first - 1) - max(start, anchor + 1) + 1)
            found = []
            for first, last, weight in interval.parts:
                some = last - max(first, over + 1) + 1
                share = (weight * some << _FINE) // (last - first + 1)
                if some > 0 and share:
                    found.append((last - some + 1, last, share))
            self._left[key] = found, sum(weight for _, _, weight in found)
        return self._left[key]

    def _within_one(self, row: Cadence, day: int, why: str) -> Span:
        """The next turn of a rhythm that may be anywhere in it on a day."""
        if row.periods is not None:
            span = _span(row, day, True, self.suspended(row.activity))
        else:
            last = _span(row, day, False, self.suspended(row.activity)).hi
            span = Span(day, last, day, last, "first")
        if span.hi < NEVER:
            first, last_day = (in_words(date.fromordinal(end)) for end in (span.lo, span.hi))
            self.notes[f"{row.id}: {why}; it is taken to come from {first} to {last_day}."] = None
        return span

    def _opener(self, duty: Duty[Between]) -> tuple[Made | None, int]:
        """What begins the stretch that runs on the day of asking, and how many visits it has."""
        some = self.made.get(duty.id, [])
        if not some:
            return None, 0
        last = max(some, key=lambda one: (one.anchor.lo, one.anchor.hi))
        if last.subject != OPENING:
            event = self.view.history.get(last.subject)
            assert event is not None
            begun = self.taken(event)
        elif any(event.type in duty.one.bounds for event in self.recorded):
            return None, 0  # only the first stretch counts, and it is over
        else:
            begun = Made("", max(last.anchor.hi, self.view.start.hi) - 1)
        # What may have begun by now has, as in `taken`.
        same = [one for one in self.recorded if one.type in duty.one.activities]
        return begun, sum(begun.start < one.start.hi for one in same)

    def _later_opening(self, duty: Duty[Between]) -> Made | None:
        """The opening of a provision that takes effect after the day of asking."""
        begins = duty.one.effective_from
        if duty.one.opening != "framework-start" or begins is None or begins.hi <= self.view.now:
            return None
        return Made("", begins.hi - 1)

    def _awaited(self, event: Event) -> bool:
        """Whether a report or letter is still to come; where its day is rough, by its last day."""
        if event.published is not None:
            return event.published.hi >= self.first
        return self.view.awaited(event)[0] is Answer.YES

    def taken(self, event: Event) -> Made:
        """An event of the record, known to the day: a rough day is the last that it may be."""
        made = Made(event.type, min(event.start.hi, self.first - 1), event=event)
        made.end = made.start if event.end is None else event.end.hi
        made.kind = getattr(event, "kind", None)
        if event.published is not None and event.published.hi < self.first:
            made.published = event.published.hi
        if event.judgements is not None and not self._awaited(event):
            made.grades = {one.area: one.grade for one in event.judgements}
        made.fields = {"priority_action": getattr(event, "priority_action", None)}
        return made

    def parts(self, activity: str, span: Span, lo: int, hi: int) -> tuple[list[Part], int, str]:
        """The days on which something may begin, by weight, and the grid that they are rounded to.

        Each day of the window has the weight of its part; days before `lo`, after `hi` and while
        suspended have none.
        """
        if span.given in ("between", "response"):  # hardly ever the same twice
            return self._make_parts(activity, span, lo, hi)
        key = activity, span, lo, hi
        found = self._parts.get(key)
        if found is None:
            found = self._parts[key] = self._make_parts(activity, span, lo, hi)
        return found

    def _make_parts(
        self, activity: str, span: Span, lo: int, hi: int
    ) -> tuple[list[Part], int, str]:
        timing = self.table("timing", activity, given=span.given)
        weights = (1,) if timing is None else timing.by_part
        grids = ("monday", "working-day", "any-day")
        free = list(self._free(activity, lo, hi))
        for grid in grids[grids.index(self.form(activity).grid) :]:
            begins = [(self.after(grid, first), last) for first, last in free]
            begins = [(first, last) for first, last in begins if first <= last]
            for some in (weights, (1,)) if begins else ():
                found = weighed(span, some, begins)
                if found:
                    return found, sum([weight for _, _, weight in found]), grid
        return [], 0, "any-day"

    def late(self, activity: str, span: Span, running: bool = False) -> Table | None:
        """How likely it is late; None where it never is.

        In a window that runs on the day of asking, the days that are over have gone without it, so
        that what is left of the window weighs less against the time after it.
        """
        late = None if span.given == "first" else self.table("late", activity, given=span.given)
        if late is None or not running or span.lo >= self.first or span.hi < self.first:
            return late
        whole = self.parts(activity, span, span.lo, span.hi)[1]
        left = self.parts(activity, span, self.first, span.hi)[1]
        weights = dict(zip(late.outcomes, late.weights, strict=True))
        if not whole or not left:
            return late
        return Table({"yes": weights.get("yes", 0) * whole, "no": weights.get("no", 0) * left})

    def _free(self, activity: str, lo: int, hi: int) -> Iterator[Stretch]:
        """The days of a stretch on which an activity is not suspended."""
        for start, end in self.suspended(activity):
            if lo <= min(hi, start - 1):
                yield lo, min(hi, start - 1)
            lo = max(lo, end + 1)
        if lo <= hi:
            yield lo, hi

    def next_day(self, activity: str, day: int) -> int | None:
        """The first day from a day on that an activity may begin; None: suspended for good."""
        while True:
            later = self.after(self.form(activity).grid, day)
            for start, end in self.suspended(activity):
                if start <= later <= end:
                    later = end + 1
            if later > NEVER:
                return None
            if later == day or self.after(self.form(activity).grid, later) == later:
                return later
            day = later

    def after(self, grid: str, day: int) -> int:
        """The first day of a grid that is not before a day."""
        if grid == "any-day" or not TABLE_FIRST + 14 < day < TABLE_LAST - 14:
            return day
        if grid == "working-day":
            return self.calendar.add_ordinal(day - 1, 1)
        return self.mondays[bisect_left(self.mondays, day)]

    def before(self, grid: str, day: int) -> int:
        """The last day of a grid that is not after a day."""
        if grid == "any-day" or not TABLE_FIRST + 14 < day < TABLE_LAST - 14:
            return day
        if grid == "working-day":
            return self.calendar.add_ordinal(day, 0)
        return self.mondays[bisect_right(self.mondays, day) - 1]

    @property
    def mondays(self) -> Sequence[int]:
        """The Mondays that are working days."""
        if not self._mondays:
            days = range(TABLE_FIRST + 8, TABLE_LAST, 7)
            self._mondays = array(
                "i", (day for day in days if self.calendar.add_ordinal(day, 0) == day)
            )
        return self._mondays


def ways(row: Route, holds: bool | None, first: bool) -> list[tuple[str, ...]]:
    """The kinds of inspection that a route allows.

    Args:
        row: The route.
        holds: Whether its status holds after the last inspection; None: not known, or not out,
            and then what is right either way is allowed.
        first: Whether there was no inspection before.
    """
    if row.while_ is None:
        return [row.kinds(True)]
    if first:
        return [row.kinds(True) if row.at_first is None else (row.at_first,)]
    return [row.kinds(True), row.kinds(False)] if holds is None else [row.kinds(holds)]


def allowed_kinds(found: Sequence[tuple[str, ...]]) -> list[str]:
    """The kinds that every route allows; those of the first, where none is."""
    return [kind for kind in found[0] if all(kind in way for way in found)] or list(found[0])


def weighed(span: Span, weights: Sequence[int], free: Sequence[Stretch]) -> list[Part]:
    """The days of some stretches, each with the weight of the part of the window that it is in."""
    length, count = span.last - span.first + 1, len(weights)
    found = []
    for index, weight in enumerate(weights):
        if weight:
            first = span.first + index * length // count
            last = span.first + (index + 1) * length // count - 1
            for lo, hi in free:
                lo, hi = max(lo, first), min(hi, last)
                if lo <= hi:
                    found.append((lo, hi, weight * (hi - lo + 1)))
    return found


def _in_order(duties: list[Duty[Between]]) -> list[Duty[Between]]:
    """What lies between, so that what bounds one comes before it."""
    left, found = list(duties), list[Duty[Between]]()
    while left:
        free = [
            one
            for one in left
            if not any(
                other is not one and set(other.one.activities) & set(one.one.bounds)
                for other in left
            )
        ]
        found += free or left
        left = [one for one in left if one not in found]
    return found
