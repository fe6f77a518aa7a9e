"""Grades, the scales that order them, and judgements."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from typing import NoReturn

import attrs

from .errors import Fault, OfstedFrameworkError, choice


class Grade(enum.StrEnum):
    """A grade in the field's own word. A grade has no order: its scale has.

    Comparing grades with `<` and the like raises a `TypeError`, since the order of the alphabet is
    none of grades: `scale.compare(one, other)` says which is better, `scale.position` sorts.
    """

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires-improvement"
    SATISFACTORY = "satisfactory"
    ADEQUATE = "adequate"
    INADEQUATE = "inadequate"
    NOT_JUDGED = "not-judged"
    """No grade was given for the area; on no scale."""

    def _no_order(self, other: object) -> NoReturn:
        message = f"{self} is a grade, and has no order by itself: a GradeScale has, and compares"
        raise TypeError(f"{message} (scale.compare, scale.position)")

    __lt__ = __le__ = __gt__ = __ge__ = _no_order


_TO_BE_GOOD = "requires-improvement-to-be-good"
"""One grade, though it holds the word for another."""


def to_grade(value: object) -> Grade:
    """A grade from its word.

    Raises:
        OfstedFrameworkError: It is no grade's word. A number is none: 1 is the best grade on some
            scales and the worst on others, so that it takes a scale to read one. Nor is "good to
            adequate", which names two.
    """
    try:
        return choice(Grade)(value)
    except OfstedFrameworkError:
        message = not_one_grade(value)
        if message is None:
            raise
        raise OfstedFrameworkError.of(message, value) from None


def not_one_grade(value: object) -> str | None:
    """Why a value that is no grade's word is none, where there is more to say than that."""
    if isinstance(value, int) or (isinstance(value, str) and value.strip().isdecimal()):
        return (
            "is a number, and says no grade without its scale: 4 is the best of joint area reviews "
            "and annual performance assessments, 1 the best of others; write the grade's word, "
            "which scale.grade(number) gives"
        )
    named = _named(value) if isinstance(value, str) else []
    if len(named) < 2:
        return None
    return f"names {len(named)} grades ({', '.join(named)}), and a judgement is one grade"


def _named(text: str) -> list[Grade]:
    """The grades whose words stand in a text."""
    words = f"-{re.sub('[^a-z]+', '-', text[:200].casefold())}-".replace(_TO_BE_GOOD, "")
    return [grade for grade in Grade if f"-{grade}-" in words]


def to_grade_or_none(value: Grade | str | None) -> Grade | None:
    """A grade from its word, where none may be stated."""
    return None if value is None else to_grade(value)


def _grades(value: Iterable[Grade | str]) -> tuple[Grade, ...]:
    return tuple(map(to_grade, value))


