"""What the files tell of the week under review beside its metrics: each channel, the four numbers, the first answer."""

from __future__ import annotations

from playbook import units
from playbook.model import Part

CONTEXT = "week"


class Channel(Part):
    """One channel of the week; the campaigns of an advertising system are one."""

    name_of_question = CONTEXT

    name: units.Name
    """Channel"""
    leads: units.Count | None = None
    """Leads"""
    sales: units.Count | None = None
    """Sales"""
    profit: units.Balance | None = None
    """Gross profit

    Unknown where direct costs are."""
    spend: units.Money | None = None
    """Advertising spend"""

    @property
    def cost_per_lead(self) -> float | None:
        """Spend of a lead, where both are known."""
        return self.spend / self.leads if self.spend is not None and self.leads else None

    @property
    def left(self) -> float | None:
        """Gross profit after advertising."""
        return None if self.profit is None else self.profit - (self.spend or 0.0)


class Board(Part):
    """The four numbers of the week and the money behind the fourth."""

    name_of_question = CONTEXT

    leads: units.Count | None = None
    """Leads"""
    cost_per_lead: units.Money | None = None
    """Cost of a lead"""
    lead_to_sale: units.Share | None = None
    """Conversion of a lead to a sale

    Unknown while half of the week's leads are still open."""
    gross_profit: units.Balance | None = None
    """Gross profit"""
    spend: units.Money | None = None
    """Advertising spend"""

    @property
    def left(self) -> float | None:
        """Gross profit after advertising."""
        return None if self.gross_profit is None or self.spend is None else self.gross_profit - self.spend

    @property
    def romi(self) -> float | None:
        """Honest return on marketing: gross profit after discounts, refunds and direct costs, less spend, by spend."""
        return self.left / self.spend if self.left is not None and self.spend else None


class Answering(Part):
    """How soon the leads of the week had their first contact."""

    name_of_question = CONTEXT

    leads: units.Count
    """Leads"""
    answered: units.Count
    """Leads with a first contact"""
    sla_minutes: units.Minutes
    """Minutes to the first contact that are promised"""
    within_sla: units.Share
    """Answered in time, of all leads"""
    median_minutes: units.Minutes
    """Typical wait, minutes"""
    p90_minutes: units.Minutes
    """Nine of ten waited no longer, minutes"""
    stale: units.Count | None = None
    """Open and untouched for too long"""
