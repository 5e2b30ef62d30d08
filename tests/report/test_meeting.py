"""The weekly meeting as an entry of a calendar."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from playbook import i18n
from playbook.questions.week.meeting import Meeting
from playbook.report.weekly import meeting
from playbook.ui.page import Page
from playbook.workspace import Workspace

FRIDAY = date(2026, 12, 25)


@pytest.fixture
def firm(tmp_path: Path) -> Workspace:
    """A firm in Moscow that meets on Mondays at half past nine for forty minutes."""
    workspace = Workspace.create(tmp_path / "firm", name="Firm; <b>", language="en", currency="RUB")
    workspace.set_setting("timezone", "Europe/Moscow")
    for name, value in {"day": "monday", "at": "09:30", "minutes": 40}.items():
        workspace.save("week", f"meeting_{name}", value)
    workspace.save("order", "owner", "Anna")
    return workspace


def event(firm: Workspace, today: date = FRIDAY) -> Any:
    """The one entry of the file."""
    (found,) = Calendar.from_ical(meeting.ics(firm, today).decode()).walk("VEVENT")
    return found


def test_meeting_comes_again_every_week_from_the_next_monday(firm: Workspace) -> None:
    """In the firm's time zone, forty minutes long."""
    found = event(firm)
    moscow = ZoneInfo("Europe/Moscow")
    assert found["dtstart"].dt == datetime(2026, 12, 28, 9, 30, tzinfo=moscow)
    assert found["dtend"].dt == datetime(2026, 12, 28, 10, 10, tzinfo=moscow)
    assert found["rrule"] == {"FREQ": ["WEEKLY"], "BYDAY": ["MO"]}


def test_public_holidays_have_no_meeting(firm: Workspace) -> None:
    """The Monday of 4 January 2027 is one in Russia, whose currency the firm has."""
    left = [day.dt.date() for each in event(firm)["exdate"] for day in each.dts]
    assert date(2027, 1, 4) in left
    assert all(day.weekday() == 0 for day in left)


def test_entry_says_the_agenda_and_who_leads(firm: Workspace) -> None:
    """The parts fill the minutes; the owner of the contour leads unless another is named."""
    said = str(event(firm)["description"]).replace(i18n.NBSP, " ")
    assert said.startswith("8 minutes: What came of last week's decisions")
    assert said.endswith("Who: Anna")
    firm.save("week", "meeting_owner", "Olga")
    assert str(event(firm)["description"]).endswith("Who: Olga")


def test_entry_keeps_its_name_when_the_day_moves(firm: Workspace) -> None:
    """So that a calendar moves it in place of showing two."""
    before = event(firm)
    firm.save("week", "meeting_day", "friday")
    after = event(firm)
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt.date() == FRIDAY
    assert after["rrule"]["BYDAY"] == ["FR"]


def test_nothing_chosen_is_a_short_monday_morning() -> None:
    """As the rules of thumb have it: the least of 30 to 60 minutes; and no sentence claims a day."""
    found = Meeting()
    assert (found.weekday, found.begins, found.length, found.when()) == (0, "10:00", 30, "")


@pytest.mark.parametrize("length", [1, 7, 30, 45, 600])
def test_agenda_fills_the_minutes(length: int) -> None:
    """Whatever is rounded."""
    assert sum(minutes for _, minutes in Meeting(minutes=length).agenda()) == length


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Every week: Monday, 09:30. Anna leads."), ("ru", "Каждую неделю: понедельник, 09:30. Ведёт Anna.")],
)
def test_page_says_when_the_meeting_is(firm: Workspace, language: str, said: str) -> None:
    """Under the agenda, and the file stands beside the timer."""
    firm.add_row("kpi", "chosen", {"metric": "leads", "target": 40})
    page = Page(firm, "week", language)
    assert said in page.answer().replace(i18n.NBSP, " ").replace("<b>", "").replace("</b>", "")
    assert "/document/week/filled.ics" in page.reports()
