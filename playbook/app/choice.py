"""The report's own page: what goes into it, and whether private parts stay out."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import QueryParams

from playbook.report import selection
from playbook.report.selection import BESIDE, WHOLE, Selection

CHOSEN = "chosen"
"""Stands in the address when boxes were shown: without it an address without boxes asks for everything."""


@dataclass(frozen=True)
class Box:
    """One part of the report, to be left in or out."""

    name: str
    title: str
    private: bool


def boxes() -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """The steps, and what stands beside them."""
    found = [Box(name, title, name in selection.PRIVATE) for name, title in selection.parts().items()]
    return tuple(box for box in found if box.name not in BESIDE), tuple(box for box in found if box.name in BESIDE)


def asked(query: QueryParams) -> Selection:
    """What an address asks for.

    Raises:
        PlaybookError: every box was emptied.
    """
    discreet = query.get("discreet") == "yes"
    if CHOSEN not in query:
        return Selection(discreet=discreet) if discreet else WHOLE
    return selection.without(selection.parts().keys() - set(query.getlist("with")), discreet=discreet)
