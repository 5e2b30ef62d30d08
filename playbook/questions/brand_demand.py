"""Whether people look for the firm by its name more than before: direct and branded visits, conversion and CAC."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.charts import Pairs
from playbook.display import Face, Number, Table, Verdict, or_dash, sentence, wait, word
from playbook.errors import InvalidInput, Problem
from playbook.i18n import money, number, share, t
from playbook.methods.two_samples import Shares, newcombe
from playbook.model import Inputs, NonAnswer, Part, Result

CONTEXT = "brand-demand"
SERIES = "brand_series"
LOAD = "brand_media_load"
FEWEST = 4
LEVEL = 0.95
Way = Literal["up", "down", "same"]
Told = Literal["grows", "falls", "same", "cannot_tell"]


class Period(Part):
    """A week or a month with what it says of demand."""

    name_of_question = CONTEXT

    name: units.Name
    """Week or month"""
    visits: units.Number
    """Visits, or clicks on advertising"""
    direct: units.Number | None = None
    """Direct visits"""
    branded: units.Number | None = None
    """By the firm's name

    Visits or clicks by searches and campaigns of your own name."""
    leads: units.Number | None = None
    """Leads"""
    spend: units.Money | None = None
    """Advertising spend"""
    clients: units.Number | None = None
    """New clients"""


class BrandDemand(Inputs):
    """Ask whether the name is looked for more: the later half of the periods against the earlier one.

    >>> rows = [{"name": str(n), "visits": 1000, "direct": 100 if n < 3 else 160} for n in range(1, 5)]
    >>> BrandDemand(periods=rows).solve().direct_share
    0.16
    """

    name = CONTEXT
    groups: ClassVar = (("Periods", ("periods",)),)

    periods: tuple[Period, ...] = Field(max_length=120)
    """Periods in order, the oldest first

    At least four of the same length: weeks or months."""

    @model_validator(mode="after")
    def _within(self) -> BrandDemand:
        """Parts of visits are no more than the visits."""
        for place, one in enumerate(self.periods):
            if (one.direct or 0) + (one.branded or 0) > one.visits:
                what = t(CONTEXT, "In “{name}” the parts are more than all visits.", name=one.name)
                hint = t(CONTEXT, "direct and branded visits are parts of the visits of the same period")
                raise InvalidInput([Problem(f"periods.{place}.visits", what, number(one.visits), hint)])
        return self

    def solve(self) -> Demand:
        """The four series, each with its earlier and its later half."""
        direct = self._shares(lambda one: one.direct, lambda one: one.visits)
        branded = self._shares(lambda one: one.branded, lambda one: one.visits)
        conversion = self._shares(lambda one: one.leads, lambda one: one.visits)
        return Demand(
            asked=self,
            direct_share=_latest(direct),
            branded_share=_latest(branded),
            visit_to_lead=_latest(conversion),
            cac=self._cac()[1],
            direct=direct,
            branded=branded,
            conversion=conversion,
            media_load=self._load(),
            told=_told(direct, branded),
        )

    def halves(self) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
        """The earlier periods and the later ones; of an odd number the middle one is a later one."""
        middle = len(self.periods) // 2
        return self.periods[:middle], self.periods[middle:]

    def _shares(
        self, part: Callable[[Period], float | None], whole: Callable[[Period], float | None]
    ) -> Change | NonAnswer:
        """A share of both halves, over the periods that tell it, with the interval of the difference."""
        if len(self.periods) < FEWEST:
            return _few(len(self.periods))
        sums = []
        for half in self.halves():
            told = [(p, w) for one in half if (p := part(one)) is not None and (w := whole(one)) is not None]
            n, hits = round(sum(w for _, w in told)), round(sum(p for p, _ in told))
            if not n or hits > n:
                return _unknown()
            sums.append(Shares(n, hits))
        low, high = newcombe(sums[0], sums[1], LEVEL)
        way: Way = "up" if low > 0 else "down" if high < 0 else "same"
        return Change(before=sums[0].rate, after=sums[1].rate, low=low, high=high, way=way)

    def _cac(self) -> tuple[float | NonAnswer, float | NonAnswer]:
        """Spend for a new client in both halves."""
        if len(self.periods) < FEWEST:
            return _few(len(self.periods)), _few(len(self.periods))
        earlier, later = (_cost(half) for half in self.halves())
        return earlier, later

    def _load(self) -> float | None:
        """Spend of a later period against that of an earlier one, less 1; None where it is not told."""
        means = []
        for half in self.halves():
            told = [one.spend for one in half if one.spend is not None]
            if not told or not sum(told):
                return None
            means.append(sum(told) / len(told))
        return means[1] / means[0] - 1


class Change(Result):
    """A share in the earlier and in the later half, and the 95% interval of the difference."""

    before: float
    after: float
    low: float
    high: float
    way: Way


class Demand(Result):
    """The four series; `told` is what direct and branded visits say together, `media_load` by how much spend moved."""

    asked: BrandDemand = Field(exclude=True, repr=False)
    direct_share: float | NonAnswer
    branded_share: float | NonAnswer
    visit_to_lead: float | NonAnswer
    cac: float | NonAnswer
    direct: Change | NonAnswer
    branded: Change | NonAnswer
    conversion: Change | NonAnswer
    media_load: float | None
    told: Told

    def face(self) -> Face:
        """Whether the name is looked for more, the four series beside it, and every period."""
        named = self._named()
        known = [(name, one) for name, one in named if isinstance(one, Change)]
        if not any(isinstance(one, Change) for one in (self.direct, self.branded)):
            reason = next(one for _, one in named[:2] if isinstance(one, NonAnswer))
            return wait(sentence(reason.reason), flip=sentence(reason.hint))
        return Face(
            verdict=self._verdict(),
            numbers=(*(_number(name, one) for name, one in known), *self._cost()),
            chart=_chart(known),
            sections=(self._table(),),
            notes=tuple(self._notes()),
            rules=(rules.check(SERIES, len(known) + (not isinstance(self.cac, NonAnswer))),),
        )

    def _named(self) -> tuple[tuple[str, Change | NonAnswer], ...]:
        return (
            (t(CONTEXT, "Direct visits"), self.direct),
            (t(CONTEXT, "By the firm's name"), self.branded),
            (t(CONTEXT, "Visit to lead"), self.conversion),
        )

    def _verdict(self) -> Verdict:
        moved = [one for one in (self.direct, self.branded) if isinstance(one, Change)]
        first = next((one for one in moved if one.way != "same"), moved[0])
        name = t(CONTEXT, "Direct visits") if first is self.direct else t(CONTEXT, "Visits by the firm's name")
        words = {"name": name, "before": share(first.before), "after": share(first.after)}
        say = t(CONTEXT, "{name}: {before} of all before, {after} now.", **words)
        flip = t(CONTEXT, "It turns over when both shares move beyond chance the same way.")
        if self.told == "grows":
            because = t(CONTEXT, "More people come by themselves than chance alone would bring.")
            return Verdict("yes", t(CONTEXT, "The name is looked for more"), say, because)
        if self.told == "falls":
            because = t(CONTEXT, "Fewer people come by themselves, and more than chance explains.")
            return Verdict("no", t(CONTEXT, "The name is looked for less"), say, because)
        if self.told == "same":
            return Verdict(
                "wait", t(CONTEXT, "No change to be seen"), say, t(CONTEXT, "Chance alone explains it."), flip
            )
        return Verdict("wait", word("wait"), say, t(CONTEXT, "One share grows and the other one falls."), flip)

    def _notes(self) -> list[str]:
        found = [t(CONTEXT, "Shares move with advertising too: more paid visits make the direct share smaller.")]
        load = self.media_load
        if load is not None and not rules.check(LOAD, abs(load)).met:
            by = share(abs(load))
            more = t(CONTEXT, "Spend grew by {by}: the halves are not of the same media load.", by=by)
            less = t(CONTEXT, "Spend fell by {by}: the halves are not of the same media load.", by=by)
            found.append(more if load > 0 else less)
        return found

    def _cost(self) -> tuple[Number, ...]:
        before, after = self.asked._cac()  # noqa: SLF001 - its own question
        label, definition = "CAC", t(CONTEXT, "Spend of the later half divided by its new clients.")
        if isinstance(after, NonAnswer):
            return ()
        small = "" if isinstance(before, NonAnswer) else t(CONTEXT, "was {before}", before=money(before))
        return (Number(label, money(after), small, definition=definition),)

    def _table(self) -> Table:
        columns = (
            t(CONTEXT, "Period"),
            t(CONTEXT, "Visits"),
            t(CONTEXT, "Direct visits"),
            t(CONTEXT, "By the firm's name"),
            t(CONTEXT, "Leads"),
            t(CONTEXT, "Spend"),
        )
        rows = tuple(
            (
                one.name,
                number(one.visits),
                _of(one.direct, one.visits),
                _of(one.branded, one.visits),
                or_dash(one.leads, number),
                or_dash(one.spend, money),
            )
            for one in self.asked.periods
        )
        return Table(t(CONTEXT, "Periods"), columns, rows, numeric=(1, 2, 3, 4, 5)).told()


def _told(direct: Change | NonAnswer, branded: Change | NonAnswer) -> Told:
    ways = {one.way for one in (direct, branded) if isinstance(one, Change)} - {"same"}
    if len(ways) > 1 or not any(isinstance(one, Change) for one in (direct, branded)):
        return "cannot_tell"
    return {"up": "grows", "down": "falls"}.get(next(iter(ways), ""), "same")  # type: ignore[return-value]


def _latest(change: Change | NonAnswer) -> float | NonAnswer:
    return change.after if isinstance(change, Change) else change


def _cost(half: Sequence[Period]) -> float | NonAnswer:
    told = [(one.spend, one.clients) for one in half if one.spend is not None and one.clients is not None]
    clients = sum(count for _, count in told)
    return sum(spend for spend, _ in told) / clients if clients else _unknown()


def _few(n: int) -> NonAnswer:
    reason = t(CONTEXT, "{n} of the four periods that a comparison needs", n=number(n))
    return NonAnswer(status="not_yet", reason=reason, hint=t(CONTEXT, "enter at least four weeks or months"))


def _unknown() -> NonAnswer:
    reason = t(CONTEXT, "one of the halves does not tell it")
    return NonAnswer(status="undefined", reason=reason, hint=t(CONTEXT, "fill it in for every period"))


def _of(part: float | None, whole: float) -> str:
    return "—" if part is None or not whole else share(part / whole)


def _number(name: str, change: Change) -> Number:
    definition = t(
        CONTEXT, "The later half of the periods beside the earlier one; the difference with its 95% interval."
    )
    ends = {"low": share(change.low), "high": share(change.high)}
    small = t(CONTEXT, "was {before}", before=share(change.before))
    return Number(name, share(change.after), small, badge=t(CONTEXT, "{low} to {high}", **ends), definition=definition)


def _chart(known: Sequence[tuple[str, Change]]) -> Pairs:
    first, change = known[0]
    return Pairs(
        title=t(
            CONTEXT, "{name}: {before}, now {after}", name=first, before=share(change.before), after=share(change.after)
        ),
        caption=t(CONTEXT, "Of all visits, per cent: the earlier half above, the later one below."),
        labels=tuple(name for name, _ in known),
        values=tuple(100 * one.after for _, one in known),
        texts=tuple(share(one.after) for _, one in known),
        beside=tuple(100 * one.before for _, one in known),
        beside_texts=tuple(share(one.before) for _, one in known),
    )
