"""A long file read as columns: most rows are typed by the engine, and only those that are unlike the others one by one.

What a cell says, and what rows of one thing say together, is decided in `cells` and `read` alone. The engine takes rows
whose cells are plain or were read there once, and which stand for themselves; every other row goes through `read`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from playbook.data.aside import Aside, NotColumnsError, Room
from playbook.data.cells import Cells, Value, is_among
from playbook.data.engine import quoted
from playbook.data.kinds import KINDS
from playbook.data.lines import Lines
from playbook.data.match import Match
from playbook.data.plain import inked, text_of
from playbook.data.read import Plain, Reading, read_rows
from playbook.data.shape import Shape
from playbook.data.summary import DAYS, ROWS, TALLIED, Tallies
from playbook.data.telling import check, telling, with_rows
from playbook.data.text import Sheet
from playbook.data.typed import Typed
from playbook.data.uses import uses


@dataclass(frozen=True)
class Found:
    """A long file, read: the rows that were looked at one by one, how it writes, and all that it says."""

    sheet: Sheet
    shape: Shape
    reading: Reading


def read_columns(
    sheet: Sheet, aside: Aside, match: Match, settle: Callable[[Sheet], Shape], file: Callable[[Shape], str], salt: str
) -> Found:
    """Read a long file; `settle` decides from rows how it writes, `file` names it in the tables.

    Raises:
        NotColumnsError: it must be read row by row.
    """
    header = sheet.rows[match.header]
    if len(header.cells) != aside.width:
        raise NotColumnsError
    import duckdb

    with Lines(aside, header.line) as lines:
        try:
            told = telling(sheet, match, lines)
            shape = settle(told)
            check(told, match, shape)
            return _Columns(told, match, shape, lines, salt).read(file(shape))
        except (duckdb.Error, OSError) as error:  # no room on the disk, say; row by row none is needed
            raise NotColumnsError from error


class _Columns:
    """Reads the lines of one file."""

    def __init__(self, sheet: Sheet, match: Match, shape: Shape, lines: Lines, salt: str) -> None:
        self._sheet = sheet
        self._match = match
        self._shape = shape
        self._lines = lines
        self._salt = salt
        self._cells = Cells(sheet, match, shape)
        self._uses = uses(shape)
        self._seen = [row.line for row in sheet.rows[match.header + 1 :]]
        self._typed = Typed(lines, self._cells, match, shape, self._uses, salt)
        self._room = Room()

    def read(self, file: str) -> Found:
        """Type what can be typed, and read the rest one by one.

        Raises:
            NotColumnsError: no row has a day, by which it is told from a row of totals.
        """
        if not self._cells.dates:
            raise NotColumnsError
        turned = self._learn()
        whole = self._typed.whole(self._typed.said(self._plain(), turned), file)
        out = self._room.path / "whole.parquet"
        shown_as = self._renamed(self._match.kinds[0]) if self._alone else "*"
        self._copy(f"SELECT {shown_as} FROM {whole} WHERE line NOT IN (SELECT unnest({self._seen}::BIGINT[]))", out)
        left = self._left(out)
        sheet = with_rows(self._sheet, self._match, self._lines, self._lines.rows(left))
        together = self._together(out, sheet)
        if together:
            sheet = with_rows(sheet, self._match, self._lines, self._lines.rows(left | together))
        plain = self._split(out, together)
        return Found(sheet, self._shape, read_rows(sheet, self._match, self._shape, plain))

    def _plain(self) -> str:
        """The lines with what the engine reads in plain cells."""
        rows = self._sheet.rows[self._match.header + 1 :]
        read = [f"{use.read(self._shape, rows, self._cells.empty)} AS {use.plain}" for use in self._uses]
        return f"(SELECT *, {', '.join(read)} FROM {self._lines.source})"

    def _learn(self) -> list[str]:
        """Have every cell that is not plain read once, and leave the first filled row of every column; conditions of
        rows to be left.
        """
        turns = [*self._shape.skip.items(), *self._shape.returns.items()]
        places = dict.fromkeys(use.place for use in self._uses)
        asked = [
            f"list(DISTINCT {use.cell}) FILTER ({use.cell} IS NOT NULL AND {use.plain} IS NULL)" for use in self._uses
        ]
        asked += [f"list(DISTINCT CAST({use.plain} AS DATE))" if use.days else "NULL" for use in self._uses]
        asked += [f"list(DISTINCT c{place})" for place, _ in turns]
        asked += [f"min(line) FILTER ({inked(f'c{place}')})" for place in places]
        ((*answers,),) = self._lines.ask(f"SELECT {', '.join(asked)} FROM {self._plain()}")
        count = len(self._uses)
        for use, cells, days in zip(self._uses, answers, answers[count:], strict=False):
            use.learn(self._lines, self._cells, cells or (), self._salt)
            if use.days:
                use.place_days(self._lines, sorted(day for day in days or () if day))
        turned = [
            _among(place, [cell for cell in cells or () if cell and is_among(cell, said)])
            for (place, said), cells in zip(turns, answers[2 * count :], strict=False)
        ]
        self._seen += [line for line in answers[2 * count + len(turns) :] if line]
        return turned

    def _copy(self, text: str, out: Path) -> None:
        self._lines.db.execute(f"COPY ({text}) TO {quoted(out)} (FORMAT parquet)")

    def _left(self, out: Path) -> set[int]:
        """The lines that were not taken."""
        taken = self._lines.db.execute(f"SELECT line FROM read_parquet({quoted(out)})").fetchnumpy()["line"]
        missing = np.ones(self._lines.aside.lines + 1, dtype=bool)
        missing[: self._lines.header + 1] = False
        missing[taken] = False
        return {int(line) for line in np.flatnonzero(missing)} - self._lines.aside.gone

    def _together(self, out: Path, sheet: Sheet) -> set[int]:
        """Lines of things of which several rows speak: their rows must be read together."""
        main = self._match.kinds[0]
        if not KINDS[main].key:
            return set()
        (name,) = KINDS[main].key
        key, source = name if self._alone else f"{main}__{name}", f"read_parquet({quoted(out)})"
        found = self._lines.db.execute(f"SELECT hash({key}) AS h FROM {source} WHERE {key} IS NOT NULL").fetchnumpy()[
            "h"
        ]
        found.sort()
        twice = np.unique(found[1:][found[1:] == found[:-1]]).tolist()
        others = {str(one[0]) for row in sheet.rows[self._match.header + 1 :] if (one := self._cells.key(row))}
        self._lines.db.execute("CREATE OR REPLACE TEMP TABLE twice AS SELECT unnest(?::UBIGINT[]) AS h", [twice])
        self._lines.db.execute("INSERT INTO twice SELECT hash(unnest(?::VARCHAR[]))", [sorted(others)])
        return {line for (line,) in self._lines.ask(f"SELECT line FROM {source} SEMI JOIN twice ON hash({key}) = h")}

    @property
    def _alone(self) -> bool:
        """Whether the file fills one table only."""
        return len(self._match.kinds) == 1

    def _renamed(self, kind: str) -> str:
        return ", ".join(f"{kind}__{name} AS {name}" for name in KINDS[kind].columns)

    def _split(self, out: Path, without: set[int]) -> Plain:
        """The typed rows as a file for every table, with what must be known of them."""
        source = f"read_parquet({quoted(out)})"
        if without:
            source = f"(SELECT * FROM {source} WHERE line NOT IN (SELECT unnest({sorted(without)}::BIGINT[])))"
        files = {kind: self._room.path / f"{kind}.parquet" for kind in self._match.kinds}
        if self._alone and not without:
            out.rename(files[self._match.kinds[0]])
        else:
            for kind, file in files.items():
                shown, there = ("*", "TRUE") if self._alone else (self._renamed(kind), f"{kind}__in")
                self._copy(f"SELECT {shown} FROM {source} WHERE {there}", file)
        ((rows,),) = self._lines.ask(f"SELECT count(*) FROM read_parquet({quoted(files[self._match.kinds[0]])})")
        worthless = " + ".join(f"count(*) FILTER ({kind}__worthless)" for kind in files)
        ((empty,),) = [(0,)] if self._alone else self._lines.ask(f"SELECT {worthless} FROM {source}")
        return Plain(
            rows=rows,
            worthless=empty,
            files=files,
            tallies={kind: self._tally(kind, file) for kind, file in files.items()},
            days=self._days(files),
            campaigns=self._campaigns(files),
            salt=self._salt,
            room=self._room,
        )

    def _tally(self, kind: str, file: Path) -> Tallies:
        """Counts and sums of one table's rows, as `summary` makes them of records."""
        by = [f"coalesce({name}, '')" if name in KINDS[kind].columns else "''" for name in ("stage", "currency")]
        sums = [f"sum(coalesce({name}, {default}))" for name, default in TALLIED[kind].items()]
        said = ", ".join([*by, "count(*)", *sums])
        found = self._lines.ask(f"SELECT {said} FROM read_parquet({quoted(file)}) GROUP BY 1, 2")
        names = (ROWS, *TALLIED[kind])
        return {(one, code): dict(zip(names, map(Decimal, sums_of), strict=True)) for one, code, *sums_of in found}

    def _days(self, files: dict[str, Path]) -> tuple[date, date] | None:
        """The first and the last day of the rows."""
        asked = [
            f"SELECT min({name}) AS first, max({name}) AS last FROM read_parquet({quoted(file)})"
            for kind, file in files.items()
            for name in DAYS
            if name in KINDS[kind].columns
        ]
        if not asked:
            return None
        ((first, last),) = self._lines.ask(f"SELECT min(first), max(last) FROM ({' UNION ALL '.join(asked)})")
        return (first, last) if first else None

    def _campaigns(self, files: dict[str, Path]) -> dict[Value, Decimal]:
        """The main amounts by campaign, where a file may have rows that sum them."""
        main = self._match.kinds[0]
        if not self._match.source.subtotal or "campaign" not in KINDS[main].columns:
            return {}
        asked = f"SELECT campaign, sum({KINDS[main].amount}) FROM read_parquet({quoted(files[main])}) GROUP BY campaign"
        return {name: amount for name, amount in self._lines.ask(asked) if amount is not None}


def _among(place: int, cells: Iterable[str]) -> str:
    """The condition that a column's cell is one of these."""
    return f"coalesce(c{place} IN ({', '.join(map(text_of, cells)) or 'NULL'}), FALSE)"
