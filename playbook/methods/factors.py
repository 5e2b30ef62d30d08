"""How the change of a product is split among its factors, exactly: the parts add up to the change.

By log shares where every factor is above 0 (the logarithmic mean Divisia index: B. W. Ang, Energy Policy 33, 2005,
p. 867); else each factor's mean effect over all orders of changing them (Shapley; J. Sun, Energy Economics 20, 1998).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

_SAME = 1e-12
"""Two products closer than this part of themselves have one logarithmic mean: themselves."""


def split(before: Sequence[float], after: Sequence[float]) -> tuple[float, ...]:
    """The part of each factor in the change of their product.

    >>> [round(part, 9) for part in split([100, 0.1], [200, 0.1])]
    [10.0, 0.0]
    >>> split([4, 5], [0, 5])
    (-20.0, 0.0)

    Raises:
        ValueError: when the two do not have the same number of factors.
    """
    if len(before) != len(after):
        raise ValueError(len(after))
    if all(value > 0 for value in (*before, *after, math.prod(before), math.prod(after))):
        return _by_logs(before, after)
    return _by_orders(before, after)


def _by_logs(before: Sequence[float], after: Sequence[float]) -> tuple[float, ...]:
    mean = _logarithmic_mean(math.prod(before), math.prod(after))
    return tuple(mean * (math.log(now) - math.log(was)) for was, now in zip(before, after, strict=True))


def _logarithmic_mean(one: float, other: float) -> float:
    if abs(one - other) <= _SAME * max(one, other):
        return (one + other) / 2
    return (other - one) / (math.log(other) - math.log(one))


def _by_orders(before: Sequence[float], after: Sequence[float]) -> tuple[float, ...]:
    """Shapley's value of each factor in the game whose prize is the product with some factors already changed."""
    count = len(before)
    return tuple(
        math.fsum(
            _weight(size, count) * (_product(before, after, {*others, place}) - _product(before, after, {*others}))
            for size in range(count)
            for others in combinations([other for other in range(count) if other != place], size)
        )
        for place in range(count)
    )


def _weight(size: int, count: int) -> float:
    return math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count)


def _product(before: Sequence[float], after: Sequence[float], changed: set[int]) -> float:
    return math.prod(
        now if place in changed else was for place, (was, now) in enumerate(zip(before, after, strict=True))
    )
