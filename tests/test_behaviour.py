"""Behaviour: the shipped assumptions against what was counted, and everything that is refused."""

from __future__ import annotations

import hashlib
from itertools import accumulate
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ofsted_framework import Basis, Grade, OfstedFrameworkError
from ofsted_framework.simulation import WHATS, Assumption, Behaviour, read_behaviour
from ofsted_framework.sources import Fact

COUNTED = read_behaviour("local-authority")
CAFCASS = read_behaviour("cafcass")


def assume(what: str, weights: dict[Any, Any], **given: Any) -> Assumption:
    return Assumption(**{"what": what, "weights": weights, "basis": "assumed", **given})


def behaviour(*assumptions: Assumption, facts: tuple[Fact, ...] = ()) -> Behaviour:
    return Behaviour(id="own", title="To be tried out", assumptions=assumptions, facts=facts)


def weights(what: str, of: str = "*", given: str | None = None) -> dict[str, int]:
    """The weights that local authorities' behaviour has for exactly this matter."""
    (found,) = [one for one in COUNTED.assumptions if one.key == (what, of, given)]
    return found.weights


# --- What was counted -----------------------------------------------------------------------------

OVERALL, LEADERS, HELP = "*", "impact-of-leaders", "help-and-protection"
# To outstanding, good, requires improvement and inadequate, and how many there were.
MOVES = [
    (OVERALL, "outstanding", (21, 3, 1, 0), 25),
    (OVERALL, "good", (24, 27, 6, 5), 62),
    (OVERALL, "requires-improvement", (2, 25, 14, 8), 49),
    (OVERALL, "inadequate", (0, 10, 9, 2), 21),
    (LEADERS, "outstanding", (27, 7, 1, 1), 36),
    (LEADERS, "good", (25, 22, 13, 2), 62),
    (LEADERS, "requires-improvement", (8, 20, 13, 8), 49),
    (LEADERS, "inadequate", (4, 11, 5, 1), 21),
    (HELP, "outstanding", (12, 2, 1, 0), 15),
    (HELP, "good", (15, 35, 12, 2), 64),
    (HELP, "requires-improvement", (2, 37, 22, 10), 71),
    (HELP, "inadequate", (0, 7, 10, 1), 18),
]


@pytest.mark.parametrize(("area", "before", "counts", "number"), MOVES)
def test_grade_moves(
    area: str, before: str, counts: tuple[int, int, int, int], number: int
) -> None:
    grades = ("outstanding", "good", "requires-improvement", "inadequate")
    found = weights("grade-move", area, before)
    assert found == dict(zip(grades, counts, strict=True))
    assert sum(found.values()) == number


def test_there_are_no_other_grade_moves() -> None:
    found = {one.key for one in COUNTED.assumptions if one.what == "grade-move"}
    assert found == {("grade-move", area, before) for area, before, _, _ in MOVES}


@pytest.mark.parametrize(
    ("what", "of", "given", "counts", "number"),
    [
        # 19 of 67 intervals over three years and six months.
        ("late", "inspection", "since-last", {"yes": 19, "no": 48}, 67),
        # Short after good or outstanding: 56 + 45 + 24 + 3; standard all the same: 10 + 9 + 1.
        ("kind", "inspection", None, {"sent": 128, "instead": 20}, 148),
        # Visits after the pause: outstanding 7 and 1, good 29 and 1, requires improvement 2 and 18.
        ("too-many", "visits-after-good", None, {"yes": 2, "no": 36}, 38),
        ("too-few", "visits-after-requires-improvement", None, {"yes": 2, "no": 18}, 20),
        ("number", "focused-visit", None, {"1": 38, "2": 20}, 58),
        # 98 with one focused visit, 43 with two, one with three; joint inspections 5 + 14 + 11.
        ("visit", "focused-visit", None,
         {"focused-visit": 187, "joint-targeted-area-inspection": 30}, 217),
        ("length", "focused-visit", None, {"1": 45, "2": 317, "3": 8, "7": 1}, 371),
        ("priority-action", "focused-visit", None,
         {"none": 347, "new": 22, "carried-over": 2}, 371),
        ("first-grade", "*", None,
         {"outstanding": 71, "good": 127, "requires-improvement": 80, "inadequate": 35}, 313),
        # 27 working days: 12 + 9 + 11 + 8 by half-year, 26 once.
        ("lag", "inspection", None, {"26": 1, "27": 40}, 41),
        # Later than 27: 22 + 18 + 18 + 20 that are listed, less those 41.
        ("late-report", "inspection", None, {"yes": 37, "no": 41}, 78),
        # 28 to 32: 1 + 3 + 8 + 3; 33 to 38: 2 + 1 + 3 + 3 + 1 + 6; 43 three times, 58, 63, 81.
        ("late-report-by", "inspection", None, {"5": 15, "11": 16, "54": 6}, 37),
        # 21 working days: 16 + 13 + 16; the others one half-year after the other.
        ("lag", "focused-visit", None,
         {"20": 1, "21": 45, "22": 2, "24": 2, "25": 1, "26": 2, "27": 1, "30": 5, "31": 3,
          "34": 1}, 63),
        # 34 working days: 2 + 1 + 5 + 2 + 1 + 2 + 1.
        ("lag", "joint-targeted-area-inspection", None,
         {"26": 1, "34": 14, "35": 1, "37": 2, "38": 1, "41": 1, "43": 1, "44": 1, "46": 1,
          "47": 1, "49": 2, "51": 1, "53": 1, "66": 1}, 29),
        ("length", "inspection", "standard", {"12": 1}, 1),
        ("length", "inspection", "short", {"5": 1}, 1),
        ("least-gap", "inspection", None, {"910": 1}, 1),
        ("begins", "inspection", None, {"monday": 1}, 1),
        ("begins", "*", None, {"working-day": 1}, 1),
    ],
)  # fmt: skip
def test_counts(what: str, of: str, given: str | None, counts: dict[str, int], number: int) -> None:
    found = weights(what, of, given)
    assert found == counts
    assert sum(found.values()) == number


