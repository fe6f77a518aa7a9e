"""What a service that keeps records owes, and tests that find out whether it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky, HypothesisException
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from ..dates import When
from ..documents import dump, loads
from ..errors import OfstedFrameworkError, nearest
from ..events import Event, OverviewReport, ThematicReview
from ..history import History
from ..rules import check
from ..telling.plain import result_plain
from ._asserting import last_day
from ._strategies import DEFAULTS, Draw, conforming_histories, days, events, histories

Answers = Mapping[str, Any] | Iterable[Mapping[str, Any]]
_QUIET = settings(
    deadline=None,
    database=None,
    derandomize=True,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


_LARGE = "(shrink=True looks for the smallest example, and shows it)"


class Adapter:
    """How the contract talks to a service: subclass it, and answer from the service's own API.

    `store` and `load` must be there. What a service does not offer is left as it is here, and the
    clauses on it are left out.
    """

    def store(self, history: History) -> str:
        """Keep a new record, and give the key that it is found by."""
        raise NotImplementedError

    def load(self, key: str) -> History:
        """Read a record back."""
        raise NotImplementedError

    def append(self, key: str, event: Event) -> None:
        """Add an event to a record.

        The same event may arrive twice, and is kept once. Another event of an id that the record
        has is refused with an exception, of any kind.
        """
        raise NotImplementedError

    def check(self, key: str, as_of: date) -> Answers:
        """Check a record on a day, with the library's rules and frameworks.

        Gives the verdicts, each as a mapping with `code`, `provision`, `subject`, `status`,
        `message` and `missing`; or a document that holds them as `verdicts`, such as
        `ofsted-framework check --format json` prints.
        """
        raise NotImplementedError

    def offers(self, name: str) -> bool:
        """Whether a method is the service's own."""
        return getattr(type(self), name) is not getattr(Adapter, name)


class Memory(Adapter):
    """A service that keeps its records as documents in memory, and keeps to the contract."""

    def __init__(self) -> None:
        self.documents: dict[str, str] = {}

    def store(self, history: History) -> str:
        """Keep a new record."""
        key = str(len(self.documents) + 1)
        self.documents[key] = dump(history)
        return key

    def load(self, key: str) -> History:
        """Read a record back."""
        return loads(self.documents[key], "json")[0]

    def append(self, key: str, event: Event) -> None:
        """Add an event to a record."""
        history = self.load(key)
        if history.get(event.id) != event:
            self.documents[key] = dump(history.with_event(event))

    def check(self, key: str, as_of: date) -> Answers:
        """Check a record on a day."""
        return result_plain(check(self.load(key), as_of=as_of))


class ContractError(AssertionError):
    """A service does not keep to the contract.

    Attributes:
        broken: The names of the clauses that it breaks.
    """

    def __init__(self, found: Mapping[str, str]) -> None:
        """Take the clauses, each with the example that broke it."""
        self.broken = tuple(found)
        told = "\n\n".join(
            f"{name}: {CLAUSES[name].sentence}\n{why}" for name, why in found.items()
        )
        super().__init__(f"the contract is broken: {', '.join(found)}\n\n{told}")


@attrs.frozen
class Clause:
    """One thing that a service owes."""

    name: str
    """What it is called."""
    sentence: str
    """What is owed."""
    needs: tuple[str, ...]
    """The methods that it is put to the test with, besides `store` and `load`."""
    test: Callable[[Adapter, Draw], None]
    """Draws an example and asserts that it is so."""


CLAUSES: dict[str, Clause] = {}
"""What a service owes, by name."""


def _clause(name: str, *needs: str) -> Callable[[Callable[[Adapter, Draw], None]], None]:
    """Enter a clause under its docstring."""

    def made(test: Callable[[Adapter, Draw], None]) -> None:
        CLAUSES[name] = Clause(name, " ".join((test.__doc__ or "").split()), needs, test)

    return made


def _any(draw: Draw) -> History:
    """A record of any sort."""
    kind = draw(st.integers(0, 3))
    some = histories() if kind < 3 else conforming_histories(max_years=4, rough=True, gaps=True)
    drawn: History = draw(some)
    return drawn


