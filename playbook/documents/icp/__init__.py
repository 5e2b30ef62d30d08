"""The ideal client and the segments: who buys and why, and the interviews that it was heard in.

The document and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

from collections import Counter
from typing import ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.display import Face
from playbook.documents import Document, lines
from playbook.documents.icp.face import face
from playbook.documents.words import share_word
from playbook.i18n import number, t
from playbook.methods.saturation import newly_heard, share_of_new
from playbook.model import NonAnswer, Part, Result, known

CONTEXT = "icp"
ROLES = ("initiator", "user", "financier", "head")
Heard = Literal["pain", "criterion", "objection"]


class Segment(Part):
    """One segment: people who buy for the same reasons and doubt the same things."""

    name_of_question = CONTEXT

    name: units.Name = ""
    """Segment

    A short name that the whole team uses."""
    who: units.Note = ""
    """Who they are

    By what you recognise them: size, place, situation."""
    reasons: units.Note = ""
    """Reasons to buy

    One a line, in their words."""
    criteria: units.Note = ""
    """Criteria of choice

    One a line: what they compare."""
    objections: units.Note = ""
    """Objections

    One a line: each will need a proof."""
    initiator: units.Name = ""
    """Initiator

    Who begins to look."""
    user: units.Name = ""
    """User

    Who will use it."""
    financier: units.Name = ""
    """Financier

    Who pays, or signs the bill."""
    head: units.Name = ""
    """Head

    Who says the last word."""
    profit: units.Balance | None = None
    """Gross profit of a year

    Leave it empty where imported orders name their segments."""

    def lacks(self) -> tuple[str, ...]:
        """The fields without which it is no segment, in the reader's language."""
        needed = ("name", "who", "reasons", "criteria", "objections")
        found = [spec.label for spec in self.fields() if spec.name in needed and not getattr(self, spec.name).strip()]
        if not any(getattr(self, role).strip() for role in ROLES):
            found.append(t(CONTEXT, "Roles"))
        return tuple(found)


class Interview(Part):
    """One conversation, planned or held."""

    name_of_question = CONTEXT
    labels: ClassVar = {
        "client": "client",
        "refuser": "refuser",
        "planned": "ahead",
        "held": "held",
    }

    who: units.Name = ""
    """Whom

    A name the team understands; no surname and no phone are needed."""
    kind: Literal["client", "refuser"] | None = None
    """Client or refuser"""
    segment: units.Name = ""
    """Of the segment"""
    day: units.Day | None = None
    """Day"""
    minutes: units.Minutes | None = None
    """Length"""
    state: Literal["planned", "held"] = "planned"
    """State"""


class Quote(Part):
    """What somebody said, word for word."""

    name_of_question = CONTEXT
    labels: ClassVar = {"pain": "pain", "criterion": "criterion", "objection": "objection"}

    words: units.Note = ""
    """Word for word"""
    kind: Heard | None = None
    """Pain, criterion or objection"""
    theme: units.Name = ""
    """Theme

    One or two words, the same for the same thing: price, term, trust."""
    interview: units.Name = ""
    """Who said it"""

    @property
    def heading(self) -> str:
        """Kind and theme as one name, however the theme is written."""
        return f"{self.kind or ''}/{units.folded(self.theme)}" if self.theme.strip() else ""


class Profit(Part):
    """What the imported orders say of a segment."""

    name_of_question = CONTEXT

    name: units.Name
    """Segment"""
    amount: units.Balance
    """Gross profit"""
    clients: units.Share | None = None
    """Share of clients"""


class Refused(Part):
    """A reason for refusal that the imported leads name."""

    name_of_question = CONTEXT

    reason: units.Name
    """Reason"""
    leads: units.Count
    """Refusals"""


