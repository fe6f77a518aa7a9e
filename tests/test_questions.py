"""Questions to an outlook: worked out by hand, by exact chains, and in both forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import inf, sqrt
from typing import Any

import attrs
import pytest

import ofsted_framework as of
from helpers import day
from ofsted_framework.errors import OfstedFrameworkError
from ofsted_framework.simulation import (
    ON_SITE,
    Behaviour,
    Contacts,
    DetectionDelay,
    InspectorDays,
    LongestGap,
    Measure,
    Outlook,
    Provenance,
    Reply,
    TimeJudgedInadequate,
    TimeToNext,
    Unnoticed,
    Within,
    read_behaviour,
    replies,
    simulate,
)
from ofsted_framework.simulation import running as home
from ofsted_framework.simulation.questions import Question
from ofsted_framework.sources import Basis, Ground
from simulated import CAFCASS_2021, GRADED, INADEQUATE, NOTHING, every, inspected, own, visits

YEAR = 365.2425
QUALITY = read_behaviour("true-quality")
CAFCASS = read_behaviour("cafcass").joined(QUALITY)
EVERY: tuple[Question, ...] = (
    Within(first=date(2027, 1, 1), last=date(2027, 6, 30)),
    TimeToNext(of="focused-visit"),
    TimeJudgedInadequate(),
    TimeJudgedInadequate(status="judged-inadequate"),
    TimeJudgedInadequate(areas="impact-of-leaders", grade="good"),
    Contacts(),
    LongestGap(of=ON_SITE),
    InspectorDays(teams={"inspection": 6, "focused-visit": (3, 2)}),
    DetectionDelay(area="impact-of-leaders"),
    Unnoticed(area="private-law-practice", below="outstanding"),
)


def cafcass(**given: Any) -> Outlook:
    asked: dict[str, Any] = {"years": 10, "seed": 3, "replications": 250, "behaviour": CAFCASS}
    framework = CAFCASS_2021.choose("self-evaluation", reading="twelve-months")
    framework = framework.choose("engagement-meeting", reading="twelve-months")
    return simulate(framework, of.sample("cafcass"), as_of=day("2026-11-23"), **{**asked, **given})


def only(reply: Reply, what: str | None = None) -> Measure:
    some = reply.measures if what is None else reply.select(what)
    assert len(some) == 1, some
    return some[0]


def near(found: float | None, wanted: Fraction | float, error: float) -> None:
    assert found is not None
    assert abs(found - float(wanted)) <= 4 * error, (found, float(wanted), error)


# --- Both forms, and every reading for itself -----------------------------------------------------


def test_both_forms_reply_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    outlook = cafcass()
    made = replies(outlook, EVERY)
    monkeypatch.setattr(home, "_FEW", 10**9)
    plain = replies(outlook, EVERY)
    for one, other in zip(made, plain, strict=True):
        assert one.measures == other.measures
        assert set(one.assumptions) == set(other.assumptions)


def test_no_figure_is_pooled_over_readings() -> None:
    """Three provisions are open, of two readings each; a question has those that have a say."""
    outlook = cafcass()
    for one in replies(outlook, EVERY):
        names = [{id for id, _ in measure.readings} for measure in one.measures]
        assert all(some == names[0] for some in names)
        wanted = {"full-inspection", "focused-visits", "judged-inadequate"}
        if isinstance(one.question, Within | TimeToNext):
            wanted = {"full-inspection"} if isinstance(one.question, Within) else wanted - {
                "judged-inadequate"
            }  # fmt: skip
        assert names[0] == wanted, one.question
        for figure in one.figures:
            if figure.what not in ("noticed", "detection-delay"):
                some = one.select(figure.what)
                assert sum(measure.replications for measure in some) == 250
                assert len({measure.readings for measure in some}) == 2 ** len(wanted)


def test_visits_have_a_say_in_what_inspections_notice() -> None:
    """They change the drift, and so do the readings of how many there are."""
    reply = cafcass(replications=16).ask(Unnoticed(area="impact-of-leaders", by="inspection"))
    assert [id for id, _ in reply.measures[0].readings] == [
        "full-inspection", "focused-visits", "judged-inadequate",
    ]  # fmt: skip
    reply = cafcass(replications=16, behaviour=read_behaviour("cafcass")).ask(
        TimeJudgedInadequate()
    )
    assert [id for id, _ in reply.measures[0].readings] == ["full-inspection"]


def test_a_reply_does_not_change_the_outlook() -> None:
    outlook = cafcass(replications=40)
    before = outlook.assumptions
    reply = outlook.ask(DetectionDelay(area="impact-of-leaders"))
    assert outlook.assumptions == before
    assert set(before) <= set(reply.assumptions)
    told = [one.part for one in reply.assumptions]
    assert "notices, focused-visit: yes 1, no 1" in told


# --- By hand --------------------------------------------------------------------------------------

EVEN = NOTHING.replace("length", "inspection", weights={"10": 1})
RECURRING = own(GRADED, inspected(every(12)), start=date(2024, 1, 1))


def recurring(*rows: str, behaviour: Behaviour = EVEN, count: int = 600, **given: Any) -> Outlook:
    framework = own(GRADED, inspected({"periods": {"origin": date(2024, 1, 1), "months": 12}}),
                    *rows, start=date(2024, 1, 1))  # fmt: skip
    asked: dict[str, Any] = {"start": date(2024, 1, 1), "years": 4, "seed": 8}
    return simulate(framework, behaviour=behaviour, replications=count, **{**asked, **given})


def test_a_day_anywhere_in_the_year() -> None:
    """91 days of 366 are in the first quarter of 2024, and 1 January to 1 July is half of it."""
    outlook = recurring()
    for last, days in ((date(2024, 3, 31), 91), (date(2024, 7, 1), 183), (date(2024, 12, 31), 366)):
        found = only(outlook.ask(Within(first=date(2024, 1, 1), last=last)))
        share = Fraction(days, 366)
        near(found.mean, share, sqrt(float(share * (1 - share)) / 600))
        low, high = found.interval or (2.0, 2.0)
        assert low <= (found.mean or 0) <= high
    next_ = only(outlook.ask(TimeToNext()))
    near(next_.mean, Fraction(367, 2), sqrt((366**2 - 1) / 12 / 600))
    sure = only(outlook.ask(Within(first=date(2024, 1, 1), last=date(2024, 12, 31))))
    assert (sure.mean, sure.error) == (1.0, 0.0)
    # Wilson's interval of 600 of 600: from 600 / (600 + 1.96²).
    assert list(sure.interval or ()) == pytest.approx([600 / 603.8416, 1.0])


def test_contacts_are_one_inspection_and_one_visit_a_year() -> None:
    """1,461 days from 2024 to 2027 are 4 years of 365.2425 days and 30 hundredths of a day."""
    outlook = recurring(visits(1, 1), count=20)
    reply = outlook.ask(Contacts(of="inspection"))
    assert only(reply).mean == pytest.approx(4 * YEAR / 1461)
    assert only(outlook.ask(Contacts(of=["inspection", "monitoring-visit"]))).mean == (
        pytest.approx(4 * YEAR / 1461)
    )
    for index, one in enumerate([outlook.replication(n) for n in range(20)]):
        found = sum(event.type in ("inspection", "focused-visit") for event in one.events())
        (value,) = Contacts().values(one)
        assert value == pytest.approx(found * YEAR / 1461), index


def test_the_longest_gap_goes_from_the_day_of_asking_to_the_horizon() -> None:
    outlook = recurring(count=10)
    for index in range(10):
        made = outlook.replication(index)
        days = [(one.start, one.end) for one in made.events()]
        first, horizon = date(2024, 1, 1).toordinal(), date(2027, 12, 31).toordinal()
        assert len(days) == 4
        gaps = [days[0][0] - first + 1, *(b[0] - a[1] for a, b in pairwise(days)),
                horizon - days[3][1]]  # fmt: skip
        assert LongestGap().values(made) == (float(max(gaps)),)
    none = only(recurring(count=3).ask(LongestGap(of="monitoring-visit")))
    assert none.mean == 1461.0


def test_inspector_days_are_inspectors_by_days_on_site() -> None:
    """From a Monday to the Friday of the week after, 12 days: 10 of them working days."""
    behaviour = NOTHING.replace("length", "inspection", weights={"12": 1})
    behaviour = behaviour.replace("begins", "inspection", weights={"monday": 1})
    behaviour = behaviour.replace("timing", "inspection", weights={"1": 0, "2": 0, "3": 1, "4": 0})
    outlook = recurring(behaviour=behaviour, count=10)
    # July to September has one bank holiday, on the last Monday of August.
    for index in range(10):
        made = outlook.replication(index)
        total = sum(
            10 - any(one.start <= date(year, 8, holiday).toordinal() <= one.end
                     for year, holiday in ((2024, 26), (2025, 25), (2026, 31), (2027, 30)))
            for one in made.events()
        )  # fmt: skip
        (value,) = InspectorDays(teams={"inspection": 7}).values(made)
        assert value == pytest.approx(7 * total * YEAR / 1461)
        (value,) = InspectorDays(teams={"inspection": (7, 3)}).values(made)
        assert value == pytest.approx(7 * 3 * 4 * YEAR / 1461)
        (value,) = InspectorDays(teams={"inspection/short": 5, "inspection": (1, 1)}).values(made)
        assert value == pytest.approx(4 * YEAR / 1461)


def test_time_judged_inadequate_goes_from_report_to_report() -> None:
    one = {"outstanding": 0, "good": 0, "requires-improvement": 0, "inadequate": 1}
    behaviour = EVEN.replace("first-grade", weights=one).replace(
        "grade-move", given="inadequate", weights={**one, "inadequate": 0, "good": 1}
    )
    behaviour = behaviour.replace("grade-move", given="good", weights={"inadequate": 1})
    behaviour = behaviour.replace("lag", weights={"20": 1})
    outlook = recurring(INADEQUATE, behaviour=behaviour, count=10)
    for index in range(10):
        made = outlook.replication(index)
        out = [one.published or 0 for one in made.inspections]
        horizon = date(2027, 12, 31).toordinal() + 1
        ends = [min(one, horizon) for one in [*out, horizon]]
        days = (ends[1] - ends[0]) + (ends[3] - ends[2])
        wanted = pytest.approx(days * YEAR / 1461)
        for question in (
            TimeJudgedInadequate(),
            TimeJudgedInadequate(status="inadequate"),
            TimeJudgedInadequate(areas=["practice"]),
        ):
            assert list(question.values(made)) == [wanted]
        (good,) = TimeJudgedInadequate(areas="leaders", grade="good").values(made)
        assert good == pytest.approx((ends[2] - ends[1] + ends[4] - ends[3]) * YEAR / 1461)


def falling(**given: Any) -> Behaviour:
    """From level 4 down by one each six months, to 1, and then up for good: 1 March to 1 March."""
    behaviour = EVEN.replace("levels", weights={"good": 3, "inadequate": 2})
    behaviour = behaviour.replace("start-level", weights={"4": 1})
    behaviour = behaviour.replace("drift-months", weights={"6": 1})
    behaviour = behaviour.replace("drift", weights={"down": 1})
    for what, weights in given.items():
        behaviour = behaviour.replace(what.replace("_", "-"), weights=weights)
    return behaviour


def test_a_fall_is_noticed_by_the_first_inspection_after_it() -> None:
    """Levels 4, 3, 2: good until 1 January 2025, then inadequate to the end."""
    outlook = recurring(behaviour=falling(), count=12)
    fell = date(2025, 1, 1).toordinal()
    for index in range(12):
        made = outlook.replication(index)
        assert made.path("practice")[:4] == [4, 3, 2, 1]
        first = next(one.start for one in made.events() if one.start >= fell)
        assert DetectionDelay(area="practice").values(made) == (1.0, 1.0, float(first - fell))
        (days,) = Unnoticed(area="practice").values(made)
        assert days == pytest.approx((first - fell) * YEAR / 1461)
    reply = outlook.ask(DetectionDelay(area="practice"))
    assert only(reply, "falls").mean == only(reply, "noticed").mean == 1.0


def test_a_fall_that_nobody_notices() -> None:
    behaviour = falling(notices={"no": 1})
    outlook = recurring(behaviour=behaviour, count=6)
    fell, horizon = date(2025, 1, 1).toordinal(), date(2027, 12, 31).toordinal()
    made = outlook.replication(0)
    assert DetectionDelay(area="practice").values(made) == (1.0, 0.0, inf)
    (days,) = Unnoticed(area="practice").values(made)
    assert days == pytest.approx((horizon + 1 - fell) * YEAR / 1461)
    asked = DetectionDelay(area="practice", noticing={"inspection": {"yes": 1}})
    assert asked.values(made)[1] == 1.0
    reply = outlook.ask(DetectionDelay(area="practice"))
    assert only(reply, "noticed").mean == 0.0
    delay = only(reply, "detection-delay")
    assert delay.mean is None
    assert all(quantile.value is None for quantile in delay.quantiles)


def test_what_is_seen_too_good_is_not_noticed() -> None:
    """Two levels too good: 2 is seen as 4, and 1 as 3. Both are good."""
    outlook = recurring(behaviour=falling(seen={"2": 1}), count=3)
    assert DetectionDelay(area="leaders").values(outlook.replication(0)) == (1.0, 0.0, inf)


def test_a_fall_that_recovers_before_anyone_comes() -> None:
    """Down in the first month and up in the second; no inspection of 2024 begins before July."""
    behaviour = EVEN.replace("levels", weights={"good": 1, "inadequate": 1})
    behaviour = behaviour.replace("start-level", weights={"2": 1})
    behaviour = behaviour.replace("drift-months", weights={"1": 1})
    behaviour = behaviour.replace("middle-level", weights={"2": 1})
    behaviour = behaviour.replace("drift", weights={"down": 1})
    behaviour = behaviour.replace("drift", given="below-middle", weights={"up": 1})
    behaviour = behaviour.replace("timing", weights={"1": 0, "2": 1})
    outlook = recurring(behaviour=behaviour, count=4, years=1)
    made = outlook.replication(0)
    assert made.path("practice") == [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    assert DetectionDelay(area="practice").values(made) == (1.0, 0.0, inf)
    # Six falls, in February, April, June, August, October and December.
    (start,) = [one.start for one in made.events()]
    begins = [date(2024, month, 1).toordinal() for month in (2, 4, 6, 8, 10, 12)]
    ends = [date(2024, month, 1).toordinal() for month in (3, 5, 7, 9, 11)]
    ends.append(date(2025, 1, 1).toordinal())
    days = sum(
        (start if first <= start < end else end) - first
        for first, end in zip(begins, ends, strict=True)
    )
    assert list(Unnoticed(area="practice").values(made)) == [pytest.approx(days * YEAR / 366)]


# --- Exact chains ---------------------------------------------------------------------------------


def test_levels_after_so_many_steps_are_those_of_the_chain() -> None:
    """Down 1, stay 2, up 1 of 4 on four levels; from level 2, exactly, by squaring nothing."""
    behaviour = EVEN.replace("levels", weights={"outstanding": 1, "good": 1,
                             "requires-improvement": 1, "inadequate": 1})  # fmt: skip
    behaviour = behaviour.replace("start-level", weights={"2": 1})
    behaviour = behaviour.replace("drift", weights={"down": 1, "stay": 2, "up": 1})
    outlook = recurring(behaviour=behaviour, count=1500, years=3)
    paths = [one.path("practice") for one in home.replications(outlook.scenario, range(1500))]
    shares = [Fraction(0), Fraction(1), Fraction(0), Fraction(0)]
    quarter = Fraction(1, 4)
    for step in range(12):
        for level in range(4):
            found = sum(path[step] == level + 1 for path in paths) / 1500
            near(found, shares[level], sqrt(float(shares[level] * (1 - shares[level])) / 1500))
        a, b, c, d = shares
        shares = [
            3 * quarter * a + quarter * b, quarter * (a + c) + 2 * quarter * b,
            quarter * (b + d) + 2 * quarter * c, quarter * c + 3 * quarter * d,
        ]  # fmt: skip
    assert shares[0] > Fraction(1, 4) > shares[3]


def expected(starts: list[int], steps: list[int], end: int, notice: Fraction) -> Iterator[Fraction]:
    """Exactly, for one run of inspections: share noticed, days unnoticed.

    A third of the chances each month to fall, for good; each inspection from the day of the fall on
    notices it with one chance, whatever went before.
    """
    noticed = unnoticed = Fraction(0)
    for number, fell in enumerate(steps):
        falls = Fraction(2, 3) ** number * Fraction(1, 3)
        missed = Fraction(1)
        for start in (one for one in starts if one >= fell):
            noticed += falls * missed * notice
            unnoticed += falls * missed * notice * (start - fell)
            missed *= 1 - notice
        unnoticed += falls * missed * (end - fell)
    yield from (noticed, unnoticed)


@pytest.mark.parametrize("notice", [Fraction(2, 10), Fraction(9, 10)])
def test_detection_is_that_of_the_chain(notice: Fraction) -> None:
    behaviour = EVEN.replace("levels", weights={"good": 1, "inadequate": 1})
    behaviour = behaviour.replace("start-level", weights={"2": 1})
    behaviour = behaviour.replace("drift-months", weights={"1": 1})
    behaviour = behaviour.replace("drift", weights={"down": 1, "stay": 2})
    tenths = int(notice * 10)
    behaviour = behaviour.replace("notices", weights={"yes": tenths, "no": 10 - tenths})
    outlook = recurring(behaviour=behaviour, count=600)
    steps, end = outlook.scenario.steps, date(2028, 1, 1).toordinal()
    wanted = [
        list(expected([one.start for one in made.events()], steps, end, notice))
        for made in home.replications(outlook.scenario, range(600))
    ]
    assert steps[0] == date(2024, 2, 1).toordinal()
    share, days = (sum((one[place] for one in wanted), Fraction(0)) / 600 for place in (0, 1))
    falls = 1 - Fraction(2, 3) ** len(steps)
    reply, other = replies(outlook, [DetectionDelay(area="practice"), Unnoticed(area="practice")])
    fell, seen = only(reply, "falls"), only(reply, "noticed")
    near(fell.mean, falls, sqrt(float(falls * (1 - falls)) / 600) + 1e-9)
    chance = float(share / falls)
    near(seen.mean, chance, sqrt(chance * (1 - chance) / (600 * float(falls))))
    left = only(other)
    near(left.mean, float(days) * YEAR / 1461, left.error or 0)


def test_time_judged_inadequate_is_that_of_the_chain() -> None:
    """Of two grades: to inadequate with 1 of 4 from good, and 2 of 3 from inadequate."""
    behaviour = EVEN.replace("first-grade", weights={"good": 1})
    behaviour = behaviour.replace("grade-move", given="good",
                                  weights={"good": 3, "inadequate": 1})  # fmt: skip
    behaviour = behaviour.replace("grade-move", given="inadequate",
                                  weights={"good": 1, "inadequate": 2})  # fmt: skip
    outlook = recurring(behaviour=behaviour, count=1500)
    # Inadequate at the first to the fourth: 0, then 1/4, then 1/4 × 2/3 + 3/4 × 1/4, and so on.
    chances = [Fraction(0), Fraction(1, 4), Fraction(17, 48)]
    chances.append(chances[2] * Fraction(2, 3) + (1 - chances[2]) * Fraction(1, 4))
    end, total = date(2028, 1, 1).toordinal(), Fraction(0)
    for made in home.replications(outlook.scenario, range(1500)):
        out = [min(one.published or one.end, end) for one in made.inspections]
        spans = [after - before for before, after in zip(out, [*out[1:], end], strict=True)]
        total += sum((c * days for c, days in zip(chances, spans, strict=True)), Fraction(0))
    found = only(outlook.ask(TimeJudgedInadequate(areas="practice")))
    near(found.mean, float(total / 1500) * YEAR / 1461, found.error or 0)


# --- What cannot be asked -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        (Within(first=date(2027, 1, 1), last=date(2026, 12, 31)), "is before 2027-01-01"),
        (Within(first=date(2026, 1, 1), last=date(2026, 12, 31)), "is not simulated"),
        (Within(first=date(2027, 1, 1), last=date(2036, 11, 24)), "is not simulated"),
        (TimeToNext(of="inspektion"), "is no kind of event that is simulated here.*inspection"),
        (Contacts(of="inspektion"), "is no kind of event"),
        (TimeJudgedInadequate(status="inadequate"), "is no status of cafcass-2021"),
        (TimeJudgedInadequate(areas="leadership"), "is no graded area"),
        (DetectionDelay(area="leadership"), "has no true quality here"),
        (Unnoticed(area="impact-of-leaders", below="adequate"), "is no grade of four-grades"),
        (Unnoticed(area="impact-of-leaders", below="inadequate"), "that can be fallen below"),
        (InspectorDays(teams={"thematic-review": 3}), "is no kind of event that is simulated"),
        ("contacts", "is no question"),
    ],
)
def test_questions_that_cannot_be_answered(question: Any, wanted: str) -> None:
    with pytest.raises(OfstedFrameworkError, match=wanted):
        cafcass(replications=1).ask(question)


def test_all_faults_at_once() -> None:
    outlook = cafcass(replications=1, behaviour=read_behaviour("cafcass"), years=0)
    with pytest.raises(OfstedFrameworkError) as caught:
        replies(outlook, [Contacts(), Unnoticed(area="impact-of-leaders"), LongestGap(of="visit")])
    told = str(caught.value)
    assert "a figure for a year needs simulated days" in told
    assert 'read_behaviour("true-quality") has some' in told
    assert "'visit' is no kind of event" in told


@pytest.mark.parametrize(
    ("make", "wanted"),
    [
        (lambda: InspectorDays(teams={"inspektion": 3}), "is no activity"),
        (lambda: InspectorDays(teams={"inspection": 0}), "is neither a number of inspectors"),
        (lambda: Unnoticed(area="a", noticing={"inspektion": {"yes": 1}}), "noticing/inspektion"),
        (lambda: Unnoticed(area="a", noticing={"*": {"yes": 0}}), "is not a sum of weights"),
        (lambda: Unnoticed(area="a", below="great"), "great"),
    ],
)  # fmt: skip
def test_questions_that_make_no_sense(make: Any, wanted: str) -> None:
    with pytest.raises(OfstedFrameworkError, match=wanted):
        make()


# --- What a reply says ----------------------------------------------------------------------------


def test_a_reply_in_words() -> None:
    outlook = cafcass(replications=60)
    for one in replies(outlook, EVERY):
        told, table = one.explain(), one.to_markdown()
        for figure in one.figures:
            says = f"{figure.says[0].upper()}{figure.says[1:]}"
            assert says in " ".join(told.split())
            assert says.split(",")[0].split("(")[0] in table
        assert f"Weakest basis: {one.basis}." in told
        assert all(len(line) <= 96 for line in told.splitlines())
        assert len(set(map(len, one.to_columns().values()))) == 1
    assert "None" not in told


def test_a_case_that_has_no_figure() -> None:
    outlook = recurring(behaviour=falling(start_level={"1": 1}), count=4)
    reply = outlook.ask(DetectionDelay(area="practice"))
    assert [one.what for one in reply.measures] == ["falls"]
    assert "No replication has any." in reply.explain()
    assert "No replication has any." in reply.to_markdown()


def walked(found: object, seen: set[int] | None = None) -> Iterator[object]:
    """A result and everything in it."""
    seen = set() if seen is None else seen
    if id(found) in seen:
        return
    seen.add(id(found))
    yield found
    if isinstance(found, tuple | list):
        for one in found:
            yield from walked(one, seen)
    elif attrs.has(type(found)):
        for field in attrs.fields(type(found)):  # type: ignore[arg-type]
            yield from walked(getattr(found, field.name), seen)


def test_every_result_lists_what_it_rests_on_and_has_the_weakest_basis() -> None:
    """Outlooks, replies, comparisons and maps: all that the simulator gives out."""
    from ofsted_framework import simulation
    from ofsted_framework.simulation import compare, exact, region

    outlook = cafcass(replications=12, years=8)
    other = cafcass(replications=12, years=8, behaviour=CAFCASS.without_departures())
    results: list[Any] = [outlook, *replies(outlook, EVERY), compare(outlook, other, TimeToNext())]
    results.append(exact(outlook, TimeToNext()))
    results.append(region(
        "a claim", TimeToNext(), a=lambda *_: outlook, b=lambda *_: other, rows={"row": 1},
        columns={"column": 1}, row_title="rows", column_title="columns",
    ))  # fmt: skip
    kinds = {
        one for one in vars(simulation).values()
        if isinstance(one, type) and (hasattr(one, "assumptions") or hasattr(one, "explain"))
    } - {Behaviour}  # fmt: skip
    assert kinds == {type(one) for one in results}
    order = list(Basis)
    for one in results:
        grounds = one.assumptions
        assert len(grounds) > 10
        assert all(isinstance(ground, Ground) and ground.part for ground in grounds)
        assert len(set(grounds)) == len(grounds)
        weakest = max((ground.basis for ground in grounds), key=order.index)
        assert one.basis == weakest == Basis.ASSUMED
        told = " ".join(one.explain().split())
        assert f"Weakest basis: {one.basis}." in told
        if not isinstance(one, Outlook):
            assert any(isinstance(part, Provenance) for part in walked(one)) or one.seed == 3
            for ground in grounds:
                assert ground.says is None or " ".join(ground.says.split()) in told
