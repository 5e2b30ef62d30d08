"""Tables that systems save as web pages under the name of an Excel file, and what is no table at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from playbook import i18n
from playbook.data import Importer
from playbook.data.parts import read_sheet
from playbook.data.raw import Raw
from playbook.errors import NotATable
from playbook.workspace import Workspace
from tests.data.books import packed
from tests.data.helpers import rows

HEADER = "<tr><th>Номер заказа</th><th>Дата</th><th>Сумма</th></tr>"
PAGE = (
    '<html><head><meta charset="{0}"><title>Заказы</title><style>td {{ color: red }}</style></head><body>'
    '<table border="1"><thead>' + HEADER + "</thead><tbody>"
    "<tr><td>1</td><td>13.03.2026</td><td>1&nbsp;200,50</td></tr>"
    "<tr><td>2</td><td>14.03.2026</td><td>300</td></tr></tbody></table></body></html>"
)


def cells(page: str) -> list[tuple[str, ...]]:
    """The rows of a page."""
    return [row.cells for row in read_sheet(Raw(page.encode())).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_page_is_imported_like_any_table(workspace: Workspace, encoding: str) -> None:
    """In whatever letters: two orders with their amounts, a no-break space between the thousands."""
    importer = Importer(workspace)
    importer.run(importer.preview(PAGE.format(encoding).encode(encoding), "DEAL.xls"))
    assert rows(workspace, "orders", "id, revenue") == [("1", Decimal("1200.5")), ("2", Decimal(300))]


def test_page_in_an_archive_is_read() -> None:
    """Whatever it is called there."""
    raw = packed({"a.xls": PAGE.format("utf-8"), "b.csv": PAGE.format("utf-8")})
    assert [read_sheet(Raw(raw), part).encoding for part in ("a.xls", "b.csv")] == ["html", "html"]


def test_cells_are_what_a_browser_shows() -> None:
    """Wide cells take their columns, a table in a cell and broken lines are its text, open tags end with the next."""
    page = "<table><tr><td colspan=2>a<td>b <br> c<tr><td><table><tr><td>in</td></tr></table><td>&lt;x&gt;</table>"
    assert cells(page) == [("a", "", "b c"), ("in", "<x>")]


def test_page_cut_off_gives_what_is_there() -> None:
    """The last cell ends with the file."""
    assert cells("<table><tr><td>a</td><td>b") == [("a", "b")]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"<!DOCTYPE html><html><body><p>Sign in</p></body></html>", "HTML"),
        (b'[{"id": 1, "sum": 100}]', "JSON"),
        (b'{"error": "token"}', "JSON"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (packed({"photo.jpg": b"\xff\xd8\xff\xe0" * 9}), "JPEG"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"Rar!\x1a\x07\x00", "RAR"),
    ],
    ids=["page", "json", "json-object", "jpeg", "jpeg-in-zip", "png", "rar"],
)
def test_what_is_no_table_is_called_what_it_is(workspace: Workspace, raw: bytes, kind: str) -> None:
    """And not a file of an unknown system with letters out of nowhere."""
    with i18n.speaking("ru"), pytest.raises(NotATable) as caught:
        Importer(workspace).preview(raw, "file")
    assert caught.value.what == "Это не текстовая таблица."
    assert kind in caught.value.saw
    assert caught.value.hint
