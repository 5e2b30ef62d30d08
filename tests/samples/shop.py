"""The sample shop's exports, read by the csv module and counted by plain arithmetic: a yardstick for our importer."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.samples.weekly import WEEKS, week_of

CHANGE = 16
"""Index of 2026-W38, the first week after the planted change."""


@dataclass(frozen=True)
class Paid:
    """One paid order."""

    week: int
    customer: str
    total: float
    subtotal: float
    discount: float
    refund: float
    lines: tuple[tuple[str, int, float], ...]

    @property
    def goods(self) -> float:
        """Goods at list price."""
        return sum(quantity * price for _, quantity, price in self.lines)

    def profit(self, costs: dict[str, float]) -> float:
        """What the goods leave after discounts, refunds and the cost of those that stayed with the client."""
        back = min(self.refund, self.subtotal)
        cost = sum(costs[sku] * quantity for sku, quantity, _ in self.lines)
        return self.subtotal - back - cost * (1 - back / self.subtotal)


@dataclass(frozen=True)
class Group:
    """A product group over the half-year; discounts and refunds are dealt out by the value of the lines."""

    turnover: float
    refunds: float
    cost: float

    @property
    def profit(self) -> float:
        """What is left after refunds and the cost of the goods that stayed with clients."""
        return self.turnover - self.refunds - self.cost

    @property
    def margin(self) -> float:
        """Profit as a share of the turnover that was kept."""
        return self.profit / (self.turnover - self.refunds)

    @property
    def refund_rate(self) -> float:
        """Refunds as a share of turnover."""
        return self.refunds / self.turnover


@dataclass(frozen=True)
class Campaign:
    """A campaign over the half-year."""

    cost: float
    clicks: float
    conversions: float
    value: float


def ad_rows(folder: Path) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The days of the campaign report, and its line of totals."""
    with (folder / "google_ads.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file.readlines()[2:]))
    return rows[:-1], rows[-1]


def order_rows(folder: Path) -> list[dict[str, str]]:
    """The lines of the orders export."""
    with (folder / "shopify_orders.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def visit_rows(folder: Path) -> list[dict[str, str]]:
    """The visits of the last week; quotes inside are Metrika's own."""
    with (folder / "metrika_visits.tsv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def waiting(folder: Path) -> list[dict[str, str]]:
    """The first lines of orders whose money never came, older than a week on the day of the export."""
    rows = [row for row in order_rows(folder) if row["Financial Status"] == "pending"]
    return [row for row in rows if row["Created at"][:10] < "2026-11-15"]


def unit_costs(folder: Path) -> dict[str, float]:
    """The cost of one piece by article."""
    with (folder / "costs.csv").open(newline="", encoding="utf-8") as file:
        return {row["sku"]: float(row["unit_cost"]) for row in csv.DictReader(file)}


def amount(text: str) -> float:
    """A number as Google Ads writes it."""
    return float(text.replace(",", ""))


def paid_orders(folder: Path) -> list[Paid]:
    """The paid orders, oldest first; refunded ones were paid too."""
    lines: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in order_rows(folder):
        lines[row["Name"]].append(row)
    orders = [paid(rows) for rows in lines.values() if rows[0]["Paid at"]]
    return orders[::-1]


def paid(rows: list[dict[str, str]]) -> Paid:
    """One order from its lines."""
    first = rows[0]
    return Paid(
        week_of(first["Created at"]),
        first["Email"],
        float(first["Total"]),
        float(first["Subtotal"]),
        float(first["Discount Amount"]),
        float(first["Refunded Amount"]),
        tuple((row["Lineitem sku"], int(row["Lineitem quantity"]), float(row["Lineitem price"])) for row in rows),
    )


def series(folder: Path) -> dict[str, list[float]]:
    """The weekly series of the shop."""
    names = ("spend", "clicks", "conversions", "orders", "revenue", "kept", "profit", "new_customers")
    weekly, costs = {name: [0.0] * WEEKS for name in names}, unit_costs(folder)
    for row in ad_rows(folder)[0]:
        for name, column in (("spend", "Cost"), ("clicks", "Clicks"), ("conversions", "Conversions")):
            weekly[name][week_of(row["Day"])] += amount(row[column])
    seen: set[str] = set()
    for order in paid_orders(folder):
        weekly["orders"][order.week] += 1
        weekly["revenue"][order.week] += order.total
        weekly["kept"][order.week] += order.total - order.refund
        weekly["profit"][order.week] += order.profit(costs)
        weekly["new_customers"][order.week] += order.customer not in seen
        seen.add(order.customer)
    weekly["average_order"] = [money / count for money, count in zip(weekly["revenue"], weekly["orders"], strict=True)]
    weekly["click_to_order"] = [
        conversions / clicks for conversions, clicks in zip(weekly["conversions"], weekly["clicks"], strict=True)
    ]
    return weekly


def groups(folder: Path) -> dict[str, Group]:
    """The product groups, by the first three letters of the article."""
    costs = unit_costs(folder)
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for order in paid_orders(folder):
        refund = min(order.refund, order.subtotal)
        for sku, quantity, price in order.lines:
            part = quantity * price / order.goods
            into = sums[sku[:3]]
            into[0] += order.subtotal * part
            into[1] += refund * part
            into[2] += costs[sku] * quantity * (1 - refund / order.subtotal)
    return {name: Group(*three) for name, three in sums.items()}


def campaigns(folder: Path) -> dict[str, Campaign]:
    """The campaigns over the half-year."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * 4)
    for row in ad_rows(folder)[0]:
        for place, column in enumerate(("Cost", "Clicks", "Conversions", "Conv. value")):
            sums[row["Campaign"]][place] += amount(row[column])
    return {name: Campaign(*four) for name, four in sums.items()}


def measured(folder: Path) -> dict[str, float]:
    """The figures that the answers and the README of the sample rest on."""
    orders, weekly, found = paid_orders(folder), series(folder), groups(folder)
    customers = len({order.customer for order in orders})
    spend, clicks = sum(weekly["spend"]), sum(weekly["clicks"])
    goods = sum(order.goods for order in orders)
    turnover = sum(group.turnover for group in found.values())
    profit = sum(group.profit for group in found.values())
    costs = unit_costs(folder)
    cogs = sum(costs[sku] * quantity for order in orders for sku, quantity, _ in order.lines)
    before, after = slice(0, CHANGE), slice(CHANGE, WEEKS)
    return {
        "orders": len({row["Name"] for row in order_rows(folder)}),
        "waiting_orders": len(waiting(folder)),
        "paid_orders": len(orders),
        "customers": customers,
        "orders_per_customer": round(len(orders) / customers, 2),
        "revenue": round(sum(order.total for order in orders), 2),
        "average_order": round(sum(order.total for order in orders) / len(orders), 2),
        "average_order_before_discount": round(sum(order.total + order.discount for order in orders) / len(orders), 2),
        "discounts": round(sum(order.discount for order in orders), 2),
        "discount_share": round(sum(order.discount for order in orders) / goods, 3),
        "refunds": round(sum(order.refund for order in orders), 2),
        "refund_share": round(sum(order.refund for order in orders) / sum(order.total for order in orders), 3),
        "cost_of_goods_per_order": round(cogs / len(orders), 2),
        "gross_profit": round(profit, 2),
        "gross_margin": round(profit / (turnover - sum(group.refunds for group in found.values())), 3),
        "spend": round(spend, 2),
        "clicks": clicks,
        "cost_per_click": round(spend / clicks, 2),
        "conversions": sum(weekly["conversions"]),
        "visits_in_the_last_week": len(visit_rows(folder)),
        "spend_per_customer": round(spend / customers, 2),
        "orders_a_week_before": round(sum(weekly["orders"][before]) / CHANGE, 1),
        "orders_a_week_after": round(sum(weekly["orders"][after]) / (WEEKS - CHANGE), 1),
        "click_to_order_before": round(sum(weekly["conversions"][before]) / sum(weekly["clicks"][before]), 4),
        "click_to_order_after": round(sum(weekly["conversions"][after]) / sum(weekly["clicks"][after]), 4),
        "spend_per_customer_before": round(sum(weekly["spend"][before]) / sum(weekly["new_customers"][before]), 2),
        "spend_per_customer_after": round(sum(weekly["spend"][after]) / sum(weekly["new_customers"][after]), 2),
    }
