"""Quantiles of what was counted several times over."""

from __future__ import annotations

from collections.abc import Iterable


def quantile(counted: Iterable[tuple[float, int]], part: float) -> float | None:
    """The smallest value that at least this part of all does not exceed (definition 1 of Hyndman and Fan 1996).

    None where nothing was counted.

    >>> quantile([(5, 1), (20, 2), (90, 1)], 0.5), quantile([(5, 1), (20, 2), (90, 1)], 0.9)
    (20, 90)
    """
    ordered = sorted(counted)
    needed, seen = part * sum(count for _, count in ordered) * (1 - 1e-12), 0
    for value, count in ordered:
        seen += count
        if count and seen >= needed:
            return value
    return None
