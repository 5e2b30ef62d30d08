"""What a new client costs: everything that was spent, by the clients it won."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.questions.cac import Cac
from tests.questions.spoken import face, unspoken

COSTS = {"advertising": 5_000, "people": 3_000}


def test_all_costs_are_divided_by_new_clients() -> None:
    """8,000 for 80 clients are 100 each."""
    answer = Cac(costs=COSTS, new_customers=80).solve()
    assert (answer.total, answer.cac) == (8_000, 100)


def test_rows_of_a_form_say_the_same_as_a_mapping() -> None:
    """A person adds rows; a script gives names and amounts."""
    rows = [{"name": name, "amount": amount} for name, amount in COSTS.items()]
    assert Cac(costs=rows, new_customers=80).solve().cac == Cac(costs=COSTS, new_customers=80).solve().cac


def test_nobody_won_is_undefined() -> None:
    """No client, no price of one."""
    answer = Cac(costs=COSTS, new_customers=0).solve().to_json()
    assert answer["cac"]["status"] == "undefined"
    assert answer["cac"]["hint"]


def test_equal_to_the_admissible_is_too_dear() -> None:
    """100 against 100 is not below it; 99.99 is."""
    dear = Cac(costs=COSTS, new_customers=80, admissible_cac=100).solve().face().verdict.kind
    fine = Cac(costs={"advertising": 7_999}, new_customers=80, admissible_cac=100).solve().face().verdict.kind
    assert (dear, fine) == ("no", "yes")


def test_blended_stands_beside_and_never_decides() -> None:
    """120 clients came by themselves: 8,000 by 200 is 40, and the verdict still speaks of 100."""
    answer = Cac(costs=COSTS, new_customers=80, organic_customers=120, admissible_cac=90).solve()
    assert answer.to_json()["blended"] == pytest.approx(40)
    assert answer.face().verdict.kind == "no"


@pytest.mark.parametrize("costs", [{"advertising": -1}, {"advertising": "much"}, 7])
def test_costs_that_are_none_are_refused(costs: object) -> None:
    """A negative amount, a word, a bare number."""
    with pytest.raises(InvalidInput) as caught:
        Cac.read({"costs": costs, "new_customers": 10})
    assert "costs" in caught.value.field


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.floats(0, 1e6), min_size=1), st.integers(1, 1_000))
def test_more_clients_for_the_same_money_are_cheaper(costs: dict[str, float], customers: int) -> None:
    """One client more never makes a client dearer."""
    one, more = (Cac(costs=costs, new_customers=count).solve().cac for count in (customers, customers + 1))
    assert isinstance(one, float)
    assert isinstance(more, float)
    assert more <= one


@pytest.mark.parametrize("change", [{}, {"new_customers": 0}, {"admissible_cac": 90}, {"organic_customers": 20}])
def test_russian_face_is_russian(change: dict[str, float]) -> None:
    """Every sentence but the names that the person wrote."""
    _, said = face("cac", {"costs": {"реклама": 5_000}, "new_customers": 80, **change}, "ru")
    assert unspoken(said) == []
