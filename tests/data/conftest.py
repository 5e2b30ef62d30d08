"""A workspace for every test of the data room."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.workspace import Workspace


@pytest.fixture(autouse=True)
def notes(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own notes, apart from those of whoever runs the tests."""
    monkeypatch.setenv("PLAYBOOK_STATE", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace in US dollars."""
    return Workspace.create(tmp_path / "firm", language="en", currency="USD")
