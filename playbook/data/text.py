"""Bytes to rows of text: the encoding, the mark between cells, and the line each row began on."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from playbook.data.header import read_name
from playbook.data.sources import known_headers, words
from playbook.errors import NotATable, PlaybookError
from playbook.i18n import number, t, tn

if TYPE_CHECKING:
    from playbook.data.aside import Aside

WIDEST = 2_000
"""More columns than any export has; a wider file is not a table."""
LONGEST_CELL = 1_000_000
DELIMITERS = (",", ";", "\t", "|")
TELLING = 200_000
"""Bytes that tell an encoding."""
_LOOKED_AT = 60
"""Rows that decide which mark stands between cells."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CYRILLIC = ["cp1251", "cp866", "koi8_r", "cp1252"]
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"%PDF", "PDF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "RTF"),
    (b"bplist00", "plist"),
    (b"1CClientBankExchange", "1CClientBankExchange"),
    ("1CClientBankExchange".encode("utf-16"), "1CClientBankExchange"),
    ("\ufeff1CClientBankExchange".encode(), "1CClientBankExchange"),
)
_PHOTO = re.compile(rb"....ftyp(?:hei|mif|avif)", re.DOTALL)
_JSON = re.compile(r'\s*(?:\[\s*)*\{\s*(?:"[^"\n]*"\s*:|\})')


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file: its cells and the line of the file it began on."""

    line: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """A file as rows of text, with how it was read."""

    rows: tuple[Row, ...]
    encoding: str
    delimiter: str
    aside: Aside | None = None
    """Where all rows of a long file lie as columns; `rows` are the first of them then."""


def written(rows: Iterable[Row], column: int) -> list[str]:
    """What is written in a column, each different cell once, in the order it first stands."""
    empty = words().empty
    different = dict.fromkeys(row.cells[column] for row in rows if column < len(row.cells))
    return [cell for cell in map(str.strip, different) if cell and cell.lower() not in empty]


def read_text(raw: bytes) -> Sheet:
    """Read a CSV or TSV file.

    Raises:
        PlaybookError: the file is empty, is no text, or is wider than a table can be.
    """
    csv.field_size_limit(LONGEST_CELL)
    text, encoding = decode(raw)
    if not text.strip():
        raise empty(tn("import", "{n} byte", "{n} bytes", len(raw)))
    delimiter = max(DELIMITERS, key=lambda mark: fit(lines_of(text), mark))
    return Sheet(tuple(_rows(text, delimiter)), encoding, delimiter)


def decode(raw: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding, the byte order mark taken off."""
    encoding = marked(raw)
    if encoding:
        return _cleaned(raw.decode(encoding, errors="replace")), encoding
    try:
        # not final: a file cut off inside a letter loses that letter only
        return _cleaned(codecs.getincrementaldecoder("utf-8")().decode(raw)), "utf-8"
    except UnicodeDecodeError:
        encoding = guessed(raw)
        return _cleaned(raw.decode(encoding, errors="replace")), encoding


def marked(raw: bytes) -> str:
    """The encoding that a file's first bytes tell; empty where they tell none.

    Raises:
        NotATable: they are those of something else than text.
    """
    for start, name in _OTHERS:
        if raw.startswith(start):
            raise no_text(name)
    if _PHOTO.match(raw):
        raise no_text("HEIC")
    return next((encoding for mark, encoding in _BOMS if raw.startswith(mark)), "") or _wide(raw)


def _wide(raw: bytes) -> str:
    """UTF-16 without its mark: every second byte of Latin text is zero."""
    sample = raw[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) < 4 or max(even, odd) < len(sample) // 5:  # noqa: PLR2004 - two letters, a fifth of the bytes
        return ""
    return "utf-16-le" if odd > 3 * even else "utf-16-be" if even > 3 * odd else ""


def guessed(raw: bytes) -> str:
    """The likeliest encoding of what is no UTF."""
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:TELLING], cp_isolation=_CYRILLIC).best()
    return best.encoding if best else "cp1251"


def _cleaned(text: str) -> str:
    """The text with one kind of line end, without zero bytes; refused when it is no text at all."""
    check_text(text)
    return with_line_ends(without_nothing(text))


def check_text(text: str) -> None:
    """Refuse what is no text at all, or no table, told by its first letters."""
    if _JSON.match(text):
        raise no_text("JSON")
    control = len(_CONTROL.findall(text[:20_000])) + text[:20_000].count("\x00")
    if control > max(8, len(text[:20_000]) // 50):
        raise no_text(t("import", "binary data"))


def without_nothing(text: str) -> str:
    """The text without zero bytes and marks of byte order."""
    return text.replace("\x00", "").replace("\ufeff", "")


def with_line_ends(text: str) -> str:
    """The text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def empty(saw: str) -> NotATable:
    """The refusal of a file without anything in it."""
    hint = t("import", "download the export again and choose a period that has data")
    return NotATable(t("import", "The file is empty."), saw=saw, hint=hint)


def no_text(kind: str) -> NotATable:
    """The refusal of a file that is something else, of this kind."""
    hint = {
        "1CClientBankExchange": t("import", "take the list of payments from the bank or 1C as XLSX or CSV instead"),
        **dict.fromkeys(("RAR", "7z"), t("import", "unpack it and take the files inside, or pack them as ZIP")),
        **dict.fromkeys(
            ("PDF", "JPEG", "PNG", "GIF", "HEIC", "Word", "PowerPoint"),
            t("import", "export the numbers from the system itself as XLSX or CSV and take that file"),
        ),
    }
    return NotATable(
        t("import", "The file is not a table of text."),
        saw=kind,
        hint=hint.get(kind, t("import", "save the sheet as XLSX or CSV (UTF-8) and take that file")),
    )


def fit(lines: Iterable[str], delimiter: str) -> tuple[int, float]:
    """How much like a table the first lines are with this mark between cells.

    The known headers in one row come first (a decimal comma in every row makes columns too, but no headers), then the
    columns that most rows agree on, times how many agree.
    """
    try:
        rows = [row for row in islice(csv.reader(lines, delimiter=delimiter), _LOOKED_AT) if row]
    except csv.Error:
        return 0, 0.0
    if not rows:
        return 0, 0.0
    known = max((len({read_name(cell).bare for cell in row[:WIDEST]} & known_headers()) for row in rows), default=0)
    width, agreeing = Counter(map(len, rows)).most_common(1)[0]
    return known, (width - 1) * agreeing / len(rows)


def lines_of(text: str) -> Iterator[str]:
    """The lines one by one: a file of them in memory would hold the whole text again, four bytes a letter."""
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _rows(text: str, delimiter: str) -> list[Row]:
    reader = csv.reader(lines_of(text), delimiter=delimiter)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append(Row(line, tuple(cells)))
            line = reader.line_num + 1
            if len(cells) > WIDEST:
                raise too_wide(len(cells))
    except csv.Error as error:
        raise _broken(line, error) from None
    while rows and not rows[-1].cells:
        rows.pop()
    return rows


def too_wide(columns: int) -> PlaybookError:
    """The refusal of a row with more cells than any export has."""
    return PlaybookError(
        t("import", "The file has too many columns for a table."),
        saw=tn("import", "{n} column", "{n} columns", columns),
        hint=t("import", "export fewer columns, at most {n}", n=number(WIDEST)),
    )


def _broken(line: int, error: csv.Error) -> PlaybookError:
    return PlaybookError(
        t("import", "The file cannot be read from line {line} on.", line=line),
        saw=str(error),
        hint=t("import", "look for a quotation mark that is opened and never closed"),
    )
