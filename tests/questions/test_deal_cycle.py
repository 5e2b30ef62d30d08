"""Step 2: how long a deal takes and how much trust it asks for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import rules
from playbook.errors import InvalidInput
from playbook.i18n import speaking
from playbook.model import NonAnswer
from playbook.questions.deal_cycle import LEVELS, DealCycle, consequences

# Weeks of remission under 6-MP (Freireich et al. 1963), minus where censored; the published median is 23.
REMISSION = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]


def deals(signed: list[int]) -> list[dict[str, Any]]:
    return [{"days": abs(days), "closed": days > 0} for days in signed]


def trust(**asked: Any) -> Any:
    return DealCycle(**asked).solve().trust


def test_open_deals_lengthen_the_median() -> None:
    """With the open ones the median is 23 days; the closed alone would say 10."""
    assert DealCycle(deals=deals(REMISSION)).solve().median_days == 23
    assert DealCycle(deals=deals([days for days in REMISSION if days > 0])).solve().median_days == 10


def test_curve_begins_with_everything_open() -> None:
    """On day 0 all are open; after day 6 three of 21 are gone: 18/21."""
    found = DealCycle(deals=deals(REMISSION)).solve().to_json()["curve"]
    assert found[0] == {"day": 0, "open_share": 1}
    assert found[1] == {"day": 6, "open_share": pytest.approx(18 / 21)}


def test_lost_deals_close_as_won_ones() -> None:
    """Closed says won or lost: a row carries nothing else."""
    with pytest.raises(InvalidInput) as caught:
        DealCycle(deals=[{"days": 3, "closed": True, "won": False}])
    assert caught.value.field == "deals.0.won"


def test_median_that_does_not_exist_is_not_yet() -> None:
    """Two of five have closed: three fifths are open, and the answer says to come back."""
    found = DealCycle(deals=deals([3, 5, -9, -9, -9])).solve()
    assert isinstance(found.median_days, NonAnswer)
    assert found.median_days.status == "not_yet"
    assert found.median_days.reason == "less than half of the deals had closed by day 9"
    assert found.to_json()["trust"]["status"] == "not_yet"
    assert found.face().verdict.kind == "wait"


def test_long_open_deals_are_complex_already() -> None:
    """Nothing has closed by day 70, so the median is longer than 60 days whatever comes."""
    found = DealCycle(deals=deals([-70, -70])).solve()
    assert (found.trust, isinstance(found.median_days, NonAnswer)) == ("complex", True)
    assert "more than 70" in found.face().verdict.say


def test_typed_days_pass_through_without_curve() -> None:
    """9 days as typed are the median of the answer, and there is no curve."""
    found = DealCycle(cycle_days=9).solve().to_json()
    assert found["median_days"] == 9
    assert found["curve"] == []


@pytest.mark.parametrize(
    ("days", "level"), [(0, "impulse"), (7, "impulse"), (7.5, "considered"), (59.9, "considered"), (60, "complex")]
)
def test_days_decide_by_inclusive_thresholds(days: float, level: str) -> None:
    """7 days are still impulse and 60 already complex, as rules.toml has them."""
    assert (rules.get("deal_impulse_days").high, rules.get("deal_complex_days").low) == (7, 60)
    assert trust(cycle_days=days) == level


@pytest.mark.parametrize(("people", "level"), [(1, "impulse"), (2, "considered"), (3, "complex")])
def test_deciders_raise_the_level(people: int, level: str) -> None:
    """One person keeps a quick deal impulse, two make it considered, three complex."""
    assert trust(cycle_days=1, deciders=people) == level


@pytest.mark.parametrize(
    ("order", "level"), [(5_000, "impulse"), (5_001, "considered"), (299_999, "considered"), (300_000, "complex")]
)
def test_order_is_measured_in_monthly_incomes(order: float, level: str) -> None:
    """In roubles an income is 100,000: 5% of it is impulse, three of them complex."""
    with speaking("en", "RUB"):
        assert trust(cycle_days=1, average_order_value=order) == level


def test_most_demanding_fact_decides() -> None:
    """One day, one person, but an order of a year's income."""
    with speaking("en", "RUB"):
        found = DealCycle(cycle_days=1, deciders=1, average_order_value=1_200_000).solve()
        assert found.trust == "complex"
        assert found.face().verdict.say == "An order is ₽1,200,000; from ₽300,000 on a deal is complex."


def test_each_kind_has_its_own_consequences() -> None:
    """Impulse asks for speed and price, a complex deal for materials by role; none share a line."""
    lists = [consequences(level) for level in LEVELS]
    assert min(map(len, lists)) >= 4
    assert len({line for lines in lists for line in lines}) == sum(map(len, lists))


def test_two_sources_are_refused() -> None:
    """Typed days and deals at once contradict each other."""
    with pytest.raises(InvalidInput) as caught:
        DealCycle(cycle_days=9, deals=deals([3]))
    assert (caught.value.what, caught.value.saw) == (
        "The cycle is given twice: typed and as deals.",
        "cycle_days=9, deals=1",
    )


def test_no_source_is_refused() -> None:
    """Deciders alone do not make a cycle."""
    with pytest.raises(InvalidInput) as caught:
        DealCycle(deciders=2)
    assert caught.value.hint == "give 'cycle_days', or 'deals' with days and closed"


def test_empty_list_of_deals_is_refused() -> None:
    """A list needs at least one deal."""
    with pytest.raises(InvalidInput) as caught:
        DealCycle(deals=[])
    assert caught.value.field == "deals"


def test_chart_marks_the_median_day() -> None:
    """The drawn curve has the day of the title, whatever the step between its points."""
    with speaking("en"):
        chart = DealCycle(deals=deals([days * 11 for days in REMISSION])).solve().face().chart
    assert chart is not None
    assert chart.title == "Half of the deals are closed by day 253"
    assert "253" in chart.labels
    assert len(chart.values) <= 45


@given(
    rows=st.lists(st.tuples(st.floats(0, 3650), st.booleans()), min_size=1, max_size=40),
    people=st.none() | st.integers(1, 1000),
    order=st.none() | st.floats(0, 1e15),
)
def test_every_list_of_deals_has_answer(
    rows: list[tuple[float, bool]], people: int | None, order: float | None
) -> None:
    """Any deals within the bounds give an answer and a face; a number only where half has closed."""
    asked = [{"days": days, "closed": closed} for days, closed in rows]
    found = DealCycle(deals=asked, deciders=people, average_order_value=order).solve()
    face = found.face()
    assert face.verdict.say
    assert face.chart is not None
    assert face.chart.svg()
    assert found.to_json()["curve"]
    assert not isinstance(found.median_days, float) or found.median_days <= max(days for days, _ in rows)
