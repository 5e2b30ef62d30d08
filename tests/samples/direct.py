"""A Yandex Direct report read by the csv module."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

TITLE_LINES = 4


@dataclass(frozen=True)
class CampaignSum:
    """A campaign over the half-year."""

    cost: float
    clicks: int
    conversions: int


def number(text: str) -> float:
    """A number with a decimal comma and no-break spaces."""
    return float(text.replace("\u00a0", "").replace(",", "."))


def report_rows(path: Path, encoding: str) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The days of the report, and its line of totals."""
    with path.open(newline="", encoding=encoding) as file:
        rows = list(csv.DictReader(file.readlines()[TITLE_LINES:], delimiter=";"))
    return rows[:-1], rows[-1]


def campaign_sums(rows: list[dict[str, str]], cost: str) -> dict[str, CampaignSum]:
    """The campaigns' sums; `cost` is the name of the column with the spend."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * 3)
    for row in rows:
        for place, column in enumerate((cost, "Клики", "Конверсии")):
            sums[row["Кампания"]][place] += number(row[column])
    return {name: CampaignSum(money, int(clicks), int(goals)) for name, (money, clicks, goals) in sums.items()}
