"""A row of a workbook is as high as its longest text, in every workbook the product makes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from playbook.report import plans, sheets
from playbook.report.heights import MOST, height
from playbook.workspace import Workspace

SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
LONG = "nobody knows what it costs before the visit " * 10


@pytest.mark.parametrize(
    ("texts", "lines"),
    [(("",), 1), (("x" * 20,), 1), (("x" * 21,), 2), (("a\nb\nc",), 3), (("short", "x" * 70), 4)],
)
def test_longest_text_makes_the_height(texts: tuple[str, ...], lines: int) -> None:
    """A column of 20 holds 20 letters a line, a line is 15 points high."""
    assert height(texts, [20] * len(texts)) == 15 * lines


def test_no_row_is_higher_than_excel_takes() -> None:
    """Five thousand letters end at 409 points; the text itself is whole."""
    assert height(("x" * 5000,), (20,)) == MOST


def highest(made: bytes) -> float:
    """The height of the highest row of a workbook."""
    book = zipfile.ZipFile(BytesIO(made))
    trees = [ET.fromstring(book.read(name)) for name in book.namelist() if "worksheets/sheet" in name]  # noqa: S314 - made here
    return max(float(row.attrib.get("ht", 15)) for tree in trees for row in tree.iterfind(".//s:row", SHEET))


def test_long_cells_of_a_document_and_of_a_plan_are_seen(tmp_path: Path) -> None:
    """A map's column takes 440 letters in thirteen lines of 36, a plan's 200 in four of 52."""
    firm = Workspace.create(tmp_path / "firm", name="Firm", language="en")
    firm.save("cjm", "attention/doubts", LONG)
    assert highest(sheets.write(sheets.of(firm, "cjm"), "xlsx")) == 195
    for name, value in {"scenario": "local", "start": "2026-11-23", "hours_per_week": 12}.items():
        firm.set_setting(name, value)
    firm.add_row("thirty-days", "own", {"task": "Ask", "minutes": 15, "week": "1", "done_when": LONG[:200]})
    assert highest(plans.write(plans.of(firm), "xlsx")) == 60
