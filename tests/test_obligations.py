"""What is owed, asked directly: every state, window, reason and ground of an obligation.

The frameworks are small and made up, so that each part of the arithmetic stands alone. What is
expected was worked out by hand from the provision and the record; the days stand beside it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest

from helpers import (
    AUTHORITY,
    COMPLETE,
    G,
    I,
    authority,
    covered,
    day,
    grades,
    monitoring,
    record,
    visit,
)
from ofsted_framework import (
    ActionPlan,
    Coverage,
    Event,
    Framework,
    Inspection,
    Status,
    When,
    deadlines,
    due,
)
from ofsted_framework.cases import Act, Because, Cases, Reason, State, View, fold, missing
from ofsted_framework.dates import Window
from ofsted_framework.editions import read_framework
from ofsted_framework.obligations import Obligation, before_next, obligations, running

NOTHING: tuple[Coverage, ...] = ()


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value)


def table(tag: str, **fields: Any) -> str:
    """A row of a framework file; a field that is a Python word ends with a low line."""
    given = {"sentence": f"What {fields['id']} says.", "grounds": [], **fields}
    lines = [f"{name.rstrip('_')} = {_value(value)}" for name, value in given.items()]
    return "\n".join([f"[[{tag}]]", *lines, ""])


def own(*rows: str, start: str = "2021-04-01", end: str | None = None) -> Framework:
    """A framework of one's own, from 1 April 2021 unless the test says otherwise."""
    head = {"id": "own", "title": "Our own", "provider_kind": "local-authority", "start": start}
    if end is not None:
        head["end"] = end
    scale = {"id": "four", "grades": ["outstanding", "good", "requires-improvement", "inadequate"]}
    lines = [f"{name} = {_value(value)}" for name, value in head.items()]
    tables = ["[[scale]]", *(f"{name} = {_value(value)}" for name, value in scale.items())]
    return read_framework("\n".join([*lines, *tables, *rows]))


def ground(part: str, basis: str = "official", **more: Any) -> dict[str, Any]:
    return {"part": part, "basis": basis, **more}


def view(
    fw: Framework, as_of: str, events: Sequence[Event], coverage: Sequence[Coverage] = COMPLETE
) -> View:
    return View(record(*events, coverage=coverage, provider=AUTHORITY), fw, day(as_of))


def ask(
    fw: Framework,
    as_of: str,
    events: Sequence[Event],
    subject: str = "opening",
    coverage: Sequence[Coverage] = COMPLETE,
) -> Obligation:
    """The one obligation of that subject, of the framework's only duty."""
    (found,) = obligations(view(fw, as_of, events, coverage)).values()
    (one,) = [one for one in found if one.subject == subject]
    return one


class Ask(NamedTuple):
    """One question: the framework, the day, the record; the states, and what would settle it."""

    fw: Framework
    subject: str
    as_of: str
    events: Sequence[Event]
    states: str
    missing: tuple[str, ...] = ()
    coverage: tuple[Coverage, ...] = COMPLETE


def states(one: Obligation) -> str:
    return "|".join(sorted(one.possible))


def check_all(rows: Sequence[Ask]) -> None:
    wrong = []
    for number, row in enumerate(rows):
        one = ask(row.fw, row.as_of, row.events, row.subject, row.coverage)
        found = states(one), one.missing
        if found != (row.states, row.missing):
            wrong.append((number, row.as_of, found, "wanted", (row.states, row.missing)))
    assert wrong == []


def window(first: str | None, expected: str | None, last: str | None) -> Window:
    days = (None if text is None else day(text) for text in (first, expected, last))
    return Window(*days)


def ordinal(text: str) -> int:
    return day(text).toordinal()


def cadence(**more: Any) -> str:
    fields = {"id": "c", "activity": "inspection", "opening": "framework-start", **more}
    return table("cadence", **fields)


YEAR = {"origin": "2021-01-01", "months": 12}
THREE = {"months": 36, "before": 6, "after": 6}
YEARLY = own(cadence(periods=YEAR))
STRICT = own(cadence(periods=YEAR, not_before=True))
EVERY_THREE = own(cadence(since_last=THREE))
A = authority("a", "2021-06-10")  # the next year's period is 2022; three years: see below


def b(start: str) -> Inspection:
    return authority("b", start)


def inspections(first: str | None = None, last: str | None = None) -> tuple[Coverage, ...]:
    return (covered("inspection", first, last),)


# --- Recurring: fixed periods ---------------------------------------------------------------------
# The period that runs at the opening is owed from that day: 1 April to 31 December 2021.


def test_the_running_period_is_owed_at_the_opening() -> None:
    check_all([
        Ask(YEARLY, "opening", "2021-04-01", [], "open"),
        Ask(YEARLY, "opening", "2021-12-31", [], "open"),
        Ask(YEARLY, "opening", "2022-01-01", [], "missed"),
        Ask(YEARLY, "opening", "2021-04-01", [b("2021-04-01")], "met"),
        Ask(YEARLY, "opening", "2021-12-31", [b("2021-12-31")], "met"),
        Ask(YEARLY, "opening", "2022-01-01", [b("2022-01-01")], "missed"),
        Ask(YEARLY, "opening", "2022-01-01", [b("2021-12-31")], "met"),
        Ask(STRICT, "opening", "2021-04-01", [b("2021-04-01")], "met"),
    ])  # fmt: skip


def test_before_the_framework_nothing_is_owed() -> None:
    assert obligations(view(YEARLY, "2021-03-31", [])) == {}


def test_the_next_period_is_owed_after_an_event() -> None:
    check_all([
        Ask(YEARLY, "a", "2021-06-10", [A], "not yet open"),
        Ask(YEARLY, "a", "2021-12-31", [A], "not yet open"),
        Ask(YEARLY, "a", "2022-01-01", [A], "open"),
        Ask(YEARLY, "a", "2022-12-31", [A], "open"),
        Ask(YEARLY, "a", "2023-01-01", [A], "missed"),
        Ask(YEARLY, "a", "2024-01-01", [A, b("2021-12-31")], "met early"),
        Ask(STRICT, "a", "2024-01-01", [A, b("2021-12-31")], "too early"),
        Ask(STRICT, "a", "2024-01-01", [A, b("2022-01-01")], "met"),
        Ask(YEARLY, "a", "2024-01-01", [A, b("2022-12-31")], "met"),
        Ask(YEARLY, "a", "2024-01-01", [A, b("2023-01-01")], "missed"),
        # What begins on the same day does not come after it.
        Ask(YEARLY, "a", "2023-01-01", [A, b("2021-06-10")], "missed"),
        Ask(YEARLY, "a", "2022-12-31", [A, b("2021-06-11")], "met early"),
    ])  # fmt: skip


def test_a_rough_next_event() -> None:
    exact = ("the exact first day of b",)
    check_all([
        Ask(YEARLY, "a", "2024-01-01", [A, b("2021-12-31/2022-01-01")], "met|met early"),
        Ask(STRICT, "a", "2024-01-01", [A, b("2021-12-31/2022-01-01")], "met|too early", exact),
        Ask(YEARLY, "a", "2024-01-01", [A, b("2022-12-31/2023-01-01")], "met|missed", exact),
        Ask(STRICT, "a", "2024-01-01", [A, b("2021-12-31/2023-01-01")], "met|missed|too early",
            exact),
        Ask(YEARLY, "a", "2024-01-01", [A, b("2022-01-01/2022-12-31")], "met"),
        Ask(YEARLY, "a", "2024-01-01", [A, b("2023-01-01/2023-12-31")], "missed"),
        # Perhaps on the anchor's own day, and then not after it: nothing else came by then.
        Ask(YEARLY, "a", "2024-01-01", [A, b("2021-06-10/2022-03-01")],
            "met|met early|missed", exact),
        # Perhaps still to come on the day of asking.
        Ask(YEARLY, "a", "2023-01-01", [A, b("2022-12-31/2023-01-02")], "met|missed", exact),
        Ask(YEARLY, "a", "2022-12-31", [A, b("2022-12-31/2023-01-02")], "met|open", exact),
        Ask(YEARLY, "a", "2022-12-31", [A, b("2022-12-30/2022-12-31")], "met"),
    ])  # fmt: skip


def test_two_that_may_come_next() -> None:
    # The second surely came in 2022; the first in 2022 or in 2023, after the other.
    other = authority("d", "2022-06-01")
    check_all([
        Ask(YEARLY, "a", "2024-01-01", [A, b("2022-05-01/2023-02-01"), other], "met"),
        Ask(STRICT, "a", "2024-01-01", [A, b("2021-12-01/2023-02-01"), other], "met|too early",
            ("the exact first day of b",)),
        Ask(STRICT, "a", "2024-01-01", [A, b("2022-06-02/2023-02-01"), other], "met"),
        # The first of them ends in 2021 at the latest: surely too early, however late the other.
        Ask(STRICT, "a", "2024-01-01", [A, b("2021-11-01/2021-12-31"), other], "too early"),
        Ask(STRICT, "a", "2024-01-01", [A, b("2021-07-01/2022-07-01"), other], "met|too early",
            ("the exact first day of b",)),
    ])  # fmt: skip
    one = ask(YEARLY, "2024-01-01", [A, b("2022-05-01/2023-02-01"), other], "a")
    assert (one.fulfilled_by, one.rests_on) == ("d", ("a", "d"))


def test_a_rough_anchor_of_a_fixed_period() -> None:
    # From 31 December 2021 the next period is 2022, from 1 January 2022 it is 2023.
    a = authority("a", "2021-12-31/2022-01-01")
    exact = ("the exact first day of a",)
    check_all([
        Ask(YEARLY, "a", "2024-01-01", [a, b("2022-06-01")], "met|met early"),
        Ask(STRICT, "a", "2024-01-01", [a, b("2022-06-01")], "met|too early", exact),
        Ask(STRICT, "a", "2024-01-01", [a, b("2022-12-31")], "met|too early", exact),
        Ask(STRICT, "a", "2024-01-01", [a, b("2023-01-01")], "met|missed", exact),
        Ask(STRICT, "a", "2024-01-01", [a, b("2023-12-31")], "met|missed", exact),
        Ask(STRICT, "a", "2024-01-01", [a, b("2024-01-01")], "missed"),
        Ask(YEARLY, "a", "2022-06-01", [a], "not yet open|open"),
        Ask(YEARLY, "a", "2023-01-01", [a], "missed|open", exact),
        Ask(YEARLY, "a", "2023-12-31", [a], "missed|open", exact),
        Ask(YEARLY, "a", "2024-01-01", [a], "missed"),
    ])  # fmt: skip
    one = ask(YEARLY, "2022-06-01", [a], "a")
    assert one.windows == {None: window("2022-01-01", None, "2023-12-31")}
    assert one.anchor == When.of("2021-12-31/2022-01-01")
    assert one.because == frozenset()
    assert ask(YEARLY, "2023-01-01", [a], "a").because == {Because.ROUGH_DATE}


def test_an_anchor_that_may_still_be_to_come() -> None:
    # Asked on its first possible day: it may not have taken place, and then nothing runs from it.
    a = authority("a", "2021-06-10/2021-06-20")
    one = ask(YEARLY, "2021-06-10", [a], "a")
    assert states(one) == "not owed|not yet open"
    assert one.missing == ("the exact first day of a",)
    assert one.anchor == When.of("2021-06-10")
    one = ask(YEARLY, "2021-06-19", [a], "a")
    assert states(one) == "not owed|not yet open"
    assert one.anchor == When.of("2021-06-10/2021-06-19")
    assert states(ask(YEARLY, "2021-06-20", [a], "a")) == "not yet open"
    assert [one.subject for one in obligations(view(YEARLY, "2021-06-09", [a]))["c"]] == ["opening"]


