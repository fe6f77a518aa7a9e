"""Outlooks side by side, and maps of where a claim about them holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import inf, sqrt
from typing import Any
from xml.etree import ElementTree

import pytest

import ofsted_framework as of
from helpers import day
from ofsted_framework import Framework
from ofsted_framework.errors import OfstedFrameworkError
from ofsted_framework.simulation import (
    Behaviour,
    Contacts,
    DetectionDelay,
    Difference,
    Holds,
    LongestGap,
    Outlook,
    Region,
    TimeToNext,
    Unnoticed,
    compare,
    read_behaviour,
    region,
    simulate,
)
from ofsted_framework.simulation.comparing import _moments
from simulated import CAFCASS_2021, GRADED, NOTHING, every, inspected, own, row

YEAR = 365.2425
SINCE_2024 = date(2024, 1, 1)


def often(months: int, **given: Any) -> Framework:
    """One inspection in each period of so many months from January 2024 on."""
    return own(GRADED, inspected(every(months, SINCE_2024), **given), start=SINCE_2024)


def outlook(framework: Framework, behaviour: Behaviour = NOTHING, **given: Any) -> Outlook:
    asked: dict[str, Any] = {"years": 4, "seed": 9, "replications": 60, "start": SINCE_2024}
    return simulate(framework, behaviour=behaviour, **{**asked, **given})


def a_difference(**given: Any) -> Difference:
    usual: dict[str, Any] = {
        "what": "contacts", "of": "inspection", "readings": ((), ()), "pairs": 50,
        "means": (2.0, 1.0), "mean": 1.0, "error": 0.45, "less": 0.1, "more": 0.6,
    }  # fmt: skip
    return Difference(**{**usual, **given})


# --- Differences ----------------------------------------------------------------------------------


def test_one_inspection_a_year_and_one_in_two_years() -> None:
    """Four and two in 1,461 days, in every replication."""
    found = compare(outlook(often(12)), outlook(often(24)), Contacts())
    (one,) = found.differences
    assert (one.what, one.of, one.pairs) == ("contacts", "inspection", 60)
    assert one.mean == pytest.approx(2 * YEAR / 1461)
    assert list(one.means) == pytest.approx([4 * YEAR / 1461, 2 * YEAR / 1461])
    assert one.error == pytest.approx(0)
    assert (one.less, one.more) == (0.0, 1.0)
    assert one.sign() == 1
    assert found.names == ("the first", "the second")
    (other,) = compare(outlook(often(24)), outlook(often(12)), Contacts()).differences
    assert other.mean == -(one.mean or 0)
    assert other.sign() == -1


def test_moments_by_hand() -> None:
    """Differences 1, 1, −2 and −2: mean −1/2, squares 4 × 9/4, so that 3 is the variance."""
    assert _moments({(1.0, 0.0): 2, (3.0, 5.0): 2}, 4) == (-0.5, sqrt(3 / 4))
    assert _moments({(1.0, 0.0): 1}, 1) == (1.0, None)
    assert _moments({(inf, 0.0): 1, (1.0, 0.0): 1}, 2) == (None, None)
    # Sums are exact: a tenth ten times over, in whatever order.
    mean, error = _moments({(0.1 * n, 0.0): 1 for n in range(10)}, 10)
    assert mean == pytest.approx(0.45)
    assert error == pytest.approx(sqrt(0.825 / 9 / 10))


def test_an_interval_and_a_sign() -> None:
    """1 ± 1.96 × 0.45 is 0.118 to 1.882; with 99 of 100 it goes below 0."""
    one = a_difference()
    assert list(one.interval() or ()) == pytest.approx([0.118, 1.882], abs=1e-3)
    assert one.sign() == 1
    assert one.sign(0.99) is None
    assert a_difference(mean=-1.0).sign() == -1
    assert a_difference(mean=0.0, error=0.0, less=0.0, more=0.0).sign() is None
    assert a_difference(pairs=1, error=None).sign() is None
    assert a_difference(pairs=1, error=None).interval() is None


def test_beyond_the_horizon_it_goes_by_how_often() -> None:
    """No second inspection in two years: 60% of 50 pairs against 10%, 0.5 ± 1.96 × 0.096."""
    one = a_difference(mean=None, error=None, means=(None, 1.0))
    assert one.interval() is None
    assert one.sign() == 1
    assert a_difference(mean=None, error=None, less=0.3, more=0.4).sign() is None
    waits = row("cadence", "visits", activity="focused-visit", opening="none", **every(12))
    made = outlook(own(GRADED, inspected(every(24, SINCE_2024)), waits, start=SINCE_2024), years=1)
    (next_,) = compare(made, made, TimeToNext()).differences
    assert next_.mean is None
    assert next_.sign() is None


def test_the_same_twice_does_not_differ() -> None:
    made = outlook(often(12))
    for one in compare(made, made, Contacts(), LongestGap(), names=("one", "other")).differences:
        assert (one.mean, one.less, one.more, one.sign()) == (0.0, 0.0, 0.0, None)
    assert "no pair differs" in compare(made, made, Contacts(), names=("a", "b")).explain()


def test_pairs_know_a_difference_better_than_two_seeds_do() -> None:
    behaviour = NOTHING.replace("late", weights={"yes": 1, "no": 9})
    made, late = outlook(often(12)), outlook(often(12), behaviour)
    (one,) = compare(made, late, LongestGap()).differences
    apart = [each.ask(LongestGap()).measures[0].error or 0 for each in (made, late)]
    assert 0 < (one.error or 0) < 0.7 * sqrt(apart[0] ** 2 + apart[1] ** 2)


# --- Readings -------------------------------------------------------------------------------------


def open_cadence() -> Framework:
    """Every year in one reading, every three years in the other."""
    return own(
        GRADED, inspected(every(12, SINCE_2024), reading="often"),
        inspected(every(36, SINCE_2024), reading="seldom"), start=SINCE_2024,
    )  # fmt: skip


def test_readings_are_chosen_one_by_one_with_all_replications() -> None:
    found = compare(outlook(open_cadence()), outlook(often(24)), Contacts(), names=("a", "b"))
    often_, seldom = found.differences
    assert often_.readings == ((("inspections", "often"),), ())
    assert seldom.readings == ((("inspections", "seldom"),), ())
    assert often_.case == "often against none open"
    assert often_.pairs == seldom.pairs == 60
    assert often_.mean == pytest.approx(2 * YEAR / 1461)
    assert seldom.means[0] is not None
    assert seldom.mean is not None
    assert -1 * YEAR / 1461 <= seldom.mean <= 0
    both = compare(outlook(open_cadence()), outlook(open_cadence()), Contacts(), names=("a", "b"))
    assert [one.case for one in both.differences] == ["often, in both", "seldom, in both"]


def test_what_has_no_say_is_left_open() -> None:
    """Of Cafcass's provisions one has a say in when the next inspection comes."""
    behaviour = read_behaviour("cafcass").joined(read_behaviour("true-quality"))
    made = simulate(CAFCASS_2021, of.sample("cafcass"), as_of=day("2026-11-23"), years=4, seed=2,
                    replications=8, behaviour=behaviour)  # fmt: skip
    found = compare(made, made, TimeToNext(), names=("a", "b"))
    assert len(found.differences) == 2
    ids = {id for one in found.differences for id, _ in one.readings[0]}
    assert ids == {"full-inspection"}


