"""The first rows of a dropped file, each cell as it stands there and as it is read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import escape

from playbook import faces, i18n
from playbook.data import Preview
from playbook.data.cells import Value
from playbook.data.kinds import KINDS, local_day
from playbook.data.labels import field_name
from playbook.display import DASH, Table, capital
from playbook.i18n import t
from playbook.ui.dropped import answer_name

_CENTS = 2


def fold(preview: Preview) -> str:
    """A table that stands folded; nothing where no row could be read."""
    kind = preview.kinds[0]
    readers = KINDS[kind].fields
    columns = preview.shape.columns[kind]
    rows = tuple(
        tuple(
            _cell(row.cells[column].strip() if column < len(row.cells) else "", _read(record, name, readers[name]))
            for name, column in columns.items()
        )
        for row, record in preview.first
    )
    if not rows:
        return ""
    table = Table("", tuple(_heading(name) for name in columns), rows)
    summary = escape(t("ui", "The first rows, as they stand and as they are read"))
    return f'<details class="pb-def"><summary>{summary}</summary>{faces.section(table)}</details>'


def _heading(field: str) -> str:
    said = field_name(field)
    return said if "_" in said else capital(said)  # the tags of links are written small everywhere


def _cell(stands: str, read: str) -> str:
    same = "".join(read.split()) == "".join(stands.split())
    return (stands or DASH) if same else f"{stands or DASH} → {read or DASH}"


def _read(record: dict[str, Value], name: str, reader: str) -> str:
    """What a field of a record says, as its reader writes it; of a time its day."""
    value = record.get(local_day(name) if reader == "time" else name)
    if reader == "person":
        return t("ui", "kept as a code")
    if isinstance(value, bool):
        return answer_name("yes" if value else "no")
    if isinstance(value, Decimal | int):
        return i18n.number(float(value), 0 if value == int(value) else _CENTS)
    if isinstance(value, date):
        return i18n.date(value)
    return value or ""
