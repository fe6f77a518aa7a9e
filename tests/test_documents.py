import json
import random
import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ofsted_framework import _document, _strict, framework
from ofsted_framework.dates import When
from ofsted_framework.documents import FORMAT, HISTORY, Loaded, dump, json_schema, loads, sample
from ofsted_framework.errors import Fault, OfstedFrameworkError
from ofsted_framework.events import EVENTS, ActionPlan, Event, Inspection, Level, Part, Scope
from ofsted_framework.grades import Grade, GradeScale, Judgement
from ofsted_framework.history import COMPLETE, Coverage, History, Provider
from ofsted_framework.provisions import ROWS, Response, Route
from ofsted_framework.tables import read

_Any = TypeVar("_Any")
days = st.dates(date(1900, 1, 1), date(2230, 12, 31))
ids = st.text(min_size=1, max_size=8).filter(lambda text: text.isprintable() and text.strip())
# What can be written to a file: no half of a surrogate pair.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = texts.map(str.strip).filter(bool)


@st.composite
def whens(draw: st.DrawFn) -> When:
    first, last = sorted((draw(days), draw(days)))
    month, year = f"{first:%Y-%m}", f"{first.year:04}"
    spellings = [str(first), month, year, f"{first}/{last}", f"../{first}", f"{first}/.."]
    return When.of(draw(st.sampled_from(spellings)))


scopes = st.one_of(
    st.just(Scope(Level.NATIONAL)),
    st.builds(Scope, st.sampled_from([Level.REGION, Level.SERVICE_AREA]), names),
)
judgements = st.builds(Judgement, texts, st.sampled_from(Grade))
_BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    bool: st.booleans(),
    When: whens(),
    Scope: scopes,
    Part: st.builds(Part, whens(), whens()),
    Judgement: judgements,
}


def _values(field: "attrs.Attribute[Any]") -> st.SearchStrategy[Any]:
    kind, optional = field.type, False
    if "| None" in str(kind):
        kind, optional = kind.__args__[0], True  # type: ignore[union-attr]
    if str(kind).startswith("tuple"):
        item = kind.__args__[0]  # type: ignore[union-attr]
        value: st.SearchStrategy[Any] = st.lists(_BY_TYPE[item], max_size=3).map(tuple)
    else:
        words: Any = kind
        value = _BY_TYPE[kind] if kind in _BY_TYPE else st.sampled_from(list(words))
    return st.one_of(st.none(), value) if optional else value


@st.composite
def events(draw: st.DrawFn) -> Event:
    cls = draw(st.sampled_from(list(EVENTS.values())))
    given_: dict[str, Any] = {"id": draw(ids), "start": draw(whens())}
    for field in attrs.fields(attrs.resolve_types(cls)):
        if field.name in given_ or draw(st.booleans()):
            continue
        if (cls, field.name) == (Inspection, "kind"):
            given_["kind"] = draw(st.sampled_from([None, *Inspection.KINDS]))
        elif field.name == "inspectorates":  # short names: texts without blanks in them
            short = names.filter(lambda name: len(name.split()) == 1)
            given_["inspectorates"] = draw(st.lists(short, max_size=3).map(tuple))
        else:
            given_[field.name] = draw(_values(field))
    if not given_.get("judgements"):
        given_.pop("judgements_partial", None)
    return cls(**given_)


providers = st.builds(
    Provider,
    name=texts.filter(str.strip),
    kind=st.sampled_from(["cafcass", "local-authority"]),
    urn=st.none() | texts,
    region=st.none() | texts,
)


@st.composite
def claims(draw: st.DrawFn) -> Coverage:
    first, last = sorted((draw(days), draw(days)))
    return Coverage(
        type=draw(st.sampled_from(["*", *EVENTS])),
        first=draw(st.sampled_from([None, first])),
        last=draw(st.sampled_from([None, last])),
        fields=tuple(draw(st.lists(texts, max_size=2))),
        omits=draw(st.none() | texts),
        basis=draw(st.sampled_from([None, "official", "assumed"])),
        sources=tuple(draw(st.lists(texts, max_size=2))),
    )


histories = st.builds(
    History,
    providers,
    st.lists(events(), max_size=4, unique_by=lambda event: event.id),
    coverage=st.lists(claims(), max_size=2),
)

MINIMAL: dict[str, Any] = {
    "format": FORMAT,
    "version": 1,
    "provider": {"name": "Cafcass", "kind": "cafcass"},
    "events": [{"type": "inspection", "id": "a", "start": "2024-01-22"}],
}


