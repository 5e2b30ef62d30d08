"""What cannot be, asked of every question that computes: refused by its field, or answered by a named non-answer."""

from __future__ import annotations

import math
import warnings
from typing import Any

import pytest

from playbook import questions
from playbook.errors import InvalidInput
from playbook.model import NonAnswer, Provisional, Result

NAN = math.nan
WEEK = {"visits": 1000, "leads": 50, "sales": 10, "revenue": 1000, "gross_profit": 400}
FUNNEL = {"average_order_value": 120, "gross_margin": 0.4, "visit_to_lead": 0.05, "lead_to_sale": 0.3}
GOAL = {"objective": "sales_now", "horizon_days": 60, "target_customers": 30, "cost_per_visit": 0.5, **FUNNEL}
ECONOMICS = {"price": 100, "monthly_retention": 0.8, "payback_target_months": 3, "cac": 60}
SOURCE = {"name": "a", "leads": 100, "cost_per_lead": 5, "lead_to_sale": 0.02, "average_order_value": 50}
SOURCES = {"sources": [{**SOURCE, "gross_margin": 0.4}]}
IDEA = {"name": "a", "kind": "offer", "reach": 100, "impact": 1, "confidence": 0.8, "effort": 1}
SIZE = {"baseline": 0.1, "variant": 0.12, "power": 0.8, "alpha": 0.05}
CLIENT = {"frequency": 1, "recency": 4, "age": 40}


def shares(*counts: int, **more: Any) -> dict[str, Any]:
    """Two variants by how many saw each and how many of them succeeded."""
    first, second = ({"n": n, "conversions": hits} for n, hits in (counts[:2], counts[2:]))
    return {"control": first, "variant": second, **more}


REFUSED = [
    ("goal", {**GOAL, "leads_observed": 5, "sales_observed": 9}, "sales_observed"),
    ("goal", {**GOAL, "cost_per_visit": -1}, "cost_per_visit"),
    ("goal", {**GOAL, "lead_to_sale": NAN}, "lead_to_sale"),
    ("goal", {**GOAL, "lead_to_sale_low": 0.4, "lead_to_sale_high": 0.2}, "lead_to_sale_low"),
    ("chance", {"attempts": 100, "at_least": 5, "successes": 12, "trials": 10}, "successes"),
    ("chance", {"attempts": 100, "at_least": 5, "rate": NAN}, "rate"),
    ("unit-economics", {**ECONOMICS, "cac": -1}, "cac"),
    ("unit-economics", {**ECONOMICS, "lead_to_sale": 0}, "lead_to_sale"),
    ("clv", {"margin": NAN, "retention": 0.8, "discount_rate": 0.1}, "margin"),
    ("lead-sources", {"sources": [{**SOURCES["sources"][0], "cost_per_lead": -5}]}, "sources.0.cost_per_lead"),
    ("ideas", {"method": "rice", "ideas": [{**IDEA, "effort": 0}]}, "ideas.0.effort"),
    ("ideas", {"method": "rice", "ideas": [{**IDEA, "effort": 1e-15}]}, "ideas.0.effort"),
    ("sample-size", {**SIZE, "alpha": 0}, "alpha"),
    ("sample-size", {**SIZE, "power": 1}, "power"),
    ("ab-test", shares(10, 12, 10, 1), "control"),
    ("ab-test", shares(0, 0, 0, 0), "control.n"),
    ("ab-test", shares(1000, 100, 1000, 120, alpha=0), "alpha"),
    ("ab-test", shares(1000, 100, 1000, 120, alpha=1e-300), "alpha"),
    ("ab-test", {"control": {"n": 1, "mean": 5, "sd": 1}, "variant": {"n": 1, "mean": 6, "sd": 1}}, "control"),
    ("srm", {"counts": [-10, 20]}, "counts"),
    ("srm", {"counts": [10, 0], "ratio": [1, 0]}, "ratio"),
    ("many-tests", {"p_values": [NAN, 0.1]}, "p_values.0"),
    ("many-tests", {"p_values": [0.01] * 1_000_000}, "p_values"),
    ("peeking", {"looks": 5, "alpha": 0}, "alpha"),
    ("xmr", {"values": [5, NAN, 6, 7]}, "values.1"),
    ("xmr", {"values": [float(place % 7) for place in range(1_000_000)]}, "values"),
    ("kpi-tree", {"weeks": [WEEK, {**WEEK, "visits": -900}]}, "weeks.1.visits"),
    ("kpi-tree", {"weeks": [WEEK, {**WEEK, "gross_profit": 1001}]}, "weeks.1.gross_profit"),
    ("kpi-tree", {"weeks": [WEEK] * 1_000_000}, "weeks"),
    ("contract-retention", {"survival": [0.9, NAN, 0.7]}, "survival.1"),
    ("contract-retention", {"survival": [0.5, 0.6, 0.7]}, "survival"),
    ("contract-retention", {"cohorts": [[100, 120]]}, "cohorts"),
    ("repeat-purchases", {"customers": [{**CLIENT, "recency": 50}]}, "customers.0.recency"),
    ("repeat-purchases", {"customers": [{**CLIENT, "age": NAN}]}, "customers.0.age"),
]
"""Question, what is asked, and the field that says what is wrong with it."""

