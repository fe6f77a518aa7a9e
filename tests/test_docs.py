"""The documentation: generated pages are fresh, sessions run as printed, links lead somewhere."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

import ofsted_framework
from ofsted_framework import documents, rules, simulation, testing
from ofsted_framework.facts import fact_lists
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


@cache
def made() -> dict[str, str]:
    """The generated pages, made once."""
    pages: dict[str, str] = made_anew()
    return pages


# --- Generated pages ---------------------------------------------------------------------------


def test_generated_pages_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MAKE_DOCS, "pages", made)
    assert MAKE_DOCS.stale() == [], "run tools/make_docs.py"


def test_pages_are_the_same_each_time() -> None:
    assert MAKE_DOCS.pages() == made()


def test_the_maps_are_those_of_this_simulator(capsys: pytest.CaptureFixture[str]) -> None:
    tool: Any = _tool("make_comparisons")
    assert tool.main(["--check"]) == 0
    tool.PAGE = "index.md"
    assert tool.main(["--check"]) == 1
    assert "docs/index.md is stale: run tools/make_comparisons.py" in capsys.readouterr().err


def test_stale_pages_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MAKE_DOCS, "pages", made)
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
        for name, text in made().items()
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


def test_every_framework_has_the_same_headings() -> None:
    found = {
        tuple(re.findall(r"^## (.+)$", text, re.MULTILINE))
        for name, text in made().items()
        if re.fullmatch(r"frameworks/[\w-]+-\d{4}\.md", name)
    }
    assert found == {(
        "What follows what",
        "Provisions",
        "Areas",
        "Scales",
        "The information request { #information-request }",
        "Versions of the published text",
        "What is not known",
    )}  # fmt: skip


def test_every_command_is_told() -> None:
    text = made()["reference/command-line.md"]
    for command in ("check", "due", "timeline", "simulate", "compare", "fit", "convert",
                    "deadlines", "explain", "frameworks", "diff", "information-request",
                    "schema"):  # fmt: skip
        assert f"\n## {command}\n" in text
    assert "\n| `--as-of DATE` | the day of asking; must be given |\n" in text
    for only in ("rule", "kind of event"):
        assert f"\n| `--only NAME` | only this provision or {only}; can be repeated |\n" in text
    assert (
        "\n| `--fail-on WORD` | the least severity that makes the exit code 1; one of `error`, "
        "`warning` or `note`; `error` unless told |\n"
    ) in text


def test_every_code_has_a_meaning() -> None:
    text = made()["reference/codes.md"]
    for word in ("OF301", "ilacs-2018", "cadence", "engagement-meeting", "service-area",
                 "carried-over", "requires-improvement", "undetermined", "met early",
                 "ReadingsDiffer", "reported", "warning", "late-report",
                 "turns on a reading"):  # fmt: skip
        assert re.search(rf"^\| \[?`{word}`", text, re.MULTILINE), word
    empty = re.findall(r"^\| .*\|  \|.*$", text, re.MULTILINE)
    assert [row.split(" | ")[0] for row in empty] == ["| `undetermined`"]  # of no one state


# --- Sessions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", MAKE_DOCS.sessions(), ids=lambda page: page.name)
def test_sessions_print_what_is_shown(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    number = 0
    for shown in MAKE_DOCS.played(page):
        number += 1
        assert shown.printed == shown.expected, f"{page.name}, line {shown.first + 1}"
    assert number or all(block.language != "python" for block in MAKE_DOCS.blocks(page.read_text()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_no_block_is_left_unrun(page: Path) -> None:
    """Python and console blocks are run; JSON and TOML at least can be read."""
    run = page in MAKE_DOCS.sessions()
    # A notebook is run when its page is made: `.ci/run` finds out whether that is fresh.
    run |= page.with_suffix(".py").exists()
    run |= page.name == "charts.md"  # as is that of charts
    for block in MAKE_DOCS.blocks(page.read_text(encoding="utf-8")):
        told = f"line {block.first}: {block.info}"
        assert block.language in ("", "console", "csv", "json", "python", "text", "toml"), told
        if block.language in ("console", "python"):
            assert run, told
            assert block.title is None, f"{told} would be written to a file and not run"
        elif block.language == "json":
            json.loads("\n".join(block.lines))
        elif block.language == "toml":
            tomllib.loads("\n".join(block.lines))


def test_a_command_of_somebody_else_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ pip install ofsted-framework\n```\n", encoding="utf-8")
    assert list(MAKE_DOCS.played(page)) == []
    page.write_text("```console\n$ rm -r /\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="rm -r"):
        list(MAKE_DOCS.played(page))


# --- Facts -------------------------------------------------------------------------------------
# No page states a fact about a framework that is not made from its file or cited. Made pages are
# left out here. In those by hand, a sentence that looks like a fact must name one, or lead to where
# it is told, or have been read and found to be none.

_NUMBER = (
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|half a)"
)
_TIME = re.compile(
    rf"\b{_NUMBER}[- ](?:working |calendar )?(?:days?|weeks?|months?|years?)\b"
    r"|\byearly\b|\b(?:every|each) year\b|\bannual"
    r"|\b(?:since|from|until|before|after|in|by) (?:\d+ )?(?:[A-Z]\w+ )?(?:19|20)\d\d\b"
    r"|\b\d+ of \d+\b",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\b(?:cafcass|inspect\w*|visits?|authorit\w+|frameworks?|reports?|letters?|meetings?|grades?"
    r"|judgements?|self-evaluations?)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\b(?:Ofsted|HMICA|MCSI|ILACS|SIF|Cafcass)\b(?:'s)? (?:\w+ )?"
    r"(?:inspect|visit|publish|ask|grade|judge|hold|meet|send|carr|report|must|may|is|was|has|had)"
)
_TOLD = re.compile(
    r"\]\([./\w-]*(?:facts|frameworks|rules)/[\w-]+\.md"
    r"|\]\([./\w-]*(?:behaviours|not-known|case-study|back-test|2013-against-2021|layouts)\.md"
)
_ID = re.compile(r"\b(?:cafcass-2021|cafcass-before-2021|ilacs|ilacs-events|seeds):[A-Za-z][\w-]*")
# A notebook's words are by hand, though its page is not.
BY_HAND = list(dict.fromkeys([*MAKE_DOCS.by_hand(), *sorted(DOCS.glob("notebooks/*.md"))]))
READ = (ROOT / "tests" / "sentences_read.txt").read_text(encoding="utf-8").splitlines()
"""Sentences that somebody read and found to state no fact about a framework, or to tell only what
a block beside them shows; each below a line that says which."""


def sentences(page: Path) -> Iterator[str]:
    """The sentences of a page, code left out, with single spaces."""
    text = _without_code(page.read_text(encoding="utf-8"))
    for part in re.split(r"\n\s*\n|\n(?=\s*(?:[-*|#]|\d+\.)\s?)", text):
        told = " ".join(part.split())
        yield from re.split(r"(?<=[.?!])\s+(?=[A-Z*`\[“])", told)


def looks_like_a_fact(sentence: str) -> bool:
    return bool(_TIME.search(sentence) and _FIELD.search(sentence)) or bool(_WHO.search(sentence))


def told(sentence: str) -> bool:
    return bool(_TOLD.search(sentence) or _ID.search(sentence))


def test_a_sentence_with_a_fact_in_it_is_seen() -> None:
    for sentence in (
        "A full inspection comes every three years.",
        "Letters are published within 20 working days.",
        "Ofsted publishes the report.",
        "There is no overall grade since April 2026.",
        "Of the inspections counted, 19 of 67 were late.",
    ):
        assert looks_like_a_fact(sentence), sentence
        assert not told(sentence)
    assert not looks_like_a_fact("An empty cell says nothing.")
    assert told("It comes [every three years](../frameworks/cafcass-2021.md#full-inspection).")
    assert told("It comes every three years (`cafcass-2021:A-01`).")


@pytest.mark.parametrize("page", BY_HAND, ids=lambda page: page.name)
def test_no_page_states_a_fact_that_is_not_cited(page: Path) -> None:
    bare = [
        one
        for one in sentences(page)
        if looks_like_a_fact(one) and not told(one) and one not in READ
    ]
    assert bare == [], (
        "cite the fact by its id, link to where it is told, or, where it is none, "
        "put the sentence into tests/sentences_read.txt"
    )


def test_facts_that_pages_name_are_there() -> None:
    known = {fact.id for one in fact_lists().values() for fact in one.facts}
    for page in BY_HAND:
        text = _without_code(page.read_text(encoding="utf-8"))
        for id in _ID.findall(text):
            assert id in known, f"{page.name}: {id}"


def test_sentences_that_were_read_are_still_there() -> None:
    there = {one for page in BY_HAND for one in sentences(page)}
    gone = [one for one in READ if one and not one.startswith("#") and one not in there]
    assert gone == [], "take them out of tests/sentences_read.txt"


# --- The site ----------------------------------------------------------------------------------


def _documented() -> set[str]:
    """Every path that a page documents."""
    named: set[str] = set()
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        named.update(re.findall(r"^::: ofsted_framework\.(\S+)$", text, re.MULTILINE))
    return named


def _found(path: str) -> object:
    """What a path of the package names."""
    value: Any = ofsted_framework
    for part in path.split("."):
        try:
            value = getattr(value, part)
        except AttributeError:
            value = importlib.import_module(f"{value.__name__}.{part}")
    return value


_NAMES = {
    "": ofsted_framework.__all__,
    "simulation.": [name for name in vars(simulation)
                    if f"{name} as {name}\n" in inspect.getsource(simulation)],
    "testing.": testing.__all__,
    "rules.": rules.__all__,
    "documents.": documents.__all__,
}  # fmt: skip


@pytest.mark.parametrize("path", [where + name for where, some in _NAMES.items() for name in some])
def test_every_public_object_is_on_the_site(path: str) -> None:
    named = _documented()
    if path in named:
        return
    value = _found(path)
    same = [other for other in named if _found(other) is value]
    assert same, f"put ::: ofsted_framework.{path} on a page of docs/reference"


def test_the_lists_of_public_names_are_not_empty() -> None:
    assert {where: len(some) > 8 for where, some in _NAMES.items()} == {
        "": True, "simulation.": True, "testing.": True, "rules.": True, "documents.": False,
    }  # fmt: skip
    assert {"dump", "load_document"} <= set(documents.__all__)


def test_what_pages_import_is_on_the_site() -> None:
    """Whoever follows a page uses nothing that may change at any time."""
    named = _documented()
    pages = [*MAKE_DOCS.by_hand(), *(DOCS / "notebooks").glob("*.py")]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for module, names in re.findall(
            r"^(?:>>> |\.\.\. )?from ofsted_framework\.?(\S*) import ([\w, ]+)$", text, re.MULTILINE
        ):
            for name in names.split(", "):
                path = f"{module}.{name}".strip(".")
                found = _found(path)
                assert path in named or any(_found(other) is found for other in named), (
                    f"{page.name} imports ofsted_framework.{path}"
                )


def test_nothing_binds_the_site_to_mkdocs() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    plugins = text.partition("\nplugins:\n")[2].partition("\n\n")[0]
    assert re.findall(r"^  - (\w+)", plugins, re.MULTILINE) == ["search", "mkdocstrings"]
    assert "\nhooks:" not in text
    assert "\n  font: false\n" in text  # it would come from elsewhere
    assert "://" not in text


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
    text = made()["behaviours.md"]
    for what, sort in simulation.WHATS.items():
        assert f"| `{what}` | {MAKE_DOCS.md(sort.says)} |" in text


def test_every_assumption_is_told() -> None:
    text = made()["behaviours.md"].partition("\n## Facts\n")[0]
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
