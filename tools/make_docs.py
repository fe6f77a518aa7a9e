"""Write the pages of the documentation that are made from the library's data.

Run it from anywhere, without arguments, to write the pages; with --check to find out whether any
of them is stale (exit status 1 if one is, and the names of the stale ones).

Every page is a function of the framework files, the rules and the library's own answers: the same
data, the same pages. Nothing here states a fact about a framework.

With --sessions it instead runs the sessions in the hand-written pages and writes what is printed
now into them. Read the difference before you keep it.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import doctest
import enum
import inspect
import io
import json
import re
import shlex
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import attrs

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from ofsted_framework import (  # noqa: E402
    RULES,
    Basis,
    Framework,
    Status,
    When,
    check,
    cli,
    diff,
    due,
    frameworks,
    read,
    sample,
)
from ofsted_framework.cases import GROUP, Because, State  # noqa: E402
from ofsted_framework.dates import in_words  # noqa: E402
from ofsted_framework.documents import (  # noqa: E402
    FORMAT,
    VERSION,
    json_schema,
    kinds,
    openapi_components,
)
from ofsted_framework.events import EVENTS, Level, PriorityAction  # noqa: E402
from ofsted_framework.facts import FactList, fact_lists  # noqa: E402
from ofsted_framework.grades import Grade  # noqa: E402
from ofsted_framework.provisions import NOT_KNOWN, ROWS, Count, Row, wire  # noqa: E402
from ofsted_framework.provisions import Periods as Fixed  # noqa: E402
from ofsted_framework.provisions import SinceLast as Since  # noqa: E402
from ofsted_framework.simulation import (  # noqa: E402
    WHATS,
    Assumption,
    Behaviour,
    Holds,
    read_behaviour,
)
from ofsted_framework.sources import Fact, Ground, Severity, Source  # noqa: E402
from ofsted_framework.tables.layouts import NAMES, Claim, GradeColumn, layouts  # noqa: E402
from ofsted_framework.telling.agenda_picture import agenda_svg  # noqa: E402
from ofsted_framework.telling.frameworks_picture import frameworks_svg  # noqa: E402
from ofsted_framework.telling.life_cycle import life_cycle_svg  # noqa: E402
from ofsted_framework.telling.timeline import timeline_svg  # noqa: E402
from ofsted_framework.verdicts import CheckResult, Example, Rule  # noqa: E402

DOCS = ROOT / "docs"
NOTEBOOKS = DOCS / "notebooks"
PROGRAM = "ofsted-framework"
# What a console block may hold besides: it is not run, and this says why.
NOT_RUN = {
    "python3 go.py": "it sets up the checkout; `.ci/run` runs each of its tasks",
    "bash .ci/run": "it runs everything, this included",
    "pip install": "it would install; `.ci/run` installs the wheel",
    "python -m pip install": "it would install; `.ci/run` installs the wheel",
    "python tools/mutants.py": "it takes an hour",
    "python3 -m http.server": "it would go on until it is stopped",
    "jupyter": "it is a program of its own; `.ci/run` runs each notebook",
    "curl": "it calls the service of the examples, which has tests of its own",
}
_FENCE = re.compile(r"^(?P<fence>```+)(?P<info>[^`]*)$")
NOTE = "<!-- Written by tools/make_docs.py: do not edit by hand. -->\n\n"
DRAWN_UNTIL = date(2026, 12, 31)
PROVIDERS = {"cafcass": "Cafcass", "local-authority": "local authority children's services"}
BASES = {
    Basis.OFFICIAL: "read in the official text, or in law in force",
    Basis.REPORTED: "read in the press, or on a council's or Cafcass's own page",
    Basis.INFERRED: "worked out from records or from other facts",
    Basis.ASSUMED: "our own choice, or the user's",
}
STATUSES = {
    "read": "read",
    "read-2": "read in a secondary source",
    "inferred": "inferred",
    "unknown": "looked for and not found",
}

UNKNOWN = """\
# What this library does not know

Much of how Ofsted inspects cannot be told from what was read. This page says how the library deals
with that, and then lists what no source has settled, framework by framework.

## One rule

An answer is definite only if it is the same in every case that is left open. The library goes
through the cases, and where they disagree it answers *undetermined* and says what would settle it.
Four things leave cases open, and the one rule serves them all.

**Rough dates.** An event may be dated `2023-01` or `../2024-04-03`. Each day that it can mean is a
case. The reasons are called `RoughDate`.

**Coverage.** That a record does not list an event proves nothing, unless the record claims to list
every event of that kind over the period in question. In the same way an empty field proves nothing,
unless the record claims that the field is filled wherever there is something to fill. The reasons
are called `NotCovered`. `--complete` claims everything at once.

**Readings.** Some sentences can be read in more than one way. Each way is a reading of its own,
with its own ground. As long as nobody chooses one, each is a case. The reasons are called
`ReadingsDiffer`. `--choose` settles them.

**Unknown values.** A number that no source gives is kept as `not-known`, and never filled with
what is usual or with what another framework says. The reasons are called `NotKnown`. `--replace`
supplies a value, as an assumption of the user's.

Two more reasons are rarer. `FrameworkOpen`: a rough date leaves open which framework governed an
event. `IllFormed`: the grades of an event are such that nothing follows from them.

A rough date or a missing event therefore never turns into a departure by itself. And to fill a gap
never turns one definite answer into another: it can only make an open answer definite.
"""


# --- Markdown ---------------------------------------------------------------------------------


def md(text: str) -> str:
    """Plain text as Markdown that shows it as it is, in a paragraph or in a table's cell."""
    told = " ".join(text.split())
    told = told.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    told = re.sub(r"([\\`*_{}\[\]#|])", r"\\\1", told)
    return re.sub(r"^(\d+)\.|^([-+:!=~])", lambda found: _guarded(found), told)


def _guarded(found: re.Match[str]) -> str:
    return f"{found[1]}\\." if found[1] else f"\\{found[2]}"


def code(text: str) -> str:
    """Text in the type of code; a bar would end a table's cell."""
    told = " ".join(text.split()).replace("|", "\\|")
    fence = "``" if "`" in told else "`"
    return f"{fence} {told} {fence}" if fence == "``" else f"`{told}`"


def url(address: str) -> str:
    """An address as the target of a link."""
    return re.sub(r"[<>|()\s\\]", lambda found: f"%{ord(found[0]):02X}", address)


def link(text: str, target: str) -> str:
    """A link; the text is Markdown already."""
    return f"[{text}]({target})"


def slug(text: str) -> str:
    """An anchor's name."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; empty where there are no rows."""
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    if not lines:
        return ""
    top = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*top, *lines]) + "\n"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as English lists them."""
    some = list(words)
    return f"{', '.join(some[:-1])} {last} {some[-1]}" if len(some) > 1 else "".join(some)


def page(*parts: str) -> str:
    """A page: its parts, with an empty line between them and one line break at the end."""
    return NOTE + "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


# --- Words for values --------------------------------------------------------------------------


def day_from(when: When) -> str:
    """Since when."""
    return f"from {_day(when)}"


def day_to(when: When) -> str:
    """Until when."""
    return f"to {_day(when)}"


def _day(when: When) -> str:
    if when.exact:
        return when.in_words()
    told = when.in_words()
    if " to " not in told or when.earliest is None or when.latest is None:
        return f"some day in {told}"
    return f"a day between {in_words(when.earliest)} and {in_words(when.latest)}"


def dates(row: Row) -> str:
    """When a row holds."""
    parts = [
        *([day_from(row.effective_from)] if row.effective_from else []),
        *([day_to(row.effective_to)] if row.effective_to else []),
    ]
    told = ", ".join(parts) or "as long as the framework"
    if row.published is not None:
        told += f"; made known on {in_words(row.published)}"
    return told


def ground_dates(ground: Ground) -> str:
    """For which dates a support was read."""
    parts = [
        *([f"from {in_words(ground.first)}"] if ground.first else []),
        *([f"to {in_words(ground.last)}"] if ground.last else []),
    ]
    return " ".join(parts) or "all"


def period(one: Framework) -> str:
    """When a framework is in force."""
    return day_from(one.start) + ("" if one.end is None else f" {day_to(one.end)}")


LABELS = {
    "opening": "the first clock",
    "since_last": "rhythm",
    "periods": "rhythm",
    "when": "only where",
    "while": "only while",
    "if": "it holds if",
    "gives": "what must follow",
    "first_only": "the first stretch only",
    "not_before": "coming early is a departure",
    "late_counts": "coming late is enough",
    "draft": "the early draft is meant",
    "activities": "activities",
    "bounds": "between",
    "otherwise": "otherwise",
    "at_first": "a provider's first inspection",
    "kind": "kind of inspection",
    "same_scope": "of the same area or region",
    "includes": "must name",
    "excludes": "must not name",
}


def field_words(one: Framework, row: Row) -> list[str]:
    """What a row's own fields hold, in words: those that are not left at their defaults."""
    common = set(attrs.fields_dict(Row))
    told = []
    for field in attrs.fields(type(row)):
        if field.name in common:
            continue
        value, name = getattr(row, field.name), wire(field)
        default = field.default
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
            default = default.factory()
        if value != default:
            label = LABELS.get(name, name.replace("_", " "))
            told.append(f"{label}: {value_words(one, name, value)}")
    return told


