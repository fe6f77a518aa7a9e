"""Exact answers: by hand, of two steps and two grades, and simulation within its error."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

import ofsted_framework as of
from helpers import CAFCASS, G, day, full
from ofsted_framework import Framework, Judgement, OfstedFrameworkError
from ofsted_framework.simulation import (
    Behaviour,
    Contacts,
    DetectionDelay,
    LongestGap,
    Measure,
    Outlook,
    Reply,
    TimeJudgedInadequate,
    TimeToNext,
    Within,
    exact,
    read_behaviour,
    replies,
    simulate,
)
from ofsted_framework.simulation.questions import Question
from simulated import CAFCASS_2021, GRADED, ILACS_2018, INADEQUATE, NOTHING, inspected, own, since

YEAR = 365.2425
START = date(2022, 1, 3)
PRACTICE = TimeJudgedInadequate(areas="practice")


def after(days: int) -> date:
    return START + timedelta(days)


def steps(*days: int, years: int = 1, waited: int = 0, **given: Any) -> Outlook:
    """Inspections so many days after one another, each as likely, from one that began on START."""
    weights: dict[str, int] = {}
    for one in days:
        weights |= {str(one - 1): 0, str(one): 1}
    behaviour = NOTHING.replace("interval", "inspection", weights=weights)
    behaviour = behaviour.replace("grade-move", given="good", weights={"good": 3, "inadequate": 1})
    behaviour = behaviour.replace(
        "grade-move", given="inadequate", weights={"good": 1, "inadequate": 2}
    )
    for what, weights in given.items():
        behaviour = behaviour.replace(what, weights=weights)
    begun = START.isoformat()
    last = full("f", begun, begun, begun, (Judgement("practice", G),))
    return simulate(
        own(GRADED, inspected(since(36, 6, 6))),
        of.History(CAFCASS, [last], coverage="complete"),
        as_of=after(waited), years=years, replications=1, seed=1, behaviour=behaviour,
    )  # fmt: skip


def only(reply: Reply) -> Measure:
    (one,) = reply.measures
    assert one.is_exact
    assert one.replications == 0
    return one


class TestByHand:
    """Steps of 100 or of 200 days, as likely, in the 365 days from 4 January 2022."""

    @pytest.mark.parametrize(
        ("first", "last", "wanted"),
        [
            (100, 100, Fraction(1, 2)),
            (101, 199, Fraction(0)),
            (1, 200, Fraction(1)),
            (200, 200, Fraction(3, 4)),  # 200, or 100 and 100
            (300, 300, Fraction(5, 8)),  # 100 and 200, 200 and 100, or three times 100
            (201, 365, Fraction(5, 8)),
            (100, 300, Fraction(1)),
        ],
    )
    def test_within(self, first: int, last: int, wanted: Fraction) -> None:
        found = only(exact(steps(100, 200), Within(first=after(first), last=after(last))))
        assert found.mean == pytest.approx(float(wanted), abs=1e-12)
        assert found.interval == (found.mean, found.mean)

    def test_one_of_several_is_enough(self) -> None:
        # Steps of 100 or 300 days: on day 100 with one in two, and on day 200 only after that.
        question = Within(first=after(100), last=after(200))
        assert only(exact(steps(100, 300), question)).mean == pytest.approx(0.5)

    def test_what_is_overdue_has_what_is_left_of_its_interval(self) -> None:
        # The window closes on 3 July 2025, day 1,277; 1,400 and 1,500 are left on day 1,300.
        found = only(exact(steps(1200, 1400, 1500, waited=1300), TimeToNext()))
        assert found.mean == pytest.approx(150)
        assert [one.value for one in found.quantiles] == [100, 100, 100, 200, 200]

    def test_time_to_next(self) -> None:
        found = only(exact(steps(100, 200), TimeToNext()))
        assert (found.mean, found.error) == (150, 0)
        assert [one.value for one in found.quantiles] == [100, 100, 100, 200, 200]
        assert all(one.low == one.value == one.high for one in found.quantiles)

    def test_beyond_the_horizon_there_is_no_mean(self) -> None:
        found = only(exact(steps(100, 400), TimeToNext()))
        assert found.mean is None
        assert [one.value for one in found.quantiles] == [100, 100, 100, None, None]

    def test_contacts(self) -> None:
        # One at least; two unless both take 200 days; three if all take 100: 1 + 3/4 + 1/8.
        found = only(exact(steps(100, 200), Contacts(of="inspection")))
        assert found.mean == pytest.approx(15 / 8 * YEAR / 365)
        values = [one.value and round(one.value * 365 / YEAR) for one in found.quantiles]
        assert values == [1, 1, 2, 2, 3]  # 1/4, 5/8, 1/8

    def test_time_judged_inadequate(self) -> None:
        # After 100, 200 and 300 days, published on the day: 1/4, 1/4 x 2/3 + 3/4 x 1/4 = 17/48,
        # and 17/48 x 2/3 + 31/48 x 1/4 = 229/576; for 100, 100 and 66 days, the last included.
        days = Fraction(100, 4) + Fraction(17 * 100, 48) + Fraction(229 * 66, 576)
        found = only(exact(steps(100), PRACTICE))
        assert found.mean == pytest.approx(float(days) * YEAR / 365)

    def test_reports_that_come_later_or_never(self) -> None:
        # Half never come. Steps of 200 days, and the report one working day later: 22 July 2022 is
        # a Friday, so that it is out on Monday; 1/2 x 1/4 from then to the end of 3 January 2023.
        found = only(exact(steps(200, unpublished={"yes": 1, "no": 1}, lag={"1": 1}), PRACTICE))
        assert after(200) == date(2022, 7, 22)
        left = (date(2023, 1, 4) - date(2022, 7, 25)).days
        assert found.mean == pytest.approx(left / 8 * YEAR / 365)


def near(outlook: Outlook, *questions: Question) -> None:
    """Simulation comes within four and a half of its standard errors, in every reading."""
    for question, simulated in zip(questions, replies(outlook, questions), strict=True):
        wanted = exact(outlook, question)
        assert len(wanted.measures) == len(simulated.measures) > 0
        for one, other in zip(wanted.measures, simulated.measures, strict=True):
            assert (one.what, one.of, one.readings) == (other.what, other.of, other.readings)
            if one.mean is not None and other.mean is not None:
                assert abs(one.mean - other.mean) <= 4.5 * (other.error or 0) + 1e-9
            for exactly, drawn in zip(one.quantiles, other.quantiles, strict=False):
                low, high = drawn.low or 0, 1e9 if drawn.high is None else drawn.high
                value = 1e9 if exactly.value is None else exactly.value
                assert low - 31 <= value <= high + 31


class TestAgainstSimulation:
    def test_cafcass_from_its_record_in_every_reading(self) -> None:
        behaviour = read_behaviour("cafcass").replace(
            "late", "inspection", given="since-last", weights={"yes": 1, "no": 3}
        )
        outlook = simulate(CAFCASS_2021, of.sample("cafcass"), as_of=day("2026-11-23"), years=8,
                           seed=3, replications=4000, behaviour=behaviour)  # fmt: skip
        near(
            outlook, Within(first=date(2027, 1, 1), last=date(2027, 6, 30)), TimeToNext(),
            Within(first=date(2030, 1, 1), last=date(2030, 12, 31)), Contacts(of="inspection"),
            TimeJudgedInadequate(areas="impact-of-leaders"),
            TimeJudgedInadequate(areas="private-law-practice", grade="good"),
        )  # fmt: skip

    def test_local_authorities_while_suspended(self) -> None:
        behaviour = read_behaviour("local-authority")
        outlook = simulate(ILACS_2018, of.sample("sefton"), as_of=day("2023-04-03"), years=9,
                           seed=3, replications=3000, behaviour=behaviour)  # fmt: skip
        near(outlook, TimeToNext(), Contacts(of="inspection"),
             Within(first=date(2026, 1, 1), last=date(2026, 6, 30)))  # fmt: skip

    def test_a_bare_start_with_late_reports(self) -> None:
        behaviour = Behaviour(id="late", title="Reports may be late")
        for what, weights in (
            ("late-report", {"yes": 1, "no": 1}), ("length", {"5": 1, "12": 2}),
            ("lag", {"3": 1, "20": 1}), ("late", {"yes": 1, "no": 1}),
        ):  # fmt: skip
            behaviour = behaviour.replace(what, "inspection", weights=weights)
        framework = CAFCASS_2021.replace("report-publication", working_days=38)
        framework = framework.choose("full-inspection", reading="anniversary")
        outlook = simulate(framework, start=date(2026, 4, 1), years=7, seed=3, replications=3000,
                           behaviour=behaviour)  # fmt: skip
        near(outlook, TimeToNext(), TimeJudgedInadequate(areas="public-law-practice"))


class TestWhatItSays:
    def test_the_seed_has_no_say(self) -> None:
        one, other = (
            exact(simulate(CAFCASS_2021, years=4, seed=seed, replications=number), TimeToNext())
            for seed, number in ((1, 3), (2, 8))
        )
        assert one.measures == other.measures
        assert one.assumptions == other.assumptions

    def test_what_it_rests_on(self) -> None:
        reply = exact(steps(100), PRACTICE)
        says = [one.says for one in reply.assumptions]
        assert any(str(one).startswith("Worked out exactly, as a Markov chain") for one in says)
        parts = {one.part.partition(":")[0] for one in reply.assumptions}
        assert {"interval of inspection", "grade-move, good", "the model"} <= parts
        assert str(reply.basis) == "assumed"

    def test_in_words(self) -> None:
        reply = exact(steps(100, 200), Within(first=after(300), last=after(300)))
        text = " ".join(reply.explain().split())
        assert "exactly 62.50%." in text
        assert "exact, without replications; 2022-01-04 to 2023-01-03." in text
        assert "| every replication | exact | 62.50% |" in reply.to_markdown()
        held = exact(steps(100, 200), TimeToNext())
        assert "mean exactly 150; 10% 100, median 100, 90% 200." in held.explain()
        assert "mean exactly" in exact(steps(100), PRACTICE).explain()
        assert "the mean is beyond the horizon" in exact(steps(100, 400), TimeToNext()).explain()


def refused(outlook: Outlook, question: Any) -> str:
    with pytest.raises(OfstedFrameworkError) as told:
        exact(outlook, question)
    return str(told.value)


def asked(framework: Framework, behaviour: Behaviour | None = None, **given: Any) -> Outlook:
    return simulate(framework, years=3, seed=1, replications=1, behaviour=behaviour, **given)


class TestRefused:
    """What is no chain's is refused, with every reason in one error."""

    def test_questions_that_no_chain_answers(self) -> None:
        outlook = asked(CAFCASS_2021)
        for question in (LongestGap(), TimeJudgedInadequate(), Contacts(),
                         TimeJudgedInadequate(status="judged-inadequate")):  # fmt: skip
            assert "has no exact answer; these may have: Within" in refused(outlook, question)
        assert "is no question" in refused(outlook, "contacts")
        quality = read_behaviour("cafcass").joined(read_behaviour("true-quality"))
        delay = DetectionDelay(area="impact-of-leaders")
        assert "has no exact answer" in refused(asked(CAFCASS_2021, quality), delay)

    @pytest.mark.parametrize(
        ("kind", "wanted"),
        [
            ("focused-visit", "does not recur by itself"),
            ("engagement-meeting", "waits for another kind, or another for it: self-evaluation"),
            ("self-evaluation", "waits for another kind, or another for it: engagement-meeting"),
        ],
    )
    def test_kinds_that_turn_on_others(self, kind: str, wanted: str) -> None:
        assert wanted in refused(asked(CAFCASS_2021), TimeToNext(of=kind))

    def test_what_turns_on_grades(self) -> None:
        behaviour = read_behaviour("local-authority").replace(
            "interval", "inspection", given="short", weights={"999": 0, "1000": 1}
        )
        behaviour = behaviour.replace("skipped", "inspection", weights={"yes": 1, "no": 9})
        outlook = asked(ILACS_2018, behaviour, start=date(2026, 4, 1))
        told = refused(outlook, TimeJudgedInadequate(areas="impact-of-leaders"))
        assert "has intervals told apart by the kind of inspection" in told
        assert "may be skipped" in told
        assert "is of a kind that turns on grades" in told
        assert told.count("\n") >= 2
        own_ = own(GRADED, INADEQUATE, inspected(since(36, 6, 6)),
                   '[[only]]\nid = "o"\nsentence = "It is so."\nactivity = "inspection"\n'
                   'while = "inadequate"\n'
                   'grounds = [{ part = "sentence", basis = "assumed", says = "x" }]')  # fmt: skip
        assert "is owed only while a status holds" in refused(asked(own_, NOTHING), TimeToNext())

    def test_visits_that_leave_the_next_no_room(self) -> None:
        # A late one in one fixed period, and the next early in the one after it.
        behaviour = NOTHING.replace("late", "inspection", weights={"yes": 1, "no": 1})
        framework = CAFCASS_2021.choose("full-inspection", reading="fixed-window")
        outlook = simulate(framework, start=date(2026, 4, 1), years=7, seed=3, replications=1,
                           behaviour=behaviour)  # fmt: skip
        assert "leave room for visits" in refused(outlook, Contacts(of="inspection"))
        assert exact(outlook, TimeToNext()).measures

    def test_areas_that_are_no_chain(self) -> None:
        quality = read_behaviour("cafcass").joined(read_behaviour("true-quality"))
        question = TimeJudgedInadequate(areas="impact-of-leaders")
        assert "has a true quality" in refused(asked(CAFCASS_2021, quality), question)
        outlook = asked(ILACS_2018, start=date(2023, 4, 3))
        overall = TimeJudgedInadequate(areas="overall-effectiveness")
        assert "is limited by the grades of other areas" in refused(outlook, overall)
