import csv
import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ofsted_framework._hand import read_csv, write_csv
from ofsted_framework.documents import dump, loads, sample
from ofsted_framework.errors import OfstedFrameworkError
from ofsted_framework.events import (
    ActionPlan,
    EngagementMeeting,
    FocusedVisit,
    Inspection,
    Part,
    PriorityAction,
    Scope,
    SelfEvaluation,
)
from ofsted_framework.grades import Grade, Judgement
from ofsted_framework.history import COMPLETE, History, Provider
from ofsted_framework.tables import read
from test_documents import faults, histories

HEADER = "type,id,start,provider_kind"
CAFCASS = Provider(name="unnamed", kind="cafcass")

FULL = """\
provider,provider_kind,provider_urn,provider_region,type,id,start,end,published,kind,parts,scope,\
inspectorates,framework,theme,priority_action,covers,attended_by,reviews,follows,draft,sources,\
basis,note,judgements,judgements_partial,grade:private-law-practice,grade:public-law-practice
Cafcass,cafcass,80441,London,inspection,i,2022-12-05,2023-02-15,2023-04,full,\
2022-12-05/2022-12-09; 2023-02-14/2023-02-15,region:East Midlands,ofsted;hmica,cafcass-2021,,,,,\
,,,a; b,reported,"one, ""two""
three",,yes,good,
Cafcass,cafcass,80441,London,focused-visit,v,2023,,,,,national,,,work,carried-over,,,,,,,,,none,,,
,,,,,,,,,,,,,,,,,,,,,,,,,,,
Durham,local-authority,,,self-evaluation,i,../2023-01-05,,,,,,,,,,private-law,,,,,,,,,,,
Durham,local-authority,,,engagement-meeting,m,2023-02,,,,,,,,,,,chief-executive,i,,,,,,,,,
Durham,local-authority,,,action-plan,p,2023-03,,,,,,,,,,,,,i,yes,,,'=1+1,,no,,not-judged
"""
FULL_HISTORIES = (
    History(
        Provider(name="Cafcass", kind="cafcass", urn="80441", region="London"),
        [
            Inspection(
                id="i",
                start="2022-12-05",
                end="2023-02-15",
                published="2023-04",
                kind="full",
                parts=[Part("2022-12-05", "2022-12-09"), Part("2023-02-14", "2023-02-15")],
                scope=Scope.of("region:East Midlands"),
                inspectorates=("ofsted", "hmica"),
                framework="cafcass-2021",
                sources=("a", "b"),
                basis="reported",
                note='one, "two"\nthree',
                judgements=[Judgement("private-law-practice", Grade.GOOD)],
                judgements_partial=True,
            ),
            FocusedVisit(
                id="v",
                start="2023",
                scope="national",
                theme="work",
                priority_action=PriorityAction.CARRIED_OVER,
                judgements=(),
            ),
        ],
    ),
    History(
        Provider(name="Durham", kind="local-authority"),
        [
            SelfEvaluation(id="i", start="../2023-01-05", covers=("private-law",)),
            EngagementMeeting(
                id="m", start="2023-02", attended_by=("chief-executive",), reviews="i"
            ),
            ActionPlan(
                id="p",
                start="2023-03",
                follows="i",
                draft=True,
                note="=1+1",
                judgements=[Judgement("public-law-practice", Grade.NOT_JUDGED)],
            ),
        ],
    ),
)


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_every_column_is_read(start: str, line: str) -> None:
    # The break inside a cell is the cell's own.
    text = start + FULL.replace('""\nthree', "@").replace("\n", line).replace("@", '""\nthree')
    assert read_csv(text) == FULL_HISTORIES


def test_every_column_is_written() -> None:
    for history in FULL_HISTORIES:
        assert read_csv(write_csv(history)) == (history,)
    assert write_csv(FULL_HISTORIES[1]) == (
        "provider,provider_kind,type,id,start,note,covers,attended_by,reviews,follows,draft,"
        "grade:public-law-practice\n"
        "Durham,local-authority,self-evaluation,i,../2023-01-05,,private-law,,,,,\n"
        "Durham,local-authority,engagement-meeting,m,2023-02,,,chief-executive,i,,,\n"
        "Durham,local-authority,action-plan,p,2023-03,'=1+1,,,,i,yes,not-judged\n"
    )


def test_a_file_without_a_provider_is_of_one_unnamed() -> None:
    text = f"{HEADER}\ninspection,a,2024-01-22,cafcass\n"
    assert read_csv(text) == (History(CAFCASS, [Inspection(id="a", start="2024-01-22")]),)
    assert loads("\ufeff" + text, "csv") == read_csv(text)


