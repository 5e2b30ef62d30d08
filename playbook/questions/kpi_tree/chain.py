"""Two weeks as factors of the same product: visits, times each conversion, times money for each sale.

What a week does not know is left out, and the conversion across it is taken whole.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from playbook.questions.kpi_tree import TreeWeek

Quantity = Literal["visits", "leads", "sales", "revenue", "gross_profit"]
Rate = Literal[
    "visit_to_lead", "visit_to_sale", "lead_to_sale", "average_order_value", "gross_margin", "profit_of_sale"
]
Lever = Literal[Quantity, Rate]
Values = tuple[float | None, ...]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)
RATES: Mapping[tuple[Quantity, Quantity], Rate] = {
    ("visits", "leads"): "visit_to_lead",
    ("visits", "sales"): "visit_to_sale",
    ("leads", "sales"): "lead_to_sale",
    ("sales", "revenue"): "average_order_value",
    ("sales", "gross_profit"): "profit_of_sale",
    ("revenue", "gross_profit"): "gross_margin",
}
PEOPLE = ("leads", "sales")
NOTHING = 1e-6
"""What is smaller counts as nothing: a share of it says nothing."""
LEVER_PLANS = ("visits", "visit_to_lead", "lead_to_sale", "average_order_value", "gross_margin")
PLANS = tuple(f"{name}_plan" for name in LEVER_PLANS)
TURNS: tuple[Lever, ...] = (
    "visits",
    "visit_to_lead",
    "leads",
    "lead_to_sale",
    "sales",
    "average_order_value",
    "gross_margin",
)


@dataclass(frozen=True)
class Chain:
    """What both weeks know, from the first quantity to the one on top, and the factors that lead there."""

    quantities: tuple[Quantity, ...]
    before: tuple[float, ...]
    now: tuple[float, ...]
    repeats: bool
    """Whether there were more sales than leads: earlier clients are among the buyers."""
    uncounted: bool = False
    """Whether there were more leads than visits: somebody came by a way that is not counted."""

    @property
    def levers(self) -> tuple[Lever, ...]:
        """The names of the factors: the first quantity, then each conversion."""
        return (self.quantities[0], *(RATES[pair] for pair in pairwise(self.quantities)))

    def planned(self, said: Mapping[str, float | None]) -> Values:
        """Every quantity of the chain as planned; None from the first one on that the plan does not say.

        A plan counts new clients: sales to earlier ones are not held against it.
        """
        if self.repeats:
            return tuple(None for _ in self.quantities)
        plan: dict[Quantity, float | None] = {"visits": said["visits"]}
        for before, after in pairwise(QUANTITIES):
            at, rate = plan[before], said[RATES[before, after]]
            plan[after] = None if at is None or rate is None else at * rate
        return tuple(plan[name] for name in self.quantities)

    def factors(self, values: Values, spare: tuple[float, ...]) -> tuple[float, ...]:
        """Quantities as factors; where one is 0 of 0, the factor of the other week stands in, so it has no part."""
        return _factors(tuple(value or 0.0 for value in values), spare)

    def turned(self, instead: Mapping[Lever, float]) -> float:
        """The quantity on top when some levers, or quantities on the way, are others."""
        at = instead.get(self.quantities[0], self.now[0])
        for (_, name), rate in zip(pairwise(self.quantities), self._rates(instead), strict=True):
            at = instead.get(name, at * rate)
        return at

    def _rates(self, instead: Mapping[Lever, float]) -> tuple[float, ...]:
        levers = zip(self.levers[1:], self.now[1:], strict=True)
        return tuple(instead.get(lever, now) for lever, now in levers)


def of(before: TreeWeek, now: TreeWeek) -> Chain:
    """The chain that both weeks have in common, from the last quantity on that accounts for the one after it."""
    known = tuple(name for name in QUANTITIES if all(getattr(week, name) is not None for week in (before, now)))
    broken = [
        place
        for place, (name, after) in enumerate(pairwise(known))
        if any(not _accounts(week, name, after) for week in (before, now))
    ]
    names = known[broken[-1] + 1 :] if broken else known
    was, are = (tuple(float(getattr(week, name)) for name in names) for week in (before, now))
    spare = tuple(math.nan for _ in names)
    weeks = before, now
    rough = _factors(was, spare), _factors(are, spare)
    return Chain(names, _filled(*rough), _filled(*rough[::-1]), any(map(_repeats, weeks)), any(map(_uncounted, weeks)))


def _accounts(week: TreeWeek, name: Quantity, after: Quantity) -> bool:
    """Whether a quantity can lead to the next: nothing leads to nothing, and no more people come out than went in."""
    at, reached = getattr(week, name), getattr(week, after)
    return abs(reached) <= NOTHING if at <= NOTHING else after not in PEOPLE or reached <= at


def _repeats(week: TreeWeek) -> bool:
    return week.leads is not None and week.sales > week.leads


def _uncounted(week: TreeWeek) -> bool:
    return week.visits is not None and week.leads is not None and week.leads > week.visits


def _factors(values: tuple[float, ...], spare: tuple[float, ...]) -> tuple[float, ...]:
    rates = (
        after / at if abs(at) > NOTHING else other
        for (at, after), other in zip(pairwise(values), spare[1:], strict=True)
    )
    return values[0], *rates


def _filled(factors: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    """Factors nobody can tell by those of the other week, and 0 where neither week tells them."""
    pairs = zip(factors, other, strict=True)
    return tuple(next((value for value in pair if not math.isnan(value)), 0.0) for pair in pairs)
