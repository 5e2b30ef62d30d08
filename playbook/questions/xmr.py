"""Whether a row of figures holds a signal, or only the ups and downs it always has."""

from __future__ import annotations

import math
from typing import ClassVar

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.charts import Control
from playbook.display import Face, Number, Table, Verdict, apart, sentence, wait, word
from playbook.errors import InvalidInput, Problem
from playbook.i18n import number, t, tn
from playbook.methods import xmr
from playbook.model import Inputs, NonAnswer, Provisional, Result, known

CONTEXT = "xmr"
RULE = "xmr_points"
_FINEST = 8
Limit = float | NonAnswer | Provisional


class Xmr(Inputs):
    """Ask which values of a row are signals and which are noise.

    >>> answer = Xmr(values=(10, 12, 10, 12, 10, 12, 10, 30)).solve()
    >>> answer.signals[0].index, answer.signals[0].rule
    (7, 'beyond_limit')
    """

    name = CONTEXT
    groups: ClassVar = (("Figures", ("values", "counts")),)

    values: units.Series
    """Values in order of time, the oldest first

    Paste a column from a spreadsheet, or write them in one line: 12; 15; 9."""
    counts: bool = False
    """They count things

    Leads, sales, calls. Such a number is never below 0, so its lower limit is not either."""

    @model_validator(mode="after")
    def _no_count_below_zero(self) -> Xmr:
        below = next((value for value in self.values if self.counts and value < 0), None)
        if below is not None:
            what = t(CONTEXT, "A count cannot be below 0.")
            hint = t(CONTEXT, "mend the value, or say that these are no counts")
            raise InvalidInput([Problem("values", what, number(below), hint)])
        return self

    def solve(self) -> Usual:
        """Mean, limits and signals by Wheeler; limits of a short row are provisional."""
        found = xmr.chart(self.values, counts=self.counts)
        if found is None:
            none = self._too_short()
            mean = self.values[0] if self.values else none
            return Usual(
                asked=self, mean=mean, average_moving_range=none, upper=none, lower=none, upper_range=none, signals=()
            )
        return Usual(
            asked=self,
            mean=found.mean,
            average_moving_range=found.average_moving_range,
            upper=self._limit(found.upper),
            lower=self._limit(found.lower),
            upper_range=self._limit(found.upper_range),
            signals=tuple(Signal(index=signal.index, rule=signal.rule) for signal in found.signals),
            jumps=found.jumps,
        )

    def check(self) -> rules.Check:
        """The number of values against the least that makes limits firm."""
        return rules.check(RULE, len(self.values))

    def lacking(self) -> int:
        """How many more values make the limits firm."""
        return max(int(rules.get(RULE).number) - len(self.values), 0)

    def _limit(self, value: float) -> Limit:
        if self.check().met:
            return value
        least, have = number(rules.get(RULE).number), number(len(self.values))
        reason = t(CONTEXT, "values: {have}; limits are firm from {least} on", have=have, least=least)
        return Provisional(value=value, reason=reason, hint=t(CONTEXT, "read them with care and add values"))

    def _too_short(self) -> NonAnswer:
        reason = t(CONTEXT, "one value or none: there is no change from one to the next yet")
        hint = t(CONTEXT, "add values; from {least} on the limits are firm", least=number(rules.get(RULE).number))
        return NonAnswer(status="not_yet", reason=reason, hint=hint)


class Signal(Result):
    """A value that is a signal: its index, from 0, and the rule that is complete with it."""

    index: int
    rule: xmr.Rule


