"""OF3: timing. Windows, deadlines, suspensions and lengths."""

from __future__ import annotations

from collections.abc import Iterator

from ..cases import Because, Cases, Reason, State, View, day_reasons, fold, rough_parts, unfilled
from ..dates import Answer, When
from ..events import Event, Inspection
from ..obligations import not_owed
from ..provisions import Cadence, Duration, Response, Row, Suspension
from ..verdicts import Example, RawVerdict, Support
from ._rule import Told, outcome, owed, rule, tested
from .form import FULL

_SHORT = {
    "type": "inspection",
    "id": "short-2019",
    "kind": "short",
    "start": "2019-05-20",
    "end": "2019-05-24",
    "published": "2019-06-25",
}


def _is_deadline(row: Row) -> bool:
    return isinstance(row, Response) and not row.late_counts


@rule(
    "OF301",
    "in-its-window",
    why="How long a provider goes without being inspected, met or evaluated is what a framework "
    "promises first of all.",
    remedy="Check that nothing is missing from the record; book what is still owed.",
    passing=Example(
        events=(
            {"type": "engagement-meeting", "id": "em-2021", "start": "2021-06-16"},
            {"type": "engagement-meeting", "id": "em-2022", "start": "2022-05-18"},
            {"type": "self-evaluation", "id": "se-2021", "start": "2021-06-02"},
            {"type": "self-evaluation", "id": "se-2022", "start": "2022-05-04"},
        ),
        as_of="2022-06-01",
    ),
    failing=Example(
        events=({"type": "engagement-meeting", "id": "em-2021", "start": "2021-06-16"},),
        as_of="2023-06-01",
    ),
    speaks_of=lambda row: isinstance(row, Cadence),
)
def in_its_window(view: View) -> Iterator[RawVerdict]:
    """An activity that takes place again and again takes place in its window each time."""
    yield from owed(view, lambda row: isinstance(row, Cadence))


@rule(
    "OF302",
    "in-time",
    why="A report or plan that is late leaves children's services without an answer meanwhile.",
    remedy="Check both dates; where it is still owed, say by when it will come.",
    passing=Example(framework="ilacs-2018", as_of="2019-09-01", events=(
        {**_SHORT, "published": "2019-06-25", "published_by_provider": "2019-06-25"},
    )),
    failing=Example(framework="ilacs-2018", as_of="2019-09-01", events=(
        {**_SHORT, "published": "2019-06-26", "published_by_provider": "2019-06-26"},
    )),
    speaks_of=_is_deadline,
)  # fmt: skip
def in_time(view: View) -> Iterator[RawVerdict]:
    """What must follow an event comes within its time."""
    yield from owed(view, _is_deadline)


@rule(
    "OF303",
    "not-while-suspended",
    why="Nothing of a suspended kind begins until it is resumed.",
    remedy="Check the event's first day and kind.",
    passing=Example(framework="ilacs-2018", as_of="2022-01-01", events=(
        {**_SHORT, "start": "2021-06-28", "end": "2021-07-02", "published": "2021-08-13"},
    )),
    failing=Example(framework="ilacs-2018", as_of="2022-01-01", events=(
        {**_SHORT, "start": "2021-06-25", "end": "2021-07-02", "published": "2021-08-13"},
    )),
    speaks_of=lambda row: isinstance(row, Suspension),
)  # fmt: skip
def not_while_suspended(view: View) -> Iterator[RawVerdict]:
    """No activity begins while it is suspended."""
    for id, readings in view.rows(Suspension).items():
        for row in (row for rows in readings.values() for row in rows):
            for act in view.subjects(*row.activities):
                inside = _inside(row, act.event.start)
                good = {Answer.YES: False, Answer.NO: True, Answer.OPEN: None}[inside]
                reasons = day_reasons(act.event.start, "start", act.event)
                reasons += [] if reasons else [_ends_of(row)]
                cases, detail = outcome(
                    good, *reasons, detail=f"It begins on {act.event.start.in_words()}."
                )
                parts = ("sentence", "effective_to")
                yield RawVerdict(
                    provision=id,
                    subject=act.event.id,
                    cases=not_owed(view, act, cases),
                    rests_on=Support(
                        grounds=row.grounds_of(parts, act.lo, max(act.lo, view.now)),
                        events=(act.event.id,),
                    ),
                    detail=detail,
                )


def _inside(row: Suspension, start: When) -> Answer:
    """Whether something that began on a day began while a suspension lasted."""
    first, last = row.effective_from, row.effective_to
    if start.hi < row.lo or start.lo > row.hi:
        return Answer.NO
    surely = (first is None or start.lo >= first.hi) and (last is None or start.hi <= last.lo)
    return Answer.YES if surely else Answer.OPEN


def _ends_of(row: Suspension) -> Reason:
    return Reason(Because.ROUGH_DATE, f"the day on which {row.id} began or ended")


@rule(
    "OF304",
    "length-of-fieldwork",
    why="A stay that is much shorter or longer than usual may be a slip in a date.",
    remedy="Check the first and last day; list the parts where fieldwork was split.",
    passing=Example(events=(FULL,), as_of="2024-06-01"),
    failing=Example(events=({**FULL, "end": "2024-02-09"},), as_of="2024-06-01"),
    speaks_of=lambda row: isinstance(row, Duration),
)
def length_of_fieldwork(view: View) -> Iterator[RawVerdict]:
    """Fieldwork lasts as long as the framework says; of split fieldwork the parts are added up."""

    def test(row: Duration, event: Event) -> Told:
        kind = event.kind if isinstance(event, Inspection) else None
        if row.kind is not None and kind is not None and kind != row.kind:
            return Cases.only(State.NOT_OWED), ""
        cases, detail = _length(view, row, event)
        if row.kind is not None and kind is None:  # it may be of another kind
            cases = fold([cases, Cases.only(State.NOT_OWED)], unfilled("kind", event))
        return cases, detail

    yield from tested(view, Duration, lambda row: (row.activity,), test,
        parts=lambda row, event: ("days",), fields=lambda row: ("end",),
    )  # fmt: skip


def _length(view: View, row: Duration, event: Event) -> Told:
    """How the length of an event's fieldwork compares with a row's."""
    if event.end is None:
        held = view.history.holds(event, "end")  # then it has not ended
        return outcome(None, *([] if held else [unfilled("end", event)]))
    parts = [(part.start, part.end) for part in event.parts] or [(event.start, event.end)]
    least = sum(max(0, end.lo - start.hi + 1) for start, end in parts)
    most = sum(max(0, end.hi - start.lo + 1) for start, end in parts)
    if not least <= row.days <= most:
        days = f"{least}" if least == most else f"{least} to {most}"
        return outcome(False, detail=f"It lasts {days} days, not {row.days}.")
    if least == most:
        return outcome(True)
    reasons = day_reasons(event.start, "start", event) + day_reasons(event.end, "end", event)
    return outcome(None, *(rough_parts(event) if event.parts else reasons))
