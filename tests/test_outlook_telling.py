"""How outlooks are told and drawn, with figures that are known beforehand."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from datetime import date
from functools import cache

import attrs
import pytest

from ofsted_framework.documents import sample
from ofsted_framework.editions import Framework, framework, read_framework
from ofsted_framework.errors import OfstedFrameworkError
from ofsted_framework.events import Inspection
from ofsted_framework.history import COMPLETE, History, Provider
from ofsted_framework.simulation import Assumption, Behaviour, Outlook, simulate
from ofsted_framework.telling.html import page
from ofsted_framework.telling.outlook import (
    outlook_csv,
    outlook_html,
    outlook_markdown,
    outlook_plain,
    outlook_text,
    percent,
)
from test_telling import HOSTILE, bare_pipes, parsed, strings

DAY, START = date(2026, 11, 23), date(2025, 1, 1)
CADENCE = """
[[cadence]]
id = "full-inspection"
sentence = "Again and again."
activity = "inspection"
reading = "{name}"
opening = "framework-start"
{rhythm}
grounds = [{{ part = "sentence", basis = "assumed", says = "To be tried out." }}]
"""
CALENDAR = "periods = { months = 12, origin = 2025-01-01 }"
HALVES = "periods = { months = 6, origin = 2025-04-01 }"
# The last of 365 parts: of a window of up to a year, its last day.
LAST = {str(part): int(part == 365) for part in range(1, 366)}
FIXED = Behaviour(
    id="fixed",
    title="Always on the last day",
    assumptions=(
        Assumption(what="timing", of="inspection", weights=LAST, basis="assumed"),
        Assumption(
            what="begins", of="inspection", weights={"any-day": 1}, basis="inferred",
            says="As it falls.",
        ),
    ),
)  # fmt: skip


def own(**rhythms: str) -> Framework:
    text = 'id = "own"\ntitle = "To try out"\nprovider_kind = "cafcass"\nstart = 2025-01-01\n'
    rows = [CADENCE.format(name=name, rhythm=rhythm) for name, rhythm in rhythms.items()]
    return read_framework(text + "".join(rows))


def known(years: int = 2, replications: int = 4) -> Outlook:
    """Two readings: on 31 December of each year, and on 31 March and 30 September."""
    made = own(calendar=CALENDAR, halves=HALVES)
    return simulate(
        made, start=START, years=years, replications=replications, seed=1, behaviour=FIXED
    )


@cache
def cafcass() -> Outlook:
    return simulate(
        framework("cafcass-2021"), sample("cafcass"), as_of=DAY, years=10, replications=400, seed=7
    )


@cache
def hostile() -> Outlook:
    name = f"=1+1 {HOSTILE}\x00\x1b[31m\n\n# x" + "long" * 60
    history = History(Provider(name=name, kind="cafcass"), [], coverage=(COMPLETE,))
    behaviour = attrs.evolve(FIXED, id="=cmd|x", title=HOSTILE)
    made = own(**{"calendar": CALENDAR, "=two|<b>\\u001b": HALVES})
    return simulate(
        made, history, as_of=date(2025, 3, 1), years=2, replications=4, seed=1, behaviour=behaviour
    )


def later() -> Outlook:
    """One that is due in two years' time, of which one is simulated."""
    made = own(all="since_last = { months = 24 }")
    return simulate(made, start=START, years=1, replications=2, seed=1, behaviour=FIXED)


# --- Text --------------------------------------------------------------------------------------


def test_text_says_what_is_known_beforehand() -> None:
    told = outlook_text(known())
    # 31 December 2025 is day 365 of the year, 31 March day 90; two and four inspections in 730
    # days are 1.0007 and 2.0013 in 365.2425.
    assert told.startswith(
        "Outlook for the provider under own, 1 January 2025 to 31 December 2026: 4 replications, "
        "seed 1\n"
        """
When the next inspection begins, by calendar quarter
              Q1    Q2    Q3    Q4
            2025  2025  2025  2025 later
  calendar    0%    0%    0%  100%    0%
  halves    100%    0%    0%    0%    0%
  Shares of 2 replications of each case. The largest standard error of a share is 0.0 points of
  per cent.

First day of the next inspection, and days from 31 December 2024
  calendar: median 31 December 2025 (365 days); one in ten by 31 December 2025 (365 days), nine
    in ten by 31 December 2025 (365 days).
  halves: median 31 March 2025 (90 days); one in ten by 31 March 2025 (90 days), nine in ten by
    31 March 2025 (90 days).

How many begin in a year (mean ± standard error)
  inspection  1.00 ± 0.00 (calendar) to 2.00 ± 0.00 (halves)
  The cases with the lowest and the highest mean are named where these differ by more than twice
  their error.

What it assumes
"""
    )
    assert "behaviour fixed (Always on the last day): 2 assumptions, 1 assumed and 1 inferred;" in (
        " ".join(told.split())
    )
    assert "Weakest basis: assumed." in told
    hashes = known().framework.content_hash[:12], FIXED.content_hash[:12]
    last = " ".join(told.split("Provenance: ")[1].split())
    assert last.startswith(
        f"ofsted-framework 0.1.0; own {hashes[0]}; behaviour fixed {hashes[1]}; seed 1; 4 "
        "replications; calendar england-1995-2230/"
    )


