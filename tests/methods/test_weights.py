"""Weighted sums, and how often each choice comes first when weights are moved."""

from __future__ import annotations

import pytest

from playbook.methods.weights import first_places, weighted


def test_score_is_average_by_weights() -> None:
    """(3 × 80 + 1 × 40) / 4 = 70 and (3 × 20 + 1 × 60) / 4 = 30."""
    assert weighted([3, 1], [[80, 20], [40, 60]]) == pytest.approx((70, 30))


def test_scale_of_weights_does_not_matter() -> None:
    """Weights 3 and 1 say the same as 6 and 2."""
    assert weighted([3, 1], [[80, 20], [40, 60]]) == weighted([6, 2], [[80, 20], [40, 60]])


def test_better_everywhere_is_always_first() -> None:
    """No weights put first what is worse by every criterion."""
    assert first_places([5, 1], [[90, 10], [80, 20]], by=0.25, draws=200, seed=3) == (1, 0)


def test_equal_choices_share_first_places() -> None:
    """Two choices with the same scores have half of the first places each."""
    assert first_places([5, 1], [[60, 60], [40, 40]], by=0.25, draws=200, seed=3) == (0.5, 0.5)


def test_same_seed_gives_the_same_answer() -> None:
    """Two runs agree to the last digit, and another seed does not."""
    table = [[100.0, 0.0], [0.0, 100.0]]
    runs = [first_places([1, 1], table, by=0.25, draws=1000, seed=seed) for seed in (7, 7, 8)]
    assert runs[0] == runs[1] != runs[2]


def test_mirrored_choices_win_about_half() -> None:
    """Equal weights shaken alike: each wins in 50% of 10,000 draws, give or take three errors of 0.5%."""
    found = first_places([1, 1], [[100, 0], [0, 100]], by=0.25, draws=10_000, seed=7)
    assert found[0] == pytest.approx(0.5, abs=0.015)
    assert sum(found) == pytest.approx(1)
