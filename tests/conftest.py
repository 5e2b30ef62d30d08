"""What several rooms' tests share: one Chromium a process, as Playwright takes no second one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


settings.register_profile("playbook", deadline=None)  # the first call of a language reads its catalogues
settings.load_profile("playbook")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, Chrome or Edge of this machine."""
    chosen = os.environ.get("PLAYBOOK_BROWSER") or next((path for name in NAMES if (path := shutil.which(name))), None)
    assert chosen, "no Chromium, Chrome or Edge: python3 start.py test says how to get one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chosen, args=list(QUIET))
        yield browser
        browser.close()
