"""What the playbook fills in for a person on request: the scenario's metrics, and the turn of the week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from playbook import metrics, reads, texts, week_series, weekly
from playbook.i18n import quantity, t
from playbook.questions.ideas import told
from playbook.questions.ideas.trial import AGREES, Trial
from playbook.questions.week import Review
from playbook.walk import Walk
from playbook.workspace import Current, Workspace

CONTEXT = "presets"
STEP_METRICS = {"visit_to_lead": "landing_conversion", "lead_to_sale": "lead_to_sale"}
"""Steps whose share a test should raise, and the metric that counts it."""
CLOSED = "closed"
"""The field that says when the week was closed last: an undo finds even the closing of a week without typed words."""


def scenario(walk: Walk) -> str:
    """The firm's scenario, from the settings or from step 4; empty while nobody has chosen."""
    return str(walk.workspace.setting("scenario") or walk.value("core", "scenario") or "")


def add_scenario_metrics(workspace: Workspace) -> int:
    """Add the scenario's metrics that are not chosen yet, with targets from the earlier steps; returns how many."""
    with workspace.together():
        walk = Walk(workspace)
        chosen = {row["metric"].value for row in workspace.rows("kpi", "chosen").values() if "metric" in row}
        suggested = texts.by_id("scenarios.toml", "scenarios")[scenario(walk) or "local"]["kpi"]
        fresh = [metric for metric in suggested if metric not in chosen]
        for metric in fresh:
            values: dict[str, Any] = {"metric": metric}
            target = reads.target(walk, metric)
            if target is not None:
                values["target"] = round(float(target), 2)
            workspace.add_row("kpi", "chosen", values)
    return len(fresh)


def of_target(walk: Walk, metric: str) -> str:
    """What the earlier steps say of a metric's target, and that it is one of a week; empty where they say nothing."""
    kind, plan, aim = metrics.find(metric), reads.planned(walk, metric), reads.target(walk, metric)
    if metric in reads.A_WEEK:
        days = walk.outcome("goal", "last_lead_day")
        if plan is None or aim is None:
            return t(CONTEXT, "For one week.")
        words = {"plan": kind.written(plan), "days": quantity(days, "day"), "week": kind.written(aim)}
        return t(CONTEXT, "For one week. Step 1 asks for {plan} in {days}, so for {week} a week.", **words)
    limit = reads.limit(walk, metric)
    if plan is None or limit is None:
        return ""
    words = {"plan": kind.written(plan), "limit": kind.written(limit)}
    return t(CONTEXT, "Step 1 plans {plan}; step 3 admits less than {limit}.", **words)


def begun(step: str, rows: str, today: date) -> dict[str, Any]:
    """What a new row of a list begins with: a hypothesis with the day it was written down."""
    return {"added": today.isoformat()} if (step, rows) == ("ideas", "ideas") else {}


def decide_tests(workspace: Workspace, today: date) -> int:
    """Make a decision of this week of every test that has a result and none yet; returns how many.

    The test is then finished, with the day, what was done with it and the end that was planned. A decision that stands
    in the week already, as after an undo of the test, is not written twice.
    """
    with workspace.together():
        walk = Walk(workspace)
        ready = [test for test in walk.outcome("ideas", "tests") or () if told.decidable(test)]
        rows, written = list(workspace.rows("ideas", "ideas")), walk.value("week", "decisions") or ()
        for test in ready:
            row = rows[test.index]
            decision = _decision(walk, test, row, today)
            if all(row.get("what") != decision["what"] for row in written):
                workspace.add_row("week", "decisions", decision)
            if test.decided:
                _forget(workspace, row)
            for name, value in _closed(test, today).items():
                workspace.save("ideas", f"ideas/{row}/{name}", value)
    return len(ready)


def _forget(workspace: Workspace, hypothesis: str) -> None:
    """Let go of what came of an older decision on a hypothesis: a newer one is made of it."""
    for name in ("turned", "reviewed"):
        workspace.save("ideas", f"ideas/{hypothesis}/{name}", None)
    for row, fields in workspace.rows("week", "previous").items():
        if _made_of(fields) == hypothesis:
            workspace.save("week", f"previous/{row}/hypothesis", None)


def settle_ends(workspace: Workspace) -> None:
    """Write down the planned end of every test in work that has none, before more is seen of it.

    Left to the traffic of the day it would move with every import, and an end that moves is a look at any time.
    """
    rows = list(workspace.rows("ideas", "ideas").items())
    for test in Walk(workspace).outcome("ideas", "tests") or ():
        row, fields = rows[test.index]
        written = fields.get("ends")
        if test.state == "running" and test.ends and not (written and written.value):
            workspace.save("ideas", f"ideas/{row}/ends", test.ends.isoformat())


