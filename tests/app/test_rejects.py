"""Rejected rows as a file to be mended."""

from __future__ import annotations

from starlette.testclient import TestClient

from playbook.workspace import Workspace
from tests.data.clinic import bring

BROKEN = "order_id,customer,date,revenue\n1,ann,2026-06-01,100\n2,bob,2026-06-31,50\n"


def test_rejected_rows_are_downloaded(client: TestClient, workspace: Workspace) -> None:
    """The row as it came, with what is wrong with it."""
    bring(workspace, "orders.csv", BROKEN)
    answer = client.get("/rejects/1.csv")
    head, row = answer.content.decode("utf-8-sig").splitlines()
    assert head.startswith("order_id,customer,date,revenue,playbook file")
    assert row.startswith("2,bob,2026-06-31,50,")
    assert row.endswith(",3,date,2026-06-31,there is no such day")
    assert 'filename="rejects-orders-' in answer.headers["content-disposition"]


def test_import_without_rejects_has_no_such_file(client: TestClient, workspace: Workspace) -> None:
    """Neither has one that never was."""
    bring(workspace, "orders.csv", BROKEN.replace("31", "30"))
    assert [client.get(f"/rejects/{batch}.csv").status_code for batch in (1, 2)] == [404, 404]
