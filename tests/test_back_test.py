"""How the back-test scores, by hand; and its page, where somebody has the real files."""

from __future__ import annotations

import importlib.util
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

from helpers import AUTHORITY, G, I, O, authority, day, grades
from ofsted_framework import Grade, History
from ofsted_framework.simulation import simulate

for name in ("lifelines", "scoringrules"):
    pytest.importorskip(name, reason="the dependency group back-test is not installed")

ROOT = Path(__file__).parents[1]
FOLDER = os.environ.get("OFSTED_FRAMEWORK_REAL_DATA")


@pytest.fixture(scope="module")
def tool() -> Any:
    spec = importlib.util.spec_from_file_location("back_test", ROOT / "tools" / "back_test.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["back_test"] = made
    spec.loader.exec_module(made)
    return made


def seen(id: str, start: str, published: str, **given: Grade) -> Any:
    return authority(id, start, grades(**given) if given else (), published=published)


def test_the_score_of_a_date(tool: Any) -> None:
    # Two replications, day 3 and day 7. It happens on day 5: from day 3 to 4 the forecast says a
    # half, and from 5 to 6 as well: 4 x 1/4.
    assert tool.crps(np.array([3.0, 7.0]), 5, 100) == pytest.approx(1.0)
    # Watched up to day 5 and not seen: days 3, 4 and 5 at a half.
    assert tool.crps(np.array([3.0, 7.0]), None, 5) == pytest.approx(0.75)
    # What comes later weighs nothing.
    assert tool.crps(np.array([3.0, 700.0]), None, 5) == pytest.approx(0.75)
    assert tool.crps(np.array([30.0, 70.0]), 9, 5) == 0


def test_the_third_anniversary(tool: Any) -> None:
    # From 10 January 2022: 10 July 2024 to 10 July 2025; asked on 1 May 2025, 70 days are left.
    one = History(AUTHORITY, [seen("a", "2022-01-10", "2022-03-01")])
    sample = tool.anniversary(one, "inspection", day("2025-05-01"))
    assert (sample.min(), sample.max()) == (1, 70)
    # Over: evenly over 182 days.
    assert tool.anniversary(one, "inspection", day("2025-08-01")).max() == 182
    # 468 days of suspension are added: 14 January 2019 to 14 July 2022 becomes 25 October 2023.
    other = History(AUTHORITY, [seen("b", "2019-01-14", "2019-03-01")])
    sample = tool.anniversary(other, "inspection", day("2023-10-15"))
    assert sample.max() == (date(2023, 10, 25) - date(2023, 10, 15)).days


def test_kaplan_and_meier_given_what_has_passed(tool: Any) -> None:
    # Nothing counts after 25 October 2022. Intervals of 100 and 200 days, and one that is watched
    # for 297; two more for 197 and 97. On day 200 one of the two who still wait has it.
    some = [
        History(AUTHORITY, [seen("a", "2022-01-01", "2022-02-01"), seen("b", then, "2023-02-01")])
        for then in ("2022-04-11", "2022-07-20", "2022-10-28")
    ]
    model = tool.KaplanMeier(some, "inspection", day("2023-02-02"))
    asked = History(AUTHORITY, [seen("c", "2022-09-05", "2022-10-01")])
    sample = model.sample(asked, "inspection", day("2023-02-02"))
    left = {float(one): int((sample == one).sum()) for one in set(sample.tolist())}
    assert left == {50.0: 500, tool.NEVER: 500}


def test_grades_of_others(tool: Any) -> None:
    some = [
        History(
            AUTHORITY,
            [seen("a", "2020-01-06", "2020-02-01", overall=before),
             seen("b", "2023-01-09", "2023-02-20", overall=after)],
        )
        for before, after in ((G, G), (G, O), (I, G))
    ]  # fmt: skip
    moves = tool.Moves(some, day("2023-03-01"))
    # One of three stayed: (1 + 1) of (3 + 2); the rest alike.
    assert moves.same(G).tolist() == pytest.approx([0.2, 0.4, 0.2, 0.2])
    # From good: one to outstanding, one to good, half a move to each besides.
    assert moves.pooled(G).tolist() == pytest.approx([1.5 / 4, 1.5 / 4, 0.5 / 4, 0.5 / 4])
    # Before the reports were out, nothing was known of moves.
    assert tool.Moves(some, day("2023-02-01")).counts.sum() == 0


def test_ranks_of_what_was_not_seen_lie_beyond(tool: Any) -> None:
    # Of four ranks one is censored at 0.2; the other three lie beyond it: a third each is added.
    ranks = [tool.Rank("x", str(at), rank, rank != 0.2)
             for at, rank in enumerate((0.1, 0.2, 0.5, 0.9))]  # fmt: skip
    assert tool.below(ranks, [0.05, 0.3, 0.6, 1.0]).tolist() == pytest.approx(
        [0.0, 0.25, 0.625, 1.0]
    )
    assert tool.coverage(ranks, 0.5) == pytest.approx(0.375)


def test_areas_at_once(tool: Any) -> None:
    # Of four replications both areas are so in two; each by itself in two and in three: 6/16.
    has = np.array([[True, True], [True, True], [False, True], [False, False]])
    assert tool.together(has, True) == {"fitted": 0.25, tool.APART: (10 / 16) ** 2}
    assert tool.together(has, False) == {"fitted": 0.25, tool.APART: (6 / 16) ** 2}


def test_differences_by_authority(tool: Any) -> None:
    scores = [
        tool.Score("x", model, date(2023, 7, 1), name, value)
        for name, mine, theirs in (("a", 1.0, 3.0), ("b", 2.0, 4.0))
        for model, value in (("fitted", mine), ("other", theirs))
    ]
    found = tool.difference(scores, "x", "other")
    assert (found.mean, found.low, found.high, found.verdict) == (-2, -2, -2, "better")


def test_a_small_one_from_beginning_to_end(tool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve simulated authorities, asked about twice; nobody is fitted to and scored on."""
    outlook = simulate(tool.framework(), start=day("2018-02-01"), years=8, seed=1, replications=12)
    some = [outlook.history(index) for index in range(12)]
    some = [attrs.evolve(one, provider=attrs.evolve(one.provider, name=f"authority {index}"),
                         coverage="complete") for index, one in enumerate(some)]  # fmt: skip
    monkeypatch.setattr(tool, "ORIGINS", (day("2022-07-01"), day("2023-07-01")))
    monkeypatch.setattr(tool, "REPLICATIONS", 60)
    monkeypatch.setattr(tool, "RESAMPLES", 100)
    fitted: list[set[str]] = []
    scored: list[str] = []

    def fit(train: Any, **given: Any) -> Any:
        fitted.append({one.provider.name for one in train})
        return whole(train, **given)

    class Forecast(tool.Forecast):  # type: ignore[misc]
        def __init__(self, history: History, *given: Any) -> None:
            assert history.provider.name not in fitted[-1]
            scored.append(history.provider.name)
            super().__init__(history, *given)

    whole = tool.fit
    monkeypatch.setattr(tool, "fit", fit)
    monkeypatch.setattr(tool, "Forecast", Forecast)
    test = tool.Test(some, 3, 60, True)
    assert len(fitted) == 10
    assert set(scored) == {f"authority {index}" for index in range(12)}
    assert all(np.isfinite(one.value) and one.value >= 0 for one in test.scores)
    models = {one.model for one in test.scores if one.what == "inspection"}
    assert models == {"fitted", "Kaplan-Meier interval", "third anniversary", tool.STOPPED}
    page = "\n\n".join(tool.sections(test, {2: test}))
    for head in ("## Dates", "## Calibration", "## Grades", "| no area inadequate |"):
        assert head in page
    assert "<svg" in next(iter(tool.pictures(tool.calibrations(test.ranks), ROOT).values()))


@pytest.mark.skipif(FOLDER is None, reason="names no folder of real files")
def test_the_page_is_fresh(tool: Any) -> None:
    for path, text in tool.made(Path(str(FOLDER)) / tool.EVENTS).items():
        assert tool.alike(path.read_text(encoding="utf-8"), text), path.name


def test_the_pictures_are_drawn_from_the_page(tool: Any) -> None:
    ranks = [
        tool.Rank(kind, str(at), rank, True)
        for kind in tool.SHOWN
        for at, rank in enumerate((0.0, 0.12, 0.55, 0.95))
    ]
    some = tool.calibrations(ranks)
    # What came earlier than all replications lies in the first tenth.
    assert some[0].ranks == (0.25, 0.25, 0, 0, 0, 0.25, 0, 0, 0, 0.25)
    assert some[0].held[0.5] == 0.25  # from 0.25 to 0.75
    assert tool.read_back("\n\n".join(("| a | b |", *tool.tables(some)))) == some
    page = (ROOT / "docs" / "back-test.md").read_text(encoding="utf-8")
    for path, text in tool.pictures(tool.read_back(page), ROOT / "docs").items():
        assert tool.alike(path.read_text(encoding="utf-8"), text), path.name
