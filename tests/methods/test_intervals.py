"""Between what values a share may lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.intervals import wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_score_interval_agrees_with_the_published_examples(
    successes: int, trials: int, low: float, high: float
) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3."""
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_nothing_tried_says_nothing() -> None:
    """Without trials a share may be anything."""
    assert wilson(0, 0) == (0, 1)


@given(st.integers(1, 10**6), st.floats(0, 1))
def test_interval_holds_what_was_seen_and_stays_a_share(trials: int, part: float) -> None:
    """Its ends lie within 0 and 1, around the share itself."""
    low, high = wilson(part * trials, trials)
    assert 0 <= low <= part + 1e-9
    assert part - 1e-9 <= high <= 1


@given(st.integers(1, 10**5), st.floats(0, 1))
def test_more_trials_narrow_the_interval(trials: int, part: float) -> None:
    """Ten times as many with the same share say more."""
    few, many = wilson(part * trials, trials), wilson(part * trials * 10, trials * 10)
    assert many[1] - many[0] < few[1] - few[0]
