"""The order of a firm's marketing: who owns the contour, who holds each function, what is agreed with sales."""

from __future__ import annotations

from collections import defaultdict
from typing import ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.display import Face, Number, Point, Points, Section, Table, Verdict, inside, word
from playbook.i18n import number, quantity, t
from playbook.model import Inputs, Result
from playbook.names import people

CONTEXT = "order"
FUNCTIONS = ("analytics", "content", "traffic", "packaging", "crm", "design", "site", "product")
SLA = ("mql", "sql", "first_contact_minutes", "attempts", "refusals", "returned", "service")


class Order(Inputs):
    """Ask whether marketing has an owner, a holder for every function, and an agreement with sales and service.

    >>> Order(owner="").solve().blocked
    True
    """

    name = CONTEXT
    labels: ClassVar = {"inside": "inside the firm", "outside": "a contractor"}
    groups: ClassVar = (
        ("Owner of the contour", ("owner", "place")),
        ("Eight functions", FUNCTIONS),
        ("Agreement with sales and service (SLA)", SLA),
    )

    owner: units.Name = ""
    """Owner

    One name: goals, plan, metrics, priorities and quality are theirs, even when all the work is outsourced."""
    place: Literal["inside", "outside"] = "inside"
    """Where the owner is"""
    analytics: units.Name = ""
    """Analytics"""
    content: units.Name = ""
    """Content"""
    traffic: units.Name = ""
    """Traffic"""
    packaging: units.Name = ""
    """Offers and packaging"""
    crm: units.Name = ""
    """Messages from the CRM"""
    design: units.Name = ""
    """Design"""
    site: units.Name = ""
    """Site"""
    product: units.Name = ""
    """Product marketing"""
    mql: units.Note = ""
    """When is a lead ready for sales (MQL)?

    What marketing has to know of it: the task, the term, the budget, the right segment."""
    sql: units.Note = ""
    """When does sales take it into work (SQL)?

    What sales has checked in the first talk."""
    first_contact_minutes: units.Minutes | None = None
    """Minutes to the first contact"""
    attempts: units.Count | None = None
    """Attempts to reach before a lead is closed"""
    refusals: units.Note = ""
    """Reasons for refusal

    One list for all; every lost lead has one of them."""
    returned: units.Note = ""
    """What goes back to marketing

    Who was not ready yet, and what is done with them."""
    service: units.Note = ""
    """What service tells marketing

    Complaints, repeated questions, reasons to stay or to leave; when and to whom."""

    def solve(self) -> Contour:
        """Blocked without one owner inside; then the empty and the overloaded, and what is not agreed."""
        return Contour(
            asked=self,
            blocked=bool(self.block()),
            empty=tuple(name for name in FUNCTIONS if not self.holders(name)),
            overloaded=tuple(self.loads()),
            open=tuple(name for name in SLA if not self.said(name)),
            warnings=self.warnings(),
        )

    def block(self) -> str:
        """Why nothing may begin before this is mended; empty when an owner stands."""
        owners = people(self.owner)
        if not owners:
            return t(CONTEXT, "Nobody owns the contour: goals, plan and quality are nobody's.")
        if len(owners) > 1:
            return t(CONTEXT, "{names} own it together, so nobody does. Name one.", names=", ".join(owners))
        if self.place == "outside":
            return t(
                CONTEXT, "{name} is a contractor. The work may be outside, the owner stays inside.", name=owners[0]
            )
        return ""

    def holders(self, function: str) -> list[str]:
        """Who holds a function."""
        return people(str(getattr(self, function)))

    def loads(self) -> dict[str, int]:
        """People who hold more functions than one can, with how many."""
        held: defaultdict[str, int] = defaultdict(int)
        names: dict[str, str] = {}
        for function in FUNCTIONS:
            for person in self.holders(function):
                names.setdefault(person.casefold(), person)
                held[person.casefold()] += 1
        most = rules.get("functions_per_person")
        return {names[person]: count for person, count in held.items() if most.status(count) == "above"}

    def said(self, name: str) -> bool:
        """Whether a point of the agreement is written down."""
        value = getattr(self, name)
        return value is not None if name in ("first_contact_minutes", "attempts") else bool(value.strip())

    def checks(self) -> tuple[rules.Check, ...]:
        """Held functions and the time to the first contact against the rules of thumb."""
        found = [rules.check("functions", sum(bool(self.holders(name)) for name in FUNCTIONS))]
        if self.first_contact_minutes is not None:
            found.append(rules.check("sla_minutes", self.first_contact_minutes))
        return tuple(found)

    def warnings(self) -> tuple[str, ...]:
        """What blocks, and who holds too much."""
        heavy = (
            t(CONTEXT, "{name} holds {count} of the eight functions: hand some over, or do less.", name=name,
              count=number(count))
            for name, count in self.loads().items()
        )  # fmt: skip
        return tuple(filter(None, (self.block(), *heavy)))


