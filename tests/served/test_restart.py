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


def test_typing_at_a_dead_server_is_saved_when_it_is_back(
    server: Restartable, browser: Browser, tmp_path: Path
) -> None:
    """A number and a choice given to a page whose server is gone stand and are saved once it answers again."""
    firm = Workspace.create(tmp_path / "firm", language="en")
    context = browser.new_context(locale="en")
    page = visit(context, server.open(firm)).go(STEP_3)
    field(page, "price").fill("500")
    saved(Served("", firm), "unit-economics", "price", 500, page)
    server.kill()
    gone = page.locator(".pb-gone")
    expect(gone).to_contain_text("Start it again", timeout=PATIENCE)
    field(page, "price").fill("650")
    page.locator('.pb-row[data-k="refunded_goods_return"]').get_by_role("radio", name="no").click()
    again = server.open(firm)
    saved(again, "unit-economics", "price", 650, page)
    saved(again, "unit-economics", "refunded_goods_return", False, page)
    expect(gone).to_be_hidden()
    expect(field(page, "price")).to_have_value("650")
    context.close()


@pytest.mark.prove
def test_a_page_closed_on_a_dead_server_keeps_what_was_typed(
    server: Restartable, browser: Browser, tmp_path: Path
) -> None:
    """Loaded anew in the same tab after the server's return, the page types it again; what was undone stays undone."""
    firm = Workspace.create(tmp_path / "firm", language="en")
    context = browser.new_context(locale="en")
    window = visit(context, server.open(firm))
    page = window.go(STEP_3)
    field(page, "price").fill("500")
    saved(Served("", firm), "unit-economics", "price", 500, page)
    server.kill()
    expect(page.locator(".pb-gone")).to_be_visible(timeout=PATIENCE)
    field(page, "price").fill("650")
    page.goto("about:blank")
    again = server.open(firm)
    page.goto(f"{again.origin}{STEP_3}")
    saved(again, "unit-economics", "price", 650, page)
    page.get_by_role("button", name="Undo the last change").click()
    saved(again, "unit-economics", "price", 500, page)
    page.reload()
    expect(field(page, "price")).to_have_value("500")
    context.close()
