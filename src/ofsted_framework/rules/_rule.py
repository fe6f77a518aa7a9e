"""What rules are made with: the decorator that registers one, and the ways to find subjects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from ..cases import Cases, Reason, View, fold, which_reading
from ..events import Event
from ..obligations import by_row, clip, not_owed, obligations
from ..provisions import Row
from ..verdicts import Example, Finding, Rule

_R = TypeVar("_R", bound=Row)
Told = tuple[Cases, str]
"""What a test of one event found: the cases, and what was found in a sentence."""


def rule(
    code: str,
    slug: str,
    *,
    why: str,
    remedy: str,
    passing: Example,
    failing: Example,
    speaks_of: Callable[[Any], bool] | None = None,
) -> Callable[[Callable[[View], Iterator[Finding]]], Rule]:
    """Make a rule of a function: its docstring is the sentence that it enforces."""

    def made(find: Callable[[View], Iterator[Finding]]) -> Rule:
        sentence = " ".join((find.__doc__ or "").split())
        return Rule(
            code=code, slug=slug, sentence=sentence, why=why, remedy=remedy,
            speaks_of=speaks_of, find=find, passing=passing, failing=failing,
        )  # fmt: skip

    return made


def owed(view: View, speaks_of: Callable[[Row], bool]) -> Iterator[Finding]:
    """The obligations of the duties that a rule speaks of."""
    for some in obligations(view).values():
        for one in some:
            if speaks_of(one.courses[0].rows[0]):
                yield Finding(
                    provision=one.provision,
                    subject=one.subject,
                    cases=one.cases,
                    grounds=one.grounds,
                    events=one.rests_on,
                    absence=one.absence,
                    obligation=one,
                )


def tested(
    view: View,
    kind: type[_R],
    activities: Callable[[_R], Sequence[str]],
    test: Callable[[_R, Event], Told],
    *,
    where: Callable[[_R], bool] = lambda row: True,
    parts: Sequence[str] = (),
    also: Callable[[Event], Sequence[Event]] = lambda event: (),
) -> Iterator[Finding]:
    """Test a condition on every event that it speaks of.

    Args:
        view: The history under a framework.
        kind: The class of row.
        activities: The kinds of event that a row speaks of.
        test: What a row makes of an event.
        where: Which rows of the class are meant.
        parts: The parts of a row that the answer rests on, besides its sentence.
        also: Earlier events that the answer rests on; that none came after them is evidence too.
    """
    for id, readings in view.rows(kind).items():
        first = next(iter(readings.values()))[0]
        if not where(first):
            continue
        for act in view.subjects(*activities(first)):
            event, details, spoken = act.event, [], []
            outcomes = []
            for rows in readings.values():

                def judge(row: _R, _: Any, event: Event = event) -> Cases:
                    cases, told = test(row, event)
                    details.append(told)  # noqa: B023
                    return cases

                cases, some = by_row(view, rows, clip(view, act), judge)
                outcomes.append(cases)
                spoken += some
            whole = fold(outcomes, which_reading(id, readings))
            wanted = ["sentence", *(["reading", *parts] if len(readings) == 1 else [])]
            lo, hi = act.lo, max(act.lo, min(act.hi, view.now))
            grounds = [ground for row in spoken for ground in row.grounds_of(wanted, lo, hi)]
            earlier, absence = also(event), None
            if earlier:
                kinds = tuple(dict.fromkeys(one.type for one in earlier))
                absence = kinds, min(one.start.lo for one in earlier), event.start.hi
            yield Finding(
                provision=id,
                subject=event.id,
                cases=not_owed(view, act, whole),
                grounds=tuple(dict.fromkeys(grounds)),
                events=(event.id, *(one.id for one in earlier)),
                absence=absence,
                detail="; ".join(dict.fromkeys(filter(None, details))),
            )


def outcome(good: Any, *reasons: Reason, detail: str = "") -> Told:
    """The cases of a condition: kept, broken, or (None) open for the reasons given."""
    from ..cases import State

    cases = Cases()
    if good is not False:
        cases.add(State.KEPT, *reasons)
    if good is not True:
        cases.add(State.BROKEN, *reasons)
    return cases, detail
