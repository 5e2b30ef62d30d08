"""A document as one HTML page that needs no network and prints on A4, upright or lying where it is wide."""

from __future__ import annotations

from markupsafe import Markup

from playbook import faces
from playbook.display import Face
from playbook.i18n import t
from playbook.report import looks
from playbook.report.sheets import Sheet
from playbook.report.sheets.shape import Grid
from playbook.steps import STEPS

UPRIGHT_COLUMNS, UPRIGHT_ROW = 5, 6
"""A page stands upright up to so many columns side by side, or up to so many cells in a line of a list."""
CELL_LETTERS = 900
"""Where a cell of a table that lies across is longer, its columns are written one after another."""


def html(sheet: Sheet) -> str:
    """The page."""
    return looks.page(
        "sheet",
        style="sheet.css",
        sheet=sheet,
        footer=" · ".join(filter(None, (sheet.title, sheet.firm))),
        lying=any(_wide(block) for block in sheet.blocks if isinstance(block, Grid)),
        alone=getattr(STEPS[sheet.key].asks, "alone", False),
        said=_said(sheet.face),
        shown=_shown(sheet.face),
        long=_long,
        words=_words(),
    )


def _said(face: Face | None) -> Markup:
    """What the document says of itself, in short; nothing on an empty sheet."""
    return faces.face(Face(face.verdict, face.numbers, notes=face.notes), paper=True) if face else Markup("")


def _shown(face: Face | None) -> Markup:
    """What is counted from it, after what is written in it."""
    if face is None:
        return Markup("")
    open_rules = [check for check in face.rules if not check.met]  # what is kept needs no paper
    parts = (*map(faces.chart, face.charts), *map(faces.section, face.sections), faces.rules(open_rules, paper=True))
    return Markup("").join(parts)


def _wide(grid: Grid) -> bool:
    return len(grid.columns) > (UPRIGHT_COLUMNS if grid.across else UPRIGHT_ROW)


def _long(grid: Grid) -> bool:
    """Whether some cell would make a line of the table longer than a page can hold."""
    return grid.across and any(len(cell) > CELL_LETTERS for row in grid.rows for cell in row[1:])


def _words() -> dict[str, str]:
    return {
        "document": t("report", "Document"),
        "name": t("report", "Firm"),
        "date": t("report", "Date"),
        "counted": t("report", "What follows from it"),
    }
