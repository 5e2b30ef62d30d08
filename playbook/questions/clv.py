"""What a client is worth over their whole life, when money that comes later is worth less."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field

from playbook import units
from playbook.charts import Columns, Mark
from playbook.display import Face, Number, Verdict, sentence, word
from playbook.i18n import money, money_sign, number, share, t, tn
from playbook.methods.lifetime import HORIZON, half_life, lifetime_value, multiple
from playbook.model import Provisional, Result
from playbook.whatif import Numeric, worth_measuring

CONTEXT = "clv"
POINT = 0.01
SHORTEST, LONGEST = 6, 24
"""So many columns are drawn at least and at most; longer lives take several periods a column."""


class Clv(Numeric):
    """Ask what one client is worth today, counting how many stay and what waiting for the money costs.

    >>> round(Clv(margin=100, retention=0.8, discount_rate=0.1).solve().clv, 2)
    366.67
    """

    name = CONTEXT
    outcome = ("clv", "money", "Value of a client")
    seen_in: ClassVar = {"retention": ""}
    labels: ClassVar = {"at_purchase": "with the purchase", "after_renewal": "only after the first renewal"}
    groups: ClassVar = (("One client", ("retention", "margin", "discount_rate", "first_margin")),)

    margin: units.Balance
    """Margin of a client in a period

    After all direct costs. A period is a month or a year: one and the same in all three fields."""
    retention: units.Share
    """Clients who stay for the next period"""
    discount_rate: units.Share
    """What waiting a period for money costs

    Such as the rate of your loan: 24% a year is about 1.8% a month."""
    first_margin: Literal["at_purchase", "after_renewal"] = "at_purchase"
    """The first margin comes"""

    def solve(self) -> Lifetime:
        """m(1 + d)/(1 + d - r), or m·r/(1 + d - r) after the first renewal (Gupta, Lehmann 2003; Farris et al.)."""
        times = multiple(self.retention, self.discount_rate, after_renewal=self.after_renewal)
        if times is not None:
            return Lifetime(asked=self, clv=self.margin * times, multiplier=times)
        said = {
            "reason": t(CONTEXT, "nobody ever leaves and waiting costs nothing, so {n} periods are counted", n=HORIZON),
            "hint": t(CONTEXT, "take a retention below 100%, or a rate above 0"),
        }
        return Lifetime(
            asked=self,
            clv=Provisional(value=self.margin * HORIZON, **said),
            multiplier=Provisional(value=HORIZON, **said),
        )

    @property
    def after_renewal(self) -> bool:
        """Whether the first margin comes only after the first renewal."""
        return self.first_margin == "after_renewal"


class Lifetime(Result):
    """What a client is worth today, in money and in margins of a period."""

    asked: Clv = Field(exclude=True, repr=False)
    clv: float | Provisional
    multiplier: float | Provisional

    def face(self) -> Face:
        """The worth as a reference and no limit, what a point of retention changes, and when half of it is there."""
        reference = t(
            CONTEXT, "How much may be paid for a client is said by the margin of your payback term, in step 3."
        )
        return Face(
            verdict=self._said(),
            numbers=self._numbers(),
            chart=self._chart(),
            notes=(reference, *worth_measuring(self.asked)),
        )

    @property
    def worth(self) -> float:
        """The value itself, whether it carries a warning or not."""
        return self.clv.value if isinstance(self.clv, Provisional) else self.clv

    def _said(self) -> Verdict:
        if self.asked.margin <= 0:
            say = (
                t(
                    CONTEXT,
                    "A client loses {money} every period; staying makes it worse.",
                    money=money(-self.asked.margin),
                )
                if self.asked.margin
                else t(CONTEXT, "A client brings no margin, however long they stay.")
            )
            return Verdict("no", word("no"), say, flip=t(CONTEXT, "Raise the price or cut the direct costs first."))
        if not self.worth:
            say = t(CONTEXT, "The first margin comes after a renewal, and nobody renews.")
            return Verdict(
                "no", word("no"), say, flip=t(CONTEXT, "Take a margin at the purchase, or keep some clients.")
            )
        say = t(CONTEXT, "A client is worth {clv} over their whole life.", clv=money(self.worth))
        return Verdict("wait", t(CONTEXT, "For reference"), say, self._because(), self._flip())

    def _because(self) -> str:
        if isinstance(self.clv, Provisional):
            return sentence(self.clv.reason)
        times = round(self.worth / self.asked.margin, 1)
        values = {
            "times": tn(CONTEXT, "{n} margin of a period", "{n} margins of a period", times),
            "stay": share(self.asked.retention),
            "less": share(1 - 1 / (1 + self.asked.discount_rate)),
        }
        if not self.asked.discount_rate:
            return t(CONTEXT, "As much as {times} at once: {stay} stay each period.", **values)
        return t(
            CONTEXT,
            "As much as {times} at once: {stay} stay each period, and money a period later is worth {less} less.",
            **values,
        )

    def _flip(self) -> str:
        """What one point of retention changes: one more, or one less where one more would be nobody leaving."""
        if isinstance(self.clv, Provisional):
            return sentence(self.clv.hint)
        now = self.asked.retention
        then = now + POINT if now + POINT < 1 else now - POINT
        other = self.asked.model_copy(update={"retention": then}).solve()
        return t(
            CONTEXT,
            "If {more} stayed instead of {now}, it would be {clv}.",
            more=share(then),
            now=share(now),
            clv=money(other.worth),
        )

    def _numbers(self) -> tuple[Number, ...]:
        if self.asked.margin <= 0 or not self.worth:
            return ()
        after, asked = self.asked.after_renewal, self.asked
        plain = lifetime_value(asked.margin, asked.retention, after_renewal=after)
        margin, stay, discount = money(asked.margin), number(asked.retention, 4), number(asked.discount_rate, 4)
        first = f"{margin} × {stay}" if after else f"{margin} × (1 + {discount})"
        simple = first if after else margin
        found = [
            Number(
                t(CONTEXT, "CLV"),
                money(self.worth),
                badge=t(CONTEXT, "discounted"),
                definition=t(
                    CONTEXT, "Margins of all periods to come, each worth less the later and the rarer it comes."
                ),
                formula=f"{first} ÷ (1 + {discount} − {stay})",
            ),
            Number(
                t(CONTEXT, "Multiplier"),
                number(self.worth / asked.margin, 2),
                t(CONTEXT, "× the margin of a period"),
                badge=t(CONTEXT, "CLV ÷ margin"),
                definition=t(CONTEXT, "Multiply the margin of any client of this kind by it."),
            ),
            Number(
                t(CONTEXT, "Without discounting"),
                money(plain),
                badge=t(CONTEXT, "LTV"),
                definition=t(CONTEXT, "The usual LTV: it takes money of next year for money of today.")
                if asked.retention < 1
                else t(CONTEXT, "Nobody leaves, so {n} periods are counted.", n=HORIZON),
                formula=f"{simple} ÷ (1 − {stay})" if asked.retention < 1 else f"{margin} × {HORIZON}",
            ),
        ]
        return tuple(found)

    def _chart(self) -> Columns | None:
        """The worth as it gathers; None where it is there at once, or never."""
        half = half_life(self.asked.retention, self.asked.discount_rate)
        if half is None or self.asked.margin <= 0 or not self.worth or not self.asked.retention:
            return None
        kept = self.asked.retention / (1 + self.asked.discount_rate)
        each = math.ceil(half * 2 / LONGEST)
        last = max(SHORTEST, min(half * 4, LONGEST)) if each == 1 else each * LONGEST
        periods = range(each, last + 1, each)
        return Columns(
            title=tn(CONTEXT, "Half of it comes within {n} period", "Half of it comes within {n} periods", half),
            caption=t(CONTEXT, "Worth gathered period by period, {sign}. The line is all of it.", sign=money_sign()),
            labels=tuple(number(period) for period in periods),
            values=tuple(self.worth * (1 - kept**period) for period in periods),
            limit=Mark(t(CONTEXT, "all of it: {clv}", clv=money(self.worth)), self.worth),
            lit=math.ceil(half / each),
        )
