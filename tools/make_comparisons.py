"""Write the page "2013 against 2021" and its maps from the simulator.

    python tools/make_comparisons.py [--check]

The maps take minutes. With `--check` only what they were made from is compared: the frameworks, the
behaviour, the record, this script, and a few replications, whose figures stand in the page.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "tools"))

import ofsted_framework as of  # noqa: E402
from make_docs import NOTE  # noqa: E402
from ofsted_framework.simulation import (  # noqa: E402
    CONTACTS,
    ON_SITE,
    Behaviour,
    Contacts,
    Holds,
    LongestGap,
    Outlook,
    Region,
    TimeJudgedInadequate,
    Unnoticed,
    compare,
    read_behaviour,
    region,
    simulate,
)
from ofsted_framework.telling.replies import (  # noqa: E402
    assumption_tables,
    difference_table,
    region_markdown,
)

DOCS = ROOT / "docs"
PAGE = "2013-against-2021.md"
DAY, YEARS, SEED = date(2021, 4, 1), 24, 2021
REPLICATIONS, FEWER, FEW = 4000, 1000, 60
"""For maps that turn on little, for those that do not, and to check that the page is fresh."""
CHOSEN = (
    "full-inspection=anniversary", "focused-visits=once-or-twice", "judged-inadequate=any-area",
    "self-evaluation=twelve-months", "engagement-meeting=twelve-months",
)  # fmt: skip
AREA = "private-law-practice"
NAMED = {12: "yearly", 36: "three-years", 48: "four-years"}
CADENCES = {
    "12 months, as proposed": 12,
    "18 months": 18,
    "24 months": 24,
    "30 months": 30,
    "36 months, as later described": 36,
    "42 months": 42,
    "48 months, as practised": 48,
}
STARRED = tuple(name for name, months in CADENCES.items() if months in NAMED)
CADENCE = "2013: an inspection within"
NOTICED = {f"0.{tenths}": tenths for tenths in range(2, 10)}
COUNTED = {
    "inspections": ("inspection",),
    "and visits": ON_SITE,
    "and meetings": CONTACTS,
}
NAMES = ("2021", "2013")


def everyone() -> Behaviour:
    """How everyone is taken to behave: as Cafcass by analogy, keeping to the framework."""
    behaviour = read_behaviour("cafcass").without_departures()
    return behaviour.joined(read_behaviour("true-quality"))


def steady() -> Behaviour:
    """The same for 2013: each inspection comes in the last twelfth of the time that it has."""
    last = {str(part): int(part == 12) for part in range(1, 13)}
    says = "Inspections under 2013 come in the last twelfth of the time from one to the next."
    behaviour = everyone().replace(
        "timing", "inspection", given="since-last", weights=last, says=says
    )
    says = "However short the time from one to the next: no gap of local authorities stands in."
    return behaviour.replace("least-gap", "inspection", weights={"0": 1}, says=says)


@cache
def record() -> of.History:
    """The record of Cafcass as it was known on the first day of the framework of 2021."""
    return of.sample("cafcass").known_at(DAY)


@cache
def then(months: int, replications: int) -> Outlook:
    """The framework of 2013, as if it had gone on, with an inspection within so many months."""
    framework = of.framework("cafcass-2013")
    gone_on = "end: none, as if it had gone on beside that of 2021"
    framework = attrs.evolve(framework, end=None, changes=(*framework.changes, gone_on))
    framework = framework.choose("national-inspection", reading=NAMED.get(months, "three-years"))
    if months not in NAMED:
        framework = framework.replace("national-inspection", months=months)
    return simulate(
        framework, record(), as_of=DAY, years=YEARS, seed=SEED, replications=replications,
        behaviour=steady(),
    )  # fmt: skip


@cache
def now(replications: int, months: int = 36, chosen: tuple[str, ...] = ()) -> Outlook:
    """The framework of 2021, in every reading that it leaves open but for those chosen."""
    framework = of.framework("cafcass-2021")
    for one in chosen:
        id, _, reading = one.partition("=")
        framework = framework.choose(id, reading=reading)
    if months != 36:
        framework = framework.replace("full-inspection", months=months)
    return simulate(
        framework, record(), as_of=DAY, years=YEARS, seed=SEED, replications=replications,
        behaviour=everyone(),
    )  # fmt: skip


def contacts() -> Region:
    """Whether there are more contacts in a year."""
    return region(
        "The whole-system approach of 2021 brings more contacts in a year than the national "
        "framework of 2013",
        Contacts(), ask=lambda _, kinds: Contacts(of=kinds),
        a=lambda _, __: now(FEWER),
        b=lambda months, _: then(months, FEWER),
        rows=CADENCES, columns=COUNTED, row_title=CADENCE, column_title="What counts as a contact",
        names=NAMES, named=STARRED, measure="contacts a year",
    )  # fmt: skip


def gaps() -> Region:
    """Whether the longest time without a contact is shorter."""
    return region(
        "Under 2021 the longest time without a contact is shorter than under 2013",
        LongestGap(), ask=lambda _, kinds: LongestGap(of=kinds), more=False,
        a=lambda _, __: now(FEWER),
        b=lambda months, _: then(months, FEWER),
        rows=CADENCES, columns=COUNTED, row_title=CADENCE, column_title="What counts as a contact",
        names=NAMES, named=STARRED, measure="days of the longest time without a contact",
    )  # fmt: skip


def noticed(tenths: int, visits_only: bool) -> Unnoticed:
    """The question with another probability that an activity notices a fall."""
    weights = {"yes": tenths, "no": 10 - tenths}
    if visits_only:
        return Unnoticed(area=AREA, noticing={"focused-visit": weights})
    return Unnoticed(area=AREA, noticing={"*": weights})


def unnoticed(visits_only: bool) -> Region:
    """Whether a fall in true quality stays unnoticed for fewer days."""
    alike = "Probability that a focused visit notices a fall; an inspection always does"
    if not visits_only:
        alike = "Probability that an activity notices a fall, an inspection or a visit alike"
    return region(
        "Under 2021 private law practice is below good without anybody's notice on fewer days of a "
        "year than under 2013",
        Unnoticed(area=AREA), ask=lambda _, tenths: noticed(tenths, visits_only), more=False,
        a=lambda _, __: now(REPLICATIONS), b=lambda months, _: then(months, REPLICATIONS),
        rows=CADENCES, columns=NOTICED, row_title=CADENCE, column_title=alike, names=NAMES,
        named=STARRED,
    )  # fmt: skip


def canary() -> str:
    """The figures of a few replications, and what the maps are made from."""
    one, other = now(FEW, chosen=CHOSEN), then(36, FEW)
    found = compare(one, other, noticed(5, False), Contacts(of=ON_SITE), names=NAMES)
    parts = [f"{each.what} {each.case} {each.mean!r}" for each in found.differences]
    for outlook in (one, other):
        told = outlook.provenance
        parts += [*map(str, told.receipt.frameworks), told.behaviour_hash, told.receipt.input]
    parts.append(Path(__file__).read_text(encoding="utf-8"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def intro() -> str:
    """What the page is about."""
    return (
        "# 2013 against 2021\n\n"
        'When the framework of 2021 was announced, it was said to bring "more frequent scrutiny" '
        "([seeds:N-03](facts/seeds.md)). Is that so? It cannot be answered with one number. How "
        "often Cafcass was to be inspected under "
        "[the framework of 2013](frameworks/cafcass-2013.md) was never fixed: every year was "
        "proposed, every three years was described later, and four years passed once. What "
        "counts as scrutiny is a matter of words. And true quality, which "
        "scrutiny is for, is never observed.\n\n"
        "So this page shows maps: for which assumptions does a claim hold? Each map is one claim. "
        "Nothing on it is a measurement; it shows what follows from the frameworks and from "
        "assumptions, which stand below it.\n\n"
        f"Both frameworks go on for {YEARS} years from 1 April 2021, from the record of Cafcass as "
        f"it was known then, with {FEWER:,} or {REPLICATIONS:,} replications in pairs. Everyone "
        "keeps to the framework. What 2021 leaves open (when the three years run, whether there "
        "may be more than two focused visits, what *judged inadequate* means and, where meetings "
        "count, what a year "
        "is) is gone through in every combination: a cell says *yes* only if all of them do.\n\n"
        "[A notebook](notebooks/2013-against-2021.md) asks the first question in a few lines.\n"
    )


def settled(one: Region) -> str:
    """What a map shows, row by row."""
    sorts: dict[str, list[str]] = {}
    for row in one.rows:
        found = {one.cell(row, column).holds for column in one.columns}
        if found == {Holds.YES}:
            sort = "in every column"
        elif Holds.YES in found:
            sort = "in some columns"
        elif found == {Holds.NO}:
            sort = "in no column"
        else:
            sort = "in no column for sure"
        sorts.setdefault(sort, []).append(row)
    order = ("in every column", "in some columns", "in no column for sure", "in no column")
    told = (f"{sort}: {'; '.join(sorts[sort])}" for sort in order if sort in sorts)
    return f"By how often 2013 would have inspected, it holds {'. It holds '.join(told)}."


def window() -> Iterator[str]:
    """A three-year window against one of four years."""
    three, four = (now(REPLICATIONS, months) for months in (36, 48))
    questions = (
        Contacts(of=ON_SITE), LongestGap(of=ON_SITE), Unnoticed(area=AREA),
        TimeJudgedInadequate(areas=AREA),
    )  # fmt: skip
    names = ("three years", "four years")
    found = compare(three, four, *questions, names=names)
    yield "## A window of three years, or of four { #window }\n"
    yield (
        "The same framework of 2021, with the same numbers, once with the window of three years "
        "and once with one of four. Each combination of the readings that are open is a case of "
        "its own, the same for both.\n"
    )
    for figure in found.figures:
        some = found.select(figure.what)
        yield f"**{figure.says[:1].upper()}{figure.says[1:]}**\n"
        yield "\n".join(difference_table(some, names))
    some = assumption_tables(found.assumptions, found.basis)
    yield _folded("\n".join(some[2:]), len(found.assumptions), str(found.basis))


def page() -> dict[str, str]:
    """The page and its pictures: paths under docs/, and what they hold."""
    maps = {
        "contacts": ("More contacts in a year?", contacts()),
        "gaps": ("Shorter gaps?", gaps()),
        "unnoticed": ("Does a fall stay unnoticed for a shorter time?", unnoticed(False)),
        "unnoticed-visits": ("And if visits notice less than inspections?", unnoticed(True)),
    }
    made: dict[str, str] = {}
    parts = [
        NOTE.replace("make_docs", "make_comparisons").strip(),
        f"<!-- {canary()} -->\n",
        intro(),
    ]
    for name, (title, one) in maps.items():
        made[f"comparisons/{name}.svg"] = one.to_svg()
        parts.append(f"## {title} {{ #{name} }}\n")
        parts.append(f"![{one.claim}: the table below tells the same](comparisons/{name}.svg)\n")
        parts.append(f"{settled(one)}\n")
        parts.append(region_markdown(one, assumptions=False))
        some = assumption_tables(one.everywhere, one.basis, "What every cell assumes")
        some += assumption_tables(one.varied, one.basis, "What some cells assume")
        parts.append(_folded("\n".join(some[2:]), len(one.assumptions), str(one.basis)))
    parts += window()
    made[PAGE] = "\n".join(parts).rstrip() + "\n"
    return made


def _folded(table: str, number: int, basis: str) -> str:
    title = f"What it assumes: {number} assumptions; weakest basis: {basis}"
    inner = table.replace("## What some cells assume", "**What some cells assume**")
    return f'<details markdown="1"><summary>{title}</summary>\n\n{inner}\n</details>\n'


def main(arguments: list[str]) -> int:
    """Write the page, or check what it was made from."""
    if arguments == ["--check"]:
        there = DOCS / PAGE
        fresh = there.is_file() and canary() in there.read_text(encoding="utf-8")
        if not fresh:
            print(f"docs/{PAGE} is stale: run tools/make_comparisons.py", file=sys.stderr)
        return 0 if fresh else 1
    for name, text in page().items():
        file = DOCS / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
