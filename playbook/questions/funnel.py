"""How many visitors become clients, where most of them are lost, and whether that is enough."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import accumulate
from operator import mul
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from playbook import units
from playbook.charts import Bars
from playbook.display import Face, Number, Ruler, Table, Verdict, capital
from playbook.i18n import money, number, share, t, tn
from playbook.model import Flip, Part, Result, Shorthand
from playbook.whatif import Numeric

CONTEXT = "funnel"
POINT = 0.01
"""One percentage point, to see what it brings at each stage."""
MANY = 100
"""From so many clients on, a part of one says nothing."""
SEVERAL = 10
"""The same of clients that a change brings."""
NUMBERS = {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1, "unit": "share"}}


class Stage(Part):
    """One stage with the part of people who reach it from the stage before; a bare number is the part alone."""

    name_of_question = CONTEXT

    name: units.Name = ""
    """Stage

    Such as lead, meeting, payment."""
    rate: units.Share
    """Conversion from the stage before

    The same people followed to the end, not this month's payments by this month's visits."""

    @model_validator(mode="before")
    @classmethod
    def _rate_alone(cls, value: Any) -> Any:
        return value if isinstance(value, Mapping | Stage) else {"rate": value}


class Funnel(Numeric):
    """Ask how many of the visitors come out as clients, and what they bring.

    >>> found = Funnel(visitors=1000, rates=[0.1, 0.3], average_order_value=50).solve()
    >>> found.stages, found.customers, found.revenue
    ((1000.0, 100.0, 30.0), 30.0, 1500.0)
    """

    name = CONTEXT
    outcome = ("customers", "number", "Clients")
    groups: ClassVar = (
        ("In and out", ("visitors", "target_customers", "average_order_value")),
        ("Stages", ("rates",)),
    )

    visitors: units.Count
    """Visitors of the period

    Or calls, or letters: whatever stands first in your funnel."""
    rates: Annotated[tuple[Stage, ...], Field(min_length=1, max_length=20), Shorthand(NUMBERS)]
    """Stages after the visit

    In order, the last one is the payment."""
    average_order_value: units.Money
    """Average order value"""
    target_customers: units.Count | None = None
    """Clients you need

    From the same visitors, to see whether they are enough."""

    def aim(self) -> float | None:
        """The clients that are needed."""
        return self.target_customers

    def levers(self) -> tuple[str, ...]:
        """The visitors; every stage is solved for among the ways out."""
        return ("visitors",)

    def solve(self) -> Flow:
        """People at every stage, the clients at the end and their revenue; identities of a funnel."""
        rates = [stage.rate for stage in self.rates]
        stages = tuple(accumulate([float(self.visitors), *rates], mul))
        customers = stages[-1]
        return Flow(
            asked=self,
            stages=stages,
            customers=customers,
            revenue=customers * self.average_order_value,
            overall_rate=math.prod(rates),
            narrowest=rates.index(min(rates)),
            flips=self._flips(customers),
            verdict=self._verdict(customers),
        )

    def names(self) -> tuple[str, ...]:
        """The stages after the visit by name, those without one by their number."""
        return tuple(stage.name.strip() or t(CONTEXT, "no. {n}", n=place) for place, stage in enumerate(self.rates, 1))

    def with_rate(self, place: int, rate: float) -> float:
        """The clients if one stage let this part through."""
        return self.visitors * math.prod(
            rate if other == place else stage.rate for other, stage in enumerate(self.rates)
        )

    def _verdict(self, customers: float) -> Literal["yes", "no", "wait"]:
        if self.visitors and not customers:
            return "no"
        if self.target_customers is None or not self.visitors:
            return "wait"
        return "yes" if customers >= self.target_customers * (1 - 1e-9) else "no"

    def _flips(self, customers: float) -> tuple[Flip, ...]:
        """The visitors, and the rate of each single stage, at which the target is just reached."""
        if not self.target_customers or not customers:
            return ()
        times = self.target_customers / customers
        visitors, rates = self.visitors * times, [stage.rate * times for stage in self.rates]
        found = tuple(Flip(field=f"rates.{place}", at=at) for place, at in enumerate(rates) if at <= 1)
        return (Flip(field="visitors", at=visitors), *found) if self.holds("visitors", visitors) else found


class Flow(Result):
    """What comes out of a funnel; `stages` begins with the visitors."""

    asked: Funnel = Field(exclude=True, repr=False)
    stages: tuple[float, ...]
    customers: float
    revenue: float
    overall_rate: float
    narrowest: int
    """The place in `rates` of the stage that lets the smallest part through."""
    flips: tuple[Flip, ...]
    verdict: Literal["yes", "no", "wait"]

    def face(self) -> Face:
        """The clients against the number needed, the narrowest stage, and what one point brings at each."""
        return Face(
            verdict=self._said(),
            numbers=self._numbers() if self.asked.visitors else (),
            chart=self._chart() if self.asked.visitors else None,
            sections=(self._table(),) if self.asked.visitors else (),
            notes=(
                t(CONTEXT, "A tenth more at any one stage is a tenth more clients: take the one easiest to move."),
                t(CONTEXT, "An average, not a promise: a plan that just fits is missed about every second time."),
            ),
        )

    def _said(self) -> Verdict:
        asked, narrow = self.asked, self._narrow()
        if not asked.visitors:
            say = t(CONTEXT, "Without visitors there is nothing to count.")
            return Verdict("wait", t(CONTEXT, "Nothing to count"), say, flip=t(CONTEXT, "Enter the visitors."))
        if not self.customers:
            say = t(CONTEXT, "Nobody gets as far as “{stage}”: its conversion is 0%.", stage=narrow["stage"])
            return Verdict("no", t(CONTEXT, "No clients"), say, flip=t(CONTEXT, "Begin with this stage."))
        because = t(CONTEXT, "The narrowest place is “{stage}”: {rate} get through.", **narrow)
        if asked.target_customers is None:
            say = t(
                CONTEXT,
                "{visitors} become {clients} and {revenue}.",
                visitors=_visitors(asked.visitors),
                clients=_clients(self.customers),
                revenue=money(self.revenue),
            )
            flip = t(CONTEXT, "Say how many clients you need, and the answer will be yes or no.")
            return Verdict("wait", t(CONTEXT, "Counted"), say, because, flip)
        words = t(CONTEXT, "Enough") if self.verdict == "yes" else t(CONTEXT, "Not enough")
        needed = _clients(asked.target_customers)
        say = t(CONTEXT, "{clients} come out; {needed} are needed.", clients=_clients(self.customers), needed=needed)
        ruler = Ruler(
            self.customers,
            asked.target_customers,
            _clients(self.customers),
            t(CONTEXT, "needed {n}", n=number(asked.target_customers)),
        )
        return Verdict(self.verdict, words, say, because, self._flip(), ruler)

    def _narrow(self) -> dict[str, str]:
        return {"stage": self.asked.names()[self.narrowest], "rate": share(self.asked.rates[self.narrowest].rate)}

    def _flip(self) -> str:
        at = {flip.field: flip.at for flip in self.flips}
        visitors, rate, narrow = at.get("visitors"), at.get(f"rates.{self.narrowest}"), self._narrow()
        if visitors is None:
            return ""
        values = {"visitors": _visitors(math.ceil(visitors * (1 - 1e-9))), "now": narrow["rate"], **narrow}
        if self.verdict == "yes":
            return t(CONTEXT, "It stops being enough below {visitors}.", visitors=values["visitors"])
        if rate is None:
            return t(CONTEXT, "It is enough from {visitors} on.", visitors=values["visitors"])
        return t(
            CONTEXT,
            "It is enough from {visitors} on, or when “{stage}” lets {at} through ({now} now).",
            visitors=values["visitors"],
            stage=values["stage"],
            at=share(rate),
            now=values["now"],
        )

    def _numbers(self) -> tuple[Number, ...]:
        rates = " × ".join(share(stage.rate) for stage in self.asked.rates)
        return (
            Number(
                t(CONTEXT, "Clients"),
                number(self.customers),
                badge=t(CONTEXT, "visitors × all conversions"),
                definition=t(CONTEXT, "On average: each stage takes its part of the one before."),
                formula=f"{number(self.asked.visitors)} × {rates}",
            ),
            Number(
                t(CONTEXT, "Revenue"),
                money(self.revenue),
                badge=t(CONTEXT, "clients × order value"),
                definition=t(CONTEXT, "One payment of each client, before any costs."),
            ),
            Number(
                t(CONTEXT, "From visit to payment"),
                share(self.overall_rate),
                badge=t(CONTEXT, "same people, to the end"),
                definition=t(
                    CONTEXT,
                    "Payments of the people who came, whenever they pay. Payments of a month divided by its visits "
                    "are another number while deals take weeks.",
                ),
                formula=rates,
            ),
        )

    def _chart(self) -> Bars:
        people = t(CONTEXT, "Visitors")
        parts = (share(count / self.asked.visitors) for count in self.stages)
        return Bars(
            title=t(CONTEXT, "The narrowest place: {rate} get to “{stage}”", **self._narrow()),
            caption=t(CONTEXT, "People at each stage and their part of all visitors."),
            labels=(people, *map(capital, self.asked.names())),
            values=self.stages,
            texts=tuple(f"{number(count)} · {part}" for count, part in zip(self.stages, parts, strict=True)),
            lit=self.narrowest + 1,
        )

    def _table(self) -> Table:
        rows = []
        for place, (name, stage) in enumerate(zip(self.asked.names(), self.asked.rates, strict=True)):
            more = self.asked.with_rate(place, stage.rate + POINT) - self.customers
            room = stage.rate + POINT <= 1
            rows.append(
                (
                    capital(name),
                    share(stage.rate),
                    number(self.stages[place] - self.stages[place + 1]),
                    _more(more) if room else "—",
                    t(CONTEXT, "+{money}", money=money(more * self.asked.average_order_value)) if room else "—",
                )
            )
        return Table(
            t(CONTEXT, "What one point more brings"),
            (
                t(CONTEXT, "Stage"),
                t(CONTEXT, "Conversion"),
                t(CONTEXT, "Lost before it"),
                t(CONTEXT, "Clients"),
                t(CONTEXT, "Revenue"),
            ),
            tuple(rows),
            t(CONTEXT, "If the conversion of this stage alone were one percentage point higher."),
            numeric=(1, 2, 3, 4),
        )


def _visitors(n: float) -> str:
    return tn(CONTEXT, "{n} visitor", "{n} visitors", n)


def _clients(n: float) -> str:
    if 0 < n < 1:
        return t(CONTEXT, "less than one client")
    return tn(CONTEXT, "{n} client", "{n} clients", round(n) if n >= MANY else round(n, 1))


def _more(n: float) -> str:
    """What a change brings: no target stands beside it, so parts of people are told of only where they are few."""
    return t(CONTEXT, "+{clients}", clients=number(round(n) if n >= SEVERAL else n))
