"""What is left of leads, sales, profit and the plan when the largest channel is gone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.charts import Bars, Mark
from playbook.display import Face, Number, Ruler, Table, Verdict, or_dash, sentence, word
from playbook.errors import InvalidInput, Problem
from playbook.i18n import money, money_sign, number, share, t
from playbook.model import Inputs, NonAnswer, Part, Result
from playbook.units import folded

CONTEXT = "channel-loss"
RULE = "largest_source_share"
Measure = Literal["profit", "sales", "leads"]
TINY = 1e-9


class Channel(Part):
    """One channel with what it brought in the period."""

    name_of_question = CONTEXT

    name: Annotated[units.Name, Field(min_length=1)]
    """Channel"""
    sales: units.Number
    """Sales"""
    leads: units.Number | None = None
    """Leads"""
    profit: units.Balance | None = None
    """Gross profit

    Before the spend on the channel."""
    spend: units.Money | None = None
    """Spend on it"""
    unknown: bool = False
    """Nobody knows which one

    They may be anyone's, those of the channel that is lost too."""


class ChannelLoss(Inputs):
    """Ask what is left when the largest channel is gone, and what the others would have to bring.

    >>> rows = [{"name": "search", "sales": 30, "spend": 600}, {"name": "cards", "sales": 10, "spend": 100}]
    >>> found = ChannelLoss(channels=rows, planned_customers=80).solve()
    >>> found.lost, found.sales_left, found.plan_left, found.others_must_grow
    ('search', 10.0, 20, 3.0)
    """

    name = CONTEXT
    groups: ClassVar = (("Channels", ("channels", "lost")), ("Plan", ("planned_customers",)))

    channels: Annotated[tuple[Channel, ...], Field(min_length=1, max_length=200)]
    """Channels

    What each brought in the same period."""
    lost: units.Name | None = None
    """Channel that is gone

    When empty, the one with most sales."""
    planned_customers: units.Count | None = None
    """Customers of the plan"""

    @model_validator(mode="after")
    def _named(self) -> ChannelLoss:
        names = [folded(one.name) for one in self.channels]
        twice = next((one.name for one in self.channels if names.count(folded(one.name)) > 1), None)
        if twice is not None:
            what, hint = t(CONTEXT, "“{name}” stands in the list twice.", name=twice), t(CONTEXT, "add the two up")
            raise InvalidInput([Problem("channels", what, f"name={twice}", hint)])
        if self.lost and folded(self.lost) not in [folded(one.name) for one in self.channels if not one.unknown]:
            what = t(CONTEXT, "“{name}” is not among the channels.", name=self.lost)
            raise InvalidInput([Problem("lost", what, f"lost={self.lost}", t(CONTEXT, "write a name from the list"))])
        return self

    def measure(self) -> Measure:
        """What is drawn: profit after spend where it is known of all, else sales, else leads."""
        if all(one.profit is not None for one in self.channels):
            return "profit"
        return "sales" if any(one.sales for one in self.channels) else "leads"

    def worth(self, one: Channel) -> float:
        """What a channel brings, in the measure."""
        if self.measure() == "profit":
            return (one.profit or 0.0) - (one.spend or 0.0)
        return one.sales if self.measure() == "sales" else one.leads or 0.0

    def solve(self) -> Left:
        """What is left without the channel, how much the others must grow, and what its spend would buy there."""
        known = [one for one in self.channels if not one.unknown]
        if not known or not sum(self.counted(one) for one in self.channels):
            return Left(asked=self, lost=_nothing())
        lost = (
            next(one for one in known if folded(one.name) == folded(self.lost))
            if self.lost
            else max(known, key=lambda one: (self.counted(one), self.worth(one)))
        )
        rest = [one for one in self.channels if one is not lost]
        whole = sum(self.counted(one) for one in self.channels)
        part = self.counted(lost) / whole
        loose = sum(self.counted(one) for one in self.channels if one.unknown) / whole
        left = sum(self.counted(one) for one in rest)
        told = self.measure() == "profit"
        return Left(
            asked=self,
            lost=lost.name,
            lost_share=part,
            at_most=min(part + loose, 1.0),
            leads_left=sum(one.leads or 0.0 for one in rest) if any(one.leads is not None for one in rest) else None,
            sales_left=sum(one.sales for one in rest),
            profit_left=sum(self.worth(one) for one in rest) if told else _no_profit(),
            plan_left=None
            if self.planned_customers is None
            else math.floor(self.planned_customers * (1 - part) + TINY),
            others_must_grow=self.counted(lost) / left if left > whole * TINY else _nobody_left(),
            bought_back=_bought_back(lost, rest),
            safe=self._safe(part, loose),
        )

    def counted(self, one: Channel) -> float:
        """Sales, or leads where nobody has bought: the plan goes with them."""
        return one.sales if any(each.sales for each in self.channels) else one.leads or 0.0

    def _safe(self, part: float, loose: float) -> bool | None:
        """Whether the firm would survive it by the rule of thumb; None where that hangs on what nobody knows."""
        limit = rules.get(RULE)
        if limit.status(part) == "above":
            return False
        return True if limit.status(min(part + loose, 1.0)) == "within" else None


