"""How many a test of two shares needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods import power

SHARE = st.floats(0.02, 0.98)


def test_power_is_that_of_the_manual() -> None:
    """R, help(power.prop.test): power.prop.test(n = 50, p1 = .50, p2 = .75) gives power = 0.740."""
    assert power.power(50, 0.5, 0.75, 0.05) == pytest.approx(0.740, abs=5e-4)


def test_size_is_that_of_the_manual() -> None:
    """R, help(power.prop.test): power.prop.test(p1 = .50, p2 = .75, power = .90) gives n = 76.7."""
    assert power.size(0.5, 0.75, 0.05, 0.9) == pytest.approx(76.7, abs=0.05)


def test_tiny_difference_takes_millions() -> None:
    """R, help(power.prop.test): p1 = .5, p2 = .501, sig.level = .001, power = .90 gives n = 10451937."""
    assert power.size(0.5, 0.501, 0.001, 0.9) == pytest.approx(10_451_937, abs=1)


def test_level_is_that_of_the_manual() -> None:
    """R, help(power.prop.test): n = 50, p1 = 0.5, p2 = 0.9, power = 0.9, sig.level = NULL gives 0.00131."""
    assert power.level(50, 0.5, 0.9, 0.9) == pytest.approx(0.00131, abs=2e-5)


def test_detectable_share_is_that_of_the_manual() -> None:
    """R, help(power.prop.test): n = 50, p1 = .5, power = .90 gives p2 = 0.8026."""
    assert power.larger(50, 0.5, 0.05, 0.9) == pytest.approx(0.8026, abs=5e-5)


def test_no_difference_takes_no_number() -> None:
    """Nothing tells 30% from 30%, and ten people tell nothing from 99.9%."""
    assert power.size(0.3, 0.3, 0.05, 0.8) is None
    assert power.larger(2, 0.999, 0.05, 0.8) is None


@given(SHARE, SHARE, st.floats(0.01, 0.2), st.floats(0.5, 0.95))
def test_size_and_power_agree(p1: float, p2: float, alpha: float, wanted: float) -> None:
    """So many a side see the difference exactly so often, whichever of the two shares comes first."""
    needed = power.size(p1, p2, alpha, wanted)
    if needed:
        assert power.power(needed, p1, p2, alpha) == pytest.approx(wanted, abs=1e-6)
        assert needed == pytest.approx(power.size(p2, p1, alpha, wanted))


@given(SHARE, st.integers(2, 10**6))
def test_more_people_see_smaller_changes(p1: float, people: int) -> None:
    """Ten times as many never see less."""
    few, many = (power.larger(count, p1, 0.05, 0.8) for count in (people, 10 * people))
    assert few is None or (many is not None and many <= few)
