"""Calculators and documents, as the report shows them: the answer in short, and what it was counted from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from playbook import faces
from playbook.display import Kind
from playbook.i18n import t
from playbook.report.selection import Selection
from playbook.steps import CALCULATORS, DOCUMENTS, Step
from playbook.walk import Walk, Walked

FIGURES = 3


@dataclass(frozen=True)
class Aside:
    """One answered calculator, or one document, in a few lines."""

    key: str
    title: str
    kind: Kind
    say: str
    because: str
    figures: Markup
    source: str


def asides(found: Iterable[Walked]) -> dict[str, list[Aside]]:
    """The calculators by the step they stand beside first."""
    by_step: dict[str, list[Aside]] = {}
    for walked in found:
        if walked.step.room != "documents":
            by_step.setdefault(walked.step.home.key, []).append(_aside(walked))
    return by_step


def documents(found: Iterable[Walked]) -> list[Aside]:
    """The documents that are begun."""
    return [_aside(walked) for walked in found if walked.step.room == "documents"]


def told(look: Walk, selection: Selection) -> Iterator[Step]:
    """The answered calculators beside the wanted steps, and the documents that are begun, as far as they are wanted."""
    for step in (*CALCULATORS, *DOCUMENTS):
        documents = step.room == "documents"
        wanted = selection.shows("documents") if documents else _wanted(step, selection)
        if wanted and look.state(step.key) == "done":
            yield step


def _wanted(calculator: Step, selection: Selection) -> bool:
    return selection.shows("calculators") and selection.shows(calculator.home.key)


def _aside(walked: Walked) -> Aside:
    verdict = walked.face.verdict
    return Aside(
        key=walked.step.key,
        title=walked.step.title(),
        kind=verdict.kind,
        say=verdict.say,
        because=verdict.because,
        figures=faces.numbers(walked.face.numbers[:FIGURES]),
        source=_source(walked),
    )


def _source(walked: Walked) -> str:
    """Where its inputs come from, each place once."""
    places = dict.fromkeys(
        t("report", "typed") if given.kind == "typed" else given.source_text
        for given in walked.given
        if given.kind in ("typed", "data", "taken") and given.value is not None
    )
    return "; ".join(filter(None, places))
