"""The margin one client brings over time when a part of all clients leaves in every period.

m is the margin of a period, r the share of clients who stay for the next one, d what a period's wait for money costs.
Gupta, Lehmann 2003, Customers as Assets; Farris et al. 2016, Marketing Metrics, ch. 5.
"""

from __future__ import annotations

import math

HORIZON = 36
"""A client who never leaves is counted for so many periods, and the definition says so."""
_EPSILON = 1e-12
"""A cost this near to all a client will ever bring is the whole of it, but for the last bits."""


def gathered(m: float, r: float, periods: float, *, after_renewal: bool = False) -> float:
    """Margin of one client over so many payments: m(1 - r^N)/(1 - r), times r when the first comes after a renewal.

    >>> round(gathered(100, 0.9, 3), 9)
    271.0
    """
    total = m * periods if r == 1 else m * (1 - r**periods) / (1 - r)
    return total * r if after_renewal else total


def lifetime_value(m: float, r: float, *, after_renewal: bool = False) -> float:
    """Undiscounted margin over a client's life, m/(1 - r); without churn that of `HORIZON` periods."""
    return gathered(m, r, HORIZON if r == 1 else math.inf, after_renewal=after_renewal)


def payments(cost: float, m: float, r: float) -> float | None:
    """ln(1 - cost(1 - r)/m) / ln r payments bring the cost back; None when all of them, m/(1 - r), do not.

    >>> round(payments(400, 50, 0.9), 2)
    15.28
    """
    if cost == 0:
        return 0.0
    if m <= 0:
        return None
    if r == 0:
        return 1.0 if cost <= m else None
    if r == 1:
        return cost / m if math.isfinite(cost / m) else None
    part = cost * (1 - r) / m
    return math.log1p(-part) / math.log(r) if part < 1 - _EPSILON else None
