"""Clients by the month of their first paid order, with how many bought and what they left in each month after it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from playbook.data.figures import Figure, Found, anonymous, need_customers
from playbook.data.profits import costs_in
from playbook.data.sums import Data, Row
from playbook.i18n import number, t

MONTHS = 12


def _cohorts(data: Data) -> Found:
    """Every cohort with its months up to the last day of the orders."""
    orders = data.orders()
    need_customers(orders)
    rows = data.rows("cohorts", (orders.first, orders.last))
    currency = costs_in(rows, orders)
    by_month: dict[int, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        by_month[int(row["cohort"])][int(row["age"])] = row
    last = MONTHS * orders.last.year + orders.last.month
    known = sum(int(row["orders"]) - int(row["without_cost"]) for row in rows)
    told = [_cohort(month, months, last - month, costed=bool(known)) for month, months in sorted(by_month.items())]
    without = sum(int(row["without_cost"]) for row in rows)
    left_out = (
        t("import", "orders without a known cost leave nothing: {n}", n=number(without)) if without and known else ""
    )
    note = "; ".join(filter(None, (anonymous(orders), left_out)))
    return Found(len(told), (orders,), ("orders", "costs"), currency, note, gives={"cohorts": told})


def _cohort(month: int, months: dict[int, Row], oldest: int, *, costed: bool) -> dict[str, Any]:
    """One cohort as a person would write it; in a month without orders nobody bought."""
    found = [months.get(age) for age in range(oldest + 1)]
    first = date((month - 1) // MONTHS, (month - 1) % MONTHS + 1, 1)
    active = "; ".join(str(int(row["clients"])) if row else "0" for row in found)
    profit = "; ".join(f"{float(row['profit'] or 0):.2f}" if row else "0" for row in found)
    return {"month": first.isoformat(), "active": active, **({"profit": profit} if costed else {})}


COHORTS = {
    "cohorts_of_clients": Figure(
        "count",
        "Cohorts of clients",
        "Clients by the calendar month of their first paid order in the data: how many of them bought in each month "
        "after it, and the gross profit they left.",
        _cohorts,
    )
}
