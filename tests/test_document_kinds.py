"""Documents of every kind: old versions are read, equal values give equal texts, schemas agree."""

from __future__ import annotations

import copy
import json
import random
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import ofsted_framework as of
from ofsted_framework import documents
from ofsted_framework._document import NAMES, Kind, parsed
from ofsted_framework.answers import KeptAgenda, KeptResult, kept_agenda, kept_result
from ofsted_framework.documents import (
    dump,
    json_schema,
    kinds,
    load_document,
    openapi_components,
)
from ofsted_framework.editions import read_framework
from ofsted_framework.errors import Fault, OfstedFrameworkError
from ofsted_framework.events import EVENTS
from ofsted_framework.provisions import ROWS
from ofsted_framework.simulation import WHATS, Assumption, Behaviour, Fitted, read_behaviour
from test_documents import histories, mutations

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(GOLDEN.glob("*.json"))
KINDS = ("history", "check-result", "agenda", "framework", "behaviour")
VALIDATORS = {kind: Draft202012Validator(json_schema(kind)) for kind in KINDS}
ON = date(2026, 11, 23)


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.json").read_text(encoding="utf-8")


def newest(kind: str) -> str:
    return golden(f"{kind}-{kinds()[kind].version}")


def faults(read: Callable[[], object]) -> list[tuple[str, object, str | None]]:
    with pytest.raises(OfstedFrameworkError) as caught:
        read()
    assert str(caught.value)
    return [(fault.place, fault.value, fault.nearest) for fault in caught.value.faults]


# --- Versions ---------------------------------------------------------------------------------


