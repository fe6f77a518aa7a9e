"""What no caller should give: wrong classes, names that are markup, one file for another."""

from __future__ import annotations

import copy
import io
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import ofsted_framework as of
from ofsted_framework import documents
from ofsted_framework.cli import main
from ofsted_framework.dates import add_months
from ofsted_framework.events import Scope
from ofsted_framework.population import Agendas, Checks
from ofsted_framework.simulation import (
    Contacts,
    LongestGap,
    TimeToNext,
    compare,
    exact,
    fit,
    read_behaviour,
    region,
    replies,
)
from ofsted_framework.telling.calendar_file import agendas_ics
from ofsted_framework.telling.editions import difference_markdown, difference_text

AS_OF = date(2026, 11, 23)
BAD: Any = {"a": 1}
"""Of no class that is wanted, without a hash, and no text."""
CAFCASS = of.sample("cafcass")
FRAMEWORK = of.framework("cafcass-2021")
MEETING = of.EngagementMeeting(id="next", start="2026-12-01")


def outlook(**how: Any) -> Any:
    return of.simulate(
        FRAMEWORK, CAFCASS, **{"as_of": AS_OF, "years": 1, "replications": 4, "seed": 1, **how}
    )


def places(call: Callable[[], object]) -> list[str]:
    with pytest.raises(of.OfstedFrameworkError) as caught:
        call()
    assert str(caught.value)
    return [fault.place for fault in caught.value.faults]


