"""What one client brings, and so how much may be paid to win one."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.charts import Columns, Mark
from playbook.display import Face, Number, Ruler, Verdict, word
from playbook.i18n import money, money_sign, number, quantity, share, t
from playbook.model import Inputs, NonAnswer, Result, known

CONTEXT = "unit-economics"
EPSILON = 1e-12
"""A CAC this near to all a client will ever bring is the whole of it, but for the last bits."""
HORIZON_MONTHS = 36
"""A client who never leaves is counted for this long, and the definition says so."""


class Flip(Result):
    """An input and the value at which the verdict turns over."""

    field: str
    at: float


class UnitEconomics(Inputs):
    """Ask how much may be paid for one client, so that the money is back in the months one can wait.

    >>> UnitEconomics(price=100, monthly_retention=0, payback_target_months=3).solve().admissible_cac
    100.0
    """

    name = "unit-economics"
    labels: ClassVar = {"at_purchase": "with the purchase", "after_renewal": "only after the first renewal"}
    groups: ClassVar = (
        ("Acquisition", ("cac", "lead_to_sale", "visit_to_lead", "payback_target_months")),
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

    Direct cost of one purchase."""
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
    first_margin: Literal["at_purchase", "after_renewal"] = "at_purchase"
    """The first margin comes"""
    lead_to_sale: units.Rate | None = None
    """A lead becomes a payment"""
    visit_to_lead: units.Rate | None = None
    """A visit becomes a lead"""

    def solve(self) -> Economics:
        """The contribution of a client, the admissible CAC and whether the present one fits below it."""
        m, r = self.contribution(), self.monthly_retention
        limit = self._limit(m)
        number_limit = known(limit)
        return Economics(
            asked=self,
            contribution=m,
            admissible_cac=limit,
            max_cost_per_lead=_times(number_limit, self.lead_to_sale),
            max_cost_per_visit=_times(_times(number_limit, self.lead_to_sale), self.visit_to_lead),
            payback_months=None if self.cac is None else payback(self.cac, m, r, self.first_margin),
            ltv=lifetime_value(m, r, self.first_margin),
            ltv_to_cac=_ratio(lifetime_value(m, r, self.first_margin), self.cac),
            flips=self._flips(number_limit),
            verdict=self._verdict(number_limit),
        )

    def contribution(self) -> float:
        """What one client brings in a month after all direct costs (Farris et al., Marketing Metrics, ch. 3)."""
        paid = self.price * (1 - self.price_discount)
        kept = paid * (1 - self.refund_rate)
        goods = self.cogs * (1 - self.refund_rate) if self.refunded_goods_return else self.cogs
        per_purchase = kept - goods - self.logistics - self.service - self.commission_rate * kept
        return per_purchase * self.purchases_per_month

    def deductions(self) -> int:
        """How many of the five deductions are filled in: discounts, refunds, goods, service, commissions."""
        parts = (self.price_discount, self.refund_rate, self.logistics + self.cogs, self.service, self.commission_rate)
        return sum(part > 0 for part in parts)

    def margin_over(self, months: float) -> float:
        """Margin gathered from one client over `months`, with churn."""
        return gathered(self.contribution(), self.monthly_retention, months, self.first_margin)

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
            kept * self.purchases_per_month, self.monthly_retention, self.payback_target_months, self.first_margin
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
    ltv: float
    ltv_to_cac: float | None
    flips: tuple[Flip, ...]
    verdict: Literal["yes", "no", "wait"]

    def face(self) -> Face:
        """The CAC against its limit, what flips it, and the months in which the money comes back."""
        limit = known(self.admissible_cac)
        return Face(
            verdict=self._said(limit or 0),
            numbers=self._numbers(limit),
            chart=self._chart() if limit is not None else None,
            notes=(t(CONTEXT, "For reference, not part of the decision: undiscounted LTV {ltv}.", ltv=money(self.ltv)),)
            if limit is not None
            else (),
            rules=(rules.check("deductions", self.asked.deductions()),),
        )

    def _said(self, limit: float) -> Verdict:
        cac, months = self.asked.cac, self.asked.payback_target_months
        if isinstance(self.admissible_cac, NonAnswer):
            say = t(CONTEXT, "No CAC pays back: {reason}.", reason=self.admissible_cac.reason)
            return Verdict("no", word("no"), say, _sentence(self.admissible_cac.hint), self._flip_words(False))
        if cac is None:
            say = t(CONTEXT, "Pay less than {limit} for a new client.", limit=money(limit))
            return Verdict(
                "wait",
                word("wait"),
                say,
                because=t(CONTEXT, "Say what a client costs now, and the answer will be yes or no."),
            )
        fits = self.verdict == "yes"
        text = (
            t(CONTEXT, "A client costs {cac}; below {limit} is admissible.", cac=money(cac), limit=money(limit))
            if fits
            else t(
                CONTEXT, "A client costs {cac}; only below {limit} is admissible.", cac=money(cac), limit=money(limit)
            )
        )
        room = t(CONTEXT, "{room} of room is left.", room=share(1 - cac / limit)) if fits else ""
        because = t(
            CONTEXT,
            "In {months} a client brings {limit} after all direct costs.",
            months=quantity(months, "month"),
            limit=money(limit),
        )
        ruler = Ruler(
            cac, limit, t(CONTEXT, "now {value}", value=money(cac)), t(CONTEXT, "limit {value}", value=money(limit))
        )
        return Verdict(
            self.verdict, word(self.verdict), text, f"{because} {room}".strip(), self._flip_words(fits), ruler
        )

    def _flip_words(self, fits: bool) -> str:
        at = {flip.field: flip.at for flip in self.flips}
        conversion, price = at.get("lead_to_sale"), at.get("price")
        if conversion and self.asked.lead_to_sale:
            now = share(self.asked.lead_to_sale)
            if fits:
                return t(
                    CONTEXT,
                    "The answer flips when {at} of leads or fewer pay ({now} now).",
                    at=share(conversion),
                    now=now,
                )
            return t(
                CONTEXT,
                "It becomes “do it” when more than {at} of leads pay ({now} now).",
                at=share(conversion),
                now=now,
            )
        if price is None:
            return ""
        if fits:
            return t(
                CONTEXT,
                "The answer flips at an order value of {at} ({now} now).",
                at=money(price),
                now=money(self.asked.price),
            )
        return t(
            CONTEXT,
            "It becomes “do it” at an order value above {at} ({now} now).",
            at=money(price),
            now=money(self.asked.price),
        )

    def _numbers(self, limit: float | None) -> tuple[Number, ...]:
        if limit is None:
            return ()
        months, kept = self.asked.payback_target_months, share(self.asked.monthly_retention)
        found = [
            Number(
                t(CONTEXT, "Admissible CAC"),
                t(CONTEXT, "below {limit}", limit=money(limit)),
                badge=t(CONTEXT, "over {months}, with churn", months=quantity(months, "month")),
                definition=t(
                    CONTEXT,
                    "Margin of one client over {months} when {kept} stay each month. Equal is not admissible.",
                    months=quantity(months, "month"),
                    kept=kept,
                ),
                formula="m · (1 − rᴺ) / (1 − r)" if self.asked.monthly_retention < 1 else "m · N",
            ),
            Number(
                t(CONTEXT, "Margin of a client"),
                money(self.contribution),
                t(CONTEXT, "a month"),
                badge=t(CONTEXT, "after five deductions"),
                definition=t(
                    CONTEXT,
                    "Price less discounts, refunds, goods, delivery, service and commissions, times purchases a month.",
                ),
            ),
        ]
        if self.max_cost_per_lead is not None:
            found.insert(
                1,
                _ceiling(
                    t(CONTEXT, "Top price of a lead"), self.max_cost_per_lead, t(CONTEXT, "CAC × conversion to payment")
                ),
            )
        if self.max_cost_per_visit is not None:
            found.insert(
                2,
                _ceiling(
                    t(CONTEXT, "Top price of a visit"),
                    self.max_cost_per_visit,
                    t(CONTEXT, "price of a lead × conversion to lead"),
                ),
            )
        if self.payback_months is not None:
            found.append(self._payback_number())
        return tuple(found)

    def _payback_number(self) -> Number:
        months = self.payback_months
        value = t(CONTEXT, "never") if isinstance(months, NonAnswer) else number(months or 0, 1)
        small = "" if isinstance(months, NonAnswer) else t(CONTEXT, "monthly payments")
        definition = (
            months.reason
            if isinstance(months, NonAnswer)
            else t(CONTEXT, "After so many payments the margin gathered equals what the client cost.")
        )
        return Number(
            t(CONTEXT, "Pays back in"),
            value,
            small,
            t(CONTEXT, "with churn"),
            definition,
            "ln(1 − CAC·(1 − r)/m) / ln r",
        )

    def _chart(self) -> Columns:
        asked, target = self.asked, math.ceil(self.asked.payback_target_months)
        months = max(6, min(target * 2, 24))
        values = tuple(asked.margin_over(month) for month in range(1, months + 1))
        cac = asked.cac
        paid_back = known(self.payback_months)
        back = None if paid_back is None or paid_back > months else max(1, math.ceil(round(paid_back, 9)))
        title = (
            t(CONTEXT, "What one client brings, month by month")
            if cac is None
            else t(CONTEXT, "The money is not back in {months}", months=quantity(months, "month"))
            if back is None
            else t(CONTEXT, "The money is back in month {month}", month=back)
        )
        return Columns(
            title=title,
            caption=t(
                CONTEXT,
                "Margin gathered from one client, {sign}. The line is what the client costs now.",
                sign=money_sign(),
            )
            if cac is not None
            else t(CONTEXT, "Margin gathered from one client, {sign}.", sign=money_sign()),
            labels=tuple(str(month) for month in range(1, months + 1)),
            values=values,
            limit=Mark(t(CONTEXT, "costs now {cac}", cac=money(cac)), cac) if cac is not None else None,
            lit=target,
            notes=((target - 1, t(CONTEXT, "your term: {value}", value=money(values[target - 1])), values[target - 1]),)
            if target <= months
            else (),
        )


