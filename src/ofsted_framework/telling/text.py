"""Plain English: sentences for verdicts, obligations, results and agendas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

from ..cases import FIELDS, FIRST, Because, State, Status, missing
from ..dates import When, Window, add_months, in_words, rough_day
from ..events import EVENTS
from ..obligations import deadline
from ..provisions import NOT_KNOWN, Between, Cadence, Response, Row
from ..sources import Basis, Ground
from ..windows import NEVER

if TYPE_CHECKING:
    from ..acceptance import Acceptance
    from ..editions import Framework
    from ..frames import Listing
    from ..obligations import Course, Obligation
    from ..planning import Agenda, Change
    from ..verdicts import CheckResult, Departure, Rule, Verdict

_WIDTH = 96
# Control characters, lone surrogates, and what turns the direction of a line round.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
ORDER = (
    Status.VIOLATED,
    Status.UNDETERMINED,
    Status.PENDING,
    Status.SATISFIED,
    Status.NOT_APPLICABLE,
)
"""The order in which verdicts are told: what needs attention first."""


def shown(text: str) -> str:
    """A text in which nothing steers a terminal or turns a line round: that becomes U+FFFD."""
    return _STEERING.sub("\ufffd", text)


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as English lists them: `a, b and c`."""
    some = list(words)
    return (
        some[0] if len(some) == 1 else f"{', '.join(some[:-1])} {last} {some[-1]}" if some else ""
    )


def states(possible: Iterable[State]) -> str:
    """States in the order of the table, as English lists them."""
    some = set(possible)
    return listed((state for state in State if state in some), "or")


def standing(possible: Iterable[State]) -> str:
    """How something stands: `is open`, or `may be met or open`."""
    some = set(possible)
    return f"{'is' if len(some) == 1 else 'may be'} {states(some)}"


def label(activity: str) -> str:
    """What people call an activity."""
    return EVENTS[activity].label if activity in EVENTS else "publication"


def since(one: Obligation) -> str:
    """The subject of an obligation, in words."""
    if one.subject == "opening":
        return f"from the beginning ({one.anchor.in_words()})"
    return f"after {one.subject}" if one.activity in EVENTS else f"of {one.subject}"


def message(verdict: Verdict) -> str:
    """What was found, in a sentence."""
    one = verdict.obligation
    if one is None and verdict.raw.detail and verdict.status is Status.UNDETERMINED:
        return f"{_plainly(verdict)} If not: {verdict.raw.detail}"  # so in some of the cases alone
    if one is None:
        return verdict.raw.detail or _plainly(verdict)
    if verdict.status is Status.UNDETERMINED:
        return f"It may be {states(one.possible)}."
    if verdict.status is Status.NOT_APPLICABLE:
        return (
            "Nothing is owed."
            if State.NOT_OWED in one.possible
            else "It lapsed with the framework."
        )
    row = one.courses[0].rows[0]
    return (
        _stretch_message(one, row) if isinstance(row, Between)
        else _response_message(one) if isinstance(row, Response)
        else _cadence_message(one)
    )  # fmt: skip


def _plainly(verdict: Verdict) -> str:
    return {
        Status.SATISFIED: "It is so.",
        Status.VIOLATED: "It is not so.",
        Status.NOT_APPLICABLE: "It does not arise.",
        Status.PENDING: "It is still to come.",
        Status.UNDETERMINED: "It may be so or not.",
    }[verdict.status]


def _windows(one: Obligation, words: Callable[[Window], str] = Window.in_words) -> str:
    shown: dict[str, list[str]] = {}
    for course in one.courses:
        if course.window is not None:
            # What lies between is windowed by the readings of the activity that bounds it.
            name = (course.reading or "").rsplit("; ", 1)[-1]
            names = shown.setdefault(words(course.window), [])
            names += [] if name in names else [name]
    return listed(
        (f"{days} ({listed(filter(None, names), 'and')})" if any(names) else days
         for days, names in shown.items()), "or",
    )  # fmt: skip


def _cadence_message(one: Obligation) -> str:
    what, window = label(one.activity), _windows(one)
    if one.status is Status.SATISFIED:
        return f"The {what} {one.fulfilled_by} came in time: due {window}."
    if one.status is Status.PENDING:
        booked = f" {one.booked} is booked." if one.booked else ""
        return f"The next {what} is due {window}.{booked}"
    if one.fulfilled_by is not None:
        return f"The {what} {one.fulfilled_by} did not come in its window: due {window}."
    return f"No {what} came: due {window}."


