"""The plan as a calendar file (RFC 5545): every task once, under a name that stays when its day moves."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from playbook.i18n import t
from playbook.report import ical
from playbook.report.plans import Item, Sheet

if TYPE_CHECKING:
    from icalendar import Event, Todo

FIRST_TASK = time(10)
"""When the first task of a day begins; the others follow it."""


def ics(sheet: Sheet) -> bytes:
    """The file. Times are of the firm's time zone; without one they float, and each reader sees 10:00 as their own."""
    calendar = ical.calendar(" · ".join(filter(None, (sheet.title, sheet.firm))), sheet.zone)
    zone = ZoneInfo(sheet.zone) if sheet.zone else None
    free: dict[date, datetime] = {}
    for item in sheet.items():
        if item.day is None:
            calendar.add_component(_undated(sheet, item))
            continue
        begin = free.get(item.day, datetime.combine(item.day, FIRST_TASK))
        free[item.day] = begin + timedelta(minutes=item.task.minutes)
        calendar.add_component(_event(sheet, item, begin, zone))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(sheet: Sheet, item: Item, begin: datetime, zone: ZoneInfo | None) -> Event:
    from icalendar import Event

    event = Event()
    _describe(event, sheet, item)
    event.add("dtstart", begin.replace(tzinfo=zone))
    event.add("dtend", (begin + timedelta(minutes=item.task.minutes)).replace(tzinfo=zone))
    event.add("transp", "OPAQUE")
    return event


def _undated(sheet: Sheet, item: Item) -> Todo:
    """A task for which no day can be named: a thing to do without a date."""
    from icalendar import Todo

    todo = Todo()
    _describe(todo, sheet, item)
    todo.add("status", "COMPLETED" if item.done else "NEEDS-ACTION")
    return todo


def _describe(part: Event | Todo, sheet: Sheet, item: Item) -> None:
    ical.identify(part, item.task.id, sheet.stamp)
    part.add("summary", f"✓ {item.task.title}" if item.done else item.task.title)
    part.add("description", _about(item))
    part.add("categories", [item.pillar])


def _about(item: Item) -> str:
    lines = [item.task.why]
    if item.task.done_when:
        lines.append(f"{t('report', 'Done when')}: {item.task.done_when}")
    if item.owner:
        lines.append(f"{t('report', 'Who')}: {item.owner}")
    if item.page:
        lines.append(f"{t('report', 'Where')}: {item.page}")
    return "\n".join(filter(None, lines))
