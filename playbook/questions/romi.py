"""What the money spent on marketing brought back: the pretty figure, and the honest one beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.charts import Bars, Waterfall
from playbook.display import Face, Number, Ruler, Verdict, sentence, word
from playbook.i18n import money, money_sign, share, t, tn
from playbook.model import Flip, NonAnswer, Result
from playbook.whatif import Numeric

CONTEXT = "romi"
HIDDEN = ("discounts", "refunds", "logistics", "service", "commissions")
"""The five deductions that the pretty figure leaves out (mission row A62)."""


class Romi(Numeric):
    """Ask what marketing brought back for each unit spent, when discounts, refunds and the rest are counted.

    >>> found = Romi(revenue=500, spend=100, cogs=250, discounts=50, refunds=25, commissions=15).solve()
    >>> found.pretty, found.honest, found.roas
    (1.5, 0.6, 5.0)
    """

    name = CONTEXT
    outcome = ("honest", "share", "Honest ROMI")
    groups: ClassVar = (
        ("Marketing", ("revenue", "spend")),
        ("What is taken from the revenue", ("cogs", *HIDDEN)),
    )

    revenue: units.Money
    """Revenue

    From the clients this money brought, before discounts and refunds."""
    spend: units.Money
    """Spent on marketing

    Ads, people, contractors and services of the same period."""
    cogs: units.Money | None = None
    """Goods or materials

    Direct cost of what was sold."""
    discounts: units.Money | None = None
    """Discounts

    0 when there were none: an empty field means that nobody knows."""
    refunds: units.Money | None = None
    """Refunds"""
    logistics: units.Money | None = None
    """Delivery and packing"""
    service: units.Money | None = None
    """Service and pay per order"""
    commissions: units.Money | None = None
    """Commissions

    Bank, marketplace, agent."""

    def aim(self) -> float | None:
        """Nothing lost."""
        return 0.0

    def solve(self) -> Return:
        """(revenue - goods - spend) / spend, the same less five deductions, and revenue / spend (Lenskold; Farris)."""
        before = self.revenue - (self.cogs or 0)
        margin = before - math.fsum(getattr(self, name) or 0 for name in HIDDEN)
        return Return(
            asked=self,
            pretty=_per_spend(before - self.spend, self.spend),
            honest=_per_spend(margin - self.spend, self.spend),
            roas=_per_spend(self.revenue, self.spend),
            profit=margin - self.spend,
            flips=self._flips(margin),
            verdict=self._verdict(margin),
        )

    def filled(self) -> int:
        """How many of the five deductions are filled in; a 0 that was typed is one."""
        return sum(getattr(self, name) is not None for name in HIDDEN)

    def _verdict(self, margin: float) -> Literal["yes", "no", "wait"]:
        if not self.spend:
            return "wait"
        if margin <= self.spend:
            return "no"
        return "yes" if self.filled() else "wait"

    def _flips(self, margin: float) -> tuple[Flip, ...]:
        """The spend, and the revenue of the same make-up, at which nothing is earned and nothing lost."""
        if not self.spend or margin <= 0:
            return ()
        revenue = self.spend * self.revenue / margin
        found = [Flip(field="spend", at=margin)]
        return (*found, Flip(field="revenue", at=revenue)) if math.isfinite(revenue) else tuple(found)


class Return(Result):
    """What came back for each unit spent; `profit` is the honest one in money."""

    asked: Romi = Field(exclude=True, repr=False)
    pretty: float | NonAnswer
    honest: float | NonAnswer
    roas: float | NonAnswer
    profit: float
    flips: tuple[Flip, ...]
    verdict: Literal["yes", "no", "wait"]

    def face(self) -> Face:
        """Honest beside pretty, the profit that stands behind, and where the revenue went."""
        if isinstance(self.honest, NonAnswer) or isinstance(self.pretty, NonAnswer):
            return Face(self._unknown())
        return Face(
            verdict=self._said(self.pretty, self.honest),
            numbers=tuple(self._numbers(self.pretty, self.honest)),
            chart=self._chart(self.pretty, self.honest),
            notes=(
                t(
                    CONTEXT,
                    "ROMI knows neither time nor repeat purchases: decide by gross profit and CAC payback, step 3.",
                ),
            ),
            rules=(rules.check("deductions", self.asked.filled()),),
            further=(self._where(),),
        )

    def _unknown(self) -> Verdict:
        found = next(value for value in (self.honest, self.pretty) if isinstance(value, NonAnswer))
        return Verdict("wait", word("wait"), sentence(found.reason), flip=sentence(found.hint))

    def _said(self, pretty: float, honest: float) -> Verdict:
        both = {"pretty": share(pretty), "honest": share(honest)}
        if self.verdict == "wait":
            say = t(CONTEXT, "{pretty} is the pretty figure: no deduction is filled in.", **both)
            because = t(CONTEXT, "Discounts, refunds, delivery, service and commissions are still in it.")
            flip = t(CONTEXT, "It is a loss as soon as they take {profit} together.", profit=money(self.profit))
            return Verdict("wait", word("wait"), say, because, flip)
        words = t(CONTEXT, "It pays back") if self.verdict == "yes" else t(CONTEXT, "It does not pay back")
        say = (
            t(CONTEXT, "Honest ROMI is {honest}.", **both)
            if honest == pretty
            else t(CONTEXT, "Honest ROMI is {honest}; the pretty one is {pretty}.", **both)
        )
        margin = self.profit + self.asked.spend
        money_of = {"spend": money(self.asked.spend), "margin": money(margin), "loss": money(-margin)}
        because = (
            t(CONTEXT, "{spend} were spent, and {margin} of margin came back.", **money_of)
            if margin >= 0
            else t(CONTEXT, "{spend} were spent, and the orders themselves lost {loss}.", **money_of)
        )
        spent, back = t(CONTEXT, "spent {spend}", spend=money(self.asked.spend)), money(margin)
        ruler = Ruler(self.asked.spend, max(margin, 0.0), spent, t(CONTEXT, "came back {margin}", margin=back))
        return Verdict(self.verdict, words, say, because, self._flip(), ruler)

    def _flip(self) -> str:
        at = {flip.field: flip.at for flip in self.flips}
        if not self.asked.revenue:
            return t(CONTEXT, "Enter the revenue of the clients this money brought, or wait for their first payments.")
        if "revenue" not in at:
            return t(CONTEXT, "No revenue of this make-up pays it back: an order loses money before any advertising.")
        values = {"spend": money(at["spend"]), "revenue": money(at["revenue"])}
        if self.verdict == "yes":
            return t(
                CONTEXT, "It turns over when {spend} are spent on these sales, or sales fall to {revenue}.", **values
            )
        return t(CONTEXT, "It pays back below {spend} for these sales, or with sales above {revenue}.", **values)

    def _profit_by_spend(self, profit: float) -> str:
        return f"{money(profit)} ÷ {money(self.asked.spend)}"

    def _numbers(self, pretty: float, honest: float) -> Iterator[Number]:
        filled = self.asked.filled()
        yield Number(
            t(CONTEXT, "Honest ROMI"),
            share(honest),
            badge=tn(CONTEXT, "{n} deduction counted", "{n} deductions counted", filled),
            definition=t(
                CONTEXT,
                "Revenue less goods, discounts, refunds, delivery, service, commissions and spend, by the spend.",
            ),
            formula=self._profit_by_spend(self.profit),
        )
        yield Number(
            t(CONTEXT, "Pretty ROMI"),
            share(pretty),
            badge=t(CONTEXT, "goods and spend only"),
            definition=t(CONTEXT, "The figure one usually sees: what else an order costs is left out."),
            formula=self._profit_by_spend(pretty * self.asked.spend),
        )
        yield Number(
            t(CONTEXT, "Profit"),
            money(self.profit),
            badge=t(CONTEXT, "in money"),
            definition=t(CONTEXT, "A high ROMI of a small spend may earn less than a lower one of a large spend."),
        )
        if not isinstance(self.roas, NonAnswer):
            yield Number(
                t(CONTEXT, "ROAS"),
                money(self.roas),
                t(CONTEXT, "of revenue for {one}", one=money(1)),
                badge=t(CONTEXT, "this is not ROMI"),
                definition=t(CONTEXT, "Revenue by spend: costs are not in it, so it is never a profit."),
                formula=f"{money(self.asked.revenue)} ÷ {money(self.asked.spend)}",
            )

    def _chart(self, pretty: float, honest: float) -> Bars:
        both = {"pretty": share(pretty), "honest": share(honest)}
        title = (
            t(CONTEXT, "Both are {honest} while nothing is deducted", **both)
            if honest == pretty
            else t(CONTEXT, "What looks like {pretty} is {honest}", **both)
        )
        return Bars(
            title=title,
            caption=t(CONTEXT, "Return on marketing spend, pretty and honest, %."),
            labels=(t(CONTEXT, "Pretty ROMI"), t(CONTEXT, "Honest ROMI")),
            values=(pretty, honest),
            texts=(both["pretty"], both["honest"]),
            lit=1,
        )

    def _where(self) -> Waterfall:
        """Where the revenue goes, step by step, down to the profit."""
        asked = self.asked
        names = {
            "discounts": t(CONTEXT, "Discounts"),
            "refunds": t(CONTEXT, "Refunds"),
            "cogs": t(CONTEXT, "Goods or materials"),
            "logistics": t(CONTEXT, "Delivery and packing"),
            "service": t(CONTEXT, "Service and pay"),
            "commissions": t(CONTEXT, "Commissions"),
            "spend": t(CONTEXT, "Marketing"),
        }
        taken = {name: getattr(asked, name) for name in names if getattr(asked, name)}
        values = (asked.revenue, *(-value for value in taken.values()))
        words = {"revenue": money(asked.revenue), "profit": money(abs(self.profit))}
        return Waterfall(
            title=t(CONTEXT, "Of {revenue}, {profit} is earned", **words)
            if self.profit > 0
            else t(CONTEXT, "{revenue} of sales end in a loss of {profit}", **words)
            if self.profit < 0
            else t(CONTEXT, "Of {revenue}, nothing is earned", **words),
            caption=t(CONTEXT, "Where the revenue goes, {sign}.", sign=money_sign()),
            labels=(t(CONTEXT, "Revenue"), *(names[name] for name in taken), t(CONTEXT, "Profit")),
            values=values,
            texts=(*(money(value) for value in values), money(self.profit)),
        )


def _per_spend(value: float, spend: float) -> float | NonAnswer:
    """The value for each unit spent, where there is one."""
    found = value / spend if spend else math.inf
    if math.isfinite(found):
        return found
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "nothing was spent, so there is nothing to divide by"),
        hint=t(CONTEXT, "enter the spend, people and contractors included"),
    )
