"""A document as an Excel workbook: a sheet for what it says, and one for each of its parts. Every cell is text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from playbook.i18n import t
from playbook.report.heights import height
from playbook.report.sheets import Sheet
from playbook.report.sheets.shape import Block, Entries, Grid

if TYPE_CHECKING:
    from xlsxwriter import Workbook

MOST_LETTERS = 32_767
"""Excel holds no more in a cell."""
TITLE_LETTERS = 31
AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
"""What a person wrote is text, whatever it begins with."""
WIDTHS = {"first": 28, "entry": 90, "across": 36, "wide": 44, "list": 26}
FEW = 2
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def xlsx(sheet: Sheet) -> bytes:
    """The workbook."""
    from xlsxwriter import Workbook

    made = BytesIO()
    with Workbook(made, AS_TYPED) as book:
        book.set_properties({"title": sheet.title, "company": sheet.firm})
        pen = _Pen(book)
        _first(pen, sheet)
        for number, block in enumerate(sheet.blocks, 1):
            _block(pen, block, number)
    return made.getvalue()


class _Pen:
    """Writes texts, and gives each page of the workbook a name that Excel takes and no other page has."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        wrap: dict[str, Any] = {"text_wrap": True, "valign": "top"}
        self.plain = book.add_format(wrap)
        self.framed = book.add_format({**wrap, "border": 1, "border_color": "#D7DFDC"})
        self.head = book.add_format(
            {**wrap, "bold": True, "bg_color": "#EAEFED", "border": 1, "border_color": "#D7DFDC"}
        )
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.names: set[str] = set()

    def page(self, name: str) -> Any:
        bare = _FORBIDDEN.sub(" ", name).strip()[:TITLE_LETTERS] or t("report", "Document")
        while bare.casefold() in self.names:
            bare = f"{bare[: TITLE_LETTERS - 3]} {len(self.names) + 1}"
        self.names.add(bare.casefold())
        page = self.book.add_worksheet(bare)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        return page


def _first(pen: _Pen, sheet: Sheet) -> None:
    """Title, firm, and what the document says of itself, or how to fill it in."""
    page = pen.page(sheet.title)
    page.set_column(0, 0, WIDTHS["first"])
    page.set_column(1, 2, WIDTHS["across"])
    page.write_string(0, 0, sheet.title, pen.title)
    lines: list[tuple[str, ...]] = [(sheet.question,), *((line,) for line in (sheet.firm, sheet.made) if line), ()]
    lines += [(line,) for line in sheet.how]
    if sheet.face is not None:
        said = sheet.face.verdict
        lines += [(said.word, f"{said.say} {said.because}".strip())]
        lines += [(row.label, row.value, row.definition) for row in sheet.face.rows()[1:]]
    for row, cells in enumerate(lines, 1):
        for column, cell in enumerate(cells):
            page.write_string(row, column, cell[:MOST_LETTERS], pen.plain if len(cells) > 1 else None)
        if len(cells) > 1:
            page.set_row(row, height(cells, (WIDTHS["first"], WIDTHS["across"], WIDTHS["across"])[: len(cells)]))


def _block(pen: _Pen, block: Block, number: int) -> None:
    page = pen.page(block.title or f"{t('report', 'Part')} {number}")
    if isinstance(block, Entries):
        page.set_column(0, 0, WIDTHS["first"])
        page.set_column(1, 1, WIDTHS["entry"])
        texts = ((item.label, item.text or item.hint) for item in block.items)
        _rows(page, texts, 0, pen, (WIDTHS["first"], WIDTHS["entry"]))
        return
    _grid(page, block, pen)


def _grid(page: Any, grid: Grid, pen: _Pen) -> None:
    page.set_landscape()
    widths = _widths(grid)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.set_row(0, height(grid.columns, widths))
    page.freeze_panes(1, 1 if grid.across else 0)
    page.repeat_rows(0)
    for column, name in enumerate(grid.columns):
        page.write_string(0, column, name[:MOST_LETTERS], pen.head)
    _rows(page, grid.rows, 1, pen, widths, head=grid.across)


def _widths(grid: Grid) -> list[int]:
    """How wide each column is: one of sentences more than the others, most of all beside a single other one."""
    if grid.across:
        return [WIDTHS["across"]] * len(grid.columns)
    wide = WIDTHS["entry" if len(grid.columns) <= FEW else "wide"]
    return [wide if column in grid.wide else WIDTHS["list"] for column in range(len(grid.columns))]


def _rows(
    page: Any,
    rows: Iterable[tuple[str, ...]],
    start: int,
    pen: _Pen,
    widths: Sequence[float],
    *,
    head: bool = True,
) -> None:
    for row, cells in enumerate(rows, start):
        page.set_row(row, height(cells, widths[: len(cells)]))
        for column, cell in enumerate(cells):
            look = pen.head if head and column == 0 else pen.framed
            page.write_string(row, column, cell[:MOST_LETTERS], look)
