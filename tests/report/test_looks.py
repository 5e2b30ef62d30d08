"""The looks of a sheet: what is left out of a page changes nothing of what a browser makes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from playbook import samples
from playbook.report import html, looks


def built(browser: Browser, page: str) -> str:
    """What a browser makes of a page, without the room between its tags."""
    with browser.new_page() as tab:
        tab.set_content(page)
        return re.sub(r"\s+", "", tab.content())


def test_page_without_needless_tags_is_the_same_page(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every element of a whole firm's report stands where it stood with all end tags written."""
    firm = samples.create(tmp_path / "firm", "local", "ru")
    spare = html(firm)
    monkeypatch.setattr(looks, "sparely", str)
    whole = html(firm)
    assert len(spare) < len(whole)
    assert built(browser, spare) == built(browser, whole)
