"""Figures of the sample firms open the rows that they count."""

from __future__ import annotations

import pytest

from playbook.data.behind import Behind
from playbook.data.behind_figures import COUNTED
from playbook.data.facts import EVERY, Fact
from tests.samples.conftest import Look


@pytest.mark.parametrize("firm", ["local", "ecommerce"])
def test_figures_open_as_many_rows_as_they_count(firm: str, look: Look) -> None:
    """A count of rows and the rows themselves agree, and every figure of the firm opens without a fault."""
    opened = [Behind(look(firm).workspace, figure) for figure in EVERY]
    told = {one.figure: one.fact.value for one in opened if isinstance(one.fact, Fact)}
    counts = {one.figure: one.look(most=1).count for one in opened if one.figure in told}
    assert len(counts) > 20
    counted = counts.keys() & COUNTED
    assert {figure: counts[figure] for figure in counted} == {figure: told[figure] for figure in counted}
    for one in opened:
        for point in one.series("week")[-1:] + one.series("month")[-1:] if one.figure in counted else ():
            behind = Behind(look(firm).workspace, one.figure, point.period.text)
            assert behind.look(most=1).count == point.value, f"{one.figure} {point.period.text}"


@pytest.mark.parametrize("firm", ["local", "ecommerce", "saas", "b2b"])
def test_gross_profit_is_one_wherever_it_is_told(firm: str, look: Look) -> None:
    """The metric, the segments and the cohorts added up, and the return's page with what only step 3 and spend take."""
    walk = look(firm)
    facts = walk.imported.facts
    told, beside = facts["gross_profit"], facts["gross_profit_beside_spend"]
    segments, cohorts = facts["profit_by_segment"], facts["cohorts_of_clients"]
    assert isinstance(told, Fact)
    assert isinstance(beside, Fact)
    assert isinstance(segments, Fact)
    assert isinstance(cohorts, Fact)
    lines = segments.gives["segments"]
    assert sum(one["revenue"] - one["refunds"] - one["direct_costs"] for one in lines) == pytest.approx(told.value)
    months = [float(month) for one in cohorts.gives["cohorts"] for month in one["profit"].split(";")]
    assert sum(months) == pytest.approx(told.value, abs=1)
    taken = sum(walk.value("romi", name) for name in ("spend", "logistics", "service", "commissions"))
    assert walk.outcome("romi", "profit") + taken == pytest.approx(beside.value, abs=0.05)


def test_return_takes_over_what_step_3_says_of_a_purchase(look: Look) -> None:
    """Delivery of 11 and service of 4 for each order of the shop, and 2.9% of what was kept; a typed one wins."""
    walk = look("ecommerce")
    paid, kept = (walk.imported.fact(name).value for name in ("paid_orders", "revenue_net"))
    told = {name: walk.value("romi", name) for name in ("logistics", "service", "commissions")}
    assert told == pytest.approx({"logistics": 11 * paid, "service": 4 * paid, "commissions": 0.029 * kept}, abs=0.01)
    assert walk.given("romi", "logistics").open
