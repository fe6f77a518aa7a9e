"""The replications of a block, made all at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ...cases import State
from ...events import EVENTS, Event
from ...provisions import Response
from ...windows import NEVER
from ..plain import DAY, FINISHED, LAG, LATE, LATE_BY, SKIPPED
from ..scenario import EVENT_WORDS, Duty, Span
from .engine import Engine
from .lookups import Ints
from .made import Column, Where
from .recurring import Recurring


class Block(Recurring):
    """The replications of one block, or of some blocks in a row."""

    def __init__(self, engine: Engine, number: int, count: int, bare: bool = False) -> None:
        """Simulate them.

        Args:
            engine: The question.
            number: The number of the block, or of the first.
            count: How many replications are wanted, from its first on.
            bare: Whether to forget, of events on which nothing turns any more, all but their days.
        """
        super().__init__(engine, number, count, bare)
        scenario = self.scenario
        self.told: dict[str, tuple[Ints, Ints]] = {}
        """Of kinds of event that are forgotten, what is told of them: see `counts`."""
        for event in scenario.inspections:
            self._inspect(self._taken(event))
        for area in scenario.lattices:
            self._begin(area)
        for index, event in enumerate(scenario.finished):
            self._finish(event, FINISHED + index)
        self.inspections, self._last, self._held = [], [], {}
        for event in scenario.inspections:
            self._inspect(self.known(event))
        for activity in scenario.order:
            self._recur(activity)
            self._forget({activity} & engine.alone)
        for duty in scenario.betweens:
            self._fill(duty)
        self._forget(engine.last)
        self._visited, self._ordered = {}, {}
        for index, response in enumerate(scenario.responses):
            if response.one.gives in EVENTS:
                self._answer(index, response)
                self._forget({response.one.gives} & engine.last)
        if scenario.lattices:
            self._drift_to(self.all, np.full(count, len(scenario.steps)))

    def _forget(self, kinds: Iterable[str]) -> None:
        """Keep of some kinds of event no more than their counts, if no more is wanted."""
        for kind in kinds if self.bare else ():
            if kind in self.made:
                self.told[kind] = self.counts(kind)
                del self.made[kind]

    def counts(self, kind: str) -> tuple[Ints, Ints]:
        """By replication the first day of events of a kind, and how many there are."""
        first, times = self.told.get(kind) or (
            np.full(self.size, NEVER * 2, np.int32), np.zeros(self.size, np.int32)
        )  # fmt: skip
        for column in self.made.get(kind, ()):
            inside = column.start <= self.scenario.horizon
            whole = inside.all()
            at = column.at if whole else column.at[inside]
            start = column.start if whole else column.start[inside]
            first[at] = np.minimum(first[at], start)
            times[at] += 1
        return first, times

    def _finish(self, event: Event, slot: int) -> None:
        scenario, form = self.scenario, self.scenario.form(event.type)
        column = self._taken(event)
        where = Where(event.type, ((slot, 0, self.size),))
        none = self.engine.nones(self.size)
        column.graded = column.out = none.false[: self.size]
        column.grades = {}
        if event.end is None:
            column.end = self._end(form, column, where)
        column.published = none.zeros[: self.size]
        self._publish(form, column, where)
        out = column.published > 0
        column.published = np.where(
            out, np.maximum(column.published, scenario.first), column.published
        )
        self._grade(form, column, where)
        self.finished[event.id] = column

    def _answer(self, index: int, duty: Duty[Response]) -> None:
        scenario, row = self.scenario, duty.one
        found: list[tuple[Column, int]] = []
        for number, owed in enumerate(scenario.made.get(duty.id, [])):
            event = scenario.view.history.get(owed.subject)
            open_ = owed.possible & {State.OPEN, State.NOT_YET_OPEN}
            if event is not None and owed.fulfilled_by is None and (
                open_ or owed.possible == {State.OVERDUE}
            ):  # fmt: skip
                found.append((self.known(event), (FINISHED + number) * EVENT_WORDS))
        for kind in row.after:
            found += ((column, column.place) for column in self.made.get(kind, ()))
        for column, slot in found:
            day = {"start": column.start, "end": column.end, "published": column.published}[
                row.counted_from
            ].astype(np.int32, copy=False)
            called = self._called_for(row, column)
            called = day > 0 if called is None else called & (day > 0)
            if column.event is None and column.ends[1] > scenario.horizon:
                called &= column.start <= scenario.horizon
            some = np.flatnonzero(called)
            if not some.size:
                continue
            for rows, places in self.eras(duty, column.at[some], day[some]):
                if rows:
                    its = some[places]
                    due = None
                    for one in rows:
                        last = self._deadline(one, day[its])
                        if last is not None:
                            due = last if due is None else np.minimum(due, last)
                    due = np.full(its.size, NEVER, np.int32) if due is None else due
                    self._reply(row, column.at[its], day[its], due, slot, EVENT_WORDS * index)

    def _reply(self, row: Response, at: Ints, begun: Ints, due: Ints, slot: int, word: int) -> None:
        scenario, engine, activity = self.scenario, self.engine, row.gives
        form = scenario.form(activity)
        where = Where(activity, ((slot, word, at.size),))
        if form.skipped is not None:
            kept = np.flatnonzero(~self.says(form.skipped, "yes", where, SKIPPED, at))
            at, begun, due, where = at[kept], begun[kept], due[kept], where.part(kept)
        if not at.size:
            return
        never = np.flatnonzero(due >= NEVER)
        if never.size:
            lag = scenario.table("lag", activity)
            after: Ints | int = 0
            if lag is not None:
                words = self.numbers(where.part(never), LAG, at[never])
                after = engine.choice(lag).numbers(words)
            due = due.copy()
            due[never] = engine.add(begun[never], after)
        numbers = self.numbers(where, DAY, at)
        lo = np.maximum(begun, scenario.first)
        days = engine.pick_day(activity, "response", (begun, due), lo, due, numbers)
        table = scenario.late(activity, Span(0, 0, 0, 0, "response"))
        if table is not None and (days > 0).any():
            days[self.says(table, "yes", where, LATE, at)] = 0
        late = np.flatnonzero(days == 0)
        if late.size:
            closed = np.maximum(due[late], scenario.first - 1)
            days[late] = self._late_by(
                activity, "response", closed, where.part(late), LATE_BY, at[late]
            )
        if int(days.max()) > NEVER:
            good = np.flatnonzero(days <= NEVER)
            at, days = at[good], days[good]
        if at.size:
            column = self._column(activity, at, days, slot)
            column.pack(self.all)
            self.made.setdefault(activity, []).append(column)
