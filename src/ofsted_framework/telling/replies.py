"""Replies to questions, comparisons, regions and behaviours: in text, Markdown and HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..errors import number_of
from ..sources import Basis, Ground, weakest
from . import csv_text, html, markdown, plain, text
from .figures import figure_html
from .outlook import figure_words, one_line

if TYPE_CHECKING:
    from ..simulation import (
        Assumption,
        Behaviour,
        Comparison,
        Difference,
        Measure,
        Provenance,
        Region,
        Reply,
    )
    from ..simulation.comparing import Cell
    from ..simulation.questions import Figure

_VERSION = 1
MARKS = {
    "holds": "yes",
    "does not hold": "no",
    "turns on a reading": "reading",
    "undetermined": "?",
}
"""How a cell is told in a table."""


# --- Replies --------------------------------------------------------------------------------------


def reply_text(reply: Reply) -> str:
    """A reply in plain English: figures with their errors, and what they assume."""
    lines = [*_figures(reply), "", "What it assumes", *assumption_lines(reply.assumptions), ""]
    lines += [f"Weakest basis: {reply.basis}.", *_provenance(reply.provenance)]
    return text.shown("\n".join(lines))


def replies_text(some: Sequence[Reply | Comparison], *, every: bool = False) -> str:
    """Replies or comparisons one after another, and what all of them assume, told once.

    Args:
        some: The replies, or the comparisons.
        every: Whether to list every assumption on behaviour as well.
    """
    parts = ["\n".join(_figures(one)) for one in some]
    grounds = list(dict.fromkeys(ground for one in some for ground in one.assumptions))
    kept = [one for one in grounds if every or not _on_behaviour(one)]
    lines = ["What this assumes", *assumption_lines(kept)]
    short = [one for one in grounds if _on_behaviour(one)]
    if short and not every:
        bases = Counter(str(one.basis) for one in short)
        words = text.listed(f"{n} {basis}" for basis, n in bases.items())
        number = number_of(len(short), "assumption")
        line = f"- behaviour: {number}, {words}; listed with --assumptions."
        lines += text.paragraph(line, "  ", "    ")
    basis = weakest(one.basis for one in some)
    lines += ["", f"Weakest basis: {basis}."]
    for told in dict.fromkeys(tuple(_whence(one)) for one in some):
        lines += told
    return text.shown("\n\n".join([*parts, "\n".join(lines)]))


def _on_behaviour(one: Ground) -> bool:
    """Whether it is an assumption on behaviour, by what it is called."""
    from ..simulation import WHATS

    part = one.part.rpartition(": ")[0] if one.part.count(": ") > 1 else one.part
    name = part.rpartition(": ")[2] if part != one.part else one.part.partition(": ")[0]
    return name.partition(" of ")[0].partition(",")[0] in WHATS and ": " in one.part


def _figures(one: Reply | Comparison) -> list[str]:
    """The figures, without what they assume."""
    from ..simulation import Reply

    return _reply_figures(one) if isinstance(one, Reply) else _difference_figures(one)


def _whence(one: Reply | Comparison) -> list[str]:
    """What figures were computed from."""
    from ..simulation import Reply

    if isinstance(one, Reply):
        return _provenance(one.provenance)
    lines = []
    for name, provenance in zip(one.names, one.provenances, strict=True):
        lines += [f"{name}:", *_provenance(provenance)]
    return lines


def _reply_figures(reply: Reply) -> list[str]:
    lines: list[str] = []
    for figure, some in _by_figure(reply):
        lines += [*wrap(_sentence(figure.says), text._WIDTH)]
        if not some:
            lines += ["  No replication has any."]
        for one in some:
            lines += text.paragraph(f"{case_words(one)}: {measure_words(one)}.", "  ", "    ")
    return lines


def reply_markdown(reply: Reply) -> str:
    """A reply as Markdown: a table of figures, and one of assumptions."""
    lines: list[str] = []
    for figure, some in _by_figure(reply):
        lines += [f"## {markdown.inert(_sentence(figure.says))}", ""]
        rows = list(map(_measure_row, some))
        lines += markdown.table(_MEASURED, rows) if rows else ["No replication has any.", ""]
    lines += assumption_tables(reply.assumptions, reply.basis)
    return "\n".join(lines)


_MEASURED = ("Case", "Replications", "Mean or share", "95 of 100", "10%", "Median", "90%")


def _measure_row(one: Measure) -> tuple[str, ...]:
    number = "exact" if one.is_exact else f"{one.replications:,}"
    return case_words(one), number, _mean(one), _span(one.interval), *_quantiles(one)


def reply_html(reply: Reply) -> str:
    """A reply as a fragment of HTML: a chart, tables of figures, and one of assumptions."""
    tables = [
        (_sentence(figure.says), _MEASURED, list(map(_measure_row, some)))
        for figure, some in _by_figure(reply)
    ]
    title = _sentence("; ".join(figure.says for figure in reply.figures))
    name = "reply_chart" if reply.measures else ""
    return _told_html(title, name, reply, tables, "No replication has any.")


def _told_html(
    title: str, chart: str, one: Reply | Comparison | Region,
    tables: Iterable[tuple[str, Sequence[str], Sequence[Sequence[object]]]],
    none: str = "", note: str = "",
) -> str:  # fmt: skip
    """An answer as a fragment of HTML: a chart if it has one, tables, and what it rests on."""
    parts = ['<section class="ofsted-framework">', f"<h2>{html.escaped(title)}</h2>"]
    parts += filter(None, [figure_html(chart, one) if chart else ""])
    for caption, heads, rows in tables:
        empty = f"<p>{html.escaped(f'{caption}: {none}')}</p>"
        parts.append(html._table(caption, heads, rows) if rows else empty)
    parts += [f"<p>{html.escaped(note)}</p>"] if note else []
    rows = [(g.part, g.says, g.basis, ", ".join(g.facts)) for g in one.assumptions]
    summary = f"What it assumes ({len(rows)}; weakest basis: {one.basis})"
    table = html._table(summary, ("Assumption", "Why, or what", "Basis", "Facts"), rows)
    parts.append(f"<details><summary>{html.escaped(summary)}</summary>\n{table}\n</details>")
    return "\n".join([*parts, "</section>"])


def _by_figure(reply: Reply) -> Iterator[tuple[Figure, tuple[Measure, ...]]]:
    for figure in reply.figures:
        yield figure, reply.select(figure.what)


def measure_words(one: Measure) -> str:
    """A figure in words: its mean and error, and where the middle and the ends of it are."""
    if one.is_exact:
        return _exact_words(one)
    number = f"of {number_of(one.replications, 'replication')}"
    if not one.quantiles:
        low, high = one.interval or (0.0, 1.0)
        return f"{_percent(one.mean or 0.0)} ({_percent(low)} to {_percent(high)}) {number}"
    shares = dict(zip((0.1, 0.5, 0.9), _quantiles(one), strict=True))
    mean = "" if one.mean is None else f"mean {figure_words(one.mean, one.error)}; "
    ends = f"10% {shares[0.1]}, median {shares[0.5]}, 90% {shares[0.9]}"
    return f"{mean}{ends} ({number[3:]})"


def _exact_words(one: Measure) -> str:
    """A figure that was worked out without replications."""
    if _is_share(one):
        return f"exactly {one.mean or 0.0:.2%}"
    mean = "the mean is beyond the horizon" if one.mean is None else f"mean exactly {one.mean:.4g}"
    if not one.quantiles:
        return mean
    ends = zip(("10%", "median", "90%"), _quantiles(one), strict=True)
    return f"{mean}; {', '.join(f'{name} {value}' for name, value in ends)}"


def _quantiles(one: Measure) -> tuple[str, ...]:
    if not one.quantiles:
        return ("", "", "")
    values = {q.share: q.value for q in one.quantiles}
    return tuple(
        "beyond the horizon" if values[share] is None else number_words(values[share])
        for share in (0.1, 0.5, 0.9)
    )


def number_words(value: float | None) -> str:
    """A value as it is told: whole where that is enough."""
    if value is None:
        return "beyond the horizon"
    whole = abs(value) >= 20 or value == round(value)
    return (f"{value:,.0f}" if whole else f"{value:.2f}").replace("-", "−")


def _is_share(one: Measure) -> bool:
    """Whether a figure is a share: of what is exact, means may come without quantiles."""
    return one.what == "within" if one.is_exact else not one.quantiles


def _mean(one: Measure) -> str:
    if one.is_exact and one.mean is not None:
        return f"{one.mean:.2%}" if _is_share(one) else f"{one.mean:.4g}"
    if one.quantiles:
        return "beyond the horizon" if one.mean is None else figure_words(one.mean, one.error)
    return _percent(one.mean or 0.0)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _span(ends: tuple[float, float] | None) -> str:
    return "not known" if ends is None else f"{number_words(ends[0])} to {number_words(ends[1])}"


def case_words(one: Measure) -> str:
    """The readings that a figure is of."""
    return one_line(one.case) or "every replication"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


# --- Comparisons ----------------------------------------------------------------------------------


def comparison_text(one: Comparison) -> str:
    """A comparison in plain English: differences with intervals, and what they assume."""
    lines = [*_figures(one), "", "What it assumes", *assumption_lines(one.assumptions), ""]
    return text.shown("\n".join([*lines, f"Weakest basis: {one.basis}.", *_whence(one)]))


def _difference_figures(one: Comparison) -> list[str]:
    first, second = one.names
    lines = wrap(f"{first} less {second}, pair by pair", text._WIDTH)
    for figure in one.figures:
        lines += ["", *wrap(_sentence(figure.says), text._WIDTH)]
        some = one.select(figure.what)
        if not some:
            lines += ["  No pair of replications has it."]
        for each in some:
            start = f"{one_line(each.case)}: " if each.case else ""
            lines += text.paragraph(f"{start}{difference_words(each, one.names)}", "  ", "    ")
    return lines


def comparison_markdown(one: Comparison) -> str:
    """A comparison as Markdown: a table for each figure, and one of assumptions."""
    lines: list[str] = []
    for figure in one.figures:
        lines += [f"## {markdown.inert(_sentence(figure.says))}", ""]
        lines += difference_table(one.select(figure.what), one.names)
    lines += assumption_tables(one.assumptions, one.basis)
    return "\n".join(lines)


def difference_table(some: Iterable[Difference], names: tuple[str, str]) -> list[str]:
    """Differences as a table in Markdown."""
    heads, rows = _differences(some, names)
    return markdown.table(heads, rows) if rows else ["No pair of replications has it.", ""]


def _differences(
    some: Iterable[Difference], names: tuple[str, str]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The heads and the rows of a table of differences."""
    heads = ("Readings", *names, "Difference", "95 of 100", "Which has more")
    rows = [
        (
            each.case or "none open",
            *map(number_words, each.means),
            number_words(each.mean),
            _span(each.interval()),
            which_words(each, names),
        )
        for each in some
    ]
    return heads, rows


