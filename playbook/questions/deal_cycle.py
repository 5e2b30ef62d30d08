"""How long a deal takes and how much trust it asks for, by closed and still open deals alike."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from playbook import i18n, rules, units
from playbook.charts import Curve, Mark
from playbook.display import Face, Number, Point, Points, Ruler, Table, Verdict, sentence, word
from playbook.errors import InvalidInput, PlaybookError, Problem
from playbook.i18n import money, number, quantity, t, tn
from playbook.methods import survival
from playbook.model import Inputs, NonAnswer, Part, Result, known

CONTEXT = "deal-cycle"
Trust = Literal["impulse", "considered", "complex"]
LEVELS: tuple[Trust, ...] = ("impulse", "considered", "complex")
CURVE_POINTS = 40
"""A drawn curve is sampled at about so many days."""

Deciders = Annotated[int, Field(ge=1, le=1000, json_schema_extra={"unit": "count"})]


class Deal(Part):
    """One deal: how many days it has lasted, and whether it is over."""

    name_of_question = CONTEXT

    days: units.Days
    """Days from the lead to the end, or to today while the deal is open"""
    closed: bool
    """Won or lost

    An open deal counts too: leaving it out would make the cycle look shorter."""
    count: Annotated[int, Field(ge=1, le=10**9, json_schema_extra={"unit": "count"})] = 1
    """How many such deals there are"""


class DealCycle(Inputs):
    """Ask how many days half of the deals need, and what such a cycle demands of the marketing.

    >>> DealCycle(cycle_days=9, deciders=1).solve().trust
    'considered'
    """

    name = CONTEXT
    groups: ClassVar = (
        ("The deal", ("cycle_days", "deciders", "average_order_value")),
        ("Measured", ("deals", "since", "until")),
    )

    deals: Annotated[tuple[Deal, ...], Field(min_length=1, max_length=200_000)] | None = None
    """Deals of the last months, open ones too"""
    since: units.Day | None = None
    """First day of these deals"""
    until: units.Day | None = None
    """Last day of these deals"""
    cycle_days: units.Days | None = None
    """Days from a lead to its payment

    Of the typical deal, not of the fastest."""
    deciders: Deciders | None = None
    """How many people decide

    Everyone without whom the deal does not happen."""
    average_order_value: units.Money | None = None
    """Average order value"""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.deals is None) == (self.cycle_days is None):
            raise InvalidInput([_no_source() if self.deals is None else _two_sources(self)])
        return self

    def solve(self) -> Cycle:
        """The median by Kaplan and Meier, or the typed days; how much trust the deal asks for and what follows."""
        curve = self._curve()
        median = self._median(curve)
        trust = self._trust(median)
        return Cycle(
            asked=self,
            curve=tuple(Open(day=day, open_share=part) for day, part in curve) if curve else (),
            median_days=median,
            trust=trust,
            consequences=() if isinstance(trust, NonAnswer) else consequences(trust),
        )

    def open_deals(self) -> int:
        """How many of the deals are still open."""
        return sum(deal.count for deal in self.deals or () if not deal.closed)

    def size(self) -> int:
        """How many deals there are."""
        return sum(deal.count for deal in self.deals or ())

    def longest(self) -> float:
        """The longest time any deal has lasted."""
        return max((deal.days for deal in self.deals or ()), default=0.0)

    def votes(self, median: float | NonAnswer) -> dict[str, Trust]:
        """What each known fact says of the deal; the thresholds are ours (rules.toml).

        An unfinished median is at least as long as the longest deal, which is enough only to call it complex.
        """
        found: dict[str, Trust] = {}
        days = known(median)
        level = _level("deal_impulse_days", "deal_complex_days", self.longest() if days is None else days)
        if days is not None or level == "complex":
            found["days"] = level
        if self.deciders is not None:
            found["deciders"] = _level("deal_impulse_deciders", "deal_complex_deciders", self.deciders)
        if self.average_order_value is not None and (income := _income()):
            multiple = self.average_order_value / income
            found["order"] = _level("deal_impulse_order_multiple", "deal_complex_order_multiple", multiple)
        return found

    def _curve(self) -> tuple[tuple[float, float], ...]:
        if self.deals is None:
            return ()
        columns = ([getattr(deal, name) for deal in self.deals] for name in ("days", "closed", "count"))
        return survival.still_open(*columns)

    def _median(self, curve: tuple[tuple[float, float], ...]) -> float | NonAnswer:
        if self.cycle_days is not None:
            return self.cycle_days
        found = survival.median(curve)
        if found is not None:
            return found
        return NonAnswer(
            status="not_yet",
            reason=t(CONTEXT, "less than half of the deals had closed by day {day}", day=number(self.longest())),
            hint=t(CONTEXT, "add older deals, or come back when more of these are won or lost"),
        )

    def _trust(self, median: float | NonAnswer) -> Trust | NonAnswer:
        """The most demanding of the facts decides."""
        levels = self.votes(median).values()
        if isinstance(median, NonAnswer) and "complex" not in levels:
            return median
        return max(levels, key=LEVELS.index)


class Open(Result):
    """The share of deals still open after a day."""

    day: float
    open_share: float


class Cycle(Result):
    """How long a deal takes and what it asks for."""

    asked: DealCycle = Field(exclude=True, repr=False)
    curve: tuple[Open, ...]
    median_days: float | NonAnswer
    trust: Trust | NonAnswer
    consequences: tuple[str, ...]

    def face(self) -> Face:
        """The kind of deal with its days, what decided so, and what it demands."""
        return Face(
            verdict=self._said(),
            numbers=self._numbers(),
            chart=self._chart(),
            sections=self._sections(),
            notes=(t(CONTEXT, "The thresholds between the three kinds are ours: a convention, not a measurement."),),
        )

    def _said(self) -> Verdict:
        if isinstance(self.trust, NonAnswer):
            return Verdict("wait", word("wait"), sentence(self.trust.reason), flip=sentence(self.trust.hint))
        fact = next(name for name, level in self._votes().items() if level == self.trust)
        because = f"{_demand(self.trust)} {self._measured()}".strip()
        return Verdict("yes", kind(self.trust), self._say(fact), because, _flip(self.trust), self._ruler())

    def _votes(self) -> dict[str, Trust]:
        return self.asked.votes(self.median_days)

    def _days(self) -> float:
        """The median, or the longest deal while the median lies beyond it."""
        days = known(self.median_days)
        return self.asked.longest() if days is None else days

    def _days_text(self) -> str:
        text = quantity(self._days(), "day")
        return t(CONTEXT, "more than {days}", days=text) if isinstance(self.median_days, NonAnswer) else text

    def _say(self, fact: str) -> str:
        """One sentence: the fact that decided, with the limits it was held against."""
        if fact == "days":
            values = {"value": self._days_text(), **_ends("deal_impulse_days", "deal_complex_days", _day_text)}
            return {
                "impulse": t(CONTEXT, "The deal takes {value}; {low} or less is impulse.", **values),
                "considered": t(CONTEXT, "The deal takes {value}: more than {low}, less than {high}.", **values),
                "complex": t(CONTEXT, "The deal takes {value}; {high} or more is complex.", **values),
            }[_text(self.trust)]
        if fact == "deciders":
            people = tn(CONTEXT, "{n} person decides", "{n} people decide", self.asked.deciders or 1)
            values = {"people": people, **_ends("deal_impulse_deciders", "deal_complex_deciders", number)}
            if self.trust == "complex":
                return t(CONTEXT, "{people}; {high} or more make a deal complex.", **values)
            return t(CONTEXT, "{people}: more than {low}, fewer than {high}.", **values)
        values = {"value": money(self.asked.average_order_value or 0), **_order_ends()}
        if self.trust == "complex":
            return t(CONTEXT, "An order is {value}; from {high} on a deal is complex.", **values)
        return t(CONTEXT, "An order is {value}: more than {low}, less than {high}.", **values)

    def _ruler(self) -> Ruler:
        rule = rules.get("deal_impulse_days" if self.trust == "impulse" else "deal_complex_days")
        days, limit = self._days(), rule.number
        text = t(CONTEXT, "limit {days}", days=_day_text(limit))
        return Ruler(days, limit, self._days_text(), text)

    def _numbers(self) -> tuple[Number, ...]:
        days = known(self.median_days)
        if not self.curve:
            typed = t(CONTEXT, "As you typed it. Load deals, and it will be measured with the open ones counted.")
            return (
                Number(t(CONTEXT, "Deal cycle"), _day_text(self._days()), badge=t(CONTEXT, "typed"), definition=typed),
            )
        of, open_deals = self.asked.size(), self.asked.open_deals()
        median = Number(
            t(CONTEXT, "Half of the deals close in"),
            self._days_text() if days is None else _day_text(days),
            badge=t(CONTEXT, "open deals counted"),
            definition=t(CONTEXT, "The first day on which no more than half of the deals are open (Kaplan and Meier)."),
            formula=t(CONTEXT, "day by day: × (1 − closed ÷ still open)"),
        )
        deals = Number(
            t(CONTEXT, "Deals"),
            number(of),
            t(CONTEXT, "{open} still open", open=number(open_deals)),
            self._period(),
            definition=t(CONTEXT, "An open deal counts up to its own day: it has lasted at least so long."),
        )
        return median, deals

    def _period(self) -> str:
        """The days on which the deals began."""
        since, until = self.asked.since, self.asked.until
        return i18n.days(since, until) if since and until else ""

    def _measured(self) -> str:
        """On how many deals of which days the cycle was measured; empty for a typed one."""
        if not self.curve:
            return ""
        deals = tn(CONTEXT, "Measured on {n} deal", "Measured on {n} deals", self.asked.size())
        return f"{deals}, {self._period()}." if self._period() else f"{deals}."

    def _chart(self) -> Curve | None:
        if not self.curve:
            return None
        days = _sampled(self.asked.longest(), known(self.median_days))
        median = known(self.median_days)
        return Curve(
            title=t(CONTEXT, "Half of the deals are closed by day {day}", day=number(median))
            if median is not None
            else t(CONTEXT, "More than half of the deals are still open"),
            caption=t(CONTEXT, "Deals still open by day, %. The line is one half."),
            labels=tuple(number(day) for day in days),
            values=tuple(100 * self._open_at(day) for day in days),
            limit=Mark(t(CONTEXT, "half"), 50),
            lit=days.index(median) if median is not None else None,
            most=100,
        )

    def _open_at(self, day: float) -> float:
        return next((point.open_share for point in reversed(self.curve or ()) if point.day <= day), 1.0)

    def _sections(self) -> tuple[Table | Points, ...]:
        if isinstance(self.trust, NonAnswer):
            return ()
        facts = self._facts()
        rows = tuple((*facts[name], kind(level)) for name, level in self._votes().items())
        columns = (t(CONTEXT, "Fact"), t(CONTEXT, "Value"), t(CONTEXT, "Speaks for"))
        table = Table(t(CONTEXT, "What decided"), columns, rows, t(CONTEXT, "The most demanding fact decides."))
        points = tuple(Point(text) for text in self.consequences)
        return Points(t(CONTEXT, "What follows for the marketing"), points), table

    def _facts(self) -> dict[str, tuple[str, str]]:
        return {
            "days": (t(CONTEXT, "Deal cycle"), self._days_text()),
            "deciders": (t(CONTEXT, "How many people decide"), number(self.asked.deciders or 0)),
            "order": (t(CONTEXT, "Average order value"), money(self.asked.average_order_value or 0)),
        }


def consequences(trust: Trust) -> tuple[str, ...]:
    """What a deal of this kind demands (mission rows A19, A41)."""
    return {
        "impulse": (
            t(CONTEXT, "Packaging: what it is, what it costs and why now are clear in one glance."),
            t(CONTEXT, "Speed: answer at once, pay in a minute, receive soon."),
            t(CONTEXT, "Convenience: fewer fields, usual ways to pay, easy returns."),
            t(CONTEXT, "Price: it is compared on the spot, so show what is included."),
        ),
        "considered": (
            t(CONTEXT, "Content that answers how to choose and how the options differ."),
            t(CONTEXT, "Proof beside every promise: reviews, cases, guarantees."),
            t(CONTEXT, "Warming: two or three useful messages between the lead and the decision."),
            t(CONTEXT, "Objections written down and answered before the call."),
        ),
        "complex": (
            t(CONTEXT, "Materials for each role: who begins, who uses, who pays, who signs."),
            t(CONTEXT, "Cases with figures, the economic effect and a plan of implementation."),
            t(CONTEXT, "Warming for the whole cycle, by people and not by mailings alone."),
            t(CONTEXT, "Objections gathered from refusals, with an answer sales can show."),
            t(CONTEXT, "A rule between marketing and sales: who answers, how soon, what comes next."),
        ),
    }[trust]


def kind(trust: Trust) -> str:
    """The name of the kind of deal."""
    return {
        "impulse": t(CONTEXT, "Impulse purchase"),
        "considered": t(CONTEXT, "Considered purchase"),
        "complex": t(CONTEXT, "Complex deal"),
    }[trust]


def _demand(trust: Trust) -> str:
    return {
        "impulse": t(CONTEXT, "Packaging, speed, convenience and price decide here."),
        "considered": t(CONTEXT, "Before paying, people compare and look for proof."),
        "complex": t(CONTEXT, "Several doubts have to be answered, often to several people, and it takes time."),
    }[trust]


def _flip(trust: Trust) -> str:
    days = _ends("deal_impulse_days", "deal_complex_days", _day_text)
    people = _ends("deal_impulse_deciders", "deal_complex_deciders", number)
    if trust == "impulse":
        return t(CONTEXT, "It becomes a considered purchase when the deal takes more than {low}.", low=days["low"])
    if trust == "considered":
        return t(
            CONTEXT,
            "It becomes a complex deal from {high} on, or when {people} people decide.",
            high=days["high"],
            people=people["high"],
        )
    return t(CONTEXT, "It stops being complex only when every fact is below its limit.")


def _level(impulse: str, complex_: str, value: float) -> Trust:
    """Within the impulse rule, within the complex rule, or between the two."""
    if rules.get(impulse).status(value) == "within":
        return "impulse"
    return "complex" if rules.get(complex_).status(value) == "within" else "considered"


def _income() -> float | None:
    """A round monthly income in the context's currency; None where rules.toml has none."""
    try:
        return rules.get(f"monthly_income_{i18n.currency().lower()}").number
    except PlaybookError:
        return None


