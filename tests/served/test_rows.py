"""Buttons of a page in a real Chromium: rows come and go, and an undo brings a value back."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.data.clinic import bring
from tests.served.conftest import Served, visit

ORDERS = """id,paid,amount,direct_costs,currency,segment
1,2026-06-01,100,40,USD,Cafes
2,2026-06-02,300,310,USD,Clinics
"""


def test_rows_come_and_go(empty: Served, browser: Browser) -> None:
    """Add two metrics, delete one, and take the deletion back."""
    context = browser.new_context(locale="en")
    page = visit(context, empty).go("/step/step_6_kpi/")
    items = page.locator(".pb-item")
    for count in (1, 2):
        page.get_by_role("button", name="Add a row").click()
        expect(items).to_have_count(count)
    items.first.get_by_role("button", name="Delete").click()
    expect(items).to_have_count(1)
    page.get_by_role("button", name="Undo the last change").click()
    expect(items).to_have_count(2)
    context.close()


def test_answer_taken_from_the_data_stays(empty: Served, browser: Browser) -> None:
    """A list and a number are pressed one after the other: both stand as the data have them, on disk too."""
    bring(empty.workspace, "orders.csv", ORDERS)
    context = browser.new_context(locale="en-US")
    page = visit(context, empty).go("/step/start/")
    for name in ("profitable_segments", "average_check"):
        row = page.locator(f'.pb-row[data-k="answers/{name}"]')
        row.get_by_role("button", name="Take as my answer").click()
        expect(row).not_to_have_attribute("data-from", "proof")
    saved = empty.workspace.current("ten")
    assert str(saved["answers/profitable_segments"].value).startswith("Cafes $60 (")
    assert saved["answers/average_check"].value == 200
    context.close()


def test_dropped_file_is_imported(empty: Served, browser: Browser) -> None:
    """A contract is refused in our words; what no file tells is asked, the button imports, and the card says so."""
    from playbook import paths

    context = browser.new_context(locale="ru")
    window = visit(context, empty)
    window.page.goto(f"{empty.origin}/lang/ru")
    page = window.go("/step/data/")
    page.locator("marimo-file input[type=file]").set_input_files(
        {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    expect(page.locator("[data-cell-name=answer] .pb-file")).to_contain_text("Это не текстовая таблица")
    expect(page.locator(".pb-trouble").first).to_be_hidden()
    file = paths.resource("data_samples") / "ecommerce" / "google_ads.csv"
    page.locator("marimo-file input[type=file]").set_input_files(str(file))
    card = page.locator("[data-cell-name=answer] .pb-file").first
    expect(card).to_have_attribute("data-v", "wait")
    page.locator("[data-cell-name=answer] marimo-radio button[role=radio]").first.click()
    expect(card).to_have_attribute("data-v", "yes")
    page.get_by_role("button", name="Загрузить").click()
    expect(card).to_contain_text("загружено")
    assert "upload" not in page.evaluate("document.querySelector('marimo-file').shadowRoot.textContent").lower()
    assert window.outside == []
    context.close()
