"""The array form against the plain one, which is the specification: draw for draw the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ofsted_framework as of
from helpers import AUTHORITY, CAFCASS, authority, day, full, record, visit
from ofsted_framework import Event, Framework, History, Inspection
from ofsted_framework.grades import Grade
from ofsted_framework.simulation import Behaviour, Outlook, read_behaviour, simulate
from ofsted_framework.simulation.arrays import Block, Engine, UnsupportedError, on_arrays
from ofsted_framework.simulation.arrays.lookups import Choice, Choices, Shares, Words, picked
from ofsted_framework.simulation.behaviour import Table
from ofsted_framework.simulation.bits import BLOCK, Numbers, Stream, pick
from ofsted_framework.simulation.plain import Replication
from ofsted_framework.simulation.running import one_by_one
from ofsted_framework.simulation.scenario import (
    TABLE_FIRST,
    TABLE_LAST,
    Scenario,
    Span,
    weighed,
)  # fmt: skip
from simulated import (
    CAFCASS_2021,
    EVEN_AUTHORITY,
    EVEN_CAFCASS,
    GOOD,
    GRADED,
    ILACS_2018,
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
from test_misbehaviour import FRAMEWORK as MISBEHAVED
from test_misbehaviour import WAYS, misbehaving
from test_simulation_conforms import HELD, OWN, READINGS, RECORDS, VALUES

Rows = list[tuple[Any, ...]]


def in_arrays(block: Block) -> dict[int, Rows]:
    """Every event of each replication of a block, in order."""
    found: dict[int, Rows] = {at: [] for at in range(block.size)}
    for kind, columns in block.made.items():
        for one in columns:
            for place, (at, start) in enumerate(zip(one.at.tolist(), one.start.tolist(),
                                                    strict=True)):  # fmt: skip
                if start > block.scenario.horizon:
                    continue
                grades = {
                    area: str(tuple(Grade)[some[place]])
                    for area, some in one.grades.items() if some[place] >= 0
                }  # fmt: skip
                number = int(one.kind[place])
                found[at].append((
                    start, kind, one.place, int(one.end[place]),
                    int(one.published[place]) or None,
                    None if number < 0 else block.engine.kinds[number],
                    tuple(sorted(grades.items())) if one.out[place] else None,
                ))  # fmt: skip
    return {at: sorted(rows, key=lambda one: one[:3]) for at, rows in found.items()}


def in_plain(replication: Replication) -> Rows:
    return [
        (
            one.start, one.type, one.place, one.end, one.published, one.kind,
            None if one.grades is None
            else tuple(sorted((area, str(grade)) for area, grade in one.grades.items())),
        )
        for one in replication.events()
    ]  # fmt: skip


def same(
    framework: Framework,
    history: History | None = None,
    *,
    count: int = 36,
    years: int = 12,
    block: int = 0,
    **given: Any,
) -> int:
    """See that both forms give the same events and the same figures; how many events there are."""

    def asked() -> Outlook:
        return simulate(framework, history, years=years, seed=150, replications=1, **given)

    one, other = asked().scenario, asked().scenario
    found = Block(Engine(one), block, count)
    made = in_arrays(found)
    events = 0
    for at in range(count):
        replication = Replication(other, block * BLOCK + at)
        wanted = in_plain(replication)
        assert made[at] == wanted, (framework.id, at)
        events += len(wanted)
        for area in other.lattices:
            assert found.levels[area][:, at].tolist() == replication.path(area), (area, at)
    if block == 0:
        one, other = asked().scenario, asked().scenario
        assert on_arrays(one, range(count)).summary() == one_by_one(other, range(count)).summary()
        # What an outlook says that it assumes does not depend on the form.
        assert (one.used.keys(), one.spoken) == (other.used.keys(), other.spoken)
        assert one.notes == other.notes
    return events


# --- Every framework, record, reading and value ---------------------------------------------------


@pytest.mark.parametrize("framework", of.frameworks(), ids=lambda one: one.id)
def test_every_framework_from_a_bare_start(framework: Framework) -> None:
    same(framework, years=5)


@pytest.mark.parametrize("start", ["2022-12-12", "2023-01-01", "2026-03-31", "2026-04-01"])
def test_an_authority_across_a_change_of_its_framework(start: str) -> None:
    assert same(ILACS_2018, start=day(start), years=9) > 500


def test_through_the_pause_and_into_the_end_of_a_framework() -> None:
    assert same(ILACS_2018, start=date(2018, 2, 1), years=10) > 500
    assert same(of.framework("cafcass-2013"), start=date(2014, 1, 1), years=20) > 50
    same(of.framework("sif-2013"), start=date(2014, 1, 1), years=6)


@pytest.mark.parametrize("now", ["2021-06-30", "2024-02-05", "2024-03-01", "2026-11-23"])
def test_cafcass_from_its_record(now: str) -> None:
    assert same(CAFCASS_2021, of.sample("cafcass"), as_of=day(now)) > 500


@pytest.mark.parametrize("name", ["leeds", "sefton", "south-tyneside", "stockton-on-tees"])
def test_authorities_from_their_records(name: str) -> None:
    assert same(ILACS_2018, of.sample(name), as_of=day("2023-04-03")) > 500
    assert same(ILACS_2018, of.sample(name), as_of=day("2026-11-23")) > 500


@pytest.mark.parametrize("name", RECORDS)
def test_records_of_every_shape(name: str) -> None:
    now, events = RECORDS[name]
    same(ILACS_2018, History(AUTHORITY, events, coverage=HELD), as_of=day(now))


@pytest.mark.parametrize("name", VALUES)
def test_other_values_with_every_grade_common(name: str) -> None:
    framework, behaviour = VALUES[name]()
    same(framework, behaviour=behaviour)


@pytest.mark.parametrize(("id", "reading"), READINGS)
def test_every_reading(id: str, reading: str) -> None:
    same(CAFCASS_2021.choose(id, reading=reading), behaviour=EVEN_CAFCASS)


@pytest.mark.parametrize("name", OWN)
def test_frameworks_of_the_users(name: str) -> None:
    framework = OWN[name]()
    for behaviour in (NOTHING, EVEN_CAFCASS):
        same(framework, behaviour=behaviour, years=14)


def test_a_scale_of_three_grades() -> None:
    graded = row("graded", "grades", activities=["inspection"], areas=["practice", "leaders"],
                 scale="three")  # fmt: skip
    framework = own(graded, inspected(since(24, 3, 3)), visits(1, 2))
    same(framework, behaviour=NOTHING)
    same(framework, behaviour=evenly(NOTHING, THREE))
    # What is assumed of every area lacks no grade here; of one that has four it does.
    same(framework, behaviour=read_behaviour("cafcass"))


def test_later_blocks() -> None:
    assert same(ILACS_2018, block=3, count=12) > 100
    assert same(CAFCASS_2021, of.sample("cafcass"), as_of=day("2026-11-23"), block=1) > 500


def test_two_provisions_on_what_lies_between_share_a_ceiling() -> None:
    """Joint inspections count with the visits of one provision, and not with those of another."""

    def between(id: str, activities: list[str], least: int, most: int) -> str:
        return row("between", id, activities=activities, bounds=["inspection"], at_least=least,
                   at_most=most, opening="framework-start")  # fmt: skip

    joint = ["joint-targeted-area-inspection", "focused-visit"]
    framework = own(
        GRADED, inspected(every(48)), between("monitoring", ["monitoring-visit"], 0, 4),
        between("both", joint, 1, 3), between("visits", ["focused-visit"], 0, 5),
        between("all", ["focused-visit", "monitoring-visit"], 0, 4),
    )  # fmt: skip
    behaviour = EVEN_AUTHORITY.replace("spacing", weights={"90": 1, "300": 2}).replace(
        "visit", weights={"focused-visit": 1, "joint-targeted-area-inspection": 2}
    )
    assert same(framework, behaviour=behaviour, years=16, count=80) > 500
    numbered = EVEN_CAFCASS.replace("number", weights={"0": 1, "2": 1, "5": 1})
    assert same(framework, behaviour=numbered, years=16, count=80) > 500


def test_a_kind_after_grades_that_are_not_known() -> None:
    for judgements in (None, ()):
        one = authority("i-1", "2023-09-04", judgements, published="2023-10-30", end="2023-09-15")
        history = History(AUTHORITY, [one], coverage=HELD)
        same(ILACS_2018, history, as_of=day("2025-11-23"), behaviour=EVEN_AUTHORITY)
    route = row("route", "kind", while_="good", kind="full", otherwise="short")
    framework = own(GRADED, GOOD, inspected(since(24, 6, 6)), route)
    before = Inspection(id="i-1", start="2023-09-04", end="2023-09-15", published="2023-10-30")
    history = History(CAFCASS, [before])
    assert same(framework, history, as_of=day("2025-01-01"), behaviour=EVEN_CAFCASS) > 100


def test_a_late_report_is_late_for_the_deadline_that_counts() -> None:
    def report(id: str, **fields: Any) -> str:
        return row("response", id, after=["inspection"], gives="published", **fields)

    framework = own(
        GRADED, inspected(every(24)), report("soon", working_days=5, late_counts=True),
        report("strict", working_days=40), report("later", months=3),
    )  # fmt: skip
    behaviour = EVEN_CAFCASS.replace("late-report", weights={"yes": 1, "no": 1})
    assert same(framework, behaviour=behaviour, years=20) > 100


# --- Misbehaviour ---------------------------------------------------------------------------------

SHIPPED = [("cafcass", CAFCASS_2021), ("local-authority", ILACS_2018)]


@pytest.mark.parametrize(("what", "of_"), WAYS)
@pytest.mark.parametrize("weights", [{"yes": 1, "no": 0}, {"yes": 1, "no": 1}, {"yes": 0, "no": 1}])
def test_one_way_always_half_the_time_and_never(
    what: str, of_: str, weights: dict[str, int]
) -> None:
    same(MISBEHAVED, behaviour=misbehaving(what, of_, weights), count=16)


@pytest.mark.parametrize(("name", "framework"), SHIPPED)
def test_all_ways_at_once(name: str, framework: Framework) -> None:
    behaviour = evenly(read_behaviour(name))
    half = {"yes": 1, "no": 1}
    for what in ("late", "skipped", "too-few", "too-many", "late-report", "unpublished",
                 "incomplete"):  # fmt: skip
        behaviour = behaviour.replace(what, weights=half)
    behaviour = behaviour.replace("priority-action", weights={"new": 1, "none": 1})
    behaviour = behaviour.replace("begins", weights={"working-day": 1})
    same(framework, behaviour=behaviour, count=60)
    record = of.sample("cafcass" if name == "cafcass" else "sefton")
    same(framework, record, as_of=day("2024-03-01"), behaviour=behaviour, count=60)


# --- Intervals ------------------------------------------------------------------------------------


def apart() -> Behaviour:
    """Some intervals and times between visits, of which some are over in a record."""
    behaviour = EVEN_CAFCASS.replace(
        "interval", weights={"300": 0, "800": 2, "1100": 3, "1700": 1}
    ).replace("spacing", given="inspection", weights={"90": 0, "400": 2, "900": 1})
    for lead in ("focused-visit", "monitoring-visit"):
        behaviour = behaviour.replace("spacing", lead, given=lead, weights={"60": 0, "500": 1})
    return behaviour


@pytest.mark.parametrize("skipped", [0, 1])
@pytest.mark.parametrize("now", ["2024-11-23", "2026-11-23", "2031-01-06"])
def test_intervals_in_every_reading(now: str, skipped: int) -> None:
    """Some readings count from the last inspection, others do not; turns may be passed over."""
    behaviour = apart().replace("skipped", weights={"yes": skipped, "no": 2})
    assert same(CAFCASS_2021, of.sample("cafcass"), as_of=day(now), behaviour=behaviour) > 100
    assert same(ILACS_2018, of.sample("sefton"), as_of=day(now), behaviour=behaviour) > 100


@pytest.mark.parametrize("visited", [False, True])
@pytest.mark.parametrize("until", ["2022-03-31", "2025-05-31", None])
@pytest.mark.parametrize("begins", ["monday", "any-day"])
def test_intervals_across_a_pause(until: str | None, begins: str, visited: bool) -> None:
    """The clock stops while inspections and visits are suspended, before and after the day."""
    ends = {} if until is None else {"effective_to": until}
    pause = row("suspension", "pause", activities=["inspection", "focused-visit"],
                effective_from="2021-12-01", **ends)  # fmt: skip
    framework = own(GRADED, inspected(since(30, 6, 6)), visits(0, 5), pause)
    some: list[Event] = [full("f", "2021-06-07", "2021-06-18", "2021-07-26", None)]
    if visited:
        some.append(visit("v", "2021-10-04", None, None))
    behaviour = apart().replace("begins", weights={begins: 1})
    for now in ("2021-11-01", "2022-06-01", "2024-03-01"):
        same(framework, History(CAFCASS, some), as_of=day(now), behaviour=behaviour)


def test_visits_that_are_not_told_apart_come_at_once_where_their_days_are_over() -> None:
    """A visit comes 90 days after a report, or on the first day where these are over."""
    framework = own(inspected(since(36, 6, 6)), visits(0, 1))
    last = full("f", "2021-06-01", "2021-06-11", "2021-07-01", None)
    behaviour = NOTHING.replace("spacing", weights={"89": 0, "90": 1})
    for now, wanted in (("2021-09-14", "2021-09-29"), ("2021-10-01", "2021-10-02")):
        outlook = simulate(framework, History(CAFCASS, [last], coverage="complete"),
                           as_of=day(now), years=1, seed=1, replications=1,
                           behaviour=behaviour)  # fmt: skip
        starts = [one.start for one in outlook.replication(0).events()
                  if one.type == "focused-visit"]  # fmt: skip
        assert starts == [day(wanted).toordinal()]


# --- Columns --------------------------------------------------------------------------------------

QUESTIONS: dict[str, Callable[[], Outlook]] = {
    "bare": lambda: simulate(CAFCASS_2021, years=4, seed=2, replications=40),
    "a record": lambda: simulate(
        ILACS_2018, of.sample("sefton"), as_of=day("2025-07-20"), years=5, seed=2, replications=40
    ),
    "nothing": lambda: simulate(of.framework("mcsi-2001"), years=2, seed=2, replications=3),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_columns_are_those_of_the_plain_form(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outlook = QUESTIONS[name]()
    made = outlook.to_columns()
    frame, other, table = outlook.to_pandas(), outlook.to_polars(), outlook.to_arrow()
    monkeypatch.setattr(Outlook, "_arrays", lambda _: None)
    plain = outlook.to_columns()
    assert list(made) == list(plain)
    assert made == plain
    assert other.columns == table.column_names == list(frame.columns) == list(plain)
    assert other.to_dict(as_series=False) == plain
    assert table.to_pydict() == plain
    for column, wanted in plain.items():
        found = [None if value != value or value is None else value for value in frame[column]]
        if column in ("start", "end", "published"):
            found = [None if str(v) in ("NaT", "None") else v.date() for v in frame[column]]
        assert found == wanted, column
    assert outlook.to_arrow().to_pydict() == plain
    assert len(outlook.to_polars()) == len(outlook.to_pandas()) == len(plain["type"])


# --- Frameworks and behaviour that nobody thought of ----------------------------------------------

MONTHS = st.integers(1, 40)
RHYTHMS = st.one_of(
    MONTHS.map(every),
    st.tuples(MONTHS, st.integers(0, 6), st.integers(0, 9)).map(
        lambda one: since(one[0], min(one[1], one[0] - 1), one[2])
    ),
)
FROM = st.sampled_from(["2026-11-01", "2027-01-01", "2025-06/2026-03"])


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    rows = [GRADED, inspected(draw(RHYTHMS))]
    least = draw(st.integers(0, 3))
    rows.append(visits(least, draw(st.sampled_from([None, least, least + 2]))))
    if draw(st.booleans()):
        opening = draw(st.sampled_from(["framework-start", "none"]))
        rows.append(row("cadence", "meetings", activity="engagement-meeting", opening=opening,
                        **draw(RHYTHMS)))  # fmt: skip
    if draw(st.booleans()):
        rows.append(row("suspension", "pause", activities=["inspection", "focused-visit"],
                        effective_from=draw(FROM), effective_to="2028-02-28"))  # fmt: skip
    if draw(st.booleans()):
        rows.append(row("response", "report", after=["inspection"], gives="published",
                        counted_from="end", working_days=draw(st.integers(0, 60))))  # fmt: skip
    if draw(st.booleans()):
        rows.append(row("response", "plan", after=["inspection"], gives="action-plan",
                        counted_from="published", months=draw(st.integers(0, 7))))  # fmt: skip
    return own(*rows)


FOLLOWS = st.sampled_from(["inspection", "focused-visit"])


@st.composite
def behaviours(draw: st.DrawFn) -> Behaviour:
    behaviour = draw(st.sampled_from([NOTHING, EVEN_CAFCASS, EVEN_AUTHORITY]))
    parts = draw(st.lists(st.integers(0, 9), min_size=1, max_size=7).filter(any))
    behaviour = behaviour.replace(
        "timing", weights={str(n + 1): weight for n, weight in enumerate(parts)}
    )
    for what in ("late", "skipped", "too-few", "too-many", "late-report", "unpublished"):
        if draw(st.booleans()):
            yes = draw(st.integers(0, 5))
            behaviour = behaviour.replace(what, weights={"yes": yes, "no": 5 - min(yes, 4)})
    if draw(st.booleans()):
        behaviour = behaviour.replace("begins", weights={draw(
            st.sampled_from(["monday", "working-day", "any-day"])): 1})  # fmt: skip
    if draw(st.booleans()):
        behaviour = behaviour.replace("spacing", weights={"30": 1, "200": 3, "900": 2})
    if draw(st.booleans()):
        behaviour = behaviour.replace(
            "spacing", given=draw(FOLLOWS), weights={"40": 1, "300": draw(st.integers(0, 4))}
        )
    if draw(st.booleans()):
        behaviour = behaviour.replace(
            "interval", weights={"100": draw(st.integers(0, 1)), "700": 2, "1600": 1}
        )
    if draw(st.booleans()):
        behaviour = behaviour.replace("late-by", weights={"5": 1, "60": 2, "400": 1})
    if draw(st.booleans()):
        behaviour = behaviour.replace(
            "lag", weights={str(n): n % 4 for n in range(10, 10 + draw(st.integers(2, 30)))}
        )
    return behaviour


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(framework=frameworks(), behaviour=behaviours(), years=st.sampled_from([0, 1, 7]))
def test_whatever_the_framework_and_the_behaviour(
    framework: Framework, behaviour: Behaviour, years: int
) -> None:
    same(framework, behaviour=behaviour, years=years, count=12)


# --- Numbers and outcomes -------------------------------------------------------------------------


@settings(max_examples=50)
@given(
    seed=st.integers(0, 2**70), block=st.integers(0, 2**20), slot=st.integers(0, 2**26),
    word=st.integers(0, 4095), at=st.integers(0, BLOCK - 1),
)  # fmt: skip
def test_words_are_those_of_the_contract(
    seed: int, block: int, slot: int, word: int, at: int
) -> None:
    words = Words(seed, block)
    numbers = Numbers(Stream(seed, "inspection", block), block * BLOCK + at)
    assert int(words("inspection", slot, word)[at]) == numbers(slot, word)
    # A stream can be gone through in any order.
    assert int(words("inspection", 0, 0)[at]) == numbers(0, 0)


@pytest.mark.parametrize("places", [[0], [8191, 8192], [5, 4, 16383], [*range(0, 16384, 1000)]])
def test_some_words_are_those_of_all(places: list[int]) -> None:
    words, slot, word = Words(7, 3, 2), 2, 72
    expected = [
        Numbers(Stream(7, "inspection", 3 + at // BLOCK), 3 * BLOCK + at)(slot, word)
        for at in places
    ]
    assert words.some("inspection", slot, word, np.array(places)).tolist() == expected
    # A few that were drawn one by one leave what comes after in its place.
    assert words("inspection", slot, word)[places].tolist() == expected
    assert words("inspection", slot, word + 1)[places].tolist() == [
        Numbers(Stream(7, "inspection", 3 + at // BLOCK), 3 * BLOCK + at)(slot, word + 1)
        for at in places
    ]


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("grid", ["monday", "working-day", "any-day"])
def test_days_are_moved_as_in_the_plain_form(grid: str, back: bool) -> None:
    """Days inside the table of a question, before and after it, and beyond every calendar."""
    question = simulate(ILACS_2018, start=date(2026, 4, 1), years=1, seed=1, replications=1)
    engine, scenario = Engine(question.scenario), question.scenario
    first, last = scenario.first, scenario.horizon
    ends = (TABLE_FIRST, first - 1500, first, last, last + 4000, TABLE_LAST)
    days = [end + step for end in ends for step in range(-20, 21)]
    expected = [(scenario.before if back else scenario.after)(grid, day) for day in days]
    moved = engine.before if back else engine.after
    assert moved(grid, np.array(days)).tolist() == expected
    assert [int(moved(grid, np.array([day]))[0]) for day in days] == expected


WEIGHTS = st.lists(st.integers(0, 1000), min_size=1, max_size=40).filter(any)
DRAWS = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=30)


@given(weights=WEIGHTS, draws=DRAWS)
def test_outcomes_are_those_of_the_table(weights: list[int], draws: list[int]) -> None:
    table = Table(dict(enumerate(weights)))
    choice = Choice.of(table)
    near = [min(max(bound + step, 0), 2**32 - 1) for bound in table.bounds for step in (-1, 0, 1)]
    numbers = [*draws, *near, 0, 2**32 - 1]
    found = choice.numbers(np.array(numbers, np.int64)).tolist()
    assert found == [table.choose(number) for number in numbers]
    first = table.outcomes[0]
    told = choice.says(first, np.array(numbers, np.int64)).tolist()
    assert told == [table.choose(number) == first for number in numbers]


@given(
    parts=st.lists(st.tuples(st.integers(1, 60), st.integers(1, 999)), min_size=1, max_size=6),
    draws=DRAWS,
)
def test_bands_are_those_of_the_plain_form(parts: list[tuple[int, int]], draws: list[int]) -> None:
    made, last = [], 0
    for length, weight in parts:
        made.append((last + 1, last + length, weight))
        last += length
    total = sum(weight for _, weight in parts)
    choice = Choice.of_parts(made, total)
    near = [min(max(int(bound) + step, 0), 2**32 - 1) for bound in choice.bounds
            for step in (-1, 0, 1)]  # fmt: skip
    numbers = [*draws, *near, 0, 2**32 - 1]
    found = choice.numbers(np.array(numbers, np.int64)).tolist()
    assert found == [pick(number, made, total) for number in numbers]


# --- Extremes, and the way in ---------------------------------------------------------------------


@pytest.mark.parametrize("years", [0, 1, 203])
@pytest.mark.parametrize("replications", [1, 199, 200, 201])
def test_extremes(years: int, replications: int) -> None:
    if years > 1 and replications > 1:
        replications = 8
    outlook = simulate(ILACS_2018, start=date(2026, 1, 1), years=years, seed=3,
                       replications=replications)  # fmt: skip
    other = one_by_one(outlook.scenario, range(replications)).summary()
    assert outlook.summary() == other
    for measure in outlook.summary().measures:
        assert measure.mean is None or measure.mean == measure.mean


def test_two_hundred_years_on_arrays() -> None:
    assert same(ILACS_2018, start=date(2026, 1, 1), years=203, count=2) > 500
    assert same(CAFCASS_2021, start=date(2026, 1, 1), years=203, count=2) > 500


@pytest.mark.parametrize("framework", [ILACS_2018, CAFCASS_2021], ids=lambda one: one.id)
@pytest.mark.parametrize("yes", [0, 1])
def test_days_at_the_extremes_lie_within_the_tables(framework: Framework, yes: int) -> None:
    """Everything is certain, or never happens; no time at all, and up to the last year."""
    behaviour = read_behaviour(
        "cafcass" if framework is CAFCASS_2021 else "local-authority"
    ).replace("priority-action", weights={"new": yes, "none": 1 - yes})
    for what in ("late", "skipped", "too-few", "too-many", "late-report", "unpublished",
                 "incomplete"):  # fmt: skip
        behaviour = behaviour.replace(what, weights={"yes": yes, "no": 1 - yes})
    begun = date(2026, 1, 1)
    assert same(framework, start=begun, years=0, count=3, behaviour=behaviour) == 0
    same(framework, start=begun, years=203, count=2, behaviour=behaviour)
    last = date(2230, 12, 31).toordinal()
    outlook = simulate(framework, start=begun, years=203, seed=8, replications=1,
                       behaviour=behaviour)  # fmt: skip
    for one in in_plain(outlook.replication(0)):
        days = [one[0], one[3], *([one[4]] if one[4] is not None else [])]
        assert begun.toordinal() <= min(days) <= max(days) <= last, one


def test_simulate_uses_arrays_and_gives_what_the_plain_form_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import ofsted_framework.simulation.arrays as home

    asked: list[int] = []
    whole = home.on_arrays

    def watched(scenario: Scenario, some: range, *rest: Any) -> Any:
        asked.append(len(some))
        return whole(scenario, some, *rest)

    monkeypatch.setattr(home, "on_arrays", watched)
    given: dict[str, Any] = {"years": 6, "seed": 9}
    made = simulate(CAFCASS_2021, **given, replications=300)
    assert asked == [300]
    monkeypatch.setitem(__import__("sys").modules, "ofsted_framework.simulation.arrays", None)
    plain = simulate(CAFCASS_2021, **given, replications=300)
    assert asked == [300]
    assert made.summary() == plain.summary()
    assert made.assumptions == plain.assumptions


def test_what_needs_larger_numbers_is_left_to_the_plain_form() -> None:
    weights = {str(n): 900_000 if n == 1 else 0 for n in (1, 2)}
    behaviour = NOTHING.replace("timing", weights=weights)
    framework = own(GRADED, inspected(every(120)))
    with pytest.raises(UnsupportedError):
        same(framework, behaviour=behaviour)
    outlook = simulate(framework, years=20, seed=1, replications=250, behaviour=behaviour)
    assert outlook.summary().measures


def test_more_than_can_be_shared_out_is_left_to_the_plain_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two visits in up to four years would be too much for numbers of about ten bits."""
    monkeypatch.setattr(Engine, "limit", 1000)
    for least in (1, 2):
        framework = own(GRADED, inspected(every(24)), visits(least))
        scenario = simulate(framework, years=0, seed=1, replications=1, behaviour=NOTHING).scenario
        if least == 2:
            with pytest.raises(UnsupportedError):
                Block(Engine(scenario), 0, 9)
        else:
            assert Block(Engine(scenario), 0, 9).made["focused-visit"]


