"""The command line on tables, folders and records line by line."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import icalendar
import pytest

import ofsted_framework as of
from helpers import COMPLETE, G, R, authority, grades, record
from ofsted_framework.cli import main
from table_files import event, graded, workbook, write_csv, write_xlsx

ON = ("--as-of", "2026-06-01")
LOW = grades(overall=R, leaders=R, help=R, care=G, leavers=G)
NORTH = of.Provider(
    name="Northshire", kind="local-authority", urn="90001", region="North East", code="E06900001"
)
WEST_ROW = graded(
    event_id="w-1", urn="90002", ons_code="E06900002", authority="Westmere", region="South West",
    kind="short", start="2024-03-04", end="2024-03-08", published="2024-04-22",
)  # fmt: skip
NORTH_ROW = graded(
    "requires_improvement", leaders="requires_improvement", help_protection="requires_improvement"
)


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main(list(map(str, argv)))
    told = capsys.readouterr()
    return code, told.out, told.err


def given(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    """Put a text on standard input, as a terminal in UTF-8 would."""
    octets = text.encode() if isinstance(text, str) else text
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(octets), encoding="utf-8"))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def events_of(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two authorities, and nothing wrong."""
    return write_csv(tmp_path / "two.csv", [NORTH_ROW, WEST_ROW])


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """One grade that is none, and one row that is no event."""
    return write_csv(
        tmp_path / "faulty.csv",
        [NORTH_ROW, {**WEST_ROW, "overall": "goood"}, event(event_id="x", kind="odd")],
    )


def own(*more: of.Event, name: str = "Northshire", start: str = "2023-11-06") -> of.History:
    one = authority("i-1", start, LOW, published="2023-12-18")
    provider = of.Provider(name=name, kind="local-authority")
    return record(one, *more, provider=provider)


def lines_of(*histories: of.History) -> str:
    return "".join(of.dump(one, layout="ndjson") for one in histories)


COUNTED = "2 rows: 2 events of 2 providers, 0 told again, 0 unused"


# --- convert --------------------------------------------------------------------------------------