@pytest.mark.parametrize(
    ("what", "of", "given", "ends", "upto"),
    [
        # 67 intervals, least 952, tenth 1,096, quarter 1,152, half 1,225, three quarters 1,281.
        # The window lasts from 913 to 1,278 days and its sixths end on 974, 1,035, 1,096, 1,156,
        # 1,217: 6.7 × 22/144, 6.7 × 83/144, 6.7, then 16.75 + 16.75 × 4/73 and × 65/73; 48 in all.
        ("timing", "inspection", "since-last", (1, 2, 3, 4, 5, 6),
         (1.0, 3.9, 6.7, 17.7, 31.7, 48)),
        # The 19 late: nine tenths by 1,319 days, 41 late, 60.3 less 48; then 6.7 × 41/81; 1,400.
        ("late-by", "inspection", "since-last", (41, 82, 122), (12.3, 15.7, 19)),
        # 142 days from the end of an inspection to the first visit, by tenths of 1,479 days:
        # least 214, tenth 384, quarter 526, half 694, three quarters 940, nine tenths 1,060, and
        # most 1,341, since a visit is 138 days or more before the next inspection.
        ("timing", "focused-visit", "between", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
         (0, 6.8, 23.2, 49.4, 77.6, 98.9, 123.4, 134.0, 141.5, 142)),
        # 74 intervals: least 77, tenth 90, quarter 105, half 132, 152, nine tenths 175, most 365.
        ("spacing", "monitoring-visit", None, (76, 90, 105, 132, 152, 175, 365),
         (0, 7.4, 18.5, 37, 55.5, 66.6, 74)),
    ],
)  # fmt: skip
def test_what_is_spread_between_quantiles_is_within_one_of_the_straight_lines(
    what: str, of: str, given: str | None, ends: tuple[int, ...], upto: tuple[float, ...]
) -> None:
    found = weights(what, of, given)
    assert tuple(map(int, found)) == ends
    counts = list(found.values())
    for index, number in enumerate(upto):
        assert abs(sum(counts[: index + 1]) - number) <= 1
    assert sum(counts) == upto[-1]


def test_lags_of_monitoring_visits_have_the_quantiles_that_were_read() -> None:
    """24 lags, median 22, three quarters 28, nine tenths 35, most 42: 12, 18, 21.6 and 24."""
    found = weights("lag", "monitoring-visit")
    assert list(found) == ["22", "28", "35", "42"]
    upto_22, upto_28, upto_35, upto_42 = accumulate(found.values())
    assert 12 <= upto_22 <= 18 <= upto_28 <= 21.6 <= upto_35 <= upto_42 == 24


# --- The shipped files ----------------------------------------------------------------------------


@pytest.mark.parametrize("made", [COUNTED, CAFCASS])
def test_every_fact_and_source_that_is_named_is_listed(made: Behaviour) -> None:
    facts = [fact.id for fact in made.facts]
    assert len(facts) == len(set(facts))
    assert {fact for one in made.assumptions for fact in one.facts} <= set(facts)
    sources = [source.key for source in made.sources]
    assert len(sources) == len(set(sources))
    assert {key for fact in made.facts for key in fact.sources} == set(sources)


@pytest.mark.parametrize("made", [COUNTED, CAFCASS])
def test_every_assumption_says_why_or_names_facts(made: Behaviour) -> None:
    for one in made.assumptions:
        assert one.facts or one.says, one.in_words()
        assert one.says is None or one.says.endswith(".")