def test_coverage_of_fixed_periods() -> None:
    def lacking(text: str) -> tuple[str, ...]:
        return (f"a complete record of inspections {text}",)

    late_2021 = inspections("2021-04-01", "2021-12-30")
    check_all([
        Ask(YEARLY, "opening", "2021-12-31", [], "met|open", lacking("on 31 December 2021"),
            late_2021),
        Ask(YEARLY, "opening", "2021-12-30", [], "open", (), late_2021),
        Ask(YEARLY, "opening", "2022-01-01", [], "met|missed",
            lacking("from 31 December 2021 to 1 January 2022"), late_2021),
        # A day of 2022 that is not covered hides none that is in time.
        Ask(YEARLY, "opening", "2022-01-01", [], "missed", (), inspections(None, "2021-12-31")),
        Ask(YEARLY, "opening", "2021-04-01", [], "met|open", lacking("on 1 April 2021"), NOTHING),
        # Nothing before the framework counts, so nothing need be covered there.
        Ask(YEARLY, "opening", "2021-12-31", [], "open", (), inspections("2021-04-01")),
        Ask(YEARLY, "opening", "2021-12-31", [], "met|open",
            lacking("from 1 April 2021 to 31 December 2021"), inspections("2021-04-02")),
        # Early is a departure here: from the day after the anchor to the end of 2021.
        Ask(STRICT, "a", "2022-01-01", [A], "open|too early",
            lacking("from 11 June 2021 to 31 December 2021"), inspections("2021-06-12")),
        Ask(STRICT, "a", "2022-01-01", [A], "open", (), inspections("2021-06-11")),
        Ask(STRICT, "a", "2022-01-01", [A], "met|open", lacking("on 1 January 2022"),
            inspections(None, "2021-12-31")),
        Ask(STRICT, "a", "2022-01-01", [A], "met|open|too early",
            lacking("from 31 December 2021 to 1 January 2022"), inspections(None, "2021-12-30")),
        # Up to the next one that is sure, and no further.
        Ask(STRICT, "a", "2025-01-01", [A, b("2022-12-31")], "met|too early",
            lacking("from 11 June 2021 to 31 December 2022"),
            inspections("2021-06-12", "2021-12-31")),
        Ask(STRICT, "a", "2025-01-01", [A, b("2022-06-01")], "met", (),
            inspections(None, "2022-06-01")),
        Ask(STRICT, "a", "2025-01-01", [A, b("2021-12-01")], "too early", (), NOTHING),
        Ask(YEARLY, "a", "2025-01-01", [A, b("2023-02-01")], "met|missed",
            lacking("from 31 December 2022 to 1 February 2023"), inspections(None, "2022-12-30")),
        Ask(YEARLY, "a", "2025-01-01", [A, b("2023-02-01")], "missed", (),
            inspections(None, "2022-12-31")),
        # What the list leaves out by habit it does not cover.
        Ask(YEARLY, "opening", "2021-04-01", [], "met|open", lacking("on 1 April 2021"),
            (Coverage(type="inspection", omits="joint ones"),)),
    ])  # fmt: skip
    one = ask(YEARLY, "2021-04-01", [], coverage=NOTHING)
    assert one.because == {Because.NOT_COVERED}
    assert one.status is Status.UNDETERMINED


# --- Recurring: since the last --------------------------------------------------------------------
# Three years after 10 June 2021 is 10 June 2024; six months round it: 10 December 2023 to 10
# December 2024. From the opening: 1 October 2023, 1 April 2024, 1 October 2024.


def test_since_the_last() -> None:
    free = own(cadence(since_last={"months": 12}))
    check_all([
        Ask(EVERY_THREE, "opening", "2023-09-30", [], "not yet open"),
        Ask(EVERY_THREE, "opening", "2023-10-01", [], "open"),
        Ask(EVERY_THREE, "opening", "2024-10-01", [], "open"),
        Ask(EVERY_THREE, "opening", "2024-10-02", [], "overdue"),
        Ask(EVERY_THREE, "a", "2023-12-09", [A], "not yet open"),
        Ask(EVERY_THREE, "a", "2023-12-10", [A], "open"),
        Ask(EVERY_THREE, "a", "2024-12-10", [A], "open"),
        Ask(EVERY_THREE, "a", "2024-12-11", [A], "overdue"),
        Ask(EVERY_THREE, "a", "2026-01-01", [A, b("2023-12-09")], "met early"),
        Ask(EVERY_THREE, "a", "2026-01-01", [A, b("2023-12-10")], "met"),
        Ask(EVERY_THREE, "a", "2026-01-01", [A, b("2024-12-10")], "met"),
        Ask(EVERY_THREE, "a", "2026-01-01", [A, b("2024-12-11")], "met late"),
        # Twelve months, as early as one likes: the anniversary is the last day.
        Ask(free, "a", "2021-06-10", [A], "open"),
        Ask(free, "a", "2022-06-10", [A], "open"),
        Ask(free, "a", "2022-06-11", [A], "overdue"),
        Ask(free, "a", "2023-01-01", [A, b("2021-06-11")], "met"),
        Ask(free, "a", "2023-01-01", [A, b("2022-06-11")], "met late"),
    ])  # fmt: skip
    one = ask(EVERY_THREE, "2023-09-30", [])
    assert one.windows == {None: window("2023-10-01", "2024-04-01", "2024-10-01")}


def test_the_windows_of_a_rough_anchor_are_shown_as_their_union() -> None:
    # From 1 June 2021 to 30 June 2021: 1 December 2023 at the earliest, 30 December 2024 at last.
    a = authority("a", "2021-06")
    one = ask(EVERY_THREE, "2021-07-01", [a], "a")
    assert one.windows == {None: window("2023-12-01", None, "2024-12-30")}
    assert states(one) == "not yet open"
    exact = ("the exact first day of a",)
    check_all([
        Ask(EVERY_THREE, "a", "2023-12-01", [a], "not yet open|open"),
        Ask(EVERY_THREE, "a", "2023-11-30", [a], "not yet open"),
        Ask(EVERY_THREE, "a", "2023-12-29", [a], "not yet open|open"),
        Ask(EVERY_THREE, "a", "2023-12-30", [a], "open"),
        Ask(EVERY_THREE, "a", "2024-12-01", [a], "open"),
        Ask(EVERY_THREE, "a", "2024-12-02", [a], "open|overdue", exact),
        Ask(EVERY_THREE, "a", "2024-12-30", [a], "open|overdue", exact),
        Ask(EVERY_THREE, "a", "2024-12-31", [a], "overdue"),
        Ask(EVERY_THREE, "a", "2026-01-01", [a, b("2024-12-01")], "met"),
        Ask(EVERY_THREE, "a", "2026-01-01", [a, b("2024-12-02")], "met|met late", exact),
        Ask(EVERY_THREE, "a", "2026-01-01", [a, b("2024-12-02/2024-12-03")], "met|met late",
            ("the exact first day of b", *exact)),
    ])  # fmt: skip


def test_an_activity_that_may_come_before_its_rough_anchor() -> None:
    # It may lie on a day before the anchor: then nothing has come after it.
    a, exact = authority("a", "2021-06"), ("the exact first day of a",)
    check_all([
        Ask(EVERY_THREE, "a", "2025-01-01", [a, b("2021-06-15")], "met early|overdue", exact),
        Ask(EVERY_THREE, "a", "2025-01-01", [a, b("2021-06-30")], "met early|overdue", exact),
    ])  # fmt: skip


def test_an_activity_at_the_edge_of_its_rough_anchor() -> None:
    a = authority("a", "2021-06")
    for start, wanted in (
        ("2021-06-01", "overdue"),
        ("2021-06-15", "met early|overdue"),
        ("2021-06-30", "met early|overdue"),
        ("2021-07-01", "met early"),
    ):
        one = ask(EVERY_THREE, "2025-01-01", [a, b(start)], "a")
        assert states(one) == wanted
        if "|" in wanted:
            assert "the exact first day of a" in one.missing
            assert one.absence == (("inspection",), ordinal("2021-06-02"), ordinal("2025-01-01"))
    # The day after the anchor's last, and the day of asking: only the anchor is open.
    a = authority("a", "2021-12-31/2022-01-01")
    exact = ("the exact first day of a",)
    check_all([
        Ask(STRICT, "a", "2024-01-01", [a, b("2022-01-02")], "met|too early", exact),
        Ask(STRICT, "a", "2022-06-01", [a, b("2022-06-01")], "met|too early", exact),
        Ask(STRICT, "a", "2025-01-01", [A, b("2022-03-01/2022-04-01")], "met|too early",
            ("a complete record of inspections from 11 June 2021 to 1 April 2022",),
            inspections("2021-06-12", "2022-02-28")),
    ])  # fmt: skip


# --- Recurring: what begins the first clock -------------------------------------------------------


def test_no_opening() -> None:
    fw = own(cadence(since_last=THREE, opening="none"))
    assert obligations(view(fw, "2022-01-01", [])) == {}
    found = obligations(view(fw, "2022-01-01", [A]))["c"]
    assert [one.subject for one in found] == ["a"]


def test_the_last_one_of_an_earlier_framework_begins_the_clock() -> None:
    fw = own(cadence(since_last=THREE, opening="previous", grounds=[ground("opening")]))
    old = [authority("older", "2018-01-08"), authority("last", "2020-05-05")]
    one = ask(fw, "2021-04-01", old)
    assert one.anchor == When.of("2020-05-05")
    # Three years later is 5 May 2023.
    assert one.windows == {None: window("2022-11-05", "2023-05-05", "2023-11-05")}
    assert (one.subject, one.rests_on) == ("opening", ())
    assert [g.part for g in one.grounds] == ["opening"]
    check_all([
        Ask(fw, "opening", "2023-11-05", old, "open"),
        Ask(fw, "opening", "2023-11-06", old, "overdue"),
        Ask(fw, "opening", "2024-01-01", [*old, b("2023-11-05")], "met"),
        Ask(fw, "opening", "2024-01-01", [*old, b("2021-04-01")], "met early"),
    ])  # fmt: skip
    assert obligations(view(fw, "2021-03-31", old)) == {}
    assert obligations(view(fw, "2021-04-01", [])) == {}
    # On the framework's first day it is one of its own.
    assert [one.subject for one in obligations(view(fw, "2022-01-01", [b("2021-04-01")]))["c"]] == [
        "b"
    ]
    # Fixed periods: the next one after it, and not the one in which it lies.
    periods = own(cadence(periods={"origin": "2020-01-01", "months": 24}, opening="previous"))
    one = ask(periods, "2021-04-01", old)
    assert one.windows == {None: window("2022-01-01", None, "2023-12-31")}


def test_an_earlier_one_known_only_to_end_before_some_day() -> None:
    # No first day: 1900 stands for it. From 1900 the three years are long over.
    fw = own(cadence(since_last=THREE, opening="previous"))
    one = ask(fw, "2022-01-01", [authority("last", "../2020-05-05")])
    assert one.anchor == When.of("../2020-05-05")
    assert states(one) == "not yet open|open|overdue"
    assert one.missing == ("the day on which the first clock started",)
    assert one.windows == {None: window("1902-07-01", None, "2023-11-05")}


