"""The page "Try it in the browser": its examples run, and it asks no other place for anything."""

from __future__ import annotations

import importlib.util
import re
import runpy
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ROOT / "tools" / "try"
EXAMPLES = sorted((PARTS / "examples").glob("*.py"))


@pytest.fixture(scope="module")
def run() -> Callable[[str], tuple[str, str]]:
    found: Callable[[str], tuple[str, str]] = runpy.run_path(str(PARTS / "run.py"))["run"]
    return found


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_try", ROOT / "tools" / "make_try.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_printed_and_the_last_value_are_told(run: Callable[[str], object]) -> None:
    assert run("print('a')\n1 + 1") == ("a\n", "<pre>2</pre>")
    assert run("x = 1") == ("", "")
    assert run("None") == ("", "")
    assert run("") == ("", "")


def test_values_are_escaped_and_pictures_are_shown(run: Callable[[str], object]) -> None:
    assert run("'<b>'") == ("", "<pre>&#x27;&lt;b&gt;&#x27;</pre>")
    assert run("'<svg></svg>'") == ("", "<svg></svg>")


def test_each_run_begins_with_nothing(run: Callable[[str], object]) -> None:
    run("x = 1")
    assert run("x") == ("NameError: name 'x' is not defined\n", "")


def test_mistakes_are_told_in_a_line(run: Callable[[str], tuple[str, str]]) -> None:
    assert run("print('a')\n1 / 0") == ("a\nZeroDivisionError: division by zero\n", "")
    assert "SyntaxError" in run("1 +")[0]
    told, _ = run("import ofsted_framework as of\nof.sample('cafcas')")
    assert told.endswith("(nearest good one: cafcass)\n")
    assert "Traceback" not in told


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_examples_run(
    run: Callable[[str], tuple[str, str]],
    example: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records.csv").write_text(
        "event_id,urn,ons_code,authority,region,kind,start,end,published,overall,leaders,"
        "help_protection,in_care,care_leavers\n"
        "n-1,90001,E06900001,Northshire,North East,standard,2023-09-04,2023-09-15,2023-10-30,"
        "requires_improvement,requires_improvement,requires_improvement,good,good\n",
        encoding="utf-8",
    )
    told, shown = run(example.read_text(encoding="utf-8"))
    assert "Error" not in told
    expected = {
        "check": ("", "<h2>Cafcass, checked on 23 November 2026</h2>"),
        "due": ("Due 1 April 2024 to 31 March 2027 (fixed-window)", "<table>"),
        "file": ("1 records, 1 events; 0 problems", "<h2>Northshire, checked on"),
        "policy": ("three years less four years, pair by pair", ""),
        "simulate": ("", "200 replications"),
        "timeline": ("", "<svg"),
    }
    printed, html = expected[example.stem]
    assert printed in told
    assert html in shown


def test_page_offers_every_example() -> None:
    page = (PARTS / "index.html").read_text(encoding="utf-8")
    offered = re.findall(r'<option value="(.+?)">', page)
    assert sorted(offered) == [path.name for path in EXAMPLES]


def test_nothing_comes_from_elsewhere() -> None:
    for path in PARTS.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"(https?:)?//\w+\.\w", text), path.name


def test_the_site_leads_to_it_where_it_is(tool: ModuleType, tmp_path: Path) -> None:
    written = (ROOT / "docs" / "in-the-browser.md").read_text(encoding="utf-8")
    file = tmp_path / "in-the-browser" / "index.html"
    file.parent.mkdir()
    file.write_text(written, encoding="utf-8")
    tool.link(tmp_path)
    told = file.read_text(encoding="utf-8")
    assert '<p id="try-it"><a href="../try/">Try it in the browser</a></p>' in told
    assert "was built without" not in told
    assert told.endswith(written[-200:])


def test_another_folder_is_no_site(tool: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="is no built site"):
        tool.link(tmp_path)


def test_without_npm_it_says_so(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="npm is not there"):
        tool.fetch(tmp_path)


def test_only_wheels_for_every_machine_will_do(tool: ModuleType) -> None:
    names = ["attrs-26.1.0-py3-none-any.whl", "x-1-cp311-cp311-manylinux_2_28_x86_64.whl"]
    assert tool.not_pure(names) == names[1:]
