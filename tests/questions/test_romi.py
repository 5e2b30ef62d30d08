"""What came back: pretty beside honest, and never ROAS by the name of ROMI."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.i18n import speaking
from playbook.model import NonAnswer
from playbook.questions.romi import Romi
from tests.questions.spoken import face, unspoken

ASKED = {"revenue": 20_000, "spend": 5_000, "cogs": 8_000, "discounts": 500, "refunds": 900, "logistics": 700}


def test_pretty_leaves_out_what_honest_takes_off() -> None:
    """(20000 - 8000 - 5000)/5000 is 140%; less 2100 of deductions it is 98%; revenue by spend is 4."""
    answer = Romi(**ASKED).solve()
    assert (answer.pretty, answer.honest, answer.roas) == pytest.approx((1.4, 0.98, 4))
    assert answer.profit == pytest.approx(4_900)


def test_textbook_return_on_marketing_investment() -> None:
    """Farris et al., Marketing Metrics, ch. 10: 1,000 of margin from 400 of spend returns 150%."""
    assert Romi(revenue=1_000, spend=400).solve().pretty == pytest.approx(1.5)


def test_nothing_spent_returns_nothing_that_can_be_named() -> None:
    """Dividing by 0 is undefined, in words, for all three figures; the profit is still a number."""
    answer = Romi(revenue=1_000, spend=0).solve()
    assert all(isinstance(value, NonAnswer) for value in (answer.pretty, answer.honest, answer.roas))
    assert answer.to_json()["honest"]["status"] == "undefined"
    assert answer.profit == 1_000


def test_without_deductions_the_answer_waits() -> None:
    """A return that looks fine is not called so while no deduction is filled in; a typed 0 is filled in."""
    assert Romi(revenue=20_000, spend=5_000, cogs=8_000).solve().verdict == "wait"
    assert Romi(revenue=20_000, spend=5_000, cogs=8_000, refunds=0).solve().verdict == "yes"


def test_loss_stays_a_loss_without_deductions() -> None:
    """What does not pay back even in the pretty figure needs no more questions."""
    assert Romi(revenue=4_000, spend=5_000).solve().verdict == "no"


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.floats(0, 1e5), st.floats(0, 1e5))
def test_honest_is_never_above_pretty(revenue: float, spend: float, refunds: float, service: float) -> None:
    """Deductions only take away."""
    answer = Romi(revenue=revenue, spend=spend, refunds=refunds, service=service).solve()
    assert isinstance(answer.honest, float)
    assert isinstance(answer.pretty, float)
    assert answer.honest <= answer.pretty + 1e-9


@given(st.floats(1, 1e5), st.floats(1, 1e5), st.floats(0.01, 100))
def test_currency_does_not_matter(revenue: float, spend: float, rate: float) -> None:
    """All amounts in another currency give the same return."""
    one = Romi(revenue=revenue, spend=spend).solve().honest
    other = Romi(revenue=revenue * rate, spend=spend * rate).solve().honest
    assert one == pytest.approx(other, rel=1e-6, abs=1e-6)


def test_roas_is_not_called_a_return() -> None:
    """Its figure says that costs are not in it."""
    with speaking("en", "USD"):
        roas = next(number for number in Romi(**ASKED).solve().face().numbers if number.label == "ROAS")
        assert "$4 of revenue" in f"{roas.value} {roas.small}"


@pytest.mark.parametrize("change", [{}, {"spend": 0}, {"revenue": 100}, {"cogs": 30_000}])
def test_russian_face_is_russian(change: dict[str, float]) -> None:
    """Every sentence, whatever the verdict."""
    _, said = face("romi", {**ASKED, **change}, "ru")
    assert unspoken(said) == []