def test_the_row_says_when_the_first_clock_starts() -> None:
    fw = own(cadence(since_last=THREE, effective_from="2022-02-01"))
    assert obligations(view(fw, "2022-01-31", [])) == {}
    one = ask(fw, "2022-02-01", [])
    assert one.anchor == When.of("2022-02-01")
    assert one.windows == {None: window("2024-08-01", "2025-02-01", "2025-08-01")}
    # A row older than the framework: the framework's first day.
    fw = own(cadence(since_last=THREE, effective_from="2019-02-01"))
    assert ask(fw, "2022-02-01", []).anchor == When.of("2021-04-01")
    # Two readings, the later one first: the earlier day counts.
    fw = own(
        cadence(since_last=THREE, effective_from="2022-02-01", reading="x"),
        cadence(since_last=THREE, effective_from="2021-09-01", reading="y"),
    )
    assert ask(fw, "2022-06-01", []).anchor == When.of("2021-09-01")


def test_a_framework_that_began_on_a_day_not_known() -> None:
    fw = own(cadence(since_last=THREE), start="2021-04-01/2021-04-10")
    one = ask(fw, "2024-10-05", [])
    assert one.anchor == When.of("2021-04-01/2021-04-10")
    # Until 1 October 2024, or 10 October.
    assert one.windows == {None: window("2023-10-01", None, "2024-10-10")}
    first = ("the day on which the first clock started",)
    opened = "whether a came under own"
    a = authority("a", "2021-04-05")
    check_all([
        Ask(fw, "opening", "2024-10-01", [], "open"),
        Ask(fw, "opening", "2024-10-02", [], "open|overdue", first),
        Ask(fw, "opening", "2024-10-10", [], "open|overdue", first),
        Ask(fw, "opening", "2024-10-11", [], "overdue"),
        # Perhaps under this framework, perhaps not.
        Ask(fw, "a", "2022-01-01", [a], "not owed|not yet open", (opened,)),
        Ask(fw, "a", "2022-01-01", [authority("a", "2021-04-10")], "not yet open"),
    ])  # fmt: skip
    named = authority("a", "2021-04-05")
    named = Inspection(id="a", start=named.start, framework="own")
    check_all([Ask(fw, "a", "2022-01-01", [named], "not yet open")])
    # The opening is clipped to the day of asking.
    assert ask(fw, "2021-04-03", []).anchor == When.of("2021-04-01/2021-04-03")


def test_an_exact_day_is_not_missing_where_the_framework_is_open() -> None:
    fw = own(cadence(since_last=THREE), start="2021-04-01/2021-04-10")
    a = authority("a", "2021-04-05")
    check_all([
        Ask(fw, "opening", "2025-01-01", [a], "met early|overdue",
            ("whether a came under own", "the day on which the first clock started")),
    ])  # fmt: skip


# --- Recurring: rows of different times -----------------------------------------------------------

CHANGED = own(
    cadence(since_last={"months": 12}, effective_to="2022-12-31"),
    cadence(since_last={"months": 24}, effective_from="2023-01-01"),
)


def test_the_row_in_force_when_the_clock_starts_governs() -> None:
    for start, latest in (("2022-12-31", "2023-12-31"), ("2023-01-01", "2025-01-01")):
        a = authority("a", start)
        one = ask(CHANGED, "2023-06-01", [a], "a")
        assert one.windows == {None: window(start, latest, latest)}
        assert len(one.rows) == 1
    a = authority("a", "2022-12-31/2023-01-01")
    one = ask(CHANGED, "2023-06-01", [a], "a")
    assert one.windows == {None: window("2022-12-31", None, "2025-01-01")}
    assert [row.since_last.months for row in one.rows] == [12, 24]  # type: ignore[attr-defined]
    exact = ("the exact first day of a",)
    check_all([
        Ask(CHANGED, "a", "2023-12-31", [a], "open"),
        Ask(CHANGED, "a", "2024-01-01", [a], "open|overdue", exact),
        Ask(CHANGED, "a", "2025-01-01", [a], "open|overdue", exact),
        Ask(CHANGED, "a", "2025-01-02", [a], "overdue"),
    ])  # fmt: skip


def test_a_day_on_which_no_row_holds() -> None:
    ended = own(cadence(since_last={"months": 12}, effective_to="2022-06-30"))
    begun = own(cadence(since_last={"months": 12}, effective_from="2022-07-01", opening="none"))
    check_all([
        Ask(ended, "a", "2024-01-01", [authority("a", "2022-06-30")], "overdue"),
        Ask(ended, "a", "2024-01-01", [authority("a", "2022-07-01")], "not owed"),
        Ask(ended, "a", "2024-01-01", [authority("a", "2022-06-30/2022-07-01")],
            "not owed|overdue", ("the exact first day of a",)),
        Ask(begun, "a", "2024-01-01", [authority("a", "2022-07-01")], "overdue"),
        Ask(begun, "a", "2024-01-01", [authority("a", "2022-06-30")], "not owed"),
        Ask(begun, "a", "2024-01-01", [authority("a", "2022-06-30/2022-07-01")],
            "not owed|overdue", ("the exact first day of a",)),
    ])  # fmt: skip
    one = ask(ended, "2024-01-01", [authority("a", "2022-07-01")], "a")
    assert one.windows == {None: None}
    assert [row.id for row in one.rows] == ["c"]
    # Between two rows.
    gap = own(
        cadence(since_last={"months": 12}, effective_to="2022-06-30"),
        cadence(since_last={"months": 24}, effective_from="2022-07-02"),
    )
    check_all([
        Ask(gap, "a", "2023-01-01", [authority("a", "2022-07-01")], "not owed"),
        Ask(gap, "a", "2023-01-01", [authority("a", "2022-07-02")], "open"),
    ])  # fmt: skip


def test_a_row_that_begins_or_ends_on_a_day_not_known() -> None:
    change = ("the day on which c took effect or changed",)
    begun = own(cadence(since_last={"months": 12}, effective_from="2022-07", opening="none"))
    ended = own(cadence(since_last={"months": 12}, effective_to="2022-07", opening="none"))
    check_all([
        Ask(begun, "a", "2023-01-01", [authority("a", "2022-06-30")], "not owed"),
        Ask(begun, "a", "2023-01-01", [authority("a", "2022-07-01")], "not owed|open", change),
        Ask(begun, "a", "2023-01-01", [authority("a", "2022-07-30")], "not owed|open", change),
        Ask(begun, "a", "2023-01-01", [authority("a", "2022-07-31")], "open"),
        Ask(ended, "a", "2023-01-01", [authority("a", "2022-07-01")], "open"),
        Ask(ended, "a", "2023-01-01", [authority("a", "2022-07-02")], "not owed|open", change),
        Ask(ended, "a", "2023-01-01", [authority("a", "2022-07-31")], "not owed|open", change),
        Ask(ended, "a", "2023-01-01", [authority("a", "2022-08-01")], "not owed"),
    ])  # fmt: skip
    # Where one row ends roughly the next begins so: some row holds throughout.
    both = own(
        cadence(since_last={"months": 12}, effective_to="2022-07-31/2022-08-30", opening="none"),
        cadence(since_last={"months": 24}, effective_from="2022-08-01/2022-08-31"),
    )
    a = authority("a", "2022-08-15")
    check_all([
        Ask(both, "a", "2023-08-15", [a], "open"),
        Ask(both, "a", "2023-08-16", [a], "open|overdue", change),
        Ask(both, "a", "2024-08-16", [a], "overdue"),
    ])  # fmt: skip
    assert ask(both, "2023-01-01", [a], "a").windows == {
        None: window("2022-08-15", None, "2024-08-15")
    }


# --- Recurring: readings --------------------------------------------------------------------------

TWO_WAYS = own(
    cadence(periods={"origin": "2021-04-01", "months": 36}, reading="fixed"),
    cadence(since_last=THREE, reading="anniversary"),
)


def test_readings_have_their_own_windows() -> None:
    # From 10 June 2021: the period from 1 April 2024 to 31 March 2027; 10 December 2023 to 2024.
    one = ask(TWO_WAYS, "2021-06-10", [A], "a")
    assert one.windows == {
        "fixed": window("2024-04-01", None, "2027-03-31"),
        "anniversary": window("2023-12-10", "2024-06-10", "2024-12-10"),
    }
    assert [course.possible for course in one.courses] == [{State.NOT_YET_OPEN}] * 2
    differ = ("which reading of c holds: fixed or anniversary",)
    check_all([
        Ask(TWO_WAYS, "a", "2024-01-01", [A], "not yet open|open"),
        Ask(TWO_WAYS, "a", "2024-12-11", [A], "open|overdue", differ),
        Ask(TWO_WAYS, "a", "2027-04-01", [A], "missed|overdue"),
        Ask(TWO_WAYS, "a", "2028-01-01", [A, b("2025-01-06")], "met|met late", differ),
        Ask(TWO_WAYS, "a", "2028-01-01", [A, b("2023-12-11")], "met|met early"),
    ])  # fmt: skip
    one = ask(TWO_WAYS, "2024-12-11", [A], "a")
    assert one.because == {Because.READINGS_DIFFER}
    assert {course.reading: set(course.possible) for course in one.courses} == {
        "fixed": {State.OPEN}, "anniversary": {State.OVERDUE},
    }  # fmt: skip


# --- Recurring: the framework's end ---------------------------------------------------------------


def test_what_is_owed_lapses_with_the_framework() -> None:
    fw = own(cadence(periods=YEAR), end="2023-03-31")
    three = own(cadence(since_last=THREE), end="2023-03-31")
    a = authority("a", "2022-06-10")  # its period: 2023
    check_all([
        Ask(fw, "a", "2023-03-31", [a], "open"),
        Ask(fw, "a", "2023-04-01", [a], "lapsed"),
        Ask(fw, "a", "2024-06-01", [a], "lapsed"),
        Ask(fw, "opening", "2023-04-01", [], "missed"),
        Ask(three, "a", "2023-03-31", [a], "not yet open"),
        Ask(three, "a", "2023-04-01", [a], "lapsed"),
        Ask(three, "a", "2030-01-01", [a], "lapsed"),
        # What came after the end came under another framework.
        Ask(fw, "a", "2024-06-01", [a, b("2023-04-01")], "lapsed"),
        Ask(fw, "a", "2024-06-01", [a, b("2023-03-31")], "met"),
        # Nothing after the end need be covered.
        Ask(fw, "a", "2024-06-01", [a], "lapsed", (), inspections(None, "2023-03-31")),
        Ask(fw, "a", "2024-06-01", [a], "lapsed|met",
            ("a complete record of inspections on 31 March 2023",),
            inspections(None, "2023-03-30")),
    ])  # fmt: skip
    # The window closes one day before the framework does.
    check_all([
        Ask(own(cadence(periods=YEAR), end="2023-01-01"), "a", "2023-06-01", [A], "missed"),
        Ask(own(cadence(since_last=THREE), end="2024-12-11"), "a", "2025-01-01", [A], "overdue"),
    ])  # fmt: skip


