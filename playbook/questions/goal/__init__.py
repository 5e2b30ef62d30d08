"""One goal in figures: clients, leads and visits, what they cost, when the last lead may come, and how likely it is.

The question and its answer are here; the chance is in `outlook`, and how the answer is shown in `face`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from playbook import rules, texts, units
from playbook.display import Face
from playbook.errors import InvalidInput, Problem
from playbook.i18n import quantity, t
from playbook.methods.intervals import wilson
from playbook.model import NonAnswer, Provisional, Result, known
from playbook.questions.goal.face import face
from playbook.questions.goal.now import Start
from playbook.questions.goal.outlook import Outlook, outlook
from playbook.questions.goal.target import Target, missing, targets_wrong, too_many_sales
from playbook.whatif import Numeric

CONTEXT = "goal"
MOST = 10**12
"""More visits than this no market holds."""
TARGETS = ("target_customers", "target_revenue", "target_gross_profit")
FUNNEL = ("average_order_value", "gross_margin", "visit_to_lead", "lead_to_sale", "cost_per_visit")
ENDS = ("low", "high")
RANGES = ("visit_to_lead", "lead_to_sale", "average_order_value")
"""Fields that may be given a cautious and a hopeful value."""
ASSUMED = "Or what you assume, from cautious to hopeful"
BY_METRIC = ("ltv", "awareness")
EVIDENCE = (
    "leads_observed",
    "sales_observed",
    "visits_observed",
    *(f"{name}_{end}" for name in RANGES for end in ENDS),
    "budget_planned",
)
"""Fields that tell how likely the plan is."""
EIGHT_OF_TEN = 0.8
OVERRULED: Mapping[str, tuple[str, ...]] = {
    "lead_to_sale": ("sales_observed", "lead_to_sale_low", "lead_to_sale_high"),
    "visit_to_lead": ("visits_observed", "visit_to_lead_low", "visit_to_lead_high"),
    "average_order_value": ("average_order_value_low", "average_order_value_high"),
}
"""What was seen or guessed of an input, and counts no longer once another value is tried for it."""
KPIS: Mapping[str, tuple[str, ...]] = {
    "sales_now": ("leads", "cost_per_lead", "lead_to_sale", "cac", "gross_profit"),
    "client_base": ("leads", "cost_per_lead", "lead_to_sale", "cac", "gross_profit"),
    "new_product": ("leads", "cost_per_lead", "lead_to_sale", "cac", "gross_profit"),
    "ltv": ("retention", "churn", "ltv"),
    "awareness": ("brand_demand", "brand_traffic_conversion"),
}
"""Ids of metrics.toml by objective (mission row F11)."""
_HORIZON = rules.get("goal_horizon_days")

Horizon = Annotated[int, Field(ge=_HORIZON.low, le=_HORIZON.high, json_schema_extra={"unit": "days"})]
Aim = Annotated[float, Field(gt=0, le=1e15, json_schema_extra={"unit": "money"})]
Made = Annotated[float, Field(ge=-1e15, le=1e15, json_schema_extra={"unit": "money"})]
Objective = Literal["sales_now", "client_base", "ltv", "new_product", "awareness"]


class Goal(Numeric):
    """Ask what one goal takes: clients, leads, visits and money, each computed from the one before.

    >>> asked = dict(average_order_value=100, gross_margin=0.5, visit_to_lead=0.05, lead_to_sale=0.3, cost_per_visit=1)
    >>> plan = Goal(objective="sales_now", horizon_days=60, target_customers=40, **asked).solve()
    >>> plan.customers, plan.leads, plan.visits, plan.budget
    (40, 134, 2680, 2680.0)
    """

    name = CONTEXT
    outcome = ("probability", "share", "Chance of reaching it")
    closeness = 1e-3
    seen_in: ClassVar = {"lead_to_sale": "leads_observed", "visit_to_lead": "visits_observed"}
    spelled: ClassVar = {"budget": "budget_planned", "price": "average_order_value"}
    labels: ClassVar = {
        "sales_now": "Sales now",
        "client_base": "A larger client base",
        "ltv": "More from each client (LTV)",
        "new_product": "A new product",
        "awareness": "Awareness",
    }
    groups: ClassVar = (
        ("Goal", ("objective", *TARGETS, "target", "horizon_days")),
        ("From visit to payment", ("lead_to_sale", "visit_to_lead", "cost_per_visit", "cycle_days")),
        ("One sale", ("average_order_value", "gross_margin")),
        ("What you have observed", ("leads_observed", "sales_observed", "visits_observed")),
        (ASSUMED, EVIDENCE[3:-1]),
        ("The budget you have", ("budget_planned",)),
        ("Now", ("customers_now", "revenue_now", "gross_profit_now")),
    )
    seldom: ClassVar = (ASSUMED,)

    objective: Objective
    """The one goal

    Everything at once tears the system apart."""
    horizon_days: Horizon
    """Days to the goal"""
    target_customers: Annotated[float, Field(gt=0, le=1e9, json_schema_extra={"unit": "count"})] | None = None
    """New clients by that day"""
    target_revenue: Aim | None = None
    """Or revenue by that day"""
    target_gross_profit: Aim | None = None
    """Or gross profit by that day"""
    target: Target | None = None
    """The number that shows the goal is reached"""
    average_order_value: units.Money | None = None
    """Average order value

    What one payment brings, after discounts."""
    gross_margin: units.Share | None = None
    """Gross margin

    The part of a payment left after direct costs."""
    visit_to_lead: units.Share | None = None
    """A visit becomes a lead

    Of the last closed month, not of the best one."""
    lead_to_sale: units.Share | None = None
    """A lead becomes a payment

    Among leads that have had time to be decided."""
    cost_per_visit: units.Money | None = None
    """Price of a visit"""
    cycle_days: units.Days = 0
    """Days from a lead to its payment

    Leads of the last days will pay after the date."""
    leads_observed: units.Count | None = None
    """Leads of a past period

    Those that have had time to pay or to refuse. The more there were, the surer the plan."""
    sales_observed: units.Count | None = None
    """Payments from those leads"""
    visits_observed: units.Count | None = None
    """Visits of that period"""
    visit_to_lead_low: units.Rate | None = None
    """Visit to lead, cautious

    In one case of ten it is worse than this."""
    visit_to_lead_high: units.Rate | None = None
    """Visit to lead, hopeful

    In one case of ten it is better than this."""
    lead_to_sale_low: units.Rate | None = None
    """Lead to payment, cautious"""
    lead_to_sale_high: units.Rate | None = None
    """Lead to payment, hopeful"""
    average_order_value_low: Aim | None = None
    """Order value, cautious"""
    average_order_value_high: Aim | None = None
    """Order value, hopeful"""
    budget_planned: units.Money | None = None
    """Advertising budget

    Left empty, it is as large as the plan asks for."""
    customers_now: units.Count | None = None
    """New clients now

    Of the last 30 days."""
    revenue_now: Made | None = None
    """Revenue now

    Of the last 30 days, less refunds."""
    gross_profit_now: Made | None = None
    """Gross profit now

    Of the last 30 days."""

    @classmethod
    def asks(cls, objective: str) -> tuple[str, ...]:
        """The fields that a goal of this kind needs: `target`, or the three targets and the funnel."""
        return ("target",) if objective in BY_METRIC else (*TARGETS, *FUNNEL, "cycle_days", *EVIDENCE)

    @model_validator(mode="after")
    def _one_goal(self) -> Self:
        given = [name for name in (*TARGETS, "target") if getattr(self, name) is not None]
        allowed = ("target",) if self.objective in BY_METRIC else TARGETS
        found = targets_wrong(given, allowed, {name: getattr(self, name) for name in given})
        if self.objective not in BY_METRIC:
            found += [missing(name) for name in FUNNEL if getattr(self, name) is None]
        found += self._evidence_wrong()
        if found:
            raise InvalidInput(found)
        return self

    def _evidence_wrong(self) -> list[Problem]:
        """Counts that cannot be a part of one another, and ranges that are no ranges."""
        found = []
        if (self.sales_observed or 0) > _or_most(self.leads_observed):
            found.append(too_many_sales(self.sales_observed))
        if (self.leads_observed or 0) > _or_most(self.visits_observed):
            what = t(CONTEXT, "There cannot be more leads than visits.")
            hint = t(CONTEXT, "take both from one period")
            found.append(Problem("leads_observed", what, f"leads_observed={self.leads_observed}", hint))
        for name in RANGES:
            low, high = (getattr(self, f"{name}_{end}") for end in ENDS)
            if (low is None) != (high is None):
                found.append(missing(f"{name}_{'low' if low is None else 'high'}"))
            elif low is not None and low > high:
                what = t(CONTEXT, "The cautious value is above the hopeful one.")
                found.append(Problem(f"{name}_low", what, f"{name}_low={low:g}", t(CONTEXT, "swap them")))
        return found

    def solve(self) -> Plan:
        """Clients, leads and visits from the target down, the budget, the last day for a lead, and the chance."""
        if self.objective in BY_METRIC:
            return Plan(asked=self, kpis=self._kpis({}))
        clients = self._clients()
        leads = _through(clients, self.lead_to_sale or 0, t(CONTEXT, "no lead becomes a payment"))
        visits = _through(leads, self.visit_to_lead or 0, t(CONTEXT, "no visit becomes a lead"))
        budget = visits if isinstance(visits, NonAnswer) else visits * (self.cost_per_visit or 0)
        plan = Plan(
            asked=self,
            customers=clients,
            leads=leads,
            visits=visits,
            budget=budget,
            last_lead_day=self._last_lead_day(),
            kpis=self._kpis({"customers": known(clients), "leads": known(leads), "budget": known(budget)}),
        )
        ahead = plan.outlook()
        if ahead is None:
            return plan
        p10, p50, p90 = (ahead.at(part) for part in (0.1, 0.5, 0.9))
        return plan.model_copy(update={"probability": ahead.shown(), "p10": p10, "p50": p50, "p90": p90})

    @property
    def visit_to_lead_range(self) -> tuple[float, float] | None:
        """The cautious and the hopeful conversion of a visit."""
        return _both(self.visit_to_lead_low, self.visit_to_lead_high)

    @property
    def lead_to_sale_range(self) -> tuple[float, float] | None:
        """The cautious and the hopeful conversion of a lead."""
        return _both(self.lead_to_sale_low, self.lead_to_sale_high)

    @property
    def order_range(self) -> tuple[float, float] | None:
        """The cautious and the hopeful order value."""
        return _both(self.average_order_value_low, self.average_order_value_high)

    def aim(self) -> float | None:
        """The chance at which a plan is called likely."""
        return rules.get("chance_enough").number if self.objective not in BY_METRIC else None

    def held(self) -> Self:
        """The plan with its budget fixed, so that a better conversion brings more instead of costing less."""
        budget = known(self.solve().budget)
        if self.budget_planned is not None or budget is None or not self.holds("budget_planned", budget):
            return self
        return self.changed("budget_planned", budget)

    def changed(self, name: str, value: float) -> Self:
        """The plan with one other input; what was seen of it no longer counts."""
        gone = OVERRULED.get(name, ())
        kept = {field: was for field, was in self.given().items() if field not in gone}
        return type(self)(**{**kept, name: value})

    def ends(self, name: str) -> tuple[float, float]:
        """A range that was given, else eight cases of ten by what was counted, else a tenth down and up."""
        span = {
            "lead_to_sale": self.lead_to_sale_range or _seen(self.sales_observed, self.leads_observed),
            "visit_to_lead": self.visit_to_lead_range or _seen(self.leads_observed, self.visits_observed),
            "average_order_value": self.order_range,
        }.get(name)
        return span or super().ends(name)

    def levers(self) -> tuple[str, ...]:
        """What a person can move: the target itself, the conversions, the price, and the budget."""
        target = next((name for name in TARGETS if getattr(self, name) is not None), "")
        money = ("average_order_value",) if target in TARGETS[1:] else ()
        return (target, "lead_to_sale", "visit_to_lead", *money, "cost_per_visit", "budget_planned")

    def each(self) -> float:
        """What one sale counts for in the unit of the target."""
        if self.target_revenue is not None:
            return self.average_order_value or 0
        return self.contribution() if self.target_gross_profit is not None else 1

    def start(self, customers: float | None) -> Start | None:
        """What there is now of what the goal counts, else of new clients; None where nothing is known of it."""
        known_of = (
            (self.gross_profit_now, self.target_gross_profit, True),
            (self.revenue_now, self.target_revenue, True),
            (self.customers_now, customers, False),
        )
        for now, target, money_ in known_of:
            if now is not None and target is not None:
                return Start(now, target, self.horizon_days, money_)
        return None

    def contribution(self) -> float:
        """Gross profit of one payment."""
        return (self.average_order_value or 0) * (self.gross_margin or 0)

    def _clients(self) -> int | NonAnswer:
        if self.target_customers is not None:
            return math.ceil(self.target_customers)
        order, margin = _exact(self.average_order_value or 0), _exact(self.gross_margin or 0)
        if self.target_revenue is not None:
            reason = t(CONTEXT, "a payment brings nothing: the order value is 0")
            return _enough(_exact(self.target_revenue), order, reason, t(CONTEXT, "enter the average order value"))
        reason = t(CONTEXT, "a payment leaves no gross profit: order value × margin is 0")
        hint = t(CONTEXT, "raise the margin, or set the goal in clients or revenue")
        return _enough(_exact(self.target_gross_profit or 0), order * margin, reason, hint)

    def _last_lead_day(self) -> float | NonAnswer:
        day = self.horizon_days - self.cycle_days
        if day > 0:
            return day
        return NonAnswer(
            status="unreachable",
            reason=t(
                CONTEXT,
                "a lead pays after {cycle}, and the goal is {horizon} away",
                cycle=quantity(self.cycle_days, "day"),
                horizon=quantity(self.horizon_days, "day"),
            ),
            hint=t(CONTEXT, "set a later date, shorten the cycle, or count on leads you already have"),
        )

    def _kpis(self, plan: dict[str, float | None]) -> tuple[Kpi, ...]:
        """The metrics that show this goal, with the targets that follow from the plan."""
        clients, leads, budget = (plan.get(name) for name in ("customers", "leads", "budget"))
        targets = {
            "leads": leads,
            "cost_per_lead": budget / leads if budget is not None and leads else None,
            "lead_to_sale": self.lead_to_sale,
            "cac": budget / clients if budget is not None and clients else None,
            "gross_profit": clients * self.contribution() if clients is not None else None,
        }
        facts = {metric["id"]: metric for metric in texts.load("metrics.toml")["metrics"]}
        return tuple(
            Kpi(metric=name, name=facts[name]["name"], unit=facts[name]["unit"], target=targets.get(name))
            for name in KPIS[self.objective]
        )


class Kpi(Result):
    """A metric that shows the goal, with its target where the plan gives one; `metric` is an id of metrics.toml."""

    metric: str
    name: str
    unit: str
    target: float | None


class Plan(Result):
    """What a goal takes, and how likely it is; p10, p50 and p90 are in the unit of the target."""

    asked: Goal = Field(exclude=True, repr=False)
    customers: int | NonAnswer | None = None
    leads: int | NonAnswer | None = None
    visits: int | NonAnswer | None = None
    budget: float | NonAnswer | None = None
    last_lead_day: float | NonAnswer | None = None
    kpis: tuple[Kpi, ...]
    probability: float | Provisional | None = None
    p10: float | None = None
    p50: float | None = None
    p90: float | None = None

    def outlook(self) -> Outlook | None:
        """What the planned visits may bring; None while the plan does not hold together without chance."""
        if not isinstance(self.customers, int) or not isinstance(self.visits, int):
            return None
        return None if known(self.last_lead_day) is None else outlook(self.asked, self.customers, self.visits)

    def face(self) -> Face:
        """What has to come by which day, what it costs, how likely it is, and which metrics show it."""
        return face(self)


def _seen(hits: int | None, trials: int | None) -> tuple[float, float] | None:
    return wilson(hits, trials, EIGHT_OF_TEN) if hits is not None and trials else None


def _or_most(count: int | None) -> int:
    return MOST if count is None else count


def _both(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


def _exact(value: float) -> Fraction:
    """The number as it is written: 7 ÷ 0.07 is 100, and not a bit more."""
    return Fraction(repr(float(value)))


def _enough(target: Fraction, each: Fraction, reason: str, hint: str) -> int | NonAnswer:
    """How many of `each` reach the target, rounded up."""
    if each <= 0:
        return NonAnswer(status="unreachable", reason=reason, hint=hint)
    needed = math.ceil(target / each)
    if needed > MOST:
        return NonAnswer(status="unreachable", reason=t(CONTEXT, "it would take more than any market holds"), hint=hint)
    return needed


def _through(after: int | NonAnswer, rate: float, reason: str) -> int | NonAnswer:
    """How many must enter a stage so that `after` come out."""
    if isinstance(after, NonAnswer):
        return after
    return _enough(Fraction(after), _exact(rate), reason, t(CONTEXT, "enter the conversion of the last closed month"))