class Contour(Result):
    """Who owns it, what is held and what is agreed."""

    asked: Order = Field(exclude=True, repr=False)
    blocked: bool
    empty: tuple[str, ...]
    """Functions that nobody holds."""
    overloaded: tuple[str, ...]
    """People who hold more functions than one can."""
    open: tuple[str, ...]
    """Points of the agreement that are not written down."""
    warnings: tuple[str, ...]

    def face(self) -> Face:
        """Whether there is an owner, then the sheet of functions and the agreement."""
        sections: list[Section] = [table for table in (self._functions(), self._agreement()) if table.rows]
        if self.open:
            labels = self._labels()
            items = tuple(Point(labels[name]) for name in self.open)
            sections.append(Points(t(CONTEXT, "Not agreed yet"), items))
        return Face(
            verdict=self._said(),
            numbers=self._numbers(),
            sections=tuple(sections),
            notes=self.asked.warnings(),
            rules=self.asked.checks(),
        )

    def _said(self) -> Verdict:
        labels = self._labels()
        block = self.asked.block()
        if block:
            hint = t(CONTEXT, "Without an owner the plan is a list of wishes.")
            flip = t(CONTEXT, "Name one person inside the firm.")
            return Verdict("no", t(CONTEXT, "Blocked"), block, hint, flip)
        if not self.empty and not self.open:
            say = t(CONTEXT, "{name} owns the contour, every function is held, the agreement is written.",
                    name=self.asked.owner.strip())  # fmt: skip
            return Verdict("yes", t(CONTEXT, "In order"), say)
        say = t(CONTEXT, "{name} owns the contour.", name=self.asked.owner.strip())
        because = []
        if self.empty:
            names = ", ".join(inside(labels[name]) for name in self.empty)
            because.append(t(CONTEXT, "Nobody holds: {names}.", names=names))
        if self.open:
            because.append(t(CONTEXT, "The agreement is not whole."))
        return Verdict("wait", word("wait"), say, " ".join(because))

    def _numbers(self) -> tuple[Number, ...]:
        functions, points = len(FUNCTIONS), len(SLA)
        of = t(CONTEXT, "of {of}", of=number(functions))
        return (
            Number(
                t(CONTEXT, "Functions held"),
                number(functions - len(self.empty)),
                of,
                definition=t(CONTEXT, "One person may hold several, said aloud."),
            ),
            Number(
                t(CONTEXT, "Points agreed"),
                number(points - len(self.open)),
                t(CONTEXT, "of {of}", of=number(points)),
                definition=t(CONTEXT, "Of the agreement between marketing, sales and service."),
            ),
        )

    def _functions(self) -> Table:
        columns = (t(CONTEXT, "Function"), t(CONTEXT, "Who"), t(CONTEXT, "What they answer for"))
        labels, duties = self._labels(), _duties()
        rows = tuple((labels[name], str(getattr(self.asked, name)).strip() or "—", duties[name]) for name in FUNCTIONS)
        owner = t(CONTEXT, "Owner of the contour"), self.asked.owner.strip() or "—", duties["owner"]
        return Table(t(CONTEXT, "Who does what"), columns, (owner, *rows))

    def _agreement(self) -> Table:
        labels = self._labels()
        rows = tuple((labels[name], self._point(name)) for name in SLA if self.asked.said(name))
        return Table(t(CONTEXT, "Agreement (SLA)"), (t(CONTEXT, "Point"), t(CONTEXT, "Agreed")), rows)

    def _point(self, name: str) -> str:
        value = getattr(self.asked, name)
        if name == "first_contact_minutes":
            return quantity(value, "minute")
        return number(value) if name == "attempts" else str(value).strip()

    @staticmethod
    def _labels() -> dict[str, str]:
        return {spec.name: spec.label for spec in Order.fields()}


def _duties() -> dict[str, str]:
    """What the holder of each function answers for."""
    return {
        "owner": t(CONTEXT, "Goals, plan, metrics, priorities, quality"),
        "analytics": t(CONTEXT, "Sources, statuses, weekly figures"),
        "content": t(CONTEXT, "Topics from clients' questions, materials on time"),
        "traffic": t(CONTEXT, "Channels within the price of a lead"),
        "packaging": t(CONTEXT, "Offers, proof, prices on the page"),
        "crm": t(CONTEXT, "Reminders, repeat purchases, reactivation"),
        "design": t(CONTEXT, "Creatives and pages that are read on a phone"),
        "site": t(CONTEXT, "Landing pages, forms, events, speed"),
        "product": t(CONTEXT, "What is sold to which segment, and why they buy"),
    }
