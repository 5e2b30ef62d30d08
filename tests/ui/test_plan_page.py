"""The page of the 30-day plan without a browser: its days, its ticks, and what is handed over."""

from __future__ import annotations

from playbook.ui import timeline
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.ui.opened import field


def test_ticked_task_is_kept_with_its_day_and_can_be_taken_back(workspace: Workspace) -> None:
    """A tick is saved for itself; an undo takes it back like any change."""
    for name, value in {"scenario": "local", "start": "2026-11-23", "hours_per_week": 12}.items():
        workspace.set_setting(name, value)
    page = Page(workspace, "thirty-days", "ru")
    page.tick("one_goal", True)
    assert list(workspace.values("thirty-days")) == ["done/one_goal"]
    assert next(day for day in Walk(workspace).answer("thirty-days").days if day.id == "one_goal").done  # type: ignore[union-attr]
    page.undo()
    assert workspace.values("thirty-days") == {}


def test_plan_lies_day_by_day_with_every_task_once(workspace: Workspace) -> None:
    """Each task has its tick, its reason and the page that helps; own words are words."""
    for name, value in {"scenario": "b2b", "start": "2026-11-23", "hours_per_week": 4}.items():
        workspace.set_setting(name, value)
    workspace.add_row("thirty-days", "own", {"task": "<script>", "minutes": 20})
    plan = Page(workspace, "thirty-days", "ru").plan()
    assert plan is not None
    drawn = timeline.html(plan, lambda item: f"[{item.id}]")
    assert drawn.count("data-task=") == len(plan.days) + len(plan.overload)
    assert "<script>" not in drawn
    assert 'href="/step/step_1_goal/"' in drawn
    assert 'href="/plan/ics"' in drawn


def test_rest_of_the_plan_begins_anew_today(workspace: Workspace) -> None:
    """The button keeps today's date; what was done keeps its day."""
    for name, value in {"scenario": "local", "start": "2026-01-05", "hours_per_week": 12}.items():
        workspace.set_setting(name, value)
    page = Page(workspace, "thirty-days", "ru")
    page.tick("one_goal", True)
    page.act("carry")
    plan = page.plan()
    assert plan is not None
    assert [day.id for day in plan.days] == ["one_goal"]
    assert plan.waiting() == ()
    assert all(task.date >= plan.asked.today for task in plan.overload)  # type: ignore[operator]


def test_task_handed_over_is_chosen_from_the_plan(workspace: Workspace) -> None:
    """The form offers the tasks there are."""
    for name, value in {"scenario": "local", "start": "2026-11-23", "hours_per_week": 12}.items():
        workspace.set_setting(name, value)
    page = Page(workspace, "thirty-days", "ru")
    page.add_row("handed")
    assert "one_goal" in dict(field(page, "handed/1/task").spec.choices)
