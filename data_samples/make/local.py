"""The dental clinic on Lipovaya Street: half a year of Yandex Direct, deals of amoCRM and what the services cost.

The seed is one whose noise weeks raise no false alarm: the only change in the weekly series is the planted one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from data_samples.make import amocrm, yandex_direct
from data_samples.make.draw import Draw
from data_samples.make.halfyear import LAST_DAY, WEEKS, days_of, week_of
from data_samples.make.tables import table, write
from data_samples.make.yandex_direct import Campaign, Report

SEED = 1
CHANGE_WEEK = 15
"""From this week on (2026-W37) a request is answered within a quarter of an hour in working time."""
BEFORE = 0.56
"""What a slow answer leaves of a request's chance to end in a visit."""
LEADS_A_WEEK = 27
EXPORTED = datetime.combine(LAST_DAY, time(21))
OPENS, CLOSES = time(9), time(21)
FRIDAY, SATURDAY = 4, 5
RESTS = time(18)
"""From this hour of Friday on nobody sits at the messages until Monday."""
WEEKDAYS = (1.2, 1.1, 1.05, 1.05, 1.1, 0.9, 0.75)
CURRENCY = "RUB"


@dataclass(frozen=True)
class Service:
    """What a patient pays for, and what it costs the clinic: materials, laboratory and the doctor's part."""

    name: str
    price: float
    cost: float
    weight: float = 1.0


SERVICES = {
    "treatment": (
        Service("Лечение кариеса", 9_800, 3_300, 1.3),
        Service("Лечение каналов", 23_000, 8_300),
        Service("Реставрация зуба", 16_500, 5_600, 0.7),
    ),
    "hygiene": (Service("Профессиональная гигиена", 6_500, 2_700),),
    "children": (Service("Детский приём", 5_200, 2_400),),
    "implants": (Service("Имплант с коронкой", 92_000, 67_000),),
    "aligners": (Service("Элайнеры, полный курс", 178_000, 164_500),),
    "promo": (Service("Чистка по акции", 2_900, 2_450),),
}
COMES_BACK = {"treatment": 0.24, "hygiene": 0.22, "children": 0.2}


@dataclass(frozen=True)
class Channel:
    """Where requests come from: how many, how many of them pay when they are answered, and for what."""

    name: str
    weight: float
    sale: float
    wants: Mapping[str, float]
    source: str = ""
    medium: str = ""
    campaign: str = ""
    title: str = "Заявка с сайта"


