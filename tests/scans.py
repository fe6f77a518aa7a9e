"""Two ways to check by scans, which tests and `benchmarks/check.py` compare the library with.

`Scanned` is what the library looks at a record through, with every index and all that it keeps
taken out. `plainly` is written anew: for each rule and row one scan over the events. It holds for
records whose days are known exactly and that hold everything, under frameworks whose rows have no
dates of their own: nothing is left open then but readings and values that are not known. It uses
the library's events and rows, its months and its table of working days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ofsted_framework import RULES, rules
from ofsted_framework.cases import Act, View
from ofsted_framework.dates import ENGLAND, Answer, months_after
from ofsted_framework.editions import Framework
from ofsted_framework.events import Event
from ofsted_framework.grades import Grade
from ofsted_framework.history import History
from ofsted_framework.verdicts import Verdict

NOBODY_PUBLISHES = ("self-evaluation", "engagement-meeting", "action-plan")
SATISFIED, VIOLATED, PENDING = "satisfied", "violated", "pending"
NOT_APPLICABLE, UNDETERMINED = "not-applicable", "undetermined"


class Forgetful(dict[Any, Any]):
    """Keeps nothing."""

    def __setitem__(self, key: Any, value: Any) -> None:
        """Forget it."""


class Scanned(View):
    """A record that is gone through anew for every question."""

    def __init__(self, history: History, framework: Framework, as_of: date) -> None:
        """Look at a record, and keep nothing of it."""
        super().__init__(history, framework, as_of)
        self._all: list[Act] = []
        self.kept = self._members = self._whole = Forgetful()

    def acts(self, *kinds: str) -> list[Act]:
        """One scan over the events."""
        if not self._all:
            some = [(event, self.member(event)) for event in self.history.events]
            self._all = [self._act(*one) for one in some if one[1] is not Answer.NO]
        return sorted([a for a in self._all if a.event.type in kinds], key=lambda act: act.lo)

    def subjects(self, *kinds: str) -> list[Act]:
        """One scan over the events."""
        return [act for act in self.acts(*kinds) if act.lo <= self.now]

    def near(self, kinds: Sequence[str], lo: int, hi: int, but: Event | None = None) -> list[Act]:
        """One scan over the events."""
        acts = self.acts(*kinds)
        return [a for a in acts if a.hi >= lo and a.lo <= hi and a.event is not but]

    def sure_next(self, kinds: Sequence[str], after: int, but: Event | None = None) -> Act | None:
        """One scan over the events."""
        some = [
            act
            for act in self.acts(*kinds)
            if act.sure and after <= act.lo and act.hi <= self.now and act.event is not but
        ]
        return min(some, key=lambda act: act.hi, default=None)


def judged(history: History, frameworks: Sequence[Framework], day: date) -> list[Verdict]:
    """Each rule for itself, over a record that is gone through for every question."""
    found: list[Verdict] = []
    for rule in RULES:
        views = [Scanned(history, one, day) for one in frameworks]
        found += rules.judged(rule, views, views[0])
    return found


def all_said(verdict: Verdict) -> tuple[Any, ...]:
    """All that a verdict says."""
    one = verdict.obligation
    return (
        verdict.code, verdict.provision, verdict.subject, verdict.status, verdict.possible,
        verdict.because, verdict.missing, verdict.rests_on, verdict.facts, verdict.raw.events,
        verdict.raw.absence, verdict.raw.claims, verdict.raw.detail,
        () if one is None else tuple(one.windows.items()),
    )  # fmt: skip


class Told(NamedTuple):
    """What a rule says of a provision and a subject."""

    code: str
    provision: str | None
    subject: str | None
    status: str


def plainly(history: History, framework: Framework, now: int) -> list[Told]:
    """Every rule in turn."""
    found: list[Told] = []
    for rule in PLAIN:
        some = list(rule(history, framework, now))
        found += some or [Told(rule.__name__.upper(), None, None, NOT_APPLICABLE)]
    return found


def rows(framework: Framework, tag: str) -> dict[str, list[Any]]:
    """The rows of one tag by provision."""
    found: dict[str, list[Any]] = {}
    for row in framework.rows:
        if row.tag == tag:
            found.setdefault(row.id, []).append(row)
    return found


def past(history: History, kinds: tuple[str, ...], now: int) -> Iterator[Event]:
    """The events of some kinds up to a day."""
    for event in history.events:
        if event.type in kinds and event.start.lo <= now:
            yield event


def of_all(statuses: set[str]) -> str:
    """The status if it is the same in every case."""
    return next(iter(statuses)) if len(statuses) == 1 else UNDETERMINED


def of101(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Start not after end."""
    for event in history.events:
        if event.start.lo <= now and event.end is not None:
            good = event.start.lo <= event.end.lo
            yield Told("OF101", None, event.id, SATISFIED if good else VIOLATED)


