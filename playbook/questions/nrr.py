"""Whether clients who are there already bring more or less money than before: net and gross revenue retention."""

from __future__ import annotations

import math
from typing import ClassVar

from pydantic import Field

from playbook import units
from playbook.charts import Columns, Mark
from playbook.display import Face, Number, Ruler, Verdict, apart, sentence, wait
from playbook.i18n import money, share, t
from playbook.model import NonAnswer, Result
from playbook.whatif import Numeric

CONTEXT = "nrr"
_EXACT, _NOTHING = 1e-12, 1e-6
"""Sums that are equal on paper may differ in their last bits; less than a millionth of a coin is no revenue."""


class Nrr(Numeric):
    """Ask how much of the revenue of a period's first clients is there at its end, new clients left out.

    >>> answer = Nrr(start=100_000, expansion=20_000, contraction=3_000, churn=5_000).solve()
    >>> answer.nrr, answer.grr
    (1.12, 0.92)
    """

    name = CONTEXT
    outcome = ("nrr", "share", "NRR")
    groups: ClassVar = (("The same clients over one period", ("start", "churn", "expansion", "contraction")),)

    start: units.Money
    """Revenue at the start

    A month's revenue of those who are clients on the first day of the period."""
    expansion: units.Money
    """Expansion

    What the same clients pay more by its end: dearer plans, more seats, further services."""
    contraction: units.Money
    """Contraction

    What those who stayed pay less."""
    churn: units.Money
    """Lost with clients who left

    Their whole revenue of the first day."""

    def aim(self) -> float | None:
        """The revenue of the start, kept whole."""
        return 1.0

    def solve(self) -> Retained:
        """(start + expansion - contraction - churn) / start; gross retention leaves expansion out."""
        none = self._none()
        return Retained(
            asked=self,
            nrr=none or self._share(self.end()),
            grr=none or self._share(self.kept()),
            end=self.end(),
            kept=self.kept(),
        )

    def kept(self) -> float:
        """What is left without any expansion; below 0 when more is lost than there was."""
        return math.fsum((self.start, -self.contraction, -self.churn))

    def end(self) -> float:
        """What the same clients bring at the end."""
        return math.fsum((self.start, self.expansion, -self.contraction, -self.churn))

    def _share(self, left: float) -> float | NonAnswer:
        if left < -_EXACT * self.start:
            return NonAnswer(
                status="undefined",
                reason=t(CONTEXT, "the losses are larger than the revenue they are taken from"),
                hint=t(CONTEXT, "count only those who were clients on the first day, with their revenue of that day"),
            )
        return 1.0 if math.isclose(left, self.start, rel_tol=_EXACT) else max(left, 0.0) / self.start

    def _none(self) -> NonAnswer | None:
        if self.start > _NOTHING:
            return None
        return NonAnswer(
            status="undefined",
            reason=t(CONTEXT, "there was no revenue at the start, so there is nothing to compare with"),
            hint=t(CONTEXT, "take a period at whose start there were clients"),
        )


