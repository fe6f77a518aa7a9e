import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ofsted_framework.dates import When
from ofsted_framework.documents import dump, json_schema, loads, sample
from ofsted_framework.errors import OfstedFrameworkError
from ofsted_framework.events import EVENTS
from test_documents import BAD_DOCUMENTS, BAD_EVENTS, MINIMAL, histories, mutations, with_event

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

SHORT = ("02-30", "02-31", "04-31", "06-31", "09-31", "11-31")

# What has no form of its own: only the reader sees it.
ONLY_READ = (
    "is not a name of printable characters",
    "is said of a list of judgements; give one",
    "is the id at ",
    "ends before it begins",
    "is before ",
    "holds half of a surrogate pair",
)


def refused(plain: object) -> bool:
    try:
        loads(json.dumps(plain), "json")
    except OfstedFrameworkError:
        return True
    return False


def refused_for_its_form(plain: object) -> bool:
    """Whether the reader finds a fault that a schema can see as well."""
    try:
        loads(json.dumps(plain), "json")
    except OfstedFrameworkError as error:
        return any(
            not fault.message.startswith(ONLY_READ) and not has_good_form(fault.value)
            for fault in error.faults
        )
    return False


def has_good_form(value: object) -> bool:
    # For JSON, and so for a schema, 1.0 is the number 1.
    return value == "2026-02-30" or (isinstance(value, float) and value == 1)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "urn:ofsted-framework:history:1"
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert json_schema() == SCHEMA


def test_every_table_is_closed() -> None:
    waiting: list[Any] = [SCHEMA]
    tables = 0
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if part.get("type") == "object":
                assert part["additionalProperties"] is False
                tables += 1
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    assert tables == len(EVENTS) + len(["document", "Provider", "Coverage", "Part", "Judgement"])


def test_the_sample_is_good() -> None:
    VALIDATOR.validate(json.loads(dump(sample("cafcass"))))
    VALIDATOR.validate(MINIMAL)
    VALIDATOR.validate({**MINIMAL, "coverage": "complete"})


@given(histories)
def test_what_is_dumped_is_good(history: Any) -> None:
    VALIDATOR.validate(json.loads(dump(history)))


BAD = [*(plain for plain, _ in BAD_DOCUMENTS), *(with_event(**fields) for fields, _ in BAD_EVENTS)]


@pytest.mark.parametrize("plain", BAD)
def test_what_is_refused_for_its_form_is_refused_by_the_schema(plain: object) -> None:
    if refused_for_its_form(plain):
        assert not VALIDATOR.is_valid(plain)


def test_the_schema_agrees_with_the_reader_on_changed_documents() -> None:
    for plain in mutations(json.loads(dump(sample("cafcass"))), 1500):
        if VALIDATOR.is_valid(plain):
            assert not refused_for_its_form(plain)
        else:
            assert refused(plain)


@pytest.mark.parametrize("field", ["end", "scope", "judgements", "basis", "kind", "note"])
def test_null_says_as_little_as_nothing(field: str) -> None:
    plain = with_event(**{field: None})
    assert VALIDATOR.is_valid(plain)
    assert loads(json.dumps(plain), "json") == loads(json.dumps(MINIMAL), "json")


@given(
    st.from_regex(r"\A(\.\.|[0-9]{4}(-[0-9]{2}){0,2})(/(\.\.|[0-9]{4}(-[0-9]{2}){0,2}))?\n?\Z")
    | st.text("0123-/.", max_size=12)
)
def test_days_are_spelt_as_they_are_read(text: str) -> None:
    try:
        When.parse(text)
    except OfstedFrameworkError as error:
        # The 31st of a short month, and an end before the beginning, look like good ones.
        shaped = "ends before" in str(error) or any(
            end[5:] in SHORT or end[4:] == "-02-29" for end in text.split("/")
        )
        good = False
    else:
        good, shaped = True, True
    spelt = VALIDATOR.is_valid(with_event(start=text))
    assert spelt >= good
    assert spelt <= shaped


@given(st.text(max_size=6) | st.text(" \t\n\x85\xa0a", max_size=4))
def test_ids_that_are_read_are_good(text: str) -> None:
    if not refused(with_event(id=text)):
        assert VALIDATOR.is_valid(with_event(id=text))


@pytest.mark.parametrize("code", [*range(0x250), *range(0x2000, 0x2070), 0x1680, 0x3000, 0xFEFF])
def test_ids_of_control_characters_are_not(code: int) -> None:
    plain = with_event(id=f"a{chr(code)}")
    assert VALIDATOR.is_valid(plain) is not refused(plain)


@given(st.sampled_from(["region:", "service-area:", "national", "region", ""]),
       st.text(max_size=4) | st.text(" \n\x1c\x85\xa0a", max_size=4))  # fmt: skip
def test_scopes_are_spelt_as_they_are_read(level: str, name: str) -> None:
    plain = with_event(scope=level + name)
    assert VALIDATOR.is_valid(plain) is not refused_for_its_form(plain)
