"""Archives and workbooks: the tables in them are found, read as they were typed, and never trusted further."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from playbook import i18n
from playbook.data import Importer, tables
from playbook.data.commands import import_files
from playbook.data.containers import leaves
from playbook.data.parts import parts, read_sheet
from playbook.data.raw import Raw
from playbook.errors import NotATable, PlaybookError
from playbook.workspace import Workspace
from tests.data.books import book, packed
from tests.data.helpers import FILES, everything, rows

SPEND: list[list[object]] = [
    ["day", "campaign", "amount", "clicks", "currency"],
    [date(2026, 6, 1), "Brand", 0.1 + 0.2, 3, "USD"],
    [date(2026, 6, 2), "Brand", 1234567.5, 1200, "USD"],
]
TABLE = "day,campaign,amount,currency\n2026-06-01,Brand,10,USD\n"


def cells(raw: bytes, part: str = "") -> list[tuple[str, ...]]:
    """The rows of a table of a file."""
    return [row.cells for row in read_sheet(Raw(raw), part).rows]


def test_workbook_reads_as_it_was_typed(workspace: Workspace) -> None:
    """0.1 + 0.2 is 0.3 as Excel shows it; a day is a day in any format, 2 000 is no thousand."""
    importer = Importer(workspace)
    importer.run(importer.preview(book({"Sheet1": SPEND}), "spend.xlsx"))
    assert rows(workspace, "spend", "day, campaign, amount, clicks") == [
        (date(2026, 6, 1), "Brand", Decimal("0.3"), 3),
        (date(2026, 6, 2), "Brand", Decimal("1234567.5"), 1200),
    ]


def test_cells_of_every_kind() -> None:
    """Texts, moments, truth, long numbers; a missing row is a blank one and keeps the numbers of the others."""
    moment = datetime(2026, 6, 1, 9, 30)  # noqa: DTZ001 - a wall clock
    raw = book({"S": [["a & б", None, True], [], [moment, 12345678901234567, 1e21]]})
    sheet = read_sheet(Raw(raw))
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (1, ("a & б", "", "yes")),
        (2, ()),
        (3, ("2026-06-01 09:30:00", "12345678901234567", "1e+21")),
    ]


def test_days_of_the_old_macintosh() -> None:
    """A workbook that counts from 1904 gives the same days."""
    assert cells(book({"S": [["day"], [date(2026, 6, 1)]]}, old=True))[1] == ("2026-06-01",)


def test_word_day_in_a_format_makes_no_day() -> None:
    """`#,##0.00 "days"` is a number."""
    raw = book({"S": [["x"], [5]]})
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    place = "xl/worksheets/sheet1.xml"
    files[place] = files[place].replace(b'<c r="A2">', b'<c r="A2" s="3">')
    assert cells(packed(files))[1] == ("5",)  # type: ignore[arg-type]


def test_sheets_are_imported_each_by_itself(workspace: Workspace) -> None:
    """Two sheets of one workbook with the same line numbers lose nothing; a hidden one is not looked at."""
    other = [SPEND[0], [date(2026, 6, 1), "Other", 7, 1, "USD"], [date(2026, 6, 2), "Other", 8, 1, "USD"]]
    raw = book({"May": SPEND, "June": other, "Secret": SPEND}, hidden="Secret")
    importer = Importer(workspace)
    looks = importer.looks(raw, "spend.xlsx")
    assert [look.name for look in looks] == ["spend.xlsx/May", "spend.xlsx/June"]
    for look in looks:
        assert look.preview is not None
        importer.run(look.preview)
    assert len(rows(workspace, "spend")) == 4
    assert sum(rows(workspace, "spend", "amount")) == Decimal("1234582.8")


def test_tables_are_made_again_from_the_workbook(workspace: Workspace) -> None:
    """The original is kept whole, and each part is read from it again."""
    importer = Importer(workspace)
    for look in importer.looks(book({"A": SPEND, "B": [SPEND[0], [date(2026, 7, 1), "B", 1, 1, "USD"]]}), "b.xlsx"):
        importer.run(look.preview)  # type: ignore[arg-type]
    before = everything(workspace)
    tables.discard(workspace)
    assert everything(workspace) == before
    assert len(list((workspace.path / "originals").iterdir())) == 1


def test_same_workbook_twice_changes_nothing(workspace: Workspace) -> None:
    """Part by part."""
    raw, importer = book({"A": SPEND, "B": [SPEND[0], [date(2026, 7, 1), "B", 1, 1, "USD"]]}), Importer(workspace)
    for _ in range(2):
        outcomes = [importer.run(look.preview) for look in importer.looks(raw, "b.xlsx")]  # type: ignore[arg-type]
    assert [outcome.batch for outcome in outcomes] == [1, 2]
    assert len(workspace.batches()) == 2


def test_archive_gives_its_files(workspace: Workspace) -> None:
    """Files of one archive, with what systems add left out, and a picture named."""
    raw = packed(
        {
            "ads/spend.csv": TABLE,
            "__MACOSX/._spend.csv": b"\x00\x05",
            "ads/": "",
            "costs.csv": (FILES / "costs.csv").read_bytes(),
            "logo.png": (FILES / "picture.png").read_bytes(),
        }
    )
    looks = Importer(workspace).looks(raw, "all.zip")
    assert [look.name for look in looks] == ["all.zip/ads/spend.csv", "all.zip/costs.csv"]
    first = looks[0].preview
    assert first is not None
    assert "Left out, for we know no such table: all.zip/logo.png." in first.notes


def test_single_file_in_an_archive_needs_no_name(workspace: Workspace) -> None:
    """As GZ, as ZIP, and packed twice."""
    for raw in (gzip.compress(TABLE.encode()), packed({"a.csv": TABLE}), gzip.compress(packed({"a.csv": TABLE}))):
        preview = Importer(workspace).preview(raw, "spend")
        assert (preview.source, preview.totals["spend"], preview.answers.get("part")) == ("plain", "10.00", None)


def test_rejects_of_a_part_come_back_to_it(workspace: Workspace) -> None:
    """A mended row joins the sheet it came from."""
    bad = [SPEND[0], [date(2026, 6, 1), "X", "ten", 1, "USD"], [date(2026, 6, 2), "X", 5, 1, "USD"]]
    importer = Importer(workspace)
    outcome = [importer.run(look.preview) for look in importer.looks(book({"A": SPEND, "B": bad}), "b.xlsx")][1]  # type: ignore[arg-type]
    assert outcome.rejects_file is not None
    mended = Path(outcome.rejects_file).read_text("utf-8-sig").replace(",ten,", ",10,", 1)
    importer.run(importer.preview(mended.encode(), "mended.csv"))
    assert sorted(rows(workspace, "spend", "amount")) == [Decimal("0.3"), 5, 10, Decimal("1234567.5")]


def test_russian_names_of_windows_are_read() -> None:
    """An archiver that writes cp866 without saying so."""
    raw = packed({"aaaaaaaa.csv": TABLE, "b.csv": TABLE}).replace(b"aaaaaaaa", "расходы1".encode("cp866"))
    assert [leaf.name for leaf in leaves(Raw(raw))] == ["расходы1.csv", "b.csv"]


@pytest.mark.parametrize("packing", ["zip", "gz"])
def test_bomb_is_refused_before_it_goes_off(packing: str) -> None:
    """Thirty megabytes of zeros in thirty kilobytes."""
    zeros = bytes(30_000_000)
    raw = packed({"a.csv": zeros}) if packing == "zip" else gzip.compress(zeros)
    with pytest.raises(PlaybookError, match="unpacks to more than a table can be"):
        parts(Raw(raw))


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04rest",
        b"\x1f\x8brest",
        gzip.compress(TABLE.encode() * 50)[:-20],
        packed({"a.csv": TABLE * 50})[:-30],
        packed({"a.csv": TABLE}, stored=True).replace(b"Brand", b"Bread"),
        packed({}),
        packed({"a.zip": packed({"b.zip": packed({"c.zip": packed({"d.zip": packed({"e.csv": TABLE})})})})}),
        book({"S": SPEND}).replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet7.xml"),
        packed({"xl/workbook.xml": "<workbook", "xl/_rels/workbook.xml.rels": "<R/>"}),
    ],
    ids=["zip", "gz", "gz-cut", "zip-cut", "zip-spoilt", "zip-empty", "zip-deep", "xlsx-lost", "xlsx-spoilt"],
)
def test_broken_archive_is_refused(workspace: Workspace, raw: bytes) -> None:
    """With what was seen and what to do."""
    with pytest.raises(PlaybookError) as caught:
        Importer(workspace).preview(raw, "broken")
    assert (bool(caught.value.what), bool(caught.value.hint)) == (True, True)


def test_locked_archive_says_so() -> None:
    """The bit of a password is set."""
    raw = bytearray(packed({"a.csv": TABLE}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + offset] |= 1
    with pytest.raises(PlaybookError, match="locked with a password"):
        parts(Raw(bytes(raw)))


def test_two_tables_in_one_sheet_are_two(workspace: Workspace) -> None:
    """A second header below a blank line begins a table; its title goes with it."""
    text = TABLE + "\nCosts of goods\nproduct,unit_cost,currency\nTowel,5,USD\n"
    importer = Importer(workspace)
    looks = importer.looks(text.encode(), "two.csv")
    assert [(look.name, look.preview.kinds) for look in looks if look.preview] == [
        ("two.csv/#1", ("spend",)),
        ("two.csv/#2", ("costs",)),
    ]
    for look in looks:
        importer.run(look.preview)  # type: ignore[arg-type]
    assert (rows(workspace, "spend", "amount"), rows(workspace, "costs", "unit_cost")) == ([10], [5])


def test_blank_lines_part_no_rows(workspace: Workspace) -> None:
    """Rows below a blank line belong to the table above; a header that comes again is no row."""
    text = TABLE + "\n2026-06-02,Brand,5,USD\nday,campaign,amount,currency\n2026-06-03,Brand,1,USD\n"
    (look,) = Importer(workspace).looks(text.encode(), "one.csv")
    assert look.preview is not None
    reading = look.preview.reading
    assert (look.preview.totals["spend"], reading.rows, reading.skipped, reading.rejects) == ("16.00", 5, 2, [])


def test_unknown_part_is_asked_for_by_name() -> None:
    """The names that there are stand in the hint."""
    with pytest.raises(PlaybookError, match="no table of this name") as caught:
        read_sheet(Raw(book({"A": SPEND, "B": SPEND})), "C")
    assert caught.value.hint == "one of: A, B"


def test_archive_without_a_known_table_is_unknown(workspace: Workspace) -> None:
    """The first one speaks."""
    raw = packed({"a.csv": "Planet,Moons\nMars,2\n", "b.csv": "x,y\n1,2\n"})
    with pytest.raises(NotATable, match="We do not know this file"):
        Importer(workspace).preview(raw, "x.zip")


def test_command_prints_an_object_a_table(workspace: Workspace, tmp_path: Path) -> None:
    """`playbook import book.xlsx` is as many results as it holds tables."""
    place = tmp_path / "book.xlsx"
    place.write_bytes(book({"A": SPEND, "B": [["product", "unit_cost"], ["Towel", 5]]}))
    results = import_files(workspace, [place])
    assert [result.to_json()["kind"] for result in results] == ["spend", "costs"]


def test_broken_archive_is_told_in_the_readers_language(workspace: Workspace) -> None:
    """The words of a library are no Russian."""
    with i18n.speaking("ru"), pytest.raises(PlaybookError) as told:
        Importer(workspace).preview(b"PK\x03\x04garbage", "broken.zip")
    assert told.value.saw == "файл повреждён или обрывается"
