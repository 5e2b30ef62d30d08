"""What the calculators take from the data, counted by hand on the clinic of June 2026."""

from __future__ import annotations

from typing import Any

import pytest

from playbook.data import Fact, Facts, NoFact
from playbook.workspace import Workspace
from tests.data.clinic import bring, bring_all

# Spring: 2 won or lost of 3 leads, one won. Brand: its one decided lead is won. Nobody names “Lost tags”.
LEADS = """id,created,closed,status,reason,source,utm_campaign
1,2026-06-01,2026-06-02,won,,ads,Spring
2,2026-06-02,2026-06-03,lost,price,ads, SPRING
3,2026-06-03,,open,,ads,spring
4,2026-06-04,2026-06-05,won,,ads,brand
5,2026-06-05,,open,,site,
"""
SPEND = """day,source,campaign,amount
2026-06-01,ads,Spring,60
2026-06-01,ads,Brand,20
2026-06-05,ads,Lost tags,30
"""
ORDERS = """order_id,customer,date,status,revenue,direct_costs,discount
1,ann,2026-06-02,paid,90,40,10
2,bob,2026-06-05,paid,110,40,0
"""


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Leads, orders and spend of June, without campaigns."""
    return bring_all(Workspace.create(tmp_path_factory.mktemp("clinic"), currency="USD"))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Three campaigns, two of which leads name."""
    workspace = Workspace.create(tmp_path_factory.mktemp("shop"), currency="USD")
    for name, text in {"leads.csv": LEADS, "spend.csv": SPEND, "orders.csv": ORDERS}.items():
        bring(workspace, name, text)
    return workspace


def fact(workspace: Workspace, name: str) -> Fact:
    """A fact that the data give."""
    found = Facts(workspace).get(name)
    assert isinstance(found, Fact), found
    return found


def test_campaigns_are_joined_by_their_mark_whatever_its_letters(shop: Workspace) -> None:
    """60 for three leads, one of two decided ones won; the order is the average one, 100, and 120 of 200 are left."""
    sale: dict[str, Any] = {"average_order_value": 100, "gross_margin": 0.6}
    assert fact(shop, "leads_by_campaign").gives["sources"] == [
        {"name": "Spring", "leads": 3, "cost_per_lead": 20, "lead_to_sale": 0.5, **sale},
        {"name": "Brand", "leads": 1, "cost_per_lead": 20, "lead_to_sale": 1, **sale},
    ]


def test_campaign_that_no_lead_names_is_told(shop: Workspace) -> None:
    """Money went out for it, so the tags may be lost; and where deals have no amounts a sale is what a client paid."""
    note = fact(shop, "leads_by_campaign").note
    assert "no lead names Lost tags: look whether the tags are lost on the way" in note
    assert "a sale counts as what a client has paid so far, $" in note


def test_without_marks_campaigns_are_a_reason(clinic: Workspace) -> None:
    """What to do stands in the hint."""
    found = Facts(clinic).get("leads_by_campaign")
    assert isinstance(found, NoFact)
    assert "utm_campaign" in found.hint


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("customers_won", 5),
        ("spend_beside_orders", 99),  # 70 + 14 + 15
        ("revenue_before_discounts", 700),  # five of 100, four of 50
        ("refunds", 10),
        ("cost_of_goods", 280),  # 40% of 700
    ],
)
def test_sum_is_as_worked_out_by_hand(clinic: Workspace, name: str, expected: float) -> None:
    """Over the days that spend and orders both cover."""
    assert fact(clinic, name).value == pytest.approx(expected)


def test_discounts_come_on_top_of_revenue(shop: Workspace) -> None:
    """200 paid and 10 taken off; spend and orders have 2 to 5 June in common."""
    assert fact(shop, "revenue_before_discounts").value == 210
    assert fact(shop, "discounts").value == 10
    assert fact(shop, "spend_beside_orders").value == 30


def test_discounts_that_no_file_tells_are_not_nought(clinic: Workspace) -> None:
    """Nobody knows is another thing than none."""
    assert isinstance(Facts(clinic).get("discounts"), NoFact)


def test_costs_are_by_advertising_system(clinic: Workspace) -> None:
    """One system, 99 in all."""
    assert [row["amount"] for row in fact(clinic, "spend_by_system").gives["costs"]] == [99]