def _same(found: History, wanted: History, what: str) -> None:
    """Assert that two records are the same, naming the first thing in which they differ."""
    if found == wanted:
        return
    for name in ("provider", "coverage"):
        one, other = getattr(found, name), getattr(wanted, name)
        assert one == other, f"{what}: the {name} is {one}, not {other}"
    ids = {event.id for event in found.events} ^ {event.id for event in wanted.events}
    assert not ids, f"{what}: one has events that the other has not: {sorted(ids)}"
    for event in wanted.events:
        other = found.get(event.id)
        assert type(other) is type(event), f"{what}: {event} is of another kind"
        for field in attrs.fields(type(event)):
            one, two = getattr(other, field.name), getattr(event, field.name)
            name = f"{field.name} of {event.id!r}"
            assert one == two, f"{what}: the {name} is {_shown(one)}, not {_shown(two)}"
    raise AssertionError(f"{what}: {found} is not {wanted}")


def _shown(value: object) -> str:
    return str(value) if isinstance(value, When) else repr(value)


def verdicts(answers: Answers) -> list[Mapping[str, Any]]:
    """The verdicts of an answer."""
    some = answers["verdicts"] if isinstance(answers, Mapping) else answers
    return list(some)


def _statuses(answers: Answers) -> dict[tuple[Any, Any, Any], str]:
    return {
        (one["code"], one["provision"], one["subject"]): str(one["status"])
        for one in verdicts(answers)
    }


def _differ(one: dict[Any, str], other: dict[Any, str]) -> dict[Any, tuple[str | None, str | None]]:
    return {
        key: (one.get(key), other.get(key))
        for key in {**one, **other}
        if one.get(key) != other.get(key)
    }


@_clause("round-trip")
def _round_trip(service: Adapter, draw: Draw) -> None:
    """What is stored is read back as it was, every field and claim of it."""
    history = _any(draw)
    _same(service.load(service.store(history)), history, "read back")


@_clause("apart")
def _apart(service: Adapter, draw: Draw) -> None:
    """Two records are kept apart, equal ones too, however often they are read."""
    one, other = _any(draw), _any(draw)
    keys = [service.store(history) for history in (one, other, one)]
    assert len(set(keys)) == 3, f"three records have the keys {keys}"
    for _ in range(2):
        _same(service.load(keys[0]), one, "read back after another was stored")
        _same(service.load(keys[1]), other, "read back after another was stored")
    if service.offers("append"):
        more = draw(events("engagement-meeting").filter(lambda e: one.get(e.id) is None))
        service.append(keys[0], more)
        _same(service.load(keys[2]), one, "read back after an event of another record")


@_clause("any-order", "append")
def _any_order(service: Adapter, draw: Draw) -> None:
    """Events that arrive one by one, in any order, make the record that they make at once."""
    history = _any(draw)
    bare = attrs.evolve(history, events=())
    kept = draw(st.integers(0, min(1, len(history.events))))
    key = service.store(attrs.evolve(bare, events=history.events[:kept]))
    for event in draw(st.permutations(history.events[kept:])):
        service.append(key, event)
    _same(service.load(key), history, "read back after events came one by one")


@_clause("twice-is-once", "append")
def _twice_is_once(service: Adapter, draw: Draw) -> None:
    """An event that arrives twice is kept once, whether it came by `store` or by `append`."""
    history = draw(histories().filter(lambda one: bool(one.events)))
    event = draw(st.sampled_from(history.events))
    stored = draw(st.booleans())
    rest = [one for one in history.events if one is not event or stored]
    key = service.store(attrs.evolve(history, events=rest))
    for _ in range(2):
        service.append(key, event)
        _same(service.load(key), history, "read back after an event came again")


