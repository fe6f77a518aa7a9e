"""Each way of misbehaving gives the departures that it should, and no others.

What departs is worked out here from the days of the events alone, with a calendar and the rows of
the framework as they are written below.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from math import sqrt

import pytest
from dateutil.relativedelta import relativedelta

from helpers import G, R, authority, day, record
from ofsted_framework import (
    ActionPlan,
    EngagementMeeting,
    Event,
    FocusedVisit,
    History,
    Inspection,
    Judgement,
)
from ofsted_framework.simulation import Behaviour, Outlook, simulate
from simulated import (
    EVEN_CAFCASS,
    GRADED,
    Departure,
    cadence,
    departures_of,
    every,
    inspected,
    own,
    row,
    since,
    visits,
)

START = date(2021, 4, 1)
FRAMEWORK = own(
    GRADED,
    inspected(every(24)),
    visits(1, 2),
    cadence("meetings", "engagement-meeting", since(12)),
    row("contents", "attendance", activity="engagement-meeting", field="attended_by",
        includes=["chief-executive", "senior-leadership-team"]),
    row("response", "report", after=["inspection"], gives="published", months=2),
    row("response", "letter", after=["focused-visit"], gives="published", months=1),
    row("response", "plan", after=["inspection"], gives="action-plan", counted_from="published",
        months=3),
)  # fmt: skip
ALWAYS, HALF = {"yes": 1, "no": 0}, {"yes": 1, "no": 1}
# What departs, of what, and where it shows: the rule and the provision.
WAYS: dict[tuple[str, str], tuple[str, str]] = {
    ("late", "inspection"): ("OF301", "inspections"),
    ("late", "engagement-meeting"): ("OF301", "meetings"),
    ("skipped", "inspection"): ("OF301", "inspections"),
    ("skipped", "engagement-meeting"): ("OF301", "meetings"),
    ("too-few", "visits"): ("OF202", "visits"),
    ("too-many", "visits"): ("OF202", "visits"),
    ("late-report", "inspection"): ("OF302", "report"),
    ("late-report", "focused-visit"): ("OF302", "letter"),
    ("unpublished", "inspection"): ("OF302", "report"),
    ("unpublished", "focused-visit"): ("OF302", "letter"),
    ("incomplete", "engagement-meeting"): ("OF402", "attendance"),
    ("late", "action-plan"): ("OF302", "plan"),
    ("skipped", "action-plan"): ("OF302", "plan"),
}


# --- What should depart, from the days alone ------------------------------------------------------


def exact(event: Event, field: str = "start") -> date | None:
    when = getattr(event, field)
    if when is None:
        return None
    assert when.exact
    return date.fromordinal(when.lo)


def begun(event: Event) -> date:
    found = exact(event)
    assert found is not None
    return found


def period_after(day: date) -> date:
    """The last day of the next period of 24 months from 1 April 2021."""
    number = ((day.year - 2021) * 12 + day.month - 4) // 24 + 1
    return START + relativedelta(months=24 * (number + 1), days=-1)


def twelve_months_after(day: date) -> date:
    return day + relativedelta(months=12)


def expected(history: History, horizon: date) -> set[Departure]:
    """What departs from the framework above."""
    inspections = sorted((e for e in history.events if isinstance(e, Inspection)), key=begun)
    meetings = sorted((e for e in history.events if isinstance(e, EngagementMeeting)), key=begun)
    visited = sorted((e for e in history.events if isinstance(e, FocusedVisit)), key=begun)
    plans = [begun(e) for e in history.events if isinstance(e, ActionPlan)]
    found = set[Departure]()

    rhythms = (
        ("inspections", inspections, date(2023, 3, 31), period_after),
        ("meetings", meetings, date(2022, 4, 1), twelve_months_after),
    )
    for provision, events, due, after in rhythms:
        subject = "opening"
        for event in [*events, None]:
            if horizon > due and (event is None or begun(event) > due):
                found.add(("OF301", provision, subject))
            if event is not None:
                subject, due = event.id, after(begun(event))

    bounds = [("opening", date(2021, 3, 31)), *((e.id, begun(e)) for e in inspections)]
    for number, (subject, first) in enumerate(bounds):
        closed = number + 1 < len(bounds)
        last = bounds[number + 1][1] if closed else date.max
        count = sum(first < begun(visit) < last for visit in visited)
        if count > 2 or (closed and count < 1):
            found.add(("OF202", "visits", subject))

    for provision, awaited, months in (("report", inspections, 2), ("letter", visited, 1)):
        for event in awaited:
            ended, published = exact(event, "end"), exact(event, "published")
            assert ended is not None
            due = ended + relativedelta(months=months)
            if min(published or horizon, horizon) > due:
                found.add(("OF302", provision, event.id))

    for event in inspections:
        published = exact(event, "published")
        if published is not None:
            due = published + relativedelta(months=3)
            if horizon > due and not any(published <= plan <= due for plan in plans):
                found.add(("OF302", "plan", event.id))

    for meeting in meetings:
        assert isinstance(meeting, EngagementMeeting)
        if set(meeting.attended_by or ()) != {"chief-executive", "senior-leadership-team"}:
            found.add(("OF402", "attendance", meeting.id))
    return found


def misbehaving(what: str, of_: str, weights: dict[str, int]) -> Behaviour:
    return EVEN_CAFCASS.replace(what, of_, weights=weights)


def run(behaviour: Behaviour, seed: int = 31, replications: int = 25) -> Outlook:
    return simulate(FRAMEWORK, years=9, replications=replications, seed=seed, behaviour=behaviour)


def told(outlook: Outlook) -> set[tuple[str, str | None]]:
    """The rules and provisions departed from, once each replication agrees with the days."""
    found = set[tuple[str, str | None]]()
    for index in range(len(outlook)):
        some = departures_of(outlook, index)
        assert some == expected(outlook.history(index), outlook.horizon), index
        found |= {(code, provision) for code, provision, _ in some}
    return found


# --- One way at a time ----------------------------------------------------------------------------


def test_who_keeps_to_it() -> None:
    assert told(run(EVEN_CAFCASS)) == set()


@pytest.mark.parametrize(("what", "of_"), WAYS)
@pytest.mark.parametrize("weights", [ALWAYS, HALF], ids=["always", "half"])
def test_one_way(what: str, of_: str, weights: dict[str, int]) -> None:
    assert told(run(misbehaving(what, of_, weights))) == {WAYS[what, of_]}


@pytest.mark.parametrize(("what", "of_"), WAYS)
def test_never(what: str, of_: str) -> None:
    """A weight of nothing is the same as no assumption."""
    outlook = run(misbehaving(what, of_, {"yes": 0, "no": 1}), replications=5)
    kept = run(EVEN_CAFCASS, replications=5)
    assert [outlook.history(i) for i in range(5)] == [kept.history(i) for i in range(5)]


def test_all_ways_at_once() -> None:
    behaviour = EVEN_CAFCASS
    for what, of_ in WAYS:
        if what != "too-many":
            behaviour = behaviour.replace(what, of_, weights={"yes": 1, "no": 4})
    assert told(run(behaviour, replications=60)) == set(WAYS.values())


def test_from_a_record() -> None:
    """What departed before the day of asking stays, and the rest is added."""
    history = record(
        authority("in-1", "2023-05-08", end="2023-05-19", published="2023-07-10",
                  judgements=(Judgement("practice", G), Judgement("leaders", R))),
    )  # fmt: skip
    outlook = simulate(
        FRAMEWORK, history, as_of=day("2024-01-15"), years=9, replications=30, seed=32,
        behaviour=misbehaving("too-few", "visits", ALWAYS),
    )  # fmt: skip
    before = {
        ("OF301", "inspections", "opening"),  # in the second period, and none in the first
        ("OF202", "visits", "opening"),  # no visit came before it
        ("OF301", "meetings", "opening"),  # and no meeting by 1 April 2022
        ("OF302", "plan", "in-1"),  # nor a plan by 10 October 2023
    }
    for index in range(len(outlook)):
        made = [e for e in outlook.history(index).events if isinstance(e, Inspection)]
        found = departures_of(outlook, index)
        stretches = {("OF202", "visits", e.id) for e in sorted(made, key=begun)[:-1]}
        assert found == before | stretches


# --- How often ------------------------------------------------------------------------------------


def share(found: int, number: int, wanted: float) -> None:
    """See that a count among so many is what was to be expected, within four standard errors."""
    assert number > 300
    assert abs(found / number - wanted) <= 4 * sqrt(wanted * (1 - wanted) / number), (found, number)


@pytest.mark.parametrize(
    ("what", "of_", "events"),
    [
        ("late-report", "inspection", Inspection),
        ("unpublished", "focused-visit", FocusedVisit),
        ("incomplete", "engagement-meeting", EngagementMeeting),
    ],
)
def test_share_of_events(what: str, of_: str, events: type[Event]) -> None:
    """Three of eleven, of those whose deadline is over."""
    outlook = run(misbehaving(what, of_, {"yes": 3, "no": 8}), seed=33, replications=150)
    counted = Counter[bool]()
    settled = outlook.horizon - relativedelta(years=1)
    for index in range(len(outlook)):
        departed = {subject for _, _, subject in expected(outlook.history(index), outlook.horizon)}
        for event in outlook.history(index).events:
            if isinstance(event, events) and begun(event) < settled:
                counted[event.id in departed] += 1
    share(counted[True], counted.total(), 3 / 11)


@pytest.mark.parametrize(("what", "number"), [("too-few", 0), ("too-many", 3)])
def test_share_of_stretches(what: str, number: int) -> None:
    """Three of eleven stretches have one visit fewer than the least, or more than the most."""
    outlook = run(misbehaving(what, "visits", {"yes": 3, "no": 8}), seed=34, replications=150)
    counted = Counter[int]()
    for index in range(len(outlook)):
        events = outlook.history(index).events
        visited = [begun(e) for e in events if isinstance(e, FocusedVisit)]
        bounds = [START, *sorted(begun(e) for e in events if isinstance(e, Inspection))]
        for first, last in pairwise(bounds):
            counted[sum(first < one < last for one in visited)] += 1
    share(counted[number], counted.total(), 3 / 11)


def test_share_of_windows() -> None:
    """Three of eleven meetings come more than twelve months after the last."""
    outlook = run(misbehaving("late", "engagement-meeting", {"yes": 3, "no": 8}), seed=35,
                  replications=150)  # fmt: skip
    late = number = 0
    for index in range(len(outlook)):
        events = outlook.history(index).events
        held = sorted(begun(e) for e in events if isinstance(e, EngagementMeeting))
        # Half a year before the horizon, so that the late are seen as the others are.
        for first, next_ in pairwise([START, *held]):
            if twelve_months_after(first) + relativedelta(months=4) < outlook.horizon:
                late += next_ > twelve_months_after(first)
                number += 1
    share(late, number, 3 / 11)
