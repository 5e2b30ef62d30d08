"""The metrics one may choose from: their names, units and directions, and the metrics of a firm's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from playbook import i18n, texts
from playbook.units import folded

Direction = Literal["up", "down", ""]
OF_NO_WHOLE = ("romi", "roi", "nrr", "support_contact_share")
"""Metrics in per cent of something that they can exceed."""


@dataclass(frozen=True)
class Metric:
    """A metric of the catalogue, or of the firm's own (`own`), of which only the name is known."""

    id: str
    name: str
    unit: str = "number"
    direction: Direction = ""
    money: bool = False
    own: bool = False

    @property
    def most(self) -> float | None:
        """The largest value there can be: that of a part of a whole."""
        return 1 if self.unit == "share" and self.id not in OF_NO_WHOLE else None

    def written(self, value: float | str | None, digits: int | None = None) -> str:
        """A value in the metric's unit; a dash for none, and text as it was typed."""
        if value is None or value == "":
            return "—"
        return value if isinstance(value, str) else i18n.measured(value, self.unit, digits)

    def met(self, value: float, plan: float) -> bool | None:
        """Whether the value keeps the plan, equal included; None where it is not known which way is better."""
        if not self.direction:
            return None
        return value >= plan if self.direction == "up" else value <= plan


def find(said: str) -> Metric:
    """The metric with this id, or with this name in either language; else one of the firm's own.

    >>> find("CAC").id, find("cac").money, find("Calls from the gate").own
    ('cac', True, True)
    """
    wanted = _plain(said)
    for metric in catalogue(i18n.language()):
        if wanted in _names(metric.id):
            return metric
    return Metric(id=said.strip(), name=said.strip(), own=True)


@cache
def catalogue(lang: str) -> tuple[Metric, ...]:
    """Every metric of `knowledge/`, with its name in `lang`."""
    return tuple(
        Metric(item["id"], item["name"], item["unit"], item["direction"], item["money"])
        for item in texts.load("metrics.toml", lang)["metrics"]
    )


@cache
def _names(ident: str) -> frozenset[str]:
    """The id and the names of a metric in every language, ready to compare."""
    names = (metric.name for lang in i18n.LANGUAGES for metric in catalogue(lang) if metric.id == ident)
    return frozenset({_plain(ident), *map(_plain, names)})


def _plain(text: str) -> str:
    return folded(text.replace("_", " ").replace("-", " "))
