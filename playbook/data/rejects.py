"""The file of rejected rows: the rows as they came, with what is wrong; mended, it is imported as it is."""

from __future__ import annotations

import csv
import re
from itertools import islice
from pathlib import Path

from playbook import paths
from playbook.data.header import OURS, Headers, read_name
from playbook.data.read import Reject
from playbook.data.text import Row, Sheet
from playbook.i18n import retold

FILE, LINE = f"{OURS}file", f"{OURS}line"
_COLUMNS = (FILE, LINE, f"{OURS}column", f"{OURS}value", f"{OURS}reason")


def write(path: Path, header: tuple[str, ...], rejects: list[Reject], file: str) -> None:
    """Write the rows under their own header, with five columns of ours after them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with paths.instead_of(path) as fresh, fresh.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*header, *_COLUMNS])
        for reject in rejects:
            cells = list(reject.cells[: len(header)]) + [""] * (len(header) - len(reject.cells))
            writer.writerow([*cells, file, reject.line, reject.column, reject.value, reject.reason])


def first(path: Path, most: int) -> list[Reject]:
    """The first rejected rows of such a file, in the reader's language; none where it is gone or was spoilt."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(islice(csv.DictReader(file), most))
    except (OSError, ValueError, csv.Error):
        return []
    said = ([str(row.get(name) or "") for name in (LINE, *_COLUMNS[2:])] for row in rows)
    return [
        Reject(int(line), column, value, retold("import", why), ())
        for line, column, value, why in said
        if line.isdecimal()
    ]


def name_of(file: str, sha: str) -> str:
    """The name of the rejects of a file, in letters that every system allows."""
    stem = re.sub(r"[^\w.-]+", "_", Path(file).stem)[:60] or "file"
    return f"rejects-{stem}-{sha[:8]}.csv"


def origin(sheet: Sheet, header: int) -> tuple[str, Sheet]:
    """The file whose rejected rows a file mends, and its rows with their lines there; nothing for any other file."""
    headers = Headers(sheet.rows[header].cells)
    places = [headers.places([read_name(name)]) for name in (FILE, LINE)]
    if not all(places):
        return "", sheet
    (file,), (line,) = places[0][:1], places[1][:1]
    rows = sheet.rows[header + 1 :]
    found = {row.cells[file].strip() for row in rows if file < len(row.cells) and row.cells[file].strip()}
    if len(found) != 1:
        return "", sheet
    moved = tuple(Row(_line(row, line), row.cells) for row in rows)
    return found.pop(), Sheet(sheet.rows[: header + 1] + moved, sheet.encoding, sheet.delimiter)


def _line(row: Row, column: int) -> int:
    text = row.cells[column].strip() if column < len(row.cells) else ""
    return int(text) if text.isdecimal() else row.line
