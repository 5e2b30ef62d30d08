"""What steps take from imported data: a number with its files, days and rows, or the named reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from playbook import i18n
from playbook.data.cohorts import COHORTS
from playbook.data.contracts import CONTRACTS
from playbook.data.coverage import COVERAGE
from playbook.data.deals import DEALS
from playbook.data.demand import DEMAND
from playbook.data.figures import FIGURES, Figure, Found, Unit
from playbook.data.funnel import FUNNEL
from playbook.data.journeys import JOURNEYS
from playbook.data.lists import LISTS
from playbook.data.losses import LOSSES
from playbook.data.periods import Period
from playbook.data.profits import PROFITS
from playbook.data.recent import RECENT
from playbook.data.refusals import REFUSALS
from playbook.data.summary import span
from playbook.data.sums import ALWAYS, Data, MissingError, OfPeriod, Window
from playbook.data.waits import WAITS
from playbook.errors import PlaybookError
from playbook.i18n import t, tn
from playbook.workspace import Workspace

EVERY: Mapping[str, Figure] = (
    FIGURES
    | FUNNEL
    | RECENT
    | DEALS
    | JOURNEYS
    | LISTS
    | LOSSES
    | PROFITS
    | COHORTS
    | CONTRACTS
    | WAITS
    | REFUSALS
    | COVERAGE
    | DEMAND
)
"""Every figure by its id."""
NAMED = 2
"""Systems that a short line names; the others are counted."""


@dataclass(frozen=True)
class Fact:
    """A number out of the imported files."""

    id: str
    value: float
    unit: Unit
    label: str
    definition: str
    sources: tuple[str, ...]
    since: date
    until: date
    rows: int
    time: datetime
    """When the newest of the files was imported."""
    currency: str = ""
    note: str = ""
    tables: tuple[str, ...] = ()
    """The tables it was counted on."""
    gives: Mapping[str, Any] = field(default_factory=dict)
    """What a question is asked in place of the number: the fields that it was computed from."""
    seen: int = 0
    """Of how many leads, orders, clients or clicks it tells."""

    @property
    def chip(self) -> str:
        """Where it comes from, in a few words: systems and days."""
        return chip(self.sources, (self.since, self.until))

    @property
    def source_text(self) -> str:
        """Where it comes from, in one line: systems, days, rows."""
        rows = tn("import", "{n} row", "{n} rows", self.rows)
        return f"{', '.join(self.sources)}: {span((self.since, self.until))}, {rows}"


@dataclass(frozen=True)
class NoFact:
    """Why the imported files do not give a number, and what would."""

    id: str
    label: str
    reason: str
    hint: str = ""


class Facts:
    """The facts of one workspace."""

    def __init__(self, workspace: Workspace, window: Window = ALWAYS) -> None:
        self.data = Data(workspace, window)

    def get(self, fact: str, days: Window | None = None) -> Fact | NoFact:
        """One fact by its id, such as `cac`; of these days alone, where some are named."""
        return self._found(fact, self.data.between(days) if days else self.data)

    def of(self, fact: str, period: Period) -> Fact | NoFact:
        """One fact of a week or month that the files cover, as its series tells it."""
        return self._found(fact, OfPeriod(self.data, period))

    def _found(self, fact: str, data: Data) -> Fact | NoFact:
        figure = EVERY[fact]
        label = t("import", figure.label)
        try:
            found = figure.find(data)
        except MissingError as missing:
            return NoFact(fact, label, missing.reason, missing.hint)
        except PlaybookError as error:  # an original that is gone must not take every page with it
            return NoFact(fact, label, error.what, error.hint)
        time = self.data.time(*found.kinds)
        if time is None:
            return NoFact(fact, label, t("import", "nothing is imported"))
        since, until = found.window or (min(one.first for one in found.inputs), max(one.last for one in found.inputs))
        return Fact(
            id=fact,
            value=rounded(found.value, figure.unit),
            unit=figure.unit,
            label=label,
            definition=t("import", figure.definition),
            sources=systems(found),
            since=since,
            until=until,
            rows=sum(one.count for one in found.inputs),
            time=time,
            currency=found.currency if figure.unit == "money" or found.gives else "",
            note="; ".join(dict.fromkeys(filter(None, (found.note, *(one.note for one in found.inputs))))),
            tables=found.kinds,
            gives=found.gives,
            seen=min(one.count for one in found.inputs) if found.seen is None else found.seen,
        )

    def all(self) -> dict[str, Fact | NoFact]:
        """Every fact by its id."""
        return {fact: self.get(fact) for fact in EVERY}


def rounded(value: Decimal | int, unit: Unit) -> float:
    """A count whole, money to the cent, everything else to a millionth."""
    if unit == "count":
        return int(value)
    return float(round(Decimal(value), 2 if unit == "money" else 6))


def systems(found: Found) -> tuple[str, ...]:
    """The systems behind a figure, as people call them."""
    return tuple(dict.fromkeys(name for one in found.inputs for name in one.names))


def chip(sources: Sequence[str], days: tuple[date, date]) -> str:
    """Systems and days in a few words: `Shopify · 1–30 June 2026`."""
    more = f" +{len(sources) - NAMED}" if len(sources) > NAMED else ""
    return f"{', '.join(sources[:NAMED])}{more} · {i18n.days(*days)}"
