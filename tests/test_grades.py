"""A grade is a word without an order: what compares, and what is refused."""

from __future__ import annotations

import copy
import json
import operator
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import ofsted_framework as of
from ofsted_framework import Grade, OfstedFrameworkError
from ofsted_framework._strict import structure, unstructure
from ofsted_framework.documents import loads
from ofsted_framework.grades import GradeScale, Judgement

FOUR = GradeScale("four", ("outstanding", "good", "requires-improvement", "inadequate"))


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(OfstedFrameworkError) as caught:
        call()
    return str(caught.value)


# --- No order ------------------------------------------------------------------------------------


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_grades_are_not_ordered(compare: Callable[[Any, Any], bool]) -> None:
    for one, other in (
        (Grade.GOOD, Grade.OUTSTANDING),
        (Grade.GOOD, Grade.GOOD),
        (Grade.GOOD, "good"),
        ("outstanding", Grade.GOOD),
    ):
        with pytest.raises(TypeError, match="is a grade, and has no order by itself"):
            compare(one, other)


@pytest.mark.parametrize("call", [sorted, min, max])
def test_nor_sorted(call: Callable[[Any], Any]) -> None:
    with pytest.raises(TypeError, match=r"scale\.compare"):
        call([Grade.GOOD, Grade.OUTSTANDING])


def test_a_scale_sorts_them() -> None:
    some = [Grade.INADEQUATE, Grade.GOOD, Grade.OUTSTANDING]
    assert sorted(some, key=FOUR.position) == [Grade.OUTSTANDING, Grade.GOOD, Grade.INADEQUATE]
    assert FOUR.compare("outstanding", "good").places == 1
    assert FOUR.compare("inadequate", "good").places == -2


def test_all_else_of_a_word_is_left() -> None:
    word: str = "good"
    assert word == Grade.GOOD
    assert word != Grade.OUTSTANDING
    assert hash(Grade.GOOD) == hash(word)
    assert {Grade.GOOD: 1}[word] == 1  # type: ignore[index]  # a word finds what a grade names
    assert (str(Grade.GOOD), f"{Grade.GOOD}", repr(Grade.GOOD)) == (
        "good", "good", "<Grade.GOOD: 'good'>",
    )  # fmt: skip
    assert json.dumps({"grade": Grade.GOOD}, sort_keys=True) == '{"grade": "good"}'
    assert copy.deepcopy(Grade.GOOD) is Grade.GOOD
    assert pickle.loads(pickle.dumps(Grade.GOOD)) is Grade.GOOD
    one = Judgement("private-law-practice", "good")
    assert unstructure(one) == {"area": "private-law-practice", "grade": "good"}
    assert structure(unstructure(one), Judgement) == one


# --- What is no grade ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("good to adequate", "2 grades (good, adequate)"),
        ("Good/Outstanding", "2 grades (outstanding, good)"),
        ("good with requires improvement", "2 grades (good, requires-improvement)"),
        ("good, inadequate or not judged", "3 grades (good, inadequate, not-judged)"),
    ],
)
def test_two_grades_are_none(text: str, named: str) -> None:
    told = refused(lambda: Judgement("x", text))
    assert f"names {named}, and a judgement is one grade" in told
    assert "nearest" not in told


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Good", "good"),
        ("requires improvement", "requires-improvement"),
        ("requires improvement to be good", "requires-improvement"),
        ("inadequat", "inadequate"),
    ],
)
def test_of_one_grade_the_nearest_is_told(text: str, near: str) -> None:
    told = refused(lambda: Judgement("x", text))
    assert f"(nearest good one: {near})" in told


HINT = (
    "is a number, and says no grade without its scale: 4 is the best of joint area reviews and "
    "annual performance assessments, 1 the best of others"
)


@pytest.mark.parametrize("value", [4, "4", " 2 "])
def test_a_number_needs_its_scale(value: object) -> None:
    assert HINT in refused(lambda: Judgement("x", value))
    assert HINT in refused(lambda: structure({"area": "x", "grade": value}, Judgement))


def test_also_in_a_file() -> None:
    judgement = {"area": "private-law-practice", "grade": 4}
    event = {"type": "inspection", "id": "a", "start": "2007-11", "judgements": [judgement]}
    document = {
        "format": "ofsted-framework/history", "version": 1,
        "provider": {"name": "Cafcass", "kind": "cafcass"}, "events": [event],
    }  # fmt: skip
    told = refused(lambda: loads(json.dumps(document), "json"))
    assert told.startswith("/events/0/judgements/0/grade: 4 is a number, and says no grade")
    row = "Cafcass,cafcass,inspection,a,2007-11,2"
    head = "provider,provider_kind,type,id,start,grade:private-law-practice"
    assert HINT in refused(lambda: loads(f"{head}\n{row}\n", "csv"))


# --- Scales --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ((4, 3, 2, 2), "one for each grade, and each once"),
        ((5, 4, 3, 2, 2), "one for each grade, and each once"),
        ((4, 3, 2, 1, 1), "one for each grade, and each once"),
        ((4, 3, 2), "one for each grade, and each once"),
        ("4321", "are not all whole numbers"),
        ((4, 3, 2, True), "are not all whole numbers"),
    ],
)
def test_the_numbers_of_a_scale_stand_once_each(numbers: Any, why: str) -> None:
    assert why in refused(lambda: GradeScale("s", FOUR.grades, numbers))


def test_what_a_grade_is_compared_on_is_a_scale() -> None:
    told = refused(lambda: FOUR.compare("good", "good", on="jar-apa"))  # type: ignore[arg-type]
    assert told == "on: 'jar-apa' is not a scale (framework.scale(id) gives one)"


def test_words_that_no_source_gives_are_told() -> None:
    # B13 has the words for 3 and 2 only.
    scale = of.framework("cafcass-2007").scale("jar-apa")
    assert scale.assumed == (Grade.OUTSTANDING, Grade.INADEQUATE)
    assert str(scale) == "jar-apa (outstanding = 4, good = 3, adequate = 2, inadequate = 1)"
    told = scale.compare(scale.grade(4), "good")
    assert told.assumed == ((Grade.OUTSTANDING, "jar-apa"),)
    assert str(told) == (
        "outstanding (jar-apa) stands 1 place above good (jar-apa). "
        "That jar-apa has the word outstanding is assumed."
    )
    assert scale.compare("good", "adequate").assumed == ()
    wrong = refused(lambda: GradeScale("s", FOUR.grades, assumed=("adequate",)))
    assert "/assumed: 'adequate' is no grade of the scale" in wrong
