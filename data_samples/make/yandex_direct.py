"""The campaign report by day, as Yandex Direct gives it: title lines, `;`, decimal commas, a line of totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data_samples.make.ads import AdDay, Auction
from data_samples.make.draw import Draw
from data_samples.make.halfyear import FIRST_DAY, LAST_DAY, WEEKS, days_of
from data_samples.make.tables import table, write

NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Campaign:
    """A campaign: its week's budget, the price of a click, and how often an ad that is seen is clicked."""

    name: str
    number: int
    network: str
    spend: float
    cost_per_click: float
    click_rate: float

    def week(self, draw: Draw, weekdays: Sequence[float]) -> list[AdDay]:
        """Seven days of clicks and what they cost."""
        return Auction(self.spend, self.cost_per_click, self.click_rate).week(draw, weekdays, 0.10, 0.06)


@dataclass(frozen=True)
class Report:
    """How an account's report looks: its title lines, its header and the encoding it was saved in."""

    account: str
    header: tuple[str, ...]
    encoding: str


def written(day: date) -> str:
    """A day as Direct writes it."""
    return f"{day:%d.%m.%Y}"


def amount(value: float) -> str:
    """Money with a decimal comma and a no-break space between thousands."""
    return f"{value:,.2f}".replace(",", NO_BREAK).replace(".", ",")


def figures(cost: float, clicks: int, impressions: int, conversions: int) -> list[str]:
    """Impressions, clicks, CTR, spend, the price of a click, conversions."""
    ratio = f"{100 * clicks / impressions:.2f}".replace(".", ",")
    return [str(impressions), str(clicks), ratio, amount(cost), amount(cost / clicks), str(conversions)]


def rows(
    draw: Draw, campaigns: Sequence[Campaign], weekdays: Sequence[float], conversions: Mapping[tuple[str, date], int]
) -> Iterator[list[str]]:
    """A line a campaign and day, and a line of totals."""
    every: list[AdDay] = []
    for week in range(WEEKS):
        found = [campaign.week(draw, weekdays) for campaign in campaigns]
        for place, day in enumerate(days_of(week)):
            for campaign, days in zip(campaigns, found, strict=True):
                one = days[place]
                every.append(one)
                told = figures(one.cost, one.clicks, one.impressions, conversions.get((campaign.name, day), 0))
                yield [written(day), campaign.name, str(campaign.number), campaign.network, *told]
    cost, clicks = sum(day.cost for day in every), sum(day.clicks for day in every)
    told = figures(cost, clicks, sum(day.impressions for day in every), sum(conversions.values()))
    yield ["Итого", "", "", "", *told]


def write_report(path: Path, report: Report, lines: Iterator[list[str]]) -> None:
    """The report under its three title lines and an empty one."""
    period = f"Период: {written(FIRST_DAY)} - {written(LAST_DAY)}"
    title = f"Отчет по кампаниям\n{period}\nАккаунт: {report.account}\n\n"
    write(path, title + table(report.header, lines, delimiter=";"), encoding=report.encoding)
