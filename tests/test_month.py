"""A founder's month in one go: from the ten questions of day 1 to the report of day 30, with before beside after."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from playbook import evidence, i18n, presets, report, texts
from playbook.display import Table
from playbook.report import plans, sheets, weekly
from playbook.walk import Walk
from playbook.workspace import Workspace, disk

TODAY = datetime.now().astimezone().date()
FIRST = TODAY - timedelta(days=29)
CRITERIA = [entry["id"] for entry in texts.load("maturity.toml", "en")["criteria"]]
TEN = {entry["id"]: entry["kind"] for entry in texts.load("ten.toml", "en")["questions"]}


@pytest.fixture
def founder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A workspace, and the day on which it is written to."""
    monkeypatch.setenv("PLAYBOOK_BROWSER", "no-such-browser")
    monkeypatch.setattr(disk, "now", lambda: Founder.now.isoformat(timespec="milliseconds"))
    found = Founder(Workspace.create(tmp_path / "clinic", name="Clinic", language="en", currency="RUB"))
    found.day(1)
    return found


class Founder:
    """Someone who writes into a workspace on the days of a month."""

    now = datetime.now(UTC)

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def day(self, number: int) -> date:
        """From here on it is noon of that day."""
        found = FIRST + timedelta(days=number - 1)
        Founder.now = datetime.combine(found, time(12)).astimezone(UTC)
        return found

    def write(self, step: str, **values: Any) -> None:
        """Fill fields in; two underscores stand for the part of a field."""
        for name, value in values.items():
            self.workspace.save(step, name.replace("__", "/"), value)

    def measured(self, ten: int, points: int) -> None:
        """Answer so many of the ten questions, and the diagnosis with so many points."""
        for ident, kind in list(TEN.items())[:ten]:
            self.workspace.save("ten", f"answers/{ident}", "search; friends" if kind == "list" else 1)
        for place, ident in enumerate(CRITERIA):
            self.workspace.save("maturity", f"answers/{ident}", min(max(points - 2 * place, 0), 2))

    def walk(self) -> Walk:
        """A fresh look."""
        return Walk(self.workspace)


def first_day(founder: Founder) -> None:
    """Ten questions, diagnosis, goal, economics, the owner, and a plan of three hours a week."""
    founder.measured(ten=4, points=13)
    for name, value in {"scenario": "local", "start": FIRST.isoformat(), "hours_per_week": 3}.items():
        founder.workspace.set_setting(name, value)
    goal = {"objective": "sales_now", "horizon_days": 60, "target_customers": 40, "average_order_value": 24000}
    rates = {"gross_margin": 0.45, "visit_to_lead": 0.05, "lead_to_sale": 0.4, "cost_per_visit": 40}
    founder.write("goal", **goal, **rates, decision="Forty visits, nothing else", decision_owner="Marina")
    founder.write("unit-economics", monthly_retention=0, payback_target_months=3)
    founder.write("order", owner="Marina")
    presets.add_scenario_metrics(founder.workspace)


def weeks_of_work(founder: Founder) -> None:
    """Offer and segments in week 2, four Mondays with a decision each, the first twelve tasks ticked."""
    founder.day(9)
    founder.workspace.add_row("icp", "segments", {"name": "Parents", "objections": "- too dear"})
    offer = {"segment": "Parents", "task": "Children without fear", "means": "by play", "difference": "no pain"}
    founder.workspace.add_row("offer", "offers", {**offer, "for_whom": "For parents", "term": "in one visit"})
    founder.workspace.add_row("offer", "proofs", {"what": "Video", "objection": "too dear", "owner": "Olga"})
    founder.write("cjm", request__doubts="Will it hurt?", request__owner="Olga")
    for week in range(4):
        monday = founder.day(7 * week + 7)
        for row, fields in founder.workspace.rows("kpi", "chosen").items():
            if fields["metric"].value == "leads":
                founder.workspace.save("week", f"values/{row}", 20 + week)
        for row in founder.workspace.rows("week", "previous"):
            founder.workspace.save("week", f"previous/{row}/outcome", "worked")
        said = {"what": f"Decision {week + 1}", "why": "leads", "owner": "Marina", "metric": "Leads"}
        founder.workspace.add_row("week", "decisions", {**said, "due": (monday + timedelta(days=6)).isoformat()})
        assert presets.close_week(founder.workspace, monday) == 1
    plan: Any = founder.walk().answer("thirty-days")
    for task in plan.days[:12]:
        founder.workspace.save("thirty-days", f"done/{task.id}", task.date.isoformat())


def last_day(founder: Founder) -> None:
    """Everything is measured again."""
    founder.day(30)
    founder.measured(ten=9, points=24)


def test_month_ends_with_before_beside_after(founder: Founder) -> None:
    """4 of the ten questions become 9, 13 points become 24, nothing done is forgotten, and every file tells it."""
    first_day(founder)
    founder.day(2)
    begun = evidence.ticked(founder.walk())
    weeks_of_work(founder)
    last_day(founder)
    walk = founder.walk()
    built: Any = walk.answer("checklist")
    assert built.asked.first_day == FIRST
    ten, diagnosis, items = built.asked.compared()
    assert (ten[1:], diagnosis[1:], items[1]) == ((4, 9), (13, 24), begun)
    assert items[2] is not None
    assert items[2] > (begun or 0)
    assert built.ticked == items[2]
    review: Any = walk.answer("week")
    assert [(item.what, item.was) for item in review.asked.previous] == [("Decision 4", 23)]
    plan: Any = walk.answer("thirty-days")
    assert sum(task.done for task in (*plan.days, *plan.overload)) == 12
    assert [record.payload["decisions"][0]["what"] for record in founder.workspace.records("week")] == [
        f"Decision {number}" for number in (1, 2, 3, 4)
    ]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_month_leaves_with_all_its_files(founder: Founder, language: str) -> None:
    """Documents, plan, calendar, four weeks and the report, each with what was written; amounts are those of day 1."""
    first_day(founder)
    weeks_of_work(founder)
    last_day(founder)
    firm = founder.workspace
    with i18n.speaking(language, "RUB"):
        for key, said in {"icp": "Parents", "offer": "Children without fear", "cjm": "Will it hurt?"}.items():
            assert said in sheets.write(sheets.of(firm, key), "html").decode()
        plan: Any = founder.walk().answer("thirty-days")
        events = Calendar.from_ical(plans.write(plans.of(firm), "ics").decode()).walk("VEVENT")
        assert len(events) == len(plan.days) + len(plan.overload)
        assert len([weekly.write(sheet, "xlsx") for sheet in weekly.weeks(firm)]) == 4
        made, trouble = weekly.archive(firm, TODAY)
        assert ([file.suffix for file in made], trouble is None) == ([".html", ".xlsx"], False)
        tables = [one for one in founder.walk().face("checklist").sections if isinstance(one, Table)]
        told = re.sub(r"<[^>]*>", " ", report.html(firm, language)).replace(i18n.NBSP, " ")
    assert any(row[1:3] == ("4", "9") for table in tables for row in table.rows)
    assert all(words in told for words in ("Clinic", "24/40", "9/10", "Forty visits, nothing else"))
