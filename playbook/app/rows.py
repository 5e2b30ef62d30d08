"""The page of the rows behind a figure: what it is, its lines to choose from, some rows at a time, and all as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request

from playbook import addresses, faces, i18n
from playbook.data.behind import CHANNEL_COLUMNS, Behind, Rows, channel_title
from playbook.data.behind_figures import NOT_TOLD, Part
from playbook.data.facts import Fact, NoFact
from playbook.data.labels import kind_name, word
from playbook.data.periods import GRAINS, Period
from playbook.display import Table, capital
from playbook.i18n import t, tn
from playbook.ui import provenance
from playbook.workspace import Workspace

AT_ONCE = 25
PLACE_WRITTEN, LINES_CHOSEN = 9, 100
HASHES = ("customer", "visitor")
HASH_SHOWN = 8
LEFT = ("id", "line", "lead_id", "order_id", "sku", "turn")
"""Columns whose numbers are names."""


@dataclass(frozen=True)
class Way:
    """A link of the page; the chosen one leads to itself."""

    href: str
    words: str
    chosen: bool = False


@dataclass(frozen=True)
class Opened:
    """A figure, opened."""

    title: str
    value: str
    source: str
    definition: str
    said: str
    """How many rows there are, and of what."""
    lacking: bool
    rows: Markup
    lines: tuple[Way, ...]
    tables: tuple[Way, ...]
    pages: tuple[Way, ...]
    file: str
    periods: tuple[Way, ...] = ()
    """The week or month that is shown, and the way back to all days."""
    series: Markup | None = None
    """The months and weeks of the figure, each leading to its rows."""
    why: str = ""
    """Why there is no figure, and what would help."""


def opened(workspace: Workspace, asked: Asked) -> Opened:
    """The rows that the page was asked for.

    Raises:
        PlaybookError: there is no such figure or period, or it was not counted on this table.
    """
    behind = Behind(workspace, asked.figure, asked.period)
    fact = behind.fact
    if isinstance(fact, NoFact):
        why = " ".join(capital(f"{said}.") for said in (fact.reason, fact.hint) if said)
        return Opened(fact.label, "", "", "", "", False, Markup(""), (), (), (), "", why=why)
    part = behind.part(asked.table)
    start = max(0, asked.start - asked.start % AT_ONCE)
    found = behind.look(part.table, asked.of, start=start, most=AT_ONCE)
    asked = replace(asked, table=part.table, by=part.by)
    return Opened(
        title=fact.label,
        value=_valued(fact, fact.value),
        source=fact.source_text,
        definition=provenance.told(fact),
        said=counted(part.table, found.count),
        lacking=part.lacking,
        rows=_table(found),
        lines=tuple(asked.lines(found)),
        tables=tuple(asked.tables(behind.parts)),
        pages=tuple(asked.pages(start, found.count)),
        file=asked.address(ending=".csv"),
        periods=tuple(asked.periods(behind.period)),
        series=_series(behind, fact),
    )


@dataclass(frozen=True)
class Asked:
    """What the page was asked for, and the addresses of what else it may be asked for."""

    figure: str
    table: str = ""
    of: tuple[str, ...] = ()
    period: str = ""
    """A week or month, such as `2026-W14` or `2026-04`; all days without one."""
    start: int = 0
    by: str = ""
    """The column by which the figure's lines are told apart."""

    @classmethod
    def read(cls, request: Request) -> Self:
        """What an address asks for; a place that is no number is the first."""
        values = request.query_params
        start = values.get("start", "")
        begin = int(start) if start.isdecimal() and len(start) <= PLACE_WRITTEN else 0
        lines = tuple(values.getlist("of")[:LINES_CHOSEN])
        figure = request.path_params["figure"]
        return cls(figure, values.get("table", ""), lines, values.get("period", ""), begin)

    def address(self, *, ending: str = "", **other: Any) -> str:
        """The address of the same page but for some values."""
        values = {"table": self.table, "of": self.of, "period": self.period, **other}
        said = urlencode({name: value for name, value in values.items() if value}, doseq=True)
        return addresses.to(f"/rows/{self.figure}{ending}?{said}")

    def lines(self, found: Rows) -> Iterator[Way]:
        """The figure's lines to choose from, and back to all of them."""
        if len(found.lines) > 1 or self.of:
            yield Way(self.address(of=()), t("app", "All"), not self.of)
            for name, count in found.lines:
                words = t("app", "not told") if name == NOT_TOLD else self._named(name)
                yield Way(self.address(of=(name,)), f"{words} {i18n.number(count)}", name in self.of)

    def _named(self, line: str) -> str:
        """A line in the reader's words; its address keeps the file's."""
        if self.by in CHANNEL_COLUMNS:
            return channel_title(line)
        return word(line) if self.by == "stage" else line

    def tables(self, parts: Sequence[Part]) -> Iterator[Way]:
        """The tables that the figure was counted on, where they are several."""
        if len(parts) > 1:
            for part in parts:
                chosen = part.table == self.table
                yield Way(self.address(table=part.table, of=()), capital(kind_name(part.table)), chosen)

    def periods(self, chosen: Period | None) -> Iterator[Way]:
        """The week or month that is shown, and back to all days."""
        if chosen:
            yield Way(self.address(period=""), t("app", "All days"))
            yield Way(self.address(), chosen.title, chosen=True)

    def pages(self, start: int, count: int) -> Iterator[Way]:
        """Back and on."""
        if start:
            yield Way(self.address(start=start - AT_ONCE), t("app", "Back"))
        if count > AT_ONCE:
            said = {"first": i18n.number(start + 1), "last": i18n.number(min(start + AT_ONCE, count))}
            words = t("app", "{first}–{last} of {all}", all=i18n.number(count), **said)
            yield Way(self.address(start=start), words, chosen=True)
        if start + AT_ONCE < count:
            yield Way(self.address(start=start + AT_ONCE), t("app", "On"))


