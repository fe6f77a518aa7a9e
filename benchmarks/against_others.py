"""The array form beside simpy, beside straightforward numpy and beside the plain form.

    python benchmarks/against_others.py [REPLICATIONS]

All four run the process of `cafcass-2021` from a bare start over twenty years, in one reading of
everything and with the behaviour that ships, and make every event. Each is timed to a checksum over
the days, publication and grades of all events, worked out as cheaply as each form allows. That of
the array form is also compared with that of the plain form, for the same replications. Cycles
(inspections) are counted from each output, and means are printed, so that it is seen that the
process is the same. Runs take turns; medians of
processor time are compared, so that other work on the machine is not counted. What the array form
looks up in tables is worked out before, as it is once in a question; `tables` says how long that
takes. Sixteen blocks are made at once, where memory is not counted.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from in_numpy import Straightforward
from in_simpy import KINDS, PUBLISHED, Model, Provider

import ofsted_framework as of
from ofsted_framework.grades import Grade
from ofsted_framework.simulation.arrays import Block, Engine
from ofsted_framework.simulation.bits import BLOCK
from ofsted_framework.simulation.plain import Replication
from ofsted_framework.simulation.scenario import Scenario

TURNS, FEW, TOGETHER = 5, 800, 16
READINGS = {
    "full-inspection": "anniversary", "self-evaluation": "financial-year",
    "engagement-meeting": "financial-year", "focused-visits": "once-or-twice",
    "judged-inadequate": "any-area",
}  # fmt: skip
GRADES = [str(grade) for grade in Grade]


class Counts:
    """What one of them made: events by kind, grades, and a sum over everything."""

    def __init__(self, replications: int) -> None:
        self.replications, self.sum = replications, 0
        self.events = dict.fromkeys(KINDS, 0)
        self.grades = dict.fromkeys(GRADES, 0)

    def all(self) -> object:
        """All of it; the sum is of 32 bits, as it is of arrays."""
        return self.events, self.grades, self.sum % (1 << 32)


def asked() -> Scenario:
    """The question."""
    framework = of.framework("cafcass-2021")
    for id, reading in READINGS.items():
        framework = framework.choose(id, reading=reading)
    outlook = of.simulate(framework, start=date(2027, 4, 1), years=20, seed=1, replications=1)
    return outlook.scenario


def in_arrays(engine: Engine, number: int) -> Counts:
    """The array form."""
    counts, horizon = Counts(number), engine.scenario.horizon
    for first in range(0, number, BLOCK * TOGETHER):
        size = min(BLOCK * TOGETHER, number - first)
        for kind, columns in Block(engine, first // BLOCK, size).made.items():
            for one in columns:
                days, given = [one.start], list(one.grades.values())
                if kind in PUBLISHED:
                    days.append(one.published)
                if one.ends[1] > horizon:
                    inside = np.flatnonzero(one.start <= horizon)
                    days = [some.take(inside) for some in days]
                    given = [some.take(inside) for some in given]
                counts.events[kind] += days[0].size
                for some in days:
                    counts.sum += int(np.add.reduce(some, dtype=np.int32))
                for some in given:
                    for code, grade in enumerate(GRADES):
                        counts.grades[grade] += int(np.count_nonzero(some == code))
    return counts


def plainly(scenario: Scenario, number: int) -> Counts:
    """The plain form."""
    counts = Counts(number)
    for index in range(number):
        for one in Replication(scenario, index).events():
            counts.events[one.type] += 1
            counts.sum += one.start + (one.published or 0)
            for grade in (one.grades or {}).values():
                counts.grades[grade] += 1
    return counts


def in_simpy(model: Model, number: int) -> Counts:
    """The simpy model."""
    counts, total, given = Counts(number), 0, dict.fromkeys(GRADES, 0)
    events = [0] * len(KINDS)
    for index in range(number):
        for kind, start, _, published, grades in Provider(model, index).rows:
            events[kind] += 1
            total += start + published
            for grade in grades:
                given[grade] += 1
    counts.sum, counts.grades, counts.events = total, given, dict(zip(KINDS, events, strict=True))
    return counts


def in_numpy(model: Straightforward, number: int) -> Counts:
    """Straightforward numpy, on all replications at once."""
    counts = Counts(number)
    for kind, parts in model.run(number, 1).items():
        for _, start, published, grades in parts:
            counts.events[kind] += len(start)
            counts.sum += int(start.astype(int).sum())
            if published is not None:
                counts.sum += int(published.astype(int).sum())
            if grades is not None:
                for place, times in enumerate(np.bincount(grades.ravel(), minlength=5)[1:]):
                    counts.grades[("outstanding", "good", "requires-improvement",
                                   "inadequate")[place]] += int(times)  # fmt: skip
    return counts


def main(number: int) -> None:
    """Run them in turn and compare."""
    scenario = asked()
    begun = time.process_time()
    engine = Engine(scenario)
    Block(engine, 0, BLOCK)
    tables = time.process_time() - begun
    simpy_model = Model(scenario.behaviour, scenario.first, scenario.horizon)
    numpy_model = Straightforward(scenario.behaviour, scenario.first, scenario.horizon)
    in_simpy(simpy_model, 50)
    if in_arrays(engine, FEW).all() != plainly(scenario, FEW).all():
        raise SystemExit("the array form makes other events than the plain form")
    some = min(number, 100_000)
    works: dict[str, Callable[[], Counts]] = {
        "arrays": lambda: in_arrays(engine, number),
        "simpy": lambda: in_simpy(simpy_model, FEW),
        "plain": lambda: plainly(scenario, FEW),
        "straightforward numpy": lambda: in_numpy(numpy_model, some),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    made: dict[str, Counts] = {}
    for _ in range(TURNS):
        for name, work in works.items():
            begun = time.process_time()
            made[name] = work()
            spent = time.process_time() - begun
            times[name].append(spent / made[name].events["inspection"])
    arrays = statistics.median(times["arrays"])
    print(f"tables: {1e3 * tables:.0f} ms, and one block with them")
    for name, counts in made.items():
        cycle = statistics.median(times[name])
        print(f"{name}: {counts.replications:,} replications, {1e-3 / cycle:,.1f} thousand cycles "
              f"a second; arrays are {cycle / arrays:.1f} times as fast")  # fmt: skip
        means = {kind: counts.events[kind] / counts.replications for kind in KINDS}
        print("   events a replication:", ", ".join(f"{k} {v:.2f}" for k, v in means.items()))
        whole = sum(counts.grades.values())
        shares = {grade: counts.grades[grade] / whole for grade in GRADES if counts.grades[grade]}
        print("   grades:", ", ".join(f"{grade} {share:.1%}" for grade, share in shares.items()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1 << 21)
