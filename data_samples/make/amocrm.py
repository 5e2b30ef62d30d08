"""The export of deals as amoCRM gives it: 76 columns, some names twice, newest first, local times without a zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from data_samples.make.tables import table, write

HEADER = (
    *("ID", "Название сделки", "Бюджет ", "Ответственный", "Дата создания сделки", "Кем создана сделка"),
    *("Дата редактирования", "Кем редактирована", "Дата закрытия", "Теги", "Примечание", "Примечание 2"),
    *("Примечание 3", "Примечание 4", "Примечание 5", "Этап сделки", "Воронка", "Полное имя контакта"),
    *("Компания контакта", "Ответственный за контакт", "Компания", "Рабочий телефон", "Рабочий прямой телефон"),
    *("Мобильный телефон", "Факс", "Домашний телефон", "Другой телефон", "Рабочий email", "Личный email"),
    *("Другой email", "Город", "Источник", "Должность", "Товар", "Skype", "ICQ", "Jabber", "Google Talk", "MSN"),
    *("Другой IM", "Пользовательское соглашение", "cid", "uid", "tid", "utm_source", "utm_medium", "utm_campaign"),
    *("utm_term", "utm_content", "utm_referrer", "_ym_uid", "_ym_counter", "roistat", "referrer", "openstat_service"),
    *("openstat_campaign", "openstat_ad", "openstat_source", "from", "gclientid", "gclid", "yclid", "fbclid"),
    *("Первый контакт", "roistat", "Причина отказа", "Врач", "TRAF_TYPE", "TRAF_SRC", "Товар", "Сегмент", "cid"),
    *("uid", "tid", "Источник", "domain"),
)
NOT_CLOSED = "не закрыта"
WON = "Успешно реализовано"
LOST = "Закрыто и не реализовано"


def written(moment: datetime | None) -> str:
    """A time by the firm's clock."""
    return f"{moment:%d.%m.%Y %H:%M:%S}" if moment else ""


def closing(moment: datetime | None) -> str:
    """The time of closing, kept to the minute, or the words that stand for its absence."""
    return f"{moment:%d.%m.%Y %H:%M:00}" if moment else NOT_CLOSED


def write_deals(path: Path, deals: Iterable[dict[str, str]]) -> None:
    """The deals by column; a name that stands twice in the header is filled where it stands first."""
    firsts = [name if HEADER.index(name) == place else "" for place, name in enumerate(HEADER)]
    write(path, table(HEADER, ([deal.get(name, "") for name in firsts] for deal in deals)))
