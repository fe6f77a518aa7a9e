"""The array form beside the plain one: speed, memory, and two processes.

    python benchmarks/simulate.py [REPLICATIONS]

Both forms make every event of the same replications; the ratio is that of the time for one. Runs
take turns, and medians are printed. Memory is the peak of a process of its own: over what it had
taken up when the library and numpy were loaded and nothing was simulated, and over the peak of
another process that simulated one block.
"""

from __future__ import annotations

import importlib
import multiprocessing
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import ofsted_framework as of
from ofsted_framework.simulation import Outlook
from ofsted_framework.simulation.running import Question, one_by_one, tallied
from ofsted_framework.simulation.scenario import Scenario

YEARS, TURNS, PLAIN = 20, 3, 300
QUESTIONS: dict[str, Callable[[int], Outlook]] = {
    "ilacs-2018, bare": lambda n: of.simulate(
        of.framework("ilacs-2018"), years=YEARS, seed=1, replications=n
    ),
    "cafcass-2021, its record": lambda n: of.simulate(
        of.framework("cafcass-2021"), of.sample("cafcass"), as_of=date(2026, 11, 23), years=YEARS,
        seed=1, replications=n,
    ),
}  # fmt: skip


def asked(name: str) -> tuple[Question, Scenario]:
    """A question, made ready."""
    scenario = QUESTIONS[name](1).scenario
    question = Question(
        scenario.view, scenario.first, scenario.horizon, scenario.behaviour, scenario.seed
    )
    return question, scenario


def took(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def speed(name: str, number: int) -> None:
    """Both forms in turn."""
    question, scenario = asked(name)
    events = len(QUESTIONS[name](1).replication(0).events())
    plain, arrays = [], []
    for _ in range(TURNS):
        plain.append(took(lambda: one_by_one(scenario, range(PLAIN))) / PLAIN)
        arrays.append(took(lambda: tallied(question, scenario, number)) / number)
    one, other = statistics.median(plain), statistics.median(arrays)
    print(
        f"{name}: plain {1e6 * one:.0f} µs a replication of about {events} events, arrays "
        f"{1e6 * other:.1f} µs: {one / other:.0f} times"
    )


def processes(number: int) -> None:
    """One process and two in turn, both started beforehand."""
    question, scenario = asked("ilacs-2018, bare")
    context = multiprocessing.get_context("spawn")
    times: dict[int, list[float]] = {1: [], 2: []}
    with ProcessPoolExecutor(1, context) as one, ProcessPoolExecutor(2, context) as two:
        for pool in (one, two):
            tallied(question, scenario, 16 * 8192 * 2, pool)
        for _ in range(TURNS):
            for workers, pool in ((1, one), (2, two)):
                times[workers].append(took(lambda p=pool: tallied(question, scenario, number, p)))
    ratio = statistics.median(times[1]) / statistics.median(times[2])
    print(f"two processes: {ratio:.2f} times one, for {number:,} replications")


def memory(number: int) -> None:
    """The peak of a process for so many replications."""
    block, whole = ([float(one) for one in peaks(count)] for count in (8192, number))
    print(f"{number:,} replications: {whole[1] - whole[0]:.1f} MiB over a process that has loaded "
          f"all and simulated nothing, {whole[1] - block[1]:.1f} over one block")  # fmt: skip


def peaks(number: int) -> list[str]:
    """What a process has taken up before it simulates so many replications, and after it."""
    told = subprocess.run(
        [sys.executable, __file__, "--peak", str(number)], capture_output=True, check=True
    )
    return told.stdout.decode().split()


def peak() -> float:
    """The most that this process has taken up, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():  # what `getrusage` tells begins with the peak of the process that forked
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> None:
    """Print the ratios."""
    if arguments[:1] == ["--peak"]:
        QUESTIONS["ilacs-2018, bare"](1)  # in the plain form
        importlib.import_module("ofsted_framework.simulation.arrays")
        importlib.import_module("numpy.random")
        before = peak()
        QUESTIONS["ilacs-2018, bare"](int(arguments[1]))
        print(before, peak())
        return
    number = int(arguments[0]) if arguments else 400_000
    for name in QUESTIONS:
        speed(name, number)
    processes(max(number, 32 * 8192))
    for count in (10**3, 10**4, 10**5, number):
        memory(count)


if __name__ == "__main__":
    main(sys.argv[1:])
