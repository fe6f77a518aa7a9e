"""Random numbers by their place: the same everywhere, and those of numpy's PCG64."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ofsted_framework.simulation.bits import BLOCK, WORDS, Numbers, Part, Stream, pick, seed_words

HIGHEST = 2**32 - 1
ACTIVITIES = ("inspection", "focused-visit", "monitoring-visit", "action-plan", "self-evaluation")


def numpy_random() -> Any:
    return pytest.importorskip("numpy.random")


def words_of_numpy(seed: int, spawn_key: tuple[int, ...], count: int) -> list[int]:
    found = numpy_random().SeedSequence(seed, spawn_key=spawn_key).generate_state(count)
    return [int(word) for word in found]


def number_of_numpy(seed: int, activity: str, replication: int, slot: int, word: int) -> int:
    """The number at the place that the layout names, by numpy's own jump."""
    random = numpy_random()
    key = (replication // 8192, *(ord(letter) for letter in activity))
    bits = random.PCG64(random.SeedSequence(seed, spawn_key=key))
    place = (slot * 4096 + word) * 8192 + replication % 8192
    bits.advance(place // 2)
    output = int(bits.random_raw())
    return output >> 32 if place % 2 else output & HIGHEST


def number(seed: int, activity: str, replication: int, slot: int, word: int) -> int:
    stream = Stream(seed, activity, replication // BLOCK)
    return Numbers(stream, replication)(slot, word)


def test_the_layout() -> None:
    assert (BLOCK, WORDS) == (8192, 4096)


# --- Seeds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seed", "spawn_key", "words"),
    [
        (0, (), [2968811710, 3677149159, 745650761, 2884920346]),
        (1, (), [1835504127, 1731038949, 1320224556, 2330041505]),
        (1, (0, 105),
         [4172104215, 1374916479, 3127055447, 644329785,
          1409166644, 2747111585, 415613281, 321756483]),
        (2**32 - 1, (), [1992424968, 705021410, 3255730584, 540206095]),
        (2**32, (), [3964924996, 1358922860, 3894904162, 2051610843]),
        (2**64 + 5, (3,), [170668582, 1947529008, 3034533509, 2898423875]),
        (2**200, (2**32 - 1, 0),
         [2177795246, 1091248900, 1627059474, 2779049984, 2572869322, 3359840620]),
    ],
)  # fmt: skip
def test_words_of_a_seed(seed: int, spawn_key: tuple[int, ...], words: list[int]) -> None:
    assert seed_words(seed, spawn_key, len(words)) == words
    assert words_of_numpy(seed, spawn_key, len(words)) == words


class TestSeeds:
    """The words that a seed and a key give are those of numpy's seed sequence."""

    @given(
        st.one_of(
            st.sampled_from(
                [0, 1, 2**32 - 1, 2**32, 2**64 + 5, 2**96, 2**128 - 1, 2**128, 2**160, 2**200]
            ),
            st.integers(0, 2**260),
        ),
        st.lists(st.one_of(st.just(0), st.integers(0, HIGHEST)), max_size=9),
        st.integers(1, 12),
    )
    def test_numpy(self, seed: int, spawn_key: list[int], count: int) -> None:
        assert seed_words(seed, spawn_key, count) == words_of_numpy(seed, tuple(spawn_key), count)

    def test_edge_fewer_words_are_the_first_of_more(self) -> None:
        assert seed_words(5, (1, 2), 3) == seed_words(5, (1, 2), 8)[:3]

    def test_non_property_the_words_of_a_seed_and_of_a_key_are_not_one_list(self) -> None:
        """A key is not read as more of the seed, since the seed is filled up to four words."""
        assert seed_words(7 + (9 << 32), (), 4) != seed_words(7, (9,), 4)


# --- Numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seed", "activity", "replication", "slot", "word", "wanted"),
    [
        (0, "inspection", 0, 0, 0, 640972029),
        (0, "inspection", 1, 0, 0, 4194620025),
        (0, "inspection", 2, 0, 0, 2248456765),
        (1, "inspection", 0, 0, 2, 4019273913),
        (1, "inspection", 8191, 0, 2, 2702531084),
        (1, "inspection", 8192, 0, 2, 1716599835),
        (1, "inspection", 8193, 0, 2, 908079630),
        (1, "focused-visit", 5, 3, 66, 2021741172),
        (7, "self-evaluation", 8190, 2**19, 64, 3474565908),
        (2**64 + 5, "monitoring-visit", 2 * 8192 + 77, 2**20, 4095, 3205239316),
        (2**200, "action-plan", 6, 2**26 + 320, 131, 3001774332),
    ],
)
def test_numbers(
    seed: int, activity: str, replication: int, slot: int, word: int, wanted: int
) -> None:
    assert number(seed, activity, replication, slot, word) == wanted
    assert number_of_numpy(seed, activity, replication, slot, word) == wanted


class TestNumbers:
    """A number is the half of numpy's output that stands at its place, whatever else is drawn."""

    @given(
        st.one_of(st.sampled_from([0, 1, 2**32, 2**64 + 5]), st.integers(0, 2**130)),
        st.sampled_from(ACTIVITIES),
        st.one_of(
            st.sampled_from([0, 1, 8190, 8191, 8192, 8193, 16383, 16384]), st.integers(0, 10**6)
        ),
        st.one_of(st.sampled_from([0, 1, 2**19, 2**20, 2**20 + 3, 2**26]), st.integers(0, 2**27)),
        st.one_of(st.sampled_from([0, 1, 64, 4095]), st.integers(0, 4095)),
    )
    def test_numpy(self, seed: int, activity: str, replication: int, slot: int, word: int) -> None:
        wanted = number_of_numpy(seed, activity, replication, slot, word)
        assert number(seed, activity, replication, slot, word) == wanted

    @given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 200)), min_size=2, max_size=8))
    def test_order(self, places: list[tuple[int, int]]) -> None:
        forth, back = (Numbers(Stream(3, "inspection", 0), 17) for _ in range(2))
        one = {place: forth(*place) for place in places}
        other = {place: back(*place) for place in reversed(places)}
        assert one == other

    def test_edge_the_next_word_comes_after_all_replications_of_a_block(self) -> None:
        """Replications 0, 1, … 8191 of word 0 are the stream itself; then comes word 1."""
        random = numpy_random()
        key = (0, *b"inspection")
        outputs = random.PCG64(random.SeedSequence(4, spawn_key=key)).random_raw(4098)
        halves = [half for one in map(int, outputs) for half in (one & HIGHEST, one >> 32)]
        stream = Stream(4, "inspection", 0)
        for replication in (0, 1, 2, 3, 4000, 4001, 8190, 8191):
            assert Numbers(stream, replication)(0, 0) == halves[replication]
        for replication in (0, 1, 2, 3):
            assert Numbers(stream, replication)(0, 1) == halves[8192 + replication]

    def test_edge_the_last_word_of_a_slot_and_the_first_of_the_next_are_neighbours(self) -> None:
        numbers = Numbers(Stream(4, "inspection", 0), 3)
        assert numbers(0, 4096) == numbers(1, 0)
        assert numbers(0, 4095) != numbers(1, 0)

    def test_non_property_blocks_do_not_repeat(self) -> None:
        """Replication 8192 has the place of replication 0, in a stream of its own."""
        assert number(1, "inspection", 0, 0, 2) != number(1, "inspection", 8192, 0, 2)


