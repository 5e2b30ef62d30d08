"""The shelf of documents: each with what it says of itself, and the ways to its page and its files."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.steps import DOCUMENTS, STEPS, href
from playbook.ui.files import Way, ways
from playbook.walk import Walk


@dataclass(frozen=True)
class Paper:
    """One document on the shelf."""

    key: str
    href: str
    name: str
    question: str
    kind: str
    say: str
    filled: tuple[Way, ...]
    empty: tuple[Way, ...]


def papers(walk: Walk) -> tuple[Paper, ...]:
    """The five documents; the weekly review is written on its own page, and here is its empty sheet."""
    return tuple(_paper(walk, key) for key in (*(step.key for step in DOCUMENTS), "week"))


def _paper(walk: Walk, key: str) -> Paper:
    step, verdict = STEPS[key], walk.face(key).verdict
    filled = ways(key, "filled") if key != "week" else ()
    name, question = step.title(), str(step.text("question"))
    return Paper(key, href(step.page), name, question, verdict.kind, verdict.say, filled, ways(key, "empty"))
