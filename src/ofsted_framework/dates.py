"""Days known exactly or in part, calendar months, and working days in England.

Days are `datetime.date`; a `datetime.datetime` is refused wherever a day is asked for. An
"ordinal" is a day's proleptic Gregorian ordinal, as `date.toordinal` gives it.
"""

import enum
import functools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple, NoReturn, Self

from attrs import field, frozen

from .errors import Fault, Gathered, OfstedFrameworkError, items, of_class, one_day

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_LAST_ORDINAL = date.max.toordinal()
_SPELLINGS = (
    "write 2021-04-12 (a day), 2021-04 (a month), 2021 (a year), 2021-04-12/2021-05 (from the "
    "first day of the one to the last day of the other), ../2024-04-03 (by a day) or "
    "2024-04-03/.. (on or after a day), in the years 1900 to 2230"
)


class Answer(enum.Enum):
    """The answer to a question about days that may be known only in part."""

    YES = "yes"
    """It is so, whichever of the possible days is the true one."""
    NO = "no"
    """It is not so, whichever of the possible days is the true one."""
    OPEN = "open"
    """It is so for some of the possible days and not for others."""

    def __bool__(self) -> NoReturn:
        """Raise TypeError, because `if answer:` would take OPEN for one of the other two."""
        raise TypeError(
            "an Answer is YES, NO or OPEN and has no truth; compare it: `answer is Answer.YES`"
        )


