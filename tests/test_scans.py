"""Checking beside scans: a plain program of its own, and the library without all that it keeps."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

import ofsted_framework as of
from generators import Made, conforming_ilacs, conforming_story
from helpers import CAFCASS, meeting
from ofsted_framework import Coverage, History, Status
from ofsted_framework.cases import State
from ofsted_framework.provisions import Cadence
from ofsted_framework.simulation import read_behaviour
from scans import Told, all_said, judged, plainly
from simulated import cadence, every, inspected, own, since

DEPARTING = read_behaviour("cafcass")
for _what in ("late", "skipped", "too-few", "too-many", "unpublished", "incomplete"):
    DEPARTING = DEPARTING.replace(_what, "*", weights={"yes": 1, "no": 6})
FRAMEWORK = of.framework("cafcass-2021")
SUPPLIED = FRAMEWORK.replace("report-publication", working_days=33).replace(
    "letter-publication", working_days=20
)


def test_a_plain_program_finds_the_same_on_exact_and_whole_records() -> None:
    outlook = of.simulate(
        FRAMEWORK, start=date(2021, 4, 1), years=16, replications=40, seed=3, behaviour=DEPARTING
    )
    statuses: Counter[str] = Counter()
    for index in range(40):
        made = outlook.history(index)
        history = History(made.provider, made.events, coverage="complete")
        framework = SUPPLIED if index % 2 else FRAMEWORK
        for day in (outlook.horizon, date(2029, 2, 28), date(2024, 2, 29)):
            result = of.check(history, as_of=day, frameworks=[framework])
            mine = [
                Told(one.code, one.raw.provision, one.subject, one.status)
                for one in result.verdicts
            ]
            plain = plainly(history, framework, day.toordinal())
            assert sorted(mine, key=str) == sorted(plain, key=str)
            statuses.update(one.status for one in plain)
    assert min(statuses[status] for status in Status) > 50, statuses


class TestKept:
    """What is kept of a record and a framework changes nothing that is said."""

    @given(st.one_of(conforming_story(), conforming_ilacs()), st.data())
    @settings(max_examples=60)
    def test_all_that_verdicts_say(self, made: Made, data: st.DataObject) -> None:
        left_out = data.draw(st.integers(0, len(made.history.events)))
        events = [one for place, one in enumerate(made.history.events, 1) if place != left_out]
        history = History(made.history.provider, events, coverage=made.history.coverage)
        result = of.check(history, as_of=made.as_of)
        begun = [one for one in result.frameworks if one.start.lo <= made.as_of.toordinal()]
        scanned = judged(history, begun, made.as_of)
        assert list(map(all_said, result.verdicts)) == list(map(all_said, scanned))


def test_a_meeting_on_the_first_day_has_a_window_of_its_own() -> None:
    history = History(CAFCASS, [meeting("em-2021", "2021-04-01")], coverage="complete")
    framework = FRAMEWORK.choose("engagement-meeting", reading="financial-year")
    result = of.check(history, as_of=date(2021, 9, 1), frameworks=[framework])
    latest = {
        one.subject: one.obligation and one.obligation.windows["financial-year"]
        for one in result.select("OF301", provision="engagement-meeting")
    }
    assert {subject: one and one.latest for subject, one in latest.items()} == {
        "opening": date(2022, 3, 31),
        "em-2021": date(2023, 3, 31),
    }


def test_support_that_ended_is_not_told_of_a_later_day() -> None:
    (row,) = own(
        "\n".join(
            [
                "[[graded]]", 'id = "no-grade"', 'sentence = "It is so."',
                'activities = ["focused-visit"]', "grounds = [",
                '{ part = "sentence", basis = "assumed", says = "One.", to = 2022-12-31 },',
                '{ part = "sentence", basis = "assumed", says = "Two.", from = 2022-06-01 },',
                "]",
            ]
        )
    ).rows  # fmt: skip

    def told(first: str, last: str) -> list[str | None]:
        days = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
        return [ground.says for ground in row.grounds_of(["sentence"], *days)]

    for _ in range(2):
        assert told("2021-05-01", "2021-05-31") == ["One."]
        assert told("2021-05-01", "2022-06-01") == ["One.", "Two."]
        assert told("2022-12-31", "2023-06-01") == ["One.", "Two."]
        assert told("2023-01-01", "2023-06-01") == ["Two."]


def test_rows_that_may_hold_together_stand_alone_on_no_day() -> None:
    first, second = (
        inspected(every(36), effective_to=date(2025, 6, 30)),
        inspected(every(24), effective_from=date(2025, 1, 1)),
    )
    ((rows,),) = (readings.values() for readings in own(first, second).of_class(Cadence).values())
    assert rows.alone == ()


def test_stretches_that_are_not_covered_are_joined_over_kinds() -> None:
    history = History(
        CAFCASS,
        coverage=(
            Coverage(type="inspection", last=date(2022, 3, 31)),
            Coverage(type="inspection", first=date(2024, 4, 1)),
            Coverage(type="focused-visit", last=date(2023, 12, 31)),
            Coverage(type="focused-visit", first=date(2024, 7, 1)),
        ),
    )
    kinds = ("inspection", "focused-visit")

    def first(lo: date, hi: date) -> date | None:
        day = history.first_uncovered(kinds, lo.toordinal(), hi.toordinal())
        return None if day is None else date.fromordinal(day)

    assert first(date(2021, 1, 1), date(2022, 3, 31)) is None
    assert first(date(2021, 1, 1), date(2022, 4, 1)) == date(2022, 4, 1)
    assert first(date(2023, 3, 1), date(2026, 1, 1)) == date(2023, 3, 1)
    assert first(date(2024, 5, 1), date(2026, 1, 1)) == date(2024, 5, 1)
    assert first(date(2024, 7, 1), date(2026, 1, 1)) is None


def test_what_follows_is_looked_for_anew_within_the_days_of_a_row() -> None:
    """A meeting of April 2022 comes under one row or the next, and one of the 20th after it."""
    soon = cadence("meetings", "engagement-meeting", since(12), effective_to=date(2022, 4, 14))
    late = cadence("meetings", "engagement-meeting", since(600), effective_from=date(2022, 4, 15))
    events = [meeting("rough", "2022-04"), meeting("exact", "2022-04-20")]
    history = History(CAFCASS, events, coverage="complete")
    result = of.check(history, as_of=date(2026, 1, 1), frameworks=[own(soon, late)])
    (verdict,) = result.select("OF301", subject="rough")
    # Until the 14th the meeting of the 20th surely comes next; from the 15th it may not.
    assert verdict.possible == {State.MET_EARLY, State.MET, State.OPEN}
