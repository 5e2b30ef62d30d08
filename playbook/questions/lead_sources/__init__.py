"""Which source of leads earns most for the money put into it, and at which conversion another would catch up.

The question and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from playbook import units
from playbook.display import Face
from playbook.errors import InvalidInput, Problem
from playbook.i18n import t
from playbook.model import Inputs, NonAnswer, Part, Result
from playbook.questions.lead_sources.even import EqualBudget, equal_budget
from playbook.questions.lead_sources.face import face

CONTEXT = "lead-sources"

CLOSE = 1e-9


class Source(Part):
    """One source of leads."""

    name_of_question = CONTEXT

    name: units.Name = Field(min_length=1)
    """Source"""
    leads: units.Count
    """Leads of the period"""
    cost_per_lead: units.Money
    """Price of a lead

    All that the source takes, by its leads."""
    lead_to_sale: units.Share
    """A lead becomes a payment

    Of the leads of this very source that have had time to be decided."""
    average_order_value: units.Money
    """Average order value

    After discounts and refunds."""
    gross_margin: units.Share
    """Gross margin

    The part of a payment left after direct costs."""

    @property
    def spend(self) -> float:
        """What the source took."""
        return self.leads * self.cost_per_lead

    @property
    def sales(self) -> float:
        """Payments that came of its leads."""
        return self.leads * self.lead_to_sale

    @property
    def per_sale(self) -> float:
        """Gross profit of one payment, before the price of the lead."""
        return self.average_order_value * self.gross_margin

    @property
    def profit(self) -> float:
        """Gross profit of all its payments less what it took."""
        return self.sales * self.per_sale - self.spend

    def profit_per_spend(self, rate: float) -> float | None:
        """Profit for each unit spent if this part of its leads paid; None where nothing was spent."""
        found = (rate * self.per_sale - self.cost_per_lead) / self.cost_per_lead if self.spend else math.inf
        return found if math.isfinite(found) else None

    def rate_for(self, profit_per_spend: float) -> float:
        """The conversion that gives so much profit for each unit spent; infinite where a sale leaves nothing."""
        needed = self.cost_per_lead * (1 + profit_per_spend)
        return needed / self.per_sale if self.per_sale else math.inf if needed else 0.0


class LeadSources(Inputs):
    """Ask which source earns most for each unit spent; the price of a lead alone says nothing about it.

    >>> cheap = {"name": "cheap", "leads": 100, "cost_per_lead": 500, "lead_to_sale": 0.1}
    >>> dear = {"name": "dear", "leads": 10, "cost_per_lead": 2000, "lead_to_sale": 0.5}
    >>> sale = {"average_order_value": 20_000, "gross_margin": 0.5}
    >>> found = LeadSources(sources=[cheap | sale, dear | sale]).solve()
    >>> found.best_by_profit_per_spend, found.sources[1].parity_lead_to_sale
    ('dear', 0.4)
    """

    name = CONTEXT
    groups: ClassVar = (("Sources", ("sources",)),)

    sources: Annotated[tuple[Source, ...], Field(min_length=1, max_length=50)]
    """Sources of leads"""

    @model_validator(mode="after")
    def _own_names(self) -> LeadSources:
        counted = Counter(source.name.strip() for source in self.sources)
        twice = next((name for name, times in counted.items() if times > 1), None)
        if twice is not None:
            what = t(CONTEXT, "Two sources bear the name “{name}”.", name=twice)
            raise InvalidInput([Problem("sources", what, f"name={twice}", t(CONTEXT, "give each a name of its own"))])
        return self

    def solve(self) -> Compared:
        """Sales, cost of a sale, profit in all and per unit spent, and the conversions at which the order turns."""
        earned = {source.name: source.profit_per_spend(source.lead_to_sale) for source in self.sources}
        sources = tuple(self._earned(source, earned) for source in self.sources)
        ranked = sorted((value, name) for name, value in earned.items() if value is not None)
        level = [name for value, name in ranked if ranked and math.isclose(value, ranked[-1][0], rel_tol=CLOSE)]
        best = next((name for name in earned if name in level), None)
        return Compared(
            asked=self,
            sources=sources,
            best_by_profit_per_spend=_nothing_spent() if best is None else best,
            tied=tuple(name for name in earned if name in level) if len(level) > 1 else (),
            best_by_profit=max(self.sources, key=lambda source: source.profit).name,
            verdict=self._verdict(earned, level),
            equal_budget=equal_budget(self.sources),
        )

    def _earned(self, source: Source, earned: dict[str, float | None]) -> Earned:
        others = [value for name, value in earned.items() if name != source.name and value is not None]
        own = earned[source.name]
        return Earned(
            name=source.name,
            spend=source.spend,
            sales=source.sales,
            cost_per_sale=_cost_per_sale(source),
            profit=source.profit,
            profit_per_spend=_nothing_spent() if own is None else own,
            break_even_lead_to_sale=_reached(source.rate_for(0)),
            parity_lead_to_sale=_parity(source, max(others, default=None)),
        )

    def _verdict(self, earned: dict[str, float | None], level: list[str]) -> Literal["yes", "no", "wait"]:
        best = max((value for value in earned.values() if value is not None), default=None)
        if best is None:
            return "wait"
        if best <= CLOSE:
            return "no"
        return "wait" if len(level) > 1 else "yes"


class Earned(Result):
    """What one source earns, and the conversions at which that changes."""

    name: str
    spend: float
    sales: float
    cost_per_sale: float | NonAnswer
    profit: float
    profit_per_spend: float | NonAnswer
    break_even_lead_to_sale: float | NonAnswer
    """The conversion at which the profit is 0."""
    parity_lead_to_sale: float | NonAnswer
    """The conversion at which a unit spent earns as much as with the best other source."""


class Compared(Result):
    """The sources side by side."""

    asked: LeadSources = Field(exclude=True, repr=False)
    sources: tuple[Earned, ...]
    best_by_profit_per_spend: str | NonAnswer
    tied: tuple[str, ...]
    """The sources that share the first place."""
    best_by_profit: str
    verdict: Literal["yes", "no", "wait"]
    equal_budget: EqualBudget | None = None
    """One budget in the cheapest leads or in the dearest; None where two prices do not differ."""

    def face(self) -> Face:
        """The source to prefer for each unit spent, beside the others, and what would make another one draw level."""
        return face(self)


def _cost_per_sale(source: Source) -> float | NonAnswer:
    cost = source.cost_per_lead / source.lead_to_sale if source.lead_to_sale else math.inf
    if math.isfinite(cost):
        return cost
    reason = t(CONTEXT, "not one lead of “{name}” becomes a payment", name=source.name)
    return NonAnswer(
        status="undefined", reason=reason, hint=t(CONTEXT, "wait for the first sale, or look why there is none")
    )


def _nothing_spent() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "nothing was spent, so there is nothing to divide the profit by"),
        hint=t(CONTEXT, "enter the leads and what one of them costs, work included"),
    )


def _reached(rate: float) -> float | NonAnswer:
    """A conversion, where there is such a one."""
    if rate <= 1 + CLOSE:
        return min(rate, 1.0)
    return NonAnswer(
        status="unreachable",
        reason=t(CONTEXT, "not even if every lead paid")
        if math.isfinite(rate)
        else t(CONTEXT, "a sale leaves no gross profit"),
        hint=t(CONTEXT, "lower the price of a lead, or raise the order value or the margin"),
    )


def _parity(source: Source, best: float | None) -> float | NonAnswer:
    """The conversion that earns as much per unit spent as the best other source."""
    if best is not None and source.cost_per_lead:
        return _reached(source.rate_for(best))
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "there is no other source with costs to compare with")
        if best is None
        else t(CONTEXT, "its leads cost nothing, so nothing can be compared per unit spent"),
        hint=t(CONTEXT, "compare sources that both take money"),
    )
