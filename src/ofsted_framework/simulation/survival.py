"""How long things take to happen, where some have not happened yet: the product-limit estimate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple


class Watched(NamedTuple):
    """One time of waiting, in days of a clock, as far as it was watched."""

    entry: int
    """Days that were over when watching began: it is known not to have happened in them."""
    end: int
    """The day on which it happened, or the last on which it had not."""
    happened: bool
    """Whether it happened; else the time is censored."""


def product_limit(some: Iterable[Watched]) -> tuple[list[tuple[int, Fraction]], Fraction]:
    """How likely it is to happen on each day, by Kaplan and Meier, with late entry.

    Those that are watched from later on count from there. On a day on which it happens to all who
    are left, while others who are watched later wait longer, one more is taken to have waited:
    else nobody would be left to wait so long.

    Returns:
        The days on which it happened to any, each with its share; and the share that is left.
    """
    watched = [one for one in some if one.end > one.entry]
    events = Counter(one.end for one in watched if one.happened)
    left, found = Fraction(1), []
    oldest = max((one.end for one in watched), default=0)
    for day in sorted(events):
        waiting = sum(one.entry < day <= one.end for one in watched)
        if waiting == events[day] and oldest > day:
            waiting += 1
        share = left * Fraction(events[day], waiting)
        found.append((day, share))
        left -= share
    return found, left


def in_bands(
    shares: Sequence[tuple[int, Fraction]], left: Fraction, oldest: int, width: int, tail: int
) -> list[tuple[int, Fraction]]:
    """Shares of days put together in bands of so many days; each is named by its last day.

    Bands that have nothing are one with those before them. What is left after the last day is put
    into one more band, which ends so many days after the oldest that was watched.
    """
    bands: Counter[int] = Counter()
    for day, share in shares:
        bands[-(-day // width) * width] += share  # type: ignore[assignment]
    found: list[tuple[int, Fraction]] = []
    upto = 0
    for last in sorted(bands):
        if last - width > upto:
            found.append((last - width, Fraction(0)))
        found.append((last, Fraction(bands[last])))
        upto = last
    if left:
        found.append((max(upto, oldest) + tail, left))
    return found


def whole(shares: Sequence[tuple[int, Fraction]], total: int) -> dict[int, int]:
    """Shares as whole-number weights that add up to about a total; what is not nothing is at least 1."""
    return {day: max(1, round(share * total)) if share else 0 for day, share in shares}
