"""Tables in the manner of the Explore education statistics service: one row for a time and place.

Every table begins with the same columns: `time_period` and `time_identifier`, then
`geographic_level` with the codes and names of country, region and authority. Filters follow, then
indicators.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ..frames import Listing

if TYPE_CHECKING:
    from ..history import History, Provider
    from ..planning import Agenda
    from ..verdicts import CheckResult

PLACE = (
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
    *("region_name", "new_la_code", "la_name"),
)
"""The columns that every table begins with."""
ENGLAND = ("E92000001", "England")
"""The code of England at the Office for National Statistics, and its name."""


def results_tidy(results: Iterable[CheckResult]) -> Listing:
    """Verdicts, counted by provider, rule, provision and status, for the day of asking."""
    rows = []
    for result in results:
        counted = Counter(
            (one.code, one.provision or "", str(one.status)) for one in result.verdicts
        )
        place = _place(result.history.provider)
        when = (str(result.as_of.year), "Calendar year")
        rows += [(*when, *place, *key, n) for key, n in sorted(counted.items())]
    return Listing.of((*PLACE, "rule", "provision", "status", "verdicts"), rows)


def agendas_tidy(agendas: Iterable[Agenda]) -> Listing:
    """What is due, counted by the quarter in which its window closes."""
    rows = []
    for agenda in agendas:
        counted: Counter[tuple[str, ...]] = Counter()
        for one in agenda:
            for course in one.courses:
                if course.window is not None and course.window.latest is not None:
                    when = _quarter(course.window.latest)
                    reading = course.reading or "the only one"
                    counted[*when, one.framework, one.provision, one.activity, reading] += 1
        place = _place(agenda.history.provider)
        rows += [(*key[:2], *place, *key[2:], n) for key, n in sorted(counted.items())]
    return Listing.of((*PLACE, "framework", "provision", "activity", "reading", "due"), rows)


def histories_tidy(histories: Iterable[History]) -> Listing:
    """What took place, counted by provider, year of its first day, and kind of event.

    Of an event whose first day is not known to the year, the period is empty.
    """
    rows = []
    for history in histories:
        counted: Counter[tuple[str, ...]] = Counter()
        for event in history.events:
            first, last = event.start.earliest, event.start.latest
            known = first is not None and last is not None and first.year == last.year
            year = str(first.year) if known and first is not None else ""
            counted[year, event.type, getattr(event, "kind", None) or "not stated"] += 1
        place = _place(history.provider)
        rows += [
            (key[0], "Calendar year", *place, *key[1:], n) for key, n in sorted(counted.items())
        ]
    return Listing.of((*PLACE, "event_type", "inspection_kind", "events"), rows)


def _place(provider: Provider) -> tuple[str, ...]:
    if provider.kind != "local-authority":
        return ("National", *ENGLAND, "", "", "")
    return (
        *("Local authority", *ENGLAND, provider.region or ""),
        *(provider.code or "", provider.name),
    )


def _quarter(day: date) -> tuple[str, str]:
    return str(day.year), f"Calendar year Q{(day.month + 2) // 3}"
