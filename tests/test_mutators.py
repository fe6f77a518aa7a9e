"""For each rule, one change that breaks it: its departure appears, and no other but those named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

import generators as gen
import ofsted_framework as of
from ofsted_framework import documents
from ofsted_framework.history import History, Provider
from ofsted_framework.verdicts import Example, Rule

DAY = timedelta(days=1)
Plains = list[gen.Plain]
QUIET = settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much,
                           HealthCheck.data_too_large],
)  # fmt: skip


@attrs.frozen
class Mutator:
    """One change to a conforming record, and what must follow from it."""

    kind: str
    """The provider's kind."""
    provision: str | None
    """The provision departed from."""
    change: Callable[[Plains], bool]
    """Changes the record in place; False where it offers nothing to change."""
    also: dict[str, str] = attrs.field(factory=dict)
    """Further codes that may appear, each with the reason."""


def first(events: Plains, kind: str, **want: Any) -> gen.Plain | None:
    """The first event of a kind under the framework, with some fields as wanted."""
    some = [e for e in events if e["type"] == kind and e["id"] != "fi-2018"
            and all(e.get(k) == v for k, v in want.items())]  # fmt: skip
    return min(some, key=lambda e: (e["start"], e["id"]), default=None)


def setter(kind: str, /, **new: Callable[[gen.Plain], Any]) -> Callable[[Plains], bool]:
    """Set fields of the first event of a kind to what functions make of it."""

    def change(events: Plains) -> bool:
        found = first(events, kind)
        if found is None:
            return False
        found.update({field: make(dict(found)) for field, make in new.items()})
        return True

    return change


def one_day_more(events: Plains) -> bool:
    """The first inspection ends on a Saturday."""
    found = first(events, "inspection")
    assert found is not None
    found["end"] += DAY
    return bool(found["end"] <= found["published"])


def parts_overlap(events: Plains) -> bool:
    from ofsted_framework.events import Part

    found = first(events, "inspection")
    assert found is not None
    middle = found["start"] + 2 * DAY
    found["parts"] = [Part(found["start"], middle), Part(middle, found["end"])]
    return True


def without(kind: str, before: str | None = None) -> Callable[[Plains], bool]:
    """Take out all events of a kind, or those before the first of another kind."""

    def change(events: Plains) -> bool:
        until = date.max if before is None else (first(events, before) or {"start": None})["start"]
        gone = [e for e in events if e["type"] == kind and until and e["start"] < until]
        for one in gone:
            events.remove(one)
        return bool(gone)

    return change


def between_missing(events: Plains) -> bool:
    """Take out the visits between the first inspection and the second."""
    some = [e for e in events if e["type"] == "inspection" and e["id"] != "fi-2018"]
    starts = sorted(e["start"] for e in some)
    gone = [e for e in events
            if e["type"] == "focused-visit" and starts[0] < e["start"] < starts[1]]  # fmt: skip
    for one in gone:
        events.remove(one)
    return True


def monitoring_though_good(events: Plains) -> bool:
    """A monitoring visit in the time before the first inspection is out, after the first visit."""
    inspection = first(events, "inspection")
    assert inspection is not None
    if any(j["grade"] == "inadequate" for j in inspection["judgements"]):
        return False
    start = inspection["published"] + DAY
    events.append({"type": "monitoring-visit", "id": "odd", "start": start, "end": start,
                   "published": start + DAY, "judgements": []})  # fmt: skip
    return True


def late_by_a_working_day(events: Plains) -> bool:
    """The first report comes one working day after its deadline."""
    found = first(events, "inspection")
    assert found is not None
    days = gen.publication_days(found["start"])
    late = gen.working_days_on(found["end"], days + 1)
    if gen.publication_days(found["end"]) != days:
        return False
    found["published"] = found["published_by_provider"] = late
    plan = first(events, "action-plan", follows=found["id"])
    assert plan is not None
    plan["start"] = gen.working_days_on(late, 70)
    return True


