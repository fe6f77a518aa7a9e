"""A picture of a history and of what is due, as SVG: one lane for each kind of event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from ..cases import State
from ..dates import When, Window, in_words, rough_day
from ..events import EVENTS, Event
from ..grades import Grade
from ..provisions import Response, Suspension
from .svg import (
    BLUE,
    BODY,
    GREY,
    HATCHES,
    LARGE,
    LINE,
    ORANGE,
    PALE,
    SMALL,
    TEAL,
    Axis,
    chip,
    dashes,
    dot,
    drawing,
    fit,
    key_of,
    label_at,
    legend,
    measure,
    pattern,
    reading_hatches,
    rect,
    text_at,
    tick,
    titled,
    window_legend,
    window_marks,
)
from .text import label, listed, period, since

if TYPE_CHECKING:
    from ..obligations import Obligation
    from ..planning import Agenda

_WIDTH, _LEFT, _RIGHT = 1200, 170, 1184
_STEP, _GAP = 17, 9


def timeline_svg(agenda: Agenda) -> str:
    """Draw a history, what is due, and how far the record reaches, as an SVG image.

    Args:
        agenda: What is due; its history, its day and its frameworks are drawn with it.

    Returns:
        The image. The same agenda gives the same text. Its `desc` says in words what it shows.
    """
    return _Picture(agenda).svg()


def _days(agenda: Agenda) -> Iterator[date]:
    """Every day that is drawn, where it is bounded."""
    whens: list[When | None] = [one.start for one in agenda.frameworks]
    for event in agenda.history.events:
        whens += [event.start, event.end, event.published]
        whens += [when for part in event.parts for when in (part.start, part.end)]
    for when in whens:
        if when is not None:
            yield from (day for day in (when.earliest, when.latest) if day is not None)
    yield from window_days(agenda)


def window_days(agenda: Agenda) -> Iterator[date]:
    """The first and the last day of every window, where it has one."""
    for one in agenda:
        for window in one.windows.values():
            if window is not None:
                yield from (day for day in (window.earliest, window.latest) if day is not None)


class _Block(NamedTuple):
    """The room that an event takes in its lane, and where its text goes."""

    event: Event
    left: float
    right: float
    height: int
    text_x: float
    lines: tuple[str, ...]
    grades: tuple[tuple[str, Grade], ...]


class _Picture:
    """What is drawn, in three layers: behind the lines, lines, and before them."""

    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.axis = Axis([agenda.as_of, *_days(agenda)], _LEFT, _RIGHT)
        self.now = agenda.as_of.toordinal()
        self.behind: list[str] = []
        self.front: list[str] = []
        self.legend: dict[str, str] = {}
        self.grades: dict[Grade, None] = {}
        self.hatches: dict[str, int] = {}
        self.told = _description(agenda, self.axis)
        self.key = key_of("timeline", self.told)

    def svg(self) -> str:
        """The whole image."""
        title = f"{self.agenda.history.provider.name}: inspection timeline"
        self.front.append(text_at(16, 30, fit(title, _RIGHT - 16, LARGE), LARGE, bold=True))
        y = self._frameworks(94)
        top = y
        kinds = _kinds(self.agenda)
        for kind in kinds:
            y = self._lane(kind, y)
        if not kinds:
            self.front.append(
                text_at(_LEFT + 10, y + 30, "Nothing is on record and nothing is due.")
            )
            y += 48
        lines = list(self._lines(top, y))
        height = self._legend(y + 26)
        return drawing(
            self.key,
            f"{title}, {as_of_words(self.agenda)}",
            self.told,
            (_WIDTH, height),
            [*self.behind, *lines, *self.front],
            self._patterns(),
        )

    def _patterns(self) -> Iterator[str]:
        yield from reading_hatches(self.key)
        yield pattern(self.key, "rough", HATCHES[0], BLUE, "#DCE6EF")
        yield pattern(self.key, "gap", HATCHES[1], "#B8B8B8", PALE)
        yield pattern(self.key, "suspended", HATCHES[4], ORANGE, "#FDE9DF")

    def _fill(self, name: str) -> str:
        return f"url(#{self.key}-{name})"

    def _lines(self, top: int, bottom: int) -> Iterator[str]:
        """The lines of the years, and the day of asking."""
        yield from self.axis.lines(64, bottom)
        yield from self.axis.asked(self.now, as_of_words(self.agenda), bottom)
        for x, year in self.axis.at_years():
            yield from label_at(x + 4, 80, year, SMALL)
        if bottom > top:
            yield f'<path d="M16 {bottom}H{_RIGHT}" stroke="{LINE}"/>'

    def _frameworks(self, y: int) -> int:
        """The bands of the frameworks; gives the place below them."""
        for one in self.agenda.frameworks:
            end = None if one.end is None else one.end.hi
            left, right = self.axis.bar(one.start.lo, end or self.axis.hi)
            sure_left = self.axis.x(one.start.hi)
            sure_right = right if one.end is None else self.axis.x(one.end.lo + 1)
            band = []
            if not one.start.exact or (one.end is not None and not one.end.exact):
                wide = round(right - left, 1)
                band.append(rect(left, y, wide, 22, "white", TEAL, dashed=True, round=8))
            if sure_right > sure_left:
                left, right = sure_left, sure_right
                band.append(rect(left, y, round(right - left, 1), 22, "#E1F2F1", TEAL))
            words = _framework_words(one.id, one.start, one.end)
            self.front += titled(f"{one.title}: {words}", band)
            if measure(words, SMALL) + 16 <= right - left:
                self.front.append(text_at(left + 10, y + 16, words, SMALL))
            else:
                self.front += self._beside(words, left, right, y + 16)
            y += 28
        if self.agenda.frameworks:
            self.front.append(text_at(16, 94 + 16, "Framework", bold=True))
        return y + 6

    def _lane(self, kind: str, y: int) -> int:
        """One lane: events above, windows below; gives the place below it."""
        top = y
        y += 12
        blocks = [self._block(event) for event in self.agenda.history.of_type(kind)]
        for number, shelf in enumerate(_shelves(blocks)):
            y += 6 * (number > 0)
            for block in shelf:
                self._event(block, y)
            y += max(block.height for block in shelf)
        for one in (one for one in self.agenda if _lane_of(self.agenda, one) == kind):
            for words, readings, window in windows_of(one, 200):
                y = self._window(words, readings, window, y + 2)
        y = max(y + 8, top + 46)
        self._ground(kind, top, y)
        lines = wrap(capital(EVENTS[kind].label), 18)
        for number, line in enumerate(lines):
            self.front.append(text_at(16, top + 26 + number * _STEP, line, bold=True))
        return y

    def _ground(self, kind: str, top: int, bottom: int) -> None:
        """What lies behind a lane: where the record is silent, and where nothing may begin."""
        height = bottom - top
        self.behind.append(f'<path d="M16 {top}H{_RIGHT}" stroke="{LINE}"/>')
        for first, last in _gaps(self.agenda, kind, self.axis.lo):
            left, right = self.axis.x(first), self.axis.x(last + 1)
            gap = rect(left, top + 1, round(right - left, 1), height - 2, self._fill("gap"))
            self.behind += titled(f"{label(kind)}s: not covered by the record", [gap])
            self.legend["not covered by the record"] = rect(0, 0, 26, 14, self._fill("gap"), GREY)
        for one in _suspensions(self.agenda):
            if kind in one.activities and one.lo < self.axis.hi and one.hi >= self.axis.lo:
                left, right = self.axis.bar(one.lo, min(one.hi, self.axis.hi))
                fill, wide = self._fill("suspended"), round(right - left, 1)
                self.behind += titled(one.says(), [rect(left, bottom - 9, wide, 8, fill, GREY)])
                self.legend["suspended"] = rect(0, 3, 26, 8, fill, GREY)

    def _block(self, event: Event) -> _Block:
        """How much room an event takes."""
        left, right = self.axis.bar(event.start.lo, (event.end or event.start).hi)
        for day in _publication(event) or ():
            left, right = min(left, self.axis.x(day)), max(right, self.axis.x(day))
        planned = event.start.lo > self.now
        lines = (fit(event.id, 260), event.start.in_words() + (" (planned)" if planned else ""))
        grades = () if _unseen(event, self.now) else tuple(
            (fit(judgement.area.replace("-", " "), 230), judgement.grade)
            for judgement in event.judgements or ()
        )  # fmt: skip
        wide = [measure(line, BODY, bold=True) for line in lines]
        wide += [measure(area, SMALL) + 20 for area, _ in grades]
        known = event.start.earliest or event.start.latest
        assert known is not None  # no date is open at both ends
        text_x = min(self.axis.bar(known.toordinal(), known.toordinal())[0], _RIGHT - max(wide))
        return _Block(
            event=event,
            left=min(left, text_x),
            right=max(right, text_x + max(wide)),
            height=18 + _STEP * len(lines) + 18 * len(grades) + 4,
            text_x=text_x,
            lines=lines,
            grades=grades,
        )

    def _event(self, block: _Block, y: int) -> None:
        """An event: its fieldwork, its publication, its name and day, and its grades."""
        event, x = block.event, round(block.text_x, 1)
        drawn: list[str] = []
        planned = event.start.lo > self.now
        for part in event.parts:
            drawn += self._fieldwork(part.start, part.end, y, planned)
        if event.parts:
            left, right = self.axis.bar(event.start.lo, (event.end or event.start).hi)
            line = f'<path d="M{left} {y + 7}H{right}" stroke="{BLUE}" stroke-width="2"/>'
            drawn.insert(0, line)
        else:
            drawn += self._fieldwork(event.start, event.end, y, planned)
        drawn += self._published(event, y)
        for number, line in enumerate(block.lines):
            drawn += label_at(x, y + 31 + number * _STEP, line, bold=not number)
        for number, (area, grade) in enumerate(block.grades):
            line_y = y + 36 + _STEP + 18 * number
            drawn += label_at(x + 20, line_y + 12, area, SMALL)
            drawn += titled(f"{area}: {grade}", chip(x, line_y, grade))
            self.grades[grade] = None
        self.front += titled(_event_words(event, self.now), drawn)

    def _fieldwork(self, start: When, end: When | None, y: int, planned: bool) -> Iterator[str]:
        """A bar: solid on the days that are sure, hatched on those that are only possible."""
        last = end or start
        rough = not (start.exact and last.exact)
        if planned:
            self.legend["planned"] = rect(2, 0, 22, 14, "white", BLUE)
        if rough:
            left, right = self.axis.bar(start.lo, last.hi, 8)
            fill = "white" if planned else self._fill("rough")
            yield rect(left, y, round(right - left, 1), 14, fill, BLUE, dashed=True, round=7)
            if not planned:
                name = "date known only roughly: some day of these"
                self.legend[name] = rect(0, 0, 26, 14, fill, BLUE, dashed=True, round=7)
        if end is None and not rough:
            x = min(max(self.axis.x(start.lo), _LEFT + 6), _RIGHT - 6)
            yield dot(x, y + 7, "white" if planned else BLUE)
            if not planned:
                self.legend["first day, or the only one"] = dot(13, 7, BLUE)
        elif end is not None and start.hi <= end.lo:
            left, right = self.axis.bar(start.hi, end.lo)
            fill = "white" if planned else BLUE
            yield rect(left, y, round(right - left, 1), 14, fill, BLUE)
            if not planned:
                self.legend["fieldwork"] = rect(10, 0, 6, 14, BLUE, BLUE)

    def _published(self, event: Event, y: int) -> Iterator[str]:
        """A tick on the day of publication; dashes under the days that are possible."""
        days = _publication(event)
        if days is None:
            return
        left, right = map(self.axis.x, days)
        if left == right:
            yield tick(left, y)
            self.legend["published"] = tick(13, 0)
        else:
            yield dashes(left, right, y + 17)
            self.legend["published on some day of these"] = dashes(0, 26, 7)

    def _window(self, words: str, readings: str, window: Window | None, y: int) -> int:
        """A window of what is due; gives the place below it."""
        number = self.hatches.setdefault(readings, len(self.hatches)) if window else 0
        drawn, left, right = window_marks(self.axis, self.key, number, window, self.now, y)
        if not _room(words, left, right):
            y += _STEP
            drawn, *_ = window_marks(self.axis, self.key, number, window, self.now, y)
        self.legend.update(window_legend(self.key, window))
        self.front += [*titled(words, drawn), *self._beside(words, left, right, y + 13)]
        return y + 20

    def _beside(self, words: str, left: float, right: float, y: int) -> list[str]:
        """A text on the side of a bar where it has room, or above it."""
        room = _room(words, left, right)
        if room == "left":
            return label_at(left - _GAP, y, words, SMALL, anchor="end")
        if room == "right":
            return label_at(right + _GAP, y, words, SMALL)
        words = fit(words, _RIGHT - _LEFT, SMALL)
        return label_at(min(left, _RIGHT - measure(words, SMALL)), y - 18, words, SMALL)

    def _legend(self, y: int) -> int:
        """What the marks mean, in as many lines as it takes; gives the height of the picture."""
        items = {**self.legend}
        for grade in Grade:
            if grade in self.grades:
                items[grade.replace("-", " ")] = "".join(chip(6, 0, grade))
        drawn, y = legend(items, _WIDTH, y)
        self.front += drawn
        return y + 18


def _lane_of(agenda: Agenda, one: Obligation) -> str:
    """The kind of event in whose lane an obligation is drawn: a report's is its event's."""
    event = agenda.history.get(one.subject)
    return one.activity if one.activity in EVENTS or event is None else event.type


def _kinds(agenda: Agenda) -> list[str]:
    """The kinds of event that get a lane: those that occur or are due."""
    found = {event.type for event in agenda.history.events}
    found |= {_lane_of(agenda, one) for one in agenda}
    return [kind for kind in EVENTS if kind in found]


def _room(words: str, left: float, right: float) -> str:
    """The side of a bar where a text has room; empty where neither has."""
    wide = measure(words, SMALL) + _GAP + 2
    return "left" if left - wide >= _LEFT else "right" if right + wide <= _RIGHT else ""


def windows_of(one: Obligation, room: float) -> Iterator[tuple[str, str, Window | None]]:
    """Each window of an obligation: in words, the readings that share it, and the window.

    A window without any bound says nothing: it is told as not known.
    """
    shared: dict[Window | None, list[str]] = {}
    for course in one.courses:
        window = None if course.window == Window(None, None, None) else course.window
        shared.setdefault(window, []).extend([course.reading] if course.reading else [])
    name = one.provision
    if isinstance(one.courses[0].rows[0], Response):
        name += f" of {fit(one.subject, room)}"
    for window, readings in shared.items():
        days = "no day known" if window is None else window.in_words()
        if window is None and State.SUSPENDED in one.possible:
            days = "suspended, no day known"
        names = readings_words(readings)
        yield f"{name} ({names}): {days}" if names else f"{name}: {days}", names, window


def readings_words(names: Sequence[str]) -> str:
    """Some readings in words; what they all end in is said once."""
    halves = [name.partition("; ") for name in names]
    ends = {end for _, _, end in halves}
    if len(ends) == 1 and "" not in ends:
        return f"{listed((first for first, _, _ in halves), 'or')}; {ends.pop()}"
    return listed(names, "or")


def _gaps(agenda: Agenda, kind: str, first: int) -> Iterator[tuple[int, int]]:
    """The stretches up to the day of asking that no claim of coverage reaches."""
    now = agenda.as_of.toordinal()
    claims = agenda.history.claims((kind,), first, now)
    for claim in sorted(claims, key=lambda claim: claim.lo):
        if claim.lo > first:
            yield first, claim.lo - 1
        first = max(first, claim.hi + 1)
    if first <= now:
        yield first, now


def _suspensions(agenda: Agenda) -> list[Suspension]:
    known = (one.known_on(agenda.as_of) for one in agenda.frameworks)
    return [row for one in known for row in one.rows if isinstance(row, Suspension)]


def _unseen(event: Event, now: int) -> bool:
    """Whether an event's grades cannot have been out by the day of asking."""
    return event.start.lo > now or (event.published is not None and event.published.lo > now)


