"""The export of deals as Bitrix24 gives it: every cell quoted, a `;` after the last one, a line a product."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from data_samples.make.tables import table, write

HEADER = (
    *("ID", "Воронка", "Стадия сделки", "Название", "Тип", "Источник", "Дополнительно об источнике", "Компания"),
    *("Контакт", "Сумма", "Валюта", "Товар", "Цена", "Количество", "Создан CRM-формой", "Повторная сделка"),
    *("Ответственный", "Дата создания", "Кем создана", "Дата изменения", "Предполагаемая дата закрытия"),
    *("Причина отказа", "UTM Source", "UTM Medium", "UTM Campaign", "UTM Content", "UTM Term"),
)
WON = "Сделка успешна"
LOST = "Сделка провалена"
CURRENCY = "Рубль"


def written(moment: datetime) -> str:
    """A time by the firm's clock."""
    return f"{moment:%d.%m.%Y %H:%M:%S}"


def write_deals(path: Path, lines: Iterable[dict[str, str]]) -> None:
    """The lines of the deals by column, after a byte order mark."""
    cells = ([line.get(name, "") for name in HEADER] for line in lines)
    write(path, table(HEADER, cells, delimiter=";", quote_all=True, end=";\r\n"), encoding="utf-8-sig")
