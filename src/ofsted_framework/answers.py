"""Answers as they are kept: what a document of a check result, or of an agenda, is read back into.

An answer holds its whole record and its frameworks; what is kept of it are the verdicts or the
obligations, with their reasons in words, and the receipt. With the documents of the record and of
the frameworks beside it, the receipt lets anybody make the same answer again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Annotated, Any, TypeVar

import attrs

from ._document import Kind, Plain
from .cases import Because, State, Status
from .editions import ChosenReading
from .errors import Fault, OfstedFrameworkError
from .obligations import Course, Obligation
from .planning import Agenda
from .sources import Basis, Ground, Severity
from .verdicts import CheckResult, Receipt, Verdict

_T = TypeVar("_T")
AnyDay = Annotated[date, "of any year"]
"""A day that may lie beyond the years that a record can speak of: so may what is due."""


@attrs.frozen(kw_only=True)
class KeptProvider:
    """Whom an answer is about."""

    name: str
    """Its name."""
    kind: str | None
    """`cafcass` or `local-authority`; None: a document of version 1 does not say."""
    urn: str | None
    """Ofsted's number for it."""
    region: str | None
    """The region it lies in."""
    code: str | None
    """The code of its area at the Office for National Statistics."""


@attrs.frozen(kw_only=True)
class KeptWindow:
    """The days on which something may be done, and the day on which it is expected."""

    earliest: AnyDay | None
    """The first day allowed; None: there is no first, or it is not known."""
    expected: AnyDay | None
    """The day expected; None: there is none."""
    latest: AnyDay | None
    """The last day allowed; None: there is no last, or it is not known."""


@attrs.frozen(kw_only=True)
class KeptCount:
    """How many activities lie between two others."""

    at_least: int
    """The fewest that there may be on record or unseen."""
    at_most: int | None
    """The most; None: no ceiling can be told."""


@attrs.frozen(kw_only=True)
class KeptGround:
    """What one part of a provision rests on."""

    part: str
    """`sentence`, `reading`, `opening`, or the name of a field of the row."""
    basis: Basis
    """How well it is supported."""
    facts: tuple[str, ...]
    """Ids of the facts that support it."""
    says: str | None
    """Why, where a fact alone does not tell."""
    first: date | None = attrs.field(metadata={"wire": "from"})
    """First day for which this support was read; None: from the beginning, or not told."""
    last: date | None = attrs.field(metadata={"wire": "to"})
    """Last day for which this support was read; None: with no end, or not told."""


@attrs.frozen(kw_only=True)
class KeptCourse:
    """How something stands in one reading."""

    reading: str | None
    """The reading; None where there is only one."""
    window: KeptWindow | None
    """When it is owed; None where that is not known."""
    possible: tuple[State, ...]
    """The states that it may be in, by name."""
    count: KeptCount | None
    """How many activities lie between, where that is what is asked."""
    grounds: tuple[KeptGround, ...]
    """What its window rests on; nothing where a document of version 1 does not say."""


@attrs.frozen(kw_only=True)
class FrameworkHash:
    """A framework and the digest of its content."""

    id: str
    """Its id."""
    sha256: str
    """The SHA-256 of all that answers depend on."""


@attrs.frozen(kw_only=True)
class KeptReceipt:
    """What an answer was computed from."""

    library: str
    """The version of this library."""
    as_of: AnyDay
    """The day of asking."""
    frameworks: tuple[FrameworkHash, ...]
    """The frameworks, and the digests of their content."""
    readings: tuple[ChosenReading, ...]
    """The readings that were chosen: `framework/provision` and reading."""
    changes: tuple[str, ...]
    """The values that were replaced."""
    calendar: str
    """The id of the working-day calendar."""
    input: str
    """The SHA-256 of the record in canonical form."""

    @property
    def receipt(self) -> Receipt:
        """The receipt, as the answer itself had it."""
        return Receipt(
            library=self.library,
            as_of=self.as_of,
            frameworks=tuple((one.id, one.sha256) for one in self.frameworks),
            readings=tuple((one.provision, one.reading) for one in self.readings),
            changes=self.changes,
            calendar=self.calendar,
            input=self.input,
        )


@attrs.frozen(kw_only=True)
class KeptRule:
    """A rule that was asked."""

    code: str
    """Its code."""
    slug: str
    """The same in words."""
    own: bool
    """Whether it was brought along; False: it is one of the library's."""


