"""How long contracts are renewed, when clients differ: the shifted beta-geometric model (sBG).

Each client leaves at a renewal with a chance of their own, and these chances are Beta(alpha, beta) over all clients:
those likely to leave go first, so that retention grows with age. Fader, Hardie 2007, J. Interact. Mark. 21, 76-90.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

_BOX = (-9.0, 12.0)


@dataclass(frozen=True)
class Renewals:
    """The fitted model; `firm` is False where the data leave a parameter open."""

    alpha: float
    beta: float
    log_likelihood: float
    firm: bool = True

    def survival(self, period: int) -> float:
        """The part of clients still there after so many renewals."""
        return math.exp(
            math.lgamma(self.beta + period)
            - math.lgamma(self.beta)
            + math.lgamma(self.alpha + self.beta)
            - math.lgamma(self.alpha + self.beta + period)
        )

    def retention(self, period: int) -> float:
        """The part of those still there who renew for the so-manieth time."""
        return (self.beta + period - 1) / (self.alpha + self.beta + period - 1)

    def residual(self, discount: float, renewals: int = 0) -> float:
        """Renewals still to come, discounted, of a client with so many behind them and the next one at hand (DERL).

        Fader, Hardie 2010, Marketing Science 29(1), 85-93, equation 6.
        """
        from scipy.special import hyp2f1

        known = self.beta + renewals
        return float(known / (self.alpha + known) * hyp2f1(1, known + 1, self.alpha + known + 1, 1 / (1 + discount)))


def fit(cohorts: Sequence[Sequence[float]]) -> Renewals:
    """The likeliest model for cohorts of clients still there at the start and after each renewal."""
    from scipy.optimize import minimize

    lost, periods, left, ages = _counts(cohorts)

    def cost(logs: np.ndarray) -> float:
        return -_log_likelihood(math.exp(logs[0]), math.exp(logs[1]), lost, periods, left, ages)

    best = min(
        (minimize(cost, start, method="L-BFGS-B", bounds=[_BOX] * 2) for start in ((0.0, 0.0), (0.0, 2.0), (2.0, 4.0))),
        key=lambda found: float(found.fun),
    )
    polished = minimize(cost, best.x, method="Nelder-Mead", bounds=[_BOX] * 2, options={"xatol": 1e-7, "fatol": 1e-9})
    alpha, beta = (math.exp(one) for one in polished.x)
    inside = all(_BOX[0] + 1e-3 < one < _BOX[1] - 1e-3 for one in polished.x)
    return Renewals(alpha, beta, -float(polished.fun), inside)


Counts = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _counts(cohorts: Sequence[Sequence[float]]) -> Counts:
    """How many left at which renewal, and how many were still there at which age."""
    lost = [before - after for cohort in cohorts for before, after in pairwise(cohort)]
    periods = [place for cohort in cohorts for place in range(1, len(cohort))]
    left, ages = [cohort[-1] for cohort in cohorts], [len(cohort) - 1 for cohort in cohorts]
    return np.array(lost, float), np.array(periods, float), np.array(left, float), np.array(ages, float)


def _log_likelihood(
    alpha: float, beta: float, lost: np.ndarray, periods: np.ndarray, left: np.ndarray, ages: np.ndarray
) -> float:
    from scipy.special import betaln

    base = betaln(alpha, beta)
    leaving = betaln(alpha + 1, beta + periods - 1) - base
    staying = betaln(alpha, beta + ages) - base
    return float(lost @ leaving + left @ staying)
