"""The drawing of a chart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.charts import FOOT, TOP, Control, nice_span, nice_top


@pytest.mark.parametrize(("value", "top"), [(1, 1.2), (97, 100), (99, 120), (146.4, 200), (0.05, 0.06)])
def test_axis_ends_at_a_round_number_above_the_value(value: float, top: float) -> None:
    """Two per cent of room at least."""
    assert nice_top(value) == pytest.approx(top)


@pytest.mark.parametrize("value", [0.0, 5e-324, 1e-300, 1e15, 1e300])
def test_axis_of_any_size_has_an_end(value: float) -> None:
    """The smallest number a machine knows cannot be divided by ten."""
    assert nice_top(value) >= value


CONTROL = Control(
    title="1 of 4 values is a signal",
    caption="Values in order of time",
    labels=("1", "2", "3", "4"),
    values=(50.0, 51.0, 49.0, 70.0),
    mean=50,
    lower=45,
    upper=55,
    lit=(3,),
)


def test_control_chart_marks_signals_only() -> None:
    """The one signal is a larger point in the second colour, in both sizes; limits are dashed and the mean is not."""
    drawn = CONTROL.svg()
    assert drawn.count('r="6" fill="var(--pb-c2)"') == 2
    assert drawn.count('r="3"') == 6
    assert drawn.count("stroke-dasharray") == 4
    assert 'aria-label="1 of 4 values is a signal"' in drawn


def test_control_chart_has_everything_on_the_paper() -> None:
    """Values, mean and limits lie between the top of the drawing and its foot."""
    heights = [
        float(found)
        for found in re.findall(r'c[xy]="[\d.]+" cy="([\d.]+)"|y1="([\d.]+)"', CONTROL.svg())
        for found in found
        if found
    ]
    assert len(heights) > 20
    assert all(TOP - 0.1 <= height <= 280 - FOOT + 0.1 for height in heights)


def test_control_chart_in_python_has_the_same_points() -> None:
    """Rules, their labels, the line and its points, with the signal named in the data."""
    made = CONTROL.altair().to_dict()
    assert made["title"]["text"] == CONTROL.title
    rows = made["layer"][2]["data"]["values"]
    assert [row["signal"] for row in rows] == [False, False, False, True]


@given(st.floats(-1e15, 1e15), st.floats(0, 1e15))
def test_span_of_any_size_holds_both_ends(low: float, width: float) -> None:
    """The axis ends below the lowest and above the highest value, and is never empty."""
    bottom, top = nice_span(low, low + width)
    hair = max(abs(low), width) * 1e-12
    assert bottom - hair <= low <= low + width <= top + hair
    assert bottom < top


@pytest.mark.parametrize(
    ("low", "high", "span"),
    [(45.8, 55.8, (45, 57)), (23, 61, (0, 80)), (-3, 5, (-3, 9)), (5, 5, (0, 6)), (0, 0, (0, 1))],
)
def test_span_begins_at_zero_where_zero_is_near(low: float, high: float, span: tuple[float, float]) -> None:
    """A flat line far from 0 is looked at from near; otherwise 0 is the foot."""
    assert nice_span(low, high) == pytest.approx(span)
