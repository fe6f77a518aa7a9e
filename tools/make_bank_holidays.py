"""Write the table of bank holidays in England that the library counts working days with.

Run it from anywhere, without arguments, to write the file; with --check to find out whether the
file is stale (exit status 1 if it is).
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

FILE = Path(__file__).parents[1] / "src/ofsted_framework/data/bank-holidays-england.txt"
FIRST_YEAR = 1995
LAST_YEAR = 2230
# The last year that GOV.UK lists, as held inside release 0.19 of the package govuk-bank-holidays.
PUBLISHED_TO = 2028

# Holidays moved by royal proclamation: the day the rule gives, and the day it was moved to.
MOVED = {
    date(1995, 5, 1): date(1995, 5, 8),  # 50th anniversary of VE Day
    date(2002, 5, 27): date(2002, 6, 4),  # to join the Golden Jubilee
    date(2012, 5, 28): date(2012, 6, 4),  # to join the Diamond Jubilee
    date(2020, 5, 4): date(2020, 5, 8),  # 75th anniversary of VE Day
    date(2022, 5, 30): date(2022, 6, 2),  # to join the Platinum Jubilee
}
# Holidays proclaimed once.
ADDED = (
    date(1999, 12, 31),  # eve of the year 2000
    date(2002, 6, 3),  # Golden Jubilee
    date(2011, 4, 29),  # royal wedding
    date(2012, 6, 5),  # Diamond Jubilee
    date(2022, 6, 3),  # Platinum Jubilee
    date(2022, 9, 19),  # funeral of Queen Elizabeth II
    date(2023, 5, 8),  # coronation of King Charles III
)

HEADER = f"""\
# Bank holidays in England on weekdays, with Good Friday and Christmas Day, {FIRST_YEAR} to \
{LAST_YEAR}.
# Written by tools/make_bank_holidays.py from the Banking and Financial Dealings Act 1971
# (schedule 1) and the royal proclamations made under it: do not edit by hand.
# A holiday that falls on a Saturday or Sunday is given as its substitute day.
# Years after the last published one are projected by the rules.
# Last published year: {PUBLISHED_TO}
"""


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leaps, year_rest = divmod(of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def monday_from(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(-day.weekday() % 7)


def weekdays_from(day: date, number: int) -> list[date]:
    """The first so many weekdays on or after a day."""
    week = [day + timedelta(n) for n in range(7)]
    return [each for each in week if each.weekday() < 5][:number]


def by_rule(year: int) -> list[date]:
    """The bank holidays of a year, before any is moved or added by proclamation."""
    sunday = easter(year)
    return [
        *weekdays_from(date(year, 1, 1), 1),
        sunday - timedelta(2),
        sunday + timedelta(1),
        monday_from(date(year, 5, 1)),
        monday_from(date(year, 5, 25)),
        monday_from(date(year, 8, 25)),
        *weekdays_from(date(year, 12, 25), 2),
    ]


def content() -> str:
    """What the file ought to hold."""
    ruled = [day for year in range(FIRST_YEAR, LAST_YEAR + 1) for day in by_rule(year)]
    days = sorted({*(MOVED.get(day, day) for day in ruled), *ADDED})
    return HEADER + "".join(f"{day.isoformat()}\n" for day in days)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file, or check it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 if the file is stale")
    parser.add_argument("--file", type=Path, default=FILE, help="another file than the library's")
    options = parser.parse_args(arguments)
    wanted = content().encode("ascii")
    if not options.check:
        options.file.write_bytes(wanted)
        return 0
    if options.file.is_file() and options.file.read_bytes() == wanted:
        return 0
    print("The table of bank holidays is stale: run tools/make_bank_holidays.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
