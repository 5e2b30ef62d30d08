"""The tables of a file: those of an archive or a workbook, and several one below another in one sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from playbook.data.containers import Leaf, leaves
from playbook.data.header import read_name
from playbook.data.match import recognise
from playbook.data.raw import Raw
from playbook.data.sources import known_headers
from playbook.data.text import Row, Sheet, empty
from playbook.errors import PlaybookError
from playbook.i18n import t

_NUMBERED = re.compile(r"(?P<leaf>.*)#(?P<place>[0-9]+)")
_FEWEST = 2
"""Headers we know, from which a row below a blank one may begin a table of its own."""
_HEAD = 40
_TITLE = 2
"""A row of more cells is no title of the table below it."""


@dataclass(frozen=True)
class Part:
    """One table of a file: its name there, empty where it is the only one; a sheet, or why there is none."""

    name: str
    sheet: Sheet | None
    error: PlaybookError | None = None

    def by_rows(self, *, whole: bool, alone: bool) -> list[Part]:
        """The tables that all of its rows are, or this one `whole`.

        Raises:
            PlaybookError: it cannot be read, and the file is this one `alone`.
        """
        if self.sheet is None:
            return [self]
        try:
            sheet = by_rows(self.sheet)
        except PlaybookError as error:
            if alone:
                raise
            return [Part(self.name, None, error)]
        return _named(self.name, [sheet] if whole else split(sheet))


def parts(raw: Raw) -> list[Part]:
    """Every table of a file, read.

    Raises:
        PlaybookError: the file is an archive that cannot be opened, or its only table cannot be read.
    """
    found = leaves(raw)
    if not found:
        raise empty(t("import", "a workbook without a sheet to be seen"))
    return [part for leaf in found for part in _parts(leaf, alone=len(found) == 1)]


def read_sheet(raw: Raw, part: str = "") -> Sheet:
    """One table of a file by its name; of a file that is one table, all of it.

    Raises:
        PlaybookError: the table cannot be read, or there is none of this name.
    """
    found = {leaf.name: leaf for leaf in leaves(raw)}
    if part in found:
        return found[part].read()
    if (numbered := _NUMBERED.fullmatch(part)) and numbered["leaf"] in found:
        tables = split(by_rows(found[numbered["leaf"]].read()))
        if 0 < int(numbered["place"]) <= len(tables):
            return tables[int(numbered["place"]) - 1]
    raise PlaybookError(
        t("import", "The file has no table of this name."),
        saw=part,
        hint=t("import", "one of: {names}", names=", ".join(list(found)[:20])),
        field="part",
    )


def split(sheet: Sheet) -> list[Sheet]:
    """The sheet as tables: a new one begins below a blank row where a header of its own stands."""
    if sheet.aside:
        return [sheet] if _is_one(sheet.rows) else split(by_rows(sheet))
    starts = [0, *_starts(sheet.rows)]
    ends = [*starts[1:], len(sheet.rows)]
    return [replace(sheet, rows=sheet.rows[start:end]) for start, end in zip(starts, ends, strict=True)]


def by_rows(sheet: Sheet) -> Sheet:
    """The sheet with all of its rows."""
    return sheet.aside.whole() if sheet.aside else sheet


def _parts(leaf: Leaf, *, alone: bool) -> Iterator[Part]:
    try:
        tables = split(leaf.read())
    except PlaybookError as error:
        if alone:
            raise
        yield Part(leaf.name, None, error)
        return
    yield from _named(leaf.name, tables)


def _named(name: str, tables: list[Sheet]) -> list[Part]:
    return [Part(name if len(tables) == 1 else f"{name}#{place}", table) for place, table in enumerate(tables, 1)]


def _starts(rows: tuple[Row, ...]) -> Iterator[int]:
    """Where a second table begins and all after it: its titles, else its header."""
    begun, block = False, 0
    for place, row in enumerate(rows):
        if row.blank:
            block = place + 1
        elif begun and not block:
            continue
        elif _is_header(row):
            if begun and block and _is_table(rows[place : place + _HEAD]):
                yield block
                block = 0
            begun = True
        elif _filled(row) > _TITLE:
            block = 0


def _is_one(rows: tuple[Row, ...]) -> bool:
    """Whether the first rows of a long file, all of whose blank ones are among them, leave no second table to come."""
    if not any(row.blank for row in rows):
        return True
    blank = max(place for place, row in enumerate(rows) if row.blank)
    settled = any(not _is_header(row) and _filled(row) > _TITLE for row in rows[blank + 1 :])
    return settled and not any(_starts(rows))


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _is_header(row: Row) -> bool:
    names = {read_name(cell).bare for cell in row.cells if cell.strip()}
    return len(names) > _FEWEST - 1 and len(names & known_headers()) >= _FEWEST


def _is_table(rows: tuple[Row, ...]) -> bool:
    try:
        found = recognise(Sheet(rows, "", ""))
        return found.header == 0 and not found.likely
    except PlaybookError:
        return False