def test_a_framework_that_ended_on_a_day_not_known() -> None:
    fw = own(cadence(periods=YEAR), end="2023-03-01/2023-03-31")
    a = authority("a", "2022-06-10")
    assert states(ask(fw, "2023-03-01", [a], "a")) == "open"
    assert states(ask(fw, "2023-03-02", [a], "a")) == "lapsed|open"
    assert states(ask(fw, "2023-03-31", [a], "a")) == "lapsed|open"
    assert states(ask(fw, "2023-04-01", [a], "a")) == "lapsed"
    # The period of 2022 against an end on 31 December 2022 or 1 January 2023.
    fw = own(cadence(periods=YEAR), end="2022-12-31/2023-01-01")
    assert states(ask(fw, "2023-06-01", [A], "a")) == "lapsed|missed"


def test_an_end_that_is_not_known_is_a_reason() -> None:
    fw = own(cadence(periods=YEAR), end="2023-03-01/2023-03-31")
    one = ask(fw, "2023-03-15", [authority("a", "2022-06-10")], "a")
    assert one.status is Status.UNDETERMINED
    assert one.because


# --- Recurring: suspended, booked, caught up ------------------------------------------------------
# 1 March to 31 August 2022 are 184 days: more than half of 2022.

PAUSE = table(
    "suspension", id="s", activities=["inspection"], effective_from="2022-03-01",
    effective_to="2022-08-31",
    grounds=[ground(part) for part in ("sentence", "reading", "effective_to", "effective_from")],
)  # fmt: skip
OPEN_END = table("suspension", id="s", activities=["inspection"], effective_from="2022-03-01")


def test_suspended() -> None:
    fixed = own(cadence(periods=YEAR), PAUSE)
    three = own(cadence(since_last=THREE), PAUSE)
    without_end = own(cadence(since_last=THREE), OPEN_END)
    check_all([
        Ask(three, "a", "2022-02-28", [A], "not yet open"),
        Ask(three, "a", "2022-03-01", [A], "suspended"),
        Ask(three, "a", "2022-08-31", [A], "suspended"),
        Ask(three, "a", "2022-09-01", [A], "not yet open"),
        Ask(fixed, "a", "2022-06-01", [A], "suspended"),
        Ask(fixed, "a", "2023-01-01", [A], "open"),
        Ask(fixed, "a", "2024-01-01", [A], "missed"),
        Ask(without_end, "a", "2029-01-01", [A], "suspended"),
    ])  # fmt: skip
    assert ask(fixed, "2022-06-01", [A], "a").windows == {
        None: window("2023-01-01", None, "2023-12-31")
    }
    # 184 days after 10 December 2023, 10 June 2024 and 10 December 2024.
    one = ask(three, "2022-06-01", [A], "a")
    assert one.windows == {None: window("2024-06-11", "2024-12-11", "2025-06-12")}
    assert one.suspended == ((ordinal("2022-03-01"), ordinal("2022-08-31")),)
    assert ask(without_end, "2029-01-01", [A], "a").windows == {None: None}


@pytest.mark.parametrize(
    ("start", "as_of", "spoken"),
    [
        ("2021-06-10", "2022-02-28", False),
        ("2021-06-10", "2022-03-01", True),
        ("2022-08-31", "2022-09-15", True),
        ("2022-09-01", "2022-09-15", False),
    ],
)
def test_a_suspension_that_touches_the_stretch_is_a_ground(
    start: str, as_of: str, spoken: bool
) -> None:
    fw = own(cadence(since_last=THREE), PAUSE)
    one = ask(fw, as_of, [authority("a", start)], "a")
    wanted = ["sentence", "reading", "effective_to"] if spoken else []
    assert [g.part for g in one.grounds] == wanted


def test_booked() -> None:
    one = ask(YEARLY, "2021-07-01", [A, b("2022-12-31")], "a")
    assert (states(one), one.booked, one.booking_misses) == ("booked", "b", ())
    one = ask(YEARLY, "2021-07-01", [A, b("2023-01-01")], "a")
    assert (states(one), one.booked, one.booking_misses) == ("not yet open", "b", ("",))
    one = ask(YEARLY, "2022-07-01", [A, b("2023-01-01")], "a")
    assert (states(one), one.fulfilled_by, one.rests_on) == ("open", None, ("a",))
    one = ask(TWO_WAYS, "2021-07-01", [A, b("2025-01-06")], "a")
    assert (one.booked, one.booking_misses) == ("b", ("anniversary",))
    # The last day of a window is no miss; one on the day of asking is no plan.
    one = ask(TWO_WAYS, "2021-07-01", [A, b("2024-12-10")], "a")
    assert (states(one), one.booking_misses) == ("booked", ())
    one = ask(YEARLY, "2022-07-01", [A, b("2022-07-01")], "a")
    assert (one.booked, one.fulfilled_by) == (None, "b")
    assert ask(YEARLY, "2022-06-30", [A, b("2022-07-01")], "a").booked == "b"
    assert ask(YEARLY, "2022-06-30", [A, b("2022-06-30/2022-07-01")], "a").booked is None


def test_nothing_comes_after_what_begins_on_the_day_of_asking() -> None:
    # On 8 to 10 June it does not come after a; on 11 June it is still to come.
    one = ask(YEARLY, "2021-06-10", [A, b("2021-06-08/2021-06-11")], "a")
    assert (states(one), one.missing) == ("not yet open", ())
    one = ask(YEARLY, "2021-06-11", [A, b("2021-06-08/2021-06-11")], "a")
    assert (states(one), one.missing) == ("met early|not yet open", ("the exact first day of b",))
    between = own(table("between", id="c", activities=["focused-visit"], bounds=["inspection"],
                        at_least=1))  # fmt: skip
    one = ask(between, "2021-06-10", [A, visit("v", "2021-06-09/2021-06-11")], "a")
    assert (states(one), one.missing) == ("open", ())


def test_the_running_period_can_still_be_met() -> None:
    at = view(YEARLY, "2024-06-01", [A])
    one = obligations(at)["c"][-1]
    assert states(one) == "missed"
    now = running(at, one)
    assert states(now) == "open"
    assert now.windows == {None: window("2024-01-01", None, "2024-12-31")}
    # The window of 2022 on its last day, and the day after: then it is 2023.
    for as_of, first, last in (("2022-12-31", "2022-01-01", "2022-12-31"),
                               ("2023-01-01", "2023-01-01", "2023-12-31")):  # fmt: skip
        at = view(YEARLY, as_of, [A])
        assert running(at, obligations(at)["c"][-1]).windows == {None: window(first, None, last)}
    at = view(EVERY_THREE, "2026-01-01", [A])
    assert states(running(at, obligations(at)["c"][-1])) == "overdue"
    at = view(YEARLY, "2024-06-01", [])
    assert running(at, obligations(at)["c"][0]).windows == {
        None: window("2024-01-01", None, "2024-12-31")
    }


def test_absence_and_grounds_of_a_recurring_activity() -> None:
    parts = ("sentence", "opening", "reading", "periods", "effective_from", "not_before", "other")
    marks = [ground(part) for part in parts]
    fw = own(cadence(periods=YEAR, grounds=marks))
    strict = own(cadence(periods=YEAR, grounds=marks, not_before=True))
    kinds = ("inspection",)
    one = ask(fw, "2023-06-01", [])
    assert one.absence == (kinds, ordinal("2021-04-01"), ordinal("2023-06-01"))
    assert [g.part for g in one.grounds] == list(parts[:-1])
    one = ask(fw, "2023-06-01", [A], "a")
    assert one.absence == (kinds, ordinal("2021-06-11"), ordinal("2023-06-01"))
    assert [g.part for g in one.grounds] == ["sentence", *parts[2:-1]]
    assert ask(fw, "2024-06-01", [A, b("2022-06-01")], "a").absence is None
    found = ask(strict, "2024-06-01", [A, b("2022-06-01")], "a").absence
    assert found == (kinds, ordinal("2021-06-11"), ordinal("2022-06-01"))
    found = ask(fw, "2024-06-01", [A, b("2023-06-01")], "a").absence
    assert found == (kinds, ordinal("2021-06-11"), ordinal("2023-06-01"))
    # With a choice of readings only what they share.
    two = own(
        cadence(periods=YEAR, reading="x", grounds=marks),
        cadence(since_last={"months": 12}, reading="y", grounds=marks),
    )
    assert [g.part for g in ask(two, "2023-06-01", []).grounds] == ["sentence", "opening"]
    # A ground read for some days speaks for a stretch that reaches them.
    dated = own(cadence(periods=YEAR, grounds=[
        ground("sentence", "reported"),
        ground("sentence", **{"from": "2022-01-01"}),
    ]))  # fmt: skip
    assert [g.basis for g in ask(dated, "2021-12-31", [A], "a").grounds] == ["reported"]
    assert [g.basis for g in ask(dated, "2022-01-01", [A], "a").grounds] == ["official"]


# --- Between --------------------------------------------------------------------------------------


def between(**more: Any) -> str:
    fields = {"id": "v", "activities": ["focused-visit"], "bounds": ["inspection"],
              "opening": "framework-start", "at_least": 1, "at_most": 2, **more}  # fmt: skip
    return table("between", **fields)


VISITS = own(between())
B = b("2023-06-12")
X, Y, Z = visit("x", "2022-01-10"), visit("y", "2022-06-13"), visit("z", "2023-01-09")


def lacking_visits(text: str) -> tuple[str, ...]:
    return (f"a complete record of focused visits {text}",)


def test_how_many_lie_between() -> None:
    check_all([
        Ask(VISITS, "a", "2024-01-01", [A, B], "missed"),
        Ask(VISITS, "a", "2024-01-01", [A, X, B], "met"),
        Ask(VISITS, "a", "2024-01-01", [A, X, Y, B], "met"),
        Ask(VISITS, "a", "2024-01-01", [A, X, Y, Z, B], "excess"),
        Ask(VISITS, "a", "2023-06-11", [A, B], "open"),
        Ask(VISITS, "a", "2023-06-12", [A, B], "missed"),
        Ask(VISITS, "a", "2023-06-11", [A, X], "met"),
        Ask(VISITS, "a", "2022-06-12", [A, X, Y, Z], "met"),
        Ask(VISITS, "a", "2022-01-09", [A, X, B], "booked"),
        Ask(VISITS, "a", "2022-01-10", [A, X, B], "met"),
        Ask(VISITS, "opening", "2024-01-01", [visit("x", "2021-04-01"), A], "met"),
        Ask(VISITS, "opening", "2024-01-01", [visit("x", "2021-06-10"), A], "missed"),
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2021-06-10"), B], "missed"),
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2021-06-11"), B], "met"),
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2023-06-11"), B], "met"),
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2023-06-12"), B], "missed"),
    ])  # fmt: skip
    one = ask(VISITS, "2024-01-01", [A, X, Y, B], "a")
    assert [course.count for course in one.courses] == [(2, 2)]
    assert (one.fulfilled_by, one.rests_on) == ("b", ("a", "b", "x", "y"))
    assert one.activity == "focused-visit"
    kinds = ("inspection", "focused-visit")
    assert one.absence == (kinds, ordinal("2021-06-11"), ordinal("2023-06-12"))
    one = ask(VISITS, "2022-01-01", [A])
    assert one.absence == (kinds, ordinal("2021-04-01"), ordinal("2021-06-10"))
    one = ask(VISITS, "2022-01-09", [A, X], "a")
    assert (one.booked, one.rests_on, one.fulfilled_by) == ("x", ("a",), None)
    assert one.courses[0].count == (0, 0)
    assert one.absence == (kinds, ordinal("2021-06-11"), ordinal("2022-01-09"))
    assert ask(VISITS, "2024-01-01", [A, B], "a").booked is None
    assert ask(VISITS, "2024-01-01", [A, B, visit("p", "2025-01-06")], "a").booked is None
    # The first and the last day on which it rests.
    one = ask(VISITS, "2022-01-10", [A, visit("w", "2021-06-11"), X], "a")
    assert one.rests_on == ("a", "w", "x")
    one = ask(VISITS, "2022-01-10", [A, visit("w", "2021-06-10/2021-06-11"),
                                     visit("q", "2022-01-10/2022-01-11")], "a")  # fmt: skip
    assert one.rests_on == ("a",)


