"""What of the report is wanted: which steps, what stands beside them, and whether private parts are left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from playbook.errors import PlaybookError
from playbook.i18n import t
from playbook.steps import PATH, STEPS

BESIDE = ("inputs", "calculators", "documents", "decisions", "sources")
"""What the report holds besides the steps."""
PRIVATE = frozenset({"inputs", "sources"})
"""What nobody outside needs: what was typed, and which files it came from."""


@dataclass(frozen=True)
class Selection:
    """The parts that are left out; a `discreet` report also calls people by a letter."""

    without: frozenset[str] = frozenset()
    discreet: bool = False

    def shows(self, part: str) -> bool:
        """Whether a step, or what stands beside the steps, is in the report."""
        return part not in self.without and not (self.discreet and part in PRIVATE)


WHOLE = Selection()


def parts() -> dict[str, str]:
    """Every part that may be left out, by its name, with its title."""
    beside = {
        "inputs": t("report", "What it was computed from"),
        "calculators": t("report", "Counted beside the steps"),
        "documents": t("report", "Documents"),
        "decisions": t("report", "Decisions at a glance"),
        "sources": t("report", "Where the numbers come from"),
    }
    return {**{step.key: STEPS[step.key].title() for step in PATH}, **beside}


def without(names: Iterable[str], *, discreet: bool = False) -> Selection:
    """The report without the named parts.

    Raises:
        PlaybookError: there is no such part, or nothing of the report would be left.
    """
    known = parts()
    left_out = frozenset(names)
    for name in sorted(left_out - known.keys()):
        hint = t("report", "its parts are: {names}", names=", ".join(known))
        raise PlaybookError(t("report", "The report has no such part."), saw=name, hint=hint, field="without")
    if left_out >= known.keys():
        hint = t("report", "leave at least one part in")
        raise PlaybookError(t("report", "Nothing of the report is left."), hint=hint, field="without")
    return Selection(left_out, discreet)