_TREATMENT = {"treatment": 0.82, "hygiene": 0.1, "children": 0.08}
_IMPLANTS = {"implants": 0.62, "treatment": 0.38}
_BRAND = {"treatment": 0.5, "hygiene": 0.24, "children": 0.14, "implants": 0.06, "aligners": 0.06}
_MAPS = {"treatment": 0.52, "hygiene": 0.26, "children": 0.16, "aligners": 0.06}
_FRIENDS = {"treatment": 0.42, "hygiene": 0.2, "children": 0.1, "implants": 0.12, "aligners": 0.16}
CHANNELS = (
    Channel("lechenie", 3.6, 0.66, _TREATMENT, "yandex", "cpc", "poisk_lechenie"),
    Channel("implant", 1.9, 0.44, _IMPLANTS, "yandex", "cpc", "poisk_implantaciya"),
    Channel("brand", 1.4, 0.72, _BRAND, "yandex", "cpc", "poisk_brend"),
    Channel("chistka", 6.2, 0.085, {"promo": 1.0}, "yandex", "cpc", "rsya_chistka"),
    Channel("maps", 2.6, 0.7, _MAPS, "Яндекс Карты", title="Запись с карт"),
    Channel("friends", 1.5, 0.8, _FRIENDS, "Рекомендация", title="Звонок"),
    Channel("messenger", 9.8, 0.62, {}, title="Сообщение в мессенджере"),
)
BEHIND_MESSAGES = {"lechenie": 0.42, "implant": 0.16, "brand": 0.12, "maps": 0.2, "friends": 0.1}
"""Where those who write to the messenger came from: the button on the site loses it."""
CAMPAIGNS = (
    Campaign("poisk_lechenie", 70110211, "поиск", 7_600, 62.0, 0.071),
    Campaign("poisk_implantaciya", 70110212, "поиск", 7_900, 118.0, 0.058),
    Campaign("poisk_brend", 70110213, "поиск", 700, 19.0, 0.21),
    Campaign("rsya_chistka", 70110340, "сети", 3_300, 9.5, 0.0046),
)
REPORT = Report(
    "lipovaya-dent",
    (
        *("Дата", "Кампания", "№ Кампании", "Тип площадки", "Показы", "Клики", "CTR (%)", "Расход (руб.)"),
        *("Ср. цена клика (руб.)", "Конверсии"),
    ),
    "cp1251",
)
REASONS = {
    "Дорого": 5,
    "Выбрали другую клинику": 3,
    "Не дозвонились": 4,
    "Неудобно добираться": 2,
    "Нужна рассрочка": 1,
}
PROMO_REASONS = {"Нецелевая: только узнать цену": 5, "Дорого после осмотра": 4, "Не пришли на приём": 5}
NOTES = (
    "звонил пациент;\nперезвонить завтра, 10:00",
    "просит утро, до работы",
    "снимок есть;\nпришлёт в мессенджер",
    "боится укола, нужен спокойный врач",
)
SEGMENTS = {
    "treatment": "Лечение",
    "hygiene": "Гигиена",
    "children": "Дети",
    "implants": "Импланты",
    "aligners": "Элайнеры",
    "promo": "Акция",
}
DOCTORS = {
    "treatment": "Врач 1",
    "hygiene": "Врач 3",
    "children": "Врач 4",
    "implants": "Врач 2",
    "aligners": "Врач 5",
    "promo": "Врач 3",
}


@dataclass
class Deal:
    """One request and what became of it."""

    created: datetime
    channel: Channel
    patient: int
    origin: str
    contact: datetime | None = None
    service: Service | None = None
    group: str = ""
    stage: str = "Первичный контакт"
    closed: datetime | None = None
    edited: datetime | None = None
    amount: int = 0
    reason: str = ""
    number: int = 0


RETURNING = Channel("returning", 0, 0.94, {}, "Повторный визит", title="Звонок")


