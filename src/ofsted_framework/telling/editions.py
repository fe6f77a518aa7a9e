"""Which framework governs a day, what differs between two, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from ..dates import When, Window, in_words, rough_day
from ..editions import Beside, plain_value
from ..grades import GradeScale
from ..provisions import NOT_KNOWN, Count, Periods, Row, SinceLast, values
from .markdown import inert, table
from .text import listed, paragraph, shown, weight

if TYPE_CHECKING:
    from ..changes import Difference, RowChange, SourceChange
    from ..editions import Framework, Governing, Standing
    from ..sources import Source

DIFFERENCE, GOVERNING, VERSION = "ofsted-framework/diff", "ofsted-framework/governing", 1
FRAMEWORK = "ofsted-framework/framework"


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
    return shown("\n".join(lines))


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


def framework_plain(framework: Framework, *, rows: bool = True) -> dict[str, Any]:
    """A framework as a plain dict.

    Args:
        framework: The framework.
        rows: Whether to tell its rows, areas and scales as well.
    """
    end = framework.end
    plain: dict[str, Any] = {
        "id": framework.id,
        "title": framework.title,
        "provider_kind": framework.provider_kind,
        "start": str(framework.start),
        "end": None if end is None else str(end),
        "sha256": framework.content_hash,
    }
    if not rows:
        return plain
    return {
        "format": FRAMEWORK,
        "version": VERSION,
        **plain,
        "areas": dict(framework.areas),
        "scales": plain_value(framework.scales),
        "grounds": plain_value(framework.grounds),
        "rows": [{"kind": row.tag, **plain_value(values(row))} for row in framework.rows],
        "not_known": plain_value(framework.not_known),
    }


def difference_text(found: Difference) -> str:
    """What differs, in plain English."""
    head = f"From {found.one} to {found.other}"
    if not found:
        return shown(f"{head}: nothing differs.")
    lines = [f"{head}:"]
    for change in found.rows:
        lines += ["", *paragraph(f"{change.sort}: {_name(change.row)}", "")]
        lines += paragraph(change.row.says())
        for told in _fields(change):
            lines += paragraph(f"- {told}", "  ", "    ")
    for title, some, sign in (("Areas", _area_cells(found), ": "),
                              ("Sources", _source_cells(found), ", ")):  # fmt: skip
        if some:
            lines += ["", f"{title}:"]
            for sort, *cells in some:
                lines += paragraph(f"- {sort}: {sign.join(filter(None, cells))}", "  ", "    ")
    rest = _rest(found)
    if rest:
        lines += ["", "Besides:"]
        for name, was, now in rest:
            lines += paragraph(f"- {name}: {was} → {now}", "  ", "    ")
    if notes := _notes(found):
        lines += ["", *paragraph(notes, "", "")]
    return shown("\n".join(lines))


def difference_markdown(found: Difference) -> str:
    """What differs, as Markdown: a table of rows, one of areas, one of sources, one of the rest."""
    lines = [f"# From {inert(found.one)} to {inert(found.other)}", ""]
    if not found:
        return "\n".join([*lines, "Nothing differs.", ""])
    rows = [
        (
            change.sort,
            _name(change.row),
            change.row.says(),
            "; ".join(_fields(change)),
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
    if notes := _notes(found):
        lines += [inert(notes), ""]
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
        f", {word} {rough_day(when)}"
        for word, when in (("from", first), ("to", last))
        if when is not None
    )


def _fields(change: RowChange) -> Iterator[str]:
    """What a changed row says otherwise; what it rests on only where that is all."""
    some = change.fields
    if (
        "sentence" in some
        and change.before is not None
        and change.before.says() != (change.after and change.after.says())
    ):
        yield f"it said: “{change.before.says().rstrip('.')}”"
    for name, (was, now) in some.items():
        if name not in ("sentence", "grounds"):
            yield f"{name.replace('_', ' ')}: {_words(was, name)} → {_words(now, name)}"
    if set(some) == {"grounds"}:
        was, now = (listed(dict.fromkeys(map(weight, both))) for both in some["grounds"])
        yield f"what it rests on: {was} → {now}" if was != now else "why, in words, is told anew"


_NONE = {
    "effective_from": "the framework's first day",
    "effective_to": "for as long as the framework",
    "published": "not stated",
    "end": "still in force",
    "at_most": "no ceiling",
    "kind": "any",
}
"""What it means that a field says nothing; of all others: none."""


def _words(value: object, name: str = "") -> str:
    """A value of a row or of a framework, in words."""
    if value is None or value in ((), {}, ""):
        return _NONE.get(name, "none")
    if isinstance(value, When):
        return rough_day(value)
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Periods):
        return f"{value.months} months at a time, from {in_words(value.origin)} on"
    if isinstance(value, SinceLast):
        before = "as early as one likes" if value.before is None else f"{value.before} earlier"
        return f"{value.months} months since the last ({before}, {value.after} later)"
    if isinstance(value, Count):
        good = f"{value.or_better} or better" if value.or_better else f"{value.or_worse} or worse"
        return f"at least {value.at_least} of {_words(value.areas)} {good}"
    if isinstance(value, Beside):
        days = Window(value.first, None, value.last).in_words()
        return f"{value.framework} ({days}; kinds: {_words(value.kinds)})"
    if isinstance(value, tuple | list):
        if name == "chosen":
            return ", ".join(f"{id} = {reading}" for id, reading in value)
        return ("; " if any(isinstance(one, GradeScale) for one in value) else ", ").join(
            map(_words, value)
        )
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_words(part)}" for key, part in value.items())
    return "not known" if value == NOT_KNOWN else str(value)


def _area_cells(found: Difference) -> list[tuple[str, str, str]]:
    return [
        (one.sort, one.area, f"{one.before} → {one.after}")
        if one.sort == "changed"
        else (one.sort, one.area, one.after or one.before or "")
        for one in found.areas
    ]


def _source_cells(found: Difference) -> list[tuple[str, str, str]]:
    def cells(one: SourceChange) -> tuple[str, str, str]:
        source = one.after or one.before
        assert source is not None  # a change has at least one of the two
        return one.sort, source.title, source.dated

    return [cells(one) for one in found.sources]


_TOLD = {
    "grounds": "what its boundaries rest on",
    "requested": "what is asked for when an inspection begins",
    "not_known": "what is not known",
    "versions": "the dated versions of its text",
}
"""What is too long to be shown side by side."""
_ELSEWHERE = ("areas", "own_facts", "own_sources")  # among the areas and the sources


def _rest(found: Difference) -> list[tuple[str, str, str]]:
    return [
        (name.replace("_", " "), _words(was, name), _words(now, name))
        for name, (was, now) in found.values.items()
        if name not in (*_ELSEWHERE, *_TOLD)
    ]


def _notes(found: Difference) -> str:
    """What differs too, and is not shown."""
    some = listed(words for name, words in _TOLD.items() if name in found.values)
    return f"Different too, and not shown here: {some}." if some else ""
