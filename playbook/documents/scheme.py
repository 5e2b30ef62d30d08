"""The system on one page: the chain from a segment to the budget, the other parts, what is agreed, and the launch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from playbook import rules, units
from playbook.display import Face, Number, Point, Points, Section, Table, Verdict, word
from playbook.documents import Document
from playbook.i18n import number, t
from playbook.model import Part, Result
from playbook.names import people

CONTEXT = "scheme"


class Place(Part):
    """A place of the scheme, and what the page that fills it says."""

    name_of_question = CONTEXT

    what: units.Name
    """Part"""
    says: units.Note = ""
    """What stands there"""
    place: units.Name = ""
    """Where it is filled in"""
    step: units.Name = ""
    """Page"""


class Warm(Part):
    """A scenario that warms or keeps clients while the main channel brings new ones."""

    name_of_question = CONTEXT

    name: units.Name = ""
    """Scenario

    Of warming or retention, such as a reminder or a return after silence."""
    begins: units.Name = ""
    """When it starts

    The event: a request without an answer, a visit, sixty days of silence."""
    gets: units.Note = ""
    """What the client gets"""
    owner: units.Name = ""
    """Owner"""


class Scheme(Document):
    """Ask whether the whole system fits on one page, and whether it can be launched.

    >>> Scheme().solve().whole
    False
    """

    name = CONTEXT
    groups: ClassVar = (
        ("From a segment to the budget", ("chain",)),
        ("The other parts", ("parts",)),
        ("Agreed beforehand", ("agreed",)),
        ("Launch", ("main_channel", "main_offer", "agreed_by", "agreed_on")),
        ("Scenarios beside the channel", ("scenarios",)),
    )
    blank: ClassVar = {
        "chain": ("Segments", "Value", "Offer", "Proof", "Conversion", "Economics and budget"),
        "parts": ("Funnel stages", "Channels", "Content", "Metrics", "Roles"),
        "agreed": ("Result", "Period", "Metrics that count"),
        "scenarios": 5,
    }
    alone: ClassVar = True

    chain: tuple[Place, ...] = ()
    """Chain

    Segment, value, offer, proof, conversion, economics and budget: each holds the next."""
    parts: tuple[Place, ...] = ()
    """Parts

    Funnel stages, channels, content, metrics, roles."""
    agreed: tuple[Place, ...] = ()
    """Agreements

    The result, the period, the metrics."""
    agreed_by: units.Name = ""
    """Agreed by

    The owner of marketing, sales and the head."""
    agreed_on: units.Day | None = None
    """Agreed on"""
    main_channel: units.Name = ""
    """Main channel

    One, until the core is stable."""
    main_offer: units.Name = ""
    """Main offer

    One, until the core is stable: for which segment."""
    scenarios: tuple[Warm, ...] = Field(default=(), max_length=50)
    """Scenario

    Three to seven that run beside the channel."""
    ladder: tuple[Place, ...] = ()
    """Records, rung by rung"""
    ideas: tuple[units.Name, ...] = ()
    """Scenarios usual for this kind of business"""

    def solve(self) -> OnePage:
        """Which places are empty, and how many channels, offers and scenarios the launch has."""
        written = [row for row in self.scenarios if row.name.strip()]
        return OnePage(
            asked=self,
            broken=_empty(self.chain),
            missing=_empty(self.parts),
            open=_empty(self.agreed),
            channels=len(people(self.main_channel)),
            offers=int(bool(self.main_offer.strip())),
            scenarios=len(written),
            without_owner=tuple(row.name.strip() for row in written if not row.owner.strip()),
        )


class OnePage(Result):
    """How much of the system stands on its one page."""

    asked: Scheme = Field(exclude=True, repr=False)
    broken: tuple[str, ...]
    """Links of the chain that are empty."""
    missing: tuple[str, ...]
    """Other parts that are empty."""
    open: tuple[str, ...]
    """Agreements that are not there."""
    channels: int
    offers: int
    scenarios: int
    without_owner: tuple[str, ...]
    """Scenarios that nobody answers for."""

    @property
    def whole(self) -> bool:
        """Whether nothing of it is missing."""
        return next(self._ahead(), None) is None

    def face(self) -> Face:
        """What comes next, the figures, what is missing, the chain and the parts."""
        return Face(
            verdict=self._verdict(),
            numbers=self._numbers(),
            sections=tuple(self._sections()),
            rules=self._checks(),
        )

    def _checks(self) -> tuple[rules.Check, ...]:
        counts = {
            "main_channels": self.channels,
            "main_offers": self.offers,
            "retention_scenarios": self.scenarios,
        }
        return tuple(rules.check(rule, count) for rule, count in counts.items() if count)

    def _verdict(self) -> Verdict:
        ahead = next(self._ahead(), None)
        if ahead is not None:
            say, because, step = ahead
            return Verdict("wait", word("wait"), say, because, step=step)
        asked = self.asked
        say = t(
            CONTEXT,
            "The system fits on one page: {channel} with one offer, “{offer}”.",
            channel=asked.main_channel.strip(),
            offer=asked.main_offer.strip(),
        )
        return Verdict(
            "yes", t(CONTEXT, "It can be launched"), say, t(CONTEXT, "A second channel waits until this one is stable.")
        )

    def _ahead(self) -> Iterator[tuple[str, str, str]]:
        """What is missing, why it matters, and the page that helps; in the order of the work."""
        for rows, why in (
            (self.asked.chain, t(CONTEXT, "The chain breaks there, and what comes after it stands on a guess.")),
            (self.asked.agreed, t(CONTEXT, "Until it is agreed on, nobody can say later whether it worked.")),
            (self.asked.parts, t(CONTEXT, "A part that is missing is found in the money lost there.")),
        ):
            first = next((row for row in rows if not row.says.strip()), None)
            if first is not None:
                yield t(CONTEXT, "Still missing: {name}.", name=first.what), why, first.step
        yield from self._unlaunched()

    def _unlaunched(self) -> Iterator[tuple[str, str, str]]:
        one = t(CONTEXT, "One channel and one offer, until the core is stable.")
        if not self.channels:
            yield t(CONTEXT, "The main channel is not named."), one, ""
        if self.channels > 1:
            yield t(CONTEXT, "Main channels named: {n}.", n=number(self.channels)), one, ""
        if not self.offers:
            yield t(CONTEXT, "The main offer is not chosen."), one, ""
        check = rules.check("retention_scenarios", self.scenarios)
        if not check.met:
            said = t(
                CONTEXT,
                "Scenarios: {n}, and {range} are needed.",
                n=number(self.scenarios),
                range=check.rule.range_words,
            )
            yield said, t(CONTEXT, "They bring back those whom the channel has already paid for."), ""
        if self.without_owner:
            names = ", ".join(self.without_owner)
            yield (
                t(CONTEXT, "Scenarios without an owner: {names}.", names=names),
                t(CONTEXT, "Nobody will start them."),
                "",
            )
        if not self.asked.agreed_by.strip():
            why = t(CONTEXT, "Result, period and metrics are agreed on before the money is spent.")
            yield t(CONTEXT, "It is not written who agreed on it."), why, ""

    def _numbers(self) -> tuple[Number, ...]:
        asked = self.asked
        figures = (
            (asked.chain, self.broken, t(CONTEXT, "Links of the chain"), t(CONTEXT, "From a segment to the budget.")),
            (asked.parts, self.missing, t(CONTEXT, "Other parts"), t(CONTEXT, "From stages to roles.")),
            (asked.agreed, self.open, t(CONTEXT, "Agreements"), t(CONTEXT, "Result, period, metrics.")),
        )  # fmt: skip
        found = [
            Number(label, number(len(rows) - len(empty)), t(CONTEXT, "of {of}", of=number(len(rows))), definition=means)
            for rows, empty, label, means in figures
        ]
        means = t(CONTEXT, "Of warming and retention, beside the main channel.")
        return (*found, Number(t(CONTEXT, "Scenarios"), number(self.scenarios), definition=means))

    def _sections(self) -> Iterator[Section]:
        asked = self.asked
        empty = [row for row in (*asked.chain, *asked.agreed, *asked.parts) if not row.says.strip()]
        if empty:
            items = tuple(Point(row.what, step=row.step) for row in empty)
            yield Points(t(CONTEXT, "What is missing"), items)
        if asked.ideas and self.scenarios < (rules.get("retention_scenarios").low or 0):
            title = t(CONTEXT, "Scenarios usual for your kind of business")
            yield Points(title, tuple(Point(idea) for idea in asked.ideas))
        columns = tuple(spec.label for spec in Place.fields())[:3]
        for title, rows in (
            (t(CONTEXT, "From a segment to the budget"), asked.chain),
            (t(CONTEXT, "The other parts"), asked.parts),
            (t(CONTEXT, "Agreed beforehand"), asked.agreed),
        ):
            if rows:
                yield Table(title, columns, _lines(rows))
        if asked.ladder:
            note = t(CONTEXT, "The first three come first: without them events, sales and a board count nothing.")
            yield Table(t(CONTEXT, "Records, rung by rung"), columns, _lines(asked.ladder), note)


def _lines(rows: tuple[Place, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple((row.what, row.says.strip() or "—", row.place) for row in rows)


def _empty(rows: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(row.what for row in rows if not row.says.strip())
