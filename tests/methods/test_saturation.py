"""Whether interviews still bring anything new."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.saturation import newly_heard, share_of_new

INTERVIEWS = st.lists(st.frozensets(st.sampled_from("abcdefgh")), max_size=12)


@given(INTERVIEWS)
def test_every_theme_is_new_once(interviews: list[frozenset[str]]) -> None:
    """However the themes fall, the new ones add up to all there are."""
    assert sum(newly_heard(interviews)) == len(set().union(*interviews))


def test_share_is_of_the_first_ones() -> None:
    """Five themes in the first four talks, one new in the last two: 1 of 5."""
    first = [{"price", "term"}, {"price", "trust"}, {"noise"}, {"trust", "place"}]
    assert share_of_new([*first, {"price"}, {"stains"}], base=4, run=2) == pytest.approx(0.2)


def test_nothing_is_said_of_too_few() -> None:
    """Five interviews are fewer than four and two."""
    assert share_of_new([{"a"}] * 5, base=4, run=2) is None


def test_no_theme_at_first_gives_no_share() -> None:
    """There is nothing to be a share of."""
    assert share_of_new([set(), set(), set(), set(), {"a"}, {"b"}], base=4, run=2) is None
