"""Every row and event names facts that exist, and every fact that was read is used or set aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import ofsted_framework as of
from ofsted_framework.facts import fact_lists
from ofsted_framework.sources import Basis

FRAMEWORKS = of.frameworks()
IDS = [one.id for one in FRAMEWORKS]
LISTS = fact_lists()
SAMPLES = sorted(
    path.stem for path in (Path(of.__file__).parent / "data" / "samples").glob("*.json")
)


def encoded() -> set[str]:
    """The facts that some framework's row, boundary or value, or some sample, rests on."""
    found: set[str] = set()
    for one in FRAMEWORKS:
        found |= {id for row in one.rows for ground in row.grounds for id in ground.facts}
        found |= {id for ground in one.grounds for id in ground.facts}
        found |= {id for version in one.versions for id in version.facts}
        if one.requested is not None:
            asked = one.requested
            found |= {id for part in (asked, *asked.parts) for id in part.facts}
    for name in SAMPLES:
        history = of.sample(name)
        found |= {id for event in history.events for id in event.sources}
        found |= {id for claim in history.coverage for id in claim.sources}
    return found


ENCODED = encoded()


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=IDS)
def test_every_fact_named_is_listed(framework: of.Framework) -> None:
    known = {fact.id for one in LISTS.values() for fact in one.facts}
    assert set(framework.fact_ids)
    assert set(framework.fact_ids) - known == set()
    # A framework carries the facts that it names, with those that they were worked out from.
    assert set(framework.fact_ids) <= {fact.id for fact in framework.facts} <= known
    keys = {source.key for source in framework.sources}
    assert {key for fact in framework.facts for key in fact.sources} == keys


@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_only_what_it_has(name: str) -> None:
    listed = LISTS[name]
    ids = [fact.id for fact in listed.facts]
    assert len(ids) == len(set(ids))
    assert all(id.startswith(f"{name}:") for id in ids)
    assert set(listed.set_aside) <= set(ids)
    known = {fact.id for one in LISTS.values() for fact in one.facts}
    assert {id for fact in listed.facts for id in fact.rests_on} <= known
    keys = {source.key for one in LISTS.values() for source in one.sources}
    for fact in listed.facts:
        assert fact.says.strip()
        assert fact.status in ("read", "read-2", "inferred", "unknown")
        assert set(fact.sources) <= keys, fact.id
        if fact.status in ("read", "read-2"):
            assert fact.sources, fact.id
    named_sources = {key for one in LISTS.values() for fact in one.facts for key in fact.sources}
    for source in listed.sources:
        assert source.title
        assert source.kind in ("official", "reported")
        assert source.dated == "undated" or source.dated[:4].isdigit(), source.key
        assert source.address is None or source.address.startswith("http"), source.key
        assert source.checked == listed.checked
        assert source.key in named_sources
    assert listed.checked >= date(2026, 11, 24)


@pytest.mark.parametrize("name", LISTS)
def test_read_facts_not_encoded_have_a_reason(name: str) -> None:
    listed = LISTS[name]
    left = [
        fact.id
        for fact in listed.facts
        if fact.status in ("read", "read-2") and fact.id not in ENCODED
    ]
    print(f"{listed.title}: read and not encoded")
    for id in left:
        print(f"  {id}: {listed.set_aside.get(id)}")
    assert [id for id in left if not listed.set_aside.get(id, "").strip()] == []
    # A reason for something that is encoded would be a leftover.
    assert ENCODED & set(listed.set_aside) == set()


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=IDS)
def test_a_ground_is_no_stronger_than_its_facts(framework: of.Framework) -> None:
    facts = {fact.id: fact for fact in framework.facts}
    sources = {source.key: source for source in framework.sources}
    for row in framework.rows:
        for ground in row.grounds:
            where = f"{row.id} {row.reading} {ground.part}"
            assert ground.facts or ground.says, where
            if ground.basis is Basis.ASSUMED:
                assert ground.says, where
            if ground.basis is Basis.OFFICIAL:
                some = [facts[id] for id in ground.facts]
                assert any(
                    fact.status == "read"
                    and any(sources[key].kind == "official" for key in fact.sources)
                    for fact in some
                ), where
            if ground.basis is Basis.REPORTED:
                status = {facts[id].status for id in ground.facts}
                assert status & {"read", "read-2"}, where


@pytest.mark.parametrize("name", SAMPLES)
def test_events_and_coverage_of_a_sample_name_facts_that_are_listed(name: str) -> None:
    listed = {fact.id: fact for one in LISTS.values() for fact in one.facts}
    history = of.sample(name)
    for event in history.events:
        assert event.sources
        assert set(event.sources) <= set(listed)
        assert event.basis is not None
    for claim in history.coverage:
        assert claim.sources
        assert set(claim.sources) <= set(listed)
        assert claim.basis is Basis.INFERRED


def test_the_cafcass_sentences_are_official_from_april_2024_and_reported_before() -> None:
    rows = of.framework("cafcass-2021").provision("full-inspection")
    for row in rows:
        before = row.grounds_of(["sentence"], _day("2021-04-01"), _day("2024-04-04"))
        since = row.grounds_of(["sentence"], _day("2024-04-05"), _day("2024-04-05"))
        assert {ground.basis for ground in before} == {Basis.REPORTED}
        assert {ground.basis for ground in since} == {Basis.OFFICIAL}


def _day(text: str) -> int:
    return of.When.parse(text).lo
