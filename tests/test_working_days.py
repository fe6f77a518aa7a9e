import copy
import importlib.util
import pickle
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import holidays
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from ofsted_framework.dates import ENGLAND, WorkingDays
from ofsted_framework.errors import OfstedFrameworkError

D = date.fromisoformat
FIRST, LAST = date(1995, 1, 1), date(2230, 12, 31)
# The first and last working days in the table: 1 and 2 January 1995 were a Sunday and a bank
# holiday, and 31 December 2230 is a Friday.
FIRST_WORKING = date(1995, 1, 3)
NOT_DAYS: list[Any] = [datetime(2024, 4, 3, tzinfo=UTC), True, 738000, None, "2024-04-03"]
OUTSIDE = [date(1994, 12, 31), date(2231, 1, 1), date.min, date.max]
days = st.dates(FIRST, LAST)


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = Path(__file__).parents[1] / "tools" / "make_bank_holidays.py"
    spec = importlib.util.spec_from_file_location("make_bank_holidays", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("day", "n", "later"),
    [
        ("2023-05-09", 70, "2023-08-16"),  # Stockton-on-Tees: the action plan
        ("2021-11-17", 20, "2021-12-15"),  # Halton
        ("2021-11-17", 70, "2022-02-28"),  # Halton
        ("2024-02-16", 30, "2024-04-02"),
        ("2024-02-16", 38, "2024-04-12"),
        ("2018-03-02", 19, "2018-03-29"),
        ("2018-03-02", 20, "2018-04-03"),  # over Good Friday and Easter Monday
        ("2024-04-03", 0, "2024-04-03"),
        ("2024-04-05", 1, "2024-04-08"),
        ("2024-04-06", 0, "2024-04-05"),  # a Saturday
        ("2024-04-06", 1, "2024-04-08"),
        ("2024-04-07", 1, "2024-04-08"),  # a Sunday
        ("2024-04-01", 0, "2024-03-28"),  # Easter Monday
        ("2024-03-29", 1, "2024-04-02"),  # Good Friday
        ("2022-12-25", 1, "2022-12-28"),
        ("1995-01-01", 1, "1995-01-03"),  # no working day before it is in the table
        ("1995-01-03", 0, "1995-01-03"),
        ("2230-12-31", 0, "2230-12-31"),
        ("2230-12-30", 1, "2230-12-31"),
    ],
)
def test_add(day: str, n: int, later: str) -> None:
    assert ENGLAND.add(D(day), n) == D(later)
    assert ENGLAND.add_ordinal(D(day).toordinal(), n) == D(later).toordinal()


@pytest.mark.parametrize(
    ("after", "upto", "number"),
    [
        ("2018-03-02", "2018-03-29", 19),
        ("2018-03-02", "2018-04-02", 19),
        ("2023-05-09", "2023-08-16", 70),
        ("2023-05-09", "2023-08-15", 69),
        ("2024-04-05", "2024-04-05", 0),
        ("2024-04-05", "2024-04-07", 0),
        ("2024-04-05", "2024-04-08", 1),
        ("2024-04-07", "2024-04-08", 1),
        ("1995-01-01", "1995-01-03", 1),
        ("1995-01-01", "1995-01-02", 0),
        ("2230-12-30", "2230-12-31", 1),
        # 52 weeks and a Sunday: 260 weekdays, less 9 bank holidays, one of them after 1 January
        ("2023-01-01", "2023-12-31", 251),
    ],
)
def test_count(after: str, upto: str, number: int) -> None:
    assert ENGLAND.count(D(after), D(upto)) == number
    assert ENGLAND.count_ordinals(D(after).toordinal(), D(upto).toordinal()) == number


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2024-04-03", True),
        ("2024-04-05", True),
        ("2024-04-06", False),
        ("2024-04-07", False),
        ("2024-04-08", True),
        ("2022-09-19", False),  # the funeral of Queen Elizabeth II
        ("2022-05-30", True),  # the spring holiday was moved to 2 June
        ("2022-06-02", False),
        ("2022-06-03", False),
        ("2020-05-04", True),  # the early May holiday was moved to 8 May
        ("2020-05-08", False),
        ("2012-05-28", True),
        ("2012-06-04", False),
        ("2012-06-05", False),
        ("2002-05-27", True),
        ("2002-06-03", False),
        ("2002-06-04", False),
        ("1995-05-01", True),
        ("1995-05-08", False),
        ("1999-12-31", False),
        ("2011-04-29", False),
        ("2023-05-08", False),
        ("2021-12-27", False),  # Christmas Day was a Saturday
        ("2021-12-28", False),
        ("2021-12-29", True),
        ("2016-12-26", False),  # Christmas Day was a Sunday
        ("2016-12-27", False),
        ("2016-12-28", True),
        ("2020-12-28", False),  # Boxing Day was a Saturday
        ("2020-12-29", True),
        ("2028-01-03", False),  # New Year's Day is a Saturday
        ("1995-01-01", False),
        ("1995-01-02", False),
        ("1995-01-03", True),
        ("2230-12-31", True),
    ],
)
def test_is_working(day: str, working: bool) -> None:
    assert ENGLAND.is_working(D(day)) is working


