"""The worked example of engagement meetings in the design notes, each gap worked out by hand.

A gap runs from one meeting (or the opening, 1 April 2021) to the next (or the day of asking). In
one reading a gap is bad if an obligation that ends or stands overdue in it is bad, else waiting if
one waits, else good; over the readings it is definite only if all agree. The three readings:

* FY, `financial-year`: one meeting in each year from 1 April to 31 March;
* CY, `calendar-year`: one in each year from 1 January to 31 December, 2021 from 1 April;
* 12M, `twelve-months`: no later than the anniversary of the last, that day included.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from helpers import covered, day, meeting, record, verdicts
from ofsted_framework import Coverage, Framework, Status, check, framework
from ofsted_framework.cases import Because

S, V, P, U = Status.SATISFIED, Status.VIOLATED, Status.PENDING, Status.UNDETERMINED
ROUGH, GAP, READ = Because.ROUGH_DATE, Because.NOT_COVERED, Because.READINGS_DIFFER
FY, CY, M12 = "financial-year", "calendar-year", "twelve-months"

ASKED = "2026-11-23"
WHOLE = (covered("engagement-meeting", "2021-04-01", "2026-11-23"),)
YEARLY = ("2021-04-21", "2022-04-20", "2023-04-19", "2024-04-17", "2025-04-16", "2026-04-15")
WITHOUT = ("2021-04-21", "2022-04-20", "2024-04-17", "2025-04-16", "2026-04-15")
NOVEMBER = ("2021-04-21", "2022-04-20", "2023-11-15", "2024-04-17", "2025-04-16", "2026-04-15")
MARCH = ("2021-04-21", "2022-04-20", "2023-03-29", "2024-04-17", "2025-04-16", "2026-04-15")
ROUGHLY = ("2021-04-21", "2022-04-20", "2023-04", "2024-04-17", "2025-04-16", "2026-04-15")

Gaps = dict[str, tuple[Status, set[Because]]]


def gaps(
    days: Sequence[str],
    *,
    reading: str | None = None,
    coverage: Sequence[Coverage] = WHOLE,
    as_of: str = ASKED,
) -> Gaps:
    """Status and reasons of every gap, by the day of the meeting that begins it."""
    fw: Framework = framework("cafcass-2021")
    if reading is not None:
        fw = fw.choose("engagement-meeting", reading=reading)
    history = record(*(meeting(f"em {one}", one) for one in days), coverage=coverage)
    result = check(history, as_of=day(as_of), frameworks=[fw])
    found: Gaps = {}
    for subject in ["opening", *(f"em {one}" for one in days)]:
        some = verdicts(result, "OF301", "engagement-meeting", subject)
        assert len(some) <= 1
        for one in some:
            found[subject.removeprefix("em ")] = one.status, set(one.because)
    return found


def expected(days: Sequence[str], **other: tuple[Status, set[Because]]) -> Gaps:
    """Every gap satisfied and the last pending, but for the gaps named (`_2022_04_20=…`)."""
    found: Gaps = {"opening": (S, set()), **{one: (S, set()) for one in days[:-1]}}
    found[days[-1]] = (P, set())
    found.update({name.lstrip("_").replace("_", "-"): value for name, value in other.items()})
    return found


@pytest.mark.parametrize("reading", [None, FY, CY, M12])
def test_no_meeting_at_all(reading: str | None) -> None:
    # FY 2021-22 to 2025-26 missed; CY 2021 to 2025 missed; 12M due by 1 April 2022, overdue.
    assert gaps((), reading=reading) == {"opening": (V, set())}


@pytest.mark.parametrize("reading", [None, FY, CY, M12])
def test_a_meeting_every_april(reading: str | None) -> None:
    # Anniversaries 2022-04-21, 2023-04-20, 2024-04-19, 2025-04-17, 2026-04-16: each kept by one
    # day or more. FY 2021 to 2026 and CY 2021 to 2026 have one each. From 2026-04-15: FY 2027 and
    # CY 2027 are not yet open, 12M is open until 2027-04-15: waiting in all three.
    assert gaps(YEARLY, reading=reading) == expected(YEARLY)


@pytest.mark.parametrize("reading", [None, FY, CY, M12])
def test_without_the_meeting_of_2023(reading: str | None) -> None:
    # Gap 2022-04-20 to 2024-04-17: FY 2023-24 missed, CY 2023 missed, 12M due by 2023-04-20 and
    # met a year late. All bad.
    assert gaps(WITHOUT, reading=reading) == expected(WITHOUT, _2022_04_20=(V, set()))


@pytest.mark.parametrize(
    ("reading", "status", "because"),
    [
        (None, U, {READ}),
        (FY, S, set()),  # 2023-11-15 lies in FY 2023-24
        (CY, S, set()),  # and in CY 2023
        (M12, V, set()),  # but after 2023-04-20
    ],
)
def test_with_a_meeting_in_november_in_its_place(
    reading: str | None, status: Status, because: set[Because]
) -> None:
    # The gap after it, 2023-11-15 to 2024-04-17: FY 2024-25 met, CY 2024 met, 12M by 2024-11-15
    # met. Good.
    assert gaps(NOVEMBER, reading=reading) == expected(NOVEMBER, _2022_04_20=(status, because))


@pytest.mark.parametrize(
    ("reading", "status", "because"),
    [
        (None, U, {READ}),
        (FY, V, set()),  # 2023-03-29 is a second meeting in FY 2022-23; FY 2023-24 has none
        (CY, S, set()),  # CY 2023 met by it, CY 2024 by 2024-04-17
        (M12, V, set()),  # due by 2024-03-29, met on 2024-04-17
    ],
)
def test_with_a_meeting_in_march_in_its_place(
    reading: str | None, status: Status, because: set[Because]
) -> None:
    # The gap before it, 2022-04-20 to 2023-03-29: FY nothing ends in it that is bad, nothing
    # waits; CY 2023 met; 12M by 2023-04-20 met. Good.
    assert gaps(MARCH, reading=reading) == expected(MARCH, _2023_03_29=(status, because))


@pytest.mark.parametrize(
    ("reading", "before", "after"),
    [
        # The meeting on any day of April 2023. FY and CY hold every one of these days.
        (FY, (S, set()), (S, set())),
        (CY, (S, set()), (S, set())),
        # 12M: due by 2023-04-20, so late from the 21st on; the one after, 2024-04-17, is late if
        # the meeting was on 1 to 16 April.
        (M12, (U, {ROUGH}), (U, {ROUGH})),
        (None, (U, {ROUGH, READ}), (U, {ROUGH, READ})),
    ],
)
def test_with_a_meeting_on_some_day_of_april(
    reading: str | None, before: tuple[Status, set[Because]], after: tuple[Status, set[Because]]
) -> None:
    assert gaps(ROUGHLY, reading=reading) == expected(ROUGHLY, _2022_04_20=before, _2023_04=after)


def hole(first: str, last: str) -> tuple[Coverage, Coverage]:
    """Coverage up to one day and again from another."""
    return (
        covered("engagement-meeting", "2021-04-01", first),
        covered("engagement-meeting", last, "2026-11-23"),
    )


@pytest.mark.parametrize("reading", [None, FY, CY, M12])
def test_one_day_not_covered_on_which_all_could_have_been_met(reading: str | None) -> None:
    # Nothing on record in 2023, but 2023-04-19 is not covered. A meeting on it: FY 2023-24, CY
    # 2023 and 12M (by the 20th) all met. None on it: all bad. No choice of reading settles it.
    holed = hole("2023-04-18", "2023-04-20")
    assert gaps(WITHOUT, reading=reading, coverage=holed) == expected(
        WITHOUT, _2022_04_20=(U, {GAP})
    )


@pytest.mark.parametrize(
    ("reading", "status", "because"),
    [
        (None, U, {GAP, READ}),
        (FY, U, {GAP}),
        (CY, U, {GAP}),
        (M12, V, set()),  # whether there was one on 2023-11-15 or not, it is late
    ],
)
def test_one_day_not_covered_after_the_anniversary(
    reading: str | None, status: Status, because: set[Because]
) -> None:
    holed = hole("2023-11-14", "2023-11-16")
    assert gaps(WITHOUT, reading=reading, coverage=holed) == expected(
        WITHOUT, _2022_04_20=(status, because)
    )


@pytest.mark.parametrize("reading", [None, FY, CY, M12])
def test_the_day_of_asking_is_not_covered(reading: str | None) -> None:
    # A meeting on 2026-11-23 would end the last gap, with nothing bad in it: good. None on it
    # leaves it waiting. So it is in every reading, and no choice of one settles it.
    short = (covered("engagement-meeting", "2021-04-01", "2026-11-22"),)
    assert gaps(YEARLY, reading=reading, coverage=short) == expected(YEARLY, _2026_04_15=(U, {GAP}))


def test_a_claim_that_runs_past_the_day_of_asking_is_one_up_to_it() -> None:
    longer = (covered("engagement-meeting", "2021-04-01", "2030-01-01"),)
    assert gaps(YEARLY, coverage=longer) == expected(YEARLY)


@pytest.mark.parametrize(
    ("as_of", "reading", "status", "because"),
    [
        # After 2026-04-15: FY 2027-28 and CY 2027 from their first days, 12M until 2027-04-15.
        ("2027-03-31", None, P, set()),
        ("2027-04-15", None, P, set()),
        ("2027-04-16", None, U, {READ}),  # 12M overdue, the others open
        ("2027-04-16", M12, V, set()),
        ("2027-04-16", FY, P, set()),
        ("2027-12-31", CY, P, set()),
        ("2028-01-01", CY, V, set()),  # CY 2027 missed
        ("2028-01-01", None, U, {READ}),  # FY 2027-28 still open
        ("2028-03-31", FY, P, set()),
        ("2028-04-01", None, V, set()),  # and now missed too
    ],
)
def test_the_last_gap_as_time_goes_on(
    as_of: str, reading: str | None, status: Status, because: set[Because]
) -> None:
    covers = (covered("engagement-meeting", "2021-04-01", as_of),)
    found = gaps(YEARLY, reading=reading, coverage=covers, as_of=as_of)
    assert found == expected(YEARLY, _2026_04_15=(status, because))


@pytest.mark.parametrize(
    ("as_of", "reading", "status", "because"),
    [
        # The opening, with no meeting: CY 2021 counts from 1 April and is owed all the same.
        ("2021-12-31", None, P, set()),
        ("2022-01-01", None, U, {READ}),  # CY 2021 missed; FY 2021-22 and 12M open
        ("2022-01-01", CY, V, set()),
        ("2022-03-31", FY, P, set()),
        ("2022-04-01", FY, V, set()),  # FY 2021-22 missed
        ("2022-04-01", M12, P, set()),  # the anniversary of the opening, included
        ("2022-04-01", None, U, {READ}),
        ("2022-04-02", None, V, set()),
    ],
)
def test_the_opening_as_time_goes_on(
    as_of: str, reading: str | None, status: Status, because: set[Because]
) -> None:
    covers = (covered("engagement-meeting", "2021-04-01", as_of),)
    assert gaps((), reading=reading, coverage=covers, as_of=as_of) == {"opening": (status, because)}


def test_a_meeting_after_the_day_of_asking_meets_nothing() -> None:
    # Asked on 2023-04-19 with the meeting of that year booked for the day after.
    days = ("2021-04-21", "2022-04-20", "2023-04-20")
    covers = (covered("engagement-meeting", "2021-04-01", "2023-04-19"),)
    found = gaps(days, coverage=covers, as_of="2023-04-19")
    # FY 2023-24 open, CY 2023 open, 12M open until 2023-04-20: waiting.
    assert found == {"opening": (S, set()), "2021-04-21": (S, set()), "2022-04-20": (P, set())}


@pytest.mark.parametrize(
    ("second", "reading", "status", "because"),
    [
        # 2024-02-29 and twelve months is 2025-02-28.
        ("2025-02-28", None, S, set()),  # FY 2024-25 met, CY 2025 met, 12M on its last day
        ("2025-03-01", M12, V, set()),
        ("2025-03-01", None, U, {READ}),
        ("2025-02/2025-03-01", M12, U, {ROUGH}),
        ("2025-02", None, S, set()),  # any day of that February keeps all three
    ],
)
def test_the_anniversary_of_a_leap_day(
    second: str, reading: str | None, status: Status, because: set[Because]
) -> None:
    found = gaps(("2024-02-29", second), reading=reading)
    assert found["2024-02-29"] == (status, because)