@frozen
class When:
    """A day, as exactly as it is known: any day from `earliest` to `latest`, both included.

    Raises:
        OfstedFrameworkError: Both ends are open, the first is after the second, or an end is not
            a day in the years 1900 to 2230.
    """

    earliest: date | None
    """The first day that it can be; None when there is no first."""
    latest: date | None
    """The last day that it can be; None when there is no last."""
    lo: int = field(init=False, eq=False, repr=False)
    """The ordinal of `earliest`, or of the first day there is (1)."""
    hi: int = field(init=False, eq=False, repr=False)
    """The ordinal of `latest`, or of the last day there is (`date.max`)."""

    def __attrs_post_init__(self) -> None:
        if self.earliest is None and self.latest is None:
            raise OfstedFrameworkError.of("a date cannot be open at both ends")
        lo, hi = _ends(self.earliest, self.latest)
        for day in (self.earliest, self.latest):
            if day is not None and not 1900 <= day.year <= 2230:
                raise OfstedFrameworkError.of("is not in the years 1900 to 2230", day.isoformat())
        object.__setattr__(self, "lo", lo)
        object.__setattr__(self, "hi", hi)

    @classmethod
    def of(cls, value: "When | date | str") -> "When":
        """Make a `When` of an exact day or of a spelling; a `When` is given back as it is.

        Raises:
            OfstedFrameworkError: `value` is none of these, or a spelling that is not good.
        """
        if isinstance(value, When):
            return value
        return cls.parse(value) if isinstance(value, str) else cls(value, value)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a spelling: `2021-04-12`, `2021-04`, `2021`, `A/B`, `../DAY` or `DAY/..`.

        A and B are each a day, month or year, and A/B runs from the first day of A to the last
        day of B; `../DAY` is by that day, and `DAY/..` on or after it.

        Raises:
            OfstedFrameworkError: `text` is spelt in any other way, names a day that does not
                exist or is not in the years 1900 to 2230, or A begins after B ends.
        """
        first: date | None
        last: date | None
        try:
            match text.split("/"):
                case [whole]:
                    first, last = _stretch(whole)
                case ["..", end]:
                    first, last = None, _stretch(end, least=3)[1]
                case [start, ".."]:
                    first, last = _stretch(start, least=3)[0], None
                case [start, end]:
                    first, last = _stretch(start)[0], _stretch(end)[1]
                case _:
                    raise ValueError
        except (ValueError, AttributeError, TypeError):  # the last two when it is not text
            raise OfstedFrameworkError.of(f"is not a date: {_SPELLINGS}", text) from None
        if first is not None and last is not None and first > last:
            raise OfstedFrameworkError.of(f"ends before it begins: {_SPELLINGS}", text)
        return cls(first, last)

    @property
    def exact(self) -> bool:
        """Whether it can be one day only."""
        return self.lo == self.hi

    def __str__(self) -> str:
        """The shortest spelling that `When.parse` reads as this; other stretches by their days."""
        first, last = (day.isoformat() if day else ".." for day in (self.earliest, self.latest))
        return ("", first[:4], first[:7], first)[self._parts()] or f"{first}/{last}"

    def in_words(self) -> str:
        """Say it in English: "April 2021", "12 April to 3 May 2021", "by 3 April 2024"."""
        if self.earliest and self._parts():
            # "1 April 2021", for a month without its day, for a year without its month too
            return in_words(self.earliest).split(maxsplit=3 - self._parts())[-1]
        return _stretch_in_words(self.earliest, self.latest)

    def before(self, other: "When | date") -> Answer:
        """Whether this day comes before the other."""
        lo, hi = _bounds(other)
        return Answer.YES if self.hi < lo else Answer.NO if self.lo >= hi else Answer.OPEN

    def after(self, other: "When | date") -> Answer:
        """Whether this day comes after the other."""
        lo, hi = _bounds(other)
        return Answer.YES if self.lo > hi else Answer.NO if self.hi <= lo else Answer.OPEN

    def on_or_before(self, other: "When | date") -> Answer:
        """Whether this day is the other or comes before it."""
        lo, hi = _bounds(other)
        return Answer.YES if self.hi <= lo else Answer.NO if self.lo > hi else Answer.OPEN

    def on_or_after(self, other: "When | date") -> Answer:
        """Whether this day is the other or comes after it."""
        lo, hi = _bounds(other)
        return Answer.YES if self.lo >= hi else Answer.NO if self.hi < lo else Answer.OPEN

    def within(self, first: date | None, last: date | None) -> Answer:
        """Whether this day is one of those from `first` to `last`, both included.

        None for either leaves the stretch open on that side.

        Raises:
            OfstedFrameworkError: `first` is after `last`, or one of them is not a day.
        """
        lo, hi = _ends(first, last)
        if lo <= self.lo and self.hi <= hi:
            return Answer.YES
        return Answer.NO if self.hi < lo or self.lo > hi else Answer.OPEN

    def narrows(self, other: "When | date") -> bool:
        """Whether every day that this can be is one that `other` can be."""
        lo, hi = _bounds(other)
        return lo <= self.lo and self.hi <= hi

    def _parts(self) -> int:
        """How many parts a date has that spells it whole: 1 for a year; 0 when none does."""
        first = self.earliest
        ends = (first, self.latest)
        return next((n for n in (3, 2, 1) if first and ends == _whole(first, n)), 0)


def to_when(value: When | date | str) -> When:
    """A day from any of its forms."""
    return When.of(value)


def to_when_or_none(value: When | date | str | None) -> When | None:
    """A day from any of its forms, where it may not be known at all."""
    return None if value is None else When.of(value)


@frozen
class Window:
    """The days on which something may be done, and the day on which it is expected.

    Raises:
        OfstedFrameworkError: The days are not in order, or one of them is not a day.
    """

    earliest: date | None
    """The first day allowed; None when there is no first."""
    expected: date | None
    """The day expected; None when there is none."""
    latest: date | None
    """The last day allowed; None when there is no last."""

    def __attrs_post_init__(self) -> None:
        _ends(self.earliest, self.latest)
        _ends(self.earliest, self.expected)
        _ends(self.expected, self.latest)

    def in_words(self) -> str:
        """Say it in English: "1 April to 3 May 2024, expected 12 April 2024"."""
        expected = "" if self.expected is None else f", expected {in_words(self.expected)}"
        return _stretch_in_words(self.earliest, self.latest) + expected

    def __contains__(self, day: date) -> bool:
        """Whether `day` is allowed."""
        lo, hi = _ends(self.earliest, self.latest)
        return lo <= _ordinal(day) <= hi


def in_words(day: date) -> str:
    """Say a day in English, whatever the locale: "22 January 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def rough_day(when: When) -> str:
    """A day that may be known only roughly, so that nobody takes it for a period."""
    if when.exact or when.earliest is None or when.latest is None:
        return when.in_words()
    words = when.in_words()
    if " to " not in words:  # a month, or a year
        return f"a day in {words}"
    return f"a day between {in_words(when.earliest)} and {in_words(when.latest)}"


def add_months(day: date, months: int) -> date:
    """Count calendar months from a day.

    The day of the month is kept, or clamped to the last of a shorter month: one month after 31
    January is 28 or 29 February. So counting is not associative: one month and then another
    after 31 January end on 28 or 29 March, two months at once on 31 March. A negative number
    counts backwards.

    Raises:
        OfstedFrameworkError: `day` is not a day, or the answer is outside the years 1 to 9999.
    """
    of_class(months=(months, int))
    return date.fromordinal(months_after(_ordinal(day), months))


def months_after(ordinal: int, months: int) -> int:
    """Do as `add_months` does, with ordinals for days."""
    try:
        day = date.fromordinal(ordinal)
        first, last = _month_after(day.year, day.month, months)
    except (ValueError, OverflowError):
        raise OfstedFrameworkError.of(
            f"{months} months after {_named(ordinal)} is not in the years 1 to 9999"
        ) from None
    return min(first + day.day - 1, last)


