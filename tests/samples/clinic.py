"""The sample clinic's exports, read by the csv module and counted by plain arithmetic: a yardstick for our importer."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from statistics import median

from tests.samples.direct import CampaignSum, campaign_sums, number, report_rows
from tests.samples.weekly import WEEKS, week_of

CHANGE = 15
"""Index of 2026-W37, the first week after the planted change."""
EXPORTED = datetime.fromisoformat("2026-11-22T21:00")
STALE_AFTER = timedelta(days=14)
WON, LOST = "Успешно реализовано", "Закрыто и не реализовано"
GROUPS = {
    "treatment": ("Лечение кариеса", "Лечение каналов", "Реставрация зуба"),
    "aligners": ("Элайнеры, полный курс",),
    "implants": ("Имплант с коронкой",),
    "promo": ("Чистка по акции",),
}


def time_of(text: str) -> datetime:
    """A time as amoCRM writes it."""
    return datetime.strptime(text, "%d.%m.%Y %H:%M:%S")  # noqa: DTZ007 - the export has no zone


def deal_rows(folder: Path) -> list[dict[str, str]]:
    """The deals as they stand; of a name that stands twice the first column is kept."""
    with (folder / "amocrm.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    return [dict(zip(reversed(header), reversed(row), strict=True)) for row in rows]


def unit_costs(folder: Path) -> dict[str, float]:
    """What one service costs."""
    with (folder / "costs.csv").open(newline="", encoding="cp1251") as file:
        return {row["Услуга"]: number(row["Себестоимость"]) for row in csv.DictReader(file, delimiter=";")}


@dataclass(frozen=True)
class Deal:
    """One deal that has an ID."""

    row: dict[str, str]

    @cached_property
    def created(self) -> datetime:
        """When it came."""
        return time_of(self.row["Дата создания сделки"])

    @cached_property
    def week(self) -> int:
        """The week in which it came."""
        return week_of(self.created.date().isoformat())

    @cached_property
    def wait(self) -> float | None:
        """Minutes until the first contact, where there was one."""
        text = self.row["Первый контакт"]
        return (time_of(text) - self.created).total_seconds() / 60 if text else None

    @property
    def won(self) -> bool:
        """Paid."""
        return self.row["Этап сделки"] == WON

    @property
    def lost(self) -> bool:
        """Refused."""
        return self.row["Этап сделки"] == LOST

    @property
    def amount(self) -> float:
        """The budget; of a won deal what was paid."""
        return float(self.row["Бюджет "])

    @property
    def days(self) -> float:
        """Days from the request to its end, or to the export while it is open."""
        end = time_of(self.row["Дата закрытия"]) if self.won or self.lost else EXPORTED
        return (end - self.created).total_seconds() / 86400

    @property
    def stale(self) -> bool:
        """Open, and nobody has touched it for two weeks."""
        untouched = EXPORTED - time_of(self.row["Дата редактирования"])
        return not self.won and not self.lost and untouched >= STALE_AFTER

    @property
    def at_rest(self) -> bool:
        """It came when the desk rests: from Friday 18:00 to the end of Sunday."""
        return self.created.weekday() > 4 or (self.created.weekday() == 4 and self.created.hour >= 18)

    @property
    def sourceless(self) -> bool:
        """Neither a tag nor a source says where it came from."""
        return not self.row["utm_source"] and not self.row["Источник"]


def deals(folder: Path) -> list[Deal]:
    """The deals that have an ID, oldest first."""
    return [Deal(row) for row in reversed(deal_rows(folder)) if row["ID"]]


@dataclass(frozen=True)
class Part:
    """Some of the deals: requests, payments, money."""

    leads: int
    sales: int
    revenue: float
    profit: float


def part(folder: Path, belongs: Callable[[Deal], bool]) -> Part:
    """The deals for which something holds; profit is what is left after the service's own cost."""
    costs = unit_costs(folder)
    chosen = [deal for deal in deals(folder) if belongs(deal)]
    won = [deal for deal in chosen if deal.won]
    revenue = sum(deal.amount for deal in won)
    return Part(len(chosen), len(won), revenue, revenue - sum(costs[deal.row["Товар"]] for deal in won))


def group(folder: Path, name: str) -> Part:
    """The deals of a group of services."""
    return part(folder, lambda deal: deal.row["Товар"] in GROUPS[name])


def tagged(folder: Path, campaign: str) -> Part:
    """The deals that carry a campaign's tag."""
    return part(folder, lambda deal: deal.row["utm_campaign"] == campaign)


def campaigns(folder: Path) -> dict[str, CampaignSum]:
    """The campaigns over the half-year."""
    return campaign_sums(report_rows(folder / "yandex_direct.csv", "cp1251")[0], "Расход (руб.)")


