"""Many records at once, and of which kind the next inspection is to be: worked out by hand.

What is expected here was counted and reckoned on paper from the frameworks' sentences. The
authorities are invented.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import weakref
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import attrs
import pytest

import ofsted_framework as of
from helpers import CAFCASS, COMPLETE, G, I, O, R, authority, day, grades, meeting, record, visit
from ofsted_framework.acceptance import Acceptance
from ofsted_framework.obligations import Sent
from ofsted_framework.telling.csv_text import agenda_csv
from ofsted_framework.telling.html import agenda_html
from ofsted_framework.telling.markdown import agenda_markdown
from ofsted_framework.telling.plain import agenda_plain
from ofsted_framework.telling.text import agenda_text
from ofsted_framework.verdicts import CheckResult, Rule

NORTH = of.Provider(
    name="Northshire", kind="local-authority", urn="90001", region="North East", code="E06900001"
)
WEST = of.Provider(
    name="Westmere", kind="local-authority", urn="90002", region="South West", code="E06900002"
)
EAST = of.Provider(name="Eastmarsh", kind="local-authority", urn="90003", region="London")
AS_OF = date(2026, 6, 1)

# Of the form until 2022, with one grade for care and leavers together, and of the form after it.
OLD_GOOD = grades(overall=G, leaders=G, help=G, both=G)
OLD_LOW = grades(overall=R, leaders=G, help=R, both=G)
OLD_BAD = grades(overall=I, leaders=I, help=I, both=R)
# Good overall, but of the three practice judgements help alone is good.
OLD_MIXED = grades(overall=G, leaders=G, help=G, both=R)
GOOD = grades(overall=G, leaders=G, help=G, care=G, leavers=G)
LOW = grades(overall=R, leaders=R, help=R, care=G, leavers=G)

OVERALL = (
    "After requires improvement or inadequate overall the next inspection is a standard one; after "
    "good or outstanding it is a short one, or a standard one instead. A new authority's first is "
    "standard."
)
LEADERS = (
    "After good or outstanding for the impact of leaders and for at least two of the three "
    "practice judgements the next inspection is a short one, or a standard one instead; otherwise "
    "it is a standard one. A new authority's first is standard."
)


def error(call: Callable[[], object]) -> of.OfstedFrameworkError:
    with pytest.raises(of.OfstedFrameworkError) as caught:
        call()
    return caught.value


# --- check_many -----------------------------------------------------------------------------------

A_FEW = tuple(rule for rule in of.RULES if rule.code in ("OF101", "OF102", "OF301"))
"""First day not after the last; published not before the last; in its window."""
ILACS = (of.framework("ilacs-2018"),)


def two_inspections() -> of.History:
    """The second came within the window of the first: 6 March 2024 to 6 March 2025."""
    return record(
        authority("n-1", "2021-09-06", OLD_LOW, end="2021-09-17", published="2021-11-01"),
        authority("n-2", "2024-09-09", GOOD, end="2024-09-20", published="2024-10-28"),
        provider=NORTH,
    )


def two_departures() -> of.History:
    """It ended before it began, and none came by 6 March 2025."""
    one = authority("w-1", "2021-09-06", OLD_LOW, end="2021-09-03", published="2021-11-01")
    return record(one, provider=WEST)


def not_covered() -> of.History:
    """Nothing is claimed of the record: whether another came is open."""
    one = authority("e-1", "2021-09-06", OLD_LOW, end="2021-09-17", published="2021-11-01")
    return record(one, provider=EAST, coverage=())


def cafcass() -> of.History:
    """A visit whose letter is said to be out; no framework of its kind is given below."""
    return record(visit("fv", "2025-05-06", "2025-05-08", "2025-06-12"))


def handful() -> list[of.History]:
    return [two_inspections(), two_departures(), not_covered(), cafcass()]


def few(
    histories: Any = None,
    *,
    rules: Sequence[Rule] = A_FEW,
    progress: Callable[[int], None] | None = None,
) -> Any:
    return of.check_many(
        handful() if histories is None else histories,
        as_of=AS_OF, frameworks=ILACS, rules=rules, progress=progress,
    )  # fmt: skip


class TestSums:
    def test_by_rule_provision_and_status_unless_told(self) -> None:
        found = few().summary()
        assert found.columns == ("rule", "provision", "status", "verdicts")
        # OF101 and OF102: n-1, n-2, e-1, fv, and w-1, which ended before it began.
        # OF301: n-1 is satisfied, n-2 pending, w-1 violated, e-1 undetermined; no authority had a
        # meeting; of Cafcass no framework is given.
        assert found.rows == (
            ("OF101", None, "satisfied", 4),
            ("OF101", None, "violated", 1),
            ("OF102", None, "satisfied", 5),
            ("OF301", None, "not-applicable", 1),
            ("OF301", "ilacs-2018/engagement-meeting", "not-applicable", 3),
            ("OF301", "ilacs-2018/inspection-interval", "pending", 1),
            ("OF301", "ilacs-2018/inspection-interval", "satisfied", 1),
            ("OF301", "ilacs-2018/inspection-interval", "undetermined", 1),
            ("OF301", "ilacs-2018/inspection-interval", "violated", 1),
        )

    @pytest.mark.parametrize(
        ("by", "wanted"),
        [
            (
                ("rule", "status"),
                [
                    ("OF101", "satisfied", 4), ("OF101", "violated", 1), ("OF102", "satisfied", 5),
                    ("OF301", "not-applicable", 4), ("OF301", "pending", 1),
                    ("OF301", "satisfied", 1), ("OF301", "undetermined", 1),
                    ("OF301", "violated", 1),
                ],
            ),
            (
                ("status",),
                [
                    ("not-applicable", 4), ("pending", 1), ("satisfied", 10),
                    ("undetermined", 1), ("violated", 2),
                ],
            ),
            (
                ("provider",),
                [("Cafcass", 3), ("Eastmarsh", 4), ("Northshire", 7), ("Westmere", 4)],
            ),
            (("urn",), [(None, 3), ("90001", 7), ("90002", 4), ("90003", 4)]),
            (("region",), [(None, 3), ("London", 4), ("North East", 7), ("South West", 4)]),
            (("framework",), [(None, 11), ("ilacs-2018", 7)]),
            # By definition it is an error; the interval is counted from an assumed day: a note.
            (("severity", "rule"), [
                (None, "OF101", 4), (None, "OF102", 5), (None, "OF301", 7),
                ("error", "OF101", 1), ("note", "OF301", 1),
            ]),
            (("basis",), [(None, 14), ("assumed", 4)]),
            (("because",), [("", 17), ("NotCovered", 1)]),
            (("as_of",), [(AS_OF, 18)]),
            (("status", "provider", "subject"), None),
        ],
    )  # fmt: skip
    def test_by_what_is_asked_for(
        self, by: tuple[str, ...], wanted: list[tuple[object, ...]] | None
    ) -> None:
        found = few().summary(*by)
        assert found.columns == (*by, "verdicts")
        if wanted is not None:
            assert list(found.rows) == wanted
        assert sum(row[-1] for row in found.rows) == 18

    def test_the_order_of_columns_is_as_asked(self) -> None:
        found = few().summary("status", "rule")
        assert found.rows[:2] == (("not-applicable", "OF301", 4), ("pending", "OF301", 1))

    def test_names_that_are_not_told_of_a_verdict_are_listed_with_the_nearest(self) -> None:
        found = error(lambda: few().summary("ruel", "status", "statos", "grade"))
        assert [(one.place, one.value, one.nearest) for one in found.faults] == [
            ("by", "ruel", "rule"), ("by", "statos", "status"), ("by", "grade", None),
        ]  # fmt: skip

    def test_names_are_refused_before_any_record_is_checked(self) -> None:
        taken: list[int] = []

        def some() -> Iterator[of.History]:
            taken.append(1)
            yield two_inspections()

        error(lambda: few(some()).summary("ruel"))
        assert taken == []

    def test_of_nothing(self) -> None:
        found = few([]).summary("rule", "status")
        assert (found.columns, len(found), found.to_records()) == (
            ("rule", "status", "verdicts"), 0, [],
        )  # fmt: skip
        assert found.to_csv() == "rule,status,verdicts\n"

    def test_as_a_table(self) -> None:
        found = few().summary("provider")
        assert found.to_csv() == (
            "provider,verdicts\nCafcass,3\nEastmarsh,4\nNorthshire,7\nWestmere,4\n"
        )
        assert found.to_columns() == {
            "provider": ["Cafcass", "Eastmarsh", "Northshire", "Westmere"],
            "verdicts": [3, 4, 7, 4],
        }
        assert found.to_pandas()["verdicts"].sum() == 18
        assert found.to_polars()["verdicts"].sum() == 18


class TestStream:
    def test_nothing_is_taken_before_it_is_asked_for(self) -> None:
        taken: list[str] = []

        def some() -> Iterator[of.History]:
            for one in handful():
                taken.append(one.provider.name)
                yield one

        checks = few(some())
        assert taken == []
        answers = iter(checks)
        assert taken == []
        names = []
        for number in (1, 2, 3):
            names.append(next(answers).history.provider.name)
            assert len(taken) == number
        assert names == ["Northshire", "Westmere", "Eastmarsh"] == taken

    def test_records_and_agendas_are_taken_one_by_one_too(self) -> None:
        taken: list[int] = []

        def some() -> Iterator[of.History]:
            for number in range(3):
                taken.append(number)
                yield two_departures()

        told = few(some()).records("provider", "rule", "status")
        assert taken == []
        first = [next(told) for _ in range(4)]
        assert taken == [0]
        assert first[0] == {"provider": "Westmere", "rule": "OF101", "status": "violated"}
        next(told)
        assert taken == [0, 1]
        taken.clear()
        agendas = iter(of.due_many(some(), as_of=AS_OF))
        next(agendas)
        assert taken == [0]

    @pytest.mark.parametrize("name", ["check_many", "due_many"])
    def test_nothing_is_held(self, name: str) -> None:
        """Neither a record nor its answer outlives the next one."""
        many: Callable[..., Any] = getattr(of, name)
        made: list[weakref.ref[of.History]] = []
        answers: list[weakref.ref[CheckResult]] = []

        def some() -> Iterator[of.History]:
            for _ in range(6):
                one = two_departures()
                made.append(weakref.ref(one))
                yield one
                del one

        for number, answer in enumerate(many(some(), as_of=AS_OF, frameworks=ILACS)):
            answers.append(weakref.ref(answer))
            del answer
            gc.collect()
            gone = [ref() for ref in made[:number]].count(None)
            assert gone >= number - 1, "an earlier record is held"
            gone = [ref() for ref in answers[:number]].count(None)
            assert gone >= number - 1, "an earlier answer is held"
            assert len(made) == number + 1
        gc.collect()
        assert [ref() for ref in made] == [None] * 6
        assert [ref() for ref in answers] == [None] * 6

    def test_no_end_is_no_matter(self) -> None:
        def endless() -> Iterator[of.History]:
            while True:
                yield cafcass()

        answers = iter(few(endless()))
        assert [len(next(answers).verdicts) for _ in range(3)] == [3, 3, 3]

    def test_a_list_can_be_gone_through_again(self) -> None:
        checks = few()
        assert [len(one.verdicts) for one in checks] == [7, 4, 4, 3]
        assert [len(one.verdicts) for one in checks] == [7, 4, 4, 3]
        assert checks.summary("provider").rows == checks.summary("provider").rows

    def test_a_tuple_and_a_set_can_too(self) -> None:
        for some in (tuple(handful()), set(handful()), dict.fromkeys(handful())):
            checks = few(some)
            assert len(list(checks)) == len(list(checks)) == 4

    @pytest.mark.parametrize(
        "once",
        [iter, lambda some: (one for one in some), reversed, lambda some: filter(None, some)],
        ids=["iter", "generator", "reversed", "filter"],
    )
    def test_an_iterator_only_once(self, once: Callable[[list[of.History]], Any]) -> None:
        checks = few(once(handful()))
        assert len(list(checks)) == 4
        for again in (lambda: list(checks), checks.summary, checks.to_records):
            told = str(error(again))
            assert "have been gone through once" in told
            assert "give a list" in told

    def test_an_iterator_that_was_gone_through_in_part_is_not_gone_on_with(self) -> None:
        checks = few(iter(handful()))
        next(iter(checks))
        assert "gone through once" in str(error(lambda: list(checks)))

    def test_agendas_of_an_iterator_only_once(self) -> None:
        agendas = of.due_many(iter(handful()), as_of=AS_OF)
        assert len(agendas.table()) > 4
        for again in (agendas.table, agendas.summary, agendas.to_pandas):
            assert "gone through once" in str(error(again))

    @pytest.mark.parametrize(
        ("odd", "name"), [("Westmere", "str"), (None, "NoneType"), (NORTH, "Provider"), (3, "int")]
    )
    def test_what_is_no_history_is_named(self, odd: Any, name: str) -> None:
        some: Any = [two_inspections(), two_departures(), odd, cafcass()]
        for many in (few(some), of.due_many(some, as_of=AS_OF)):
            answers = iter(many)
            next(answers)
            next(answers)
            found = error(lambda answers=answers: next(answers))  # type: ignore[misc]
            assert str(found) == f"'{name}' is no history, as number 3 of the records"

    @pytest.mark.parametrize("odd", [None, 3, pytest.param("a history", id="one history"), of.read])
    def test_what_cannot_be_gone_through_is_refused_clearly(self, odd: Any) -> None:
        """For instance the one record that was meant, or what `read` gives, not its histories."""
        odd = two_inspections() if odd == "a history" else odd
        for many in (of.check_many, of.due_many):
            call: Any = many
            error(lambda call=call: list(call(odd, as_of=AS_OF)))  # type: ignore[misc]

    def test_progress_is_told_after_each(self) -> None:
        done: list[int] = []
        checks = few(progress=done.append)
        assert done == []
        answers = iter(checks)
        next(answers)
        assert done == []  # the first is still in hand
        next(answers)
        assert done == [1]
        list(answers)
        assert done == [1, 2, 3, 4]
        done.clear()
        checks.summary("rule")
        assert done == [1, 2, 3, 4]
        of.due_many(iter(handful()), as_of=AS_OF, progress=done.append).table()
        assert done == [1, 2, 3, 4, 1, 2, 3, 4]

    @pytest.mark.parametrize("odd", ["2026-06-01", None, 20260601])
    def test_the_day_of_asking_is_refused_at_once(self, odd: Any) -> None:
        for many in (of.check_many, of.due_many):
            call: Any = many
            found = error(lambda call=call: call([], as_of=odd))  # type: ignore[misc]
            assert found.faults[0].place == "as_of"


class TestFrameworks:
    def test_those_of_each_kind_of_provider(self) -> None:
        some = [of.framework(id) for id in ("cafcass-2021", "ilacs-2018", "sif-2013")]
        found = list(of.check_many(handful(), as_of=AS_OF, frameworks=some))
        # Of the single inspection framework nothing is on record, and it is over.
        assert [[one.id for one in each.frameworks] for each in found] == [
            ["ilacs-2018"], ["ilacs-2018"], ["ilacs-2018"], ["cafcass-2021"],
        ]  # fmt: skip
        due = list(of.due_many(handful(), as_of=AS_OF, frameworks=some))
        assert [[one.id for one in each.frameworks] for each in due] == [
            ["ilacs-2018"], ["ilacs-2018"], ["ilacs-2018"], ["cafcass-2021"],
        ]  # fmt: skip

    def test_each_is_as_it_would_be_alone(self) -> None:
        for found, history in zip(of.check_many(handful(), as_of=AS_OF), handful(), strict=True):
            alone = of.check(history, as_of=AS_OF)
            assert found.verdicts == alone.verdicts
            assert [one.message for one in found.verdicts] == [o.message for o in alone.verdicts]
            assert (found.history, found.as_of, found.frameworks, found.calendar) == (
                history, AS_OF, alone.frameworks, alone.calendar,
            )  # fmt: skip
            assert found.receipt == alone.receipt
        for agenda, history in zip(of.due_many(handful(), as_of=AS_OF), handful(), strict=True):
            assert agenda == of.due(history, as_of=AS_OF)

    def test_a_calendar_of_ones_own(self) -> None:
        """Report of 20 September 2024 + 27 working days: 29 October, or a day later."""
        told = []
        for calendar in (of.WorkingDays(), of.WorkingDays([date(2024, 10, 2)])):
            late = authority("x", "2024-09-09", GOOD, end="2024-09-20", published="2024-10-30")
            some = [record(late, provider=NORTH)]
            checks = of.check_many(some, as_of=AS_OF, calendar=calendar)
            told += [
                row[1] for row in checks.summary("provision", "status").rows
                if row[0] == "ilacs-2018/report-publication"
            ]  # fmt: skip
        assert told == ["violated", "satisfied"]


class TestRecords:
    def test_each_verdict_is_a_mapping(self) -> None:
        found = few([two_departures()]).to_records()
        assert found[0] == {
            "provider": "Westmere", "urn": "90002", "region": "South West", "as_of": AS_OF,
            "framework": None, "rule": "OF101", "name": "start-not-after-end", "provision": None,
            "subject": "w-1", "status": "violated", "because": "", "basis": None,
            "severity": "error", "accepted": "no",
        }  # fmt: skip
        assert found[2] == {
            "provider": "Westmere", "urn": "90002", "region": "South West", "as_of": AS_OF,
            "framework": "ilacs-2018", "rule": "OF301", "name": "in-its-window",
            "provision": "ilacs-2018/inspection-interval", "subject": "w-1", "status": "violated",
            "because": "", "basis": "assumed", "severity": "note", "accepted": "no",
        }  # fmt: skip
        assert [(one["rule"], one["status"]) for one in found] == [
            ("OF101", "violated"), ("OF102", "satisfied"), ("OF301", "violated"),
            ("OF301", "not-applicable"),
        ]  # fmt: skip

    def test_departures_can_be_accepted(self) -> None:
        """By the provider's name, or of every provider; other verdicts are neither yes nor no."""
        given = Acceptance(
            departure="OF301[ilacs-2018/inspection-interval]:w-1", reason="Agreed.", until=AS_OF
        )

        def told(accepted: Any) -> list[object]:
            checks = of.check_many([two_departures()], as_of=AS_OF, accepted=accepted)
            some = checks.records("rule", "subject", "accepted")
            return [row["accepted"] for row in some if row["rule"] in ("OF102", "OF301")]

        assert told([given])[:2] == [None, "yes"]
        assert told({"Westmere": [given]})[:2] == [None, "yes"]
        assert told({"Northshire": [given]})[:2] == [None, "no"]
        assert told(())[:2] == [None, "no"]
        late = attrs.evolve(given, until=AS_OF - timedelta(1))
        assert told([late])[:2] == [None, "no"]
        checks = of.check_many([two_departures()], as_of=AS_OF, accepted=[given])
        assert len(next(iter(checks)).standing) == len(next(iter(checks)).departures) - 1
        assert ("OF301", "yes", 1) in checks.summary("rule", "accepted").rows
        found = error(lambda: of.check_many([], as_of=AS_OF, accepted={"Westmere": ["OF301"]}))  # type: ignore[list-item]
        assert "OF301" in str(found)

    def test_columns_can_be_chosen(self) -> None:
        told = list(few([two_departures()]).records("severity", "subject"))
        assert told == [
            {"severity": "error", "subject": "w-1"}, {"severity": None, "subject": "w-1"},
            {"severity": "note", "subject": "w-1"}, {"severity": None, "subject": None},
        ]  # fmt: skip
        found = error(lambda: list(few().records("subjct")))
        assert [(one.value, one.nearest) for one in found.faults] == [("subjct", "subject")]

    def test_data_frames_hold_the_same(self) -> None:
        checks = few()
        told = checks.to_records()
        assert len(told) == 18
        assert checks.to_polars().to_dicts() == told
        frame = checks.to_pandas()
        assert list(frame.columns) == list(told[0])
        assert (frame["as_of"].dt.year == 2026).all()
        frame["as_of"] = frame["as_of"].dt.date
        assert frame.astype(object).where(frame.notna(), None).to_dict("records") == told
        assert checks.to_columns()["provider"] == (
            ["Northshire"] * 7 + ["Westmere"] * 4 + ["Eastmarsh"] * 4 + ["Cafcass"] * 3
        )

    def test_of_nothing(self) -> None:
        checks = few([])
        assert checks.to_records() == []
        assert (len(checks.to_pandas()), len(checks.to_polars())) == (0, 0)
        assert list(checks.to_pandas().columns) == checks.to_polars().columns


