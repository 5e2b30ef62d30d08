"""Who makes the profit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.charts import Bars, Pairs
from playbook.errors import InvalidInput
from playbook.model import NonAnswer
from playbook.questions.profitability import Profitability, Profits
from tests.questions.spoken import face, unspoken

# Treatment leaves 60 of 100, implants 20 of 200, aligners nothing of 100: 80 of 400 in all.
CLINIC: list[dict[str, Any]] = [
    {"name": "implants", "revenue": 200, "direct_costs": 180, "clients": 2},
    {"name": "treatment", "revenue": 110, "refunds": 10, "direct_costs": 40, "clients": 7},
    {"name": "aligners", "revenue": 100, "direct_costs": 100, "clients": 1},
]


def solved(**asked: Any) -> Profits:
    return Profitability.read(asked).solve()


def test_shares_are_of_profit_revenue_and_clients() -> None:
    """Treatment: 60 of 80 of the profit, 100 of 400 of the revenue, 7 of 10 clients; 60% of its revenue is left."""
    cut = solved(segments=CLINIC).segments
    assert cut
    first = cut.lines[0]
    shares = (first.share_of_profit, first.share_of_revenue, first.share_of_clients, first.margin)
    assert (first.name, *shares) == ("treatment", 0.75, 0.25, 0.7, 0.6)
    assert (cut.most, cut.gross_profit, cut.losing) == ("treatment", 80, ())


def test_largest_turnover_without_profit_is_named() -> None:
    """Implants are half of the revenue and a quarter of the profit: a gap larger than that of the aligners by none."""
    made, _ = face("profitability", {"segments": CLINIC}, "en")
    assert made.verdict.word == "“treatment” earns most"
    assert made.verdict.say == "“treatment”: 70% of clients, 25% of revenue and 75% of gross profit."
    assert made.verdict.flip == "“implants” draws level when it leaves ₽40 more."
    assert any(note.startswith("“implants”: 50% of revenue and 25% of profit.") for note in made.notes)


def test_segments_are_drawn_clients_beside_profit() -> None:
    """Two bars for each: of clients and of profit, as texts say."""
    made, _ = face("profitability", {"segments": CLINIC}, "en")
    assert isinstance(made.chart, Pairs)
    assert made.chart.title == "“treatment”: 70% of clients, 75% of profit"
    assert made.chart.beside_texts[0] == "70% of clients"
    assert made.chart.texts == ("75% of profit", "25% of profit", "0% of profit")


CHANNELS: list[dict[str, Any]] = [
    {"name": "search", "revenue": 100, "direct_costs": 40, "spend": 20},
    {"name": "banners", "revenue": 10, "direct_costs": 5, "spend": 30},
    {"name": "friends", "revenue": 50, "direct_costs": 25},
]


def test_channel_that_takes_more_than_it_brings_is_in_loss() -> None:
    """60 - 20, 5 - 30 and 25: with 7 that no channel owns, 33 are left of 90."""
    cut = solved(channels=CHANNELS, unassigned_spend=7).channels
    assert cut
    assert {line.name: line.profit for line in cut.lines} == {"search": 40, "friends": 25, "banners": -25}
    assert (cut.losing, cut.spend, cut.profit) == (("banners",), 57, 33)
    made, _ = face("profitability", {"channels": CHANNELS}, "en")
    assert made.verdict.because == "In loss: “banners” (−₽25)."
    assert isinstance(made.chart, Bars)
    assert made.chart.labels == ("search", "friends", "banners")


def test_profit_without_costs_is_refused() -> None:
    """No line's costs are known: no number, and what to do."""
    found = solved(segments=[{"name": "all", "revenue": 100}, {"name": "none", "revenue": 50}])
    assert found.segments
    assert isinstance(found.segments.gross_profit, NonAnswer)
    assert isinstance(found.segments.most, NonAnswer)
    said = found.face().verdict
    assert (said.kind, said.say) == ("wait", "The direct costs are not known, and a profit is not guessed.")
    assert "a table of products" in said.flip


