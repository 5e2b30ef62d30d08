"""What the playbook writes down for the person at one press: the scenario's metrics, and a week that is closed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from playbook import i18n, presets, samples
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace, disk
from tests.goal import answer_goal


def test_scenario_brings_its_metrics_with_targets(tmp_path: Path) -> None:
    """A client is to cost what step 1 plans, and less than step 3 admits."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    for row in firm.rows("kpi", "chosen"):
        firm.drop_row("kpi", "chosen", row)
    added = presets.add_scenario_metrics(firm)
    rows = [{name: field.value for name, field in row.items()} for row in firm.rows("kpi", "chosen").values()]
    assert added == len(rows) >= 5
    cac = next(row for row in rows if row["metric"] == "cac")
    walk = Walk(firm)
    planned = next(kpi.target for kpi in walk.outcome("goal", "kpis") if kpi.metric == "cac")
    assert cac["target"] == pytest.approx(min(planned, walk.outcome("unit-economics", "admissible_cac")), abs=0.01)


def test_plan_of_a_weekly_count_is_a_week_of_the_goal(workspace: Workspace) -> None:
    """134 leads in 60 days are 15.6 a week, said beside; the cost of a client, 67 in step 1, is not divided."""
    answer_goal(workspace)
    workspace.set_setting("scenario", "local")
    for name, value in {"cogs": 50, "monthly_retention": 0.8, "payback_target_months": 3}.items():
        workspace.save("unit-economics", name, value)
    presets.add_scenario_metrics(workspace)
    rows = workspace.rows("kpi", "chosen")
    plans = {row["metric"].value: row["target"].value for row in rows.values() if "target" in row}
    assert plans["leads"] == 15.6
    assert plans["cac"] == pytest.approx(67)
    hints = {field.name: field.spec.hint for group in Page(workspace, "kpi", "en").sets() for field in group.fields}
    leads = next(row for row, fields in rows.items() if fields["metric"].value == "leads")
    said = hints[f"chosen/{leads}/target"].replace(i18n.NBSP, " ")
    assert said == "For one week. Step 1 asks for 134 in 60 days, so for 15.6 a week."


def test_metrics_of_the_scenario_go_with_one_undo(tmp_path: Path) -> None:
    """The metric chosen before them stays."""
    firm = Workspace.create(tmp_path / "firm")
    own = firm.add_row("kpi", "chosen", {"metric": "nps", "owner": "Ann"})
    assert presets.add_scenario_metrics(firm) > 1
    Page(firm, "kpi", "en").undo()
    assert list(firm.rows("kpi", "chosen")) == [own]


def test_closed_week_stands_before_the_next_review(tmp_path: Path) -> None:
    """Its decisions wait for their outcome and its figures become the past."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    row = next(iter(firm.rows("kpi", "chosen")))
    firm.save("week", f"values/{row}", 11_500)
    assert presets.close_week(firm, date(2026, 11, 23)) == 4
    look = Walk(firm)
    assert len(look.value("week", "previous")) == 4
    assert look.value("week", "metrics")[0]["previous"][-1] == 11_500
    assert look.value("week", "metrics")[0]["value"] is None


def test_second_press_does_not_close_the_week_again(tmp_path: Path) -> None:
    """The decisions still wait for their outcome, and one week is in the archive."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    before = len(firm.records("week"))
    presets.close_week(firm, date(2026, 11, 23))
    assert presets.close_week(firm, date(2026, 11, 23)) == 0
    assert len(Walk(firm).value("week", "previous")) == 4
    assert len(firm.records("week")) == before + 1


def test_closed_week_is_opened_again_by_one_undo(tmp_path: Path) -> None:
    """Decisions, figures and archive are as before; closed anew it is one week and not two."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    fields, archive, asked = firm.values("week"), len(firm.records("week")), Walk(firm).value("week", "decisions")
    assert presets.close_week(firm, date(2026, 11, 23)) == 4
    Page(firm, "week", "en").undo()
    assert (firm.values("week"), len(firm.records("week"))) == (fields, archive)
    assert Walk(firm).value("week", "decisions") == asked
    assert presets.close_week(firm, date(2026, 11, 30)) == 4
    assert len(firm.records("week")) == archive + 1


def test_week_closed_in_two_windows_at_once_is_closed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes second finds nothing to close: four decisions wait, and one week is in the archive."""
    monkeypatch.setattr(disk, "WAIT_SECONDS", 60)
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    before = len(firm.records("week"))
    with ThreadPoolExecutor(2) as windows:
        closed = list(windows.map(lambda _: presets.close_week(firm, date(2026, 11, 23)), range(2)))
    assert sorted(closed) == [0, 4]
    assert len(firm.records("week")) == before + 1
    assert len(Walk(firm).value("week", "previous")) == 4
