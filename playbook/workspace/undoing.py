"""What one undo takes back: the newest change of a step, or all that was changed together with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Self

from playbook.workspace.kept import Change


@dataclass(frozen=True)
class Action:
    """Changes and records that were made together, such as those of closing a week."""

    revisions: range
    records: tuple[int, ...]

    @classmethod
    def from_json(cls, payload: dict[str, Any]) -> Self:
        """The action as it was written down."""
        return cls(range(payload["first"], payload["last"] + 1), tuple(payload["records"]))

    def to_json(self) -> dict[str, Any]:
        """The action as it is written down."""
        return {"first": self.revisions[0], "last": self.revisions[-1], "records": self.records}


@dataclass(frozen=True)
class Back:
    """A change to take back, and what stood in its field before."""

    change: Change
    kind: str
    value: Any


def taken_back(changes: Sequence[Change], actions: Sequence[Action], keep: Collection[str] = ()) -> list[Back]:
    """What the next undo of a step takes back, the newest first; empty when nothing is left.

    `changes` are those of one step, the oldest first. The fields named in `keep` are left alone.
    """
    undone = {change.undoes for change in changes if change.undoes}
    standing = [
        change
        for change in changes
        if change.undoes is None and change.revision not in undone and change.field not in keep
    ]
    if not standing:
        return []
    newest = standing[-1].revision
    together = next((one.revisions for one in actions if newest in one.revisions), range(newest, newest + 1))
    found = []
    for place, change in reversed(list(enumerate(standing))):
        if change.revision in together:
            before = next((one for one in reversed(standing[:place]) if one.field == change.field), None)
            found.append(Back(change, before.kind if before else "value", before.value if before else None))
    return found
