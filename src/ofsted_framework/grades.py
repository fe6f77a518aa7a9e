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


def to_grade(value: Grade | str) -> Grade:
    """A grade from its word."""
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

    def __attrs_post_init__(self) -> None:
        if len(set(self.grades)) != len(self.grades):
            raise OfstedFrameworkError.of("a scale lists each grade once", list(self.grades))

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
