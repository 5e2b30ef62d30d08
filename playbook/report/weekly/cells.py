"""What the sheets of a week have in common: their looks, the head of a table, a row of texts."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from playbook.report.heights import height


def looks(book: Any) -> dict[str, Any]:
    """The formats of a workbook by what they are for."""
    top = {"valign": "top"}
    return {
        "head": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, **top}),
        "figure": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "align": "right", **top}),
        "total": book.add_format({"num_format": "#,##0.00", "bold": True, "top": 1, **top}),
        "total_whole": book.add_format({"num_format": "#,##0", "bold": True, "top": 1, **top}),
        "text": book.add_format({"text_wrap": True, **top}),
        "week": book.add_format({"num_format": "yyyy-mm-dd", "bold": True, "bottom": 2, "align": "right", **top}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top}),
        "share": book.add_format({"num_format": "0.0%", **top}),
        "number": book.add_format({"num_format": "#,##0.00", **top}),
        "number_whole": book.add_format({"num_format": "#,##0", **top}),
    }


def head(
    page: Any, looks: dict[str, Any], names: Sequence[str], widths: Sequence[float], figures: Container[int] = ()
) -> None:
    """A sheet's first row, which stays in sight, and its shape on paper; `figures` are the columns of numbers."""
    for column, (name, width) in enumerate(zip(names, widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, name, looks["figure" if column in figures else "head"])
    page.set_row(0, height(names, widths))
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def look(looks: dict[str, Any], name: str, *values: float) -> Any:
    """The format of figures that are written alike: decimals stand only where one of them has some."""
    whole = f"{name}_whole"
    return looks[whole if whole in looks and all(float(value).is_integer() for value in values) else name]


def texts(page: Any, line: int, looks: dict[str, Any], written: Sequence[str], widths: Sequence[float]) -> None:
    """A row of texts, high enough for the longest."""
    for place, text in enumerate(written):
        page.write_string(line, place, text, looks["text"])
    page.set_row(line, height(written, widths))
