"""From visitors to clients, stage by stage."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.questions.funnel import Funnel
from tests.questions.spoken import face, unspoken

ASKED = {"visitors": 2_000, "rates": [0.05, 0.3], "average_order_value": 120}


def test_each_stage_takes_its_part() -> None:
    """2,000 visits, 100 leads, 30 clients of 120: 3,600, 1.5% of the visits."""
    answer = Funnel(**ASKED).solve()
    assert answer.stages == pytest.approx((2_000, 100, 30))
    assert (answer.customers, answer.revenue, answer.overall_rate) == pytest.approx((30, 3_600, 0.015))


def test_rows_of_a_form_say_the_same_as_a_list() -> None:
    """Stages that a person named."""
    rows = [{"name": "lead", "rate": 0.05}, {"name": "payment", "rate": 0.3}]
    assert Funnel(**{**ASKED, "rates": rows}).solve().stages == Funnel(**ASKED).solve().stages


def test_target_turns_over_at_the_rate_that_is_named() -> None:
    """40 clients are out of reach with 30 and within reach with the flips' own value of each stage."""
    answer = Funnel(**ASKED, target_customers=40).solve()
    assert answer.verdict == "no"
    for flip in answer.flips:
        place = next((int(part) for part in flip.field.split(".") if part.isdigit()), None)
        changed = {**ASKED, "target_customers": 40}
        if place is None:
            changed[flip.field] = flip.at
        else:
            changed["rates"] = [flip.at if index == place else rate for index, rate in enumerate(ASKED["rates"])]
        changed["visitors"] = math.ceil(changed["visitors"])
        assert Funnel(**changed).solve().customers == pytest.approx(40, rel=1e-3)


def test_stage_that_nobody_passes_ends_the_funnel() -> None:
    """No client, no revenue, and a face that says where it ends."""
    answer = Funnel(**{**ASKED, "rates": [0.05, 0]}).solve()
    assert (answer.customers, answer.revenue) == (0, 0)
    assert answer.face().verdict.say


@pytest.mark.parametrize("rates", [[1.2], [-0.1], ["half"], [], 0.5])
def test_rates_that_are_none_are_refused(rates: object) -> None:
    """Above 1, below 0, a word, none at all, no list."""
    with pytest.raises(InvalidInput) as caught:
        Funnel.read({**ASKED, "rates": rates})
    assert caught.value.field.startswith("rates")


@given(st.integers(0, 10**6), st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_order_of_stages_does_not_change_the_end(visitors: int, rates: list[float]) -> None:
    """A product has no order."""
    one = Funnel(visitors=visitors, rates=rates, average_order_value=1).solve().customers
    other = Funnel(visitors=visitors, rates=rates[::-1], average_order_value=1).solve().customers
    assert one == pytest.approx(other)


@pytest.mark.parametrize("change", [{}, {"rates": [0.05, 0]}, {"target_customers": 40}, {"target_customers": 10}])
def test_russian_face_is_russian(change: dict[str, object]) -> None:
    """Every sentence, whatever the verdict."""
    _, said = face("funnel", {**ASKED, **change}, "ru")
    assert unspoken(said) == []
