"""How full the records are: statuses, reasons, amounts, costs; and the gross profit of the days that spend covers."""

from __future__ import annotations

from dataclasses import replace

from playbook.data.figures import FIGURES, Figure, Found, need_paid, ratio
from playbook.data.funnel import FUNNEL, no_leads
from playbook.data.lead_sources import lead_sources
from playbook.data.lists import shared
from playbook.data.sums import Data, MissingError
from playbook.i18n import t


def _status(data: Data) -> Found:
    leads = data.leads()
    return Found(ratio(leads.whole("with_status"), leads.count, no_leads()), (leads,), ("leads",))


def _reason(data: Data) -> Found:
    leads = data.leads()
    lost = leads.whole("lost")
    value = ratio(leads.whole("lost_with_reason"), lost, t("import", "no lead is lost yet"))
    return Found(value, (leads,), ("leads",), seen=lost)


def _amount(data: Data) -> Found:
    leads, won = data.leads(), FIGURES["won_leads"].find(data)
    sales = sum(one.sales for one in lead_sources(data))
    if not sales and data.rows("orders"):
        raise MissingError(t("import", "the shop or the payments say what was sold, and not the deals"))
    return Found(ratio(sales, won.value, t("import", "no lead is won yet")), (leads,), ("leads",), seen=int(won.value))


def _costs(data: Data) -> Found:
    """Of paid orders those all of whose items have a cost, or that have direct costs of their own."""
    orders = data.orders()
    need_paid(orders)
    costed = sum(int(row["with_cost"]) for row in data.rows("profits") if row["cut"] == "segment")
    paid = orders.whole("paid_orders")
    return Found(ratio(costed, paid, ""), (orders,), ("orders", "costs"), seen=paid)


def _romi(data: Data) -> Found:
    profit, spend = FUNNEL["gross_profit"].find(data), data.spend()
    spent = spend.money("amount")
    value = ratio(profit.value - spent, spent, t("import", "nothing was spent in these days"))
    left_out = t(
        "import", "delivery, service and commissions are not in the files: the ROMI calculator takes them from step 3"
    )
    note = "; ".join(filter(None, (profit.note, left_out)))
    return replace(profit, value=value, inputs=(spend, *profit.inputs), kinds=("spend", *profit.kinds), note=note)


COVERAGE = {
    "status_coverage": Figure("share", "Leads with a status", "Leads that have a status, of all leads.", _status),
    "reason_coverage": Figure(
        "share", "Lost leads with a reason", "Lost leads whose reason is written down, of all lost ones.", _reason
    ),
    "amount_coverage": Figure("share", "Won leads with an amount", "Won leads that have an amount, of all.", _amount),
    "cost_coverage": Figure(
        "share",
        "Orders with known costs",
        "Paid orders all of whose items have a cost, or that have direct costs of their own, of all paid orders.",
        _costs,
    ),
    "gross_profit_beside_spend": Figure(
        "money",
        "Gross profit beside spend",
        "Gross profit of the days that spend covers too.",
        shared(FUNNEL["gross_profit"].find),
    ),
    "honest_romi": Figure(
        "share",
        "ROMI, honest",
        "Gross profit after discounts and refunds, less spend, divided by spend, over the days that both cover.",
        shared(_romi),
    ),
}
