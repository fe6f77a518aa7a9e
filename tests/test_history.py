"""A record and what it claims to hold: every answer about a day tried on both sides of it."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

from helpers import AUTHORITY, authority, covered, day, evaluation, meeting, record, visit
from ofsted_framework import Coverage, Event, History, Inspection, OfstedFrameworkError, Provider
from ofsted_framework.history import COMPLETE


def faults(make: Callable[[], object]) -> list[tuple[str, object, str, str | None]]:
    with pytest.raises(OfstedFrameworkError) as caught:
        make()
    return [(one.place, one.value, one.message, one.nearest) for one in caught.value.faults]


def ordinal(text: str) -> int:
    return day(text).toordinal()


# --- What no record could mean --------------------------------------------------------------------


def test_a_provider_that_is_none() -> None:
    kinds = "is no kind of provider (cafcass, local-authority)"
    assert faults(lambda: Provider(name=" ", kind="cafcas")) == [
        ("/name", " ", "is not a name", None),
        ("/kind", "cafcas", kinds, "cafcass"),
    ]
    assert faults(lambda: Provider(name=7, kind=7)) == [  # type: ignore[arg-type]
        ("/name", 7, "is not a name", None),
        ("/kind", 7, kinds, None),
    ]


def test_a_claim_that_is_none() -> None:
    assert faults(lambda: Coverage(type="inspektion")) == [
        ("/type", "inspektion", "is no kind of event", "inspection")
    ]
    assert faults(lambda: Coverage(type=7, first="2021", last="2022")) == [  # type: ignore[arg-type]
        ("/type", 7, "is no kind of event", None),
        ("/from", "2021", "is not a day", None),
        ("/to", "2022", "is not a day", None),
    ]
    assert faults(lambda: covered("*", "2021-04-02", "2021-04-01")) == [
        ("/to", "2021-04-01", "is before 2021-04-02", None)
    ]
    assert covered("*", "2021-04-01", "2021-04-01").first == day("2021-04-01")
    assert faults(lambda: History(AUTHORITY, coverage="all")) == [
        ("", "all", "is neither `complete` nor a list of claims", None)
    ]


def test_two_events_of_one_id() -> None:
    again = visit("a", "2022-06-10"), authority("a", "2022-01-10"), authority("a", "2021-01-11")
    assert faults(lambda: record(*again, authority("b", "2021-06-01"))) == [
        ("/events/2/id", "a", "stands twice", None),
        ("/events/3/id", "a", "stands twice", None),
    ]


# --- Order ----------------------------------------------------------------------------------------


def test_the_order_in_which_claims_are_given_is_nothing() -> None:
    ordered = (
        COMPLETE,
        Coverage(type="inspection", first=day("2021-01-01"), last=day("2021-06-30")),
        Coverage(type="inspection", first=day("2021-01-01"), last=day("2021-12-31")),
        Coverage(type="inspection", first=day("2022-01-01"), fields=("end",)),
        Coverage(type="inspection", first=day("2022-01-01"), fields=("published",)),
        Coverage(type="inspection", first=day("2023-01-01"), sources=("a",)),
        Coverage(type="inspection", first=day("2023-01-01"), sources=("b",)),
        Coverage(type="inspection", first=day("2024-01-01")),
        Coverage(type="inspection", first=day("2024-01-01"), says="so"),
        Coverage(type="inspection", first=day("2024-01-01"), basis="official"),
        Coverage(type="inspection", first=day("2024-01-01"), omits="joint ones"),
        Coverage(type="focused-visit"),
    )
    assert History(AUTHORITY, coverage=ordered[::-1]).coverage == ordered
    assert History(AUTHORITY, coverage="complete").coverage == (COMPLETE,)


def test_events_are_ordered_by_the_days_that_their_first_can_be() -> None:
    some = [
        visit("z", "2022-01-10"), authority("a", "2022-01-10/2022-01-12"),
        authority("b", "2022-01-10/2022-01-12"), visit("c", "2022-01-11"),
    ]  # fmt: skip
    history = record(*some[::-1])
    assert [one.id for one in history.events] == ["z", "a", "b", "c"]
    assert [one.id for one in history.of_type("inspection", "focused-visit")] == [
        "z", "a", "b", "c",
    ]  # fmt: skip
    assert [one.id for one in history.of_type("focused-visit")] == ["z", "c"]
    assert history.of_type("thematic-review") == ()
    assert history.of_type("thematic-review", "focused-visit") == (some[0], some[3])


def test_what_a_record_says_of_itself() -> None:
    a = authority("a", "2022-01-10")
    whole, half = record(a), record(a, coverage=(covered("inspection"),))
    assert (whole.complete, half.complete) == (True, False)
    assert (whole.get("a"), whole.get("b")) == (a, None)
    assert whole.with_event(visit("b", "2022-01-11")).events == (a, visit("b", "2022-01-11"))
    assert hash(whole) == hash(record(a))
    assert len({hash(whole), hash(half), hash(record()), hash(record(a, provider=AUTHORITY))}) == 4
    assert repr(whole) == "<History of Cafcass: 1 event, 2022-01-10>"
    assert "lo=" not in repr(COMPLETE)


# --- Coverage -------------------------------------------------------------------------------------


def test_the_claims_that_speak_of_a_stretch() -> None:
    one = covered("inspection", "2021-04-01", "2021-12-31")
    habit = Coverage(type="inspection", omits="joint ones")
    history = record(coverage=(one, habit, covered("action-plan")))

    def claims(kind: str, first: str, last: str) -> list[Coverage]:
        return history.claims((kind, "engagement-meeting"), ordinal(first), ordinal(last))

    assert claims("inspection", "2021-01-01", "2021-04-01") == [one]
    assert claims("inspection", "2021-01-01", "2021-03-31") == []
    assert claims("inspection", "2021-12-31", "2022-03-31") == [one]
    assert claims("inspection", "2022-01-01", "2022-03-31") == []
    assert claims("focused-visit", "2021-04-01", "2021-12-31") == []


def test_the_first_day_that_is_not_covered() -> None:
    history = record(coverage=(
        covered("inspection", "2021-04-01", "2021-12-31"),
        covered("inspection", "2022-01-01", "2022-06-30"),
        covered("inspection", "2022-07-02"),
        covered("focused-visit", None, "2021-06-30"),
        covered("focused-visit", "2021-03-01", "2021-05-31"),
    ))  # fmt: skip

    def first(lo: str, hi: str, *kinds: str) -> str | None:
        found = history.first_uncovered(kinds or ("inspection",), ordinal(lo), ordinal(hi))
        return None if found is None else day("0001-01-01").fromordinal(found).isoformat()

    assert first("2021-03-30", "2021-04-30") == "2021-03-30"
    assert first("2021-03-31", "2021-03-31") == "2021-03-31"
    assert first("2021-04-01", "2022-06-30") is None
    assert first("2021-04-01", "2022-07-01") == "2022-07-01"
    assert first("2022-07-01", "2025-01-01") == "2022-07-01"
    assert first("2022-07-02", "2025-01-01") is None
    assert first("2022-07-02", "9999-12-31") is None
    # Both kinds: visits end on 30 June 2021. The longer of two claims counts.
    both = "inspection", "focused-visit"
    assert first("2021-04-01", "2021-06-30", *both) is None
    assert first("2021-04-01", "2022-12-31", *both) == "2021-07-01"
    assert first("2023-04-01", "2023-12-31", *both) == "2023-04-01"
    assert first("2021-01-01", "2021-02-28", *both) == "2021-01-01"
    assert first("2021-01-01", "2021-02-28", "focused-visit") is None
    assert first("2021-01-01", "2021-01-01", "action-plan") == "2021-01-01"
    # One day alone is covered.
    alone = record(coverage=(covered("inspection", "2021-04-01", "2021-04-01"),))
    gaps = [alone.first_uncovered(("inspection",), ordinal("2021-04-01"), ordinal(to))
            for to in ("2021-04-01", "2021-04-02")]  # fmt: skip
    assert gaps == [None, ordinal("2021-04-02")]
    # A list that leaves something out by habit covers nothing.
    habit = record(coverage=(Coverage(type="inspection", omits="joint ones"),))
    assert habit.first_uncovered(("inspection",), 700_000, 700_000) == 700_000


def test_whether_a_field_is_held() -> None:
    def held(event: Event, field: str, claim: Coverage) -> bool:
        return record(event, coverage=(claim,)).holds(event, field)

    a = authority("a", "2022-01-10/2022-01-12")
    claim = Coverage(type="inspection", fields=("end", "published"), first=day("2022-01-10"),
                     last=day("2022-01-12"))  # fmt: skip
    assert held(a, "end", claim)
    assert held(a, "published", claim)
    assert not held(a, "judgements", claim)
    assert held(a, "judgements", attrs.evolve(claim, fields=("*",)))
    assert not held(visit("v", "2022-01-10"), "end", claim)
    assert held(visit("v", "2022-01-10"), "end", attrs.evolve(claim, type="*"))
    assert not held(a, "end", attrs.evolve(claim, first=day("2022-01-11")))
    assert not held(a, "end", attrs.evolve(claim, last=day("2022-01-11")))
    # What is published has ended, whether the day is on record or not.
    out = authority("a", "2022-01-10", published="2022-03-01")
    assert not held(out, "end", claim)
    assert held(out, "judgements", COMPLETE)


# --- What could be known --------------------------------------------------------------------------


def known(now: str, *events: Event, coverage: tuple[Coverage, ...] = (COMPLETE,)) -> History:
    return record(*events, coverage=coverage, provider=AUTHORITY).known_at(day(now))


def until(history: History, kind: str) -> list[str | None]:
    return [str(one.last) for one in history.coverage if one.type == kind]


def test_what_was_published_by_a_day_was_known() -> None:
    out = authority("a", "2022-01-10", published="2022-03-01")
    rough = authority("b", "2022-02-01", published="2022-02-28/2022-03-02")
    seen = known("2022-03-01", out, rough, meeting("m", "2022-03-01"),
                 evaluation("s", "2022-03-02"))  # fmt: skip
    assert [one.id for one in seen.events] == ["a", "m"]
    assert seen.provider == AUTHORITY
    assert known("2022-02-28", out).events == ()
    assert known("2022-03-02", rough).events == (rough,)


def test_coverage_ends_before_what_was_not_yet_out() -> None:
    # Begun and not out: b on 13 June and c on 20 June, so inspections are whole to 12 June.
    begun = authority("b", "2022-06-13/2022-06-20"), authority("c", "2022-06-20")
    late = visit("v", "2022-09-05", published="2022-11-01")
    to_come = visit("w", "2022-10-02", published="2022-12-01")
    seen = known("2022-10-01", *begun, late, to_come, meeting("m", "2022-10-01"))
    assert [one.id for one in seen.events] == ["m"]
    assert until(seen, "inspection") == ["2022-06-12"]
    assert until(seen, "focused-visit") == ["2022-09-04"]
    assert until(seen, "engagement-meeting") == ["2022-10-01"]
    assert until(seen, "*") == []
    assert {one.fields for one in seen.coverage} == {("*",)}
    # On the very day on which b may begin, too.
    assert until(known("2022-06-13", *begun), "inspection") == ["2022-06-12"]
    assert until(known("2022-06-12", *begun), "inspection") == ["2022-06-12"]
    # A claim that would end before it begins is none.
    claims = covered("inspection", "2022-06-12"), covered("inspection", "2022-06-13")
    assert known("2022-10-01", *begun, coverage=claims).coverage == (
        covered("inspection", "2022-06-12", "2022-06-12"),
    )
    # One that ends earlier is left as it is; none reaches past the day.
    claims = (
        covered("focused-visit", None, "2022-09-30"),
        covered("action-plan", None, "2023-01-01"),
    )
    assert known("2022-10-01", coverage=claims).coverage == (
        covered("focused-visit", None, "2022-09-30"),
        covered("action-plan", None, "2022-10-01"),
    )


@pytest.mark.parametrize(
    ("when", "seen"),
    [
        ("2022-05-01", True),
        ("2022-05-02", False),
        ("2022-05-01/2022-06-30", True),
        (None, False),
    ],
)
def test_what_the_provider_published_only_later(when: str | None, seen: bool) -> None:
    event = Inspection(id="a", start="2022-01-10", published="2022-03-01",
                       published_by_provider=when)  # fmt: skip
    (one,) = known("2022-05-01", event).of_type("inspection")
    assert isinstance(one, Inspection)
    assert (one.published_by_provider is not None) is seen
    assert one.published == event.published
