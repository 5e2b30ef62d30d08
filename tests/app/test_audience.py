"""Lists of clients as files."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from playbook.ui.page import Page
from playbook.workspace import Workspace
from tests.data.clinic import bring

# To 15 July: ann has been silent for 44 days, bob for none.
ORDERS = """order_id,customer,date,status,revenue
17,ann,2026-06-01,paid,10
18,bob,2026-07-15,paid,20
"""


def test_silent_clients_are_a_table(client: TestClient, workspace: Workspace) -> None:
    """Ann, by the number of her order and no name; the mark at its head is for spreadsheets."""
    bring(workspace, "orders.csv", ORDERS)
    answer = client.get("/audience/silent.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert lines[0].startswith("Client,Number of the last order,Purchases")
    assert [line.split(",")[1:5] for line in lines[1:]] == [["17", "1", "44", "10.00"]]
    assert "ann" not in answer.text
    assert 'filename="silent-' in answer.headers["content-disposition"]
    assert 'href="/audience/silent.csv"' in Page(workspace, "rfm", "en").below()


@pytest.mark.parametrize("which", ["silent", "nobody"])
def test_without_orders_there_is_no_list(client: TestClient, workspace: Workspace, which: str) -> None:
    """Nothing to download, and the page offers nothing."""
    assert client.get(f"/audience/{which}.csv").status_code == 404
    assert "/audience/" not in Page(workspace, "rfm", "en").below()