def test_a_visit_whose_day_is_not_known() -> None:
    exact = ("the exact first day of x",)
    check_all([
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2021-06-10/2021-06-11"), B], "met|missed",
            exact),
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2023-06-11/2023-06-12"), B], "met|missed",
            exact),
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2021-06-11/2023-06-11"), B], "met"),
        Ask(VISITS, "a", "2022-02-01", [A, visit("x", "2022-02-01/2022-02-02")], "met|open", exact),
        Ask(VISITS, "a", "2022-02-01", [A, X, Y, visit("z", "2022-01-31/2022-02-02")], "met"),
        Ask(VISITS, "a", "2024-01-01", [A, X, Y, visit("x2", "2023-06-01/2023-06-12"), B],
            "excess|met", ("the exact first day of x2",)),
    ])  # fmt: skip
    one = ask(VISITS, "2024-01-01", [A, visit("x", "2023-06-11/2023-06-12"), B], "a")
    assert [course.count for course in one.courses] == [(0, 1)]


def test_a_bound_whose_day_is_not_known() -> None:
    rough_b = b("2023-06-12/2023-06-20")
    check_all([
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2023-06-11"), rough_b], "met"),
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2023-06-12"), rough_b], "met|missed",
            ("the exact first day of b",)),
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2023-06-19"), rough_b], "met|missed",
            ("the exact first day of b",)),
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2023-06-20"), rough_b], "missed"),
        Ask(VISITS, "a", "2023-06-12", [A, rough_b], "missed|open",
            ("the exact first day of b",)),
    ])  # fmt: skip
    rough_a = authority("a", "2021-06-10/2021-06-20")
    exact = ("the exact first day of a",)
    check_all([
        Ask(VISITS, "a", "2024-01-01", [rough_a, visit("x", "2021-06-20"), B], "met|missed", exact),
        Ask(VISITS, "a", "2024-01-01", [rough_a, visit("x", "2021-06-21"), B], "met"),
        Ask(VISITS, "a", "2024-01-01", [rough_a, visit("x", "2021-06-11"), B], "met|missed", exact),
        Ask(VISITS, "a", "2024-01-01", [rough_a, visit("x", "2021-06-10"), B], "missed"),
    ])  # fmt: skip


def test_coverage_of_what_lies_between() -> None:
    both = "a complete record of inspections {0}", "a complete record of focused visits {0}"
    some = inspections(), (covered("focused-visit", "2021-06-12"),)
    check_all([
        Ask(VISITS, "a", "2024-01-01", [A, B], "excess|met|missed",
            lacking_visits("from 11 June 2021 to 11 June 2023"), (*some[0], *some[1])),
        Ask(VISITS, "a", "2024-01-01", [A, B], "missed", (),
            (*some[0], covered("focused-visit", "2021-06-11", "2023-06-11"))),
        Ask(VISITS, "a", "2022-01-01", [A], "excess|met|open",
            lacking_visits("on 1 January 2022"),
            (*some[0], covered("focused-visit", None, "2021-12-31"))),
        # An inspection that is not recorded may have ended the stretch.
        Ask(VISITS, "a", "2022-01-01", [A], "missed|open", (both[0].format("on 1 January 2022"),),
            (*inspections(None, "2021-12-31"), covered("focused-visit"))),
        Ask(VISITS, "a", "2024-01-01", [A, X, B], "met|missed",
            (both[0].format("from 10 January 2022 to 11 June 2023"),),
            (*inspections(None, "2022-01-09"), covered("focused-visit"))),
        Ask(VISITS, "a", "2024-01-01", [A, X, B], "met", (),
            (*inspections(None, "2022-01-10"), *inspections("2022-01-11"),
             covered("focused-visit"))),
    ])  # fmt: skip
    one = ask(VISITS, "2024-01-01", [A, B], "a", (*some[0], *some[1]))
    assert one.courses[0].count == (0, None)


def test_first_only_and_the_framework_that_ends() -> None:
    fw = own(between(first_only=True))
    assert [one.subject for one in obligations(view(fw, "2024-01-01", [A, B]))["v"]] == ["opening"]
    ended = own(between(), end="2022-12-31")
    check_all([
        Ask(ended, "a", "2022-12-31", [A], "open"),
        Ask(ended, "a", "2023-01-01", [A], "lapsed"),
        Ask(ended, "a", "2023-01-01", [A, X], "met"),
    ])  # fmt: skip


GRADE = {
    "scale": "four",
    "grounds": [ground("sentence"), ground("reading"), ground("effective_to")],
}
POOR = [{"areas": ["overall-effectiveness"], "or_worse": "inadequate"}]
ANY_POOR = [{"areas": ["impact-of-leaders"], "or_worse": "inadequate"}]
WHILE = own(
    between(while_="poor", at_most=9, opening="none"),
    table("status", id="poor", if_=POOR, **GRADE),
)
WHILE_TWO = own(
    between(while_="poor", at_most=9, opening="none"),
    table("status", id="poor", if_=POOR, reading="overall", **GRADE),
    table("status", id="poor", if_=ANY_POOR, reading="leaders", **GRADE),
)


def judged(overall: Any, leaders: Any, published: str | None = "2021-08-02") -> Inspection:
    return authority("a", "2021-06-10", grades(overall=overall, leaders=leaders),
                     published=published)  # fmt: skip


def test_only_while_a_status_holds() -> None:
    differ = ("which reading of poor holds: overall or leaders",)
    check_all([
        Ask(WHILE, "a", "2024-01-01", [judged(I, I), B], "missed"),
        Ask(WHILE, "a", "2024-01-01", [judged(G, I), B], "not owed"),
        Ask(WHILE, "a", "2021-08-01", [judged(I, I)], "not yet open"),
        Ask(WHILE, "a", "2021-08-02", [judged(I, I)], "open"),
        Ask(WHILE, "a", "2022-01-01", [authority("a", "2021-06-10", published="2021-08-02")],
            "not owed|not yet open|open", ("the judgements of a",),
            (covered("inspection"), covered("focused-visit"))),
        Ask(WHILE_TWO, "a", "2024-01-01", [judged(I, I), B], "missed"),
        Ask(WHILE_TWO, "a", "2024-01-01", [judged(I, G), B], "missed|not owed", differ),
    ])  # fmt: skip
    one = ask(WHILE, "2024-01-01", [judged(I, I), B], "a")
    assert [g.part for g in one.grounds] == ["sentence", "reading", "effective_to"]
    assert one.windows == {None: None}
    one = ask(WHILE_TWO, "2024-01-01", [judged(I, I), B], "a")
    assert {g.part for g in one.grounds} == {"sentence"}
    assert [course.reading for course in one.courses] == ["overall", "leaders"]
    assert ask(WHILE, "2024-01-01", [judged(G, G), B], "a").absence is None
    # The stretch at the opening follows no grades.
    fw = own(between(while_="poor"), table("status", id="poor", if_=POOR, **GRADE))
    one = ask(fw, "2022-01-01", [])
    assert (states(one), one.grounds) == ("open", ())


def test_before_the_next_is_due() -> None:
    fw = own(between(), cadence(since_last=THREE))
    at = view(fw, "2022-01-01", [A])
    first, second = obligations(at)["v"]
    # The day before the last day of the next inspection's window.
    assert before_next(at, first) == {None: window("2021-04-01", None, "2024-09-30")}
    assert before_next(at, second) == {None: window("2021-06-11", None, "2024-12-09")}
    fw = own(between(), cadence(periods=YEAR))
    at = view(fw, "2022-01-01", [A])
    first, second = obligations(at)["v"]
    assert before_next(at, first) == {None: window("2021-04-01", None, "2021-12-30")}
    assert before_next(at, second) == {None: window("2021-06-11", None, "2022-12-30")}
    other = own(between(), cadence(periods=YEAR, activity="engagement-meeting"))
    at = view(other, "2022-01-01", [A])
    assert before_next(at, obligations(at)["v"][0]) == {}
    paused = own(between(), cadence(since_last=THREE), OPEN_END)
    at = view(paused, "2022-06-01", [A])
    assert before_next(at, obligations(at)["v"][1]) == {None: window("2021-06-11", None, None)}


# --- Responses ------------------------------------------------------------------------------------
# Friday 10 June 2022 and ten working days: Friday 24 June.


def response(**more: Any) -> str:
    fields = {"id": "r", "after": ["inspection"], "gives": "published", "counted_from": "end",
              **more}  # fmt: skip
    return table("response", **fields)


REPORT = own(response(working_days=10))
PLAN = own(response(gives="action-plan", counted_from="published", months=3))
ONLY_FIELD = (Coverage(type="inspection", fields=("published",)),)


def ended(end: str | None = "2022-06-10", published: str | None = None) -> Inspection:
    return authority("a", "2022-06-06", end=end, published=published)


def plan(id: str, start: str, follows: str | None = "a", *, draft: bool = False) -> ActionPlan:
    return ActionPlan(id=id, start=start, follows=follows, draft=draft)


def test_the_day_of_a_plan_is_told_where_it_says_what_it_follows() -> None:
    surely, perhaps = plan("p", "2022-06-20"), plan("q", "2022-06-13", None)
    for some, came in (
        ([surely], "2022-06-20"),
        ([perhaps], None),
        ([perhaps, surely], "2022-06-20"),
    ):
        one = ask(PLAN, "2023-01-01", [ended(published="2022-08-01"), *some], "a")
        assert one.came == (None if came is None else When.of(came))


def test_a_report_by_its_day() -> None:
    check_all([
        Ask(REPORT, "a", "2022-06-09", [ended()], "not yet open|open"),
        Ask(REPORT, "a", "2022-06-10", [ended()], "open"),
        Ask(REPORT, "a", "2022-06-24", [ended()], "open"),
        Ask(REPORT, "a", "2022-06-25", [ended()], "overdue"),
        Ask(REPORT, "a", "2022-07-31", [ended(published="2022-06-24")], "met"),
        Ask(REPORT, "a", "2022-07-31", [ended(published="2022-06-25")], "met late"),
        Ask(REPORT, "a", "2022-06-24", [ended(published="2022-06-24")], "met"),
        Ask(REPORT, "a", "2022-06-23", [ended(published="2022-06-24")], "open"),
        Ask(REPORT, "a", "2022-07-31", [ended(published="2022-06-24/2022-06-25")], "met|met late",
            ("the exact day of publication of a",)),
        Ask(REPORT, "a", "2022-06-24", [ended(published="2022-06-24/2022-06-25")], "met|open",
            ("the exact day of publication of a",)),
        Ask(REPORT, "a", "2022-07-31", [ended()], "met|met late|overdue",
            ("the day of publication of a",), NOTHING),
        # The field is held: None says that it is not out. The kind need not be covered for that.
        Ask(REPORT, "a", "2022-06-25", [ended()], "overdue", (), ONLY_FIELD),
        # Fieldwork that has not ended: its clock has not started.
        Ask(REPORT, "a", "2022-06-25", [ended(end=None)], "not yet open"),
        Ask(REPORT, "a", "2022-06-25", [ended(end="2022-06-10/2022-06-13")], "open|overdue",
            ("the exact last day of a",)),
        Ask(REPORT, "a", "2022-06-27", [ended(end="2022-06-10/2022-06-13")], "open|overdue",
            ("the exact last day of a",)),
        Ask(REPORT, "a", "2022-06-28", [ended(end="2022-06-10/2022-06-13")], "overdue"),
    ])  # fmt: skip


