"""A goal of step 1, typed into a workspace: what the later steps take over."""

from __future__ import annotations

from playbook.workspace import Workspace


def answer_goal(workspace: Workspace, **changes: object) -> None:
    """A goal of 40 clients: 134 leads, 2,680 visits."""
    known = {
        "objective": "sales_now",
        "horizon_days": 60,
        "target_customers": 40,
        "average_order_value": 100,
        "gross_margin": 0.5,
        "visit_to_lead": 0.05,
        "lead_to_sale": 0.3,
        "cost_per_visit": 1,
        **changes,
    }
    for name, value in known.items():
        workspace.save("goal", name, value)
