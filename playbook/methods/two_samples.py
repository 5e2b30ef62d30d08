"""Two samples against one another: shares, means, and what may be read while a test still runs.

A difference is the second sample less the first. scipy is loaded by those who need it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from playbook.methods.intervals import wilson

_NORMAL = NormalDist()
_SAME = 1 + 1e-7
"""Tables as likely as the one seen, but for the last bits, count as extreme too, as in R's `fisher.test`."""
_STEPS, _DRAWS, _SEED = 4_000, 100_000, 20_261


@dataclass(frozen=True)
class Shares:
    """How many there were and how many of them succeeded."""

    n: int
    hits: int

    @property
    def rate(self) -> float:
        """The share of successes."""
        return self.hits / self.n

    @property
    def variance(self) -> float:
        """The variance of the share."""
        return self.rate * (1 - self.rate) / self.n


@dataclass(frozen=True)
class Means:
    """How many there were, their mean, and their standard deviation."""

    n: int
    rate: float
    sd: float

    @property
    def variance(self) -> float:
        """The variance of the mean."""
        return self.sd**2 / self.n


def pooled(a: Shares, b: Shares) -> float | None:
    """The two-sided p-value of no difference, normal, without a continuity correction; None when all are alike.

    >>> round(pooled(Shares(86, 83), Shares(93, 90)), 4)
    0.9223
    """
    together = (a.hits + b.hits) / (a.n + b.n)
    spread = math.sqrt(together * (1 - together) * (1 / a.n + 1 / b.n))
    return math.erfc(abs(b.rate - a.rate) / spread / math.sqrt(2)) if spread else None


def fisher(a: Shares, b: Shares) -> float:
    """Fisher's exact two-sided p-value: all tables with the same sums that are no likelier than the one seen.

    >>> round(fisher(Shares(4, 3), Shares(4, 1)), 4)
    0.4857
    """
    hits = a.hits + b.hits
    low, high = max(0, hits - b.n), min(hits, a.n)
    k = np.arange(low, high, dtype=float)
    ratios = np.log(a.n - k) + np.log(hits - k) - np.log(k + 1) - np.log(b.n - hits + k + 1)
    logs = np.concatenate(([0.0], np.cumsum(ratios)))
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    return float(min(1.0, weights[weights <= weights[a.hits - low] * _SAME].sum()))


def newcombe(a: Shares, b: Shares, level: float) -> tuple[float, float]:
    """The interval of the difference from both score intervals (Newcombe 1998, Stat. Med. 17, 873-890, method 10).

    >>> [round(end, 4) for end in newcombe(Shares(80, 48), Shares(70, 56), 0.95)]
    [0.0524, 0.3339]
    """
    (low_a, high_a), (low_b, high_b) = wilson(a.hits, a.n, level), wilson(b.hits, b.n, level)
    difference = b.rate - a.rate
    down, up = math.hypot(b.rate - low_b, high_a - a.rate), math.hypot(high_b - b.rate, a.rate - low_a)
    return max(-1.0, difference - down), min(1.0, difference + up)


def welch(a: Means, b: Means) -> tuple[float, float] | None:
    """The two-sided p-value of Welch's t-test and its degrees of freedom; None when nothing varies (Welch 1947)."""
    from scipy.special import stdtr

    both = a.variance + b.variance
    if not both:
        return None
    df = both**2 / (a.variance**2 / (a.n - 1) + b.variance**2 / (b.n - 1))
    return 2 * float(stdtr(df, -abs(b.rate - a.rate) / math.sqrt(both))), df


def welch_interval(a: Means, b: Means, df: float, level: float) -> tuple[float, float]:
    """The interval of the difference of two means."""
    half = critical_of_welch(df, level) * math.sqrt(a.variance + b.variance)
    return b.rate - a.rate - half, b.rate - a.rate + half


