"""Outlooks: what a simulation shows, in every medium but the chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import hypot, sqrt
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from ..dates import in_words
from ..errors import Fault, OfstedFrameworkError, nearest, number_of
from ..provisions import Graded
from ..sources import Ground
from . import csv_text, html, markdown, plain, text
from .figures import figure_html

if TYPE_CHECKING:
    from ..simulation import Measure, Outlook, Quantile

_VERSION = 1
_QUARTERS, _LABEL, _CELL = 8, 34, 6
_YEARLY = "How many begin in a year (mean ± standard error)"
_HELD = "Days in a year on which a status holds (mean ± standard error)"


def outlook_text(outlook: Outlook, *, every: bool = False, only: Iterable[str] = ()) -> str:
    """An outlook in plain English: figures with their errors, and what they assume.

    Args:
        outlook: The outlook.
        every: Whether to list every assumption on behaviour as well.
        only: The kinds of event of which to say when the next begins; none: those that carry
            grades.

    Raises:
        OfstedFrameworkError: A kind of event is not simulated here.
    """
    lines = wrap(f"{title(outlook)}, {span(outlook)}", text._WIDTH)
    for activity in shown(outlook, only):
        lines += ["", *_next_lines(outlook, activity)]
    for head, rows, note in _figures(outlook):
        lines += ["", head, *_aligned(rows), *text.paragraph(note)]
    lines += ["", "What it assumes", *_assumed(outlook, every), ""]
    lines += [f"Weakest basis: {outlook.basis}.", *_provenance_lines(outlook)]
    return text.shown("\n".join(lines))


def outlook_markdown(outlook: Outlook, *, only: Iterable[str] = ()) -> str:
    """An outlook as Markdown: tables of the figures, of all assumptions, and of its provenance."""
    told = markdown.inert(f"{span(outlook)[0].upper()}{span(outlook)[1:]}.")
    lines = [f"# {markdown.inert(title(outlook))}", "", told, ""]
    for name, heads, rows, note in _tables(outlook, only):
        lines += [f"## {markdown.inert(name)}", ""]
        lines += markdown.table(heads, rows) if rows else []
        lines += [markdown.inert(note), ""] if note else []
    return "\n".join(lines)


def outlook_html(outlook: Outlook, *, only: Iterable[str] = ()) -> str:
    """An outlook as a fragment of HTML: the same tables, with assumptions and provenance folded.

    Where Matplotlib is installed, charts of when the next ones begin stand above them.
    """
    told = html.escaped(f"{span(outlook)[0].upper()}{span(outlook)[1:]}.")
    parts = ['<section class="ofsted-framework">', f"<h2>{html.escaped(title(outlook))}</h2>"]
    parts.append(f"<p>{told}</p>")
    parts += filter(None, (figure_html("next_chart", outlook, one) for one in shown(outlook, only)))
    for name, heads, rows, note in _tables(outlook, only):
        table = html._table(name, heads, rows) if rows else ""
        if heads[0] in ("Assumption", "What"):
            table = f"<details><summary>{html.escaped(name)}</summary>\n{table}\n</details>"
        parts += [table] if table else [f"<h3>{html.escaped(name)}</h3>"]
        parts += [f"<p>{html.escaped(note)}</p>"] if note else []
    return "\n".join([*parts, "</section>"])


def outlook_csv(outlook: Outlook) -> str:
    """An outlook as CSV: one row for each measure, with the columns of `Summary.to_columns`."""
    columns = outlook.summary().to_columns()
    who = (outlook.recorded.provider.name, outlook.framework.id, outlook.as_of)
    rows = ((*who, *row) for row in zip(*columns.values(), strict=True))
    return csv_text.csv_text(("provider", "framework", "as_of", *columns), rows)


def _ground(ground: Ground) -> dict[str, Any]:
    return {
        "part": ground.part,
        "basis": str(ground.basis),
        "facts": list(ground.facts),
        "says": ground.says,
    }


def outlook_plain(outlook: Outlook) -> dict[str, Any]:
    """An outlook as a plain dict."""
    provenance = outlook.provenance
    return {
        "format": "ofsted-framework/outlook",
        "version": _VERSION,
        "provider": outlook.recorded.provider.name,
        "framework": outlook.framework.id,
        "as_of": outlook.as_of.isoformat(),
        "measures": [_measure(one) for one in outlook.summary().measures],
        "assumptions": [_ground(one) for one in outlook.assumptions],
        "basis": str(outlook.basis),
        "provenance": {
            "receipt": plain.receipt_plain(provenance.receipt),
            "behaviour": provenance.behaviour,
            "behaviour_sha256": provenance.behaviour_hash,
            "seed": provenance.seed,
            "first": provenance.first.isoformat(),
            "horizon": provenance.horizon.isoformat(),
            "replications": provenance.replications,
        },
    }


def _measure(one: Measure) -> dict[str, Any]:
    return {
        "what": one.what,
        "of": one.of,
        "readings": dict(one.readings),
        "first": one.first and one.first.isoformat(),
        "last": one.last and one.last.isoformat(),
        "replications": one.replications,
        "mean": one.mean,
        "error": one.error,
        "quantiles": [
            {"share": q.share, "value": q.value, "low": q.low, "high": q.high}
            for q in one.quantiles
        ],
    }


# --- What the media share ----------------------------------------------------------------------


class Case(NamedTuple):
    """When the next of an activity begins, in one of the cases that the framework leaves open."""

    name: str
    """Its readings; empty where none is open."""
    number: int
    """How many replications it has."""
    quarters: dict[date, int]
    """In how many of them the next begins in a quarter, by its first day."""
    days: Measure
    """The days from the day of asking to the next."""

    def share(self, first: date, last: date) -> float:
        """The share in which the next begins in the quarters that begin in a stretch."""
        return sum(n for day, n in self.quarters.items() if first <= day <= last) / self.number

    def later(self, last: date) -> float:
        """The share in which the next begins after a quarter, or is beyond the horizon."""
        before = sum(n for day, n in self.quarters.items() if day <= last)
        return (self.number - before) / self.number

    @property
    def label(self) -> str:
        """Its readings, or what stands for them."""
        return self.name or "every replication"


def title(outlook: Outlook) -> str:
    """Whose outlook it is."""
    return one_line(f"Outlook for {outlook.recorded.provider.name} under {outlook.framework.id}")


def span(outlook: Outlook) -> str:
    """From when to when is simulated, and how often."""
    number = number_of(outlook.replications, "replication")
    if outlook.horizon <= outlook.as_of:
        return f"nothing is simulated after {in_words(outlook.as_of)}: no years were asked for"
    first = in_words(outlook.as_of + timedelta(1))
    return f"{first} to {in_words(outlook.horizon)}: {number}, seed {outlook.seed}"


def shown(outlook: Outlook, only: Iterable[str] = ()) -> list[str]:
    """The kinds of event of which it is told when the next begins.

    Raises:
        OfstedFrameworkError: One that is asked for is not simulated here.
    """
    made = list(dict.fromkeys(one.of for one in outlook.summary().select("days-to-next")))
    wanted = list(dict.fromkeys(only))
    message = f"is no kind of event that is simulated here (there are {', '.join(made)})"
    faults = [Fault("only", one, message, nearest(one, made)) for one in wanted if one not in made]
    if faults:
        raise OfstedFrameworkError(faults)
    graded = {
        activity
        for row in outlook.framework.rows
        if isinstance(row, Graded) and row.areas
        for activity in row.activities
    }
    return wanted or [one for one in made if one in graded] or made[:1]


def cases(outlook: Outlook, activity: str) -> list[Case]:
    """The cases of an activity, in the order of the framework."""
    summary = outlook.summary()
    found = []
    for days in summary.select("days-to-next", activity):
        quarters = {
            one.first: round((one.mean or 0) * one.replications)
            for one in summary.select("next", activity)
            if one.readings == days.readings and one.first is not None
        }
        found.append(Case(_name(outlook, days), days.replications, quarters, days))
    return found


def percent(share: float) -> str:
    """A share as a whole number of per cent, never 0 or 100 unless it is."""
    number = round(100 * share)
    if share > 0 and number == 0:
        return "<1%"
    return ">99%" if share < 1 and number == 100 else f"{number}%"


def first_days(outlook: Outlook, case: Case) -> tuple[str, str, str]:
    """The days by which one in ten, half and nine in ten of the next have begun."""
    quantiles = {one.share: one for one in case.days.quantiles}
    low, middle, high = (_day(outlook, quantiles[share]) for share in (0.1, 0.5, 0.9))
    return low, middle, high


def error_words(some: Sequence[Case], rows: Iterable[Sequence[float]]) -> str:
    """How far shares may be off for want of replications, in a sentence."""
    if any(case.number == 1 for case in some):
        return "With one replication of a case, the error is not known."
    largest = max(
        (sqrt(one * (1 - one) / case.number) for case, row in zip(some, rows, strict=True)
         for one in row), default=0.0,
    )  # fmt: skip
    return f"The largest standard error of a share is {100 * largest:.1f} points of per cent."


def heading(activity: str) -> str:
    """The question that is answered of an activity."""
    return f"When the next {text.label(activity)} begins"


def none_words(outlook: Outlook, activity: str) -> str:
    """That no replication has any."""
    if outlook.horizon <= outlook.as_of:
        return "No years are simulated."
    return f"No {text.label(activity)} begins by {in_words(outlook.horizon)}."


def quarter(day: date) -> str:
    """A calendar quarter: `Q4 2026`."""
    return f"Q{(day.month + 2) // 3} {day.year}"


def _name(outlook: Outlook, one: Measure) -> str:
    """The readings of a case; with their provisions where two of these have a reading in common."""
    names = [str(name) for id, _ in one.readings for name in outlook.scenario.readings[id]]
    if len(set(names)) == len(names):
        return one_line(one.case)
    return one_line(", ".join(f"{id}={reading}" for id, reading in one.readings))


def _day(outlook: Outlook, one: Quantile) -> str:
    if one.value is None:
        return f"after {in_words(outlook.horizon)}"
    day = outlook.as_of + timedelta(round(one.value))
    return f"{in_words(day)} ({number_of(round(one.value), 'day')})"


def one_line(words: str) -> str:
    """A text on one line that cannot steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _columns(some: Sequence[Case], most: int) -> list[tuple[str, date, date]]:
    """The stretches that a table shows: quarters, then years; the empty ones before are left out.

    Each is a name, and the first and the last day on which a quarter in it may begin.
    """
    days = sorted({day for case in some for day, number in case.quarters.items() if number})
    if not days:
        return []
    first, last = days[0], days[-1]
    number = (last.year - first.year) * 4 + (last.month - first.month) // 3 + 1
    quarters = []
    for index in range(number if number <= _QUARTERS else _QUARTERS - (first.month - 1) // 3):
        month = first.month - 1 + 3 * index
        day = date(first.year + month // 12, month % 12 + 1, 1)
        quarters.append((quarter(day), day, day))
    after = quarters[-1][1].year + 1
    years = [
        (str(year), date(year, 1, 1), date(year, 12, 31)) for year in range(after, last.year + 1)
    ]
    return [*quarters, *years][:most]


def _shares(some: Sequence[Case], most: int) -> tuple[list[str], list[list[float]]]:
    """The heads of a table of shares, and a row for each case; nothing where none has any."""
    columns = _columns(some, most)
    if not columns:
        return [], []
    last = columns[-1][2]
    rows = [[case.share(lo, hi) for _, lo, hi in columns] + [case.later(last)] for case in some]
    return [name for name, _, _ in columns] + ["later"], rows


def _number(some: Sequence[Case]) -> str:
    """How many replications the cases have."""
    low, high = min(case.number for case in some), max(case.number for case in some)
    each = " of each case" if len(some) > 1 else ""
    return (f"{low:,} to " if low < high else "") + f"{number_of(high, 'replication')}{each}"


def figure_words(mean: float | None, error: float | None, digits: int = 2) -> str:
    """A mean with its error, to as many places as the error gives."""
    if mean is None:
        return "not known"
    if error is None:
        return f"{mean:.{digits}f} (error not known)"
    digits += 0 < error < 0.5 * 10**-digits
    return f"{mean:.{digits}f} ± {error:.{digits}f}"


def _over(outlook: Outlook, some: Sequence[Measure]) -> str:
    """A figure over its cases: a range, where these differ by more than twice their error."""
    ordered = sorted(some, key=lambda one: one.mean or 0)
    low, high = ordered[0], ordered[-1]
    known = all(one.error is not None for one in some)
    least, most = (low.mean or 0), (high.mean or 0)
    if known and most - least > 2 * hypot(low.error or 0, high.error or 0):
        ends = (
            f"{figure_words(one.mean, one.error)} ({_name(outlook, one)})" for one in (low, high)
        )
        return " to ".join(ends)
    number = sum(one.replications for one in some)
    mean = sum((one.mean or 0) * one.replications for one in some) / number
    error = hypot(*((one.error or 0) * one.replications for one in some)) / number
    return figure_words(mean, error if known else None)


def _yearly(outlook: Outlook) -> list[tuple[str, str]]:
    """How many a year of each activity."""
    some = outlook.summary().select("a-year")
    kinds = dict.fromkeys(one.of for one in some)
    return [
        (text.label(kind), _over(outlook, [one for one in some if one.of == kind]))
        for kind in kinds
    ]


def _held(outlook: Outlook) -> list[tuple[str, str]]:
    """On how many days a year each status holds, in each case."""
    rows = []
    for one in outlook.summary().select("days-a-year"):
        name = _name(outlook, one)
        rows.append(
            (f"{one.of} ({name})" if name else one.of, figure_words(one.mean, one.error, 1))
        )
    return rows


def _figures(outlook: Outlook) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    """The figures of a year, where there are any: a head, rows, and a note."""
    note = (
        "The cases with the lowest and the highest mean are named where these differ by more than "
        "twice their error."
    )
    if yearly := _yearly(outlook):
        yield _YEARLY, yearly, note if outlook.scenario.readings else ""
    if held := _held(outlook):
        yield _HELD, held, ""


def _assumed(outlook: Outlook, every: bool) -> Iterator[str]:
    """The assumptions, each told once for all that it is made of; those on behaviour in short."""
    behaviour = {one.in_words() for one in outlook.behaviour.assumptions}
    short = [one for one in outlook.assumptions if one.part in behaviour]
    told: dict[tuple[str | None, str], list[str]] = {}
    for one in outlook.assumptions:
        if one.part not in behaviour:
            told.setdefault((one.says, text.weight(one)), []).append(one.part)
    lines = [(text.listed(dict.fromkeys(parts)), *key) for key, parts in told.items()]
    if every:
        lines += [(one.part, one.says, text.weight(one)) for one in short]
    for part, says, weight in lines:
        line = f"- {part}: {says} ({weight})" if says else f"- {part} ({weight})"
        yield from text.paragraph(one_line(line), "  ", "    ")
    if every:
        return
    if short:
        bases = Counter(one.basis for one in short)
        words = text.listed(f"{n} {basis}" for basis, n in bases.items())
        words = words if len(bases) > 1 else f"all {short[0].basis}"
        line = (
            f"- behaviour {outlook.behaviour.id} ({outlook.behaviour.title}): "
            f"{number_of(len(short), 'assumption')}, {words}; listed with --assumptions on the "
            "command line, or in outlook.assumptions."
        )
        yield from text.paragraph(one_line(line), "  ", "    ")


def _next_lines(outlook: Outlook, activity: str) -> Iterator[str]:
    some = cases(outlook, activity)
    yield f"{heading(activity)}, by calendar quarter"
    width = max(len(case.label) for case in some)
    narrow = width <= _LABEL
    width = width if narrow else 2
    heads, rows = _shares(some, (text._WIDTH - width - 2) // _CELL - 1)
    if not heads:
        yield from text.paragraph(none_words(outlook, activity))
        return
    for line in zip(*(head.split() if " " in head else ("", head) for head in heads), strict=True):
        if any(line):
            cells = "".join(f"{cell:>{_CELL}}" for cell in line)
            yield " " * (width + 2) + cells.rstrip()
    for case, row in zip(some, rows, strict=True):
        if not narrow:
            yield from text.paragraph(case.label)
        start = f"{case.label if narrow else '':{width}}"
        yield f"  {start}" + "".join(f"{percent(one):>{_CELL}}" for one in row)
    yield from text.paragraph(f"Shares of {_number(some)}. {error_words(some, rows)}")
    yield ""
    yield f"First day of the next {text.label(activity)}, and days from {in_words(outlook.as_of)}"
    for case in some:
        yield from text.paragraph(f"{case.label}: {_range(outlook, case)}.", "  ", "    ")


def _range(outlook: Outlook, case: Case) -> str:
    """The middle of the first days, and the stretch that holds eight in ten."""
    low, middle, high = first_days(outlook, case)
    if low.startswith("after"):
        return f"in more than nine of ten replications {low}"
    return f"median {middle}; one in ten by {low}, nine in ten by {high}".replace(
        "by after", "after"
    )


def _aligned(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Two columns, of which the second may run over lines."""
    width = min(max(len(name) for name, _ in rows) + 2, 50)
    for name, told in rows:
        start = f"  {name:{width}}" if len(name) < width else f"  {name}  "
        yield from text.paragraph(told, start, " " * (width + 2))


_Table = tuple[str, Sequence[str], Sequence[Sequence[object]], str]


def _tables(outlook: Outlook, only: Iterable[str]) -> Iterator[_Table]:
    """The tables of an outlook: name, heads, rows, and a note."""
    for activity in shown(outlook, only):
        some = cases(outlook, activity)
        heads, rows = _shares(some, 16)
        name = f"{heading(activity)}: shares by calendar quarter, of {_number(some)}"
        if not heads:
            yield name, ("Case",), (), none_words(outlook, activity)
            continue
        whole = [(case.label, *map(percent, row)) for case, row in zip(some, rows, strict=True)]
        yield name, ("Case", *heads), whole, error_words(some, rows)
        name = f"First day of the next {text.label(activity)}"
        heads = ["Case", "One in ten by", "Median", "Nine in ten by"]
        note = f"Days are counted from {in_words(outlook.as_of)}."
        yield name, heads, [(case.label, *first_days(outlook, case)) for case in some], note
    for name, pairs, note in _figures(outlook):
        yield name, ("Of what", "In a year"), pairs, note
    grounds = [(one.part, one.says, one.basis, ", ".join(one.facts)) for one in outlook.assumptions]
    name = f"What it assumes ({len(grounds)}; weakest basis: {outlook.basis})"
    yield name, ("Assumption", "Why, or what", "Basis", "Facts"), grounds, ""
    rows_ = list(_provenance(outlook))
    yield "Provenance: the same of all these, the same histories", ("What", "Value"), rows_, ""


def _provenance(outlook: Outlook) -> Iterator[tuple[str, object]]:
    one = outlook.provenance
    yield "Library", one.receipt.library
    yield from ((f"Framework {id}", content) for id, content in one.receipt.frameworks)
    yield from ((f"Reading chosen of {id}", reading) for id, reading in one.receipt.readings)
    yield from (("Value replaced", change) for change in one.receipt.changes)
    yield f"Behaviour {one.behaviour}", one.behaviour_hash
    yield from (("Seed", one.seed), ("Replications", one.replications))
    yield from (("First day", one.first), ("Last day", one.horizon))
    yield from (("Calendar", one.receipt.calendar), ("Input", one.receipt.input))


def _provenance_lines(outlook: Outlook) -> list[str]:
    one = outlook.provenance
    frameworks = ", ".join(f"{id} {content[:12]}" for id, content in one.receipt.frameworks)
    lines = [
        f"Provenance: ofsted-framework {one.receipt.library}; {frameworks}; behaviour "
        f"{one.behaviour} {one.behaviour_hash[:12]}; seed {one.seed}; "
        f"{number_of(one.replications, 'replication')}; calendar {one.receipt.calendar}; input "
        f"{one.receipt.input[:12]}."
    ]
    lines += [f"Reading chosen: {id} = {reading}." for id, reading in one.receipt.readings]
    lines += [f"Value replaced (assumed): {change}." for change in one.receipt.changes]
    return [line for told in lines for line in wrap(one_line(told), text._WIDTH)]
