"""The tree from visits to gross profit, its change and its distance from the plan."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.i18n import LANGUAGES
from playbook.questions.kpi_tree import KpiTree, Tree
from tests.questions.spoken import face, unspoken

BEFORE = {"visits": 1000, "leads": 50, "sales": 10, "revenue": 1000, "gross_profit": 400}
NOW = {"visits": 1000, "leads": 50, "sales": 5, "revenue": 500, "gross_profit": 200}
PLAN = {
    "visits_plan": 1000,
    "visit_to_lead_plan": 0.05,
    "lead_to_sale_plan": 0.2,
    "average_order_value_plan": 100,
    "gross_margin_plan": 0.4,
}
WEEK = st.fixed_dictionaries(
    {
        "visits": st.none() | st.integers(0, 10_000),
        "leads": st.none() | st.integers(0, 1000),
        "sales": st.integers(0, 1000),
        "revenue": st.none() | st.floats(0, 1e6),
        "gross_profit": st.none() | st.floats(-1e5, 1e6),
    }
).filter(lambda week: week["revenue"] is None or (week["gross_profit"] or 0) <= week["revenue"])


def parts(found: Tree) -> dict[str, float]:
    """The part of each lever in the change of the week."""
    return {part.lever: round(part.amount, 6) for part in found.parts}


def test_change_belongs_to_the_lever_that_moved() -> None:
    """Half as many leads bought: all 200 lost are the conversion's."""
    found = KpiTree(weeks=[BEFORE, NOW]).solve()
    assert (found.top, found.change) == ("gross_profit", -200)
    assert parts(found) == {
        "visits": 0,
        "visit_to_lead": 0,
        "lead_to_sale": -200,
        "average_order_value": 0,
        "gross_margin": 0,
    }


def test_distance_from_the_plan_is_split_alike() -> None:
    """1,000 x 5% x 20% x 100 x 40% are 400; the week has 200, for its conversion alone, and would need 20% there."""
    found = KpiTree(weeks=[BEFORE, NOW], **PLAN).solve()
    assert (found.plan, found.gap, found.verdict) == (pytest.approx(400), pytest.approx(-200), "no")
    assert {part.lever: round(part.amount) for part in found.gap_parts}["lead_to_sale"] == -200
    assert found.face().verdict.flip == "It would be on plan with “Lead to sale” at 20% (10% now)."


def test_what_if_is_counted_from_its_node_on() -> None:
    """80 leads at 10% of 100 at 40%: 320, however few visits there were."""
    assert KpiTree(weeks=[BEFORE, NOW], if_leads=80).solve().forecast == pytest.approx(320)
    assert KpiTree(weeks=[BEFORE, NOW], if_visits=2000, if_lead_to_sale=0.2).solve().forecast == pytest.approx(800)
    assert KpiTree(weeks=[BEFORE, NOW]).solve().forecast == pytest.approx(200)


def test_lever_is_solved_for() -> None:
    """The plan of 400 is reached at 20% of leads, or at 2,000 visits."""
    asked = KpiTree(weeks=[BEFORE, NOW], **PLAN)
    assert asked.solve_for("lead_to_sale").at == pytest.approx(0.2, rel=1e-4)
    assert asked.solve_for("visits").at == pytest.approx(2000, rel=1e-4)


def test_week_without_sales_takes_everything_by_its_conversion() -> None:
    """No sale of 50 leads: order value and margin of nothing are not known and have no part."""
    nothing = {**NOW, "sales": 0, "revenue": 0, "gross_profit": 0}
    found = KpiTree(weeks=[BEFORE, nothing]).solve()
    assert parts(found)["lead_to_sale"] == -400
    assert sum(parts(found).values()) == -400


def test_tree_begins_where_the_weeks_know_it() -> None:
    """Neither visits nor money: leads and their conversion; a conversion across leads nobody counted is taken whole."""
    bare = [{"leads": 50, "sales": 10}, {"leads": 40, "sales": 10}]
    assert [part.lever for part in KpiTree(weeks=bare).solve().parts] == ["leads", "lead_to_sale"]
    across = [{"visits": 50, "sales": 10}, {"visits": 40, "sales": 10}]
    assert [part.lever for part in KpiTree(weeks=across).solve().parts] == ["visits", "visit_to_sale"]


def test_sales_to_earlier_clients_are_no_conversion_and_not_held_against_the_plan() -> None:
    """60 sales of 50 leads: the tree begins with sales and says why."""
    found = KpiTree(weeks=[BEFORE, {**NOW, "sales": 60}], **PLAN).solve()
    assert [part.lever for part in found.parts] == ["sales", "average_order_value", "gross_margin"]
    assert (found.plan, found.verdict) == (None, "wait")
    assert "earlier clients buy again" in found.face().notes[0]


@pytest.mark.parametrize("weeks", [[], [NOW]])
def test_one_week_shows_no_change(weeks: list[dict[str, Any]]) -> None:
    """It waits for the second one."""
    found = KpiTree(weeks=weeks, **PLAN).solve()
    assert (found.top, found.verdict) == (None, "wait")
    assert found.face().verdict.say == "A change needs two weeks."


def test_usual_swing_needs_no_cause() -> None:
    """Eleven weeks of 400 and 420 by turns are routine at 410, and 900 is a signal."""
    swinging = [{**BEFORE, "gross_profit": 400 + 20 * (place % 2)} for place in range(11)]
    assert "its change needs no cause" in said([*swinging, {**BEFORE, "gross_profit": 410}])
    assert "leaves the usual swing" in said([*swinging, {**BEFORE, "gross_profit": 900}])


def said(weeks: list[dict[str, Any]]) -> str:
    """Why, in the verdict."""
    return KpiTree(weeks=weeks).solve().face().verdict.because


@given(st.lists(WEEK, min_size=2, max_size=3), st.booleans())
def test_parts_add_up_whatever_the_weeks(weeks: list[dict[str, Any]], planned: bool) -> None:
    """To the change, and to the distance from the plan, with a face in both languages."""
    asked = {"weeks": weeks, **(PLAN if planned else {})}
    found = KpiTree(**asked).solve()
    scale = max(abs(found.now or 0), abs(found.before or 0), 1.0)
    assert math.fsum(part.amount for part in found.parts) == pytest.approx(found.change, abs=1e-6 * scale)
    if found.gap is not None:
        scale = max(scale, found.plan or 0.0)
        assert math.fsum(part.amount for part in found.gap_parts) == pytest.approx(found.gap, abs=1e-6 * scale)
    for language in LANGUAGES:
        _, texts = face("kpi-tree", asked, language)
        assert language == "en" or unspoken(texts) == []


def test_uncounted_visits_are_said() -> None:
    """More leads than visits: the tree begins with leads, and says why."""
    found = KpiTree(weeks=[{**BEFORE, "visits": 10}, {**NOW, "visits": 10}]).solve()
    assert found.parts[0].lever == "leads"
    assert any(note.startswith("There are more leads than visits") for note in found.face().notes)


def test_same_week_twice_has_not_changed() -> None:
    """No plan and no change: the week is as the one before."""
    assert KpiTree(weeks=[NOW, NOW]).solve().face().verdict.say == "Gross profit: $200, as in the week before."