def _stretch_message(one: Obligation, row: Between) -> str:
    course = next((course for course in one.courses if course.count is not None), one.courses[0])
    low, high = course.count or (0, None)
    number = f"{low}" if low == high else f"{low} or more" if high is None else f"{low} to {high}"
    what = listed((f"{label(kind)}s" for kind in row.activities), "or")
    start = one.anchor.in_words() if one.subject == "opening" else one.subject
    until = f"between {start} and {one.fulfilled_by}" if one.fulfilled_by else f"since {start}"
    asked = {_asked(row) for course in one.courses for row in course.rows}
    return f"{what.capitalize()} {until}: {number}; asked for: {listed(sorted(asked), 'or')}."


def _asked(row: Row) -> str:
    assert isinstance(row, Between)  # its readings share its class
    if row.at_most is None:
        return f"at least {row.at_least}"
    if row.at_least == row.at_most:
        return f"exactly {row.at_least}"
    return f"{row.at_least} to {row.at_most}" if row.at_least else f"at most {row.at_most}"


def _response_message(one: Obligation) -> str:
    what = "report or letter" if one.activity == "published" else label(one.activity)
    latest = [c.window.latest for c in one.courses if c.window is not None and c.window.latest]
    by = f" by {in_words(max(latest))}" if latest else ""
    row = one.courses[0].rows[0]
    counted = _working_day(one, row) if len(one.rows) == 1 else ""
    counted = counted and f", {counted}"
    if one.status is Status.SATISFIED:
        late = isinstance(row, Response) and row.late_counts
        told = "." if late else f" in time{counted}: due{by}."
        return f"The {what} of {one.subject} came{told}"
    if one.status is Status.PENDING:
        return f"The {what} of {one.subject} is due{by}."
    came = State.MET_LATE in one.possible
    how = f"came late{counted}" if came else "is missing"
    return f"The {what} of {one.subject} {how}: due{by}."


def verdict_text(verdict: Verdict) -> str:
    """A verdict in plain English, with the arithmetic of its dates."""
    where = f"[{verdict.provision}]" if verdict.provision else ""
    lines = [f"{verdict.code}{where} {verdict.subject or ''}: {verdict.status}".replace(" :", ":")]
    lines += paragraph(verdict.rule.sentence)
    one = verdict.obligation
    lines += paragraph(verdict.message)
    if one is not None:
        lines += list(_body(one))
    else:
        lines += list(_support(verdict))
        lines += list(_settle(verdict.missing, verdict.because, verdict.history.complete))
    if verdict.status is Status.VIOLATED:
        basis = (
            f", since the weakest thing that it rests on is {verdict.basis}"
            if verdict.basis
            else ""
        )
        lines += paragraph(f"Severity: {verdict.severity}{basis}.")
        lines += paragraph(f"What to do: {verdict.rule.remedy}")
    lines += list(_cited(verdict))
    return shown("\n".join(lines))


def _cited(verdict: Verdict) -> Iterator[str]:
    for citation in verdict.citations:
        yield from paragraph(str(citation), "  Source: ", "    ")


def obligation_text(one: Obligation, *, asked: bool = True) -> str:
    """An obligation in plain English, with the arithmetic of its dates.

    Args:
        one: The obligation.
        asked: Whether to say how it stands on the day of asking.
    """
    lines = [f"{one.framework}/{one.provision}, {since(one)}"]
    if windows := _windows(one):
        lines += paragraph(f"Due {windows}.")
    if asked:
        lines += paragraph(f"On the day of asking it {standing(one.possible)}.")
    return shown("\n".join([*lines, *_body(one, asked)]))


