"""The shop's visits in its last week, after its clicks and before its orders.

Google's clicks arrive but for one in fourteen; people also come from search, by themselves, from Instagram and other
sites. Two letters go out that week, on Monday and on Friday at ten, and their links carry no tags: Metrika takes
whoever follows them for a direct visit. Every paid order ends a visit. Some who buy elsewhere had clicked on an ad
earlier in the week, so Google counts their orders too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data_samples.make.draw import Draw
from data_samples.make.halfyear import WEEKS, days_of
from data_samples.make.metrika import Visit, browser

DAYS = days_of(WEEKS - 1)
LETTERS = (DAYS[0], DAYS[4])
LETTER_HOUR = 10
FOLLOW_A_LETTER = 300
ARRIVE = 0.93
RETURN = 0.10
DIRECT = "direct"


@dataclass(frozen=True)
class Way:
    """How people come who clicked on no ad: visits a day, and the orders of the week that end such a visit."""

    source: str
    visits: float
    orders: int
    utm: tuple[str, str, str] = ("", "", "")
    seen_an_ad: int = 0
    """Of those who order, how many had come by an ad earlier in the week."""


WAYS = (
    Way("organic", 92, 9, seen_an_ad=4),
    Way("social", 54, 7, ("instagram", "social", "profile"), seen_an_ad=3),
    Way(DIRECT, 43, 6, seen_an_ad=3),
    Way("referral", 12, 0),
)
LETTER_ORDERS, LETTER_SEEN_AN_AD = 21, 7


@dataclass(frozen=True)
class Sale:
    """A paid order: when, by whom, and its number in the shop."""

    at: datetime
    customer: int
    name: str


@dataclass(frozen=True)
class Clicks:
    """A campaign's clicks on each day of the week, and the orders that Google counts for it."""

    name: str
    days: Sequence[int]
    conversions: float


class Week:
    """The visits of the week, and which of them end in an order."""

    def __init__(self, draw: Draw, campaigns: Sequence[Clicks], sales: Sequence[Sale]) -> None:
        self.draw = draw
        self.campaigns = campaigns
        self.sales = sorted(sales, key=lambda sale: sale.at)
        self.visits: list[Visit] = []
        self.letters: list[Visit] = []
        self.browsers: dict[int, int] = {}
        self.remembered: set[int] = set()

    def run(self) -> list[Visit]:
        """All visits; then the buyers take theirs."""
        for day in DAYS:
            self.visits += [*self.clicks(day), *self.others(day)]
            if day in LETTERS:
                self.letters += self.letter(day)
        self.visits.sort(key=lambda visit: visit.at)
        self.recur()
        left = self.buy_after_letters(list(self.sales))
        for way in WAYS:
            chosen = [left.pop(self.draw.below(len(left))) for _ in range(way.orders)]
            self.buy([visit for visit in self.visits if visit.source == way.source], chosen, way.seen_an_ad)
        self.buy_from_ads(left)
        return self.visits + self.letters

    # -- who comes -----------------------------------------------------------------------------------------------------

    def clicks(self, day: date) -> Iterator[Visit]:
        """The clicks of the day that arrived."""
        for campaign in self.campaigns:
            for _ in range(round(campaign.days[DAYS.index(day)] * self.draw.around(ARRIVE, 0.01))):
                yield self.visit(day, "ad", ("google", "cpc", campaign.name))

    def others(self, day: date) -> Iterator[Visit]:
        """Those who clicked on no ad."""
        for way in WAYS:
            for _ in range(round(self.draw.around(way.visits, 0.5 * way.visits**0.5))):
                yield self.visit(day, way.source, way.utm)

    def letter(self, day: date) -> Iterator[Visit]:
        """Those who follow the letter, most of them within the hour, by links without tags."""
        for _ in range(round(self.draw.around(FOLLOW_A_LETTER, 9))):
            late = (self.draw.below(1000) / 1000) ** 2
            at = datetime(day.year, day.month, day.day, LETTER_HOUR) + timedelta(seconds=60 + int(late * 4 * 3500))
            yield Visit(at, browser(self.draw, at), DIRECT)

    def visit(self, day: date, source: str, utm: tuple[str, str, str]) -> Visit:
        """A visit at some time of the day, by someone new."""
        at = datetime(day.year, day.month, day.day, 7) + timedelta(seconds=self.draw.below(int(16.5 * 3600)))
        return Visit(at, browser(self.draw, at), source, utm)

    def recur(self) -> None:
        """Some come again: a later visit gets the number of an earlier one's browser."""
        for place in range(1, len(self.visits)):
            if self.draw.happens(RETURN):
                self.visits[place].visitor = self.visits[self.draw.below(place)].visitor

    # -- who buys ------------------------------------------------------------------------------------------------------

    def buy_after_letters(self, sales: list[Sale]) -> list[Sale]:
        """Orders made within four hours of a letter, then those of the same evening, end a visit by its link."""
        sent = [datetime(day.year, day.month, day.day, LETTER_HOUR) for day in LETTERS]
        since = {sale: min((sale.at - at for at in sent if sale.at > at), default=timedelta.max) for sale in sales}
        chosen = sorted(sorted(sales, key=lambda sale: since[sale])[:LETTER_ORDERS], key=lambda sale: sale.at)
        self.buy(self.letters, chosen, LETTER_SEEN_AN_AD)
        return [sale for sale in sales if sale not in chosen]

    def buy_from_ads(self, sales: list[Sale]) -> None:
        """The other orders end a visit by an ad, of a campaign chosen by what Google counts for it."""
        weights = [campaign.conversions for campaign in self.campaigns]
        for sale in sales:
            name = self.draw.pick(self.campaigns, weights).name
            self.buy([visit for visit in self.visits if visit.utm[2] == name], [sale], 0)

    def buy(self, pool: Sequence[Visit], sales: Sequence[Sale], seen_an_ad: int) -> None:
        """Each order ends a visit of its day out of the pool, which began some minutes before."""
        for place, sale in enumerate(sales):
            free = [visit for visit in pool if visit.at.date() == sale.at.date() and self.free(visit)]
            visit = free[self.draw.below(len(free))]
            visit.at = sale.at - timedelta(seconds=150 + self.draw.below(1300))
            visit.purchase = sale.name
            known = visit.at - timedelta(days=20 + self.draw.below(90))
            visit.visitor = self.browsers.setdefault(sale.customer, browser(self.draw, known))
            if place < seen_an_ad:
                self.remember(visit)

    def free(self, visit: Visit) -> bool:
        """Whether the visit is nobody's yet."""
        return not visit.purchase and id(visit) not in self.remembered

    def remember(self, bought: Visit) -> None:
        """An earlier visit by an ad was of the same person."""
        ads = [visit for visit in self.visits if visit.source == "ad" and visit.at < bought.at and self.free(visit)]
        seen = ads[self.draw.below(len(ads))]
        seen.visitor = bought.visitor
        self.remembered.add(id(seen))
