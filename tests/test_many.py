"""Many records at once: one answer after another, sums, and one agenda of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import pytest

import ofsted_framework as of
from helpers import CAFCASS, COMPLETE, G, I, O, R, authority, day, grades, meeting, record, visit
from ofsted_framework.editions import read_framework
from ofsted_framework.obligations import Sent

NORTH = of.Provider(
    name="Northshire", kind="local-authority", urn="90001", region="North East", code="E06900001"
)
WEST = of.Provider(name="Westmere", kind="local-authority", urn="90002", region="South West")
LOW = grades(overall=R, leaders=R, help=R, care=G, leavers=G)
HIGH = grades(overall=G, leaders=G, help=G, care=O, leavers=G)
# Good overall and for leaders; good for one of the three practice judgements only.
MIXED = grades(overall=G, leaders=G, help=R, care=R, leavers=G)


def inspected(
    judgements: tuple[of.Judgement, ...] | None,
    start: str = "2023-09-04",
    published: str | None = "2023-10-30",
    provider: of.Provider = NORTH,
    coverage: Any = COMPLETE,
) -> of.History:
    one = authority("i-1", start, judgements, published=published)
    return of.History(provider, [one], coverage=coverage)


def sent(history: of.History, as_of: str = "2026-06-01") -> Sent:
    found = of.due(history, as_of=day(as_of))["inspection-interval"].sent
    assert found is not None
    return found


# --- Of which kind the next inspection is to be ---------------------------------------------------


class TestKindOfTheNext:
    @pytest.mark.parametrize(
        ("judgements", "kinds"),
        [
            (LOW, ("standard",)),
            (HIGH, ("short", "standard")),
            (grades(overall=I, leaders=I, help=I, care=G, leavers=G), ("standard",)),
            # As the rule of 2026 is worded, the overall grade of before has no say.
            (grades(overall=I, leaders=G, help=I, care=G, leavers=G), ("short", "standard")),
            (MIXED, ("standard",)),
        ],
    )
    def test_by_the_grades_before(
        self, judgements: tuple[of.Judgement, ...], kinds: tuple[str, ...]
    ) -> None:
        """In a window after March 2026 leaders and two of three practice judgements decide."""
        found = sent(inspected(judgements, start="2023-11-06"))
        assert (found.kinds, found.after, found.missing) == (kinds, ("i-1",), ())
        assert found.reason.endswith("(after i-1)")

    @pytest.mark.parametrize(
        ("judgements", "kinds"),
        [
            (grades(overall=R, leaders=G, help=G, both=G), ("standard",)),
            (grades(overall=I, leaders=G, help=G, both=I), ("standard",)),
            (grades(overall=O, leaders=O, help=G, both=O), ("short", "standard")),
            (grades(overall=G, leaders=G, help=R, both=R), ("short", "standard")),
        ],
    )
    def test_by_the_overall_grade_before_april_2026(
        self, judgements: tuple[of.Judgement, ...], kinds: tuple[str, ...]
    ) -> None:
        found = sent(inspected(judgements, "2022-01-10", "2022-03-01"), "2024-08-01")
        assert (found.kinds, found.missing) == (kinds, ())

    def test_a_window_that_holds_the_change_leaves_open_what_the_two_rows_tell_otherwise(
        self,
    ) -> None:
        # 4 March 2026 to 4 March 2027, asked before the window opens.
        found = sent(inspected(MIXED), "2026-02-02")
        assert found.kinds == ("short", "standard")
        assert found.missing == (
            "the day on which it begins: kind-of-inspection changes within its window",
        )
        assert sent(inspected(LOW), "2026-02-02").missing == ()

    def test_a_report_that_is_still_to_come(self) -> None:
        found = sent(inspected(None, "2026-10-05", None), "2026-11-02")
        assert set(found.kinds) == {"short", "standard"}
        assert found.missing == ("the report of i-1",)

    def test_a_record_that_may_miss_one(self) -> None:
        found = sent(inspected(LOW, coverage=()), "2026-06-01")
        assert set(found.kinds) == {"standard", "short"}
        assert found.missing == (
            "a complete record of inspections from 5 September 2023 to 1 June 2026",
        )

    def test_of_two_that_may_have_been_the_last_both_are_told(self) -> None:
        low = authority("a", "2023-09", LOW, published="2023-10-30")
        high = authority("b", "2023-09-18", HIGH, published="2023-11-13")
        found = sent(of.History(NORTH, [low, high], coverage=COMPLETE))
        assert set(found.kinds) == {"short", "standard"}
        assert found.missing == ("the exact first day of a",)
        assert found.reason.endswith(" (after a, b)")

    def test_readings_of_the_status_that_differ(self) -> None:
        head = """