def test_every_version_of_every_kind_has_a_golden_document() -> None:
    assert tuple(kinds()) == KINDS == NAMES
    wanted = {
        f"{name}-{version}.json"
        for name, kind in kinds().items()
        for version in range(1, kind.version + 1)
    }
    assert {file.name for file in FILES} == wanted
    assert {name: kind.version for name, kind in kinds().items()} == {
        "history": 1, "check-result": 3, "agenda": 2, "framework": 1, "behaviour": 1,
    }  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_golden_documents_are_read_and_rewritten_as_the_newest(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    kind, _, version = file.stem.rpartition("-")
    value = load_document(text)
    assert load_document(text, kind) == value
    again = dump(value)
    assert load_document(again) == value
    assert (again == text) is (int(version) == kinds()[kind].version)


def test_a_check_result_of_version_1() -> None:
    old, new = load_document(golden("check-result-1")), load_document(newest("check-result"))
    assert isinstance(old, KeptResult)
    assert isinstance(new, KeptResult)
    assert attrs.asdict(old.provider) == {
        "name": "Northshire", "kind": None, "urn": None, "region": None, "code": None,
    }  # fmt: skip
    # What version 2 adds is whom it is about, what windows rest on and what was accepted.
    assert [one.departures for one in new.accepted] == [new.departure_ids[:1]]
    assert old.accepted == ()
    bare = tuple(
        attrs.evolve(
            one,
            courses=one.courses and tuple(attrs.evolve(c, grounds=()) for c in one.courses),
        )
        for one in new.verdicts
    )
    assert bare != new.verdicts
    assert old == attrs.evolve(new, provider=old.provider, accepted=(), verdicts=bare, rules=None)
    plain = json.loads(golden("check-result-1"))
    for one in plain["verdicts"]:  # as the first documents had it
        one["severity"] = one["severity"] or "error"
    assert load_document(json.dumps(plain)) == old
    counts = [
        (course.count.at_least, course.count.at_most)
        for one in old.verdicts
        for course in one.courses or ()
        if course.count is not None
    ]
    assert counts == [(0, None)]  # spelt [0, null] there


def test_a_check_result_of_version_2() -> None:
    old, new = load_document(golden("check-result-2")), load_document(golden("check-result-3"))
    assert isinstance(old, KeptResult)
    assert isinstance(new, KeptResult)
    assert old.rules is None
    assert [one.code for one in new.rules or () if one.own] == ["OUR101"]
    assert old == attrs.evolve(new, rules=None)


def test_an_agenda_of_version_1() -> None:
    old, new = load_document(golden("agenda-1")), load_document(newest("agenda"))
    assert isinstance(old, KeptAgenda)
    assert isinstance(new, KeptAgenda)
    assert old.provider.kind is None
    assert {ground.first for one in old.obligations for ground in one.grounds} == {None}
    plain = json.loads(golden("agenda-1"))
    for one in plain["obligations"]:  # as the first documents had it
        del one["kinds"]
    found = load_document(json.dumps(plain))
    assert isinstance(found, KeptAgenda)
    assert {one.kinds for one in found.obligations} == {None}
    assert attrs.evolve(found, obligations=()) == attrs.evolve(old, obligations=())


@pytest.mark.parametrize("name", ["check-result-1", "agenda-1"])
def test_changed_documents_of_an_old_version_are_read_or_refused(name: str) -> None:
    plain = json.loads(golden(name))
    for changed in mutations(plain, 150):
        before = copy.deepcopy(changed)
        try:
            value = load_document(json.dumps(changed))
        except OfstedFrameworkError:
            continue
        finally:
            assert changed == before
        assert load_document(dump(value)) == value


@attrs.frozen
class Visit:
    """A thing that was spelt in three ways."""

    day: str
    words: tuple[str, ...] = ()


def three_versions() -> Kind:
    from ofsted_framework._strict import structure, unstructure

    return Kind(
        name="visit",
        title="A visit",
        of=Visit,
        shape=Visit,
        read=lambda plain: structure(plain, Visit),
        write=unstructure,
        steps=(
            lambda plain: {"day" if key == "date" else key: part for key, part in plain.items()},
            lambda plain: {**plain, "words": plain.get("words", "").split()},
        ),
    )


@pytest.mark.parametrize(
    "plain",
    [
        {"version": 1, "date": "Monday", "words": "in the rain"},
        {"version": 2, "day": "Monday", "words": "in the rain"},
        {"version": 3, "day": "Monday", "words": ["in", "the", "rain"]},
    ],
)
def test_each_step_leads_to_the_next_version(plain: dict[str, Any]) -> None:
    kind = three_versions()
    whole = {"format": "ofsted-framework/visit", **plain}
    before = copy.deepcopy(whole)
    assert kind.version == 3
    assert kind.value(whole) == Visit("Monday", ("in", "the", "rain"))
    assert whole == before
    assert kind.plain(kind.value(whole)) == {
        "format": "ofsted-framework/visit", "version": 3, "day": "Monday",
        "words": ["in", "the", "rain"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("version", "message"),
    [
        (4, "is a later version than this release reads (1 to 3)"),
        (0, "is no version (1 to 3)"),
        (-1, "is no version (1 to 3)"),
        (True, "is not a whole number"),
        ("1", "is not a whole number"),
        (1.0, "is not a whole number"),
        (None, "is not a whole number"),
    ],
)
def test_versions_that_there_are_not(version: object, message: str) -> None:
    plain = {"format": "ofsted-framework/visit", "version": version, "day": "Monday"}
    with pytest.raises(OfstedFrameworkError) as caught:
        three_versions().value(plain)
    near = "3" if type(version) is int else None
    assert caught.value.faults == (Fault("/version", version, message, near),)


# --- Which kind -------------------------------------------------------------------------------


def test_a_document_says_what_it_is() -> None:
    assert faults(lambda: load_document("{}")) == [("/format", None, None)]
    assert faults(lambda: load_document("[]")) == [("", [], None)]
    assert faults(lambda: load_document('{"format": 1}')) == [("/format", 1, None)]
    assert faults(lambda: load_document('{"format": "ofsted-framework/agend"}')) == [
        ("/format", "ofsted-framework/agend", "ofsted-framework/agenda")
    ]
    assert faults(lambda: load_document("{}", "frame")) == [("", "frame", "framework")]
    other = newest("agenda").replace("/agenda", "/check-result")
    assert faults(lambda: load_document(other, "agenda")) == [
        ("/format", "ofsted-framework/check-result", None)
    ]
    assert faults(lambda: documents.loads(newest("framework"), "json")) == [
        ("/format", "ofsted-framework/framework", None)
    ]


def test_what_is_written_and_what_is_not() -> None:
    assert faults(lambda: dump(5)) == [("", "int", None)]  # type: ignore[arg-type]
    framework = of.framework("cafcass-2021")
    assert faults(lambda: dump(framework, layout="csv")) == [("", "csv", "json")]
    assert faults(lambda: dump(framework, layout="jsn")) == [("", "jsn", "json")]
    line = dump(framework, layout="ndjson")
    assert line.count("\n") == 1
    assert load_document(line) == framework


# --- Answers ----------------------------------------------------------------------------------


def cafcass(*edited: of.Framework) -> tuple[Any, Any]:
    history, some = of.sample("cafcass"), edited or None
    return (
        of.check(history, as_of=ON, frameworks=some),
        of.due(history, as_of=ON, frameworks=some),
    )


def test_a_check_result_comes_back_with_its_verdicts_departures_and_receipt() -> None:
    history = load_document(newest("history"))
    assert isinstance(history, of.History)
    result = of.check(history, as_of=date(2025, 3, 3))
    kept = load_document(dump(result))
    assert isinstance(kept, KeptResult)
    assert kept == kept_result(result)
    assert [one.id for one in kept.departures] == [one.id for one in result.departures]
    assert "OF302[ilacs-2018/report-publication]:i-1" in kept.departure_ids
    assert kept.receipt.receipt == result.receipt
    assert kept.counts == {str(status): number for status, number in result.counts.items()}
    for mine, theirs in zip(kept.verdicts, result.verdicts, strict=True):
        assert (mine.code, mine.provision, mine.subject) == (
            theirs.code, theirs.provision, theirs.subject,
        )  # fmt: skip
        assert (mine.status, mine.basis, mine.severity) == (
            theirs.status, theirs.basis, theirs.severity,
        )  # fmt: skip
        assert set(mine.possible) == theirs.possible
        assert mine.message == theirs.message
    # A result, what is kept of it, and what is read of that are written alike.
    assert dump(result) == dump(kept_result(result)) == dump(kept)


def test_an_agenda_comes_back_with_its_obligations_and_receipt() -> None:
    _, agenda = cafcass()
    kept = load_document(dump(agenda))
    assert isinstance(kept, KeptAgenda)
    assert kept == kept_agenda(agenda)
    assert [one.provision for one in kept.obligations] == [one.provision for one in agenda]
    (full,) = (one for one in kept.obligations if one.provision == "full-inspection")
    # As in the worked example of what is due next: the window of 1 April 2024 to 31 March 2027.
    (window,) = (one.window for one in full.courses if one.reading == "fixed-window")
    assert window is not None
    assert (window.earliest, window.latest) == (date(2024, 4, 1), date(2027, 3, 31))
    assert kept.receipt.receipt == agenda.receipt
    assert dump(kept) == dump(agenda)


def test_documents_alone_make_the_same_answer_again() -> None:
    framework = (
        of.framework("cafcass-2021")
        .choose("full-inspection", reading="fixed-window")
        .replace("report-publication", working_days=38)
    )
    result, agenda = cafcass(framework)
    history = load_document(dump(result.history))
    again = load_document(dump(framework))
    assert isinstance(history, of.History)
    assert isinstance(again, of.Framework)
    assert again == framework
    assert again.content_hash == framework.content_hash
    checked = of.check(history, as_of=ON, frameworks=[again])
    assert checked.receipt == result.receipt
    assert dump(checked) == dump(result)
    assert dump(of.due(history, as_of=ON, frameworks=[again])) == dump(agenda)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"departures": []}, [("/departures", [], None)]),
        ({"as_of": "2025-03"}, [("/as_of", "2025-03", None)]),
        ({"verdict": 1}, [("/verdict", "verdict", "verdicts")]),
        ({"provider": "Northshire"}, [("/provider", "Northshire", None)]),
    ],
)
def test_faults_of_a_check_result(
    change: dict[str, Any], expected: list[tuple[str, object, str | None]]
) -> None:
    plain = json.loads(newest("check-result")) | change
    assert faults(lambda: load_document(json.dumps(plain))) == expected