def begins_while_suspended(events: Plains) -> bool:
    """The last inspection before the suspension begins on its first day instead."""
    found = first(events, "inspection")
    assert found is not None
    begun = date(2020, 3, 17)
    again = sorted(e["start"] for e in events if e["type"] == "inspection")[1]
    # The clock of the next stands still until the suspension ends; it must run out after that.
    if not again <= gen.clock(begun, gen.months_on(begun, 42)):
        return False
    if found["judgements"][0]["grade"] == "inadequate":
        return False  # its monitoring visits would be gone
    found |= {"start": begun, "end": begun + 11 * DAY}
    found["published"] = gen.working_days_on(found["end"], 21)
    found["published_by_provider"] = found["published"]
    plan = first(events, "action-plan", follows=found["id"])
    assert plan is not None
    plan["start"] = found["published"]
    events[:] = [e for e in events if e in (found, plan) or e["start"] > date(2021, 6, 30)]
    return True


def named_too_early(events: Plains) -> bool:
    """An event of 2018 claims the framework of 2021."""
    events.append({"type": "overview-report", "id": "odd", "start": date(2018, 2, 2),
                   "end": date(2018, 3, 2), "published": date(2018, 4, 3),
                   "framework": "cafcass-2021"})  # fmt: skip
    return True


def graded(change: Callable[[Plains], None]) -> Callable[[Plains], bool]:
    """Change the grades of the first inspection."""

    def made(events: Plains) -> bool:
        found = first(events, "inspection")
        assert found is not None
        found["judgements"] = [dict(one) for one in found["judgements"]]
        change(found["judgements"])
        return True

    return made


def help_inadequate(events: Plains) -> bool:
    """The first inspection finds help and protection inadequate, and is not inadequate overall."""
    found = first(events, "inspection")
    assert found is not None
    found["judgements"] = [dict(one) for one in found["judgements"]]
    by = {one["area"]: one for one in found["judgements"]}
    by["help-and-protection"]["grade"] = "inadequate"
    return bool(by["overall-effectiveness"]["grade"] != "inadequate")


MUTATORS: dict[str, Mutator] = {
    "OF101": Mutator(
        "cafcass", None, setter("focused-visit", end=lambda e: e["start"] - DAY)
    ),
    "OF102": Mutator(
        "cafcass", None, setter("inspection", published=lambda e: e["end"] - DAY),
        {"OF203": "a report that came earlier may put a monitoring visit after it"},
    ),
    "OF103": Mutator(
        "cafcass", None, parts_overlap,
        {"OF304": "the day in both parts is counted twice in the length of the stay"},
    ),
    "OF104": Mutator("cafcass", None, named_too_early),
    "OF105": Mutator(
        "cafcass", "cafcass-2021/judgement-areas",
        graded(lambda some: some[0].update(grade="satisfactory")),
    ),
    "OF106": Mutator(
        "cafcass", "cafcass-2021/judgement-areas", graded(lambda some: some.remove(some[0]))
    ),
    "OF107": Mutator(
        "cafcass", "cafcass-2021/visit-ungraded",
        setter("focused-visit",
               judgements=lambda e: [{"area": "impact-of-leaders", "grade": "good"}]),
    ),
    "OF108": Mutator(
        "cafcass", "cafcass-2021/national-scope",
        setter("inspection", scope=lambda e: "region:East Midlands"),
    ),
    "OF109": Mutator(
        "local-authority", "ilacs-2018/inadequate-practice", help_inadequate,
        {"OF204": "the overall grade that sends the next inspection stays as it was",
         "OF109": "other limits may be broken too"},
    ),
    "OF201": Mutator(
        "cafcass", "cafcass-2021/first-activity", without("focused-visit", "inspection"),
        {"OF202": "the visits taken out are also those between the opening and the inspection"},
    ),
    "OF202": Mutator("cafcass", "cafcass-2021/focused-visits", between_missing),
    "OF203": Mutator(
        "cafcass", "cafcass-2021/monitoring-only-while-inadequate", monitoring_though_good
    ),
    "OF204": Mutator(
        "cafcass", "cafcass-2021/kind-of-inspection", setter("inspection", kind=lambda e: "short")
    ),
    "OF301": Mutator("cafcass", "cafcass-2021/engagement-meeting", without("engagement-meeting")),
    "OF302": Mutator("local-authority", "ilacs-2018/report-publication", late_by_a_working_day),
    "OF303": Mutator("local-authority", "ilacs-2018/covid-19", begins_while_suspended,
        {"OF204": "no inspection comes earlier, and the kind of the next stays as it was"}),
    "OF304": Mutator("cafcass", "cafcass-2021/inspection-length", one_day_more),
    "OF401": Mutator(
        "cafcass", "cafcass-2021/visit-letter", setter("focused-visit", published=lambda e: None)
    ),
    "OF402": Mutator(
        "cafcass", "cafcass-2021/self-evaluation-covers",
        setter("self-evaluation", covers=lambda e: ["private-law"]),
    ),
    "OF403": Mutator(
        "cafcass", "cafcass-2021/meeting-reviews",
        setter("engagement-meeting", reviews=lambda e: "se-2030"),
    ),
}  # fmt: skip
"""One change for each rule, by its code."""
ASKED = date(2031, 6, 15)