# --- Of which kind the next inspection is to be ---------------------------------------------------


def one_inspection(
    start: str,
    judgements: tuple[of.Judgement, ...] | None,
    published: str | None = "2021-11-01",
    *,
    provider: of.Provider = NORTH,
    coverage: Any = COMPLETE,
    partial: bool = False,
) -> of.History:
    one = authority("i-1", start, judgements, published=published, partial=partial)
    return record(one, provider=provider, coverage=coverage)


def sent(history: of.History, as_of: str, **more: Any) -> Sent:
    found = of.due(history, as_of=day(as_of), **more)["inspection-interval"].sent
    assert found is not None
    return found


class TestSent:
    @pytest.mark.parametrize(
        ("judgements", "kinds"),
        [
            (OLD_GOOD, ("short", "standard")),
            (grades(overall=O, leaders=O, help=O, both=O), ("short", "standard")),
            (OLD_MIXED, ("short", "standard")),
            (OLD_LOW, ("standard",)),
            (OLD_BAD, ("standard",)),
        ],
    )
    def test_a_window_before_april_2026(
        self, judgements: tuple[of.Judgement, ...], kinds: tuple[str, ...]
    ) -> None:
        """6 March 2024 to 6 March 2025: the overall grade decides."""
        found = sent(one_inspection("2021-09-06", judgements), "2023-06-01")
        assert (found.kinds, found.after, found.missing) == (kinds, ("i-1",), ())
        assert found.reason == f"{OVERALL} (after i-1)"
        assert [row.id for row in found.rows] == ["kind-of-inspection"]
        assert found.rows[0].effective_to == of.When.of("2026-03-31")

    @pytest.mark.parametrize(
        ("judgements", "kinds"),
        [
            (GOOD, ("short", "standard")),
            (LOW, ("standard",)),
            # Leaders and two of three, below good overall.
            (grades(overall=R, leaders=G, help=R, care=G, leavers=O), ("short", "standard")),
            # Good overall, and one of three only.
            (grades(overall=G, leaders=G, help=R, care=R, leavers=G), ("standard",)),
            # All three, and not the leaders.
            (grades(overall=R, leaders=R, help=G, care=G, leavers=G), ("standard",)),
        ],
    )
    def test_a_window_from_april_2026(
        self, judgements: tuple[of.Judgement, ...], kinds: tuple[str, ...]
    ) -> None:
        """6 May 2026 to 6 May 2027: leaders and two of three decide."""
        found = sent(one_inspection("2023-11-06", judgements, "2023-12-18"), "2026-04-20")
        assert (found.kinds, found.after, found.missing) == (kinds, ("i-1",), ())
        assert found.reason == f"{LEADERS} (after i-1)"

    @pytest.mark.parametrize(
        ("start", "as_of", "kinds", "told"),
        [
            # To 30 March 2026.
            ("2022-09-30", "2025-01-06", ("short", "standard"), (OVERALL,)),
            # To 1 April 2026: on its last day the new sentence is in force.
            ("2022-10-01", "2025-01-06", ("short", "standard"), (OVERALL, LEADERS)),
            # What is left of that window begins on 31 March 2026, or on 1 April.
            ("2022-10-03", "2026-03-30", ("short", "standard"), (OVERALL, LEADERS)),
            ("2022-10-03", "2026-03-31", ("standard",), (LEADERS,)),
            # The window from 1 April 2026 on, and from the day before.
            ("2023-10-01", "2025-01-06", ("standard",), (LEADERS,)),
            ("2023-09-29", "2025-01-06", ("short", "standard"), (OVERALL, LEADERS)),
        ],
    )
    def test_the_sentence_in_force_when_it_begins_decides(
        self, start: str, as_of: str, kinds: tuple[str, ...], told: tuple[str, ...]
    ) -> None:
        mixed = OLD_MIXED if start < "2023" else grades(
            overall=G, leaders=G, help=R, care=R, leavers=G
        )  # fmt: skip
        found = sent(one_inspection(start, mixed, start), as_of)
        assert found.kinds == kinds
        assert found.reason == f"{' '.join(told)} (after i-1)"
        change = "the day on which it begins: kind-of-inspection changes within its window"
        assert found.missing == ((change,) if len(told) == 2 else ())

    def test_where_both_sentences_say_the_same_nothing_is_missing(self) -> None:
        for judgements, kinds in ((OLD_GOOD, ("short", "standard")), (OLD_BAD, ("standard",))):
            found = sent(one_inspection("2022-10-03", judgements, "2022-11-28"), "2025-01-06")
            assert (found.kinds, found.missing) == (kinds, ())

    def test_after_its_window_the_sentence_of_today_decides(self) -> None:
        """The window closed on 6 March 2025; it can only begin from now on."""
        found = sent(one_inspection("2021-09-06", OLD_MIXED), "2026-06-01")
        assert (found.kinds, found.reason) == (("standard",), f"{LEADERS} (after i-1)")

    @pytest.mark.parametrize(("first", "wanted"), [("standard", ("standard",)),
                                                   ("short", ("short",))])  # fmt: skip
    def test_none_yet(self, first: str, wanted: tuple[str, ...]) -> None:
        """Nothing is graded yet: what the sentence says of the first. The clock is ours here."""
        own = ILACS[0].replace("inspection-interval", opening="framework-start")
        own = own if first == "standard" else own.replace("kind-of-inspection", at_first=first)
        found = sent(record(provider=NORTH), "2026-06-01", frameworks=[own])
        assert (found.kinds, found.after, found.missing) == (wanted, (), ())
        assert found.reason.startswith(LEADERS)
        assert "(after" not in found.reason

    def test_none_yet_on_a_record_that_may_miss_some(self) -> None:
        own = ILACS[0].replace("inspection-interval", opening="framework-start")
        found = sent(record(provider=NORTH, coverage=()), "2026-06-01", frameworks=[own])
        assert found.kinds == ("standard", "short")
        assert found.missing == ("a complete record of inspections up to 1 June 2026",)

    @pytest.mark.parametrize(
        ("published", "judgements"), [(None, None), ("2026-11-30", GOOD), ("2026-11-30", None)]
    )
    def test_a_report_that_is_awaited(
        self, published: str | None, judgements: tuple[of.Judgement, ...] | None
    ) -> None:
        judgements = judgements and judgements[1:]  # without the overall grade, gone by then
        found = sent(one_inspection("2026-10-05", judgements, published), "2026-11-02")
        assert set(found.kinds) == {"short", "standard"}
        assert (found.after, found.missing) == (("i-1",), ("the report of i-1",))
        assert found.reason == f"{LEADERS} (after i-1)"

    def test_the_report_settles_it(self) -> None:
        low = grades(leaders=R, help=R, care=G, leavers=G)
        found = sent(one_inspection("2026-10-05", low, "2026-11-30"), "2026-12-01")
        assert (found.kinds, found.missing) == (("standard",), ())

    def test_grades_that_the_record_does_not_say(self) -> None:
        found = sent(
            one_inspection("2023-11-06", None, "2023-12-18",
                           coverage=[of.Coverage(type="inspection")]), "2026-06-01",
        )  # fmt: skip
        assert set(found.kinds) == {"short", "standard"}
        assert found.missing == ("the judgements of i-1",)

    def test_grades_that_the_record_says_in_part(self) -> None:
        leaders = grades(leaders=G, help=G)
        found = sent(one_inspection("2023-11-06", leaders, "2023-12-18", partial=True),
                     "2026-06-01")  # fmt: skip
        assert set(found.kinds) == {"short", "standard"}
        assert found.missing == ("the judgements of i-1",)
        # Leaders below good: whatever the others are.
        found = sent(one_inspection("2023-11-06", grades(leaders=R), "2023-12-18", partial=True),
                     "2026-06-01")  # fmt: skip
        assert (found.kinds, found.missing) == (("standard",), ())

    def test_a_record_that_may_miss_one(self) -> None:
        until = of.Coverage(type="inspection", last=date(2025, 12, 31), fields=("*",))
        found = sent(one_inspection("2023-11-06", LOW, "2023-12-18", coverage=[until]),
                     "2026-06-01")  # fmt: skip
        assert found.kinds == ("standard", "short")
        assert found.missing == (
            "a complete record of inspections from 1 January 2026 to 1 June 2026",
        )
        covered = of.Coverage(type="inspection", fields=("*",))
        found = sent(one_inspection("2023-11-06", LOW, "2023-12-18", coverage=[covered]),
                     "2026-06-01")  # fmt: skip
        assert (found.kinds, found.missing) == (("standard",), ())

    def test_which_was_the_last_is_open(self) -> None:
        low = authority("i-1", "2023-09-04", LOW, published="2023-10-30")
        good = authority("i-2", "2023", GOOD, published="2024-02-05")
        agenda = of.due(record(low, good, provider=NORTH), as_of=AS_OF)
        for one in agenda:
            if one.provision == "inspection-interval":
                assert one.sent is not None
                assert set(one.sent.after) == {"i-1", "i-2"}
                assert set(one.sent.kinds) == {"short", "standard"}
                assert one.sent.missing == ("the exact first day of i-2",)

    def test_a_plan_has_no_grades(self) -> None:
        low = authority("i-1", "2023-11-06", LOW, published="2023-12-18")
        plan = authority("i-2", "2026-09-07")
        one = of.due(record(low, plan, provider=NORTH), as_of=AS_OF)["inspection-interval"]
        assert one.booked == "i-2"
        assert one.sent is not None
        assert (one.sent.kinds, one.sent.after) == (("standard",), ("i-1",))

    def test_only_what_recurs_by_grades_is_sent(self) -> None:
        agenda = of.due(
            record(authority("i-1", "2023-11-06", LOW, published="2023-12-18"),
                   meeting("em", "2025-05-14"), provider=NORTH), as_of=AS_OF,
        )  # fmt: skip
        assert [one.provision for one in agenda if one.sent is not None] == ["inspection-interval"]
        assert all(one.sent is None for one in of.due(of.sample("cafcass"), as_of=AS_OF))

    @pytest.mark.parametrize("id", ["the next", "none", "unseen", "opening", "i-1"])
    def test_an_event_may_have_any_name(self, id: str) -> None:
        one = authority(id, "2023-11-06", GOOD, published="2023-12-18")
        found = sent(record(one, provider=NORTH), "2026-06-01")
        assert (found.kinds, found.after) == (("short", "standard"), (id,))


