import copy
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ofsted_framework.dates import Answer, When, Window, add_months, in_words, months_after
from ofsted_framework.errors import Fault, OfstedFrameworkError, nearest

YES, NO, OPEN = Answer.YES, Answer.NO, Answer.OPEN
D = date.fromisoformat
FIRST, LAST = date(1900, 1, 1), date(2230, 12, 31)
NOT_DAYS: list[Any] = [datetime(2024, 4, 3, tzinfo=UTC), True, 0, 738000, 1.5, b"2024"]

days = st.dates(FIRST, LAST)
ends = st.one_of(st.none(), days)


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Exact days, months, years, stretches and open ends."""
    day = draw(days)
    month_end = (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    other = draw(days)
    return draw(
        st.sampled_from(
            [
                When(day, day),
                When(day.replace(day=1), month_end),
                When(date(day.year, 1, 1), date(day.year, 12, 31)),
                When(date(day.year, 1, 1), month_end),
                When(day.replace(day=1), date(day.year, 12, 31)),
                When(min(day, other), max(day, other)),
                When(None, day),
                When(day, None),
            ]
        )
    )


def stretches(length: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(length) for j in range(i, length)]


def when(stretch: tuple[int, int]) -> When:
    # From 27 February 2024, so that a leap day and the end of a month are in it.
    return When(*(date(2024, 2, 27) + timedelta(offset) for offset in stretch))


class TestFault:
    def test_line_with_everything(self) -> None:
        fault = Fault("/events/3/start", "2024-13", "is not a date", "2024-12")
        assert str(fault) == "/events/3/start: '2024-13' is not a date (nearest good one: 2024-12)"

    def test_line_with_as_little_as_may_be(self) -> None:
        assert str(Fault("", None, "there is no event")) == "there is no event"

    def test_line_keeps_values_that_are_false(self) -> None:
        assert str(Fault("", 0, "is too small")) == "0 is too small"
        assert str(Fault("", "", "is empty", "")) == "'' is empty (nearest good one: )"

    @pytest.mark.parametrize(
        ("length", "shown"),
        [(78, "'" + "x" * 78 + "'"), (79, "'" + "x" * 78 + "…"), (500, "'" + "x" * 78 + "…")],
    )
    def test_value_is_cut_at_80_characters(self, length: int, shown: str) -> None:
        assert str(Fault("", "x" * length, "is long")) == f"{shown} is long"

    def test_control_characters_are_escaped(self) -> None:
        class Odd:
            def __repr__(self) -> str:
                return "a\nb"

        assert str(Fault("/a\n", "b\x1b", "c\r", "d\u202e")) == (
            r"/a\n: 'b\x1b' c\r (nearest good one: d\u202e)"
        )
        assert str(Fault("", Odd(), "is odd")) == r"a\nb is odd"

    def test_value_whose_repr_fails(self) -> None:
        assert str(Fault("/n", 10**5000, "is too big")) == "/n: <int> is too big"

    def test_is_frozen_and_slotted(self) -> None:
        fault = Fault("", 1, "is bad")
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            fault.place = "/a"  # type: ignore[misc]
        assert not hasattr(fault, "__dict__")
        assert fault == Fault("", 1, "is bad", None)


class TestOfstedFrameworkError:
    ONE, TWO = Fault("/a", 1, "is bad"), Fault("/b", None, "missing")

    def test_one_fault(self) -> None:
        assert str(OfstedFrameworkError([self.ONE])) == "/a: 1 is bad"

    def test_several_faults_follow_their_count(self) -> None:
        error = OfstedFrameworkError(iter([self.ONE, self.TWO]))
        assert error.faults == (self.ONE, self.TWO)
        assert str(error) == "2 faults:\n/a: 1 is bad\n/b: missing"

    def test_of(self) -> None:
        error = OfstedFrameworkError.of("is bad", 1, "/a", nearest="2")
        assert error.faults == (Fault("/a", 1, "is bad", "2"),)
        assert OfstedFrameworkError.of("odd").faults == (Fault("", None, "odd", None),)
        assert isinstance(error, ValueError)

    @pytest.mark.parametrize(
        "again",
        [
            copy.copy,
            copy.deepcopy,
            *(lambda e, p=p: pickle.loads(pickle.dumps(e, p)) for p in range(2, 6)),
        ],
    )
    def test_pickles_and_copies(self, again: Callable[[Any], Any]) -> None:
        error = OfstedFrameworkError([self.ONE, self.TWO])
        other = again(error)
        assert type(other) is OfstedFrameworkError
        assert other.faults == error.faults
        assert str(other) == str(error)


class TestNearest:
    def test_finds_the_most_similar(self) -> None:
        assert nearest("goood", iter(["bad", "food", "good"])) == "good"

    def test_finds_nothing(self) -> None:
        assert nearest("zzz", ["good", "bad"]) is None
        assert nearest("good", []) is None

    def test_gives_up_on_long_words(self) -> None:
        assert nearest("x" * 100, ["x" * 99]) == "x" * 99
        assert nearest("x" * 101, ["x" * 101]) is None


class TestAnswer:
    """An answer has no truth."""

    @pytest.mark.parametrize("answer", list(Answer))
    def test_has_no_truth(self, answer: Answer) -> None:
        with pytest.raises(
            TypeError, match=r"^an Answer is YES, NO or OPEN and has no truth; compare it"
        ):
            bool(answer)
        with pytest.raises(TypeError):
            not answer  # noqa: B018

    def test_members(self) -> None:
        assert [answer.value for answer in Answer] == ["yes", "no", "open"]
        assert pickle.loads(pickle.dumps(YES)) is YES


class TestWhen:
    def test_ordinals(self) -> None:
        # 1 January 1970 is day 719163, and 31 December 9999 is day 3652059.
        assert (When(None, D("1970-01-01")).lo, When(None, D("1970-01-01")).hi) == (1, 719163)
        assert (When(D("1970-01-01"), None).lo, When(D("1970-01-01"), None).hi) == (719163, 3652059)

    def test_is_a_value(self) -> None:
        april = When(D("2021-04-01"), D("2021-04-30"))
        assert april == When.parse("2021-04")
        assert hash(april) == hash(When.parse("2021-04"))
        assert april != When.parse("2021-04-01/2021-04-29")
        assert april != When.parse("2021-04-02/2021-04-30")
        assert When(D("2021-04-01"), None) != When(None, D("2021-04-01"))
        assert repr(april) == (
            "When(earliest=datetime.date(2021, 4, 1), latest=datetime.date(2021, 4, 30))"
        )
        assert not hasattr(april, "__dict__")
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            april.latest = None  # type: ignore[misc]

    def test_copies_keep_the_ordinals(self) -> None:
        april = When.parse("2021-04")
        for again in (copy.deepcopy(april), pickle.loads(pickle.dumps(april)), attrs.evolve(april)):
            assert again == april
            assert (again.lo, again.hi) == (april.lo, april.hi)
        assert attrs.evolve(april, latest=None).hi == 3652059

    def test_refuses_two_open_ends(self) -> None:
        with pytest.raises(OfstedFrameworkError, match=r"^a date cannot be open at both ends$"):
            When(None, None)

    def test_refuses_ends_out_of_order(self) -> None:
        with pytest.raises(OfstedFrameworkError, match=r"^2021-04-13 is after 2021-04-12$"):
            When(D("2021-04-13"), D("2021-04-12"))

    @pytest.mark.parametrize("bad", [*NOT_DAYS, "2024-04-03"])
    def test_refuses_what_is_not_a_day(self, bad: Any) -> None:
        for ends_given in ((bad, bad), (bad, None), (None, bad), (D("2024-04-03"), bad)):
            with pytest.raises(
                OfstedFrameworkError, match=r"is not a day \(a datetime.date is"
            ) as e:
                When(*ends_given)
            assert e.value.faults[0].value == bad

    @pytest.mark.parametrize("year", [1, 1899, 2231, 9999])
    def test_refuses_other_years(self, year: int) -> None:
        bad = date(year, 6, 1)
        for ends_given in ((bad, bad), (bad, None), (None, bad)):
            with pytest.raises(OfstedFrameworkError) as caught:
                When(*ends_given)
            assert str(caught.value) == f"'{year:04}-06-01' is not in the years 1900 to 2230"
        assert When(FIRST, LAST).exact is False

    def test_of(self) -> None:
        day = D("2021-04-12")
        known = When(day, None)
        assert When.of(known) is known
        assert When.of(day) == When(day, day)
        assert When.of("2021-04-12") == When(day, day)

    @pytest.mark.parametrize("bad", [*NOT_DAYS, None, "soon"])
    def test_of_refuses(self, bad: Any) -> None:
        with pytest.raises(OfstedFrameworkError):
            When.of(bad)

    @pytest.mark.parametrize(
        ("text", "exact"),
        [
            ("2021-04-12", True),
            ("2021-04-12/2021-04-13", False),
            ("2021-04", False),
            ("2021", False),
            ("../2024-04-03", False),
            ("2024-04-03/..", False),
        ],
    )
    def test_exact(self, text: str, exact: bool) -> None:
        assert When.parse(text).exact is exact


class TestSpellings:
    """Every `When` is read back from its spelling as it was."""

    @pytest.mark.parametrize(
        ("text", "earliest", "latest", "canonical"),
        [
            ("2021-04-12", "2021-04-12", "2021-04-12", "2021-04-12"),
            ("2021-04", "2021-04-01", "2021-04-30", "2021-04"),
            ("2021-12", "2021-12-01", "2021-12-31", "2021-12"),
            ("2021-11", "2021-11-01", "2021-11-30", "2021-11"),
            ("2021-01", "2021-01-01", "2021-01-31", "2021-01"),
            ("2024-02", "2024-02-01", "2024-02-29", "2024-02"),
            ("2023-02", "2023-02-01", "2023-02-28", "2023-02"),
            ("2021", "2021-01-01", "2021-12-31", "2021"),
            ("1900", "1900-01-01", "1900-12-31", "1900"),
            ("2230", "2230-01-01", "2230-12-31", "2230"),
            ("2021/2022", "2021-01-01", "2022-12-31", "2021-01-01/2022-12-31"),
            ("2021-04/2021-05-03", "2021-04-01", "2021-05-03", "2021-04-01/2021-05-03"),
            ("2021-04-12/2021-05", "2021-04-12", "2021-05-31", "2021-04-12/2021-05-31"),
            ("2021-11/2022", "2021-11-01", "2022-12-31", "2021-11-01/2022-12-31"),
            ("2021/2021", "2021-01-01", "2021-12-31", "2021"),
            ("2021/2021-04-12", "2021-01-01", "2021-04-12", "2021-01-01/2021-04-12"),
            ("2021-04-12/2021-04", "2021-04-12", "2021-04-30", "2021-04-12/2021-04-30"),
            ("2021-04-01/2021-04-30", "2021-04-01", "2021-04-30", "2021-04"),
            ("2021-01-01/2021-12-31", "2021-01-01", "2021-12-31", "2021"),
            ("2021-01-01/2021-12-30", "2021-01-01", "2021-12-30", "2021-01-01/2021-12-30"),
            ("2021-01-02/2021-12-31", "2021-01-02", "2021-12-31", "2021-01-02/2021-12-31"),
            ("2021-04-01/2021-04-29", "2021-04-01", "2021-04-29", "2021-04-01/2021-04-29"),
            ("2021-04-02/2021-04-30", "2021-04-02", "2021-04-30", "2021-04-02/2021-04-30"),
            ("2021-04-01/2022-04-30", "2021-04-01", "2022-04-30", "2021-04-01/2022-04-30"),
            ("2021-04-12/2021-04-12", "2021-04-12", "2021-04-12", "2021-04-12"),
            ("../2024-04-03", None, "2024-04-03", "../2024-04-03"),
            ("2024-04-03/..", "2024-04-03", None, "2024-04-03/.."),
            ("2024-01-01/..", "2024-01-01", None, "2024-01-01/.."),
            ("../2024-12-31", None, "2024-12-31", "../2024-12-31"),
        ],
    )
    def test_good(
        self, text: str, earliest: str | None, latest: str | None, canonical: str
    ) -> None:
        read = When.parse(text)
        assert read.earliest == (D(earliest) if earliest else None)
        assert read.latest == (D(latest) if latest else None)
        assert str(read) == canonical

    @pytest.mark.parametrize(
        "text",
        [
            *("", " ", "/", "..", "../", "/..", "../..", "2021/", "/2021", "2021//2022", "soon"),
            *("20260105", "202601", " 2021", "2021 ", "2021\n", "2021-4", "2021-4-12", "2021-04-1"),
            *("21", "02021", "2021-04-012", "2021-004", "-2021", "2021-", "2021-04-", "+2021"),
            *(
                "2021-04-12-01",
                "2021--12",
                "2021-04-12T00:00",
                "2021-W14-1",
                "2021-W14",
                "2021-102",
            ),
            *("２０２１", "2021-0４-12", "²021", "٢٠٢١", "2021−04", "2021-0x-12", "20_1"),
            *("2021-00", "2021-13", "2021-04-00", "2021-04-31", "2023-02-29", "1900-02-29"),
            *("1899", "1899-12", "1899-12-31", "2231", "2231-01", "2231-01-01", "0000", "9999"),
            *("../2024", "../2024-04", "2024/..", "2024-04/..", "2024-04-03/...", "./2024-04-03"),
            *("2021/2022/2023", "2021-04-12/..2021", "2021 / 2022", "1899/2021", "2021/2231"),
        ],
    )
    def test_bad(self, text: str) -> None:
        with pytest.raises(OfstedFrameworkError) as caught:
            When.parse(text)
        (fault,) = caught.value.faults
        assert fault.value == text
        assert fault.message == (
            "is not a date: write 2021-04-12 (a day), 2021-04 (a month), 2021 (a year), "
            "2021-04-12/2021-05 (from the first day of the one to the last day of the other), "
            "../2024-04-03 (by a day) or 2024-04-03/.. (on or after a day), in the years 1900 to "
            "2230"
        )

    @pytest.mark.parametrize("text", ["2022/2021", "2021-04-13/2021-04-12", "2021-05-01/2021-04"])
    def test_ends_before_it_begins(self, text: str) -> None:
        with pytest.raises(OfstedFrameworkError) as caught:
            When.parse(text)
        assert caught.value.faults[0].value == text
        assert caught.value.faults[0].message.startswith("ends before it begins: write 2021-04-12 ")

    @pytest.mark.parametrize("bad", [None, 2021, 2021.5, b"2021", D("2021-04-12"), ["2021"]])
    def test_not_text(self, bad: Any) -> None:
        with pytest.raises(OfstedFrameworkError, match="is not a date: write"):
            When.parse(bad)

    @given(whens())
    def test_round_trip(self, one: When) -> None:
        assert When.parse(str(one)) == one
        assert str(When.parse(str(one))) == str(one)

    @given(st.text("0123456789-/. ", max_size=24))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        try:
            read = When.parse(text)
        except OfstedFrameworkError:
            return
        assert When.parse(str(read)) == read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-04-12", "12 April 2021"),
        ("2021-01-01", "1 January 2021"),
        ("2021-04", "April 2021"),
        ("2021", "2021"),
        ("2021-04-12/2021-04-20", "12 to 20 April 2021"),
        ("2021-04-12/2021-05-03", "12 April to 3 May 2021"),
        ("2021-04-12/2022-04-20", "12 April 2021 to 20 April 2022"),
        ("2021-12-31/2022-01-01", "31 December 2021 to 1 January 2022"),
        ("2021/2022", "1 January 2021 to 31 December 2022"),
        ("2021-04/2021-05", "1 April to 31 May 2021"),
        ("../2024-04-03", "by 3 April 2024"),
        ("2024-04-03/..", "on or after 3 April 2024"),
    ],
)
def test_when_in_words(text: str, words: str) -> None:
    assert When.parse(text).in_words() == words


def test_day_in_words() -> None:
    assert in_words(D("2024-01-22")) == "22 January 2024"
    assert " ".join(in_words(date(2024, month, 1)) for month in range(1, 13)) == (
        "1 January 2024 1 February 2024 1 March 2024 1 April 2024 1 May 2024 1 June 2024 "
        "1 July 2024 1 August 2024 1 September 2024 1 October 2024 1 November 2024 1 December 2024"
    )


class TestComparisons:
    """An answer is YES when all pairs of possible days agree, NO when none does, else OPEN."""

    @staticmethod
    def brute(one: range, other: range, holds: Callable[[int, int], bool]) -> Answer:
        found = {holds(a, b) for a in one for b in other}
        return OPEN if len(found) == 2 else YES if found == {True} else NO

    def test_every_pair_of_short_stretches(self) -> None:
        for one, other in product(stretches(5), repeat=2):
            a, b = range(one[0], one[1] + 1), range(other[0], other[1] + 1)
            this, that = when(one), when(other)
            assert this.before(that) is self.brute(a, b, lambda x, y: x < y)
            assert this.after(that) is self.brute(a, b, lambda x, y: x > y)
            assert this.on_or_before(that) is self.brute(a, b, lambda x, y: x <= y)
            assert this.on_or_after(that) is self.brute(a, b, lambda x, y: x >= y)
            assert this.narrows(that) is (set(a) <= set(b))
            inside = {day in b for day in a}
            assert this.within(that.earliest, that.latest) is (
                OPEN if len(inside) == 2 else YES if True in inside else NO
            )
            if that.exact:
                assert that.earliest is not None
                for name in ("before", "after", "on_or_before", "on_or_after", "narrows"):
                    assert getattr(this, name)(that.earliest) is getattr(this, name)(that)

    @pytest.mark.parametrize(
        ("one", "other", "before", "after", "on_or_before", "on_or_after"),
        [
            ("../2024-04-03", "2024-04-04", YES, NO, YES, NO),
            ("../2024-04-03", "2024-04-03", OPEN, NO, YES, OPEN),
            ("../2024-04-03", "2024-04-02", OPEN, OPEN, OPEN, OPEN),
            ("2024-04-03/..", "2024-04-02", NO, YES, NO, YES),
            ("2024-04-03/..", "2024-04-03", NO, OPEN, OPEN, YES),
            ("2024-04-03/..", "2024-04-04", OPEN, OPEN, OPEN, OPEN),
            ("2024-04-03/..", "2024-04-03/..", OPEN, OPEN, OPEN, OPEN),
            ("../2024-04-03", "../2024-04-03", OPEN, OPEN, OPEN, OPEN),
            ("../2024-04-03", "2024-04-03/..", OPEN, NO, YES, OPEN),
            ("2024", "2024-04", OPEN, OPEN, OPEN, OPEN),
        ],
    )
    def test_open_ends(
        self,
        one: str,
        other: str,
        before: Answer,
        after: Answer,
        on_or_before: Answer,
        on_or_after: Answer,
    ) -> None:
        this, that = When.parse(one), When.parse(other)
        assert this.before(that) is before
        assert this.after(that) is after
        assert this.on_or_before(that) is on_or_before
        assert this.on_or_after(that) is on_or_after

    @given(whens(), whens())
    def test_opposites(self, one: When, other: When) -> None:
        opposite = {YES: NO, NO: YES, OPEN: OPEN}
        assert one.on_or_after(other) is opposite[one.before(other)]
        assert one.on_or_before(other) is opposite[one.after(other)]
        assert one.before(other) is other.after(one)
        assert one.on_or_before(other) is other.on_or_after(one)

    @pytest.mark.parametrize("bad", [*NOT_DAYS, None, "2024"])
    def test_refuses_what_is_not_a_day(self, bad: Any) -> None:
        this = When.parse("2024")
        for ask in (this.before, this.after, this.on_or_before, this.on_or_after, this.narrows):
            with pytest.raises(OfstedFrameworkError, match="is not a day"):
                ask(bad)

    @pytest.mark.parametrize(
        ("first", "last", "answer"),
        [
            (None, None, YES),
            (D("2024-04-01"), None, YES),
            (D("2024-04-02"), None, OPEN),
            (D("2024-04-30"), None, OPEN),
            (D("2024-05-01"), None, NO),
            (None, D("2024-04-30"), YES),
            (None, D("2024-04-29"), OPEN),
            (None, D("2024-04-01"), OPEN),
            (None, D("2024-03-31"), NO),
            (D("2024-04-10"), D("2024-04-10"), OPEN),
        ],
    )
    def test_within(self, first: date | None, last: date | None, answer: Answer) -> None:
        assert When.parse("2024-04").within(first, last) is answer

    def test_within_with_open_ends(self) -> None:
        assert When.parse("../2024-04-03").within(None, D("2024-04-03")) is YES
        assert When.parse("../2024-04-03").within(D("1900-01-01"), None) is OPEN
        assert When.parse("2024-04-03/..").within(D("2024-04-03"), None) is YES
        assert When.parse("2024-04-03/..").within(None, D("2230-12-31")) is OPEN

    @pytest.mark.parametrize("bad", [*NOT_DAYS, "2024-04-03"])
    def test_within_refuses(self, bad: Any) -> None:
        for ends_given in ((bad, None), (None, bad), (D("2024-04-03"), D("2024-04-02"))):
            with pytest.raises(OfstedFrameworkError):
                When.parse("2024").within(*ends_given)


class TestNarrowing:
    """Knowing a day more exactly never turns a YES or a NO into anything else."""

    QUESTIONS: tuple[Callable[[When, When], Answer], ...] = (
        When.before,
        When.after,
        When.on_or_before,
        When.on_or_after,
        lambda one, other: one.within(other.earliest, other.latest),
    )

    @given(st.tuples(ends, ends).filter(any), st.data(), whens())
    def test_answers_stand(
        self, wide: tuple[date | None, date | None], data: st.DataObject, other: When
    ) -> None:
        first, last = wide
        if first and last and first > last:
            first, last = last, first
        one = When(first, last)
        inner = st.dates(first or FIRST, last or LAST)
        narrow = When(*sorted([data.draw(inner), data.draw(inner)]))
        assert narrow.narrows(one)
        for ask in self.QUESTIONS:
            answer = ask(one, other)
            assert answer is OPEN or ask(narrow, other) is answer
        for ask in self.QUESTIONS[:4]:
            answer = ask(other, one)
            assert answer is OPEN or ask(other, narrow) is answer

    def test_narrows(self) -> None:
        april = When.parse("2024-04")
        assert april.narrows(april) is True
        assert april.narrows(When.parse("2024")) is True
        assert When.parse("2024").narrows(april) is False
        assert april.narrows(When.parse("../2024-04-30")) is True
        assert april.narrows(When.parse("../2024-04-29")) is False
        assert april.narrows(When.parse("2024-04-01/..")) is True
        assert april.narrows(When.parse("2024-04-02/..")) is False
        assert When.parse("../2024-04-03").narrows(When.parse("2024-04-03/..")) is False
        assert When.parse("2024-04-03").narrows(D("2024-04-03")) is True
        assert april.narrows(D("2024-04-03")) is False


class TestWindow:
    def test_order(self) -> None:
        day = D("2024-04-03")
        assert Window(day, day, day) == Window(day, day, day)
        assert not hasattr(Window(day, day, day), "__dict__")
        for earliest, expected, latest in product((None, day), repeat=3):
            Window(earliest, expected, latest)

    @pytest.mark.parametrize(
        "given_days",
        [
            (D("2024-04-04"), None, D("2024-04-03")),
            (D("2024-04-04"), D("2024-04-03"), None),
            (None, D("2024-04-04"), D("2024-04-03")),
            (D("2024-04-01"), D("2024-04-04"), D("2024-04-03")),
            (D("2024-04-02"), D("2024-04-01"), D("2024-04-03")),
        ],
    )
    def test_refuses_disorder(self, given_days: tuple[date, date, date]) -> None:
        with pytest.raises(OfstedFrameworkError, match=" is after "):
            Window(*given_days)

    @pytest.mark.parametrize("bad", [*NOT_DAYS, "2024-04-03"])
    def test_refuses_what_is_not_a_day(self, bad: Any) -> None:
        for given_days in ((bad, None, None), (None, bad, None), (None, None, bad)):
            with pytest.raises(OfstedFrameworkError, match="is not a day"):
                Window(*given_days)
        with pytest.raises(OfstedFrameworkError, match="is not a day"):
            assert bad in Window(None, None, None)

    def test_contains(self) -> None:
        window = Window(D("2024-04-03"), D("2024-04-04"), D("2024-04-05"))
        inside = [day for day in range(1, 8) if date(2024, 4, day) in window]
        assert inside == [3, 4, 5]
        assert D("2024-04-02") not in Window(D("2024-04-03"), None, None)
        assert D("2024-04-03") in Window(D("2024-04-03"), None, None)
        assert date.max in Window(D("2024-04-03"), None, None)
        assert D("2024-04-04") not in Window(None, None, D("2024-04-03"))
        assert D("2024-04-03") in Window(None, D("2024-04-01"), D("2024-04-03"))
        assert date.min in Window(None, D("2024-04-01"), D("2024-04-03"))

    @pytest.mark.parametrize(
        ("earliest", "expected", "latest", "words"),
        [
            ("2024-04-01", None, "2024-05-03", "1 April to 3 May 2024"),
            ("2024-04-01", None, "2024-04-30", "1 to 30 April 2024"),
            ("2024-04-01", None, "2024-04-01", "1 April 2024"),
            ("2024-04-01", None, None, "on or after 1 April 2024"),
            (None, None, "2024-05-03", "by 3 May 2024"),
            (None, None, None, "any day"),
            (None, "2024-04-12", None, "any day, expected 12 April 2024"),
            (
                *("2024-04-01", "2024-04-12", "2024-05-03"),
                "1 April to 3 May 2024, expected 12 April 2024",
            ),
        ],
    )
    def test_in_words(
        self, earliest: str | None, expected: str | None, latest: str | None, words: str
    ) -> None:
        window = Window(*(D(day) if day else None for day in (earliest, expected, latest)))
        assert window.in_words() == words


class TestMonths:
    """Counting months keeps the order of days and the day of the month, clamped if need be."""

    @pytest.mark.parametrize(
        ("day", "months", "later"),
        [
            ("2024-01-31", 1, "2024-02-29"),
            ("2023-01-31", 1, "2023-02-28"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-02-29", 48, "2028-02-29"),
            ("2024-02-29", -12, "2023-02-28"),
            ("2024-03-31", -1, "2024-02-29"),
            ("2024-08-31", 3, "2024-11-30"),
            ("2024-12-15", 1, "2025-01-15"),
            ("2024-01-15", -1, "2023-12-15"),
            ("2021-11-17", 36, "2024-11-17"),
            ("2021-11-17", 0, "2021-11-17"),
            ("0001-02-01", -1, "0001-01-01"),
            ("9999-11-30", 1, "9999-12-30"),
        ],
    )
    def test_examples(self, day: str, months: int, later: str) -> None:
        assert add_months(D(day), months) == D(later)
        assert months_after(D(day).toordinal(), months) == D(later).toordinal()

    def test_is_not_associative(self) -> None:
        assert add_months(add_months(D("2023-01-31"), 1), 1) == D("2023-03-28")
        assert add_months(D("2023-01-31"), 2) == D("2023-03-31")

    @given(days, days, st.integers(-600, 600))
    def test_keeps_the_order_of_days(self, one: date, other: date, months: int) -> None:
        one, other = min(one, other), max(one, other)
        assert add_months(one, months) <= add_months(other, months)

    @given(days, st.integers(-600, 600))
    def test_keeps_the_day_of_the_month_or_clamps_it(self, day: date, months: int) -> None:
        later = add_months(day, months)
        assert later.year * 12 + later.month == day.year * 12 + day.month + months
        assert later.day == day.day or (later.day < day.day and (later + timedelta(1)).day == 1)

    @pytest.mark.parametrize("bad", [*NOT_DAYS, None, "2024-04-03"])
    def test_refuses_what_is_not_a_day(self, bad: Any) -> None:
        with pytest.raises(OfstedFrameworkError, match="is not a day"):
            add_months(bad, 1)

    @pytest.mark.parametrize(
        ("day", "months"), [("0001-01-31", -1), ("9999-12-01", 1), ("2024-01-01", 10**20)]
    )
    def test_refuses_to_leave_the_calendar(self, day: str, months: int) -> None:
        with pytest.raises(OfstedFrameworkError) as caught:
            add_months(D(day), months)
        assert str(caught.value) == f"{months} months after {day} is not in the years 1 to 9999"

    @pytest.mark.parametrize("ordinal", [-1, 0, 3652060, 10**20])
    def test_refuses_ordinals_of_no_day(self, ordinal: int) -> None:
        with pytest.raises(OfstedFrameworkError) as caught:
            months_after(ordinal, 1)
        assert str(caught.value) == (
            f"1 months after day number {ordinal} is not in the years 1 to 9999"
        )
