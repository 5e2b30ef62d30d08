"""The offer and its proof: a sentence for each segment, whether people can retell it, and what will be believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.display import Face, Number, Section, Table, Verdict, word
from playbook.documents import Document
from playbook.documents.words import lost
from playbook.i18n import date as written_date
from playbook.i18n import number, share, t, tn
from playbook.model import Part, Result

CONTEXT = "offer"
SLOTS = ("for_whom", "task", "term", "means", "difference")
MOST_LOST = 6
NAMED = 3


class Offer(Part):
    """What one segment is promised."""

    name_of_question = CONTEXT

    segment: units.Name = ""
    """Segment"""
    for_whom: units.Name = ""
    """For whom"""
    task: units.Name = ""
    """Which task

    What will be done for them, in their words."""
    term: units.Name = ""
    """In what term"""
    means: units.Name = ""
    """By what means"""
    difference: units.Name = ""
    """How it differs

    From what they would take instead, doing nothing among it."""
    own: units.Note = ""
    """Sentence

    Leave it empty to have it put together from the five slots."""

    @property
    def empty_slots(self) -> tuple[str, ...]:
        """The slots that are still empty, in the reader's language."""
        return tuple(
            spec.label for spec in self.fields() if spec.name in SLOTS and not getattr(self, spec.name).strip()
        )

    @property
    def sentence(self) -> str:
        """The offer as it is said aloud: the person's own sentence, else the five slots one after another."""
        if self.own.strip():
            return self.own.strip()
        whom, task, term, means, difference = (" ".join(getattr(self, slot).split()).rstrip(".") for slot in SLOTS)
        promise = ", ".join(filter(None, (task, term, means)))
        said = ": ".join(filter(None, (whom, promise)))
        return " ".join(f"{part[:1].upper()}{part[1:]}." for part in (said, difference) if part)


class Retelling(Part):
    """One listener and what they gave back."""

    name_of_question = CONTEXT

    listener: units.Name = ""
    """Listener

    Someone of the segment, who has not read the page before."""
    offer: units.Name = ""
    """Which offer"""
    heard: units.Note = ""
    """What they retold

    Word for word, the page turned over."""
    seconds: units.Number | None = None
    """Seconds"""
    retold: bool | None = None
    """Could they retell it?

    For whom, what and why you: said back without a hint."""

    @property
    def passed(self) -> bool | None:
        """Whether the offer came back in time; None while nobody has judged it."""
        if self.retold is None:
            return None
        return self.retold and (self.seconds is None or rules.check("offer_retell_seconds", self.seconds).met)


class Proof(Part):
    """One proof, planned as a channel is: with an owner and a day."""

    name_of_question = CONTEXT
    labels: ClassVar = {
        "case": "case",
        "review": "review",
        "figures": "figures before and after",
        "guarantee": "guarantee",
        "demo": "demonstration",
        "document": "document",
        "certificate": "certificate",
        "expertise": "expertise of the team",
        "planned": "ahead",
        "ready": "ready",
    }

    what: units.Name = ""
    """Proof

    What a doubting person will see: a case, a figure, a paper."""
    kind: Literal["case", "review", "figures", "guarantee", "demo", "document", "certificate", "expertise"] | None = (
        None
    )
    """Kind"""
    objection: units.Name = ""
    """Which objection it answers"""
    owner: units.Name = ""
    """Owner"""
    due: units.Day | None = None
    """By when"""
    state: Literal["planned", "ready"] = "planned"
    """State"""

    @property
    def loose(self) -> bool:
        """Whether nobody will make it: no owner or no day."""
        return self.state != "ready" and not (self.owner.strip() and self.due)

    def late(self, today: date | None) -> bool:
        """Whether its day has passed and it is not ready."""
        return self.state != "ready" and bool(today and self.due and self.due < today)