def one_row(text: str, **like: str) -> dict[str, str]:
    (row,) = (
        row for row in csv.DictReader(io.StringIO(text, newline=""))
        if all(row[name] == value for name, value in like.items())
    )  # fmt: skip
    return row


class TestSentIsTold:
    settled = one_inspection("2023-11-06", GOOD, "2023-12-18")
    awaited = one_inspection("2026-10-05", None, None)

    def test_in_text(self) -> None:
        agenda = of.due(self.settled, as_of=AS_OF)
        told = " ".join(agenda["inspection-interval"].explain().split())
        assert f"The next is of the kind short or standard: {LEADERS} (after i-1)" in told
        assert "To settle the kind" not in told
        assert "The next is of the kind short or standard" in " ".join(agenda.explain().split())
        told = " ".join(of.due(self.awaited, as_of=day("2026-11-02")).explain().split())
        assert "To settle the kind: the report of i-1." in told
        low = of.due(one_inspection("2023-11-06", LOW, "2023-12-18"), as_of=AS_OF)
        assert "The next is of the kind standard: " in " ".join(low.explain().split())

    def test_in_json(self) -> None:
        plain = json.loads(json.dumps(agenda_plain(of.due(self.settled, as_of=AS_OF))))
        told = {one["provision"]: one["kinds"] for one in plain["obligations"]}
        assert told["inspection-interval"] == {
            "kinds": ["short", "standard"], "reason": f"{LEADERS} (after i-1)", "after": ["i-1"],
            "missing": [],
        }  # fmt: skip
        assert {one for name, one in told.items() if name != "inspection-interval"} == {None}
        plain = agenda_plain(of.due(self.awaited, as_of=day("2026-11-02")))
        (one,) = (o for o in plain["obligations"] if o["provision"] == "inspection-interval")
        assert one["kinds"]["missing"] == ["the report of i-1"]

    def test_in_csv(self) -> None:
        text = agenda_csv(of.due(self.settled, as_of=AS_OF))
        row = one_row(text, provision="inspection-interval")
        assert (row["kinds"], row["kinds_because"]) == (
            "short; standard", f"{LEADERS} (after i-1)",
        )  # fmt: skip
        row = one_row(text, provision="visits-after-good")
        assert (row["kinds"], row["kinds_because"]) == ("", "")

    @pytest.mark.parametrize(
        "tell",
        [
            agenda_text, lambda agenda: json.dumps(agenda_plain(agenda)), agenda_csv, agenda_html,
            agenda_markdown,
            lambda agenda: of.due_many([agenda.history], as_of=agenda.as_of).table().to_csv(),
        ],
        ids=["text", "json", "csv", "html", "markdown", "table"],
    )  # fmt: skip
    def test_what_settles_the_kind_is_told_in_every_medium(
        self, tell: Callable[[Any], str]
    ) -> None:
        """Else "short or standard" by choice cannot be told from "short or standard, open"."""
        told = " ".join(tell(of.due(self.awaited, as_of=day("2026-11-02"))).split())
        assert "the report of i-1" in told
        assert "short" in told


