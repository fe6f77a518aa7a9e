"""Pictures: their words, that nothing covers anything, contrast; and what notebooks show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import combinations
from xml.etree import ElementTree

import pytest

import ofsted_framework as of
from ofsted_framework.documents import Loaded
from ofsted_framework.errors import Fault
from ofsted_framework.grades import Grade
from ofsted_framework.telling import svg
from ofsted_framework.telling.agenda_picture import agenda_svg
from ofsted_framework.telling.frameworks_picture import frameworks_svg
from ofsted_framework.telling.html import agenda_html, framework_html, history_html, page
from ofsted_framework.telling.life_cycle import life_cycle_svg
from ofsted_framework.telling.svg import alt_text
from ofsted_framework.telling.timeline import timeline_svg
from test_telling import AGENDAS, parsed

DAY = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"
FRAMEWORKS = {
    "cafcass-2021": DAY,
    "cafcass-2013": date(2018, 2, 1),
    "ilacs-2018": DAY,
    "sif-2013": date(2016, 1, 4),
    "mcsi-2001": date(2003, 1, 6),
}


def _life_cycle(id: str) -> str:
    return life_cycle_svg(of.framework(id), as_of=FRAMEWORKS[id])


def _agenda(name: str) -> str:
    return agenda_svg(AGENDAS[name]())


PICTURES: dict[str, Callable[[], str]] = {
    **{f"agenda of {name}": partial(_agenda, name) for name in AGENDAS},
    **{f"life cycle of {id}": partial(_life_cycle, id) for id in FRAMEWORKS},
    "frameworks": lambda: frameworks_svg(map(of.framework, FRAMEWORKS), until=DAY),
    "timeline": lambda: timeline_svg(AGENDAS["cafcass"]()),
}


@pytest.fixture(params=PICTURES)
def picture(request: pytest.FixtureRequest) -> str:
    return PICTURES[request.param]()


class TestEveryPicture:
    """A picture says in words what it shows, and is the same each time."""

    def test_words(self, picture: str) -> None:
        root = ElementTree.fromstring(picture)
        title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert told is not None
        assert title.text
        assert told.text
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
        assert alt_text(picture) == f"{title.text}. {told.text}"

    def test_names(self, picture: str) -> None:
        ids = re.findall(r'\bid="([^"]+)"', picture)
        assert len(set(ids)) == len(ids)
        assert set(re.findall(r"url\(#([^)]+)\)", picture)) <= set(ids)
        assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")

    def test_white_ground(self, picture: str) -> None:
        root = ElementTree.fromstring(picture)
        first = next(one for one in root if one.tag == f"{SVG}rect")
        _, _, wide, high = root.get("viewBox", "").split()
        assert (first.get("width"), first.get("height"), first.get("fill")) == (wide, high, "white")

    def test_texts_are_inside_and_apart(self, picture: str) -> None:
        wide = float(ElementTree.fromstring(picture).get("viewBox", "").split()[2])
        some = list(_boxes(picture))
        for words, left, right, _, _ in some:
            assert left >= 0, words
            assert right <= wide, words
        for (a, left, right, top, bottom), (b, left2, right2, top2, bottom2) in combinations(
            some, 2
        ):
            apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert apart, f"{a!r} and {b!r}"


def test_the_same_each_time() -> None:
    for make in PICTURES.values():
        assert make() == make()


def _boxes(picture: str) -> Iterator[tuple[str, float, float, float, float]]:
    """About the room that each text takes, from the font's average."""
    for text in ElementTree.fromstring(picture).iter(f"{SVG}text"):
        size, words = float(text.get("font-size", "0")), text.text or ""
        if len(words) < 2:
            continue
        wide, x, y = len(words) * size * 0.45, float(text.get("x", "0")), float(text.get("y", "0"))
        x -= {"end": wide, "middle": wide / 2}.get(text.get("text-anchor", ""), 0)
        yield words, x, x + wide, y - size * 0.7, y


