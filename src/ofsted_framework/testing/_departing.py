"""One change to a record, so that it departs from a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, TypeVar

import attrs

from ..dates import When
from ..editions import Framework
from ..editions import frameworks as shipped
from ..errors import OfstedFrameworkError
from ..events import EVENTS, Event, Inspection, Part
from ..grades import Grade, Judgement
from ..history import UNPUBLISHED, History
from ..provisions import (
    NOT_KNOWN,
    Between,
    Cadence,
    Contents,
    Duration,
    Only,
    Response,
    Row,
    Suspension,
)
from ..rules import find_rule, fitting
from ._asserting import departures, last_day

_R = TypeVar("_R", bound=Row)
Way = Callable[[History, Sequence[Framework]], Iterator[History]]
"""Records that may depart from a rule, each one change away from a record."""
_DAY = timedelta(days=1)


def depart(
    history: History,
    code: str,
    *,
    as_of: date | None = None,
    frameworks: Sequence[Framework] | None = None,
) -> History:
    """Change a record in one place, so that it departs from a rule.

    Args:
        history: The record.
        code: The rule's code or name, one of the library's.
        as_of: The day of asking; None: the record's `last_day`.
        frameworks: The frameworks that count; None: those shipped for this kind of provider.

    Returns:
        The changed record. On the day of asking it has a departure from the rule that the record
        itself has not; it may depart from other rules too, where one change breaks several.

    Raises:
        OfstedFrameworkError: There is no such rule, or no change was found that breaks it: the
            record may be too short, or of a provider that the rule says nothing of.
    """
    rule = find_rule(code)
    day = last_day(history) if as_of is None else as_of
    some = fitting(history, frameworks)
    before = {one.id for one in departures(history, day, frameworks, [rule])}
    for changed in WAYS[rule.code](history, some):
        after = departures(changed, day, frameworks, [rule])
        if any(one.id not in before for one in after):
            return changed
    name = history.provider.name
    message = (
        f"is a rule that no change to the record of {name} was found to break on {day}: give a "
        "longer record, with coverage, of a provider and a time that the rule speaks of"
    )
    raise OfstedFrameworkError.of(message, rule.code)


def speaks(code: str, framework: Framework) -> bool:
    """Whether a rule of the library's has something to say under a framework."""
    rule = find_rule(code)
    if rule.speaks_of is None or rule.code == "OF104":
        return True
    known = (row for row in framework.rows if getattr(row, "working_days", None) != NOT_KNOWN)
    return any(map(rule.speaks_of, known))


# --- Small changes ------------------------------------------------------------------------------


def _set(history: History, event: Event, **new: Any) -> History:
    changed = attrs.evolve(event, **new)
    return _but(history, {event.id}, changed)


def _but(history: History, gone: set[str], *more: Event) -> History:
    kept = [one for one in history.events if one.id not in gone]
    return attrs.evolve(history, events=(*kept, *more))


def _shifted(event: Event, start: date, id: str) -> Event:
    """An event of another day and name, as long as it was, with no split and no report."""
    length = _day(event.end or event.start) - _day(event.start)
    return attrs.evolve(event, id=id, start=start, end=start + length, published=None, parts=())


def _day(when: When) -> date:
    return when.earliest or when.latest or date.max


def _free(history: History) -> str:
    """An id that no event has."""
    return next(
        id for n in range(len(history.events) + 1) if history.get(id := f"more-{n}") is None
    )


def _rows(some: Sequence[Framework], kind: type[_R]) -> Iterator[_R]:
    return (row for one in some for row in one.rows if isinstance(row, kind))


# --- Ways ---------------------------------------------------------------------------------------


def _ends_first(history: History, _: Sequence[Framework]) -> Iterator[History]:
    for event in history.events:
        yield _set(history, event, end=_day(event.start) - _DAY)


def _published_first(history: History, _: Sequence[Framework]) -> Iterator[History]:
    for event in history.events:
        if event.type not in UNPUBLISHED:
            end = _day(event.end or event.start)
            yield _set(history, event, end=end, published=end - _DAY)


def _parts_twice(history: History, _: Sequence[Framework]) -> Iterator[History]:
    for event in history.events:
        part = Part(event.start, event.end or event.start)
        yield _set(history, event, end=part.end, parts=(part, part))


def _another_framework(history: History, some: Sequence[Framework]) -> Iterator[History]:
    ids = dict.fromkeys(one.id for one in (*some, *shipped(history.provider.kind)))
    for event in history.events:
        for one in some:  # before it began
            if one.start.earliest is not None:
                more = _shifted(event, one.start.earliest - 400 * _DAY, _free(history))
                yield _but(history, set(), attrs.evolve(more, framework=one.id))
        for id in ids:
            yield _set(history, event, framework=id)


def _another_grade(history: History, _: Sequence[Framework]) -> Iterator[History]:
    for event in history.events:
        for at, judgement in enumerate(event.judgements or ()):
            for grade in Grade:
                given = list(event.judgements or ())
                given[at] = attrs.evolve(judgement, grade=grade)
                yield _set(history, event, judgements=given)


