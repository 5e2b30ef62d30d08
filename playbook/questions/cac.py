"""What one new client really costs, with everything that was spent on winning them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, field_validator
from pydantic_core import InitErrorDetails, PydanticKnownError

from playbook import units
from playbook.charts import Bars, Mark
from playbook.display import Face, Number, Ruler, Table, Verdict, or_dash, sentence, word
from playbook.i18n import money, money_sign, number, share, t, tn
from playbook.model import Flip, NonAnswer, Part, Result, Shorthand, known
from playbook.whatif import Numeric

CONTEXT = "cac"
MAPPING = {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "unit": "money"}}


class Cost(Part):
    """One kind of spending on new clients."""

    name_of_question = CONTEXT

    name: units.Name = ""
    """What it was paid for

    Ads, pay, contractors, services, gifts to new clients."""
    amount: units.Money
    """Amount

    Over the same period as the clients."""

    @property
    def title(self) -> str:
        """The name, or words for one without."""
        return self.name.strip() or t(CONTEXT, "without a name")


class Cac(Numeric):
    """Ask what a new client costs when everything spent on winning them is counted.

    >>> Cac(costs={"ads": 300_000, "pay": 100_000, "services": 20_000}, new_customers=60).solve().cac
    7000.0
    """

    name = CONTEXT
    outcome = ("cac", "money", "CAC")
    less_is_better = True
    groups: ClassVar = (
        ("Clients", ("new_customers", "organic_customers", "admissible_cac")),
        ("Costs", ("costs",)),
    )

    costs: Annotated[tuple[Cost, ...], Field(min_length=1, max_length=200), Shorthand(MAPPING)]
    """Spent on winning clients

    Everything of the period: ads, pay with taxes, contractors, services. A row for each."""
    new_customers: units.Count
    """New clients won with this money

    First payments of the period only. Those who came by themselves have a field of their own."""
    organic_customers: units.Count | None = None
    """New clients who came by themselves

    By word of mouth, by the sign over the door, by free search."""
    admissible_cac: units.Money | None = None
    """Admissible CAC

    From step 3, to see whether this cost fits below it."""

    @field_validator("costs", mode="wrap")
    @classmethod
    def _by_name(cls, value: Any, read: ValidatorFunctionWrapHandler) -> Any:
        """Rows, or a mapping of names to amounts, whose faults are told by the name."""
        if not isinstance(value, Mapping | list | tuple):
            raise PydanticKnownError("dict_type")
        if not isinstance(value, Mapping):
            return read(value)
        names = [str(name) for name in value]
        try:
            return read([{"name": name, "amount": value[key]} for name, key in zip(names, value, strict=True)])
        except ValidationError as error:
            faults = [_renamed(dict(fault), names) for fault in error.errors(include_url=False)]
            raise ValidationError.from_exception_data(cls.__name__, faults) from None

    def aim(self) -> float | None:
        """The admissible CAC."""
        return self.admissible_cac

    def levers(self) -> tuple[str, ...]:
        """The new clients: each cost is a row of its own."""
        return ("new_customers",)

    def solve(self) -> Acquisition:
        """All costs by the clients they won (fully loaded paid CAC), and by all new clients (blended): a16z 2015."""
        total = math.fsum(cost.amount for cost in self.costs)
        cac = _each(total, self.new_customers)
        everyone = None if self.organic_customers is None else self.new_customers + self.organic_customers
        return Acquisition(
            asked=self,
            cac=cac,
            blended=None if everyone is None else _each(total, everyone),
            total=total,
            flips=self._flips(total),
            verdict=self._verdict(total, known(cac)),
        )

    def _verdict(self, total: float, cac: float | None) -> Literal["yes", "no", "wait"]:
        if cac is None or self.admissible_cac is None or not total:
            return "wait"
        return "yes" if cac < self.admissible_cac else "no"

    def _flips(self, total: float) -> tuple[Flip, ...]:
        """The clients and the sum of costs at which the CAC equals the admissible one."""
        limit = self.admissible_cac
        if not limit or not total or not self.new_customers or not math.isfinite(total / limit):
            return ()
        return Flip(field="new_customers", at=total / limit), Flip(field="costs", at=limit * self.new_customers)


class Acquisition(Result):
    """What a new client costs; `cac` is paid and fully loaded, `blended` counts those who came by themselves too."""

    asked: Cac = Field(exclude=True, repr=False)
    cac: float | NonAnswer
    blended: float | NonAnswer | None
    total: float
    flips: tuple[Flip, ...]
    verdict: Literal["yes", "no", "wait"]

    def face(self) -> Face:
        """The cost of a client against the admissible one, what it is made of, and how far chance alone moves it."""
        cac = known(self.cac)
        costs = sorted(self.asked.costs, key=lambda cost: -cost.amount)
        if not cac:
            return Face(verdict=self._said(), notes=self._notes())
        blended = known(self.blended)
        return Face(
            verdict=self._said(),
            numbers=tuple(self._numbers(cac)),
            chart=self._chart(costs) if len(costs) > 1 else None,
            sections=(self._table(costs),),
            notes=self._notes(),
            further=(self._beside(cac, blended),) if blended is not None and blended < cac else (),
        )

    def _said(self) -> Verdict:
        limit = self.asked.admissible_cac
        if isinstance(self.cac, NonAnswer):
            return Verdict("wait", word("wait"), sentence(self.cac.reason), flip=sentence(self.cac.hint))
        if not self.total:
            say = t(CONTEXT, "No costs are entered, so a client seems to cost nothing.")
            return Verdict("wait", word("wait"), say, flip=t(CONTEXT, "Enter what was spent, pay included."))
        because = t(
            CONTEXT,
            "{total} were spent, and {clients} came of it.",
            total=money(self.total),
            clients=_clients(self.asked.new_customers),
        )
        if limit is None:
            say = t(CONTEXT, "A new client costs {cac}.", cac=money(self.cac))
            flip = t(CONTEXT, "Enter the admissible CAC of step 3, and the answer will be yes or no.")
            return Verdict("wait", t(CONTEXT, "Counted"), say, because, flip)
        if not limit:
            say = t(CONTEXT, "A client costs {cac}, and nothing may be paid for one.", cac=money(self.cac))
            return Verdict("no", word("no"), say, because)
        costs = {"cac": money(self.cac), "limit": money(limit)}
        say = (
            t(CONTEXT, "A client costs {cac}; below {limit} is admissible.", **costs)
            if self.verdict == "yes"
            else t(CONTEXT, "A client costs {cac}; only below {limit} is admissible.", **costs)
        )
        now, most = t(CONTEXT, "now {cac}", **costs), t(CONTEXT, "limit {limit}", **costs)
        ruler = Ruler(self.cac, limit, now, most)
        return Verdict(self.verdict, word(self.verdict), say, because, self._flip(), ruler)

    def _flip(self) -> str:
        at = {flip.field: flip.at for flip in self.flips}
        if not at:
            return ""
        clients, costs = math.floor(at["new_customers"]), money(at["costs"])
        if self.verdict == "no":
            words = _clients(clients + 1)
            return t(
                CONTEXT, "It fits from {clients} on, or when less than {costs} is spent.", clients=words, costs=costs
            )
        if clients:
            words = _clients(clients)
            return t(CONTEXT, "The answer flips at {clients} or fewer, or from {costs} on.", clients=words, costs=costs)
        return t(CONTEXT, "The answer flips when {costs} or more are spent.", costs=costs)

    def _numbers(self, cac: float) -> Iterator[Number]:
        clients = self.asked.new_customers
        yield Number(
            t(CONTEXT, "CAC"),
            money(cac),
            badge=t(CONTEXT, "paid, fully loaded"),
            definition=t(
                CONTEXT,
                "All costs of winning clients in a period divided by the new clients they won in it. It decides.",
            ),
            formula=f"{money(self.total)} ÷ {number(clients)}",
        )
        if self.blended is not None:
            everyone = clients + (self.asked.organic_customers or 0)
            blended = known(self.blended)
            yield Number(
                t(CONTEXT, "Blended CAC"),
                or_dash(blended, money),
                badge=t(CONTEXT, "with those who came by themselves"),
                definition=t(
                    CONTEXT,
                    "The same costs divided by all new clients. It looks better and does not say what one more costs.",
                ),
                formula=f"{money(self.total)} ÷ {number(everyone)}",
            )
        yield Number(
            t(CONTEXT, "Chance alone moves it by"),
            f"±{share(1 / math.sqrt(clients))}",
            badge=t(CONTEXT, "one period to the next"),
            definition=t(
                CONTEXT,
                "{clients} vary by about the square root of their number even when nothing changes.",
                clients=sentence(_clients(clients))[:-1],
            ),
            formula=f"1 ÷ √{number(clients)}",
        )

    def _chart(self, costs: list[Cost]) -> Bars:
        first = costs[0]
        return Bars(
            title=t(
                CONTEXT, "{part} of a client’s cost: “{name}”", part=share(first.amount / self.total), name=first.title
            ),
            caption=t(CONTEXT, "What one new client costs, by kind of spending, {sign}.", sign=money_sign()),
            labels=tuple(cost.title for cost in costs),
            values=tuple(cost.amount / self.asked.new_customers for cost in costs),
            texts=tuple(money(cost.amount / self.asked.new_customers) for cost in costs),
            lit=0,
        )

    def _beside(self, cac: float, blended: float) -> Bars:
        """The two kinds of CAC against what is admissible: which of them is looked at can turn the verdict over."""
        limit = self.asked.admissible_cac
        values = {"cac": money(cac), "blended": money(blended)}
        return Bars(
            title=t(CONTEXT, "Those who came by themselves make {cac} look like {blended}", **values),
            caption=t(CONTEXT, "Paid and blended CAC, {sign}.", sign=money_sign()),
            labels=(t(CONTEXT, "CAC"), t(CONTEXT, "Blended CAC")),
            values=(cac, blended),
            limit=Mark(t(CONTEXT, "limit {limit}", limit=money(limit)), limit) if limit else None,
            texts=tuple(values.values()),
            lit=0,
        )

    def _table(self, costs: list[Cost]) -> Table:
        rows = tuple(
            (
                cost.title,
                money(cost.amount),
                share(cost.amount / self.total),
                money(cost.amount / self.asked.new_customers),
            )
            for cost in costs
        )
        columns = (
            t(CONTEXT, "Spent on"),
            t(CONTEXT, "Amount"),
            t(CONTEXT, "Part"),
            t(CONTEXT, "Per client"),
        )
        return Table(t(CONTEXT, "What a client costs"), columns, rows, numeric=(1, 2, 3))

    def _notes(self) -> tuple[str, ...]:
        found = [
            t(CONTEXT, "When a deal takes longer than a month, take a quarter: the money of May wins clients of July.")
        ]
        if len(self.asked.costs) == 1:
            found.insert(
                0,
                t(
                    CONTEXT,
                    "One kind of cost is named. Pay, contractors and services belong to it too, or CAC is too low.",
                ),
            )
        if self.asked.organic_customers is None:
            found.append(t(CONTEXT, "If some of these clients came by themselves, the others cost more than this."))
        return tuple(found)


def _each(total: float, clients: int) -> float | NonAnswer:
    """The cost of one client, where there is one."""
    if clients:
        return total / clients
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "no new client was won, so there is nobody to divide the costs by"),
        hint=t(CONTEXT, "take a longer period, or enter the clients who came later of this money"),
    )


def _clients(n: float) -> str:
    return tn(CONTEXT, "{n} new client", "{n} new clients", n)


def _renamed(fault: dict[str, Any], names: list[str]) -> InitErrorDetails:
    """A fault of the amount at a place, told by the name that the mapping gave it."""
    place = fault["loc"][0] if fault["loc"] else None
    loc = (names[place],) if isinstance(place, int) else fault["loc"]
    return InitErrorDetails(type=fault["type"], loc=loc, input=fault["input"], ctx=fault.get("ctx", {}))
