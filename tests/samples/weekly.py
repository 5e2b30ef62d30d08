"""The half-year of the sample firms by weeks, and which weeks of a series are no noise, by plain arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

FIRST_DAY = date(2026, 5, 25)
WEEKS = 26


def week_of(day: str) -> int:
    """The index of the week, from a date or a time that begins with one."""
    return (date.fromisoformat(day[:10]) - FIRST_DAY).days // 7


def limits(values: Sequence[float]) -> tuple[float, float]:
    """The usual limits of a series: its mean, and 2.66 mean moving ranges on either side (Wheeler)."""
    middle = sum(values) / len(values)
    moving = sum(abs(after - before) for before, after in pairwise(values)) / (len(values) - 1)
    return middle - 2.66 * moving, middle + 2.66 * moving


def signals(values: Sequence[float]) -> list[tuple[int, str]]:
    """Places where the series leaves its usual course, by the three rules."""
    low, high = limits(values)
    middle, reach = (low + high) / 2, (high - low) / 2
    at = [(value - middle) / reach for value in values]
    found = [(place, "beyond a limit") for place, value in enumerate(at) if abs(value) > 1]
    for place in range(len(at)):
        eight = at[place - 7 : place + 1] if place >= 7 else []
        if eight and (min(eight) > 0 or max(eight) < 0):
            found.append((place, "eight on one side"))
        three = at[place - 2 : place + 1] if place >= 2 else []
        if sum(value > 2 / 3 for value in three) >= 2 or sum(value < -2 / 3 for value in three) >= 2:
            found.append((place, "two of three beyond two thirds"))
    return found
