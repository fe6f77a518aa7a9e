"""Which framework governs a day, what differs between two, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from ..dates import When, in_words
from ..editions import plain_value
from ..provisions import Row
from .markdown import table
from .text import listed, paragraph

if TYPE_CHECKING:
    from ..changes import Difference, RowChange, SourceChange
    from ..editions import Governing, Standing
    from ..sources import Source

DIFFERENCE, GOVERNING, VERSION = "ofsted-framework/diff", "ofsted-framework/governing", 1


def governing_text(answer: Governing) -> str:
    """Which framework governs a day, with the boundaries and what they rest on."""
    who = {"cafcass": "Cafcass"}.get(answer.provider_kind, "local authorities")
    day = in_words(answer.on)
    candidates = answer.candidates
    if answer.framework is not None:
        told = f"What begins on {day} comes under {answer.framework.id} ({who})."
    elif candidates:
        names = listed((one.id for one in candidates), "or")
        none = " or none" if len(candidates) == 1 else ""
        told = f"What begins on {day} may come under {names}{none} ({who}): that is open."
    else:
        told = f"No framework known here governs what begins on {day} ({who})."
    lines = paragraph(told, "", "")
    for one in answer.standings:
        if one.framework in candidates:
            lines += ["", f"{one.framework.id}: {one.word}"]
            lines += [line for part in _boundaries(one) for line in paragraph(part)]
    others = [
        f"{one.framework.id} ({one.word})"
        for one in answer.standings
        if one.framework not in candidates
    ]
    if others:
        lines += ["", *paragraph(f"Not in force: {listed(others)}.", "", "")]
    return "\n".join(lines)


def _boundaries(standing: Standing) -> Iterator[str]:
    one = standing.framework
    ends = (("start", "First day", one.start), ("end", "Last day", one.end))
    for part, name, when in ends:
        if when is None:
            continue
        grounds = [ground for ground in one.grounds if ground.part == part]
        told = []
        for ground in grounds:
            facts = f" ({', '.join(ground.facts)})" if ground.facts else ""
            says = f": {ground.says.rstrip('.')}" if ground.says else ""
            told.append(f"{ground.basis}{facts}{says}")
        why = "; ".join(told)
        yield f"{name}: {when.in_words()}. {why or 'nothing is said of it'}."
    other = one.beside
    if other is not None and other.first <= standing.on <= other.last:
        yield (
            f"From {in_words(other.first)} to {in_words(other.last)} {other.framework} was in use "
            f"too: an inspection comes under one of the two by the framework or the kind that its "
            f"record names ({listed(other.kinds, 'or')}: {other.framework})."
        )


def governing_plain(answer: Governing) -> dict[str, Any]:
    """Which framework governs a day, as a plain dict."""
    return {
        "format": GOVERNING,
        "version": VERSION,
        "provider_kind": answer.provider_kind,
        "on": answer.on.isoformat(),
        "framework": None if answer.framework is None else answer.framework.id,
        "candidates": [one.id for one in answer.candidates],
        "standings": [
            {
                "framework": one.framework.id,
                "standing": one.word,
                "start": str(one.framework.start),
                "start_basis": one.basis("start"),
                "end": None if one.framework.end is None else str(one.framework.end),
                "end_basis": one.basis("end"),
            }
            for one in answer.standings
        ],
    }


def difference_text(found: Difference) -> str:
    """What differs, in plain English."""
    head = f"From {found.one} to {found.other}"
    if not found:
        return f"{head}: nothing differs."
    lines = [f"{head}:"]
    for change in found.rows:
        lines += ["", f"{change.sort}: {_name(change.row)}"]
        lines += paragraph(change.row.says())
        lines += [
            line
            for field, was, now in _fields(change)
            for line in paragraph(f"- {field}: {was} → {now}", "  ", "    ")
        ]
    for title, some in (("Areas", _area_cells(found)), ("Sources", _source_cells(found))):
        if some:
            lines += ["", f"{title}:"]
            for sort, *cells in some:
                lines += paragraph(f"- {sort}: {', '.join(filter(None, cells))}", "  ", "    ")
    rest = _rest(found)
    if rest:
        lines += ["", "Besides:"]
        for name, was, now in rest:
            lines += paragraph(f"- {name}: {was} → {now}", "  ", "    ")
    return "\n".join(lines)


def difference_markdown(found: Difference) -> str:
    """What differs, as Markdown: a table of rows, one of areas, one of sources, one of the rest."""
    lines = [f"# From {found.one} to {found.other}", ""]
    if not found:
        return "\n".join([*lines, "Nothing differs.", ""])
    rows = [
        (
            change.sort,
            _name(change.row),
            change.row.says(),
            "; ".join(f"{field}: {was} → {now}" for field, was, now in _fields(change)),
        )
        for change in found.rows
    ]
    for title, heads, cells in (
        ("Rows", ("What", "Row", "It says", "Fields"), rows),
        ("Areas", ("What", "Area", "Name"), _area_cells(found)),
        ("Sources", ("What", "Source", "Dated"), _source_cells(found)),
        ("Besides", ("What", "Before", "After"), _rest(found)),
    ):
        if cells:
            lines += [f"## {title}", "", *table(heads, cells)]
    return "\n".join(lines)


def difference_plain(found: Difference) -> dict[str, Any]:
    """What differs, as a plain dict."""
    return {
        "format": DIFFERENCE,
        "version": VERSION,
        "from": found.one,
        "to": found.other,
        "rows": [
            {
                "what": change.sort,
                "kind": change.row.tag,
                "id": change.row.id,
                "reading": change.row.reading,
                "sentence": change.row.says(),
                "fields": {
                    name: {"before": plain_value(was), "after": plain_value(now)}
                    for name, (was, now) in change.fields.items()
                },
            }
            for change in found.rows
        ],
        "areas": [attrs.asdict(one) for one in found.areas],
        "sources": [
            {"what": one.sort, "before": _source(one.before), "after": _source(one.after)}
            for one in found.sources
        ],
        "values": {
            name: {"before": plain_value(was), "after": plain_value(now)}
            for name, (was, now) in found.values.items()
            if name != "areas"
        },
    }


def _source(source: Source | None) -> dict[str, Any] | None:
    return None if source is None else plain_value(source)


def _name(row: Row) -> str:
    reading = f", {row.reading}" if row.reading else ""
    return f"{row.id} ({row.tag}{reading}{_period(row)})"


def _period(row: Row) -> str:
    first, last = row.effective_from, row.effective_to
    return "".join(
        f", {word} {when.in_words()}"
        for word, when in (("from", first), ("to", last))
        if when is not None
    )


def _fields(change: RowChange) -> Iterator[tuple[str, str, str]]:
    some = {n: both for n, both in change.fields.items() if n not in ("sentence", "grounds")}
    for name, (was, now) in some.items():
        yield name.replace("_", " "), _words(was), _words(now)
    if not some and change.sort == "changed":
        yield "what it rests on", "as it was", "otherwise"


def _words(value: object) -> str:
    if value is None or value in ((), {}, ""):
        return "nothing"
    if isinstance(value, When):
        return value.in_words()
    if isinstance(value, tuple | list):
        return ", ".join(map(_words, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} = {_words(part)}" for key, part in value.items())
    kind: Any = type(value)
    if attrs.has(kind):
        parts = {name: getattr(value, name) for name in attrs.fields_dict(kind)}
        return _words({name: part for name, part in parts.items() if part not in (None, (), "")})
    return str(value)


def _area_cells(found: Difference) -> list[tuple[str, str, str]]:
    return [(one.sort, one.area, one.after or one.before or "") for one in found.areas]


def _source_cells(found: Difference) -> list[tuple[str, str, str]]:
    def cells(one: SourceChange) -> tuple[str, str, str]:
        source = one.after or one.before
        assert source is not None  # a change has at least one of the two
        return one.sort, source.title, source.dated

    return [cells(one) for one in found.sources]


_TOLD = ("areas", "own_facts", "own_sources", "grounds", "not_known", "versions")


def _rest(found: Difference) -> list[tuple[str, str, str]]:
    rest = [
        (name.replace("_", " "), _words(was), _words(now))
        for name, (was, now) in found.values.items()
        if name not in _TOLD
    ]
    notes = [name.replace("_", " ") for name in found.values if name in _TOLD[1:]]
    return [*rest, *((name, "as it was", "otherwise") for name in notes)]
