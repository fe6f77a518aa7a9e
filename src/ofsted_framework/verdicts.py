"""What a check answers: verdicts, departures and the result that holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

import attrs

from .acceptance import Acceptance, accepting
from .cases import Because, Cases, State, Status, View, missing
from .editions import Framework
from .errors import printable
from .history import Coverage, History
from .obligations import Obligation, Owed
from .sources import Basis, Citation, Ground, Severity, weakest


@attrs.frozen(kw_only=True)
class Example:
    """A small record on which a rule can be seen at work."""

    events: tuple[dict[str, Any], ...]
    """Its events, as a document spells them."""
    as_of: str
    """The day of asking."""
    framework: str = "cafcass-2021"
    """The framework that it is checked against."""


@attrs.frozen(kw_only=True)
class Support:
    """What an answer rests on."""

    grounds: tuple[Ground, ...] = ()
    """What the provision and its parts rest on."""
    events: tuple[str, ...] = ()
    """The events that decide the answer."""
    absence: tuple[tuple[str, ...], int, int] | None = None
    """The kinds and the stretch in which absence is evidence, where it is used."""
    claims: tuple[Coverage, ...] = ()
    """The claims that an empty field is empty because there is nothing to say."""


_NOTHING = Support()


@attrs.define(kw_only=True, eq=False)
class RawVerdict:
    """What a rule found out about one provision and one subject; raw material of a verdict."""

    provision: str | None
    """The provision's id; None where the rule holds by definition."""
    subject: str | None
    """The event's id, or `opening`; None where there was no subject."""
    cases: Cases
    """The states that are left open."""
    rests_on: Support | Callable[[], Support] = _NOTHING
    """What it rests on, or how that is worked out when it is read."""
    detail: str = ""
    """What was found, in a sentence."""
    owed: Owed | None = None
    """What was owed, where that was judged."""

    @property
    def support(self) -> Support:
        """What it rests on."""
        if not isinstance(self.rests_on, Support):
            self.rests_on = self.rests_on()
        return self.rests_on

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """What the provision and its parts rest on."""
        return self.support.grounds

    @property
    def events(self) -> tuple[str, ...]:
        """The events that decide the answer."""
        return self.support.events

    @property
    def absence(self) -> tuple[tuple[str, ...], int, int] | None:
        """The kinds and the stretch in which absence is evidence, where it is used."""
        return self.support.absence

    @property
    def claims(self) -> tuple[Coverage, ...]:
        """The claims that an empty field is empty because there is nothing to say."""
        return self.support.claims

    @property
    def obligation(self) -> Obligation | None:
        """The obligation that was judged, where it was one."""
        return None if self.owed is None else self.owed.obligation


@attrs.frozen(kw_only=True, eq=False)
class Rule:
    """One thing that is checked: a sentence, and the function that enforces it."""

    code: str
    """Permanent and never used again: OF1 form, OF2 sequence, OF3 timing, OF4 completeness."""
    slug: str
    """The same in words, permanent too."""
    sentence: str
    """What it demands."""
    why: str
    """Why that matters."""
    remedy: str
    """What to do about a departure."""
    speaks_of: Callable[[Any], bool] | None
    """The rows that it reads; None: it holds by definition, for records of any framework."""
    find: Callable[[View], Iterator[RawVerdict]]
    """The function: what it finds in a history under a framework."""
    passing: Example
    """A record that keeps to it."""
    failing: Example
    """A record that does not."""

    def explain(self) -> str:
        """The rule in plain English."""
        from .telling.text import rule_text

        return rule_text(self)


