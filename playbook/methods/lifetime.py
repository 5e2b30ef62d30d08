"""The margin one client brings over time when a part of all clients leaves in every period.

m is the margin of a period, r the share of clients who stay for the next one, d what a period's wait for money costs.
Gupta, Lehmann 2003, Customers as Assets; Farris et al. 2016, Marketing Metrics, ch. 5.
"""

from __future__ import annotations

import math

HORIZON = 36
"""A client who never leaves is counted for so many periods, and the definition says so."""
_NOTHING = 1e-9
"""A loss of so small a part in a period is none."""
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


def multiple(r: float, d: float, *, after_renewal: bool = False) -> float | None:
    """How many margins of a period a client's life is worth today: (1 + d)/(1 + d - r), or r/(1 + d - r).

    The second when the first margin comes after a renewal. None when clients never leave and waiting costs nothing.

    >>> round(multiple(0.8, 0.1), 2), round(multiple(0.8, 0.1, after_renewal=True), 2)
    (3.67, 2.67)
    """
    lost = (1 - r) + d
    if lost < _NOTHING:
        return None
    return (r if after_renewal else 1 + d) / lost


def half_life(r: float, d: float) -> int | None:
    """After how many periods half of that worth has come: the first n with (r/(1 + d))^n at most 1/2."""
    kept = r / (1 + d)
    if kept == 0:
        return 1
    return math.ceil(round(math.log(0.5) / math.log(kept), 9)) if kept < 1 - _NOTHING else None
