"""The ideal client and the segments: who buys and why, and the interviews that it was heard in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.charts import Columns
from playbook.display import Face, Number, Point, Points, Section, Table, Verdict, word
from playbook.documents import Document, lines
from playbook.documents.words import share_word
from playbook.i18n import money, number, quantity, share, t, tn
from playbook.methods.saturation import newly_heard, share_of_new
from playbook.model import NonAnswer, Part, Result, known

CONTEXT = "icp"
ROLES = ("initiator", "user", "financier", "head")
MOST_THEMES = 8
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
        return f"{self.kind or ''}/{' '.join(self.theme.casefold().split())}" if self.theme.strip() else ""


class Profit(Part):
    """What the imported orders say of a segment."""

    name_of_question = CONTEXT

    name: units.Name
    """Segment"""
    amount: units.Balance
    """Gross profit"""


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

    def profit_by_segment(self) -> list[tuple[str, float]]:
        """Gross profit by segment, the largest first: of imported orders where they name segments, else as typed."""
        typed = [(one.name, one.profit) for one in self.segments if one.profit is not None]
        found = [(one.name, one.amount) for one in self.profits] or typed
        return sorted(found, key=lambda pair: -pair[1])

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
        return Face(
            verdict=self._verdict(),
            numbers=self._numbers(),
            chart=self._chart(),
            sections=tuple(self._sections()),
            rules=tuple(self._rules()),
        )

    def _verdict(self) -> Verdict:
        ahead = next(self._ahead(), None)
        if ahead is None:
            say = tn(
                CONTEXT,
                "{n} segment stands on what clients said.",
                "{n} segments stand on what clients said.",
                self.segments,
            )
            because = tn(
                CONTEXT,
                "{n} interview is held, and the last ones bring nothing new.",
                "{n} interviews are held, and the last ones bring nothing new.",
                self.held,
            )
            flip = t(CONTEXT, "It has to be looked at again when sales or objections change.")
            return Verdict("yes", t(CONTEXT, "Known"), say, because, flip)
        say, because = ahead
        return Verdict("wait", word("wait"), say, because)

    def _ahead(self) -> Iterator[tuple[str, str]]:
        """What still stands between this sheet and segments one can rely on, the first thing first."""
        if not self.segments:
            yield (
                t(CONTEXT, "No segment is described yet."),
                t(CONTEXT, "Begin with the clients who bring the most profit, and with why they chose you."),
            )
        for one in self.asked.segments:
            if one.lacks():
                missing = ", ".join(one.lacks()).lower()
                name = one.name.strip() or t(CONTEXT, "without a name")
                yield (
                    t(
                        CONTEXT,
                        "Segments described: {ready} of {all}.",
                        ready=number(self.described),
                        all=number(self.segments),
                    ),
                    t(CONTEXT, "The segment “{name}” still lacks: {missing}.", name=name, missing=missing),
                )
        least = rules.get("interviews").number
        if self.held < least:
            yield (
                t(CONTEXT, "Interviews held: {held} of {least}.", held=number(self.held), least=number(least)),
                t(CONTEXT, "Until then the segments are your guess, and that is a good beginning."),
            )
        if not self.refusers or not self.clients:
            missing = t(CONTEXT, "refusers") if not self.refusers else t(CONTEXT, "clients")
            yield (
                t(CONTEXT, "One side is not heard yet: {missing}.", missing=missing),
                t(CONTEXT, "Clients say why they bought, those who refused say what keeps the others away."),
            )
        if not self.saturated:
            yield self._unsaturated()
        yield from self._stale()

    def _unsaturated(self) -> tuple[str, str]:
        new = self.new_share
        if isinstance(new, NonAnswer):
            return t(CONTEXT, "Whether there is anything new to hear is not known yet."), _sentence(new.reason)
        say = t(CONTEXT, "The last interviews still bring new themes: {share} of the first ones.", share=share(new))
        return say, t(CONTEXT, "Go on until two in a row bring next to nothing new.")

    def _stale(self) -> Iterator[tuple[str, str]]:
        why = t(CONTEXT, "Markets move: hold the segments against fresh sales and refusals, and write the day down.")
        if self.days_since is None:
            yield t(CONTEXT, "The day of the last check is not written down."), why
        elif not rules.check("icp_fresh_days", self.days_since).met:
            yield t(CONTEXT, "Last checked {days} ago.", days=quantity(self.days_since, "day")), why

    def _numbers(self) -> tuple[Number, ...]:
        new = known(self.new_share)
        most = rules.get("interviews").span[1]
        return (
            Number(
                t(CONTEXT, "Segments described"),
                number(self.described),
                _of(self.segments),
                definition=t(CONTEXT, "With a name, a description, reasons, criteria, objections and a role."),
            ),
            Number(
                t(CONTEXT, "Interviews held"),
                number(self.held),
                _of(most),
                definition=t(
                    CONTEXT,
                    "Of them clients: {clients}, refusers: {refusers}.",
                    clients=number(self.clients),
                    refusers=number(self.refusers),
                ),
            ),
            Number(
                t(CONTEXT, "Quotes"),
                number(len(self.asked.quotes)),
                definition=t(CONTEXT, "Written down word for word."),
            ),
            Number(
                t(CONTEXT, "New in the last interviews"),
                "—" if new is None else share(new),
                definition=t(
                    CONTEXT,
                    "Themes that the last two interviews were the first to bring, as a share of "
                    "those of the first four. At 5% or less there is little left to hear.",
                ),
                formula=t(CONTEXT, "Guest, Namey, Chen (2020), PLoS ONE 15(5)"),
            ),
        )

    def _chart(self) -> Columns | None:
        if not any(self.newly_heard):
            return None
        last = self.newly_heard[-1]
        title = t(CONTEXT, "The last interview brought new themes: {n}", n=number(last))
        if not last:
            title = t(CONTEXT, "The last interview brought nothing new")
        labels = tuple(number(place) for place in range(1, len(self.newly_heard) + 1))
        caption = t(CONTEXT, "New themes by interview, in the order of the list")
        return Columns(title, caption, labels, tuple(float(new) for new in self.newly_heard))

    def _sections(self) -> Iterator[Section]:
        yield from self._profit()
        heard: dict[tuple[str, str], list[Quote]] = {}
        for quote in self.asked.quotes:
            if quote.heading:
                heard.setdefault((quote.kind or "", quote.heading), []).append(quote)
        if heard:
            most = sorted(heard.values(), key=lambda quotes: -_people(quotes))[:MOST_THEMES]
            words = {"": "", **dict(next(spec.choices for spec in Quote.fields() if spec.name == "kind"))}
            rows = tuple(
                (quotes[0].theme.strip(), words[quotes[0].kind or ""], number(_people(quotes))) for quotes in most
            )
            columns = (t(CONTEXT, "Theme"), t(CONTEXT, "What it is"), t(CONTEXT, "People"))
            yield Table(t(CONTEXT, "What is heard most"), columns, rows, numeric=(2,))
        missing = self.asked.unheard()
        if missing:
            yield Points(
                t(CONTEXT, "Objections that nobody has said aloud yet"),
                tuple(Point(objection) for objection in missing),
                t(CONTEXT, "They are your guess: ask about them in the next interviews."),
            )

    def _profit(self) -> Iterator[Table]:
        found = self.asked.profit_by_segment()
        total = sum(amount for _, amount in found)
        if not found or total <= 0:
            return
        rows = tuple((name, money(amount), share(amount / total) if amount > 0 else "—") for name, amount in found)
        columns = (t(CONTEXT, "Segment"), t(CONTEXT, "Gross profit"), t(CONTEXT, "Share"))
        note = t(CONTEXT, "From the imported orders.") if self.asked.profits else t(CONTEXT, "As typed above.")
        yield Table(t(CONTEXT, "Profit by segment"), columns, rows, note, numeric=(1, 2))

    def _rules(self) -> Iterator[rules.Check]:
        yield rules.check("interviews", self.held)
        lengths = [one.minutes for one in self.asked.interviews if one.state == "held" and one.minutes is not None]
        if lengths:
            yield rules.check("interview_minutes", median(lengths))
        new = known(self.new_share)
        if new is not None:
            yield rules.check("saturation_new", new)
        if self.days_since is not None:
            yield rules.check("icp_fresh_days", self.days_since)


def _of(value: float) -> str:
    return t(CONTEXT, "of {value}", value=number(value))


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:] + "."


def _people(quotes: list[Quote]) -> int:
    """How many different people said it; quotes of nobody in particular count as one."""
    return len({quote.interview for quote in quotes})
