"""A file to records of our tables: every row is accepted, merged into another, skipped, or rejected with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from playbook.data.cells import Cells, Key, Record, RowError, Value, key_of
from playbook.data.header import read_name
from playbook.data.kinds import KINDS, local_day
from playbook.data.match import Match
from playbook.data.shape import Shape
from playbook.data.stages import stage
from playbook.data.summary import Tallies, days, tallied
from playbook.data.text import Row, Sheet
from playbook.data.totals import Control, says_total
from playbook.i18n import t

_BACK = "↩"
"""Ends the number of an order that stands for money given back."""


@dataclass(frozen=True)
class Reject:
    """A row we could not take: where, what and why, in the reader's language; its cells as they came."""

    line: int
    column: str
    value: str
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Plain:
    """Rows of a long file that stand for themselves and are typed already, on the disk: all of them are accepted."""

    rows: int
    worthless: int
    files: dict[str, list[Path]]
    """Their typed rows by table."""
    tallies: dict[str, Tallies]
    days: tuple[date, date] | None
    campaigns: dict[Value, Decimal]
    """The main amounts by campaign, where rows may sum them."""
    salt: str
    """With which persons are hashed in them."""
    room: object = field(repr=False)
    """Holds the files as long as they may be wanted."""

    @property
    def there(self) -> bool:
        """Whether the files are still there: what was looked at long ago is cleared away."""
        return all(file.is_file() for files in self.files.values() for file in files)

    def amount(self, kind: str) -> Decimal:
        """The sum of the main amounts."""
        return sum((one[KINDS[kind].amount] for one in self.tallies[kind].values()), Decimal(0))


@dataclass
class Reading:
    """A whole file, read: rows = accepted + merged + skipped + rejected, always."""

    records: dict[str, list[Record]]
    """What was read row by row: everything, unless there are plain rows beside it."""
    plain: Plain | None = None
    rows: int = 0
    accepted: int = 0
    merged: int = 0
    skipped: int = 0
    rejects: list[Reject] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    left_out: int = 0
    """Rows skipped because they say themselves that they are no data."""
    worthless: int = 0
    """Won deals without an amount: leads, and no orders."""

    @property
    def rejected(self) -> int:
        """Rows we could not take."""
        return len(self.rejects)

    @property
    def tallies(self) -> dict[str, Tallies]:
        """Counts and sums over all records."""
        return tallied(self.records, self.plain.tallies if self.plain else None)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of all records."""
        found = [span for span in (days(self.records), self.plain and self.plain.days) if span]
        return (min(first for first, _ in found), max(last for _, last in found)) if found else None


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row read by itself, before it is known what other rows say of the same thing."""

    row: Row
    records: dict[str, Record]


def read_rows(sheet: Sheet, match: Match, shape: Shape, plain: Plain | None = None) -> Reading:
    """Read every row under the header, and account for those of the file that were typed already."""
    return _Reader(sheet, match, shape, plain).read()