def faults(read_it: Callable[[], object]) -> list[tuple[str, object, str | None]]:
    """Place, value and nearest of every fault."""
    with pytest.raises(OfstedFrameworkError) as caught:
        read_it()
    assert str(caught.value)
    return [(fault.place, fault.value, fault.nearest) for fault in caught.value.faults]


def with_event(**fields: Any) -> dict[str, Any]:
    event = {**MINIMAL["events"][0], **fields}
    return {**MINIMAL, "events": [{k: v for k, v in event.items() if v != "DROP"}]}


def in_json(plain: object) -> list[tuple[str, object, str | None]]:
    return faults(lambda: loads(json.dumps(plain), "json"))


NAMES_DAY = "/events/0/start"
BAD_EVENTS: list[tuple[dict[str, Any], list[tuple[str, object, str | None]]]] = [
    ({"type": "DROP"}, [("/events/0/type", None, None)]),
    ({"type": "inspecton"}, [("/events/0/type", "inspecton", "inspection")]),
    ({"type": 5}, [("/events/0/type", 5, None)]),
    ({"type": None}, [("/events/0/type", None, None)]),
    ({"type": ["inspection"]}, [("/events/0/type", ["inspection"], None)]),
    (
        {"type": "visit", "id": "DROP", "start": 5},
        [("/events/0/type", "visit", None), ("/events/0/id", None, None), (NAMES_DAY, 5, None)],
    ),
    ({"id": "DROP"}, [("/events/0/id", None, None)]),
    ({"start": "DROP"}, [(NAMES_DAY, None, None)]),
    ({"id": ""}, [("/events/0/id", "", None)]),
    ({"id": "a\u202eb"}, [("/events/0/id", "a\u202eb", None)]),
    ({"id": "a\nb"}, [("/events/0/id", "a\nb", None)]),
    ({"id": "a\x00"}, [("/events/0/id", "a\x00", None)]),
    ({"id": "\ud800"}, [("/events/0/id", "\ud800", None)]),
    ({"id": 7}, [("/events/0/id", 7, None)]),
    ({"id": True}, [("/events/0/id", True, None)]),
    # What the class refuses of one field is told beside what cannot be read of another.
    ({"id": "", "start": "x"}, [(NAMES_DAY, "x", None), ("/events/0/id", "", None)]),
    (
        {"kind": "ful", "end": 1, "strat": 2},
        [
            ("/events/0/end", 1, None),
            ("/events/0/strat", "strat", "start"),
            ("/events/0/kind", "ful", "full"),
        ],
    ),
    # Fields that only go together are not called apart because one of them cannot be read.
    ({"judgements": 1, "judgements_partial": True}, [("/events/0/judgements", 1, None)]),
    ({"judgements_partial": True}, [("/events/0/judgements_partial", True, None)]),
    ({"judgements_partial": 1}, [("/events/0/judgements_partial", 1, None)]),
    ({"judgements_partial": "yes"}, [("/events/0/judgements_partial", "yes", None)]),
    ({"start": 20260105}, [(NAMES_DAY, 20260105, "2026-01-05")]),
    ({"start": "20260105"}, [(NAMES_DAY, "20260105", "2026-01-05")]),
    ({"start": "05/01/2026"}, [(NAMES_DAY, "05/01/2026", "2026-01-05")]),
    ({"start": "2026-1-5"}, [(NAMES_DAY, "2026-1-5", "2026-01-05")]),
    ({"start": "2026-01-05 "}, [(NAMES_DAY, "2026-01-05 ", "2026-01-05")]),
    ({"start": "2026-01-05T00:00:00"}, [(NAMES_DAY, "2026-01-05T00:00:00", "2026-01-05")]),
    ({"start": "2026-02-30"}, [(NAMES_DAY, "2026-02-30", None)]),
    ({"start": "1899-12-31"}, [(NAMES_DAY, "1899-12-31", None)]),
    ({"start": "2024-03/2024-02"}, [(NAMES_DAY, "2024-03/2024-02", None)]),
    ({"start": "../.."}, [(NAMES_DAY, "../..", None)]),
    ({"start": ""}, [(NAMES_DAY, "", None)]),
    ({"start": None}, [(NAMES_DAY, None, None)]),
    ({"start": True}, [(NAMES_DAY, True, None)]),
    ({"start": 2024.0}, [(NAMES_DAY, 2024.0, None)]),
    ({"start": ["2024"]}, [(NAMES_DAY, ["2024"], None)]),
    ({"start": {"year": 2024}}, [(NAMES_DAY, {"year": 2024}, None)]),
    ({"sources": "abc"}, [("/events/0/sources", "abc", None)]),
    ({"sources": None}, [("/events/0/sources", None, None)]),
    (
        {"sources": ["a", 1, None]},
        [("/events/0/sources/1", 1, None), ("/events/0/sources/2", None, None)],
    ),
    ({"inspectorates": "ofsted"}, [("/events/0/inspectorates", "ofsted", None)]),
    ({"inspectorates": {"a": 1}}, [("/events/0/inspectorates", {"a": 1}, None)]),
    ({"note": ["a"]}, [("/events/0/note", ["a"], None)]),
    ({"note": 1}, [("/events/0/note", 1, None)]),
    ({"note": "\udc00"}, [("/events/0/note", "\udc00", None)]),
    ({"basis": "oficial"}, [("/events/0/basis", "oficial", "official")]),
    ({"basis": {}}, [("/events/0/basis", {}, None)]),
    ({"scope": "regional"}, [("/events/0/scope", "regional", "region")]),
    ({"scope": "region:"}, [("/events/0/scope", "region:", None)]),
    ({"scope": "national:"}, [("/events/0/scope", "national:", "national")]),
    ({"scope": "national:x"}, [("/events/0/scope", "national:x", None)]),
    ({"scope": "region: X"}, [("/events/0/scope", "region: X", "region:X")]),
    ({"scope": 1}, [("/events/0/scope", 1, None)]),
    ({"parts": ["2024"]}, [("/events/0/parts/0", "2024", None)]),
    (
        {"parts": [{"start": "2024", "ende": "2024"}]},
        [("/events/0/parts/0/end", None, None), ("/events/0/parts/0/ende", "ende", "end")],
    ),
    (
        {"judgements": [{"area": "x", "grade": "god"}]},
        [("/events/0/judgements/0/grade", "god", "good")],
    ),
    (
        {"judgements": [{"area": 1, "grade": ["good"]}]},
        [
            ("/events/0/judgements/0/area", 1, None),
            ("/events/0/judgements/0/grade", ["good"], None),
        ],
    ),
    ({"judgements": {"x": "good"}}, [("/events/0/judgements", {"x": "good"}, None)]),
    ({"theme": "x"}, [("/events/0/theme", "theme", None)]),
    ({"a/b~c": 1}, [("/events/0/a~1b~0c", "a/b~c", None)]),
    ({"": 1}, [("/events/0/", "", None)]),
]