def comparison_html(one: Comparison) -> str:
    """A comparison as a fragment of HTML: a chart, a table for each figure, and assumptions."""
    tables = [
        (_sentence(figure.says), *_differences(one.select(figure.what), one.names))
        for figure in one.figures
    ]
    title = f"{_sentence(one.names[0])} less {one.names[1]}, pair by pair"
    name = "comparison_chart" if one.differences else ""
    return _told_html(title, name, one, tables, "No pair of replications has it.")


def difference_words(one: Difference, names: tuple[str, str]) -> str:
    """A difference in words."""
    means = " and ".join(map(number_words, one.means))
    pairs = f"{one.less:.0%} of {number_of(one.pairs, 'pair')} less, {one.more:.0%} more"
    if one.mean is None:
        return f"{which_words(one, names)}; means are beyond the horizon ({pairs})."
    ends = _span(one.interval())
    return f"{number_words(one.mean)} ({ends}); means {means}; {which_words(one, names)} ({pairs})."


def which_words(one: Difference, names: tuple[str, str]) -> str:
    """Which of two has more."""
    sign = one.sign()
    if sign is None:
        same = one.less == one.more == 0
        return "no pair differs" if same else "cannot be told from nothing"
    return f"{names[0] if sign > 0 else names[1]} has more"


