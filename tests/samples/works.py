"""The sample maker's exports, read by the csv module and counted by plain arithmetic: a yardstick for our importer."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

from tests.samples.direct import CampaignSum, campaign_sums, number, report_rows
from tests.samples.weekly import WEEKS, week_of

FAIR = 20
"""Index of 2026-W42, the week of the exhibition."""
EXPORTED = datetime.fromisoformat("2026-11-22T21:00")
STALE_AFTER = timedelta(days=30)
WON, LOST = "Сделка успешна", "Сделка провалена"
SPEND = "Расход, ₽"
LINES = {
    "service": ("Комплект запчастей", "Сервисный договор на год"),
    "conveyor": ("Конвейер под заказ",),
    "filler": ("Фасовочный автомат ФА-40",),
    "doser": ("Весовой дозатор ВД-2",),
    "shrinker": ("Термоусадочный аппарат ТУ-5",),
}


def time_of(text: str) -> datetime:
    """A time as Bitrix24 writes it."""
    return datetime.strptime(text, "%d.%m.%Y %H:%M:%S")  # noqa: DTZ007 - the export has no zone


def deal_rows(folder: Path) -> list[dict[str, str]]:
    """The lines of the export as they stand."""
    with (folder / "bitrix24.csv").open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, delimiter=";"))


def unit_costs(folder: Path) -> dict[str, float]:
    """What one of a product costs."""
    with (folder / "costs.csv").open(newline="", encoding="utf-8-sig") as file:
        return {row["Товар"]: number(row["Себестоимость единицы"]) for row in csv.DictReader(file, delimiter=";")}


@dataclass(frozen=True)
class Deal:
    """One deal with its lines: product, price, quantity."""

    row: dict[str, str]
    items: tuple[tuple[str, float, int], ...]

    @property
    def created(self) -> datetime:
        """When it came."""
        return time_of(self.row["Дата создания"])

    @property
    def week(self) -> int:
        """The week in which it came."""
        return week_of(self.created.date().isoformat())

    @property
    def won(self) -> bool:
        """Paid."""
        return self.row["Стадия сделки"] == WON

    @property
    def lost(self) -> bool:
        """Refused."""
        return self.row["Стадия сделки"] == LOST

    @property
    def own(self) -> bool:
        """Of a client of earlier years."""
        return self.row["Повторная сделка"] == "да"

    @property
    def amount(self) -> float:
        """The sum of the deal."""
        return float(self.row["Сумма"])

    @property
    def end(self) -> date:
        """The day on which it was closed, or is hoped to be."""
        return datetime.strptime(self.row["Предполагаемая дата закрытия"], "%d.%m.%Y").date()  # noqa: DTZ007 - a day

    @property
    def days(self) -> int:
        """Whole days from the request to its end, or to the export while it is open."""
        return ((self.end if self.won or self.lost else EXPORTED.date()) - self.created.date()).days

    @property
    def stale(self) -> bool:
        """Open, and nobody has touched it for a month."""
        return not self.won and not self.lost and EXPORTED - time_of(self.row["Дата изменения"]) >= STALE_AFTER

    @property
    def untagged(self) -> bool:
        """It came through the site and no tag says from where."""
        return self.row["Источник"] == "Веб-сайт" and not self.row["UTM Source"]


def deals(folder: Path) -> list[Deal]:
    """The deals, oldest first."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in deal_rows(folder):
        found.setdefault(row["ID"], []).append(row)
    return [Deal(rows[0], tuple(map(item, rows))) for rows in reversed(found.values())]


def item(row: dict[str, str]) -> tuple[str, float, int]:
    """The product of a line."""
    return row["Товар"], float(row["Цена"]), int(row["Количество"])


@dataclass(frozen=True)
class Part:
    """Some of the deals: requests, payments, money."""

    leads: int
    sales: int
    revenue: float
    profit: float


def part(folder: Path, belongs: Callable[[Deal], bool]) -> Part:
    """The deals for which something holds; profit is what is left after the cost of the products."""
    costs = unit_costs(folder)
    chosen = [deal for deal in deals(folder) if belongs(deal)]
    won = [deal for deal in chosen if deal.won]
    revenue = sum(deal.amount for deal in won)
    cost = sum(costs[product] * quantity for deal in won for product, _, quantity in deal.items)
    return Part(len(chosen), len(won), revenue, revenue - cost)


def line(folder: Path, name: str) -> Part:
    """The deals of a product line, by their first product."""
    return part(folder, lambda deal: deal.items[0][0] in LINES[name])


def tagged(folder: Path, campaign: str) -> Part:
    """The deals that carry a campaign's tag."""
    return part(folder, lambda deal: deal.row["UTM Campaign"] == campaign)


