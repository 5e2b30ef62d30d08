"""Thirty dated days: which task on which day, in the hours there are, and what does not fit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from playbook import rules, texts, units
from playbook.display import Face, Number, Point, Points, Ruler, Section, Table, Verdict, word
from playbook.i18n import date as written_date
from playbook.i18n import day_month, language, number, period, quantity, t, tn
from playbook.methods.diary import Diary
from playbook.model import Inputs, Result

CONTEXT = "thirty-days"
Scenario = Literal["local", "ecommerce", "saas", "b2b"]
LoopPart = Literal["offer", "main_channel", "landing", "analytics", "crm", "lead_rule"]
_HOUR, _MOST_HOURS = 60, 168


@dataclass(frozen=True)
class Task:
    """A task of the bank, in the reader's language."""

    id: str
    week: int
    order: int
    minutes: int
    step: str
    title: str
    why: str
    done_when: str
    must: bool = False
    """One of the few that the plan is no plan without."""
    scenarios: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    loop: str = ""


class ThirtyDays(Inputs):
    """Ask for a dated plan that fits into the hours one has.

    >>> ThirtyDays(start="2026-11-23", scenario="saas", hours_per_week=12).solve().overload
    ()
    """

    name = CONTEXT
    labels: ClassVar = {
        "local": "local services",
        "ecommerce": "online shop",
        "saas": "subscription service",
        "b2b": "production and complex B2B sales",
    }
    groups: ClassVar = (
        ("Time", ("start", "hours_per_week", "holidays", "today")),
        ("What to begin with", ("scenario", "growth_points", "missing_loop")),
    )

    start: units.Day
    """First day"""
    scenario: Scenario
    """Kind of business"""
    hours_per_week: units.Hours
    """Hours a week for this plan

    Of everyone who works on it together."""
    growth_points: tuple[units.Name, ...] = Field(default=(), max_length=100)
    """Growth points

    From the diagnosis; their tasks come first."""
    missing_loop: tuple[LoopPart, ...] | None = None
    """Missing parts of the minimal working loop

    Tasks for parts that stand already are left out."""
    holidays: tuple[units.Day, ...] = Field(default=(), max_length=366)
    """Days off

    Besides Saturdays and Sundays."""
    today: units.Day | None = None
    """Today

    Only to say how much of a plan that began earlier is over."""

    @field_validator("growth_points", mode="before")
    @classmethod
    def _by_criterion(cls, value: Any) -> Any:
        """The points of `maturity` may be given whole: their criterion is what counts."""
        if not isinstance(value, list | tuple):
            return value
        return [item.get("criterion", item) if isinstance(item, dict) else item for item in value]

    def solve(self) -> Plan:
        """Tasks by week: each week takes what must be done and the growth points first, and begins with the latter."""
        schedule, late = self.schedule(self.hours_per_week)
        names = pillars()
        return Plan(
            asked=self,
            days=tuple(_day(day, week, task, names, task.id in self.urgent()) for day, week, task in schedule),
            pillars=tuple(names.values()),
            overload=tuple(
                Late(id=task.id, task=task.title, minutes=task.minutes, week=task.week, pillar=names[task.week])
                for task in late
            ),
            carried=tuple(
                Carried(id=task.id, task=task.title, planned=task.week, week=week)
                for _, week, task in schedule
                if week != task.week
            ),
            left_out=tuple(task.id for task in self.built()),
            warnings=self.warnings(),
        )

    def chosen(self) -> tuple[Task, ...]:
        """The tasks of the scenario, without those for parts of the loop that stand already."""
        built = {task.id for task in self.built()}
        return tuple(task for task in _scenario_tasks(self.scenario) if task.id not in built)

    def built(self) -> tuple[Task, ...]:
        """Tasks that create a part which is there already; none when nobody said what is missing."""
        if self.missing_loop is None:
            return ()
        return tuple(
            task for task in _scenario_tasks(self.scenario) if task.loop and task.loop not in self.missing_loop
        )

    def urgent(self) -> set[str]:
        """The tasks that help a growth point."""
        items = _criteria()
        wanted = {items.get(point, point) for point in self.growth_points} | set(self.growth_points)
        return {task.id for task in self.chosen() if wanted.intersection(task.helps)}

    def schedule(self, hours: float) -> tuple[list[tuple[date, int, Task]], list[Task]]:
        """The tasks with their days and weeks, and those for which `hours` a week leave no room."""
        diary, urgent = self._diary(hours), self.urgent()
        placed: list[tuple[date, int, Task]] = []
        waiting: list[Task] = []
        for week in diary.days:
            own = [task for task in self.chosen() if task.week == week]
            now, waiting = _taken([*waiting, *own], diary.week_minutes, urgent)
            even = sum(task.minutes for task in now) / max(len(diary.days[week]), 1)
            for task in sorted(now, key=lambda task: (task.id not in urgent, task.week, task.order)):
                day = diary.place(task.minutes, week, even)
                if day is None:
                    waiting.append(task)
                else:
                    placed.append((day, week, task))
        return sorted(placed, key=lambda item: item[0]), waiting

    def _diary(self, hours: float) -> Diary:
        span, weeks = (int(rules.get(rule).number) for rule in ("plan_days", "plan_weeks"))
        return Diary(self.start, span, weeks, hours * _HOUR, rules.get("plan_day_minutes").number, set(self.holidays))

    def hours_needed(self) -> int | None:
        """The fewest whole hours a week in which everything fits; None when the days off leave no room at all."""
        least = sum(task.minutes for task in self.chosen()) / (_HOUR * len(pillars()))
        return next((hours for hours in range(int(least), _MOST_HOURS + 1) if not self.schedule(hours)[1]), None)

    def last_day(self) -> date:
        """The last of the thirty days, the first one counted."""
        return self.start + timedelta(days=int(rules.get("plan_days").number) - 1)

    def warnings(self) -> tuple[str, ...]:
        """What the reader has to know before trusting the plan."""
        found = [self.no_time(), self._begun(), self._unknown(), self._left_out()]
        return tuple(text for text in found if text)

    def no_time(self) -> str:
        """Why no task at all can have a day; empty when some can."""
        if not self.hours_per_week:
            return t(CONTEXT, "With no hours a week nothing can be planned.")
        return (
            ""
            if any(self._diary(self.hours_per_week).days.values())
            else t(CONTEXT, "The days off leave no working day in the plan.")
        )

    def _begun(self) -> str:
        if self.today is None or self.today <= self.start:
            return ""
        return t(CONTEXT, "The plan began on {day}: check which of its tasks are done.", day=written_date(self.start))

    def _unknown(self) -> str:
        known = _criteria()
        names = [point for point in self.growth_points if point not in known and point not in known.values()]
        return t(CONTEXT, "No task answers to: {names}.", names=", ".join(names)) if names else ""

    def _left_out(self) -> str:
        names = [task.title for task in self.built()]
        return t(CONTEXT, "Left out, as these parts stand already: {names}.", names="; ".join(names)) if names else ""