# --- Picking --------------------------------------------------------------------------------------

# Weights 3 and 1: the first part has the numbers up to 3 * 2**30 - 1 = 3221225471. Its ten days
# have 3221225472 / 10 = 322122547.2 numbers each.
QUARTERS: list[Part] = [(10, 19, 3), (20, 20, 1)]
# 1 of 3: 2**32 / 3 = 1431655765.33, so that the numbers up to 1431655765 are of the first part.
THIRDS: list[Part] = [(5, 5, 1), (8, 9, 2)]


@pytest.mark.parametrize(
    ("draw", "parts", "total", "wanted"),
    [
        (0, QUARTERS, 4, 10),
        (322122547, QUARTERS, 4, 10),
        (322122548, QUARTERS, 4, 11),
        (644245094, QUARTERS, 4, 11),
        (644245095, QUARTERS, 4, 12),
        (3221225471, QUARTERS, 4, 19),
        (3221225472, QUARTERS, 4, 20),
        (HIGHEST, QUARTERS, 4, 20),
        (1431655765, THIRDS, 3, 5),
        (1431655766, THIRDS, 3, 8),
        # The second part from 1431655765.33 on, each of its two numbers as often as the first's.
        (2863311530, THIRDS, 3, 8),
        (2863311531, THIRDS, 3, 9),
        (HIGHEST, THIRDS, 3, 9),
        # One part: whatever its weight.
        (0, [(7, 8, 5)], 5, 7),
        (2147483647, [(7, 8, 5)], 5, 7),
        (2147483648, [(7, 8, 5)], 5, 8),
        (HIGHEST, [(7, 8, 5)], 5, 8),
        (0, [(7, 7, 1)], 1, 7),
        (HIGHEST, [(7, 7, 1)], 1, 7),
        # A part without weight is never picked, first, last or in between.
        (0, [(1, 1, 0), (2, 2, 1), (3, 3, 0), (4, 4, 1), (5, 5, 0)], 2, 2),
        (2147483647, [(1, 1, 0), (2, 2, 1), (3, 3, 0), (4, 4, 1), (5, 5, 0)], 2, 2),
        (2147483648, [(1, 1, 0), (2, 2, 1), (3, 3, 0), (4, 4, 1), (5, 5, 0)], 2, 4),
        (HIGHEST, [(1, 1, 0), (2, 2, 1), (3, 3, 0), (4, 4, 1), (5, 5, 0)], 2, 4),
        # Weights beyond 32 bits.
        (2147483647, [(1, 1, 10**12), (2, 2, 10**12)], 2 * 10**12, 1),
        (2147483648, [(1, 1, 10**12), (2, 2, 10**12)], 2 * 10**12, 2),
    ],
)
def test_pick(draw: int, parts: list[Part], total: int, wanted: int) -> None:
    assert pick(draw, parts, total) == wanted


