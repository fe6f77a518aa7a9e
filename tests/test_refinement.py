"""The law of refinement: what is definite stays so when more is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import generators as gen
import ofsted_framework as of
from ofsted_framework.dates import When
from ofsted_framework.editions import Framework, read_framework
from ofsted_framework.events import Event
from ofsted_framework.history import Coverage, History

DAY = timedelta(days=1)
GROUND = 'grounds = [{ part = "sentence", basis = "assumed" }]'
USERS = f"""
id = "mine"
title = "A small framework of our own"
provider_kind = "cafcass"
start = "2019-01/2019-03"
end = "2024-05/2024-08"
[areas]
private-law-practice = "Private law"
[[scale]]
id = "four"
grades = ["outstanding", "good", "requires-improvement", "inadequate"]
[[cadence]]
id = "inspections"
sentence = "Inspections come after two years, not before twenty months."
activity = "inspection"
opening = "previous"
since_last = {{ months = 24, before = 4, after = 2 }}
not_before = true
{GROUND}
[[cadence]]
id = "meetings"
reading = "calendar"
sentence = "A meeting every year."
activity = "engagement-meeting"
opening = "framework-start"
periods = {{ origin = 2019-01-01, months = 12 }}
{GROUND}
[[cadence]]
id = "meetings"
reading = "since"
activity = "engagement-meeting"
opening = "framework-start"
since_last = {{ months = 12 }}
[[cadence]]
id = "evaluations"
sentence = "An evaluation every year, then every half-year."
activity = "self-evaluation"
since_last = {{ months = 12 }}
effective_to = "2021-01/2021-06"
{GROUND}
[[cadence]]
id = "evaluations"
activity = "self-evaluation"
since_last = {{ months = 6, after = 1 }}
effective_from = "2021-01-02/2021-07-01"
[[between]]
id = "first"
sentence = "The first is a focused visit."
activities = ["focused-visit"]
bounds = ["inspection", "monitoring-visit"]
opening = "framework-start"
first_only = true
at_least = 1
{GROUND}
[[between]]
id = "visits"
sentence = "One or two visits between inspections."
activities = ["focused-visit", "thematic-review"]
bounds = ["inspection"]
at_least = 1
at_most = 2
effective_from = "2020-03"
{GROUND}
[[between]]
id = "monitoring"
sentence = "Monitoring visits while inadequate."
activities = ["monitoring-visit"]
bounds = ["inspection"]
at_least = 1
while = "inadequate"
{GROUND}
[[response]]
id = "letters"
sentence = "A letter in {{working_days}} days."
after = ["focused-visit"]
gives = "published"
counted_from = "end"
working_days = 20
effective_to = "2020-12/2021-03"
{GROUND}
[[response]]
id = "letters"
after = ["focused-visit"]
gives = "published"
counted_from = "end"
working_days = "not-known"
effective_from = "2021-01/2021-04"
[[response]]
id = "plans"
sentence = "A plan in {{months}} months."
after = ["inspection"]
gives = "action-plan"
counted_from = "published"
months = 3
{GROUND}
[[only]]
id = "only-while"
sentence = "Monitoring visits only while inadequate."
activity = "monitoring-visit"
while = "inadequate"
{GROUND}
[[route]]
id = "kinds"
sentence = "Short after good."
while = "good"
kind = "short"
allowed = ["full"]
otherwise = "standard"
at_first = "full"
{GROUND}
[[graded]]
id = "areas"
sentence = "One area."
activities = ["inspection"]
areas = ["private-law-practice"]
optional = ["public-law-practice", "impact-of-leaders"]
scale = "four"
{GROUND}
[[duration]]
id = "length"
sentence = "Four weeks."
activity = "inspection"
days = 26
{GROUND}
[[status]]
id = "inadequate"
reading = "any"
sentence = "Inadequate."
if = [{{ areas = ["private-law-practice", "public-law-practice"], or_worse = "inadequate" }}]
scale = "four"
{GROUND}
[[status]]
id = "inadequate"
reading = "private"
if = [{{ areas = ["private-law-practice"], or_worse = "inadequate" }}]
scale = "four"
[[status]]
id = "good"
sentence = "Good."
if = [{{ areas = ["private-law-practice"], or_better = "good" }}]
scale = "four"
{GROUND}
[[suspension]]
id = "pause"
sentence = "Inspections paused."
activities = ["inspection", "focused-visit"]
effective_from = "2020-03-17"
effective_to = "2020-09"
{GROUND}
"""
MINE = read_framework(USERS)


@attrs.frozen(repr=False)
class Asked:
    """A question to `check`."""

    history: History
    as_of: date
    frameworks: tuple[Framework, ...]

    def __repr__(self) -> str:
        said = [told(event) for event in self.history.events]
        said += [told(claim) for claim in self.history.coverage]
        said += [f"{f.id} {f.chosen} {f.changes}" for f in self.frameworks if f.chosen or f.changes]
        return "\n  ".join([f"as of {self.as_of}", *said])

    def with_event(self, old: Event, **new: Any) -> Asked:
        events = [attrs.evolve(e, **new) if e is old else e for e in self.history.events]
        return attrs.evolve(self, history=attrs.evolve(self.history, events=events))


def told(thing: Event | Coverage) -> str:
    """An event or claim in a line, without what it leaves unsaid."""
    said = {
        field.name: getattr(thing, field.name)
        for field in attrs.fields(type(thing))
        if getattr(thing, field.name) is not None and getattr(thing, field.name) is not False
    }
    return f"{thing.type}: " + ", ".join(
        f"{name}={'; '.join(f'{j.area} {j.grade}' for j in v) if name == 'judgements' else v}"
        for name, v in said.items()
    )


Draw = Callable[[st.SearchStrategy[Any]], Any]
Refine = Callable[[Draw, Asked], "Asked | None"]
"""A kind of refinement; None where the record offers nothing to refine so."""


def held(asked: Asked, event: Event, field: str) -> bool:
    """Whether, for some day that the event may lie on, the record says that a field is filled."""
    return any(
        claim.type in ("*", event.type)
        and ("*" in claim.fields or field in claim.fields)
        and claim.lo <= event.start.hi
        and event.start.lo <= claim.hi
        for claim in asked.history.coverage
    )


def covered(asked: Asked, kind: str, when: When) -> bool:
    """Whether, on some day of a stretch up to the day of asking, the record holds all of a kind."""
    return any(
        claim.omits is None
        and claim.type in ("*", kind)
        and claim.lo <= min(when.hi, asked.as_of.toordinal())
        and when.lo <= claim.hi
        for claim in asked.history.coverage
    )


def _one_of(draw: Draw, some: Sequence[Any]) -> Any:
    return draw(st.sampled_from(some)) if some else None


def narrow_within(draw: Draw, when: When, near: date) -> When:
    """A part of a stretch: a day or some days, near its ends, near a day, or anywhere in it."""
    lo, hi = max(when.lo, date(1900, 1, 1).toordinal()), min(when.hi, date(2230, 1, 1).toordinal())
    near_lo = min(max(near.toordinal() - 800, lo), hi)
    near_hi = max(min(near.toordinal() + 800, hi), lo)
    days = st.one_of(
        st.sampled_from([near_lo, near_hi]) if when.exact or hi - lo > 2000 else st.just(lo),
        st.just(hi) if hi - lo <= 2000 else st.just(near_hi),
        st.integers(near_lo, near_hi),
        st.just(min(max(near.toordinal() + draw(st.integers(-1, 1)), lo), hi)),
    )
    ends = [draw(days)]
    ends.append(ends[0] if draw(st.booleans()) else draw(days))
    ends.sort()
    return When(date.fromordinal(ends[0]), date.fromordinal(ends[1]))


def narrow(draw: Draw, asked: Asked) -> Asked | None:
    """A date is told more exactly."""
    rough = [
        (event, field)
        for event in asked.history.events
        for field in ("start", "end", "published")
        if getattr(event, field) is not None and not getattr(event, field).exact
    ]
    found = _one_of(draw, rough)
    if found is None:
        return None
    event, field = found
    return asked.with_event(
        event, **{field: narrow_within(draw, getattr(event, field), asked.as_of)}
    )


def add_coverage(draw: Draw, asked: Asked) -> Asked | None:
    """The record claims more: a kind, a period, a field."""
    more = list(draw(gen.coverages()))
    if draw(st.booleans()):
        more = [Coverage(type="*", fields=("*",) if draw(st.booleans()) else ())]
    history = attrs.evolve(asked.history, coverage=(*asked.history.coverage, *more))
    return attrs.evolve(asked, history=history)


def widen_coverage(draw: Draw, asked: Asked) -> Asked | None:
    """A claim of the record reaches further, or leaves out nothing any more."""
    claims = list(asked.history.coverage)
    if not claims:
        return None
    index = draw(st.integers(0, len(claims) - 1))
    new = draw(st.sampled_from([{"first": None}, {"last": None}, {"omits": None},
                                {"fields": ("*",)}, {"type": "*"}]))  # fmt: skip
    claims[index] = attrs.evolve(claims[index], **new)
    return attrs.evolve(asked, history=attrs.evolve(asked.history, coverage=claims))


def add_event(draw: Draw, asked: Asked) -> Asked | None:
    """An event is added on days on which nothing was covered."""
    kind = asked.history.provider.kind
    taken = {event.id for event in asked.history.events}
    id = draw(st.sampled_from(sorted({"new", "e0", "e1", "e2", "elsewhere"} - taken) or ["new"]))
    event = gen.event(draw(gen.any_events(kind, id)))
    if draw(st.booleans()):
        start = narrow_within(draw, event.start, asked.as_of)
        event = attrs.evolve(event, start=start)
    if id in taken or covered(asked, event.type, event.start):
        return None
    # The dates settle the framework where the record says nothing: an event that names another
    # than they allow is no case of the record.
    event = attrs.evolve(event, framework=None)
    return attrs.evolve(asked, history=asked.history.with_event(event))


def fill(draw: Draw, asked: Asked) -> Asked | None:
    """A missing field is filled, where the record did not say that it holds the field."""
    kind = asked.history.provider.kind
    values: dict[str, st.SearchStrategy[Any]] = {
        "kind": st.sampled_from(["full", "standard", "short"]),
        "scope": st.sampled_from(["national", "region:North"]),
        "priority_action": st.sampled_from(["new", "none"]),
        "covers": st.sampled_from([(), ("private-law",), ("private-law", "public-law")]),
        "attended_by": st.sampled_from([(), ("chief-executive", "senior-leadership")]),
        "reviews": st.sampled_from(["e0", "e1", "e2", "elsewhere"]),
        "follows": st.sampled_from(["e0", "e1", "e2", "elsewhere"]),
    }
    missing = [
        (event, field)
        for event in asked.history.events
        for field in (*values, "end", "published", "judgements")
        if hasattr(event, field) and getattr(event, field) is None and not held(asked, event, field)
    ]
    found = _one_of(draw, missing)
    if found is None:
        return None
    event, field = found
    middle = date.fromordinal(min(max(event.start.lo, 735000), 745000))
    if field == "end":
        value = draw(gen.whens(middle + DAY * draw(st.integers(-5, 40))))
    elif field == "published":
        value = draw(gen.whens(middle + DAY * draw(st.integers(-5, 500))))
        if event.judgements is not None and value.hi > asked.as_of.toordinal():
            return None  # the record shows these grades as known already
    elif field == "judgements":
        areas = gen.CAFCASS_AREAS if kind == "cafcass" else gen.ilacs_areas(middle)
        plain = draw(gen._any_judgements(areas))
        if not plain:
            return None
        given_ = gen.event({"type": event.type, "id": "x", "start": event.start, **plain})
        return asked.with_event(
            event, judgements=given_.judgements, judgements_partial=given_.judgements_partial
        )
    else:
        value = draw(values[field])
    return asked.with_event(event, **{field: value})


def fill_judgements(draw: Draw, asked: Asked) -> Asked | None:
    """A partial list of judgements gets more of them; perhaps all."""
    found = _one_of(draw, [e for e in asked.history.events if e.judgements_partial])
    if found is None:
        return None
    assert found.judgements is not None
    listed = {one.area for one in found.judgements}
    whole: tuple[str, ...] = gen.CAFCASS_AREAS
    if asked.history.provider.kind == "local-authority":
        first, last = (
            date.fromordinal(min(max(n, 735000), 745000)) for n in (found.start.lo, found.start.hi)
        )
        whole = gen.ilacs_areas(first)
        if whole != gen.ilacs_areas(last) or first < date(2018, 7, 1):
            return None  # of which areas the list would be whole is open
    # What is left unlisted is taken to be well formed: the areas of the day that are missing.
    left = [area for area in whole if area not in listed]
    if not left:
        return None
    some = draw(st.lists(st.sampled_from(left), min_size=1, max_size=4, unique=True))
    new = [of.Judgement(area, draw(st.sampled_from(gen.FOUR))) for area in some]
    partial = len(some) < len(left) or draw(st.booleans())  # a whole list leaves out none of them
    return asked.with_event(found, judgements=(*found.judgements, *new), judgements_partial=partial)


def choose(draw: Draw, asked: Asked) -> Asked | None:
    """One reading of a sentence is chosen."""
    index = draw(st.integers(0, len(asked.frameworks) - 1))
    one = asked.frameworks[index]
    readings = [(row.id, row.reading) for row in one.rows if row.reading is not None]
    found = _one_of(draw, readings)
    if found is None:
        return None
    new = list(asked.frameworks)
    new[index] = one.choose(found[0], reading=found[1])
    return attrs.evolve(asked, frameworks=tuple(new))


def supply(draw: Draw, asked: Asked) -> Asked | None:
    """A value that no source gives is supplied."""
    index = draw(st.integers(0, len(asked.frameworks) - 1))
    one = asked.frameworks[index]
    open_ = [row for row in one.rows if getattr(row, "working_days", None) == "not-known"]
    row = _one_of(draw, open_)
    if row is None:
        return None
    days = draw(st.sampled_from([0, 10, 21, 38, 60, 300]))
    rows = tuple(attrs.evolve(r, working_days=days) if r is row else r for r in one.rows)
    new = list(asked.frameworks)
    if sum(r.id == row.id for r in one.rows) == 1:
        new[index] = one.replace(row.id, working_days=days)
    else:  # the dated values of one id; only the unknown one is supplied
        new[index] = attrs.evolve(one, rows=rows)
    return attrs.evolve(asked, frameworks=tuple(new))


ALL: tuple[Refine, ...] = (
    narrow, narrow, add_coverage, widen_coverage, add_event, fill, fill_judgements, choose, supply,
)  # fmt: skip
Key = tuple[str, str | None, str]


def statuses(asked: Asked) -> dict[Key, frozenset[of.Status]]:
    """The status of each rule, provision and subject."""
    result = of.check(asked.history, as_of=asked.as_of, frameworks=asked.frameworks)
    found: dict[Key, frozenset[of.Status]] = {}
    for one in result.verdicts:
        if one.subject is not None:
            key = (one.code, one.provision, one.subject)
            found[key] = found.get(key, frozenset()) | {one.status}
    return found


def kept(before: Asked, after: Asked) -> None:
    """Every definite status is as it was."""
    new = statuses(after)
    for key, old in statuses(before).items():
        if of.Status.UNDETERMINED in old:
            continue
        is_ = new.get(key, frozenset({of.Status.NOT_APPLICABLE}))
        assert is_ == old, f"{key}: {[*old]} became {[*is_]}"


@st.composite
def questions(draw: Draw, which: str) -> Asked:
    """A record, a day of asking, and the frameworks to ask."""
    if which == "mine":
        span = (date(2017, 6, 1), date(2025, 6, 1))
        made = draw(gen.any_history("cafcass", most=5, span=span))
        return Asked(made.history, made.as_of, (MINE,))
    made = draw(gen.any_history(which, most=6))
    return Asked(made.history, made.as_of, of.frameworks(which))


@st.composite
def refined(draw: Draw, which: str, how: tuple[Refine, ...], most: int = 1) -> tuple[Asked, Asked]:
    """A question, and the same with the record or the framework refined."""
    before = after = draw(questions(which))
    for _ in range(draw(st.integers(1, most))):
        one = draw(st.sampled_from(how))
        after = one(draw, after) or after
    assume(after is not before)
    return before, after


QUIET = settings(
    # Shrinking rough records takes minutes: raise this, and let it shrink, to look for more.
    max_examples=50,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow,
                           HealthCheck.large_base_example, HealthCheck.data_too_large]
)  # fmt: skip
WHICH = ["cafcass", "local-authority", "mine"]


class TestRefinementKeepsDefinite:
    """A refinement leaves a definite status as it is."""

    @pytest.mark.parametrize("which", WHICH)
    @QUIET
    @given(st.data())
    def test_narrowed_dates(self, which: str, data: st.DataObject) -> None:
        kept(*data.draw(refined(which, (narrow,), 3)))

    @pytest.mark.parametrize("which", WHICH)
    @QUIET
    @given(st.data())
    def test_added_coverage(self, which: str, data: st.DataObject) -> None:
        kept(*data.draw(refined(which, (add_coverage, widen_coverage), 2)))

    @pytest.mark.parametrize("which", WHICH)
    @QUIET
    @given(st.data())
    def test_added_events(self, which: str, data: st.DataObject) -> None:
        kept(*data.draw(refined(which, (add_event,), 2)))

    @pytest.mark.parametrize("which", WHICH)
    @QUIET
    @given(st.data())
    def test_filled_fields(self, which: str, data: st.DataObject) -> None:
        kept(*data.draw(refined(which, (fill, fill_judgements), 3)))

    @pytest.mark.parametrize("which", ["cafcass", "mine"])
    @QUIET
    @given(st.data())
    def test_chosen_readings(self, which: str, data: st.DataObject) -> None:
        kept(*data.draw(refined(which, (choose,), 2)))

    @pytest.mark.parametrize("which", ["cafcass", "mine"])
    @QUIET
    @given(st.data())
    def test_supplied_values(self, which: str, data: st.DataObject) -> None:
        kept(*data.draw(refined(which, (supply,), 2)))

    @pytest.mark.parametrize("which", WHICH)
    @QUIET
    @given(st.data())
    def test_mixtures(self, which: str, data: st.DataObject) -> None:
        kept(*data.draw(refined(which, ALL, 5)))


def asked_of(which: str, as_of: str, *events: dict[str, Any], complete: bool = False) -> Asked:
    """A question about a small record."""
    provider = gen._provider("cafcass" if which == "mine" else which)
    coverage = (Coverage(type="*", fields=("*",)),) if complete else ()
    history = History(provider, [gen.event(e) for e in events], coverage=coverage)
    frameworks = (MINE,) if which == "mine" else of.frameworks(which)
    return Asked(history, date.fromisoformat(as_of), frameworks)


class TestRefinementFoundFaults:
    """The least records on which the law was found broken."""

    def test_a_named_framework_does_not_move_an_event_into_its_period(self) -> None:
        """Expected UNDETERMINED before: the anchor may be 31 December, and e2 come next."""
        e2 = {"type": "inspection", "id": "e2", "start": "2018-01-01", "kind": "short"}
        one, two = (
            asked_of(
                "local-authority",
                "2020-01-07",
                {"type": "inspection", "id": "e1", "start": start, "framework": "ilacs-2018"},
                e2,
                complete=True,
            )
            for start in ("2017-12-31/2018-01-04", "2017-12-31")
        )
        kept(one, two)

    def test_an_event_that_may_be_a_plan_has_no_definite_form(self) -> None:
        """Expected UNDETERMINED before: on one of its days it is a plan, and has no verdict."""
        some = {"type": "inspection", "id": "e0", "end": "2023-01-10", "published": "2023-03-01"}
        one, two = (
            asked_of("cafcass", "2022-04-10", {**some, "start": start})
            for start in ("2022-04-01/2022-04-20", "2022-04-20")
        )
        kept(one, two)

    def test_ill_formed_grades_count_where_the_framework_is_open(self) -> None:
        """Expected UNDETERMINED before (IllFormed), as it is once the date is narrowed."""
        wrong = {"type": "inspection", "id": "e0",
                 "judgements": [{"area": "local-leadership", "grade": "good"}]}  # fmt: skip
        one, two = (
            asked_of("mine", "2024-04-01", {**wrong, "start": start})
            for start in ("2018-06-01/2022-09-05", "2022-09-05")
        )
        kept(one, two)

    def test_a_candidate_is_cut_to_the_period_of_the_framework(self) -> None:
        """Expected VIOLATED after: on the days of 2018 the new event is of no framework here."""
        old = {"type": "self-evaluation", "id": "e2", "start": "2018-01-02",
               "framework": "cafcass-2021"}  # fmt: skip
        new = {"type": "self-evaluation", "id": "new", "start": "2018-06-01/2024-08-14"}
        known = {"type": "self-evaluation", "id": "e3", "start": "2021-06-10"}
        kept(
            asked_of("cafcass", "2021-12-16", old, known),
            asked_of("cafcass", "2021-12-16", old, known, new),
        )

    def test_an_event_that_names_an_ended_framework_may_come_next_after_its_end(self) -> None:
        """Expected SATISFIED after, and UNDETERMINED before: e2 may be there yet, or a plan."""
        e1 = {"type": "inspection", "id": "e1", "start": "2021-12-30", "framework": "cafcass-2013"}
        one, two = (
            asked_of("cafcass", "2022-01-02", e1, {**e1, "id": "e2", "start": start}, complete=True)
            for start in ("2022-01-02/2022-01-03", "2022-01-02")
        )
        kept(one, two)
        key = "OF301", "cafcass-2013/national-inspection", "e1"
        found = [statuses(asked)[key] for asked in (one, two)]
        assert found == [{of.Status.UNDETERMINED}, {of.Status.SATISFIED}]

    def test_an_event_known_only_to_come_by_a_day_can_open(self) -> None:
        """Expected an answer; got an error: the anchor is shown as 1 January of the year 1."""
        rough = {"type": "inspection", "id": "e0", "start": "../2018-05-01"}
        statuses(asked_of("mine", "2021-01-01", rough))

    def test_no_working_days_after_a_saturday(self) -> None:
        """Expected an answer; got an error: the window would end on Friday, before it begins."""
        one = asked_of("cafcass", "2025-04-14", {"type": "inspection", "id": "e0", "kind": "full",
                       "start": "2024-04-16", "end": "2024-05-11"}, complete=True)  # fmt: skip
        fw = one.frameworks[-1].replace("report-publication", working_days=0)
        statuses(attrs.evolve(one, frameworks=(fw,)))
