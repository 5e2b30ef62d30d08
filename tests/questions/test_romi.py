"""What came back: pretty beside honest, and never ROAS by the name of ROMI."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.charts import Bars, Waterfall
from playbook.display import Face
from playbook.i18n import LANGUAGES, speaking
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


def shown(language: str = "en", **changed: Any) -> Face:
    """How the answer is shown."""
    return face("romi", {**ASKED, **changed}, language)[0]


def test_verdict_sets_honest_beside_pretty() -> None:
    """9,900 of margin for 5,000: it turns at 9,900 of spend, or at 5,000 x 20,000 / 9,900 of sales."""
    verdict = shown().verdict
    assert (verdict.kind, verdict.say) == ("yes", "Honest ROMI is 98%; the pretty one is 140%.")
    assert verdict.because == "₽5,000 were spent, and ₽9,900 of margin came back."
    assert verdict.flip == "It turns over when ₽9,900 are spent on these sales, or sales fall to ₽10,101."


def test_deductions_turn_a_pretty_return_into_a_loss() -> None:
    """(20 - 12 - 5)/5 is 60%; with 6,400 of discounts and refunds it is -68%."""
    made = shown(cogs=12_000, discounts=5_500, refunds=900, logistics=0)
    assert (made.verdict.kind, made.verdict.say) == ("no", "Honest ROMI is −68%; the pretty one is 60%.")
    assert made.verdict.flip == "It pays back below ₽1,600 for these sales, or with sales above ₽62,500."


def test_orders_at_a_loss_are_not_called_a_margin_that_came_back() -> None:
    """Goods of 30,000 in sales of 20,000, less 2,100."""
    verdict = shown(cogs=30_000).verdict
    assert verdict.because == "₽5,000 were spent, and the orders themselves lost ₽12,100."
    assert verdict.flip.startswith("No revenue of this make-up pays it back")
    assert verdict.ruler is not None
    assert verdict.ruler.limit == 0


def test_money_just_back_is_not_a_return() -> None:
    """9,900 of margin for 9,900 of spend earns nothing."""
    found = Romi(**{**ASKED, "spend": 9_900}).solve()
    assert (found.profit, found.verdict) == (0, "no")


def test_no_revenue_yet_blames_no_order() -> None:
    """Nothing came back because nothing was sold."""
    verdict = face("romi", {"revenue": 0, "spend": 100}, "en")[0].verdict
    assert (verdict.kind, verdict.say) == ("no", "Honest ROMI is −100%.")
    assert verdict.flip == "Enter the revenue of the clients this money brought, or wait for their first payments."


def test_first_chart_is_two_bars_with_the_finding() -> None:
    """Pretty beside honest, the honest one in the accent."""
    chart = shown().charts[0]
    assert isinstance(chart, Bars)
    assert (chart.title, chart.labels, chart.lit) == (
        "What looks like 140% is 98%",
        ("Pretty ROMI", "Honest ROMI"),
        1,
    )
    assert chart.values == pytest.approx((1.4, 0.98))


def test_second_chart_ends_at_the_profit() -> None:
    """20,000 less 500, 900, 8,000, 700 and 5,000 is 4,900."""
    where = shown().charts[1]
    assert isinstance(where, Waterfall)
    assert where.title == "Of ₽20,000, ₽4,900 is earned"
    assert where.bars()[-1].end == pytest.approx(4_900)


@pytest.mark.parametrize("field", ["spend", "revenue"])
def test_flip_is_where_nothing_is_earned(field: str) -> None:
    """At that spend, or at that revenue with every deduction in proportion, the honest return is 0."""
    at = next(flip.at for flip in Romi(**ASKED).solve().flips if flip.field == field)
    parts = ASKED if field == "spend" else {name: value * at / 20_000 for name, value in ASKED.items()}
    found = Romi(**{**parts, "spend": 5_000, field: at}).solve()
    assert found.honest == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_spent_is_said_without_a_figure(language: str) -> None:
    """A sentence with what to enter, in both languages; ROAS is not there either."""
    made = shown(language, spend=0)
    assert (made.verdict.kind, bool(made.verdict.flip)) == ("wait", True)
    assert (made.numbers, made.charts) == ((), ())


@given(
    st.lists(st.none() | st.floats(0, 1e15), min_size=6, max_size=6),
    st.floats(0, 1e15),
    st.floats(0, 1e15),
    st.sampled_from(LANGUAGES),
)
def test_every_return_has_a_face(parts: list[float | None], revenue: float, spend: float, language: str) -> None:
    """Whatever is typed there is a sentence, and every chart is drawn."""
    names = ("cogs", "discounts", "refunds", "logistics", "service", "commissions")
    with speaking(language):
        made = Romi.read({"revenue": revenue, "spend": spend, **dict(zip(names, parts, strict=True))}).solve().face()
    assert made.verdict.say
    assert all("nan" not in chart.svg() and "inf" not in chart.svg() for chart in made.charts)
