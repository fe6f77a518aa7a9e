"""The command line: each command, each format, each exit code."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

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
    got, out, _ = run(capsys, "check", *RECORD, "--complete", "--fail-on", least)
    assert got == code
    assert "NOTE OF301[cafcass-2021/engagement-meeting] opening" in out


def test_only_keeps_what_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "check", *RECORD, "--only", "OF106")
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
        "--replace", "report-publication.working_days=38",
    )  # fmt: skip
    assert "16 February 2024 + 38 working days = 12 April 2024" in out
    assert "bank holidays left out: 29 March and 1 April" in " ".join(out.split())


def test_a_holiday_moves_a_deadline(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(
        capsys, "check", *RECORD, "--only", "report-publication", "--explain",
        "--replace", "report-publication.working_days=38", "--holiday", "2024-03-04",
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
    code, _, err = run(capsys, "deadlines", "sample:cafcass", "fi-2018")
    assert code == 3
    assert "came under no framework known here" in err


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
    assert [line.split()[0] for line in out.splitlines()] == ["cafcass-2021", "ilacs-2018"]
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
