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
LEADS_OF_ORDERS = 1.5
ITEMS_OF_ORDERS = 2
PRODUCTS = 500
HOUR_OF_WEEK = "date_diff('hour', date_trunc('week', {time}), {time})"

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
    "segment": "'segment ' || hash(i * 29) % 6",
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
CAME = "TIMESTAMP '2026-01-01' + INTERVAL (hash(i * 7) % 31536000) SECOND"
"""When a lead came, one year in which the touches lie, too."""
ANSWERED = f"{CAME} + INTERVAL (waited(i)) SECOND"
LEADS = {
    "system": "'crm'",
    "id": "'l' || i",
    "created_at": CAME,
    "created_day": f"CAST({CAME} AS DATE)",
    "created_hour": HOUR_OF_WEEK.format(time=f"({CAME})"),
    "first_contact_at": f"CASE WHEN hash(i * 13) % 10 > 0 THEN {ANSWERED} END",
    "first_contact_day": f"CASE WHEN hash(i * 13) % 10 > 0 THEN CAST({ANSWERED} AS DATE) END",
    "first_contact_hour": f"CASE WHEN hash(i * 13) % 10 > 0 THEN {HOUR_OF_WEEK.format(time=f'({ANSWERED})')} END",
    "waited_seconds": "CASE WHEN hash(i * 13) % 10 > 0 THEN waited(i) END",
    "closed_day": f"CASE WHEN stage_of(i) <> 'open' THEN CAST({CAME} AS DATE) + CAST(hash(i * 23) % 40 AS INTEGER) END",
    "status": "stage_of(i)",
    "stage": "stage_of(i)",
    "refusal_reason": "CASE WHEN stage_of(i) = 'lost' THEN 'reason ' || hash(i * 19) % 40 END",
    "source": "'channel ' || hash(i * 3) % {channels}",
    "segment": "'segment ' || hash(i * 29) % 6",
    "utm_campaign": "'campaign ' || hash(i * 31) % 60",
}
ITEMS = {
    "system": "'shop'",
    "order_id": "'o' || i // {each}",
    "product": "'product ' || hash(i) % {products}",
    "sku": "'s' || hash(i) % {products}",
    "quantity": "1",
    "price": "(hash(i // {each} * 3) % 1000000) / 200",
}
COSTS = {
    "product": "'product ' || i",
    "sku": "'s' || i",
    "product_group": "'group ' || i % 20",
    "unit_cost": "10 + hash(i) % 2000",
    "currency": "'RUB'",
}
FILLED = {
    "touches": (TOUCHES, TOUCHES_A_VISITOR),
    "orders": (ORDERS, ORDERS_A_CUSTOMER),
    "spend": (SPEND, 1),
    "leads": (LEADS, 1),
    "items": (ITEMS, ITEMS_OF_ORDERS),
    "costs": (COSTS, 1),
}
MACROS = (
    "CREATE TEMP MACRO waited(i) AS CAST(hash(i * 41) % 7200 + 86400 * (hash(i * 43) % 4 = 0)::INT AS BIGINT)",
    (
        "CREATE TEMP MACRO stage_of(i) AS CASE"
        " WHEN hash(i * 17) % 10 < 3 THEN 'won' WHEN hash(i * 17) % 10 < 9 THEN 'lost' ELSE 'open' END"
    ),
)


def shop(orders: int) -> dict[str, int]:
    """The tables of a year of a shop with so many orders: ten touches to each, more leads than orders."""
    return {
        "orders": orders,
        "touches": 10 * orders,
        "leads": round(orders * LEADS_OF_ORDERS),
        "items": ITEMS_OF_ORDERS * orders,
        "costs": PRODUCTS,
        "spend": 60 * 365,
    }


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
        for macro in MACROS:
            db.execute(macro)
        for name, table in KINDS.items():
            said, each = FILLED[name] if name in sizes else ({}, 1)
            said = {"line": "i"} | said
            columns = ", ".join(f"CAST({said.get(one, 'NULL')} AS {of}) AS {one}" for one, of in table.columns.items())
            count = sizes.get(name, 0)
            made = f"SELECT {columns}, 1 AS taken FROM range({count}) AS rows(i)".format(
                n=count, each=each, whole=WHOLE, channels=CHANNELS, products=PRODUCTS
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
