"""The Monday routine on two weeks of a clinic: files, what became of last week, decisions, a report."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from playbook import paths, samples
from playbook.workspace import Workspace
from tests.served.conftest import Visit, start, visit
from tests.served.test_typing import saved

PATIENCE = 90_000
MOST_PAGES, MOST_HTML = 4, 200 * 1024
MONDAYS = datetime(2026, 11, 16, 9, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)
SAMPLE = paths.resource("data_samples") / "local"
CREATED, CLOSED, STAGE, REASON = "Дата создания сделки", "Дата закрытия", "Этап сделки", "Причина отказа"
OPEN = {STAGE: "План лечения", CLOSED: "не закрыта", REASON: ""}
WEEK = "/step/weekly_review/"
WEEKEND = "Отвечать за 15 минут и в выходные"

pytestmark = pytest.mark.prove


def day(text: str) -> datetime:
    """A day as the exports write it."""
    return datetime.strptime(text[:10], "%d.%m.%Y").replace(tzinfo=UTC)


def earlier(folder: Path) -> None:
    """The exports as they were on the first Monday: no later row, and what was closed later still open."""
    advertising = (SAMPLE / "yandex_direct.csv").read_text("cp1251").splitlines()
    head, rows = advertising[:5], [line for line in advertising[5:] if re.match(r"\d\d\.", line)]
    kept = [line for line in rows if day(line) < MONDAYS[0]]
    (folder / "yandex_direct.csv").write_text("\n".join([*head, *kept]) + "\n", "cp1251")
    with (SAMPLE / "amocrm.csv").open(encoding="utf-8-sig", newline="") as file:
        deals = list(csv.DictReader(file))
    with (folder / "amocrm.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, deals[0])
        out.writeheader()
        for deal in deals:
            later = deal[CLOSED] != OPEN[CLOSED] and day(deal[CLOSED]) >= MONDAYS[0]
            if day(deal[CREATED]) < MONDAYS[0]:
                out.writerow(deal | OPEN if later else deal)


@pytest.fixture
def clinic(tmp_path: Path) -> Workspace:
    """The clinic as it stood on the first Monday, with the exports of that day."""
    firm = samples.create(tmp_path / "clinic", "local", "ru", today=MONDAYS[0].date())
    for batch in firm.batches():
        if batch.payload["source"] != "plain":
            firm.switch_batch(batch.id, active=False)
    earlier(tmp_path)
    files = [str(tmp_path / name) for name in ("yandex_direct.csv", "amocrm.csv")]
    settings = ["vat=included", "stage.Записан на приём=open", f"stage.{OPEN[STAGE]}=open"]
    command = [sys.executable, "-m", "playbook", "import", *files, "-w", str(firm.path), "--yes"]
    subprocess.run([*command, *(f"--set={one}" for one in settings)], check=True, capture_output=True)
    return firm


@contextmanager
def monday(firm: Workspace, state: Path, browser: Browser, on: datetime) -> Iterator[Visit]:
    """A window of the playbook on a Monday."""
    served, process = start(firm, state, on=on)
    context = browser.new_context(locale="ru", accept_downloads=True)
    try:
        window = visit(context, served)
        yield window
        assert (window.outside, window.complaints) == ([], [])
    finally:
        context.close()
        process.terminate()
        process.wait(20)


def rows(page: Page, of: str, name: str) -> Locator:
    """One field of every row of a list."""
    return page.locator(f'.pb-row[data-k^="{of}/"][data-k$="/{name}"]')


def decide(window: Visit, what: str, why: str) -> None:
    """Write a decision down in a new row."""
    there = rows(window.page, "decisions", "what")
    count = there.count()
    window.page.get_by_role("button", name="Добавить строку").last.click()
    expect(there).to_have_count(count + 1, timeout=PATIENCE)
    row = str(there.last.get_attribute("data-k")).removesuffix("/what")
    for name, text in {"what": what, "why": why, "owner": "Ольга", "due": "2026-11-27"}.items():
        window.field(f"{row}/{name}").fill(text)
    saved(window.served, "week", f"{row}/due", "2026-11-27", window.page)


def report(page: Page, firm: Workspace) -> dict[str, Path]:
    """Press for the files of the week; they by their endings."""
    before = set(firm.reports())
    page.get_by_role("button", name="Записать HTML, PDF и XLSX").click(timeout=PATIENCE)
    page.wait_for_url("**/weekly_review/#reports", timeout=PATIENCE)
    fresh = set(firm.reports()) - before
    assert {file.suffix for file in fresh} == {".html", ".pdf", ".xlsx"}
    return {file.suffix: file for file in fresh}


def bring(window: Visit) -> None:
    """Drop the newer files of the same names: nothing is asked again, and they say what became of earlier rows."""
    page = window.go("/step/data/")
    files = [str(SAMPLE / name) for name in ("yandex_direct.csv", "amocrm.csv")]
    page.locator("marimo-file input[type=file]").set_input_files(files)
    cards = page.locator("[data-cell-name=answer] .pb-file")
    expect(cards).to_have_count(2, timeout=PATIENCE)
    for place in (0, 1):
        expect(cards.nth(place)).to_have_attribute("data-v", "yes")
    page.get_by_role("button", name="Загрузить").click()
    for place in (0, 1):
        expect(cards.nth(place)).to_contain_text("загружено", timeout=PATIENCE)
    expect(cards.nth(1)).to_contain_text("6 заявок выиграно, 11 заявок проиграно", timeout=PATIENCE)


def test_two_mondays(clinic: Workspace, tmp_path: Path, browser: Browser) -> None:
    """A week is decided, reported and closed; the next Monday the newer files show what became of it."""
    with monday(clinic, tmp_path / "state", browser, MONDAYS[0]) as window:
        page = window.go(WEEK)
        decide(window, WEEKEND, "Две трети остывших заявок пришли в выходные")
        first = report(page, clinic)
        window.go(WEEK).get_by_role("button", name="Закрыть неделю").click()
        expect(rows(page, "previous", "what").last.locator("input")).to_have_value(WEEKEND, timeout=PATIENCE)
    kept = {file: file.read_bytes() for file in first.values()}
    with monday(clinic, tmp_path / "state", browser, MONDAYS[1]) as window:
        bring(window)
        page = window.go(WEEK)
        verdict = page.locator("[data-cell-name=answer] .pb-verdict")
        expect(verdict).to_contain_text("Решений пока нет", timeout=PATIENCE)
        for outcome in rows(page, "previous", "outcome").all():
            outcome.evaluate("row => row.closest('details')?.setAttribute('open', '')")
            outcome.get_by_role("radio", name="сработало", exact=True).click()
        for place in (1, 2, 3):
            decide(window, f"Решение {place}", "Заявок с источником 63 % при плане 95 %")
        expect(verdict).to_contain_text("3 решения", timeout=PATIENCE)
        second = report(page, clinic)
    assert {file: file.read_bytes() for file in kept} == kept
    assert {file.stem for file in (*first.values(), *second.values())} == {"week_2026-W47", "week_2026-W48"}
    assert len(re.findall(rb"/Type\s*/Page\b", second[".pdf"].read_bytes())) <= MOST_PAGES
    assert second[".html"].stat().st_size <= MOST_HTML
    with zipfile.ZipFile(second[".xlsx"]) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert WEEKEND in words
    assert "Решение 3" in words
    read_on_a_phone(second[".html"], browser)


def read_on_a_phone(file: Path, browser: Browser) -> None:
    """The director opens the file without a network: five lines first, no wider than the screen."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator(".five li")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
