"""The weekly meeting as a calendar file: one entry that comes again every week, public holidays left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from playbook import calendars
from playbook.i18n import quantity, t
from playbook.questions.week.meeting import DAYS, Meeting
from playbook.report import ical
from playbook.steps import STEPS
from playbook.walk import Walk
from playbook.workspace import Workspace

KEY = "week"
YEAR = timedelta(days=365)
"""How far ahead holidays are looked up."""


def ics(workspace: Workspace, today: date) -> bytes:
    """The file; the first meeting is on the next day of the chosen name, today counted."""
    from icalendar import Event

    walk, title = Walk(workspace), STEPS[KEY].title()
    day, at, minutes, owner = (walk.value(KEY, f"meeting_{name}") for name in ("day", "at", "minutes", "owner"))
    found = Meeting(day, at, minutes, owner or "")
    zone = str(workspace.setting("timezone") or "")
    first = today + timedelta(days=(found.weekday - today.weekday()) % len(DAYS))
    begin = datetime.combine(first, time.fromisoformat(found.begins), ZoneInfo(zone) if zone else None)
    event = Event()
    ical.identify(event, "review", ical.stamp(workspace))
    event.add("summary", title)
    event.add("description", "\n".join(_about(found)))
    event.add("dtstart", begin)
    event.add("dtend", begin + timedelta(minutes=found.length))
    event.add("rrule", {"freq": "weekly", "byday": DAYS[found.weekday][:2].upper()})
    for off in _holidays(walk, first):
        event.add("exdate", datetime.combine(off, begin.timetz()))
    calendar = ical.calendar(" · ".join(filter(None, (title, str(workspace.setting("name", ""))))), zone)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _about(found: Meeting) -> Iterator[str]:
    """The agenda, with its minutes, and who leads."""
    for part, minutes in found.agenda():
        yield f"{quantity(minutes, 'minute')}: {part}"
    if found.owner:
        yield f"{t('report', 'Who')}: {found.owner}"


def _holidays(walk: Walk, first: date) -> Iterator[date]:
    """The public holidays of a year on which the meeting would fall."""
    country = walk.value("thirty-days", "country")
    for day in calendars.days_off(country, first, first + YEAR) if country else ():
        if day.weekday() == first.weekday():
            yield day
