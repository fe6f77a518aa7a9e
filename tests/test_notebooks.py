"""The notebooks: they are py:percent, run as scripts, and have a page and a file for Jupyter."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.py"))
CAFCASS = ROOT / "docs" / "notebooks" / "where-is-cafcass.py"
SIX = [
    "2013-against-2021",
    "own-policy",
    "plan-a-year",
    "real-authorities",
    "test-your-service",
    "where-is-cafcass",
]


def _name(path: Path) -> str:
    return path.stem


def _without_header(text: str) -> str:
    """A notebook without the header, which names the version of Jupytext that wrote it."""
    return re.sub(r"\A# ---\n.*?# ---\n", "", text, flags=re.DOTALL)


def _run(notebook: Path, folder: Path) -> str:
    """What a notebook prints, run as a script in an empty folder."""
    pytest.importorskip("IPython")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(notebook)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=_name)
def test_notebook_is_in_the_percent_format(notebook: Path) -> None:
    jupytext = pytest.importorskip("jupytext")
    text = notebook.read_text(encoding="utf-8")
    made = jupytext.reads(text, fmt="py:percent")
    assert made.metadata["jupytext"]["text_representation"]["format_name"] == "percent"
    assert made.metadata["kernelspec"] == {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    assert {cell.cell_type for cell in made.cells} == {"markdown", "code"}
    again = jupytext.writes(made, fmt="py:percent")
    assert _without_header(again) == _without_header(text)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=_name)
def test_every_cell_of_code_is_python_and_short(notebook: Path) -> None:
    body = _without_header(notebook.read_text(encoding="utf-8"))
    found = re.split(r"^# %%(.*)$", body, flags=re.MULTILINE)[1:]
    for kind, text in zip(found[::2], found[1::2], strict=True):
        assert kind in ("", " [markdown]")
        if not kind:
            ast.parse(text)
            assert len(text.strip().splitlines()) <= 12, text


def test_where_is_cafcass_prints_real_results(tmp_path: Path) -> None:
    told = _run(CAFCASS, tmp_path)
    lines = told.splitlines()
    # The record, as it ships.
    assert lines[:17] == [
        "thematic review tr-family-assistance (1 April 2005 to 31 July 2007)",
        "thematic review tr-public-law (1 April 2005 to 31 July 2007)",
        "inspection ri-east-midlands (1 April to 31 December 2007)",
        "inspection ri-south-east (November 2007)",
        "inspection ri-south-yorkshire (February 2008)",
        "inspection ai-birmingham (12 January 2009)",
        "inspection ai-durham (12 January to 20 March 2009)",
        "inspection ai-near-south-west (12 January to 20 March 2009)",
        "inspection ai-north-yorkshire (July 2009)",
        "inspection ai-greater-london (7 December 2009)",
        "inspection ai-tyne (November 2010)",
        "monitoring visit mv-greater-london (1 November to 29 December 2010)",
        "inspection fi-2014 (21 February 2014)",
        "inspection fi-2018 (2 February 2018)",
        "focused visit fv-2021 (April 2021)",
        "focused visit fv-2023 (January 2023)",
        "inspection fi-2024 (22 January 2024)",
    ]
    assert "Departures: 0" in lines
    # 22 January 2024 and three years, six months either side; windows from 1 April 2021 on.
    whole = " ".join(told.split())
    assert "6 months earlier is 22 July 2026; 6 months later is 22 July 2027." in whole
    assert "periods of 36 months from 1 April 2021 on: 1 April 2024 to 31 March 2027." in whole
    assert "2026-11-23 to 2036-11-23, 1000 replications, seed 2026" in told
    # Four years instead of three.
    assert "anniversary   2027-07-22 to 2028-07-22" in lines
    assert "fixed-window  2025-04-01 to 2029-03-31" in lines
    assert "Weakest basis: assumed" in lines


def test_where_is_cafcass_shares_add_up(tmp_path: Path) -> None:
    told = _run(CAFCASS, tmp_path)
    rows = re.findall(r"^(fixed-window|anniversary) +\w+ to (\w+ \d+) +(\d+)%", told, re.MULTILINE)
    for reading in ("fixed-window", "anniversary"):
        shares = [int(share) for name, _, share in rows if name == reading]
        assert sum(shares) == pytest.approx(100, abs=len(shares) / 2)
    # Nothing is expected before the quarter in which the day of asking lies.
    assert rows[0][1] == "December 2026"
    counts = re.findall(
        r"^(\w+) years +(\S+) +(\d\.\d) inspections in ten years$", told, re.MULTILINE
    )
    numbers = {(years, reading): float(number) for years, reading, number in counts}
    assert len(numbers) == 4
    for reading in ("fixed-window", "anniversary"):
        assert numbers["four", reading] < numbers["three", reading] <= 4
        assert 2.0 <= numbers["four", reading] <= 3.0


# --- What is made of them -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """tools/make_notebooks.py, without running anything."""
    for name in ("jupytext", "nbconvert"):
        pytest.importorskip(name)
    spec = importlib.util.spec_from_file_location(
        "make_notebooks", ROOT / "tools" / "make_notebooks.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _cell(*outputs: dict[str, object]) -> SimpleNamespace:
    class Output(dict[str, object]):
        __getattr__ = dict.__getitem__

    return SimpleNamespace(outputs=[Output(one) for one in outputs])


def _svg(inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><title>Next</title>{inside}</svg>'


def test_there_are_six() -> None:
    assert [one.stem for one in NOTEBOOKS] == SIX


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=_name)
def test_page_and_file_hold_the_cells_of_the_notebook(notebook: Path) -> None:
    jupytext = pytest.importorskip("jupytext")
    cells = jupytext.read(notebook, fmt="py:percent").cells
    page = notebook.with_suffix(".md").read_text(encoding="utf-8")
    at = 0
    for cell in cells:  # in their order
        source = f"```python\n{cell.source}\n```" if cell.cell_type == "code" else cell.source
        at = page.index(source, at) + len(source)
    whole = json.loads(notebook.with_suffix(".ipynb").read_text(encoding="utf-8"))
    assert [one["cell_type"] for one in whole["cells"]] == [one.cell_type for one in cells]
    for one, cell in zip(whole["cells"], cells, strict=True):
        if cell.cell_type == "code":
            assert "".join(one["source"]) == cell.source
            assert one["outputs"] == []
        else:
            assert "](../" not in "".join(one["source"])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=_name)
def test_page_offers_the_notebook_and_is_found(notebook: Path) -> None:
    name = notebook.stem
    page = notebook.with_suffix(".md").read_text(encoding="utf-8")
    listed = (notebook.parent / "index.md").read_text(encoding="utf-8")
    for kind in ("ipynb", "py"):
        assert f"({name}.{kind})" in page
        assert f"({name}.{kind})" in listed
    assert f"({name}.md)" in listed
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert nav.count(f": notebooks/{name}.md\n") == 1
    elsewhere = [
        path
        for path in (ROOT / "docs").glob("**/*.md")
        if path.parent != notebook.parent
        and f"notebooks/{name}.md)" in path.read_text(encoding="utf-8")
    ]
    assert elsewhere, "no other page of the site leads to it"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=_name)
def test_pictures_are_there_and_have_words_for_them(notebook: Path) -> None:
    page = notebook.with_suffix(".md").read_text(encoding="utf-8")
    shown = re.findall(r"^\[!\[(.+)\]\((.+\.svg)\)\]\(\2\)$", page, re.MULTILINE)
    there = {path.name for path in notebook.parent.glob(f"{notebook.stem}-[0-9].svg")}
    assert {name for _, name in shown} == there
    assert page.count("\nSVG(") == len(shown)


def test_what_a_cell_prints_and_shows_comes_in_order(tool: ModuleType) -> None:
    cell = _cell(
        {"output_type": "stream", "name": "stdout", "text": "one\n"},
        {"output_type": "stream", "name": "stdout", "text": "two\n"},
        {"output_type": "execute_result", "data": {"text/plain": "<x>", "text/html": "<p>x</p>"}},
    )
    assert list(tool.outputs(cell)) == [("text/plain", "one\ntwo\n"), ("text/html", "<p>x</p>")]


def test_a_warning_stops_it(tool: ModuleType) -> None:
    cell = _cell({"output_type": "stream", "name": "stderr", "text": "DeprecationWarning: old"})
    with pytest.raises(SystemExit, match="DeprecationWarning"):
        list(tool.outputs(cell))


def test_a_picture_is_called_by_its_title(tool: ModuleType) -> None:
    assert tool.title("<svg><title>A &amp; B\n [2021]</title></svg>") == r"A & B \[2021\]"
    with pytest.raises(SystemExit, match="no title"):
        tool.title("<svg></svg>")


def test_our_pictures_are_compared_whole(tool: ModuleType) -> None:
    assert tool.comparable(_svg("<path d='M 0 0'/>")) != tool.comparable(_svg("<path d='M 0 1'/>"))


def test_pictures_of_matplotlib_are_compared_by_their_words(tool: ModuleType) -> None:
    made = "<!-- Matplotlib v{} --><path d='{}'/><text x='{}'>23%</text>"
    one, other = _svg(made.format("3.8", "M 0 0", 1)), _svg(made.format("3.11", "M 0 1", 2))
    assert tool.comparable(one) == tool.comparable(other)
    assert tool.comparable(one) != tool.comparable(other.replace("23%", "24%"))


def test_our_charts_are_compared_by_what_they_say(tool: ModuleType) -> None:
    made = '<svg><desc id="chart-1-desc">{}</desc><path d="{}"/></svg>'
    one = tool.comparable(made.format("two of 3", "M 0 0"))
    assert one == tool.comparable(made.format("two of 3", "M 0 1"))
    assert one != tool.comparable(made.format("two of 4", "M 0 0"))


def test_what_no_notebook_makes_any_more_is_left_over(tool: ModuleType, tmp_path: Path) -> None:
    for name in ("index.md", "a.md", "a.ipynb", "a-1.svg", "a-2.svg", "a.py"):
        (tmp_path / name).touch()
    assert [one.name for one in tool.left_over(tmp_path, ["a.md", "a.ipynb", "a-1.svg"])] == [
        "a-2.svg"
    ]


def test_links_to_the_site_are_text_away_from_it(tool: ModuleType) -> None:
    told = "See [the page](../x.md#y) and [Hypothesis](https://hypothesis.readthedocs.io/)."
    assert tool.away(told) == ("See the page and [Hypothesis](https://hypothesis.readthedocs.io/).")