def _series(behind: Behind, fact: Fact) -> Markup:
    """The figure by month and by week, the newest first; nothing of a figure without a series."""
    heads = {
        "month": (t("app", "Month by month"), t("app", "Month")),
        "week": (t("app", "Week by week"), t("app", "Week")),
    }
    shown = []
    for grain in GRAINS:
        title, head = heads[grain]
        points = [point for point in reversed(behind.series(grain)) if point.value is not None]
        rows = tuple((point.period.title, _valued(fact, point.value or 0)) for point in points)
        places = [provenance.opening(behind.figure, point.period.text) for point in points]
        if rows:
            note = t("app", "Those that the files cover from end to end.") if grain == "week" else ""
            table = Table(title, (head, fact.label), rows, note, (1,))
            shown.append(faces.section(table, level=2, leads=[("", place) for place in places]))
    return Markup("").join(shown)


def _valued(fact: Fact, value: float) -> str:
    """A value of the figure as a reader sees it."""
    return i18n.money(value, fact.currency or None) if fact.unit == "money" else i18n.measured(value, fact.unit)


def counted(table: str, n: int) -> str:
    """How many rows of a table, in words."""
    if table == "leads":
        return tn("app", "{n} lead", "{n} leads", n)
    if table == "orders":
        return tn("app", "{n} order", "{n} orders", n)
    if table == "touches":
        return tn("app", "{n} visit", "{n} visits", n)
    return tn("app", "{n} row", "{n} rows", n)


def _table(found: Rows) -> Markup:
    numeric = tuple(
        place
        for place, name in enumerate(found.columns)
        if name not in LEFT and any(isinstance(row[place], int | float | Decimal) for row in found.rows)
    )
    rows = tuple(
        tuple(_cell(name, value) for name, value in zip(found.columns, row, strict=True)) for row in found.rows
    )
    return faces.section(Table("", found.names, rows, numeric=numeric)) if rows else Markup("")


def _cell(name: str, value: Any) -> str:
    if value is None:
        return "—"
    if isinstance(value, date):
        return i18n.date(value)
    if isinstance(value, int | float | Decimal) and name not in LEFT:
        return i18n.number(float(value), 2)
    return f"{str(value)[:HASH_SHOWN]}…" if name in HASHES else str(value)
