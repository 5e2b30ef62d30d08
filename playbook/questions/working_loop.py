"""Whether the six parts without which leads are lost are there, so that advertising may grow."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.display import Face, Number, Point, Points, Ruler, Verdict, word
from playbook.i18n import number, t, tn
from playbook.model import Inputs, Part, Result

CONTEXT = "working-loop"
RULE = "minimal_loop_parts"
PARTS = ("offer", "main_channel", "landing", "analytics", "crm", "lead_rule")
"""In the order in which they are built, the channel aside."""


class LoopPart(Part):
    """One part of the loop."""

    name_of_question = CONTEXT

    exists: bool
    """It is there"""
    evidence: units.Note = ""
    """Evidence

    A link, a file or a fact that anyone on the team can check."""

    @model_validator(mode="before")
    @classmethod
    def _plain_answer(cls, value: Any) -> Any:
        """`true` alone says that the part exists."""
        return {"exists": value} if isinstance(value, bool) else value

    @property
    def proven(self) -> bool:
        """Whether it exists and something shows it."""
        return self.exists and bool(self.evidence.strip())


class WorkingLoop(Inputs):
    """Ask whether the minimal working loop stands: offer, channel, landing page, analytics, records, rule for leads.

    >>> WorkingLoop(**dict.fromkeys(PARTS, True)).solve().ready
    True
    """

    name = CONTEXT
    groups: ClassVar = (
        ("Records and rules", ("crm", "lead_rule", "analytics")),
        ("What people see", ("offer", "landing", "main_channel")),
    )

    offer: LoopPart
    """Offer

    For whom, which task, in what term, by what means and how it differs."""
    main_channel: LoopPart
    """One main channel

    It gets the first money and attention until the core is stable."""
    landing: LoopPart
    """Landing page

    A page, a card or a profile that shows the offer and takes a lead."""
    analytics: LoopPart
    """Base analytics

    Sources are tagged, and requests and payments are counted by source."""
    crm: LoopPart
    """Records of leads in a CRM

    Every lead in one list, with source, status and reason for refusal. A shared sheet will do."""
    lead_rule: LoopPart
    """Rule for handling leads

    Who answers, within how many minutes, how often they try again."""

    def solve(self) -> Loop:
        """Ready when no part is missing; a part without evidence counts, and that is said."""
        missing = tuple(name for name in PARTS if not self.part(name).exists)
        return Loop(
            asked=self,
            ready=not missing,
            missing=missing,
            of=int(rules.get(RULE).number),
            unproven=tuple(name for name in PARTS if self.part(name).exists and not self.part(name).proven),
            warnings=self.warnings(missing),
        )

    def part(self, name: str) -> LoopPart:
        """One of the six parts by its name."""
        found: LoopPart = getattr(self, name)
        return found

    def warnings(self, missing: tuple[str, ...]) -> tuple[str, ...]:
        """What was begun out of order: traffic before what has to catch it (A57)."""
        if not self.main_channel.exists or not missing:
            return ()
        names = _listed(missing)
        text = t(
            CONTEXT,
            "The channel already runs, and this is missing: {names}. Records and offer first, then traffic.",
            names=names,
        )
        return (text,)


class Loop(Result):
    """Which of the six parts stand."""

    asked: WorkingLoop = Field(exclude=True, repr=False)
    ready: bool
    missing: tuple[str, ...]
    of: int
    unproven: tuple[str, ...]
    """Parts that are said to exist without anything to show for it."""
    warnings: tuple[str, ...]

    @property
    def have(self) -> int:
        """How many parts exist."""
        return len(PARTS) - len(self.missing)

    def face(self) -> Face:
        """Go or no go, what is missing, and what is there without evidence."""
        return Face(
            verdict=self._said(),
            numbers=self._numbers(),
            sections=tuple(section for section in (self._missing(), self._unproven()) if section.items),
            notes=self.asked.warnings(self.missing),
            rules=(rules.check(RULE, self.have),),
        )

    def _said(self) -> Verdict:
        have, of = number(self.have), number(self.of)
        ruler = Ruler(
            self.have,
            self.of,
            t(CONTEXT, "there: {value}", value=have),
            t(CONTEXT, "needed: {value}", value=of),
            self.of,
        )
        if not self.ready:
            say = t(CONTEXT, "Parts in place: {have} of {of}. It is early to raise advertising.", have=have, of=of)
            because = t(
                CONTEXT, "Missing: {names}. Without them paid leads are lost on the way.", names=_listed(self.missing)
            )
            flip = tn(
                CONTEXT,
                "It becomes “do it” when {n} more part stands.",
                "It becomes “do it” when {n} more parts stand.",
                len(self.missing),
            )
            return Verdict("no", word("no"), say, because, flip, ruler)
        say = t(CONTEXT, "Parts in place: {have} of {of}. Advertising may be raised.", have=have, of=of)
        because = t(CONTEXT, "Every part has evidence, so a paid lead is met, recorded and answered.")
        flip = t(CONTEXT, "The answer flips as soon as one part stops working.")
        if self.unproven:
            because = t(CONTEXT, "Without evidence so far: {names}.", names=_listed(self.unproven))
            flip = t(CONTEXT, "The answer flips if one of them turns out not to work.")
        return Verdict("yes", word("yes"), say, because, flip, ruler)

    def _numbers(self) -> tuple[Number, ...]:
        proven = self.have - len(self.unproven)
        of = t(CONTEXT, "of {of}", of=number(self.of))
        return (
            Number(
                t(CONTEXT, "Parts in place"),
                number(self.have),
                of,
                definition=t(CONTEXT, "Said to exist, with evidence or without."),
            ),
            Number(
                t(CONTEXT, "With evidence"),
                number(proven),
                of,
                definition=t(CONTEXT, "A link, a file or a fact is named."),
            ),
        )

    def _missing(self) -> Points:
        items = tuple(Point(_labels()[name], _to_do()[name], step=_step(name)) for name in self.missing)
        return Points(t(CONTEXT, "What is missing"), items)

    def _unproven(self) -> Points:
        ask = t(CONTEXT, "Name a link, a file or a fact that shows it.")
        items = tuple(Point(_labels()[name], ask, step=CONTEXT) for name in self.unproven)
        return Points(
            t(CONTEXT, "There, but without evidence"),
            items,
            t(CONTEXT, "These parts count. Evidence keeps the answer honest."),
        )


def _labels() -> dict[str, str]:
    return {spec.name: spec.label for spec in WorkingLoop.fields()}


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(label[:1].lower() + label[1:] for label in (_labels()[name] for name in names))


def _step(name: str) -> str:
    """The step that builds the part: the core names the channel, the 30-day plan has tasks for the rest."""
    return "core" if name == "main_channel" else "thirty-days"


def _to_do() -> dict[str, str]:
    return {
        "offer": t(CONTEXT, "Write one sentence for one segment and let a few clients retell it."),
        "main_channel": t(CONTEXT, "Take the channel of your core and leave the others for later."),
        "landing": t(CONTEXT, "One page with one offer, a price guide, proof and one way to get in touch."),
        "analytics": t(CONTEXT, "Tag every link and count leads and payments by source."),
        "crm": t(CONTEXT, "One list of leads: source, status, reason for refusal, amount."),
        "lead_rule": t(CONTEXT, "Write down who answers, how fast, and what happens when nobody did."),
    }