def test_the_parts_of_a_report() -> None:
    parts = ("sentence", "working_days", "months", "counted_from", "effective_from",
             "effective_to", "periods")  # fmt: skip
    fw = own(response(working_days=10, grounds=[ground(part) for part in parts]))
    one = ask(fw, "2022-07-31", [ended(published="2022-06-24")], "a")
    assert one.windows == {None: window("2022-06-10", None, "2022-06-24")}
    assert one.anchor == When.of("2022-06-06")
    assert (one.activity, one.fulfilled_by, one.rests_on) == ("published", "a", ("a",))
    assert (one.absence, one.claims, one.courses[0].count) == (None, (), None)
    assert [g.part for g in one.grounds] == list(parts[:-1])
    one = ask(fw, "2022-06-23", [ended(published="2022-06-24")], "a")
    assert one.fulfilled_by is None
    assert ask(fw, "2022-06-24", [ended(published="2022-06-24")], "a").fulfilled_by == "a"
    one = ask(fw, "2022-06-25", [ended()], "a", ONLY_FIELD)
    assert (one.claims, one.absence) == (ONLY_FIELD, None)
    one = ask(fw, "2022-06-25", [ended(end="2022-06-10/2022-06-13")], "a")
    assert one.windows == {None: window("2022-06-10", None, "2022-06-27")}
    assert ask(fw, "2022-06-25", [ended(end=None)], "a").windows == {None: None}
    one = ask(fw, "2022-06-25", [ended(end=None)], "a", NOTHING)
    assert one.windows == {None: None}
    assert "the last day of a" in one.missing
    late = own(response(working_days=10, late_counts=True, grounds=[ground(p) for p in parts]))
    one = ask(late, "2022-07-31", [ended(published="2022-07-30")], "a")
    assert (states(one), [g.part for g in one.grounds]) == ("met", ["sentence"])
    one = ask(late, "2022-07-31", [ended()], "a")
    assert (states(one), [g.part for g in one.grounds]) == ("overdue", list(parts[:-1]))


def test_a_number_of_days_that_no_source_gives() -> None:
    fw = own(response(working_days="not-known"))
    what = "the number of working days of r (replace supplies it)"
    one = ask(fw, "2022-07-31", [ended(published="2022-06-24")], "a")
    assert (states(one), one.missing) == ("met|met late", (what,))
    assert one.because == {Because.NOT_KNOWN}
    assert one.windows == {None: None}
    one = ask(fw, "2022-07-31", [ended()], "a")
    assert (states(one), one.missing) == ("open|overdue", (what,))


def test_from_the_start_and_of_two_rows() -> None:
    fw = own(response(counted_from="start", months=1))
    check_all([
        Ask(fw, "a", "2022-07-06", [ended()], "open"),
        Ask(fw, "a", "2022-07-07", [ended()], "overdue"),
        Ask(fw, "a", "2022-06-06", [authority("a", "2022-06-06/2022-06-07")],
            "not owed|not yet open|open", ("the exact first day of a",)),
    ])  # fmt: skip
    # The row in force on the day from which the time runs: 10 or 5 working days.
    two = own(
        response(working_days=10, effective_to="2022-06-10"),
        response(working_days=5, effective_from="2022-06-11"),
    )
    one = ask(two, "2022-06-21", [ended(end="2022-06-10/2022-06-13")], "a")
    # From the 10th: the 24th. From the 11th to the 13th: the 17th to the 20th.
    assert (states(one), one.missing) == ("open|overdue", ("the exact last day of a",))
    assert one.windows == {None: window("2022-06-10", None, "2022-06-24")}
    later = own(response(working_days=5, effective_from="2022-06-11"))
    one = ask(later, "2022-06-21", [ended()], "a")
    assert states(one) == "not owed"
    assert (one.windows, [row.id for row in one.rows]) == ({None: None}, ["r"])


OUT = ended(published="2022-08-01")  # three months later: 1 November 2022


def test_a_plan_by_its_day() -> None:
    exact, what = ("the exact first day of p",), "a complete record of action plans {0}"

    def plans(last: str) -> tuple[Coverage, ...]:
        return (*ONLY_FIELD, covered("action-plan", None, last))

    check_all([
        Ask(PLAN, "a", "2022-11-01", [OUT], "open"),
        Ask(PLAN, "a", "2022-11-02", [OUT], "overdue"),
        Ask(PLAN, "a", "2023-01-01", [OUT, plan("p", "2022-11-01")], "met"),
        Ask(PLAN, "a", "2023-01-01", [OUT, plan("p", "2022-11-02")], "met late"),
        Ask(PLAN, "a", "2023-01-01", [OUT, plan("p", "2022-11-01/2022-11-02")], "met|met late",
            exact),
        # What it answers is not said. (More states are kept than can be; the verdict is the same.)
        Ask(PLAN, "a", "2023-01-01", [OUT, plan("p", "2022-11-01", None)], "met|met late|overdue",
            ("the follows of p",)),
        Ask(PLAN, "a", "2023-01-01", [OUT, plan("p", "2022-11-01", "other")], "overdue"),
        Ask(PLAN, "a", "2023-01-01", [OUT, plan("p", "2022-11-01", draft=True)], "overdue"),
        Ask(PLAN, "a", "2023-01-01", [OUT, plan("p", "2022-06-06")], "met"),
        Ask(PLAN, "a", "2023-01-01", [OUT, plan("p", "2022-06-05")], "overdue"),
        Ask(PLAN, "a", "2023-01-01", [OUT, plan("p", "2022-06-05/2022-06-06")],
            "met|met late|overdue",
            exact),
        Ask(PLAN, "a", "2023-01-01", [OUT], "met late|overdue",
            (), plans("2022-11-01")),
        Ask(PLAN, "a", "2023-01-01", [OUT], "met|met late|overdue",
            (what.format("from 1 November 2022 to 1 January 2023"),), plans("2022-10-31")),
        Ask(PLAN, "a", "2023-01-01", [OUT], "met late|overdue",
            (), plans("2022-12-31")),
        Ask(PLAN, "a", "2023-01-01", [OUT, plan("p", "2022-11-02")], "met late", (),
            plans("2022-11-01")),
        Ask(PLAN, "a", "2022-09-01", [ended()], "not yet open"),
        Ask(PLAN, "a", "2022-07-31", [OUT], "not yet open|open"),
    ])  # fmt: skip


def test_the_parts_of_a_plan() -> None:
    one = ask(PLAN, "2023-01-01", [OUT, plan("p", "2022-11-01")], "a")
    assert (one.fulfilled_by, one.rests_on, one.absence) == ("p", ("a", "p"), None)
    assert one.windows == {None: window("2022-08-01", None, "2022-11-01")}
    one = ask(PLAN, "2022-11-01", [OUT, plan("p", "2022-11-01")], "a")
    assert one.fulfilled_by == "p"
    one = ask(PLAN, "2022-10-31", [OUT, plan("p", "2022-11-01")], "a")
    assert (one.fulfilled_by, one.rests_on) == (None, ("a",))
    assert one.absence == (("action-plan",), ordinal("2022-06-06"), ordinal("2022-10-31"))
    # Claimed for the day of publication, and again since the time runs from it.
    assert set(ask(PLAN, "2022-09-01", [ended()], "a").claims) == set(COMPLETE)
    # A plan that may precede an inspection whose first day is not known.
    a = authority("a", "2022-06-06/2022-06-08", end="2022-06-10", published="2022-08-01")
    check_all([
        Ask(PLAN, "a", "2023-01-01", [a, plan("p", "2022-06-07")], "met|met late|overdue",
            ("the exact first day of a",)),
        Ask(PLAN, "a", "2023-01-01", [a, plan("p", "2022-06-08")], "met"),
    ])  # fmt: skip
    whenever = own(response(gives="action-plan", months=3, when={"kind": ["short"]}))
    one = ask(whenever, "2023-01-01", [ended()], "a")
    assert (states(one), one.absence, one.windows) == ("not owed", None, {None: None})
    some = (Coverage(type="inspection"), covered("action-plan"))
    unknown = authority("a", "2022-06-06", kind=None, end="2022-06-10")
    one = ask(whenever, "2023-01-01", [unknown], "a", some)
    assert (states(one), one.missing) == ("not owed|overdue", ("the kind of a",))
    assert states(ask(whenever, "2023-01-01", [unknown], "a")) == "not owed"
    short = authority("a", "2022-06-06", kind="short", end="2022-06-10")
    assert states(ask(whenever, "2023-01-01", [short], "a")) == "overdue"


def test_deadlines_and_due() -> None:
    fw = own(response(working_days=10), cadence(since_last=THREE), between())
    found = deadlines(ended(), framework=fw)
    assert [(one.provision, one.subject) for one in found] == [("c", "a"), ("v", "a"), ("r", "a")]
    assert found[2].windows == {None: window("2022-06-10", None, "2022-06-24")}
    history = record(ended(), provider=AUTHORITY)
    agenda = due(history, as_of=day("2022-06-24"), frameworks=[fw])
    assert [(one.provision, one.subject, states(one)) for one in agenda] == [
        ("c", "a", "not yet open"), ("v", "a", "open"), ("r", "a", "open"),
    ]  # fmt: skip


# --- Cases, and what a record holds ---------------------------------------------------------------


def test_what_is_missing_in_words() -> None:
    def gap(first: int, last: int, what: str = "a list") -> Reason:
        return Reason(Because.NOT_COVERED, what, (first, last))

    first, last = ordinal("2021-04-01"), ordinal("2021-04-03")
    assert missing([]) == ()
    assert missing([Reason(Because.ROUGH_DATE, "a day")]) == ("a day",)
    assert missing([gap(first, first)]) == ("a list on 1 April 2021",)
    assert missing([gap(first, last)]) == ("a list from 1 April 2021 to 3 April 2021",)
    assert missing([gap(first + 1, first + 1), gap(first, first), gap(last, last)]) == (
        "a list from 1 April 2021 to 3 April 2021",
    )
    assert missing([gap(1, first)]) == ("a list up to 1 April 2021",)
    assert missing([gap(0, first)]) == ("a list up to 1 April 2021",)
    assert missing([gap(2, 2)]) == ("a list up to 1 January 1900",)
    assert missing([gap(first, first, "x"), gap(last, last)]) == (
        "x on 1 April 2021", "a list on 3 April 2021",
    )  # fmt: skip