def test_counts_are_those_of_the_verdicts() -> None:
    plain = json.loads(newest("check-result"))
    plain["counts"]["satisfied"] += 1
    ((place, _, _),) = faults(lambda: load_document(json.dumps(plain)))
    assert place == "/counts"
    del plain["counts"]["satisfied"]
    ((place, _, _),) = faults(lambda: load_document(json.dumps(plain)))
    assert place == "/counts"


@settings(max_examples=40)
@given(histories, st.dates(date(1995, 1, 1), date(2100, 1, 1)))
def test_answers_on_any_record_come_back(history: of.History, as_of: date) -> None:
    for ask in (of.check, of.due):
        try:
            answer: Any = ask(history, as_of=as_of)
        except OfstedFrameworkError:  # a deadline beyond the calendar
            continue
        text = dump(answer)
        kind = json.loads(text)["format"].partition("/")[2]
        assert dump(load_document(text)) == text
        VALIDATORS[kind].validate(json.loads(text))


# --- Frameworks -------------------------------------------------------------------------------

SHIPPED = {one.id: one for one in of.frameworks()}


@pytest.mark.parametrize("id", SHIPPED)
def test_a_framework_that_ships_comes_back(id: str) -> None:
    text = dump(SHIPPED[id])
    back = load_document(text)
    assert back == SHIPPED[id]
    assert isinstance(back, of.Framework)
    assert back.content_hash == SHIPPED[id].content_hash
    assert list(back.areas) == list(SHIPPED[id].areas)  # the order in which they are shown
    assert back.facts == SHIPPED[id].facts
    assert dump(back) == text
    VALIDATORS["framework"].validate(json.loads(text))


