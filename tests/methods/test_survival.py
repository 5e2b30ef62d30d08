"""The product-limit estimate against published examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.survival import median, still_open

# Weeks of remission under 6-MP (Freireich et al. 1963, Blood 21, 699-716), minus where censored.
REMISSION = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def curve(signed: list[float]) -> dict[float, float]:
    return dict(still_open([abs(time) for time in signed], [time > 0 for time in signed]))


def test_remission_curve_is_the_published_one() -> None:
    """0.857, 0.807, 0.753, 0.690, 0.627, 0.538 and 0.448 at weeks 6 to 23."""
    expected = {0: 1, 6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert curve(list(map(float, REMISSION))) == pytest.approx(expected, abs=5e-4)


def test_remission_median_is_23_weeks() -> None:
    """The published median of the treated is 23 weeks."""
    assert median(list(curve(list(map(float, REMISSION))).items())) == 23


def test_placebo_median_is_8_weeks() -> None:
    """Without censoring the estimate is the plain share: the median of the untreated is 8 weeks."""
    assert median(list(curve(list(map(float, PLACEBO))).items())) == 8


def test_example_of_the_first_paper() -> None:
    """Kaplan and Meier 1958: 7/8, 7/10, 21/40 and 21/80 at 0.8, 3.1, 5.4 and 9.2 months."""
    found = curve([0.8, -1.0, -2.7, 3.1, 5.4, -7.0, 9.2, -12.1])
    assert found == pytest.approx({0: 1, 0.8: 7 / 8, 3.1: 7 / 10, 5.4: 21 / 40, 9.2: 21 / 80})


def test_censored_at_a_time_counts_at_it() -> None:
    """One ends and one is censored on day 5: of two at risk one is still open."""
    assert curve([5, -5]) == {0: 1, 5: 0.5}


def test_exactly_half_is_the_median() -> None:
    """Of four the second ends at 2: half is open, so 2 is the median."""
    assert median(still_open([1, 2, 3, 4], [True] * 4)) == 2


def test_half_on_paper_is_half_in_bits() -> None:
    """6/7 × 5/6 × 4/5 × 7/8 is one half however the product rounds."""
    assert median([(0.0, 1.0), (4.0, 6 / 7 * 5 / 6 * 4 / 5 * 7 / 8)]) == 4


def test_median_is_absent_when_most_are_open() -> None:
    """One of three has ended: the curve stops at two thirds."""
    assert median(still_open([1, 9, 9], [True, False, False])) is None


@given(st.lists(st.tuples(st.floats(0, 1e4), st.booleans()), min_size=1, max_size=60))
def test_curve_falls_from_one_towards_zero(rows: list[tuple[float, bool]]) -> None:
    """The share never rises and stays between 0 and 1; it ends at 0 only when the longest has ended."""
    shares = [share for _, share in still_open([time for time, _ in rows], [over for _, over in rows])]
    assert shares == sorted(shares, reverse=True)
    assert 0 <= shares[-1] <= shares[0] <= 1
