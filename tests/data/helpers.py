"""What the tests of the data room share: the made files, a quick import, and the tables as rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from playbook.data import Importer, Outcome, tables
from playbook.data.engine import connect
from playbook.workspace import Workspace

FILES = Path(__file__).parent / "files"


def take(workspace: Workspace, name: str, **settings: str) -> Outcome:
    """Import one of the made files."""
    importer = Importer(workspace)
    return importer.run(importer.preview(FILES / name, settings=settings))


def counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    """Rows, accepted, merged, skipped, rejected."""
    said = outcome.to_json()
    return said["rows"], said["accepted"], said["merged"], said["skipped"], said["rejected"]


def rows(workspace: Workspace, kind: str, columns: str = "*") -> list[Any]:
    """The rows of a table, in its own order; a single column as plain values."""
    place = tables.folder(workspace) / f"{kind}.parquet"
    with closing(connect()) as db:
        found = db.read_parquet(place.as_posix()).project(columns).fetchall()
    return [row[0] for row in found] if found and len(found[0]) == 1 else found


def everything(workspace: Workspace) -> dict[str, list[Any]]:
    """Every table with all its rows."""
    return {kind: rows(workspace, kind) for kind in ("spend", "touches", "leads", "orders", "items", "costs")}


def read(name: str, *, skip: int = 0, encoding: str = "utf-8", delimiter: str = ",") -> Iterator[dict[str, str]]:
    """A made file by the csv module alone, from the header on."""
    with (FILES / name).open(encoding=encoding, newline="") as file:
        for _ in range(skip):
            next(file)
        yield from csv.DictReader(file, delimiter=delimiter)


def amount(text: str, decimal: str = ".") -> Decimal:
    """An amount as our made files write it, with this decimal mark."""
    bare = text.replace("\u00a0", "").replace("," if decimal == "." else ".", "")
    return Decimal(bare.replace(decimal, "."))
