"""Framework files are read strictly, and frameworks are values."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ofsted_framework as of
from helpers import day
from ofsted_framework.dates import Window
from ofsted_framework.editions import read_framework
from ofsted_framework.provisions import Graded

OWN = """
id = "own"
title = "A framework to try out"
provider_kind = "cafcass"
start = 2021-04-01

[[scale]]
id = "four"
grades = ["outstanding", "good", "requires-improvement", "inadequate"]

[[cadence]]
id = "meeting"
reading = "yearly"
sentence = "A meeting every year."
activity = "engagement-meeting"
since_last = { months = 12 }
effective_to = 2023-12-31
grounds = [{ part = "sentence", basis = "assumed", says = "To be tried out." }]

[[cadence]]
id = "meeting"
reading = "yearly"
activity = "engagement-meeting"
since_last = { months = 6 }
effective_from = 2024-01-01
grounds = [{ part = "since_last", basis = "reported", says = "Twice as often." }]
"""


def faults(text: str) -> list[str]:
    with pytest.raises(of.OfstedFrameworkError) as caught:
        read_framework(text)
    return [str(fault) for fault in caught.value.faults]


def test_a_file_of_ones_own() -> None:
    own = read_framework(OWN)
    assert (own.id, own.end, own.areas) == ("own", None, {})
    first, second = own.provision("meeting")
    # The second row takes the sentence, and its support, from the first of its id.
    assert second.sentence == "A meeting every year."
    assert [(g.part, str(g.basis)) for g in second.grounds] == [
        ("sentence", "assumed"),
        ("since_last", "reported"),
    ]
    assert own.at(date(2023, 12, 31)).rows == (first,)
    assert own.at(date(2024, 1, 1)).rows == (second,)
    assert own.at(date(2021, 4, 1)).rows == (first,)
    assert own.cite(["not:there"]) == ()


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("activity =", "actvity =", ["/cadence/0/actvity", "nearest good one: activity"]),
        ("months = 12", 'months = "12"', ["/cadence/0/since_last/months", "is not a whole number"]),
        ("months = 12", "months = 0", ["/cadence/0/since_last", "is less than a month"]),
        ("months = 12", "months = true", ["/cadence/0/since_last/months"]),
        ('basis = "assumed"', 'basis = "asumed"',
         ["/cadence/0/grounds/0/basis", "nearest good one: assumed"]),
        ("start = 2021-04-01", "start = 2021-04-01T00:00:00", ["/start"]),
        ("start = 2021-04-01", "", ["/start: is missing"]),
        ('provider_kind = "cafcass"', 'provider_kind = "cafcas"', ["is no kind of provider"]),
        ('"inadequate"]', '"inadequat"]', ["/scale/0/grades", "nearest good one: inadequate"]),
        ('"inadequate"]', '"good"]', ["lists each grade once"]),
        # Nothing ends before it begins; on the same day it may.
        ("start = 2021-04-01", "start = 2021-04-01\nend = 2021-03-31",
         ["/end: '2021-03-31' is before the start, 2021-04-01"]),
        ("start = 2021-04-01", 'start = 2021-04-01\nend = "2020"',
         ["/end: '2020' is before the start"]),
        ("effective_to = 2023-12-31",
         "effective_from = 2024-01-01\neffective_to = 2023-12-31",
         ["/cadence/meeting/effective_to: '2023-12-31' is before effective_from, 2024-01-01"]),
        ("start = 2021-04-01",
         "start = 2021-04-01\nbeside = { framework = 'x', from = 2021-05-01, to = 2021-04-30, "
         "kinds = [] }", ["/beside/to: '2021-04-30' is before 2021-05-01"]),
        ('title = "A', 'chosen = []\ntitle = "A', ["/chosen: is no field here"]),
        ("[[cadence]]", "[[cadense]]", ["/cadense", "is no field here"]),
        ("since_last = { months = 12 }", "", ["either periods or since_last"]),
        ("since_last = { months = 12 }",
         "since_last = { months = 12 }\nperiods = { origin = 2021-04-01, months = 12 }",
         ["either periods or since_last"]),
        ("since_last = { months = 12 }", "since_last = { months = 12, before = 12 }",
         ["are not a part of the months from one to the next"]),
        ("since_last = { months = 12 }", "since_last = { months = 12, after = -1 }",
         ["is less than nothing"]),
    ],
)  # fmt: skip
def test_every_fault_of_a_file_is_told_with_its_place(
    old: str, new: str, wanted: list[str]
) -> None:
    assert old in OWN
    told = "\n".join(faults(OWN.replace(old, new, 1)))
    for part in wanted:
        assert part in told


GROUNDS = 'sentence = "x"\ngrounds = [{ part = "sentence", basis = "assumed", says = "x" }]\n'


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ('[[only]]\nid = "a"\nactivity = "monitoring-visit"\nwhile = "metting"\n',
         "/only/a/while: 'metting' is no row's id (nearest good one: meeting)"),
        ('[[graded]]\nid = "a"\nactivities = ["inspection"]\nareas = ["x"]\nscale = "fore"\n',
         "/graded/a/scale: 'fore' is no scale's id"),
        ('[[graded]]\nid = "a"\nactivities = ["inspection"]\nareas = ["x"]\n',
         "areas and scale go together"),
        ('[[graded]]\nid = "meeting"\nactivities = ["inspection"]\n', "another kind of row too"),
        ('[[between]]\nid = "a"\nactivities = ["focused-visit"]\nbounds = ["inspection"]\n'
         "at_least = 2\nat_most = 1\n", "is below at_least = 2"),
        ('[[between]]\nid = "a"\nactivities = "focused-visit"\nbounds = ["inspection"]\n',
         "is not a list"),
        ('[[between]]\nid = "a"\nactivities = ["focused-visit"]\nbounds = ["inspection"]\n'
         'opening = "previous"\n', "is no opening of a stretch"),
        ('[[response]]\nid = "a"\nafter = ["inspection"]\ngives = "published"\n',
         "has either working_days or months"),
        ('[[response]]\nid = "a"\nafter = ["inspection"]\ngives = "published"\n'
         "working_days = -1\n", "is less than nothing"),
        ('[[response]]\nid = "a"\nafter = ["inspection"]\ngives = "published"\n'
         'working_days = "unknown"\n', "is neither a whole number nor not-known"),
        ('[[route]]\nid = "a"\nkind = "short"\notherwise = "standard"\n', "go together"),
        ('[[contents]]\nid = "a"\nactivity = "inspection"\nfield = "scope"\n',
         "either includes, excludes or refers_to"),
        ('[[duration]]\nid = "a"\nactivity = "inspection"\ndays = 0\n', "is less than a day"),
        ('[[status]]\nid = "a"\nscale = "four"\nif = [{ areas = ["x"] }]\n',
         "needs or_better or or_worse"),
        ('[[status]]\nid = "a"\nscale = "four"\nif = [{ areas = [], or_worse = "good" }]\n',
         "counts nothing"),
    ],
)  # fmt: skip
def test_rows_that_could_not_be_kept_are_refused(row: str, wanted: str) -> None:
    told = "\n".join(faults(f"{OWN}\n{row}{GROUNDS}"))
    assert wanted in told


def test_what_is_not_toml_is_told_as_such() -> None:
    assert "is not TOML" in faults("id = ")[0]


def test_a_framework_is_found_by_its_id_or_its_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    assert of.framework(path) == read_framework(OWN)
    with pytest.raises(of.OfstedFrameworkError, match=r"'none\.toml' cannot be opened: "):
        of.framework(tmp_path / "none.toml")
    path.write_bytes(b"\xff")
    with pytest.raises(of.OfstedFrameworkError, match=r"'own\.toml' is not UTF-8: byte 0 is 0xff"):
        of.framework(path)
    assert [one.id for one in of.frameworks()] == [
        "mcsi-2001", "hmica-2005", "cafcass-2007", "cafcass-2009", "cafcass-2013", "cafcass-2021",
        "sif-2013", "ilacs-2018",
    ]  # fmt: skip
    assert [one.id for one in of.frameworks("local-authority")] == ["sif-2013", "ilacs-2018"]


def test_the_scale_of_grades() -> None:
    scale = read_framework(OWN).scale("four")
    assert scale.position(of.Grade.OUTSTANDING) == 0
    assert scale.position(of.Grade.INADEQUATE) == 3
    assert of.Grade.ADEQUATE not in scale
    with pytest.raises(of.OfstedFrameworkError, match="not a grade of four"):
        scale.position(of.Grade.ADEQUATE)


def test_the_later_announcement_of_a_suspension_is_the_one_that_counts() -> None:
    ilacs = of.framework("ilacs-2018")
    known = [
        list(ilacs.known_on(day).provision("covid-19"))
        for day in (date(2020, 3, 17), date(2021, 6, 27), date(2021, 6, 28))
    ]
    assert [[str(row.effective_to) for row in rows] for rows in known] == [
        ["None"], ["None"], ["2021-06-27"],
    ]  # fmt: skip
    # Before anything was announced there was nothing to know.
    with pytest.raises(of.OfstedFrameworkError, match="covid-19"):
        ilacs.known_on(date(2020, 3, 16)).provision("covid-19")


def test_an_edition_has_no_suspension_that_turned_out_to_have_ended() -> None:
    ilacs = of.framework("ilacs-2018")
    # On its last day both announcements are there: the first says nothing of an end.
    assert len(ilacs.at(date(2021, 6, 27)).provision("covid-19")) == 2
    for day_after in (date(2021, 6, 28), date(2026, 11, 23)):
        with pytest.raises(of.OfstedFrameworkError, match="covid-19"):
            ilacs.at(day_after).provision("covid-19")
    # Visits were back on some day from 1 June to 6 October 2020.
    assert len(ilacs.at(date(2020, 10, 5)).provision("covid-19-visits")) == 2
    with pytest.raises(of.OfstedFrameworkError, match="covid-19-visits"):
        ilacs.at(date(2020, 10, 6)).provision("covid-19-visits")
    inspection = of.Inspection(id="a", start="2025-05-12")
    history = of.History(of.Provider(name="Somewhere", kind="local-authority"), [inspection])
    today = date(2026, 11, 23)
    one = of.due(history, as_of=today, frameworks=[ilacs.at(today)])["inspection-interval"]
    assert one.windows[None] == Window(date(2027, 11, 12), date(2028, 5, 12), date(2028, 11, 12))


def test_on_no_day_was_a_time_without_areas_to_grade_known_to_come() -> None:
    # The change of April 2026 was announced on 27 November 2025: asked the day before, a simulated
    # inspection of May 2026 has the areas that it turned out to have, and not none at all.
    before = of.framework("ilacs-2018").known_on(date(2025, 11, 26)).at(date(2026, 5, 1))
    (row,) = before.provision("judgement-areas")
    assert isinstance(row, Graded)
    assert row.areas == (
        "impact-of-leaders", "help-and-protection", "in-care", "care-leavers",
    )  # fmt: skip


def test_an_agenda_is_a_collection() -> None:
    agenda = of.due(of.sample("cafcass"), as_of=date(2026, 11, 23))
    assert len(agenda) == len(list(agenda)) == 4
    assert agenda["cafcass-2021/full-inspection"] is agenda["full-inspection"]
    with pytest.raises(KeyError):
        agenda["full-inspecton"]
    framework = of.framework("cafcass-2021")
    with pytest.raises(of.OfstedFrameworkError, match="was not in force"):
        of.deadlines(of.Inspection(id="a", start="2018-02-02"), framework=framework)


def test_explanations_of_what_one_more_event_changes() -> None:
    whole = of.History(of.sample("cafcass").provider, coverage="complete")
    meeting = of.EngagementMeeting(id="em", start="2021-05-01")
    change = of.what_if(whole, meeting, as_of=date(2021, 6, 1))
    told = change.explain()
    # The opening's meeting is held; the next is owed within the year after it.
    assert [one.subject for one in change.opened] == ["em"]
    assert [one.subject for one in change.closed] == ["opening"]
    assert "Opened: cafcass-2021/engagement-meeting after em." in told
    missing = of.what_if(whole, meeting, as_of=date(2024, 6, 1))
    # The gap from the opening to the meeting is mended; the one that it begins is a departure.
    assert [one.id for one in missing.gone] == ["OF301[cafcass-2021/engagement-meeting]:opening"]
    assert "OF301[cafcass-2021/engagement-meeting]:em" in [one.id for one in missing.new]


@pytest.mark.parametrize(
    ("id", "on"),
    [("cafcass-2021", "2021-03-31"), ("mcsi-2001", "2005-04-01"), ("mcsi-2001", "2001-03-31"),
     ("cafcass-2013", "2021-04-01"), ("hmica-2005", "2007-04-01")],
)  # fmt: skip
def test_a_day_on_which_a_framework_is_not_in_force_has_no_edition(id: str, on: str) -> None:
    with pytest.raises(of.OfstedFrameworkError, match=f"is no day of {id}, which is in force from"):
        of.framework(id).at(day(on))


@pytest.mark.parametrize(
    ("id", "new", "told"),
    [
        ("full-inspection", {"months": "abc"}, "is not a whole number"),
        ("full-inspection", {"months": 48.5}, "is not a whole number"),
        ("full-inspection", {"months": True}, "is not a whole number"),
        ("full-inspection", {"months": 0}, "is less than a month"),
        ("full-inspection", {"activity": "inspecton"}, "is no kind of event.*inspection"),
        ("full-inspection", {"opening": "bar"}, "is none of"),
        ("report-publication", {"working_days": "-1"}, "is neither a whole number nor not-known"),
        ("report-publication", {"working_days": 38.5}, "is neither a whole number nor not-known"),
        ("report-publication", {"working_days": True}, "is neither a whole number nor not-known"),
        ("report-publication", {"counted_from": "foo"}, "is none of start, end, published"),
        ("report-publication", {"gives": "publishd"}, "is no kind of event.*published"),
        ("report-publication", {"after": ("foo",)}, "is no kind of event"),
        (
            "self-evaluation-covers",
            {"field": "cover"},
            "'cover' is no field of the self-evaluation.*nearest good one: covers",
        ),
        (
            "self-evaluation-covers",
            {"activity": "focused-visit"},
            "'covers' is no field of the focused visit",
        ),
    ],
)
def test_a_value_of_the_users_is_read_as_strictly_as_a_file(
    id: str, new: dict[str, Any], told: str
) -> None:
    with pytest.raises(of.OfstedFrameworkError, match=told):
        of.framework("cafcass-2021").replace(id, **new)


def test_a_scale_that_is_none_names_the_nearest() -> None:
    with pytest.raises(of.OfstedFrameworkError, match="nearest good one: four-grades"):
        of.framework("cafcass-2021").scale("four-grade")


def test_frameworks_for_other_kinds_of_provider_have_no_say() -> None:
    """Those that fit are used; with none that fits, nothing that is said would be true."""
    record = of.History(of.Provider(name="Cafcass", kind="cafcass"), [])
    both = [of.framework("ilacs-2018"), of.framework("cafcass-2021")]
    found = of.check(record, as_of=day("2026-11-23"), frameworks=both)
    assert [one.id for one in found.frameworks] == ["cafcass-2021"]
    told = "'cafcass' is another kind of provider than that of ilacs-2018"
    for ask in (of.check, of.due):
        with pytest.raises(of.OfstedFrameworkError, match=told):
            ask(record, as_of=day("2026-11-23"), frameworks=both[:1])
    one = of.governing("cafcass", on=day("2026-11-23"), frameworks=both)
    assert one.framework == both[1]


def test_an_event_under_a_framework_with_a_slip_in_its_name_is_refused() -> None:
    record = of.History(
        of.Provider(name="Cafcass", kind="cafcass"),
        [of.Inspection(id="fi", start="2024-01-22", framework="cafcas-2021")],
    )
    told = "/events/0/framework: 'cafcas-2021' is no framework .*nearest good one: cafcass-2021"
    for ask in (of.check, of.due):
        with pytest.raises(of.OfstedFrameworkError, match=told):
            ask(record, as_of=day("2026-11-23"))


def test_inspectorates_go_by_their_short_names() -> None:
    made = of.Inspection(id="fi", start="2024-01-22", inspectorates=["Ofsted ", "HMICA"])
    assert made.inspectorates == ("ofsted", "hmica")
    with pytest.raises(of.OfstedFrameworkError, match="is no short name of an inspectorate"):
        of.Inspection(id="fi", start="2024-01-22",
                      inspectorates=["HM Inspectorate of Court Administration"])  # fmt: skip


@pytest.mark.parametrize("line", ["end = 2021-04-01", 'end = "2021-03/2021-04"'])
def test_a_framework_may_end_on_its_first_day(line: str) -> None:
    text = OWN.replace("start = 2021-04-01", f"start = 2021-04-01\n{line}")
    assert read_framework(text).end is not None


@pytest.mark.parametrize("name", [None, 2021, b"cafcass-2021", ["cafcass-2021"]])
def test_what_is_no_name_of_a_framework(name: Any) -> None:
    with pytest.raises(of.OfstedFrameworkError, match="is neither a framework's id nor a path"):
        of.framework(name)


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(of.OfstedFrameworkError, match="cannot be opened"):
        of.framework("a\0b.toml")


def test_frameworks_for_a_kind_that_there_is_not() -> None:
    with pytest.raises(of.OfstedFrameworkError, match="nearest good one: cafcass"):
        of.frameworks("cafcas")
    with pytest.raises(of.OfstedFrameworkError, match="is no kind of provider"):
        of.frameworks(3)  # type: ignore[arg-type]
    assert len(of.frameworks(None)) == 8


def test_names_that_are_no_text() -> None:
    one = of.framework("cafcass-2021")
    for call in (
        lambda: one.provision(None),  # type: ignore[arg-type]
        lambda: one.choose("full-inspection", reading=None),  # type: ignore[arg-type]
        lambda: one.choose(None, reading="anniversary"),  # type: ignore[arg-type]
        lambda: one.replace(None, working_days=1),  # type: ignore[arg-type]
    ):
        with pytest.raises(of.OfstedFrameworkError, match=r"is no (provision|reading) of "):
            call()


# --- A value replaced ---------------------------------------------------------------------------


def days_of(framework: of.Framework, id: str) -> list[Any]:
    return [getattr(row, "working_days", None) for row in framework.provision(id)]


def test_a_replaced_value_says_what_it_took_the_place_of() -> None:
    ilacs = of.framework("ilacs-2018")
    assert days_of(ilacs, "report-publication") == [21, 30, 27]
    every = ilacs.replace("report-publication", working_days=38)
    assert days_of(every, "report-publication") == [38, 38, 38]
    assert every.changes == ("report-publication: working_days = 38 in place of 21, 30, 27",)
    supplied = of.framework("cafcass-2021").replace("report-publication", working_days=38)
    assert supplied.changes == ("report-publication: working_days = 38",)
    four = of.framework("cafcass-2021").replace("full-inspection", months=48)
    assert four.changes == ("full-inspection: months = 48 in place of 36",)


def test_a_value_is_replaced_on_a_day_only() -> None:
    ilacs = of.framework("ilacs-2018")
    made = ilacs.replace("report-publication", on=date(2024, 5, 1), working_days=38)
    assert days_of(made, "report-publication") == [21, 30, 38]
    assert made.changes == ("report-publication on 2024-05-01: working_days = 38 in place of 27",)
    # On 1 March 2024 the 30 days may have ended, or not: both rows may hold.
    both = ilacs.replace("report-publication", on=date(2024, 3, 1), working_days=38)
    assert days_of(both, "report-publication") == [21, 38, 38]
    with pytest.raises(of.OfstedFrameworkError, match="a day on which visits-before-short has no"):
        ilacs.replace("visits-before-short", on=date(2020, 1, 1), at_least=2)
    with pytest.raises(of.OfstedFrameworkError, match="is not a day"):
        ilacs.replace("report-publication", on="2024-05-01", working_days=38)  # type: ignore[arg-type]