@pytest.mark.parametrize(("fields", "expected"), BAD_EVENTS)
def test_each_fault_of_an_event_is_told_with_place_value_and_nearest(
    fields: dict[str, Any], expected: list[tuple[str, object, str | None]]
) -> None:
    assert in_json(with_event(**fields)) == expected


BAD_DOCUMENTS: list[tuple[object, list[tuple[str, object, str | None]]]] = [
    ([], [("", [], None)]),
    (None, [("", None, None)]),
    ("x", [("", "x", None)]),
    ({}, [("/format", None, None), ("/version", None, None), ("/provider", None, None)]),
    (
        {**MINIMAL, "format": "ofsted-framework/histroy"},
        [("/format", "ofsted-framework/histroy", FORMAT)],
    ),
    ({**MINIMAL, "format": 1}, [("/format", 1, None)]),
    ({**MINIMAL, "version": 2}, [("/version", 2, "1")]),
    ({**MINIMAL, "version": True}, [("/version", True, None)]),
    ({**MINIMAL, "version": "1"}, [("/version", "1", None)]),
    ({**MINIMAL, "version": 1.0}, [("/version", 1.0, None)]),
    ({**MINIMAL, "event": []}, [("/event", "event", "events")]),
    ({**MINIMAL, "events": {}}, [("/events", {}, None)]),
    ({**MINIMAL, "events": None}, [("/events", None, None)]),
    ({**MINIMAL, "events": ["a"]}, [("/events/0", "a", None)]),
    ({**MINIMAL, "provider": "Cafcass"}, [("/provider", "Cafcass", None)]),
    (
        {**MINIMAL, "provider": {"name": " ", "kind": "cafcas"}},
        [("/provider/name", " ", None), ("/provider/kind", "cafcas", "cafcass")],
    ),
    (
        {**MINIMAL, "provider": {"name": " ", "kind": 5}},
        [("/provider/kind", 5, None), ("/provider/name", " ", None)],
    ),
    (
        {**MINIMAL, "provider": {"name": "x", "kind": "cafcass", "urn": 80441}},
        [("/provider/urn", 80441, None)],
    ),
    ({**MINIMAL, "coverage": "complet"}, [("/coverage", "complet", None)]),
    (
        {**MINIMAL, "coverage": [{"type": "visit", "from": 1}]},
        [("/coverage/0/from", 1, None), ("/coverage/0/type", "visit", None)],
    ),
    (
        {**MINIMAL, "coverage": [{"type": "inspecton"}]},
        [("/coverage/0/type", "inspecton", "inspection")],
    ),
    (
        {**MINIMAL, "coverage": [{"type": "*", "from": "2024-02-01", "to": "2024-01-01"}]},
        [("/coverage/0/to", "2024-01-01", None)],
    ),
    (
        {**MINIMAL, "coverage": [{"type": "*", "from": "2024"}]},
        [("/coverage/0/from", "2024", None)],
    ),
    (
        {**MINIMAL, "coverage": [{"type": "*", "from": "2024-01-01/2024-01-01"}]},
        [("/coverage/0/from", "2024-01-01/2024-01-01", None)],
    ),
    (
        {**MINIMAL, "coverage": [{"type": "*", "from": "01/02/2024"}]},
        [("/coverage/0/from", "01/02/2024", "2024-02-01")],
    ),
    (
        {**MINIMAL, "coverage": [{"type": "*", "first": "2024-01-01"}]},
        [("/coverage/0/first", "first", None)],
    ),
    # Ids are compared whatever else is wrong, and every fault is told at once.
    (
        {
            **MINIMAL,
            "version": 3,
            "events": [*MINIMAL["events"] * 2, {"type": "inspection", "id": "b", "start": 1}],
        },
        [("/version", 3, "1"), ("/events/1/id", "a", None), ("/events/2/start", 1, None)],
    ),
]


