"""How often clients without a contract will come back, how many still are clients, and what they will pay."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from playbook import rules, units
from playbook.charts import Columns
from playbook.display import Face, Number, Table, Verdict, sentence, wait
from playbook.errors import InvalidInput, Problem
from playbook.i18n import money, number, quantity, share, t, tn
from playbook.methods import purchases
from playbook.model import Inputs, NonAnswer, Part, Provisional, Result, known

CONTEXT = "repeat-purchases"
RULE = "repeat_clients"
DRAWN = 7
"""Repeats from this on are drawn together."""
SLACK = 1e-9


class Client(Part):
    """One client, all times in one unit since the first purchase."""

    name_of_question = CONTEXT

    frequency: units.Count
    """Purchases after the first"""
    recency: units.Number
    """From the first purchase to the last"""
    age: units.Number
    """From the first purchase to today"""
    mean_value: units.Money | None = None
    """Mean payment of the repeat purchases"""


class RepeatPurchases(Inputs):
    """Ask how many purchases present clients will make (BG/NBD), and what one is worth (gamma-gamma)."""

    name = CONTEXT
    labels: ClassVar = {"days": "days", "weeks": "weeks", "months": "months"}
    groups: ClassVar = (("Clients", ("by_month", "customers", "ahead", "unit")),)

    customers: Annotated[tuple[Client, ...], Field(min_length=1, max_length=2_000_000)]
    """Clients

    A row for each: purchases after the first, and times since it in one unit."""
    ahead: Annotated[float, Field(gt=0, le=1e6, json_schema_extra={"unit": "number"})] | None = None
    """Time to look ahead, in the same unit

    As long as the oldest client is known, when left empty."""
    unit: Literal["days", "weeks", "months"] | None = None
    """Unit of time"""
    by_month: bool = False
    """The clients pay by the month

    By a contract or a subscription."""

    @model_validator(mode="after")
    def _in_time(self) -> Self:
        for place, one in enumerate(self.customers):
            if one.recency > one.age * (1 + SLACK):
                what = t(CONTEXT, "The last purchase lies after today.")
                raise InvalidInput([_fault(place, "recency", what, f"recency={one.recency:g}, age={one.age:g}")])
            if one.frequency == 0 and one.recency > 0:
                what = t(CONTEXT, "Without a repeat purchase the last one is the first.")
                raise InvalidInput([_fault(place, "recency", what, f"frequency=0, recency={one.recency:g}")])
        return self

    def solve(self) -> Foreseen:
        """Both models by maximum likelihood, and what each client is expected to do."""
        came_back = sum(one.frequency > 0 for one in self.customers)
        if (refusal := _too_little(came_back, self)) is not None:
            refused = dict.fromkeys(("r", "alpha", "a", "b", "log_likelihood"), refusal)
            return Foreseen(asked=self, ahead=self.span(), **refused)
        x, recency, age = self.columns()
        pace = purchases.fit_pace(purchases.Clients.of(x, recency, age))
        values = {name: getattr(pace, name) for name in ("r", "alpha", "a", "b")}
        if not pace.firm:
            values = {name: _loose(value) for name, value in values.items()}
        return Foreseen(
            asked=self,
            ahead=self.span(),
            **values,
            log_likelihood=pace.log_likelihood,
            expected=tuple(pace.expected(self.span(), x, recency, age).tolist()),
            alive=float(pace.alive(x, recency, age).mean()),
            **self._spend(),
        )

    def columns(self) -> tuple[purchases.Vector, purchases.Vector, purchases.Vector]:
        """Repeats, recency and age of all clients."""
        rows = np.array([(one.frequency, one.recency, one.age) for one in self.customers], dtype=float)
        return rows[:, 0], rows[:, 1], rows[:, 2]

    def span(self) -> float:
        """The time looked ahead."""
        return self.ahead if self.ahead is not None else max(one.age for one in self.customers) or 1.0

    def time(self) -> str:
        """The time looked ahead in words: `26 weeks`, or in units that nobody named."""
        if self.unit is None:
            return t(CONTEXT, "{ahead} of your units of time", ahead=number(self.span()))
        return quantity(self.span(), self.unit.removesuffix("s"))

    def _spend(self) -> dict[str, float | NonAnswer]:
        paid = [(one.frequency, one.mean_value) for one in self.customers if one.frequency and one.mean_value]
        if len(paid) < rules.get(RULE).number or len({mean for _, mean in paid}) == 1:
            return {}
        x, mean = (np.array(column, dtype=float) for column in zip(*paid, strict=True))
        found = purchases.fit_spend(x, mean)
        each = found.expected(x, mean)
        value: float | NonAnswer = _no_mean() if each is None else float(np.average(each))
        return {"p": found.p, "q": found.q, "v": found.v, "mean_value": value}


class Foreseen(Result):
    """The fitted models; `expected` are the purchases of each client in the time `ahead`."""

    asked: RepeatPurchases = Field(exclude=True, repr=False)
    ahead: float
    r: float | NonAnswer | Provisional
    alpha: float | NonAnswer | Provisional
    a: float | NonAnswer | Provisional
    b: float | NonAnswer | Provisional
    log_likelihood: float | NonAnswer
    p: float | None = None
    q: float | None = None
    v: float | None = None
    mean_value: float | NonAnswer | None = None
    expected: tuple[float, ...] = ()
    alive: float | None = None

    def face(self) -> Face:
        """How many purchases are coming, how many clients are left, and how well the model fits."""
        if isinstance(self.r, NonAnswer):
            return wait(sentence(self.r.reason), flip=sentence(self.r.hint))
        counts = self._counts()
        return Face(
            verdict=self._said(),
            numbers=self._numbers(),
            chart=self._chart(*counts),
            sections=(self._fit(*counts),),
            notes=self._notes(),
            rules=(rules.check(RULE, sum(one.frequency > 0 for one in self.asked.customers)),),
        )

    def _said(self) -> Verdict:
        clients = len(self.expected)
        say = tn(
            CONTEXT,
            "{clients} clients will buy about {n} more time in {ahead}.",
            "{clients} clients will buy about {n} more times in {ahead}.",
            round(sum(self.expected)),
            clients=number(clients),
            ahead=self.asked.time(),
        )
        left = round(clients * (self.alive or 0.0))
        because = tn(CONTEXT, "About {n} of them still is a client.", "About {n} of them still are clients.", left)
        flip = t(CONTEXT, "It holds while you neither change the offer nor write to those who have gone quiet.")
        return Verdict("yes", t(CONTEXT, "Forecast"), say, because, flip)

    def _numbers(self) -> tuple[Number, ...]:
        found = [
            Number(
                t(CONTEXT, "Purchases to come"),
                number(round(sum(self.expected))),
                t(CONTEXT, "{n} for each client", n=number(sum(self.expected) / len(self.expected))),
                "BG/NBD",
                t(CONTEXT, "Of present clients only; those who will come for the first time are not among them."),
            ),
            Number(
                t(CONTEXT, "Still clients"),
                share(self.alive or 0.0),
                badge=t(CONTEXT, "by their silence"),
                definition=t(CONTEXT, "A client who bought often and has been silent for long is probably gone."),
            ),
        ]
        value = known(self.mean_value)
        if value is not None:
            definition = t(CONTEXT, "Few payments of one client are drawn towards the mean of all.")
            found.append(
                Number(t(CONTEXT, "One purchase"), money(value), badge=t(CONTEXT, "gamma-gamma"), definition=definition)
            )
        return tuple(found)

    def _pace(self) -> purchases.Pace:
        r, alpha, a, b = (known(one) or 1.0 for one in (self.r, self.alpha, self.a, self.b))
        return purchases.Pace(r, alpha, a, b, known(self.log_likelihood) or 0.0)

    def _counts(self) -> tuple[list[float], list[float]]:
        """How many clients had 0, 1, ... repeats, and how many the model gives."""
        x, _, age = self.asked.columns()
        ages, weight = np.unique(age, return_counts=True)
        seen = np.bincount(np.minimum(x, DRAWN).astype(int), minlength=DRAWN + 1)
        return seen.astype(float).tolist(), self._pace().counts(DRAWN, ages, weight.astype(float)).tolist()

    def _labels(self) -> tuple[str, ...]:
        return (*(number(place) for place in range(DRAWN)), t(CONTEXT, "{n} and more", n=number(DRAWN)))

    def _chart(self, seen: list[float], model: list[float]) -> Columns:
        return Columns(
            title=t(CONTEXT, "The model beside what was seen"),
            caption=t(CONTEXT, "Clients by their repeat purchases, as the model has them; above, how many there were."),
            labels=tuple(label.partition(" ")[0] for label in self._labels()),
            values=tuple(model),
            notes=tuple(
                (place, number(there), now) for place, (there, now) in enumerate(zip(seen, model, strict=True))
            ),
        )

    def _fit(self, seen: list[float], model: list[float]) -> Table:
        rows = tuple(
            (label, number(there), number(round(now)))
            for label, there, now in zip(self._labels(), seen, model, strict=True)
        )
        columns = (t(CONTEXT, "Repeat purchases"), t(CONTEXT, "Clients"), t(CONTEXT, "By the model"))
        return Table(t(CONTEXT, "How well it fits"), columns, rows, numeric=(1, 2))

    def _notes(self) -> tuple[str, ...]:
        models = t(CONTEXT, "Models: BG/NBD for the purchases and gamma-gamma for their value, by maximum likelihood.")
        reasons = [one.reason for one in (self.mean_value, self.r) if isinstance(one, NonAnswer | Provisional)]
        return (models, *map(sentence, reasons))


def _too_little(came_back: int, asked: RepeatPurchases) -> NonAnswer | None:
    if asked.by_month:
        return NonAnswer(
            status="undefined",
            reason=t(CONTEXT, "who pays by the month is gone with the first payment missed: no silence has to be read"),
            hint=t(CONTEXT, "ask the calculator of renewals how many clients will stay"),
        )
    least = int(rules.get(RULE).number)
    if came_back < least:
        reason = tn(
            CONTEXT,
            "only {n} client has come back, and {least} are needed",
            "only {n} clients have come back, and {least} are needed",
            came_back,
            least=number(least),
        )
        if not came_back:
            reason = t(
                CONTEXT, "nobody has come back yet, and {least} clients are needed who have", least=number(least)
            )
        return NonAnswer(
            status="not_yet", reason=reason, hint=t(CONTEXT, "take a longer time, or wait for repeat purchases")
        )
    if not any(one.age for one in asked.customers):
        reason = t(CONTEXT, "every client came today for the first time")
        return NonAnswer(
            status="not_yet", reason=reason, hint=t(CONTEXT, "take a longer time, or wait for repeat purchases")
        )
    if len({(one.frequency, one.recency, one.age) for one in asked.customers}) == 1:
        reason = t(CONTEXT, "all clients have bought alike, so nothing tells how they differ")
        hint = t(CONTEXT, "give the row of every client, not one of the average client")
        return NonAnswer(status="undefined", reason=reason, hint=hint)
    return None


def _loose(value: float) -> Provisional:
    reason = t(CONTEXT, "the clients hardly differ, so that the data leave the parameters open")
    return Provisional(value=value, reason=reason, hint=t(CONTEXT, "take more clients or a longer time"))


def _no_mean() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "payments differ so much that their mean over all clients does not exist"),
        hint=t(CONTEXT, "look at the few largest clients one by one"),
    )


def _fault(place: int, name: str, what: str, saw: str) -> Problem:
    return Problem(f"customers.{place}.{name}", what, saw, t(CONTEXT, "count from the first purchase, in one unit"))
