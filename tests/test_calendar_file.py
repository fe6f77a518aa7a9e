"""Calendar files, read back by the icalendar library and by hand, octet by octet."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import icalendar
import pytest

import ofsted_framework as of
from helpers import G, R, authority, day, grades, meeting, record, visit
from ofsted_framework.telling.calendar_file import agendas_ics

AS_OF = date(2026, 6, 1)
LOW = grades(overall=R, leaders=R, help=R, care=G, leavers=G)
NORTH = of.Provider(
    name="Northshire", kind="local-authority", urn="90001", region="North East", code="E06900001"
)
WEST = of.Provider(name="Westmere", kind="local-authority", urn="90002", region="South West")


def held(*more: of.Event, provider: of.Provider = NORTH, id: str = "i-1") -> of.History:
    one = authority(id, "2023-09-04", LOW, end="2023-09-15", published="2023-10-30")
    return record(one, *more, provider=provider)


def named(name: str) -> of.History:
    return held(provider=attrs.evolve(NORTH, name=name))


def written(*histories: of.History, as_of: date = AS_OF, **more: Any) -> str:
    return agendas_ics(of.due_many(histories, as_of=as_of, **more))


def entries(*histories: of.History, as_of: date = AS_OF, **more: Any) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(written(*histories, as_of=as_of, **more))
    assert calendar.errors == []
    found = list(calendar.walk("VEVENT"))
    assert all(one.errors == [] for one in found)
    return found


def provision(one: Any) -> str:
    return str(one["CATEGORIES"].to_ical().decode().split(",")[1])


def of_provision(found: Iterable[Any], name: str) -> list[Any]:
    return [one for one in found if provision(one) == name]


def the(found: Iterable[Any], name: str) -> Any:
    (one,) = of_provision(found, name)
    return one


def content_lines(text: str) -> list[str]:
    """The lines of a calendar unfolded, by RFC 5545, 3.1: CRLF and a blank are nothing."""
    return text.replace("\r\n ", "").replace("\r\n\t", "").removesuffix("\r\n").split("\r\n")


def sound(text: str) -> None:
    """What every calendar file must be, whatever is in it."""
    assert text.endswith("\r\n")
    for line in text.removesuffix("\r\n").split("\r\n"):
        octets = line.encode()
        assert 0 < len(octets) <= 75, line
        assert "\r" not in line
        assert "\n" not in line
        # RFC 5545, 3.1: no control characters but the tab.
        assert not re.search("[\x00-\x08\x0a-\x1f\x7f]", line), repr(line)
    lines = content_lines(text)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    names = {re.match("[A-Z-]*", line).group() for line in lines}  # type: ignore[union-attr]
    assert names <= {
        "BEGIN", "END", "VERSION", "PRODID", "X-WR-CALNAME", "SUMMARY", "DTSTART", "DTEND",
        "DTSTAMP", "UID", "CATEGORIES", "DESCRIPTION", "STATUS", "TRANSP", "CALSCALE", "METHOD",
    }  # fmt: skip


# --- What an entry says ---------------------------------------------------------------------------


def test_the_window_is_all_day_and_its_end_is_the_day_after() -> None:
    """4 September 2023 + 36 months, six months before and after: to 4 March 2027."""
    one = the(entries(held()), "inspection-interval")
    assert (one["DTSTART"].dt, one["DTEND"].dt) == (date(2026, 3, 4), date(2027, 3, 5))
    for name in ("DTSTART", "DTEND"):
        assert type(one[name].dt) is date
        assert one[name].params["VALUE"] == "DATE"
    lines = content_lines(written(held()))
    assert "DTSTART;VALUE=DATE:20260304" in lines
    assert "DTEND;VALUE=DATE:20270305" in lines


@pytest.mark.parametrize(
    ("start", "first", "after"),
    [
        # The last day is the last of a year, of a February and of a leap February.
        ("2023-06-30", "20251230", "20261231"),
        ("2023-07-01", "20260101", "20270102"),
        ("2023-08-28", "20260228", "20270301"),
        ("2024-08-29", "20270228", "20280301"),
    ],
)
def test_the_end_at_the_turn_of_a_month(start: str, first: str, after: str) -> None:
    one = authority("i-1", start, LOW, published=start)
    lines = content_lines(written(record(one, provider=NORTH), as_of=day("2024-12-02")))
    assert f"DTSTART;VALUE=DATE:{first}" in lines
    assert f"DTEND;VALUE=DATE:{after}" in lines


def test_each_window_of_the_agenda_has_one_entry() -> None:
    histories = [held(meeting("em", "2026-04-15")), held(provider=WEST), of.sample("cafcass")]
    wanted = [
        (one.provision, course.window.earliest, course.window.latest)
        for agenda in of.due_many(histories, as_of=AS_OF)
        for one in agenda
        for course in one.courses
        if course.window is not None and course.window.latest is not None
    ]
    found = [
        (provision(one), one["DTSTART"].dt, one["DTEND"].dt - timedelta(days=1))
        for one in entries(*histories)
    ]
    assert found == wanted
    assert len(found) > 12


def test_an_entry_has_what_calendar_programs_need() -> None:
    calendar = icalendar.Calendar.from_ical(written(held()))
    assert str(calendar["VERSION"]) == "2.0"
    assert str(calendar["PRODID"]).startswith("-//ofsted-framework//")
    found: list[Any] = list(calendar.walk("VEVENT"))
    for one in found:
        assert one["DTSTAMP"].dt == datetime(2026, 6, 1, tzinfo=UTC)
        assert re.fullmatch("[0-9a-f]{32}@ofsted-framework", str(one["UID"]))
        assert str(one["TRANSP"]) == "TRANSPARENT"
        assert one["DTSTART"].dt < one["DTEND"].dt


def test_what_an_entry_says() -> None:
    one = the(entries(held()), "inspection-interval")
    assert str(one["SUMMARY"]) == "Northshire: Inspection due by 4 March 2027"
    assert str(one["DESCRIPTION"]) == (
        "The next inspection usually comes between six months before and six months after the "
        "third anniversary of the one before. After i-1. Expected on 2026-09-04. Of the kind "
        "standard. On 2026-06-01 it is open."
    )
    assert one["CATEGORIES"].to_ical().decode() == "ilacs-2018,inspection-interval"
    assert str(one["STATUS"]) == "CONFIRMED"


def test_the_readings_of_a_duty_are_tentative_and_named() -> None:
    """Held on 15 April 2026: the next year of each reading."""
    found = of_provision(entries(held(meeting("em", "2026-04-15"))), "engagement-meeting")
    told = {
        str(one["SUMMARY"]).partition(" (")[2].rstrip(")"): (one["DTSTART"].dt, one["DTEND"].dt)
        for one in found
    }
    assert told == {
        "financial-year": (date(2027, 4, 1), date(2028, 4, 1)),
        "calendar-year": (date(2027, 1, 1), date(2028, 1, 1)),
        "twelve-months": (date(2026, 4, 15), date(2027, 4, 16)),
    }
    assert {str(one["STATUS"]) for one in found} == {"TENTATIVE"}
    open_ = the(entries(attrs.evolve(held(), coverage=())), "inspection-interval")
    assert str(open_["STATUS"]) == "TENTATIVE"


def test_no_entry_without_a_last_day() -> None:
    """Suspended until further notice; and a deadline whose number of days nobody knows."""
    good = grades(overall=G, leaders=G, help=G, both=G)
    one = authority("i-1", "2018-03-05", good, end="2018-03-09", published="2018-04-09")
    agenda = of.due(record(one, provider=NORTH), as_of=day("2020-06-01"))
    assert agenda["inspection-interval"].windows == {None: None}
    found = entries(record(one, provider=NORTH), as_of=day("2020-06-01"))
    assert of_provision(found, "inspection-interval") == []
    assert len(found) > 0
    letter = record(visit("v", "2021-03-10", "2021-03-11"), provider=NORTH)
    assert of.due(letter, as_of=day("2021-04-01"))["letter-publication"].windows == {None: None}
    assert of_provision(entries(letter, as_of=day("2021-04-01")), "letter-publication") == []


def test_a_calendar_of_nothing_is_a_calendar() -> None:
    for text in (written(), written(record(provider=NORTH))):
        sound(text)
        assert entries() == []
        assert "BEGIN:VEVENT" not in text


# --- UIDs -----------------------------------------------------------------------------------------


def uids(*histories: of.History, as_of: date = AS_OF) -> dict[tuple[str, str], str]:
    """By provision and summary without its day, which tells provider and reading."""
    return {
        (provision(one), re.sub(r" by \d+ \w+ \d{4}", "", str(one["SUMMARY"]))): str(one["UID"])
        for one in entries(*histories, as_of=as_of)
    }


def test_uids_stay_when_another_event_is_added_elsewhere() -> None:
    before = uids(held())
    for more in (
        [meeting("em", "2026-04-15")],
        [visit("v-1", "2024-10-01", "2024-10-02", "2024-10-31")],
        [visit("plan", "2026-11-03")],
        [authority("plan", "2026-10-05")],
        [authority("i-0", "2020-01-06", published="2020-02-24")],
    ):
        later = uids(held(*more))
        kept = before.keys() & later.keys()
        assert ("inspection-interval", "Northshire: Inspection due") in kept
        assert {name: before[name] for name in kept} == {name: later[name] for name in kept}
    # And when another provider is in the file, before it or after it.
    for some in ([held(), held(provider=WEST)], [held(provider=WEST), held()]):
        assert before.items() <= uids(*some).items()


def test_uids_stay_on_another_day_with_another_window_and_another_coverage() -> None:
    key = ("inspection-interval", "Northshire: Inspection due")
    before = uids(held())[key]
    assert uids(held(), as_of=AS_OF + timedelta(days=100))[key] == before
    assert uids(attrs.evolve(held(), coverage=()))[key] == before
    moved = authority("i-1", "2023-09-11", LOW, published="2023-10-30")
    assert uids(record(moved, provider=NORTH))[key] == before
    renamed = held(provider=attrs.evolve(NORTH, region="North West", code=None))
    assert uids(renamed)[key] == before


def test_an_authority_that_is_renamed_keeps_its_uids() -> None:
    renamed = held(provider=attrs.evolve(NORTH, name="Northshire and District"))
    assert set(uids(held()).values()) == set(uids(renamed).values())


def test_uids_differ_by_provider_provision_subject_and_reading() -> None:
    plain = uids(held())
    assert len(set(plain.values())) == len(plain) >= 4  # of four provisions
    by_number = uids(held(provider=attrs.evolve(NORTH, urn="90009")))
    assert set(plain.values()).isdisjoint(by_number.values())
    # Without a number the name tells one from another.
    one, other = (held(provider=attrs.evolve(NORTH, name=name, urn=None)) for name in ("A", "B"))
    assert set(uids(one).values()).isdisjoint(uids(other).values())
    by_subject = uids(held(id="i-2"))
    assert plain.keys() == by_subject.keys()
    assert set(plain.values()).isdisjoint(by_subject.values())
    met = uids(held(meeting("em", "2026-04-15")))
    readings = [uid for (name, _), uid in met.items() if name == "engagement-meeting"]
    assert len(set(readings)) == len(readings) == 3


def test_no_uid_stands_twice_in_a_file() -> None:
    some = [held(meeting("em", "2026-04-15")), held(provider=WEST), of.sample("cafcass"),
            of.sample("leeds"), of.sample("sefton")]  # fmt: skip
    found = [str(one["UID"]) for one in entries(*some)]
    assert len(set(found)) == len(found)


def test_the_same_question_gives_the_same_bytes() -> None:
    """In this process and in another, where hashes are salted otherwise."""
    code = (
        "import datetime, hashlib, ofsted_framework as of;"
        "from ofsted_framework.telling.calendar_file import agendas_ics;"
        "some = of.due_many([of.sample('leeds')], as_of=datetime.date(2026, 6, 1));"
        "print(hashlib.sha256(agendas_ics(some).encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1
    assert written(of.sample("leeds")) == written(of.sample("leeds"))


# --- Names that are not meant well ----------------------------------------------------------------

SPELT = [
    ("A, B; C", r"A\, B\; C"),
    ("C:\\temp", r"C:\\temp"),
    ("\\, \\;", r"\\\, \\\;"),
    ("end\\", r"end\\"),
    ("\\north", r"\\north"),
    ("\\North", r"\\North"),
    ("two\nlines", r"two\nlines"),
    ("two\r\nlines", r"two\nlines"),
    ("X\r\nBEGIN:VEVENT", r"X\nBEGIN:VEVENT"),
    ("X\nEND:VEVENT\nEND:VCALENDAR", r"X\nEND:VEVENT\nEND:VCALENDAR"),
    ("X\r\n ATTACH:file:///etc/passwd", r"X\n ATTACH:file:///etc/passwd"),
    ('Quote "shire": a=b', 'Quote "shire": a=b'),
    ("Sir y Fflint, Ynys Môn", r"Sir y Fflint\, Ynys Môn"),
    ("北部, 🦉", r"北部\, 🦉"),
]


@pytest.mark.parametrize(("name", "spelt"), SPELT, ids=[repr(one) for one, _ in SPELT])
def test_a_name_is_escaped(name: str, spelt: str) -> None:
    text = written(named(name))
    sound(text)
    lines = content_lines(text)
    assert f"SUMMARY:{spelt}: Inspection due by 4 March 2027" in lines
    plain = content_lines(written(held()))
    for word in ("BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"):
        assert lines.count(word) == plain.count(word)
    found = the(entries(named(name)), "inspection-interval")
    told = str(found["SUMMARY"]).removesuffix(": Inspection due by 4 March 2027")
    assert told == name.replace("\r\n", "\n")


@pytest.mark.parametrize(
    "name",
    ["X\rBEGIN:VEVENT", "a\r\rb", "\r\n\r\n x", "\n", "nul\x00", "bell\x07", "esc\x1b[31m",
     "del\x7f", "vt\x0bff\x0c", "nel\x85ls\u2028"],
    ids=repr,
)  # fmt: skip
def test_a_control_character_does_not_break_the_file(name: str) -> None:
    history = named(f"N{name}")
    text = written(history)
    sound(text)
    assert content_lines(text).count("BEGIN:VEVENT") == 4
    assert [provision(one) for one in entries(history)] == [provision(o) for o in entries(held())]
    assert {str(one["UID"]) for one in entries(history)} == {str(o["UID"]) for o in entries(held())}


@pytest.mark.parametrize("letter", ["a", "é", "ß", "北", "🦉", "e\u0301", ",", "\\", ";\n"])
@pytest.mark.parametrize("before", ["", "x", "xx", "xxx"])
def test_a_long_name_is_folded_between_characters(letter: str, before: str) -> None:
    name = before + letter * (300 // len(letter))
    text = written(named(name))
    sound(text)
    for line in text.encode().split(b"\r\n"):
        line.decode()  # no character stands on two lines
    found = the(entries(named(name)), "inspection-interval")
    assert str(found["SUMMARY"]) == f"{name}: Inspection due by 4 March 2027"


def test_an_event_id_is_escaped_too() -> None:
    id = "i,1;\\x: " + "é" * 120
    history = held(id=id)
    sound(written(history))
    found = the(entries(history), "inspection-interval")
    assert f" After {id}. " in str(found["DESCRIPTION"])


def test_hostile_names_do_not_share_uids() -> None:
    """What tells one from another is not glued together out of parts that could be moved."""
    parts = [("A\0ilacs-2018", "i"), ("A", "ilacs-2018"), ("A,", "i"), ("A", ",i")]
    found = [
        str(one["UID"])
        for name, id in parts
        for one in entries(held(provider=attrs.evolve(NORTH, name=name, urn=None), id=id))
    ]
    assert len(set(found)) == len(found)


def test_without_the_library_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(of.OfstedFrameworkError, match=r"ofsted-framework\[tables\]"):
        written(held())
