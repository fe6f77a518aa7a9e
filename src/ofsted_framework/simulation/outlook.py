"""`simulate`, and the outlook that it gives."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from datetime import date
from typing import Any, SupportsIndex, TypeGuard

import attrs

from ..cases import View
from ..dates import ENGLAND, Answer, When, WorkingDays, add_months, in_words, no_calendar, rough_day
from ..editions import Framework
from ..errors import Fault, OfstedFrameworkError, is_day, no_call, printable
from ..events import EVENTS, Event, Level, Scope
from ..frames import library, to_pandas, to_polars
from ..grades import Grade, Judgement
from ..history import COMPLETE, NO_HISTORY, UNPUBLISHED, Coverage, History, Provider
from ..provisions import OF_ITS_OWN
from ..sources import Basis, Ground, weakest
from ..verdicts import Receipt, receipt
from .behaviour import Behaviour, read_behaviour
from .plain import Replication
from .questions import Question as Asked
from .questions import Reply, replies
from .results import Progress, Summary, activities
from .running import Question, no_executor, tallied
from .scenario import Made, Scenario

_LAST_YEAR = 2229
"""The last year that is simulated: reports come later, and working days are known up to 2230."""
_MOST = 10**12
"""The most replications that are asked for: more are a slip of the keyboard."""


@attrs.frozen(kw_only=True)
class Provenance:
    """What an outlook was computed from: the same provenance, the same histories."""

    receipt: Receipt
    """The library, the frameworks, the readings, the calendar and the record."""
    behaviour: str
    """The behaviour's id."""
    behaviour_hash: str
    """The SHA-256 of what draws depend on."""
    seed: int
    """The seed."""
    first: date
    """The first day that is simulated."""
    horizon: date
    """The last day that is simulated."""
    replications: int
    """How many replications there are."""


