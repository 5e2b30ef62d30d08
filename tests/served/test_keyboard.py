"""A whole step by keyboard alone; the dark theme and the printed page are what they claim to be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.served.conftest import Served, visit

SHOTS = os.environ.get("PLAYBOOK_SHOTS", "")
FOCUSED = """() => {
  let at = document.activeElement;
  const row = at?.closest?.("[data-k]")?.dataset.k || "";
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect();
  const words = (at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent || "").trim();
  return { row, words, tag: at.tagName, href: at.getAttribute("href") || "", seen: box.width > 0 && box.height > 0 };
}"""
TYPED = {
    "cac": "60",
    "lead_to_sale": "30",
    "visit_to_lead": "5",
    "payback_target_months": "3",
    "monthly_retention": "80",
    "price": "100",
    "cogs": "40",
}
FURTHEST = 120


def walked(page: Page) -> list[dict[str, object]]:
    """Every stop of the Tab key from the top of the page to its end, with the fields of `TYPED` filled on the way."""
    stops: list[dict[str, object]] = []
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        if stop["tag"] == "INPUT" and stop["row"] in TYPED and stop["row"] not in {one["row"] for one in stops}:
            page.keyboard.press("Control+A")
            page.keyboard.type(TYPED[stop["row"]])
        stops.append(stop)
    return stops


def test_step_is_answered_and_left_by_keyboard(empty: Served, browser: Browser) -> None:
    """Skip link first, every field once and in order, every stop has a name; Enter on the last link leads on."""
    context = browser.new_context()
    page = visit(context, empty).go("/step/step_3_economics/")
    stops = walked(page)
    fields = list(dict.fromkeys(str(stop["row"]) for stop in stops if stop["row"]))
    assert stops[0]["href"] == "#root"
    assert set(TYPED) <= set(fields)
    assert [name for name in fields if name in TYPED] == list(TYPED)
    unnamed = [stop for stop in stops if stop["tag"] in ("A", "BUTTON") and not stop["words"]]
    assert unnamed == []
    assert len(stops) < FURTHEST, "the keyboard is trapped"
    page.locator(".pb-verdict[data-v=yes]").wait_for()
    page.locator(".pb-next a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/step/step_4_core/")
    context.close()


@pytest.mark.parametrize("path", ["/", "/step/step_3_economics/", "/settings"])
def test_dark_is_dark(shop: Served, browser: Browser, path: str) -> None:
    """The system's wish is followed: a dark ground with light words."""
    context = browser.new_context(color_scheme="dark")
    page = visit(context, shop).go(path)
    ground, ink = (
        page.evaluate(f"getComputedStyle(document.body).{name}.match(/[0-9]+/g).slice(0, 3).map(Number)")
        for name in ("backgroundColor", "color")
    )
    assert (max(ground) < 60, min(ink) > 180) == (True, True)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"dark-{path.strip('/').replace('/', '-') or 'home'}.png", full_page=True)
    context.close()


def test_printed_step_has_no_navigation(shop: Served, browser: Browser) -> None:
    """On paper: the question, the inputs, the answer; no header, rail, buttons."""
    context = browser.new_context()
    page = visit(context, shop).go("/step/step_3_economics/")
    page.emulate_media(media="print")
    assert page.locator(".pb-verdict").first.is_visible()
    assert page.locator("h1").first.is_visible()
    for part in (".pb-head", ".pb-rail", ".pb-undo", ".pb-next"):
        assert not page.locator(part).first.is_visible(), part
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "print-step-3.png", full_page=True)
    context.close()
