"""What goes out: calendar files, tidy tables, and the command line on tables and folders."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

import ofsted_framework as of
from helpers import COMPLETE, G, R, authority, grades, meeting, visit
from ofsted_framework import cli
from ofsted_framework.frames import Listing
from ofsted_framework.telling.calendar_file import agendas_ics
from ofsted_framework.telling.html import listing_html
from ofsted_framework.telling.tidy import agendas_tidy, histories_tidy, results_tidy
from table_files import event, graded, write_csv

AS_OF = date(2026, 6, 1)
NORTH = of.Provider(
    name="Northshire", kind="local-authority", urn="90001", region="North East", code="E06900001"
)
LOW = grades(overall=R, leaders=R, help=R, care=G, leavers=G)


def north(*more: of.Event, provider: of.Provider = NORTH) -> of.History:
    one = authority("i-1", "2023-09-04", LOW, end="2023-09-15", published="2023-10-30")
    return of.History(provider, [one, *more], coverage=COMPLETE)


def entries(*histories: of.History, as_of: date = AS_OF) -> list[Any]:
    text = agendas_ics(of.due_many(histories, as_of=as_of))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def entry(found: list[Any], provision: str, reading: str = "") -> Any:
    (one,) = (
        each
        for each in found
        if provision in each["CATEGORIES"].to_ical().decode()
        and (not reading or f"({reading})" in str(each["SUMMARY"]))
    )
    return one


# --- Calendar files -------------------------------------------------------------------------------


class TestCalendar:
    def test_an_entry_lasts_all_days_of_the_window(self) -> None:
        one = entry(entries(north()), "inspection-interval")
        assert (one["DTSTART"].dt, one["DTEND"].dt) == (date(2026, 3, 4), date(2027, 3, 5))
        assert one["DTSTART"].params["VALUE"] == "DATE"
        assert str(one["SUMMARY"]) == "Northshire: Inspection due by 4 March 2027"
        told = str(one["DESCRIPTION"])
        assert "Expected on 2026-09-04. Of the kind standard. On 2026-06-01 it is open." in told
        assert (str(one["TRANSP"]), str(one["STATUS"])) == ("TRANSPARENT", "CONFIRMED")

    def test_each_reading_has_an_entry(self) -> None:
        found = entries(north(meeting("em", "2026-04-15")))
        one = entry(found, "engagement-meeting", "twelve-months")
        other = entry(found, "engagement-meeting", "financial-year")
        assert one["DTEND"].dt == date(2027, 4, 16)
        assert other["DTEND"].dt == date(2028, 4, 1)
        assert one["UID"] != other["UID"]

    def test_an_entry_keeps_its_name(self) -> None:
        before = entry(entries(north()), "inspection-interval")
        later = entry(entries(north(visit("v", "2026-06-09")), as_of=AS_OF + timedelta(30)),
                      "inspection-interval")  # fmt: skip
        west = of.Provider(name="Westmere", kind="local-authority", urn="90002")
        other = entry(entries(north(provider=west)), "inspection-interval")
        assert before["UID"] == later["UID"] != other["UID"]
        uids = [str(each["UID"]) for each in entries(north(), north(provider=west))]
        assert len(set(uids)) == len(uids)

    def test_what_has_no_last_day_has_no_entry(self) -> None:
        history = of.History(NORTH, [visit("v", "2021-03-10", "2021-03-11")])
        agenda = of.due(history, as_of=date(2021, 4, 1))
        assert agenda["letter-publication"].windows == {None: None}
        found = entries(history, as_of=date(2021, 4, 1))
        assert not any("letter-publication" in e["CATEGORIES"].to_ical().decode() for e in found)

    @pytest.mark.parametrize(
        "name",
        [
            "A, B; C\\D",
            "North\r\nBEGIN:VEVENT\r\nSUMMARY:mine",
            "Übershire " * 30,
            'Quote "shire"',
            "Line\nshire",
        ],
    )
    def test_a_name_stays_a_name(self, name: str) -> None:
        provider = of.Provider(name=name, kind="local-authority")
        found = entries(north(provider=provider))
        assert len(found) == len(entries(north()))
        told = str(entry(found, "inspection-interval")["SUMMARY"])
        assert told.replace("\r\n", "\n").startswith(name.replace("\r\n", "\n"))


# --- Tidy tables ----------------------------------------------------------------------------------

PLACE = ["time_period", "time_identifier", "geographic_level", "country_code", "country_name",
         "region_name", "new_la_code", "la_name"]  # fmt: skip
HERE = ("Local authority", "E92000001", "England", "North East", "E06900001", "Northshire")


class TestTidy:
    def test_events_by_year(self) -> None:
        rough = visit("v-3", "2024-12/2025-01")
        listing = histories_tidy(
            [
                north(visit("v-1", "2024-03-05"), visit("v-2", "2024-11"), rough),
                of.sample("cafcass"),
            ]
        )
        assert list(listing.columns) == [*PLACE, "event_type", "inspection_kind", "events"]
        assert listing.rows[:3] == (
            ("", "Calendar year", *HERE, "focused-visit", "not stated", 1),
            ("2023", "Calendar year", *HERE, "inspection", "standard", 1),
            ("2024", "Calendar year", *HERE, "focused-visit", "not stated", 2),
        )
        national = [row for row in listing if row["geographic_level"] == "National"]
        assert {(row["la_name"], row["region_name"]) for row in national} == {("", "")}

    def test_what_is_due_by_quarter(self) -> None:
        listing = agendas_tidy(of.due_many([north()], as_of=AS_OF))
        assert list(listing.columns) == [
            *PLACE, "framework", "provision", "activity", "reading", "due",
        ]  # fmt: skip
        (row,) = (one for one in listing.rows if one[9] == "inspection-interval")
        assert row == ("2027", "Calendar year Q1", *HERE, "ilacs-2018", "inspection-interval",
                       "inspection", "the only one", 1)  # fmt: skip

    def test_verdicts(self) -> None:
        listing = results_tidy(of.check_many([north()], as_of=AS_OF))
        (row,) = (one for one in listing.rows if one[9] == "ilacs-2018/inspection-interval")
        assert row == ("2026", "Calendar year", *HERE, "OF301", "ilacs-2018/inspection-interval",
                       "pending", 1)  # fmt: skip

    @pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
    def test_no_cell_is_a_formula(self, name: str) -> None:
        provider = of.Provider(name=name, kind="local-authority", region=name, code=name)
        text = histories_tidy([north(provider=provider)]).to_csv()
        (row,) = list(csv.DictReader(io.StringIO(text, newline="")))
        assert {row["la_name"], row["region_name"], row["new_la_code"]} == {f"'{name}"}
        summed = of.check_many([north(provider=provider)], as_of=AS_OF).summary("provider")
        assert summed.to_csv().partition("\n")[2].lstrip('"').startswith(f"'{name}")

    def test_html_of_a_listing_is_escaped(self) -> None:
        told = listing_html(Listing.of(("a_b", "<i>"), [("<script>", 'x" onload="y')]))
        assert "<script>" not in told
        assert "<i>" not in told
        assert "&lt;script&gt;" in told
        assert "x&quot; onload=&quot;y" in told
        assert 'scope="col">a b</th>' in told


# --- The command line -----------------------------------------------------------------------------


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = [
        graded("requires_improvement"),
        event(event_id="v-1", kind="focused_visit", start="2024-10-01", end="2024-10-02",
              published="2024-10-31"),
        graded(event_id="w-1", urn="90002", ons_code="E06900002", authority="Westmere",
               region="South West", kind="short", overall="goood"),
        event(event_id="w-2", urn="90002", authority="Westmere", kind="odd"),
    ]  # fmt: skip
    return write_csv(tmp_path / "events.csv", rows)


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = cli.main(list(map(str, argv)))
    told = capsys.readouterr()
    return code, told.out, told.err


ASKED = ("--as-of", "2026-06-01")


class TestCommandLine:
    def test_problems_go_to_standard_error(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(capsys, "check", table, *ASKED, "--format", "ndjson")
        assert code == 0
        assert [json.loads(line)["provider"]["name"] for line in out.splitlines()] == [
            "Northshire", "Westmere",
        ]  # fmt: skip
        assert err.splitlines() == [
            f"{table}: 4 rows: 3 events of 2 providers, 0 told again, 1 unused",
            "2 problems:",
            "row 4, column overall: 'goood' is no grade (nearest good one: good)",
            "row 5, column kind: 'odd' is no kind of event here",
        ]

    def test_the_exit_code_is_of_all_records(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        # Published a day after the 27 working days that were seen: 22 October and 27 on.
        late = graded(event_id="l", urn="90003", authority="Eastmarsh", start="2024-10-07",
                      end="2024-10-18", published="2024-11-27")  # fmt: skip
        path = write_csv(tmp_path / "e.csv", [late, graded()])
        assert run(capsys, "check", path, *ASKED)[0] == 0
        assert run(capsys, "check", path, *ASKED, "--fail-on", "note")[0] == 1
        only = ("--only", "OF101")
        assert run(capsys, "check", path, *ASKED, "--fail-on", "note", *only)[0] == 0

    def test_sums(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ("check", table, *ASKED, "--only", "judgement-areas", "--summary")
        code, out, _ = run(capsys, *asked, "--by", "provider,status", "--format", "csv")
        assert code == 0
        assert out.splitlines() == [
            "provider,status,verdicts", "Northshire,satisfied,2", "Westmere,undetermined,2",
        ]  # fmt: skip
        code, out, _ = run(capsys, *asked, "--by", "provider,status")
        assert out.splitlines()[0].split() == ["provider", "status", "verdicts"]
        assert out.splitlines()[1].split() == ["Northshire", "satisfied", "2"]
        code, out, _ = run(capsys, *asked, "--by", "provider,status", "--format", "json")
        assert json.loads(out)[0] == {
            "provider": "Northshire",
            "status": "satisfied",
            "verdicts": 2,
        }
        code, out, _ = run(capsys, *asked, "--by", "provider", "--format", "markdown")
        assert out.splitlines()[0] == "| provider | verdicts |"
        code, out, _ = run(capsys, *asked, "--by", "provider", "--format", "html")
        assert '<th scope="row">Northshire</th><td>2</td>' in out
        code, _, err = run(capsys, *asked, "--by", "provder")
        assert code == 3
        assert "nearest good one: provider" in err

    def test_what_is_due_with_teams(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ("due", table, *ASKED, "--only", "inspection-interval", "--summary", "--by",
                 "quarter,kind", "--format", "csv")  # fmt: skip
        code, out, _ = run(capsys, *asked, "--team", "inspection/standard=6", "--team",
                           "inspection/short=4x5", "--at", "expected")  # fmt: skip
        assert code == 0
        head, *lines = out.splitlines()
        assert head == "quarter,kind,reading,due,inspector_days,inspector_days_at_most,without_team"
        assert lines
        assert all(line.startswith("2026 Q3,") for line in lines)
        code, _, err = run(capsys, *asked, "--team", "inspection/standard")
        assert (code, "ACTIVITY=INSPECTORS" in err) == (3, True)

    def test_a_calendar(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run(capsys, "due", table, *ASKED, "--format", "ics")
        assert code == 0
        names = {str(one["SUMMARY"]).partition(":")[0]
                 for one in icalendar.Calendar.from_ical(out).walk("VEVENT")}  # fmt: skip
        assert names == {"Northshire", "Westmere"}

    @pytest.mark.parametrize("shape", ["text", "json", "markdown", "html", "csv", "tidy"])
    @pytest.mark.parametrize("command", ["check", "due"])
    def test_every_format(
        self, table: Path, capsys: pytest.CaptureFixture[str], command: str, shape: str
    ) -> None:
        code, out, _ = run(capsys, command, table, *ASKED, "--format", shape)
        assert code == 0
        assert "Northshire" in out
        assert "Westmere" in out
        if shape == "json":
            assert [one["provider"]["name"] for one in json.loads(out)] == [
                "Northshire",
                "Westmere",
            ]
        if shape in ("csv", "tidy"):
            read = list(csv.reader(io.StringIO(out, newline="")))
            assert {len(row) for row in read} == {len(read[0])}
            assert read.count(read[0]) == 1

    def test_records_in_and_out_line_by_line(
        self, table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code, out, _ = run(capsys, "convert", table)
        assert code == 0
        assert len(out.splitlines()) == 2
        monkeypatch.setattr("sys.stdin", io.StringIO(out))
        code, again, err = run(capsys, "convert", "-")
        assert (code, again, err) == (0, out, "")
        monkeypatch.setattr("sys.stdin", io.StringIO(out))
        code, told, _ = run(capsys, "check", "-", *ASKED, "--summary", "--by", "provider")
        assert code == 0
        assert "Westmere" in told

    def test_into_our_own_csv(
        self, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(capsys, "convert", table, "--format", "csv")
        assert (code, out) == (3, "")
        assert "claims of coverage cannot stand in a CSV file" in err
        code, out, _ = run(capsys, "convert", table, "--format", "csv", "--without-coverage")
        assert code == 0
        (tmp_path / "ours.csv").write_text(out, encoding="utf-8")
        ours, theirs = of.read(tmp_path / "ours.csv"), of.read(table)
        assert [one.events for one in ours.histories] == [one.events for one in theirs.histories]
        assert [one.provider for one in ours.histories] == [o.provider for o in theirs.histories]

    def test_into_json(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, _, err = run(capsys, "convert", table, "--format", "json")
        assert (code, "holds 2 records, and a JSON document holds one" in err) == (3, True)
        code, out, _ = run(capsys, "convert", "sample:leeds", "--format", "json")
        assert code == 0
        assert out == of.dump(of.sample("leeds"))

    def test_into_a_tidy_table(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run(capsys, "convert", table, "--format", "tidy")
        assert code == 0
        assert out.splitlines()[0].startswith("time_period,time_identifier,geographic_level")

    def test_a_folder(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (table.parent / "leeds.json").write_text(of.dump(of.sample("leeds")), encoding="utf-8")
        code, out, _ = run(capsys, "check", table.parent, *ASKED, "--summary", "--by", "provider")
        assert code == 0
        assert [line.split()[0] for line in out.splitlines()[1:]] == [
            "Leeds", "Northshire", "Westmere",
        ]  # fmt: skip

    def test_names_that_are_known(
        self, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        known = tmp_path / "known.ndjson"
        known.write_text(of.dump(north(), layout="ndjson"), encoding="utf-8")
        code, _, err = run(capsys, "check", table, *ASKED, "--known", known, "--format", "csv")
        assert code == 0
        assert "column authority: 'Westmere' is none of the providers that are known" in err
        code, _, err = run(capsys, "check", table, *ASKED, "--layout", "ilacs-event")
        assert (code, "nearest good one: ilacs-events" in err) == (3, True)

    def test_a_table_with_nothing_to_use(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = write_csv(tmp_path / "e.csv", [event(kind="odd")])
        code, out, err = run(capsys, "check", path, *ASKED)
        assert (code, out) == (3, "")
        assert "holds no event that can be used" in err

    def test_more_problems_than_anybody_reads(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rows = [graded(), *(event(event_id=f"e{n}", kind="odd") for n in range(150))]
        code, _, err = run(capsys, "check", write_csv(tmp_path / "e.csv", rows), *ASKED)
        assert code == 0
        assert err.splitlines()[1] == "150 problems:"
        assert err.splitlines()[-1] == "and 50 more"
        assert len(err.splitlines()) == 103