def test_progress() -> None:
    done: list[tuple[int, int]] = []
    simulate(CAFCASS_2021, years=1, seed=1, replications=BLOCK + 10,
             progress=lambda *some: done.append(some))  # fmt: skip
    assert done == [(BLOCK, BLOCK + 10), (BLOCK + 10, BLOCK + 10)]


def test_ten_years_are_the_first_of_twenty() -> None:
    def rows(years: int) -> dict[int, Rows]:
        outlook = simulate(ILACS_2018, start=date(2024, 1, 1), years=years, seed=5, replications=1)
        return in_arrays(Block(Engine(outlook.scenario), 0, 40))

    last = date(2033, 6, 30).toordinal()
    short, long = rows(10), rows(20)
    for at in range(40):
        early = [one[:2] for one in long[at] if one[0] <= last]
        assert [one[:2] for one in short[at] if one[0] <= last] == early


# --- Many alike, and tables -----------------------------------------------------------------------


def test_windows_that_are_the_same_for_all() -> None:
    """So many replications that days of a window are looked up in a table."""
    settled = CAFCASS_2021
    for id, reading in (
        ("full-inspection", "fixed-window"), ("self-evaluation", "financial-year"),
        ("engagement-meeting", "calendar-year"), ("focused-visits", "once-or-twice"),
        ("judged-inadequate", "any-area"),
    ):  # fmt: skip
        settled = settled.choose(id, reading=reading)
    assert same(settled, count=90) > 2000
    parts = {str(n): n % 3 for n in range(1, 9)}
    behaviour = EVEN_CAFCASS.replace("timing", weights=parts).replace(
        "least-gap", "engagement-meeting", weights={"400": 1}
    )
    assert same(settled, count=90, behaviour=behaviour) > 2000
    half = behaviour.replace("late", weights={"yes": 1, "no": 3}).replace(
        "skipped", "self-evaluation", weights={"yes": 1, "no": 3}
    )
    assert same(settled, count=90, behaviour=half) > 1500
    rarely = behaviour.replace("late", weights={"yes": 1, "no": 400})
    assert same(settled, count=90, behaviour=rarely) > 1500


