"""core/weights.toml as it is used: criteria with weights, and the scores each answer gives to each core."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from playbook import rules, texts

FIELDS = {"lead_price": "cost_per_lead", "client_price": "cac", "order": "average_order_value"}
"""Criteria that are named otherwise than the answer that moves them."""

PRICES = ("lead_price", "client_price")
"""Two criteria that are one test: the second counts where the first is unknown."""

Name = Literal["performance", "inbound", "retention", "brand", "abm"]


@dataclass(frozen=True)
class Band:
    """One answer to a criterion, or a range of numbers up to `edge`, with the score it gives to each core."""

    scores: tuple[float, ...]
    say: str
    why: Mapping[str, str]
    answer: str | None = None
    edge: float | None = None
    closed: bool = False
    """Whether the edge belongs to the band."""

    def holds(self, value: float | str) -> bool:
        """Whether the answer falls into this band, the lower ones being refused already."""
        if isinstance(value, str):
            return value == self.answer
        return self.edge is None or value < self.edge or (self.closed and value == self.edge)


@dataclass(frozen=True)
class Criterion:
    """One question to the situation with its weight and bands."""

    id: str
    label: str
    short: str
    weight: float
    bands: tuple[Band, ...]

    @property
    def field(self) -> str:
        """The input that moves it."""
        return FIELDS.get(self.id, self.id)

    def band(self, value: float | str) -> Band | None:
        """The band of an answer."""
        return next((band for band in self.bands if band.holds(value)), None)


@dataclass(frozen=True)
class Sheet:
    """weights.toml with the thresholds of rules.toml and the fits of scenarios.toml put in."""

    order: tuple[Name, ...]
    criteria: tuple[Criterion, ...]
    strong: float
    weak: float
    near: float
    shaken: float
    draws: int
    seed: int
    enough: float

    @property
    def weight(self) -> float:
        """The weight of all criteria; the prices of a lead and of a client are one."""
        return sum(criterion.weight for criterion in self.criteria if criterion.id != PRICES[1])


@cache
def sheet() -> Sheet:
    """The weights and scores, read once."""
    with (Path(__file__).parent / "weights.toml").open("rb") as file:
        facts = tomllib.load(file)
    criteria = tuple(_criterion(row, facts["order"]) for row in facts.pop("criteria"))
    return Sheet(order=tuple(facts.pop("order")), criteria=criteria, **facts)


def _criterion(row: dict[str, Any], order: list[str]) -> Criterion:
    bands = row.get("bands") or _scenario_bands(order, {"for": row["for"], "against": row["against"]})
    made = tuple(_band(band, row.get("say", "")) for band in bands)
    return Criterion(row["id"], row["label"], row.get("short", row["label"]), row["weight"], made)


def _scenario_bands(order: list[str], why: dict[str, str]) -> list[dict[str, Any]]:
    """How far each core suits each scenario stands in scenarios.toml, 0-1."""
    rows = texts.load("scenarios.toml", "en")["scenarios"]
    return [{"is": row["id"], "scores": [100 * row["fit"][core] for core in order], "why": why} for row in rows]


def _band(facts: dict[str, Any], say: str) -> Band:
    edge = facts.get("upto", facts.get("below"))
    return Band(
        scores=tuple(float(score) for score in facts["scores"]),
        say=facts.get("say", say),
        why=facts.get("why", {}),
        answer=facts.get("is"),
        edge=rules.get(edge).number if isinstance(edge, str) else edge,
        closed="upto" in facts,
    )
