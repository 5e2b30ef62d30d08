"""What every calendar file of ours has in common (RFC 5545): its head, and names that stay when a date moves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from playbook.workspace import SETTINGS, Workspace

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Todo

MAKER = "-//marketing-playbook//30-day plan//EN"


@dataclass(frozen=True)
class Stamp:
    """Where an entry of a calendar comes from, and which of two is the newer."""

    mark: str
    """Tells this project's entries from those of all others, and stays when the folder moves."""
    saved: datetime
    revision: int


def stamp(workspace: Workspace) -> Stamp:
    """The stamp of a workspace as it is now."""
    born = workspace.history(SETTINGS)[-1]
    mark = hashlib.sha256(f"{born.time.isoformat()}".encode()).hexdigest()[:16]
    return Stamp(mark, workspace.saved_at() or born.time, workspace.revision())


def calendar(title: str, zone: str) -> Calendar:
    """An empty calendar; without a time zone its times float, and each reader sees 10:00 as their own."""
    from icalendar import Calendar

    made = Calendar()
    for name, value in (("prodid", MAKER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        made.add(name, value)
    made.add("x-wr-calname", title)
    if zone:
        made.add("x-wr-timezone", zone)
    return made


def identify(part: Event | Todo, name: str, stamp: Stamp) -> None:
    """Give an entry its name and its age: an entry imported again takes the place of the older one."""
    part.add("uid", f"{name}-{stamp.mark}@marketing-playbook")
    part.add("dtstamp", stamp.saved)
    part.add("last-modified", stamp.saved)
    part.add("sequence", stamp.revision)