def _body(one: Obligation, asked: bool = True) -> Iterator[str]:
    own = {ground for some in one.rows for ground in some.grounds}
    grounds = [ground for ground in one.grounds if ground.part == "sentence" and ground in own]
    support = listed(dict.fromkeys(weight(ground) for ground in grounds))
    sentence = " Or: ".join(dict.fromkeys(row.says() for row in one.rows))
    yield from paragraph(sentence + (f" ({support})" if support else ""))
    said = [ground for ground in one.grounds if ground.part != "sentence"]
    yield from _grounds(said)
    told: dict[str, None] = {}
    for course in one.courses:
        reading = f"{course.reading}: " if course.reading else ""
        text = f"{reading}{arithmetic(one, course)}"
        if len(one.courses) > 1 and asked:
            text += f" It {standing(course.possible)}."
        told[text] = None
    for text in told:
        yield from paragraph(text, "  - ", "    ")
    windows = dict.fromkeys(g for course in one.courses for g in one.grounds_of(course))
    yield from _grounds(ground for ground in windows if ground not in said)
    if not asked and (maybe := one.cases.states.get(State.NOT_OWED)) is not None:
        settle = listed(missing(maybe))
        yield from paragraph(f"Whether it is owed is open; to settle that: {settle}.")
    if one.sent is not None:
        kinds = listed(one.sent.kinds, "or")
        yield from paragraph(f"The next is of the kind {kinds}: {one.sent.reason}")
        if one.sent.missing:
            yield from paragraph(f"To settle the kind: {listed(one.sent.missing)}.")
    if one.booked is not None:
        misses = listed(filter(None, one.booking_misses), "and")
        late = f", after its window has closed ({misses})" if one.booking_misses else ""
        yield from paragraph(f"{one.booked} is booked{late}.")
    if asked:
        yield from _settle(one.missing, one.because, one.complete)


def _grounds(some: Iterable[Ground]) -> Iterator[str]:
    """What some parts rest on, in the words of the framework."""
    for ground in some:
        if ground.says is not None:
            yield from paragraph(f"{ground.says} ({weight(ground)})")


def assumed(one: Obligation, *courses: Course) -> tuple[str, ...]:
    """What the windows of an obligation rest on that nobody said: assumed readings and values."""
    grounds = (ground for course in courses for ground in one.grounds_of(course))
    found = (ground for ground in grounds if ground.basis is Basis.ASSUMED)
    words = (g.says or f"The {g.part.replace('_', ' ')} of {one.provision}." for g in found)
    return tuple(dict.fromkeys(words))


def weight(ground: Ground) -> str:
    """How well something is supported, and by which facts."""
    return f"{ground.basis}: {', '.join(ground.facts)}" if ground.facts else str(ground.basis)


def _support(verdict: Verdict) -> Iterator[str]:
    grounds = verdict.raw.grounds
    own = {ground for ground in grounds if ground.part == "sentence"}
    if verdict.framework is not None and verdict.raw.provision is not None:
        rows = verdict.framework.provision(verdict.raw.provision)
        spoken = [row for row in rows if own & set(row.grounds)]
        support = listed(weight(g) for g in grounds if any(g in row.grounds for row in spoken))
        for sentence in dict.fromkeys(row.says() for row in spoken):
            yield from paragraph(f"{sentence} ({support})")
    yield from _grounds(grounds)


def _settle(missing: Iterable[str], because: Iterable[Because], complete: bool) -> Iterator[str]:
    some = list(missing)
    if some:
        yield from paragraph(f"To settle it: {'; '.join(some)}.")
        if set(because) == {Because.NOT_COVERED} and not complete:
            yield from paragraph(COMPLETE)


COMPLETE = (
    "It is undetermined only for want of coverage: if the record is whole, say so with "
    '--complete on the command line, or coverage="complete".'
)
"""What settles an answer that is undetermined only for want of coverage."""


def arithmetic(one: Obligation, course: Course) -> str:
    """How a window was worked out, in words."""
    row, window = course.rows[0], course.window
    if isinstance(row, Between):
        number = listed(dict.fromkeys(map(_asked, course.rows)), "or")
        return f"{number} asked for" + ("." if window is None else f", {window.in_words()}.")
    if isinstance(row, Response):
        return _response_arithmetic(
            one, course, [r for r in course.rows if isinstance(r, Response)]
        )
    assert isinstance(row, Cadence)  # the three kinds of duty
    if window is None:
        return "no window."
    if row.periods is not None:
        months, origin = row.periods.months, in_words(row.periods.origin)
        return f"periods of {months} months from {origin} on: {window.in_words()}."
    rhythm = row.since_last
    assert rhythm is not None  # a cadence has one or the other
    if not one.anchor.exact or window.expected is None or one.anchor.earliest is None:
        some = (each.since_last for each in course.rows if isinstance(each, Cadence))
        number = listed(dict.fromkeys(str(each.months) for each in some if each), "or")
        return f"{number} months from {one.anchor.in_words()}: {window.in_words()}."
    start = one.anchor.earliest
    expected = add_months(start, rhythm.months)
    text = f"{in_words(start)} + {rhythm.months} months = {in_words(expected)}"
    if window.expected != expected:
        lost = (window.expected - expected).days
        text += f" + {lost} days suspended = {in_words(window.expected)}"
    if rhythm.before is not None and window.earliest is not None:
        text += f"; {rhythm.before} months earlier is {in_words(window.earliest)}"
    if rhythm.after and window.latest is not None:
        text += f"; {rhythm.after} months later is {in_words(window.latest)}"
    return text + "."


