"""The lines of a long file in sessions of the engine: asked in SQL, or fetched as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from playbook.data.aside import Aside
from playbook.data.cells import Record
from playbook.data.clean import MARK, Stretch
from playbook.data.engine import connect, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LONGEST_LINE = 500_000
_LINE = json.JSONEncoder(ensure_ascii=False, default=str)


class Lines:
    """The lines under the header, as columns `c0`, `c1` and so on beside their `line`; an empty cell is NULL."""

    def __init__(self, aside: Aside, header: int) -> None:
        self.aside = aside
        self.header = header
        self.db: DuckDBPyConnection = connect()
        self._tables: dict[str, str] = {}
        columns = ", ".join(f"c{place}: 'VARCHAR'" for place in range(aside.width))
        self._options = (
            f"auto_detect = false, header = false, delim = '{MARK}', quote = '', escape = '', comment = '',"
            f" new_line = '\\n', strict_mode = true, max_line_size = {_LONGEST_LINE}, columns = {{{columns}}}"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.db.close()

    @property
    def source(self) -> str:
        """The lines as SQL."""
        return self._of(self.aside.stretches())

    def first(self, count: int) -> str:
        """The first lines as SQL."""
        return f"(SELECT * FROM {self._of([self.begin])} LIMIT {count})"

    @property
    def begin(self) -> Stretch:
        """The first stretch of them."""
        return next(self.aside.stretches())

    def _of(self, stretches: Iterable[Stretch]) -> str:
        texts = (
            f"SELECT row_number() OVER () + {one.first - 1} AS line, *"
            f" FROM read_csv({quoted(one.file)}, {self._options})"
            for one in stretches
        )
        return f"(SELECT * FROM ({' UNION ALL '.join(texts)}) WHERE line > {self.header})"

    def ask(self, text: str) -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""
        return self.db.execute(text).fetchall()

    def table(self, name: str, columns: dict[str, str], rows: Iterable[Record]) -> None:
        """A table of these rows, cast as the row way's are, for every session."""
        file = self.aside.room.path / f"{name}.jsonl"
        with file.open("w", encoding="utf-8") as out:
            count = sum(bool(out.write(_LINE.encode(row) + "\n")) for row in rows)
        typed = ", ".join(f"{column}: '{kind}'" for column, kind in columns.items())
        source = f"SELECT * FROM read_json({quoted(file)}, format = 'newline_delimited', columns = {{{typed}}})"
        if not count:
            empty = (f"CAST(NULL AS {kind}) AS {column}" for column, kind in columns.items())
            source = f"SELECT {', '.join(empty)} WHERE FALSE"
        made = file.with_suffix(".parquet")
        self.db.execute(f"COPY ({source}) TO {quoted(made)} (FORMAT parquet)")
        file.unlink()
        self._tables[name] = f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM read_parquet({quoted(made)})"
        self.db.execute(self._tables[name])

    @contextmanager
    def over(self, stretch: Stretch) -> Iterator[DuckDBPyConnection]:
        """A session of its own that knows the tables, and the lines of one stretch as `lines`."""
        with closing(self.db.cursor()) as db:
            for view in (*self._tables.values(), f"CREATE TEMP VIEW lines AS {self._of([stretch])}"):
                db.execute(view)
            yield db
