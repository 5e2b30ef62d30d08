"""What a person types is saved, flows on, and is never lost: reload, language switch, two windows, a dead server."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from playbook.workspace import Workspace
from tests.served.conftest import Served, visit

STEP_3 = "/step/step_3_economics/"

FILLED = {
    "cac": "60",
    "lead_to_sale": "30",
    "visit_to_lead": "5",
    "payback_target_months": "3",
    "monthly_retention": "80",
    "price": "100",
    "cogs": "40",
    "logistics": "2",
    "service": "1",
}
FILL = """(typed) => {
  for (const [name, text] of Object.entries(typed)) {
    const input = document.querySelector(`.pb-row[data-k="${name}"] marimo-text`).shadowRoot.querySelector("input");
    input.focus();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.blur();
  }
}"""
"""Every field in one breath, as a browser's own filling does."""


def field(page: Page, name: str) -> Locator:
    """The input of a field."""
    return page.locator(f'.pb-row[data-k="{name}"] input').first


def saved(served: Served, step: str, name: str, value: object, page: Page) -> None:
    """Wait until the workspace holds the value."""
    workspace = Workspace.open(served.workspace.path)
    for _ in range(100):
        if workspace.values(step).get(name) == value:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{step}.{name} is {workspace.values(step).get(name)!r}, not {value!r}")


def fill_economics(page: Page) -> None:
    """A firm that may pay less than 146.4 for a client and pays 120."""
    for name, value in {
        "price": "100",
        "cogs": "40",
        "monthly_retention": "80",
        "payback_target_months": "3",
        "cac": "120",
    }.items():
        field(page, name).fill(value)
        page.wait_for_timeout(400)


def test_typing_changes_the_verdict_and_survives_a_reload(empty: Served, browser: Browser) -> None:
    """The answer turns over at a CAC of 150 and stands there after F5."""
    context = browser.new_context(locale="en")
    window = visit(context, empty)
    page = window.go(STEP_3)
    fill_economics(page)
    verdict = page.locator("[data-cell-name=answer] .pb-verdict").first
    expect(verdict).to_contain_text("$146")
    expect(verdict).to_have_attribute("data-v", "yes")
    field(page, "cac").fill("150")
    expect(verdict).to_have_attribute("data-v", "no")
    saved(empty, "unit-economics", "cac", 150, page)
    window.go(STEP_3)
    expect(field(page, "cac")).to_have_value("150")
    expect(page.locator("[data-cell-name=answer] .pb-verdict").first).to_have_attribute("data-v", "no")
    assert window.outside == []
    context.close()


def test_language_switch_loses_nothing(empty: Served, browser: Browser) -> None:
    """The same numbers stand on the Russian page."""
    context = browser.new_context(locale="en")
    window = visit(context, empty)
    page = window.go(STEP_3)
    field(page, "price").fill("1234.5")
    saved(empty, "unit-economics", "price", 1234.5, page)
    page.goto(f"{empty.origin}/lang/ru?next={STEP_3}")
    window.go(STEP_3)
    assert page.locator("html").get_attribute("lang") == "ru"
    assert field(page, "price").input_value().replace("\u00a0", " ") == "1 234,5"
    context.close()


def test_rubbish_is_explained_beside_the_field(empty: Served, browser: Browser) -> None:
    """The words stay, the field is marked invalid, and the other fields are saved."""
    context = browser.new_context(locale="en")
    window = visit(context, empty)
    page = window.go(STEP_3)
    field(page, "price").fill("expensive")
    expect(page.locator('.pb-row[data-k="price"] .err')).to_contain_text("not a number")
    expect(field(page, "price")).to_have_value("expensive")
    expect(field(page, "price")).to_have_attribute("aria-invalid", "true")
    field(page, "cogs").fill("40")
    saved(empty, "unit-economics", "cogs", 40, page)
    context.close()


def test_two_windows_on_one_step_lose_nothing(empty: Served, browser: Browser) -> None:
    """Each window's field is saved; the one that saves over the other is told."""
    context = browser.new_context(locale="en")
    first, second = visit(context, empty), visit(context, empty)
    first.go(STEP_3)
    second.go(STEP_3)
    field(first.page, "price").fill("100")
    saved(empty, "unit-economics", "price", 100, first.page)
    field(second.page, "cogs").fill("40")
    saved(empty, "unit-economics", "cogs", 40, second.page)
    field(second.page, "price").fill("200")
    saved(empty, "unit-economics", "price", 200, second.page)
    expect(second.page.locator('.pb-row[data-k="price"] .err')).to_contain_text("100")
    history = [change.value for change in Workspace.open(empty.workspace.path).history("unit-economics")]
    assert history == [200, 40, 100]
    context.close()


def test_what_is_open_stays_open_while_the_answer_changes(empty: Served, browser: Browser) -> None:
    """A formula that is being read does not fold when a number is typed, and its own numbers change."""
    page = visit(browser.new_context(locale="en"), empty).go(STEP_3)
    fill_economics(page)
    answer = page.locator("[data-cell-name=answer]")
    formula = answer.locator("details").first
    formula.locator("summary").click()
    expect(answer.locator(".pb-verdict").first).to_have_attribute("data-v", "yes")
    field(page, "cac").fill("150")
    expect(answer.locator(".pb-verdict").first).to_have_attribute("data-v", "no")
    expect(formula).to_have_attribute("open", "")


def test_first_visit_opens_the_ten_questions(empty: Served, browser: Browser) -> None:
    """Before any set-up, with a clock that runs in the page and can be paused."""
    context = browser.new_context(locale="en")
    window = visit(context, empty)
    expect(window.page).to_have_url(re.compile(rf"^{empty.origin}/firm/\w+/step/start/$"))
    window.page.locator("[data-cell-name=opening] h1").first.wait_for(timeout=60_000)
    assert window.complaints == []
    context.close()


def test_fields_filled_at_once_are_all_saved(empty: Served, browser: Browser) -> None:
    """A browser fills a form faster than the answer is drawn: every field is saved, none stands for another."""
    context = browser.new_context()
    window = visit(context, empty)
    page = window.go("/step/step_3_economics/")
    page.evaluate(FILL, FILLED)
    page.locator(".pb-verdict[data-v=yes]").wait_for()
    saved = empty.workspace.values("unit-economics")
    assert {name: saved.get(name) for name in FILLED} == {
        name: float(text) / (100 if name in ("lead_to_sale", "visit_to_lead", "monthly_retention") else 1)
        for name, text in FILLED.items()
    }
    context.close()
