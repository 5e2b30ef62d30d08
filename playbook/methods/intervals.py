"""Between what values a share may lie, given what was seen."""

from __future__ import annotations

import math
from statistics import NormalDist


def wilson(successes: float, trials: float, level: float = 0.95) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927, JASA 22, 209-212): within 0 to 1, and usable for few trials.

    >>> [round(end, 3) for end in wilson(3, 10)]
    [0.108, 0.603]
    """
    if trials <= 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    seen, weight = successes / trials, z * z / trials
    middle = (seen + weight / 2) / (1 + weight)
    half = z * math.sqrt(seen * (1 - seen) / trials + weight / (4 * trials)) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)
