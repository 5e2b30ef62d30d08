"""The plan's days in a real Chromium: ticks stay, and a file comes with one click."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.served.conftest import Served, visit


def test_tick_stays_after_a_reload(empty: Served, browser: Browser) -> None:
    """The first task is ticked, counted at once, still ticked when the page is loaded anew, and fits a phone."""
    for name, value in {"scenario": "local", "start": "2026-11-23", "hours_per_week": 12}.items():
        empty.workspace.set_setting(name, value)
    context = browser.new_context(locale="en", viewport={"width": 390, "height": 800})
    page = visit(context, empty).go("/step/plan_30_days/")
    first = page.locator(".pb-task").first
    first.get_by_role("checkbox").click()
    expect(page.locator("[data-cell-name=answer]")).to_contain_text("Ticked by you.")
    page.reload()
    expect(page.locator(".pb-task").first.get_by_role("checkbox")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    with page.expect_download() as coming:
        page.get_by_role("link", name="To the calendar (ICS)").click()
    assert coming.value.suggested_filename.endswith(".ics")
    context.close()
