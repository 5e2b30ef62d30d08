"""Bytes to rows: every encoding and mark of real exports, and what is no table."""

from __future__ import annotations

import pytest

from playbook import i18n
from playbook.data.parts import read_sheet
from playbook.data.raw import Raw
from playbook.data.text import WIDEST, decode
from playbook.errors import PlaybookError
from tests.data.helpers import FILES


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [
        ("google_ads_daily.csv", "utf-8", ","),
        ("spend_bom.csv", "utf-8-sig", ","),
        ("google_ads_ru_utf16.csv", "utf-16", "\t"),
        ("spend_cp1251.csv", "cp1251", ";"),
        ("costs_ru.csv", "cp1251", ";"),
        ("leads_ru.csv", "utf-8", ";"),
    ],
)
def test_encoding_and_delimiter_are_found(name: str, encoding: str, delimiter: str) -> None:
    """Each made file is read in the encoding and by the mark it was written with."""
    sheet = read_sheet(Raw((FILES / name).read_bytes()))
    assert (sheet.encoding, sheet.delimiter) == (encoding, delimiter)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_found(encoding: str) -> None:
    """Zero bytes at every second place are UTF-16, not binary data."""
    assert decode("day\tamount\n2026-06-01\t10\n".encode(encoding)) == ("day\tamount\n2026-06-01\t10\n", encoding)


def test_file_cut_inside_a_letter_is_read() -> None:
    """Half a letter at the end costs that letter and nothing else."""
    assert decode("a,б".encode()[:-1]) == ("a,", "utf-8")


def test_row_keeps_the_line_it_began_on() -> None:
    """A cell of two lines does not shift the numbers of the lines after it."""
    sheet = read_sheet(Raw(b'a,b\n1,"x\ny"\n2,z\n'))
    assert [row.line for row in sheet.rows] == [1, 2, 4]


@pytest.mark.parametrize("name", ["empty.csv", "blank.csv"])
def test_empty_file_is_refused(name: str) -> None:
    """Nothing to read is said so, with what to do."""
    with pytest.raises(PlaybookError, match="The file is empty") as caught:
        read_sheet(Raw((FILES / name).read_bytes()))
    assert caught.value.hint == "download the export again and choose a period that has data"


@pytest.mark.parametrize(
    ("raw", "saw"),
    [
        ((FILES / "picture.png").read_bytes(), "PNG"),
        (bytes(range(256)) * 40, "binary data"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0rest", "XLS"),
    ],
)
def test_file_that_is_no_text_is_refused(raw: bytes, saw: str) -> None:
    """What was seen is named, and the remedy is to save the sheet anew."""
    with pytest.raises(PlaybookError, match="not a table of text") as caught:
        read_sheet(Raw(raw))
    assert caught.value.saw == saw


def test_ten_thousand_columns_are_refused() -> None:
    """A row wider than any export is refused in the reader's language."""
    with i18n.speaking("ru"), pytest.raises(PlaybookError, match="слишком много столбцов") as caught:
        read_sheet(Raw(b",".join([b"x"] * 10_000)))
    assert caught.value.saw == "10\u00a0000 столбцов"
    assert WIDEST == 2_000