class Clinic:
    """The clinic's half-year: who writes, who answers, who comes, and who comes back."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.patients = 0
        self.due: list[tuple[date, int, str]] = []
        self.deals: list[Deal] = []

    def run(self) -> list[Deal]:
        """Half a year of deals, numbered in the order in which they came."""
        for week in range(WEEKS):
            expected = round(self.draw.around(LEADS_A_WEEK, 2.3))
            back = self.returning(week)
            shares = [channel.weight for channel in CHANNELS]
            for channel, count in zip(CHANNELS, self.draw.split(max(0, expected - back), shares), strict=True):
                for _ in range(count):
                    self.request(self.moment(week), channel)
        self.deals.sort(key=lambda deal: deal.created)
        number = 31_400_120
        for deal in self.deals:
            number += 3 + self.draw.below(60)
            deal.number = number
        return self.deals

    def moment(self, week: int) -> datetime:
        """A time at which someone writes."""
        day = self.draw.pick(days_of(week), WEEKDAYS)
        return datetime.combine(day, OPENS) + timedelta(seconds=self.draw.below(12 * 3600))

    def returning(self, week: int) -> int:
        """Those whose day to come back falls in the week; returns how many they are."""
        last = days_of(week)[-1]
        now = [entry for entry in self.due if entry[0] <= last]
        self.due = [entry for entry in self.due if entry[0] > last]
        for day, patient, group in now:
            at = datetime.combine(day, OPENS) + timedelta(seconds=self.draw.below(9 * 3600))
            self.request(at, RETURNING, patient, group)
        return len(now)

    def request(self, at: datetime, channel: Channel, patient: int = 0, group: str = "") -> None:
        """One request: answered or not, paid, refused or still open."""
        if not patient:
            self.patients += 1
        origin = self.draw.pick(list(BEHIND_MESSAGES), BEHIND_MESSAGES.values()) if not channel.wants else channel.name
        deal = Deal(at, channel, patient or self.patients, "" if group else origin)
        deal.edited = at + timedelta(seconds=1 + self.draw.below(2))
        self.deals.append(deal)
        deal.contact = self.answer(at, own=bool(group))
        if deal.contact:
            wants = next((known.wants for known in CHANNELS if known.name == origin), {})
            deal.group = group or self.draw.pick(list(wants), wants.values())
            self.decide(deal, deal.contact)

    def answer(self, at: datetime, *, own: bool) -> datetime | None:
        """When someone answers: in hours, on the Monday after the rest, or never."""
        ruled = week_of(at.date()) >= CHANGE_WEEK
        rests = not own and (at.weekday() >= SATURDAY or (at.weekday() == FRIDAY and at.time() >= RESTS))
        if not own and self.draw.happens(0.52 if rests else 0.02):
            return None
        found = self.on_monday(at, ruled=ruled) if rests else self.in_hours(at, ruled=ruled)
        return found if found < EXPORTED else None

    def on_monday(self, at: datetime, *, ruled: bool) -> datetime:
        """One of the first calls after the rest."""
        monday = datetime.combine(days_of(week_of(at.date()) + 1)[0], OPENS)
        return monday + timedelta(minutes=8 + self.draw.below(50 if ruled else 150))

    def in_hours(self, at: datetime, *, ruled: bool) -> datetime:
        """Within the quarter of an hour of the rule; before it after hours, on the next morning if need be."""
        minutes = max(4.0, self.draw.around(13, 4)) if ruled else max(35.0, self.draw.around(175, 62))
        found = at + timedelta(minutes=round(minutes), seconds=self.draw.below(60))
        if found.time() > CLOSES or found.date() > at.date():
            morning = datetime.combine(at.date() + timedelta(days=1), OPENS)
            return morning + timedelta(minutes=5 + self.draw.below(90))
        return found

    def decide(self, deal: Deal, contact: datetime) -> None:
        """What a request answered at `contact` ends in, and when."""
        deal.service = self.draw.pick(SERVICES[deal.group], [service.weight for service in SERVICES[deal.group]])
        ruled = week_of(deal.created.date()) >= CHANGE_WEEK
        fast = ruled or deal.channel is RETURNING
        won = self.draw.happens(deal.channel.sale * (1.0 if fast else BEFORE))
        slow = deal.group in {"implants", "aligners"}
        days = (9 if slow else 1) + self.draw.below(24 if slow else 8) if won else 2 + self.draw.below(19)
        day = contact.date() + timedelta(days=days)
        closed = datetime.combine(day, OPENS) + timedelta(minutes=self.draw.below(11 * 60), seconds=self.draw.below(60))
        price = round(deal.service.price * max(0.7, self.draw.around(1, 0.09)), -2)
        if closed >= EXPORTED:
            self.under_way(deal, contact, int(price))
        elif won:
            deal.stage, deal.closed, deal.edited, deal.amount = amocrm.WON, closed, closed, int(price)
            self.invite(deal, day)
        else:
            self.refuse(deal, closed, int(price))

    def under_way(self, deal: Deal, contact: datetime, price: int) -> None:
        """Still open: someone has been at it within the last days."""
        deal.stage = self.draw.pick(("Записан на приём", "План лечения"), (0.7, 0.3))
        latest = EXPORTED - timedelta(minutes=self.draw.below(4 * 24 * 60))
        deal.edited = max(contact, latest)
        deal.amount = price if deal.stage == "План лечения" else 0

    def refuse(self, deal: Deal, closed: datetime, price: int) -> None:
        """Lost; the reason is written in two cases of five."""
        deal.stage, deal.closed, deal.edited = amocrm.LOST, closed, closed
        deal.amount = price if self.draw.happens(0.3) else 0
        reasons = PROMO_REASONS if deal.group == "promo" else REASONS
        deal.reason = self.draw.pick(list(reasons), reasons.values()) if self.draw.happens(0.39) else ""

    def invite(self, deal: Deal, day: date) -> None:
        """Whether and when the patient comes back, on a weekday."""
        if self.draw.happens(COMES_BACK.get(deal.group, 0)):
            when = day + timedelta(days=30 + self.draw.below(80))
            when -= timedelta(days=max(0, when.weekday() - FRIDAY))
            self.due.append((when, deal.patient, self.draw.pick(("treatment", "hygiene"), (0.6, 0.4))))


def conversions(deals: list[Deal]) -> Counter[tuple[str, date]]:
    """What Direct counts: forms and clicks on the messenger alike, by campaign and day."""
    names = {channel.name: channel.campaign for channel in CHANNELS if channel.campaign}
    return Counter((names[deal.origin], deal.created.date()) for deal in deals if deal.origin in names)


def cells(deal: Deal, draw: Draw) -> dict[str, str]:
    """The columns of a deal that are filled."""
    desk = f"Администратор {1 + draw.below(2)}"
    form = deal.channel.medium != ""
    return {
        "ID": str(deal.number),
        "Название сделки": f"{deal.channel.title} {deal.number}",
        "Бюджет ": str(deal.amount),
        "Ответственный": desk,
        "Дата создания сделки": amocrm.written(deal.created),
        "Кем создана сделка": "" if form else desk,
        "Дата редактирования": amocrm.written(deal.edited),
        "Кем редактирована": desk if deal.contact else "",
        "Дата закрытия": amocrm.closing(deal.closed),
        "Теги": "мессенджер" if deal.channel.name == "messenger" else "",
        "Примечание": draw.pick(NOTES, (1, 1, 1, 1)) if deal.contact and draw.happens(0.2) else "",
        "Этап сделки": deal.stage,
        "Воронка": "Пациенты",
        "Полное имя контакта": f"Пациент {deal.patient}",
        "Ответственный за контакт": desk,
        "Мобильный телефон": f"+7000{deal.patient:07d}",
        "Источник": deal.channel.source if not form else "",
        "Товар": deal.service.name if deal.service else "",
        "Пользовательское соглашение": "Да" if form else "Нет",
        "utm_source": deal.channel.source if form else "",
        "utm_medium": deal.channel.medium,
        "utm_campaign": deal.channel.campaign,
        "Первый контакт": amocrm.written(deal.contact),
        "Причина отказа": deal.reason,
        "Сегмент": SEGMENTS.get(deal.group, ""),
        "Врач": DOCTORS[deal.group] if deal.closed and deal.stage == amocrm.WON else "",
        "domain": "lipovaya-dent.example" if form else "",
    }


def write_deals(path: Path, deals: list[Deal], draw: Draw) -> None:
    """The export of deals, with one of them entered by hand and left without its ID."""
    told = [cells(deal, draw) for deal in reversed(deals)]
    told.insert(
        len(told) // 3, told[len(told) // 3] | {"ID": "", "Название сделки": "Звонок, без карточки", "Бюджет ": "0"}
    )
    amocrm.write_deals(path, told)


def costs() -> Iterator[list[str]]:
    """What each service costs, as an accountant writes it."""
    for group in SERVICES.values():
        for service in group:
            yield [service.name, yandex_direct.amount(service.cost), "руб."]


def make(folder: Path, seed: int = SEED) -> None:
    """Write the three exports into `folder`."""
    deals = Clinic(Draw(seed)).run()
    lines = yandex_direct.rows(Draw(seed + 1), CAMPAIGNS, WEEKDAYS, conversions(deals))
    yandex_direct.write_report(folder / "yandex_direct.csv", REPORT, lines)
    write_deals(folder / "amocrm.csv", deals, Draw(seed + 2))
    write(folder / "costs.csv", table(("Услуга", "Себестоимость", "Валюта"), costs(), delimiter=";"), encoding="cp1251")
