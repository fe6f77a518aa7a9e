"""Models of grades: a number that areas share, and a true quality that drifts and is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import ofsted_framework as of
from helpers import day
from ofsted_framework import Framework
from ofsted_framework.errors import OfstedFrameworkError
from ofsted_framework.simulation import Assumption, Behaviour, Outlook, read_behaviour, simulate
from ofsted_framework.simulation.bits import Numbers, Stream
from ofsted_framework.simulation.results import influences
from simulated import (
    CAFCASS_2021,
    EVEN_AUTHORITY,
    EVEN_CAFCASS,
    GRADED,
    ILACS_2018,
    INADEQUATE,
    NOTHING,
    every,
    inspected,
    own,
    row,
    since,
    visits,
)
from test_arrays import frameworks, same

QUALITY = read_behaviour("true-quality")
MONITORED = row(
    "between", "monitoring", activities=["monitoring-visit"], bounds=["inspection"], at_least=1,
    while_="inadequate",
)  # fmt: skip
FOUR = {"outstanding": 1, "good": 1, "requires-improvement": 1, "inadequate": 1}


def quality(behaviour: Behaviour = NOTHING, **weights: dict[str, int]) -> Behaviour:
    """A behaviour with assumptions put in; `drift_inadequate` is drift, given inadequate."""
    for name, some in weights.items():
        what, _, given = name.partition("__")
        of_ = "focused-visit" if what == "priority_action" else "*"
        behaviour = behaviour.replace(
            what.replace("_", "-"), of_, given=given.replace("_", "-") or None, weights=some
        )
    return behaviour


# --- Both forms are the same ----------------------------------------------------------------------

SHARED = {"own": 1, "shared": 2}
BEHAVIOURS: dict[str, Callable[[Behaviour], Behaviour]] = {
    "as it ships": lambda one: one.joined(QUALITY),
    "moves with a number that areas share": lambda one: quality(one, shared=SHARED),
    "all areas alike": lambda one: quality(one, shared={"shared": 1}),
    "what is seen shared, and what drifts too": lambda one: quality(
        one.joined(QUALITY), shared=SHARED
    ),
    "a pull to a middle level": lambda one: quality(
        one.joined(QUALITY), middle_level={"8": 1}, drift__above_middle={"down": 3, "stay": 2},
        drift__below_middle={"up": 3, "stay": 2}, drift_months={"1": 1},
    ),
    "only the pull, and only when not good": lambda one: quality(
        quality(one, levels=FOUR), middle_level={"2": 1}, drift__below_middle={"up": 1, "stay": 8},
        drift__good={"down": 1, "stay": 1}, drift_months={"1": 1}, seen={"-3": 1, "2": 4},
    ),
    "visits change everything, for as long as is said": lambda one: quality(
        one.joined(QUALITY), priority_action={"new": 1, "carried-over": 1, "none": 1},
        drift={"down": 1}, drift__monitoring={"up": 1}, drift__priority_action={"stay": 1},
        drift_lasts={"5": 1}, drift_months={"2": 1},
    ),
    "one area alone": lambda one: one.replace("levels", "impact-of-leaders", weights=FOUR).replace(
        "drift", "impact-of-leaders", weights={"down": 2, "up": 1}
    ),
    "everything may go wrong": lambda one: quality(
        one.joined(QUALITY), late={"yes": 1, "no": 1}, skipped={"yes": 1, "no": 2},
        unpublished={"yes": 1, "no": 2}, too_few={"yes": 1, "no": 2}, begins={"any-day": 1},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_both_forms_from_a_bare_start(name: str) -> None:
    make = BEHAVIOURS[name]
    assert same(CAFCASS_2021, behaviour=make(EVEN_CAFCASS), count=12) > 200
    assert same(ILACS_2018, start=day("2026-03-31"), behaviour=make(EVEN_AUTHORITY), years=9,
                count=10) > 100  # fmt: skip


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_both_forms_from_a_record(name: str) -> None:
    make = BEHAVIOURS[name]
    for now in ("2024-03-01", "2026-11-23"):
        same(CAFCASS_2021, of.sample("cafcass"), as_of=day(now), behaviour=make(EVEN_CAFCASS),
             years=6, count=9)  # fmt: skip
    same(ILACS_2018, of.sample("sefton"), as_of=day("2023-04-03"), behaviour=make(EVEN_AUTHORITY),
         years=6, count=9)  # fmt: skip


OWN: dict[str, Callable[[], Framework]] = {
    "monitoring in a rhythm of months": lambda: own(
        GRADED, INADEQUATE, inspected(every(9)), MONITORED, visits(1, 3)
    ),
    "two kinds that share a ceiling": lambda: own(
        GRADED, INADEQUATE, inspected(since(30, 6, 6)), MONITORED, visits(0, 2),
        row("between", "all", activities=["focused-visit", "monitoring-visit"],
            bounds=["inspection"], at_least=1, at_most=3, opening="framework-start"),
    ),
    "visits that begin later": lambda: own(
        GRADED, inspected(every(24)), visits(1, 2, effective_from=date(2025, 3, 1)),
        start=date(2021, 4, 1),
    ),
    "visits in a rhythm of their own, and between them": lambda: own(
        GRADED, INADEQUATE, inspected(every(24)), MONITORED,
        row("cadence", "yearly", activity="focused-visit", opening="framework-start", **every(12)),
        row("between", "after-visits", activities=["joint-targeted-area-inspection"],
            bounds=["focused-visit", "inspection"], at_least=1),
    ),
    "three grades": lambda: own(
        row("graded", "grades", activities=["inspection"], areas=["practice"], scale="three"),
        row("graded", "leaders", activities=["inspection"], areas=["leaders"], scale="four"),
        inspected(every(12)), visits(1),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_both_forms_of_frameworks_of_the_users(name: str) -> None:
    base = NOTHING if name == "three grades" else EVEN_CAFCASS
    for make in BEHAVIOURS.values():
        same(OWN[name](), start=date(2024, 1, 1), behaviour=make(base), years=7, count=10)


@st.composite
def models(draw: st.DrawFn) -> Behaviour:
    few = st.integers(0, 4)
    grades = st.dictionaries(st.sampled_from(tuple(FOUR)), few, min_size=2)
    levels = draw(grades.filter(lambda one: sum(one.values()) >= 2))
    size = sum(levels.values())
    made = quality(EVEN_CAFCASS, levels=levels, drift_months={str(draw(st.integers(1, 7))): 1})
    for case in ("", "__inadequate", "__monitoring", "__priority_action", "__above_middle"):
        moves = st.tuples(few, few, few).filter(any)
        if draw(st.booleans()):
            drift = dict(zip(("down", "stay", "up"), draw(moves), strict=True))
            made = quality(made, **{f"drift{case}": drift})
    if draw(st.booleans()):
        made = quality(made, middle_level={str(draw(st.integers(1, size))): 1})
    if draw(st.booleans()):
        offs = st.dictionaries(st.integers(-3, 3).map(str), few, min_size=1)
        made = quality(made, seen=draw(offs.filter(lambda one: any(one.values()))))
    if draw(st.booleans()):
        made = quality(made, shared=SHARED, priority_action={"new": 1, "none": 1})
    if draw(st.booleans()):
        made = quality(made, drift_lasts={str(draw(st.integers(1, 30))): 1})
    return made


class TestWhatever:
    """Whatever the framework and the model of grades, both forms make the same."""

    @settings(
        max_examples=25, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow]
    )
    @given(framework=frameworks(), behaviour=models())
    def test_it(self, framework: Framework, behaviour: Behaviour) -> None:
        same(framework, behaviour=behaviour, years=6, count=8)


# --- What it does, by hand ------------------------------------------------------------------------

GRADES = ("inadequate", "requires-improvement", "good", "outstanding")


def asked(
    behaviour: Behaviour, *rows: str, years: int = 3, count: int = 1, **given: Any
) -> Outlook:
    framework = own(GRADED, *rows)
    return simulate(framework, years=years, seed=5, replications=count, behaviour=behaviour,
                    **{"start": date(2024, 1, 1), **given})  # fmt: skip


def events(outlook: Outlook, kind: str, index: int = 0) -> list[Any]:
    return [one for one in outlook.replication(index).events() if one.type == kind]


def test_steps_are_so_many_months_after_the_day_of_asking() -> None:
    for months, wanted in ((3, [1, 4, 7, 10]), (5, [6, 11]), (12, [])):
        made = asked(quality(levels=FOUR, drift_months={str(months): 1}), inspected(every(12)))
        found = [date.fromordinal(day) for day in made.scenario.steps]
        first_year = [day for day in found if day < date(2025, 1, 1)]
        wanted_days = [date(2024, month, 1) for month in wanted if month > 1]
        assert first_year == wanted_days
        assert len(found) == {3: 11, 5: 7, 12: 2}[months]


def test_quality_goes_down_one_level_a_step_and_stops_at_the_worst() -> None:
    behaviour = quality(levels=FOUR, drift={"down": 1}, drift_months={"6": 1}, start_level={"4": 1})
    made = asked(behaviour, inspected(every(12))).replication(0)
    assert made.path("practice") == [4, 3, 2, 1, 1, 1]
    behaviour = quality(behaviour, drift={"up": 1}, start_level={"2": 1})
    assert asked(behaviour, inspected(every(12))).replication(0).path("leaders") == [
        2,
        3,
        4,
        4,
        4,
        4,
    ]


def test_an_inspection_sees_the_level_of_its_first_day_and_gives_its_grade() -> None:
    """Two levels for good and three for inadequate; none for the others but one for outstanding."""
    levels = {"outstanding": 1, "good": 2, "requires-improvement": 0, "inadequate": 3}
    behaviour = quality(levels=levels, drift={"up": 1}, drift_months={"3": 1}, start_level={"1": 1})
    outlook = asked(behaviour, inspected(every(3)), years=2)
    for one in events(outlook, "inspection"):
        months = (
            (date.fromordinal(one.start).year - 2024) * 12 + date.fromordinal(one.start).month - 1
        )
        level = min(1 + months // 3, 6)
        grade = {1: "inadequate", 2: "inadequate", 3: "inadequate", 4: "good", 5: "good"}
        assert one.grades["practice"] == grade.get(level, "outstanding"), (months, level)
    off = quality(behaviour, seen={"-2": 1}, start_level={"6": 1})
    assert {one.grades["practice"] for one in events(asked(off, inspected(every(3))), "inspection")
            } == {"good"}  # fmt: skip


def test_an_inadequate_judgement_changes_the_drift_from_its_publication_on() -> None:
    behaviour = quality(
        levels=FOUR, start_level={"1": 1}, drift={"down": 1}, drift__inadequate={"up": 1},
        drift_months={"1": 1}, lag={"60": 1},
    )  # fmt: skip
    made = asked(behaviour, inspected(every(36))).replication(0)
    one = made.inspections[0]
    assert one.published is not None
    before = sum(day < one.published for day in made.scenario.steps)
    path = made.path("leaders")
    assert path[: before + 1] == [1] * (before + 1)
    assert path[before + 1 : before + 6] == [2, 3, 4, 4, 4]


def test_monitoring_changes_the_drift_until_the_next_inspection_or_as_long_as_is_said() -> None:
    behaviour = quality(
        EVEN_CAFCASS, levels=FOUR, start_level={"1": 1}, seen={"-3": 1}, drift={"stay": 1},
        drift__monitoring={"up": 1}, drift_months={"1": 1}, spacing={"100": 1},
    )  # fmt: skip
    rows = INADEQUATE, inspected(every(24)), MONITORED
    for lasts in (None, 2):
        if lasts is not None:
            behaviour = quality(behaviour, drift_lasts={str(lasts): 1})
        outlook = asked(behaviour, *rows, years=6)
        made, steps = outlook.replication(0), outlook.scenario.steps
        visit = events(outlook, "monitoring-visit")[0]
        after = [step for step in steps if step >= visit.start]
        path, at = made.path("practice"), len(steps) - len(after)
        assert path[at] == 1
        grown = [path[at + number] for number in range(1, 5)]
        assert grown == ([2, 3, 4, 4] if lasts is None else [2, 3, 3, 3]), lasts


def test_a_letter_with_areas_for_priority_action_changes_the_drift_for_a_time() -> None:
    behaviour = quality(
        EVEN_CAFCASS, levels=FOUR, start_level={"1": 1}, drift={"stay": 1}, drift_months={"1": 1},
        drift__priority_action={"up": 1}, drift_lasts={"2": 1}, priority_action={"new": 1},
    )  # fmt: skip
    rows = inspected(every(36)), visits(1, 1)
    outlook = asked(behaviour, *rows, years=6)
    made, steps = outlook.replication(0), outlook.scenario.steps
    visit = events(outlook, "focused-visit")[0]
    at = sum(step < visit.start for step in steps)
    assert made.path("leaders")[at : at + 5] == [1, 2, 3, 3, 3]
    never = quality(behaviour, priority_action={"none": 1})
    assert set(asked(never, *rows).replication(0).path("leaders")) == {1}


def test_a_pull_to_a_middle_level() -> None:
    behaviour = quality(
        levels={"outstanding": 4, "inadequate": 4}, start_level={"8": 1}, middle_level={"5": 1},
        drift={"down": 1}, drift__above_middle={"down": 1}, drift__below_middle={"up": 1},
    )  # fmt: skip
    made = asked(behaviour, inspected(every(12)), years=2).replication(0)
    assert made.path("practice") == [8, 7, 6, 5, 4, 5, 4, 5]


def test_the_start_is_drawn_given_the_last_grade() -> None:
    """Outstanding has levels 10 to 12; numbers stand in word 0 of slot 0 of the area's stream."""
    outlook = simulate(
        CAFCASS_2021, of.sample("cafcass"), as_of=day("2026-11-23"), years=1, seed=77,
        replications=20, behaviour=EVEN_CAFCASS.joined(QUALITY),
    )  # fmt: skip
    for index in range(20):
        number = Numbers(Stream(77, "quality/private-law-practice", 0), index)(0, 0)
        level = 10 if number < 2**32 // 3 else 11 if number < 2 * 2**32 // 3 else 12
        assert outlook.replication(index).path("private-law-practice")[0] == level
    # Before the report of 2024 was out, the grade of 2018 was the last: good.
    outlook = simulate(
        CAFCASS_2021, of.sample("cafcass"), as_of=day("2024-03-01"), years=1, seed=77,
        replications=20, behaviour=EVEN_CAFCASS.joined(QUALITY),
    )  # fmt: skip
    for index in range(20):
        made = outlook.replication(index)
        assert made.path("private-law-practice")[0] in (7, 8, 9)
        number = Numbers(Stream(77, "quality/private-law-practice", 0), index)(0, 1)
        moved = made.path("private-law-practice")[1] - made.path("private-law-practice")[0]
        assert moved == (-1 if number < 4 * 2**32 // 21 else 0 if number < 16 * 2**32 // 21 else 1)


def test_areas_that_share_a_number_move_alike() -> None:
    behaviour = quality(EVEN_CAFCASS, shared={"shared": 1})
    outlook = asked(behaviour, inspected(every(12)), count=30, years=6)
    for index in range(30):
        for one in events(outlook, "inspection", index):
            assert one.grades["practice"] == one.grades["leaders"]


def test_never_to_share_keeps_every_history() -> None:
    for framework, behaviour in ((CAFCASS_2021, EVEN_CAFCASS), (ILACS_2018, EVEN_AUTHORITY)):
        one, other = (
            simulate(framework, start=date(2026, 4, 1), years=9, seed=6, replications=5,
                     behaviour=each)
            for each in (behaviour, quality(behaviour, shared={"own": 1}))
        )  # fmt: skip
        for index in range(5):
            assert one.history(index) == other.history(index)


@pytest.mark.parametrize("framework", [CAFCASS_2021, of.framework("cafcass-2013")])
def test_days_do_not_turn_on_quality_where_nothing_turns_on_grades(framework: Framework) -> None:
    """Inspections and visits come when they came; only grades and what follows them differ."""
    given: dict[str, Any] = {"start": framework.start.latest, "years": 7, "seed": 6}
    one, other = (
        simulate(framework, replications=8, behaviour=each, **given)
        for each in (EVEN_CAFCASS, EVEN_CAFCASS.joined(QUALITY))
    )
    for index in range(8):
        pair = [
            [(e.type, e.start, e.end, e.published) for e in each.replication(index).events()
             if e.type != "monitoring-visit"]
            for each in (one, other)
        ]  # fmt: skip
        assert pair[0] == pair[1]


# --- What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"what": "levels", "weights": {"good": 1}}, "is not a number of levels from 2 to 100"),
        ({"what": "levels", "weights": {"good": 90, "inadequate": 11}}, "from 2 to 100"),
        ({"what": "drift", "weights": {"sideways": 1}}, "is no outcome of drift"),
        ({"what": "drift", "given": "god", "weights": {"up": 1}},
         "is nothing that drift is said of"),
        ({"what": "seen", "weights": {"-0": 1}}, "is not a number of levels up"),
        ({"what": "seen", "weights": {"+1": 1}}, "is not a number of levels up"),
        ({"what": "start-level", "weights": {"0": 1}}, "is not a number from 1 on"),
        ({"what": "drift-months", "of": "inspection", "weights": {"3": 1}},
         "is said of everything at once"),
        ({"what": "drift-months", "weights": {"3": 1, "4": 1}}, "are not one outcome"),
        ({"what": "drift-lasts", "of": "visit", "weights": {"3": 1}}, "is no kind of event"),
        ({"what": "middle-level", "given": "good", "weights": {"3": 1}}, "is said of every case"),
    ],
)  # fmt: skip
def test_assumptions_that_say_nothing(given: dict[str, Any], wanted: str) -> None:
    with pytest.raises(OfstedFrameworkError, match=wanted):
        Assumption(basis="assumed", **given)