@st.composite
def edited_frameworks(draw: st.DrawFn) -> of.Framework:
    one = draw(st.sampled_from(list(SHIPPED.values())))
    for _ in range(draw(st.integers(0, 3))):
        readings = sorted({(row.id, str(row.reading)) for row in one.rows if row.reading})
        rows = [row.id for row in one.rows]
        choosing = draw(st.booleans())
        if readings and choosing:
            chosen, reading = draw(st.sampled_from(readings))
            one = one.choose(chosen, reading=reading)
        else:
            words = draw(st.text(st.characters(exclude_characters="{}", codec="utf-8")))
            one = one.replace(draw(st.sampled_from(rows)), sentence=words)
    return one


@settings(max_examples=30)
@given(edited_frameworks())
def test_an_edited_framework_comes_back(framework: of.Framework) -> None:
    text = dump(framework)
    assert load_document(text) == framework
    VALIDATORS["framework"].validate(json.loads(text))


def test_a_framework_is_found_in_a_document_as_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text(golden("framework-1"), encoding="utf-8")
    found = of.framework(path)
    assert (found.id, found.chosen) == ("own-2030", (("inspection-interval", "anniversary"),))
    assert {type(row).tag for row in found.rows} == set(ROWS)
    (report,) = found.provision("report")
    assert getattr(report, "working_days", None) == 30
    assert found.beside is not None
    assert found.beside.others_from == date(2030, 2, 1)
    path.write_text("{", encoding="utf-8")
    assert faults(lambda: of.framework(path)) == [("own.json, line 1, column 2", None, None)]


