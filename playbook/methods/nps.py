"""The Net Promoter Score and its 95% interval, in points from -100 to 100.

The variance of a difference of two shares of one sample is p + d - (p - d)². It is 0 when all answers are alike and too
small for few answers, so an adjusted interval adds three answers, three quarters of one to either end (Rocks 2016,
The American Statistician 70, 365-372; Lewis and Sauro, MeasuringU, 2021).
"""

from __future__ import annotations

import math

_Z, _POINTS, _ADDED = 1.96, 100.0, 3.0


def score(promoters: float, detractors: float, of: float) -> float:
    """Points of promoters less points of detractors.

    >>> score(60, 15, 100)
    45.0
    """
    return _POINTS * (promoters - detractors) / of


def interval(promoters: float, detractors: float, of: float, *, adjusted: bool) -> tuple[float, float, float]:
    """The margin of error, and both ends of the interval; the score itself always lies within them.

    >>> [round(end, 1) for end in interval(60, 15, 100, adjusted=False)]
    [14.5, 30.5, 59.5]
    >>> [round(end, 1) for end in interval(10, 0, 10, adjusted=True)]
    [29.4, 47.5, 100.0]
    """
    added = _ADDED if adjusted else 0.0
    middle = (promoters - detractors) / (of + added)
    ends = (promoters + detractors + added / 2) / (of + added)
    margin = _Z * math.sqrt(max(ends - middle**2, 0.0) / (of + added))
    plain = (promoters - detractors) / of
    low, high = max(min(middle - margin, plain), -1.0), min(max(middle + margin, plain), 1.0)
    return _POINTS * margin, _POINTS * low, _POINTS * high
