"""Cohorts of clients who pay every month, out of orders, counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.data.contracts import counted
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring


def months(**clients: str) -> str:
    """Orders on the tenth of the months of 2026 that each client pays in."""
    paid = [(name, month) for name, each in clients.items() for month in each]
    lines = (f"{n},{name},2026-0{month}-10,paid,10" for n, (name, month) in enumerate(paid))
    return "\n".join(("order_id,customer,date,status,revenue", *lines, "end,zed,2026-06-30,paid,10"))


def test_clients_are_there_until_their_last_payment(tmp_path: Path) -> None:
    """Of February two pay to June, one to March; the first month, where older clients look new, stays out."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    bring(workspace, "orders.csv", months(old="123456", ann="23456", bob="23456", cat="23", dan="456", zed="56"))
    walk = Walk(workspace)
    assert walk.imported.contracts == "3; 3; 2; 2; 2\n1; 1; 1\n1; 1"
    assert walk.value("contract-retention", "cohorts") == walk.imported.contracts
    found = walk.answer("contract-retention")
    assert found is not None
    assert found.asked.cohorts == ((3, 3, 2, 2, 2), (1, 1, 1), (1, 1))  # type: ignore[attr-defined]


def test_clients_who_come_now_and_then_have_no_contract(tmp_path: Path) -> None:
    """Ann and Bob skip months: of eight months after the first they paid in four."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    bring(workspace, "orders.csv", months(old="1", ann="246", bob="246"))
    assert Walk(workspace).imported.contracts is None


def test_month_that_is_not_over_does_not_count(tmp_path: Path) -> None:
    """The orders end on 10 May, so April is the last month in which anybody could be missed."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    rows = months(old="12345", ann="2345", bob="23").replace("end,zed,2026-06-30,paid,10", "")
    bring(workspace, "orders.csv", rows)
    assert Walk(workspace).imported.contracts == "2; 2; 1"


@pytest.mark.parametrize("clients", [0, 40])
def test_nobody_who_came_back_tells_no_contract(clients: int) -> None:
    """Everybody paid once, or nobody at all."""
    rows = [{"cohort": 24314, "age": 0, "clients": clients, "paid": clients}] if clients else []
    assert counted(rows, 24313, 24318) == ()
