"""The rows behind a figure: the leads, orders, visits or lines of spend that it was counted on, one by one.

Every figure opens those of its tables in its own days; a figure of some of them says which by a condition. The tables
hold no names, phones, e-mails or comments: persons are salted hashes, as everywhere after the import.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from playbook import rules
from playbook.data import engine, tables
from playbook.data.behind_figures import DAYLESS, NOT_TOLD, PARTS, SHOWN, Part
from playbook.data.engine import DamagedError
from playbook.data.facts import EVERY, Fact, Facts, NoFact
from playbook.data.labels import channel_word, column_name, word
from playbook.data.match import system_title
from playbook.data.periods import Grain, Period
from playbook.data.series import METRIC_OF, Point, Series, series
from playbook.data.tables import Taken
from playbook.display import harmless
from playbook.errors import PlaybookError
from playbook.i18n import t
from playbook.workspace import Workspace

CHANNEL_COLUMNS = ("channel", "source")
EVERY_ROW = 1_000_000_000
MOST_LINES = 60
LONGEST_CELL = 200


@dataclass(frozen=True)
class Rows:
    """Some of the rows behind a figure."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    count: int
    """How many there are in all."""
    lines: tuple[tuple[str, int], ...] = ()
    """The lines that the figure tells apart, such as the reasons of refusals, each with its rows."""

    def to_json(self) -> dict[str, Any]:
        """The object of `rows --json`."""
        lines = [{"name": name, "rows": count} for name, count in self.lines]
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"table": self.table, "count": self.count, "lines": lines, "rows": rows}

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in the reader's words."""
        return tuple(map(column_name, self.columns))


