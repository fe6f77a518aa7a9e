"""The face of the library: few names, loaded when they are used."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

import ofsted_framework as of
from ofsted_framework._version import VERSION
from ofsted_framework.documents import Loaded
from ofsted_framework.events import Scope

ROOT = Path(__file__).parent.parent


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "src"
    )
    return done.stdout.strip()


def test_at_most_forty_public_names() -> None:
    assert len(of.__all__) <= 40
    assert dir(of) == sorted(of.__all__)
    for name in of.__all__:
        assert getattr(of, name) is not None


def test_a_name_that_is_none_is_told_with_the_nearest_one() -> None:
    with pytest.raises(AttributeError, match="no attribute 'simulat'; did you mean 'simulate'"):
        of.simulat  # type: ignore[attr-defined]  # noqa: B018


def test_the_stub_tells_the_same_names() -> None:
    tree = ast.parse((ROOT / "src/ofsted_framework/__init__.pyi").read_text(encoding="utf-8"))
    told = [
        alias.asname for node in tree.body if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]  # fmt: skip
    assert sorted(name for name in told if name is not None) == sorted(of.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        of.chek  # type: ignore[attr-defined]  # noqa: B018


def test_the_version_is_told_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION


def test_importing_loads_nothing_heavy() -> None:
    heavy = "attrs numpy cattrs dateutil holidays hypothesis json tomllib ofsted_framework.dates"
    code = (
        "import sys; before = set(sys.modules); import ofsted_framework;"
        f"print([m for m in {heavy.split()} if m in set(sys.modules) - before])"
    )
    assert run(code) == "[]"


def test_planning_loads_neither_cattrs_nor_numpy() -> None:
    code = (
        "import sys; before = set(sys.modules);"
        "import ofsted_framework as of; from datetime import date;"
        "h = of.History(of.Provider(name='x', kind='cafcass'), [], coverage='complete');"
        "f = of.Framework(id='f', title='', provider_kind='cafcass', start=of.When.of('2020'));"
        "of.check(h, as_of=date(2026, 1, 1), frameworks=[f]);"
        "print([m for m in ('numpy', 'cattrs', 'holidays') if m in set(sys.modules) - before])"
    )
    assert run(code) == "[]"


lib: Any = of  # what follows is wrong on purpose, and types would tell
CAFCASS = lib.Provider(name="Cafcass", kind="cafcass")


@pytest.mark.parametrize(
    ("make", "wanted"),
    [
        (
            lambda: lib.Inspection(id="", kind="ful", start="2020"),
            [
                "/id: '' is not a name",
                "/kind: 'ful' is no kind of inspection",
                "nearest good one: full",
            ],
        ),
        (
            lambda: lib.Inspection(id="a", kind=5, start="2020"),
            ["/kind: 5 is not of the class str"],
        ),
        (lambda: lib.FocusedVisit(id="a", start="2020-13"), ["'2020-13'", "is not a date"]),
        (
            lambda: lib.FocusedVisit(id="a", start="2020", note=5, theme=[1]),
            ["/note: 5 is not of the class str", "/theme: [1] is not of the class str"],
        ),
        (
            lambda: lib.FocusedVisit(id="a", start="2020", sources="EV-01"),
            ["is one text where a list"],
        ),
        (lambda: lib.FocusedVisit(id="a", start="2020", sources=5), ["5 is not a list"]),
        (
            lambda: lib.FocusedVisit(id="a", start="2020", parts=[1]),
            ["/0: 1 is not of the class Part"],
        ),
        (
            lambda: lib.FocusedVisit(id="a", start="2020", judgements=[1]),
            ["of the class Judgement"],
        ),
        (
            lambda: lib.FocusedVisit(id="a", start="2020", judgements_partial=True),
            ["is said of a list of judgements"],
        ),
        (
            lambda: lib.FocusedVisit(id="a", start="2020", basis="oficial"),
            ["nearest good one: official"],
        ),
        (
            lambda: lib.ActionPlan(id="a", start="2020", draft="yes"),
            ["/draft: 'yes' is not of the class"],
        ),
        (lambda: lib.Event(id="a", start="2020"), ["use one of the kinds of event"]),
        (lambda: Scope("region", " X "), ["is no scope"]),
        (lambda: Scope("national", "X"), ["is no scope"]),
        (lambda: Scope("region"), ["is no scope"]),
        (lambda: Scope.of("regoin:X"), ["is not a scope", "nearest good one: region"]),
        (lambda: lib.Judgement("a", "OUTSTANDNG"), ["nearest good one: outstanding"]),
        (lambda: lib.Provider(name="", kind="cafcas"), ["/name: ''", "nearest good one: cafcass"]),
        (lambda: lib.Coverage(type="focused-visits"), ["nearest good one: focused-visit"]),
        (lambda: lib.Coverage(type="*", first="2024-01-01"), ["/from: '2024-01-01' is not a day"]),
        (lambda: lib.History(CAFCASS, [1]), ["/0: 1 is not of the class Event"]),
        (lambda: lib.History(CAFCASS, coverage="complet"), ["is neither `complete` nor a list"]),
        (
            lambda: lib.History(CAFCASS, [lib.FocusedVisit(id="a", start="2020")] * 2),
            ["stands twice"],
        ),
        (
            lambda: lib.check(lib.History(CAFCASS), as_of="2024-01-01"),
            ["as_of: '2024-01-01' is not a day"],
        ),
        (lambda: lib.framework("cafcass-2012"), ["nearest good one: cafcass-2021"]),
        (
            lambda: lib.framework("cafcass-2021").choose("full-inspection", reading="fixed"),
            ["is no reading of full-inspection (anniversary, fixed-window)"],
        ),
        (
            lambda: lib.framework("cafcass-2021").replace("full-inspection", month=48),
            ["is no field of full-inspection"],
        ),
        (
            lambda: lib.framework("cafcass-2021").replace("full-inspecton", months=48),
            ["nearest good one: full-inspection"],
        ),
        (
            lambda: lib.framework("cafcass-2021").replace(
                "full-inspection", reading="x", months=48
            ),
            ["is no reading of full-inspection"],
        ),
    ],
)
def test_what_cannot_be_is_refused_with_every_fault(
    make: Callable[[], object], wanted: list[str]
) -> None:
    with pytest.raises(of.OfstedFrameworkError) as caught:
        make()
    for part in wanted:
        assert part in str(caught.value)


def test_months_of_a_cadence_are_replaced_whatever_its_rhythm() -> None:
    framework = of.framework("cafcass-2021").replace("full-inspection", months=48)
    agenda = of.due(of.sample("cafcass"), as_of=date(2026, 11, 23), frameworks=[framework])
    windows = agenda["full-inspection"].windows
    fixed, anniversary = windows["fixed-window"], windows["anniversary"]
    assert fixed is not None
    assert anniversary is not None
    # 1 April 2021 + 48 months, then another 48; 22 January 2024 + 48 months, six either way.
    assert (fixed.earliest, fixed.latest) == (date(2025, 4, 1), date(2029, 3, 31))
    assert anniversary.expected == date(2028, 1, 22)
    assert agenda.receipt.changes == ("cafcass-2021/full-inspection: months = 48 in place of 36",)
    one = of.framework("cafcass-2021").replace("full-inspection", reading="anniversary", months=48)
    assert one.changes == ("full-inspection (anniversary): months = 48 in place of 36",)
    assert one.content_hash != of.framework("cafcass-2021").content_hash


class TestWhatIsNoRecord:
    """What is no record, or no framework, is refused by name, wherever one is asked for."""

    FRAMEWORK = of.framework("cafcass-2021")
    VISIT = of.FocusedVisit(id="fv", start="2026-10-06")
    ASKED: ClassVar[dict[str, Callable[..., object]]] = {
        "check": of.check,
        "due": of.due,
        "what_if": lambda history, **more: of.what_if(history, TestWhatIsNoRecord.VISIT, **more),
    }

    @pytest.mark.parametrize("name", ASKED)
    @pytest.mark.parametrize("record", ["cafcass.csv", Loaded(()), None])
    def test_a_record(self, name: str, record: object) -> None:
        with pytest.raises(of.OfstedFrameworkError, match="is not a history; what `read` gives"):
            self.ASKED[name](record, as_of=date(2026, 11, 23))

    @pytest.mark.parametrize("name", [*ASKED, "check_many", "due_many"])
    @pytest.mark.parametrize(
        ("given", "place", "told"),
        [
            ("cafcass-2021", "frameworks", "is one, where a list is wanted"),
            (FRAMEWORK, "frameworks", "is one, where a list is wanted"),
            ([FRAMEWORK, "own.toml"], "frameworks/1", "is not a framework; `framework` gives"),
        ],
    )
    def test_frameworks(self, name: str, given: object, place: str, told: str) -> None:
        many: dict[str, Callable[..., object]] = {
            "check_many": of.check_many, "due_many": of.due_many,
        }  # fmt: skip
        ask = {**self.ASKED, **many}[name]
        records = [of.sample("cafcass")] if name in many else of.sample("cafcass")
        with pytest.raises(of.OfstedFrameworkError) as caught:
            ask(records, as_of=date(2026, 11, 23), frameworks=given)
        (fault,) = caught.value.faults
        assert fault.place == place
        assert told in fault.message
