"""Tidy tables, and that neither CSV nor HTML takes a name for anything but a name."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest

import ofsted_framework as of
from helpers import G, R, authority, day, grades, meeting, record, visit
from ofsted_framework.frames import Listing
from ofsted_framework.telling.csv_text import agenda_csv, csv_text, result_csv
from ofsted_framework.telling.html import listing_html, page
from ofsted_framework.telling.tidy import agendas_tidy, histories_tidy, results_tidy

AS_OF = date(2026, 6, 1)
LOW = grades(overall=R, leaders=R, help=R, care=G, leavers=G)
NORTH = of.Provider(
    name="Northshire", kind="local-authority", urn="90001", region="North East", code="E06900001"
)
WEST = of.Provider(name="Westmere", kind="local-authority", urn="90002")
PLACE = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
    "region_name", "new_la_code", "la_name",
)  # fmt: skip
IN_NORTH = ("Local authority", "E92000001", "England", "North East", "E06900001", "Northshire")
IN_WEST = ("Local authority", "E92000001", "England", "", "", "Westmere")
NATIONAL = ("National", "E92000001", "England", "", "", "")


def inspected(*more: of.Event, provider: of.Provider = NORTH) -> of.History:
    one = authority("i-1", "2023-09-04", LOW, end="2023-09-15", published="2023-10-30")
    return record(one, *more, provider=provider)


def parsed(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


# --- Events ---------------------------------------------------------------------------------------


def test_events_are_counted_by_year_type_and_kind() -> None:
    listing = histories_tidy(
        [
            inspected(
                authority("i-2", "2023-11-06", kind="short"),
                authority("i-3", "2023-12-04"),
                authority("i-4", "2024-01-08", kind=None),
                visit("v-1", "2024-03-05"),
                visit("v-2", "2024-11"),
                visit("v-3", "2024"),
                meeting("em", "2024-12-31"),
            ),
            inspected(provider=WEST),
        ]
    )
    assert listing.columns == (*PLACE, "event_type", "inspection_kind", "events")
    assert listing.rows == (
        ("2023", "Calendar year", *IN_NORTH, "inspection", "short", 1),
        ("2023", "Calendar year", *IN_NORTH, "inspection", "standard", 2),
        ("2024", "Calendar year", *IN_NORTH, "engagement-meeting", "not stated", 1),
        ("2024", "Calendar year", *IN_NORTH, "focused-visit", "not stated", 3),
        ("2024", "Calendar year", *IN_NORTH, "inspection", "not stated", 1),
        ("2023", "Calendar year", *IN_WEST, "inspection", "standard", 1),
    )


@pytest.mark.parametrize("start", ["2023-12/2024-01", "../2024-04-03", "2024-04-03/.."])
def test_a_year_that_is_not_known_is_not_guessed(start: str) -> None:
    listing = histories_tidy([record(visit("v", start), provider=NORTH)])
    assert listing.rows == (("", "Calendar year", *IN_NORTH, "focused-visit", "not stated", 1),)


def test_cafcass_is_national() -> None:
    (row,) = histories_tidy([record(visit("v", "2024-03-05"))]).rows
    assert row == ("2024", "Calendar year", *NATIONAL, "focused-visit", "not stated", 1)


def test_of_nothing_the_header_is_left() -> None:
    head = ",".join(PLACE)
    for some in ([], [record(provider=NORTH)]):
        assert histories_tidy(some).to_csv() == f"{head},event_type,inspection_kind,events\n"
    assert agendas_tidy([]).to_csv() == f"{head},framework,provision,activity,reading,due\n"
    assert results_tidy([]).to_csv() == f"{head},rule,provision,status,verdicts\n"


# --- What is due ----------------------------------------------------------------------------------


def test_what_is_due_is_counted_by_the_quarter_in_which_it_closes() -> None:
    """The inspection's window closes on 4 March 2027, and visits end the day before."""
    listing = agendas_tidy(of.due_many([inspected()], as_of=AS_OF))
    assert listing.columns == (*PLACE, "framework", "provision", "activity", "reading", "due")
    # 30 October 2023 + 70 and + 30 working days: 8 February 2024 and 11 December 2023.
    assert listing.rows == (
        ("2023", "Calendar year Q4", *IN_NORTH, "ilacs-2018", "authority-publication",
         "published_by_provider", "the only one", 1),
        ("2024", "Calendar year Q1", *IN_NORTH, "ilacs-2018", "action-plan", "action-plan",
         "the only one", 1),
        ("2027", "Calendar year Q1", *IN_NORTH, "ilacs-2018", "inspection-interval", "inspection",
         "the only one", 1),
        ("2027", "Calendar year Q1", *IN_NORTH, "ilacs-2018", "visits-after-requires-improvement",
         "focused-visit", "the only one", 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("held", "year", "quarter"),
    [
        ("2025-03-31", "2026", "Q1"), ("2025-04-01", "2026", "Q2"), ("2025-06-30", "2026", "Q2"),
        ("2025-07-01", "2026", "Q3"), ("2025-09-30", "2026", "Q3"), ("2025-10-01", "2026", "Q4"),
        ("2025-12-31", "2026", "Q4"), ("2026-01-01", "2027", "Q1"),
    ],
)  # fmt: skip
def test_the_edges_of_quarters(held: str, year: str, quarter: str) -> None:
    """Twelve months after a meeting the next is due, the anniversary included."""
    agendas = of.due_many([record(meeting("em", held), provider=NORTH)], as_of=day("2026-01-02"))
    listing = agendas_tidy(agendas)
    (row,) = (one for one in listing.rows if one[-2] == "twelve-months")
    assert row[:2] == (year, f"Calendar year {quarter}")
    found = agendas.summary("quarter", "activity", "reading").rows
    (summed,) = (one for one in found if one[2] == "twelve-months")
    assert summed[0] == f"{year} {quarter}"


def test_readings_have_rows_of_their_own() -> None:
    listing = agendas_tidy(
        of.due_many([record(meeting("em", "2025-04-16"), provider=NORTH)], as_of=day("2025-06-02"))
    )
    assert [(one[0], one[1], one[-2], one[-1]) for one in listing.rows] == [
        ("2026", "Calendar year Q2", "twelve-months", 1),
        ("2026", "Calendar year Q4", "calendar-year", 1),
        ("2027", "Calendar year Q1", "financial-year", 1),
    ]


def test_several_of_one_quarter_are_counted_together() -> None:
    """Two letters with priority action in the same weeks: 70 working days from each."""
    some = [
        visit(f"v-{n}", f"2026-03-0{n}", published=f"2026-04-0{n}", priority="new") for n in (2, 3)
    ]
    listing = agendas_tidy(of.due_many([record(*some, provider=NORTH)], as_of=day("2026-04-08")))
    (row,) = (one for one in listing.rows if one[9] == "priority-action-plan")
    assert (row[:2], row[-1]) == (("2026", "Calendar year Q3"), 2)


def test_without_a_last_day_there_is_no_row() -> None:
    letter = record(visit("v", "2021-03-10", "2021-03-11"), provider=NORTH)
    listing = agendas_tidy(of.due_many([letter], as_of=day("2021-04-01")))
    assert [one for one in listing.rows if one[9] == "letter-publication"] == []


# --- Verdicts -------------------------------------------------------------------------------------


def test_verdicts_are_counted_by_provider_rule_provision_and_status() -> None:
    some = [
        inspected(authority("i-2", "2026-04-13", end="2026-04-12", kind="short")),
        inspected(provider=WEST),
    ]
    few = [rule for rule in of.RULES if rule.code in ("OF101", "OF301")]
    listing = results_tidy(of.check_many(some, as_of=AS_OF, rules=few))
    assert listing.columns == (*PLACE, "rule", "provision", "status", "verdicts")
    interval, met = "ilacs-2018/inspection-interval", "ilacs-2018/engagement-meeting"
    assert listing.rows == (
        ("2026", "Calendar year", *IN_NORTH, "OF101", "", "satisfied", 1),
        ("2026", "Calendar year", *IN_NORTH, "OF101", "", "violated", 1),
        ("2026", "Calendar year", *IN_NORTH, "OF301", met, "not-applicable", 1),
        ("2026", "Calendar year", *IN_NORTH, "OF301", interval, "pending", 1),
        ("2026", "Calendar year", *IN_NORTH, "OF301", interval, "satisfied", 1),
        ("2026", "Calendar year", *IN_WEST, "OF101", "", "satisfied", 1),
        ("2026", "Calendar year", *IN_WEST, "OF301", met, "not-applicable", 1),
        ("2026", "Calendar year", *IN_WEST, "OF301", interval, "pending", 1),
    )


def test_the_period_of_verdicts_is_the_year_of_asking() -> None:
    for as_of, year in (("2025-12-31", "2025"), ("2026-01-01", "2026")):
        listing = results_tidy(of.check_many([inspected()], as_of=day(as_of)))
        assert {row[:2] for row in listing.rows} == {(year, "Calendar year")}
        whole = len(of.check(inspected(), as_of=day(as_of)).verdicts)
        assert sum(int(str(row[-1])) for row in listing.rows) == whole


def test_verdicts_on_cafcass_are_national() -> None:
    listing = results_tidy(of.check_many([of.sample("cafcass")], as_of=AS_OF))
    assert {row[2:8] for row in listing.rows} == {NATIONAL}


def test_every_row_has_every_column() -> None:
    some = [inspected(), inspected(provider=WEST), of.sample("cafcass"), of.sample("leeds")]
    for listing in (
        histories_tidy(some),
        agendas_tidy(of.due_many(some, as_of=AS_OF)),
        results_tidy(of.check_many(some, as_of=AS_OF)),
    ):
        head, *rows = parsed(listing.to_csv())
        assert tuple(head[:8]) == PLACE
        assert {len(row) for row in rows} == {len(head)}
        assert len(rows) == len(listing) > 4
        assert all(row[-1].isdecimal() for row in rows)
        assert len({tuple(row[:-1]) for row in rows}) == len(rows)  # each once


# --- No cell is a formula -------------------------------------------------------------------------

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")',
            "=1,2", "'=1", "-2+3\n=4", "=cmd|' /C calc'!A0"]  # fmt: skip