def test_revenue_without_costs_is_left_out_of_the_profit() -> None:
    """Of 100, 40 have no costs: the other 60 cost 30, so 30 are left and the margin is a half."""
    cut = solved(products=[{"name": "goods", "revenue": 100, "direct_costs": 30, "uncosted": 40}]).products
    assert cut
    assert (cut.lines[0].gross_profit, cut.lines[0].margin) == (30, 0.5)


def test_first_place_that_the_unknown_could_turn_over_is_no_verdict() -> None:
    """60 against 20, and 50 that are nobody's: the second might have 70."""
    rows = [*CLINIC, {"name": "?", "revenue": 90, "direct_costs": 40, "clients": 1, "unknown": True}]
    found = solved(segments=rows)
    assert found.segments
    assert not found.segments.sure
    assert found.face().verdict.kind == "wait"
    assert found.segments.lines[-1].unknown


def test_nobody_earns_where_costs_eat_everything() -> None:
    """Two lines, both sold below cost: a no, and no share of a profit that is not there."""
    found = solved(products=[{"name": name, "revenue": 10, "direct_costs": 12} for name in ("a", "b")])
    assert found.products
    assert isinstance(found.products.lines[0].share_of_profit, NonAnswer)
    assert found.products.losing == ("a", "b")
    assert found.face().verdict.kind == "no"


def test_orders_that_name_nothing_are_no_answer() -> None:
    """A list of nothing but the unknown compares nobody, and says which column is missing."""
    found = solved(channels=[{"name": "?", "revenue": 90, "direct_costs": 40, "unknown": True}])
    made = found.face()
    assert made.verdict.kind == "wait"
    assert made.notes[0].startswith("No order says from which lead or visit it came")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "segments"),
        ({"segments": [{"name": "A", "revenue": 1}, {"name": " a ", "revenue": 2}]}, "segments.1.name"),
        ({"products": [{"name": "a", "revenue": 10, "refunds": 4, "uncosted": 7}]}, "products.0.uncosted"),
        ({"channels": [{"name": "a", "revenue": -1}]}, "channels.0.revenue"),
        ({"channels": [{"name": "", "revenue": 1}]}, "channels.0.name"),
    ],
)
def test_line_that_cannot_be_is_refused(asked: dict[str, Any], field: str) -> None:
    """An empty question, a name twice, more without costs than there is, a negative amount, no name."""
    with pytest.raises(InvalidInput) as caught:
        Profitability.read(asked)
    assert caught.value.field in (field, field.replace(".1.", ".0."))


amounts = st.floats(0, 1e15)


@given(st.lists(st.tuples(amounts, amounts, st.none() | amounts, st.none() | amounts), min_size=1, max_size=5))
def test_parts_add_up_whatever_the_amounts(rows: list[tuple[float, float, float | None, float | None]]) -> None:
    """Shares of profit, where they are told, are 1 in all; and no infinite number comes out."""
    lines = [
        {"name": str(place), "revenue": revenue, "refunds": refunds, "direct_costs": costs, "spend": spend}
        for place, (revenue, refunds, costs, spend) in enumerate(rows)
    ]
    found = solved(segments=lines, channels=lines)
    assert found.segments
    shares = [line.share_of_profit for line in found.segments.lines if isinstance(line.share_of_profit, float)]
    assert not shares or sum(shares) == pytest.approx(1, abs=1e-4)
    assert found.face().verdict.say
    assert not {"inf", "nan"} & set(str(found.to_json()).replace(",", " ").split())


def test_face_speaks_russian() -> None:
    """No sentence is left in English."""
    asked = {"segments": [line | {"name": f"сегмент {n}"} for n, line in enumerate(CLINIC)], "unassigned_spend": 5}
    asked |= {"channels": [line | {"name": f"канал {n}"} for n, line in enumerate(CHANNELS)]}
    assert unspoken(face("profitability", asked, "ru")[1]) == []
