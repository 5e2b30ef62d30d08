"""How soon leads hear from the firm, who is kept waiting, and what that may be worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.display import Face
from playbook.i18n import t
from playbook.methods.intervals import wilson
from playbook.methods.two_samples import Shares, newcombe
from playbook.methods.waiting import quantile
from playbook.model import Inputs, NonAnswer, Part, Provisional, Result
from playbook.questions.speed_to_lead.face import face

CONTEXT = "speed-to-lead"
SLA, STALE, SLOW = "sla_minutes", "stale_days", "first_contact_slow_hours"
LEVEL = 0.95
WEEKEND = (6, 7)
_HOUR = 60

Minutes = Annotated[float, Field(ge=0, le=1e8, json_schema_extra={"unit": "minutes"})]
Untouched = Annotated[float, Field(ge=0, le=1e5, json_schema_extra={"unit": "days"})]
Weekday = Annotated[int, Field(ge=1, le=7, json_schema_extra={"unit": "count"})]
Hour = Annotated[int, Field(ge=0, le=23, json_schema_extra={"unit": "count"})]
Several = Annotated[int, Field(ge=1, le=10**9, json_schema_extra={"unit": "count"})]


class Lead(Part):
    """One lead, or several alike."""

    name_of_question = CONTEXT
    labels: ClassVar = {"won": "won", "lost": "lost", "open": "open"}

    minutes: Minutes | None = None
    """Minutes to the first contact

    Empty where nobody has answered, or nobody wrote down when."""
    outcome: Literal["won", "lost", "open"] = "open"
    """What became of it"""
    weekday: Weekday | None = None
    """Weekday it came on, 1 is Monday"""
    hour: Hour | None = None
    """Hour it came in, 0 to 23"""
    untouched_days: Untouched | None = None
    """Days an open lead has lain untouched"""
    count: Several = 1
    """How many such leads there are"""


class SpeedToLead(Inputs):
    """Ask what part of the leads is answered in time, where they wait, and how waiting goes with winning.

    >>> leads = [{"minutes": 10, "outcome": "won"}, {"minutes": 90, "outcome": "lost"}, {"minutes": 20}]
    >>> SpeedToLead(leads=leads, sla_minutes=30).solve().within_sla
    0.6666666666666666
    """

    name = CONTEXT
    groups: ClassVar = (
        ("The agreement", ("sla_minutes", "stale_days", "profit_per_sale")),
        ("Leads", ("leads",)),
    )

    leads: Annotated[tuple[Lead, ...], Field(min_length=1, max_length=500_000)]
    """Leads

    A row for each lead of the last months, open and unanswered ones too."""
    sla_minutes: units.Minutes | None = None
    """Minutes to the first contact that you promise

    From the agreement with sales; without one the rule of thumb is taken."""
    stale_days: units.Days | None = None
    """An open lead is stale after so many days untouched

    The rule of thumb, when left empty."""
    profit_per_sale: units.Money | None = None
    """Gross profit of a sale

    To see what waiting may cost."""
    since: units.Day | None = None
    """First day of these leads"""
    until: units.Day | None = None
    """Last day of these leads"""

    @property
    def sla(self) -> float:
        """The promise in minutes: one's own, else the longest that the rule of thumb allows."""
        return rules.get(SLA).span[1] if self.sla_minutes is None else self.sla_minutes

    @property
    def stale_after(self) -> float:
        """Days after which an untouched lead is stale: one's own, else the rule of thumb's."""
        return rules.get(STALE).number if self.stale_days is None else self.stale_days

    def solve(self) -> Speed:
        """Share in time, quantiles of the wait, stale leads, and conversion by wait with intervals (Wilson 1927)."""
        waits = [(lead.minutes, lead.count) for lead in self.leads if lead.minutes is not None]
        size = self.size(lambda _: True)
        refusal = None if waits else _no_contact()
        buckets = self._buckets() if waits else ()
        extra = refusal or self._extra()
        return Speed(
            asked=self,
            leads=size,
            answered=sum(count for _, count in waits),
            sla_minutes=self.sla,
            within_sla=refusal or self.size(self.in_time) / size,
            median_minutes=refusal or quantile(waits, 0.5) or 0.0,
            p90_minutes=refusal or quantile(waits, 0.9) or 0.0,
            stale=self._stale(),
            stale_from_weekends=self.size(lambda lead: self.is_stale(lead) and (lead.weekday or 0) in WEEKEND),
            buckets=buckets,
            late=self._late() if waits else (),
            extra_sales=extra,
            worth=self._worth(extra),
        )

    def size(self, which: Callable[[Lead], bool]) -> int:
        """How many leads are of a kind."""
        return sum(lead.count for lead in self.leads if which(lead))

    def in_time(self, lead: Lead) -> bool:
        """Whether a lead was answered within the promise."""
        return lead.minutes is not None and lead.minutes <= self.sla

    def too_late(self, lead: Lead) -> bool:
        """Whether a lead was answered, and after the promise."""
        return lead.minutes is not None and lead.minutes > self.sla

    def is_stale(self, lead: Lead) -> bool:
        """Whether a lead is open and has lain untouched for too long."""
        return _open(lead) and (lead.untouched_days or 0) > self.stale_after

    def _stale(self) -> int | NonAnswer:
        if all(lead.untouched_days is None for lead in self.leads) and self.size(_open):
            return NonAnswer(
                status="undefined",
                reason=t(CONTEXT, "no open lead says how long it has lain untouched"),
                hint=t(CONTEXT, "export the day of the last change, or of the first contact, from your CRM"),
            )
        return self.size(self.is_stale)

    def _edges(self) -> tuple[float, ...]:
        """Where the waits are cut: the promise, the ends of the rule of thumb, and a day."""
        low, high = rules.get(SLA).span
        return tuple(sorted({self.sla, low, high, rules.get(SLOW).number * _HOUR}))

    def _buckets(self) -> tuple[Bucket, ...]:
        """Leads by their wait; those nobody is known to have answered stand last."""
        edges = self._edges()
        spans = [*zip((None, *edges), (*edges, None), strict=True)]
        found = [self._bucket(low, high, _between(low, high)) for low, high in spans]
        silent = self._bucket(None, None, lambda lead: lead.minutes is None)
        return tuple(bucket for bucket in (*found, silent) if bucket.leads)

    def _bucket(self, low: float | None, high: float | None, which: Callable[[Lead], bool]) -> Bucket:
        counts = self._outcomes(which)
        decided = counts["won"] + counts["lost"]
        ends = wilson(counts["won"], decided, LEVEL) if decided else (None, None)
        return Bucket(
            above=low,
            up_to=high,
            leads=counts.total(),
            won=counts["won"],
            lost=counts["lost"],
            conversion=counts["won"] / decided if decided else _undecided(),
            low=ends[0],
            high=ends[1],
        )

    def _outcomes(self, which: Callable[[Lead], bool]) -> Counter[str]:
        found: Counter[str] = Counter()
        for lead in self.leads:
            if which(lead):
                found[lead.outcome] += lead.count
        return found

    def _late(self) -> tuple[Slot, ...]:
        """Hours of the week with the leads that came in them, and those of them not answered in time."""
        came: Counter[tuple[int, int]] = Counter()
        late: Counter[tuple[int, int]] = Counter()
        for lead in self.leads:
            if lead.weekday is not None and lead.hour is not None:
                came[lead.weekday, lead.hour] += lead.count
                late[lead.weekday, lead.hour] += 0 if self.in_time(lead) else lead.count
        return tuple(
            Slot(weekday=day, hour=hour, leads=count, late=late[day, hour])
            for (day, hour), count in sorted(came.items())
        )

    def _extra(self) -> float | NonAnswer | Provisional:
        """Sales more, had the leads answered late been won as often as those answered in time: at most so many."""
        quick, slow = (_shares(self._outcomes(which)) for which in (self.in_time, self.too_late))
        if quick is None or slow is None:
            return NonAnswer(
                status="not_yet",
                reason=t(CONTEXT, "no lead answered in time is won or lost yet")
                if quick is None
                else t(CONTEXT, "no lead answered late is won or lost yet"),
                hint=t(CONTEXT, "take a longer time, so that both kinds are there"),
            )
        if quick.rate <= slow.rate:
            return NonAnswer(
                status="undefined",
                reason=t(CONTEXT, "leads answered late are won no less often"),
                hint=t(CONTEXT, "look for the loss elsewhere: offer, price, how the talk goes"),
            )
        extra = slow.n * (quick.rate - slow.rate)
        if newcombe(slow, quick, LEVEL)[0] > 0:
            return extra
        reason = t(CONTEXT, "the two shares are too close to tell from chance")
        return Provisional(value=extra, reason=reason, hint=t(CONTEXT, "take a longer time"))

    def _worth(self, extra: float | NonAnswer | Provisional) -> float | NonAnswer | Provisional | None:
        if self.profit_per_sale is None or isinstance(extra, NonAnswer):
            return None
        if isinstance(extra, Provisional):
            return extra.model_copy(update={"value": extra.value * self.profit_per_sale})
        return extra * self.profit_per_sale


