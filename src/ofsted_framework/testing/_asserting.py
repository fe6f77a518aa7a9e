"""Assertions on records and rules, with the library's own explanation where they fail."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from ..acceptance import Acceptance
from ..cases import Status
from ..documents import FORMAT, VERSION, loads
from ..editions import Framework, framework
from ..errors import OfstedFrameworkError
from ..events import Event, Inspection
from ..history import History
from ..rules import RULES, check
from ..verdicts import Departure, Example, Rule, Verdict


def last_day(history: History) -> date:
    """The last day that a record speaks of: a day to ask on that reads no clock.

    Args:
        history: The record.

    Returns:
        The last of the days of its events and of the ends of its coverage. Days that are open
        upwards do not count.

    Raises:
        OfstedFrameworkError: It speaks of no day.
    """
    days = [day for event in history.events for day in _days_of(event)]
    days += [claim.last for claim in history.coverage if claim.last is not None]
    if not days:
        message = "speaks of no day: say on which day to ask (as_of)"
        raise OfstedFrameworkError.of(message, f"the record of {history.provider.name}")
    return max(days)


def _days_of(event: Event) -> list[date]:
    whens = [event.start, event.end, event.published]
    if isinstance(event, Inspection):
        whens.append(event.published_by_provider)
    some = [when.latest or when.earliest for when in whens if when is not None]
    return [day for day in some if day is not None]


def departures(
    history: History,
    as_of: date | None,
    frameworks: Sequence[Framework] | None,
    rules: Sequence[Rule] = RULES,
    accepted: Sequence[Acceptance] = (),
) -> tuple[Departure, ...]:
    """The departures of a record that nobody has accepted."""
    day = last_day(history) if as_of is None else as_of
    result = check(history, as_of=day, frameworks=frameworks, rules=rules, accepted=accepted)
    return result.standing


def assert_conforms(
    history: History,
    *,
    as_of: date | None = None,
    frameworks: Sequence[Framework] | None = None,
    rules: Sequence[Rule] = RULES,
    accepted: Sequence[Acceptance] = (),
) -> None:
    """Assert that a record has no departure.

    Args:
        history: The record.
        as_of: The day of asking; None: its `last_day`.
        frameworks: The frameworks to check against; None: those shipped for this kind of provider.
        rules: The rules to apply.
        accepted: Departures that do not count.

    Raises:
        AssertionError: It has; explains each.
    """
    found = departures(history, as_of, frameworks, rules, accepted)
    if found:
        told = "\n\n".join(one.explain() for one in found)
        number = "one departure" if len(found) == 1 else f"{len(found)} departures"
        raise AssertionError(f"{history.provider.name} has {number}:\n\n{told}")


def assert_departs(
    history: History,
    code: str,
    *,
    provision: str | None = None,
    subject: str | None = None,
    as_of: date | None = None,
    frameworks: Sequence[Framework] | None = None,
    rules: Sequence[Rule] = RULES,
) -> None:
    """Assert that a record departs from a rule.

    Args:
        history: The record.
        code: The rule's code or name.
        provision: A provision's id, alone or as `framework/provision`; None: any.
        subject: An event's id, or `opening`; None: any.
        as_of: The day of asking; None: its `last_day`.
        frameworks: The frameworks to check against; None: those shipped for this kind of provider.
        rules: The rules to apply.

    Raises:
        AssertionError: It does not; says what the rule says instead.
    """
    day = last_day(history) if as_of is None else as_of
    result = check(history, as_of=day, frameworks=frameworks, rules=rules)
    said = result.select(code, provision=provision, subject=subject)
    if not any(one.status is Status.VIOLATED for one in said):
        told = "\n".join(f"  {_line(one)}" for one in said) or "  nothing"
        wanted = ", ".join(filter(None, (code, provision, subject)))
        raise AssertionError(f"no departure from {wanted} on {day}; what is said of it:\n{told}")


def _line(verdict: Verdict) -> str:
    missing = f" (needs {'; '.join(verdict.missing)})" if verdict.missing else ""
    where = " ".join(filter(None, (verdict.provision, verdict.subject)))
    return f"{verdict.code} {where}: {verdict.status}{missing}"


def assert_examples(rule: Rule) -> None:
    """Assert that a rule's passing example keeps to it, and that its failing example does not.

    Args:
        rule: The rule, one of one's own above all.

    Raises:
        AssertionError: One of them does otherwise.
        OfstedFrameworkError: One of them is no record.
    """
    passing, failing = _statuses(rule, rule.passing), _statuses(rule, rule.failing)
    if Status.SATISFIED not in passing or Status.VIOLATED in passing:
        raise AssertionError(f"{rule.code}: the passing example is {_words(passing)}")
    if Status.VIOLATED not in failing:
        raise AssertionError(f"{rule.code}: the failing example is {_words(failing)}")


def _words(statuses: list[Status]) -> str:
    return ", ".join(statuses) or "not spoken of"


def _statuses(rule: Rule, example: Example) -> list[Status]:
    one = framework(example.framework)
    plain = {
        "format": FORMAT,
        "version": VERSION,
        "provider": {"name": "Example", "kind": one.provider_kind},
        "coverage": "complete",
        "events": example.events,
    }
    (history,) = loads(json.dumps(plain), "json")
    day = date.fromisoformat(example.as_of)
    result = check(history, as_of=day, frameworks=[one], rules=[rule])
    return [one.status for one in result.verdicts]
