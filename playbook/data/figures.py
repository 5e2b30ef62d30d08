"""How each figure is found in the tables: a sum, or a ratio of two sums over the same days, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from playbook import i18n
from playbook.data.lead_sources import LeadSource, lead_sources, one_currency
from playbook.data.sums import ALWAYS, Data, MissingError, Sums
from playbook.i18n import t

Unit = Literal["money", "count", "share", "per_month", "days", "months", "minutes"]
DAYS_IN_MONTH = Decimal("30.4375")
MOST_SOURCES = 199
"""The question of dependence takes so many, and one more for leads that name none."""


@dataclass(frozen=True)
class Found:
    """A figure, with the sums behind it and the tables they are of."""

    value: Decimal | int
    inputs: tuple[Sums, ...]
    kinds: tuple[str, ...]
    currency: str = ""
    note: str = ""
    window: tuple[date, date] | None = None
    gives: Mapping[str, Any] = field(default_factory=dict)
    """What a question is asked in place of the number: the fields that it was computed from."""
    seen: int | None = None
    """Of how many leads, orders, clients or clicks it tells; None where its rows are what it tells of."""


@dataclass(frozen=True)
class Figure:
    """What a figure is called, how it is defined, and how it is found."""

    unit: Unit
    label: str
    definition: str
    find: Callable[[Data], Found]


def ratio(above: Decimal | int, below: Decimal | int, nothing: str) -> Decimal:
    """One sum divided by another; `nothing` is the reason where there is nothing to divide by."""
    if not below:
        raise MissingError(nothing)
    return Decimal(above) / Decimal(below)


# -- one table ---------------------------------------------------------------------------------------------------------


def _spend(data: Data) -> Found:
    sums = data.spend()
    return Found(sums.money("amount"), (sums,), ("spend",), sums.currency)


def _clicks(data: Data) -> Found:
    sums = data.spend()
    if not sums.whole("rows_with_clicks"):
        raise MissingError(
            t("import", "no file says how many clicks there were"),
            t("import", "switch the column with clicks on in the export"),
        )
    return Found(sums.whole("clicks"), (sums,), ("spend",))


def _cost_per_visit(data: Data) -> Found:
    sums, clicks = data.spend(), _clicks(data).value
    value = ratio(sums.money("amount"), clicks, t("import", "there were no clicks"))
    note = t("import", "a click counts as a visit")
    return Found(value, (sums,), ("spend",), sums.currency, note, seen=int(clicks))


def _orders(data: Data) -> Found:
    sums = data.orders()
    return Found(sums.count, (sums,), ("orders",))


def _paid(data: Data) -> Found:
    sums = data.orders()
    return Found(sums.whole("paid_orders"), (sums,), ("orders",))


def _revenue(data: Data) -> Found:
    sums = data.orders()
    return Found(sums.money("revenue"), (sums,), ("orders",), sums.currency)


def _revenue_net(data: Data) -> Found:
    sums = data.orders()
    return Found(sums.money("revenue") - sums.money("refund"), (sums,), ("orders",), sums.currency)


def _average(data: Data) -> Found:
    sums = data.orders()
    paid = sums.whole("paid_orders")
    return Found(ratio(sums.money("revenue"), paid, no_paid()), (sums,), ("orders",), sums.currency, seen=paid)


def _average_before_discount(data: Data) -> Found:
    sums = data.orders()
    before, paid = sums.money("revenue") + sums.money("discount"), sums.whole("paid_orders")
    return Found(ratio(before, paid, no_paid()), (sums,), ("orders",), sums.currency, seen=paid)


def _discount_share(data: Data) -> Found:
    sums = data.orders()
    if not sums.whole("rows_with_discount"):
        raise MissingError(
            t("import", "no file says what discounts were given"),
            t("import", "switch the column with discounts on in the export"),
        )
    _one_currency(sums)
    discount = sums.money("discount")
    value = ratio(discount, sums.money("revenue") + discount, no_revenue())
    return Found(value, (sums,), ("orders",), seen=sums.whole("paid_orders"))


def _refund_rate(data: Data) -> Found:
    sums = data.orders()
    if not data.total("orders", ALWAYS)["rows_with_refund"]:
        raise MissingError(
            t("import", "no file says what was refunded"),
            t("import", "switch the column with refunds on in the export"),
        )
    _one_currency(sums)
    value = ratio(sums.money("refund"), sums.money("revenue"), no_revenue())
    return Found(value, (sums,), ("orders",), seen=sums.whole("paid_orders"))


def _leads(data: Data) -> Found:
    sums = data.leads()
    return Found(sums.count, (sums,), ("leads",))


def _lead_to_sale(data: Data) -> Found:
    sums = data.leads()
    closed = ended(sums)
    value = ratio(sums.whole("won"), closed, t("import", "no lead is won or lost yet"))
    return Found(value, (sums,), ("leads",), note=_still_open(sums.count - closed, sums.count), seen=closed)


def _closed_leads(data: Data) -> Found:
    sums = data.leads()
    closed = ended(sums)
    return Found(closed, (sums,), ("leads",), seen=closed)


def _won_leads(data: Data) -> Found:
    sums = data.leads()
    closed = ended(sums)
    return Found(sums.whole("won"), (sums,), ("leads",), seen=closed)


def ended(sums: Sums) -> int:
    """Leads that were won or lost; a file without a stage tells of none, and that is no zero."""
    ended = sums.whole("won") + sums.whole("lost")
    if not ended and not sums.whole("with_status"):
        raise MissingError(
            t("import", "no file says how a lead ended"),
            t("import", "switch the column with the stage on in the export"),
        )
    return ended


def _average_deal(data: Data) -> Found:
    """Money of won leads, divided by those of them that have an amount."""
    sums, found = data.leads(), lead_sources(data)
    sales = sum(one.sales for one in found)
    nothing = t("import", "no won lead has an amount")
    value = ratio(sum((one.revenue for one in found), Decimal(0)), sales, nothing)
    return Found(value, (sums,), ("leads", "orders"), one_currency(found), _without_amount(sums, sales))


def _without_amount(sums: Sums, sales: int) -> str:
    won = sums.whole("won")
    if won == sales:
        return ""
    return t(
        "import",
        "{left} of {all} won leads have no amount and are left out",
        left=i18n.number(won - sales),
        all=i18n.number(won),
    )


def _largest_source(data: Data) -> Found:
    """The share of the source with the most leads, of the leads that name one."""
    sums, found = data.leads(), [one for one in lead_sources(data) if one.name]
    named = sum(one.leads for one in found)
    value = ratio(found[0].leads if found else 0, named, t("import", "no lead says where it came from"))
    unnamed = sums.count - named
    note = t("import", "the largest source is {name}", name=found[0].said)
    if unnamed:
        note += "; " + t("import", "leads that name no source are left out: {n}", n=i18n.number(unnamed))
    return Found(value, (sums,), ("leads",), note=note, gives={"sources": listed_sources(lead_sources(data))})


def listed_sources(found: Sequence[LeadSource]) -> list[dict[str, Any]]:
    """The sources as the question of dependence asks for them; the largest by name, leads that say none last."""
    named = [{"name": one.said, "leads": one.leads} for one in found if one.name][:MOST_SOURCES]
    nobody = sum(one.leads for one in found if not one.name)
    unnamed = {"name": t("import", "no source"), "leads": nobody, "unknown": True}
    return [*named, *([unnamed] if nobody else [])]


def _first_contact(data: Data) -> Found:
    sums = data.leads()
    contacted = sum(one.contacted for one in lead_sources(data))
    if not contacted:
        raise MissingError(
            t("import", "no lead has the time of its first contact"),
            t("import", "export the column with the first contact from your CRM, or add such a field to the deal"),
        )
    return Found(ratio(contacted, sums.count, ""), (sums,), ("leads",))


# -- orders and what they cost -----------------------------------------------------------------------------------------


def _cogs(data: Data) -> Found:
    """Costs of the orders all of whose items have a cost; else the orders' own direct costs."""
    sums = data.orders()
    row = data.total("cogs")
    if not int(row["costed_orders"] or 0):
        return _own_costs(sums)
    currency = _costs_currency(row, sums)
    orders = int(row["costed_orders"])
    return Found(Decimal(row["cost"]) / orders, (sums,), ("orders", "costs"), currency, _costed(row), seen=orders)


