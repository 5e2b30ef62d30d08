"""How long deals take, measured on the leads of a CRM: open ones count up to the last day of the data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from playbook import i18n, rules
from playbook.data.figures import Figure, Found
from playbook.data.sums import Data, MissingError
from playbook.i18n import t, tn
from playbook.methods import survival

RULE = "deals_to_measure"


def _cycle(data: Data) -> Found:
    """The median by Kaplan and Meier, with the deals it was computed from."""
    leads, rows = data.leads(), data.rows("deals")
    known = [row for row in rows if row["days"] is not None]
    closed = sum(int(row["deals"]) for row in known if row["closed"])
    least = round(rules.get(RULE).number)
    if closed < least:
        raise MissingError(
            tn(
                "import",
                "{n} deal has a day on which it was won or lost, {least} are needed",
                "{n} deals have a day on which they were won or lost, {least} are needed",
                closed,
                least=i18n.number(least),
            ),
            t("import", "import deals of more months, with the column of their closing day"),
        )
    deals = [{"days": row["days"], "closed": row["closed"], "count": row["deals"]} for row in known]
    return Found(
        Decimal(str(_median(deals))),
        (leads,),
        ("leads",),
        note=_measured(deals, leads.count),
        gives={"deals": deals, "since": leads.first, "until": leads.last},
    )


def _median(deals: list[dict[str, Any]]) -> float:
    columns = ([deal[name] for deal in deals] for name in ("days", "closed", "count"))
    median = survival.median(survival.still_open(*columns))
    if median is None:
        raise MissingError(
            t("import", "less than half of the deals had closed by the last day of the data"),
            t("import", "import deals of more months, with the column of their closing day"),
        )
    return median


def _measured(deals: list[dict[str, Any]], leads: int) -> str:
    """On how many deals, and how many of them say no length."""
    count = sum(deal["count"] for deal in deals)
    said = tn("import", "measured on {n} deal", "measured on {n} deals", count)
    if count == leads:
        return said
    left = tn(
        "import",
        "{n} closed one does not say when it was closed and is left out",
        "{n} closed ones do not say when they were closed and are left out",
        leads - count,
    )
    return f"{said}; {left}"


DEALS = {
    "deal_cycle": Figure(
        "days",
        "Deal cycle",
        "The first day by which no more than half of the deals are open; open ones count up to the data’s last day.",
        _cycle,
    )
}
