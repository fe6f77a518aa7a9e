"""Sums of working days beside a loop over days that asks the package `holidays`.

    python benchmarks/working_days.py [SUMS]

Both add 1 to 39 working days, 20 on average, to the same days; answers are compared. Runs take
turns, and medians are printed.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import date, timedelta

import holidays

from ofsted_framework.dates import ENGLAND

TURNS = 7


def by_loop(bank_holidays: holidays.HolidayBase, day: date, number: int) -> date:
    """Day after day, as one writes it who has the holidays alone."""
    step = timedelta(1)
    while number:
        day += step
        number -= day.weekday() < 5 and day not in bank_holidays
    return day


def main(sums: int) -> None:
    """Time both in turn."""
    rng = random.Random(1)
    some = [
        (date(2012, 1, 2) + timedelta(rng.randrange(365 * 14)), rng.randint(1, 39))
        for _ in range(sums)
    ]
    bank_holidays = holidays.country_holidays("GB", subdiv="ENG", years=range(2011, 2029))
    looped, added = [], []
    for _ in range(TURNS):
        begun = time.perf_counter()
        one = [by_loop(bank_holidays, day, number) for day, number in some]
        looped.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        other = [ENGLAND.add(day, number) for day, number in some]
        added.append(time.perf_counter() - begun)
        assert one == other
    slow, quick = (1e6 * statistics.median(times) / sums for times in (looped, added))
    print(f"holidays: {slow:.2f} µs a sum, library: {quick:.3f} µs; {slow / quick:.0f} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
