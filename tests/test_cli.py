"""The command line: each command, each format, each exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import ofsted_framework as of
from ofsted_framework.cli import main

RECORD = ["sample:cafcass", "--as-of", "2026-11-23"]


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = main(list(args))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_check_tells_verdicts_and_returns_0(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", *RECORD)
    assert code == 0
    assert "No departures." in out
    assert "OF301 cafcass-2021/full-inspection · opening" in out
    assert "so with --complete" in " ".join(out.split())
    assert "NOT APPLICABLE" not in out
    assert "NOT APPLICABLE" in run(capsys, "check", *RECORD, "--every")[1]


@pytest.mark.parametrize(("least", "code"), [("error", 0), ("warning", 0), ("note", 1)])
def test_departures_set_the_exit_code_from_a_severity_on(
    capsys: pytest.CaptureFixture[str], least: str, code: int
) -> None:
    # Complete, no meeting was ever held: a departure, of which the opening is ASSUMED: a note.
    got, out, _ = run(capsys, "check", *RECORD, "--complete", "--fail-on", least,
                      "--framework", "cafcass-2021")  # fmt: skip
    assert got == code
    assert "NOTE OF301[cafcass-2021/engagement-meeting]:opening" in out


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (("--as-of", "23/11/2026"), 2, "'23/11/2026' is not a day in the years 1900 to 2230:"),
        (("--as-of", "2026-11"), 2, "'2026-11' is not a day in the years 1900 to 2230: write 2026"),
        (("--choose", "full-inspection=fixed"), 3,
         "--choose full-inspection=fixed: 'fixed' is no reading of full-inspection (anniversary"),
        (("--replace", "full-inspection.month=4"), 3,
         "--replace full-inspection.month=4, /month: is no field of full-inspection"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_option(
    argv: tuple[str, ...], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, out, err = run(capsys, "due", *RECORD, *argv)
    assert (found, out) == (code, "")
    assert told in err


def test_what_is_due_begins_in_short(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "due", *RECORD)[1].splitlines()
    assert lines[2:5] == [
        "In short",
        "  - full-inspection, after fi-2024: by 31 March 2027 (fixed-window) or by 22 July 2027",
        "    (anniversary); it may be met, met early or open",
    ]
    told = [line for line in lines[: lines.index("", 3)] if line.startswith("  - ")]
    assert [line[4:].partition(",")[0] for line in told] == [
        "full-inspection", "self-evaluation", "engagement-meeting", "focused-visits",
    ]  # fmt: skip
    assert "In short" not in run(capsys, "due", *RECORD, "--only", "full-inspection")[1]


def test_only_of_what_is_due_may_be_a_kind_of_event(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "due", *RECORD, "--only", "inspection", "--format", "csv")
    assert code == 0
    assert {line.split(",")[3] for line in out.splitlines()[1:]} == {"full-inspection"}
    assert "Nothing is due" in run(capsys, "due", *RECORD, "--only", "thematic-review")[1]
    code, _, err = run(capsys, "due", *RECORD, "--only", "inspections")
    assert (code, "'inspections' is no provision or kind of event here" in err) == (3, True)
    code, _, err = run(capsys, "check", *RECORD, "--only", "inspection")
    assert (code, "'inspection' is no provision or rule here" in err) == (3, True)


def test_only_keeps_what_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "check", *RECORD, "--only", "OF106", "--framework", "cafcass-2021")
    assert "Verdicts: 1 satisfied." in out
    _, out, _ = run(capsys, "due", *RECORD, "--only", "full-inspection")
    assert "engagement-meeting" not in out
    assert "1 April 2024 to 31 March 2027 (fixed-window)" in " ".join(out.split())
    code, _, err = run(capsys, "due", *RECORD, "--only", "full-inspecton")
    assert code == 3
    assert "nearest good one: full-inspection" in err
    code, _, err = run(capsys, "check", *RECORD, "--only", "OF31")
    assert code == 3
    assert "nearest good one: OF301" in err


def test_a_reading_is_chosen_and_a_value_supplied(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(
        capsys, "due", *RECORD, "--only", "full-inspection",
        "--choose", "cafcass-2021/full-inspection=fixed-window",
    )  # fmt: skip
    assert "anniversary" not in out
    assert "Reading chosen: cafcass-2021/full-inspection = fixed-window." in out
    _, out, _ = run(
        capsys, "check", *RECORD, "--only", "report-publication", "--explain",
        "--replace", "cafcass-2021/report-publication.working_days=38",
    )  # fmt: skip
    assert "16 February 2024 + 38 working days = 12 April 2024" in out
    assert "bank holidays left out: 29 March and 1 April" in " ".join(out.split())


def test_a_holiday_moves_a_deadline(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(
        capsys, "check", *RECORD, "--only", "report-publication", "--explain",
        "--replace", "cafcass-2021/report-publication.working_days=38", "--holiday", "2024-03-04",
    )  # fmt: skip
    # Friday 12 April was day 38; with one day fewer it is Monday 15 April.
    assert "16 February 2024 + 38 working days = 15 April 2024" in out


def test_deadlines_says_which_are_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "deadlines", "sample:cafcass", "fi-2024")
    assert code == 0
    assert "how many working days are allowed is not known" in out
    assert "22 July 2026 to 22 July 2027" in " ".join(out.split())
    code, _, err = run(capsys, "deadlines", "sample:cafcass", "fi-2042")
    assert code == 3
    assert "nearest good one: fi-2024" in err
    # Twenty working days from 2 March 2018, without Good Friday (30 March): to 3 April.
    code, out, _ = run(capsys, "deadlines", "sample:cafcass", "fi-2018")
    assert code == 0
    assert "2 March 2018 + 20 working days = 3 April 2018" in " ".join(out.split())
    code, _, err = run(
        capsys, "deadlines", "sample:cafcass", "fi-2018", "--framework", "cafcass-2021"
    )
    assert code == 3
    assert "came under no framework known here" in err


def test_deadlines_go_by_the_kind_of_inspection_while_two_frameworks_are_in_force(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    # In May 2018 SIF re-inspections ran beside ILACS: a standard inspection is none of them.
    record = tmp_path / "record.json"
    inspection = {"type": "inspection", "id": "i", "kind": "standard",
                  "start": "2018-05-14", "end": "2018-05-25"}  # fmt: skip
    history = {"format": "ofsted-framework/history", "version": 1,
               "provider": {"name": "Somewhere", "kind": "local-authority"},
               "events": [inspection]}  # fmt: skip
    record.write_text(json.dumps(history))
    code, out, err = run(capsys, "deadlines", str(record), "i")
    assert (code, err) == (0, "")
    assert "25 May 2018 + 21 working days = 26 June 2018" in " ".join(out.split())
    assert "sif-2013" not in out
    inspection["kind"] = "single"
    record.write_text(json.dumps(history))
    code, out, err = run(capsys, "deadlines", str(record), "i")
    assert (code, err) == (0, "")
    assert "25 May 2018 + 12 months = 25 May 2019" in " ".join(out.split())
    assert "ilacs-2018" not in out


def test_the_other_formats(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("check", "due"):
        out = run(capsys, command, *RECORD, "--format", "json")[1]
        assert json.loads(out)["receipt"]["as_of"] == "2026-11-23"
        out = run(capsys, command, *RECORD, "--format", "csv")[1]
        rows = list(csv.DictReader(io.StringIO(out)))
        assert any("full-inspection" in row["provision"] for row in rows)
        assert "| " in run(capsys, command, *RECORD, "--format", "markdown")[1]
        assert "<!DOCTYPE html>" in run(capsys, command, *RECORD, "--format", "html")[1]


def test_the_timeline_is_a_picture(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "line.svg"
    assert run(capsys, "timeline", *RECORD, "--output", str(target))[0] == 0
    assert ElementTree.parse(target).getroot().tag.endswith("svg")


def test_explain_frameworks_and_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert "in-its-window" in run(capsys, "explain", "OF301")[1]
    assert run(capsys, "explain", "in-its-window")[1] == run(capsys, "explain", "OF301")[1]
    code, _, err = run(capsys, "explain", "OF31")
    assert code == 3
    assert "nearest good one: OF301" in err
    out = run(capsys, "frameworks")[1]
    assert [line.split()[0] for line in out.splitlines()] == [
        "mcsi-2001", "hmica-2005", "cafcass-2007", "cafcass-2009", "cafcass-2013", "cafcass-2021",
        "sif-2013", "ilacs-2018",
    ]  # fmt: skip
    assert "What is not known" in run(capsys, "frameworks", "cafcass-2021")[1]
    assert run(capsys, "frameworks", "cafcass-2012")[0] == 3
    out = run(capsys, "schema")[1]
    assert json.loads(out)["$schema"].endswith("2020-12/schema")


def test_a_framework_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        """
id = "own"
title = "A policy to try out"
provider_kind = "cafcass"
start = 2021-04-01

