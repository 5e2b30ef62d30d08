"""Tasks laid into days: never more than a week and a day hold, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from playbook.methods.diary import Diary
from playbook.questions.thirty_days.bank import Task

_WEEK, _WEEKS_AFTER = 7, 52


@dataclass(frozen=True)
class Placed:
    """A task on its day."""

    day: date
    week: int
    task: Task


@dataclass(frozen=True)
class Room:
    """The time of a plan: its days, and the minutes that a week and a day hold."""

    start: date
    span: int
    weeks: int
    week_minutes: float
    day_minutes: float
    free: Callable[[date, date], Collection[date]]
    """The days off between two days."""

    def diary(self, since: date | None = None) -> Diary:
        """The working days, those before `since` left out."""
        last = self.start + timedelta(days=self.span - 1)
        off = set(self.free(self.start, last))
        if since:
            gone = min((since - self.start).days, self.span)
            off |= {self.start + timedelta(days=number) for number in range(gone)}
        return Diary(self.start, self.span, self.weeks, self.week_minutes, self.day_minutes, off)


def arranged(
    tasks: Sequence[Task],
    room: Room,
    urgent: Collection[str],
    kept: Sequence[Placed] = (),
    since: date | None = None,
) -> tuple[list[Placed], list[Task]]:
    """The tasks with their days, and those without room; time that `kept` tasks take is taken."""
    diary = room.diary(since)
    for one in kept:
        diary.take(one.day, one.task.minutes)
    placed: list[Placed] = []
    waiting: list[Task] = []
    for week in diary.days:
        own = [task for task in tasks if task.week == week]
        now, waiting = _taken([*waiting, *own], diary.left(week), urgent)
        even = sum(task.minutes for task in now) / max(len(diary.days[week]), 1)
        for task in sorted(now, key=lambda task: (task.id not in urgent, task.week, task.order)):
            day = diary.place(task.minutes, week, even)
            if day is None:
                waiting.append(task)
            else:
                placed.append(Placed(day, week, task))
    return sorted(placed, key=lambda one: one.day), waiting


def afterwards(tasks: Sequence[Task], room: Room, last: date) -> dict[str, date]:
    """Days after the plan for tasks without room in it: as many minutes a week as before, saved up for a long one."""
    found: dict[str, date] = {}
    queue, saved = list(tasks), 0.0
    monday = last + timedelta(days=1)
    for _ in range(_WEEKS_AFTER if room.week_minutes else 0):
        days = _working(monday, room)
        monday += timedelta(days=_WEEK)
        saved = min(saved, queue[0].minutes if queue else 0.0) + (room.week_minutes if days else 0.0)
        load = dict.fromkeys(days, 0.0)
        while queue and days and queue[0].minutes <= saved:
            task = queue.pop(0)
            day = min(days, key=lambda day: (load[day], day))
            found[task.id], saved = day, saved - task.minutes
            load[day] += task.minutes
        if not queue:
            break
    return found


def _working(first: date, room: Room) -> list[date]:
    last = first + timedelta(days=_WEEK - 1)
    return Diary(first, _WEEK, 1, 0, 0, room.free(first, last)).days[1]


def _taken(tasks: list[Task], minutes: float, urgent: Collection[str]) -> tuple[list[Task], list[Task]]:
    """The tasks that a week takes, and those that wait: what must be done, then growth points, then the oldest."""
    now: list[Task] = []
    waiting: list[Task] = []
    for task in sorted(tasks, key=lambda task: (not task.must, task.id not in urgent, task.week, task.order)):
        (now if task.minutes <= minutes else waiting).append(task)
        minutes -= task.minutes if now and now[-1] is task else 0
    return now, waiting
