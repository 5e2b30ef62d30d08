"""The steps of the path as the report shows them: the answer, what it was computed from, and the person's decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from playbook import display, faces, i18n
from playbook.i18n import t
from playbook.report.inputs import Input, listed
from playbook.report.selection import WHOLE, Selection
from playbook.steps import STEPS
from playbook.walk import Walked


@dataclass(frozen=True)
class Decided:
    """A decision in words."""

    what: str
    owner: str
    review: str
    recorded: str


@dataclass(frozen=True)
class Part:
    """One step on paper; without an answer `face` is empty and `waiting` says calmly what is missing."""

    key: str
    kicker: str
    title: str
    face: Markup
    waiting: str
    inputs: tuple[Input, ...]
    decided: Decided | None


def steps(path: list[Walked], selection: Selection = WHOLE) -> list[Part]:
    """Every step that is wanted, in the order of the path."""
    answered = {walked.step.key for walked in path if is_answered(walked, path)}
    found = [_part(walked, walked.step.key in answered) for walked in path if selection.shows(walked.step.key)]
    return found if selection.shows("inputs") else [replace(part, inputs=()) for part in found]


def is_answered(walked: Walked, path: list[Walked]) -> bool:
    """Whether the step has an answer that stands on something said: by the person, by data or by an answered step.

    Defaults alone can be computed with, yet they say nothing about this firm.
    """
    if walked.answer is None:
        return False
    done = {other.step.key for other in path if other.state != "todo"}
    return walked.state != "todo" or any(
        given.kind == "data" or (given.kind == "taken" and given.source_step in done) for given in walked.given
    )


def place(key: str) -> faces.Place | None:
    """Where a step stands in the report."""
    step = STEPS.get(key)
    return faces.Place(f"#{key}", step.kicker()) if step else None


def decisions(path: list[Walked]) -> Markup:
    """Every decision of the path in one table; empty without any."""
    rows = [(walked, decided) for walked in path if (decided := _decided(walked))]
    if not rows:
        return Markup("")
    table = display.Table(
        t("report", "Decisions at a glance"),
        (t("report", "Decision"), t("report", "Who"), t("report", "Review"), t("report", "Step")),
        tuple((one.what, one.owner, one.review, walked.step.title()) for walked, one in rows),
    )
    return faces.section(table, level=2)


def _part(walked: Walked, answered: bool) -> Part:
    step, title = walked.step, walked.step.title()
    return Part(
        key=step.key,
        kicker=_number(walked),
        title=title,
        face=faces.face(walked.face, place, level=3, paper=True) if answered else Markup(""),
        waiting="" if answered else _waiting(walked),
        inputs=tuple(listed(walked, shown=answered)) if answered or walked.state != "todo" else (),
        decided=_decided(walked),
    )


def _number(walked: Walked) -> str:
    number = walked.step.number
    return "" if number is None else t("report", "Step {number} of 7", number=number)


def _waiting(walked: Walked) -> str:
    if walked.state == "todo":
        return t("report", "Not answered yet. {question}", question=walked.step.text("question"))
    return walked.face.verdict.say


def _decided(walked: Walked) -> Decided | None:
    decision = walked.decision
    if decision is None:
        return None
    return Decided(
        what=decision.what,
        owner=decision.owner,
        review=_day(decision.review) if decision.review else "",
        recorded=_day(decision.time.astimezone()),
    )


def _day(value: date) -> str:
    """A date that is not parted from its year."""
    return i18n.date(value).replace(" ", i18n.NBSP)