def test_weights_short_of_their_total_are_a_fault_of_ours() -> None:
    with pytest.raises(AssertionError, match="add up to less"):
        pick(HIGHEST, [(1, 1, 1)], 2)


@st.composite
def some_parts(draw: st.DrawFn) -> list[Part]:
    found: list[Part] = []
    first = draw(st.integers(0, 800_000))
    for _ in range(draw(st.integers(1, 4))):
        last = first + draw(st.integers(0, 5))
        found.append((first, last, draw(st.integers(0, 10**9))))
        first = last + 1 + draw(st.integers(0, 3))
    if not any(weight for _, _, weight in found):
        found[0] = (found[0][0], found[0][1], 1)
    return found


class TestPick:
    """Each whole number of a part is as likely as its share of the weight, within 1 in 2**32."""

    @given(some_parts())
    def test_shares(self, parts: list[Part]) -> None:
        total = sum(weight for _, _, weight in parts)
        values = [(n, w, b - a + 1) for a, b, w in parts for n in range(a, b + 1)]

        # How many draws give a value up to one: picks never fall as the draw rises.
        def upto(value: int) -> int:
            return bisect_left(
                range(2**32), True, key=lambda draw: pick(draw, parts, total) > value
            )

        ends = [0, *(upto(value) for value, _, _ in values)]
        assert ends[-1] == 2**32
        for (_, weight, length), low, high in zip(values, ends, ends[1:], strict=False):
            ideal = Fraction(2**32 * weight, total * length)
            assert abs(high - low - ideal) < 1
            if not weight:
                assert high == low

    @given(some_parts(), st.integers(0, HIGHEST - 1))
    def test_never_falls(self, parts: list[Part], draw: int) -> None:
        total = sum(weight for _, _, weight in parts)
        assert pick(draw, parts, total) <= pick(draw + 1, parts, total)

    def test_edge_more_days_than_draws(self) -> None:
        """With 2**33 numbers, every other one is never picked."""
        assert pick(1, [(0, 2**33 - 1, 1)], 1) == 2

    def test_non_property_parts_of_one_weight_need_not_be_of_one_length(self) -> None:
        """Two days of one part weigh as much together as the one day of another."""
        parts = [(1, 2, 1), (3, 3, 1)]
        assert [pick(n << 30, parts, 2) for n in range(4)] == [1, 2, 3, 3]