class TestCounting:
    """Adding working days and counting them are inverse, and both go by `is_working`."""

    @given(days, st.integers(0, 400))
    def test_count_of_what_was_added(self, day: date, n: int) -> None:
        if day < FIRST_WORKING:
            day = FIRST_WORKING
        try:
            later = ENGLAND.add(day, n)
        except OfstedFrameworkError:
            assert day > date(2228, 1, 1)
            return
        assert ENGLAND.is_working(later)
        assert ENGLAND.count(min(day, later), later) == n

    @given(days, st.integers(0, 900))
    def test_adding_what_was_counted(self, day: date, length: int) -> None:
        upto = min(day + timedelta(length), LAST)
        number = ENGLAND.count(day, upto)
        assert number == sum(map(ENGLAND.is_working, every_day(day, upto)[1:]))
        if upto >= FIRST_WORKING:
            expected = upto
            while not ENGLAND.is_working(expected):
                expected -= timedelta(1)
            assert ENGLAND.add(day, number) == expected

    @given(days, days, days)
    def test_counts_add_up(self, one: date, two: date, three: date) -> None:
        one, two, three = sorted([one, two, three])
        assert ENGLAND.count(one, three) == ENGLAND.count(one, two) + ENGLAND.count(two, three)


def test_holidays() -> None:
    assert ENGLAND.holidays(D("2022-01-01"), D("2022-12-31")) == tuple(
        map(
            D,
            [
                *("2022-01-03", "2022-04-15", "2022-04-18", "2022-05-02", "2022-06-02"),
                *("2022-06-03", "2022-08-29", "2022-09-19", "2022-12-26", "2022-12-27"),
            ],
        )
    )
    assert ENGLAND.holidays(D("2022-06-02"), D("2022-06-03")) == (D("2022-06-02"), D("2022-06-03"))
    assert ENGLAND.holidays(D("2022-06-03"), D("2022-06-03")) == (D("2022-06-03"),)
    assert ENGLAND.holidays(D("2022-06-04"), D("2022-08-28")) == ()
    assert ENGLAND.holidays(FIRST, D("1995-01-02")) == (D("1995-01-02"),)
    assert ENGLAND.holidays(D("2230-12-25"), LAST) == (D("2230-12-27"), D("2230-12-28"))


def test_projected() -> None:
    assert ENGLAND.projected(FIRST) is False
    assert ENGLAND.projected(D("2028-12-31")) is False
    assert ENGLAND.projected(D("2029-01-01")) is True
    assert ENGLAND.projected(LAST) is True