id = "own"
title = "A framework of one's own"
provider_kind = "local-authority"
start = 2021-04-01
[[scale]]
id = "four"
grades = ["outstanding", "good", "requires-improvement", "inadequate"]
[[cadence]]
id = "cycle"
sentence = "Every three years."
activity = "inspection"
since_last = { months = 36 }
grounds = []
[[route]]
id = "kind"
sentence = "Short after low."
while = "low"
kind = "short"
otherwise = "standard"
grounds = []
"""
        rows = "".join(
            f"""
[[status]]
id = "low"
reading = "{reading}"
sentence = "Inadequate."
if = [{{ areas = ["{area}"], or_worse = "inadequate" }}]
scale = "four"
grounds = []
"""
            for reading, area in (("led", "impact-of-leaders"), ("whole", "overall-effectiveness"))
        )
        own = read_framework(head + rows)
        for leaders, overall, kinds, missing in (
            (I, I, ("short",), ()),
            (I, G, ("short", "standard"), ("which reading of low holds: led or whole",)),
            (G, I, ("standard", "short"), ("which reading of low holds: led or whole",)),
            (G, G, ("standard",), ()),
        ):
            history = inspected(grades(overall=overall, leaders=leaders))
            found = of.due(history, as_of=day("2024-06-01"), frameworks=[own])["cycle"].sent
            assert found is not None
            assert (found.kinds, found.missing) == (kinds, missing)

    def test_where_grades_send_nowhere_nothing_is_said(self) -> None:
        agenda = of.due(of.sample("cafcass"), as_of=date(2026, 11, 23))
        assert agenda["full-inspection"].sent is None

    def test_it_is_told(self) -> None:
        agenda = of.due(inspected(HIGH), as_of=date(2026, 6, 1))
        told = " ".join(agenda["inspection-interval"].explain().split())
        assert "The next is of the kind short or standard: After good or outstanding" in told


# --- Checking many --------------------------------------------------------------------------------


def three() -> list[of.History]:
    late = authority("i-1", "2019-01-07", HIGH, published="2019-02-18")
    return [
        inspected(LOW),
        inspected(HIGH, provider=WEST),
        of.History(CAFCASS, [meeting("em", "2024-04-17")]),
        of.History(attrs.evolve(WEST, name="Eastmarsh", urn="90003"), [late], coverage=COMPLETE),
    ]


AS_OF = date(2026, 6, 1)


class TestCheckMany:
    def test_each_is_checked_as_it_would_be_alone(self) -> None:
        found = list(of.check_many(three(), as_of=AS_OF))
        alone = [of.check(one, as_of=AS_OF) for one in three()]
        assert [one.history for one in found] == three()
        for one, other in zip(found, alone, strict=True):
            assert one.verdicts == other.verdicts
            assert one.frameworks == other.frameworks

    def test_one_after_another(self) -> None:
        taken: list[str] = []

        def some() -> Iterator[of.History]:
            for one in three():
                taken.append(one.provider.name)
                yield one

        checks = iter(of.check_many(some(), as_of=AS_OF))
        assert taken == []
        next(checks)
        assert taken == ["Northshire"]
        next(checks)
        assert taken == ["Northshire", "Westmere"]

    def test_a_list_can_be_gone_through_again_and_an_iterator_cannot(self) -> None:
        checks = of.check_many(three(), as_of=AS_OF)
        assert len(list(checks)) == len(list(checks)) == 4
        once = of.check_many(iter(three()), as_of=AS_OF)
        assert len(list(once)) == 4
        with pytest.raises(of.OfstedFrameworkError, match="have been gone through once"):
            list(once)

    def test_what_is_no_history_is_named(self) -> None:
        some: list[Any] = [three()[0], "Westmere"]
        with pytest.raises(of.OfstedFrameworkError, match="'str' is no history, as number 2"):
            list(of.check_many(some, as_of=AS_OF))

    def test_the_day_of_asking_is_refused_at_once(self) -> None:
        day_: Any = "2026-06-01"
        with pytest.raises(of.OfstedFrameworkError, match="as_of"):
            of.check_many(three(), as_of=day_)

    def test_progress(self) -> None:
        done: list[int] = []
        list(of.check_many(three(), as_of=AS_OF, progress=done.append))
        assert done == [1, 2, 3, 4]

    def test_frameworks_go_to_their_kind_of_provider(self) -> None:
        some = [of.framework("ilacs-2018"), of.framework("cafcass-2021")]
        found = list(of.check_many(three(), as_of=AS_OF, frameworks=some))
        assert [[f.id for f in one.frameworks] for one in found] == [
            ["ilacs-2018"], ["ilacs-2018"], ["cafcass-2021"], ["ilacs-2018"],
        ]  # fmt: skip

    def test_sums(self) -> None:
        only = [of.framework("ilacs-2018")]
        checks = of.check_many(three(), as_of=AS_OF, frameworks=only)
        found = checks.summary("provider", "provision", "status")
        interval = {
            row["provider"]: (row["status"], row["verdicts"])
            for row in found
            if row["provision"] == "ilacs-2018/inspection-interval"
        }
        # Of Eastmarsh none came by 7 July 2022 and the 468 suspended days after it.
        assert interval == {
            "Northshire": ("pending", 1), "Westmere": ("pending", 1), "Eastmarsh": ("violated", 1),
        }  # fmt: skip
        assert found.columns == ("provider", "provision", "status", "verdicts")
        whole = sum(len(one.verdicts) for one in checks)
        by_rule = checks.summary()
        assert by_rule.columns == ("rule", "provision", "status", "verdicts")
        assert sum(int(str(row["verdicts"])) for row in by_rule) == whole
        assert len(checks.to_records()) == whole

    def test_what_is_not_told_of_a_verdict_is_refused(self) -> None:
        with pytest.raises(of.OfstedFrameworkError) as caught:
            of.check_many(three(), as_of=AS_OF).summary("provder", "grade")
        assert [(fault.value, fault.nearest) for fault in caught.value.faults] == [
            ("provder", "provider"), ("grade", None),
        ]  # fmt: skip

    def test_data_frames(self) -> None:
        checks = of.check_many(three(), as_of=AS_OF)
        one, other = checks.to_pandas(), checks.to_polars()
        assert list(one.columns) == other.columns
        assert len(one) == len(other) == len(checks.to_records())
        assert set(one["provider"]) == {"Northshire", "Westmere", "Cafcass", "Eastmarsh"}


# --- What is due of many --------------------------------------------------------------------------

TEAMS: dict[str, int | tuple[int, int]] = {
    "inspection/standard": 6,
    "inspection/short": 4,
    "focused-visit": (2, 2),
}


def rows(*histories: of.History, as_of: date = AS_OF, teams: Any = None) -> list[dict[str, object]]:
    return of.due_many(histories, as_of=as_of).table(teams).to_records()


class TestDueMany:
    def test_one_row_for_each_duty_and_reading(self) -> None:
        (row,) = (
            one for one in rows(inspected(LOW), teams=TEAMS)
            if one["provision"] == "inspection-interval"
        )  # fmt: skip
        reason = row.pop("reason")
        assert "after i-1" in str(reason)
        assert row == {
            "provider": "Northshire", "urn": "90001", "code": "E06900001", "region": "North East",
            "as_of": AS_OF, "framework": "ilacs-2018", "provision": "inspection-interval",
            "activity": "inspection", "kind": "standard", "after": "i-1", "reading": None,
            "earliest": date(2026, 3, 4), "expected": date(2026, 9, 4), "latest": date(2027, 3, 4),
            "state": "open", "status": "pending", "missing": "",
            # Six inspectors for ten working days: 12 days from a Monday on.
            "inspector_days": 60, "inspector_days_at_most": 60,
        }  # fmt: skip

    def test_readings_have_rows_of_their_own(self) -> None:
        held = record(meeting("em", "2025-04-16"), provider=NORTH)
        found = [one for one in rows(held) if one["provision"] == "engagement-meeting"]
        assert [(one["reading"], one["latest"]) for one in found] == [
            ("financial-year", date(2027, 3, 31)),
            ("calendar-year", date(2026, 12, 31)),
            ("twelve-months", date(2026, 4, 16)),
        ]

    def test_inspector_days_are_a_range_where_the_kind_is_open(self) -> None:
        (row,) = (
            one for one in rows(inspected(HIGH, provider=WEST), teams=TEAMS)
            if one["provision"] == "inspection-interval"
        )  # fmt: skip
        # Four for five working days, or six for ten.
        assert (row["inspector_days"], row["inspector_days_at_most"]) == (20, 60)

    def test_visits_that_are_owed_count_as_often(self) -> None:
        # After requires improvement two visits are owed; nothing was read of how long they last.
        some = rows(inspected(grades(overall=R, leaders=G, help=R, both=G), "2021-09-06",
                              "2021-11-01"), as_of=date(2023, 6, 1), teams=TEAMS)  # fmt: skip
        (row,) = (one for one in some if one["provision"] == "visits-after-requires-improvement")
        assert row["inspector_days"] == 2 * 2 * 2

    @pytest.mark.parametrize(
        ("teams", "wanted"),
        [
            ({"inspections": 4}, "teams: 'inspections' is no activity (nearest good one: "
             "inspection)"),
            ({"inspection": 0}, "teams/inspection: 0 is neither a number of inspectors"),
            ({"inspection": (1, 2, 3)}, "is neither a number of inspectors"),
            ({"inspection": True}, "is neither a number of inspectors"),
            ({"focused-visit": 2}, "teams: 'focused-visit' says how many inspectors, and "
             "ilacs-2018 not how many days on site: give both, for instance (2, 2)"),
        ],
    )  # fmt: skip
    def test_teams_that_say_nothing_are_refused(self, teams: Any, wanted: str) -> None:
        held = inspected(grades(overall=R, leaders=G, help=R, both=G), "2021-09-06", "2021-11-01")
        with pytest.raises(of.OfstedFrameworkError) as caught:
            rows(held, as_of=date(2023, 6, 1), teams=teams)
        assert wanted in str(caught.value)

    def test_sums(self) -> None:
        agendas = of.due_many([inspected(LOW), inspected(HIGH, provider=WEST)], as_of=AS_OF)
        found = agendas.summary("quarter", "region", "activity", teams=TEAMS)
        wanted = [row for row in found if row["activity"] == "inspection"]
        assert wanted == [
            {"quarter": "2027 Q1", "region": "North East", "activity": "inspection",
             "reading": None, "due": 1, "inspector_days": 60, "inspector_days_at_most": 60,
             "without_team": 0},
            {"quarter": "2027 Q1", "region": "South West", "activity": "inspection",
             "reading": None, "due": 1, "inspector_days": 20, "inspector_days_at_most": 60,
             "without_team": 0},
        ]  # fmt: skip
        by_month = agendas.summary("month", "activity", at="expected")
        (row,) = (one for one in by_month if one["activity"] == "inspection")
        assert (row["month"], row["due"], row["without_team"]) == ("2026-09", 2, 2)
        by_year = agendas.summary("year", "activity", at="earliest")
        assert {one["year"] for one in by_year if one["activity"] == "inspection"} == {"2026"}

    def test_what_is_not_told_of_a_duty_is_refused(self) -> None:
        agendas = of.due_many([inspected(LOW)], as_of=AS_OF)
        at: Any = "last"
        with pytest.raises(of.OfstedFrameworkError) as caught:
            agendas.summary("quater", at=at)
        assert [(one.place, one.nearest) for one in caught.value.faults] == [
            ("by", "quarter"), ("at", None),
        ]  # fmt: skip

    def test_agendas_one_after_another(self) -> None:
        some = [inspected(LOW), inspected(HIGH, provider=WEST)]
        found = list(of.due_many(some, as_of=AS_OF))
        assert [one.explain() for one in found] == [
            of.due(one, as_of=AS_OF).explain() for one in some
        ]

    def test_data_frames(self) -> None:
        agendas = of.due_many([inspected(LOW)], as_of=AS_OF)
        one, other = agendas.to_pandas(), agendas.to_polars()
        assert len(one) == len(other) == len(agendas.to_records()) > 1
        assert list(one.columns)[:4] == ["provider", "urn", "code", "region"]


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(of.OfstedFrameworkError, match="pip install polars"):
        of.check_many([inspected(LOW)], as_of=AS_OF).to_polars()


def test_a_visit_on_record_is_counted() -> None:
    """A visit that was made is no longer due."""
    low = grades(overall=R, leaders=G, help=R, both=G)
    one = authority("i-1", "2021-09-06", low, published="2021-11-01")
    both = [one, visit("v-1", "2022-03-08"), visit("v-2", "2023-01-17")]
    some = rows(record(*both, provider=NORTH), as_of=date(2023, 6, 1))
    wanted = "visits-after-requires-improvement"
    assert [one for one in some if one["provision"] == wanted] == []