# --- due_many -------------------------------------------------------------------------------------

TEAMS: dict[str, int | tuple[int, int]] = {"inspection/standard": 6, "inspection/short": 4}
COLUMNS = (
    "provider", "urn", "code", "region", "as_of", "framework", "provision", "activity", "kind",
    "reason", "after", "reading", "earliest", "expected", "latest", "state", "status", "missing",
    "inspector_days", "inspector_days_at_most",
)  # fmt: skip


def intervals(
    *histories: of.History, as_of: date = AS_OF, teams: Any = None, **more: Any
) -> list[dict[str, object]]:
    table = of.due_many(histories, as_of=as_of, **more).table(teams)
    return [row for row in table if row["provision"] == "inspection-interval"]


class TestTable:
    def test_one_table_of_two_authorities(self) -> None:
        low = one_inspection("2023-11-06", LOW, "2023-12-18")
        good = one_inspection("2024-03-04", GOOD, "2024-04-22", provider=WEST)
        table = of.due_many([low, good], as_of=AS_OF).table(TEAMS)
        assert table.columns == COLUMNS
        found = [row for row in table if row["provision"] == "inspection-interval"]
        assert found == [
            {"provider": "Northshire", "urn": "90001", "code": "E06900001",
             "region": "North East", "as_of": AS_OF, "framework": "ilacs-2018",
             "provision": "inspection-interval", "activity": "inspection", "kind": "standard",
             "reason": f"{LEADERS} (after i-1)", "after": "i-1", "reading": None,
             "earliest": date(2026, 5, 6), "expected": date(2026, 11, 6),
             "latest": date(2027, 5, 6), "state": "open", "status": "pending", "missing": "",
             "inspector_days": 60, "inspector_days_at_most": 60},
            {"provider": "Westmere", "urn": "90002", "code": "E06900002",
             "region": "South West", "as_of": AS_OF, "framework": "ilacs-2018",
             "provision": "inspection-interval", "activity": "inspection",
             "kind": "short or standard", "reason": f"{LEADERS} (after i-1)", "after": "i-1",
             "reading": None, "earliest": date(2026, 9, 4), "expected": date(2027, 3, 4),
             "latest": date(2027, 9, 4), "state": "not yet open", "status": "pending",
             "missing": "", "inspector_days": 20, "inspector_days_at_most": 60},
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("as_of", "state", "status"),
        [
            ("2024-03-05", "not yet open", "pending"), ("2024-03-06", "open", "pending"),
            ("2025-03-06", "open", "pending"), ("2025-03-07", "overdue", "violated"),
        ],
    )  # fmt: skip
    def test_the_state_on_the_edges_of_the_window(
        self, as_of: str, state: str, status: str
    ) -> None:
        (row,) = intervals(one_inspection("2021-09-06", OLD_LOW), as_of=day(as_of))
        assert (row["state"], row["status"]) == (state, status)
        assert (row["earliest"], row["latest"]) == (date(2024, 3, 6), date(2025, 3, 6))

    def test_what_is_open(self) -> None:
        (row,) = intervals(one_inspection("2026-10-05", None, None), as_of=day("2026-11-02"),
                           teams=TEAMS)  # fmt: skip
        assert set(str(row["kind"]).split(" or ")) == {"short", "standard"}
        assert row["missing"] == "the report of i-1"
        assert (row["inspector_days"], row["inspector_days_at_most"]) == (20, 60)
        (row,) = intervals(one_inspection("2023-11-06", LOW, "2023-12-18", coverage=()),
                           teams=TEAMS)  # fmt: skip
        assert row["kind"] == "standard or short"
        missed = "a complete record of inspections from 7 November 2023 to 1 June 2026"
        assert missed in str(row["missing"])
        assert row["status"] == "undetermined"
        assert (row["inspector_days"], row["inspector_days_at_most"]) == (20, 60)

    def test_none_yet(self) -> None:
        own = [ILACS[0].replace("inspection-interval", opening="framework-start")]
        (row,) = intervals(record(provider=NORTH), teams=TEAMS, frameworks=own)
        assert (row["kind"], row["after"], row["reason"]) == ("standard", "", LEADERS)
        assert (row["inspector_days"], row["inspector_days_at_most"]) == (60, 60)

    def test_what_is_due_of_nobody(self) -> None:
        table = of.due_many([], as_of=AS_OF).table()
        assert (table.columns, len(table)) == (COLUMNS, 0)
        assert table.to_csv() == ",".join(COLUMNS) + "\n"

    def test_records_and_data_frames(self) -> None:
        some = [one_inspection("2023-11-06", LOW, "2023-12-18"), of.sample("cafcass")]
        agendas = of.due_many(some, as_of=AS_OF)
        told = agendas.to_records()
        assert told == agendas.table().to_records()
        assert {one["provider"] for one in told} == {"Northshire", "Cafcass"}
        assert agendas.to_polars().to_dicts() == told
        expected = agendas.to_pandas()["expected"]
        assert expected.isna().any()
        assert [day.date() for day in expected.dropna()] == [
            one["expected"] for one in told if one["expected"] is not None
        ]
        assert tuple(agendas.to_pandas().columns) == COLUMNS


