"""Where a goal starts from: what the last days gave, beside what the goal asks for in as many days."""

from __future__ import annotations

from dataclasses import dataclass

from playbook import rules
from playbook.display import Number
from playbook.i18n import money, number, quantity, t, tn

CONTEXT = "goal"
RULE = "baseline_days"


@dataclass(frozen=True)
class Start:
    """One measure of a goal: what it was over the last days, and the target of the whole horizon."""

    now: float
    target: float
    horizon: float
    money: bool = False

    @property
    def days(self) -> float:
        """Over how many days both are told."""
        return rules.get(RULE).number

    @property
    def asked(self) -> float:
        """The target, spread evenly, over as many days."""
        return self.target * self.days / self.horizon

    def number(self) -> Number:
        """What is there now, what the goal asks for, and how many times as much that is."""
        times = t(CONTEXT, "× {times}", times=number(self.asked / self.now)) if self.now > 0 else ""
        return Number(
            t(CONTEXT, "Now, in {days}", days=quantity(self.days, "day")),
            money(self.now) if self.money else tn(CONTEXT, "{n} client", "{n} clients", self.now),
            t(CONTEXT, "the goal needs {asked}", asked=self._bare(round(self.asked))),
            times,
            t(CONTEXT, "What the last days of your data gave, beside the goal spread evenly over its days."),
            f"{self._bare(self.target)} × {number(self.days)} ÷ {number(self.horizon)}",
        )

    def note(self) -> str:
        """A goal that is reached by going on as before is named."""
        if self.asked > self.now:
            return ""
        return t(CONTEXT, "The goal asks for no more than the last days gave: is it a goal?")

    def _bare(self, value: float) -> str:
        return money(value) if self.money else number(value)
