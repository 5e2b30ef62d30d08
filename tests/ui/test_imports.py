"""The data page without a browser: what is dropped, asked and imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook import paths
from playbook.ui.imports import ImportPage
from playbook.ui.marimo_data import Data
from playbook.workspace import Workspace

EXPORT = (paths.resource("data_samples") / "ecommerce" / "google_ads.csv").read_bytes()


@pytest.fixture
def page(tmp_path: Path) -> ImportPage:
    """The data page of an empty workspace."""
    return ImportPage(Workspace.create(tmp_path / "firm"), "en")


def test_open_question_keeps_a_file_out_until_answered(page: ImportPage) -> None:
    """VAT first, then the import."""
    (file,) = page.take([("report.csv", EXPORT)])
    page.run()
    assert file.batch is None
    page.reply(file, "vat", "included")
    page.run()
    assert file.batch == 1
    assert "imported" in page.card(file)


def test_two_files_of_one_name_are_both_asked_about(page: ImportPage) -> None:
    """Exports of two accounts are often called the same."""
    other = EXPORT.replace(b"2026", b"2025")
    page.take([("report.csv", EXPORT), ("report.csv", other)])
    assert Data(page).files().text.count("VAT?") == 2


def test_fault_of_an_undo_is_gone_after_the_next_one(page: ImportPage) -> None:
    """What was mended is not complained of for ever."""
    (file,) = page.take([("report.csv", EXPORT)])
    page.reply(file, "vat", "included")
    page.run()
    page.take_back(99)
    assert page.error is not None
    page.take_back(1)
    assert page.error is None


def test_unknown_table_is_asked_about_until_it_is_known(page: ImportPage) -> None:
    """What it is, whether it has a header, which column is which; then it is imported like any other."""
    page.paste("Когда;Сколько;Кто\n01.06.2026;1500;anna\n")
    (file,) = page.dropped.values()
    assert [choice.key for choice in page.assistant(file)] == ["kind"]
    page.reply(file, "kind", "orders")
    choices = {choice.key: choice for choice in page.assistant(file)}
    assert choices["column.revenue"].options[1] == ("Сколько", "Сколько · 1500")
    assert choices["column.revenue"].label == "Revenue *"
    for field, column in (("id", "Кто"), ("paid_at", "Когда"), ("revenue", "Сколько")):
        page.reply(file, f"column.{field}", column)
    page.run()
    assert file.batch == 1
    assert page.assistant(file) == []


def test_choice_can_be_taken_back(page: ImportPage) -> None:
    """An emptied answer is none."""
    page.paste("a;b\n1;2\n")
    (file,) = page.dropped.values()
    page.reply(file, "kind", "costs")
    page.reply(file, "kind", "")
    assert file.settings == {}