@_clause("no-overwriting", "append")
def _no_overwriting(service: Adapter, draw: Draw) -> None:
    """Another event of an id that the record has is refused, and changes nothing."""
    history = draw(histories().filter(lambda one: bool(one.events)))
    old = draw(st.sampled_from(history.events))
    new = draw(events().map(lambda one: attrs.evolve(one, id=old.id)).filter(lambda e: e != old))
    key = service.store(history)
    try:
        service.append(key, new)
    except Exception:  # how it refuses is the service's own affair
        refused = True
    else:
        refused = False
    _same(service.load(key), history, f"read back after another event called {old.id!r} came")
    assert refused, f"another event called {old.id!r} was taken without a word, and not kept"


@_clause("same-answers", "check")
def _same_answers(service: Adapter, draw: Draw) -> None:
    """A check gives the library's verdicts on the record, for the day that was asked for."""
    history = _any(draw)
    as_of = draw(days(date(2018, 1, 1), date(2033, 12, 31)))
    key = service.store(history)
    wanted = _statuses(result_plain(check(history, as_of=as_of)))
    differ = _differ(_statuses(service.check(key, as_of)), wanted)
    assert not differ, f"on {as_of} it says one thing and the library another: {differ}"


@_clause("seen-at-once", "append", "check")
def _seen_at_once(service: Adapter, draw: Draw) -> None:
    """A check that follows an append sees the event."""
    history = draw(conforming_histories(draw(st.sampled_from(DEFAULTS)), max_years=4))
    as_of = last_day(history)
    event = draw(st.sampled_from(history.events))
    key = service.store(
        attrs.evolve(history, events=[one for one in history.events if one is not event])
    )
    service.check(key, as_of)
    service.append(key, event)
    wanted = _statuses(result_plain(check(history, as_of=as_of)))
    differ = _differ(_statuses(service.check(key, as_of)), wanted)
    assert not differ, f"after {event.id!r} came it still says: {differ}"


@_clause("unrelated", "append", "check")
def _unrelated(service: Adapter, draw: Draw) -> None:
    """An event that no provision speaks of, or one of another record, changes no other verdict."""
    of = draw(st.sampled_from(DEFAULTS))
    history, other = draw(conforming_histories(of, max_years=4)), draw(histories(of))
    as_of = last_day(history)
    key, elsewhere = service.store(history), service.store(other)
    before = _statuses(service.check(key, as_of))
    kind: type[Event] = draw(st.sampled_from([OverviewReport, ThematicReview]))
    start = as_of - timedelta(days=draw(st.integers(0, 300)))
    event = kind(id="unrelated", start=start, end=start, published=start, judgements=())
    service.append(elsewhere, event)
    assert not _differ(_statuses(service.check(key, as_of)), before), "it follows another record"
    service.append(key, event)
    after = _statuses(service.check(key, as_of))
    differ = {
        key: change
        for key, change in _differ(after, before).items()
        if key[2] not in (event.id, None)
    }
    assert not differ, f"{event.id!r} changed other verdicts: {differ}"


@_clause("explained", "check")
def _explained(service: Adapter, draw: Draw) -> None:
    """Every verdict says what was found, and an undetermined one what would settle it."""
    history = _any(draw)
    as_of = draw(days(date(2018, 1, 1), date(2033, 12, 31)))
    for one in verdicts(service.check(service.store(history), as_of)):
        what = f"the verdict {one['code']} on {one['subject']}"
        assert str(one.get("message") or "").strip(), f"{what} says nothing"
        if one["status"] == "undetermined":
            assert one.get("missing"), f"{what} does not say what would settle it"


