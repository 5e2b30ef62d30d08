"""The week's files: written by a press, listed on its page, handed out by their names alone."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from playbook.ui.page import Page
from playbook.workspace import Workspace
from tests.app.conftest import ORIGIN


def press(client: TestClient, origin: str = ORIGIN) -> int:
    """The status that answers a press of the button."""
    return client.post("/week", headers={"origin": origin}).status_code


@pytest.fixture
def week(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A week with a metric and a decision, on a machine that has no browser to print with."""
    monkeypatch.setenv("PLAYBOOK_BROWSER", "no-such-browser")
    workspace.add_row("kpi", "chosen", {"metric": "leads", "target": 40})
    workspace.add_row("week", "decisions", {"what": "Stop ads", "owner": "Ann", "due": "2026-11-30"})
    return workspace


def test_press_writes_the_week_and_its_page_hands_it_out(client: TestClient, week: Workspace) -> None:
    """Without a browser for the PDF the rest is kept and the way to it shown."""
    answer = client.post("/week", headers={"origin": ORIGIN})
    assert "/step/weekly_review/#reports" in answer.text
    files = [file.name for file in week.reports()]
    assert [name.rpartition(".")[2] for name in files] == ["html", "xlsx"]
    listed = Page(week, "week", "en").reports()
    for name in files:
        assert f'href="/week/{name}"' in listed
        assert client.get(f"/week/{name}").headers["content-disposition"] == f'attachment; filename="{name}"'


def test_press_of_another_site_writes_nothing(client: TestClient, week: Workspace) -> None:
    """Any page on the web can send a form to this machine."""
    assert press(client, "https://evil.example") == 403
    assert week.reports() == []


def test_empty_week_says_what_is_missing(client: TestClient, workspace: Workspace) -> None:
    """No traceback, no file, and where to begin."""
    answer = client.post("/week", headers={"origin": ORIGIN})
    assert answer.status_code == 400
    assert "There is no week to report on yet." in answer.text
    assert workspace.reports() == []


@pytest.mark.parametrize("name", ["playbook.db", "..%2Fplaybook.db", "week_2026-W47.html", "week_2026-W47.db"])
def test_no_other_file_is_handed_out(client: TestClient, name: str) -> None:
    """Neither the workspace itself nor a week that was not written."""
    assert client.get(f"/week/{name}").status_code == 404
