"""How a count may turn out."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.methods.futures import DRAWS, Outcomes, Rate, amounts, successes, two_stages

COUNTS = st.integers(0, 2000)


@pytest.mark.parametrize(
    ("attempts", "rate", "least", "chance"),
    [(20, 0.5, 15, 0.0207), (10, 0.1, 1, 0.6513), (5, 0.4, 3, 0.3174)],
)
def test_known_rate_is_binomial(attempts: int, rate: float, least: int, chance: float) -> None:
    """Tables of the binomial distribution, such as Walpole et al., Probability & Statistics, table A.1."""
    assert successes(attempts, Rate(rate)).at_least(least) == pytest.approx(chance, abs=5e-5)


def test_rate_that_was_seen_is_beta_binomial() -> None:
    """After 0 of 0 every count of ten is as likely as the next: 1/11 each (Laplace)."""
    assert successes(10, Rate(successes=0, trials=0)).at_least(10) == pytest.approx(1 / 11)


def test_rule_of_succession() -> None:
    """Seen 9 of 9, the next one succeeds with (9 + 1) / (9 + 2) (Laplace 1774)."""
    assert successes(1, Rate(successes=9, trials=9)).at_least(1) == pytest.approx(10 / 11)


def test_few_trials_spread_further_than_many() -> None:
    """30% seen in 10 trials leaves a wider range than 30% seen in 1,000."""
    few, many = (successes(100, Rate(successes=3 * n, trials=10 * n)) for n in (1, 100))
    assert few.quantile(0.9) - few.quantile(0.1) > 2 * (many.quantile(0.9) - many.quantile(0.1))


def test_drawn_futures_agree_with_the_exact_ones() -> None:
    """A certain first stage leaves the exact answer, an almost certain one is drawn: within four standard errors."""
    exact = successes(2000, Rate(successes=128, trials=412)).at_least(600)
    drawn = two_stages(2000, Rate(low=1 - 1e-9, high=1 - 1e-9), Rate(successes=128, trials=412)).at_least(600)
    assert drawn == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / DRAWS))


def test_range_holds_eight_cases_of_ten() -> None:
    """A tenth of all rates lies below the cautious one and a tenth above the hopeful one."""
    found = two_stages(10**9, Rate(low=0.2, high=0.4), Rate(1.0))
    assert found.quantile(0.1) / 1e9 == pytest.approx(0.2, abs=0.01)
    assert found.quantile(0.9) / 1e9 == pytest.approx(0.4, abs=0.01)


def test_amounts_hold_eight_cases_of_ten_too() -> None:
    """Lognormal: the middle is the geometric mean of both ends."""
    found = Outcomes.drawn(amounts(50, 200))
    assert [found.quantile(part) for part in (0.1, 0.5, 0.9)] == pytest.approx([50, 100, 200], rel=0.05)


def test_same_question_gives_the_same_futures() -> None:
    """The seed is fixed: two people see one number."""
    first, second = (two_stages(500, Rate(successes=5, trials=90), Rate(0.3)).values.tolist() for _ in range(2))
    assert first == second


def test_columns_hold_everything_and_begin_at_the_target() -> None:
    """No future is lost but the outermost four in a thousand, and the target parts two columns."""
    edges, parts = successes(100, Rate(0.3)).columns(30)
    assert 30 in edges
    assert 0.99 < sum(parts) <= 1 + 1e-9


@given(COUNTS, st.floats(0, 1), COUNTS)
def test_more_needed_is_never_likelier(attempts: int, rate: float, least: int) -> None:
    """The chance falls with the need and lies within 0 and 1."""
    found = successes(attempts, Rate(rate))
    assert 0 <= found.at_least(least + 1) <= found.at_least(least) + 1e-12 <= 1 + 1e-12
    assert found.at_least(0) == pytest.approx(1)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
@settings(max_examples=50)
def test_more_attempts_are_never_less_likely(attempts: int, more: int, hits: int, least: int) -> None:
    """Seen rates too."""
    rate = Rate(successes=hits, trials=2 * hits)
    few, many = (successes(count, rate).at_least(least) for count in (attempts, attempts + more))
    assert few <= many + 1e-9


@pytest.mark.parametrize(("attempts", "rate"), [(1021, 0.02), (300, 0.2), (40_000, 0.5)])
def test_counts_by_the_bent_curve_are_binomial(attempts: int, rate: float) -> None:
    """From a variance of 20 on, every chance between one and 99 in 100 is within four standard errors of the exact."""
    exact = successes(attempts, Rate(rate))
    drawn = two_stages(attempts, Rate(low=1 - 1e-9, high=1 - 1e-9), Rate(rate))
    for part in (0.01, 0.1, 0.5, 0.9, 0.99):
        least = exact.quantile(part)
        chance = exact.at_least(least)
        assert drawn.at_least(least) == pytest.approx(chance, abs=4 * math.sqrt(chance * (1 - chance) / DRAWS))


@settings(max_examples=30, deadline=None)
@given(st.integers(5000, 200_000), st.integers(0, 200_000), st.integers(1, 2000))
def test_more_attempts_never_lower_the_chance(attempts: int, more: int, least: int) -> None:
    """The same chances meet every plan, so that a larger one reaches at least as much in each future."""
    first, second = Rate(low=0.03, high=0.07), Rate(low=0.2, high=0.4)
    few, many = (two_stages(count, first, second).at_least(least) for count in (attempts, attempts + more))
    assert few <= many + 1e-12