def value_words(one: Framework, name: str, value: Any) -> str:
    """One value in words."""
    if value == NOT_KNOWN:
        return "**not known**"
    if value is True:
        return "yes"
    if isinstance(value, Fixed):
        return f"periods of {value.months} months, one of them from {in_words(value.origin)}"
    if isinstance(value, Since):
        if value.before is None:
            late = f", or up to {value.after} months later" if value.after else ""
            return f"at most {value.months} months after the last{late}"
        ends = f"from {value.before} months earlier to {value.after} months later"
        return f"{value.months} months after the last: {ends}"
    if name == "while":
        return link(code(str(value)), f"#{value}")
    if name == "scale":
        return link(code(str(value)), f"#scale-{slug(str(value))}")
    if name == "opening":
        return {
            "framework-start": "starts with the framework",
            "previous": "starts with the last one before the framework",
        }[value]
    if name == "if":
        return "; and ".join(_count(one, count) for count in value)
    if isinstance(value, dict):
        return "; ".join(
            f"{code(key)}: {listed(map(code, words), 'or')}" for key, words in value.items()
        )
    if isinstance(value, tuple):
        return listed(_word(one, name, word) for word in value)
    return _word(one, name, str(value))


def _word(one: Framework, name: str, word: str) -> str:
    if name == "gives" and word in ("published", "published_by_provider"):
        own = word == "published"
        return "the event's own report or letter" if own else "the provider's own publication of it"
    if name == "counted_from":
        return {
            "start": "the first day of fieldwork",
            "end": "the last day of fieldwork",
            "published": "the day of publication",
        }[word]
    if word in one.areas:
        return link(code(word), f"#area-{slug(word)}")
    return md(EVENTS[word].label if word in EVENTS else word.replace("-", " "))


def _count(one: Framework, count: Count) -> str:
    areas = listed((_word(one, "areas", area) for area in count.areas), "or")
    number = f"at least {count.at_least} of " if len(count.areas) > 1 else ""
    better, worse = count.or_better, count.or_worse
    grade = (
        f"{better}"
        if better == worse
        else f"{better} or better"
        if worse is None
        else f"{worse} or worse"
        if better is None
        else f"{better} or better, {worse} or worse"
    )
    return f"{number}{areas} graded {grade.replace('-', ' ')}"


# --- A framework -------------------------------------------------------------------------------


class Book:
    """A framework or a behaviour, with its facts and sources at hand.

    The facts of a framework stand on the pages of the lists, those of a behaviour on its own page.
    """

    def __init__(self, one: Framework | Behaviour | FactList, lists: str | None = None) -> None:
        self.one = one
        self.lists = lists
        self.facts = {fact.id: fact for fact in one.facts}
        self.sources = {source.key: source for source in one.sources}

    def fact(self, id: str) -> str:
        """A fact's id, with a link to where it is told."""
        listed = id.partition(":")[0]
        if self.lists is not None and listed in LISTS:
            return link(code(id), f"{self.lists}{listed}.md#{fact_anchor(id)}")
        return link(code(id), f"#{fact_anchor(id)}") if id in self.facts else code(id)

    def cited(self, ids: Iterable[str]) -> str:
        """Facts as an enumeration of links."""
        return ", ".join(self.fact(id) for id in ids)

    def read_in(self, fact: Fact) -> str:
        """Where a fact was read, or what it was worked out from."""
        told = [self.source(self.sources[key]) for key in fact.sources if key in self.sources]
        if fact.rests_on:
            told.append(f"worked out from {self.cited(fact.rests_on)}")
        if fact.status in ("read-2", "unknown") or (
            fact.status == "inferred" and not fact.rests_on
        ):
            told.append(STATUSES[fact.status])
        return "<br>".join(told)

    def source(self, source: Source) -> str:
        """A source: its title with a link to it, and its date."""
        title = md(source.title)
        listed = source.key.partition(":")[0]
        page = f"{self.lists}{listed}.md" if self.lists is not None and listed in LISTS else ""
        there = url(source.address) if source.address else f"{page}#source-{slug(source.key)}"
        return f"{link(title, there)} ({md(_dated(source))})"


def fact_anchor(id: str) -> str:
    """The anchor of a fact."""
    return f"fact-{slug(id)}"


def _dated(source: Source) -> str:
    try:
        return When.parse(source.dated).in_words()
    except ValueError:
        return source.dated


def drawn_on(one: Framework) -> date:
    """The day as of which a framework is drawn: its last, or a late one of one still in force."""
    return DRAWN_UNTIL if one.end is None else date.fromordinal(one.end.lo)


def framework_page(one: Framework) -> str:
    """The page of a framework."""
    book = Book(one, "../facts/")
    ids = list(dict.fromkeys(row.id for row in one.rows))
    parts = [
        f"# {md(one.title)}",
        f"{code(one.id)}, about {PROVIDERS[one.provider_kind]}. It governs what begins "
        f"{period(one)}.{_beside(one)}",
        table(
            ["part", "basis", "facts", "says"],
            (
                [md(g.part), _basis(g.basis), book.cited(g.facts), md(g.says or "")]
                for g in one.grounds
            ),
        ),
        "The sentences are our own wording. What a sentence rests on is told under each provision, "
        "part by part and with its dates: "
        + "; ".join(f"*{basis}*: {words}" for basis, words in BASES.items())
        + f". The facts behind it stand in the {link('lists of facts', '../facts/index.md')}.",
        "## What follows what",
        f"As of {in_words(drawn_on(one))}, an arrow for each row; each is told in full below.",
        f"![What follows what under {one.id}: the provisions below tell the same]"
        f"({one.id}-life-cycle.svg)",
        "## Provisions",
    ]
    for id in ids:
        parts += provision(book, one.provision(id))
    graded = table(
        ["code", "area"],
        ([f"{code(key)}{{ #area-{slug(key)} }}", md(name)] for key, name in one.areas.items()),
    )
    parts += ["## Areas", graded or "It grades no areas, as far as was read."]
    if one.area_sets:
        parts += ["Areas that go by one name together:", table(
            ["set", "areas"],
            (
                [code(name), ", ".join(link(code(a), f"#area-{slug(a)}") for a in some)]
                for name, some in one.area_sets.items()
            ),
        )]  # fmt: skip
    scales = table(
        ["id", "grades, the best first", "numbers"],
        (
            [
                f"{code(scale.id)}{{ #scale-{slug(scale.id)} }}",
                ", ".join(grade.replace("-", " ") for grade in scale.grades),
                ", ".join(map(str, scale.numbers)) or "none",
            ]
            for scale in one.scales
        ),
    )
    parts += ["## Scales", scales or "It has no scale, as far as was read."]
    parts += request_parts(book, one)
    versions = table(
        ["date", "what is known of it", "facts"],
        ([When.parse(v.date).in_words(), md(v.says), book.cited(v.facts)] for v in one.versions),
    )
    parts += ["## Versions of the published text", versions or "None is known."]
    unknown = link("what this library does not know", f"../not-known.md#{one.id}")
    parts += ["## What is not known", f"What no source settled is listed in {unknown}."]
    return page(*parts)


def _beside(one: Framework) -> str:
    """That another framework was in use too, for a time."""
    other = one.beside
    if other is None:
        return ""
    kinds = listed((code(kind) for kind in other.kinds), "or")
    return (
        f" From {in_words(other.first)} to {in_words(other.last)} "
        f"{link(code(other.framework), f'{other.framework}.md')} was in use too: an inspection of "
        f"the kind {kinds} comes under that one, and where the record names no kind it is open."
    )