def departures(kind: str, events: Plains) -> set[tuple[str, str | None]]:
    """The departures of an exact and complete record: codes and provisions."""
    name = "Cafcass" if kind == "cafcass" else "Anywhere"
    history = History(
        Provider(name=name, kind=kind), [gen.event(e) for e in events], coverage="complete"
    )
    return {(d.code, d.provision) for d in of.check(history, as_of=ASKED).departures}


class TestEachRuleIsBroken:
    """A change that breaks one rule brings that rule's departure, and no other unannounced."""

    def test_every_rule_has_a_mutator(self) -> None:
        assert [*MUTATORS] == [rule.code for rule in of.RULES]

    @pytest.mark.parametrize("code", MUTATORS)
    def test_broken(self, code: str) -> None:
        mutator = MUTATORS[code]
        truths = gen.cafcass_truth() if mutator.kind == "cafcass" else gen.ilacs_truth()

        @QUIET
        @given(truths)
        def broken(made: tuple[tuple[gen.Plain, ...], bool]) -> None:
            events = [dict(one) for one in made[0]]
            assert departures(mutator.kind, events) == set()
            assume(mutator.change(events))
            found = departures(mutator.kind, events)
            assert (code, mutator.provision) in found
            others = {one for one, _ in found} - {code}
            assert others <= set(mutator.also)

        broken()

    def test_non_property_a_change_that_breaks_nothing(self) -> None:
        """Not every change is a departure: a third visit may be one, or not, by the reading."""

        @QUIET
        @given(gen.cafcass_truth())
        def unbroken(made: tuple[tuple[gen.Plain, ...], bool]) -> None:
            events = [dict(one) for one in made[0]]
            visit = first(events, "focused-visit")
            assert visit is not None
            events += [{**visit, "id": f"more-{index}"} for index in range(2)]
            assert departures("cafcass", events) == set()

        unbroken()


def statuses(rule: Rule, example: Example) -> list[of.Status]:
    """What a rule says of its own example, read as a document."""
    fw = of.framework(example.framework)
    text = json.dumps(
        {
            "format": documents.FORMAT,
            "version": documents.VERSION,
            "provider": {"name": "Example", "kind": fw.provider_kind},
            "coverage": "complete",
            "events": example.events,
        }
    )
    (history,) = documents.loads(text, "json")
    result = of.check(history, as_of=date.fromisoformat(example.as_of), frameworks=[fw])
    return [v.status for v in result.verdicts if v.code == rule.code]


class TestExamplesAreExamples:
    """A rule's passing example keeps to it, and its failing example does not."""

    @pytest.mark.parametrize("rule", of.RULES, ids=lambda rule: rule.code)
    def test_passing(self, rule: Rule) -> None:
        found = statuses(rule, rule.passing)
        assert of.Status.SATISFIED in found
        assert of.Status.VIOLATED not in found

    @pytest.mark.parametrize("rule", of.RULES, ids=lambda rule: rule.code)
    def test_failing(self, rule: Rule) -> None:
        assert of.Status.VIOLATED in statuses(rule, rule.failing)