@pytest.mark.parametrize(("plain", "expected"), BAD_DOCUMENTS)
def test_each_fault_of_a_document_is_told_with_place_value_and_nearest(
    plain: object, expected: list[tuple[str, object, str | None]]
) -> None:
    assert in_json(plain) == expected


def test_json_that_is_none() -> None:
    assert faults(lambda: loads('{"a": }', "json")) == [("line 1, column 7", None, None)]
    assert faults(lambda: loads("", "json")) == [("line 1, column 1", None, None)]
    deep = "[" * 200_000
    assert faults(lambda: loads(deep, "json")) == [("", None, None)]
    assert faults(lambda: loads(f"a = {deep}", "toml")) == [("", None, None)]


def test_fields_given_twice_are_told_with_their_places() -> None:
    text = (
        f'{{"format": "{FORMAT}", "version": 1,'
        ' "provider": {"name": "x", "name": "y", "kind": "cafcass"},'
        ' "events": [{"type": "inspection", "id": "a", "id": "b", "id": "c", "start": 1}],'
        ' "coverage": [],  "coverage": []}'
    )
    assert faults(lambda: loads(text, "json")) == [
        ("/coverage", [], None),
        ("/provider/name", "y", None),
        ("/events/0/id", "c", None),
        ("/events/0/start", 1, None),
    ]


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e400", "1" * 5000, "-" + "9" * 4500])
def test_numbers_that_are_none_are_told_where_they_stand(number: str) -> None:
    text = json.dumps(with_event(start="HERE")).replace('"HERE"', number)
    assert [place for place, _, _ in faults(lambda: loads(text, "json"))] == [NAMES_DAY]
    text = json.dumps({**MINIMAL, "version": "HERE"}).replace('"HERE"', number)
    assert [place for place, _, _ in faults(lambda: loads(text, "json"))] == ["/version"]


def test_values_nested_as_deeply_as_can_be_are_told() -> None:
    text = json.dumps(with_event(note="HERE")).replace('"HERE"', "[" * 900 + "]" * 900)
    assert [place for place, _, _ in faults(lambda: loads(text, "json"))] == ["/events/0/note"]


TOML = """
[provider]
name = "Cafcass"
kind = "cafcass"

[[events]]
type = "inspection"
id = "a"
start = 2024-01-22
end = "2024-02"
"""


