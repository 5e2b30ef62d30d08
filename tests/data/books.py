"""Workbooks and archives for tests, written as Excel and archivers write them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="2"><numFmt numFmtId="164" formatCode="[$-419]dd\\.mm\\.yyyy;@"/>'
    '<numFmt numFmtId="165" formatCode="#,##0.00 &quot;days&quot;"/></numFmts><cellXfs count="4"><xf numFmtId="0"/>'
    '<xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)
PLAIN, DAY, MOMENT, DAYS_IN_WORDS = range(4)
"""Styles of cells, the last one a number with the word days in its format."""


def book(sheets: dict[str, list[list[object]]], hidden: str = "", old: bool = False) -> bytes:
    """A workbook of these sheets; a float is written with all its binary digits, as Excel does."""
    texts: list[str] = []
    files = {
        "xl/workbook.xml": f'<workbook {MAIN} {LINKS}><workbookPr date1904="{int(old)}"/><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{place}" r:id="rId{place}"'
            f"{' state=' + chr(34) + 'hidden' + chr(34) if name == hidden else ''}/>"
            for place, name in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        + "".join(f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1))
        + "</Relationships>",
        "xl/styles.xml": STYLES,
    }
    for place, rows in enumerate(sheets.values(), 1):
        lines = "".join(_row(number, row, texts, old) for number, row in enumerate(rows, 1) if row)
        files[f"xl/worksheets/sheet{place}.xml"] = f"<worksheet {MAIN}><sheetData>{lines}</sheetData></worksheet>"
    items = "".join(f"<si><r><t>{escape(text[:1])}</t></r><r><t>{escape(text[1:])}</t></r></si>" for text in texts)
    return packed({**files, "xl/sharedStrings.xml": f"<sst {MAIN}>{items}</sst>"})


def _row(number: int, row: list[object], texts: list[str], old: bool) -> str:
    cells = "".join(
        _cell(f"{chr(65 + column)}{number}", value, texts, old) for column, value in enumerate(row) if value is not None
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: object, texts: list[str], old: bool) -> str:
    if isinstance(value, str):
        texts.append(value)
        return f'<c r="{place}" t="s"><v>{len(texts) - 1}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, datetime | date):
        start = datetime(1904, 1, 1) if old else datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        days = (moment - start).total_seconds() / 86_400
        return f'<c r="{place}" s="{MOMENT if isinstance(value, datetime) else DAY}"><v>{days!r}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def packed(files: dict[str, str | bytes], *, stored: bool = False) -> bytes:
    """A ZIP archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