class TestExtraHolidays:
    """A bank holiday that the caller adds is not a working day, and changes nothing else."""

    def test_is_counted(self) -> None:
        calendar = WorkingDays([D("2031-05-09")])
        assert ENGLAND.is_working(D("2031-05-09"))
        assert not calendar.is_working(D("2031-05-09"))
        assert calendar.add(D("2031-05-08"), 1) == D("2031-05-12")
        assert calendar.count(D("2031-05-08"), D("2031-05-12")) == 1
        assert calendar.holidays(D("2031-05-06"), D("2031-05-12")) == (D("2031-05-09"),)
        assert ENGLAND.holidays(D("2031-05-06"), D("2031-05-12")) == ()

    def test_weekends_and_known_holidays_change_nothing(self) -> None:
        calendar = WorkingDays([D("2024-04-06"), D("2024-04-01")])
        assert calendar.count(FIRST, LAST) == ENGLAND.count(FIRST, LAST)
        assert calendar.holidays(FIRST, LAST) == ENGLAND.holidays(FIRST, LAST)

    @given(st.sets(days, max_size=3), days, st.integers(0, 30))
    def test_nothing_else_changes(self, extra: set[date], day: date, length: int) -> None:
        calendar = WorkingDays(extra | {day})
        for each in every_day(day, min(day + timedelta(length), LAST)):
            is_extra = each in calendar.extra_holidays
            assert calendar.is_working(each) is (ENGLAND.is_working(each) and not is_extra)

    def test_is_a_value(self) -> None:
        one = WorkingDays([D("2031-05-09"), D("2035-06-06")])
        same = WorkingDays(iter([D("2035-06-06"), D("2031-05-09"), D("2031-05-09")]))
        assert one == same
        assert hash(one) == hash(same)
        assert one.extra_holidays == frozenset({D("2031-05-09"), D("2035-06-06")})
        assert one != ENGLAND
        assert WorkingDays() == ENGLAND
        assert not hasattr(one, "__dict__")
        assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one

    def test_id(self) -> None:
        # The digests are from sha256sum, of the days with a line feed between them.
        assert ENGLAND.id == "england-1995-2230/published-to-2028"
        assert WorkingDays([D("2031-05-09")]).id == f"{ENGLAND.id}+b12ff4d95ff1"
        assert WorkingDays([D("2035-06-06"), D("2031-05-09")]).id == f"{ENGLAND.id}+174b5d812cde"

    @pytest.mark.parametrize("bad", NOT_DAYS)
    def test_refuses_what_is_not_a_day(self, bad: Any) -> None:
        with pytest.raises(OfstedFrameworkError, match="is not a day"):
            WorkingDays([D("2031-05-09"), bad])

    @pytest.mark.parametrize("bad", OUTSIDE)
    def test_refuses_days_outside_the_table(self, bad: date) -> None:
        with pytest.raises(OfstedFrameworkError, match="is not in the table of working days"):
            WorkingDays([bad])
        assert WorkingDays([FIRST, LAST]).is_working(LAST) is False


class TestRefusals:
    def test_days_outside_the_table(self) -> None:
        inside = D("2024-04-03")
        for bad in OUTSIDE:
            low, high = min(bad, inside), max(bad, inside)
            for ask in (
                lambda bad=bad: ENGLAND.is_working(bad),
                lambda bad=bad: ENGLAND.projected(bad),
                lambda bad=bad: ENGLAND.add(bad, 1),
                lambda bad=bad: ENGLAND.add_ordinal(bad.toordinal(), 0),
                lambda low=low, high=high: ENGLAND.count(low, high),
                lambda low=low, high=high: ENGLAND.holidays(low, high),
            ):
                with pytest.raises(OfstedFrameworkError) as caught:
                    ask()
                assert str(caught.value) == (
                    f"{bad} is not in the table of working days, 1995-01-01 to 2230-12-31"
                )

    @pytest.mark.parametrize("ordinal", [-1, 0, 3652060])
    def test_ordinals_of_no_day(self, ordinal: int) -> None:
        for ask in (ENGLAND.add_ordinal, ENGLAND.count_ordinals):
            with pytest.raises(OfstedFrameworkError, match=f"^day number {ordinal} is not in the"):
                ask(ordinal, 1)

    @pytest.mark.parametrize("ordinal", [1, 3652059])
    def test_ordinals_of_the_first_and_last_day_there_is(self, ordinal: int) -> None:
        iso = {1: "0001-01-01", 3652059: "9999-12-31"}[ordinal]
        with pytest.raises(OfstedFrameworkError, match=f"^{iso} is not in the table"):
            ENGLAND.add_ordinal(ordinal, 1)

    @pytest.mark.parametrize(
        ("day", "n"),
        [
            ("2024-04-03", -1),
            ("1995-01-01", 0),  # the working day before it is not in the table
            ("1995-01-02", 0),
            ("2230-12-31", 1),
            ("2230-12-30", 2),
            ("2024-04-03", 10**9),
        ],
    )
    def test_counts_that_cannot_be_made(self, day: str, n: int) -> None:
        with pytest.raises(OfstedFrameworkError) as caught:
            ENGLAND.add(D(day), n)
        assert str(caught.value) == (
            f"cannot count {n} working days from {day}: the number must not be negative, nor the "
            "count leave the table of working days, 1995-01-01 to 2230-12-31"
        )

    def test_stretches_that_end_before_they_begin(self) -> None:
        with pytest.raises(OfstedFrameworkError, match=r"^2024-04-02 is before 2024-04-03$"):
            ENGLAND.count(D("2024-04-03"), D("2024-04-02"))
        with pytest.raises(OfstedFrameworkError, match=r"^2024-04-03 is after 2024-04-02$"):
            ENGLAND.holidays(D("2024-04-03"), D("2024-04-02"))

    @pytest.mark.parametrize("bad", NOT_DAYS)
    def test_what_is_not_a_day(self, bad: Any) -> None:
        day = D("2024-04-03")
        for ask in (
            lambda: ENGLAND.is_working(bad),
            lambda: ENGLAND.projected(bad),
            lambda: ENGLAND.add(bad, 1),
            lambda: ENGLAND.count(bad, day),
            lambda: ENGLAND.count(day, bad),
            lambda: ENGLAND.holidays(bad, day),
            lambda: ENGLAND.holidays(day, bad),
        ):
            with pytest.raises(OfstedFrameworkError, match="is not a day"):
                ask()


