"""Quantiles of counted values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.waiting import quantile


def test_half_and_nine_tenths_of_ten() -> None:
    """Of 1 to 10 the fifth is the half, the ninth nine tenths."""
    counted = [(float(value), 1) for value in range(10, 0, -1)]
    assert (quantile(counted, 0.5), quantile(counted, 0.9)) == (5, 9)


def test_nothing_counted_has_no_quantile() -> None:
    """Neither an empty list nor rows of nobody."""
    assert quantile([], 0.5) is None
    assert quantile([(3.0, 0)], 0.5) is None


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 4)), min_size=1, max_size=20),
    st.sampled_from([0.1, 0.5, 0.75, 0.9, 1.0]),
)
def test_counted_quantile_is_that_of_the_written_out_list(counted: list[tuple[int, int]], part: float) -> None:
    """The method `inverted_cdf` of numpy is the same definition."""
    written = [value for value, count in counted for _ in range(count)]
    assert quantile(counted, part) == pytest.approx(np.quantile(written, part, method="inverted_cdf"))
