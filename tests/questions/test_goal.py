"""Step 1: the goal in figures, each number computed from the one before it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import texts
from playbook.errors import InvalidInput
from playbook.i18n import speaking
from playbook.model import NonAnswer, Provisional
from playbook.questions.goal import FUNNEL, KPIS, TARGETS, Goal

FACTS: dict[str, Any] = {
    "average_order_value": 8400,
    "gross_margin": 0.3,
    "visit_to_lead": 0.05,
    "lead_to_sale": 0.31,
    "cost_per_visit": 84,
}


def goal(**changed: Any) -> Goal:
    base: dict[str, Any] = {"objective": "sales_now", "horizon_days": 60, "target_customers": 40, **FACTS}
    return Goal(**{name: value for name, value in {**base, **changed}.items() if value is not None})


def refused(**changed: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        goal(**changed)
    return caught.value


def test_each_stage_rounds_up_from_before() -> None:
    """40 clients at 31% take ⌈129.03⌉ = 130 leads; those at 5% take 2,600 visits, for 218,400."""
    plan = goal().solve()
    assert (plan.customers, plan.leads, plan.visits, plan.budget) == (40, 130, 2600, 218_400)


def test_visits_are_computed_from_rounded_leads() -> None:
    """1 client at 30% takes 4 leads, and 4 leads at 5% take 80 visits; unrounded leads would give 67."""
    plan = goal(target_customers=1, lead_to_sale=0.3).solve()
    assert (plan.leads, plan.visits) == (4, 80)


def test_decimal_shares_divide_exactly() -> None:
    """7 clients at 7% take 100 leads; binary division would say 101."""
    assert goal(target_customers=7, lead_to_sale=0.07).solve().leads == 100


def test_broken_target_of_clients_rounds_up() -> None:
    """A target of 39.2 clients is reached by 40."""
    assert goal(target_customers=39.2).solve().customers == 40


def test_revenue_counts_whole_orders() -> None:
    """100,000 at 8,400 an order is 11.9 orders: 12."""
    assert goal(target_customers=None, target_revenue=100_000).solve().customers == 12


def test_gross_profit_counts_margin_of_order() -> None:
    """40,000 at 2,520 of profit an order is 15.87 orders: 16."""
    assert goal(target_customers=None, target_gross_profit=40_000).solve().customers == 16


def test_last_lead_day_leaves_room_for_cycle() -> None:
    """A lead that pays 9 days later must come by day 51 of 60."""
    assert goal(cycle_days=9).solve().last_lead_day == 51


def test_cycle_as_long_as_horizon_is_unreachable() -> None:
    """With a cycle of 60 days the last lead would have to come on day 0."""
    day = goal(cycle_days=60).solve().last_lead_day
    assert isinstance(day, NonAnswer)
    assert (day.status, day.hint != "") == ("unreachable", True)


def test_cycle_of_one_day_less_is_reachable() -> None:
    """A cycle of 59 days leaves the first day."""
    assert goal(cycle_days=59).solve().last_lead_day == 1


@pytest.mark.parametrize(
    ("changed", "empty"),
    [
        ({"target_customers": None, "target_gross_profit": 1, "gross_margin": 0}, "customers"),
        ({"target_customers": None, "target_revenue": 1, "average_order_value": 0}, "customers"),
        ({"lead_to_sale": 0}, "leads"),
        ({"visit_to_lead": 0}, "visits"),
        ({"visit_to_lead": 1e-15}, "visits"),
    ],
)
def test_zero_on_the_way_is_unreachable(changed: dict[str, Any], empty: str) -> None:
    """Where nothing comes through, the number and all after it say so, and the verdict is no."""
    plan = goal(**changed).solve()
    found = plan.to_json()
    assert found[empty]["status"] == found["budget"]["status"] == "unreachable"
    assert found[empty]["reason"]
    assert found[empty]["hint"]
    assert plan.face().verdict.kind == "no"


def test_kpis_carry_targets_of_the_plan() -> None:
    """Leads 130, 1,680 a lead, 31%, a client 5,460, and 40 × 2,520 of gross profit."""
    targets = {kpi.metric: kpi.target for kpi in goal().solve().kpis}
    assert targets == pytest.approx(
        {"leads": 130, "cost_per_lead": 1680, "lead_to_sale": 0.31, "cac": 5460, "gross_profit": 100_800}
    )


def test_kpis_are_metrics_of_the_catalogue() -> None:
    """Every metric a goal proposes has a passport."""
    known = {metric["id"] for metric in texts.load("metrics.toml")["metrics"]}
    assert {name for names in KPIS.values() for name in names} <= known


def test_horizon_takes_both_of_its_ends() -> None:
    """30 and 90 days are within the rule."""
    assert [goal(horizon_days=days).solve().last_lead_day for days in (30, 90)] == [30, 90]


@pytest.mark.parametrize(
    ("days", "what"), [(10, "'horizon_days' cannot be below 30."), (100, "'horizon_days' cannot be above 90.")]
)
def test_horizon_outside_rule_is_refused(days: int, what: str) -> None:
    """10 and 100 days are refused with what was seen and the range."""
    fault = refused(horizon_days=days)
    assert (fault.what, fault.saw, fault.hint) == (what, f"horizon_days={days}", "from 30 to 90")


def test_two_goals_at_once_are_refused() -> None:
    """A target in clients and one in revenue are two goals."""
    fault = refused(target_revenue=1_000_000)
    assert fault.what == "One goal at a time: several targets were given."
    assert fault.saw == "target_customers=40, target_revenue=1000000"
    assert fault.hint == "keep one target and clear the others"


def test_goal_without_target_is_refused() -> None:
    """The hint names the three targets."""
    fault = refused(target_customers=None)
    assert fault.hint == f"give one of: {', '.join(TARGETS)}"


def test_missing_facts_are_all_named() -> None:
    """A goal in sales needs the five facts of the funnel, and each missing one is said."""
    fault = refused(**dict.fromkeys(FACTS))
    assert tuple(problem.field for problem in fault.problems) == FUNNEL


@pytest.mark.parametrize("objective", ["ltv", "awareness"])
def test_metric_goal_takes_target_alone(objective: str) -> None:
    """These two goals are one number of a metric, and no funnel is computed."""
    plan = Goal(objective=objective, horizon_days=90, target={"metric": "repeats", "value": 45}).solve()
    assert set(plan.to_json()) == {"kpis"}
    assert "repeats" in plan.face().verdict.say


def test_metric_goal_refuses_target_of_sales() -> None:
    """A number of clients is no target of LTV."""
    with pytest.raises(InvalidInput) as caught:
        Goal(objective="ltv", horizon_days=60, target_customers=5)
    assert (caught.value.field, caught.value.saw) == ("target_customers", "target_customers=5")


def test_goal_of_sales_refuses_metric() -> None:
    """A metric is no target of sales."""
    assert refused(target_customers=None, target={"metric": "likes", "value": 9}).field == "target"


def test_share_above_one_says_how_to_write_it() -> None:
    """80 for a share is refused with the way to write 80%."""
    fault = refused(lead_to_sale=80)
    assert (fault.field, fault.hint) == ("lead_to_sale", "write 80% as 0.8")


def test_more_payments_than_leads_is_refused() -> None:
    """5 payments cannot come from 4 leads."""
    assert refused(leads_observed=4, sales_observed=5).field == "sales_observed"


def test_history_is_accepted_and_said() -> None:
    """128 of 412 leads paid, 31%: the plan is set beside it."""
    plan = goal(leads_observed=412, sales_observed=128, visits_observed=8000).solve()
    assert plan.face().notes[0] == "In your history 128 of 412 leads paid: 31%. The plan takes 31%."


def test_fields_asked_follow_the_objective() -> None:
    """A form asks a metric for LTV and the funnel for sales."""
    assert (Goal.asks("ltv"), Goal.asks("sales_now")[:3]) == (("target",), TARGETS)


def test_verdict_names_leads_day_and_budget() -> None:
    """The sentence of the clinic, in both languages."""
    plan = goal(cycle_days=9).solve()
    with speaking("en", "RUB"):
        assert plan.face().verdict.say == "130 leads by day 51 bring 40 clients for ₽218,400."
    with speaking("ru", "RUB"):
        assert plan.face().verdict.say.replace("\xa0", " ") == "130 заявок до 51-го дня — это 40 клиентов за 218 400 ₽."


def test_sale_that_leaves_nothing_brings_no_advertising_back() -> None:
    """Without margin no plan that costs something is possible, however often clients come again."""
    verdict = goal(gross_margin=0).solve().face().verdict
    assert (verdict.kind, verdict.say) == (
        "no",
        "A sale leaves nothing after direct costs, so no sale brings the advertising back.",
    )
    assert goal(gross_margin=0, cost_per_visit=0).solve().face().verdict.kind == "yes"


@given(
    target=st.sampled_from(TARGETS),
    amount=st.floats(min_value=1e-300, max_value=1e9),
    horizon=st.integers(30, 90),
    cycle=st.floats(0, 3650),
    order=st.floats(0, 1e15),
    cost=st.floats(0, 1e15),
    rates=st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
)
def test_every_valid_goal_has_answer(
    target: str,
    amount: float,
    horizon: int,
    cycle: float,
    order: float,
    cost: float,
    rates: tuple[float, float, float],
) -> None:
    """Whatever is asked within the bounds, the answer and its face are there, and stages never shrink upwards."""
    margin, to_lead, to_sale = rates
    asked: dict[str, Any] = {
        "objective": "sales_now",
        "horizon_days": horizon,
        target: amount,
        "average_order_value": order,
        "gross_margin": margin,
        "visit_to_lead": to_lead,
        "lead_to_sale": to_sale,
        "cost_per_visit": cost,
        "cycle_days": cycle,
    }
    plan = Goal(**asked).solve()
    assert not {"inf", "nan"} & set(str(plan.to_json()).replace(",", " ").split())
    face = plan.face()
    assert face.verdict.say
    assert face.chart is None or face.chart.svg()
    if isinstance(plan.customers, int) and isinstance(plan.leads, int) and isinstance(plan.visits, int):
        assert 1 <= plan.customers <= plan.leads <= plan.visits


def test_plan_that_fits_exactly_has_an_even_chance() -> None:
    """130 leads at 31%: P(X ≥ 40) is that of Binomial(130, 0.31), 0.5556 by scipy.stats.binom.sf(39, 130, 0.31)."""
    found = goal().solve().probability
    assert isinstance(found, Provisional)
    assert found.value == pytest.approx(0.5556, abs=5e-5)
    assert found.reason.startswith("no history")


def test_history_makes_the_chance_firm() -> None:
    """With leads and payments of the past the chance is a number, and the range is wider than by luck alone."""
    plan, bare = goal(leads_observed=41, sales_observed=13).solve(), goal().solve()
    assert isinstance(plan.probability, float)
    assert plan.p10 is not None
    assert bare.p10 is not None
    assert plan.p10 < bare.p10


def test_chance_is_said_beside_the_plan() -> None:
    """In the verdict, as a number and on a chart."""
    shown = goal(leads_observed=412, sales_observed=128).solve().face()
    assert shown.verdict.because.endswith("The chance that it works out is 6 in 10.")
    assert [one.label for one in shown.numbers[1:3]] == ["Chance of reaching it", "What it may bring"]
    assert shown.further[0].title == "40 clients or more: 6 in 10"


def test_larger_budget_is_a_better_chance() -> None:
    """A fifth more visits than the plan asks for, and a fifth fewer."""
    history = {"leads_observed": 412, "sales_observed": 128}
    less, more = (goal(**history, budget_planned=218_400 * part).solve().probability for part in (0.8, 1.2))
    assert isinstance(less, float)
    assert isinstance(more, float)
    assert less < 0.2
    assert more > 0.9


def test_money_is_forecast_in_the_unit_of_the_target() -> None:
    """12 orders of 8,400 are needed for 100,000; the middle of the forecast is a whole number of orders."""
    plan = goal(target_customers=None, target_revenue=100_000).solve()
    assert plan.p50 is not None
    assert plan.p50 % 8400 == 0
    assert plan.p50 >= 100_800


def test_range_of_order_value_moves_the_money() -> None:
    """With an order between 6,000 and 12,000 the money spreads further than whole orders do."""
    order = {"average_order_value_low": 6000, "average_order_value_high": 12_000}
    plain, wide = (goal(target_customers=None, target_revenue=1_000_000, **one).solve() for one in ({}, order))
    assert (wide.p90 or 0) - (wide.p10 or 0) > 1.5 * ((plain.p90 or 0) - (plain.p10 or 0))


def test_goal_out_of_reach_has_no_chance() -> None:
    """Where the cycle is longer than the horizon, no chance is made up."""
    assert goal(cycle_days=60).solve().probability is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"leads_observed": 10, "visits_observed": 9}, "leads_observed"),
        ({"lead_to_sale_low": 0.4, "lead_to_sale_high": 0.3}, "lead_to_sale_low"),
        ({"lead_to_sale_low": 0.4}, "lead_to_sale_high"),
    ],
)
def test_evidence_that_cannot_be_is_refused(changed: dict[str, Any], field: str) -> None:
    """More leads than visits, and ranges that are none."""
    assert refused(**changed).field == field
