"""Run what was typed into the page "Try it in the browser", and say what it prints and shows."""

import ast
import contextlib
import html
import io
import platform
import traceback

from ofsted_framework import OfstedFrameworkError
from ofsted_framework._version import VERSION


def versions() -> str:
    """What runs here."""
    return f"ofsted-framework {VERSION} on Python {platform.python_version()}"


def run(source: str) -> tuple[str, str]:
    """Run some Python, each time from nothing.

    Args:
        source: What was typed.

    Returns:
        What it printed, and its last expression as HTML, in the way of a notebook.
    """
    names: dict[str, object] = {"__name__": "__main__"}
    printed, shown = io.StringIO(), ""
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            tree = ast.parse(source, "typed")
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "typed", "exec"), names)
            if isinstance(last, ast.Expr):
                found = eval(compile(ast.Expression(last.value), "typed", "eval"), names)
                shown = as_html(found)
        except OfstedFrameworkError as error:
            print(error)
        except (Exception, SystemExit) as error:
            print(*traceback.format_exception_only(error), sep="", end="")
    return printed.getvalue(), shown


def as_html(value: object) -> str:
    """A value as a notebook would show it; a picture is given as the text of an SVG."""
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip().startswith("<svg"):
        return value
    told = getattr(value, "_repr_html_", None)
    return str(told()) if told is not None else f"<pre>{html.escape(repr(value))}</pre>"
