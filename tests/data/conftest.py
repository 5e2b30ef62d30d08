"""A workspace for every test of the data room."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace in US dollars."""
    return Workspace.create(tmp_path / "firm", language="en", currency="USD")
