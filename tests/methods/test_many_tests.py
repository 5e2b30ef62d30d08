"""Several tests at once, several looks at one test, and the split."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods import many_tests as many

BH_1995 = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
)
"""The fifteen p-values of Benjamini, Hochberg 1995, J. R. Stat. Soc. B 57, 289-300, section 4."""
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_benjamini_and_hochberg_find_four_where_bonferroni_finds_three() -> None:
    """The paper's own example: four hypotheses are rejected at 0.05, three by familywise control."""
    assert sum(value <= 0.05 for value in many.adjusted(BH_1995, "fdr_bh")) == 4
    assert sum(value <= 0.05 for value in many.adjusted(BH_1995, "holm")) == 3


def test_holm_by_hand() -> None:
    """Holm 1979: 0.01 × 3; then 0.03 × 2; then 0.04 × 1, not below the one before it."""
    assert many.adjusted((0.01, 0.04, 0.03), "holm") == pytest.approx((0.03, 0.06, 0.06))


def test_benjamini_hochberg_by_hand() -> None:
    """0.01 × 3/1, 0.03 × 3/2, 0.04 × 3/3, none above the one after it."""
    assert many.adjusted((0.01, 0.04, 0.03), "fdr_bh") == pytest.approx((0.03, 0.04, 0.04))


def test_benjamini_yekutieli_by_hand() -> None:
    """The same times 1 + 1/2 + 1/3."""
    assert many.adjusted((0.01, 0.04, 0.03), "fdr_by") == pytest.approx((0.055, 0.22 / 3, 0.22 / 3))


@pytest.mark.parametrize(("looks", "rate"), [(1, 0.05), (2, 0.083), (3, 0.107), (5, 0.142), (10, 0.193)])
def test_false_alarms_are_those_of_the_table(looks: int, rate: float) -> None:
    """Armitage, McPherson, Rowe 1969, J. R. Stat. Soc. A 132, 235-244, table 2, at a nominal 5%."""
    assert many.false_alarms(looks, 0.05) == pytest.approx(rate, abs=6e-4)


@pytest.mark.parametrize(("looks", "level"), [(2, 0.0294), (3, 0.0221), (4, 0.0182), (5, 0.0158), (10, 0.0106)])
def test_levels_are_those_of_pocock(looks: int, level: float) -> None:
    """Pocock 1977, Biometrika 64, 191-199, table 1, at an overall 5%."""
    assert many.level_per_look(looks, 0.05) == pytest.approx(level, abs=6e-5)


def test_integral_agrees_with_drawn_tests() -> None:
    """Twenty thousand series of ten looks, an independent route."""
    sums = np.cumsum(np.random.default_rng(3).normal(size=(20_000, 10)), axis=1) / np.sqrt(np.arange(1, 11))
    called = (np.abs(sums) > 1.959964).any(axis=1).mean()
    assert many.false_alarms(10, 0.05) == pytest.approx(called, abs=0.01)


def test_broken_split_of_the_paper() -> None:
    """Kohavi, Tang, Xu 2020, ch. 21: 821,588 against 815,482 users of a 50/50 split, p-value 1.8e-6."""
    assert many.split_p_value((821_588, 815_482), (1, 1)) == pytest.approx(1.8e-6, rel=0.05)


def test_chi_square_of_the_scipy_manual() -> None:
    """SciPy manual, chisquare([16, 18, 16, 14, 12, 12]): 2.0 with p-value 0.84914503608460956."""
    assert many.split_p_value((16, 18, 16, 14, 12, 12), (1,) * 6) == pytest.approx(0.84914503608460956)


@given(P_VALUES, st.sampled_from(["holm", "fdr_bh", "fdr_by"]))
def test_together_never_counts_for_more_than_alone(values: list[float], method: many.Method) -> None:
    """Each is at least what it was, at most 1, and the order stays."""
    found = many.adjusted(values, method)
    assert all(was <= now + 1e-12 and now <= 1 for was, now in zip(values, found, strict=True))
    pairs = sorted(zip(values, found, strict=True))
    assert [now for _, now in pairs] == sorted(now for _, now in pairs)


@given(st.integers(1, 30), st.floats(0.001, 0.5))
def test_one_more_look_is_never_safer(looks: int, alpha: float) -> None:
    """The risk grows with the looks and stays a share."""
    assert alpha - 1e-9 <= many.false_alarms(looks, alpha) <= many.false_alarms(looks + 1, alpha) + 1e-9 <= 1 + 1e-9
