"""What is due as a calendar file (iCalendar, RFC 5545), for any calendar program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .._version import VERSION
from ..dates import in_words
from ..errors import OfstedFrameworkError
from .text import label, shown, standing

if TYPE_CHECKING:
    from ..obligations import Course, Obligation
    from ..planning import Agenda


def agendas_ics(agendas: Iterable[Agenda]) -> str:
    """What is due as a calendar: an all-day entry over the window of each duty and reading.

    A duty of which no last day is known has no entry. An entry keeps its UID as long as provider,
    provision, subject and reading stay the same, so that a later file replaces it.

    Raises:
        OfstedFrameworkError: The icalendar library is not installed.
    """
    try:
        import icalendar
    except ImportError:
        message = "needs icalendar to be written: install ofsted-framework[tables]"
        raise OfstedFrameworkError.of(message, "a calendar file") from None

    class Text(icalendar.vText):  # its own escaping takes \\N for a line break
        def to_ical(self) -> bytes:
            told = str(self).replace("\\", "\\\\")
            for sign in ";,":
                told = told.replace(sign, f"\\{sign}")
            return told.replace("\n", "\\n").encode()

    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//ofsted-framework//{VERSION}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Inspections: what is due")
    for agenda in agendas:
        for one in agenda:
            for course in one.courses:
                if course.window is not None and course.window.latest is not None:
                    entry = icalendar.Event()
                    for name, value in _entry(agenda, one, course):
                        if isinstance(value, str):
                            lines = value.replace("\r\n", "\n").replace("\r", "\n")
                            value = Text(shown(lines))
                        elif isinstance(value, list):
                            value = [shown(" ".join(word.split())) for word in value]
                        entry.add(name, value)
                    calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written.decode()


def _entry(agenda: Agenda, one: Obligation, course: Course) -> Iterable[tuple[str, Any]]:
    provider, window = agenda.history.provider, course.window
    assert window is not None
    assert window.latest is not None
    reading = f" ({course.reading})" if course.reading else ""
    whose = f"urn {provider.urn}" if provider.urn else f"name {provider.name}"
    yield "uid", _uid(f"{provider.kind} {whose}", one, course.reading)
    yield "dtstamp", _midnight(agenda.as_of)
    yield "dtstart", window.earliest or window.latest
    yield "dtend", window.latest + timedelta(days=1)  # the first day that is no more of it
    name = label(one.activity).capitalize() if one.activity != "published" else "Publication"
    due = f"due by {in_words(window.latest)}{reading}"
    yield "summary", f"{provider.name}: {name.replace('_', ' ')} {due}"
    after = "" if one.subject == "opening" else f" After {one.subject}."
    expected = f" Expected on {window.expected.isoformat()}." if window.expected else ""
    kind = f" Of the kind {' or '.join(one.sent.kinds)}." if one.sent is not None else ""
    state = f" On {agenda.as_of.isoformat()} it {standing(course.possible)}."
    yield "description", f"{one.sentence}{after}{expected}{kind}{state}"
    yield "categories", [one.framework, one.provision]
    yield "transp", "TRANSPARENT"
    yield "status", "TENTATIVE" if len(one.courses) > 1 or one.missing else "CONFIRMED"


def _uid(provider: str, one: Obligation, reading: str | None) -> str:
    told = "\0".join((provider, one.framework, one.provision, one.subject, reading or ""))
    return f"{hashlib.sha256(told.encode(errors='replace')).hexdigest()[:32]}@ofsted-framework"


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
