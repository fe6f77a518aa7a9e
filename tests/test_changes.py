"""What differs between frameworks, and a user's copy that says what it changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ofsted_framework as of
from helpers import day
from ofsted_framework import cli
from ofsted_framework.editions import read_framework
from ofsted_framework.telling.editions import difference_markdown

FRAMEWORKS = of.frameworks()
IDS = [one.id for one in FRAMEWORKS]
# A day within each stretch that a change of some framework begins or ends.
DAYS = [
    "2001-04-01", "2005-04-01", "2007-04-01", "2009-01-12", "2010-11-30", "2013-12-09",
    "2014-12-03", "2018-01-31", "2020-03-17", "2021-04-01", "2021-06-28", "2023-01-01",
    "2026-04-30",
]  # fmt: skip

# Ten lines that name what they change.
FOUR = """\
id = "cafcass-four-years"
title = "What if the window were four years?"
based_on = "cafcass-2021"

[choose]
full-inspection = "fixed-window"

[[replace]]
id = "full-inspection"
months = 48
"""


def sorts(found: Any) -> list[tuple[str, str, str | None]]:
    return [(one.sort, one.row.id, one.row.reading) for one in found.rows]


def edition(id: str, on: str | None) -> of.Framework:
    """A framework, or its edition of a day on which it is in force."""
    whole = of.framework(id)
    try:
        return whole if on is None else whole.at(day(on))
    except of.OfstedFrameworkError:
        return whole


editions = st.builds(
    edition,
    st.sampled_from(IDS),
    st.one_of(st.none(), st.sampled_from(DAYS)),
)


class TestDifference:
    """Applying what differs between two frameworks to the first gives the second."""

    @pytest.mark.parametrize("one", FRAMEWORKS, ids=IDS)
    @pytest.mark.parametrize("other", FRAMEWORKS, ids=IDS)
    def test_for_every_pair(self, one: of.Framework, other: of.Framework) -> None:
        found = of.diff(one, other)
        assert bool(found) == (one.id != other.id)
        made = found.apply(one)
        assert made == other
        assert made.content_hash == other.content_hash

    @given(one=editions, other=editions)
    def test_for_editions(self, one: of.Framework, other: of.Framework) -> None:
        found = of.diff(one, other)
        assert bool(found) == (one != other)
        assert found.apply(one) == other
        back = of.diff(other, one)
        # What one way adds, the other ends.
        assert sum(r.sort == "added" for r in found.rows) == sum(
            r.sort == "ended" for r in back.rows
        )
        assert {a.area for a in found.areas} == {a.area for a in back.areas}

    @given(one=editions, other=editions)
    def test_of_itself_is_empty_and_every_row_told_differs(
        self, one: of.Framework, other: of.Framework
    ) -> None:
        same = of.diff(one, one)
        assert (same.rows, same.areas, same.sources, same.values) == ((), (), (), {})
        assert not same
        assert "nothing differs" in same.explain()
        for change in of.diff(one, other).rows:
            if change.sort == "changed":
                assert change.fields
                assert change.before is not None
                assert change.after is not None
                assert change.before.id == change.after.id
                assert change.before.tag == change.after.tag
            else:
                assert (change.before is None) == (change.sort == "added")
                assert (change.after is None) == (change.sort == "ended")

    def test_rows_in_another_order_differ_and_are_put_in_order(self) -> None:
        one = of.framework("cafcass-2021")
        turned = attrs.evolve(one, rows=one.rows[::-1])
        found = of.diff(one, turned)
        assert found
        assert found.rows == ()
        assert found.apply(one) == turned

    def test_it_is_refused_for_another_framework(self) -> None:
        found = of.diff(of.framework("cafcass-2013"), of.framework("cafcass-2021"))
        with pytest.raises(of.OfstedFrameworkError, match="begins with \\(cafcass-2013\\)"):
            found.apply(of.framework("cafcass-2009"))
        with pytest.raises(of.OfstedFrameworkError):
            of.diff(
                of.framework("ilacs-2018").at(date(2022, 1, 1)),
                of.framework("ilacs-2018").at(date(2024, 1, 1)),
            ).apply(of.framework("ilacs-2018"))


# --- Cases worked out by hand from the facts -----------------------------------------------------


def test_january_2023_splits_children_in_care_and_care_leavers() -> None:
    ilacs = of.framework("ilacs-2018")
    found = of.diff(ilacs.at(date(2022, 12, 31)), ilacs.at(date(2023, 1, 1)))
    assert {(one.sort, one.area) for one in found.areas} == {
        ("ended", "in-care-and-care-leavers"),
        ("added", "in-care"),
        ("added", "care-leavers"),
    }
    assert ("changed", "judgement-areas", None) in sorts(found)
    (areas,) = (one for one in found.rows if one.row.id == "judgement-areas")
    was, now = areas.fields["areas"]
    assert was == (
        "overall-effectiveness", "impact-of-leaders", "help-and-protection",
        "in-care-and-care-leavers",
    )  # fmt: skip
    assert now == (
        "overall-effectiveness", "impact-of-leaders", "help-and-protection", "in-care",
        "care-leavers",
    )  # fmt: skip


def test_april_2026_ends_the_overall_grade_and_what_limited_it() -> None:
    ilacs = of.framework("ilacs-2018")
    found = of.diff(ilacs.at(date(2026, 3, 31)), ilacs.at(date(2026, 4, 30)))
    assert [(one.sort, one.area) for one in found.areas] == [("ended", "overall-effectiveness")]
    ended = {one.row.tag for one in found.rows if one.sort == "ended"}
    assert ended == {"limit"}
    # Which inspection comes next now follows from several judgements, as reported.
    assert ("changed", "kind-of-inspection", None) in sorts(found)


def test_graded_work_resumes_on_28_june_2021() -> None:
    ilacs = of.framework("ilacs-2018")
    found = of.diff(ilacs.at(date(2021, 6, 27)), ilacs.at(date(2021, 6, 28)))
    # Both announcements: the first, without an end, and the one that gave it.
    assert sorts(found) == [("ended", "covid-19", None)] * 2


def test_the_change_of_2010_ends_the_grades_of_the_first_trials() -> None:
    one = of.framework("cafcass-2009")
    first, later = date(2009, 1, 12), date(2010, 11, 24)
    assert of.diff(one.at(first), one.at(date(2010, 3, 31))).rows == ()
    found = of.diff(one.at(first), one.at(later))
    assert sorts(found) == [("changed", "judgement-areas", None)]
    was, now = found.rows[0].fields["areas"]
    assert was == ("overall-effectiveness",)
    assert now == (
        "safeguarding-and-welfare", "quality-of-practice", "leadership-and-governance",
        "overall-effectiveness",
    )  # fmt: skip
    # From April to 23 November 2010 either may hold, and both are there.
    for on, number in ((date(2010, 3, 31), 1), (date(2010, 4, 1), 2), (date(2010, 11, 23), 2),
                       (later, 1)):  # fmt: skip
        assert [row.id for row in one.at(on).rows].count("judgement-areas") == number


def test_cafcass_2013_to_2021() -> None:
    found = of.diff(of.framework("cafcass-2013"), of.framework("cafcass-2021"))
    told = {(one.sort, one.row.id) for one in found.rows}
    for added in ("focused-visits", "engagement-meeting", "self-evaluation"):
        assert ("added", added) in told
    assert found.values["id"] == ("cafcass-2013", "cafcass-2021")


def rows_of(*ends: tuple[int, str | None, str | None]) -> of.Framework:
    """A framework with one provision, whose rows hold one after another: days, from, to."""
    base = of.framework("cafcass-2021")
    (row,) = base.provision("letter-publication")
    rows = [
        attrs.evolve(row, working_days=days, effective_from=first, effective_to=last)  # type: ignore[call-arg]
        for days, first, last in ends
    ]
    return attrs.evolve(base, rows=tuple(rows))


THREE = rows_of(
    (18, None, "2022-03-31"), (25, "2022-04-01", "2024-03-31"), (27, "2024-04-01", None)
)


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        # One row for all times takes the place of the latest, which it is what became of.
        (rows_of((38, "2023-01-01", None)),
         {("changed", 27, 38), ("ended", 18, None), ("ended", 25, None)}),
        # The row that begins on the same day comes before the latest.
        (rows_of((20, None, None)),
         {("changed", 18, 20), ("ended", 25, None), ("ended", 27, None)}),
        # Two new ones take the places of the two latest, each in its turn.
        (rows_of((30, "2022-10-01", "2024-09-30"), (38, "2024-10-01", None)),
         {("changed", 25, 30), ("changed", 27, 38), ("ended", 18, None)}),
        # The same day is looked for first for all of them.
        (rows_of((30, "2024-04-01", "2024-09-30"), (38, "2024-10-01", None)),
         {("changed", 27, 30), ("changed", 25, 38), ("ended", 18, None)}),
    ],
)  # fmt: skip
def test_a_row_takes_the_place_of_the_latest(
    other: of.Framework, wanted: set[tuple[str, int, int | None]]
) -> None:
    def days(row: Any) -> int | None:
        return None if row is None else row.working_days

    found = of.diff(THREE, other)
    assert {(one.sort, days(one.before), days(one.after)) for one in found.rows} == wanted
    assert found.apply(THREE) == other


def test_ids_and_paths_are_looked_up(tmp_path: Path) -> None:
    path = tmp_path / "four.toml"
    path.write_text(FOUR, encoding="utf-8")
    wanted = of.diff(of.framework("cafcass-2021"), of.framework(path))
    assert of.diff("cafcass-2021", path) == wanted
    assert of.diff(of.framework("cafcass-2021"), str(path)) == wanted
    for wrong, told in (
        ("cafcass-2012", "nearest good one: cafcass-20"),
        (None, "name: is neither a framework's id nor a path"),
        (2021, "2021 is neither a framework's id nor a path"),
    ):
        with pytest.raises(of.OfstedFrameworkError, match=told):
            of.diff("cafcass-2021", wrong)  # type: ignore[arg-type]


def told(one: of.Framework, other: of.Framework, medium: str = "text") -> str:
    found = of.diff(one, other)
    return " ".join((found.explain() if medium == "text" else difference_markdown(found)).split())


class TestHowADifferenceIsTold:
    """Every field in words: nothing is said to become nothing, or otherwise."""

    @pytest.mark.parametrize("one", IDS)
    @pytest.mark.parametrize("other", IDS)
    def test_no_placeholder_and_no_inside_of_python(self, one: str, other: str) -> None:
        for medium in ("text", "markdown"):
            text = told(of.framework(one), of.framework(other), medium)
            for word in ("nothing →", "→ nothing", "otherwise →", "→ otherwise", "as it was",
                         "not-known", "None", "When(", "origin =", "areas ="):  # fmt: skip
                assert word not in text, word

    def test_2013_to_2021(self) -> None:
        text = told(of.framework("cafcass-2013"), of.framework("cafcass-2021"))
        for wanted in (
            "- effective from: a day between 9 December 2013 and 3 December 2014 → the "
            "framework's first day - working days: 20 → not known",
            "changed: kind-of-inspection (route) An inspection of Cafcass is a full inspection; no "
            "standard or short one is spoken of. - it said: “An inspection is a full one, of the "
            "whole organisation”",
            "- optional: none → overall-effectiveness",
            "- days: 29 → 26",
            "- changed: overall-effectiveness: Overall judgement → Overall effectiveness (whether "
            "this framework has such a grade is not known)",
            "- end: 31 March 2021 → still in force",
            "Different too, and not shown here: what its boundaries rest on, what is asked for "
            "when an inspection begins, what is not known and the dated versions of its text.",
        ):
            assert wanted in text

    def test_counts_and_days_of_january_2023(self) -> None:
        ilacs = of.framework("ilacs-2018")
        text = told(ilacs.at(date(2022, 12, 31)), ilacs.at(date(2023, 1, 1)), "markdown")
        assert (
            "if: at least 3 of impact-of-leaders, help-and-protection, in-care-and-care-leavers "
            "requires-improvement or better → at least 4 of impact-of-leaders, "
            "help-and-protection, in-care, care-leavers requires-improvement or better"
        ) in text
        assert "effective to: 31 December 2022 → 31 March 2026" in text

    def test_a_rough_boundary_is_no_period(self) -> None:
        one = of.framework("cafcass-2009")
        text = told(one.at(date(2009, 2, 1)), one.at(date(2010, 12, 1)))
        assert (
            "changed: judgement-areas (graded, from a day between 1 April 2010 and 24 November "
            "2010)"
        ) in text
        assert "→ for as long as the framework" in text

    def test_scales_and_the_framework_beside(self) -> None:
        text = told(of.framework("cafcass-2007"), of.framework("cafcass-2009"))
        assert "jar-apa (outstanding = 4, good = 3, adequate = 2, inadequate = 1) → " in text
        text = told(of.framework("sif-2013"), of.framework("ilacs-2018"))
        assert (
            "- start: a day in November 2013 → a day between 1 January 2018 and 29 January 2018"
            in text
        )
        assert (
            "beside: ilacs-2018 (1 January to 30 June 2018; kinds: standard, short) → sif-2013 (1 "
            "January to 30 June 2018; kinds: single)"
        ) in text

    def test_what_a_row_rests_on_where_that_is_all(self) -> None:
        one = of.framework("cafcass-2021")
        (row,) = one.provision("self-evaluation-covers")
        (ground,) = [each for each in row.grounds if each.part == "sentence"]
        other = attrs.evolve(row, grounds=(attrs.evolve(ground, basis="assumed", facts=()),))
        changed = tuple(other if each is row else each for each in one.rows)
        text = told(one, attrs.evolve(one, rows=changed))
        facts = ", ".join(ground.facts)
        assert f"- what it rests on: {ground.basis}: {facts} → assumed" in text


# --- A user's own copy ---------------------------------------------------------------------------


@pytest.fixture
def four(tmp_path: Path) -> Path:
    path = tmp_path / "four.toml"
    path.write_text(FOUR, encoding="utf-8")
    return path


def test_it_has_ten_lines() -> None:
    assert len(FOUR.splitlines()) == 10


def test_it_differs_in_what_it_names_only(four: Path) -> None:
    made = of.framework(four)
    found = of.diff(of.framework("cafcass-2021"), made)
    assert sorts(found) == [
        ("changed", "full-inspection", "fixed-window"),
        ("ended", "full-inspection", "anniversary"),
    ]
    was, now = found.rows[0].fields["periods"]
    assert (was.months, now.months, was.origin, now.origin) == (
        36, 48, date(2021, 4, 1), date(2021, 4, 1),
    )  # fmt: skip
    assert set(found.values) == {"id", "title", "based_on", "chosen", "changes"}
    assert made.based_on == "cafcass-2021"
    assert made.start == of.framework("cafcass-2021").start


def test_it_plans(four: Path) -> None:
    agenda = of.due(of.sample("cafcass"), as_of=date(2026, 11, 24), frameworks=[of.framework(four)])
    (window,) = agenda["full-inspection"].windows.values()
    assert window is not None
    # Four years from 1 April 2021 end on 31 March 2025; the next four on 31 March 2029.
    assert (window.earliest, window.latest) == (date(2025, 4, 1), date(2029, 3, 31))
    told = agenda["full-inspection"].explain()
    assert "Changed here: months = 48." in " ".join(told.split())


def test_it_checks(four: Path) -> None:
    whole = of.History(of.sample("cafcass").provider, coverage="complete")
    made = of.framework(four)
    late = [
        one.verdict.subject
        for one in of.check(whole, as_of=date(2025, 3, 31), frameworks=[made]).departures
        if "full-inspection" in one.id
    ]
    later = [
        one.verdict.subject
        for one in of.check(whole, as_of=date(2025, 4, 1), frameworks=[made]).departures
        if "full-inspection" in one.id
    ]
    assert (late, later) == ([], ["opening"])


def test_it_simulates(four: Path) -> None:
    outlook = of.simulate(
        of.framework(four), of.sample("cafcass"), as_of=date(2026, 11, 24), years=5, seed=1,
        replications=40,
    )  # fmt: skip
    assert outlook.framework.id == "cafcass-four-years"
    today = date(2026, 11, 24).toordinal()
    starts = [
        event.start.lo
        for number in range(40)
        for event in outlook.history(number).events
        if isinstance(event, of.Inspection)
    ]
    firsts = [one for one in starts if one > today]
    # The window to 31 March 2029; three years would end on 31 March 2027.
    assert max(firsts) > date(2027, 4, 1).toordinal()


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = cli.main(list(argv))
    told = capsys.readouterr()
    return code, " ".join(told.out.split()), " ".join(told.err.split())


def test_from_the_command_line(four: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_it = ("--framework", str(four))
    on = ("sample:cafcass", "--as-of", "2026-11-24")
    code, told, _ = run(capsys, "due", *on, *of_it, "--only", "full-inspection")
    assert code == 0
    assert "Due 1 April 2025 to 31 March 2029 (fixed-window)." in told
    assert (
        "Value replaced (assumed): cafcass-four-years/full-inspection: months = 48 in place of 36."
        in told
    )
    code, told, _ = run(capsys, "check", *on, *of_it, "--only", "full-inspection")
    assert code == 0
    assert "The inspection fi-2024 came in time: due 1 April 2021 to 31 March 2025" in told
    code, told, _ = run(capsys, "diff", "cafcass-2021", str(four))
    assert code == 0
    assert (
        "periods: 36 months at a time, from 1 April 2021 on → 48 months at a time, from 1 April "
        "2021 on"
    ) in told
    code, told, _ = run(
        capsys, "simulate", *on, *of_it, "--years", "1", "--seed", "1", "--replications", "5"
    )
    assert code == 0
    assert "Outlook for Cafcass under cafcass-four-years" in told


def test_diff_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    pair = ("ilacs-2018@2022-12-31", "ilacs-2018@2023-01-01")
    code, told, _ = run(capsys, "diff", *pair)
    assert code == 0
    assert told.startswith(
        "From ilacs-2018@2022-12-31 to ilacs-2018@2023-01-01: changed: judgement-areas "
        "(graded, from 1 January 2023, to 31 March 2026)"
    )
    assert cli.main(["diff", *pair, "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert (plain["format"], plain["version"]) == ("ofsted-framework/diff", 1)
    assert (plain["from"], plain["to"]) == pair
    assert {(one["sort"], one["area"]) for one in plain["areas"]} == {
        ("ended", "in-care-and-care-leavers"), ("added", "in-care"), ("added", "care-leavers"),
    }  # fmt: skip
    assert [one["id"] for one in plain["rows"] if one["what"] == "changed"] == [
        "judgement-areas", "nothing-inadequate",
    ]  # fmt: skip
    code, told, _ = run(capsys, "diff", *pair, "--format", "markdown")
    assert code == 0
    assert told.startswith("# From ilacs-2018@2022-12-31 to ilacs-2018@2023-01-01 ## Rows | What")
    code, told, _ = run(capsys, "diff", "cafcass-2021", "cafcass-2021")
    assert (code, told) == (0, "From cafcass-2021 to cafcass-2021: nothing differs.")


@pytest.mark.parametrize(
    ("argv", "wanted"),
    [
        (("diff", "cafcas-2013", "cafcass-2021"), "nearest good one: cafcass-2013"),
        (("diff", "ilacs-2018@2022-13-01", "ilacs-2018"), "2022-13-01"),
        (("diff", "none.toml", "ilacs-2018"), "cannot be opened"),
        (("diff", "a@b.toml", "ilacs-2018"), "'a@b.toml' cannot be opened"),
    ],
)
def test_what_cannot_be_compared(
    argv: tuple[str, ...], wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, told = run(capsys, *argv)
    assert code == 3
    assert wanted in told


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('based_on = "cafcass-2021"', 'based_on = "cafcass-2012"',
         ["/based_on: 'cafcass-2012'", "nearest good one: cafcass-20"]),
        ('based_on = "cafcass-2021"\n', "", ["/choose: is said of a file that has a based_on"]),
        ('id = "cafcass-four-years"', 'id = "cafcass-2021"',
         ["/id: 'cafcass-2021' is the id of a framework that ships with the library"]),
        ('"fixed-window"', '"fixed-windows"',
         ["/choose/full-inspection: 'fixed-windows'", "nearest good one: fixed-window"]),
        ("full-inspection = ", "full-inspections = ",
         ["/choose/full-inspections", "nearest good one: full-inspection"]),
        ("months = 48", "month = 48", ["/replace/0/month", "nearest good one: months"]),
        ("months = 48", 'months = "48"', ["/replace/0"]),
        ("months = 48", "months = 0", ["/replace/0: 0 is less than a month"]),
        ('id = "full-inspection"', 'id = "full"', ["/replace/0", "'full'"]),
    ],
)  # fmt: skip
def test_every_fault_of_a_copy_has_its_place(old: str, new: str, wanted: list[str]) -> None:
    assert old in FOUR
    with pytest.raises(of.OfstedFrameworkError) as caught:
        read_framework(FOUR.replace(old, new, 1))
    for part in wanted:
        assert part in str(caught.value)


def test_several_faults_are_told_at_once() -> None:
    text = FOUR.replace('"fixed-window"', '"fixed"').replace("months = 48", "month = 48")
    with pytest.raises(of.OfstedFrameworkError) as caught:
        read_framework(text)
    assert {fault.place for fault in caught.value.faults} == {
        "/choose/full-inspection", "/replace/0/month",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('based_on = "cafcass-2021"', 'based_on = "cafcass-2012"', "/based_on"),
        ('id = "cafcass-four-years"', 'id = "cafcass-2021"', "/id"),
    ],
)
@pytest.mark.parametrize("more", ["", 'area_sets = { both = ["private-law-practice"] }\n',
                                  'end = 2025-03-31\n'])  # fmt: skip
def test_a_base_that_is_not_found_makes_no_other_fault(
    old: str, new: str, place: str, more: str
) -> None:
    text = more + FOUR.replace('title = "What if the window were four years?"\n', "")
    with pytest.raises(of.OfstedFrameworkError) as caught:
        read_framework(text.replace(old, new, 1))
    assert [fault.place for fault in caught.value.faults] == [place]
    # What is wrong besides is told as before.
    with pytest.raises(of.OfstedFrameworkError) as caught:
        read_framework(f'titel = "x"\n{text.replace(old, new, 1)}')
    assert [fault.place for fault in caught.value.faults] == [place, "/titel"]


def test_a_fault_of_a_file_comes_with_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(FOUR.replace("months", "month").replace('"fixed', '"fixd'), encoding="utf-8")
    with pytest.raises(of.OfstedFrameworkError) as caught:
        of.framework(path)
    assert [fault.place for fault in caught.value.faults] == [
        "mine.toml, /choose/full-inspection", "mine.toml, /replace/0/month",
    ]  # fmt: skip
    code, _, told = run(capsys, "frameworks", str(path))
    assert code == 3
    assert "mine.toml, /replace/0/month" in told
    path.write_text("id = ", encoding="utf-8")
    with pytest.raises(
        of.OfstedFrameworkError, match=r"^mine\.toml, end of document: the text is not TOML"
    ):
        of.framework(path)


def test_a_byte_order_mark_says_nothing(four: Path) -> None:
    wanted = of.framework(four)
    four.write_bytes(b"\xef\xbb\xbf" + four.read_bytes())
    assert of.framework(four) == wanted
    assert read_framework("\ufeff" + FOUR) == wanted
    four.write_bytes(b"\xff\xfe" + FOUR.encode("utf-16-le"))
    with pytest.raises(of.OfstedFrameworkError, match="is not UTF-8: byte 0 is 0xff"):
        of.framework(four)
