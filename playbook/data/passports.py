"""Every metric of the catalogue with its passport: what was measured, how, on what, or the reason why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playbook import i18n, texts
from playbook.data.facts import Fact, Facts, NoFact
from playbook.data.periods import Grain
from playbook.data.series import METRICS, Series, series
from playbook.data.sums import ALWAYS, Window
from playbook.i18n import t
from playbook.workspace import Workspace

TODAY = {"stale_leads": "stale_leads"}
"""Metrics that are known for the last day of the data only, and their figures."""


@dataclass(frozen=True)
class Passport:
    """One metric of metrics.toml over some days of the data, with its weeks and months."""

    metric: dict[str, Any]
    """The entry of metrics.toml: name, unit, direction, cadence, definition, source."""
    fact: Fact | NoFact
    weeks: Series | NoFact | None = None
    months: Series | NoFact | None = None

    def to_json(self) -> dict[str, Any]:
        """The object of `metrics --json`; without a value the named reason."""
        told = {name: self.metric[name] for name in ("id", "name", "unit", "direction", "cadence", "definition")}
        if isinstance(self.fact, NoFact):
            return {**told, "value": None, "reason": self.fact.reason, "hint": self.fact.hint}
        return {
            **told,
            "value": self.fact.value,
            "currency": self.fact.currency or None,
            "formula": self.fact.definition,
            "note": self.fact.note,
            "tables": list(self.fact.tables),
            "sources": list(self.fact.sources),
            "from": self.fact.since.isoformat(),
            "to": self.fact.until.isoformat(),
            "rows": self.fact.rows,
            "weeks": _told("week", self.weeks),
            "months": _told("month", self.months),
        }

    def line(self) -> str:
        """What a person reads."""
        if isinstance(self.fact, NoFact):
            return f"{self.metric['name']}: — ({self.fact.reason})"
        value = i18n.money(self.fact.value, self.fact.currency) if self.fact.currency else self._measured(self.fact)
        return f"{self.metric['name']}: {value} ({'; '.join(filter(None, (self.fact.chip, self.fact.note)))})"

    def _measured(self, fact: Fact) -> str:
        return i18n.measured(fact.value, fact.unit)


def passports(workspace: Workspace, window: Window = ALWAYS) -> list[Passport]:
    """Every metric of the catalogue, in its order; weeks and months are those that lie within the days asked for."""
    facts = Facts(workspace, window)
    return [_passport(facts, metric) for metric in texts.load("metrics.toml")["metrics"]]


def _passport(facts: Facts, metric: dict[str, Any]) -> Passport:
    name = str(metric["id"])
    if name in METRICS:
        return Passport(metric, facts.get(METRICS[name]), series(facts.data, name), series(facts.data, name, "month"))
    if name in TODAY:
        return Passport(metric, facts.get(TODAY[name]))
    hint = t("import", "it is taken from: {source}", source=metric["source"])
    return Passport(metric, NoFact(name, metric["name"], t("import", "it is not counted from imported files"), hint))


def _told(grain: Grain, found: Series | NoFact | None) -> list[dict[str, Any]]:
    """The points of a series, each with its period; none without one."""
    points = found.points if isinstance(found, Series) else ()
    return [{grain: point.period.text, "value": point.value, "state": point.state} for point in points]
