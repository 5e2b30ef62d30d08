"""The path: which question each step asks, what it takes over from other steps or from data, and which page shows it.

The one place where steps meet. Calculators stand beside a step: asked, answered and saved as steps are, on a page of
their own, with their answer shown where it is needed. A step's value comes, in this order, from an earlier step
(`Take`), from the newer of the person's own typing and the imported data (`facts`), and from the question's default.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from playbook import addresses, calendars, evidence, first_answers, ten_from_data, weekly
from playbook.i18n import t
from playbook.papers import DOCUMENTS, listed
from playbook.stop import TODAY, Read, Step, Take

if TYPE_CHECKING:
    from playbook.walk import Walk

__all__ = ["CALCULATORS", "DOCUMENTS", "PAGES", "PATH", "STEPS", "Step", "Take", "after", "beside", "documents", "href"]


def _value(step: str, name: str) -> Read:
    return lambda walk: walk.value(step, name)


def _answer(step: str, name: str) -> Read:
    return lambda walk: walk.outcome(step, name)


def _setting(name: str) -> Read:
    return lambda walk: walk.workspace.setting(name)


def _rate(name: str) -> Read:
    """A conversion of step 1; one of 0 leaves nothing to count with, and step 3 does without it."""
    return lambda walk: walk.value("goal", name) or None


def _same(step: str, *names: str) -> tuple[Take, ...]:
    return tuple(Take(name, step, _value(step, name)) for name in names)


def _cycle(walk: Walk) -> float | None:
    """The days of step 2: measured on deals where there are any, else as typed."""
    measured: float | None = walk.outcome("deal-cycle", "median_days")
    return measured


def _cost_per_lead(walk: Walk) -> float | None:
    visit, rate = walk.value("goal", "cost_per_visit"), walk.value("goal", "visit_to_lead")
    return visit / rate if visit is not None and rate else None


def _planned_cac(walk: Walk) -> float | None:
    lead, rate = _cost_per_lead(walk), walk.value("goal", "lead_to_sale")
    return lead / rate if lead is not None and rate else None


def _direct_costs(walk: Walk) -> float | None:
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


def _coming(of: str) -> Read:
    """How many leads or visits come in a week: by the data where they tell it, else by the plan."""
    planned = per_week(of)
    return lambda walk: weekly.usual(walk, of) or planned(walk)


def _profit_of_sale(walk: Walk) -> float | None:
    order, margin = walk.value("goal", "average_order_value"), walk.value("goal", "gross_margin")
    return order * margin if order is not None and margin is not None else None


def _scenario(walk: Walk) -> str | None:
    chosen: str | None = walk.workspace.setting("scenario") or walk.value("core", "scenario")
    return chosen


def _country(walk: Walk) -> str | None:
    """The country chosen, else the one to which the firm's currency belongs alone."""
    setting = walk.workspace.setting
    return setting("country") or calendars.BY_CURRENCY.get(str(setting("currency")))


def _growth_points(walk: Walk) -> list[str] | None:
    points = walk.outcome("maturity", "growth_points")
    return [point.criterion for point in points] if points else None


def _missing_loop(walk: Walk) -> list[str] | None:
    missing = walk.outcome("working-loop", "missing")
    return list(missing) if missing is not None else None


def _owned(walk: Walk) -> bool:
    return walk.outcome("order", "blocked") is False


def _ideas(*names: str) -> tuple[str, ...]:
    return tuple(f"ideas/{name}" for name in names)


def _in(*states: str) -> dict[str, tuple[str, ...]]:
    """A hypothesis that has come so far."""
    return {"state": states}


NAMED_COSTS = ("logistics", "service", "commission_rate")
COUNTS = ("control_people", "control_wins", "variant_people", "variant_wins")
GOALS_BY_SALES = ("sales_now", "client_base", "new_product")
GOALS_BY_METRIC = ("ltv", "awareness")

