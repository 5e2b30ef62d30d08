"""The lines of a long file in a session of the engine: asked in SQL, or fetched as rows."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from playbook.data.aside import MARK, Aside
from playbook.data.engine import connect, quoted
from playbook.data.text import Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LONGEST_LINE = 4_000_000


class Lines:
    """The lines under the header, as columns `c0`, `c1` and so on beside their `line`; an empty cell is NULL."""

    def __init__(self, aside: Aside, header: int) -> None:
        self.aside = aside
        self.header = header
        self.db: DuckDBPyConnection = connect()
        columns = ", ".join(f"c{place}: 'VARCHAR'" for place in range(aside.width))
        options = (
            f"auto_detect = false, header = false, delim = '{MARK}', quote = '', escape = '', comment = '',"
            f" new_line = '\\n', strict_mode = true, max_line_size = {_LONGEST_LINE}, columns = {{{columns}}}"
        )
        self._all = f"SELECT row_number() OVER () AS line, * FROM read_csv({quoted(aside.text)}, {options})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.db.close()

    @property
    def source(self) -> str:
        """The lines as SQL."""
        return f"(SELECT * FROM ({self._all}) WHERE line > {self.header})"

    def ask(self, text: str) -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""
        return self.db.execute(text).fetchall()

    def rows(self, lines: Iterable[int]) -> list[Row]:
        """These lines as rows, in their order."""
        wanted = sorted(set(lines))
        if not wanted:
            return []
        self.db.execute("CREATE OR REPLACE TEMP TABLE wanted (line BIGINT)")
        self.db.execute("INSERT INTO wanted SELECT unnest(?::BIGINT[])", [wanted])
        found = self.ask(f"SELECT * FROM ({self._all}) SEMI JOIN wanted USING (line) ORDER BY line")
        return [Row(line, tuple(cell or "" for cell in cells)) for line, *cells in found]
