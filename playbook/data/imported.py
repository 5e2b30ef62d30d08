"""Everything that the steps take from imported data, each part found when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cached_property
from typing import Any

from playbook.data import contracts
from playbook.data.engines.errors import EngineError
from playbook.data.facts import EVERY, Fact, Facts, NoFact
from playbook.data.figures import need_customers
from playbook.data.proofs import Proof, proofs
from playbook.data.series import METRICS, Series, series
from playbook.data.sums import MissingError, Row, Window
from playbook.workspace import Workspace


class Imported:
    """What the files of one workspace say, in the language that was spoken when it was asked."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._facts = Facts(workspace)
        self._found: dict[tuple[str, Window | None], Fact | NoFact] = {}

    def fact(self, name: str, days: Window | None = None) -> Fact | NoFact:
        """One figure by its id, looked up once; of these days alone, where some are named."""
        if (name, days) not in self._found:
            with closing(self._workspace):  # what is said is kept for long, and no open file with it
                self._found[name, days] = self._facts.get(name, days)
        return self._found[name, days]

    @property
    def facts(self) -> Mapping[str, Fact | NoFact]:
        """Every figure by its id."""
        return _Figures(self)

    @cached_property
    def proofs(self) -> dict[str, Proof]:
        """Sentences that may stand as evidence of the working loop."""
        with closing(self._workspace):
            return proofs(self._facts.data)

    @cached_property
    def clients(self) -> list[dict[str, float]] | None:
        """What each customer has bought, in days since the first purchase; None where the orders do not say."""
        with closing(self._workspace):
            try:
                orders = self._facts.data.orders()
                need_customers(orders)
                return [_client(row) for row in self._facts.data.rows("clients", (orders.first, orders.last))]
            except (MissingError, EngineError):
                return None

    @cached_property
    def contracts(self) -> str | None:
        """Cohorts of clients who pay every month, one on a line; None where the orders do not say or none pay so."""
        with closing(self._workspace):
            try:
                need_customers(self._facts.data.orders())
                found = contracts.cohorts(self._facts.data)
            except (MissingError, EngineError):
                return None
        return "\n".join("; ".join(map(str, cohort)) for cohort in found) or None

    @cached_property
    def buyers(self) -> list[dict[str, Any]] | None:
        """Each customer's purchases, money and days of silence, by hashed id; None where the orders do not say."""
        with closing(self._workspace):
            try:
                orders = self._facts.data.orders()
                need_customers(orders)
                _ = orders.currency
                return [_buyer(row) for row in self._facts.data.rows("buyers", (orders.first, orders.last))]
            except (MissingError, EngineError):
                return None

    @cached_property
    def weeks(self) -> dict[str, Series | NoFact]:
        """Metrics of metrics.toml week by week."""
        with closing(self._workspace):
            return {metric: series(self._facts.data, metric) for metric in METRICS}


class _Figures(Mapping[str, Fact | NoFact]):
    """Figures by their ids, each counted when it is first asked for: one question must not wait for all paths."""

    def __init__(self, imported: Imported) -> None:
        self._imported = imported

    def __getitem__(self, name: str) -> Fact | NoFact:
        if name not in EVERY:
            raise KeyError(name)
        return self._imported.fact(name)

    def __iter__(self) -> Iterator[str]:
        return iter(EVERY)

    def __len__(self) -> int:
        return len(EVERY)


def _client(row: Row) -> dict[str, float]:
    found = {"frequency": int(row["repeats"]), "recency": float(row["recency"]), "age": float(row["age"])}
    paid = row["mean_paid"]
    return {**found, "mean_value": float(paid)} if paid is not None and float(paid) > 0 else found


def _buyer(row: Row) -> dict[str, Any]:
    purchases = int(row["purchases"])
    gap = {"gap_days": round(int(row["span"]) / (purchases - 1), 2)} if purchases > 1 else {}
    return {
        "client": str(row["customer"]),
        "orders": purchases,
        "silent_days": int(row["silent"]),
        "money": round(float(row["paid"]), 2),
        "last_order": str(row["last_order"]),
        **gap,
    }
