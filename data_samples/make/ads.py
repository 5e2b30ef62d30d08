"""A campaign's week, whichever system it runs in: clicks, what they cost, and how often the ad was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data_samples.make.draw import Draw


@dataclass
class AdDay:
    """One campaign on one day, or the sum of many."""

    cost: float
    clicks: int
    impressions: int
    conversions: float = 0.0
    value: float = 0.0


@dataclass(frozen=True)
class Auction:
    """What a campaign's week costs, the price of a click, and how often an ad that is seen is clicked."""

    spend: float
    cost_per_click: float
    click_rate: float

    def week(self, draw: Draw, weekdays: Sequence[float], clicks_swing: float, price_swing: float) -> list[AdDay]:
        """Seven days, before anyone has bought; the swings are shares by which clicks and their price vary."""
        usual = self.spend / self.cost_per_click / sum(weekdays)
        days = []
        for weight in weekdays:
            clicks = max(1, round(usual * weight * draw.around(1, clicks_swing)))
            cost = round(clicks * self.cost_per_click * draw.around(1, price_swing), 2)
            days.append(AdDay(cost, clicks, round(clicks / self.click_rate / draw.around(1, 0.08))))
        return days
