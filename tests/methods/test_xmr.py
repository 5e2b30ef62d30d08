"""Charts of single values: published limits, each rule of signals, and what does not change the answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.xmr import Chart, Signal, chart

# Flow rate of ten batches (NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2).
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
ROW = st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=40)


def made(values: list[float], **more: object) -> Chart:
    found = chart(values, **more)  # type: ignore[arg-type]
    assert found is not None
    return found


def signals(values: list[float], **more: object) -> list[tuple[int, str]]:
    return [(signal.index, signal.rule) for signal in made(values, **more).signals]


def test_flow_rate_limits_are_the_published_ones() -> None:
    """Mean 50.81, average moving range 1.8778, limits 45.8159 and 55.8041; NIST divides by 1.128 where 2.66 stands."""
    found = made(FLOW)
    assert (found.mean, found.average_moving_range) == pytest.approx((50.81, 1.8778), abs=5e-5)
    assert (found.lower, found.upper) == pytest.approx((45.8159, 55.8041), abs=1e-3)
    assert found.upper_range == pytest.approx(3.267 * 16.9 / 9)
    assert found.signals == ()


@pytest.mark.parametrize("values", [[], [7.0]])
def test_one_value_has_no_limits(values: list[float]) -> None:
    """There is no moving range."""
    assert chart(values) is None


def test_value_beyond_the_limit_is_a_signal() -> None:
    """Mean 140/11 = 12.7, average moving range 60/10 = 6, upper limit 28.7: only the 40, at index 7, is beyond."""
    values = [10.0] * 7 + [40.0] + [10.0] * 3
    assert signals(values) == [(7, "beyond_limit")]
    assert made(values).jumps == (7, 8)


def test_value_on_the_limit_is_noise() -> None:
    """A base of 0.1 and 0.3 has mean 0.2, step 0.2 and the limit 0.732, decimal by decimal."""
    assert signals([0.1, 0.3, 0.732], base=slice(2)) == []
    assert signals([0.1, 0.3, 0.7321], base=slice(2)) == [(2, "beyond_limit")]


def test_eight_on_one_side_are_a_signal_and_seven_are_not() -> None:
    """Around 0 by a base of -10 and 10: the eighth above it, at index 9, completes the run, and the ninth goes on."""
    base = [-10.0, 10.0]
    assert signals([*base, -1, *[1] * 7], base=slice(2)) == []
    assert signals([*base, -1, *[1] * 9], base=slice(2)) == [(10, "eight_on_one_side"), (11, "eight_on_one_side")]


def test_value_on_the_mean_ends_a_run() -> None:
    """It lies on neither side."""
    assert signals([-10, 10, -1, *[1] * 7, 0, *[1] * 7], base=slice(2)) == []


def test_two_of_three_beyond_two_thirds_are_a_signal() -> None:
    """A base of ±10 reaches 53.2 to a side, two thirds of it are 35.47: two of 36 near each other are a signal."""
    assert signals([-10, 10, 36, 0, 36], base=slice(2)) == [(4, "two_of_three")]
    assert signals([-10, 10, 35, 0, 36], base=slice(2)) == []
    assert signals([-10, 10, 36, 0, 0, 36], base=slice(2)) == []


def test_two_of_three_lie_on_the_same_side() -> None:
    """Far above and far below is spread, not a shift."""
    assert signals([-10, 10, 36, -36, 0], base=slice(2)) == []


def test_counts_have_no_limit_below_zero() -> None:
    """1 and 5: mean 3, step 4, lower limit -7.64, which is 0 for counts; the upper one stays 13.64."""
    assert (made([1, 5]).lower, made([1, 5], counts=True).lower) == pytest.approx((-7.64, 0))
    assert made([1, 5], counts=True).upper == pytest.approx(13.64)


def test_equal_values_have_no_spread_and_no_signal() -> None:
    """Nine times 0.1 has the mean 0.1 to the last bit."""
    assert made([0.1] * 9) == Chart(0.1, 0.0, 0.1, 0.1, 0.0, (), ())


def test_limits_may_come_from_earlier_values_alone() -> None:
    """With the 30 in the base the limits widen to 31.3 and hide it; from the six before it they are 5.8 and 16.2."""
    values = [10.0, 12, 10, 12, 10, 12, 30]
    assert made(values, base=slice(6)).upper == pytest.approx(11 + 2.66 * 2)
    assert signals(values, base=slice(6)) == [(6, "beyond_limit")]


@given(ROW, st.integers(-1000, 1000))
def test_shift_moves_limits_and_keeps_signals(values: list[int], shift: int) -> None:
    """What is added to every value is added to the mean and the limits, and the steps stay."""
    plain, moved = made(list(map(float, values))), made([float(value + shift) for value in values])
    assert (moved.mean, moved.upper, moved.lower) == pytest.approx(
        (plain.mean + shift, plain.upper + shift, plain.lower + shift), abs=1e-6
    )
    assert (moved.upper_range, moved.signals, moved.jumps) == (plain.upper_range, plain.signals, plain.jumps)


@given(ROW, st.sampled_from([0.25, 2, 8, -1]))
def test_unit_of_the_values_does_not_matter(values: list[int], scale: float) -> None:
    """In thousands or turned upside down, the same values are signals."""
    plain, scaled = made(list(map(float, values))), made([value * scale for value in values])
    assert scaled.average_moving_range == pytest.approx(abs(scale) * plain.average_moving_range)
    assert scaled.signals == plain.signals


@given(ROW)
def test_reading_backwards_keeps_limits(values: list[int]) -> None:
    """Time may run either way for mean and limits, and for which values lie beyond them."""
    there, back = made(list(map(float, values))), made(list(map(float, reversed(values))))
    assert (there.mean, there.upper, there.lower) == (back.mean, back.upper, back.lower)
    beyond = [
        sorted(found)
        for found in (_beyond(there.signals), [len(values) - 1 - place for place in _beyond(back.signals)])
    ]
    assert beyond[0] == beyond[1]


@given(ROW, st.integers(1, 10_000))
def test_value_further_out_stays_beyond(values: list[int], more: int) -> None:
    """Against limits of the others, a last value that is beyond stays beyond when it moves further away."""
    others = slice(len(values))
    last = made(list(map(float, values))).upper + 1
    for end in (last, last + more):
        assert Signal(len(values), "beyond_limit") in made([*map(float, values), end], base=others).signals


def _beyond(found: tuple[Signal, ...]) -> list[int]:
    return [signal.index for signal in found if signal.rule == "beyond_limit"]
