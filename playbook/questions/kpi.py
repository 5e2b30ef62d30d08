"""Which few metrics run the week, who answers for each, and whether one of them counts money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import Field, model_validator

from playbook import metrics, rules, units
from playbook.display import Face, Number, Ruler, Table, Verdict, word
from playbook.i18n import number, t, tn
from playbook.metrics import Metric
from playbook.model import Inputs, Part, Result

CONTEXT = "kpi"
RULE = "kpi_count"
NEAR = 0.01
"""A plan that lies so near below what the goal asks was rounded, not lowered."""


class Chosen(Part):
    """One metric of the sheet."""

    name_of_question = CONTEXT

    metric: units.Name
    """Metric

    From the list, or one of your own in a few words."""
    owner: units.Name = ""
    """Owner

    One person who explains the number at the meeting."""
    target: units.Name | units.Signed | None = None
    """Target

    What it should be at the end of the term, such as 130 or 31%."""
    source: units.Name = ""
    """Source

    The report or the sheet the number is taken from."""
    money: bool = False
    """It counts money

    Only for a metric of your own; of the listed ones it is known."""

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, value: Any) -> Any:
        """A name alone is a metric without owner, target and source."""
        return {"metric": value} if isinstance(value, str) else value

    @property
    def known(self) -> Metric:
        """The metric behind the name, in the reader's language."""
        return metrics.find(self.metric)

    @property
    def counts_money(self) -> bool:
        """Whether the metric is counted in money."""
        return self.known.money or (self.known.own and self.money)


class Demand(Part):
    """What the earlier steps demand of a metric: of a sum at least so much a week, of a cost to stay below so much."""

    name_of_question = CONTEXT

    metric: units.Name
    """Metric"""
    least: units.Number | None = None
    """At least, in one week"""
    below: units.Money | None = None
    """Below"""

    def missed(self, plan: float) -> str:
        """That a plan does not come up to it, in words; empty where it does."""
        known = metrics.find(self.metric)
        if self.least is not None and plan < self.least * (1 - NEAR):
            values = {"metric": known.name, "plan": known.written(plan), "least": known.written(_about(self.least))}
            return t(CONTEXT, "{metric} {plan} (about {least} a week are needed)", **values)
        if self.below is not None and plan >= self.below:
            values = {"metric": known.name, "plan": known.written(plan), "below": known.written(self.below)}
            return t(CONTEXT, "{metric} {plan} (less than {below} is admissible)", **values)
        return ""


class Kpi(Inputs):
    """Ask whether the chosen metrics can run a weekly review.

    >>> five = ("leads", "cost_per_lead", "lead_to_sale", "cac", "gross_profit")
    >>> Kpi(chosen=tuple(Chosen(metric=name, owner="Anna") for name in five)).solve().accepted
    True
    """

    name = CONTEXT
    groups: ClassVar = (("Metrics of the week", ("chosen",)),)

    chosen: tuple[Chosen, ...] = Field(max_length=200)
    """Chosen metrics"""
    demands: tuple[Demand, ...] = ()
    """What the earlier steps demand

    Of a week of the goal, and of the limits of the unit economics."""

    def solve(self) -> Sheet:
        """Accepted when nothing is warned about; a sheet with warnings is kept as it is."""
        warnings = self.warnings()
        return Sheet(
            asked=self,
            accepted=not warnings,
            warnings=warnings,
            count=len(self.named()),
            own=tuple(row.known.name for row in self.named() if row.known.own),
        )

    def named(self) -> tuple[Chosen, ...]:
        """The rows that name a metric."""
        return tuple(row for row in self.chosen if row.metric.strip())

    def check(self) -> rules.Check:
        """The number of metrics against its rule of thumb."""
        return rules.check(RULE, len(self.named()))

    def warnings(self) -> tuple[str, ...]:
        """What keeps the sheet from running a week, the gravest first."""
        found = [self._count(), self._money(), self._owners(), self._twice()]
        return tuple(text for text in found if text)

    def missed(self) -> tuple[str, ...]:
        """The targets that fall short of the goal or pass a limit, in words."""
        plans = {row.known.id: row.target for row in self.named() if isinstance(row.target, int | float)}
        found = ((demand, plans.get(metrics.find(demand.metric).id)) for demand in self.demands)
        return tuple(words for demand, plan in found if plan is not None and (words := demand.missed(plan)))

    def _count(self) -> str:
        check = self.check()
        if check.met:
            return ""
        if check.status == "above":
            return t(CONTEXT, "{words}. Keep those that lead to a decision.", words=check.words)
        return t(CONTEXT, "{words}. Add what is missing between a lead and profit.", words=check.words)

    def _money(self) -> str:
        if any(row.counts_money for row in self.named()):
            return ""
        return t(CONTEXT, "No metric counts money: add CAC, gross profit or revenue.")

    def _owners(self) -> str:
        names = [row.known.name for row in self.named() if not row.owner.strip()]
        return t(CONTEXT, "No owner: {names}.", names=", ".join(names)) if names else ""

    def _twice(self) -> str:
        counted = Counter(row.known for row in self.named())
        names = [metric.name for metric, times in counted.items() if times > 1]
        return t(CONTEXT, "Chosen more than once: {names}.", names=", ".join(names)) if names else ""