@attrs.frozen
class GradeScale:
    """An ordered set of grades, the best first."""

    id: str
    """A name for the scale, for instance `four-grades-2013`."""
    grades: tuple[Grade, ...] = attrs.field(converter=_grades)
    """The grades of the scale, the best first."""
    numbers: tuple[int, ...] = attrs.field(default=(), converter=tuple)
    """The numbers that stand for its grades, in the same order; empty where it has none."""
    assumed: tuple[Grade, ...] = attrs.field(default=(), converter=_grades)
    """The grades whose words no source gives: they are an assumption."""

    def __attrs_post_init__(self) -> None:
        """Refuse grades or numbers that stand twice, and numbers that are none."""
        faults = []
        if len(set(self.grades)) != len(self.grades):
            faults.append(Fault("", list(self.grades), "a scale lists each grade once"))
        if any(type(number) is not int for number in self.numbers):
            faults.append(Fault("/numbers", list(self.numbers), "are not all whole numbers"))
        elif self.numbers and not len(set(self.numbers)) == len(self.numbers) == len(self.grades):
            message = "a scale with numbers has one for each grade, and each once"
            faults.append(Fault("/numbers", list(self.numbers), message))
        faults += [
            Fault("/assumed", str(grade), "is no grade of the scale")
            for grade in self.assumed
            if grade not in self.grades
        ]
        if faults:
            raise OfstedFrameworkError(faults)

    def __str__(self) -> str:
        """Its id and its grades, the best first, with their numbers."""
        numbers = [f" = {number}" for number in self.numbers] or [""] * len(self.grades)
        grades = (f"{grade}{number}" for grade, number in zip(self.grades, numbers, strict=True))
        return f"{self.id} ({', '.join(grades)})"

    def __contains__(self, grade: object) -> bool:
        """Whether the grade is one of the scale's."""
        return grade in self.grades

    def position(self, grade: Grade) -> int:
        """The place of a grade on the scale, 0 for the best.

        Raises:
            OfstedFrameworkError: The grade is not on the scale.
        """
        if grade not in self.grades:
            good = ", ".join(self.grades)
            raise OfstedFrameworkError.of(f"not a grade of {self.id} ({good})", str(grade))
        return self.grades.index(grade)

    def grade(self, number: int) -> Grade:
        """The grade that a number stands for on this scale.

        Raises:
            OfstedFrameworkError: The scale has no such number, or none at all.
        """
        if isinstance(number, bool) or number not in self.numbers:
            good = ", ".join(map(str, self.numbers)) or "it has none"
            raise OfstedFrameworkError.of(f"is no number of {self.id} ({good})", number)
        return self.grades[self.numbers.index(number)]

    def number(self, grade: Grade | str) -> int:
        """The number that stands for a grade on this scale.

        Raises:
            OfstedFrameworkError: The scale has no numbers, or the grade is not on it.
        """
        place = self.position(to_grade(grade))
        if not self.numbers:
            raise OfstedFrameworkError.of(f"has no number: {self.id} has none", str(grade))
        return self.numbers[place]

    def compare(
        self, grade: Grade | str, other: Grade | str, on: GradeScale | None = None
    ) -> Comparison:
        """Compare a grade of this scale with another, of this scale or by its place on another's.

        Args:
            grade: A grade of this scale.
            other: The grade to compare it with.
            on: The scale of the other grade; None: this one.

        Raises:
            OfstedFrameworkError: A grade is not on its scale, or the scales differ in length, so
                that places say nothing; or `on` is no scale.
        """
        on = self if on is None else _scale(on)
        mine, theirs = self.position(to_grade(grade)), on.position(to_grade(other))
        if len(on.grades) != len(self.grades):
            message = f"has {len(on.grades)} grades and {self.id} {len(self.grades)}"
            raise OfstedFrameworkError.of(f"{message}: places cannot be compared", on.id)
        return Comparison(
            grade=to_grade(grade),
            scale=self.id,
            other=to_grade(other),
            other_scale=on.id,
            places=theirs - mine,
            of=len(self.grades),
            by_place_only=on.grades != self.grades,
            assumed=tuple(
                dict.fromkeys(
                    (word, scale.id)
                    for word, scale in ((to_grade(grade), self), (to_grade(other), on))
                    if word in scale.assumed
                )
            ),
        )


def _scale(value: object) -> GradeScale:
    if not isinstance(value, GradeScale):
        message = "is not a scale (framework.scale(id) gives one)"
        raise OfstedFrameworkError.of(message, value, "on")
    return value


@attrs.frozen(kw_only=True)
class Comparison:
    """Two grades side by side."""

    grade: Grade
    """The one."""
    scale: str
    """The id of its scale."""
    other: Grade
    """The other."""
    other_scale: str
    """The id of the other's scale."""
    places: int
    """By how many places the one is better: 0 for the same place, below 0 where it is worse."""
    of: int
    """How many places there are."""
    by_place_only: bool
    """Whether the scales have different grades, so that only their places were compared."""
    assumed: tuple[tuple[Grade, str], ...] = ()
    """Grades whose words no source gives, each with the id of its scale."""

    def __str__(self) -> str:
        """What was compared, and how, in words."""
        one, other = (f"{g.replace('-', ' ')} ({s})" for g, s in (
            (self.grade, self.scale), (self.other, self.other_scale)))  # fmt: skip
        count = abs(self.places)
        how = f"{count} place{'s' * (count > 1)} {'above' if self.places > 0 else 'below'}"
        told = f"{one} stands {how if count else 'in the same place as'} {other}"
        if self.by_place_only:
            told += f", by place only, of {self.of}: no source says that the grades are alike"
        for grade, scale in self.assumed:
            told += f". That {scale} has the word {grade.replace('-', ' ')} is assumed"
        return told + "."


@attrs.frozen
class Judgement:
    """The grade that an inspection gave to one area."""

    area: str
    """The area's code, for instance `private-law-practice`."""
    grade: Grade = attrs.field(converter=to_grade)
    """The grade given."""

    def __attrs_post_init__(self) -> None:
        """Refuse an area that is no text."""
        if not isinstance(self.area, str):
            raise OfstedFrameworkError.of("is not of the class str", self.area, "/area")


def tally(
    grades: dict[str, Grade], areas: tuple[str, ...], best: int, worst: int, scale: GradeScale
) -> int:
    """How many of the areas have a grade between two places on the scale, both included.

    Places count from 0, the best. Areas without a grade, and grades that are not on the
    scale, are not counted. Statuses and routes both count with this one function.
    """
    order = scale.grades
    return sum(
        1
        for area in areas
        if (grade := grades.get(area)) in order and best <= order.index(grade) <= worst
    )
