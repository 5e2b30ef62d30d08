"""A hypothesis from its verdict to what came of the decision: one object with one history, whatever page tells it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from playbook import presets, weekly
from playbook.i18n import NBSP
from playbook.questions.ideas import Trial, past, told
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace

DECIDED, TOLD = date(2026, 11, 24), date(2026, 12, 1)
"""A Tuesday on which the test is decided and the week closed, and the one on which its decision is looked at."""


@pytest.fixture
def firm(tmp_path: Path) -> Workspace:
    """A firm whose one test, 260 of 2,000 against 200 of 2,000, was shipped as a decision of a closed week."""
    firm = Workspace.create(tmp_path / "firm")
    firm.save("ideas", "method", "ice")
    counts = {"control_people": 2000, "control_wins": 200, "variant_people": 2000, "variant_wins": 260}
    days = {"state": "running", "started": "2026-10-26", "ends": "2026-11-23"}
    named = {"name": "Price first", "kind": "landing", "metric": "lead_to_sale", "learned": "Doubts were of the price"}
    firm.add_row("ideas", "ideas", {**named, **days, **counts})
    presets.decide_tests(firm, DECIDED)
    presets.close_week(firm, DECIDED)
    return firm


def say(firm: Workspace, outcome: str) -> None:
    """Say in the weekly review what came of the one decision."""
    (row,) = firm.rows("week", "previous")
    firm.save("week", f"previous/{row}/outcome", outcome)


def hypothesis(firm: Workspace) -> Trial:
    """The one hypothesis as step 7 shows it."""
    (found,) = Walk(firm).outcome("ideas", "tests")
    return found


def written(firm: Workspace) -> dict[str, Any]:
    """What is written down with the hypothesis itself."""
    (row,) = firm.rows("ideas", "ideas").values()
    return {name: field.value for name, field in row.items()}


def test_what_came_of_a_decision_stands_with_its_hypothesis_at_once(firm: Workspace) -> None:
    """Said in the review, it is told in step 7 before the week is closed."""
    say(firm, "worked")
    assert past.decision(hypothesis(firm)) == "shipped; it worked"


def test_closing_the_week_writes_it_down_with_the_hypothesis(firm: Workspace) -> None:
    """The review lets go of the decision; the hypothesis keeps what came of it, and the day."""
    say(firm, "worked")
    presets.close_week(firm, TOLD)
    assert not firm.rows("week", "previous")
    assert (written(firm)["turned"], written(firm)["reviewed"]) == ("worked", "2026-12-01")
    assert past.way(hypothesis(firm)).replace(NBSP, " ").endswith("decided 24 November 2026 · worked 1 December 2026")


def test_undo_of_the_closing_takes_it_back(firm: Workspace) -> None:
    """The decision waits for its outcome in the review as before."""
    say(firm, "did_not_work")
    presets.close_week(firm, TOLD)
    Page(firm, "week", "en").undo()
    assert len(firm.rows("week", "previous")) == 1
    assert written(firm).get("turned") is None


def test_decision_that_was_not_carried_out_is_offered_again(firm: Workspace) -> None:
    """One press makes it a decision of the new week; the old one no longer speaks of the hypothesis."""
    say(firm, "not_done")
    assert told.decidable(hypothesis(firm))
    assert presets.decide_tests(firm, TOLD) == 1
    (decision,) = Walk(firm).value("week", "decisions")
    assert decision["what"] == "Ship “Price first” for everyone"
    assert (hypothesis(firm).turned, hypothesis(firm).decided, presets.decide_tests(firm, TOLD)) == (None, TOLD, 0)
    presets.close_week(firm, TOLD)
    say(firm, "worked")
    assert hypothesis(firm).turned == "worked"


def test_shipped_variant_that_did_not_work_is_warned_of(firm: Workspace) -> None:
    """A win in the test and none in the firm's weeks are said to disagree."""
    say(firm, "did_not_work")
    assert "“Price first” was shipped and did not work: take it back, or test what differs now." in Walk(firm).outcome(
        "ideas", "warnings"
    )


def test_dropped_hypothesis_leaves_its_decision_alone(firm: Workspace) -> None:
    """The week closes all the same."""
    firm.drop_row("ideas", "ideas", "1")
    say(firm, "worked")
    assert weekly.heard(Walk(firm)) is None
    assert presets.close_week(firm, TOLD) == 0
    assert not firm.rows("week", "previous")


@pytest.mark.parametrize("key", ["ideas", "week"])
def test_link_between_the_two_is_no_field_of_a_form(firm: Workspace, key: str) -> None:
    """A row's key is nothing that a person types."""
    names = [field.name for group in Page(firm, key, "ru").sets() for field in group.fields]
    assert not [name for name in names if "hypothesis" in name or "heard" in name]
