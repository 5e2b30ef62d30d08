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
    standing = [change for change in _standing(changes) if change.field not in keep]
    if not standing:
        return []
    return _backs(standing, made_together(standing[-1].revision, actions))


def taken_along(changes: Sequence[Change], together: range) -> list[Back]:
    """What goes back in another step with an action that is taken back: what it changed there, in these revisions.

    Nothing, once anything of it was changed there again: a decision that somebody went on with stays.
    """
    standing = _standing(changes)
    mine = [change.field for change in standing if change.revision in together]
    since = [change.field for change in standing if change.revision >= together.stop]
    if any(f"{later}/".startswith(f"{field}/") for field in mine for later in since):
        return []
    return _backs(standing, together)


def _standing(changes: Sequence[Change]) -> list[Change]:
    """Changes that no undo has taken back."""
    undone = {change.undoes for change in changes if change.undoes}
    return [change for change in changes if change.undoes is None and change.revision not in undone]


def made_together(revision: int, actions: Sequence[Action]) -> range:
    """The revisions of the action that a change belongs to; of the change alone where it stands alone."""
    return next((one.revisions for one in actions if revision in one.revisions), range(revision, revision + 1))


def _backs(standing: Sequence[Change], together: range) -> list[Back]:
    found = []
    for place, change in reversed(list(enumerate(standing))):
        if change.revision in together:
            before = next((one for one in reversed(standing[:place]) if one.field == change.field), None)
            found.append(Back(change, before.kind if before else "value", before.value if before else None))
    return found
