"""One goal in figures: how many clients, leads and visits it takes, what they cost and when the last lead may come."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from playbook import rules, texts, units
from playbook.charts import Columns
from playbook.display import Face, Number, Ruler, Table, Verdict, word
from playbook.errors import InvalidInput, Problem
from playbook.i18n import money, number, quantity, share, t, tn
from playbook.model import Inputs, NonAnswer, Part, Result, known

CONTEXT = "goal"
MOST = 10**12
"""More visits than this no market holds."""
FEW = 10
TARGETS = ("target_customers", "target_revenue", "target_gross_profit")
FUNNEL = ("average_order_value", "gross_margin", "visit_to_lead", "lead_to_sale", "cost_per_visit")
BY_METRIC = ("ltv", "awareness")
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
Objective = Literal["sales_now", "client_base", "ltv", "new_product", "awareness"]


class Target(Part):
    """The one number of a goal that is not counted in sales."""

    name_of_question = CONTEXT

    metric: units.Name = Field(min_length=1)
    """What will be measured

    Such as repeat purchases a month, or searches with your name."""
    value: units.Number
    """Its value on the last day"""


class Goal(Inputs):
    """Ask what one goal takes: clients, leads, visits and money, each computed from the one before.

    >>> asked = dict(average_order_value=100, gross_margin=0.5, visit_to_lead=0.05, lead_to_sale=0.3, cost_per_visit=1)
    >>> plan = Goal(objective="sales_now", horizon_days=60, target_customers=40, **asked).solve()
    >>> plan.customers, plan.leads, plan.visits, plan.budget
    (40, 134, 2680, 2680.0)
    """

    name = CONTEXT
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
        ("What you have observed", ("visits_observed", "leads_observed", "sales_observed")),
    )

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
    """Leads of a past period"""
    sales_observed: units.Count | None = None
    """Payments from those leads"""
    visits_observed: units.Count | None = None
    """Visits of that period"""

    @classmethod
    def asks(cls, objective: str) -> tuple[str, ...]:
        """The fields that a goal of this kind needs: `target`, or the three targets and the funnel."""
        return ("target",) if objective in BY_METRIC else (*TARGETS, *FUNNEL, "cycle_days")

    @model_validator(mode="after")
    def _one_goal(self) -> Self:
        given = [name for name in (*TARGETS, "target") if getattr(self, name) is not None]
        allowed = ("target",) if self.objective in BY_METRIC else TARGETS
        found = _targets_wrong(given, allowed, {name: getattr(self, name) for name in given})
        if self.objective not in BY_METRIC:
            found += [_missing(name) for name in FUNNEL if getattr(self, name) is None]
        if (self.sales_observed or 0) > (self.leads_observed if self.leads_observed is not None else MOST):
            found.append(_too_many_sales(self.sales_observed))
        if found:
            raise InvalidInput(found)
        return self

    def solve(self) -> Plan:
        """Clients, leads and visits from the target down, the budget, and the last day on which a lead still counts."""
        if self.objective in BY_METRIC:
            return Plan(asked=self, kpis=self._kpis({}))
        clients = self._clients()
        leads = _through(clients, self.lead_to_sale or 0, t(CONTEXT, "no lead becomes a payment"))
        visits = _through(leads, self.visit_to_lead or 0, t(CONTEXT, "no visit becomes a lead"))
        budget = visits if isinstance(visits, NonAnswer) else visits * (self.cost_per_visit or 0)
        return Plan(
            asked=self,
            customers=clients,
            leads=leads,
            visits=visits,
            budget=budget,
            last_lead_day=self._last_lead_day(),
            kpis=self._kpis({"customers": known(clients), "leads": known(leads), "budget": known(budget)}),
        )

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
    """What a goal takes."""

    asked: Goal = Field(exclude=True, repr=False)
    customers: int | NonAnswer | None = None
    leads: int | NonAnswer | None = None
    visits: int | NonAnswer | None = None
    budget: float | NonAnswer | None = None
    last_lead_day: float | NonAnswer | None = None
    kpis: tuple[Kpi, ...]

    def face(self) -> Face:
        """What has to come by which day, what it costs, and at which conversion a payment covers its client."""
        counted = self._counted()
        return Face(
            verdict=self._said(),
            numbers=self._numbers() if counted else (),
            chart=self._chart(*counted) if counted and counted[2] else None,
            sections=(self._table(),),
            notes=self._notes(),
            rules=(rules.check("goal_horizon_days", self.asked.horizon_days),),
        )

    def _counted(self) -> tuple[int, int, int] | None:
        """Clients, leads and visits when all three are numbers."""
        if isinstance(self.customers, int) and isinstance(self.leads, int) and isinstance(self.visits, int):
            return self.customers, self.leads, self.visits
        return None

    def _said(self) -> Verdict:
        asked = self.asked
        if asked.target is not None:
            say = t(
                CONTEXT,
                "“{metric}” at {value} in {days}.",
                metric=asked.target.metric,
                value=number(asked.target.value),
                days=quantity(asked.horizon_days, "day"),
            )
            because = t(CONTEXT, "One number and one date: every task either serves them or waits.")
            return Verdict("yes", t(CONTEXT, "The goal is set"), say, because)
        stop = next((v for v in (self.customers, self.leads, self.visits, self.last_lead_day) if _stops(v)), None)
        if isinstance(stop, NonAnswer):
            return self._refused(stop)
        return self._possible()

    def _refused(self, stop: NonAnswer) -> Verdict:
        ruler = None
        if stop is self.last_lead_day:
            cycle, horizon = self.asked.cycle_days, self.asked.horizon_days
            ruler = Ruler(
                cycle, horizon, quantity(cycle, "day"), t(CONTEXT, "goal in {days}", days=quantity(horizon, "day"))
            )
        return Verdict("no", word("no"), _sentence(stop.reason), flip=_sentence(stop.hint), ruler=ruler)

    def _possible(self) -> Verdict:
        leads, clients, day, budget = (
            known(v) or 0 for v in (self.leads, self.customers, self.last_lead_day, self.budget)
        )
        say = t(
            CONTEXT,
            "{leads} by day {day} bring {clients} for {budget}.",
            leads=_leads(leads),
            day=number(math.floor(day)) if day >= 1 else number(day),
            clients=_clients(clients),
            budget=money(budget),
        )
        cost, brings = budget / clients, self.asked.contribution()
        because = t(
            CONTEXT,
            "A client costs {cost}, and the first payment leaves {brings} of gross profit.",
            cost=money(cost),
            brings=money(brings),
        )
        if cost >= brings:
            because += " " + t(CONTEXT, "Whether repeat purchases bring the rest back is said in step 3.")
        return Verdict("yes", t(CONTEXT, "The goal is counted"), say, because, self._flip(cost, brings))

    def _flip(self, cost: float, brings: float) -> str:
        """The conversion at which the first payment just covers its client."""
        now = self.asked.lead_to_sale or 0
        if not cost or not brings or (at := now * cost / brings) > 1:
            return ""
        if cost < brings:
            return t(
                CONTEXT,
                "When {at} of leads or fewer pay ({now} now), the first payment no longer covers its client.",
                at=share(at),
                now=share(now),
            )
        return t(
            CONTEXT,
            "When more than {at} of leads pay ({now} now), the first payment covers its client.",
            at=share(at),
            now=share(now),
        )

    def _numbers(self) -> tuple[Number, ...]:
        asked, day = self.asked, known(self.last_lead_day)
        leads, clients, visits, budget = (known(v) or 0 for v in (self.leads, self.customers, self.visits, self.budget))
        found = [
            Number(
                t(CONTEXT, "Leads needed"),
                number(leads),
                t(CONTEXT, "{leads} a week", leads=number(leads / day * 7)) if day else "",
                t(CONTEXT, "clients ÷ conversion"),
                t(CONTEXT, "So many leads give {clients} when {rate} of them pay; rounded up.", **self._rate(clients)),
                f"⌈{number(clients)} ÷ {share(asked.lead_to_sale or 0)}⌉",
            ),
            Number(
                t(CONTEXT, "Budget"),
                money(budget),
                badge=t(CONTEXT, "visits × price of a visit"),
                definition=t(CONTEXT, "Advertising only; pay and contractors are added in step 3."),
                formula=f"{number(visits)} × {money(asked.cost_per_visit or 0)}",
            ),
            Number(
                t(CONTEXT, "Cost of a client"),
                money(budget / clients),
                badge=t(CONTEXT, "budget ÷ clients"),
                definition=t(CONTEXT, "What this plan pays in advertising for one new client."),
            ),
        ]
        if day:
            found.append(self._day_number(day))
        return tuple(found)

    def _rate(self, clients: float) -> dict[str, str]:
        return {"clients": _clients(clients), "rate": share(self.asked.lead_to_sale or 0)}

    def _day_number(self, day: float) -> Number:
        return Number(
            t(CONTEXT, "Last day for a lead"),
            t(CONTEXT, "day {day}", day=number(math.floor(day)) if day >= 1 else number(day)),
            t(CONTEXT, "of {days}", days=number(self.asked.horizon_days)),
            t(CONTEXT, "horizon − cycle"),
            t(CONTEXT, "A lead that comes later pays after the date and does not count."),
        )

    def _chart(self, clients: int, leads: int, visits: int) -> Columns:
        labels = (t(CONTEXT, "visits"), t(CONTEXT, "leads"), t(CONTEXT, "clients"))
        values = (visits, leads, clients)
        return Columns(
            title=t(
                CONTEXT,
                "One client takes {leads} and {visits}",
                leads=_per(leads, clients, _leads),
                visits=_per(visits, clients, _visits),
            ),
            caption=t(CONTEXT, "How many are needed by the goal, each computed from the one after it."),
            labels=labels,
            values=tuple(float(value) for value in values),
            notes=tuple((index, number(value), float(value)) for index, value in enumerate(values)),
        )

    def _table(self) -> Table:
        rows = tuple((kpi.name, _written(kpi)) for kpi in self.kpis)
        return Table(
            t(CONTEXT, "Metrics that show this goal"),
            (t(CONTEXT, "Metric"), t(CONTEXT, "Target of the plan")),
            rows,
            t(CONTEXT, "Step 6 takes them over."),
            numeric=(1,),
        )

    def _notes(self) -> tuple[str, ...]:
        sales, leads = self.asked.sales_observed, self.asked.leads_observed
        if sales is None or not leads or self.asked.lead_to_sale is None:
            return ()
        said = t(
            CONTEXT,
            "In your history {sales} of {leads} leads paid: {seen}. The plan takes {plan}.",
            sales=number(sales),
            leads=number(leads),
            seen=share(sales / leads),
            plan=share(self.asked.lead_to_sale),
        )
        return (said,)


def _targets_wrong(given: list[str], allowed: tuple[str, ...], values: dict[str, Any]) -> list[Problem]:
    """A goal has exactly one target, of the kind its objective takes."""
    if not given:
        names = ", ".join(allowed)
        hint = (
            t(CONTEXT, "give one of: {names}", names=names)
            if len(allowed) > 1
            else t(CONTEXT, "give 'target' with metric and value")
        )
        return [Problem(allowed[0], t(CONTEXT, "The goal has no target."), "", hint)]
    if len(given) > 1:
        saw = ", ".join(f"{name}={_shown(values[name])}" for name in given)
        return [
            Problem(
                given[1],
                t(CONTEXT, "One goal at a time: several targets were given."),
                saw,
                t(CONTEXT, "keep one target and clear the others"),
            )
        ]
    if given[0] in allowed:
        return []
    what = t(CONTEXT, "'{name}' does not belong to this objective.", name=given[0])
    hint = t(CONTEXT, "this objective takes: {names}", names=", ".join(allowed))
    return [Problem(given[0], what, f"{given[0]}={_shown(values[given[0]])}", hint)]


def _shown(value: Any) -> str:
    return f"{value.metric[:60]}: {value.value:.15g}" if isinstance(value, Target) else f"{value:.15g}"


def _missing(name: str) -> Problem:
    return Problem(name, t("model", "'{name}' is missing.", name=name), "", t("model", "fill it in"))


def _too_many_sales(sales: int | None) -> Problem:
    what = t(CONTEXT, "There cannot be more payments than leads.")
    return Problem("sales_observed", what, f"sales_observed={sales}", t(CONTEXT, "take both from one period"))


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


def _stops(value: object) -> bool:
    return isinstance(value, NonAnswer)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "." if text else ""


def _clients(n: float) -> str:
    return tn(CONTEXT, "{n} client", "{n} clients", n)


def _leads(n: float) -> str:
    return tn(CONTEXT, "{n} lead", "{n} leads", n)


def _visits(n: float) -> str:
    return tn(CONTEXT, "{n} visit", "{n} visits", n)


def _per(many: int, clients: int, say: Callable[[float], str]) -> str:
    """How many there are for one client: a decimal while there are only a few."""
    each = many / clients
    return say(round(each) if round(each) > FEW else round(each, 1))


def _written(kpi: Kpi) -> str:
    if kpi.target is None:
        return t(CONTEXT, "set it in step 6")
    if kpi.unit == "money":
        return money(kpi.target)
    return share(kpi.target) if kpi.unit == "share" else number(kpi.target)
