"""Why leads refuse: what is really one reason counted as one, what it takes, and what helps against the first."""

from __future__ import annotations

import math
from collections import Counter
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.display import Face
from playbook.i18n import t
from playbook.methods.intervals import wilson
from playbook.model import Inputs, NonAnswer, Part, Result
from playbook.questions.refusal_reasons import joining
from playbook.questions.refusal_reasons.face import face
from playbook.questions.refusal_reasons.joining import How, Written

CONTEXT = "refusal-reasons"
KNOWN = "refusals_with_reason"


class Refusal(Part):
    """One reason as it was written, with the refusals that name it."""

    name_of_question = CONTEXT

    reason: units.Name = ""
    """Reason

    As it was written; empty for refusals without one."""
    leads: units.Count
    """Refusals"""
    amount: units.Money | None = None
    """Money of these deals"""


class Apart(Part):
    """A writing that is not to be joined with others."""

    name_of_question = CONTEXT

    reason: units.Name = ""
    """Reason"""


class Together(Part):
    """A writing that counts as another one."""

    name_of_question = CONTEXT

    reason: units.Name = ""
    """Reason"""
    counts_as: units.Name = ""
    """Counts as"""


class RefusalReasons(Inputs):
    """Ask why leads refuse, with all writings of one reason counted together.

    >>> rows = [{"reason": "Expensive", "leads": 5}, {"reason": "too expensive!", "leads": 2}, {"leads": 1}]
    >>> found = RefusalReasons(reasons=rows).solve()
    >>> [(one.reason, one.leads) for one in found.reasons], found.without_reason
    ([('Expensive', 7)], 1)
    """

    name = CONTEXT
    groups: ClassVar = (
        ("Refusals", ("reasons",)),
        ("What counts as one reason", ("apart", "together")),
    )

    reasons: Annotated[tuple[Refusal, ...], Field(min_length=1, max_length=2000)]
    """Refusals by reason

    A row for each writing; a row without a reason for refusals that have none."""
    apart: Annotated[tuple[Apart, ...], Field(max_length=200)] = ()
    """Keep apart

    Reasons that are not to be joined with others."""
    together: Annotated[tuple[Together, ...], Field(max_length=200)] = ()
    """Count as one

    Reasons that mean the same, in your own words."""
    since: units.Day | None = None
    """First day of these leads"""
    until: units.Day | None = None
    """Last day of these leads"""

    def solve(self) -> Refusals:
        """Reasons by their refusals, each with all its writings; a share is of the refusals that name a reason."""
        lost = sum(one.leads for one in self.reasons)
        writings = self._writings()
        named = sum(one.leads for one in writings)
        reasons = tuple(self._grouped(writings, named))
        nothing = None if named else _unnamed() if lost else _none_lost()
        return Refusals(
            asked=self,
            lost=lost,
            without_reason=lost - named,
            known_share=named / lost if lost else _none_lost(),
            reasons=reasons,
            top=nothing or reasons[0].reason,
            amount=self._amount(list(self.reasons)),
            verdict=self._verdict(lost, named, reasons),
        )

    def _writings(self) -> tuple[Written, ...]:
        counts: Counter[str] = Counter()
        for one in self.reasons:
            if joining.plain(one.reason):
                counts[one.reason.strip()] += one.leads
        together = {one.reason: one.counts_as for one in self.together if joining.plain(one.counts_as)}
        found = joining.joined(counts, (one.reason for one in self.apart), together)
        return tuple(one for one in found if one.leads)

    def _grouped(self, writings: tuple[Written, ...], named: int) -> list[Reason]:
        groups: dict[str, list[Written]] = {}
        for one in writings:
            groups.setdefault(one.counts_as, []).append(one)
        found = [self._reason(name, group, named) for name, group in groups.items()]
        return sorted(found, key=lambda reason: (-reason.leads, reason.reason))

    def _reason(self, name: str, group: list[Written], named: int) -> Reason:
        leads, texts = sum(one.leads for one in group), {one.text for one in group}
        low, high = wilson(leads, named)
        theme = joining.theme_of(name)
        return Reason(
            reason=name,
            leads=leads,
            share=leads / named,
            low=low,
            high=high,
            amount=self._amount([one for one in self.reasons if one.reason.strip() in texts]),
            theme=theme,
            objection=not theme or bool(joining.theme(theme)["objection"]),
            variants=tuple(Variant(written=one.text, leads=one.leads, how=one.how) for one in group),
        )

    @staticmethod
    def _amount(rows: list[Refusal]) -> float | None:
        """The money of some refusals; None where no row says any."""
        known = [one.amount for one in rows if one.amount is not None]
        return math.fsum(known) if known else None

    def _verdict(self, lost: int, named: int, reasons: tuple[Reason, ...]) -> Literal["yes", "wait"]:
        if not reasons or not rules.check(KNOWN, named / lost).met:
            return "wait"
        return "wait" if len(reasons) > 1 and reasons[0].leads == reasons[1].leads else "yes"


class Variant(Result):
    """One writing of a reason, and why it was counted there."""

    written: str
    leads: int
    how: How


class Reason(Result):
    """One reason: its refusals, its share of those that name any with the 95% interval, the money lost with it."""

    reason: str
    leads: int
    share: float
    low: float
    high: float
    amount: float | None
    theme: str
    """What it speaks of, by its id in refusals.toml; empty where that is not known."""
    objection: bool
    """Whether an offer can answer it: not where nobody was reached, or where they never were clients."""
    variants: tuple[Variant, ...]


class Refusals(Result):
    """Why leads were lost."""

    asked: RefusalReasons = Field(exclude=True, repr=False)
    lost: int
    without_reason: int
    known_share: float | NonAnswer
    reasons: tuple[Reason, ...]
    top: str | NonAnswer
    amount: float | None
    """Money of all refused deals that have an amount."""
    verdict: Literal["yes", "wait"]

    def face(self) -> Face:
        """The first reason or why none can be named, what to do about it, and what was joined."""
        return face(self)


def _none_lost() -> NonAnswer:
    return NonAnswer(
        status="not_yet",
        reason=t(CONTEXT, "nobody has refused yet"),
        hint=t(CONTEXT, "come back when there are refusals"),
    )


def _unnamed() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "not one refusal has a reason"),
        hint=t(CONTEXT, "make the reason a required field when a lead is closed as lost"),
    )
