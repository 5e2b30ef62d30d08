"""Two samples against one another."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.methods import two_samples as two
from playbook.methods.two_samples import Means, Shares

COUNT = st.integers(1, 300)


def shares(n: int, part: float) -> Shares:
    return Shares(n, round(n * part))


def test_pooled_test_agrees_with_r() -> None:
    """R: prop.test(c(83, 90), c(86, 93), correct = FALSE) of Fleiss's smokers, whose statistic is the square of z."""
    a, b = Shares(86, 83), Shares(93, 90)
    z = 0.0975  # (90/93 - 83/86) / sqrt(p q (1/86 + 1/93)) with p = 173/179, by hand
    assert two.pooled(a, b) == pytest.approx(math.erfc(z / math.sqrt(2)), abs=1e-3)


def test_fishers_tea() -> None:
    """Of the 70 tables of four and four, 34 are as unlikely as 3 and 1 or more: 34/70 (R prints one side, 0.2429)."""
    assert two.fisher(Shares(4, 3), Shares(4, 1)) == pytest.approx(0.4857, abs=5e-5)


def test_fishers_twins() -> None:
    """R, help(fisher.test), Convictions: 2 of 17 and 10 of 13; less-sided 0.0004652, two-sided 0.0005367."""
    assert two.fisher(Shares(17, 2), Shares(13, 10)) == pytest.approx(0.0005367, abs=5e-8)


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        (Shares(80, 48), Shares(70, 56), 0.0524, 0.3339),
        (Shares(10, 3), Shares(10, 9), 0.1705, 0.8090),
        (Shares(29, 0), Shares(56, 5), -0.0381, 0.1926),
        (Shares(20, 0), Shares(10, 10), 0.6791, 1.0),
    ],
)
def test_interval_agrees_with_the_published_examples(a: Shares, b: Shares, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10."""
    assert two.newcombe(a, b, 0.95) == pytest.approx((low, high), abs=6e-5)


def test_welch_agrees_with_students_sleep() -> None:
    """R, t.test(extra ~ group, data = sleep): df = 17.776, p-value = 0.07939, interval -3.3654832 to 0.2054832."""
    a, b = Means(10, 0.75, 1.789010), Means(10, 2.33, 2.002249)
    found = two.welch(a, b)
    assert found is not None
    assert found == pytest.approx((0.07939, 17.776), rel=1e-4)
    assert two.welch_interval(b, a, found[1], 0.95) == pytest.approx((-3.3654832, 0.2054832), abs=1e-5)


def test_nothing_varies() -> None:
    """Without spread there is no test; with all alike there is none either."""
    assert two.welch(Means(5, 1, 0), Means(5, 2, 0)) is None
    assert two.pooled(Shares(5, 5), Shares(7, 7)) is None


def test_equal_variants_win_by_halves() -> None:
    """10 of 100 against 10 of 100."""
    assert two.bayes(Shares(100, 10), Shares(100, 10))[0] == pytest.approx(0.5, abs=1e-6)


def test_chance_to_win_in_closed_form() -> None:
    """Against Beta(1, 1), Beta(2, 1) wins with 2/3; the loss is E max(a - b, 0) = 1/12."""
    wins, loss = two.bayes(Shares(0, 0), Shares(1, 1))
    assert wins == pytest.approx(2 / 3, abs=1e-6)
    assert loss == pytest.approx(1 / 12, abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(COUNT, COUNT, st.floats(0, 1), st.floats(0, 1))
def test_quadrature_agrees_with_drawn_shares(n1: int, n2: int, r1: float, r2: float) -> None:
    """Two independent routes to the chance to win and to the loss."""
    a, b, rng = shares(n1, r1), shares(n2, r2), np.random.default_rng(1)
    x = rng.beta(a.hits + 1, a.n - a.hits + 1, 40_000)
    y = rng.beta(b.hits + 1, b.n - b.hits + 1, 40_000)
    wins, loss = two.bayes(a, b)
    assert wins == pytest.approx(float((y > x).mean()), abs=0.015)
    assert loss == pytest.approx(float(np.maximum(x - y, 0).mean()), abs=0.005)


@given(COUNT, COUNT, st.floats(0, 1), st.floats(0, 1))
def test_swapping_the_variants_mirrors_everything(n1: int, n2: int, r1: float, r2: float) -> None:
    """P-values stay, intervals change their sign."""
    a, b = shares(n1, r1), shares(n2, r2)
    low, high = two.newcombe(a, b, 0.95)
    assert two.newcombe(b, a, 0.95) == pytest.approx((-high, -low))
    assert two.fisher(a, b) == pytest.approx(two.fisher(b, a))
    assert low - 1e-9 <= b.rate - a.rate <= high + 1e-9


def test_sequence_is_wider_than_one_look_and_narrowest_at_its_tuning() -> None:
    """One look reaches 1.96 standard errors; the sequence tuned to it about 3, and more when tuned elsewhere."""
    width = {tuning: two.sequence(1e-4, 10_000, 0.95, tuning) / 0.01 for tuning in (100, 10_000, 10**7)}
    assert 1.96 < width[10_000] < 3.2
    assert width[10_000] < min(width[100], width[10**7])


def test_sequence_holds_at_every_look() -> None:
    """Of 400 tests without a difference, watched at each of 2,000 people, 5% and three errors are called at most."""
    rng = np.random.default_rng(7)
    sums = np.cumsum(rng.normal(size=(400, 2000)), axis=1)
    n = np.arange(1, 2001)
    reach = np.array([two.sequence(1 / count, count, 0.95, 500) for count in n]) * n
    assert (np.abs(sums[:, 20:]) > reach[20:]).any(axis=1).mean() < 0.05 + 3 * math.sqrt(0.05 * 0.95 / 400)