class TestInspectorDays:
    """Standard: 12 days from a Monday, of which 10 are working days; short: 5."""

    @pytest.mark.parametrize(
        ("teams", "least", "most"),
        [
            ({"inspection/standard": 1, "inspection/short": 1}, 5, 10),
            ({"inspection": 5}, 25, 50),
            ({"inspection": 5, "inspection/short": 4}, 20, 50),
            ({"inspection/standard": (6, 8), "inspection/short": 4}, 20, 48),
            ({"inspection": (3, 1)}, 3, 3),
            # The larger team for the shorter stay.
            ({"inspection/standard": 1, "inspection/short": 4}, 10, 20),
            ({"inspection/standard": 6}, None, None),
            ({"focused-visit": (2, 2)}, None, None),
            ({}, None, None),
            (None, None, None),
        ],
    )
    def test_inspectors_times_days_on_site(
        self, teams: Any, least: int | None, most: int | None
    ) -> None:
        (row,) = intervals(one_inspection("2023-11-06", GOOD, "2023-12-18"), teams=teams)
        assert (row["inspector_days"], row["inspector_days_at_most"]) == (least, most)

    def test_where_one_kind_is_settled_its_team_is_enough(self) -> None:
        low = one_inspection("2023-11-06", LOW, "2023-12-18")
        (row,) = intervals(low, teams={"inspection/standard": 6})
        assert (row["inspector_days"], row["inspector_days_at_most"]) == (60, 60)
        (row,) = intervals(low, teams={"inspection/short": 4})
        assert row["inspector_days"] is None

    def test_four_weeks_of_cafcass(self) -> None:
        """26 days from the first Monday to the fourth Friday: 20 working days."""
        table = of.due_many([of.sample("cafcass")], as_of=day("2026-11-23")).table
        for teams in ({"inspection": 8}, {"inspection": (8, 20)}):
            given: Any = teams
            found = [row for row in table(given) if row["activity"] == "inspection"]
            assert [one["inspector_days"] for one in found] == [160, 160]

    def test_a_day_given_in_a_framework_of_ones_own(self) -> None:
        """A week and a day from a Monday on: six working days."""
        own = ILACS[0].replace("short-length", days=8)
        (row,) = intervals(one_inspection("2023-11-06", GOOD, "2023-12-18"),
                           teams=TEAMS, frameworks=[own])  # fmt: skip
        assert (row["inspector_days"], row["inspector_days_at_most"]) == (24, 60)

    @pytest.mark.parametrize(("held", "days"), [(0, 8), (1, 4)])
    def test_visits_that_are_still_owed(self, held: int, days: int) -> None:
        """After requires improvement two are owed; one that was held takes no more days."""
        one = authority("i-1", "2021-09-06", OLD_LOW, published="2021-11-01")
        visits = [visit("v", "2022-10-11", "2022-10-12", "2022-11-14")][:held]
        table = of.due_many([record(one, *visits, provider=NORTH)], as_of=day("2023-06-01"))
        (row,) = (
            row for row in table.table({"focused-visit": (2, 2)})
            if row["provision"] == "visits-after-requires-improvement"
        )  # fmt: skip
        assert (row["inspector_days"], row["inspector_days_at_most"]) == (days, days)

    def test_every_wrong_team_is_listed(self) -> None:
        teams: Any = {
            "inspection/shrt": 4, "inspection/standard": 0, "focused-visit": (2, 0),
            "inspection/short": -1, "inspection": [2, 2], "monitoring-visit": (2,),
        }  # fmt: skip
        agendas = of.due_many(iter([two_inspections()]), as_of=AS_OF)
        found = error(lambda: agendas.table(teams))
        assert [(one.place, one.nearest) for one in found.faults] == [
            ("teams", "inspection/short"), ("teams/inspection/standard", None),
            ("teams/focused-visit", None), ("teams/inspection/short", None),
            ("teams/inspection", None), ("teams/monitoring-visit", None),
        ]  # fmt: skip
        # They are refused before anything is taken.
        assert len(agendas.table()) > 0

    @pytest.mark.parametrize("team", [True, 2.0, "2", None, (), (1, 2, 3), (2, True), (2, "2")])
    def test_what_is_no_team(self, team: Any) -> None:
        agendas = of.due_many([two_inspections()], as_of=AS_OF)
        for call in (agendas.table, agendas.summary):
            found = error(lambda call=call: call(teams={"inspection": team}))  # type: ignore[misc]
            assert [one.place for one in found.faults] == ["teams/inspection"]

    def test_days_on_site_that_nobody_says(self) -> None:
        one = authority("i-1", "2021-09-06", OLD_LOW, published="2021-11-01")
        agendas = of.due_many([record(one, provider=NORTH)], as_of=day("2023-06-01"))
        told = str(error(lambda: agendas.table({"focused-visit": 2})))
        assert "'focused-visit' says how many inspectors" in told
        assert "give both, for instance (2, 2)" in told
        # A team of what is not due is no matter.
        assert len(agendas.table({"thematic-review": 3})) == len(agendas.table())