def _publication(event: Event) -> tuple[int, int] | None:
    """The first and last day on which it may have been published; not before it began."""
    when = event.published
    if when is None:
        return None
    return when.lo if when.earliest else min(event.start.lo, when.hi), when.hi


def as_of_words(agenda: Agenda) -> str:
    """The day of asking, in words."""
    return f"as of {in_words(agenda.as_of)}"


def capital(text: str) -> str:
    """A text with a capital."""
    return text[:1].upper() + text[1:]


def _framework_words(id: str, start: When, end: When | None) -> str:
    ends = f" to {rough_day(end)}" if end else ", still in force"
    return f"{id}, from {rough_day(start)}{ends}"


def _event_words(event: Event, now: int) -> str:
    """All that is drawn of an event, in words."""
    planned = "planned for " if event.start.lo > now else "" if event.end is None else "began "
    words = f"{event.label} {event.id}: {planned}{event.start.in_words()}"
    if event.end is not None:
        words += f", {'until' if planned == 'planned for ' else 'ended'} {event.end.in_words()}"
    for part in event.parts:
        words += f", fieldwork {part.start.in_words()} to {part.end.in_words()}"
    if event.published is not None:
        words += f", published {event.published.in_words()}"
    if event.judgements and not _unseen(event, now):
        words += "; " + ", ".join(f"{one.area}: {one.grade}" for one in event.judgements)
    return words


