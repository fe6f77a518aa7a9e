"""Frameworks written out for tests, and the departures of simulated histories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

import ofsted_framework as of
from ofsted_framework import Framework, History, Status
from ofsted_framework.editions import read_framework
from ofsted_framework.simulation import Behaviour, Outlook, read_behaviour

CAFCASS_2021 = of.framework("cafcass-2021")
ILACS_2018 = of.framework("ilacs-2018")
FOUR = ("outstanding", "good", "requires-improvement", "inadequate")
THREE = ("outstanding", "good", "inadequate")
AREAS = (
    "overall-effectiveness", "impact-of-leaders", "help-and-protection",
    "in-care-and-care-leavers", "in-care", "care-leavers",
    "private-law-practice", "public-law-practice", "practice", "leaders",
)  # fmt: skip


# --- Behaviour ------------------------------------------------------------------------------------


def evenly(behaviour: Behaviour, grades: Iterable[str] = FOUR) -> Behaviour:
    """The behaviour with each grade as common as any other, whatever the one before."""
    even = dict.fromkeys(grades, 1)
    for area in ("*", *AREAS):
        behaviour = behaviour.replace("first-grade", area, weights=even)
        behaviour = behaviour.replace("grade-move", area, weights=even)
    return behaviour


NOTHING = Behaviour(id="nothing", title="Nothing is assumed")
CAFCASS = read_behaviour("cafcass").without_departures()
AUTHORITY = read_behaviour("local-authority").without_departures()
EVEN_CAFCASS, EVEN_AUTHORITY = evenly(CAFCASS), evenly(AUTHORITY)


# --- Frameworks -----------------------------------------------------------------------------------

_GROUNDS = '[{ part = "sentence", basis = "assumed", says = "Made up for a test." }]'


def _written(value: Any) -> str:
    """A value as a framework file spells it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_written(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_written, value)) + "]"
    return str(value) if isinstance(value, int | date) else f'"{value}"'


def row(tag: str, id: str, **fields: Any) -> str:
    """One row; `if_` and `while_` stand for the names that Python keeps for itself."""
    lines = [f"[[{tag}]]", f'id = "{id}"', 'sentence = "It is so."', f"grounds = {_GROUNDS}"]
    lines += [f"{key.rstrip('_')} = {_written(value)}" for key, value in fields.items()]
    return "\n".join(lines)


def written(
    *rows: str,
    start: date | str = date(2021, 4, 1),
    end: date | str | None = None,
    kind: str = "cafcass",
) -> str:
    """The text of a framework of two areas, with a scale of four grades and one of three."""
    last = "" if end is None else f"end = {_written(end)}"
    return "\n".join(
        [
            'id = "own"', 'title = "To be tried out"', f'provider_kind = "{kind}"',
            f"start = {_written(start)}", last,
            'grounds = [{ part = "start", basis = "assumed", says = "Made up for a test." }]',
            "[areas]", 'practice = "Practice"', 'leaders = "Leaders"',
            "[[scale]]", 'id = "four"', f"grades = {_written(FOUR)}",
            "[[scale]]", 'id = "three"', f"grades = {_written(THREE)}",
            *rows,
        ]
    )  # fmt: skip


def own(*rows: str, **given: Any) -> Framework:
    """A framework of the user's."""
    return read_framework(written(*rows, **given))


def every(months: int, origin: date = date(2021, 4, 1)) -> dict[str, Any]:
    """The rhythm of fixed periods."""
    return {"periods": {"origin": origin, "months": months}}


def since(months: int, before: int | None = None, after: int = 0) -> dict[str, Any]:
    """The rhythm of a time since the last."""
    rhythm = {"months": months, "after": after}
    return {"since_last": rhythm if before is None else {**rhythm, "before": before}}


def cadence(id: str, activity: str, rhythm: dict[str, Any], **given: Any) -> str:
    return row("cadence", id, activity=activity, opening="framework-start", **rhythm, **given)


def inspected(rhythm: dict[str, Any], **given: Any) -> str:
    """Inspections in a rhythm."""
    return cadence("inspections", "inspection", rhythm, **given)


def visits(least: int, most: int | None = None, **given: Any) -> str:
    """So many focused visits between inspections."""
    ceiling = {} if most is None else {"at_most": most}
    fields = {
        "activities": ["focused-visit"], "bounds": ["inspection"], "opening": "framework-start",
        **given,
    }  # fmt: skip
    return row("between", "visits", at_least=least, **ceiling, **fields)


GRADED = row(
    "graded", "grades", activities=["inspection"], areas=["practice", "leaders"], scale="four"
)
INADEQUATE = row(
    "status", "inadequate", scale="four",
    if_=[{"areas": ["practice", "leaders"], "or_worse": "inadequate"}],
)  # fmt: skip
GOOD = row(
    "status", "good", scale="four",
    if_=[{"areas": ["practice", "leaders"], "at_least": 2, "or_better": "good"}],
)  # fmt: skip


# --- Departures -----------------------------------------------------------------------------------

Departure = tuple[str, str | None, str | None]
"""A rule's code, a provision's id without its framework, and the subject."""


def departures(history: History, framework: Framework, as_of: date) -> set[Departure]:
    """Everything in which a history departs from a framework, of any severity."""
    return _departures(history, framework, as_of, Counter())


def _departures(
    history: History, framework: Framework, as_of: date, seen: Counter[Status]
) -> set[Departure]:
    found = set[Departure]()
    for one in of.check(history, as_of=as_of, frameworks=[framework]).verdicts:
        seen[one.status] += 1
        if one.status is Status.VIOLATED:
            provision = None if one.provision is None else one.provision.partition("/")[2]
            found.add((one.code, provision, one.subject))
    return found


def departures_of(outlook: Outlook, index: int) -> set[Departure]:
    """The departures of a replication from the framework that it was made under, in the end."""
    return departures(outlook.history(index), outlook.framework_of(index), outlook.horizon)


def days_of(outlook: Outlook) -> tuple[date, date]:
    """Two days on the way to the horizon."""
    length = (outlook.horizon - outlook.as_of).days
    early, late = length // 3 + 17, 2 * length // 3 + 5
    return outlook.as_of + timedelta(early), outlook.as_of + timedelta(late)


def kept(outlook: Outlook, spared: Collection[Departure] = ()) -> Counter[Status]:
    """See that no replication departs from the framework, in the end or on the way.

    Args:
        outlook: The outlook.
        spared: Departures that were there, or past saving, on the day of asking.

    Returns:
        How many verdicts there were of each sort.
    """
    seen = Counter[Status]()
    for index in range(len(outlook)):
        history = outlook.history(index)
        records = [(outlook.horizon, history)]
        records += [(day, history.known_at(day)) for day in days_of(outlook)]
        chosen = outlook.framework_of(index)
        for framework in [outlook.framework] + [chosen] * (chosen is not outlook.framework):
            for day, record in records:
                found = _departures(record, framework, day, seen) - set(spared)
                assert not found, (outlook, index, day.isoformat(), sorted(found, key=str))
    return seen


def grades_of(outlook: Outlook) -> dict[str, float]:
    """The share of each grade in all judgements that were simulated."""
    counted = Counter[str]()
    for index in range(len(outlook)):
        for event in outlook.history(index).events:
            if event.note == "simulated":
                counted.update(str(one.grade) for one in event.judgements or ())
    return {grade: number / counted.total() for grade, number in counted.items()}
