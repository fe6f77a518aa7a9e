"""Outlooks: what is refused, what is the same every time, and the histories that come out."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ofsted_framework as of
from helpers import AUTHORITY, CAFCASS, COMPLETE, O, full, grades, record, visit
from ofsted_framework import Basis, Coverage, OfstedFrameworkError
from ofsted_framework.editions import read_framework
from ofsted_framework.events import Event
from ofsted_framework.simulation import Outlook, simulate
from ofsted_framework.simulation.plain import Replication
from ofsted_framework.simulation.running import one_by_one
from ofsted_framework.simulation.scenario import Made

FRAMEWORK = of.framework("cafcass-2021")
ILACS = of.framework("ilacs-2018")
SAMPLE = of.sample("cafcass")
NOW = date(2026, 11, 23)
APRIL = date(2026, 4, 1)


def continued(years: int = 10, replications: int = 10, seed: int = 1, **given: Any) -> Outlook:
    """Cafcass from its record."""
    return simulate(
        FRAMEWORK, SAMPLE, as_of=NOW, years=years, replications=replications, seed=seed, **given
    )


def bare(years: int = 10, replications: int = 10, seed: int = 1, **given: Any) -> Outlook:
    """Cafcass from its framework's first day."""
    return simulate(FRAMEWORK, years=years, replications=replications, seed=seed, **given)


def authority(years: int = 10, replications: int = 10, seed: int = 1, **given: Any) -> Outlook:
    """A local authority from April 2026 on."""
    return simulate(ILACS, start=APRIL, years=years, replications=replications, seed=seed, **given)


Line = tuple[Any, ...]


def line(one: Made) -> Line:
    """Everything about an event, with the events that it names by their kind and day."""
    fields = {
        name: (value.type, value.start) if isinstance(value, Made) else value
        for name, value in (one.fields or {}).items()
    }
    return one.type, one.start, one.end, one.published, one.kind, one.grades, fields


def lines(made: Replication) -> list[Line]:
    return [line(one) for one in made.events()]


# --- What is refused ------------------------------------------------------------------------------


def faults(*given: Any, **named: Any) -> list[str]:
    with pytest.raises(OfstedFrameworkError) as caught:
        simulate(*given, **{"years": 1, "replications": 1, "seed": 1, **named})
    return [str(fault) for fault in caught.value.faults]


ANOTHER = "is another kind of provider than"
DAYS = "is a day on which cafcass-2021 is not surely in force (from 1 April 2021)"


@pytest.mark.parametrize(
    ("given", "named", "wanted"),
    [
        ((FRAMEWORK,), {"years": -1}, "years: -1 is not a whole number from 0 on"),
        ((FRAMEWORK,), {"years": True}, "years: True is not a whole number from 0 on"),
        ((FRAMEWORK,), {"years": 1.5}, "years: 1.5 is not a whole number from 0 on"),
        ((FRAMEWORK,), {"years": "1"}, "years: '1' is not a whole number from 0 on"),
        ((FRAMEWORK,), {"years": None}, "years: is not a whole number from 0 on"),
        ((FRAMEWORK,), {"replications": 0}, "replications: 0 is not a whole number from 1 on"),
        ((FRAMEWORK,), {"replications": True},
         "replications: True is not a whole number from 1 on"),
        ((FRAMEWORK,), {"replications": 10.0},
         "replications: 10.0 is not a whole number from 1 on"),
        ((FRAMEWORK,), {"seed": -1}, "seed: -1 is not a whole number from 0 on"),
        ((FRAMEWORK,), {"seed": True}, "seed: True is not a whole number from 0 on"),
        ((FRAMEWORK,), {"seed": None}, "seed: is not a whole number from 0 on"),
        ((FRAMEWORK,), {"behaviour": "cafcass"}, "behaviour: 'cafcass' is not a behaviour"),
        ((FRAMEWORK,), {"calendar": None}, "calendar: is no calendar of working days"),
        ((FRAMEWORK,), {"progress": 3}, "progress: 3 cannot be called"),
        (("cafcass-2021",), {}, "framework: 'cafcass-2021' is not a framework"),
        ((FRAMEWORK,), {"as_of": NOW},
         "as_of: datetime.date(2026, 11, 23) goes with a history; a bare start has a start"),
        ((FRAMEWORK, SAMPLE), {}, "as_of: is missing"),
        ((FRAMEWORK, SAMPLE), {"as_of": NOW, "start": NOW},
         "start: datetime.date(2026, 11, 23) goes with a bare start; a history goes on from as_of"),
        ((FRAMEWORK, "sample"), {"as_of": NOW},
         "history: 'sample' is not a history; what `read` gives holds them in .histories"),
        ((FRAMEWORK, SAMPLE), {"as_of": "2026-11-23"}, "as_of: '2026-11-23' is not a day"),
        ((FRAMEWORK, SAMPLE), {"as_of": datetime(2026, 11, 23)},  # noqa: DTZ001
         "as_of: datetime.datetime(2026, 11, 23, 0, 0) is not a day"),
        ((FRAMEWORK,), {"start": datetime(2026, 11, 23)},  # noqa: DTZ001
         "start: datetime.datetime(2026, 11, 23, 0, 0) is not a day"),
        ((ILACS, SAMPLE), {"as_of": NOW}, f"history: 'cafcass' {ANOTHER} ilacs-2018 is about"),
        ((FRAMEWORK, record(provider=AUTHORITY)), {"as_of": NOW},
         f"history: 'local-authority' {ANOTHER} cafcass-2021 is about"),
        ((FRAMEWORK, SAMPLE), {"as_of": date(2021, 3, 31)}, f"as_of: '2021-03-31' {DAYS}"),
        ((FRAMEWORK,), {"start": date(2021, 3, 31)}, f"start: '2021-03-31' {DAYS}"),
        ((FRAMEWORK,), {"start": date(1899, 12, 31)},
         "start: '1899-12-31' is not in the years 1900 to 2230"),
        # Of its first day no more is known than the month, and when the first inspection began.
        ((ILACS,), {"start": date(2018, 1, 28)},
         "start: '2018-01-28' is a day on which ilacs-2018 is not surely in force "
         "(from a day between 1 January 2018 and 29 January 2018)"),
        ((FRAMEWORK, SAMPLE), {"as_of": NOW, "years": 204},
         "years: 204 from 23 November 2026 on go beyond 2229"),
        ((FRAMEWORK,), {"start": date(2229, 6, 1)},
         "years: 1 from 1 June 2229 on go beyond 2229"),
        ((FRAMEWORK,), {"years": 10**30},
         f"years: {10**30} from 1 April 2021 on go beyond 2229"),
    ],
)  # fmt: skip
def test_what_is_refused(given: tuple[Any, ...], named: dict[str, Any], wanted: str) -> None:
    assert faults(*given, **named) == [wanted]


