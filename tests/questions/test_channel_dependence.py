"""What hangs on the largest source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.questions.channel_dependence import ChannelDependence
from tests.questions.spoken import face, unspoken


def rows(*values: float, of: str = "leads") -> list[dict[str, object]]:
    """Sources with these leads, or this revenue."""
    return [{"name": f"источник {place}", of: value} for place, value in enumerate(values, 1)]


def test_share_of_the_largest() -> None:
    """70 of 100, wherever it stands in the list."""
    answer = ChannelDependence(sources=rows(10, 70, 20)).solve()
    assert answer.largest_share == pytest.approx(0.7)
    assert [part.value for part in answer.shares] == [70, 20, 10]


def test_limit_itself_is_within() -> None:
    """60% is our limit and still fine; 61% is too much."""
    assert ChannelDependence(sources=rows(60, 40)).solve().face().verdict.kind == "yes"
    assert ChannelDependence(sources=rows(61, 39)).solve().face().verdict.kind == "no"


def test_one_channel_is_never_enough() -> None:
    """A01: sales on one channel are no system, and a second one without leads is none."""
    assert ChannelDependence(sources=rows(50)).solve().face().verdict.kind == "no"
    assert ChannelDependence(sources=rows(50, 0)).solve().face().verdict.kind == "no"


def test_flip_is_what_the_others_must_bring() -> None:
    """90 of 100: with 50 more of the others it is 90 of 150, the limit of 60%."""
    shown, _ = face("channel-dependence", {"sources": rows(90, 10)}, "en")
    assert "50 more" in shown.verdict.flip
    assert ChannelDependence(sources=rows(90, 60)).solve().largest_share == pytest.approx(0.6)


def test_nothing_anywhere_is_undefined() -> None:
    """No whole, no part."""
    for sources in (rows(), rows(0, 0)):
        assert ChannelDependence(sources=sources).solve().to_json()["largest_share"]["status"] == "undefined"


def test_leads_and_revenue_are_not_mixed() -> None:
    """Said beside the list."""
    with pytest.raises(InvalidInput, match="leads and others revenue"):
        ChannelDependence(sources=[*rows(5), *rows(900, of="revenue")])


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=8), st.floats(0.01, 100))
def test_scale_does_not_matter(values: list[float], factor: float) -> None:
    """Ten times the leads of everyone are the same dependence."""
    one = ChannelDependence(sources=rows(*values)).solve().shares
    more = ChannelDependence(sources=rows(*(value * factor for value in values))).solve().shares
    assert [part.share for part in one] == pytest.approx([part.share for part in more], abs=1e-6)


@pytest.mark.parametrize("sources", [rows(), rows(5), rows(60, 40), rows(90, 10), rows(900, 10, of="revenue")])
def test_russian_face_is_russian(sources: list[dict[str, object]]) -> None:
    """Every sentence, whatever the verdict."""
    assert unspoken(face("channel-dependence", {"sources": sources}, "ru")[1]) == []
