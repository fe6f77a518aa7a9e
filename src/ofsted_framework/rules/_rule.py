"""What rules are made with: the decorator that registers one, and the ways to find subjects."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import attrs

from .. import obligations
from ..cases import Act, Cases, Reason, State, View, fold, rough, which_reading
from ..errors import Fault, OfstedFrameworkError, nearest, refuse
from ..events import EVENTS, Event
from ..obligations import Owed, by_row, clip, not_owed
from ..provisions import Row, Status
from ..sources import Ground
from ..verdicts import Example, RawVerdict, Rule, Support

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
) -> Callable[[Callable[[View], Iterator[RawVerdict]]], Rule]:
    """Make a rule of a function: its docstring is the sentence that it enforces.

    Args:
        code: Permanent and never used again: capital letters and a number, such as `AB101`. Codes
            that begin with OF are the library's own.
        slug: The same in words, permanent too: small letters and digits with hyphens between.
        why: Why it matters.
        remedy: What to do about a departure.
        passing: A record that keeps to it.
        failing: A record that does not.
        speaks_of: The rows of a framework that it reads; None: it holds by definition, for records
            of any framework, and the function is called once.

    Raises:
        OfstedFrameworkError: Lists each of these that is not what it must be, once it is put above
            a function.
    """

    def made(find: Callable[[View], Iterator[RawVerdict]]) -> Rule:
        sentence = " ".join((find.__doc__ or "").split())
        one = Rule(
            code=code, slug=slug, sentence=sentence, why=why, remedy=remedy,
            speaks_of=speaks_of, find=find, passing=passing, failing=failing,
        )  # fmt: skip
        refuse(_unfit(attrs.asdict(one, recurse=False)))
        return one

    return made


def _unfit(given: Mapping[str, object]) -> Iterator[Fault]:
    """What a rule cannot be made of."""
    code, slug, find = given["code"], given["slug"], given["find"]
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        message = "is no code of a rule: capital letters and a number are wanted"
        yield Fault("code", code, message, _code(code) if isinstance(code, str) else None)
    elif code.startswith("OF") and not _is_shipped(find):
        message = "begins with OF, as only the library's own codes do"
        yield Fault("code", code, message, _code(code))
    if not isinstance(slug, str) or not _SLUG.fullmatch(slug):
        message = "is no name of a rule: small letters and digits are wanted, with hyphens between"
        yield Fault("slug", slug, message, _slug(slug) if isinstance(slug, str) else None)
    for name, kind in (("why", str), ("remedy", str), ("passing", Example), ("failing", Example)):
        if not isinstance(given[name], kind):
            yield Fault(name, given[name], f"is not of the class {kind.__name__}")
    if given["speaks_of"] is not None and not callable(given["speaks_of"]):
        yield Fault("speaks_of", given["speaks_of"], "is neither a function nor None")
    if not callable(find):
        yield Fault("", find, "is not a function, and a rule is made of one")


_CODE = re.compile("[A-Z]+[0-9]+")
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def _is_shipped(find: object) -> bool:
    return str(getattr(find, "__module__", None)).startswith(f"{__package__}.")


def _code(word: str) -> str:
    """The good code that is most like a word."""
    plain = _ascii(word).upper()
    letters = re.sub("^(OF)+", "", re.sub("[^A-Z]", "", plain))
    return f"{letters or 'OUR'}{re.sub('[^0-9]', '', plain) or '1'}"


def _slug(word: str) -> str | None:
    """The good name that is most like a word, if there is one."""
    return "-".join(re.findall("[a-z0-9]+", _ascii(word).lower())) or None


def _ascii(word: str) -> str:
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()


def begun(view: View, *kinds: str) -> Iterator[Event]:
    """The events on record that may have begun by the day of asking, of some kinds or of all.

    Raises:
        OfstedFrameworkError: There is no such kind of event.
    """
    if wrong := [kind for kind in kinds if kind not in EVENTS]:  # else the rule would never speak
        raise OfstedFrameworkError(
            Fault(
                "", kind, f"is no kind of event ({', '.join(EVENTS)})", nearest(str(kind), EVENTS)
            )
            for kind in wrong
        )
    some = view.history.of_type(*kinds) if kinds else view.history.events
    return (event for event in some if event.start.lo <= view.now)


def on_event(view: View, event: Event, told: Told, grounds: tuple[Ground, ...] = ()) -> RawVerdict:
    """What a rule says of one event, where it reads no row of a framework.

    Args:
        view: What the rule was given.
        event: The event.
        told: What `outcome` makes of it.
        grounds: What the rule itself rests on, which caps how serious a departure may be called;
            none: it holds by definition.
    """
    cases, detail = told
    if event.start.hi > view.now:  # it may be a plan
        cases = cases.plus(State.NOT_OWED, rough("start", event))
    return RawVerdict(
        provision=None,
        subject=event.id,
        cases=cases,
        rests_on=Support(grounds=grounds, events=(event.id,)),
        detail=detail,
    )


def owed(view: View, speaks_of: Callable[[Row], bool]) -> Iterator[RawVerdict]:
    """The obligations of the duties that a rule speaks of."""
    for some in obligations.owed(view).values():
        if speaks_of(some[0].row):  # the rows of a provision are of one class
            for one in some:
                yield RawVerdict(
                    provision=one.provision,
                    subject=one.subject,
                    cases=one.cases,
                    rests_on=partial(_of_obligation, one),
                    owed=one,
                )


def _of_obligation(one: Owed) -> Support:
    made = one.obligation
    return Support(
        grounds=made.grounds, events=made.rests_on, absence=made.absence, claims=made.claims
    )


def tested(
    view: View,
    kind: type[_R],
    activities: Callable[[_R], Sequence[str]],
    test: Callable[[_R, Event], Told],
    *,
    where: Callable[[_R], bool] = lambda row: True,
    parts: Callable[[_R, Event], Sequence[str]] = lambda row, event: (),
    fields: Callable[[_R], Sequence[str]] = lambda row: (),
    earlier: tuple[str, Callable[[Event], Sequence[Event]]] | None = None,
) -> Iterator[RawVerdict]:
    """Test a condition on every event that it speaks of.

    Args:
        view: The history under a framework.
        kind: The class of row.
        activities: The kinds of event that a row speaks of.
        test: What a row makes of an event.
        where: Which rows of the class are meant.
        parts: The parts of a row that the answer on an event rests on, besides its sentence.
        fields: The fields of an event that it rests on: that they are empty may be evidence.
        earlier: A kind of event, and the earlier events of it that the answer rests on: that
            there is no other is evidence too.
    """
    for id, readings in view.rows(kind).items():
        first = next(iter(readings.values()))[0]
        if not where(first):
            continue
        details: list[str] = []

        def judge(row: _R, part: Act) -> Cases:
            cases, told = test(row, part.event)
            if told:
                details.append(told)  # noqa: B023
            return cases

        for act in view.subjects(*activities(first)):
            details.clear()
            found = [by_row(view, rows, clip(view, act), judge) for rows in readings.values()]
            whole, spoken = found[0]
            if len(found) > 1:
                whole = fold([cases for cases, _ in found], which_reading(id, readings))
                spoken = [row for _, some in found for row in some]
            yield RawVerdict(
                provision=id,
                subject=act.event.id,
                cases=not_owed(view, act, whole),
                rests_on=partial(
                    _of_condition, view, readings, act, spoken, parts, fields, earlier
                ),
                detail="; ".join(dict.fromkeys(details)),
            )


def _of_condition(
    view: View,
    readings: Mapping[str | None, Sequence[_R]],
    act: Act,
    spoken: Sequence[_R],
    parts: Callable[[_R, Event], Sequence[str]],
    fields: Callable[[_R], Sequence[str]],
    earlier: tuple[str, Callable[[Event], Sequence[Event]]] | None,
) -> Support:
    """What the answer on an event rests on."""
    event, first = act.event, next(iter(readings.values()))[0]
    wanted = ["sentence", *(["reading", *parts(first, event)] if len(readings) == 1 else [])]
    lo, hi = act.lo, max(act.lo, min(act.hi, view.now))
    grounds = [ground for row in spoken for ground in row.grounds_of(wanted, lo, hi)]
    status = getattr(first, "while_", None)
    if status is not None:  # a definition that is used is among what the answer rests on
        defined = view.rows(Status)[status]
        of_it = ("sentence", "reading") if len(defined) == 1 else ("sentence",)
        for definitions in defined.values():
            for one in definitions:
                grounds += one.grounds_of(of_it, lo, hi)
    before: tuple[Event, ...] = ()
    absence: tuple[tuple[str, ...], int, int] | None = None
    if earlier is not None:
        before = tuple(earlier[1](event))
        since = min((other.start.lo for other in before), default=1)
        absence = (earlier[0],), since, event.start.hi
    return Support(
        grounds=tuple(dict.fromkeys(grounds)),
        events=(event.id, *(other.id for other in before)),
        absence=absence,
        claims=tuple(
            claim
            for field in fields(first)
            if getattr(event, field) is None
            for claim in view.history.holding(event, field)
        ),
    )


def outcome(good: Any, *reasons: Reason, detail: str = "") -> Told:
    """The cases of a condition: kept, broken, or (None) open for the reasons given.

    Args:
        good: True: it is kept; False: it is broken; None: it may be either, or is still to come
            where no reason is given.
        reasons: What would settle it, as `rough` and `unfilled` say it.
        detail: What was found, in a sentence.
    """
    if not reasons:
        state = State.NOT_YET_OPEN if good is None else State.KEPT if good else State.BROKEN
        return Cases.only(state), detail
    cases = Cases()
    if good is not False:
        cases.add(State.KEPT, *reasons)
    if good is not True:
        cases.add(State.BROKEN, *reasons)
    return cases, detail