class TestWrongClasses:
    """What is of another class than is wanted gets the library's one error, with its place."""

    @pytest.mark.parametrize(
        ("made", "expected"),
        [
            (lambda: of.Provider(name="A", kind=BAD, urn=1, region=BAD, code=b"x"),  # type: ignore[arg-type]
             ["/kind", "/urn", "/region", "/code"]),
            (lambda: of.Coverage(type=BAD, omits=1, says=2), ["/type", "/omits", "/says"]),  # type: ignore[arg-type]
            (lambda: of.History("A"), ["provider"]),  # type: ignore[arg-type]
            (lambda: of.History(CAFCASS.provider, "events" * 100), [""]),  # type: ignore[arg-type]
            (lambda: of.Judgement(1, "good"), ["/area"]),  # type: ignore[arg-type]
            (lambda: of.FocusedVisit(id="a", start="2024", scope=BAD), [""]),
            (lambda: Scope("region", 1), ["/name"]),  # type: ignore[arg-type]
            (lambda: of.FocusedVisit(id="a", start="2024", sources={"a": 1}), [""]),
            (lambda: of.WorkingDays(7), ["extra_holidays"]),  # type: ignore[arg-type]
            (lambda: add_months(AS_OF, BAD), ["months"]),
        ],
    )  # fmt: skip
    def test_values(self, made: Callable[[], object], expected: list[str]) -> None:
        assert places(made) == expected

    @pytest.mark.parametrize(
        ("ask", "expected"),
        [
            (lambda: of.check(BAD, as_of=AS_OF, calendar=None), ["history", "calendar"]),  # type: ignore[arg-type]
            (lambda: of.check(CAFCASS, as_of=AS_OF, frameworks=["cafcass-2021"]), ["frameworks/0"]),  # type: ignore[list-item]
            (lambda: of.check(CAFCASS, as_of=AS_OF, frameworks="cafcass-2021"), ["frameworks"]),  # type: ignore[arg-type]
            (lambda: of.due(BAD, as_of=AS_OF), ["history"]),
            (lambda: of.due(CAFCASS, as_of=AS_OF, frameworks=FRAMEWORK), ["frameworks"]),  # type: ignore[arg-type]
            (lambda: of.what_if(BAD, BAD, as_of=AS_OF), ["history", "event"]),
            (lambda: of.deadlines(BAD, framework=BAD, calendar=BAD),
             ["event", "framework", "calendar"]),
            (lambda: of.check_many([], as_of=AS_OF, frameworks=[BAD]), ["frameworks/0"]),
            (lambda: of.due_many([], as_of=AS_OF, progress=1), ["progress"]),  # type: ignore[arg-type]
            (lambda: of.check_many([CAFCASS], as_of=AS_OF).summary(BAD), ["by"]),
            (lambda: of.due_many([CAFCASS], as_of=AS_OF).summary(BAD, at=BAD), ["by", "at"]),
            (lambda: of.due_many([CAFCASS], as_of=AS_OF).table("inspection"), ["teams"]),  # type: ignore[arg-type]
            (lambda: of.explain(BAD), [""]),
            (lambda: of.sample(BAD), [""]),
            (lambda: of.json_schema(BAD), [""]),
            (lambda: of.dump(CAFCASS, layout=BAD), ["layout"]),
            (lambda: documents.loads(BAD, "json"), ["text"]),
            (lambda: documents.load_document(b"{}"), ["text"]),  # type: ignore[arg-type]
            (lambda: of.frameworks(BAD), ["provider_kind"]),
            (lambda: FRAMEWORK.choose(BAD, reading="x"), [""]),
            (lambda: of.read(""), [""]),
            (lambda: of.read(BAD), [""]),
            (lambda: of.read("x" * 10_000 + ".csv"), [""]),
            (lambda: of.read("x.csv", known=["A"]), ["known/0"]),  # type: ignore[list-item]
        ],
    )  # fmt: skip
    def test_answers(self, ask: Callable[[], object], expected: list[str]) -> None:
        assert places(ask) == expected

    @pytest.mark.parametrize(
        ("ask", "expected"),
        [
            (lambda: outlook().ask([TimeToNext()]), ["question"]),
            (lambda: outlook().ask(TimeToNext(), executor=BAD), ["executor"]),
            (lambda: replies(BAD, []), ["outlook"]),
            (lambda: replies(outlook(), TimeToNext()), ["questions"]),  # type: ignore[arg-type]
            (lambda: exact(BAD, TimeToNext()), ["outlook"]),
            (lambda: compare(outlook(), outlook(), Contacts(), names=7), ["names"]),  # type: ignore[arg-type]
            (lambda: fit(7, known_at=AS_OF), ["histories"]),  # type: ignore[arg-type]
            (lambda: fit([CAFCASS], known_at=AS_OF, years=10**11, calendar=BAD),
             ["calendar", "years"]),
            (lambda: read_behaviour("cafcass").joined(BAD), ["other"]),
            (lambda: Contacts(of=7), [""]),  # type: ignore[arg-type]
            (lambda: outlook().ask(LongestGap(of=())), ["of"]),
            (lambda: outlook(replications=10**30), ["replications"]),
        ],
    )  # fmt: skip
    def test_simulation(self, ask: Callable[[], object], expected: list[str]) -> None:
        assert places(ask) == expected

    def test_a_map(self) -> None:
        made = outlook()
        how: Any = {"row_title": "r", "column_title": "c", "columns": {"x": 1}}
        how |= {"a": lambda row, column: made, "b": lambda row, column: made}
        wrong: list[tuple[dict[str, Any], list[str]]] = [
            ({"rows": ["y"]}, ["rows"]),
            ({"a": None, "rows": {"y": 1}}, ["a"]),
        ]
        wrong += [({"rows": {"y": 1}, "sure": 1, "named": ["z"]}, ["sure", "named"])]
        for more, expected in wrong:
            ask = {**how, **more}
            assert places(lambda ask=ask: region("It is so.", Contacts(), **ask)) == expected  # type: ignore[misc]
        (difference,) = compare(made, made, Contacts()).differences[:1]
        for sure in (0, 1, float("nan"), "0.9", True):
            assert places(lambda sure=sure: difference.sign(sure)) == ["sure"]  # type: ignore[misc]
            assert places(lambda sure=sure: difference.interval(sure)) == ["sure"]  # type: ignore[misc]