def test_what_was_counted_is_inferred_and_the_rest_assumed() -> None:
    assert COUNTED.id == "local-authority"
    for one in COUNTED.assumptions:
        assert one.basis is (Basis.INFERRED if one.facts else Basis.ASSUMED), one.in_words()
    assert COUNTED.basis is Basis.ASSUMED


def test_all_facts_of_local_authorities_are_used() -> None:
    used = {fact for one in COUNTED.assumptions for fact in one.facts}
    assert used == {fact.id for fact in COUNTED.facts}


OF_CAFCASS = {
    ("number", "focused-visit", None): {"1": 38, "2": 20},
    ("visit", "focused-visit", None): {"focused-visit": 1},
    ("length", "focused-visit", None): {"5": 1},
    ("begins", "focused-visit", None): {"monday": 1},
}


def test_cafcass_is_assumed_throughout_by_analogy() -> None:
    assert (CAFCASS.id, CAFCASS.basis) == ("cafcass", Basis.ASSUMED)
    counted = {one.key: one.weights for one in COUNTED.assumptions}
    for one in CAFCASS.assumptions:
        assert one.basis is Basis.ASSUMED
        assert one.says is not None
        if one.key in OF_CAFCASS:
            assert one.weights == OF_CAFCASS[one.key]
        else:
            assert one.says.startswith("By analogy with local authorities.")
            assert one.weights == counted[one.key]
    assert {one.key for one in CAFCASS.assumptions} == {*counted, *OF_CAFCASS}


def test_what_is_like_another_keeps_its_reasons() -> None:
    (late_by,) = [one for one in CAFCASS.assumptions if one.what == "late-by"]
    assert late_by.says == (
        "By analogy with local authorities. The 19 late intervals, spread along straight lines "
        "between the quantiles."
    )
    assert late_by.facts == ("ilacs-observed:intervals",)