class Bucket(Result):
    """Leads that waited more than `above` and up to `up_to` minutes; neither where nobody is known to have answered."""

    above: float | None
    up_to: float | None
    leads: int
    won: int
    lost: int
    conversion: float | NonAnswer
    """Won ones of the won and lost."""
    low: float | None
    high: float | None


class Slot(Result):
    """One hour of the week: weekday (1 is Monday), hour, the leads that came in it and those not answered in time."""

    weekday: int
    hour: int
    leads: int
    late: int


class Speed(Result):
    """How soon leads were answered; `extra_sales` and `worth` are upper bounds."""

    asked: SpeedToLead = Field(exclude=True, repr=False)
    leads: int
    answered: int
    """Leads whose first contact is recorded."""
    sla_minutes: float
    within_sla: float | NonAnswer
    """Of all leads, those answered within the promise."""
    median_minutes: float | NonAnswer
    p90_minutes: float | NonAnswer
    stale: int | NonAnswer
    stale_from_weekends: int
    """Of the stale ones, those that came on a Saturday or Sunday."""
    buckets: tuple[Bucket, ...]
    late: tuple[Slot, ...]
    extra_sales: float | NonAnswer | Provisional
    worth: float | NonAnswer | Provisional | None

    def face(self) -> Face:
        """Whether the promise is kept, where leads wait, and how waiting goes with winning."""
        return face(self)


def _open(lead: Lead) -> bool:
    return lead.outcome == "open"


def _between(low: float | None, high: float | None) -> Callable[[Lead], bool]:
    return lambda lead: (
        lead.minutes is not None and (low is None or lead.minutes > low) and (high is None or lead.minutes <= high)
    )


def _shares(counts: Counter[str]) -> Shares | None:
    decided = counts["won"] + counts["lost"]
    return Shares(decided, counts["won"]) if decided else None


def _no_contact() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "no lead has the time of its first contact, and it is not guessed"),
        hint=t(CONTEXT, "export the column with the first contact, or add such a field to the deal in your CRM"),
    )


def _undecided() -> NonAnswer:
    return NonAnswer(
        status="not_yet",
        reason=t(CONTEXT, "none of them is won or lost yet"),
        hint=t(CONTEXT, "come back when some of them are won or lost"),
    )
