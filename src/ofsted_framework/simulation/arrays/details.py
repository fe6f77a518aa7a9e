"""What an event is like in the array form: its kind, length, report and grades."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...cases import keep_to
from ...grades import Grade
from ...provisions import Limit, Route
from ...windows import NEVER
from ..plain import GRADES, KIND, LAG, LATE_REPORT, LENGTH, PRIORITY, UNPUBLISHED
from ..scenario import Form, allowed_kinds, ways
from .lookups import CODES, ByGrades, Ints, Moves, values
from .made import Column, Where, spread
from .quality import Quality


class Details(Quality):
    """What events are like."""

    def _complete(self, column: Column, where: Where, inside: Ints | None) -> None:
        """Give events up to the horizon their kind, their length, their report and their grades.

        Args:
            column: The events.
            where: Where their numbers stand.
            inside: The places of those up to the horizon; None: all are.
        """
        form = self.scenario.form(column.type)
        part = column
        if inside is not None:
            part, where = column.part(inside), where.part(inside)
        if not part.at.size:
            return
        if form.routes:
            part.kind = self._kind(form, part, where)
        if form.priority is not None and self.engine.asks_priority:
            choice = self.engine.choice(form.priority)
            part.priority = choice.index(self.numbers(where, PRIORITY, part.at)).astype(np.int8)
        if form.is_published:
            part.end = self._end(form, part, where)
            self._publish(form, part, where)
        if form.is_graded:
            self._grade(form, part, where)
        if inside is not None:
            _put(column, part, inside)

    def _kind(self, form: Form, column: Column, where: Where) -> Ints:
        """The kind of each inspection: what the grades before send to, or another allowed."""
        engine, at = self.engine, column.at
        chosen = np.full(at.size, -1, np.int8)
        for found, mine in self._ways(form, at, column.start):
            good = allowed_kinds(found) if found else [None]
            chosen[mine] = engine.kind(good[0])
            if len(good) > 1 and form.kind is not None:
                places = np.arange(at.size) if isinstance(mine, slice) else mine
                its = self.says(form.kind, "instead", where.part(places), KIND, at[places])
                chosen[places[its]] = engine.kind(good[1])
        return chosen

    def _ways(
        self, form: Form, at: Ints, days: Ints, last: Ints | None = None
    ) -> Iterator[tuple[list[tuple[str, ...]], Any]]:
        """What the routes of some days allow after the last inspections, with the places of each.

        Args:
            form: What an inspection is like.
            at: The replications.
            days: The days.
            last: The numbers of the last inspections; None: of those before the days.
        """
        code = np.zeros(at.size, np.int64)
        rows: list[Route] = []
        for duty in form.routes:
            for some, places in self.eras(duty, at, days):
                for row in some:
                    if row not in rows:
                        rows.append(row)
                    number = rows.index(row)
                    if row.while_ is None:  # whatever came before
                        code[places] += 5**number
                        continue
                    if last is None:
                        last = self.before(at, days)
                    its_, lasts = at[places], last[places]
                    state = np.zeros(its_.size, np.int64)
                    for one, mine in self.by_last(its_, lasts):
                        state[mine] = 1  # there is none before
                        if one is not None:
                            its = its_[mine]
                            held = self.holds(row.while_, one, its)
                            # 2: its grades are not known
                            state[mine] = np.where(one.out[one.of(its)], held + 3, 2)
                    code[places] += state * 5**number
        codes = values(code)
        for one_code in codes:
            found: list[tuple[str, ...]] = []
            for number, row in enumerate(rows):
                state_ = one_code // 5**number % 5
                if state_:
                    found += ways(row, {3: False, 4: True}.get(state_), state_ == 1)
            yield found, slice(None) if len(codes) == 1 else np.flatnonzero(code == one_code)

    def _end(self, form: Form, column: Column, where: Where) -> Ints:
        """The last days of fieldwork; what is assumed of its length ends on a working day."""
        engine, at, start = self.engine, column.at, column.start
        found = None
        for duty in form.lengths:
            for rows, places in self.eras(duty, at, start):
                if rows and rows[0].kind is None and isinstance(places, slice) and found is None:
                    return start + np.int32(rows[0].days - 1)
                if found is None:
                    found = np.zeros(at.size, np.int32)
                ends, begun, kinds = found[places], start[places], column.kind[places]
                for row in rows:
                    fits = (ends == 0) & ((row.kind is None) | (kinds == engine.kind(row.kind)))
                    ends = np.where(fits, begun + np.int32(row.days - 1), ends)
                found[places] = ends
        if found is None:
            left: Any = slice(None)
        else:
            left = np.flatnonzero(found == 0)
        kinds = column.kind[left]
        numbers = values(kinds) if form.routes or column.event is not None else [-1]
        for kind in numbers:
            mine = left
            if len(numbers) > 1:
                mine = np.flatnonzero(kinds == kind)
                mine = mine if isinstance(left, slice) else left[mine]
            name = None if kind < 0 else engine.kinds[kind]
            table = self.scenario.table("length", column.type, given=name)
            its = start[mine]
            if table is None or len(table.outcomes) == 1:
                days = 1 if table is None else table.outcomes[0]
                ends = engine.after_days(days)(its)
            else:
                words = self.numbers(where if isinstance(mine, slice) else where.part(mine),
                                     LENGTH, at[mine])  # fmt: skip
                ends = its + engine.choice(table).numbers(words)
                ends = np.maximum(engine.before("working-day", ends - 1), its)
            if found is None and isinstance(mine, slice):
                return ends
            if found is None:
                found = np.zeros(at.size, np.int32)
            found[mine] = ends
        return np.zeros(0, np.int32) if found is None else found

    def _publish(self, form: Form, column: Column, where: Where) -> None:
        engine, at = self.engine, column.at
        some: Any = None
        start, end = column.start, column.end
        if form.unpublished is not None:
            never = self.says(form.unpublished, "yes", where, UNPUBLISHED, at)
            if never.any():
                some = np.flatnonzero(~never)
                if not some.size:
                    return
                start, end, at, where = start[some], end[some], at[some], where.part(some)
        due: Ints | None = None
        strict: Ints | None = None
        for duty in form.reports:
            called = self._called_for(duty.one, column)
            if called is not None and some is not None:
                called = called[some]
            begun = start if duty.one.counted_from == "start" else end
            for rows, places in self.eras(duty, at, begun):
                for row in rows:
                    last = self._deadline(row, begun[places])
                    if last is None:
                        continue
                    if called is not None:
                        last = np.where(called[places], last, NEVER)
                    due = _nearer(due, last, places, at.size)
                    if not row.late_counts:
                        strict = _nearer(strict, last, places, at.size)
        late = None
        if form.late_report is not None and strict is not None:
            bound = strict < NEVER
            if bound.any():
                late = bound & self.says(form.late_report, "yes", where, LATE_REPORT, at)
                late = np.flatnonzero(late)
        words: Ints | None = None
        drawn = form.lag is not None and len(form.lag.outcomes) > 1
        if drawn or (late is not None and late.size):
            words = self.numbers(where, LAG, at)
        days: Ints | int = 0
        if form.lag is not None:
            days = engine.choice(form.lag).numbers(words) if drawn else form.lag.outcomes[0]
        told = engine.add(end, days)
        if due is not None:
            told = np.minimum(told, due)
        told = np.maximum(told, end)
        if late is not None and late.size:
            assert words is not None
            assert strict is not None
            by = self._band(form.late_report_by, 20).numbers(words[late])
            told[late] = engine.add(strict[late], by)
        if some is not None:
            column.published = np.zeros(column.at.size, np.int32)
            column.published[some] = told
        else:
            column.published = told

    def _grade(self, form: Form, column: Column, where: Where) -> None:
        scenario, at, start = self.scenario, column.at, column.start
        out: Ints | None = None
        if form.is_published and not (column.published > 0).all():
            out = np.flatnonzero(column.published > 0)
            if not out.size:
                return
            at, start, where = at[out], start[out], where.part(out)
        none = self.engine.nones(at.size)
        column.out = spread(none.true[: at.size], out, column.at.size, False)
        grades: dict[str, Ints] = {}
        last: Ints | None = None
        for duty in form.graded:
            for rows, places in self.eras(duty, at, start):
                for row in rows[:1]:
                    if row.areas and last is None:
                        last = self.before(at, start)
                    whole = isinstance(places, slice)
                    its = where if whole else where.part(places)
                    for index, area in enumerate(row.areas):
                        assert last is not None
                        some = at if whole else at[places]
                        if area in scenario.lattices:
                            drawn = self._as_seen(
                                column.type, (area, str(row.scale)), some, start[places], its
                            )
                        else:
                            drawn = self._drawn(
                                column.type, (area, str(row.scale)), some, start[places],
                                last[places], its, GRADES + index,
                            )  # fmt: skip
                        if whole and area not in grades:
                            grades[area] = drawn
                        else:
                            if area not in grades:
                                grades[area] = np.full(at.size, -1, np.int8)
                            grades[area][places] = drawn
        for limits in form.limits:
            for rows, places in self.eras(limits, at, start):
                for limit in rows:
                    self._keep_to(limit, grades, places, start[places].size)
        column.grades = {
            area: spread(some, out, column.at.size, -1) for area, some in grades.items()
        }
        if grades:
            given = None
            for some in grades.values():
                given = some >= 0 if given is None else given | (some >= 0)
            column.graded = spread(given, out, column.at.size, False)

    def _keep_to(self, limit: Limit, grades: dict[str, Ints], places: Any, size: int) -> None:
        """Move the grade of a limited area to the nearest that the limit allows."""
        if limit.area not in grades:
            return

        def make() -> ByGrades:
            areas = dict.fromkeys((limit.area, *(a for count in limit.if_ for a in count.areas)))
            scale = self.scenario.view.framework.scale(limit.scale)

            def of(given: dict[str, Grade]) -> int:
                keep_to(limit, scale, given)
                return CODES[given[limit.area]] if limit.area in given else -1

            return ByGrades(tuple(areas), of, self.engine.grades)

        table = self.engine.table(("limit", id(limit)), make)
        part = {area: some[places] for area, some in grades.items()}
        grades[limit.area][places] = table(part, size)

    def _drawn(
        self,
        activity: str,
        graded: tuple[str, str],
        at: Ints,
        start: Ints,
        last: Ints,
        where: Where,
        word: int,
    ) -> Ints:
        """The grade of an area on a scale, which moves on from its last."""
        moves: Moves = self.engine.table(("moves", *graded), lambda: Moves(self.scenario, *graded))
        before = self._grade_before(graded[0], at, start, last)
        return moves(before, self._own_or_shared(activity, graded[0], at, where, word))


def _nearer(due: Ints | None, last: Ints, places: Any, size: int) -> Ints:
    """The earlier of two deadlines, for some of the places."""
    if due is None and isinstance(places, slice):
        return last
    due = np.full(size, NEVER, np.int32) if due is None else due.copy()
    due[places] = np.minimum(due[places], last)
    return due


def _put(column: Column, part: Column, inside: Ints) -> None:
    """Put what was given to a part of a column back into it."""
    column.end = column.end.copy()
    column.end[inside] = part.end
    size = column.at.size
    for name, none in (("published", 0), ("kind", -1), ("out", 0), ("graded", 0)):
        setattr(column, name, spread(getattr(part, name), inside, size, none))
    column.grades = {area: spread(some, inside, size, -1) for area, some in part.grades.items()}
    if part.priority is not None:
        column.priority = spread(part.priority, inside, size, -1)
