"""The customer's journey: six stages, what stops people at each, and what the firm does about it.

The document and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field

from playbook import units
from playbook.display import Face
from playbook.documents import Document
from playbook.documents.cjm.face import face
from playbook.documents.cjm.stage import CELLS, STAGE_WORDS, STAGES, Named, Stage
from playbook.documents.words import share_word
from playbook.i18n import number
from playbook.model import Part, Result

CONTEXT = "cjm"


class Mark(Part):
    """A metric and a hypothesis that a cell of the map carries."""

    name_of_question = CONTEXT
    labels: ClassVar = {
        **STAGE_WORDS,
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
        return face(self)

    def steps(self) -> list[Step]:
        """The stages of the real funnel that follow one another in the data."""
        known = [one for one in self.asked.numbers if one.value]
        found = [(one, other, (other.value or 0) / (one.value or 1)) for one, other in pairwise(known)]
        return [Step(*step) for step in found if step[2] <= 1]


def _number(head: Head) -> str:
    return f"{head.label}: {number(head.value or 0)}"
