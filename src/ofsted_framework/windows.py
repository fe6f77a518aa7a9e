"""Window arithmetic on day numbers (ordinals), stated once for check, plan and simulation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from .dates import months_after
from .provisions import Periods, SinceLast

Stretch = tuple[int, int]
"""First and last day, both included."""
NEVER = date.max.toordinal()
"""Later than any day that is asked about."""


@lru_cache(maxsize=4096)
def period(origin: int, months: int, index: int) -> Stretch:
    """The first and last day of a fixed period, counted from the one that begins at `origin`."""
    first = months_after(origin, index * months)
    return first, months_after(origin, (index + 1) * months) - 1


def period_index(origin: int, months: int, day: int) -> int:
    """Which fixed period a day lies in; negative before `origin`."""
    index = int((day - origin) / (months * 30.4375))  # near enough; settled by the loops below
    while period(origin, months, index)[0] > day:
        index -= 1
    while period(origin, months, index)[1] < day:
        index += 1
    return index


def mostly_inside(stretch: Stretch, suspended: Sequence[Stretch]) -> bool:
    """Whether more than half of the days of a stretch are suspended."""
    first, last = stretch
    lost = sum(max(0, min(last, end) - max(first, start) + 1) for start, end in suspended)
    return 2 * lost > last - first + 1


def later(clock: int, day: int, suspended: Sequence[Stretch]) -> int:
    """A day moved on by the suspended days after the clock started: the clock stops for them.

    Args:
        clock: The day on which the clock started.
        day: The day on which it would run out.
        suspended: Suspended stretches, in order, not touching one another.
    """
    for start, end in suspended:
        first = max(start, clock + 1)
        if first <= end and day >= first:
            day = NEVER if end == NEVER else day + end - first + 1
    return day


def fixed_window(
    rhythm: Periods, anchor: int, opening: bool, suspended: Sequence[Stretch]
) -> tuple[int, None, int]:
    """The period owed after an anchor: the next one, or the running one at the opening.

    Periods that are mostly suspended are waived.

    Returns:
        First day, no expected day, last day.
    """
    origin = rhythm.origin.toordinal()
    index = period_index(origin, rhythm.months, anchor) + (not opening)
    first, last = period(origin, rhythm.months, index)
    while mostly_inside((first, last), suspended):
        if any(end == NEVER and start <= first for start, end in suspended):
            return NEVER, None, NEVER  # suspended until further notice
        index += 1
        first, last = period(origin, rhythm.months, index)
    return max(first, anchor), None, last


def window_since(
    rhythm: SinceLast, anchor: int, suspended: Sequence[Stretch]
) -> tuple[int, int, int]:
    """The window that opens a number of months after an anchor, the clock stopped when suspended.

    Returns:
        First day, expected day, last day.
    """
    expected = months_after(anchor, rhythm.months)
    before, after = rhythm.before, rhythm.after
    earliest = anchor if before is None else months_after(expected, -before)
    latest = months_after(expected, after)
    if earliest > anchor:
        earliest = later(anchor, earliest, suspended)
    return earliest, later(anchor, expected, suspended), later(anchor, latest, suspended)


def window(
    rhythm: Periods | SinceLast, anchor: int, opening: bool, suspended: Sequence[Stretch]
) -> tuple[int, int | None, int]:
    """The window in which the next time is owed, in either rhythm."""
    if isinstance(rhythm, Periods):
        return fixed_window(rhythm, anchor, opening, suspended)
    return window_since(rhythm, anchor, suspended)