def test_text_lists_assumptions_on_behaviour_when_asked() -> None:
    told = outlook_text(known(), every=True)
    assert "- begins of inspection: any-day 1: As it falls. (inferred)" in told
    assert f"- {FIXED.assumptions[0].in_words()} (assumed)" in " ".join(told.split())
    assert "listed with --assumptions" not in told
    told = " ".join(outlook_text(cafcass(), every=True).split())
    assert "(assumed: ilacs-observed:intervals)" in told
    short = outlook_text(cafcass())
    assert "ilacs-observed" not in short
    assert "all assumed; listed with --assumptions" in " ".join(short.split())
    assert cafcass().explain() == short


def test_text_of_nothing_simulated() -> None:
    told = outlook_text(known(years=0))
    assert told.startswith("Outlook for the provider under own, nothing is simulated after 31 ")
    assert "\n  No years are simulated.\n" in told
    assert "in a year" not in told


def test_text_of_one_replication_knows_no_error() -> None:
    told = outlook_text(known(replications=1))
    assert "With one replication of a case, the error is not known." in " ".join(told.split())
    assert "  inspection  1.00 (error not known)\n" in told
    assert "±" not in told.replace("(mean ± standard error)", "")


def test_text_of_what_comes_later() -> None:
    told = outlook_text(later())
    assert "No inspection begins by 31 December 2025." in told
    assert "  inspection  0.00 ± 0.00\n" in told
    # Of Cafcass, a monitoring visit needs an inadequate judgement, which is rare.
    told = outlook_text(cafcass(), only=["monitoring-visit"])
    assert "in more than nine of ten replications after 23 November 2036." in told
    lines = told.splitlines()
    start = lines.index("When the next monitoring visit begins, by calendar quarter")
    heads = lines[start + 2].split()
    assert heads[-1] == "later"
    assert len(set(heads)) < len(heads) - 1  # quarters share their year, years stand alone
    assert heads[-2] not in heads[:-2]
    for line in lines[start + 3 : start + 7]:
        found = [int(share) for share in re.findall(r"(\d+)%", line)]
        assert sum(found) == pytest.approx(100, abs=len(found) / 2)


def test_text_names_readings_so_that_they_can_be_told_apart() -> None:
    told = outlook_text(cafcass(), only=["self-evaluation", "focused-visit"])
    assert "\n  self-evaluation=twelve-months, engagement-meeting=calendar-year\n" in told
    assert re.search(r"\n  anniversary, at-least-once +\d+%", told)


@pytest.mark.parametrize("make", [known, cafcass, hostile, later])
def test_text_keeps_to_its_width_and_to_what_prints(make: type) -> None:
    for every in (False, True):
        lines = outlook_text(make(), every=every).splitlines()
        # A weight list or a name without a space stays whole.
        assert all(len(line) <= 96 or " " not in line.strip() for line in lines)
        assert all(char.isprintable() for line in lines for char in line)


def test_only_refuses_what_is_not_simulated() -> None:
    for tell in (outlook_text, outlook_markdown, outlook_html):
        with pytest.raises(OfstedFrameworkError, match="nearest good one: focused-visit") as caught:
            tell(cafcass(), only=["focused-visits", "thematic-review"])
        assert len(caught.value.faults) == 2


def test_shares_are_never_rounded_to_all_or_nothing() -> None:
    assert [percent(one) for one in (0, 0.001, 0.006, 0.5, 0.994, 0.999, 1)] == [
        "0%", "<1%", "1%", "50%", "99%", ">99%", "100%",
    ]  # fmt: skip


def test_error_is_that_of_the_shares_shown() -> None:
    outlook = simulate(
        framework("cafcass-2021").choose("full-inspection", reading="fixed-window"),
        sample("cafcass"), as_of=DAY, years=1, replications=100, seed=7,
    )  # fmt: skip
    shares = [one.mean or 0 for one in outlook.summary().select("next", "inspection")]
    largest = max((one * (1 - one) / 100) ** 0.5 for one in shares)
    assert f"share is {100 * largest:.1f} points" in " ".join(outlook_text(outlook).split())


# --- Markdown, HTML, CSV, plain ------------------------------------------------------------------


@pytest.mark.parametrize("make", [known, cafcass, hostile, later])
def test_markdown_tables_are_whole_and_escaped(make: type) -> None:
    text, columns = outlook_markdown(make()), 0
    for line in text.splitlines():
        if line.startswith("|"):
            columns = columns or bare_pipes(line)
            assert bare_pipes(line) == columns, line
        else:
            columns = 0
    assert not re.search(r"<(?!1%)", text.replace("&lt;", ""))
    assert not re.search(r"(?<!\\)`", text)
    assert "\n# x" not in text