def test_the_last_year_that_can_be_simulated() -> None:
    outlook = simulate(FRAMEWORK, SAMPLE, as_of=NOW, years=203, replications=1, seed=1)
    assert outlook.horizon == date(2229, 11, 23)
    last = outlook.history(0).of_type("inspection")[-1]
    assert last.start.lo > date(2225, 1, 1).toordinal()
    assert last.published is not None


def test_all_that_is_wrong_is_listed_at_once() -> None:
    day = datetime(2026, 1, 1)  # noqa: DTZ001
    told = faults(FRAMEWORK, as_of=NOW, start=day, years=-1, replications=0, seed=-1, behaviour="x")
    assert told == [
        "behaviour: 'x' is not a behaviour",
        "years: -1 is not a whole number from 0 on",
        "replications: 0 is not a whole number from 1 on",
        "seed: -1 is not a whole number from 0 on",
        "as_of: datetime.date(2026, 11, 23) goes with a history; a bare start has a start",
        "start: datetime.datetime(2026, 1, 1, 0, 0) is not a day",
    ]
    told = faults(ILACS, SAMPLE, start=NOW, years=True, replications=True, seed=True)
    assert told == [
        "years: True is not a whole number from 0 on",
        "replications: True is not a whole number from 1 on",
        "seed: True is not a whole number from 0 on",
        "history: 'cafcass' is another kind of provider than ilacs-2018 is about",
        "start: datetime.date(2026, 11, 23) goes with a bare start; a history goes on from as_of",
        "as_of: is missing",
    ]
    many = {"executor": 3, "progress": 4, "calendar": "england", "behaviour": None}
    told = faults("cafcass-2021", "history", as_of="2026", years="x", replications=-1, seed=None,
                  **many)  # fmt: skip
    assert told == [
        "calendar: 'england' is no calendar of working days",
        "executor: 3 is no executor (of concurrent.futures)",
        "progress: 4 cannot be called",
        "years: 'x' is not a whole number from 0 on",
        "replications: -1 is not a whole number from 1 on",
        "seed: is not a whole number from 0 on",
        "framework: 'cafcass-2021' is not a framework",
        "history: 'history' is not a history; what `read` gives holds them in .histories",
        "as_of: '2026' is not a day",
    ]
    told = faults(None, start=date(1066, 10, 14), years=-1)
    assert told == [
        "years: -1 is not a whole number from 0 on",
        "framework: is not a framework",
        "start: '1066-10-14' is not in the years 1900 to 2230",
    ]
    assert faults(3, as_of=NOW) == [
        "framework: 3 is not a framework",
        "as_of: datetime.date(2026, 11, 23) goes with a history; a bare start has a start",
    ]