def request_parts(book: Book, one: Framework) -> Iterator[str]:
    """What a framework asks for when an inspection begins, by the day from which it was read."""
    yield "## The information request { #information-request }"
    asked = one.requested
    if asked is None:
        yield "The library has no list of what is asked for when an inspection begins."
        return
    yield f"{md(asked.says or '')} ({book.cited(asked.facts)})"
    yield (
        "What was read, and in which version; for days before the first of them nothing is known. "
        + link("Check a child-level list", "../closed-cases.md")
        + " shows how a list is checked."
    )
    yield table(
        ["version", "document", "what was read", "facts"],
        (
            [
                in_words(v.first),
                book.source(book.sources[v.source]) if v.source in book.sources else code(v.source),
                md(v.says),
                book.cited(v.facts),
            ]
            for v in asked.versions
        ),
    )
    yield table(
        ["document", "what it is", "read from", "facts"],
        ([code(i.number), md(i.says), in_words(i.first), book.cited(i.facts)] for i in asked.items),
    )
    yield (
        f"For each case closed in the {asked.closed_within_days} days before the inspection "
        "begins, the list has these fields:"
    )
    yield table(
        ["field", "holds", "may be empty", "read from", "says", "facts"],
        (
            [
                code(f.name),
                {"text": "text", "yes-no": "Y or N", "date": "a day"}[f.kind],
                "yes" if f.may_be_empty else "no",
                in_words(f.first),
                md(f.says or ""),
                book.cited(f.facts),
            ]
            for f in asked.fields
        ),
    )
    yield "How long cases had been open, in weeks, in half-open bands:"
    yield table(
        ["band", "read from", "facts"],
        ([code(str(b)), in_words(b.first), book.cited(b.facts)] for b in asked.bands),
    )
    yield "A list is checked for this:"
    yield table(
        ["check", "says", "basis", "facts"],
        ([code(r.id), md(r.says), _basis(r.basis), book.cited(r.facts)] for r in asked.rules),
    )
    yield "Not known of it:"
    yield "\n".join(f"- {md(what)}" for what in asked.not_known)


def _basis(basis: Basis) -> str:
    return f"**{basis}**" if basis is Basis.OFFICIAL else str(basis)


def _source_cell(source: Source) -> str:
    title = md(source.title)
    first = link(title, url(source.address)) if source.address else f"{title} (no address)"
    more = [link(f"copy {i}", url(a)) for i, a in enumerate(source.also, start=1)]
    return "; ".join([first, *more])


def provision(book: Book, rows: Sequence[Row]) -> list[str]:
    """What a framework's page says of one provision."""
    first = rows[0]
    parts = [f"### {md(first.id)} {{ #{first.id} }}", f"*{md(first.tag)}:* {summary(type(first))}"]
    sentences = list(dict.fromkeys(row.sentence for row in rows))
    for sentence in sentences:
        own = [row for row in rows if row.sentence == sentence]
        when = f" *({md(dates(own[0]))})*" if len(sentences) > 1 else ""
        told = own[0].says() if len({row.says() for row in own}) == 1 else _with_gaps(sentence)
        parts += [f"> {md(told)}{when}", wording(own)]
    parts.append(table(
        ["reading", "holds", "what it says"],
        (
            [
                md(row.reading or "the only one"),
                md(dates(row)),
                "<br>".join(field_words(book.one, row)),
            ]
            for row in rows
        ),
    ))  # fmt: skip
    parts.append(table(
        ["part", "basis", "for dates", "facts", "says"],
        (
            [part, _basis(g.basis), ground_dates(g), book.cited(g.facts), md(g.says or "")]
            for part, g in grounds(rows)
        ),
    ))  # fmt: skip
    return parts


def _with_gaps(sentence: str) -> str:
    """A sentence whose values differ from row to row: the table below it tells them."""
    return re.sub(r"\{\w+\}", "…", sentence)


def wording(rows: Sequence[Row]) -> str:
    """Which basis the wording of a sentence has for which dates, the strongest first."""
    found = dict.fromkeys(g for row in rows for g in row.grounds if g.part == "sentence")
    told: dict[str, list[str]] = {}
    for ground in sorted(found, key=lambda ground: list(Basis).index(ground.basis)):
        days = ground_dates(ground)
        told.setdefault(_basis(ground.basis), []).append("" if days == "all" else f" {days}")
    parts = [
        f"{basis}{listed(dict.fromkeys(days))}" if all(days) else basis
        for basis, days in told.items()
    ]
    return f"The sentence is {listed(parts)}." if parts else ""


def grounds(rows: Sequence[Row]) -> list[tuple[str, Ground]]:
    """Every ground of a provision once, with the reading or the dates that it belongs to."""
    found: dict[tuple[str, Ground], None] = {}
    for row in rows:
        for ground in row.grounds:
            part = md(ground.part.replace("_", " "))
            if ground.part != "sentence":
                if row.reading is not None:
                    part += f" ({md(row.reading)})"
                elif len(rows) > 1:
                    part += f" ({md(dates(row))})"
            found[part, ground] = None
    return list(found)


# --- Lists of facts ----------------------------------------------------------------------------

LISTS = fact_lists()
FACTS = """\
# Facts

Everything that a framework, a sample or a boundary states rests on numbered facts, each told in our
own words with the documents in which it was read. A fact is named with its list:
`cafcass-2021:A-01`.
"""


def samples() -> list[str]:
    """The names of the records that ship."""
    folder = ROOT / "src" / "ofsted_framework" / "data" / "samples"
    return sorted(path.stem for path in folder.glob("*.json"))


def users_of_facts(some: Sequence[Framework]) -> dict[str, list[str]]:
    """What rests on each fact, in words."""
    found: dict[str, dict[str, None]] = {}
    for one in some:
        where = f"../frameworks/{one.id}.md"
        for ground in one.grounds:
            for id in ground.facts:
                told = link(code(one.id), where)
                found.setdefault(id, {})[f"{told}, {md(ground.part)}"] = None
        for row in one.rows:
            for ground in row.grounds:
                for id in ground.facts:
                    told = link(f"`{one.id}` {row.id}", f"{where}#{row.id}")
                    found.setdefault(id, {})[told] = None
        for version in one.versions:
            for id in version.facts:
                told = link(f"`{one.id}` versions", f"{where}#versions-of-the-published-text")
                found.setdefault(id, {})[told] = None
        if one.requested is not None:
            asked = one.requested
            told = link(f"`{one.id}` information request", f"{where}#information-request")
            for part in (asked, *asked.parts):
                for id in part.facts:
                    found.setdefault(id, {})[told] = None
        for gap in one.not_known:
            told = link(f"what is not known of `{one.id}`", f"../not-known.md#{one.id}")
            for id in gap.facts:
                found.setdefault(id, {})[told] = None
    for name in samples():
        record = sample(name)
        for item in (*record.events, *record.coverage):
            for id in item.sources:
                found.setdefault(id, {})[f"sample {code(name)}"] = None
    return {id: list(told) for id, told in found.items()}


def facts_index() -> str:
    """The page that lists the lists of facts."""
    return page(
        FACTS,
        table(
            ["list", "what it is about", "facts", "last compared with what was read"],
            (
                [link(code(name), f"{name}.md"), md(one.title), str(len(one.facts)),
                 in_words(one.checked)]
                for name, one in LISTS.items()
            ),
        ),
        "A fact was "
        + ", ".join(f"*{STATUSES[one]}*" for one in STATUSES)
        + " (`read`, `read-2`, `inferred`, `unknown`). How that becomes the basis of a provision "
        "is told on each framework's page.",
    )  # fmt: skip