def _response_arithmetic(one: Obligation, course: Course, rows: Sequence[Response]) -> str:
    if course.possible == {State.NOT_OWED}:
        return "nothing is owed, so that no time runs."
    if all(row.working_days == NOT_KNOWN for row in rows):
        return "how many working days are allowed is not known."
    begun, field = one.counted_from, rows[0].counted_from
    day = FIELDS[field]
    if begun is None:
        times = listed(dict.fromkeys(map(_time, rows)), "or")
        why = "still to come" if course.possible == {State.NOT_YET_OPEN} else "not known"
        return f"{times} from the {day} of {one.subject}, which is {why}."
    text = "; or ".join(dict.fromkeys(_deadline(one, row, begun) for row in rows))
    latest = course.window and course.window.latest
    if latest and any(row.months is None for row in rows):
        free = one.calendar.holidays(begun.earliest or latest, latest)
        text += f" (bank holidays left out: {listed(map(_short, free))})" if free else ""
        if one.calendar.projected(latest):
            text += " (bank holidays of that year are projected)"
    if one.came is not None:
        how = [f", {told}" for row in rows if (told := _working_day(one, row))]
        on = "on " if one.came.exact else ""
        text += "".join(f". It came {on}{one.came.in_words()}{told}" for told in how)
    return f"{text}."


def _time(row: Response) -> str:
    if row.working_days == NOT_KNOWN:
        return "a number (not known) of working days"
    return f"{row.months} months" if row.months else f"{row.working_days} working days"


def _deadline(one: Obligation, row: Response, begun: When) -> str:
    """The last day of a response, counted from a day that may be known only roughly."""
    if row.working_days == NOT_KNOWN:
        return _time(row)
    lo, hi = max(begun.lo, row.lo), min(begun.hi, row.hi)  # the days on which the row governs
    first = None if lo <= FIRST else date.fromordinal(deadline(row, lo, one.calendar))
    last = None if hi >= NEVER else date.fromordinal(deadline(row, hi, one.calendar))
    if lo == hi and last is not None:
        return f"{in_words(date.fromordinal(lo))} + {_time(row)} = {in_words(last)}"
    ends = Window(first, None, last).in_words()
    return f"{_time(row)} from the {FIELDS[row.counted_from]} ({begun.in_words()}): {ends}"


def _working_day(one: Obligation, row: Row) -> str:
    """On which working day a response came, of those allowed; nothing where that says nothing."""
    begun, came = one.counted_from, one.came
    if not isinstance(row, Response) or not isinstance(row.working_days, int):
        return ""
    if begun is None or not begun.exact or came is None or came.latest is None:
        return ""
    start, allowed = begun.lo, row.working_days
    if came.hi < start:
        return ""
    last = one.calendar.count_ordinals(start, came.hi)
    if came.exact:
        when = "on" if one.calendar.is_working(came.latest) else "after"
        return f"{when} working day {last}" + (
            f" of {allowed}" if last <= allowed else f", where {allowed} are allowed"
        )
    first = one.calendar.count_ordinals(start, came.lo) if came.lo > start else 0
    some = f"by working day {last}" if came.lo <= start else f"on working day {first} to {last}"
    return f"{some}, where {allowed} are allowed"


def _short(day: date) -> str:
    return in_words(day).rsplit(" ", 1)[0]