def _own_costs(sums: Sums) -> Found:
    if not sums.whole("rows_with_costs"):
        raise MissingError(
            t("import", "no order has items whose cost is known"),
            t("import", "import a table of products: product, sku, unit_cost, currency"),
        )
    orders, note = sums.whole("rows_with_costs"), t("import", "from the orders' own column of costs")
    return Found(sums.money("direct_costs") / orders, (sums,), ("orders",), sums.currency, note, seen=orders)


def _gross_margin(data: Data) -> Found:
    sums = data.orders()
    row = data.total("cogs")
    seen = int(row["costed_orders"] or 0)
    if seen:
        _costs_currency(row, sums)
        cost, revenue, note = Decimal(row["stayed_cost"]), Decimal(row["revenue_net"]), _costed(row)
    else:
        own = _own_costs(sums)
        note, seen = own.note, own.seen or 0
        cost, revenue = sums.money("direct_costs"), sums.money("revenue_net_with_costs")
    return Found(1 - ratio(cost, revenue, no_revenue()), (sums,), ("orders", "costs"), note=note, seen=seen)


def _items_costed(data: Data) -> Found:
    sums, row = data.orders(), data.total("cogs")
    value = ratio(Decimal(row["costed_units"] or 0), Decimal(row["units"] or 0), t("import", "no order has items"))
    return Found(value, (sums,), ("orders", "costs"))