def facts_page(name: str, users: dict[str, list[str]]) -> str:
    """The page of a list: its facts, what rests on them, those set aside, and the documents."""
    one = LISTS[name]
    book = Book(one, "")
    book.sources = {source.key: source for two in LISTS.values() for source in two.sources}
    behind = {id: fact.id for fact in one.facts for id in fact.rests_on}

    def used_by(fact: Fact) -> str:
        told = list(users.get(fact.id, ()))
        if fact.id in behind and not told:
            told.append(f"behind {book.fact(behind[fact.id])}")
        if fact.id in one.set_aside:
            told.append(f"Not encoded: {md(one.set_aside[fact.id])}")
        return "<br>".join(told)

    return page(
        f"# {md(one.title)}",
        f"List {code(name)}, last compared with what was read on {in_words(one.checked)}.",
        table(
            ["id", "in our words", "status and where it was read", "what rests on it"],
            (
                [
                    f"{code(fact.id)}{{ #{fact_anchor(fact.id)} }}",
                    md(fact.says),
                    book.read_in(fact) if fact.sources or fact.rests_on else STATUSES[fact.status],
                    used_by(fact),
                ]
                for fact in one.facts
            ),
        ),
        "## Documents",
        table(
            ["key", "document", "dated", "kind"],
            (
                [
                    f"{code(source.key.partition(':')[2])}{{ #source-{slug(source.key)} }}",
                    _source_cell(source),
                    md(_dated(source)),
                    md(source.kind),
                ]
                for source in one.sources
            ),
        ),
    )


# --- What changed ------------------------------------------------------------------------------


def changes_page(some: Sequence[Framework]) -> str:
    """What changed: from each framework to the next, and within each from day to day."""
    parts = [
        "# What changed, and when",
        "What differs between one edition and the next, as "
        f"{code('diff(a, b)')} tells it: rows, areas and sources added, ended and changed. The "
        "command line says the same in full, with every field: "
        "`ofsted-framework diff ilacs-2018@2022-12-31 ilacs-2018@2023-01-01`.",
    ]
    for kind, name in PROVIDERS.items():
        mine = [one for one in some if one.provider_kind == kind]
        parts.append(f"## {md(name[0].upper() + name[1:])}")
        for before, one in pairwise([None, *mine]):
            if before is not None:
                parts.append(f"### From `{before.id}` to `{one.id}`")
                assert before.end is not None  # another came after it
                last, first = before.end.hi, one.start.hi
                parts += _change(before.at(date.fromordinal(last)), one.at(date.fromordinal(first)))
            for told, was, now in _editions(one):
                changed = _change(was, now)
                if changed:
                    parts += [f"### `{one.id}`, {told}", *changed]
    return page(*parts)


def _editions(one: Framework) -> Iterator[tuple[str, Framework, Framework]]:
    """The editions of a framework around each of its changes."""
    changes: dict[tuple[int, int], str] = {}
    for row in one.rows:
        start, end = row.effective_from, row.effective_to
        if start is not None and start.lo > one.start.hi:
            changes.setdefault((start.lo - 1, start.hi), _day(start))
        if end is not None and (one.end is None or end.hi < one.end.lo):
            last = When(date.fromordinal(end.lo + 1), date.fromordinal(end.hi + 1))
            changes.setdefault((end.lo, end.hi + 1), _day(last))
    for (first, last), told in sorted(changes.items()):
        yield told, one.at(date.fromordinal(first)), one.at(date.fromordinal(last))


def _change(was: Framework, now: Framework) -> list[str]:
    found = diff(was, now)
    cells = [
        [
            change.sort,
            link(code(change.row.id), f"{(was if change.after is None else now).id}.md#"
                 f"{change.row.id}"),
            md(_with_gaps(change.row.sentence) if change.sort == "ended" else change.row.says()),
        ]
        for change in found.rows
    ]  # fmt: skip
    unique = list({tuple(cell): None for cell in cells})
    parts = [table(["what", "provision", "it says"], unique)] if cells else []
    areas = [
        f"{sort}: {listed(code(a.area) for a in found.areas if a.sort == sort)}"
        for sort in ("added", "ended", "changed")
        if any(a.sort == sort for a in found.areas)
    ]
    if areas:
        parts.append(f"Areas {'; '.join(areas)}.")
    return parts


def frameworks_index(some: Sequence[Framework]) -> str:
    """The page that lists the frameworks."""
    return page(
        "# Frameworks",
        "A framework is data: provisions with their readings, dates and grounds. An event is "
        "governed by the framework that was in force when it began.",
        "![The frameworks in time: the table below tells the same](timeline.svg)",
        table(
            ["id", "about", "in force", "basis of the first day", "of the last day", "title"],
            (
                [
                    link(code(one.id), f"{one.id}.md"),
                    md(PROVIDERS[one.provider_kind]),
                    md(period(one)),
                    *(
                        ", ".join(
                            dict.fromkeys(_basis(g.basis) for g in one.grounds if g.part == part)
                        )
                        for part in ("start", "end")
                    ),
                    md(one.title),
                ]
                for one in some
            ),
        ),
        "What changed from one to the next, and within each, is told in "
        "[what changed, and when](changes.md). What no source has settled is listed in "
        "[what this library does not know](../not-known.md).",
    )


# --- Rules -------------------------------------------------------------------------------------


def rules_index() -> str:
    """The page that lists the rules."""
    groups = {"1": "form", "2": "sequence", "3": "timing", "4": "completeness"}
    told = ", ".join(f"OF{number} {name}" for number, name in groups.items())
    return page(
        "# Rules",
        f"Each rule enforces one sentence. The first digit of its code names its group: {told}. A "
        "rule reads the provisions of whichever framework governed an event.",
        table(
            ["code", "name", "sentence"],
            ([link(r.code, f"{r.code}.md"), code(r.slug), md(r.sentence)] for r in RULES),
        ),
    )


def rule_page(rule: Rule, some: Sequence[Framework]) -> str:
    """The page of a rule."""
    speaks_of = rule.speaks_of
    if speaks_of is None:
        reads = (
            "None: it holds by definition, for the records of every framework, and a departure is "
            "an error whatever the framework rests on."
        )
    else:
        lines = []
        for one in some:
            ids = dict.fromkeys(row.id for row in one.rows if speaks_of(row))
            told = ", ".join(link(code(id), f"../frameworks/{one.id}.md#{id}") for id in ids)
            lines.append(f"- {link(code(one.id), f'../frameworks/{one.id}.md')}: {told or 'none'}")
        reads = "\n".join(lines)
    good, good_result = shown(rule, rule.passing, lambda result: _keeps(rule, result))
    bad, bad_result = shown(rule, rule.failing, lambda result: bool(_departures(rule, result)))
    kept = [v for v in good_result.verdicts if v.rule is rule and v.status is Status.SATISFIED]
    names = listed(code(f"{v.provision or v.rule.slug} · {v.subject}") for v in kept)
    failing = "\n\n".join(_departures(rule, bad_result))
    return page(
        f"# {rule.code} {md(rule.slug)}",
        "## What it checks",
        md(rule.sentence),
        "## Why it matters",
        md(rule.why),
        "## Which provisions it reads",
        reads,
        "## A record that passes",
        f"Checked on {in_words(good_result.as_of)} against {code(rule.passing.framework)}, it "
        f"satisfies {names}.",
        f"```json\n{good}\n```",
        "## A record that departs",
        f"Checked on {in_words(bad_result.as_of)} against {code(rule.failing.framework)}.",
        f"```json\n{bad}\n```",
        "What the library answers:",
        f"```text\n{failing}\n```",
        "## What to do",
        md(rule.remedy),
    )


def _departures(rule: Rule, result: CheckResult) -> list[str]:
    return [one.explain() for one in result.departures if one.verdict.rule is rule]


def _keeps(rule: Rule, result: CheckResult) -> bool:
    mine = {v.status for v in result.verdicts if v.rule is rule}
    return Status.SATISFIED in mine and Status.VIOLATED not in mine


def shown(
    rule: Rule, example: Example, good: Callable[[CheckResult], bool]
) -> tuple[str, CheckResult]:
    """An example as a document, and its check: with a claim of coverage only where one is needed.

    Raises:
        SystemExit: The example does not do what it is for.
    """
    one = next(one for one in frameworks() if one.id == example.framework)
    name = "Cafcass" if one.provider_kind == "cafcass" else "A local authority"
    for coverage in ({}, {"coverage": "complete"}):
        plain = {
            "format": FORMAT,
            "version": VERSION,
            "provider": {"name": name, "kind": one.provider_kind},
            **coverage,
            "events": list(example.events),
        }
        text = json.dumps(plain, indent=2, ensure_ascii=False)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "record.json"
            file.write_text(text, encoding="utf-8")
            history = read(file).histories[0]
        result = check(history, as_of=date.fromisoformat(example.as_of), frameworks=[one])
        if good(result):
            return text, result
    sys.exit(f"An example of {rule.code} does not do what it is for.")


