"""How long things take to happen, where some have not happened yet: the product-limit estimate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

_NOTHING = 1e-9


class Watched(NamedTuple):
    """One time of waiting, in days of a clock, as far as it was watched."""

    entry: int
    """Days that were over when watching began: it is known not to have happened in them."""
    end: int
    """The day on which it happened, or the last on which it had not."""
    happened: bool
    """Whether it happened; else the time is censored."""


def hazards(
    some: Iterable[Watched], prior: Mapping[int, float] | None = None, weight: float = 0.0
) -> dict[int, float]:
    """How likely it is on each day to happen to those to whom it has not, by Kaplan and Meier.

    Those that are watched from later on count from there. On a day on which it happens to all who
    are left, while others who are watched later wait longer, one more is taken to have waited:
    else nobody would be left to wait so long.

    Args:
        some: The times of waiting.
        prior: What is taken to hold beside them, by day.
        weight: As of how many more who wait the prior counts.
    """
    watched = [one for one in some if one.end > one.entry]
    events = Counter(one.end for one in watched if one.happened)
    oldest = max((one.end for one in watched), default=0)
    found = {}
    for day in sorted({*events, *(prior or {})}):
        waiting = sum(one.entry < day <= one.end for one in watched)
        if waiting == events[day] and oldest > day:
            waiting += 1
        more = 0.0 if prior is None else prior.get(day, 0.0) * weight
        if waiting + weight:
            found[day] = (events[day] + more) / (waiting + weight)
    return found


def product_limit(some: Mapping[int, float]) -> tuple[list[tuple[int, float]], float]:
    """How likely it is to happen on each day, from how likely it is to happen to who is left.

    Returns:
        The days, each with its share; and the share that is left.
    """
    left, found = 1.0, []
    for day, hazard in some.items():
        found.append((day, left * hazard))
        left *= 1 - hazard
    return found, left


def in_bands(
    shares: Sequence[tuple[int, float]], left: float, oldest: int, width: int, tail: int
) -> list[tuple[int, float]]:
    """Shares of days put together in bands of so many days; each is named by its last day.

    Bands that have nothing are one with those before them. What is left after the last day is put
    into one more band, which ends so many days after the oldest that was watched.
    """
    bands: dict[int, float] = {}
    for day, share in shares:
        last = -(-day // width) * width
        bands[last] = bands.get(last, 0.0) + share
    found: list[tuple[int, float]] = []
    upto = 0
    for last in sorted(bands):
        if last - width > upto:
            found.append((last - width, 0.0))
        found.append((last, bands[last]))
        upto = last
    if left > _NOTHING:
        found.append((max(upto, oldest) + tail, left))
    return found


def whole(shares: Sequence[tuple[int, float]], total: int) -> dict[int, int]:
    """Shares as whole-number weights that add up to about a total; none is lost altogether."""
    return {day: max(1, round(share * total)) if share > _NOTHING else 0 for day, share in shares}
