"""The typed rows of a long file in SQL: fields, what the file as a whole says, and whether a row can be taken so.

What a row says by itself is put together as in `read`; a row for which that is not enough is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from playbook.data.cells import Cells, Record
from playbook.data.kinds import KINDS, local_day, week_hour
from playbook.data.lines import Lines
from playbook.data.match import Match
from playbook.data.plain import text_of
from playbook.data.shape import Shape
from playbook.data.stages import stage
from playbook.data.uses import Use

_NONE = "CAST(NULL AS VARCHAR)"
_TRUTHS = (None, True, False)
_TEXT = re.compile("'(?:[^']|'')*'")
"""A text of SQL."""


class Typed:
    """Statements over the lines of one file, level by level: plain cells, what every cell says, whole records."""

    def __init__(self, lines: Lines, cells: Cells, match: Match, shape: Shape, used: list[Use], salt: str) -> None:
        self._lines = lines
        self._cells = cells
        self._match = match
        self._shape = shape
        self._used = used
        self._salt = salt
        self.main = match.kinds[0]

    def said(self, plain: str, turned: Iterable[str]) -> str:
        """The lines with what their cells say; `turned` are conditions of rows that are no data or give money back."""
        told: dict[str, list[tuple[str, bool]]] = {}
        for use in self._used:
            for name, sql in use.told(self._salt).items():
                told.setdefault(f"{use.kind}__{name}", []).append((sql, use.name == name))
        columns = ", ".join(f"{_spoken(found)} AS {name}" for name, found in told.items())
        bad = " OR ".join([*(use.bad for use in self._used), *turned])
        joins = " ".join(use.joins for use in self._used)
        return f"(SELECT line, drawn, {bad} AS bad, {columns} FROM (SELECT *, random() AS drawn FROM {plain}) {joins})"

    def whole(self, said: str, file: str) -> str:
        """The lines that can be taken so, with the columns of every table: `orders__revenue`."""
        stages = {kind: self._stages(kind) for kind in self._kinds if "stage" in KINDS[kind].given}
        records = {kind: self._record(kind, file) for kind in self._kinds}
        shown = [
            f"{_as(sql, KINDS[kind].columns[name])} AS {kind}__{name}"
            for kind, record in records.items()
            for name, sql in record.items()
        ]
        entering = {kind: self._enters(kind, records) for kind in self._kinds}
        shown += [f"{sql} AS {kind}__in" for kind, (sql, _) in entering.items()]
        shown += [f"{sql} AS {kind}__worthless" for kind, (_, sql) in entering.items()]
        taken = " AND ".join(self._taken(records, entering))
        joins = " ".join(stages.values())
        kept = f"CASE WHEN drawn >= 0 THEN NOT bad AND {taken} END"  # without a draw every cell would be read twice
        return f"(SELECT said.line, {', '.join(shown)} FROM {said} AS said {joins} WHERE {kept})"

    @property
    def _kinds(self) -> tuple[str, ...]:
        return self._match.kinds

    def _has(self, kind: str, name: str) -> bool:
        """Whether anything fills a column."""
        return any(use.kind == kind and name in use.says for use in self._used)

    def _of(self, kind: str, name: str) -> str:
        return f"said.{kind}__{name}" if self._has(kind, name) else f"CAST(NULL AS {KINDS[kind].columns[name]})"

    def _record(self, kind: str, file: str) -> dict[str, str]:
        """Every column of a table, completed by what the file as a whole says."""
        table_of, shape = KINDS[kind], self._shape
        record = {name: self._of(kind, name) for name in table_of.columns if name not in ("file", "line")}
        record["system"] = text_of(self._match.source.name)
        if "currency" in table_of.fields:
            record["currency"] = _or(record["currency"], shape.currency)
        if kind == "spend":
            first, last = (f"DATE '{day}'" for day in shape.period) if shape.period else ("NULL", "NULL")
            dated = self._cells.has("day")
            record["day"] = record["day"] if dated else f"coalesce({record['day']}, {first})"
            record["until"] = f"coalesce({record['until']}, {record['day'] if dated else last})"
            record["source"] = _or(record["source"], self._match.source.name)
            record["account"] = _or(record["account"], shape.account)
            record["vat"] = text_of(shape.vat) if shape.vat else _NONE
        if "stage" in table_of.given:
            record["stage"] = f"stages_{kind}.stage"
        if kind == "orders":
            record["basis"] = text_of("sale" if kind == self.main else "deal")
        if kind == "leads":
            for name in ("closed_at", local_day("closed_at")):
                record[name] = f"CASE WHEN {record['stage']} <> 'open' THEN {record[name]} END"
        for name, start, end in table_of.waits:
            known = f"{record[week_hour(start)]} IS NOT NULL AND {record[week_hour(end)]} IS NOT NULL"
            record[name] = f"CASE WHEN {known} THEN date_diff('second', {record[start]}, {record[end]}) END"
        return record | {"file": text_of(file), "line": "said.line"}

    def _stages(self, kind: str) -> str:
        """The join of what statuses, flags and an empty day of payment mean."""
        asks_paid = self._cells.has("paid_at")
        flags = {name: _TRUTHS for name in ("won", "closed") if self._has(kind, name)}
        said: dict[str, tuple[Any, ...]] = {"status": tuple(self._statuses(kind)), **flags, "bare": (True, False)}
        found = (dict(zip(said, values, strict=True)) for values in product(*said.values()))
        rows: Iterator[Record] = (
            one | {"stage": stage(kind, one, self._shape.stages.get(kind, {}), unpaid=asks_paid and bool(one["bare"]))}
            for one in found
        )
        name = f"stages_{kind}"
        truths = dict.fromkeys((*flags, "bare"), "BOOLEAN")
        self._lines.table(name, {"status": "VARCHAR", **truths, "stage": "VARCHAR"}, rows)
        bare = f"({self._of(kind, 'paid_at')} IS NULL)" if "paid_at" in KINDS[kind].fields else "TRUE"
        status = self._of(kind, "status") if "status" in KINDS[kind].fields else "NULL"
        values = {"status": status, **{flag: self._of(kind, flag) for flag in flags}}
        same = " AND ".join(f"{sql} IS NOT DISTINCT FROM {name}.{one}" for one, sql in values.items())
        return f"LEFT JOIN {name} ON {same} AND {bare} = {name}.bare"

    def _statuses(self, kind: str) -> list[str | None]:
        """Every status of a table, and none."""
        tables = [use.odd for use in self._used if use.kind == kind and use.name == "status"]
        found = [value for one in tables for (value,) in self._lines.ask(f"SELECT DISTINCT status FROM {one}")]
        return list(dict.fromkeys([None, *found]))

    def _enters(self, kind: str, records: dict[str, dict[str, str]]) -> tuple[str, str]:
        """Whether a row is one of this table too, and whether it is but for an amount."""
        if kind == self.main:
            return "TRUE", "FALSE"
        telling = [f"{self._of(kind, name)} IS NOT NULL" for name in self._cells.telling[kind]]
        there = f"({' OR '.join(telling) or 'FALSE'})"
        if only := self._match.source.only.get(kind):
            there += f" AND {records[self.main]['stage']} IS NOT DISTINCT FROM {text_of(only)}"
        if not KINDS[kind].key:
            return there, "FALSE"
        amount = f"coalesce({records[kind][KINDS[kind].amount]}, 0)" if KINDS[kind].amount else "0"
        return f"({there} AND {amount} <> 0)", f"({there} AND {amount} = 0)"

    def _taken(self, records: dict[str, dict[str, str]], entering: dict[str, tuple[str, str]]) -> Iterator[str]:
        """What must hold of a row that is taken so."""
        yield f"({' OR '.join(f'{self._of(self.main, name)} IS NOT NULL' for name in self._cells.dates)})"
        for name in self._match.source.subtotal:
            if self._cells.has(name):
                yield f"{self._of(self.main, name)} IS NOT NULL"
        for kind, (enters, _) in entering.items():
            for group in KINDS[kind].needs if kind == self.main or KINDS[kind].key else ():
                filled = " OR ".join(f"{records[kind][name]} IS NOT NULL" for name in group)
                yield f"({filled})" if kind == self.main else f"({filled} OR NOT {enters})"


def _spoken(found: list[tuple[str, bool]]) -> str:
    """What a column of its own says stands before what the others let on, of whom the last one is heard."""
    own = [sql for sql, mine in found if mine]
    others = [sql for sql, mine in reversed(found) if not mine]
    return f"coalesce({', '.join(own + others)})" if len(found) > 1 else found[0][0]


def _as(sql: str, kind: str) -> str:
    """A column of this type; one text for all rows is a choice of one, which is not looked up for every row."""
    return f"CAST({sql} AS ENUM({sql}))" if _TEXT.fullmatch(sql) else f"CAST({sql} AS {kind})"


def _or(sql: str, default: str) -> str:
    return f"coalesce({sql}, {text_of(default)})" if default else sql
