"""Typed Parquet out of the originals of the active imports: one part an import, and the tables merged from them.

The tables lie in a folder named by the imports they were made of. An import or an undo makes a new folder first and is
recorded last, so a crash at any instant leaves the folder that the workspace's record points to as it was.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.data import engine
from playbook.data.cells import Record
from playbook.data.engine import DamagedError, connect, query, quoted
from playbook.data.kinds import KINDS, Kind, week_hour
from playbook.data.persons import hash_of
from playbook.data.read import Reading
from playbook.workspace import Batch, Workspace

if TYPE_CHECKING:
    import pandas as pd

READER = 6
"""The version of reading and of the tables' shape; a new one makes every part anew from the originals."""

_MAKING = "making-"
_PLAIN = "plain.parquet"
"""Ends the names of rows that were typed as columns."""
_LINE = json.JSONEncoder(ensure_ascii=False, default=str)
_HOUR = 3600
_MINUTE = 60


@dataclass(frozen=True)
class Taken:
    """One active import: what it was made of, and which earlier file its rows belong to."""

    sha: str
    source: str
    answers: dict[str, str]
    origin: str = ""
    """The file whose rejected rows this one mends; empty for a file of its own."""

    @classmethod
    def of(cls, batch: Batch) -> Taken:
        """What a recorded import was made of."""
        said = batch.payload
        return cls(said["sha"], said["source"], said["answers"], said.get("origin", ""))

    @property
    def file(self) -> str:
        """The name of the file, or of the one table in it, that the rows stand in."""
        part = self.answers.get("part", "")
        return fingerprint(self.sha, part) if part else self.sha

    @property
    def name(self) -> str:
        """By what its rows tell, in the tables, which file they belong to."""
        return (self.origin or self.file)[:12]

    @property
    def part(self) -> str:
        """The name of the import's part: the same content read the same way has the same name."""
        return fingerprint(READER, self.sha, self.source, self.answers)


def taken(workspace: Workspace) -> list[Taken]:
    """The active imports, the oldest first."""
    return [Taken.of(batch) for batch in workspace.batches() if batch.active]


def folder(workspace: Workspace, imports: Sequence[Taken] | None = None) -> Path:
    """The folder with one Parquet file for every kind of table, made when it is not there yet.

    Without `imports`, those that are active; parts that are missing are read from the originals again.
    """
    imports = taken(workspace) if imports is None else imports
    place = _place(workspace, imports)
    if not place.is_dir():
        for one in imports:
            if not _part(workspace, one).is_dir():
                write_part(workspace, one, _read_again(workspace, one))
        _install(place, lambda fresh: _merge(workspace, imports, fresh))
    return place


def rows(workspace: Workspace) -> int | None:
    """How many rows the tables hold as they stand; None while they are not made. Nothing is written.

    Raises:
        DamagedError: a table's file is gone or broken.
    """
    place = _place(workspace, taken(workspace))
    return int(query(place, "rows")[0]["found"]) if place.is_dir() else None


def frame(workspace: Workspace, kind: str) -> pd.DataFrame:
    """A table (`spend`, `touches`, `leads`, `orders`) as pandas; a broken one is made again from the originals."""
    try:
        return engine.frame(folder(workspace), kind)
    except DamagedError:
        discard(workspace)
        return engine.frame(folder(workspace), kind)


def write_part(workspace: Workspace, one: Taken, reading: Reading) -> None:
    """Write the records of one import as typed Parquet, persons as salted hashes."""
    plain = reading.plain
    salt = _salt(workspace, plain.salt if plain else "")
    place = _part(workspace, one)
    if not place.is_dir():
        if plain and (plain.salt != salt or not plain.there):  # another file was the first one in, or days went by
            reading = _read_again(workspace, one)
        _install(place, lambda fresh: _fill(fresh, reading, one.name, salt))


def sweep(workspace: Workspace, old: Path) -> None:
    """Delete what belongs to imports that are no longer active; not `old`, which another look may still be reading."""
    keep = {folder(workspace), old, workspace.path / "tables" / "parts"}
    parts = {_part(workspace, one) for one in taken(workspace)}
    for place in [*(workspace.path / "tables").iterdir(), *(workspace.path / "tables" / "parts").glob("*")]:
        if place not in keep | parts and _left(place):
            shutil.rmtree(place, ignore_errors=True)


def _left(place: Path) -> bool:
    """Whether nobody is at work in the folder any more: another import, in another window, may be."""
    try:
        age = time.time() - place.stat().st_mtime
    except OSError:
        return False
    return age > (_HOUR if place.name.startswith(_MAKING) else _MINUTE)


def discard(workspace: Workspace) -> None:
    """Delete the tables as they stand, and their parts; the next look makes them again from the originals."""
    for place in (folder(workspace), workspace.path / "tables" / "parts"):
        shutil.rmtree(place, ignore_errors=True)


