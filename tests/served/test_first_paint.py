"""Guide, form and last answer stand in the page before marimo does, and nothing moves when it takes their place."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.served.conftest import Served, visit

PARTS = (".pb-open h1", ".pb-open .why", ".pb-verdict", ".pb-nums", ".pb-chart svg", ".pb-set > h2", ".pb-row[data-k]")
STAND = """([root, parts]) => [...document.querySelectorAll(parts.map(one => `${root} ${one}`).join())]
  .filter(one => !one.closest(".pb-decide, .pb-cards"))
  .map(one => { const box = one.getBoundingClientRect(); return [one.dataset.k || one.textContent.trim(),
                box.x, box.y + scrollY, box.width, box.height]; })"""
"""What every part says, or which field it is, and where it stands; the cards below the step come with the notebook."""
SIZES = {"desk": (1440, 900), "phone": (390, 844)}


def stand(page: Page, root: str) -> list[list[Any]]:
    """The parts under `root` with their words and places."""
    found: list[list[Any]] = page.evaluate(STAND, [root, PARTS])
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_moves_when_the_notebook_comes(shop: Served, browser: Browser, language: str, size: str) -> None:
    """Number fields, lists of choices, rows: each part where it was, to the pixel, with its words."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    window = visit(context, shop)
    page = window.page
    page.goto(f"{shop.origin}/lang/{language}")
    compared = 0
    for path in ("step_3_economics", "diagnosis", "step_6_kpi", "weekly_review"):
        page.route("**/_m/**/*.js", lambda route: route.abort())
        page.goto(f"{shop.origin}/step/{path}/")
        first = stand(page, ".pb-first")
        page.unroute("**/_m/**/*.js")
        page.goto(f"{shop.origin}/step/{path}/")
        page.locator(".pb-first").wait_for(state="detached", timeout=60_000)
        live = stand(page, "#root")
        assert [part[0] for part in first] == [part[0] for part in live]
        moved = [
            max(abs(a - b) for a, b in zip(one[1:], other[1:], strict=True))
            for one, other in zip(first, live, strict=True)
        ]
        assert max(moved) < 1
        compared += len(first)
    assert compared > 100
    context.close()
