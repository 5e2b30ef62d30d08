"""The whole walk through every page in a real Chromium: both languages, both sizes, nothing outside asked."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from playbook import paths
from playbook.app.notebooks import pages
from playbook.steps import CALCULATORS, DOCUMENTS
from tests.served.conftest import Served, visit

PAGES = sorted(pages(paths.resource("notebooks")))
SIZES = {"wide": (1440, 900), "phone": (390, 844)}
LAID = """() => [...document.querySelectorAll('#root [data-cell-name]')]
    .map(one => [one.dataset.cellName, one.getBoundingClientRect()]).filter(([, box]) => box.height > 4)
    .sort((one, other) => one[1].top - other[1].top)
    .filter(([, box], place, all) => place && all[place - 1][1].bottom > box.top + 4).map(([name]) => name)"""
"""The cells of a page in one column that lie over the one before them."""
FIELDS = "() => (document.querySelector('#root .pb-inputs')?.getBoundingClientRect().top ?? 0) + scrollY"
NEAR = 1500
"""How far down a phone's page its fields begin at most, in pixels: behind the verdict and its numbers."""
SHOTS = os.environ.get("PLAYBOOK_SHOTS", "")
"""A folder for screenshots, for whoever wants to look."""


def test_every_page_is_walked() -> None:
    """The walk below is not over an empty list: eleven steps, the data page, the calculators, the documents."""
    assert len(PAGES) == 12 + len(CALCULATORS) + len(DOCUMENTS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_opens_quietly(shop: Served, browser: Browser, language: str, size: str) -> None:
    """No request leaves, nothing complains, nothing scrolls sideways, no foreign word on a Russian page."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale=language)
    window = visit(context, shop)
    window.page.goto(f"{shop.origin}/lang/{language}")
    for path in ["/", *(f"/step/{name}/" for name in PAGES)]:
        page = window.go(path)
        assert page.locator("html").get_attribute("lang") == language
        sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert sideways <= 0, f"{path} scrolls {sideways} px sideways"
        if size == "phone":
            assert page.evaluate(LAID) == [], path
            assert page.evaluate(FIELDS) < NEAR, path
        words = page.evaluate("document.body.innerText")
        assert "Traceback" not in words
        assert re.search(r"\bkernel\b", words) is None
        if SHOTS:
            name = path.strip("/").replace("/", "-") or "home"
            page.screenshot(path=Path(SHOTS) / f"{name}-{language}-{size}.png", full_page=True)
    assert window.outside == []
    assert window.complaints == []
    context.close()


def test_phone_has_the_way_to_the_fields_at_hand(shop: Served, browser: Browser) -> None:
    """Beside the verdict at its foot; what is behind the answer comes after them."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="ru")
    page = visit(context, shop).go("/step/step_3_economics/")
    page.locator("#root .pb-phone a").click()
    expect(page.locator('#root .pb-row[data-k="cac"]')).to_be_in_viewport()
    laid = """() => [...document.querySelectorAll('#root :is(.pb-nums, .pb-inputs, .pb-chart)')]
        .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
        .map(one => one.classList[1] ?? one.className)"""
    assert page.evaluate(laid)[:3] == ["pb-nums", "pb-inputs", "pb-chart"]
    context.close()


def test_report_is_one_file_without_addresses(shop: Served, browser: Browser) -> None:
    """It comes from the served page and names no place outside."""
    context = browser.new_context()
    window = visit(context, shop)
    answer = window.page.request.get(f"{shop.origin}/report")
    assert answer.ok
    assert not re.findall(r"""(?:src|href)=["']https?://""", answer.text())
    context.close()