@attrs.define(kw_only=True, slots=False, eq=False, repr=False)
class Outlook:
    """What would happen over the coming years, many times over, under stated assumptions.

    Replications are not kept: each is made again when it is asked for, and is always the same.
    """

    framework: Framework
    """The framework as it was known on the day of asking; check the histories against this one."""
    behaviour: Behaviour
    """How everyone is taken to behave."""
    recorded: History
    """The record that is continued; of a bare start, an empty one."""
    as_of: date
    """The last day that is not simulated."""
    horizon: date
    """The last day that is simulated."""
    seed: int
    """The seed."""
    replications: int
    """How many replications there are."""
    scenario: Scenario
    """What is the same for all replications."""
    _summary: Summary

    def __len__(self) -> int:
        """How many replications there are."""
        return self.replications

    def __repr__(self) -> str:
        """In one line."""
        return printable(
            f"<Outlook {self.framework.id} {self.as_of} to {self.horizon}, "
            f"{self.replications} replications, seed {self.seed}, "
            f"{len(self.assumptions)} assumptions, weakest basis {self.basis}>"
        )

    def replication(self, index: int) -> Replication:
        """One replication, with its readings.

        Raises:
            IndexError: There are not so many.
        """
        return Replication(self.scenario, self._in_range(index))

    def _in_range(self, index: SupportsIndex) -> int:
        """The number of a replication as Python's own: draws overflow with one of numpy's."""
        number = operator.index(index)
        if not 0 <= number < self.replications:
            raise IndexError(f"replication {number} of {self.replications}")
        return number

    def readings(self, index: int) -> dict[str, str]:
        """The readings that a replication was made under, where the framework leaves them open.

        Raises:
            IndexError: There are not so many replications.
        """
        chosen = self.scenario.choice(self._in_range(index))
        return {id: str(name) for id, name in chosen.items()}

    def framework_of(self, index: int) -> Framework:
        """The framework in the readings of a replication: what its history was made to keep.

        Raises:
            IndexError: There are not so many replications.
        """
        made = self.framework
        for id, reading in self.readings(index).items():
            made = made.choose(id, reading=reading)
        return made

    def history(self, index: int) -> History:
        """A replication as a record: what is recorded, and what happens after it.

        It holds everything from the day after `as_of` to the horizon, and no more of the time
        before than the record claims. Reports that come after the horizon have their day:
        `known_at(horizon)` leaves out what could not be known by then.

        Raises:
            IndexError: There are not so many replications.
        """
        made = self.replication(index)
        names = _names(made.events(), self.recorded)
        kept = [
            _finished(event, made)
            for event in self.recorded.events
            if event.start.lo <= self.as_of.toordinal()
        ]
        claims = [
            attrs.evolve(claim, last=min(claim.last or self.as_of, self.as_of))
            for claim in self.recorded.coverage
            if claim.first is None or claim.first <= self.as_of
        ]
        first = date.fromordinal(self.scenario.first)
        if first <= self.horizon:
            claims.append(
                Coverage(
                    type="*", first=first, last=self.horizon, fields=("*",), basis=Basis.ASSUMED
                )
            )
        events = [_event(one, names, self.recorded.provider) for one in made.events()]
        return History(self.recorded.provider, [*kept, *events], coverage=claims)

    def explain(self) -> str:
        """The outlook in plain English, with what it assumes."""
        from ..telling.outlook import outlook_text

        return outlook_text(self)

    def _repr_html_(self) -> str:
        from ..telling.outlook import outlook_html

        return outlook_html(self)

    def summary(self) -> Summary:
        """The figures: when the next of each comes, how many a year, how long each status holds."""
        return self._summary

    def to_columns(self) -> dict[str, list[object]]:
        """Every simulated event of every replication, as columns of one length.

        Returns:
            `replication`, one column `reading of …` for each open provision, `type`, `id`, `kind`,
            `start`, `end`, `published`, and one column of grades for each area.
        """
        made = self._arrays()
        if made is not None:
            from .columns import to_lists

            return to_lists(made)
        areas: set[str] = set()
        rows: list[dict[str, object]] = []
        for index in range(self.replications):
            made_ = self.replication(index)
            events = made_.events()
            names = _names(events, self.recorded)
            for one in (*made_.finished.values(), *events):
                grades = one.grades or {}
                areas |= set(grades)
                rows.append(
                    {
                        "replication": index,
                        **{f"reading of {id}": name for id, name in made_.choice.items()},
                        "type": one.type,
                        "id": names.get(one, one.id),
                        "kind": one.kind,
                        "start": date.fromordinal(one.start),
                        "end": None if one.type in UNPUBLISHED else date.fromordinal(one.end),
                        "published": one.published and date.fromordinal(one.published),
                        **{area: str(grade) for area, grade in grades.items()},
                    }
                )
        known = [area for area in self.framework.areas if area in areas]
        names_ = ["replication", *(f"reading of {id}" for id in self.scenario.readings)]
        names_ += ["type", "id", "kind", "start", "end", "published"]
        names_ += [*known, *sorted(areas - set(known))]
        return {name: [row.get(name) for row in rows] for name in names_}

    def _arrays(self) -> dict[str, Any] | None:
        """The same as arrays; None without numpy, or where only the plain form makes them."""
        try:
            from .arrays import UnsupportedError
            from .columns import columns
        except ImportError:
            return None
        try:
            return columns(self)
        except UnsupportedError:
            return None

    def _frame(self, name: str, otherwise: Callable[[dict[str, list[object]]], Any]) -> Any:
        made = self._arrays()
        if made is None:
            return otherwise(self.to_columns())
        from . import columns

        return getattr(columns, name)(made)

    def to_pandas(self) -> Any:
        """Every simulated event as a data frame of pandas: days as dates, texts as categories.

        Raises:
            OfstedFrameworkError: pandas is not installed.
        """
        return self._frame("to_pandas", to_pandas)

    def to_polars(self) -> Any:
        """Every simulated event as a data frame of polars.

        Raises:
            OfstedFrameworkError: polars is not installed.
        """
        return self._frame("to_polars", to_polars)

    def to_arrow(self) -> Any:
        """Every simulated event as a table of pyarrow: days as dates, texts as dictionaries.

        Raises:
            OfstedFrameworkError: pyarrow is not installed.
        """
        return self._frame("to_arrow", lambda made: library("pyarrow").table(made))

    @property
    def assumptions(self) -> tuple[Ground, ...]:
        """All that the outlook assumes, each with its basis and facts."""
        return self.assumptions_of(self.scenario)

    def assumptions_of(self, scenario: Scenario) -> tuple[Ground, ...]:
        """The same, by what had a say in replications of another scenario of its question."""
        return tuple(dict.fromkeys(_assumptions(self, scenario)))

    def afresh(self, framework: Framework | None = None) -> Scenario:
        """The scenario made again, or with a framework in which readings are chosen."""
        old = self.scenario.view
        view = View(old.history, framework or old.framework, old.as_of, old.calendar)
        first, horizon = self.scenario.first, self.horizon.toordinal()
        return Question(view, first, horizon, self.behaviour, self.seed).scenario()

    def ask(self, question: Asked, *, executor: Executor | None = None) -> Reply:
        """The answer to a question: `Contacts()`, `Within(first=…, last=…)` and so on.

        Args:
            question: The question; `replies` takes several, and makes each replication once.
            executor: Where to make the replications; None: here. The answer does not depend on it.

        Raises:
            OfstedFrameworkError: It cannot be answered.
        """
        (reply,) = replies(self, [question], executor=executor)
        return reply

    @property
    def basis(self) -> Basis:
        """The weakest basis of what the outlook rests on."""
        return weakest(one.basis for one in self.assumptions) or Basis.ASSUMED

    @property
    def provenance(self) -> Provenance:
        """What the outlook was computed from."""
        return Provenance(
            receipt=receipt(
                self.recorded, (self.framework,), self.as_of, self.scenario.calendar.id
            ),
            behaviour=self.behaviour.id,
            behaviour_hash=self.behaviour.content_hash,
            seed=self.seed,
            first=date.fromordinal(self.scenario.first),
            horizon=self.horizon,
            replications=self.replications,
        )


