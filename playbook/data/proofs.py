"""What the imported files show of the working loop, in words that may stand as its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from playbook import i18n
from playbook.data.facts import chip
from playbook.data.lead_sources import lead_sources
from playbook.data.match import system_title
from playbook.data.sums import Data, MissingError, Sums
from playbook.errors import PlaybookError
from playbook.i18n import t


@dataclass(frozen=True)
class Proof:
    """A sentence out of the imported files, with the systems and days it speaks of."""

    answers: ClassVar = False
    """Whether it answers a question, and does not merely show something of it."""
    place: ClassVar = "data"
    note: ClassVar = ""
    doubt: ClassVar = ""

    id: str
    text: str
    sources: tuple[str, ...]
    since: date
    until: date
    time: datetime

    @property
    def chip(self) -> str:
        """Where it comes from, in a few words."""
        return chip(self.sources, (self.since, self.until))

    @property
    def evidence(self) -> str:
        """The sentence with its source: what is written down stays true when newer files come."""
        return f"{self.text} ({self.chip})"


def proofs(data: Data) -> dict[str, Proof]:
    """Every sentence that the files support, by its id."""
    found = {}
    for name, (kinds, look) in PROOFS.items():
        try:
            text, sums = look(data)
        except (MissingError, PlaybookError):  # no suggestion is no fault
            continue
        time = data.time(*kinds)
        if text and time is not None:
            found[name] = Proof(name, text, sums.names, sums.first, sums.last, time)
    return found


def _sources_named(data: Data) -> tuple[str, Sums]:
    leads = data.leads()
    share = i18n.share(leads.whole("with_source") / leads.count)
    said = t("import", "{share} of {leads} leads say where they came from", share=share, leads=i18n.number(leads.count))
    return said, leads


def _records_kept(data: Data) -> tuple[str, Sums]:
    leads = data.leads()
    lost = leads.whole("lost")
    parts = [
        t(
            "import",
            "{share} of {leads} leads have a status",
            share=i18n.share(leads.whole("with_status") / leads.count),
            leads=i18n.number(leads.count),
        )
    ]
    if lost:
        share = i18n.share(leads.whole("lost_with_reason") / lost)
        parts.append(t("import", "{share} of {lost} lost ones have a reason", share=share, lost=i18n.number(lost)))
    return ", ".join(parts), leads


def _largest_source(data: Data) -> tuple[str, Sums]:
    """The source that most leads name; without leads, the advertising system that takes most of the money."""
    try:
        leads = data.leads()
    except MissingError:
        return _largest_spend(data)
    most = next((one for one in lead_sources(data) if one.name), None)
    if most is None:
        return "", leads
    share = i18n.share(most.leads / leads.whole("with_source"))
    said = t("import", "{source}: {share} of the leads that name a source", source=most.said, share=share)
    return said, leads


def _largest_spend(data: Data) -> tuple[str, Sums]:
    spend = data.spend()
    by_name: dict[str, Decimal] = {}
    for row in spend.rows:
        by_name[row["system"]] = by_name.get(row["system"], Decimal(0)) + Decimal(row["amount"] or 0)
    most = max(by_name, key=lambda name: by_name[name])
    total = sum(by_name.values())
    if not total:
        return "", spend
    amount = i18n.money(float(by_name[most]), spend.currency or None)
    share = i18n.share(float(by_name[most] / total))
    said = t(
        "import",
        "{source}: {amount}, {share} of advertising spend",
        source=system_title(most),
        amount=amount,
        share=share,
    )
    return said, spend


PROOFS: Mapping[str, tuple[tuple[str, ...], Callable[[Data], tuple[str, Sums]]]] = {
    "sources_named": (("leads",), _sources_named),
    "records_kept": (("leads",), _records_kept),
    "largest_source": (("leads", "spend"), _largest_source),
}
"""The tables that a sentence is about, and how it is found."""
