"""Rows that an import could not take: which and why, the file to mend, and how it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from playbook import addresses, faces, i18n
from playbook.data.commands import SHOWN, Listed
from playbook.data.read import Reject
from playbook.display import Table
from playbook.i18n import t, tn

LONGEST = 60
"""Characters of a cell that are shown."""


def fold(rejected: Sequence[Reject], count: int, batch: int | None = None) -> str:
    """The first rejected rows of `count`, folded; with the `batch` also the way to all of them as a file."""
    if not count:
        return ""
    columns = (t("ui", "Line"), t("ui", "Column"), t("ui", "Value"), t("ui", "Why"))
    rows = tuple(
        (i18n.number(one.line), one.column or "—", one.value[:LONGEST] or "—", one.reason) for one in rejected[:SHOWN]
    )
    more = count - len(rows)
    note = tn("ui", "and {n} more", "and {n} more", more) if rows and more > 0 else ""
    table = faces.section(Table(t("ui", "Rejected rows"), columns, rows, note)) if rows else ""
    title = tn("ui", "{n} rejected row: which and why", "{n} rejected rows: which and why", count)
    summary = f"<summary>{escape(title)}</summary>"
    return f'<details class="pb-def pb-rejected">{summary}{table}{_way(batch, found=bool(rows))}</details>'


def of(one: Listed) -> str:
    """The rejected rows of an import, unless they were mended since."""
    if not one.batch.active or not one.batch.payload["rejected"]:
        return ""
    rejected = int(one.batch.payload["rejected"])
    if one.mended == rejected:
        return _said(t("ui", "The rejected rows were mended by import {batch}.", batch=one.mended_by))
    some = _some(one, rejected) if one.mended else ""
    return some + fold(one.rejects, rejected, one.batch.id)


def _some(one: Listed, rejected: int) -> str:
    """That a part of the rows came in and the others wait."""
    numbers = {"mended": i18n.number(one.mended), "all": i18n.number(rejected)}
    return _said(
        t("ui", "Mended by import {batch}: {mended} of {all}; the others wait.", batch=one.mended_by, **numbers)
    )


def _way(batch: int | None, *, found: bool) -> str:
    if batch is None:
        return _said(t("ui", "Once the file is imported, these rows wait in a file of their own, to be mended."))
    if not found:
        return _said(t("ui", "The file with these rows is not in this workspace: look into your own export."))
    words = t("ui", "Mend the rows in the file and drop it above: only they are imported, into their places.")
    link = f'<a class="pb-btn quiet" href="{addresses.to(f"/rejects/{batch}.csv")}">{t("ui", "Download them, CSV")}</a>'
    return f"{_said(words)}<p class='pb-ways'>{link}</p>"


def _said(words: str) -> str:
    return f'<p class="pb-sub">{escape(words)}</p>'
