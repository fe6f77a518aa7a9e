"""Check many simulated records as a stream: how many a second, and whether memory stays flat.

    python benchmarks/check_many.py [NUMBER]

Records of local authorities over ten years are made one by one and checked one by one; making them
is timed apart. Memory is the peak of the process, read after a tenth of the records and at the end.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from datetime import date

import ofsted_framework as of


def peak() -> float:
    """The peak memory of the process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(number: int) -> None:
    """Make, check and count."""
    outlook = of.simulate(
        of.framework("ilacs-2018"), start=date(2024, 1, 1), years=10, replications=number, seed=1
    )
    making = events = 0.0

    def histories() -> Iterator[of.History]:
        nonlocal making, events
        for index in range(number):
            begun = time.perf_counter()
            made = outlook.history(index)
            making += time.perf_counter() - begun
            events += len(made.events)
            yield made

    checks = of.check_many(histories(), as_of=outlook.horizon)
    begun, verdicts, early = time.perf_counter(), 0, 0.0
    for done, result in enumerate(checks, 1):
        verdicts += len(result.verdicts)
        if done == max(1, number // 10):
            early = peak()
    spent = time.perf_counter() - begun - making
    print(f"{number:,} records, {events:,.0f} events, {verdicts:,} verdicts")
    print(f"checked: {spent:.1f} s, {number / spent:,.0f} records a second, "
          f"{1e6 * spent / events:.0f} µs an event")  # fmt: skip
    print(f"made: {making:.1f} s")
    print(f"peak memory after a tenth {early:.1f} MiB, at the end {peak():.1f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