def test_markdown_says_what_there_is() -> None:
    text = outlook_markdown(known())
    assert "| Case | Q1 2025 | Q2 2025 | Q3 2025 | Q4 2025 | later |" in text
    assert "| calendar | 0% | 0% | 0% | 100% | 0% |" in text
    day = "31 March 2025 (90 days)"
    assert f"| halves | {day} | {day} | {day} |" in text
    assert f"| Behaviour fixed | {FIXED.content_hash} |" in text
    assert "No inspection begins by 31 December 2025." in outlook_markdown(later())


@pytest.mark.parametrize("make", [known, cafcass, hostile, later])
def test_html_is_sound_and_runs_nothing(make: type) -> None:
    outlook = make()
    for text in (outlook_html(outlook), page("A", outlook_html(outlook))):
        found = parsed(text)
        tags = {tag for tag, _ in found.seen}
        assert not tags & {"script", "link", "iframe", "img", "object"}
        names = {name for _, attributes in found.seen for name in attributes}
        assert not {name for name in names if name.startswith("on") or name in ("href", "src")}
        assert tags >= {"section", "h2", "table", "caption", "th", "details", "summary"}
        assert all(a.get("scope") in ("col", "row") for tag, a in found.seen if tag == "th")
        assert "\x00" not in text
        assert "\x1b" not in text


def test_html_says_what_there_is() -> None:
    shown = parsed(outlook_html(known())).text
    assert "Outlook for the provider under own" in shown
    assert "31 December 2025 (365 days)" in shown
    assert "As it falls." in shown
    assert HOSTILE in parsed(outlook_html(hostile())).text
    assert known()._repr_html_() == outlook_html(known())


def test_csv_has_a_row_for_every_measure_and_no_formula() -> None:
    outlook = known()
    rows = list(csv.DictReader(io.StringIO(outlook_csv(outlook), newline="")))
    assert list(rows[0])[:3] == ["provider", "framework", "as_of"]
    assert list(rows[0])[3:] == list(outlook.summary().to_columns())
    assert len(rows) == len(outlook.summary().measures)
    (row,) = [
        row for row in rows if row["what"] == "days-to-next" and row["readings"].endswith("=halves")
    ]
    assert (row["mean"], row["error"], row["50%"], row["first"]) == ("90.0", "0.0", "90", "")
    assert row["as_of"] == "2024-12-31"
    text = outlook_csv(hostile())
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(cell.startswith("'=1+1") for cell in cells)


@pytest.mark.parametrize("make", [known, cafcass, hostile, later])
def test_plain_is_ready_for_json(make: type) -> None:
    outlook = make()
    plain = outlook_plain(outlook)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert all(type(word) is str for word in strings(plain))
    assert plain["format"] == "ofsted-framework/outlook"
    assert len(plain["measures"]) == len(outlook.summary().measures)
    assert len(plain["assumptions"]) == len(outlook.assumptions)
    assert plain["basis"] == "assumed"


def test_plain_of_what_is_known_beforehand() -> None:
    plain = outlook_plain(known())
    (one,) = [
        one
        for one in plain["measures"]
        if one["what"] == "days-to-next" and one["readings"] == {"full-inspection": "calendar"}
    ]
    assert (one["of"], one["replications"], one["mean"], one["error"]) == ("inspection", 2, 365, 0)
    assert one["quantiles"][2] == {"share": 0.5, "value": 365, "low": 365, "high": 365}
    told = plain["provenance"]
    assert (told["seed"], told["replications"], told["behaviour"]) == (1, 4, "fixed")
    assert (told["first"], told["horizon"]) == ("2025-01-01", "2026-12-31")
    assert told["behaviour_sha256"] == FIXED.content_hash
    (one,) = [one for one in outlook_plain(later())["measures"] if one["what"] == "days-to-next"]
    assert one["mean"] is None
    assert one["quantiles"][0]["value"] is None


def test_a_record_is_carried_on_from() -> None:
    # On 30 June 2026 the window of 2026 runs; its last day is 184 days ahead.
    history = History(
        Provider(name="Cafcass", kind="cafcass"),
        [Inspection(id="i-1", start="2025-03-03", end="2025-03-07", published="2025-04-01")],
        coverage=(COMPLETE,),
    )
    made = own(calendar=CALENDAR).replace("full-inspection", sentence="Once a year.")
    outlook = simulate(
        made, history, as_of=date(2026, 6, 30), years=1, replications=2, seed=1, behaviour=FIXED
    )
    told = outlook_text(outlook)
    assert told.startswith("Outlook for Cafcass under own, 1 July 2026 to 30 June 2027:")
    assert "every replication: median 31 December 2026 (184 days);" in told
    assert "Value replaced (assumed): own/full-inspection: sentence = Once a year." in told


def test_importing_the_library_does_not_load_the_simulator() -> None:
    code = (
        "import sys, ofsted_framework, ofsted_framework.cli\n"
        "assert not [one for one in sys.modules if 'simulation' in one or 'telling' in one]"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