PATH: tuple[Step, ...] = (
    Step(
        "ten",
        None,
        "start",
        "ten:Ten",
        hidden=("seconds",),
        proofs={f"answers/{question}": ten_from_data.beside(question) for question in ten_from_data.ANSWERS},
    ),
    Step("maturity", None, "diagnosis", "maturity:Maturity"),
    Step(
        "goal",
        1,
        "step_1_goal",
        "goal:Goal",
        takes=(Take("cycle_days", "deal-cycle", _cycle), *first_answers.takes()),
        facts={
            "average_order_value": "average_order_value",
            "gross_margin": "gross_margin",
            "cost_per_visit": "cost_per_visit",
            "visit_to_lead": "visit_to_lead",
            "lead_to_sale": "lead_to_sale",
            "leads_observed": "closed_leads",
            "sales_observed": "won_leads",
            "customers_now": "recent_customers",
            "revenue_now": "recent_revenue",
            "gross_profit_now": "recent_gross_profit",
        },
        along={"leads_observed": "lead_to_sale", "sales_observed": "lead_to_sale"},
        hidden=("customers_now", "revenue_now", "gross_profit_now"),
        when={
            "target": ("objective", GOALS_BY_METRIC),
            **dict.fromkeys(
                (
                    "target_customers",
                    "target_revenue",
                    "target_gross_profit",
                    "average_order_value",
                    "gross_margin",
                    "visit_to_lead",
                    "lead_to_sale",
                    "cost_per_visit",
                    "cycle_days",
                    "leads_observed",
                    "sales_observed",
                    "visits_observed",
                    "visit_to_lead_low",
                    "visit_to_lead_high",
                    "lead_to_sale_low",
                    "lead_to_sale_high",
                    "average_order_value_low",
                    "average_order_value_high",
                    "budget_planned",
                    "customers_now",
                    "revenue_now",
                    "gross_profit_now",
                ),
                ("objective", GOALS_BY_SALES),
            ),
        },
    ),
    Step(
        "deal-cycle",
        2,
        "step_2_cycle",
        "deal_cycle:DealCycle",
        takes=_same("goal", "average_order_value"),
        facts={"cycle_days": "deal_cycle"},
        hidden=("deals", "since", "until"),
    ),
    Step(
        "unit-economics",
        3,
        "step_3_economics",
        "unit_economics:UnitEconomics",
        takes=(
            Take("price", "goal", _value("goal", "average_order_value"), suggestion=True),
            *(Take(name, "goal", _rate(name)) for name in ("lead_to_sale", "visit_to_lead")),
            Take("cac", "goal", _planned_cac, suggestion=True),
            Take(
                "cogs",
                "goal",
                _direct_costs,
                suggestion=True,
                how=lambda: t("steps", "order value less the margin and other costs"),
            ),
        ),
        needs=("cogs",),
        facts={
            "price": "average_order_before_discount",
            "cac": "cac",
            "price_discount": "discount_share",
            "refund_rate": "refund_rate",
            "cogs": "cogs_per_order",
        },
    ),
    Step(
        "core",
        4,
        "step_4_core",
        "core:Core",
        takes=(
            Take("scenario", "settings", _setting("scenario")),
            *_same("goal", "objective", "horizon_days", "average_order_value"),
            Take("cycle_days", "deal-cycle", _cycle),
            *_same("deal-cycle", "deciders"),
            *_same("unit-economics", "cac", "monthly_retention"),
            Take("cost_per_lead", "goal", _cost_per_lead),
            Take("admissible_cac", "unit-economics", _answer("unit-economics", "admissible_cac")),
            Take("max_cost_per_lead", "unit-economics", _answer("unit-economics", "max_cost_per_lead")),
        ),
    ),
    Step(
        "working-loop",
        5,
        "step_5_loop",
        "working_loop:WorkingLoop",
        proofs={
            "main_channel/evidence": "largest_source",
            "analytics/evidence": "sources_named",
            "crm/evidence": "records_kept",
        },
    ),
    Step("kpi", 6, "step_6_kpi", "kpi:Kpi"),
    Step(
        "ideas",
        7,
        "step_7_experiments",
        "ideas:Ideas",
        when={
            **dict.fromkeys(("ideas/reach", "ideas/effort"), ("method", ("rice",))),
            **dict.fromkeys(("ideas/impact", "ideas/confidence"), ("method", ("rice", "ice"))),
            "ideas/ease": ("method", ("ice",)),
            "ideas/answers": ("method", ("pxl",)),
        },
        takes=(
            *(Take(name, "goal", _value("goal", name)) for name in ("visit_to_lead", "lead_to_sale")),
            *(Take(f"{name}_per_week", "goal", _coming(name)) for name in ("visits", "leads")),
            Take("profit_per_sale", "goal", _profit_of_sale),
            TODAY,
        ),
        hidden=(
            *("visit_to_lead", "lead_to_sale", "visits_per_week", "leads_per_week", "profit_per_sale", "today"),
            "ideas/added",
        ),
        stages={
            **dict.fromkeys(_ideas("reach", "impact", "confidence", "effort", "ease", "answers"), _in("backlog")),
            **{name: {**_in("running", "done"), "metric": ("other",)} for name in _ideas("baseline", "per_week")},
            **dict.fromkeys(_ideas("metric", "hoped", "ends", *COUNTS), _in("running", "done")),
            "ideas/started": _in("running", "done", "stopped"),
            **dict.fromkeys(_ideas("outcome", "decided"), _in("done")),
            **dict.fromkeys(_ideas("finished", "learned"), _in("done", "stopped")),
        },
    ),
    Step(
        "thirty-days",
        None,
        "plan_30_days",
        "thirty_days:ThirtyDays",
        takes=(
            Take("start", "settings", _setting("start"), suggestion=True),
            Take(
                "scenario",
                "settings",
                _scenario,
            ),
            Take("hours_per_week", "settings", _setting("hours_per_week"), suggestion=True),
            Take("owner", "order", _value("order", "owner"), suggestion=True),
            Take("country", "settings", _country, suggestion=True),
            Take("growth_points", "maturity", _growth_points),
            Take("missing_loop", "working-loop", _missing_loop),
            Take("owned", "order", _owned),
            TODAY,
        ),
        hidden=("holidays", "today", "done", "carry_from", "owned"),
    ),
    Step(
        "week",
        None,
        "weekly_review",
        "week:Week",
        takes=(
            Take("metrics", "kpi", lambda walk: walk.kpi_rows()),
            Take("revised", "data", lambda walk: weekly.revised(walk) or None),
            Take("begun", "data", weekly.under_way),
            Take("last_review", "settings", weekly.last_review),
            Take("owned", "order", _owned),
            TODAY,
        ),
        hidden=(
            *("revised", "begun", "last_review", "today", "owned"),
            *("previous/metric", "previous/was", "metrics/before_change", "metrics/changed"),
        ),
        choices={"decisions/metric": weekly.names},
    ),
)


