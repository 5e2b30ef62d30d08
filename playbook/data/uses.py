"""One column of a long file as one field of a table: its plain cells read by the engine, each other cell once by us."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from playbook.data import plain
from playbook.data.cells import Cells, Record
from playbook.data.dates import steady
from playbook.data.kinds import KINDS, TYPES, local_day, week_hour
from playbook.data.lines import Lines
from playbook.data.persons import hash_of
from playbook.data.shape import Shape
from playbook.data.text import Row, written

_TEXTS = ("text", "id", "listed", "person")
_DAYS = ("day", "time")


@dataclass(frozen=True)
class Use:
    """A field of a table and a column it is read from."""

    kind: str
    name: str
    place: int
    number: int
    """Tells one use of a file from another."""
    zone: str = ""
    home: str = ""
    asked: bool = True
    """Whether any cell is not plain, so that there is a table of what such cells say."""

    @property
    def reader(self) -> str:
        """How its cells are read."""
        return KINDS[self.kind].fields[self.name]

    @property
    def cell(self) -> str:
        """The cell in SQL."""
        return f"c{self.place}"

    @property
    def plain(self) -> str:
        """The column of what the engine reads in a plain cell; NULL in any other."""
        return f"p{self.number}"

    @property
    def odd(self) -> str:
        """The table of what the other cells say."""
        return f"odd{self.number}"

    @property
    def days(self) -> str:
        """The table of days by which local times are placed; empty where the file's clock is UTC and the firm's."""
        moved = self.reader == "time" and (self.zone != "UTC" or self.home)
        return f"days{self.number}" if moved else ""

    @property
    def says(self) -> dict[str, str]:
        """The columns that a cell may fill, with their types."""
        columns = KINDS[self.kind].columns
        names = [self.name]
        if self.reader == "time":
            names += [local_day(self.name), "zone", week_hour(self.name)]
        if self.reader in ("money", "quantity"):
            names.append("currency")
        return {name: columns[name] for name in names if name in columns}

    def read(self, shape: Shape, rows: Iterable[Row], empty: frozenset[str]) -> str:
        """The plain reading in SQL; `rows` show which forms of days and numbers there are."""
        if self.reader in ("money", "quantity"):
            return plain.number(self.cell, shape.marks[self.place], written(rows, self.place))
        if self.reader == "count":
            return plain.count(self.cell)
        if self.reader in _DAYS:
            cells = written(rows, self.place)
            forms = [form for form in plain.FORMS if form.fits(cells)]
            return plain.moment(self.cell, forms, shape.orders[self.place])
        if self.reader in _TEXTS:
            return plain.text(self.cell, empty, self.reader)
        return f"CAST(NULL AS {TYPES[self.reader]})"

    def told(self, salt: str) -> dict[str, str]:
        """What a cell says in SQL, by column."""
        own = self._own(salt)
        if not self.asked:
            return {name: own.get(name, f"CAST(NULL AS {kind})") for name, kind in self.says.items()}
        odd = {name: f"{self.odd}.{name}" for name in self.says}
        return {name: f"coalesce({own[name]}, {odd[name]})" if name in own else odd[name] for name in self.says}

    @property
    def bad(self) -> str:
        """Whether a cell cannot be read, or not by itself, in SQL."""
        unread = f"{self.cell} IS NOT NULL AND {self._placed} IS NULL"
        return f"coalesce({self.odd}.bad, {unread})" if self.asked else f"({unread})"

    @property
    def joins(self) -> str:
        """The tables beside the lines."""
        odd = f" LEFT JOIN {self.odd} ON {self.cell} = {self.odd}.cell" if self.asked else ""
        days = f" LEFT JOIN {self.days} ON CAST({self.plain} AS DATE) = {self.days}.day" if self.days else ""
        return odd + days

    @property
    def _placed(self) -> str:
        return f"({self.plain} + to_seconds({self.days}.utc))" if self.days else self.plain

    def _own(self, salt: str) -> dict[str, str]:
        """What the plain cells say in SQL."""
        if self.reader == "person":
            return {self.name: f"CASE WHEN {self.plain} IS NOT NULL THEN {plain.person(self.plain, salt)} END"}
        if self.reader == "day":
            return {self.name: f"CAST({self.plain} AS DATE)"}
        if self.reader != "time":
            return {self.name: self.plain}
        known = f"CASE WHEN {self._placed} IS NOT NULL THEN"
        there = f"({self.plain} + to_seconds({self.days}.firm))" if self.days else self.plain
        hour = f"(isodow({there}) - 1) * 24 + hour({there})"
        return {
            self.name: self._placed,
            local_day(self.name): f"{known} CAST({self.plain} AS DATE) END",
            "zone": f"{known} {plain.text_of(self.zone)} END",
            week_hour(self.name): f"CASE WHEN {plain.clocked(self.cell)} THEN {hour} END",
        }

    def learn(self, lines: Lines, cells: Cells, found: Collection[str], salt: str) -> Use:
        """Make the table of what the cells that are not plain say; the use that knows of it."""
        columns = {"cell": "VARCHAR", "bad": "BOOLEAN", **self.says}
        rows = (self._learnt(cells.told(self.kind, self.name, self.place, cell), cell, salt) for cell in found)
        lines.table(self.odd, columns, rows)
        return replace(self, asked=bool(found))

    def _learnt(self, record: Record | None, cell: str, salt: str) -> Record:
        if record is not None and self.reader == "person" and record.get(self.name):
            record = {self.name: hash_of(str(record[self.name]), salt)}
        said = {name: value for name, value in (record or {}).items() if name in self.says and value is not None}
        return {"cell": cell, "bad": record is None, **said}

    def place_days(self, lines: Lines, days: Iterable[date]) -> None:
        """Make the table of days by which local times are placed."""
        steadied = ((day, steady(day, self.zone, self.home)) for day in days)
        rows: Iterator[Record] = ({"day": day, "utc": at[0], "firm": at[1]} for day, at in steadied if at)
        lines.table(self.days, {"day": "DATE", "utc": "BIGINT", "firm": "BIGINT"}, rows)


def uses(shape: Shape) -> list[Use]:
    """Every field with every column it is read from."""
    home = "" if shape.zone == "UTC" else shape.zone
    places = [
        (kind, name, place)
        for kind, fields in shape.columns.items()
        for name, first in fields.items()
        for place in (first, *shape.others.get((kind, name), ()))
    ]
    return [
        Use(kind, name, place, number, shape.zones.get(place, shape.zone), home)
        for number, (kind, name, place) in enumerate(places)
    ]