def hostile(name: str) -> of.History:
    return inspected(provider=attrs.evolve(NORTH, name=name, region=name, code=name, urn=name))


TABLES: dict[str, Callable[[of.History], str]] = {
    "events": lambda one: histories_tidy([one]).to_csv(),
    "due": lambda one: agendas_tidy(of.due_many([one], as_of=AS_OF)).to_csv(),
    "verdicts": lambda one: results_tidy(of.check_many([one], as_of=AS_OF)).to_csv(),
    "summary": lambda one: of.check_many([one], as_of=AS_OF).summary(
        "provider", "region", "urn").to_csv(),
    "agenda-summary": lambda one: of.due_many([one], as_of=AS_OF).summary(
        "provider", "region", "code", "urn").to_csv(),
    "table": lambda one: of.due_many([one], as_of=AS_OF).table().to_csv(),
    "agenda": lambda one: agenda_csv(of.due(one, as_of=AS_OF)),
    "result": lambda one: result_csv(of.check(one, as_of=AS_OF)),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMULAS, ids=repr)
@pytest.mark.parametrize("table", TABLES)
def test_no_cell_is_taken_for_a_formula(table: str, name: str) -> None:
    head, *rows = parsed(TABLES[table](hostile(name)))
    assert len(rows) > 0
    assert {len(row) for row in rows} == {len(head)}
    cells = [cell for row in rows for cell in row]
    assert f"'{name}" in cells
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []


