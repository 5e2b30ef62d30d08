"""Asking backwards and swinging inputs, whatever the question."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook import questions
from playbook.errors import InvalidInput
from playbook.i18n import speaking
from playbook.model import NonAnswer, known
from playbook.questions.cac import Cac
from playbook.questions.chance import Chance
from playbook.questions.clv import Clv
from playbook.questions.funnel import Funnel
from playbook.questions.goal import Goal
from playbook.questions.kpi_tree import KpiTree
from playbook.questions.pipeline_velocity import PipelineVelocity
from playbook.questions.sample_size import SampleSize
from playbook.questions.unit_economics import UnitEconomics
from playbook.whatif import Numeric
from tests.proofs.examples import EXAMPLES
from tests.questions.spoken import texts, unspoken

NUMERIC = [name for name in questions.NAMES if issubclass(questions.find(name), Numeric)]
PLAN: dict[str, Any] = {
    "objective": "sales_now",
    "horizon_days": 60,
    "target_customers": 40,
    "average_order_value": 8400,
    "gross_margin": 0.3,
    "visit_to_lead": 0.05,
    "lead_to_sale": 0.31,
    "cost_per_visit": 84,
    "leads_observed": 412,
    "sales_observed": 128,
}


def test_every_numeric_question_is_one() -> None:
    """One mechanism for all of them, and none is forgotten by mistake."""
    assert set(NUMERIC) >= {
        *("goal", "chance", "unit-economics", "funnel", "pipeline-velocity"),
        *("clv", "cac", "romi", "nrr", "sample-size", "kpi-tree", "nps", "peeking"),
    }


@pytest.mark.parametrize("name", NUMERIC)
def test_every_numeric_question_swings(name: str) -> None:
    """Its example has inputs that move its outcome, the widest first, and a face without English in Russian."""
    asked = questions.find(name).read(EXAMPLES[name])
    assert isinstance(asked, Numeric)
    with speaking("ru", "RUB"):
        found = asked.tornado()
        widths = [one.width for one in found.swings]
        assert widths == sorted(widths, reverse=True)
        assert widths
        shown = found.face()
        assert unspoken(texts(shown)) == []
        assert shown.chart is None or shown.chart.svg()


def test_plan_asked_backwards_reaches_its_chance() -> None:
    """At the conversion found the chance is 80%, and with a hundredth less it is below; the budget stays."""
    plan = Goal(**PLAN)
    found = plan.solve_for("lead_to_sale", chance=0.8)
    at = known(found.at)
    assert at is not None
    held = plan.held()
    assert found.side == "at_least"
    assert (held.changed("lead_to_sale", at).value() or 0) >= 0.8
    assert (held.changed("lead_to_sale", at * 0.98).value() or 0) < 0.8
    assert held.budget_planned == plan.solve().budget


def test_budget_that_makes_a_plan_likely() -> None:
    """`budget` is the budget planned; it is above what the plan takes on average."""
    plan = Goal(**PLAN)
    found = plan.solve_for("budget", chance=0.8)
    assert (found.field, found.side) == ("budget_planned", "at_least")
    assert 1.05 < (known(found.at) or 0) / (known(plan.solve().budget) or 1) < 1.25


def test_clients_that_can_be_counted_on() -> None:
    """Fewer than the plan aims at, in whole clients."""
    found = Goal(**PLAN).solve_for("target_customers", chance=0.8)
    assert (found.side, known(found.at)) == ("at_most", 35)


def test_level_that_keeps_the_risk_of_five_looks() -> None:
    """Pocock 1977, table 1: at five looks a level of 0.0158 each keeps 5% over all of them."""
    found = questions.find("peeking").read({"looks": 5, "alpha": 0.05})
    assert isinstance(found, Numeric)
    asked = found.solve_for("alpha", false_alarm_rate=0.05)
    assert (asked.at, asked.side) == (pytest.approx(0.0158, abs=5e-5), "at_most")


def test_promoters_that_a_score_takes() -> None:
    """At 25 passives and 15 detractors NPS is 50 from 70 promoters on: (70 - 15)/110."""
    found = questions.find("nps").read({"promoters": 60, "passives": 25, "detractors": 15})
    assert isinstance(found, Numeric)
    assert found.solve_for("promoters", nps=50).at == 70


def test_no_value_works() -> None:
    """Ten visits bring no hundred clients, whatever the conversion."""
    plan = Goal(**{**PLAN, "target_customers": 100, "budget_planned": 840})
    found = plan.solve_for("lead_to_sale", chance=0.8)
    assert isinstance(found.at, NonAnswer)
    assert (found.at.status, found.words()) == ("unreachable", "no value works")
    assert found.face().verdict.word == "No value works"


@pytest.mark.parametrize("field", ["cac", "lead_to_sale", "price"])
def test_search_agrees_with_the_closed_form(field: str) -> None:
    """The flips of the unit economics are solved on paper, an independent route."""
    asked = UnitEconomics(**{**EXAMPLES["unit-economics"], "cac": 90})
    flips = {flip.field: flip.at for flip in asked.solve().flips}
    assert known(asked.solve_for(field).at) == pytest.approx(flips[field], rel=2e-6)


def test_search_agrees_with_the_funnel_and_the_pipeline() -> None:
    """Identities: 40 clients at 5% and 30% take 2,667 visitors; 120,000 in 30 days at 8 deals take a cycle of 22.5."""
    funnel = Funnel(visitors=2000, rates=(0.05, 0.3), average_order_value=1, target_customers=40)
    assert known(funnel.solve_for("visitors").at) == 2667
    deals = {"opportunities": 40, "average_deal": 9000, "win_rate": 0.25, "target_per_30_days": 120_000}
    pipeline = PipelineVelocity(cycle_days=45, **deals)
    found = pipeline.solve_for("cycle_days")
    assert (known(found.at), found.side) == (pytest.approx(22.5, rel=2e-6), "at_most")


def test_any_number_of_the_answer_may_be_wanted() -> None:
    """A value of 500 at a margin of 50 takes (1 + d)/(1 + d - r) = 10; a CAC of 80 takes 100 clients for 8,000."""
    assert known(Clv(margin=50, retention=0.8, discount_rate=0).solve_for("retention", clv=500).at) == pytest.approx(
        0.9, rel=1e-5
    )
    found = Cac(costs={"ads": 8000}, new_customers=60).solve_for("new_customers", cac=80)
    assert (known(found.at), found.side) == (100, "at_least")


def test_less_is_better_for_weeks() -> None:
    """2,188 people in eight weeks are 274 a week (273.5 rounded up by the search to the first that is enough)."""
    found = SampleSize(baseline=0.2, variant=0.25, visitors_per_week=40).solve_for("visitors_per_week")
    assert (known(found.at), found.side) == (pytest.approx(273.5, rel=1e-5), "at_least")


def test_field_that_is_no_number_is_refused() -> None:
    """The hint names those that are."""
    with pytest.raises(InvalidInput) as caught:
        Goal(**PLAN).solve_for("objective", chance=0.8)
    assert "lead_to_sale" in caught.value.hint


@pytest.mark.parametrize("wanted", [{}, {"clv": 1, "multiplier": 2}, {"nothing": 1}])
def test_wish_that_is_none_is_refused(wanted: dict[str, float]) -> None:
    """Nothing, two things, and a number that the answer does not have."""
    with pytest.raises(InvalidInput):
        Clv(margin=50, retention=0.8, discount_rate=0.01).solve_for("retention", **wanted)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 300), st.integers(1, 300), st.floats(0.01, 0.99))
def test_found_attempts_are_the_fewest(attempts: int, need: int, rate: float) -> None:
    """So many attempts are likely to be enough, and one fewer is not."""
    asked = Chance(attempts=attempts, at_least=need, rate=rate)
    at = known(asked.solve_for("attempts").at)
    if at is not None and at > 1:
        assert (asked.changed("attempts", int(at)).value() or 0) >= 0.8
        assert (asked.changed("attempts", int(at) - 1).value() or 0) < 0.8


def test_share_swings_no_further_than_the_whole() -> None:
    """96% a tenth up would be 105.6%: the end is 100%, and the lower one 86.4%."""
    weeks = [{"leads": 100, "sales": 95, "revenue": 3000}, {"leads": 100, "sales": 96, "revenue": 3000}]
    swing = next(one for one in KpiTree(weeks=weeks).tornado().swings if one.field == "if_lead_to_sale")
    assert (swing.low, swing.high) == (pytest.approx(0.864), 1.0)


def test_rate_that_is_worth_measuring_is_found_for_every_question() -> None:
    """A share of 20% is known to a tenth of itself after 1.2816²/0.01 · 0.8/0.2 = 657 cases (normal, eight of ten)."""
    asked = questions.find("clv").read({"margin": 100, "retention": 0.2, "discount_rate": 0.01})
    assert isinstance(asked, Numeric)
    found = asked.measure_next()
    assert found is not None
    assert (found.field, found.seen, found.more) == ("retention", 0, 657)
    assert found.words() in asked.solve().face().notes  # type: ignore[attr-defined]


def test_what_was_seen_already_is_halved_by_three_times_as_many() -> None:
    """412 leads were seen: 1,236 more make four times as many, and half the spread."""
    found = Goal.read(PLAN).measure_next()
    assert found is not None
    assert (found.field, found.seen, found.more) == ("lead_to_sale", 412, 1236)


@pytest.mark.parametrize("rate", [1, 0.0001, 2.3e-311])
def test_nothing_is_measured_where_it_tells_nothing_or_takes_too_many(rate: float) -> None:
    """All stay, so no case more would tell anything; or so few that more than a million cases were to be counted."""
    asked = questions.find("clv").read({"margin": 100, "retention": rate, "discount_rate": 0.01})
    assert isinstance(asked, Numeric)
    assert asked.measure_next() is None