class _Reader:
    """Reads the rows of one file into one `Reading`."""

    def __init__(self, sheet: Sheet, match: Match, shape: Shape, plain: Plain | None) -> None:
        self._rows = sheet.rows[match.header + 1 :]
        self._header = sheet.rows[match.header].cells
        self._cells = Cells(sheet, match, shape)
        self._source = match.source
        self._shape = shape
        self._main = match.kinds[0]
        self._maybe = [name for name in match.source.subtotal if self._cells.has(name)]
        self._spoilt: set[Key] = set()
        self._totals: list[Row] = []
        self._dayless: list[Row] = []
        self._nameless: list[Row] = []
        self._names = self._cells.names
        self._rejected_sum: Decimal | None = Decimal(0)
        self._plain = plain
        self._out = Reading({kind: [] for kind in match.kinds}, plain, rows=len(self._rows))
        if plain:
            self._out.rows += plain.rows
            self._out.accepted += plain.rows
            self._out.worthless += plain.worthless

    def read(self) -> Reading:
        """Read single rows, then what they say together, then the sums of the file."""
        for key, group in self._grouped(draft for row in self._rows if (draft := self._draft(row))):
            self._join(key, group)
            group.clear()  # a large file's drafts beside its records would hold its memory twice
        self._take_nameless()
        self._skip_subtotals()
        self._out.controls += self._controls()
        self._out.rejects.sort(key=lambda reject: reject.line)
        return self._out

    def _draft(self, row: Row) -> _Draft | None:
        """The row read by itself; None when it holds no data of its own."""
        if row.blank or row.cells == self._header:  # files put together repeat it
            self._out.skipped += 1
        elif self._shape.skip and self._cells.left_out(row):
            self._out.skipped += 1
            self._out.left_out += 1
        elif says_total(row, self._source) and not self._cells.dated(row):
            self._totals.append(row)
            self._out.skipped += 1
        elif self._maybe and self._may_be_subtotal(row):
            self._dayless.append(row)
        elif self._names and all(self._cells.blank(name, row) for name in self._names):
            self._nameless.append(row)
        else:
            return self._drafted(row)
        return None

    def _drafted(self, row: Row) -> _Draft | None:
        """What a row says; None when that cannot be read."""
        try:
            records = self._cells.records(row)
            return _Draft(row, _returned(records) if self._cells.gives_back(row) else records)
        except RowError as error:
            self._reject(row, error)
            self._spoilt.add(self._cells.key(row))
            return None

    def _grouped(self, drafts: Iterable[_Draft]) -> list[tuple[Key, list[_Draft]]]:
        """Rows of the same order (lead, product) together; a row without a key by itself."""
        groups: dict[object, list[_Draft]] = defaultdict(list)
        for draft in drafts:
            groups[key_of(self._main, draft.records[self._main]) or draft.row.line].append(draft)
        return [(key if isinstance(key, tuple) else (), group) for key, group in groups.items()]

    def _join(self, key: Key, group: list[_Draft]) -> None:
        """Make one record of the rows of a group, or reject them all: a thing is taken whole or not at all."""
        try:
            if key and key in self._spoilt:
                reason = t(
                    "import",
                    "another row of the same {key} could not be read, and it is taken whole or not at all",
                    key=_said(key),
                )
                raise RowError("", _said(key), reason)
            record = self._completed(self._main, self._merged(self._main, key, group))
            self._check_needs(self._main, record)
            beside = self._beside(key, group, record)
        except RowError as error:
            for draft in group:
                self._reject(draft.row, error)
            return
        out = self._out
        out.accepted += 1
        out.merged += len(group) - 1
        for kind, records in {self._main: [record | {"line": group[0].row.line}], **beside}.items():
            out.records[kind] += records

    def _merged(self, kind: str, key: Key, group: list[_Draft]) -> Record:
        record = group[0].records[kind].copy()
        for draft in group[1:]:
            for name, value in draft.records[kind].items():
                if record.setdefault(name, value) != value:
                    pair = {"one": _said((record[name],)), "other": _said((value,))}
                    reason = t(
                        "import",
                        "two rows of the same {key} differ here: '{one}' and '{other}'",
                        key=_said(key),
                        **pair,
                    )
                    raise RowError(self._cells.heading(name, kind), pair["other"], reason)
        return record

    def _check_needs(self, kind: str, record: Record) -> None:
        for group in KINDS[kind].needs:
            if all(record.get(name) is None for name in group):
                named = next((name for name in group if name in self._shape.columns[kind]), group[0])
                column = self._cells.heading(named, kind)
                raise RowError(
                    column, "", t("import", "'{column}' is empty, and the row cannot do without it", column=column)
                )

    def _beside(self, key: Key, group: list[_Draft], main: Record) -> dict[str, list[Record]]:
        """The records of the other tables: one of the whole group where the table has a key, else one of each row."""
        found: dict[str, list[Record]] = {}
        for kind in (kind for kind in self._out.records if kind != self._main):
            drafts = [draft for draft in group if kind in draft.records]
            if not drafts or self._source.only.get(kind) not in (None, main.get("stage")):
                continue
            if not KINDS[kind].key:
                found[kind] = [self._completed(kind, one.records[kind]) | {"line": one.row.line} for one in drafts]
                continue
            record = self._completed(kind, self._merged(kind, key, drafts))
            if not record.get(KINDS[kind].amount):
                self._out.worthless += 1
                continue
            self._check_needs(kind, record)
            found[kind] = [record | {"line": drafts[0].row.line}]
        return found

    def _completed(self, kind: str, record: Record) -> Record:
        """The record with what the file as a whole says: its system, currency, period, VAT, the status's meaning."""
        shape, full = self._shape, {"system": self._source.name, **record}
        if "currency" in KINDS[kind].fields:
            full.setdefault("currency", shape.currency or None)
        if kind == "spend":
            first, last = shape.period or (None, None)
            full.setdefault("day", None if self._cells.has("day") else first)
            full.setdefault("until", full["day"] if self._cells.has("day") else last)
            full.setdefault("source", self._source.name)
            full.setdefault("account", shape.account or None)
            full["vat"] = shape.vat or None
        if "stage" in KINDS[kind].given:
            unpaid = self._cells.has("paid_at") and full.get("paid_at") is None
            full["stage"] = stage(kind, full, self._shape.stages.get(kind, {}), unpaid=unpaid)
        if kind == "orders":
            full["basis"] = "sale" if kind == self._main else "deal"
        if kind == "leads" and full["stage"] == "open":
            full.pop("closed_at", None)  # systems write the day they expect
            full.pop(local_day("closed_at"), None)
        return full

    def _reject(self, row: Row, error: RowError) -> None:
        self._out.rejects.append(Reject(row.line, error.column, error.value, error.reason, row.cells))
        amount = self._cells.amount(row)
        known = self._rejected_sum is not None and amount is not None
        self._rejected_sum = self._rejected_sum + amount if known else None  # type: ignore[operator]

    def _may_be_subtotal(self, row: Row) -> bool:
        return any(self._cells.blank(name, row) for name in self._maybe)

    def _take_nameless(self) -> None:
        """Skip the row without a name that sums all others of a period; what other such rows cost is money."""
        amounts = [self._cells.amount(row) or Decimal(0) for row in self._nameless]
        known = sum(map(self._money, self._out.records[self._main]), self._rejected_sum or Decimal(0))
        controls = (
            Control(row.line, one, known + sum(amounts) - one, self._out.rows)
            for row, one in zip(self._nameless, amounts, strict=True)
        )
        whole = next((control.line for control in controls if known and control.agrees), None)
        for row in self._nameless:
            if row.line == whole:
                self._out.skipped += 1
            elif draft := self._drafted(row):
                self._join((), [draft])

    def _skip_subtotals(self) -> None:
        """Skip rows without a day that sum their campaign's days; reject the others, for they may be money."""
        sums: dict[Value, Decimal] = defaultdict(Decimal, self._plain.campaigns if self._plain else {})
        for record in self._out.records[self._main]:
            sums[record.get("campaign")] += self._money(record)
        everything = sum(sums.values(), Decimal(0))
        for row in self._dayless:
            campaign, amount = self._cells.value("campaign", row), self._cells.amount(row)
            ours = everything if campaign is None else sums[campaign]
            if amount is not None and Control(row.line, amount, ours, self._out.rows).agrees:
                self._out.skipped += 1
            else:
                reason = t("import", "the row has no day, and its amount is not the sum of other rows")
                self._reject(row, RowError(self._cells.heading("day"), "", reason))

    def _controls(self) -> list[Control]:
        """The sums that the file's rows of totals give against ours; none where a rejected amount cannot be read."""
        name = KINDS[self._main].amount
        if not self._cells.has(name) or self._rejected_sum is None:
            return []
        known = self._rejected_sum + (self._plain.amount(self._main) if self._plain else 0)
        ours = sum(map(self._money, self._out.records[self._main]), known)
        sums = [(row.line, self._cells.value(name, row) or self._in_words(row)) for row in self._totals]
        return [Control(line, theirs, ours, self._out.rows) for line, theirs in sums if isinstance(theirs, Decimal)]

    def _in_words(self, row: Row) -> Decimal | None:
        """The sum of all amounts in a line such as `Сумма принятых платежей: 1 500.00`."""
        label, mark, said = next(filter(str.strip, row.cells), "").partition(":")
        if not mark or read_name(label).whole not in map(str.lower, self._source.control):
            return None
        return self._cells.amount(Row(row.line, self._cells.alone(KINDS[self._main].amount, said)))

    def _money(self, record: Record) -> Decimal:
        value = record.get(KINDS[self._main].amount)
        return value if isinstance(value, Decimal) else Decimal(0)


def _returned(records: dict[str, Record]) -> dict[str, Record]:
    """An order of its own that brought nothing and gave its amount back."""
    order = dict(records.get("orders", {}))
    if isinstance(order.get("revenue"), Decimal):
        order |= {"id": f"{order.get('id')}{_BACK}", "revenue": Decimal(0), "refund": order["revenue"]}
    return {"orders": order}


def _said(values: Key) -> str:
    return " ".join(str(value) for value in values if value is not None)