# --- Behaviour ---------------------------------------------------------------------------------

BEHAVIOURS = """\
# Behaviour

A simulation needs to know more than the framework says: where in its window an inspection falls,
how often it comes late, how grades move. Each such matter is an *assumption*: what may happen, and
how much weight each thing has. Weights are whole numbers. Where something was counted they are the
counts, so 19 inspections late out of 67 is `yes` 19, `no` 48.

The assumptions of one sort of provider together are a *behaviour*. Two come with the library.
[Simulate the coming years](simulation.md) shows how to change one. A third, `true-quality`, is
there to be put into either:
[Grades, true quality, and questions](grades-and-questions.md#true-quality) says what it does.
"""

ASSUMED_WHERE = """\
**of** says what an assumption is about: an activity, a provision's id, or an area. The most
particular one is used, and *every other* stands behind them all. **given** says what it is said of:
the grade before, the kind of inspection, what a visit follows, or the sort of window. Without
it, an assumption holds in every other case. The sorts of window are:

- `periods`: one of fixed periods
- `since-last`: counted from the last time
- `first`: the time within which the next comes, where the record does not say when the last was
- `between`: a share of the time between two inspections
- `response`: the time to answer something

What true quality is said of,
[its own page](grades-and-questions.md#true-quality) says.

Where no assumption speaks of a matter, days are drawn evenly from those that the framework allows,
and the framework is kept.
"""


def behaviours() -> list[Behaviour]:
    """The behaviours that ship, each after the one that it begins with."""
    folder = ROOT / "src" / "ofsted_framework" / "data" / "behaviours"
    some = [read_behaviour(path.stem) for path in sorted(folder.glob("*.toml"))]
    return sorted(some, key=lambda one: (one.id != "local-authority", one.id))


def outcomes_words(what: str) -> str:
    """What outcomes a sort of assumption has."""
    kind = WHATS[what].outcomes
    if isinstance(kind, tuple):
        return listed((code(str(one)) for one in kind), "or")
    return {
        "yes or no": f"{code('yes')} or {code('no')}",
        "a number": "numbers, each for itself",
        "the last day of a band": "bands of days: each number is the last day of its band, which "
        "begins after the one before; within a band each day is alike",
        "a part": "parts of equal length, numbered from 1; within a part each day is alike",
        "a number from 1 on": "numbers from 1 on, each for itself",
        "a number of levels up or, below 0, down": "numbers of levels, below 0 for worse",
    }[kind]


def weights_words(one: Assumption) -> str:
    """The outcomes of an assumption, each with its count and its share."""
    total = sum(one.weights.values())
    some = [(outcome, weight) for outcome, weight in one.weights.items() if weight]
    names = _outcomes(one)
    if one.what == "levels":
        return "<br>".join(f"{names[outcome]}: {weight} levels" for outcome, weight in some)
    if len(some) == 1:
        return f"always {names[some[0][0]]}"
    return "<br>".join(
        f"{names[outcome]}: {weight} ({_share(weight, total)})"
        for outcome, weight in one.weights.items()
    )


def _share(weight: int, total: int) -> str:
    share = 100 * weight / total
    return f"{share:.0f}%" if share >= 1 or not weight else f"{share:.1f}%"


def _outcomes(one: Assumption) -> dict[str, str]:
    kind = WHATS[one.what].outcomes
    if kind == "the last day of a band":
        starts = [1, *(int(last) + 1 for last in one.weights)]
        return {last: f"{first} to {last}" for first, last in zip(starts, one.weights)}  # noqa: B905
    if kind == "a part":
        return {part: f"part {part} of {len(one.weights)}" for part in one.weights}
    if isinstance(kind, tuple):
        return {outcome: code(outcome) for outcome in one.weights}
    return {outcome: outcome for outcome in one.weights}


def behaviours_page(some: Sequence[Behaviour]) -> str:
    """The page of everything that the behaviours assume."""
    parts = [
        BEHAVIOURS,
        "## Sorts of assumption { #sorts }",
        table(
            ["sort", "what it settles", "outcomes"],
            ([code(name), md(what.says), outcomes_words(name)] for name, what in WHATS.items()),
        ),
        ASSUMED_WHERE,
    ]
    told: dict[tuple[str, str, str | None], Assumption] = {}
    first = some[0]
    for one in some:
        mine = [a for a in one.assumptions if not _same(a, told.get(a.key))]
        parts += [
            f"## {md(one.title)} {{ #{one.id} }}",
            f"{code(one.id)}: {len(one.assumptions)} assumptions. What a simulation rests on is no "
            f"better supported than its weakest part; of these that is {_basis(one.basis)}.",
        ]
        if len(mine) < len(one.assumptions):
            parts.append(
                f"{len(one.assumptions) - len(mine)} of them are those of "
                f"{link(code(first.id), f'#{first.id}')}, with the same weights and facts, taken "
                "over by analogy: each is assumed. Its own are these:"
            )
        parts += _by_sort(Book(one), mine)
        told |= {a.key: a for a in one.assumptions}
    facts = {fact.id: (book, fact) for book in map(Book, some) for fact in book.one.facts}
    sources = {source.key: source for one in some for source in one.sources}
    parts += [
        "## Facts",
        "What was counted or read, in our own words.",
        table(
            ["id", "in our words", "where it was read"],
            (
                [
                    f"{code(fact.id)}{{ #{fact_anchor(fact.id)} }}",
                    md(fact.says),
                    "<br>".join(filter(None, (book.read_in(fact), _counted(fact)))),
                ]
                for book, fact in facts.values()
            ),
        ),
        "## Sources",
        table(
            ["key", "document", "dated", "kind"],
            (
                [
                    f"{code(source.key)}{{ #source-{slug(source.key)} }}",
                    _source_cell(source),
                    md(_dated(source)),
                    md(source.kind),
                ]
                for source in sources.values()
            ),
        ),
    ]
    return page(*parts)


def _same(one: Assumption, other: Assumption | None) -> bool:
    return other is not None and (one.weights, one.facts) == (other.weights, other.facts)


def _counted(fact: Fact) -> str:
    """How a fact was come by, where the sources alone do not tell."""
    return "counted from them" if fact.status == "inferred" and not fact.rests_on else ""


def _by_sort(book: Book, some: Sequence[Assumption]) -> Iterator[str]:
    """The assumptions, one table for each sort."""
    for what in WHATS:
        mine = [one for one in some if one.what == what]
        if mine:
            yield f"### {what} {{ #{book.one.id}-{what} }}"
            yield table(
                ["of, given", "weights", "basis", "says"],
                (
                    [
                        ", ".join(
                            [
                                "*every other*" if one.of == "*" else code(one.of),
                                *([] if one.given is None else [code(one.given)]),
                            ]
                        ),
                        weights_words(one),
                        _basis(one.basis),
                        "<br>".join(filter(None, (md(one.says or ""), book.cited(one.facts)))),
                    ]
                    for one in mine
                ),
            )


# --- What is not known --------------------------------------------------------------------------


def unknown_page(some: Sequence[Framework]) -> str:
    """The page that lists what no source settled."""
    parts = [UNKNOWN]
    for one in some:
        book, where = Book(one, "facts/"), f"frameworks/{one.id}.md"
        parts += [
            f"## {md(one.title)} {{ #{one.id} }}",
            "The facts named bear on the question; none of them settles it.",
            table(
                ["what is not known", "facts"],
                ([md(item.what), book.cited(item.facts)] for item in one.not_known),
            ),
        ]
        open_ = [
            (row, name)
            for row in one.rows
            for name in attrs.fields_dict(type(row))
            if getattr(row, name, None) == NOT_KNOWN
        ]
        read_twice = {
            row.id: [r.reading for r in one.provision(row.id) if r.reading]
            for row in one.rows
            if row.reading
        }
        if open_:
            parts += [
                "Values kept as `not-known`: "
                + ", ".join(
                    f"{code(name)} of {link(code(row.id), f'{where}#{row.id}')}"
                    for row, name in open_
                )
                + ".",
            ]
        if read_twice:
            parts += [
                "Sentences with more than one reading:",
                "\n".join(
                    f"- {link(code(id), f'{where}#{id}')}: {listed(map(code, names), 'or')}"
                    for id, names in read_twice.items()
                ),
            ]
    return page(*parts)


