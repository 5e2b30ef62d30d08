"""The calculators beside the steps, as the report shows them: the answer in short, and what it was counted from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from playbook import faces
from playbook.display import Kind
from playbook.i18n import t
from playbook.walk import Walked

FIGURES = 3


@dataclass(frozen=True)
class Aside:
    """One answered calculator in a few lines."""

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
        by_step.setdefault(walked.step.home.key, []).append(_aside(walked))
    return by_step


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
