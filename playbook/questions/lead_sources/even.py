"""Cheap leads against dear ones with the same money in each, and the conversion at which the dear ones draw level."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from playbook.display import Table
from playbook.i18n import money, number, share, t
from playbook.model import Result

if TYPE_CHECKING:
    from playbook.questions.lead_sources import Source

CONTEXT = "lead-sources"
DEARER = 1.1
"""From this ratio of prices on, a dear lead is set against a cheap one."""
FARTHEST = 1e9
"""A price so many times as large is a slip, and leads for all the money would be more than there are people."""
CLOSE = 1e-9

Why = Literal["now", "half", "level", "pays_back"]


class AtBudget(Result):
    """What the budget brings at one conversion."""

    source: str
    why: tuple[Why, ...]
    """What this conversion is: the present one, half of it, level with the cheap leads, or no profit and no loss."""
    lead_to_sale: float
    leads: float
    sales: float
    profit: float
    more: float
    """Profit above that of the cheap leads as they convert now."""


class EqualBudget(Result):
    """One budget put into the cheapest leads or into the dearest."""

    budget: float
    cheap: str
    dear: str
    conversions: tuple[AtBudget, ...]
    """The cheap leads as they are, then the dear ones by their conversion."""


def pair(sources: Sequence[Source]) -> tuple[Source, Source] | None:
    """The cheapest and the dearest leads that are bought; None where their prices hardly differ."""
    bought = sorted((one for one in sources if one.spend), key=lambda one: one.cost_per_lead)
    if len(bought) < 2 or not DEARER <= bought[-1].cost_per_lead / bought[0].cost_per_lead < FARTHEST:  # noqa: PLR2004
        return None
    return bought[0], bought[-1]


def equal_budget(sources: Sequence[Source]) -> EqualBudget | None:
    """The larger of both budgets in each of the two; None where there are no two prices to compare."""
    found = pair(sources)
    if found is None:
        return None
    cheap, dear = found
    budget = max(cheap.spend, dear.spend)
    base = _earned(cheap, budget, cheap.lead_to_sale)
    rows = [_row(cheap, budget, cheap.lead_to_sale, ("now",), base)]
    rows += [_row(dear, budget, rate, why, base) for rate, why in _conversions(cheap, dear)]
    return EqualBudget(budget=budget, cheap=cheap.name, dear=dear.name, conversions=tuple(rows))


def table(found: EqualBudget) -> Table:
    """The same with the reason for each conversion in words."""
    rows = tuple(
        (
            row.source,
            f"{share(row.lead_to_sale)} · {_named(row.why, found)}",
            number(row.leads),
            number(row.sales),
            money(row.profit),
            money(row.more) if row.source == found.dear else "—",
        )
        for row in found.conversions
    )
    columns = (
        t(CONTEXT, "Source"),
        t(CONTEXT, "Conversion"),
        t(CONTEXT, "Leads"),
        t(CONTEXT, "Sales"),
        t(CONTEXT, "Profit"),
        t(CONTEXT, "More than the cheap ones"),
    )
    title = t(CONTEXT, "Cheap leads or dear ones: {budget} in each", budget=money(found.budget))
    return Table(title, columns, rows, _note(found), numeric=(2, 3, 4, 5))


def _conversions(cheap: Source, dear: Source) -> Iterator[tuple[float, tuple[Why, ...]]]:
    """The conversions of the dear leads worth looking at, each once, the lowest first."""
    spent = cheap.profit_per_spend(cheap.lead_to_sale)
    asked: tuple[tuple[Why, float], ...] = (
        ("now", dear.lead_to_sale),
        ("level", math.inf if spent is None else dear.rate_for(spent)),
        ("pays_back", dear.rate_for(0)),
        ("half", dear.lead_to_sale / 2),
    )
    rates: dict[float, tuple[Why, ...]] = {}
    for why, rate in asked:
        if rate <= 1 + CLOSE:
            same = next((known for known in rates if math.isclose(known, rate, rel_tol=CLOSE)), min(rate, 1.0))
            rates[same] = (*rates.get(same, ()), why)
    yield from sorted(rates.items())


def _earned(source: Source, budget: float, rate: float) -> float:
    return budget / source.cost_per_lead * rate * source.per_sale - budget


def _row(source: Source, budget: float, rate: float, why: tuple[Why, ...], base: float) -> AtBudget:
    leads, profit = budget / source.cost_per_lead, _earned(source, budget, rate)
    return AtBudget(
        source=source.name,
        why=why,
        lead_to_sale=rate,
        leads=leads,
        sales=leads * rate,
        profit=profit,
        more=profit - base,
    )


def _named(why: tuple[Why, ...], found: EqualBudget) -> str:
    words = {
        "now": t(CONTEXT, "now"),
        "half": t(CONTEXT, "half the present one"),
        "level": t(CONTEXT, "level with “{cheap}”", cheap=found.cheap),
        "pays_back": t(CONTEXT, "pays back"),
    }
    return ", ".join(words[one] for one in why)


def _note(found: EqualBudget) -> str:
    """That no conversion draws level, where none does."""
    if any("level" in row.why for row in found.conversions):
        return t(CONTEXT, "Above the conversion that draws level, the dear leads earn more for the same money.")
    return t(CONTEXT, "Not even if every dear lead paid would they draw level with the cheap ones.")
