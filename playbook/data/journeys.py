"""Paths of visits that ended with a sale or with nothing, for the question which channels the sales belong to."""

from __future__ import annotations

import re
from typing import Any

from playbook import i18n
from playbook.data.figures import Figure, Found
from playbook.data.labels import channel_word
from playbook.data.sums import Data, MissingError, Row
from playbook.i18n import t

_PLACES = range(8, 0, -1)
"""Columns of the definition from the first visit to the last one."""
_MOST_CHANNELS = 300
_MARKS = re.compile(r"[>→›»;|,\s]+")
"""What parts channels in a path."""


def _sold(data: Data) -> Found:
    """Sales at the end of a path of visits, with every path."""
    touches, rows = data.touches(), data.rows("journeys")
    if not rows:
        raise MissingError(
            t("import", "the visits are sums without visitors: no path can be made of them"),
            t("import", "import single visits, such as those of the Logs API of Yandex Metrika, with their ClientID"),
        )
    sold, people = int(rows[0]["all_sold"]), int(rows[0]["all_people"])
    if not sold:
        raise MissingError(
            t("import", "no visit carries the number of an order, and no buyer is known among the visitors"),
            t("import", "export visits with the number of the purchase, or orders with the visitor's ClientID"),
        )
    if len({channel for row in rows for channel in _path(row)}) > _MOST_CHANNELS:
        raise MissingError(t("import", "there are too many channels to tell apart"), t("import", "mark links alike"))
    shown = sum(int(row["sold"]) + int(row["nulls"]) for row in rows)
    note = t("import", "the last 8 visits of 90 days before each sale; {n} journeys in all", n=i18n.number(people))
    if shown < people:
        note += "; " + t("import", "rare paths are left out: {n} journeys", n=i18n.number(people - shown))
    return Found(
        sold, (touches,), ("touches", "orders"), note=note, gives={"journeys": [_journey(row) for row in rows]}
    )


def _journey(row: Row) -> dict[str, Any]:
    """One path as a person would write it; days are the mean of its people."""
    days = [float(row[f"d{place}"]) for place in _PLACES if row[f"c{place}"] is not None]
    return {
        "path": " > ".join(_MARKS.sub(" ", channel_word(channel)) for channel in _path(row)),
        "conversions": int(row["sold"]),
        "nulls": int(row["nulls"]),
        "days_before": "; ".join(f"{max(days[at:]):.1f}" for at in range(len(days))),
    }


def _path(row: Row) -> list[str]:
    return [row[f"c{place}"] for place in _PLACES if row[f"c{place}"] is not None]


JOURNEYS = {
    "sold_journeys": Figure(
        "count",
        "Sales with a path of visits",
        "Sales whose visits before them are known, each with the channels it came by.",
        _sold,
    )
}
