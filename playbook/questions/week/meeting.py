"""The meeting of the week: when it is, how long, who leads it, and what its minutes are spent on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from playbook import i18n, rules
from playbook.i18n import t

CONTEXT = "week"
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
At = Literal[
    "08:00", "08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00", "12:30", "13:00",
    "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30", "17:00", "17:30", "18:00",
]  # fmt: skip
DAYS: tuple[Weekday, ...] = get_args(Weekday)
"""The days of the week, in the order in which Python counts them."""
_MONDAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Meeting:
    """A meeting that comes every week; what nobody chose is as early and as short as the rules of thumb have it."""

    day: Weekday | None = None
    at: At | None = None
    minutes: float | None = None
    owner: str = ""

    @property
    def length(self) -> int:
        """Whole minutes."""
        return round(self.minutes or rules.get("meeting_minutes").span[0])

    @property
    def weekday(self) -> int:
        """The day as Python counts it, Monday being 0; Monday where none is chosen."""
        return DAYS.index(self.day) if self.day else 0

    @property
    def begins(self) -> str:
        """The time of day, such as `10:00`, which it is where none is chosen."""
        return self.at or "10:00"

    def when(self) -> str:
        """Day, time and who leads, in one sentence; empty while no day is chosen."""
        if not self.day:
            return ""
        day = i18n.weekday(_MONDAY + timedelta(days=self.weekday))
        if self.owner.strip():
            return t(CONTEXT, "Every week: {day}, {time}. {owner} leads.", day=day, time=self.begins,
                     owner=self.owner.strip())  # fmt: skip
        return t(CONTEXT, "Every week: {day}, {time}.", day=day, time=self.begins)

    def agenda(self) -> list[tuple[str, int]]:
        """Four parts that fill its minutes."""
        parts = (
            (t(CONTEXT, "What came of last week's decisions"), 0.2),
            (t(CONTEXT, "Metrics: only what left the usual range or its plan"), 0.3),
            (t(CONTEXT, "The test of the week: verdict or wait"), 0.1),
        )
        found = [(name, round(self.length * share)) for name, share in parts]
        rest = self.length - sum(minutes for _, minutes in found)
        return [*found, (t(CONTEXT, "Decisions: what, why, who, by when"), rest)]
