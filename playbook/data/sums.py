"""Counts and sums over the tables, between two days; kept beside the tables, so that a page needs no engine.

Definitions give their rows by week or by month (`period` is its first day), so that one query serves both all days and
each of their weeks, and a week's figure is found by the same function as any other.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from playbook import paths
from playbook.data import engines, tables
from playbook.data.engine import VIEWS, DamagedError, definition
from playbook.data.match import system_title
from playbook.data.periods import Grain, Period
from playbook.data.summary import span
from playbook.i18n import t, tn
from playbook.workspace import Workspace

Row = dict[str, Any]
Window = tuple[date, date]
ALWAYS = (date(1900, 1, 1), date(2299, 12, 31))
"""Every day that the calendars of all engines know."""


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
    paid_in: str = ""
    """The currency of sums that have no rows."""

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
        return codes[0] if codes else self.paid_in


class Data:
    """The tables of one workspace as sums; without a `window` those of every day."""

    def __init__(
        self,
        workspace: Workspace,
        window: Window = ALWAYS,
        kept: dict[str, list[Row]] | None = None,
        grain: Grain = "week",
    ) -> None:
        self.window = window
        self._workspace = workspace
        self._kept = {} if kept is None else kept
        self._grain = grain

    @cached_property
    def folder(self) -> Path:
        """The tables as they stand."""
        return tables.folder(self._workspace)

    @property
    def currency(self) -> str:
        """The firm's own currency."""
        return str(self._workspace.setting("currency", "USD"))

    @property
    def names(self) -> tuple[str, ...]:
        """What the firm is called."""
        return tuple(filter(None, (str(self._workspace.setting("name") or ""),)))

    def between(self, window: Window) -> Data:
        """The same tables, of these days only."""
        return Data(self._workspace, window, self._kept, self._grain)

    def by(self, grain: Grain) -> Data:
        """The same tables, whose rows are of weeks or of months."""
        return Data(self._workspace, self.window, self._kept, grain)

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

    def spend(self, window: Window | None = None) -> Sums:
        """Spend between two days.

        Raises:
            MissingError: there is none, it cannot be cut to these days, or amounts with and without VAT would be mixed.
        """
        hint = t("import", "import an export of an advertising system")
        sums = self._sums("spend", window, t("import", "no advertising spend is imported"), hint)
        if self._cut(sums):
            raise MissingError(
                t("import", "a total for a period cannot be cut to these days"), t("import", "export the report by day")
            )
        if len({row["vat"] == "excluded" for row in sums.rows}) > 1:
            raise MissingError(
                t("import", "some amounts include VAT and others do not"),
                t("import", "import all of them with the same answer about VAT"),
            )
        return sums

    def orders(self, window: Window | None = None) -> Sums:
        """Orders between two days.

        Raises:
            MissingError: there are none.
        """
        hint = t("import", "import the orders of your shop or till")
        found = self._sums("orders", window, t("import", "no orders are imported"), hint)
        return replace(found, note=self._deals_aside())

    def _deals_aside(self) -> str:
        """Says that won deals are not added to the sales of a shop or of payments."""
        deals = int(self.rows("deals_aside", ALWAYS)[0]["deals"])
        if not deals:
            return ""
        return tn(
            "import",
            "{n} won deal of the CRM is not added: the shop or the payments say what was sold",
            "{n} won deals of the CRM are not added: the shop or the payments say what was sold",
            deals,
        )

    def leads(self, window: Window | None = None) -> Sums:
        """Leads between two days.

        Raises:
            MissingError: there are none.
        """
        hint = t("import", "import the leads or deals of your CRM")
        return self._sums("leads", window, t("import", "no leads are imported"), hint)

    def closings(self, window: Window | None = None) -> Sums:
        """Leads by the day on which they were won or lost, between two days.

        Raises:
            MissingError: there are no leads, or none says when.
        """
        if not self.rows("leads", ALWAYS):
            return self.leads(ALWAYS)
        hint = t("import", "import deals of more months, with the column of their closing day")
        return self._sums("closings", window, t("import", "no lead says when it was won or lost"), hint)

    def touches(self, window: Window | None = None) -> Sums:
        """Visits between two days.

        Raises:
            MissingError: there are none.
        """
        hint = t("import", "import the visits of your site analytics")
        return self._sums("touches", window, t("import", "no visits are imported"), hint)

    def common(self, one: Sums, other: Sums) -> Window:
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

    def rows(self, name: str, window: Window | None = None) -> list[Row]:
        """What `sql/NAME.sql` gives between two days, from the notes beside the tables where it was asked before."""
        since, until = window or self.window
        key = f"{name} {_edition(name)} {self._grain} {since} {until}{self._elsewhere}"
        if key not in self._kept:
            kept = self._noted(key)
            if kept is None:
                found = self._ask(name, {"since": since, "until": until, "grain": self._grain})
                kept = [{field: _plain(value) for field, value in row.items()} for row in found]
                self._note(key, kept)
            self._kept[key] = kept
        return self._kept[key]

    def so_far(self, name: str) -> list[Row]:
        """The rows of a definition that looks back over all days to the last one asked for."""
        return self.rows(name, (ALWAYS[0], self.window[1]))

    def total(self, name: str, window: Window | None = None) -> Mapping[str, Any]:
        """The rows of a definition added up; a currency is the `low_...` or `high_...` one. What no row has is None."""
        columns: dict[str, list[Any]] = defaultdict(list)
        for row in self.rows(name, window):
            for field, value in row.items():
                columns[field] += [value] if value is not None else []
        return defaultdict(lambda: None, {field: _added(field, values) for field, values in columns.items() if values})

    def _sums(self, name: str, window: Window | None, reason: str, hint: str) -> Sums:
        """The sums of a table, or the reason why there are none."""
        rows = self.rows(name, window)
        if not rows:
            raise MissingError(reason, hint)
        names = dict.fromkeys(system_title(str(row["system"])) for row in rows)
        first = min(date.fromisoformat(row["first_day"]) for row in rows)
        last = max(date.fromisoformat(row["last_day"]) for row in rows)
        return Sums(rows, tuple(names), first, last, sum(int(row["rows_read"]) for row in rows))

    def _cut(self, sums: Sums) -> bool:
        """Whether a total for a period lies partly outside of the days asked for."""
        return any(int(row["cut"]) for row in sums.rows)

    def _ask(self, name: str, values: Mapping[str, Any]) -> list[Row]:
        """Ask the engine; tables that are gone or broken are made again once."""
        try:
            return engines.rows(self._engine, self.folder, name, values)
        except DamagedError:
            tables.discard(self._workspace)
            self.__dict__.pop("folder", None)
            self._kept.clear()
            return engines.rows(self._engine, self.folder, name, values)

    @cached_property
    def _engine(self) -> str:
        """The address of the engine that is asked."""
        return engines.chosen(self._workspace)

    @property
    def _elsewhere(self) -> str:
        """The address of the person's own engine, so that its answers are told from ours."""
        return "" if self._engine == engines.DEFAULT else f" {self._engine}"

    def _noted(self, key: str) -> list[Row] | None:
        """What was answered before, by this window or another; None where nobody has asked."""
        try:
            rows: list[Row] = json.loads(self._place(key).read_text(encoding="utf-8"))["rows"]
        except (OSError, ValueError, KeyError):
            return None
        return rows

    def _note(self, key: str, rows: list[Row]) -> None:
        """Keep what was computed; a folder that cannot be written to costs time and nothing else."""
        with suppress(OSError):
            place = self._place(key)
            place.parent.mkdir(exist_ok=True)
            with paths.instead_of(place) as fresh:
                fresh.write_text(json.dumps({"asked": key, "rows": rows}), encoding="utf-8")

    def _place(self, key: str) -> Path:
        return self.folder / "sums" / f"{tables.fingerprint(key)}.json"