# -- customers ---------------------------------------------------------------------------------------------------------


def _new_customers(data: Data) -> Found:
    sums = data.orders()
    need_customers(sums)
    row = data.total("customers", (sums.first, sums.last))
    return Found(int(row["new_customers"] or 0), (sums,), ("orders",), note=anonymous(sums))


def _cac(data: Data) -> Found:
    window = data.common(data.spend(), data.orders())
    spend, orders = data.spend(window), data.orders(window)
    need_customers(orders)
    same_currency(spend, orders)
    row = data.total("customers", window)
    nobody = t("import", "no new customer bought in these days")
    new = int(row["new_customers"] or 0)
    value = ratio(spend.money("amount"), new, nobody)
    note = anonymous(orders) or t("import", "advertising alone, without the pay of those who run it")
    return Found(value, (spend, orders), ("spend", "orders"), spend.currency, note, window, seen=new)


def _cost_per_lead(data: Data) -> Found:
    window = data.common(data.spend(), data.leads())
    spend, leads = data.spend(window), data.leads(window)
    value = ratio(spend.money("amount"), leads.count, t("import", "there were no leads in these days"))
    return Found(value, (spend, leads), ("spend", "leads"), spend.currency, window=window)


def _repeat(data: Data) -> Found:
    sums = data.orders()
    need_customers(sums)
    row = data.total("customers", (sums.first, sums.last))
    months = Decimal(int(row["exposed_days"] or 0)) / DAYS_IN_MONTH
    if (sums.last - sums.first).days < DAYS_IN_MONTH:
        raise MissingError(
            t("import", "the orders cover less than a month"), t("import", "import at least a month of orders")
        )
    again = int(row["orders"] or 0) - int(row["customers"] or 0)
    return Found(
        ratio(again, months, t("import", "nobody has had time to buy again")),
        (sums,),
        ("orders",),
        note=anonymous(sums),
    )


# -- what they share ---------------------------------------------------------------------------------------------------


def no_paid() -> str:
    """Why a figure of a sale cannot be told."""
    return t("import", "no order is paid")


def no_revenue() -> str:
    """Why a share of revenue cannot be told."""
    return t("import", "there is no revenue")


def _one_currency(sums: Sums) -> None:
    """Shares are over sums of money too: several currencies are refused here as well."""
    sums.currency  # noqa: B018 - it raises


def same_currency(spend: Sums, orders: Sums) -> None:
    """Money of two currencies is never divided by one another."""
    if spend.currency != orders.currency:
        raise MissingError(
            t(
                "import",
                "spend is in {one} and orders are in {other}",
                one=spend.currency or "?",
                other=orders.currency or "?",
            ),
            t("import", "import both in one currency: rates are not guessed"),
        )


def _costs_currency(row: Mapping[str, Any], sums: Sums) -> str:
    """The one currency of costs and orders."""
    low, high, orders = row["low_currency"], row["high_currency"], sums.currency
    if low != high or (low or "") != orders:
        codes = ", ".join(sorted({low or "?", high or "?"}))
        raise MissingError(
            t("import", "costs are in {one} and orders are in {other}", one=codes, other=orders or "?"),
            t("import", "import both in one currency: rates are not guessed"),
        )
    return orders


def need_paid(sums: Sums) -> None:
    """Figures of sales need orders that were paid."""
    if not sums.whole("paid_orders"):
        raise MissingError(no_paid())


def need_customers(sums: Sums) -> None:
    """Figures of customers need orders that say who bought."""
    need_paid(sums)
    if not sums.whole("known_customer"):
        raise MissingError(
            t("import", "no order says who bought"), t("import", "switch the column with the customer on in the export")
        )


