"""What one client brings, and so how much may be paid to win one.

The question and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal, Self

from pydantic import Field

from playbook import units
from playbook.display import Face
from playbook.i18n import money, number, t
from playbook.methods.lifetime import HORIZON, gathered, lifetime_value, payments
from playbook.model import Flip, NonAnswer, Provisional, Result, known
from playbook.questions.unit_economics.face import face
from playbook.whatif import Numeric

CONTEXT = "unit-economics"

LEVERS = (
    *("cac", "price", "lead_to_sale", "monthly_retention", "purchases_per_month", "cogs"),
    *("refund_rate", "payback_target_months"),
)
FirstMargin = Literal["at_purchase", "after_renewal"]


class UnitEconomics(Numeric):
    """Ask how much may be paid for one client, so that the money is back in the months one can wait.

    >>> UnitEconomics(price=100, monthly_retention=0, payback_target_months=3).solve().admissible_cac
    100.0
    """

    name = "unit-economics"
    outcome = ("admissible_cac", "money", "Admissible CAC")
    seen_in: ClassVar = dict.fromkeys(("lead_to_sale", "visit_to_lead", "monthly_retention", "refund_rate"), "")
    labels: ClassVar = {"at_purchase": "with the purchase", "after_renewal": "only after the first renewal"}
    groups: ClassVar = (
        (
            "Acquisition",
            (
                *("cac", "lead_to_sale", "visit_to_lead", "payback_target_months", "planned_cac", "measured_cac"),
                *("largest_channel", "sales_without_largest", "cac_without_largest"),
            ),
        ),
        ("One client", ("purchases_per_month", "monthly_retention", "first_margin")),
        (
            "One purchase",
            (
                "price",
                "price_discount",
                "refund_rate",
                "refunded_goods_return",
                "cogs",
                "logistics",
                "service",
                "commission_rate",
            ),
        ),
    )

    price: units.Money
    """Average order value

    Before discounts."""
    price_discount: units.Share = 0
    """Discounts

    Share of the price, on average over all orders."""
    refund_rate: units.Share = 0
    """Refunds

    Share of the paid money that is given back."""
    refunded_goods_return: bool = True
    """Refunded goods come back and can be sold again"""
    cogs: units.Money = 0
    """Goods or materials

    Direct cost of one purchase; 0 where there is none."""
    logistics: units.Money = 0
    """Delivery and packing

    Per purchase."""
    service: units.Money = 0
    """Service and pay per purchase

    What is paid to people for this one purchase."""
    commission_rate: units.Share = 0
    """Commissions

    Bank, marketplace, agent: share of the paid amount."""
    purchases_per_month: units.PerMonth = 1
    """Purchases a month

    By a client who has not left."""
    monthly_retention: units.Share
    """Clients who stay for the next month

    0 when people buy once."""
    payback_target_months: units.Months
    """Months you can wait for the money"""
    cac: units.Money | None = None
    """What a new client costs now

    All advertising and the people who run it, divided by new clients."""
    first_margin: FirstMargin = "at_purchase"
    """The first margin comes"""
    planned_cac: units.Money | None = None
    """What a client costs by the plan of step 1

    Only for comparison: the answer is counted by what a client costs now."""
    measured_cac: units.Money | None = None
    """What a client costs by the data

    Only for comparison: the answer is counted by what a client costs now."""
    lead_to_sale: units.Rate | None = None
    """A lead becomes a payment"""
    visit_to_lead: units.Rate | None = None
    """A visit becomes a lead"""
    largest_channel: units.Name = ""
    """Channel with most sales

    For the stress test; from the calculator of the channel that is gone."""
    sales_without_largest: units.Share | None = None
    """Share of sales that the other channels bring

    For the stress test."""
    cac_without_largest: units.Money | None = None
    """What a client costs in the other channels

    For the stress test."""

    def aim(self) -> float | None:
        """What a client costs now: the admissible CAC must lie above it."""
        return self.cac

    def levers(self) -> tuple[str, ...]:
        """What a person can move, the price first."""
        return LEVERS if self.cac is not None else LEVERS[1:]

    def changed(self, name: str, value: float) -> Self:
        """One other input; at an unchanged price of a lead or visit a better conversion makes a client cheaper."""
        more = {name: value}
        if name in ("lead_to_sale", "visit_to_lead") and self.cac is not None and value:
            more["cac"] = self.cac * (getattr(self, name) or value) / value
        return type(self)(**{**self.given(), **more})

    def solve(self) -> Economics:
        """The contribution of a client, the admissible CAC and whether the present one fits below it."""
        m, r = self.contribution(), self.monthly_retention
        limit = self._limit(m)
        number_limit = known(limit)
        months = None if self.cac is None else payback(self.cac, m, r, self.first_margin)
        ltv = lifetime_value(m, r, after_renewal=self.after_renewal)
        return Economics(
            asked=self,
            contribution=m,
            admissible_cac=limit,
            max_cost_per_lead=_times(number_limit, self.lead_to_sale),
            max_cost_per_visit=_times(_times(number_limit, self.lead_to_sale), self.visit_to_lead),
            payback_months=months,
            naive_payback=_ratio(self.cac or 0.0, m) if m > 0 and r < 1 and not at_once(months) else None,
            ltv=_capped(ltv) if r == 1 else ltv,
            ltv_to_cac=_capped(ratio) if (ratio := _ratio(ltv, self.cac)) is not None and r == 1 else ratio,
            flips=self._flips(number_limit),
            verdict=self._verdict(number_limit),
        )

    @property
    def after_renewal(self) -> bool:
        """Whether the first margin comes only after the first renewal."""
        return self.first_margin == "after_renewal"

    def contribution(self) -> float:
        """What one client brings in a month after all direct costs (Farris et al., Marketing Metrics, ch. 3)."""
        return math.fsum(self.purchase().values()) * self.purchases_per_month

    def purchase(self) -> dict[str, float]:
        """The price of one purchase and what is taken from it, by name, in the order in which the money goes."""
        paid = self.price * (1 - self.price_discount)
        kept = paid * (1 - self.refund_rate)
        sold = 1 - self.refund_rate if self.refunded_goods_return else 1
        return {
            "price": self.price,
            "discounts": paid - self.price,
            "refunds": kept - paid,
            "goods": -self.cogs * sold,
            "logistics": -self.logistics,
            "service": -self.service,
            "commissions": -self.commission_rate * kept,
        }

    def deductions(self) -> int:
        """How many of the five deductions are filled in: discounts, refunds, goods, service, commissions."""
        parts = (self.price_discount, self.refund_rate, self.logistics + self.cogs, self.service, self.commission_rate)
        return sum(part > 0 for part in parts)

    def margin_over(self, months: float) -> float:
        """Margin gathered from one client over `months`, with churn."""
        return gathered(self.contribution(), self.monthly_retention, months, after_renewal=self.after_renewal)

    def _limit(self, m: float) -> float | NonAnswer:
        if m <= 0:
            reason = t(CONTEXT, "a client brings no profit ({money} a month)", money=money(m))
            return NonAnswer(
                status="undefined", reason=reason, hint=t(CONTEXT, "raise the price or cut the direct costs")
            )
        limit = self.margin_over(self.payback_target_months)
        if limit <= 0:
            reason = t(CONTEXT, "the first margin comes after a renewal, and nobody renews")
            return NonAnswer(
                status="undefined",
                reason=reason,
                hint=t(CONTEXT, "take a margin at the purchase, or keep some clients"),
            )
        return limit

    def _verdict(self, limit: float | None) -> Literal["yes", "no", "wait"]:
        if limit is None:
            return "no"
        if self.cac is None:
            return "wait"
        return "yes" if self.cac < limit else "no"

    def _flips(self, limit: float | None) -> tuple[Flip, ...]:
        """The price and the conversion at which the present CAC meets the admissible one."""
        if not self.cac:
            return ()
        found = [] if limit is None else [Flip(field="cac", at=limit)]
        if limit and self.lead_to_sale and (conversion := self.lead_to_sale * self.cac / limit) <= 1:
            found.append(Flip(field="lead_to_sale", at=conversion))
        if (price := self._price_at(self.cac)) is not None:
            found.append(Flip(field="price", at=price))
        return tuple(found)

    def _price_at(self, cac: float) -> float | None:
        """The price at which the margin gathered equals `cac`: the contribution is linear in the price."""
        kept = (1 - self.price_discount) * (1 - self.refund_rate) * (1 - self.commission_rate)
        each = gathered(
            kept * self.purchases_per_month,
            self.monthly_retention,
            self.payback_target_months,
            after_renewal=self.after_renewal,
        )
        free = self.model_copy(update={"price": 0.0}).margin_over(self.payback_target_months)
        return _ratio(cac - free, each)


class Economics(Result):
    """What a client brings and may cost."""

    asked: UnitEconomics = Field(exclude=True, repr=False)
    contribution: float
    admissible_cac: float | NonAnswer
    max_cost_per_lead: float | None
    max_cost_per_visit: float | None
    payback_months: float | NonAnswer | None
    naive_payback: float | None = None
    """The same as if nobody left: the CAC divided by the margin of a month; None when the first payment covers it."""
    ltv: float | Provisional
    """Undiscounted; where nobody leaves it has no end, and the months counted are said with it."""
    ltv_to_cac: float | Provisional | None
    flips: tuple[Flip, ...]
    verdict: Literal["yes", "no", "wait"]

    def face(self) -> Face:
        """The CAC against its limit, what flips it, and the months in which the money comes back."""
        return face(self)


def at_once(months: float | NonAnswer | None) -> bool:
    """Whether the first payment brings all of the CAC back, so that whoever leaves later changes nothing."""
    paid = known(months)
    return paid is not None and paid <= 1


def payback(cac: float, m: float, r: float, first_margin: str = "at_purchase") -> float | NonAnswer:
    """How many monthly payments bring the CAC back; `never` when churn is faster.

    >>> round(payback(400, 50, 0.9), 2)
    15.28
    """
    months = payments(cac, m * r if first_margin == "after_renewal" else m, r)
    if months is not None:
        return months
    reason = (
        t(CONTEXT, "at this churn a client never brings back what it cost")
        if m > 0
        else t(CONTEXT, "a client brings no profit, so nothing comes back")
    )
    hint = t(CONTEXT, "keep more clients, raise the margin, or pay less for a client")
    return NonAnswer(status="never", reason=reason, hint=hint)


def _capped(value: float) -> Provisional:
    """A number of a client who never leaves, with how many months were counted."""
    reason = t(CONTEXT, "nobody ever leaves, so {n} months are counted", n=number(HORIZON))
    return Provisional(value=value, reason=reason, hint=t(CONTEXT, "enter the share of clients who stay"))


def _ratio(value: float, by: float | None) -> float | None:
    """The quotient, where there is one."""
    found = value / by if by else math.inf
    return found if math.isfinite(found) and found > 0 else None


def _times(value: float | None, factor: float | None) -> float | None:
    return None if value is None or factor is None else value * factor
