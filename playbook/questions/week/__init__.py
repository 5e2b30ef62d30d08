"""The weekly review: a few metrics, a few decisions, and what last week left undone.

The question and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, Literal, get_args

from pydantic import Field, model_validator

from playbook import calendars, metrics, rules, units
from playbook.display import Face
from playbook.i18n import day_month, t, tn
from playbook.methods import xmr
from playbook.metrics import Metric
from playbook.model import Inputs, Part, Result
from playbook.names import people
from playbook.questions.week.brought import Answering, Board, Channel
from playbook.questions.week.face import face
from playbook.questions.week.meeting import DAYS, At, Meeting, Weekday

CONTEXT = "week"
XMR = "xmr_points"
Outcome = Literal["worked", "did_not_work", "not_done"]
Change = Literal["signal", "routine", "too_short"]
_SHOWN = 80


class WeekMetric(Part):
    """One metric of the week."""

    name_of_question = CONTEXT

    metric: units.Name
    """Metric"""
    value: units.Signed | None = None
    """This week

    A share is typed as a part of one: 0.31 is 31%."""
    plan: units.Signed | None = None
    """Plan"""
    previous: tuple[units.Signed, ...] = Field(default=(), max_length=60)
    """The weeks before

    The oldest first. The longer the row, the surer what is usual."""
    source: units.Name = ""
    """Where the value comes from"""
    figure: units.Name = ""
    """The figure of the data that gives the value"""
    definition: units.Note = ""
    """How the data count it"""
    before_change: units.Count = 0
    """How many of these weeks lie before the last known change"""
    changed: units.Name = ""
    """What changed then"""
    week: units.Day | None = None
    """Monday of its week"""
    mondays: tuple[units.Day, ...] = Field(default=(), max_length=60)
    """Mondays of the weeks before, as far as they are known: the last is that of the newest week"""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        """A name alone, or `name` in place of `metric`."""
        if isinstance(value, str):
            return {"metric": value}
        if isinstance(value, dict) and "name" in value and "metric" not in value:
            return {("metric" if key == "name" else key): item for key, item in value.items()}
        return value

    @property
    def known(self) -> Metric:
        """The metric behind the name, in the reader's language."""
        return metrics.find(self.metric)

    @property
    def base(self) -> tuple[float, ...]:
        """The weeks before that this one is compared with: those after the last known change."""
        return self.previous[self.before_change :]

    def weeks(self) -> tuple[float, ...]:
        """The weeks before and this one, as far as it has a value."""
        return self.previous if self.value is None else (*self.previous, self.value)

    def by_week(self) -> dict[date, float]:
        """The weeks before by their Mondays, as far as those are known, and this one."""
        known = min(len(self.mondays), len(self.previous))
        found = dict(zip(self.mondays[-known:], self.previous[-known:], strict=True)) if known else {}
        return found | ({self.week: self.value} if self.week and self.value is not None else {})

    def swing(self) -> Swing | None:
        """What XmR says of this week's value among the weeks since the last known change; None without any."""
        if self.value is None or not self.base or not self.metric.strip():
            return None
        values = (*self.base, self.value)
        usual = _chart(values)
        if usual is None or rules.get(XMR).status(len(values)) == "below":
            return Swing(metric=self.metric, change="too_short", weeks=len(values))
        found = usual.rules_at(len(self.base))
        return Swing(
            metric=self.metric,
            change="signal" if found else "routine",
            weeks=len(values),
            mean=usual.mean,
            lower=usual.lower,
            upper=min(usual.upper, 1.0) if self.known.unit == "share" and max(values) <= 1 else usual.upper,
            rules=found,
        )

    @property
    def met(self) -> bool | None:
        """Whether the plan is kept; None while the value, the plan or the better direction is not known."""
        return None if self.value is None or self.plan is None else self.known.met(self.value, self.plan)


class Decision(Part):
    """One decision of the meeting."""

    name_of_question = CONTEXT

    what: units.Name
    """Decision

    What will be done, so that anyone can see it is done."""
    why: units.Note = ""
    """Why

    The metric or the fact behind it."""
    metric: units.Name = ""
    """Metric it should move"""
    owner: units.Name = ""
    """Owner"""
    due: units.Day | None = None
    """By when"""
    review: units.Day | None = None
    """Look at the result on"""
    hypothesis: units.Name = ""
    """Key of the hypothesis it was made of"""

    def short(self) -> str:
        """The decision as a sentence can name it."""
        return self.what if len(self.what) <= _SHOWN else self.what[: _SHOWN - 1].rstrip() + "…"

    def lacks(self) -> tuple[str, ...]:
        """What the decision still needs, in the reader's language."""
        told = (
            (self.owner.strip(), t(CONTEXT, "owner")),
            (self.due, t(CONTEXT, "date")),
            (self.why.strip(), t(CONTEXT, "reason")),
        )
        return tuple(name for value, name in told if not value)


