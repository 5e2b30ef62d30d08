"""The value of a client over time, with the value of time in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
