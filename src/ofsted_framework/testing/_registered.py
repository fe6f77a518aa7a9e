"""Strategies by class: what `hypothesis.strategies.from_type` makes of ours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st

from ..dates import When, Window
from ..editions import Framework, framework, shipped_ids
from ..events import EVENTS, Event, Part, Scope
from ..grades import Judgement
from ..history import Coverage, History, Provider
from ._strategies import claims, days, events, histories, one_judgement, providers, scopes, whens


def register() -> None:
    """Tell Hypothesis how to make values of our classes.

    Hypothesis calls it when it is imported, wherever this library is installed. Nothing is built
    before it is asked for.
    """
    st.register_type_strategy(When, lambda _: whens())
    st.register_type_strategy(Window, lambda _: _windows())
    st.register_type_strategy(Provider, lambda _: providers())
    st.register_type_strategy(Coverage, lambda _: claims())
    st.register_type_strategy(History, lambda _: histories())
    st.register_type_strategy(Judgement, lambda _: one_judgement())
    st.register_type_strategy(Part, lambda _: st.builds(Part, whens(), whens()))
    st.register_type_strategy(Scope, lambda _: scopes())
    st.register_type_strategy(Framework, lambda _: st.sampled_from(shipped_ids()).map(framework))
    st.register_type_strategy(Event, lambda _: events())
    for kind, cls in EVENTS.items():
        st.register_type_strategy(cls, _of_kind(kind))


def _of_kind(kind: str) -> Callable[[type[Event]], st.SearchStrategy[Event]]:
    return lambda _: events(kind)


def _windows() -> st.SearchStrategy[Window]:
    steps = st.integers(0, 400).map(timedelta)
    return st.builds(lambda day, a, b: Window(day, day + a, day + a + b), days(), steps, steps)
