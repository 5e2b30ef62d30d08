"""Time to the first contact and stale leads, counted by hand on a week of a CRM."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from playbook.data import Fact, Facts, NoFact
from playbook.data import waits as module
from playbook.data.series import Series, series
from playbook.workspace import Workspace
from tests.data.clinic import bring
from tests.data.helpers import rows

# 1 June 2026 is a Monday. Waits of 10, 30 and 90 minutes; 4 was never answered nor touched since Saturday the 6th;
# 5 was answered, and lies open since; the last row is of the 20th, the last day of the data.
HEAD = "id,created,first contact,last touch,status,reason,source\n"
LEADS = (
    HEAD
    + """1,2026-06-01 10:00,2026-06-01 10:10,2026-06-03 09:00,won,,ads
2,2026-06-01 11:00,2026-06-01 11:30,2026-06-02 09:00,lost,price,ads
3,2026-06-08 23:30,2026-06-09 01:00,2026-06-09 01:00,lost,price,ads
4,2026-06-06 13:00,,,open,,ads
5,2026-06-10 09:00,2026-06-10 09:05,2026-06-10 09:05,open,,ads
6,2026-06-20 09:00,,2026-06-20 09:00,open,,ads
"""
)


@pytest.fixture
def crm(tmp_path: Any) -> Workspace:
    """A workspace without leads yet."""
    return Workspace.create(tmp_path / "crm", currency="USD")


def get(workspace: Workspace, name: str) -> Fact:
    """A fact that the data give."""
    found = Facts(workspace).get(name)
    assert isinstance(found, Fact), found
    return found


def refused(workspace: Workspace, name: str) -> NoFact:
    """The reason why there is no such fact."""
    found = Facts(workspace).get(name)
    assert isinstance(found, NoFact), found
    return found


def test_median_is_of_the_answered_ones(crm: Workspace) -> None:
    """5, 10, 30, 90 minutes: half of them waited up to 10; two leads have no first contact."""
    bring(crm, "leads.csv", LEADS)
    fact = get(crm, "first_contact_minutes")
    assert (fact.value, fact.unit) == (10, "minutes")
    assert fact.note == "2 of 6 leads have no first contact and are left out"


def test_stale_is_open_and_untouched_for_more_than_a_week(crm: Workspace) -> None:
    """On 20 June: 14 days since lead 4 came, 10 since lead 5 was touched; lead 6 is of today."""
    bring(crm, "leads.csv", LEADS)
    assert get(crm, "stale_leads").value == 2


def test_stale_leads_are_not_in_work(crm: Workspace) -> None:
    """Of three open leads two are stale: one is left to bring money, and the others are told."""
    bring(crm, "leads.csv", LEADS)
    fact = get(crm, "worked_leads")
    assert fact.value == 1
    assert fact.note == "2 open leads that nobody has touched for more than 7\N{NO-BREAK SPACE}days are left out"


def test_last_touch_may_be_the_first_contact(crm: Workspace) -> None:
    """A contact of 15 June is a touch though the column of the last touch is older."""
    late = "7,2026-06-02 09:00,2026-06-15 09:00,2026-06-02 09:00,open,,ads\n"
    bring(crm, "leads.csv", LEADS + late)
    assert get(crm, "stale_leads").value == 2


def test_rows_are_in_local_hours_with_what_became_of_them(crm: Workspace) -> None:
    """Monday is 1; the wait over midnight is 90 minutes; only open leads lie untouched."""
    bring(crm, "leads.csv", LEADS)
    given = get(crm, "leads_by_wait").gives["leads"]
    assert {"minutes": 90, "outcome": "lost", "weekday": 1, "hour": 23, "count": 1} in given
    assert {"outcome": "open", "weekday": 6, "hour": 13, "untouched_days": 14, "count": 1} in given
    assert {"minutes": 5, "outcome": "open", "weekday": 3, "hour": 9, "untouched_days": 10, "count": 1} in given
    assert sum(row["count"] for row in given) == 6


def test_hours_are_those_of_the_firm_where_the_file_is_in_another_zone(crm: Workspace) -> None:
    """Sunday 22:30 in UTC is Monday 1:30 in Moscow, and the file's own hour where the firm has named no zone."""
    text = HEAD + "1,2026-06-07 22:30:00Z,2026-06-07 22:40:00Z,,won,,ads\n"
    bring(crm, "leads.csv", text)
    assert rows(crm, "leads", "created_hour") == [6 * 24 + 22]
    moscow = Workspace.create(crm.path.parent / "moscow", currency="USD")
    moscow.set_setting("timezone", "Europe/Moscow")
    bring(moscow, "leads.csv", text)
    assert rows(moscow, "leads", "created_hour") == [1]
    assert rows(moscow, "leads", "waited_seconds") == [600]


