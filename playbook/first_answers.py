"""What the ten questions of the first visit already told, so that step 1 does not ask it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import texts
from playbook.i18n import language
from playbook.stop import Read, Take
from playbook.units import read_range

if TYPE_CHECKING:
    from playbook.walk import Walk

QUESTIONS = {"average_order_value": "average_check", "lead_to_sale": "lead_to_payment", "gross_margin": "margin"}
"""Fields of step 1 and the question that asks the same."""
RANGED = ("average_order_value", "lead_to_sale")
"""Those of them that step 1 takes as a range too, for the chance of the goal."""


def takes() -> tuple[Take, ...]:
    """Numbers as they were given, the middle of a range for its number, and its ends."""
    points = (Take(field, "ten", _number(question), suggestion=True) for field, question in QUESTIONS.items())
    ends = (
        Take(f"{field}_{name}", "ten", _end(QUESTIONS[field], end), suggestion=True)
        for field in RANGED
        for end, name in enumerate(("low", "high"))
    )
    return (*points, *ends)


def _number(question: str) -> Read:
    def read(walk: Walk) -> float | None:
        said = _said(walk, question)
        ends = _range(question, said)
        if ends is not None:
            return round(sum(ends) / 2, 6)
        return said if isinstance(said, int | float) else None

    return read


def _end(question: str, end: int) -> Read:
    def read(walk: Walk) -> float | None:
        ends = _range(question, _said(walk, question))
        return ends[end] if ends else None

    return read


def _said(walk: Walk, question: str) -> object:
    answers: dict[str, object] = walk.value("ten", "answers") or {}
    return answers.get(question)


def _range(question: str, said: object) -> tuple[float, float] | None:
    """Both ends in the field's own unit: a share is asked in percent."""
    try:
        low, high = read_range(str(said), decimal_comma=language() == "ru")
    except ValueError:
        return None
    scale = 100 if texts.by_id("ten.toml", "questions")[question]["kind"] == "share" else 1
    return low / scale, high / scale
