"""Answers as plain dicts, ready for JSON, as their documents spell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..answers import AGENDA, CHECK_RESULT, kept_agenda, kept_receipt, kept_result

if TYPE_CHECKING:
    from ..planning import Agenda
    from ..verdicts import CheckResult, Receipt


def result_plain(result: CheckResult) -> dict[str, Any]:
    """A result as a plain dict."""
    return CHECK_RESULT.plain(kept_result(result))


def agenda_plain(agenda: Agenda) -> dict[str, Any]:
    """An agenda as a plain dict."""
    return AGENDA.plain(kept_agenda(agenda))


def receipt_plain(receipt: Receipt) -> dict[str, Any]:
    """A receipt as a plain dict."""
    from .._strict import unstructure

    plain: dict[str, Any] = unstructure(kept_receipt(receipt))
    return plain
