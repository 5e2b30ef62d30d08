"""What people type wrong, on the served pages in both languages: what, saw, hint beside the field, and nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from playbook.workspace import Workspace
from tests.served.conftest import Served, serve, visit

GOAL, ECONOMICS = "/step/step_1_goal/", "/step/step_3_economics/"
WRONG = [
    (ECONOMICS, "refund_rate", "120", "from 0 to 100%", "от 0 до 100"),
    (ECONOMICS, "price", "dear", "This is not a number", "Это не число"),
    (ECONOMICS, "price", "-5", "cannot be below 0", "не может быть меньше 0"),
    (GOAL, "horizon_days", "10", "cannot be below 30", "не может быть меньше 30"),
    (GOAL, "horizon_days", "100", "cannot be above 90", "не может быть больше 90"),
    (GOAL, "decision_owner", "x" * 10_000, "At most", "Не больше"),
    (GOAL, "decision_review", "soon", "This is not a date", "Это не дата"),
]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_fault_is_said_beside_its_field(empty: Served, browser: Browser, language: str) -> None:
    """Each word stays in its field, also after the page is loaded again."""
    context = browser.new_context(locale=language)
    window = visit(context, empty)
    window.page.goto(f"{empty.origin}/lang/{language}")
    for path, name, raw, english, russian in WRONG:
        page = window.go(path)
        row = page.locator(f'.pb-row[data-k="{name}"]')
        row.locator("input, textarea").first.fill(raw)
        words = english if language == "en" else russian
        expect(row.locator(".err")).to_contain_text(words)
        page = window.go(path)
        expect(page.locator(f'.pb-row[data-k="{name}"]').locator("input, textarea").first).to_have_value(raw)
        expect(page.locator(f'.pb-row[data-k="{name}"] .err')).to_contain_text(words)
    assert window.complaints == []
    context.close()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_two_goals_and_a_conversion_of_nothing_are_named(empty: Served, browser: Browser, language: str) -> None:
    """Sound alone and wrong together: said beside both; a lead that never pays is unreachable and no zero."""
    workspace = empty.workspace
    sound = {"objective": "sales_now", "horizon_days": 60, "average_order_value": 100, "gross_margin": 0.4}
    rates = {"visit_to_lead": 0.05, "lead_to_sale": 0, "cost_per_visit": 1, "target_customers": 30}
    for name, value in {**sound, **rates}.items():
        workspace.save("goal", name, value)
    context = browser.new_context(locale=language)
    window = visit(context, empty)
    window.page.goto(f"{empty.origin}/lang/{language}")
    page = window.go(GOAL)
    expect(page.locator(".pb-answer .pb-verdict")).to_have_attribute("data-v", "no")
    assert "NaN" not in page.locator(".pb-answer").inner_text()
    page.locator('.pb-row[data-k="target_revenue"] input').first.fill("9000")
    expect(page.locator('.pb-row[data-k="target_revenue"] .err')).to_be_visible()
    expect(page.locator(".pb-answer .pb-verdict")).to_have_attribute("data-v", "wait")
    context.close()


def test_markup_and_marks_are_text(empty: Served, browser: Browser) -> None:
    """A script in any field runs nowhere: not on its page, not on the home page, not in the report."""
    context = browser.new_context(locale="ru")
    window = visit(context, empty)
    window.page.goto(f"{empty.origin}/lang/ru")
    page = window.go(GOAL)
    markup = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"
    page.locator('.pb-row[data-k="decision"] textarea').first.fill(markup)
    page.locator('.pb-row[data-k="decision_owner"] input').first.fill(markup)
    expect(page.locator(".pb .meta").first).to_be_visible()
    for path in (GOAL, "/", "/report"):
        if path == "/report":
            page.set_content(window.page.request.get(empty.origin + path).text())
        else:
            window.go(path)
        assert page.evaluate("window.ran === undefined")
    context.close()


if sys.platform == "linux" and os.geteuid() == 0:  # only there can a test make a disk that may not be written to

    @pytest.fixture
    def readonly(tmp_path: Path) -> Iterator[Served]:
        """A workspace on a disk that may only be read."""
        place = tmp_path / "disk"
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], check=True)
        try:
            workspace = Workspace.create(place / "firm", name="Firm", language="ru", currency="RUB")
            workspace.save("unit-economics", "price", 100)
            workspace.close()
            subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
            yield from serve(workspace, tmp_path / "state")
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)

    def test_disk_that_may_only_be_read_is_said(readonly: Served, browser: Browser) -> None:
        """What is saved is shown; a change is refused beside its field and in the header, and stays in its field."""
        context = browser.new_context(locale="ru")
        window = visit(context, readonly)
        page = window.go(ECONOMICS)
        price = page.locator('.pb-row[data-k="price"] input').first
        expect(price).to_have_value("100")
        expect(page.locator(".pb-saved")).to_contain_text("Не сохранено")
        price.fill("120")
        expect(page.locator('.pb-row[data-k="price"] .err')).to_contain_text("Не сохранено")
        expect(page.locator(".pb-saved .on")).to_be_hidden()
        expect(page.locator(".pb-answer")).to_contain_text("Изменения не сохраняются")
        expect(price).to_have_value("120")
        assert "Traceback" not in page.locator("body").inner_text()
        context.close()