class TestConvert:
    def test_into_lines_unless_told(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, err = run(capsys, "convert", table)
        assert (code, err) == (0, f"{table}: {COUNTED}\n")
        one, other = map(json.loads, out.splitlines())
        assert one["provider"] == {
            "name": "Northshire", "kind": "local-authority", "urn": "90001",
            "region": "North East", "code": "E06900001",
        }  # fmt: skip
        assert one["events"] == [
            {"type": "inspection", "id": "e-1", "start": "2023-09-04", "end": "2023-09-15",
             "published": "2023-10-30", "framework": "ilacs-2018", "kind": "standard",
             "judgements": [
                 {"area": "overall-effectiveness", "grade": "requires-improvement"},
                 {"area": "impact-of-leaders", "grade": "requires-improvement"},
                 {"area": "help-and-protection", "grade": "requires-improvement"},
                 {"area": "in-care", "grade": "good"},
                 {"area": "care-leavers", "grade": "good"},
             ]},
        ]  # fmt: skip
        assert [claim["type"] for claim in one["coverage"]] == [
            "inspection", "focused-visit", "monitoring-visit",
        ]  # fmt: skip
        assert other["events"][0]["id"] == "w-1"
        assert run(capsys, "convert", table, "--format", "ndjson")[1] == out
        assert of.read(table).histories == tuple(
            one for line in out.splitlines() for one in self.read(table.parent, line)
        )

    @staticmethod
    def read(folder: Path, text: str, ending: str = "ndjson") -> tuple[of.History, ...]:
        path = folder / f"back.{ending}"
        path.write_text(text, encoding="utf-8", newline="")
        return of.read(path).histories

    def test_into_json(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = write_csv(tmp_path / "one.csv", [NORTH_ROW])
        code, out, _ = run(capsys, "convert", path, "--format", "json")
        assert code == 0
        assert self.read(tmp_path, out, "json") == of.read(path).histories

    def test_two_records_are_no_json_document(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(capsys, "convert", table, "--format", "json")
        assert (code, out) == (3, "")
        assert "holds 2 records, and a JSON document holds one; write ndjson" in err

    def test_coverage_does_not_go_into_csv(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(capsys, "convert", table, "--format", "csv")
        assert (code, out) == (3, "")
        assert "claims of coverage cannot stand in a CSV file" in err

    def test_into_csv_without_coverage(
        self, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(capsys, "convert", table, "--format", "csv", "--without-coverage")
        assert (code, err) == (0, f"{table}: {COUNTED}\n")
        one, other = rows(out)
        assert (one["provider"], one["id"], one["start"]) == ("Northshire", "e-1", "2023-09-04")
        assert one["grade:overall-effectiveness"] == "requires-improvement"
        assert (other["provider_code"], other["kind"]) == ("E06900002", "short")
        back, there = self.read(tmp_path, out, "csv"), of.read(table).histories
        assert [(h.provider, h.events) for h in back] == [(h.provider, h.events) for h in there]
        assert {h.coverage for h in back} == {()}

    def test_without_coverage_in_the_other_layouts(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _, out, _ = run(capsys, "convert", table, "--without-coverage")
        assert not any(json.loads(line).get("coverage") for line in out.splitlines())
        _, out, _ = run(capsys, "convert", table, "--complete")
        assert {str(json.loads(line)["coverage"]) for line in out.splitlines()} == {
            "[{'type': '*', 'fields': ['*']}]"
        }
        assert run(capsys, "convert", table, "--complete", "--format", "csv")[0] == 3

    def test_into_a_tidy_table(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run(capsys, "convert", table, "--format", "tidy")
        assert code == 0
        assert out == (
            "time_period,time_identifier,geographic_level,country_code,country_name,region_name,"
            "new_la_code,la_name,event_type,inspection_kind,events\n"
            "2023,Calendar year,Local authority,E92000001,England,North East,E06900001,Northshire,"
            "inspection,standard,1\n"
            "2024,Calendar year,Local authority,E92000001,England,South West,E06900002,Westmere,"
            "inspection,short,1\n"
        )

    def test_a_workbook(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Two authorities are inspected, one is visited only, and one no longer exists."""
        path = write_xlsx(tmp_path / "book.xlsx", workbook())
        code, out, err = run(capsys, "convert", path)
        assert code == 0
        assert {json.loads(line)["provider"]["name"] for line in out.splitlines()} == {
            "Northshire", "Westmere", "Eastmarsh", "Old Fenland",
        }  # fmt: skip
        assert err.splitlines()[0].startswith(f"{path}: 9 rows: ")

    def test_lines_in_and_out(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = lines_of(own(), own(name="北部\u2028é"), of.sample("leeds"))
        given(monkeypatch, text)
        assert run(capsys, "convert", "-") == (0, text, "")
        # A byte order mark, empty lines and other ends of line are no matter.
        given(monkeypatch, "\ufeff" + text.replace("\n", "\r\n\r\n"))
        assert run(capsys, "convert", "-") == (0, text, "")

    def test_a_hostile_name_in_every_layout(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = lines_of(own(name='=1+1,"x"\nBEGIN:VEVENT'))
        given(monkeypatch, text)
        _, out, _ = run(capsys, "convert", "-", "--format", "tidy")
        assert rows(out)[0]["la_name"] == '\'=1+1,"x"\nBEGIN:VEVENT'
        given(monkeypatch, text)
        _, out, _ = run(capsys, "convert", "-", "--format", "csv", "--without-coverage")
        assert rows(out)[0]["provider"] == '\'=1+1,"x"\nBEGIN:VEVENT'
        assert self.read(tmp_path, out, "csv")[0].provider.name == '=1+1,"x"\nBEGIN:VEVENT'

    def test_problems_are_told_beside_what_is_written(
        self, faulty: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(capsys, "convert", faulty)
        assert code == 0
        assert len([json.loads(line) for line in out.splitlines()]) == 2
        assert err.splitlines() == [
            f"{faulty}: 3 rows: 2 events of 2 providers, 0 told again, 1 unused",
            "2 problems:",
            "row 3, column overall: 'goood' is no grade (nearest good one: good)",
            "row 4, column kind: 'odd' is no kind of event here",
        ]


# --- Standard input -------------------------------------------------------------------------------


class TestStandardInput:
    @pytest.mark.parametrize("command", ["check", "due"])
    def test_lines_are_answered_by_lines(
        self, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given(monkeypatch, lines_of(own(name="A"), own(name="B"), own(name="C")))
        code, out, err = run(capsys, command, "-", *ON, "--format", "ndjson")
        assert (code, err) == (0, "")
        told = [json.loads(line) for line in out.splitlines()]
        assert [one["provider"]["name"] for one in told] == ["A", "B", "C"]
        assert {one["as_of"] for one in told} == {"2026-06-01"}

    @pytest.mark.parametrize("command", ["check", "due"])
    @pytest.mark.parametrize("shape", ["text", "tidy"])
    def test_nothing_to_use_is_bad_input(
        self, command: str, shape: str, capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        """As it is of an empty file."""
        given(monkeypatch, "\n\n")
        code, out, err = run(capsys, command, "-", *ON, "--format", shape)
        assert (code, out) == (3, "")
        assert "holds no event that can be used" in err

    def test_every_broken_line_is_named(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = lines_of(own()).replace("2023-11-06", "2023-02-30")
        given(monkeypatch, lines_of(own()) + broken + "\n" + '{"a": \n')
        code, out, err = run(capsys, "check", "-", *ON)
        assert (code, out) == (3, "")
        told = err.splitlines()
        assert told[0] == "2 faults:"
        assert told[1].startswith("line 2, /events/0/start: '2023-02-30' is not a date")
        assert told[2] == "line 4, column 7: the text is not JSON: Expecting value"

    def test_what_is_not_utf8_is_bad_input(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file of such bytes is refused as bad input, and told so."""
        given(monkeypatch, lines_of(own(name="Übershire")).encode("latin-1"))
        code, out, err = run(capsys, "check", "-", *ON)
        assert (code, out) == (3, "")
        assert "UTF-8" in err

    def test_a_stream_that_is_cut_off_is_no_fault(self) -> None:
        """As `head` does."""
        text = lines_of(*(own(name=f"N{n}") for n in range(40)))
        command = [
            sys.executable,
            "-m",
            "ofsted_framework",
            "check",
            "-",
            *ON,
            "--format",
            "ndjson",
        ]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUTF8": "1"},
        ) as ran:  # fmt: skip
            assert ran.stdin is not None
            assert ran.stdout is not None
            assert ran.stderr is not None
            ran.stdin.write(text.encode())
            ran.stdin.close()
            assert json.loads(ran.stdout.readline())["provider"]["name"] == "N0"
            ran.stdout.close()
            assert ran.stderr.read() == b""
        assert ran.returncode == 0


# --- check and due on tables ----------------------------------------------------------------------


class TestFormats:
    @pytest.mark.parametrize("command", ["check", "due"])
    @pytest.mark.parametrize("shape", ["text", "json", "ndjson", "markdown", "html", "csv", "tidy"])
    def test_problems_are_never_among_the_answers(
        self, faulty: Path, command: str, shape: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(capsys, command, faulty, *ON, "--format", shape)
        assert code == 0
        assert len(err.splitlines()) == 4
        assert "goood" not in out
        assert "problems" not in out
        assert "faulty.csv" not in out
        assert "Northshire" in out
        assert "Westmere" in out
        if shape == "json":
            told = [one["provider"]["name"] for one in json.loads(out)]
            assert told == ["Northshire", "Westmere"]
        elif shape == "ndjson":
            told = [json.loads(line)["provider"]["name"] for line in out.splitlines()]
            assert told == ["Northshire", "Westmere"]
        elif shape in ("csv", "tidy"):
            name = "provider" if shape == "csv" else "la_name"
            assert {row[name] for row in rows(out)} == {"Northshire", "Westmere"}
        elif shape == "html":
            assert out.startswith("<!DOCTYPE html>")
            assert out.count("<html") == out.count("</html>") == 1
            for number, name in ((1, "Northshire"), (2, "Westmere")):  # a table leads to each
                assert out.index(f'<a href="#record-{number}">{name}</a>') < out.index(
                    f'<div id="record-{number}">\n<section class="ofsted-framework">\n<h2>{name}, '
                )
        elif shape == "text":
            end = "\n\n\nDepartures in 1 of 2 records: 1 note.\n"
            assert out.endswith(end) == (command == "check")
        elif shape == "markdown":
            assert out.count("# Northshire, ") == out.count("# Westmere, ") == 1

    def test_a_calendar(self, faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, err = run(capsys, "due", faulty, *ON, "--format", "ics", "--only",
                             "inspection-interval")  # fmt: skip
        assert (code, len(err.splitlines())) == (0, 4)
        told = {
            str(one["SUMMARY"]): (str(one["DTSTART"].dt), str(one["DTEND"].dt))
            for one in events_of(out)
        }
        assert told == {
            "Northshire: Inspection due by 4 March 2027": ("2026-03-04", "2027-03-05"),
            "Westmere: Inspection due by 4 September 2027": ("2026-09-04", "2027-09-05"),
        }

    def test_a_calendar_keeps_its_ends_of_line(self, table: Path) -> None:
        """A calendar's lines end in CR LF, once, as its bytes leave the program."""
        command = [sys.executable, "-m", "ofsted_framework", "due", str(table), *ON]
        ran = subprocess.run([*command, "--format", "ics"], capture_output=True, check=True)
        assert ran.stdout.endswith(b"END:VCALENDAR\r\n")
        assert ran.stdout.count(b"\r") == ran.stdout.count(b"\n") == ran.stdout.count(b"\r\n")
        assert ran.stderr.decode().splitlines() == [f"{table}: {COUNTED}"]

    def test_checks_have_no_calendar(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, err = run(capsys, "check", table, *ON, "--format", "ics")
        assert (code, out) == (2, "")
        assert "invalid choice" in err

    def test_one_record_gives_one_document(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = write_csv(tmp_path / "one.csv", [NORTH_ROW])
        for command in ("check", "due"):
            told = json.loads(run(capsys, command, path, *ON, "--format", "json")[1])
            assert told["provider"]["name"] == "Northshire"

    def test_the_kind_of_the_next_in_csv(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _, out, _ = run(capsys, "due", table, *ON, "--complete", "--format", "csv",
                        "--only", "inspection-interval")  # fmt: skip
        assert [(row["provider"], row["kinds"], row["window_latest"]) for row in rows(out)] == [
            # The window of the first holds 31 March 2026, asked on 1 June it is past.
            ("Northshire", "standard", "2027-03-04"),
            ("Westmere", "short; standard", "2027-09-04"),
        ]
        assert all(row["kinds_because"].endswith(f"(after {id})")
                   for row, id in zip(rows(out), ("e-1", "w-1"), strict=True))  # fmt: skip

    def test_complete(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ("check", table, *ON, "--only", "inspection-interval", "--summary", "--by",
                 "provider,status", "--format", "csv")  # fmt: skip
        told = [tuple(row.values()) for row in rows(run(capsys, *asked)[1])]
        # What was published after 20 August 2026 less 225 days is not covered.
        assert told == [("Northshire", "undetermined", "1"), ("Westmere", "undetermined", "1")]
        told = [tuple(row.values()) for row in rows(run(capsys, *asked, "--complete")[1])]
        assert told == [("Northshire", "pending", "1"), ("Westmere", "pending", "1")]


def test_a_check_of_many_ends_with_how_many_have_departures(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = run(capsys, "check", table, *ON, "--only", "OF101")[1]
    assert out.endswith("\n\n\nNo departures in 2 records.\n")
    told = "\n\n\nDepartures in 1 of 2 records: 1 note.\n"
    assert run(capsys, "check", table, *ON)[1].endswith(told)
    assert "1 record" not in run(capsys, "check", "sample:cafcass", *ON)[1]


class TestSummary:
    ASKED = ("--complete", "--only", "inspection-interval", "--summary")

    def test_checks_by_rule_provision_and_status_unless_told(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, _ = run(capsys, "check", table, *ON, *self.ASKED, "--format", "csv")
        assert (code, out) == (
            0, "rule,provision,status,verdicts\nOF301,ilacs-2018/inspection-interval,pending,2\n",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("by", "wanted"),
        [
            ("provider", "provider,verdicts\nNorthshire,1\nWestmere,1\n"),
            ("status,region",
             "status,region,verdicts\npending,North East,1\npending,South West,1\n"),
            ("urn,basis", "urn,basis,verdicts\n90001,assumed,1\n90002,assumed,1\n"),
        ],
    )  # fmt: skip
    def test_checks_by_what_is_asked_for(
        self, table: Path, by: str, wanted: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asked = ("check", table, *ON, *self.ASKED, "--by", by)
        for shape in ("csv", "tidy"):
            assert run(capsys, *asked, "--format", shape)[1] == wanted

    def test_in_every_shape(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ("check", table, *ON, *self.ASKED, "--by", "provider")
        told = [{"provider": "Northshire", "verdicts": 1}, {"provider": "Westmere", "verdicts": 1}]
        assert json.loads(run(capsys, *asked, "--format", "json")[1]) == told
        lines = run(capsys, *asked, "--format", "ndjson")[1].splitlines()
        assert [json.loads(line) for line in lines] == told
        assert run(capsys, *asked, "--format", "text")[1] == (
            "provider    verdicts\nNorthshire         1\nWestmere           1\n"
        )
        assert run(capsys, *asked, "--format", "markdown")[1].rstrip("\n") == (
            "| provider | verdicts |\n| --- | --- |\n| Northshire | 1 |\n| Westmere | 1 |"
        )
        out = run(capsys, *asked, "--format", "html")[1]
        assert '<tr><th scope="row">Westmere</th><td>1</td></tr>' in out

    def test_of_what_is_due(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ("due", table, *ON, *self.ASKED, "--team", "inspection/standard=6", "--team",
                 "inspection/short=4", "--format", "csv")  # fmt: skip
        head = "reading,due,inspector_days,inspector_days_at_most,without_team\n"
        assert run(capsys, *asked) == (0,
            f"quarter,framework,activity,kind,{head}"
            "2027 Q1,ilacs-2018,inspection,standard,,1,60,60,0\n"
            "2027 Q3,ilacs-2018,inspection,short or standard,,1,20,60,0\n",
            f"{table}: {COUNTED}\n",
        )  # fmt: skip
        assert run(capsys, *asked, "--by", "year")[1] == f"year,{head}2027,,2,80,120,0\n"
        assert run(capsys, *asked, "--by", "region,month", "--at", "expected")[1] == (
            f"region,month,{head}North East,2026-09,,1,60,60,0\nSouth West,2027-03,,1,20,60,0\n"
        )
        assert run(capsys, *asked, "--by", "month", "--at", "earliest")[1] == (
            f"month,{head}2026-03,,1,60,60,0\n2026-09,,1,20,60,0\n"
        )
        assert run(capsys, *asked, "--team", "inspection/short=2x3", "--by", "year")[1] == (
            f"year,{head}2027,,2,66,120,0\n"
        )

    @pytest.mark.parametrize(
        ("team", "told"),
        [
            ("inspection/standard", "ACTIVITY=INSPECTORS"),
            ("inspection=", "ACTIVITY=INSPECTORS"),
            ("inspection=6x", "ACTIVITY=INSPECTORS"),
            ("inspection=-1", "ACTIVITY=INSPECTORS"),
            ("inspection=1.5", "ACTIVITY=INSPECTORS"),
            ("inspection=٣", "ACTIVITY=INSPECTORS"),
            ("inspection=0", "is neither a number of inspectors"),
            ("inspection=2x0", "is neither a number of inspectors"),
            ("inspection/shrt=4", "nearest good one: inspection/short"),
            ("inspecton=4", "nearest good one: inspection"),
        ],
    )
    def test_wrong_teams(
        self, table: Path, team: str, told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(capsys, "due", table, *ON, "--summary", "--team", team)
        assert (code, out) == (3, "")
        assert told in err

    def test_a_team_without_days(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ("due", table, *ON, "--complete", "--summary", "--format", "csv", "--only",
                 "visits-after-requires-improvement")  # fmt: skip
        code, out, err = run(capsys, *asked, "--team", "focused-visit=2")
        assert (code, out) == (3, "")
        assert "not how many days on site" in err
        # Two visits of two inspectors for two days.
        (row,) = rows(run(capsys, *asked, "--team", "focused-visit=2x2")[1])
        assert row["inspector_days"] == "8"

    @pytest.mark.parametrize(
        ("argv", "told"),
        [
            (("check", "--by", "provder"), "'provder' is not told of a verdict"),
            (
                ("check", "--by", "month"),
                "'month' is not told of a verdict (provider, urn, ",
            ),
            (("due", "--by", "qarter"), "(nearest good one: quarter)"),
            (
                ("due", "--by", "rule"),
                "'rule' is not told of what is due (month, quarter, ",
            ),
            (("check", "--by", ""), "is not told of a verdict"),
        ],
    )
    def test_wrong_names(
        self, table: Path, argv: Sequence[str], told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        command, *more = argv
        code, out, err = run(capsys, command, table, *ON, "--summary", *more)
        assert (code, out) == (3, "")
        assert told in err

    def test_days_of_inspectors_are_told_where_there_is_a_team(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asked = ("due", table, *ON, "--only", "inspection-interval", "--summary")
        bare = run(capsys, *asked)[1].splitlines()[0].split()
        assert bare == ["quarter", "framework", "activity", "kind", "reading", "due"]
        assert "| inspector days |" not in run(capsys, *asked, "--format", "markdown")[1]
        team = ("--team", "inspection/standard=6")
        assert "inspector days at most" in run(capsys, *asked, *team)[1].splitlines()[0]
        # What programs read keeps its columns.
        assert "without_team" in run(capsys, *asked, "--format", "csv")[1]

    @pytest.mark.parametrize("argv", [("--at", "soonest"), ("--format", "xml")])
    def test_wrong_choices(
        self, table: Path, argv: Sequence[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(capsys, "due", table, *ON, "--summary", *argv)[:2] == (2, "")

    def test_sums_have_no_calendar(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A calendar of sums there is none: another medium in its place is not what was asked."""
        code, out, err = run(capsys, "due", table, *ON, "--summary", "--format", "ics")
        assert out == ""
        assert code in (2, 3)
        assert err

    def test_a_wrong_team_is_refused_without_sums_too(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, _ = run(capsys, "due", table, *ON, "--team", "inspecton=six")
        assert out == ""
        assert code in (2, 3)


class TestExitCodes:
    @pytest.fixture
    def late(self, tmp_path: Path) -> Path:
        """The last day is Friday 18 October 2024, and 27 working days on is 26 November."""
        row = graded(event_id="l", authority="Eastmarsh", urn="90003", start="2024-10-07",
                     end="2024-10-18", published="2024-11-27")  # fmt: skip
        return write_csv(tmp_path / "late.csv", [row, WEST_ROW])

    @pytest.mark.parametrize(
        ("least", "code"), [(None, 0), ("error", 0), ("warning", 0), ("note", 1)]
    )
    @pytest.mark.parametrize("shape", ["text", "ndjson", "csv", "tidy", "html"])
    def test_by_the_least_severity(
        self, late: Path, least: str | None, code: int, shape: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        more = ("--fail-on", least) if least else ()
        got, out, _ = run(capsys, "check", late, *ON, *more, "--format", shape,
                          "--only", "report-publication")  # fmt: skip
        assert (got, "Eastmarsh" in out) == (code, True)

    def test_sums_have_it_too(self, late: Path, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ("check", late, *ON, "--summary", "--fail-on", "note", "--by", "provider,severity",
                 "--format", "csv")  # fmt: skip
        code, out, _ = run(capsys, *asked, "--only", "report-publication")
        assert (code, out) == (
            1, "provider,severity,verdicts\nEastmarsh,note,1\nWestmere,,1\n",
        )  # fmt: skip
        assert run(capsys, *asked, "--only", "judgement-areas")[0] == 0

    def test_an_error_by_definition(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = write_csv(tmp_path / "t.csv", [{**WEST_ROW, "end": "2024-03-01"}])
        assert run(capsys, "check", path, *ON)[0] == 1
        # What is due has no departures.
        assert run(capsys, "due", path, *ON)[0] == 0

    def test_problems_alone_do_not_set_it(
        self, faulty: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for argv in (("check", *ON), ("due", *ON), ("convert",)):
            assert run(capsys, argv[0], faulty, *argv[1:])[0] == 0

    @pytest.mark.parametrize("argv", [("check",), ("due",), ("check", "--as-of", "2026"),
                                      ("due", "--as-of", "2026-02-30"),
                                      ("convert", "--format", "ics")])  # fmt: skip
    def test_usage(
        self, table: Path, argv: Sequence[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(capsys, argv[0], table, *argv[1:])
        assert (code, out) == (2, "")
        assert err.startswith(f"usage: ofsted-framework {argv[0]}")

    @pytest.mark.parametrize("command", ["check", "due", "convert"])
    def test_no_usable_event(
        self, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        more = () if command == "convert" else ON
        path = write_csv(tmp_path / "none.csv", [event(kind="odd"), event(start="", published="")])
        code, out, err = run(capsys, command, path, *more)
        assert (code, out) == (3, "")
        told = err.splitlines()
        assert told[0] == f"{path}: 2 rows: 0 events of 0 providers, 0 told again, 2 unused"
        assert "row 2, column kind: 'odd' is no kind of event here" in told
        assert any(line.startswith("row 3") for line in told)
        assert told[-1].endswith(" holds no event that can be used")
        path = write_csv(tmp_path / "empty.csv", [])
        code, out, err = run(capsys, command, path, *more)
        assert (code, out) == (3, "")
        assert "holds no event that can be used" in err

    @pytest.mark.parametrize(
        ("name", "text"),
        [("a.txt", "x"), ("a.json", "{"), ("a.ndjson", "\n"), ("a.csv", ""),
         ("a.csv", "a,b\n1,2\n"), ("a.xlsx", "no workbook"), ("a.toml", "=")],
    )  # fmt: skip
    def test_a_file_that_cannot_be_read(
        self, tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        code, out, err = run(capsys, "check", path, *ON)
        assert (code, out) == (3, "")
        assert err
        assert "Traceback" not in err

    def test_a_file_that_is_not_there(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(capsys, "due", tmp_path / "none.csv", *ON)
        assert (code, out) == (3, "")
        assert "none.csv" in err


class TestFolder:
    def test_every_file_in_the_order_of_names(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = table.parent
        (folder / "a.ndjson").write_text(lines_of(own(name="A"), own(name="B")), encoding="utf-8")
        (folder / "z.json").write_text(of.dump(own(name="Z")), encoding="utf-8")
        (folder / ".hidden").write_text("x", encoding="utf-8")
        (folder / "deeper").mkdir()
        code, out, err = run(capsys, "due", folder, *ON, "--format", "ndjson")
        assert (code, len(err.splitlines())) == (0, 1)
        assert [json.loads(line)["provider"]["name"] for line in out.splitlines()] == [
            "A", "B", "Northshire", "Westmere", "Z",
        ]  # fmt: skip
        code, out, _ = run(capsys, "convert", folder)
        assert len(out.splitlines()) == 5

    def test_what_cannot_be_read_is_listed_and_the_rest_is_read(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (table.parent / "bad.json").write_text("{", encoding="utf-8")
        (table.parent / "notes.txt").write_text("x", encoding="utf-8")
        code, out, err = run(capsys, "check", table.parent, *ON, "--summary", "--by", "provider",
                             "--format", "csv")  # fmt: skip
        assert code == 0
        assert [row["provider"] for row in rows(out)] == ["Northshire", "Westmere"]
        told = err.splitlines()
        assert told[1] == "2 problems:"
        assert told[2].startswith("bad.json, line 1, column 2: the text is not JSON")
        assert told[3].startswith("notes.txt: has none of the endings that can be read")

    def test_a_folder_of_nothing(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, err = run(capsys, "check", tmp_path, *ON)
        assert (code, out) == (3, "")
        assert "is a folder that holds no file" in err
        (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
        code, out, err = run(capsys, "check", tmp_path, *ON)
        assert (code, out) == (3, "")
        assert "holds no event that can be used" in err

    def test_frameworks_of_several_kinds_of_provider(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (table.parent / "cafcass.json").write_text(of.dump(of.sample("cafcass")), encoding="utf-8")
        asked = ("check", table.parent, *ON, "--format", "ndjson")
        told = [json.loads(line) for line in run(capsys, *asked)[1].splitlines()]
        found = {one["provider"]["name"]: one["frameworks"] for one in told}
        assert found["Northshire"] == found["Westmere"] == ["ilacs-2018"]
        assert "cafcass-2021" in found["Cafcass"]
        assert "ilacs-2018" not in found["Cafcass"]

    def test_a_framework_is_not_put_upon_another_kind_of_provider(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """As `of.check_many` does with the frameworks that it is given."""
        (table.parent / "cafcass.json").write_text(of.dump(of.sample("cafcass")), encoding="utf-8")
        for command in ("check", "due"):
            out = run(capsys, command, table.parent, *ON, "--format", "ndjson", "--framework",
                      "ilacs-2018", "--framework", "cafcass-2021")[1]  # fmt: skip
            told = [json.loads(line) for line in out.splitlines()]
            assert {one["provider"]["name"]: one["frameworks"] for one in told} == {
                "Cafcass": ["cafcass-2021"], "Northshire": ["ilacs-2018"],
                "Westmere": ["ilacs-2018"],
            }  # fmt: skip

    def test_the_count_of_rows_adds_up_beside_records_of_our_own(
        self, table: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each row of a table is an event, told again, or unused: what is no row is not counted."""
        (table.parent / "own.ndjson").write_text(lines_of(own(name="A")), encoding="utf-8")
        _, _, err = run(capsys, "convert", table.parent)
        counted = err.partition("rows: ")
        (whole,) = re.findall(r"(\d+) $", counted[0])
        events, _, again, unused = map(int, re.findall(r"\d+", counted[2]))
        assert int(whole) == events + again + unused


class TestKnownAndLayout:
    def test_names_and_numbers_that_are_known(
        self, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        known = tmp_path / "known.ndjson"
        north = of.Provider(name="The County of Northshire", kind="local-authority", urn="90001")
        west = of.Provider(name="WESTMERE", kind="local-authority", region="Here")
        known.write_text(
            lines_of(record(provider=north, coverage=COMPLETE), record(provider=west)),
            encoding="utf-8",
        )
        code, out, err = run(capsys, "convert", table, "--known", known)
        assert (code, err) == (0, f"{table}: {COUNTED}\n")
        told = [json.loads(line)["provider"] for line in out.splitlines()]
        assert [(one["name"], one.get("region")) for one in told] == [
            ("The County of Northshire", None), ("WESTMERE", "Here"),
        ]  # fmt: skip

    def test_who_is_not_known_is_listed(
        self, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        known = tmp_path / "known.json"
        known.write_text(of.dump(record(provider=NORTH)), encoding="utf-8")
        for argv in (("check", *ON), ("due", *ON), ("convert",)):
            code, out, err = run(capsys, argv[0], table, *argv[1:], "--known", known)
            assert code == 0
            assert "is none of the providers" not in out
            assert err.splitlines()[1:] == [
                "1 problem:",
                "row 3, column authority: 'Westmere' is none of the providers that are known",
            ]

    def test_a_known_file_that_is_not_there(
        self, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(capsys, "check", table, *ON, "--known", tmp_path / "no.json")
        assert (code, out) == (3, "")
        assert "no.json" in err

    def test_a_layout(self, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
        plain = run(capsys, "convert", table)
        assert run(capsys, "convert", table, "--layout", "ilacs-events") == plain
        code, out, err = run(capsys, "convert", table, "--layout", "ilacs-event")
        assert (code, out) == (3, "")
        assert "nearest good one: ilacs-events" in err
        code, out, err = run(capsys, "check", table, *ON, "--layout", "d2i-summary")
        assert (code, out) == (3, "")
        assert "column local_authority: is missing (d2i-summary needs it)" in err

    def test_our_own_layout_is_read_strictly(
        self, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        ours = tmp_path / "ours.csv"
        ours.write_text(
            "provider,provider_kind,type,id,start\nA,local-authority,inspection,x,2023-11-06\n",
            encoding="utf-8",
        )
        code, out, err = run(capsys, "convert", ours, "--layout", "ofsted-framework")
        assert (code, err) == (0, "")
        assert json.loads(out)["events"][0]["id"] == "x"
        code, out, err = run(capsys, "convert", table, "--layout", "ofsted-framework")
        assert (code, out) == (3, "")
        assert "column provider_kind: is missing" in err


def test_the_progress_of_many_is_not_told_to_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, lines_of(*(own(name=f"N{n}") for n in range(25))))
    code, out, err = run(capsys, "check", "-", *ON, "--summary", "--by", "status", "--only",
                         "inspection-interval", "--format", "csv")  # fmt: skip
    assert (code, out, err) == (0, "status,verdicts\npending,25\n", "")


def test_the_progress_of_many_is_told_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, lines_of(*(own(name=f"N{n}") for n in range(25))))
    error: Any = sys.stderr
    monkeypatch.setattr(error, "isatty", lambda: True, raising=False)
    code, out, err = run(capsys, "check", "-", *ON, "--summary", "--by", "status", "--only",
                         "inspection-interval", "--format", "csv")  # fmt: skip
    assert (code, out) == (0, "status,verdicts\npending,25\n")
    told = err.split("\r")
    assert [one.partition("] ")[2] for one in told if "]" in one] == [
        "10 of 25", "20 of 25", "25 of 25",
    ]  # fmt: skip
    assert err.endswith(f"\r{'':60}\r")
