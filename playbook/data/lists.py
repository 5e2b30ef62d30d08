"""What calculators beside the steps take from the data: rows of a list, and sums over the days they have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from playbook import i18n
from playbook.data.figures import FIGURES, Figure, Found, need_customers, no_paid, ratio, same_currency
from playbook.data.match import system_title
from playbook.data.sums import Data, MissingError, Row, Sums, Window
from playbook.i18n import t


def _campaigns(data: Data) -> Found:
    """Campaigns whose leads name them, with what a lead costs and how many of the decided ones were won."""
    window = data.common(data.spend(), data.leads())
    spend, leads = data.spend(window), data.leads(window)
    rows = data.rows("campaigns", window)
    sale, margin, margins = _usual_sale(data, spend.currency), _margin(data), _margins(data)
    decided = [row for row in rows if _closed(row)]
    listed = [_campaign(row, sale, margins.get(str(row["name"]).casefold(), margin)) for row in decided]
    if not listed:
        raise MissingError(
            t("import", "no lead that is won or lost names a campaign of the advertising systems"),
            t("import", "write the campaign’s name into the utm_campaign of the links of your ads"),
        )
    for row in decided:
        if {row["low_currency"], row["high_currency"]} - {None, spend.currency}:
            raise MissingError(t("import", "spend and deals are in several currencies"))
    named = _left_out([str(row["name"]) for row in rows if not int(row["leads"])])
    note = "; ".join(filter(None, (_still_open(decided), named, _without_amounts(decided, sale, spend.currency))))
    kinds = ("spend", "leads", "orders")
    return Found(len(listed), (spend, leads), kinds, spend.currency, note, window, {"sources": listed})


def _campaign(row: Row, sale: Decimal, margin: float) -> dict[str, Any]:
    leads, sales = int(row["leads"]), int(row["sales"])
    return {
        "name": str(row["name"]),
        "leads": leads,
        "cost_per_lead": round(float(Decimal(row["amount"]) / leads), 2),
        "lead_to_sale": round(int(row["won"]) / _closed(row), 6),
        "average_order_value": round(float(Decimal(row["revenue"]) / sales if sales else sale), 2),
        "gross_margin": margin,
    }


def _closed(row: Row) -> int:
    return int(row["won"]) + int(row["lost"])


def _usual_sale(data: Data, currency: str) -> Decimal:
    """What a sale brings where the deals have no amounts: all that a client has paid, as clients may pay again."""
    order, orders = FIGURES["average_order_value"].find(data), data.orders()
    if order.currency != currency:
        raise MissingError(t("import", "spend and deals are in several currencies"))
    known = data.total("customers", (orders.first, orders.last))
    clients = int(known["customers"] or 0)
    return Decimal(order.value) * (Decimal(int(known["orders"])) / clients if clients else 1)


def _margin(data: Data) -> float:
    margin = float(round(Decimal(FIGURES["gross_margin"].find(data).value), 6))
    if margin < 0:
        raise MissingError(t("import", "the goods cost more than they are sold for"))
    return margin


def _margins(data: Data) -> dict[str, float]:
    """The margin of the campaigns, the cost of all of whose own orders is known; the others have the firm's."""
    found = {}
    for row in data.rows("profits"):
        net = float(row["revenue"] or 0) - float(row["refund"] or 0)
        if row["cut"] == "channel" and row["name"] and row["with_cost"] == row["orders"] and net > 0:
            found[str(row["name"]).casefold()] = round(max(1 - float(row["cost"] or 0) / net, 0.0), 6)
    return found


def _still_open(rows: list[Row]) -> str:
    """Says that sales are counted ahead where leads are not decided yet."""
    leads = sum(int(row["leads"]) for row in rows)
    still = leads - sum(map(_closed, rows))
    if not still:
        return ""
    return t(
        "import",
        "{open} of {all} leads are still open and count as if the same part of them were won",
        open=i18n.number(still),
        all=i18n.number(leads),
    )


def _left_out(names: list[str]) -> str:
    """Campaigns that were paid for and that no lead names."""
    if not names:
        return ""
    return t("import", "no lead names {names}: look whether the tags are lost on the way", names=", ".join(names))