@functools.lru_cache(maxsize=8192)
def _month_after(year: int, month: int, months: int) -> tuple[int, int]:
    """The first and the last day of the month that lies so many months after another."""
    from dateutil.relativedelta import relativedelta

    first = date(year, month, 1) + relativedelta(months=months)
    return first.toordinal(), (first + relativedelta(day=31)).toordinal()


def _ordinal(day: date) -> int:
    """The ordinal of a day, once it is sure that it is one."""
    return one_day(day).toordinal()


def _ends(first: date | None, last: date | None) -> tuple[int, int]:
    """The ordinals of the ends of a stretch of days, once it is sure that they are in order."""
    lo = 1 if first is None else _ordinal(first)
    hi = _LAST_ORDINAL if last is None else _ordinal(last)
    if lo > hi:
        raise OfstedFrameworkError.of(f"{_named(lo)} is after {_named(hi)}")
    return lo, hi


def _bounds(other: When | date) -> tuple[int, int]:
    """The ordinals of the first and last day that `other` can be."""
    if isinstance(other, When):
        return other.lo, other.hi
    ordinal = _ordinal(other)
    return ordinal, ordinal


def _named(ordinal: int) -> str:
    """A day's ISO form, or its number when there is no such day."""
    known = 1 <= ordinal <= _LAST_ORDINAL
    return date.fromordinal(ordinal).isoformat() if known else f"day number {ordinal}"


def _whole(day: date, parts: int) -> tuple[date, date]:
    """The ends of the year (1 part) or month (2) that a day is in, or of the day itself (3)."""
    if parts == 1:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    next_month = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (day, day) if parts == 3 else (day.replace(day=1), next_month - timedelta(1))


def _stretch(text: str, least: int = 1) -> tuple[date, date]:
    """The ends of a year, month or day given by at least so many of its parts, or ValueError."""
    parts = text.split("-")
    lengths = [len(part) for part in parts]
    digits = text.isascii() and all(part.isdigit() for part in parts)
    if len(parts) < least or lengths != [4, 2, 2][: len(parts)] or not digits:
        raise ValueError
    year, month, day = [*map(int, parts), 1, 1][:3]
    if not 1900 <= year <= 2230:
        raise ValueError
    return _whole(date(year, month, day), len(parts))


def _stretch_in_words(first: date | None, last: date | None) -> str:
    """Say from which day to which, without repeating a year or a month."""
    if first is None or last is None:
        if first is not None:
            return f"on or after {in_words(first)}"
        return "any day" if last is None else f"by {in_words(last)}"
    if first == last:
        return in_words(first)
    start = in_words(first)
    if first.year == last.year:
        start = start.rsplit(maxsplit=1 if first.month != last.month else 2)[0]
    return f"{start} to {in_words(last)}"


_TABLE_FIRST, _TABLE_LAST = date(1995, 1, 1).toordinal(), date(2230, 12, 31).toordinal()


class _Table(NamedTuple):
    days: Sequence[int]  # the ordinals of the working days, in order
    places: Sequence[int]  # of each day: where in `days` the last one up to it is; -1: nowhere
    holidays: Sequence[date]  # the bank holidays on weekdays, in order


@functools.cache
def _published() -> tuple[int, frozenset[date]]:
    """The last year of published bank holidays, and every bank holiday in the data file."""
    from pathlib import Path  # loads sooner than importlib.resources

    file = Path(__file__).parent / "data" / "bank-holidays-england.txt"
    year, *lines = file.read_text("ascii").partition("# Last published year: ")[2].split()
    return int(year), frozenset(map(date.fromisoformat, lines))


# Bounded, since a caller may make any number of calendars; a table takes 0.6 megabytes.
@functools.lru_cache(maxsize=64)
def _table(extra_holidays: frozenset[date]) -> _Table:
    from array import array

    holidays = _published()[1] | extra_holidays
    closed = {day.toordinal() for day in holidays}
    days, places = array("i"), array("i")
    for ordinal in range(_TABLE_FIRST, _TABLE_LAST + 1):
        # Day 1 was a Monday: Saturdays leave 6 and Sundays 0.
        if 1 <= ordinal % 7 <= 5 and ordinal not in closed:
            days.append(ordinal)
        places.append(len(days) - 1)
    return _Table(days, places, sorted(day for day in holidays if day.weekday() < 5))


@functools.lru_cache(maxsize=4)
def _dates(extra_holidays: frozenset[date]) -> tuple[list[int], list[date]]:
    """The same places, and the working days as dates."""
    table = _table(extra_holidays)
    return list(table.places), list(map(date.fromordinal, table.days))


def _within_table(ordinal: int) -> int:
    """The number of days from the first in the table to this one, once it is sure to be in it."""
    if not _TABLE_FIRST <= ordinal <= _TABLE_LAST:
        raise OfstedFrameworkError.of(
            f"{_named(ordinal)} is not in the table of working days, 1995-01-01 to 2230-12-31"
        )
    return ordinal - _TABLE_FIRST


