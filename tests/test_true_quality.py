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
from ofsted_framework import Framework, History
from ofsted_framework.errors import OfstedFrameworkError
from ofsted_framework.simulation import Assumption, Behaviour, Outlook, read_behaviour, simulate
from ofsted_framework.simulation.bits import Numbers, Stream
from simulated import (
    CAFCASS_2021,
    EVEN_AUTHORITY,
    EVEN_CAFCASS,
    GRADED,
    ILACS_2018,
    INADEQUATE,
    NOTHING,
    THREE,
    evenly,
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
        behaviour = behaviour.replace(
            what.replace("_", "-"), given=given.replace("_", "-") or None, weights=some
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
    assert same(CAFCASS_2021, behaviour=make(EVEN_CAFCASS), count=24) > 400
    assert same(ILACS_2018, start=day("2026-03-31"), behaviour=make(EVEN_AUTHORITY), years=9,
                count=20) > 200  # fmt: skip


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_both_forms_from_a_record(name: str) -> None:
    make = BEHAVIOURS[name]
    for now in ("2024-02-05", "2024-03-01", "2026-11-23"):
        same(CAFCASS_2021, of.sample("cafcass"), as_of=day(now), behaviour=make(EVEN_CAFCASS),
             years=8, count=16)  # fmt: skip
    same(ILACS_2018, of.sample("sefton"), as_of=day("2023-04-03"), behaviour=make(EVEN_AUTHORITY),
         years=8, count=16)  # fmt: skip


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

    @settings(max_examples=25, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(framework=frameworks(), behaviour=models())
    def test_it(self, framework: Framework, behaviour: Behaviour) -> None:
        same(framework, behaviour=behaviour, years=6, count=8)
