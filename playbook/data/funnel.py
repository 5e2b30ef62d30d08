"""Figures from visit to profit: conversions between two tables, and what the records of leads and sales tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from playbook.data.behind_figures import NOT_TOLD
from playbook.data.figures import FIGURES, Figure, Found, anonymous, need_customers, no_paid, ratio, same_currency
from playbook.data.lead_sources import LeadSource, lead_sources
from playbook.data.sums import ALWAYS, Data, MissingError, Sums, Window
from playbook.i18n import t


def _seen(data: Data, window: Window | None = None) -> tuple[Sums, int, str, str]:
    """Visits of the site where they are imported, else clicks on advertising: sums, count, table, note."""
    try:
        sums = data.touches(window)
    except MissingError:
        sums = data.spend(window)
        if not sums.whole("rows_with_clicks"):
            raise MissingError(
                t("import", "no file says how many visits or clicks there were"),
                t("import", "import the visits of your site analytics"),
            ) from None
        note = t("import", "a click on advertising counts as a visit, and leads of every source are counted")
        return sums, sums.whole("clicks"), "spend", note
    return sums, sums.whole("visits"), "touches", ""


def _visits(data: Data) -> Found:
    sums, count, kind, note = _seen(data)
    return Found(count, (sums,), (kind,), note=note and t("import", "a click counts as a visit"))


def _visit_to_lead(data: Data) -> Found:
    window = data.common(_seen(data)[0], data.leads())
    (visits, count, kind, note), leads = _seen(data, window), data.leads(window)
    value = ratio(leads.count, count, t("import", "there were no visits in these days"))
    if value > 1:
        raise MissingError(
            t("import", "there are more leads than visits: some visits are not in the files"),
            t("import", "import the visits of your site analytics"),
        )
    return Found(value, (visits, leads), (kind, "leads"), note=note, window=window, seen=leads.count)


def _ctr(data: Data) -> Found:
    sums = data.spend()
    if not sums.whole("rows_with_impressions") or not sums.whole("rows_with_clicks"):
        raise MissingError(
            t("import", "no file says how often the ads were shown and clicked"),
            t("import", "switch the columns with impressions and clicks on in the export"),
        )
    shown = sums.whole("impressions")
    return Found(ratio(sums.whole("clicks"), shown, t("import", "nothing was shown")), (sums,), ("spend",))


def _win_rate(data: Data) -> Found:
    sums = data.closings()
    nothing = t("import", "no lead was won or lost in these days")
    return Found(ratio(sums.whole("won"), sums.count, nothing), (sums,), ("leads",))


def _source_coverage(data: Data) -> Found:
    sums = data.leads()
    return Found(ratio(sums.whole("with_source"), sums.count, no_leads()), (sums,), ("leads",))


def _off_target(data: Data) -> Found:
    sums = data.leads()
    value = ratio(sums.whole("off_target"), sums.count, no_leads())
    if not data.total("leads", ALWAYS)["off_target"]:
        raise MissingError(
            t("import", "no lead is marked off-target"),
            t("import", "write “off-target” as the status or the reason for refusal of such leads"),
        )
    return Found(value, (sums,), ("leads",))


def _cost_per_sale(data: Data) -> Found:
    window = data.common(data.spend(), data.orders())
    spend, orders = data.spend(window), data.orders(window)
    same_currency(spend, orders)
    value = ratio(spend.money("amount"), orders.whole("paid_orders"), no_paid())
    return Found(value, (spend, orders), ("spend", "orders"), spend.currency, window=window)


def _repeat(data: Data) -> Found:
    """Paid orders less the first one of each customer."""
    sums = data.orders()
    need_customers(sums)
    first = int(data.total("customers", (sums.first, sums.last))["new_customers"] or 0)
    note = anonymous(sums) or t("import", "in the first weeks of the data everyone counts as new")
    return Found(sums.whole("known_customer") - first, (sums,), ("orders",), note=note)


def _repeat_share(data: Data) -> Found:
    found = _repeat(data)
    return replace(found, value=ratio(found.value, found.inputs[0].whole("known_customer"), no_paid()))


def _gross_profit(data: Data) -> Found:
    """Revenue after refunds at the margin of the orders whose cost is known."""
    net, margin = FIGURES["revenue_net"].find(data), FIGURES["gross_margin"].find(data)
    return Found(Decimal(net.value) * margin.value, net.inputs, margin.kinds, net.currency, margin.note)


def _by(cut: Literal["source", "segment"]) -> Callable[[Data], Found]:
    """Leads of each source or segment, and what became of them."""

    def found(data: Data) -> Found:
        leads, lines = data.leads(), lead_sources(data, data.window, cut)
        if not any(one.name for one in lines):
            hint = t("import", "switch that column on in the export, or fill such a field in your CRM")
            nothing = {
                "source": t("import", "no lead says where it came from"),
                "segment": t("import", "no lead says its segment"),
            }
            raise MissingError(nothing[cut], hint)
        codes = {code for one in lines for code in one.currencies}
        told = [_told(one, money=len(codes) == 1) for one in sorted(lines, key=lambda one: not one.name)]
        note = t("import", "the amounts are in several currencies and are not told") if len(codes) > 1 else ""
        return Found(len(lines), (leads,), ("leads", "orders"), min(codes, default=""), note, gives={"lines": told})

    return found


def _told(one: LeadSource, *, money: bool) -> dict[str, Any]:
    """One line; `name` is the file's own, `said` the reader's."""
    return {
        "name": one.name or NOT_TOLD,
        "said": one.said if one.name else t("import", "not told"),
        "unknown": not one.name,
        "leads": one.leads,
        "contacted": one.contacted,
        "won": one.won,
        "lost": one.lost,
        "revenue": float(one.revenue) if money and one.sales else None,
    }


def no_leads() -> str:
    """Why a share of leads cannot be told."""
    return t("import", "there were no leads in these days")


FUNNEL = {
    "visits": Figure("count", "Visits", "Visits of the site; without them, clicks on advertising.", _visits),
    "visit_to_lead": Figure(
        "share",
        "Conversion of a visit to a lead",
        "Leads divided by visits, over the days that both cover; of one period, not of the same people.",
        _visit_to_lead,
    ),
    "ctr": Figure("share", "CTR", "Clicks divided by impressions.", _ctr),
    "win_rate": Figure(
        "share",
        "Win rate",
        "Of the leads won or lost in these days, the won ones, whenever they were made.",
        _win_rate,
    ),
    "source_coverage": Figure(
        "share", "Leads with a source", "Leads that say where they came from, divided by all leads.", _source_coverage
    ),
    "off_target_share": Figure(
        "share",
        "Off-target leads",
        "Leads whose status or reason for refusal says off-target or spam, divided by all leads.",
        _off_target,
    ),
    "cost_per_sale": Figure(
        "money", "Cost of a sale", "Spend divided by paid orders, over the days that both cover.", _cost_per_sale
    ),
    "repeat_purchases": Figure(
        "count", "Repeat purchases", "Paid orders of people who had paid before in the data.", _repeat
    ),
    "repeat_share": Figure(
        "share",
        "Share of repeat purchases",
        "Paid orders of people who had paid before in the data, divided by all paid orders that say who bought.",
        _repeat_share,
    ),
    "funnel_by_source": Figure(
        "count",
        "Funnel by source",
        "Leads by the source that they or their UTM mark name: how many had a first contact, were won or lost, and "
        "what the won ones paid.",
        _by("source"),
    ),
    "funnel_by_segment": Figure(
        "count",
        "Funnel by segment",
        "Leads by the segment that they name: how many had a first contact, were won or lost, and what the won ones "
        "paid.",
        _by("segment"),
    ),
    "gross_profit": Figure(
        "money",
        "Gross profit",
        "Revenue after refunds times the gross margin of the orders whose cost is known.",
        _gross_profit,
    ),
}
