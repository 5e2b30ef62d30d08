"""The payments export, as Stripe gives it."""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data_samples.make.draw import Draw
from data_samples.make.tables import table, write

LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
HEADER = (
    "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,"
    "Converted Currency,Decline Reason,Description,Fee,Mode,Payment Source Type,Refunded date (UTC),Status,"
    "Seller Message,Customer ID,Customer Email,Invoice ID"
)


@dataclass(frozen=True)
class Payment:
    """One charge of a card; times are UTC."""

    created: datetime
    customer: int
    amount: float
    first: bool
    failed: bool
    refunded: datetime | None
    metadata: tuple[str, ...]

    @property
    def status(self) -> str:
        """Stripe's word for what became of it."""
        return "Failed" if self.failed else "Refunded" if self.refunded else "Paid"

    def cells(self, draw: Draw) -> list[str]:
        """The payment's line."""
        amount, back = f"{self.amount:.2f}", f"{self.amount if self.refunded else 0:.2f}"
        return [
            f"ch_3{_name(draw, 23)}",
            _time(self.created),
            amount,
            back,
            "usd",
            str(not self.failed).lower(),
            amount,
            back,
            "usd",
            "insufficient_funds" if self.failed else "",
            "Subscription creation" if self.first else "Subscription update",
            "0.00" if self.failed else f"{self.amount * 0.029 + 0.30:.2f}",
            "Live",
            "card",
            _time(self.refunded),
            self.status,
            "The bank returned the decline code `insufficient_funds`." if self.failed else "Payment complete.",
            f"cus_{_name(Draw(self.customer), 14)}",
            f"customer{self.customer}@example.com",
            f"in_1{_name(draw, 23)}",
            *self.metadata,
        ]


def write_payments(path: Path, draw: Draw, payments: Iterable[Payment], metadata: tuple[str, ...]) -> None:
    """The export, newest first; what the firm keeps with a payment stands in columns of its own."""
    header = [*HEADER.split(","), *(f"{key} (metadata)" for key in metadata)]
    write(path, table(header, [payment.cells(draw) for payment in payments][::-1]))


def _name(draw: Draw, length: int) -> str:
    return "".join(LETTERS[draw.below(len(LETTERS))] for _ in range(length))


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""