def test_levels_that_there_are_not() -> None:
    behaviour = quality(levels=FOUR, start_level={"5": 1}, middle_level={"9": 1})
    with pytest.raises(OfstedFrameworkError) as caught:
        asked(behaviour, inspected(every(12)))
    told = str(caught.value)
    assert "behaviour/start-level: '5' is no level of practice, which has 4" in told
    assert "behaviour/middle-level: '9' is no level of leaders, which has 4" in told
    behaviour = NOTHING.replace("levels", "practice", weights={"satisfactory": 2})
    with pytest.raises(OfstedFrameworkError, match="of practice is not on the scale four"):
        asked(behaviour, inspected(every(12)))


def test_levels_of_other_grades_are_dealt_out_evenly() -> None:
    graded = row("graded", "grades", activities=["inspection"], areas=["practice"], scale="three")
    behaviour = quality(levels=FOUR, drift={"up": 1}, drift_months={"12": 1}, start_level={"1": 1})
    outlook = simulate(own(graded, inspected(every(12))), start=date(2024, 4, 1), years=4, seed=5,
                       replications=1, behaviour=behaviour)  # fmt: skip
    lattice = outlook.scenario.lattices["practice"]
    assert lattice.grades("three") == ("inadequate", "inadequate", "good", "outstanding")
    assert any("dealt out evenly" in (one.says or "") for one in outlook.assumptions)


