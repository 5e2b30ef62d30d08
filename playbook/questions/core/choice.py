"""The answer to the choice of the core: the order with its reasons, what would change it, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from playbook import texts
from playbook.display import Face, Number, Point, Points, Ranked, Ranking, Section, Table, Verdict, sentence, word
from playbook.i18n import number, share, t
from playbook.model import NonAnswer, Result
from playbook.questions.core.sheet import PRICES, Name, sheet

CONTEXT = "core"
SHOWN_FOR, SHOWN_AGAINST = 3, 2

Side = Literal["is", "from", "above", "below", "upto"]


class Reason(Result):
    """One criterion that speaks for or against a core, in words."""

    criterion: str
    side: Literal["for", "against"]
    text: str


class Place(Result):
    """A core with its score, 0-100, and the reasons behind it, the weightiest first."""

    core: Name
    score: float
    reasons: tuple[Reason, ...]


class Change(Result):
    """A single other answer with which `first` would come first; `now` is None while the question is open."""

    field: str
    now: float | str | None
    side: Side
    at: float | str
    first: Name
    text: str
    now_text: str


class Weighed(Result):
    """A criterion that took part, with its weight and the score it gave to each core, in the order of the sheet."""

    criterion: str
    label: str
    weight: float
    scores: tuple[float, ...]


class Choice(Result):
    """The five cores in order."""

    ranked: tuple[Place, ...] | NonAnswer
    tie: tuple[Name, ...] = ()
    """Cores that share the first place in whole points."""
    amplifiers: tuple[Name, ...] = ()
    not_now: tuple[Name, ...] = ()
    chance_first: dict[Name, float] = {}
    would_change: tuple[Change, ...] = ()
    criteria: tuple[Weighed, ...] = ()

    @property
    def firm(self) -> bool:
        """Whether enough is known for a core to be named."""
        return self._known() >= sheet().enough

    def face(self) -> Face:
        """The core to begin with, the order with its reasons, what would change it, amplifiers and what waits."""
        if isinstance(self.ranked, NonAnswer):
            return Face(Verdict("wait", word("wait"), sentence(self.ranked.reason), flip=sentence(self.ranked.hint)))
        if not self.firm:
            return self._too_early()
        return Face(
            verdict=self._said(self.ranked[0]),
            numbers=(self._firmness(self.ranked[0]),),
            sections=tuple(self._sections(self.ranked)),
            notes=(self._answered(),),
        )

    def _too_early(self) -> Face:
        """What is still to be answered, the weightiest first."""
        known = {row.criterion for row in self.criteria}
        known |= set(PRICES) if known & set(PRICES) else {PRICES[1]}
        still = sorted((row for row in sheet().criteria if row.id not in known), key=lambda row: -row.weight)
        say = t(CONTEXT, "Too little is known to name a core: {share} of what counts.", share=share(self._known(), 0))
        because = t(CONTEXT, "From {share} on the cores are put in order.", share=share(sheet().enough))
        flip = t(CONTEXT, "Answer the questions about clients and demand: they weigh most.")
        points = tuple(Point(t(CONTEXT, row.label), "") for row in still)
        section = Points(t(CONTEXT, "What is still to be answered"), points)
        return Face(Verdict("wait", word("wait"), say, because, flip), sections=(section,))

    def _known(self) -> float:
        """The weight of what is known as a part of all."""
        return sum(row.weight for row in self.criteria) / sheet().weight

    def _said(self, first: Place) -> Verdict:
        values = {"first": name_of(first.core), "score": number(round(first.score))}
        if self.tie:
            names = _listed([name_of(core) for core in self.tie])
            say = t(CONTEXT, "{names} share the first place: {score} of 100.", names=names, score=values["score"])
            because = t(CONTEXT, "One more answer or your own reason decides.")
            return Verdict("wait", word("wait"), say, because, self._flip())
        if self.amplifiers:
            values["second"] = name_of(self.amplifiers[0])
            say = t(CONTEXT, "Start with {first}, {score} of 100; keep {second} close.", **values)
        else:
            say = t(CONTEXT, "Start with {first}, {score} of 100.", **values)
        because = " ".join(sentence(reason.text) for reason in first.reasons[:2] if reason.side == "for")
        return Verdict("yes", t(CONTEXT, "The core is chosen"), say, because, self._flip())

    def _flip(self) -> str:
        change = next((change for change in self.would_change if change.now is not None), None)
        if change is None:
            return ""
        return t(
            CONTEXT,
            "{change}, and {core} comes first.",
            change=change.text,
            core=name_of(change.first),
        )

    def _firmness(self, first: Place) -> Number:
        return Number(
            t(CONTEXT, "Stays first"),
            share(self.chance_first[first.core], 0),
            t(CONTEXT, "of {draws} checks", draws=number(sheet().draws)),
            definition=t(
                CONTEXT,
                "Every weight is moved at random by up to {by}; this is how often the core still comes first.",
                by=share(sheet().shaken),
            ),
        )

    def _sections(self, ranked: tuple[Place, ...]) -> Iterator[Section]:
        yield Ranking(
            t(CONTEXT, "Five cores in order"),
            tuple(self._item(place) for place in ranked),
            t(
                CONTEXT,
                "The bar: how often the core comes first when weights move. The weights are ours, not research.",
            ),
        )
        known = tuple(_point(change) for change in self.would_change if change.now is not None)
        unknown = tuple(_point(change) for change in self.would_change if change.now is None)
        if known:
            yield Points(t(CONTEXT, "What would change the choice"), known)
        if unknown:
            yield Points(t(CONTEXT, "Open answers that could change the choice"), unknown)
        yield from self._others()
        yield self._weights()

    def _item(self, place: Place) -> Ranked:
        chance = self.chance_first[place.core]
        pros = [reason.text for reason in place.reasons if reason.side == "for"]
        cons = [reason.text for reason in place.reasons if reason.side == "against"]
        return Ranked(
            name=name_of(place.core),
            blurb=_text(place.core, "blurb"),
            score=t(CONTEXT, "{score} of 100", score=number(round(place.score))),
            share=chance,
            share_text=share(chance, 0),
            pros=tuple(pros[:SHOWN_FOR]),
            cons=tuple(cons[:SHOWN_AGAINST]),
        )

    def _others(self) -> Iterator[Section]:
        if self.amplifiers:
            points = tuple(Point(name_of(core), _text(core, "amplifier_note")) for core in self.amplifiers)
            yield Points(t(CONTEXT, "Amplifiers: next to the core"), points)
        if self.not_now:
            points = tuple(Point(name_of(core), _text(core, "not_now_note")) for core in self.not_now)
            yield Points(t(CONTEXT, "Not now"), points)

    def _weights(self) -> Table:
        rows = tuple((row.label, number(row.weight), *(number(score) for score in row.scores)) for row in self.criteria)
        columns = (t(CONTEXT, "Criterion"), t(CONTEXT, "Weight"), *(_text(core, "short") for core in sheet().order))
        note = t(CONTEXT, "A core's score is the average by weights. 50 says nothing for or against.")
        return Table(t(CONTEXT, "Weights and scores"), columns, rows, note, numeric=tuple(range(1, len(columns))))

    def _answered(self) -> str:
        # The prices of a lead and of a client are one test, of which either answer is enough.
        done, of = len(self.criteria), len(sheet().criteria) - 1
        return t(
            CONTEXT, "Known so far: {done} of {of} criteria. What is not answered does not count.", done=done, of=of
        )


def name_of(core: str) -> str:
    """The core's name in the reader's language."""
    return _text(core, "name")


def _text(core: str, part: str) -> str:
    return str(next(item[part] for item in texts.load("cores.toml")["cores"] if item["id"] == core))


def _point(change: Change) -> Point:
    first = t(CONTEXT, "{core} would come first.", core=name_of(change.first))
    if change.now is None:
        return Point(change.text, first)
    return Point(change.text, t(CONTEXT, "{first} Now: {now}.", first=first, now=change.now_text))


def _listed(names: list[str]) -> str:
    return t(CONTEXT, "{names} and {last}", names=", ".join(names[:-1]), last=names[-1])
