"""Where a condition begins to hold."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.crossing import first_held

NEAR = 1e-6


def test_root_of_two() -> None:
    """A square reaches 2 at 1.414214."""
    assert first_held(lambda x: x * x - 2, (1, -1), (2, 2), NEAR) == pytest.approx(math.sqrt(2), rel=2 * NEAR)


def test_step_is_found_from_either_side() -> None:
    """A condition that holds from 7 on, or up to 7: the value returned is one at which it holds."""
    up = first_held(lambda x: 1.0 if x >= 7 else -1.0, (0, -1), (100, 1), NEAR)
    down = first_held(lambda x: 1.0 if x <= 7 else -1.0, (100, -1), (0, 1), NEAR)
    assert (up, down) == (pytest.approx(7, abs=1e-4), pytest.approx(7, abs=1e-4))
    assert down <= 7 <= up


def test_gap_without_a_number_is_halved() -> None:
    """Below 3 there is no answer at all."""
    found = first_held(lambda x: x - 3 if x >= 3 else -math.inf, (0, -math.inf), (10, 7), NEAR)
    assert found == pytest.approx(3, rel=1e-5)


def test_held_at_both_ends_is_the_held_end() -> None:
    """Where nothing lies between, that value is the answer."""
    assert first_held(lambda x: x, (4, 1), (4, 1), NEAR) == 4


@given(root=st.floats(0.01, 0.99), bend=st.floats(0.2, 5))
def test_no_slower_than_halving_by_more_than_a_step(root: float, bend: float) -> None:
    """Between 0 and 1 a millionth takes 20 halvings; no curve takes more than 21 tries, and the end is within it."""
    tried = []

    def gap(x: float) -> float:
        tried.append(x)
        return x**bend - root**bend

    found = first_held(gap, (0, gap(0)), (1, gap(1)), NEAR)
    assert root - 1e-9 <= found <= root + NEAR
    assert len(tried) - 2 <= 21
