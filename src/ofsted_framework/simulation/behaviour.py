"""How inspectorates and providers are taken to behave: every assumption a value with a basis.

An assumption gives whole-number weights to the things that may happen: 19 of 67 inspections late is
`{"yes": 19, "no": 48}`, as counted. Draws are whole numbers compared with whole numbers, so that
results are the same everywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple, cast

import attrs

from .._document import Kind, pairs, parsed, parsed_toml, read_file
from ..errors import Fault, OfstedFrameworkError, items, nearest, of_class, printable, texts
from ..events import EVENTS, PriorityAction
from ..grades import Grade
from ..sources import Basis, Fact, Source, to_basis, weakest
from .bits import Part

_DATA = Path(__file__).parent.parent / "data" / "behaviours"
_YES_NO, _NUMBER, _BAND, _PART = "yes or no", "a number", "the last day of a band", "a part"
_FROM_1, _STEPS = "a number from 1 on", "a number of levels up or, below 0, down"
_OF_AREAS = (
    "first-grade", "grade-move", "shared", "levels", "start-level", "drift", "middle-level",
    "seen", "notices",
)  # fmt: skip
"""What is said of an area."""
_OF_OTHERS = ("number", "spacing", "too-few", "too-many", *_OF_AREAS)
"""What is said of a provision or an area; the rest is said of a kind of event."""
_OF_ALL = ("drift-months",)
"""What is said of everything at once."""
_FIXED = ("begins", "least-gap", "drift-months", "middle-level", "drift-lasts")  # not drawn
_GIVEN: dict[str, tuple[str, ...]] = {
    "shared": ("grade", "drift"),
    "levels": (),
    "start-level": tuple(Grade),
    "drift": ("monitoring", "priority-action", *Grade, "above-middle", "below-middle"),
    "middle-level": (),
    "drift-months": (),
    "drift-lasts": (),
    "seen": tuple(EVENTS),
    "notices": tuple(EVENTS),
}
"""What the sorts that speak of true quality may be said of."""
MOST_LEVELS = 100
"""The most levels that the true quality of an area may have."""
LARGEST = 1_000_000
"""The most that the weights of one assumption may add up to: sums stay within 64 bits."""


class What(NamedTuple):
    """One sort of assumption."""

    outcomes: str | tuple[str, ...]
    """What its weights are given to."""
    says: str
    """What it settles."""


WHATS: dict[str, What] = {
    "timing": What(_PART, "where in its window something begins: equal parts, numbered from 1"),
    "interval": What(_BAND, "days from one to the next of what recurs, suspended days not counted; "
                     "it stands in for timing, late and late-by; of a kind of inspection, where "
                     "the last one sends to that kind"),
    "begins": What(("monday", "working-day", "any-day"), "on which days of the week it may begin"),
    "least-gap": What(_NUMBER, "days from one to the next, as far as the window leaves room"),
    "length": What(_NUMBER, "days of fieldwork, the first and the last counted; else 1"),
    "number": What(_NUMBER, "how many lie between two others, within limits; else the fewest"),
    "spacing": What(_BAND, "days from one to the next, where one follows another; where it tells "
                    "the first after an inspection from the next, suspended days are not counted"),
    "visit": What(tuple(EVENTS), "which of the activities that count a visit is"),
    "kind": What(("sent", "instead"), "whether it is of the kind that it is sent to, or another"),
    "lag": What(_NUMBER, "working days from the end of fieldwork to the report; else 0"),
    "first-grade": What(tuple(Grade), "the grade of an area that had none"),
    "grade-move": What(tuple(Grade), "the next grade of an area"),
    "shared": What(("own", "shared"), "whether an area takes a number of its own, or the one that "
                   "all areas share: for its grade, or for a step of its true quality"),
    "levels": What(tuple(Grade), "how many levels of true quality each grade has; not drawn"),
    "start-level": What(_FROM_1, "true quality of an area at the start, from 1, the worst; else "
                        "any level of its last grade, or any level where it had none"),
    "drift": What(("down", "stay", "up"), "how true quality moves in a step; else it stays"),
    "drift-months": What(_FROM_1, "months from one step of true quality to the next; else 3"),
    "middle-level": What(_FROM_1, "the level of the drifts `above-middle` and `below-middle`"),
    "drift-lasts": What(_FROM_1, "months for which it changes the drift; else until an inspection"),
    "seen": What(_STEPS, "how far what is seen of an area lies from its true quality; else 0"),
    "notices": What(_YES_NO, "whether it would notice a fall in an area's true quality; else yes"),
    "priority-action": What(tuple(PriorityAction), "areas for priority action that a letter names"),
    "late": What(_YES_NO, "whether it comes after its window"),
    "late-by": What(_BAND, "days after the window; else 1 to 90, evenly"),
    "skipped": What(_YES_NO, "whether it does not take place, that time"),
    "too-few": What(_YES_NO, "whether there is one fewer than the framework says"),
    "too-many": What(_YES_NO, "whether there is one more than the framework says"),
    "late-report": What(_YES_NO, "whether its report or letter is published after the deadline"),
    "late-report-by": What(_BAND, "working days after the deadline; else 1 to 20, evenly"),
    "unpublished": What(_YES_NO, "whether its report or letter is never published"),
    "incomplete": What(_YES_NO, "whether something that it must cover or name is left out"),
}  # fmt: skip
"""The sorts of assumption. The set is closed."""
DEPARTURES = (
    "interval", "late", "skipped", "too-few", "too-many", "late-report", "unpublished",
    "incomplete",
)  # fmt: skip
"""The sorts in which a framework is departed from; where none is given, it is kept."""


class Share(NamedTuple):
    """How likely an outcome is, and how sure that is."""

    share: float
    """The share, from 0 to 1."""
    low: float
    """The lower end of its interval."""
    high: float
    """The upper end."""


class Table:
    """The outcomes of an assumption, ready to be drawn from."""

    __slots__ = ("bounds", "by_part", "outcomes", "parts", "total", "weights")

    def __init__(self, weights: Mapping[Any, int]) -> None:
        some = {outcome: weight for outcome, weight in weights.items() if weight}
        self.outcomes: tuple[Any, ...] = tuple(some)
        self.weights = tuple(some.values())
        self.total = sum(self.weights)
        self.by_part = tuple(weights.values())
        self.bounds = [(upto << 32) // self.total for upto in accumulate(some.values())]
        # Of bands, for which the outcome is the last day.
        ends = [0, *weights] if all(isinstance(one, int) for one in weights) else []
        self.parts: list[Part] = [
            (before + 1, last, weights[last]) for before, last in pairwise(ends) if weights[last]
        ]

    def span(self, outcome: Any) -> tuple[float, float]:
        """The share of all draws up to those that give an outcome, and up to their end."""
        at = self.outcomes.index(outcome)
        before = sum(self.weights[:at])
        return before / self.total, (before + self.weights[at]) / self.total

    def choose(self, number: int) -> Any:
        """The outcome of a draw, which is a number from 0 to 2**32 - 1."""
        return self.outcomes[bisect_right(self.bounds, number)]


def _weights(value: Mapping[Any, int]) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise OfstedFrameworkError.of("is not a table of outcomes and weights", value, "/weights")
    return {str(outcome): weight for outcome, weight in value.items()}


def _plain(value: str | None) -> str | None:
    """A grade as the text that it is: assumptions are sorted, and grades have no order."""
    return str(value) if isinstance(value, str) else value


@attrs.frozen(kw_only=True)
class Assumption:
    """What may happen in one matter, and how much weight each thing has."""

    what: str
    """The sort of assumption, one of `WHATS`."""
    of: str = "*"
    """What it is about: an activity, a provision's id, or an area; `*` for every other."""
    given: str | None = attrs.field(default=None, converter=_plain)
    """What it is said of: the grade before, the kind of inspection (of `interval`: the kind that
    the last one sends to), what a visit follows (of `spacing`: `inspection`, or the kind of visit),
    the rhythm of a window (`periods`,
    `since-last`, `between`, `response`), or what the sort says; None: of every other case."""
    weights: dict[str, int] = attrs.field(converter=_weights, hash=False)
    """The outcomes and their weights, whole numbers from 0 on: counts, for instance."""
    basis: Basis = attrs.field(converter=to_basis)
    """How well it is supported."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The facts that it rests on."""
    says: str | None = None
    """Why, where the facts alone do not tell."""
    counted: int | None = None
    """How many it was counted on, where it was fitted to records."""

    def __attrs_post_init__(self) -> None:
        """Refuse an unknown sort, outcomes that it does not have, and weights that are none."""
        if not isinstance(self.what, str) or self.what not in WHATS:
            near = nearest(str(self.what), WHATS)
            raise OfstedFrameworkError.of("is no sort of assumption", self.what, "/what", near)
        if not isinstance(self.of, str):
            raise OfstedFrameworkError.of("is not a text", self.of, "/of")
        faults = list(self._faults())
        if faults:
            raise OfstedFrameworkError(faults)

    def _faults(self) -> Any:
        kind = WHATS[self.what].outcomes
        good = ("yes", "no") if kind == _YES_NO else kind if isinstance(kind, tuple) else None
        for outcome, weight in self.weights.items():
            place = f"/weights/{outcome}"
            digits = outcome.removeprefix("-") if kind == _STEPS else outcome
            number = digits.isdecimal() and len(digits) < 6 and str(int(outcome)) == outcome
            if good is not None and outcome not in good:
                message = f"is no outcome of {self.what}"
                yield Fault(place, outcome, message, nearest(outcome, good))
            elif good is None and (not number or (kind in (_PART, _FROM_1) and int(outcome) < 1)):
                yield Fault(place, outcome, f"is not {kind}")
            if type(weight) is not int or weight < 0:
                yield Fault(place, weight, "is not a weight: a whole number from 0 on")
        if all(type(weight) is int for weight in self.weights.values()):
            total = sum(self.weights.values())
            if not 0 < total <= LARGEST:
                yield Fault("/weights", total, f"is not a sum of weights from 1 to {LARGEST:,}")
            elif self.what == "levels" and not 2 <= total <= MOST_LEVELS:
                yield Fault("/weights", total, f"is not a number of levels from 2 to {MOST_LEVELS}")
        if self.what in _OF_ALL and self.of != "*":
            yield Fault("/of", self.of, f"is not *: {self.what} is said of everything at once")
        elif self.what not in _OF_OTHERS and self.of not in ("*", *EVENTS):
            yield Fault("/of", self.of, "is no kind of event", nearest(self.of, EVENTS))
        cases = _GIVEN.get(self.what)
        if cases is not None and self.given is not None and self.given not in cases:
            told = f" ({', '.join(cases)})" if cases else ": it is said of every case"
            message = f"is nothing that {self.what} is said of{told}"
            yield Fault("/given", self.given, message, nearest(str(self.given), cases))
        if self.what in _FIXED and sum(map(bool, self.weights.values())) != 1:
            yield Fault("/weights", list(self.weights), "are not one outcome, which is settled")
        if self.counted is not None and (type(self.counted) is not int or self.counted < 0):
            yield Fault("/counted", self.counted, "is not a whole number from 0 on")
        ends = [int(one) for one in self.weights if one.isascii() and one.isdecimal()]
        if kind in (_BAND, _PART) and ends != sorted(set(ends)):
            yield Fault("/weights", ends, "are not in order")
        if kind == _BAND and ends[:1] == [0]:
            yield Fault("/weights/0", "0", "is no band: the first begins with day 1")
        if kind == _PART and ends != list(range(1, len(ends) + 1)):
            yield Fault("/weights", ends, "are not all the parts from 1 on")

    @cached_property
    def _table(self) -> Table:
        numbers = (
            isinstance(WHATS[self.what].outcomes, str) and WHATS[self.what].outcomes != _YES_NO
        )
        return Table({int(k) if numbers else k: weight for k, weight in self.weights.items()})

    @property
    def table(self) -> Table:
        """Its outcomes, ready to be drawn from."""
        return self._table

    def shares(self, level: float = 0.9) -> dict[str, Share] | None:
        """The share of each outcome, with an interval; None where nothing was counted.

        Intervals are Jeffreys': the outcome against all others, on as many as were counted.

        Args:
            level: How often such intervals are to hold the true share: 0.9 for nine in ten.

        Raises:
            OfstedFrameworkError: The level does not lie between 0 and 1.
        """
        if not isinstance(level, int | float) or not 0 < level < 1:
            raise OfstedFrameworkError.of("does not lie between 0 and 1", level, "level")
        if self.counted is None:
            return None
        from .shares import jeffreys

        total = sum(self.weights.values())
        return {
            outcome: Share(
                weight / total, *jeffreys(self.counted * weight / total, self.counted, level)
            )
            for outcome, weight in self.weights.items()
        }

    @property
    def key(self) -> tuple[str, str, str | None]:
        """What it settles: no two assumptions of a behaviour settle the same."""
        return self.what, self.of, self.given

    def in_words(self) -> str:
        """What it says, in a line: `timing of inspection, since-last: 1 to 2, 2 to 4 …`."""
        given = "" if self.given is None else f", {self.given}"
        of = "" if self.of == "*" else f" of {self.of}"
        shares = ", ".join(f"{outcome} {weight}" for outcome, weight in self.weights.items())
        return f"{self.what}{of}{given}: {shares}"


