"""Charts: what they show is known beforehand, and everybody can read them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from xml.etree import ElementTree

import matplotlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from helpers import AUTHORITY, G, O, authority, grades
from ofsted_framework.editions import framework
from ofsted_framework.errors import OfstedFrameworkError
from ofsted_framework.history import History
from ofsted_framework.plotting import (
    Calibration,
    Chart,
    comparison_chart,
    coverage_chart,
    fan_chart,
    moves_chart,
    next_chart,
    rank_chart,
    region_chart,
    reply_chart,
)
from ofsted_framework.plotting._chart import WIDTH, lines, words
from ofsted_framework.plotting._comparing import _FILLS
from ofsted_framework.plotting._outlooks import _SHADES
from ofsted_framework.simulation import (
    Contacts,
    LongestGap,
    Outlook,
    TimeToNext,
    Within,
    compare,
    region,
    simulate,
)
from ofsted_framework.telling.svg import BLUE, GRADES, INK, LINE, PLUM, TEAL, measure
from test_outlook_telling import CALENDAR, FIXED, HALVES, START, cafcass, hostile, known, later, own
from test_telling import HOSTILE, SVG

BOTH = [
    Calibration(what="the next inspection", ranks=(0.25, 0.75), held={0.5: 0.625, 0.9: 0.8}),
    Calibration(what="the next visit", ranks=(0.5, 0.5), held={0.5: 0.5}),
]


def yearly(rhythm: str) -> Outlook:
    return simulate(own(only=rhythm), start=START, years=2, replications=4, seed=1, behaviour=FIXED)


@cache
def charts() -> dict[str, Chart]:
    once, twice = yearly(CALENDAR), yearly(HALVES)
    visits = Contacts(of="inspection")
    ilacs = simulate(framework("ilacs-2018"), years=60, replications=20, seed=7)
    record = History(
        AUTHORITY,
        [authority("a", "2019-01-07", grades(overall=G), published="2019-02-01"),
         authority("b", "2022-01-10", grades(overall=G), published="2022-02-01"),
         authority("c", "2024-01-08", grades(overall=O), published="2024-02-01")],
    )  # fmt: skip
    return {
        "next": next_chart(known()),
        "next of cafcass": next_chart(cafcass()),
        "next visit": next_chart(cafcass(), "monitoring-visit"),
        "next of a hostile name": next_chart(hostile()),
        "next later": next_chart(later()),
        "next of no years": next_chart(known(years=0)),
        "next of sixty years": next_chart(ilacs, "focused-visit"),
        "fan": fan_chart(known()),
        "fan of sixty years": fan_chart(ilacs, "focused-visit"),
        "reply": reply_chart(known().ask(visits)),
        "reply beyond": reply_chart(cafcass().ask(TimeToNext(of="monitoring-visit"))),
        "reply of many cases": reply_chart(cafcass().ask(LongestGap())),
        "share": reply_chart(known().ask(Within(first=date(2025, 3, 1), last=date(2025, 3, 31)))),
        "moves": moves_chart([record], "overall-effectiveness"),
        "no moves": moves_chart([], "overall-effectiveness"),
        "simulated moves": moves_chart(cafcass(), "private-law-practice"),
        "comparison": comparison_chart(
            compare(twice, once, visits, TimeToNext(), names=("twice", "once"))
        ),
        "region": region_chart(
            region(
                "twice is more", visits, a=lambda one, _: one, b=lambda _, one: one,
                rows={"once": once, "twice": twice}, columns={"of once": once, "of twice": twice},
                row_title="the first", column_title="the second", named=("twice",),
            )
        ),
        "ranks": rank_chart(BOTH),
        "coverage": coverage_chart(BOTH),
    }  # fmt: skip


NAMES = (
    "next", "next of cafcass", "next visit", "next of a hostile name", "next later",
    "next of no years", "next of sixty years", "fan", "fan of sixty years", "reply",
    "reply beyond", "reply of many cases", "share", "moves", "no moves", "simulated moves",
    "comparison", "region", "ranks", "coverage",
)  # fmt: skip


def texts(name: str) -> Iterator[tuple[str, float, float, float, float]]:
    """About the room that each text takes, from the font's average."""
    for one in ElementTree.fromstring(charts()[name].svg()).iter(f"{SVG}text"):
        style, told = one.get("style", ""), one.text or ""
        size = float(re.findall(r"([\d.]+)px", style)[0])
        found = re.findall(r"[-\d.]+", one.get("transform", ""))
        x, y = (float(found[-2]), float(found[-1])) if len(found) >= 2 else (0.0, 0.0)
        x, y = float(one.get("x", x)), float(one.get("y", y))
        wide = len(told) * size * 0.45
        anchor = re.findall(r"text-anchor: (\w+)", style)
        x -= {"end": wide, "middle": wide / 2}.get(anchor[0] if anchor else "", 0)
        yield told, x, x + wide, y - size * 0.7, y


