"""Intervals of shares that were counted, without any other library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import exp, lgamma, log, log1p, pi, prod, sin

_SMALL = 1e-300
_STEPS = 500
_POINTS = 500


def beta_below(x: float, a: float, b: float) -> float:
    """How likely a value of the beta distribution is at most x (the regularised integral).

    Args:
        x: From 0 to 1.
        a: The first parameter, above 0.
        b: The second, above 0.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on the other side
        return 1 - beta_below(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    # Lentz's way through the continued fraction.
    value, c, d = 1.0, 1.0, 0.0
    for step in range(_STEPS):
        half = step // 2
        if step == 0:
            term = 1.0
        elif step % 2 == 0:
            term = half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
        else:
            term = -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
        d = 1 / (1 + term * d or _SMALL)
        c = 1 + term / c or _SMALL
        value *= c * d
        if abs(1 - c * d) < 1e-12 and step:
            break
    return front * (value - 1)


def beta_quantile(share: float, a: float, b: float) -> float:
    """The value that a share of the beta distribution does not exceed, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if beta_below(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def jeffreys(count: float, of: float, level: float) -> tuple[float, float]:
    """Jeffreys' interval of a share: of so many, a count had it.

    It is between quantiles of the beta distribution of count + 1/2 and the rest + 1/2, and reaches
    0 where there was none, and 1 where it was all.
    """
    tail = (1 - level) / 2
    a, b = count + 0.5, of - count + 0.5
    low = 0.0 if count <= 0 else beta_quantile(tail, a, b)
    return low, 1.0 if count >= of else beta_quantile(1 - tail, a, b)


def together(some: Sequence[tuple[float, float]]) -> list[float]:
    """How likely some outcomes are that may have come of one number, by how many share it.

    Each takes a number from 0 to 1 of its own, or with others one that they share.

    Args:
        some: For each outcome the numbers that give it: from one to another.

    Returns:
        For m from 0 to all of them: the sum of the chances over all ways in which m of them share.
    """
    found = [0.0] * (len(some) + 1)
    lengths = [high - low for low, high in some]
    for size in range(len(some) + 1):
        for mine in combinations(range(len(some)), size):
            own = prod(length for at, length in enumerate(lengths) if at not in mine)
            if mine:
                low, high = max(some[at][0] for at in mine), min(some[at][1] for at in mine)
                own *= max(high - low, 0.0)
            found[size] += own
    return found


def unseen(terms: Iterable[Sequence[float]]) -> tuple[float, float]:
    """A share that cannot be counted, as sure as if it had been.

    What is known of it, beginning with half a count of either (Jeffreys' prior), is put as the beta
    distribution that has the same mean and variance.

    Args:
        terms: Of each observation, for m from 0 to k, what `together` gives: its chance is the sum
            of these, each times the share to the power of m and the rest to that of k - m.

    Returns:
        How many had it, and of how many: `jeffreys` makes the interval of them.
    """
    # Even steps of an angle, of which the sine squared has Jeffreys' distribution.
    points = [sin((at + 0.5) * pi / 2 / _POINTS) ** 2 for at in range(_POINTS)]
    likely = [1.0] * _POINTS
    for one in terms:
        power = len(one) - 1
        some = ([term * x**m * (1 - x) ** (power - m) for m, term in enumerate(one)]
                for x in points)  # fmt: skip
        likely = [old * sum(each) for old, each in zip(likely, some, strict=True)]
        most = max(likely)
        likely = [each / most for each in likely]
    whole = sum(likely)
    mean = sum(x * weight for x, weight in zip(points, likely, strict=True)) / whole
    squares = sum((x - mean) ** 2 * weight for x, weight in zip(points, likely, strict=True))
    sure = mean * (1 - mean) / (squares / whole) - 1
    return max(mean * sure - 0.5, 0.0), max(sure - 1, 0.0)
