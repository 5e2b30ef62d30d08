"""The value of a client over time, with the value of time in it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.charts import Columns
from playbook.display import Face
from playbook.i18n import LANGUAGES, speaking
from playbook.model import Provisional
from playbook.questions.clv import Clv
from tests.questions.spoken import face, unspoken


def test_gupta_and_lehmann_multiple() -> None:
    """Gupta, Lehmann 2003, Table 1: retention 80% and discount 12% multiply a margin paid after renewal by 2.5."""
    answer = Clv(margin=100, retention=0.8, discount_rate=0.12, first_margin="after_renewal").solve()
    assert answer.multiplier == pytest.approx(2.5, abs=0.005)
    assert answer.clv == pytest.approx(250)


@pytest.mark.parametrize(("retention", "rate", "multiple"), [(0.6, 0.1, 1.20), (0.7, 0.14, 1.59), (0.9, 0.16, 3.46)])
def test_other_cells_of_that_table(retention: float, rate: float, multiple: float) -> None:
    """The same table."""
    answer = Clv(margin=1, retention=retention, discount_rate=rate, first_margin="after_renewal").solve()
    assert answer.multiplier == pytest.approx(multiple, abs=0.005)


def test_margin_at_purchase_is_one_margin_more() -> None:
    """m(1+d)/(1+d-r) is m more than m*r/(1+d-r)."""
    now = Clv(margin=50, retention=0.8, discount_rate=0.01, first_margin="at_purchase").solve().clv
    later = Clv(margin=50, retention=0.8, discount_rate=0.01, first_margin="after_renewal").solve().clv
    assert now - later == pytest.approx(50)


def test_nobody_stays_is_one_margin() -> None:
    """With a retention of 0 there is the first purchase and nothing else."""
    assert Clv(margin=50, retention=0, discount_rate=0.1).solve().clv == pytest.approx(50)


def test_nobody_leaves_and_time_is_free_is_no_number() -> None:
    """The sum of endless margins does not exist: named, or counted to a stated horizon, and never inf."""
    found = Clv(margin=50, retention=1, discount_rate=0).solve().to_json()["clv"]
    assert isinstance(found, dict) or 0 < found < 50 * 1_000


@given(st.floats(0.01, 1e5), st.floats(0, 0.99), st.floats(0.001, 0.5))
def test_a_dearer_time_makes_the_client_worth_less(margin: float, retention: float, rate: float) -> None:
    """And margin scales it."""
    one = Clv(margin=margin, retention=retention, discount_rate=rate).solve().clv
    dear = Clv(margin=margin, retention=retention, discount_rate=rate * 2).solve().clv
    twice = Clv(margin=2 * margin, retention=retention, discount_rate=rate).solve().clv
    assert dear <= one + 1e-9
    assert twice == pytest.approx(2 * one)


def test_value_is_never_called_a_limit() -> None:
    """It is for reference, and says that step 3 decides what may be paid."""
    shown, _ = face("clv", {"margin": 50, "retention": 0.8, "discount_rate": 0.01}, "en")
    assert shown.verdict.kind == "wait"
    assert any("step 3" in note for note in shown.notes)


@pytest.mark.parametrize("retention", [0, 0.5, 1])
def test_russian_face_is_russian(retention: float) -> None:
    """Every sentence."""
    _, said = face("clv", {"margin": 50, "retention": retention, "discount_rate": 0.01}, "ru")
    assert unspoken(said) == []


def shown(language: str = "en", **changed: Any) -> Face:
    """How the answer is shown."""
    return face("clv", {"margin": 50, "retention": 0.8, "discount_rate": 0.01, **changed}, language)[0]


def test_sum_of_all_periods_is_the_formula() -> None:
    """50 x (1 + 0.8/1.01 + (0.8/1.01)^2 + ...) to the thousandth term."""
    summed = math.fsum(50 * (0.8 / 1.01) ** period for period in range(1_000))
    assert Clv(margin=50, retention=0.8, discount_rate=0.01).solve().clv == pytest.approx(summed)


def test_verdict_says_what_a_point_of_retention_is_worth() -> None:
    """50 x 1.01 / 0.21 is 240.48 and 50 x 1.01 / 0.20 is 252.50: 4.8 margins at once."""
    verdict = shown().verdict
    assert verdict.say == "A client is worth ₽240 over their whole life."
    assert verdict.because.startswith("As much as 4.8 margins of a period at once: 80% stay each period")
    assert verdict.flip == "If 81% stayed instead of 80%, it would be ₽253."


def test_nobody_leaving_is_never_offered_as_a_point_more() -> None:
    """Above 99% the point goes down: 50 x 1.01 / 0.03."""
    assert shown(retention=0.99).verdict.flip == "If 98% stayed instead of 99%, it would be ₽1,683."


def test_free_time_is_not_spoken_of() -> None:
    """At a rate of 0 money does not lose 0% in a period."""
    assert shown(discount_rate=0).verdict.because == "As much as 5 margins of a period at once: 80% stay each period."


@pytest.mark.parametrize("language", LANGUAGES)
def test_endless_life_is_counted_to_a_horizon_that_is_said(language: str) -> None:
    """36 periods of 50, with the reason and the way out in the verdict."""
    found = Clv(margin=50, retention=1, discount_rate=0).solve()
    assert isinstance(found.clv, Provisional)
    assert found.clv.value == 1_800
    verdict = shown(language, retention=1, discount_rate=0).verdict
    assert "36" in verdict.because
    assert verdict.flip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", [{"margin": 0}, {"margin": -5}, {"retention": 0, "first_margin": "after_renewal"}])
def test_client_worth_nothing_is_a_no(language: str, change: dict[str, Any]) -> None:
    """No margin, a loss, or nobody who renews: a sentence with what to do, and no figures."""
    made = shown(language, **change)
    assert (made.verdict.kind, bool(made.verdict.flip)) == ("no", True)
    assert (made.numbers, made.chart) == ((), None)


def test_chart_says_when_half_of_it_is_there() -> None:
    """(0.8 / 1.01)^3 is 0.497, so within 3 periods; their columns are in the accent."""
    chart = shown().chart
    assert isinstance(chart, Columns)
    assert (chart.title, chart.lit) == ("Half of it comes within 3 periods", 3)
    assert chart.values[2] == pytest.approx(50 * (1 + 0.8 / 1.01 + (0.8 / 1.01) ** 2))


def test_long_life_is_drawn_until_half_of_it_is_there() -> None:
    """At 99% and 0.1% half takes 63 periods: 24 columns of six, the eleventh of which holds the 63rd."""
    chart = shown(retention=0.99, discount_rate=0.001).chart
    assert isinstance(chart, Columns)
    assert (len(chart.values), chart.labels[0], chart.labels[10], chart.lit) == (24, "6", "66", 11)
    assert chart.values[9] < chart.limit.y / 2 <= chart.values[10] if chart.limit else False


@given(
    st.floats(-1e15, 1e15),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(["at_purchase", "after_renewal"]),
    st.sampled_from(LANGUAGES),
)
def test_every_client_has_a_face(margin: float, retention: float, rate: float, first: str, language: str) -> None:
    """Whatever is typed there is a sentence, a finite worth, and a chart that can be drawn."""
    with speaking(language):
        found = Clv.read(
            {"margin": margin, "retention": retention, "discount_rate": rate, "first_margin": first}
        ).solve()
        made = found.face()
    assert math.isfinite(found.worth)
    assert made.verdict.say
    assert all("nan" not in chart.svg() and "inf" not in chart.svg() for chart in made.charts)