def _assumptions(value: Iterable[Assumption]) -> tuple[Assumption, ...]:
    return items(value, Assumption)


@attrs.frozen(kw_only=True)
class Fitted:
    """What a behaviour was fitted to, and how."""

    known_at: date
    """The day: nothing that was published later has a say."""
    since: date | None = None
    """The first day of the time that was counted; None: all of it."""
    framework: str
    """The framework whose windows, limits and deadlines things were measured by."""
    histories: int
    """How many records there were."""
    events: int
    """How many of their events were known on that day."""
    record: str
    """A SHA-256 of the records, as they were known."""
    library: str
    """The version of the library."""
    method: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """How it was done, in sentences."""


@attrs.frozen(kw_only=True, repr=False)
class Behaviour:
    """How inspectorates and providers are taken to behave, one assumption a matter."""

    id: str
    """A name for it."""
    title: str
    """What it is, in a few words."""
    assumptions: tuple[Assumption, ...] = attrs.field(default=(), converter=_assumptions)
    """The assumptions; where none speaks of a matter, the framework is kept and days are drawn
    evenly."""
    facts: tuple[Fact, ...] = ()
    """The facts that they rest on."""
    sources: tuple[Source, ...] = ()
    """The documents in which these were read."""
    fitted: Fitted | None = None
    """What it was fitted to; None: it was not."""
    _by_key: dict[tuple[str, str, str | None], Assumption] = attrs.field(
        init=False, eq=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        """Refuse two assumptions that settle the same, and facts that are not listed."""
        found: dict[tuple[str, str, str | None], Assumption] = {}
        listed = {fact.id for fact in self.facts}
        faults = []
        for index, one in enumerate(self.assumptions):
            place = f"/assumption/{index}"
            if one.key in found:
                faults.append(Fault(place, one.in_words(), "settles what another settles"))
            found[one.key] = one
            faults += [
                Fault(f"{place}/facts", fact, "is not among the facts", nearest(fact, listed))
                for fact in one.facts
                if fact not in listed
            ]
        if faults:
            raise OfstedFrameworkError(faults)
        object.__setattr__(self, "_by_key", found)

    def __repr__(self) -> str:
        """In one line."""
        fitted = f", fitted to {self.fitted.histories} records" if self.fitted else ""
        return printable(
            f"<Behaviour {self.id}{fitted}: {len(self.assumptions)} assumptions, weakest basis "
            f"{self.basis}>"
        )

    def _repr_html_(self) -> str:
        from ..telling.replies import behaviour_html

        return behaviour_html(self)

    def find(self, what: str, *of: str, given: str | None = None) -> Assumption | None:
        """The assumption that speaks of a matter; None where none does.

        Args:
            what: The sort of assumption.
            *of: What it is about, the most particular first; `*` is tried after them.
            given: What it is said of; an assumption for every case is tried after it.
        """
        for one in (*of, "*"):
            for case in (given, None) if given is not None else (None,):
                if (found := self._by_key.get((what, one, case))) is not None:
                    return found
        return None

    def replace(
        self,
        what: str,
        of: str = "*",
        *,
        given: str | None = None,
        weights: Mapping[Any, int],
        says: str = "Supplied by the user.",
    ) -> Behaviour:
        """The behaviour with one assumption put in or changed, as an assumption of the user's.

        Args:
            what: The sort of assumption.
            of: What it is about: an activity, a provision's id, an area, or `*`.
            given: What it is said of.
            weights: The outcomes and their weights, whole numbers.
            says: Why.

        Returns:
            The behaviour. Without `given`, the new assumption takes the place of all that speak of
            the same in some case.

        Raises:
            OfstedFrameworkError: There is no such sort, or it has no such outcome.
        """
        new = Assumption(
            what=what, of=of, given=given, weights=dict(weights), basis=Basis.ASSUMED, says=says
        )
        kept = {
            key: one
            for key, one in self._by_key.items()
            if given is not None or key[:2] != new.key[:2]
        }
        kept[new.key] = new
        return attrs.evolve(self, assumptions=tuple(kept.values()))

    def joined(self, other: Behaviour) -> Behaviour:
        """The behaviour with what another says put in: where both settle the same, the other does.

        Args:
            other: The other, for instance `read_behaviour("true-quality")`.
        """
        of_class(other=(other, Behaviour))
        listed, sources = {one.id for one in other.facts}, {one.key for one in other.sources}
        return attrs.evolve(
            self,
            id=f"{self.id}+{other.id}",
            title=f"{self.title}; {other.title}",
            assumptions=tuple({**self._by_key, **other._by_key}.values()),
            facts=(*(one for one in self.facts if one.id not in listed), *other.facts),
            sources=(*(one for one in self.sources if one.key not in sources), *other.sources),
        )

    def without_departures(self) -> Behaviour:
        """The behaviour of those who keep to the framework in everything."""
        kept = tuple(one for one in self.assumptions if one.what not in DEPARTURES)
        return attrs.evolve(self, assumptions=kept)

    @property
    def basis(self) -> Basis:
        """The weakest basis of its assumptions."""
        return weakest(one.basis for one in self.assumptions) or Basis.ASSUMED

    def to_toml(self) -> str:
        """The behaviour as a file that `read_behaviour` reads."""
        from .._strict import unstructure

        lines = [f"id = {_toml(self.id)}", f"title = {_toml(self.title)}"]
        tables: list[tuple[str, Any]] = [("[fitted]", self.fitted)] if self.fitted else []
        tables += [("[[assumption]]", one) for one in self.assumptions]
        tables += [("[[fact]]", one) for one in self.facts]
        tables += [("[[source]]", one) for one in self.sources]
        for name, one in tables:
            lines += ["", name]
            fields = unstructure(one)
            if isinstance(one, Assumption):
                fields["weights"] = one.weights  # in their own order, which counts
            lines += [f"{key} = {_toml(value)}" for key, value in fields.items()]
        return "\n".join(lines) + "\n"

    @property
    def content_hash(self) -> str:
        """A SHA-256 of all that draws depend on, the same on every machine."""
        import hashlib
        import json

        plain = sorted(
            [one.what, one.of, one.given or "", [[k, w] for k, w in one.weights.items()]]
            for one in self.assumptions
        )
        return hashlib.sha256(json.dumps(plain, separators=(",", ":")).encode()).hexdigest()


def _toml(value: Any) -> str:
    """A value as TOML spells it."""
    import json

    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_toml(key)} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@attrs.frozen(kw_only=True)
