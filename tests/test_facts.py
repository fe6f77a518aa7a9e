"""Every row and event names facts that exist, and every fact that was read is used or set aside."""

from __future__ import annotations

import pytest

import ofsted_framework as of
from ofsted_framework.sources import Basis

FRAMEWORKS = of.frameworks()
IDS = [one.id for one in FRAMEWORKS]


def used(framework: of.Framework) -> set[str]:
    """The facts that a framework's rows, boundaries and notes rest on."""
    found = {fact for ground in framework.grounds for fact in ground.facts}
    found |= {fact for row in framework.rows for ground in row.grounds for fact in ground.facts}
    return found | {fact for version in framework.versions for fact in version.facts}


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=IDS)
def test_every_fact_named_is_listed(framework: of.Framework) -> None:
    listed = {fact.id for fact in framework.facts}
    assert len(listed) == len(framework.facts)
    assert used(framework) <= listed
    assert set(framework.set_aside) <= listed
    assert {fact for one in framework.not_known for fact in one.facts} <= listed
    assert {fact for one in framework.facts for fact in one.rests_on} <= listed
    keys = {source.key for source in framework.sources}
    assert {key for fact in framework.facts for key in fact.sources} <= keys


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=IDS)
def test_read_facts_not_encoded_have_a_reason(framework: of.Framework) -> None:
    encoded = used(framework)
    if framework.id == "cafcass-2021":
        sample = of.sample("cafcass")
        encoded |= {id for event in sample.events for id in event.sources}
        encoded |= {id for claim in sample.coverage for id in claim.sources}
    left = [
        fact.id
        for fact in framework.facts
        if fact.status in ("read", "read-2") and fact.id not in encoded
    ]
    print(f"{framework.id}: read and not encoded")
    for id in left:
        print(f"  {id}: {framework.set_aside.get(id)}")
    assert [id for id in left if not framework.set_aside.get(id, "").strip()] == []
    # A reason for something that is encoded would be a leftover.
    assert encoded & set(framework.set_aside) == set()


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


def test_events_and_coverage_of_the_sample_name_facts_that_are_listed() -> None:
    framework = of.framework("cafcass-2021")
    listed = {fact.id for fact in framework.facts}
    history = of.sample("cafcass")
    for event in history.events:
        assert event.sources
        assert set(event.sources) <= listed
        assert event.basis is not None
    for claim in history.coverage:
        assert claim.sources
        assert set(claim.sources) <= listed
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