def test_a_behaviour_that_another_is_put_into() -> None:
    made = read_behaviour("cafcass").joined(QUALITY)
    assert made.id == "cafcass+true-quality"
    assert {one.key for one in made.assumptions} == {
        one.key for both in (read_behaviour("cafcass"), QUALITY) for one in both.assumptions
    }
    assert QUALITY.joined(quality(drift={"up": 1})).find("drift").weights == {"up": 1}  # type: ignore[union-attr]
    assert all(str(one.basis) == "assumed" for one in QUALITY.assumptions)


def test_every_shipped_value_of_true_quality_is_told() -> None:
    outlook = simulate(CAFCASS_2021, years=12, seed=1, replications=300,
                       behaviour=read_behaviour("cafcass").joined(QUALITY))  # fmt: skip
    told = {one.part for one in outlook.assumptions}
    for one in QUALITY.assumptions:
        if one.what != "notices":  # which only a question asks about
            assert one.in_words() in told
    assert any("True quality is never on record" in (g.says or "") for g in outlook.assumptions)


def test_a_visit_changes_the_drift_up_to_the_day_before_so_many_months_are_over() -> None:
    behaviour = quality(levels=FOUR, drift__monitoring={"up": 1}, drift_lasts={"2": 1})
    scenario = asked(behaviour, INADEQUATE, inspected(every(24)), MONITORED).scenario
    visit_day = date(2024, 3, 15).toordinal()
    until = scenario.changes_until("monitoring-visit", visit_day)
    assert until == date(2024, 5, 14).toordinal()
    endless = quality(levels=FOUR, drift__monitoring={"up": 1})
    scenario = asked(endless, INADEQUATE, inspected(every(24)), MONITORED).scenario
    assert scenario.changes_until("monitoring-visit", visit_day) is None


def test_readings_of_visits_have_a_say_where_visits_change_the_drift() -> None:
    """Letters change the drift, that the grades, and those bring monitoring and its days."""
    for behaviour, more in ((EVEN_CAFCASS, set[str]()), (EVEN_CAFCASS.joined(QUALITY),
                                                          {"focused-visits"})):  # fmt: skip
        outlook = simulate(CAFCASS_2021, years=2, seed=1, replications=1, behaviour=behaviour)
        found = influences(outlook.scenario, "monitoring-visit")
        assert found & {"focused-visits"} == more
        days = outlook.summary().select("days-a-year", "judged-inadequate")
        assert {id for id, _ in days[0].readings} == {"full-inspection", "judged-inadequate"} | more