@pytest.mark.parametrize("name", NAMES)
class TestEveryChart:
    """It is sound, the same each time, and can stand in a page beside others."""

    def test_its_svg_is_sound(self, name: str) -> None:
        chart = charts()[name]
        text = chart.svg()
        root = ElementTree.fromstring(text)
        assert text == chart.svg()
        title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert told is not None
        assert (title.text, told.text) == (words(chart.title), chart.alt_text())
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(set(ids)) == len(ids)
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)
        assert not set(re.findall(r"<(style|use|image|metadata|script)\b", text))
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
        assert "20" + "26-11-28T" not in text
        assert float(root.get("viewBox", "").split()[2]) == WIDTH

    def test_nothing_covers_anything_and_letters_are_large(self, name: str) -> None:
        some = list(texts(name))
        assert some
        root = ElementTree.fromstring(charts()[name].svg())
        sizes = [
            float(size)
            for one in root.iter(f"{SVG}text")
            for size in re.findall(r"([\d.]+)px", one.get("style", ""))
        ]
        # 358 of 390 pixels are left on a phone: letters of 12 are then of 9.
        assert min(sizes) * 358 / WIDTH >= 8.9
        high = float(root.get("viewBox", "").split()[3])
        for number, (a, left, right, top, bottom) in enumerate(some):
            assert left >= 0, a
            assert right <= WIDTH, a
            assert bottom <= high, a
            for b, left2, right2, top2, bottom2 in some[number + 1 :]:
                apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
                assert apart, f"{a!r} and {b!r}"

    def test_its_words_and_its_table(self, name: str) -> None:
        chart = charts()[name]
        assert chart.table() is chart.numbers
        assert len({len(row) for row in chart.numbers.rows}) <= 1
        assert chart.alt_text().startswith(words(chart.title))
        if chart.assumptions:
            assert f"Rests on {len(chart.assumptions)} assumption" in chart.alt_text()
        told = chart._repr_html_()
        assert '<th scope="col">' in told
        assert "<caption>" in told
        assert repr(chart) == f"<Chart {chart.title!r}, {len(chart.numbers)} rows>"


def test_there_are_no_others() -> None:
    assert tuple(charts()) == NAMES


# --- What they show ------------------------------------------------------------------------------


def test_the_next_one() -> None:
    # On 31 December of each year, and on 31 March and 30 September: two of four replications each.
    chart = charts()["next"]
    assert chart.table().rows == (("calendar", "Q4 2025", 1.0), ("halves", "Q1 2025", 1.0))
    told = chart.alt_text()
    day = "31 March 2025"
    assert f"halves: Q1 2025 100%; median {day}; eight in ten from {day} to {day}." in told
    assert "4 replications, seed 1." in told
    bars = [one for one in chart.figure.axes[0].patches if one.get_facecolor()[:3] != (1, 1, 1)]
    (bar,) = bars
    left, right = bar.get_extents().transformed(chart.figure.axes[0].transData.inverted()).intervalx
    assert date(2025, 10, 1).toordinal() <= left <= right <= date(2026, 1, 1).toordinal()


def test_one_that_comes_later_or_not_at_all() -> None:
    assert "No inspection begins by 31 December 2025." in charts()["next later"].alt_text()
    assert "No years are simulated." in charts()["next of no years"].alt_text()
    told = charts()["next visit"].alt_text()
    assert "more than nine in ten after 23 November 2036" in told
    assert "Hatched: later." in told
    assert "each calendar year" in charts()["next of sixty years"].alt_text()


def test_a_fan() -> None:
    # One a year on its last day, and two a year: 31 March, 30 September.
    chart = charts()["fan"]
    columns = chart.table().to_columns()
    found = {
        (case, day): value
        for case, day, value in zip(columns["case"], columns["by"], columns["50%"], strict=True)
    }
    assert found["calendar", date(2025, 11, 30)] == 0
    assert found["calendar", date(2025, 12, 31)] == 1
    assert found["halves", date(2025, 3, 31)] == 1
    assert found["halves", date(2026, 12, 31)] == 4
    assert columns["10%"] == columns["90%"]  # no replication differs
    assert "halves: by 31 December 2026 a median of 4, in eight of ten from 4 to 4." in (
        chart.alt_text()
    )
    with pytest.raises(OfstedFrameworkError, match="needs simulated days"):
        fan_chart(known(years=0))