[[cadence]]
id = "full-inspection"
sentence = "A full inspection every four years."
activity = "inspection"
opening = "framework-start"
since_last = { months = 48 }
grounds = [{ part = "sentence", basis = "assumed", says = "To be tried out." }]
""",
        encoding="utf-8",
    )
    out = run(capsys, "due", *RECORD, "--framework", str(own))[1]
    # 22 January 2024 + 48 months.
    assert "22 January 2028" in out
    assert "own/full-inspection" in out


def test_usage_and_bad_input(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, "check", "sample:cafcass")[0] == 2  # no day of asking
    assert run(capsys, "check", "sample:cafcass", "--as-of", "2026-02-30")[0] == 2
    assert run(capsys, "check", "sample:cafcass", "--as-of", "2026-02")[0] == 2
    assert run(capsys, "chek", *RECORD)[0] == 2
    assert run(capsys)[0] == 2
    assert run(capsys, "--version")[0] == 0
    assert run(capsys, "check", "sample:cafcas", "--as-of", "2026-11-23")[0] == 3
    assert run(capsys, "check", str(tmp_path / "none.json"), "--as-of", "2026-11-23")[0] == 3
    assert run(capsys, "check", *RECORD, "--choose", "full-inspection")[0] == 3
    assert run(capsys, "check", *RECORD, "--choose", "full-inspection=fixed")[0] == 3
    assert run(capsys, "check", *RECORD, "--replace", "full-inspection=3")[0] == 3
    code, _, err = run(capsys, "check", *RECORD, "--replace", "report-publicaton.working_days=3")
    assert code == 3
    assert "nearest good one: report-publication" in err
    assert run(capsys, "timeline", *RECORD, "--output", str(tmp_path / "no" / "x.svg"))[0] == 3


def test_an_error_of_ours_is_told_as_such(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("ofsted_framework.rules.explain", broken)
    code, _, err = run(capsys, "explain", "OF301")
    assert code == 4
    assert "RuntimeError: a fault of ours" in err


# --- simulate ------------------------------------------------------------------------------------

SIMULATE = ["simulate", *RECORD, "--years", "2", "--seed", "7", "--replications", "8"]
BARE = ["simulate", "--bare", "--framework", "ilacs-2018", "--start", "2024-01-01", "--years", "4"]


def test_simulate_tells_an_outlook(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *SIMULATE)
    assert (code, err) == (0, "")
    assert out.startswith("Outlook for Cafcass under cafcass-2021, 24 November 2026 to 23 November")
    assert "When the next inspection begins" in out
    assert "listed with --assumptions" in " ".join(out.split())
    assert out == run(capsys, *SIMULATE)[1]
    assert out != run(capsys, *SIMULATE[:-3], "8", *SIMULATE[-2:])[1]  # another seed
    assert "listed with" not in run(capsys, *SIMULATE, "--assumptions")[1]
    out = run(capsys, *SIMULATE, "--only", "focused-visit")[1]
    assert "When the next focused visit begins" in out
    assert "claim to hold all" not in run(capsys, *SIMULATE, "--complete")[1]
    out = run(capsys, *SIMULATE, "--choose", "full-inspection=fixed-window")[1]
    assert "Reading chosen: cafcass-2021/full-inspection = fixed-window." in out
    assert "every replication: median" in out


def test_simulate_a_bare_start(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, *BARE, "--seed", "1", "--replications", "5")
    assert code == 0
    assert out.startswith("Outlook for the provider under ilacs-2018, 1 January 2024 to 31 Decem")
    assert "5 replications" in out
    assert "There is no record" in out


def test_simulate_with_another_behaviour(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        """
id = "punctual"
title = "Two weeks on site, and one in five late"