class _Like:
    """Another behaviour that this one begins with, and why."""

    behaviour: str
    says: str


@attrs.frozen(kw_only=True)
class _File:
    id: str
    title: str
    like: _Like | None = None
    assumption: tuple[Assumption, ...] = ()
    fact: tuple[Fact, ...] = ()
    source: tuple[Source, ...] = ()
    fitted: Fitted | None = None


def read_behaviour(name: str | Path) -> Behaviour:
    """A behaviour that ships with the library, or one of your own.

    Args:
        name: Its id: `local-authority`, what published inspections show; `cafcass`, the same by
            analogy. Or the path of a file (`.toml`), or of a document that `dump` made of one
            (`.json`).

    Raises:
        OfstedFrameworkError: No such behaviour ships, or the file cannot be read; lists every
            fault of the file.
    """
    if not isinstance(name, str | Path):
        raise OfstedFrameworkError.of("is neither an id nor a path", name)
    match Path(name).suffix:
        case ".toml":
            return read_file(name, _read)
        case ".json":
            return read_file(name, lambda text: cast(Behaviour, BEHAVIOUR.value(*parsed(text))))
    return _shipped(str(name), "")


def _shipped(id: str, place: str) -> Behaviour:
    ids = sorted(path.stem for path in _DATA.glob("*.toml"))
    if id not in ids:
        message = f"is no behaviour of this release ({', '.join(ids)})"
        raise OfstedFrameworkError.of(message, id, place, nearest(id, ids))
    return _read((_DATA / f"{id}.toml").read_text(encoding="utf-8"))


