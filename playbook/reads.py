"""Where a step's values are read: from earlier steps, from the settings, and from what both make together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from playbook import calendars, rules, week_series
from playbook.model import known
from playbook.stop import Read, Take

if TYPE_CHECKING:
    from playbook.walk import Walk

LIMITS = {
    "cac": ("unit-economics", "admissible_cac"),
    "cost_per_lead": ("unit-economics", "max_cost_per_lead"),
}
"""Costs, and the step's answer below which they must stay."""
A_WEEK = {"leads": 1, "sales": 1, "gross_profit": 0}
"""Metrics that are added up by the week, so that the goal is spread over its weeks for them, and to how many places."""
NAMED_COSTS = ("logistics", "service", "commission_rate")


def value(step: str, name: str) -> Read:
    """A value that a step was given, typed or taken over."""
    return lambda walk: walk.value(step, name)


def answer(step: str, name: str) -> Read:
    """A value of a step's answer."""
    return lambda walk: walk.outcome(step, name)


def setting(name: str) -> Read:
    """A setting of the workspace."""
    return lambda walk: walk.workspace.setting(name)


def rate(name: str) -> Read:
    """A conversion of step 1; one of 0 leaves nothing to count with, and step 3 does without it."""
    return lambda walk: walk.value("goal", name) or None


def same(step: str, *names: str) -> tuple[Take, ...]:
    """Values that a step takes over under the names that they have in another."""
    return tuple(Take(name, step, value(step, name)) for name in names)


def cycle(walk: Walk) -> float | None:
    """The days of step 2: measured on deals where there are any, else as typed."""
    measured: float | None = walk.outcome("deal-cycle", "median_days")
    return measured


def planned(walk: Walk, metric: str) -> float | None:
    """The target that step 1 gives a metric for all its days; None where it gives none."""
    found: float | None = None
    if metric == "sales":
        return known(walk.outcome("goal", "customers"))
    for kpi in walk.outcome("goal", "kpis") or ():
        found = kpi.target if kpi.metric == metric else found
    return found


def limit(walk: Walk, metric: str) -> float | None:
    """What step 3 admits of a cost: it must stay below; None for any other metric."""
    return known(walk.outcome(*LIMITS[metric])) if metric in LIMITS else None


def target(walk: Walk, metric: str) -> float | None:
    """What the earlier steps ask of a metric: of a sum what they ask of one week, of a cost no more than it may be."""
    plan = planned(walk, metric)
    if metric in A_WEEK:
        days = walk.outcome("goal", "last_lead_day")
        return round(plan / days * 7, A_WEEK[metric]) if plan is not None and days else None
    return min((each for each in (plan, limit(walk, metric)) if each is not None), default=None)


def asked_of_metrics(walk: Walk) -> list[dict[str, Any]] | None:
    """What a week has to bring for the goal, and what a cost must stay below; None while nobody knows."""
    weekly_sums = [{"metric": name, "least": found} for name in A_WEEK if (found := target(walk, name)) is not None]
    costs = [{"metric": name, "below": found} for name in LIMITS if (found := limit(walk, name)) is not None]
    return [*weekly_sums, *costs] or None


def of_all_sales(name: str) -> Read:
    """A cost of a purchase in step 3 over all paid orders of the return; None where those are not the data's."""

    def read(walk: Walk) -> float | None:
        each, revenue = walk.value("unit-economics", name), walk.given("romi", "revenue")
        if each is None or revenue.kind != "data":
            return None
        days = revenue.fact.since, revenue.fact.until
        sold = walk.imported.fact("revenue_net" if name == "commission_rate" else "paid_orders", days)
        return round(each * sold.value, 2) if hasattr(sold, "value") else None

    return read


def cost_per_lead(walk: Walk) -> float | None:
    """What a lead costs by step 1: as its plan has it, in whole leads and visits, else by its shares."""
    if (plan := planned(walk, "cost_per_lead")) is not None:
        return plan
    visit, rate = walk.value("goal", "cost_per_visit"), walk.value("goal", "visit_to_lead")
    return visit / rate if visit is not None and rate else None


def planned_cac(walk: Walk) -> float | None:
    """What a client costs by step 1: as its plan has it, in whole clients and leads, else by its shares."""
    if (plan := planned(walk, "cac")) is not None:
        return plan
    lead, rate = cost_per_lead(walk), walk.value("goal", "lead_to_sale")
    return lead / rate if lead is not None and rate else None


def largest_channel(walk: Walk) -> str | None:
    """The channel with most sales, by the calculator of the channel that is gone."""
    lost = walk.outcome("channel-loss", "lost")
    return lost if isinstance(lost, str) else None