def test_stretches_that_begin_on_one_day() -> None:
    """Of two bounds on one day the second finds the visits of the first."""
    framework = own(
        GRADED, inspected(every(2)),
        row("cadence", "meetings", activity="engagement-meeting", opening="framework-start",
            **every(2)),
        visits(1, 2, bounds=["inspection", "engagement-meeting"]),
    )  # fmt: skip
    behaviour = EVEN_CAFCASS.replace("begins", weights={"monday": 1})
    assert same(framework, behaviour=behaviour, count=70, years=4) > 5000


def test_visits_on_record_count_in_the_stretch_that_runs_alone() -> None:
    """What is left of a window leaves room for as many visits as are still owed."""
    framework = own(GRADED, inspected(since(1, 0, 3)), visits(5, 6))
    events = [
        full("i-1", "2026-09-07", "2026-09-11", "2026-10-05"), visit("v-1", "2026-09-21"),
        visit("v-2", "2026-10-12"),
    ]  # fmt: skip
    assert same(framework, record(*events), as_of=day("2026-10-13"), behaviour=NOTHING,
                count=70, years=4) > 2000  # fmt: skip


def test_more_visits_on_record_than_are_owed_take_no_room() -> None:
    """An inspection follows fieldwork that still runs, however many visits there were before it."""
    framework = own(
        GRADED, inspected(since(1, 0, 3)), visits(1, 9, reading="one"),
        visits(2, 9, reading="two"),
    )  # fmt: skip
    events = [
        full("i-1", "2026-09-07", "2026-12-18"),
        *(visit(f"v-{month}", f"2026-{month}-05") for month in (10, 11)),
        visit("v-20", "2026-11-20"), visit("v-25", "2026-11-25"),
    ]  # fmt: skip
    history = record(*events)
    assert same(framework, history, as_of=day("2026-12-01"), behaviour=NOTHING, count=70,
                years=2) > 500  # fmt: skip
    outlook = simulate(framework, history, as_of=day("2026-12-01"), behaviour=NOTHING, years=1,
                       seed=150, replications=70)  # fmt: skip
    nexts = [outlook.history(at).of_type("inspection")[1].start.lo for at in range(70)]
    assert min(nexts) >= date(2026, 12, 18).toordinal()


