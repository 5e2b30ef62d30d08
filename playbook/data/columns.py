"""A long file read as columns: most rows are typed by the engine, and only those that are unlike the others one by one.

What a cell says, and what rows of one thing say together, is decided in `cells` and `read` alone. The engine takes rows
whose cells are plain or were read there once, and which stand for themselves; every other row goes through `read`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

from playbook.data.aside import Aside
from playbook.data.cells import Cells, Value, is_among
from playbook.data.clean import NotColumnsError, Stretch
from playbook.data.engine import quoted
from playbook.data.kinds import KINDS
from playbook.data.lines import Lines
from playbook.data.match import Match
from playbook.data.plain import inked, text_of
from playbook.data.read import Plain, Reading, read_rows
from playbook.data.rooms import Room
from playbook.data.shape import Shape
from playbook.data.summary import DAYS, ROWS, TALLIED, Tallies
from playbook.data.telling import check, is_safe, is_same, telling, with_rows
from playbook.data.text import Sheet
from playbook.data.typed import Typed
from playbook.data.uses import uses

GLANCE = 20_000
"""Rows by which the others are read, as long as none of those says otherwise."""
_FEW, _ONE_OF = 2_000, 50
"""So many rows, or one of so many, may be unlike those that were seen first."""
_YEARS = 2
_WRITTEN = "FORMAT parquet, PARQUET_VERSION V2, COMPRESSION lz4_raw, DICTIONARY_SIZE_LIMIT 1000"
"""For the engine alone: what every other reader of Parquet knows takes a quarter longer to write."""


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
        NotColumnsError: it must be read row by row; NotLaidError where it may be several tables.
    """
    header = sheet.rows[match.header]
    if len(header.cells) != aside.width:
        raise NotColumnsError
    import duckdb

    with Lines(aside, header.line) as lines:
        try:
            return _glanced(sheet, match, lines, settle, file, salt) or _looked(sheet, match, lines, settle, file, salt)
        except (duckdb.Error, OSError) as error:  # no room on the disk, say; row by row none is needed
            raise NotColumnsError from error


def _glanced(
    sheet: Sheet, match: Match, lines: Lines, settle: Callable[[Sheet], Shape], file: Callable[[Shape], str], salt: str
) -> Found | None:
    """The file read by what its first rows tell, once; None where the others tell otherwise."""
    if all(stretch.end <= GLANCE for stretch in lines.aside.stretches()):
        return None
    try:
        told = telling(sheet, match, lines, lines.first(GLANCE), lines.begin.odd)
        shape = settle(told)
        check(told, match, shape)
        if not is_safe(told, match, shape):
            return None
        return _Columns(told, match, shape, lines, salt, glance=True).read(file(shape), settle)
    except NotColumnsError:
        return None


def _looked(
    sheet: Sheet, match: Match, lines: Lines, settle: Callable[[Sheet], Shape], file: Callable[[Shape], str], salt: str
) -> Found:
    """The file read by what all of its rows tell."""
    told = telling(sheet, match, lines, lines.source, lines.aside.odd)
    shape = settle(told)
    check(told, match, shape)
    return _Columns(told, match, shape, lines, salt, glance=False).read(file(shape))


