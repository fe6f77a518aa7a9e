"""The face of the library: few names, loaded when they are used."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import ofsted_framework as of
from ofsted_framework._version import VERSION

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
    code = f"import sys, ofsted_framework; print([m for m in {heavy.split()} if m in sys.modules])"
    assert run(code) == "[]"


def test_planning_loads_neither_cattrs_nor_numpy() -> None:
    code = (
        "import sys, ofsted_framework as of; from datetime import date;"
        "h = of.History(of.Provider(name='x', kind='cafcass'), [], coverage='complete');"
        "f = of.Framework(id='f', title='', provider_kind='cafcass', start=of.When.of('2020'));"
        "of.check(h, as_of=date(2026, 1, 1), frameworks=[f]);"
        "print([m for m in ('numpy', 'cattrs', 'holidays') if m in sys.modules])"
    )
    assert run(code) == "[]"
