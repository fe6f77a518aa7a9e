"""What a block of replications looks up: numbers, readings, inspections, grades before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from ...cases import status_holds
from ...events import Event
from ...grades import Grade
from ...obligations import deadline
from ...provisions import NOT_KNOWN, Response, Status
from ...windows import NEVER
from ..behaviour import Table
from ..bits import BLOCK
from ..plain import SHARED
from ..quality import OWN, of_area
from ..scenario import Duty, Form, Made
from .engine import Engine
from .lookups import CODES, ByGrades, Choice, Choices_, Ints, UnsupportedError, Words, values
from .made import Column, Where


class Known:
    """Some replications, and what is known of them."""

    def __init__(self, engine: Engine, number: int, count: int, bare: bool = False) -> None:
        """Begin with nothing made.

        Args:
            engine: The question.
            number: The number of the block, or of the first.
            count: How many replications are wanted, from its first on.
            bare: Whether to forget, of events on which nothing turns any more, all but their days.
        """
        self.engine, self.scenario, self.size = engine, engine.scenario, count
        self.bare = bare
        self.words = Words(self.scenario.seed, number, -(-count // BLOCK))
        self.first = number * BLOCK
        self.all = np.arange(count)
        self.case = (self.first + self.all) % self.scenario.cases
        self.readings: dict[str, Ints] = {}
        """Of each provision that can be read in more than one way, the place of each reading."""
        rest = self.first + self.all
        for id, some in self.scenario.readings.items():
            rest, places = np.divmod(rest, len(some))
            self.readings[id] = places.astype(np.int32)
        self.made: dict[str, list[Column]] = {}
        self.finished: dict[str, Column] = {}
        self.inspections: list[Column] = []
        self._last: list[Ints] = []
        self._splits: dict[tuple[str, ...], list[tuple[Choices_, Any]]] = {}
        self._held: dict[str, tuple[int, Ints]] = {}

    def numbers(self, where: Where, word: int, at: Ints) -> Ints:
        """The numbers of some of the replications, as whole numbers of 32 bits without a sign."""
        if len(where.slots) == 1:
            slot, first, _ = where.slots[0]
            if at.size < self.size:
                return self.words.some(where.stream, slot, first + word, at)
            return self.words(where.stream, slot, first + word)[: self.size]
        drawn = np.empty(at.size, np.uint32)
        begin = 0
        for slot, first, end in where.slots:
            if begin < end:
                if end - begin == self.size:
                    drawn[begin:end] = self.words(where.stream, slot, first + word)[: self.size]
                else:
                    some = at[begin:end]
                    drawn[begin:end] = self.words.some(where.stream, slot, first + word, some)
            begin = end
        return drawn

    def says(self, table: Table | None, word: str, where: Where, place: int, at: Ints) -> Ints:
        """Whether an assumption comes out so, for some replications."""
        if table is None or word not in table.outcomes:
            return np.zeros(at.size, bool)
        if len(table.outcomes) == 1:
            return np.ones(at.size, bool)
        return self.engine.choice(table).says(word, self.numbers(where, place, at))

    def split(self, ids: Iterable[str], at: Ints) -> Iterable[tuple[Choices_, Any]]:
        """Some replications by the readings of some provisions: the readings, and the places."""
        open_ = tuple(id for id in ids if id in self.readings)
        if not open_ or not at.size:
            return ((self.engine.choices(0), slice(None)),)
        whole = at is self.all
        if whole and open_ in self._splits:
            return self._splits[open_]
        code = None
        for id in open_:
            mine = self.readings[id] if whole else self.readings[id].take(at)
            code = mine if code is None else code * len(self.scenario.readings[id]) + mine
        found = []
        for one in values(code):
            places = np.flatnonzero(code == one)
            found.append((self.engine.choices(int(self.case[at[places[0]]])), places))
        if whole:
            self._splits[open_] = found
        return found

    def eras(self, duty: Duty[Any], at: Ints, days: Ints) -> Iterator[tuple[list[Any], Any]]:
        """The rows that may be in force on a day of each replication, with the places of those."""
        for choice, some in self.split((duty.id,), at):
            whole = isinstance(some, slice)
            for rows, places in self.engine.eras(duty, choice, days if whole else days[some]):
                yield rows, places if whole else some[places]

    def _taken(self, event: Event) -> Column:
        """An event of the record, the same for all."""
        return self._same(self.scenario.taken(event), event)

    def _same(self, one: Made, event: Event | None) -> Column:
        size = self.size
        column = self._column(one.type, self.all, np.full(size, one.start, np.int32), one.place)
        column.event = event
        column.end = np.full(size, one.end, np.int32)
        column.published = np.full(size, one.published or 0, np.int32)
        column.kind = np.full(size, self.engine.kind(one.kind), np.int8)
        column.out = np.full(size, one.grades is not None)
        if one.grades:
            column.graded = column.out
            column.grades = {
                area: np.full(size, CODES[grade], np.int8) for area, grade in one.grades.items()
            }
        return column

    def _column(self, type: str, at: Ints, start: Ints, place: int) -> Column:
        return Column(type, at, start, place, self.engine.nones(at.size))

    def known(self, event: Event) -> Column:
        """An event of the record, finished if it was not."""
        return self.finished.get(event.id) or self._taken(event)

    def _inspect(self, column: Column) -> None:
        """Put an inspection after those that there are."""
        self.inspections.append(column)
        self._last.append(self._starts(column))

    def _starts(self, column: Column) -> Ints:
        """The first day of each replication's event, far off where it has none."""
        if column.at.size == self.size:
            return column.start
        starts = np.full(self.size, NEVER * 2, column.start.dtype)
        starts[column.at] = column.start
        return starts

    def before(self, at: Ints, days: Ints) -> Ints:
        """The number of the last inspection before each day; -1: there is none."""
        least, most, known = int(days.min(initial=NEVER)), int(days.max(initial=0)), -1
        for number, column in enumerate(self.inspections):
            if column.at.size == self.size and column.ends[1] < least:
                known = number  # it is before all of them
        found = np.full(at.size, known, np.int32)
        whole = at is self.all
        for number, starts in enumerate(self._last[known + 1 :], known + 1):
            if self.inspections[number].ends[0] < most:
                np.putmask(found, (starts if whole else starts.take(at)) < days, number)
        return found

    def by_last(self, at: Ints, last: Ints) -> Iterator[tuple[Column | None, Any]]:
        """The last inspections, with the places of those of whom each is the last."""
        found = values(last)
        for number in found:
            one = None if number < 0 else self.inspections[number]
            yield one, slice(None) if len(found) == 1 else np.flatnonzero(last == number)

    def holds(self, id: str, column: Column, at: Ints) -> Ints:
        """Whether a status holds after an event, for some of its replications."""
        found = column.held.get(id)
        if found is None:
            found = column.held[id] = self._holding(id, column)
        return found[column.of(at)]

    def _held_after(self, id: str) -> Ints:
        """Whether a status holds, by the last inspection (none first) and the replication."""
        known = self._held.get(id)
        if known is None or known[0] < len(self.inspections):
            held = np.zeros((len(self.inspections) + 1, self.size), bool)
            for number, column in enumerate(self.inspections, 1):
                held[number, column.at] = self.holds(id, column, column.at)
            known = self._held[id] = len(self.inspections), held.ravel()
        return known[1]

    def _holding(self, id: str, column: Column) -> Ints:
        found = np.zeros(column.at.size, bool)
        for rows, at in self.eras(self.scenario.statuses[id], column.at, column.start):
            grades = {area: some[at] for area, some in column.grades.items()}
            size = column.start[at].size
            held = np.zeros(size, bool)
            for row in rows:
                held |= self._status(row)(grades, size) > 0
            found[at] = held
        return found & column.graded

    def _status(self, row: Status) -> ByGrades:
        def make() -> ByGrades:
            areas = [area for count in row.if_ for area in count.areas]
            scale = self.scenario.view.framework.scale(row.scale)
            named = dict.fromkeys((*areas, *row.stands_for))

            def of(grades: dict[str, Grade]) -> int:
                return int(status_holds(row, scale, grades))

            return ByGrades(tuple(named), of, self.engine.grades)

        made: ByGrades = self.engine.table(("status", id(row)), make)
        return made

    def _band(self, table: Table | None, usual: int) -> Choice:
        """A number out of a band."""
        parts, total = ([(1, usual, 1)], 1) if table is None else (table.parts, table.total)
        key = ("band", usual if table is None else id(table))
        made: Choice = self.engine.table(key, lambda: Choice.of_parts(parts, total))
        return made

    def _left(self, table: Table, activity: str, anchor: int) -> Choice | None:
        """What is left on the first day of a number of days since an anchor; None: nothing is."""

        def make() -> tuple[Choice | None]:
            parts, total = self.scenario.left(table, activity, anchor)
            return (Choice.of_parts(parts, total) if parts else None,)

        made: tuple[Choice | None] = self.engine.table(("left", id(table), activity, anchor), make)
        return made[0]

    def _later(self, activity: str, anchors: Ints, days: Ints) -> Ints:
        """The days so many days after others, on the clock that stops while suspended."""
        some = anchors + days
        for start, end in self.scenario.suspended(activity):
            first = np.maximum(start, anchors + 1)
            moved = NEVER if end == NEVER else some + end - first + 1
            some = np.where((first <= end) & (some >= first), moved, some)
        return some

    def _made_of(self, activities: Sequence[str]) -> list[Column]:
        """The events made of some kinds."""
        return [column for kind in activities for column in self.made.get(kind, ())]

    def _barred(self, form: Form, at: Ints, days: Ints) -> Ints:
        """Whether an activity is tied to a status that does not hold."""
        found = np.zeros(at.size, bool)
        last = self.before(at, days)
        for duty in form.only:
            for rows, places in self.eras(duty, at, days):
                some, its = at[places], last[places]
                barred = np.zeros(some.size, bool)
                for row in rows:
                    held = self._held_after(row.while_)
                    barred |= ~held.take((its + 1) * self.size + some)
                found[places] |= barred
        return found

    def _deadline(self, row: Response, begun: Ints) -> Ints | None:
        """The last day on which a response is in time; None where no source gives one."""
        calendar = self.scenario.calendar
        if row.working_days == NOT_KNOWN:
            return None
        table = self.engine.by_day(("deadline", id(row)), lambda day: deadline(row, day, calendar))
        found: Ints = table(begun)
        return found

    def _called_for(self, row: Response, column: Column) -> Ints | None:
        """Whether events have what a response is owed for; None: all have."""
        if not row.when:
            return None
        called = np.ones(column.at.size, bool)
        for field, words in row.when.items():
            if field != "priority_action":
                raise UnsupportedError
            if column.event is not None:
                called &= getattr(column.event, field, None) in words
            elif column.priority is None:
                called[:] = False
            else:
                table = self.scenario.form(column.type).priority
                assert table is not None
                called &= np.array([one in words for one in table.outcomes]).take(column.priority)
        return called

    def _grade_before(
        self, area: str, at: Ints, start: Ints, last: Ints, told: int | None = None
    ) -> Ints:
        """The last grade of an area, or of the area of an earlier form that stands for it.

        Args:
            area: The area.
            at: The replications.
            start: A day of each, after the first of the inspection that gave it.
            last: The number of the last inspection before that day.
            told: A day by which its report was out; None: it does not matter.
        """
        number = int(last.max(initial=-1))
        if number >= 0 and int(last.min()) == number and told is None:
            column = self.inspections[number]
            if area in column.grades:
                its = column.of(at)
                grade = column.grades[area][its]
                if column.graded[its].all() and (grade >= 0).all():
                    return grade
        found = np.full(at.size, -1, np.int8)
        left = last >= 0
        while number >= 0 and left.any():
            column = self.inspections[number]
            starts = self._last[number][at]
            here = np.flatnonzero(left & (starts < start))
            if here.size:
                its = column.of(at[here])
                given = column.graded[its]
                if told is not None:
                    out = np.where(column.published > 0, column.published, column.end)[its]
                    given = given & (out <= told)
                grade = (
                    column.grades[area][its]
                    if area in column.grades
                    else np.full(here.size, -1, np.int8)
                )
                grade = np.where(given, grade, -1)
                for old, rows_start in self._stands_for(area, at[here], start[here]):
                    if old in column.grades:
                        other = np.where(given & rows_start, column.grades[old][its], -1)
                        grade = np.where(grade < 0, other, grade)
                done = here[grade >= 0]
                found[done] = grade[grade >= 0]
                left[done] = False
            number -= 1
        return found

    def _stands_for(self, area: str, at: Ints, start: Ints) -> Iterator[tuple[str, Ints]]:
        """Areas of an earlier form that stand for an area, in order, and where they do."""
        for duty in self.scenario.statuses.values():
            if not any(row.stands_for for rows in duty.readings.values() for row in rows):
                continue
            for rows, places in self.eras(duty, at, start):
                for row in rows:
                    for old, new in row.stands_for.items():
                        if area in new:
                            where = np.zeros(start.size, bool)
                            where[places] = True
                            yield old, where

    def _own_or_shared(self, activity: str, area: str, at: Ints, own: Where, word: int) -> Ints:
        """The numbers that an area's grade turns on: its own, or the one that all areas share."""
        numbers = self.numbers(own, word, at)
        table = self.scenario.table("shared", area, given="grade")
        if table is None:
            return numbers
        mine = own._replace(stream=of_area(activity, area))
        shared = self.says(table, "shared", mine, OWN, at)
        all_areas = own._replace(stream=activity)
        return np.where(shared, self.numbers(all_areas, SHARED, at), numbers)
