"""What a workspace keeps, as it is handed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Current:
    """A field as it stands: the newest valid value and, where the newest words are not valid, those words."""

    value: Any
    draft: str | None
    revision: int
    time: datetime


@dataclass(frozen=True)
class Change:
    """One line of the history."""

    revision: int
    step: str
    field: str
    kind: str
    value: Any
    time: datetime
    author: str
    undoes: int | None


@dataclass(frozen=True)
class Saved:
    """What a save did; `conflict` is the newer change of another window that it was made over."""

    revision: int
    conflict: Change | None = None


@dataclass(frozen=True)
class Record:
    """A dated result that is kept beside the answers, such as one run of the ten questions."""

    id: int
    step: str
    payload: dict[str, Any]
    time: datetime


@dataclass(frozen=True)
class Batch:
    """One import; switched off by an undo and never deleted."""

    id: int
    active: bool
    payload: dict[str, Any]
    time: datetime