def series(folder: Path) -> dict[str, list[float]]:
    """The weekly series of the clinic."""
    weekly = {name: [0.0] * WEEKS for name in ("spend", "clicks", "leads", "sales")}
    for row in report_rows(folder / "yandex_direct.csv", "cp1251")[0]:
        week = week_of(datetime.strptime(row["Дата"], "%d.%m.%Y").date().isoformat())  # noqa: DTZ007 - a day
        weekly["spend"][week] += number(row["Расход (руб.)"])
        weekly["clicks"][week] += int(row["Клики"])
    waits: dict[int, list[float]] = defaultdict(list)
    for deal in deals(folder):
        weekly["leads"][deal.week] += 1
        if deal.wait is not None:
            waits[deal.week].append(deal.wait)
        if deal.won:
            weekly["sales"][week_of(time_of(deal.row["Дата закрытия"]).date().isoformat())] += 1
    weekly["first_contact"] = [median(waits[week]) for week in range(WEEKS)]
    return weekly


def win_rate(chosen: list[Deal]) -> float:
    """Paid deals as a share of those that are over."""
    over = [deal for deal in chosen if deal.won or deal.lost]
    return sum(deal.won for deal in over) / len(over)


def measured(folder: Path) -> dict[str, float]:
    """The figures that the answers and the README of the sample rest on."""
    every, found, weekly = deals(folder), campaigns(folder), series(folder)
    everything = part(folder, lambda _: True)
    spend, clicks = sum(one.cost for one in found.values()), sum(one.clicks for one in found.values())
    lost = [deal for deal in every if deal.lost]
    patients = Counter(deal.row["Мобильный телефон"] for deal in every if deal.won)
    return {
        "leads": everything.leads,
        "sales": everything.sales,
        "patients": len(patients),
        "payments_per_patient": round(everything.sales / len(patients), 2),
        "revenue": everything.revenue,
        "average_payment": round(everything.revenue / everything.sales, 2),
        "cost_of_services_per_payment": round((everything.revenue - everything.profit) / everything.sales, 2),
        "gross_profit": everything.profit,
        "gross_margin": round(everything.profit / everything.revenue, 3),
        "lead_to_sale": round(win_rate(every), 3),
        "open": sum(not deal.won and not deal.lost for deal in every),
        "stale": sum(deal.stale for deal in every),
        "without_source": sum(deal.sourceless for deal in every),
        "without_source_share": round(sum(deal.sourceless for deal in every) / len(every), 3),
        "lost_without_reason_share": round(sum(not deal.row["Причина отказа"] for deal in lost) / len(lost), 3),
        "spend": round(spend, 2),
        "clicks": clicks,
        "cost_per_click": round(spend / clicks, 2),
        "conversions": sum(one.conversions for one in found.values()),
        "spend_per_lead": round(spend / everything.leads, 2),
        "spend_per_patient": round(spend / len(patients), 2),
        "leads_a_week": round(everything.leads / WEEKS, 1),
        "first_contact_before": round(median(weekly["first_contact"][:CHANGE]), 1),
        "first_contact_after": round(median(weekly["first_contact"][CHANGE:]), 1),
        "lead_to_sale_before": round(win_rate([deal for deal in every if deal.week < CHANGE]), 3),
        "lead_to_sale_after": round(win_rate([deal for deal in every if deal.week >= CHANGE]), 3),
        "sales_a_week_before": round(sum(weekly["sales"][:CHANGE]) / CHANGE, 1),
        "sales_a_week_after": round(sum(weekly["sales"][CHANGE:]) / (WEEKS - CHANGE), 1),
    }


def closed_in(folder: Path, week: int) -> list[Deal]:
    """The deals that were won or lost in a week."""
    over = [deal for deal in deals(folder) if deal.won or deal.lost]
    return [deal for deal in over if week_of(time_of(deal.row["Дата закрытия"]).date().isoformat()) == week]


def kpis(folder: Path, week: int) -> dict[str, float]:
    """The metrics of step 6 in a week, as the clinic writes them down."""
    costs, weekly = unit_costs(folder), series(folder)
    closed = closed_in(folder, week)
    won = [deal for deal in closed if deal.won]
    came = [deal for deal in deals(folder) if deal.week == week]
    before = {deal.row["Мобильный телефон"] for past in range(week) for deal in closed_in(folder, past) if deal.won}
    return {
        "leads": len(came),
        "cost_per_lead": round(weekly["spend"][week] / len(came)),
        "first_contact_time": round(weekly["first_contact"][week]),
        "lead_to_sale": round(len(won) / len(closed), 2),
        "source_coverage": round(1 - sum(deal.sourceless for deal in came) / len(came), 2),
        "cac": round(weekly["spend"][week] / len(won)),
        "gross_profit": sum(deal.amount - costs[deal.row["Товар"]] for deal in won),
        "repeat_share": round(sum(deal.row["Мобильный телефон"] in before for deal in won) / len(won), 2),
    }