def _read(text: str) -> Behaviour:
    from .._strict import structure

    file = structure(parsed_toml(text), _File)
    taken: dict[tuple[str, str, str | None], Assumption] = {}
    facts, sources = file.fact, file.source
    if file.like is not None:
        other = _shipped(file.like.behaviour, "/like/behaviour")
        for key, one in other._by_key.items():
            says = " ".join(filter(None, (file.like.says, one.says)))
            taken[key] = attrs.evolve(one, basis=Basis.ASSUMED, says=says)
        listed = {fact.id for fact in facts}
        facts = (*(fact for fact in other.facts if fact.id not in listed), *facts)
        sources = (*other.sources, *sources)
    own = Behaviour(
        id=file.id,
        title=file.title,
        assumptions=file.assumption,
        facts=facts,
        sources=sources,
        fitted=file.fitted,
    )
    return attrs.evolve(own, assumptions=tuple({**taken, **own._by_key}.values()))


@attrs.frozen(kw_only=True)
class Weight:
    """What may happen, and its weight, as a document lists it."""

    outcome: str
    """What may happen."""
    weight: int
    """A whole number from 0 on."""


def _from_document(plain: Any) -> Behaviour:
    from .._strict import structure

    faults: list[Fault] = []
    some = plain.get("assumptions") if isinstance(plain, dict) else None
    if isinstance(some, list):
        told = [_with_weights(one, index, faults) for index, one in enumerate(some)]
        plain = {**plain, "assumptions": told}
    try:
        made = structure(plain, Behaviour)
    except OfstedFrameworkError as error:  # by the name of a table in a file
        where = (
            attrs.evolve(fault, place=re.sub("^/assumption/", "/assumptions/", fault.place))
            for fault in error.faults
        )
        raise OfstedFrameworkError([*faults, *where]) from None
    if faults:
        raise OfstedFrameworkError(faults)
    return made


