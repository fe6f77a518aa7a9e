"""Grades, the scales that order them, and judgements."""

from __future__ import annotations

import enum
from collections.abc import Iterable

import attrs

from .errors import OfstedFrameworkError, choice


class Grade(enum.StrEnum):
    """A grade in the field's own word. A grade has no order: its scale has."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires-improvement"
    SATISFACTORY = "satisfactory"
    ADEQUATE = "adequate"
    INADEQUATE = "inadequate"
    NOT_JUDGED = "not-judged"
    """No grade was given for the area; on no scale."""


def to_grade(value: object) -> Grade:
    """A grade from its word.

    Raises:
        OfstedFrameworkError: It is no grade's word. A number is none: 1 is the best grade on some
            scales and the worst on others, so that it takes a scale to read one.
    """
    if isinstance(value, int) or (isinstance(value, str) and value.strip().isdecimal()):
        message = "is a number, and says no grade without its scale: scale.grade(number) reads it"
        raise OfstedFrameworkError.of(message, value)
    return choice(Grade)(value)


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

    def __attrs_post_init__(self) -> None:
        if len(set(self.grades)) != len(self.grades):
            raise OfstedFrameworkError.of("a scale lists each grade once", list(self.grades))
        if self.numbers and len(set(self.numbers)) != len(self.grades):
            message = "a scale with numbers has one for each grade, and each once"
            raise OfstedFrameworkError.of(message, list(self.numbers), "/numbers")

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
                that places say nothing.
        """
        on = self if on is None else on
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
        )


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

    def __str__(self) -> str:
        """What was compared, and how, in words."""
        one, other = (f"{g.replace('-', ' ')} ({s})" for g, s in (
            (self.grade, self.scale), (self.other, self.other_scale)))  # fmt: skip
        count = abs(self.places)
        how = f"{count} place{'s' * (count > 1)} {'above' if self.places > 0 else 'below'}"
        told = f"{one} stands {how if count else 'in the same place as'} {other}"
        if self.by_place_only:
            told += f", by place only, of {self.of}: no source says that the grades are alike"
        return told + "."


@attrs.frozen
class Judgement:
    """The grade that an inspection gave to one area."""

    area: str
    """The area's code, for instance `private-law-practice`."""
    grade: Grade = attrs.field(converter=to_grade)
    """The grade given."""


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
