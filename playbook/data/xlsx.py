"""Workbooks of Excel as rows of text: every cell as it was typed, days as ISO days, numbers in all their digits.

Of the format (ECMA-376) only what an export holds: sheets, texts, numbers, days. Formulas give the value kept beside
them; nothing is computed and nothing outside the file is read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from posixpath import join, normpath
from xml.etree import ElementTree as ET

from playbook.data.text import WIDEST, Row, Sheet, empty, too_wide
from playbook.errors import PlaybookError
from playbook.i18n import t

WORKBOOK = "xl/workbook.xml"
_LINK = re.compile(r"\{.*/relationships\}id$")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]+)")
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of the formats of days and times that every Excel has."""
_NOT_A_DAY = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
"""Parts of a format that are no letters of a day: texts, colours, blanks."""
_ACCURATE = 15
"""Digits that Excel itself keeps."""
_SECONDS = 86_400


def sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The visible sheets and the files they lie in.

    Raises:
        PlaybookError: the workbook is broken.
    """
    links = {link.get("Id"): link.get("Target", "") for link in _root(archive, "xl/_rels/workbook.xml.rels")}
    found = {}
    for sheet in _root(archive, WORKBOOK).iter():
        link = next((value for name, value in sheet.attrib.items() if _LINK.match(name)), None)
        if _bare(sheet.tag) == "sheet" and link in links and sheet.get("state", "visible") == "visible":
            target = links[link]
            found[sheet.get("name", "")] = normpath(target.lstrip("/") if target[:1] == "/" else join("xl", target))
    return found


def read(archive: zipfile.ZipFile, place: str) -> Sheet:
    """The rows of one sheet; a row that is not there is blank.

    Raises:
        PlaybookError: the sheet is broken or wider than a table can be.
    """
    texts, days, start = _texts(archive), _day_styles(archive), _first_day(archive)
    rows: list[Row] = []
    for number, cells in _rows(archive, place):
        row = Row(number, _line(cells, texts, days, start))
        if rows and number > rows[-1].line + 1:
            rows.append(Row(rows[-1].line + 1, ()))
        rows.append(row)
    while rows and rows[-1].blank:
        rows.pop()
    if not rows:
        raise empty(t("import", "a sheet without a filled cell"))
    return Sheet(tuple(rows), "xlsx", "")


def _line(
    cells: list[tuple[int, ET.Element]], texts: list[str], days: frozenset[int], start: datetime
) -> tuple[str, ...]:
    line: list[str] = []
    for column, cell in cells:
        if column >= WIDEST:
            raise too_wide(column + 1)
        line += [""] * (column + 1 - len(line))
        line[column] = _said(cell, texts, days, start)
    return tuple(line)


def _said(cell: ET.Element, texts: list[str], days: frozenset[int], start: datetime) -> str:
    """What a cell says, by its kind."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = next((part.text or "" for part in cell if _bare(part.tag) == "v"), "")
    if kind == "s":
        place = _whole(value)
        return texts[place] if 0 <= place < len(texts) else ""
    if kind == "b":
        return {"1": "yes", "0": "no"}.get(value, value)
    return _figure(value, day=_whole(cell.get("s", "0")) in days, start=start) if kind == "n" and value else value


def _figure(value: str, *, day: bool, start: datetime) -> str:
    try:
        return _day(float(value), start) if day else _number(value)
    except (ArithmeticError, ValueError):
        return value


def _whole(text: str) -> int:
    """A place or a number of the format's own; -1 where there is none."""
    return int(text) if text.isascii() and text.isdecimal() else -1


def _number(value: str) -> str:
    """All digits that Excel keeps, without an exponent; one that is too long for them stays as it is written."""
    exact = Decimal(value)
    if exact.adjusted() >= _ACCURATE:
        return value
    rounded = exact.quantize(Decimal(1).scaleb(exact.adjusted() - _ACCURATE + 1)) if exact else Decimal(0)
    return format(rounded.normalize(), "f")


def _day(value: float, start: datetime) -> str:
    """The day, with the time where there is one; below one day the time alone."""
    seconds = round((value % 1) * _SECONDS)
    moment = start + timedelta(days=int(value), seconds=seconds)
    if 0 <= value < 1 and seconds:
        return moment.strftime("%H:%M:%S")
    return moment.strftime("%Y-%m-%d %H:%M:%S") if seconds else moment.strftime("%Y-%m-%d")


def _rows(archive: zipfile.ZipFile, place: str) -> Iterator[tuple[int, list[tuple[int, ET.Element]]]]:
    """The rows with the place of each cell, one at a time: a large sheet is never in memory as a tree."""
    number = 0
    for row in _each(archive, place, "row"):
        number = max(_whole(row.get("r", "")), number + 1)
        cells, column = [], -1
        for cell in row:
            found = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(found[1]) if found else column + 1
            cells.append((column, cell))
        yield number, cells


def _column(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1


def _texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(item) for item in _each(archive, "xl/sharedStrings.xml", "si")]


def _text(item: ET.Element) -> str:
    """The runs of a text put together, without the readings that Japanese texts carry."""
    parts = [part for child in item for part in ([child] if _bare(child.tag) != "rPh" else [])]
    return "".join(text.text or "" for part in parts for text in part.iter() if _bare(text.tag) == "t")


def _day_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Styles that show a number as a day or a time."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    root = _root(archive, "xl/styles.xml")
    named = (item for item in root.iter() if _bare(item.tag) == "numFmt" and _is_day(item))
    own = _DAYS | {_whole(item.get("numFmtId", "")) for item in named}
    styles = next((item for item in root if _bare(item.tag) == "cellXfs"), ())
    return frozenset(place for place, style in enumerate(styles) if _whole(style.get("numFmtId", "")) in own)


def _is_day(item: ET.Element) -> bool:
    code = _NOT_A_DAY.sub("", item.get("formatCode", "").lower().partition(";")[0])
    return bool(set("ymdhs") & set(code)) and "#" not in code and "0" not in code.replace("s.0", "")


def _first_day(archive: zipfile.ZipFile) -> datetime:
    """Day 0: of Windows, whose 1900 has a day too many, or of the old Macintosh."""
    old = any(item.get("date1904") in ("1", "true") for item in _root(archive, WORKBOOK).iter())
    return datetime(1904, 1, 1) if old else datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock


def _root(archive: zipfile.ZipFile, name: str) -> ET.Element:
    try:
        return ET.fromstring(archive.read(name))  # noqa: S314 - expat refuses to blow entities up
    except (ET.ParseError, *_BROKEN) as error:
        raise _refused(name, error) from None


def _each(archive: zipfile.ZipFile, name: str, tag: str) -> Iterator[ET.Element]:
    """Every element of a kind, cleared after it was looked at."""
    try:
        with archive.open(name) as file:
            for _, item in ET.iterparse(file):  # noqa: S314 - expat refuses to blow entities up
                if _bare(item.tag) == tag:
                    yield item
                    item.clear()
    except (ET.ParseError, *_BROKEN) as error:
        raise _refused(name, error) from None


_BROKEN = (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def _refused(name: str, error: Exception) -> PlaybookError:
    return PlaybookError(
        t("import", "The workbook cannot be read."),
        saw=f"{name}: {error}",
        hint=t("import", "open it, save it again as XLSX or CSV (UTF-8), and take that file"),
    )