@pytest.mark.parametrize("id", ["=1+1", "+v", "-v", "@v", '=HYPERLINK("x","y")'])
def test_nor_is_an_event_id(id: str) -> None:
    history = record(authority(id, "2023-11-06", LOW, published="2023-12-18"), provider=NORTH)
    for tell in (TABLES["agenda"], TABLES["result"], TABLES["table"]):
        cells = [cell for row in parsed(tell(history)) for cell in row]
        assert f"'{id}" in cells
        assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []


def test_what_is_no_formula_is_left_as_it_is() -> None:
    rows = [("a=b", "1-2", "x@y", "O'Neil", "'quoted'", " plain ", None, 0, AS_OF)]
    assert csv_text("abcdefghi", rows) == (
        "a,b,c,d,e,f,g,h,i\na=b,1-2,x@y,O'Neil,'quoted', plain ,,0,2026-06-01\n"
    )
    assert Listing.of(["a", "b"], [('say "so"', "one\ntwo"), ("1,2", "x\r")]).to_csv() == (
        'a,b\n"say ""so""","one\ntwo"\n"1,2","x\r"\n'
    )


def test_a_guarded_name_is_read_back_as_it_was(tmp_path: Any) -> None:
    """By our own layout, which takes the apostrophe off again."""
    for name in ("=1+1", "'=1", "''=1", "'plain", "@x"):
        history = attrs.evolve(hostile(name), coverage=())
        path = tmp_path / "own.csv"
        path.write_text(of.dump(history, layout="csv"), encoding="utf-8", newline="")
        assert of.read(path).histories == (history,)


