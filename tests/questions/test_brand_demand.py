"""Demand for the firm's name: halves of the periods by hand, and the interval of their difference as published."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.questions.brand_demand import BrandDemand, Change, Demand
from tests.questions.spoken import face, unspoken


def rows(*visits: tuple[int, int], **more: Any) -> list[dict[str, Any]]:
    """Periods of these visits and direct visits."""
    return [{"name": str(n), "visits": all_, "direct": direct, **more} for n, (all_, direct) in enumerate(visits, 1)]


def solved(periods: list[dict[str, Any]]) -> Demand:
    """The answer."""
    return BrandDemand(periods=periods).solve()


def test_later_half_is_held_against_the_earlier_one() -> None:
    """80 visits with 48 direct ones, then 70 with 56: 60% and 80%, of five periods the middle one is a later one."""
    found = solved(rows((40, 24), (40, 24), (30, 26), (20, 15), (20, 15)))
    assert isinstance(found.direct, Change)
    assert (found.direct.before, found.direct.after) == (pytest.approx(0.6), pytest.approx(0.8))


def test_difference_has_the_published_interval() -> None:
    """Newcombe 1998, Stat. Med. 17, 873-890, table II (a): 56/70 - 48/80 is 0.0524 to 0.3339 by method 10."""
    found = solved(rows((40, 24), (40, 24), (35, 28), (35, 28))).direct
    assert isinstance(found, Change)
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))


def test_growth_beyond_chance_is_said() -> None:
    """10% of 2,000 against 16% of 2,000; back again it falls; 10% against 10.5% is chance."""
    assert solved(rows(*[(1000, 100)] * 2, *[(1000, 160)] * 2)).told == "grows"
    assert solved(rows(*[(1000, 160)] * 2, *[(1000, 100)] * 2)).told == "falls"
    assert solved(rows(*[(1000, 100)] * 2, *[(1000, 105)] * 2)).told == "same"


def test_two_shares_that_part_ways_are_no_growth() -> None:
    """More come by themselves and fewer by the name."""
    earlier, later = {"direct": 100, "branded": 200}, {"direct": 200, "branded": 100}
    periods = [{"name": str(n), "visits": 1000, **(earlier if n < 3 else later)} for n in range(1, 5)]
    assert solved(periods).told == "cannot_tell"


def test_client_costs_what_was_spent_on_the_later_half() -> None:
    """1,000 for 10 clients and nothing known of the third period."""
    periods = rows(*[(1000, 100)] * 4, spend=500, clients=5)
    periods[2]["spend"] = None
    assert solved(periods).cac == 100


def test_other_media_load_is_said() -> None:
    """Half as much again is spent: the halves are no longer alike."""
    periods = rows(*[(1000, 100)] * 4)
    for one, spend in zip(periods, (100, 100, 150, 150), strict=True):
        one["spend"] = spend
    assert solved(periods).media_load == pytest.approx(0.5)
    shown, _ = face("brand-demand", {"periods": periods}, "en")
    assert any("Spend grew by 50%" in note for note in shown.notes)


def test_three_periods_are_no_comparison_yet() -> None:
    """Named, with what is needed."""
    assert solved(rows(*[(10, 1)] * 3)).to_json()["direct_share"]["status"] == "not_yet"


def test_parts_of_visits_are_no_more_than_the_visits() -> None:
    """Said beside the row."""
    with pytest.raises(InvalidInput) as told:
        solved(rows((10, 11)))
    assert told.value.field == "periods.0.visits"


def test_russian_page_is_russian() -> None:
    """Every sentence of the face is in the catalogue."""
    periods = rows(*[(1000, 100)] * 2, *[(1000, 160)] * 2, branded=50, leads=20, spend=10, clients=1)
    assert not unspoken(face("brand-demand", {"periods": periods}, "ru")[1])


@given(st.lists(st.tuples(st.integers(1, 10_000), st.floats(0, 1)), min_size=4, max_size=20))
def test_shares_are_between_their_periods(found: list[tuple[int, float]]) -> None:
    """A pooled share is never above the largest nor below the smallest of its periods."""
    direct = solved(rows(*[(visits, round(visits * part)) for visits, part in found])).direct
    assert isinstance(direct, Change)
    later = [round(visits * part) / visits for visits, part in found[len(found) // 2 :]]
    assert min(later) - 1e-9 <= direct.after <= max(later) + 1e-9