class Retained(Result):
    """Net and gross revenue retention as shares, and the same as money a month."""

    asked: Nrr = Field(exclude=True, repr=False)
    nrr: float | NonAnswer
    grr: float | NonAnswer
    end: float
    kept: float

    def face(self) -> Face:
        """Whether the base grows by itself, what it loses, and how much keeps it level."""
        if isinstance(self.nrr, NonAnswer):
            return wait(sentence(self.nrr.reason), flip=sentence(self.nrr.hint))
        return Face(
            verdict=self._said(self.nrr),
            numbers=self._numbers(self.nrr),
            chart=self._chart(self.nrr),
            notes=(t(CONTEXT, "New clients are left out: they would hide what the old ones do."),),
        )

    def _said(self, nrr: float) -> Verdict:
        ruler = Ruler(nrr, 1, t(CONTEXT, "NRR {value}", value=share(nrr)), t(CONTEXT, "level: {value}", value=share(1)))
        gap, (value, level) = money(abs(self.end - self.asked.start)), apart(nrr, 1, share)
        say = t(CONTEXT, "The same clients bring {value} of what they did; {level} is level.", value=value, level=level)
        if nrr > 1:
            flip = t(CONTEXT, "It turns when {gap} a month more is lost, or that much less is added.", gap=gap)
            return Verdict("yes", t(CONTEXT, "Growing by itself"), say, self._because(), flip, ruler)
        if nrr == 1:
            say = t(CONTEXT, "The same clients bring exactly what they did: {value}.", value=share(1))
            flip = t(CONTEXT, "Any further loss makes it shrink, any expansion makes it grow.")
            return Verdict("wait", t(CONTEXT, "Level"), say, self._because(), flip, ruler)
        flip = t(CONTEXT, "It is level with {gap} a month more of expansion, or that much less of losses.", gap=gap)
        return Verdict("no", t(CONTEXT, "Shrinking"), say, self._because(), flip, ruler)

    def _because(self) -> str:
        lost, added = math.fsum((self.asked.contraction, self.asked.churn)), self.asked.expansion
        values = {"lost": money(lost), "added": money(added)}
        if lost and added:
            return t(CONTEXT, "A month's revenue loses {lost} and gains {added} from the same clients.", **values)
        if lost:
            return t(CONTEXT, "A month's revenue loses {lost}, and the same clients add nothing.", **values)
        if added:
            return t(CONTEXT, "Nothing is lost, and the same clients add {added} a month.", **values)
        return t(CONTEXT, "Nothing is lost and nothing is added.")

    def _numbers(self, nrr: float) -> tuple[Number, ...]:
        gross = "—" if isinstance(self.grr, NonAnswer) else share(self.grr)
        return (
            Number(
                t(CONTEXT, "NRR"),
                share(nrr),
                badge=t(CONTEXT, "with expansion"),
                definition=t(CONTEXT, "Revenue of the same clients at the end, by their revenue at the start."),
                formula=t(CONTEXT, "(start + expansion − contraction − churn) / start"),
            ),
            Number(
                t(CONTEXT, "GRR"),
                gross,
                badge=t(CONTEXT, "without expansion"),
                definition=self._gross(),
                formula=t(CONTEXT, "(start − contraction − churn) / start"),
            ),
            Number(
                t(CONTEXT, "At the end"),
                money(self.end),
                t(CONTEXT, "a month"),
                badge=t(CONTEXT, "of the same clients"),
                definition=t(CONTEXT, "What the clients of the first day bring at the end of the period."),
            ),
            Number(
                t(CONTEXT, "Change"),
                money(self.end - self.asked.start),
                t(CONTEXT, "a month"),
                badge=t(CONTEXT, "end less start"),
                definition=t(CONTEXT, "The end less the start, new clients left out."),
            ),
        )

    def _gross(self) -> str:
        if isinstance(self.grr, NonAnswer):
            return sentence(self.grr.reason)
        return t(CONTEXT, "What would be left without any expansion; never above {value}.", value=share(1))

    def _chart(self, nrr: float) -> Columns:
        values = {"kept": money(max(self.kept, 0)), "end": money(self.end)}
        title = (
            t(CONTEXT, "{kept} is kept, and expansion brings it to {end}", **values)
            if self.asked.expansion
            else t(CONTEXT, "{kept} is kept, and nothing is added", **values)
        )
        labels = (t(CONTEXT, "at the start"), t(CONTEXT, "kept"), t(CONTEXT, "at the end"))
        return Columns(
            title=title,
            caption=t(CONTEXT, "A month's revenue of the same clients."),
            labels=labels,
            values=(self.asked.start, max(self.kept, 0.0), self.end),
            limit=Mark(t(CONTEXT, "start: {value}", value=money(self.asked.start)), self.asked.start),
            lit=3 if nrr >= 1 else 0,
        )
