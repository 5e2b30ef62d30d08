"""Whether a row of figures holds a signal, or only the ups and downs it always has.

The question and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field, model_validator

from playbook import metrics, rules, units
from playbook.display import Face
from playbook.errors import InvalidInput, Problem
from playbook.i18n import number, t
from playbook.methods import xmr
from playbook.model import Inputs, NonAnswer, Part, Provisional, Result
from playbook.questions.xmr.face import face

CONTEXT = "xmr"
RULE = "xmr_points"
Limit = float | NonAnswer | Provisional


class KnownChange(Part):
    """Something that is known to have changed, so that what is usual is counted anew from then on."""

    name_of_question = CONTEXT

    since: units.Day | None = None
    """Since

    A day of its first week."""
    value: units.Count | None = None
    """Or from the value with number

    Where the values have no dates."""
    why: units.Name = ""
    """What changed

    A new price, another page, one more seller."""
    metric: units.Name = ""
    """Metric it concerns

    Empty: all of them, in the weekly review too."""


class Xmr(Inputs):
    """Ask which values of a row are signals and which are noise.

    >>> answer = Xmr(values=(10, 12, 10, 12, 10, 12, 10, 30)).solve()
    >>> answer.signals[0].index, answer.signals[0].rule
    (7, 'beyond_limit')
    """

    name = CONTEXT
    groups: ClassVar = (("Figures", ("values", "counts")), ("Known changes", ("changes",)))

    values: units.Series
    """Values in order of time, the oldest first

    Paste a column from a spreadsheet, or write them in one line: 12; 15; 9."""
    counts: bool = False
    """They count things

    Leads, sales, calls. Such a number is never below 0, so its lower limit is not either."""
    changes: tuple[KnownChange, ...] = Field(default=(), max_length=100)
    """What you know has changed

    From each change on, what is usual is counted anew."""
    weeks: tuple[units.Day, ...] = Field(default=(), max_length=1000)
    """Mondays of the values"""
    metric: units.Name = ""
    """What the values are"""

    @model_validator(mode="after")
    def _no_count_below_zero(self) -> Xmr:
        below = next((value for value in self.values if self.counts and value < 0), None)
        if below is not None:
            what = t(CONTEXT, "A count cannot be below 0.")
            hint = t(CONTEXT, "mend the value, or say that these are no counts")
            raise InvalidInput([Problem("values", what, number(below), hint)])
        return self

    def start(self, change: KnownChange) -> int | None:
        """The index of the first value after a change; None where the row does not hold it."""
        if change.value is not None:
            place = change.value - 1
        elif change.since is not None:
            place = next(
                (at for at, monday in enumerate(self.weeks) if _days(monday, change.since) <= 0), len(self.values)
            )
        else:
            return None
        return place if 0 < place < len(self.values) else None

    def own(self) -> tuple[KnownChange, ...]:
        """The changes that concern this row."""
        here = metrics.find(self.metric).id if self.metric else ""
        return tuple(one for one in self.changes if not one.metric or not here or metrics.find(one.metric).id == here)

    def solve(self) -> Usual:
        """Mean, limits and signals by Wheeler, counted anew after each known change.

        Limits of a short row are provisional.
        """
        parts = xmr.stretches(self.values, [at for one in self.own() if (at := self.start(one))], counts=self.counts)
        signals = tuple(
            Signal(index=part.start + signal.index, rule=signal.rule)
            for part in parts
            if part.chart
            for signal in part.chart.signals
        )
        last = parts[-1]
        if last.chart is None:
            none = self._too_short(last)
            mean = self.values[-1] if self.values else none
            limits = dict.fromkeys(("average_moving_range", "upper", "lower", "upper_range"), none)
            return Usual(asked=self, mean=mean, **limits, signals=signals, since=last.start)
        return Usual(
            asked=self,
            mean=last.chart.mean,
            average_moving_range=last.chart.average_moving_range,
            upper=self._limit(last.chart.upper, last),
            lower=self._limit(last.chart.lower, last),
            upper_range=self._limit(last.chart.upper_range, last),
            signals=signals,
            jumps=tuple(last.start + jump for jump in last.chart.jumps),
            since=last.start,
            earlier=tuple(
                Earlier(
                    start=part.start,
                    stop=part.stop,
                    mean=part.chart.mean,
                    lower=part.chart.lower,
                    upper=part.chart.upper,
                )
                for part in parts[:-1]
                if part.chart
            ),
        )

    def _limit(self, value: float, part: xmr.Stretch) -> Limit:
        have = part.stop - part.start
        if rules.check(RULE, have).met:
            return value
        least = number(rules.get(RULE).number)
        reason = t(CONTEXT, "values: {have}; limits are firm from {least} on", have=number(have), least=least)
        return Provisional(value=value, reason=reason, hint=t(CONTEXT, "read them with care and add values"))

    def _too_short(self, part: xmr.Stretch) -> NonAnswer:
        reason = t(CONTEXT, "one value or none: there is no change from one to the next yet")
        if part.start:
            reason = t(CONTEXT, "one value since the known change: there is no step from one to the next yet")
        hint = t(CONTEXT, "add values; from {least} on the limits are firm", least=number(rules.get(RULE).number))
        return NonAnswer(status="not_yet", reason=reason, hint=hint)


class Signal(Result):
    """A value that is a signal: its index, from 0, and the rule that is complete with it."""

    index: int
    rule: xmr.Rule


class Earlier(Result):
    """What was usual before a known change: of the values from `start` up to `stop`."""

    start: int
    stop: int
    mean: float
    lower: float
    upper: float


class Usual(Result):
    """What is usual since the last known change, and what is not. An index counts from 0, on screen from 1."""

    asked: Xmr = Field(exclude=True, repr=False)
    mean: float | NonAnswer
    average_moving_range: float | NonAnswer
    upper: Limit
    lower: Limit
    upper_range: Limit
    signals: tuple[Signal, ...]
    jumps: tuple[int, ...] = ()
    """Values further from the one before than the upper limit of a range."""
    since: int = 0
    """The index of the first value after the last known change."""
    earlier: tuple[Earlier, ...] = ()

    @property
    def count(self) -> int:
        """The values since the last known change."""
        return len(self.asked.values) - self.since

    def check(self) -> rules.Check:
        """The number of values against the least that makes limits firm."""
        return rules.check(RULE, self.count)

    def lacking(self) -> int:
        """How many more values make the limits firm."""
        return max(int(rules.get(RULE).number) - self.count, 0)

    def face(self) -> Face:
        """Signal or noise, what is usual, the chart, and every signal with its rule."""
        return face(self)


def _days(monday: date, since: date) -> int:
    """Days from a week's end to a change; above 0 while the week is over before it."""
    return (since - monday).days - 6
