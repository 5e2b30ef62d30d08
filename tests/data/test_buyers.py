"""Clients for RFM out of orders, counted by hand."""

from __future__ import annotations

from pathlib import Path

from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring

# To 30 June. Ann buys on three days within twenty; two orders of 11 June are one day. Bob gets 5 of his 20 back.
ORDERS = """order_id,customer,date,status,revenue,refund
1,ann,2026-06-01,paid,10,0
2,ann,2026-06-11,paid,10,0
3,ann,2026-06-11,paid,10,0
4,ann,2026-06-21,paid,10,0
5,bob,2026-06-30,paid,20,5
6,bob,2026-06-30,open,99,0
7,,2026-06-05,paid,50,0
"""


def test_client_is_a_hash_with_days_money_and_the_last_order(tmp_path: Path) -> None:
    """Ann: three purchases ten days apart, silent for nine; Bob: 15 on the last day."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    bring(workspace, "orders.csv", ORDERS)
    walk = Walk(workspace)
    bob, ann = (dict(one) for one in walk.imported.buyers)
    assert len(ann.pop("client")) == len(bob.pop("client")) == 32
    assert ann == {"orders": 3, "silent_days": 9, "money": 40, "last_order": "4", "gap_days": 10}
    assert bob == {"orders": 1, "silent_days": 0, "money": 15, "last_order": "5"}
    assert walk.answer("rfm") is not None


def test_without_customers_there_is_nobody(tmp_path: Path) -> None:
    """The calculator waits for rows."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    bring(workspace, "orders.csv", "order_id,date,status,revenue\n1,2026-05-30,paid,100\n")
    assert Walk(workspace).imported.buyers is None
