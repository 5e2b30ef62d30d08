"""The shelf of documents and their files, as they are served."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from playbook.report import sheets
from playbook.workspace import Workspace
from tests.app.conftest import ORIGIN, under


def test_shelf_holds_six(client: TestClient) -> None:
    """Each with its page, what it says of itself and its empty sheet."""
    page = client.get("/documents").text
    assert page.count('class="paper"') == 6
    assert all(f"/document/{key}/empty.pdf" in page for key in sheets.ALL)


@pytest.mark.parametrize("which", ["filled", "empty"])
@pytest.mark.parametrize("key", sheets.KEYS)
def test_files_are_served(client: TestClient, key: str, which: str) -> None:
    """Under a name that says what it is."""
    answer = client.get(f"/document/{key}/{which}.xlsx")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert f'filename="{key}' in answer.headers["content-disposition"]


def test_weekly_review_is_taken_along_once_there_is_one(client: TestClient, workspace: Workspace) -> None:
    """Before, only its empty sheet stands on the shelf, and a guessed address is answered in words."""
    assert client.get("/document/week/empty.html").status_code == 200
    early = client.get("/document/week/filled.md")
    assert (early.status_code, "no week to report on yet" in early.text) == (400, True)
    assert "/document/week/filled.md" not in client.get("/documents").text
    assert client.get("/document/week/filled.ics").text.startswith("BEGIN:VCALENDAR")
    workspace.add_row("kpi", "chosen", {"metric": "leads", "target": 40})
    assert "/document/week/filled.md" in client.get("/documents").text
    assert client.get("/document/week/filled.md").text.startswith("# Week of ")


@pytest.mark.parametrize("path", ["nothing/empty.html", "icp/half.html", "icp/empty.docx", "icp/empty."])
def test_what_there_is_not_is_not_found(client: TestClient, path: str) -> None:
    """A slip in the address is no fault of the server."""
    assert client.get(f"/document/{path}").status_code == 404


def test_filled_file_holds_what_was_saved(client: TestClient, workspace: Workspace) -> None:
    """Even what was typed a moment ago, escaped."""
    workspace.add_row("icp", "segments", {"name": "<b>Hosts</b>"})
    assert "&lt;b&gt;Hosts&lt;/b&gt;" in client.get("/document/icp/filled.html").text


def test_listeners_words_are_kept_and_shown(client: TestClient, workspace: Workspace) -> None:
    """The window of the ten-second test sends them, and the way goes back to what was lost; no other site may."""
    sent = {"listener": "Rita", "heard": "linen", "retold": "no"}
    assert client.post("/retelling", data=sent, headers={"origin": "https://evil.example"}).status_code == 403
    answer = client.post("/retelling", data=sent, headers={"origin": ORIGIN})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{under(workspace)}/step/offer/#retell")
    assert [row["heard"].value for row in workspace.rows("offer", "tests").values()] == ["linen"]
