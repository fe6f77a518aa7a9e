"""How answers are told: what each medium says, and that no text of the record becomes markup."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from ofsted_framework.dates import When
from ofsted_framework.documents import sample
from ofsted_framework.editions import Framework, framework
from ofsted_framework.events import (
    ActionPlan,
    Event,
    FocusedVisit,
    Inspection,
    MonitoringVisit,
    Part,
    SelfEvaluation,
)
from ofsted_framework.grades import Grade, Judgement
from ofsted_framework.history import History, Provider
from ofsted_framework.planning import Agenda, due
from ofsted_framework.rules import check
from ofsted_framework.telling.csv_text import (
    AGENDA_COLUMNS,
    RESULT_COLUMNS,
    agenda_csv,
    result_csv,
)
from ofsted_framework.telling.html import agenda_html, page, result_html
from ofsted_framework.telling.markdown import agenda_markdown, result_markdown
from ofsted_framework.telling.plain import agenda_plain, result_plain
from ofsted_framework.telling.timeline import timeline_svg
from ofsted_framework.verdicts import CheckResult

DAY = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('&\"')</script>|`x`"
VOID = {"meta", "br", "hr", "link", "img", "input"}


def cafcass() -> tuple[CheckResult, Agenda]:
    history = sample("cafcass")
    return check(history, as_of=DAY), due(history, as_of=DAY)


def hostile() -> tuple[CheckResult, Agenda]:
    """A record of hostile names, with a departure and an open-ended date."""
    history = History(
        Provider(name=f"=1+1 {HOSTILE}\x00\n\n# x", kind="cafcass"),
        [
            FocusedVisit(
                id=HOSTILE, start="../2022-04-03", theme=HOSTILE, published="2022-05-01/.."
            ),
            Inspection(id="=cmd|x", start="2024-03-05", end="2024-03-01", kind="full"),
            FocusedVisit(id="@later" * 40, start="2025-05-01/.."),
            SelfEvaluation(id="+plan", start="2026-12-30"),
        ],
    )
    return check(history, as_of=DAY), due(history, as_of=DAY)


def ilacs(as_of: date) -> Agenda:
    """An authority with grades, split fieldwork, visits, a rough visit and a booked inspection."""
    grades = {
        "overall-effectiveness": Grade.INADEQUATE,
        "impact-of-leaders": Grade.REQUIRES_IMPROVEMENT,
        "help-and-protection": Grade.NOT_JUDGED,
    }
    split = (Part("2021-11-08", "2021-11-12"), Part("2022-01-24", "2022-02-04"))
    events: list[Event] = [
        Inspection(
            id="i-2018", start="2018-11-05", end="2018-11-30", published="2019-01-10",
            judgements=[Judgement("overall-effectiveness", Grade.REQUIRES_IMPROVEMENT)],
        ),
        Inspection(
            id="i-2021", start="2021-11-08", end="2022-02-04", parts=split, published="2022-03-21",
            judgements=[Judgement(area, grade) for area, grade in grades.items()],
        ),
        ActionPlan(id="plan-2022", start="2022-06-20", follows="i-2021"),
        MonitoringVisit(id="mv-1", start="2022-08-02", end="2022-08-03", published="2022-09-07"),
        MonitoringVisit(id="mv-2", start="2022-11", end="2022-11"),
        Inspection(id="i-2028", start="2028-05-08", end="2028-05-19"),
    ]  # fmt: skip
    history = History(Provider(name="Anyshire", kind="local-authority"), events)
    return due(history, as_of=as_of)


def empty(frameworks: tuple[Framework, ...] | None = None) -> Agenda:
    history = History(Provider(name="Nobody", kind="cafcass"))
    return due(history, as_of=DAY, frameworks=frameworks)


AGENDAS: dict[str, Callable[[], Agenda]] = {
    "cafcass": lambda: cafcass()[1],
    "hostile": lambda: hostile()[1],
    "ilacs": lambda: ilacs(date(2025, 4, 2)),
    "suspended": lambda: ilacs(date(2020, 6, 2)),
    "empty": empty,
    "bare": lambda: empty(()),
}


@pytest.fixture(params=AGENDAS)
def agenda(request: pytest.FixtureRequest) -> Agenda:
    return AGENDAS[request.param]()


# --- The timeline ----------------------------------------------------------------------------


def drawn(agenda: Agenda) -> ElementTree.Element:
    return ElementTree.fromstring(timeline_svg(agenda))


def desc(agenda: Agenda) -> str:
    return drawn(agenda).findtext(f"{SVG}desc") or ""


def shown(agenda: Agenda) -> list[str]:
    return [text.text or "" for text in drawn(agenda).iter(f"{SVG}text")]


def test_timeline_names_and_describes_itself(agenda: Agenda) -> None:
    root = drawn(agenda)
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert told is not None
    assert title.text
    assert told.text
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
    assert root.get("viewBox", "").startswith("0 0 1200 ")


def test_timeline_is_the_same_each_time(agenda: Agenda) -> None:
    assert timeline_svg(agenda) == timeline_svg(agenda)


def test_timeline_refers_to_its_own_patterns_only(agenda: Agenda) -> None:
    text = timeline_svg(agenda)
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)
    assert "href" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_timeline_text_is_readable_and_inside(agenda: Agenda) -> None:
    for text in drawn(agenda).iter(f"{SVG}text"):
        assert int(text.get("font-size", "0")) >= 12
        assert 0 <= float(text.get("x", "-1")) <= 1200


def boxes(agenda: Agenda) -> Iterator[tuple[str, float, float, float, float]]:
    """About the room that each text takes, from the font's average."""
    for text in drawn(agenda).iter(f"{SVG}text"):
        size, words = float(text.get("font-size", "0")), text.text or ""
        if len(words) < 2 or text.get("transform"):
            continue
        wide, x, y = len(words) * size * 0.45, float(text.get("x", "0")), float(text.get("y", "0"))
        x -= {"end": wide, "middle": wide / 2}.get(text.get("text-anchor", ""), 0)
        yield words, x, x + wide, y - size * 0.7, y


