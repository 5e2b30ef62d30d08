"""Files that come from the home page and go to it, in a real browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from playbook import packs
from playbook.workspace import Workspace
from tests.served.conftest import Served, visit


def test_pdf_says_that_it_is_being_made_and_comes(empty: Served, browser: Browser) -> None:
    """The link's words change at once and back when the file is there, under its dated name."""
    context = browser.new_context(locale="en")
    window = visit(context, empty)
    page = window.go("/")
    link = page.locator(".take a[data-wait]")
    with page.expect_download(timeout=60_000) as download:
        link.click()
        expect(link).to_have_text("The PDF is being made…")
    assert download.value.suggested_filename.startswith("report-")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    expect(link).to_have_text("PDF")
    window.go("/report/choose")
    page.get_by_role("checkbox", name="Goal").first.uncheck()
    button = page.locator("button[data-wait]")
    with page.expect_download(timeout=60_000) as download:
        button.click()
        expect(button).to_have_text("The PDF is being made…")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    expect(button).to_have_text("PDF")
    assert window.complaints == []
    context.close()


def test_packed_workspace_opens_as_soon_as_it_is_chosen(empty: Served, browser: Browser, tmp_path: Path) -> None:
    """One that is larger than the server takes stays where it is, and its remedy is shown."""
    packs.pack(Workspace.create(tmp_path / "other", name="Handed on"), tmp_path / "other.playbook")
    context = browser.new_context(locale="en")
    window = visit(context, empty)
    page = window.go("/")
    page.evaluate("document.querySelector('form.send').dataset.most = '10'")
    page.locator("#pack").set_input_files(tmp_path / "other.playbook")
    expect(page.locator(".send .over")).to_contain_text("playbook unpack FILE")
    page = window.go("/")
    page.locator("#pack").set_input_files(tmp_path / "other.playbook")
    expect(page.locator(".pb-head .ws")).to_have_text("Handed on", timeout=15_000)
    context.close()