def test_a_csv_file_claims_nothing_unless_it_is_said_to(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbf" + FULL.encode())
    assert read(path).histories == FULL_HISTORIES
    complete = tuple(attrs.evolve(one, coverage=(COMPLETE,)) for one in FULL_HISTORIES)
    assert read(path, complete=True).histories == complete


def test_the_sample_without_its_claims_comes_back() -> None:
    history = sample("cafcass")
    assert faults(lambda: dump(history, layout="csv")) == [("/coverage", 3, None)]
    history = attrs.evolve(history, coverage=())
    assert loads(dump(history, layout="csv"), "csv") == (history,)


GOOD = "inspection,a,2024-01-22,cafcass"
BAD: list[tuple[str, list[tuple[str, object, str | None]]]] = [
    ("", [("row 1", None, None)]),
    ("\n\n", [("row 1", None, None)]),
    (f"\n{HEADER}\n{GOOD}", [("row 1", None, None)]),
    (HEADER, [("", None, None)]),
    (f"{HEADER}\n,,,\n\n  , ,,\n", [("", None, None)]),
    ("type;id;start\na;b;c", [("row 1", "type;id;start", "type,id,start")]),
    ("type\tid\tstart\r\na", [("row 1", "type\tid\tstart", "type,id,start")]),
    ("id,start,provider_kind\na,b,c", [("row 1, column type", None, None)]),
    (
        "typ,idd,strat\na,b,c",
        [
            ("row 1, column typ", "typ", "type"),
            ("row 1, column idd", "idd", "id"),
            ("row 1, column strat", "strat", "start"),
            *((f"row 1, column {name}", None, None) for name in ("type", "id", "start")),
            ("row 1, column provider_kind", None, None),
        ],
    ),
    ("type,id,start\ninspection,a,2024", [("row 1, column provider_kind", None, None)]),
    (f"{HEADER},start\n{GOOD},", [("row 1, column start", "start", None)]),
    # Rows are read beside an unknown column.
    (
        f"{HEADER},publishd\n{GOOD},\n{GOOD},",
        [
            ("row 1, column publishd", "publishd", "published"),
            ("row 3, column id", "a", None),
        ],
    ),
    (f"{HEADER},\n{GOOD},", [("row 1, column 5", None, None)]),
    (f"{HEADER},grade:\n{GOOD},", [("row 1, column grade:", "grade:", None)]),
    (f"{HEADER},grade\n{GOOD},", [("row 1, column grade", "grade", "grade:")]),
    (f"{HEADER}\n{GOOD},\ninspection,b", [("row 2", 5, None), ("row 3", 2, None)]),
    (f"{HEADER}\n\n{GOOD}\n,,,\n{GOOD}", [("row 5, column id", "a", None)]),
    (f'{HEADER}\n{GOOD}\n"inspection"x,', [("row 3", None, None)]),
    (f'{HEADER}\n{GOOD}\n"inspection', [("row 3", None, None)]),
    (f"{HEADER}\ninspection,{'a' * 140_000},2024,cafcass", [("row 2", None, None)]),
    (f"{HEADER}\n{GOOD}\0", [("line 2", None, None)]),
    (
        f"{HEADER}\ninspecton,,05/01/2026,cafcas",
        [
            ("row 2, column type", "inspecton", "inspection"),
            ("row 2, column id", None, None),
            ("row 2, column start", "05/01/2026", "2026-01-05"),
            ("row 2, column provider_kind", "cafcas", "cafcass"),
        ],
    ),
    (f"{HEADER}\ninspection,a,2024,\n", [("row 2, column provider_kind", None, None)]),
    (
        f"{HEADER},note\n,,,,x\n",
        [
            ("row 2, column type", None, None),
            ("row 2, column id", None, None),
            ("row 2, column start", None, None),
            ("row 2, column provider_kind", None, None),
        ],
    ),
    (
        f"{HEADER},provider\n{GOOD},\n{GOOD},X\ninspection,b,2024,local-authority,X",
        [
            ("row 2, column provider", None, None),
            ("row 4, column provider_kind", "local-authority", "cafcass"),
        ],
    ),
    (
        f"{HEADER},provider,provider_urn\n{GOOD},X,\ninspection,b,2024,,X,1",
        [
            ("row 3, column provider_kind", "", "cafcass"),
            ("row 3, column provider_urn", "1", None),
        ],
    ),
    (f"{HEADER},draft\naction-plan,a,2024,cafcass,Yes", [("row 2, column draft", "Yes", "yes")]),
    (f"{HEADER},draft\n{GOOD},yes", [("row 2, column draft", "yes", None)]),
    (f"{HEADER},theme\n{GOOD},x", [("row 2, column theme", "x", None)]),
    (f"{HEADER},kind\n{GOOD},ful", [("row 2, column kind", "ful", "full")]),
    (f"{HEADER},basis\n{GOOD},oficial", [("row 2, column basis", "oficial", "official")]),
    (f"{HEADER},scope\n{GOOD},regio:X", [("row 2, column scope", "regio:X", "region")]),
    (f"{HEADER},sources\n{GOOD},a;;b", [("row 2, column sources", "a;;b", "a; b")]),
    (f"{HEADER},parts\n{GOOD},2024-01-22", [("row 2, column parts", "2024-01-22", None)]),
    (
        f"{HEADER},parts\n{GOOD},2024-01-22/24; 2024-02/2024-03",
        [("row 2, column parts", "24", None)],
    ),
    (f"{HEADER},judgements\n{GOOD},nne", [("row 2, column judgements", "nne", "none")]),
    (
        f"{HEADER},judgements,grade:x,grade:y\n{GOOD},none,,god",
        [("row 2, column judgements", "none", None), ("row 2, column grade:y", "god", "good")],
    ),
    (
        f"{HEADER},judgements_partial\n{GOOD},yes",
        [("row 2, column judgements_partial", "yes", None)],
    ),
    # The reader's own faults of the class come beside those of the cells.
    (
        f"{HEADER}\ninspection,a\u202e,x,cafcass",
        [("row 2, column id", "a\u202e", None), ("row 2, column start", "x", None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_each_fault_is_told_with_row_column_value_and_nearest(
    text: str, expected: list[tuple[str, object, str | None]]
) -> None:
    assert faults(lambda: read_csv(text)) == expected


def test_the_error_says_that_a_kind_of_provider_is_needed() -> None:
    with pytest.raises(OfstedFrameworkError, match="each row says cafcass or local-authority"):
        read_csv("type,id,start\ninspection,a,2024")


def test_of_a_hundred_thousand_bad_rows_a_hundred_faults_are_listed() -> None:
    text = f"{HEADER}\n" + "inspection,a,b\n" * 100_000
    with pytest.raises(OfstedFrameworkError) as caught:
        read_csv(text)
    assert len(caught.value.faults) == 101
    assert str(caught.value.faults[-1]) == "and 99900 more"
    assert len(str(caught.value)) < 20_000


FORMULAS = ["=1", "+1", "-1", "@x", "'=1", "''@", "'a", "''", "\t=", "\r1", "'", "=", "'\t"]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_guarded_and_nothing_is_lost(text: str) -> None:
    # A cell of nothing but blanks is an empty one.
    history = History(
        attrs.evolve(CAFCASS, name=text),
        [FocusedVisit(id="-v", start="2024", theme=text, note=text, sources=[text.strip()])],
    )
    written = write_csv(history)
    assert read_csv(written) == (history,)
    for row in csv.reader(io.StringIO(written, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    # Somebody who types a formula by hand has it taken as the text that it is.
    typed = f"{HEADER},note\n{GOOD},=1+1"
    assert read_csv(typed)[0].events[0].note == "=1+1"


def judged(id: str, *areas: str) -> Inspection:
    grades = [Judgement(area, Grade.GOOD) for area in areas]
    return Inspection(id=id, start="2024", judgements=grades)


NOT_HELD: list[tuple[History, list[tuple[str, object]]]] = [
    (History(CAFCASS), [("/events", None)]),
    (History(CAFCASS, coverage="complete"), [("/coverage", 1), ("/events", None)]),
    (History(attrs.evolve(CAFCASS, urn=" "), [judged("a")]), [("/provider/urn", " ")]),
    (
        History(CAFCASS, [Inspection(id="a", start="2024", inspectorates=(), note="")]),
        [("/events/0/inspectorates", None), ("/events/0/note", "")],
    ),
    (
        History(CAFCASS, [Inspection(id="a", start="2024", sources=("a;b", " c", "", "d"))]),
        [
            ("/events/0/sources/0", "a;b"),
            ("/events/0/sources/1", " c"),
            ("/events/0/sources/2", ""),
        ],
    ),
    (
        History(CAFCASS, [Inspection(id="a", start="2024", parts=[Part("2024/2025", "2026")])]),
        [("/events/0/parts/0", "2024-01-01/2025-12-31")],
    ),
    (History(CAFCASS, [judged("a", "x", "x")]), [("/events/0/judgements", ["x", "x"])]),
    (History(CAFCASS, [judged("a", " ")]), [("/events/0/judgements", " ")]),
    (
        History(CAFCASS, [judged("a", "x", "y"), judged("b", "y", "x")]),
        [("/events", ["x", "y"])],
    ),
    (
        History(CAFCASS, [Inspection(id="a", start="2024", note="a\0")]),
        [("/events/0/note", "a\0")],
    ),
    (
        History(CAFCASS, [Inspection(id="a", start="2024", note="a" * 200_000)]),
        [("/events/0/note", "a" * 200_000)],
    ),
    (
        History(CAFCASS, [Inspection(id="a", start="2024", note="\ud800")]),
        [("/events/0/note", "\ud800")],
    ),
]


@pytest.mark.parametrize(("history", "expected"), NOT_HELD)
def test_what_a_csv_file_cannot_hold_is_refused(
    history: History, expected: list[tuple[str, object]]
) -> None:
    told = faults(lambda: write_csv(history))
    found = [(place, list(v) if isinstance(v, tuple) else v) for place, v, _ in told]
    if ("/events", ["x", "y"]) in expected:  # either may come first
        found = [(place, sorted(v)) for place, v in found if isinstance(v, list)]
    assert found == expected


def test_areas_keep_their_order() -> None:
    history = History(
        CAFCASS, [judged("a", "x", "y"), judged("b", "z", "y"), judged("c", "w", "x")]
    )
    assert read_csv(write_csv(history)) == (history,)


@given(histories)
def test_what_is_written_is_read_back_exactly(history: History) -> None:
    with suppress(OfstedFrameworkError):
        assert read_csv(write_csv(history)) == (history,)


# Blanks and signs that mean something in a list or an empty cell are left to the tests above.
plain_texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8
).filter(str.strip)
tricky = st.text("'=+-@\t\r\n\",ab ;", min_size=1, max_size=6).filter(str.strip)
items = st.text(st.sampled_from("'=+-@\",\n\r ab"), max_size=5).map(str.strip).filter(bool)


@given(
    note=plain_texts | tricky,
    theme=plain_texts | tricky,
    name=plain_texts | tricky,
    sources=st.lists(items, max_size=3),
    areas=st.lists(plain_texts | tricky, max_size=3, unique=True),
)
def test_texts_come_back_exactly(
    note: str, theme: str, name: str, sources: list[str], areas: list[str]
) -> None:
    grades = [Judgement(area, Grade.GOOD) for area in areas]
    event = FocusedVisit(
        id="a", start="2024", note=note, theme=theme, sources=sources, judgements=grades
    )
    history = History(attrs.evolve(CAFCASS, name=name), [event])
    assert read_csv(write_csv(history)) == (history,)


cells = st.sampled_from(
    ["", "inspection", "focused-visit", "a", "b", "2024", "2024/2025", "cafcass", "none", "yes",
     "a;b", "good", "'=1", " ", '"x""y"', "'"]
)  # fmt: skip


@given(st.lists(st.lists(cells, min_size=7, max_size=7), max_size=4))
def test_rows_are_read_or_refused_and_none_is_dropped(rows: list[list[str]]) -> None:
    header = f"{HEADER},judgements,note,grade:x"
    text = "\n".join([header, *map(",".join, rows)])
    with suppress(OfstedFrameworkError):
        histories_ = read_csv(text)
        filled = [row for row in rows if any(map(str.strip, row))]
        assert sum(len(history.events) for history in histories_) == len(filled)


@given(st.text() | st.text(st.sampled_from("type,id;start\"\n\r\t \0'=")))
def test_any_text_is_refused(text: str) -> None:
    with pytest.raises(OfstedFrameworkError) as caught:
        read_csv(text)
    assert str(caught.value)


@given(st.text(max_size=30) | st.text(st.sampled_from("a,\"\n\r'=;"), max_size=20))
def test_any_rows_are_read_or_refused(text: str) -> None:
    with suppress(OfstedFrameworkError):
        read_csv(f"{HEADER}\n{GOOD}\n{text}")


def test_changed_files_are_read_or_refused() -> None:
    import random

    chance = random.Random(1)
    for _ in range(400):
        index = chance.randrange(len(FULL))
        other: Any = chance.choice(["", ",", '"', "\n", ";", "x", "\0", "'", "="])
        text = FULL[:index] + other + FULL[index + chance.randrange(3) :]
        with suppress(OfstedFrameworkError):
            for history in read_csv(text):
                write_csv(history)
