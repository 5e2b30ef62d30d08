"""The channels, the four numbers and the first answer of a week, beside its metrics."""

from __future__ import annotations

import pytest

from playbook.display import Table
from playbook.questions.week import Week
from playbook.questions.week.brought import Answering, Board, Channel

ANSWERED = Answering(leads=27, answered=25, sla_minutes=15, within_sla=16 / 27, median_minutes=13, p90_minutes=180)


def tables(**brought: object) -> dict[str, Table]:
    """The tables of a review by their titles."""
    sections = Week(metrics=("leads",), **brought).solve().face().sections
    return {one.title: one for one in sections if isinstance(one, Table)}


def test_channel_leaves_its_profit_less_what_it_cost() -> None:
    """92,200 less 19,942 is 72,258; 14 leads for 19,942 are 1,424.43 each."""
    channel = Channel(name="Direct", leads=14, sales=3, profit=92200, spend=19942)
    assert channel.left == 72258
    assert channel.cost_per_lead == pytest.approx(1424.43, abs=0.005)


def test_channel_of_unknown_costs_leaves_nothing_known() -> None:
    """Spend alone is no loss, and no lead has no price."""
    channel = Channel(name="Cards", leads=0, spend=100)
    assert (channel.left, channel.cost_per_lead) == (None, None)


def test_honest_romi_is_what_is_left_by_spend() -> None:
    """300 of gross profit for 200 leave 100: one half; without spend or without profit there is none."""
    assert Board(gross_profit=300, spend=200).romi == 0.5
    assert Board(gross_profit=300).romi is None
    assert Board(spend=200).romi is None
    assert Board(gross_profit=300, spend=0).romi is None


def test_week_shows_what_it_has_figures_for() -> None:
    """A week without data is as it was; a shop without leads has no lines of leads."""
    assert not {"Channels of the week", "How soon leads were answered"} & set(tables())
    board = tables(board={"gross_profit": 300, "spend": 200})["The four numbers of the week"]
    assert [row[0] for row in board.rows] == ["Gross profit", "Advertising", "Left after advertising", "Honest ROMI"]


def test_conversion_of_a_young_week_says_why_it_is_not_told() -> None:
    """Half of its leads are still open."""
    rows = tables(board={"leads": 27})["The four numbers of the week"].rows
    assert ("Conversion to a sale", "—", "half of the week’s leads are still open") in rows


def test_long_waits_are_told_in_hours() -> None:
    """13 minutes stay minutes, 180 are 3 hours."""
    rows = tables(answering=ANSWERED)["How soon leads were answered"].rows
    assert [value.replace("\u00a0", " ") for _, value, _ in rows] == ["93%", "59%", "13 minutes", "3 hours"]
