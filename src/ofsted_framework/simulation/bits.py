"""Random bits, each with a place of its own: which number a draw gets does not depend on others.

The bits are those of numpy's `PCG64(SeedSequence(seed, spawn_key=…))`, written out here so that no
numpy is needed; a test compares the two. Because PCG64 can jump to any place of its stream, a
number is found by where it stands and never by how many were drawn before it.

**The layout is a contract**: results depend on it, and a faster form must follow it.

- A *block* is 8,192 replications. Replication `r` is number `r % 8192` of block `r // 8192`.
- There is one stream for each activity and block: the seed sequence has the seed as its entropy
  and `(block, *activity.encode())` as its spawn key.
- A *slot* is one occurrence of the activity: the number of the stretch, or of the turn, since the
  day of asking. Each slot has 4,096 *words*; which word serves what, `plain` says.
- Within a stream come all replications of the first word of slot 0, then all of its second word,
  and so on. So the 32-bit number of `(slot, word, replication)` stands at place
  `(slot * 4096 + word) * 8192 + replication % 8192`.
- Place `p` is half of the 64-bit output number `p // 2`: the low half if `p` is even, else the
  high.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

BLOCK = 8192
"""Replications that share a stream."""
WORDS = 4096
"""Numbers that each slot has for each replication."""
_M32, _M64, _M128 = 2**32 - 1, 2**64 - 1, 2**128 - 1
_MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645


def seed_words(seed: int, spawn_key: Iterable[int], count: int) -> list[int]:
    """Words of 32 bits that a seed and a key give: numpy's `SeedSequence.generate_state`.

    Args:
        seed: Any whole number from 0 on.
        spawn_key: Whole numbers from 0 to 2**32 - 1.
        count: How many words are wanted.
    """
    entropy = [seed & _M32]
    while seed := seed >> 32:
        entropy.append(seed & _M32)
    entropy += [0] * (4 - len(entropy))
    entropy += spawn_key
    mixer = 0x43B0D7E5

    def hashed(value: int) -> int:
        nonlocal mixer
        value ^= mixer
        mixer = mixer * 0x931E8875 & _M32
        value = value * mixer & _M32
        return value ^ value >> 16

    def mixed(one: int, other: int) -> int:
        value = (one * 0xCA01F9DD - other * 0x4973F715) & _M32
        return value ^ value >> 16

    pool = [hashed(word) for word in entropy[:4]]
    for source in range(4):
        for target in range(4):
            if source != target:
                pool[target] = mixed(pool[target], hashed(pool[source]))
    for word in entropy[4:]:
        for target in range(4):
            pool[target] = mixed(pool[target], hashed(word))
    mixer, words = 0x8B51F9DD, []
    for index in range(count):
        value = pool[index % 4] ^ mixer
        mixer = mixer * 0x58F38DED & _M32
        value = value * mixer & _M32
        words.append(value ^ value >> 16)
    return words


@lru_cache(maxsize=1 << 17)
def _jump(steps: int) -> tuple[int, int]:
    """Factor and sum for a jump: the state becomes `factor * state + sum * increment`."""
    factor, total, power, powers = 1, 0, _MULTIPLIER, 1
    while steps:
        if steps & 1:
            factor, total = factor * power & _M128, (total * power + powers) & _M128
        power, powers = power * power & _M128, powers * (power + 1) & _M128
        steps >>= 1
    return factor, total


class Stream:
    """The numbers of one activity in one block of replications."""

    __slots__ = ("_bases", "increment", "state")

    def __init__(self, seed: int, activity: str, block: int) -> None:
        words = seed_words(seed, (block, *activity.encode()), 8)
        low_first = [words[i] | words[i + 1] << 32 for i in range(0, 8, 2)]
        start, sequence = low_first[0] << 64 | low_first[1], low_first[2] << 64 | low_first[3]
        self.increment = (sequence << 1 | 1) & _M128
        state = self.increment + start & _M128  # one step from nothing, and the seed added
        # An output is made after its own step, so that the first needs one step more.
        self.state = (state * _MULTIPLIER + self.increment) * _MULTIPLIER + self.increment & _M128
        self._bases: dict[int, int] = {}

    def base(self, place: int) -> int:
        """The state that makes the output of a word's first replication.

        Args:
            place: `slot * WORDS + word`.
        """
        found = self._bases.get(place)
        if found is None:
            factor, total = _jump(place * (BLOCK // 2))
            found = self._bases[place] = factor * self.state + total * self.increment & _M128
        return found


class Numbers:
    """The numbers of one activity for one replication."""

    __slots__ = ("_add", "_factor", "_shift", "_stream")

    def __init__(self, stream: Stream, replication: int) -> None:
        place = replication % BLOCK
        self._stream = stream
        self._factor, total = _jump(place // 2)
        self._add = total * stream.increment
        self._shift = 32 * (place & 1)

    def __call__(self, slot: int, word: int) -> int:
        """The number of a slot's word: a whole number from 0 to 2**32 - 1."""
        place = slot * WORDS + word
        base = self._stream._bases.get(place)
        if base is None:
            base = self._stream.base(place)
        state = self._factor * base + self._add & _M128
        high = state >> 64
        turn = high >> 58
        value = high ^ state & _M64
        return (value >> turn | value << (64 - turn)) >> self._shift & _M32


Part = tuple[int, int, int]
"""First and last of some whole numbers in a row, and their weight together."""


def pick(number: int, parts: Sequence[Part], total: int) -> int:
    """One of the whole numbers in some parts: a part by its weight, within it each alike.

    Args:
        number: A draw, from 0 to 2**32 - 1.
        parts: The parts, with their weights.
        total: The sum of the weights, above 0.
    """
    left = number * total
    for first, last, weight in parts:
        if left < weight << 32:
            return first + (left * (last - first + 1)) // (weight << 32)
        left -= weight << 32
    raise AssertionError("the weights add up to less than their total")
