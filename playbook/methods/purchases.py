"""How often clients without a contract come back, and how much they pay: BG/NBD and gamma-gamma.

BG/NBD: a client buys at a pace of their own (gamma) and after each purchase may be gone for ever, with a chance of
their own (beta). Fader, Hardie, Lee 2005, Marketing Science 24(2), 275-284; in the safe form of Fader, Hardie
2013. Gamma-gamma: Fader, Hardie, Lee 2005, J. Marketing Research 42, 415-430; Fader, Hardie 2013.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Vector = np.ndarray[Any, np.dtype[np.float64]]
_BOX = (-9.0, 9.0)
_NUDGE = 1e-9
"""At a = 1 the expectation is a limit; so near to it is the limit itself."""
_POINTS, _LEAST = 200, 1e-300
"""Points of a quadrature, and the smallest chance to be gone that a float may be divided by."""
_STARTS = ((0.0, 1.0, 0.0, 0.5), (-1.5, 1.5, -0.3, 1.0), (0.5, 3.0, -1.0, 1.5))


@dataclass(frozen=True)
class Clients:
    """Repeat purchases, the time of the last one since the first, and the time since the first, of unique histories."""

    repeats: Vector
    recency: Vector
    age: Vector
    weight: Vector

    @classmethod
    def of(cls, repeats: Vector, recency: Vector, age: Vector) -> Clients:
        """Alike histories counted once, with how many clients have them."""
        order = np.lexsort((recency, age, repeats))
        table = np.stack((repeats, recency, age))[:, order]
        new = np.concatenate(([True], np.any(table[:, 1:] != table[:, :-1], axis=0)))
        places = np.flatnonzero(new)
        weight = np.diff(np.append(places, len(order))).astype(float)
        x, when, since = (column[places] for column in table)
        return cls(x, when, since, weight)


@dataclass(frozen=True)
class Pace:
    """The fitted BG/NBD model."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    firm: bool = True

    def alive(self, repeats: Vector, recency: Vector, age: Vector) -> Vector:
        """How likely each client still is one."""
        with np.errstate(over="ignore"):
            odds = (self.alpha + age) / (self.alpha + recency)
            gone = self.a / (self.b + np.maximum(repeats, 1) - 1) * odds ** (self.r + repeats)
        found: Vector = np.where(repeats > 0, 1 / (1 + gone), 1.0)
        return found

    def expected(self, ahead: float, repeats: Vector, recency: Vector, age: Vector) -> Vector:
        """Purchases of each client in the time ahead, given what each has done (equation 10).

        The hypergeometric function stands in Euler's transformed form: in the paper's own it passes the largest float
        for whoever bought a thousand times. Where neither form has a value, the sum over p is taken by quadrature.
        """
        from scipy.special import hyp2f1

        a = self.a + _NUDGE if abs(self.a - 1) < _NUDGE else self.a
        since, more = self.alpha + age, a + self.b + repeats - 1
        with np.errstate(all="ignore"):
            shrunk = (since / (since + ahead)) ** (a - 1)
            whole = 1 - shrunk * hyp2f1(a + self.b - 1 - self.r, a - 1, more, ahead / (since + ahead))
            found: Vector = more / (a - 1) * whole
        if (open_ := ~np.isfinite(found)).any():
            found[open_] = self._by_quadrature(ahead, repeats[open_], age[open_])
        return np.maximum(found, 0.0) * self.alive(repeats, recency, age)

    def _by_quadrature(self, ahead: float, repeats: Vector, age: Vector) -> Vector:
        """The mean of (1 - (s/(s + p t))^(r + x))/p over p of those who still are clients, s being alpha + T."""
        from scipy.special import betaincinv

        points, weights = np.polynomial.legendre.leggauss(_POINTS)
        p = np.maximum(betaincinv(self.a, self.b + repeats[:, None], (points + 1) / 2), _LEAST)
        steps = np.log1p(p * ahead / (self.alpha + age[:, None]))
        found: Vector = (-np.expm1(-(self.r + repeats[:, None]) * steps) / p) @ weights / 2
        return found

    def counts(self, most: int, age: Vector, weight: Vector) -> Vector:
        """How many clients should have 0, 1, ... repeat purchases by the model (equation 8), the last one or more."""
        from scipy.special import betaln, gammaln

        share = age / (self.alpha + age)
        none = (self.alpha / (self.alpha + age)) ** self.r
        below, found, base = np.zeros_like(age), [], betaln(self.a, self.b)
        for x in range(most):
            term = np.exp(gammaln(self.r + x) - gammaln(self.r) - gammaln(x + 1)) * none * share**x
            part = np.exp(betaln(self.a, self.b + x) - base) * term
            if x:
                part = part + np.exp(betaln(self.a + 1, self.b + x - 1) - base) * (1 - below)
            below = below + term
            found.append(float(part @ weight))
        return np.array([*found, max(float(weight.sum()) - sum(found), 0.0)])


