"""Channels that could be lost, counted by hand on the made firm of June 2026."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.data import Fact, Facts, NoFact
from playbook.workspace import Workspace
from tests.data.clinic import bring

# Two campaigns of one system, and friends. Lead 5 says nothing. Half of each payment is its cost.
LEADS = """id,created,closed,status,reason,source,utm_campaign
1,2026-06-01,2026-06-03,won,,,spring
2,2026-06-01,2026-06-02,lost,price,,brand
3,2026-06-02,2026-06-03,won,,friends,
4,2026-06-02,2026-06-03,won,,,brand
5,2026-06-03,,open,,,
"""
SPEND = """day,source,campaign,amount
2026-06-01,ads,Spring,6
2026-06-03,ads,Brand,9
"""
ORDERS = """order_id,customer,date,status,lead_id,revenue,direct_costs
1,ann,2026-06-03,paid,1,20,10
2,bob,2026-06-03,paid,3,30,15
3,cat,2026-06-01,paid,4,40,20
"""


def made(tmp_path: Path, **files: str) -> Workspace:
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    for name, text in files.items():
        bring(workspace, f"{name}.csv", text)
    return workspace


def test_campaigns_of_one_system_are_one_channel(tmp_path: Path) -> None:
    """Ads: three leads, two sales, 30 of profit for 15 of spend; the lead that says nothing stays nobody's."""
    found = Facts(made(tmp_path, leads=LEADS, spend=SPEND, orders=ORDERS)).get("channels_to_lose")
    assert isinstance(found, Fact)
    assert found.gives["channels"] == [
        {"name": "ads", "sales": 2, "leads": 3, "profit": 30, "spend": 15},
        {"name": "friends", "sales": 1, "leads": 1, "profit": 15},
        {"name": "not told", "sales": 0, "leads": 1, "profit": 0, "unknown": True},
    ]


def test_leads_alone_tell_sales_without_profit(tmp_path: Path) -> None:
    """No orders: the won leads are the sales."""
    found = Facts(made(tmp_path, leads=LEADS)).get("channels_to_lose")
    assert isinstance(found, Fact)
    assert [(line["name"], line["sales"], line.get("profit")) for line in found.gives["channels"]] == [
        ("friends", 1, None),
        ("not told", 2, None),
    ]


@pytest.mark.parametrize("files", [{"spend": SPEND}, {"orders": ORDERS.replace("lead_id", "note")}])
def test_nobody_to_lose_is_a_reason(tmp_path: Path, files: dict[str, str]) -> None:
    """Neither leads nor orders, or orders of nobody knows which channel."""
    assert isinstance(Facts(made(tmp_path, **files)).get("channels_to_lose"), NoFact)
