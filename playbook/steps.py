"""The path: which question each step asks, what it takes over from other steps or from data, and which page shows it.

The one place where steps meet. Calculators stand beside a step: asked, answered and saved as steps are, on a page of
their own, with their answer shown where it is needed. A step's value comes, in this order, from an earlier step
(`Take`), from the newer of the person's own typing and the imported data (`facts`), and from the question's default.
"""

from __future__ import annotations

from playbook import addresses, first_answers, reads, ten_from_data, week_facts, weekly
from playbook.calculators import CALCULATORS
from playbook.i18n import t
from playbook.methods.groups import COUNTS
from playbook.papers import DOCUMENTS
from playbook.stop import TODAY, Step, Take

__all__ = ["CALCULATORS", "DOCUMENTS", "PAGES", "PATH", "STEPS", "Step", "Take", "after", "beside", "documents", "href"]


def _ideas(*names: str) -> tuple[str, ...]:
    return tuple(f"ideas/{name}" for name in names)


def _in(*states: str) -> dict[str, tuple[str, ...]]:
    """A hypothesis that has come so far."""
    return {"state": states}


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
        takes=(Take("cycle_days", "deal-cycle", reads.cycle), *first_answers.takes()),
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
        takes=reads.same("goal", "average_order_value"),
        facts={"cycle_days": "deal_cycle"},
        hidden=("deals", "since", "until"),
    ),
    Step(
        "unit-economics",
        3,
        "step_3_economics",
        "unit_economics:UnitEconomics",
        takes=(
            Take("price", "goal", reads.value("goal", "average_order_value"), suggestion=True),
            *(Take(name, "goal", reads.rate(name)) for name in ("lead_to_sale", "visit_to_lead")),
            Take("cac", "goal", reads.planned_cac, suggestion=True),
            Take("planned_cac", "goal", reads.planned_cac),
            Take(
                "cogs",
                "goal",
                reads.direct_costs,
                suggestion=True,
                how=lambda: t("steps", "order value less the margin and other costs"),
            ),
            Take("largest_channel", "channel-loss", reads.largest_channel),
            Take("sales_without_largest", "channel-loss", reads.sales_without_largest),
            Take("cac_without_largest", "channel-loss", reads.cac_without_largest),
        ),
        hidden=("largest_channel", "sales_without_largest", "cac_without_largest", "planned_cac", "measured_cac"),
        needs=("cogs",),
        facts={
            "price": "average_order_before_discount",
            "cac": "cac",
            "measured_cac": "cac",
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
            Take("scenario", "settings", reads.setting("scenario")),
            *reads.same("goal", "objective", "horizon_days", "average_order_value"),
            Take("cycle_days", "deal-cycle", reads.cycle),
            *reads.same("deal-cycle", "deciders"),
            *reads.same("unit-economics", "cac", "monthly_retention"),
            Take("cost_per_lead", "goal", reads.cost_per_lead),
            Take("admissible_cac", "unit-economics", reads.answer("unit-economics", "admissible_cac")),
            Take("max_cost_per_lead", "unit-economics", reads.answer("unit-economics", "max_cost_per_lead")),
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
    Step(
        "kpi",
        6,
        "step_6_kpi",
        "kpi:Kpi",
        takes=(Take("demands", "goal", reads.asked_of_metrics),),
        hidden=("demands",),
    ),
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
            *(Take(name, "goal", reads.value("goal", name)) for name in ("visit_to_lead", "lead_to_sale")),
            *(Take(f"{name}_per_week", "goal", reads.coming(name)) for name in ("visits", "leads")),
            Take("profit_per_sale", "goal", reads.profit_of_sale),
            Take("heard", "week", weekly.heard),
            TODAY,
        ),
        hidden=(
            *("visit_to_lead", "lead_to_sale", "visits_per_week", "leads_per_week", "profit_per_sale", "today"),
            *("heard", "ideas/added"),
        ),
        stages={
            **dict.fromkeys(_ideas("reach", "impact", "confidence", "effort", "ease", "answers"), _in("backlog")),
            **{name: {**_in("running", "done"), "metric": ("other",)} for name in _ideas("baseline", "per_week")},
            **dict.fromkeys(_ideas("metric", "hoped", "ends", *COUNTS), _in("running", "done")),
            "ideas/started": _in("running", "done", "stopped"),
            **dict.fromkeys(_ideas("outcome", "decided", "turned", "reviewed"), _in("done")),
            **dict.fromkeys(_ideas("finished", "learned"), _in("done", "stopped")),
        },
    ),
    Step(
        "thirty-days",
        None,
        "plan_30_days",
        "thirty_days:ThirtyDays",
        takes=(
            Take("start", "settings", reads.setting("start"), suggestion=True),
            Take(
                "scenario",
                "settings",
                reads.scenario,
            ),
            Take("hours_per_week", "settings", reads.setting("hours_per_week"), suggestion=True),
            Take("owner", "order", reads.value("order", "owner"), suggestion=True),
            Take("country", "settings", reads.country, suggestion=True),
            Take("growth_points", "maturity", reads.growth_points),
            Take("missing_loop", "working-loop", reads.missing_loop),
            Take("owned", "order", reads.owned),
            Take("standing", "working-loop", reads.standing),
            TODAY,
        ),
        hidden=("holidays", "today", "done", "carry_from", "owned", "standing"),
    ),
    Step(
        "week",
        None,
        "weekly_review",
        "week:Week",
        takes=(
            Take("metrics", "kpi", lambda walk: walk.kpi_rows()),
            Take("tests", "ideas", weekly.tests),
            Take("board", "data", week_facts.board),
            Take("channels", "data", week_facts.channels),
            Take("answering", "data", week_facts.answering),
            Take("revised", "data", lambda walk: weekly.revised(walk) or None),
            Take("begun", "data", weekly.under_way),
            Take("last_review", "settings", weekly.last_review),
            Take("meeting_owner", "order", reads.value("order", "owner"), suggestion=True),
            Take("owned", "order", reads.owned),
            TODAY,
        ),
        hidden=(
            *("tests", "board", "channels", "answering", "revised", "begun", "last_review", "today", "owned"),
            *("previous/metric", "previous/was", "previous/hypothesis", "decisions/hypothesis"),
            *(f"metrics/{name}" for name in ("figure", "definition", "before_change", "changed", "week", "mondays")),
        ),
        choices={"decisions/metric": weekly.names},
    ),
)

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