class OfferAndProof(Document):
    """Ask what each segment is promised, whether listeners can retell it, and what proves it.

    >>> OfferAndProof().solve().whole
    0
    """

    name = CONTEXT
    groups: ClassVar = (
        ("Offer by segment", ("offers",)),
        ("Ten-second test", ("tests",)),
        ("Proof plan", ("proofs",)),
    )
    across: ClassVar = ("offers",)
    blank: ClassVar = {"offers": 3, "tests": 6, "proofs": 9}

    offers: tuple[Offer, ...] = Field(default=(), max_length=20)
    """Offer

    Five slots make one sentence. A discount is no offer."""
    tests: tuple[Retelling, ...] = Field(default=(), max_length=100)
    """Listener

    Show the offer for ten seconds, turn it over and ask to retell it. Five listeners show what is lost."""
    proofs: tuple[Proof, ...] = Field(default=(), max_length=200)
    """Proof

    Eight kinds of proof, planned as channels are: each answers an objection, has an owner and a day."""
    segments: tuple[str, ...] = ()
    """Segments"""
    objections: tuple[str, ...] = ()
    """Objections"""
    today: units.Day | None = None
    """Today"""

    def solve(self) -> Understood:
        """How much is written, retold and proven, and what comes next."""
        judged = [test for test in self.tests if test.passed is not None]
        answered = {proof.objection for proof in self.proofs}
        offered = {offer.segment for offer in self.offers}
        return Understood(
            asked=self,
            offers=len(self.offers),
            whole=sum(not offer.empty_slots for offer in self.offers),
            without_offer=tuple(name for name in self.segments if name not in offered) if len(self.offers) else (),
            listeners=len(judged),
            retold=sum(bool(test.passed) for test in judged),
            lost=self._lost(),
            proofs=len(self.proofs),
            ready=sum(proof.state == "ready" for proof in self.proofs),
            kinds=len({proof.kind for proof in self.proofs if proof.kind}),
            unanswered=tuple(objection for objection in self.objections if objection not in answered),
        )

    def heard_of(self, test: Retelling) -> Offer | None:
        """The offer that a listener was shown: the one named, else the only one there is."""
        named = next((offer for offer in self.offers if test.offer and offer.segment == test.offer), None)
        return named or (self.offers[0] if len(self.offers) == 1 else None)

    def _lost(self) -> dict[str, int]:
        """The words of the offers by how many listeners did not give them back, the most lost first."""
        found: Counter[str] = Counter()
        for test in self.tests:
            offer = self.heard_of(test)
            if offer is not None and test.heard.strip():
                found.update(lost(offer.sentence, test.heard))
        return dict(found.most_common())


