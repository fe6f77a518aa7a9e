"""Shares that come out of many replications, against exact ones: each within four errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import sqrt

import pytest

import ofsted_framework as of
from helpers import full, record
from ofsted_framework.simulation import Outlook, read_behaviour, simulate
from ofsted_framework.simulation.running import replications
from ofsted_framework.simulation.scenario import Made

GRADES = ("outstanding", "good", "requires-improvement", "inadequate")
# From each grade to outstanding, good, requires improvement and inadequate.
OVERALL = ((21, 3, 1, 0), (24, 27, 6, 5), (2, 25, 14, 8), (0, 10, 9, 2))
LEADERS = ((27, 7, 1, 1), (25, 22, 13, 2), (8, 20, 13, 8), (4, 11, 5, 1))
HELP = ((12, 2, 1, 0), (15, 35, 12, 2), (2, 37, 22, 10), (0, 7, 10, 1))
FIRST = (71, 127, 80, 35)
Row = Sequence[Fraction]


def shares(counts: Iterable[int]) -> Row:
    some = list(counts)
    return [Fraction(one, sum(some)) for one in some]


def later(begin: Row, moves: Sequence[Sequence[int]], steps: int) -> Row:
    """The exact shares of the four grades after so many moves."""
    for _ in range(steps):
        begin = [
            sum((begin[i] * shares(moves[i])[j] for i in range(4)), Fraction(0)) for j in range(4)
        ]
    return begin


def assert_share(found: int, number: int, wanted: Fraction) -> None:
    """A count among so many is what was to be expected, within four standard errors."""
    assert number > 100
    share = float(wanted)
    error = sqrt(share * (1 - share) / number)
    assert abs(found / number - share) <= 4 * error, (found, number, share, error)


def test_moves_worked_out_by_hand() -> None:
    """From outstanding: 21/25, 3/25, 1/25; then 21/25 × 21/25 + 3/25 × 24/62 + 1/25 × 2/49."""
    start = [Fraction(1), Fraction(0), Fraction(0), Fraction(0)]
    assert later(start, OVERALL, 1) == [Fraction(21, 25), Fraction(3, 25), Fraction(1, 25), 0]
    twice = later(start, OVERALL, 2)
    assert twice[0] == Fraction(441, 625) + Fraction(36, 775) + Fraction(2, 1225)
    assert sum(twice) == 1


# --- Grades ---------------------------------------------------------------------------------------


@cache
def cafcass(start: str) -> Outlook:
    framework = of.framework("cafcass-2021")
    if start == "record":
        return simulate(
            framework, of.sample("cafcass"), as_of=date(2026, 11, 23), years=15, replications=2000,
            seed=11,
        )  # fmt: skip
    return simulate(framework, years=15, replications=2000, seed=11)


@cache
def inspections(start: str) -> list[list[Made]]:
    outlook = cafcass(start)
    return [
        [one for one in outlook.replication(index).events() if one.type == "inspection"]
        for index in range(len(outlook))
    ]


@pytest.mark.parametrize("turn", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("area", "moves"),
    [
        ("private-law-practice", OVERALL),
        ("public-law-practice", OVERALL),
        ("impact-of-leaders", LEADERS),
    ],
)
@pytest.mark.parametrize("start", ["record", "bare"])
def test_grades_of_cafcass(
    start: str, area: str, moves: Sequence[Sequence[int]], turn: int
) -> None:
    """From outstanding in January 2024, or from the grades that all first inspections give."""
    if start == "record":
        wanted = later([Fraction(1), Fraction(0), Fraction(0), Fraction(0)], moves, turn)
    else:
        wanted = later(shares(FIRST), moves, turn - 1)
    found = [
        str((some[turn - 1].grades or {})[area]) for some in inspections(start) if len(some) >= turn
    ]
    assert len(found) > 800
    for grade, share in zip(GRADES, wanted, strict=True):
        assert_share(found.count(grade), len(found), share)


def test_areas_are_drawn_apart() -> None:
    """Both law practices outstanding once more: 21/25 × 21/25."""
    found = [some[0].grades or {} for some in inspections("record") if some]
    both = sum(
        one["private-law-practice"] == one["public-law-practice"] == "outstanding" for one in found
    )
    assert_share(both, len(found), Fraction(441, 625))


# --- Local authorities ----------------------------------------------------------------------------


@cache
def authority(start: str) -> list[list[Made]]:
    """The events of 1,200 replications."""
    outlook = simulate(
        of.framework("ilacs-2018"), start=date.fromisoformat(start), years=16, replications=1200,
        seed=12,
    )  # fmt: skip
    return [outlook.replication(index).events() for index in range(1200)]


def pairs(start: str) -> list[tuple[Made, Made]]:
    """Each inspection with the one after it."""
    return [
        pair
        for events in authority(start)
        for pair in pairwise(one for one in events if one.type == "inspection")
    ]


@pytest.mark.parametrize("start", ["2021-07-01", "2026-04-01"])
@pytest.mark.parametrize(
    ("area", "moves"),
    [
        ("impact-of-leaders", LEADERS),
        ("help-and-protection", HELP),
        ("in-care", OVERALL),
        ("care-leavers", OVERALL),
    ],
)
@pytest.mark.parametrize("before", GRADES)
def test_moves_of_local_authorities(
    start: str, area: str, moves: Sequence[Sequence[int]], before: str
) -> None:
    found = [
        str((two.grades or {})[area])
        for one, two in pairs(start)
        if (one.grades or {}).get(area) == before
    ]
    for grade, share in zip(GRADES, shares(moves[GRADES.index(before)]), strict=True):
        assert_share(found.count(grade), len(found), share)


@pytest.mark.parametrize("area", ["in-care", "care-leavers"])
def test_areas_that_one_area_stood_for(area: str) -> None:
    """Children in care and care leavers together, until 2022: each goes on from that grade."""
    found = [
        str((two.grades or {})[area])
        for one, two in pairs("2021-07-01")
        if (one.grades or {}).get("in-care-and-care-leavers") == "good" and two.grades
        and area in two.grades
    ]  # fmt: skip
    for grade, share in zip(GRADES, shares(OVERALL[1]), strict=True):
        assert_share(found.count(grade), len(found), share)


def is_good(one: Made, day: int) -> bool:
    """What sends to a short inspection, by the rule of the day of the next."""
    grades = {area: grade in ("outstanding", "good") for area, grade in (one.grades or {}).items()}
    if day < date(2026, 4, 1).toordinal():
        return grades["overall-effectiveness"]
    both = grades.get("in-care-and-care-leavers", False)
    practice = [
        grades["help-and-protection"],
        grades.get("in-care", both),
        grades.get("care-leavers", both),
    ]
    return grades["impact-of-leaders"] and sum(practice) >= 2


@pytest.mark.parametrize(
    ("start", "first", "last"),
    [
        ("2021-07-01", "2021-07-01", "2026-03-31"),
        ("2021-07-01", "2026-04-01", "2037-06-30"),
        ("2026-04-01", "2026-04-01", "2042-03-31"),
    ],
)
def test_kinds_of_inspection(start: str, first: str, last: str) -> None:
    """Short in 128 of 148 after good or outstanding; standard after all other grades."""
    low, high = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    some = [(one, two) for one, two in pairs(start) if low <= two.start <= high]
    good = [two.kind for one, two in some if is_good(one, two.start)]
    others = {two.kind for one, two in some if not is_good(one, two.start)}
    assert others == {"standard"}
    assert set(good) == {"short", "standard"}
    assert_share(good.count("short"), len(good), Fraction(128, 148))
    firsts = {
        next(one for one in events if one.type == "inspection").kind
        for events in authority(start)
        if any(one.type == "inspection" for one in events)
    }
    assert firsts == {"standard"}


def months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def window(one: Made) -> tuple[int, int]:
    """Thirty to forty-two months after an inspection, by way of the third anniversary."""
    third = months_on(date.fromordinal(one.start), 36)
    return months_on(third, -6).toordinal(), months_on(third, 6).toordinal()


def test_late_inspections() -> None:
    """19 of 67 come after their window, none before it; 12 of those 19 within 41 days.

    Only where the window, and what may come after it, ends before the horizon: else the late ones
    are the ones that are missing. Late ones go on to the next Monday that is a working day.
    """
    horizon = date(2042, 3, 31).toordinal()
    some = [
        (two.start, *window(one))
        for one, two in pairs("2026-04-01")
        if window(one)[1] + 140 <= horizon
    ]
    assert all(start >= low for start, low, _ in some)
    late = [start - high for start, _, high in some if start > high]
    assert_share(len(late), len(some), Fraction(19, 67))
    assert 122 < max(late) <= 122 + 14
    assert all(date.fromordinal(start).weekday() == 0 for start, _, _ in some)


def test_the_first_inspection_of_a_bare_start() -> None:
    """Anywhere in 42 months: from Monday 13 April 2026 (Easter is a week before) 1,268 days."""
    starts = [
        next(one.start for one in events if one.type == "inspection")
        for events in authority("2026-04-01")
    ]
    low, high = date(2026, 4, 13).toordinal(), date(2029, 10, 1).toordinal()
    assert all(low <= start <= high for start in starts)
    for quarter in range(4):
        days = [low + quarter * 317, low + (quarter + 1) * 317]
        found = sum(days[0] <= start < days[1] for start in starts)
        # The days of a week go to its Monday, so that a quarter may have one more or one less.
        assert abs(found / 1200 - 0.25) < 4 * sqrt(0.1875 / 1200) + 7 / 1268
    # Some 13 of the 1,200 in the first two weeks.
    assert min(starts) < low + 14


def test_parts_of_the_window() -> None:
    """In time and on any day: the sixths of the window have the weights 1, 3, 3, 11, 14 and 16."""
    behaviour = read_behaviour("local-authority").without_departures()
    behaviour = behaviour.replace("begins", "inspection", weights={"any-day": 1})
    outlook = simulate(
        of.framework("ilacs-2018"), start=date(2026, 4, 1), years=14, replications=800, seed=13,
        behaviour=behaviour,
    )  # fmt: skip
    horizon = outlook.horizon.toordinal()
    counts, wanted, number = [0] * 6, [Fraction(0)] * 6, 0
    for index in range(800):
        some = [one for one in outlook.replication(index).events() if one.type == "inspection"]
        for one, two in pairwise(some):
            low, high = window(one)
            if high > horizon:
                continue
            length = high - low + 1
            ends = [low + part * length // 6 for part in range(7)]
            weights = (1, 3, 3, 11, 14, 16)
            days = [w * (b - a) for w, a, b in zip(weights, ends, ends[1:], strict=False)]
            wanted = [old + share for old, share in zip(wanted, shares(days), strict=True)]
            (part,) = [part for part in range(6) if ends[part] <= two.start < ends[part + 1]]
            counts[part] += 1
            number += 1
    for found, total in zip(counts, wanted, strict=True):
        assert_share(found, number, total / number)


def test_reports_of_inspections() -> None:
    """37 of 78 after the deadline of 27 working days; of the others 1 of 41 after 26."""
    calendar = of.WorkingDays()
    lags = [
        calendar.count(date.fromordinal(one.end), date.fromordinal(one.published))
        for events in authority("2026-04-01")
        for one in events
        if one.type == "inspection" and one.published is not None
    ]
    assert_share(sum(lag > 27 for lag in lags), len(lags), Fraction(37, 78))
    in_time = [lag for lag in lags if lag <= 27]
    assert set(in_time) == {26, 27}
    assert_share(in_time.count(26), len(in_time), Fraction(1, 41))
    late = [lag - 27 for lag in lags if lag > 27]
    assert max(late) <= 54
    assert_share(sum(lag <= 5 for lag in late), len(late), Fraction(15, 37))
    assert_share(sum(5 < lag <= 11 for lag in late), len(late), Fraction(16, 37))


def test_visits_of_local_authorities() -> None:
    """After good or outstanding overall one visit, in 2 of 38 cases two; and so on.

    Overall grades end in March 2026, and with them what is owed for them: only stretches that
    another inspection ends are counted.
    """
    found: dict[str, list[int]] = {grade: [] for grade in GRADES}
    kinds: list[str] = []
    for events in authority("2021-07-01"):
        for one, two in pairwise(one for one in events if one.type == "inspection"):
            overall = (one.grades or {}).get("overall-effectiveness")
            if overall is not None:
                some = [
                    event.type
                    for event in events
                    if one.start < event.start < two.start
                    and event.type in ("focused-visit", "joint-targeted-area-inspection")
                ]
                found[overall].append(len(some))
                kinds += some
    good = found["outstanding"] + found["good"]
    assert set(good) == {1, 2}
    assert_share(good.count(2), len(good), Fraction(2, 38))
    improve = found["requires-improvement"]
    assert set(improve) == {1, 2}
    assert_share(improve.count(1), len(improve), Fraction(2, 20))
    assert set(found["inadequate"]) == {0}
    assert_share(kinds.count("focused-visit"), len(kinds), Fraction(187, 217))


# --- Cafcass: visits, and windows that run --------------------------------------------------------


def test_visits_of_cafcass() -> None:
    """One in 38 cases of 58 and two in 20, in each reading of how many there may be."""
    counts: list[int] = []
    lengths: list[int] = []
    letters: list[str] = []
    outlook = cafcass("record")
    for index in range(1200):
        events = outlook.replication(index).events()
        visits = [one for one in events if one.type == "focused-visit"]
        for one, two in pairwise(one for one in events if one.type == "inspection"):
            counts.append(sum(one.start < each.start < two.start for each in visits))
        lengths += [one.end - one.start + 1 for one in visits]
        letters += [str((one.fields or {})["priority_action"]) for one in visits]
    assert set(counts) == {1, 2}
    assert_share(counts.count(2), len(counts), Fraction(20, 58))
    # Monday to Friday, to Thursday before Good Friday, and to Wednesday before Christmas.
    assert set(lengths) == {3, 4, 5}
    assert_share(letters.count("new"), len(letters), Fraction(22, 371))
    assert_share(letters.count("carried-over"), len(letters), Fraction(2, 371))


@pytest.mark.parametrize(
    ("reading", "given", "last", "left", "whole"),
    [
        # 22 July 2026 to 22 July 2027, in parts of 61 days. From Monday 27 July on 56 days of
        # weight 1, then 61 each of 2, 4, 11, 14 and 16: 56 + 122 + 244 + 671 + 854 + 976. From
        # Monday 30 November on 52 days of weight 4, then the last three: 208 + 671 + 854 + 976.
        ("anniversary", "since-last", "2027-07-22", 2709, 2923),
        # 1 April 2024 to 31 March 2027: 8 April is the first Monday that is a working day, and
        # from it on there are 1,088 days; from 30 November 2026 on 122. All weigh the same.
        ("fixed-window", "periods", "2027-03-31", 122, 1088),
    ],
)
def test_a_window_that_runs_is_the_more_likely_missed_the_less_is_left_of_it(
    reading: str, given: str, last: str, left: int, whole: int
) -> None:
    behaviour = read_behaviour("cafcass").replace(
        "late", "inspection", given=given, weights={"yes": 19, "no": 48}
    )
    outlook = simulate(
        of.framework("cafcass-2021").choose("full-inspection", reading=reading),
        record(full("a", "2024-01-22", "2024-02-16", "2024-04-03")), as_of=date(2026, 11, 23),
        years=1, replications=1500, seed=14, behaviour=behaviour,
    )  # fmt: skip
    close = date.fromisoformat(last).toordinal()
    starts = [outlook.replication(index).made["inspection"][0].start for index in range(1500)]
    late = sum(start > close for start in starts)
    assert_share(late, 1500, Fraction(19 * whole, 19 * whole + 48 * left))


def test_windows_that_are_fixed_are_kept() -> None:
    """Nothing is assumed of their lateness: all begin by 31 March 2027, 2030, 2033 and 2036."""
    outlook = cafcass("record")
    for index in range(0, 600, 2):
        assert outlook.readings(index)["full-inspection"] == "fixed-window"
        some = [one.start for one in inspections("record")[index]][:4]
        for start, year in zip(some, (2027, 2030, 2033, 2036), strict=True):
            assert start <= date(year, 3, 31).toordinal()
            assert start > date(year - 3, 3, 31).toordinal()


# --- Areas that share a number, and true quality --------------------------------------------------


def test_areas_that_share_a_number_three_times_in_four() -> None:
    """Both outstanding again: 21/25 if both share it, 9/16; else 21/25 × 21/25."""
    behaviour = read_behaviour("cafcass").replace("shared", weights={"own": 1, "shared": 3})
    outlook = simulate(
        of.framework("cafcass-2021"), of.sample("cafcass"), as_of=date(2026, 11, 23), years=4,
        replications=1500, seed=16, behaviour=behaviour,
    )  # fmt: skip
    found = [
        one.made["inspection"][0].grades or {}
        for one in replications(outlook.scenario, range(1500))
        if one.made["inspection"][0].grades
    ]
    alone, shared = Fraction(21, 25), Fraction(9, 16)
    both = sum(
        one["private-law-practice"] == one["public-law-practice"] == "outstanding" for one in found
    )
    assert_share(both, len(found), shared * alone + (1 - shared) * alone**2)
    # And each area moves as it did.
    for area, moves in (("private-law-practice", OVERALL), ("impact-of-leaders", LEADERS)):
        for grade, share in zip(GRADES, shares(moves[0]), strict=True):
            assert_share(sum(one[area] == grade for one in found), len(found), share)


def drifted(start: Row, drift: tuple[int, int, int], steps: int) -> Row:
    """The exact shares of the levels, the worst first, after so many steps."""
    down, stay, up = shares(drift)
    size = len(start)
    for _ in range(steps):
        moved = [Fraction(0)] * size
        for level, share in enumerate(start):
            moved[max(level - 1, 0)] += share * down
            moved[level] += share * stay
            moved[min(level + 1, size - 1)] += share * up
        start = moved
    return start


def test_drift_by_hand() -> None:
    """From the worst of three, down 1, stay 2, up 1 of 4: 3/4, 1/4; then 10/16, 5/16, 1/16."""
    start = [Fraction(1), Fraction(0), Fraction(0)]
    assert drifted(start, (1, 2, 1), 1) == [Fraction(3, 4), Fraction(1, 4), 0]
    assert drifted(start, (1, 2, 1), 2) == [Fraction(5, 8), Fraction(5, 16), Fraction(1, 16)]


def test_grades_of_true_quality() -> None:
    """From outstanding, levels 10 to 12 alike, to the first inspection, seen a level off or not.

    How many steps there are by then differs, so that the exact shares are a mean over replications.
    """
    behaviour = read_behaviour("cafcass").joined(read_behaviour("true-quality"))
    behaviour = behaviour.replace("priority-action", weights={"none": 1})
    outlook = simulate(
        of.framework("cafcass-2021").choose("full-inspection", reading="anniversary"),
        of.sample("cafcass"), as_of=date(2024, 11, 23), years=5, replications=1500, seed=17,
        behaviour=behaviour,
    )  # fmt: skip
    start = [Fraction(0)] * 9 + [Fraction(1, 3)] * 3
    known: dict[int, Row] = {}
    wanted, found = [Fraction(0)] * 4, [0] * 4
    for made in replications(outlook.scenario, range(1500)):
        first = made.made["inspection"][0]
        if first.start > outlook.scenario.horizon or not first.grades:
            continue
        steps = sum(day <= first.start for day in outlook.scenario.steps)
        levels = known.setdefault(steps, drifted(start, (4, 12, 5), steps))
        for level, share in enumerate(levels):
            for off, weight in ((-1, 1), (0, 3), (1, 1)):
                grade = 3 - min(max(level + off, 0), 11) // 3
                wanted[grade] += share * Fraction(weight, 5)
        found[GRADES.index(first.grades["private-law-practice"])] += 1
    number = sum(found)
    assert number > 1400
    assert len(known) > 3
    for times, total in zip(found, wanted, strict=True):
        assert_share(times, number, total / number)
