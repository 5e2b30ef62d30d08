"""The sums and the days of a file's records, as a person compares them with their own system."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from playbook import i18n
from playbook.data.cells import Record
from playbook.i18n import t


def totals(records: dict[str, list[Record]]) -> dict[str, Any]:
    """The sums that a person compares with their system; money as decimal text."""
    said: dict[str, Any] = {}
    if "spend" in records:
        rows = records["spend"]
        said |= _by_currency(rows, "spend", "amount") | {name: _count(rows, name) for name in ("clicks", "impressions")}
    if "touches" in records:
        said["visits"] = sum(_whole(row.get("visits"), 1) for row in records["touches"])
    if "leads" in records:
        stages = [row["stage"] for row in records["leads"]]
        said |= {"leads": len(stages), "won": stages.count("won"), "lost": stages.count("lost")}
    if "orders" in records:
        rows = records["orders"]
        paid = [row for row in rows if row["stage"] == "paid"]
        said |= {"orders": len(rows), "paid_orders": len(paid)} | _by_currency(paid, "revenue", "revenue")
        said |= {"refunds": decimal_text(_sum(rows, "refund")), "ordered": decimal_text(_sum(rows, "revenue"))}
    if "costs" in records:
        said["products"] = len(records["costs"])
    return said


def said(totals: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The same sums as labels and values in the reader's language."""
    labels = {
        "spend": t("import", "Advertising spend"),
        "clicks": t("import", "Clicks"),
        "impressions": t("import", "Impressions"),
        "visits": t("import", "Visits"),
        "leads": t("import", "Leads"),
        "won": t("import", "Won leads"),
        "lost": t("import", "Lost leads"),
        "orders": t("import", "Orders"),
        "paid_orders": t("import", "Paid orders"),
        "revenue": t("import", "Revenue of paid orders"),
        "refunds": t("import", "Refunds"),
        "products": t("import", "Products with a cost"),
    }
    code = str(totals.get("currency") or "")
    shown = [(label, totals[name]) for name, label in labels.items() if totals.get(name) is not None]
    split = [
        (f"{labels[name]}, {other}", value)
        for name in ("spend", "revenue")
        for other, value in totals.get(f"{name}_by_currency", {}).items()
    ]
    return [(label, _shown(value, code if label in _amounts(labels) else "")) for label, value in shown + split]


def _amounts(labels: Mapping[str, str]) -> tuple[str, ...]:
    return labels["spend"], labels["revenue"], labels["refunds"]


def _shown(value: object, code: str) -> str:
    text = i18n.number(float(str(value)), 2)
    return f"{text}{i18n.NBSP}{i18n.money_sign(code)}" if code else text


def days(records: dict[str, list[Record]]) -> tuple[date, date] | None:
    """The first and the last day of the records."""
    found = [
        value
        for rows in records.values()
        for row in rows
        for name, value in row.items()
        if isinstance(value, date) and name in ("day", "until", "created_day", "visited_day")
    ]
    return (min(found), max(found)) if found else None


def span(period: tuple[date, date]) -> str:
    """A period in words, with its years."""
    first, last = period
    return f"{i18n.date(first)}{i18n.NBSP}– {i18n.date(last)}" if first != last else i18n.date(first)


def _by_currency(rows: list[Record], name: str, field: str) -> dict[str, Any]:
    """A sum with its currency; with several currencies no sum at all, but one for each."""
    codes = sorted({str(row.get("currency") or "") for row in rows})
    if len(codes) <= 1:
        return {name: decimal_text(_sum(rows, field)), "currency": codes[0] if codes and codes[0] else None}
    sums = {
        code: decimal_text(_sum([row for row in rows if str(row.get("currency") or "") == code], field))
        for code in codes
    }
    return {name: None, "currency": None, f"{name}_by_currency": sums}


def _sum(rows: list[Record], field: str) -> Decimal:
    return sum((value for row in rows if isinstance(value := row.get(field), Decimal)), Decimal(0))


def _count(rows: list[Record], field: str) -> int:
    return sum(_whole(row.get(field), 0) for row in rows)


def _whole(value: object, default: int) -> int:
    return value if isinstance(value, int) else default


def decimal_text(value: Decimal) -> str:
    """Money as text, with two digits after the point or as many as it has."""
    short = value.quantize(Decimal("0.01"))
    return str(short if short == value else value.normalize())