def test_a_reply() -> None:
    # One and two inspections in 365 days, of a year of 365.2425: 1.0007 and 2.0013.
    columns = charts()["reply"].table().to_columns()
    assert columns["case"] == ["calendar", "halves"]
    assert columns["50%"] == pytest.approx([1.000664, 2.001329], abs=1e-6)
    columns = charts()["share"].table().to_columns()
    assert columns["mean"] == [0, 1]
    many = charts()["reply of many cases"]
    # 2 windows, 3 years of self-evaluations, 3 of meetings, 2 numbers of visits, 2 statuses.
    assert len(many.numbers) == 72
    drawn = " ".join(told for told, *_ in texts("reply of many cases"))
    assert "Of 72 cases those with the lowest and the highest mean are drawn" in drawn


def test_moves_on_record() -> None:
    # Good, good, outstanding.
    chart = charts()["moves"]
    assert set(chart.table().rows) == {
        ("on record", "good", "good", 1.0),
        ("on record", "good", "outstanding", 1.0),
    }
    assert "Counted on 1 record." in chart.alt_text()
    assert "no moves." in charts()["no moves"].alt_text()
    with pytest.raises(OfstedFrameworkError, match="nearest good one: private-law-practice"):
        moves_chart(cafcass(), "private-law-practise")


def test_moves_of_simulated_grades_begin_with_the_last_on_record() -> None:
    # Cafcass was outstanding in 2024; each inspection of a replication makes one move.
    rows = charts()["simulated moves"].table().rows
    for case in {row[0] for row in rows}:
        mine = [row for row in rows if row[0] == case]
        started = sum(float(str(row[3])) for row in mine if row[1] == "outstanding")
        assert started >= 0.99
        inspections = sum(float(str(row[3])) for row in mine)
        (a_year,) = [one for one in cafcass().summary().select("a-year", "inspection")
                     if one.case == case]  # fmt: skip
        assert inspections == pytest.approx((a_year.mean or 0) * 10, rel=0.01)


def test_a_comparison_and_its_marks() -> None:
    chart = charts()["comparison"]
    columns = chart.table().to_columns()
    # Four inspections in 730 days against two: 1.00066 a year more; the next one 275 days sooner.
    assert columns["difference"] == pytest.approx([1.000664, -275], abs=1e-6)
    assert columns["which"] == ["twice has more", "once has more"]
    marks = [
        [line.get_marker() for line in ax.lines if line.get_marker() not in ("None", "")]
        for ax in chart.figure.axes
    ]
    assert marks == [["^"], ["v"]]


def test_a_region() -> None:
    chart = charts()["region"]
    columns = chart.table().to_columns()
    assert columns["claim"] == ["undetermined", "does not hold", "holds", "undetermined"]
    # One a year less: 2 of 730 days in 365.2425.
    assert columns["least"] == columns["most"] == pytest.approx([0, -1.000664, 1.000664, 0])
    told = [told for told, *_ in texts("region")]
    assert "twice *" in told
    assert told.count("yes") == told.count("no") == 1


def test_calibration() -> None:
    told = charts()["ranks"].alt_text()
    assert "the next inspection: 25%, 75%, part by part." in told
    told = charts()["coverage"].alt_text()
    assert "the next inspection: 50% hold 62.5%, 90% hold 80%." in told
    with pytest.raises(OfstedFrameworkError) as caught:
        Calibration(what="x", ranks=(0.5, 1.5), held={0.5: -1.0})
    assert [one.place for one in caught.value.faults] == ["ranks/1", "held/0.5"]
    with pytest.raises(OfstedFrameworkError, match="four"):
        coverage_chart(BOTH * 3)


# --- Matplotlib ----------------------------------------------------------------------------------


def test_on_axes_of_ones_own() -> None:
    figure = Figure()
    upper, lower = figure.subplots(2)
    chart = next_chart(known(), ax=(upper, lower))
    assert chart.figure is figure
    assert [ax.get_title(loc="left") for ax in (upper, lower)] == ["calendar", "halves"]
    with pytest.raises(OfstedFrameworkError, match="as the chart has panels: 2"):
        next_chart(known(), ax=upper)


def test_settings_are_put_back_and_not_taken_over() -> None:
    plain = region_chart_of_ones_own()
    theirs = {
        "figure.facecolor": "black", "axes.facecolor": "black", "text.color": "yellow",
        "font.size": 30, "svg.fonttype": "path", "axes.grid": True, "xtick.direction": "in",
    }  # fmt: skip
    with matplotlib.rc_context(theirs):  # type: ignore[arg-type, unused-ignore]
        before = dict(matplotlib.rcParams)
        assert region_chart_of_ones_own() == plain
        assert dict(matplotlib.rcParams) == before


def region_chart_of_ones_own() -> str:
    return coverage_chart(BOTH).svg()


