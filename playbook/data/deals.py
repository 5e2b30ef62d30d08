"""How long deals take, and what the open ones are worth, out of the leads of a CRM."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
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


def _pipeline(data: Data) -> Found:
    """Money of the deals that are open when the last day asked for is over, whenever they were made."""
    leads, until = data.leads(), data.window[1]
    made = [row for row in data.so_far("pipeline") if row["period"] <= until.isoformat()]
    still = [row for row in made if row["closed"] is None or row["closed"] > until.isoformat()]
    deals, known = (sum(int(row[name]) for row in still) for name in ("deals", "with_amount"))
    if not made or (deals and not known):
        raise MissingError(
            t("import", "no open deal has an amount"),
            t("import", "write down the amount of a deal while it is open, and export that column"),
        )
    worth = replace(leads, rows=[row for row in still if int(row["with_amount"])], count=deals, paid_in=data.currency)
    days = (
        date.fromisoformat(min(row["first_day"] for row in made)),
        date.fromisoformat(max(row["last_day"] for row in made)),
    )
    return Found(
        worth.money("amount"),
        (worth,),
        ("leads",),
        worth.currency,
        _worthless(deals - known, deals),
        (days[0], min(days[1], until)),
        seen=known,
    )


def _worthless(without: int, deals: int) -> str:
    if not without:
        return ""
    return t(
        "import",
        "{left} of {all} open deals have no amount",
        left=i18n.number(without),
        all=i18n.number(deals),
    )


DEALS = {
    "deal_cycle": Figure(
        "days",
        "Deal cycle",
        "The first day by which no more than half of the deals are open; open ones count up to the data’s last day.",
        _cycle,
    ),
    "pipeline": Figure(
        "money",
        "Pipeline",
        "Amounts of the deals that were open at the end of the last of these days, stale ones too.",
        _pipeline,
    ),
}
