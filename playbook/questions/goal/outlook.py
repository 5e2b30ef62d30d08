"""How likely a goal is with the visits its budget buys: rates as seen or guessed at, sales as chance has it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.i18n import t
from playbook.methods.futures import Outcomes, Rate, amounts, successes, two_stages
from playbook.model import Provisional

if TYPE_CHECKING:
    from playbook.questions.goal import Goal

CONTEXT = "goal"


@dataclass(frozen=True)
class Outlook:
    """What the planned visits may bring, in the unit of the target, and how much of it is needed."""

    outcomes: Outcomes
    need: float
    each: float
    """What one sale counts for: 1, or the money it brings where the target is money."""
    guessed: bool

    @property
    def chance(self) -> float:
        """How likely the target is."""
        return self.outcomes.at_least(self.need)

    def shown(self) -> float | Provisional:
        """The chance, with its warning while nothing tells how far off the rates may be."""
        if not self.guessed:
            return self.chance
        return Provisional(
            value=self.chance, reason=unproven(), hint=t(CONTEXT, "enter leads and payments you have had")
        )

    def at(self, part: float) -> float:
        """What so large a part of all futures does not exceed, in the unit of the target."""
        return self.outcomes.quantile(part) * self.each

    def required(self) -> float:
        """What is needed, in the unit of the target."""
        return self.need * self.each


def unproven() -> str:
    """Why a chance from bare rates is to be read with care."""
    return t(CONTEXT, "no history: the conversions are taken as certain, so the true chance may lie far off")


def outlook(asked: Goal, clients: int, visits: int) -> Outlook:
    """The chance of so many clients from the visits that are bought."""
    bought = _bought(asked, visits)
    to_lead = _rate(asked.visit_to_lead, asked.leads_observed, asked.visits_observed, asked.visit_to_lead_range)
    to_sale = _rate(asked.lead_to_sale, asked.sales_observed, asked.leads_observed, asked.lead_to_sale_range)
    if to_lead.known:
        sales = successes(math.floor(bought * to_lead.value + 1e-9), to_sale)
    else:
        sales = two_stages(bought, to_lead, to_sale)
    order = asked.order_range
    if asked.target_customers is None and order is not None:
        target = asked.target_revenue or (asked.target_gross_profit or 0) / (asked.gross_margin or 1)
        unit = 1.0 if asked.target_revenue else asked.gross_margin or 1
        return Outlook(sales.times(amounts(*order)), target, unit, to_sale.known)
    return Outlook(sales, clients, asked.each(), to_sale.known)


def _bought(asked: Goal, visits: int) -> int:
    if asked.budget_planned is None or not asked.cost_per_visit:
        return visits
    return min(math.floor(asked.budget_planned / asked.cost_per_visit + 1e-9), 10**12)


def _rate(value: float | None, hits: int | None, trials: int | None, span: tuple[float, float] | None) -> Rate:
    """What is known of a conversion: a range the person gave, else what was counted, else the plan's own number."""
    if span is not None:
        return Rate(low=span[0], high=span[1])
    return Rate(value or 0.0) if hits is None or not trials else Rate(value or 0.0, hits, trials)