def gathered(m: float, r: float, months: float, first_margin: str) -> float:
    """Margin of one client over `months` payments: m(1 - r^N)/(1 - r), times r after the first renewal."""
    total = m * months if r == 1 else m * (1 - r**months) / (1 - r)
    return total * r if first_margin == "after_renewal" else total


def payback(cac: float, m: float, r: float, first_margin: str = "at_purchase") -> float | NonAnswer:
    """How many monthly payments bring the CAC back; `never` when churn is faster.

    >>> round(payback(400, 50, 0.9), 2)
    15.28
    """
    first = m * r if first_margin == "after_renewal" else m
    if cac == 0:
        return 0.0
    months = _payments(cac, first, r) if first > 0 else None
    if months is not None:
        return months
    reason = (
        t(CONTEXT, "at this churn a client never brings back what it cost")
        if m > 0
        else t(CONTEXT, "a client brings no profit, so nothing comes back")
    )
    hint = t(CONTEXT, "keep more clients, raise the margin, or pay less for a client")
    return NonAnswer(status="never", reason=reason, hint=hint)


def _payments(cac: float, first: float, r: float) -> float | None:
    """ln(1 - CAC(1 - r)/m) / ln r payments; None when the sum m/(1 - r) of all of them does not reach the CAC."""
    if r == 0:
        return 1.0 if cac <= first else None
    if r == 1:
        return _ratio(cac, first)
    part = cac * (1 - r) / first
    return math.log1p(-part) / math.log(r) if part < 1 - EPSILON else None


def lifetime_value(m: float, r: float, first_margin: str = "at_purchase") -> float:
    """Undiscounted margin over a client's life, m/(1 - r); without churn over 36 months (Gupta, Lehmann 2003)."""
    return gathered(m, r, HORIZON_MONTHS, first_margin) if r == 1 else gathered(m, r, math.inf, first_margin)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def _ratio(value: float, by: float | None) -> float | None:
    """The quotient, where there is one."""
    found = value / by if by else math.inf
    return found if math.isfinite(found) and found > 0 else None


def _times(value: float | None, factor: float | None) -> float | None:
    return None if value is None or factor is None else value * factor


def _ceiling(label: str, value: float, badge: str) -> Number:
    return Number(
        label, money(value), badge=badge, definition=t(CONTEXT, "Above this price a client does not pay back in time.")
    )