class _Columns:
    """Reads the lines of one file."""

    def __init__(self, sheet: Sheet, match: Match, shape: Shape, lines: Lines, salt: str, *, glance: bool) -> None:
        self._sheet = sheet
        self._glance = glance
        self._match = match
        self._shape = shape
        self._lines = lines
        self._salt = salt
        self._cells = Cells(sheet, match, shape)
        self._uses = uses(shape)
        self._seen = [row.line for row in sheet.rows[match.header + 1 :]]
        self._room = Room()

    def read(self, file: str, settle: Callable[[Sheet], Shape] | None = None) -> Found:
        """Type what can be typed, and read the rest one by one; `settle` looks whether that makes another shape.

        Raises:
            NotColumnsError: it does, or no row has a day, by which it is told from a row of totals.
        """
        if not self._cells.dates:
            raise NotColumnsError
        turned = self._learn()
        typed = Typed(self._lines, self._cells, self._match, self._shape, self._uses, self._salt)
        whole = typed.whole(typed.said(self._plain("lines"), turned), file)
        shown_as = self._renamed(self._match.kinds[0]) if self._alone else "*"
        out = self._typed(f"SELECT {shown_as} FROM {whole}")
        left = self._left(out)
        if self._glance and len(left) > max(_FEW, self._lines.aside.lines // _ONE_OF):
            raise NotColumnsError
        sheet = self._with(left)
        together = self._together(out, sheet)
        sheet = self._with(left | together) if together else sheet
        shape = self._settled(sheet, settle) if settle else self._shape
        reading = read_rows(sheet, self._match, shape, self._split(out, together))
        shown = self._begun()
        return Found(self._with(left | together | shown) if shown else sheet, shape, reading)

    def _settled(self, sheet: Sheet, settle: Callable[[Sheet], Shape]) -> Shape:
        """How the file writes by what all rows say that are unlike those that were seen first."""
        shape = settle(sheet)
        check(sheet, self._match, shape)
        if not is_same(self._shape, shape):
            raise NotColumnsError
        return shape

    def _with(self, lines: Iterable[int]) -> Sheet:
        """The header with these lines under it."""
        aside = self._lines.aside
        return with_rows(self._sheet, self._match, self._lines, aside.rows(lines), aside.odd)

    def _plain(self, source: str) -> str:
        """Lines with what the engine reads in plain cells."""
        rows = self._sheet.rows[self._match.header + 1 :]
        read = [f"{use.read(self._shape, rows, self._cells.empty)} AS {use.plain}" for use in self._uses]
        return f"(SELECT *, {', '.join(read)} FROM {source})"

    def _learn(self) -> list[str]:
        """Have every cell that is not plain read once, and leave the first filled row of every column; conditions of
        rows to be left.
        """
        known = self._lines.first(GLANCE) if self._glance else self._lines.source
        turns = [*self._shape.skip.items(), *self._shape.returns.items()]
        asked = [
            f"list(DISTINCT {use.cell}) FILTER ({use.cell} IS NOT NULL AND {use.plain} IS NULL)" for use in self._uses
        ]
        asked += [f"list(DISTINCT CAST({use.plain} AS DATE))" if use.days else "NULL" for use in self._uses]
        asked += [f"list(DISTINCT c{place})" for place, _ in turns]
        asked += [f"min(line) FILTER ({inked(f'c{place}')})" for place in self._places]
        ((*answers,),) = self._lines.ask(f"SELECT {', '.join(asked)} FROM {self._plain(known)}")
        count = len(self._uses)
        for use, days in zip(self._uses, answers[count : 2 * count], strict=True):
            if use.days:
                use.place_days(self._lines, _calendar([day for day in days or () if day], whole=self._glance))
        self._uses = [
            use.learn(self._lines, self._cells, cells or (), self._salt)
            for use, cells in zip(self._uses, answers[:count], strict=True)
        ]
        turned = [
            self._turned(place, said, [cell for cell in cells or () if cell])
            for (place, said), cells in zip(turns, answers[2 * count :], strict=False)
        ]
        begun = answers[2 * count + len(turns) :]
        self._seen += [line for line in begun if line]
        self._unfilled = [place for place, line in zip(self._places, begun, strict=True) if not line]
        return turned

    @property
    def _places(self) -> list[int]:
        """The columns that are read."""
        return list(dict.fromkeys(use.place for use in self._uses))

    def _turned(self, place: int, said: frozenset[str], cells: list[str]) -> str:
        """The condition that a row is no data or gives money back, or may do so by a word that was not seen yet."""
        if self._glance:
            return f"NOT {_among(place, [cell for cell in cells if not is_among(cell, said)])} AND c{place} IS NOT NULL"
        return _among(place, [cell for cell in cells if is_among(cell, said)])

    def _begun(self) -> set[int]:
        """The first filled lines of columns that were empty as far as was looked."""
        if not self._glance or not self._unfilled:
            return set()
        asked = ", ".join(f"min(line) FILTER ({inked(f'c{place}')})" for place in self._unfilled)
        ((*lines,),) = self._lines.ask(f"SELECT {asked} FROM {self._lines.source}")
        return {line for line in lines if line}

    def _typed(self, text: str) -> list[Path]:
        """The typed rows of every stretch in a file of its own: the first ones while the last ones are still laid."""
        with ThreadPoolExecutor(_hands(self._lines)) as hands:
            made = [hands.submit(self._of_stretch, text, stretch) for stretch in self._lines.aside.stretches()]
        return [each.result() for each in made]

    def _of_stretch(self, text: str, stretch: Stretch) -> Path:
        out = self._room.path / f"{stretch.file.name}.parquet"
        seen = [line for line in self._seen if stretch.first <= line < stretch.end]
        others = f" WHERE line NOT IN (SELECT unnest({seen}::BIGINT[]))" if seen else ""
        with self._lines.over(stretch) as db:
            db.execute(f"COPY ({text}{others}) TO {quoted(out)} ({_WRITTEN})")
        return out

    def _left(self, out: list[Path]) -> set[int]:
        """The lines that were not taken."""
        taken = self._lines.db.execute(f"SELECT line FROM {_rows(out)}").fetchnumpy()["line"]
        missing = np.ones(self._lines.aside.lines + 1, dtype=bool)
        missing[: self._lines.header + 1] = False
        missing[taken] = False
        return {int(line) for line in np.flatnonzero(missing)} - self._lines.aside.gone

    def _together(self, out: list[Path], sheet: Sheet) -> set[int]:
        """Lines of things of which several rows speak: their rows must be read together."""
        main = self._match.kinds[0]
        if not KINDS[main].key:
            return set()
        (name,) = KINDS[main].key
        key, source = name if self._alone else f"{main}__{name}", _rows(out)
        asked = f"SELECT hash({key}) AS h FROM {source} WHERE {key} IS NOT NULL"
        found = self._lines.db.execute(asked).fetchnumpy()["h"]
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

    def _split(self, out: list[Path], without: set[int]) -> Plain:
        """The typed rows as a file for every table, with what must be known of them."""
        source = _rows(out)
        if without:
            source = f"(SELECT * FROM {source} WHERE line NOT IN (SELECT unnest({sorted(without)}::BIGINT[])))"
        if self._alone and not without:
            files = {self._match.kinds[0]: out}
        else:
            files = {kind: [self._of_kind(kind, source)] for kind in self._match.kinds}
        ((rows,),) = self._lines.ask(f"SELECT count(*) FROM {_rows(files[self._match.kinds[0]])}")
        worthless = " + ".join(f"count(*) FILTER ({kind}__worthless)" for kind in files)
        ((empty,),) = [(0,)] if self._alone else self._lines.ask(f"SELECT {worthless} FROM {source}")
        return Plain(
            rows=rows,
            worthless=empty,
            files=files,
            tallies={kind: self._tally(kind, of) for kind, of in files.items()},
            days=self._days(files),
            campaigns=self._campaigns(files),
            salt=self._salt,
            room=self._room,
        )

    def _of_kind(self, kind: str, source: str) -> Path:
        """The rows of one table in a file."""
        out = self._room.path / f"{kind}.parquet"
        shown, there = ("*", "TRUE") if self._alone else (self._renamed(kind), f"{kind}__in")
        self._lines.db.execute(f"COPY (SELECT {shown} FROM {source} WHERE {there}) TO {quoted(out)} ({_WRITTEN})")
        return out

    def _tally(self, kind: str, files: list[Path]) -> Tallies:
        """Counts and sums of one table's rows, as `summary` makes them of records."""
        by = [f"coalesce({name}, '')" if name in KINDS[kind].columns else "''" for name in ("stage", "currency")]
        sums = [f"sum(coalesce({name}, {default}))" for name, default in TALLIED[kind].items()]
        said = ", ".join([*by, "count(*)", *sums])
        found = self._lines.ask(f"SELECT {said} FROM {_rows(files)} GROUP BY 1, 2")
        names = (ROWS, *TALLIED[kind])
        return {(one, code): dict(zip(names, map(Decimal, sums_of), strict=True)) for one, code, *sums_of in found}

    def _days(self, files: dict[str, list[Path]]) -> tuple[date, date] | None:
        """The first and the last day of the rows."""
        asked = [
            f"SELECT min({name}) AS first, max({name}) AS last FROM {_rows(of)}"
            for kind, of in files.items()
            for name in DAYS
            if name in KINDS[kind].columns
        ]
        if not asked:
            return None
        ((first, last),) = self._lines.ask(f"SELECT min(first), max(last) FROM ({' UNION ALL '.join(asked)})")
        return (first, last) if first else None

    def _campaigns(self, files: dict[str, list[Path]]) -> dict[Value, Decimal]:
        """The main amounts by campaign, where a file may have rows that sum them."""
        main = self._match.kinds[0]
        if not self._match.source.subtotal or "campaign" not in KINDS[main].columns:
            return {}
        asked = f"SELECT campaign, sum({KINDS[main].amount}) FROM {_rows(files[main])} GROUP BY campaign"
        return {name: amount for name, amount in self._lines.ask(asked) if amount is not None}


def _hands(lines: Lines) -> int:
    """How many stretches are typed at once: as many as the engine has threads."""
    ((count,),) = lines.ask("SELECT current_setting('threads')")
    return int(count)


def _rows(files: list[Path]) -> str:
    """The rows of some files in SQL."""
    return f"read_parquet([{', '.join(map(quoted, files))}])"


def _calendar(days: list[date], *, whole: bool) -> list[date]:
    """The days, or, where others may come, all of their years and of the years about them."""
    if not whole or not days:
        return sorted(days)
    first, last = date(min(days).year - _YEARS, 1, 1), date(max(days).year + _YEARS, 12, 31)
    return [first + timedelta(days=place) for place in range((last - first).days + 1)]


def _among(place: int, cells: Iterable[str]) -> str:
    """The condition that a column's cell is one of these."""
    return f"coalesce(c{place} IN ({', '.join(map(text_of, cells)) or 'NULL'}), FALSE)"
