"""How the files of the firms are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

Cells = Sequence[object]


def table(
    header: Cells, rows: Iterable[Cells], *, delimiter: str = ",", quote_all: bool = False, end: str = "\n"
) -> str:
    """A header and its rows as delimited text."""
    out = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def write(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Write a file as it stands, line ends included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def write_costs(path: Path, currency: str, costs: Iterable[tuple[str, str, float]]) -> None:
    """What each product costs, in our own column names: (name, article, cost of one)."""
    rows = ([name, sku, f"{cost:.2f}", currency] for name, sku, cost in costs)
    write(path, table(["product", "sku", "unit_cost", "currency"], rows))


def write_grouped_costs(path: Path, currency: str, costs: Iterable[tuple[str, str, str, float]]) -> None:
    """The same with the group of each product: (name, article, group, cost of one)."""
    rows = ([name, sku, group, f"{cost:.2f}", currency] for name, sku, group, cost in costs)
    write(path, table(["product", "sku", "group", "unit_cost", "currency"], rows))
