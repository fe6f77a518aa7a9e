"""The notebooks: they are py:percent, and run as scripts from top to bottom."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.py"))
CAFCASS = ROOT / "docs" / "notebooks" / "where-is-cafcass.py"


def _name(path: Path) -> str:
    return path.stem


def _without_header(text: str) -> str:
    """A notebook without the header, which names the version of Jupytext that wrote it."""
    return re.sub(r"\A# ---\n.*?# ---\n", "", text, flags=re.DOTALL)


def _run(notebook: Path, folder: Path) -> str:
    """What a notebook prints, run as a script in an empty folder."""
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
