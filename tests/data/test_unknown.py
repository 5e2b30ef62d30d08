"""What is no table we know: named as what it is, with what to do, in the reader's language."""

from __future__ import annotations

import io
import zipfile

import pytest

from playbook import i18n
from playbook.data import Importer
from playbook.errors import EmptyTable, NotATable
from playbook.workspace import Workspace


def packed(*names: str) -> bytes:
    """An archive with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "saw", "hint"),
    [
        (packed("[Content_Types].xml", "word/document.xml"), "Word", "export the numbers from the system itself"),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint", "export the numbers"),
        (packed("[Content_Types].xml", "xl/workbook.bin"), "XLSB", "save the sheet as XLSX"),
        (packed("mimetype", "content.xml"), "OpenDocument", "save the sheet as XLSX"),
        (packed("Index/Document.iwa", "preview.jpg"), "Apple Numbers", "save the sheet as XLSX"),
        (b"%PDF-1.7\n", "PDF", "export the numbers"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC", "export the numbers"),
        (b"Rar!\x1a\x07\x01", "RAR", "unpack it"),
        ("1CClientBankExchange\r\nСумма=1\r\n".encode("cp1251"), "1CClientBankExchange", "take the list of payments"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(workspace: Workspace, raw: bytes, saw: str, hint: str) -> None:
    """With the way to one that can be read."""
    with pytest.raises(NotATable, match="not a table of text") as caught:
        Importer(workspace).preview(raw, "file")
    assert (caught.value.saw, caught.value.hint.startswith(hint)) == (saw, True)


PIVOTS = ("Кампания;01.06.2026;02.06.2026;03.06.2026;Итого", "Строки;янв;фев;мар;Итого", "Row;Jan 26;Feb 26;Mar 26;Sum")


@pytest.mark.parametrize("header", PIVOTS)
def test_pivot_table_is_called_one(workspace: Workspace, header: str) -> None:
    """Days or months side by side are nothing to map: the list behind it is asked for."""
    raw = f"{header}\nA;1;2;3;6\nB;1;;3;4\n".encode()
    with i18n.speaking("ru"), pytest.raises(EmptyTable, match="Это сводная таблица") as caught:
        Importer(workspace).preview(raw, "pivot.csv")
    assert caught.value.saw == ", ".join(header.split(";")[1:4])


def test_days_of_a_row_are_no_pivot(workspace: Workspace) -> None:
    """A pasted row with three days of its own has more such rows below it."""
    raw = b"7;01.06.2026;02.06.2026;03.06.2026;9\n8;01.06.2026;02.06.2026;03.06.2026;9\n"
    with pytest.raises(NotATable, match="We do not know this file"):
        Importer(workspace).preview(raw, "pasted")


def test_lines_without_columns_are_no_table(workspace: Workspace) -> None:
    """A letter, say: there is no column to choose."""
    with pytest.raises(EmptyTable, match="its lines have no columns"):
        Importer(workspace).preview("Привет!\nВот выгрузка.\n".encode(), "letter.txt")


@pytest.mark.parametrize(
    ("raw", "column"),
    [
        ("Дата,Кампания,Расход\n01.06.2026,А,1\n,Б,2\n02.06.2026,А,3\n,Б,4\n", "Дата"),
        ("Дата,Канал,Расход\n01.06.2026,А,1\n02.06.2026,,2\n03.06.2026,,3\n", "Канал"),
    ],
)
def test_cells_that_were_merged_in_a_sheet_are_named(workspace: Workspace, raw: str, column: str) -> None:
    """The day or the channel stands in the first row only: said with what to do, whether the rows are taken or not."""
    with i18n.speaking("ru"):
        notes = Importer(workspace).preview(raw.encode(), "sheet.csv").notes
    assert any(f"В 2 строках пусто в столбце «{column}». Если ячейки в таблице объединены" in note for note in notes)
