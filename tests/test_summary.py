"""Summaries against figures worked out by hand, and against a recount of the histories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import inf, sqrt
from typing import Any

import pytest

import ofsted_framework as of
from helpers import CAFCASS, I, full, grades, record
from ofsted_framework.editions import read_framework
from ofsted_framework.simulation import (
    Assumption,
    Behaviour,
    Measure,
    Outlook,
    Quantile,
    Summary,
    simulate,
)
from ofsted_framework.simulation.results import _quantile, counted, influences

YEAR = 365.2425
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
CAFCASS_2021 = of.framework("cafcass-2021")
NOW = date(2026, 11, 23)


# --- One figure -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "share", "wanted"),
    [
        # 1 to 100. Half of the interval is 1.96 × √(100 × share × (1 - share)): 5.88, 8.49, 9.8.
        (range(1, 101), 0.1, (10, 4, 17)),
        (range(1, 101), 0.25, (25, 16, 35)),
        (range(1, 101), 0.5, (50, 40, 61)),
        (range(1, 101), 0.75, (75, 66, 85)),
        (range(1, 101), 0.9, (90, 84, 97)),
        # 10 to 100: rank 5, and 3.10 on either side: from rank 1 to rank 9 + 1.
        (range(10, 101, 10), 0.5, (50, 10, 100)),
        (range(10, 101, 10), 0.25, (30, 10, 70)),
        # One value and two.
        ([7], 0.1, (7, 7, 7)),
        ([7], 0.9, (7, 7, 7)),
        ([3, 8], 0.5, (3, 3, 8)),
        ([3, 8], 0.75, (8, 3, 8)),
        ([4, 4, 4], 0.5, (4, 4, 4)),
        # Beyond the horizon: ranks 3 and 4 of 4. 1.96 × √0.36 = 1.18, 1.96, 1.96 × √0.75 = 1.70.
        ([5, 7, inf, inf], 0.1, (5, 5, None)),
        ([5, 7, inf, inf], 0.5, (7, 5, None)),
        ([5, 7, inf, inf], 0.75, (None, 5, None)),
        ([inf, inf], 0.1, (None, None, None)),
    ],
)
def test_quantiles(values: Sequence[float], share: float, wanted: tuple[float | None, ...]) -> None:
    assert _quantile(list(values), share) == Quantile(share, *wanted)


@pytest.mark.parametrize(
    ("values", "mean", "error"),
    [
        # 4 + 1 + 0 + 9 = 14; 14 / 3 / 4.
        ([6, 1, 3, 2], 3, sqrt(14 / 12)),
        ([2, 2, 2], 2, 0),
        ([0, 1], 0.5, sqrt(0.5 / 2)),
        ([5], 5, None),
        ([5, inf], None, None),
        ([inf], None, None),
    ],
)
def test_mean_and_error(values: list[float], mean: float | None, error: float | None) -> None:
    few = sorted(set(values))
    times = [values.count(value) for value in few]
    found = counted("days-to-next", "inspection", (("a", "b"),), few, times)
    assert (found.what, found.of, found.readings) == ("days-to-next", "inspection", (("a", "b"),))
    assert found.replications == len(values)
    assert found.mean == mean
    assert found.error == (None if error is None else pytest.approx(error, rel=1e-12))
    assert [one.share for one in found.quantiles] == list(SHARES)
    assert (found.first, found.last) == (None, None)


# --- Everything fixed -----------------------------------------------------------------------------

GROUNDS = 'grounds = [{ part = "sentence", basis = "assumed", says = "To be tried out." }]'
TINY = f"""
id = "tiny"
title = "An inspection of one area, on a day that is fixed"
provider_kind = "cafcass"
start = 2021-04-01

[[scale]]
id = "four"
grades = ["outstanding", "good", "requires-improvement", "inadequate"]

[[cadence]]
id = "rhythm"
reading = "yearly"
sentence = "An inspection on the anniversary of the last."
activity = "inspection"
opening = "framework-start"
since_last = {{ months = 12, before = 0 }}
{GROUNDS}