def _without_amounts(rows: list[Row], sale: Decimal, currency: str) -> str:
    """Says what a sale counts as where deals have no amounts of their own."""
    if any(int(row["sales"]) for row in rows):
        return ""
    paid = i18n.money(float(sale), currency or None)
    return t(
        "import",
        "deals have no amounts: a sale counts as what a client has paid so far, {money} on average",
        money=paid,
    )


def _costs(data: Data) -> Found:
    """Spend by advertising system, over the days that spend and orders cover."""
    window = data.common(data.spend(), data.orders())
    spend = data.spend(window)
    same_currency(spend, data.orders(window))
    amounts: dict[str, Decimal] = {}
    for row in spend.rows:
        name = system_title(str(row["system"]))
        amounts[name] = amounts.get(name, Decimal(0)) + Decimal(str(row["amount"] or 0))
    rows = [{"name": name, "amount": float(amount)} for name, amount in amounts.items()]
    note = t("import", "advertising alone, without the pay of those who run it")
    return Found(len(rows), (spend,), ("spend",), spend.currency, note, window, {"costs": rows})


def _bought(data: Data) -> Found:
    orders = data.orders()
    need_customers(orders)
    return FIGURES["new_customers"].find(data)


def _before_discounts(data: Data) -> Found:
    orders = data.orders()
    value = orders.money("revenue") + orders.money("discount")
    return _of_orders(value, orders, t("import", "all paid orders, also those that no advertising brought"))


def _discounts(data: Data) -> Found:
    orders = data.orders()
    if not orders.whole("rows_with_discount"):
        raise MissingError(t("import", "no file says how much was taken off"))
    return _of_orders(orders.money("discount"), orders)


def _refunds(data: Data) -> Found:
    orders = data.orders()
    if not orders.whole("rows_with_refund"):
        raise MissingError(t("import", "no file says how much was refunded"))
    return _of_orders(orders.money("refund"), orders)


def _goods(data: Data) -> Found:
    """What of the revenue the gross margin leaves to the goods."""
    net, margin = FIGURES["revenue_net"].find(data), FIGURES["gross_margin"].find(data)
    value = Decimal(net.value) * (1 - Decimal(margin.value))
    return replace(margin, value=value, currency=net.currency, seen=None)


def _of_orders(value: Decimal, orders: Sums, note: str = "") -> Found:
    ratio(1, orders.whole("paid_orders"), no_paid())
    return Found(value, (orders,), ("orders",), orders.currency, note)


def shared(find: Callable[[Data], Found]) -> Callable[[Data], Found]:
    """A figure over the days that spend and orders both cover, in one currency."""

    def found(data: Data) -> Found:
        window: Window = data.common(data.spend(), data.orders())
        between = data.between(window)
        same_currency(between.spend(), between.orders())
        return replace(find(between), window=window)

    return found


LISTS = {
    "leads_by_campaign": Figure(
        "count",
        "Campaigns by their leads",
        "Spend of each campaign, the leads that name it, the won ones of the won and lost, and what they paid.",
        _campaigns,
    ),
    "spend_by_system": Figure("count", "Spend by advertising system", "Spend by advertising system.", _costs),
    "customers_won": Figure(
        "count",
        "New customers of these days",
        "Customers whose first paid order falls in the days that spend and orders both cover.",
        shared(_bought),
    ),
    "spend_beside_orders": Figure(
        "money", "Spend beside orders", "Spend of the days that orders cover too.", shared(FIGURES["spend"].find)
    ),
    "revenue_before_discounts": Figure(
        "money",
        "Revenue before discounts",
        "Paid orders of the days that spend covers too, before discounts and refunds.",
        shared(_before_discounts),
    ),
    "discounts": Figure("money", "Discounts", "What was taken off the price of these orders.", shared(_discounts)),
    "refunds": Figure("money", "Refunds", "What was refunded of these orders.", shared(_refunds)),
    "cost_of_goods": Figure(
        "money",
        "Cost of goods",
        "What the goods that stayed with clients cost: revenue after refunds less gross profit.",
        shared(_goods),
    ),
}
