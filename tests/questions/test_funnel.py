"""From visitors to clients, stage by stage."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.charts import Bars
from playbook.display import Table, Verdict
from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.questions.funnel import Funnel
from tests.questions.spoken import face, unspoken

ASKED: dict[str, Any] = {"visitors": 2_000, "rates": [0.05, 0.3], "average_order_value": 120}
STAGES = [{"name": "lead", "rate": 0.05}, {"name": "payment", "rate": 0.3}]


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


def said(language: str = "en", **changed: Any) -> Verdict:
    """The verdict in words."""
    return face("funnel", {**ASKED, **changed}, language)[0].verdict


def test_verdict_names_what_is_missing_and_what_would_do() -> None:
    """40 of 30: a third more visitors, 2,667, or a third more leads, 6.7% instead of 5%."""
    verdict = said(rates=STAGES, target_customers=40)
    assert (verdict.kind, verdict.word, verdict.say) == (
        "no",
        "Not enough",
        "30 clients come out; 40 clients are needed.",
    )
    assert verdict.because == "The narrowest place is “lead”: 5% get through."
    assert verdict.flip == "It is enough from 2,667 visitors on, or when “lead” lets 6.7% through (5% now)."


def test_enough_says_when_it_stops() -> None:
    """20 clients need 20 / 1.5% = 1,333.3 visitors, so 1,334."""
    verdict = said(target_customers=20)
    assert (verdict.kind, verdict.flip) == ("yes", "It stops being enough below 1,334 visitors.")


def test_stage_that_would_need_more_than_everybody_is_no_way_out() -> None:
    """2,000 clients of 2,000 visitors: no rate of one stage does it, only more visitors."""
    found = Funnel(**ASKED, target_customers=2_000).solve()
    assert [flip.field for flip in found.flips] == ["visitors"]
    assert found.face().verdict.flip == "It is enough from 133,334 visitors on."


def test_part_of_a_client_is_no_client() -> None:
    """3 visitors at 1.5% are 0.045 of one."""
    assert said(visitors=3).say == "3 visitors become less than one client and ₽5.40."


def test_one_point_more_is_worth_more_where_fewest_pass() -> None:
    """2,000 x 6% x 30% is 36, 6 more; 2,000 x 5% x 31% is 31, one more; ₽120 each."""
    table = face("funnel", {**ASKED, "rates": STAGES}, "en")[0].sections[0]
    assert isinstance(table, Table)
    assert [row[3:] for row in table.rows] == [("+6", "+₽720"), ("+1", "+₽120")]


def test_many_more_clients_are_whole_people() -> None:
    """8,581 x 5.66% x 40% is 34.3 more than at 4.66%: 34 people."""
    asked = {**ASKED, "visitors": 8_581, "rates": [0.0466, 0.4]}
    table = face("funnel", asked, "en")[0].sections[0]
    assert isinstance(table, Table)
    assert [row[3] for row in table.rows] == ["+34", "+4"]


def test_chart_says_where_most_are_lost() -> None:
    """5% become leads, the stage in the accent."""
    chart = face("funnel", {**ASKED, "rates": STAGES}, "en")[0].chart
    assert isinstance(chart, Bars)
    assert chart.title == "The narrowest place: 5% get to “lead”"
    assert (chart.labels, chart.lit) == (("Visitors", "Lead", "Payment"), 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("change", "kind"), [({"visitors": 0}, "wait"), ({"rates": [0.05, 0]}, "no")])
def test_empty_funnel_is_said_and_not_counted(language: str, change: dict[str, Any], kind: str) -> None:
    """Nobody comes, or nobody passes: a sentence with what to do, in both languages."""
    verdict = said(language, **change)
    assert (verdict.kind, bool(verdict.say and verdict.flip)) == (kind, True)


def test_nothing_is_shown_of_nobody() -> None:
    """Without visitors no row of noughts stands under the verdict."""
    shown = face("funnel", {**ASKED, "visitors": 0}, "en")[0]
    assert (shown.numbers, shown.chart, shown.sections) == ((), None, ())


def test_missing_rate_of_a_row_is_asked_for_by_its_place() -> None:
    """A row that a person has not filled in yet."""
    with pytest.raises(InvalidInput) as caught:
        Funnel.read({**ASKED, "rates": [0.05, None]})
    assert caught.value.field == "rates.1.rate"


@given(
    st.integers(0, 10**12),
    st.lists(st.floats(0, 1), min_size=1, max_size=20),
    st.floats(0, 1e15),
    st.none() | st.integers(0, 10**12),
    st.sampled_from(LANGUAGES),
)
def test_every_funnel_has_a_face(
    visitors: int, rates: list[float], value: float, target: int | None, language: str
) -> None:
    """No stage holds more people than the one before; nothing is drawn out of the picture."""
    with speaking(language):
        found = Funnel(visitors=visitors, rates=rates, average_order_value=value, target_customers=target).solve()
        shown = found.face()
    assert all(after <= before for before, after in pairwise(found.stages))
    assert shown.verdict.say
    assert all("nan" not in chart.svg() and "inf" not in chart.svg() for chart in shown.charts)
