"""Strategies for records: ones that keep to every provision, and ones that need not.

The conforming ones are made from the frameworks' SENTENCES with date arithmetic of our own:
nothing here imports the modules that the tests put to the test (obligations, windows, cases,
rules, planning), nor reads a framework file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

import attrs
import holidays
from hypothesis import strategies as st

from ofsted_framework.dates import When
from ofsted_framework.events import EVENTS, Event
from ofsted_framework.history import Coverage, History, Provider

Plain = dict[str, Any]
"""An event as a plain record: its type and fields, with exact days."""
Draw = Callable[[st.SearchStrategy[Any]], Any]

FOUR = ("outstanding", "good", "requires-improvement", "inadequate")
DAY = timedelta(days=1)
HORIZON = date(2034, 1, 1)


@attrs.frozen
class Made:
    """A conforming record, and how it was made."""

    history: History
    """The record as it is given to the library."""
    as_of: date
    """The day of asking."""
    exact: bool
    """Whether every date is exact and the coverage complete."""
    truth: tuple[Plain, ...]
    """What really happened, exact and whole."""
    overall_agrees: bool = True
    """Whether both readings of "judged inadequate" say the same of every inspection."""


# --- Date arithmetic of our own ---------------------------------------------------------------


def months_on(day: date, months: int) -> date:
    """Calendar months later; the last of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY).day
    return date(year, month + 1, min(day.day, last))


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working(day: date) -> bool:
    """Whether a day is a working day in England."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


@cache
def working_days_on(day: date, number: int) -> date:
    """So many working days after a day, or after the last working day before it."""
    while not is_working(day):
        day -= DAY
    while number:
        day += DAY
        number -= is_working(day)
    return day


SUSPENDED = (date(2020, 3, 17), date(2021, 6, 27))
PAUSE = (date(2020, 3, 17), date(2020, 12, 2))
"""The stretch that holds every pause of focused visits."""


def clock(start: date, until: date) -> date:
    """The day on which a clock that started runs out, stopped while inspection is suspended.

    Every day after the start counts as one unless it is suspended.
    """
    left, day = (until - start).days, start
    first, last = SUSPENDED
    while left:
        day += DAY
        left -= not first <= day <= last
    return day


def day_between(first: date, last: date) -> st.SearchStrategy[date]:
    """Any day of a stretch."""
    return st.dates(first, last)


def _monday(draw: Draw, first: date, last: date) -> date:
    """A Monday of a stretch of a week or more."""
    first += DAY * (-first.weekday() % 7)
    return first + 7 * DAY * int(draw(st.integers(0, (last - first).days // 7)))


def _chance(draw: Draw, one_in: int) -> bool:
    return int(draw(st.integers(1, one_in))) == 1


# --- Conforming: Cafcass, from April 2021 -----------------------------------------------------

CAFCASS_START = date(2021, 4, 1)
CAFCASS_AREAS = ("private-law-practice", "public-law-practice", "impact-of-leaders")


def _cafcass_years(draw: Draw, until: date) -> list[Plain]:
    """A self-evaluation and a meeting a year that satisfy all three readings of "every year".

    The first come by 31 December 2021; each next one falls in the next calendar year, on or after
    1 April (so in the next financial year too) and no later than the anniversary of the last.
    """
    found: list[Plain] = []
    shared = held = date(2021, 12, 31)
    for year in range(2021, until.year + 1):
        # The day of sharing goes down from year to year, and so does the day of the meeting.
        floor = date(year, 4, 1)
        top = shared.replace(year=year)
        shared = draw(day_between(max(floor, top - 45 * DAY), top))
        held = draw(day_between(shared, held.replace(year=year)))
        covers = ["private-law", "public-law", *draw(st.sampled_from([(), ("early-help",)]))]
        found.append(
            {"type": "self-evaluation", "id": f"se-{year}", "start": shared, "covers": covers}
        )
        reviews = f"se-{year}"
        if _chance(draw, 8):  # one more in the same year; the clock runs from it
            again = draw(day_between(shared, held))
            found.append(
                {"type": "self-evaluation", "id": f"se-{year}b", "start": again, "covers": covers}
            )
            reviews, shared = f"se-{year}b", again
        found.append(
            {
                "type": "engagement-meeting",
                "id": f"em-{year}",
                "start": held,
                "attended_by": ["chief-executive", "senior-leadership"],
                "reviews": reviews,
            }
        )
    return found


def _cafcass_grades(draw: Draw, inadequate: bool, overall: str) -> list[Plain]:
    grades = [draw(st.sampled_from(FOUR[:3])) for _ in CAFCASS_AREAS]
    if inadequate:
        for index in draw(st.sets(st.integers(0, 2), min_size=1)):
            grades[index] = "inadequate"
    found = [{"area": a, "grade": g} for a, g in zip(CAFCASS_AREAS, grades, strict=True)]
    if overall == "given":  # inadequate overall if and only if any area is
        found.append({"area": "overall-effectiveness", "grade": max(grades, key=FOUR.index)})
    return found


def _visit(draw: Draw, kind: str, id: str, first: date, last: date) -> Plain:
    """A visit of up to a week that begins in a stretch, with its letter some weeks after."""
    start = draw(day_between(first, last))
    end = start + DAY * int(draw(st.integers(0, 4)))
    published = end + DAY * int(draw(st.integers(0, 80)))
    return {"type": kind, "id": id, "start": start, "end": end, "published": published,
            "judgements": []}  # fmt: skip


@st.composite
def cafcass_truth(draw: Draw) -> tuple[tuple[Plain, ...], bool]:
    """What happened to a Cafcass that was inspected as the framework says, and whether both
    readings of "judged inadequate" agree about it.

    An overall grade is given in every inspection (then it is inadequate if and only if an area
    is, and the readings agree) or in none (then they differ wherever an area is inadequate).
    """
    found = _cafcass_years(draw, HORIZON)
    overall = draw(st.sampled_from(["given", "absent"]))
    agrees = True
    # The first in the first three years and within six months of the third anniversary.
    low, high = date(2023, 10, 1), date(2024, 3, 31)
    begins, number = CAFCASS_START, 0
    while low < HORIZON:
        start = _monday(draw, low, high)
        for index in range(draw(st.integers(1, 2))):
            id = f"fv-{number}-{index}"
            found.append(_visit(draw, "focused-visit", id, begins, start - DAY))
        inadequate = _chance(draw, 3)
        agrees = agrees and (overall == "given" or not inadequate)
        published = start + DAY * (25 + int(draw(st.integers(0, 70))))
        found.append(
            {
                "type": "inspection",
                "id": f"fi-{number}",
                "kind": "full",
                "scope": "national",
                "start": start,
                "end": start + 25 * DAY,
                "published": published,
                "judgements": _cafcass_grades(draw, inadequate, overall),
            }
        )
        window = 36 * ((start.year * 12 + start.month - (2021 * 12 + 4)) // 36 + 1)
        low = max(months_on(start, 30), months_on(CAFCASS_START, window))
        high = min(months_on(start, 42), months_on(CAFCASS_START, window + 36) - DAY)
        if inadequate:
            for index in range(draw(st.integers(1, 3))):
                id = f"mv-{number}-{index}"
                found.append(_visit(draw, "monitoring-visit", id, published + DAY, low - 7 * DAY))
        begins, number = start + 40 * DAY, number + 1
    if draw(st.booleans()):  # of the framework before; an anchor for nothing here
        found.append(_national(draw, "fi-2018", date(2018, 2, 2), date(2018, 3, 29)))
    return tuple(found), agrees


# --- Conforming: Cafcass, before April 2021 ---------------------------------------------------

CHILDREN = ("be-healthy", "stay-safe", "enjoy-and-achieve", "make-a-positive-contribution",
            "achieve-economic-well-being")  # fmt: skip
HEADINGS = ("capacity-for-improvement", "safeguarding", "leadership", "complaints", "partnerships")
MEASURES = ("safeguarding-and-welfare", "quality-of-practice", "leadership-and-governance",
            "overall-effectiveness")  # fmt: skip
NATIONAL = ("overall-effectiveness", *CAFCASS_AREAS[:2], "national-leadership",
            "local-leadership")  # fmt: skip
PLACES = ("North", "Severn", "Coast", "Moors")
HMICA_ENDS = date(2012, 9, 17)


def _graded(draw: Draw, areas: Iterable[str], third: str) -> list[Plain]:
    words = ("outstanding", "good", third, "inadequate")
    return [{"area": area, "grade": draw(st.sampled_from(words))} for area in areas]


def _national(draw: Draw, id: str, start: date, published: date | None = None) -> Plain:
    """A national inspection from a Friday to the fourth Friday after it."""
    end = start + 28 * DAY
    due = working_days_on(end, 20) if start > date(2014, 12, 3) else end + 200 * DAY
    return {
        "type": "inspection",
        "id": id,
        "kind": "full",
        "scope": "national",
        "start": start,
        "end": end,
        "published": published or draw(st.one_of(st.just(due), day_between(end, due))),
        "inspectorates": ["ofsted"],
        "views": ["children", "parents"],
        "judgements": _graded(draw, NATIONAL, "requires-improvement"),
    }


def _earlier(draw: Draw, tag: str, id: str, first: date, last: date, **more: Any) -> Plain:
    """An inspection or review of a few weeks, with a report within half a year."""
    start = draw(day_between(first, last))
    end = start + DAY * int(draw(st.integers(0, 30)))
    published = end + DAY * int(draw(st.integers(0, 180)))
    return {"type": tag, "id": id, "start": start, "end": end, "published": published, **more}


def _courts(draw: Draw) -> list[Plain]:
    """What the two inspectorates of courts did: ungraded as far as is known."""
    found = []
    for index, (by, first, last) in enumerate((
        ("mcsi", date(2001, 4, 1), date(2005, 3, 31)),
        ("hmica", date(2005, 4, 1), date(2007, 3, 31)),
    )):  # fmt: skip
        for number in range(draw(st.integers(0, 2))):
            kind = draw(st.sampled_from(["inspection", "thematic-review"]))
            id = f"{by}-{index}-{number}"
            found.append(_earlier(draw, kind, id, first, last, inspectorates=[by]))
    return found


def _regions(draw: Draw) -> list[Plain]:
    """Regional inspections, alone or joint."""
    found = []
    for index in range(draw(st.integers(0, 3))):
        more = [area for area in CHILDREN if draw(st.booleans())]
        found.append(
            _earlier(
                draw, "inspection", f"region-{index}", date(2007, 4, 1), date(2009, 1, 11),
                kind="regional",
                scope=f"region:{PLACES[index]}",
                inspectorates=draw(st.sampled_from([["ofsted"], ["ofsted", "hmica"]])),
                views=["children", "parents"],
                judgements=_graded(draw, (*CAFCASS_AREAS[:2], *more), "adequate"),
            )
        )  # fmt: skip
    return found


def _service_areas(draw: Draw) -> list[Plain]:
    """Inspections of service areas, under the old headings or the four key measures.

    None begins in the months of 2010 in which the one gave way to the other.
    """
    found: list[Plain] = []
    for index, place in enumerate(PLACES[: draw(st.integers(0, 4))]):
        old = draw(st.booleans())
        first, last = (
            (date(2009, 1, 12), date(2010, 3, 31)) if old else (date(2010, 11, 24), HMICA_ENDS)
        )
        headings = [area for area in HEADINGS if draw(st.booleans())]
        areas = ("overall-effectiveness", *headings) if old else MEASURES
        one = _earlier(
            draw, "inspection", f"area-{index}", first, last,
            kind="service-area",
            scope=f"service-area:{place}",
            inspectorates=draw(st.sampled_from([["ofsted"], ["ofsted", "hmica"]])),
            views=["children", "families"],
            judgements=_graded(draw, areas, "satisfactory"),
        )  # fmt: skip
        found.append(one)
        overall = next(j for j in one["judgements"] if j["area"] == "overall-effectiveness")
        if overall["grade"] == "inadequate":
            for number in range(draw(st.integers(0, 2))):
                after = one["published"]
                visit = _visit(draw, "monitoring-visit", f"area-mv-{index}-{number}",
                               after + DAY, after + 300 * DAY)  # fmt: skip
                found.append(visit | {"scope": one["scope"]})
    return found


def _nationals(draw: Draw) -> list[Plain]:
    """National inspections, each within four years of the last, until the framework ended."""
    found: list[Plain] = []
    start = date(2013, 12, 13) + 7 * DAY * int(draw(st.integers(0, 100)))
    while start <= date(2021, 3, 26):
        found.append(_national(draw, f"national-{len(found)}", start))
        start += 7 * DAY * int(draw(st.integers(40, 208)))
    return found


@st.composite
def story_truth(draw: Draw) -> tuple[tuple[Plain, ...], bool]:
    """What happened to Cafcass from 2001 on, under one framework after another."""
    now, agrees = draw(cafcass_truth())
    found = [*_courts(draw), *_regions(draw), *_service_areas(draw), *_nationals(draw)]
    found += [one for one in now if one["id"] != "fi-2018"]
    return tuple(found), agrees


# --- Conforming: a local authority, from January 2018 -----------------------------------------


def ilacs_areas(start: date) -> tuple[str, ...]:
    """The areas graded by an inspection that began on a day."""
    if start < date(2023, 1, 1):
        return ("overall-effectiveness", "impact-of-leaders", "help-and-protection",
                "in-care-and-care-leavers")  # fmt: skip
    five = ("overall-effectiveness", "impact-of-leaders", "help-and-protection", "in-care",
            "care-leavers")  # fmt: skip
    return five if start < date(2026, 4, 1) else five[1:]


def publication_days(day: date) -> int:
    """Working days from the end of fieldwork to publication; the fewest where that is open."""
    if day < date(2020, 3, 17):
        return 21
    return 30 if day < date(2024, 3, 1) else 27


def _good(grade: str) -> bool:
    return grade in FOUR[:2]


def letter_days(day: date) -> int | None:
    """Working days from a focused visit's first day to its letter; the fewest where that is open,
    and None where no number is known."""
    if day < date(2020, 10, 1):
        return 17
    if day < date(2021, 9, 1):
        return None
    return 25 if day < date(2024, 3, 1) else 22


def overall_grades(others: dict[str, str], start: date) -> list[str]:
    """The overall grades that go with the other grades of an inspection."""
    leaders = others["impact-of-leaders"]
    practice = [grade for area, grade in others.items() if area != "impact-of-leaders"]
    below = sum(not _good(grade) for grade in others.values())
    if "inadequate" in practice:
        return ["inadequate"]
    good = list(FOUR)
    if leaders != "inadequate":
        good.remove("inadequate")
    if below >= 1:
        good.remove("outstanding")
    if below >= 2 or (start >= date(2023, 1, 1) and not _good(leaders)):
        good = [grade for grade in good if not _good(grade)]
    if start >= date(2023, 1, 1) and _good(leaders) and sum(map(_good, practice)) >= 2:
        good = [grade for grade in good if _good(grade)]
    return good


def may_be_short(before: dict[str, str] | None, start: date) -> bool:
    """Whether the grades of the inspection before send to a short one."""
    if before is None:
        return False
    if start < date(2026, 4, 1):
        return _good(before.get("overall-effectiveness", "inadequate"))
    joint = before.get("in-care-and-care-leavers")
    practice = [before["help-and-protection"], before.get("in-care", joint),
                before.get("care-leavers", joint)]  # fmt: skip
    return _good(before["impact-of-leaders"]) and sum(_good(str(g)) for g in practice) >= 2


def _plan(draw: Draw, follows: Plain, days: int, draft: bool) -> Plain:
    due = working_days_on(follows["published"], days)
    sent = draw(st.one_of(st.just(due), day_between(follows["published"], due)))
    return {"type": "action-plan", "id": f"plan-{'draft-' * draft}{follows['id']}", "start": sent,
            "follows": follows["id"], "draft": draft}  # fmt: skip


@st.composite
def ilacs_truth(draw: Draw) -> tuple[tuple[Plain, ...], bool]:
    """What happened to a local authority that was inspected as the sentences say.

    No inspection begins in June 2021, the month in which the sentences on visits take effect, and
    no visit with areas for priority action before September 2018, since the rule on drafts is of
    August 2018: those months are known and the days are not.
    """
    found: list[Plain] = []
    agrees = True
    low, high = date(2018, 2, 5), date(2020, 3, 9)
    before: dict[str, str] | None = None
    number = 0
    while low < HORIZON:
        start = _monday(draw, low, high)
        if (start.year, start.month) == (2021, 6):
            start += 14 * DAY
        short = may_be_short(before, start) and draw(st.booleans())
        end = start + DAY * (4 if short else 11)
        days = min(publication_days(start), publication_days(end))
        due = working_days_on(end, days)
        published = draw(st.one_of(st.just(due), day_between(end, due)))
        others = {
            area: draw(st.sampled_from(FOUR))
            for area in ilacs_areas(start)
            if area != "overall-effectiveness"
        }
        before = dict(others)
        if start < date(2026, 4, 1):
            overall_grade = draw(st.sampled_from(overall_grades(others, start)))
            before = {"overall-effectiveness": overall_grade, **others}
        inspection = {
            "type": "inspection",
            "id": f"insp-{number}",
            "kind": "short" if short else "standard",
            "start": start,
            "end": end,
            "published": published,
            "published_by_provider": draw(day_between(published, working_days_on(published, 30))),
            "judgements": [{"area": a, "grade": g} for a, g in before.items()],
        }
        found += [inspection, _plan(draw, inspection, 70, False)]
        low, high = clock(start, months_on(start, 30)), clock(start, months_on(start, 42))
        overall = before.get("overall-effectiveness")
        if overall is None:
            visits = draw(st.integers(int(may_be_short(before, date(2026, 4, 1))), 2))
        elif start < date(2021, 6, 1):
            visits = draw(st.integers(0, 2))
        else:
            visits = {"requires-improvement": 2, "inadequate": 0}.get(overall, 1)
        for index in range(visits):
            kind = draw(st.sampled_from(["focused-visit", "joint-targeted-area-inspection"]))
            visit = _visit(draw, kind, f"visit-{number}-{index}", published + DAY, low - 7 * DAY)
            if kind == "focused-visit":
                _keep_letter(draw, visit, low)
            found.append(visit)
            if kind == "focused-visit" and draw(st.booleans()):
                new = visit["start"] >= date(2018, 9, 1) and draw(st.booleans())
                visit["priority_action"] = "new" if new else "none"
                if new:
                    found += [_plan(draw, visit, 20, True), _plan(draw, visit, 70, False)]
        worst = "inadequate" in others.values() if overall is None else overall == "inadequate"
        if overall is None and worst:
            agrees = agrees and others["impact-of-leaders"] == "inadequate"
        if worst:
            for index in range(draw(st.integers(1, 3))):
                id = f"mv-{number}-{index}"
                found.append(_visit(draw, "monitoring-visit", id, published + DAY, low - 7 * DAY))
        number += 1
    if draw(st.booleans()):
        found += [one for one in _cafcass_years(draw, HORIZON)
                  if one["type"] == "engagement-meeting"]  # fmt: skip
    return tuple(found), agrees


def _keep_letter(draw: Draw, visit: Plain, before: date) -> None:
    """Move a focused visit out of the pause of 2020, and its letter into time."""
    if PAUSE[0] <= visit["start"] <= PAUSE[1]:
        length = visit["end"] - visit["start"]
        visit["start"] = draw(day_between(PAUSE[1] + DAY, max(PAUSE[1] + DAY, before - 7 * DAY)))
        visit["end"] = visit["start"] + length
    days = letter_days(visit["start"])
    due = visit["end"] + 80 * DAY if days is None else working_days_on(visit["start"], days)
    visit["published"] = draw(st.one_of(st.just(due), day_between(visit["end"], due)))


# --- Conforming: a local authority, before 2018 -----------------------------------------------

SINGLE = ("overall-effectiveness", "help-and-protection", "looked-after", "care-leavers",
          "leadership")  # fmt: skip


@st.composite
def sif_truth(draw: Draw) -> tuple[tuple[Plain, ...], bool]:
    """What happened to a local authority under the single inspection framework, and after it."""
    later, agrees = draw(ilacs_truth())
    found: list[Plain] = []
    start = draw(day_between(date(2013, 12, 1), date(2016, 12, 1)))
    until = date(2017, 6, 1)
    while start < until:
        more = [a for a in ("adoption", "safeguarding-children-board") if draw(st.booleans())]
        one = _earlier(
            draw, "inspection", f"single-{len(found)}", start, start,
            kind="single",
            judgements=_graded(draw, (*SINGLE, *more), "requires-improvement"),
        )  # fmt: skip
        one["published_by_provider"] = draw(
            day_between(one["published"], working_days_on(one["published"], 30))
        )
        found += [one, _plan(draw, one, 70, False)]
        begins = min(e["start"] for e in later if e["type"] == "inspection")
        start += DAY * int(draw(st.integers(500, 900)))
        if one["judgements"][0]["grade"] == "inadequate":
            first = max(one["published"] + DAY, date(2016, 6, 1))
            last = (min(start, begins) if start < until else begins) - 7 * DAY
            for index in range(draw(st.integers(1, 2)) if first <= last else 0):
                id = f"{one['id']}-mv-{index}"
                found.append(_visit(draw, "monitoring-visit", id, first, last))
    return (*found, *later), agrees


# --- From what happened to what is on record --------------------------------------------------


def event(plain: Plain) -> Event:
    """An event of a plain record."""
    from ofsted_framework.grades import Judgement

    fields = {name: value for name, value in plain.items() if name != "type"}
    if fields.get("judgements") is not None:
        fields["judgements"] = [
            Judgement(one["area"], one["grade"]) for one in fields["judgements"]
        ]
    return EVENTS[plain["type"]](**fields)


def as_written(plain: Plain, as_of: date) -> Plain:
    """An event as it could be written down on a day: without what came later."""
    found = dict(plain)
    if found.get("published") is not None and found["published"] > as_of:
        del found["published"]
        if found.get("judgements"):
            del found["judgements"]
    if found.get("end") is not None and found["end"] > as_of:
        del found["end"]
    if found.get("published_by_provider") is not None and found["published_by_provider"] > as_of:
        del found["published_by_provider"]
    return found


def whens(day: date, *, wide: bool = True) -> st.SearchStrategy[When]:
    """A `When` that holds a day: exact, a few days, a month, a year, or open at one end."""
    some = [
        st.just(When.of(day)),
        st.tuples(st.integers(0, 9), st.integers(0, 9)).map(
            lambda ends: When(day - DAY * ends[0], day + DAY * ends[1])
        ),
        st.just(When.of(f"{day:%Y-%m}")),
    ]
    if wide:
        some += [
            st.just(When.of(f"{day:%Y}")),
            st.integers(0, 900).map(lambda n: When(None, day + DAY * n)),
            st.integers(0, 900).map(lambda n: When(day - DAY * n, None)),
            st.tuples(st.integers(0, 900), st.integers(0, 900)).map(
                lambda ends: When(day - DAY * ends[0], day + DAY * ends[1])
            ),
        ]
    return st.one_of(some)


ALWAYS = {"type", "id", "start", "draft"}
FIELDS = ("end", "published", "judgements", "kind", "scope", "reviews", "attended_by", "covers",
          "follows", "priority_action", "views", "inspectorates",
          "published_by_provider")  # fmt: skip


@st.composite
def coverages(draw: Draw) -> tuple[Coverage, ...]:
    """Claims of all sorts: kinds, periods, fields, habits and bases."""
    if _chance(draw, 6):
        return (Coverage(type="*", fields=("*",)),)
    claims = []
    for _ in range(draw(st.integers(0, 5))):
        ends = sorted(draw(st.tuples(*[day_between(date(2017, 6, 1), date(2034, 6, 1))] * 2)))
        claims.append(
            Coverage(
                type=draw(st.sampled_from(["*", "*", *EVENTS])),
                first=draw(st.sampled_from([None, ends[0]])),
                last=draw(st.sampled_from([None, None, ends[1]])),
                fields=tuple(draw(st.sets(st.sampled_from(["*", *FIELDS]), max_size=3))),
                omits=draw(st.sampled_from([None, None, None, "the first of a series"])),
                basis=draw(st.sampled_from([None, "official", "reported", "inferred", "assumed"])),
            )
        )
    return tuple(claims)


def claimed(claims: Iterable[Coverage], plain: Plain) -> bool:
    """Whether some claim says that an event of that kind and day is on record."""
    return any(
        one.type in ("*", plain["type"])
        and one.omits is None
        and (one.first is None or one.first <= plain["start"])
        and (one.last is None or plain["start"] <= one.last)
        for one in claims
    )


def held(claims: Iterable[Coverage], kind: str, field: str) -> bool:
    """Whether some claim, of whatever period, says that a field is filled."""
    return any(
        one.type in ("*", kind) and ("*" in one.fields or field in one.fields) for one in claims
    )


def _blurred(draw: Draw, plain: Plain, claims: tuple[Coverage, ...], wide: bool) -> Plain:
    """An event of which less is known: rough days, and fields missing where none are claimed."""
    found = dict(plain)
    for name in list(found):
        if name in ("start", "end", "published", "published_by_provider"):
            found[name] = draw(whens(found[name], wide=wide))
        if name not in ALWAYS and not held(claims, plain["type"], name) and _chance(draw, 4):
            del found[name]
    if (
        len(found.get("judgements") or ()) > 1
        and not held(claims, plain["type"], "judgements")
        and _chance(draw, 3)
    ):
        found["judgements"] = draw(
            st.lists(
                st.sampled_from(found["judgements"]), min_size=1, unique_by=lambda one: one["area"]
            )
        )
        found["judgements_partial"] = True
    return found


def _provider(kind: str) -> Provider:
    return Provider(name="Cafcass" if kind == "cafcass" else "Anywhere", kind=kind)


@st.composite
def _conforming(
    draw: Draw,
    kind: str,
    truths: st.SearchStrategy[Any],
    first: date,
    exact: bool | None,
    awaiting: bool,
) -> Made:
    truth, agrees = draw(truths)
    as_of = draw(
        st.one_of(
            day_between(first, HORIZON - 40 * DAY),
            st.sampled_from([one["start"] for one in truth if first <= one["start"] < HORIZON]),
        )
    )
    out = [
        (one["start"], one["published"])
        for one in truth
        if one["type"] == "inspection" and first <= one["start"] and one["published"] < HORIZON
    ]
    if awaiting:  # a day on which a report is still to come
        begun, published = draw(st.sampled_from(out))
        as_of = draw(day_between(begun, max(begun, published - DAY)))
    for begun, published in () if awaiting else out:
        as_of = published if begun <= as_of < published else as_of
    if exact is None:
        exact = draw(st.booleans())
    written = draw(st.booleans())
    events = [as_written(one, as_of) if written else one for one in truth]
    if written and draw(st.booleans()):
        events = [one for one in events if one["start"] <= as_of]
    claims: tuple[Coverage, ...] = (Coverage(type="*", fields=("*",)),)
    if not exact:
        claims = draw(coverages())
        kept = [one for one in events if claimed(claims, one) or not _chance(draw, 5)]
        wide = draw(st.booleans())
        events = [_blurred(draw, one, claims, wide) for one in kept]
    history = History(_provider(kind), [event(one) for one in events], coverage=claims)
    return Made(history, as_of, exact, truth, agrees)


def conforming_cafcass(
    *, exact: bool | None = None, awaiting: bool = False
) -> st.SearchStrategy[Made]:
    """Records of Cafcass that keep to every provision.

    Args:
        exact: Whether dates are exact and coverage complete; None: either.
        awaiting: Whether to ask between the start of an inspection and its report; else never.
    """
    return _conforming("cafcass", cafcass_truth(), date(2021, 3, 1), exact, awaiting)


def conforming_ilacs(
    *, exact: bool | None = None, awaiting: bool = False
) -> st.SearchStrategy[Made]:
    """Records of a local authority that keep to every provision of the slice.

    Args:
        exact: Whether dates are exact and coverage complete; None: either.
        awaiting: Whether to ask between the start of an inspection and its report; else never.
    """
    return _conforming("local-authority", ilacs_truth(), date(2018, 1, 1), exact, awaiting)


def conforming_story(
    *, exact: bool | None = None, awaiting: bool = False
) -> st.SearchStrategy[Made]:
    """Records of Cafcass from 2001 on that keep to every framework in turn.

    Args:
        exact: Whether dates are exact and coverage complete; None: either.
        awaiting: Whether to ask between the start of an inspection and its report; else never.
    """
    return _conforming("cafcass", story_truth(), date(2002, 1, 1), exact, awaiting)


def conforming_sif(*, exact: bool | None = None, awaiting: bool = False) -> st.SearchStrategy[Made]:
    """Records of a local authority that keep to both frameworks, one after the other.

    Args:
        exact: Whether dates are exact and coverage complete; None: either.
        awaiting: Whether to ask between the start of an inspection and its report; else never.
    """
    return _conforming("local-authority", sif_truth(), date(2014, 1, 1), exact, awaiting)


# --- Any record -------------------------------------------------------------------------------

SPAN = (date(2016, 6, 1), date(2030, 12, 31))
AREAS = ("private-law-practice", "public-law-practice", "impact-of-leaders",
         "overall-effectiveness", "help-and-protection", "in-care", "care-leavers",
         "in-care-and-care-leavers", "local-leadership")  # fmt: skip
GRADES = (*FOUR, "satisfactory", "not-judged")


@st.composite
def _any_judgements(draw: Draw, areas: tuple[str, ...]) -> Plain:
    shape = draw(st.sampled_from(["missing", "none", "full", "partial", "any"]))
    if shape == "missing":
        return {}
    if shape == "none":
        return {"judgements": []}
    grades = st.sampled_from(FOUR if shape != "any" else GRADES)
    if shape == "full":
        return {"judgements": [{"area": area, "grade": draw(grades)} for area in areas]}
    some = draw(
        st.lists(
            st.sampled_from(areas if shape == "partial" else AREAS),
            min_size=1, max_size=4, unique=shape == "partial",
        )
    )  # fmt: skip
    judgements = [{"area": area, "grade": draw(grades)} for area in some]
    return {"judgements": judgements, "judgements_partial": shape == "partial"}


@st.composite
def any_events(draw: Draw, kind: str, id: str, span: tuple[date, date] = SPAN) -> Plain:
    """Any event: rough dates, missing fields, good or bad."""
    types = ["inspection", "inspection", "focused-visit", "monitoring-visit"]
    types += (
        ["self-evaluation", "engagement-meeting"] * 2
        if kind == "cafcass"
        else ["joint-targeted-area-inspection", "action-plan", "action-plan"]
    )
    start = draw(day_between(*span))
    # One in three close to a boundary: the mistakes are there.
    if _chance(draw, 3):
        edges = (date(2018, 1, 1), date(2020, 3, 17), date(2021, 4, 1), date(2021, 6, 27),
                 date(2023, 1, 1), date(2024, 3, 31), date(2026, 4, 1))  # fmt: skip
        start = draw(st.sampled_from(edges)) + DAY * int(draw(st.integers(-3, 3)))
    found: Plain = {"type": draw(st.sampled_from(types)), "id": id, "start": start}
    found["start"] = draw(whens(start))
    if draw(st.booleans()):
        end = start + DAY * int(draw(st.sampled_from([-3, 0, 4, 11, 25, 25, 60])))
        found["end"] = draw(whens(end))
    if draw(st.booleans()):
        published = start + DAY * int(draw(st.one_of(st.integers(0, 60), st.integers(-5, 500))))
        found["published"] = draw(whens(published))
    if draw(st.booleans()):
        areas = CAFCASS_AREAS if kind == "cafcass" else ilacs_areas(start)
        found |= draw(_any_judgements(areas))
    mine = "cafcass-2021" if kind == "cafcass" else "ilacs-2018"
    if _chance(draw, 6):
        found["framework"] = draw(st.sampled_from([mine, "another"]))
    found["basis"] = draw(st.sampled_from([None, None, "official", "inferred"]))
    match found["type"]:
        case "inspection":
            kinds = [None, "full", "full", "standard", "short"]
            found["kind"] = draw(st.sampled_from(kinds))
            found["scope"] = draw(st.sampled_from([None, "national", "national", "region:North"]))
            if "end" in found and _chance(draw, 6):
                middle = start + DAY * int(draw(st.integers(0, 20)))
                found["parts"] = [
                    _part(found["start"], draw(whens(middle))),
                    _part(draw(whens(middle + DAY)), found["end"]),
                ]
        case "focused-visit":
            found["priority_action"] = draw(st.sampled_from([None, "new", "none"]))
        case "self-evaluation":
            covers = [None, ["private-law", "public-law"], ["private-law"]]
            found["covers"] = draw(st.sampled_from(covers))
        case "engagement-meeting":
            attended = [None, [], ["chief-executive", "senior-leadership"]]
            found["attended_by"] = draw(st.sampled_from(attended))
            found["reviews"] = draw(st.sampled_from([None, "e0", "e1", "e2", "elsewhere"]))
        case "action-plan":
            found["follows"] = draw(st.sampled_from([None, "e0", "e1", "e2"]))
            found["draft"] = draw(st.booleans())
    return found


def _part(start: When, end: When) -> Any:
    from ofsted_framework.events import Part

    return Part(start, end)


@attrs.frozen
class Any_:  # noqa: N801 - `Any` is taken
    """Any record, and a day of asking."""

    history: History
    """The record."""
    as_of: date
    """The day of asking; events may lie after it."""


@st.composite
def any_history(
    draw: Draw, kind: str | None = None, most: int = 6, span: tuple[date, date] = SPAN
) -> Any_:
    """Any record of either kind of provider, conforming or not."""
    kind = kind or draw(st.sampled_from(["cafcass", "local-authority"]))
    number = draw(st.integers(0, most))
    events = [event(draw(any_events(kind, f"e{index}", span))) for index in range(number)]
    history = History(_provider(kind), events, coverage=draw(coverages()))
    return Any_(history, draw(day_between(date(2020, 1, 1), span[1])))
