"""The settings page and the handbook."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from playbook import texts
from playbook.workspace import Workspace

RIGHT = {
    "name": "Клиника",
    "scenario": "local",
    "currency": "EUR",
    "start": "07.12.2026",
    "hours_per_week": "4,5",
    "timezone": "Europe/Moscow",
}


def send(client: TestClient, **changes: str) -> str:
    """The page after the form was sent."""
    origin = str(client.base_url).rstrip("/")
    return client.post("/settings", data={**RIGHT, **changes}, headers={"origin": origin}).text


def test_settings_are_saved(client: TestClient, workspace: Workspace) -> None:
    """A date and hours as a person writes them."""
    client.get("/lang/ru")
    send(client)
    saved = {name: workspace.setting(name) for name in RIGHT}
    assert saved == {**RIGHT, "start": "2026-12-07", "hours_per_week": 4.5}


@pytest.mark.parametrize(
    ("name", "value"),
    [("currency", "XXX"), ("start", "завтра"), ("hours_per_week", "200"), ("name", ""), ("name", "щ" * 10_000)],
)
def test_wrong_setting_is_explained_and_the_rest_saved(
    client: TestClient, workspace: Workspace, name: str, value: str
) -> None:
    """The field keeps what was typed; the others do not wait for it."""
    before = workspace.setting(name)
    page = send(client, **{name: value})
    assert "data-err" in page
    assert workspace.setting(name) == before
    assert workspace.setting("scenario") == "local"


def test_markup_in_a_setting_stays_text(client: TestClient) -> None:
    """A name is shown, not run."""
    assert "<script>alert" not in send(client, name="<script>alert(1)</script>")


def test_handbook_holds_every_entry(client: TestClient) -> None:
    """Six symptoms, twenty answers, every term."""
    page = client.get("/library").text
    assert page.count("<details id=") == 6 + 20 + len(texts.load("glossary.toml", "en")["terms"])


def test_used_seconds_are_kept_with_the_ten_answers(client: TestClient, workspace: Workspace) -> None:
    """The page tells them when its clock stops; rubbish is passed over."""
    origin = str(client.base_url).rstrip("/")
    for body in ("412", "-5", "many", "9" * 400):
        client.post("/clock/start", content=body, headers={"origin": origin})
    assert workspace.values("ten")["seconds"] == 412
