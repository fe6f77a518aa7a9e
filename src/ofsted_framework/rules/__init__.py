"""The rules, and the check that applies them.

Each rule is a small function under the sentence that it enforces. Rules are generic over the
rows of a framework: adding a provision does not add a rule. `RULES` lists them in order.
What a rule of one's own is made of can be imported from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from ..acceptance import Acceptance
from ..cases import Because, Cases, Reason, State, View, day_reasons, rough, unfilled
from ..dates import ENGLAND, Answer, When, WorkingDays, no_calendar
from ..editions import Framework, listed_frameworks, shipped_ids
from ..editions import frameworks as shipped
from ..errors import (
    Fault,
    Gathered,
    OfstedFrameworkError,
    is_one_of,
    items,
    nearest,
    one_day,
)
from ..history import NO_HISTORY, History
from ..sources import Ground
from ..verdicts import CheckResult, Example, RawVerdict, Rule, Verdict
from ._rule import Told, begun, on_event, outcome, owed, rule, tested
from .completeness import contents, refers_to, report_or_letter
from .form import (
    areas_in_force,
    framework_in_force,
    grade_on_scale,
    grade_within_limits,
    no_grade,
    parts_in_order,
    published_not_before_end,
    scope_in_force,
    start_not_after_end,
)
from .sequence import first_activity, kind_of_inspection, only_while, visits_between
from .timing import in_its_window, in_time, length_of_fieldwork, not_while_suspended

__all__ = [
    "RULES", "Because", "Example", "Ground", "RawVerdict", "Reason", "Rule", "Told", "View",
    "begun", "check", "day_reasons", "explain", "on_event", "outcome", "owed", "rough", "rule",
    "tested", "unfilled",
]  # fmt: skip

RULES: tuple[Rule, ...] = (
    start_not_after_end,
    published_not_before_end,
    parts_in_order,
    framework_in_force,
    grade_on_scale,
    areas_in_force,
    no_grade,
    scope_in_force,
    grade_within_limits,
    first_activity,
    visits_between,
    only_while,
    kind_of_inspection,
    in_its_window,
    in_time,
    not_while_suspended,
    length_of_fieldwork,
    report_or_letter,
    contents,
    refers_to,
)
"""Every rule, in the order of their codes."""


def find_rule(name: str) -> Rule:
    """The rule of a code or slug.

    Raises:
        OfstedFrameworkError: There is no such rule; names the nearest.
    """
    names = {word: rule for rule in RULES for word in (rule.code, rule.slug)}
    if not is_one_of(name, names):
        near = nearest(name.upper() if isinstance(name, str) else name, names)
        raise OfstedFrameworkError.of("is no rule's code or name", name, nearest=near)
    return names[name]


def explain(name: str) -> str:
    """A rule in plain English: what it checks, why, and what to do.

    Args:
        name: Its code or slug, for instance `OF301`.

    Raises:
        OfstedFrameworkError: There is no such rule; names the nearest.
    """
    return find_rule(name).explain()


def views(
    history: History,
    as_of: date,
    frameworks: Sequence[Framework] | None,
    calendar: WorkingDays,
) -> list[View]:
    """A history under each framework that has begun by the day of asking.

    Raises:
        OfstedFrameworkError: Something is not what it must be, such as the day of asking a day.
    """
    faults = Gathered()
    frameworks = asked(faults, as_of, frameworks, calendar, history)
    faults.done()
    return _views(history, as_of, _in_question(history, as_of, frameworks), calendar)


def asked(
    faults: Gathered,
    as_of: date,
    frameworks: Sequence[Framework] | None,
    calendar: object,
    *histories: object,
) -> tuple[Framework, ...] | None:
    """The frameworks that were given, which may be an iterator, as they can be gone through again.

    Args:
        faults: Gathers what is not as it must be.
        as_of: The day of asking.
        frameworks: The frameworks; None: those that are shipped.
        calendar: The working days.
        histories: The record, where it is at hand.
    """
    for one in histories:
        if not isinstance(one, History):
            faults.add("history", one, NO_HISTORY)
    with faults:
        one_day(as_of, "as_of")
    faults.faults += no_calendar(calendar)
    if frameworks is not None:
        with faults:
            return listed_frameworks(frameworks)
    return None


def _in_question(
    history: History, as_of: date, frameworks: Sequence[Framework] | None
) -> tuple[Framework, ...]:
    """The frameworks that may have a say over a record."""
    some = fitting(history, frameworks)
    return tuple(one for one in some if _may_matter(one, history, as_of))


def _views(
    history: History, as_of: date, some: Sequence[Framework], calendar: WorkingDays
) -> list[View]:
    begun = (one for one in some if one.start.lo <= as_of.toordinal())
    return [View(history, one, as_of, calendar) for one in begun]


def fitting(history: History, frameworks: Sequence[Framework] | None) -> tuple[Framework, ...]:
    """The frameworks for the kind of provider that a record is of.

    Raises:
        OfstedFrameworkError: None of them is, or an event comes under one that is not known.
    """
    kind = history.provider.kind
    some = tuple(shipped(kind) if frameworks is None else frameworks)
    fit = tuple(one for one in some if one.provider_kind == kind)
    if some and not fit:
        ids = ", ".join(one.id for one in some)
        raise OfstedFrameworkError.of(f"is another kind of provider than that of {ids}", kind)
    known = {*shipped_ids(), *(one.id for one in some)}
    faults = [
        Fault(
            f"/events/{number}/framework",
            event.framework,
            f"is no framework that is known here, and {event.id} comes under it",
            nearest(event.framework, known),
        )
        for number, event in enumerate(history.events)
        # A name that is like no other may be that of a framework that is not at hand.
        if event.framework is not None
        and event.framework not in known
        and nearest(event.framework, known)
    ]
    if faults:
        raise OfstedFrameworkError(faults)
    return fit


def _may_matter(one: Framework, history: History, as_of: date) -> bool:
    """Whether a framework has a say: it is not over, or something on record may be of its time."""
    if one.end is None or as_of.toordinal() <= one.end.hi or _opens(one):
        return True
    return any(
        (event.framework is not None and one.governs(event) is Answer.YES)
        or (event.start.lo <= one.end.hi and event.start.hi >= one.start.lo)
        for event in history.events
    )


def _opens(one: Framework) -> bool:
    return any(getattr(row, "opening", "none") == "framework-start" for row in one.rows)


def check(
    history: History,
    *,
    as_of: date,
    frameworks: Sequence[Framework] | None = None,
    calendar: WorkingDays = ENGLAND,
    rules: Sequence[Rule] = RULES,
    accepted: Sequence[Acceptance] = (),
) -> CheckResult:
    """Check what happened against the frameworks that governed it.

    Args:
        history: The record.
        as_of: The day of asking. What lies after it is a plan and satisfies nothing.
        frameworks: The frameworks to check against; None: those shipped for this kind of provider.
        calendar: The working days that deadlines are counted in.
        rules: The rules to apply: `RULES + (mine,)` for one's own as well.
        accepted: Departures that somebody has accepted. They stay in the result, and say so.

    Returns:
        A verdict for every provision and subject that a rule speaks of, and one NOT_APPLICABLE
        for each provision that met no subject.

    Raises:
        OfstedFrameworkError: Lists each argument that is not what it must be; two rules have one
            code or name; or a deadline lies beyond the calendar.
    """
    faults = Gathered()
    frameworks = asked(faults, as_of, frameworks, calendar, history)
    with faults:
        rules = distinct(rules)
    with faults:
        accepted = items(accepted, Acceptance, "accepted")
    faults.done()
    given = _in_question(history, as_of, frameworks)
    seen = _views(history, as_of, given, calendar)
    bare = seen[0] if seen else View(history, _no_framework(history), as_of, calendar)
    verdicts = [verdict for rule in rules for verdict in judged(rule, seen, bare)]
    for view in seen:  # nothing holds on to itself, so that results go when they are let go
        view.made = {}
    return CheckResult(
        history=history,
        as_of=as_of,
        frameworks=given,
        calendar=calendar.id,
        verdicts=tuple(verdicts),
        rules=tuple(rules),
        acceptances=tuple(accepted),
    )


def distinct(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Rules no two of which have one code or name, by which their departures are told apart.

    Raises:
        OfstedFrameworkError: They are no list of rules, or two have one code or name.
    """
    if rules is RULES:
        return RULES
    some = items(rules, Rule, "rules")
    told = {
        "code": [one.code for one in some],
        "name": [one.slug for one in some],
    }
    twice = [
        Fault(f"rules/{at}", word, f"is the {what} of another of the rules too")
        for what, words in told.items()
        for at, word in enumerate(words)
        if word in words[:at]
    ]
    if twice:
        raise OfstedFrameworkError(twice)
    return some


