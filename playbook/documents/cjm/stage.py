"""One stage of the journey: its name, and the lines that are written for it."""

from __future__ import annotations

from typing import Literal

from playbook import units
from playbook.i18n import t
from playbook.model import Part

CONTEXT = "cjm"
Named = Literal["attention", "interest", "trust", "request", "sale", "retention"]
STAGES: tuple[Named, ...] = ("attention", "interest", "trust", "request", "sale", "retention")
ADDED = ("doubts", "barriers", "sought", "questions")
"""What the map adds to a funnel."""
STAGE_WORDS = {
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


def stage_words() -> dict[str, str]:
    """The stages as they are called."""
    return {name: t(CONTEXT, words) for name, words in STAGE_WORDS.items()}


def cell_words() -> dict[str, str]:
    """The lines of a stage as they are called."""
    return {spec.name: spec.label for spec in Stage.fields()}
