"""The weekly review: a few metrics, a few decisions, and what last week left undone."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from playbook import metrics, rules, units
from playbook.display import Face, Number, Point, Points, Section, Table, Verdict, apart, word
from playbook.i18n import day_month, number, t, tn
from playbook.methods import xmr
from playbook.metrics import Metric
from playbook.model import Inputs, Part, Result

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

    def swing(self) -> Swing | None:
        """What XmR says of this week's value among all weeks; None without a name, a value or a week before."""
        if self.value is None or not self.previous or not self.metric.strip():
            return None
        values = (*self.previous, self.value)
        usual = xmr.chart(values, counts=min(values) >= 0)
        if usual is None or rules.get(XMR).status(len(values)) == "below":
            return Swing(metric=self.metric, change="too_short", weeks=len(values))
        found = tuple(signal.rule for signal in usual.signals if signal.index == len(self.previous))
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
    owner: units.Name = ""
    """Owner"""
    due: units.Day | None = None
    """By when"""
    review: units.Day | None = None
    """Look at the result on"""

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
    outcome: Outcome
    """What came of it"""


class Week(Inputs):
    """Ask whether the weekly review ends in decisions that will be done.

    >>> Week(metrics=("leads", "cac"), decisions=()).solve().carried_over
    ()
    """

    name = CONTEXT
    groups: ClassVar = (
        ("Last week", ("previous",)),
        ("Metrics", ("metrics",)),
        ("Decisions", ("decisions",)),
        ("Meeting", ("meeting_minutes",)),
    )

    metrics: tuple[WeekMetric, ...] = Field(max_length=200)
    """Metrics of the week"""
    decisions: tuple[Decision, ...] = Field(default=(), max_length=200)
    """Decisions for the next week"""
    meeting_minutes: units.Minutes | None = None
    """Length of the meeting"""
    previous: tuple[Earlier, ...] = Field(default=(), max_length=200)
    """Decisions of last week"""

    def solve(self) -> Review:
        """The warnings, and what was not done and comes back."""
        carried = tuple(item.what for item in self.previous if item.outcome == "not_done")
        return Review(asked=self, warnings=self.warnings(), carried_over=carried, swings=self.swings())

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

    def warnings(self) -> tuple[str, ...]:
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
        return (*found, *(_unheld(decision) for decision in self.decisions if decision.lacks()))


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
    carried_over: tuple[str, ...]
    swings: tuple[Swing, ...]

    def face(self) -> Face:
        """Whether the review ends in decisions, the decisions, what really changed, the metrics and last week."""
        sections: list[Section] = [table for table in (self._decisions(), self._metrics()) if table.rows]
        if signals := _signals(self.asked.metrics):
            sections.insert(len(sections) - 1, Points(t(CONTEXT, "What really changed"), signals))
        if self.carried_over:
            sections.insert(0, self._carried())
        if self.asked.previous:
            sections.append(self._before())
        return Face(
            verdict=self._said(),
            numbers=self._numbers(),
            sections=tuple(sections),
            notes=self.asked.warnings(),
            rules=self.asked.checks(),
        )

    def _said(self) -> Verdict:
        check, warnings = self.asked.checks()[0], self.asked.warnings()
        because, flip = " ".join(filter(None, (self._off_plan(), self._changed()))), self._again()
        if not self.asked.decisions:
            if not self.asked.metrics:
                return Verdict(
                    "wait", word("wait"), t(CONTEXT, "Neither metrics nor decisions are here yet."), flip=flip
                )
            say = t(CONTEXT, "No decision yet; {range} a week are usual.", range=check.rule.range_words)
            return Verdict(
                "no",
                t(CONTEXT, "No decisions"),
                say,
                because or t(CONTEXT, "A meeting without decisions only looks at charts."),
                flip,
            )
        if warnings:
            say = t(CONTEXT, "{words}.", words=check.words) if not check.met else warnings[0]
            return Verdict("wait", t(CONTEXT, "Almost"), say, because, flip)
        say = t(CONTEXT, "{words}, each with an owner and a date.", words=check.words)
        return Verdict("yes", t(CONTEXT, "The week is set"), say, because, flip)

    def _off_plan(self) -> str:
        names = [
            t(
                CONTEXT,
                "{name} {value} (plan {plan})",
                name=row.known.name,
                value=row.known.written(row.value),
                plan=row.known.written(row.plan),
            )
            for row in self.asked.metrics
            if row.met is False
        ]
        if names:
            return t(CONTEXT, "Off plan: {names}.", names="; ".join(names))
        return t(CONTEXT, "Every metric with a plan keeps it.") if any(row.met for row in self.asked.metrics) else ""

    def _changed(self) -> str:
        names = ", ".join(metrics.find(swing.metric).name for swing in self.swings if swing.change == "signal")
        return t(CONTEXT, "Not the usual swing: {names}.", names=names) if names else ""

    def _again(self) -> str:
        if not self.carried_over:
            return ""
        left = len(self.carried_over)
        return tn(
            CONTEXT,
            "{n} decision of last week is not done and is said again.",
            "{n} decisions of last week are not done and are said again.",
            left,
        )

    def _numbers(self) -> tuple[Number, ...]:
        numbers = [
            Number(
                check.label[:1].upper() + check.label[1:],
                number(check.value),
                badge=check.rule.range_words,
                definition=check.words,
            )
            for check in self.asked.checks()
        ]
        if previous := self.asked.previous:
            done = sum(item.outcome != "not_done" for item in previous)
            of = t(CONTEXT, "of {of}", of=number(len(previous)))
            numbers.append(
                Number(
                    t(CONTEXT, "Done of last week"),
                    number(done),
                    of,
                    definition=t(CONTEXT, "Carried out, whether it worked or not."),
                )
            )
        return tuple(numbers)

    def _decisions(self) -> Table:
        columns = (
            t(CONTEXT, "Decision"),
            t(CONTEXT, "Why"),
            t(CONTEXT, "Owner"),
            t(CONTEXT, "By when"),
            t(CONTEXT, "Look at the result on"),
        )
        rows = tuple(
            (item.what, item.why.strip() or "—", item.owner.strip() or "—", _day(item.due), _day(item.review))
            for item in self.asked.decisions
        )
        return Table(t(CONTEXT, "Decisions for the next week"), columns, rows)

    def _metrics(self) -> Table:
        columns = (
            t(CONTEXT, "Metric"),
            t(CONTEXT, "This week"),
            t(CONTEXT, "Plan"),
            t(CONTEXT, "Against the plan"),
            t(CONTEXT, "The weeks before"),
            t(CONTEXT, "Signal or routine"),
        )
        rows = tuple(_metric_row(row) for row in self.asked.metrics if row.metric.strip())
        return Table(t(CONTEXT, "Metrics of the week"), columns, rows, self._sources(), numeric=(1, 2))

    def _sources(self) -> str:
        """Which values were not typed, and where they come from."""
        by_source: dict[str, list[str]] = {}
        for row in self.asked.metrics:
            by_source.setdefault(row.source, []).append(row.known.name)
        told = (f"{', '.join(names)}: {source}" for source, names in by_source.items() if source)
        said = "; ".join(told)
        return t(CONTEXT, "From your data: {said}.", said=said) if said else ""

    def _carried(self) -> Points:
        again = {_plain(decision.what) for decision in self.asked.decisions}
        kept, left = (
            t(CONTEXT, "It stands among the decisions of the new week."),
            t(CONTEXT, "Decide again: do it, hand it over or drop it."),
        )
        items = tuple(Point(what, kept if _plain(what) in again else left, step=CONTEXT) for what in self.carried_over)
        return Points(t(CONTEXT, "Carried over from last week"), items)

    def _before(self) -> Table:
        labels = {value: t(CONTEXT, label) for value, label in Earlier.labels.items()}
        rows = tuple((item.what, labels[item.outcome]) for item in self.asked.previous)
        return Table(
            t(CONTEXT, "Decisions of last week"), (t(CONTEXT, "Decision"), t(CONTEXT, "What came of it")), rows
        )