@dataclass(frozen=True)
class Spend:
    """The fitted gamma-gamma model of what one purchase brings."""

    p: float
    q: float
    v: float
    log_likelihood: float

    def expected(self, repeats: Vector, mean: Vector) -> Vector | None:
        """The mean value of each client's purchases; None when the mean over all clients does not exist (q <= 1)."""
        if self.q <= 1:
            return None
        found: Vector = (self.p * (self.v + repeats * mean)) / (self.p * repeats + self.q - 1)
        return found


def fit_pace(clients: Clients) -> Pace:
    """The likeliest BG/NBD model."""
    from scipy.optimize import minimize

    unit = max(float(clients.age.max()), 1e-9)  # any unit of time gives the same fit
    scaled = Clients(clients.repeats, clients.recency / unit, clients.age / unit, clients.weight)
    total = clients.weight.sum()

    def cost(logs: Vector) -> tuple[float, Vector]:
        value, slope = _pace_likelihood(np.exp(logs), scaled)
        return -value / total, -slope * np.exp(logs) / total

    options = {"maxiter": 500, "ftol": 1e-13, "gtol": 1e-9}
    starts = [(r, alpha - 4.0, a, b) for r, alpha, a, b in _STARTS]
    rough = min(starts, key=lambda start: cost(np.array(start))[0])
    best = minimize(cost, rough, jac=True, method="L-BFGS-B", bounds=[_BOX] * 4, options=options)
    r, alpha, a, b = np.exp(best.x)
    value = -float(best.fun) * total - float(clients.weight @ clients.repeats) * np.log(unit)
    inside = bool(np.all((best.x > _BOX[0] + 1e-3) & (best.x < _BOX[1] - 1e-3)))
    return Pace(float(r), float(alpha * unit), float(a), float(b), float(value), inside)


def _pace_likelihood(parameters: Vector, clients: Clients) -> tuple[float, Vector]:
    """The log-likelihood (equation 6) and its slope."""
    from scipy.special import digamma, gammaln

    r, alpha, a, b = parameters
    x, weight, again = clients.repeats, clients.weight, clients.repeats > 0
    late, early = np.log(alpha + clients.age), np.log(alpha + clients.recency)
    back = np.where(again, b + x - 1, 1.0)
    stays = -(r + x) * late
    leaves = np.where(again, np.log(a) - np.log(back) - (r + x) * early, -np.inf)
    both = np.logaddexp(stays, leaves)
    kinds, places = np.unique(x, return_inverse=True)
    part = (
        gammaln(r + kinds)
        - gammaln(r)
        + r * np.log(alpha)
        + gammaln(a + b)
        + gammaln(b + kinds)
        - gammaln(b)
        - gammaln(a + b + kinds)
    )
    value = float(weight @ (part[places] + both))
    gone = np.exp(leaves - both)
    here = 1 - gone
    ab = digamma(a + b) - digamma(a + b + kinds)
    slopes = (
        (digamma(r + kinds) - digamma(r) + np.log(alpha))[places] - here * late - gone * early,
        r / alpha - (r + x) * (here / (alpha + clients.age) + gone / (alpha + clients.recency)),
        ab[places] + gone / a,
        (ab + digamma(b + kinds) - digamma(b))[places] - np.where(again, gone / back, 0.0),
    )
    return value, np.array([float(weight @ slope) for slope in slopes])


def fit_spend(repeats: Vector, mean: Vector) -> Spend:
    """The likeliest gamma-gamma model of clients who came back, by their mean payment."""
    from scipy.optimize import minimize

    unit = float(mean.mean())
    scaled, logged = mean / unit, np.log(mean) - np.log(unit)  # a tiny payment divided is zero, its logarithm is not

    def cost(logs: Vector) -> float:
        return -_spend_likelihood(np.exp(logs), repeats, scaled, logged) / len(mean)

    options = {"maxiter": 4000, "xatol": 1e-7, "fatol": 1e-12}
    rough = minimize(cost, (0.5, 0.5, 0.0), method="L-BFGS-B", bounds=[_BOX] * 3)
    best = minimize(cost, rough.x, method="Nelder-Mead", bounds=[_BOX] * 3, options=options)
    p, q, v = (float(one) for one in np.exp(best.x))
    value = -float(best.fun) * len(mean) - len(mean) * float(np.log(unit))
    return Spend(p, q, v * unit, value)


def _spend_likelihood(parameters: Vector, x: Vector, mean: Vector, logged: Vector) -> float:
    from scipy.special import gammaln

    p, q, v = parameters
    px = p * x
    terms = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v)
    terms = terms + (px - 1) * logged + px * np.log(x) - (px + q) * np.log(v + x * mean)
    return float(terms.sum())
