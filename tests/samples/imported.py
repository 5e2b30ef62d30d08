"""What the product makes of a firm's exports: a filled workspace, and its tables asked by SQL."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from playbook.data import tables
from playbook.data.engine import connect, quoted
from playbook.data.kinds import KINDS
from playbook.workspace import Workspace


def ask(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    """The rows that a question in SQL gets from the imported tables, each under its own name."""
    folder: Path = tables.folder(workspace)
    with closing(connect()) as db:
        for kind in KINDS:
            file = quoted(folder / f"{kind}.parquet")
            db.execute(f"CREATE TEMP VIEW {kind} AS SELECT * FROM read_parquet({file})")  # noqa: S608 - our own names
        return db.execute(sql).fetchall()