def _with_weights(one: Any, index: int, faults: list[Fault]) -> Any:
    """An assumption with its weights as the class has them."""
    if not isinstance(one, dict) or "weights" not in one:
        return one
    place, before = f"/assumptions/{index}", len(faults)
    weights = pairs(one, "weights", Weight, faults, place)
    if len(dict(weights)) < len(weights):
        outcomes = [outcome for outcome, _ in weights]
        faults.append(Fault(f"{place}/weights", outcomes, "list an outcome twice"))
    # What cannot be read has been told of.
    kept = dict(weights) if len(faults) == before else _SOME.get(str(one.get("what")), {"1": 1})
    return {**one, "weights": kept}


_SOME = {
    name: {(what.outcomes[0] if isinstance(what.outcomes, tuple) else "yes"): 1}
    for name, what in WHATS.items()
    if isinstance(what.outcomes, tuple) or what.outcomes == _YES_NO
}


def _to_document(one: Behaviour) -> dict[str, Any]:
    from .._strict import unstructure

    plain: dict[str, Any] = unstructure(one)
    for told, each in zip(plain.get("assumptions", ()), one.assumptions, strict=True):
        told["weights"] = [{"outcome": o, "weight": w} for o, w in each.weights.items()]
    return plain


BEHAVIOUR = Kind(
    name="behaviour",
    title="How inspectorates and providers are taken to behave, for a simulation",
    of=Behaviour,
    shape=Behaviour,
    read=_from_document,
    write=_to_document,
)
"""The documents of behaviours."""
SPELT: dict[tuple[type, str], Any] = {(Assumption, "weights"): tuple[Weight, ...]}
"""The fields that a document spells in another way than a file."""