class Earlier(Part):
    """A decision of the week before and what came of it."""

    name_of_question = CONTEXT
    labels: ClassVar = {"worked": "worked", "did_not_work": "did not work", "not_done": "not done"}

    what: units.Name
    """Decision of last week"""
    outcome: Outcome | None = None
    """What came of it"""
    metric: units.Name = ""
    """Metric it should move"""
    was: units.Signed | None = None
    """Its value when this was decided"""
    hypothesis: units.Name = ""
    """Key of the hypothesis it was made of"""

    @property
    def done(self) -> bool:
        """Whether it was carried out, be it with success or without."""
        return self.outcome in ("worked", "did_not_work")

    def told(self) -> str:
        """What came of it, in the reader's language."""
        return t(CONTEXT, self.labels[self.outcome]) if self.outcome else t(CONTEXT, "not said yet")


class InWork(Part):
    """A test that runs, or has just been read, as step 7 tells it."""

    name_of_question = CONTEXT

    name: units.Name
    """Hypothesis"""
    stage: units.Name = ""
    """Where it stands"""
    says: units.Note = ""
    """What its counts say, or what it waits for"""


class Revised(Part):
    """A number of a past week that a newer import changed."""

    name_of_question = CONTEXT

    metric: units.Name
    """Metric"""
    week: units.Day
    """Monday of its week"""
    was: units.Signed
    """As it was reviewed"""
    now: units.Signed
    """As it is now"""
    source: units.Name = ""
    """Where the newer number comes from"""
    imported: units.Day | None = None
    """When that was imported"""


