"""What the calculators take over, so that their pages answer before anybody has typed there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from playbook import samples
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.goal import answer_goal


@pytest.fixture
def firm(tmp_path: Path) -> Workspace:
    """A goal of 40 clients from 134 leads, and nothing else."""
    firm = Workspace.create(tmp_path / "firm")
    answer_goal(firm)
    return firm


def test_chance_takes_the_plain_rate_of_the_goal(firm: Workspace) -> None:
    """40 of 134 at 30%: the page answers though no history is known."""
    assert Walk(firm).value("chance", "rate") == 0.3
    assert Walk(firm).outcome("chance", "probability") == pytest.approx(0.55, abs=0.05)


def test_counts_of_the_goal_take_the_place_of_its_rate(firm: Workspace) -> None:
    """Leads and payments that were counted in step 1 say more than a bare rate."""
    firm.save("goal", "leads_observed", 200)
    firm.save("goal", "sales_observed", 60)
    walk = Walk(firm)
    assert [walk.value("chance", name) for name in ("rate", "trials", "successes")] == [None, 200, 60]
    assert walk.answer("chance") is not None


def test_range_typed_there_lets_go_of_the_rate(firm: Workspace) -> None:
    """A cautious and a hopeful rate alone: nothing is said twice."""
    firm.save("chance", "rate_low", 0.2)
    firm.save("chance", "rate_high", 0.4)
    assert Walk(firm).value("chance", "rate") is None
    assert Walk(firm).answer("chance") is not None


def test_page_with_all_but_one_field_names_that_field(firm: Workspace) -> None:
    """Worth of a client over time: margin and retention come from step 3, and only the price of waiting is missing."""
    for name, value in {"cogs": 40, "monthly_retention": 0.8, "payback_target_months": 3}.items():
        firm.save("unit-economics", name, value)
    assert Walk(firm).face("clv").verdict.say == "Still missing: What waiting a period for money costs."


def test_clients_of_the_data_are_counted_in_days(tmp_path: Path) -> None:
    """The forecast says how many days it looks ahead; for rows of one's own the unit is asked."""
    shop = samples.create(tmp_path / "shop", "ecommerce", "en", today=date(2026, 11, 23))
    assert Walk(shop).value("repeat-purchases", "unit") == "days"
    assert "more times in 181 days." in Walk(shop).face("repeat-purchases").verdict.say.replace("\u00a0", " ")
    shop.add_row("repeat-purchases", "customers", {"frequency": 1, "recency": 1, "age": 2})
    assert Walk(shop).value("repeat-purchases", "unit") is None
