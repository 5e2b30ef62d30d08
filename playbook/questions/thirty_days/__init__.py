"""Thirty dated days: which task on which day, whose it is, in the hours there are, and what does not fit.

The question and its answer are here; the bank of tasks is in `bank`, the days in `schedule`, the looks in `face`,
what to know before trusting it in `advice`.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from playbook import calendars, rules, units
from playbook.display import Face
from playbook.i18n import t
from playbook.model import Inputs, Result
from playbook.questions.thirty_days import advice
from playbook.questions.thirty_days.bank import OWN, Task, bank, criteria, of_scenario, pillars, points
from playbook.questions.thirty_days.face import face
from playbook.questions.thirty_days.rows import Away, Handed, Own
from playbook.questions.thirty_days.schedule import Placed, Room, afterwards, arranged
from playbook.units import folded

CONTEXT = "thirty-days"
Scenario = Literal["local", "ecommerce", "saas", "b2b"]
LoopPart = Literal["offer", "main_channel", "landing", "analytics", "crm", "lead_rule"]
_HOUR, _MOST_HOURS = 60, 168
_AFTER_BANK = 1000
"""The order of the first task of one's own: after those of the bank."""


class ThirtyDays(Inputs):
    """Ask for a dated plan that fits into the hours one has.

    >>> ThirtyDays(start="2026-11-23", scenario="saas", hours_per_week=12).solve().overload
    ()
    """

    name = CONTEXT
    labels: ClassVar = {
        "local": "local services",
        "ecommerce": "online shop",
        "saas": "SaaS and subscription",
        "b2b": "B2B and complex deals",
        "RU": "Russia",
        "BY": "Belarus",
        "KZ": "Kazakhstan",
        "KG": "Kyrgyzstan",
        "AM": "Armenia",
        "GE": "Georgia",
        "UZ": "Uzbekistan",
        "UA": "Ukraine",
        "RS": "Serbia",
        "TR": "Türkiye",
        "DE": "Germany",
        "PL": "Poland",
        "GB": "United Kingdom",
        "US": "United States",
        "offer": "offer",
        "main_channel": "one main channel",
        "landing": "landing page",
        "analytics": "base analytics",
        "crm": "records of leads",
        "lead_rule": "rule for handling leads",
    }
    groups: ClassVar = (
        ("Time", ("start", "hours_per_week", "country", "holidays", "away", "today")),
        ("What to begin with", ("scenario", "growth_points", "missing_loop")),
        ("Who does it", ("owner", "handed")),
        ("Tasks of your own", ("own",)),
    )

    start: units.Day
    """First day"""
    scenario: Scenario
    """Kind of business"""
    hours_per_week: units.Hours
    """Hours a week for this plan

    Of everyone who works on it together."""
    country: calendars.Country | None = None
    """Country

    Its public holidays are free."""
    owner: units.Name = ""
    """Who does the tasks

    Unless another is named below."""
    handed: tuple[Handed, ...] = Field(default=(), max_length=100)
    """Another does it

    One name for a task: whoever answers for it."""
    own: tuple[Own, ...] = Field(default=(), max_length=100)
    """Your own task

    Of 15 to 90 minutes; a longer one is better split."""
    away: tuple[Away, ...] = Field(default=(), max_length=100)
    """Days off of your own"""
    growth_points: tuple[units.Name, ...] = Field(default=(), max_length=100)
    """Growth points

    From the diagnosis; their tasks come first."""
    missing_loop: tuple[LoopPart, ...] | None = None
    """Missing parts of the minimal working loop

    Tasks for parts that stand already are left out."""
    holidays: tuple[units.Day, ...] = Field(default=(), max_length=366)
    """Days off

    Besides Saturdays and Sundays."""
    done: dict[str, units.Day] = Field(default_factory=dict, max_length=1000)
    """Tasks done, each with the day it was ticked"""
    carry_from: units.Day | None = None
    """Plan what is not done anew from this day"""
    today: units.Day | None = None
    """Today

    Only to say how much of a plan that began earlier is over."""
    owned: bool | None = None
    """Whether one person inside the firm owns marketing"""
    standing: tuple[units.Name, ...] = Field(default=(), max_length=100)
    """Tasks whose outcome is there already

    They are left out of the plan, unless they are ticked in it."""

    @classmethod
    def value_names(cls, name: str) -> Mapping[str, str]:
        """Growth points are called as in the diagnosis."""
        return points() if name == "growth_points" else {}

    @field_validator("growth_points", mode="before")
    @classmethod
    def _by_criterion(cls, value: Any) -> Any:
        """The points of `maturity` may be given whole: their criterion is what counts."""
        if not isinstance(value, list | tuple):
            return value
        return [item.get("criterion", item) if isinstance(item, dict) else item for item in value]

    def solve(self) -> Plan:
        """Tasks by week: each week takes what must be done and the growth points first, and begins with the latter."""
        placed, late = self.planned(self.hours_per_week)
        names, after = pillars(), afterwards(late, self.room(self.hours_per_week), self._over())
        return Plan(
            asked=self,
            days=tuple(self._day(one, names) for one in placed),
            pillars=tuple(names.values()),
            overload=tuple(
                Late(
                    id=task.id,
                    task=task.title,
                    minutes=task.minutes,
                    week=task.week,
                    pillar=names[task.week],
                    owner=self.owner_of(task),
                    why=task.why,
                    done_when=task.done_when,
                    step=task.step,
                    date=after.get(task.id),
                    done=task.id in self.done,
                )
                for task in late
            ),
            carried=tuple(
                Carried(id=one.task.id, task=one.task.title, planned=one.task.week, week=one.week)
                for one in placed
                if one.week != one.task.week
            ),
            left_out=tuple(task.id for task in self.built()),
            warnings=self.warnings(),
        )

    def _day(self, one: Placed, names: dict[int, str]) -> PlanDay:
        task = one.task
        return PlanDay(
            date=one.day,
            week=one.week,
            task=task.title,
            minutes=task.minutes,
            pillar=names[task.week],
            id=task.id,
            why=task.why,
            done_when=task.done_when,
            step=task.step,
            growth=task.id in self.urgent,
            owner=self.owner_of(task),
            done=task.id in self.done,
        )

    @cached_property
    def added(self) -> tuple[Task, ...]:
        """The person's own tasks; one without words is none."""
        rows = [row for row in self.own if row.task.strip()]
        seen: Counter[str] = Counter()
        found = []
        for order, row in enumerate(rows, _AFTER_BANK):
            title = " ".join(row.task.split())
            seen[title] += 1
            ident = f"{OWN}-{zlib.crc32(f'{folded(title)}/{seen[title]}'.encode()):08x}"
            found.append(Task(ident, int(row.week), order, round(row.minutes), "", title, "", row.done_when, must=True))
        return tuple(found)

    def chosen(self) -> tuple[Task, ...]:
        """The tasks of the scenario, without those whose outcome stands already, and one's own."""
        built = {task.id for task in self.built()}
        return tuple(task for task in (*of_scenario(self.scenario), *self.added) if task.id not in built)

    def built(self) -> tuple[Task, ...]:
        """Tasks done before the first day, or whose outcome is there already; one that was ticked in the plan stays."""
        known = (*of_scenario(self.scenario), *self.added)
        return tuple(task for task in known if self._earlier(task) or (self._stands(task) and task.id not in self.done))

    def _earlier(self, task: Task) -> bool:
        """Whether it was ticked before the first day, as in the month before this one."""
        return task.id in self.done and self.done[task.id] < self.start

    def _stands(self, task: Task) -> bool:
        whole = self.missing_loop is not None and task.loop != "" and task.loop not in self.missing_loop
        return whole or task.id in self.standing

    @cached_property
    def urgent(self) -> frozenset[str]:
        """The tasks that help a growth point."""
        items = criteria()
        wanted = {items.get(point, point) for point in self.growth_points} | set(self.growth_points)
        return frozenset(task.id for task in self.chosen() if wanted.intersection(task.helps))

    def planned(self, hours: float) -> tuple[list[Placed], list[Task]]:
        """The tasks with their days and weeks, and those for which `hours` a week leave no room.

        From `carry_from` on, what is not done is planned anew; what is done keeps its day.
        """
        placed, late = arranged(self.chosen(), self.room(hours), self.urgent)
        if self.carry_from is None or self.carry_from <= self.start:
            return placed, late
        kept = [one for one in placed if one.task.id in self.done]
        done = [task for task in late if task.id in self.done]
        again = [task for task in self.chosen() if task.id not in self.done]
        placed, late = arranged(again, self.room(hours), self.urgent, kept, self.carry_from)
        return sorted([*kept, *placed], key=lambda one: one.day), [*late, *done]

    def room(self, hours: float) -> Room:
        """The time there is, at so many hours a week."""
        span, weeks = (int(rules.get(rule).number) for rule in ("plan_days", "plan_weeks"))
        return Room(self.start, span, weeks, hours * _HOUR, rules.get("plan_day_minutes").number, self.free)

    def free(self, first: date, last: date) -> frozenset[date]:
        """The days off between two days: public holidays and those of one's own."""
        found = {day for day in self.holidays if first <= day <= last}
        for away in self.away:
            ends = sorted(day for day in (away.first, away.last) if day)
            if ends:
                begin, end = max(ends[0], first), min(ends[-1], last)
                found |= {begin + timedelta(days=number) for number in range((end - begin).days + 1)}
        public = calendars.days_off(self.country, first, last) if self.country else ()
        return frozenset({*found, *public})

    @cached_property
    def hours_needed(self) -> int | None:
        """The fewest whole hours a week in which everything fits; None when the days off leave no room at all."""
        least = sum(task.minutes for task in self.chosen()) / (_HOUR * len(pillars()))
        return next((hours for hours in range(int(least), _MOST_HOURS + 1) if not self.planned(hours)[1]), None)

    def owner_of(self, task: Task) -> str:
        """Who does a task; the first named where there are two."""
        named = (row.owner.strip() for row in self.handed if self.means(row, task) and row.owner.strip())
        return next(named, self.owner.strip())

    @staticmethod
    def means(row: Handed, task: Task) -> bool:
        """Whether a row that hands a task over is of this task, named by its id or in words."""
        return row.task == task.id or folded(row.task) == folded(task.title)

    def last_day(self) -> date:
        """The last of the thirty days, the first one counted."""
        return self.start + timedelta(days=int(rules.get("plan_days").number) - 1)

    def _over(self) -> date:
        """The last day on which the thirty days hold anything."""
        return max(self.last_day(), (self.carry_from or self.start) - timedelta(days=1))

    def block(self) -> str:
        """Why the plan is none before it is mended; empty when an owner stands, or nobody asked."""
        if self.owned is not False:
            return ""
        return t(CONTEXT, "Nobody inside the firm owns marketing: without an owner the plan is a list of wishes.")

    def warnings(self) -> tuple[str, ...]:
        """What blocks, and what the reader has to know before trusting the plan."""
        return (*filter(None, (self.block(),)), *self.advice())

    def advice(self) -> tuple[str, ...]:
        """What the reader has to know before trusting the plan."""
        return advice.of(self)

    def no_time(self) -> str:
        """Why no task at all can have a day; empty when some can."""
        if not self.hours_per_week:
            return t(CONTEXT, "With no hours a week nothing can be planned.")
        return (
            ""
            if any(self.room(self.hours_per_week).diary().days.values())
            else t(CONTEXT, "The days off leave no working day in the plan.")
        )

    def called(self, task: str) -> str:
        """A task as the reader knows it, also one that the plan leaves out; one's own that was deleted has no words."""
        known = bank().get(task) or next((one for one in self.added if one.id == task), None)
        if known is None and task.startswith(f"{OWN}-"):
            return t(CONTEXT, "a task of your own that is gone")
        return known.title if known else task


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
    owner: str
    done: bool


class Late(Result):
    """A task for which the thirty days have no room."""

    id: str
    task: str
    minutes: int
    week: int
    pillar: str
    owner: str
    why: str
    done_when: str
    step: str
    date: date | None
    """The day after the thirty on which it comes; None where no day can be named."""
    done: bool


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

    def waiting(self) -> tuple[PlanDay, ...]:
        """Tasks whose day is over and that are not done."""
        today = self.asked.today
        return tuple(day for day in self.days if today and day.date < today and not day.done)

    def told(self, ident: str) -> Task:
        """A task in the language that is spoken now."""
        return bank().get(ident) or next(task for task in self.asked.added if task.id == ident)

    def face(self) -> Face:
        """Whether the work fits, the weeks with their tasks, and what is left over."""
        return face(self)
