"""The report's own page: boxes that say what goes in, and files that hold to them."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from playbook.report.selection import parts
from playbook.workspace import Workspace
from tests.app.conftest import under


def test_page_offers_every_part_and_format(client: TestClient, workspace: Workspace) -> None:
    """All boxes are ticked; private parts are marked, and the way is on the home page."""
    client.get("/", params={"next": ""})
    page = client.get("/report/choose").text
    assert page.count('name="with"') == len(parts())
    assert page.count("checked>") == len(parts())
    assert page.count("<em>private</em>") == 2
    for way in ("/report/pdf", "/report/xlsx", "/report/md"):
        assert f'formaction="{under(workspace)}{way}"' in page
    assert f'href="{under(workspace)}/report/choose"' in client.get("/").text


@pytest.fixture
def named(workspace: Workspace) -> Workspace:
    """A workspace with a decision of somebody."""
    workspace.save("goal", "decision", "Forty clients")
    workspace.save("goal", "decision_owner", "Anna")
    return workspace


def test_only_ticked_boxes_are_in_the_file(client: TestClient, named: Workspace) -> None:
    """In every format; without boxes in the address all of it."""
    assert named
    assert 'id="goal"' in client.get("/report").text
    some = client.get("/report", params={"chosen": "yes", "with": ["ten", "week"]}).text
    assert [key for key in ("ten", "goal", "week") if f'id="{key}"' in some] == ["ten", "week"]
    text = client.get("/report/md", params={"chosen": "yes", "with": "ten"}).text
    assert "Forty clients" not in text


def test_discreet_file_names_nobody(client: TestClient, named: Workspace) -> None:
    """The owner of the decision is a letter."""
    assert named
    assert "<b>Anna</b>" in client.get("/report").text
    assert "<b>A.</b>" in client.get("/report", params={"discreet": "yes"}).text


def test_emptied_boxes_are_said(client: TestClient) -> None:
    """A report of nothing is none."""
    answer = client.get("/report", params={"chosen": "yes"})
    assert answer.status_code == 400
    assert "Nothing of the report is left." in answer.text
