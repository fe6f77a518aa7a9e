"""What others test with: strategies, departures, the contract of a service."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

import ofsted_framework as of
from ofsted_framework import testing
from ofsted_framework.dates import When, Window
from ofsted_framework.documents import loads
from ofsted_framework.errors import OfstedFrameworkError
from ofsted_framework.rules import RawVerdict, View, begun, on_event, outcome, rule
from ofsted_framework.testing import Adapter, ContractError, Memory, check_contract
from ofsted_framework.testing._contract import CLAUSES, verdicts
from ofsted_framework.testing._departing import WAYS
from ofsted_framework.verdicts import Example
from simulated import cadence, every, own

FEW = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
FRAMEWORKS = [one.id for one in of.frameworks()]
DAY = timedelta(days=1)


class TestAnyRecord:
    """A drawn record is valid, and is what its options say."""

    @FEW
    @given(testing.histories())
    def test_it_can_be_written_and_read(self, history: of.History) -> None:
        assert loads(of.dump(history), "json") == (history,)

    @FEW
    @given(testing.histories(rough=False, gaps=False, max_events=3))
    def test_exact_and_whole(self, history: of.History) -> None:
        assert history.complete
        assert len(history.events) <= 3
        for event in history.events:
            assert event.start.exact
            assert event.published is not None
            assert event.judgements is not None

    @FEW
    @given(testing.histories("ilacs-2018", last=date(2020, 12, 31)))
    def test_of_a_framework(self, history: of.History) -> None:
        assert history.provider.kind == "local-authority"
        for event in history.events:  # a rough day may reach beyond
            assert event.start.within(date(2018, 1, 31), date(2020, 12, 31)).value != "no"
            assert {j.area for j in event.judgements or ()} <= {*of.framework("ilacs-2018").areas}

    @FEW
    @given(testing.events("focused-visit", "action-plan"))
    def test_of_some_kinds(self, event: of.Event) -> None:
        assert event.type in ("focused-visit", "action-plan")

    def test_an_unknown_kind_is_refused(self) -> None:
        with pytest.raises(OfstedFrameworkError, match="nearest good one: focused-visit"):
            testing.events("focussed-visit")

    def test_what_services_trip_over_occurs(self) -> None:
        seen: Counter[str] = Counter()

        @settings(FEW, max_examples=400)
        @given(testing.events(first=date(2021, 1, 1), last=date(2021, 12, 31)))
        def gather(event: of.Event) -> None:
            seen.update(name for name, is_so in ODD.items() if is_so(event))

        gather()
        assert set(seen) == set(ODD)


ODD: dict[str, Callable[[of.Event], bool]] = {
    "by a day": lambda e: e.start.earliest is None,
    "from a day on": lambda e: e.start.latest is None,
    "a year": lambda e: e.start == When.of("2021"),
    "split": lambda e: bool(e.parts),
    "no grades": lambda e: e.judgements == (),
    "grades not said": lambda e: e.judgements is None,
    "several grades": lambda e: len(e.judgements or ()) > 1,
    "ends before it begins": lambda e: e.end is not None and e.end.hi < e.start.lo,
    "other letters": lambda e: e.note is not None and not e.note.isascii(),
    "no event of that name": lambda e: getattr(e, "reviews", None) is not None,
}


@pytest.mark.parametrize(
    "kind",
    [of.History, of.Provider, of.Coverage, of.Event, of.Inspection, of.FocusedVisit, of.ActionPlan,
     of.When, Window, of.Judgement, of.Part, of.Framework, of.EngagementMeeting],
)  # fmt: skip
def test_from_type_makes_them(kind: type[Any]) -> None:
    testing.register()

    @settings(FEW, max_examples=5)
    @given(st.from_type(kind))
    def made(value: object) -> None:
        assert isinstance(value, kind)

    made()


@pytest.mark.parametrize(
    "first",
    ["ofsted_framework.testing", "ofsted_framework.testing._strategies", "hypothesis"],
)
def test_the_entry_point_registers_whatever_is_imported_first(tmp_path: Path, first: str) -> None:
    root = Path(__file__).parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = project["entry-points"]["hypothesis"]
    told = "".join(f"{name} = {where}\n" for name, where in points.items())
    # A distribution that was installed, before any other of the same name.
    installed = tmp_path / "ofsted_framework-0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: ofsted-framework\nVersion: 0\n"
    )
    (installed / "entry_points.txt").write_text(f"[hypothesis]\n{told}")
    code = (
        f"import {first}\nimport ofsted_framework as of\n"
        "from hypothesis import strategies as st\n"
        "print(st.from_type(of.When).example() is not None, st.from_type(of.Event))"
    )
    env = {name: value for name, value in os.environ.items() if name != "HYPOTHESIS_NO_PLUGINS"}
    env["PYTHONPATH"] = os.pathsep.join((str(tmp_path), str(root / "src")))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, env=env
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("True ")


def test_nothing_else_imports_hypothesis() -> None:
    src = Path(__file__).parents[1] / "src"
    modules = [
        ".".join(path.relative_to(src).with_suffix("").parts)
        for path in sorted(src.rglob("*.py"))
        if "testing" not in path.parts and not path.stem.startswith("__")
    ]
    code = (
        f"import sys, importlib\n[importlib.import_module(one) for one in {modules}]\n"
        "print('hypothesis' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=src
    )
    assert done.stdout.strip() == "False"


class TestConforming:
    """A conforming record has no departure on its last day, nor on a later one."""

    @pytest.mark.parametrize("framework", FRAMEWORKS)
    @pytest.mark.parametrize("less", [{}, {"rough": True, "gaps": True}], ids=["whole", "less"])
    def test_shipped(self, framework: str, less: dict[str, bool]) -> None:
        @FEW
        @given(testing.conforming_histories(framework, **less), st.integers(0, 4000))
        def conforms(history: of.History, later: int) -> None:
            assert history.events
            testing.assert_conforms(history)
            testing.assert_conforms(history, as_of=testing.last_day(history) + DAY * later)

        conforms()

    def test_of_a_framework_of_ones_own(self) -> None:
        mine = own(cadence("meetings", "engagement-meeting", every(12)))

        @FEW
        @given(testing.conforming_histories(mine, min_years=3, max_years=5))
        def conforms(history: of.History) -> None:
            assert len(history.of_type("engagement-meeting")) >= 3
            testing.assert_conforms(history, frameworks=[mine])

        conforms()

    def test_all_sorts_of_answers_occur(self) -> None:
        """Not by saying nothing: there are met, waiting and open ones."""
        seen: set[of.Status] = set()

        @FEW
        @given(testing.conforming_histories(rough=True, gaps=True))
        def gather(history: of.History) -> None:
            seen.update(v.status for v in of.check(history, as_of=date(2030, 1, 1)).verdicts)

        gather()
        assert seen == {*of.Status} - {of.Status.VIOLATED}

    def test_options(self) -> None:
        @FEW
        @given(testing.conforming_histories("ilacs-2018", min_years=2, max_years=3))
        def short(history: of.History) -> None:
            # From 29 January 2018, two or three years.
            ends = [claim.last for claim in history.coverage]
            assert ends in ([date(2020, 1, 28)], [date(2021, 1, 28)])

        short()


class TestDeparting:
    """A departing record departs from its rule; the record that it was made of does not."""

    @pytest.mark.parametrize("code", [one.code for one in of.RULES])
    def test_each_rule(self, code: str) -> None:
        @settings(FEW, max_examples=8)
        @given(testing.departing_histories(code))
        def departs(history: of.History) -> None:
            testing.assert_departs(history, code)

        departs()

    def test_every_rule_has_a_way(self) -> None:
        assert [*WAYS] == [one.code for one in of.RULES]

    def test_of_a_framework_and_by_name(self) -> None:
        @settings(FEW, max_examples=5)
        @given(testing.departing_histories("kind-of-inspection", "cafcass-2021", max_years=9))
        def departs(history: of.History) -> None:
            assert history.provider.kind == "cafcass"
            testing.assert_departs(history, "OF204", provision="cafcass-2021/kind-of-inspection")

        departs()

    def test_one_change_and_no_more(self) -> None:
        history = of.sample("cafcass")
        changed = testing.depart(history, "OF101", as_of=date(2026, 11, 23))
        ((old, new),) = [
            (one, other)
            for one, other in zip(history.events, changed.events, strict=True)
            if one != other
        ]
        assert attrs.evolve(new, end=old.end) == old
        assert changed.coverage == history.coverage

    def test_what_cannot_be_is_said(self) -> None:
        with pytest.raises(OfstedFrameworkError, match="nearest good one: OF101"):
            testing.depart(of.sample("cafcass"), "OF1O1")
        # Grades are limited for local authorities alone.
        with pytest.raises(OfstedFrameworkError, match="'OF109' is a rule that no change"):
            testing.depart(of.sample("cafcass"), "OF109")
        with pytest.raises(OfstedFrameworkError, match="'OF109' says nothing under cafcass-2021"):
            testing.departing_histories("OF109", "cafcass-2021")
        # No source gives the number of working days.
        with pytest.raises(OfstedFrameworkError, match="'OF302' says nothing under cafcass-2021"):
            testing.departing_histories("OF302", "cafcass-2021")


MEETING = of.EngagementMeeting(id="em", start="2021-06-16")
CAFCASS = of.Provider(name="Cafcass", kind="cafcass")


class TestAsserting:
    """An assertion that fails says why, in the library's own words."""

    def test_conforms(self) -> None:
        claim = of.Coverage(type="*")
        history = of.History(CAFCASS, [MEETING], coverage=[claim])
        testing.assert_conforms(history)  # on 16 June 2021
        with pytest.raises(AssertionError) as caught:
            testing.assert_conforms(history, as_of=date(2024, 1, 1))
        assert "OF301[cafcass-2021/engagement-meeting] em: violated" in str(caught.value)

    def test_departs(self) -> None:
        history = of.History(CAFCASS, [MEETING])
        with pytest.raises(AssertionError, match="no departure from OF301, engagement-meeting on"):
            testing.assert_departs(history, "OF301", provision="engagement-meeting")
        with pytest.raises(AssertionError, match="needs a complete record of engagement meetings"):
            testing.assert_departs(history, "OF301", as_of=date(2024, 1, 1))

    def test_the_last_day(self) -> None:
        visit = of.FocusedVisit(id="fv", start="2021", published="../2022-03-05")
        claim = of.Coverage(type="*", last=date(2020, 1, 1))
        history = of.History(CAFCASS, [visit, MEETING], coverage=[claim])
        assert testing.last_day(history) == date(2022, 3, 5)
        with pytest.raises(OfstedFrameworkError, match="speaks of no day"):
            testing.last_day(of.History(CAFCASS))

    def test_examples_of_a_rule(self) -> None:
        good = Example(events=({"type": "focused-visit", "id": "a", "start": "2024"},),
                       as_of="2026-01-01")  # fmt: skip
        bad = attrs.evolve(good, events=({**good.events[0], "id": "b"},))
        for passing, failing, told in (
            (good, bad, ""), (bad, good, "the passing example is violated"),
            (good, good, "the failing example is satisfied"),
        ):  # fmt: skip

            @rule("AB1", "is-a", why="", remedy="", passing=passing, failing=failing)
            def is_a(view: View) -> Iterator[RawVerdict]:
                """It is called a."""
                for event in begun(view):
                    yield on_event(view, event, outcome(event.id == "a"))

            expected = pytest.raises(AssertionError, match=told) if told else None
            with expected or contextlib.nullcontext():
                testing.assert_examples(is_a)

    @pytest.mark.parametrize("one", of.RULES, ids=lambda one: one.code)
    def test_those_of_the_library(self, one: Any) -> None:
        testing.assert_examples(one)


