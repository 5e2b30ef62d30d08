"""How far the building has come, and what it is too early to judge."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.display import Face, Number, Ruler, Verdict, word
from playbook.i18n import date as written
from playbook.i18n import number, quantity, t
from playbook.model import Inputs, Result

CONTEXT = "timeline"
BASE, CONCLUSIONS = "plan_days", "first_conclusions_days"
Stage = Literal["ahead", "base", "stabilise", "conclude", "run"]


class Timeline(Inputs):
    """Ask what may be concluded on a day after the start.

    >>> Timeline(start="2026-10-01", today="2026-11-25").solve().stage
    'stabilise'
    """

    name = CONTEXT
    groups: ClassVar = (("Time", ("start", "today")),)

    start: units.Day
    """Start of the work

    The first day of the 30-day plan."""
    today: units.Day
    """Today"""

    def solve(self) -> Stand:
        """Day 1 is the start; the base takes 30 days, channels are judged from day 60 to 90 on (F17)."""
        day = (self.today - self.start).days + 1
        base = round(rules.get(BASE).high or 0)
        first, last = rules.get(CONCLUSIONS).span
        stage: Stage = (
            "ahead"
            if day < 1
            else "base"
            if day <= base
            else "stabilise"
            if day < first
            else "conclude"
            if day <= last
            else "run"
        )
        return Stand(asked=self, day=day, stage=stage, judge_channels=day >= first)


class Stand(Result):
    """The day since the start, the stage it lies in, and whether channels may be judged."""

    asked: Timeline = Field(exclude=True, repr=False)
    day: int
    stage: Stage
    judge_channels: bool

    def face(self) -> Face:
        """What it is time for, and from what day on channels are judged."""
        first, last = rules.get(CONCLUSIONS).span
        begins = date.fromordinal(self.asked.start.toordinal() + round(first) - 1)
        ruler = Ruler(
            max(self.day, 0),
            first,
            t(CONTEXT, "day {day}", day=number(max(self.day, 0))),
            t(CONTEXT, "conclusions from day {day}", day=number(first)),
            max(last, self.day),
        )
        kind: Literal["yes", "wait"] = "yes" if self.judge_channels else "wait"
        heading = t(CONTEXT, "Time to judge") if self.judge_channels else word("wait")
        verdict = Verdict(kind, heading, self.said(), self._because(), self._flip(begins), ruler)
        day = Number(
            t(CONTEXT, "Since the start"),
            quantity(max(self.day, 0), "day"),
            definition=t(CONTEXT, "The first day of the plan is day 1."),
        )
        return Face(verdict, (day,), rules=(rules.check(CONCLUSIONS, max(self.day, 0)),))

    def said(self) -> str:
        """The stage in one sentence."""
        first, last = map(number, rules.get(CONCLUSIONS).span)
        return {
            "ahead": t(CONTEXT, "The work has not begun yet."),
            "base": t(CONTEXT, "The base is being laid: records, offer, first channel. Too early to judge channels."),
            "stabilise": t(CONTEXT, "The base settles. Too early to judge channels."),
            "conclude": t(CONTEXT, "Days {first} to {last}: the first conclusions.", first=first, last=last),
            "run": t(CONTEXT, "Channels have had their time: keep what pays, stop what does not."),
        }[self.stage]

    def _because(self) -> str:
        if self.judge_channels:
            return t(CONTEXT, "By now a channel has been set up, tuned and has brought deals to their end.")
        return t(CONTEXT, "Early figures show the set-up and the season more than the channel.")

    def _flip(self, begins: date) -> str:
        if self.judge_channels:
            return ""
        return t(CONTEXT, "Channels may be judged from {day} on.", day=written(begins))
