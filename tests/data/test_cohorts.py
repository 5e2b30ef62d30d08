"""Cohorts out of orders, counted by hand on the made clinic of June 2026 and on a shop of two months."""

from __future__ import annotations

from pathlib import Path

from playbook.data import Fact, Facts, NoFact
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring

# Ann buys in May, twice in June and in July; bob in June and July; eve in July. Half of each payment is its cost.
ORDERS = """order_id,customer,date,status,revenue,direct_costs,refund
1,ann,2026-05-30,paid,100,50,
2,ann,2026-06-01,paid,40,20,
3,ann,2026-06-30,paid,40,20,10
4,ann,2026-07-31,paid,10,5,
5,bob,2026-06-15,paid,60,30,
6,bob,2026-07-01,paid,20,10,
7,eve,2026-07-02,paid,80,40,
8,eve,2026-07-03,open,90,45,
9,,2026-07-05,paid,70,35,
"""


def made(tmp_path: Path, orders: str) -> Workspace:
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    bring(workspace, "orders.csv", orders)
    return workspace


def test_client_counts_once_a_month_from_the_first_order_on(tmp_path: Path) -> None:
    """Ann is one client of June whatever she buys; what is open or nobody's is no order of a client."""
    found = Facts(made(tmp_path, ORDERS)).get("cohorts_of_clients")
    assert isinstance(found, Fact)
    assert found.gives["cohorts"] == [
        {"month": "2026-05-01", "active": "1; 1; 1", "profit": "50.00; 30.00; 5.00"},
        {"month": "2026-06-01", "active": "1; 1", "profit": "30.00; 10.00"},
        {"month": "2026-07-01", "active": "1", "profit": "40.00"},
    ]
    assert "1 of 7 paid orders" in found.note or "1 of 8 paid orders" in found.note


def test_cohorts_without_costs_tell_no_profit(tmp_path: Path) -> None:
    """Who came back is known, what they left is not."""
    lines = [line.rsplit(",", 2)[0] for line in ORDERS.splitlines()]
    found = Facts(made(tmp_path, "\n".join(lines) + "\n")).get("cohorts_of_clients")
    assert isinstance(found, Fact)
    assert found.gives["cohorts"][0] == {"month": "2026-05-01", "active": "1; 1; 1"}


def test_orders_of_nobody_have_no_cohorts(tmp_path: Path) -> None:
    """Without a customer the reason is said, and the column to export."""
    orders = "order_id,date,status,revenue\n1,2026-05-30,paid,100\n"
    found = Facts(made(tmp_path, orders)).get("cohorts_of_clients")
    assert isinstance(found, NoFact)
    assert "who bought" in found.reason


def test_calculator_knows_the_days_of_the_data(tmp_path: Path) -> None:
    """The orders cover 30 May to 31 July: July is over, and the cohorts of May and June may hold older clients."""
    answer = Walk(made(tmp_path, ORDERS)).answer("cohorts")
    assert answer is not None
    told = answer.to_json()["cohorts"]
    assert [one["unsure"] for one in told] == [True, True, False]
    assert all(month["over"] for one in told for month in one["months"])
