"""The lines of a long file in a session of the engine: asked in SQL, or fetched as rows."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from playbook.data.aside import Aside
from playbook.data.clean import MARK, Stretch
from playbook.data.engine import connect, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LONGEST_LINE = 500_000


class Lines:
    """The lines under the header, as columns `c0`, `c1` and so on beside their `line`; an empty cell is NULL."""

    def __init__(self, aside: Aside, header: int) -> None:
        self.aside = aside
        self.header = header
        self.db: DuckDBPyConnection = connect()
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
        texts = (f"SELECT {self._numbered(one)}" for one in self.aside.stretches)
        return f"(SELECT * FROM ({' UNION ALL '.join(texts)}) WHERE line > {self.header})"

    def first(self, count: int) -> str:
        """The first lines as SQL."""
        stretch = self.aside.stretches[0]
        return (
            f"(SELECT * FROM (SELECT {self._numbered(stretch)} LIMIT {count + self.header}) WHERE line > {self.header})"
        )

    def _numbered(self, stretch: Stretch) -> str:
        line = f"row_number() OVER () + {stretch.first - 1} AS line"
        return f"{line}, * FROM read_csv({quoted(stretch.file)}, {self._options})"

    def ask(self, text: str) -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""
        return self.db.execute(text).fetchall()