@attrs.frozen(kw_only=True)
class KeptVerdict:
    """What a rule said of one provision and one subject."""

    code: str
    """The rule's code."""
    slug: str
    """The same in words."""
    provision: str | None
    """`framework/provision`; None for rules that hold by definition."""
    subject: str | None
    """The event's id, or `opening`; None where the provision met no subject."""
    status: Status
    """Satisfied, violated, not applicable, pending or undetermined."""
    possible: tuple[State, ...]
    """The states that the record and the sources left open, by name."""
    because: tuple[Because, ...]
    """Why the status is not definite, by name; empty where it is."""
    missing: tuple[str, ...]
    """What would settle it, in words."""
    basis: Basis | None
    """The weakest basis that it rests on; None: the record's owner vouches for all of it."""
    severity: Severity | None
    """How serious the departure may be called; None where there is none."""
    events: tuple[str, ...]
    """The ids of the events that decide it."""
    facts: tuple[str, ...]
    """The ids of the facts behind it."""
    message: str
    """What was found, in a sentence."""
    courses: tuple[KeptCourse, ...] | None
    """How the obligation stands in each reading; None where no obligation was judged."""

    @property
    def id(self) -> str:
        """A name that does not depend on wording: rule, provision and subject."""
        return f"{self.code}[{self.provision or ''}]:{self.subject}"


@attrs.frozen(kw_only=True)
class KeptAcceptance:
    """That somebody has accepted a departure."""

    departure: str
    """The departure, or the departures, that it names."""
    reason: str
    """Why."""
    until: AnyDay
    """The last day on which it is accepted."""
    departures: tuple[str, ...]
    """The departures of this result that it accepts, by their ids."""


@attrs.frozen(kw_only=True)
class KeptResult:
    """A check result as it was kept."""

    provider: KeptProvider
    """Whom it is about."""
    as_of: AnyDay
    """The day of asking."""
    frameworks: tuple[str, ...]
    """The ids of the frameworks that the record was checked against."""
    rules: tuple[KeptRule, ...] | None
    """The rules that were asked, in their order; None: a document before version 3 does not say."""
    counts: dict[Status, int] = attrs.field(hash=False)
    """How many verdicts there are of each status."""
    departure_ids: tuple[str, ...] = attrs.field(metadata={"wire": "departures"})
    """The departures by their ids, the most serious first."""
    verdicts: tuple[KeptVerdict, ...]
    """One for every provision and subject, in the order of the rules."""
    accepted: tuple[KeptAcceptance, ...]
    """The departures that were said to be accepted."""
    receipt: KeptReceipt
    """What it was computed from."""

    def __attrs_post_init__(self) -> None:
        """Refuse counts and departures that are not those of the verdicts."""
        faults = []
        counted = Counter(one.status for one in self.verdicts)
        if self.counts != {status: counted[status] for status in Status}:
            told = {str(status): number for status, number in self.counts.items()}
            faults.append(Fault("/counts", told, "are not those of the verdicts"))
        violated = sorted(one.id for one in self.verdicts if one.status is Status.VIOLATED)
        if sorted(self.departure_ids) != violated:
            message = "are not the verdicts of violated"
            faults.append(Fault("/departures", list(self.departure_ids), message))
        if faults:
            raise OfstedFrameworkError(faults)

    @property
    def departures(self) -> tuple[KeptVerdict, ...]:
        """The verdicts of violated, the most serious first."""
        found: dict[str, list[KeptVerdict]] = {}
        for one in self.verdicts:
            if one.status is Status.VIOLATED:
                found.setdefault(one.id, []).append(one)
        return tuple(found[id].pop(0) for id in self.departure_ids)


@attrs.frozen(kw_only=True)
class KeptAnchor:
    """The day from which something runs, as far as it is known."""

    earliest: AnyDay | None
    """The first day that it may be; None: no first is known."""
    latest: AnyDay | None
    """The last day that it may be; None: no last is known."""


@attrs.frozen(kw_only=True)
class KeptKinds:
    """Of which kind the next inspection is to be."""

    kinds: tuple[str, ...]
    """The kinds that it may be, the one that it is sent to first."""
    reason: str
    """Why, in a sentence."""
    after: tuple[str, ...]
    """The inspections whose grades decide it."""
    missing: tuple[str, ...]
    """What would settle it; empty where it is settled."""


