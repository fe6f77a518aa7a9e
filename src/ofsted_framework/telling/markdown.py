"""Answers as Markdown: tables that any renderer shows, with everything escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..dates import in_words
from .text import ORDER, assumed, found_words, label, shown, since, states

if TYPE_CHECKING:
    from ..planning import Agenda
    from ..verdicts import CheckResult, Receipt

_ACTIVE = re.compile(r"([\\`*_{}\[\]|~#!$])")


def result_markdown(result: CheckResult) -> str:
    """A result as Markdown: counts, departures, and every verdict."""
    name, day = result.history.provider.name, in_words(result.as_of)
    counts = [f"{n} {status.replace('-', ' ')}" for status in ORDER if (n := result.counts[status])]
    lines = [f"# {inert(name)}, checked on {day}", "", f"{', '.join(counts)}.", ""]
    if result.departures:
        lines += ["## Departures", ""]
        lines += table(
            ("Severity", "Rule", "Provision", "Subject", "What was found", "What to do"),
            [
                (d.severity, d.code, d.provision, d.verdict.subject, found_words(d), d.remedy)
                for d in result.departures
            ],
        )
    else:
        lines += ["No departures.", ""]
    for status in ORDER:
        rows = [
            (v.code, v.provision or v.rule.slug, v.subject, v.message, "; ".join(v.missing))
            for v in result.verdicts
            if v.status is status
        ]
        if rows:
            lines += [f"## {status.replace('-', ' ').capitalize()}", ""]
            heads = ("Rule", "Provision", "Subject", "What was found", "To settle it")
            lines += table(heads, rows)
    return "\n".join([*lines, *_receipt(result.receipt)])


def agenda_markdown(agenda: Agenda) -> str:
    """An agenda as Markdown: a table of windows for each duty."""
    name, day = agenda.history.provider.name, in_words(agenda.as_of)
    lines = [f"# {inert(name)}, what is due on {day}", ""]
    for one in agenda:
        title = f"{label(one.activity).capitalize()}: {one.framework}/{one.provision}"
        lines += [f"## {inert(title)}, {inert(since(one))}", "", inert(one.sentence), ""]
        rows = [
            (
                course.reading or "the only one",
                "not known" if course.window is None else course.window.in_words(),
                states(course.possible),
            )
            for course in one.courses
        ]
        lines += table(("Reading", "Window", "It may be"), rows)
        if supposed := assumed(one, *one.courses):
            lines += [f"Assumed: {inert(' '.join(supposed))}", ""]
        if one.sent is not None:
            settle = f" To settle it: {'; '.join(one.sent.missing)}." if one.sent.missing else ""
            kinds = " or ".join(one.sent.kinds)
            lines += [inert(f"The next is of the kind {kinds}: {one.sent.reason}{settle}"), ""]
        if one.booked is not None:
            lines += [f"{inert(one.booked)} is booked.", ""]
        if one.missing:
            lines += [f"To settle it: {inert('; '.join(one.missing))}.", ""]
    if not agenda.obligations:
        lines += ["Nothing is due.", ""]
    return "\n".join([*lines, *_receipt(agenda.receipt)])


def inert(text: object) -> str:
    """A text on one line in which nothing is markup."""
    line = shown(" ".join(str(text).split()))
    return _ACTIVE.sub(r"\\\1", html.escape(line, quote=False))


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table, and the empty line that ends it."""
    lines = [_row(map(inert, heads)), _row(["---"] * len(heads))]
    lines += [_row(["" if cell is None else inert(cell) for cell in row]) for row in rows]
    return [*lines, ""]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _receipt(receipt: Receipt) -> list[str]:
    rows = [("Library", receipt.library), ("As of", receipt.as_of.isoformat())]
    rows += [(f"Framework {id}", content) for id, content in receipt.frameworks]
    rows += [(f"Reading chosen of {id}", reading) for id, reading in receipt.readings]
    rows += [("Value replaced", change) for change in receipt.changes]
    rows += [("Calendar", receipt.calendar), ("Input", receipt.input)]
    return ["## Receipt", "", *table(("What", "Value"), rows)]
