"""A table of one's own: which of its columns is which, said by a person once and kept for the next such file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal
from zlib import crc32

from playbook.data.header import read_name
from playbook.data.kinds import KINDS
from playbook.data.sources import Source
from playbook.data.text import Row, Sheet
from playbook.workspace import Workspace

COLUMN, HEADER, SOURCE = "column.", "header", "source"
"""Answers: `column.amount=Сумма` says where a field stands, `header=no` that the columns have numbers for names,
`source=google_ads` of which system a file is that looks like one."""
Need = Literal["must", "one", "may"]
_KEPT = "import.columns"
_MOST = 30
_LOOKED_AT = 40


def kept_as(source: Source, header: Iterable[str], key: str) -> str:
    """The setting that keeps an answer for the next file of a system; a table of one's own is known by its headers."""
    own = "" if source.signature else f".{crc32(' '.join(sorted(_names(header))).encode()):08x}"
    return f"import.{source.name}{own}.{key}"


def columns_said(answers: Mapping[str, str]) -> dict[str, str]:
    """Field and the header of its column, as a person has said; an empty one means there is none."""
    return {key.removeprefix(COLUMN): value for key, value in answers.items() if key.startswith(COLUMN)}


def headed(sheet: Sheet, answers: Mapping[str, str]) -> Sheet:
    """The sheet with numbers above its columns where a person has said that nothing else stands there."""
    if answers.get(HEADER) != "no":
        return sheet
    width = max((len(row.cells) for row in sheet.rows[:_LOOKED_AT]), default=0)
    return replace(sheet, rows=(Row(0, tuple(str(place) for place in range(1, width + 1))), *sheet.rows))


def mapped(source: Source, said: Mapping[str, str], kind: str = "") -> Source:
    """The facts of a system with the columns that a person has said in place of its own."""
    tables = {
        name: {
            **{field: names for field, names in fields.items() if said.get(field) != ""},
            **{
                field: (read_name(header),)
                for field, header in said.items()
                if header and field in KINDS[name].fields and (name == kind or field in fields)
            },
        }
        for name, fields in source.tables.items()
    }
    return replace(source, tables=tables)


def widest(sheet: Sheet) -> Row:
    """The widest of the first rows, which is likely the header."""
    first = sheet.rows[:_LOOKED_AT]
    return max(first, key=lambda row: sum(bool(cell.strip()) for cell in row.cells), default=Row(1, ()))


def offered(sheet: Sheet, answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The columns a person may choose among, each with the first value in it."""
    sheet = headed(sheet, answers)
    header = widest(sheet)
    rows = sheet.rows[sheet.rows.index(header) + 1 :][:_LOOKED_AT] if sheet.rows else ()
    return [(name.strip(), _first(rows, at)) for at, name in enumerate(header.cells) if name.strip()]


def asked(kind: str) -> dict[str, Need]:
    """The fields of a table in the order they are asked for: those it cannot do without, of some at least one."""
    needs: dict[str, Need] = {
        name: "one" if len(group) > 1 else "must" for group in KINDS[kind].needs for name in group
    }
    return needs | {name: "may" for name in KINDS[kind].fields if name not in needs}


def _first(rows: Iterable[Row], column: int) -> str:
    cells = (row.cells[column].strip() for row in rows if column < len(row.cells))
    return next((cell[:40] for cell in cells if cell), "")


def remember(workspace: Workspace, header: Iterable[str], answers: Mapping[str, str], source: str = "") -> None:
    """Keep the columns that a person has said for the next file with such headers, or the system that they are of."""
    one = {
        "header": sorted(_names(header)),
        "kind": answers.get("kind", ""),
        "columns": columns_said(answers),
        "numbered": answers.get(HEADER) == "no",
        "source": source,
    }
    known = workspace.setting(_KEPT) or []
    workspace.set_setting(_KEPT, [*(other for other in known if other["header"] != one["header"]), one][-_MOST:])


def remembered(workspace: Workspace, sheet: Sheet, *, exactly: bool) -> dict[str, str]:
    """What was said of an earlier file with all these headers, or with those it named; the newest of them."""
    for one in reversed(workspace.setting(_KEPT) or []):
        answers = {COLUMN + field: header for field, header in one["columns"].items()}
        if one["kind"]:
            answers["kind"] = one["kind"]
        if one.get("source"):
            answers[SOURCE] = one["source"]
        if one["numbered"]:
            answers[HEADER] = "no"
            if not exactly and len(one["header"]) == len(widest(sheet).cells):
                return answers
            continue
        wanted = set(one["header"]) if exactly else _names(filter(None, one["columns"].values()))
        if wanted and any(wanted == names if exactly else wanted <= names for names in _headers(sheet)):
            return answers
    return {}


def changed(workspace: Workspace, sheet: Sheet) -> list[str]:
    """Headers that a person named for an earlier file and that are gone from one that is else like it."""
    for one in reversed(workspace.setting(_KEPT) or []):
        wanted = {header: read_name(header).whole for header in one["columns"].values() if header}
        for names in _headers(sheet):
            gone = [header for header, name in wanted.items() if name not in names]
            if gone and len(gone) * 2 <= len(wanted):
                return gone
    return []


def _headers(sheet: Sheet) -> list[set[str]]:
    return [_names(row.cells) for row in sheet.rows[:_LOOKED_AT] if not row.blank]


def _names(cells: Iterable[str]) -> set[str]:
    return {read_name(cell).whole for cell in cells if cell.strip()}
