"""The ten items of a built system, each ticked by evidence, and how far the firm has come since its first day."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from playbook import rules, texts, units
from playbook.display import Face, Number, Point, Points, Ruler, Section, Table, Verdict, or_dash
from playbook.i18n import date as written_date
from playbook.i18n import number, t
from playbook.model import Inputs, Part, Result

CONTEXT = "checklist"
ITEMS = (
    "goals", "segments", "offer", "funnel", "core", "records", "crm", "dashboard", "experiments", "handover",
)  # fmt: skip
PAGES = {
    "goals": "goal",
    "segments": "icp",
    "offer": "offer",
    "funnel": "cjm",
    "core": "core",
    "records": "working-loop",
    "crm": "working-loop",
    "dashboard": "week",
    "experiments": "ideas",
    "handover": "order",
}
"""The page on which the evidence of an item comes about."""


class Begun(Part):
    """An item that is begun, and what its page says is not there yet."""

    name_of_question = CONTEXT

    item: units.Name
    """Item"""
    says: units.Note = ""
    """What is not there yet"""


class Checklist(Inputs):
    """Ask how much of the system is built; an item counts with something to show for it.

    >>> Checklist(goals="40 clients by 1 March").solve().ticked
    1
    """

    name = CONTEXT
    groups: ClassVar = (("What there is to show", ITEMS), ("Since the first day", ()))

    goals: units.Note = ""
    """Goals and KPI"""
    segments: units.Note = ""
    """Segments and ICP, proven by data"""
    offer: units.Note = ""
    """Positioning and offers, tested"""
    funnel: units.Note = ""
    """Funnel and client journey"""
    core: units.Note = ""
    """Core of channels and plan of topics"""
    records: units.Note = ""
    """Records of leads without work by hand"""
    crm: units.Note = ""
    """CRM discipline and reasons for refusal"""
    dashboard: units.Note = ""
    """Dashboard of 5–12 metrics and a weekly review"""
    experiments: units.Note = ""
    """Backlog and experiments"""
    handover: units.Note = ""
    """Rules of marketing, sales and service"""
    begun: tuple[Begun, ...] = Field(default=(), max_length=10)
    """Items that are begun"""
    first_day: units.Day | None = None
    """First day"""
    today: units.Day | None = None
    """Today"""
    ticked_before: units.Count | None = None
    """Items with evidence on the first day"""
    ten_before: units.Count | None = None
    """Of the ten questions answered on the first day"""
    ten_now: units.Count | None = None
    """Of the ten questions answered now"""
    diagnosis_before: units.Count | None = None
    """Diagnosis on the first day"""
    diagnosis_now: units.Count | None = None
    """Diagnosis now"""

    def solve(self) -> Built:
        """The items with evidence, and those without."""
        shown = tuple(name for name in ITEMS if self.evidence(name))
        return Built(
            asked=self,
            ticked=len(shown),
            of=int(rules.get("readiness_items").number),
            shown=shown,
            missing=tuple(name for name in ITEMS if name not in shown),
        )

    def evidence(self, item: str) -> str:
        """What there is to show for an item."""
        return str(getattr(self, item)).strip()

    def compared(self) -> tuple[tuple[str, int | None, int | None], ...]:
        """Name, first day and now of everything that is measured twice."""
        rows = (
            (t(CONTEXT, "Ten questions, answered"), self.ten_before, self.ten_now),
            (t(CONTEXT, "Diagnosis, points of 40"), self.diagnosis_before, self.diagnosis_now),
            (t(CONTEXT, "Checklist, items of 10"), self.ticked_before, sum(bool(self.evidence(one)) for one in ITEMS)),
        )
        return tuple(rows) if self.first_day else ()


class Built(Result):
    """How much of the system stands."""

    asked: Checklist = Field(exclude=True, repr=False)
    ticked: int
    of: int
    shown: tuple[str, ...]
    """Items with evidence."""
    missing: tuple[str, ...]
    """Items with nothing to show for them."""

    def face(self) -> Face:
        """How many items have evidence, the way since the first day, the evidence, and what is missing."""
        sections: list[Section] = [part for part in (self._since(), self._evidence()) if part]
        if self.missing:
            names, begun = _names(), {one.item: one.says for one in self.asked.begun}
            items = tuple(Point(names[item], begun.get(item, ""), step=PAGES[item]) for item in self.missing)
            sections.append(Points(t(CONTEXT, "Nothing to show yet"), items))
        return Face(verdict=self._said(), numbers=self._numbers(), sections=tuple(sections))

    def _said(self) -> Verdict:
        say = t(
            CONTEXT, "{ticked} of {of} items have something to show.", ticked=number(self.ticked), of=number(self.of)
        )
        if not self.missing:
            return Verdict("yes", t(CONTEXT, "Built"), say, self._gain(), ruler=self._ruler())
        names = _names()
        flip = t(CONTEXT, "Next: {name}.", name=names[self.missing[0]])
        return Verdict("wait", t(CONTEXT, "Being built"), say, self._gain(), flip, self._ruler())

    def _ruler(self) -> Ruler:
        now = t(CONTEXT, "now: {value}", value=number(self.ticked))
        return Ruler(self.ticked, self.of, now, t(CONTEXT, "all: {value}", value=number(self.of)), top=self.of)

    def _gain(self) -> str:
        before = self.asked.ticked_before
        if before is None or self.asked.first_day is None or before == self.ticked:
            return ""
        return t(
            CONTEXT,
            "On {day} it was {before}.",
            day=written_date(self.asked.first_day),
            before=number(before),
        )

    def _numbers(self) -> tuple[Number, ...]:
        return tuple(
            Number(name, number(now), t(CONTEXT, "was {before}", before=number(before)) if before is not None else "")
            for name, before, now in self.asked.compared()
            if now is not None
        )

    def _since(self) -> Table | None:
        asked = self.asked
        if asked.first_day is None or (asked.today and asked.today <= asked.first_day):
            return None
        columns = (t(CONTEXT, "Measure"), written_date(asked.first_day), t(CONTEXT, "Now"), t(CONTEXT, "Change"))
        rows = tuple((name, _told(before), _told(now), _change(before, now)) for name, before, now in asked.compared())
        days = (asked.today - asked.first_day).days + 1 if asked.today else 0
        note = t(CONTEXT, "Day {day} beside day 1.", day=number(days)) if days else ""
        wait = rules.get("first_conclusions_days").low or 0
        if days < wait:
            note += " " + t(CONTEXT, "Channels are judged from day {day} on.", day=number(wait))
        return Table(t(CONTEXT, "Day 1 and today"), columns, rows, note.strip(), numeric=(1, 2, 3))

    def _evidence(self) -> Table | None:
        names = _names()
        rows = tuple((f"✓ {names[item]}", self.asked.evidence(item)) for item in self.shown)
        columns = (t(CONTEXT, "Item"), t(CONTEXT, "What there is to show"))
        return Table(t(CONTEXT, "With evidence"), columns, rows) if rows else None


def _names() -> dict[str, str]:
    found: dict[str, str] = texts.load("maturity.toml")["items"]
    return found


def _told(value: int | None) -> str:
    return or_dash(value, number)


def _change(before: int | None, now: int | None) -> str:
    if before is None or now is None:
        return "—"
    return f"+{number(now - before)}" if now > before else number(now - before)
