"""How often clients come back and what they pay."""

from __future__ import annotations

import numpy as np
import pytest

from playbook.methods.purchases import Clients, Pace, Spend, _pace_likelihood, fit_pace, fit_spend
from tests.methods.shoppers import drawn

PAPER = Pace(0.243, 4.414, 0.793, 2.426, -9582.4)
"""Fader, Hardie, Lee 2005, table 2: the model of CDNOW in weeks."""


def test_model_is_found_again_in_its_own_clients() -> None:
    """Forty thousand clients drawn from the model of the paper lead back to it."""
    x, recency, age, _ = drawn(40_000)
    found = fit_pace(Clients.of(x, recency, age))
    assert (found.r, found.alpha) == pytest.approx((0.243, 4.414), rel=0.06)
    assert found.a / (found.a + found.b) == pytest.approx(0.793 / (0.793 + 2.426), rel=0.08)


def test_likelihood_is_the_integral_over_all_clients() -> None:
    """Fader, Hardie, Lee 2005, equation 3 averaged over a million drawn paces and chances to leave."""
    source = np.random.default_rng(3)
    pace = source.gamma(2.0, 1 / 10.0, 1_000_000)
    leaving = source.beta(1.5, 3.0, 1_000_000)
    x, when, age = 2.0, 12.0, 20.0
    stays = (1 - leaving) ** x * pace**x * np.exp(-pace * age)
    leaves = leaving * (1 - leaving) ** (x - 1) * pace**x * np.exp(-pace * when)
    one = Clients.of(np.array([x]), np.array([when]), np.array([age]))
    value, _ = _pace_likelihood(np.array([2.0, 10.0, 1.5, 3.0]), one)
    assert value == pytest.approx(np.log(np.mean(stays + leaves)), abs=0.01)


def test_expected_purchases_of_the_note() -> None:
    """Fader, Hardie, Lee 2005, BG/NBD in Excel: x = 2, tx = 30.43, T = 38.86 give 1.226 in 39 weeks."""
    one = (np.array([2.0]), np.array([30.43]), np.array([38.86]))
    assert PAPER.expected(39, *one)[0] == pytest.approx(1.226, abs=5e-4)


@pytest.mark.parametrize(
    ("repeats", "mean", "expected"),
    [(2, 22.35, 24.6586), (1, 11.77, 18.9115), (7, 73.74, 71.4628), (2, 25.55, 27.2824)],
)
def test_spend_of_the_guide(repeats: float, mean: float, expected: float) -> None:
    """README of lifetimes: expected profit of clients at p = 6.25, q = 3.74, v = 15.45 (rounded there)."""
    found = Spend(6.25, 3.74, 15.45, 0).expected(np.array([repeats]), np.array([mean]))
    assert found is not None
    assert found[0] == pytest.approx(expected, rel=1e-3)


def test_spend_is_found_again_in_its_own_clients() -> None:
    """Payments drawn at 6.25, 3.74, 15.44 lead back to their mean over all clients, 35.2."""
    x, _, _, mean = drawn(40_000)
    found = fit_spend(x[x > 0], mean[x > 0])
    assert found.p * found.v / (found.q - 1) == pytest.approx(6.25 * 15.44 / 2.74, rel=0.03)
    assert found.q == pytest.approx(3.74, rel=0.1)


def test_mean_of_heavy_tails_does_not_exist() -> None:
    """At q of 1 and below there is no mean over all clients."""
    assert Spend(6, 1.0, 15, 0).expected(np.array([1.0]), np.array([20.0])) is None


def test_unit_of_time_changes_nothing_but_alpha() -> None:
    """Days instead of weeks: alpha is seven times as large, the rest stays."""
    x, recency, age, _ = drawn(2_000)
    weeks, days = (fit_pace(Clients.of(x, recency * unit, age * unit)) for unit in (1, 7))
    assert (days.r, days.alpha, days.a, days.b) == pytest.approx((weeks.r, 7 * weeks.alpha, weeks.a, weeks.b), rel=1e-3)


def test_model_counts_as_many_clients_as_there_are() -> None:
    """The histogram of repeats adds up, and each of its first columns is within four standard errors."""
    x, _, age, _ = drawn(40_000)
    ages, weight = np.unique(age, return_counts=True)
    counts = PAPER.counts(7, ages, weight.astype(float))
    assert counts.sum() == pytest.approx(40_000)
    seen = np.bincount(x.astype(int))[:5]
    assert np.all(np.abs(seen - counts[:5]) < 4 * np.sqrt(counts[:5]))


def test_who_bought_often_and_fell_silent_is_gone() -> None:
    """Of two clients silent for thirty weeks, the one who bought every week is the likelier to be gone."""
    alive = PAPER.alive(np.array([1.0, 10.0, 0.0]), np.array([10.0, 10.0, 0.0]), np.array([40.0, 40.0, 40.0]))
    assert alive[1] < 0.1 < alive[0] < alive[2] == 1


def test_client_of_a_thousand_purchases_is_expected_back() -> None:
    """1,000 in 38 weeks, the last one today: 23.6 a week, less who leaves on the way; the paper's form overflows."""
    often, weeks = np.array([1000.0]), np.array([38.0])
    (found,) = PAPER.expected(1.0, often, weeks, weeks)
    pace = (PAPER.r + 1000) / (PAPER.alpha + 38)
    assert 0.95 * pace < found < pace


@pytest.mark.parametrize("repeats", [0.0, 1.0, 5.0, 100.0])
def test_quadrature_finds_what_the_formula_finds(repeats: float) -> None:
    """Two routes to the purchases of a client who was here a moment ago: the closed form, and the sum over p."""
    x, age = np.array([repeats]), np.array([30.0])
    (formula,), (summed,) = (
        PAPER.expected(39.0, x, age, age) / PAPER.alive(x, age, age),
        PAPER._by_quadrature(39.0, x, age),
    )
    assert summed == pytest.approx(formula, rel=1e-3)


def test_extreme_model_still_has_an_expectation() -> None:
    """Where the hypergeometric function has no value in either form, the client is not expected to buy 0 times."""
    extreme = Pace(1520, 0.2222, 523.2, 35.12, 0)
    (found,) = extreme.expected(4.6, np.array([1000.0]), np.array([0.15]), np.array([0.15]))
    assert found > 0
