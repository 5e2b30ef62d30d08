"""Choosing by a weighted sum, and how firm the choice is (Triantaphyllou 2000, Multi-Criteria Decision Making)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# Sums that are equal on paper may differ in their last bits.
_EPSILON = 1e-9


def weighted(weights: Sequence[float], table: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The score of each choice: its column of `table`, one row a criterion, averaged by the weights.

    >>> weighted([3, 1], [[100, 0], [0, 100]])
    (75.0, 25.0)
    """
    shares = np.asarray(weights, dtype=float) / np.sum(weights)
    return tuple(float(score) for score in shares @ np.asarray(table, dtype=float))


def first_places(
    weights: Sequence[float], table: Sequence[Sequence[float]], *, by: float, draws: int, seed: int
) -> tuple[float, ...]:
    """How often each choice comes first when every weight is moved by up to `by` of itself, independently and evenly.

    Choices that share a first place share its count. The same seed gives the same answer.

    >>> first_places([1, 1], [[100, 0], [90, 10]], by=0.25, draws=10, seed=1)
    (1.0, 0.0)
    """
    shaken = np.asarray(weights, dtype=float) * np.random.default_rng(seed).uniform(
        1 - by, 1 + by, (draws, len(weights))
    )
    totals = shaken @ np.asarray(table, dtype=float)
    first = totals >= totals.max(axis=1, keepdims=True) - _EPSILON
    places = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    return tuple(round(float(place), 9) for place in places)
