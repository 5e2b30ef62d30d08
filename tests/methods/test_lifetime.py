"""Margin over a client's life."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.lifetime import HORIZON, gathered, half_life, lifetime_value, multiple, payments

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


@pytest.mark.parametrize(("r", "d", "times"), [(0.6, 0.1, 1.2), (0.8, 0.12, 2.5), (0.9, 0.16, 3.46)])
def test_multiple_agrees_with_the_published_table(r: float, d: float, times: float) -> None:
    """Gupta, Lehmann 2003, Customers as Assets, table 1, where the first margin comes after a renewal."""
    assert multiple(r, d, after_renewal=True) == pytest.approx(times, abs=0.005)


def test_life_without_end_and_price_of_time_has_no_multiple() -> None:
    """Nobody leaves and waiting costs nothing: the sum has no end, and half of it never comes."""
    assert (multiple(1, 0), half_life(1, 0)) == (None, None)
    assert multiple(1, 0.1) == pytest.approx(11)


@given(r=retention, d=st.floats(0, 1))
def test_half_of_the_worth_has_come_at_half_life(r: float, d: float) -> None:
    """What is still to come after n periods is (r/(1+d))^n of all: at most a half then, and more a period earlier."""
    n, kept = half_life(r, d), r / (1 + d)
    assert n is not None
    assert kept**n <= 0.5 + 1e-6
    assert n == 1 or kept ** (n - 1) > 0.5 - 1e-6


@given(r=retention, d=st.floats(0, 1))
def test_undiscounted_multiple_is_the_lifetime_value(r: float, d: float) -> None:
    """At d = 0 it is m / (1 - r); a price of time never adds to it."""
    free, dear = multiple(r, 0), multiple(r, d)
    assert free is not None
    assert dear is not None
    assert free == pytest.approx(lifetime_value(1, r))
    assert dear <= free * (1 + 1e-9)
