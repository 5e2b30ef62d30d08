"""Visits as the Logs API of Yandex Metrika gives them: tab-separated, nobody named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data_samples.make.draw import Draw
from data_samples.make.tables import table, write

HEADER = (
    "ym:s:visitID",
    "ym:s:clientID",
    "ym:s:dateTime",
    "ym:s:lastTrafficSource",
    "ym:s:lastUTMSource",
    "ym:s:lastUTMMedium",
    "ym:s:lastUTMCampaign",
    "ym:s:purchaseID",
)


@dataclass
class Visit:
    """One visit by the counter's own clock; `visitor` is the browser's number, `purchase` the order made in it."""

    at: datetime
    visitor: int
    source: str
    utm: tuple[str, str, str] = ("", "", "")
    purchase: str = ""

    def cells(self, number: int) -> list[str]:
        """The visit's line; an array is text, its quotes escaped."""
        bought = rf"[\'{self.purchase}\']" if self.purchase else "[]"
        return [str(number), str(self.visitor), f"{self.at:%Y-%m-%d %H:%M:%S}", self.source, *self.utm, bought]


def browser(draw: Draw, first: datetime) -> int:
    """The number of a browser: the second of its first visit and nine more digits."""
    return int((first - datetime(1970, 1, 1)).total_seconds()) * 10**9 + draw.below(10**9)


def write_visits(path: Path, draw: Draw, visits: Iterable[Visit]) -> None:
    """The export, oldest first; numbers of visits grow as they come, too long for a spreadsheet's number."""
    number, lines = 8_412_000_000_000_000_000, []
    for visit in sorted(visits, key=lambda visit: (visit.at, visit.visitor)):
        number += 1 + draw.below(10**11)
        lines.append(visit.cells(number))
    write(path, table(HEADER, lines, delimiter="\t"))