def with_framework(change: Callable[[dict[str, Any]], object]) -> str:
    plain = json.loads(newest("framework"))
    change(plain)
    return json.dumps(plain)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda p: p["rows"][0].update(type="cadense"),
         [("/rows/0/type", "cadense", "cadence")]),
        (lambda p: p["rows"][0].pop("type"), [("/rows/0/type", None, None)]),
        (lambda p: p["rows"][2].update(working_days="not-know"),
         [("/rows/2/working_days", "not-know", "not-known")]),
        (lambda p: p["rows"][1].update({"while": "judged-inadequat"}),
         [("/rows/1/while", "judged-inadequat", "judged-inadequate")]),
        (lambda p: p["rows"][4].update(scale="for"), [("/rows/4/scale", "for", "four")]),
        (lambda p: p["rows"][0].update(activity="inspecton"),
         [("/rows/0/activity", "inspecton", "inspection")]),
        (lambda p: p["rows"][2].update(sentence="In {working_day} days."),
         [("/rows/2/sentence", "working_day", "working_days")]),
        (lambda p: p["rows"][2].update(sentence="In { days."),
         [("/rows/2/sentence", "In { days.", None)]),
        (lambda p: p["areas"].append(p["areas"][0]),
         [("/areas", ["overall-effectiveness", "care", "leaders", "overall-effectiveness"], None)]),
        (lambda p: p.update(areas={"care": "Care"}), [("/areas", {"care": "Care"}, None)]),
        (lambda p: p["areas"][1].update(name=5), [("/areas/1/name", 5, None)]),
        (lambda p: p["chosen"][0].update(raeding="x"),
         [("/chosen/0/raeding", "raeding", "reading")]),
        (lambda p: p.update(area_sets={"practice": ["cre"]}),
         [("/area_sets/practice", "cre", "care")]),
        (lambda p: p.update(provider_kind="cafcas"),
         [("/provider_kind", "cafcas", "cafcass")]),
        (lambda p: p["beside"].update({"from": "2030"}), [("/beside/from", "2030", None)]),
    ],
)  # fmt: skip
def test_faults_of_a_framework(
    change: Callable[[dict[str, Any]], object], expected: list[tuple[str, object, str | None]]
) -> None:
    assert faults(lambda: load_document(with_framework(change))) == expected


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("In {working_days} working days.", "In 30 working days."),
        ("{{working_days}} is {working_days}.", "{working_days} is 30."),
        ("After {after} of {id}.", "After ('inspection',) of report."),
        ("100 % of it.", "100 % of it."),
    ],
)
def test_values_stand_in_sentences(sentence: str, says: str) -> None:
    text = with_framework(lambda p: p["rows"][2].update(sentence=sentence))
    found = load_document(text)
    assert isinstance(found, of.Framework)
    assert found.provision("report")[0].says() == says


@pytest.mark.parametrize(
    "sentence",
    ["{id.__class__}", "{id[0]}", "{id!r}", "{id:>999999999}", "{}", "{0}", "}", "{{}", "{a{b}}"],
)
def test_a_sentence_looks_into_nothing_else(sentence: str) -> None:
    text = with_framework(lambda p: p["rows"][2].update(sentence=sentence))
    assert [place for place, _, _ in faults(lambda: load_document(text))] == ["/rows/2/sentence"]
    toml = f"""
        id = "x"
        title = "x"
        provider_kind = "cafcass"
        start = 2021-04-01
        [[duration]]
        id = "d"
        activity = "inspection"
        days = 3
        sentence = "{sentence}"
        grounds = []
    """
    ((place, _, _),) = faults(lambda: read_framework(toml))
    assert place == "/duration/0/sentence"


# --- Behaviours -------------------------------------------------------------------------------