class Sheet(Result):
    """The KPI sheet and what is to mend in it."""

    asked: Kpi = Field(exclude=True, repr=False)
    accepted: bool
    warnings: tuple[str, ...]
    count: int
    own: tuple[str, ...]
    """Metrics that are not in the catalogue and are taken as the firm's own."""

    def face(self) -> Face:
        """Whether the sheet can run a week, and the sheet itself."""
        return Face(
            verdict=self._said(),
            numbers=self._numbers(),
            sections=(self._table(),) if self.count else (),
            notes=(*self.asked.warnings(), *(self._short() if not self.accepted else ()), *self._own_note()),
            rules=(self.asked.check(),),
        )

    def _said(self) -> Verdict:
        check, rows = self.asked.check(), self.asked.named()
        if not rows:
            say = t(CONTEXT, "No metric is chosen yet; {range} are enough.", range=check.rule.range_words)
            return Verdict(
                "wait",
                word("wait"),
                say,
                because=t(CONTEXT, "Begin with leads, CPL, conversion to payment, CAC and gross profit."),
            )
        warnings = self.asked.warnings()
        if warnings:
            flip = tn(
                CONTEXT,
                "The sheet is ready when {n} remark is settled.",
                "The sheet is ready when {n} remarks are settled.",
                len(warnings),
            )
            return Verdict(
                "wait", t(CONTEXT, "Not yet"), self._remark(check), self._why(check), flip, self._ruler(check)
            )
        say = t(CONTEXT, "{words}; money is among them.", words=check.words)
        because = next(self._short(), t(CONTEXT, "Every metric has an owner, so a weekly review can end in decisions."))
        flip = t(CONTEXT, "It stops working when a metric loses its owner or leads to no decision for a month.")
        return Verdict("yes", t(CONTEXT, "Ready"), say, because, flip, self._ruler(check))

    def _short(self) -> Iterator[str]:
        """That targets bring less than the goal needs, or cost more than is admissible."""
        if missed := self.asked.missed():
            yield t(CONTEXT, "Targets that disagree with steps 1 and 3: {missed}.", missed="; ".join(missed))

    def _remark(self, check: rules.Check) -> str:
        """The gravest remark in one short sentence; the notes hold all of them in full."""
        rows = self.asked.named()
        if not check.met:
            return t(CONTEXT, "{words}.", words=check.words)
        if not any(row.counts_money for row in rows):
            return t(CONTEXT, "{metrics}, and none counts money.", metrics=check.rule.say(len(rows)))
        left = sum(not row.owner.strip() for row in rows)
        if left:
            return t(CONTEXT, "Metrics without an owner: {left} of {of}.", left=number(left), of=number(len(rows)))
        return t(CONTEXT, "{metrics}, and some are the same.", metrics=check.rule.say(len(rows)))

    def _why(self, check: rules.Check) -> str:
        if not check.met:
            return t(CONTEXT, "Too few hide the cause, too many leave no time to decide.")
        return t(CONTEXT, "A metric without money or an owner is looked at and nothing follows.")

    def _ruler(self, check: rules.Check) -> Ruler:
        high = check.rule.span[1]
        limit = t(CONTEXT, "most: {value}", value=number(high))
        return Ruler(check.value, high, t(CONTEXT, "chosen: {value}", value=number(check.value)), limit)

    def _numbers(self) -> tuple[Number, ...]:
        rows, check = self.asked.named(), self.asked.check()
        of = t(CONTEXT, "of {of}", of=number(len(rows)))
        owners, money = sum(bool(row.owner.strip()) for row in rows), sum(row.counts_money for row in rows)
        return (
            Number(t(CONTEXT, "Metrics"), number(len(rows)), badge=check.rule.range_words, definition=check.words),
            Number(
                t(CONTEXT, "With an owner"),
                number(owners),
                of,
                definition=t(CONTEXT, "One person who explains the number."),
            ),
            Number(
                t(CONTEXT, "Counting money"),
                number(money),
                of,
                definition=t(CONTEXT, "Without money a cheap lead looks like a good one."),
            ),
        )

    def _table(self) -> Table:
        columns = (t(CONTEXT, "Metric"), t(CONTEXT, "Target"), t(CONTEXT, "Owner"), t(CONTEXT, "Source"))
        rows = tuple(
            (row.known.name, row.known.written(row.target), row.owner.strip() or "—", row.source.strip() or "—")
            for row in self.asked.named()
        )
        return Table(t(CONTEXT, "KPI sheet"), columns, rows, numeric=(1,))

    def _own_note(self) -> tuple[str, ...]:
        if not self.own:
            return ()
        return (t(CONTEXT, "Taken as your own metrics: {names}.", names=", ".join(self.own)),)


def _about(value: float) -> float:
    """Three figures: a goal spread over its weeks is not known to the last coin."""
    return float(f"{value:.3g}")