class Behind:
    """The rows behind one figure of a workspace."""

    def __init__(self, workspace: Workspace, figure: str, period: str = "") -> None:
        """`period` is one week or month, such as `2026-W14` or `2026-04`, of a figure that has a series.

        Raises:
            PlaybookError: there is no such figure or period.
        """
        if figure not in EVERY:
            raise PlaybookError(
                t("import", "There is no figure of this name."),
                saw=figure,
                hint=t("import", "one of: {names}", names=", ".join(sorted(EVERY))),
                field="figure",
            )
        self.figure = figure
        self.period = Period.read(period) if period else None
        self._workspace = workspace

    @cached_property
    def fact(self) -> Fact | NoFact:
        """The figure itself, or why there is none."""
        facts = Facts(self._workspace)
        if self.period is None:
            return facts.get(self.figure)
        if self.figure not in METRIC_OF:
            return facts.get(self.figure, self.period.days)
        if any(self.period == point.period for point in self.series(self.period.grain)):
            return facts.of(self.figure, self.period)
        missing = t("import", "the files do not cover all of {period}", period=self.period.title)
        return NoFact(self.figure, t("import", EVERY[self.figure].label), missing, self._covered())

    def series(self, grain: Grain) -> tuple[Point, ...]:
        """The weeks or months that the files cover, the oldest first; none of a figure without a series."""
        if self.figure not in METRIC_OF:
            return ()
        found = series(Facts(self._workspace).data, METRIC_OF[self.figure], grain)
        return found.points if isinstance(found, Series) else ()

    def _covered(self) -> str:
        """Which weeks or months can be opened."""
        points = self.series(self.period.grain) if self.period else ()
        if not points:
            return t("import", "import files of more days")
        ends = {"first": points[0].period.text, "last": points[-1].period.text}
        return t("import", "from {first} to {last}", **ends)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The tables that the figure was counted on, that of its own rows first; none without the figure."""
        if not isinstance(self.fact, Fact):
            return ()
        exact = tuple(part for part in PARTS.get(self.figure, ()) if part.table in self.fact.tables)
        there = {part.table for part in exact}
        return (*exact, *(Part(name) for name in self.fact.tables if name in SHOWN and name not in there))

    def part(self, table: str = "") -> Part:
        """One of them by its table.

        Raises:
            PlaybookError: the figure was not counted on it, or there is no figure.
        """
        if isinstance(self.fact, NoFact):
            raise PlaybookError(self.fact.reason, saw=self.fact.label, hint=self.fact.hint, field="figure")
        found = next((part for part in self.parts if table in ("", part.table)), None)
        if found is None:
            named = ", ".join(part.table for part in self.parts)
            raise PlaybookError(
                t("import", "The figure was not counted on this table."),
                saw=table,
                hint=t("import", "one of: {names}", names=named),
                field="table",
            )
        return found

    def look(self, table: str = "", of: Sequence[str] = (), *, start: int = 0, most: int = 50) -> Rows:
        """A page of the rows, the newest first; `of` chooses some of the figure's lines.

        Raises:
            PlaybookError: there is no such figure, or it was not counted on this table.
        """
        part = self.part(table)
        count = self._select(part, of, "COUNT(*) AS n")[0]["n"]
        order = "id" if part.table in ("leads", "orders", "touches") else "file, line"
        newest = "" if part.table in DAYLESS else "day DESC NULLS LAST, "
        rows = self._select(part, of, "*", f"ORDER BY {newest}{order} LIMIT {int(most)} OFFSET {int(start)}")
        columns = tuple(name for name in SHOWN[part.table] if any(row[name] is not None for row in rows))
        cells = tuple(tuple(self._cell(name, row) for name in columns) for row in rows)
        return Rows(part.table, columns, cells, int(count), self._lines(part))

    def csv(self, table: str = "", of: Sequence[str] = ()) -> str:
        """All of them as a table; a cell that a spreadsheet would take for a formula is text."""
        rows = self.look(table, of, most=EVERY_ROW)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(rows.names)
        writer.writerows([_safe(cell) for cell in row] for row in rows.rows)
        return out.getvalue()

    def _lines(self, part: Part) -> tuple[tuple[str, int], ...]:
        if not part.by:
            return ()
        found = self._select(
            part,
            (),
            f"{part.by} AS name, COUNT(*) AS n",
            f"GROUP BY {part.by} ORDER BY n DESC, name LIMIT {MOST_LINES}",
        )
        return tuple((NOT_TOLD if row["name"] is None else str(row["name"]), int(row["n"])) for row in found)

    def _select(self, part: Part, of: Sequence[str], what: str, rest: str = "") -> list[dict[str, Any]]:
        where, values = self._where(part, of)
        select = {"what": what, "where": where, "rest": rest}
        folder = tables.folder(self._workspace)
        with suppress(DamagedError):
            return engine.select(folder, f"behind/{part.table}", values, **select)
        tables.discard(self._workspace)
        return engine.select(tables.folder(self._workspace), f"behind/{part.table}", values, **select)

    def _where(self, part: Part, of: Sequence[str]) -> tuple[str, dict[str, Any]]:
        conditions, values = [f"({part.where})"], dict[str, Any]()
        if "$stale" in part.where:
            values["stale"] = rules.get("stale_days").number
        if part.table not in DAYLESS and isinstance(self.fact, Fact):
            until = "until" if part.table == "spend" else part.day
            conditions.append(f"{until} >= CAST($since AS DATE) AND {part.day} <= CAST($until AS DATE)")
            values |= {"since": self.fact.since, "until": self.fact.until}
        if of and part.by:
            places = [f"$of{place}" for place in range(len(of))]
            named = " OR ".join(f"LOWER(TRIM({part.by})) = LOWER(TRIM({place}))" for place in places)
            conditions.append(f"({named}{f' OR {part.by} IS NULL' if NOT_TOLD in of else ''})")
            values |= {place[1:]: one for place, one in zip(places, of, strict=True)}
        return " AND ".join(conditions), values

    def _cell(self, name: str, row: Mapping[str, Any]) -> Any:
        """A cell as a reader takes it: the file by its name, a stage in words."""
        value = row[name]
        if name == "file":
            return self._files.get(str(value), str(value))
        if name in (*CHANNEL_COLUMNS, "system") and value is not None:
            return channel_title(str(value))
        if name == "stage":
            return word(str(value))
        return value[:LONGEST_CELL] if isinstance(value, str) else value

    @cached_property
    def _files(self) -> dict[str, str]:
        """The names of the imported files by how the tables know them."""
        return {Taken.of(batch).file[:12]: str(batch.payload["file"]) for batch in self._workspace.batches()}


def channel_title(name: str) -> str:
    """A source or a channel as people call it: by the system's title, else by the reader's word for it."""
    return channel_word(system_title(name))


def _safe(cell: Any) -> Any:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell.normalize():f}" if isinstance(cell, Decimal) else cell
