"""A picture of how activities follow one another, as SVG, drawn from a framework's rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from ..dates import in_words
from ..events import EVENTS
from ..provisions import NOT_KNOWN, Between, Cadence, Contents, Only, Response, Route
from .svg import (
    BLUE,
    GREY,
    INK,
    LARGE,
    PALE,
    SMALL,
    TEAL,
    drawing,
    fit,
    key_of,
    rect,
    text_at,
    titled,
)
from .text import listed
from .timeline import capital

if TYPE_CHECKING:
    from ..editions import Framework
    from ..provisions import Row

_WIDTH, _LEFT, _RIGHT = 760, 16, 744
_BOX, _STEP, _PAD = 150, 17, 10
_BEGINNING = "beginning"
_SIGNS = 66
"""How many signs of a text have room over an arrow."""


class _Step(NamedTuple):
    """What follows what."""

    source: str
    """What it begins with."""
    words: str
    """When it follows, and how often."""
    target: str
    """What follows."""
    sentence: str
    """What the row says."""


def life_cycle_svg(framework: Framework, *, as_of: date) -> str:
    """Draw which activity follows which, and when, as an SVG image: an arrow for each row.

    Args:
        framework: The framework.
        as_of: The day of asking: the rows in force then, or that may be, as far as they were known.

    Returns:
        The image. The same framework and day give the same text. Its `desc` says in words what it
        shows.
    """
    steps = _steps(framework, as_of)
    title = f"{framework.id}: what follows what"
    told = " ".join(
        f"{capital(one.source)}: {one.words}: {one.target}." for one in steps
    ) or "Nothing follows from anything."  # fmt: skip
    drawn = [text_at(_LEFT, 30, fit(title, _RIGHT - _LEFT, LARGE), LARGE, bold=True)]
    drawn.append(text_at(_LEFT, 50, f"as of {in_words(as_of)}", SMALL, fill=GREY))
    y = 68
    for source in dict.fromkeys(one.source for one in steps):
        top = y
        for one in steps:
            if one.source == source:
                mark, high = _arrow(one, y)
                drawn += titled(one.sentence, mark)
                y += high + _PAD
        y = max(y, top + len(_wrapped(source)) * _STEP + 14 + _PAD)
        drawn += _box(source, _LEFT, top, y - _PAD - top, BLUE)
        y += _PAD
    if not steps:
        drawn.append(text_at(_LEFT, y + 14, told))
        y += 28
    return drawing(
        key_of("life-cycle", f"{title} {told}"),
        f"{title}, as of {in_words(as_of)}", told, (_WIDTH, y + 6), drawn,
    )  # fmt: skip


def _steps(framework: Framework, as_of: date) -> list[_Step]:
    """What follows what, by the order of events and then of rows."""
    day = as_of.toordinal()
    found = [
        step
        for row in framework.known_on(as_of).rows
        if row.lo <= day <= row.hi
        for step in _of(row)
    ]
    order = {_BEGINNING: -1} | {one.label: place for place, one in enumerate(EVENTS.values())}
    return sorted(dict.fromkeys(found), key=lambda one: order.get(one.source, len(order)))


def _of(row: Row) -> Iterator[_Step]:
    """The steps that a row tells."""
    reading = f" ({row.reading})" if row.reading else ""
    says = row.says()
    if isinstance(row, Cadence):
        name = _name(row.activity)
        yield _Step(name, f"{_rhythm(row)}{reading}", f"next {name}", says)
    elif isinstance(row, Between):
        bound = listed(map(_name, row.bounds), "or")
        where = f"before the {'first' if row.first_only else 'next'} {bound}"
        held = f"if {_status(row.while_)}: " if row.while_ else ""
        target = listed(map(_name, row.activities), "or")
        source = _BEGINNING if row.first_only else bound
        yield _Step(source, f"{held}{_number(row)} {where}{reading}", target, says)
    elif isinstance(row, Response):
        for kind in row.after:
            yield _Step(_name(kind), f"{_condition(row)}{_time(row)}{reading}", _given(row), says)
    elif isinstance(row, Only):
        words = f"only while {_status(row.while_)} holds{reading}"
        yield _Step("inspection", words, _name(row.activity), says)
    elif isinstance(row, Route):
        name = _name(row.activity)
        yield _Step(name, f"{_route(row)}{reading}", f"next {name}", says)
    elif isinstance(row, Contents) and row.refers_to is not None:
        yield _Step(_name(row.refers_to), f"is referred to{reading}", _name(row.activity), says)


def _name(kind: str) -> str:
    return EVENTS[kind].label


def _status(id: str) -> str:
    return id.replace("-", " ")


def _rhythm(row: Cadence) -> str:
    if row.periods is not None:
        origin = in_words(row.periods.origin)
        return f"one in each period of {row.periods.months} months from {origin}"
    one = row.since_last
    assert one is not None  # a cadence has one of the two
    told = f"{one.months} months after the last"
    early = "as early as one likes" if one.before is None else f"{one.before} months earlier"
    if one.before == 0 and not one.after:
        return told
    late = f"{one.after} months later" if one.after else "that day"
    return f"{told}, from {early} to {late}"


def _number(row: Between) -> str:
    if row.at_most is None:
        return f"at least {row.at_least}"
    if row.at_least == row.at_most:
        return str(row.at_least or "none")
    return f"{row.at_least} to {row.at_most}" if row.at_least else f"at most {row.at_most}"


def _condition(row: Response) -> str:
    some = (
        f"{field.replace('_', ' ')} is {listed((each.replace('-', ' ') for each in good), 'or')}"
        for field, good in row.when.items()
    )
    told = " and ".join(some)
    return f"if {told}: " if told else ""


def _time(row: Response) -> str:
    day = {"start": "first day", "end": "last day", "published": "day of publication"}
    since = f"of the {day[row.counted_from]}"
    if row.months is not None:
        return f"within {row.months} months {since}"
    if row.working_days == NOT_KNOWN:
        return f"within working days {since}, whose number no source gives"
    return f"within {row.working_days} working days {since}"


def _given(row: Response) -> str:
    own = {"published": "report or letter", "published_by_provider": "the provider's publication"}
    name = own.get(row.gives) or _name(row.gives)
    return f"draft of the {name}" if row.draft else name


def _route(row: Route) -> str:
    kinds = [one.replace("-", " ") for one in row.kinds(holds=True)]
    told = listed(kinds, "or")
    if row.while_ is not None:
        told = f"if {_status(row.while_)}: {told}; if not: {row.otherwise}"
    return told if row.at_first is None else f"{told}; the first: {row.at_first}"


def _arrow(one: _Step, y: int) -> tuple[list[str], int]:
    """An arrow from the box on the left to what follows, with its words; and how high it is."""
    lines = wrap(one.words, _SIGNS, break_on_hyphens=False)
    high = max(len(lines) * _STEP + 16, len(_wrapped(one.target)) * _STEP + 14)
    left, right = _LEFT + _BOX, _RIGHT - _BOX
    at = y + high - 8
    mark = [
        f'<path d="M{left} {at}H{right - 7}" stroke="{INK}" stroke-width="1.5"/>',
        f'<path d="M{right - 8} {at - 5}L{right} {at}L{right - 8} {at + 5}Z" fill="{INK}"/>',
    ]
    begin = at - 7 - (len(lines) - 1) * _STEP
    for number, line in enumerate(lines):
        mark.append(text_at(left + 8, begin + number * _STEP, line, SMALL))
    return [*mark, *_box(one.target, right, y, high, TEAL)], high


def _box(words: str, x: int, y: int, high: int, stroke: str) -> list[str]:
    ground = PALE if stroke == BLUE else "white"
    lines = _wrapped(words)
    texts = [
        text_at(x + _PAD, y + 19 + number * _STEP, line, bold=stroke == BLUE)
        for number, line in enumerate(lines)
    ]
    return [rect(x, y, _BOX, high, ground, stroke, round=6, thick=2), *texts]


def _wrapped(words: str) -> list[str]:
    return wrap(capital(words), 17)