def check_contract(
    adapter: Adapter,
    *,
    max_examples: int = 20,
    only: Iterable[str] = (),
    shrink: bool = False,
) -> tuple[str, ...]:
    """Find out whether a service keeps to the contract, with examples that Hypothesis makes.

    The service is not emptied between examples: every record is stored anew.

    Args:
        adapter: How to talk to the service.
        max_examples: How many examples each clause is tried on.
        only: The clauses to try, by name; none: all.
        shrink: Whether to look for the smallest example that breaks a clause, which may take
            minutes.

    Returns:
        The names of the clauses that were tried and hold. Those on what the service does not
        offer are not among them.

    Raises:
        ContractError: Lists every clause that does not hold, each with an example.
        OfstedFrameworkError: There is no such clause.
    """
    names = tuple(only) or tuple(CLAUSES)
    for name in names:
        if name not in CLAUSES:
            message = f"is no clause of the contract ({', '.join(CLAUSES)})"
            raise OfstedFrameworkError.of(message, name, nearest=nearest(name, CLAUSES))
    tried: list[str] = []
    broken: dict[str, str] = {}
    for clause in map(CLAUSES.__getitem__, names):
        if not all(map(adapter.offers, clause.needs)):
            continue
        tried.append(clause.name)
        try:
            _tried(adapter, clause, max_examples, shrink)
        except Exception as error:  # whatever the service raises breaks the clause
            told = [f"{type(error).__name__}: {error}"]
            told += getattr(error, "__notes__", ()) if shrink else [_LARGE]
            broken[clause.name] = "\n".join(told)
    if broken:
        raise ContractError(broken)
    return tuple(tried)


def _tried(adapter: Adapter, clause: Clause, max_examples: int, shrink: bool) -> None:
    phases = [Phase.generate, *([Phase.shrink] if shrink else [])]
    seen: list[Exception] = []

    @settings(_QUIET, max_examples=max_examples, phases=phases)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        try:
            clause.test(adapter, data.draw)
        except HypothesisException:  # no example of the kind that is wanted
            raise
        except Exception as error:
            seen.append(error)
            raise

    try:
        holds()
    except Flaky:  # what the service keeps of one example may spoil the next
        raise seen[0] from None


# --- The life of a record -----------------------------------------------------------------------


def life_of_a_record(make: Callable[[], Adapter]) -> type[RuleBasedStateMachine]:
    """A state machine for the life of records in a service: opened, added to, read, asked.

    Hypothesis plays it in many ways and compares each answer with the library's own:
    `TestLife = life_of_a_record(MyAdapter).TestCase`.

    Args:
        make: Makes an adapter to a service. It is called once for each life; the service need not
            be empty.
    """

    class Life(RuleBasedStateMachine):
        """Records as a service keeps them, beside the same as values."""

        records = Bundle("records")

        @initialize()
        def begin(self) -> None:
            """Meet the service."""
            self.service = make()
            self.known: dict[str, History] = {}

        @rule(target=records, history=histories(max_events=3))
        def open(self, history: History) -> str:
            """A record is opened."""
            key = self.service.store(history)
            assert key not in self.known, f"the key {key} is that of another record"
            self.known[key] = history
            return key

        @rule(key=records, event=events())
        def add(self, key: str, event: Event) -> None:
            """An event comes: new, come again, or another of an id that is taken."""
            if not self.service.offers("append"):
                return
            try:
                self.service.append(key, event)
            except Exception:
                old = self.known[key].get(event.id)
                assert old not in (None, event), f"{event.id!r} was refused"
                return
            try:
                self.known[key] = self.known[key].with_event(event)
            except OfstedFrameworkError:
                assert self.known[key].get(event.id) == event, f"{event.id!r} was overwritten"

        @rule(key=records, at=st.integers(0))
        def add_again(self, key: str, at: int) -> None:
            """An event comes that has come before."""
            known = self.known[key].events
            if known and self.service.offers("append"):
                self.service.append(key, known[at % len(known)])

        @rule(key=records)
        def read(self, key: str) -> None:
            """A record is read."""
            _same(self.service.load(key), self.known[key], "read back")

        @rule(key=records, as_of=days(date(2018, 1, 1), date(2033, 12, 31)))
        def ask(self, key: str, as_of: date) -> None:
            """A record is checked."""
            if self.service.offers("check"):
                wanted = _statuses(result_plain(check(self.known[key], as_of=as_of)))
                differ = _differ(_statuses(self.service.check(key, as_of)), wanted)
                assert not differ, f"on {as_of} it says otherwise: {differ}"

        def teardown(self) -> None:
            """In the end every record is as it should be."""
            for key, history in getattr(self, "known", {}).items():
                _same(self.service.load(key), history, "read back in the end")

    return Life
