"""Leads, sales, profit and spend by channel, the campaigns of one advertising system being one channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from playbook.data.figures import Figure, Found, same_currency
from playbook.data.labels import channel_word
from playbook.data.match import system_title
from playbook.data.profits import cut_rows, in_common, naming, spent
from playbook.data.sums import Data, MissingError, Row, Sums, Window
from playbook.i18n import t

Parts = dict[str, dict[str, float]]


def _channels(data: Data) -> Found:
    """Every channel over the days that the tables have in common."""
    orders = [data.orders()] if data.rows("orders") else []
    tables = [*orders, *naming(data), *spent(data)]
    if not (data.rows("leads") or orders):
        raise MissingError(
            t("import", "neither leads nor orders are imported"), t("import", "import the leads or deals of your CRM")
        )
    window = in_common(tables)
    systems = {str(row["campaign"]).casefold(): system_title(str(row["source"])) for row in data.rows("campaign_spend")}
    parts: Parts = defaultdict(dict)
    _add_leads(parts, data, window, systems)
    told = _add_orders(parts, data, window, systems) if orders else ""
    currency = _add_spend(parts, data, window, told)
    lines = list(_lines(parts))
    if all(line.get("unknown") for line in lines):
        raise MissingError(
            t("import", "nothing says which channel a lead or an order came by"),
            t("import", "export leads with their source, or visits with the number of the order"),
        )
    kinds = ("leads", "orders", "touches", "spend", "costs")
    note = t("import", "the campaigns of one advertising system are one channel")
    return Found(len(lines), tuple(tables), kinds, currency, note, window, {"channels": lines})


def _add_leads(parts: Parts, data: Data, window: Window, systems: dict[str, str]) -> None:
    for row in data.rows("lead_channels", window) if data.rows("leads") else []:
        _add(parts, _channel(row, systems), leads=int(row["leads"]), sales=int(row["won"] or 0))


def _add_orders(parts: Parts, data: Data, window: Window, systems: dict[str, str]) -> str:
    """Profit of the orders whose channel is known, and sales where no lead tells them; the orders' currency."""
    orders: Sums = data.orders(window)
    rows = cut_rows(data, "channel", orders, window)
    counted = bool(parts)
    if not any(row["name"] for row in rows):
        return orders.currency
    whole = not any(float(row["uncosted"] or 0) > 0 for row in rows)
    for row in rows:
        profit = float(row["revenue"] or 0) - float(row["refund"] or 0) - float(row["cost"] or 0)
        sales = {} if counted else {"sales": int(row["orders"])}
        _add(parts, _channel(row, systems), **({"profit": profit} if whole else {}), **sales)
    return orders.currency


def _add_spend(parts: Parts, data: Data, window: Window, currency: str) -> str:
    """Spend by advertising system."""
    spend = spent(data, window)
    for one in spend:
        if currency:
            same_currency(one, data.orders(window))
        for row in data.rows("campaign_spend", window):
            _add(parts, system_title(str(row["source"])), spend=float(row["amount"] or 0))
        currency = one.currency
    return currency


def _channel(row: Row, systems: dict[str, str]) -> str:
    name = str(row["name"] or "")
    return systems.get(name.casefold(), name)


def _add(parts: Parts, name: str, **values: float) -> None:
    for field, value in values.items():
        parts[name][field] = parts[name].get(field, 0) + value


def _lines(parts: Parts) -> Iterator[dict[str, Any]]:
    """The channels as the question asks for them, the largest first and nobody's last."""
    money = any("profit" in part for part in parts.values())
    for name, part in sorted(parts.items(), key=lambda pair: (not pair[0], -pair[1].get("sales", 0), pair[0])):
        told = {field: round(value, 2) for field, value in part.items()}
        yield {
            "name": channel_word(name) or t("import", "not told"),
            "sales": told.get("sales", 0),
            **({"leads": told["leads"]} if "leads" in told else {}),
            **({"profit": told.get("profit", 0)} if money else {}),
            **({"spend": told["spend"]} if "spend" in told else {}),
            **({} if name else {"unknown": True}),
        }


LOSSES = {
    "channels_to_lose": Figure(
        "count",
        "Channels with what they bring",
        "Leads, sales, gross profit and spend by channel, over the days that the files have in common.",
        _channels,
    )
}
