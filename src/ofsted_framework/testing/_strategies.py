"""Hypothesis strategies for records: any, ones that keep to a framework, ones that depart.

Everything is valid by construction. What keeps to a framework is simulated, with nobody at fault,
so that it works for frameworks of one's own too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import attrs
from hypothesis import reject
from hypothesis import strategies as st

from .. import simulation
from ..dates import When, Window
from ..editions import Framework, framework
from ..errors import OfstedFrameworkError, nearest
from ..events import EVENTS, Event, Inspection, Level, Part, PriorityAction, Scope
from ..grades import Grade, Judgement
from ..history import COMPLETE, PROVIDER_KINDS, Coverage, History, Provider
from ..provisions import Contents, Graded, Only, Response
from ..sources import Basis
from ._departing import depart, speaks

Draw = Callable[[st.SearchStrategy[Any]], Any]
DEFAULTS = ("cafcass-2021", "ilacs-2018")
"""The frameworks of today, one for each kind of provider."""
_DAY = timedelta(days=1)
_FIRST, _LAST = date(2001, 4, 1), date(2035, 12, 31)
_RUNS, _SEEDS = 32, 4
_YEARS = 12
_WORDS = (
    "a", "care leavers", "Ty Hafan – Überprüfung", "ثلاثة", "数", "o'clock \"quoted\"", "<b>&amp;",
    "=1+1", "a, b; c", "e\u0301 and \u00e9", "\U0001f9d2", "x" * 200,
)  # fmt: skip


def days(first: date = _FIRST, last: date = _LAST) -> st.SearchStrategy[date]:
    """Days of a stretch, both ends included."""
    return st.dates(first, last)


def whens(
    first: date = _FIRST, last: date = _LAST, *, rough: bool = True
) -> st.SearchStrategy[When]:
    """Days as exactly as they may be known.

    Args:
        first: The first day that one is about.
        last: The last.
        rough: Whether a day may be known only in part: a month, a year, a stretch, by a day.
    """
    exact = days(first, last)
    return st.builds(_widened, exact, _SHAPES if rough else st.just(("day", 0, 0)))


_SHAPES = st.one_of(
    st.just(("day", 0, 0)),
    st.tuples(st.just("stretch"), st.integers(0, 40), st.integers(0, 40)),
    st.tuples(st.sampled_from(["month", "year", "by", "from"]), st.just(0), st.integers(0, 400)),
)
"""How a day may be widened."""


def _widened(day: date, shape: tuple[str, int, int]) -> When:
    """A `When` that holds a day."""
    kind, before, after = shape
    match kind:
        case "month" | "year":
            return When.of(f"{day:%Y-%m}" if kind == "month" else f"{day:%Y}")
        case "by":
            return When(None, day + _DAY * after)
        case "from":
            return When(day - _DAY * after, None)
        case _:
            return When(day - _DAY * before, day + _DAY * after)


def _texts() -> st.SearchStrategy[str]:
    """Texts that a record may hold, plain and odd."""
    return st.sampled_from(_WORDS)


def providers(kind: str | None = None) -> st.SearchStrategy[Provider]:
    """Providers, of one kind or of any."""
    return st.builds(
        Provider,
        name=st.sampled_from(["Cafcass", "Anywhere", "Ynys Môn", "O'Brien & <Sons>"]),
        kind=st.sampled_from(PROVIDER_KINDS) if kind is None else st.just(kind),
        urn=st.none() | st.sampled_from(["80441", "0012"]),
        region=st.none() | _texts(),
        code=st.none() | st.just("E08000038"),
    )


def claims(first: date = _FIRST, last: date = _LAST) -> st.SearchStrategy[Coverage]:
    """Single claims of coverage."""
    return st.builds(
        _claim,
        st.sampled_from(["*", *EVENTS]),
        st.none() | days(first, last),
        st.none() | days(first, last),
        st.sampled_from([(), ("*",), ("published",), ("judgements", "end")]),
        st.none() | st.just("the first of a series"),
        st.none() | st.sampled_from(Basis),
    )


def coverages(first: date = _FIRST, last: date = _LAST) -> st.SearchStrategy[tuple[Coverage, ...]]:
    """What a record may claim to hold in full: nothing, everything, some kinds for some time."""
    some = st.lists(claims(first, last), max_size=3).map(tuple)
    return st.just((COMPLETE,)) | some


def _claim(
    kind: str,
    first: date | None,
    last: date | None,
    fields: tuple[str, ...],
    omits: str | None,
    basis: Basis | None,
) -> Coverage:
    if first is not None and last is not None and last < first:
        first, last = last, first
    return Coverage(type=kind, first=first, last=last, fields=fields, omits=omits, basis=basis)


def one_judgement(areas: Sequence[str] = ()) -> st.SearchStrategy[Judgement]:
    """A grade for one of some areas."""
    some = tuple(areas) or ("overall-effectiveness", "impact-of-leaders", "private-law-practice")
    return st.builds(Judgement, st.sampled_from(some), st.sampled_from(Grade))


def judgements(areas: Sequence[str] = ()) -> st.SearchStrategy[tuple[Judgement, ...]]:
    """Grades for some areas, each at most once."""
    one = one_judgement(areas)
    return st.lists(one, max_size=5, unique_by=lambda given: given.area).map(tuple)


def scopes() -> st.SearchStrategy[Scope]:
    """Parts of the service."""
    return st.sampled_from(
        [
            Scope(Level.NATIONAL),
            Scope(Level.REGION, "East Midlands"),
            Scope(Level.SERVICE_AREA, "A10"),
        ]
    )


def parts() -> st.SearchStrategy[Part]:
    """Parts of split fieldwork."""
    return st.builds(Part, whens(), whens())


def windows() -> st.SearchStrategy[Window]:
    """Windows, with a day on which something is expected in them."""
    steps = st.integers(0, 400).map(timedelta)
    return st.builds(lambda day, a, b: Window(day, day + a, day + a + b), days(), steps, steps)


_OWN: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(Inspection.KINDS),
    "views": st.sampled_from([(), ("children",), ("children", "parents")]),
    "theme": _texts(),
    "priority_action": st.sampled_from(PriorityAction),
    "covers": st.sampled_from([(), ("private-law",), ("private-law", "public-law")]),
    "attended_by": st.sampled_from([(), ("chief-executive", "senior-leadership")]),
    "reviews": _texts(),
    "follows": _texts(),
    "draft": st.booleans(),
}
"""Values for the fields that only some kinds of event have."""


def events(
    *types: str,
    framework: str | Framework | None = None,
    first: date | None = None,
    last: date | None = None,
    rough: bool = True,
    gaps: bool = True,
) -> st.SearchStrategy[Event]:
    """Events of any kind, with whatever a record may say of them, right or wrong.

    Args:
        types: Kinds of event, such as `focused-visit`; none: any.
        framework: The framework, or its id, whose areas are graded and in whose time they lie;
            None: no framework in particular.
        first: The first day on which one begins; None: the framework's first, or April 2001.
        last: The last day on which one begins; None: the framework's last, or December 2035.
        rough: Whether days may be known only in part.
        gaps: Whether fields may be missing.
    """
    kinds = _kinds(types)
    lo, hi, areas = _place(framework, first, last)
    return st.one_of([_events_of(kind, lo, hi, areas, rough, gaps) for kind in kinds])


def _kinds(types: tuple[str, ...]) -> tuple[str, ...]:
    for kind in types:
        if kind not in EVENTS:
            message = f"is no kind of event ({', '.join(EVENTS)})"
            raise OfstedFrameworkError.of(message, kind, nearest=nearest(str(kind), EVENTS))
    return types or tuple(EVENTS)


def _place(
    of: str | Framework | None, first: date | None, last: date | None
) -> tuple[date, date, tuple[str, ...]]:
    """The stretch in which events lie, and the areas that they grade."""
    if of is None:
        return first or _FIRST, last or _LAST, ()
    one = _framework(of)
    start, end = one.start.latest or _FIRST, None if one.end is None else one.end.earliest
    return first or start, last or end or _LAST, tuple(one.areas)


def _framework(of: str | Framework) -> Framework:
    return of if isinstance(of, Framework) else framework(of)


@lru_cache(maxsize=256)
def _events_of(
    kind: str, first: date, last: date, areas: tuple[str, ...], rough: bool, gaps: bool
) -> st.SearchStrategy[Event]:
    """Events of one kind; days after the first one are told as distances, which shrink well."""
    cls = EVENTS[kind]
    own = {field.name: _OWN[field.name] for field in attrs.fields(cls) if field.name in _OWN}
    shape = _SHAPES if rough else st.just(("day", 0, 0))
    later = st.tuples(st.sampled_from([4, 0, 11, 25, 60, 120, -2]), shape)
    optional: dict[str, st.SearchStrategy[Any]] = {
        **own,
        "end": later,
        "published": later,
        "scope": scopes(),
        "inspectorates": st.sampled_from([("ofsted",), ("ofsted", "hmica")]),
        "judgements": judgements(areas),
        "note": _texts(),
        "sources": st.sampled_from([(), ("cafcass-2021:EV-01",), ("a", "b")]),
        "basis": st.sampled_from(Basis),
        "split": st.integers(0, 3),
    }
    if cls is Inspection:
        optional["published_by_provider"] = later
    always = {"id": _ids(cls), "day": days(first, last), "shape": shape}
    fields = (
        st.fixed_dictionaries(always, optional=optional)
        if gaps
        else st.fixed_dictionaries({**always, **optional})
    )

    @st.composite  # so that an event is shown as such, and not as what it was made of
    def event(draw: Draw) -> Event:
        return _event(cls, draw(fields))

    return event()


def _ids(cls: type[Event]) -> st.SearchStrategy[str]:
    return st.builds("{}{}".format, st.sampled_from([cls.type, "e", "é ", "a/b?"]), st.integers(0))


def _event(cls: type[Event], plain: dict[str, Any]) -> Event:
    given = dict(plain)
    day, split = given.pop("day"), given.pop("split", 0)
    given["start"] = _widened(day, given.pop("shape"))
    for name in ("end", "published", "published_by_provider"):
        if name in given:
            distance, shape = given[name]
            given[name] = _widened(day + _DAY * distance, shape)
    if split and given.get("end") is not None:
        given["parts"] = (
            Part(given["start"], day + _DAY * split),
            Part(given["end"], given["end"]),
        )
    return cls(**given)


def histories(
    framework: str | Framework | None = None,
    *,
    kind: str | None = None,
    max_events: int = 6,
    first: date | None = None,
    last: date | None = None,
    rough: bool = True,
    gaps: bool = True,
) -> st.SearchStrategy[History]:
    """Records of any sort, conforming or not.

    Args:
        framework: The framework, or its id, for whose providers and time they are; None: any.
        kind: `cafcass` or `local-authority`; None: that of the framework, or either.
        max_events: How many events there are at most.
        first: The first day on which an event begins; None: as in `events`.
        last: The last day on which an event begins; None: as in `events`.
        rough: Whether days may be known only in part.
        gaps: Whether fields may be missing and coverage less than complete.
    """
    lo, hi, _ = _place(framework, first, last)
    if kind is None and framework is not None:
        kind = _framework(framework).provider_kind
    some = events(framework=framework, first=first, last=last, rough=rough, gaps=gaps)
    lists = st.lists(some, max_size=max_events, unique_by=lambda event: event.id)
    claimed = coverages(lo, hi) if gaps else st.just((COMPLETE,))

    @st.composite
    def history(draw: Draw) -> History:
        return History(draw(providers(kind)), draw(lists), coverage=draw(claimed))

    return history()


# --- Records that keep to a framework -----------------------------------------------------------


def conforming_histories(
    framework: str | Framework = "cafcass-2021",
    *,
    min_years: int = 1,
    max_years: int = _YEARS,
    rough: bool = False,
    gaps: bool = False,
) -> st.SearchStrategy[History]:
    """Records with no departure, on their `last_day` or any later one.

    Args:
        framework: The framework, or its id; one of one's own as well.
        min_years: The fewest years that a record spans, from the framework's first day.
        max_years: The most; fewer where the framework ends before.
        rough: Whether some days are known only in part. Answers may then be undetermined.
        gaps: Whether events and fields may be missing where nothing is claimed of them.

    Raises:
        OfstedFrameworkError: There is no such framework.
    """
    one = _Kept(_framework(framework))
    return _conforming(one, min_years, max(min_years, max_years), rough, gaps)


class _Kept:
    """A framework as a key to what was simulated of it.

    Not of attrs, since Hypothesis prints what is, field by field, as an argument of a strategy.
    """

    def __init__(self, framework: Framework) -> None:
        self.framework, self._content = framework, framework.content_hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self._content == other._content

    def __hash__(self) -> int:
        return hash(self._content)

    def __repr__(self) -> str:
        return self.framework.id


@st.composite
def _conforming(
    draw: Draw, one: _Kept, min_years: int, max_years: int, rough: bool, gaps: bool
) -> History:
    years = draw(st.integers(min_years, max_years))
    run = draw(st.integers(0, _RUNS * _SEEDS - 1))
    history = _run(one, years, run // _RUNS, run % _RUNS)
    if not history.events:
        history = draw(_by_rows(one.framework, history))
    if gaps:
        history = _with_gaps(draw, history)
    return _roughened(draw, history) if rough else history


@lru_cache(maxsize=64)
def _outlook(kept: _Kept, years: int, seed: int) -> simulation.Outlook:
    one = kept.framework
    behaviour = simulation.read_behaviour(one.provider_kind).without_departures()
    return simulation.simulate(one, years=years, replications=_RUNS, seed=seed, behaviour=behaviour)


@lru_cache(maxsize=4096)
def _run(kept: _Kept, years: int, seed: int, index: int) -> History:
    """A simulated record, as somebody would have kept it who knew everything."""
    one, made = kept.framework, _outlook(kept, years, seed).history(index)
    events = [_own_words(event) for event in made.events]
    name = "Cafcass" if one.provider_kind == "cafcass" else "Anywhere"
    claims = [attrs.evolve(claim, basis=None, says=None) for claim in made.coverage]
    return History(Provider(name=name, kind=one.provider_kind), events, coverage=claims)


def _own_words(event: Event) -> Event:
    """A simulated event without the marks that say so."""
    new = {
        name: getattr(event, name).removeprefix("simulated-")
        for name in ("id", "reviews", "follows")
        if getattr(event, name, None) is not None
    }
    return attrs.evolve(event, note=None, basis=None, **new)


@st.composite
def _by_rows(draw: Draw, one: Framework, empty: History) -> History:
    """A record of a framework under which nothing recurs: one activity, as its rows have it."""
    only = {row.activity for row in one.rows if isinstance(row, Only)}
    fit = [row for row in one.rows
           if isinstance(row, Graded) and not only.issuperset(row.activities)]  # fmt: skip
    claim = empty.coverage[0]
    first, last = claim.first or _FIRST, (claim.last or _LAST) - 90 * _DAY
    row = draw(st.sampled_from(fit)) if fit else None
    if row is not None:  # surely in force
        begins, ends = row.effective_from, row.effective_to
        first = max(first, (begins and begins.latest) or first)
        last = min(last, (ends and ends.earliest) or last)
    day = first + _DAY * draw(st.integers(0, max(0, (last - first).days)))
    return attrs.evolve(empty, events=_once(one, row, day))


def _once(one: Framework, row: Graded | None, day: date) -> list[Event]:
    """One activity that begins on a day, with what its framework asks of it and after it."""
    kind, grades = "inspection", None
    if row is not None:
        kind, scale = row.activities[0], () if row.scale is None else one.scale(row.scale).grades
        grades = [Judgement(area, scale[min(1, len(scale) - 1)]) for area in row.areas]
    end = day + _DAY * 4
    published = end + _DAY * 14
    asked: dict[str, Any] = {}
    plans: list[Event] = []
    for other in (other for other in one.rows if other.lo <= day.toordinal() <= other.hi):
        if isinstance(other, Contents) and other.activity == kind and other.includes:
            level = other.includes[0]
            named = level if level == "national" else f"{level}:Elsewhere"
            asked[other.field] = named if other.field == "scope" else other.includes
        if isinstance(other, Response) and kind in other.after and other.gives != "published":
            if other.gives in EVENTS:
                more: dict[str, Any] = {"follows": "one", "draft": other.draft}
                plans.append(EVENTS[other.gives](id=other.id, start=published, **more))
            else:
                asked[other.gives] = published
    event = EVENTS[kind](
        id="one", start=day, end=end, published=published, judgements=grades, **asked
    )
    return [event, *plans]


_BLANK = ("end", "published", "judgements", "scope", "kind", "views", "published_by_provider",
          "covers", "attended_by", "reviews", "follows", "priority_action")  # fmt: skip


def _with_gaps(draw: Draw, history: History) -> History:
    """A record of the same that claims less, and lacks some of what it does not claim."""
    whole = history.coverage[0]
    days_of = st.dates(whole.first or _FIRST, whole.last or _LAST)
    kinds = sorted({event.type for event in history.events})
    fields = draw(st.sampled_from([(), ("*",)]))
    match draw(st.sampled_from(["none", "later", "earlier", "kinds", "habit"])):
        case "none":
            less: list[Coverage] = []
        case "later":
            less = [attrs.evolve(whole, first=draw(days_of), fields=fields)]
        case "earlier":
            less = [attrs.evolve(whole, last=draw(days_of), fields=fields)]
        case "habit":
            less = [attrs.evolve(whole, omits="the first of a series", fields=fields)]
        case _:
            some = draw(st.sets(st.sampled_from(kinds)))
            less = [attrs.evolve(whole, type=kind, fields=fields) for kind in sorted(some)]
    history = attrs.evolve(history, coverage=less)
    places = st.integers(0, len(history.events) - 1)
    gone = draw(st.sets(places, max_size=4))
    blank = draw(st.sets(st.tuples(places, st.sampled_from(_BLANK)), max_size=4))
    kept: list[Event] = []
    for at, event in enumerate(history.events):
        day = event.start.lo
        claimed = history.first_uncovered((event.type,), day, day) is None
        if at in gone and not claimed and (kept or at + 1 < len(history.events)):
            continue
        for _, name in (one for one in blank if one[0] == at):
            if hasattr(event, name) and not history.holds(event, name):
                nothing: dict[str, Any] = {name: None}
                event = attrs.evolve(event, **nothing)
        kept.append(event)
    return attrs.evolve(history, events=kept)


def _roughened(draw: Draw, history: History) -> History:
    """A record of the same in which some days are known only in part."""
    if not history.events:
        return history
    places = st.tuples(
        st.integers(0, len(history.events) - 1), st.sampled_from(["start", "end", "published"])
    )
    changed = draw(st.dictionaries(places, _SHAPES, max_size=4))
    some = list(history.events)
    for (at, name), shape in changed.items():
        when = getattr(some[at], name)
        if when is not None:
            some[at] = attrs.evolve(some[at], **{name: _widened(when.earliest, shape)})
    return attrs.evolve(history, events=some)


# --- Records that do not ------------------------------------------------------------------------


def departing_histories(
    code: str,
    framework: str | Framework | None = None,
    *,
    min_years: int = 8,
    max_years: int = _YEARS,
) -> st.SearchStrategy[History]:
    """Records that depart from a rule on their `last_day`: conforming ones, changed in one place.

    Args:
        code: The rule's code or name, one of the library's.
        framework: The framework, or its id; None: one of today's that the rule speaks of.
        min_years: The fewest years that a record spans.
        max_years: The most.

    Raises:
        OfstedFrameworkError: There is no such rule, or it says nothing under that framework.
    """
    tried = DEFAULTS if framework is None else (framework,)
    some = [one for one in map(_framework, tried) if speaks(code, one)]
    if not some:
        raise OfstedFrameworkError.of(f"says nothing under {tried[0]}", code)
    return _departing(code, _Kept(some[-1]), min_years, max(min_years, max_years))


@st.composite
def _departing(draw: Draw, code: str, one: _Kept, min_years: int, max_years: int) -> History:
    history = draw(_conforming(one, min_years, max_years, False, False))
    try:
        return depart(history, code, frameworks=[one.framework])
    except OfstedFrameworkError:  # a record to which nothing of the kind can be done
        reject()
