"""How long leads waited for a first word, and which open ones nobody touches any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from playbook import i18n, rules
from playbook.data.figures import Figure, Found, ended
from playbook.data.sums import Data, MissingError, Row
from playbook.i18n import t, tn

STALE = "stale_days"
MOST_LEADS = 20_000
"""Above so many leads their waits are told in rougher steps: a page stays quick."""
_HOURS = 24


@dataclass(frozen=True)
class _Contacts:
    """What the first contacts of some leads say."""

    contacted: int = 0
    answered: int = 0
    """Of these with a wait that is known."""
    median_seconds: int = 0

    @classmethod
    def of(cls, data: Data) -> _Contacts:
        """Those of the leads of these days; all of them stand in the row without a period."""
        row = min(data.rows("first_contacts"), key=lambda row: row["period"] or "", default=None)
        if row is None:
            return cls()
        return cls(*(int(row[name] or 0) for name in ("contacted", "answered", "median_seconds")))


def no_contact() -> MissingError:
    """Why the speed of answering cannot be told: it is not guessed from anything else."""
    return MissingError(
        t("import", "no lead has the time of its first contact"),
        t("import", "export the column with the first contact from your CRM, or add such a field to the deal"),
    )


def _median(data: Data) -> Found:
    """The wait of the middle one; refused where no lead has both times, or most contacts are days before the lead."""
    sums, found = data.leads(), _Contacts.of(data)
    if not found.contacted:
        raise no_contact()
    if not found.answered or 2 * found.answered < found.contacted:
        raise MissingError(
            t("import", "the first contacts have days and no time of day"),
            t("import", "export the column with the first contact with its time, in hours and minutes"),
        )
    return Found(_minutes(found.median_seconds), (sums,), ("leads",), note=_left_out(found, sums.count))


def _minutes(seconds: int) -> Decimal:
    return Decimal(str(round(seconds / 60, 2)))


def _left_out(found: _Contacts, leads: int) -> str:
    """Leads without a first contact, and those whose first contact lies before them."""
    said = []
    if leads > found.contacted:
        words = "{n} of {all} leads have no first contact and are left out"
        said.append(t("import", words, n=i18n.number(leads - found.contacted), all=i18n.number(leads)))
    if found.contacted > found.answered:
        said.append(
            tn(
                "import",
                "the first contact of {n} lead has no time, or lies before the lead",
                "the first contacts of {n} leads have no time, or lie before the lead",
                found.contacted - found.answered,
            )
        )
    return "; ".join(said)


def _stale(data: Data) -> Found:
    sums, rows = data.leads(), data.rows("untouched")
    if not _touches(rows):
        raise MissingError(
            t("import", "no lead says when it was last touched"),
            t("import", "export the column with the day of the last change, or the one with the first contact"),
        )
    ended(sums)  # whether a lead is open
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
    sums, rows = data.leads(), data.rows("untouched")
    ended(sums)
    stale, note = _counted(rows, stale=True), ""
    if not _touches(rows):
        note = t("import", "those that nobody touches any more are counted too")
    elif stale:
        note = tn(
            "import",
            "{n} open lead that nobody has touched for more than {days} is left out",
            "{n} open leads that nobody has touched for more than {days} are left out",
            stale,
            days=i18n.quantity(rules.get(STALE).number, "day"),
        )
    return Found(_counted(rows, stale=False), (sums,), ("leads",), note=note)


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
    sums = data.leads()
    rows = data.rows("waits" if sums.count <= MOST_LEADS else "waits_in_steps")
    gives: dict[str, Any] = {"leads": [_alike(row) for row in rows], "since": sums.first, "until": sums.last}
    return Found(sums.count, (sums,), ("leads",), note=_left_out(_Contacts.of(data), sums.count), gives=gives)


def _alike(row: Row) -> dict[str, Any]:
    """Leads that waited alike, without what is not known of them."""
    seconds, week_hour = row["seconds"], row["week_hour"]
    day, hour = (None, None) if week_hour is None else divmod(int(week_hour), _HOURS)
    found = {
        "minutes": round(int(seconds) / 60, 2) if seconds is not None and int(seconds) >= 0 else None,
        "outcome": row["stage"],
        "weekday": None if day is None else day + 1,
        "hour": hour,
        "untouched_days": row["untouched"],
        "count": int(row["leads"]),
    }
    return {name: value for name, value in found.items() if value is not None}


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