def _an_area_less(history: History, _: Sequence[Framework]) -> Iterator[History]:
    for event in history.events:
        given = event.judgements or ()
        if len(given) > 1:
            yield _set(history, event, judgements=given[1:], judgements_partial=False)


def _a_grade(history: History, some: Sequence[Framework]) -> Iterator[History]:
    for event in history.events:
        for area in dict.fromkeys(area for one in some for area in one.areas):
            if not event.judgements:
                yield _set(history, event, judgements=[Judgement(area, Grade.GOOD)])


def _another_scope(history: History, _: Sequence[Framework]) -> Iterator[History]:
    for event in history.events:
        for scope in ("region:Elsewhere", "service-area:Elsewhere", "national"):
            yield _set(history, event, scope=scope)


def _another_number(history: History, some: Sequence[Framework]) -> Iterator[History]:
    """Fewer activities between two others than asked for, or more."""
    for row in _rows(some, Between):
        ends = [_day(one.start) for one in history.of_type(*row.bounds)]
        counted = history.of_type(*row.activities)
        for first, last in pairwise([date.min, *ends, date.max]):
            between = [one for one in counted if first < _day(one.start) < last]
            if between and row.at_least:
                yield _but(history, {one.id for one in between})
            if between and row.at_most is not None:
                more = [
                    attrs.evolve(between[0], id=f"{_free(history)}-{n}")
                    for n in range(row.at_most + 1)
                ]
                yield _but(history, set(), *more)


def _out_of_place(history: History, some: Sequence[Framework]) -> Iterator[History]:
    """An activity after an inspection that gives no cause for it."""
    for row in _rows(some, Only):
        for one in history.of_type("inspection"):
            start = _day(one.published or one.end or one.start) + 30 * _DAY
            more = EVENTS[row.activity](
                id=_free(history), start=start, end=start, scope=one.scope, judgements=()
            )
            yield _but(history, set(), more)


def _another_kind(history: History, _: Sequence[Framework]) -> Iterator[History]:
    for event in history.of_type("inspection"):
        for kind in Inspection.KINDS:
            yield _set(history, event, kind=kind)


def _no_more(history: History, some: Sequence[Framework]) -> Iterator[History]:
    """A recurring activity that stops, or never takes place."""
    for row in _rows(some, Cadence):
        known = history.of_type(row.activity)
        half = len(known) // 2
        for keep in (half, *range(half), *range(half + 1, len(known))):
            yield _but(history, {one.id for one in known[keep:]})


def _late(history: History, some: Sequence[Framework]) -> Iterator[History]:
    """What must follow an event comes two hundred days after it was due to begin, or never."""
    for row in _rows(some, Response):
        for event in history.of_type(*row.after):
            if row.gives in EVENTS:
                given = [one for one in history.of_type(row.gives)
                         if getattr(one, "follows", None) == event.id]  # fmt: skip
                yield _but(history, {one.id for one in given})
            elif hasattr(event, row.gives):
                late = _day(event.end or event.start) + 200 * _DAY
                yield _set(history, event, **{row.gives: late})


def _while_suspended(history: History, some: Sequence[Framework]) -> Iterator[History]:
    for row in _rows(some, Suspension):
        if row.effective_from is not None and row.effective_from.latest is not None:
            for kind in row.activities:
                known = history.of_type(kind) or (
                    EVENTS[kind](id="none", start=row.effective_from, judgements=()),
                )
                for event in known[:1]:
                    more = _shifted(event, row.effective_from.latest + _DAY, _free(history))
                    yield _but(history, set(), more)


def _another_length(history: History, some: Sequence[Framework]) -> Iterator[History]:
    for row in _rows(some, Duration):
        for event in history.of_type(row.activity):
            end = _day(event.start) + row.days * _DAY
            yield _set(history, event, end=end, parts=())


def _never_published(history: History, _: Sequence[Framework]) -> Iterator[History]:
    for event in history.events:
        if event.published is not None:
            yield _set(history, event, published=None)


def _other_contents(history: History, some: Sequence[Framework]) -> Iterator[History]:
    for row in _rows(some, Contents):
        for event in history.of_type(row.activity) if row.field != "scope" else ():
            if row.refers_to is None:
                yield _set(history, event, **{row.field: row.excludes})
            else:
                for other in history.events:
                    yield _set(history, event, **{row.field: other.id})


WAYS: dict[str, Way] = {
    "OF101": _ends_first,
    "OF102": _published_first,
    "OF103": _parts_twice,
    "OF104": _another_framework,
    "OF105": _another_grade,
    "OF106": _an_area_less,
    "OF107": _a_grade,
    "OF108": _another_scope,
    "OF109": _another_grade,
    "OF201": _another_number,
    "OF202": _another_number,
    "OF203": _out_of_place,
    "OF204": _another_kind,
    "OF301": _no_more,
    "OF302": _late,
    "OF303": _while_suspended,
    "OF304": _another_length,
    "OF401": _never_published,
    "OF402": _other_contents,
    "OF403": _other_contents,
}
"""For each rule, changes of which one breaks it."""
