"""What is found does not depend on where it is simulated, nor on how many work on it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

import ofsted_framework as of
from ofsted_framework.simulation import (
    Contacts,
    DetectionDelay,
    Outlook,
    TimeJudgedInadequate,
    Unnoticed,
    compare,
    read_behaviour,
    region,
    replies,
    running,
    simulate,
)
from simulated import CAFCASS_2021, ILACS_2018


class Backwards(Executor):
    """An executor that does the last task first, in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise NotImplementedError

    def map(self, fn: Any, *some: Any, **_: Any) -> Iterator[Any]:
        tasks = list(zip(*some, strict=True))
        found = [fn(*task) for task in reversed(tasks)]
        return iter(found[::-1])


@pytest.fixture(autouse=True)
def small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_TASK", 1)


def asked(executor: Executor | None, replications: int = 20_000, **given: Any) -> Outlook:
    return simulate(
        ILACS_2018, of.sample("sefton"), as_of=date(2026, 11, 23), years=4, seed=6,
        replications=replications, executor=executor, **given,
    )  # fmt: skip


def same(one: Outlook, other: Outlook) -> bool:
    return (
        one.summary() == other.summary()
        and one.assumptions == other.assumptions
        and one.provenance == other.provenance
        and one.history(3) == other.history(3)
    )


@pytest.fixture(scope="module")
def here() -> Outlook:
    return asked(None)


def test_threads_and_another_order(here: Outlook) -> None:
    with ThreadPoolExecutor(3) as threads:
        assert same(asked(threads), here)
    assert same(asked(Backwards()), here)


@pytest.mark.parametrize("workers", [1, 2])
def test_processes(here: Outlook, workers: int) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as processes:
        assert same(asked(processes), here)


def test_few_replications_and_the_plain_form() -> None:
    plain = asked(None, replications=150)
    with ThreadPoolExecutor(2) as threads:
        assert same(asked(threads, replications=150), plain)


def test_a_bare_start() -> None:
    given: dict[str, Any] = {"years": 3, "seed": 1, "replications": 10_000}
    with ThreadPoolExecutor(2) as threads:
        assert same(simulate(CAFCASS_2021, **given, executor=threads),
                    simulate(CAFCASS_2021, **given))  # fmt: skip


def test_progress() -> None:
    done: list[tuple[int, int]] = []
    with ThreadPoolExecutor(2) as threads:
        asked(threads, progress=lambda *some: done.append(some))
    assert done == [(8192, 20_000), (16_384, 20_000), (20_000, 20_000)]


def test_what_is_no_executor_is_refused() -> None:
    with pytest.raises(of.OfstedFrameworkError, match="executor: 'threads' is no executor"):
        asked("threads")  # type: ignore[arg-type]


class TestQuestions:
    """Questions to an outlook are answered alike, wherever its replications are made."""

    QUESTIONS = (
        Contacts(), TimeJudgedInadequate(), Unnoticed(area="impact-of-leaders"),
        DetectionDelay(area="impact-of-leaders", noticing={"inspection": {"yes": 1, "no": 3}}),
    )  # fmt: skip

    @pytest.fixture(scope="class")
    @classmethod
    def pair(cls) -> tuple[Outlook, Outlook]:
        """Two tasks: a block, and then a few, which are made one by one."""
        behaviour = read_behaviour("cafcass").joined(read_behaviour("true-quality"))
        three = CAFCASS_2021
        for id, reading in (
            ("full-inspection", "anniversary"), ("focused-visits", "once-or-twice"),
            ("judged-inadequate", "any-area"), ("self-evaluation", "twelve-months"),
            ("engagement-meeting", "twelve-months"),
        ):  # fmt: skip
            three = three.choose(id, reading=reading)
        given: dict[str, Any] = {
            "start": date(2026, 4, 1), "years": 2, "seed": 4, "replications": 8192 + 40,
            "behaviour": behaviour,
        }  # fmt: skip
        four = three.replace("full-inspection", months=48)
        return simulate(three, **given), simulate(four, **given)

    def test_replies(self, pair: tuple[Outlook, Outlook]) -> None:
        here = replies(pair[0], self.QUESTIONS)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(2, mp_context=context) as processes:
            assert replies(pair[0], self.QUESTIONS, executor=processes) == here
        with ThreadPoolExecutor(3) as threads:
            assert replies(pair[0], self.QUESTIONS, executor=threads) == here
        assert replies(pair[0], self.QUESTIONS, executor=Backwards()) == here
        assert pair[0].ask(self.QUESTIONS[0], executor=Backwards()).measures == here[0].measures

    def test_comparisons_and_maps(self, pair: tuple[Outlook, Outlook]) -> None:
        some = self.QUESTIONS[:1]
        assert compare(*pair, *some, executor=Backwards()) == compare(*pair, *some)
        given: dict[str, Any] = {
            "a": lambda row, column: row, "b": lambda row, column: column,
            "rows": {"three": pair[0]}, "columns": {"four": pair[1]}, "row_title": "The one",
            "column_title": "The other",
        }  # fmt: skip
        with ThreadPoolExecutor(2) as threads:
            found = region("more contacts", some[0], **given, executor=threads)
        assert found == region("more contacts", some[0], **given)

    def test_what_is_no_executor_is_refused(self, pair: tuple[Outlook, Outlook]) -> None:
        told = "executor: 'threads' is no executor"
        wrong: dict[str, Any] = {"executor": "threads"}
        with pytest.raises(of.OfstedFrameworkError, match=told):
            pair[0].ask(Contacts(), **wrong)
        with pytest.raises(of.OfstedFrameworkError, match=told):
            compare(*pair, Contacts(), **wrong)
        with pytest.raises(of.OfstedFrameworkError, match=told):
            region("x", Contacts(), a=lambda *_: pair[0], b=lambda *_: pair[1], rows={"r": 1},
                   columns={"c": 1}, row_title="r", column_title="c", **wrong)  # fmt: skip


def slowly(sent: bytes, some: range) -> running.Part:
    """A task that leaves time for its worker to be killed."""
    time.sleep(0.5)
    return running.part_of(sent, some)


def test_a_cluster_of_which_a_worker_is_killed(
    here: Outlook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two worker processes of dask on this machine, one of them killed half-way."""
    distributed = pytest.importorskip("distributed")
    import dask

    settings = {
        "distributed.nanny.pre-spawn-environ": {},
        "distributed.scheduler.allowed-failures": 9,
    }
    with dask.config.set(settings), distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0"
    ) as cluster, distributed.Client(cluster) as client:  # fmt: skip
        workers = client.run(os.getpid)
        assert len(workers) == 2
        killed: list[int] = []

        def kill(done: int, whole: int) -> None:
            if not killed:
                killed.append(next(iter(workers.values())))
                os.kill(killed[0], signal.SIGKILL)

        monkeypatch.setattr(running, "part_of", slowly)
        found = asked(client.get_executor(), replications=60_000, progress=kill)
        assert killed
    monkeypatch.undo()
    assert same(found, asked(None, replications=60_000))