def _description(agenda: Agenda, axis: Axis) -> str:
    """What the picture shows, in words."""
    now = agenda.as_of.toordinal()
    lines = [
        f"Timeline of {agenda.history.provider.name} from {axis.first} to {axis.last}, "
        f"{as_of_words(agenda)}."
    ]
    for one in agenda.frameworks:
        lines.append(f"Framework {_framework_words(one.id, one.start, one.end)}.")
    kinds = _kinds(agenda)
    lines += [f"{capital(_event_words(event, now))}." for event in agenda.history.events]
    for duty in agenda:
        lines += [f"Due, {since(duty)}: {words}." for words, _, _ in windows_of(duty, 1e9)]
    for kind in kinds:
        for first, last in _gaps(agenda, kind, axis.lo):
            days = Window(date.fromordinal(first), None, date.fromordinal(last)).in_words()
            lines.append(f"Not covered by the record: {label(kind)}s, {days}.")
    for row in _suspensions(agenda):
        if any(kind in row.activities for kind in kinds):
            lines.append(f"Suspended {period(row)}".rstrip() + f": {row.says()}")
    if not kinds:
        lines.append("Nothing is on record and nothing is due.")
    return " ".join(lines)


def _shelves(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """Blocks on as few shelves as it takes for none to cover another."""
    shelves: list[list[_Block]] = []
    for block in sorted(blocks, key=lambda block: block.left):
        for shelf in shelves:
            if shelf[-1].right + 14 <= block.left:
                shelf.append(block)
                break
        else:
            shelves.append([block])
    return shelves