# --- The contract ---------------------------------------------------------------------------------


def test_a_service_that_keeps_the_contract() -> None:
    assert check_contract(Memory(), max_examples=10) == tuple(CLAUSES)


class OnlyStored(Adapter):
    """A service that can do nothing but store and load."""

    store, load = Memory.store, Memory.load

    def __init__(self) -> None:
        self.documents: dict[str, str] = {}


def test_what_is_not_offered_is_left_out() -> None:
    assert check_contract(OnlyStored(), max_examples=3) == ("round-trip", "apart")


class Mutant(Memory):
    """A service with one fault, which is put into each document that it writes."""

    fault: Callable[[dict[str, Any]], None]

    def store(self, history: of.History) -> str:
        key = super().store(history)
        self._spoil(key)
        return key

    def append(self, key: str, event: of.Event) -> None:
        super().append(key, event)
        self._spoil(key)

    def _spoil(self, key: str) -> None:
        plain = json.loads(self.documents[key])
        type(self).fault(plain)
        self.documents[key] = json.dumps(plain)


def _first_of_a_month(plain: dict[str, Any]) -> None:
    for event in plain.get("events", ()):
        if len(event["start"]) == 7:
            event["start"] += "-01"


def _only_by_day(plain: dict[str, Any]) -> None:
    for event in plain.get("events", ()):
        event["start"] = event["start"].removeprefix("../").removesuffix("/..")