class OfPeriod(Data):
    """One week or month of the tables, out of the rows of all days: a year of them asks the engine nothing.

    Days without rows count as days on which nothing happened, so a period must lie within what the files cover.
    """

    def __init__(self, whole: Data, period: Period) -> None:
        super().__init__(whole._workspace, period.days, whole._kept, period.grain)  # noqa: SLF001 - its own kind
        self._whole = whole.by(period.grain)

    def common(self, one: Sums, other: Sums) -> Window:  # noqa: ARG002 - whatever days have rows, the period is whole
        """The period."""
        return self.window

    def between(self, window: Window) -> Data:
        """The period itself, where its own days are asked for."""
        return self if window == self.window else super().between(window)

    def rows(self, name: str, window: Window | None = None) -> list[Row]:
        """The rows of this period, or of all days where those are asked for."""
        found, first = self._whole.rows(name), self.window[0].isoformat()
        return found if window == ALWAYS else [row for row in found if row["period"] == first]

    def so_far(self, name: str) -> list[Row]:
        """The rows of all days: a definition that looks back tells itself what belongs to the period."""
        return self._whole.so_far(name)

    def _sums(self, name: str, window: Window | None, reason: str, hint: str) -> Sums:  # noqa: ARG002 - as above
        whole = self._whole._sums(name, None, reason, hint)  # noqa: SLF001 - its own kind
        rows = self.rows(name)
        code = str(whole.rows[0].get("currency") or "")
        count = sum(int(row["rows_read"]) for row in rows)
        return replace(whole, rows=rows, first=self.window[0], last=self.window[1], count=count, paid_in=code)

    def _cut(self, sums: Sums) -> bool:  # noqa: ARG002 - a total may lie in the rows of an earlier period
        first, last = (day.isoformat() for day in self.window)
        return any(
            int(row["split"]) and row["first_day"] <= last and row["last_day"] >= first
            for row in self._whole.rows("spend")
        )


@cache
def _edition(name: str) -> str:
    """Tells one wording of a definition from another, so that notes of an older one are not taken for it."""
    texts = "".join(definition(part) for part in (name, *(f"views/{view}" for view in VIEWS)))
    return hashlib.sha256(texts.encode()).hexdigest()[:8]


def _added(field: str, values: list[Any]) -> Any:
    if field.startswith("low_"):
        return min(values)
    if field.startswith("high_"):
        return max(values)
    try:
        return sum(map(Decimal, values))
    except InvalidOperation:  # days and names are not added up
        return max(values)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
