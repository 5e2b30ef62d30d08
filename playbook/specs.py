"""What a form has to know of one field of a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["number", "text", "note", "date", "choice", "flag", "part", "rows", "data"]


@dataclass(frozen=True)
class FieldSpec:
    """What a form has to know of one field; the texts are in the reader's language."""

    name: str
    label: str
    hint: str
    kind: Kind
    unit: str
    low: float | None
    high: float | None
    choices: tuple[tuple[str, str], ...]
    optional: bool
    default: Any
    rows: tuple[FieldSpec, ...]
    rough: bool = False
    """Whether a range, or that one does not know, is an answer to a number too."""
    above: bool = False
    """Whether `low` itself is already too low."""
