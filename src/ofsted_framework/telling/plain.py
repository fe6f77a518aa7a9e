"""Answers as plain dicts, ready for JSON: stable keys, ISO dates, values as text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ..sources import Ground

if TYPE_CHECKING:
    from ..dates import Window
    from ..obligations import Course, Obligation
    from ..planning import Agenda
    from ..verdicts import CheckResult, Receipt, Verdict

RESULT, AGENDA, VERSION = "ofsted-framework/check-result", "ofsted-framework/agenda", 1


def result_plain(result: CheckResult) -> dict[str, Any]:
    """A result as a plain dict."""
    plain = {
        "format": RESULT,
        "version": VERSION,
        "provider": result.history.provider.name,
        "as_of": result.as_of.isoformat(),
        "frameworks": [one.id for one in result.frameworks],
        "counts": {str(status): number for status, number in result.counts.items()},
        "departures": [one.id for one in result.departures],
        "verdicts": [_verdict(verdict) for verdict in result.verdicts],
        "receipt": receipt_plain(result.receipt),
    }
    if result.acceptances:
        plain["accepted"] = [
            {
                "departure": one.departure,
                "reason": one.reason,
                "until": one.until.isoformat(),
                "departures": [d.id for d in result.departures if d.accepted == one],
            }
            for one in result.acceptances
        ]
    return plain


def agenda_plain(agenda: Agenda) -> dict[str, Any]:
    """An agenda as a plain dict."""
    return {
        "format": AGENDA,
        "version": VERSION,
        "provider": agenda.history.provider.name,
        "as_of": agenda.as_of.isoformat(),
        "frameworks": [one.id for one in agenda.frameworks],
        "obligations": [obligation_plain(one) for one in agenda],
        "receipt": receipt_plain(agenda.receipt),
    }


def obligation_plain(one: Obligation) -> dict[str, Any]:
    """An obligation as a plain dict."""
    return {
        "framework": one.framework,
        "provision": one.provision,
        "sentence": one.sentence,
        "activity": one.activity,
        "subject": one.subject,
        "anchor": {"earliest": _day(one.anchor.earliest), "latest": _day(one.anchor.latest)},
        "status": str(one.status),
        "possible": sorted(map(str, one.possible)),
        "because": sorted(map(str, one.because)),
        "missing": list(one.missing),
        "courses": [
            {**_course(course), "grounds": list(map(_ground, one.grounds_of(course)))}
            for course in one.courses
        ],
        "kinds": None
        if one.sent is None
        else {
            "kinds": list(one.sent.kinds),
            "reason": one.sent.reason,
            "after": list(one.sent.after),
            "missing": list(one.sent.missing),
        },
        "fulfilled_by": one.fulfilled_by,
        "booked": one.booked,
        "booking_misses": list(one.booking_misses),
        "grounds": [_ground(ground) for ground in one.grounds],
        "rests_on": list(one.rests_on),
    }


def receipt_plain(receipt: Receipt) -> dict[str, Any]:
    """A receipt as a plain dict."""
    return {
        "library": receipt.library,
        "as_of": receipt.as_of.isoformat(),
        "frameworks": [{"id": id, "sha256": content} for id, content in receipt.frameworks],
        "readings": [{"provision": id, "reading": reading} for id, reading in receipt.readings],
        "changes": list(receipt.changes),
        "calendar": receipt.calendar,
        "input": receipt.input,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    one = verdict.obligation
    return {
        "code": verdict.code,
        "slug": verdict.rule.slug,
        "provision": verdict.provision,
        "subject": verdict.subject,
        "status": str(verdict.status),
        "possible": sorted(map(str, verdict.possible)),
        "because": sorted(map(str, verdict.because)),
        "missing": list(verdict.missing),
        "basis": None if verdict.basis is None else str(verdict.basis),
        "severity": verdict.severity and str(verdict.severity),
        "events": list(verdict.raw.events),
        "facts": list(verdict.facts),
        "message": verdict.message,
        "courses": None if one is None else [_course(course) for course in one.courses],
    }


def _course(course: Course) -> dict[str, Any]:
    return {
        "reading": course.reading,
        "window": _window(course.window),
        "possible": sorted(map(str, course.possible)),
        "count": None if course.count is None else list(course.count),
    }


def _window(window: Window | None) -> dict[str, str | None] | None:
    if window is None:
        return None
    return {
        "earliest": _day(window.earliest),
        "expected": _day(window.expected),
        "latest": _day(window.latest),
    }


def _ground(ground: Ground) -> dict[str, Any]:
    return {
        "part": ground.part,
        "basis": str(ground.basis),
        "facts": list(ground.facts),
        "says": ground.says,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