class Left(Result):
    """What is left without one channel. `others_must_grow` is a share: 0.5 is half as much again.

    `bought_back` are the sales that its spend would buy in the other paid channels at their present cost of a sale.
    """

    asked: ChannelLoss = Field(exclude=True, repr=False)
    lost: str | NonAnswer
    lost_share: float | None = None
    at_most: float | None = None
    leads_left: float | None = None
    sales_left: float | None = None
    profit_left: float | NonAnswer | None = None
    plan_left: int | None = None
    others_must_grow: float | NonAnswer | None = None
    bought_back: float | NonAnswer | None = None
    safe: bool | None = None

    def face(self) -> Face:
        """The verdict, what is left of each, and the same for every other channel."""
        if isinstance(self.lost, NonAnswer) or self.lost_share is None:
            reason = self.lost if isinstance(self.lost, NonAnswer) else _nothing()
            return Face(Verdict("wait", word("wait"), sentence(reason.reason), flip=sentence(reason.hint)))
        return Face(
            verdict=self._said(self.lost, self.lost_share),
            numbers=tuple(self._numbers()),
            chart=self._chart(self.lost),
            sections=(self._table(),),
            notes=tuple(self._notes()),
            rules=(rules.check(RULE, self.lost_share),) if self.safe is not None else (),
        )

    def _said(self, lost: str, part: float) -> Verdict:
        limit = rules.get(RULE).number
        ruler = Ruler(part, limit, share(part), t(CONTEXT, "no more than {limit}", limit=share(limit)), 1.0)
        say = t(CONTEXT, "Without “{name}” {left} of sales are left.", name=lost, left=share(1 - part))
        if self.plan_left is not None:
            say = t(
                CONTEXT,
                "Without “{name}” {left} of sales are left: {kept} customers of the {plan} planned.",
                name=lost,
                left=share(1 - part),
                kept=number(self.plan_left),
                plan=number(self.asked.planned_customers or 0),
            )
        flip = self._way_out()
        if self.safe is None:
            because = t(CONTEXT, "It may be less: of some sales nobody knows the channel.")
            return Verdict("wait", word("wait"), say, because, flip, ruler)
        title = t(CONTEXT, "You would survive it") if self.safe else t(CONTEXT, "It would stop you")
        return Verdict("yes" if self.safe else "no", title, say, self._money(), flip, ruler)

    def _money(self) -> str:
        if not isinstance(self.profit_left, float):
            return ""
        return t(CONTEXT, "Profit after spend falls to {left}.", left=money(self.profit_left))

    def _way_out(self) -> str:
        grow = self.others_must_grow
        if isinstance(grow, NonAnswer) or grow is None:
            return sentence(grow.reason) if grow else ""
        return t(CONTEXT, "To hold the plan the others must bring {part} more.", part=share(grow))

    def _numbers(self) -> Iterator[Number]:
        asked = self.asked
        if self.leads_left is not None:
            whole = sum(one.leads or 0.0 for one in asked.channels)
            yield Number(t(CONTEXT, "Leads left"), number(self.leads_left), _of(number(whole)))
        yield Number(
            t(CONTEXT, "Sales left"),
            number(self.sales_left or 0.0),
            _of(number(sum(one.sales for one in asked.channels))),
        )
        if isinstance(self.profit_left, float):
            yield Number(
                t(CONTEXT, "Profit left"),
                money(self.profit_left),
                _of(money(sum(asked.worth(one) for one in asked.channels))),
                badge=t(CONTEXT, "gross profit − spend"),
                definition=t(CONTEXT, "Gross profit of all other channels less what is spent on them."),
            )
        if self.plan_left is not None:
            yield Number(
                t(CONTEXT, "Plan left"),
                number(self.plan_left),
                _of(number(asked.planned_customers or 0)),
                badge=t(CONTEXT, "by its share of sales"),
                definition=t(CONTEXT, "Customers of the plan, less the part of sales that the channel brings now."),
            )
        if isinstance(self.bought_back, float):
            yield Number(
                t(CONTEXT, "Bought back"),
                number(self.bought_back),
                badge=t(CONTEXT, "spend ÷ cost of a sale"),
                definition=t(
                    CONTEXT,
                    "Sales that its spend would buy in the other paid channels at their cost of a sale now; more money "
                    "usually buys worse.",
                ),
            )

    def _chart(self, lost: str) -> Bars:
        """What is left when each channel is gone, the worst loss first, against what there is now."""
        told = [one for one in self.asked.channels if not one.unknown]
        whole = sum(self.asked.worth(one) for one in self.asked.channels)
        order = sorted(told, key=lambda one: -self.asked.worth(one))[:12]
        left = [whole - self.asked.worth(one) for one in order]
        write = money if self.asked.measure() == "profit" else number
        names = {
            "profit": t(
                CONTEXT, "Profit after spend that is left when the channel is gone, {sign}.", sign=money_sign()
            ),
            "sales": t(CONTEXT, "Sales that are left when the channel is gone."),
            "leads": t(CONTEXT, "Leads that are left when the channel is gone."),
        }
        own = next(whole - self.asked.worth(one) for one in told if folded(one.name) == folded(lost))
        return Bars(
            title=t(
                CONTEXT, "Without “{name}” {left} are left of {whole}", name=lost, left=write(own), whole=write(whole)
            ),
            caption=names[self.asked.measure()],
            labels=tuple(t(CONTEXT, "without {name}", name=one.name) for one in order),
            values=tuple(left),
            texts=tuple(write(value) for value in left),
            lit=next((place for place, one in enumerate(order) if folded(one.name) == folded(lost)), None),
            limit=Mark(t(CONTEXT, "now {whole}", whole=write(whole)), whole),
        )

    def _table(self) -> Table:
        asked, whole = self.asked, sum(self.asked.counted(one) for one in self.asked.channels)
        rows = tuple(
            (
                one.name,
                or_dash(one.leads, number),
                number(one.sales),
                share(asked.counted(one) / whole),
                "—" if one.profit is None else money(one.profit - (one.spend or 0.0)),
            )
            for one in sorted(asked.channels, key=lambda one: (one.unknown, -asked.worth(one)))
        )
        columns = (
            t(CONTEXT, "Channel"),
            t(CONTEXT, "Leads"),
            t(CONTEXT, "Sales"),
            t(CONTEXT, "Share of sales"),
            t(CONTEXT, "Profit after spend"),
        )
        return Table(t(CONTEXT, "What each channel brings"), columns, rows, numeric=(1, 2, 3, 4)).told()

    def _notes(self) -> Iterator[str]:
        for value in (self.profit_left, self.bought_back):
            if isinstance(value, NonAnswer):
                yield sentence(value.reason)
        yield t(CONTEXT, "It is assumed that the others bring what they bring now, neither more nor less.")


