"""Slips of the pen between two words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.spelling import slips

WORDS = st.text("abcde", max_size=7)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("дорого", "дорго", 1),  # left out
        ("дорого", "дороого", 1),  # added
        ("дорого", "дарого", 1),  # changed
        ("дорого", "дроого", 1),  # swapped
        ("kitten", "sitting", 3),  # the textbook's example
        ("", "abc", 3),
        ("same", "same", 0),
    ],
)
def test_slips_are_counted(one: str, other: str, expected: int) -> None:
    """One for each letter left out, added, changed, or swapped with its neighbour."""
    assert slips(one, other, 9) == expected


def test_more_than_asked_for_is_none() -> None:
    """Two slips are too many where one is allowed."""
    assert slips("price", "prxcy", 1) is None
    assert slips("price", "pricelist", 3) is None


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways(one: str, other: str) -> None:
    """And 0 only between equal words."""
    assert slips(one, other, 9) == slips(other, one, 9)
    assert (slips(one, other, 9) == 0) == (one == other)


@given(WORDS, WORDS, st.integers(0, 4))
def test_limit_changes_nothing_below_it(one: str, other: str, most: int) -> None:
    """The quick look at the letters never hides a near word."""
    whole = slips(one, other, 9)
    assert slips(one, other, most) == (whole if whole is not None and whole <= most else None)
