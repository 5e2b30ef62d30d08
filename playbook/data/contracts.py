"""Clients who pay every month, out of the orders: cohorts of them, how many stay, and what one leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from playbook import rules
from playbook.data.figures import FIGURES, Figure, Found, anonymous, need_customers, ratio
from playbook.data.funnel import FUNNEL
from playbook.data.sums import ALWAYS, Data, MissingError, Row, Sums, Window
from playbook.i18n import t
from playbook.methods import lifetime

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
    rows = list(rows)
    if not _by_month(rows):
        return ()
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        found[int(row["cohort"])][int(row["age"])] += int(row["clients"])
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


# -- month by month ----------------------------------------------------------------------------------------------------


def _by_month(rows: Iterable[Row]) -> bool:
    """Whether those who came back paid in most of the months from their first payment to their last."""
    paid = lived = 0
    for row in rows:
        clients = int(row["clients"])
        paid, lived = paid + int(row["paid"]) - clients, lived + clients * int(row["age"])
    return bool(lived) and rules.get(RULE).status(paid / lived) != "below"


@dataclass(frozen=True)
class _Months:
    """The whole months that can be told: clients there at the start of each, those who stayed, and all in it."""

    orders: Sums
    window: Window
    before: int
    stayed: int
    there: int


def _months(data: Data) -> _Months:
    """The whole months of these days that follow one in which clients were seen."""
    orders, whole = data.orders(), data.orders(ALWAYS)
    need_customers(orders)
    rows = data.so_far("contracts")
    if not _by_month(rows):
        raise MissingError(
            t("import", "the clients do not pay by the month"),
            t("import", "how many come back is told by the cohorts and by repeat purchases"),
        )
    since, until = max(whole.first, data.window[0]), _whole(min(whole.last, data.window[1]))
    first = max(_month(since) + (since.day > 1), min(int(row["cohort"]) for row in rows) + 1)
    end = _month(until)
    if first > end:
        raise MissingError(t("import", "no whole month is in the files"), t("import", "import files of more days"))
    months = range(first, end + 1)
    before, stayed, there = (
        sum(_clients(rows, month + made, month + seen) for month in months)
        for made, seen in ((-1, -1), (-1, 0), (0, 0))
    )
    return _Months(orders, (_first(first), until), before, stayed, there)


def _clients(rows: Iterable[Row], made: int, seen: int) -> int:
    """Clients of the cohorts up to month `made` whose last payment came in month `seen` or later."""
    return sum(
        int(row["clients"])
        for row in rows
        if int(row["cohort"]) <= made and int(row["cohort"]) + int(row["age"]) >= seen
    )


def _first(month: int) -> date:
    return date((month - 1) // YEAR, (month - 1) % YEAR + 1, 1)


def _retention(data: Data) -> Found:
    months = _months(data)
    value = ratio(months.stayed, months.before, t("import", "there were no clients at the start of these months"))
    note = anonymous(months.orders)
    return Found(value, (months.orders,), ("orders",), note=note, window=months.window, seen=months.before)


def _churn(data: Data) -> Found:
    found = _retention(data)
    return replace(found, value=1 - found.value)


def _margin(data: Data) -> Found:
    """Gross profit of the whole months by the clients who were there in each of them."""
    months = _months(data)
    if lacking := anonymous(months.orders):
        raise MissingError(lacking)
    profit = FUNNEL["gross_profit"].find(data.between(months.window))
    value = ratio(profit.value, months.there, t("import", "there were no clients at the start of these months"))
    return replace(profit, value=value, window=months.window, seen=months.before)


def _ltv(data: Data) -> Found:
    margin, stay = _margin(data), _retention(data)
    value = lifetime.lifetime_value(float(margin.value), float(stay.value))
    return replace(margin, value=Decimal(str(value)))


def _payback(data: Data) -> Found:
    margin, stay, cac = _margin(data), _retention(data), FIGURES["cac"].find(data)
    months = lifetime.payments(float(cac.value), float(margin.value), float(stay.value))
    if months is None:
        raise MissingError(t("import", "a client leaves before the margin has returned the CAC"))
    inputs = (*cac.inputs, *margin.inputs)
    kinds = tuple(dict.fromkeys((*cac.kinds, *margin.kinds)))
    return replace(margin, value=Decimal(str(months)), inputs=inputs, kinds=kinds, currency="", note=cac.note)


CONTRACTS = {
    "retention": Figure(
        "share",
        "Retention",
        "Clients who paid before the month and in it or later, divided by all who were clients at its start; over "
        "whole months.",
        _retention,
    ),
    "churn": Figure("share", "Churn", "One less the retention of the same months.", _churn),
    "ltv": Figure(
        "money",
        "LTV",
        "Gross profit of a client in a month divided by monthly churn; without churn that of 36 months.",
        _ltv,
    ),
    "cac_payback": Figure(
        "months",
        "CAC payback",
        "Monthly payments until the gross profit of a client, churn counted, equals the CAC; the first comes at once.",
        _payback,
    ),
}
