"""Answers as HTML: fragments for a notebook, and a whole page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..cases import Status
from ..dates import in_words, rough_day
from .text import (
    ORDER,
    found_words,
    label,
    listed,
    shown,
    since,
    states,
    weight,
)

if TYPE_CHECKING:
    from ..documents import Loaded
    from ..editions import Framework
    from ..frames import Listing
    from ..history import History
    from ..planning import Agenda, Change
    from ..verdicts import CheckResult, Receipt, Verdict

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = """
:root { color-scheme: light dark; --ink: #1d1d1d; --ground: #ffffff; --line: #767676;
  --head: #eef2f6; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f0f0f0; --ground: #1b1d20; --line: #8f8f8f; --head: #2a2f36; }
}
body { margin: 0 auto; max-width: 75rem; padding: 1rem; font: 1rem/1.5 sans-serif;
  color: var(--ink); background: var(--ground); overflow-wrap: break-word; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; padding: 0.25rem 0; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: left;
  vertical-align: top; }
thead th { background: var(--head); }
pre { white-space: pre-wrap; }
summary { cursor: pointer; }
figure svg { display: block; width: 100%; height: auto; }
.scroll { overflow-x: auto; }
.scroll table { min-width: 36rem; }
"""


def escaped(text: object) -> str:
    """A text as HTML and XML spell it, in an element or an attribute; see `holdable`."""
    return html.escape(holdable(text), quote=True)


def holdable(text: object) -> str:
    """A text in which characters that XML cannot hold, or that turn a line round, are U+FFFD."""
    return _NOT_XML.sub("\ufffd", shown(str(text)))


def result_html(result: CheckResult) -> str:
    """A result as a fragment of HTML: counts, departures, and every verdict by status."""
    name, day = result.history.provider.name, in_words(result.as_of)
    counts = [f"{n} {_words(status)}" for status in ORDER if (n := result.counts[status])]
    parts = [
        '<section class="ofsted-framework">',
        f"<h2>{escaped(name)}, checked on {day}</h2>",
        f"<p>{', '.join(counts) or 'No verdicts'}.</p>",
    ]
    if result.departures:
        rows = [
            (d.severity, d.code, d.provision, d.verdict.subject, found_words(d), d.remedy)
            for d in result.departures
        ]
        heads = ("Severity", "Rule", "Provision", "Subject", "What was found", "What to do")
        parts += ["<h3>Departures</h3>", _table("Departures, the most serious first", heads, rows)]
    else:
        parts.append("<p>No departures.</p>")
    for status in ORDER:
        some = [verdict for verdict in result.verdicts if verdict.status is status]
        if some:
            parts += [f"<h3>{_words(status).capitalize()}</h3>", _verdicts(some, status)]
    return "\n".join([*parts, _receipt(result.receipt), "</section>"])


def agenda_html(agenda: Agenda) -> str:
    """An agenda as a fragment of HTML: its picture, each duty, its windows by reading, and why."""
    from .agenda_picture import agenda_svg

    name, day = agenda.history.provider.name, in_words(agenda.as_of)
    parts = [
        '<section class="ofsted-framework">',
        f"<h2>{escaped(name)}, what is due on {day}</h2>",
        _figure(agenda_svg(agenda)),
    ]
    for one in agenda:
        rows = [
            (
                course.reading or "the only one",
                "not known" if course.window is None else course.window.in_words(),
                states(course.possible),
            )
            for course in one.courses
        ]
        title = f"{label(one.activity).capitalize()}: {one.framework}/{one.provision}"
        parts += [
            f"<h3>{escaped(title)}</h3>",
            f"<p>{escaped(one.sentence)}</p>",
            _table(f"When it is due, {since(one)}", ("Reading", "Window", "It may be"), rows),
        ]
        if one.booked is not None:
            parts.append(f"<p>{escaped(one.booked)} is booked.</p>")
        parts.append(_details("Why", one.explain()))
    if not agenda.obligations:
        parts.append("<p>Nothing is due.</p>")
    return "\n".join([*parts, _receipt(agenda.receipt), "</section>"])


def history_html(history: History) -> str:
    """A record as a fragment of HTML: its timeline, its events, and what it claims to hold."""
    parts = [
        '<section class="ofsted-framework">',
        f"<h2>{escaped(history.provider.name)}: the record</h2>",
    ]
    days = [
        day
        for event in history.events
        for when in (event.start, event.end, event.published)
        if when is not None
        for day in (when.earliest, when.latest)
        if day is not None
    ]
    if days:
        from ..planning import Agenda
        from .timeline import timeline_svg

        # Nothing here reads the clock: what is drawn is as of the last day that the record names.
        bare = Agenda(
            history=history, as_of=max(days), frameworks=(), calendar="", obligations=()
        )  # fmt: skip
        parts.append(_figure(timeline_svg(bare)))
    heads = ("Event", "Kind", "First day", "Last day", "Published", "Grades")
    rows = [
        (
            event.id,
            event.label,
            event.start.in_words(),
            "" if event.end is None else event.end.in_words(),
            "" if event.published is None else event.published.in_words(),
            ", ".join(f"{one.area}: {one.grade}" for one in event.judgements or ()),
        )
        for event in history.events
    ]
    parts.append(_table("Events, by first possible day", heads, rows))
    if history.coverage:
        heads = ("Kind of event", "From", "To", "Fields", "Leaves out", "Basis")
        claims = [
            (
                "every kind" if one.type == "*" else label(one.type),
                "the first day" if one.first is None else in_words(one.first),
                "the day of asking" if one.last is None else in_words(one.last),
                ", ".join("every field" if name == "*" else name for name in one.fields),
                one.omits,
                one.basis,
            )
            for one in history.coverage
        ]
        parts.append(_table("What the record claims to hold in full", heads, claims))
    else:
        parts.append("<p>The record does not claim to hold anything in full.</p>")
    return "\n".join([*parts, "</section>"])


def change_html(change: Change) -> str:
    """What one more event would change, as a fragment of HTML."""
    name, day = change.after.history.provider.name, in_words(change.after.as_of)
    return (
        '<section class="ofsted-framework">\n'
        f"<h2>{escaped(name)}, what would change on {day}</h2>\n"
        f"<pre>{escaped(change.explain())}</pre>\n</section>"
    )


def loaded_html(loaded: Loaded) -> str:
    """What was read from a file, as a fragment of HTML: what could not be used, and the records."""
    parts = ['<section class="ofsted-framework">', f"<p>{escaped(repr(loaded)[1:-1])}.</p>"]
    if loaded.problems:
        heads = ("Where", "What stands there", "What is wrong", "Nearest good one")
        faults = [(one.place, one.value, one.message, one.nearest) for one in loaded.problems]
        parts.append(_table("What could not be used", heads, faults))
    rows = [
        (
            one.provider.name,
            one.provider.kind,
            one.provider.region,
            len(one.events),
            one.events[0].start.in_words() if one.events else "",
            one.events[-1].start.in_words() if one.events else "",
        )
        for one in loaded.histories
    ]
    names = ("Provider", "Kind", "Region", "Events", "First", "Last")
    parts.append(_table("The records", names, rows))
    return "\n".join([*parts, "</section>"])


def framework_html(framework: Framework) -> str:
    """A framework as a fragment of HTML: when it is in force, and what each row says."""
    end = "still in force" if framework.end is None else f"to {rough_day(framework.end)}"
    heads = ("Provision", "Reading", "Kind", "From", "To", "It says", "It rests on")
    rows = [
        (
            row.id,
            row.reading,
            row.tag,
            None if row.effective_from is None else rough_day(row.effective_from),
            None if row.effective_to is None else rough_day(row.effective_to),
            row.says(),
            listed(dict.fromkeys(map(weight, row.grounds))),
        )
        for row in framework.rows
    ]
    return "\n".join([
        '<section class="ofsted-framework">',
        f"<h2>{escaped(framework.id)}: {escaped(framework.title)}</h2>",
        f"<p>From {escaped(rough_day(framework.start))}, {escaped(end)}.</p>",
        _table("Provisions, in each reading and period", heads, rows),
        *([_table("What is not known", ("What",), [(one.what,) for one in framework.not_known])]
          if framework.not_known else []),
        "</section>",
    ])  # fmt: skip


def listing_html(listing: Listing, caption: str = "") -> str:
    """A table of answers as a fragment of HTML."""
    heads = [name.replace("_", " ") for name in listing.columns]
    return _table(caption or f"{len(listing)} rows", heads, listing.rows)


def overview(some: Sequence[CheckResult | Agenda], parts: Sequence[str]) -> list[str]:
    """Fragments on several records after a table of them all, which leads to each.

    Args:
        some: Results, or agendas.
        parts: The fragment on each.
    """
    from ..planning import Agenda

    rows = []
    for number, one in enumerate(some, 1):
        name = escaped(one.history.provider.name)
        if isinstance(one, Agenda):
            told = [len(one)]
        else:
            told = [len(one.departures), one.counts[Status.UNDETERMINED]]
        rows.append([f'<a href="#record-{number}">{name}</a>', *map(str, told)])
    heads = ("Record", "Departures", "Undetermined") if len(rows[0]) == 3 else ("Record", "Due")
    held = [f'<div id="record-{n}">\n{part}\n</div>' for n, part in enumerate(parts, 1)]
    return [_grid(f"{len(rows):,} records", heads, rows), *held]


def page(title: str, body: str, timeline: str = "") -> str:
    """A whole page that stands alone: no scripts, nothing fetched.

    Args:
        title: What the page is called.
        body: Fragments of HTML, as the other functions here give them.
        timeline: An SVG image to show above them, as `timeline_svg` gives it.
    """
    figure = f"{_figure(timeline)}\n" if timeline else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escaped(title)}</h1>\n{figure}{body}\n</main>\n</body>\n</html>\n"
    )


def _figure(picture: str) -> str:
    """A picture that can be moved sideways, by keyboard too, where it is wider than the page."""
    # A notebook has no style sheet of ours: on a phone the picture scrolls rather than shrinks.
    return (
        '<figure tabindex="0" style="margin: 1rem 0; overflow-x: auto">\n'
        f'<div style="min-width: 50rem">\n{picture}</div>\n</figure>'
    )


def _words(status: Status) -> str:
    return status.replace("-", " ")


def _verdicts(verdicts: Sequence[Verdict], status: Status) -> str:
    settle = any(verdict.missing for verdict in verdicts)
    heads = ("Rule", "Provision", "Subject", "What was found", "To settle it")[: 4 + settle]
    rows = []
    for verdict in verdicts:
        cells = [escaped(verdict.code), escaped(verdict.provision or verdict.rule.slug)]
        cells += [escaped(verdict.subject or ""), _details(verdict.message, verdict.explain())]
        cells += [escaped("; ".join(verdict.missing))] if settle else []
        rows.append(cells)
    return _grid(f"Verdicts: {_words(status)}", heads, rows)


def _details(summary: str, text: str) -> str:
    return f"<details><summary>{escaped(summary)}</summary><pre>{escaped(text)}</pre></details>"


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    cells = [[escaped("" if cell is None else cell) for cell in row] for row in rows]
    return _grid(caption, heads, cells)


def _grid(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; the first of each row is its heading."""
    name = escaped(caption)
    lines = [f'<div class="scroll" role="group" aria-label="{name}" tabindex="0">']
    lines += [f"<table>\n<caption>{name}</caption>", "<thead>", "<tr>"]
    lines += [f'<th scope="col">{escaped(head)}</th>' for head in heads]
    lines += ["</tr>", "</thead>", "<tbody>"]
    for first, *rest in rows:
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    return "\n".join([*lines, "</tbody>", "</table>", "</div>"])


def _receipt(receipt: Receipt) -> str:
    """What an answer was computed from."""
    rows = [("Library", receipt.library), ("As of", receipt.as_of.isoformat())]
    rows += [(f"Framework {id}", content) for id, content in receipt.frameworks]
    rows += [(f"Reading chosen of {id}", reading) for id, reading in receipt.readings]
    rows += [("Value replaced", change) for change in receipt.changes]
    rows += [("Calendar", receipt.calendar), ("Input", receipt.input)]
    table = _table("The same of all these, the same answer", ("What", "Value"), rows)
    return f"<details><summary>Receipt</summary>\n{table}\n</details>"
