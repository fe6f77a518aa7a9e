"""Going through the replications: here or elsewhere, on arrays or one by one, with one result."""

from __future__ import annotations

import gc
import pickle
import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from ..cases import View
from ..dates import WorkingDays
from ..editions import Framework
from ..errors import Fault, OfstedFrameworkError
from ..history import History
from .behaviour import Behaviour
from .bits import BLOCK
from .plain import Replication
from .results import Counts, Progress, Tally
from .scenario import Scenario

_FEW = 200
"""So few replications are made sooner one by one than numpy is loaded."""
_TASK, _TASKS = 16, 12
"""Blocks that are at most one task of an executor, and about how many tasks there are at least."""


class Question:
    """What is asked of the simulator, in values that can be sent to another process."""

    def __init__(
        self, view: View, first: int, horizon: int, behaviour: Behaviour, seed: int
    ) -> None:
        self.history: History = view.history
        self.framework: Framework = view.framework
        self.as_of: date = date.fromordinal(view.now)
        self.calendar: WorkingDays = view.calendar
        self.first, self.horizon, self.behaviour, self.seed = first, horizon, behaviour, seed

    @classmethod
    def of(cls, scenario: Scenario) -> Question:
        """The question of which a scenario is."""
        one = scenario
        return cls(one.view, one.first, one.horizon, one.behaviour, one.seed)

    def scenario(self) -> Scenario:
        """What is the same for all replications."""
        view = View(self.history, self.framework, self.as_of, self.calendar)
        return Scenario(view, self.first, self.horizon, self.behaviour, self.seed)


class Said(NamedTuple):
    """What had a say in some of the replications, as a scenario takes it in."""

    used: list[tuple[str, str, str | None]]
    """The assumptions that had a say."""
    spoken: list[str]
    """The provisions on what lies between that spoke of some stretch."""
    notes: list[str]
    """What was taken to hold of the record."""

    @classmethod
    def by(cls, scenario: Scenario) -> Said:
        """What had a say in the replications of a scenario."""
        return cls(list(scenario.used), sorted(scenario.spoken), list(scenario.notes))

    def tell(self, scenario: Scenario) -> None:
        """Let another scenario of the same question take it in."""
        scenario.used.update(dict.fromkeys(self.used))
        scenario.spoken.update(self.spoken)
        scenario.notes.update(dict.fromkeys(self.notes))


class Part(NamedTuple):
    """What was found in some of the replications."""

    replications: int
    """How many they were."""
    counted: dict[tuple[str, str], list[Counts]]
    """What is kept of them."""
    said: Said
    """What had a say in them."""


def tallied(
    question: Question,
    scenario: Scenario,
    replications: int,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Tally:
    """What is kept of all replications.

    Args:
        question: The question.
        scenario: The same, made ready; it takes in which assumptions had a say.
        replications: How many are wanted.
        executor: Where to make them; None: here.
        progress: Called now and then with how many are done.
    """
    if executor is None:
        return _here(scenario, range(replications), progress)
    tally = Tally(scenario)
    for part in executor.map(partial(part_of, pickle.dumps(question)), tasks(replications)):
        tally.replications += part.replications
        tally.update(part.counted)
        part.said.tell(scenario)
        if progress is not None:
            progress(tally.replications, replications)
    all_there(tally.replications, replications)
    return tally


def all_there(found: int, wanted: int) -> None:
    """Refuse what an executor gave back that is not of all replications.

    Raises:
        OfstedFrameworkError: It is of fewer, or of more.
    """
    if found != wanted:
        message = f"gave back {found:,} replications of {wanted:,}"
        raise OfstedFrameworkError.of(message, place="executor")


def tasks(replications: int) -> list[range]:
    """The replications in tasks for an executor, each of which begins a block."""
    blocks = -(-replications // BLOCK)
    step = min(_TASK, 2 * -(-blocks // (2 * _TASKS))) * BLOCK  # whole pairs
    return [range(first, min(first + step, replications)) for first in range(0, replications, step)]


def no_executor(executor: object) -> Iterator[Fault]:
    """Refuse what is no executor."""
    if executor is not None and not isinstance(executor, Executor):
        yield Fault("executor", executor, "is no executor (of concurrent.futures)")


_open = threading.local()
"""The question that a thread of a worker is at, as it was sent and made ready."""


def part_of(sent: bytes, some: range) -> Part:
    """Some of the replications, made here: the work of one task.

    Args:
        sent: The question, pickled. It is made ready once for all tasks in a row that ask it.
        some: The numbers of the replications.
    """
    if getattr(_open, "sent", None) != sent:
        question: Question = pickle.loads(sent)
        _open.sent, _open.scenario, _open.kept = sent, question.scenario(), {}
    scenario: Scenario = _open.scenario
    tally = _here(scenario, some, None, _open.kept)
    return Part(tally.replications, tally.counted, Said.by(scenario))


def _here(
    scenario: Scenario, some: range, progress: Progress | None, kept: dict[str, Any] | None = None
) -> Tally:
    """Some replications, the first of which begins a block: on arrays where numpy is there."""
    if len(some) >= _FEW:
        try:
            from .arrays import UnsupportedError, on_arrays
        except ImportError:  # without numpy
            pass
        else:
            with suppress(UnsupportedError):
                return on_arrays(scenario, some, progress, kept)
    return one_by_one(scenario, some, progress)


def replications(
    scenario: Scenario, some: range, kinds: Collection[str] | None = None
) -> Iterator[Replication]:
    """Replications one after another: made on arrays where numpy is there and they are many.

    Args:
        scenario: The question.
        some: Their numbers, the first of which begins a block.
        kinds: The kinds of event that are wanted, besides inspections; None: all. Others may be
            there too.
    """
    done = some.start
    if len(some) >= _FEW:
        try:
            from . import arrays
        except ImportError:  # without numpy
            pass
        else:
            with suppress(arrays.UnsupportedError):
                for one in arrays.replications(scenario, some, kinds):
                    yield one
                    done += 1
    for number in range(done, some.stop):
        yield Replication(scenario, number)


def one_by_one(scenario: Scenario, some: Sequence[int], progress: Progress | None = None) -> Tally:
    """What is kept of some replications, made one after another in the plain form.

    Args:
        scenario: The question.
        some: The numbers of the replications.
        progress: Called now and then with how many are done.
    """
    tally, whole = Tally(scenario), len(some)
    # Replications hold no cycles, and looking for some takes as long as making them.
    collecting = gc.isenabled()
    gc.disable()
    try:
        for done, number in enumerate(some, 1):
            tally.add(Replication(scenario, number))
            if progress is not None and (done == whole or done % max(1, whole // 100) == 0):
                progress(done, whole)
    finally:
        if collecting:
            gc.enable()
    return tally
