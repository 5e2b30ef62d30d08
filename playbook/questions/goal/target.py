"""The targets of a goal: the one that is not counted in sales, and what is wrong with several or with none."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from playbook import units
from playbook.errors import Problem
from playbook.i18n import t
from playbook.model import Part

CONTEXT = "goal"


class Target(Part):
    """The one number of a goal that is not counted in sales."""

    name_of_question = CONTEXT

    metric: units.Name = Field(min_length=1)
    """What will be measured

    Such as repeat purchases a month, or searches with your name."""
    value: units.Number
    """Its value on the last day"""


def targets_wrong(given: list[str], allowed: tuple[str, ...], values: dict[str, Any]) -> list[Problem]:
    """A goal has exactly one target, of the kind its objective takes."""
    if not given:
        names = ", ".join(allowed)
        hint = (
            t(CONTEXT, "give one of: {names}", names=names)
            if len(allowed) > 1
            else t(CONTEXT, "give 'target' with metric and value")
        )
        return [Problem(allowed[0], t(CONTEXT, "The goal has no target."), "", hint)]
    if len(given) > 1:
        saw = ", ".join(f"{name}={_shown(values[name])}" for name in given)
        return [
            Problem(
                given[1],
                t(CONTEXT, "One goal at a time: several targets were given."),
                saw,
                t(CONTEXT, "keep one target and clear the others"),
            )
        ]
    if given[0] in allowed:
        return []
    what = t(CONTEXT, "'{name}' does not belong to this objective.", name=given[0])
    hint = t(CONTEXT, "this objective takes: {names}", names=", ".join(allowed))
    return [Problem(given[0], what, f"{given[0]}={_shown(values[given[0]])}", hint)]


def _shown(value: Any) -> str:
    return f"{value.metric[:60]}: {value.value:.15g}" if isinstance(value, Target) else f"{value:.15g}"


def missing(name: str) -> Problem:
    """A field that a goal counted in sales cannot do without."""
    return Problem(name, t("model", "'{name}' is missing.", name=name), "", t("model", "fill it in"))


def too_many_sales(sales: int | None) -> Problem:
    """A history in which more leads paid than there were."""
    what = t(CONTEXT, "There cannot be more payments than leads.")
    return Problem("sales_observed", what, f"sales_observed={sales}", t(CONTEXT, "take both from one period"))
