"""Whether clients of each month come back, what they have left so far, and when their CAC was back.

The question and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.display import Face
from playbook.errors import InvalidInput, Problem
from playbook.i18n import share, t, tn
from playbook.model import Inputs, NonAnswer, Part, Result
from playbook.questions.cohorts.face import face

CONTEXT = "cohorts"
RULE = "cohort_clients"
UNSURE_DAYS = 30
"""Who first bought within so many days of the first day of the data may have been a client before."""


class Cohort(Part):
    """Clients whose first order falls in one calendar month."""

    name_of_question = CONTEXT

    month: units.Day
    """Month of the first order

    Any day of it."""
    active: Annotated[units.Numbers, Field(min_length=1)]
    """Clients who bought, month by month

    The first number is that of the month itself: 120; 30; 18."""
    profit: units.Numbers = ()
    """Gross profit, month by month

    As many numbers. Empty when the costs are not known."""

    @property
    def start(self) -> date:
        """The first day of the month."""
        return self.month.replace(day=1)

    @property
    def clients(self) -> float:
        """How many there are."""
        return self.active[0]


class Cohorts(Inputs):
    """Ask whether clients come back, and in which month what they left has paid for winning them.

    >>> rows = [{"month": "2026-01-01", "active": [100, 40, 30], "profit": [3000, 1200, 900]}]
    >>> found = Cohorts(cohorts=rows, cac=40).solve()
    >>> [month.retention for month in found.cohorts[0].months], found.payback_month
    ([1.0, 0.4, 0.3], 2)
    """

    name = CONTEXT
    groups: ClassVar = (("Cohorts", ("cohorts",)), ("What they are held against", ("cac", "since", "until")))

    cohorts: Annotated[tuple[Cohort, ...], Field(min_length=1, max_length=120)]
    """Cohorts

    A row for each month in which clients bought for the first time."""
    cac: units.Money | None = None
    """CAC

    What one new client costs, all in all."""
    since: units.Day | None = None
    """First day of the data

    Who bought soon after it may have been a client before: such cohorts are left out of the means."""
    until: units.Day | None = None
    """Last day of the data

    A month that ends after it is not over yet. When empty, all months are over."""

    @model_validator(mode="after")
    def _possible(self) -> Cohorts:
        seen: dict[date, int] = {}
        for place, one in enumerate(self.cohorts):
            if one.start in seen:
                self._refuse(place, "month", t(CONTEXT, "Two rows are of one month."), f"month={one.month}")
            seen[one.start] = place
            if one.clients < 1 or any(not 0 <= count <= one.clients for count in one.active):
                what = t(CONTEXT, "Nobody can come back who did not come: no month has more clients than the first.")
                self._refuse(place, "active", what, f"active={list(one.active)[:12]}")
            if one.profit and len(one.profit) != len(one.active):
                what = t(CONTEXT, "Clients and profit have different numbers of months.")
                self._refuse(place, "profit", what, f"{len(one.profit)} ≠ {len(one.active)}")
            if self.until and _later(one.start, len(one.active) - 1) > self.until:
                what = t(CONTEXT, "There are months after the last day of the data.")
                self._refuse(place, "active", what, f"{len(one.active)}, until={self.until}")
        return self

    def _refuse(self, place: int, field: str, what: str, saw: str) -> None:
        hint = t(CONTEXT, "count by calendar months, from the month of the first order on")
        raise InvalidInput([Problem(f"cohorts.{place}.{field}", what, saw, hint)])

    def solve(self) -> Retained:
        """Retention and profit of every cohort, their means over whole months, and the month of payback."""
        cohorts = tuple(self._followed(one) for one in sorted(self.cohorts, key=lambda one: one.start))
        sure = [one for one in cohorts if not one.unsure]
        refused = self._too_little(sure)
        means = () if refused else tuple(_means(sure))
        return Retained(
            asked=self,
            cohorts=cohorts,
            means=means,
            retention=refused or means[1].retention,
            payback_month=refused or self._payback(means) if self.cac is not None else None,
            verdict=self._verdict(refused, means),
        )

    def _followed(self, one: Cohort) -> Followed:
        months, left = [], 0.0
        for age, active in enumerate(one.active):
            if one.profit:
                left += one.profit[age]
            ends = _later(one.start, age + 1) - timedelta(days=1)
            months.append(
                Month(
                    age=age,
                    active=active,
                    retention=active / one.clients,
                    profit=one.profit[age] if one.profit else None,
                    left=left / one.clients if one.profit else None,
                    over=self.until is None or ends <= self.until,
                )
            )
        return Followed(
            month=one.start,
            clients=one.clients,
            months=tuple(months),
            unsure=self.since is not None and one.start < self.since + timedelta(days=UNSURE_DAYS),
            payback_month=_first_back([month.left for month in months], self.cac),
        )

    def _too_little(self, sure: Sequence[Followed]) -> NonAnswer | None:
        """Why no mean can be told: too few clients have had a whole month after the one of their first order."""
        least, seen = int(rules.get(RULE).number), sum(one.clients for one in sure if one.whole > 1)
        if seen >= least:
            return None
        reason = tn(
            CONTEXT,
            "only {n} client has a whole month behind the first order, and {least} are needed",
            "only {n} clients have a whole month behind the first order, and {least} are needed",
            round(seen),
            least=least,
        )
        return NonAnswer(status="not_yet", reason=reason, hint=t(CONTEXT, "take orders of more months"))

    def _payback(self, means: Sequence[Mean]) -> int | NonAnswer:
        """The month, counted from 1, in which the mean client has paid the CAC back."""
        cac, lefts = self.cac or 0.0, [mean.left for mean in means]
        if None in lefts:
            return NonAnswer(
                status="undefined",
                reason=t(CONTEXT, "the gross profit of the orders is not known"),
                hint=t(CONTEXT, "enter the gross profit month by month, or import what the goods cost"),
            )
        if (found := _first_back(lefts, cac)) is not None:
            return found
        last = max(left for left in lefts if left is not None)
        reason = tn(
            CONTEXT,
            "after {n} month {part} of the CAC is back",
            "after {n} months {part} of the CAC is back",
            len(lefts),
            part=share(max(last / cac, 0.0)),
        )
        return NonAnswer(status="not_yet", reason=reason, hint=t(CONTEXT, "lower the CAC, or bring clients back"))

    def _verdict(self, refused: NonAnswer | None, means: Sequence[Mean]) -> Literal["yes", "no", "wait"]:
        if refused or self.cac is None:
            return "wait" if refused else "yes"
        found = self._payback(means)
        if isinstance(found, NonAnswer):
            return "wait" if found.status == "undefined" else "no"
        return "yes"


class Month(Result):
    """One month of a cohort; `age` 0 is that of the first order. `left` is the gross profit a client so far."""

    age: int
    active: float
    retention: float
    profit: float | None
    left: float | None
    over: bool


class Followed(Result):
    """One cohort through its months."""

    month: date
    clients: float
    months: tuple[Month, ...]
    unsure: bool
    """Whether clients from before the data may be among them."""
    payback_month: int | None
    """Counted from 1; None while it is not reached, or not known."""

    @property
    def whole(self) -> int:
        """How many months are over."""
        return sum(month.over for month in self.months)


class Mean(Result):
    """One month over all cohorts that have it whole, by `clients`; `left` adds up what each month left a client."""

    age: int
    clients: float
    retention: float
    left: float | None


class Retained(Result):
    """Retention by cohort, its means, and the month in which the CAC is back, counted from 1."""

    asked: Cohorts = Field(exclude=True, repr=False)
    cohorts: tuple[Followed, ...]
    means: tuple[Mean, ...]
    retention: float | NonAnswer
    """The part of clients who buy in the month after that of their first order."""
    payback_month: int | NonAnswer | None
    verdict: Literal["yes", "no", "wait"]

    def face(self) -> Face:
        """How many come back, what a client has left, and when the CAC was back."""
        return face(self)


def _means(cohorts: Sequence[Followed]) -> Iterator[Mean]:
    """Month by month, as long as enough clients have had it whole."""
    least, left = rules.get(RULE).number, 0.0
    told = all(month.left is not None for one in cohorts for month in one.months)
    for age in range(max(one.whole for one in cohorts)):
        seen = [(one.clients, one.months[age]) for one in cohorts if one.whole > age]
        clients = sum(count for count, _ in seen)
        if clients < least:
            return
        left += sum(month.profit or 0.0 for _, month in seen) / clients
        retention = sum(month.active for _, month in seen) / clients
        yield Mean(age=age, clients=clients, retention=retention, left=left if told else None)


def _first_back(lefts: Sequence[float | None], cac: float | None) -> int | None:
    if cac is None:
        return None
    return next((place for place, left in enumerate(lefts, 1) if left is not None and left >= cac), None)


def _later(start: date, months: int) -> date:
    """The first day of the month so many months later."""
    number = 12 * start.year + start.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
