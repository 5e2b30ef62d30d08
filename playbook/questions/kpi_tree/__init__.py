"""The tree from visits to gross profit: which lever moved it since last week, and which keeps it from the plan.

The question and its answer are here; how a week becomes a chain of factors is in `chain`, how it is shown in `face`.
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from playbook import units
from playbook.display import Face
from playbook.errors import InvalidInput, Problem
from playbook.i18n import t
from playbook.methods.factors import split
from playbook.model import Part, Result
from playbook.questions.kpi_tree import chain
from playbook.questions.kpi_tree.chain import Lever, Quantity, Values
from playbook.questions.kpi_tree.face import face
from playbook.whatif import Numeric

CONTEXT = "kpi-tree"
IF = "if_"
PENNY = 0.01
"""Rounding may lift the profit of a week without costs so far above its revenue."""
LEAST = 2
"""A change needs the week before."""


class TreeWeek(Part):
    """What came of one week."""

    name_of_question = CONTEXT

    visits: units.Count | None = None
    """Visits"""
    leads: units.Count | None = None
    """Leads"""
    sales: units.Count
    """Sales

    Paid orders of the week."""
    revenue: units.Money | None = None
    """Revenue

    After refunds."""
    gross_profit: units.Balance | None = None
    """Gross profit

    Revenue less the direct costs of what was sold."""


class KpiTree(Numeric):
    """Ask which lever moved the result since last week, which keeps it from the plan, and what one lever would bring.

    >>> weeks = [dict(leads=100, sales=20, revenue=2000), dict(leads=100, sales=25, revenue=2500)]
    >>> found = KpiTree(weeks=weeks).solve()
    >>> found.top, found.change, [(part.lever, round(part.amount)) for part in found.parts]
    ('revenue', 500.0, [('leads', 0), ('lead_to_sale', 500), ('average_order_value', 0)])
    """

    name = CONTEXT
    outcome = ("forecast", "number", "Result of the week")
    spelled: ClassVar = {name: f"if_{name}" for name in chain.TURNS}
    groups: ClassVar = (
        ("Plan of a week", tuple(chain.PLANS)),
        ("Weeks, the oldest first", ("weeks",)),
        ("What if a week had", tuple(IF + name for name in chain.TURNS)),
    )

    weeks: tuple[TreeWeek, ...] = Field(max_length=520)
    """Weeks in order of time"""
    visits_plan: units.Number | None = None
    """Visits of a week, as planned"""
    visit_to_lead_plan: units.Share | None = None
    """A visit becomes a lead, as planned"""
    lead_to_sale_plan: units.Share | None = None
    """A lead becomes a sale, as planned"""
    average_order_value_plan: units.Money | None = None
    """Average order value, as planned"""
    gross_margin_plan: units.Share | None = None
    """Gross margin, as planned"""
    if_visits: units.Number | None = None
    """Visits instead"""
    if_visit_to_lead: units.Share | None = None
    """Conversion of a visit to a lead instead"""
    if_leads: units.Number | None = None
    """Leads instead"""
    if_lead_to_sale: units.Share | None = None
    """Conversion of a lead to a sale instead"""
    if_sales: units.Number | None = None
    """Sales instead"""
    if_average_order_value: units.Money | None = None
    """Average order value instead"""
    if_gross_margin: units.Share | None = None
    """Gross margin instead"""

    @model_validator(mode="after")
    def _possible(self) -> Self:
        found = [
            Problem(
                f"weeks.{place}.gross_profit",
                t(CONTEXT, "There cannot be more gross profit than revenue."),
                f"gross_profit={week.gross_profit:g}, revenue={week.revenue:g}",
                t(CONTEXT, "take both from one week, after refunds"),
            )
            for place, week in enumerate(self.weeks)
            if week.revenue is not None and week.gross_profit is not None and week.gross_profit > week.revenue + PENNY
        ]
        if found:
            raise InvalidInput(found)
        return self

    def aim(self) -> float | None:
        """The plan of the number on top."""
        found = self.found()
        return None if found is None else self.plan(found)[-1]

    def levers(self) -> tuple[str, ...]:
        """What a week could have had instead."""
        return tuple(IF + name for name in chain.TURNS)

    def held(self) -> KpiTree:
        """The newest week with each of its levers said aloud, so that each alone can be moved."""
        found = self.found()
        if found is None:
            return self
        now = dict(zip(found.levers, found.now, strict=True))
        said = {IF + name: now[name] for name in chain.TURNS if name in now and getattr(self, IF + name) is None}
        return type(self)(**{**self.given(), **said})

    def found(self) -> chain.Chain | None:
        """The newest two weeks as factors of one product; None without two weeks to compare."""
        return chain.of(*self.weeks[-LEAST:]) if len(self.weeks) >= LEAST else None

    def plan(self, found: chain.Chain) -> Values:
        """The planned quantities of the chain, as far as the plan says them."""
        said = {name: getattr(self, f"{name}_plan") for name in chain.LEVER_PLANS}
        return found.planned(said)

    def turned(self, found: chain.Chain) -> float:
        """What stands on top when the week has what the person typed instead."""
        return found.turned({name: value for name in chain.TURNS if (value := getattr(self, IF + name)) is not None})

    def solve(self) -> Tree:
        """Each node of the newest week beside the week before and the plan; both differences split among the levers."""
        found = self.found()
        if found is None:
            return Tree(asked=self)
        plan = self.plan(found)
        before, now = (math.prod(factors) for factors in (found.before, found.now))
        top = found.quantities[-1]
        return Tree(
            asked=self,
            top=top,
            now=now,
            before=before,
            plan=plan[-1],
            change=now - before,
            parts=_parts(found.levers, found.before, found.now),
            gap=None if plan[-1] is None else now - plan[-1],
            gap_parts=self._gap(found, plan),
            forecast=self.turned(found),
        )

    def _gap(self, found: chain.Chain, plan: Values) -> tuple[Share, ...]:
        """How far each lever alone accounts for the distance from the plan."""
        if plan[-1] is None:
            return ()
        return _parts(found.levers, found.factors(plan, found.now), found.now)


class Share(Result):
    """The part of one lever in a difference; all of them add up to it."""

    lever: Lever
    amount: float


class Tree(Result):
    """The newest week against the week before and the plan; everything is None while there is no week to compare."""

    asked: KpiTree = Field(exclude=True, repr=False)
    top: Quantity | None = None
    """What stands on top: gross profit, without it revenue, without it sales."""
    now: float | None = None
    before: float | None = None
    plan: float | None = None
    change: float | None = None
    """Of the number on top, against the week before."""
    parts: tuple[Share, ...] = ()
    gap: float | None = None
    """Of the number on top, against the plan."""
    gap_parts: tuple[Share, ...] = ()
    forecast: float | None = None
    """The number on top with what was typed instead; without anything typed, as it is."""

    @property
    def verdict(self) -> Literal["yes", "no", "wait"]:
        """Whether the week is on plan."""
        if self.gap is None or self.plan is None:
            return "wait"
        return "yes" if self.gap >= -1e-9 * abs(self.plan) else "no"

    def face(self) -> Face:
        """On plan or not, which lever it hangs on, the change of the week lever by lever, and every node."""
        return face(self)


def _parts(levers: tuple[Lever, ...], before: tuple[float, ...], after: tuple[float, ...]) -> tuple[Share, ...]:
    return tuple(Share(lever=lever, amount=part) for lever, part in zip(levers, split(before, after), strict=True))