def test_what_only_some_pairs_have() -> None:
    """A delay is compared where both have fallen."""
    behaviour = NOTHING.replace("levels", weights={"good": 1, "inadequate": 1})
    behaviour = behaviour.replace("start-level", weights={"2": 1})
    behaviour = behaviour.replace("drift", weights={"down": 1, "stay": 30})
    found = compare(outlook(often(12), behaviour), outlook(often(6), behaviour),
                    DetectionDelay(area="practice"), names=("yearly", "twice"))  # fmt: skip
    (falls,), (delay,) = found.select("falls"), found.select("detection-delay")
    assert (falls.mean, falls.pairs) == (0.0, 60)
    assert 10 < delay.pairs < 50
    assert delay.pairs == round(60 * (falls.means[0] or 0))
    # Two inspections a year come sooner; where either is beyond the horizon, it goes by shares.
    assert delay.more > delay.less


# --- Refused --------------------------------------------------------------------------------------


def test_what_is_no_pair() -> None:
    made = outlook(often(12))
    for other, wanted in (
        (outlook(often(12), seed=8), "b/seed"),
        (outlook(often(12), replications=61), "b/replications"),
        ("an outlook", "is no outlook"),
    ):
        with pytest.raises(OfstedFrameworkError, match=wanted):
            compare(made, other, Contacts())  # type: ignore[arg-type]
    with pytest.raises(OfstedFrameworkError, match="nothing is asked"):
        compare(made, made)
    with pytest.raises(OfstedFrameworkError, match="are not two that differ"):
        compare(made, made, Contacts(), names=("a", "a"))
    with pytest.raises(OfstedFrameworkError, match="has no true quality here"):
        compare(made, made, Unnoticed(area="practice"))


# --- Maps -----------------------------------------------------------------------------------------

MADE = {months: outlook(often(months)) for months in (6, 12, 24)}
OPEN = outlook(open_cadence())


def contacts(firsts: Mapping[str, Outlook], seconds: Mapping[str, Outlook], **given: Any) -> Region:
    return region(
        "the first has more contacts", Contacts(), a=lambda this, _: this, b=lambda _, that: that,
        rows=firsts, columns=seconds, row_title="The first", column_title="The second", **given,
    )  # fmt: skip


def test_where_a_claim_holds_and_where_it_does_not() -> None:
    named = {f"{months} months": made for months, made in MADE.items()}
    found = contacts(named, named, named=("12 months",))
    wanted = {
        ("6 months", "12 months"): Holds.YES,
        ("6 months", "24 months"): Holds.YES,
        ("12 months", "6 months"): Holds.NO,
        ("12 months", "24 months"): Holds.YES,
        ("24 months", "6 months"): Holds.NO,
        ("24 months", "12 months"): Holds.NO,
    }
    for row_ in found.rows:
        for column in found.columns:
            assert found.cell(row_, column).holds == wanted.get((row_, column), Holds.UNDETERMINED)
    less = contacts(named, named, more=False)
    assert less.cell("6 months", "12 months").holds == Holds.NO
    assert less.cell("24 months", "12 months").holds == Holds.YES
    with pytest.raises(KeyError):
        found.cell("6 months", "7 months")


