"""A picture of a history and of what is due, as SVG: one lane for each kind of event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from ..cases import State
from ..dates import When, Window, in_words
from ..events import EVENTS, Event
from ..grades import Grade
from ..provisions import Response, Suspension
from .html import escaped
from .text import label, listed, since

if TYPE_CHECKING:
    from ..obligations import Obligation
    from ..planning import Agenda

_WIDTH, _LEFT, _RIGHT = 1200, 170, 1184
_BLUE, _TEAL, _PLUM, _ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
_INK, _GREY, _PALE, _LINE = "#1D1D1D", "#595959", "#F3F3F3", "#D0D0D0"
_FONT = "Arial, Helvetica, 'DejaVu Sans', sans-serif"
_SMALL, _BODY, _LARGE = 13, 14, 18
_STEP, _GAP = 17, 9
_GRADES: dict[Grade, tuple[str, str, str]] = {
    Grade.OUTSTANDING: ("O", _BLUE, "white"),
    Grade.GOOD: ("G", _TEAL, "black"),
    Grade.REQUIRES_IMPROVEMENT: ("R", _ORANGE, "black"),
    Grade.INADEQUATE: ("I", _PLUM, "white"),
    Grade.SATISFACTORY: ("S", "#BFBFBF", "black"),
    Grade.ADEQUATE: ("A", "#BFBFBF", "black"),
    Grade.NOT_JUDGED: ("N", "white", "black"),
}
"""The letter, the colour and the colour of the letter of each grade."""
_HATCHES = (
    "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    "M0 0L8 8M6 -2L10 2M-2 6L2 10",
    "M0 4H8",
    "M4 0V8",
    "M0 4H8M4 0V8",
    "M0 0L8 8M8 0L0 8",
)
"""Lines in a square of 8 × 8: one sort for each reading."""


def timeline_svg(agenda: Agenda) -> str:
    """Draw a history, what is due, and how far the record reaches, as an SVG image.

    Args:
        agenda: What is due; its history, its day and its frameworks are drawn with it.

    Returns:
        The image. The same agenda gives the same text. Its `desc` says in words what it shows.
    """
    return _Picture(agenda).svg()


class _Axis:
    """Whole years, from the left of the picture to the right."""

    def __init__(self, agenda: Agenda) -> None:
        days = [agenda.as_of, *_days(agenda)]
        self.first, self.last = min(days).year, max(days).year
        self.lo = date(self.first, 1, 1).toordinal()
        self.hi = date(self.last, 12, 31).toordinal() + 1
        self.scale = (_RIGHT - _LEFT) / (self.hi - self.lo)

    def x(self, day: int) -> float:
        """Where a day begins; days outside lie on the edge."""
        return round(_LEFT + (min(max(day, self.lo), self.hi) - self.lo) * self.scale, 1)

    def bar(self, first: int, last: int, least: float = 5) -> tuple[float, float]:
        """Left and right of a bar over days, wide enough to be seen."""
        left, right = self.x(first), self.x(last + 1)
        lack = max(0.0, least - (right - left)) / 2
        left = min(max(round(left - lack, 1), _LEFT), _RIGHT - least)
        return left, max(round(right + lack, 1), left + least)

    def years(self) -> Iterator[int]:
        """The years that get a line."""
        wide = (_RIGHT - _LEFT) / (self.last + 1 - self.first)
        step = next(one for one in (1, 2, 5, 10, 20, 50, 100) if one * wide >= 44)
        return (year for year in range(self.first, self.last + 1) if year % step == 0)


def _days(agenda: Agenda) -> Iterator[date]:
    """Every day that is drawn, where it is bounded."""
    whens: list[When | None] = [one.start for one in agenda.frameworks]
    for event in agenda.history.events:
        whens += [event.start, event.end, event.published]
        whens += [when for part in event.parts for when in (part.start, part.end)]
    for when in whens:
        if when is not None:
            yield from (day for day in (when.earliest, when.latest) if day is not None)
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
        self.axis = _Axis(agenda)
        self.now = agenda.as_of.toordinal()
        self.behind: list[str] = []
        self.front: list[str] = []
        self.legend: dict[str, str] = {}
        self.grades: dict[Grade, None] = {}
        self.hatches: dict[str, int] = {}
        self.told = _description(agenda, self.axis)
        self.key = f"timeline-{sha256(self.told.encode('utf-8', 'replace')).hexdigest()[:10]}"

    def svg(self) -> str:
        """The whole image."""
        title = f"{self.agenda.history.provider.name}: inspection timeline"
        self.front.append(_text(16, 30, _fit(title, _RIGHT - 16, _LARGE), _LARGE, bold=True))
        y = self._frameworks(94)
        top = y
        kinds = _kinds(self.agenda)
        for kind in kinds:
            y = self._lane(kind, y)
        if not kinds:
            self.front.append(_text(_LEFT + 10, y + 30, "Nothing is on record and nothing is due."))
            y += 48
        lines = list(self._lines(top, y))
        height = self._legend(y + 26)
        named = f"{self.key}-title {self.key}-desc"
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
            f'aria-labelledby="{named}" font-family="{_FONT}" font-size="{_BODY}" fill="{_INK}">',
            f'<title id="{self.key}-title">{escaped(title)}, {_as_of(self.agenda)}</title>',
            f'<desc id="{self.key}-desc">{escaped(self.told)}</desc>',
            *self._patterns(),
            f'<rect width="{_WIDTH}" height="{height}" fill="white"/>',
            *self.behind, *lines, *self.front,
            "</svg>",
        ]  # fmt: skip
        return "\n".join(parts) + "\n"

    def _patterns(self) -> Iterator[str]:
        hatches = [(f"reading-{i}", _PLUM, "white", path) for i, path in enumerate(_HATCHES)]
        hatches.append(("rough", _BLUE, "#DCE6EF", _HATCHES[0]))
        hatches.append(("gap", "#B8B8B8", _PALE, _HATCHES[1]))
        hatches.append(("suspended", _ORANGE, "#FDE9DF", _HATCHES[4]))
        yield "<defs>"
        for name, colour, ground, path in hatches:
            yield (
                f'<pattern id="{self.key}-{name}" width="8" height="8" '
                f'patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="{ground}"/>'
                f'<path d="{path}" stroke="{colour}" stroke-width="1"/></pattern>'
            )
        yield "</defs>"

    def _fill(self, name: str) -> str:
        return f"url(#{self.key}-{name})"

    def _lines(self, top: int, bottom: int) -> Iterator[str]:
        """The lines of the years, and the day of asking."""
        for year in self.axis.years():
            x = self.axis.x(date(year, 1, 1).toordinal())
            yield f'<path d="M{x} 64V{bottom}" stroke="{_LINE}"/>'
        x = self.axis.x(self.now)
        words = _as_of(self.agenda)
        half = _measure(words, _BODY, bold=True) / 2
        middle = min(max(x, _LEFT + half), _RIGHT - half)
        yield f'<path d="M{x} 58V{bottom}" stroke="black" stroke-width="2" stroke-dasharray="7 3"/>'
        yield _text(middle, 54, words, _BODY, bold=True, anchor="middle")
        for year in self.axis.years():
            yield from _label(self.axis.x(date(year, 1, 1).toordinal()) + 4, 80, str(year), _SMALL)
        if bottom > top:
            yield f'<path d="M16 {bottom}H{_RIGHT}" stroke="{_LINE}"/>'

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
                band.append(_rect(left, y, wide, 22, "white", _TEAL, dashed=True, round=8))
            if sure_right > sure_left:
                left, right = sure_left, sure_right
                band.append(_rect(left, y, round(right - left, 1), 22, "#E1F2F1", _TEAL))
            words = _framework_words(one.id, one.start, one.end)
            self.front += _titled(f"{one.title}: {words}", band)
            if _measure(words, _SMALL) + 16 <= right - left:
                self.front.append(_text(left + 10, y + 16, words, _SMALL))
            else:
                self.front += self._beside(words, left, right, y + 16)
            y += 28
        if self.agenda.frameworks:
            self.front.append(_text(16, 94 + 16, "Framework", bold=True))
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
            for words, readings, window in _windows(one, 200):
                y = self._window(words, readings, window, y + 2)
        y = max(y + 8, top + 46)
        self._ground(kind, top, y)
        lines = wrap(_capital(EVENTS[kind].label), 18)
        for number, line in enumerate(lines):
            self.front.append(_text(16, top + 26 + number * _STEP, line, bold=True))
        return y

    def _ground(self, kind: str, top: int, bottom: int) -> None:
        """What lies behind a lane: where the record is silent, and where nothing may begin."""
        height = bottom - top
        self.behind.append(f'<path d="M16 {top}H{_RIGHT}" stroke="{_LINE}"/>')
        for first, last in _gaps(self.agenda, kind, self.axis.lo):
            left, right = self.axis.x(first), self.axis.x(last + 1)
            rect = _rect(left, top + 1, round(right - left, 1), height - 2, self._fill("gap"))
            self.behind += _titled(f"{label(kind)}s: not covered by the record", [rect])
            self.legend["not covered by the record"] = _rect(0, 0, 26, 14, self._fill("gap"), _GREY)
        for one in _suspensions(self.agenda):
            if kind in one.activities and one.lo < self.axis.hi and one.hi >= self.axis.lo:
                left, right = self.axis.bar(one.lo, min(one.hi, self.axis.hi))
                fill, wide = self._fill("suspended"), round(right - left, 1)
                self.behind += _titled(one.says(), [_rect(left, bottom - 9, wide, 8, fill, _GREY)])
                self.legend["suspended"] = _rect(0, 3, 26, 8, fill, _GREY)

    def _block(self, event: Event) -> _Block:
        """How much room an event takes."""
        left, right = self.axis.bar(event.start.lo, (event.end or event.start).hi)
        for day in _publication(event) or ():
            left, right = min(left, self.axis.x(day)), max(right, self.axis.x(day))
        planned = event.start.lo > self.now
        lines = (_fit(event.id, 260), event.start.in_words() + (" (planned)" if planned else ""))
        grades = () if _unseen(event, self.now) else tuple(
            (_fit(judgement.area.replace("-", " "), 230), judgement.grade)
            for judgement in event.judgements or ()
        )  # fmt: skip
        wide = [_measure(line, _BODY, bold=True) for line in lines]
        wide += [_measure(area, _SMALL) + 20 for area, _ in grades]
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
            line = f'<path d="M{left} {y + 7}H{right}" stroke="{_BLUE}" stroke-width="2"/>'
            drawn.insert(0, line)
        else:
            drawn += self._fieldwork(event.start, event.end, y, planned)
        drawn += self._published(event, y)
        for number, line in enumerate(block.lines):
            drawn += _label(x, y + 31 + number * _STEP, line, bold=not number)
        for number, (area, grade) in enumerate(block.grades):
            line_y = y + 36 + _STEP + 18 * number
            drawn += _label(x + 20, line_y + 12, area, _SMALL)
            drawn += _titled(f"{area}: {grade}", _chip(x, line_y, grade))
            self.grades[grade] = None
        self.front += _titled(_event_words(event, self.now), drawn)

    def _fieldwork(self, start: When, end: When | None, y: int, planned: bool) -> Iterator[str]:
        """A bar: solid on the days that are sure, hatched on those that are only possible."""
        last = end or start
        rough = not (start.exact and last.exact)
        if planned:
            self.legend["planned"] = _rect(2, 0, 22, 14, "white", _BLUE)
        if rough:
            left, right = self.axis.bar(start.lo, last.hi, 8)
            fill = "white" if planned else self._fill("rough")
            yield _rect(left, y, round(right - left, 1), 14, fill, _BLUE, dashed=True, round=7)
            if not planned:
                name = "date known only roughly: some day of these"
                self.legend[name] = _rect(0, 0, 26, 14, fill, _BLUE, dashed=True, round=7)
        if end is None and not rough:
            x = min(max(self.axis.x(start.lo), _LEFT + 6), _RIGHT - 6)
            yield _dot(x, y + 7, "white" if planned else _BLUE)
            if not planned:
                self.legend["first day, or the only one"] = _dot(13, 7, _BLUE)
        elif end is not None and start.hi <= end.lo:
            left, right = self.axis.bar(start.hi, end.lo)
            fill = "white" if planned else _BLUE
            yield _rect(left, y, round(right - left, 1), 14, fill, _BLUE)
            if not planned:
                self.legend["fieldwork"] = _rect(10, 0, 6, 14, _BLUE, _BLUE)

    def _published(self, event: Event, y: int) -> Iterator[str]:
        """A tick on the day of publication; dashes under the days that are possible."""
        days = _publication(event)
        if days is None:
            return
        left, right = map(self.axis.x, days)
        if left == right:
            yield _tick(left, y)
            self.legend["published"] = _tick(13, 0)
        else:
            yield _dashes(left, right, y + 17)
            self.legend["published on some day of these"] = _dashes(0, 26, 7)

    def _window(self, words: str, readings: str, window: Window | None, y: int) -> int:
        """A window of what is due; gives the place below it."""
        if window is None:
            left = right = self.axis.x(self.now)
        else:
            first = self.axis.lo if window.earliest is None else window.earliest.toordinal()
            last = self.axis.hi if window.latest is None else window.latest.toordinal()
            left, right = self.axis.bar(first, last)
        if not _room(words, left, right):
            y += _STEP
        drawn = []
        if window is not None:
            number = self.hatches.setdefault(readings, len(self.hatches)) % len(_HATCHES)
            fill = self._fill(f"reading-{number}")
            drawn.append(_rect(left, y, round(right - left, 1), 16, fill, _PLUM, thick=2))
            name = "window in which it is due, hatched by reading"
            self.legend[name] = _rect(0, 0, 26, 14, self._fill("reading-0"), _PLUM, thick=2)
        if window is not None and window.expected is not None:
            drawn.append(_diamond(self.axis.x(window.expected.toordinal()), y + 8))
            self.legend["expected day"] = _diamond(13, 7)
        self.front += [*_titled(words, drawn), *self._beside(words, left, right, y + 13)]
        return y + 20

    def _beside(self, words: str, left: float, right: float, y: int) -> list[str]:
        """A text on the side of a bar where it has room, or above it."""
        room = _room(words, left, right)
        if room == "left":
            return _label(left - _GAP, y, words, _SMALL, anchor="end")
        if room == "right":
            return _label(right + _GAP, y, words, _SMALL)
        words = _fit(words, _RIGHT - _LEFT, _SMALL)
        return _label(min(left, _RIGHT - _measure(words, _SMALL)), y - 18, words, _SMALL)

    def _legend(self, y: int) -> int:
        """What the marks mean, in as many lines as it takes; gives the height of the picture."""
        items = {**self.legend}
        for grade in Grade:
            if grade in self.grades:
                items[grade.replace("-", " ")] = "".join(_chip(6, 0, grade))
        x = 16
        for words, mark in items.items():
            wide = 34 + round(_measure(words, _SMALL)) + 22
            if x + wide > _WIDTH and x > 16:
                x, y = 16, y + 24
            self.front.append(f'<g transform="translate({x} {y - 11})">{mark}</g>')
            self.front.append(_text(x + 34, y, words, _SMALL))
            x += wide
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
    wide = _measure(words, _SMALL) + _GAP + 2
    return "left" if left - wide >= _LEFT else "right" if right + wide <= _RIGHT else ""


def _windows(one: Obligation, room: float) -> Iterator[tuple[str, str, Window | None]]:
    """Each window of an obligation: in words, the readings that share it, and the window.

    A window without any bound says nothing: it is told as not known.
    """
    shared: dict[Window | None, list[str]] = {}
    for course in one.courses:
        window = None if course.window == Window(None, None, None) else course.window
        shared.setdefault(window, []).extend([course.reading] if course.reading else [])
    name = one.provision
    if isinstance(one.courses[0].rows[0], Response):
        name += f" of {_fit(one.subject, room)}"
    for window, readings in shared.items():
        days = "no day known" if window is None else window.in_words()
        if window is None and State.SUSPENDED in one.possible:
            days = "suspended, no day known"
        names = _readings(readings)
        yield f"{name} ({names}): {days}" if names else f"{name}: {days}", names, window


def _readings(names: Sequence[str]) -> str:
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


def _as_of(agenda: Agenda) -> str:
    return f"as of {in_words(agenda.as_of)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _framework_words(id: str, start: When, end: When | None) -> str:
    ends = f" to {end.in_words()}" if end else ", still in force"
    return f"{id}, from {start.in_words()}{ends}"


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


def _description(agenda: Agenda, axis: _Axis) -> str:
    """What the picture shows, in words."""
    now = agenda.as_of.toordinal()
    lines = [
        f"Timeline of {agenda.history.provider.name} from {axis.first} to {axis.last}, "
        f"{_as_of(agenda)}."
    ]
    for one in agenda.frameworks:
        lines.append(f"Framework {_framework_words(one.id, one.start, one.end)}.")
    kinds = _kinds(agenda)
    lines += [f"{_capital(_event_words(event, now))}." for event in agenda.history.events]
    for duty in agenda:
        lines += [f"Due, {since(duty)}: {words}." for words, _, _ in _windows(duty, 1e9)]
    for kind in kinds:
        for first, last in _gaps(agenda, kind, axis.lo):
            days = Window(date.fromordinal(first), None, date.fromordinal(last)).in_words()
            lines.append(f"Not covered by the record: {label(kind)}s, {days}.")
    for row in _suspensions(agenda):
        if any(kind in row.activities for kind in kinds):
            started = "" if row.effective_from is None else f" from {row.effective_from.in_words()}"
            ended = "" if row.effective_to is None else f" to {row.effective_to.in_words()}"
            lines.append(f"Suspended{started}{ended}: {row.says()}")
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


def _measure(text: str, size: int = _BODY, *, bold: bool = False) -> float:
    """About how wide a text is; rather too wide than too narrow."""
    wide = sum(
        1.0 if east_asian_width(one) in "WF"
        else 0.31 if one in "ijlftrI.,:;'|!()[]-/ "
        else 0.84 if one in "mwMW@%…"
        else 0.7 if one.isupper()
        else 0.5 if one in "ckszvxy"
        else 0.56
        for one in text
    )  # fmt: skip
    return wide * size * (1.1 if bold else 1.04)


def _fit(text: str, room: float, size: int = _BODY) -> str:
    """As much of a text as there is room for."""
    if _measure(text, size, bold=True) <= room:
        return text
    while text and _measure(text + "…", size, bold=True) > room:
        text = text[:-1]
    return text + "…"


def _titled(title: str, drawn: Sequence[str]) -> list[str]:
    """Some marks with a text that shows when one points at them."""
    return [f"<g><title>{escaped(title)}</title>", *drawn, "</g>"]


def _text(
    x: float,
    y: float,
    text: str,
    size: int = _BODY,
    *,
    bold: bool = False,
    anchor: str = "start",
    fill: str = _INK,
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{round(x, 1)}" y="{y}" font-size="{size}" fill="{fill}"{weight}{where}>'
        f"{escaped(text)}</text>"
    )


def _label(
    x: float, y: float, text: str, size: int = _BODY, *, bold: bool = False, anchor: str = "start"
) -> list[str]:
    """A text on a white ground, so that it can be read on a hatched one."""
    wide = round(_measure(text, size, bold=bold), 1)
    left = round(x - wide if anchor == "end" else x, 1)
    ground = (
        f'<rect x="{left - 2:g}" y="{y - size + 1}" width="{wide + 4:g}" height="{size + 3}" '
        f'fill="white" fill-opacity="0.9"/>'
    )
    return [ground, _text(x, y, text, size, bold=bold, anchor=anchor)]


def _rect(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    stroke: str | None = None,
    *,
    dashed: bool = False,
    round: int = 0,
    thick: float = 1.5,
) -> str:
    line = f' stroke="{stroke}" stroke-width="{thick}"' if stroke else ""
    line += ' stroke-dasharray="4 2"' if dashed else ""
    line += f' rx="{round}"' if round else ""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{line}/>'


def _chip(x: float, y: float, grade: Grade) -> list[str]:
    """A grade: its letter on its colour."""
    letter, colour, ink = _GRADES[grade]
    return [
        _rect(x, y, 15, 15, colour, _INK if colour == "white" else None, round=2),
        _text(x + 7.5, y + 12, letter, _SMALL, bold=True, anchor="middle", fill=ink),
    ]


def _dot(x: float, y: float, fill: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="6" fill="{fill}" stroke="{_BLUE}" stroke-width="2"/>'


def _tick(x: float, y: float) -> str:
    return (
        f'<path d="M{x} {y}V{y + 14}M{x - 4:g} {y}H{x + 4:g}" stroke="{_INK}" stroke-width="2" '
        f'fill="none"/>'
    )


def _dashes(left: float, right: float, y: float) -> str:
    return (
        f'<path d="M{left} {y}H{right}" stroke="{_INK}" stroke-width="1.5" stroke-dasharray="3 2"/>'
        f'<path d="M{left} {y - 4}V{y + 1}M{right} {y - 4}V{y + 1}" stroke="{_INK}"/>'
    )


def _diamond(x: float, y: float) -> str:
    return (
        f'<path d="M{x} {y - 7}L{x + 6:g} {y}L{x} {y + 7}L{x - 6:g} {y}Z" fill="white" '
        f'stroke="{_PLUM}" stroke-width="2"/>'
    )