# --- HTML -----------------------------------------------------------------------------------------


class _Seen(HTMLParser):
    """The elements of a page, and what stands in its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.cells: list[str] = []
        self.scopes: list[str | None] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names.update(name for name, _ in attrs)
        self._in_cell = tag in ("th", "td")
        if self._in_cell:
            self.cells.append("")
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.cells[-1] += data


def seen(text: str) -> _Seen:
    found = _Seen()
    found.feed(text)
    found.close()
    return found


HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='x",
           "&lt;b&gt; &amp;", "</table></div><h1>", "<!-- ", "]]>", "javascript:x"]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_listing_holds_texts_only(name: str) -> None:
    listing = Listing.of(("some_column", name), [(name, 1), (None, AS_OF)])
    for text in (
        listing_html(listing),
        listing_html(listing, caption=name),
        listing._repr_html_(),
        page(name, listing_html(listing)),
    ):
        found = seen(text)
        assert found.cells == ["some column", name.replace("_", " "), name, "1", "", "2026-06-01"]
        assert set(found.tags) <= {
            "html", "head", "meta", "title", "style", "body", "main", "h1", "div", "table",
            "caption", "thead", "tr", "th", "tbody", "td",
        }  # fmt: skip
        assert found.names <= {
            "class", "role", "aria-label", "tabindex", "scope", "lang", "charset", "name",
            "content",
        }  # fmt: skip
        assert found.scopes == ["col", "col", "row", "row"]


def test_sums_of_hostile_names_hold_texts_only() -> None:
    name = HOSTILE[1]
    for listing in (
        of.check_many([hostile(name)], as_of=AS_OF).summary("provider", "region"),
        of.due_many([hostile(name)], as_of=AS_OF).summary("provider", "region"),
        of.due_many([hostile(name)], as_of=AS_OF).table(),
        histories_tidy([hostile(name)]),
    ):
        found = seen(listing_html(listing))
        assert "img" not in found.tags
        assert name in found.cells


def test_control_characters_are_no_part_of_html() -> None:
    told = listing_html(Listing.of(("a",), [("x\x00y\x0bz\x1b",), ("\ud800",)]))
    assert "x\ufffdy\ufffdz\ufffd" in told
    assert not set(told) & set("\x00\x0b\x1b\ud800")


def test_an_empty_listing_is_a_table() -> None:
    found = seen(listing_html(of.due_many([], as_of=AS_OF).summary("month")))
    assert found.cells[:2] == ["month", "reading"]
    assert found.tags.count("table") == 1


# --- Listings -------------------------------------------------------------------------------------


def test_a_listing_is_rows_by_name() -> None:
    listing = Listing.of(["a", "b"], ([n, str(n)] for n in (1, 2)))
    assert (len(listing), list(listing)) == (2, [{"a": 1, "b": "1"}, {"a": 2, "b": "2"}])
    assert listing.to_records() == list(listing)
    assert listing.to_columns() == {"a": [1, 2], "b": ["1", "2"]}
    assert listing.to_polars().to_dicts() == list(listing)
    assert listing.to_pandas().to_dict("records") == list(listing)
