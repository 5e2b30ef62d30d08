"""How the journey is shown: what comes next, the real funnel, and the cells with a hypothesis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from playbook import rules
from playbook.charts import Columns
from playbook.display import Face, Number, Point, Points, Section, Table, Verdict, or_dash, word
from playbook.documents.cjm.stage import ADDED, CELLS, STAGES, cell_words, stage_words
from playbook.i18n import number, share, t

if TYPE_CHECKING:
    from playbook.documents.cjm import Mapped, Mark

CONTEXT = "cjm"
SHOWN = 90


def face(found: Mapped) -> Face:
    """What comes next, the figures, the real funnel, the cells with hypotheses and objections without a place."""
    return Face(
        verdict=_verdict(found),
        numbers=_numbers(found),
        chart=_chart(found),
        sections=tuple(_sections(found)),
        rules=(rules.check("funnel_stages", found.begun),) if found.begun else (),
    )


def _verdict(found: Mapped) -> Verdict:
    ahead = next(_ahead(found), None)
    narrow = _narrowest(found)
    if ahead is not None:
        return Verdict("wait", word("wait"), ahead[0], ahead[1], narrow)
    say = t(CONTEXT, "All six stages are described, and the cells that matter carry a hypothesis.")
    return Verdict("yes", t(CONTEXT, "Drawn"), say, narrow, t(CONTEXT, "Look at it again when a test closes."))


def _ahead(found: Mapped) -> Iterator[tuple[str, str]]:
    if not found.filled:
        yield (
            t(CONTEXT, "The map is empty."),
            t(CONTEXT, "Begin with the stage at which you lose most people: doubts and questions first."),
        )
    if found.begun < len(STAGES):
        names = ", ".join(
            stage_words()[name] for name in STAGES if not any(found.asked.cell(name, row).strip() for row in CELLS)
        ).lower()
        yield (
            t(CONTEXT, "Stages begun: {n} of {all}.", n=number(found.begun), all=number(len(STAGES))),
            t(CONTEXT, "Still empty: {names}.", names=names),
        )
    gaps = _gaps(found)
    if gaps:
        yield (
            t(CONTEXT, "Cells filled: {n} of {all}.", n=number(found.filled), all=number(found.of)),
            t(
                CONTEXT,
                "The first gap: {stage}, {cell}.",
                stage=stage_words()[gaps[0][0]].lower(),
                cell=cell_words()[gaps[0][1]].lower(),
            ),
        )
    if found.without_owner:
        names = ", ".join(stage_words()[name] for name in found.without_owner).lower()
        yield (
            t(CONTEXT, "Stages without an owner: {n}.", n=number(len(found.without_owner))),
            t(CONTEXT, "Nobody answers for: {names}.", names=names),
        )
    if not found.marked:
        yield (
            t(CONTEXT, "No cell carries a hypothesis yet."),
            t(CONTEXT, "A map that nothing is tested on is a picture. Take one cell, a metric and a guess."),
        )


def _gaps(found: Mapped) -> list[tuple[str, str]]:
    """The cells that a map cannot go without and that are empty."""
    return [(stage, row) for stage in STAGES for row in ADDED if not found.asked.cell(stage, row).strip()]


def _narrowest(found: Mapped) -> str:
    """Where the fewest go on, in words; nothing without data."""
    narrow = min(found.steps(), key=lambda step: step.share, default=None)
    if narrow is None:
        return ""
    return t(
        CONTEXT,
        "Fewest go on here: {before} → {after}, {share}.",
        before=narrow.before.label.lower(),
        after=narrow.after.label.lower(),
        share=share(narrow.share),
    )


def _numbers(found: Mapped) -> tuple[Number, ...]:
    placed = len(found.asked.objections) - len(found.unplaced)
    return (
        Number(
            t(CONTEXT, "Cells filled"),
            number(found.filled),
            _of(found.of),
            definition=t(CONTEXT, "Six stages by eight lines."),
        ),
        Number(
            t(CONTEXT, "Stages with an owner"),
            number(found.begun - len(found.without_owner)),
            _of(len(STAGES)),
            definition=t(CONTEXT, "Somebody by name answers for what happens there."),
        ),
        Number(
            t(CONTEXT, "Hypotheses on the map"),
            number(found.marked),
            definition=t(CONTEXT, "Cells with a metric and a guess of how it will move."),
        ),
        Number(
            t(CONTEXT, "Objections with a place"),
            number(placed),
            _of(len(found.asked.objections)),
            definition=t(CONTEXT, "Objections of the segment that some doubt, barrier or question speaks of."),
        ),
    )


def _chart(found: Mapped) -> Columns | None:
    known = [one for one in found.asked.numbers if one.value]
    if len(known) < 2:  # noqa: PLR2004 - a funnel has two ends
        return None
    labels = tuple(stage_words()[one.stage] for one in known)
    title = _narrowest(found).rstrip(".") or t(CONTEXT, "The real funnel")
    return Columns(
        title,
        t(CONTEXT, "People at each stage, from your data"),
        labels,
        tuple(float(one.value or 0) for one in known),
    )


def _sections(found: Mapped) -> Iterator[Section]:
    if found.asked.numbers:
        on = {step.after.stage: share(step.share) for step in found.steps()}
        rows = tuple(
            (
                stage_words()[one.stage],
                one.label,
                or_dash(one.value, number),
                on.get(one.stage, ""),
                "" if one.plan is None else number(one.plan),
            )
            for one in found.asked.numbers
        )
        columns = (
            t(CONTEXT, "Stage"),
            t(CONTEXT, "What is counted"),
            t(CONTEXT, "Number"),
            t(CONTEXT, "Go on"),
            t(CONTEXT, "Plan"),
        )
        sources = "; ".join(dict.fromkeys(one.source for one in found.asked.numbers if one.source))
        note = t(
            CONTEXT,
            "Of one period, not of the same people. The plan is that of step 1, for its own days. {sources}",
            sources=sources,
        )
        yield Table(t(CONTEXT, "The real funnel"), columns, rows, note if sources else "", numeric=(2, 3, 4))
    marks = tuple(_mark(mark) for mark in found.asked.marks if mark.stage and mark.row)
    if marks:
        named = (t(CONTEXT, "Cell"), t(CONTEXT, "Metric"), t(CONTEXT, "Hypothesis"))
        yield Table(t(CONTEXT, "Metrics and hypotheses"), named, marks)
    if found.unplaced:
        yield Points(
            t(CONTEXT, "Objections without a place on the map"),
            tuple(Point(objection) for objection in found.unplaced),
            t(CONTEXT, "Say at which stage each comes up, and what answers it there."),
        )


def _mark(mark: Mark) -> tuple[str, str, str]:
    place = f"{stage_words()[mark.stage or '']} · {cell_words()[mark.row or '']}"
    text = mark.hypothesis.strip()
    return place, mark.metric, text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"


def _of(value: float) -> str:
    return t(CONTEXT, "of {value}", value=number(value))
