"""Margin over a client's life."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.lifetime import HORIZON, gathered, lifetime_value, payments

retention = st.floats(0, 0.999)


def test_margin_gathered_counts_churn() -> None:
    """100 + 90 + 81 = 271; after a renewal 90 + 81 + 72.9 = 243.9; without churn 300."""
    assert gathered(100, 0.9, 3) == pytest.approx(271)
    assert gathered(100, 0.9, 3, after_renewal=True) == pytest.approx(243.9)
    assert gathered(100, 1, 3) == 300


def test_lifetime_value_is_capped_without_churn() -> None:
    """100 a month at 10% churn are 1,000 (Gupta, Lehmann); without churn 36 months are counted."""
    assert lifetime_value(100, 0.9) == pytest.approx(1000)
    assert lifetime_value(100, 1) == 100 * HORIZON == 3600


def test_limit_goes_to_lifetime_value() -> None:
    """Gathered over very many months the margin comes to m / (1 - r)."""
    assert gathered(100, 0.9, 1000) == pytest.approx(lifetime_value(100, 0.9))


@pytest.mark.parametrize(("cost", "m", "r"), [(500, 50, 0.9), (101, 100, 0), (1, 0, 0.9), (1, -5, 1)])
def test_cost_beyond_lifetime_is_never_back(cost: float, m: float, r: float) -> None:
    """50 a month at 10% churn is 500 in all, and 500 is never quite there; nothing comes of no margin."""
    assert payments(cost, m, r) is None


@given(part=st.floats(0.01, 0.99), m=st.floats(0.01, 1e6), r=retention.filter(lambda r: r > 1e-6))
def test_payments_gather_what_they_pay_back(part: float, m: float, r: float) -> None:
    """So many payments bring exactly the cost: the two formulas are each other's inverse."""
    cost = part * lifetime_value(m, r)
    found = payments(cost, m, r)
    assert found is not None
    assert gathered(m, r, found) == pytest.approx(cost, rel=1e-6)


@given(m=st.floats(0, 1e6), r=retention, periods=st.floats(0, 500))
def test_margin_gathered_never_passes_the_lifetime(m: float, r: float, periods: float) -> None:
    """No number of months brings more than a life."""
    assert gathered(m, r, periods) <= lifetime_value(m, r) * (1 + 1e-9)