[[assumption]]
what = "length"
of = "focused-visit"
weights = { 12 = 1 }
basis = "assumed"

[[assumption]]
what = "late"
of = "inspection"
weights = { yes = 1, no = 4 }
basis = "assumed"
""",
        encoding="utf-8",
    )
    told = " ".join(run(capsys, *SIMULATE, "--behaviour", str(own), "--assumptions")[1].split())
    assert "- length of focused-visit: 12 1 (assumed)" in told
    assert "- late of inspection: yes 1, no 4 (assumed)" in told
    assert "behaviour punctual" in told
    kept = run(capsys, *SIMULATE, "--behaviour", str(own), "--assumptions", "--without-departures")
    assert "length of focused-visit: 12 1" in kept[1]
    assert "late of inspection" not in kept[1]
    code, _, err = run(capsys, *SIMULATE, "--behaviour", "cafcas")
    assert code == 3
    assert "nearest good one: cafcass" in err


def test_simulate_in_the_other_formats(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = run(capsys, *SIMULATE, "--format", "json")[1]
    assert json.loads(out)["provenance"]["seed"] == 7
    out = run(capsys, *SIMULATE, "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["what"] for row in rows} == {"next", "days-to-next", "a-year", "days-a-year"}
    assert "| Case | Q" in run(capsys, *SIMULATE, "--format", "markdown")[1]
    out = run(capsys, *SIMULATE, "--format", "html")[1]
    assert "<!DOCTYPE html>" in out
    assert "<svg" in out


def test_simulate_draws_a_picture(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "outlook.svg"
    _, out, err = run(capsys, *SIMULATE, "--picture", str(target))
    assert out.endswith(f"\nThe picture is in {target}.\n")
    assert err == ""
    assert ElementTree.parse(target).getroot().tag.endswith("svg")
    _, out, err = run(capsys, *SIMULATE, "--format", "json", "--picture", str(target))
    assert json.loads(out)  # nothing but the outlook
    assert err == f"The picture is in {target}.\n"
    assert run(capsys, *SIMULATE, "--picture", str(tmp_path / "no" / "x.svg"))[0] == 3


def test_simulate_several_providers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    some = tmp_path / "some.csv"
    some.write_text(
        "provider,provider_kind,type,id,start\n"
        "Anyshire,local-authority,inspection,a,2022-05-09\n"
        "Otherton,local-authority,inspection,b,2023-05-08\n",
        encoding="utf-8",
    )
    asked = ["simulate", str(some), "--as-of", "2025-06-02", "--years", "1", "--seed", "1"]
    asked += ["--replications", "4"]
    code, out, _ = run(capsys, *asked)
    assert code == 0
    assert "Outlook for Anyshire" in out
    assert "Outlook for Otherton" in out
    rows = list(csv.DictReader(io.StringIO(run(capsys, *asked, "--format", "csv")[1])))
    assert {row["provider"] for row in rows} == {"Anyshire", "Otherton"}
    assert len(json.loads(run(capsys, *asked, "--format", "json")[1])) == 2
    code, _, err = run(capsys, *asked, "--picture", str(tmp_path / "x.svg"))
    assert code == 3
    assert "holds several providers" in err


def test_simulate_takes_one_framework(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, *SIMULATE, "--framework", "cafcass-2021", "--framework",
                       "cafcass-2021")  # fmt: skip
    assert code == 3
    assert "are in force: cafcass-2021, cafcass-2021; --framework says which one" in err
    made = []
    for year in (2010, 2012):
        made.append(tmp_path / f"f{year}.toml")
        made[-1].write_text(
            f'id = "f{year}"\ntitle = "Old"\nprovider_kind = "cafcass"\n'
            f"start = {year}-01-01\nend = {year + 1}-12-31\n",
            encoding="utf-8",
        )
    code, _, err = run(capsys, *SIMULATE, "--framework", str(made[0]), "--framework", str(made[1]))
    assert code == 3
    assert "no framework known here is surely in force" in err


def test_simulate_lists_every_fault(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(
        capsys, "simulate", "sample:cafcass", "--as-of", "2010-01-01",
        "--framework", "cafcass-2021",
        "--years", "-1", "--seed", "-1", "--replications", "0",
    )  # fmt: skip
    assert (code, out) == (3, "")
    assert err.startswith("4 faults:\n")
    for place in ("years: -1", "replications: 0", "seed: -1", "as_of: "):
        assert f"\n{place}" in err
    assert run(capsys, *SIMULATE, "--only", "visit")[0] == 3


@pytest.mark.parametrize(
    "args",
    [
        ["simulate", *RECORD],
        ["simulate", *RECORD, "--years", "1"],
        ["simulate", *RECORD, "--years", "one", "--seed", "1"],
        ["simulate", "--years", "1", "--seed", "1"],
        ["simulate", "sample:cafcass", "--years", "1", "--seed", "1"],
        ["simulate", *RECORD, "--start", "2026-01-01", "--years", "1", "--seed", "1"],
        ["simulate", "--bare", "--years", "1", "--seed", "1"],
        [*BARE, "--seed", "1", "--framework", "cafcass-2021"],
        [*BARE, "--seed", "1", "--as-of", "2026-01-01"],
        ["simulate", "sample:cafcass", *BARE[1:], "--seed", "1"],
    ],
)
def test_simulate_is_not_used_so(capsys: pytest.CaptureFixture[str], args: list[str]) -> None:
    code, out, err = run(capsys, *args)
    assert (code, out) == (2, "")
    assert err.startswith("usage: ofsted-framework simulate")


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    told = tmp_path / "told.txt"
    command = [sys.executable, "-m", "ofsted_framework.cli", *SIMULATE]
    ours, theirs = pty.openpty()
    with told.open("wb") as out:
        assert subprocess.run(command, stdout=out, stderr=theirs, check=False).returncode == 0
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert f"\r[{'#' * 15}{'.' * 15}] 4 of 8" in shown
    assert shown.endswith(f"\r{' ' * 60}\r")  # wiped at the end
    assert told.read_text("utf-8").startswith("Outlook for Cafcass")
    assert subprocess.run(command, capture_output=True, check=False).stderr == b""


# --- A value replaced where it is meant ----------------------------------------------------------


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def test_a_provision_of_several_frameworks_is_not_replaced_in_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = ("--replace", "report-publication.working_days=38")
    code, out, err = run(capsys, "check", *RECORD, *given)
    assert (code, out) == (3, "")
    assert err == (
        "--replace: 'report-publication' is a provision of 4 frameworks: say of which "
        "(cafcass-2007/report-publication, cafcass-2009/report-publication, "
        "cafcass-2013/report-publication, cafcass-2021/report-publication)\n"
    )
    # Asked in 2016, that of 2021 has not begun.
    _, _, err = run(capsys, "check", "sample:cafcass", "--as-of", "2016-01-01", *given)
    assert "is a provision of 3 frameworks" in err
    # What is due on a day follows from the one framework that is in force on it.
    for asked, id, told in (
        ("2024-03-01", "cafcass-2021", "working_days = 38."),
        ("2018-03-20", "cafcass-2013", "working_days = 38 in place of 20."),
    ):
        code, out, err = run(capsys, "due", "sample:cafcass", "--as-of", asked, *given)
        assert code == 0
        assert err == f"Value replaced: {id}/report-publication: {told}\n"
        assert f"Value replaced (assumed): {id}/report-publication: {told}" in on_one_line(out)
        assert on_one_line(out).count("Value replaced") == 1


def test_the_official_twenty_days_stay_unless_they_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = ("--only", "report-publication", "--replace")
    _, out, _ = run(capsys, "check", *RECORD, *given,
                    "cafcass-2021/report-publication.working_days=10")  # fmt: skip
    assert "on working day 19 of 20: due by 3 April 2018" in on_one_line(out)
    code, out, err = run(capsys, "check", *RECORD, *given,
                         "cafcass-2013/report-publication.working_days=18")  # fmt: skip
    # Day 18 after 2 March 2018 was 28 March: the report of the 29th is late, by the user's word.
    assert (code, "due by 28 March 2018" in on_one_line(out)) == (0, True)
    assert err == (
        "Value replaced: cafcass-2013/report-publication: working_days = 18 in place of 20.\n"
    )


def test_deadlines_and_simulation_replace_in_the_framework_that_counts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = ("--replace", "report-publication.working_days=38")
    code, out, err = run(capsys, "deadlines", "sample:cafcass", "fi-2024", *given)
    assert code == 0
    assert "16 February 2024 + 38 working days = 12 April 2024" in out
    assert err == "Value replaced: cafcass-2021/report-publication: working_days = 38.\n"
    code, _, err = run(capsys, "simulate", *RECORD, "--years", "1", "--seed", "1",
                       "--replications", "2", *given)  # fmt: skip
    assert code == 0
    assert "Value replaced: cafcass-2021/report-publication: working_days = 38." in err


def test_a_value_is_replaced_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("due", "sample:leeds", "--as-of", "2026-11-23", "--replace")
    _, _, err = run(capsys, *asked, "report-publication@2024-05-01.working_days=38")
    wanted = "Value replaced: ilacs-2018/report-publication on 2024-05-01: "
    assert err == f"{wanted}working_days = 38 in place of 27.\n"
    code, _, err = run(capsys, *asked, "report-publication@2024.working_days=38")
    assert (code, "--replace: '2024' is not a day" in err) == (3, True)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("regional-scope", "is a provision of no framework that is in question; say so to mean "
         "cafcass-2007/regional-scope"),
        ("report-publicaton", "nearest good one: report-publication"),
        ("cafcass-2012/report-publication", "nearest good one: cafcass-20"),
    ],
)  # fmt: skip
def test_a_provision_that_is_not_in_question(
    capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    code, _, err = run(capsys, "due", *RECORD, "--replace", f"{name}.working_days=3")
    assert (code, told in err) == (3, True)
    code, _, err = run(capsys, "due", *RECORD, "--choose", f"{name}=x")
    assert (code, told in err) == (3, True)


# --- Options that would say nothing --------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("check", *RECORD, "--by", "rule"), "--by goes with --summary"),
        (("due", *RECORD, "--by", "kind"), "--by goes with --summary"),
        (("due", *RECORD, "--at", "expected"), "--at goes with --summary"),
        (("due", *RECORD, "--team", "inspection=4"), "--team goes with --summary"),
        (("check", *RECORD, "--every", "--format", "json"), "--every goes with the text"),
        (("check", *RECORD, "--explain", "--summary"), "--explain goes with the text"),
        (("simulate", *RECORD, "--years", "1", "--seed", "1", "--format", "csv",
          "--assumptions"), "--assumptions goes with the text"),
        (("simulate", *RECORD, "--years", "1", "--seed", "1", "--format", "json",
          "--only", "inspection"), "--only does not go with json"),
        (("simulate", "--bare", "--framework", "cafcass-2021", "--years", "1", "--seed", "1",
          "--complete"), "--complete goes with a record"),
        (("frameworks", "cafcass-2021", "--provider-kind", "cafcass"),
         "--provider-kind goes without an ID"),
        (("frameworks", "--on", "2024-01-01"), "--on needs --provider-kind, and no ID"),
    ],
)  # fmt: skip
def test_an_option_that_would_say_nothing_is_refused(
    capsys: pytest.CaptureFixture[str], args: tuple[str, ...], told: str
) -> None:
    code, out, err = run(capsys, *args)
    assert (code, out) == (2, "")
    assert told in err


def test_a_record_is_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    for flag in ("--layout", "--known"):
        code, _, err = run(capsys, "check", *RECORD, flag, "x")
        assert code == 3
        assert f"{flag}: goes with a table, and sample:cafcass is none" in err


def test_frameworks_for_one_kind_of_provider(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "frameworks", "--provider-kind", "local-authority")
    assert [line.split()[0] for line in out.splitlines()] == ["sif-2013", "ilacs-2018"]
    assert "to a day between 11 June 2018 and 30 June 2018" in out
    code, _, err = run(capsys, "frameworks", "--provider-kind", "cafcas")
    assert (code, "nearest good one: cafcass" in err) == (3, True)


def test_frameworks_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "frameworks", "--format", "json")
    listed = json.loads(out)
    assert len(listed) == 8
    assert listed[4]["id"] == "cafcass-2013"
    assert (listed[4]["start"], listed[4]["end"]) == ("2013-12-09", "2021-03-31")
    _, out, _ = run(capsys, "frameworks", "cafcass-2013", "--format", "json")
    one = json.loads(out)
    assert one["format"] == "ofsted-framework/framework"
    assert listed[4]["sha256"] == of.framework("cafcass-2013").content_hash
    (row,) = (row for row in one["rows"] if row["id"] == "report-publication")
    assert (row["type"], row["working_days"]) == ("response", 20)
    assert row["effective_from"] == "2013-12-09/2014-12-03"


def test_a_framework_names_its_readings_and_its_periods(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = " ".join(run(capsys, "frameworks", "cafcass-2021")[1].split())
    assert "full-inspection (cadence; readings: fixed-window, anniversary) Ofsted carries" in out
    assert "- reading fixed-window: assumed. Windows of three years follow" in out
    assert "- opening: assumed. The first clock starts with the framework." in out  # of both
    assert "- opening, in financial-year and calendar-year: assumed. The first year" in out
    out = " ".join(run(capsys, "frameworks", "ilacs-2018")[1].split())
    assert "report-publication (response) The report of an inspection is published within" in out
    assert (
        "within 30 working days of the last day of fieldwork. (from a day between 1 April 2020 and "
        "1 July 2021 to a day between 29 February 2024 and 14 April 2024)"
    ) in out


def test_a_framework_shows_its_scales_with_what_is_assumed_of_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = run(capsys, "frameworks", "cafcass-2007")
    told = on_one_line(out)
    assert "- jar-apa (outstanding = 4, good = 3, adequate = 2, inadequate = 1)" in told
    assert "- assumed. The words for 4 and 1 were not read; those of the scale of Cafcass" in told


@pytest.mark.parametrize("kind", ["history", "check-result", "agenda", "framework", "behaviour"])
def test_the_schema_of_every_kind(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = run(capsys, "schema", kind)
    assert code == 0
    assert json.loads(told)["$id"].startswith(f"urn:ofsted-framework:{kind}:")


def test_schemas_of_no_kind_and_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, told = run(capsys, "schema", "agend")
    assert code == 3
    assert "nearest good one: agenda" in told
    code, told, _ = run(capsys, "schema", "--openapi")
    assert code == 0
    assert "Agenda" in json.loads(told)["components"]["schemas"]


def test_a_framework_as_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = run(capsys, "frameworks", "cafcass-2021", "--format", "json")
    assert code == 0
    path = tmp_path / "own.json"
    path.write_text(told, encoding="utf-8")
    asked = ("check", "sample:cafcass", "--as-of", "2026-11-23", "--format", "json")
    ours = run(capsys, *asked, "--framework", "cafcass-2021")[1]
    assert run(capsys, *asked, "--framework", str(path))[1] == ours
    code, _, told = run(capsys, "check", str(path), "--as-of", "2026-11-23")
    assert code == 3
    assert told.splitlines() == [
        "/format: 'ofsted-framework/framework' is the format of another document: "
        "ofsted-framework/history is wanted"
    ]


def test_what_is_due_is_drawn_beside_being_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "due.svg"
    asked = ["due", *RECORD, "--only", "full-inspection", "--picture", str(target)]
    code, out, _ = run(capsys, *asked)
    assert code == 0
    assert out.endswith(f"The picture is in {target}.\n")
    told = ElementTree.parse(target).findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert "Fixed-window: 1 April 2024 to 31 March 2027; it may be met or open." in told
    assert "engagement" not in told
    _, out, err = run(capsys, *asked, "--format", "json")
    assert json.loads(out)["format"] == "ofsted-framework/agenda"
    assert str(target) in err


def test_a_summary_and_several_providers_have_no_picture(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "due.svg"
    code, _, err = run(capsys, "due", *RECORD, "--summary", "--picture", str(target))
    assert code == 2
    assert "--picture does not go with --summary" in err
    both = tmp_path / "both.csv"
    both.write_text(
        "provider,provider_kind,type,id,start\n"
        "A,local-authority,inspection,i,2022-03-07\nB,local-authority,inspection,j,2022-03-07\n",
        encoding="utf-8",
    )
    code, _, err = run(capsys, "due", str(both), *RECORD[1:], "--picture", str(target))
    assert code == 3
    assert "holds several providers; a picture shows one" in err
    assert not target.exists()
