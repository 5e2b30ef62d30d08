"""Where a condition begins to hold between a point at which it does not and one at which it does."""

from __future__ import annotations

import math
from collections.abc import Callable

Point = tuple[float, float]
"""A value, and by how much the condition holds there: below 0 it does not."""
_BOLD = 0.2
"""How far past the interpolated point is tried, for a bracket of 1."""


def first_held(gap: Callable[[float], float], short: Point, held: Point, near: float) -> float:
    """The value on the held side of the crossing, up to the part `near` of itself.

    By the ITP method, which interpolates and takes at most one step more than halving does (Oliveira, Takahashi 2020,
    ACM Trans. Math. Softw. 47(1), 5). Where the gap is minus infinity it halves.

    >>> round(first_held(lambda x: x * x - 2, (1, -1), (2, 2), 1e-9), 6)
    1.414214
    """
    start, wide = short[0], held[0] - short[0]
    within = near * max(abs(short[0]), abs(held[0])) / abs(wide) if wide else 1.0
    a, b, at_a, at_b = 0.0, 1.0, short[1], held[1]  # parts of the way from the one to the other
    steps = max(math.ceil(-math.log2(within)), 0) + 1 if within else 60
    for step in range(steps):
        if b - a <= within:
            break
        half, room = (a + b) / 2, within * 2 ** (steps - step - 1) - (b - a) / 2
        part = _tried(a, b, at_a, at_b, room) if math.isfinite(at_a) else half
        found = gap(start + wide * part)
        if found >= 0:
            b, at_b = part, found
        else:
            a, at_a = part, found
    return start + wide * b


def _tried(a: float, b: float, at_a: float, at_b: float, room: float) -> float:
    """The interpolated point, a little past it towards the middle, no further from the middle than there is room."""
    half, line = (a + b) / 2, (at_b * a - at_a * b) / (at_b - at_a)
    side = math.copysign(1.0, half - line)
    past = line + side * _BOLD * (b - a) ** 2 if _BOLD * (b - a) ** 2 <= abs(half - line) else half
    return past if abs(past - half) <= room else half - side * room
