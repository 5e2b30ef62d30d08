"""Clients who pay every month, as cohorts: how many were still there after each renewal, out of the orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from playbook import rules
from playbook.data.sums import Data, Row

RULE = "monthly_payers"
YEAR = 12


def cohorts(data: Data) -> tuple[tuple[int, ...], ...]:
    """Every cohort but the first, where older clients look new; none where the clients do not pay by the month.

    A client is there for as long as any later payment came. The last month counts only when the orders cover all of it.

    Raises:
        MissingError: where the orders do not say who paid, or when.
    """
    orders = data.orders()
    end = _whole(orders.last)
    rows = data.rows("contracts", (orders.first, end)) if end > orders.first else []
    return counted(rows, _month(orders.first), _month(end))


def counted(rows: Iterable[Row], first: int, last: int) -> tuple[tuple[int, ...], ...]:
    """The cohorts after month `first`, up to `last`; those who came back tell whether they pay by the month."""
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    paid = lived = 0
    for row in rows:
        cohort, age, clients = (int(row[name]) for name in ("cohort", "age", "clients"))
        found[cohort][age] += clients
        paid, lived = paid + int(row["paid"]) - clients, lived + clients * age
    if not lived or rules.get(RULE).status(paid / lived) == "below":
        return ()
    return tuple(
        tuple(
            sum(clients for age, clients in found[cohort].items() if age >= renewals)
            for renewals in _ages(cohort, last)
        )
        for cohort in sorted(found)
        if cohort > first
    )


def _ages(cohort: int, last: int) -> range:
    return range(last - cohort + 1)


def _month(day: date) -> int:
    return YEAR * day.year + day.month


def _whole(day: date) -> date:
    """The last day of the last month that is whole by that day."""
    following = day + timedelta(days=1)
    return day if following.month != day.month else day.replace(day=1) - timedelta(days=1)