def fingerprint(*things: object) -> str:
    """A short name for what something was made of."""
    text = json.dumps(things, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def salt_of(workspace: Workspace) -> str:
    """The workspace's own secret, or the one that it may take; with a longer one most hashes take twice as long."""
    return str(workspace.setting("salt") or secrets.token_urlsafe(16))


def _salt(workspace: Workspace, offered: str) -> str:
    """The workspace's own secret, made on the first import."""
    if not workspace.setting("salt"):
        workspace.set_setting("salt", offered or salt_of(workspace))
    return str(workspace.setting("salt"))


def _place(workspace: Workspace, imports: Sequence[Taken]) -> Path:
    return workspace.path / "tables" / fingerprint(READER, *(f"{one.part}:{one.origin}" for one in imports))


def _part(workspace: Workspace, one: Taken) -> Path:
    return workspace.path / "tables" / "parts" / one.part


def _read_again(workspace: Workspace, one: Taken) -> Reading:
    from playbook.data.preview import read_taken

    return read_taken(workspace, one)


def _install(place: Path, fill: Callable[[Path], None]) -> None:
    """Fill a folder under a passing name and give it its own at once; another process may have been quicker."""
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=_MAKING, dir=place.parent))
    try:
        fill(fresh)
        try:
            fresh.rename(place)
        except OSError:
            if not place.is_dir():
                raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _fill(fresh: Path, reading: Reading, file: str, salt: str) -> None:
    """Lay the rows that are typed already beside those that were read one by one."""
    _write(fresh, reading.records, file, salt)
    for kind, files in (reading.plain.files if reading.plain else {}).items():
        for place, typed in enumerate(files):
            shutil.copyfile(typed, fresh / f"{kind}.{place}.{_PLAIN}")


def _write(fresh: Path, records: dict[str, list[Record]], file: str, salt: str) -> None:
    with closing(connect()) as db:
        for name, rows in records.items():
            kind = KINDS[name]
            lines = fresh / f"{name}.jsonl"
            with lines.open("w", encoding="utf-8") as out:
                for row in rows:
                    out.write(_LINE.encode(_stored(kind, row, file, salt)) + "\n")
            columns = ", ".join(f"{column}: '{kind_of}'" for column, kind_of in kind.columns.items())
            source = (
                f"read_json({quoted(lines)}, format = 'newline_delimited', columns = {{{columns}}})"
                if rows
                else _nothing(kind)
            )
            written = db.execute(
                f"COPY (SELECT * FROM {source}) TO {quoted(fresh / (name + '.parquet'))} (FORMAT parquet)"
            ).fetchall()
            lines.unlink()
            if written[0][0] != len(rows):
                raise RuntimeError(f"{name}: {written[0][0]} rows written of {len(rows)}")


def _stored(kind: Kind, row: Record, file: str, salt: str) -> Record:
    hashed = {
        name: hash_of(str(row[name]), salt)
        for name, reader in kind.fields.items()
        if reader == "person" and row.get(name)
    }
    waits = {name: _seconds(row, start, end) for name, start, end in kind.waits}
    return {
        name: value
        for name, value in (row | hashed | waits | {"file": file}).items()
        if value is not None and name in kind.columns
    }


def _seconds(row: Record, start: str, end: str) -> int | None:
    """Seconds from one time of the row to another; None where one is not known to the minute."""
    first, last = row.get(start), row.get(end)
    if row.get(week_hour(start)) is None or row.get(week_hour(end)) is None:
        return None
    return round((last - first).total_seconds()) if isinstance(first, datetime) and isinstance(last, datetime) else None


def _nothing(kind: Kind) -> str:
    columns = ", ".join(f"CAST(NULL AS {kind_of}) AS {name}" for name, kind_of in kind.columns.items())
    return f"(SELECT {columns} WHERE FALSE)"


def _merge(workspace: Workspace, imports: Sequence[Taken], fresh: Path) -> None:
    """Write every table: of rows of the same thing those of the newest import, and never two imports added up."""
    alone = len(imports) == 1 and not imports[0].origin  # nothing to choose among, and windows over millions are dear
    with closing(connect()) as db:
        for name, kind in KINDS.items():
            rows = _layers(workspace, kind, imports)
            columns = ", ".join(kind.columns)
            same, order = ", ".join(kind.replaces), ", ".join([*kind.replaces, "file", "line"])
            if not alone:
                newest = "QUALIFY row_number() OVER (PARTITION BY file, line ORDER BY written DESC) = 1"
                kept = f"QUALIFY taken = max(taken) OVER (PARTITION BY {same})"
                rows = f"SELECT * FROM (SELECT * FROM ({rows}) {newest}) {kept}"
            merged = f"SELECT {columns}, taken FROM ({rows}) ORDER BY {order}"
            db.execute(f"COPY ({merged}) TO {quoted(fresh / (name + '.parquet'))} (FORMAT parquet)")


def _layers(workspace: Workspace, kind: Kind, imports: Sequence[Taken]) -> str:
    """Rows of every import with its place among them: `taken` is that of the file they belong to.

    Both files of an import are read as one: rows of a union are not laid on the disk where they are sorted and do not
    fit into memory (DuckDB 2.0).
    """
    parts = [
        f"SELECT *, {_layer(imports, one, place)} AS taken, {place} AS written FROM read_parquet([{files}])"
        for place, one in enumerate(imports, 1)
        if (files := ", ".join(map(quoted, _files(workspace, one, kind))))
    ]
    return " UNION ALL ".join(parts) or f"SELECT *, 0 AS taken, 0 AS written FROM {_nothing(kind)}"


def _files(workspace: Workspace, one: Taken, kind: Kind) -> list[Path]:
    """The rows of an import for one table: those read one by one, and those typed as columns."""
    part = _part(workspace, one)
    return [*part.glob(f"{kind.name}.parquet"), *sorted(part.glob(f"{kind.name}.*{_PLAIN}"))]


def _layer(imports: Iterable[Taken], one: Taken, place: int) -> int:
    """A file of mended rows joins the file they came from."""
    return next((place for place, other in enumerate(imports, 1) if one.origin and other.file == one.origin), place)