class TestAgendaSums:
    def some(self) -> list[of.History]:
        return [
            one_inspection("2023-11-06", LOW, "2023-12-18"),
            one_inspection("2024-03-04", GOOD, "2024-04-22", provider=WEST),
            one_inspection("2023-11-13", LOW, "2023-12-18",
                           provider=attrs.evolve(EAST, region="North East")),
        ]  # fmt: skip

    def sums(self, *by: str, **more: Any) -> list[tuple[object, ...]]:
        found = of.due_many(self.some(), as_of=AS_OF).summary(*by, "activity", **more)
        assert found.columns[len(by) :] == (
            "activity", "reading", "due", "inspector_days", "inspector_days_at_most",
            "without_team",
        )  # fmt: skip
        at = len(by)
        return [
            (*row[:at], *row[at + 2 :]) for row in found.rows if row[at] == "inspection"
        ]  # fmt: skip

    # Windows: 6 May 2026 to 6 May 2027, 4 September 2026 to 4 September 2027, and 13 May 2026 to
    # 13 May 2027; expected on 6 November 2026, 4 March 2027 and 13 November 2026.
    @pytest.mark.parametrize(
        ("by", "at", "wanted"),
        [
            ("month", "earliest", [("2026-05", 2), ("2026-09", 1)]),
            ("month", "expected", [("2026-11", 2), ("2027-03", 1)]),
            ("month", "latest", [("2027-05", 2), ("2027-09", 1)]),
            ("quarter", "earliest", [("2026 Q2", 2), ("2026 Q3", 1)]),
            ("quarter", "expected", [("2026 Q4", 2), ("2027 Q1", 1)]),
            ("quarter", "latest", [("2027 Q2", 2), ("2027 Q3", 1)]),
            ("year", "earliest", [("2026", 3)]),
            ("year", "expected", [("2026", 2), ("2027", 1)]),
            ("year", "latest", [("2027", 3)]),
        ],
    )
    def test_by_time(self, by: str, at: str, wanted: list[tuple[str, int]]) -> None:
        assert self.sums(by, at=at) == [(*one, 0, 0, one[1]) for one in wanted]

    def test_the_day_at_the_latest_counts_unless_told(self) -> None:
        assert self.sums("quarter") == self.sums("quarter", at="latest")

    def test_by_region_and_kind_with_inspector_days(self) -> None:
        assert self.sums("region", teams=TEAMS) == [
            ("North East", 2, 120, 120, 0), ("South West", 1, 20, 60, 0),
        ]  # fmt: skip
        assert self.sums("kind", teams=TEAMS) == [
            ("short or standard", 1, 20, 60, 0), ("standard", 2, 120, 120, 0),
        ]  # fmt: skip
        assert self.sums("provider", teams={"inspection/standard": 6}) == [
            ("Eastmarsh", 1, 60, 60, 0), ("Northshire", 1, 60, 60, 0), ("Westmere", 1, 0, 0, 1),
        ]  # fmt: skip
        assert self.sums("quarter", "region", teams=TEAMS) == [
            ("2027 Q2", "North East", 2, 120, 120, 0), ("2027 Q3", "South West", 1, 20, 60, 0),
        ]  # fmt: skip

    def test_unless_told_by_quarter_framework_activity_and_kind(self) -> None:
        found = of.due_many(self.some(), as_of=AS_OF).summary(teams=TEAMS)
        assert found.columns == (
            "quarter", "framework", "activity", "kind", "reading", "due", "inspector_days",
            "inspector_days_at_most", "without_team",
        )  # fmt: skip
        wanted = ("2027 Q2", "ilacs-2018", "inspection", "standard", None, 2, 120, 120, 0)
        assert wanted in found.rows

    def test_readings_are_never_pooled(self) -> None:
        """The next year of each reading, of two authorities that met on 16 April 2025."""
        some = [record(meeting("em", "2025-04-16"), provider=one) for one in (NORTH, WEST)]
        agendas = of.due_many(some, as_of=day("2025-06-02"))
        assert [
            (row["provider"], row["reading"], row["earliest"], row["latest"], row["state"])
            for row in agendas.table()
        ] == [
            (name, *one)
            for name in ("Northshire", "Westmere")
            for one in (
                ("financial-year", date(2026, 4, 1), date(2027, 3, 31), "not yet open"),
                ("calendar-year", date(2026, 1, 1), date(2026, 12, 31), "not yet open"),
                ("twelve-months", date(2025, 4, 16), date(2026, 4, 16), "open"),
            )
        ]
        for by in ((), ("activity",), ("reading",), ("activity", "reading"), ("region",)):
            found = agendas.summary(*by)
            assert set(found.to_columns()["reading"]) == {
                "calendar-year", "financial-year", "twelve-months",
            }  # fmt: skip
            assert found.columns.count("reading") == 1
        assert agendas.summary("quarter").rows == (
            ("2026 Q2", "twelve-months", 2, 0, 0, 2),
            ("2026 Q4", "calendar-year", 2, 0, 0, 2),
            ("2027 Q1", "financial-year", 2, 0, 0, 2),
        )
        one = ILACS[0].choose("engagement-meeting", reading="calendar-year")
        chosen = of.due_many(some, as_of=day("2025-06-02"), frameworks=[one])
        assert [row[2] for row in chosen.summary("quarter").rows] == [2]

    def test_of_cafcass_each_reading_has_its_days(self) -> None:
        """As 10 days by 8 inspectors: 80 in either reading, and never 160."""
        agendas = of.due_many([of.sample("cafcass")], as_of=day("2026-11-23"))
        found = agendas.summary("quarter", "provision", teams={"inspection": (8, 10)})
        assert [row for row in found.rows if row[1] == "full-inspection"] == [
            ("2027 Q1", "full-inspection", "fixed-window", 1, 80, 80, 0),
            ("2027 Q3", "full-inspection", "anniversary", 1, 80, 80, 0),
        ]

    def test_without_a_last_day_there_is_no_period(self) -> None:
        """While inspection is suspended until further notice, nobody knows when the next is."""
        one = one_inspection("2018-03-05", OLD_GOOD, "2018-04-09")
        found = of.due_many([one], as_of=day("2020-06-01")).summary("month", "activity")
        assert (None, "inspection", None, 1, 0, 0, 1) in found.rows

    def test_unknown_names_and_days_are_listed(self) -> None:
        agendas = of.due_many(iter(self.some()), as_of=AS_OF)
        at: Any = "soonest"
        found = error(lambda: agendas.summary("qarter", "regions", "inspector_days", at=at))
        assert [(one.place, one.value, one.nearest) for one in found.faults] == [
            ("by", "qarter", "quarter"), ("by", "regions", "region"),
            ("by", "inspector_days", None), ("at", "soonest", None),
        ]  # fmt: skip
        assert len(agendas.summary()) > 0  # nothing was taken


def test_one_record_that_fails_is_not_hidden() -> None:
    """What cannot be answered of one record is raised when its turn comes, not before."""
    far = record(authority("x", "2230-12-01", GOOD, end="2230-12-12"), provider=WEST)
    answers = iter(few([two_inspections(), far]))
    assert next(answers).history.provider is NORTH
    assert next(answers).history.provider is WEST  # a plan: nothing is judged of it


def test_cafcass_has_its_frameworks_unless_told() -> None:
    (found,) = of.check_many([of.History(CAFCASS, [meeting("em", "2024-04-17")])], as_of=AS_OF)
    assert [one.id for one in found.frameworks] == ["cafcass-2021"]