def _no_framework(history: History) -> Framework:
    return Framework(
        id="none", title="", provider_kind=history.provider.kind, start=When.of("1900")
    )


def judged(rule: Rule, seen: Sequence[View], bare: View) -> Iterator[Verdict]:
    """What one rule says of a history under some frameworks, or of a bare one."""
    if rule.speaks_of is None:
        found = list(rule.find(bare))
        yield from (_verdict(rule, one, None, bare.history) for one in found or [_no_subject(None)])
        return
    told = False
    for view in seen:
        ids = dict(view.framework.keep(rule, partial(_spoken_of, rule, view.framework)))
        for raw in rule.find(view):
            ids.pop(raw.provision or "", None)
            told = True
            yield _verdict(rule, raw, view.framework, view.history)
        for id in ids:
            told = True
            yield _verdict(rule, _no_subject(id), view.framework, view.history)
    if not told:
        yield _verdict(rule, _no_subject(None), None, bare.history)


def _spoken_of(rule: Rule, framework: Framework) -> dict[str, None]:
    """The provisions that a rule speaks of."""
    speaks_of = rule.speaks_of or (lambda row: False)
    return {row.id: None for row in framework.rows if speaks_of(row)}


def _no_subject(provision: str | None) -> RawVerdict:
    return RawVerdict(
        provision=provision,
        subject=None,
        cases=Cases.only(State.NOT_OWED),
        detail="The record holds nothing that it speaks of.",
    )


def _verdict(rule: Rule, raw: RawVerdict, framework: Framework | None, history: History) -> Verdict:
    named = None if framework is None or raw.provision is None else framework.id
    return Verdict(
        rule=rule,
        framework=framework,
        raw=raw,
        history=history,
        provision=None if named is None else f"{named}/{raw.provision}",
        subject=raw.subject,
        status=raw.cases.status,
    )