def simulate(
    framework: Framework,
    history: History | None = None,
    *,
    as_of: date | None = None,
    start: date | None = None,
    years: int,
    replications: int = 1000,
    seed: int,
    behaviour: Behaviour | None = None,
    calendar: WorkingDays = ENGLAND,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Outlook:
    """Simulate what would happen over the coming years, from a record or from none.

    Args:
        framework: The framework. Readings that it leaves open take turns from one replication to
            the next, and figures are given for each; `choose` settles them.
        history: The record to continue. What took place by `as_of` begins the clocks; plans after
            it are left aside. None: a bare start.
        as_of: The day of asking, with a record: the last day that is not simulated.
        start: The first day that is simulated, of a bare start; every clock that opens with the
            framework is taken to start on it. None: the framework's first day.
        years: Years to simulate, from 0 on; none may end after 2229.
        replications: How many times, from 1 on. Fewer are the first of more.
        seed: A whole number from 0 on. The same seed gives the same histories everywhere.
        behaviour: How everyone is taken to behave; None: what ships for this kind of provider.
        calendar: The working days that deadlines are counted in.
        executor: Where to simulate, for instance a `ProcessPoolExecutor`; None: here. What is found
            does not depend on it, nor on how many workers it has.
        progress: Called now and then with how many replications are done, and how many there are.

    Returns:
        The outlook. Its histories can be checked like any other.

    Raises:
        OfstedFrameworkError: Lists everything that cannot be, before any work is done.
    """
    numbers = {"years": (years, 0), "replications": (replications, 1), "seed": (seed, 0)}
    faults = list(_no_such(behaviour, calendar, executor, progress))
    faults += _faults(framework, history, as_of, start, numbers)
    if faults:
        raise OfstedFrameworkError(faults)
    behaves = read_behaviour(framework.provider_kind) if behaviour is None else behaviour
    if history is not None:
        assert as_of is not None  # refused above
        used = framework.known_on(as_of)
        view, first = View(history, used, as_of, calendar), as_of.toordinal() + 1
        recorded, before = history, as_of
    else:
        used = framework
        begun = start or framework.start.latest or date.max
        first, before = begun.toordinal(), date.fromordinal(begun.toordinal() - 1)
        recorded = History(Provider(name="the provider", kind=framework.provider_kind))
        view = _bare(recorded, framework, begun, calendar)
    horizon = add_months(before, 12 * years)
    question = Question(view, first, horizon.toordinal(), behaves, seed)
    scenario = question.scenario()
    _scales(scenario)
    tally = tallied(question, scenario, replications, executor, progress)
    return Outlook(
        framework=used,
        behaviour=behaves,
        recorded=recorded,
        as_of=before,
        horizon=date.fromordinal(scenario.horizon),
        seed=seed,
        replications=replications,
        scenario=scenario,
        summary=tally.summary(),
    )


def _bare(recorded: History, framework: Framework, begun: date, calendar: WorkingDays) -> View:
    """An empty record on the first day, with everything that was ever made known."""
    opened = attrs.evolve(framework.known_at_last(), start=When(begun, begun))
    return View(attrs.evolve(recorded, coverage=(COMPLETE,)), opened, begun, calendar)


def _faults(
    framework: object,
    history: object,
    as_of: object,
    start: object,
    numbers: Mapping[str, tuple[object, int]],
) -> Iterator[Fault]:
    """Everything that cannot be simulated; `numbers` are the values that have a least one."""
    for place, (value, least) in numbers.items():
        if not _is_number(value, least):
            yield Fault(place, value, f"is not a whole number from {least} on")
        elif place == "replications" and value > _MOST:
            yield Fault(place, value, f"is more than {_MOST:,}")
    if not isinstance(framework, Framework):
        yield Fault("framework", framework, "is not a framework")
        framework = None
    if history is None:
        if as_of is not None:
            yield Fault("as_of", as_of, "goes with a history; a bare start has a start")
        place, day = "start", start
        if start is None:
            if framework is None:
                return
            day = framework.start.latest
    else:
        if not isinstance(history, History):
            yield Fault("history", history, NO_HISTORY)
        elif framework is not None and history.provider.kind != framework.provider_kind:
            message = f"is another kind of provider than {framework.id} is about"
            yield Fault("history", history.provider.kind, message)
        if start is not None:
            yield Fault("start", start, "goes with a bare start; a history goes on from as_of")
        place, day = "as_of", as_of
    if not is_day(day):
        yield Fault(place, day, "is missing" if day is None else "is not a day")
        return
    if not 1900 <= day.year <= 2230:
        yield Fault(place, day.isoformat(), "is not in the years 1900 to 2230")
        return
    if framework is not None and framework.in_force(When(day, day)) is not Answer.YES:
        end = "" if framework.end is None else f" to {rough_day(framework.end)}"
        message = f"is a day on which {framework.id} is not surely in force"
        yield Fault(place, day.isoformat(), f"{message} (from {rough_day(framework.start)}{end})")
    years = numbers["years"][0]
    if isinstance(years, int) and day.year + years > _LAST_YEAR:
        yield Fault("years", years, f"from {in_words(day)} on go beyond {_LAST_YEAR}")


def _no_such(
    behaviour: object, calendar: object, executor: object, progress: object
) -> Iterator[Fault]:
    """Options that are not what they must be."""
    if behaviour is not None and not isinstance(behaviour, Behaviour):
        yield Fault("behaviour", behaviour, "is not a behaviour")
    yield from no_calendar(calendar)
    yield from no_executor(executor)
    yield from no_call(progress)


def _is_number(value: object, least: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _scales(scenario: Scenario) -> None:
    """Refuse grades that are not on the scale of the area that they are for."""
    faults = [fault for one in scenario.lattices.values() for fault in one.faults()]
    for duty in scenario.graded:
        for rows in duty.readings.values():
            for row in rows:
                for area in row.areas:
                    good = scenario.view.framework.scale(str(row.scale)).grades
                    for what, given in (("first-grade", None), *(("grade-move", g) for g in good)):
                        found = scenario.behaviour.find(what, area, given=given)
                        named = found is not None and found.of != "*"
                        for grade in found.table.outcomes if found and named else ():
                            if grade not in good:
                                message = f"of {area} is not on the scale {row.scale}"
                                faults.append(Fault(f"behaviour/{what}", str(grade), message))
    if faults:
        raise OfstedFrameworkError(dict.fromkeys(faults))


def numbered(recorded: History) -> dict[str, int]:
    """By kind of event, the highest number that a record's own ids have."""
    taken: dict[str, int] = {}
    for event in recorded.events:
        head, _, number = event.id.rpartition("-")
        kind = head.removeprefix("simulated-")
        if kind in EVENTS and number.isdecimal() and len(number) < 9:
            taken[kind] = max(taken.get(kind, 0), int(number))
    return taken


def _names(events: list[Made], recorded: History) -> dict[Made, str]:
    """An id for each simulated event: its kind and its number, after those of the record."""
    taken = numbered(recorded)
    names = {}
    for one in events:
        taken[one.type] = taken.get(one.type, 0) + 1
        names[one] = f"simulated-{one.type}-{taken[one.type]}"
    return names


def _event(one: Made, names: dict[Made, str], provider: Provider) -> Event:
    """A simulated event as one of a record."""
    cls = EVENTS[one.type]
    values: dict[str, Any] = {
        "id": names[one], "start": date.fromordinal(one.start), "basis": Basis.ASSUMED,
        "note": "simulated",
    }  # fmt: skip
    if one.type not in UNPUBLISHED:
        values["end"] = date.fromordinal(one.end)
        values["published"] = one.published and date.fromordinal(one.published)
    if one.grades is not None:
        values["judgements"] = _judgements(one.grades)
    if one.kind is not None:
        values["kind"] = one.kind
    known = attrs.fields_dict(cls)
    for name, value in (one.fields or {}).items():
        if name not in known or value is None:
            continue
        if name == "scope":
            national = value == Level.NATIONAL
            values[name] = Scope(
                Level(value), None if national else provider.region or provider.name
            )
        elif name in OF_ITS_OWN:
            values[name] = date.fromordinal(value)
        elif isinstance(value, Made):
            values[name] = names.get(value) or value.id
        else:
            values[name] = value
    return cls(**values)


def _finished(event: Event, made: Replication) -> Event:
    """An event of the record as it is after a replication: it may have come to its end."""
    if event.id in made.own_days:
        field, day = made.own_days[event.id]
        own: dict[str, Any] = {field: date.fromordinal(day)}
        event = attrs.evolve(event, **own)
    one = made.finished.get(event.id)
    if one is None:
        return event
    published = None if one.published is None else date.fromordinal(one.published)
    return attrs.evolve(
        event,
        end=event.end or date.fromordinal(one.end),
        published=published,
        judgements=None if one.grades is None else _judgements(one.grades),
        judgements_partial=False,
    )


def _judgements(grades: Mapping[str, Grade]) -> list[Judgement]:
    return [Judgement(area, grade) for area, grade in grades.items()]


def _assumptions(outlook: Outlook, scenario: Scenario) -> Iterator[Ground]:
    yield from _of_record(outlook, scenario)
    for id, readings in scenario.readings.items():
        names = ", ".join(str(name) for name in readings)
        yield Ground(
            part=f"reading of {id}",
            basis=Basis.ASSUMED,
            says=f"Open ({names}): replications take turns, and figures are given for each.",
        )
    for change in outlook.framework.changes:
        says = f"Value replaced: {change}."
        yield Ground(part="the framework", basis=Basis.ASSUMED, says=says)
    silent = [duty.id for duty in scenario.betweens if duty.id not in scenario.spoken]
    if silent:
        says = f"Nothing that was simulated came under {', '.join(silent)}."
        yield Ground(part="the framework", basis=Basis.ASSUMED, says=says)
    for row in outlook.framework.rows:
        parts = ["opening"] if getattr(row, "opening", "none") != "none" else []
        parts += ["reading"] if row.reading and row.id not in scenario.readings else []
        for ground in row.grounds:
            if ground.part in parts:
                yield attrs.evolve(ground, part=f"{ground.part} of {row.id}")
    for says in scenario.supposed:
        yield Ground(part="responses", basis=Basis.ASSUMED, says=says)
    for key, found in scenario.behaviour._by_key.items():
        if key not in scenario.used:
            continue
        yield Ground(part=found.in_words(), basis=found.basis, facts=found.facts, says=found.says)
    for says in _of_model(scenario):
        yield Ground(part="the model", basis=Basis.ASSUMED, says=says)


def _of_model(scenario: Scenario) -> Iterator[str]:
    """What the model itself assumes, in sentences."""
    moved = [area for area in scenario.scales_of if area not in scenario.lattices]
    apart = "What is drawn for one area, one turn or one visit does not depend on another"
    if any(what == "shared" for what, _, _ in scenario.used):
        apart += ", but for the number that areas share"
    if not scenario.lattices:
        yield f"{apart}; a grade depends on the area's last grade alone."
    else:
        yield f"{apart}."
        if moved:
            yield f"A grade depends on the area's last grade alone: {', '.join(moved)}."
        yield (
            "True quality is never on record: where an area starts is drawn given its last "
            "published grade, and it stays the same from one step to the next."
        )
        yield (
            "An area drifts by what is assumed of the first of these that holds on the day of the "
            "step: after a monitoring visit, after a letter with areas for priority action (in "
            "every area), the last published judgement, above or below the middle level, else."
        )
    yield "Behaviour stays as it is until the horizon, and so does the framework."
    yield (
        "Where no assumption speaks of a matter, days are drawn evenly from what is allowed, and "
        "the framework is kept."
    )


def _of_record(outlook: Outlook, scenario: Scenario) -> Iterator[Ground]:
    recorded = outlook.recorded
    first = date.fromordinal(scenario.first)
    if not recorded.events and not recorded.coverage:
        says = (
            f"There is no record: clocks that open with the framework start on {in_words(first)}."
        )
        yield Ground(part="the start", basis=Basis.ASSUMED, says=says)
        for says in scenario.notes:
            yield Ground(part="the start", basis=Basis.ASSUMED, says=says)
        return
    now = outlook.as_of.toordinal()
    for kind in activities(scenario):
        day = recorded.first_uncovered((kind,), scenario.view.start.lo, now)
        if day is not None:
            says = (
                f"From {in_words(date.fromordinal(day))} to {in_words(outlook.as_of)} there were "
                f"no {EVENTS[kind].label}s but those on record, which does not claim to hold all."
            )
            yield Ground(part="the record", basis=Basis.ASSUMED, says=says)
    for says in scenario.notes:
        yield Ground(part="the record", basis=Basis.ASSUMED, says=says)
    if any(event.start.lo > now for event in recorded.events):
        says = "What the record holds of the time after the day of asking is left aside."
        yield Ground(part="the record", basis=Basis.ASSUMED, says=says)
