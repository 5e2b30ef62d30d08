"""Several tests at once, several looks at one test, and whether a split is the planned one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from statistics import NormalDist
from typing import Literal

import numpy as np

Method = Literal["holm", "fdr_bh", "fdr_by"]
_NORMAL = NormalDist()
_NODES, _DENSER = 40, 6
_HALVING = 1e-6


def adjusted(p_values: Sequence[float], method: Method) -> tuple[float, ...]:
    """Each p-value as it counts among all of them, in their own order.

    Holm 1979 holds the chance of any false alarm; Benjamini, Hochberg 1995 the share of false ones among those found,
    when the tests are independent; Benjamini, Yekutieli 2001 whatever they are.

    >>> adjusted([0.01, 0.04, 0.03], "holm")
    (0.03, 0.06, 0.06)
    """
    p = np.asarray(p_values, dtype=float)
    order, m = np.argsort(p, kind="stable"), len(p)
    ranks = np.arange(1, m + 1)
    if method == "holm":
        found = np.maximum.accumulate((m - ranks + 1) * p[order])
    else:
        more = float(np.sum(1 / ranks)) if method == "fdr_by" else 1.0
        found = np.minimum.accumulate((more * m / ranks * p[order])[::-1])[::-1]
    back = np.empty(m)
    back[order] = np.minimum(found, 1.0)
    return tuple(float(one) for one in back)


def false_alarms(looks: int, alpha: float) -> float:
    """How often a test that changes nothing is called at one of so many evenly spaced looks.

    >>> round(false_alarms(5, 0.05), 3)
    0.142
    """
    return alarms_by_look(looks, alpha)[-1]


@lru_cache(maxsize=64)
def alarms_by_look(looks: int, alpha: float) -> tuple[float, ...]:
    """How often it has been called by each of the looks.

    By numerical integration of the sums that have stayed within the bounds so far (Armitage, McPherson, Rowe 1969).
    """
    bound = _NORMAL.inv_cdf(1 - alpha / 2)
    points, weights = _grid(bound)
    inside, called = _density(points), [alpha]
    for look in range(2, looks + 1):
        after, after_weights = _grid(bound * math.sqrt(look))
        inside = _density(after[:, None] - points[None, :]) @ (weights * inside)
        points, weights = after, after_weights
        called.append(float(min(max(1 - weights @ inside, alpha), 1.0)))
    return tuple(called)


def level_per_look(looks: int, alpha: float) -> float:
    """The level at each look that holds all of them together at `alpha` (Pocock 1977).

    >>> round(level_per_look(5, 0.05), 4)
    0.0158
    """
    low, high = alpha / looks, alpha
    while high - low > alpha * _HALVING:
        middle = (low + high) / 2
        low, high = (low, middle) if false_alarms(looks, middle) > alpha else (middle, high)
    return (low + high) / 2


def split_p_value(counts: Sequence[int], ratio: Sequence[float]) -> float:
    """The p-value of Pearson's chi-square test that the counts came in the planned ratio."""
    from scipy.special import chdtrc

    planned = np.asarray(ratio, dtype=float) / math.fsum(ratio) * sum(counts)
    statistic = float(((np.asarray(counts, dtype=float) - planned) ** 2 / planned).sum())
    return float(chdtrc(len(counts) - 1, statistic))


def _grid(bound: float) -> tuple[np.ndarray, np.ndarray]:
    """Gauss-Legendre points and weights between the bounds, dense enough for steps of one."""
    x, w = _legendre(_NODES * math.ceil(1 + _DENSER * bound / _NODES))
    return x * bound, w * bound


@cache
def _legendre(points: int) -> tuple[np.ndarray, np.ndarray]:
    return np.polynomial.legendre.leggauss(points)


def _density(x: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    return found