def _ends(impulse: str, complex_: str, write: Callable[[float], str]) -> dict[str, str]:
    return {"low": write(rules.get(impulse).number), "high": write(rules.get(complex_).number)}


def _order_ends() -> dict[str, str]:
    income = _income() or 0
    return _ends(
        "deal_impulse_order_multiple", "deal_complex_order_multiple", lambda multiple: money(multiple * income)
    )


def _day_text(days: float) -> str:
    return quantity(days, "day")


def _text(trust: object) -> str:
    return str(trust)


def _sampled(longest: float, median: float | None) -> list[float]:
    """Days from 0 to the longest deal at even steps, the median among them in place of its nearest neighbour."""
    step = max(1, math.ceil(longest / CURVE_POINTS))
    days = [float(day) for day in range(0, math.ceil(longest) + step, step)]
    if median is not None:
        days[min(range(len(days)), key=lambda index: abs(days[index] - median))] = median
    return days


def _no_source() -> Problem:
    hint = t(CONTEXT, "give 'cycle_days', or 'deals' with days and closed")
    return Problem("cycle_days", t(CONTEXT, "The deal cycle is missing."), "", hint)


def _two_sources(asked: DealCycle) -> Problem:
    saw = f"cycle_days={asked.cycle_days or 0:.15g}, deals={asked.size()}"
    hint = t(CONTEXT, "keep the deals, or clear them and keep the days")
    return Problem("cycle_days", t(CONTEXT, "The cycle is given twice: typed and as deals."), saw, hint)
