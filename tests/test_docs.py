"""The documentation: generated pages are fresh, sessions run as printed, links lead somewhere."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

import ofsted_framework
from ofsted_framework import simulation
from ofsted_framework.simulation import plain
from ofsted_framework.simulation.behaviour import DEPARTURES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))


def _tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


MAKE_DOCS: Any = _tool("make_docs")
made_anew = MAKE_DOCS.pages
MAKE_DOCS.pages = cache(made_anew)  # it takes seconds, and many tests look at them


# --- Generated pages ---------------------------------------------------------------------------


def test_generated_pages_are_fresh() -> None:
    assert MAKE_DOCS.stale() == [], "run tools/make_docs.py"


def test_pages_are_the_same_each_time() -> None:
    assert MAKE_DOCS.pages() == made_anew()


def test_the_maps_are_those_of_this_simulator(capsys: pytest.CaptureFixture[str]) -> None:
    tool: Any = _tool("make_comparisons")
    assert tool.main(["--check"]) == 0
    tool.PAGE = "index.md"
    assert tool.main(["--check"]) == 1
    assert "docs/index.md is stale: run tools/make_comparisons.py" in capsys.readouterr().err


def test_stale_pages_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert MAKE_DOCS.main(["--docs", str(tmp_path)]) == 0
    assert MAKE_DOCS.main(["--docs", str(tmp_path), "--check"]) == 0
    (tmp_path / "rules" / "OF301.md").write_text("Something else.", encoding="utf-8")
    (tmp_path / "not-known.md").unlink()
    gone = MAKE_DOCS.NOTE + "# A rule that is no more\n"
    (tmp_path / "rules" / "OF999.md").write_text(gone, encoding="utf-8")
    capsys.readouterr()
    assert MAKE_DOCS.main(["--docs", str(tmp_path), "--check"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in told] == [
        "docs/not-known.md",
        "docs/rules/OF301.md",
        "docs/rules/OF999.md",
    ]
    assert MAKE_DOCS.main(["--docs", str(tmp_path)]) == 0
    assert not (tmp_path / "rules" / "OF999.md").exists()
    assert MAKE_DOCS.stale(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a|b", r"a\|b"),
        ("<b> & [x](y)", r"&lt;b&gt; &amp; \[x\](y)"),
        ("*a* _b_ `c` {d} #e \\", r"\*a\* \_b\_ \`c\` \{d\} \#e \\"),
        ("1. one\n  two", r"1\. one two"),
        ("- item", r"\- item"),
    ],
)
def test_text_is_shown_as_it_is(text: str, told: str) -> None:
    assert MAKE_DOCS.md(text) == told


def test_every_rule_has_the_same_headings() -> None:
    found = {
        tuple(re.findall(r"^## (.+)$", text, re.MULTILINE))
        for name, text in MAKE_DOCS.pages().items()
        if name.startswith("rules/OF")
    }
    assert found == {(
        "What it checks",
        "Why it matters",
        "Which provisions it reads",
        "A record that passes",
        "A record that departs",
        "What to do",
    )}  # fmt: skip


# --- Sessions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", MAKE_DOCS.SESSIONS, ids=lambda page: page.name)
def test_sessions_print_what_is_shown(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    number = 0
    for shown in MAKE_DOCS.played(page):
        number += 1
        assert shown.printed == shown.expected, f"{page.name}, line {shown.first + 1}"
    assert number


# --- Simulation --------------------------------------------------------------------------------


def test_the_words_of_the_layout_are_those_in_use() -> None:
    text = (DOCS / "random-numbers.md").read_text(encoding="utf-8")
    told = {name: int(word) for word, name in re.findall(r"^\| (\d+) \| `(\w+)` \|", text, re.M)}
    in_use = {name: value for name, value in vars(plain).items() if name.isupper()}
    for other in ("LATER", "FINISHED", "WEEK", "EVENT_WORDS", "TABLE_LAST", "NEVER", "EVENTS",
                  "CHANGES", "MONITORING", "PRIORITY_ACTION", "QUALITY"):  # fmt: skip
        in_use.pop(other)
    assert told == in_use
    for number in (plain.LATER, plain.FINISHED, 64 * plain.FINISHED):
        assert f"{number:,}" in text


def test_every_departure_is_told() -> None:
    text = (DOCS / "simulation.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `([\w-]+)` \|.*\|.*\|$", text, re.M))[-8:] == DEPARTURES


def test_every_sort_of_assumption_is_told() -> None:
    text = MAKE_DOCS.pages()["behaviours.md"]
    for what, sort in simulation.WHATS.items():
        assert f"| `{what}` | {MAKE_DOCS.md(sort.says)} |" in text


def test_every_assumption_is_told() -> None:
    text = MAKE_DOCS.pages()["behaviours.md"].partition("\n## Facts\n")[0]
    one, other, third = MAKE_DOCS.behaviours()
    assert (one.id, other.id, third.id) == ("local-authority", "cafcass", "true-quality")
    first, rest = text.split("{ #cafcass }")
    second, last = rest.split("{ #true-quality }")
    had = {each.key: (each.weights, each.facts) for each in one.assumptions}
    own = [a for a in other.assumptions if (a.weights, a.facts) != had.get(a.key)]
    assert f"\n{len(other.assumptions) - len(own)} of them are those of" in second
    for part, some in ((first, one.assumptions), (second, own), (last, third.assumptions)):
        rows = re.findall(r"\| (?:official|reported|inferred|assumed) \|", part)
        assert len(rows) == len(some)
        for each in some:
            assert MAKE_DOCS.weights_words(each) in part
            assert MAKE_DOCS.md(each.says or "") in part


@pytest.mark.parametrize(
    ("what", "weights", "told"),
    [
        ("late", {"yes": 19, "no": 48}, "yes: 19 (28%)<br>no: 48 (72%)"),
        ("late", {"no": 1}, "always no"),
        ("late-by", {41: 12, 82: 4}, "1 to 41: 12 (75%)<br>42 to 82: 4 (25%)"),
        ("timing", {1: 0, 2: 3, 3: 1}, "part 1 of 3: 0 (0%)<br>part 2 of 3: 3 (75%)<br>"
                                       "part 3 of 3: 1 (25%)"),
        ("kind", {"sent": 299, "instead": 1}, "`sent`: 299 (100%)<br>`instead`: 1 (0.3%)"),
        ("lag", {26: 1, 27: 3}, "26: 1 (25%)<br>27: 3 (75%)"),
    ],
)  # fmt: skip
def test_weights_are_told_as_counts_and_shares(
    what: str, weights: dict[Any, int], told: str
) -> None:
    one = simulation.Assumption(what=what, weights=weights, basis="assumed")
    assert MAKE_DOCS.weights_words(one) == told


def test_notebooks_are_shown_with_what_they_print(tmp_path: Path) -> None:
    file = tmp_path / "small.py"
    file.write_text(
        "# ---\n# jupyter: {}\n# ---\n\n# %% [markdown]\n# # Small\n#\n# Two cells.\n\n"
        "# %%\nprint(1 + 1)\n\n# %%\npicture = '<svg/>'\n",
        encoding="utf-8",
    )
    made = MAKE_DOCS.notebook_pages(file)
    assert made["notebooks/small.svg"] == "<svg/>\n"
    page = made["notebooks/small.md"]
    assert page.startswith(MAKE_DOCS.NOTE + "# Small\n\nTwo cells.\n")
    assert "```python\nprint(1 + 1)\n```\n\n```text\n2\n```\n" in page
    assert "picture = '<svg/>'\n```\n\n![What the cell above draws](small.svg)\n" in page


def test_pictures_by_matplotlib_are_compared_by_their_words() -> None:
    picture = '<svg><desc id="chart-1-desc">{}</desc><path d="{}"/></svg>'
    assert MAKE_DOCS.alike(picture.format("two of 3", "M0 0"), picture.format("two of 3", "M0 1"))
    assert not MAKE_DOCS.alike(picture.format("two of 3", "M"), picture.format("two of 4", "M"))
    assert MAKE_DOCS.alike("<svg/>", "<svg/>")
    assert not MAKE_DOCS.alike("<svg/>", picture.format("two of 3", "M"))
    assert not MAKE_DOCS.alike('<svg><desc id="other-desc">x</desc></svg>', "<svg/>")


# --- Docstrings --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ofsted_framework.__all__)
def test_public_names_have_docstrings(name: str) -> None:
    value = getattr(ofsted_framework, name)
    if isinstance(value, type) or inspect.isroutine(value):
        assert (value.__doc__ or "").strip()
    else:
        assert name in _attribute_docs(inspect.getsource(ofsted_framework.rules))


def _name(cls: type) -> str:
    return cls.__name__


def _classes() -> Iterator[type[Any]]:
    some = [getattr(ofsted_framework, name) for name in ofsted_framework.__all__]
    some += [value for name, value in vars(simulation).items() if not name.startswith("_")]
    for one in some:
        if isinstance(one, type):
            yield from (cls for cls in one.__mro__ if cls.__module__.startswith("ofsted_framework"))


_PUBLIC: list[type[Any]] = sorted(set(_classes()), key=_name)


@pytest.mark.parametrize("cls", _PUBLIC, ids=_name)
def test_public_classes_tell_of_every_field_and_method(cls: type) -> None:
    tree = ast.parse(inspect.getsource(inspect.getmodule(cls)))  # type: ignore[arg-type]
    body = next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name == cls.__name__
    )
    told = _attribute_docs(body.body)
    if attrs.has(cls):
        fields = {f.name for f in attrs.fields(cls) if not f.inherited and f.name[0] != "_"}
        assert fields <= told
    for node in body.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def _attribute_docs(body: str | list[ast.stmt]) -> set[str]:
    """The names that are assigned or declared with a docstring below them."""
    nodes = ast.parse(body).body if isinstance(body, str) else body
    found = set()
    for node, below in pairwise(nodes):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            docstring = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
            if docstring:
                found.add(node.target.id)
    return found


# --- Links -------------------------------------------------------------------------------------


def _without_code(text: str) -> str:
    for block in MAKE_DOCS.blocks(text):
        text = text.replace("\n".join(block.lines), "") if block.lines else text
    return text


def _included(text: str) -> str:
    return re.sub(
        r'^--8<-- "(.+)"$',
        lambda found: (ROOT / found[1]).read_text(encoding="utf-8"),
        text,
        flags=re.MULTILINE,
    )


def _plain(heading: str) -> str:
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    text = re.sub(r"\\(.)", r"\1", text).replace("`", "").replace("*", "")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())


def anchors(page: Path) -> set[str]:
    """The anchors of a page: given ones, and those made of headings."""
    text = _without_code(_included(page.read_text(encoding="utf-8")))
    found = set(re.findall(r"\{:? ?#([\w-]+) ?\}", text))
    for heading in re.findall(r"^#+ +(.+?)$", text, re.MULTILINE):
        if "{ #" not in heading:
            found.add(_plain(heading))
    return found


def _links(page: Path) -> Iterator[str]:
    text = _without_code(page.read_text(encoding="utf-8"))
    text = re.sub(r"(?<!`)`[^`\n]+`(?!`)(?!\])", "", text)
    yield from re.findall(r"\]\(([^)\s]+)\)", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in dict.fromkeys(_links(page)):
        if re.match(r"[a-z]+:", target):
            assert target.startswith(("http://", "https://")), target
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.is_file(), f"{target}: no such page"
        if anchor:
            assert anchor in anchors(there), f"{target}: no such anchor"


def test_link_anchors_are_given_once() -> None:
    for page in PAGES:
        given = re.findall(r"\{ #([\w-]+) \}", page.read_text(encoding="utf-8"))
        assert len(given) == len(set(given)), page.name


_NOT_FOR_READERS: dict[str, Callable[[str], object]] = {
    "a path of somebody's machine": re.compile(r"(?<![\w.])/(?:work|home|root|tmp|Users)/").search,
    "a package registry": re.compile(r"pypi\.org|files\.pythonhosted").search,
}


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: page.name)
def test_pages_hold_nothing_of_the_workshop(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for what, search in _NOT_FOR_READERS.items():
        assert not search(text), what