# --- Contrast ------------------------------------------------------------------------------------


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG 2 defines it."""

    def light(colour: str) -> float:
        named = {"white": "#FFFFFF", "black": "#000000"}
        digits = named.get(colour, colour).removeprefix("#")
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast() -> None:
    assert contrast("white", "black") == pytest.approx(21)
    assert contrast("#777777", "white") == pytest.approx(4.48, abs=0.005)


class TestContrast:
    """Words stand out from their ground by 4.5 to 1, lines and shapes by 3 to 1."""

    @pytest.mark.parametrize("grade", Grade)
    def test_letters_of_grades(self, grade: Grade) -> None:
        _, ground, ink = svg.GRADES[grade]
        assert contrast(ink, ground) >= 4.5

    @pytest.mark.parametrize("ink", [svg.INK, svg.GREY])
    @pytest.mark.parametrize("ground", ["white", svg.PALE, "#E1F2F1"])
    def test_words(self, ink: str, ground: str) -> None:
        assert contrast(ink, ground) >= 4.5

    @pytest.mark.parametrize("line", [svg.BLUE, svg.TEAL, svg.PLUM, svg.ORANGE, svg.GREY])
    def test_lines_and_shapes_on_white(self, line: str) -> None:
        assert contrast(line, "white") >= 3


# --- The agenda ----------------------------------------------------------------------------------


def test_agenda_tells_each_window_and_how_it_stands() -> None:
    visit = of.FocusedVisit(id="fv", start="2023-03-06", end="2023-03-08", published="2023-04-20")
    full = of.Inspection(
        id="fi", kind="full", scope="national", start="2024-01-22", end="2024-02-16",
        published="2024-04-03",
    )  # fmt: skip
    meeting = of.EngagementMeeting(id="em", start="2026-12-09")
    record = of.History(
        of.Provider(name="Cafcass", kind="cafcass"), [visit, full, meeting], coverage="complete"
    )
    told = alt_text(agenda_svg(of.due(record, as_of=DAY)))
    assert told.startswith(
        "Cafcass: what is due, as of 23 November 2026. What is due of Cafcass, as of 23 November "
        "2026. Inspection, full-inspection, after fi. Fixed-window: 1 April 2024 to 31 March 2027; "
        "it is open. Anniversary: 22 July 2026 to 22 July 2027, expected 22 January 2027; it is "
        "open. "
    )
    # Owed since 2021 and never done: twelve months from 1 April 2021.
    assert "Twelve-months: 1 April 2021 to 1 April 2022, expected 1 April 2022; it is" in told
    assert "em is booked: 9 December 2026." in told
    assert told.count("em is booked") == 1


def test_agenda_of_nothing() -> None:
    assert "Nothing is due." in alt_text(PICTURES["agenda of bare"]())


def test_windows_of_the_agenda_stand_where_their_days_are() -> None:
    record = of.History(of.Provider(name="Cafcass", kind="cafcass"), coverage="complete")
    framework = of.framework("cafcass-2021").choose("full-inspection", reading="fixed-window")
    agenda = of.due(record, as_of=date(2021, 4, 1), frameworks=[framework])
    text = agenda_svg(agenda)
    found = re.search(
        r"<title>fixed-window: 1 April 2021 to 31 March 2024; it is open</title>\n"
        r'<rect x="([\d.]+)" y="\d+" width="([\d.]+)"',
        text,
    )
    assert found is not None
    # 2021 to 2024 are 1,461 days on 728 units: 90 days come before, 1,096 are in the window.
    assert float(found[1]) == pytest.approx(16 + 90 * 728 / 1461, abs=0.11)
    assert float(found[2]) == pytest.approx(1096 * 728 / 1461, abs=0.21)


# --- The life cycle ------------------------------------------------------------------------------


def test_life_cycle_of_cafcass() -> None:
    told = alt_text(PICTURES["life cycle of cafcass-2021"]())
    for words in (
        "Beginning: at least 1 before the first inspection or monitoring visit: focused visit.",
        "Inspection: one in each period of 36 months from 1 April 2021 (fixed-window): next "
        "inspection.",
        "Inspection: 36 months after the last, from 6 months earlier to 6 months later "
        "(anniversary): next inspection.",
        "Inspection: 1 to 2 before the next inspection (once-or-twice): focused visit.",
        "Inspection: if judged inadequate: at least 1 before the next inspection: monitoring "
        "visit.",
        "Inspection: only while judged inadequate holds: monitoring visit.",
        "Inspection: within working days of the last day, whose number no source gives: report or "
        "letter.",
        "Self-evaluation: is referred to: engagement meeting.",
    ):
        assert words in told


def test_life_cycle_follows_the_rows() -> None:
    framework = of.framework("ilacs-2018")
    told = life_cycle_svg(framework, as_of=DAY)
    assert "within 70 working days of the day of publication: action plan" in alt_text(told)
    changed = framework.replace("action-plan", working_days=71)
    assert "within 71 working days" in alt_text(life_cycle_svg(changed, as_of=DAY))


def test_life_cycle_is_as_of_a_day() -> None:
    framework = of.framework("ilacs-2018")
    some = {
        day: alt_text(life_cycle_svg(framework, as_of=day))
        for day in (date(2018, 1, 2), date(2026, 11, 23))
    }
    assert len(set(some.values())) == 2


def test_life_cycle_of_nothing() -> None:
    bare = of.Framework(id="bare", title="Bare", provider_kind="cafcass", start=of.When.of("2021"))
    told = alt_text(life_cycle_svg(bare, as_of=DAY))
    assert told == "bare: what follows what, as of 23 November 2026. Nothing follows from anything."


# --- What notebooks and consoles show ------------------------------------------------------------

RECORD = of.History(
    of.Provider(name="A <b>town</b>", kind="local-authority"),
    [
        of.Inspection(
            id="i-1", kind="standard", start="2019-03-04", end="2019-03-08", published="2019-04-15",
            judgements=[of.Judgement("overall-effectiveness", "good")],
        ),
        of.FocusedVisit(id="v-2", start="2021"),
    ],
    coverage=[of.Coverage(type="inspection")],
)  # fmt: skip


def test_reprs_are_short() -> None:
    assert repr(RECORD) == "<History of A <b>town</b>: 2 events, 2019-03-04 to 2021>"
    assert repr(of.History(RECORD.provider)) == "<History of A <b>town</b>: 0 events>"
    agenda = of.due(RECORD, as_of=DAY)
    assert repr(agenda).startswith("<Agenda of A <b>town</b> as of 2026-11-23: ")
    assert "full-inspection" in repr(agenda) or "inspection" in repr(agenda)
    nothing = of.due(RECORD, as_of=DAY, frameworks=[])
    assert repr(nothing) == "<Agenda of A <b>town</b> as of 2026-11-23: nothing>"
    result = of.check(RECORD, as_of=DAY)
    told = re.fullmatch(r"<CheckResult of A <b>town</b> as of 2026-11-23: (.*)>", repr(result))
    assert told is not None
    assert f"{len(result.departures)} violated" in told[1] or not result.departures
    framework = of.framework("cafcass-2013")
    assert re.fullmatch(r"<Framework cafcass-2013: \d+ rows, from \S+ to \S+>", repr(framework))


def test_reprs_of_what_holds_many_are_short() -> None:
    fault = Fault("row 3, column end", "<b>", "is not a day, written as 2024-01-22")
    read = Loaded((RECORD, RECORD), (fault,), 6, ("row 2",), ("row 3",))
    assert repr(read) == (
        "<Loaded: 2 records, 4 events from 6 rows, 1 told again, 1 unused; 1 problem>"
    )
    assert repr(Loaded((RECORD,))) == "<Loaded: 1 record, 2 events; 0 problems>"
    told = read._repr_html_()
    assert (
        "<p>Loaded: 2 records, 4 events from 6 rows, 1 told again, 1 unused; 1 problem.</p>" in told
    )
    assert "<td>&lt;b&gt;</td><td>is not a day, written as 2024-01-22</td>" in told
    assert "<td>2</td><td>4 March 2019</td><td>2021</td></tr>" in told

    made = "made as they are asked for>"
    assert repr(of.check_many([RECORD] * 3, as_of=DAY)) == f"<Checks of 3 records, {made}"
    assert repr(of.due_many(iter([RECORD]), as_of=DAY)) == (
        f"<Agendas of records, one after another, {made}"
    )

    agenda = of.due(of.sample("cafcass"), as_of=DAY)
    assert repr(agenda["full-inspection"]) == (
        "<Obligation cafcass-2021/full-inspection, fi-2024: met, met early, open>"
    )
    with pytest.raises(KeyError, match="nothing is due under 0; what is due: full-inspection, "):
        agenda[0]  # type: ignore[index]

    meeting = of.EngagementMeeting(id="em-1", start="2027-05-12")
    change = of.what_if(of.sample("cafcass"), meeting, as_of=DAY)
    assert repr(change) == (
        "<Change for Cafcass: 0 departures gone, 0 new departures, 0 obligations opened, "
        "0 obligations closed>"
    )
    html = change._repr_html_()
    assert "<h2>Cafcass, what would change on 23 November 2026</h2>" in html
    assert "em-1 is booked for cafcass-2021/engagement-meeting" in html

    outlook = of.simulate(
        of.framework("cafcass-2021"), of.sample("cafcass"), as_of=DAY, years=2, seed=1,
        replications=12,
    )  # fmt: skip
    assert re.fullmatch(
        r"<Summary of \d+ figures: next, days-to-next, a-year, days-a-year>",
        repr(outlook.summary()),
    )


def test_html_of_a_record() -> None:
    told = RECORD._repr_html_()
    assert told == history_html(RECORD)
    assert "<svg" in told
    assert "as of 31 December 2021" in told  # the last day that the record names
    assert "<b>town" not in told
    for words in (
        "<h2>A &lt;b&gt;town&lt;/b&gt;: the record</h2>",
        "<caption>Events, by first possible day</caption>",
        '<tr><th scope="row">i-1</th><td>inspection</td><td>4 March 2019</td><td>8 March 2019</td>'
        "<td>15 April 2019</td><td>overall-effectiveness: good</td></tr>",
        '<tr><th scope="row">v-2</th><td>focused visit</td><td>2021</td><td></td><td></td>'
        "<td></td></tr>",
        "<caption>What the record claims to hold in full</caption>",
        '<tr><th scope="row">inspection</th><td>the first day</td><td>the day of asking</td>',
    ):
        assert words in told
    parsed(page("x", told))


def test_html_of_an_empty_record() -> None:
    told = of.History(RECORD.provider)._repr_html_()
    assert "<svg" not in told
    assert "The record does not claim to hold anything in full." in told
    parsed(page("x", told))


def test_html_of_a_framework() -> None:
    framework = of.framework("cafcass-2021")
    told = framework._repr_html_()
    assert told == framework_html(framework)
    assert "<p>From 1 April 2021, still in force.</p>" in told
    assert '<th scope="row">full-inspection</th><td>fixed-window</td><td>cadence</td>' in told
    assert told.count('<th scope="row">') == len(framework.rows) + len(framework.not_known)
    parsed(page("x", told))


def test_html_of_an_agenda_has_its_picture() -> None:
    agenda = of.due(RECORD, as_of=DAY)
    assert agenda_svg(agenda) in agenda_html(agenda)
