"""One row of a file to records of our tables, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from playbook.data.dates import read_day, read_moment
from playbook.data.kinds import KINDS, local_day, week_hour
from playbook.data.match import Match
from playbook.data.numbers import UnreadableError, currency, read_amount, read_count
from playbook.data.shape import Shape
from playbook.data.sources import words
from playbook.data.stages import read_flag
from playbook.data.text import Row, Sheet
from playbook.i18n import t

Value = str | int | Decimal | date | datetime | None
Record = dict[str, Value]
Key = tuple[Value, ...]

LONGEST_TEXT = 500
"""Characters of a text that a table keeps; the original keeps all."""
_SHOWN = 80
_KEPT = 20_000
"""Cells of a column whose reading is remembered: most columns repeat themselves."""
_LOST_DIGITS = re.compile(r"\d[.,]?\d*[eE]\+\d+")
_CODE = re.compile(r"[A-Za-z]{3}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class RowError(Exception):
    """A row that cannot be taken: the column at fault, its value, and why in the reader's language."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.value = value
        self.reason = reason


@dataclass(slots=True)
class _Column:
    """A field of a table and the column it is read from."""

    kind: str
    name: str
    place: int
    others: tuple[int, ...]
    """Columns that speak where this one is blank."""
    kept: dict[str, Record] = field(default_factory=dict)
    """What its cells said."""


class Cells:
    """Reads the cells of one file's rows."""

    def __init__(self, sheet: Sheet, match: Match, shape: Shape) -> None:
        self.header = tuple(cell.strip() for cell in sheet.rows[match.header].cells)
        self.main = match.kinds[0]
        self._shape = shape
        self._columns = {
            kind: {
                name: _Column(kind, name, place, shape.others.get((kind, name), ())) for name, place in fields.items()
            }
            for kind, fields in shape.columns.items()
        }
        self._telling = {kind: set(fields) - set(KINDS[kind].replaces) for kind, fields in shape.columns.items()}
        self._empty = words().empty | {word.strip().lower() for word in match.source.empty}

    def told(self, kind: str, name: str, place: int, cell: str) -> Record | None:
        """What one cell of a field's column says; None where it cannot be read."""
        try:
            return self._cell(self._columns[kind][name], cell.strip(), place)
        except RowError:
            return None

    @property
    def telling(self) -> Mapping[str, set[str]]:
        """The fields of each table of which a row has one, or is none of that table's."""
        return self._telling

    @property
    def empty(self) -> frozenset[str]:
        """Words, in lower case, for a cell that says nothing."""
        return self._empty

    def has(self, name: str) -> bool:
        """Whether the main table's field has a column in the file."""
        return name in self._shape.columns[self.main]

    @property
    def names(self) -> tuple[str, ...]:
        """What names the rows of a report for a whole period; one without any of them may be the sum of all others."""
        whole = self.main == "spend" and not self.has("day")
        return tuple(name for name in ("campaign", "source") if whole and self.has(name))

    def blank(self, name: str, row: Row) -> bool:
        """Whether nothing is written in the row's cell of a field of the main table."""
        column = self._shape.columns[self.main][name]
        return column >= len(row.cells) or self._is_empty(row.cells[column].strip())

    def alone(self, name: str, said: str) -> tuple[str, ...]:
        """The cells of a row that says nothing but one field of the main table."""
        column = self._shape.columns[self.main][name]
        return ("",) * column + (said,)

    def heading(self, name: str, kind: str = "") -> str:
        """What the file calls a field of a table, the main one unless another is named."""
        column = self._shape.columns[kind or self.main].get(name)
        return name if column is None else self.header[column]

    def records(self, row: Row) -> dict[str, Record]:
        """What the row says, by table; the main table always, others where the row has something of theirs.

        Raises:
            RowError: a cell cannot be read, or the row is not shaped like the header.
        """
        self._check_width(row)
        found = {kind: self._fields(columns, row.cells) for kind, columns in self._columns.items()}
        return {
            kind: record
            for kind, record in found.items()
            if kind == self.main or not self._telling[kind].isdisjoint(record)
        }

    def key(self, row: Row) -> Key:
        """What the row is a row of, such as its order; empty where it cannot be read."""
        try:
            return key_of(self.main, dict(self._pairs(row, KINDS[self.main].key)))
        except RowError:
            return ()

    def value(self, name: str, row: Row) -> Value:
        """One field of the main table; None where it is empty or cannot be read."""
        try:
            return dict(self._pairs(row, (name,))).get(name)
        except RowError:
            return None

    def amount(self, row: Row) -> Decimal | None:
        """The row's main amount, 0 where it is empty; None where it cannot be read."""
        name = KINDS[self.main].amount
        try:
            value = dict(self._pairs(row, (name,))).get(name, Decimal(0))
        except RowError:
            return None
        return value if isinstance(value, Decimal) else None

    def dated(self, row: Row) -> bool:
        """Whether the row has a day where its table needs one."""
        return any(self.value(name, row) is not None for name in self.dates)

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The days of which the main table needs one, as far as they have a column."""
        kind = KINDS[self.main]
        return tuple(
            name for group in kind.needs for name in group if kind.fields[name] in ("day", "time") and self.has(name)
        )

    def _pairs(self, row: Row, names: tuple[str, ...]) -> Iterator[tuple[str, Value]]:
        for name in names:
            if column := self._columns[self.main].get(name):
                yield from self._value(column, row.cells).items()

    def _fields(self, columns: dict[str, _Column], cells: tuple[str, ...]) -> Record:
        """Fields of one table; what a column of its own says stands before what another lets on."""
        aside: Record = {}
        own: Record = {}
        width = len(cells)
        for name, column in columns.items():
            said = column.kept.get(cells[column.place]) if column.place < width else None
            if said is None or (column.others and not said):
                said = self._value(column, cells)
            if len(said) > 1:
                aside |= said
            if name in said:
                own[name] = said[name]
        return aside | own if aside else own

    def _value(self, column: _Column, cells: tuple[str, ...]) -> Record:
        """What one cell says: its field, and what else can be read off it (a local day, a currency)."""
        cell = cells[column.place] if column.place < len(cells) else ""
        found = column.kept.get(cell)
        if found is None:
            found = self._cell(column, cell.strip(), column.place)
            if len(column.kept) < _KEPT:
                column.kept[cell] = found
        return found if found or not column.others else self._elsewhere(column, cells)

    def _elsewhere(self, column: _Column, cells: tuple[str, ...]) -> Record:
        """What another column with the field's name says where the first one is blank."""
        for place in column.others:
            if place < len(cells) and (found := self._cell(column, cells[place].strip(), place)):
                return found
        return {}

    def left_out(self, row: Row) -> bool:
        """Whether the row says of itself that it is no data, such as a test payment."""
        return _says(row, self._shape.skip)

    def gives_back(self, row: Row) -> bool:
        """Whether the row says of itself that its money went back."""
        return _says(row, self._shape.returns)

    def _cell(self, column: _Column, cell: str, place: int) -> Record:
        if self._is_empty(cell):
            return {}
        try:
            return self._read(column.kind, column.name, cell, place)
        except UnreadableError as error:
            raise RowError(self.header[place], cell[:_SHOWN], str(error)) from None

    def _is_empty(self, cell: str) -> bool:
        return not cell or cell.lower() in self._empty

    def _read(self, kind: str, name: str, cell: str, column: int) -> Record:
        shape, reader = self._shape, KINDS[kind].fields[name]
        if reader in ("money", "quantity"):
            amount = read_amount(cell, shape.marks[column])
            says_currency = amount.currency and "currency" in KINDS[kind].fields
            value = amount.value / shape.scale if reader == "money" and shape.scale > 1 else amount.value
            return {name: value} | ({"currency": amount.currency} if says_currency else {})
        if reader == "count":
            return {name: read_count(cell, shape.marks[column])}
        if reader == "day":
            return {name: read_day(cell, shape.orders[column])}
        if reader == "time":
            home = "" if shape.zone == "UTC" else shape.zone
            moment = read_moment(cell, shape.orders[column], shape.zones.get(column, shape.zone), home)
            told: Record = {name: moment.utc, local_day(name): moment.day, "zone": moment.zone}
            return told | ({week_hour(name): moment.week_hour} if name in KINDS[kind].clocked else {})
        if reader == "flag":
            return {name: _flag(cell)}
        text = _text(reader, cell)
        return {name: text} if text else {}

    def _check_width(self, row: Row) -> None:
        beyond = [cell for cell in row.cells[len(self.header) :] if cell.strip()]
        if beyond:
            raise RowError("", beyond[0][:_SHOWN], t("import", "the row has more cells than the header"))
        if "\n" not in "".join(row.cells):
            return
        for name, cell in zip(self.header, row.cells, strict=False):
            if "\n" in cell and self._swallowed(cell):
                reason = t(
                    "import", "a quotation mark is opened here and not closed: the lines after it fell into one cell"
                )
                raise RowError(name, cell[:_SHOWN], reason)

    def _swallowed(self, cell: str) -> bool:
        """Whether a cell of several lines holds whole rows of the table."""
        fewest = max(len(self.header) - 1, 2)
        return any(max(map(line.count, ",;\t|")) >= fewest for line in cell.split("\n")[1:])


