"""The one door to DuckDB, started when first needed: it makes the tables, and answers definitions unless `engines` say
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook import paths
from playbook.data.kinds import KINDS
from playbook.data.rooms import SPILL, Room
from playbook.errors import Failure
from playbook.i18n import t

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection


class DamagedError(Failure):
    """A table's file is gone or broken; it can be made again from the originals."""


_SQL = Path(__file__).parent / "sql"
VIEWS = ("lead_states", "lead_sales", "campaign_marks", "priced_items", "sold", "named_sales")
"""What several definitions are made over, `sql/views/NAME.sql`, each of the tables and of those before it; made only
for a definition that names them, as they double the time of a small one."""


HELD = {"journeys": "touches"}
"""Definitions that keep every row of a table in memory, and that table."""
LARGE = 100 * 2**20
"""Bytes of a table, some two million visits, from which on they are held."""
ENOUGH = "800MB"
"""What they have then: with the process around them less than a gigabyte, for a third more of the processor."""


def connect() -> DuckDBPyConnection:
    """A connection of its own; temporary views belong to it alone."""
    return _engine().cursor()


def query(folder: Path, name: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The rows that `sql/NAME.sql` gives over the tables in `folder`, with `values` for its `$names`.

    One that would keep millions of rows in memory is held to some of it, and lays the others on the disk.

    Raises:
        DamagedError: a table's file is gone or broken.
    """
    if (kind := HELD.get(name)) and _size(folder / f"{kind}.parquet") > LARGE:
        with suppress(Failure):  # too little for it on this machine, or no room on the disk: it has all there is then
            return _query(_held().cursor(), folder, name, values)
    return _query(connect(), folder, name, values)


def _query(db: DuckDBPyConnection, folder: Path, name: str, values: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    text = definition(name)
    used = {key: value for key, value in (values or {}).items() if f"${key}" in text}
    with _over(folder, _views(text), db):
        found = db.execute(text, used)
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def select(
    folder: Path, name: str, values: Mapping[str, Any], *, what: str = "*", where: str = "TRUE", rest: str = ""
) -> list[dict[str, Any]]:
    """`what` of the rows that `sql/NAME.sql` gives `where` something holds; `rest` orders, groups or cuts them.

    Raises:
        DamagedError: a table's file is gone or broken.
    """
    text = definition(name)
    with _over(folder, _views(text)) as db:
        found = db.execute(f"SELECT {what} FROM ({text}) AS listed WHERE {where} {rest}", dict(values))
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def frame(folder: Path, kind: str) -> pd.DataFrame:
    """One of the tables in `folder` as it stands, as a pandas frame.

    Raises:
        DamagedError: a table's file is gone or broken.
    """
    with _over(folder) as db:
        return db.table(kind).df()


@contextmanager
def _over(
    folder: Path, views: tuple[str, ...] = (), connection: DuckDBPyConnection | None = None
) -> Iterator[DuckDBPyConnection]:
    """A connection that knows the tables in `folder` by their names, and these views; it is closed in the end."""
    import duckdb

    with closing(connection or connect()) as db:
        try:
            for kind in KINDS:
                file = quoted(folder / f"{kind}.parquet")
                db.execute(f"CREATE TEMP VIEW {kind} AS SELECT * FROM read_parquet({file})")
            for name in views:
                db.execute(f"CREATE TEMP VIEW {name} AS {definition(f'views/{name}')}")
            yield db
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise DamagedError(
                t("import", "The tables made of the imported files cannot be read."),
                saw=str(error).partition("\n")[0],
                hint=t(
                    "import", "delete the folder {folder}: it is made again from the originals", folder=folder.parent
                ),
            ) from None
        except duckdb.OutOfMemoryException as error:
            raise Failure(
                t("import", "There is not enough room for so many rows."),
                saw=str(error).partition("\n")[0],
                hint=t("import", "free some space on the disk: what does not fit into the memory is laid there"),
            ) from None


@cache
def _views(text: str) -> tuple[str, ...]:
    """The views that a definition names, and those that these are made over, in the order of their making."""
    found: list[str] = []
    for name in reversed(VIEWS):
        if any(re.search(rf"\b{name}\b", one) for one in (text, *(definition(f"views/{view}") for view in found))):
            found.insert(0, name)
    return tuple(found)


def version() -> str:
    """The engine's own version, as it answers itself."""
    with closing(connect()) as db:
        (answer,) = db.execute("SELECT version()").fetchall()
    return str(answer[0])


@cache
def _engine() -> DuckDBPyConnection:
    """The process's one DuckDB, in memory and with no way to the network: starting it costs more than a query."""
    return _started("")


@cache
def _held() -> DuckDBPyConnection:
    """Another one with little memory of its own, so that an import beside it has all that there is."""
    return _started("held", memory_limit=ENOUGH)


def _started(room: str, **more: str) -> DuckDBPyConnection:
    """A DuckDB with a room of its own on the disk: two would take each other's files for theirs."""
    import duckdb

    return duckdb.connect(
        config={
            **more,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "temp_directory": str(_spill(room)),
            # DuckDB 2.0 takes a sum of ones for a byte where all orders share a status, and fails on the 128th
            "disabled_optimizers": "compressed_materialization",
        }
    )


def _spill(room: str) -> Path:
    """Where what does not fit into memory is laid; DuckDB would make a folder where the command was given."""
    try:
        return _room(room).path
    except OSError:  # nothing can be laid there then, and little needs to be
        return paths.state_dir() / f"{SPILL}{room}"


@cache
def _room(_name: str) -> Room:
    return Room(SPILL)


@cache
def definition(name: str) -> str:
    """The text of `sql/NAME.sql`."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def definitions() -> tuple[str, ...]:
    """The names of all definitions."""
    return tuple(sorted(file.stem for file in _SQL.glob("*.sql")))


def _size(file: Path) -> int:
    """The bytes of a file; none of one that is not there."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def quoted(path: Path) -> str:
    """A path as a text of SQL."""
    return "'" + path.as_posix().replace("'", "''") + "'"
