"""The customer's journey: six stages, what stops people at each, and what the firm does about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.charts import Columns
from playbook.display import Face, Number, Point, Points, Section, Table, Verdict, word
from playbook.documents import Document
from playbook.documents.words import share_word
from playbook.i18n import number, share, t
from playbook.model import Part, Result

CONTEXT = "cjm"
Named = Literal["attention", "interest", "trust", "request", "sale", "retention"]
STAGES: tuple[Named, ...] = ("attention", "interest", "trust", "request", "sale", "retention")
ADDED = ("doubts", "barriers", "sought", "questions")
"""What the map adds to a funnel."""
SHOWN = 90
_STAGE_WORDS = {
    "attention": "Attention",
    "interest": "Interest",
    "trust": "Trust",
    "request": "Request",
    "sale": "Sale",
    "retention": "Retention",
}


class Stage(Part):
    """One stage of the journey."""

    name_of_question = CONTEXT

    doubts: units.Note = ""
    """Doubts

    What they are not sure of."""
    barriers: units.Note = ""
    """Barriers

    What stops them although they want to."""
    sought: units.Note = ""
    """What they look for"""
    questions: units.Note = ""
    """Questions

    What they ask aloud: in the search, the chat, on the phone."""
    touchpoints: units.Note = ""
    """Touchpoints

    Where they meet you."""
    content: units.Note = ""
    """Content

    What they read, see or hear there."""
    scenario: units.Note = ""
    """Scenario

    What happens next, and what if they do nothing."""
    owner: units.Name = ""
    """Owner"""


CELLS = tuple(Stage.model_fields)


class Mark(Part):
    """A metric and a hypothesis that a cell of the map carries."""

    name_of_question = CONTEXT
    labels: ClassVar = {
        **_STAGE_WORDS,
        "doubts": "Doubts",
        "barriers": "Barriers",
        "sought": "What they look for",
        "questions": "Questions",
        "touchpoints": "Touchpoints",
        "content": "Content",
        "scenario": "Scenario",
        "owner": "Owner",
    }

    hypothesis: units.Note = ""
    """Hypothesis

    If we change this, the metric moves so, because…"""
    stage: Named | None = None
    """Stage"""
    row: Literal["doubts", "barriers", "sought", "questions", "touchpoints", "content", "scenario", "owner"] | None = (
        None
    )
    """Cell"""
    metric: units.Name = ""
    """Metric"""


class Head(Part):
    """A number of the real funnel that stands in the head of a stage."""

    name_of_question = CONTEXT

    stage: units.Name
    """Stage"""
    label: units.Name
    """What is counted"""
    value: units.Number | None = None
    """Number"""
    plan: units.Number | None = None
    """Plan"""
    source: units.Note = ""
    """Source"""


class Cjm(Document):
    """Ask what a client doubts, looks for and meets on the way, stage by stage, and what the firm does about it.

    >>> Cjm().solve().filled
    0
    """

    name = CONTEXT
    groups: ClassVar = (
        ("Whose journey", ("segment",)),
        ("Stages", STAGES),
        ("Metrics and hypotheses", ("marks",)),
    )
    blank: ClassVar = {"marks": 6}

    segment: units.Name = ""
    """Segment

    One map is one segment's way: they doubt different things."""
    attention: Stage = Stage()
    """Attention

    They notice that you exist."""
    interest: Stage = Stage()
    """Interest

    They look at what you offer."""
    trust: Stage = Stage()
    """Trust

    They compare and check whether it is true."""
    request: Stage = Stage()
    """Request

    They write, call or put it into the basket."""
    sale: Stage = Stage()
    """Sale

    They pay and get what was promised."""
    retention: Stage = Stage()
    """Retention

    They come back and tell others."""
    marks: tuple[Mark, ...] = Field(default=(), max_length=100)
    """Cell with a metric and a hypothesis

    One cell is enough to begin with: the one at the stage where most people are lost."""
    numbers: tuple[Head, ...] = ()
    """Real funnel"""
    objections: tuple[str, ...] = ()
    """Objections of the segment"""

    def solve(self) -> Mapped:
        """How much of the map is filled in, and where people are lost."""
        cells = [(stage, cell) for stage in STAGES for cell in CELLS]
        filled = [pair for pair in cells if self.cell(*pair).strip()]
        count = Counter(stage for stage, _ in filled)
        return Mapped(
            asked=self,
            filled=len(filled),
            of=len(cells),
            begun=len(count),
            without_owner=tuple(name for name in STAGES if count[name] and not self.cell(name, "owner").strip()),
            marked=sum(bool(mark.stage and mark.row and mark.hypothesis.strip()) for mark in self.marks),
            unplaced=tuple(one for one in self.objections if not share_word(one, self._worries())),
        )

    def cell(self, stage: str, row: str) -> str:
        """What stands in one cell."""
        found: str = getattr(getattr(self, stage), row)
        return found

    def heads(self) -> Mapping[str, str]:
        """The real number of each stage that has one: `Visits: 5,631`."""
        return {one.stage: _number(one) for one in self.numbers if one.value is not None}

    def notes(self) -> Mapping[str, str]:
        """What a cell carries beside its text, by stage and row."""
        found: dict[str, list[str]] = {}
        for mark in self.marks:
            if mark.stage and mark.row:
                said = ": ".join(filter(None, (mark.metric.strip(), mark.hypothesis.strip())))
                found.setdefault(f"{mark.stage}/{mark.row}", []).append(f"→ {said}")
        return {place: "\n".join(lines) for place, lines in found.items()}

    def _worries(self) -> str:
        """Everything that the map says of doubts, barriers and questions."""
        return " ".join(self.cell(stage, row) for stage in STAGES for row in ("doubts", "barriers", "questions"))


