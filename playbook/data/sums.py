"""Counts and sums over the tables, between two days; kept beside the tables, so that a page needs no engine."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from playbook.data import tables
from playbook.data.engine import DamagedError, query
from playbook.data.match import system_title
from playbook.data.summary import span
from playbook.i18n import t, tn
from playbook.workspace import Workspace

Row = dict[str, Any]
ALWAYS = (date(1, 1, 1), date(9999, 12, 31))


class MissingError(Exception):
    """A number that the data does not hold, with the reason and what to do, in the reader's language."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


@dataclass(frozen=True)
class Sums:
    """Sums of one table between two days, over every system that feeds it."""

    rows: list[Row]
    names: tuple[str, ...]
    """The systems, as people call them."""
    first: date
    last: date
    count: int
    """Rows of the table behind the sums."""
    note: str = ""
    """What of the table is left out of them."""

    def money(self, field: str) -> Decimal:
        """The sum of an amount."""
        return sum((Decimal(str(row[field])) for row in self.rows if row[field] is not None), Decimal(0))

    def whole(self, field: str) -> int:
        """The sum of a count."""
        return sum(int(row[field] or 0) for row in self.rows)

    @property
    def currency(self) -> str:
        """The one currency of the amounts.

        Raises:
            MissingError: there are several; they are never added up.
        """
        codes = sorted({str(row["currency"] or "") for row in self.rows})
        if len(codes) > 1:
            listed = ", ".join(code or t("import", "none") for code in codes)
            raise MissingError(
                t("import", "the amounts are in several currencies: {codes}", codes=listed),
                t("import", "import files in one currency"),
            )
        return codes[0]


class Data:
    """The tables of one workspace as sums."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept: dict[str, list[Row]] = {}

    @cached_property
    def folder(self) -> Path:
        """The tables as they stand."""
        return tables.folder(self._workspace)

    def time(self, *kinds: str) -> datetime | None:
        """When the newest import that feeds one of these tables was made."""
        return max(
            (
                batch.time
                for batch in self._workspace.batches()
                if batch.active and set(kinds) & set(batch.payload["kinds"])
            ),
            default=None,
        )

    def spend(self, window: tuple[date, date] = ALWAYS) -> Sums:
        """Spend between two days.

        Raises:
            MissingError: there is none, it cannot be cut to these days, or amounts with and without VAT would be mixed.
        """
        rows = self.rows("spend", window)
        if not rows:
            raise MissingError(
                t("import", "no advertising spend is imported"),
                t("import", "import an export of an advertising system"),
            )
        if any(int(row["cut"]) for row in rows):
            raise MissingError(
                t("import", "a total for a period cannot be cut to these days"), t("import", "export the report by day")
            )
        if len({row["vat"] == "excluded" for row in rows}) > 1:
            raise MissingError(
                t("import", "some amounts include VAT and others do not"),
                t("import", "import all of them with the same answer about VAT"),
            )
        return _sums(rows, "source", "rows_read")

    def orders(self, window: tuple[date, date] = ALWAYS) -> Sums:
        """Orders between two days.

        Raises:
            MissingError: there are none.
        """
        rows = self.rows("orders", window)
        if not rows:
            raise MissingError(
                t("import", "no orders are imported"), t("import", "import the orders of your shop or till")
            )
        return replace(_sums(rows, "system", "orders"), note=self._deals_aside())

    def _deals_aside(self) -> str:
        """Says that won deals are not added to the sales of a shop or of payments."""
        deals = int(self.rows("deals_aside")[0]["deals"])
        if not deals:
            return ""
        return tn(
            "import",
            "{n} won deal of the CRM is not added: the shop or the payments say what was sold",
            "{n} won deals of the CRM are not added: the shop or the payments say what was sold",
            deals,
        )

    def leads(self, window: tuple[date, date] = ALWAYS) -> Sums:
        """Leads between two days.

        Raises:
            MissingError: there are none.
        """
        rows = self.rows("leads", window)
        if not rows:
            raise MissingError(
                t("import", "no leads are imported"), t("import", "import the leads or deals of your CRM")
            )
        return _sums(rows, "system", "leads")

    def common(self, one: Sums, other: Sums) -> tuple[date, date]:
        """The days that both tables cover.

        Raises:
            MissingError: there is no such day.
        """
        first, last = max(one.first, other.first), min(one.last, other.last)
        if first > last:
            periods = {"one": span((one.first, one.last)), "other": span((other.first, other.last))}
            raise MissingError(
                t("import", "the files have no day in common: {one}; {other}", **periods),
                t("import", "import files for the same period"),
            )
        return first, last

    def rows(self, name: str, window: tuple[date, date] = ALWAYS) -> list[Row]:
        """What `sql/NAME.sql` gives between two days, from the notes beside the tables where it was asked before."""
        key = f"{name} {window[0]} {window[1]}"
        if key not in self._kept:
            self._kept = self._notes() | self._kept
        if key not in self._kept:
            found = self._ask(name, window)
            self._kept[key] = [{field: _plain(value) for field, value in row.items()} for row in found]
            self._note()
        return self._kept[key]

    def _ask(self, name: str, window: tuple[date, date]) -> list[Row]:
        """Ask the engine; tables that are gone or broken are made again once."""
        values = {"since": window[0], "until": window[1]}
        try:
            return query(self.folder, name, values)
        except DamagedError:
            tables.discard(self._workspace)
            self.__dict__.pop("folder", None)
            self._kept.clear()
            return query(self.folder, name, values)

    def _notes(self) -> dict[str, list[Row]]:
        try:
            notes: dict[str, list[Row]] = json.loads((self.folder / "sums.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return notes

    def _note(self) -> None:
        """Keep what was computed; a folder that cannot be written to costs time and nothing else."""
        fresh = self.folder / f"sums-{os.getpid()}.new"
        try:
            fresh.write_text(json.dumps(self._kept), encoding="utf-8")
            os.replace(fresh, self.folder / "sums.json")  # noqa: PTH105 - atomic, and the target must be overwritten on Windows
        except OSError:
            return


def _sums(rows: list[Row], system: str, count: str) -> Sums:
    names = dict.fromkeys(system_title(str(row[system])) for row in rows)
    first = min(date.fromisoformat(row["first_day"]) for row in rows)
    last = max(date.fromisoformat(row["last_day"]) for row in rows)
    return Sums(rows, tuple(names), first, last, sum(int(row[count]) for row in rows))


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
