"""Every simulated event as typed columns: for pandas, polars and Arrow.

The columns are those of `Outlook.to_columns`; texts that come again and again are kept once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ..frames import library
from ..grades import Grade
from ..history import UNPUBLISHED
from ..windows import NEVER
from .arrays import AT_ONCE, Block, Column, Engine, Ints
from .bits import BLOCK
from .scenario import Scenario

if TYPE_CHECKING:
    from .outlook import Outlook

_UNIX = 719163
"""The ordinal of 1 January 1970."""
_GRADES = [str(grade) for grade in Grade]


class Events:
    """Every event of some replications, as arrays of one length, in order.

    First come events of the record that came to their end, then what was made, by first day, kind
    and place.
    """

    def __init__(self, engine: Engine, block: Block) -> None:
        scenario = engine.scenario
        self.types = sorted({*block.made, *(one.type for one in block.finished.values())})
        self.kinds = engine.kinds
        parts = [(rank, one, one.start <= NEVER) for rank, one in
                 enumerate(block.finished.values())]  # fmt: skip
        parts += [
            (len(block.finished), one, one.start <= scenario.horizon)
            for columns in block.made.values()
            for one in columns
        ]
        self.areas = sorted({area for _, one, _ in parts for area in one.grades})

        def joined(of: Callable[[int, Column], Ints]) -> Ints:
            some = [of(rank, one)[inside] for rank, one, inside in parts]
            return np.concatenate(some) if some else np.zeros(0, np.int64)

        def of_each(numbers: Sequence[int]) -> Ints:
            sizes = [int(np.count_nonzero(inside)) for _, _, inside in parts]
            return np.repeat(np.array(numbers, np.int32), sizes)

        at = joined(lambda _, one: one.at)
        rank = of_each([rank for rank, _, _ in parts])
        kinds = [self.types.index(one.type) for _, one, _ in parts]
        type = of_each(kinds)
        start = joined(lambda _, one: one.start)
        # A part has one kind and place and one event of a replication, so that one number sorts.
        sorts = np.lexsort(([one.place for _, one, _ in parts], kinds))
        turn = np.argsort(sorts)
        least = int(start.min(initial=NEVER))
        width = int(start.max(initial=0)) - least + 1
        key = at * np.int64(len(block.finished) + 1) + rank
        key = (key * width + (start - least)) * len(parts) + of_each(turn.tolist())
        order = np.argsort(key)
        del key
        self.finished = rank[order] if block.finished else np.zeros(at.size, np.int32)
        """The place of an event of the record among those that came to their end."""
        self.made = self.finished == len(block.finished)
        self.replication = at[order] + block.first
        self.type, self.start = type[order], start[order]
        self.end = joined(lambda _, one: one.end)[order]
        self.published = joined(lambda _, one: one.published)[order]
        """The day of publication; 0: none."""
        self.kind = joined(lambda _, one: one.kind)[order]
        """The number of the kind; -1: none."""
        self.grades = {area: joined(partial(_grades_of, area))[order] for area in self.areas}
        """By area the number of the grade; -1: none."""


def _grades_of(area: str, rank: int, one: Column) -> Ints:
    if area not in one.grades:
        return np.full(one.at.size, -1)
    return np.where(one.out, one.grades[area], -1)


def events(scenario: Scenario, replications: int) -> Iterator[Events]:
    """Every event of all replications, block by block.

    Raises:
        UnsupportedError: Only the plain form answers the question.
    """
    engine = Engine(scenario)
    step = BLOCK * AT_ONCE
    for first in range(0, replications, step):
        count = min(step, replications - first)
        yield Events(engine, Block(engine, first // BLOCK, count))


class Texts:
    """A column of texts: the number of each among those that there are; -1: none."""

    def __init__(self, codes: Any, texts: Sequence[str]) -> None:
        self.codes, self.texts = codes, list(texts)


class Days:
    """A column of days, as ordinals; 0: none."""

    def __init__(self, days: Any) -> None:
        self.days = days


def columns(outlook: Outlook) -> dict[str, Any]:
    """Every event of every replication, as arrays.

    Raises:
        UnsupportedError: Only the plain form makes these events.
    """
    parts = list(events(outlook.scenario, outlook.replications))
    types = sorted({name for one in parts for name in one.types})
    areas = ordered(outlook, {area for one in parts for area in one.areas})

    def joined(of: Any) -> Any:
        return np.concatenate([of(one) for one in parts])

    replication = joined(lambda one: one.replication)
    type = joined(
        lambda one: np.array([types.index(name) for name in one.types], np.int64)[one.type]
    )
    unpublished = np.isin(type, [types.index(one) for one in types if one in UNPUBLISHED])
    made: dict[str, Any] = {"replication": replication}
    left = replication
    for id, readings in outlook.scenario.readings.items():
        left, code = np.divmod(left, len(readings))
        made[f"reading of {id}"] = Texts(code, [str(reading) for reading in readings])
    made["type"] = Texts(type, types)
    made["id"] = Texts(*_ids(outlook, parts, type, types))
    made["kind"] = Texts(joined(lambda one: one.kind), parts[0].kinds)
    made["start"] = Days(joined(lambda one: one.start))
    made["end"] = Days(np.where(unpublished, 0, joined(lambda one: one.end)))
    made["published"] = Days(joined(lambda one: one.published))
    for area in areas:
        made[area] = Texts(
            joined(lambda one, area=area: one.grades.get(area, np.full(one.start.size, -1))),
            _GRADES,
        )
    return made


def ordered(outlook: Outlook, areas: set[str]) -> list[str]:
    """Areas in the order of the framework; others after them."""
    known = [area for area in outlook.framework.areas if area in areas]
    return [*known, *sorted(areas - set(known))]


def _ids(
    outlook: Outlook, parts: Sequence[Events], type: Any, types: Sequence[str]
) -> tuple[Any, list[str]]:
    """An id for each event: its kind and its number in the replication, after those on record."""
    from .outlook import numbered

    taken = numbered(outlook.recorded)
    finished = [event.id for event in outlook.scenario.finished]
    replication = np.concatenate([one.replication for one in parts])
    made = np.concatenate([one.made for one in parts])
    which = np.concatenate([one.finished for one in parts])
    codes = np.zeros(type.size, np.int64)
    texts: list[str] = list(finished)
    codes[~made] = which[~made]
    for code, name in enumerate(types):
        mine = np.flatnonzero(made & (type == code))
        if mine.size:
            of = replication[mine]
            begins = np.flatnonzero(np.r_[True, of[1:] != of[:-1]])
            number = np.arange(mine.size) - np.repeat(begins, np.diff(np.r_[begins, mine.size]))
            codes[mine] = len(texts) + number
            first = taken.get(name, 0) + 1
            count = int(number.max()) + 1
            texts += [f"simulated-{name}-{first + place}" for place in range(count)]
    return codes, texts


def to_lists(made: dict[str, Any]) -> dict[str, list[object]]:
    """The columns as lists of texts, days and numbers."""
    from datetime import date

    found: dict[str, list[object]] = {}
    for name, column in made.items():
        if isinstance(column, Texts):
            texts: list[object] = [*column.texts, None]
            found[name] = [texts[code] for code in column.codes.tolist()]
        elif isinstance(column, Days):
            known = {day: date.fromordinal(day) for day in np.unique(column.days).tolist() if day}
            found[name] = [known.get(day) for day in column.days.tolist()]
        else:
            found[name] = column.tolist()
    return found


def to_pandas(made: dict[str, Any]) -> Any:
    """The columns as a data frame of pandas."""
    pandas = library("pandas")

    def column(one: Any) -> Any:
        if isinstance(one, Texts):
            return pandas.Categorical.from_codes(one.codes, one.texts)
        if isinstance(one, Days):
            days = (one.days - _UNIX).astype("datetime64[D]")
            return np.where(one.days == 0, np.datetime64("NaT"), days).astype("datetime64[s]")
        return one

    return pandas.DataFrame({name: column(one) for name, one in made.items()})


def to_arrow(made: dict[str, Any]) -> Any:
    """The columns as a table of pyarrow."""
    arrow = library("pyarrow")

    def column(one: Any) -> Any:
        if isinstance(one, Texts):
            codes = arrow.array(one.codes.astype(np.int32), mask=one.codes < 0)
            return arrow.DictionaryArray.from_arrays(codes, arrow.array(one.texts, arrow.string()))
        if isinstance(one, Days):
            days = (one.days - _UNIX).astype(np.int32)
            return arrow.array(days, arrow.int32(), mask=one.days == 0).cast(arrow.date32())
        return arrow.array(one)

    return arrow.table({name: column(one) for name, one in made.items()})


def to_polars(made: dict[str, Any]) -> Any:
    """The columns as a data frame of polars."""
    polars = library("polars")

    def column(name: str, one: Any) -> Any:
        if isinstance(one, Texts):
            texts = polars.Series(name, one.texts, polars.String)
            return texts.gather(polars.Series(np.where(one.codes < 0, 0, one.codes))).set(
                polars.Series(one.codes < 0), None
            )
        if isinstance(one, Days):
            days = polars.Series(name, (one.days - _UNIX).astype(np.int32)).cast(polars.Date)
            return days.set(polars.Series(one.days == 0), None)
        return polars.Series(name, one)

    return polars.DataFrame([column(name, one) for name, one in made.items()])
