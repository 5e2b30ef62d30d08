"""What is left when a channel is gone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.model import NonAnswer
from playbook.questions.channel_loss import ChannelLoss, Left
from tests.questions.spoken import face, unspoken

# 60 sales, 40 of them by search; after spend 5,000, 1,900 and 400 are left.
CHANNELS: list[dict[str, Any]] = [
    {"name": "search", "leads": 300, "sales": 40, "profit": 9000, "spend": 4000},
    {"name": "cards", "leads": 90, "sales": 12, "profit": 2500, "spend": 600},
    {"name": "friends", "leads": 10, "sales": 8, "profit": 400},
]


def solved(**asked: Any) -> Left:
    return ChannelLoss.read({"channels": CHANNELS, **asked}).solve()


def test_channel_with_most_sales_is_the_one_that_is_lost() -> None:
    """Of 400 leads 100 are left, of 60 sales 20, of 7,300 profit 2,300; a third of the plan of 90."""
    found = solved(planned_customers=90)
    left = (found.lost, found.leads_left, found.sales_left, found.profit_left, found.plan_left)
    assert left == ("search", 100, 20, 2300, 30)


def test_others_must_bring_what_is_lost() -> None:
    """20 have to become 60: twice as much more. Its 4,000 buy 80 sales at the 50 that a sale by cards costs."""
    found = solved()
    assert found.others_must_grow == 2
    assert found.bought_back == 80


def test_more_than_the_rule_allows_is_a_no() -> None:
    """Two thirds hang on search, three fifths are allowed."""
    made, _ = face("channel-loss", {"channels": CHANNELS, "planned_customers": 90}, "en")
    assert (made.verdict.kind, made.verdict.word) == ("no", "It would stop you")
    assert made.verdict.say == "Without “search” 33% of sales are left: 30 customers of the 90 planned."
    assert made.verdict.flip == "To hold the plan the others must bring 200% more."


def test_another_channel_may_be_lost() -> None:
    """Cards bring a fifth: without them 48 sales are left, and one survives."""
    found = solved(lost=" Cards ")
    assert (found.lost, found.sales_left, found.safe) == ("cards", 48, True)


def test_sales_of_nobody_knows_whom_keep_the_answer_open() -> None:
    """Half of the sales are of search, and those of nobody would take it over the threshold."""
    rows = [*CHANNELS, {"name": "?", "sales": 20, "profit": 0, "unknown": True}]
    found = solved(channels=rows)
    assert (found.lost_share, found.at_most, found.safe) == (0.5, 0.75, None)
    assert found.face().verdict.kind == "wait"


def test_profit_of_some_is_no_profit_of_all() -> None:
    """One channel without it: the rest is told without money."""
    found = solved(channels=[{"name": "a", "sales": 3, "profit": 10}, {"name": "b", "sales": 2}])
    assert isinstance(found.profit_left, NonAnswer)
    assert found.sales_left == 2


def test_only_channel_leaves_nothing_to_grow() -> None:
    """Nobody else can bring more."""
    found = solved(channels=CHANNELS[:1], planned_customers=9)
    assert isinstance(found.others_must_grow, NonAnswer)
    assert (found.plan_left, found.face().verdict.kind) == (0, "no")


def test_leads_count_where_nobody_has_bought() -> None:
    """Before the first sale the plan goes with the leads."""
    rows = [{"name": "a", "sales": 0, "leads": 3}, {"name": "b", "sales": 0, "leads": 7}]
    found = solved(channels=rows, planned_customers=10)
    assert (found.lost, found.plan_left) == ("b", 3)


def test_without_a_known_channel_there_is_no_answer() -> None:
    """All of it is nobody's, or nothing came."""
    for rows in ([{"name": "?", "sales": 5, "unknown": True}], [{"name": "a", "sales": 0}]):
        found = solved(channels=rows)
        assert isinstance(found.lost, NonAnswer)
        assert found.face().verdict.kind == "wait"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"channels": [{"name": "a", "sales": 1}, {"name": "A ", "sales": 1}]}, "channels"),
        ({"lost": "radio"}, "lost"),
        ({"channels": [{"name": "a", "sales": -1}]}, "channels.0.sales"),
        ({"channels": []}, "channels"),
    ],
)
def test_channel_that_cannot_be_is_refused(asked: dict[str, Any], field: str) -> None:
    """Twice, not in the list, fewer than none, none at all."""
    with pytest.raises(InvalidInput) as caught:
        solved(**asked)
    assert caught.value.field == field


@given(st.lists(st.tuples(st.floats(0, 1e12), st.none() | st.floats(0, 1e12)), min_size=1, max_size=6))
def test_never_more_is_left_than_there_was(rows: list[tuple[float, float | None]]) -> None:
    """Whatever the channels: from nothing to all of it."""
    channels = [{"name": str(place), "sales": sales, "spend": spend} for place, (sales, spend) in enumerate(rows)]
    found = solved(channels=channels, planned_customers=1000)
    assert found.sales_left is None or 0 <= found.sales_left <= sum(sales for sales, _ in rows)
    assert found.plan_left is None or 0 <= found.plan_left <= 1000
    assert found.face().verdict.say


def test_face_speaks_russian() -> None:
    """No sentence is left in English."""
    rows = [one | {"name": f"канал {place}"} for place, one in enumerate(CHANNELS)]
    for asked in ({"channels": rows}, {"channels": rows[:1]}, {"channels": rows, "planned_customers": 5}):
        assert unspoken(face("channel-loss", asked, "ru")[1]) == []