def sales_without_largest(walk: Walk) -> float | None:
    """The share of sales that the other channels bring; sales of nobody knows which channel count as theirs."""
    part = walk.outcome("channel-loss", "lost_share")
    return None if part is None else 1 - part


def cac_without_largest(walk: Walk) -> float | None:
    """What a client would cost without the largest channel: the present CAC, dearer as the others' sales are."""
    left, lost = walk.answer("channel-loss"), largest_channel(walk)
    asked, cac = getattr(left, "asked", None), walk.value("unit-economics", "cac")
    if asked is None or lost is None or cac is None:
        return None
    known = [one for one in asked.channels if not one.unknown and one.spend is not None]
    costs = [_cost_of_sale(known), _cost_of_sale([one for one in known if one.name != lost])]
    return float(cac) * costs[1] / costs[0] if costs[0] and costs[1] else None


def _cost_of_sale(channels: Iterable[Any]) -> float | None:
    """Spend by sales of some channels; None where they have sold nothing."""
    found = list(channels)
    sales = sum(one.sales for one in found)
    return sum(one.spend for one in found) / sales if sales else None


def direct_costs(walk: Walk) -> float | None:
    """What is left of the order value beside the margin of step 1, less the direct costs that step 3 knows by name.

    Where those alone are more than the margin leaves, the two contradict each other, and nobody knows the rest.
    """
    order, margin = walk.value("goal", "average_order_value"), walk.value("goal", "gross_margin")
    if order is None or margin is None:
        return None
    logistics, service, commission = (walk.value("unit-economics", name) or 0 for name in NAMED_COSTS)
    left: float = round(order * (1 - margin - commission) - logistics - service, 2)
    return left if left >= 0 else None


def per_week(of: str) -> Read:
    """How many leads, visits or clients the plan brings in a week of those in which leads may come."""

    def read(walk: Walk) -> float | None:
        planned, days = walk.outcome("goal", of), walk.outcome("goal", "last_lead_day")
        known = isinstance(planned, int) and isinstance(days, int | float) and days > 0
        return round(planned / days * 7, 1) if known else None

    return read


def coming(of: str) -> Read:
    """How many leads or visits come in a week: by the data where they tell it, else by the plan."""
    planned = per_week(of)
    return lambda walk: week_series.usual(walk, of) or planned(walk)


def profit_of_sale(walk: Walk) -> float | None:
    """Gross profit of one sale, by step 1."""
    order, margin = walk.value("goal", "average_order_value"), walk.value("goal", "gross_margin")
    return order * margin if order is not None and margin is not None else None


def scenario(walk: Walk) -> str | None:
    """The kind of business: as set up, else as the choice of the core was told."""
    chosen: str | None = walk.workspace.setting("scenario") or walk.value("core", "scenario")
    return chosen


def country(walk: Walk) -> str | None:
    """The country chosen, else the one to which the firm's currency belongs alone."""
    setting = walk.workspace.setting
    return setting("country") or calendars.BY_CURRENCY.get(str(setting("currency")))


def growth_points(walk: Walk) -> list[str] | None:
    """The criteria that the diagnosis begins with."""
    points = walk.outcome("maturity", "growth_points")
    return [point.criterion for point in points] if points else None


def missing_loop(walk: Walk) -> list[str] | None:
    """What the minimal loop lacks."""
    missing = walk.outcome("working-loop", "missing")
    return list(missing) if missing is not None else None


def standing(walk: Walk) -> list[str]:
    """The plan's tasks whose outcome the workspace holds already."""
    found = {
        "one_goal": _done(walk, "goal"),
        "owner": owned(walk),
        "margin": walk.outcome("unit-economics", "contribution") is not None,
        "top_price": walk.outcome("unit-economics", "max_cost_per_lead") is not None,
        "core": walk.decision("core") is not None,
        "choose_kpi": _done(walk, "kpi"),
        "hypotheses": rules.check("backlog", len(walk.value("ideas", "ideas") or ())).met,
    }
    return [task for task, there in found.items() if there]


def _done(walk: Walk, key: str) -> bool:
    """Whether a step is answered and its answer lacks nothing."""
    return walk.state(key) == "done" and walk.face(key).verdict.kind == "yes"


def doer(walk: Walk) -> str | None:
    """Who does the plan, where the person named somebody there."""
    typed = walk.current("thirty-days").get("owner")
    return str(typed.value) if typed and typed.value else None


def owned(walk: Walk) -> bool:
    """Whether one person inside the firm answers for the work."""
    return walk.outcome("order", "blocked") is False