@dataclass(frozen=True)
class Step:
    """Two stages of the real funnel, one after the other, and the share of people who go on."""

    before: Head
    after: Head
    share: float


class Mapped(Result):
    """How far the map is drawn."""

    asked: Cjm = Field(exclude=True, repr=False)
    filled: int
    of: int
    begun: int
    """Stages in which anything is written."""
    without_owner: tuple[str, ...]
    marked: int
    """Cells that carry a hypothesis."""
    unplaced: tuple[str, ...]
    """Objections of the segment that the map does not mention."""

    def face(self) -> Face:
        """What comes next, the figures, the real funnel, the cells with hypotheses and objections without a place."""
        return Face(
            verdict=self._verdict(),
            numbers=self._numbers(),
            chart=self._chart(),
            sections=tuple(self._sections()),
            rules=(rules.check("funnel_stages", self.begun),) if self.begun else (),
        )

    def steps(self) -> list[Step]:
        """The stages of the real funnel that follow one another in the data."""
        known = [one for one in self.asked.numbers if one.value]
        found = [(one, other, (other.value or 0) / (one.value or 1)) for one, other in pairwise(known)]
        return [Step(*step) for step in found if step[2] <= 1]

    def _verdict(self) -> Verdict:
        ahead = next(self._ahead(), None)
        narrow = self._narrowest()
        if ahead is not None:
            return Verdict("wait", word("wait"), ahead[0], ahead[1], narrow)
        say = t(CONTEXT, "All six stages are described, and the cells that matter carry a hypothesis.")
        return Verdict("yes", t(CONTEXT, "Drawn"), say, narrow, t(CONTEXT, "Look at it again when a test closes."))

    def _ahead(self) -> Iterator[tuple[str, str]]:
        if not self.filled:
            yield (
                t(CONTEXT, "The map is empty."),
                t(CONTEXT, "Begin with the stage at which you lose most people: doubts and questions first."),
            )
        if self.begun < len(STAGES):
            names = ", ".join(
                _stage_words()[name] for name in STAGES if not any(self.asked.cell(name, row).strip() for row in CELLS)
            ).lower()
            yield (
                t(CONTEXT, "Stages begun: {n} of {all}.", n=number(self.begun), all=number(len(STAGES))),
                t(CONTEXT, "Still empty: {names}.", names=names),
            )
        gaps = self._gaps()
        if gaps:
            yield (
                t(CONTEXT, "Cells filled: {n} of {all}.", n=number(self.filled), all=number(self.of)),
                t(
                    CONTEXT,
                    "The first gap: {stage}, {cell}.",
                    stage=_stage_words()[gaps[0][0]].lower(),
                    cell=_cell_words()[gaps[0][1]].lower(),
                ),
            )
        if self.without_owner:
            names = ", ".join(_stage_words()[name] for name in self.without_owner).lower()
            yield (
                t(CONTEXT, "Stages without an owner: {n}.", n=number(len(self.without_owner))),
                t(CONTEXT, "Nobody answers for: {names}.", names=names),
            )
        if not self.marked:
            yield (
                t(CONTEXT, "No cell carries a hypothesis yet."),
                t(CONTEXT, "A map that nothing is tested on is a picture. Take one cell, a metric and a guess."),
            )

    def _gaps(self) -> list[tuple[str, str]]:
        """The cells that a map cannot go without and that are empty."""
        return [(stage, row) for stage in STAGES for row in ADDED if not self.asked.cell(stage, row).strip()]

    def _narrowest(self) -> str:
        """Where the fewest go on, in words; nothing without data."""
        narrow = min(self.steps(), key=lambda step: step.share, default=None)
        if narrow is None:
            return ""
        return t(
            CONTEXT,
            "Fewest go on here: {before} → {after}, {share}.",
            before=narrow.before.label.lower(),
            after=narrow.after.label.lower(),
            share=share(narrow.share),
        )

    def _numbers(self) -> tuple[Number, ...]:
        placed = len(self.asked.objections) - len(self.unplaced)
        return (
            Number(
                t(CONTEXT, "Cells filled"),
                number(self.filled),
                _of(self.of),
                definition=t(CONTEXT, "Six stages by eight lines."),
            ),
            Number(
                t(CONTEXT, "Stages with an owner"),
                number(self.begun - len(self.without_owner)),
                _of(len(STAGES)),
                definition=t(CONTEXT, "Somebody by name answers for what happens there."),
            ),
            Number(
                t(CONTEXT, "Hypotheses on the map"),
                number(self.marked),
                definition=t(CONTEXT, "Cells with a metric and a guess of how it will move."),
            ),
            Number(
                t(CONTEXT, "Objections with a place"),
                number(placed),
                _of(len(self.asked.objections)),
                definition=t(CONTEXT, "Objections of the segment that some doubt, barrier or question speaks of."),
            ),
        )

    def _chart(self) -> Columns | None:
        known = [one for one in self.asked.numbers if one.value]
        if len(known) < 2:  # noqa: PLR2004 - a funnel has two ends
            return None
        labels = tuple(_stage_words()[one.stage] for one in known)
        title = self._narrowest().rstrip(".") or t(CONTEXT, "The real funnel")
        return Columns(
            title,
            t(CONTEXT, "People at each stage, from your data"),
            labels,
            tuple(float(one.value or 0) for one in known),
        )

    def _sections(self) -> Iterator[Section]:
        if self.asked.numbers:
            on = {step.after.stage: share(step.share) for step in self.steps()}
            rows = tuple(
                (
                    _stage_words()[one.stage],
                    one.label,
                    "—" if one.value is None else number(one.value),
                    on.get(one.stage, ""),
                    "" if one.plan is None else number(one.plan),
                )
                for one in self.asked.numbers
            )
            columns = (
                t(CONTEXT, "Stage"),
                t(CONTEXT, "What is counted"),
                t(CONTEXT, "Number"),
                t(CONTEXT, "Go on"),
                t(CONTEXT, "Plan"),
            )
            sources = "; ".join(dict.fromkeys(one.source for one in self.asked.numbers if one.source))
            note = t(
                CONTEXT,
                "Of one period, not of the same people. The plan is that of step 1, for its own days. {sources}",
                sources=sources,
            )
            yield Table(t(CONTEXT, "The real funnel"), columns, rows, note if sources else "", numeric=(2, 3, 4))
        marks = tuple(self._mark(mark) for mark in self.asked.marks if mark.stage and mark.row)
        if marks:
            named = (t(CONTEXT, "Cell"), t(CONTEXT, "Metric"), t(CONTEXT, "Hypothesis"))
            yield Table(t(CONTEXT, "Cells with a hypothesis"), named, marks)
        if self.unplaced:
            yield Points(
                t(CONTEXT, "Objections without a place on the map"),
                tuple(Point(objection) for objection in self.unplaced),
                t(CONTEXT, "Say at which stage each comes up, and what answers it there."),
            )

    def _mark(self, mark: Mark) -> tuple[str, str, str]:
        place = f"{_stage_words()[mark.stage or '']} · {_cell_words()[mark.row or '']}"
        text = mark.hypothesis.strip()
        return place, mark.metric, text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"


def _number(head: Head) -> str:
    return f"{head.label}: {number(head.value or 0)}"


def _stage_words() -> dict[str, str]:
    return {name: t(CONTEXT, words) for name, words in _STAGE_WORDS.items()}


def _cell_words() -> dict[str, str]:
    return {spec.name: spec.label for spec in Stage.fields()}


def _of(value: float) -> str:
    return t(CONTEXT, "of {value}", value=number(value))
