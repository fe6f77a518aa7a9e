"""A picture of what is due, as SVG: for each duty its windows, and how it stands in each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..dates import Window
from .svg import (
    GREY,
    LARGE,
    SMALL,
    Axis,
    drawing,
    fit,
    key_of,
    label_at,
    legend,
    measure,
    reading_hatches,
    rect,
    text_at,
    titled,
    window_legend,
    window_marks,
)
from .text import label, since, standing
from .timeline import as_of_words, capital, readings_words, window_days

if TYPE_CHECKING:
    from ..obligations import Obligation
    from ..planning import Agenda

_WIDTH, _LEFT, _RIGHT = 760, 16, 744


def agenda_svg(agenda: Agenda) -> str:
    """Draw what is due, duty by duty, as an SVG image.

    Args:
        agenda: What is due.

    Returns:
        The image. The same agenda gives the same text. Its `desc` says in words what it shows.
    """
    now = agenda.as_of.toordinal()
    axis = Axis([agenda.as_of, *window_days(agenda), *_bookings(agenda)], _LEFT, _RIGHT)
    title = f"{agenda.history.provider.name}: what is due"
    told = _description(agenda)
    key = key_of("agenda", told)
    front = [text_at(_LEFT, 30, fit(title, _RIGHT - _LEFT, LARGE), LARGE, bold=True)]
    marks: dict[str, str] = {}
    hatches: dict[str, int] = {}
    y = 96
    for one in agenda:
        head = f"{capital(label(one.activity))}: {one.provision}"
        front += label_at(_LEFT, y, fit(head, _RIGHT - _LEFT), bold=True)
        front += label_at(_LEFT, y + 18, fit(since(one), _RIGHT - _LEFT, SMALL), SMALL)
        y += 24
        for words, reading, window in _lines(one):
            front += label_at(_LEFT, y + 16, fit(words, _RIGHT - _LEFT, SMALL), SMALL)
            number = hatches.setdefault(reading, len(hatches)) if window else 0
            drawn, *_ = window_marks(axis, key, number, window, now, y + 22)
            front += titled(words, drawn) if drawn else []
            marks |= window_legend(key, window)
            y += 46 if drawn else 22
        booked = None if one.booked is None else agenda.history.get(one.booked)
        if booked is not None:
            words = f"{booked.id} is booked: {booked.start.in_words()}"
            front += label_at(_LEFT, y + 16, fit(words, _RIGHT - _LEFT, SMALL), SMALL)
            left, right = axis.bar(booked.start.lo, booked.start.hi, 8)
            box = rect(left, y + 22, round(right - left, 1), 14, "white", "black", thick=2)
            front += titled(words, [box])
            marks["booked"] = rect(6, 0, 14, 14, "white", "black", thick=2)
            y += 46
        y += 22
    if not agenda.obligations:
        front.append(text_at(_LEFT, y, "Nothing is due."))
        y += 24
    drawn, height = legend(marks, _WIDTH, y + 8)
    parts = [*_lines_of_years(axis, agenda, y - 8), *front, *drawn]
    named = f"{title}, {as_of_words(agenda)}"
    return drawing(key, named, told, (_WIDTH, height + 18), parts, reading_hatches(key))


def _bookings(agenda: Agenda) -> Iterator[date]:
    for one in agenda:
        event = agenda.history.get(one.booked or "")
        if event is not None:
            yield from (date.fromordinal(day) for day in (event.start.lo, event.start.hi))


def _lines_of_years(axis: Axis, agenda: Agenda, bottom: int) -> Iterator[str]:
    """The lines of the years, and the day of asking."""
    yield from axis.lines(64, bottom)
    for x, year in axis.at_years():
        if x + measure(year, SMALL) + 4 <= _RIGHT:
            yield text_at(x + 4, 74, year, SMALL, fill=GREY)
    yield from axis.asked(agenda.as_of.toordinal(), as_of_words(agenda), bottom)


def _lines(one: Obligation) -> Iterator[tuple[str, str, Window | None]]:
    """Each window of a duty: in words with how the duty stands in it, the readings, the window."""
    shared: dict[tuple[Window | None, str], list[str]] = {}
    for course in one.courses:
        window = None if course.window == Window(None, None, None) else course.window
        how = standing(course.possible)
        shared.setdefault((window, how), []).extend([course.reading] if course.reading else [])
    for (window, how), readings in shared.items():
        names = readings_words(readings)
        days = "no day is known" if window is None else window.in_words()
        yield f"{names + ': ' if names else ''}{days}; it {how}", names, window


def _description(agenda: Agenda) -> str:
    """What the picture shows, in words."""
    lines = [f"What is due of {agenda.history.provider.name}, {as_of_words(agenda)}."]
    for one in agenda:
        lines.append(f"{capital(label(one.activity))}, {one.provision}, {since(one)}.")
        lines += [f"{capital(words)}." for words, _, _ in _lines(one)]
        booked = agenda.history.get(one.booked or "")
        if booked is not None:
            lines.append(f"{booked.id} is booked: {booked.start.in_words()}.")
    if not agenda.obligations:
        lines.append("Nothing is due.")
    return " ".join(lines)
