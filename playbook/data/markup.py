"""Tables of web pages as rows of text: what some systems save under the name of an Excel file (`.xls`)."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from playbook.data.text import WIDEST, Row, Sheet, decode, empty, no_text, too_wide
from playbook.i18n import t

START = 2_000
"""Bytes that tell a page."""
_BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_SPACE = re.compile(r"\s+")
_SPAN = re.compile("[0-9]{1,3}")
_UNSEEN = ("script", "style", "title")


def is_markup(start: bytes) -> bool:
    """Whether the first bytes of a file are those of a web page."""
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = start[:START].decode("utf-16" if wide else "utf-8-sig", errors="replace")
    return bool(_BEGINS.match(text))


def read(raw: bytes) -> Sheet:
    """The rows of a page's tables one after another, those of a table inside a cell as the cell's text.

    Raises:
        PlaybookError: the page has no table, or one wider than a table can be.
    """
    page = _Page()
    page.feed(decode(raw)[0])
    page.close()
    rows = page.rows
    if not rows:
        raise no_text("HTML")
    if not any(any(cells) for cells in rows):
        raise empty(t("import", "a sheet without a filled cell"))
    return Sheet(tuple(Row(line, tuple(cells)) for line, cells in enumerate(rows, 1)), "html", "")


class _Page(HTMLParser):
    """Gathers the cells of rows; tags that nobody closed are closed by the next ones."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._wide = 1
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, row or cell begins."""
        self._unseen += tag in _UNSEEN
        self._depth += tag == "table"
        if tag == "br" and self._cell is not None:
            self._cell.append(" ")
        if self._depth != 1:
            return
        if tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            if not self.rows:
                self.rows.append([])
            span = _SPAN.fullmatch(dict(attrs).get("colspan") or "")
            self._cell, self._wide = [], int(span.group()) if span else 1

    def handle_endtag(self, tag: str) -> None:
        """A table, row or cell ends."""
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if self._depth == 1 and tag in ("td", "th", "tr", "table"):
            self._end_cell()
        self._depth -= tag == "table" and self._depth > 0

    def handle_data(self, data: str) -> None:
        """What is written in a cell."""
        if self._cell is not None and not self._unseen:
            self._cell.append(data)

    def close(self) -> None:
        """The end of the page, maybe cut off."""
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        row = self.rows[-1]
        row += [_SPACE.sub(" ", "".join(self._cell)).strip(), *[""] * (max(self._wide, 1) - 1)]
        self._cell = None
        if len(row) > WIDEST:
            raise too_wide(len(row))
