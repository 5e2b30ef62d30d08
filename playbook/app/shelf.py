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
    """The documents; the weekly one is filled once a week was reviewed."""
    return tuple(_paper(walk, key) for key in (*(step.key for step in DOCUMENTS), "week"))


def _paper(walk: Walk, key: str) -> Paper:
    step, verdict = STEPS[key], walk.face(key).verdict
    there = key != "week" or walk.answer(key) is not None or walk.workspace.records(key)
    filled = ways(key, "filled") if there else ()
    name, question = step.title(), str(step.text("question"))
    return Paper(key, href(step.page), name, question, verdict.kind, verdict.say, filled, ways(key, "empty"))
