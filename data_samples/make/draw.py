"""Random choices that stay the same on every Python."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """Every draw goes through `random.Random.random()`, the one method whose sequence Python keeps between versions."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def happens(self, chance: float) -> bool:
        """Whether a thing of this chance happens."""
        return self._random() < chance

    def around(self, mean: float, spread: float) -> float:
        """A normal number, kept within three spreads."""
        u = min(max(self._random(), 0.00135), 0.99865)
        return mean + spread * NormalDist().inv_cdf(u)

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1."""
        return int(self._random() * n)

    def pick(self, things: Sequence[T], weights: Iterable[float]) -> T:
        """One thing, by weight."""
        shares = list(weights)
        at = self._random() * sum(shares)
        for thing, weight in zip(things, shares, strict=True):
            at -= weight
            if at < 0:
                return thing
        return things[-1]

    def split(self, total: int, weights: Sequence[float]) -> list[int]:
        """A whole number of things dealt out by weight."""
        parts = [0] * len(weights)
        for _ in range(total):
            parts[self.pick(range(len(weights)), weights)] += 1
        return parts