def test_cases_are_folded() -> None:
    why = Reason(Because.READINGS_DIFFER, "which")
    other = Reason(Because.ROUGH_DATE, "a day")
    met, late = Cases().add(State.MET), Cases().add(State.MET_LATE, other)
    early = Cases().add(State.MET_EARLY)
    both = fold([met, late], why)
    assert both.states == {State.MET: {why: None}, State.MET_LATE: {other: None, why: None}}
    assert (both.status, both.reasons) == (Status.UNDETERMINED, (why, other))
    same = fold([met, early], why)
    assert same.states == {State.MET: {}, State.MET_EARLY: {}}
    assert (same.status, same.reasons) == (Status.SATISFIED, ())
    # Both alternatives are open in the same way: which of them holds makes no difference.
    twice = fold([both, both], Reason(Because.NOT_KNOWN, "no matter"))
    assert twice.reasons == (why, other)
    assert fold([late]).reasons == ()


def test_what_may_lie_in_a_stretch() -> None:
    wide = authority("w", "2021-05-01/2021-12-31")
    at = view(YEARLY, "2022-06-01", [wide, A, B])
    kinds = ("inspection",)

    def near(first: str, last: str, but: Event | None = None) -> list[str]:
        return [act.event.id for act in at.near(kinds, ordinal(first), ordinal(last), but)]

    assert near("2021-12-31", "2022-01-01") == ["w"]
    assert near("2022-01-01", "2022-01-02") == []
    assert near("2021-04-30", "2021-05-01") == ["w"]
    assert near("2021-06-10", "2021-06-10") == ["w", "a"]
    assert near("2021-06-10", "2021-06-10", wide) == ["a"]
    assert near("2021-04-01", "2021-04-30") == []

    def sure_next(after: str) -> str | None:
        found = at.sure_next(kinds, ordinal(after))
        return None if found is None else found.event.id

    assert sure_next("2021-05-01") == "a"
    assert sure_next("2021-06-10") == "a"
    assert sure_next("2021-06-11") is None
    assert [act.event.id for act in at.subjects(*kinds)] == ["w", "a"]
    assert at.acts(*kinds)[1] == Act(ordinal("2021-06-10"), ordinal("2021-06-10"), A, True)


def test_the_last_one_before() -> None:
    def before(events: Sequence[Event], coverage: tuple[Coverage, ...] = COMPLETE) -> list[Any]:
        at = view(YEARLY, "2024-01-01", [*events, B], coverage)
        found = at.before(B, "inspection")
        return [(e if isinstance(e, str) else e.id, missing(why)) for e, why in found]

    assert before([]) == [("none", ())]
    assert before([A]) == [("a", ())]
    other = authority("d", "2022-06-01")
    assert before([A, other]) == [("d", ())]
    perhaps = authority("d", "2023-06-11/2023-06-13")
    assert before([perhaps]) == [
        ("d", ("the exact first day of d",)), ("none", ("the exact first day of d",)),
    ]  # fmt: skip
    assert before([A], inspections(None, "2023-06-10")) == [
        ("a", ()), ("unseen", ("a complete record of inspections on 11 June 2023",)),
    ]  # fmt: skip
    assert before([A], inspections("2021-06-11", "2023-06-11")) == [("a", ())]


def test_whether_a_framework_was_in_force() -> None:
    fw = own(start="2021-04-01/2021-04-10", end="2023-03-01/2023-03-31")
    words = {
        when: fw.in_force(When.of(when)).value
        for when in ("2021-03-31", "2021-04-01", "2021-04-09", "2021-04-10", "2023-03-01",
                     "2023-03-02", "2023-03-31", "2023-04-01", "2021-03-31/2021-04-10")
    }  # fmt: skip
    assert list(words.values()) == [
        "no", "open", "open", "yes", "yes", "open", "open", "no", "open",
    ]  # fmt: skip


# --- Smaller parts --------------------------------------------------------------------------------


def test_one_row_stands_where_none_governs() -> None:
    times: tuple[dict[str, Any], ...] = (
        {"effective_to": "2022-06-30"}, {"effective_from": "2022-07-02"},
    )  # fmt: skip
    for fw in (
        own(*(cadence(periods=YEAR, opening="none", **when) for when in times)),
        own(*(between(opening="none", **when) for when in times)),
        own(*(response(counted_from="start", months=1, **when) for when in times)),
    ):
        one = ask(fw, "2023-06-01", [authority("a", "2022-07-01")], "a")
        assert (states(one), len(one.rows)) == ("not owed", 1)
        assert one.sentence == f"What {one.provision} says."


def test_the_running_period_at_the_opening_is_kept_to_its_last_day() -> None:
    at = view(YEARLY, "2021-12-31", [])
    assert running(at, obligations(at)["c"][0]).windows == {
        None: window("2021-04-01", None, "2021-12-31")
    }


def test_one_of_two_windows_without_end() -> None:
    fw = own(
        cadence(periods=YEAR),
        table("suspension", id="s", activities=["inspection"], effective_from="2023-03-01"),
    )
    a = authority("a", "2021-12-31/2022-01-01")
    assert ask(fw, "2022-06-01", [a], "a").windows == {None: window("2022-01-01", None, None)}


def test_a_period_that_ends_with_the_framework_lapses() -> None:
    fw = own(cadence(periods=YEAR), end="2022-12-31")
    check_all([
        Ask(fw, "a", "2022-12-31", [A], "open"),
        Ask(fw, "a", "2023-01-01", [A], "lapsed"),
    ])  # fmt: skip


def test_more_of_what_lies_between() -> None:
    two = own(between(reading="x"), between(reading="y", at_least=2))
    check_all([
        Ask(two, "a", "2024-01-01", [A, X, B], "met|missed",
            ("which reading of v holds: x or y",)),
    ])  # fmt: skip
    rough_a = authority("a", "2021-06-10/2021-06-20")
    rough_b = b("2023-06-12/2023-06-20")
    exact = ("the exact first day of x",)
    check_all([
        Ask(VISITS, "a", "2024-01-01", [rough_a, visit("x", "2021-06-21/2023-06-12"), B],
            "met|missed", exact),
        Ask(VISITS, "a", "2024-01-01", [A, visit("x", "2021-06-10/2023-06-11"), rough_b],
            "met|missed", exact),
    ])  # fmt: skip
    at = view(VISITS, "2024-01-01", [rough_a, visit("x", "2021-06-15"), B])
    one = obligations(at)["v"][1]
    assert one.rests_on == ("a", "b", "x")
    assert one.absence is not None
    assert one.absence[1:] == (ordinal("2021-06-11"), ordinal("2023-06-12"))
    fw = own(between(), cadence(since_last=THREE))
    at = view(fw, "2022-01-01", [rough_a])
    # Until the day before 20 December 2024.
    assert before_next(at, obligations(at)["v"][1]) == {
        None: window("2021-06-11", None, "2024-12-19")
    }
    free = own(table("between", id="v", activities=["focused-visit"], bounds=["inspection"],
                     at_least=1))  # fmt: skip
    check_all([Ask(free, "a", "2024-01-01", [A, X, Y, Z, B], "met", (), inspections())])


def test_what_follows_may_be_of_another_kind() -> None:
    fw = own(response(gives="monitoring-visit", months=3))
    one = ask(fw, "2023-01-01", [ended(), monitoring("m", "2022-07-01")], "a")
    assert one.fulfilled_by == "m"


def test_a_bound_that_may_come_before_its_rough_anchor() -> None:
    # If a is before 15 January, b closes the stretch without a visit; if it is on that day or
    # after, the stretch runs on. Only the day of a is open.
    fw = own(between(at_least=1), start="2021-04-01")
    a = Inspection(id="a", start="2024-01")
    one = ask(fw, "2024-06-01", [a, b("2024-01-15")], "a")
    assert states(one) == "missed|open"
    assert one.missing == ("the exact first day of a",)
    # By the end of January it is not; on the first of February a can only be before it.
    one = ask(fw, "2024-06-01", [a, b("2024-01-31")], "a")
    assert states(one) == "missed|open"
    one = ask(fw, "2024-06-01", [a, b("2024-02-01")], "a")
    assert states(one) == "missed"
    # On the first of January it cannot be after a.
    one = ask(fw, "2024-06-01", [a, b("2024-01-01")], "a")
    assert states(one) == "open"


def test_a_clock_that_has_not_started_is_no_question_of_rows() -> None:
    # The row holds from 2022 on. The record holds the day of publication and has none: it is
    # still to come, whichever row will hold then.
    since = {"counted_from": "published", "effective_from": "2022-01-01"}
    fw = own(response(gives="action-plan", months=3, **since))
    one = ask(fw, "2023-01-01", [ended()], "a")
    assert (states(one), one.missing) == ("not yet open", ())
    # Where the record does not claim to hold it, it may have been out before the row held.
    one = ask(fw, "2023-01-01", [ended()], "a", coverage=NOTHING)
    assert one.status is Status.UNDETERMINED
    assert "the day of publication of a" in one.missing


def test_a_framework_that_may_not_have_begun() -> None:
    # Asked on the 10th, of a framework that began on some day of April: perhaps not yet.
    fw = own(cadence(periods=YEAR), start="2021-04")
    one = ask(fw, "2021-04-10", [])
    assert State.NOT_OWED in one.possible
    assert one.missing == ("the day on which the first clock started",)
    assert State.NOT_OWED not in ask(fw, "2021-04-30", []).possible


# --- Told apart by small changes of the code ------------------------------------------------------


def test_a_row_judges_its_own_days_of_a_rough_anchor() -> None:
    # From 31 December the older row allows 24 months; from 1 January the newer one allows 12, up
    # to 1 January 2024 itself.
    fw = own(
        cadence(since_last={"months": 24}, effective_to="2022-12-31"),
        cadence(since_last={"months": 12}, effective_from="2023-01-01"),
    )
    a = authority("a", "2022-12-31/2023-01-01")
    check_all([
        Ask(fw, "a", "2024-06-01", [a, b("2024-01-01")], "met"),
        Ask(fw, "a", "2024-06-01", [a, b("2024-01-02")], "met|met late",
            ("the exact first day of a",)),
    ])  # fmt: skip
    # On 1 January b comes after a of the day before, and then too early; not after a of that day.
    fw = own(
        cadence(since_last=THREE, effective_to="2022-12-31", not_before=True),
        cadence(since_last=THREE, effective_from="2023-01-01"),
    )
    check_all([Ask(fw, "a", "2027-01-01", [a, b("2023-01-01")], "overdue|too early")])


def test_on_the_first_day_on_which_a_framework_may_have_begun() -> None:
    fw = own(cadence(periods=YEAR), start="2021-04")
    check_all([
        Ask(fw, "opening", "2021-04-01", [], "not owed|open",
            ("the day on which the first clock started",)),
    ])  # fmt: skip


def test_the_running_period_beside_an_event_on_its_first_day() -> None:
    # What ran out was 2021; what runs is 2023, which b on its first day fulfils.
    at = view(YEARLY, "2023-04-08", [b("2023-01-01")])
    first, second = obligations(at)["c"]
    assert (states(first), states(second)) == ("missed", "not yet open")
    now = running(at, first)
    assert (states(now), now.fulfilled_by) == ("met", "b")
    assert now.windows == {None: window("2023-01-01", None, "2023-12-31")}


def test_two_events_on_the_same_rough_day() -> None:
    # Either may have come first: each has the other after it, or nothing.
    a, other = authority("a", "2021-06-10/2021-06-20"), authority("d", "2021-06-10/2021-06-20")
    for subject in ("a", "d"):
        one = ask(STRICT, "2022-06-01", [a, other], subject)
        assert states(one) == "open|too early"
        assert set(one.missing) == {"the exact first day of a", "the exact first day of d"}