def test_timeline_labels_do_not_cover_one_another(agenda: Agenda) -> None:
    some = list(boxes(agenda))
    for number, (a, left, right, top, bottom) in enumerate(some):
        for b, left2, right2, top2, bottom2 in some[number + 1 :]:
            apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert apart, f"{a!r} and {b!r}"


def test_timeline_describes_every_event_and_window(agenda: Agenda) -> None:
    told = desc(agenda)
    for event in agenda.history.events:
        assert f"{event.label} {event.id}: ".lower() in told.lower()
    for one in agenda:
        for course in one.courses:
            if course.window is not None and (course.window.earliest or course.window.latest):
                assert course.window.in_words() in told


def test_timeline_of_cafcass_tells_its_story() -> None:
    told, texts = desc(cafcass()[1]), shown(cafcass()[1])
    for words in (
        "Timeline of Cafcass from 2005 to 2027, as of 23 November 2026.",
        "Framework cafcass-2021, from 1 April 2021, still in force.",
        "Inspection fi-2014: began 21 February 2014, ended 21 March 2014, "
        "published by 24 April 2014; overall-effectiveness: good",
        "Inspection fi-2018: began 2 February 2018, ended 2 March 2018",
        "Focused visit fv-2021: April 2021, published 7 June 2021.",
        "Focused visit fv-2023: January 2023, published 2023.",
        "Inspection fi-2024: began 22 January 2024, ended 16 February 2024",
        "full-inspection (fixed-window): 1 April 2024 to 31 March 2027.",
        "full-inspection (anniversary): 22 July 2026 to 22 July 2027, expected 22 January 2027.",
        "Not covered by the record: inspections, 4 April 2024 to 23 November 2026.",
        "Not covered by the record: self-evaluations, 1 January 2005 to 23 November 2026.",
    ):
        assert words in told
    for words in (
        "Cafcass: inspection timeline",
        "as of 23 November 2026",
        *("fi-2014", "fi-2018", "fv-2021", "fv-2023", "fi-2024"),
        "full-inspection (fixed-window): 1 April 2024 to 31 March 2027",
        "full-inspection (anniversary): 22 July 2026 to 22 July 2027, expected 22 January 2027",
        "not covered by the record",
    ):
        assert words in texts
    assert texts.count("O") == 3 + 1 + 3 + 1  # three grades, one, three; one in the legend
    # Durham, Tyne, 2014 and 2018, the legend.
    assert texts.count("G") == 1 + 1 + 4 + 2 + 1