# --- Sessions in hand-written pages --------------------------------------------------------------


class Block(NamedTuple):
    """A fenced block: what is written behind its fence, its lines, and where they begin."""

    info: str
    lines: list[str]
    first: int

    @property
    def language(self) -> str:
        """The first word behind the fence."""
        return self.info.split()[0] if self.info.split() else ""

    @property
    def title(self) -> str | None:
        """The title, where it has one."""
        found = re.search(r'title="([^"]+)"', self.info)
        return None if found is None else found[1]


class Shown(NamedTuple):
    """What a page says that a command prints: the lines, where they stand, and what is printed."""

    first: int
    expected: list[str]
    printed: list[str]


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page."""
    found: list[Block] = []
    fence = None
    for number, line in enumerate(text.splitlines()):
        match = _FENCE.match(line)
        if fence is None and match:
            fence = match["fence"]
            found.append(Block(match["info"].strip(), [], number + 1))
        elif fence is not None and line.strip() == fence:
            fence = None
        elif fence is not None:
            found[-1].lines.append(line)
    assert fence is None, "a fence is never closed"
    return found


def by_hand() -> list[Path]:
    """The pages that are written by hand, those beside the documentation included."""
    some = sorted(page for page in DOCS.rglob("*.md") if page.parent != NOTEBOOKS)
    return [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *(page for page in some if not page.read_text(encoding="utf-8").startswith("<!-- Written")),
        NOTEBOOKS / "index.md",
    ]


def sessions() -> list[Path]:
    """The pages by hand that show Python or the command line."""
    return [
        page
        for page in by_hand()
        if any(
            block.language in ("python", "console")
            for block in blocks(page.read_text(encoding="utf-8"))
        )
    ]


def played(page: Path) -> Iterator[Shown]:
    """Run the blocks of a page in order, in the present folder.

    A block with a title is a file and is written; where the title goes on after a comma, its rows
    take the place of those of the same events in a CSV file that is there. In a `console` block
    the commands of this library run, and `echo $?` tells the exit code of the last; those of
    `NOT_RUN` are left alone, and others are refused. A `python` block is a session (`>>>`), or a
    program whose output follows in a `text` block.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    code = 0
    program: Block | None = None
    for block in blocks(page.read_text(encoding="utf-8")):
        before, program = program, None
        if block.title is not None:
            _write(block.title, block.lines)
        elif block.language == "console":
            for first, command, expected in _commands(block):
                if command == "echo $?":
                    yield Shown(first, expected, [str(code)])
                elif command.split()[0] == PROGRAM:
                    printed = io.StringIO()
                    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                        code = cli.main(shlex.split(command)[1:])
                    yield Shown(first, expected, printed.getvalue().splitlines())
                else:
                    assert command.startswith(tuple(NOT_RUN)), f"{page.name}: {command}"
        elif block.language == "python" and any(line.startswith(">>>") for line in block.lines):
            yield from _session(block, names)
        elif block.language == "python":
            program = block
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile("\n".join(block.lines), page.name, "exec"), names)
            output = printed.getvalue().splitlines()
        elif block.language == "text" and before is not None:
            yield Shown(block.first, block.lines, output)


def _write(title: str, lines: list[str]) -> None:
    name, comma, _ = title.partition(",")
    file = Path(name)
    if comma:
        new = {_event(line): line for line in lines}
        old = file.read_text(encoding="utf-8").splitlines()
        assert new.keys() <= set(map(_event, old))
        lines = [new.get(_event(line), line) for line in old]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _event(line: str) -> tuple[str, ...]:
    """The cells of a row that say whose event it is."""
    return tuple(line.split(",")[:4])


def _commands(block: Block) -> Iterator[tuple[int, str, list[str]]]:
    starts = [i for i, line in enumerate(block.lines) if line.startswith("$ ")]
    if not starts:  # commands to copy, without what they print
        for number, line in enumerate(block.lines, 1):
            yield block.first + number, line, []
    for start, end in pairwise([*starts, len(block.lines)]):
        stop = start
        while block.lines[stop].endswith("\\"):
            stop += 1
        command = " ".join(line.removesuffix("\\") for line in block.lines[start : stop + 1])[2:]
        yield block.first + stop + 1, command, block.lines[stop + 1 : end]


def _session(block: Block, names: dict[str, Any]) -> Iterator[Shown]:
    for example in doctest.DocTestParser().get_examples("\n".join(block.lines) + "\n"):
        printed = io.StringIO()
        kind = "exec" if example.want == "" and "\n" in example.source.strip() else "single"
        with contextlib.redirect_stdout(printed):
            exec(compile(example.source, "<session>", kind), names)
        first = block.first + example.lineno + example.source.count("\n")
        expected = example.want.splitlines()
        told = [line or "<BLANKLINE>" for line in printed.getvalue().splitlines()]
        yield Shown(first, expected, told)


def refreshed(page: Path) -> str:
    """A hand-written page with what its commands print now."""
    lines = page.read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        shown = list(played(page))
    for one in reversed(shown):
        lines[one.first : one.first + len(one.expected)] = one.printed
    return "\n".join(lines) + "\n"


# --- Layouts --------------------------------------------------------------------------------------


def layouts_page() -> str:
    """The layouts of foreign tables that are read, with their columns."""
    parts = [
        "# Layouts",
        "How tables of other people are read, as the files in `data/layouts` say it. Headers are "
        "compared in small letters and without marks. [A layout of your "
        "own](your-own-layout.md) is "
        "such a file.",
    ]
    for one in layouts():
        parts.append(f"## {one.id}\n\n{md(one.title)}.")
        if one.sheets:
            parts.append(f"Sheet: {listed(code(name) for name in one.sheets)}.")
        rows = [
            (md(NAMES[name]), listed(map(code, headers), "or"), "yes" if name in one.needed else "")
            for name, headers in one.columns.items()
        ]
        rows += [
            (
                md(f"grade of {column.area}{_when(column)}"),
                listed(map(code, column.columns), "or"),
                "",
            )
            for column in one.grades
        ]
        if one.keep:
            rows.append(("kept in the note", listed(map(code, one.keep)), ""))
        if one.leave:
            rows.append(("known, and left out", listed(map(code, one.leave)), ""))
        parts.append(table(("what is read", "column", "must be there"), rows))
        words = [
            (
                code(word or " "),
                code(sort.type),
                code(sort.kind) if sort.kind else "",
                code(sort.framework) if sort.framework else "",
            )
            for word, sort in one.sorts.items()
        ]
        parts.append(table(("word", "event", "kind", "framework"), words))
        parts.append(f"Days written as text: {listed(map(code, one.dates), 'or')}.")
        claims = [
            (code(claim.type), md(_claimed(claim)), md(claim.omits or ""), md(claim.says or ""),
             ", ".join(code(source) for source in claim.sources))
            for claim in one.claims
        ]  # fmt: skip
        heads = ("held in full", "over", "but for", "why", "facts")
        parts.append(table(heads, claims) if claims else "Nothing is claimed to be complete.")
    return page(*parts)


def _when(column: GradeColumn) -> str:
    told = f", {column.framework}" if column.framework else ""
    told += f", from {in_words(column.first)}" if column.first else ""
    return told + (f", to {in_words(column.last)}" if column.last else "")


def _claimed(claim: Claim) -> str:
    told = f"{claim.first or 'the beginning'} to {claim.last}"
    told += f", less {claim.less_days} days" if claim.less_days else ""
    return told + (f", where the title has “{claim.title}”" if claim.title else "")


# --- Schemas ------------------------------------------------------------------------------------


def schemas() -> dict[str, str]:
    """The schemas of the present version of every kind of document; those of older ones stay."""
    found: dict[str, Any] = {
        f"{name}-{kind.version}": json_schema(name) for name, kind in kinds().items()
    }
    found["openapi-components"] = {"components": openapi_components()}
    return {
        f"schemas/{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in found.items()
    }


# --- Reference ----------------------------------------------------------------------------------

