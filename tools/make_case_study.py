"""Write the case study "What the rules find in the real record" from the real files.

    OFSTED_FRAMEWORK_REAL_DATA=FOLDER python tools/make_case_study.py [--check]

The folder holds the events of local authorities and, in `layouts`, Ofsted's workbook and the
summary of Data to Insight. They are no part of this project. Without the variable nothing is done.

Every number on the page is counted here. Why a departure is one is judged by people: what they
said stands in `case_study.toml` beside this script, and a departure that nobody judged stops it.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "tools"))

import ofsted_framework as of  # noqa: E402
from make_docs import NOTE, md, table  # noqa: E402
from ofsted_framework.cases import View  # noqa: E402
from ofsted_framework.dates import ENGLAND, Answer, in_words  # noqa: E402
from ofsted_framework.documents import Loaded  # noqa: E402
from ofsted_framework.verdicts import Verdict  # noqa: E402

PAGE = ROOT / "docs" / "case-study.md"
VARIABLE = "OFSTED_FRAMEWORK_REAL_DATA"
AS_OF = date(2026, 11, 28)
SEED, SAMPLE = 20261128, 30
EVENTS = "ilacs-events.csv"
WORKBOOK = "layouts/ofsted-la-inspection-outcomes-2025-03-31.ods"
SUMMARY = "layouts/d2i-ilacs-overview.xlsx"
PRACTICE = ("help-and-protection", "in-care", "care-leavers", "in-care-and-care-leavers")
PAUSED, RESUMED = date(2020, 3, 17), date(2021, 6, 28)


class Found(NamedTuple):
    """A departure, with the record that it stands in."""

    history: of.History
    verdict: Verdict

    @property
    def key(self) -> str:
        """The provision."""
        return self.verdict.provision or self.verdict.code


def folder() -> Path | None:
    """The folder of real files, if there is one."""
    name = os.environ.get(VARIABLE)
    return Path(name) if name else None


def events(loaded: Loaded) -> dict[tuple[str, str, str], tuple[of.History, of.Event]]:
    """Events by provider, kind and first day."""
    return {
        (one.provider.urn or one.provider.name, event.type, str(event.start)): (one, event)
        for one in loaded.histories
        for event in one.events
    }


def grades(event: of.Event) -> dict[str, str]:
    """The grades of an event."""
    return {one.area: str(one.grade) for one in event.judgements or ()}


def differences(one: Loaded, other: Loaded, fields: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What two files tell otherwise of the events that both have, and events of the other alone."""
    mine, theirs = events(one), events(other)
    for key in sorted(theirs):
        history, event = theirs[key]
        if key not in mine:
            yield history.provider.name, f"{event.label} {event.start}", "", "not told of that day"
            continue
        own = mine[key][1]
        for field in fields:
            pair = [getattr(each, field, None) for each in (own, event)]
            if field == "judgements":
                pair = [grades(own), grades(event)]
            if pair[0] != pair[1]:
                told = [str(each) for each in pair]
                yield history.provider.name, f"{event.label} {event.start}", field, " / ".join(told)


def departures(histories: Iterable[of.History]) -> dict[str, list[Found]]:
    """Every verdict of VIOLATED, by provision."""
    found: dict[str, list[Found]] = defaultdict(list)
    for result in of.check_many(histories, as_of=AS_OF):
        for verdict in result.verdicts:
            if verdict.status is of.Status.VIOLATED:
                one = Found(result.history, verdict)
                found[one.key].append(one)
    return dict(sorted(found.items()))


def drawn(some: Sequence[Found]) -> list[Found]:
    """All of them, or a sample where there are many."""
    ordered = sorted(some, key=lambda one: str(one.verdict.subject))
    if len(ordered) > SAMPLE:
        ordered = random.Random(SEED).sample(ordered, SAMPLE)
    return sorted(ordered, key=lambda one: str(one.verdict.subject))