def test_what_would_not_settle_it_is_not_missing() -> None:
    # b came under the framework or before it; then no inspection has come, whichever its day.
    check_all([
        Ask(YEARLY, "opening", "2022-12-31", [b("../2021-12-31")], "met|missed",
            ("whether b came under own",)),
        # b ends on the day of asking at the latest, and is too late to be early.
        Ask(STRICT, "a", "2022-04-01", [A, b("2022-03-01/2022-04-01")], "met|too early",
            ("a complete record of inspections from 11 June 2021 to 1 April 2022",),
            inspections("2021-06-12", "2022-02-28")),
    ])  # fmt: skip


def test_a_rough_anchor_may_be_followed_from_its_second_day_on() -> None:
    # Not covered: 11 to 14 June, which come after an anchor of the 10th.
    a = authority("a", "2021-06-10/2021-06-20")
    check_all([
        Ask(STRICT, "a", "2022-01-01", [a], "open|too early",
            ("a complete record of inspections from 11 June 2021 to 31 December 2021",
             "the exact first day of a"), inspections("2021-06-15")),
    ])  # fmt: skip


def test_nothing_is_booked_for_what_is_fulfilled() -> None:
    one = ask(YEARLY, "2023-06-01", [A, b("2022-06-10"), authority("d", "2024-06-10")], "a")
    assert (one.fulfilled_by, one.booked, one.booking_misses) == ("b", None, ())


def test_what_a_cadence_since_the_last_rests_on() -> None:
    parts = ("sentence", "reading", "since_last", "effective_from", "not_before", "other")
    fw = own(cadence(since_last=THREE, grounds=[ground(part) for part in parts]))
    assert [g.part for g in ask(fw, "2023-06-01", [A], "a").grounds] == list(parts[:-1])


def test_the_running_period_at_an_opening_on_a_day_not_known() -> None:
    # On whichever of the ten days it began, 2021 is owed from that day.
    fw = own(cadence(periods=YEAR), start="2021-04-01/2021-04-10")
    one = ask(fw, "2021-05-01", [])
    assert one.windows == {None: window("2021-04-01", None, "2021-12-31")}
    assert states(one) == "open"
    assert states(ask(fw, "2022-01-01", [])) == "missed"


def test_what_a_stretch_between_two_rests_on() -> None:
    parts = ("sentence", "reading", "at_least", "at_most", "effective_from", "other")
    fw = own(between(grounds=[ground(part) for part in parts]))
    assert [g.part for g in ask(fw, "2022-01-01", [A], "a").grounds] == list(parts[:-1])


def test_the_grounds_of_all_rows_that_speak() -> None:
    fw = own(
        cadence(since_last=THREE, effective_to="2022-12-31", grounds=[ground("sentence")]),
        cadence(since_last=THREE, effective_from="2023-01-01",
                grounds=[ground("sentence", "reported")]),
    )  # fmt: skip
    one = ask(fw, "2023-06-01", [authority("a", "2022-12-31/2023-01-01")], "a")
    assert [g.basis for g in one.grounds] == ["official", "reported"]


def test_a_bound_is_not_among_what_lies_after_it() -> None:
    fw = own(between(activities=["inspection"], bounds=["inspection", "focused-visit"]))
    a = authority("a", "2021-06-10/2021-06-20")
    one = ask(fw, "2024-01-01", [a, X], "a")
    assert (states(one), one.missing, one.rests_on) == ("missed", (), ("a", "x"))


def test_a_day_of_its_own_that_an_event_cannot_have() -> None:
    # Only an inspection has a day on which its provider published the report. One month after
    # 1 July is 1 August.
    fw = own(response(after=["focused-visit"], gives="published_by_provider",
                      counted_from="published", months=1))  # fmt: skip
    for as_of, wanted in (("2022-08-01", "open"), ("2022-08-02", "overdue")):
        one = ask(fw, as_of, [visit("v", "2022-06-06", published="2022-07-01")], "v")
        assert (states(one), one.missing) == (wanted, ())


def test_every_answer_that_is_open_is_missing() -> None:
    # Three months after 10 June are 10 September; p came first, before or after that day.
    plans = plan("p", "2022-09-05/2022-09-15"), plan("q", "2022-09-20")
    check_all([
        Ask(PLAN, "a", "2023-01-01", [ended(published="2022-06-10"), *plans], "met|met late",
            ("the exact first day of p",)),
    ])  # fmt: skip


def test_any_row_may_govern_a_clock_that_started_on_a_day_not_known() -> None:
    fw = own(
        response(working_days=10, effective_to="2022-06-30"),
        response(working_days=20, effective_from="2022-07-01"),
    )
    one = ask(fw, "2023-01-01", [ended(end=None)], "a", NOTHING)
    assert [row.working_days for row in one.rows] == [10, 20]  # type: ignore[attr-defined]
    assert set(one.missing) == {"the last day of a", "the day of publication of a"}


def test_a_plan_that_is_not_recorded_may_have_come_the_day_before() -> None:
    # In time by 10 September, the one day that is not covered; the plan on record is of the 11th.
    gap = (*inspections(), covered("action-plan", None, "2022-09-09"),
           covered("action-plan", "2022-09-11"))  # fmt: skip
    one = ask(PLAN, "2023-01-01", [ended(published="2022-06-10"), plan("p", "2022-09-11")], "a",
              gap)  # fmt: skip
    assert states(one) == "met|met late"
    assert one.because == {Because.NOT_COVERED}
    assert one.missing[0].startswith("a complete record of action plans from 10 September 2022")


def test_a_visit_that_may_not_come_under_the_framework() -> None:
    fw = own(between(), start="2021-04-01/2021-04-10")
    one = ask(fw, "2022-01-01", [visit("x", "2021-04-05"), A])
    assert states(one) == "met|missed"
    assert set(one.missing) == {
        "whether x came under own", "the day on which the first clock started",
    }  # fmt: skip


def test_a_visit_that_may_be_to_come_when_a_framework_may_have_ended() -> None:
    fw = own(between(), end="2022-12-01/2022-12-31")
    one = ask(fw, "2022-12-15", [A, visit("x", "2022-12-14/2022-12-20")], "a")
    assert states(one) == "lapsed|met|open"
    assert set(one.missing) == {
        "the day on which own ended", "the exact first day of x", "whether x came under own",
    }  # fmt: skip


def test_no_window_where_one_of_two_rows_gives_none() -> None:
    fw = own(
        response(working_days=10, effective_to="2022-06-30"),
        response(working_days="not-known", effective_from="2022-07-01"),
    )
    one = ask(fw, "2023-01-01", [ended(end="2022-06-30/2022-07-01")], "a")
    assert one.windows == {None: None}
    # Ten working days after Thursday 30 June are Thursday 14 July.
    one = ask(fw, "2023-01-01", [ended(end="2022-06-30")], "a")
    assert one.windows == {None: window("2022-06-30", None, "2022-07-14")}


def test_whether_the_record_claims_to_hold_everything() -> None:
    assert ask(YEARLY, "2021-06-01", []).complete
    assert not ask(YEARLY, "2021-06-01", [], coverage=inspections()).complete


def test_a_report_in_a_number_of_days_not_known_is_not_overdue_before_its_time_runs() -> None:
    fw = own(response(working_days="not-known"))
    check_all([
        Ask(fw, "a", "2022-06-08", [ended()], "not yet open|open"),
        Ask(fw, "a", "2022-06-10", [ended()], "open"),
        # Its time may have begun to run two days before, and may not have begun.
        Ask(fw, "a", "2022-06-12", [ended(end="2022-06-10/2022-06-14")],
            "not yet open|open|overdue",
            ("the exact last day of a",
             "the number of working days of r (replace supplies it)")),
    ])  # fmt: skip


def test_the_claims_that_nothing_has_come() -> None:
    held = tuple(
        Coverage(type="inspection", fields=(field,))
        for field in ("judgements", "published_by_provider", "published", "action-plan")
    )
    one = Inspection(id="a", start="2022-06-06", end="2022-06-10", published="2022-07-01")
    fw = own(response(gives="published_by_provider", counted_from="published", months=1))
    assert ask(fw, "2022-07-02", [one], "a", held).claims == held[1:2]
    assert ask(PLAN, "2022-07-02", [one], "a", held).claims == ()
    assert ask(PLAN, "2022-06-12", [ended()], "a", held).claims == held[2:3]
    assert ask(REPORT, "2022-07-02", [one], "a", held).claims == ()


def test_readings_of_a_response() -> None:
    # Ten working days after 10 June are 24 June; a month after it is 10 July.
    fw = own(response(working_days=10, reading="x"), response(months=1, reading="y"))
    check_all([
        Ask(fw, "a", "2022-07-01", [ended()], "open|overdue",
            ("which reading of r holds: x or y",)),
        Ask(fw, "a", "2022-07-11", [ended()], "overdue"),
    ])  # fmt: skip


def test_which_of_two_bounds_comes_next_is_told_with_what_lies_between() -> None:
    # d ends the stretch, or b does if it came before; how far visits matter turns on both days.
    rough_b, d = b("2022-05-01/2023-02-01"), authority("d", "2022-03-01/2022-08-01")
    one = ask(VISITS, "2024-01-01", [A, rough_b, d], "a", inspections())
    assert states(one) == "excess|met|missed"
    assert set(one.missing) == {
        "the exact first day of b",
        "the exact first day of d",
        "a complete record of focused visits from 11 June 2021 to 31 July 2022",
    }


def test_the_row_of_a_clock_that_has_surely_not_started() -> None:
    # The record holds the last day of an inspection, and has none: the row in force now governs.
    fw = own(
        response(working_days=10, effective_to="2022-06-30"),
        response(working_days=20, effective_from="2022-07-01"),
    )
    held = (Coverage(type="inspection", fields=("end", "published")),)
    one = ask(fw, "2023-01-01", [ended(end=None)], "a", held)
    assert [row.working_days for row in one.rows] == [20]  # type: ignore[attr-defined]
    assert (states(one), one.missing) == ("not yet open", ())


def test_whether_what_came_late_came_under_the_framework() -> None:
    # Owed by 1 April 2022; the framework ended before that, or after it, and perhaps after b.
    fw = own(cadence(since_last={"months": 12}), end="2022-03-25/2022-04-30")
    check_all([
        Ask(fw, "opening", "2022-06-01", [b("2022-04-15")], "lapsed|met late|overdue",
            ("whether b came under own",)),
    ])  # fmt: skip


def test_a_clock_of_which_no_row_may_have_a_say() -> None:
    fw = own(response(working_days=10, effective_from="2022-07-01"))
    one = ask(fw, "2023-01-01", [ended(end=None)], "a", NOTHING)
    assert State.NOT_OWED in one.possible
    assert set(one.missing) == {"the last day of a", "the day of publication of a"}


def test_a_report_that_is_owed_on_the_day_itself() -> None:
    fw = own(response(months=0))
    check_all([
        Ask(fw, "a", "2023-01-01", [ended(published="2022-06-10")], "met"),
        Ask(fw, "a", "2023-01-01", [ended(published="2022-06-11")], "met late"),
    ])  # fmt: skip


def test_two_visits_that_may_both_be_too_many() -> None:
    fw = own(between(at_most=1))
    rough = [visit(id, "2023-06-11/2023-06-12") for id in ("x", "y")]
    check_all([
        Ask(fw, "a", "2024-01-01", [A, *rough, B], "excess|met|missed",
            ("the exact first day of x", "the exact first day of y")),
    ])  # fmt: skip
