"""Windows worked out by hand: fixed periods, times since the last, and what a suspension does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from ofsted_framework.provisions import Periods, SinceLast
from ofsted_framework.windows import (
    NEVER,
    fixed_window,
    later,
    mostly_inside,
    period,
    period_index,
    window,
    window_since,
)


def n(text: str) -> int:
    return NEVER if text == "never" else date.fromisoformat(text).toordinal()


def stretches(*ends: str) -> list[tuple[int, int]]:
    """Stretches from `first last` pairs."""
    return [(n(one.split()[0]), n(one.split()[1])) for one in ends]


def days(window: Sequence[int | None]) -> tuple[str | None, ...]:
    """A window in words, to be read beside what was typed."""
    return tuple(
        None if day is None else "never" if day == NEVER else str(date.fromordinal(day))
        for day in window
    )


# --- Fixed periods --------------------------------------------------------------------------------


def test_never_is_the_last_day_that_there_is() -> None:
    assert date(9999, 12, 31).toordinal() == NEVER


@pytest.mark.parametrize(
    ("origin", "months", "index", "first", "last"),
    [
        ("2021-04-01", 12, 0, "2021-04-01", "2022-03-31"),
        ("2021-04-01", 12, 1, "2022-04-01", "2023-03-31"),
        ("2021-04-01", 12, 3, "2024-04-01", "2025-03-31"),
        ("2021-04-01", 12, -1, "2020-04-01", "2021-03-31"),
        ("2021-04-01", 36, 2, "2027-04-01", "2030-03-31"),
        ("2021-01-01", 1, 13, "2022-02-01", "2022-02-28"),
        # Counted from the 31st each time, so that a short month shortens nothing after it.
        ("2021-01-31", 1, 0, "2021-01-31", "2021-02-27"),
        ("2021-01-31", 1, 1, "2021-02-28", "2021-03-30"),
        ("2021-01-31", 1, 2, "2021-03-31", "2021-04-29"),
        ("2020-02-29", 12, 1, "2021-02-28", "2022-02-27"),
        ("2020-02-29", 12, 4, "2024-02-29", "2025-02-27"),
    ],
)
def test_period(origin: str, months: int, index: int, first: str, last: str) -> None:
    assert days(period(n(origin), months, index)) == (first, last)


@pytest.mark.parametrize(
    ("origin", "months", "day", "index"),
    [
        ("2021-04-01", 12, "2021-04-01", 0),
        ("2021-04-01", 12, "2022-03-31", 0),
        ("2021-04-01", 12, "2022-04-01", 1),
        ("2021-04-01", 12, "2023-03-31", 1),
        ("2021-04-01", 12, "2023-04-01", 2),
        ("2021-04-01", 12, "2021-03-31", -1),
        ("2021-04-01", 12, "2020-04-01", -1),
        ("2021-04-01", 12, "2020-03-31", -2),
        ("2021-04-01", 12, "2019-04-01", -2),
        ("2021-04-01", 36, "2024-03-31", 0),
        ("2021-04-01", 36, "2024-04-01", 1),
        ("2021-04-01", 36, "2021-03-31", -1),
        ("2021-01-31", 1, "2021-02-27", 0),
        ("2021-01-31", 1, "2021-02-28", 1),
        ("2021-01-31", 1, "2021-03-30", 1),
        ("2021-01-31", 1, "2021-03-31", 2),
        # 1 April 3099 begins the period of index 3099 - 2021 = 1078.
        ("2021-04-01", 12, "3100-01-01", 1078),
        ("2021-04-01", 12, "8500-04-01", 6479),
        ("2021-04-01", 12, "1021-04-01", -1000),
    ],
)
def test_period_index(origin: str, months: int, day: str, index: int) -> None:
    assert period_index(n(origin), months, n(day)) == index


# --- Waived ---------------------------------------------------------------------------------------

TEN = "2021-06-01", "2021-06-10"
NINE = "2021-06-01", "2021-06-09"


@pytest.mark.parametrize(
    ("stretch", "suspended", "wanted"),
    [
        (TEN, [], False),
        # Half of ten days, and a day more.
        (TEN, ["2021-06-01 2021-06-05"], False),
        (TEN, ["2021-06-01 2021-06-06"], True),
        (TEN, ["2021-06-06 2021-06-10"], False),
        (TEN, ["2021-06-05 2021-06-10"], True),
        (TEN, ["2021-06-03 2021-06-07"], False),
        (TEN, ["2021-06-03 2021-06-08"], True),
        # Four of nine days, and five.
        (NINE, ["2021-06-01 2021-06-04"], False),
        (NINE, ["2021-06-01 2021-06-05"], True),
        # What lies outside the stretch is not of its days.
        (TEN, ["2021-01-01 2021-06-05"], False),
        (TEN, ["2021-01-01 2021-06-06"], True),
        (TEN, ["2021-06-06 2021-12-31"], False),
        (TEN, ["2021-06-05 2021-12-31"], True),
        (TEN, ["2021-01-01 2021-12-31"], True),
        (TEN, ["2020-01-01 2021-05-31"], False),
        (TEN, ["2021-06-11 2022-12-31"], False),
        (TEN, ["2020-01-01 2020-12-31", "2021-06-01 2021-06-05"], False),
        (TEN, ["2020-01-01 2020-12-31", "2021-06-01 2021-06-06"], True),
        # Two stretches together: 2 + 3 days, and 3 + 3.
        (TEN, ["2021-06-01 2021-06-02", "2021-06-08 2021-06-10"], False),
        (TEN, ["2021-06-01 2021-06-03", "2021-06-08 2021-06-10"], True),
        # A stretch of one day is suspended or is not.
        (("2021-06-01", "2021-06-01"), ["2021-06-01 2021-06-01"], True),
        (("2021-06-01", "2021-06-01"), ["2021-06-02 2021-06-02"], False),
        (TEN, ["2021-06-05 never"], True),
        (TEN, ["2021-06-06 never"], False),
    ],
)
def test_mostly_inside(stretch: tuple[str, str], suspended: list[str], wanted: bool) -> None:
    assert mostly_inside((n(stretch[0]), n(stretch[1])), stretches(*suspended)) is wanted


# --- The clock stops ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "day", "suspended", "wanted"),
    [
        ("2021-01-01", "2021-03-01", [], "2021-03-01"),
        # Ten days, of 1 to 10 February.
        ("2021-01-01", "2021-03-01", ["2021-02-01 2021-02-10"], "2021-03-11"),
        # One day.
        ("2021-01-01", "2021-03-01", ["2021-02-01 2021-02-01"], "2021-03-02"),
        # It ran out the day before, on the first day, on the last.
        ("2021-01-01", "2021-01-31", ["2021-02-01 2021-02-10"], "2021-01-31"),
        ("2021-01-01", "2021-02-01", ["2021-02-01 2021-02-10"], "2021-02-11"),
        ("2021-01-01", "2021-02-10", ["2021-02-01 2021-02-10"], "2021-02-20"),
        ("2021-01-01", "2021-02-11", ["2021-02-01 2021-02-10"], "2021-02-21"),
        # Over before the clock started, or on the day that it did.
        ("2021-02-11", "2021-03-01", ["2021-02-01 2021-02-10"], "2021-03-01"),
        ("2021-02-10", "2021-03-01", ["2021-02-01 2021-02-10"], "2021-03-01"),
        ("2021-03-01", "2021-03-20", ["2021-02-01 2021-02-10"], "2021-03-20"),
        # Started on the last day but one: one day is lost. On the first: nine. The day before: ten.
        ("2021-02-09", "2021-03-01", ["2021-02-01 2021-02-10"], "2021-03-02"),
        ("2021-02-01", "2021-03-01", ["2021-02-01 2021-02-10"], "2021-03-10"),
        ("2021-01-31", "2021-03-01", ["2021-02-01 2021-02-10"], "2021-03-11"),
        # Ten days bring 25 February to 7 March, into the second, which lasts five more: 12 March.
        ("2021-01-01", "2021-02-25", ["2021-02-01 2021-02-10", "2021-03-05 2021-03-09"],
         "2021-03-12"),
        # To 4 March, which is the day before the second.
        ("2021-01-01", "2021-02-22", ["2021-02-01 2021-02-10", "2021-03-05 2021-03-09"],
         "2021-03-04"),
        # Both before it.
        ("2021-01-01", "2021-05-01", ["2021-02-01 2021-02-10", "2021-03-05 2021-03-09"],
         "2021-05-16"),
        # Only the second after the clock started.
        ("2021-02-15", "2021-05-01", ["2021-02-01 2021-02-10", "2021-03-05 2021-03-09"],
         "2021-05-06"),
        ("2021-01-01", "2021-03-01", ["2021-02-01 never"], "never"),
        ("2021-01-01", "2021-02-01", ["2021-02-01 never"], "never"),
        ("2021-01-01", "2021-01-31", ["2021-02-01 never"], "2021-01-31"),
        ("2021-06-01", "2021-07-01", ["2021-02-01 never"], "never"),
        ("2021-01-01", "2021-02-22", ["2021-02-01 2021-02-10", "2021-03-04 never"], "never"),
    ],
)  # fmt: skip
def test_later(clock: str, day: str, suspended: list[str], wanted: str) -> None:
    assert days([later(n(clock), n(day), stretches(*suspended))]) == (wanted,)


# --- Windows of fixed periods ---------------------------------------------------------------------

YEARS = Periods(date(2021, 4, 1), 12)
OVER = "never", None, "never"


@pytest.mark.parametrize(
    ("anchor", "opening", "suspended", "wanted"),
    [
        # After an event the next period is owed, after the opening the running one: from that day.
        ("2021-06-16", False, [], ("2022-04-01", None, "2023-03-31")),
        ("2021-06-16", True, [], ("2021-06-16", None, "2022-03-31")),
        ("2021-04-01", True, [], ("2021-04-01", None, "2022-03-31")),
        ("2022-03-31", True, [], ("2022-03-31", None, "2022-03-31")),
        ("2022-03-31", False, [], ("2022-04-01", None, "2023-03-31")),
        ("2022-04-01", False, [], ("2023-04-01", None, "2024-03-31")),
        ("2021-03-31", True, [], ("2021-03-31", None, "2021-03-31")),
        ("2021-03-31", False, [], ("2021-04-01", None, "2022-03-31")),
        # 2022-04-01 to 2022-09-29 are 30 + 31 + 30 + 31 + 31 + 29 = 182 of 365 days, then 183.
        ("2021-06-16", False, ["2022-04-01 2022-09-29"], ("2022-04-01", None, "2023-03-31")),
        ("2021-06-16", False, ["2022-04-01 2022-09-30"], ("2023-04-01", None, "2024-03-31")),
        # The running period is waived too.
        ("2021-06-16", True, ["2021-05-01 2022-03-01"], ("2022-04-01", None, "2023-03-31")),
        # Two waived.
        ("2021-06-16", False, ["2022-04-01 2024-02-01"], ("2024-04-01", None, "2025-03-31")),
        ("2021-06-16", False, ["2022-04-01 2022-12-31", "2023-05-01 2024-02-01"],
         ("2024-04-01", None, "2025-03-31")),
        # Suspended until further notice: since before the day, or since the day itself.
        ("2021-06-16", False, ["2021-05-01 never"], OVER),
        ("2021-06-16", False, ["2021-06-16 never"], OVER),
        ("2021-06-16", True, ["2021-05-01 never"], OVER),
        # Only the last months of the running period, since after the opening.
        ("2021-06-16", True, ["2022-01-01 never"], ("2021-06-16", None, "2022-03-31")),
        ("2021-06-16", False, ["2023-01-01 never"], ("2022-04-01", None, "2023-03-31")),
        # From within the period owed, or from its first day.
        ("2021-06-16", False, ["2022-06-01 never"], OVER),
        ("2021-06-16", False, ["2022-04-01 never"], OVER),
        # A long one ends in the period after, most of which is left: 1 May 2023 to March 2024.
        ("2021-06-16", False, ["2022-06-01 2023-04-30"], ("2023-04-01", None, "2024-03-31")),
        # A period is waived by one, and then comes another that does not end.
        ("2021-06-16", False, ["2022-04-01 2022-12-31", "2023-06-01 never"], OVER),
        # A short one before does not make the long one end, nor is it mistaken for it.
        ("2021-06-16", False, ["2021-05-01 2021-05-31", "2021-06-01 never"], OVER),
        ("2021-06-16", False, ["2021-05-01 2023-03-31"], ("2023-04-01", None, "2024-03-31")),
    ],
)  # fmt: skip
def test_fixed_window(
    anchor: str, opening: bool, suspended: list[str], wanted: tuple[str | None, ...]
) -> None:
    found = fixed_window(YEARS, n(anchor), opening, stretches(*suspended))
    assert days(found) == wanted
    assert window(YEARS, n(anchor), opening, stretches(*suspended)) == found


# --- Windows since the last -----------------------------------------------------------------------

THREE = SinceLast(36, 6, 6)
YEARLY = SinceLast(12)
PANDEMIC = "2020-03-17 2021-06-27"  # 468 days


@pytest.mark.parametrize(
    ("rhythm", "anchor", "suspended", "wanted"),
    [
        (YEARLY, "2021-06-16", [], ("2021-06-16", "2022-06-16", "2022-06-16")),
        (SinceLast(12, None, 2), "2021-06-16", [], ("2021-06-16", "2022-06-16", "2022-08-16")),
        (SinceLast(12, 0), "2021-06-16", [], ("2022-06-16", "2022-06-16", "2022-06-16")),
        (SinceLast(12, 1, 2), "2021-06-16", [], ("2022-05-16", "2022-06-16", "2022-08-16")),
        (THREE, "2021-07-05", [], ("2024-01-05", "2024-07-05", "2025-01-05")),
        # Clamped: 28 February, and both sides are counted from the day expected.
        (YEARLY, "2024-02-29", [], ("2024-02-29", "2025-02-28", "2025-02-28")),
        (THREE, "2023-08-31", [], ("2026-02-28", "2026-08-31", "2027-02-28")),
        (THREE, "2020-02-29", [], ("2022-08-28", "2023-02-28", "2023-08-28")),
        # A suspension of ten days: before the clock started, within each part, and after.
        (THREE, "2021-07-05", ["2021-06-01 2021-06-10"],
         ("2024-01-05", "2024-07-05", "2025-01-05")),
        (THREE, "2021-07-05", ["2022-06-01 2022-06-10"],
         ("2024-01-15", "2024-07-15", "2025-01-15")),
        (THREE, "2021-07-05", ["2024-01-05 2024-01-14"],
         ("2024-01-15", "2024-07-15", "2025-01-15")),
        (THREE, "2021-07-05", ["2024-01-06 2024-01-15"],
         ("2024-01-05", "2024-07-15", "2025-01-15")),
        (THREE, "2021-07-05", ["2024-07-06 2024-07-15"],
         ("2024-01-05", "2024-07-05", "2025-01-15")),
        (THREE, "2021-07-05", ["2025-01-06 2025-01-15"],
         ("2024-01-05", "2024-07-05", "2025-01-05")),
        # With nothing before it the window opens with the anchor, whatever is suspended.
        (YEARLY, "2021-06-05", ["2021-06-01 2021-06-10"],
         ("2021-06-05", "2022-06-10", "2022-06-10")),
        (YEARLY, "2021-06-16", ["2021-08-01 never"], ("2021-06-16", "never", "never")),
        (THREE, "2021-07-05", ["2024-07-01 never"], ("2024-01-05", "never", "never")),
        # 4 June 2018: 4 December 2020 and 468 days is 17 March 2022; 4 June 2021 is 15 September
        # 2022 (103 days left of the 365 after 4 June 2022); 4 December 2021 is 17 March 2023.
        (THREE, "2018-06-04", [PANDEMIC], ("2022-03-17", "2022-09-15", "2023-03-17")),
    ],
)  # fmt: skip
def test_window_since(
    rhythm: SinceLast, anchor: str, suspended: list[str], wanted: tuple[str, ...]
) -> None:
    found = window_since(rhythm, n(anchor), stretches(*suspended))
    assert days(found) == wanted
    for opening in (False, True):  # makes no difference here
        assert window(rhythm, n(anchor), opening, stretches(*suspended)) == found


# --- Suspended from a day to come -----------------------------------------------------------------


def test_periods_suspended_for_good_from_a_day_after_the_anchor() -> None:
    # Owed: April 2022 to March 2023. From 1 June 2022 on nothing is held, so 61 of 365 days are
    # left of that period and none of any later one: suspended until further notice.
    found = fixed_window(YEARS, n("2021-06-16"), False, stretches("2022-06-01 never"))
    assert days(found) == OVER
