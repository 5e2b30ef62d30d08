"""How much money the open deals bring in a day, and which lever would make it enough."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field

from playbook import units
from playbook.charts import Bars, Mark
from playbook.display import Face, Number, Ruler, Table, Verdict, sentence, word
from playbook.i18n import money, money_sign, number, quantity, share, t, tn
from playbook.model import Flip, NonAnswer, Result, known
from playbook.whatif import Numeric, worth_measuring

CONTEXT = "pipeline-velocity"
MONTH = 30
TENTH = 1.1
CYCLES = (0.5, 0.75, 1.0, 1.25, 1.5)
"""The cycle is drawn at these parts of its length."""
FASTER = CYCLES.index(0.75)
WHOLE = 10


class PipelineVelocity(Numeric):
    """Ask how fast deals turn into money: deals × value × win rate ÷ days.

    >>> PipelineVelocity(opportunities=20, average_deal=3000, win_rate=0.25, cycle_days=60).solve().per_day
    250.0
    """

    name = CONTEXT
    outcome = ("per_30_days", "money", "Revenue in 30 days")
    seen_in: ClassVar = {"win_rate": ""}
    groups: ClassVar = (
        ("Deals", ("opportunities", "win_rate", "cycle_days", "average_deal")),
        ("What you need", ("target_per_30_days",)),
    )

    opportunities: units.Number
    """Open deals

    Those somebody works on. A deal nobody touches for weeks is not one."""
    average_deal: units.Money
    """Average deal

    Of the deals won, after discounts."""
    win_rate: units.Share
    """Deals won

    Part of the closed ones: won by won and lost together."""
    cycle_days: units.Days
    """Days from the first contact to the payment

    Of the typical deal, not of the fastest."""
    target_per_30_days: units.Money | None = None
    """Revenue you need in 30 days"""

    def aim(self) -> float | None:
        """The revenue that is needed."""
        return self.target_per_30_days

    def levers(self) -> tuple[str, ...]:
        """The four levers of the formula."""
        return ("opportunities", "win_rate", "cycle_days", "average_deal")

    def solve(self) -> Velocity:
        """Deals × value × win rate ÷ days, for a day and for 30 days."""
        per_day = self.per_day(self.cycle_days)
        return Velocity(
            asked=self,
            per_day=per_day,
            per_30_days=per_day if isinstance(per_day, NonAnswer) else per_day * MONTH,
            pipeline=self.pipeline(),
            flips=self._flips(known(per_day)),
            verdict=self._verdict(known(per_day)),
        )

    def pipeline(self) -> float:
        """What the open deals bring when they close as usual."""
        return self.opportunities * self.average_deal * self.win_rate

    def per_day(self, cycle: float) -> float | NonAnswer:
        """The money of a day at a cycle of so many days."""
        found = self.pipeline() / cycle if cycle else math.inf
        if math.isfinite(found * MONTH):
            return found
        return NonAnswer(
            status="undefined",
            reason=t(CONTEXT, "the cycle has no length, so there is no money per day"),
            hint=t(CONTEXT, "enter the days a typical deal takes, 1 when it is closed the same day"),
        )

    def _verdict(self, per_day: float | None) -> Literal["yes", "no", "wait"]:
        if per_day is None or not self.opportunities or not self.average_deal:
            return "wait"
        if not per_day:
            return "no"
        if self.target_per_30_days is None:
            return "wait"
        return "yes" if per_day * MONTH >= self.target_per_30_days * (1 - 1e-9) else "no"

    def _flips(self, per_day: float | None) -> tuple[Flip, ...]:
        """The value of each single lever at which the target is just reached."""
        if not per_day or not self.target_per_30_days:
            return ()
        times = self.target_per_30_days / (per_day * MONTH)
        found = {
            "opportunities": self.opportunities * times,
            "win_rate": self.win_rate * times,
            "cycle_days": self.cycle_days / times if times else math.inf,
            "average_deal": self.average_deal * times,
        }
        return tuple(Flip(field=name, at=at) for name, at in found.items() if self.holds(name, at))


class Velocity(Result):
    """The money that deals bring in a day and in 30 days."""

    asked: PipelineVelocity = Field(exclude=True, repr=False)
    per_day: float | NonAnswer
    per_30_days: float | NonAnswer
    pipeline: float
    flips: tuple[Flip, ...]
    verdict: Literal["yes", "no", "wait"]

    def face(self) -> Face:
        """The money of 30 days against what is needed, each lever that would do, and what a shorter cycle brings."""
        month = known(self.per_30_days)
        return Face(
            verdict=self._said(),
            numbers=self._numbers() if month is not None else (),
            chart=self._chart(month) if month else None,
            sections=(self._levers(month),) if month else (),
            notes=(
                t(CONTEXT, "Long-untouched deals make the pipeline look richer: close them before you count."),
                *worth_measuring(self.asked),
            ),
        )

    def _said(self) -> Verdict:
        asked = self.asked
        if isinstance(self.per_30_days, NonAnswer):
            return Verdict(
                "wait", word("wait"), sentence(self.per_30_days.reason), flip=sentence(self.per_30_days.hint)
            )
        if not asked.opportunities or not asked.average_deal:
            say = t(CONTEXT, "Without deals and their value nothing can come.")
            return Verdict("wait", word("wait"), say, flip=t(CONTEXT, "Enter the open deals and the average deal."))
        if not self.per_30_days:
            say = t(CONTEXT, "Not one deal is won, so {n} bring nothing.", n=_deals(asked.opportunities))
            return Verdict(
                "no", t(CONTEXT, "No money"), say, flip=t(CONTEXT, "Find out why deals are lost before adding any.")
            )
        because = t(
            CONTEXT,
            "{n} of {value} each, {rate} won, closed in {days}.",
            n=_deals(asked.opportunities),
            value=money(asked.average_deal),
            rate=share(asked.win_rate),
            days=quantity(asked.cycle_days, "day"),
        )
        month, target = money(self.per_30_days), asked.target_per_30_days
        if target is None:
            say = t(CONTEXT, "The open deals bring {month} in 30 days, {day} a day.", month=month, day=self._day())
            flip = t(CONTEXT, "Say how much you need in 30 days, and the answer will be yes or no.")
            return Verdict("wait", t(CONTEXT, "Counted"), say, because, flip)
        words = t(CONTEXT, "Enough") if self.verdict == "yes" else t(CONTEXT, "Not enough")
        say = t(CONTEXT, "{month} come in 30 days; {target} are needed.", month=month, target=money(target))
        ruler = Ruler(self.per_30_days, target, month, t(CONTEXT, "needed {target}", target=money(target)))
        return Verdict(self.verdict, words, say, because, self._flip(), ruler)

    def _day(self) -> str:
        return money(known(self.per_day) or 0)

    def _flip(self) -> str:
        at = {flip.field: flip.at for flip in self.flips}
        if not {"opportunities", "cycle_days"} <= at.keys():
            return ""
        deals, days = at["opportunities"], quantity(at["cycle_days"], "day")
        if self.verdict == "yes":
            fewer = _deals(math.floor(deals * (1 + 1e-9)))
            return t(
                CONTEXT,
                "It stops being enough below {deals}, or when a deal takes more than {days}.",
                deals=fewer,
                days=days,
            )
        more = _deals(math.ceil(deals * (1 - 1e-9)))
        if "win_rate" not in at:
            return t(CONTEXT, "Any one of these is enough: {deals}, or a cycle of {days}.", deals=more, days=days)
        return t(
            CONTEXT,
            "Any one of these is enough: {deals}, {rate} won, or a cycle of {days}.",
            deals=more,
            rate=share(at["win_rate"]),
            days=days,
        )

    def _numbers(self) -> tuple[Number, ...]:
        asked = self.asked
        return (
            Number(
                t(CONTEXT, "In 30 days"),
                money(known(self.per_30_days) or 0),
                badge=t(CONTEXT, "if deals keep coming"),
                definition=t(CONTEXT, "The money of a day, 30 times: true while new deals replace those that close."),
                formula=f"{self._day()} × {MONTH}",
            ),
            Number(
                t(CONTEXT, "In a day"),
                self._day(),
                badge=t(CONTEXT, "sales velocity"),
                definition=t(CONTEXT, "Open deals × average deal × deals won ÷ days of the cycle."),
                formula=f"{number(asked.opportunities)} × {money(asked.average_deal)} × {share(asked.win_rate)} ÷ "
                f"{number(asked.cycle_days)}",
            ),
            Number(
                t(CONTEXT, "In the pipeline"),
                money(self.pipeline),
                badge=t(CONTEXT, "weighed by the win rate"),
                definition=t(CONTEXT, "What the open deals will bring when they close as usual, over the whole cycle."),
            ),
        )

    def _chart(self, month: float) -> Bars:
        days = [_whole(self.asked.cycle_days * part) for part in CYCLES]
        values = tuple(month * self.asked.cycle_days / length for length in days)
        target = self.asked.target_per_30_days
        return Bars(
            title=t(
                CONTEXT,
                "A cycle of {days} instead of {now} brings {more} more in 30 days",
                days=quantity(days[FASTER], "day"),
                now=quantity(self.asked.cycle_days, "day"),
                more=money(values[FASTER] - month),
            ),
            caption=t(CONTEXT, "Revenue of 30 days by the length of the cycle, {sign}.", sign=money_sign()),
            labels=tuple(quantity(day, "day") for day in days),
            values=values,
            limit=Mark(t(CONTEXT, "needed {target}", target=money(target)), target) if target else None,
            texts=tuple(money(value) for value in values),
            lit=CYCLES.index(1.0),
        )

    def _levers(self, month: float) -> Table:
        asked, more = self.asked, month * (TENTH - 1)
        wins = min(asked.win_rate * TENTH, 1.0)
        days = asked.cycle_days / TENTH
        rows = (
            (t(CONTEXT, "Open deals"), number(asked.opportunities), number(asked.opportunities * TENTH), more),
            (t(CONTEXT, "Average deal"), money(asked.average_deal), money(asked.average_deal * TENTH), more),
            (t(CONTEXT, "Deals won"), share(asked.win_rate), share(wins, 1), month * (wins / asked.win_rate - 1)),
            (t(CONTEXT, "Cycle"), quantity(asked.cycle_days, "day"), quantity(days, "day"), more),
        )
        return Table(
            t(CONTEXT, "What a tenth of each lever brings"),
            (t(CONTEXT, "Lever"), t(CONTEXT, "Now"), t(CONTEXT, "A tenth better"), t(CONTEXT, "More in 30 days")),
            tuple((name, now, then, t(CONTEXT, "+{money}", money=money(gain))) for name, now, then, gain in rows),
            t(CONTEXT, "All four are worth the same; take the one that is easiest to move.") if wins < 1 else "",
            numeric=(1, 2, 3),
        )


def _whole(days: float) -> float:
    """Days as people say them: whole ones from ten on."""
    return float(round(days)) if days >= WHOLE else days


def _deals(n: float) -> str:
    return tn(CONTEXT, "{n} deal", "{n} deals", round(n, 1))
