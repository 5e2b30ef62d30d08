"""Whom eight models give the sales to, and what hangs on the choice of one."""

from __future__ import annotations

from typing import Any

import pytest

from playbook.errors import InvalidInput
from playbook.i18n import speaking
from playbook.methods.attribution import MODELS
from playbook.questions.attribution import Attribution, Credited
from tests.questions.spoken import described, face, unspoken

JOURNEYS: list[dict[str, Any]] = [
    {"path": ["search", "letter"], "conversions": 6, "days_before": [7, 0]},
    {"path": "search > blog > direct", "conversions": 4, "nulls": 10, "days_before": [14, 7, 0]},
]


def asked(model: str = "linear", **more: Any) -> Credited:
    """Ten sales: six of search and letter, four of search, blog and a direct visit."""
    return Attribution.read({"journeys": JOURNEYS, "model": model, **more}).solve()


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("first", {"search": 10, "letter": 0, "blog": 0, "direct": 0}),
        ("last", {"search": 0, "letter": 6, "blog": 0, "direct": 4}),
        ("last_non_direct", {"search": 0, "letter": 6, "blog": 4, "direct": 0}),
        ("linear", {"search": 13 / 3, "letter": 3, "blog": 4 / 3, "direct": 4 / 3}),
        ("position", {"search": 4.6, "letter": 3, "blog": 0.8, "direct": 1.6}),
        ("time_decay", {"search": 2 + 4 / 7, "letter": 4, "blog": 8 / 7, "direct": 16 / 7}),
        ("shapley", {"search": 13 / 3, "letter": 3, "blog": 4 / 3, "direct": 4 / 3}),
        ("markov", {"search": 10 / 2.4, "letter": 2.5, "blog": 10 / 6, "direct": 10 / 6}),
    ],
)
def test_sales_by_each_model(model: str, expected: dict[str, float]) -> None:
    """By hand; in the chain 6 of 20 buy by letter, 4 of 20 by blog and direct: effects 1, 0.6, 0.4, 0.4."""
    answer = asked(model)
    assert answer.conversions == pytest.approx(expected)
    assert answer.credit == pytest.approx({name: sales / 10 for name, sales in expected.items()})


def test_removal_effects_are_shown_for_the_chain_only() -> None:
    """Of the contract: with `markov`, and left out elsewhere."""
    assert asked("markov").removal == pytest.approx({"search": 1, "letter": 0.6, "blog": 0.4, "direct": 0.4})
    assert "removal" not in asked("first").to_json()


def test_shapley_names_its_game() -> None:
    """In the answer and on the page."""
    answer = asked("shapley")
    assert answer.to_json()["game"].startswith("a coalition of channels wins")
    assert any("touch no other channel" in note for note in answer.face().notes)


def test_range_over_all_models() -> None:
    """Search has from nothing, by the last touch, to everything, by the first."""
    span = asked().ranges["search"]
    assert (span.low, span.high, span.low_by, span.high_by) == (0, 1, "last", "first")
    assert set(asked().models) == set(MODELS)


def test_model_that_decides_is_flagged() -> None:
    """Letter has 2.5 to 6 sales by the models, none by the first touch: at 25 a sale, 100 pays by some only."""
    costs = [{"name": "Letter", "cost": 100}, {"name": "blog", "cost": 101}, {"name": "radio", "cost": 5}]
    answer = asked(costs=costs, admissible_cac=25)
    by = {cost.name: cost for cost in answer.costs}
    assert by["letter"].pays_by == ("last", "last_non_direct")
    assert answer.flips == ("letter",)
    assert (by["blog"].pays_by, by["radio"].pays_by) == ((), ())
    assert by["letter"].least_per_sale == pytest.approx(100 / 6)
    assert by["letter"].to_json()["most_per_sale"]["status"] == "undefined"
    assert answer.face().verdict.kind == "wait"


def test_admissible_cac_itself_is_not_admissible() -> None:
    """One touch, ten sales, 25 each: 250 is not below it, 249 is."""
    journeys = [{"path": ["search"], "conversions": 10}]
    for cost, kind in ((250, "no"), (249, "yes")):
        answer = Attribution.read(
            {"journeys": journeys, "costs": [{"name": "search", "cost": cost}], "admissible_cac": 25}
        ).solve()
        assert answer.face().verdict.kind == kind


def test_leader_of_every_model_is_a_yes() -> None:
    """And a leader that changes with the model is none."""
    agreed = Attribution(journeys=[{"path": "a > a", "conversions": 9}, {"path": "b", "conversions": 1}]).solve()
    assert agreed.face().verdict.say == "“a” comes first by every model, with 90% of the sales."
    assert asked().face().verdict.kind == "wait"
    assert "“search” by 5 models; “letter” by 3 models, of 8" in asked().face().verdict.say


def test_shared_first_place_is_no_leader() -> None:
    """Five sales each."""
    answer = Attribution(journeys=[{"path": "a", "conversions": 5}, {"path": "b", "conversions": 5}]).solve()
    assert answer.face().verdict.say == "By every model the first place is shared."