def test_toml_has_days_and_needs_no_format() -> None:
    (history,) = loads(TOML, "toml")
    assert history.events == (Inspection(id="a", start=date(2024, 1, 22), end="2024-02"),)
    assert loads(f'coverage = "complete"\n{TOML}', "toml")[0].coverage == (COMPLETE,)


@pytest.mark.parametrize(
    ("line", "place", "near"),
    [
        ("start = 2024-01-22T00:00:00", "/events/0/start", "2024-01-22"),
        ("start = 2024-01-22T00:00:00Z", "/events/0/start", "2024-01-22"),
        ("start = 10:00:00", "/events/0/start", None),
        ("start = 0x" + "f" * 5000, "/events/0/start", None),
        ("start = nan", "/events/0/start", None),
        ("start = 1899-12-31", "/events/0/start", None),
    ],
)
def test_toml_values_that_are_no_days(line: str, place: str, near: str | None) -> None:
    text = TOML.replace("start = 2024-01-22", line)
    assert [(where, hint) for where, _, hint in faults(lambda: loads(text, "toml"))] == [
        (place, near)
    ]


def test_toml_that_is_none() -> None:
    assert faults(lambda: loads("a = 1\na = 2\n", "toml"))[0][0].startswith("line 2, column")
    assert faults(lambda: loads("a = ", "toml")) != []
    assert faults(lambda: loads("a = " + "1" * 5000, "toml")) != []
    # A day of a claim outside the years known would be written and not read back.
    text = f'{TOML}\n[[coverage]]\ntype = "*"\nfrom = 0001-01-01'
    assert faults(lambda: loads(text, "toml")) == [("/coverage/0/from", date(1, 1, 1), None)]


def test_layouts_and_samples_that_there_are_not() -> None:
    assert faults(lambda: loads("", "jsn")) == [("", "jsn", "json")]
    assert faults(lambda: sample("cafcas")) == [("", "cafcas", "cafcass")]
    assert faults(lambda: json_schema("histori")) == [("", "histori", "history")]
    assert faults(lambda: dump(sample("cafcass"), layout="cvs")) == [("", "cvs", "csv")]
    assert faults(lambda: dump(sample("cafcass"), layout="ndjsn")) == [("", "ndjsn", "ndjson")]
    with pytest.raises(OfstedFrameworkError, match=r"is no layout that is read \(json, ndjson, "):
        loads("", "jsn")
    with pytest.raises(OfstedFrameworkError, match=r"is of no class that is written \(History, "):
        dump(7)  # type: ignore[arg-type]
    with pytest.raises(OfstedFrameworkError, match=r"is no kind of document \(history, "):
        json_schema("histori")
    with pytest.raises(OfstedFrameworkError, match=r"is no sample \(cafcass, .*\)"):
        sample("cafcas")
    with pytest.raises(OfstedFrameworkError, match=r"is no layout that is written"):
        dump(sample("cafcass"), layout="cvs")
    with pytest.raises(OfstedFrameworkError, match=r"holds records only"):
        dump(framework("cafcass-2021"), layout="csv")


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(lambda: read(tmp_path / "a.jsn")) == [("", "a.jsn", ".json")]
    assert faults(lambda: read(tmp_path / "a")) == [("", "a", None)]
    assert faults(lambda: read(tmp_path / "a.json")) == [("", "a.json", None)]
    assert faults(lambda: read("a\0.json")) == [("", "a\0.json", None)]
    (tmp_path / "d.json").mkdir()
    assert faults(lambda: read(tmp_path / "d.json")) == [("", "d.json", None)]
    (tmp_path / "b.csv").write_bytes("type\n£".encode("cp1252"))
    with pytest.raises(OfstedFrameworkError, match=r"byte 5 is 0xa3 \(save it as “CSV UTF-8”\)"):
        read(tmp_path / "b.csv")
    monkeypatch.setattr(_document, "_LARGEST", 3)
    with pytest.raises(OfstedFrameworkError, match="is larger than 3 bytes"):
        read(tmp_path / "b.csv")


def test_reading_files_and_taking_them_as_complete(tmp_path: Path) -> None:
    history = sample("cafcass")
    path = tmp_path / "record.JSON"
    path.write_text("\ufeff" + dump(history), encoding="utf-8")
    assert read(path) == Loaded((history,))
    plain = json.loads(dump(history))
    complete = loads(json.dumps({**plain, "coverage": "complete"}), "json")
    assert read(str(path), complete=True).histories == complete
    assert complete[0].coverage == (COMPLETE,)