NOT_TOLD = [
    ("goal", {**GOAL, "lead_to_sale": 0}, "leads"),
    ("goal", {**GOAL, "visit_to_lead": 0}, "budget"),
    ("chance", {"attempts": 100, "at_least": 5, "rate": 0}, "probability"),
    ("chance", {"attempts": 10, "at_least": 1, "successes": 0, "trials": 0}, "probability"),
    ("unit-economics", {**ECONOMICS, "cogs": 500}, "admissible_cac"),
    ("clv", {"margin": 100, "retention": 1, "discount_rate": 0}, "clv"),
    ("sample-size", {**SIZE, "variant": 0.1}, "per_group"),
    ("sample-size", {**SIZE, "visitors_per_week": 0}, "weeks"),
    ("ab-test", shares(1000, 0, 1000, 10, difference="relative"), "difference"),
    ("ab-test", shares(1000, 10, 1000, 0, difference="relative"), "low"),
    ("ab-test", shares(1000, 1000, 1000, 1000, difference="relative"), "high"),
    ("ab-test", {"control": {"n": 9, "mean": 5, "sd": 0}, "variant": {"n": 9, "mean": 6, "sd": 0}}, "low"),
    ("srm", {"counts": [0, 0]}, "p_value"),
    ("srm", {"counts": [1, 0]}, "p_value"),
    ("xmr", {"values": [5]}, "upper"),
    ("contract-retention", {"survival": [0.8]}, "alpha"),
    ("contract-retention", {"cohorts": [[100, 100, 100, 100]]}, "alpha"),
    ("repeat-purchases", {"customers": [CLIENT]}, "r"),
    ("repeat-purchases", {"customers": [CLIENT] * 100}, "r"),
]
"""Question, what is asked, and the number in whose place a reason stands."""


def solve(name: str, asked: dict[str, Any]) -> Result:
    """The answer, without a warning of numpy or scipy, which no reader could use."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return questions.find(name).read(asked).solve()


@pytest.mark.parametrize(("name", "asked", "field"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
def test_what_cannot_be_is_refused_by_its_field(name: str, asked: dict[str, Any], field: str) -> None:
    """What is wrong, what was seen and what to do are all said."""
    with pytest.raises(InvalidInput) as refused:
        solve(name, asked)
    problem = refused.value.problems[0]
    assert problem.field == field
    assert problem.what
    assert problem.saw
    assert problem.hint


@pytest.mark.parametrize(("name", "asked", "at"), NOT_TOLD, ids=lambda value: value if isinstance(value, str) else "")
def test_what_nobody_can_know_is_a_named_non_answer(name: str, asked: dict[str, Any], at: str) -> None:
    """A reason and a way on stand in place of a number, or beside one that is hardly more than a guess."""
    found = getattr(solve(name, asked), at)
    assert isinstance(found, NonAnswer | Provisional)
    assert found.reason
    assert found.hint


@pytest.mark.parametrize("method", ["z", "fisher", "sequential", "bayes"])
@pytest.mark.parametrize("asked", [shares(1, 1, 1, 1), shares(9, 0, 9, 0), shares(1000, 1000, 1000, 1000)])
def test_all_alike_is_no_certainty(method: str, asked: dict[str, Any]) -> None:
    """Nobody or everybody succeeded: the interval of the difference still has a width, whatever the method."""
    found: Any = solve("ab-test", {**asked, "method": method})
    assert found.high - found.low > 0.005
    assert found.verdict == "cannot_tell"


def test_far_difference_has_a_p_value_above_nothing() -> None:
    """5 millionths more of 10^12 are 11.8 standard errors: 4.66e-32 of both tails (normal), and no plain 0."""
    found: Any = solve("ab-test", shares(10**12, 10**11, 10**12, 10**11 + 5 * 10**6, method="z"))
    assert found.p_value == pytest.approx(4.66e-32, rel=0.01)


def test_share_says_the_bound_that_it_passed() -> None:
    """0 is not below 0, and 1 not above 1: the true limits are named."""
    with pytest.raises(InvalidInput) as low:
        solve("peeking", {"looks": 5, "alpha": 0})
    with pytest.raises(InvalidInput) as high:
        solve("ab-test", shares(1000, 100, 1000, 120, alpha=1))
    said = [error.value.problems[0].what for error in (low, high)]
    assert said == ["'alpha' cannot be below 0.000001.", "'alpha' must be below 1."]
