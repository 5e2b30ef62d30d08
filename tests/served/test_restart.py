"""A server that dies and comes back: every open page goes on with its own firm, and what was typed is not lost."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from playbook.workspace import Workspace
from tests.served.conftest import Served, start, visit
from tests.served.test_typing import STEP_3, field, saved

PATIENCE = 60_000


class Restartable:
    """A server that can be killed and started again on its port, on another firm."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "state"
        self.process: subprocess.Popen[str] | None = None
        self.port = 0

    def open(self, workspace: Workspace) -> Served:
        """Start on a firm."""
        served, self.process = start(workspace, self.state, "--port", str(self.port))
        self.port = urlsplit(served.address).port or 0
        return served

    def kill(self) -> None:
        """End at once, as when the machine's power goes."""
        assert self.process is not None
        self.process.kill()
        self.process.communicate(timeout=20)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Restartable]:
    """A server that is dead at the end."""
    made = Restartable(tmp_path)
    yield made
    made.kill()


def test_two_firms_side_by_side_outlive_a_restart(server: Restartable, browser: Browser, tmp_path: Path) -> None:
    """Started again on the second firm, the first one's page shows and saves its own, and so does the second's."""
    pine, linen = (Workspace.create(tmp_path / name, name=name, language="en") for name in ("pine", "linen"))
    of_pine, of_linen = browser.new_context(locale="en"), browser.new_context(locale="en")
    served = server.open(pine)
    first, second = visit(of_pine, served), visit(of_linen, served)
    first.go(STEP_3)
    second.go("/")
    second.page.locator("#path").fill(str(linen.path))
    second.page.locator("#path").press("Enter")
    expect(second.page.locator(".pb-head .ws")).to_have_text("linen")
    server.kill()
    again = server.open(linen)
    expect(first.page.locator("#App")).to_have_attribute("data-connection-state", "OPEN", timeout=PATIENCE)
    field(first.page, "price").fill("500")
    saved(Served(again.address, pine), "unit-economics", "price", 500, first.page)
    expect(first.page.locator(".pb-head .ws")).to_have_text("pine")
    field(second.go(STEP_3), "price").fill("700")
    saved(again, "unit-economics", "price", 700, second.page)
    assert pine.values("unit-economics")["price"] == 500
    of_pine.close()
    of_linen.close()