def test_an_id_that_stands_twice() -> None:
    # The last stands first in time: the place is that of the text.
    days = "2022-06-13", "2022-01-10", "2021-01-11"
    events = [{"type": "inspection", "id": "a", "start": start} for start in days]
    with pytest.raises(OfstedFrameworkError) as caught:
        loads(json.dumps({**MINIMAL, "events": events}), "json")
    assert [(one.place, one.value, one.message) for one in caught.value.faults] == [
        ("/events/1/id", "a", "is the id at /events/0/id too"),
        ("/events/2/id", "a", "is the id at /events/0/id too"),
    ]
    assert faults(lambda: loads(json.dumps({**MINIMAL, "events": [*events[:1], 7]}), "json"))[0][
        0
    ] == "/events/1"  # fmt: skip


def test_records_on_lines() -> None:
    history = sample("cafcass")
    line = dump(history, layout="ndjson").rstrip()
    assert loads(f"{line}\n\n{line}", "ndjson") == (history, history)
    assert Loaded((history, history)).events == 2 * len(history.events)
    assert loads("\ufeff", "ndjson") == ()
    assert loads("\ufeff" + line, "ndjson") == (history,)
    unknown = json.dumps({**json.loads(line), "more": 1})
    assert faults(lambda: loads(f"{line}\n{unknown}\n\n{{", "ndjson")) == [
        ("line 2, /more", "more", None), ("line 4, column 2", None, None),
    ]  # fmt: skip


def test_the_sample_comes_back_and_is_canonical() -> None:
    history = sample("cafcass")
    text = dump(history)
    assert loads(text, "json") == (history,)
    assert dump(loads(text, "json")[0]) == text
    plain = json.loads(text)
    plain["events"].reverse()
    assert dump(loads(json.dumps(plain), "json")[0]) == text


DATA = Path(_strict.__file__).parent / "data" / "frameworks"


@given(histories)
def test_what_is_dumped_is_read_back(history: History) -> None:
    text = dump(history)
    assert loads(text, "json") == (history,)
    assert dump(loads(text, "json")[0]) == text
    text.encode()


@given(events())
def test_events_read_quickly_are_those_read_slowly(event: Event) -> None:
    plain = _strict.unstructure(event)
    tag = plain.pop("type")
    quick = _strict._quickly(EVENTS[tag], plain)
    assert _strict._converter().structure(plain, EVENTS[tag]) == event
    if quick is not None:
        assert quick == event
        assert repr(quick) == repr(event)
        assert hash(quick) == hash(event)


@given(events())
def test_events_written_quickly_are_those_written_slowly(event: Event) -> None:
    plain = _strict.plainly(event, Event)
    assert json.dumps(plain) == json.dumps(_strict.unstructure(event))
    assert _strict._converter().structure(plain, Event) == event


@given(histories)
def test_records_written_quickly_are_those_written_slowly(history: History) -> None:
    plain = HISTORY.surely(history)
    if plain is not None:
        assert json.dumps(plain) == json.dumps(HISTORY.write(history))


def test_a_record_with_claims_is_written_quickly() -> None:
    claims = [Coverage(type="inspection", first=date(2020, 1, 1))]
    history = History(Provider(name="x", kind="cafcass"), [Inspection(id="a", start="2024-02")],
                      coverage=claims)  # fmt: skip
    assert HISTORY.surely(history) == {
        "provider": {"name": "x", "kind": "cafcass"},
        "events": [{"type": "inspection", "id": "a", "start": "2024-02"}],
        "coverage": [{"type": "inspection", "from": "2020-01-01"}],
    }


class _Words(str):
    pass


def forced(value: _Any, **fields: object) -> _Any:
    """A value with fields that its class would have refused."""
    for name, field in fields.items():
        object.__setattr__(value, name, field)
    return value