OWN = """
id = "own"
title = "To be tried out"

[[assumption]]
what = "late"
of = "inspection"
given = "since-last"
weights = { yes = 1, no = 3 }
basis = "inferred"
facts = ["own:one"]

[[assumption]]
what = "length"
of = "inspection"
given = "short"
weights = { "4" = 1, "5" = 2 }
basis = "assumed"
says = "To be tried out."

[[fact]]
id = "own:one"
status = "read"
says = "Something."
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "own.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    own = read_behaviour(written(tmp_path, OWN))
    assert (own.id, own.title, own.sources) == ("own", "To be tried out", ())
    assert [one.key for one in own.assumptions] == [
        ("late", "inspection", "since-last"),
        ("length", "inspection", "short"),
    ]
    assert [one.basis for one in own.assumptions] == [Basis.INFERRED, Basis.ASSUMED]
    assert own.facts == (Fact(id="own:one", status="read", says="Something."),)
    assert read_behaviour(str(written(tmp_path, OWN))) == own


def test_a_file_like_another(tmp_path: Path) -> None:
    like = '\n[like]\nbehaviour = "local-authority"\nsays = "Much the same."\n'
    own = read_behaviour(written(tmp_path, OWN + like))
    late, kind = own.find("late", "inspection", given="since-last"), own.find("kind", "inspection")
    assert late is not None
    assert kind is not None
    assert (late.weights, late.basis, late.says) == ({"yes": 1, "no": 3}, Basis.INFERRED, None)
    assert (kind.weights, kind.basis) == ({"sent": 128, "instead": 20}, Basis.ASSUMED)
    assert kind.says == "Much the same."
    assert len(own.assumptions) == len(COUNTED.assumptions)
    # Read after the table, the facts and sources of both are listed, the other's first.
    assert own.facts[-1].id == "own:one"
    assert own.facts[:-1] == COUNTED.facts
    assert own.sources == COUNTED.sources


# --- What is refused ------------------------------------------------------------------------------


def faults(call: Any, *given: Any, **named: Any) -> list[str]:
    with pytest.raises(OfstedFrameworkError) as caught:
        call(*given, **named)
    return [str(fault) for fault in caught.value.faults]


LARGEST = "is not a sum of weights from 1 to 1,000,000"
NO_WEIGHT = "is not a weight: a whole number from 0 on"


@pytest.mark.parametrize(
    ("what", "given", "wanted"),
    [
        ("lat", {"yes": 1}, ["/what: 'lat' is no sort of assumption (nearest good one: late)"]),
        ("zzz", {"yes": -1}, ["/what: 'zzz' is no sort of assumption"]),
        ("late", {"yess": 1},
         ["/weights/yess: 'yess' is no outcome of late (nearest good one: yes)"]),
        ("first-grade", {"god": 1, "outstanding": 1},
         ["/weights/god: 'god' is no outcome of first-grade (nearest good one: good)"]),
        ("begins", {"mondays": 1},
         ["/weights/mondays: 'mondays' is no outcome of begins (nearest good one: monday)"]),
        ("visit", {"focussed-visit": 1},
         ["/weights/focussed-visit: 'focussed-visit' is no outcome of visit "
          "(nearest good one: focused-visit)"]),
        ("length", {"five": 1}, ["/weights/five: 'five' is not a number"]),
        ("length", {"-1": 1}, ["/weights/-1: '-1' is not a number"]),
        ("length", {"123456": 1}, ["/weights/123456: '123456' is not a number"]),
        ("length", {"٣": 1}, ["/weights/٣: '٣' is not a number"]),
        ("late", {"yes": -1, "no": 3}, [f"/weights/yes: -1 {NO_WEIGHT}"]),
        ("late", {"yes": True, "no": 3}, [f"/weights/yes: True {NO_WEIGHT}"]),
        ("late", {"yes": 0.5, "no": 3}, [f"/weights/yes: 0.5 {NO_WEIGHT}"]),
        ("late", {"yes": 1.0}, [f"/weights/yes: 1.0 {NO_WEIGHT}"]),
        ("late", {"yes": None}, [f"/weights/yes: {NO_WEIGHT}"]),
        ("late", {}, [f"/weights: 0 {LARGEST}"]),
        ("late", {"yes": 0, "no": 0}, [f"/weights: 0 {LARGEST}"]),
        ("late", {"yes": 1_000_000, "no": 1}, [f"/weights: 1000001 {LARGEST}"]),
        ("late", {"yes": -1, "no": 1},
         [f"/weights/yes: -1 {NO_WEIGHT}", f"/weights: 0 {LARGEST}"]),
        ("late-by", {"20": 1, "10": 1}, ["/weights: [20, 10] are not in order"]),
        ("late-by", {"0": 1, "10": 1}, ["/weights/0: '0' is no band: the first begins with day 1"]),
        ("late-by", {"x": 1}, ["/weights/x: 'x' is not the last day of a band"]),
        ("spacing", {"20": 1, "020": 1},
         ["/weights/020: '020' is not the last day of a band",
          "/weights: [20, 20] are not in order"]),
        ("timing", {"1": 1, "3": 1}, ["/weights: [1, 3] are not all the parts from 1 on"]),
        ("timing", {"2": 1, "3": 1}, ["/weights: [2, 3] are not all the parts from 1 on"]),
        ("timing", {"0": 1, "1": 1},
         ["/weights/0: '0' is not a part", "/weights: [0, 1] are not all the parts from 1 on"]),
        ("timing", {"2": 1, "1": 1},
         ["/weights: [2, 1] are not in order",
          "/weights: [2, 1] are not all the parts from 1 on"]),
        ("begins", {"monday": 1, "any-day": 2},
         ["/weights: ['monday', 'any-day'] are not one outcome, which is settled"]),
        ("least-gap", {"10": 1, "20": 1},
         ["/weights: ['10', '20'] are not one outcome, which is settled"]),
        # All of them at once.
        ("late-by", {"yes": -1, "0": 2, "5": 1.5, "3": 1},
         ["/weights/yes: 'yes' is not the last day of a band",
          f"/weights/yes: -1 {NO_WEIGHT}",
          f"/weights/5: 1.5 {NO_WEIGHT}",
          "/weights: [0, 5, 3] are not in order",
          "/weights/0: '0' is no band: the first begins with day 1"]),
    ],
)  # fmt: skip
def test_assumptions_that_cannot_be(what: str, given: dict[str, Any], wanted: list[str]) -> None:
    assert faults(assume, what, given) == wanted


@pytest.mark.parametrize(
    ("what", "of", "wanted"),
    [
        ("late", "inspektion", "'inspektion' is no kind of event (nearest good one: inspection)"),
        ("lag", "impact-of-leaders", "'impact-of-leaders' is no kind of event"),
        ("visit", "visits-after-good", "'visits-after-good' is no kind of event"),
    ],
)
def test_matters_of_events_are_of_a_kind_of_event(what: str, of: str, wanted: str) -> None:
    outcome = {"late": "yes", "lag": "1", "visit": "focused-visit"}[what]
    assert faults(assume, what, {outcome: 1}, of=of) == [f"/of: {wanted}"]


@pytest.mark.parametrize(
    ("what", "of"),
    [
        ("number", "visits-after-good"), ("too-few", "focused-visits"),
        ("too-many", "focused-visits"), ("first-grade", "impact-of-leaders"),
        ("grade-move", "private-law-practice"), ("late", "*"), ("late", "action-plan"),
    ],
)  # fmt: skip
def test_others_are_of_provisions_and_areas_too(what: str, of: str) -> None:
    outcome = {"number": "1", "first-grade": "good", "grade-move": "good"}.get(what, "yes")
    assert assume(what, {outcome: 1}, of=of).of == of


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ({"basis": "asumed"},
         "'asumed' is none of official, reported, inferred, assumed (nearest good one: assumed)"),
        ({"facts": "own:one"}, "'own:one' is one text where a list is meant"),
    ],
)  # fmt: skip
def test_support_that_cannot_be(named: dict[str, str], wanted: str) -> None:
    assert faults(assume, "late", {"yes": 1}, **named) == [wanted]


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("late", {"yes": 1_000_000}),
        ("late", {"yes": 0, "no": 1}),
        ("begins", {"monday": 1, "any-day": 0}),
        ("length", {"0": 1, "99999": 1}),
        ("length", {"5": 1, "3": 1}),  # a number needs no order
        ("late-by", {"1": 0, "2": 1}),
        ("timing", {"1": 0, "2": 0, "3": 1}),
        ("late-by", {40: 1, 80: 2}),  # numbers as numbers
    ],
)
def test_assumptions_that_may_be(what: str, given: dict[Any, int]) -> None:
    assert assume(what, given).weights == {str(key): weight for key, weight in given.items()}


def test_two_that_settle_the_same_and_facts_that_are_not_listed() -> None:
    fact = Fact(id="own:one", status="read", says="Something.")
    some = (
        assume("late", {"yes": 1}, of="inspection"),
        assume("late", {"yes": 1}, of="inspection", given="periods", facts=("own:two", "own:one")),
        assume("late", {"no": 1}, of="inspection"),
        assume("late", {"no": 1}, facts=("zzz",)),
    )
    assert faults(behaviour, *some, facts=(fact,)) == [
        "/assumption/1/facts: 'own:two' is not among the facts (nearest good one: own:one)",
        "/assumption/2: 'late of inspection: no 1' settles what another settles",
        "/assumption/3/facts: 'zzz' is not among the facts",
    ]


def test_only_assumptions_are_assumptions() -> None:
    some: Any = [assume("late", {"yes": 1}), "late"]
    assert faults(Behaviour, id="own", title="x", assumptions=some) == [
        "/1: 'late' is not of the class Assumption"
    ]
    assert faults(Behaviour, id="own", title="x", assumptions=None) == ["is not a list"]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('what = "late"', 'what = "lat"',
         ["/assumption/0/what: 'lat' is no sort of assumption (nearest good one: late)"]),
        ("yes = 1", "yess = 1",
         ["/assumption/0/weights/yess: 'yess' is no outcome of late (nearest good one: yes)"]),
        ("yes = 1", "yes = true", ["/assumption/0/weights/yes: True is not a whole number"]),
        ("yes = 1", "yes = 1.5", ["/assumption/0/weights/yes: 1.5 is not a whole number"]),
        ("yes = 1", "yes = -1", [f"/assumption/0/weights/yes: -1 {NO_WEIGHT}"]),
        ("weights = { yes = 1, no = 3 }", "weights = [1]",
         ["/assumption/0/weights: [1] is not a table of fields"]),
        ("weights = { yes = 1, no = 3 }", "", ["/assumption/0/weights: is missing"]),
        ('given = "short"', 'gven = "short"', ["/assumption/1/gven: 'gven' is no field here "
                               "(nearest good one: given)"]),
        ('title = "To be tried out"', 'titel = "To be tried out"',
         ["/title: is missing", "/titel: 'titel' is no field here (nearest good one: title)"]),
        ('["own:one"]', '["own:on"]',
         ["/assumption/0/facts: 'own:on' is not among the facts (nearest good one: own:one)"]),
        ('of = "inspection"\ngiven = "short"\nweights = { "4" = 1, "5" = 2 }', "weights = {}",
         [f"/assumption/1/weights: 0 {LARGEST}"]),
        ("[[fact]]", "[[fakt]]", ["/fakt: 'fakt' is no field here (nearest good one: fact)"]),
        ('basis = "inferred"', 'basis = "infered"',
         ["/assumption/0/basis: 'infered' is none of official, reported, inferred, assumed "
          "(nearest good one: inferred)"]),
        ('id = "own"\n', 'id = "own"\nlike = "cafcass"\n',
         ["/like: 'cafcass' is not a table of fields"]),
    ],
)  # fmt: skip
def test_files_that_cannot_be(tmp_path: Path, old: str, new: str, wanted: list[str]) -> None:
    assert old in OWN
    found = faults(read_behaviour, written(tmp_path, OWN.replace(old, new, 1)))
    assert found == [f"own.toml, {one}" for one in wanted]


def test_all_faults_of_a_file_at_once(tmp_path: Path) -> None:
    text = OWN.replace("yes = 1, no = 3", "yes = -1, oh = 1").replace('"4" = 1', "four = 1")
    text = text.replace('status = "read"\n', "").replace("title =", "titel =")
    found = faults(read_behaviour, written(tmp_path, text))
    assert {one.removeprefix("own.toml, ") for one in found} == {
        f"/assumption/0/weights/yes: -1 {NO_WEIGHT}",
        f"/assumption/0/weights: 0 {LARGEST}",
        "/assumption/0/weights/oh: 'oh' is no outcome of late",
        "/assumption/1/weights/four: 'four' is not a number",
        "/fact/0/status: is missing",
        "/titel: 'titel' is no field here (nearest good one: title)",
        "/title: is missing",
    }


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (told,) = faults(read_behaviour, written(tmp_path, "id = "))
    assert told.startswith("own.toml, end of document: the text is not TOML: ")
    missing = tmp_path / "missing.toml"
    (told,) = faults(read_behaviour, missing)
    assert "missing.toml" in told
    assert "cannot be opened: " in told
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    (told,) = faults(read_behaviour, tmp_path / "bytes.toml")
    assert "bytes.toml' is not UTF-8: " in told
    (told,) = faults(read_behaviour, tmp_path)
    assert "is no behaviour of this release" in told


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("local-authorty", " (nearest good one: local-authority)"),
        ("Cafcass", " (nearest good one: cafcass)"),
        ("zzz", ""),
        ("../behaviours/cafcass", ""),
        ("", ""),
    ],
)
def test_no_such_behaviour(name: str, wanted: str) -> None:
    good = "is no behaviour of this release (cafcass, local-authority, true-quality)"
    assert faults(read_behaviour, name) == [f"{name!r} {good}{wanted}"]


def test_a_byte_order_mark_says_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, OWN)
    wanted = read_behaviour(file)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_behaviour(file) == wanted


def test_like_no_such_behaviour(tmp_path: Path) -> None:
    like = '\n[like]\nbehaviour = "cafcas"\nsays = "Much the same."\n'
    (told,) = faults(read_behaviour, written(tmp_path, OWN + like))
    assert told.startswith("own.toml, /like/behaviour: 'cafcas' is no behaviour of this release")
    assert "(nearest good one: cafcass)" in told


# --- Finding and changing -------------------------------------------------------------------------

EVERY = assume("number", {"1": 1})
EVERY_GIVEN = assume("number", {"2": 1}, given="good")
VISITS = assume("number", {"3": 1}, of="focused-visit")
VISITS_GIVEN = assume("number", {"4": 1}, of="focused-visit", given="good")
AFTER_GOOD = assume("number", {"5": 1}, of="visits-after-good")
AFTER_GOOD_GIVEN = assume("number", {"6": 1}, of="visits-after-good", given="good")
NUMBERS = (EVERY, EVERY_GIVEN, VISITS, VISITS_GIVEN, AFTER_GOOD, AFTER_GOOD_GIVEN)
BOTH = ("visits-after-good", "focused-visit")


@pytest.mark.parametrize(
    ("some", "of", "given", "wanted"),
    [
        ((), BOTH, "good", None),
        # The provision, the activity, then all others; of each what is given, then every case.
        (NUMBERS, BOTH, "good", AFTER_GOOD_GIVEN),
        (NUMBERS[:5], BOTH, "good", AFTER_GOOD),
        (NUMBERS[:4], BOTH, "good", VISITS_GIVEN),
        (NUMBERS[:3], BOTH, "good", VISITS),
        (NUMBERS[:2], BOTH, "good", EVERY_GIVEN),
        (NUMBERS[:1], BOTH, "good", EVERY),
        # What is said of another case is not said of this one, nor of every one.
        (NUMBERS, BOTH, "inadequate", AFTER_GOOD),
        (NUMBERS, BOTH, None, AFTER_GOOD),
        (NUMBERS[:4], BOTH, None, VISITS),
        ((EVERY_GIVEN, VISITS_GIVEN, AFTER_GOOD_GIVEN), BOTH, None, None),
        ((EVERY_GIVEN, VISITS_GIVEN, AFTER_GOOD_GIVEN), BOTH, "inadequate", None),
        # The order in which they are named decides.
        (NUMBERS, BOTH[::-1], "good", VISITS_GIVEN),
        (NUMBERS, ("focused-visit",), None, VISITS),
        (NUMBERS, ("monitoring-visit",), "good", EVERY_GIVEN),
        (NUMBERS, (), None, EVERY),
        ((VISITS, AFTER_GOOD), ("monitoring-visit",), None, None),
    ],
)
def test_find(
    some: tuple[Assumption, ...], of: tuple[str, ...], given: str | None, wanted: Assumption | None
) -> None:
    for order in (some, some[::-1]):
        assert behaviour(*order).find("number", *of, given=given) == wanted
    assert behaviour(*some).find("late", *of, given=given) is None


def test_replace() -> None:
    made = behaviour(EVERY, VISITS)
    changed = made.replace("number", "focused-visit", weights={1: 2, 7: 1})
    assert made.assumptions == (EVERY, VISITS)
    assert changed.assumptions == (
        EVERY,
        assume("number", {"1": 2, "7": 1}, of="focused-visit", says="Supplied by the user."),
    )
    assert changed.assumptions[1].basis is Basis.ASSUMED
    more = made.replace("late", given="periods", weights={"yes": 1, "no": 4}, says="A guess.")
    late = assume("late", {"yes": 1, "no": 4}, given="periods", says="A guess.")
    assert more.assumptions == (EVERY, VISITS, late)
    assert more.find("late", "inspection", given="periods") == late
    assert (more.id, more.title) == (made.id, made.title)


def test_replace_without_a_case_takes_the_place_of_all_cases() -> None:
    made = behaviour(*NUMBERS)
    changed = made.replace("number", "focused-visit", weights={9: 1}, says="x")
    new = assume("number", {"9": 1}, of="focused-visit", says="x")
    assert set(changed.assumptions) == {EVERY, EVERY_GIVEN, AFTER_GOOD, AFTER_GOOD_GIVEN, new}
    assert changed.find("number", "focused-visit", given="good") == new
    changed = made.replace("number", "focused-visit", given="good", weights={9: 1}, says="x")
    new = attrs.evolve(new, given="good")
    assert set(changed.assumptions) == {
        EVERY, EVERY_GIVEN, VISITS, AFTER_GOOD, AFTER_GOOD_GIVEN, new,
    }  # fmt: skip


def test_replace_refuses_what_no_assumption_is() -> None:
    told = "/weights/yess: 'yess' is no outcome of late (nearest good one: yes)"
    assert faults(behaviour().replace, "late", weights={"yess": 1}) == [told]
    told = "/what: 'lat' is no sort of assumption (nearest good one: late)"
    assert faults(behaviour().replace, "lat", weights={"yes": 1}) == [told]


def test_without_departures() -> None:
    whats = {one.what for one in COUNTED.without_departures().assumptions}
    # What is left says when, how many and how long, not whether.
    assert whats == {
        "timing", "begins", "least-gap", "length", "number", "spacing", "visit", "kind", "lag",
        "late-by", "late-report-by", "priority-action", "first-grade", "grade-move",
    }  # fmt: skip
    gone = {one.key for one in COUNTED.assumptions if one.what not in whats}
    assert gone == {
        ("late", "inspection", "since-last"),
        ("too-many", "visits-after-good", None),
        ("too-few", "visits-after-requires-improvement", None),
        ("late-report", "inspection", None),
    }
    departing = [
        "interval", "late", "skipped", "too-few", "too-many", "late-report", "unpublished",
        "incomplete",
    ]  # fmt: skip
    some = [assume(what, {"9" if what == "interval" else "yes": 1}) for what in departing]
    every = behaviour(*some, EVERY)
    assert every.without_departures().assumptions == (EVERY,)


def test_weakest_basis() -> None:
    inferred = assume("late", {"yes": 1}, basis="inferred")
    assert behaviour(inferred).basis is Basis.INFERRED
    assert behaviour(inferred, EVERY).basis is Basis.ASSUMED
    assert behaviour().basis is Basis.ASSUMED


def test_in_words() -> None:
    assert assume("late", {"yes": 19, "no": 48}).in_words() == "late: yes 19, no 48"
    told = assume("grade-move", {"good": 1}, of="impact-of-leaders", given="outstanding")
    assert told.in_words() == "grade-move of impact-of-leaders, outstanding: good 1"


# --- The hash -------------------------------------------------------------------------------------

LATE = assume("late", {"yes": 1, "no": 2}, of="inspection", given="periods")


@pytest.mark.parametrize(
    "other",
    [
        attrs.evolve(LATE, weights={"yes": 1, "no": 3}),
        attrs.evolve(LATE, weights={"no": 2, "yes": 1}),
        attrs.evolve(LATE, weights={"yes": 1}),
        attrs.evolve(LATE, of="*"),
        attrs.evolve(LATE, given=None),
        attrs.evolve(LATE, given="since-last"),
        attrs.evolve(LATE, what="skipped"),
    ],
)
def test_the_hash_changes_with_what_draws_depend_on(other: Assumption) -> None:
    hashes = {behaviour(one, EVERY).content_hash for one in (LATE, other)}
    assert len(hashes) == 2
    assert behaviour(LATE).content_hash not in hashes


def test_the_hash_is_the_same_for_the_same_draws() -> None:
    fact = Fact(id="own:one", status="read", says="Something.")
    told = attrs.evolve(LATE, basis="inferred", says="Another reason.", facts=("own:one",))
    one = behaviour(LATE, EVERY)
    other = Behaviour(id="else", title="x", assumptions=(EVERY, told), facts=(fact,))
    assert one.content_hash == other.content_hash


def test_the_hash_of_what_is_said_of_grades() -> None:
    """They are sorted by the words of the grades."""
    moves = [
        assume("grade-move", {"good": 1}, of="*", given=given)
        for given in (Grade.OUTSTANDING, Grade.GOOD)
    ]
    assert [type(one.given) for one in moves] == [str, str]
    wanted = hashlib.sha256(
        b'[["grade-move","*","good",[["good",1]]],["grade-move","*","outstanding",[["good",1]]]]'
    ).hexdigest()
    assert behaviour(*moves).content_hash == wanted


def test_the_hash_is_the_same_everywhere() -> None:
    """The SHA-256 of [["late","inspection","periods",[["yes",1],["no",2]]]]."""
    wanted = "cfc48c0ad5e508e5875c68e6ad6589dc704f72f9c77a50f2a6605b03eb2128a4"
    assert behaviour(LATE).content_hash == wanted


# --- Tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weights", "draw", "wanted"),
    [
        # 2**32 * 19 / 67 = 1217975800.36
        ({"yes": 19, "no": 48}, 0, "yes"),
        ({"yes": 19, "no": 48}, 1217975799, "yes"),
        ({"yes": 19, "no": 48}, 1217975801, "no"),
        ({"yes": 19, "no": 48}, 2**32 - 1, "no"),
        ({"no": 48, "yes": 19}, 0, "no"),
        ({"no": 48, "yes": 19}, 2**32 - 1, "yes"),
        # Quarters at 1073741824, 2147483648 and 3221225472.
        ({"yes": 1, "no": 3}, 1073741823, "yes"),
        ({"yes": 1, "no": 3}, 1073741824, "no"),
        ({"yes": 3, "no": 1}, 3221225471, "yes"),
        ({"yes": 3, "no": 1}, 3221225472, "no"),
        # What has no weight is never chosen.
        ({"yes": 0, "no": 3}, 0, "no"),
        ({"yes": 3, "no": 0}, 2**32 - 1, "yes"),
    ],
)
def test_choose(weights: dict[str, int], draw: int, wanted: str) -> None:
    assert assume("late", weights).table.choose(draw) == wanted


@pytest.mark.parametrize(
    ("draw", "wanted"),
    [
        (0, "outstanding"),
        (1073741823, "outstanding"),
        (1073741824, "requires-improvement"),
        (3221225471, "requires-improvement"),
        (3221225472, "inadequate"),
        (2**32 - 1, "inadequate"),
    ],
)
def test_choose_one_of_four(draw: int, wanted: str) -> None:
    given = {"outstanding": 1, "good": 0, "requires-improvement": 2, "inadequate": 1}
    assert assume("first-grade", given).table.choose(draw) == wanted


def test_numbers_are_chosen_as_numbers() -> None:
    table = assume("length", {"12": 1, "5": 1}).table
    assert [table.choose(draw) for draw in (0, 2**31 - 1, 2**31, 2**32 - 1)] == [12, 12, 5, 5]


@pytest.mark.parametrize(
    ("what", "weights", "parts"),
    [
        ("late-by", {"41": 12, "82": 4, "122": 3}, [(1, 41, 12), (42, 82, 4), (83, 122, 3)]),
        ("spacing", {"76": 0, "90": 7, "105": 11}, [(77, 90, 7), (91, 105, 11)]),
        ("late-by", {"1": 1}, [(1, 1, 1)]),
        ("late-by", {"1": 1, "2": 0, "4": 1}, [(1, 1, 1), (3, 4, 1)]),
        ("timing", {"1": 1, "2": 0, "3": 4}, [(1, 1, 1), (3, 3, 4)]),
    ],
)
def test_bands(what: str, weights: dict[str, int], parts: list[tuple[int, int, int]]) -> None:
    table = assume(what, weights).table
    assert table.parts == parts
    assert table.total == sum(weight for _, _, weight in parts)


class TestChoose:
    """Each outcome is chosen for its share of the draws, within 1 in 2**32, in the order given."""

    @given(
        st.dictionaries(st.sampled_from(list(Grade)), st.integers(0, 200_000), min_size=1),
        st.integers(0, 2**32 - 1),
    )
    def test_shares(self, given: dict[Grade, int], draw: int) -> None:
        total = sum(given.values())
        if not total:
            given, total = {Grade.GOOD: 1}, 1
        found = assume("first-grade", given).table.choose(draw)
        before = 0
        for grade, weight in given.items():
            if grade == found:
                assert weight
                assert before * 2**32 - total < draw * total < (before + weight) * 2**32
                break
            before += weight

    def test_non_property_weights_are_shares_and_not_their_sum(self) -> None:
        once, twice = (assume("late", {"yes": n, "no": 3 * n}).table for n in (1, 2))
        assert [once.choose(n << 30) for n in range(4)] == ["yes", "no", "no", "no"]
        assert [twice.choose(n << 30) for n in range(4)] == ["yes", "no", "no", "no"]


def test_every_sort_says_what_it_settles() -> None:
    assert all(what.says for what in WHATS.values())
    assert len(WHATS) == 31