class PlanDay(Result):
    """A task on its day."""

    date: date
    week: int
    task: str
    minutes: int
    pillar: str
    id: str
    why: str
    done_when: str
    step: str
    growth: bool
    """Whether it answers a growth point."""


class Late(Result):
    """A task for which the thirty days have no room."""

    id: str
    task: str
    minutes: int
    week: int
    pillar: str


class Carried(Result):
    """A task that moved from its week to a later one."""

    id: str
    task: str
    planned: int
    week: int


class Plan(Result):
    """The dated plan."""

    asked: ThirtyDays = Field(exclude=True, repr=False)
    days: tuple[PlanDay, ...]
    pillars: tuple[str, ...]
    overload: tuple[Late, ...]
    carried: tuple[Carried, ...]
    left_out: tuple[str, ...]
    """Tasks for parts of the minimal working loop that stand already."""
    warnings: tuple[str, ...]

    def face(self) -> Face:
        """Whether the work fits, the weeks with their tasks, and what is left over."""
        sections: list[Section] = [
            self._table(week) for week in pillars() if any(day.week == week for day in self.days)
        ]
        if self.overload:
            sections.append(self._late())
        return Face(
            verdict=self._said(),
            numbers=self._numbers(),
            sections=tuple(sections),
            notes=self.asked.warnings(),
            rules=(rules.check("plan_day_minutes", self._heaviest()),) if self.days else (),
        )

    def _hours(self) -> tuple[float, float]:
        """Hours of work in all, and those that fit."""
        fits = sum(day.minutes for day in self.days) / _HOUR
        return fits + sum(task.minutes for task in self.overload) / _HOUR, fits

    def _said(self) -> Verdict:
        (need, fits), needed = self._hours(), self.asked.hours_needed()
        work, room, hours = _hours(need), _hours(fits), _hours(self.asked.hours_per_week)
        span = t(
            CONTEXT,
            "Growth points first, then the order of the pillars; {period}.",
            period=period(self.asked.start, self.asked.last_day()),
        )
        if not self.overload:
            say = t(CONTEXT, "{work} of work in 30 days fit: there are {hours} a week.", work=work, hours=hours)
            flip = t(CONTEXT, "The limit is {hours} a week: with less, not everything fits.", hours=_hours(needed or 0))
            return Verdict("yes", word("yes"), say, span, flip, self._ruler(needed))
        say = t(CONTEXT, "{work} of work; 30 days hold {room} at {hours} a week.", work=work, room=room, hours=hours)
        flip = t(CONTEXT, "Everything fits when there are {hours} a week.", hours=_hours(needed)) if needed else ""
        because = self.asked.no_time() or t(CONTEXT, "What does not fit is listed below and comes after the 30 days.")
        return Verdict("no", word("no"), say, because, flip, self._ruler(needed))

    def _ruler(self, needed: int | None) -> Ruler | None:
        if needed is None:
            return None
        now = t(CONTEXT, "there are: {value}", value=_hours(self.asked.hours_per_week))
        return Ruler(self.asked.hours_per_week, needed, now, t(CONTEXT, "needed: {value}", value=_hours(needed)))

    def _numbers(self) -> tuple[Number, ...]:
        total = len(self.days) + len(self.overload)
        of = t(CONTEXT, "of {of}", of=number(total))
        return (
            Number(
                t(CONTEXT, "Tasks with a day"),
                number(len(self.days)),
                of,
                definition=t(CONTEXT, "From our bank of tasks, by the kind of business."),
            ),
            Number(
                t(CONTEXT, "Work in the plan"),
                _hours(self._hours()[1]),
                definition=t(CONTEXT, "Our estimates; yours may differ by half."),
            ),
            Number(
                t(CONTEXT, "Last day"),
                day_month(self.asked.last_day()),
                definition=t(CONTEXT, "30 days with the first one counted."),
            ),
        )

    def _table(self, week: int) -> Table:
        columns = (t(CONTEXT, "Day"), t(CONTEXT, "Task"), t(CONTEXT, "Minutes"), t(CONTEXT, "Done when"))
        days, bank = [day for day in self.days if day.week == week], _bank()
        rows = tuple(
            (day_month(day.date), bank[day.id].title, number(day.minutes), bank[day.id].done_when) for day in days
        )
        hours = _hours(sum(day.minutes for day in days) / _HOUR)
        title = t(CONTEXT, "Week {week} · {pillar} · {hours}", week=week, pillar=pillars()[week], hours=hours)
        moved = sum(1 for task in self.carried if task.week == week)
        note = (
            tn(CONTEXT, "{n} task came over from an earlier week.", "{n} tasks came over from earlier weeks.", moved)
            if moved
            else ""
        )
        return Table(title, columns, rows, note, numeric=(2,))

    def _late(self) -> Points:
        bank, names = _bank(), pillars()
        items = tuple(
            Point(bank[task.id].title, quantity(task.minutes, "minute"), tag=names[task.week], step=bank[task.id].step)
            for task in self.overload
        )
        note = t(CONTEXT, "Nothing is dropped: take these after the 30 days, or find the hours.")
        return Points(t(CONTEXT, "Does not fit into the 30 days"), items, note)

    def _heaviest(self) -> int:
        """Minutes of the day with most work."""
        load: Counter[date] = Counter()
        for day in self.days:
            load[day.date] += day.minutes
        return max(load.values(), default=0)


