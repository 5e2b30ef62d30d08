"""The deals export, as HubSpot gives it, with the UTM properties that firms add to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data_samples.make.tables import table, write

PIPELINE = "Trials"
HEADER = (
    "Record ID",
    "Deal Name",
    "Deal Stage",
    "Pipeline",
    "Deal owner",
    "Create Date",
    "Close Date",
    "Closed Lost Reason",
    "Original Traffic Source",
    "Original Traffic Source Drill-Down 1",
    "UTM Source",
    "UTM Medium",
    "UTM Campaign",
    "Date of first engagement",
    f'Date entered "Activated ({PIPELINE})"',
    "Segment",
    "Associated Company IDs",
)


@dataclass(frozen=True)
class Deal:
    """One deal; times are by the account's own clock."""

    number: int
    stage: str
    owner: str
    created: datetime
    closed: datetime | None
    lost_reason: str
    source: str
    detail: str
    utm: tuple[str, str, str]
    engaged: datetime | None
    activated: datetime | None
    segment: str

    def cells(self) -> list[str]:
        """The deal's line."""
        return [
            str(19_400_000_000 + 137 * self.number),
            f"Trial {self.number}",
            self.stage,
            PIPELINE,
            self.owner,
            _time(self.created),
            _time(self.closed),
            self.lost_reason,
            self.source,
            self.detail,
            *self.utm,
            _time(self.engaged),
            _time(self.activated),
            self.segment,
            str(8_100_000_000 + 211 * self.number),
        ]


def write_deals(path: Path, deals: Iterable[Deal]) -> None:
    """The export, newest first."""
    write(path, table(HEADER, (deal.cells() for deal in reversed(list(deals)))))


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