def test_meetings_wait_for_what_they_refer_to() -> None:
    """The first self-evaluation may come years after the first meeting would."""
    framework = own(
        row("cadence", "self-evaluation", activity="self-evaluation", opening="framework-start",
            **every(60)),
        row("cadence", "meetings", activity="engagement-meeting", opening="framework-start",
            **every(12)),
        row("contents", "about", activity="engagement-meeting", field="reviews",
            refers_to="self-evaluation"),
    )  # fmt: skip
    assert same(framework, behaviour=NOTHING, count=90) > 500
    late = NOTHING.replace("late", "self-evaluation", weights={"yes": 1})
    assert same(framework, behaviour=late, count=90) > 500


@pytest.mark.parametrize("begins", ["monday", "working-day", "any-day"])
def test_alike_on_every_grid_and_across_a_pause(begins: str) -> None:
    pause = row("suspension", "pause", activities=["engagement-meeting", "focused-visit"],
                effective_from="2024-02-01", effective_to="2025-05-31")  # fmt: skip
    framework = own(
        GRADED, inspected(since(30, 6, 6)), visits(1, 3), pause,
        row("cadence", "meetings", activity="engagement-meeting", opening="framework-start",
            **every(3)),
    )  # fmt: skip
    behaviour = EVEN_CAFCASS.replace("begins", weights={begins: 1})
    for some in (behaviour, NOTHING.replace("begins", weights={begins: 1})):
        assert same(framework, behaviour=some, count=80) > 1000