def anonymous(sums: Sums) -> str:
    """How many orders do not say who bought; empty where all do."""
    paid, known = sums.whole("paid_orders"), sums.whole("known_customer")
    if paid == known:
        return ""
    return t(
        "import",
        "{unknown} of {all} paid orders do not say who bought and are left out",
        unknown=i18n.number(paid - known),
        all=i18n.number(paid),
    )


def _still_open(still_open: int, leads: int) -> str:
    """How many leads a conversion leaves out."""
    if not still_open:
        return ""
    return t(
        "import",
        "{open} of {all} leads are still open and are left out",
        open=i18n.number(still_open),
        all=i18n.number(leads),
    )


def _costed(row: Mapping[str, Any]) -> str:
    """How much of the orders the costs cover."""
    share = Decimal(row["costed_units"] or 0) / Decimal(row["units"] or 1)
    return t("import", "items with a known cost: {share}", share=i18n.share(float(share)))


FIGURES = {
    "spend": Figure("money", "Advertising spend", "The sum of spend in the imported files.", _spend),
    "clicks": Figure("count", "Clicks", "The sum of clicks in the imported files.", _clicks),
    "cost_per_visit": Figure("money", "Cost of a visit", "Spend divided by clicks.", _cost_per_visit),
    "orders": Figure("count", "Orders", "All orders, paid or not.", _orders),
    "paid_orders": Figure(
        "count", "Paid orders", "Orders whose status says they were paid, refunded ones included.", _paid
    ),
    "revenue": Figure("money", "Revenue", "The sum of paid orders, after discounts and before refunds.", _revenue),
    "revenue_net": Figure(
        "money", "Revenue after refunds", "The sum of paid orders less what was refunded.", _revenue_net
    ),
    "average_order_value": Figure(
        "money", "Average order value", "Revenue divided by paid orders: after discounts, before refunds.", _average
    ),
    "average_order_before_discount": Figure(
        "money",
        "Average order before discounts",
        "Revenue plus discounts, divided by paid orders.",
        _average_before_discount,
    ),
    "discount_share": Figure(
        "share", "Share of discounts", "Discounts divided by revenue plus discounts, over paid orders.", _discount_share
    ),
    "refund_rate": Figure(
        "share", "Share of refunds", "Refunded money divided by the revenue of paid orders.", _refund_rate
    ),
    "cogs_per_order": Figure(
        "money",
        "Cost of goods in an order",
        "Unit costs of the items, divided by orders; over paid orders all of whose items have a cost.",
        _cogs,
    ),
    "gross_margin": Figure(
        "share",
        "Gross margin",
        "One less the cost of the goods that stayed with clients divided by revenue after discounts and refunds, over "
        "the same orders.",
        _gross_margin,
    ),
    "items_costed": Figure(
        "share", "Items with a known cost", "Units whose cost is known, of all units in paid orders.", _items_costed
    ),
    "new_customers": Figure(
        "count",
        "New customers",
        "Customers whose first paid order in the data falls in these days.",
        _new_customers,
    ),
    "cac": Figure("money", "CAC", "Spend divided by new customers, over the days that both cover.", _cac),
    "repeat_purchases_per_month": Figure(
        "per_month",
        "Repeat purchases of a customer a month",
        "Purchases after the first, divided by the months since each customer's first.",
        _repeat,
    ),
    "leads": Figure("count", "Leads", "All leads.", _leads),
    "lead_to_sale": Figure(
        "share",
        "Conversion of a lead to a sale",
        "Of the leads made in these days, the won ones divided by the won and lost ones; open ones are left out.",
        _lead_to_sale,
    ),
    "closed_leads": Figure(
        "count", "Closed leads", "Leads that were won or lost; open ones are left out.", _closed_leads
    ),
    "won_leads": Figure("count", "Won leads", "Leads that were won, whether or not they have an amount.", _won_leads),
    "average_deal": Figure(
        "money",
        "Average won deal",
        "Money of the won leads that have an amount, divided by how many they are.",
        _average_deal,
    ),
    "largest_source_share": Figure(
        "share",
        "Share of the largest source",
        "Leads of the source that brought the most, of all leads that name their source.",
        _largest_source,
    ),
    "first_contact_share": Figure(
        "share", "Leads with a first contact", "Leads whose first contact is recorded, of all leads.", _first_contact
    ),
    "cost_per_lead": Figure(
        "money", "Cost of a lead", "Spend divided by leads, over the days that both cover.", _cost_per_lead
    ),
}