[[graded]]
id = "areas"
sentence = "One area."
activities = ["inspection"]
areas = ["private-law-practice"]
scale = "four"
{GROUNDS}

[[status]]
id = "inadequate"
sentence = "It is inadequate."
if = [{{ areas = ["private-law-practice"], or_worse = "inadequate" }}]
scale = "four"
{GROUNDS}
"""
TWO_YEARLY = f"""
[[cadence]]
id = "rhythm"
reading = "two-yearly"
sentence = "An inspection on the second anniversary of the last."
activity = "inspection"
opening = "framework-start"
since_last = {{ months = 24, before = 0 }}
{GROUNDS}
"""
VISITS = f"""
[[between]]
id = "visits"
sentence = "Two visits between inspections."
activities = ["focused-visit"]
bounds = ["inspection"]
at_least = 2
{GROUNDS}
"""


def only(what: str, outcome: Any, given: str | None = None) -> Assumption:
    return Assumption(what=what, given=given, weights={outcome: 1}, basis="assumed")


# Inadequate, good, inadequate and so on, each told five working days after the inspection.
IN_TURNS = Behaviour(
    id="in-turns",
    title="Inadequate every other time",
    assumptions=(
        only("first-grade", "inadequate"),
        only("grade-move", "good", "inadequate"),
        only("grade-move", "inadequate", "good"),
        only("lag", 5),
    ),
)


def tiny(text: str = TINY, years: int = 4, replications: int = 3, **given: Any) -> Outlook:
    given = {"seed": 1, "behaviour": IN_TURNS, **given}
    return simulate(read_framework(text), years=years, replications=replications, **given)


def one_of(summary: Summary, what: str, of: str, *readings: str) -> Measure:
    (found,) = [
        one
        for one in summary.select(what, of)
        if tuple(name for _, name in one.readings) == readings
    ]
    return found


def approx(value: float) -> Any:
    return pytest.approx(value, rel=1e-12)


def same(value: float) -> tuple[Quantile, ...]:
    """The quantiles of a value that all replications have."""
    return tuple(Quantile(share, approx(value), approx(value), approx(value)) for share in SHARES)


def test_a_cycle_of_which_every_day_is_fixed() -> None:
    """Inspections on 1 April 2022, 2023 and 2024; 1 April 2025 is after the horizon.

    Reports: five working days after Friday 1 April 2022 is 8 April; after Saturday 1 April 2023,
    with Easter from 7 to 10 April, 11 April; after Easter Monday 2024 8 April.
    """
    outlook = tiny()
    assert outlook.horizon == date(2025, 3, 31)
    for index in range(3):
        assert [
            (str(one.start), str(one.published), one.judgements[0].grade if one.judgements else 0)
            for one in outlook.history(index).events
        ] == [
            ("2022-04-01", "2022-04-08", "inadequate"),
            ("2023-04-01", "2023-04-11", "good"),
            ("2024-04-01", "2024-04-08", "inadequate"),
        ]
    found = outlook.summary()
    assert [(one.what, one.of) for one in found.measures] == [
        *[("next", "inspection")] * 5,
        ("days-to-next", "inspection"),
        ("a-year", "inspection"),
        ("days-a-year", "inadequate"),
    ]
    assert all(one.readings == () and one.replications == 3 for one in found.measures)
    assert [
        (str(one.first), str(one.last), one.mean, one.error, one.quantiles)
        for one in found.select("next")
    ] == [
        ("2021-04-01", "2021-06-30", 0, 0, ()),
        ("2021-07-01", "2021-09-30", 0, 0, ()),
        ("2021-10-01", "2021-12-31", 0, 0, ()),
        ("2022-01-01", "2022-03-31", 0, 0, ()),
        ("2022-04-01", "2022-06-30", 1, 0, ()),
    ]
    # 1 April 2021 is the first day, and 1 April 2022 the 366th.
    days = one_of(found, "days-to-next", "inspection")
    assert (days.mean, days.error, days.quantiles) == (366, 0, same(366))
    # Four years are 1,461 days.
    a_year = one_of(found, "a-year", "inspection")
    assert a_year.mean == approx(3 * YEAR / 1461)
    assert a_year.error == pytest.approx(0, abs=1e-12)
    assert a_year.quantiles == same(3 * YEAR / 1461)
    # From 8 April 2022 to 10 April 2023 368 days, from 8 April 2024 to 31 March 2025 358.
    held = one_of(found, "days-a-year", "inadequate")
    assert held.mean == approx(726 * YEAR / 1461)
    assert held.quantiles == same(726 * YEAR / 1461)


def test_figures_of_each_reading() -> None:
    """Every two years: on 1 April 2023 alone, told on 11 April, 721 days before 1 April 2025."""
    found = tiny(TINY + TWO_YEARLY, replications=5).summary()
    yearly, two_yearly = (("rhythm", "yearly"),), (("rhythm", "two-yearly"),)
    assert [(one.what, one.readings, one.replications) for one in found.measures] == [
        *[("next", yearly, 3)] * 5,
        *[("next", two_yearly, 2)] * 9,
        ("days-to-next", yearly, 3),
        ("days-to-next", two_yearly, 2),
        ("a-year", yearly, 3),
        ("a-year", two_yearly, 2),
        ("days-a-year", yearly, 3),
        ("days-a-year", two_yearly, 2),
    ]
    assert [one.case for one in found.select("a-year")] == ["yearly", "two-yearly"]
    assert one_of(found, "days-to-next", "inspection", "yearly").mean == 366
    assert one_of(found, "days-to-next", "inspection", "two-yearly").mean == 731
    assert one_of(found, "a-year", "inspection", "two-yearly").mean == approx(YEAR / 1461)
    held = one_of(found, "days-a-year", "inadequate", "two-yearly")
    assert held.mean == approx(721 * YEAR / 1461)
    last = found.select("next")[-1]
    assert (last.first, last.last, last.mean) == (date(2023, 4, 1), date(2023, 6, 30), 1)
    assert last.case == "two-yearly"


def test_what_lies_beyond_the_horizon_has_no_figure() -> None:
    found = tiny(TINY + TWO_YEARLY, years=1, replications=4).summary()
    assert found.select("next") == ()
    for reading in ("yearly", "two-yearly"):
        days = one_of(found, "days-to-next", "inspection", reading)
        assert (days.mean, days.error) == (None, None)
        assert days.quantiles == tuple(Quantile(share, None, None, None) for share in SHARES)
        assert one_of(found, "a-year", "inspection", reading).mean == 0
        assert one_of(found, "days-a-year", "inadequate", reading).mean == 0
    # A day more than a year, for the one of the two readings.
    later = date(2021, 4, 2)
    found = simulate(
        read_framework(TINY + TWO_YEARLY), start=later, years=2, replications=4, seed=1,
        behaviour=IN_TURNS,
    ).summary()  # fmt: skip
    assert one_of(found, "days-to-next", "inspection", "yearly").mean == 366
    assert one_of(found, "days-to-next", "inspection", "two-yearly").mean is None


def test_a_status_that_holds_on_the_day_of_asking() -> None:
    """Inadequate until the next report: 97 days from 1 January to 7 April 2025.

    The next inspection is on Tuesday 1 April 2025, told five working days later, on 8 April.
    """
    history = record(full("a", "2024-04-01", "2024-04-01", "2024-04-08", grades(private=I)))
    outlook = tiny(years=1, history=history, as_of=date(2024, 12, 31))
    found = outlook.summary()
    assert one_of(found, "days-to-next", "inspection").mean == 91
    assert one_of(found, "days-a-year", "inadequate").mean == approx(97 * YEAR / 365)
    assert [(str(one.first), one.mean) for one in found.select("next")] == [
        ("2025-01-01", 0),
        ("2025-04-01", 1),
    ]


def test_a_status_begins_with_the_report_and_not_with_the_inspection() -> None:
    """The report of 1 April 2022 comes 300 working days later, after 31 March 2023."""
    slow = IN_TURNS.replace("lag", weights={300: 1})
    outlook = tiny(years=2, behaviour=slow)
    (event,) = outlook.history(0).events
    assert str(event.start) == "2022-04-01"
    assert event.published is not None
    assert event.published.lo > outlook.horizon.toordinal()
    assert one_of(outlook.summary(), "days-a-year", "inadequate").mean == 0
    assert one_of(outlook.summary(), "a-year", "inspection").mean == approx(YEAR / 730)


def test_visits_are_counted_with_their_own_kind() -> None:
    """Two in each of three stretches; none before the first inspection."""
    found = tiny(TINY + VISITS, replications=10).summary()
    assert one_of(found, "a-year", "focused-visit").mean == approx(6 * YEAR / 1461)
    assert one_of(found, "a-year", "inspection").mean == approx(3 * YEAR / 1461)
    # Between 2 April 2022 and 31 March 2023, the first in the first half.
    for one in one_of(found, "days-to-next", "focused-visit").quantiles:
        assert one.value is not None
        assert 367 <= one.value <= 549


def test_columns() -> None:
    found = tiny(TINY + TWO_YEARLY, years=1, replications=2).summary()
    columns = found.to_columns()
    assert list(columns) == [
        "what", "of", "readings", "first", "last", "replications", "mean", "error",
        "10%", "10% low", "10% high", "25%", "25% low", "25% high", "50%", "50% low", "50% high",
        "75%", "75% low", "75% high", "90%", "90% low", "90% high",
    ]  # fmt: skip
    assert columns["what"] == [
        "days-to-next", "days-to-next", "a-year", "a-year", "days-a-year", "days-a-year",
    ]  # fmt: skip
    assert columns["of"] == ["inspection"] * 4 + ["inadequate"] * 2
    assert columns["readings"] == ["rhythm=yearly", "rhythm=two-yearly"] * 3
    assert columns["replications"] == [1] * 6
    assert columns["mean"] == [None, None, 0, 0, 0, 0]
    assert columns["error"] == [None] * 6
    assert columns["50% high"] == [None, None, 0, 0, 0, 0]
    assert columns["first"] == [None] * 6
    some = tiny(replications=2).summary().to_columns()
    assert some["first"][:2] == [date(2021, 4, 1), date(2021, 7, 1)]
    assert some["25%"] == [None] * 5 + [366, approx(3 * YEAR / 1461), approx(726 * YEAR / 1461)]


def test_select() -> None:
    found = tiny(TINY + VISITS).summary()
    assert found.select() == found.measures
    assert {one.of for one in found.select("a-year")} == {"inspection", "focused-visit"}
    assert {one.what for one in found.select(of="inadequate")} == {"days-a-year"}
    assert [one.of for one in found.select("a-year", "inspection")] == ["inspection"]
    assert found.select("a-year", "inadequate") == ()


# --- A recount ------------------------------------------------------------------------------------


def is_inadequate(event: of.Event, reading: str) -> bool:
    areas = {one.area: one.grade for one in event.judgements or ()}
    if reading == "overall":
        return areas.get("overall-effectiveness") == I
    return I in areas.values()


@pytest.mark.parametrize("start", ["record", "bare"])
def test_a_recount_of_the_histories(start: str) -> None:
    """Shares, means and days, counted from the histories once more."""
    years, number = 7, 288
    if start == "record":
        outlook = simulate(
            CAFCASS_2021, of.sample("cafcass"), as_of=NOW, years=years, replications=number, seed=3
        )
    else:
        outlook = simulate(CAFCASS_2021, years=years, replications=number, seed=3)
    first, end = outlook.as_of.toordinal() + 1, outlook.horizon.toordinal() + 1
    histories = [outlook.history(index) for index in range(number)]
    readings = [outlook.readings(index) for index in range(number)]
    found = outlook.summary()
    assert {one.what for one in found.measures} == {
        "next", "days-to-next", "a-year", "days-a-year",
    }  # fmt: skip
    for one in found.measures:
        some = [
            history
            for history, chosen in zip(histories, readings, strict=True)
            if all(chosen[id] == name for id, name in one.readings)
        ]
        assert len(some) == one.replications
        days = [
            sorted(event.start.lo for event in history.of_type(one.of) if event.start.lo >= first)
            for history in some
        ]
        if one.what == "next":
            assert one.first is not None
            assert one.last is not None
            low, high = one.first.toordinal(), one.last.toordinal()
            share = sum(low <= each[0] <= high for each in days if each) / len(some)
            assert one.mean == approx(share)
            assert one.error == approx(sqrt(share * (1 - share) / len(some)))
            continue
        if one.what == "days-to-next":
            values = [each[0] - first + 1 if each else inf for each in days]
        elif one.what == "a-year":
            values = [len(each) * YEAR / (end - first) for each in days]
        else:
            (reading,) = [name for id, name in one.readings if id == "judged-inadequate"]
            values = []
            for history in some:
                told = [
                    (min(max(event.published.hi, first), end), is_inadequate(event, reading))
                    for event in history.of_type("inspection")
                    if event.published is not None and event.judgements is not None
                ]
                ends = [*(day for day, _ in told[1:]), end]
                held = sum(
                    (after - day) * holds for (day, holds), after in zip(told, ends, strict=True)
                )
                values.append(held * YEAR / (end - first))
        values.sort()
        if values[-1] == inf:
            assert one.mean is None
        else:
            mean = sum(values) / len(values)
            assert one.mean == approx(mean)
            spread = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
            assert one.error == pytest.approx(sqrt(spread / len(values)), rel=1e-9)
        for quantile in one.quantiles:
            value = inf if quantile.value is None else quantile.value
            assert sum(each <= value for each in values) >= quantile.share * len(values) - 1e-9
            assert sum(each < value for each in values) <= quantile.share * len(values) + 1e-9
            low_end = inf if quantile.low is None else quantile.low
            high_end = inf if quantile.high is None else quantile.high
            assert low_end <= value <= high_end


def test_quarters_go_from_the_first_day_to_the_last_that_any_is_in() -> None:
    outlook = simulate(
        CAFCASS_2021, of.sample("cafcass"), as_of=NOW, years=10, replications=288, seed=3
    )
    for activity in ("inspection", "self-evaluation", "focused-visit"):
        cases: dict[Any, list[Measure]] = {}
        for one in outlook.summary().select("next", activity):
            cases.setdefault(one.readings, []).append(one)
        for some in cases.values():
            assert some[0].first == date(2026, 10, 1)
            for before, after in pairwise(some):
                assert before.last is not None
                assert after.first is not None
                assert (after.first - before.last).days == 1
            assert some[-1].mean
            assert sum(one.mean or 0 for one in some) == approx(1)


# --- Which readings have a say --------------------------------------------------------------------

OPEN = {
    "full-inspection": ("fixed-window", "anniversary"),
    "self-evaluation": ("financial-year", "calendar-year", "twelve-months"),
    "engagement-meeting": ("financial-year", "calendar-year", "twelve-months"),
    "focused-visits": ("at-least-once", "once-or-twice"),
    "judged-inadequate": ("any-area", "overall"),
}
SAY = {
    "inspection": {"full-inspection"},
    "self-evaluation": {"self-evaluation", "engagement-meeting"},
    "engagement-meeting": {"self-evaluation", "engagement-meeting"},
    "focused-visit": {"full-inspection", "focused-visits"},
    "monitoring-visit": {"full-inspection", "judged-inadequate"},
}


@pytest.mark.parametrize("activity", SAY)
def test_the_readings_that_split_a_figure(activity: str) -> None:
    outlook = simulate(CAFCASS_2021, years=4, replications=144, seed=1)
    assert influences(outlook.scenario, activity) & set(OPEN) == SAY[activity]
    cases = 1
    for id in SAY[activity]:
        cases *= len(OPEN[id])
    for what in ("days-to-next", "a-year"):
        found = outlook.summary().select(what, activity)
        assert len(found) == cases
        for one in found:
            assert {id for id, _ in one.readings} == SAY[activity]
            assert one.replications == 144 / cases
    # In the order of the framework, and of the readings in it.
    (first, *_, last) = outlook.summary().select("a-year", activity)
    assert first.readings == tuple((id, OPEN[id][0]) for id in OPEN if id in SAY[activity])
    assert last.readings == tuple((id, OPEN[id][-1]) for id in OPEN if id in SAY[activity])


def test_the_readings_that_split_the_days_of_a_status() -> None:
    outlook = simulate(CAFCASS_2021, years=4, replications=144, seed=1)
    found = outlook.summary().select("days-a-year", "judged-inadequate")
    assert [tuple(name for _, name in one.readings) for one in found] == [
        ("fixed-window", "any-area"),
        ("fixed-window", "overall"),
        ("anniversary", "any-area"),
        ("anniversary", "overall"),
    ]
    assert [one.replications for one in found] == [36] * 4
    assert found[1].mean == found[3].mean == 0


INADEQUATE = record(
    full("a", "2024-01-22", "2024-02-16", "2024-04-03", grades(private=I, public=I, leaders=I))
)


# One or two visits are drawn either way.
MOVES: dict[str, set[str]] = {
    "full-inspection": {"inspection", "focused-visit"},
    "self-evaluation": {"self-evaluation"},
    "engagement-meeting": {"engagement-meeting"},
    "focused-visits": set(),
    "judged-inadequate": {"monitoring-visit"},
}


class TestReadingsWithoutASay:
    """A reading that has no say in an activity does not move a day of it."""

    @pytest.mark.parametrize("history", [None, of.sample("cafcass"), INADEQUATE])
    @pytest.mark.parametrize("provision", OPEN)
    def test_of_cafcass(self, provision: str, history: of.History | None) -> None:
        moved: set[str] = set()
        for case in range(3):
            framework = CAFCASS_2021
            for id, names in OPEN.items():
                if id != provision:
                    framework = framework.choose(id, reading=names[case % len(names)])
            found = []
            for name in OPEN[provision]:
                outlook = simulate(
                    framework.choose(provision, reading=name), history,
                    as_of=None if history is None else NOW, years=9, replications=10, seed=case,
                )  # fmt: skip
                found.append(
                    [
                        {
                            activity: [one.start for one in outlook.replication(index).events()
                                       if one.type == activity]
                            for activity in SAY
                        }
                        for index in range(10)
                    ]
                )  # fmt: skip
            for other in found[1:]:
                for some, those in zip(found[0], other, strict=True):
                    moved |= {activity for activity in SAY if some[activity] != those[activity]}
        assert MOVES[provision] <= moved
        assert moved <= {activity for activity in SAY if provision in SAY[activity]}

    def test_edge_of_local_authorities_two_readings_are_open(self) -> None:
        settled = (
            of.framework("ilacs-2018")
            .choose("engagement-meeting", reading="twelve-months")
            .choose("judged-inadequate", reading="leaders")
        )
        outlook = simulate(settled, start=date(2026, 4, 1), years=9, replications=10, seed=1)
        assert all(one.readings == () for one in outlook.summary().measures)
        assert {one.of for one in outlook.summary().select("a-year")} >= {
            "inspection", "action-plan",
        }  # fmt: skip

    def test_edge_what_is_owed_before_an_activity_has_a_say_in_it(self) -> None:
        """Where readings differ in the visits that must come first, room is left for them."""
        once = VISITS.replace('id = "visits"', 'id = "visits"\nreading = "twice"')
        never = once.replace('"twice"', '"never"').replace("at_least = 2", "at_least = 0")
        outlook = tiny(TINY + once + never)
        assert influences(outlook.scenario, "inspection") == {"rhythm", "visits"}
        assert influences(tiny(TINY + VISITS).scenario, "inspection") == {"rhythm"}

    def test_non_property_a_record_does_not_settle_a_reading(self) -> None:
        outlook = simulate(
            CAFCASS_2021, record(provider=CAFCASS), as_of=NOW, years=1, replications=72, seed=1
        )
        assert len(outlook.summary().select("a-year", "inspection")) == 2