@attrs.frozen(kw_only=True)
class KeptObligation:
    """A duty applied to a subject, as an agenda listed it."""

    framework: str
    """The framework's id."""
    provision: str
    """The provision's id."""
    sentence: str
    """What the provision says."""
    activity: str
    """What is owed: a kind of event, or `published`."""
    subject: str
    """The id of the event that begins it, or `opening`."""
    anchor: KeptAnchor
    """The day from which it runs."""
    status: Status
    """How it stood on the day of asking."""
    possible: tuple[State, ...]
    """The states that it might be in, by name."""
    because: tuple[Because, ...]
    """Why the status is not definite, by name; empty where it is."""
    missing: tuple[str, ...]
    """What would settle it, in words."""
    courses: tuple[KeptCourse, ...]
    """One for each reading left open."""
    kinds: KeptKinds | None
    """Of which kind the next inspection is to be; None: no matter."""
    fulfilled_by: str | None
    """The id of the recorded event that comes next and surely ends it."""
    booked: str | None
    """The id of the next planned event that would fulfil it."""
    booking_misses: tuple[str, ...]
    """The readings whose window the booking misses."""
    grounds: tuple[KeptGround, ...]
    """What it rests on."""
    rests_on: tuple[str, ...]
    """The events that decide how it stands."""


@attrs.frozen(kw_only=True)
class KeptAgenda:
    """An agenda as it was kept."""

    provider: KeptProvider
    """Whom it is about."""
    as_of: AnyDay
    """The day of asking."""
    frameworks: tuple[str, ...]
    """The ids of the frameworks in force."""
    obligations: tuple[KeptObligation, ...]
    """What is due, in the order in which duties depend on one another."""
    receipt: KeptReceipt
    """What it was computed from."""


def kept_result(result: CheckResult) -> KeptResult:
    """What is kept of a check result."""
    from .rules import RULES

    return KeptResult(
        provider=_provider(result),
        as_of=result.as_of,
        frameworks=tuple(one.id for one in result.frameworks),
        rules=tuple(
            KeptRule(code=one.code, slug=one.slug, own=all(one is not other for other in RULES))
            for one in result.rules
        ),
        counts=result.counts,
        departure_ids=tuple(one.id for one in result.departures),
        verdicts=tuple(map(_verdict, result.verdicts)),
        accepted=tuple(
            KeptAcceptance(
                departure=one.departure,
                reason=one.reason,
                until=one.until,
                departures=tuple(d.id for d in result.departures if d.accepted == one),
            )
            for one in result.acceptances
        ),
        receipt=kept_receipt(result.receipt),
    )


def kept_agenda(agenda: Agenda) -> KeptAgenda:
    """What is kept of an agenda."""
    return KeptAgenda(
        provider=_provider(agenda),
        as_of=agenda.as_of,
        frameworks=tuple(one.id for one in agenda.frameworks),
        obligations=tuple(map(kept_obligation, agenda)),
        receipt=kept_receipt(agenda.receipt),
    )


def kept_receipt(receipt: Receipt) -> KeptReceipt:
    """A receipt as it is kept."""
    return KeptReceipt(
        library=receipt.library,
        as_of=receipt.as_of,
        frameworks=tuple(FrameworkHash(id=id, sha256=sha) for id, sha in receipt.frameworks),
        readings=tuple(ChosenReading(provision=p, reading=r) for p, r in receipt.readings),
        changes=receipt.changes,
        calendar=receipt.calendar,
        input=receipt.input,
    )


def kept_obligation(one: Obligation) -> KeptObligation:
    """What is kept of an obligation."""
    sent = one.sent
    return KeptObligation(
        framework=one.framework,
        provision=one.provision,
        sentence=one.sentence,
        activity=one.activity,
        subject=one.subject,
        anchor=KeptAnchor(earliest=one.anchor.earliest, latest=one.anchor.latest),
        status=one.status,
        possible=_by_name(one.possible),
        because=_by_name(one.because),
        missing=one.missing,
        courses=_courses(one),
        kinds=None if sent is None else KeptKinds(
            kinds=sent.kinds, reason=sent.reason, after=sent.after, missing=sent.missing
        ),
        fulfilled_by=one.fulfilled_by,
        booked=one.booked,
        booking_misses=one.booking_misses,
        grounds=_grounds(one.grounds),
        rests_on=one.rests_on,
    )  # fmt: skip


def _provider(answer: CheckResult | Agenda) -> KeptProvider:
    one = answer.history.provider
    return KeptProvider(name=one.name, kind=one.kind, urn=one.urn, region=one.region, code=one.code)


