"""The maker of filling machines: half a year of Yandex Direct, deals of Bitrix24 and what the machines cost.

The seed is one whose noise weeks raise no false alarm: the only change in the weekly series is the planted one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from data_samples.make import bitrix24, yandex_direct
from data_samples.make.draw import Draw
from data_samples.make.halfyear import LAST_DAY, WEEKS, days_of
from data_samples.make.tables import table, write
from data_samples.make.yandex_direct import Campaign, Report

SEED = 1
FAIR_WEEK = 20
"""In this week alone (2026-W42) the firm stands at an exhibition and brings cards home."""
FAIR_CARDS = 21
REQUESTS_A_WEEK = 17
EXPORTED = datetime.combine(LAST_DAY, time(21))
WEEKDAYS = (1.15, 1.15, 1.1, 1.1, 1.0, 0.35, 0.3)


@dataclass(frozen=True)
class Product:
    """What the firm sells and what one costs it."""

    name: str
    sku: str
    price: float
    cost: float
    group: str


DOSER = Product("Весовой дозатор ВД-2", "DOS-2", 480_000, 322_000, "Дозаторы")
FILLER = Product("Фасовочный автомат ФА-40", "FIL-40", 1_650_000, 1_170_000, "Фасовка")
SHRINKER = Product("Термоусадочный аппарат ТУ-5", "TRM-5", 390_000, 268_000, "Термоусадка")
CONVEYOR = Product("Конвейер под заказ", "CNV-0", 1_280_000, 1_222_000, "Конвейеры")
PARTS = Product("Комплект запчастей", "SPR-1", 68_000, 21_500, "Запчасти и сервис")
SERVICE = Product("Сервисный договор на год", "SRV-1", 264_000, 92_000, "Запчасти и сервис")
START = Product("Пусконаладка", "SRV-2", 96_000, 61_000, "Пусконаладка")
PRODUCTS = (DOSER, FILLER, SHRINKER, CONVEYOR, PARTS, SERVICE, START)


@dataclass(frozen=True)
class Channel:
    """Where requests come from: how many, how many are won at last, and for which machine."""

    name: str
    weight: float
    win: float
    wants: Mapping[Product, float]
    source: str
    campaign: str = ""
    note: str = ""


CHANNELS = (
    Channel("filling", 3.1, 0.17, {FILLER: 0.75, CONVEYOR: 0.25}, "Веб-сайт", "poisk_fasovka"),
    Channel("dosing", 2.6, 0.2, {DOSER: 0.85, FILLER: 0.15}, "Веб-сайт", "poisk_dozatory"),
    Channel("network", 5.6, 0.0, {DOSER: 0.5, SHRINKER: 0.3, FILLER: 0.2}, "Веб-сайт", "rsya_katalog"),
    Channel("quiz", 2.7, 0.16, {SHRINKER: 1.0}, "Веб-сайт", note="квиз"),
    Channel("partners", 1.5, 0.34, {FILLER: 0.3, CONVEYOR: 0.6, DOSER: 0.1}, "Партнёр"),
    Channel("calls", 1.5, 0.2, {DOSER: 0.4, FILLER: 0.3, CONVEYOR: 0.3}, "Звонок"),
)
FAIR = Channel("fair", 0, 0.12, {FILLER: 0.5, DOSER: 0.3, CONVEYOR: 0.2}, "Выставка")
OWN = Channel("own", 0, 0.86, {PARTS: 0.7, SERVICE: 0.3}, "Действующий клиент")
OWN_A_WEEK = 3.6
HIDDEN = {"quiz": "master_termousadka"}
"""The campaign behind a channel whose tags the landing page loses."""
CAMPAIGNS = (
    Campaign("poisk_fasovka", 81520011, "поиск", 41_000, 190.0, 0.064),
    Campaign("poisk_dozatory", 81520012, "поиск", 27_000, 150.0, 0.069),
    Campaign("rsya_katalog", 81520077, "сети", 12_500, 17.0, 0.0038),
    Campaign("master_termousadka", 81520080, "сети", 19_000, 64.0, 0.011),
)
REPORT = Report(
    "tochnaya-fasovka",
    (
        *("Дата", "Кампания", "№ кампании", "Тип площадки", "Показы", "Клики", "CTR, %", "Расход, ₽"),
        *("Ср. цена клика, ₽", "Конверсии"),
    ),
    "utf-8-sig",
)
REASONS = {"Дорого": 5, "Выбрали другого поставщика": 4, "Проект отложен": 5, "Нет бюджета в этом году": 3, "": 4}
NETWORK_REASONS = {
    "Нецелевая: не наш профиль": 6,
    "Нецелевая: ищут бывшее в употреблении": 4,
    "Нецелевая: разовая фасовка": 4,
    "Нецелевая: учебный проект": 2,
}
MANAGERS = ("Менеджер 1", "Менеджер 2", "Менеджер 3")


@dataclass
class Deal:
    """One request and what became of it."""

    created: datetime
    channel: Channel
    company: int
    product: Product
    manager: str
    stage: str = "Новая"
    end: datetime = EXPORTED
    """When it was closed, or is hoped to be."""
    edited: datetime = EXPORTED
    lines: list[tuple[Product, int, int]] = field(default_factory=list)
    reason: str = ""
    number: int = 0

    @property
    def amount(self) -> int:
        """The sum of the deal."""
        return sum(price * quantity for _, price, quantity in self.lines)


class Works:
    """The firm's half-year: who asks, who decides after how long, whom nobody has called back."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.companies = 400
        self.deals: list[Deal] = []

    def run(self) -> list[Deal]:
        """Half a year of deals, numbered in the order in which they came."""
        for week in range(WEEKS):
            count = round(self.draw.around(REQUESTS_A_WEEK, 1.5))
            shares = [channel.weight for channel in CHANNELS]
            for channel, part in zip(CHANNELS, self.draw.split(count, shares), strict=True):
                for _ in range(part):
                    self.request(week, channel)
            for _ in range(FAIR_CARDS if week == FAIR_WEEK else 0):
                self.request(week, FAIR)
            for _ in range(round(self.draw.around(OWN_A_WEEK, 0.5))):
                self.reorder(week)
        self.deals.sort(key=lambda deal: deal.created)
        number = 5_210
        for deal in self.deals:
            number += 2 + self.draw.below(7)
            deal.number = number
        return self.deals

    def moment(self, week: int) -> datetime:
        """A time at which someone asks."""
        day = self.draw.pick(days_of(week), WEEKDAYS)
        return datetime.combine(day, time(8)) + timedelta(seconds=self.draw.below(11 * 3600))

    def request(self, week: int, channel: Channel) -> None:
        """A request of a company that has bought nothing yet."""
        self.companies += 1
        product = self.draw.pick(list(channel.wants), channel.wants.values())
        manager = self.draw.pick(MANAGERS, (1, 1, 1))
        deal = Deal(self.moment(week), channel, self.companies, product, manager)
        self.deals.append(deal)
        self.offer(deal)
        if channel.name == "network":
            self.turn_away(deal)
        else:
            self.decide(deal)

    def reorder(self, week: int) -> None:
        """A client of earlier years orders parts or a year of service, and decides within days."""
        product = self.draw.pick(list(OWN.wants), OWN.wants.values())
        deal = Deal(self.moment(week), OWN, 1 + self.draw.below(170), product, self.draw.pick(MANAGERS, (1, 1, 1)))
        self.deals.append(deal)
        self.offer(deal)
        self.close(deal, 2 + self.draw.below(9), won=self.draw.happens(OWN.win))

    def offer(self, deal: Deal) -> None:
        """What the deal is about: a machine at its price, often with its start-up; or parts by the set."""
        several = deal.product is PARTS and self.draw.happens(0.45)
        price = int(round(deal.product.price * self.draw.around(1, 0.03), -3))
        deal.lines = [(deal.product, price, 2 if several else 1)]
        if deal.product in (FILLER, CONVEYOR) and self.draw.happens(0.6):
            deal.lines.append((START, int(START.price), 1))

    def turn_away(self, deal: Deal) -> None:
        """Requests from the network: closed within weeks, never bought."""
        self.close(deal, 1 + self.draw.below(20), won=False)

    def decide(self, deal: Deal) -> None:
        """Won or lost after months, or left in the middle: one manager leaves most of them."""
        forgets = 0.5 if deal.manager == MANAGERS[2] else 0.1
        if self.draw.happens(forgets):
            self.leave(deal)
            return
        won = self.draw.happens(deal.channel.win / (1 - 0.23))
        days = 34 + self.draw.below(75) if won else 12 + self.draw.below(95)
        self.close(deal, days, won=won)

    def close(self, deal: Deal, days: int, *, won: bool) -> None:
        """The end of the deal, or its stage while the end is ahead."""
        day = deal.created.date() + timedelta(days=days)
        at = datetime.combine(day, time(9)) + timedelta(seconds=self.draw.below(9 * 3600))
        deal.end = at
        if at >= EXPORTED:
            self.under_way(deal, days)
            return
        deal.stage, deal.edited = (bitrix24.WON if won else bitrix24.LOST), at
        if not won:
            reasons = NETWORK_REASONS if deal.channel.name == "network" else REASONS
            deal.reason = self.draw.pick(list(reasons), reasons.values())

    def under_way(self, deal: Deal, days: int) -> None:
        """Open and worked on: the stage by the part of the way behind, someone has touched it lately."""
        gone = (EXPORTED - deal.created).days / days
        stages = ("Новая", "Подбор решения", "КП отправлено", "Согласование договора")
        deal.stage = stages[min(3, int(gone * 4))]
        latest = EXPORTED - timedelta(minutes=self.draw.below(12 * 24 * 60))
        deal.edited = max(deal.created + timedelta(minutes=20), latest)

    def leave(self, deal: Deal) -> None:
        """An offer was sent and nobody came back to it."""
        sent = deal.created + timedelta(days=2 + self.draw.below(7), minutes=self.draw.below(300))
        deal.stage, deal.edited = "КП отправлено", min(sent, EXPORTED - timedelta(hours=3))
        deal.end = deal.created + timedelta(days=30)


