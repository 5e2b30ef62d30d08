"""How much hangs on the largest source, and what is left when it stops."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.charts import Bars
from playbook.display import Face, Number, Ruler, Table, Verdict, apart, sentence, wait, word
from playbook.errors import InvalidInput, Problem
from playbook.i18n import money, number, share, t
from playbook.model import Inputs, NonAnswer, Part, Result

CONTEXT = "channel-dependence"
RULE = "largest_source_share"
CHANNELS = "traffic_channels"
Measure = Literal["revenue", "leads"]
_CLOSE = 9
"""Decimals below which a difference is the computer's and nobody's sale."""


class Channel(Part):
    """One source with what it brought in the period."""

    name_of_question = CONTEXT

    name: units.Name
    """Source

    A channel, a partner, word of mouth."""
    leads: units.Number | None = None
    """Leads"""
    revenue: units.Money | None = None
    """Revenue"""
    unknown: bool = False
    """Nobody knows where it came from

    Leads or sales without a source. They may be anyone's, the largest source's too."""


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
        """Each source has a number, and all of them one of the same kind."""
        for place, source in enumerate(self.sources):
            if source.leads is None and source.revenue is None:
                what = t(CONTEXT, "“{name}” has neither leads nor revenue.", name=source.name)
                hint = t(CONTEXT, "fill in one of them; 0 where it brought nothing")
                raise InvalidInput([Problem(f"sources.{place}.leads", what, "", hint)])
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
        """The largest part of the whole, the part it may have at most, and the parts of all, the largest first."""
        measure = self.measure() or "leads"
        found = self._brought(measure)
        whole = sum(value for _, value in found.values())
        parts = sorted(
            (
                Share(name=name, value=value, share=value / whole if whole else 0.0, unknown=unknown)
                for (_, unknown), (name, value) in found.items()
            ),
            key=lambda part: (part.unknown, -part.value),
        )
        if not whole:
            none = self._nothing()
            return Dependence(
                asked=self, measure=measure, shares=tuple(parts), largest_share=none, at_most=none, left=none
            )
        largest = 0.0 if parts[0].unknown else parts[0].value
        unknown = sum(part.value for part in parts if part.unknown)
        return Dependence(
            asked=self,
            measure=measure,
            shares=tuple(parts),
            largest_share=largest / whole,
            at_most=min((largest + unknown) / whole, 1.0),
            left=max(whole - largest, 0.0),
        )

    def _brought(self, measure: Measure) -> dict[tuple[str, bool], tuple[str, float]]:
        """What each source brought; rows of one name are one source, two campaigns in a channel are no two channels."""
        found: dict[tuple[str, bool], tuple[str, float]] = {}
        for source in self.sources:
            key = units.folded(source.name), source.unknown
            name, value = found.get(key, (source.name.strip(), 0.0))
            found[key] = name, value + float(getattr(source, measure) or 0)
        return found

    def _nothing(self) -> NonAnswer:
        reason = t(CONTEXT, "no source has brought anything yet")
        return NonAnswer(status="undefined", reason=reason, hint=t(CONTEXT, "enter what each of them brought"))


class Share(Result):
    """One source with its part of the whole, 0-1."""

    name: str
    value: float
    share: float
    unknown: bool


class Dependence(Result):
    """The largest known source's share (0-1), by leads or by revenue, and everyone's.

    `at_most` is its share if everything of unknown source were its own too; `left` is what the others bring.
    """

    asked: ChannelDependence = Field(exclude=True, repr=False)
    measure: Measure
    shares: tuple[Share, ...]
    largest_share: float | NonAnswer
    at_most: float | NonAnswer
    left: float | NonAnswer

    def face(self) -> Face:
        """What is left without the largest source, against our threshold."""
        if isinstance(self.largest_share, NonAnswer):
            return wait(sentence(self.largest_share.reason), flip=sentence(self.largest_share.hint))
        return Face(
            verdict=self._said(self.largest_share),
            numbers=self._numbers(self.largest_share),
            chart=self._chart(),
            sections=(self._table(),),
            rules=self._checks(self.largest_share),
        )

    def _checks(self, largest: float) -> tuple[rules.Check, ...]:
        """The sources, and the largest share where it is known well enough to be judged."""
        several = rules.check(CHANNELS, self._alive())
        return (several,) if self.safe() is None else (rules.check(RULE, largest), several)

    def safe(self) -> bool | None:
        """Whether the firm would survive the loss; None where that depends on whose the unknown part is."""
        if isinstance(self.largest_share, NonAnswer) or isinstance(self.at_most, NonAnswer):
            return None
        limit, several = rules.get(RULE), rules.check(CHANNELS, self._alive()).met
        if limit.status(self.largest_share) == "above" or not (several or self._unknown()):
            return False
        return True if several and limit.status(self.at_most) == "within" else None

    def _alive(self) -> int:
        """Known sources that bring something."""
        return sum(part.value > 0 for part in self.shares if not part.unknown)

    def _alone(self) -> bool:
        return self._alive() == 1 and not self._unknown()

    def _unknown(self) -> float:
        return sum(part.share for part in self.shares if part.unknown)

    def _said(self, largest: float) -> Verdict:
        limit = rules.get(RULE).number
        part, _ = apart(largest, limit, share)
        values = {"name": self.shares[0].name, "share": part, "left": apart(1 - largest, 1 - limit, share)[0]}
        say = t(CONTEXT, "“{name}” brings {share}; without it {left} is left.", **values)
        ruler = Ruler(largest, limit, part, t(CONTEXT, "no more than {limit}", limit=share(limit)), 1.0)
        safe = self.safe()
        if safe is None:
            return self._in_doubt(values, ruler)
        if safe:
            because = t(CONTEXT, "The loss of one channel would hurt and not stop you.")
            flip = t(CONTEXT, "It turns over when one source brings more than {limit}.", limit=share(limit))
            return Verdict("yes", t(CONTEXT, "You would survive it"), say, because, flip, ruler)
        because = t(CONTEXT, "By our threshold no source should bring more than {limit}.", limit=share(limit))
        if self._alone():
            say = t(CONTEXT, "Everything comes from “{name}”; without it nothing is left.", **values)
            because = t(CONTEXT, "Sales on a single channel are no system yet, however well it works.")
        return Verdict("no", t(CONTEXT, "Too much hangs on one"), say, because, self._flip(), ruler)

    def _in_doubt(self, values: dict[str, str], ruler: Ruler) -> Verdict:
        unknown = share(self._unknown())
        say = t(
            CONTEXT,
            "“{name}” brings at least {share}; the source of {unknown} is not known.",
            unknown=unknown,
            **values,
        )
        because = t(CONTEXT, "If those were its own too, too much would hang on one.")
        if not self._alive():
            say, because = t(CONTEXT, "Nobody knows where any of it came from."), ""
        flip = t(CONTEXT, "Tag your links and ask every new client where they heard of you.")
        return Verdict("wait", word("wait"), say, because, flip, ruler)

    def _flip(self) -> str:
        """How much the others must bring for the largest to be within the limit."""
        more = self.shares[0].value / rules.get(RULE).number - sum(part.value for part in self.shares)
        if not more > 0:
            return t(CONTEXT, "It turns over with a second source that brings anything at all.")
        written = money(more) if self.measure == "revenue" else number(math.ceil(round(more, _CLOSE)))
        return t(CONTEXT, "It turns over when the other sources bring {more} more.", more=written)

    def _numbers(self, largest: float) -> tuple[Number, ...]:
        basis = t(CONTEXT, "of revenue") if self.measure == "revenue" else t(CONTEXT, "of leads")
        left = 0.0 if isinstance(self.left, NonAnswer) else self.left
        found = [
            Number(
                t(CONTEXT, "Largest source"),
                share(largest),
                basis,
                badge=self.shares[0].name if self._alive() else "",
                definition=t(CONTEXT, "What the largest source brought, divided by what all of them brought."),
            ),
            Number(
                t(CONTEXT, "Left without it"),
                self._written(left),
                badge=share(1 - largest),
                definition=t(CONTEXT, "What all the others brought in the same period."),
            ),
            Number(
                t(CONTEXT, "Sources that bring something"),
                number(self._alive()),
                definition=t(CONTEXT, "Known sources with anything in the period."),
            ),
        ]
        if unknown := self._unknown():
            definition = t(CONTEXT, "The part whose source nobody knows. It may be the largest source's too.")
            found.append(Number(t(CONTEXT, "Source not known"), share(unknown), basis, definition=definition))
        return tuple(found)

    def _written(self, value: float) -> str:
        return money(value) if self.measure == "revenue" else number(value)

    def _chart(self) -> Bars:
        title = t(CONTEXT, "The largest source beside the others")
        if self._alone():
            title = t(CONTEXT, "One source brings everything")
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
        rows = tuple((part.name, self._written(part.value), share(part.share)) for part in self.shares)
        return Table(t(CONTEXT, "Sources"), (t(CONTEXT, "Source"), what, t(CONTEXT, "Part")), rows, numeric=(1, 2))
