"""Answers as CSV: one row for each verdict, or for each obligation and reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from .._hand import quoted_cell
from .text import accepted_words, assumed

if TYPE_CHECKING:
    from ..obligations import Obligation
    from ..planning import Agenda
    from ..verdicts import CheckResult, Verdict

RESULT_COLUMNS = (
    *("provider", "as_of", "rule", "name", "provision", "subject", "status", "possible"),
    *("because", "missing", "basis", "severity", "events", "facts", "message", "accepted"),
)
"""The columns of a result. More may be added at the end, none will change."""
AGENDA_COLUMNS = (
    *("provider", "as_of", "framework", "provision", "activity", "subject", "anchor_earliest"),
    *("anchor_latest", "reading", "window_earliest", "window_expected", "window_latest"),
    *("count_at_least", "count_at_most", "reading_possible", "status", "possible", "because"),
    *("missing", "booked", "booking_misses", "sentence", "kinds", "kinds_because"),
    *("kinds_missing", "assumed"),
)
"""The columns of an agenda. More may be added at the end, none will change."""


def result_csv(result: CheckResult) -> str:
    """A result as CSV: one row for each verdict. Lists are joined by semicolons."""
    accepted = {_key(one.verdict): accepted_words(one) for one in result.departures}
    return csv_text(
        RESULT_COLUMNS,
        (
            (
                *(result.history.provider.name, result.as_of, verdict.code, verdict.rule.slug),
                *(verdict.provision, verdict.subject, verdict.status, _joined(verdict.possible)),
                *(_joined(verdict.because), "; ".join(verdict.missing), verdict.basis),
                *(
                    verdict.severity or "",
                    "; ".join(verdict.raw.events),
                    "; ".join(verdict.facts),
                ),
                verdict.message,
                accepted.get(_key(verdict), ""),
            )
            for verdict in result.verdicts
        ),
    )


def _key(verdict: Verdict) -> tuple[str, str | None, str | None]:
    return verdict.code, verdict.provision, verdict.subject


def agenda_csv(agenda: Agenda) -> str:
    """An agenda as CSV: one row for each obligation and reading. Lists are joined by semicolons."""
    rows = []
    for one in agenda:
        for course in one.courses:
            window, count = course.window, course.count or (None, None)
            days = (None,) * 3 if window is None else (
                window.earliest, window.expected, window.latest
            )  # fmt: skip
            rows.append((
                *(agenda.history.provider.name, agenda.as_of, one.framework, one.provision),
                *(one.activity, one.subject, one.anchor.earliest, one.anchor.latest),
                *(course.reading, *days, *count, _joined(course.possible), one.status),
                *(_joined(one.possible), _joined(one.because), "; ".join(one.missing)),
                *(one.booked, "; ".join(one.booking_misses), one.sentence),
                *_sent(one),
                "; ".join(assumed(one, course)),
            ))  # fmt: skip
    return csv_text(AGENDA_COLUMNS, rows)


def _sent(one: Obligation) -> tuple[str, str, str]:
    """The kinds that the next may be, why, and what would settle them."""
    if one.sent is None:
        return "", "", ""
    return "; ".join(one.sent.kinds), one.sent.reason, "; ".join(one.sent.missing)


def _joined(words: Iterable[str]) -> str:
    return "; ".join(sorted(words))


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV, in which no spreadsheet takes a cell for a formula."""
    lines = (columns, *rows)
    return "".join(",".join(quoted_cell(_text(value)) for value in row) + "\n" for row in lines)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
