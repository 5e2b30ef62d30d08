"""The campaign report by day, as Google Ads gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from data_samples.make.ads import AdDay, Auction
from data_samples.make.draw import Draw
from data_samples.make.halfyear import days_of
from data_samples.make.tables import table, write

CURRENCY = "USD"
HEADER = (
    "Campaign type,Campaign,Day,Currency code,Cost,Clicks,Impr.,CTR,Avg. CPC,Conversions,Conv. rate,Conv. value,"
    "Cost / conv."
)


@dataclass(frozen=True)
class Campaign:
    """A campaign: its week's budget, the price of a click, and how often an ad that is seen is clicked."""

    kind: str
    name: str
    spend: float
    cost_per_click: float
    click_rate: float

    def week(self, draw: Draw, weekdays: Sequence[float]) -> list[AdDay]:
        """Seven days of clicks and what they cost, before anyone has bought."""
        return Auction(self.spend, self.cost_per_click, self.click_rate).week(draw, weekdays, 0.09, 0.05)


def figures(day: AdDay) -> list[str]:
    """The nine figures of a line of the report."""
    return [
        f"{day.cost:,.2f}",
        f"{day.clicks:,}",
        f"{day.impressions:,}",
        f"{day.clicks / day.impressions:.2%}",
        f"{day.cost / day.clicks:,.2f}",
        f"{day.conversions:,.2f}",
        f"{day.conversions / day.clicks:.2%}",
        f"{day.value:,.2f}",
        f"{day.cost / day.conversions:,.2f}" if day.conversions else "0",
    ]


def total(days: Sequence[AdDay]) -> AdDay:
    """The sum over many days, as the report's last line gives it."""
    return AdDay(
        sum(day.cost for day in days),
        sum(day.clicks for day in days),
        sum(day.impressions for day in days),
        sum(day.conversions for day in days),
        sum(day.value for day in days),
    )


def write_report(
    path: Path, firm: str, campaigns: Sequence[Campaign], weeks: Sequence[Sequence[Sequence[AdDay]]]
) -> None:
    """The report: title, period, header, a line a campaign and day, and a line of totals.

    `weeks` are the weeks from the first on, in each the campaigns, of each the seven days.
    """
    title = f"{firm} - Campaign performance\n25 May 2026 - 22 November 2026\n"
    write(path, title + table(HEADER.split(","), _rows(campaigns, weeks)))


def _rows(campaigns: Sequence[Campaign], weeks: Sequence[Sequence[Sequence[AdDay]]]) -> Iterator[list[object]]:
    for week, of_campaigns in enumerate(weeks):
        for place, day in enumerate(days_of(week)):
            for campaign, days in zip(campaigns, of_campaigns, strict=True):
                yield [campaign.kind, campaign.name, day, CURRENCY, *figures(days[place])]
    everything = total([day for of_campaigns in weeks for days in of_campaigns for day in days])
    yield ["Total: Account", " --", " --", CURRENCY, *figures(everything)]