def told_plain(one: Reply | Comparison) -> dict[str, Any]:
    """A reply or a comparison as a plain dict."""
    from ..simulation import Reply

    columns = one.to_columns()
    figures = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    some = [one.provenance] if isinstance(one, Reply) else list(one.provenances)
    return {
        "format": "ofsted-framework/" + ("reply" if isinstance(one, Reply) else "comparison"),
        "version": _VERSION,
        "figures": [
            {name: str(value) if isinstance(value, date) else value for name, value in row.items()}
            for row in figures
        ],
        "assumptions": [
            {
                "part": ground.part,
                "basis": str(ground.basis),
                "facts": list(ground.facts),
                "says": ground.says,
            }
            for ground in one.assumptions
        ],
        "basis": str(one.basis),
        "provenance": [
            {
                "receipt": plain.receipt_plain(each.receipt),
                "behaviour": each.behaviour,
                "behaviour_sha256": each.behaviour_hash,
                "seed": each.seed,
                "first": each.first.isoformat(),
                "horizon": each.horizon.isoformat(),
                "replications": each.replications,
            }
            for each in some
        ],
    }


def told_csv(some: Sequence[Reply | Comparison]) -> str:
    """Replies or comparisons as CSV: a row for each figure and case."""
    columns = [one.to_columns() for one in some]
    rows = [row for each in columns for row in zip(*each.values(), strict=True)]
    return csv_text.csv_text(tuple(columns[0]), rows) if columns else ""


