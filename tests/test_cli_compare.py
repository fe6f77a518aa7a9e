"""Questions and comparisons on the command line."""

from __future__ import annotations

import csv
import io
import json

import pytest

from ofsted_framework.cli import main

RECORD = [
    "sample:cafcass", "--as-of", "2026-11-23", "--years", "3", "--seed", "7",
    "--replications", "6", "--choose", "full-inspection=anniversary",
    "--choose", "focused-visits=once-or-twice", "--choose", "judged-inadequate=any-area",
]  # fmt: skip
ALL = [
    "--ask", "within=2027-01-01/2027-06-30", "--ask", "within=2027-01-01/2027-06-30/focused-visit",
    "--ask", "time-to-next", "--ask", "time-to-next=self-evaluation", "--ask", "inadequate",
    "--ask", "inadequate=judged-inadequate", "--ask", "contacts=inspection,focused-visit",
    "--ask", "longest-gap=inspection", "--ask", "inspector-days", "--team", "inspection=6",
    "--team", "focused-visit=3x2", "--ask", "detection=impact-of-leaders",
    "--ask", "unnoticed=impact-of-leaders",
]  # fmt: skip
FIGURES = [
    "within", "within", "days-to-next", "days-to-next", "days-a-year", "days-a-year", "contacts",
    "longest-gap", "inspector-days", "falls", "noticed", "detection-delay", "unnoticed",
]  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = main(list(args))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_every_question_is_replied_to(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "simulate", *RECORD, "--true-quality", *ALL)
    assert (code, err) == (0, "")
    for words in (
        "Inspection that begins from 1 January 2027 to 30 June 2027",
        "Focused visit that begins from 1 January 2027",
        "Days to the next self-evaluation",
        "Days a year on which judged-inadequate holds",
        "Contacts a year (inspection, focused visit)",
        "Inspector days a year (inspection, focused-visit)",
        "Inspectors, as the user gives them: inspection 6, focused-visit 3 for 2 days.",
        "Share in which true quality falls below good",
        "Days a year on which true quality is below good, unnoticed since it fell",
        "True quality is never on record",
        "listed with --assumptions",
        "Weakest basis: assumed.",
    ):
        assert words in " ".join(out.split())
    assert out.count("What this assumes") == 1
    every = run(capsys, "simulate", *RECORD, "--true-quality", *ALL, "--assumptions")[1]
    assert "drift: down 4, stay 12, up 5" in every
    assert "listed with" not in every


def test_replies_in_the_other_formats(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["simulate", *RECORD, "--true-quality", *ALL, "--format"]
    table = list(csv.DictReader(io.StringIO(run(capsys, *asked, "csv")[1])))
    found = list(dict.fromkeys((row["what"], row["of"]) for row in table))
    assert {what for what, _ in found} <= set(FIGURES)
    assert len(found) >= 11
    plain = json.loads(run(capsys, *asked, "json")[1])
    assert len(plain) == 11
    assert {one["format"] for one in plain} == {"ofsted-framework/reply"}
    assert {one["basis"] for one in plain} == {"assumed"}
    assert all(one["assumptions"] and one["provenance"][0]["seed"] == 7 for one in plain)
    told = run(capsys, *asked, "markdown")[1]
    assert "## Contacts a year (inspection, focused visit)" in told
    code, _, err = run(capsys, *asked, "html")
    assert code == 2
    assert "replies to --ask are told as text, markdown, json, csv" in err


def test_compare_two_values_of_one_framework(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["compare", *RECORD, "--against-replace", "full-inspection.months=48",
             "--ask", "contacts=inspection", "--ask", "longest-gap=inspection"]  # fmt: skip
    code, out, err = run(capsys, *asked)
    changed = "full-inspection: months = 48 in place of 36."
    assert (code, err) == (0, f"Value replaced: cafcass-2021/{changed}\n")
    assert out.startswith("cafcass-2021 less cafcass-2021, the other, pair by pair")
    assert "Value replaced (assumed): cafcass-2021/full-inspection: months = 48" in (
        " ".join(out.split())
    )
    assert f"the other: the framework: Value replaced: {changed}" in " ".join(out.split())
    (row, _) = csv.DictReader(io.StringIO(run(capsys, *asked, "--format", "csv")[1]))
    assert (row["what"], row["pairs"]) == ("contacts", "6")
    assert float(row["difference"]) >= 0
    plain = json.loads(run(capsys, *asked, "--format", "json")[1])
    assert plain["format"] == "ofsted-framework/comparison"
    assert len(plain["provenance"]) == 2
    assert "| Readings | cafcass-2021 |" in run(capsys, *asked, "--format", "markdown")[1]


def test_compare_two_frameworks_and_behaviours(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["compare", "--bare", "--start", "2022-01-01", "--years", "3", "--seed", "1",
             "--replications", "4", "--framework", "cafcass-2021"]  # fmt: skip
    code, out, _ = run(capsys, *asked, "--against-choose", "full-inspection=fixed-window",
                       "--choose", "judged-inadequate=overall", "--ask", "contacts")  # fmt: skip
    assert code == 0
    assert "fixed-window" in out
    code, out, _ = run(capsys, *asked, "--against-behaviour", "local-authority",
                       "--without-departures", "--ask", "time-to-next")  # fmt: skip
    assert code == 0
    assert "behaviour local-authority" in out
    code, out, err = run(capsys, *asked, "--against", "cafcass-2013", "--ask", "contacts")
    assert code == 3
    assert "is not a day on which" in err or "not surely in force" in err


@pytest.mark.parametrize(
    ("ask", "wanted"),
    [
        ("contact", "nearest good one: contacts"),
        ("within=2027-01-01", "is not within=FIRST/LAST"),
        ("within=2027-01-01/soon", "has no days"),
        ("within=2027-01-01/2026-12-31", "is before 2027-01-01"),
        ("inspector-days", "needs teams"),
        ("unnoticed=leaders", "has no true quality here"),
        ("contacts=visits", "is no kind of event"),
    ],
)
def test_questions_that_are_none(capsys: pytest.CaptureFixture[str], ask: str, wanted: str) -> None:
    code, _, err = run(capsys, "simulate", *RECORD, "--ask", ask)
    assert code == 3
    assert wanted in err


def test_compare_wants_a_question(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "compare", *RECORD)
    assert code == 2
    assert "nothing is asked" in err
