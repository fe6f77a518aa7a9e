"""Provision and history make obligations: the one place that knows what is due.

Duties depend on one another (a visit is due before the inspection is), so obligations are built
in this order: cadences, then what lies between, then responses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from typing import TypeVar

import attrs

from .cases import (
    FIRST,
    Act,
    Because,
    Cases,
    Reason,
    State,
    Status,
    View,
    fold,
    missing,
    rough,
    unfilled,
    which_framework,
    which_reading,
)
from .dates import ENGLAND, Answer, When, Window, WorkingDays, months_after
from .events import Event, Inspection
from .history import Coverage
from .provisions import NOT_KNOWN, OF_ITS_OWN, Between, Cadence, Response, Route, Row, Rows
from .provisions import Status as StatusRow
from .sources import Ground
from .windows import NEVER, Stretch, period, period_index, window

_R = TypeVar("_R", bound=Row)
OPENING = "opening"
"""The subject of an obligation that no event begins."""
_OF_WINDOWS = (
    *("reading", "periods", "since_last", "working_days", "months", "counted_from"),
    *("effective_from", "effective_to"),
)
"""The parts of a row that a window is worked out from."""


@attrs.frozen(kw_only=True)
class Course:
    """An obligation in one reading: its window, and how it may stand."""

    reading: str | None
    """The reading, or the readings where several decide; None where there is only one."""
    rows: tuple[Row, ...]
    """The rows that speak: more than one where a rough date leaves open which."""
    window: Window | None
    """When it is owed, the union of what is possible; None where that is not known."""
    cases: Cases = attrs.field(eq=False, repr=False)
    """The states that are left open."""
    count: tuple[int, int | None] | None = None
    """How many activities lie between, at least and at most; None: no matter, or no ceiling."""
    windowed_by: tuple[Row, ...] = ()
    """The other rows that the window is taken from or moved by: another duty's, suspensions."""

    @property
    def possible(self) -> frozenset[State]:
        """The states that it may be in."""
        return frozenset(self.cases.states)


@attrs.frozen(kw_only=True)
class Sent:
    """Of which kind the next inspection is to be, and what sends it there."""

    kinds: tuple[str, ...]
    """The kinds that it may be, the one that it is sent to first; more than one where another may
    be chosen, or where it is open which."""
    rows: tuple[Row, ...]
    """The rows that say so."""
    after: tuple[str, ...]
    """The inspections whose grades decide it: more than one where it is open which was the last."""
    missing: tuple[str, ...] = ()
    """What would settle it; empty where it is settled."""

    @property
    def reason(self) -> str:
        """Why, in a sentence."""
        after = f" (after {', '.join(self.after)})" if self.after else ""
        return " ".join(dict.fromkeys(row.says() for row in self.rows)) + after