class Week(Inputs):
    """Ask whether the weekly review ends in decisions that will be done.

    >>> Week(metrics=("leads", "cac"), decisions=()).solve().carried_over
    ()
    """

    name = CONTEXT
    labels: ClassVar = {day: day.capitalize() for day in DAYS}
    groups: ClassVar = (
        ("Last week", ("previous",)),
        ("Metrics", ("metrics",)),
        ("Decisions", ("decisions",)),
        ("Meeting", ("meeting_day", "meeting_at", "meeting_minutes", "meeting_owner")),
    )

    @classmethod
    def value_names(cls, name: str) -> Mapping[str, str]:
        """A time of day is written the same everywhere."""
        return {at: at for at in get_args(At)} if name == "meeting_at" else {}

    metrics: tuple[WeekMetric, ...] = Field(max_length=200)
    """Metrics of the week"""
    decisions: tuple[Decision, ...] = Field(default=(), max_length=200)
    """Decisions for the next week"""
    meeting_day: Weekday | None = None
    """Day of the meeting

    The same one every week."""
    meeting_at: At | None = None
    """It begins at"""
    meeting_minutes: units.Minutes | None = None
    """Length of the meeting"""
    meeting_owner: units.Name = ""
    """Who leads it

    One name: they bring the figures and write the decisions down."""
    previous: tuple[Earlier, ...] = Field(default=(), max_length=200)
    """Decisions of last week"""
    tests: tuple[InWork, ...] = Field(default=(), max_length=500)
    """Tests of the week"""
    board: Board | None = None
    """The four numbers of the week"""
    channels: tuple[Channel, ...] = Field(default=(), max_length=1000)
    """Channels of the week"""
    answering: Answering | None = None
    """How soon leads were answered"""
    revised: tuple[Revised, ...] = Field(default=(), max_length=1000)
    """Numbers of past weeks that changed"""
    begun: units.Day | None = None
    """Monday of a week that the data cover in part"""
    last_review: units.Day | None = None
    """Day of the last review"""
    today: units.Day | None = None
    """Today"""
    owned: bool | None = None
    """Whether one person inside the firm owns marketing"""

    def solve(self) -> Review:
        """The warnings, and what was not done and comes back."""
        carried = tuple(item.what for item in self.previous if item.outcome == "not_done")
        return Review(
            asked=self,
            warnings=self.warnings(),
            remarks=self.remarks(),
            carried_over=carried,
            swings=self.swings(),
        )

    def swings(self) -> tuple[Swing, ...]:
        """Every metric with a value and weeks before it: a signal, or the swing it always has."""
        return tuple(found for row in self.metrics if (found := row.swing()))

    def checks(self) -> tuple[rules.Check, ...]:
        """Metrics, decisions and the meeting against their rules of thumb."""
        named = sum(bool(row.metric.strip()) for row in self.metrics)
        found = [rules.check("decisions_per_week", len(self.decisions)), rules.check("kpi_count", named)]
        if self.meeting_minutes is not None:
            found.append(rules.check("meeting_minutes", self.meeting_minutes))
        return tuple(found)

    def block(self) -> str:
        """Why nothing here will be done before it is mended; empty when an owner stands, or nobody asked."""
        if self.owned is not False:
            return ""
        return t(CONTEXT, "Nobody inside the firm owns marketing, so nobody answers for these decisions.")

    def warnings(self) -> tuple[str, ...]:
        """What blocks, and what is better mended."""
        return (*filter(None, (self.block(),)), *self.advice())

    def advice(self) -> tuple[str, ...]:
        """What is out of its usual range, and every decision that nobody or no date holds."""
        advice = {
            ("decisions_per_week", "below"): t(CONTEXT, "Metrics without decisions change nothing."),
            ("decisions_per_week", "above"): t(CONTEXT, "Keep those that will be done by the next meeting."),
            ("kpi_count", "below"): t(CONTEXT, "Too few hide the cause."),
            ("kpi_count", "above"): t(CONTEXT, "Too many leave no time to decide."),
            ("meeting_minutes", "below"): t(CONTEXT, "There is little time to get to decisions."),
            ("meeting_minutes", "above"): t(CONTEXT, "Move details to those whom they concern."),
        }
        found = [f"{check.words}. {advice[check.id, check.status]}" for check in self.checks() if not check.met]
        unheld = (said for decision in self.decisions for said in _unheld(decision))
        return (*filter(None, (self._untold(),)), *found, *unheld)

    def remarks(self) -> tuple[str, ...]:
        """What the meeting should know beside its verdict: weeks without a review, dates that are over."""
        return tuple(filter(None, (self._skipped(), self._incomplete(), self._changed(), self._over())))

    def closed(self) -> bool:
        """Whether this week's review is over: what it decided is in work, and the next one is a week away."""
        if self.decisions or not self.previous or self.last_review is None or self.today is None:
            return False
        return calendars.monday(self.last_review) == calendars.monday(self.today)

    def skipped(self) -> int:
        """Whole weeks without a review since the last one."""
        if self.last_review is None or self.today is None:
            return 0
        return max((calendars.monday(self.today) - calendars.monday(self.last_review)).days // 7 - 1, 0)

    def _skipped(self) -> str:
        if not (weeks := self.skipped()) or self.last_review is None:
            return ""
        return tn(
            CONTEXT,
            "{n} week went without a review; the last one was on {day}. Begin with what came of its decisions.",
            "{n} weeks went without a review; the last one was on {day}. Begin with what came of its decisions.",
            weeks,
            day=day_month(self.last_review),
        )

    def _untold(self) -> str:
        names = [item.what for item in self.previous if item.outcome is None]
        return t(CONTEXT, "Say what came of: {names}.", names="; ".join(names)) if names else ""

    def _incomplete(self) -> str:
        if self.begun is None:
            return ""
        return t(CONTEXT, "The week from {day} is not over in the data and is left out.", day=day_month(self.begun))

    def _changed(self) -> str:
        """Which metrics are compared only with the weeks since a change."""
        names: dict[str, list[str]] = {}
        for row in self.metrics:
            if row.before_change:
                names.setdefault(row.changed, []).append(row.known.name)
        said = "; ".join(f"{', '.join(found)} ({why})" if why else ", ".join(found) for why, found in names.items())
        return t(CONTEXT, "What is usual is counted anew since a known change: {said}.", said=said) if said else ""

    def _over(self) -> str:
        """Decisions that are to be done by a day that is over."""
        late = [(one.short(), one.due) for one in self.decisions if one.due and self.today and one.due < self.today]
        if not late:
            return ""
        names = "; ".join(f"{name} ({day_month(day)})" for name, day in late)
        return t(CONTEXT, "Their date is over: {names}. Write a new one, or close the week if it is last week's.",
                 names=names)  # fmt: skip

    def meeting(self) -> Meeting:
        """When the meeting is and what its minutes are spent on."""
        return Meeting(self.meeting_day, self.meeting_at, self.meeting_minutes, self.meeting_owner)

    def now(self, metric: str) -> float | None:
        """The value of a metric this week."""
        known = metrics.find(metric).id
        return next((row.value for row in self.metrics if row.known.id == known), None)


class Swing(Result):
    """What this week's value of a metric is among its weeks: a signal, routine, or too few weeks to tell.

    The limits and the rules of a signal are those of the question `xmr`; a share's upper limit is 1 at most.
    """

    metric: str
    change: Change
    weeks: int
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    rules: tuple[xmr.Rule, ...] = ()


class Review(Result):
    """What the week still needs, and what it takes over from the one before."""

    asked: Week = Field(exclude=True, repr=False)
    warnings: tuple[str, ...]
    remarks: tuple[str, ...]
    """What the meeting should know beside them: weeks without a review, dates that are over."""
    carried_over: tuple[str, ...]
    swings: tuple[Swing, ...]

    def face(self) -> Face:
        """Whether the review ends in decisions, the decisions, what really changed, the metrics and last week."""
        return face(self)


@lru_cache(maxsize=256)
def _chart(values: tuple[float, ...]) -> xmr.Chart | None:
    """The limits of a row of weeks, counted once however many parts of a page ask for them."""
    return xmr.chart(values, counts=min(values) >= 0)


def _unheld(decision: Decision) -> Iterator[str]:
    """Why nobody in particular does a decision by any day."""
    name = decision.short()
    if lacks := decision.lacks():
        yield t(CONTEXT, "“{name}” lacks: {what}.", name=name, what=", ".join(lacks))
    if len(owners := people(decision.owner)) > 1:
        yield t(CONTEXT, "“{name}” has several owners: {names}. One has to answer for it.", name=name,
                names=", ".join(owners))  # fmt: skip
