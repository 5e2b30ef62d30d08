"""The data minimum in one place: leads, their cost, their conversion, profit; and how full the records are."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.display import Face, Number, Point, Points, Table, Verdict, or_dash, word
from playbook.i18n import money, number, share, t
from playbook.model import Inputs, NonAnswer, Result, known

CONTEXT = "data-minimum"
NUMBERS = ("leads", "cost_per_lead", "lead_to_sale", "gross_profit")
RECORDS = {
    "with_source": "working-loop",
    "with_status": "working-loop",
    "lost_with_reason": "refusal-reasons",
    "sales_with_amount": "working-loop",
    "sales_with_costs": "unit-economics",
}
"""What records say, and the page that helps where they do not."""
REASONS = "lost_with_reason"


class DataMinimum(Inputs):
    """Ask whether the four numbers are known, whether money is left, and whether the records can be trusted.

    >>> DataMinimum(leads=100, cost_per_lead=5, lead_to_sale=0.2).solve().verdict
    'no'
    >>> DataMinimum(leads=100, cost_per_lead=5, lead_to_sale=0.2, gross_profit=900, spend=500).solve().profit
    400.0
    """

    name = CONTEXT
    groups: ClassVar = (
        ("Four numbers", ("leads", "cost_per_lead", "lead_to_sale", "gross_profit", "spend")),
        ("What the records say", tuple(RECORDS)),
    )

    leads: units.Count
    """Leads of the period"""
    cost_per_lead: units.Money | None = None
    """Cost of a lead"""
    lead_to_sale: units.Share | None = None
    """Conversion of a lead to a sale"""
    gross_profit: units.Balance | None = None
    """Gross profit of the period

    What sales left after direct costs, before advertising. Empty while the margin is not known: it is not guessed."""
    spend: units.Money | None = None
    """Advertising spend of the same days"""
    with_source: units.Share | None = None
    """Leads that say where they came from"""
    with_status: units.Share | None = None
    """Leads that have a status"""
    lost_with_reason: units.Share | None = None
    """Lost leads that have a reason"""
    sales_with_amount: units.Share | None = None
    """Won leads that have an amount"""
    sales_with_costs: units.Share | None = None
    """Paid orders whose direct costs are known"""

    def solve(self) -> Minimum:
        """The four numbers, what is left after advertising, the gaps; never yes without profit."""
        missing = tuple(name for name in NUMBERS if getattr(self, name) is None)
        holes = tuple(name for name in RECORDS if self._hole(name))
        profit = None if self.gross_profit is None or self.spend is None else self.gross_profit - self.spend
        return Minimum(
            asked=self,
            known=len(NUMBERS) - len(missing),
            missing=missing,
            holes=holes,
            profit=_unknown() if profit is None else profit,
            verdict=_verdict(missing, profit, holes),
        )

    def _hole(self, name: str) -> bool:
        """Whether fewer records than our limit say it; not known is told apart."""
        found = getattr(self, name)
        return found is not None and rules.get(_limit(name)).status(found) == "below"


def _limit(name: str) -> str:
    return "refusals_with_reason" if name == REASONS else "records_filled"


def _verdict(missing: tuple[str, ...], profit: float | None, holes: tuple[str, ...]) -> Literal["yes", "no", "wait"]:
    if missing or (profit is not None and profit <= 0):
        return "no"
    return "wait" if profit is None or holes else "yes"


def _unknown() -> NonAnswer:
    return NonAnswer(
        status="not_yet",
        reason=t(CONTEXT, "without gross profit and spend nobody knows what is left"),
        hint=t(CONTEXT, "add the direct costs of what you sell, and the spend of the same days"),
    )


class Minimum(Result):
    """Which of the four numbers are known, and what is left after advertising."""

    asked: DataMinimum = Field(exclude=True, repr=False)
    known: int
    missing: tuple[str, ...]
    holes: tuple[str, ...]
    """Records that are filled in less often than our limit."""
    profit: float | NonAnswer
    """Gross profit less the spend of the same days."""
    verdict: Literal["yes", "no", "wait"]

    def face(self) -> Face:
        """The verdict, the four numbers, the records and where they are mended."""
        return Face(
            verdict=self._said(), numbers=self._numbers(), sections=tuple(self._sections()), rules=self._checks()
        )

    def _said(self) -> Verdict:
        profit, asked = known(self.profit), self.asked
        if "gross_profit" in self.missing:
            return self._blind()
        if self.missing:
            names = ", ".join(_names()[name] for name in self.missing)
            say = t(CONTEXT, "Not known: {names}.", names=names)
            because = t(CONTEXT, "Only all four together say whether advertising is worth its money.")
            flip = t(CONTEXT, "Bring the export that has them, or type them in.")
            return Verdict("no", t(CONTEXT, "The minimum is not there"), say, because, flip)
        if profit is None:
            gross = money(asked.gross_profit or 0)
            say = t(CONTEXT, "Gross profit is {gross}, and the spend is not known.", gross=gross)
            return Verdict("wait", word("wait"), say, "", t(CONTEXT, "Bring the spend of the same days."))
        return self._earned(profit)

    def _blind(self) -> Verdict:
        values = {"n": number(self.known), "of": number(len(NUMBERS))}
        say = t(CONTEXT, "{n} of {of} numbers are there, and profit is not among them.", **values)
        because = t(CONTEXT, "Without profit the cheapest leads win, also those that never buy.")
        flip = t(CONTEXT, "Add the direct costs of what you sell: a column of the orders or a table of products.")
        return Verdict("no", t(CONTEXT, "Blind without profit"), say, because, flip)

    def _earned(self, profit: float) -> Verdict:
        asked = self.asked
        values = {"left": money(profit), "gross": money(asked.gross_profit or 0), "spend": money(asked.spend or 0)}
        if profit <= 0:
            say = t(CONTEXT, "Sales left {gross}, and advertising took {spend}.", **values)
            because = t(CONTEXT, "The four numbers are there, and they say that money is lost.")
            flip = t(CONTEXT, "It turns over when a lead costs less, more of them buy, or a sale leaves more.")
            return Verdict("no", t(CONTEXT, "Known, and at a loss"), say, because, flip)
        say = t(CONTEXT, "{left} is left after advertising: {gross} of gross profit less {spend}.", **values)
        if self.holes:
            names = ", ".join(_records()[name].lower() for name in self.holes)
            because = t(CONTEXT, "The records have gaps, so the numbers are rough. Too few: {names}.", names=names)
            return Verdict("wait", t(CONTEXT, "There, with gaps"), say, because, t(CONTEXT, "Fill the gaps below."))
        because = t(CONTEXT, "All four numbers stand in one place, and no gap in the records is known.")
        flip = t(CONTEXT, "It turns over when advertising takes {gross} or more.", **values)
        return Verdict("yes", t(CONTEXT, "The minimum is there"), say, because, flip)

    def _numbers(self) -> tuple[Number, ...]:
        asked, names = self.asked, _names()
        shown = {
            "leads": number(asked.leads),
            "cost_per_lead": or_dash(asked.cost_per_lead, money),
            "lead_to_sale": or_dash(asked.lead_to_sale, share),
            "gross_profit": or_dash(asked.gross_profit, money),
        }
        every = t(CONTEXT, "Of all sales of these days, also of those that no advertising brought.")
        four = [
            Number(names[name], value, definition=every if name == "gross_profit" else "")
            for name, value in shown.items()
        ]
        definition = t(CONTEXT, "Gross profit less the advertising spend of the same days; pay and rent are not in it.")
        left = Number(t(CONTEXT, "Left after advertising"), or_dash(known(self.profit), money), definition=definition)
        return (*four, left)

    def _sections(self) -> list[Table | Points]:
        names, rows = _records(), []
        for name in RECORDS:
            value, least = getattr(self.asked, name), share(rules.get(_limit(name)).number)
            state = t(CONTEXT, "not known") if value is None else ""
            state = state or (t(CONTEXT, "too few") if name in self.holes else t(CONTEXT, "enough"))
            rows.append((names[name], or_dash(value, share), least, state))
        columns = (t(CONTEXT, "Records"), t(CONTEXT, "Part"), t(CONTEXT, "At least"), t(CONTEXT, "State"))
        table = Table(t(CONTEXT, "Data quality"), columns, tuple(rows), numeric=(1, 2))
        fixes = tuple(Point(names[name], _fixes()[name], step=RECORDS[name]) for name in self.holes)
        return [table, *([Points(t(CONTEXT, "What to fill"), fixes)] if fixes else [])]

    def _checks(self) -> tuple[rules.Check, ...]:
        found = [rules.check("data_minimum_numbers", self.known)]
        filled = [value for name in RECORDS if name != REASONS and (value := getattr(self.asked, name)) is not None]
        if filled:
            found.append(rules.check("records_filled", min(filled)))
        if self.asked.lost_with_reason is not None:
            found.append(rules.check("refusals_with_reason", self.asked.lost_with_reason))
        return tuple(found)


def _names() -> dict[str, str]:
    return {
        "leads": t(CONTEXT, "Leads"),
        "cost_per_lead": t(CONTEXT, "Cost of a lead"),
        "lead_to_sale": t(CONTEXT, "Conversion to a sale"),
        "gross_profit": t(CONTEXT, "Gross profit"),
    }


def _records() -> dict[str, str]:
    return {
        "with_source": t(CONTEXT, "Leads with a source"),
        "with_status": t(CONTEXT, "Leads with a status"),
        "lost_with_reason": t(CONTEXT, "Lost leads with a reason"),
        "sales_with_amount": t(CONTEXT, "Won leads with an amount"),
        "sales_with_costs": t(CONTEXT, "Paid orders with known costs"),
    }


def _fixes() -> dict[str, str]:
    return {
        "with_source": t(CONTEXT, "Tag the links of ads, and ask everyone who calls where they heard of you."),
        "with_status": t(CONTEXT, "Every lead has a status on the day it comes, and a final one when it is decided."),
        "lost_with_reason": t(CONTEXT, "Make the reason a required field when a lead is closed as lost."),
        "sales_with_amount": t(
            CONTEXT, "Write the amount into every won deal, or import the orders of the till or the shop."
        ),
        "sales_with_costs": t(CONTEXT, "Import a table of products with the cost of one, or a column of direct costs."),
    }
