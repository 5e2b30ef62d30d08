"""How long things stay open, when some of them still are (Kaplan, Meier 1958, JASA 53, 457-481)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# A product of shares that equals one half on paper may differ from it in the last bits.
_EPSILON = 1e-12


def still_open(
    times: Sequence[float], ended: Sequence[bool], counts: Sequence[int] | None = None
) -> tuple[tuple[float, float], ...]:
    """The product-limit estimate: the share still open after each time at which something ended, from (0, 1) on.

    What has not ended is censored: it counts among those at risk up to its own time, and at that time too. With
    `counts` an entry stands for so many of its kind.

    >>> still_open([2, 3, 4, 5], [True, False, True, False])
    ((0.0, 1.0), (2.0, 0.75), (4.0, 0.375))
    """
    at, over = np.asarray(times, dtype=float), np.asarray(ended, dtype=bool)
    many = np.ones(len(at)) if counts is None else np.asarray(counts, dtype=float)
    moments, place = np.unique(at[over], return_inverse=True)
    ends = np.bincount(place, weights=many[over], minlength=len(moments))
    order = np.argsort(at)
    gone = np.concatenate(([0.0], np.cumsum(many[order])))  # how many are over or censored before each place
    at_risk = gone[-1] - gone[np.searchsorted(at[order], moments, side="left")]
    shares = np.cumprod(1 - ends / at_risk)
    curve = tuple(zip(moments.tolist(), shares.tolist(), strict=True))
    return curve if curve and curve[0][0] == 0 else ((0.0, 1.0), *curve)


def median(curve: Sequence[tuple[float, float]]) -> float | None:
    """The first time at which no more than half is still open; None when the estimate never falls that low."""
    return next((time for time, share in curve if share <= 0.5 + _EPSILON), None)