def test_timeline_of_an_authority() -> None:
    agenda = ilacs(date(2025, 4, 2))
    told, texts = desc(agenda), shown(agenda)
    assert "fieldwork 8 November 2021 to 12 November 2021" in told
    assert "Inspection i-2028: planned for 8 May 2028, until 19 May 2028." in told
    assert "Suspended from 17 March 2020 to 27 June 2021: Routine inspection" in told
    for words in ("8 May 2028 (planned)", "planned", "suspended", "fieldwork", "inadequate"):
        assert words in texts
    assert {"R", "I", "N"} <= set(texts)


def test_timeline_shows_what_was_known_on_an_earlier_day() -> None:
    texts = shown(ilacs(date(2020, 6, 2)))
    assert "I" not in texts
    assert "inspection-interval: suspended, no day known" in texts


def test_timeline_of_nothing_says_so() -> None:
    assert "Nothing is on record and nothing is due." in shown(empty(()))


def test_timeline_of_a_framework_with_rough_ends() -> None:
    import attrs

    old = attrs.evolve(framework("cafcass-2021"), start=When.of("2021"), end=When.of("2027-03"))
    agenda = due(sample("cafcass"), as_of=DAY, frameworks=[old])
    assert "cafcass-2021, from a day in 2021 to a day in March 2027" in shown(agenda)


def test_timeline_of_a_long_time_keeps_its_labels() -> None:
    history = History(
        Provider(name="Old", kind="cafcass"),
        [Inspection(id="first", start="1901"), Inspection(id="edge", start="2026-12-31")],
    )
    texts = shown(due(history, as_of=DAY))
    assert "1950" in texts
    assert "1951" not in texts
    assert "cafcass-2021, from 1 April 2021, still in force" in texts


# --- HTML ------------------------------------------------------------------------------------


