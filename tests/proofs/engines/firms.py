"""The firms of the conformance run: the samples, and two made rough on purpose."""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from playbook import samples
from playbook.data import Importer, tables
from playbook.data.engine import connect
from playbook.workspace import Workspace

FIRST = datetime(2026, 5, 4)  # noqa: DTZ001 - an export's moments are written without a zone
DAYS = 160
PEOPLE = [f"person-{number}" for number in range(60)]
SYSTEMS = ["Яндекс", "google", "VK Реклама", "письма", ""]
CAMPAIGNS = ["Осень | Йога", "осень | йога", "BRAND", "Ёлка 50%", "O'Neil_sale", ""]
REASONS = ["Дорого", "дорого ", "Нецелевой", "НЕЦЕЛЕВОЙ звонок", "Spam", "ушёл к другим", ""]
SEGMENTS = ["Семьи", "Офисы", ""]
GOODS = [("Йога-мат", "M-1", 19.99), ("Блок", "B-1", 4.35), ("Ремень", "", 7.1), ("Абонемент Ё", "Ж-9", 88.0)]


def firms(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each firm's name and the folder of its tables."""
    for name in samples.names():
        with_language = "ru" if name == "local" else "en"
        yield name, tables.folder(samples.create(folder / name, name, with_language))
    yield "rough", tables.folder(_rough(folder / "rough", numbered=True))
    bare = tables.folder(_rough(folder / "bare", numbered=False))
    yield "rough, visits without orders", bare
    yield "rough, spend counted twice", _overlapping(bare, folder / "twice" / "tables")


def _overlapping(made: Path, folder: Path) -> Path:
    """The same tables with spend that an import would have refused: days within totals of the same campaign."""
    shutil.copytree(made, folder)
    with closing(connect()) as db:
        spend = db.read_parquet((made / "spend.parquet").as_posix())
        longer = spend.project("* REPLACE (CAST(until + INTERVAL 3 DAY AS DATE) AS until)")
        longer.write_parquet((folder / "spend.parquet").as_posix())
    return folder


def _rough(path: Path, *, numbered: bool) -> Workspace:
    """Empty cells, two alphabets, refunds of all and of parts, periods that overlap, and visits that end in orders."""
    chance = random.Random(20261126)
    workspace = Workspace.create(path, language="ru", currency="RUB")
    importer = Importer(workspace)
    made = {
        "costs": [{"product": name, "sku": sku, "unit_cost": cost / 2} for name, sku, cost in GOODS[:3]],
        "orders": list(_orders(chance)),
        "leads": list(_leads(chance)),
        "spend": list(_spend(chance)),
        "visits": list(_visits(chance, numbered=numbered)),
    }
    for name, rows in made.items():
        done = importer.run(importer.preview(_csv(rows), f"{name}.csv"))
        assert done.batch, name
    return workspace


def _csv(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _moment(chance: random.Random) -> datetime:
    return FIRST + timedelta(minutes=chance.randrange(DAYS * 24 * 60))


def _orders(chance: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(1, 241):
        made, revenue = _moment(chance), round(chance.uniform(5, 900), 2)
        order = {
            "order_id": number,
            "customer": chance.choice([*PEOPLE, ""]),
            "created_at": made,
            "paid_at": made + timedelta(hours=chance.randrange(60)),
            "status": chance.choice(["paid"] * 6 + ["new", "cancelled"]),
            "revenue": revenue,
            "direct_costs": chance.choice(["", round(revenue * 0.4, 2)]),
            "refund": chance.choice(["", "", 0, round(revenue / 3, 2), revenue]),
            "discount": chance.choice(["", round(revenue / 10, 2)]),
            "currency": "RUB",
            "lead_id": chance.choice(["", chance.randrange(1, 300)]),
            "segment": chance.choice(SEGMENTS),
        }
        for name, sku, price in chance.sample(GOODS, chance.randrange(1, 4)):
            yield order | {
                "product": name,
                "sku": sku,
                "quantity": chance.choice([1, 2, 2.5]),
                "price": chance.choice([price, ""]),
            }


def _leads(chance: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(1, 300):
        made = _moment(chance)
        stage = chance.choice(["won", "lost", "lost", "new"])
        ended = made + timedelta(days=chance.randrange(30))
        yield {
            "lead_id": number,
            "created_at": made,
            "first_contact_at": chance.choice(["", made + timedelta(minutes=chance.randrange(3000))]),
            "closed_at": "" if stage == "new" else chance.choice([ended, ended, ""]),
            "status": stage,
            "refusal_reason": chance.choice(REASONS) if stage == "lost" else "",
            "source": chance.choice(SYSTEMS),
            "segment": chance.choice(SEGMENTS),
            "deal_amount": chance.choice(["", 0, round(chance.uniform(10, 5000), 2)]),
            "currency": "RUB",
            "utm_source": chance.choice(SYSTEMS),
            "utm_campaign": chance.choice(CAMPAIGNS),
        }


def _spend(chance: random.Random) -> Iterator[dict[str, Any]]:
    for day, campaign in product(range(DAYS), CAMPAIGNS[:-1]):
        since, length = (FIRST + timedelta(days=day)).date(), 9 if campaign == "BRAND" else 1
        if day % length == 0:
            yield {
                "day": since,
                "until": since + timedelta(days=length - 1),
                "source": "google" if length > 1 else chance.choice(SYSTEMS[:-1]),
                "campaign": campaign,
                "amount": round(chance.uniform(0, 400), 2),
                "currency": "RUB",
                "clicks": chance.choice(["", chance.randrange(90)]),
                "impressions": chance.choice(["", chance.randrange(9000)]),
            }


def _visits(chance: random.Random, *, numbered: bool) -> Iterator[dict[str, Any]]:
    for number in range(900):
        order = {"order_id": chance.choice([""] * 5 + [chance.randrange(1, 240)])} if numbered else {}
        yield {
            "visit_id": f"v{number}",
            "visitor": chance.choice([*PEOPLE, ""]),
            "at": _moment(chance),
            "channel": chance.choice(["сайт", "site", "карты"]),
            "utm_source": chance.choice(SYSTEMS),
            "utm_medium": chance.choice(["cpc", "письмо", ""]),
            "utm_campaign": chance.choice(CAMPAIGNS),
        } | order