class Understood(Result):
    """How well the offer is understood and proven."""

    asked: OfferAndProof = Field(exclude=True, repr=False)
    offers: int
    whole: int
    """Offers with all five slots."""
    without_offer: tuple[str, ...]
    """Segments that are promised nothing."""
    listeners: int
    """Retellings that somebody has judged."""
    retold: int
    lost: dict[str, int]
    """Words of the offer and how many listeners lost them."""
    proofs: int
    ready: int
    kinds: int
    unanswered: tuple[str, ...]
    """Objections that no proof answers."""

    def face(self) -> Face:
        """What comes next, the figures, the sentences, the lost words and the proofs against objections."""
        return Face(
            verdict=self._verdict(),
            numbers=self._numbers(),
            sections=tuple(self._sections()),
            rules=tuple(self._rules()),
        )

    def _verdict(self) -> Verdict:
        ahead = next(chain(self._writing(), self._hearing(), self._proving()), None)
        if ahead is not None:
            return ahead
        say = t(
            CONTEXT,
            "The offer is retold by {retold} of {all}, and every objection has its proof.",
            retold=number(self.retold),
            all=number(self.listeners),
        )
        flip = t(CONTEXT, "Test again when the sentence changes.")
        return Verdict("yes", t(CONTEXT, "Understood"), say, "", flip)

    def _writing(self) -> Iterator[Verdict]:
        if not self.offers:
            yield _wait(
                t(CONTEXT, "No offer is written yet."),
                t(CONTEXT, "Begin with the segment that brings the most profit and fill its five slots."),
            )
        for offer in self.asked.offers:
            if offer.empty_slots:
                missing = ", ".join(offer.empty_slots).lower()
                name = offer.segment.strip() or t(CONTEXT, "without a segment")
                yield _wait(
                    t(
                        CONTEXT,
                        "Offers with all five slots: {whole} of {all}.",
                        whole=number(self.whole),
                        all=number(self.offers),
                    ),
                    t(CONTEXT, "The offer “{name}” still lacks: {missing}.", name=name, missing=missing),
                )
        if self.without_offer:
            yield _wait(
                t(CONTEXT, "Without an offer so far: {names}.", names=", ".join(self.without_offer)),
                t(CONTEXT, "One sentence for each segment: they buy for different reasons."),
            )

    def _hearing(self) -> Iterator[Verdict]:
        least = rules.get("offer_listeners").number
        if self.listeners < least:
            yield _wait(
                t(CONTEXT, "Listeners asked: {n} of {least}.", n=number(self.listeners), least=number(least)),
                t(CONTEXT, "Show the sentence for ten seconds, turn it over, write down what comes back."),
            )
        elif not self._held:
            names = ", ".join(list(self.lost)[:NAMED])
            say = t(
                CONTEXT,
                "The offer is retold by {retold} of {all}.",
                retold=number(self.retold),
                all=number(self.listeners),
            )
            why = t(CONTEXT, "Lost most often: {names}. Say it shorter, or leave it out.", names=names) if names else ""
            flip = t(
                CONTEXT,
                "It turns when {share} of the listeners give it back.",
                share=share(rules.get("offer_retold").number),
            )
            yield Verdict("no", t(CONTEXT, "Not unpacked"), say, why, flip)

    def _proving(self) -> Iterator[Verdict]:
        if self.unanswered:
            yield _wait(
                t(
                    CONTEXT,
                    "Objections without a proof: {n} of {all}.",
                    n=number(len(self.unanswered)),
                    all=number(len(self.asked.objections)),
                ),
                t(CONTEXT, "The first one: {objection}.", objection=self.unanswered[0].rstrip(".")),
            )
        loose = sum(proof.loose for proof in self.asked.proofs)
        if loose:
            yield _wait(
                tn(CONTEXT, "{n} proof has no owner or no day.", "{n} proofs have no owner or no day.", loose),
                t(CONTEXT, "What nobody makes by a day is not made."),
            )
        late = [proof for proof in self.asked.proofs if proof.late(self.asked.today)]
        if late:
            yield _wait(
                tn(CONTEXT, "{n} proof is late.", "{n} proofs are late.", len(late)),
                t(CONTEXT, "The first one: {name}, {owner}.", name=late[0].what, owner=late[0].owner),
            )

    @property
    def _held(self) -> bool:
        return self.listeners > 0 and rules.check("offer_retold", self.retold / self.listeners).met

    def _numbers(self) -> tuple[Number, ...]:
        every = len(self.asked.objections)
        return (
            Number(
                t(CONTEXT, "Offers with all five slots"),
                number(self.whole),
                _of(self.offers),
                definition=t(CONTEXT, "For whom, which task, in what term, by what means, how it differs."),
            ),
            Number(
                t(CONTEXT, "Retold"),
                number(self.retold),
                _of(self.listeners),
                definition=t(CONTEXT, "Listeners who gave the offer back within ten seconds."),
            ),
            Number(
                t(CONTEXT, "Proofs ready"),
                number(self.ready),
                _of(self.proofs),
                definition=t(
                    CONTEXT,
                    "Kinds of proof in the plan: {n} of {of}.",
                    n=number(self.kinds),
                    of=number(rules.get("proof_kinds").number),
                ),
            ),
            Number(
                t(CONTEXT, "Objections answered"),
                number(every - len(self.unanswered)),
                _of(every),
                definition=t(CONTEXT, "Objections of the segments that at least one proof names."),
            ),
        )

    def _sections(self) -> Iterator[Section]:
        said = tuple((offer.segment, offer.sentence) for offer in self.asked.offers if offer.sentence)
        if said:
            yield Table(t(CONTEXT, "The offer in one sentence"), (t(CONTEXT, "Segment"), t(CONTEXT, "Sentence")), said)
        told = sum(bool(test.heard.strip()) for test in self.asked.tests)
        most = tuple((name, f"{number(count)} {_of(told)}") for name, count in list(self.lost.items())[:MOST_LOST])
        if most:
            yield Table(
                t(CONTEXT, "Words that do not come back"),
                (t(CONTEXT, "Word"), t(CONTEXT, "Lost by")),
                most,
                t(CONTEXT, "Endings do not count. Another word for the same thing does: judge it yourself."),
                numeric=(1,),
            )
        if self.asked.objections:
            yield self._against()

    def _against(self) -> Table:
        """Each objection with the proofs against it."""
        rows: list[tuple[str, ...]] = []
        for objection in self.asked.objections:
            proofs = [proof for proof in self.asked.proofs if proof.objection == objection]
            names = "; ".join(proof.what for proof in proofs) or t(CONTEXT, "no proof yet")
            rows.append((objection, names, ", ".join(dict.fromkeys(_when(proof) for proof in proofs))))
        columns = (t(CONTEXT, "Objection"), t(CONTEXT, "Proof"), t(CONTEXT, "When"))
        return Table(t(CONTEXT, "Objections and what answers them"), columns, tuple(rows))

    def _rules(self) -> Iterator[rules.Check]:
        yield rules.check("offer_listeners", self.listeners)
        if self.listeners:
            yield rules.check("offer_retold", self.retold / self.listeners)
        slowest = max((test.seconds for test in self.asked.tests if test.seconds is not None), default=None)
        if slowest is not None:
            yield rules.check("offer_retell_seconds", slowest)
        if self.offers:
            yield rules.check("offer_slots", min(len(SLOTS) - len(offer.empty_slots) for offer in self.asked.offers))


def _when(proof: Proof) -> str:
    if proof.state == "ready":
        return t(CONTEXT, "ready")
    return ", ".join(filter(None, (proof.owner, written_date(proof.due) if proof.due else "")))


def _wait(say: str, because: str) -> Verdict:
    return Verdict("wait", word("wait"), say, because)


def _of(value: float) -> str:
    return t(CONTEXT, "of {value}", value=number(value))
