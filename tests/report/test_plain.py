"""The report as a workbook and as Markdown: every answered step, nobody's words as formula or markup."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from playbook import i18n, report, samples
from playbook.workspace import Workspace


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_workbook_of_a_sample_firm_holds_steps_and_the_week(tmp_path: Path, language: str) -> None:
    """Main points, steps, and the week: five sheets, tests, four numbers, channels, answers."""
    firm = samples.create(tmp_path / "firm", "local", language)
    book = zipfile.ZipFile(BytesIO(report.write(firm, "xlsx", language)))
    assert len([name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]) == 11
    with i18n.speaking(language):
        assert i18n.t("report", "The main points") in book.read("xl/workbook.xml").decode()


def test_workbook_without_a_week_holds_the_steps(tmp_path: Path) -> None:
    """An empty workspace has main points and no week; a name that looks like a formula is text."""
    firm = Workspace.create(tmp_path / "firm", name="=1+1", language="en")
    firm.save("goal", "decision", "=2+2")
    book = zipfile.ZipFile(BytesIO(report.write(firm, "xlsx")))
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert "<f>" not in "".join(book.read(name).decode() for name in sheets)
    assert "=2+2" in book.read("xl/sharedStrings.xml").decode()


def test_markdown_names_every_answered_step(tmp_path: Path) -> None:
    """Headings by step; marks of a person's own are words."""
    firm = samples.create(tmp_path / "firm", "saas", "en")
    firm.set_setting("name", "Firm *bold* <i>")
    text = report.write(firm, "md").decode()
    assert text.startswith("# Firm \\*bold\\* \\<i\\>\n")
    assert text.count("\n## ") >= 9


def test_markdown_has_no_value_of_nothing_and_days_in_the_readers_words(tmp_path: Path) -> None:
    """A finding without a figure ends at its name, and the day of a decision is no ISO date."""
    firm = samples.create(tmp_path / "firm", "ecommerce", "ru")
    text = report.write(firm, "md").decode()
    assert "**: (" not in text
    assert "**:  " not in text
    decided = [line for line in text.splitlines() if line.startswith("- **Решение**")]
    assert decided
    assert not [line for line in decided if re.search(r"\d{4}-\d\d-\d\d", line)]