class TestOtherCalendars:
    def test_agrees_with_holidays(self) -> None:
        theirs = holidays.country_holidays("GB", subdiv="ENG", years=range(1995, 2101))
        for day in every_day(FIRST, date(2100, 12, 31)):
            assert ENGLAND.is_working(day) is (day.weekday() < 5 and day not in theirs), day

    def test_agrees_with_govuk_bank_holidays(self) -> None:
        theirs = BankHolidays(use_cached_holidays=True)  # the list inside the package
        events = theirs.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
        years = {event["date"].year for event in events}
        first, last = date(min(years), 1, 1), date(max(years), 12, 31)
        assert years == set(range(2012, last.year + 1))
        published = {event["date"] for event in events}
        assert set(ENGLAND.holidays(first, last)) == {d for d in published if d.weekday() < 5}
        for day in every_day(first, last):
            assert ENGLAND.is_working(day) is theirs.is_work_day(
                day, division=BankHolidays.ENGLAND_AND_WALES
            )

    def test_years_that_we_call_published_are(self) -> None:
        events = BankHolidays(use_cached_holidays=True).get_holidays(
            division=BankHolidays.ENGLAND_AND_WALES
        )
        assert not ENGLAND.projected(max(event["date"] for event in events))


class TestDataFile:
    def test_is_fresh(self, script: ModuleType) -> None:
        assert script.main(["--check"]) == 0
        assert script.FILE.read_text("ascii") == script.content()

    def test_stale_files_are_found(
        self, script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "table.txt"
        assert script.main(["--check", "--file", str(file)]) == 1
        assert script.main(["--file", str(file)]) == 0
        assert script.main(["--check", "--file", str(file)]) == 0
        file.write_bytes(file.read_bytes().replace(b"2022-09-19\n", b""))
        assert script.main(["--check", "--file", str(file)]) == 1
        assert file.read_bytes() != script.content().encode()
        assert "is stale: run tools/make_bank_holidays.py" in capsys.readouterr().err

    def test_holds_weekdays_in_order_within_the_years(self, script: ModuleType) -> None:
        lines = script.FILE.read_text("ascii").splitlines()
        listed = [D(line) for line in lines if not line.startswith("#")]
        assert listed == sorted(set(listed))
        assert all(day.weekday() < 5 and FIRST <= day <= LAST for day in listed)
        # Eight a year for 236 years, and the seven proclaimed once.
        assert len(listed) == 8 * 236 + 7

    @pytest.mark.parametrize(
        ("year", "day"),
        [
            (1995, "1995-04-16"),
            (2000, "2000-04-23"),
            (2008, "2008-03-23"),
            (2011, "2011-04-24"),
            (2038, "2038-04-25"),  # the last day that it can be
            (2049, "2049-04-18"),  # the corrections of the reckoning matter here
            (2076, "2076-04-19"),
            (2160, "2160-03-23"),
            (2228, "2228-03-23"),
        ],
    )
    def test_easter(self, script: ModuleType, year: int, day: str) -> None:
        assert script.easter(year) == D(day)

    def test_easter_agrees_with_dateutil(self, script: ModuleType) -> None:
        from dateutil.easter import easter

        for year in range(1995, 2231):
            assert script.easter(year) == easter(year)


def test_import_reads_no_table_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; before = {*sys.modules}; import ofsted_framework.dates as dates; "
        "assert dates._table.cache_info().currsize == 0; "
        "assert dates._published.cache_info().currsize == 0; "
        "heavy = {'dateutil', 'difflib', 'hashlib', 'importlib.resources'}; "
        "print(sorted(heavy & ({*sys.modules} - before)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