def _bought_back(lost: Channel, rest: list[Channel]) -> float | NonAnswer:
    paid = [one for one in rest if one.spend and one.sales and not one.unknown]
    spend, sales = sum(one.spend or 0.0 for one in paid), sum(one.sales for one in paid)
    if not lost.spend or not spend:
        return NonAnswer(
            status="undefined",
            reason=t(CONTEXT, "nothing is spent on the channel that could be spent elsewhere")
            if not lost.spend
            else t(CONTEXT, "there is no other paid channel whose cost of a sale is known"),
            hint=t(CONTEXT, "begin a second paid channel before you need it"),
        )
    found = lost.spend / spend * sales
    return found if math.isfinite(found) else _nobody_left()


def _of(whole: str) -> str:
    return t(CONTEXT, "of {whole}", whole=whole)


def _nothing() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "no known channel has brought anything yet"),
        hint=t(CONTEXT, "enter what each of them brought"),
    )


def _no_profit() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "the profit of some channels is not known, and it is not guessed"),
        hint=t(CONTEXT, "enter the gross profit of each channel"),
    )


def _nobody_left() -> NonAnswer:
    return NonAnswer(
        status="unreachable",
        reason=t(CONTEXT, "nobody else brings anything that could grow"),
        hint=t(CONTEXT, "begin a second channel"),
    )