class TestNothingIsLost:
    """What can be gone through once only, stands twice or comes from numpy is not lost silently."""

    def test_iterators(self) -> None:
        told = of.check(CAFCASS, as_of=AS_OF).counts
        assert of.check(CAFCASS, as_of=AS_OF, rules=iter(of.RULES)).counts == told  # type: ignore[arg-type]
        some: Checks = of.check_many([CAFCASS, CAFCASS], as_of=AS_OF, frameworks=iter([FRAMEWORK]))  # type: ignore[arg-type]
        first, second = some
        assert first.counts == second.counts
        agendas: Agendas = of.due_many([CAFCASS] * 2, as_of=AS_OF, frameworks=iter([FRAMEWORK]))  # type: ignore[arg-type]
        assert [len(one) for one in agendas] == [len(of.due(CAFCASS, as_of=AS_OF))] * 2
        with_list = of.what_if(CAFCASS, MEETING, as_of=AS_OF, frameworks=[FRAMEWORK])
        once: Any = iter([FRAMEWORK])
        rules: Any = iter(of.RULES)
        found = of.what_if(CAFCASS, MEETING, as_of=AS_OF, frameworks=once, rules=rules)
        assert len(found.after) == len(with_list.after) > 0

    def test_a_framework_stands_twice(self) -> None:
        twice = [FRAMEWORK, FRAMEWORK.choose("full-inspection", reading="fixed-window")]
        for ask in (of.check, of.due):
            assert places(lambda ask=ask: ask(CAFCASS, as_of=AS_OF, frameworks=twice)) == [  # type: ignore[misc]
                "frameworks/1"
            ]

    def test_a_kind_counts_once(self) -> None:
        made = outlook()
        once, twice = (made.ask(Contacts(of=("inspection",) * n)) for n in (1, 2))
        assert once.measures[0].mean == twice.measures[0].mean

    def test_a_number_of_numpy(self) -> None:
        numpy = pytest.importorskip("numpy")
        made = outlook()
        for number in numpy.arange(4):
            assert made.history(number) == made.history(int(number))
        with pytest.raises(IndexError):
            made.history(numpy.int64(4))

    def test_an_executor_that_gives_too_little(self) -> None:
        class Idle(Executor):
            def map(self, *_: Any, **__: Any) -> Any:
                return iter(())

        assert places(lambda: outlook(executor=Idle())) == ["executor"]
        assert places(lambda: outlook().ask(Contacts(), executor=Idle())) == ["executor"]

    def test_a_formula_that_nobody_worked_out(self, tmp_path: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        book.active.append(["provider", "provider_kind", "type", "id", "start", "published"])
        book.active.append(["A", "cafcass", "focused-visit", "a", "2024-01-22", "=E2+30"])
        path = tmp_path / "list.xlsx"
        book.save(path)
        assert places(lambda: of.read(path)) == ["row 2, column published"]
        with pytest.raises(of.OfstedFrameworkError, match=r"'=E2\+30' is not a date"):
            of.read(path)

    def test_frameworks_have_a_hash(self) -> None:
        other = copy.deepcopy(FRAMEWORK)
        assert other == FRAMEWORK
        assert hash(other) == hash(FRAMEWORK)
        assert len({FRAMEWORK, other, FRAMEWORK.replace("full-inspection", months=48)}) == 2


NAME = "a|b\x1b[31m\r<script>\u202ec\x9b"


class TestNames:
    """A name steers no terminal, opens no tag and breaks no table."""

    def harmless(self, told: str) -> None:
        assert not set(told) & set("\x1b\r\u202e\x9b")

    def test_comparisons_and_maps(self) -> None:
        made = outlook()
        found = compare(made, made, Contacts(), names=(NAME, "x"))
        mapped = region(
            NAME, Contacts(), a=lambda row, column: made, b=lambda row, column: made,
            rows={NAME: 1}, columns={NAME: 1}, row_title=NAME, column_title=NAME, names=(NAME, "x"),
        )  # fmt: skip
        for told in (found.explain(), mapped.explain(), repr(found), repr(mapped)):
            self.harmless(told)
        for told in (found.to_markdown(), mapped.to_markdown()):
            self.harmless(told)
            assert "<script" not in told
            heads = next(line for line in told.splitlines() if line.startswith("| "))
            assert r"a\|b" in heads

    def test_differences(self) -> None:
        found = of.diff(FRAMEWORK, attrs.evolve(FRAMEWORK, id=NAME, title=NAME))
        self.harmless(difference_text(found))
        self.harmless(difference_markdown(found))
        assert "<script" not in difference_markdown(found)

    def test_calendars(self) -> None:
        pytest.importorskip("icalendar")
        own = attrs.evolve(FRAMEWORK, id="own\x1b\u202e\ud800", end=None)
        agenda = of.due(CAFCASS, as_of=AS_OF, frameworks=[own])
        self.harmless(agendas_ics([agenda]).replace("\r\n", "\n"))
        assert "own\ufffd\ufffd\ufffd" in agendas_ics([agenda]).replace("\r\n ", "")

    def test_one_line(self) -> None:
        provider = attrs.evolve(CAFCASS.provider, name="a\nb\x1b")
        history = attrs.evolve(CAFCASS, provider=provider)
        assert repr(history).startswith(r"<History of a\nb\x1b: 17 events, ")
        for told in (of.check(history, as_of=AS_OF), of.due(history, as_of=AS_OF)):
            assert r"a\nb\x1b" in repr(told)
        assert repr(attrs.evolve(FRAMEWORK, id="x\n")).startswith(r"<Framework x\n: ")


class TestFiles:
    """What is written is written whole or not at all, and in the place of nothing that is read."""

    RECORD = of.dump(CAFCASS)
    DAY = ("--as-of", "2026-11-23")

    @pytest.fixture
    def record(self, tmp_path: Path) -> Path:
        path = tmp_path / "record.json"
        path.write_text(self.RECORD, encoding="utf-8")
        return path

    @pytest.mark.parametrize(
        "command", [("timeline", "--output"), ("due", "--picture")], ids=["timeline", "due"]
    )
    def test_a_record_is_not_written_over(
        self, record: Path, command: tuple[str, str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        name, option = command
        link = record.with_name("link.svg")
        link.symlink_to(record)
        for given, path in ((record, record), (record, link), (record.parent, record)):
            assert main([name, str(given), *self.DAY, option, str(path)]) == 3
            assert "is read, and would be lost" in capsys.readouterr().err
        assert record.read_text(encoding="utf-8") == self.RECORD

    def test_a_file_is_kept_where_another_cannot_be_written(
        self, record: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        picture = record.with_name("picture.svg")
        args = ["timeline", str(record), *self.DAY, "--output", str(picture)]
        assert main(args) == 0
        before = picture.read_text(encoding="utf-8")
        picture.chmod(0o640)
        assert main(args) == 0
        assert picture.stat().st_mode & 0o777 == 0o640
        capsys.readouterr()

        def full(self: Path, text: str, **_: Any) -> int:
            self.touch()
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(Path, "write_text", full)
            assert main(args) == 3
        told = capsys.readouterr().err
        assert told.startswith(f"'{str(picture)[:40]}")
        assert told.endswith(" cannot be written: No space left on device\n")
        assert picture.read_text(encoding="utf-8") == before
        assert sorted(one.name for one in record.parent.iterdir()) == ["picture.svg", "record.json"]
        assert main([*args[:-1], str(record.parent)]) == 3
        assert "cannot be written: Is a directory" in capsys.readouterr().err

    def test_streams_that_are_closed(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", None)
            assert main(["check", "-", *self.DAY]) == 3
        assert capsys.readouterr().err == "standard input: is closed\n"
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", None)
            assert main(["schema"]) == 3
        assert capsys.readouterr().err == "standard output: is closed\n"

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
    def test_a_full_device(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(Path(of.__file__).parents[1])}
        with Path("/dev/full").open("w") as device:
            done = subprocess.run(
                [sys.executable, "-m", "ofsted_framework", "schema"], stdout=device,
                stderr=subprocess.PIPE, text=True, check=False, env=environment,
            )  # fmt: skip
        assert (done.returncode, done.stderr) == (3, "standard output: No space left on device\n")

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
    def test_any_locale(self, encoding: str) -> None:
        provider = of.Provider(name="Caf\u00e9 \u2192", kind="cafcass")
        record = of.dump(of.History(provider, [MEETING]), layout="ndjson")
        environment = {
            **os.environ, "PYTHONPATH": str(Path(of.__file__).parents[1]), "PYTHONUTF8": "0",
            "PYTHONIOENCODING": encoding,
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "ofsted_framework", "convert", "-"], input=record.encode(),
            capture_output=True, check=False, env=environment,
        )  # fmt: skip
        assert (done.returncode, done.stdout.decode()) == (0, record)

    def test_what_would_say_nothing(
        self, record: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        for args, told in (
            (["--framework", "ilacs-2018"], "is about another kind of provider"),
            (["--framework", "cafcass-2021"] * 2, "is the id of another of the frameworks too"),
            (["--layout", "ilacs-events"], "goes with a table"),
        ):
            assert main(["check", str(record), *self.DAY, *args]) == 3
            assert told in capsys.readouterr().err
        assert main(["check", "", *self.DAY]) == 3
