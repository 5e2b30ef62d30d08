"""What people write: the documents that a firm keeps, hands on and reads again.

A document is asked as a question is, field by field, and answers how complete it is and what it lacks. Nothing in it is
required: half a page is worth keeping. What it takes over from steps, data and other documents is said in `steps.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from playbook.model import Inputs

__all__ = ["Document", "lines"]


class Document(Inputs):
    """A document, and how its lists stand on paper."""

    name_of_question = "document"

    across: ClassVar[tuple[str, ...]] = ()
    """Lists whose rows stand side by side, one column each; the others have a line for each row."""
    blank: ClassVar[Mapping[str, int | tuple[str, ...]]] = {}
    """Rows of a list on a sheet that is filled in by hand: how many, or what stands in the first cell of each."""

    alone: ClassVar[bool] = False
    """Whether it stands on paper without what follows from it, so that one page holds it."""

    def heads(self) -> Mapping[str, str]:
        """What stands in the head of a part, by its field: a number of the real funnel over a stage."""
        return {}

    def notes(self) -> Mapping[str, str]:
        """What a cell carries beside its text, by part and field: `trust/doubts`."""
        return {}


def lines(text: str) -> tuple[str, ...]:
    r"""What stands in a field with one thing a line, without empty lines and the marks of a list.

    >>> lines("- too dear\n\n• not now ")
    ('too dear', 'not now')
    """
    bare = (line.strip().lstrip("-–—•*").strip() for line in text.splitlines())
    return tuple(line for line in bare if line)
