"""What a new client costs: everything that was spent, by the clients it won."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.charts import Bars
from playbook.display import Face
from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
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


def shown(language: str = "en", **changed: Any) -> Face:
    """How the answer is shown."""
    return face("cac", {"costs": COSTS, "new_customers": 80, **changed}, language)[0]


def test_verdict_names_the_clients_and_the_costs_that_turn_it() -> None:
    """8,000 fit below 90 from 88.9 clients on, so 89; 80 clients may cost less than 7,200."""
    verdict = shown(admissible_cac=90).verdict
    assert (verdict.kind, verdict.say) == ("no", "A client costs ₽100; only below ₽90 is admissible.")
    assert verdict.flip == "It fits from 89 new clients on, or when less than ₽7,200 is spent."


@pytest.mark.parametrize(("customers", "kind"), [(88, "no"), (89, "yes")])
def test_that_many_clients_do_turn_it(customers: int, kind: str) -> None:
    """8,000 / 88 is 90.9, 8,000 / 89 is 89.9."""
    assert shown(new_customers=customers, admissible_cac=90).verdict.kind == kind


def test_enough_clients_say_where_the_answer_flips() -> None:
    """8,000 / 125 is 64 clients, at which 125 is reached and no longer admissible."""
    verdict = shown(admissible_cac=125).verdict
    assert verdict.flip == "The answer flips at 64 new clients or fewer, or from ₽10,000 on."


def test_nothing_may_be_paid_where_nothing_is_admissible() -> None:
    """An admissible CAC of 0 is no limit to come below."""
    verdict = shown(admissible_cac=0).verdict
    assert (verdict.kind, verdict.say) == ("no", "A client costs ₽100, and nothing may be paid for one.")


def test_chart_shows_what_a_client_is_made_of() -> None:
    """62.50 of advertising and 37.50 of pay; the largest part is in the title."""
    chart = shown().chart
    assert isinstance(chart, Bars)
    assert chart.title == "63% of a client’s cost: “advertising”"
    assert chart.values == (62.5, 37.5)


def test_second_chart_sets_paid_beside_blended() -> None:
    """20 who came by themselves make 100 look like 80, below the limit of 90 that 100 breaks."""
    _, beside = shown(organic_customers=20, admissible_cac=90).charts
    assert isinstance(beside, Bars)
    assert beside.title == "Those who came by themselves make ₽100 look like ₽80"
    assert beside.values == (100, 80)
    assert beside.limit is not None
    assert beside.limit.y == 90


def test_chance_is_the_root_of_the_clients() -> None:
    """A count of 100 strays by 10, a tenth of it (Poisson)."""
    assert shown(new_customers=100).numbers[-1].value == "±10%"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", [{"new_customers": 0}, {"costs": {"advertising": 0}}])
def test_no_clients_or_no_costs_are_said(language: str, change: dict[str, Any]) -> None:
    """A sentence with what to do and not one figure, in both languages."""
    made = shown(language, **change)
    assert (made.verdict.kind, bool(made.verdict.say and made.verdict.flip)) == ("wait", True)
    assert (made.numbers, made.charts, made.sections) == ((), (), ())


def test_wrong_amount_is_told_by_its_name() -> None:
    """A mapping has no rows to count: the fault is at `costs.people`."""
    with pytest.raises(InvalidInput) as caught:
        Cac.read({"costs": {**COSTS, "people": -1}, "new_customers": 80})
    assert caught.value.field == "costs.people"


def test_schema_tells_both_ways_to_write_costs() -> None:
    """Names with amounts for a script, rows for a form."""
    ways = Cac.model_json_schema()["properties"]["costs"]["anyOf"]
    assert [way["type"] for way in ways] == ["object", "array"]


@given(
    st.dictionaries(st.text(max_size=9), st.floats(0, 1e15), min_size=1, max_size=9),
    st.integers(0, 10**12),
    st.none() | st.integers(0, 10**12),
    st.none() | st.floats(0, 1e15),
    st.sampled_from(LANGUAGES),
)
def test_every_cost_has_a_face(
    costs: dict[str, float], customers: int, organic: int | None, limit: float | None, language: str
) -> None:
    """Blended is never above paid; whatever is typed there is a sentence, and every chart is drawn."""
    with speaking(language):
        found = Cac(costs=costs, new_customers=customers, organic_customers=organic, admissible_cac=limit).solve()
        made = found.face()
    if isinstance(found.cac, float) and isinstance(found.blended, float):
        assert found.blended <= found.cac
    assert made.verdict.say
    assert all("nan" not in chart.svg() and "inf" not in chart.svg() for chart in made.charts)