def test_without_the_column_speed_is_refused(crm: Workspace) -> None:
    """Reason and hint; nothing is guessed from the day of the last change."""
    bring(crm, "leads.csv", "id,created,last touch,status\n1,2026-06-01 10:00,2026-06-01 10:05,won\n")
    found = refused(crm, "first_contact_minutes")
    assert found.reason == "no lead has the time of its first contact"
    assert "add such a field to the deal" in found.hint
    assert get(crm, "stale_leads").value == 0


def test_days_without_a_time_give_no_minutes(crm: Workspace) -> None:
    """A first contact of the same day is no wait of nought minutes."""
    bring(
        crm, "leads.csv", "id,created,first contact,status\n1,2026-06-01,2026-06-01,won\n2,2026-06-02,2026-06-03,won\n"
    )
    assert refused(crm, "first_contact_minutes").reason == "the first contacts have days and no time of day"


def test_contact_before_the_lead_is_left_out_and_told(crm: Workspace) -> None:
    """A clock that runs backwards is a fault of the record, not a quick answer."""
    backwards = "8,2026-06-19 12:00,2026-06-19 11:00,,won,,ads\n"
    bring(crm, "leads.csv", LEADS + backwards)
    fact = get(crm, "first_contact_minutes")
    assert fact.value == 10
    assert fact.note.endswith("the first contact of 1 lead has no time, or lies before the lead")


def test_without_touches_only_the_never_answered_are_stale(crm: Workspace) -> None:
    """Lead 2 was answered three weeks ago; whether somebody spoke with it since, nobody knows."""
    text = """id,created,first contact,status
1,2026-06-01 10:00,,open
2,2026-06-01 10:00,2026-06-01 10:10,open
3,2026-06-20 10:00,2026-06-20 10:10,won
"""
    bring(crm, "leads.csv", text)
    fact = get(crm, "stale_leads")
    assert fact.value == 1
    assert "those that nobody ever contacted are counted" in fact.note


def test_neither_touch_nor_contact_is_no_nought_of_stale_leads(crm: Workspace) -> None:
    """Nobody knows, so it is not told."""
    bring(crm, "leads.csv", "id,created,status\n1,2026-06-01 10:00,open\n2,2026-06-30 10:00,open\n")
    assert refused(crm, "stale_leads").reason == "no lead says when it was last touched"
    assert get(crm, "worked_leads").value == 2
    assert get(crm, "worked_leads").note == "those that nobody touches any more are counted too"


def test_weeks_of_the_wait_are_those_of_the_leads(crm: Workspace) -> None:
    """Weeks of 1 and 8 June: half of 10 and 30 minutes is 10, of 5 and 90 it is 5."""
    bring(crm, "leads.csv", LEADS + "9,2026-06-07 20:00,,,open,,ads\n10,2026-06-14 20:00,,,open,,ads\n")
    found = series(Facts(crm).data, "first_contact_time")
    assert isinstance(found, Series)
    assert [point.value for point in found.points[:2]] == [10, 5]


def test_very_many_waits_are_told_in_rougher_steps(crm: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit 90 minutes stand in steps of a quarter of an hour, never shorter than they were."""
    monkeypatch.setattr(module, "MOST_LEADS", 2)
    bring(crm, "leads.csv", LEADS.replace("01:00,2026-06-09", "01:02,2026-06-09", 1))
    assert 105 in {row.get("minutes") for row in get(crm, "leads_by_wait").gives["leads"]}


def test_without_leads_no_closing_is_asked_for(tmp_path: Path) -> None:
    """The win rate of a firm that has only orders: leads are missing, and not their closing days."""
    firm = Workspace.create(tmp_path / "firm", currency="USD")
    bring(firm, "orders.csv", "order_id,date,revenue\n1,2026-06-01,100\n")
    found = Facts(firm).get("win_rate")
    assert isinstance(found, NoFact)
    assert found.reason == "no leads are imported"
