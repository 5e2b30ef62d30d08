"""How a count may turn out: exactly where a formula is known, else from many futures drawn with a fixed seed.

A rate that was seen k times in n trials is Beta(k + 1, n - k + 1): every rate was thought equally likely before (Bayes
1763; Laplace 1774). The count of successes is binomial for a known rate, and beta-binomial for a rate seen so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Any, Self

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.float64]]

DRAWS, SEED = 10_000, 20_261
LARGEST_EXACT = 200_000
"""Above so many attempts the exact sum is no longer quick, and no longer different from the drawn one."""
_INNER = NormalDist().inv_cdf(0.9)
"""Low and high are taken as the tenth and the ninetieth of a hundred cases."""
_TAIL = 0.002
_COUNTED = 100_000
"""Up to this value whole numbers are told apart faster by counting than by sorting."""
_ENOUGH = 20
"""From this variance on the normal curve, bent by its skewness, strays from the binomial less than draws do."""


@dataclass(frozen=True)
class Outcomes:
    """Values in rising order and how likely each is."""

    values: Numbers
    weights: Numbers

    @classmethod
    def drawn(cls, values: Numbers) -> Self:
        """From futures, each as likely as the next."""
        found, counts = np.unique(values, return_counts=True)
        return cls(found.astype(float), counts / len(values))

    @classmethod
    def counted(cls, values: Numbers) -> Self:
        """The same of whole numbers from 0 up, which need no sorting while they are not large."""
        if values.max() > _COUNTED:
            return cls.drawn(values)
        counts = np.bincount(values.astype(np.int64))
        found = np.flatnonzero(counts)
        return cls(found.astype(float), counts[found] / len(values))

    def at_least(self, least: float) -> float:
        """How likely `least` or more is."""
        return float(min(1.0, self.weights[np.searchsorted(self.values, least) :].sum()))

    def quantile(self, part: float) -> float:
        """The value that so large a part of all futures does not exceed."""
        place = int(np.searchsorted(np.cumsum(self.weights), part - 1e-12))
        return float(self.values[min(place, len(self.values) - 1)])

    def columns(self, edge: float, most: int = 20) -> tuple[list[float], list[float]]:
        """Where each of `most` columns begins and how likely it is; one of them begins at `edge` where that is near."""
        low, high = self.quantile(_TAIL), self.quantile(1 - _TAIL)
        near = low - (high - low) <= edge <= high + (high - low)
        low, high = (min(low, edge), max(high, edge)) if near else (low, high)
        wide: float = max(1, math.ceil((high - low + 1) / most)) if self._whole() else (high - low) / most or 1.0
        start = edge - wide * math.ceil((edge - low) / wide) if near else low
        edges = start + wide * np.arange(math.floor((high - start) / wide) + 1)
        places = np.searchsorted(edges, self.values, side="right") - 1
        inside = (places >= 0) & (self.values < edges[-1] + wide)
        found = np.bincount(places[inside], self.weights[inside], minlength=len(edges))
        return [float(one) for one in edges], [float(one) for one in found]

    def times(self, each: Numbers) -> Outcomes:
        """Every value drawn once for each of `each`, and multiplied by it."""
        draws = np.random.default_rng(SEED + 4).choice(self.values, len(each), p=self.weights / self.weights.sum())
        return Outcomes.drawn(draws * each)

    def _whole(self) -> bool:
        return bool(np.all(self.values == np.floor(self.values)))


@dataclass(frozen=True)
class Rate:
    """A rate that is taken as known, was seen in `trials`, or lies between `low` and `high` in eight cases of ten."""

    value: float = 0.0
    successes: int = 0
    trials: int | None = None
    low: float | None = None
    high: float | None = None

    @property
    def known(self) -> bool:
        """Whether the one value is taken as certain."""
        return self.trials is None and self.low is None

    @lru_cache(maxsize=64)  # noqa: B019 - a rate is small, and few are held
    def draws(self, seed: int, size: int = DRAWS) -> Numbers:
        """So many rates that may be the true one, the same ones each time."""
        rng = np.random.default_rng(seed)
        if self.trials is not None:
            return rng.beta(self.successes + 1, self.trials - self.successes + 1, size)
        if self.low is not None and self.high is not None:
            low, high = (_logit(end) for end in (self.low, self.high))
            return 1 / (1 + np.exp(-rng.normal((low + high) / 2, (high - low) / (2 * _INNER), size)))
        return np.full(size, self.value)


def successes(attempts: int, rate: Rate) -> Outcomes:
    """How many of so many attempts succeed.

    >>> round(successes(100, Rate(0.3)).at_least(30), 4)
    0.5377
    """
    if attempts <= LARGEST_EXACT and rate.low is None:
        return _binomial(attempts, rate.value) if rate.known else _beta_binomial(attempts, rate)
    return _drawn(attempts, rate.draws(SEED))


@lru_cache(maxsize=128)
def two_stages(attempts: int, first: Rate, second: Rate) -> Outcomes:
    """How many attempts pass two stages one after the other: two binomial draws are one with the product of rates."""
    if first.known and second.known:
        return successes(attempts, Rate(first.value * second.value))
    return _drawn(attempts, first.draws(SEED) * second.draws(SEED + 1))


def _drawn(attempts: int, rates: Numbers) -> Outcomes:
    """One count for each rate: of many attempts by the normal curve with its skewness, of few by the binomial itself.

    The curve is bent as by Cornish, Fisher 1938; the same chances meet every question, so that one which asks for more
    never finds it likelier.
    """
    spread, found = attempts * rates * (1 - rates), np.empty(len(rates))
    many = spread >= _ENOUGH
    z, part = _normals(len(rates))[many], rates[many]
    bent = attempts * part + z * np.sqrt(spread[many]) + (1 - 2 * part) * (z * z - 1) / 6
    found[many] = np.clip(np.floor(bent + 0.5), 0, attempts)
    if not many.all():
        found[~many] = np.random.default_rng(SEED + 2).binomial(attempts, rates[~many])
    return Outcomes.counted(found)


@lru_cache(maxsize=4)
def _normals(size: int) -> Numbers:
    return np.random.default_rng(SEED + 2).normal(size=size)


def amounts(low: float, high: float) -> Numbers:
    """Lognormal amounts, of which eight in ten lie between `low` and `high`."""
    middle, spread = (math.log(low) + math.log(high)) / 2, (math.log(high) - math.log(low)) / (2 * _INNER)
    return np.exp(np.random.default_rng(SEED + 3).normal(middle, spread, DRAWS))


def _binomial(attempts: int, rate: float) -> Outcomes:
    """Each probability from the one before it, so that no factorial is needed."""
    if rate in (0, 1):
        return Outcomes(np.array([attempts * rate]), np.array([1.0]))
    k = np.arange(attempts, dtype=float)
    return _from_ratios(np.log(attempts - k) - np.log(k + 1) + math.log(rate) - math.log1p(-rate))


def _beta_binomial(attempts: int, rate: Rate) -> Outcomes:
    a, b = rate.successes + 1, (rate.trials or 0) - rate.successes + 1
    k = np.arange(attempts, dtype=float)
    return _from_ratios(np.log(attempts - k) - np.log(k + 1) + np.log(k + a) - np.log(attempts - k - 1 + b))


def _from_ratios(ratios: Numbers) -> Outcomes:
    """Probabilities from the logarithms of each over the one before it."""
    logs = np.concatenate(([0.0], np.cumsum(ratios)))
    weights = np.exp(logs - logs.max())
    return Outcomes(np.arange(len(logs), dtype=float), weights / weights.sum())


def _logit(share: float) -> float:
    inside = min(max(share, 1e-9), 1 - 1e-9)
    return math.log(inside) - math.log1p(-inside)
