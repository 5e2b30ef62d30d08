"""What to do with a file that is of no system we know: a table to be mapped by hand, a pivot, or no table at all."""

from __future__ import annotations

import re

from playbook.data.dates import names_days
from playbook.data.mapping import widest
from playbook.data.sources import sources
from playbook.data.text import Sheet, empty
from playbook.errors import EmptyTable, NotATable
from playbook.i18n import t

_AMOUNT = re.compile("сумм|стоимость|amount|total|sum|revenue")
"""Headers that name an amount, whatever system writes them."""
_LOOKED_AT = 40
_PIVOT = 3
"""So many days or months side by side are no headers of a list."""


def unknown(sheet: Sheet, closest: str) -> NotATable:
    """The refusal of a file that is of no system; `closest` tells which one it is most like."""
    if not any(cell.strip() for cell in widest(sheet).cells):
        return empty(t("import", "a sheet without a filled cell"))
    if _single(sheet):
        return EmptyTable(
            t("import", "There is no table in the file: its lines have no columns."),
            saw=header_seen(sheet),
            hint=t("import", "take the export as CSV or XLSX, with commas, semicolons or tabs between the columns"),
        )
    if days := _across(sheet):
        return EmptyTable(
            t("import", "This is a pivot table: days or months stand side by side in it."),
            saw=", ".join(days[:8]),
            hint=t("import", "export the list behind it, with a row for each day, lead or order"),
        )
    hint = t("import", "say which system it is: --source {names}", names=" | ".join(sources()))
    if closest:
        hint += "; " + t("import", "the closest we know: {why}", why=closest)
    hint += "; " + t("import", "or say what its columns are: {example}", example=_example(sheet))
    if any(cell.strip()[:1].isdigit() for cell in widest(sheet).cells):
        words = "where no header stands above the columns, they are called 1, 2, 3: --set header=no"
        hint += "; " + t("import", words)
    return NotATable(t("import", "We do not know this file."), saw=header_seen(sheet), hint=hint)


def header_seen(sheet: Sheet) -> str:
    """What the header says, in one line."""
    filled = [cell.strip()[:40] for cell in widest(sheet).cells if cell.strip()]
    more = t("import", "and {n} more", n=len(filled) - 8) if len(filled) > 8 else ""  # noqa: PLR2004 - a line's worth
    return ", ".join([*filled[:8], *([more] if more else [])])


def _single(sheet: Sheet) -> bool:
    """Whether no line has two cells."""
    return all(sum(bool(cell.strip()) for cell in row.cells) < 2 for row in sheet.rows)  # noqa: PLR2004 - a table's least


def _across(sheet: Sheet) -> list[str]:
    """Days or months that stand side by side as headers: the cells below them are none."""
    header = widest(sheet)
    places = [place for place, cell in enumerate(header.cells) if names_days(cell)]
    below = sheet.rows[sheet.rows.index(header) + 1 :][:_LOOKED_AT]
    if len(places) < _PIVOT or any(
        names_days(row.cells[place]) for row in below for place in places if place < len(row.cells)
    ):
        return []
    return [header.cells[place].strip() for place in places]


def _example(sheet: Sheet) -> str:
    """How a person says what the table is, by a header of its own where one names an amount."""
    named = (cell.strip() for cell in widest(sheet).cells if _AMOUNT.search(cell.lower()))
    return f'--set kind=orders --set "column.revenue={next(named, t("import", "Header"))}"'
