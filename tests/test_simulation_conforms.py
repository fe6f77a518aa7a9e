"""Those who keep to the framework depart from nothing.

Where behaviour is without departures, no simulated history departs from the framework that it was
made under: neither in the end nor as it was known on the way, neither with the replication's own
readings chosen nor with all left open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ofsted_framework as of
from helpers import AUTHORITY as SOMEWHERE
from helpers import G, I, O, R, authority, day, grades, record, visit
from ofsted_framework import (
    Coverage,
    Event,
    Framework,
    Inspection,
    JointTargetedAreaInspection,
    MonitoringVisit,
    Status,
)
from ofsted_framework.editions import read_framework
from ofsted_framework.simulation import Behaviour, Outlook, simulate
from simulated import (
    AUTHORITY,
    CAFCASS,
    CAFCASS_2021,
    EVEN_AUTHORITY,
    EVEN_CAFCASS,
    FOUR,
    GOOD,
    GRADED,
    ILACS_2018,
    INADEQUATE,
    NOTHING,
    THREE,
    cadence,
    departures,
    evenly,
    every,
    grades_of,
    inspected,
    kept,
    own,
    row,
    since,
    visits,
    written,
)

YEARS = 11
DEFINITE = {Status.SATISFIED, Status.PENDING, Status.NOT_APPLICABLE}
ALL = DEFINITE | {Status.UNDETERMINED}


def tells(seen: Counter[Status], wanted: Iterable[Status]) -> None:
    """See that verdicts of every sort occur, so that a check that says nothing is noticed."""
    for status in wanted:
        assert seen[status] > 0, (status, seen)
    assert seen[Status.SATISFIED] > seen[Status.UNDETERMINED], seen


# --- What ships -----------------------------------------------------------------------------------

CHUNKS = range(4)


@pytest.mark.parametrize("chunk", CHUNKS)
@pytest.mark.parametrize("start", [None, date(2026, 10, 7)])
def test_cafcass_from_a_bare_start(start: date | None, chunk: int) -> None:
    outlook = simulate(
        CAFCASS_2021, start=start, years=YEARS, replications=125, seed=100 + chunk,
        behaviour=CAFCASS,
    )  # fmt: skip
    tells(kept(outlook), ALL)


@pytest.mark.parametrize("chunk", CHUNKS)
@pytest.mark.parametrize("start", [None, date(2019, 5, 1), date(2021, 1, 1), date(2024, 5, 1)])
def test_an_authority_from_a_bare_start(start: date | None, chunk: int) -> None:
    """Through the pandemic, and the changes of 2023 and 2026."""
    outlook = simulate(
        ILACS_2018, start=start, years=YEARS, replications=63, seed=110 + chunk,
        behaviour=AUTHORITY,
    )  # fmt: skip
    tells(kept(outlook), DEFINITE)


@pytest.mark.parametrize("chunk", CHUNKS)
@pytest.mark.parametrize(
    "now",
    [
        "2021-06-01",  # the first visit is over, and its letter is awaited
        "2023-02-01",  # so is the second
        "2024-02-20",  # fieldwork of the inspection is over, and its report is awaited
        "2026-11-23",
    ],
)
def test_cafcass_from_its_record(now: str, chunk: int) -> None:
    outlook = simulate(
        CAFCASS_2021, of.sample("cafcass"), as_of=day(now), years=YEARS, replications=63,
        seed=120 + chunk, behaviour=CAFCASS,
    )  # fmt: skip
    tells(kept(outlook), ALL)


def joint(id: str, start: str, end: str, published: str) -> Event:
    return JointTargetedAreaInspection(id=id, start=start, end=end, published=published)


def monitored(id: str, start: str, published: str | None = None) -> Event:
    return MonitoringVisit(id=id, start=start, published=published)


def tenure(
    overall: of.Grade, leaders: of.Grade, help: of.Grade, both: of.Grade
) -> tuple[of.Judgement, ...]:
    return grades(overall=overall, leaders=leaders, help=help, both=both)


LATE = {
    "outstanding, one visit had": {"in-2018", "in-2022"},
    "outstanding, none had": {"in-2018"},
    "inadequate, monitored": {"in-2022"},
    "before the pause": {"in-2018"},
    "no overall grade": {"in-2022", "in-2026"},
}
"""The inspections of the records whose reports came late: by working days counted by hand."""
LATE_LETTERS = {"requires improvement, one of two had": {"fv-2019"}}
"""The focused visits of the records whose letters came late: by working days counted by hand."""
# Events of real authorities, as published, each record with a day of asking.
RECORDS: dict[str, tuple[str, list[Event]]] = {
    "outstanding, one visit had": ("2024-06-30", [
        visit("fv-2018", "2018-01-30", "2018-01-31", "2018-02-22"),
        authority("in-2018", "2018-10-29", tenure(O, O, O, G), kind="short", end="2018-11-02",
                  published="2018-12-18"),
        visit("fv-2021", "2021-07-20", "2021-07-21", "2021-08-31"),
        authority("in-2022", "2022-02-21", tenure(O, O, G, O), end="2022-03-04",
                  published="2022-05-09"),
        joint("jt-2024", "2024-03-04", "2024-03-08", "2024-05-16"),
    ]),
    "outstanding, none had": ("2024-06-30", [
        authority("in-2018", "2018-11-19", tenure(O, O, O, G), kind="short", end="2018-11-23",
                  published="2019-01-07"),
        visit("fv-2021", "2021-10-18", "2021-10-19", "2021-11-22"),
        authority("in-2023", "2023-06-26",
                  grades(overall=O, leaders=O, help=O, care=O, leavers=O), kind="short",
                  end="2023-06-30", published="2023-08-11"),
    ]),
    "requires improvement, one of two had": ("2024-02-29", [
        visit("fv-2019", "2019-03-06", "2019-03-07", "2019-05-08"),
        visit("fv-2020", "2020-01-21", "2020-01-21", "2020-02-13"),
        authority("in-2022", "2022-05-09", tenure(R, R, R, R), end="2022-05-20",
                  published="2022-07-05"),
        visit("fv-2023", "2023-05-03", "2023-05-04", "2023-06-09"),
    ]),
    "inadequate, monitored": ("2024-01-15", [
        visit("fv-2018", "2018-09-27", "2018-09-28", "2018-10-22"),
        joint("jt-2019", "2019-09-23", "2019-09-27", "2019-12-18"),
        visit("fv-2021", "2021-03-10", "2021-03-11", "2021-05-10"),
        authority("in-2022", "2022-02-21", tenure(I, I, I, I), end="2022-03-04",
                  published="2022-05-09"),
        monitored("mv-1", "2023-02-21"),
        monitored("mv-2", "2023-07-19"),
        monitored("mv-3", "2023-11-15"),
    ]),
    "report awaited": ("2023-08-11", [
        visit("fv-2018", "2018-04-25", "2018-04-26", "2018-05-18"),
        visit("fv-2019", "2019-02-06", "2019-02-07", "2019-03-01"),
        authority("in-2019", "2019-07-01", tenure(G, G, G, R), end="2019-07-12",
                  published="2019-08-12"),
        visit("fv-2020", "2020-12-08", "2020-12-08", "2021-02-01"),
        authority("in-2023", "2023-07-17",
                  grades(overall=I, leaders=I, help=I, care=I, leavers=R), end="2023-07-28",
                  published="2023-09-11"),
        monitored("mv-1", "2024-05-21", "2024-07-12"),
    ]),
    "before the pause": ("2020-02-01", [
        authority("in-2018", "2018-05-14", tenure(R, R, R, R), end="2018-05-25",
                  published="2018-07-02"),
        visit("fv-2019", "2019-04-30", "2019-05-01", "2019-05-24"),
    ]),
    "while nobody knew when it would end": ("2021-01-15", [
        authority("in-2018", "2018-09-03", tenure(G, G, G, G), end="2018-09-14",
                  published="2018-10-15"),
        joint("jt-2019", "2019-12-09", "2019-12-13", "2020-01-31"),
    ]),
    "the window is running": ("2026-06-30", [
        authority("in-2018", "2018-09-03", tenure(G, G, G, G), end="2018-09-14",
                  published="2018-10-15"),
        joint("jt-2019", "2019-12-09", "2019-12-13", "2020-01-31"),
        authority("in-2023", "2023-05-15",
                  grades(overall=G, leaders=G, help=O, care=G, leavers=R), kind="short",
                  end="2023-05-19", published="2023-07-03"),
        visit("fv-2025", "2025-02-25", "2025-02-26", "2025-03-27"),
    ]),
    "no overall grade": ("2026-08-21", [
        authority("in-2022", "2022-11-28", tenure(G, G, G, G), end="2022-12-09",
                  published="2023-01-26"),
        joint("jt-2024", "2024-02-05", "2024-02-09", "2024-05-16"),
        authority("in-2026", "2026-05-11", grades(leaders=O, help=G, care=G, leavers=O),
                  end="2026-05-22", published="2026-08-20"),
    ]),
    "first inspection still to come": ("2019-06-30", [
        visit("fv-2019", "2019-02-14", "2019-02-15", "2019-03-11"),
    ]),
}  # fmt: skip
HELD = (
    Coverage(type="inspection", first=date(2018, 1, 1), fields=("*",)),
    Coverage(type="focused-visit", first=date(2018, 1, 1), fields=("*",)),
    Coverage(type="joint-targeted-area-inspection", first=date(2018, 1, 1), fields=("*",)),
)
"""Nothing is claimed of monitoring visits and plans of action."""


@pytest.mark.parametrize("name", RECORDS)
def test_an_authority_from_its_record(name: str) -> None:
    now, some = RECORDS[name]
    # Nothing is on record of the authorities' own publication: taken to be the same day.
    events = [
        attrs.evolve(one, published_by_provider=one.published)
        if isinstance(one, Inspection)
        else one
        for one in some
    ]
    history = record(*events, coverage=HELD, provider=SOMEWHERE)
    outlook = simulate(
        ILACS_2018, history, as_of=day(now), years=YEARS, replications=100, seed=130,
        behaviour=AUTHORITY,
    )  # fmt: skip
    late = {("OF302", "report-publication", id) for id in LATE.get(name, ())}
    late |= {("OF302", "letter-publication", id) for id in LATE_LETTERS.get(name, ())}
    assert departures(history, outlook.framework, day(now)) == late
    tells(kept(outlook, late), ALL)


# --- Altered frameworks, with every grade common --------------------------------------------------

MANY = 60
Altered = tuple[Framework, Behaviour]


def of_cafcass(framework: Framework) -> Altered:
    return framework, EVEN_CAFCASS


def of_authorities(framework: Framework) -> Altered:
    return framework, EVEN_AUTHORITY


FOUR_YEARS = CAFCASS_2021.replace("full-inspection", months=48)
READINGS = [
    ("full-inspection", "fixed-window"), ("full-inspection", "anniversary"),
    ("self-evaluation", "financial-year"), ("self-evaluation", "calendar-year"),
    ("self-evaluation", "twelve-months"),
    ("engagement-meeting", "financial-year"), ("engagement-meeting", "calendar-year"),
    ("engagement-meeting", "twelve-months"),
    ("focused-visits", "at-least-once"), ("focused-visits", "once-or-twice"),
    ("judged-inadequate", "any-area"), ("judged-inadequate", "overall"),
]  # fmt: skip
VALUES: dict[str, Callable[[], Altered]] = {
    "four years, fixed": lambda: of_cafcass(
        FOUR_YEARS.choose("full-inspection", reading="fixed-window")
    ),
    "four years, since the last": lambda: of_cafcass(
        FOUR_YEARS.choose("full-inspection", reading="anniversary")
    ),
    "a deadline of 38 working days": lambda: of_cafcass(
        CAFCASS_2021.replace("report-publication", working_days=38)
    ),
    "deadlines of a day": lambda: of_cafcass(
        CAFCASS_2021.replace("report-publication", working_days=1).replace(
            "letter-publication", working_days=1
        )
    ),
    "two or three visits": lambda: of_cafcass(
        CAFCASS_2021.replace("focused-visits", at_least=2, at_most=3)
    ),
    "exactly one visit": lambda: of_cafcass(
        CAFCASS_2021.replace("focused-visits", at_least=1, at_most=1)
    ),
    "three monitoring visits": lambda: of_cafcass(
        CAFCASS_2021.replace("monitoring-while-inadequate", at_least=3, at_most=3)
    ),
    "no monitoring visit": lambda: of_cafcass(
        CAFCASS_2021.replace("monitoring-while-inadequate", at_least=0, at_most=0)
    ),
    "authorities, every grade common": lambda: of_authorities(ILACS_2018),
    "authorities, no visit after good": lambda: of_authorities(
        ILACS_2018.replace("visits-after-good", at_least=0, at_most=0)
    ),
    "authorities, three visits after inadequate": lambda: of_authorities(
        ILACS_2018.replace("visits-after-inadequate", at_least=3, at_most=3)
    ),
    "authorities, a report in five days": lambda: of_authorities(
        ILACS_2018.replace("report-publication", working_days=5)
    ),
    "authorities, a plan in a day": lambda: of_authorities(
        ILACS_2018.replace("action-plan", working_days=1).replace("draft-plan", working_days=1)
    ),
}


def sees_every_grade(outlook: Outlook, grades: Iterable[str] = FOUR) -> None:
    """See that every grade is common."""
    shares = grades_of(outlook)
    assert set(shares) == set(grades)
    assert min(shares.values()) >= 0.15, shares


def keeps(altered: Altered, **given: object) -> Outlook:
    """See that nobody departs from an altered framework, whatever the grades."""
    framework, behaviour = altered
    outlook = simulate(
        framework, years=10, replications=MANY, seed=140, behaviour=behaviour,
        **given,  # type: ignore[arg-type]
    )  # fmt: skip
    seen = kept(outlook)
    assert all(seen[status] > 0 for status in DEFINITE), seen
    sees_every_grade(outlook)
    return outlook


@pytest.mark.parametrize("name", VALUES)
def test_other_values(name: str) -> None:
    keeps(VALUES[name]())


@pytest.mark.parametrize(("id", "reading"), READINGS)
def test_every_reading(id: str, reading: str) -> None:
    keeps(of_cafcass(CAFCASS_2021.choose(id, reading=reading)))


@pytest.mark.parametrize("now", ["2023-02-01", "2026-11-23"])
def test_four_years_from_the_record(now: str) -> None:
    keeps(of_cafcass(FOUR_YEARS), history=of.sample("cafcass"), as_of=day(now))


# --- Frameworks of the user's ---------------------------------------------------------------------

BOTH = ["inspection", "focused-visit"]
UNTIL, AFTER = {"effective_to": day("2027-03-31")}, {"effective_from": day("2027-04-01")}
ROUGHLY_UNTIL = {"effective_to": "2026-06-01/2027-12-31"}
ROUGHLY_AFTER = {"effective_from": "2026-06-02/2028-01-01"}
PAUSE = {"effective_from": day("2027-01-01"), "effective_to": day("2028-03-31")}
ROUGH_PAUSE = {
    "effective_from": "2027-01-01/2027-03-01", "effective_to": "2028-01-01/2028-03-31",
}  # fmt: skip
FOR_GOOD = {"effective_from": day("2027-01-01")}


def meeting(rhythm: dict[str, object], **given: object) -> str:
    return cadence("meetings", "engagement-meeting", rhythm, **given)


def evaluation(rhythm: dict[str, object]) -> str:
    return cadence("evaluations", "self-evaluation", rhythm)


def suspended(activities: list[str], days: Mapping[str, object]) -> str:
    return row("suspension", "pause", activities=activities, **days)


def follows(id: str, after: str, gives: str, **given: object) -> str:
    return row("response", id, after=[after], gives=gives, **given)


REVIEWS = row(
    "contents", "reviews", activity="engagement-meeting", field="reviews",
    refers_to="self-evaluation",
)  # fmt: skip
OWN: dict[str, Callable[[], Framework]] = {
    # A value that changes half-way.
    "36 months, then 24": lambda: own(
        GRADED, inspected(since(36), **UNTIL), inspected(since(24), **AFTER), visits(1, 2)
    ),
    "36 months, then 24, from a rough day": lambda: own(
        GRADED, inspected(since(36), **ROUGHLY_UNTIL), inspected(since(24), **ROUGHLY_AFTER),
        visits(1, 2),
    ),
    "periods of 36 months, then of 24": lambda: own(
        GRADED, inspected(every(36), **UNTIL), inspected(every(24), **AFTER), visits(1)
    ),
    "periods of 36 months, then of 24, from a rough day": lambda: own(
        GRADED, inspected(every(36), **ROUGHLY_UNTIL), inspected(every(24), **ROUGHLY_AFTER),
        visits(1),
    ),
    "periods, then since the last": lambda: own(
        GRADED, inspected(every(36), **UNTIL), inspected(since(24, 3, 3), **AFTER), visits(1)
    ),
    "since the last, then periods": lambda: own(
        GRADED, inspected(since(36, 6, 6), **UNTIL), inspected(every(24), **AFTER), visits(1)
    ),
    "shorter after a gap of years": lambda: own(
        GRADED, inspected(since(24, 6, 6), effective_to=day("2025-03-31")),
        inspected(since(24, 6, 6), effective_from=day("2026-04-01")),
    ),
    "other numbers of visits from a day on": lambda: own(
        GRADED, inspected(every(36)), visits(1, 1, **UNTIL), visits(2, 3, **AFTER)
    ),
    "other deadlines from a rough day on": lambda: own(
        GRADED, inspected(every(24)),
        follows("report", "inspection", "published", working_days=30, **ROUGHLY_UNTIL),
        follows("report", "inspection", "published", working_days=10, **ROUGHLY_AFTER),
    ),
    # Suspensions.
    "paused, in periods": lambda: own(
        GRADED, inspected(every(36)), visits(1, 2), suspended(BOTH, PAUSE)
    ),
    "paused, in short periods": lambda: own(
        GRADED, inspected(every(12)), visits(1), suspended(BOTH, PAUSE)
    ),
    "paused, since the last": lambda: own(
        GRADED, inspected(since(36, 6, 6)), visits(2), suspended(BOTH, PAUSE)
    ),
    "paused between rough days": lambda: own(
        GRADED, inspected(since(24, 3, 3)), visits(1), suspended(BOTH, ROUGH_PAUSE)
    ),
    "inspections alone paused": lambda: own(
        GRADED, inspected(since(24, 3, 3)), visits(1, 2), suspended(["inspection"], PAUSE)
    ),
    "meetings paused": lambda: own(
        GRADED, inspected(every(36)), meeting(every(12)), evaluation(since(12)), REVIEWS,
        suspended(["engagement-meeting"], PAUSE),
    ),
    "paused until further notice, in periods": lambda: own(
        GRADED, inspected(every(36)), visits(1, 2), suspended(BOTH, FOR_GOOD)
    ),
    "paused until further notice, since the last": lambda: own(
        GRADED, inspected(since(36, 6, 6)), visits(1, 2), suspended(BOTH, FOR_GOOD)
    ),
    "paused until further notice, as early as one likes": lambda: own(
        GRADED, inspected(since(12)), visits(1, 2), suspended(BOTH, FOR_GOOD)
    ),
    # Other activities, other bounds.
    "visits that recur": lambda: own(
        GRADED, inspected(every(36)), cadence("yearly", "focused-visit", every(12)), visits(1)
    ),
    "visits between meetings": lambda: own(
        GRADED, inspected(every(36)), meeting(every(12)),
        visits(1, 2, bounds=["engagement-meeting"]),
    ),
    "visits between meetings since the last": lambda: own(
        GRADED, inspected(every(36)), meeting(since(12)),
        visits(2, bounds=["engagement-meeting"]),
    ),
    "meetings that review": lambda: own(
        GRADED, inspected(every(36)), meeting(since(6)), evaluation(every(12)), REVIEWS
    ),
    "two kinds of visit": lambda: own(
        GRADED, inspected(every(36)),
        visits(2, 3, activities=["focused-visit", "thematic-review"]),
    ),
    "two duties for inspections": lambda: own(
        GRADED, inspected(every(36)), cadence("also", "inspection", since(42))
    ),
    "not before its window": lambda: own(
        GRADED, inspected(since(24, 2, 2), not_before=True), suspended(["inspection"], PAUSE)
    ),
    "a first visit": lambda: own(
        GRADED, inspected(every(36)), visits(1, 1),
        row("between", "first", activities=["focused-visit"],
            bounds=["inspection", "thematic-review"], opening="framework-start", at_least=1,
            first_only=True),
    ),
    # Conditions.
    "only while inadequate": lambda: own(
        GRADED, INADEQUATE, inspected(every(24)),
        row("only", "only", activity="monitoring-visit", while_="inadequate"),
        row("between", "monitoring", activities=["monitoring-visit"], bounds=["inspection"],
            while_="inadequate", at_least=2, at_most=4),
    ),
    "a short one after good": lambda: own(
        GRADED, GOOD, inspected(every(24)),
        row("route", "kind", while_="good", kind="short", allowed=["full"], otherwise="standard",
            at_first="single"),
        row("duration", "short", activity="inspection", kind="short", days=5),
        row("duration", "standard", activity="inspection", kind="standard", days=12),
    ),
    "a short one after good, nothing said of the first": lambda: own(
        GRADED, GOOD, inspected(since(24, 6, 6)),
        row("route", "kind", while_="good", kind="short", otherwise="standard"),
    ),
    "two that settle the kind": lambda: own(
        GRADED, GOOD, inspected(every(24)),
        row("route", "kind", while_="good", kind="short", allowed=["standard"],
            otherwise="standard"),
        row("route", "also", kind="standard", allowed=["short"]),
    ),
    "a region": lambda: own(
        GRADED, inspected(every(24)),
        row("contents", "scope", activity="inspection", field="scope", includes=["region"]),
    ),
    "a draft counted from the start": lambda: own(
        GRADED, inspected(every(24)),
        follows("report", "inspection", "published", counted_from="start", months=3),
        follows("draft", "inspection", "action-plan", draft=True, counted_from="start",
                working_days=20),
        follows("plan", "inspection", "action-plan", counted_from="published", months=3),
    ),
    "a visit in answer": lambda: own(
        GRADED, inspected(every(24)),
        follows("answer", "inspection", "focused-visit", counted_from="published",
                working_days=60),
    ),
    # Its first and last day.
    "ends before the horizon": lambda: own(
        GRADED, inspected(every(24)), visits(1), meeting(since(12)),
        follows("report", "inspection", "published", working_days=30), end=day("2027-06-30"),
    ),
    "ends on a rough day": lambda: own(
        GRADED, inspected(since(24, 6, 6)), visits(1), meeting(every(12)),
        end="2027-03/2027-08",
    ),
    "begins on a rough day": lambda: own(
        GRADED, inspected(every(24)), visits(1), meeting(since(12)), start="2021-03/2021-06"
    ),
    "a duty that opens later": lambda: own(
        GRADED, inspected(every(24)), meeting(every(12), effective_from=day("2026-10-01")),
        row("between", "later", activities=["thematic-review"], bounds=["inspection"],
            opening="framework-start", at_least=1, effective_from=day("2026-10-01")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_frameworks_of_the_users(name: str) -> None:
    keeps((OWN[name](), EVEN_CAFCASS))


@pytest.mark.parametrize("name", ["36 months, then 24", "paused, in periods", "a region"])
def test_frameworks_of_the_users_if_nothing_is_assumed(name: str) -> None:
    keeps((OWN[name](), NOTHING))


def test_three_grades() -> None:
    """A scale without requires improvement, and behaviour that knows it."""
    graded = row(
        "graded", "grades", activities=["inspection"], areas=["practice", "leaders"],
        scale="three",
    )  # fmt: skip
    bad = row(
        "status", "inadequate", scale="three",
        if_=[{"areas": ["practice", "leaders"], "or_worse": "inadequate"}],
    )  # fmt: skip
    framework = own(
        graded, bad, inspected(every(24)),
        row("between", "monitoring", activities=["monitoring-visit"], bounds=["inspection"],
            while_="inadequate", at_least=1),
    )  # fmt: skip
    outlook = simulate(
        framework, years=10, replications=MANY, seed=141, behaviour=evenly(CAFCASS, THREE)
    )
    kept(outlook)
    sees_every_grade(outlook, THREE)


def test_a_duty_that_opens_after_the_day_of_asking() -> None:
    framework = OWN["a duty that opens later"]()
    history = record(
        authority("in-1", "2022-09-05", end="2022-09-30", published="2022-11-07",
                  judgements=(of.Judgement("practice", G), of.Judgement("leaders", I))),
        authority("in-2", "2024-05-06", end="2024-05-31", published="2024-07-05",
                  judgements=(of.Judgement("practice", O), of.Judgement("leaders", R))),
    )  # fmt: skip
    keeps((framework, EVEN_CAFCASS), history=history, as_of=day("2025-02-03"))


def test_a_visit_that_may_be_over() -> None:
    """A visit of which only the month is known, while that month runs, counts as had."""
    framework = own(GRADED, inspected(every(36)), visits(1, 1))
    history = record(visit("fv", "2022-01-20/2022-02-20"))
    keeps((framework, EVEN_CAFCASS), history=history, as_of=day("2022-02-06"))


def test_visits_that_are_left_when_a_pause_ends() -> None:
    """Two visits are owed, and the pause may take up most of the days that are left for them."""
    framework = own(
        GRADED, inspected(since(6)), visits(3), suspended(BOTH, {
            "effective_from": day("2021-06-01"), "effective_to": "2022-01-01/2023-01-01",
        }),
    )  # fmt: skip
    history = record(visit("fv", "2021-04-10", "2021-04-10", "2021-05-04"))
    keeps((framework, EVEN_CAFCASS), history=history, as_of=day("2021-12-11"))


def test_a_first_stretch_that_is_over() -> None:
    """Where the first inspection came without a visit before it, no later one makes up for it."""
    framework = own(
        GRADED, inspected(every(36)), visits(1, 1, opening="none"),
        row("between", "first", activities=["focused-visit"], bounds=["inspection"],
            opening="framework-start", at_least=1, first_only=True),
    )  # fmt: skip
    history = record(
        authority("in-1", "2022-09-05", end="2022-09-30", published="2022-11-07",
                  judgements=(of.Judgement("practice", G), of.Judgement("leaders", G))),
        visit("fv-1", "2023-03-06", "2023-03-10", "2023-04-21"),
    )  # fmt: skip
    missed = {("OF201", "first", "opening")}
    assert departures(history, framework, day("2023-06-01")) == missed
    outlook = simulate(
        framework, history, as_of=day("2023-06-01"), years=10, replications=MANY, seed=142,
        behaviour=EVEN_CAFCASS,
    )  # fmt: skip
    kept(outlook, missed)


# --- Frameworks of any sort -----------------------------------------------------------------------

EARLY = NOTHING.replace("timing", weights={"1": 1, "2": 0, "3": 0, "4": 0, "5": 0, "6": 0})
LATE_ON = (
    NOTHING.replace("timing", weights={"1": 0, "2": 0, "3": 0, "4": 0, "5": 0, "6": 1})
    .replace("begins", weights={"monday": 1})
    .replace("length", "inspection", weights={"12": 1})
    .replace("lag", weights={"40": 1})
)
BEHAVIOURS = (NOTHING, EVEN_CAFCASS, EARLY, LATE_ON)
FIRST, LAST = date(2022, 1, 1), date(2032, 12, 31)


@st.composite
def days(draw: st.DrawFn, first: date = FIRST, last: date = LAST) -> tuple[date | str, date | str]:
    """The last day of one row and the first of the next, exact or rough."""
    lo = draw(st.dates(first, last))
    hi = lo if draw(st.booleans()) else draw(st.dates(lo, date(lo.year + 1, 12, 1)))
    nexts = [date.fromordinal(one.toordinal() + 1) for one in (lo, hi)]
    if lo == hi:
        return lo, nexts[0]
    return f"{lo}/{hi}", f"{nexts[0]}/{nexts[1]}"


@st.composite
def rhythms(draw: st.DrawFn, least: int) -> dict[str, object]:
    """Fixed periods, or a time since the last; no shorter than the visits between need."""
    months = draw(st.integers(least, 60))
    if draw(st.booleans()):
        return every(months, draw(st.dates(date(2019, 1, 1), date(2021, 4, 1))))
    before = draw(st.none() | st.integers(1, months - 1))
    return since(months, before, draw(st.integers(0 if before is None else 1, 12)))


@st.composite
def recurring(draw: st.DrawFn, id: str, activity: str, least: int) -> list[str]:
    """A cadence: one value, one value after another, or two readings."""
    sort = draw(st.sampled_from(["one", "dated", "readings"]))
    if sort == "one":
        return [cadence(id, activity, draw(rhythms(least)))]
    one, other = draw(rhythms(least)), draw(rhythms(least))
    if sort == "readings":
        return [cadence(id, activity, one, reading="a"), cadence(id, activity, other, reading="b")]
    until, after = draw(days())
    return [
        cadence(id, activity, one, effective_to=until),
        cadence(id, activity, other, effective_from=after),
    ]


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int | None]:
    least = draw(st.integers(0, 3))
    return least, draw(st.none() | st.integers(least, least + 2))


@st.composite
def any_framework(draw: st.DrawFn) -> str:
    """The text of a framework that can be kept.

    By hand: inspections come at least half a year apart, in windows of a month or more, so that
    three visits and the fieldwork fit between; visits are suspended only together with
    inspections; a report that is counted from the first day has longer than fieldwork; what is
    suspended for good has a first day in its windows, and nothing is owed in no time.
    """
    rows = [GRADED, INADEQUATE, *draw(recurring("inspections", "inspection", 6))]
    least, most = draw(counts())
    opening = draw(st.sampled_from(["framework-start", "none"]))
    if draw(st.booleans()):
        until, after = draw(days())
        rows += [
            visits(least, most, opening=opening, effective_to=until),
            visits(*draw(counts()), opening=opening, effective_from=after),
        ]
    else:
        rows.append(visits(least, most, opening=opening))
    if draw(st.booleans()):
        least, most = draw(counts())
        ceiling = {} if most is None else {"at_most": most}
        rows += [
            row("only", "only", activity="monitoring-visit", while_="inadequate"),
            row("between", "monitoring", activities=["monitoring-visit"], bounds=["inspection"],
                while_="inadequate", at_least=least, **ceiling),
        ]  # fmt: skip
    if draw(st.booleans()):
        rows += draw(recurring("meetings", "engagement-meeting", 2))
        if draw(st.booleans()):
            rows += [evaluation(draw(st.sampled_from([every(12), since(6), every(7)]))), REVIEWS]
    if draw(st.booleans()):
        acts = draw(st.sampled_from([["inspection"], BOTH, ["engagement-meeting"]]))
        end, begin = draw(days())[0], draw(st.dates(date(2021, 6, 1), FIRST))
        rows.append(suspended(acts, {"effective_from": begin, "effective_to": end}))
    if draw(st.booleans()):
        counted, shortest = draw(st.sampled_from([("start", 20), ("end", 1)]))
        rows.append(follows("report", "inspection", "published", counted_from=counted,
                            working_days=draw(st.integers(shortest, 60))))  # fmt: skip
    if draw(st.booleans()):
        rows.append(follows("plan", "inspection", "action-plan",
                            counted_from=draw(st.sampled_from(["end", "published"])),
                            working_days=draw(st.integers(1, 90)), draft=draw(st.booleans()),
                            late_counts=draw(st.booleans())))  # fmt: skip
    if draw(st.booleans()):
        rows.append(follows("letter", "focused-visit", "published",
                            months=draw(st.integers(1, 12))))  # fmt: skip
    finish = draw(days(date(2026, 1, 1)))[0] if draw(st.booleans()) else None
    return written(*rows, end=finish)


class TestAnyFramework:
    """Whatever the framework and the behaviour, those who keep to it depart from nothing."""

    @given(
        text=any_framework(),
        behaviour=st.sampled_from(BEHAVIOURS),
        seed=st.integers(0, 2**64),
        later=st.integers(0, 1500),
    )
    def test_is_kept(self, text: str, behaviour: Behaviour, seed: int, later: int) -> None:
        start = date.fromordinal(date(2021, 4, 1).toordinal() + later)
        outlook = simulate(
            read_framework(text), start=start, years=9, replications=3, seed=seed,
            behaviour=behaviour,
        )  # fmt: skip
        kept(outlook)

    @given(
        text=any_framework(),
        behaviour=st.sampled_from(BEHAVIOURS),
        seed=st.integers(0, 2**64),
        share=st.integers(1, 9),
    )
    def test_goes_on(self, text: str, behaviour: Behaviour, seed: int, share: int) -> None:
        """Simulated up to a day, and from the record of that day on."""
        first = simulate(
            read_framework(text), years=7, replications=1, seed=seed, behaviour=behaviour
        )
        framework = first.framework_of(0)
        now = date.fromordinal(first.as_of.toordinal() + share * 255)
        if framework.end is not None and framework.end.lo < now.toordinal():
            return
        outlook = simulate(
            framework, first.history(0), as_of=now, years=7, replications=2, seed=seed + 1,
            behaviour=behaviour,
        )  # fmt: skip
        kept(outlook)
