"""The change of a product split among its factors."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.factors import split

FACTOR = st.just(0.0) | st.floats(1e-3, 1e6)
FACTORS = st.lists(st.tuples(FACTOR, FACTOR), min_size=1, max_size=5)
ABOVE = st.lists(st.tuples(st.floats(1e-3, 1e6), st.floats(1e-3, 1e6)), min_size=1, max_size=5)


def test_logarithmic_shares_are_those_worked_out_by_hand() -> None:
    """100 x 10% = 10 becomes 200 x 20% = 40: both factors doubled, each takes half of the 30."""
    assert split([100, 0.1], [200, 0.2]) == pytest.approx((15, 15))
    mean = 20 / math.log(3)  # of 10 and 30
    assert split([100, 0.1], [200, 0.15]) == pytest.approx((mean * math.log(2), mean * math.log(1.5)))


def test_shapley_takes_over_where_a_factor_is_nothing() -> None:
    """2 x 3 = 6 becomes 0 x 5: first to change, the 2 takes 6, last 10, so 8; the 3 takes 4 or nothing, so 2."""
    assert split([2, 3], [0, 5]) == pytest.approx((-8, 2))


def test_margin_below_nothing_is_split_too() -> None:
    """100 at 20% is 20, 100 at -10% is -10: the whole change is the margin's."""
    assert split([100, 0.2], [100, -0.1]) == pytest.approx((0, -30))


def test_factors_come_in_pairs() -> None:
    """One more factor than before cannot be compared."""
    with pytest.raises(ValueError, match="2"):
        split([1.0], [1.0, 2.0])


@given(FACTORS)
def test_parts_add_up_to_the_change(pairs: list[tuple[float, float]]) -> None:
    """Whatever the factors, 0 included."""
    before, after = ([pair[side] for pair in pairs] for side in (0, 1))
    change = math.prod(after) - math.prod(before)
    scale = math.prod(max(pair) for pair in pairs) + 1
    assert math.fsum(split(before, after)) == pytest.approx(change, rel=1e-9, abs=1e-9 * scale)


@given(ABOVE)
def test_there_and_back_again_is_nothing(pairs: list[tuple[float, float]]) -> None:
    """The way back takes each part with the other sign."""
    before, after = ([pair[side] for pair in pairs] for side in (0, 1))
    back = [-part for part in split(after, before)]
    scale = max(math.prod(before), math.prod(after))
    assert split(before, after) == pytest.approx(back, rel=1e-6, abs=1e-9 * scale)


@given(ABOVE)
def test_factor_that_stays_has_no_part(pairs: list[tuple[float, float]]) -> None:
    """Only what changed can have changed the product."""
    before, after = ([pair[side] for pair in pairs] for side in (0, 1))
    assert split([*before, 7.0], [*after, 7.0])[-1] == 0
