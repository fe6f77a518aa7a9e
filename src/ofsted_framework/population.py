"""Many records at once: checked, planned for and summed up, one after another.

Histories are taken from any iterable and answers are given as they are asked for, so that memory
does not grow with their number. Summing up goes through all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from .acceptance import Acceptance, accepting
from .cases import Status
from .dates import ENGLAND, WorkingDays
from .editions import Framework
from .errors import (
    Fault,
    Gathered,
    OfstedFrameworkError,
    is_one_of,
    items,
    nearest,
    no_call,
    of_class,
    refuse,
)
from .events import EVENTS, Inspection
from .frames import Listing, to_pandas, to_polars
from .history import History
from .obligations import Course, Obligation
from .planning import Agenda, due
from .provisions import Between, Duration
from .rules import RULES, asked, check, distinct
from .verdicts import CheckResult, Departure, Rule, Verdict

_A = TypeVar("_A", CheckResult, Agenda)
Progress = Callable[[int], None]
"""Called with how many records are done."""
Team = int | tuple[int, int]
"""Inspectors; or inspectors, and working days on site where the framework does not say how many."""

_VERDICT: dict[str, Callable[[CheckResult, Verdict], object]] = {
    "provider": lambda result, _: result.history.provider.name,
    "urn": lambda result, _: result.history.provider.urn,
    "region": lambda result, _: result.history.provider.region,
    "as_of": lambda result, _: result.as_of,
    "framework": lambda _, one: one.framework and one.framework.id,
    "rule": lambda _, one: one.code,
    "name": lambda _, one: one.rule.slug,
    "provision": lambda _, one: one.provision,
    "subject": lambda _, one: one.subject,
    "status": lambda _, one: str(one.status),
    "because": lambda _, one: "; ".join(sorted(one.because)),
    "basis": lambda _, one: one.basis and str(one.basis),
    "severity": lambda _, one: one.severity and str(one.severity),
    "accepted": lambda result, one: _accepted(result, one),
}
"""What is told of a verdict, by column."""
AGENDA_COLUMNS = (
    *("provider", "urn", "code", "region", "as_of", "framework", "provision", "activity", "kind"),
    *("reason", "after", "reading", "earliest", "expected", "latest", "state", "status"),
    *("missing", "inspector_days", "inspector_days_at_most"),
)
"""The columns of an agenda of many. More may be added at the end, none will change."""
AGENDA_COUNTED = ("month", "quarter", "year", *AGENDA_COLUMNS[:-2])
"""What an agenda of many is counted by."""


class _Many(Generic[_A]):
    """Answers for many records, made as they are asked for."""

    def __init__(
        self,
        histories: Iterable[History],
        answer: Callable[[History], _A],
        progress: Progress | None,
    ) -> None:
        if not isinstance(histories, Iterable) or isinstance(histories, str | bytes):
            message = "is nothing that histories can be taken from, such as a list of them"
            raise OfstedFrameworkError.of(message, type(histories).__name__)
        refuse(no_call(progress))
        self._histories, self._progress = histories, progress
        self._answer: Callable[[History], _A] = answer
        self._gone = False

    def __repr__(self) -> str:
        some = self._histories
        count = (
            f"{len(some):,} records" if isinstance(some, Sized) else "records, one after another"
        )
        return f"<{type(self).__name__} of {count}, made as they are asked for>"

    def __iter__(self) -> Iterator[_A]:
        """Go through the answers, in the order of the records.

        Raises:
            OfstedFrameworkError: The records came from an iterator that has been gone through.
        """
        if self._gone:
            message = "have been gone through once, and an iterator has them no more: give a list"
            raise OfstedFrameworkError.of(message, "the records")
        found = iter(self._histories)
        self._gone = found is self._histories
        for number, history in enumerate(found, 1):
            if not isinstance(history, History):
                message = f"is no history, as number {number} of the records"
                raise OfstedFrameworkError.of(message, type(history).__name__)
            yield self._answer(history)
            if self._progress is not None:
                self._progress(number)


class Checks(_Many[CheckResult]):
    """The verdicts on many records. Each time it is gone through, they are made anew."""

    def summary(self, *by: str) -> Listing:
        """How many verdicts there are, by what is asked for.

        Args:
            by: Any of `rule`, `name`, `provision`, `framework`, `provider`, `urn`, `region`,
                `status`, `because`, `basis`, `severity`, `accepted`; none: rule, provision and
                status.

        Returns:
            One row for each combination that there is, in order, and its number as `verdicts`.

        Raises:
            OfstedFrameworkError: One of them is not told of a verdict.
        """
        by = by or ("rule", "provision", "status")
        told = dict(zip(by, _chosen(by), strict=True))  # each once
        counted: Counter[tuple[object, ...]] = Counter()
        for result in self:
            counted.update(
                tuple([tell(result, one) for tell in told.values()]) for one in result.verdicts
            )
        ordered = sorted(counted.items(), key=lambda pair: [str(part or "") for part in pair[0]])
        return Listing.of((*told, "verdicts"), [(*key, number) for key, number in ordered])

    def records(self, *columns: str) -> Iterator[dict[str, object]]:
        """Every verdict as a mapping, one after another.

        Raises:
            OfstedFrameworkError: A column is not told of a verdict.
        """
        columns = items(columns, str, "columns") or tuple(_VERDICT)
        told = tuple(zip(columns, _chosen(columns), strict=True))
        return (
            {name: tell(result, one) for name, tell in told}
            for result in self
            for one in result.verdicts
        )

    def to_records(self) -> list[dict[str, object]]:
        """Every verdict as a mapping."""
        return list(self.records())

    def to_columns(self) -> dict[str, list[object]]:
        """Every verdict, as columns of one length."""
        columns: dict[str, list[object]] = {name: [] for name in _VERDICT}
        for record in self.records():
            for name, value in record.items():
                columns[name].append(value)
        return columns

    def to_pandas(self) -> Any:
        """Every verdict, as a data frame of pandas."""
        return to_pandas(self.to_columns())

    def to_polars(self) -> Any:
        """Every verdict, as a data frame of polars."""
        return to_polars(self.to_columns())


class Agendas(_Many[Agenda]):
    """What is due of many records. Each time it is gone through, agendas are made anew."""

    def table(self, teams: Mapping[str, Team] | None = None) -> Listing:
        """What is due as one table: a row for each duty and reading of each provider.

        Args:
            teams: Inspectors, by activity (`focused-visit`) or by activity and kind
                (`inspection/short`): a number where the framework says how long it lasts, else
                the number and the working days on site. Inspector days are the product; where it
                is open of which kind the next is, the least and the most.

        Raises:
            OfstedFrameworkError: A team is of no activity, or how long it is on site is not said.
        """
        given = checked_teams(teams)
        rows = [row for agenda in self for row in _agenda_rows(agenda, given)]
        return Listing.of(AGENDA_COLUMNS, rows)

    def summary(
        self,
        *by: str,
        at: Literal["earliest", "expected", "latest"] = "latest",
        teams: Mapping[str, Team] | None = None,
    ) -> Listing:
        """How much is due, by what is asked for: figures are given for each reading, never pooled.

        Args:
            by: Any of `month`, `quarter`, `year` and the columns of `table`; none: quarter,
                framework, activity, kind. The reading is always added.
            at: Which day of the window counts for months, quarters and years.
            teams: Inspectors, as in `table`.

        Returns:
            One row for each combination that there is, with the number of duties as `due`, and
            their inspector days.

        Raises:
            OfstedFrameworkError: One of them is not told of what is due, or a team is wrong.
        """
        by = by or ("quarter", "framework", "activity", "kind")
        good = AGENDA_COUNTED
        told_of = f"is not told of what is due ({', '.join(good)})"
        wrong = [
            Fault("by", one, told_of, nearest(one, good)) for one in by if not is_one_of(one, good)
        ]
        if not is_one_of(at, ("earliest", "expected", "latest")):
            message = "is no day of a window (earliest, expected, latest)"
            wrong.append(Fault("at", at, message))
        if wrong:
            raise OfstedFrameworkError(wrong)
        by = tuple(dict.fromkeys((*by, "reading")))
        sums: dict[tuple[object, ...], list[int]] = {}
        for row in self.table(teams):
            day = row[at]
            told = {**row, **(_periods(day) if isinstance(day, date) else {})}
            least, most = row["inspector_days"], row["inspector_days_at_most"]
            found = sums.setdefault(tuple(told.get(name) for name in by), [0, 0, 0, 0])
            found[0] += 1
            if isinstance(least, int) and isinstance(most, int):
                found[1] += least
                found[2] += most
            else:
                found[3] += 1
        ordered = sorted(sums.items(), key=lambda pair: [str(part or "") for part in pair[0]])
        heads = (*by, "due", "inspector_days", "inspector_days_at_most", "without_team")
        return Listing.of(heads, [(*key, *numbers) for key, numbers in ordered])

    def to_records(self) -> list[dict[str, object]]:
        """What is due, each duty and reading as a mapping."""
        return self.table().to_records()

    def to_pandas(self) -> Any:
        """What is due, as a data frame of pandas."""
        return self.table().to_pandas()

    def to_polars(self) -> Any:
        """What is due, as a data frame of polars."""
        return self.table().to_polars()


def check_many(
    histories: Iterable[History],
    *,
    as_of: date,
    frameworks: Sequence[Framework] | None = None,
    calendar: WorkingDays = ENGLAND,
    rules: Sequence[Rule] = RULES,
    accepted: Sequence[Acceptance] | Mapping[str, Sequence[Acceptance]] = (),
    progress: Progress | None = None,
) -> Checks:
    """Check many records, one after another.

    Args:
        histories: The records. A list can be gone through again; an iterator only once.
        as_of: The day of asking.
        frameworks: The frameworks to check against; None: those shipped for each provider's kind.
        calendar: The working days that deadlines are counted in.
        rules: The rules to apply.
        accepted: Departures that somebody has accepted, by the provider's name; in a list alone, of
            every provider.
        progress: Called after each record with how many are done.

    Returns:
        What gives the results one by one, and sums them up.

    Raises:
        OfstedFrameworkError: Lists each argument that is not what it must be.
    """
    faults = Gathered()
    given = asked(faults, as_of, frameworks, calendar)
    with faults:
        rules = distinct(rules)
    by_name: dict[str, tuple[Acceptance, ...]] = {}
    everyone: tuple[Acceptance, ...] = ()
    if isinstance(accepted, Mapping):
        for name, some in accepted.items():
            with faults:
                by_name[name] = items(some, Acceptance, f"accepted/{name}")
    else:
        with faults:
            everyone = items(accepted, Acceptance, "accepted")
    faults.done()

    def answer(history: History) -> CheckResult:
        return check(
            history, as_of=as_of, frameworks=_of_kind(given, history), calendar=calendar,
            rules=rules, accepted=by_name.get(history.provider.name, everyone),
        )  # fmt: skip

    return Checks(histories, answer, progress)


def due_many(
    histories: Iterable[History],
    *,
    as_of: date,
    frameworks: Sequence[Framework] | None = None,
    calendar: WorkingDays = ENGLAND,
    progress: Progress | None = None,
) -> Agendas:
    """Say what is due of many records, one after another.

    Args:
        histories: The records. A list can be gone through again; an iterator only once.
        as_of: The day of asking.
        frameworks: The frameworks to plan by; None: those shipped for each provider's kind.
        calendar: The working days that deadlines are counted in.
        progress: Called after each record with how many are done.

    Returns:
        What gives the agendas one by one, and makes one table of them.

    Raises:
        OfstedFrameworkError: Lists each argument that is not what it must be.
    """
    faults = Gathered()
    given = asked(faults, as_of, frameworks, calendar)
    faults.done()

    def answer(history: History) -> Agenda:
        some = _of_kind(given, history)
        return due(history, as_of=as_of, frameworks=some, calendar=calendar)

    return Agendas(histories, answer, progress)


def _of_kind(
    frameworks: Sequence[Framework] | None, history: History
) -> Sequence[Framework] | None:
    if frameworks is None:
        return None
    return [one for one in frameworks if one.provider_kind == history.provider.kind]


def _accepted(result: CheckResult, one: Verdict) -> str | None:
    """Whether a departure is accepted; None: it is none."""
    if one.status is not Status.VIOLATED:
        return None
    id = Departure(verdict=one).id
    return "no" if accepting(result.acceptances, id, result.as_of) is None else "yes"


def _chosen(names: Sequence[str]) -> list[Callable[[CheckResult, Verdict], object]]:
    told_of = ", ".join(_VERDICT)
    wrong = [
        Fault("by", name, f"is not told of a verdict ({told_of})", nearest(name, _VERDICT))
        for name in names
        if not is_one_of(name, _VERDICT)
    ]
    if wrong:
        raise OfstedFrameworkError(wrong)
    return [_VERDICT[name] for name in names]


def checked_teams(teams: Mapping[str, Team] | None) -> Mapping[str, Team]:
    """Teams as they were given, if they are teams of something.

    Raises:
        OfstedFrameworkError: Lists those that are not.
    """
    good = [*EVENTS, *(f"inspection/{kind}" for kind in Inspection.KINDS)]
    faults = []
    if teams is not None:
        of_class(teams=(teams, Mapping))
    for name, team in (teams or {}).items():
        pair = isinstance(team, tuple)
        numbers = team if isinstance(team, tuple) else (team,)
        if not is_one_of(name, good):
            faults.append(Fault("teams", name, "is no activity", nearest(name, good)))
        if len(numbers) != 1 + pair or any(type(n) is not int or n < 1 for n in numbers):
            message = "is neither a number of inspectors nor that and the working days on site"
            faults.append(Fault(f"teams/{name}", team, message))
    if faults:
        raise OfstedFrameworkError(faults)
    return teams or {}


def _agenda_rows(agenda: Agenda, teams: Mapping[str, Team]) -> Iterator[tuple[object, ...]]:
    provider = agenda.history.provider
    frameworks = {one.id: one.known_on(agenda.as_of) for one in agenda.frameworks}
    for one in agenda:
        kinds = () if one.sent is None else one.sent.kinds
        reason = None if one.sent is None else one.sent.reason
        after = "; ".join(one.sent.after) if one.sent is not None else None
        missing = (*one.missing, *(() if one.sent is None else one.sent.missing))
        for course in one.courses:
            window = course.window
            days = (
                (None, None, None)
                if window is None
                else (window.earliest, window.expected, window.latest)
            )
            yield (
                *(provider.name, provider.urn, provider.code, provider.region, agenda.as_of),
                *(one.framework, one.provision, one.activity, " or ".join(kinds) or None),
                *(reason, after, course.reading, *days),
                "; ".join(sorted(course.possible)),
                str(_status(course)),
                "; ".join(missing),
                *_inspector_days(one, course, kinds, frameworks[one.framework], teams),
            )


def _status(course: Course) -> Status:
    return course.cases.status


def _inspector_days(
    one: Obligation,
    course: Course,
    kinds: Sequence[str],
    framework: Framework,
    teams: Mapping[str, Team],
) -> tuple[int | None, int | None]:
    """The least and the most inspector days of one duty; None where no team is told."""
    fewest, most = _left(course)
    found = []
    for kind in kinds or (None,):
        team = teams.get(f"{one.activity}/{kind}") if kind else None
        team = teams.get(one.activity) if team is None else team
        if team is None:
            return None, None
        inspectors, days = team if isinstance(team, tuple) else (team, None)
        if days is None:
            days = _on_site(framework, one.activity, kind)
        if days is None:
            message = f"says how many inspectors, and {framework.id} not how many days on site"
            name = f"{one.activity}/{kind}" if kind else one.activity
            raise OfstedFrameworkError.of(
                f"{message}: give both, for instance ({inspectors}, 2)", name, "teams"
            )
        found.append(inspectors * days)
    return min(found) * fewest, max(found) * most


def _left(course: Course) -> tuple[int, int]:
    """How many are still to come: the least and the most, as what was held may be open."""
    row = course.rows[0]
    if not isinstance(row, Between):
        return 1, 1
    surely, perhaps = course.count or (0, 0)
    fewest = 0 if perhaps is None else max(0, row.at_least - perhaps)
    return fewest, max(0, row.at_least - surely)


def _on_site(framework: Framework, activity: str, kind: str | None) -> int | None:
    """The working days of an activity's fieldwork, begun on a Monday; None: not told."""
    for readings in framework.of_class(Duration).values():
        for rows in readings.values():
            row = rows[-1]
            if row.activity == activity and row.kind in (None, kind):
                weeks, rest = divmod(row.days, 7)
                return 5 * weeks + min(rest, 5)
    return None


def _periods(day: date) -> dict[str, str]:
    return {
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year} Q{(day.month + 2) // 3}",
        "year": str(day.year),
    }