# --- Regions --------------------------------------------------------------------------------------


def region_text(one: Region) -> str:
    """A map as a table of cells, with what it assumes."""
    lines = [*wrap(_sentence(one.claim), text._WIDTH), ""]
    lines += wrap(f"Down: {one.row_title}. Across: {one.column_title}.", text._WIDTH)
    width = max(len(_row(one, row)) for row in one.rows) + 2
    wide = max(9, *(len(column) + 2 for column in one.columns))
    lines += ["", " " * width + "".join(f"{column:>{wide}}" for column in one.columns)]
    for row in one.rows:
        cells = "".join(f"{MARKS[one.cell(row, column).holds]:>{wide}}" for column in one.columns)
        lines.append(f"{_row(one, row):{width}}{cells}")
    lines += ["", *wrap(region_legend(one), text._WIDTH)]
    lines += ["", "What every cell assumes", *assumption_lines(one.everywhere)]
    if one.varied:
        lines += ["", "What some cells assume", *assumption_lines(one.varied)]
    return text.shown("\n".join([*lines, "", f"Weakest basis: {one.basis}."]))


def region_markdown(one: Region, *, assumptions: bool = True) -> str:
    """A map as a table in Markdown.

    Args:
        one: The map.
        assumptions: Whether what it assumes follows.
    """
    lines = [f"**{markdown.inert(_sentence(one.claim))}**", ""]
    lines += [f"Across: {markdown.inert(one.column_title)}.", ""]
    lines += [*markdown.table(*_cells(one)), markdown.inert(region_legend(one)), ""]
    if assumptions:
        lines += assumption_tables(one.everywhere, one.basis, "What every cell assumes")
        if one.varied:
            lines += assumption_tables(one.varied, one.basis, "What some cells assume")
    return "\n".join(lines)