_OUTCOMES = {
    "yes or no": ("yes", "no"),
    "a number": ("0", "3", "14"),
    "the last day of a band": ("7", "28", "90"),
    "a part": ("1", "2", "3"),
    "a number from 1 on": ("1", "4", "12"),
    "a number of levels up or, below 0, down": ("-2", "0", "3"),
}
_GIVEN = {
    "shared": ("grade", "drift"),
    "levels": (),
    "start-level": ("good", "inadequate"),
    "drift": ("monitoring", "good", "above-middle"),
    "middle-level": (),
    "drift-months": (),
    "drift-lasts": (),
    "seen": ("inspection",),
    "notices": ("focused-visit",),
}
"""What sorts may be said of, where that is not any text."""


FITTED = st.builds(
    Fitted,
    known_at=st.dates(date(1900, 1, 1), date(2230, 12, 31)),
    since=st.none() | st.dates(date(1900, 1, 1), date(2230, 12, 31)),
    framework=st.just("own"),
    histories=st.integers(0, 90),
    events=st.integers(0, 900),
    record=st.just("0a9f"),
    library=st.just("0.2.0"),
    method=st.lists(st.text(st.characters(codec="utf-8"), max_size=5), max_size=2).map(tuple),
)


@st.composite
def behaviours(draw: st.DrawFn) -> Behaviour:
    found: dict[Any, Assumption] = {}
    for _ in range(draw(st.integers(0, 4))):
        what = draw(st.sampled_from(list(WHATS)))
        kind = WHATS[what].outcomes
        outcomes = list(kind if isinstance(kind, tuple) else _OUTCOMES[kind])
        some = outcomes if kind == "a part" else outcomes[: draw(st.integers(1, len(outcomes)))]
        if not isinstance(kind, str):
            some = list(draw(st.permutations(some)))
        weights = {outcome: draw(st.integers(2, 9)) for outcome in some}
        if what in ("begins", "least-gap", "drift-months", "middle-level", "drift-lasts"):
            weights = {some[0]: 1}
        texts = st.none() | st.text(st.characters(codec="utf-8"), max_size=5)
        given = st.sampled_from((None, *_GIVEN[what])) if what in _GIVEN else texts
        one = Assumption(
            what=what,
            of="*" if what == "drift-months" else draw(st.sampled_from(["*", *EVENTS])),
            given=draw(given),
            weights=weights,
            basis=draw(st.sampled_from(["official", "assumed"])),
            says=draw(texts),
            counted=draw(st.none() | st.integers(0, 9_000)),
        )
        found[one.key] = one
    fitted = draw(st.none() | FITTED)
    return Behaviour(id="b", title="t", assumptions=tuple(found.values()), fitted=fitted)


@settings(max_examples=60)
@given(behaviours())
def test_a_behaviour_comes_back(behaviour: Behaviour) -> None:
    text = dump(behaviour)
    back = load_document(text)
    assert back == behaviour
    assert isinstance(back, Behaviour)
    assert back.content_hash == behaviour.content_hash  # the order of outcomes counts
    assert dump(back) == text
    VALIDATORS["behaviour"].validate(json.loads(text))


@pytest.mark.parametrize("id", ["cafcass", "local-authority"])
def test_a_behaviour_that_ships_comes_back(id: str, tmp_path: Path) -> None:
    shipped = read_behaviour(id)
    path = tmp_path / "own.json"
    path.write_text(dump(shipped), encoding="utf-8")
    assert read_behaviour(path) == shipped
    assert read_behaviour(path).content_hash == shipped.content_hash


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda a: a[0]["weights"].append({"outcome": "good", "weight": 1}),
         [("/assumptions/0/weights", ["outstanding", "good", "good"], None)]),
        (lambda a: a[0]["weights"][0].update(weight=1.5),
         [("/assumptions/0/weights/0/weight", 1.5, None)]),
        (lambda a: a[0]["weights"][0].update(outcome="god"),
         [("/assumptions/0/weights/god", "god", "good")]),
        (lambda a: a[1].update(weights={"7": 1}),
         [("/assumptions/1/weights", {"7": 1}, None)]),
        (lambda a: a[1]["weights"].reverse(),
         [("/assumptions/1/weights", [100, 28, 7], None)]),
        (lambda a: a[1].update(what="lateby"), [("/assumptions/1/what", "lateby", "late-by")]),
        (lambda a: a.append(a[0]),
         [("/assumptions/2", "grade-move of overall-effectiveness, good: outstanding 3, good 17",
           None)]),
    ],
)  # fmt: skip
def test_faults_of_a_behaviour(
    change: Callable[[list[Any]], object], expected: list[tuple[str, object, str | None]]
) -> None:
    plain = json.loads(newest("behaviour"))
    change(plain["assumptions"])
    assert faults(lambda: load_document(json.dumps(plain))) == expected