def result_text(result: CheckResult, *, every: bool = False, explained: bool = False) -> str:
    """A result in plain English: departures first, then what is open, then the rest.

    Args:
        result: The result.
        every: Whether to list what does not apply as well.
        explained: Whether to explain every verdict that is listed.
    """
    against = listed(one.id for one in result.frameworks) or "no framework"
    name = result.history.provider.name
    lines = [f"{name} on {in_words(result.as_of)}, checked against {against}", ""]
    number = len(result.departures)
    severities = Counter(departure.severity for departure in result.departures)
    told = listed(f"{n} {one}{'s' if n > 1 else ''}" for one, n in severities.items())
    plural = "s" if number != 1 else ""
    accepted = number - len(result.standing)
    told += f"; {'all' if accepted == number else accepted} accepted" if accepted else ""
    lines.append(f"{number} departure{plural}: {told}." if number else "No departures.")
    counts = [f"{result.counts[status]} {status}" for status in ORDER if result.counts[status]]
    lines.append(f"Verdicts: {', '.join(counts).replace('not-applicable', 'not applicable')}.")
    for unused in result.unused:
        lines += ["", *paragraph(unused_words(unused, result.as_of), "", "")]
    for departure in result.departures:
        lines += ["", departure.explain()] if explained else ["", *_departure(departure)]
        lines += paragraph(accepted_words(departure)) if explained else []
    for status in ORDER[1:] if every else ORDER[1:4]:
        some = [verdict for verdict in result.verdicts if verdict.status is status]
        if some:
            lines += ["", status.upper().replace("-", " ")]
        for verdict in some:
            lines += ["", verdict_text(verdict)] if explained else _line(verdict)
    open_ = [v for v in result.verdicts if v.status is Status.UNDETERMINED]
    covered = [verdict for verdict in open_ if verdict.because == {Because.NOT_COVERED}]
    if covered and not result.history.complete:
        lines += ["", *wrap(
            "Some answers are undetermined only for want of coverage. If the record is whole, say "
            'so with --complete, or coverage="complete".', _WIDTH)]  # fmt: skip
    lines += ["", *_receipt(result)]
    return shown("\n".join(lines))


def _receipt(answer: CheckResult | Agenda) -> list[str]:
    receipt = answer.receipt
    frameworks = ", ".join(f"{id} {content[:12]}" for id, content in receipt.frameworks)
    lines = [
        f"Receipt: ofsted-framework {receipt.library}; {frameworks}; calendar {receipt.calendar}; "
        f"input {receipt.input[:12]}."
    ]
    lines += [f"Reading chosen: {id} = {reading}." for id, reading in receipt.readings]
    lines += [f"Value replaced (assumed): {change}." for change in receipt.changes]
    return [line for text in lines for line in wrap(text, _WIDTH)]


def _departure(departure: Departure) -> list[str]:
    head = f"{departure.severity.upper()} {departure.id}"
    lines = [head, *paragraph(departure.message), *paragraph(f"What to do: {departure.remedy}")]
    return [*lines, *paragraph(accepted_words(departure))]


def accepted_words(departure: Departure) -> str:
    """That a departure is accepted, until when and why; nothing where it is not."""
    one = departure.accepted
    return "" if one is None else f"Accepted until {in_words(one.until)}: {one.reason}"


def found_words(departure: Departure) -> str:
    """What was found, and that it is accepted, where it is."""
    return f"{departure.message} {accepted_words(departure)}".strip()


def unused_words(one: Acceptance, as_of: date) -> str:
    """Why something that was said to be accepted is not."""
    over = one.until < as_of
    why = f"ran out on {in_words(one.until)}" if over else "is no departure of this record"
    return f"Said to be accepted, but {why}: {one.departure} ({one.reason})"


def _line(verdict: Verdict) -> list[str]:
    name = verdict.provision or verdict.rule.slug
    subject = f" · {verdict.subject}" if verdict.subject else ""
    head = f"  {verdict.code} {name}{subject}"
    if verdict.status is Status.UNDETERMINED:
        return [head, *paragraph(f"needs {'; '.join(verdict.missing)}", "      ", "      ")]
    if verdict.status is Status.NOT_APPLICABLE or verdict.obligation is None:
        return [head]
    return [head, *paragraph(verdict.message, "      ", "      ")]


def _last_day(window: Window) -> str:
    return window.in_words() if window.latest is None else f"by {in_words(window.latest)}"


def agenda_text(agenda: Agenda) -> str:
    """An agenda in plain English."""
    lines = [f"{agenda.history.provider.name}, what is due on {in_words(agenda.as_of)}"]
    if len(agenda) > 1:
        lines += ["", "In short"]
    for one in agenda if len(agenda) > 1 else ():
        due = _windows(one, _last_day) or "no day is known"
        told = f"- {one.provision}, {since(one)}: {due}; it {standing(one.possible)}"
        lines += paragraph(told, "  ", "    ")
    for one in agenda:
        lines += ["", obligation_text(one)]
    if not agenda.obligations:
        lines += ["", "Nothing is due."]
    lines += ["", *_receipt(agenda)]
    return shown("\n".join(lines))