def _cells(one: Region) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The heads and the rows of a table of cells."""
    rows = [
        (_row(one, row), *(cell_words(one.cell(row, column)) for column in one.columns))
        for row in one.rows
    ]
    return (one.row_title, *one.columns), rows


def region_html(one: Region) -> str:
    """A map as a fragment of HTML: a chart, a table of the cells, and what it rests on."""
    tables = [(f"Across: {one.column_title}", *_cells(one))]
    return _told_html(_sentence(one.claim), "region_chart", one, tables, note=region_legend(one))


def cell_words(cell: Cell) -> str:
    """A cell: whether the claim holds, and the differences from the least to the most."""
    return (
        f"{MARKS[cell.holds]} ({spread_words(cell)})" if spread_words(cell) else MARKS[cell.holds]
    )


def spread_words(cell: Cell) -> str:
    """The mean differences of a cell over the readings that are open: the least to the most."""
    means = [one.mean for one in cell.differences if one.mean is not None]
    if not means:
        return ""
    digits = 0 if max(map(abs, means)) >= 10 else 2 if max(map(abs, means)) < 2 else 1
    low, high = (f"{value:+.{digits}f}".replace("-", "−") for value in (min(means), max(means)))
    return low if low == high else f"{low} to {high}"


def region_legend(one: Region) -> str:
    """What the words in the cells mean."""
    first, second = one.names
    number = number_of(one.replications, "replication")
    meanings = {
        "holds": "it holds",
        "does not hold": "it does not",
        "turns on a reading": "it turns on a reading that the sources leave open",
        "undetermined": f"the difference cannot be told from nothing with {number} of each case",
    }
    used = {str(cell.holds) for cell in one.cells}
    words = "; ".join(f"{MARKS[name]}: {says}" for name, says in meanings.items() if name in used)
    open_ = any(len(cell.differences) > 1 for cell in one.cells)
    spread = ", from the least to the most over the readings that are open," if open_ else ""
    named = " Rows with a star are readings of a source." if one.named else ""
    return (
        f"{words}. Beside it{spread} is the mean difference, {first} less {second}: {one.measure}. "
        f"Intervals are so wide that all cells together are right {100 * one.sure:.0f} times in "
        f"100, as far as the number of replications goes ({number} of each case, seed {one.seed})."
        f"{named}"
    )


def _row(one: Region, row: str) -> str:
    return f"{row} *" if row in one.named else row


# --- Behaviours -----------------------------------------------------------------------------------


def behaviour_html(one: Behaviour) -> str:
    """A behaviour as a fragment of HTML: every assumption, and what it was fitted to."""
    parts = [
        '<section class="ofsted-framework">',
        f"<h2>{html.escaped(f'Behaviour {one.id}')}</h2>",
        f"<p>{html.escaped(one.title)}. Weakest basis: {one.basis}.</p>",
    ]
    heads = ("Assumption", "Outcomes", "Counted on", "Why", "Basis", "Facts")
    rows = list(map(_assumption_row, one.assumptions))
    note = "shares; where they were counted, with an interval that holds them in nine of ten"
    parts.append(html._table(f"What it assumes ({len(rows)}): {note}", heads, rows))
    if one.fitted is not None:
        told = one.fitted
        facts: list[tuple[str, object]] = [
            ("Known on", told.known_at), ("Counted from", told.since or "the first day on record"),
            ("Framework", told.framework), ("Records", told.histories), ("Events", told.events),
            ("Record", told.record), ("Library", told.library),
        ]  # fmt: skip
        facts += [("How", how) for how in told.method]
        parts.append(html._table("What it was fitted to", ("What", "Value"), facts))
    return "\n".join([*parts, "</section>"])


def _assumption_row(one: Assumption) -> tuple[object, ...]:
    """An assumption: what it settles, the share of each outcome, and why."""
    name = one.in_words().partition(": ")[0]
    total, shares = sum(one.weights.values()), one.shares() or {}
    told = []
    for outcome, weight in one.weights.items():
        if weight:
            each = shares.get(outcome)
            ends = f" ({_percent(each.low)} to {_percent(each.high)})" if each else ""
            told.append(f"{outcome}: {_percent(weight / total)}{ends}")
    return name, "; ".join(told), one.counted, one.says, one.basis, ", ".join(one.facts)


# --- What they rest on ----------------------------------------------------------------------------


def assumption_lines(some: Sequence[Ground]) -> list[str]:
    """Assumptions as a list in text; what says the same is told once."""
    told: dict[tuple[str | None, str], list[str]] = {}
    for one in some:
        told.setdefault((one.says, text.weight(one)), []).append(one.part)
    lines: list[str] = []
    for (says, weight), parts in told.items():
        part = text.listed(dict.fromkeys(parts))
        line = f"- {part}: {says} ({weight})" if says else f"- {part} ({weight})"
        lines += text.paragraph(one_line(line), "  ", "    ")
    return lines


def assumption_tables(
    some: Sequence[Ground], basis: Basis, title: str = "What it assumes"
) -> list[str]:
    """Assumptions as a table in Markdown."""
    rows = [(one.part, one.says or "", one.basis, ", ".join(one.facts)) for one in some]
    head = f"## {title} ({len(rows)}; weakest basis: {basis})"
    return [head, "", *markdown.table(("Assumption", "Why, or what", "Basis", "Facts"), rows)]


def _provenance(one: Provenance) -> list[str]:
    drawn = f"seed {one.seed}; {number_of(one.replications, 'replication')}"
    drawn = drawn if one.replications else "exact, without replications"
    frameworks = ", ".join(f"{id} {content[:12]}" for id, content in one.receipt.frameworks)
    line = (
        f"Provenance: ofsted-framework {one.receipt.library}; {frameworks}; behaviour "
        f"{one.behaviour} {one.behaviour_hash[:12]}; {drawn}; {one.first} to {one.horizon}."
    )
    lines = [line, *(f"Reading chosen: {id} = {reading}." for id, reading in one.receipt.readings)]
    lines += [f"Value replaced (assumed): {change}." for change in one.receipt.changes]
    return [each for told in lines for each in wrap(one_line(told), text._WIDTH)]
