"""Where the numbers come from: imported files with rows and period, definitions, the version of the formulas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from playbook import display, faces, i18n, paths
from playbook.data.match import system_title
from playbook.given import as_date
from playbook.i18n import t
from playbook.workspace import Batch, Workspace

MOST_TIMES = 3
"""Pieces of the data's days that are named one by one."""
APART = timedelta(days=31)
"""Days that are missing between two files before they are of different times."""


@dataclass(frozen=True)
class Import:
    """One imported file that counts."""

    file: str
    source: str
    rows: str
    first: date | None
    last: date | None
    time: str

    @property
    def period(self) -> str:
        """The days the file tells about."""
        return span(self.first, self.last) if self.first and self.last else ""


def imports(workspace: Workspace) -> list[Import]:
    """The imports that are switched on, the oldest first."""
    return [_import(batch) for batch in workspace.batches() if batch.active]


def span(first: date, last: date) -> str:
    """A period with the year said once where one is enough."""
    if first == last:
        return i18n.date(first)
    start = i18n.day_month(first) if first.year == last.year else i18n.date(first)
    return f"{start}{i18n.NBSP}– {i18n.date(last)}"


def period_words(found: list[Import]) -> str:
    """The days that the imported data covers; times that have nothing to do with each other are told apart."""
    times = _times(found)
    if not times:
        return t("report", "Without imported data")
    if len(times) <= MOST_TIMES:
        return t("report", "Data: {period}", period="; ".join(span(first, last) for first, last in times))
    return t("report", "Data: {period}, with gaps", period=span(times[0][0], times[-1][1]))


def _times(found: list[Import]) -> list[tuple[date, date]]:
    """The days of all files, those that follow one another within a month in one piece, the oldest first."""
    pieces: list[tuple[date, date]] = []
    for first, last in sorted((one.first, one.last) for one in found if one.first and one.last):
        if pieces and first - pieces[-1][1] <= APART:
            pieces[-1] = pieces[-1][0], max(pieces[-1][1], last)
        else:
            pieces.append((first, last))
    return pieces


def table(found: list[Import]) -> Markup:
    """The imported files; empty without any."""
    if not found:
        return Markup("")
    shown = display.Table(
        t("report", "Imported files"),
        (
            t("report", "File"),
            t("report", "Source"),
            t("report", "Rows"),
            t("report", "Period"),
            t("report", "Imported"),
        ),
        tuple((one.file, one.source, one.rows, one.period, one.time) for one in found),
        numeric=(2,),
    )
    return faces.section(shown)


def facts(found: list[Import]) -> list[tuple[str, str]]:
    """What a reader must know to trust a number, as name and text."""
    said = [
        (
            t("report", "Inputs"),
            t("report", "Each step lists what it was computed from, and the source of each value."),
        ),
        (t("report", "Definitions"), t("report", "They stand under each number, with the formula.")),
        (t("report", "Formulas"), t("report", "Playbook, version {version}", version=paths.VERSION)),
        (t("report", "Rules of thumb"), faces.rules_note()),
    ]
    if not found:
        none = t("report", "No file was imported: every number was typed, taken over from another step or preset.")
        said.insert(0, (t("report", "Data"), none))
    return said


def _import(batch: Batch) -> Import:
    payload = batch.payload
    return Import(
        file=str(payload.get("file", "")),
        source=system_title(str(payload.get("source", ""))),
        rows=_rows(payload),
        first=as_date(payload.get("from")),
        last=as_date(payload.get("to")),
        time=i18n.date(batch.time.astimezone()),
    )


def _rows(payload: dict[str, Any]) -> str:
    """The rows that count, of those in the file where they differ."""
    rows, accepted = payload.get("rows"), payload.get("accepted", 0) + payload.get("merged", 0)
    if not isinstance(rows, int):
        return ""
    if not isinstance(accepted, int) or accepted == rows:
        return i18n.number(rows)
    return t("report", "{accepted} of {rows}", accepted=i18n.number(accepted), rows=i18n.number(rows))