def spans_christmas(first: of.When, last: of.When) -> bool:
    """Whether 25 December lies between two days."""
    years = range(first.lo // 366 + 1, last.hi // 365 + 2)
    return any(first.lo < date(year, 12, 25).toordinal() < last.hi for year in years)


def working_days(first: of.When, last: of.When) -> int:
    """Working days from a day to another, counted one by one."""
    days = range(first.lo + 1, last.hi + 1)
    return sum(ENGLAND.add_ordinal(day, 0) == day for day in days)


def remark(one: Found) -> str:
    """What can be counted of a departure, in words."""
    event = one.history.get(str(one.verdict.subject))
    owed = one.verdict.obligation
    if owed is None or event is None:
        return one.verdict.message
    (window,) = owed.windows.values()
    if owed.activity != "published" or event.published is None or window is None:
        return one.verdict.message
    begun = event.start if owed.provision == "letter-publication" else event.end
    assert begun is not None
    assert window.latest is not None
    told = f"due {window.latest.isoformat()}, published {event.published}: "
    told += f"{working_days(begun, event.published)} working days"
    return told + (", over Christmas" if spans_christmas(begun, event.published) else "")


def why(one: Found, judged: dict[str, dict[str, object]]) -> tuple[str, str]:
    """The class of a departure and the reason, as somebody judged it."""
    entry = judged.get(one.key)
    if entry is None:
        raise SystemExit(f"nobody judged {one.key}; see tools/case_study.toml")
    own = entry.get("subjects")
    told = own.get(str(one.verdict.subject)) if isinstance(own, dict) else None
    if told is not None:
        return str(entry["class"]), str(told)
    if len(entry.get("must_name", "")) and told is None:  # type: ignore[arg-type]
        raise SystemExit(f"nobody judged {one.verdict.subject} of {one.key}")
    return str(entry["class"]), str(entry["why"])


# --- Regularities that the facts name ------------------------------------------------------------


def pairs(histories: Iterable[of.History]) -> Iterator[tuple[of.Event, of.Event]]:
    """Inspections that follow one another: by first day, or publication where that is missing."""
    for history in histories:
        some = sorted(
            history.of_type("inspection"),
            key=lambda event: event.start.hi if event.start.exact else event.published.hi,  # type: ignore[union-attr]
        )
        yield from pairwise(some)


def standard_after_low(histories: Sequence[of.History]) -> Counter[tuple[str, str]]:
    """The kind of the next ILACS inspection after requires improvement or inadequate overall."""
    counted: Counter[tuple[str, str]] = Counter()
    for before, after in pairs(histories):
        if after.framework == "ilacs-2018" and grades(before).get("overall-effectiveness") in (
            "requires-improvement",
            "inadequate",
        ):
            counted[str(before.framework), str(getattr(after, "kind", None))] += 1
    return counted


def inadequate_experience(histories: Iterable[of.History]) -> Counter[str]:
    """The overall grade of ILACS inspections with an inadequate experiences judgement."""
    counted: Counter[str] = Counter()
    for history in histories:
        for event in history.of_type("inspection"):
            given = grades(event)
            if event.framework == "ilacs-2018" and "overall-effectiveness" in given and any(
                given.get(area) == "inadequate" for area in PRACTICE
            ):  # fmt: skip
                counted[given["overall-effectiveness"]] += 1
    return counted


def routing_of_2026(histories: Iterable[of.History]) -> Counter[bool]:
    """Whether the routing of April 2026 agrees with "good or better overall".

    Over the inspections with four judgements that carry an overall grade. The routing is read off
    the framework's own status, and is not stated again here.
    """
    framework = of.framework("ilacs-2018")
    counted: Counter[bool] = Counter()
    for history in histories:
        view = View(history, framework, AS_OF)
        for event in history.of_type("inspection"):
            given = grades(event)
            if len(given) == 5 and "in-care" in given and "overall-effectiveness" in given:
                ((_, answer, _),) = view.status("leaders-and-two-good", event)
                good = given["overall-effectiveness"] in ("good", "outstanding")
                counted[(answer is Answer.YES) == good] += 1
    return counted


def outside_coverage(found: dict[str, list[Found]]) -> list[str]:
    """Departures of what the record does not hold: there must be none."""
    never = ("engagement-meeting", "self-evaluation", "action-plan", "draft-plan",
             "priority-action-plan", "monitoring-while-inadequate")  # fmt: skip
    return [
        f"{key}:{one.verdict.subject}"
        for key, some in found.items()
        for one in some
        if key.rpartition("/")[2] in never
    ]


# --- The page ------------------------------------------------------------------------------------


def numbers(some: Sequence[int]) -> tuple[str, ...]:
    """How many, the least, the quartiles and the most of some numbers."""
    if len(some) < 2:
        return (str(len(some)), *("" for _ in range(5)))
    low, middle, high = statistics.quantiles(some, n=4, method="inclusive")
    return (str(len(some)), str(min(some)), *(f"{each:.0f}" for each in (low, middle, high)),
            str(max(some)))  # fmt: skip


def intervals(histories: Sequence[of.History]) -> Iterator[tuple[str, ...]]:
    """Days from one ILACS inspection to the next, by when the first of them was."""
    groups: dict[str, list[int]] = {"all": [], "first before the pause": [], "first after it": []}
    over: Counter[str] = Counter()
    for before, after in pairs(histories):
        if before.framework == after.framework == "ilacs-2018":
            days = after.start.lo - before.start.lo
            late = after.start.lo > _months(before.start.lo, 42)
            names = ["all"]
            if before.start.hi < PAUSED.toordinal():
                names.append("first before the pause")
            elif before.start.lo >= RESUMED.toordinal():
                names.append("first after it")
            for name in names:
                groups[name].append(days)
                over[name] += late
    for name, some in groups.items():
        share = f"{over[name]} ({over[name] / len(some):.0%})" if some else ""
        yield (name, *numbers(some), share)


def _months(day: int, months: int) -> int:
    from ofsted_framework.dates import months_after

    return months_after(day, months)


def visits(histories: Iterable[of.History]) -> Iterator[tuple[str, ...]]:
    """Focused visits, and these with joint inspections, between two ILACS inspections."""
    focused: dict[str, Counter[int]] = defaultdict(Counter)
    both: dict[str, Counter[int]] = defaultdict(Counter)
    for history in histories:
        for before, after in pairs([history]):
            if not before.framework == after.framework == "ilacs-2018":
                continue
            if before.start.lo < RESUMED.toordinal():
                continue
            grade = grades(before).get("overall-effectiveness", "no overall grade")
            inside = [
                event.type
                for event in history.of_type("focused-visit", "joint-targeted-area-inspection")
                if before.start.lo < event.start.lo < after.start.lo
            ]
            focused[grade][inside.count("focused-visit")] += 1
            both[grade][len(inside)] += 1
    for grade in sorted(focused):
        told = [
            ", ".join(f"{number}: {times}" for number, times in sorted(counted[grade].items()))
            for counted in (focused, both)
        ]
        yield grade.replace("-", " "), str(focused[grade].total()), *told


def lags(histories: Iterable[of.History]) -> Iterator[tuple[str, ...]]:
    """Working days to publication: of reports from the last day, of letters from the first."""
    kinds = {"inspection": "reports, from the last day", "focused-visit": "letters, from the first"}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for history in histories:
        for event in history.of_type("inspection", "focused-visit"):
            begun = event.start if event.type == "focused-visit" else event.end
            if event.framework != "ilacs-2018" or begun is None or event.published is None:
                continue
            day = date.fromordinal(begun.lo)
            half = f"{day.year} {'first' if day.month < 7 else 'second'} half"
            groups[kinds[event.type], half].append(working_days(begun, event.published))
    for (kind, half), some in sorted(groups.items()):
        value, times = Counter(some).most_common(1)[0]
        yield kind, half, *numbers(some), f"{value} ({times} times)"


def sections(place: Path) -> Iterator[str]:
    """The parts of the page."""
    loaded = of.read(place / EVENTS)
    histories = loaded.histories
    judged = tomllib.loads((ROOT / "tools" / "case_study.toml").read_text(encoding="utf-8"))
    found = departures(histories)
    yield (
        "# What the rules find in the real record\n\n"
        f"Ofsted has published hundreds of inspections of local authorities. This page reads "
        f"{loaded.rows} rows of them, checks each record on {in_words(AS_OF)}, and looks at every "
        "kind of departure. It is written by `tools/make_case_study.py`; the files themselves are "
        "no part of this project. [A notebook](notebooks/real-authorities.md) does the same for "
        "four records that come with the library, or for a file of yours.\n\n"
        "The rows contain public sector information from Ofsted, licensed under the "
        "Open Government "
        "Licence v3.0."
    )
    yield "## What was read\n\n" + table(
        ("", "number"),
        [
            ("rows", f"{loaded.rows}"),
            ("events", f"{loaded.events}"),
            ("rows that tell of an event again", f"{len(loaded.repeated)}"),
            ("rows that gave no event", f"{len(loaded.unused)}"),
            ("problems listed", f"{len(loaded.problems)}"),
            ("records, one for each authority", f"{len(histories)}"),
        ],
    )
    kinds = Counter(
        (
            event.framework or "jointly",
            f"{getattr(event, 'kind', None) or ''} {event.label}".strip(),
        )
        for one in histories
        for event in one.events
    )
    yield table(
        ("framework", "kind of event", "events"),
        [
            (one if one == "jointly" else f"`{one}`", kind, str(n))
            for (one, kind), n in sorted(kinds.items())
        ],
    )
    yield _files(place, loaded)
    summary = of.check_many(histories, as_of=AS_OF).summary("rule", "provision", "status", "basis")
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    bases: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in summary:
        key = str(row["rule"]), str(row["provision"] or "")
        counted[key][str(row["status"])] += int(str(row["verdicts"]))
        bases[key].add(str(row["basis"] or "the record's owner"))
    yield (
        "## Every verdict\n\n"
        "One verdict for each provision and subject. What is undetermined is so because the record "
        "does not hold it (meetings, plans, joint inspections, what an authority "
        "publishes itself), "
        "because a day is not known, or because a report may still be to come. The "
        "bases are those of "
        "what the verdicts rest on.\n\n"
        + table(
            ("rule", "provision", *(str(each).replace("-", " ") for each in of.Status), "bases"),
            [
                (
                    f"[{rule}](rules/{rule}.md)",
                    f"`{provision}`" if provision else "",
                    *(str(counted[rule, provision][str(status)] or "") for status in of.Status),
                    ", ".join(sorted(bases[rule, provision])),
                )
                for rule, provision in sorted(counted)
            ],
        )
    )
    yield from _departures(found, judged)
    yield _regularities(histories, found)
    yield (
        "## How it looks in numbers\n\n"
        "For comparison, the facts that the library rests on count the same over all 153 "
        "authorities ([facts](facts/ilacs-events.md)); here are those in this record.\n\n"
        "**Days from one ILACS inspection to the next**, by first day, and how many "
        "came later than "
        "42 months. Inspection paused from 17 March 2020 to 27 June 2021.\n\n"
        + table(
            ("", "pairs", "least", "quarter", "median", "three quarters", "most", "over 42 months"),
            list(intervals(histories)),
        )
        + "\n\n**Visits between two ILACS inspections**, the first of them after the pause, by its "
        "overall grade: how many stretches had how many.\n\n"
        + table(
            ("overall grade", "stretches", "focused visits", "with joint inspections"),
            list(visits(histories)),
        )
        + "\n\n**Working days to publication**, by the half-year in which counting begins.\n\n"
        + table(
            ("", "begun in", "number", "least", "quarter", "median", "three quarters", "most",
             "most often"),
            list(lags(histories)),
        )
    )  # fmt: skip


def _files(place: Path, loaded: Loaded) -> str:
    workbook = of.read(place / WORKBOOK, known=loaded.histories)
    summary = of.read(place / SUMMARY, known=loaded.histories)
    parts = ["## Three files, one record"]
    parts.append(
        "Ofsted's workbook and the summary of Data to Insight tell of the same inspections in "
        "layouts of their own. Authorities are found by number, else by code, else by name."
    )
    rows = []
    found: list[tuple[str, ...]] = []
    for name, one, fields in (
        ("Ofsted's workbook (ODS)", workbook, ("published", "kind", "judgements", "theme")),
        ("Data to Insight (XLSX)", summary, ("end", "published", "kind", "judgements")),
    ):
        shared = events(loaded).keys() & events(one).keys()
        rows.append(
            (name, str(one.rows), str(one.events), str(len(one.repeated)), str(len(one.unused)),
             str(len(shared)))
        )  # fmt: skip
        found += [(name, *each) for each in differences(loaded, one, fields)]
    heads = ("file", "rows", "events", "told again", "unused", "shared with the events")
    parts.append(table(heads, rows))
    parts.append(
        f"Of the events that they share, they tell the same first day, publication and grades. "
        f"{len(found)} differences are left:"
    )
    heads = ("file", "authority", "event", "field", "events / file")
    parts.append(table(heads, [tuple(map(md, each)) for each in found]))
    parts.append(
        "Brighton and Hove stands in the summary without its first day and its kind, so that its "
        "inspection is dated by its publication alone, and its grade for care could "
        "be of either of "
        "two areas: it is listed as a problem and left out. Of Devon, whose fieldwork was in two "
        "parts, the summary knows only the first."
    )
    return "\n\n".join(parts)


def _departures(
    found: dict[str, list[Found]], judged: dict[str, dict[str, object]]
) -> Iterator[str]:
    yield (
        "## Every departure, classed\n\n"
        "None of them is more than a note: all rest on what was reported or inferred, "
        "and none on a "
        "sentence of the official text. Each is one of four things: *a real "
        "departure*, *a regularity "
        "that is not universal*, *a fault of the data*, or *a fault of ours, mended*. Where a "
        f"provision has more than {SAMPLE}, the sample is drawn with the seed {SEED}."
    )
    rows = []
    for key, some in found.items():
        severities = ", ".join(sorted({str(one.verdict.severity) for one in some}))
        rows.append((some[0].verdict.code, f"`{key}`", str(len(some)), severities,
                     md(str(judged[key]["class"]) if key in judged else "?")))  # fmt: skip
    for key, entry in judged.items():
        if key not in found:
            rows.append((str(entry.get("rule", "")), f"`{key}`", "0", "",
                         md(f"{entry['class']}: {entry['why']}")))  # fmt: skip
    yield table(("rule", "provision", "departures", "severity", "class"), rows)
    for key, some in found.items():
        shown = drawn(some)
        title = f"### {key}\n\n{judged[key]['why']}\n\n" if key in judged else f"### {key}\n\n"
        lines = []
        for one in shown:
            sort, reason = why(one, judged)
            own = "" if reason == str(judged[key]["why"]) else reason
            lines.append(
                (
                    *(md(one.history.provider.name), f"`{one.verdict.subject}`"),
                    *(md(remark(one)), md(sort), md(own)),
                )
            )
        notes = any(line[4] for line in lines)
        heads = ("authority", "subject", "what was found", "class", "why")
        yield title + table(heads[: 4 + notes], [line[: 4 + notes] for line in lines])


def _regularities(histories: Sequence[of.History], found: dict[str, list[Found]]) -> str:
    low = standard_after_low(histories)
    kinds = Counter(kind for (_, kind), n in low.items() for _ in range(n))
    by = ", ".join(
        f"{sum(n for (one, _), n in low.items() if one == name)} after `{name}`"
        for name in ("ilacs-2018", "sif-2013")
    )
    experience = inadequate_experience(histories)
    routing = routing_of_2026(histories)
    outside = outside_coverage(found)
    rows = [
        ("The next ILACS inspection after requires improvement or inadequate overall is a standard "
         f"one ({by})", f"{kinds['standard']} of {kinds.total()}"),
        ("An inadequate judgement on the experiences of children (the combined one included) goes "
         "with inadequate overall", f"{experience['inadequate']} of {experience.total()}"),
        ("The routing of April 2026 says of four judgements what the overall grade said: good or "
         "better, or not", f"{routing[True]} of {routing.total()}"),
        ("Departures of what the record does not hold (meetings, self-evaluations, plans, "
         "monitoring visits)", str(len(outside))),
    ]  # fmt: skip
    return (
        "## Regularities\n\n"
        "On the rows of ILACS; the single inspection framework shares names of "
        "columns with it, and "
        "not their meaning.\n\n" + table(("regularity", "found"), rows)
    )


def text(place: Path) -> str:
    """The page."""
    return NOTE.replace("make_docs", "make_case_study") + "\n\n".join(sections(place)) + "\n"


def main() -> int:
    """Write the page, or see whether it is fresh."""
    place = folder()
    if place is None:
        print(f"{VARIABLE} names no folder: nothing is done")
        return 0
    made = text(place)
    if "--check" in sys.argv[1:]:
        fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == made
        print("fresh" if fresh else f"{PAGE.name} is stale")
        return 0 if fresh else 1
    PAGE.write_text(made, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
