"""Hypotheses of step 7 on their way: from the backlog into work, to a verdict, and into the week's decisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from playbook import presets, samples
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.goal import answer_goal


def hypothesis_in_work(workspace: Workspace, **more: object) -> str:
    """260 of 2,000 against 200 of 2,000 leads that pay, by the end of a test of four weeks; returns the row."""
    counts = {"control_people": 2000, "control_wins": 200, "variant_people": 2000, "variant_wins": 260}
    days = {"state": "running", "started": "2026-10-26", "ends": "2026-11-23"}
    workspace.save("ideas", "method", "ice")
    named = {"name": "Price first", "kind": "landing", "metric": "lead_to_sale"}
    return workspace.add_row("ideas", "ideas", {**named, **days, **counts, **more})


def test_new_hypothesis_keeps_the_day_it_was_written_down(workspace: Workspace) -> None:
    """The day is not asked for; it begins the history."""
    page = Page(workspace, "ideas", "en")
    page.add_row("ideas")
    (row,) = workspace.rows("ideas", "ideas").values()
    assert date.fromisoformat(row["added"].value) <= date.today()  # noqa: DTZ011 - the person's own calendar day
    names = [field.name for group in page.sets() for field in group.fields]
    assert not any(name.endswith("/added") for name in names)


def test_hidden_fields_of_a_row_are_not_read(workspace: Workspace) -> None:
    """Days and counts typed before a hypothesis went back to the backlog block nothing, and stay saved."""
    values = {"started": "2026-11-09", "ends": "2026-11-02", "control_people": 3, "control_wins": 9, "baseline": 0.9}
    row = workspace.add_row("ideas", "ideas", {"name": "Price", "kind": "landing", "state": "backlog", **values})
    workspace.save("ideas", "method", "ice")
    look = Walk(workspace)
    assert look.problems("ideas") == ()
    assert look.value("ideas", "ideas") == [{"name": "Price", "kind": "landing", "state": "backlog"}]
    assert workspace.rows("ideas", "ideas")[row]["control_wins"].value == 9


def test_fields_of_another_method_are_not_read(workspace: Workspace) -> None:
    """An effort of 0 is a fault of RICE alone; ICE neither asks for it nor stumbles over it."""
    workspace.add_row("ideas", "ideas", {"name": "Price", "kind": "landing", "effort": 0, "ease": 4})
    workspace.save("ideas", "method", "rice")
    assert Walk(workspace).problems("ideas")
    workspace.save("ideas", "method", "ice")
    assert Walk(workspace).problems("ideas") == ()


def test_numbers_of_another_step_do_not_drive_a_known_one(workspace: Workspace) -> None:
    """5% of 400 visits is what the plan knows; 90% and 7 were typed while another step was counted."""
    answer_goal(workspace)
    own = {"metric": "visit_to_lead", "baseline": 0.9, "per_week": 7, "hoped": 0.08}
    workspace.add_row("ideas", "ideas", {"name": "Price", "kind": "landing", "state": "running", **own})
    workspace.save("ideas", "method", "ice")
    (test,) = Walk(workspace).outcome("ideas", "tests")
    assert test.baseline == 0.05
    assert test.per_week > 7


def test_verdict_becomes_a_decision_of_the_week_at_one_press(workspace: Workspace) -> None:
    """The better variant is shipped: what, why, the metric, the owner and the day stand in the review."""
    workspace.add_row("kpi", "chosen", {"metric": "lead_to_sale"})
    workspace.save("order", "owner", "Anna")
    hypothesis_in_work(workspace)
    assert presets.decide_tests(workspace, date(2026, 11, 24)) == 1
    (decision,) = Walk(workspace).value("week", "decisions")
    assert decision["what"] == "Ship “Price first” for everyone"
    assert "between +1 and +5 points (95% interval)" in decision["why"]
    assert (decision["owner"], decision["due"]) == ("Anna", "2026-12-01")
    assert decision["metric"] == "Lead to sale"


def test_decided_test_is_finished_with_its_days(workspace: Workspace) -> None:
    """The same hypothesis then carries its end, what was done with it and the day of the decision."""
    row = hypothesis_in_work(workspace)
    presets.decide_tests(workspace, date(2026, 11, 24))
    fields = {name: field.value for name, field in workspace.rows("ideas", "ideas")[row].items()}
    told = [fields[name] for name in ("state", "outcome", "ends", "finished", "decided")]
    assert told == ["done", "shipped", "2026-11-23", "2026-11-24", "2026-11-24"]
    (test,) = Walk(workspace).outcome("ideas", "tests")
    assert (test.early, test.verdict) == (False, "ship")


def test_test_is_decided_once(workspace: Workspace) -> None:
    """A second press, and a test that says nothing yet, write no decision."""
    hypothesis_in_work(workspace)
    hypothesis_in_work(workspace, ends="2099-12-07")
    assert presets.decide_tests(workspace, date(2026, 11, 24)) == 1
    assert presets.decide_tests(workspace, date(2026, 11, 24)) == 0
    assert len(workspace.rows("week", "decisions")) == 1


def test_own_choice_of_a_finished_test_goes_before_its_counts(workspace: Workspace) -> None:
    """The counts say better; the person keeps what there is, and so does the decision."""
    hypothesis_in_work(workspace, state="done", finished="2026-11-23", outcome="kept")
    presets.decide_tests(workspace, date(2026, 11, 24))
    (decision,) = Walk(workspace).value("week", "decisions")
    assert decision["what"] == "Keep what there is instead of “Price first”"


def test_undo_of_a_verdict_takes_its_decision_along(workspace: Workspace) -> None:
    """From step 7 as from the week: the test runs again, and nothing of it stands among the decisions."""
    hypothesis_in_work(workspace)
    for key in ("ideas", "week"):
        Page(workspace, "ideas", "en").act("decide")
        assert len(workspace.rows("week", "decisions")) == 1
        Page(workspace, key, "en").undo()
        assert Walk(workspace).value("ideas", "ideas")[0]["state"] == "running"
        assert workspace.rows("week", "decisions") == {}


def test_decision_that_somebody_went_on_with_stays(workspace: Workspace) -> None:
    """Its owner was written down; the undo sets the test back to work, and pressed again it is not written twice."""
    hypothesis_in_work(workspace)
    page = Page(workspace, "ideas", "en")
    page.act("decide")
    (row,) = workspace.rows("week", "decisions")
    workspace.save("week", f"decisions/{row}/owner", "Boris")
    page.undo()
    assert Walk(workspace).value("ideas", "ideas")[0]["state"] == "running"
    page.act("decide")
    assert [one["owner"].value for one in workspace.rows("week", "decisions").values()] == ["Boris"]


def test_closing_a_week_writes_down_when_a_test_is_to_end(workspace: Workspace) -> None:
    """2,188 people at 1,000 a week are three weeks; with half of them from then on the end stays where it was."""
    plan = {"metric": "other", "baseline": 0.2, "hoped": 0.25, "per_week": 1000, "ends": None}
    row = hypothesis_in_work(workspace, **plan)
    Page(workspace, "week", "en").act("close")
    workspace.save("ideas", f"ideas/{row}/per_week", 500)
    (test,) = Walk(workspace).outcome("ideas", "tests")
    assert (test.weeks, test.ends) == (5, date(2026, 11, 16))


def test_the_weekly_review_brings_up_the_tests_in_work(workspace: Workspace) -> None:
    """What step 7 says of a running test stands in the week; one that waits or is behind does not."""
    hypothesis_in_work(workspace)
    for state in ("backlog", "stopped"):
        hypothesis_in_work(workspace, name="Video", state=state)
    (test,) = Walk(workspace).value("week", "tests")
    assert test["name"] == "Price first"
    assert test["says"].startswith("Ship it. The variant brings 13%, the control 10%.")


def test_the_weekly_page_shows_the_tests_in_work(tmp_path: Path) -> None:
    """The shop tests two hypotheses, and the agenda's minutes for them have something to look at."""
    shop = samples.create(tmp_path / "shop", "ecommerce", "en", today=date(2026, 11, 23))
    tests = next(section for section in Walk(shop).face("week").sections if section.title == "Tests of the week")
    assert [item.title.split(":")[0] for item in tests.items] == [
        "Delivery price on the product page",
        "Letter on the 20th day with what goes with the tablecloth",
    ]


def test_readiness_to_scale_counts_tests_by_their_week(tmp_path: Path) -> None:
    """One ended on Monday 26 October, the fifth of the eight weeks up to 22 November; without any nothing is said."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en", today=date(2026, 11, 23))
    weeks = Walk(firm).value("scale-readiness", "weeks")
    assert [week["tests_closed"] for week in weeks] == [0, 0, 0, 0, 1, 0, 0, 0]
    assert weeks[-1]["week"] == "2026-11-16"
    assert weeks[-1]["lead_to_sale"] == 79 / 5631  # a shop has no leads: its paid orders by its visits
    firm.save("ideas", "ideas/1/finished", None)
    assert all("tests_closed" not in week for week in Walk(firm).value("scale-readiness", "weeks"))
