"""Checking beside scans: a plain program of its own, and the library without all that it keeps."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

import ofsted_framework as of
from generators import Made, conforming_ilacs, conforming_story
from ofsted_framework import History, Status
from ofsted_framework.simulation import read_behaviour
from scans import Told, all_said, judged, plainly

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