class Usual(Result):
    """What is usual, and what is not. An index counts from 0; on screen values are numbered from 1."""

    asked: Xmr = Field(exclude=True, repr=False)
    mean: float | NonAnswer
    average_moving_range: float | NonAnswer
    upper: Limit
    lower: Limit
    upper_range: Limit
    signals: tuple[Signal, ...]
    jumps: tuple[int, ...] = ()
    """Values further from the one before than the upper limit of a range."""

    def face(self) -> Face:
        """Signal or noise, what is usual, the chart, and every signal with its rule."""
        if isinstance(self.upper, NonAnswer):
            return wait(self._so_few(), sentence(self.upper.reason), sentence(self.upper.hint))
        table = self._table()
        return Face(
            verdict=self._said(),
            numbers=self._numbers(),
            chart=self._chart(),
            sections=(table,) if table.rows else (),
            notes=self._notes(),
            rules=(self.asked.check(),),
        )

    def _said(self) -> Verdict:
        if not self.average_moving_range:
            return self._alike()
        if self.asked.lacking():
            return self._early()
        usual, mean = self._usual(), self._text(self.mean)
        if not self.signals:
            say = tn(
                CONTEXT,
                "The one value lies within the usual {usual}.",
                "All {n} values lie within the usual {usual}.",
                self._count(),
                usual=usual,
            )
            because = t(CONTEXT, "Their ups and downs need no cause of their own: none of them is worth a comment.")
            flip = t(
                CONTEXT,
                "A signal is a value outside {usual}, or eight in a row on one side of {mean}.",
                usual=usual,
                mean=mean,
            )
            return Verdict("yes", t(CONTEXT, "Noise"), say, because, flip)
        flip = {
            "beyond_limit": t(CONTEXT, "Within {usual} it would be noise.", usual=usual),
            "eight_on_one_side": t(CONTEXT, "The run ends with a value on the other side of {mean}.", mean=mean),
            "two_of_three": t(CONTEXT, "It would be noise if one of the two lay closer to {mean}.", mean=mean),
        }[self._newest().rule]
        because = t(CONTEXT, "Something changed there: find out what. The values without a mark are noise.")
        return Verdict("no", t(CONTEXT, "Signal"), self._words(self._newest()), because, flip)

    def _early(self) -> Verdict:
        """Limits of a few values may still move."""
        because = t(CONTEXT, "So far all lie within {usual}, and these limits may still move.", usual=self._usual())
        if self.signals:
            because = self._words(self._newest()) + " " + t(CONTEXT, "But these limits may still move.")
        flip = tn(CONTEXT, "{n} more value makes it clear.", "{n} more values make it clear.", self.asked.lacking())
        return Verdict("wait", word("wait"), self._so_few(), because, flip)

    def _alike(self) -> Verdict:
        say = t(CONTEXT, "Every value is {value}, so nothing tells what is usual.", value=self._text(self.mean))
        because = t(CONTEXT, "The limits lie on the mean, and any other value would look like a signal.")
        flip = t(CONTEXT, "Check whether the figure is copied, rounded or not counted at all.")
        return Verdict("wait", word("wait"), say, because, flip)

    def _so_few(self) -> str:
        least = number(rules.get(RULE).number)
        return tn(
            CONTEXT,
            "{n} value so far, {least} are needed.",
            "{n} values so far, {least} are needed.",
            self._count(),
            least=least,
        )

    def _newest(self) -> Signal:
        """The newest signal, by the plainest of its rules."""
        return next(signal for signal in self.signals if signal.index == self.signals[-1].index)

    def _words(self, signal: Signal) -> str:
        """A signal as one sentence."""
        value, place = self.asked.values[signal.index], number(signal.index + 1)
        above = value > (known(self.mean) or 0)
        if signal.rule == "beyond_limit":
            written, limit = apart(value, known(self.upper if above else self.lower) or 0.0, self._written)
            usual = _between(self._text(self.lower), limit) if above else _between(limit, self._text(self.upper))
            return t(CONTEXT, "Value {place} is {value}; {usual} is usual.", place=place, value=written, usual=usual)
        values = {"place": place, "mean": self._text(self.mean)}
        if signal.rule == "eight_on_one_side":
            if above:
                return t(CONTEXT, "Eight values in a row up to value {place} lie above the mean {mean}.", **values)
            return t(CONTEXT, "Eight values in a row up to value {place} lie below the mean {mean}.", **values)
        if above:
            return t(CONTEXT, "Two of three values up to value {place} lie far above the mean {mean}.", **values)
        return t(CONTEXT, "Two of three values up to value {place} lie far below the mean {mean}.", **values)

    def _numbers(self) -> tuple[Number, ...]:
        early = t(CONTEXT, "provisional") if self.asked.lacking() else ""
        floor = t(CONTEXT, "not below 0") if self.asked.counts and not known(self.lower) else ""
        return (
            Number(
                t(CONTEXT, "Usual range"),
                self._usual(),
                floor,
                badge=early or t(CONTEXT, "mean ± 2.66 steps"),
                definition=t(CONTEXT, "The mean and 2.66 average steps to either side of it (Wheeler)."),
                formula="x̄ ± 2.66 · mR̄",
            ),
            Number(
                t(CONTEXT, "Mean"),
                self._text(self.mean),
                badge=t(CONTEXT, "of all values"),
                definition=t(CONTEXT, "The sum of the values divided by how many they are."),
                formula="x̄ = Σ x / n",
            ),
            Number(
                t(CONTEXT, "Average step"),
                number(known(self.average_moving_range) or 0.0),
                badge=t(CONTEXT, "from one to the next"),
                definition=t(CONTEXT, "From one value to the next, up or down (the average moving range)."),
                formula="mR̄ = Σ |xᵢ − xᵢ₋₁| / (n − 1)",
            ),
            Number(
                t(CONTEXT, "Largest usual step"),
                number(known(self.upper_range) or 0.0),
                badge=early or t(CONTEXT, "3.267 average steps"),
                definition=t(CONTEXT, "A larger step from one value to the next is unusual (the upper range limit)."),
                formula="3.267 · mR̄",
            ),
        )

    def _chart(self) -> Control:
        values, lit = self.asked.values, tuple(sorted({signal.index for signal in self.signals}))
        mean, lower, upper = (known(level) or 0.0 for level in (self.mean, self.lower, self.upper))
        return Control(
            title=self._finding(len(lit)),
            caption=t(CONTEXT, "The values in order of time. Between the dashed limits they are noise."),
            labels=tuple(number(place) for place in range(1, len(values) + 1)),
            values=values,
            mean=mean,
            lower=lower,
            upper=upper,
            lit=lit,
            write=self._written,
        )

    def _finding(self, signals: int) -> str:
        if signals:
            of = number(self._count())
            return tn(CONTEXT, "{n} of {of} values is a signal", "{n} of {of} values are signals", signals, of=of)
        if not self.average_moving_range:
            return t(CONTEXT, "Every value is the same")
        return t(CONTEXT, "No value lies outside {usual}", usual=self._usual())

    def _table(self) -> Table:
        rules_of: dict[int, list[str]] = {}
        for signal in self.signals:
            rules_of.setdefault(signal.index, []).append(_rule(signal.rule))
        rows = tuple(
            (number(index + 1), number(self.asked.values[index]), "; ".join(found)) for index, found in rules_of.items()
        )
        columns = (t(CONTEXT, "No."), t(CONTEXT, "Value"), t(CONTEXT, "Why it is a signal"))
        return Table(t(CONTEXT, "Signals"), columns, rows, numeric=(1,))

    def _notes(self) -> tuple[str, ...]:
        if not self.average_moving_range or not self.jumps:
            return ()
        places = ", ".join(number(index + 1) for index in self.jumps)
        return (t(CONTEXT, "An unusually large step leads to value: {places}.", places=places),)

    def _count(self) -> int:
        return len(self.asked.values)

    def _usual(self) -> str:
        if not self.average_moving_range:
            return self._text(self.mean)
        return _between(self._text(self.lower), self._text(self.upper))

    def _text(self, value: object) -> str:
        return self._written(known(value) or 0.0)

    def _written(self, value: float, places: int | None = None) -> str:
        return number(value, self._places() if places is None else places)

    def _places(self) -> int | None:
        """Decimals that give the width of the usual range two figures; None where all values are alike."""
        spread = (known(self.upper) or 0.0) - (known(self.lower) or 0.0)
        return min(max(1 - math.floor(math.log10(spread)), 0), _FINEST) if spread > 0 else None


def _between(low: str, high: str) -> str:
    return f"{low}…{high}" if low.startswith("-") else f"{low}–{high}"


def _rule(rule: xmr.Rule) -> str:
    return {
        "beyond_limit": t(CONTEXT, "outside the limits"),
        "eight_on_one_side": t(CONTEXT, "eight in a row on one side of the mean"),
        "two_of_three": t(CONTEXT, "two of three beyond two thirds of the way to a limit"),
    }[rule]