class Balance(HTMLParser):
    """Whether tags are closed in order, and what there is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(text: str) -> Balance:
    found = Balance()
    found.feed(text)
    found.close()
    assert found.open == []
    return found


@pytest.mark.parametrize("make", [cafcass, hostile])
def test_html_is_sound_and_runs_nothing(make: Any) -> None:
    result, agenda = make()
    title = result.history.provider.name
    whole = page(title, result_html(result) + agenda_html(agenda), timeline_svg(agenda))
    for text in (result_html(result), agenda_html(agenda), whole):
        found = parsed(text)
        tags = {tag for tag, _ in found.seen}
        assert not tags & {"script", "link", "iframe", "img", "object"}
        names = {name for _, attributes in found.seen for name in attributes}
        assert not {name for name in names if name.startswith("on") or name in ("href", "src")}
        assert tags >= {"section", "h2", "table", "caption", "th", "details", "summary"}
        assert all(a.get("scope") in ("col", "row") for tag, a in found.seen if tag == "th")
        assert "\x00" not in text


def test_html_shows_a_hostile_name_as_it_is() -> None:
    result, agenda = hostile()
    assert HOSTILE in parsed(result_html(result)).text
    assert HOSTILE in parsed(agenda_html(agenda)).text


def test_html_says_what_there_is() -> None:
    result, agenda = cafcass()
    found = parsed(result_html(result)).text
    assert "Cafcass, checked on 23 November 2026" in found
    assert "No departures." in found
    assert "cafcass-2021/full-inspection" in found
    assert "the exact day of publication of fi-2024" in found
    shown = parsed(agenda_html(agenda)).text
    assert "1 April 2024 to 31 March 2027" in shown
    assert "22 July 2026 to 22 July 2027, expected 22 January 2027" in shown
    assert agenda.receipt.input in shown
    assert "Nothing is due." in parsed(agenda_html(empty(()))).text


def test_html_reports_departures_and_bookings() -> None:
    found = parsed(result_html(hostile()[0])).text
    assert "Departures, the most serious first" in found
    assert "+plan is booked." in parsed(agenda_html(hostile()[1])).text


def test_notebooks_show_html() -> None:
    result, agenda = cafcass()
    assert result._repr_html_() == result_html(result)
    assert agenda._repr_html_() == agenda_html(agenda)


def test_page_stands_alone() -> None:
    text = page("A <b>", "<p>body</p>")
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<title>A &lt;b&gt;</title>" in text
    assert "prefers-color-scheme: dark" in text
    assert "<figure" not in text
    scrolls = (
        '<figure tabindex="0" style="margin: 1rem 0; overflow-x: auto">\n'
        '<div style="min-width: 50rem">\n<svg'
    )
    assert scrolls in page("A", "", timeline_svg(empty()))


# --- Markdown --------------------------------------------------------------------------------


def bare_pipes(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", line))


@pytest.mark.parametrize("make", [cafcass, hostile])
def test_markdown_tables_have_as_many_cells_in_every_row(make: Any) -> None:
    result, agenda = make()
    for text in (result_markdown(result), agenda_markdown(agenda)):
        columns = 0
        for line in text.splitlines():
            if line.startswith("|"):
                columns = columns or bare_pipes(line)
                assert bare_pipes(line) == columns, line
            else:
                columns = 0


def test_markdown_escapes_all_markup() -> None:
    result, agenda = hostile()
    for text in (result_markdown(result), agenda_markdown(agenda)):
        assert "<" not in text
        assert not re.search(r"(?<!\\)`", text)
        assert "\n# x" not in text
        assert "&lt;script&gt;alert('&amp;\"')&lt;/script&gt;\\|\\`x\\`" in text


def test_markdown_says_what_there_is() -> None:
    result, agenda = cafcass()
    text = result_markdown(result)
    assert "# Cafcass, checked on 23 November 2026\n" in text
    assert "No departures.\n" in text
    assert "## Departures\n" in result_markdown(hostile()[0])
    told = agenda_markdown(agenda)
    assert "| fixed-window | 1 April 2024 to 31 March 2027 | met or open |" in told
    assert "| Library | " in told
    assert "Nothing is due." in agenda_markdown(empty(()))
    assert "+plan is booked." in agenda_markdown(hostile()[1])


# --- CSV -------------------------------------------------------------------------------------


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_row_for_every_verdict_and_reading() -> None:
    result, agenda = cafcass()
    found, shown = rows(result_csv(result)), rows(agenda_csv(agenda))
    assert tuple(found[0]) == RESULT_COLUMNS
    assert tuple(shown[0]) == AGENDA_COLUMNS
    assert len(found) == len(result.verdicts)
    assert len(shown) == sum(len(one.courses) for one in agenda)
    first, second, *_ = [row for row in shown if row["provision"] == "full-inspection"]
    assert (first["reading"], first["window_earliest"], first["window_expected"]) == (
        "fixed-window", "2024-04-01", "",
    )  # fmt: skip
    assert first["window_latest"] == "2027-03-31"
    assert (second["reading"], second["window_earliest"]) == ("anniversary", "2026-07-22")
    assert (second["window_expected"], second["window_latest"]) == ("2027-01-22", "2027-07-22")
    assert first["as_of"] == "2026-11-23"


def test_csv_guards_against_formulas() -> None:
    result, agenda = hostile()
    some = rows(result_csv(result)) + rows(agenda_csv(agenda))
    cells = [cell for row in some for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'=cmd|x" in cells
    assert "'+plan" in cells
    assert HOSTILE in cells


def test_csv_of_nothing_has_its_columns() -> None:
    assert agenda_csv(empty(())) == ",".join(AGENDA_COLUMNS) + "\n"


# --- Plain dicts -----------------------------------------------------------------------------


def test_plain_is_ready_for_json(agenda: Agenda) -> None:
    result = check(agenda.history, as_of=agenda.as_of)
    for plain, version in ((agenda_plain(agenda), 2), (result_plain(result), 3)):
        assert json.loads(json.dumps(plain)) == plain
        assert plain["version"] == version
        assert plain["as_of"] == agenda.as_of.isoformat()
        assert all(type(word) is str for word in strings(plain))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, str):
        yield value


def test_plain_of_cafcass() -> None:
    result, agenda = cafcass()
    plain = agenda_plain(agenda)
    assert plain["format"] == "ofsted-framework/agenda"
    first = plain["obligations"][0]
    assert first["provision"] == "full-inspection"
    assert first["anchor"] == {"earliest": "2024-01-22", "latest": "2024-01-22"}
    assert first["possible"] == ["met", "met early", "open"]
    assert first["courses"][0] == {
        "reading": "fixed-window",
        "window": {"earliest": "2024-04-01", "expected": None, "latest": "2027-03-31"},
        "possible": ["met", "open"],
        "count": None,
        "grounds": [
            {
                "part": "reading",
                "basis": "assumed",
                "facts": [],
                "says": "Windows of three years follow one another from the day on which the "
                "framework took effect. How the window is fixed was not read.",
                "from": None,
                "to": None,
            }
        ],
    }
    checked = result_plain(result)
    assert checked["format"] == "ofsted-framework/check-result"
    assert checked["departures"] == []
    assert sum(checked["counts"].values()) == len(checked["verdicts"]) == len(result.verdicts)
    assert [one["id"] for one in checked["receipt"]["frameworks"]] == [
        "hmica-2005", "cafcass-2007", "cafcass-2009", "cafcass-2013", "cafcass-2021",
    ]  # fmt: skip
    assert checked["receipt"]["input"] == agenda.receipt.input


# --- Days that are not known ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "told", "earliest"),
    [
        ("2023-01-31", "31 January 2023 + 70 working days = 15 May 2023", date(2023, 1, 31)),
        ("2023-01", "70 working days from the day of publication (January 2023): 12 April to "
         "15 May 2023", date(2023, 1, 1)),
        ("../2023-01-31", "70 working days from the day of publication (by 31 January 2023): by "
         "15 May 2023.", None),
    ],
)  # fmt: skip
def test_time_that_runs_from_a_rough_day_is_not_added_up(
    published: str, told: str, earliest: date | None
) -> None:
    """70 working days lead from 1 January 2023 to 12 April, and from 31 January to 15 May."""
    history = History(
        Provider(name="Northshire", kind="local-authority"),
        [Inspection(id="i", start="2022-11-07", end="2022-11-11", published=published)],
    )
    (plan,) = (
        one for one in due(history, as_of=date(2023, 2, 1)) if one.provision == "action-plan"
    )
    (window,) = plan.windows.values()
    assert window is not None
    assert (window.earliest, window.latest) == (earliest, date(2023, 5, 15))
    text = " ".join(plan.explain().split())
    assert told in text
    assert "1900" not in text


def test_no_window_begins_before_there_were_records() -> None:
    history = History(
        Provider(name="Northshire", kind="local-authority"),
        [Inspection(id="i", start="../2023-10-30", framework="ilacs-2018")],
    )
    agenda = due(history, as_of=date(2026, 11, 23))
    assert agenda.obligations
    for one in agenda:
        for window in one.windows.values():
            assert window is None or window.earliest is None or window.earliest.year >= 1995
    told = " ".join(agenda.explain().split())
    assert "2 January 1 " not in told
    assert "July 3 " not in told