def ratio_of_shares(a: Shares, b: Shares, critical: float) -> tuple[float, float]:
    """The interval of the second share over the first, of which none is 0 (Katz et al. 1978, Biometrics 34, 469-474).

    `critical` is how many standard errors are gone to either side: on the logarithm, which the test agrees with.

    >>> [round(end, 3) for end in ratio_of_shares(Shares(2000, 200), Shares(2000, 260), 1.96)]
    [1.093, 1.546]
    """
    spread = math.sqrt(1 / a.hits - 1 / a.n + 1 / b.hits - 1 / b.n)
    return b.rate / a.rate * math.exp(-critical * spread), b.rate / a.rate * math.exp(critical * spread)


def ratio_of_means(a: Means, b: Means, critical: float) -> tuple[float, float] | None:
    """The interval of the second mean over the first (Fieller 1954, J. R. Stat. Soc. B 16, 175-185).

    It leaves out 1 just where the test of no difference leaves out 0. None where the first mean may well be 0: then
    every ratio is possible.
    """
    sure, both = a.rate**2 - critical**2 * a.variance, a.rate * b.rate
    if sure <= 0:
        return None
    reach = math.sqrt(max(both**2 - sure * (b.rate**2 - critical**2 * b.variance), 0.0))
    return (both - reach) / sure, (both + reach) / sure


def critical_of_welch(df: float, level: float) -> float:
    """How many standard errors an interval of two means goes to either side."""
    from scipy.special import stdtrit

    return float(stdtrit(df, (1 + level) / 2))


def critical_of_normal(level: float) -> float:
    """How many standard errors an interval of many people goes to either side."""
    return _NORMAL.inv_cdf((1 + level) / 2)


def bayes(a: Shares, b: Shares) -> tuple[float, float]:
    """P(the second is better) and the expected loss of choosing it, from flat priors.

    By quadrature over the first share (Miller 2015; Stucchio 2015, Bayesian A/B Testing at VWO).

    >>> [round(found, 3) for found in bayes(Shares(100, 10), Shares(100, 10))]
    [0.5, 0.017]
    """
    from scipy.special import betainc, betaincinv

    a1, a2, b1, b2 = a.hits + 1, a.n - a.hits + 1, b.hits + 1, b.n - b.hits + 1
    x = betaincinv(a1, a2, (np.arange(_STEPS) + 0.5) / _STEPS)
    below = betainc(b1, b2, x)
    loss = x * below - b1 / (b1 + b2) * betainc(b1 + 1, b2, x)
    return float(1 - below.mean()), float(max(loss.mean(), 0.0))


def credible(a: Shares, b: Shares, level: float, *, relative: bool = False) -> tuple[float, float]:
    """Between what the difference lies so surely, from flat priors and a fixed seed."""
    rng = np.random.default_rng(_SEED)
    first = rng.beta(a.hits + 1, a.n - a.hits + 1, _DRAWS)
    second = rng.beta(b.hits + 1, b.n - b.hits + 1, _DRAWS)
    found = second / first - 1 if relative else second - first
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def sequence(variance: float, n: int, level: float, tuning: int) -> float:
    """Half the width of an interval that stays true at every look, however many there are.

    The asymptotic confidence sequence of Waudby-Smith et al., arXiv 2103.06476, narrowest at the sample `tuning`, which
    is fixed beforehand; `variance` is that of the difference, and `n` counts both samples.
    """
    alpha = 1 - level
    rho2 = (-2 * math.log(alpha) + math.log(-2 * math.log(alpha) + 1)) / tuning
    grown = n * rho2 + 1
    return math.sqrt(variance * n) * math.sqrt(2 * grown * math.log(math.sqrt(grown) / alpha) / (n**2 * rho2))


def at_any_look(a: Shares, b: Shares, level: float, tuning: int) -> tuple[float, float]:
    """The interval of the difference of two shares that stays true at every look.

    It is never narrower than that of one look: where hardly anyone succeeded, or hardly anyone failed, the variance
    seen is next to nothing, and of nothing the sequence would make certainty.

    >>> at_any_look(Shares(10, 0), Shares(10, 0), 0.95, 5000) == newcombe(Shares(10, 0), Shares(10, 0), 0.95)
    True
    """
    middle, half = b.rate - a.rate, sequence(a.variance + b.variance, a.n + b.n, level, tuning)
    low, high = newcombe(a, b, level)
    return max(-1.0, min(middle - half, low)), min(1.0, max(middle + half, high))
