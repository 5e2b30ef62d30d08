"""What the last days of the data gave: new customers, revenue and gross profit beside a goal; the sources of leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from playbook import i18n, rules
from playbook.data.figures import FIGURES, Figure, Found, listed_sources
from playbook.data.funnel import FUNNEL
from playbook.data.lead_sources import lead_sources
from playbook.data.sums import Data, MissingError
from playbook.i18n import t

RULE = "baseline_days"
LEADS_RULE = "ten_recent_days"


def _lately(figure: Figure) -> Callable[[Data], Found]:
    """The figure over the last days that the orders cover."""

    def find(data: Data) -> Found:
        orders, days = data.orders(), round(rules.get(RULE).number)
        since = orders.last - timedelta(days=days - 1)
        if orders.first > since:
            raise MissingError(
                t("import", "the orders cover less than {days}", days=i18n.quantity(days, "day")),
                t("import", "import at least {days} of orders", days=i18n.quantity(days, "day")),
            )
        found = figure.find(data.between((since, orders.last)))
        return replace(found, window=(since, orders.last))

    return find


def _sources(data: Data) -> Found:
    """Where the leads of the last days came from; leads that do not say stand last."""
    leads, days = data.leads(), round(rules.get(LEADS_RULE).number)
    window = max(leads.first, leads.last - timedelta(days=days - 1)), leads.last
    found = lead_sources(data, window)
    if not any(one.name for one in found):
        raise MissingError(
            t("import", "no lead of {days} says where it came from", days=i18n.days(*window)),
            t("import", "fill in the source of every lead on the day it comes, and export that column"),
        )
    sums = data.leads(window)
    gives = {"sources": listed_sources(found)}
    # the leads of a week are all there were: few of them are no reason to doubt the count
    return Found(len(found), (sums,), ("leads",), window=window, gives=gives, seen=leads.count)


RECENT = {
    "recent_customers": Figure(
        "count",
        "New customers lately",
        "Customers whose first paid order in the data falls in its last days.",
        _lately(FIGURES["new_customers"]),
    ),
    "recent_revenue": Figure(
        "money",
        "Revenue lately",
        "Paid orders of the last days of the data, less what was refunded.",
        _lately(FIGURES["revenue_net"]),
    ),
    "recent_gross_profit": Figure(
        "money",
        "Gross profit lately",
        "Revenue after refunds of the last days, times the gross margin of the orders whose cost is known.",
        _lately(FUNNEL["gross_profit"]),
    ),
    "recent_sources": Figure(
        "count",
        "Sources of leads lately",
        "Leads of the last days of the data by the source that they name.",
        _sources,
    ),
}
