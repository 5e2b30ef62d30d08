"""Who makes the profit, counted on paid orders: segments, product groups, and channels with their own spend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from playbook import i18n
from playbook.data.figures import Figure, Found, need_paid, same_currency
from playbook.data.labels import channel_word
from playbook.data.sums import Data, MissingError, Row, Sums, Window
from playbook.i18n import t

MOST_LINES = 30
"""Lines told by name; the smaller ones are added up."""


def _lines(cut: str, words: str) -> Callable[[Data], Found]:
    """The lines of a cut that needs nothing but orders."""

    def find(data: Data) -> Found:
        orders = data.orders()
        need_paid(orders)
        rows = cut_rows(data, cut, orders, data.window)
        items = ("items",) if cut == "product" and any(row["name"] for row in rows) else ()
        kinds = ("orders", *items, "costs")
        return Found(len(rows), (orders,), kinds, orders.currency, gives={words: _told(rows)})

    return find


def _channels(data: Data) -> Found:
    """Channels over the days that orders, what names their channel, and spend all cover."""
    orders = data.orders()
    need_paid(orders)
    window = in_common([orders, *naming(data), *spent(data)])
    orders, spend = data.orders(window), spent(data, window)
    kinds = ("orders", "costs", "leads", "touches", "spend")
    rows = cut_rows(data, "channel", orders, window)
    lines = _told(rows)
    if all(line.get("unknown") for line in lines):  # spend of campaigns beside orders of nobody would look like a loss
        return Found(len(lines), (orders,), kinds, orders.currency, window=window, gives={"channels": lines})
    told, left = _with_spend([*lines, *_unsold(data, lines, window)], data.rows("campaign_spend", window))
    for one in spend:
        same_currency(one, orders)
    gives = {"channels": told} | ({"unassigned_spend": round(float(sum(left.values())), 2)} if left else {})
    note = t("import", "no order names {names}: look whether the tags are lost", names=", ".join(left)) if left else ""
    return Found(len(told), (orders, *spend), kinds, orders.currency, note, window, gives)


def _unsold(data: Data, lines: Sequence[dict[str, Any]], window: Window) -> list[dict[str, Any]]:
    """Campaigns that leads or visits name and no order does: they brought nothing yet."""
    sold, marks = (
        {str(line["name"]).casefold() for line in lines},
        {row["campaign"] for row in data.rows("marks", window)},
    )
    names = [str(row["campaign"] or "") for row in data.rows("campaign_spend", window)]
    return [
        {"name": name, "revenue": 0.0, "direct_costs": 0.0}
        for name in dict.fromkeys(names)
        if name.casefold() in marks - sold
    ]


def in_common(tables: Sequence[Sums]) -> Window:
    """The days that all of the tables cover.

    Raises:
        MissingError: there is no such day.
    """
    window = (max(one.first for one in tables), min(one.last for one in tables))
    if window[0] > window[1]:
        raise MissingError(
            t("import", "orders, leads and spend have no day in common"),
            t("import", "import files for the same period"),
        )
    return window


def naming(data: Data) -> list[Sums]:
    """The table that says where orders came from: leads, else single visits; neither where there is none.

    A lead that was won on the last day of the data was made before: leads reach to the last day they were closed on.
    """
    if data.rows("leads"):
        leads, closed = data.leads(), data.rows("closings")
        return [replace(leads, last=max([leads.last, *(date.fromisoformat(row["last_day"]) for row in closed)]))]
    return [data.touches()] if data.rows("touches") else []


def spent(data: Data, window: Window | None = None) -> list[Sums]:
    """Spend, where it is imported.

    Raises:
        MissingError: it is, and cannot be added up.
    """
    return [data.spend(window)] if data.rows("spend") else []


def cut_rows(data: Data, cut: str, orders: Sums, window: Window) -> list[Row]:
    """The lines of a cut, the largest first, in the one currency of the orders."""
    if cut == "product":
        rows = data.rows("product_profits", window)
    else:
        rows = [row for row in data.rows("profits", window) if row["cut"] == cut]
    costs_in(rows, orders)
    return rows


def costs_in(rows: Sequence[Row], orders: Sums) -> str:
    """The one currency of the orders and of their costs.

    Raises:
        MissingError: there are several, or costs are in another one.
    """
    codes = {str(row[name]) for row in rows for name in ("low_currency", "high_currency") if row[name]}
    if codes - {orders.currency}:
        raise MissingError(
            t("import", "costs are in {one} and orders are in {other}", one=", ".join(codes), other=orders.currency),
            t("import", "import both in one currency: rates are not guessed"),
        )
    return orders.currency


def _told(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The lines as the question asks for them; the smallest together, those of nobody knows what last."""
    named = [_line(str(row["name"]), [row]) for row in rows if row["name"]]
    rest = [row for row in rows if row["name"]][MOST_LINES:]
    nobody = [row for row in rows if not row["name"]]
    if len(rest) > 1:
        named = [*named[:MOST_LINES], _line(t("import", "the other {n}", n=i18n.number(len(rest))), rest)]
    unknown = [_line(t("import", "not told"), nobody) | {"unknown": True}] if nobody else []
    return [line for line in [*named, *unknown] if line["revenue"] or line["refunds"]]


def _line(name: str, rows: Sequence[Row]) -> dict[str, Any]:
    sums = {field: sum(float(row[field] or 0) for row in rows) for field in ("revenue", "refund", "cost", "uncosted")}
    known = any(int(row["with_cost"]) for row in rows)
    clients = sum(int(row["clients"]) for row in rows)
    return {
        "name": name,
        "revenue": round(sums["revenue"], 2),
        "refunds": round(sums["refund"], 2),
        **({"direct_costs": round(sums["cost"], 2), "uncosted": round(max(sums["uncosted"], 0.0), 2)} if known else {}),
        **({"clients": clients} if clients else {}),
    }


def _with_spend(lines: list[dict[str, Any]], spend: Sequence[Row]) -> tuple[list[dict[str, Any]], dict[str, Decimal]]:
    """Spend given to the line of its campaign, else of its source; and what no line can be blamed for, by name."""
    places = {str(line["name"]).casefold(): line for line in lines if not line.get("unknown")}
    taken: dict[str, Decimal] = {}
    left: dict[str, Decimal] = {}
    for row in spend:
        campaign, source = str(row["campaign"] or ""), str(row["source"] or "")
        place = next((name for name in (campaign.casefold(), source.casefold()) if name in places), None)
        into, name = (left, campaign or source) if place is None else (taken, place)
        into[name] = into.get(name, Decimal(0)) + Decimal(str(row["amount"] or 0))
    given = [
        line | {"spend": round(float(taken[name]), 2)} if (name := str(line["name"]).casefold()) in taken else line
        for line in lines
    ]
    return [line | {"name": channel_word(str(line["name"]))} for line in given], left


PROFITS = {
    "profit_by_segment": Figure(
        "count",
        "Profit by segment",
        "Paid orders by the segment that the order or its lead names: revenue, refunds, the cost of what stayed with "
        "clients.",
        _lines("segment", "segments"),
    ),
    "profit_by_product": Figure(
        "count",
        "Profit by product group",
        "Paid orders by the product group of the table of costs, else by product; an order of several products is "
        "dealt out by the value of its lines.",
        _lines("product", "products"),
    ),
    "profit_by_channel": Figure(
        "count",
        "Profit by channel",
        "Paid orders by the campaign or the source of their lead, else of the visit they were made in, with the spend "
        "of that campaign or source in the same days.",
        _channels,
    ),
}
