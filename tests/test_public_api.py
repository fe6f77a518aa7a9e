"""The check that nothing public was taken away: what it sees, and what it lets pass."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_api", ROOT / "tools" / "check_api.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


TOOL = _tool()
OLD = """
def ask(record, *, as_of, rules=()): ...
def gone(): ...
def _private(): ...
class Answer:
    def explain(self): ...
    def _own(self): ...
"""


def broken(tmp_path: Path, new: str, public: set[str]) -> list[str]:
    for name, text in (("old", OLD), ("new", new)):
        package = tmp_path / name / "ours"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(text, encoding="utf-8")
    both = [TOOL.loaded("ours", tmp_path / name) for name in ("old", "new")]
    return [path for path, _ in TOOL.breakages(*both, public)]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        ("def gone(): ...", "", ["ours.gone"]),
        ("def _private(): ...", "", []),
        ("    def explain(self): ...\n", "", ["ours.Answer.explain"]),
        ("    def _own(self): ...\n", "", []),
        ("as_of, rules=()", "as_of", ["ours.ask"]),
        ("as_of, rules=()", "as_of, rules", ["ours.ask"]),
        ("rules=()", "rules=(), more=None", []),
    ],
)
def test_what_breaks_others_is_told(tmp_path: Path, old: str, new: str, found: list[str]) -> None:
    assert broken(tmp_path, OLD.replace(old, new, 1) if old else OLD, {"ours"}) == found


def test_only_what_is_documented_counts(tmp_path: Path) -> None:
    assert broken(tmp_path, "", {"ours.Answer"}) == ["ours.Answer"]


def test_the_reference_names_what_is_public() -> None:
    public = TOOL.documented()
    assert {"ofsted_framework.check", "ofsted_framework.testing.check_contract"} <= public
    assert "ofsted_framework.rules.check" in public  # where it is defined
    assert "ofsted_framework.obligations.Obligation" in public


def test_a_baseline_is_named() -> None:
    assert len(TOOL.BASELINE.read_text(encoding="utf-8").split()[0]) == 40