def test_nothing_that_might_be_read_as_another_is_written_quickly() -> None:
    class Own(Inspection):
        pass

    good = Inspection(id="a", start="2024", views=("x",), judgements=[Judgement("in-care", "good")])
    assert _strict.plainly(good, Event) == {
        "type": "inspection", "id": "a", "start": "2024", "views": ["x"],
        "judgements": [{"area": "in-care", "grade": "good"}],
    }  # fmt: skip
    assert _strict.plainly(Own(id="a", start="2024"), Event) is None
    for name, value in [
        ("note", "\ud800"), ("note", _Words("x")), ("kind", 1), ("draft", 1), ("start", "2024"),
        ("scope", "national"), ("views", ["x"]), ("views", ("\ud800",)), ("views", (1,)),
        ("sources", "x"), ("judgements_partial", 1), ("basis", "official"), ("judgements", ("x",)),
        ("judgements", (forced(Judgement("x", "good"), area=1),)),
        ("judgements", (Judgement("\ud800", "good"),)),
    ]:  # fmt: skip
        bad = ActionPlan(id="a", start="2024") if name == "draft" else attrs.evolve(good)
        object.__setattr__(bad, name, value)
        assert _strict.plainly(bad, Event) is None, name
    provider = forced(Provider(name="x", kind="cafcass"), urn=("a",))
    assert _strict.plainly(provider, Provider) is None


def test_the_events_of_a_sample_are_read_quickly() -> None:
    for event in sample("south-tyneside").events:
        plain = _strict.unstructure(event)
        tag = plain.pop("type")
        assert _strict._quickly(EVENTS[tag], plain) == event


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_the_rows_of_frameworks_are_read_quickly(path: Path) -> None:
    plain = tomllib.loads(path.read_text("utf-8"))
    for tag, one in ROWS.items():
        cls: Any = one
        read = _strict._reader(cls)
        assert read is not None
        for row in plain.get(tag, ()):
            if "sentence" in row:
                assert repr(read(row)) == repr(_strict._converter().structure(row, cls))