def test_revenue_is_shared_out_like_sales() -> None:
    """900 of one path and 100 of the other, by first touch; of some paths only it is not shared."""
    journeys = [{**JOURNEYS[0], "value": 900}, {**JOURNEYS[1], "value": 100}]
    answer = Attribution.read({"journeys": journeys, "model": "first"}).solve()
    assert answer.value == {"search": 1000, "letter": 0, "blog": 0, "direct": 0}
    part = Attribution.read({"journeys": [journeys[0], JOURNEYS[1]], "model": "first"}).solve()
    assert part.to_json()["value"]["status"] == "undefined"


def test_capitals_and_blanks_are_no_other_channel() -> None:
    """One channel, as it was first written."""
    answer = Attribution(
        journeys=[{"path": "Search", "conversions": 1}, {"path": " search ", "conversions": 1}]
    ).solve()
    assert answer.credit == {"Search": 1}


def test_direct_visits_are_known_in_both_languages() -> None:
    """As analytics write them."""
    for direct in ("(direct) / (none)", "Direct", "Прямые заходы"):
        answer = Attribution(journeys=[{"path": ["search", direct], "conversions": 1}]).solve()
        assert answer.credit == {"search": 1, direct: 0}


def test_time_decay_is_left_out_without_days() -> None:
    """Seven models, and the note says which one is missing; a path of one touch takes no days."""
    answer = Attribution(journeys=[{"path": "a > b", "conversions": 1}]).solve()
    assert len(answer.models) == 7
    assert any("Time decay is left out" in note for note in answer.face().notes)
    assert len(Attribution(journeys=[{"path": "a", "conversions": 1}]).solve().models) == 8


def test_nothing_sold_is_undefined() -> None:
    """No credit without a sale."""
    answer = Attribution(journeys=[{"path": "a > b", "conversions": 0, "nulls": 50}], model="markov").solve()
    assert answer.to_json()["credit"]["status"] == "undefined"
    assert answer.face().verdict.kind == "wait"


@pytest.mark.parametrize(
    ("changed", "field", "what"),
    [
        ({"path": []}, "journeys.0.path", "journeys.0.path"),
        ({"path": ["a", " "]}, "journeys", "has no name"),
        ({"path": "a", "days_before": [1, 2]}, "journeys.0.days_before", "as many days as touches"),
        ({"path": "a > b", "days_before": [1, 2]}, "journeys.0.days_before", "furthest from the sale"),
        ({"path": "a > b", "days_before": [1, -2]}, "journeys.0.days_before", "cannot lie after"),
        ({"path": "a", "conversions": 0, "value": 5}, "journeys.0.value", "without a sale has revenue"),
        ({"path": "a", "conversions": -1}, "journeys.0.conversions", "journeys.0.conversions"),
    ],
)
def test_bad_journey_is_named(changed: dict[str, Any], field: str, what: str) -> None:
    """The fault stands at its field."""
    with pytest.raises(InvalidInput, match=what) as caught:
        Attribution.read({"journeys": [{"conversions": 1, **changed}]})
    assert caught.value.field == field


def test_time_decay_asks_for_the_days() -> None:
    """The path that lacks them is named."""
    with pytest.raises(InvalidInput, match="days of every touch") as caught:
        Attribution.read({"journeys": [JOURNEYS[0], {"path": "a > b", "conversions": 1}], "model": "time_decay"})
    assert (caught.value.field, caught.value.saw) == ("journeys.1.days_before", "a > b")


def test_too_many_channels_and_double_spend_are_refused() -> None:
    """301 channels are campaigns; two rows of one channel's spend are added up by the person."""
    with pytest.raises(InvalidInput, match="too many channels"):
        Attribution(journeys=[{"path": f"c{place}", "conversions": 1} for place in range(301)])
    with pytest.raises(InvalidInput, match="stands there twice"):
        asked(costs=[{"name": "Blog", "cost": 1}, {"name": "blog", "cost": 2}])


@pytest.mark.parametrize("text", ["a > b > c", "a→b→c", "a; b; c", "a, b, c", "a -> b -> c", "a\nb\nc"])
def test_path_is_read_as_people_write_it(text: str) -> None:
    """Arrows, semicolons, lines, commas."""
    assert Attribution(journeys=[{"path": text, "conversions": 1}]).journeys[0].path == ("a", "b", "c")


def test_comma_inside_a_name_stays_when_arrows_part_them() -> None:
    """`Ads, brand` is one channel."""
    read = Attribution(journeys=[{"path": "Ads, brand > direct", "conversions": 1}])
    assert read.journeys[0].path == ("Ads, brand", "direct")


@pytest.mark.parametrize("model", MODELS)
def test_speaks_russian(model: str) -> None:
    """Every sentence of the face and the form, whatever the model."""
    rows = [
        {**row, "path": path} for row, path in zip(JOURNEYS, ("поиск > письмо", "поиск > блог > прямой"), strict=True)
    ]
    costs = [{"name": "письмо", "cost": 100}, {"name": "поиск", "cost": 1}]
    shown = face("attribution", {"journeys": rows, "model": model, "costs": costs, "admissible_cac": 25}, "ru")[1]
    assert not unspoken(text for text in shown if "Zhao" not in text)
    assert not unspoken(face("attribution", {"journeys": rows, "model": model}, "ru")[1][:4])


def test_form_speaks_russian() -> None:
    """Labels, hints and the names of the models."""
    with speaking("ru", "RUB"):
        found = list(described(Attribution.fields()))
    assert len(found) > 20
    assert not unspoken(found)