def pillars() -> dict[int, str]:
    """The names of the four pillars by week, in the reader's language."""
    return {item["week"]: item["title"] for item in texts.load("thirty_days.toml")["pillars"]}


def _bank() -> dict[str, Task]:
    return _bank_in(language())


@cache
def _bank_in(lang: str) -> dict[str, Task]:
    return {item["id"]: _task(item) for item in texts.load("thirty_days.toml", lang)["tasks"]}


def _task(item: dict[str, Any]) -> Task:
    facts: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in item.items()}
    return Task(**facts)


def _taken(tasks: list[Task], minutes: float, urgent: set[str]) -> tuple[list[Task], list[Task]]:
    """The tasks that a week takes, and those that wait: what must be done, then growth points, then the oldest."""
    now: list[Task] = []
    waiting: list[Task] = []
    for task in sorted(tasks, key=lambda task: (not task.must, task.id not in urgent, task.week, task.order)):
        (now if task.minutes <= minutes else waiting).append(task)
        minutes -= task.minutes if now and now[-1] is task else 0
    return now, waiting


def _scenario_tasks(scenario: str) -> tuple[Task, ...]:
    return tuple(task for task in _bank().values() if {scenario, "all"}.intersection(task.scenarios))


def _criteria() -> dict[str, str]:
    """The item of the checklist behind each criterion of the diagnosis."""
    return {item["id"]: item["item"] for item in texts.load("maturity.toml")["criteria"]}


def _day(day: date, week: int, task: Task, names: dict[int, str], growth: bool) -> PlanDay:
    return PlanDay(
        date=day,
        week=week,
        task=task.title,
        minutes=task.minutes,
        pillar=names[task.week],
        id=task.id,
        why=task.why,
        done_when=task.done_when,
        step=task.step,
        growth=growth,
    )


def _hours(value: float) -> str:
    return quantity(value, "hour")