def _decision(walk: Walk, test: Trial, row: str, today: date) -> dict[str, Any]:
    """The decision as the weekly review asks for it."""
    what, why = told.decided(test)
    due = (today + week_series.WEEK).isoformat()
    known = {"what": what, "why": why, "metric": _metric_of(walk, test), "owner": _owner_of(walk), "due": due}
    return {"hypothesis": row, **{name: value for name, value in known.items() if value}}


def _closed(test: Trial, today: date) -> dict[str, Any]:
    """What a test keeps once it is decided."""
    ended = {
        "finished": (test.finished or today).isoformat(),
        "decided": max(test.finished or today, today).isoformat(),
    }
    planned = {"ends": test.ends.isoformat()} if test.ends else {}
    return {"state": "done", "outcome": test.outcome or AGREES[test.verdict or "cannot_tell"], **ended, **planned}


def _metric_of(walk: Walk, test: Trial) -> str:
    """The metric of step 6 that the test should move, as the weekly review calls it; empty where it is not chosen."""
    row = walk.value("ideas", "ideas")[test.index]
    name = metrics.find(STEP_METRICS.get(str(row.get("metric")), "")).name
    return name if name in weekly.names(walk) else ""


def _owner_of(walk: Walk) -> str:
    """Who answers: the owner of step 7's decision, else of the whole contour."""
    decision = walk.decision("ideas")
    return (decision.owner if decision else "") or str(walk.value("order", "owner") or "")


def close_week(workspace: Workspace, today: date) -> int:
    """Keep this week's decisions in the archive and lay them before the next review; returns how many there were.

    What came of a decision that was made of a hypothesis is written down with the hypothesis. A week in which nothing
    was written, as after a second press of the button, stays as it is.
    """
    with workspace.together():
        week = _week(Walk(workspace), today)
        if not (week["decisions"] or week["typed"] or _heard(workspace)):
            return 0
        workspace.record("week", week)
        workspace.save("week", CLOSED, week["date"])
        _write_back(workspace, today)
        for name in [name for name in workspace.current("week") if name.startswith("values/")]:
            workspace.save("week", name, None)
        for rows in ("previous", "decisions"):
            found = workspace.rows("week", rows) if rows == "decisions" else _heard(workspace)
            for row in found:  # what came of the others has still to be said
                workspace.drop_row("week", rows, row)
        for decision in week["decisions"]:
            metric = decision.get("metric")
            then = {"metric": metric, "was": week["values"].get(metrics.find(metric).id)} if metric else {}
            earlier = {"what": decision.get("what", ""), "hypothesis": decision.get("hypothesis"), **then}
            workspace.add_row("week", "previous", {name: value for name, value in earlier.items() if value is not None})
    return len(week["decisions"])


def _write_back(workspace: Workspace, today: date) -> None:
    """Write what the review said of a decision down with the hypothesis that it was made of."""
    known = workspace.rows("ideas", "ideas")
    for fields in _heard(workspace).values():
        if (row := _made_of(fields)) in known:
            workspace.save("ideas", f"ideas/{row}/turned", fields["outcome"].value)
            workspace.save("ideas", f"ideas/{row}/reviewed", today.isoformat())


def _heard(workspace: Workspace) -> dict[str, dict[str, Current]]:
    """The decisions of last week of which the review says what came of them, by their rows."""
    found = workspace.rows("week", "previous").items()
    return {row: fields for row, fields in found if (said := fields.get("outcome")) and said.value}


def _made_of(fields: Mapping[str, Current]) -> str:
    """The row of the hypothesis that an earlier decision was made of; empty where it was made of none."""
    found = fields.get("hypothesis")
    return str(found.value or "") if found else ""


def _week(walk: Walk, today: date) -> dict[str, Any]:
    """The week as the archive keeps it: of the figures, also which week each is of and which were typed."""
    decisions = walk.workspace.rows("week", "decisions").values()
    answer = walk.answer("week")
    told = [row for row in walk.reviewed if row.given.value is not None]
    return {
        "date": today.isoformat(),
        "decisions": [
            {name: field.value for name, field in row.items() if field.value is not None} for row in decisions
        ],
        "values": {row.metric: row.given.value for row in told},
        "weeks": {row.metric: row.week.isoformat() for row in told if row.week},
        "typed": [row.metric for row in told if row.given.kind == "typed"],
        "answer": answer.to_json() if answer else None,
        "asked": answer.asked.model_dump(mode="json") if isinstance(answer, Review) else None,
        "week": weekly.monday(walk, today).isoformat(),
    }
