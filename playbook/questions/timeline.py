"""How far the building has come, and what it is too early to judge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.display import Face, Number, Ruler, Table, Verdict, sentence, wait, word
from playbook.i18n import date as written
from playbook.i18n import number, quantity, t, tn
from playbook.model import Inputs, NonAnswer, Result

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
        first, last = _span()
        day = (self.today - self.start).days + 1
        ends: dict[Stage, int] = {"ahead": 0, "base": _base(), "stabilise": first - 1, "conclude": last}
        stage: Stage = next((name for name, end in ends.items() if day <= end), "run")
        return Stand(
            asked=self,
            day=self._ahead(1 - day) if stage == "ahead" else day,
            stage=stage,
            judge_channels=day >= first,
            base_until=self.on(_base()),
            judge_from=self.on(first),
            settled_by=self.on(last),
        )

    def on(self, day: int) -> date:
        """The date of a day of the work, the start being day 1."""
        return self.start + timedelta(days=day - 1)

    def _ahead(self, days: int) -> NonAnswer:
        reason = tn(CONTEXT, "the work begins in {n} day", "the work begins in {n} days", days)
        return NonAnswer(status="not_yet", reason=reason, hint=t(CONTEXT, "come back on its first day"))


class Stand(Result):
    """The day since the start, its stage, whether channels may be judged, and the dates that part the stages."""

    asked: Timeline = Field(exclude=True, repr=False)
    day: int | NonAnswer
    stage: Stage
    judge_channels: bool
    base_until: date
    judge_from: date
    settled_by: date

    def face(self) -> Face:
        """What it is time for, and from what day on channels are judged."""
        if isinstance(self.day, NonAnswer):
            return replace(wait(self.said(), sentence(self.day.reason), self._flip()), sections=(self._dates(),))
        first, last = _span()
        ruler = Ruler(
            self.day,
            first,
            t(CONTEXT, "day {day}", day=number(self.day)),
            t(CONTEXT, "conclusions from day {day}", day=number(first)),
            max(last, self.day),
        )
        kind: Literal["yes", "wait"] = "yes" if self.judge_channels else "wait"
        heading = t(CONTEXT, "Time to judge") if self.judge_channels else word("wait")
        day = Number(
            t(CONTEXT, "Since the start"),
            quantity(self.day, "day"),
            definition=t(CONTEXT, "The first day of the plan is day 1."),
        )
        return Face(
            verdict=Verdict(kind, heading, self.said(), self._because(), self._flip(), ruler),
            numbers=(day,),
            sections=(self._dates(),),
            rules=() if self.stage == "run" else (rules.check(CONCLUSIONS, self.day),),
        )

    def said(self) -> str:
        """The stage in one sentence."""
        first, last = map(number, _span())
        return {
            "ahead": t(CONTEXT, "The work has not begun yet."),
            "base": t(CONTEXT, "The base is being laid: records, offer, first channel. Too early to judge channels."),
            "stabilise": t(CONTEXT, "The base settles. Too early to judge channels."),
            "conclude": t(CONTEXT, "Days {first} to {last}: the first conclusions.", first=first, last=last),
            "run": t(CONTEXT, "Channels have had their time: keep what pays, stop what does not."),
        }[self.stage]

    def _because(self) -> str:
        if self.judge_channels:
            return t(CONTEXT, "By now a channel is set up and tuned. Where deals take longer than that, wait for them.")
        return t(CONTEXT, "Early figures show the set-up and the season more than the channel.")

    def _flip(self) -> str:
        if self.judge_channels:
            return ""
        return t(CONTEXT, "Channels may be judged from {day} on.", day=written(self.judge_from))

    def _dates(self) -> Table:
        """Until when each stage lasts."""
        stages = {
            t(CONTEXT, "The base is there"): self.base_until,
            t(CONTEXT, "First conclusions about channels"): self.judge_from,
            t(CONTEXT, "The system has settled"): self.settled_by,
        }
        rows = tuple(
            (name, number((day - self.asked.start).days + 1), written(day), self._left(day))
            for name, day in stages.items()
        )
        columns = (t(CONTEXT, "Stage"), t(CONTEXT, "Day"), t(CONTEXT, "Date"), t(CONTEXT, "Left"))
        return Table(t(CONTEXT, "Dates"), columns, rows, numeric=(1,))

    def _left(self, day: date) -> str:
        left = (day - self.asked.today).days
        return quantity(left, "day") if left > 0 else t(CONTEXT, "reached")


def _base() -> int:
    return int(rules.get(BASE).number)


def _span() -> tuple[int, int]:
    first, last = rules.get(CONCLUSIONS).span
    return int(first), int(last)