def _calculator(key: str, question: str, *beside: str, takes: tuple[Take, ...] = (), **more: Any) -> Step:
    """A calculator: everything it takes over may be typed over."""
    return Step(
        key, None, key, question, takes=tuple(replace(take, suggestion=True) for take in takes), beside=beside, **more
    )


def _rates(walk: Walk) -> list[dict[str, Any]] | None:
    """The stages of step 1: a visit becomes a lead, a lead a payment."""
    found = [walk.value("goal", name) for name in ("visit_to_lead", "lead_to_sale")]
    names = t("steps", "lead"), t("steps", "payment")
    whole = all(rate is not None for rate in found)
    return [{"name": name, "rate": rate} for name, rate in zip(names, found, strict=True)] if whole else None


def _day_of(fact: str, name: str) -> Read:
    """The first or the last day that a figure of the data covers."""
    return lambda walk: getattr(walk.facts.get(fact), name, None)


def _weekly(of: str) -> Read:
    """Figures of the data week by week, as `weekly` lays them out."""

    def read(walk: Walk) -> Any:
        from playbook import weekly

        return getattr(weekly, of)(walk)

    return read


CALCULATORS: tuple[Step, ...] = (
    _calculator("definition", "definition:Definition", "ten"),
    _calculator(
        "channel-dependence",
        "channel_dependence:ChannelDependence",
        "ten",
        "core",
        facts={"sources": "largest_source_share"},
    ),
    _calculator(
        "funnel",
        "funnel:Funnel",
        "goal",
        takes=(
            Take("visitors", "goal", _answer("goal", "visits")),
            Take("rates", "goal", _rates),
            *_same("goal", "average_order_value"),
            Take("target_customers", "goal", _answer("goal", "customers")),
        ),
    ),
    _calculator(
        "chance",
        "chance:Chance",
        "goal",
        takes=(
            Take("attempts", "goal", _answer("goal", "leads")),
            Take("at_least", "goal", _answer("goal", "customers")),
        ),
        facts={"trials": "closed_leads", "successes": "won_leads"},
    ),
    _calculator(
        "pipeline-velocity",
        "pipeline_velocity:PipelineVelocity",
        "deal-cycle",
        takes=(
            Take("average_deal", "goal", _value("goal", "average_order_value")),
            Take("win_rate", "goal", _value("goal", "lead_to_sale")),
            Take("cycle_days", "deal-cycle", _cycle),
        ),
        facts={"opportunities": "open_leads"},
    ),
    _calculator(
        "lead-sources",
        "lead_sources:LeadSources",
        "unit-economics",
        "core",
        facts={"sources": "leads_by_campaign"},
    ),
    _calculator(
        "channel-loss",
        "channel_loss:ChannelLoss",
        "unit-economics",
        "core",
        takes=(Take("planned_customers", "goal", _answer("goal", "customers")),),
        facts={"channels": "channels_to_lose"},
    ),
    _calculator(
        "profitability",
        "profitability:Profitability",
        "unit-economics",
        "core",
        facts={
            "segments": "profit_by_segment",
            "products": "profit_by_product",
            "channels": "profit_by_channel",
        },
    ),
    _calculator(
        "attribution",
        "attribution:Attribution",
        "core",
        "kpi",
        takes=(Take("admissible_cac", "unit-economics", _answer("unit-economics", "admissible_cac")),),
        facts={"journeys": "sold_journeys"},
        when={"half_life_days": ("model", ("time_decay",))},
    ),
    _calculator(
        "cac",
        "cac:Cac",
        "unit-economics",
        takes=(Take("admissible_cac", "unit-economics", _answer("unit-economics", "admissible_cac")),),
        facts={"costs": "spend_by_system", "new_customers": "customers_won"},
    ),
    _calculator(
        "romi",
        "romi:Romi",
        "unit-economics",
        facts={
            "revenue": "revenue_before_discounts",
            "spend": "spend_beside_orders",
            "cogs": "cost_of_goods",
            "discounts": "discounts",
            "refunds": "refunds",
        },
    ),
    _calculator(
        "clv",
        "clv:Clv",
        "unit-economics",
        takes=(
            Take("margin", "unit-economics", _answer("unit-economics", "contribution")),
            Take("retention", "unit-economics", _value("unit-economics", "monthly_retention")),
        ),
    ),
    _calculator("nps", "nps:Nps", "kpi"),
    _calculator(
        "cohorts",
        "cohorts:Cohorts",
        "unit-economics",
        "kpi",
        takes=(
            Take("cac", "unit-economics", _value("unit-economics", "cac")),
            *(Take(name, "data", _day_of("cohorts_of_clients", name)) for name in ("since", "until")),
        ),
        facts={"cohorts": "cohorts_of_clients"},
    ),
    _calculator("contract-retention", "contract_retention:ContractRetention", "kpi"),
    _calculator(
        "repeat-purchases",
        "repeat_purchases:RepeatPurchases",
        "kpi",
        takes=(Take("customers", "data", lambda walk: walk.imported.clients if walk.imported else None),),
    ),
    _calculator(
        "rfm",
        "rfm:Rfm",
        "kpi",
        "core",
        takes=(Take("customers", "data", lambda walk: walk.imported.buyers if walk.imported else None),),
    ),
    _calculator("nrr", "nrr:Nrr", "kpi"),
    _calculator(
        "xmr",
        "xmr:Xmr",
        "kpi",
        "week",
        facts={"values": _weekly("values")},
        hidden=("weeks", "metric"),
        choices={"changes/metric": weekly.names},
    ),
    _calculator(
        "kpi-tree",
        "kpi_tree:KpiTree",
        "kpi",
        "week",
        takes=(
            Take("visits_plan", "goal", per_week("visits")),
            *(
                Take(f"{name}_plan", "goal", _value("goal", name))
                for name in ("visit_to_lead", "lead_to_sale", "average_order_value", "gross_margin")
            ),
        ),
        facts={"weeks": _weekly("tree")},
    ),
    _calculator(
        "sample-size",
        "sample_size:SampleSize",
        "ideas",
        takes=(
            Take("baseline", "goal", _value("goal", "lead_to_sale")),
            Take("visitors_per_week", "goal", per_week("leads")),
            Take("value_per_success", "goal", _profit_of_sale),
        ),
        hidden=("sides",),
    ),
    _calculator("ab-test", "ab_test:AbTest", "ideas"),
    _calculator("srm", "srm:Srm", "ideas"),
    _calculator("peeking", "peeking:Peeking", "ideas"),
    _calculator("many-tests", "many_tests:ManyTests", "ideas"),
    _calculator(
        "scale-readiness",
        "scale_readiness:ScaleReadiness",
        "ideas",
        "week",
        takes=(Take("admissible_cac", "unit-economics", _answer("unit-economics", "admissible_cac")),),
        facts={"weeks": _weekly("weeks")},
    ),
    _calculator(
        "data-minimum",
        "data_minimum:DataMinimum",
        "working-loop",
        "kpi",
        facts={
            "leads": "leads",
            "cost_per_lead": "cost_per_lead",
            "lead_to_sale": "lead_to_sale",
            "gross_profit": "gross_profit_beside_spend",
            "spend": "spend_beside_orders",
            "with_source": "source_coverage",
            "with_status": "status_coverage",
            "lost_with_reason": "reason_coverage",
            "sales_with_amount": "amount_coverage",
            "sales_with_costs": "cost_coverage",
        },
    ),
    _calculator(
        "speed-to-lead",
        "speed_to_lead:SpeedToLead",
        "working-loop",
        "week",
        takes=(
            Take("sla_minutes", "order", _value("order", "first_contact_minutes")),
            Take("profit_per_sale", "goal", _profit_of_sale),
        ),
        facts={"leads": "leads_by_wait"},
        hidden=("since", "until"),
    ),
    _calculator(
        "refusal-reasons",
        "refusal_reasons:RefusalReasons",
        "working-loop",
        "ideas",
        facts={"reasons": "refusals_by_reason"},
        hidden=("since", "until"),
        choices={name: listed("refusal-reasons", "reasons", "reason") for name in ("apart/reason", "together/reason")},
    ),
    _calculator("order", "order:Order", "working-loop", "thirty-days", "week"),
    _calculator(
        "checklist",
        "checklist:Checklist",
        "thirty-days",
        "maturity",
        takes=(
            *(Take(item, step, read) for item, (step, read) in evidence.ITEMS.items()),
            Take("first_day", "data", evidence.first_day),
            TODAY,
            Take("ticked_before", "data", lambda walk: evidence.ticked(walk.first_day)),
            Take("ten_before", "data", lambda walk: evidence.answered(walk.first_day)),
            Take("ten_now", "data", evidence.answered),
            Take("diagnosis_before", "data", lambda walk: evidence.diagnosis(walk.first_day)),
            Take("diagnosis_now", "data", evidence.diagnosis),
        ),
        hidden=(
            "first_day",
            "today",
            "ticked_before",
            "ten_before",
            "ten_now",
            "diagnosis_before",
            "diagnosis_now",
        ),
    ),
    _calculator(
        "timeline",
        "timeline:Timeline",
        "thirty-days",
        "week",
        takes=(Take("start", "thirty-days", _value("thirty-days", "start")), TODAY),
        hidden=("today",),
    ),
)
"""Each on a page of its own name, all drawn by one notebook."""

STEPS = {step.key: step for step in (*PATH, *CALCULATORS, *DOCUMENTS)}
PAGES = {step.page: step for step in STEPS.values()}


def beside(key: str) -> tuple[Step, ...]:
    """The calculators that serve a step."""
    return tuple(step for step in CALCULATORS if key in step.beside)


def documents(key: str) -> tuple[Step, ...]:
    """The documents that serve a step."""
    return tuple(step for step in DOCUMENTS if key in step.beside)


def after(key: str) -> Step | None:
    """The step that follows on the path; after a calculator, the step it stands beside."""
    if STEPS[key].beside:
        return STEPS[key].home
    place = [step.key for step in PATH].index(key)
    return PATH[place + 1] if place + 1 < len(PATH) else None


def href(page: str) -> str:
    """The address of a page of the served playbook."""
    return addresses.to(f"/step/{page}/")
