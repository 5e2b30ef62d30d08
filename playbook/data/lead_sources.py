"""Leads by the source they came from, and by segment: how many, what became of them, what the won ones brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from playbook.data.labels import channel_word
from playbook.data.match import system_title
from playbook.data.sums import ALWAYS, Data, MissingError
from playbook.i18n import t


@dataclass(frozen=True)
class LeadSource:
    """One source or segment of leads; `name` is empty for leads that say none."""

    name: str
    leads: int
    won: int
    lost: int
    contacted: int
    """Leads with a first contact."""
    sales: int
    """Won leads with an amount."""
    revenue: Decimal
    currencies: tuple[str, ...]

    @property
    def said(self) -> str:
        """The name as a reader calls it; the file's own where it is one of the firm's."""
        return channel_word(system_title(self.name))


def lead_sources(
    data: Data, window: tuple[date, date] = ALWAYS, cut: Literal["source", "segment"] = "source"
) -> tuple[LeadSource, ...]:
    """The sources of leads made between two days, or their segments, the largest first.

    Raises:
        MissingError: there are no leads.
    """
    data.leads(window)
    return tuple(
        LeadSource(
            name=str(row["name"] or ""),
            leads=int(row["leads"]),
            won=int(row["won"] or 0),
            lost=int(row["lost"] or 0),
            contacted=int(row["contacted"] or 0),
            sales=int(row["sales"] or 0),
            revenue=Decimal(str(row["revenue"] or 0)),
            currencies=tuple(sorted({str(row[name]) for name in ("low_currency", "high_currency") if row[name]})),
        )
        for row in data.rows("lead_lines", window)
        if row["cut"] == cut
    )


def one_currency(found: Sequence[LeadSource]) -> str:
    """The one currency of the sources' money.

    Raises:
        MissingError: there are several; they are never added up.
    """
    codes = sorted({code for one in found for code in one.currencies})
    if len(codes) > 1:
        raise MissingError(
            t("import", "the amounts are in several currencies: {codes}", codes=", ".join(codes)),
            t("import", "import files in one currency"),
        )
    return codes[0] if codes else ""
