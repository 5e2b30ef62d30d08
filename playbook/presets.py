"""What the playbook fills in for a person on request: the scenario's metrics, and the turn of the week."""

from __future__ import annotations

from datetime import date
from typing import Any

from playbook import texts
from playbook.walk import Walk
from playbook.workspace import Workspace

TARGETS = {
    "cac": ("unit-economics", "admissible_cac"),
    "cost_per_lead": ("unit-economics", "max_cost_per_lead"),
    "leads": ("goal", "leads"),
    "sales": ("goal", "customers"),
}
"""Metrics whose target follows from an earlier step's answer."""


def scenario(walk: Walk) -> str:
    """The firm's scenario, from the settings or from step 4; empty while nobody has chosen."""
    return str(walk.workspace.setting("scenario") or walk.value("core", "scenario") or "")


def add_scenario_metrics(workspace: Workspace) -> int:
    """Add the scenario's metrics that are not chosen yet, with targets from the earlier steps; returns how many."""
    walk = Walk(workspace)
    chosen = {row["metric"].value for row in workspace.rows("kpi", "chosen").values() if "metric" in row}
    suggested = texts.by_id("scenarios.toml", "scenarios")[scenario(walk) or "local"]["kpi"]
    fresh = [metric for metric in suggested if metric not in chosen]
    for metric in fresh:
        values: dict[str, Any] = {"metric": metric}
        target = walk.outcome(*TARGETS[metric]) if metric in TARGETS else None
        if target is not None:
            values["target"] = round(float(target), 2)
        workspace.add_row("kpi", "chosen", values)
    return len(fresh)


def close_week(workspace: Workspace, today: date) -> int:
    """Keep this week's decisions in the archive and lay them before the next review; returns how many there were.

    A week in which nothing was written, as after a second press of the button, stays as it is.
    """
    decisions = workspace.rows("week", "decisions")
    plain = [
        {name: field.value for name, field in row.items() if field.value is not None} for row in decisions.values()
    ]
    walk = Walk(workspace)
    answer, metrics = walk.answer("week"), walk.kpi_rows() or []
    payload = {
        "date": today.isoformat(),
        "decisions": plain,
        "values": {row["metric"]: row["value"] for row in metrics if row["value"] is not None},
        "answer": answer.to_json() if answer else None,
    }
    if not plain and not payload["values"]:
        return 0
    workspace.record("week", payload)
    for name in [name for name in workspace.current("week") if name.startswith("values/")]:
        workspace.save("week", name, None)
    for row in workspace.rows("week", "previous"):
        workspace.drop_row("week", "previous", row)
    for row, decision in zip(decisions, plain, strict=True):
        workspace.drop_row("week", "decisions", row)
        workspace.add_row("week", "previous", {"what": decision.get("what", "")})
    return len(plain)
