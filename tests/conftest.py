"""What tests of several rooms share: an empty workspace, and one Chromium a process: Playwright takes no second one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from playbook.report import browser as browsers
from playbook.workspace import Workspace

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# The first call of a language reads its catalogues. The same commit is asked the same questions every time; others are
# asked by `--hypothesis-profile roam`.
settings.register_profile("roam", deadline=None)
settings.register_profile("playbook", deadline=None, derandomize=True)
settings.load_profile("playbook")
expect.set_options(timeout=30_000)  # a machine busy with other tests draws a page when it can


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, Chrome or Edge of this machine."""
    chosen = browsers.find()
    assert chosen, "no Chromium, Chrome or Edge: python3 start.py test says how to get one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chosen, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return Workspace.create(tmp_path / "firm")