def test_blocks_together_are_the_blocks_alone() -> None:
    given: dict[str, Any] = {"start": date(2024, 1, 1), "years": 5, "seed": 4}
    scenario = simulate(ILACS_2018, **given, replications=1).scenario
    engine = Engine(scenario)
    both = in_arrays(Block(engine, 1, BLOCK + 30))
    other = in_arrays(Block(engine, 2, 30))
    assert [both[BLOCK + at] for at in range(30)] == [other[at] for at in range(30)]
    for at in (0, 5, BLOCK - 1, BLOCK, BLOCK + 29):
        assert both[at] == in_plain(Replication(scenario, BLOCK + at))
    tallies = [on_arrays(scenario, range(n * BLOCK)).summary() for n in (8,)]
    kept: dict[str, Engine] = {}
    whole = on_arrays(scenario, range(BLOCK), kept=kept)
    for n in range(1, 8):
        part = on_arrays(scenario, range(n * BLOCK, (n + 1) * BLOCK), kept=kept)
        whole.update(part.counted)
    assert whole.summary() == tallies[0]


def test_a_table_that_is_gone_leaves_its_id_to_no_other() -> None:
    """Weights of a window that is running are a table of the moment."""
    engine = Engine(simulate(CAFCASS_2021, years=1, seed=1, replications=1).scenario)
    for yes in range(1, 200):
        assert engine.choice(Table({"yes": yes, "no": 7})).bounds[0] == (yes << 32) // (yes + 7)