def conversions(deals: list[Deal]) -> Counter[tuple[str, date]]:
    """Forms as Direct counts them, by campaign and day."""
    names = {channel.name: channel.campaign for channel in CHANNELS if channel.campaign} | HIDDEN
    found = [deal for deal in deals if deal.channel.name in names]
    return Counter((names[deal.channel.name], deal.created.date()) for deal in found)


def lines(deal: Deal) -> Iterator[dict[str, str]]:
    """A line a product; what belongs to the deal stands on each of them."""
    form = deal.channel.source == "Веб-сайт"
    own = deal.channel is OWN
    whole = {
        "ID": str(deal.number),
        "Воронка": "Сервис" if own else "Продажи",
        "Стадия сделки": deal.stage,
        "Название": f"{deal.product.name}, компания {deal.company}",
        "Тип": "Сервис" if own else "Продажа",
        "Источник": deal.channel.source,
        "Дополнительно об источнике": deal.channel.note,
        "Компания": f"Компания {deal.company}",
        "Сумма": f"{deal.amount}.00",
        "Валюта": bitrix24.CURRENCY,
        "Создан CRM-формой": "да" if form else "нет",
        "Повторная сделка": "да" if own else "нет",
        "Ответственный": deal.manager,
        "Дата создания": bitrix24.written(deal.created),
        "Кем создана": "" if form else deal.manager,
        "Дата изменения": bitrix24.written(deal.edited),
        "Предполагаемая дата закрытия": f"{deal.end:%d.%m.%Y}",
        "Причина отказа": deal.reason,
        "UTM Source": "yandex" if deal.channel.campaign else "",
        "UTM Medium": "cpc" if deal.channel.campaign else "",
        "UTM Campaign": deal.channel.campaign,
    }
    for product, price, quantity in deal.lines:
        yield whole | {"Товар": product.name, "Цена": f"{price}.00", "Количество": str(quantity)}


def costs() -> Iterator[list[str]]:
    """What one of each product costs, as an accountant writes it."""
    for product in PRODUCTS:
        yield [product.name, product.sku, product.group, yandex_direct.amount(product.cost), "RUB"]


def make(folder: Path, seed: int = SEED) -> None:
    """Write the three exports into `folder`."""
    deals = Works(Draw(seed)).run()
    days = yandex_direct.rows(Draw(seed + 1), CAMPAIGNS, WEEKDAYS, conversions(deals))
    yandex_direct.write_report(folder / "yandex_direct.csv", REPORT, days)
    bitrix24.write_deals(folder / "bitrix24.csv", (line for deal in reversed(deals) for line in lines(deal)))
    header = ("Товар", "Артикул", "Группа", "Себестоимость единицы", "Валюта")
    write(folder / "costs.csv", table(header, costs(), delimiter=";"), encoding="utf-8-sig")
