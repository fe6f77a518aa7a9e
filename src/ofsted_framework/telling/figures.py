"""Charts, where Matplotlib is installed: the one way from here to the module that draws them."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

from ..errors import OfstedFrameworkError

if TYPE_CHECKING:
    from ..plotting import Chart


def needed() -> ModuleType:
    """The module that draws charts.

    Raises:
        OfstedFrameworkError: Matplotlib is not installed.
    """
    try:
        from .. import plotting
    except ImportError:
        message = 'is not installed, and needed to draw: pip install "ofsted-framework[plotting]"'
        raise OfstedFrameworkError.of(message, "matplotlib") from None
    return plotting


def chart(name: str, *given: Any) -> Chart:
    """A chart.

    Args:
        name: The name of the function of `plotting` that draws it.
        *given: What it is drawn of.

    Raises:
        OfstedFrameworkError: Matplotlib is not installed.
    """
    found: Chart = getattr(needed(), name)(*given)
    return found


def figure_html(name: str, *given: Any) -> str:
    """A chart in a fragment of HTML, whose tables tell the same; without Matplotlib, nothing."""
    try:
        needed()
    except OfstedFrameworkError:
        return ""
    return f"<figure>\n{chart(name, *given).svg()}</figure>"
