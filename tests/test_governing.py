"""Which framework governs what begins on a day, from a table typed by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

import ofsted_framework as of
from helpers import AUTHORITY, CAFCASS, COMPLETE, authority, day, full, record, visit
from ofsted_framework.cases import Because
from ofsted_framework.dates import Answer

# Each boundary with the days on either side. The sources say: magistrates' courts service
# inspectorate from April 2001, courts inspectorate from April 2005, Ofsted from April 2007 (months
# read, days inferred); the first trial by service areas began on 12 January 2009 (assumed as the
# first day); the national framework took immediate effect on 9 December 2013; the present one on
# 1 April 2021.
CAFCASS_TABLE = [
    ("2001-03-31", None),
    ("2001-04-01", "mcsi-2001"),
    ("2001-04-02", "mcsi-2001"),
    ("2005-03-31", "mcsi-2001"),
    ("2005-04-01", "hmica-2005"),
    ("2005-04-02", "hmica-2005"),
    ("2007-03-31", "hmica-2005"),
    ("2007-04-01", "cafcass-2007"),
    ("2007-04-02", "cafcass-2007"),
    ("2009-01-11", "cafcass-2007"),
    ("2009-01-12", "cafcass-2009"),
    ("2009-01-13", "cafcass-2009"),
    ("2013-12-08", "cafcass-2009"),
    ("2013-12-09", "cafcass-2013"),
    ("2013-12-10", "cafcass-2013"),
    ("2021-03-31", "cafcass-2013"),
    ("2021-04-01", "cafcass-2021"),
    ("2021-04-02", "cafcass-2021"),
    ("2026-11-24", "cafcass-2021"),
]
# The single inspection framework began in November 2013 on a day that was not read: until the last
# of that month it is open. ILACS began in January 2018, the day was not read, and its first known
# inspection on the 29th; the other was kept beside it for some re-inspections to June 2018, the
# last known one of which began on the 11th.
AUTHORITY_TABLE = [
    ("2013-10-31", None, {}),
    ("2013-11-01", None, {"sif-2013": "may be in force"}),
    ("2013-11-29", None, {"sif-2013": "may be in force"}),
    ("2013-11-30", "sif-2013", {"sif-2013": "in force"}),
    ("2013-12-01", "sif-2013", {"sif-2013": "in force"}),
    ("2017-12-31", "sif-2013", {"sif-2013": "in force"}),
    ("2018-01-01", None, {"sif-2013": "in force", "ilacs-2018": "may be in force"}),
    ("2018-01-28", None, {"sif-2013": "in force", "ilacs-2018": "may be in force"}),
    ("2018-01-29", None, {"sif-2013": "in force", "ilacs-2018": "in force"}),
    ("2018-06-11", None, {"sif-2013": "in force", "ilacs-2018": "in force"}),
    ("2018-06-12", None, {"sif-2013": "may be in force", "ilacs-2018": "in force"}),
    ("2018-06-30", None, {"sif-2013": "may be in force", "ilacs-2018": "in force"}),
    ("2018-07-01", "ilacs-2018", {"ilacs-2018": "in force"}),
    ("2026-11-24", "ilacs-2018", {"ilacs-2018": "in force"}),
]
BASES = [
    ("mcsi-2001", "start", "inferred"),
    ("mcsi-2001", "end", "inferred"),
    ("hmica-2005", "start", "inferred"),
    ("hmica-2005", "end", "inferred"),
    ("cafcass-2007", "start", "inferred"),
    ("cafcass-2007", "end", "assumed"),
    ("cafcass-2009", "start", "assumed"),
    ("cafcass-2009", "end", "inferred"),
    ("cafcass-2013", "start", "official"),
    ("cafcass-2013", "end", "inferred"),
    ("cafcass-2021", "end", None),
    ("sif-2013", "start", "official"),
    ("sif-2013", "end", "inferred"),
    ("ilacs-2018", "start", "inferred"),
    ("ilacs-2018", "end", None),
]


@pytest.mark.parametrize(("on", "wanted"), CAFCASS_TABLE)
def test_every_day_of_cafcass_since_2001_has_one_framework(on: str, wanted: str | None) -> None:
    found = of.governing("cafcass", on=day(on))
    assert (found.framework and found.framework.id) == wanted
    assert [one.id for one in found.candidates] == ([] if wanted is None else [wanted])


@pytest.mark.parametrize(("on", "wanted", "candidates"), AUTHORITY_TABLE)
def test_a_day_for_authorities_names_every_candidate(
    on: str, wanted: str | None, candidates: dict[str, str]
) -> None:
    found = of.governing("local-authority", on=day(on))
    assert (found.framework and found.framework.id) == wanted
    assert {one.framework.id: one.word for one in found.standings if one.answer is not Answer.NO} \
        == candidates  # fmt: skip
    told = " ".join(found.explain().split())
    assert all(id in told for id in candidates)
    assert ("that is open" in told) == (wanted is None and bool(candidates))


@pytest.mark.parametrize(("id", "part", "basis"), BASES)
def test_the_basis_of_every_boundary(id: str, part: str, basis: str | None) -> None:
    one = of.framework(id)
    standings = of.governing(one.provider_kind, on=date(2010, 1, 1)).standings
    (standing,) = (some for some in standings if some.framework.id == id)
    found = standing.basis(part)
    assert (None if found is None else str(found)) == basis


def test_the_basis_of_the_first_of_april_2021_is_told() -> None:
    told = " ".join(of.governing("cafcass", on=day("2021-04-01")).explain().split())
    assert told.startswith(
        "What begins on 1 April 2021 comes under cafcass-2021 (Cafcass). "
        "cafcass-2021: in force First day: 1 April 2021. official ("
    )
    assert "cafcass-2013 (ended)" in told


@pytest.mark.parametrize("kind", ["cafcass", "local-authority"])
def test_frameworks_of_one_kind_follow_one_another_without_a_gap(kind: str) -> None:
    some = of.frameworks(kind)
    for before, after in pairwise(some):
        assert before.end is not None
        assert before.end.hi + 1 >= after.start.lo
        assert before.end.lo >= after.start.lo - 1
    assert some[-1].end is None


@pytest.mark.parametrize(
    ("kind", "on", "wanted"),
    [
        ("cafcas", date(2021, 4, 1), "provider_kind: 'cafcas' is no kind of provider "
         "(cafcass, local-authority) (nearest good one: cafcass)"),
        ("cafcass", "2021-04-01", "on: '2021-04-01' is not a day"),
        ("cafcass", datetime(2021, 4, 1, tzinfo=UTC), "is not a day"),
    ],
)  # fmt: skip
def test_what_is_no_kind_or_no_day_is_refused(kind: str, on: date, wanted: str) -> None:
    with pytest.raises(of.OfstedFrameworkError) as caught:
        of.governing(kind, on=on)
    assert wanted in str(caught.value)


# --- What an event says settles it ---------------------------------------------------------------


def judged_by(history: of.History, id: str) -> dict[str, set[str]]:
    """The frameworks by which an event was judged, by the sort of verdict."""
    found: dict[str, set[str]] = {}
    for one in of.check(history, as_of=day("2026-11-24")).verdicts:
        if one.subject == id and one.provision is not None:
            found.setdefault(str(one.status), set()).add(one.provision.partition("/")[0])
    return found


def test_an_inspection_of_february_2018_that_names_no_kind_is_open() -> None:
    unnamed = authority("a", "2018-02-12", kind=None)
    result = of.check(record(unnamed, provider=AUTHORITY), as_of=day("2026-11-24"))
    reasons = {
        (one.provision or "").partition("/")[0]
        for one in result.verdicts
        if one.subject == "a" and Because.FRAMEWORK_OPEN in one.because
    }
    assert reasons == {"sif-2013", "ilacs-2018"}
    assert not result.departures


@pytest.mark.parametrize(
    ("kind", "mine", "other"),
    [("single", "sif-2013", "ilacs-2018"), ("standard", "ilacs-2018", "sif-2013"),
     ("short", "ilacs-2018", "sif-2013")],
)  # fmt: skip
def test_its_kind_settles_it(kind: str, mine: str, other: str) -> None:
    named = authority("a", "2018-02-12", kind=kind)
    history = of.History(AUTHORITY, [named], coverage="complete")
    found = judged_by(history, "a")
    assert any(mine in some for some in found.values())
    decided = found.get("satisfied", set()) | found.get("violated", set())
    assert other not in decided
    assert of.framework(mine).governs(named) is Answer.YES
    assert of.framework(other).governs(named) is Answer.NO


@pytest.mark.parametrize(
    ("start", "sif", "ilacs"),
    [
        ("2017-12-31", Answer.YES, Answer.NO),
        ("2018-01-15", Answer.OPEN, Answer.OPEN),
        ("2018-01-28", Answer.OPEN, Answer.OPEN),
        ("2018-01-29", Answer.NO, Answer.YES),
        ("2018-07-01", Answer.NO, Answer.YES),
        # A rough day that reaches into the time of both.
        ("2017-12/2018-01", Answer.OPEN, Answer.OPEN),
    ],
)
def test_a_visit_comes_under_ilacs_from_its_first_known_inspection_on(
    start: str, sif: Answer, ilacs: Answer
) -> None:
    one = visit("fv", start)
    assert of.framework("sif-2013").governs(one) is sif
    assert of.framework("ilacs-2018").governs(one) is ilacs


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        # Before 2018 a standard inspection comes under SIF by its day, after June 2018 a single
        # one under ILACS: their kinds are wrong then, which is for a check to say.
        ("standard", "2017-12-31/2018-01-01"),
        ("single", "2018-06-30/2018-07-01"),
    ],
)
def test_a_kind_settles_nothing_of_days_on_which_one_framework_was_alone(
    kind: str, start: str
) -> None:
    for id in ("sif-2013", "ilacs-2018"):
        assert of.framework(id).governs(authority("a", start, kind=kind)) is Answer.OPEN


def test_a_rough_day_across_a_boundary_is_open_for_both() -> None:
    one = full("a", "2021-03/2021-04", kind=None, scope=None, judgements=None)
    for id in ("cafcass-2013", "cafcass-2021"):
        assert of.framework(id).governs(one) is Answer.OPEN
    assert of.framework("cafcass-2009").governs(one) is Answer.NO


@pytest.mark.parametrize("start", ["2013-12-08", "2013-12-09", "2021-03-31", "2021-04-01"])
def test_no_event_of_a_history_that_crosses_is_judged_twice(start: str) -> None:
    events = [
        full("a", start, kind=None, scope="national", judgements=None),
        full("b", "2018-02-02", kind=None, judgements=None),
        visit("c", "2022-03-01"),
    ]
    history = of.History(CAFCASS, events, coverage=COMPLETE)
    result = of.check(history, as_of=day("2026-11-24"))
    by_event: dict[str, set[str]] = {}
    for one in result.verdicts:
        if one.subject in {"a", "b", "c"} and one.provision and str(one.status) in (
            "satisfied", "violated", "pending"
        ):  # fmt: skip
            by_event.setdefault(one.subject, set()).add(one.provision.partition("/")[0])
    governing = of.governing("cafcass", on=day(start)).framework
    assert governing is not None
    assert by_event.get("a", {governing.id}) == {governing.id}
    assert by_event["b"] == {"cafcass-2013"}
    assert by_event["c"] == {"cafcass-2021"}


def test_no_event_of_the_sample_is_decided_by_two_frameworks() -> None:
    history = of.sample("cafcass")
    own = {
        event.id: {one.id for one in of.frameworks("cafcass") if one.governs(event) is Answer.YES}
        for event in history.events
    }
    # Only the two reviews whose days are known to the year, between 2005 and 2007, are open.
    assert {id for id, some in own.items() if not some} == {"tr-family-assistance", "tr-public-law"}
    assert all(len(some) <= 1 for some in own.values())
    for one in of.check(history, as_of=day("2026-11-24")).verdicts:
        if own.get(one.subject or "") and one.provision is not None:
            assert one.subject is not None
            assert {one.provision.partition("/")[0]} == own[one.subject], one.code
