"""How the unit economics are shown: the verdict, the numbers with their definitions, and two charts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from playbook import rules
from playbook.charts import Chart, Columns, Mark, Waterfall
from playbook.display import Face, Number, Ruler, Table, Verdict, sentence, word
from playbook.i18n import money, money_sign, number, quantity, share, t, tn
from playbook.model import NonAnswer, Provisional, known
from playbook.questions.unit_economics import costs, stress
from playbook.whatif import needed, worth_measuring

if TYPE_CHECKING:
    from playbook.questions.unit_economics import Economics, UnitEconomics

CONTEXT = "unit-economics"
SHORTEST, LONGEST = 6, 24
"""So many months are drawn at least and at most."""


def face(found: Economics) -> Face:
    """The CAC against its limit, what flips it, the months that bring the money back, and where a price goes."""
    limit, asked = known(found.admissible_cac), found.asked
    purchase = _purchase_chart(asked)
    ltv = money(known(found.ltv) or 0.0)
    reference = t(CONTEXT, "For reference, not part of the decision: undiscounted LTV {ltv}.", ltv=ltv)
    if isinstance(found.ltv, Provisional):
        reference = f"{reference} {sentence(found.ltv.reason)}"
    return Face(
        verdict=_refused(found, found.admissible_cac)
        if isinstance(found.admissible_cac, NonAnswer)
        else _said(found, found.admissible_cac),
        numbers=() if limit is None else tuple(_numbers(found, limit)),
        chart=None if limit is None else _months_chart(found),
        notes=() if limit is None else (reference, *worth_measuring(asked)),
        rules=(rules.check("deductions", asked.deductions()),),
        sections=tuple(_tables(found)),
        further=tuple(one for one in (purchase, _swings(found)) if one),
    )


def _tables(found: Economics) -> Iterator[Table]:
    """The costs of a client that are known, what each lever would have to be, and what is left when it gets worse."""
    if found.asked.cac is None:
        return
    if (compared := costs.table(found)) is not None:
        yield compared
    wanted = found.asked.wanted_values()
    if wanted:
        title = t(CONTEXT, "How far each may go") if found.verdict == "yes" else t(CONTEXT, "What makes it “do it”")
        yield needed(wanted, title)
    yield stress.table(found)


def _swings(found: Economics) -> Chart | None:
    return found.asked.tornado().drawn() if known(found.admissible_cac) is not None else None


def _refused(found: Economics, limit: NonAnswer) -> Verdict:
    say = t(CONTEXT, "No CAC pays back: {reason}.", reason=limit.reason)
    return Verdict("no", word("no"), say, sentence(limit.hint), _flip_words(found, False))


def _said(found: Economics, limit: float) -> Verdict:
    cac, months = found.asked.cac, quantity(found.asked.payback_target_months, "month")
    if cac is None:
        say = t(CONTEXT, "Pay less than {limit} for a new client.", limit=money(limit))
        because = t(CONTEXT, "Say what a client costs now, and the answer will be yes or no.")
        return Verdict("wait", word("wait"), say, because=because)
    fits, costs = found.verdict == "yes", {"cac": money(cac), "limit": money(limit)}
    say = (
        t(CONTEXT, "A client costs {cac}; below {limit} is admissible.", **costs)
        if fits
        else t(CONTEXT, "A client costs {cac}; only below {limit} is admissible.", **costs)
    )
    because = t(
        CONTEXT, "In {months} a client brings {limit} after all direct costs.", months=months, limit=money(limit)
    )
    room = t(CONTEXT, "{room} of room is left.", room=share(1 - cac / limit)) if fits else ""
    ruler = Ruler(
        cac, limit, t(CONTEXT, "now {value}", value=money(cac)), t(CONTEXT, "limit {value}", value=money(limit))
    )
    flip = _flip_words(found, fits)
    return Verdict(found.verdict, word(found.verdict), say, f"{because} {room}".strip(), flip, ruler)


def _flip_words(found: Economics, fits: bool) -> str:
    at = {flip.field: flip.at for flip in found.flips}
    conversion, price = at.get("lead_to_sale"), at.get("price")
    if conversion and found.asked.lead_to_sale:
        rates = {"at": share(conversion), "now": share(found.asked.lead_to_sale)}
        if fits:
            return t(CONTEXT, "The answer flips when {at} of leads or fewer pay ({now} now).", **rates)
        return t(CONTEXT, "It becomes “do it” when more than {at} of leads pay ({now} now).", **rates)
    if price is None:
        return ""
    prices = {"at": money(price), "now": money(found.asked.price)}
    if fits:
        return t(CONTEXT, "The answer flips at an order value of {at} ({now} now).", **prices)
    return t(CONTEXT, "It becomes “do it” at an order value above {at} ({now} now).", **prices)


def _numbers(found: Economics, limit: float) -> Iterator[Number]:
    yield _limit_number(found, limit)
    if found.max_cost_per_lead is not None:
        badge = t(CONTEXT, "CAC × conversion to payment")
        yield _ceiling(t(CONTEXT, "Top price of a lead"), found.max_cost_per_lead, badge)
    if found.max_cost_per_visit is not None:
        badge = t(CONTEXT, "price of a lead × conversion to lead")
        yield _ceiling(t(CONTEXT, "Top price of a visit"), found.max_cost_per_visit, badge)
    yield Number(
        t(CONTEXT, "Margin of a client"),
        money(found.contribution),
        t(CONTEXT, "a month"),
        badge=t(CONTEXT, "after five deductions"),
        definition=t(
            CONTEXT, "Price less discounts, refunds, goods, delivery, service and commissions, times purchases a month."
        ),
    )
    if found.payback_months is not None:
        yield _payback_number(found, found.payback_months)


def _limit_number(found: Economics, limit: float) -> Number:
    asked = found.asked
    months = quantity(asked.payback_target_months, "month")
    return Number(
        t(CONTEXT, "Admissible CAC"),
        t(CONTEXT, "below {limit}", limit=money(limit)),
        badge=t(CONTEXT, "over {months}, with churn", months=months),
        definition=_limit_means(asked.monthly_retention, months),
        formula=_limit_formula(found),
    )


def _limit_means(kept: float, months: str) -> str:
    if kept == 0:
        return t(CONTEXT, "Margin of a client’s first month: nobody buys again. Equal is not admissible.")
    words = {"months": months, "kept": share(kept)}
    return t(
        CONTEXT, "Margin of one client over {months} when {kept} stay each month. Equal is not admissible.", **words
    )


def _limit_formula(found: Economics) -> str:
    asked, stay = found.asked, number(found.asked.monthly_retention, 4)
    months, month = number(asked.payback_target_months), money(found.contribution)
    if asked.monthly_retention == 1:
        return f"{month} × {months}"
    first = f"{month} × {stay}" if asked.after_renewal else month
    return f"{first} × (1 − {stay}^{months}) ÷ (1 − {stay})"


def _ceiling(label: str, value: float, badge: str) -> Number:
    definition = t(CONTEXT, "Above this price a client does not pay back in time.")
    return Number(label, money(value), badge=badge, definition=definition)


def _payback_number(found: Economics, months: float | NonAnswer) -> Number:
    value, unit, means = _payback_words(months)
    naive = "" if found.naive_payback is None else number(found.naive_payback, 1)
    if naive and naive != value:
        unit = t(CONTEXT, "{unit}; {n} if nobody left", unit=unit, n=naive).removeprefix("; ")
    formula = "" if isinstance(months, NonAnswer) else _payback_formula(found)
    return Number(t(CONTEXT, "Pays back in"), value, unit, t(CONTEXT, "with churn"), means, formula)


def _payback_formula(found: Economics) -> str:
    stay, cac, month = found.asked.monthly_retention, money(found.asked.cac or 0.0), money(found.contribution)
    if found.asked.after_renewal and stay < 1:
        month = f"({month} × {number(stay, 4)})"
    if not 0 < stay < 1:
        return f"{cac} ÷ {month}"
    return f"ln(1 − {cac} × (1 − {number(stay, 4)}) ÷ {month}) ÷ ln {number(stay, 4)}"


def _payback_words(months: float | NonAnswer) -> tuple[str, str, str]:
    """How long the money takes, its unit, and what that means; within the first payment there is nothing to count."""
    if isinstance(months, NonAnswer):
        return t(CONTEXT, "never"), "", months.reason
    if months <= 1:
        means = t(CONTEXT, "The first payment leaves no less than a client costs, so nobody leaves too early.")
        return t(CONTEXT, "the first payment"), "", means
    means = t(CONTEXT, "After so many payments the margin gathered equals what the client cost.")
    unit = tn(CONTEXT, "month of payments", "months of payments", round(months, 1))
    return number(months, 1), unit, means


def _months_chart(found: Economics) -> Columns:
    asked, target = found.asked, math.ceil(found.asked.payback_target_months)
    months = max(SHORTEST, min(target * 2, LONGEST))
    values = tuple(asked.margin_over(month) for month in range(1, months + 1))
    term = target - 1
    caption = (
        t(CONTEXT, "Margin gathered from one client, {sign}.", sign=money_sign())
        if asked.cac is None
        else t(
            CONTEXT,
            "Margin gathered from one client, {sign}. The line is what the client costs now.",
            sign=money_sign(),
        )
    )
    return Columns(
        title=_months_title(found, months),
        caption=caption,
        labels=tuple(str(month) for month in range(1, months + 1)),
        values=values,
        limit=None if asked.cac is None else Mark(t(CONTEXT, "costs now {cac}", cac=money(asked.cac)), asked.cac),
        lit=target,
        notes=((term, t(CONTEXT, "your term: {value}", value=money(values[term])), values[term]),)
        if target <= months
        else (),
    )


def _months_title(found: Economics, months: int) -> str:
    if found.asked.cac is None:
        return t(CONTEXT, "What one client brings, month by month")
    paid_back = known(found.payback_months)
    if paid_back is None or paid_back > months:
        return t(CONTEXT, "The money is not back in {months}", months=quantity(months, "month"))
    return t(CONTEXT, "The money is back in month {month}", month=max(1, math.ceil(round(paid_back, 9))))


def _purchase_chart(asked: UnitEconomics) -> Waterfall | None:
    """Where the price of one purchase goes; None while nothing is taken from it."""
    names = {
        "price": t(CONTEXT, "Price"),
        "discounts": t(CONTEXT, "Discounts"),
        "refunds": t(CONTEXT, "Refunds"),
        "goods": t(CONTEXT, "Goods or materials"),
        "logistics": t(CONTEXT, "Delivery and packing"),
        "service": t(CONTEXT, "Service and pay"),
        "commissions": t(CONTEXT, "Commissions"),
    }
    steps = {name: change for name, change in asked.purchase().items() if change or name == "price"}
    if len(steps) == 1:
        return None
    left = round(math.fsum(steps.values()), 2)
    price, rest = money(asked.price), money(abs(left))
    return Waterfall(
        title=t(CONTEXT, "Of a price of {price}, {rest} is left", price=price, rest=rest)
        if left > 0
        else t(CONTEXT, "A purchase costs {rest} more than it brings", rest=rest)
        if left < 0
        else t(CONTEXT, "Of a price of {price}, nothing is left", price=price),
        caption=t(CONTEXT, "Where the price of one purchase goes, {sign}.", sign=money_sign()),
        labels=(*(names[name] for name in steps), t(CONTEXT, "Left from a purchase")),
        values=tuple(steps.values()),
        texts=(*(money(change) for change in steps.values()), money(left)),
    )
