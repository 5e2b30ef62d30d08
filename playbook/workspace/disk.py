"""A workspace's one SQLite file: how it is made, opened and checked, and how a line is written into it."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playbook import paths
from playbook.errors import WorkspaceNewer
from playbook.i18n import t
from playbook.workspace.faults import BROKEN, FILE, damaged, operational
from playbook.workspace.kept import Change

APPLICATION = 0x50424B31
"""Marks the SQLite file as ours (`PRAGMA application_id`)."""
SCHEMA = 1
"""The version of the tables below (`PRAGMA user_version`)."""
WAIT_SECONDS = 5
"""How long a write waits for another program's."""

TABLES = """
CREATE TABLE changes (
    revision INTEGER PRIMARY KEY AUTOINCREMENT, step TEXT NOT NULL, field TEXT NOT NULL, kind TEXT NOT NULL,
    value TEXT NOT NULL, time TEXT NOT NULL, author TEXT NOT NULL, undoes INTEGER);
CREATE INDEX changes_of_field ON changes (step, field, revision);
CREATE TABLE records (
    id INTEGER PRIMARY KEY AUTOINCREMENT, step TEXT NOT NULL, payload TEXT NOT NULL, time TEXT NOT NULL);
CREATE TABLE batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT, active INTEGER NOT NULL, payload TEXT NOT NULL, time TEXT NOT NULL);
"""


def make(folder: Path) -> None:
    """Make the file in `folder`, whole or not at all."""
    with paths.instead_of(folder / FILE) as fresh, closing(sqlite3.connect(fresh)) as db:
        db.executescript(TABLES)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {SCHEMA}")
        db.commit()


def connect(folder: Path) -> sqlite3.Connection:
    """A connection that keeps every committed change on the disk, or reads only, where nothing may be written."""
    may_write = writable(folder)
    try:
        db = sqlite3.connect(_uri(folder, write=may_write), uri=True, timeout=WAIT_SECONDS, isolation_level=None)
        if may_write:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
    except sqlite3.OperationalError as error:
        raise operational(folder, error) from None
    except sqlite3.DatabaseError as error:
        raise damaged(folder, error) from None
    return db


def writable(folder: Path) -> bool:
    """Whether the rights on the disk let a change be saved."""
    return os.access(folder / FILE, os.W_OK) and os.access(folder, os.W_OK)


def _uri(folder: Path, *, write: bool) -> str:
    """The file's address for SQLite; in a read-only folder, without the files SQLite lays beside it."""
    if write:
        return f"{(folder / FILE).as_uri()}?mode=rw"
    alone = not writable(folder) and not (folder / f"{FILE}-wal").exists()
    return f"{(folder / FILE).as_uri()}?mode=ro" + ("&immutable=1" if alone else "")


def check(folder: Path) -> None:
    """Refuse a file that is damaged or newer, without writing to it."""
    try:
        db = sqlite3.connect(_uri(folder, write=False), uri=True, timeout=WAIT_SECONDS)
        try:
            application = db.execute("PRAGMA application_id").fetchone()[0]
            version = db.execute("PRAGMA user_version").fetchone()[0]
            tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            strange = db.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()[0]
            sound = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            db.close()
    except sqlite3.OperationalError as error:
        raise operational(folder, error) from None
    except sqlite3.DatabaseError as error:
        raise damaged(folder, error) from None
    if application == APPLICATION and version > SCHEMA:
        raise WorkspaceNewer(
            t("workspace", "A newer version of the playbook made this workspace. It was not changed."),
            saw=str(folder / FILE),
            hint=t("workspace", "update the playbook and open it again"),
        )
    if application != APPLICATION or not {"changes", "records", "batches"} <= tables or strange or sound != "ok":
        raise damaged(folder, BROKEN if sound != "ok" else "not a playbook file")


def append(
    db: sqlite3.Connection, step: str, field: str, kind: str, value: Any, author: str = "", undoes: int | None = None
) -> int:
    """Write one change down; returns its revision."""
    query = "INSERT INTO changes (step, field, kind, value, time, author, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)"
    return insert(db, query, step, field, kind, text(value), now(), author, undoes)


def last_record(db: sqlite3.Connection) -> int:
    """The id of the newest record; 0 where there is none."""
    return int(db.execute("SELECT max(id) FROM records").fetchone()[0] or 0)


def insert(db: sqlite3.Connection, query: str, *values: Any) -> int:
    """Run an INSERT; returns the id of the new row."""
    return int(db.execute(query, values).lastrowid or 0)


def text(value: Any) -> str:
    """JSON that any file can hold: half of a character, as in a broken file name, becomes a question mark."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def change(row: tuple[Any, ...]) -> Change:
    """A row of `changes` as it is handed out."""
    return Change(row[0], row[1], row[2], row[3], json.loads(row[4]), datetime.fromisoformat(row[5]), row[6], row[7])


def now() -> str:
    """The moment, in UTC, as it is written down."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