def test_pyplot_is_not_loaded_and_the_core_does_without_matplotlib() -> None:
    code = (
        "import sys; import ofsted_framework.simulation, ofsted_framework.telling.replies; "
        "assert 'matplotlib' not in sys.modules; import ofsted_framework.plotting; "
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.startswith("ofsted_framework.plotting"):
            monkeypatch.delitem(sys.modules, name)
    import ofsted_framework

    monkeypatch.delattr(ofsted_framework, "plotting", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    told = known()._repr_html_()
    assert "<svg" not in told
    assert "<table>" in told
    found = region("x", Contacts(of="inspection"), a=lambda *_: known(), b=lambda *_: known(),
                   rows={"r": 0}, columns={"c": 0}, row_title="r", column_title="c")  # fmt: skip
    with pytest.raises(OfstedFrameworkError, match="pip install") as caught:
        found.to_svg()
    assert "ofsted-framework[plotting]" in str(caught.value)
    with pytest.raises(ImportError, match="ofsted-framework\\[plotting\\]"):
        import ofsted_framework.plotting


# --- Reading them --------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance, as the Web Content Accessibility Guidelines define it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    names = {"white": "#FFFFFF", "black": "#000000"}
    low, high = sorted(luminance(names.get(one, one)) for one in (a, b))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast("white", "black") == pytest.approx(21)
    assert contrast("#777777", "white") == pytest.approx(4.48, abs=0.01)


def test_words_and_marks_stand_out() -> None:
    """4.5 to 1 for words, 3 to 1 for marks that say something."""
    assert contrast(INK, "white") >= 4.5
    for fill, ink, hatch in _FILLS.values():
        assert contrast(fill, ink) >= 4.5
        assert hatch == "" or fill == "white"
    for letter, colour, ink in GRADES.values():
        assert contrast(colour, ink) >= 4.5, letter
    for colour in (BLUE, PLUM, TEAL):
        assert contrast(colour, "white") >= 3
    # The bands of a fan differ by their edges too; the line of the median stands out of both.
    for shade in _SHADES:
        assert contrast(shade, BLUE) >= 3
    assert contrast(LINE, "white") < 3  # a grid says nothing


class TestLines:
    """Lines hold every word, in order, and none is wider than the room."""

    @settings(max_examples=100)
    @given(st.text(max_size=80), st.integers(60, 400))
    def test_lines(self, text: str, room: int) -> None:
        some = lines(text, 13, room)
        assert "".join("".join(some).split()) == "".join(words(text).split())
        assert all(measure(one, 13) <= room or len(one) == 1 for one in some)


def test_a_name_is_no_formula_of_mathematics() -> None:
    chart = rank_chart([Calibration(what="of $x^2$", ranks=(1.0,), held={})])
    assert "Of $x^2$" in [told for told, *_ in boxes(chart)]
    assert HOSTILE in (ElementTree.fromstring(charts()["next of a hostile name"].svg()).findtext(
        f"{SVG}title") or "")  # fmt: skip


def boxes(chart: Chart) -> Iterator[tuple[str]]:
    for one in ElementTree.fromstring(chart.svg()).iter(f"{SVG}text"):
        yield (one.text or "",)


# --- Pages of notebooks --------------------------------------------------------------------------


def test_answers_in_one_line_say_what_they_rest_on() -> None:
    outlook = known()
    number = len(outlook.assumptions)
    assert repr(outlook) == (
        "<Outlook own 2024-12-31 to 2026-12-31, 4 replications, seed 1, "
        f"{number} assumptions, weakest basis assumed>"
    )
    reply = outlook.ask(Contacts(of="inspection"))
    assert repr(reply) == (
        f"<Reply to Contacts: 2 figures, {len(reply.assumptions)} assumptions, weakest basis "
        "assumed>"
    )
    found = compare(outlook, outlook, Contacts(of="inspection"), names=("a", "b"))
    assert repr(found) == (
        f"<Comparison a less b: 2 differences, {len(found.assumptions)} assumptions, weakest "
        "basis assumed>"
    )
    assert repr(FIXED) == "<Behaviour fixed: 2 assumptions, weakest basis assumed>"


def test_pages_of_answers_have_their_chart_their_tables_and_what_they_rest_on() -> None:
    outlook = known()
    reply = outlook.ask(Contacts(of="inspection"))
    found = compare(outlook, outlook, Contacts(of="inspection"), names=("a", "b"))
    for one in (outlook, reply, found):
        told = one._repr_html_()
        assert told.count('role="img"') == 1
        assert "<caption>" in told
        assert f"What it assumes ({len(one.assumptions)}; weakest basis: assumed)" in told
        for ground in one.assumptions:
            assert (ground.says or "").split("'")[0].split('"')[0] in told
    told = FIXED._repr_html_()
    assert "365: 100.0%" in told
    assert "As it falls." in told
