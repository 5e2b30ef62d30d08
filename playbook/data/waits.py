"""How long leads waited for a first word, and which open ones nobody touches any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from playbook import i18n, rules
from playbook.data.figures import Figure, Found
from playbook.data.sums import Data, MissingError, Row, Sums
from playbook.i18n import t, tn
from playbook.methods.waiting import quantile

STALE = "stale_days"
MOST_ROWS = 20_000
"""Above so many different waits they are told in rougher steps: a page stays quick."""
_HOURS = 24
_ROUGH = ((60, 1), (24 * 60, 15), (14 * 24 * 60, 60))
"""Up to so many minutes, in steps of so many; in days beyond."""


def waits(data: Data) -> tuple[Sums, list[Row]]:
    """Leads with how long each of them waited.

    Raises:
        MissingError: there are no leads.
    """
    return data.leads(), data.rows("waits")


def _answered(rows: Sequence[Row]) -> list[tuple[float, int]]:
    """Minutes to the first contact, with how many leads had to wait so long.

    Raises:
        MissingError: no lead has both times, or most first contacts are days before the lead.
    """
    found = [(_minutes(row), int(row["leads"])) for row in rows if _known(row)]
    contacted = sum(int(row["contacted"] or 0) for row in rows)
    if not contacted:
        raise no_contact()
    if not found or 2 * sum(count for _, count in found) < contacted:
        raise MissingError(
            t("import", "the first contacts have days and no time of day"),
            t("import", "export the column with the first contact with its time, in hours and minutes"),
        )
    return found


def no_contact() -> MissingError:
    """Why the speed of answering cannot be told: it is not guessed from anything else."""
    return MissingError(
        t("import", "no lead has the time of its first contact"),
        t("import", "export the column with the first contact from your CRM, or add such a field to the deal"),
    )


def _known(row: Row) -> bool:
    return row["seconds"] is not None and int(row["seconds"]) >= 0


def _minutes(row: Row) -> float:
    return round(int(row["seconds"]) / 60, 2)


def _median(data: Data) -> Found:
    sums, rows = waits(data)
    found = _answered(rows)
    return Found(Decimal(str(quantile(found, 0.5))), (sums,), ("leads",), note=_left_out(rows, sums.count, found))


def _left_out(rows: Sequence[Row], leads: int, found: Sequence[tuple[float, int]]) -> str:
    """Leads without a first contact, and those whose first contact lies before them."""
    count, contacted = sum(count for _, count in found), sum(int(row["contacted"] or 0) for row in rows)
    said = []
    if leads > contacted:
        words = "{n} of {all} leads have no first contact and are left out"
        said.append(t("import", words, n=i18n.number(leads - contacted), all=i18n.number(leads)))
    if contacted > count:
        said.append(
            tn(
                "import",
                "the first contact of {n} lead has no time, or lies before the lead",
                "the first contacts of {n} leads have no time, or lie before the lead",
                contacted - count,
            )
        )
    return "; ".join(said)


def _stale(data: Data) -> Found:
    sums, rows = waits(data)
    if not _touches(rows):
        raise MissingError(
            t("import", "no lead says when it was last touched"),
            t("import", "export the column with the day of the last change, or the one with the first contact"),
        )
    count = _counted(rows, stale=True)
    days = i18n.quantity(rules.get(STALE).number, "day")
    note = t("import", "open on the last day of the data and untouched for more than {days}", days=days)
    if any(not row["touch_known"] for row in rows if row["stage"] == "open"):
        note += "; " + t(
            "import", "where the export has no day of the last touch, those that nobody ever contacted are counted"
        )
    return Found(count, (sums,), ("leads",), note=note)


def _worked(data: Data) -> Found:
    """Open leads without the stale ones: money that nobody works for does not come."""
    sums, rows = waits(data)
    stale = _counted(rows, stale=True)
    note = tn(
        "import",
        "{n} open lead that nobody has touched for more than {days} is left out",
        "{n} open leads that nobody has touched for more than {days} are left out",
        stale,
        days=i18n.quantity(rules.get(STALE).number, "day"),
    )
    if not _touches(rows):
        note = t("import", "those that nobody touches any more are counted too")
    return Found(_counted(rows, stale=False), (sums,), ("leads",), note=note if stale or not _touches(rows) else "")


def _touches(rows: Sequence[Row]) -> bool:
    """Whether any lead says when somebody last did something about it."""
    return any(row["touch_known"] or row["contacted"] for row in rows)


def _counted(rows: Sequence[Row], *, stale: bool) -> int:
    """Open leads that nobody has touched for longer than the rule of thumb allows, or the others."""
    limit = rules.get(STALE).number
    return sum(int(row["leads"]) for row in rows if row["stage"] == "open" and (_untouched(row) > limit) is stale)


def _untouched(row: Row) -> int:
    return -1 if row["untouched"] is None else int(row["untouched"])


def _leads(data: Data) -> Found:
    """Every lead as the question of speed asks for it, alike ones together."""
    sums, rows = waits(data)
    known = [row for row in rows if _known(row)]
    rough = len(rows) > MOST_ROWS
    listed = [dict(zip(_FIELDS, key, strict=True)) | {"count": n} for key, n in _alike(rows, rough=rough)]
    gives: dict[str, Any] = {"leads": [_filled(one) for one in listed], "since": sums.first, "until": sums.last}
    found = [(_minutes(row), int(row["leads"])) for row in known]
    return Found(sums.count, (sums,), ("leads",), note=_left_out(rows, sums.count, found), gives=gives)


_FIELDS = ("minutes", "outcome", "weekday", "hour", "untouched_days")


def _alike(rows: Sequence[Row], *, rough: bool) -> Iterator[tuple[tuple[Any, ...], int]]:
    found: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        minutes = _minutes(row) if _known(row) else None
        if rough and minutes is not None:
            minutes = _roughly(minutes)
        week_hour = row["week_hour"]
        day, hour = (None, None) if week_hour is None else divmod(int(week_hour), _HOURS)
        untouched = None if row["untouched"] is None else _untouched(row)
        found[minutes, row["stage"], None if day is None else day + 1, hour, untouched] += int(row["leads"])
    yield from found.items()


def _roughly(minutes: float) -> float:
    """Minutes in rougher steps the longer they are, never less than they were."""
    step = next((step for most, step in _ROUGH if minutes <= most), _HOURS * 60)
    return float(-(-minutes // step) * step)


def _filled(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if value is not None}


WAITS = {
    "first_contact_minutes": Figure(
        "minutes",
        "Minutes to the first contact",
        "The minutes in which half of the contacted leads had their first contact, nights and weekends included.",
        _median,
    ),
    "stale_leads": Figure(
        "count",
        "Stale leads",
        "Open leads that nobody has touched for longer than the rule of thumb allows.",
        _stale,
    ),
    "worked_leads": Figure(
        "count",
        "Leads in work",
        "Leads that are neither won nor lost, without those that nobody has touched for long.",
        _worked,
    ),
    "leads_by_wait": Figure(
        "count",
        "Leads by the time to the first contact",
        "Every lead with the minutes to its first contact, the hour it came in, and what became of it.",
        _leads,
    ),
}