# --- One form ---------------------------------------------------------------------------------


def shuffled(plain: Any, chance: random.Random) -> Any:
    """The same values, with the fields of every table in another order."""
    if isinstance(plain, dict):
        keys = list(plain)
        chance.shuffle(keys)
        return {key: shuffled(plain[key], chance) for key in keys}
    if isinstance(plain, list):
        return [shuffled(one, chance) for one in plain]
    return plain


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_fields_is_nothing(kind: str) -> None:
    text = newest(kind)
    plain = json.loads(text)
    for seed in range(5):
        other = shuffled(plain, random.Random(seed))
        assert dump(load_document(json.dumps(other))) == text


def test_the_order_of_events_and_claims_is_nothing() -> None:
    history = of.sample("cafcass")
    plain = json.loads(dump(history))
    assert len(plain["coverage"]) > 1
    plain["events"].reverse()
    plain["coverage"].reverse()
    other = load_document(json.dumps(plain))
    assert other == history
    assert isinstance(other, of.History)
    assert dump(other) == dump(history)
    assert dump(of.check(other, as_of=ON)) == dump(of.check(history, as_of=ON))


@pytest.mark.parametrize("kind", KINDS)
def test_no_document_holds_a_fraction(kind: str) -> None:
    def values(plain: Any) -> Iterator[Any]:
        yield plain
        if isinstance(plain, dict | list):
            for part in plain.values() if isinstance(plain, dict) else plain:
                yield from values(part)

    assert {type(one) for one in values(json.loads(newest(kind)))} <= {
        dict, list, str, int, bool, type(None),
    }  # fmt: skip