def _verdict(one: Verdict) -> KeptVerdict:
    owed = one.obligation
    return KeptVerdict(
        code=one.code,
        slug=one.rule.slug,
        provision=one.provision,
        subject=one.subject,
        status=one.status,
        possible=_by_name(one.possible),
        because=_by_name(one.because),
        missing=one.missing,
        basis=one.basis,
        severity=one.severity,
        events=one.raw.events,
        facts=one.facts,
        message=one.message,
        courses=None if owed is None else _courses(owed),
    )


def _courses(owed: Obligation) -> tuple[KeptCourse, ...]:
    return tuple(_course(one, owed.grounds_of(one)) for one in owed.courses)


def _grounds(some: Iterable[Ground]) -> tuple[KeptGround, ...]:
    return tuple(
        KeptGround(
            part=one.part, basis=one.basis, facts=one.facts, says=one.says,
            first=one.first, last=one.last,
        )
        for one in some
    )  # fmt: skip


def _course(one: Course, grounds: Iterable[Ground]) -> KeptCourse:
    when = one.window
    return KeptCourse(
        reading=one.reading,
        window=None if when is None else KeptWindow(
            earliest=when.earliest, expected=when.expected, latest=when.latest
        ),
        possible=_by_name(one.possible),
        count=None if one.count is None else KeptCount(
            at_least=one.count[0], at_most=one.count[1]
        ),
        grounds=_grounds(grounds),
    )  # fmt: skip


def _by_name(words: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(sorted(words, key=str))


def _read(shape: type[_T], plain: Any) -> _T:
    from ._strict import structure

    return structure(plain, shape)


def _write(kept: Any) -> Plain:
    from ._strict import unstructure

    plain: Plain = unstructure(kept)
    return plain


# --- Older versions -----------------------------------------------------------------------------


def _tables(plain: Plain, name: str) -> list[Plain]:
    """Copies of the tables in a list of a document; none where it holds anything else."""
    some = plain.get(name)
    if not isinstance(some, list) or not all(isinstance(one, dict) for one in some):
        return []
    return [dict(one) for one in some]


def _provider_2(plain: Plain) -> Plain:
    """Version 1 gave the provider's name alone."""
    name = plain.get("provider")
    if not isinstance(name, str):
        return plain
    none = dict.fromkeys(("kind", "urn", "region", "code"))
    return {**plain, "provider": {"name": name, **none}}


def _courses_2(plain: Plain) -> Plain:
    """Version 1 gave a count as a list of two numbers, and windows no grounds."""
    courses = _tables(plain, "courses")
    for one in courses:
        one.setdefault("grounds", [])
        count = one.get("count")
        if isinstance(count, list) and len(count) == 2:
            one["count"] = {"at_least": count[0], "at_most": count[1]}
    return {**plain, "courses": courses} if courses else plain


def _result_2(plain: Plain) -> Plain:
    """Version 1 might give a severity to what was no departure, and knew no acceptances."""
    verdicts = [_courses_2(one) for one in _tables(plain, "verdicts")]
    for one in verdicts:
        if "severity" in one and one.get("status") != Status.VIOLATED:
            one["severity"] = None
    whole = {"accepted": [], **_provider_2(plain)}
    return {**whole, **({"verdicts": verdicts} if verdicts else {})}


def _result_3(plain: Plain) -> Plain:
    """Version 2 did not say which rules were asked."""
    return {"rules": None, **plain}


def _agenda_2(plain: Plain) -> Plain:
    """Version 1 might not speak of the kind that comes next, and gave grounds no days."""
    obligations = [{"kinds": None, **_courses_2(one)} for one in _tables(plain, "obligations")]
    for one in obligations:
        if grounds := _tables(one, "grounds"):
            one["grounds"] = [{"from": None, "to": None, **ground} for ground in grounds]
    return {**_provider_2(plain), **({"obligations": obligations} if obligations else {})}


CHECK_RESULT = Kind(
    name="check-result",
    title="All verdicts on one record, as they were on the day of asking",
    of=CheckResult,
    shape=KeptResult,
    read=partial(_read, KeptResult),
    write=_write,
    steps=(_result_2, _result_3),
)
"""The documents of check results."""
AGENDA = Kind(
    name="agenda",
    title="What can still be fulfilled on the day of asking",
    of=Agenda,
    shape=KeptAgenda,
    read=partial(_read, KeptAgenda),
    write=_write,
    steps=(_agenda_2,),
)
"""The documents of agendas."""
