"""Replications of the array form one after another, and what is counted of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from ..bits import BLOCK
from ..plain import INCOMPLETE, Replication
from ..results import Progress, Tally, widen
from ..scenario import Made, Scenario
from .block import Block
from .engine import Engine
from .lookups import ALL, Ints
from .made import Column

AT_ONCE, _MANY = 4, 4
"""Blocks that are made together, for less to do one by one, and of how many on."""
VERY_MANY = 1 << 20
"""Replications from which on blocks are made one by one again, to keep memory small."""
_SLICE = 1024
"""Replications that are given out one after another are made ready so many at a time."""
assert INCOMPLETE  # what is left out of a record has no say in what is counted here


def replications(
    scenario: Scenario, some: range, kinds: Collection[str] | None = None
) -> Iterator[Replication]:
    """Replications one after another, as the plain form has them.

    Args:
        scenario: The question.
        some: Their numbers, the first of which begins a block.
        kinds: The kinds of event that are wanted, besides inspections; None: all.

    Raises:
        UnsupportedError: Only the plain form answers the question.
    """
    engine = Engine(scenario)
    for first in range(some.start, some.stop, BLOCK):
        block = Block(engine, first // BLOCK, min(BLOCK, some.stop - first))
        for low in range(0, block.size, _SLICE):
            yield from _slice(block, low, min(low + _SLICE, block.size), kinds)


def _slice(
    block: Block, low: int, high: int, kinds: Collection[str] | None
) -> Iterator[Replication]:
    """Some of the replications of a block."""
    scenario = block.scenario
    made: list[dict[str, list[Made]]] = [{} for _ in range(low, high)]
    for kind, columns in block.made.items():
        if kinds is None or kind in kinds or kind == "inspection":
            for one in made:
                one[kind] = []
            for column in columns:
                for at, event in _events_of(block, column, low, high):
                    made[at - low][kind].append(event)
            for one in made:
                one[kind].sort(key=_start)
    recorded = [
        dict(_events_of(block, block.known(event), low, high)) for event in scenario.inspections
    ]
    levels = {
        area: np.ascontiguousarray(whole[:, low:high].T).tolist()
        for area, whole in block.levels.items()
    }
    for at in range(low, high):
        events = made[at - low]
        inspections = [one[at] for one in recorded]
        inspections += [
            one for one in events.get("inspection", ()) if one.start <= scenario.horizon
        ]
        paths = {area: some[at - low] for area, some in levels.items()}
        yield Replication.of(scenario, block.first + at, events, inspections, paths)


def _start(one: Made) -> int:
    return one.start


def _events_of(block: Block, column: Column, low: int, high: int) -> Iterator[tuple[int, Made]]:
    """The events of a column that are of some replications."""
    begin, end = (int(one) for one in np.searchsorted(column.at, (low, high)))
    kinds = [*block.engine.kinds, None]
    at, start, ends, published, kind, out = (
        some[begin:end].tolist()
        for some in (
            column.at, column.start, column.end, column.published, column.kind, column.out,
        )
    )  # fmt: skip
    given = [(area, some[begin:end].tolist()) for area, some in column.grades.items()]
    for place, (number, day) in enumerate(zip(at, start, strict=True)):
        one = Made(column.type, day, column.place, column.event)
        one.end, one.published = ends[place], published[place] or None
        one.kind = kinds[kind[place]]
        if out[place]:
            one.grades = {area: ALL[some[place]] for area, some in given if some[place] >= 0}
        yield number, one


def take_in(tally: Tally, key: tuple[str, str], cases: Ints, some: Ints) -> None:
    """Count a value of 0 or more of each replication."""
    counted = tally.counted[key]
    width = int(some.max()) + 1
    if len(counted) > 1:
        groups = np.array(tally.group_of[key])[cases]
        groups *= width
        some = groups + some
    found = np.bincount(some, minlength=len(counted) * width).reshape(len(counted), width)
    for counts, more in zip(counted, found, strict=True):
        widen(counts, width)
        np.frombuffer(counts, np.int64)[:width] += more


def count_block(engine: Engine, number: int, count: int, tally: Tally) -> None:
    """Simulate a block, and take in what is kept of it."""
    scenario, block = engine.scenario, Block(engine, number, count, bare=True)
    for activity in tally.activities:
        first, times = block.counts(activity)
        days = np.where(times > 0, first - scenario.first + 1, 0)
        take_in(tally, ("first", activity), block.case, days)
        take_in(tally, ("count", activity), block.case, times)
    for id in scenario.statuses:
        take_in(tally, ("days", id), block.case, _days_in(block, id))
    tally.replications += count


def on_arrays(
    scenario: Scenario,
    some: range,
    progress: Progress | None = None,
    kept: dict[str, Engine] | None = None,
) -> Tally:
    """What is kept of some replications, block by block.

    Args:
        scenario: The question.
        some: The numbers of the replications, the first of which begins a block.
        progress: Called after every few blocks with how many are done.
        kept: Where tables are kept for more replications of the same scenario; None: nowhere.

    Raises:
        UnsupportedError: Only the plain form answers the question.
    """
    engine = Engine(scenario) if kept is None or not kept else kept["engine"]
    if kept is not None:
        kept["engine"] = engine
    tally = Tally(scenario)
    # A very long run takes two fifths longer one by one, and stays within 16 MiB.
    step = BLOCK * (AT_ONCE if _MANY * BLOCK <= len(some) < VERY_MANY else 1)
    for first in range(some.start, some.stop, step):
        count = min(step, some.stop - first)
        count_block(engine, first // BLOCK, count, tally)
        if progress is not None:
            progress(first - some.start + count, len(some))
    return tally


def _days_in(block: Block, id: str) -> Ints:
    """The days on which a status holds, by the last inspection that is out."""
    scenario = block.scenario
    end = scenario.horizon + 1
    days = np.zeros(block.size, np.int32)
    since = np.full(block.size, scenario.first, np.int32)
    held = np.zeros(block.size, bool)
    for column in block.inspections:
        out = column.out
        if not out.any():
            continue
        at = column.at[out]
        told = np.where(column.published > 0, column.published, column.end)[out]
        told = np.minimum(np.maximum(told, scenario.first), end)
        days[at] += held[at] * (told - since[at])
        since[at], held[at] = told, block.holds(id, column, column.at)[out]
    return days + held * (end - since)