COMMAND_LINE = """\
# Command line

`ofsted-framework` and a command. `FILE` is a record (`.json`, `.ndjson`, `.csv`, `.toml`), a
[table](../tables/index.md) (`.csv`, `.ods`, `.xlsx`), a folder of such files, `-` for NDJSON from
standard input, or a record that comes with the library, such as `sample:cafcass`. What cannot be
used of a table is told on standard error.

`--choose` and `--replace` change one framework. Where several that are in question have the
provision (for `check` those begun by the day of asking, for `due` and `simulate` those in force on
it, for `deadlines` those that the event came under), say of which:
`cafcass-2021/report-publication`. A provision with rows of several times is changed in all of them,
or with a day in those that hold on it: `ilacs-2018/report-publication@2024-05-01.working_days=38`.
What is supplied is an assumption, and standard error tells what it took the place of.

`--complete` claims that the record holds every event, and that every field is filled that could be.
An option that would say nothing, such as `--by` without `--summary`, is refused.

What is read and written is UTF-8, whatever the locale. A file is written whole or not at all, and
never over one that is read.
"""
EXIT_CODES = (
    ("0", "nothing at or above `--fail-on`; for the other commands: done"),
    ("1", "departures at or above `--fail-on`; for `information-request`: faults in the list"),
    ("2", "the command was not written as it must be"),
    ("3", "bad input: a file, a framework, a provision or an event that cannot be used"),
    ("4", "an error inside the library"),
)


def command_line_page() -> str:
    """Every command with its options, from the parser that reads them."""
    (commands,) = (action for action in cli._parser()._actions if isinstance(action.choices, dict))
    parts = [COMMAND_LINE]
    parts.append(
        table(
            ["command", "what it does"],
            (
                [link(code(name), f"#{slug(name)}"), md(str(made.description))]
                for name, made in commands.choices.items()
            ),
        )
    )
    for name, made in commands.choices.items():
        parts += [f"## {name}", md(str(made.description))]
        given = [action for action in made._actions if not action.option_strings]
        options = [action for action in made._actions if action.option_strings]
        for head, some in (("argument", given), ("option", options)):
            rows = ([_called(one), _meaning(one)] for one in some if one.dest != "help")
            parts.append(table([head, "meaning"], rows))
    parts += [
        "## Exit codes",
        table(["code", "meaning"], ([code(number), says] for number, says in EXIT_CODES)),
    ]
    return page(*parts)


def _called(one: argparse.Action) -> str:
    if not one.option_strings:
        return code(str(one.metavar or one.dest))
    word = "WORD" if one.choices else one.dest.upper()
    shape = "" if one.nargs == 0 else str(one.metavar or word)
    return code(f"{one.option_strings[-1]} {shape}".strip())


def _meaning(one: argparse.Action) -> str:
    told = [md(one.help or "")]
    if one.choices is not None:
        told.append(f"one of {listed(map(code, one.choices), 'or')}")
        if isinstance(one.default, str) and "unless told" not in told[0]:
            told.append(f"{code(one.default)} unless told")
    if one.option_strings and one.required:
        told.append("must be given")
    if one.option_strings and isinstance(one.default, list):
        told.append("can be repeated")
    return "; ".join(told)


def words_of(cls: type[enum.Enum]) -> dict[str, str]:
    """The members of an enumeration by their words, with what stands below each, as Markdown."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(tree, ast.ClassDef)
    said: dict[str, str] = {}
    for node, below in pairwise([*tree.body, ast.Pass()]):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            told = below.value if isinstance(below, ast.Expr) else None
            said[name] = str(told.value) if isinstance(told, ast.Constant) else ""
    return {str(one.value): said[one.name] for one in cls}


def codes_page(some: Sequence[Framework]) -> str:
    """Every word that stands for something in answers and documents, and keeps its meaning."""

    def words(cls: type[enum.Enum]) -> str:
        return table(
            ["word", "meaning"], ([code(word), says] for word, says in words_of(cls).items())
        )

    return page(
        "# Codes",
        "The words that answers, documents and options hold. Each keeps its meaning: none is ever "
        "used for something else ([stability](../stability.md)).",
        "## Rules",
        table(
            ["code", "name", "what it checks"],
            (
                [
                    link(code(rule.code), f"../rules/{rule.code}.md"),
                    code(rule.slug),
                    md(rule.sentence),
                ]
                for rule in RULES
            ),
        ),
        "A departure has the id `CODE[PROVISION]:SUBJECT`. The subject is an event's id, or "
        "`opening` where nothing had come before.",
        "## Frameworks",
        table(
            ["id", "title"],
            ([link(code(one.id), f"../frameworks/{one.id}.md"), md(one.title)] for one in some),
        ),
        "A provision is named by its framework and its own id, such as "
        "`cafcass-2021/full-inspection`; the frameworks' pages list them. They are of these kinds:",
        table(
            ["kind", "what it says"],
            ([code(name), summary(cls)] for name, cls in ROWS.items()),
        ),
        "## Kinds of provider",
        table(["word", "meaning"], ([code(k), md(v)] for k, v in PROVIDERS.items())),
        "## Events",
        table(
            ["type", "meaning"],
            ([code(name), summary(cls)] for name, cls in EVENTS.items()),
        ),
        "## How much is inspected",
        words(Level),
        "## Priority action",
        "What `priority_action` of a focused visit may say.",
        words(PriorityAction),
        "## Grades",
        "Which grades there are, and in what order, is told by the scale of a framework.",
        table(
            ["grade", "on the scales"],
            ([code(grade), _scales(some, grade)] for grade in Grade),
        ),
        "## Statuses",
        "What a check says of a provision and a subject: the one status of all the states that "
        "are left open, or `undetermined`.",
        table(
            ["status", "meaning", "states"],
            (
                [
                    code(word),
                    says,
                    ", ".join(code(state) for state, status in GROUP.items() if status == word),
                ]
                for word, says in words_of(Status).items()
            ),
        ),
        "## States",
        "How an obligation or a condition may stand.",
        words(State),
        "## Reasons",
        "Why an answer is undetermined.",
        words(Because),
        "## Bases",
        "How well a statement is supported, from the strongest to the weakest.",
        table(
            ["word", "meaning", "a departure is at most"],
            (
                [code(word), says, code(Basis(word).severity)]
                for word, says in words_of(Basis).items()
            ),
        ),
        "## Severities",
        words(Severity),
        "## What an assumption speaks of",
        "In a [behaviour](../behaviours.md).",
        table(["word", "meaning"], ([code(name), w.says] for name, w in WHATS.items())),
        "## Claims",
        "Whether a claim holds under some assumptions, on a map of them.",
        words(Holds),
        "## Exit codes",
        "They are told [with the command line](command-line.md#exit-codes).",
    )


def summary(thing: type) -> str:
    """The first sentence of a docstring."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def _scales(some: Sequence[Framework], grade: Grade) -> str:
    told = [
        link(code(scale.id), f"../frameworks/{one.id}.md#scale-{slug(scale.id)}")
        + f" of {code(one.id)}"
        for one in some
        for scale in one.scales
        if grade in scale.grades
    ]
    return ", ".join(told) or "none: no grade was given for the area"


# --- Charts -------------------------------------------------------------------------------------

