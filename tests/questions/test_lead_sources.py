"""Cheap leads and dear ones, by what each unit of money brings back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.questions.lead_sources import LeadSources
from tests.questions.spoken import face, unspoken

SALE = {"average_order_value": 30_000, "gross_margin": 0.4}
CHEAP: dict[str, Any] = {"name": "дешёвый", "leads": 100, "cost_per_lead": 500, "lead_to_sale": 0.03, **SALE}
DEAR: dict[str, Any] = {"name": "дорогой", "leads": 10, "cost_per_lead": 2_000, "lead_to_sale": 0.2, **SALE}


def test_hundred_cheap_leads_lose_against_ten_dear_ones() -> None:
    """Mission A26: 3 sales for 50,000 lose 14,000; 2 sales for 20,000 earn 4,000."""
    cheap, dear = LeadSources(sources=[CHEAP, DEAR]).solve().sources
    assert (cheap.sales, cheap.cost_per_sale, cheap.profit) == pytest.approx((3, 50_000 / 3, -14_000))
    assert (dear.sales, dear.cost_per_sale, dear.profit) == pytest.approx((2, 10_000, 4_000))
    assert (cheap.profit_per_spend, dear.profit_per_spend) == pytest.approx((-0.28, 0.2))


def test_four_times_the_price_needs_four_times_the_conversion() -> None:
    """At equal margin the dear lead draws level with 3% at exactly 12%."""
    answer = LeadSources(sources=[CHEAP, {**DEAR, "lead_to_sale": 0.12}]).solve()
    assert answer.sources[1].parity_lead_to_sale == pytest.approx(0.12)
    assert answer.sources[0].profit_per_spend == pytest.approx(answer.sources[1].profit_per_spend)
    assert len(answer.tied) == 2


def test_break_even_is_the_price_of_a_lead_by_the_margin_of_a_sale() -> None:
    """500 / 12,000 and 2,000 / 12,000."""
    cheap, dear = LeadSources(sources=[CHEAP, DEAR]).solve().sources
    assert (cheap.break_even_lead_to_sale, dear.break_even_lead_to_sale) == pytest.approx((1 / 24, 1 / 6))


def test_lead_dearer_than_a_sale_never_breaks_even() -> None:
    """A lead of 15,000 costs more than the 12,000 of margin: unreachable, at any conversion."""
    found = LeadSources(sources=[{**DEAR, "cost_per_lead": 15_000}]).solve().to_json()["sources"][0]
    assert found["break_even_lead_to_sale"]["status"] in ("unreachable", "never")


def test_free_leads_have_no_profit_per_spend() -> None:
    """Nothing is divided by a spend of 0."""
    found = LeadSources(sources=[{**DEAR, "cost_per_lead": 0}, CHEAP]).solve().to_json()["sources"][0]
    assert found["profit_per_spend"]["status"] == "undefined"
    assert found["profit"] == pytest.approx(24_000)


def test_source_without_sales_has_no_cost_of_one() -> None:
    """No payment, no price of a payment; the spend is lost."""
    found = LeadSources(sources=[{**CHEAP, "lead_to_sale": 0}]).solve().to_json()["sources"][0]
    assert found["cost_per_sale"]["status"] in ("undefined", "never")
    assert found["profit"] == -50_000


@given(st.floats(0.01, 1), st.floats(1, 1_000), st.floats(0.01, 1))
def test_parity_makes_the_two_equal(conversion: float, price: float, margin: float) -> None:
    """Put in place of the source's own conversion, it gives the other's profit per spend."""
    one = {**CHEAP, "cost_per_lead": price, "lead_to_sale": conversion, "gross_margin": margin}
    parity = LeadSources(sources=[one, DEAR]).solve().sources[1].parity_lead_to_sale
    if isinstance(parity, float):
        level = LeadSources(sources=[one, {**DEAR, "lead_to_sale": min(parity, 1.0)}]).solve().sources
        assert level[0].profit_per_spend == pytest.approx(level[1].profit_per_spend, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("change", [{}, {"lead_to_sale": 0}, {"cost_per_lead": 0}, {"gross_margin": 0}, {"leads": 0}])
def test_russian_face_is_russian(change: dict[str, float]) -> None:
    """Every sentence, whatever the verdict."""
    _, said = face("lead-sources", {"sources": [CHEAP, {**DEAR, **change}]}, "ru")
    assert unspoken(said) == []
