"""How a hypothesis is scored: the scales of RICE, ICE and PXL, and what makes a score impossible.

The scales, their sources and the questions of PXL lie beside this file.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.errors import Problem
from playbook.i18n import number, t

if TYPE_CHECKING:
    from playbook.questions.ideas import Idea

CONTEXT = "ideas"
_LEAST_EFFORT = 1e-6


@cache
def scales() -> dict[str, Any]:
    """What each method needs, its source, and its limits or questions."""
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tomllib.load(file)


def pxl_questions() -> tuple[tuple[str, str, int, int], ...]:
    """The questions of PXL: id, text in the reader's language, points of one level, the highest level."""
    return tuple(
        (q["id"], t(CONTEXT, q["question"]), q["weight"], q.get("levels", 1)) for q in scales()["pxl"]["questions"]
    )


@cache
def weights() -> dict[str, tuple[float, float]]:
    """Points of one level and the highest level, by question of PXL."""
    return {q["id"]: (float(q["weight"]), float(q.get("levels", 1))) for q in scales()["pxl"]["questions"]}


def points(question: str, answer: bool | float) -> float:
    """The points of one answer of PXL."""
    weight, levels = weights()[question]
    return weight * (levels if answer is True else float(answer))


def faults(method: str, index: int, idea: Idea) -> list[Problem]:
    """What makes a score impossible or meaningless."""
    at = f"ideas.{index}"
    if method == "pxl":
        return [fault for name, answer in (idea.answers or {}).items() if (fault := _pxl_fault(at, name, answer))]
    if method != "rice":
        return []
    found = []
    if idea.effort is not None and idea.effort < _LEAST_EFFORT:
        what = t(CONTEXT, "'{name}' cannot be 0: the score is divided by it.", name=f"{at}.effort")
        hint = t(CONTEXT, "any work takes something: write half a day as 0.1 of a week")
        found.append(Problem(f"{at}.effort", what, f"{at}.effort={idea.effort:g}", hint))
    if idea.confidence is not None and idea.confidence > 1:
        what = t(CONTEXT, "'{name}' is a share in RICE, so it cannot be above 1.", name=f"{at}.confidence")
        found.append(
            Problem(f"{at}.confidence", what, f"{at}.confidence={idea.confidence:g}", t(CONTEXT, "write 80% as 0.8"))
        )
    return found


def _pxl_fault(at: str, name: str, answer: bool | float) -> Problem | None:
    path, saw = f"{at}.answers.{name}", f"{at}.answers.{name}={answer}"
    if name not in weights():
        hint = t(CONTEXT, "the questions are: {names}", names=", ".join(weights()))
        return Problem(path, t(CONTEXT, "PXL has no question '{name}'.", name=name), saw, hint)
    levels = weights()[name][1]
    if 0 <= float(answer) <= levels:
        return None
    what = t(
        CONTEXT, "'{name}' is answered with true, false or a number up to {levels}.", name=path, levels=number(levels)
    )
    return Problem(path, what, saw, t(CONTEXT, "from 0 to {levels}", levels=number(levels)))