def change_text(change: Change) -> str:
    """What one more event would change, in plain English."""
    lines = []
    for head, departures in (("Departures gone", change.gone), ("New departures", change.new)):
        lines += [f"{head}: {listed(d.id for d in departures) or 'none'}."]
    for head, some in (("Opened", change.opened), ("Closed", change.closed)):
        names = (f"{one.framework}/{one.provision} {since(one)}" for one in some)
        lines += [f"{head}: {listed(names) or 'nothing'}."]
    booked = [one for one in change.after if one.booked is not None]
    for one in booked:
        misses = listed(filter(None, one.booking_misses), "and")
        late = f", after its window has closed ({misses})" if one.booking_misses else ""
        lines.append(f"{one.booked} is booked for {one.framework}/{one.provision}{late}.")
    return shown("\n".join(line for text in lines for line in wrap(text, _WIDTH)))


def period(row: Row) -> str:
    """When a row holds; nothing where it holds as long as its framework does."""
    told = [] if row.effective_from is None else [f"from {rough_day(row.effective_from)}"]
    told += [] if row.effective_to is None else [f"to {rough_day(row.effective_to)}"]
    return " ".join(told)


def framework_text(framework: Framework) -> str:
    """A framework in plain English: its provisions, what they rest on, and what is not known."""
    end = f" to {rough_day(framework.end)}" if framework.end else ""
    lines = [f"{framework.id}: {framework.title}", f"From {rough_day(framework.start)}{end}."]
    for id in dict.fromkeys(row.id for row in framework.rows):
        rows = framework.provision(id)
        readings = tuple(dict.fromkeys(row.reading for row in rows if row.reading))
        named = f"; readings: {', '.join(readings)}" if readings else ""
        lines += ["", f"{id} ({rows[0].tag}{named})"]
        for sentence, when in dict.fromkeys((row.says(), period(row)) for row in rows):
            lines += paragraph(f"{sentence} ({when})" if when else sentence)
        for ground in dict.fromkeys(ground for row in rows for ground in row.grounds):
            of = tuple(dict.fromkeys(row.reading for row in rows if ground in row.grounds))
            by = " " if ground.part == "reading" else ", in "
            whose = "" if of == readings or None in of else f"{by}{listed(filter(None, of))}"
            dates = [f"from {in_words(ground.first)}"] if ground.first else []
            dates += [f"to {in_words(ground.last)}"] if ground.last else []
            told = f" {ground.says}" if ground.says else ""
            when = f" {' '.join(dates)}" if dates else ""
            part = ground.part.replace("_", " ")
            lines += paragraph(f"- {part}{whose}{when}: {weight(ground)}.{told}", "  ", "    ")
    if framework.scales:
        lines += ["", "Scales"]
    for scale in framework.scales:
        lines += paragraph(f"- {scale}", "  ", "    ")
        for ground in framework.grounds:
            if ground.part == f"scale {scale.id}":
                told = f" {ground.says}" if ground.says else ""
                lines += paragraph(f"- {weight(ground)}.{told}", "    ", "      ")
    lines += ["", "What is not known"]
    for one in framework.not_known:
        lines += paragraph(f"- {one.what}", "  ", "    ")
    return shown("\n".join(lines))


def rule_text(rule: Rule) -> str:
    """A rule in plain English."""
    lines = [f"{rule.code} {rule.slug}", *paragraph(rule.sentence)]
    lines += paragraph(f"Why: {rule.why}")
    lines += paragraph(f"What to do: {rule.remedy}")
    return shown("\n".join(lines))


def listing_text(listing: Listing) -> str:
    """A table of answers in columns; numbers stand to the right."""
    rows = [["" if cell is None else str(cell) for cell in row] for row in listing.rows]
    heads = [name.replace("_", " ") for name in listing.columns]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    right = [
        bool(rows) and all(isinstance(row[at], int) for row in listing.rows)
        for at in range(len(heads))
    ]
    lines = [
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in (heads, *rows)
    ]
    return shown("\n".join(lines))


def paragraph(text: str, first: str = "  ", rest: str = "  ") -> list[str]:
    """A text in lines of the usual width, indented."""
    return wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
