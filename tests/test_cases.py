"""The conformance cases in the wheel: for implementations in any language, ours among them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import attrs
import pytest

import ofsted_framework as of
from ofsted_framework._document import parsed
from ofsted_framework._strict import structure
from ofsted_framework.documents import load_document
from ofsted_framework.facts import find
from ofsted_framework.rules import find_rule

FOLDER = files("ofsted_framework") / "data" / "cases"
SORTS = ("pass", "fail", "boundary", "undetermined")


@attrs.frozen(kw_only=True)
class Expected:
    """A verdict that the rule gives."""

    provision: str | None
    subject: str | None
    status: of.Status
    because: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Case:
    """One case. Its record, and what it replaces, are read apart."""

    name: str
    sort: str
    says: str
    framework: str
    choose: dict[str, str] = attrs.field(factory=dict)
    as_of: date
    facts: tuple[str, ...]
    expected: tuple[Expected, ...]


@attrs.frozen(kw_only=True)
class CaseFile:
    """The cases of one rule."""

    format: str
    version: int
    rule: str
    slug: str
    without: dict[str, str] = attrs.field(factory=dict)
    cases: tuple[Case, ...]


def read_file(name: str) -> tuple[CaseFile, list[dict[str, Any]]]:
    """A file, strictly read, and what is left of each of its cases."""
    plain, doubled = parsed((FOLDER / name).read_text(encoding="utf-8"))
    assert doubled == []
    rest = [
        {"record": one.pop("record"), "replace": one.pop("replace", {})} for one in plain["cases"]
    ]
    return structure(plain, CaseFile), rest


def _every_case() -> Iterator[Any]:
    for rule in of.RULES:
        file, rest = read_file(f"{rule.code}.json")
        for one, more in zip(file.cases, rest, strict=True):
            yield pytest.param(rule.code, one, more, id=f"{rule.code}-{one.name}")


CASES = list(_every_case())


def framework_of(one: Case, more: dict[str, Any]) -> of.Framework:
    found = of.framework(one.framework)
    for provision, reading in one.choose.items():
        found = found.choose(provision, reading=reading)
    for provision, new in more["replace"].items():
        found = found.replace(provision, **new)
    return found


def test_every_rule_has_its_file_and_no_other_is_there() -> None:
    there = {one.name for one in FOLDER.iterdir() if one.name.endswith(".json")}
    assert there == {f"{rule.code}.json" for rule in of.RULES}


@pytest.mark.parametrize("code", [rule.code for rule in of.RULES])
def test_every_rule_has_cases_of_the_four_sorts(code: str) -> None:
    file, _ = read_file(f"{code}.json")
    assert (file.format, file.version) == ("ofsted-framework/cases", 1)
    assert (file.rule, file.slug) == (code, find_rule(code).slug)
    sorts = {one.sort for one in file.cases}
    assert sorts <= set(SORTS)
    # Where a rule can have no case of a sort, the file says why.
    assert set(SORTS) - sorts == set(file.without)
    assert all(why.endswith(".") for why in file.without.values())
    names = [one.name for one in file.cases]
    assert len(set(names)) == len(names)


def test_only_these_rules_lack_a_sort() -> None:
    lacking = {
        rule.code: sorted(read_file(f"{rule.code}.json")[0].without)
        for rule in of.RULES
        if read_file(f"{rule.code}.json")[0].without
    }
    assert lacking == {"OF108": ["boundary"]}


@pytest.mark.parametrize(("code", "one", "more"), CASES)
def test_a_case(code: str, one: Case, more: dict[str, Any]) -> None:
    history = load_document(json.dumps(more["record"]), "history")
    assert isinstance(history, of.History)
    framework = framework_of(one, more)
    result = of.check(history, as_of=one.as_of, frameworks=[framework])
    for wanted in one.expected:
        (found,) = [
            verdict
            for verdict in result.verdicts
            if (verdict.code, verdict.provision, verdict.subject)
            == (code, wanted.provision, wanted.subject)
        ]
        assert found.status is wanted.status, found.explain()
        assert sorted(found.because) == list(wanted.because)


STATUSES = {"pass": "satisfied", "fail": "violated", "undetermined": "undetermined"}


@pytest.mark.parametrize(("code", "one", "more"), CASES)
def test_a_case_is_of_its_sort_and_cites_the_facts_of_its_provision(
    code: str, one: Case, more: dict[str, Any]
) -> None:
    assert one.says.endswith(".")
    assert one.expected
    if one.sort in STATUSES:
        assert STATUSES[one.sort] in {wanted.status for wanted in one.expected}
    assert set(find(one.facts)) >= set(one.facts), "facts that are none"
    framework = of.framework(one.framework)
    provisions = {wanted.provision for wanted in one.expected}
    if code == "OF104":
        known = {fact for ground in framework.grounds for fact in ground.facts}
    else:
        ids = {provision.rpartition("/")[2] for provision in provisions if provision is not None}
        rows = [row for row in framework.rows if row.id in ids]
        # A condition that turns on a status rests on what is known of that, too.
        status = {getattr(row, "while_", None) for row in rows}
        rows += [row for row in framework.rows if row.id in status]
        known = {fact for row in rows for ground in row.grounds for fact in ground.facts}
    assert set(one.facts) <= known
    # The rules that hold by definition rest on no fact.
    assert bool(one.facts) is (code not in ("OF101", "OF102", "OF103"))


def test_cases_cover_both_kinds_of_provider() -> None:
    used = {one.values[1].framework for one in CASES}
    assert used == {"cafcass-2021", "ilacs-2018"}
    both = {
        code
        for code in (rule.code for rule in of.RULES)
        if len({one.framework for one in read_file(f"{code}.json")[0].cases}) == 2
    }
    # Of scope, limits, first activities, suspensions, reports and contents only one of them speaks.
    assert {rule.code for rule in of.RULES} - both == {
        "OF108", "OF109", "OF201", "OF303", "OF401", "OF402", "OF403",
    }  # fmt: skip
