"""What the files of a sample firm tell of the week under review."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from playbook import presets, samples, week_facts
from playbook.questions.week import Week
from playbook.report import weekly as sheets
from playbook.walk import Walk
from playbook.workspace import Workspace

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The clinic, whose leads say their source and their first contact."""
    return samples.create(tmp_path_factory.mktemp("facts") / "firm", "local", "en", today=TODAY)


def test_channels_add_up_to_the_week(clinic: Workspace) -> None:
    """Leads to the metric of step 6, spend and gross profit to the figures of the same days."""
    walk = Walk(clinic)
    board, channels = week_facts.board(walk), week_facts.channels(walk)
    assert board
    assert channels
    leads = next(row.given.value for row in walk.reviewed if row.metric == "leads")
    assert sum(one.get("leads", 0) for one in channels) == board["leads"] == leads
    assert sum(one.get("spend", 0) for one in channels) == pytest.approx(board["spend"])
    assert sum(one.get("profit", 0) for one in channels) == pytest.approx(board["gross_profit"])


def test_first_answers_are_held_against_the_firms_own_promise(clinic: Workspace) -> None:
    """The leads are those of the week; the promise is that of the page of order."""
    walk = Walk(clinic)
    found = week_facts.answering(walk)
    assert found
    assert found["leads"] == next(row.given.value for row in walk.reviewed if row.metric == "leads")
    assert found["sla_minutes"] == walk.value("order", "first_contact_minutes")


def test_without_data_nothing_is_told(tmp_path: Path) -> None:
    """A typed week has no channels."""
    firm = Workspace.create(tmp_path / "firm")
    firm.add_row("kpi", "chosen", {"metric": "leads"})
    walk = Walk(firm)
    assert (week_facts.board(walk), week_facts.channels(walk), week_facts.answering(walk)) == (None, None, None)


def test_closed_week_keeps_what_it_was_told(clinic: Workspace) -> None:
    """Channels and first answers of a closed week stand in its record, whatever comes later."""
    asked = Walk(clinic).answer("week").asked
    presets.close_week(clinic, TODAY)
    kept = list(sheets.weeks(clinic))[-1].review.asked
    assert isinstance(kept, Week)
    assert kept.channels
    assert (kept.board, kept.channels, kept.answering) == (asked.board, asked.channels, asked.answering)


def test_control_chart_of_counts_from_data_does_not_reach_below_nothing(clinic: Workspace) -> None:
    """Leads of a week are counted: the usual range begins at 0 at the lowest, as in the weekly review."""
    answer = Walk(clinic).answer("xmr")
    assert answer.asked.counts
    assert answer.lower >= 0