DRAWN: tuple[tuple[str, str, str, str], ...] = (
    (
        "next",
        "When the next one comes",
        "How likely each quarter is, one panel for each reading that is left open. "
        '`next_chart(outlook, "focused-visit")` draws another kind of event.',
        """
        from datetime import date
        import ofsted_framework as of
        from ofsted_framework.plotting import next_chart

        framework, cafcass = of.framework("cafcass-2021"), of.sample("cafcass")
        asked = {"as_of": date(2026, 11, 23), "years": 10, "replications": 400, "seed": 7}
        outlook = of.simulate(framework, cafcass, **asked)
        chart = next_chart(outlook)
        """,
    ),
    (
        "fan",
        "How many there have been by a day: a fan",
        "The median, the middle half and the middle eight in ten of the replications.",
        """
        from ofsted_framework.plotting import fan_chart

        chart = fan_chart(outlook)
        """,
    ),
    (
        "reply",
        "What an outlook says to a question",
        "Contacts a year, the longest gap, days judged inadequate: whatever `outlook.ask` answers. "
        "Of more than eight cases those with the lowest and the highest mean are drawn.",
        """
        from ofsted_framework.plotting import reply_chart
        from ofsted_framework.simulation import Contacts

        chart = reply_chart(outlook.ask(Contacts(of=["inspection", "focused-visit"])))
        """,
    ),
    (
        "moves",
        "How grades move",
        "From one inspection to the next: simulated, of an outlook; or as they were, of records, "
        "`moves_chart(histories, area)`.",
        """
        from ofsted_framework.plotting import moves_chart

        chart = moves_chart(outlook, "private-law-practice")
        """,
    ),
    (
        "comparison",
        "What differs between two outlooks",
        "Each difference with its interval. The mark says which has more, if that can be told.",
        """
        from ofsted_framework.plotting import comparison_chart
        from ofsted_framework.simulation import LongestGap, compare

        four = of.simulate(framework.replace("full-inspection", months=48), cafcass, **asked)
        questions = Contacts(of="inspection"), LongestGap(of="inspection")
        differs = compare(outlook, four, *questions, names=("three years", "four years"))
        chart = comparison_chart(differs)
        """,
    ),
    (
        "region",
        "Where a claim holds",
        "A cell for each pair of assumptions. [2013 against 2021](../2013-against-2021.md) shows "
        "four.",
        """
        from ofsted_framework.plotting import region_chart
        from ofsted_framework.simulation import region

        windows = {}
        for months in (24, 36, 48):
            longer = framework.replace("full-inspection", months=months)
            windows[f"{months} months"] = of.simulate(longer, cafcass, **asked)
        more = region(
            "the one window brings more inspections than the other",
            Contacts(of="inspection"),
            a=lambda one, other: one,
            b=lambda one, other: other,
            rows=windows,
            columns=windows,
            row_title="the one",
            column_title="the other",
        )
        chart = region_chart(more)
        """,
    ),
    (
        "calibration",
        "How well forecasts held",
        "Of numbers that a back-test of your own gives; these are made up. `rank_chart` draws the "
        "ranks. The [back-test](../back-test.md) has both.",
        """
        from ofsted_framework.plotting import Calibration, coverage_chart

        held = {0.5: 0.46, 0.8: 0.75, 0.9: 0.93}
        found = Calibration(what="an example", ranks=[0.3, 0.2, 0.2, 0.3], held=held)
        chart = coverage_chart([found])
        """,
    ),
)
"""The charts of the page on charts: a name, a head, what it is, and the code that draws it."""


def charts_page() -> dict[str, str]:
    """The page on charts: the code of each, run, with its picture and its table."""
    names: dict[str, Any] = {}
    made: dict[str, str] = {}
    parts = [
        "# Draw a chart",
        'Charts need Matplotlib: `pip install "ofsted-framework[plotting]"`. Each function of '
        "`ofsted_framework.plotting` takes an object of the library and gives a `Chart` with",
        "- `svg()`, the picture: the same chart gives the same text; its title and its words are "
        "in it, and nothing is fetched. Write it to a file, or put it into a page;\n"
        "- `alt_text()`, what it shows in words, with the numbers;\n"
        "- `table()`, the same numbers, with `to_csv()`, `to_pandas()` and so on;\n"
        "- `figure`, the figure of Matplotlib, to go on with.",
        "In a notebook a chart shows itself with its table. So do outlooks, replies, comparisons, "
        "regions and behaviours, each with the assumptions that it rests on; without Matplotlib "
        "they show their tables alone.",
        "Charts are made for white ground and for the width of a phone. Colour never says anything "
        "alone: there are marks, hatches, letters and names beside it.",
        "With `ax` a chart is drawn on axes of your own, one for each panel: "
        "`next_chart(outlook, ax=figure.subplots(2))`. `pyplot` is not used, and Matplotlib's "
        "settings are put back. On the command line, `simulate --picture FILE` draws when the next "
        "one comes, and `--format html` has the same chart above its tables.",
    ]
    for name, head, says, code in DRAWN:
        lines = textwrap.dedent(code).strip()
        exec(compile(lines, name, "exec"), names)
        chart = names["chart"]
        made[f"how-to/charts/{name}.svg"] = chart.svg()
        rows = [
            [f"{one:.4g}" if isinstance(one, float) else "" if one is None else str(one)
             for one in row]
            for row in chart.table().rows
        ]  # fmt: skip
        told = table([heads.replace("_", " ") for heads in chart.table().columns], rows).strip()
        if len(rows) > 12:
            summary = f"<summary>The numbers: {len(rows)} rows</summary>"
            told = f'<details markdown="1">{summary}\n\n{told}\n\n</details>'
        alt = f"{chart.title}: the table below tells the same"
        parts += [
            f"## {head}", says, f"```python\n{lines}\n```",
            f"![{alt}](charts/{name}.svg)", told,
        ]  # fmt: skip
    return {"how-to/charts.md": page(*parts), **made}


# --- All of them --------------------------------------------------------------------------------


def pages() -> dict[str, str]:
    """Every generated page: its path under docs/, and what it ought to hold."""
    some = frameworks()
    made = {
        "frameworks/index.md": frameworks_index(some),
        "rules/index.md": rules_index(),
        "not-known.md": unknown_page(some),
        "behaviours.md": behaviours_page(behaviours()),
    }
    made |= {f"frameworks/{one.id}.md": framework_page(one) for one in some}
    made["frameworks/changes.md"] = changes_page(some)
    for one in some:
        drawn = life_cycle_svg(one, as_of=drawn_on(one))
        made[f"frameworks/{one.id}-life-cycle.svg"] = drawn
    agenda = due(sample("cafcass"), as_of=date(2026, 11, 23))
    made["how-to/cafcass-timeline.svg"] = timeline_svg(agenda)
    made["how-to/cafcass-agenda.svg"] = agenda_svg(agenda)
    made["frameworks/timeline.svg"] = frameworks_svg(some, until=DRAWN_UNTIL)
    made["facts/index.md"] = facts_index()
    users = users_of_facts(some)
    made |= {f"facts/{name}.md": facts_page(name, users) for name in LISTS}
    made |= {f"rules/{rule.code}.md": rule_page(rule, some) for rule in RULES}
    made["tables/layouts.md"] = layouts_page()
    made["reference/command-line.md"] = command_line_page()
    made["reference/codes.md"] = codes_page(some)
    made |= schemas()
    made |= charts_page()
    return made


def comparable(text: str) -> str:
    """A file as far as it depends on this project.

    Where Matplotlib puts things may change with its version: of our charts what they say is
    compared, which has the numbers in it, and of other pictures by Matplotlib their words.
    """
    if "<svg" not in text[:500]:
        return text
    chart = re.search(r'<desc id="chart-[^"]*">(.*)</desc>', text)
    if chart is not None:
        return chart[1]
    if "matplotlib" not in text.lower():
        return text
    words = re.findall(r"<(title|desc|text)\b[^>]*>(.*?)</\1>", text, re.DOTALL)
    return "\n".join(" ".join(re.sub(r"<[^>]*>", "", one).split()) for _, one in words)


def alike(there: str, wanted: str) -> bool:
    """Whether a file holds what it ought to: see `comparable`."""
    return comparable(there) == comparable(wanted)


def stale(folder: Path = DOCS) -> list[str]:
    """The pages that are missing, differ, or are no longer made."""
    wanted = pages()
    found = [
        name
        for name, text in wanted.items()
        if not (folder / name).is_file() or not alike((folder / name).read_bytes().decode(), text)
    ]
    return sorted([*found, *left_over(folder, wanted)])


def left_over(folder: Path, wanted: Iterable[str]) -> list[str]:
    """Generated pages in the folder that are no longer made."""
    there = (
        path
        for part in ("facts", "frameworks", "rules", "reference")
        for path in (folder / part).glob("*.md")
        if path.read_text(encoding="utf-8").startswith(NOTE.strip())
    )
    return sorted({path.relative_to(folder).as_posix() for path in there} - set(wanted))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or check them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 if a page is stale")
    parser.add_argument("--docs", type=Path, default=DOCS, help="another folder than docs/")
    parser.add_argument(
        "--sessions",
        action="store_true",
        help="write what the sessions of the hand-written pages print now into those pages",
    )
    options = parser.parse_args(arguments)
    if options.sessions:
        for file in sessions():
            file.write_bytes(refreshed(file).encode())
        return 0
    if options.check:
        names = stale(options.docs)
        for name in names:
            print(f"docs/{name} is stale: run tools/make_docs.py", file=sys.stderr)
        return 1 if names else 0
    wanted = pages()
    for name in left_over(options.docs, wanted):
        (options.docs / name).unlink()
    for name, text in wanted.items():
        file = options.docs / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
