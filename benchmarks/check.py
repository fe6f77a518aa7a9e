"""Checking beside a scan for each rule that has the table of working days already.

    python benchmarks/check.py [RECORDS]

Records of Cafcass over twenty years are made with behaviour that departs from the framework now and
then; half of them get rough days and gaps in what they hold. They are checked in these ways, in
turn, and medians are printed:

- `scan`: the same rules over the same rows, readings and possible states, but each rule for itself:
  no index is shared and nothing is kept, the events are gone through for every question.
- `check`: the library, with the verdicts as they are made, and with all that they say read.
- `plain`: a program that knows exact days and whole records alone, on such records only. It finds
  the same verdicts, and nothing of what they rest on.

All that the verdicts of the first two say must be equal, and the verdicts of the last two.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import attrs

import ofsted_framework as of
from ofsted_framework.simulation import read_behaviour
from ofsted_framework.verdicts import CheckResult
from scans import Told, all_said, judged, plainly

TURNS = 9


def records(framework: of.Framework, number: int) -> list[of.History]:
    """Records in which something of each sort goes wrong now and then."""
    departing = read_behaviour("cafcass")
    for what in ("late", "skipped", "too-few", "unpublished", "incomplete"):
        departing = departing.replace(what, "*", weights={"yes": 1, "no": 9})
    outlook = of.simulate(
        framework, start=date(2021, 4, 1), years=20, replications=number, seed=7,
        behaviour=departing,
    )  # fmt: skip
    return [
        of.History(one.provider, one.events, coverage="complete")
        for one in map(outlook.history, range(number))
    ]


def roughened(history: of.History, rng: random.Random) -> of.History:
    """The record with some days known only to the month, and stretches of which it is silent."""
    events = []
    for event in history.events:
        first = event.start.earliest
        if first is not None and rng.random() < 0.2:
            event = attrs.evolve(event, start=of.When.of(f"{first:%Y-%m}"))
        events.append(event)
    gap = date(2022 + rng.randrange(18), 1 + rng.randrange(12), 1)
    claims = (
        of.Coverage(type="*", last=gap, fields=("*",)),
        of.Coverage(type="*", first=gap + timedelta(rng.randrange(30, 400)), fields=("*",)),
    )
    return of.History(history.provider, events, coverage=claims)


def main(number: int) -> None:
    """Time all in turn."""
    framework, day, rng = of.framework("cafcass-2021"), date(2041, 4, 1), random.Random(1)
    whole = records(framework, number)
    some = [one if index % 2 else roughened(one, rng) for index, one in enumerate(whole)]
    now = day.toordinal()

    def check(one: of.History) -> CheckResult:
        return of.check(one, as_of=day, frameworks=[framework])

    def read(one: of.History) -> list[tuple[Any, ...]]:
        return list(map(all_said, check(one).verdicts))

    def scan(one: of.History) -> list[tuple[Any, ...]]:
        return list(map(all_said, judged(one, [framework], day)))

    ways: dict[str, tuple[Callable[[of.History], Any], list[of.History]]] = {
        "scan": (scan, some),
        "check, all read": (read, some),
        "check": (check, some),
        "check, exact and whole": (check, whole),
        "plain, exact and whole": (lambda one: plainly(one, framework, now), whole),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(TURNS):
        for name, (way, given) in ways.items():
            begun = time.perf_counter()
            for one in given:
                way(one)  # nothing is kept, as in a stream
            times[name].append(time.perf_counter() - begun)
    statuses: Counter[str] = Counter()
    for one in some:
        found = scan(one)
        assert found == read(one)
        statuses.update(str(verdict[3]) for verdict in found)
    for one in whole:
        mine = [
            Told(v.code, v.raw.provision, v.subject, str(v.status)) for v in check(one).verdicts
        ]
        assert sorted(mine, key=str) == sorted(plainly(one, framework, now), key=str)
    events = sum(len(one.events) for one in some)
    named = ", ".join(f"{count:,} {status}" for status, count in statuses.most_common())
    print(f"{number} records, {events:,} events, {sum(statuses.values()):,} verdicts: {named}")
    each = {name: 1e6 * statistics.median(some) / events for name, some in times.items()}
    for name, spent in each.items():
        print(f"{name:>24} {spent:7.1f} µs an event")
    for slow, quick in (("scan", "check, all read"), ("scan", "check"),
                        ("plain, exact and whole", "check, exact and whole")):  # fmt: skip
        print(f"{quick}: {each[slow] / each[quick]:.1f} times {slow}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