class Icp(Document):
    """Ask who the best clients are, why they buy and what they doubt, and whether enough of them were heard.

    >>> Icp().solve().described
    0
    """

    name = CONTEXT
    groups: ClassVar = (
        ("Segments", ("segments",)),
        ("Interviews", ("interviews",)),
        ("What was said", ("quotes",)),
        ("Freshness", ("checked",)),
    )
    across: ClassVar = ("segments",)
    blank: ClassVar = {"segments": 3, "interviews": 15, "quotes": 18}

    segments: tuple[Segment, ...] = Field(default=(), max_length=20)
    """Segment

    People who buy for the same reasons and doubt the same things. Two or three are enough to begin with."""
    interviews: tuple[Interview, ...] = Field(default=(), max_length=100)
    """Interview

    Clients and those who refused. Ask about what they did, not about what they would do."""
    quotes: tuple[Quote, ...] = Field(default=(), max_length=500)
    """Quote

    Word for word: their words go into the offer, the page and the answers to objections."""
    checked: units.Day | None = None
    """Last checked on

    The day on which you last held the segments against fresh interviews and sales."""
    profits: tuple[Profit, ...] = ()
    """Profit by segment"""
    refused: tuple[Refused, ...] = ()
    """Named in refusals"""
    today: units.Day | None = None
    """Today"""

    def solve(self) -> Known:
        """How much of it is described and heard, and what comes next."""
        held = [one for one in self.interviews if one.state == "held"]
        kinds = Counter(one.kind for one in held)
        themes = self._themes(held)
        return Known(
            asked=self,
            segments=len(self.segments),
            described=sum(not one.lacks() for one in self.segments),
            planned=len(self.interviews),
            held=len(held),
            clients=kinds["client"],
            refusers=kinds["refuser"],
            newly_heard=tuple(newly_heard(themes)),
            new_share=_new_share(themes),
            days_since=(self.today - self.checked).days if self.today and self.checked else None,
        )

    def objections(self, segment: str = "") -> tuple[str, ...]:
        """Every objection of one segment, or of all, once each."""
        chosen = (one for one in self.segments if not segment or one.name == segment)
        return tuple(dict.fromkeys(line for one in chosen for line in lines(one.objections)))

    def unheard(self) -> tuple[str, ...]:
        """Objections of the segments that share no word with any quoted one; empty while nothing is quoted."""
        said = " ".join(f"{quote.words} {quote.theme}" for quote in self.quotes if quote.kind == "objection")
        return tuple(one for one in self.objections() if said and not share_word(one, said))

    def unlisted(self) -> tuple[Refused, ...]:
        """Reasons of the imported refusals that share no word with any objection of the segments."""
        said = " ".join(self.objections())
        return tuple(one for one in self.refused if not share_word(one.reason, said))

    def profit_by_segment(self) -> list[Profit]:
        """Gross profit by segment, the largest first: of imported orders where they name segments, else as typed."""
        typed = [Profit(name=one.name, amount=one.profit) for one in self.segments if one.profit is not None]
        return sorted(self.profits or typed, key=lambda one: -one.amount)

    def _themes(self, held: list[Interview]) -> list[set[str]]:
        """The themes of each interview held; quotes that name none of them are in no conversation."""
        return [
            {quote.heading for quote in self.quotes if one.who and quote.interview == one.who and quote.heading}
            for one in held
        ]


def _new_share(themes: list[set[str]]) -> float | NonAnswer:
    base, run = (int(rules.get(name).number) for name in ("saturation_base", "saturation_run"))
    found = share_of_new(themes, base, run)
    if found is not None:
        return found
    reason = t(CONTEXT, "it can be told from {n} interviews on, with their quotes", n=number(base + run))
    return NonAnswer(
        status="not_yet", reason=reason, hint=t(CONTEXT, "hold more interviews and write their quotes down")
    )


class Known(Result):
    """How well the clients are known."""

    asked: Icp = Field(exclude=True, repr=False)
    segments: int
    described: int
    planned: int
    held: int
    clients: int
    refusers: int
    newly_heard: tuple[int, ...]
    """Themes that each interview was the first to bring."""
    new_share: float | NonAnswer
    """Themes first heard in the last interviews, as a share of those of the first ones."""
    days_since: int | None
    """Days since the segments were last checked."""

    @property
    def saturated(self) -> bool:
        """Whether the last interviews brought next to nothing new."""
        new = known(self.new_share)
        return new is not None and rules.check("saturation_new", new).met

    def face(self) -> Face:
        """What comes next, the figures, how new the last interviews were, and what is heard most."""
        return face(self)
