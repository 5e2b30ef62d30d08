"""How many a test of two shares needs: two samples of equal size, the variance pooled under no difference.

As R's `power.prop.test` counts; Fleiss, Levin, Paik 2003, Statistical Methods for Rates and Proportions, ch. 4.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

_NORMAL = NormalDist()
_HALVINGS, _SAME = 200, 1e-12


def power(per_group: float, p1: float, p2: float, alpha: float, sides: int = 2) -> float:
    """How often a test with so many a side sees a difference that is there.

    >>> round(power(50, 0.5, 0.75, 0.05), 3)
    0.74
    """
    spread = math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    reach = math.sqrt(per_group) * abs(p1 - p2) - _critical(alpha, sides) * _pooled(p1, p2)
    return _NORMAL.cdf(reach / spread) if spread else float(reach > 0)


def size(p1: float, p2: float, alpha: float, wanted: float, sides: int = 2) -> float | None:
    """How many a side see the difference so often; None when there is none to see.

    >>> round(size(0.5, 0.75, 0.05, 0.9), 1)
    76.7
    """
    if abs(p1 - p2) < _SAME:
        return None
    spread = math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    reach = _critical(alpha, sides) * _pooled(p1, p2) + _NORMAL.inv_cdf(wanted) * spread
    return (max(reach, 0.0) / abs(p1 - p2)) ** 2


def larger(per_group: float, p1: float, alpha: float, wanted: float, sides: int = 2) -> float | None:
    """The smallest share above `p1` that so many a side tell from it; None when not even 1 is.

    >>> round(larger(50, 0.5, 0.05, 0.9), 4)
    0.8026
    """
    if power(per_group, p1, 1.0, alpha, sides) < wanted:
        return None
    return _first(lambda p2: power(per_group, p1, p2, alpha, sides) >= wanted, p1, 1.0)


def level(per_group: float, p1: float, p2: float, wanted: float, sides: int = 2) -> float:
    """How often such a test would call a difference where there is none.

    >>> round(level(50, 0.5, 0.9, 0.9), 5)
    0.00132
    """
    spread = math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    reach = math.sqrt(per_group) * abs(p1 - p2) - _NORMAL.inv_cdf(wanted) * spread
    pooled = _pooled(p1, p2)
    return sides * (1 - _NORMAL.cdf(reach / pooled)) if pooled else 0.0


def _critical(alpha: float, sides: int) -> float:
    return -_NORMAL.inv_cdf(alpha / sides)


def _pooled(p1: float, p2: float) -> float:
    return math.sqrt((p1 + p2) * (1 - (p1 + p2) / 2))


def _first(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where a condition that holds at the high end begins to hold."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