def _unheld(decision: Decision) -> str:
    name = decision.what if len(decision.what) <= _SHOWN else decision.what[: _SHOWN - 1].rstrip() + "…"
    return t(CONTEXT, "“{name}” lacks: {what}.", name=name, what=", ".join(decision.lacks()))


def _metric_row(row: WeekMetric) -> tuple[str, ...]:
    known = row.known
    against = {True: t(CONTEXT, "kept"), False: t(CONTEXT, "not kept"), None: "—"}[row.met]
    before = f"{known.written(min(row.previous))} – {known.written(max(row.previous))}" if row.previous else "—"
    return known.name, known.written(row.value), known.written(row.plan), against, before, _change(row)


def _change(row: WeekMetric) -> str:
    swing = row.swing()
    if swing is None:
        return "—"
    if swing.change == "too_short":
        least = number(rules.get(XMR).number)
        return t(CONTEXT, "too short: {have} of {least} weeks", have=number(swing.weeks), least=least)
    usual = _usual(row, swing)[1]
    if swing.rules:
        return t(CONTEXT, "signal; usual {usual}", usual=usual)
    return t(CONTEXT, "routine; usual {usual}", usual=usual)


def _usual(row: WeekMetric, swing: Swing) -> tuple[str, str]:
    """The week's value and the usual range; a value outside it is written apart from the limit."""
    value, ends = row.value or 0.0, (swing.lower or 0.0, swing.upper or 0.0)
    if "beyond_limit" not in swing.rules:
        low, high = map(row.known.written, ends)
        return row.known.written(value), f"{low} – {high}"
    place = value > ends[1]
    said, limit = apart(value, ends[place], row.known.written)
    low, high = (limit if side == place else row.known.written(end) for side, end in enumerate(ends))
    return said, f"{low} – {high}"


def _signals(rows: tuple[WeekMetric, ...]) -> tuple[Point, ...]:
    """Every metric with a signal, and what the rule says that made it one."""
    found = []
    for row in rows:
        if (swing := row.swing()) and swing.rules:
            (value, usual), mean = _usual(row, swing), row.known.written(swing.mean)
            said = {
                "beyond_limit": t(CONTEXT, "Outside the usual {usual}: find out what was different.", usual=usual),
                "eight_on_one_side": t(
                    CONTEXT, "Eight weeks in a row on one side of the mean {mean}: the level has moved.", mean=mean
                ),
                "two_of_three": t(
                    CONTEXT, "Two weeks of three far from the mean {mean}: the level may be moving.", mean=mean
                ),
            }
            found.append(Point(f"{row.known.name}: {value}", " ".join(said[rule] for rule in swing.rules)))
    return tuple(found)


def _day(day: units.Day | None) -> str:
    return day_month(day) if day else "—"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
