"""The Net Promoter Score and its interval, worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.nps import interval, score

PART = st.integers(0, 10_000)


def test_margin_is_that_of_a_difference_of_two_shares() -> None:
    """0.60 + 0.15 - 0.45² = 0.5475, and 196 · √(0.5475 / 100) = 14.503."""
    assert score(60, 15, 100) == 45
    assert interval(60, 15, 100, adjusted=False) == pytest.approx((14.503, 30.497, 59.503), abs=1e-3)


def test_adjusted_interval_adds_three_answers() -> None:
    """10 promoters of 10: (11.5/13 - (10/13)²)/13 = 0.022531 and 196 times its root is 29.42 around 76.92."""
    assert interval(10, 0, 10, adjusted=True) == pytest.approx((29.42, 47.50, 100), abs=0.01)
    assert interval(10, 0, 10, adjusted=False) == (0, 100, 100)


def test_score_lies_within_its_adjusted_interval() -> None:
    """One promoter: -48.5 to 98.5 by the formula, and 100 was the score."""
    assert interval(1, 0, 1, adjusted=True)[1:] == pytest.approx((-48.5, 100))


@given(PART, PART, PART, st.booleans())
def test_interval_holds_the_score_and_stays_on_the_scale(up: int, middle: int, down: int, adjusted: bool) -> None:
    """From -100 to 100, and turned over when promoters and detractors change places."""
    of = up + middle + down or 1
    margin, low, high = interval(up, down, of, adjusted=adjusted)
    assert -100 <= low <= score(up, down, of) <= high <= 100
    mirrored = interval(down, up, of, adjusted=adjusted)
    assert (margin, -high, -low) == pytest.approx(mirrored)


@given(PART, PART, PART)
def test_four_times_the_answers_halve_the_margin(up: int, middle: int, down: int) -> None:
    """The margin shrinks with the root of the number of answers."""
    of = up + middle + down or 1
    one, four = (interval(times * up, times * down, times * of, adjusted=False)[0] for times in (1, 4))
    assert four == pytest.approx(one / 2)
