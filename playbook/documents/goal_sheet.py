"""The goal sheet: one goal down to the metrics that show it, each with an owner, and what comes first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from playbook import rules, units
from playbook.display import Face, Number, Point, Points, Section, Table, Verdict, word
from playbook.documents import Document
from playbook.i18n import number, t
from playbook.model import Part, Result

CONTEXT = "goal-sheet"
PRIORITIES = ("first", "later", "allowed", "forbidden")


class Level(Part):
    """One level of the goal, computed by a step."""

    name_of_question = CONTEXT

    what: units.Name
    """What"""
    value: units.Name = ""
    """How much"""
    step: units.Name = ""
    """Computed at"""


class Kpi(Part):
    """A metric that shows whether the goal is near."""

    name_of_question = CONTEXT

    metric: units.Name
    """Metric"""
    target: units.Name = ""
    """Target"""
    owner: units.Name = ""
    """Owner"""
    source: units.Name = ""
    """Where it is read"""
    money: bool = False
    """It counts money"""


class GoalSheet(Document):
    """Ask what the one goal takes, which metrics show it, who answers for each, and what comes first.

    >>> GoalSheet().solve().rules_written
    0
    """

    name = CONTEXT
    groups: ClassVar = (
        ("Goal", ("goal",)),
        ("Down to the numbers", ("levels",)),
        ("Metrics", ("kpis",)),
        ("What comes first", PRIORITIES),
    )
    blank: ClassVar = {"levels": 7, "kpis": 10}

    goal: units.Note = ""
    """Goal

    One goal in figures: what, how much, by when."""
    levels: tuple[Level, ...] = ()
    """Level

    Customers, leads, visits, budget, admissible CAC: each follows from the one before."""
    kpis: tuple[Kpi, ...] = ()
    """Metric

    Five to twelve, at least one that counts money, an owner for each."""
    first: units.Note = ""
    """First

    What gets money and hands before anything else."""
    later: units.Note = ""
    """Can wait

    Good ideas that are not for now."""
    allowed: units.Note = ""
    """Experiments allowed

    What may be tried, and how much it may cost."""
    forbidden: units.Note = ""
    """Risks forbidden

    What is never done for the sake of the goal."""

    def solve(self) -> Broken:
        """How far the goal is broken down, and what is still open."""
        return Broken(
            asked=self,
            levels=len(self.levels),
            kpis=len(self.kpis),
            without_owner=tuple(kpi.metric for kpi in self.kpis if not kpi.owner.strip()),
            without_target=tuple(kpi.metric for kpi in self.kpis if not kpi.target.strip()),
            money=any(kpi.money for kpi in self.kpis),
            rules_written=sum(bool(getattr(self, name).strip()) for name in PRIORITIES),
        )


class Broken(Result):
    """The goal broken down."""

    asked: GoalSheet = Field(exclude=True, repr=False)
    levels: int
    kpis: int
    without_owner: tuple[str, ...]
    without_target: tuple[str, ...]
    money: bool
    """Whether a metric counts money."""
    rules_written: int

    def face(self) -> Face:
        """What comes next, the figures, the goal by levels and its metrics."""
        checks = (rules.check("kpi_count", self.kpis), rules.check("priority_kinds", self.rules_written))
        return Face(
            verdict=self._verdict(),
            numbers=self._numbers(),
            sections=tuple(self._sections()),
            rules=checks if self.kpis else (),
        )

    def _verdict(self) -> Verdict:
        ahead = next(self._ahead(), None)
        if ahead is not None:
            return Verdict("wait", word("wait"), *ahead)
        say = t(CONTEXT, "The goal goes down to {n} metrics, each with a target and an owner.", n=number(self.kpis))
        return Verdict("yes", t(CONTEXT, "Agreed"), say, self.asked.goal)

    def _ahead(self) -> Iterator[tuple[str, str]]:
        if not self.asked.goal:
            yield (
                t(CONTEXT, "The goal is not set yet."),
                t(CONTEXT, "Answer step 1: everything on this sheet follows from it."),
            )
        count = rules.check("kpi_count", self.kpis)
        if not count.met:
            said = t(
                CONTEXT,
                "Metrics chosen: {n}, and {range} are needed.",
                n=number(self.kpis),
                range=count.rule.range_words,
            )
            yield said, t(CONTEXT, "They are chosen at step 6.")
        if not self.money:
            yield (
                t(CONTEXT, "No metric counts money."),
                t(CONTEXT, "Add CAC, gross profit or revenue at step 6."),
            )
        for missing, said in (
            (self.without_target, t(CONTEXT, "Metrics without a target: {n}.", n=number(len(self.without_target)))),
            (self.without_owner, t(CONTEXT, "Metrics without an owner: {n}.", n=number(len(self.without_owner)))),
        ):
            if missing:
                yield said, t(CONTEXT, "The first one: {name}. It is set at step 6.", name=missing[0])
        kinds = rules.get("priority_kinds").number
        if self.rules_written < kinds:
            yield (
                t(CONTEXT, "Rules of priority written: {n} of {all}.", n=number(self.rules_written), all=number(kinds)),
                t(
                    CONTEXT,
                    "Without them every idea is urgent: what is first, what waits, what may be tried, what never.",
                ),
            )

    def _numbers(self) -> tuple[Number, ...]:
        owned = self.kpis - len(self.without_owner)
        kinds = rules.get("priority_kinds").number
        return (
            Number(
                t(CONTEXT, "Metrics with an owner"),
                number(owned),
                t(CONTEXT, "of {value}", value=number(self.kpis)),
                definition=t(CONTEXT, "Somebody by name answers for the number."),
            ),
            Number(
                t(CONTEXT, "Rules of priority"),
                number(self.rules_written),
                t(CONTEXT, "of {value}", value=number(kinds)),
                definition=t(CONTEXT, "First, can wait, experiments allowed, risks forbidden."),
            ),
        )

    def _sections(self) -> Iterator[Section]:
        if self.asked.levels:
            columns = tuple(spec.label for spec in Level.fields())
            rows = tuple((level.what, level.value, level.step) for level in self.asked.levels)
            yield Table(t(CONTEXT, "Down to the numbers"), columns, rows, numeric=(1,))
        if self.asked.kpis:
            columns = tuple(spec.label for spec in Kpi.fields())[:4]
            rows4 = tuple((kpi.metric, kpi.target or "—", kpi.owner or "—", kpi.source) for kpi in self.asked.kpis)
            yield Table(t(CONTEXT, "Metrics"), columns, rows4, numeric=(1,))
        if not self.asked.goal:
            point = Point(
                t(CONTEXT, "Set the goal"), t(CONTEXT, "One of five, in figures, for 30 to 90 days."), step="goal"
            )
            yield Points(t(CONTEXT, "Where to begin"), (point,))
