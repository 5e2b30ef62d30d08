"""The drawing of a chart."""

from __future__ import annotations

import pytest

from playbook.charts import nice_top


@pytest.mark.parametrize(("value", "top"), [(1, 1.2), (97, 100), (99, 120), (146.4, 200), (0.05, 0.06)])
def test_axis_ends_at_a_round_number_above_the_value(value: float, top: float) -> None:
    """Two per cent of room at least."""
    assert nice_top(value) == pytest.approx(top)


@pytest.mark.parametrize("value", [0.0, 5e-324, 1e-300, 1e15, 1e300])
def test_axis_of_any_size_has_an_end(value: float) -> None:
    """The smallest number a machine knows cannot be divided by ten."""
    assert nice_top(value) >= value