@attrs.frozen(kw_only=True)
class Verdict:
    """What a rule says of one provision and one subject."""

    rule: Rule = attrs.field(repr=lambda rule: rule.code)
    """The rule."""
    framework: Framework | None = attrs.field(eq=False, repr=False)
    """The framework, with the readings that were chosen; None for rules that hold by definition."""
    raw: RawVerdict = attrs.field(eq=False, repr=False)
    """What the rule found, as it was found."""
    history: History = attrs.field(eq=False, repr=False)
    """The record that was checked."""
    provision: str | None
    """`framework/provision`; None for rules that hold by definition."""
    subject: str | None
    """The event's id, or `opening`; None where the provision met no subject."""
    status: Status
    """Satisfied, violated, not applicable, pending or undetermined."""

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def possible(self) -> frozenset[State]:
        """The states that the record and the sources leave open."""
        return frozenset(self.raw.cases.states)

    @property
    def because(self) -> frozenset[Because]:
        """Why the status is not definite; empty where it is."""
        return frozenset([reason.because for reason in self.raw.cases.reasons])

    @property
    def missing(self) -> tuple[str, ...]:
        """What would settle it, in words; empty where it is definite."""
        return missing(self.raw.cases.reasons)

    @property
    def obligation(self) -> Obligation | None:
        """The obligation that was judged, where it was one."""
        return self.raw.obligation

    @property
    def rests_on(self) -> tuple[tuple[str, Basis], ...]:
        """Everything with a stated basis that the status rests on, by name."""
        found: dict[tuple[str, Basis], None] = {}
        for ground in self.raw.grounds:
            of_what = self.raw.provision or (self.framework and self.framework.id) or self.code
            found[f"{ground.part} of {of_what}", ground.basis] = None
        for id in self.raw.events:
            event = self.history.get(id)
            if event is not None and event.basis is not None:
                found[id, event.basis] = None
        claims = list(self.raw.claims)
        if self.raw.absence is not None:
            claims += self.history.claims(*self.raw.absence)
        for claim in claims:
            if claim.basis is not None:
                found[f"coverage of {claim.type}", claim.basis] = None
        return tuple(found)

    @property
    def basis(self) -> Basis | None:
        """The weakest basis among these; None where none is stated."""
        return weakest(basis for _, basis in self.rests_on)

    @property
    def severity(self) -> Severity | None:
        """How serious the departure may be called; None where there is none."""
        if self.status is not Status.VIOLATED:
            return None
        basis = self.basis
        return Severity.ERROR if basis is None else basis.severity

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts behind it."""
        return tuple(dict.fromkeys(fact for g in self.raw.grounds for fact in g.facts))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """These facts, with their sources."""
        return () if self.framework is None else self.framework.cite(self.facts)

    @property
    def message(self) -> str:
        """What was found, in a sentence."""
        from .telling.text import message

        return message(self)

    def explain(self) -> str:
        """The verdict in plain English, with the arithmetic of its dates."""
        from .telling.text import verdict_text

        return verdict_text(self)


@attrs.frozen(kw_only=True)
class Departure:
    """A verdict of VIOLATED, as one reports it."""

    verdict: Verdict
    """The verdict."""
    accepted: Acceptance | None = None
    """That somebody has accepted it on the day of asking, and why; None: nobody has."""

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.verdict.rule.code

    @property
    def slug(self) -> str:
        """The rule's name."""
        return self.verdict.rule.slug

    @property
    def provision(self) -> str | None:
        """`framework/provision`; None for rules that hold by definition."""
        return self.verdict.provision

    @property
    def id(self) -> str:
        """A name that does not depend on wording: rule, provision and subject."""
        return f"{self.code}[{self.provision or ''}]:{self.verdict.subject}"

    @property
    def severity(self) -> Severity:
        """Error, warning or note: no more than its weakest basis allows."""
        return self.verdict.severity or Severity.ERROR

    @property
    def basis(self) -> Basis | None:
        """The weakest basis that it rests on."""
        return self.verdict.basis

    @property
    def subjects(self) -> tuple[str, ...]:
        """The ids of the events that decide it."""
        return self.verdict.raw.events

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts behind the provision."""
        return self.verdict.facts

    @property
    def citations(self) -> tuple[Citation, ...]:
        """These facts, with their sources."""
        return self.verdict.citations

    @property
    def message(self) -> str:
        """What is wrong, in a sentence."""
        return self.verdict.message

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return self.verdict.rule.remedy

    def explain(self) -> str:
        """The departure in plain English, with the arithmetic of its dates."""
        return self.verdict.explain()


@attrs.frozen(kw_only=True)
class Receipt:
    """What an answer was computed from: the same receipt and the same rules, the same answer."""

    library: str
    """The version of this library."""
    as_of: date
    """The day of asking."""
    frameworks: tuple[tuple[str, str], ...]
    """Framework ids and the SHA-256 of their content."""
    readings: tuple[tuple[str, str], ...]
    """The readings that were chosen: `framework/provision` and reading."""
    changes: tuple[str, ...]
    """The values that were replaced."""
    calendar: str
    """The id of the working-day calendar."""
    input: str
    """The SHA-256 of the record in canonical form."""


def receipt(
    history: History, frameworks: tuple[Framework, ...], as_of: date, calendar: str
) -> Receipt:
    """The receipt of an answer."""
    from ._strict import digest
    from ._version import VERSION

    return Receipt(
        library=VERSION,
        as_of=as_of,
        frameworks=tuple((one.id, one.content_hash) for one in frameworks),
        readings=tuple((f"{one.id}/{id}", name) for one in frameworks for id, name in one.chosen),
        changes=tuple(f"{one.id}/{change}" for one in frameworks for change in one.changes),
        calendar=calendar,
        input=digest(history),
    )


@attrs.define(kw_only=True, slots=False, eq=False)
class CheckResult:
    """All verdicts on one history."""

    history: History
    """The record that was checked."""
    as_of: date
    """The day of asking."""
    frameworks: tuple[Framework, ...]
    """The frameworks that it was checked against."""
    calendar: str
    """The id of the working-day calendar."""
    verdicts: tuple[Verdict, ...] = attrs.field(repr=False)
    """One for every provision and subject, in the order of the rules."""
    rules: tuple[Rule, ...] = attrs.field(repr=False)
    """The rules that were asked, in their order."""
    acceptances: tuple[Acceptance, ...] = attrs.field(default=(), repr=False)
    """The departures that were said to be accepted."""

    @cached_property
    def departures(self) -> tuple[Departure, ...]:
        """The verdicts of VIOLATED, the most serious first; those that are accepted say so."""
        found = [Departure(verdict=v) for v in self.verdicts if v.status is Status.VIOLATED]
        if self.acceptances:
            given, day = self.acceptances, self.as_of
            found = [attrs.evolve(one, accepted=accepting(given, one.id, day)) for one in found]
        return tuple(sorted(found, key=lambda one: list(Severity).index(one.severity)))

    @property
    def standing(self) -> tuple[Departure, ...]:
        """The departures that nobody has accepted on the day of asking."""
        return tuple(one for one in self.departures if one.accepted is None)

    @property
    def unused(self) -> tuple[Acceptance, ...]:
        """What was said to be accepted and is no departure, or is not accepted any longer."""
        used = {one.accepted for one in self.departures}
        return tuple(one for one in self.acceptances if one not in used)

    def select(
        self,
        code: str | None = None,
        *,
        provision: str | None = None,
        subject: str | None = None,
        status: Status | None = None,
    ) -> tuple[Verdict, ...]:
        """The verdicts that fit all that is given.

        Args:
            code: A rule's code or name.
            provision: A provision's id, alone or as `framework/provision`.
            subject: An event's id, or `opening`.
            status: A status.
        """
        return tuple(
            one
            for one in self.verdicts
            if code in (None, one.rule.code, one.rule.slug)
            and provision in (None, one.provision, one.raw.provision)
            and subject in (None, one.subject)
            and status in (None, one.status)
        )

    @property
    def counts(self) -> dict[Status, int]:
        """How many verdicts there are of each status."""
        counted = Counter(verdict.status for verdict in self.verdicts)
        return {status: counted[status] for status in Status}

    @cached_property
    def receipt(self) -> Receipt:
        """What the answer was computed from."""
        return receipt(self.history, self.frameworks, self.as_of, self.calendar)

    def __repr__(self) -> str:
        counts = ", ".join(f"{n} {status}" for status, n in self.counts.items() if n)
        told = f"<CheckResult of {self.history.provider.name} as of {self.as_of}: {counts}>"
        return printable(told)

    def explain(self) -> str:
        """The result in plain English."""
        from .telling.text import result_text

        return result_text(self)

    def _repr_html_(self) -> str:
        from .telling.html import result_html

        return result_html(self)
