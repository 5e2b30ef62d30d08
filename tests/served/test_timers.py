"""The page's clocks in a real Chromium: the meeting's timer, and the offer that stands for ten seconds."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from playbook.walk import Walk
from tests.served.conftest import Served, Visit, visit

OFFER = {
    "segment": "Dentists",
    "for_whom": "For dentists",
    "task": "more visits",
    "term": "in 60 days",
    "means": "from search",
    "difference": "Paid by the visit",
}


def timed(browser: Browser, served: Served, path: str) -> tuple[BrowserContext, Visit, Page]:
    """A window whose clock a test may turn on."""
    context = browser.new_context(locale="en", viewport={"width": 390, "height": 800})
    context.clock.install()
    window = visit(context, served)
    return context, window, window.go(path)


def stopped(context: BrowserContext, page: Page) -> None:
    """From here on time stands still but for what a test lets pass."""
    context.clock.pause_at(page.evaluate("Date.now() + 1000") / 1000)


def test_offer_is_hidden_after_ten_seconds_and_lost_words_are_told(empty: Served, browser: Browser) -> None:
    """It covers the page, counts down, goes away, takes the listener's words and says what did not come back."""
    empty.workspace.add_row("offer", "offers", OFFER)
    context, window, page = timed(browser, empty, "/step/offer/")
    sentence = "For dentists: more visits, in 60 days, from search. Paid by the visit."
    stopped(context, page)
    page.get_by_role("button", name="Show the offer").click()
    shown = page.locator(".pb-retell .said")
    expect(shown).to_have_text(sentence)
    expect(page.locator(".pb-retell .left")).to_have_text("10")
    box = page.locator(".pb-retell").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (390, 800)
    context.clock.fast_forward(7_000)
    expect(page.locator(".pb-retell .left")).to_have_text("3")
    context.clock.fast_forward(4_000)
    expect(shown).to_be_hidden()
    assert sentence not in page.locator(".pb-retell").inner_text()
    context.clock.resume()
    page.get_by_label("Listener", exact=True).fill("Rita <b>")
    page.get_by_label("What did they hear?").fill("More visits to dentists, from search")
    page.locator(".pb-retell").get_by_label("yes").check()
    page.get_by_role("button", name="Keep and show the lost words").click()
    expect(page.locator(".pb-lost")).to_have_text("Lost by Rita <b>: 60, days, paid.")
    (test,) = Walk(empty.workspace).value("offer", "tests")
    assert (test["listener"], test["offer"], test["retold"]) == ("Rita <b>", "Dentists", True)
    assert window.complaints == []
    context.close()


def test_meeting_is_counted_down_over_a_reload(empty: Served, browser: Browser) -> None:
    """Thirty minutes by rule; a reload does not begin them anew, the end is said, a press takes the timer back."""
    context, _, page = timed(browser, empty, "/step/weekly_review/")
    timer = page.locator("[data-meeting]")
    expect(timer).to_have_text("Start the meeting's timer")
    stopped(context, page)
    timer.click()
    expect(timer).to_have_text("Left: 30:00")
    context.clock.fast_forward(90_000)
    expect(timer).to_have_text("Left: 28:30")
    context.clock.resume()
    page.reload()
    expect(timer).to_have_text(re.compile(r"Left: 2[78]:\d\d"), timeout=60_000)
    context.clock.fast_forward(29 * 60_000)
    expect(timer).to_have_text("Time is up")
    timer.click()
    expect(timer).to_have_text("Start the meeting's timer")
    context.close()
