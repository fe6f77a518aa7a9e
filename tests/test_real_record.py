"""What must hold of the real files, where somebody has them.

The folder is named by the environment variable; without it nothing is tested here. Numbers are
those counted by others, in the facts and in the description of the files.
"""

from __future__ import annotations

import csv
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

import ofsted_framework as of
from ofsted_framework.documents import Loaded

ROOT = Path(__file__).parents[1]
FOLDER = os.environ.get("OFSTED_FRAMEWORK_REAL_DATA")
pytestmark = pytest.mark.skipif(FOLDER is None, reason="names no folder of real files")


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_case_study", ROOT / "tools" / "make_case_study.py"
    )
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["make_case_study"] = made
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def study() -> ModuleType:
    return _tool()


@pytest.fixture(scope="module")
def place() -> Path:
    return Path(str(FOLDER))


@pytest.fixture(scope="module")
def loaded(place: Path) -> Loaded:
    return of.read(place / "ilacs-events.csv")


def test_every_row_becomes_an_event(loaded: Loaded) -> None:
    assert loaded.rows == 576
    assert loaded.rows == loaded.events + len(loaded.repeated) + len(loaded.unused)
    assert (loaded.events, loaded.problems, len(loaded.histories)) == (576, (), 90)


def test_every_cell_is_where_it_belongs(loaded: Loaded, place: Path) -> None:
    """Each row beside its event, read with the csv module alone."""
    found = {event.id: event for one in loaded.histories for event in one.events}
    columns = {
        "ILACS": {
            "overall": "overall-effectiveness", "leaders": "impact-of-leaders",
            "help_protection": "help-and-protection", "in_care": "in-care",
            "care_leavers": "care-leavers", "in_care_and_leavers": "in-care-and-care-leavers",
        },
        "SIF": {
            "overall": "overall-effectiveness", "help_protection": "help-and-protection",
            "care_leavers": "care-leavers", "sif_leadership": "leadership",
            "sif_looked_after": "looked-after", "sif_adoption": "adoption",
            "sif_lscb": "safeguarding-children-board",
        },
        "JTAI": {},
    }  # fmt: skip
    with (place / "ilacs-events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(found)
    for row in rows:
        event = found[row["event_id"]]
        assert str(event.start) == (row["start"] or f"../{row['published']}")
        assert (str(event.end) if event.end else "") == row["end"]
        assert (str(event.published) if event.published else "") == row["published"]
        wanted = {
            area: row[column].replace("_", "-")
            for column, area in columns[row["framework"]].items()
            if row[column]
        }
        assert {one.area: str(one.grade) for one in event.judgements or ()} == wanted
        assert bool(event.parts) == ("dates in two parts" in row["notes"])
        assert event.note is None or row["notes"] in event.note


def test_three_files_tell_the_same_apart_from_what_is_known(
    loaded: Loaded, place: Path, study: ModuleType
) -> None:
    workbook = of.read(place / study.WORKBOOK, known=loaded.histories)
    summary = of.read(place / study.SUMMARY, known=loaded.histories)
    for one in (workbook, summary):
        assert one.rows == one.events + len(one.repeated) + len(one.unused)
        assert one.unused == ()
    assert (workbook.rows, workbook.problems) == (308, ())
    assert (summary.rows, len(summary.problems)) == (87, 1)
    assert list(study.differences(loaded, workbook, ("published", "kind", "judgements", "theme"))) \
        == []  # fmt: skip
    found = list(study.differences(loaded, summary, ("end", "published", "kind", "judgements")))
    assert {(name, field) for name, _, field, _ in found} == {
        ("Brighton and Hove", ""),
        ("Devon", "end"),
    }


def test_every_departure_is_judged_and_none_is_of_what_is_not_held(
    loaded: Loaded, study: ModuleType
) -> None:
    import tomllib

    judged = tomllib.loads((ROOT / "tools" / "case_study.toml").read_text(encoding="utf-8"))
    found = study.departures(loaded.histories)
    assert set(found) == set(judged)
    assert study.outside_coverage(found) == []
    classes = {
        "a real departure", "a regularity that is not universal", "a fault of the data",
        "a fault of ours, mended",
    }  # fmt: skip
    for some in found.values():
        for one in study.drawn(some):
            assert study.why(one, judged)[0] in classes


def test_regularities(loaded: Loaded, study: ModuleType) -> None:
    low = study.standard_after_low(loaded.histories)
    assert low == {("ilacs-2018", "standard"): 43, ("sif-2013", "standard"): 52}
    assert study.inadequate_experience(loaded.histories) == {"inadequate": 17}
    assert study.routing_of_2026(loaded.histories) == {True: 84}


def test_the_case_study_is_fresh(place: Path, study: ModuleType) -> None:
    assert study.PAGE.read_text(encoding="utf-8") == study.text(place)
