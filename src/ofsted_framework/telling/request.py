"""The information request, and the check of a list of closed cases, in every medium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..dates import in_words
from ..frames import Listing
from .html import escaped, listing_html
from .markdown import inert, table
from .text import listed, paragraph, shown

if TYPE_CHECKING:
    from ..annex import Band, ChildField, InformationRequest, ListCheck, RequestItem

REQUEST, CHECKED, VERSION = "ofsted-framework/information-request", "ofsted-framework/list", 1
_KINDS = {"text": "", "yes-no": "Y or N", "date": "a day"}


def request_listing(request: InformationRequest) -> Listing:
    """Everything that is asked for as a table, with where it was read."""
    columns = ("part", "name", "says", "read_from", "source", "facts")
    return Listing.of(columns, _request_rows(request))


def _request_rows(request: InformationRequest) -> Iterator[tuple[object, ...]]:
    if request.says is not None:
        days = request.closed_within_days
        first, facts = request.first, "; ".join(request.facts)
        yield "request", None, request.says, first, request.read_in(first), facts
        told = f"Cases closed in the {days} days before the inspection begins."
        yield "closed cases", None, told, first, request.read_in(first), facts
    told_of: list[tuple[str, str, str, RequestItem | ChildField | Band]] = []
    told_of += [("document", one.number, one.says, one) for one in request.items]
    for field in request.fields:
        says = "; ".join(filter(None, (_KINDS[field.kind], (field.says or "").rstrip("."))))
        told_of.append(("field", field.name, says, field))
    told_of += [("band", str(one), "weeks open", one) for one in request.bands]
    for part, name, says, of in told_of:
        source, facts = request.read_in(of.first), "; ".join(of.facts)
        yield part, name, says or None, of.first, source, facts
    for what in request.not_known:
        yield "not known", None, what, None, None, None


def request_text(request: InformationRequest) -> str:
    """What is asked for when an inspection or a visit begins, by the version it was read in."""
    told = request.says or "What is asked for on this day is not known: nothing was read of it."
    lines = paragraph(told, "", "")
    if request.versions:
        lines += ["", "Read in:"]
    for version in request.versions:
        told = f"- {in_words(version.first)} ({version.source}): {version.says}"
        lines += paragraph(told, "  ", "    ")
    firsts = {one.first for one in request.items} | {one.first for one in request.fields}
    for first in sorted(firsts | {one.first for one in request.bands}):
        lines += ["", f"Read in the version of {in_words(first)}:"]
        lines += _of_version(request, first)
    lines += ["", "Not known:"]
    for what in request.not_known:
        lines += paragraph(f"- {what}", "  ", "    ")
    return shown("\n".join(lines))


def _of_version(request: InformationRequest, first: object) -> Iterator[str]:
    for item in request.items:
        if item.first == first:
            yield from paragraph(f"{item.number} {item.says}", "  ", "       ")
    fields = [one for one in request.fields if one.first == first]
    if fields:
        told = "More fields for each closed case:"
        if first == request.first:
            days = request.closed_within_days
            told = f"Cases closed in the {days} days before, with these fields for each:"
        yield from paragraph(told)
    for field in fields:
        kind = f" ({_KINDS[field.kind]})" if _KINDS[field.kind] else ""
        says = f" {field.says}" if field.says else ""
        yield from paragraph(f"- {field.name}{kind}.{says}", "  ", "    ")
    bands = [str(one) for one in request.bands if one.first == first]
    if bands:
        yield from paragraph(f"Bands of weeks for which cases had been open: {listed(bands)}.")


def request_plain(request: InformationRequest) -> dict[str, Any]:
    """What is asked for, as a plain dict."""
    return {
        "format": REQUEST,
        "version": VERSION,
        "says": request.says,
        "closed_within_days": request.closed_within_days,
        "read_in": [
            {"date": one.first.isoformat(), "source": one.source, "says": one.says}
            for one in request.versions
        ],
        "parts": _records(request_listing(request)),
    }


def checked_text(found: ListCheck) -> str:
    """What a check of a list found, with what it assumes."""
    count, rows = len(found.faults), f"{found.rows:,} row{'s' * (found.rows != 1)}"
    lines = [f"The list has the form that is asked for: {rows}."]
    if count:
        lines = [f"{count:,} fault{'s' * (count != 1)} in {rows}:", *map(str, found.faults)]
    if found.not_checked:
        lines += ["", "Not checked:"]
    for what in found.not_checked:
        lines += paragraph(f"- {what}", "  ", "    ")
    lines += ["", "Checked for:"]
    for rule in found.rules:
        facts = f": {', '.join(rule.facts)}" if rule.facts else ""
        told = f"- {rule.id}: {rule.says} ({rule.basis}{facts})"
        lines += paragraph(told, "  ", "    ")
    return shown("\n".join(lines))


def checked_plain(found: ListCheck) -> dict[str, Any]:
    """What a check of a list found, as a plain dict."""
    return {
        "format": CHECKED,
        "version": VERSION,
        "rows": found.rows,
        "faults": _records(found.to_listing()),
        "not_checked": list(found.not_checked),
        "checked_for": [
            {"rule": one.id, "says": one.says, "basis": str(one.basis), "facts": list(one.facts)}
            for one in found.rules
        ],
    }


def checked_rules(found: ListCheck) -> Listing:
    """What a list was checked for, as a table."""
    rows = ((one.id, one.says, str(one.basis), "; ".join(one.facts)) for one in found.rules)
    return Listing.of(("rule", "says", "basis", "facts"), rows)


def checked_markdown(found: ListCheck) -> str:
    """What a check of a list found, as Markdown."""
    return "\n".join(
        [
            *_md(found.to_listing(), "Faults"),
            *_notes(found),
            *_md(checked_rules(found), "Checked for"),
        ]
    )


def checked_html(found: ListCheck) -> str:
    """What a check of a list found, as a fragment of HTML."""
    notes = "".join(f"<p>Not checked: {escaped(what)}</p>\n" for what in found.not_checked)
    faults = listing_html(found.to_listing(), f"{len(found.faults)} faults in {found.rows} rows")
    return f"{faults}\n{notes}{listing_html(checked_rules(found), 'Checked for')}"


def _notes(found: ListCheck) -> list[str]:
    return [line for what in found.not_checked for line in (f"Not checked: {inert(what)}", "")]


def _md(listing: Listing, title: str) -> list[str]:
    heads = [name.replace("_", " ") for name in listing.columns]
    return [f"## {title}", "", *table(heads, listing.rows)]


def request_markdown(request: InformationRequest) -> str:
    """What is asked for, as Markdown."""
    return "\n".join(_md(request_listing(request), "Information request"))


def request_html(request: InformationRequest) -> str:
    """What is asked for, as a fragment of HTML."""
    return listing_html(request_listing(request), "Information request")


def _records(listing: Listing) -> list[dict[str, Any]]:
    """Rows as JSON holds them: days as texts, facts as lists."""
    return [
        {
            name: _facts(value) if name == "facts" else value if value is None else str(value)
            for name, value in row.items()
        }
        for row in listing
    ]


def _facts(joined: object) -> list[str]:
    return str(joined).split("; ") if joined else []