@attrs.frozen(kw_only=True)
class Obligation:
    """A duty applied to a subject: an event, or the stretch that an event or the opening begins."""

    framework: str
    """The framework's id."""
    provision: str
    """The provision's id."""
    activity: str
    """What is owed: a kind of event, or `published`."""
    subject: str
    """The id of the event that begins it, or `opening`."""
    anchor: When
    """The first day of the event that begins it, or the day of the opening."""
    courses: tuple[Course, ...]
    """One for each reading left open."""
    cases: Cases = attrs.field(eq=False, repr=False)
    """The states that are left open over all readings."""
    fulfilled_by: str | None = None
    """The id of the recorded event that comes next and surely ends it, if there is one."""
    booked: str | None = None
    """The id of the next planned event that would fulfil it, if there is one."""
    booking_misses: tuple[str, ...] = ()
    """The readings whose window the booking misses."""
    grounds: tuple[Ground, ...] = ()
    """What it rests on."""
    rests_on: tuple[str, ...] = ()
    """The events that decide how it stands."""
    absence: tuple[tuple[str, ...], int, int] | None = attrs.field(default=None, repr=False)
    """The kinds of event and the stretch in which their absence is evidence, where it is used."""
    claims: tuple[Coverage, ...] = attrs.field(default=(), repr=False)
    """The claims that an empty field is empty because there is nothing to say."""
    complete: bool = attrs.field(default=False, repr=False)
    """Whether the record claims to hold everything."""
    calendar: WorkingDays = attrs.field(default=ENGLAND, repr=False)
    """The working days that it was counted in."""
    suspended: tuple[tuple[int, int], ...] = attrs.field(default=(), repr=False)
    """The stretches in which its activity is suspended, as ordinals."""
    counted_from: When | None = attrs.field(default=None, repr=False)
    """Of a response: the day from which its time runs; None: the record has none."""
    came: When | None = attrs.field(default=None, repr=False)
    """Of a response: the day on which it came; None: none is on record by the day of asking."""
    sent: Sent | None = None
    """Of which kind the next inspection is to be, where grades send it; None: no matter."""

    def __repr__(self) -> str:
        told = ", ".join(sorted(self.possible))
        return f"<Obligation {self.framework}/{self.provision}, {self.subject}: {told}>"

    @property
    def possible(self) -> frozenset[State]:
        """The states that it may be in on the day of asking, over all readings."""
        return frozenset(self.cases.states)

    @property
    def status(self) -> Status:
        """The verdict that follows from `possible`."""
        return self.cases.status

    @property
    def because(self) -> frozenset[Because]:
        """Why `status` is not definite; empty where it is."""
        return frozenset(reason.because for reason in self.cases.reasons)

    @property
    def missing(self) -> tuple[str, ...]:
        """What would settle it."""
        return missing(self.cases.reasons)

    @property
    def windows(self) -> dict[str | None, Window | None]:
        """The window in each reading."""
        return {course.reading: course.window for course in self.courses}

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows that speak."""
        return tuple(dict.fromkeys(row for course in self.courses for row in course.rows))

    @property
    def sentence(self) -> str:
        """What the provision says."""
        return self.courses[0].rows[0].says()

    def grounds_of(self, course: Course) -> tuple[Ground, ...]:
        """What the window of a course rests on: its reading, and the values it is worked out from.

        How the obligation stands may rest on less: a report that came at once is in time whatever
        the months allowed.
        """
        days = date.fromordinal(self.anchor.lo), date.fromordinal(self.anchor.hi)
        every = (g for row in (*course.rows, *course.windowed_by) for g in row.grounds)
        found = (g for g in every if g.part in _OF_WINDOWS and g.in_force(*days))
        return tuple(dict.fromkeys(found))

    def explain(self) -> str:
        """The obligation in plain English, with the arithmetic of its dates."""
        from .telling.text import obligation_text

        return obligation_text(self)


class Owed:
    """How a duty applied to a subject stands; the obligation, with its windows, when it is read."""

    __slots__ = ("_made", "_make", "cases", "provision", "row", "subject")

    def __init__(
        self, provision: str, row: Row, subject: str, cases: Cases, make: Callable[[], Obligation]
    ) -> None:
        self.provision, self.row, self.subject, self.cases = provision, row, subject, cases
        self._make = make
        self._made: Obligation | None = None

    @property
    def obligation(self) -> Obligation:
        """The obligation."""
        if self._made is None:
            self._made = self._make()
        return self._made


def owed(view: View) -> dict[str, list[Owed]]:
    """All that is owed in a history under a framework, by provision.

    It is worked out once for a view, in the order in which duties depend on one another.
    """
    if not view.made:
        for one in (*cadences(view), *betweens(view), *responses(view)):
            view.made.setdefault(one.provision, []).append(one)
    return view.made


def obligations(view: View) -> dict[str, list[Obligation]]:
    """Every obligation of a history under a framework, by provision."""
    return {id: [one.obligation for one in some] for id, some in owed(view).items()}


Window3 = tuple[int, int | None, int]
"""First day, expected day and last day of a window, as ordinals."""
_FIRST_CLOCK = Reason(Because.ROUGH_DATE, "the day on which the first clock started")
_NOTHING: Event = None  # type: ignore[assignment]  # an opening has no event


def cadences(view: View) -> Iterator[Owed]:
    """The obligations of recurring activities: one for each stretch from one to the next."""
    for id, readings in view.rows(Cadence).items():
        row = _first(readings)
        for anchor in _anchors(view, readings, row.opening, (row.activity,)):
            yield _recurring(view, id, readings, anchor, False)


def running(view: View, obligation: Obligation) -> Obligation:
    """What can still be fulfilled of a recurring obligation: the running period, if some passed."""
    readings = view.rows(Cadence)[obligation.provision]
    event = view.history.get(obligation.subject) or _NOTHING
    anchor = Act(obligation.anchor.lo, obligation.anchor.hi, event, True)
    return _recurring(view, obligation.provision, readings, anchor, True).obligation


def _first(readings: Mapping[str | None, Rows[_R]]) -> _R:
    return next(iter(readings.values()))[0]


def _anchors(
    view: View, readings: Mapping[str | None, Sequence[Row]], opening: str, kinds: Sequence[str]
) -> Iterator[Act]:
    """What starts a clock: the opening, and every act that may have taken place."""
    starts = [row.effective_from or view.start for rows in readings.values() for row in rows]
    start = min(starts, key=lambda when: when.lo)
    lo, hi = max(start.lo, view.start.lo), max(start.hi, view.start.hi)
    if lo <= view.now and opening == "framework-start":
        yield Act(lo, hi, _NOTHING, True)
    elif lo <= view.now and opening == "previous":
        earlier = [e for e in view.history.of_type(*kinds) if e.start.hi < lo]
        for last in sorted(earlier, key=lambda event: event.start.lo)[-1:]:
            yield Act(max(last.start.lo, FIRST), last.start.hi, _NOTHING, True)
    yield from view.subjects(*kinds)


def clip(view: View, anchor: Act) -> Act:
    """An anchor with the days on which it may lie by the day of asking."""
    if anchor.hi <= view.now:
        return anchor
    return anchor._replace(hi=max(anchor.lo, view.now))


def by_row(
    view: View,
    rows: Rows[_R],
    anchor: Act,
    judge: Callable[[_R, Act], Cases],
    why: Sequence[Reason] = (),
) -> tuple[Cases, Sequence[_R]]:
    """The cases over the rows that may govern an anchor, and those rows.

    Args:
        view: The history under a framework.
        rows: The rows of one provision in one reading, in order of time.
        anchor: The days that decide which row governs.
        judge: How things stand under a row, on the days of the anchor that it may govern.
        why: What leaves these days open, where it is not the first day of the anchor's event.
    """
    lo, hi = anchor.lo, anchor.hi
    for first, last, row in rows.alone:
        if first <= lo and hi <= last:  # as nearly always
            return judge(row, anchor), (row,)
    found = view.in_force(rows, lo, hi)
    parts = [judge(row, anchor._replace(lo=first, hi=last)) for row, first, last in found]
    if view.ungoverned(rows, lo, hi):
        parts.append(Cases.only(State.NOT_OWED))
    spoken = [row for row, _, _ in found]
    change = Reason(Because.ROUGH_DATE, f"the day on which {rows[0].id} took effect or changed")
    return fold(parts, *(why or _rough_anchor(anchor) or [change])), spoken


def not_owed(view: View, anchor: Act, cases: Cases) -> Cases:
    """Add the cases in which the anchor is not there: not of this framework, or still to come."""
    if anchor.event is not _NOTHING:
        if not anchor.sure:
            cases = cases.plus(State.NOT_OWED, which_framework(view, anchor.event))
        if anchor.event.start.hi > view.now:
            cases = cases.plus(State.NOT_OWED, rough("start", anchor.event))
    elif anchor.hi > view.now:
        cases = cases.plus(State.NOT_OWED, _FIRST_CLOCK)
    return cases


def _rough_anchor(anchor: Act) -> list[Reason]:
    if anchor.lo == anchor.hi:
        return []
    if anchor.event is _NOTHING:
        return [_FIRST_CLOCK]
    return [rough("start", anchor.event)]


def _after(anchor: Act) -> tuple[int, int]:
    """The first days, at the earliest and at the latest, that come after an anchor.

    What begins on the day of the opening comes after it; what begins on an event's day does not.
    """
    step = anchor.event is not _NOTHING
    return anchor.lo + step, anchor.hi + step


Candidate = tuple[Act, int, int, list[Reason]]
"""An act that may be the next: with the days on which it may then lie, and what leaves it open."""


Following = tuple[Act | None, list[Candidate]]
"""What surely comes next, the first to end, and all that may be the next."""


def _following(view: View, kinds: tuple[str, ...], anchor: Act) -> Following:
    """What surely comes next after an anchor, the first to end, and all that may be the next."""
    key = kinds, anchor.lo, anchor.hi, None if anchor.event is _NOTHING else anchor.event.id

    def make() -> Following:
        sure = view.sure_next(kinds, _after(anchor)[1])
        return sure, list(_candidates(view, kinds, anchor, sure))

    return view.keep(key, make)


def _candidates(
    view: View, kinds: tuple[str, ...], anchor: Act, sure: Act | None
) -> Iterator[Candidate]:
    after_lo, after_hi = _after(anchor)
    limit = view.now if sure is None else sure.hi  # one that names the framework may follow its end
    for act in view.near(kinds, after_lo, limit, anchor.event):
        why = [] if act.sure else [which_framework(view, act.event)]
        beside = [] if sure is None or sure is act else [sure]
        if act.lo < after_hi or act.hi > view.now or beside:
            why += [rough("start", one.event) for one in (act, *beside) if one.lo < one.hi]
            why += _rough_anchor(anchor) if act.lo < after_hi else []
        yield act, max(act.lo, after_lo), min(act.hi, limit), why


def _plan(view: View, kinds: Sequence[str]) -> Act | None:
    """The next act that is surely still to come."""
    later = view.near(kinds, view.now + 1, NEVER)
    return next((act for act in later if act.lo > view.now), None)


def _recurring(
    view: View,
    id: str,
    readings: Mapping[str | None, Rows[Cadence]],
    act: Act,
    catch_up: bool,
) -> Owed:
    anchor, row = clip(view, act), _first(readings)
    kinds = (row.activity,)
    following = _following(view, kinds, anchor)
    found = following[0]
    plan = _plan(view, kinds) if found is None else None
    windows: list[Window3]

    def judge(row: Cadence, part: Act) -> Cases:
        known = following if part is anchor else None
        return _recurrence(view, row, part, known, plan, catch_up, windows)

    told: list[tuple[str | None, Sequence[Cadence], list[Window3], Cases]] = []
    for reading, rows in readings.items():
        windows = []
        cases, spoken = by_row(view, rows, anchor, judge)
        told.append((reading, spoken or rows[:1], windows, cases))
    folded = fold([one[3] for one in told], *_which(id, readings))
    whole = not_owed(view, act, folded)

    def make() -> Obligation:
        until = view.now if found is None else found.hi
        absent = folded.status is not Status.SATISFIED or found is None or row.not_before
        pauses = view.suspensions(row.activity)
        courses = [
            Course(
                reading=reading,
                rows=tuple(spoken),
                window=_union(windows),
                cases=cases,
                windowed_by=tuple(
                    one
                    for one in pauses
                    if anchor.lo < one.hi and any(one.lo <= last for _, _, last in windows)
                ),
            )
            for reading, spoken, windows, cases in told
        ]
        return _made(
            view, id, row.activity, anchor, courses, whole, readings,
            fulfilled_by=found,
            booked=plan,
            rests_on=[found] if found else [],
            absence=(kinds, _after(anchor)[0], until) if absent else None,
            parts=("periods", "since_last", "effective_from", "not_before"),
            until=until,
            modifiers=pauses,
        )  # fmt: skip

    return Owed(id, row, _subject(anchor), whole, make)


def _which(id: str, readings: Mapping[str | None, object]) -> tuple[Reason, ...]:
    """What leaves an answer open that is not the same in all readings."""
    return (which_reading(id, readings),) if len(readings) > 1 else ()


def _subject(anchor: Act) -> str:
    return OPENING if anchor.event is _NOTHING else anchor.event.id


def _recurrence(
    view: View,
    row: Cadence,
    anchor: Act,
    following: Following | None,
    plan: Act | None,
    catch_up: bool,
    windows: list[Window3],
) -> Cases:
    """How a recurring activity may stand, counted from an anchor within one row."""
    opening = anchor.event is _NOTHING and row.opening == "framework-start"
    first = last = _window(view, row, anchor.lo, opening)
    if anchor.lo < anchor.hi:
        last = _window(view, row, anchor.hi, opening)
    rhythm, kinds = row.periods, (row.activity,)
    if catch_up and rhythm is not None and last[2] < view.now:
        origin = rhythm.origin.toordinal()
        start = period(origin, rhythm.months, period_index(origin, rhythm.months, view.now))[0]
        first = last = _window(view, row, start, True)
        anchor, following = Act(start, start, _NOTHING, True), None
    windows.append(first)
    windows.append(last)
    early = State.TOO_EARLY if row.not_before else State.MET_EARLY
    late = State.MISSED if row.periods else State.MET_LATE
    cases = Cases()
    sure, candidates = following or _following(view, kinds, anchor)
    for act, lo, hi, why in candidates:
        is_early, is_late = lo < last[0], hi > first[2]
        in_time = hi >= first[0] and lo <= last[2]
        if is_early + in_time + is_late > 1:
            why = [*why, *([] if act.lo == act.hi else [rough("start", act.event)])]
            why += _rough_anchor(anchor)
        if is_early:
            cases.add(early, *why)
        if in_time:
            cases.add(State.MET, *why)
        if is_late:
            cases.add(late, *why)
    if not view.covers(kinds):
        after_lo = _after(anchor)[0]
        limit = min(view.now, view.end_hi) if sure is None else sure.hi
        for state, lo, hi in (
            (early, after_lo, min(last[0] - 1, limit)),
            (State.MET, max(after_lo, first[0]), min(last[2], limit)),
            (late, max(after_lo, first[2] + 1), limit),
        ):
            day = view.uncovered(kinds, lo, hi)
            if day is not None:
                cases.add(state, view.not_covered(kinds, day, hi))
    if sure is None:  # in some case nothing has come by the day of asking
        suspended = view.suspended(row.activity)
        for state in _none_yet(view, row, first, last, suspended, plan):
            cases.add(state, *_rough_anchor(anchor), *view.open_end())
    return cases.settled()


def _window(view: View, row: Cadence, day: int, opening: bool) -> Window3:
    """The window that a row gives after a day: worked out once for a framework."""
    windows: dict[tuple[int, int, bool], Window3] = view.windows
    key = id(row), day, opening
    found = windows.get(key)
    if found is None:
        rhythm = row.periods or row.since_last
        assert rhythm is not None  # a row without one is refused
        if len(windows) >= 100_000:  # a framework may live as long as a service does
            windows.clear()
        found = windows[key] = window(rhythm, day, opening, view.suspended(row.activity))
    return found


def _none_yet(
    view: View,
    row: Cadence,
    first: Window3,
    last: Window3,
    suspended: Sequence[Stretch],
    plan: Act | None,
) -> Iterator[State]:
    """The states that are left where nothing has come by the day of asking."""
    now = view.now
    if now > view.end_lo and last[2] >= view.end_lo:
        yield State.LAPSED
    if now > first[2] and first[2] < view.end_hi:
        yield State.MISSED if row.periods else State.OVERDUE
    if now <= last[2] and now <= view.end_hi:
        if any(start <= now <= end for start, end in suspended):
            yield State.SUSPENDED
        elif plan is not None and plan.hi <= last[2]:
            yield State.BOOKED
        else:
            if now < last[0]:
                yield State.NOT_YET_OPEN
            if now >= first[0]:
                yield State.OPEN


def _union(windows: Sequence[Window3]) -> Window | None:
    """The union of possible windows; an expected day only where it is the same in all."""
    if not windows or min([one[0] for one in windows]) >= NEVER:
        return None  # suspended until further notice
    expected = {one[1] for one in windows}
    return _between_days(
        min([one[0] for one in windows]),
        expected.pop() if len(expected) == 1 else None,
        max([one[2] for one in windows]),
    )


@lru_cache(maxsize=8192)
def _between_days(earliest: int, expected: int | None, latest: int) -> Window:
    return Window(_day(earliest), _day(expected), _day(latest))


def _day(ordinal: int | None) -> date | None:
    """A day; None where there is none, or where it comes of a day that is not known at all."""
    if ordinal is None or not FIRST < ordinal < NEVER:
        return None
    return date.fromordinal(ordinal)


def betweens(view: View) -> Iterator[Owed]:
    """The obligations to have so many activities between two others."""
    for id, readings in view.rows(Between).items():
        row = _first(readings)
        for anchor in _anchors(view, readings, row.opening, row.bounds):
            if not row.first_only or anchor.event is _NOTHING:
                yield _stretch(view, id, readings, anchor)


def _stretch(view: View, id: str, readings: Mapping[str | None, Rows[Between]], act: Act) -> Owed:
    anchor, one = clip(view, act), _first(readings)
    opening = anchor.event is _NOTHING
    close = _following(view, one.bounds, anchor)[0]
    plan = _plan(view, one.activities) if close is None else None
    statuses: list[tuple[str | None, Answer, list[Reason]]] = [(None, Answer.YES, [])]
    if one.while_ is not None and not opening:
        statuses = view.status(one.while_, anchor.event)
    told: list[tuple[str | None, Sequence[Between], list[tuple[int, int | None]], Cases]] = []
    for (reading, rows), (other, answer, why) in product(readings.items(), statuses):
        counts: list[tuple[int, int | None]] = []

        def judge(row: Between, part: Act) -> Cases:
            found = Cases()
            if answer is Answer.OPEN:  # noqa: B023
                found.add(State.NOT_YET_OPEN, *why)  # noqa: B023
                if not why:  # noqa: B023
                    return found  # its grades are still to come
            if answer is not Answer.YES:  # noqa: B023
                found.add(State.NOT_OWED)
            if answer is not Answer.NO:  # noqa: B023
                found.update(_between(view, row, part, plan, counts))  # noqa: B023
            return found.settled()

        cases, spoken = by_row(view, rows, anchor, judge)
        name = ", ".join(part for part in (reading, other) if part) or None
        told.append((name, spoken or rows[:1], counts, cases))
    reasons = _which(id, readings)
    if len(statuses) > 1:
        reasons = (*reasons, which_reading(str(one.while_), [s[0] for s in statuses]))
    whole = not_owed(view, act, fold([one[3] for one in told], *reasons))

    def make() -> Obligation:
        until = view.now if close is None else close.hi
        after = _after(anchor)[0]
        near = view.near(one.activities, after, until)
        inside = [a for a in near if a.lo >= after and a.hi <= until]
        kinds = tuple(dict.fromkeys((*one.bounds, *one.activities)))
        definitions = []
        if one.while_ is not None and not opening:
            defined = view.rows(StatusRow)[one.while_]
            definitions = [row for rows in defined.values() for row in rows]
        courses = [
            Course(
                reading=reading,
                rows=tuple(spoken),
                window=None,
                cases=cases,
                count=counts[0] if len(counts) == 1 else None,
            )
            for reading, spoken, counts, cases in told
        ]
        return _made(
            view, id, one.activities[0], anchor, courses, whole, readings,
            fulfilled_by=close,
            booked=plan,
            rests_on=[*([close] if close else []), *inside],
            absence=None if whole.status is Status.NOT_APPLICABLE else (kinds, after, until),
            parts=("at_least", "at_most", "effective_from"),
            until=until,
            modifiers=definitions,
            one_status=len(statuses) == 1,
        )  # fmt: skip

    return Owed(id, one, _subject(anchor), whole, make)


def _between(
    view: View,
    row: Between,
    anchor: Act,
    plan: Act | None,
    counts: list[tuple[int, int | None]],
) -> Cases:
    """How a stretch may stand within one row: closed by what may be the next bound, or running."""
    after_lo, after_hi = _after(anchor)
    ceiling = NEVER * 2 if row.at_most is None else row.at_most
    cases = Cases()

    def judge(
        upto_lo: int, upto_hi: int, short: State, because: list[Reason], edge: list[Reason]
    ) -> tuple[int, int]:
        """Count the acts after the anchor and up to a day that lies between two days."""
        surely = maybe = 0
        why = list(because)
        for act in view.near(row.activities, after_lo, upto_hi, anchor.event):
            if act.sure and act.lo >= after_hi and act.hi <= upto_lo:
                surely += 1
            else:
                maybe += 1
                why += [] if act.sure else [which_framework(view, act.event)]
                if act.lo < act.hi:
                    why.append(rough("start", act.event))
                why += _rough_anchor(anchor) if act.lo < after_hi else []
                why += edge if act.hi > upto_lo else []
        day = view.uncovered(row.activities, after_lo, upto_hi)
        if day is not None:
            maybe = NEVER
            why.append(view.not_covered(row.activities, day, upto_hi))
        for state, possible in (
            (short, surely < row.at_least),
            (State.MET, surely + maybe >= row.at_least and surely <= ceiling),
            (State.EXCESS, surely + maybe > ceiling),
        ):
            if possible:
                cases.add(state, *why)
        return surely, surely + maybe

    counted = 0, 0
    close, candidates = _following(view, row.bounds, anchor)
    for act, lo, hi, why in candidates:
        edge = [rough("start", act.event)] if act.lo < act.hi else []
        counted = judge(lo - 1, hi - 1, State.MISSED, why, edge)
    last = min(view.now, view.end_hi) if close is None else close.hi - 1
    day = view.uncovered(row.bounds, after_lo, last)
    if day is not None:
        judge(day - 1, last - 1, State.MISSED, [view.not_covered(row.bounds, day, last)], [])
    if close is None:
        waiting = State.OPEN if plan is None else State.BOOKED
        if view.now <= view.end_hi:
            counted = judge(last, last, waiting, view.open_end(), [])
        if view.now > view.end_lo:
            counted = judge(last, last, State.LAPSED, view.open_end(), [])
    counts.append((counted[0], None if counted[1] >= NEVER else counted[1]))
    return cases


def before_next(view: View, obligation: Obligation) -> dict[str | None, Window]:
    """When a duty that lies between two activities is owed: before the next of these is due.

    The window depends on the readings of that activity's own cadence, so it is given for each.
    """
    bounds = _first(view.rows(Between)[obligation.provision]).bounds
    opening = obligation.subject == OPENING
    event = view.history.get(obligation.subject) or _NOTHING
    anchor = Act(obligation.anchor.lo, obligation.anchor.hi, event, True)
    found: dict[str | None, Window] = {}
    for readings in view.rows(Cadence).values():
        for reading, rows in readings.items():
            for row, _, hi in view.in_force(rows, anchor.lo, anchor.hi):
                if row.activity in bounds:
                    ends = _window(view, row, hi, opening)[2]
                    until = _day(ends - 1) if ends < NEVER else None
                    found[reading] = Window(_day(_after(anchor)[0]), None, until)
    return found


def sent_to(view: View, obligation: Obligation) -> Sent | None:
    """Of which kind the next inspection is to be, by the grades of the one before it.

    The row in force when it begins decides; where its window holds a change, both may.
    """
    routes = [
        (id, [row for rows in readings.values() for row in rows])
        for id, readings in view.rows(Route).items()
        if _first(readings).activity == obligation.activity
    ]
    if not any(row.while_ for _, rows in routes for row in rows):
        return None
    windows = [one for one in obligation.windows.values() if one is not None]
    starts = [one.earliest.toordinal() for one in windows if one.earliest]
    lo = max(view.now + 1, min(starts, default=1))
    hi = max([lo, *(one.latest.toordinal() for one in windows if one.latest)])
    id = "the next"  # lengthened until no recorded event has it
    while view.history.get(id) is not None:
        id += "+"
    to_come = Inspection(id=id, start=date.fromordinal(view.now + 1))
    before = list(view.before(to_come, "inspection"))
    ways: dict[tuple[str, ...], None] = {}
    spoken: list[Row] = []
    reasons: list[Reason] = []
    for id, rows in routes:
        found = [row for row, _, _ in view.in_force(rows, lo, hi)]
        spoken += found
        if len(found) > 1:
            change = f"the day on which it begins: {id} changes within its window"
            reasons.append(Reason(Because.ROUGH_DATE, change))
        for row in found:
            for last, why in before if row.while_ else [("none", [])]:
                kinds, more = _ways(view, row, last)
                ways |= dict.fromkeys(kinds)
                reasons += [*why, *more]
    return Sent(
        kinds=tuple(dict.fromkeys(kind for way in ways for kind in way)),
        rows=tuple(dict.fromkeys(spoken)),
        after=tuple(last.id for last, _ in before if isinstance(last, Event)),
        missing=missing(reasons) if len(ways) > 1 else (),
    )


def _ways(view: View, row: Route, last: Event | str) -> tuple[list[tuple[str, ...]], list[Reason]]:
    """The kinds that a route may send to after an inspection, and what leaves that open."""
    if row.while_ is None:
        return [row.kinds(True)], []
    both = [row.kinds(True), row.kinds(False)]
    if not isinstance(last, Event):
        first = last == "none" and row.at_first is not None
        return [(str(row.at_first),)] if first else both, []
    ways: list[tuple[str, ...]] = []
    reasons: list[Reason] = []
    found = view.status(row.while_, last)
    if len({answer for _, answer, _ in found}) > 1:
        reasons.append(which_reading(row.while_, [reading for reading, _, _ in found]))
    for _, answer, why in found:
        ways += both[:1] if answer is not Answer.NO else []
        ways += both[1:] if answer is not Answer.YES else []
        reasons += why
        if answer is Answer.OPEN and not why:
            reasons.append(Reason(Because.NOT_COVERED, f"the report of {last.id}"))
    return ways, reasons


def responses(view: View) -> Iterator[Owed]:
    """The obligations that an event gives rise to: a report, a letter, a plan."""
    for id, readings in view.rows(Response).items():
        for act in view.subjects(*_first(readings).after):
            yield _responding(view, id, readings, act)


def _responding(
    view: View, id: str, readings: Mapping[str | None, Rows[Response]], act: Act
) -> Owed:
    anchor, event, one = clip(view, act), act.event, _first(readings)
    # The row in force on the day from which the time runs is the one that governs.
    begun: When | None = getattr(event, one.counted_from)
    why = [] if begun is None or begun.exact else [rough(one.counted_from, event)]
    if begun is not None:
        clock = Act(max(begun.lo, FIRST), begun.hi, event, anchor.sure)
    elif view.history.holds(event, one.counted_from):
        clock = anchor._replace(lo=view.now, hi=view.now)
    else:
        clock, why = anchor._replace(lo=FIRST, hi=NEVER), [unfilled(one.counted_from, event)]
    told: list[tuple[str | None, Sequence[Response], list[Window3 | None], Cases]] = []
    for reading, rows in readings.items():
        windows: list[Window3 | None] = []

        def judge(row: Response, part: Act) -> Cases:
            day = None if begun is None else (part.lo, part.hi)
            return _response(view, row, event, day, windows)  # noqa: B023

        cases, spoken = by_row(view, rows, clock, judge, why)
        told.append((reading, spoken or rows[:1], windows, cases))
    whole = not_owed(view, act, fold([one[3] for one in told], *_which(id, readings)))

    def make() -> Obligation:
        courses = []
        for reading, spoken, windows, cases in told:
            known = [one for one in windows if one is not None]
            courses.append(
                Course(
                    reading=reading,
                    rows=tuple(spoken),
                    window=_union(known) if len(known) == len(windows) else None,
                    cases=cases,
                )
            )
        days = ("working_days", "months", "counted_from", "effective_from", "effective_to")
        came = one.late_counts and whole.status is Status.SATISFIED
        answers = [
            Act(other.start.lo, other.start.hi, other, True)
            for other in _answers(view, one, event)
            if other.start.hi <= view.now
        ]
        own = (one.gives,) if one.gives in OF_ITS_OWN else ()
        absence = None
        applies = whole.status is not Status.NOT_APPLICABLE
        if one.gives not in OF_ITS_OWN and not answers and applies:
            absence = (one.gives,), anchor.lo, view.now
        return _made(
            view, id, one.gives, anchor, courses, whole, readings,
            fulfilled_by=answers[0] if answers else None,
            rests_on=answers[:1],
            absence=absence,
            parts=() if came else days,
            until=view.now,
            counted_from=begun,
            came=_came_on(one, event, answers, view.now),
            claims=[
                claim
                for field in dict.fromkeys(("published", one.counted_from, *one.when, *own))
                if getattr(event, field, None) is None
                for claim in view.history.holding(event, field)
            ],
        )  # fmt: skip

    return Owed(id, one, _subject(anchor), whole, make)


def _came_on(row: Response, event: Event, answers: Sequence[Act], now: int) -> When | None:
    """The day of what surely answers an event, where it is on record by the day of asking."""
    if row.gives in OF_ITS_OWN:
        when: When | None = getattr(event, row.gives, None)
        return None if when is None or when.hi > now else when
    sure = (act.event for act in answers if getattr(act.event, "follows", None) == event.id)
    return next((other.start for other in sure), None)


def _answers(view: View, row: Response, event: Event) -> list[Event]:
    """The recorded events that may be what an event calls for."""
    if row.gives in OF_ITS_OWN:
        when: When | None = getattr(event, row.gives, None)
        return [] if when is None or when.lo > view.now else [event]
    return [
        other
        for other in view.history.of_type(row.gives)
        if getattr(other, "draft", False) == row.draft
        and getattr(other, "follows", None) in (None, event.id)
        and other.start.hi >= event.start.lo
    ]


def _response(
    view: View,
    row: Response,
    event: Event,
    begun: Stretch | None,
    windows: list[Window3 | None],
) -> Cases:
    """How a response may stand within one row, if its time runs from a day of a stretch."""
    cases = Cases()
    for field, words in row.when.items():
        value = getattr(event, field, None)
        if value is None and not view.history.holds(event, field):
            cases.add(State.NOT_OWED, unfilled(field, event))
        elif value not in words:
            return cases.add(State.NOT_OWED)
    due_lo, due_hi, why = _due(view, row, event, begun)
    known = begun is not None and due_hi < NEVER
    windows.append((min(begun[0], due_hi), None, due_hi) if known and begun else None)
    came_lo, came_hi, told = _came(view, row, event)
    if came_lo <= view.now:
        late = State.MET if row.late_counts else State.MET_LATE
        if came_lo <= due_hi:
            cases.add(State.MET, *told, *why)
        if min(came_hi, view.now) > due_lo:
            cases.add(late, *told, *why)
    if came_hi > view.now:
        if begun is None or begun[1] > view.now:
            cases.add(State.NOT_YET_OPEN, *told, *why)
        if view.now <= due_hi < NEVER or (due_hi == NEVER and due_lo < NEVER):
            cases.add(State.OPEN, *told, *why)
        if view.now > due_lo:
            cases.add(State.OVERDUE, *told, *why)
    return cases.settled()


def _due(
    view: View, row: Response, event: Event, begun: Stretch | None
) -> tuple[int, int, list[Reason]]:
    """The first and the last day that the deadline may be, and what leaves it open."""
    why = []
    if begun is None and view.history.holds(event, row.counted_from):
        return NEVER, NEVER, []  # it has not ended, or is not out: the clock has not started
    if begun is None:
        why.append(unfilled(row.counted_from, event))
    elif begun[0] < begun[1]:
        why.append(rough(row.counted_from, event))
    days = row.working_days
    if days == NOT_KNOWN:
        what = f"the number of working days of {row.id} (replace supplies it)"
        why.append(Reason(Because.NOT_KNOWN, what))
    if begun is None or days == NOT_KNOWN:
        return 1 if begun is None else begun[0], NEVER, why

    # Where no first or last day is known, nor is one of the deadline.
    lo = begun[0] if begun[0] <= FIRST else deadline(row, begun[0], view.calendar)
    return lo, NEVER if begun[1] >= NEVER else deadline(row, begun[1], view.calendar), why


def deadline(row: Response, begun: int, calendar: WorkingDays) -> int:
    """The last day on which a response is in time; NEVER where no source gives one.

    Args:
        row: The response.
        begun: The day from which its time runs, as an ordinal.
        calendar: The working days that it is counted in.
    """
    if row.working_days == NOT_KNOWN:
        return NEVER
    if row.working_days is not None:
        return calendar.add_ordinal(begun, row.working_days)
    return months_after(begun, row.months or 0)


def _came(view: View, row: Response, event: Event) -> tuple[int, int, list[Reason]]:
    """The first and the last day on which the response may have come; NEVER: perhaps not at all."""
    if row.gives in OF_ITS_OWN:
        when: When | None = getattr(event, row.gives, None)
        if when is not None:
            return when.lo, when.hi, [] if when.exact else [rough(row.gives, event)]
        if view.history.holds(event, row.gives):
            return NEVER, NEVER, []
        return 1, NEVER, [unfilled(row.gives, event)]
    first, last = NEVER, NEVER
    why = []
    for other in _answers(view, row, event):
        first = min(first, other.start.lo)
        if getattr(other, "follows", None) is None:
            why.append(unfilled("follows", other))
        elif other.start.lo < event.start.hi:
            why.append(rough("start", other if event.start.exact else event))
        else:
            last = min(last, other.start.hi)
            why += [] if other.start.exact else [rough("start", other)]
    upto = min(view.now, last - 1)
    day = view.history.first_uncovered((row.gives,), event.start.lo, upto)
    if day is not None and day <= upto and day < first:
        first = day
        why.append(view.not_covered((row.gives,), day, view.now))
    return first, last, why


def _when(anchor: Act) -> When:
    if anchor.event is not _NOTHING:
        start = anchor.event.start
        if start.lo == anchor.lo and start.hi == anchor.hi:
            return start
    return When(_day(anchor.lo), date.fromordinal(anchor.hi))


def _made(
    view: View,
    id: str,
    activity: str,
    anchor: Act,
    courses: Sequence[Course],
    cases: Cases,
    readings: Mapping[str | None, Sequence[Row]],
    *,
    fulfilled_by: Act | None,
    rests_on: Sequence[Act],
    absence: tuple[tuple[str, ...], int, int] | None,
    parts: Sequence[str],
    until: int,
    booked: Act | None = None,
    modifiers: Sequence[Row] = (),
    one_status: bool = True,
    claims: Sequence[Coverage] = (),
    counted_from: When | None = None,
    came: When | None = None,
) -> Obligation:
    """An obligation with what it rests on.

    Where readings are left open the answer is the same under all of them, or undetermined: no
    reading is among its grounds then, nor any value that only a reading gives.
    """
    opening = anchor.event is _NOTHING
    wanted = ["sentence", *(["opening"] if opening else [])]
    wanted += ["reading", *parts] if len(readings) == 1 else []
    stretch = anchor.lo, max(anchor.lo, until)
    rows = (row for course in courses for row in course.rows)
    grounds = [ground for row in rows for ground in row.grounds_of(wanted, *stretch)]
    for row in modifiers:
        if row.lo <= stretch[1] and stretch[0] <= row.hi:
            also = ("sentence", "reading", "effective_to") if one_status else ("sentence",)
            grounds += row.grounds_of(also, *stretch)
    told = [] if opening else [anchor.event.id]
    misses = [
        course.reading or ""
        for course in courses
        if booked is not None and course.window is not None and course.window.latest is not None
        and booked.lo > course.window.latest.toordinal()
    ]  # fmt: skip
    return Obligation(
        framework=view.framework.id,
        provision=id,
        activity=activity,
        subject=_subject(anchor),
        anchor=_when(anchor),
        courses=tuple(courses),
        cases=cases,
        fulfilled_by=None if fulfilled_by is None else fulfilled_by.event.id,
        booked=None if booked is None else booked.event.id,
        booking_misses=tuple(misses),
        grounds=tuple(dict.fromkeys(grounds)),
        rests_on=tuple(dict.fromkeys((*told, *(act.event.id for act in rests_on)))),
        absence=absence,
        claims=tuple(dict.fromkeys(claims)),
        complete=view.history.complete,
        calendar=view.calendar,
        suspended=view.suspended(activity),
        counted_from=counted_from,
        came=came,
    )
