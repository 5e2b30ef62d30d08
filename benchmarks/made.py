"""Made data for the benchmarks of data: the same for the same size, and like what a shop really exports."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from playbook.data.engine import connect, quoted
from playbook.data.kinds import KINDS
from playbook.data.tables import Taken
from playbook.data.tables import _place as where
from playbook.workspace import Workspace

HEADER = "Номер заказа;Дата оплаты;Покупатель;Сумма, руб.;Себестоимость;Возврат;Статус;Источник;Кампания;Комментарий"
SYSTEMS = ("Яндекс", "ВКонтакте", "Сайт", "Звонок")
STATUSES = ("оплачен", "оплачен", "отменён")
BYTES_A_ROW = 137
CHANNELS = 12
TOUCHES_A_VISITOR = 4
ORDERS_A_CUSTOMER = 3
WHOLE = 2**64

TOUCHES = {
    "system": "'metrika'",
    "visit_id": "CAST(i AS VARCHAR)",
    "visitor": "md5(CAST(CAST(floor(pow(hash(i) / {whole}, 2) * {n} / {each}) AS BIGINT) AS VARCHAR))",
    "visited_at": "TIMESTAMP '2026-01-01' + INTERVAL (hash(i * 7) % 31536000) SECOND",
    "visited_day": "CAST(TIMESTAMP '2026-01-01' + INTERVAL (hash(i * 7) % 31536000) SECOND AS DATE)",
    "channel": "'channel ' || hash(i * 3) % {channels}",
    "visits": "1",
    "order_id": "CASE WHEN hash(i * 11) % 50 = 0 THEN 'o' || i END",
}
ORDERS = {
    "system": "'shop'",
    "id": "'o' || i",
    "customer": "md5(CAST(hash(i) % ({n} // {each}) AS VARCHAR))",
    "paid_at": "TIMESTAMP '2025-01-01' + INTERVAL (hash(i * 7) % 63072000) SECOND",
    "paid_day": "CAST(TIMESTAMP '2025-01-01' + INTERVAL (hash(i * 7) % 63072000) SECOND AS DATE)",
    "revenue": "(hash(i * 3) % 1000000) / 100",
    "direct_costs": "(hash(i * 3) % 600000) / 100",
    "currency": "'RUB'",
    "stage": "'paid'",
    "basis": "'sale'",
}

SPEND = {
    "system": "'direct'",
    "day": "DATE '2026-01-01' + CAST(i % 365 AS INTEGER)",
    "until": "DATE '2026-01-01' + CAST(i % 365 AS INTEGER)",
    "source": "'channel ' || i % {channels}",
    "campaign": "'campaign ' || i % 60",
    "amount": "(hash(i) % 100000) / 100",
    "currency": "'RUB'",
    "clicks": "hash(i * 3) % 100",
    "vat": "'included'",
}
FILLED = {"touches": (TOUCHES, TOUCHES_A_VISITOR), "orders": (ORDERS, ORDERS_A_CUSTOMER), "spend": (SPEND, 1)}


def export(folder: Path, megabytes: float) -> tuple[Path, Path]:
    """A shop's orders as CSV with `;`, decimal commas and no-break spaces: in cp1251, and the same in UTF-8."""
    cyrillic, utf8 = folder / "orders.csv", folder / "orders-utf8.csv"
    rows = round(megabytes * 1e6 / BYTES_A_ROW)
    draw = random.Random(26)  # noqa: S311 - data that can be made again
    with (
        cyrillic.open("w", encoding="cp1251", newline="") as one,
        utf8.open("w", encoding="utf-8", newline="") as other,
    ):
        for line in (HEADER, *(_order(number, rows, draw) for number in range(rows))):
            one.write(f"{line}\r\n")
            other.write(f"{line}\r\n")
    return cyrillic, utf8


def _order(number: int, rows: int, draw: random.Random) -> str:
    day = date(2025, 1, 1) + timedelta(days=draw.randrange(365))
    sum_of = draw.randrange(10_000, 20_000_000)
    refund = _money(sum_of // 2) if draw.random() < 0.02 else ""  # noqa: PLR2004 - one order in fifty
    cells = (
        f"З-{number:08d}",
        f"{day:%d.%m.%Y} {draw.randrange(24):02d}:{draw.randrange(60):02d}",
        f"user{draw.randrange(rows // ORDERS_A_CUSTOMER + 1)}@mail.example",
        _money(sum_of),
        _money(sum_of * 6 // 10),
        refund,
        draw.choice(STATUSES),
        draw.choice(SYSTEMS),
        f"Кампания {draw.randrange(60)} поиск",
        "Доставка до двери, позвонить за час",
    )
    return ";".join(cells)


def _money(kopecks: int) -> str:
    roubles, rest = divmod(kopecks, 100)
    return f"{roubles:,}".replace(",", "\u00a0") + f",{rest:02d}"


def tables(place: Path, sizes: Mapping[str, int]) -> Path:
    """A folder of our tables with so many rows each, the others empty."""
    place.mkdir(parents=True)
    with closing(connect()) as db:
        for name, table in KINDS.items():
            said, each = FILLED[name] if name in sizes else ({}, 1)
            columns = ", ".join(f"CAST({said.get(one, 'NULL')} AS {of}) AS {one}" for one, of in table.columns.items())
            count = sizes.get(name, 0)
            made = f"SELECT {columns}, 1 AS taken FROM range({count}) AS rows(i)".format(
                n=count, each=each, whole=WHOLE, channels=CHANNELS
            )
            db.execute(f"COPY ({made}) TO {quoted(place / f'{name}.parquet')} (FORMAT parquet)")
    return place


def firm(place: Path, sizes: Mapping[str, int]) -> Path:
    """A workspace whose tables hold so many rows, as if they had been imported."""
    with closing(Workspace.create(place, currency="RUB")) as workspace:
        made = Taken("0" * 64, "plain", {})
        payload = {
            "sha": made.sha,
            "source": made.source,
            "answers": made.answers,
            "kinds": list(sizes),
            "file": "made",
        }
        workspace.add_batch(payload)
        tables(where(workspace, [made]), sizes)
    return place
