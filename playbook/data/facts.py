"""What steps take from imported data: a number with its files, days and rows, or the named reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from playbook.data.figures import FIGURES, Unit
from playbook.data.summary import span
from playbook.data.sums import Data, MissingError
from playbook.errors import PlaybookError
from playbook.i18n import t, tn
from playbook.workspace import Workspace


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

    def __init__(self, workspace: Workspace) -> None:
        self._data = Data(workspace)

    def get(self, fact: str) -> Fact | NoFact:
        """One fact by its id, such as `cac`."""
        figure = FIGURES[fact]
        label = t("import", figure.label)
        try:
            found = figure.find(self._data)
        except MissingError as missing:
            return NoFact(fact, label, missing.reason, missing.hint)
        except PlaybookError as error:  # an original that is gone must not take every page with it
            return NoFact(fact, label, error.what, error.hint)
        time = self._data.time(*found.kinds)
        if time is None:
            return NoFact(fact, label, t("import", "nothing is imported"))
        since, until = found.window or (min(one.first for one in found.inputs), max(one.last for one in found.inputs))
        return Fact(
            id=fact,
            value=int(found.value) if figure.unit == "count" else _rounded(found.value, figure.unit),
            unit=figure.unit,
            label=label,
            definition=t("import", figure.definition),
            sources=tuple(dict.fromkeys(name for one in found.inputs for name in one.names)),
            since=since,
            until=until,
            rows=sum(one.count for one in found.inputs),
            time=time,
            currency=found.currency if figure.unit == "money" else "",
            note="; ".join(dict.fromkeys(filter(None, (found.note, *(one.note for one in found.inputs))))),
        )

    def all(self) -> dict[str, Fact | NoFact]:
        """Every fact by its id."""
        return {fact: self.get(fact) for fact in FIGURES}


def _rounded(value: Decimal | int, unit: Unit) -> float:
    """Money to the cent, everything else to a millionth."""
    return float(round(Decimal(value), 2 if unit == "money" else 6))