def key_of(kind: str, record: Record) -> Key:
    """What a record is a record of, by its table's key; empty where the table has none or it is not filled."""
    key = tuple(record.get(name) for name in KINDS[kind].key)
    return key if any(value is not None for value in key) else ()


def _says(row: Row, facts: Mapping[int, frozenset[str]]) -> bool:
    """Whether one of the row's own words is among those of the facts."""
    return any(column < len(row.cells) and is_among(row.cells[column], said) for column, said in facts.items())


def is_among(cell: str, said: frozenset[str]) -> bool:
    """Whether a cell is one of these words, which are in lower case."""
    return cell.strip().lower() in said


def _flag(cell: str) -> bool:
    said = read_flag(cell)
    if said is None:
        raise UnreadableError(t("import", "yes or no is needed"))
    return said


def _person(text: str) -> str:
    """The first of several persons; nobody where the id is zero, as some systems write it."""
    first = text.partition(";")[0].strip().lstrip("'")
    return first if first.strip("0") else ""


def _text(reader: str, cell: str) -> str:
    text = _CONTROL.sub(" ", cell).strip()[:LONGEST_TEXT]
    if reader == "person":
        return _person(text)
    if reader == "listed":
        return text.strip("[]").partition(",")[0].strip(" \\'\"")
    if reader == "id" and _LOST_DIGITS.fullmatch(text):
        raise UnreadableError(
            t("import", "a spreadsheet rounded this number and its last digits are lost: take the original export")
        )
    if reader != "currency":
        return text
    code = currency(text) or (text.upper() if _CODE.fullmatch(text) else "")
    if not code:
        raise UnreadableError(t("import", "we do not know this currency"))
    return code