def test_what_is_good_needs_no_cattrs() -> None:
    code = (
        "import sys, datetime, ofsted_framework as of\n"
        "history = of.sample('cafcass')\n"
        "of.check(history, as_of=datetime.date(2026, 11, 23)).receipt\n"
        "of.due(history, as_of=datetime.date(2026, 11, 23)).receipt\n"
        "print('cattrs' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"


@pytest.mark.parametrize(("fields", "expected"), BAD_EVENTS)
def test_nothing_bad_is_read_quickly(
    fields: dict[str, Any], expected: list[tuple[str, object, str | None]]
) -> None:
    (plain,) = with_event(**fields)["events"]
    tag = plain.get("type")
    if isinstance(tag, str) and tag in EVENTS:
        assert _strict._quickly(EVENTS[tag], plain) is None


def test_what_would_not_be_read_back_is_not_dumped() -> None:
    provider = Provider(name="x", kind="cafcass")
    history = History(provider, [Inspection(id="a", start="2024", note="\ud800")])
    assert faults(lambda: dump(history)) == [("/events/0/note", "\ud800", None)]
    history = History(provider, coverage=[Coverage(type="*", first=date(1, 1, 1))])
    assert faults(lambda: dump(history)) == [("/coverage/0/from", "0001-01-01", None)]
    history = History(forced(Provider(name="x", kind="cafcass"), urn=("a",)))
    assert faults(lambda: dump(history)) == [("/provider/urn", ["a"], None)]


def _mutated(plain: Any, chance: random.Random) -> Any:
    """The values with one of them changed for something else, or dropped, or given twice."""
    other: Any = chance.choice(
        [None, True, 0, -1, 1.5, "", "x", "2024", [], {}, [[]], {"type": "inspection"}, "\ud800",
         10**30, "2024-01-22", ["a"], {"": 1}]
    )  # fmt: skip
    if isinstance(plain, dict) and plain and chance.random() < 0.9:
        key = chance.choice(list(plain))
        if chance.random() < 0.1:
            return {name: value for name, value in plain.items() if name != key}
        if chance.random() < 0.1:
            return {**plain, chance.choice(["", "a/b", "Id", key + "s"]): other}
        return {**plain, key: _mutated(plain[key], chance)}
    if isinstance(plain, list) and plain and chance.random() < 0.9:
        index = chance.randrange(len(plain))
        return [*plain[:index], _mutated(plain[index], chance), *plain[index + 1 :]]
    return other


def mutations(plain: Any, times: int) -> list[Any]:
    chance = random.Random(times)
    return [_mutated(plain, chance) for _ in range(times)]


def test_changed_documents_are_read_or_refused() -> None:
    for plain in mutations(json.loads(dump(sample("cafcass"))), 1500):
        try:
            (history,) = loads(json.dumps(plain), "json")
        except OfstedFrameworkError:
            continue
        assert loads(dump(history), "json") == (history,)


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
    | st.sampled_from(["inspection", "2024", "type", "cafcass"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["type", "id", "start", "events", "provider", "name", "kind", "parts"])
        | st.text(max_size=3),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(_anything)
def test_any_values_are_read_or_refused(plain: object) -> None:
    for whole in (plain, {**MINIMAL, "events": plain}, {**MINIMAL, "events": [plain]}):
        with suppress(OfstedFrameworkError):
            loads(json.dumps(whole), "json")


@given(st.text(), st.sampled_from(["json", "toml"]))
def test_any_text_is_read_or_refused(text: str, layout: str) -> None:
    with pytest.raises(OfstedFrameworkError) as caught:
        loads(text, layout)
    assert str(caught.value)


@given(st.text(st.sampled_from('[]{}",:=.#\n ab1-T"\\u\'')))
def test_text_like_toml_and_json_is_read_or_refused(text: str) -> None:
    for layout in ("json", "toml"):
        with pytest.raises(OfstedFrameworkError):
            loads(text, layout)


ROUTE = {"id": "r", "sentence": "s", "grounds": [], "kind": "full"}
RESPONSE: dict[str, Any] = {
    **{"id": "r", "sentence": "s", "grounds": [], "after": [], "gives": "published"},
    "working_days": 3,
}


def test_the_converter_is_as_strict_with_the_rest() -> None:
    assert _strict.structure({**RESPONSE, "when": {"kind": ["full"]}}, Response).when == {
        "kind": ("full",)
    }
    assert faults(lambda: _strict.structure({**RESPONSE, "when": []}, Response)) == [
        ("/when", [], None)
    ]
    bad = {**RESPONSE, "when": {"a/b": "full"}, "counted_from": "ende", "working_days": "not-know"}
    assert faults(lambda: _strict.structure(bad, Response, place="/response/0")) == [
        ("/response/0/when/a~1b", "full", None),
        ("/response/0/counted_from", "ende", "end"),
        ("/response/0/working_days", "not-know", "not-known"),
    ]
    days = {**RESPONSE, "working_days": True}
    assert faults(lambda: _strict.structure(days, Response)) == [("/working_days", True, None)]
    # Required lists have no stand-in, so that only what can be read alone is told.
    wrong = {**ROUTE, "grounds": "x", "id": 1}
    assert faults(lambda: _strict.structure(wrong, Route)) == [
        ("/id", 1, None),
        ("/grounds", "x", None),
    ]
    assert faults(lambda: _strict.structure({**ROUTE, "while": "x"}, Route)) == [("", "r", None)]
    assert faults(lambda: _strict.structure({"id": "s", "grades": "good"}, GradeScale)) == [
        ("/grades", "good", None)
    ]


@attrs.frozen
class Pairs:
    pairs: tuple[tuple[str, int], ...] = ()


def test_lists_of_a_fixed_length() -> None:
    assert _strict.structure({"pairs": [["a", 1]]}, Pairs) == Pairs((("a", 1),))
    assert faults(lambda: _strict.structure({"pairs": ["ab", ["a"], ["a", "b"]]}, Pairs)) == [
        ("/pairs/0", "ab", None),
        ("/pairs/1", ["a"], None),
        ("/pairs/2/1", "b", None),
    ]


def test_what_nobody_foresaw_is_a_fault_too() -> None:
    class Unknown:
        pass

    assert faults(lambda: _strict.structure({}, Unknown, place="/a")) == [("/a", None, None)]


def test_digests_are_of_one_canonical_form() -> None:
    provider = Provider(name="é", kind="cafcass")
    assert _strict.canonical(provider) == '{"kind":"cafcass","name":"\\u00e9"}'
    assert len(_strict.digest(provider)) == 64
    assert _strict.digest(provider) == _strict.digest(attrs.evolve(provider))


def test_faults_read_well() -> None:
    with pytest.raises(OfstedFrameworkError) as caught:
        loads(json.dumps(with_event(basis="oficial")), "json")
    assert str(caught.value) == (
        "/events/0/basis: 'oficial' is none of official, reported, inferred, assumed "
        "(nearest good one: official)"
    )
    assert caught.value.faults == (
        Fault("/events/0/basis", "oficial", "is none of official, reported, inferred, assumed",
              "official"),
    )  # fmt: skip
