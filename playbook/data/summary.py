"""The sums and the days of a file's records, as a person compares them with their own system."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from playbook import i18n
from playbook.data.cells import Record
from playbook.i18n import t

ROWS = "rows"
TALLIED: dict[str, dict[str, int]] = {
    "spend": {"amount": 0, "clicks": 0, "impressions": 0},
    "touches": {"visits": 1},
    "leads": {},
    "orders": {"revenue": 0, "refund": 0},
    "items": {},
    "costs": {},
}
"""What is summed of a table, and what a row counts for where it says nothing."""
DAYS = ("day", "until", "created_day", "visited_day")
"""The columns that tell a file's period."""

Tallies = dict[tuple[str, str], dict[str, Decimal]]
"""Stage and currency -> how many rows and the sums over them."""


def tallied(records: Mapping[str, list[Record]], others: Mapping[str, Tallies] | None = None) -> dict[str, Tallies]:
    """Counts and sums of every table's records by stage and currency, with those of `others`, summed already."""
    found: dict[str, Tallies] = {}
    for kind, rows in records.items():
        tallies = {key: dict(one) for key, one in (others or {}).get(kind, {}).items()}
        for row in rows:
            key = str(row.get("stage") or ""), str(row.get("currency") or "")
            one = tallies.setdefault(key, dict.fromkeys((ROWS, *TALLIED[kind]), Decimal(0)))
            one[ROWS] += 1
            for name, default in TALLIED[kind].items():
                value = row.get(name)
                one[name] += value if isinstance(value, int | Decimal) else default
        found[kind] = tallies
    return found


_OF = {
    "clicks": ("spend", ("clicks",)),
    "impressions": ("spend", ("impressions",)),
    "won": ("leads", ("status", "won")),
    "lost": ("leads", ("status", "won")),
    **dict.fromkeys(("orders", "paid_orders", "revenue", "ordered"), ("leads", ("status", "won"))),
    "refunds": ("orders", ("refund",)),
}
"""Sums that only a file with one of these columns tells."""


def totals(tallies: Mapping[str, Tallies], columns: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """The sums that a person compares with their system; money as decimal text, None where no column tells it."""
    said = _totals(tallies)
    untold = [name for name, (kind, of) in _OF.items() if kind in columns and not columns[kind].keys() & set(of)]
    return said | {name: None for name in untold if name in said and not (said[name] and Decimal(said[name]))}


def _totals(tallies: Mapping[str, Tallies]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if "spend" in tallies:
        rows = tallies["spend"]
        said |= _by_currency(rows, "spend", "amount") | {
            name: int(_sum(rows, name)) for name in ("clicks", "impressions")
        }
    if "touches" in tallies:
        said["visits"] = int(_sum(tallies["touches"], "visits"))
    if "leads" in tallies:
        rows = tallies["leads"]
        said |= {"leads": int(_sum(rows, ROWS))} | {one: int(_sum(_at(rows, one), ROWS)) for one in ("won", "lost")}
    if "orders" in tallies:
        rows = tallies["orders"]
        paid = _at(rows, "paid")
        said |= {"orders": int(_sum(rows, ROWS)), "paid_orders": int(_sum(paid, ROWS))}
        said |= _by_currency(paid, "revenue", "revenue")
        said |= {"refunds": decimal_text(_sum(rows, "refund")), "ordered": decimal_text(_sum(rows, "revenue"))}
    if "costs" in tallies:
        said["products"] = int(_sum(tallies["costs"], ROWS))
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
    amount = float(str(value))
    return i18n.money(amount, code, 0 if amount == round(amount) else 2) if code else i18n.number(amount, 2)


def days(records: dict[str, list[Record]]) -> tuple[date, date] | None:
    """The first and the last day of the records."""
    found = [
        value
        for rows in records.values()
        for row in rows
        for name, value in row.items()
        if isinstance(value, date) and name in DAYS
    ]
    return (min(found), max(found)) if found else None


def span(period: tuple[date, date]) -> str:
    """A period in words, with its years."""
    first, last = period
    return f"{i18n.date(first)}{i18n.NBSP}– {i18n.date(last)}" if first != last else i18n.date(first)


def _at(rows: Tallies, stage: str) -> Tallies:
    """Those at one stage."""
    return {key: one for key, one in rows.items() if key[0] == stage}


def _by_currency(rows: Tallies, name: str, field: str) -> dict[str, Any]:
    """A sum with its currency; with several currencies no sum at all, but one for each."""
    codes = sorted({code for _, code in rows})
    if len(codes) <= 1:
        return {name: decimal_text(_sum(rows, field)), "currency": codes[0] if codes and codes[0] else None}
    sums = {
        code: decimal_text(_sum({key: one for key, one in rows.items() if key[1] == code}, field)) for code in codes
    }
    return {name: None, "currency": None, f"{name}_by_currency": sums}


def _sum(rows: Tallies, field: str) -> Decimal:
    return sum((one[field] for one in rows.values()), Decimal(0))


def decimal_text(value: Decimal) -> str:
    """Money as text, with two digits after the point or as many as it has."""
    short = value.quantize(Decimal("0.01"))
    return str(short if short == value else value.normalize())
