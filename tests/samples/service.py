"""The subscription service's exports, read by the csv module and counted by plain arithmetic: a yardstick."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

from tests.samples.shop import ad_rows, amount
from tests.samples.weekly import FIRST_DAY, WEEKS, week_of

CHANGE = 12
"""Index of 2026-W34, the first week of the planted change."""
RIPE = 24
"""Trials of the weeks before 2026-W46 have all had their fourteen days."""
LAST_DAY = date(2026, 11, 22)
STALE_AFTER = 7
TEMPLATE = "CR_DemandGen_Free-template"
UNTAGGED = "CR_Search_Book-a-demo"
MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
"""Whole months within the half-year."""


@dataclass(frozen=True)
class Deal:
    """One trial of the deals export."""

    created: datetime
    closed: datetime | None
    engaged: datetime | None
    activated: bool
    stage: str
    reason: str
    source: str
    campaign: str
    segment: str

    @property
    def week(self) -> int:
        """The index of the week in which it began."""
        return week_of(self.created.isoformat())

    @property
    def won(self) -> bool:
        """Whether it ended in a payment."""
        return self.stage == "Closed Won"

    @property
    def stale(self) -> bool:
        """Open, never answered, and older than a week on the day of the export."""
        return not self.closed and not self.engaged and (LAST_DAY - self.created.date()).days > STALE_AFTER


@dataclass(frozen=True)
class Payment:
    """One charge that went through."""

    day: str
    customer: str
    amount: float
    refund: float
    fee: float
    plan: str
    segment: str

    @property
    def month(self) -> str:
        """Its calendar month, such as `2026-06`."""
        return self.day[:7]


@dataclass(frozen=True)
class Movement:
    """The monthly money of the clients of one month, and what became of it in the next."""

    start: float
    expansion: float
    contraction: float
    churn: float

    @property
    def nrr(self) -> float:
        """Net revenue retention; new clients are left out."""
        return (self.start + self.expansion - self.contraction - self.churn) / self.start

    @property
    def grr(self) -> float:
        """The same without expansion."""
        return (self.start - self.contraction - self.churn) / self.start


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a file with its header on the first line."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def moment(text: str) -> datetime | None:
    """A time as HubSpot writes it."""
    return datetime.fromisoformat(text) if text else None


def deals(folder: Path) -> list[Deal]:
    """The trials, oldest first."""
    return [deal(row) for row in rows(folder / "hubspot_deals.csv")][::-1]


def deal(row: dict[str, str]) -> Deal:
    """One trial from its line."""
    return Deal(
        created=datetime.fromisoformat(row["Create Date"]),
        closed=moment(row["Close Date"]),
        engaged=moment(row["Date of first engagement"]),
        activated=bool(row['Date entered "Activated (Trials)"']),
        stage=row["Deal Stage"],
        reason=row["Closed Lost Reason"],
        source=row["Original Traffic Source"],
        campaign=row["Original Traffic Source Drill-Down 1"],
        segment=row["Segment"],
    )


def payments(folder: Path) -> list[Payment]:
    """The charges that went through, oldest first; refunded ones did too."""
    return [payment(row) for row in rows(folder / "stripe_payments.csv") if row["Status"] != "Failed"][::-1]


def payment(row: dict[str, str]) -> Payment:
    """One charge from its line."""
    return Payment(
        day=row["Created date (UTC)"][:10],
        customer=row["Customer ID"],
        amount=float(row["Amount"]),
        refund=float(row["Amount Refunded"]),
        fee=float(row["Fee"]),
        plan=row["plan (metadata)"],
        segment=row["segment (metadata)"],
    )


def plan_costs(folder: Path) -> dict[str, float]:
    """What a month of each plan costs."""
    return {row["product"]: float(row["unit_cost"]) for row in rows(folder / "plan_costs.csv")}


def first_payments(folder: Path) -> list[Payment]:
    """The first charge of each client in the export, which begins in April."""
    seen: dict[str, Payment] = {}
    for one in payments(folder):
        seen.setdefault(one.customer, one)
    return list(seen.values())


def within(payment: Payment) -> bool:
    """Whether a charge falls into the half-year."""
    return payment.day >= str(FIRST_DAY)


def movement(folder: Path, month: str, segment: str = "") -> Movement:
    """What the clients of a month paid in the next one."""
    after = f"2026-{int(month[5:]) + 1:02}"
    paid: dict[str, Counter[str]] = {month: Counter(), after: Counter()}
    for one in payments(folder):
        if one.month in paid and (not segment or one.segment == segment):
            paid[one.month][one.customer] += round(one.amount)
    changes = [(was, paid[after][who]) for who, was in paid[month].items()]
    return Movement(
        start=sum(was for was, _ in changes),
        expansion=sum(now - was for was, now in changes if now > was),
        contraction=sum(was - now for was, now in changes if 0 < now < was),
        churn=sum(was for was, now in changes if not now),
    )


def weekly(folder: Path) -> dict[str, list[float]]:
    """The series of the service by week: of trials by the week they began in, of money by the week it was paid in."""
    names = ("spend", "clicks", "leads", "won", "activated", "first_payments", "revenue", "gross_profit")
    found = {name: [0.0] * WEEKS for name in names}
    for row in ad_rows(folder)[0]:
        found["spend"][week_of(row["Day"])] += amount(row["Cost"])
        found["clicks"][week_of(row["Day"])] += amount(row["Clicks"])
    for one in deals(folder):
        for name, counted in (("leads", True), ("won", one.won), ("activated", one.activated)):
            found[name][one.week] += counted
    costs = plan_costs(folder)
    for paid in filter(within, payments(folder)):
        found["revenue"][week_of(paid.day)] += paid.amount - paid.refund
        found["gross_profit"][week_of(paid.day)] += paid.amount - paid.refund - paid.fee - costs[paid.plan]
    for paid in filter(within, first_payments(folder)):
        found["first_payments"][week_of(paid.day)] += 1
    for name, part in (("lead_to_sale", "won"), ("activation_share", "activated")):
        found[name] = [some / all_ for some, all_ in zip(found[part], found["leads"], strict=True)]
    return found


def segments(folder: Path) -> dict[str, tuple[float, float, int]]:
    """Of each segment what it paid, what that left after refunds and the cost of plans, and its clients."""
    costs = plan_costs(folder)
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    clients: dict[str, set[str]] = defaultdict(set)
    for one in payments(folder):
        sums[one.segment][0] += one.amount
        sums[one.segment][1] += one.amount - one.refund - costs[one.plan]
        clients[one.segment].add(one.customer)
    return {name: (paid, profit, len(clients[name])) for name, (paid, profit) in sums.items()}


def cost_kept(paid: list[Payment], costs: dict[str, float]) -> float:
    """What the plans cost of the payments, or the parts of them, that were not given back."""
    return sum(costs[one.plan] * (1 - one.refund / one.amount) for one in paid)


def measured(folder: Path) -> dict[str, float]:
    """The figures that the answers and the README of the sample rest on."""
    trials, paid, series, costs = deals(folder), payments(folder), weekly(folder), plan_costs(folder)
    spend, clicks, new = sum(series["spend"]), sum(series["clicks"]), sum(series["first_payments"])
    revenue, refunds = sum(one.amount for one in paid), sum(one.refund for one in paid)
    cost, ended = sum(costs[one.plan] for one in paid), [one for one in trials if one.closed]
    before, after = slice(0, CHANGE), slice(CHANGE, RIPE)
    kept, started = retained(folder)
    return {
        "trials": len(trials),
        "trials_won": sum(one.won for one in trials),
        "trials_lost": sum(one.stage == "Closed Lost" for one in trials),
        "win_rate": round(sum(one.won for one in ended) / len(ended), 3),
        "trial_to_payment_before": round(sum(series["won"][before]) / sum(series["leads"][before]), 3),
        "trial_to_payment_after": round(sum(series["won"][after]) / sum(series["leads"][after]), 3),
        "activated_before": round(sum(series["activated"][before]) / sum(series["leads"][before]), 3),
        "activated_after": round(sum(series["activated"][after]) / sum(series["leads"][after]), 3),
        "hours_to_first_contact": round(median(minutes_to_contact(trials)) / 60, 1),
        "payments": len(paid),
        "clients": len({one.customer for one in paid}),
        "new_clients": new,
        "revenue": round(revenue, 2),
        "refunds": round(refunds, 2),
        "refund_share": round(refunds / revenue, 3),
        "average_payment": round(revenue / len(paid), 2),
        "cost_per_payment": round(cost / len(paid), 2),
        "gross_margin": round(1 - cost_kept(paid, costs) / (revenue - refunds), 3),
        "fee_share": round(sum(one.fee for one in paid) / revenue, 3),
        "monthly_retention": round(kept / started, 3),
        "spend": round(spend, 2),
        "clicks": clicks,
        "cost_per_click": round(spend / clicks, 2),
        "paid_trials_per_click": round(sum(amount(row["Conversions"]) for row in ad_rows(folder)[0]) / clicks, 3),
        "cost_per_trial": round(spend / len(trials), 2),
        "spend_per_new_client": round(spend / new, 2),
    }


def minutes_to_contact(trials: list[Deal]) -> list[float]:
    """How long those who were answered waited for it."""
    return [(one.engaged - one.created).total_seconds() / 60 for one in trials if one.engaged]


def retained(folder: Path) -> tuple[int, int]:
    """Clients of June to September who paid in the next month too, and all of them, month by month."""
    of: dict[str, set[str]] = defaultdict(set)
    for one in payments(folder):
        of[one.month].add(one.customer)
    steps = list(pairwise(MONTHS))
    return sum(len(of[one] & of[other]) for one, other in steps), sum(len(of[one]) for one, _ in steps)
