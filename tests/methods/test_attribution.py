"""Credit of channels by eight models."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.methods.attribution import MODELS, Journey, Terms, Worth, conversion_rate, credit, removal

BRYL = [Journey(("C1", "C2", "C3"), 1), Journey(("C1",), 0, 1), Journey(("C2", "C3"), 0, 1)]
"""Bryl 2016, Marketing multi-channel attribution model with R, part 1: three paths, one of them a purchase."""

paths = st.lists(st.sampled_from("abcd"), min_size=1, max_size=5).map(tuple)
amounts = st.integers(0, 1000)


@st.composite
def journeys(draw: st.DrawFn) -> list[Journey]:
    """Some journeys of four channels, one of which was a sale."""
    found = []
    for path in draw(st.lists(paths, min_size=1, max_size=6)):
        days = tuple(sorted(draw(st.lists(st.integers(0, 90), min_size=len(path), max_size=len(path))), reverse=True))
        found.append(Journey(path, draw(amounts), draw(amounts), draw(amounts), days))
    return [*found, Journey(("a", "b"), 1, 0, 5, (3, 0))]


def test_published_markov_chain() -> None:
    """A third of the journeys buys; without C1 half of that, without C2 or C3 nothing: 20%, 40%, 40%."""
    assert conversion_rate(BRYL) == pytest.approx(1 / 3)
    assert removal(BRYL) == pytest.approx({"C1": 0.5, "C2": 1, "C3": 1})
    assert credit(BRYL, "markov") == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4})


def simulated(found: list[Journey], without: str | None, steps: int = 400) -> float:
    """The chance of a conversion by walking the chain step by step, the channel's visitors going no further."""
    moves: dict[str, dict[str, float]] = {}
    for journey in found:
        weight = journey.conversions + journey.nulls
        for here, there in itertools.pairwise(("(start)", *journey.path)):
            moves.setdefault(here, {}).setdefault(there, 0)
            moves[here][there] += weight
        last = moves.setdefault(journey.path[-1], {})
        last["(sale)"] = last.get("(sale)", 0) + journey.conversions
        last["(nothing)"] = last.get("(nothing)", 0) + journey.nulls
    standing, sold = {"(start)": 1.0}, 0.0
    for _ in range(steps):
        after: dict[str, float] = {}
        for here, chance in standing.items():
            whole = sum(moves[here].values())
            for there, weight in moves[here].items():
                part = chance * weight / whole if whole else 0
                if there == "(sale)":
                    sold += part
                elif there not in ("(nothing)", without):
                    after[there] = after.get(there, 0) + part
        standing = after
    return sold


def test_closed_form_is_the_walk_step_by_step() -> None:
    """Loops and returns too: the inverse gives what 400 steps of the chain come to."""
    found = [
        Journey(("a", "b", "a", "c"), 4, 10),
        Journey(("b", "b", "d"), 3, 7),
        Journey(("c", "a"), 2, 2),
        Journey(("d",), 0, 9),
    ]
    whole = simulated(found, None)
    for channel, effect in removal(found).items():
        assert effect == pytest.approx(1 - simulated(found, channel) / whole, abs=1e-9)


def test_published_half_life() -> None:
    """Google Analytics: with a half-life of 7 days a touch 8 days before has half the credit of one a day before."""
    found = credit([Journey(("early", "late"), 3, days_before=(8, 1))], "time_decay", Terms(half_life=7))
    assert found == pytest.approx({"early": 1, "late": 2})


def test_position_is_40_20_40() -> None:
    """Five touches: 40% and 40% at the ends, 20% by thirds; two touches have half each, one has all."""
    five = credit([Journey(tuple("abcde"), 1)], "position")
    assert five == pytest.approx({"a": 0.4, "b": 0.2 / 3, "c": 0.2 / 3, "d": 0.2 / 3, "e": 0.4})
    assert credit([Journey(("a", "b"), 1)], "position") == {"a": 0.5, "b": 0.5}
    assert credit([Journey(("a",), 1)], "position") == {"a": 1}


def test_direct_visit_gives_the_sale_back() -> None:
    """The last touch but for direct visits; a journey of nothing else keeps its sale."""
    terms = Terms(direct={"direct"})
    assert credit([Journey(("a", "b", "direct", "direct"), 2)], "last_non_direct", terms)["b"] == 2
    assert credit([Journey(("direct", "direct"), 2)], "last_non_direct", terms) == {"direct": 2}


def test_repeated_touch_counts_in_linear_and_not_in_shapley() -> None:
    """Twice one, once the other: two thirds by touches, a half as one of two players."""
    found = [Journey(("a", "a", "b"), 6)]
    assert credit(found, "linear") == pytest.approx({"a": 4, "b": 2})
    assert credit(found, "shapley") == pytest.approx({"a": 3, "b": 3})


@given(journeys())
def test_shapley_by_its_definition(found: list[Journey]) -> None:
    """The mean of what a channel adds to those before it, over every order of all channels."""
    players = sorted({channel for journey in found for channel in journey.path})

    def won(coalition: tuple[str, ...]) -> float:
        return sum(journey.conversions for journey in found if set(journey.path) <= set(coalition))

    orders = list(itertools.permutations(players))
    for player in players:
        added = [won(order[: order.index(player) + 1]) - won(order[: order.index(player)]) for order in orders]
        assert credit(found, "shapley")[player] == pytest.approx(sum(added) / len(orders))


@given(journeys(), st.sampled_from(MODELS), st.sampled_from(["conversions", "value"]))
def test_credit_adds_up_to_what_there_was(found: list[Journey], model: str, worth: Worth) -> None:
    """Nothing is lost and nothing given twice, in sales and in money."""
    given_out = credit(found, model, Terms({"d"}, 7), worth)  # type: ignore[arg-type]
    assert all(math.isfinite(part) and part >= 0 for part in given_out.values())
    assert sum(given_out.values()) == pytest.approx(sum(journey.worth(worth) for journey in found))


@given(journeys(), st.sampled_from(MODELS))
def test_order_of_rows_is_of_no_account(found: list[Journey], model: str) -> None:
    """The same rows from the other end, and a row split in two."""
    split = [Journey(j.path, j.conversions / 2, j.nulls / 2, j.value / 2, j.days_before) for j in found]
    terms = Terms({"d"}, 7)
    expected = credit(found, model, terms)  # type: ignore[arg-type]
    assert credit([*split, *reversed(split)], model, terms) == pytest.approx(expected, abs=1e-6)  # type: ignore[arg-type]


@given(journeys())
def test_loops_change_no_removal_effect(found: list[Journey]) -> None:
    """A touch repeated at once is a step in place."""
    looped = [Journey((j.path[0], *j.path), j.conversions, j.nulls) for j in found]
    assert removal(looped) == pytest.approx(removal(found), abs=1e-9)


def test_days_far_beyond_the_half_life_still_share() -> None:
    """Ten years before with a half-life of minutes: the nearest touch has it all, and nothing is divided by 0."""
    found = [Journey(("a", "b"), 1, days_before=(3650, 3649))]
    assert credit(found, "time_decay", Terms(half_life=0.01)) == pytest.approx({"a": 0, "b": 1})


def test_nothing_sold_removes_nothing() -> None:
    """No conversion, no effect, and no division by 0."""
    assert removal([Journey(("a",), 0, 5), Journey(("b",), 0, 0)]) == {}
    assert credit([Journey(("a",), 0, 5)], "markov") == {"a": 0}
