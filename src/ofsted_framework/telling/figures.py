"""Charts, where Matplotlib is installed: the one way from here to the module that draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import OfstedFrameworkError

if TYPE_CHECKING:
    from ..plotting import Chart


def chart(name: str, *given: Any, **how: Any) -> Chart:
    """A chart of `plotting`.

    Args:
        name: The name of the function that draws it.
        *given: What it is drawn of.
        **how: Its options.

    Raises:
        OfstedFrameworkError: Matplotlib is not installed.
    """
    try:
        from .. import plotting
    except ImportError:
        message = 'is needed to draw this: pip install "ofsted-framework[plotting]"'
        raise OfstedFrameworkError.of(message, "matplotlib") from None
    found: Chart = getattr(plotting, name)(*given, **how)
    return found


def figure_html(name: str, *given: Any, **how: Any) -> str:
    """A chart in a fragment of HTML; where Matplotlib is not installed, nothing."""
    try:
        from .. import plotting
    except ImportError:
        return ""
    return plotting.figure_html(getattr(plotting, name)(*given, **how)) + "\n"
