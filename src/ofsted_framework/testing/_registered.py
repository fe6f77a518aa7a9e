"""Strategies by class: what `hypothesis.strategies.from_type` makes of ours."""

from __future__ import annotations

from typing import Any

from ..dates import When, Window
from ..editions import Framework, framework, shipped_ids
from ..events import EVENTS, Event, Part, Scope
from ..grades import Judgement
from ..history import Coverage, History, Provider


def register() -> None:
    """Tell Hypothesis how to make values of our classes.

    Hypothesis calls it when it is imported, wherever this library is installed. Nothing is built
    before it is asked for.
    """
    # Not above: where `ofsted_framework.testing` is imported first, Hypothesis asks for this
    # function while that import is still under way.
    from hypothesis import strategies as st

    def tell(cls: type[Any], name: str, *args: str) -> None:
        def made(_: type[Any]) -> st.SearchStrategy[Any]:
            from . import _strategies

            found: st.SearchStrategy[Any] = getattr(_strategies, name)(*args)
            return found

        st.register_type_strategy(cls, made)

    tell(When, "whens")
    tell(Provider, "providers")
    tell(Coverage, "claims")
    tell(History, "histories")
    tell(Judgement, "one_judgement")
    tell(Scope, "scopes")
    tell(Event, "events")
    for kind, event in EVENTS.items():
        tell(event, "events", kind)
    tell(Part, "parts")
    tell(Window, "windows")
    st.register_type_strategy(Framework, lambda _: st.sampled_from(shipped_ids()).map(framework))
