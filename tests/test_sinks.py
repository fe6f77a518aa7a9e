"""Where text from a record comes out: whatever is in a name, nothing acts on it."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ofsted_framework as of
from ofsted_framework.documents import dump, load_document
from ofsted_framework.plotting import (
    Calibration,
    comparison_chart,
    coverage_chart,
    fan_chart,
    moves_chart,
    next_chart,
    region_chart,
    reply_chart,
)
from ofsted_framework.simulation import Contacts, compare, read_behaviour, region
from ofsted_framework.telling import text
from ofsted_framework.telling.agenda_picture import agenda_svg
from ofsted_framework.telling.calendar_file import agendas_ics
from ofsted_framework.telling.csv_text import agenda_csv, result_csv
from ofsted_framework.telling.frameworks_picture import frameworks_svg
from ofsted_framework.telling.html import (
    agenda_html,
    framework_html,
    history_html,
    listing_html,
    page,
    result_html,
)
from ofsted_framework.telling.life_cycle import life_cycle_svg
from ofsted_framework.telling.markdown import agenda_markdown, result_markdown
from ofsted_framework.telling.outlook import outlook_html, outlook_markdown, outlook_text
from ofsted_framework.telling.tidy import histories_tidy
from ofsted_framework.telling.timeline import timeline_svg
from test_telling import parsed

AS_OF = date(2026, 1, 1)
# What steers a terminal, or turns a line round so that it reads as another.
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
NAMES = {
    "a terminal's escape": "Cafcass\x1b[31m\x1b]0;x\x07",
    "a line turned round": "Cafcass \u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "line breaks": "Cafcass\r\nBEGIN:VEVENT\r\n\x85\u2028\u2029x",
    "markup": "<script>alert(1)</script>\"' onload='x' & [a](javascript:b) ![c](d) `e` | zzz",
    "a formula": '=HYPERLINK("http://x","y")',
    "end of data": "]]> --> */ %} }} \\N \\u202e &#x202e;",
}


def answers(name: str) -> dict[str, Callable[[], str]]:
    """Every medium, of a record in which each free text is the name."""
    history = of.History(
        of.Provider(name=name, kind="cafcass", region=name, urn=name, code=name),
        [
            of.FocusedVisit(
                id="v", start="2022-04-03", theme=name, note=name,
                judgements=[of.Judgement(name, "good")],
            ),
            of.Inspection(id="i", start="2024-01-22", kind="full", scope="national", note=name),
        ],
    )  # fmt: skip
    result, agenda = of.check(history, as_of=AS_OF), of.due(history, as_of=AS_OF)
    framework = of.framework("cafcass-2021").replace("inspection-report", sentence=_told(name))
    edited = of.check(history, as_of=AS_OF, frameworks=[framework])
    many = of.check_many([history], as_of=AS_OF).summary("provider", "region")
    planned = of.FocusedVisit(id="w", start="2025-03-03", theme=name)

    def outlook() -> Any:
        behaviour = attrs.evolve(read_behaviour("cafcass"), title=name)
        return of.simulate(
            of.framework("cafcass-2021"), history, as_of=AS_OF, years=1, replications=3, seed=1,
            behaviour=behaviour,
        )  # fmt: skip

    asked = Contacts(of="inspection")
    calibration = Calibration(what=name, ranks=(0.5, 0.5), held={0.5: 0.5})

    def compared() -> Any:
        return compare(outlook(), outlook(), asked, names=(name, f"{name} again"))

    def mapped() -> Any:
        one = outlook()
        return region(
            name, asked, a=lambda *_: one, b=lambda *_: one, rows={name: 0}, columns={name: 0},
            row_title=name, column_title=name, names=(name, "x"), measure=name, named=(name,),
        )  # fmt: skip

    return {
        "text of a result": lambda: text.result_text(result, every=True, explained=True),
        "text of an agenda": agenda.explain,
        "text of a change": lambda: of.what_if(history, planned, as_of=AS_OF).explain(),
        "text of a verdict": lambda: "\n".join(one.explain() for one in edited.verdicts),
        "text of a framework": lambda: text.framework_text(framework),
        "text of a listing": lambda: text.listing_text(many),
        "text of an outlook": lambda: outlook_text(outlook()),
        "HTML of a result": lambda: page("x", result_html(edited)),
        "HTML of an agenda": lambda: page("x", agenda_html(agenda)),
        "HTML of a record": lambda: page("x", history_html(history)),
        "HTML of a framework": lambda: page("x", framework_html(framework)),
        "HTML of a listing": lambda: page("x", listing_html(many)),
        "HTML of an outlook": lambda: page("x", outlook_html(outlook())),
        "Markdown of a result": lambda: result_markdown(edited),
        "Markdown of an agenda": lambda: agenda_markdown(agenda),
        "Markdown of an outlook": lambda: outlook_markdown(outlook()),
        "SVG of a timeline": lambda: timeline_svg(agenda),
        "SVG of an outlook": lambda: next_chart(outlook()).svg(),
        "SVG of a fan": lambda: fan_chart(outlook()).svg(),
        "SVG of a reply": lambda: reply_chart(outlook().ask(asked)).svg(),
        "SVG of grades": lambda: moves_chart([history], name).svg(),
        "SVG of a calibration": lambda: coverage_chart([calibration]).svg(),
        "SVG of a comparison": lambda: comparison_chart(compared()).svg(),
        "SVG of a region": lambda: region_chart(mapped()).svg(),
        "HTML of a reply": lambda: page("x", outlook().ask(asked)._repr_html_()),
        "HTML of a comparison": lambda: page("x", compared()._repr_html_()),
        "HTML of a region": lambda: page("x", mapped()._repr_html_()),
        "HTML of a behaviour": lambda: page("x", outlook().behaviour._repr_html_()),
        "HTML of a chart": lambda: page("x", next_chart(outlook())._repr_html_()),
        "SVG of an agenda": lambda: agenda_svg(agenda),
        "SVG of a life cycle": lambda: life_cycle_svg(framework, as_of=AS_OF),
        "SVG of frameworks": lambda: frameworks_svg([framework], until=AS_OF),
        "calendar": lambda: agendas_ics([agenda]),
        "CSV of a result": lambda: result_csv(edited),
        "CSV of an agenda": lambda: agenda_csv(agenda),
        "CSV of a listing": many.to_csv,
        "CSV of records": lambda: histories_tidy([history]).to_csv(),
    }


def _told(name: str) -> str:
    """The name as a sentence of a framework, in which braces are written twice."""
    return f"It says {name}.".replace("{", "{{").replace("}", "}}")


MEDIA = list(answers("x"))
DATA = [medium for medium in MEDIA if medium.startswith("CSV")]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("medium", [medium for medium in MEDIA if medium not in DATA])
def test_nothing_steers_a_terminal_or_turns_a_line_round(medium: str, name: str) -> None:
    told = answers(name)[medium]()
    if medium == "calendar":
        told = told.replace("\r\n", "\n")
    assert STEERING.findall(told) == []


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("medium", [medium for medium in MEDIA if medium[:4] == "HTML"])
def test_no_name_is_markup_in_html(medium: str, name: str) -> None:
    told = answers(name)[medium]()
    assert "<script" not in told
    handlers: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            handlers.extend(attribute for attribute, _ in attrs if attribute.startswith("on"))

    Tags().feed(told)
    assert handlers == []
    parsed(told)  # every tag that is opened is closed


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("medium", [medium for medium in MEDIA if medium[:3] == "SVG"])
def test_no_name_is_markup_in_a_picture(medium: str, name: str) -> None:
    root = ET.fromstring(answers(name)[medium]())
    tags = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert not tags & {"script", "a", "image", "foreignObject", "use", "animate"}
    names = {attribute for one in root.iter() for attribute in one.attrib}
    assert not [attribute for attribute in names if attribute.startswith("on")]


@pytest.mark.parametrize("medium", [medium for medium in MEDIA if medium[:8] == "Markdown"])
def test_no_name_is_markup_in_markdown(medium: str) -> None:
    told = answers(NAMES["markup"])[medium]()
    assert "<script" not in told
    assert not re.search(r"(?<!\\)\[a(?<!\\)\]\(", told)
    assert "`e`" not in told.replace("\\`", "")
    # A bar in a cell would begin another column.
    for line in told.splitlines():
        if line.startswith("| "):
            assert "| zzz" not in line.replace("\\|", "")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("medium", DATA)
def test_csv_keeps_the_text_and_makes_no_formula_of_it(medium: str, name: str) -> None:
    rows = list(csv.reader(io.StringIO(answers(name)[medium](), newline="")))
    assert len({len(row) for row in rows}) == 1
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    if medium != "CSV of records":  # which counts them, and names nobody
        assert any(name in cell for cell in cells)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_no_name_begins_a_line_of_a_calendar(name: str) -> None:
    told = answers(name)["calendar"]()
    plain = answers("Cafcass")["calendar"]()

    def heads(calendar: str) -> list[str]:
        unfolded = calendar.replace("\r\n ", "")
        return [re.split("[:;]", line)[0] for line in unfolded.split("\r\n")]

    assert heads(told) == heads(plain)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_documents_keep_every_character(name: str) -> None:
    history = of.History(of.Provider(name=name, kind="cafcass"))
    assert load_document(dump(history)) == history


@settings(max_examples=60)
@given(st.text(max_size=30).filter(str.strip))
def test_no_text_breaks_a_page_or_a_picture(name: str) -> None:
    media = answers(name)
    parsed(media["HTML of an agenda"]())
    ET.fromstring(media["SVG of a timeline"]())
    for medium in ("text of an agenda", "Markdown of an agenda", "SVG of a timeline"):
        assert STEERING.findall(media[medium]()) == []