# --- Schemas ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_schema_with_a_name_of_its_own(kind: str) -> None:
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:ofsted-framework:{kind}:{kinds()[kind].version}"
    assert json.loads(json.dumps(schema)) == schema == json_schema(kind)
    VALIDATORS[kind].validate(json.loads(newest(kind)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_of_a_schema_is_closed(kind: str) -> None:
    def tables(part: Any) -> Iterator[dict[str, Any]]:
        if isinstance(part, dict):
            if part.get("type") == "object":
                yield part
            part = list(part.values())
        for one in part if isinstance(part, list) else ():
            yield from tables(one)

    open_ = [one for one in tables(json_schema(kind)) if one["additionalProperties"] is not False]
    # Tables whose names are anybody's: sets of areas, words of a field, counts by status.
    assert all("properties" not in one for one in open_)
    assert len(open_) == {"framework": 3, "check-result": 1}.get(kind, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_schema_refuses_the_reader_refuses(kind: str) -> None:
    plain = json.loads(newest(kind))
    if "verdicts" in plain:  # most of them are alike
        plain["verdicts"] = plain["verdicts"][::9]
    refused = 0
    for changed in mutations(plain, 400):
        if VALIDATORS[kind].is_valid(changed):
            continue
        refused += 1
        with pytest.raises(OfstedFrameworkError):
            load_document(json.dumps(changed), kind)
    assert refused > 200


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_schema_takes_the_reader_refuses_for_what_no_schema_sees(kind: str) -> None:
    """Most changed documents that a schema takes are read: it is not much too wide."""
    taken = read = 0
    for changed in mutations(json.loads(newest(kind)), 400):
        if VALIDATORS[kind].is_valid(changed):
            taken += 1
            try:
                load_document(json.dumps(changed), kind)
                read += 1
            except OfstedFrameworkError:
                pass
    assert read >= taken / 2


# --- OpenAPI ----------------------------------------------------------------------------------


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from references(one)


def test_the_documents_are_components_of_an_openapi_description() -> None:
    schemas = openapi_components()["schemas"]
    prefix = "#/components/schemas/"
    assert {"History", "CheckResult", "Agenda", "Framework", "Behaviour"} <= set(schemas)
    for reference in references(schemas):
        assert reference.startswith(prefix)
        assert reference.removeprefix(prefix) in schemas
    # OpenAPI allows these characters in names, and no others.
    assert all(name.isascii() and name.isalnum() for name in schemas)


@pytest.mark.parametrize(("name", "classes"), [("Event", EVENTS), ("Row", ROWS)])
def test_what_is_told_apart_by_its_type_is_one_of_with_a_discriminator(
    name: str, classes: dict[str, type]
) -> None:
    schemas = openapi_components()["schemas"]
    union = schemas[name]
    assert union["discriminator"]["propertyName"] == "type"
    mapping = union["discriminator"]["mapping"]
    assert list(mapping) == list(classes)
    assert [one["$ref"] for one in union["oneOf"]] == list(mapping.values())
    for tag, reference in mapping.items():
        one = schemas[reference.rpartition("/")[2]]
        assert one["properties"]["type"] == {"type": "string", "const": tag}
        assert "type" in one["required"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_component_says_what_the_schema_says(kind: str) -> None:
    schemas = openapi_components()["schemas"]
    whole = json_schema(kind)
    text = json.dumps(whole).replace("#/$defs/", "#/components/schemas/")
    here = json.loads(text)
    for name, one in here.pop("$defs").items():
        assert {k: v for k, v in schemas[name].items() if k != "discriminator"} == one
    for key in ("$schema", "$id"):
        del here[key]
    assert schemas[whole["title"]] == here


def test_a_code_generator_reads_every_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generator = pytest.importorskip("datamodel_code_generator")
    pytest.importorskip("pydantic")
    from importlib.util import module_from_spec, spec_from_file_location

    source = {
        "openapi": "3.1.0",
        "info": {"title": "Documents", "version": "1"},
        "paths": {},
        "components": openapi_components(),
    }
    output = tmp_path / "models.py"
    generator.generate(
        json.dumps(source),
        input_file_type=generator.InputFileType.OpenAPI,
        output=output,
        output_model_type=generator.DataModelType.PydanticV2BaseModel,
        formatters=[],  # which would be used turns on the version
    )
    spec = spec_from_file_location("models", output)
    assert spec is not None
    assert spec.loader is not None
    models = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "models", models)
    spec.loader.exec_module(models)
    for kind in KINDS:
        made = getattr(models, json_schema(kind)["title"])
        told = made.model_validate_json(newest(kind))
        plain = told.model_dump(mode="json", by_alias=True, exclude_unset=True)
        assert plain == json.loads(newest(kind))


# --- Text -------------------------------------------------------------------------------------


def test_a_byte_order_mark_is_no_part_of_a_document() -> None:
    assert load_document("\ufeff" + newest("agenda")) == load_document(newest("agenda"))
    assert parsed("\ufeff1") == (1, [])


def test_fields_given_twice_are_told_in_every_kind() -> None:
    text = newest("framework").replace('"id": "own-2030",', '"id": "a", "id": "own-2030",')
    assert faults(lambda: load_document(text)) == [("/id", "own-2030", None)]


def test_the_formats_are_told_by_name() -> None:
    assert documents.FORMAT == "ofsted-framework/history"
    assert {kind.format for kind in kinds().values()} == {
        "ofsted-framework/history", "ofsted-framework/check-result", "ofsted-framework/agenda",
        "ofsted-framework/framework", "ofsted-framework/behaviour",
    }  # fmt: skip