def of102(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Published not before end."""
    for event in history.events:
        if event.start.lo <= now and event.published is not None:
            good = event.end is not None and event.published.lo >= event.end.lo
            yield Told("OF102", None, event.id, SATISFIED if good else VIOLATED)


def of103(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Parts in order."""
    for event in history.events:
        if event.start.lo <= now and event.parts:
            days = [day for part in event.parts for day in (part.start.lo, part.end.lo)]
            yield Told("OF103", None, event.id, SATISFIED if sorted(days) == days else VIOLATED)


def of104(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Framework in force."""
    for event in history.events:
        if event.start.lo <= now and event.framework == framework.id:
            good = event.start.lo >= framework.start.lo
            yield Told("OF104", None, event.id, SATISFIED if good else VIOLATED)


def out(event: Event, now: int) -> bool:
    """Whether the grades of an event are out."""
    if event.published is None:
        return event.judgements is not None or event.type in NOBODY_PUBLISHES
    return event.published.lo <= now


def graded(
    code: str, history: History, framework: Framework, now: int, areas: bool
) -> Iterator[tuple[Any, Event, Told]]:
    """The events that a row speaks of grades of; told for those whose grades are not out."""
    for id, some in rows(framework, "graded").items():
        row = some[0]
        if bool(row.areas) is not areas:
            continue
        seen = False
        for event in past(history, row.activities, now):
            seen = True
            yield row, event, Told(code, id, event.id, "" if out(event, now) else PENDING)
        if not seen:
            yield row, None, Told(code, id, None, NOT_APPLICABLE)  # type: ignore[misc]


def of105(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Grades on the scale."""
    for row, event, told in graded("OF105", history, framework, now, True):
        if told.status:
            yield told
            continue
        grades = framework.scale(row.scale).grades
        given = event.judgements or ()
        good = all(j.grade in grades or j.grade is Grade.NOT_JUDGED for j in given)
        status = NOT_APPLICABLE if not given else SATISFIED if good else VIOLATED
        yield told._replace(status=status)


def of106(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Areas in force."""
    for row, event, told in graded("OF106", history, framework, now, True):
        if told.status:
            yield told
            continue
        given = [j.area for j in event.judgements or ()]
        judged = [j.area for j in event.judgements or () if j.grade is not Grade.NOT_JUDGED]
        good = len(set(given)) == len(given) and set(row.areas) <= set(judged)
        good = good and set(given) <= {*row.areas, *row.optional}
        yield told._replace(status=SATISFIED if good else VIOLATED)


def of107(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """No grade."""
    for _, event, told in graded("OF107", history, framework, now, False):
        if told.status:
            yield told
        else:
            yield told._replace(status=VIOLATED if event.judgements else SATISFIED)


def contents(code: str, history: History, framework: Framework, now: int) -> Iterator[Told]:
    """What the record of an activity says."""
    for id, some in rows(framework, "contents").items():
        row = some[0]
        if row.refers_to is not None or (row.field == "scope") is not (code == "OF108"):
            continue
        seen = False
        for event in past(history, (row.activity,), now):
            value = getattr(event, row.field, None)
            if row.field == "scope":
                good = value is not None and value.level in row.includes
            elif row.excludes:
                good = not any(word in (value or ()) for word in row.excludes)
            else:
                good = all(word in (value or ()) for word in row.includes)
            seen = True
            open_ = value is None and row.field == "scope"
            status = UNDETERMINED if open_ else SATISFIED if good else VIOLATED
            yield Told(code, id, event.id, status)
        if not seen:
            yield Told(code, id, None, NOT_APPLICABLE)


def of108(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Scope in force."""
    yield from contents("OF108", history, framework, now)


def of109(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Grade within limits: there is no limit in these frameworks."""
    assert not rows(framework, "limit")
    return iter(())


def next_of(history: History, kinds: tuple[str, ...], after: int, now: int) -> Event | None:
    """The first event of some kinds from a day on, up to the day of asking."""
    for event in history.events:
        if event.type in kinds and after <= event.start.lo <= now:
            return event
    return None


def stretches(
    history: History, framework: Framework, row: Any, now: int
) -> Iterator[tuple[str, int, int, Event | None, Event | None]]:
    """From each bound to the next: subject, anchor, first day after it, and both bounds."""
    if row.opening == "framework-start" and framework.start.lo <= now:
        first = framework.start.lo
        yield "opening", first, first, None, next_of(history, row.bounds, first, now)
    for event in past(history, row.bounds, now):
        after = event.start.lo + 1
        close = next_of(history, row.bounds, after, now)
        yield event.id, event.start.lo, after, event, close


def holds(row: Any, framework: Framework, event: Event) -> bool:
    """Whether an event's grades give a status."""
    order = framework.scale(row.scale).grades
    grades = {judgement.area: judgement.grade for judgement in event.judgements or ()}
    for count in row.if_:
        worst = len(order) - 1 if count.or_better is None else order.index(count.or_better)
        best = 0 if count.or_worse is None else order.index(count.or_worse)
        places = [order.index(grades[area]) for area in count.areas if grades.get(area) in order]
        if sum(best <= place <= worst for place in places) < count.at_least:
            return False
    return True


def statuses(framework: Framework, id: str, event: Event, now: int) -> list[bool | None]:
    """Whether a status holds after an event, in each reading; None: its report is to come."""
    found = []
    for row in rows(framework, "status")[id]:
        found.append(holds(row, framework, event) if out(event, now) else None)
    return found


def between(code: str, history: History, framework: Framework, now: int) -> Iterator[Told]:
    """So many activities between two others."""
    for id, readings in rows(framework, "between").items():
        one, seen = readings[0], False
        if one.first_only is not (code == "OF201"):
            continue
        for subject, _, after, opens, close in stretches(history, framework, one, now):
            if one.first_only and opens is not None:
                continue
            seen = True
            inside = 0
            last = now if close is None else close.start.lo - 1
            for event in history.events:
                if event.type in one.activities and after <= event.start.lo <= last:
                    inside += event is not opens
            found = set()
            for row in readings:
                if inside > (row.at_most or 10**9):
                    status = VIOLATED
                elif inside >= row.at_least:
                    status = SATISFIED
                else:
                    status = PENDING if close is None else VIOLATED
                if row.while_ is None or opens is None:
                    found.add(status)
                    continue
                for answer in statuses(framework, row.while_, opens, now):
                    found.add(PENDING if answer is None else status if answer else NOT_APPLICABLE)
            yield Told(code, id, subject, of_all(found))
        if not seen:
            yield Told(code, id, None, NOT_APPLICABLE)


def of201(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """First activity."""
    yield from between("OF201", history, framework, now)


def of202(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Visits between."""
    yield from between("OF202", history, framework, now)


def of203(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Only while a status holds."""
    for id, some in rows(framework, "only").items():
        row, seen = some[0], False
        for event in past(history, (row.activity,), now):
            seen = True
            last = None
            for other in history.events:
                if other.type == "inspection" and other.start.lo < event.start.lo:
                    last = other
            if last is None:
                yield Told("OF203", id, event.id, VIOLATED)
                continue
            words = {True: SATISFIED, False: VIOLATED, None: PENDING}
            found = {words[answer] for answer in statuses(framework, row.while_, last, now)}
            yield Told("OF203", id, event.id, of_all(found))
        if not seen:
            yield Told("OF203", id, None, NOT_APPLICABLE)


def of204(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Kind of inspection."""
    for id, some in rows(framework, "route").items():
        row, seen = some[0], False
        assert row.while_ is None
        for event in past(history, (row.activity,), now):
            seen = True
            kind = getattr(event, "kind", None)
            good = SATISFIED if kind == row.kind else VIOLATED
            yield Told("OF204", id, event.id, UNDETERMINED if kind is None else good)
        if not seen:
            yield Told("OF204", id, None, NOT_APPLICABLE)


def window(row: Any, anchor: int, opening: bool) -> tuple[int, int]:
    """The first and the last day of the window after an anchor."""
    if row.since_last is not None:
        rhythm = row.since_last
        expected = months_after(anchor, rhythm.months)
        first = anchor if rhythm.before is None else months_after(expected, -rhythm.before)
        return first, months_after(expected, rhythm.after)
    origin, months, index = row.periods.origin.toordinal(), row.periods.months, 0
    while months_after(origin, (index + 1) * months) <= anchor:
        index += 1
    index += not opening
    first, after = (months_after(origin, number * months) for number in (index, index + 1))
    return max(first, anchor), after - 1


def of301(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """In its window."""
    for id, readings in rows(framework, "cadence").items():
        one, seen = readings[0], False
        kinds = (one.activity,)
        anchors = []
        if one.opening == "framework-start" and framework.start.lo <= now:
            anchors.append(("opening", framework.start.lo, framework.start.lo))
        anchors += [(e.id, e.start.lo, e.start.lo + 1) for e in past(history, kinds, now)]
        for subject, anchor, after in anchors:
            seen = True
            come = next_of(history, kinds, after, now)
            found = set()
            for row in readings:
                _, last = window(row, anchor, subject == "opening")
                if come is not None:
                    found.add(SATISFIED if come.start.lo <= last else VIOLATED)
                else:
                    found.add(PENDING if now <= last else VIOLATED)
            yield Told("OF301", id, subject, of_all(found))
        if not seen:
            yield Told("OF301", id, None, NOT_APPLICABLE)


def responses(code: str, history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Reports and letters."""
    for id, some in rows(framework, "response").items():
        row, seen = some[0], False
        if row.late_counts is not (code == "OF401"):
            continue
        for event in past(history, row.after, now):
            seen = True
            come = None if event.published is None else event.published.lo
            come = come if come is not None and come <= now else None
            begun = getattr(event, row.counted_from)
            if begun is None:
                yield Told(code, id, event.id, SATISFIED if come else PENDING)
                continue
            if row.working_days == "not-known":
                # Any number may be allowed, so that only what has not begun to run is settled.
                late = come if come is not None else now
                yield Told(code, id, event.id, UNDETERMINED if late > begun.lo else
                           SATISFIED if come is not None else PENDING)  # fmt: skip
                continue
            if row.working_days is None:
                last = months_after(begun.lo, row.months)
            else:
                last = ENGLAND.add_ordinal(begun.lo, row.working_days)
            if come is not None:
                good = come <= last or row.late_counts
                yield Told(code, id, event.id, SATISFIED if good else VIOLATED)
            else:
                yield Told(code, id, event.id, PENDING if now <= last else VIOLATED)
        if not seen:
            yield Told(code, id, None, NOT_APPLICABLE)


def of302(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """In time."""
    yield from responses("OF302", history, framework, now)


def of303(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Not while suspended: there is no suspension in these frameworks."""
    assert not rows(framework, "suspension")
    return iter(())


def of304(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Length of fieldwork."""
    for id, some in rows(framework, "duration").items():
        row, seen = some[0], False
        for event in past(history, (row.activity,), now):
            seen = True
            if event.end is None:
                yield Told("OF304", id, event.id, PENDING)
                continue
            days = event.end.lo - event.start.lo + 1
            yield Told("OF304", id, event.id, SATISFIED if days == row.days else VIOLATED)
        if not seen:
            yield Told("OF304", id, None, NOT_APPLICABLE)


def of401(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Report or letter."""
    yield from responses("OF401", history, framework, now)


def of402(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Contents."""
    yield from contents("OF402", history, framework, now)


def of403(history: History, framework: Framework, now: int) -> Iterator[Told]:
    """Refers to an earlier event."""
    for id, some in rows(framework, "contents").items():
        row, seen = some[0], False
        if row.refers_to is None:
            continue
        for event in past(history, (row.activity,), now):
            seen = True
            named, good = getattr(event, row.field), False
            for other in history.events:
                if other.id == named:
                    good = other.type == row.refers_to and other.start.lo <= event.start.lo
            yield Told("OF403", id, event.id, SATISFIED if good else VIOLATED)
        if not seen:
            yield Told("OF403", id, None, NOT_APPLICABLE)


PLAIN = (
    of101, of102, of103, of104, of105, of106, of107, of108, of109, of201, of202, of203, of204,
    of301, of302, of303, of304, of401, of402, of403,
)  # fmt: skip
