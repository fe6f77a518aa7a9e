"""Records that keep to every provision are never told that they do not."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import HealthCheck, Phase, given, settings

import generators as gen
import ofsted_framework as of
from ofsted_framework.cases import Because

QUIET = settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
OPEN_FOR_ALL = {
    "cafcass-2021/report-publication": "NotKnown: no source gives the number of working days",
    "cafcass-2021/letter-publication": "NotKnown: no source gives the number of working days",
    "cafcass-2021/monitoring-publication": "NotKnown: whether and when was not read",
    "cafcass-2007/report-publication": "NotKnown: no source gives the number of working days",
    "cafcass-2009/report-publication": "NotKnown: no source gives the number of working days",
    "cafcass-2013/report-publication": "RoughDate: whether it held before the guide of 2014",
    "cafcass-2013/views": "RoughDate: whether it held before the guide of 2014",
    "cafcass-2013/national-inspection": "ReadingsDiffer: how often was never fixed",
    "ilacs-2018/letter-publication": "NotKnown: between October 2020 and August 2021",
}
OPEN_WHERE_READINGS_DIFFER = {
    "cafcass-2021/monitoring-while-inadequate": "inadequate in an area, and no overall grade",
    "cafcass-2021/monitoring-only-while-inadequate": "inadequate in an area, and no overall grade",
    "ilacs-2018/monitoring-while-inadequate": "from April 2026, inadequate but not for leaders",
    "ilacs-2018/monitoring-only-while-inadequate": "from April 2026, leaders not inadequate",
}
"""Provisions on which a whole and exact record is undetermined, each with the reason."""


def told(made: gen.Made, status: of.Status) -> list[tuple[str, str | None, str | None]]:
    """The verdicts of one status: code, provision, subject."""
    result = of.check(made.history, as_of=made.as_of)
    return [(v.code, v.provision, v.subject) for v in result.verdicts if v.status is status]


class TestConformingIsNeverViolated:
    """A record of what kept to every provision has no departure, however little it tells."""

    @QUIET
    @given(gen.conforming_cafcass())
    def test_cafcass(self, made: gen.Made) -> None:
        assert told(made, of.Status.VIOLATED) == []

    @QUIET
    @given(gen.conforming_ilacs())
    def test_ilacs(self, made: gen.Made) -> None:
        assert told(made, of.Status.VIOLATED) == []

    @QUIET
    @given(gen.conforming_story())
    def test_cafcass_from_2001_on(self, made: gen.Made) -> None:
        assert told(made, of.Status.VIOLATED) == []

    @QUIET
    @given(gen.conforming_sif())
    def test_an_authority_from_2013_on(self, made: gen.Made) -> None:
        assert told(made, of.Status.VIOLATED) == []

    @QUIET
    @given(gen.conforming_cafcass(awaiting=True) | gen.conforming_ilacs(awaiting=True))
    def test_edge_a_report_is_awaited(self, made: gen.Made) -> None:
        assert told(made, of.Status.VIOLATED) == []

    def test_non_property_a_meeting_left_out_is_a_departure(self) -> None:
        """Absence from a record that claims to be complete does count."""
        history = of.History(of.Provider(name="Cafcass", kind="cafcass"), (), coverage="complete")
        assert of.check(history, as_of=date(2023, 1, 1)).departures


class TestExactAndCompleteIsDefinite:
    """Where dates are exact and the record is complete, only what no source settles is open."""

    @QUIET
    @given(gen.conforming_cafcass(exact=True) | gen.conforming_ilacs(exact=True))
    def test_definite(self, made: gen.Made) -> None:
        expected = set(OPEN_FOR_ALL)
        if not made.overall_agrees:
            expected |= set(OPEN_WHERE_READINGS_DIFFER)
        found = told(made, of.Status.UNDETERMINED)
        assert [one for one in found if one[1] not in expected] == []

    @QUIET
    @given(gen.conforming_story(exact=True) | gen.conforming_sif(exact=True))
    def test_across_frameworks(self, made: gen.Made) -> None:
        self.test_definite.hypothesis.inner_test(self, made)  # type: ignore[attr-defined]

    @QUIET
    @given(gen.conforming_cafcass(exact=True, awaiting=True))
    def test_edge_a_report_is_awaited(self, made: gen.Made) -> None:
        self.test_definite.hypothesis.inner_test(self, made)  # type: ignore[attr-defined]

    def test_both_good_and_waiting_occur(self) -> None:
        """Not by saying nothing: satisfied and pending verdicts both appear."""
        seen: Counter[of.Status] = Counter()
        asked = 0

        @settings(QUIET, max_examples=30)
        @given(gen.conforming_cafcass(exact=True) | gen.conforming_ilacs(exact=True))
        def gather(made: gen.Made) -> None:
            nonlocal asked
            asked += 1
            seen.update(of.check(made.history, as_of=made.as_of).counts)

        gather()
        assert seen[of.Status.SATISFIED] > 5 * asked
        assert seen[of.Status.PENDING] > asked / 3

    def test_non_property_readings_leave_a_whole_record_open(self) -> None:
        """Exact and complete is not enough where the sentence can be read in two ways."""
        meetings = ("2021-04-21", "2022-04-20", "2023-11-15", "2024-04-17")
        history = of.History(
            of.Provider(name="Cafcass", kind="cafcass"),
            [of.EngagementMeeting(id=day, start=day) for day in meetings],
            coverage="complete",
        )
        result = of.check(history, as_of=date(2024, 6, 1))
        found = {v.subject: v.because for v in result.verdicts
                 if v.provision == "cafcass-2021/engagement-meeting"}  # fmt: skip
        assert found["2022-04-20"] == {Because.READINGS_DIFFER}
