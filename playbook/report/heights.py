"""How high a row of a workbook is: not every program fits a row to its text by itself."""

from __future__ import annotations

from collections.abc import Sequence

LINE, MOST = 15, 409
"""The height of a line of text and of the highest row that Excel knows, in points."""


def height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height that shows every text of a row whole within columns of these widths, in points.

    >>> height(("one line", "two" * 8), (20, 12))
    30
    """
    lines = (_lines(text, width) for text, width in zip(texts, widths, strict=True))
    return min(LINE * max(lines, default=1), MOST)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, whose width is told in letters; its own line breaks count too."""
    letters = max(1, int(width))
    return sum(max(1, -(-len(line) // letters)) for line in text.split("\n"))