def campaigns(folder: Path) -> dict[str, CampaignSum]:
    """The campaigns over the half-year."""
    return campaign_sums(report_rows(folder / "yandex_direct.csv", "utf-8-sig")[0], SPEND)


def series(folder: Path) -> dict[str, list[float]]:
    """The weekly series of the firm."""
    weekly = {name: [0.0] * WEEKS for name in ("spend", "clicks", "leads")}
    for row in report_rows(folder / "yandex_direct.csv", "utf-8-sig")[0]:
        week = week_of(datetime.strptime(row["Дата"], "%d.%m.%Y").date().isoformat())  # noqa: DTZ007 - a day
        weekly["spend"][week] += number(row[SPEND])
        weekly["clicks"][week] += int(row["Клики"])
    for deal in deals(folder):
        weekly["leads"][deal.week] += 1
    return weekly


def half_life(chosen: Iterable[Deal]) -> float | None:
    """The day by which half of the deals are over, by Kaplan and Meier; None when it is not reached."""
    chosen = list(chosen)
    share = 1.0
    for day in sorted({deal.days for deal in chosen}):
        ended = sum(deal.days == day and (deal.won or deal.lost) for deal in chosen)
        share *= 1 - ended / sum(deal.days >= day for deal in chosen)
        if share <= 0.5:
            return day
    return None


def win_rate(chosen: list[Deal]) -> float:
    """Won deals as a share of those that are over."""
    over = [deal for deal in chosen if deal.won or deal.lost]
    return sum(deal.won for deal in over) / len(over)


def measured(folder: Path) -> dict[str, float]:
    """The figures that the answers and the README of the sample rest on."""
    every, found, weekly = deals(folder), campaigns(folder), series(folder)
    everything = part(folder, lambda _: True)
    spend, clicks = sum(one.cost for one in found.values()), sum(one.clicks for one in found.values())
    new = [deal for deal in every if not deal.own]
    machines = part(folder, lambda deal: not deal.own)
    clients = Counter(deal.row["Компания"] for deal in every if deal.won)
    site = [deal for deal in every if deal.row["Источник"] == "Веб-сайт"]
    return {
        "deals": everything.leads,
        "won": everything.sales,
        "clients": len(clients),
        "revenue": everything.revenue,
        "average_deal": round(everything.revenue / everything.sales, 2),
        "cost_per_deal": round((everything.revenue - everything.profit) / everything.sales, 2),
        "gross_profit": everything.profit,
        "gross_margin": round(everything.profit / everything.revenue, 3),
        "new_requests": len(new),
        "new_won": machines.sales,
        "new_average_deal": round(machines.revenue / machines.sales, 2),
        "new_cost_per_deal": round((machines.revenue - machines.profit) / machines.sales, 2),
        "win_rate": round(win_rate(every), 3),
        "new_win_rate": round(win_rate(new), 3),
        "new_won_days": median(deal.days for deal in new if deal.won),
        "open": sum(not deal.won and not deal.lost for deal in every),
        "pipeline": sum(deal.amount for deal in every if not deal.won and not deal.lost),
        "stale": sum(deal.stale for deal in every),
        "untagged": sum(deal.untagged for deal in every),
        "untagged_share_of_site": round(sum(deal.untagged for deal in every) / len(site), 3),
        "spend": round(spend, 2),
        "clicks": clicks,
        "cost_per_click": round(spend / clicks, 2),
        "conversions": sum(one.conversions for one in found.values()),
        "spend_per_deal": round(spend / everything.leads, 2),
        "spend_per_new_client": round(spend / machines.sales, 2),
        "deals_a_week": round((everything.leads - weekly["leads"][FAIR]) / (WEEKS - 1), 1),
        "deals_in_the_week_of_the_fair": weekly["leads"][FAIR],
    }


def kpis(folder: Path, week: int) -> dict[str, float]:
    """The metrics of step 6 in a week, as the firm writes them down."""
    costs, weekly, every = unit_costs(folder), series(folder), deals(folder)
    closed = [deal for deal in every if (deal.won or deal.lost) and week_of(deal.end.isoformat()) == week]
    won = [deal for deal in closed if deal.won]
    known = [deal for deal in every if deal.week <= week]
    still = [deal for deal in known if not (deal.won or deal.lost) or week_of(deal.end.isoformat()) > week]
    cost = sum(costs[product] * quantity for deal in won for product, _, quantity in deal.items)
    return {
        "leads": weekly["leads"][week],
        "cost_per_lead": round(weekly["spend"][week] / weekly["leads"][week]),
        "pipeline": sum(deal.amount for deal in still),
        "win_rate": round(len(won) / len(closed), 2),
        "sales": len(won),
        "gross_profit": sum(deal.amount for deal in won) - cost,
    }
