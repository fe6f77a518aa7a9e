"""What is due next, what follows from an event, and what one more event would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from .cases import GROUP, State, Status, View
from .dates import ENGLAND, WorkingDays
from .editions import Framework
from .errors import Gathered, OfstedFrameworkError, of_class, printable
from .events import Event
from .history import History, Provider
from .obligations import Obligation, before_next, obligations, running, sent_to
from .provisions import Between, Cadence
from .rules import RULES, asked, check, distinct, views
from .verdicts import Departure, Receipt, Rule, receipt


@attrs.frozen(kw_only=True)
class Agenda:
    """What can still be fulfilled on a day: for each duty the next time that it is owed."""

    history: History
    """The record that it was drawn from."""
    as_of: date
    """The day of asking."""
    frameworks: tuple[Framework, ...]
    """The frameworks in force."""
    calendar: str
    """The id of the working-day calendar."""
    obligations: tuple[Obligation, ...]
    """What is due, in the order in which duties depend on one another."""

    def __iter__(self) -> Iterator[Obligation]:
        """Go through the obligations."""
        return iter(self.obligations)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.obligations)

    def __getitem__(self, provision: str) -> Obligation:
        """The obligation of a provision.

        Raises:
            KeyError: Nothing is due under it.
        """
        for one in self.obligations:
            if provision in (one.provision, f"{one.framework}/{one.provision}"):
                return one
        known = ", ".join(dict.fromkeys(one.provision for one in self.obligations)) or "nothing"
        raise KeyError(f"nothing is due under {provision!r}; what is due: {known}")

    @property
    def receipt(self) -> Receipt:
        """What the answer was computed from."""
        return receipt(self.history, self.frameworks, self.as_of, self.calendar)

    def __repr__(self) -> str:
        names = ", ".join(one.provision for one in self.obligations) or "nothing"
        return printable(f"<Agenda of {self.history.provider.name} as of {self.as_of}: {names}>")

    def explain(self) -> str:
        """The agenda in plain English."""
        from .telling.text import agenda_text

        return agenda_text(self)

    def _repr_html_(self) -> str:
        from .telling.html import agenda_html

        return agenda_html(self)


@attrs.frozen(kw_only=True)
class Change:
    """What one more event would change."""

    new: tuple[Departure, ...]
    """Departures that it would bring."""
    gone: tuple[Departure, ...]
    """Departures that it would mend."""
    opened: tuple[Obligation, ...]
    """Obligations that it would begin, or leave waiting where they were not."""
    closed: tuple[Obligation, ...]
    """Obligations that it would end."""
    before: Agenda
    """The agenda without it."""
    after: Agenda
    """The agenda with it."""

    def __repr__(self) -> str:
        counts = {
            "departures gone": self.gone,
            "new departures": self.new,
            "obligations opened": self.opened,
            "obligations closed": self.closed,
        }
        told = ", ".join(f"{len(some)} {what}" for what, some in counts.items())
        return f"<Change for {self.after.history.provider.name}: {told}>"

    def _repr_html_(self) -> str:
        from .telling.html import change_html

        return change_html(self)

    def explain(self) -> str:
        """The change in plain English."""
        from .telling.text import change_text

        return change_text(self)


def due(
    history: History,
    *,
    as_of: date,
    frameworks: Sequence[Framework] | None = None,
    calendar: WorkingDays = ENGLAND,
) -> Agenda:
    """What is due next, in which window, and why.

    Args:
        history: The record.
        as_of: The day of asking. Events after it are plans: they show as booked.
        frameworks: The frameworks to plan by; None: those shipped for this kind of provider.
        calendar: The working days that deadlines are counted in.

    Returns:
        The obligations that can still be fulfilled, the next one of each duty. What is past
        belongs to `check`.

    Raises:
        OfstedFrameworkError: Lists each argument that is not what it must be; or a deadline lies
            beyond the calendar.
    """
    seen = [view for view in views(history, as_of, frameworks, calendar) if view.now <= view.end_hi]
    found = [one for view in seen for one in _waiting(view)]
    return Agenda(
        history=history,
        as_of=as_of,
        frameworks=tuple(view.given for view in seen),
        calendar=calendar.id,
        obligations=tuple(found),
    )


def _waiting(view: View) -> Iterator[Obligation]:
    for some in obligations(view).values():
        row = some[0].courses[0].rows[0]
        if isinstance(row, Cadence | Between):
            last = max(some, key=lambda one: (one.anchor.lo, one.anchor.hi))
            if isinstance(row, Cadence):
                last = running(view, last)
                last = attrs.evolve(last, sent=sent_to(view, last))
            if _is_owed(last):
                yield with_windows(view, last)
        else:
            yield from (one for one in some if _is_owed(one))


def _is_owed(one: Obligation) -> bool:
    return any(GROUP[state] is Status.PENDING or state is State.OVERDUE for state in one.possible)


def with_windows(view: View, one: Obligation) -> Obligation:
    """An obligation that lies between two activities, with the windows before the next of these."""
    row = one.courses[0].rows[0]
    if not isinstance(row, Between):
        return one
    found = before_next(view, one)
    cadences = (rows for some in view.rows(Cadence).values() for rows in some.values())
    bounding = [each for rows in cadences for each in rows if each.activity in row.bounds]
    courses = []
    for course in one.courses:
        if not found:
            courses.append(course)
        for reading, shown in found.items():
            label = "; ".join(part for part in (course.reading, reading) if part) or None
            by = tuple(row for row in bounding if row.reading == reading)
            courses.append(attrs.evolve(course, reading=label, window=shown, windowed_by=by))
    return attrs.evolve(one, courses=tuple(courses))


def deadlines(
    event: Event, *, framework: Framework, calendar: WorkingDays = ENGLAND
) -> tuple[Obligation, ...]:
    """What follows from an event: its report, its plan, the next of its kind.

    Windows are those of all that was ever made known: a suspension that came later moves them.
    `due` and `check` go by what had been made known by the day of asking.

    Args:
        event: The event.
        framework: The framework that it comes under.
        calendar: The working days that deadlines are counted in.

    Returns:
        The obligations that the event begins. A deadline that no source gives has no window, and
        says so when it explains itself.

    Raises:
        OfstedFrameworkError: The framework was not in force when the event began, or a deadline
            lies beyond the calendar.
    """
    of_class(
        event=(event, Event), framework=(framework, Framework), calendar=(calendar, WorkingDays)
    )
    provider = Provider(name="the provider", kind=framework.provider_kind)
    history = History(provider, (event,))
    # Asked on the last day that the event speaks of, so that its grades are out.
    days = (event.start, event.end, event.published)
    last = max(when.latest or when.earliest or date.min for when in days if when is not None)
    view = View(history, framework.known_at_last(), last, calendar)
    if not any(act.event is event for act in view.acts(event.type)):
        message = f"began when {framework.id} was not in force ({framework.start.in_words()} on)"
        raise OfstedFrameworkError.of(message, event.id)
    found = [
        with_windows(view, one)
        for some in obligations(view).values()
        for one in some
        if one.subject == event.id and one.possible != {State.NOT_OWED}
    ]
    return tuple(found)


def what_if(
    history: History,
    event: Event,
    *,
    as_of: date,
    frameworks: Sequence[Framework] | None = None,
    calendar: WorkingDays = ENGLAND,
    rules: Sequence[Rule] = RULES,
) -> Change:
    """What one more event would change: departures gone and new, obligations opened and closed.

    Args:
        history: The record.
        event: The event to add to it. After `as_of` it is a plan: it shows as booked.
        as_of: The day of asking.
        frameworks: The frameworks to check against; None: those shipped for this kind of provider.
        calendar: The working days that deadlines are counted in.
        rules: The rules to apply.

    Raises:
        OfstedFrameworkError: Lists each argument that is not what it must be; or the record has an
            event of that id already.
    """
    faults = Gathered()
    some = asked(faults, as_of, frameworks, calendar, history)
    with faults:
        rules = distinct(rules)
    with faults:
        of_class(event=(event, Event))
    faults.done()
    more = history.with_event(event)
    results = [
        check(one, as_of=as_of, frameworks=some, calendar=calendar, rules=rules).departures
        for one in (history, more)
    ]
    agendas = [due(one, as_of=as_of, frameworks=some, calendar=calendar) for one in (history, more)]
    old, new = ({one.id: one for one in found} for found in results)
    was, is_ = ({_key(one): one for one in agenda} for agenda in agendas)
    return Change(
        new=tuple(one for id, one in new.items() if id not in old),
        gone=tuple(one for id, one in old.items() if id not in new),
        opened=tuple(one for key, one in is_.items() if key not in was),
        closed=tuple(one for key, one in was.items() if key not in is_),
        before=agendas[0],
        after=agendas[1],
    )


def _key(one: Obligation) -> tuple[str, str, str]:
    return one.framework, one.provision, one.subject
