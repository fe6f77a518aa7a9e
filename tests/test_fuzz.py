"""Every reader of what comes from outside: nothing but the library's own error escapes.

The examples are those of `tools/fuzz.py`, of which a long run is made now and then.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ofsted_framework as of
from ofsted_framework.documents import load_document, loads
from ofsted_framework.editions import read_framework
from ofsted_framework.errors import OfstedFrameworkError
from ofsted_framework.simulation import behaviour
from ofsted_framework.tables.layouts import read_layout


def _tool() -> ModuleType:
    path = Path(__file__).parents[1] / "tools" / "fuzz.py"
    spec = importlib.util.spec_from_file_location("fuzz", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["fuzz"] = made
    spec.loader.exec_module(made)
    return made


FUZZ = _tool()


@pytest.mark.parametrize("sort", FUZZ.SORTS)
def test_a_good_file_of_every_sort_is_read(sort: str) -> None:
    """Else the spoilt ones would be refused for what is wrong with all of them."""
    found = FUZZ.run(60, 3, (sort,))[sort]
    assert found.escaped == []
    assert found.read > 0
    assert found.refused > 0


@settings(max_examples=600)
@given(st.sampled_from(list(FUZZ.SORTS)), st.integers(0, 2**32))
def test_a_spoilt_file_is_read_or_refused(sort: str, seed: int) -> None:
    name, content = FUZZ.example(seed, 0, (sort,))
    assert FUZZ.tried(name, content) in ("read", "refused")


READERS: dict[str, Callable[[str], object]] = {
    "a document": load_document,
    "lines": lambda text: loads(text, "ndjson"),
    "our CSV": lambda text: loads(text, "csv"),
    "a record in TOML": lambda text: loads(text, "toml"),
    "a framework": read_framework,
    "a behaviour": behaviour._read,
    "a layout": read_layout,
}
_PIECES = st.sampled_from([
    *"[]{}\",:=.#\n\r\t ab1-T\\u'", "id", "type", "format", "[[cadence]]", "\ud800", "\u202e", "\0",
    "1e999", "NaN", "9" * 5000, "2024-01-22", "ofsted-framework/agenda", '"version": 1', "[" * 99,
])  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=60)
@given(text=st.lists(_PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused(reader: str, text: str) -> None:
    with suppress(OfstedFrameworkError):
        READERS[reader](text)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000, '{"a":' * 100_000, "a = " + "[" * 100_000, "a = " + "{b = " * 50_000,
        "a" * 1_000_000, "a.b." * 20_000 + "c = 1", "[a" + ".a" * 20_000 + "]", "\n" * 100_000,
        '"' * 100_001, "1" * 1_000_000, "-" + "9" * 1_000_000, "\ufeff\ufeff{}", "\ud800",
    ],
    ids=lambda text: f"{text[:8]!a} {len(text)}",
)  # fmt: skip
def test_deep_long_and_odd_texts_are_refused(reader: str, text: str) -> None:
    if reader == "lines" and not text.strip():
        assert READERS[reader](text) == ()
        return
    with pytest.raises(OfstedFrameworkError) as caught:
        READERS[reader](text)
    assert len(str(caught.value)) < 3000


def test_a_file_of_no_name_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    for name in ("a\0.toml", "a\0.json", tmp_path / "folder.toml", tmp_path / "none.json"):
        for read in (of.framework, behaviour.read_behaviour):
            with pytest.raises(OfstedFrameworkError):
                read(name)


@pytest.mark.parametrize("kind", ["agenda", "framework", "behaviour"])
def test_numbers_that_are_none_are_refused(kind: str) -> None:
    golden = Path(__file__).parent / "golden"
    versions = sorted(golden.glob(f"{kind}-*.json"))
    plain = json.loads(versions[-1].read_text(encoding="utf-8"))
    for number in ("NaN", "-Infinity", "1e999", "9" * 5000):
        text = json.dumps({**plain, "version": "HERE"}).replace('"HERE"', number)
        with pytest.raises(OfstedFrameworkError) as caught:
            load_document(text)
        assert caught.value.faults[0].place == "/version"


def test_what_a_long_run_found() -> None:
    layout = (FUZZ.DATA / "layouts" / "ilacs-events.toml").read_text(encoding="utf-8")
    needed = next(line for line in layout.split("\n") if line.startswith("needed = "))
    with pytest.raises(OfstedFrameworkError, match="names nothing that must be there"):
        read_layout(layout.replace(needed, "needed = []"))
    start = next(line for line in layout.split("\n") if line.startswith("start = "))
    with pytest.raises(OfstedFrameworkError, match="/columns/start"):
        read_layout(layout.replace(start, "start = []"))
    deep = "[" * 300 + "]" * 300
    with pytest.raises(OfstedFrameworkError, match="/replace/0"):
        read_framework(FUZZ._FRAMEWORK.replace("working_days = 38", f"working_days = {deep}"))
