"""What tests of a face need: no event loop left over in their thread, and an empty Russian workspace."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.workspace import Workspace


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Without the loop that Playwright leaves running in this thread when a browser's test came before."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty Russian workspace."""
    return Workspace.create(tmp_path / "firm", name="Фирма", language="ru", currency="RUB")
