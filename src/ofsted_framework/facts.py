"""The lists of facts that ship with the library, read only when something is cited.

A fact is named with its list: `cafcass-2021:A-01` stands in `data/facts/cafcass-2021.toml`, beside
the sources in which that list's facts were read. A source of another list is named with it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import attrs

from .sources import Citation, Fact, Source

_DATA = Path(__file__).parent / "data" / "facts"


@attrs.frozen(kw_only=True)
class FactList:
    """One list of facts, with the documents in which they were read."""

    title: str
    """What it is about."""
    checked: date
    """The day on which its facts were last compared with what was read."""
    facts: tuple[Fact, ...]
    """The facts, in order."""
    sources: tuple[Source, ...]
    """The documents."""
    set_aside: dict[str, str] = attrs.field(factory=dict)
    """Facts that were read and that no framework and no sample encodes, each with the reason."""


@cache
def fact_list(name: str) -> FactList | None:
    """The list of that name; None where none ships."""
    import tomllib

    path = _DATA / f"{name}.toml"
    if not path.is_file():
        return None
    plain = tomllib.loads(path.read_text(encoding="utf-8"))
    checked = plain["checked"]
    facts = []
    for one in plain.get("fact", ()):
        keys = tuple(one.pop("sources", ()))
        facts.append(
            Fact(
                sources=tuple(key if ":" in key else f"{name}:{key}" for key in keys),
                rests_on=tuple(one.pop("from", ())),
                **one,
            )
        )
    sources = [
        Source(
            key=f"{name}:{one.pop('key')}",
            also=tuple(one.pop("also", ())),
            checked=checked,
            **one,
        )
        for one in plain.get("source", ())
    ]
    return FactList(
        title=plain["title"],
        checked=checked,
        facts=tuple(facts),
        sources=tuple(sources),
        set_aside=plain.get("set_aside", {}),
    )


def fact_lists() -> dict[str, FactList]:
    """Every list that ships, by name."""
    names = sorted(path.stem for path in _DATA.glob("*.toml"))
    return {name: found for name in names if (found := fact_list(name)) is not None}


@cache
def _facts(name: str) -> dict[str, Fact]:
    found = fact_list(name)
    return {} if found is None else {fact.id: fact for fact in found.facts}


@cache
def _sources(name: str) -> dict[str, Source]:
    found = fact_list(name)
    return {} if found is None else {source.key: source for source in found.sources}


def find(ids: Iterable[str], own: Iterable[Fact] = ()) -> dict[str, Fact]:
    """The facts of some ids, as far as they are known, with those that they were worked out from.

    Args:
        ids: Ids of facts.
        own: Facts that stand in no list of the library's.
    """
    mine = {fact.id: fact for fact in own}
    found: dict[str, Fact] = {}
    waiting = list(ids)
    for id in waiting:  # grows while it is gone through
        fact = mine.get(id) or _facts(id.partition(":")[0]).get(id)
        if fact is not None and id not in found:
            found[id] = fact
            waiting += fact.rests_on
    return found


def read_in(facts: Iterable[Fact], own: Iterable[Source] = ()) -> dict[str, Source]:
    """The documents in which some facts were read, by key."""
    mine = {source.key: source for source in own}
    found: dict[str, Source] = {}
    for fact in facts:
        for key in fact.sources:
            source = mine.get(key) or _sources(key.partition(":")[0]).get(key)
            if source is not None:
                found[key] = source
    return found


def cite(
    ids: Iterable[str], facts: Iterable[Fact] = (), sources: Iterable[Source] = ()
) -> tuple[Citation, ...]:
    """The facts of some ids, with their sources; ids that are not known are left out."""
    some, facts = list(ids), list(facts)
    known = find(some, facts)
    documents = read_in(known.values(), sources)
    return tuple(
        Citation(
            fact=id,
            says=known[id].says,
            sources=tuple(documents[key] for key in known[id].sources if key in documents),
        )
        for id in some
        if id in known
    )
