"""What customers bought, for the model of repeat purchases, counted by hand on ten orders."""

from __future__ import annotations

from pathlib import Path

from playbook.data.imported import Imported
from playbook.workspace import Workspace
from tests.data.clinic import bring

# Ann comes again after 10 and after 20 days, twice on the first of them; Bob once more, on the last day; Cid never; the
# order without a customer and the one that was cancelled are nobody's purchases.
ORDERS = """order_id,customer,date,status,revenue
1,ann,2026-06-01,paid,100
2,ann,2026-06-11,paid,30
3,ann,2026-06-11,paid,50
4,ann,2026-06-21,paid,40
5,bob,2026-06-06,paid,70
6,bob,2026-06-30,paid,90
7,cid,2026-06-20,paid,60
8,,2026-06-25,paid,500
9,cid,2026-06-28,cancelled,60
"""


def clients(folder: Path, orders: str) -> list[dict[str, float]] | None:
    """What an import of `orders` says of each customer."""
    workspace = Workspace.create(folder / "shop", currency="USD")
    bring(workspace, "orders.csv", orders)
    return Imported(workspace).clients


def test_purchases_of_a_day_are_one_and_time_runs_to_the_last_day_of_the_data(tmp_path: Path) -> None:
    """Ann: two days after the first, 20 of 29 days, (30 + 50 and 40) / 2 = 60. Cid: once, ten days before the end."""
    assert clients(tmp_path, ORDERS) == [
        {"frequency": 2, "recency": 20, "age": 29, "mean_value": 60},
        {"frequency": 1, "recency": 24, "age": 24, "mean_value": 90},
        {"frequency": 0, "recency": 0, "age": 10},
    ]


def test_orders_without_customers_say_nothing_of_clients(tmp_path: Path) -> None:
    """No column names who bought: nobody is guessed."""
    assert clients(tmp_path, "order_id,date,status,revenue\n1,2026-06-01,paid,100\n2,2026-06-05,paid,50\n") is None
