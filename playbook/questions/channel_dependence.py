"""How much hangs on the largest source, and what is left when it stops."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.charts import Bars
from playbook.display import Face, Number, Ruler, Table, Verdict, sentence, wait
from playbook.errors import InvalidInput, Problem
from playbook.i18n import money, number, share, t, tn
from playbook.model import Inputs, NonAnswer, Part, Result

CONTEXT = "channel-dependence"
RULE = "largest_source_share"
CHANNELS = "traffic_channels"
Measure = Literal["revenue", "leads"]


class Channel(Part):
    """One source with what it brought in the period."""

    name_of_question = CONTEXT

    name: units.Name
    """Source

    A channel, a partner, word of mouth; “unknown” where nobody knows."""
    leads: units.Number | None = Field(default=None, ge=0)
    """Leads"""
    revenue: units.Money | None = None
    """Revenue"""


class ChannelDependence(Inputs):
    """Ask what part of sales hangs on one source.

    >>> rows = ({"name": "search", "leads": 70}, {"name": "referrals", "leads": 30})
    >>> ChannelDependence(sources=rows).solve().largest_share
    0.7
    """

    name = CONTEXT
    groups: ClassVar = (("Sources", ("sources",)),)

    sources: tuple[Channel, ...] = Field(max_length=200)
    """Sources of the last month or quarter

    Leads of all of them, or revenue of all of them."""

    @model_validator(mode="after")
    def _comparable(self) -> ChannelDependence:
        """Leads of one source cannot be compared with the revenue of another."""
        if self.sources and not self.measure():
            what = t(CONTEXT, "Some sources have leads and others revenue.")
            hint = t(CONTEXT, "fill in leads for all of them, or revenue for all of them")
            raise InvalidInput([Problem("sources", what, "", hint)])
        return self

    def measure(self) -> Measure | None:
        """Revenue where every source has it, else leads; None where neither is known of all."""
        if all(source.revenue is not None for source in self.sources):
            return "revenue"
        return "leads" if all(source.leads is not None for source in self.sources) else None

    def solve(self) -> Dependence:
        """The largest part of the whole, and the parts of all, the largest first."""
        measure = self.measure() or "leads"
        found = [(source.name, float(getattr(source, measure) or 0)) for source in self.sources]
        whole = sum(value for _, value in found)
        parts = tuple(
            Share(name=name, value=value, share=value / whole if whole else 0.0)
            for name, value in sorted(found, key=lambda pair: -pair[1])
        )
        largest = parts[0].share if whole else self._nothing()
        return Dependence(asked=self, measure=measure, shares=parts, largest_share=largest)

    def _nothing(self) -> NonAnswer:
        reason = t(CONTEXT, "no source has brought anything yet")
        return NonAnswer(status="undefined", reason=reason, hint=t(CONTEXT, "enter what each of them brought"))


class Share(Result):
    """One source with its part of the whole, 0-1."""

    name: str
    value: float
    share: float


class Dependence(Result):
    """The largest source's share (0-1), by leads or by revenue, and everyone's."""

    asked: ChannelDependence = Field(exclude=True, repr=False)
    measure: Measure
    shares: tuple[Share, ...]
    largest_share: float | NonAnswer

    def face(self) -> Face:
        """What is left without the largest source, against our threshold."""
        if isinstance(self.largest_share, NonAnswer):
            return wait(sentence(self.largest_share.reason), flip=sentence(self.largest_share.hint))
        check = rules.check(RULE, self.largest_share)
        return Face(
            verdict=self._said(self.largest_share, safe=check.met and self._several()),
            numbers=self._numbers(self.largest_share),
            chart=self._chart(),
            sections=(self._table(),),
            rules=(check, rules.check(CHANNELS, self._alive())),
        )

    def _alive(self) -> int:
        return sum(part.value > 0 for part in self.shares)

    def _several(self) -> bool:
        return rules.check(CHANNELS, self._alive()).met

    def _said(self, largest: float, *, safe: bool) -> Verdict:
        first, limit = self.shares[0].name, rules.get(RULE).high or 1.0
        values = {"name": first, "share": share(largest), "left": share(1 - largest)}
        say = t(CONTEXT, "“{name}” brings {share}; without it {left} is left.", **values)
        if self._alive() == 1:
            say = t(CONTEXT, "Everything comes from “{name}”; without it nothing is left.", **values)
        ruler = Ruler(largest, limit, share(largest), t(CONTEXT, "no more than {limit}", limit=share(limit)), 1.0)
        if safe:
            because = t(CONTEXT, "The loss of one channel would hurt and not stop you.")
            flip = t(CONTEXT, "It turns over when one source brings more than {limit}.", limit=share(limit))
            return Verdict("yes", t(CONTEXT, "You would survive it"), say, because, flip, ruler)
        because = t(CONTEXT, "Sales on a single channel are no system yet, however well it works.")
        return Verdict("no", t(CONTEXT, "Too much hangs on one"), say, because, self._flip(largest, limit), ruler)

    def _flip(self, largest: float, limit: float) -> str:
        """How much the others must bring for the largest to be within the limit."""
        if not largest > limit:
            return t(CONTEXT, "It turns over with a second source that brings anything at all.")
        whole = sum(part.value for part in self.shares)
        more = self.shares[0].value / limit - whole
        written = money(more) if self.measure == "revenue" else number(math.ceil(more))
        return t(CONTEXT, "It turns over when the other sources bring {more} more.", more=written)

    def _numbers(self, largest: float) -> tuple[Number, ...]:
        basis = t(CONTEXT, "of revenue") if self.measure == "revenue" else t(CONTEXT, "of leads")
        return (
            Number(
                t(CONTEXT, "Largest source"),
                share(largest),
                basis,
                badge=self.shares[0].name,
                definition=t(CONTEXT, "What the largest source brought, divided by what all of them brought."),
            ),
            Number(
                t(CONTEXT, "Sources that bring something"),
                number(self._alive()),
                definition=t(CONTEXT, "Sources with anything in the period."),
            ),
        )

    def _chart(self) -> Bars:
        title = tn(CONTEXT, "{n} source brings everything", "{n} sources bring everything", self._alive())
        if self._several():
            title = t(CONTEXT, "The largest source beside the others")
        return Bars(
            title=title,
            caption=t(CONTEXT, "Part of the whole, per cent."),
            labels=tuple(part.name for part in self.shares),
            values=tuple(100 * part.share for part in self.shares),
            texts=tuple(share(part.share) for part in self.shares),
            lit=0,
        )

    def _table(self) -> Table:
        what = t(CONTEXT, "Revenue") if self.measure == "revenue" else t(CONTEXT, "Leads")
        write = money if self.measure == "revenue" else number
        rows = tuple((part.name, write(part.value), share(part.share)) for part in self.shares)
        return Table(t(CONTEXT, "Sources"), (t(CONTEXT, "Source"), what, t(CONTEXT, "Part")), rows, numeric=(1, 2))