def _no_empty_lists(plain: dict[str, Any]) -> None:
    for event in plain.get("events", ()):
        if event.get("judgements") == []:
            del event["judgements"]


def _in_ascii(plain: dict[str, Any]) -> None:
    for event in plain.get("events", ()):
        if "note" in event:
            event["note"] = event["note"].encode("ascii", "replace").decode()


def _sorted_grades(plain: dict[str, Any]) -> None:
    for event in plain.get("events", ()):
        if "judgements" in event:
            event["judgements"].sort(key=lambda one: one["area"])


def _without(field: str) -> Callable[[dict[str, Any]], None]:
    def fault(plain: dict[str, Any]) -> None:
        for event in plain.get("events", ()):
            event.pop(field, None)

    return fault


def _no_coverage(plain: dict[str, Any]) -> None:
    plain.pop("coverage", None)


def _no_last(plain: dict[str, Any]) -> None:
    for claim in plain.get("coverage", ()):
        claim.pop("to", None)


def _few_events(plain: dict[str, Any]) -> None:
    del plain.get("events", [])[4:]


def _no_number(plain: dict[str, Any]) -> None:
    plain["provider"].pop("urn", None)


class LosesTheSecond(Memory):
    """An append that reads the record before the last one was written."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[str, str] = {}

    def append(self, key: str, event: of.Event) -> None:
        before = self.seen.get(key, self.documents[key])
        self.seen[key] = self.documents[key]
        history = loads(before, "json")[0]
        if history.get(event.id) != event:
            self.documents[key] = of.dump(history.with_event(event))


class TwiceUnderAnotherName(Memory):
    def append(self, key: str, event: of.Event) -> None:
        history = self.load(key)
        while history.get(event.id) is not None:
            event = attrs.evolve(event, id=event.id + "'")
        self.documents[key] = of.dump(history.with_event(event))


class RefusesTheSecond(Memory):
    def append(self, key: str, event: of.Event) -> None:
        self.documents[key] = of.dump(self.load(key).with_event(event))


class OverwritesWithoutAWord(Memory):
    def append(self, key: str, event: of.Event) -> None:
        history = self.load(key)
        kept = [one for one in history.events if one.id != event.id]
        self.documents[key] = of.dump(attrs.evolve(history, events=(*kept, event)))


class KeepsTheOldWithoutAWord(Memory):
    def append(self, key: str, event: of.Event) -> None:
        with contextlib.suppress(OfstedFrameworkError):
            super().append(key, event)


class OneForEqualRecords(Memory):
    def store(self, history: of.History) -> str:
        key = str(hash(history))
        self.documents[key] = of.dump(history)
        return key


class AsksOnItsOwnDay(Memory):
    def check(self, key: str, as_of: date) -> Any:
        return super().check(key, date(2026, 11, 23))


class RemembersItsAnswers(Memory):
    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[tuple[str, date], Any] = {}

    def check(self, key: str, as_of: date) -> Any:
        if (key, as_of) not in self.answers:
            self.answers[key, as_of] = super().check(key, as_of)
        return self.answers[key, as_of]


class SaysNothing(Memory):
    def check(self, key: str, as_of: date) -> Any:
        return [{**one, "message": " "} for one in verdicts(super().check(key, as_of))]


class SaysNotWhatIsMissing(Memory):
    def check(self, key: str, as_of: date) -> Any:
        return [{**one, "missing": []} for one in verdicts(super().check(key, as_of))]


class OpenIsGood(Memory):
    def check(self, key: str, as_of: date) -> Any:
        return [
            {**one, "status": "satisfied" if one["status"] == "undetermined" else one["status"]}
            for one in verdicts(super().check(key, as_of))
        ]


class AnswersForAllTogether(Memory):
    def check(self, key: str, as_of: date) -> Any:
        more = [event for one in self.documents for event in self.load(one).events]
        history = self.load(key)
        own = {event.id for event in history.events}
        more = [event for event in more if event.id not in own]
        ids = {event.id: event for event in more}
        whole = attrs.evolve(history, events=(*history.events, *ids.values()))
        return [
            {"code": v.code, "provision": v.provision, "subject": v.subject, "status": v.status,
             "message": v.message, "missing": v.missing}
            for v in of.check(whole, as_of=as_of).verdicts
            if v.subject is None or v.subject in own or v.subject == "opening"
        ]  # fmt: skip


def spoilt(fault: Callable[[dict[str, Any]], None]) -> type[Mutant]:
    return type("Spoilt", (Mutant,), {"fault": staticmethod(fault)})


MUTANTS: dict[str, tuple[type[Memory], str]] = {
    "months become their first day": (spoilt(_first_of_a_month), "round-trip"),
    "by a day becomes on the day": (spoilt(_only_by_day), "round-trip"),
    "an empty list becomes nothing": (spoilt(_no_empty_lists), "round-trip"),
    "letters that are not English are lost": (spoilt(_in_ascii), "round-trip"),
    "grades are reordered": (spoilt(_sorted_grades), "round-trip"),
    "parts are lost": (spoilt(_without("parts")), "round-trip"),
    "the basis is lost": (spoilt(_without("basis")), "round-trip"),
    "coverage is lost": (spoilt(_no_coverage), "round-trip"),
    "the end of a claim is lost": (spoilt(_no_last), "round-trip"),
    "the provider's number is lost": (spoilt(_no_number), "round-trip"),
    "the fifth event is lost": (spoilt(_few_events), "any-order"),
    "an append overtakes another": (LosesTheSecond, "any-order"),
    "an event that comes again has another name": (TwiceUnderAnotherName, "twice-is-once"),
    "an event that comes again is refused": (RefusesTheSecond, "twice-is-once"),
    "another event of the id replaces it": (OverwritesWithoutAWord, "no-overwriting"),
    "another event of the id is dropped": (KeepsTheOldWithoutAWord, "no-overwriting"),
    "equal records are one": (OneForEqualRecords, "apart"),
    "the day of asking is not used": (AsksOnItsOwnDay, "same-answers"),
    "what is open is called good": (OpenIsGood, "same-answers"),
    "answers are remembered too long": (RemembersItsAnswers, "seen-at-once"),
    "the events of other records count": (AnswersForAllTogether, "unrelated"),
    "nothing is said": (SaysNothing, "explained"),
    "what is missing is not said": (SaysNotWhatIsMissing, "explained"),
}


@pytest.mark.parametrize("fault", MUTANTS)
def test_a_service_with_a_fault_is_caught(fault: str) -> None:
    mutant, clause = MUTANTS[fault]
    with pytest.raises(ContractError) as caught:
        check_contract(mutant(), max_examples=60, only=[clause])
    assert caught.value.broken == (clause,)
    assert CLAUSES[clause].sentence in str(caught.value)
    # Found by looking, and not because the fault itself fell over.
    assert ("AssertionError: " in str(caught.value)) == (mutant is not RefusesTheSecond)


def test_a_service_that_fails_breaks_the_contract() -> None:
    class Fails(Memory):
        def load(self, key: str) -> of.History:
            raise KeyError(key)

    with pytest.raises(ContractError, match="KeyError") as caught:
        check_contract(Fails(), max_examples=2, only=["round-trip", "apart"])
    assert caught.value.broken == ("round-trip", "apart")
    with pytest.raises(OfstedFrameworkError, match="nearest good one: round-trip"):
        check_contract(Memory(), only=["roundtrip"])


SHORT = settings(
    max_examples=15,
    stateful_step_count=12,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_the_life_of_a_record() -> None:
    run_state_machine_as_test(testing.life_of_a_record(Memory), settings=SHORT)
    run_state_machine_as_test(testing.life_of_a_record(OnlyStored), settings=SHORT)


@pytest.mark.parametrize(
    "mutant",
    [LosesTheSecond, RefusesTheSecond, OneForEqualRecords, spoilt(_no_coverage), AsksOnItsOwnDay],
)
def test_a_fault_shows_in_the_life_of_a_record(mutant: type[Memory]) -> None:
    with pytest.raises((AssertionError, OfstedFrameworkError)):
        run_state_machine_as_test(
            testing.life_of_a_record(mutant), settings=settings(SHORT, max_examples=400)
        )
