"""A diary of working days that never takes more minutes than a week and a day have."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

_WEEK = 7


class Diary:
    """The working days of a plan with the minutes already given away.

    A week, be it of the plan or of the calendar, never takes more than its minutes, nor does a day; what is longer than
    a day gets an empty one. The days after the last whole week of the plan belong to it.
    """

    def __init__(
        self, start: date, span: int, weeks: int, week_minutes: float, day_minutes: float, off: Collection[date]
    ) -> None:
        self.week_minutes, self.day_minutes = week_minutes, day_minutes
        self._start, self._last = start, weeks
        self._taken: dict[object, float] = defaultdict(float)
        days = [start + timedelta(days=number) for number in range(span)]
        working = [day for day in days if day.weekday() < calendar.SATURDAY and day not in off]
        self.days = {week: [day for day in working if self.week(day) == week] for week in range(1, weeks + 1)}

    def week(self, day: date) -> int:
        """The week of the plan, from 1."""
        return min((day - self._start).days // _WEEK + 1, self._last)

    def place(self, minutes: float, week: int, even: float) -> date | None:
        """Give the minutes to the first day below `even` minutes, else to the emptiest; None when no day has room."""
        free = [day for day in self.days[week] if self._room(day, minutes)]
        if not free:
            return None
        soon = (day for day in free if not self._taken[day] or self._taken[day] + minutes / 2 <= even)
        day = next(soon, None) or min(free, key=lambda day: self._taken[day])
        self.take(day, minutes)
        return day

    def take(self, day: date, minutes: float) -> None:
        """Give away minutes of a day."""
        for part in self._parts(day):
            self._taken[part] += minutes

    def left(self, week: int) -> float:
        """Minutes of a week of the plan that are still free."""
        return max(self.week_minutes - self._taken[week], 0.0)

    def _room(self, day: date, minutes: float) -> bool:
        _, *weeks = self._parts(day)
        in_weeks = all(self._taken[week] + minutes <= self.week_minutes for week in weeks)
        return in_weeks and (self._taken[day] + minutes <= self.day_minutes or not self._taken[day])

    def _parts(self, day: date) -> tuple[object, ...]:
        """The day, its week of the plan and its week of the calendar."""
        return day, self.week(day), day.isocalendar()[:2]
