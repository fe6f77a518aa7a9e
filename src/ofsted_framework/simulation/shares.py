"""Intervals of shares that were counted, without any other library."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

_SMALL = 1e-300
_STEPS = 500


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
