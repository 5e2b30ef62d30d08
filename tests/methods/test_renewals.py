"""How long contracts are renewed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.methods.renewals import Renewals, fit

HIGH_END = (1000, 869, 743, 653, 593, 551, 517, 491)
REGULAR = (1000, 631, 468, 382, 326, 289, 262, 241)


@pytest.mark.parametrize(
    ("cohort", "alpha", "beta", "likelihood"),
    [(HIGH_END, 0.668, 3.806, -1611.2), (REGULAR, 0.704, 1.182, -1680.3)],
)
def test_model_of_the_paper(cohort: tuple[int, ...], alpha: float, beta: float, likelihood: float) -> None:
    """Fader, Hardie 2007, How to Project Customer Retention: both segments over seven years."""
    found = fit([cohort])
    assert (found.alpha, found.beta) == pytest.approx((alpha, beta), abs=6e-4)
    assert found.log_likelihood == pytest.approx(likelihood, abs=0.06)


def test_cohorts_are_fitted_together() -> None:
    """Two halves of one cohort give the model of the whole."""
    half = tuple(count / 2 for count in HIGH_END)
    both, whole = fit([half, half]), fit([HIGH_END])
    assert (both.alpha, both.beta) == pytest.approx((whole.alpha, whole.beta), rel=1e-3)


def test_renewals_to_come_are_the_sum_of_the_curve() -> None:
    """The closed form with 2F1 against three thousand discounted terms."""
    found = Renewals(0.668, 3.806, 0.0)
    for renewals in (0, 4):
        survived = found.survival(renewals)
        terms = (found.survival(n) / survived / 1.1 ** (n - renewals - 1) for n in range(renewals + 1, 3000))
        assert found.residual(0.1, renewals) == pytest.approx(sum(terms), rel=1e-6)


@settings(max_examples=15, deadline=None)
@given(st.floats(0.3, 5), st.floats(0.5, 10))
def test_model_is_found_again_in_its_own_curve(alpha: float, beta: float) -> None:
    """What the curve was made from comes out of the fit, and retention grows with age."""
    made = Renewals(alpha, beta, 0.0)
    found = fit([[100_000 * made.survival(period) for period in range(9)]])
    assert (found.alpha, found.beta) == pytest.approx((alpha, beta), rel=0.02)
    assert found.retention(1) < found.retention(2) < found.retention(9)
