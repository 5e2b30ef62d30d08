"""The calculators: each on a page of its own beside a step, asked, answered and saved as steps are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from playbook import evidence, reads, week_series, weekly
from playbook.i18n import t
from playbook.one_page import listed
from playbook.stop import TODAY, Read, Step, Take

if TYPE_CHECKING:
    from playbook.walk import Walk


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


def _plain_rate(walk: Walk) -> float | None:
    """The conversion of step 1, while nothing better is known of it here: no counts and no range."""
    better = [*map(walk.current("chance").get, ("successes", "trials", "rate_low", "rate_high"))]
    counted = all(walk.value("goal", name) is not None for name in ("leads_observed", "sales_observed"))
    if counted or any(field is not None and field.value is not None for field in better):
        return None
    seen = getattr(walk.facts.get("closed_leads"), "value", None)
    return None if seen else reads.rate("lead_to_sale")(walk)


def _unit_of_time(walk: Walk) -> str | None:
    """Days, where the clients are those of the data."""
    own = walk.workspace.rows("repeat-purchases", "customers")
    return "days" if walk.imported and walk.imported.clients and not own else None


def _by_month(walk: Walk) -> bool | None:
    """That the clients are those of the data and pay by the month there; None where they do not."""
    return True if _unit_of_time(walk) and walk.imported.contracts else None


def _of_all_sales() -> str:
    return t("steps", "of one purchase, for all these orders")


def _day_of(fact: str, name: str) -> Read:
    """The first or the last day that a figure of the data covers."""
    return lambda walk: getattr(walk.facts.get(fact), name, None)


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
            Take("visitors", "goal", reads.answer("goal", "visits")),
            Take("rates", "goal", _rates),
            *reads.same("goal", "average_order_value"),
            Take("target_customers", "goal", reads.answer("goal", "customers")),
        ),
    ),
    _calculator(
        "chance",
        "chance:Chance",
        "goal",
        takes=(
            Take("attempts", "goal", reads.answer("goal", "leads")),
            Take("at_least", "goal", reads.answer("goal", "customers")),
            Take("trials", "goal", reads.value("goal", "leads_observed")),
            Take("successes", "goal", reads.value("goal", "sales_observed")),
            Take("rate", "goal", _plain_rate),
        ),
        facts={"trials": "closed_leads", "successes": "won_leads"},
    ),
    _calculator(
        "pipeline-velocity",
        "pipeline_velocity:PipelineVelocity",
        "deal-cycle",
        takes=(
            Take("average_deal", "goal", reads.value("goal", "average_order_value")),
            Take("win_rate", "goal", reads.value("goal", "lead_to_sale")),
            Take("cycle_days", "deal-cycle", reads.cycle),
        ),
        facts={"opportunities": "worked_leads"},
    ),
    _calculator(
        "lead-sources",
        "lead_sources:LeadSources",
        "unit-economics",
        "core",
        facts={"sources": "leads_by_campaign"},
    ),
    _calculator("brand-demand", "brand_demand:BrandDemand", "core", "kpi", facts={"periods": "demand_by_week"}),
    _calculator(
        "channel-loss",
        "channel_loss:ChannelLoss",
        "unit-economics",
        "core",
        takes=(Take("planned_customers", "goal", reads.answer("goal", "customers")),),
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
        takes=(Take("admissible_cac", "unit-economics", reads.answer("unit-economics", "admissible_cac")),),
        facts={"journeys": "sold_journeys"},
        when={"half_life_days": ("model", ("time_decay",))},
    ),
    _calculator(
        "cac",
        "cac:Cac",
        "unit-economics",
        takes=(Take("admissible_cac", "unit-economics", reads.answer("unit-economics", "admissible_cac")),),
        facts={"costs": "spend_by_system", "new_customers": "customers_won"},
    ),
    _calculator(
        "romi",
        "romi:Romi",
        "unit-economics",
        takes=tuple(
            Take(name, "unit-economics", reads.of_all_sales(each), suggestion=True, how=_of_all_sales)
            for name, each in zip(("logistics", "service", "commissions"), reads.NAMED_COSTS, strict=True)
        ),
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
            Take("margin", "unit-economics", reads.answer("unit-economics", "contribution")),
            Take("retention", "unit-economics", reads.value("unit-economics", "monthly_retention")),
        ),
    ),
    _calculator("nps", "nps:Nps", "kpi"),
    _calculator(
        "cohorts",
        "cohorts:Cohorts",
        "unit-economics",
        "kpi",
        takes=(
            Take("cac", "unit-economics", reads.value("unit-economics", "cac")),
            *(Take(name, "data", _day_of("cohorts_of_clients", name)) for name in ("since", "until")),
        ),
        facts={"cohorts": "cohorts_of_clients"},
    ),
    _calculator(
        "contract-retention",
        "contract_retention:ContractRetention",
        "kpi",
        takes=(Take("cohorts", "data", lambda walk: walk.imported.contracts if walk.imported else None),),
    ),
    _calculator(
        "repeat-purchases",
        "repeat_purchases:RepeatPurchases",
        "kpi",
        takes=(
            Take("customers", "data", lambda walk: walk.imported.clients if walk.imported else None),
            Take("unit", "data", _unit_of_time),
            Take("by_month", "data", _by_month),
        ),
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
        facts={"values": week_series.values},
        hidden=("weeks", "metric"),
        choices={"changes/metric": weekly.names},
    ),
    _calculator(
        "kpi-tree",
        "kpi_tree:KpiTree",
        "kpi",
        "week",
        takes=(
            Take("visits_plan", "goal", reads.per_week("visits")),
            *(
                Take(f"{name}_plan", "goal", reads.value("goal", name))
                for name in ("visit_to_lead", "lead_to_sale", "average_order_value", "gross_margin")
            ),
        ),
        facts={"weeks": week_series.tree},
    ),
    _calculator(
        "sample-size",
        "sample_size:SampleSize",
        "ideas",
        takes=(
            Take("baseline", "goal", reads.value("goal", "lead_to_sale")),
            Take("visitors_per_week", "goal", reads.per_week("leads")),
            Take("value_per_success", "goal", reads.profit_of_sale),
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
        takes=(Take("admissible_cac", "unit-economics", reads.answer("unit-economics", "admissible_cac")),),
        facts={"weeks": week_series.weeks},
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
            Take("sla_minutes", "order", reads.value("order", "first_contact_minutes")),
            Take("profit_per_sale", "goal", reads.profit_of_sale),
        ),
        facts={"leads": "leads_by_wait"},
        opens=("stale_leads",),
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
    _calculator("utm", "utm:Utm", "working-loop", "thirty-days"),
    _calculator(
        "order",
        "order:Order",
        "working-loop",
        "thirty-days",
        "week",
        takes=(Take("owner", "thirty-days", reads.doer),),
    ),
    _calculator(
        "checklist",
        "checklist:Checklist",
        "thirty-days",
        "maturity",
        takes=(
            *(Take(item, step, read) for item, (step, read) in evidence.ITEMS.items()),
            Take("begun", "data", evidence.begun),
            Take("first_day", "data", evidence.first_day),
            TODAY,
            Take("ticked_before", "data", lambda walk: evidence.ticked(walk.first_day)),
            Take("ten_before", "data", lambda walk: evidence.answered(walk.first_day)),
            Take("ten_now", "data", evidence.answered),
            Take("diagnosis_before", "data", lambda walk: evidence.diagnosis(walk.first_day)),
            Take("diagnosis_now", "data", evidence.diagnosis),
        ),
        hidden=(
            "begun",
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
        takes=(Take("start", "thirty-days", reads.value("thirty-days", "start")), TODAY),
        hidden=("today",),
    ),
)
"""Each on a page of its own name, all drawn by one notebook."""