def no_calendar(calendar: object) -> Iterator[Fault]:
    """Refuse what is no calendar of working days."""
    if not isinstance(calendar, WorkingDays):
        yield Fault("calendar", calendar, "is no calendar of working days")


def _extra_holidays(days: Iterable[date]) -> frozenset[date]:
    faults, found = Gathered(), set[date]()
    for number, given in enumerate(items(days, object, "extra_holidays")):
        with faults:
            day = one_day(given, f"extra_holidays/{number}")
            _within_table(day.toordinal())
            found.add(day)
    faults.done()
    return frozenset(found)


@frozen
class WorkingDays:
    """The working days of England, from 1 January 1995 to 31 December 2230.

    A working day is any day but a Saturday, a Sunday, Christmas Day, Good Friday or a bank
    holiday in England and Wales under the Banking and Financial Dealings Act 1971 (SI 2007/462,
    regulation 1(2)). Every method raises `OfstedFrameworkError` for a day outside those years.
    """

    extra_holidays: frozenset[date] = field(default=frozenset(), converter=_extra_holidays)
    """Bank holidays that the caller knows of and the library's table does not."""

    @property
    def id(self) -> str:
        """What names this calendar in a record: the same for the same days, and only for them."""
        name = f"england-1995-2230/published-to-{_published()[0]}"
        if not self.extra_holidays:
            return name
        from hashlib import sha256

        days = "\n".join(sorted(day.isoformat() for day in self.extra_holidays))
        return f"{name}+{sha256(days.encode('ascii')).hexdigest()[:12]}"

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day."""
        ordinal = _ordinal(day)
        place = _within_table(ordinal)
        table = _table(self.extra_holidays)
        return table.days[table.places[place]] == ordinal

    def projected(self, day: date) -> bool:
        """Whether `day` is in a year whose bank holidays are not published but projected."""
        _within_table(_ordinal(day))
        return day.year > _published()[0]

    def holidays(self, first: date, last: date) -> tuple[date, ...]:
        """The bank holidays on weekdays from `first` to `last`, both included, in order."""
        from bisect import bisect_left, bisect_right

        _ends(first, last)
        for day in (first, last):
            _within_table(_ordinal(day))
        days = _table(self.extra_holidays).holidays
        return tuple(days[bisect_left(days, first) : bisect_right(days, last)])

    def add(self, day: date, n: int) -> date:
        """The day `n` working days after `day`; `day`, or the last working day before it, is day 0.

        Raises:
            OfstedFrameworkError: `n` is negative, or a day needed is not in the table.
        """
        if type(day) is date and n >= 0:  # as nearly always, and this is asked very often
            places, days = _dates(self.extra_holidays)
            place = day.toordinal() - _TABLE_FIRST
            try:
                if place >= 0 and (place := places[place] + n) >= 0:
                    return days[place]
            except IndexError:
                pass  # told below
        return date.fromordinal(self.add_ordinal(_ordinal(day), n))

    def count(self, after: date, upto: date) -> int:
        """How many working days come after `after` and not after `upto`.

        Raises:
            OfstedFrameworkError: `upto` is before `after`, or one of them is not in the table.
        """
        return self.count_ordinals(_ordinal(after), _ordinal(upto))

    def add_ordinal(self, ordinal: int, n: int) -> int:
        """Do as `add` does, with ordinals for days."""
        table = _table(self.extra_holidays)
        if _TABLE_FIRST <= ordinal <= _TABLE_LAST and n >= 0:
            place = table.places[ordinal - _TABLE_FIRST] + n
            if 0 <= place < len(table.days):
                return table.days[place]
        _within_table(ordinal)
        raise OfstedFrameworkError.of(
            f"cannot count {n} working days from {_named(ordinal)}: the number must not be "
            "negative, nor the count leave the table of working days, 1995-01-01 to 2230-12-31"
        )

    def table(self) -> tuple[int, Sequence[int], Sequence[int]]:
        """The ordinal of the first day of the table, its working days, and the place of each day.

        The place of a day is that of the last working day up to it, so that `n` working days after
        a day is `days[places[day - first] + n]`, for one day or for an array of them.
        """
        days, places, _ = _table(self.extra_holidays)
        return _TABLE_FIRST, days, places

    def count_ordinals(self, after: int, upto: int) -> int:
        """Do as `count` does, with ordinals for days."""
        first, last = _within_table(after), _within_table(upto)
        if last < first:
            raise OfstedFrameworkError.of(f"{_named(upto)} is before {_named(after)}")
        places = _table(self.extra_holidays).places
        return places[last] - places[first]


ENGLAND = WorkingDays()
"""The working days of England, with the bank holidays that the library's table holds."""