@given(
    weights=WEIGHTS,
    windows=st.lists(
        st.tuples(st.integers(1, 900), st.integers(0, 40), st.integers(0, 2**32 - 1)), min_size=1
    ),
)
def test_days_of_windows_of_any_length(
    weights: list[int], windows: list[tuple[int, int, int]]
) -> None:
    first = np.array([739_000 + at for at in range(len(windows))])
    last = first + np.array([length for length, _, _ in windows]) - 1
    lo = np.minimum(first + np.array([cut for _, cut, _ in windows]), last)
    numbers = np.array([number for _, _, number in windows], np.uint32)
    wanted = []
    for one, end, begin, number in zip(
        first.tolist(), last.tolist(), lo.tolist(), numbers.tolist(), strict=True
    ):
        parts = weighed(Span(one, end, one, end, ""), weights, [(begin, end)])
        total = sum(weight for _, _, weight in parts)
        wanted.append(pick(number, parts, total) if parts else 0)
    assert picked(first, last, weights, [(lo, last)], numbers).tolist() == wanted
    found = Shares(weights)(first, last, lo, numbers)
    assert found is None or found.tolist() == wanted


@given(tables=st.lists(WEIGHTS, min_size=1, max_size=6), draws=DRAWS)
def test_each_draw_from_a_choice_of_its_own(tables: list[list[int]], draws: list[int]) -> None:
    choices, made = Choices(), [Table(dict(enumerate(weights))) for weights in tables]
    for table in made:
        choices.add(table.outcomes, table.bounds)
    which = np.arange(len(draws)) % len(made)
    found = choices(which, np.array(draws, np.uint32)).tolist()
    assert found == [made[at].choose(number) for at, number in zip(which, draws, strict=True)]


def test_windows_far_from_the_first_day() -> None:
    """Turns that are passed over for a hundred years, and visits long after the horizon."""
    framework = own(GRADED, inspected(since(500, 3, 3)), visits(3, 9))
    behaviour = EVEN_CAFCASS.replace("skipped", "inspection", weights={"yes": 9, "no": 1}).replace(
        "spacing", weights={"4000": 1, "9000": 1}
    )
    same(framework, behaviour=behaviour, years=6, count=40)