@pytest.mark.parametrize("form", ["arrays", "plain"])
def test_nothing_is_done_before_all_is_refused(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever form would be used: a question with a fault is not even made ready."""
    if form == "plain":
        monkeypatch.setitem(sys.modules, "ofsted_framework.simulation.arrays", None)
    monkeypatch.setattr("ofsted_framework.simulation.outlook.Question", None)
    told = faults(FRAMEWORK, years="x", replications=1000, progress=lambda *_: 1 / 0)
    assert told == ["years: 'x' is not a whole number from 0 on"]


THREE = """
id = "three"
title = "Three grades"
provider_kind = "cafcass"
start = 2021-04-01

[[scale]]
id = "three"
grades = ["outstanding", "good", "inadequate"]

[[cadence]]
id = "inspection"
sentence = "An inspection every year."
activity = "inspection"
opening = "framework-start"
since_last = { months = 12 }
grounds = [{ part = "sentence", basis = "assumed", says = "To be tried out." }]

[[graded]]
id = "areas"
sentence = "One area."
activities = ["inspection"]
areas = ["private-law-practice"]
scale = "three"
grounds = [{ part = "sentence", basis = "assumed", says = "To be tried out." }]
"""
ON_THREE = "'requires-improvement' of private-law-practice is not on the scale three"


def test_grades_that_are_not_on_the_scale_are_refused() -> None:
    three, area = read_framework(THREE), "private-law-practice"
    found = of.simulation.read_behaviour("cafcass")
    wrong = found.replace("first-grade", area, weights={"requires-improvement": 1})
    wrong = wrong.replace("grade-move", area, weights={"requires-improvement": 1})
    assert faults(three, behaviour=wrong) == [
        f"behaviour/first-grade: {ON_THREE}",
        f"behaviour/grade-move: {ON_THREE}",
    ]
    found = found.replace("first-grade", weights={"good": 1})
    for grade in ("outstanding", "good", "inadequate"):
        found = found.replace("grade-move", given=grade, weights={"good": 1, "inadequate": 1})
    # What is said of a grade that is not there is never drawn from.
    made = simulate(three, years=10, replications=20, seed=1, behaviour=found)
    assert set(made.to_columns()["private-law-practice"]) == {"good", "inadequate"}


@pytest.mark.parametrize("replications", [100, 300])
def test_what_is_assumed_of_every_area_has_no_say_on_a_scale_that_lacks_it(
    replications: int,
) -> None:
    """Each grade of the scale is taken to be as likely then, and that is said."""
    made = simulate(read_framework(THREE), years=10, replications=replications, seed=1)
    counted = Counter(made.to_columns()["private-law-practice"])
    assert set(counted) == {"outstanding", "good", "inadequate"}
    assert min(counted.values()) > 0.25 * counted.total()
    (said,) = (one.says for one in made.assumptions if "as likely" in (one.says or ""))
    assert said == (
        "private-law-practice: what is assumed of the grades of every area names some that the "
        "scale three lacks; each grade of the scale is taken to be as likely."
    )


# --- The same every time --------------------------------------------------------------------------


@pytest.mark.parametrize("make", [continued, bare, authority])
def test_the_same_call_gives_the_same(make: Any) -> None:
    one, other = make(replications=30), make(replications=30)
    assert [one.history(i) for i in range(30)] == [other.history(i) for i in range(30)]
    assert one.summary() == other.summary()
    assert one.to_columns() == other.to_columns()
    assert one.provenance == other.provenance
    assert one.assumptions == other.assumptions


@pytest.mark.parametrize("make", [continued, bare, authority])
def test_another_seed_gives_others(make: Any) -> None:
    one, other = make(seed=1), make(seed=2)
    assert one.history(0) != other.history(0)
    assert one.provenance != other.provenance


def test_a_seed_may_be_of_any_length() -> None:
    one, other = continued(seed=2**200, years=3), continued(seed=2**200 + 1, years=3)
    assert one.history(0) != other.history(0)


LETTERS = {
    "o": "outstanding", "g": "good", "r": "requires-improvement", "i": "inadequate",
}  # fmt: skip
# Kind of event, start, end, publication, kind of inspection, grades.
GOLDEN: list[tuple[Any, int, list[tuple[str, str, str, str | None, str | None, str]]]] = [
    (continued, 71, [
        ("focused-visit", "2027-04-12", "2027-04-16", "2027-06-07", None, ""),
        ("inspection", "2027-04-26", "2027-05-21", "2027-06-30", "full", "ooo"),
        ("self-evaluation", "2027-10-14", "2027-10-14", None, None, ""),
        ("engagement-meeting", "2027-11-19", "2027-11-19", None, None, ""),
        ("self-evaluation", "2028-07-27", "2028-07-27", None, None, ""),
        ("focused-visit", "2028-08-21", "2028-08-25", "2028-09-26", None, ""),
        ("engagement-meeting", "2028-11-17", "2028-11-17", None, None, ""),
    ]),
    (continued, 7, [
        ("self-evaluation", "2026-12-22", "2026-12-22", None, None, ""),
        ("engagement-meeting", "2026-12-24", "2026-12-24", None, None, ""),
        ("focused-visit", "2027-01-18", "2027-01-22", "2027-03-05", None, ""),
        ("self-evaluation", "2027-05-20", "2027-05-20", None, None, ""),
        ("inspection", "2027-05-24", "2027-06-18", "2027-07-27", "full", "ooo"),
        ("engagement-meeting", "2027-05-28", "2027-05-28", None, None, ""),
        # From Monday to Thursday: 14 April 2028 was Good Friday.
        ("focused-visit", "2028-04-10", "2028-04-13", "2028-05-22", None, ""),
    ]),
    (bare, 0, [
        ("self-evaluation", "2022-01-19", "2022-01-19", None, None, ""),
        ("focused-visit", "2022-02-21", "2022-02-25", "2022-03-28", None, ""),
        ("engagement-meeting", "2022-03-04", "2022-03-04", None, None, ""),
        ("engagement-meeting", "2022-09-23", "2022-09-23", None, None, ""),
        ("self-evaluation", "2022-11-23", "2022-11-23", None, None, ""),
        ("focused-visit", "2023-01-23", "2023-01-27", "2023-02-27", None, ""),
        ("engagement-meeting", "2023-06-01", "2023-06-01", None, None, ""),
        ("self-evaluation", "2023-06-16", "2023-06-16", None, None, ""),
        ("inspection", "2024-01-22", "2024-02-16", "2024-03-26", "full", "rri"),
        ("monitoring-visit", "2024-08-08", "2024-08-09", "2024-09-11", None, ""),
    ]),
    (authority, 0, [
        ("inspection", "2029-07-09", "2029-07-20", "2029-08-29", "standard", "rrir"),
        ("action-plan", "2029-11-26", "2029-11-26", None, None, ""),
        ("inspection", "2033-01-24", "2033-02-04", "2033-03-15", "standard", "igrg"),
        ("action-plan", "2033-05-13", "2033-05-13", None, None, ""),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("make", "index", "wanted"), GOLDEN)
def test_the_first_events_of_a_replication(
    make: Any, index: int, wanted: list[tuple[str, str, str, str | None, str | None, str]]
) -> None:
    def day(number: int | None) -> str | None:
        return None if number is None else date.fromordinal(number).isoformat()

    found = Replication(make(replications=1).scenario, index).events()
    if make is authority:
        others = ("engagement-meeting", "monitoring-visit")
        found = [one for one in found if one.type not in others]
    assert [
        (one.type, day(one.start), day(one.end), day(one.published), one.kind,
         "".join(grade[0] for grade in (one.grades or {}).values()))
        for one in found[: len(wanted)]
    ] == wanted  # fmt: skip
    for one in found:
        for grade in (one.grades or {}).values():
            assert grade == LETTERS[grade[0]]


def test_events_of_a_replication_as_those_of_a_record() -> None:
    found = continued(replications=72).history(71)
    some = [event for event in found.events if event.start.lo > NOW.toordinal()][:4]
    made: dict[str, Any] = {"basis": "assumed", "note": "simulated"}
    assert some == [
        of.FocusedVisit(
            id="simulated-focused-visit-1", start="2027-04-12", end="2027-04-16",
            published="2027-06-07", judgements=(), priority_action="none", **made,
        ),
        of.Inspection(
            id="simulated-inspection-1", start="2027-04-26", end="2027-05-21",
            published="2027-06-30", kind="full", scope="national",
            judgements=grades(private=O, public=O, leaders=O), **made,
        ),
        of.SelfEvaluation(
            id="simulated-self-evaluation-1", start="2027-10-14",
            covers=("private-law", "public-law"), **made,
        ),
        of.EngagementMeeting(
            id="simulated-engagement-meeting-1", start="2027-11-19", judgements=(),
            attended_by=("chief-executive", "senior-leadership"),
            reviews="simulated-self-evaluation-1", **made,
        ),
    ]  # fmt: skip


class TestMoreIsTheSameAndMore:
    """Fewer years are the first of more, and fewer replications the first of more."""

    @pytest.mark.parametrize("make", [continued, bare, authority])
    @pytest.mark.parametrize("seed", [1, 5])
    def test_years(self, make: Any, seed: int) -> None:
        short = make(10, 72, seed)
        long = make(20, 72, seed)
        horizon = short.horizon.toordinal()
        assert long.horizon > short.horizon
        longer = 0
        for index in range(72):
            some, more = lines(short.replication(index)), lines(long.replication(index))
            assert some == [one for one in more if one[1] <= horizon]
            longer += len(more) > len(some)
            assert short.readings(index) == long.readings(index)
        assert longer == 72

    @pytest.mark.parametrize("make", [continued, bare, authority])
    @pytest.mark.parametrize("years", [0, 1, 3, 7])
    def test_other_years(self, make: Any, years: int) -> None:
        short, long = make(years, 72), make(12, 72)
        horizon = short.horizon.toordinal()
        for index in range(72):
            more = lines(long.replication(index))
            found = [one for one in more if one[1] <= horizon]
            assert lines(short.replication(index)) == found

    @pytest.mark.parametrize("make", [continued, bare, authority])
    def test_replications(self, make: Any) -> None:
        few, many = make(6, 100), make(6, 1000)
        assert [lines(few.replication(i)) for i in range(100)] == [
            lines(many.replication(i)) for i in range(100)
        ]
        assert len(few) == 100
        assert len(many) == 1000

    def test_edge_the_next_block(self) -> None:
        """Replications 8191 and 8192 lie in two blocks, whoever asks for them."""
        one, many = authority(4, 1), authority(4, 8194)
        for index in (0, 8190, 8191, 8192, 8193):
            assert lines(many.replication(index)) == lines(Replication(one.scenario, index))
        assert lines(many.replication(0)) != lines(many.replication(8192))

    def test_non_property_what_begins_by_the_horizon_may_be_told_after_it(self) -> None:
        """An inspection of the last weeks has its report, and so its grades, later."""
        outlook = bare(3, 400)
        horizon = outlook.horizon.toordinal()
        late = [
            one
            for index in range(400)
            for one in outlook.replication(index).events()
            if one.published is not None and one.published > horizon
        ]
        assert late
        assert all(one.start <= horizon for one in late)
        assert any(one.grades for one in late)
        index = next(
            index
            for index in range(400)
            if any((one.published or 0) > horizon for one in outlook.replication(index).events())
        )
        whole = outlook.history(index)
        known = whole.known_at(outlook.horizon)
        assert len(known.events) < len(whole.events)


ONCE = bare(8, 1), continued(8, 1), authority(8, 1)
WANTED = [[lines(Replication(one.scenario, i)) for i in range(160)] for one in ONCE]


class TestReplicationsStandAlone:
    """A replication is the same whichever were made before it."""

    @settings(max_examples=30)
    @given(st.permutations(range(160)).map(lambda some: some[:12]))
    def test_order(self, some: list[int]) -> None:
        for one, wanted in zip((bare(8, 1), continued(8, 1)), WANTED[:2], strict=True):
            for index in some:
                assert lines(Replication(one.scenario, index)) == wanted[index]

    @settings(max_examples=30)
    @given(st.lists(st.integers(0, 159), min_size=1, max_size=12))
    def test_authority(self, some: list[int]) -> None:
        one = authority(8, 1)
        for index in some:
            assert lines(Replication(one.scenario, index)) == WANTED[2][index]

    def test_edge_asking_twice(self) -> None:
        outlook = bare()
        assert outlook.history(9) == outlook.history(9)
        assert outlook.history(3) == outlook.history(3)

    def test_non_property_replications_are_not_alike(self) -> None:
        assert all(some[0] != some[72] for some in WANTED)


def test_changing_one_assumption_moves_only_what_turns_on_it() -> None:
    found = of.simulation.read_behaviour("cafcass")
    slow = found.replace("lag", "focused-visit", weights={60: 1})
    one, other = continued(10, 72), continued(10, 72, behaviour=slow)

    def but(some: list[Line]) -> list[Line]:
        return [(*each[:3], *each[4:]) if each[0] == "focused-visit" else each for each in some]

    for index in range(72):
        before, after = lines(one.replication(index)), lines(other.replication(index))
        assert but(before) == but(after)
        assert before != after


# --- Histories ------------------------------------------------------------------------------------


def simulated(events: Iterable[Event]) -> list[Event]:
    return [event for event in events if event.id.startswith("simulated-")]


def test_a_history_continues_the_record() -> None:
    outlook = continued()
    assert outlook.recorded == SAMPLE
    for index in range(10):
        found = outlook.history(index)
        assert found.provider == SAMPLE.provider
        assert found.events[: len(SAMPLE.events)] == SAMPLE.events
        later = found.events[len(SAMPLE.events) :]
        assert later == tuple(simulated(found.events))
        assert all(NOW.toordinal() < event.start.lo for event in later)
        assert all(event.start.hi <= outlook.horizon.toordinal() for event in later)
        assert all(event.basis is Basis.ASSUMED for event in later)
        assert all(event.start.exact for event in later)


def test_claims_of_the_record_end_with_the_day_of_asking() -> None:
    claims = (
        Coverage(type="inspection", first=date(2021, 4, 1)),
        Coverage(type="focused-visit", first=date(2021, 4, 1), last=date(2024, 1, 1)),
        Coverage(type="monitoring-visit", last=date(2030, 1, 1), basis="reported"),
        Coverage(type="engagement-meeting", first=NOW, last=NOW, fields=("*",)),
        Coverage(type="self-evaluation", first=date(2026, 11, 24)),
        Coverage(type="action-plan", first=date(2028, 1, 1), last=date(2029, 1, 1)),
    )
    outlook = simulate(
        FRAMEWORK, record(coverage=claims), as_of=NOW, years=4, replications=1, seed=1
    )
    assert set(outlook.history(0).coverage) == {
        Coverage(type="inspection", first=date(2021, 4, 1), last=NOW),
        Coverage(type="focused-visit", first=date(2021, 4, 1), last=date(2024, 1, 1)),
        Coverage(type="monitoring-visit", last=NOW, basis="reported"),
        Coverage(type="engagement-meeting", first=NOW, last=NOW, fields=("*",)),
        Coverage(
            type="*", first=date(2026, 11, 24), last=date(2030, 11, 23), fields=("*",),
            basis="assumed",
        ),
    }  # fmt: skip


def test_the_record_of_a_bare_start_is_empty() -> None:
    outlook = bare(2)
    assert (outlook.as_of, outlook.horizon) == (date(2021, 3, 31), date(2023, 3, 31))
    assert outlook.recorded == of.History(of.Provider(name="the provider", kind="cafcass"))
    found = outlook.history(0)
    assert found.events == tuple(simulated(found.events))
    assert found.coverage == (
        Coverage(
            type="*", first=date(2021, 4, 1), last=date(2023, 3, 31), fields=("*",),
            basis="assumed",
        ),
    )  # fmt: skip


def test_days_on_which_a_simulation_begins_and_ends() -> None:
    def days(outlook: Outlook) -> tuple[str, str]:
        return str(outlook.as_of), str(outlook.horizon)

    assert days(continued(10, 1)) == ("2026-11-23", "2036-11-23")
    assert days(authority(5, 1)) == ("2026-03-31", "2031-03-31")
    leap = simulate(FRAMEWORK, SAMPLE, as_of=date(2024, 2, 29), years=1, replications=1, seed=1)
    assert days(leap) == ("2024-02-29", "2025-02-28")
    rough = simulate(ILACS, years=1, replications=1, seed=1)
    assert days(rough) == ("2018-01-28", "2019-01-28")


def test_plans_after_the_day_of_asking_are_left_aside() -> None:
    plans = [visit("plan", "2027-03-01"), full("plan-2", "2027-05-10", judgements=None)]
    one = simulate(FRAMEWORK, record(), as_of=NOW, years=8, replications=10, seed=1)
    other = simulate(FRAMEWORK, record(*plans), as_of=NOW, years=8, replications=10, seed=1)
    assert [one.history(i) for i in range(10)] == [other.history(i) for i in range(10)]
    aside = "What the record holds of the time after the day of asking is left aside."
    assert [ground.says for ground in other.assumptions].count(aside) == 1
    assert [ground.says for ground in one.assumptions].count(aside) == 0


AWAITED = full("awaited", "2026-10-05", "2026-10-30", judgements=None)


def test_a_report_that_is_awaited_comes() -> None:
    """27 working days after Friday 30 October 2026: 21 in November, then Tuesday 8 December."""
    history = record(AWAITED)
    outlook = simulate(FRAMEWORK, history, as_of=NOW, years=2, replications=60, seed=1)
    days, found = set(), set()
    for index in range(60):
        event = outlook.history(index).get("awaited")
        assert isinstance(event, of.Inspection)
        assert (event.start, event.end) == (AWAITED.start, AWAITED.end)
        assert (event.kind, str(event.scope), event.note) == ("full", "national", None)
        assert event.published is not None
        days.add(str(event.published))
        assert event.judgements is not None
        assert not event.judgements_partial
        assert [one.area for one in event.judgements] == [
            "private-law-practice", "public-law-practice", "impact-of-leaders",
        ]  # fmt: skip
        found |= {one.grade for one in event.judgements}
    # Once in 41 it is a working day earlier.
    assert days <= {"2026-12-07", "2026-12-08"}
    assert "2026-12-08" in days
    assert len(found) == 4


def test_the_grades_of_a_report_that_is_awaited() -> None:
    """Drawn from first grades, by words 16 to 18 of slot 1,048,576."""
    outlook = simulate(FRAMEWORK, record(AWAITED), as_of=NOW, years=0, replications=6, seed=1)
    found = []
    for index in range(6):
        event = outlook.history(index).get("awaited")
        assert event is not None
        found.append("".join(one.grade[0] for one in event.judgements or ()))
    assert found == ["rgg", "rir", "rrg", "ggr", "grg", "orr"]


def test_what_answers_an_event_of_the_record() -> None:
    """By word 66 of slot 67,108,864: up to 70 working days after 28 October 2026, 8 February."""
    told = of.Inspection(
        id="a", start="2026-09-07", end="2026-09-18", published="2026-10-28", kind="standard",
        judgements=grades(leaders=O, help=O, care=O, leavers=O),
    )  # fmt: skip
    outlook = simulate(
        ILACS, record(told, provider=AUTHORITY), as_of=NOW, years=1, replications=4, seed=1
    )
    days = []
    for index in range(4):
        (plan,) = outlook.history(index).of_type("action-plan")
        assert isinstance(plan, of.ActionPlan)
        assert plan.follows == "a"
        days.append(str(plan.start))
    assert days == ["2026-12-29", "2026-12-11", "2027-01-08", "2026-12-04"]


def test_fieldwork_that_goes_on_comes_to_its_end() -> None:
    """26 days from Monday 16 November 2026 end on Friday 11 December."""
    history = record(full("running", "2026-11-16", judgements=None))
    outlook = simulate(FRAMEWORK, history, as_of=NOW, years=2, replications=20, seed=1)
    for index in range(20):
        event = outlook.history(index).get("running")
        assert event is not None
        assert str(event.end) == "2026-12-11"
        # 27 working days on: 9 by 24 December, 29 to 31 December 3 more, and 15 by 22 January.
        assert str(event.published) in ("2027-01-21", "2027-01-22")


def test_what_was_told_after_the_day_of_asking_is_drawn() -> None:
    """Asked on 1 March 2024, the report that came by 3 April is still to come."""
    asked = date(2024, 3, 1)
    outlook = simulate(FRAMEWORK, SAMPLE, as_of=asked, years=1, replications=60, seed=1)
    found = set()
    for index in range(60):
        event = outlook.history(index).get("fi-2024")
        assert event is not None
        assert event.published is not None
        # 27 working days after 16 February 2024, with Good Friday on 29 March.
        assert str(event.published) in ("2024-03-25", "2024-03-26")
        assert event.judgements is not None
        found |= {one.grade for one in event.judgements}
    assert len(found) > 1


def test_a_report_that_is_overdue_comes_after_the_day_of_asking() -> None:
    history = record(full("awaited", "2025-10-06", "2025-10-31", judgements=None))
    outlook = simulate(FRAMEWORK, history, as_of=NOW, years=2, replications=20, seed=1)
    days = {str(event.published) for i in range(20) for event in [outlook.history(i).get("awaited")]
            if event is not None}  # fmt: skip
    assert days == {"2026-11-24"}


@pytest.mark.parametrize(("framework", "asked"), [(FRAMEWORK, NOW), (ILACS, NOW)])
def test_a_simulated_history_can_be_continued(framework: of.Framework, asked: date) -> None:
    provider = CAFCASS if framework is FRAMEWORK else AUTHORITY
    history = record(provider=provider)
    names: set[str] = set()
    for years in (6, 4, 5):
        outlook = simulate(framework, history, as_of=asked, years=years, replications=3, seed=7)
        before, history = history, outlook.history(2)
        assert len({event.id for event in history.events}) == len(history.events)
        new = {event.id for event in history.events} - names
        assert {event.id for event in before.events} == names
        assert len(new) == len(history.events) - len(before.events) > 0
        for event in before.events:  # a report that came after the horizon is drawn again
            again = history.get(event.id)
            assert again is not None
            told = event.published
            if told is None or told.hi <= asked.toordinal():
                assert again == event
        names |= new
        asked = outlook.horizon
    # Numbers go on: of n inspections the last is number n.
    last = history.of_type("inspection")
    assert [event.id for event in last] == [
        f"simulated-inspection-{number}" for number in range(1, len(last) + 1)
    ]


def test_ids_of_the_record_are_not_used_again() -> None:
    taken = full("simulated-inspection-7", "2024-01-22", "2024-02-16", "2024-04-03")
    outlook = simulate(FRAMEWORK, record(taken), as_of=NOW, years=9, replications=5, seed=1)
    for index in range(5):
        ids = [event.id for event in outlook.history(index).of_type("inspection")]
        assert ids[:2] == ["simulated-inspection-7", "simulated-inspection-8"]


def test_ids_of_another_kind_of_event_are_not_used_again() -> None:
    taken = visit("simulated-inspection-1", "2024-01-22", "2024-02-16", "2024-04-03")
    outlook = simulate(FRAMEWORK, record(taken), as_of=NOW, years=9, replications=2, seed=1)
    found = outlook.history(0)
    assert found.get("simulated-inspection-1") == taken
    assert len(found.of_type("inspection")) >= 2


# --- Columns --------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [continued, bare, authority])
def test_columns_agree_with_the_histories(make: Any) -> None:
    outlook = make(10, 20)
    columns = outlook.to_columns()
    (length,) = {len(column) for column in columns.values()}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert len(rows) == length
    readings = list(outlook.readings(0))
    fixed = ["type", "id", "kind", "start", "end", "published"]
    head = ["replication", *(f"reading of {id}" for id in readings), *fixed]
    assert list(columns)[: len(head)] == head
    areas = list(columns)[len(head) :]
    for index in range(20):
        some = [row for row in rows if row["replication"] == index]
        events = {event.id: event for event in simulated(outlook.history(index).events)}
        assert {row["id"] for row in some} == set(events)
        assert len(some) == len(events)
        for row in some:
            event = events[row["id"]]
            assert row["type"] == event.type
            assert row["kind"] == getattr(event, "kind", None)
            for name in ("start", "end", "published"):
                when = getattr(event, name)
                assert row[name] == (None if when is None else date.fromordinal(when.lo))
            given = {one.area: str(one.grade) for one in event.judgements or ()}
            assert {area: row[area] for area in areas if row[area] is not None} == given
            chosen = {id: row[f"reading of {id}"] for id in readings}
            assert chosen == outlook.readings(index)


def test_columns_hold_the_events_of_the_record_that_were_finished() -> None:
    outlook = simulate(FRAMEWORK, record(AWAITED), as_of=NOW, years=0, replications=3, seed=1)
    columns = outlook.to_columns()
    assert columns["id"] == ["awaited"] * 3
    assert columns["replication"] == [0, 1, 2]
    assert columns["start"] == [date(2026, 10, 5)] * 3
    for index in range(3):
        event = outlook.history(index).get("awaited")
        assert event is not None
        assert event.published is not None
        assert columns["published"][index] == date.fromordinal(event.published.lo)
        assert columns["impact-of-leaders"][index] == next(
            str(one.grade) for one in event.judgements or () if one.area == "impact-of-leaders"
        )


# --- Readings, indices, nothing to do -------------------------------------------------------------


def test_readings_take_turns() -> None:
    """2 × 3 × 3 × 2 × 2 cases; the first provision turns fastest."""
    outlook = continued(1, 144)
    found = [tuple(outlook.readings(index).values()) for index in range(144)]
    assert list(outlook.readings(0)) == [
        "full-inspection", "self-evaluation", "engagement-meeting", "focused-visits",
        "judged-inadequate",
    ]  # fmt: skip
    assert len(set(found)) == 72
    assert found[:72] == found[72:]
    year = "financial-year"
    assert found[:3] == [
        ("fixed-window", year, year, "at-least-once", "any-area"),
        ("anniversary", year, year, "at-least-once", "any-area"),
        ("fixed-window", "calendar-year", year, "at-least-once", "any-area"),
    ]
    assert found[6] == ("fixed-window", year, "calendar-year", "at-least-once", "any-area")
    assert found[18] == ("fixed-window", year, year, "once-or-twice", "any-area")
    assert found[36] == ("fixed-window", year, year, "at-least-once", "overall")
    assert found[71] == (
        "anniversary", "twelve-months", "twelve-months", "once-or-twice", "overall",
    )  # fmt: skip


def test_a_reading_that_is_chosen_is_not_open() -> None:
    chosen = FRAMEWORK.choose("full-inspection", reading="anniversary")
    outlook = simulate(chosen, years=1, replications=2, seed=1)
    assert list(outlook.readings(0)) == [
        "self-evaluation", "engagement-meeting", "focused-visits", "judged-inadequate",
    ]  # fmt: skip
    assert authority(1, 1).readings(0) == {
        "engagement-meeting": "financial-year", "judged-inadequate": "any-judgement",
    }  # fmt: skip


def test_the_framework_of_a_replication() -> None:
    outlook = continued(1, 72)
    found = outlook.framework_of(71)
    assert found.chosen == (
        ("full-inspection", "anniversary"), ("self-evaluation", "twelve-months"),
        ("engagement-meeting", "twelve-months"), ("focused-visits", "once-or-twice"),
        ("judged-inadequate", "overall"),
    )  # fmt: skip
    alone = simulate(found, SAMPLE, as_of=NOW, years=1, replications=72, seed=1)
    assert alone.history(71) == outlook.history(71)
    assert authority(1, 1).framework_of(0).chosen == (
        ("engagement-meeting", "financial-year"), ("judged-inadequate", "any-judgement"),
    )  # fmt: skip


@pytest.mark.parametrize("index", [-1, 3, 8192])
@pytest.mark.parametrize("ask", ["replication", "history", "readings", "framework_of"])
def test_there_are_no_others(ask: str, index: int) -> None:
    with pytest.raises(IndexError, match=f"replication {index} of 3"):
        getattr(bare(1, 3), ask)(index)


@pytest.mark.parametrize("make", [continued, bare, authority])
def test_no_years(make: Any) -> None:
    outlook = make(0, 2)
    assert outlook.horizon == outlook.as_of
    found = outlook.history(0)
    assert found.events == outlook.recorded.events
    assert all(claim.last == outlook.as_of or claim.last < outlook.as_of
               for claim in found.coverage)  # fmt: skip
    assert len(found.coverage) == len(outlook.recorded.coverage)
    assert all(column == [] for column in outlook.to_columns().values())
    measures = outlook.summary().measures
    assert {one.what for one in measures} == {"days-to-next"}
    assert all(one.mean is None for one in measures)
    assert outlook.assumptions


def test_one_replication() -> None:
    outlook = continued(10, 1)
    assert len(outlook) == 1
    assert repr(outlook) == (
        "<Outlook cafcass-2021 2026-11-23 to 2036-11-23, 1 replications, seed 1, "
        "39 assumptions, weakest basis assumed>"
    )
    assert all(one.replications == 1 for one in outlook.summary().measures)
    assert set(outlook.to_columns()["replication"]) == {0}


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    bare(1, 5, progress=lambda done, number: told.append((done, number)))
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    told.clear()
    scenario = bare(1, 1).scenario
    one_by_one(scenario, range(300), lambda done, number: told.append((done, number)))
    assert told == [(3 * n, 300) for n in range(1, 101)]
    told.clear()
    one_by_one(scenario, range(201), lambda done, number: told.append((done, number)))
    assert told == [*((2 * n, 201) for n in range(1, 101)), (201, 201)]


def test_the_collector_runs_again_whatever_happens() -> None:
    def stop(done: int, number: int) -> None:
        raise KeyError(done)

    assert gc.isenabled()
    with pytest.raises(KeyError):
        bare(1, 2, progress=stop)
    assert gc.isenabled()
    gc.disable()
    try:
        bare(1, 2)
        assert not gc.isenabled()
    finally:
        gc.enable()


# --- What it rests on -----------------------------------------------------------------------------


def test_provenance() -> None:
    found = continued(10, 7, 3).provenance
    assert (found.behaviour, found.seed, found.replications) == ("cafcass", 3, 7)
    assert (found.first, found.horizon) == (date(2026, 11, 24), date(2036, 11, 23))
    assert found.behaviour_hash == of.simulation.read_behaviour("cafcass").content_hash
    receipt = found.receipt
    assert receipt.as_of == NOW
    assert receipt.frameworks == (("cafcass-2021", FRAMEWORK.content_hash),)
    assert (receipt.readings, receipt.changes) == ((), ())
    assert receipt.input == of.check(SAMPLE, as_of=NOW).receipt.input


@pytest.mark.parametrize(
    "other",
    [
        lambda: continued(10, 7, 4),
        lambda: continued(10, 8, 3),
        lambda: continued(11, 7, 3),
        lambda: simulate(
            FRAMEWORK, SAMPLE, as_of=date(2026, 11, 22), years=10, replications=7, seed=3
        ),
        lambda: simulate(FRAMEWORK, record(), as_of=NOW, years=10, replications=7, seed=3),
        lambda: continued(10, 7, 3, behaviour=of.simulation.read_behaviour("local-authority")),
        lambda: continued(10, 7, 3, calendar=of.WorkingDays(frozenset({date(2027, 1, 4)}))),
        lambda: simulate(
            FRAMEWORK.choose("focused-visits", reading="at-least-once"), SAMPLE, as_of=NOW,
            years=10, replications=7, seed=3,
        ),
    ],
)  # fmt: skip
def test_provenance_tells_outlooks_apart(other: Any) -> None:
    assert continued(10, 7, 3).provenance == continued(10, 7, 3).provenance
    assert other().provenance != continued(10, 7, 3).provenance


UNSEEN = "but those on record, which does not claim to hold all."


@pytest.mark.parametrize("make", [continued, bare, authority])
def test_every_assumption_has_its_support(make: Any) -> None:
    outlook = make(10, 72)
    facts = {fact.id for fact in (*outlook.framework.facts, *outlook.behaviour.facts)}
    assert outlook.assumptions
    for ground in outlook.assumptions:
        assert ground.part
        assert isinstance(ground.basis, Basis)
        assert set(ground.facts) <= facts
        assert ground.says or ground.facts
    assert outlook.basis is Basis.ASSUMED


def test_what_is_assumed_of_the_record() -> None:
    told = [one.says for one in continued(10, 72).assumptions if one.part == "the record"]
    # The sample claims to hold inspections and visits up to 3 April 2024, and nothing else.
    assert [one for one in told if one is not None and one.endswith(UNSEEN)] == [
        f"From 4 April 2024 to 23 November 2026 there were no inspections {UNSEEN}",
        f"From 1 April 2021 to 23 November 2026 there were no self-evaluations {UNSEEN}",
        f"From 1 April 2021 to 23 November 2026 there were no engagement meetings {UNSEEN}",
        f"From 4 April 2024 to 23 November 2026 there were no focused visits {UNSEEN}",
        f"From 4 April 2024 to 23 November 2026 there were no monitoring visits {UNSEEN}",
    ]


def test_nothing_is_assumed_of_a_complete_record() -> None:
    inspection = full("a", "2024-01-22", "2024-02-16", "2024-04-03")
    outlook = simulate(
        FRAMEWORK,
        record(inspection, coverage=COMPLETE),
        as_of=NOW,
        years=10,
        replications=72,
        seed=1,
    )
    assert not [one for one in outlook.assumptions if (one.says or "").endswith(UNSEEN)]
    assert not [one for one in outlook.assumptions if one.part == "the start"]


def test_what_is_assumed_of_a_bare_start() -> None:
    told = [one.says for one in bare(10, 72).assumptions if one.part == "the start"]
    assert told == [
        "There is no record: clocks that open with the framework start on 1 April 2021."
    ]
    told = [one.says for one in authority(10, 72).assumptions if one.part == "the start"]
    assert told == [
        "There is no record: clocks that open with the framework start on 1 April 2026.",
        "inspection-interval: nothing says when the first is; it is taken to come from "
        "1 April 2026 to 1 October 2029.",
        *(
            "engagement-meeting: nothing says when the first is; it is taken to come from "
            f"1 {first} to {last}."
            for first, last in (
                ("April 2026", "31 March 2027"),
                ("April 2026", "31 December 2026"),
                ("April 2026", "1 April 2027"),
            )
        ),
    ]
    assert not [one for one in bare(10, 72).assumptions if one.part == "the record"]


def test_open_readings_are_assumptions() -> None:
    parts = [one.part for one in continued(1, 1).assumptions]
    assert [one for one in parts if one.startswith("reading of")] == [
        "reading of full-inspection", "reading of self-evaluation",
        "reading of engagement-meeting", "reading of focused-visits",
        "reading of judged-inadequate",
    ]  # fmt: skip
    chosen = FRAMEWORK.choose("full-inspection", reading="anniversary")
    outlook = simulate(chosen, SAMPLE, as_of=NOW, years=1, replications=1, seed=1)
    told = [one for one in outlook.assumptions if one.part == "reading of full-inspection"]
    assert [str(one.basis) for one in told] == ["reported", "assumed"]
    assert "By analogy" in (told[0].says or "")


def test_a_changed_assumption_is_listed_as_the_users() -> None:
    changed = of.simulation.read_behaviour("cafcass").replace(
        "late", "inspection", given="since-last", weights={"yes": 1, "no": 4}, says="Told."
    )
    grounds = continued(10, 72, behaviour=changed).assumptions
    (found,) = [one for one in grounds if one.part.startswith("late of inspection")]
    assert found.part == "late of inspection, since-last: yes 1, no 4"
    assert (found.basis, found.facts, found.says) == (Basis.ASSUMED, (), "Told.")