def test_a_claim_that_turns_on_a_reading() -> None:
    found = contacts({"open": OPEN}, {"24 months": MADE[24], "6 months": MADE[6]})
    assert found.cell("open", "24 months").holds in (Holds.READING, Holds.UNDETERMINED)
    assert len(found.cell("open", "24 months").differences) == 2
    assert found.cell("open", "6 months").holds == Holds.NO
    more = contacts({"open": OPEN}, {"18 months": outlook(often(18))})
    assert more.cell("open", "18 months").holds == Holds.READING


def test_the_more_cells_the_wider_the_intervals() -> None:
    """One cell at 95 of 100; with a hundred each is as wide as 99.95 of 100 takes it."""
    behaviour = NOTHING.replace("late", weights={"yes": 1, "no": 12})
    late = outlook(often(12), behaviour, replications=60)
    given: dict[str, Any] = {
        "a": lambda *_: MADE[12], "b": lambda *_: late, "row_title": "r", "column_title": "c",
        "more": False, "columns": {"c": 0},
    }  # fmt: skip
    (one,) = region("longer gaps", LongestGap(), rows={"r": 0}, **given).cells
    (difference,) = one.differences
    assert 1.959964 < -(difference.mean or 0) / (difference.error or 1) < 3.480756
    assert one.holds == Holds.YES
    many = region("longer gaps", LongestGap(), rows={str(n): n for n in range(100)}, **given)
    assert {cell.holds for cell in many.cells} == {Holds.UNDETERMINED}


def test_a_question_for_each_cell_is_asked_of_each_replication_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import ofsted_framework.simulation.comparing as home
    from ofsted_framework.simulation.questions import values_of as whole

    asked: list[int] = []

    def watched(scenario: Any, count: int, questions: Any, executor: Any) -> Any:
        asked.append(len(questions))
        return whole(scenario, count, questions, executor)

    monkeypatch.setattr(home, "values_of", watched)
    kinds = {"inspections": "inspection", "visits": "focused-visit"}
    found = region(
        "more", Contacts(), ask=lambda _, kind: Contacts(of=kind), a=lambda *_: MADE[6],
        b=lambda months, _: MADE[months], rows={"12": 12, "24": 24}, columns=kinds,
        row_title="every", column_title="what counts", measure="contacts a year",
    )  # fmt: skip
    assert asked == [2, 2, 2]
    assert found.cell("12", "inspections").holds == Holds.YES
    assert found.cell("12", "visits").holds == Holds.UNDETERMINED
    assert "contacts a year" in found.explain()
    assert "What counts as a contact: focused visit." in {one.says for one in found.varied}


def test_maps_that_cannot_be_drawn() -> None:
    with pytest.raises(OfstedFrameworkError, match="has no cells"):
        contacts({}, {"24": MADE[24]})
    with pytest.raises(OfstedFrameworkError, match="is no figure of the question"):
        contacts({"12": MADE[12]}, {"24": MADE[24]}, figure="gaps")
    with pytest.raises(OfstedFrameworkError, match="no pairs"):
        contacts({"12": MADE[12]}, {"24": outlook(often(24), seed=1)})


def test_a_map_in_words_in_tables_and_as_a_picture() -> None:
    named = {f"{months} months": made for months, made in MADE.items()}
    found = contacts({**named, "open": OPEN}, named, named=("12 months",))
    told, table = found.explain(), found.to_markdown()
    lines = told.splitlines()
    assert lines[0] == "The first has more contacts"
    (line,) = [one for one in lines if one.startswith("12 months *")]
    assert line.split()[-3:] == ["no", "?", "yes"]
    assert "| 12 months \\* | no (" in table
    assert "Weakest basis: assumed." in told
    picture = found.to_svg()
    assert picture == found.to_svg()
    root = ElementTree.fromstring(picture)
    (words,) = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}desc")]
    assert "12 months: 6 months: does not hold, 12 months: undetermined, 24 months: holds." in words
    assert len(set(map(len, found.to_columns().values()))) == 1


def test_a_comparison_in_words_and_tables() -> None:
    found = compare(OPEN, MADE[24], Contacts(), TimeToNext(), names=("open", "two years"))
    told, table = found.explain(), found.to_markdown()
    assert told.startswith("open less two years, pair by pair")
    assert "often against none open: 0.50 (0.50 to 0.50); means 1.00 and 0.50; open has more" in (
        " ".join(told.split())
    )
    assert (
        "| often against none open | 1.00 | 0.50 | 0.50 | 0.50 to 0.50 | open has more |" in table
    )
    assert len(set(map(len, found.to_columns().values()))) == 1
    assert all(len(line) <= 96 for line in told.splitlines())
