"""What is wrong with a workspace's file, out of what SQLite and the disk say."""

from __future__ import annotations

from pathlib import Path

from playbook.errors import WorkspaceDamaged, WorkspaceLocked, WorkspaceReadOnly
from playbook.faults import reason
from playbook.i18n import t

FILE = "playbook.db"
BROKEN = "database disk image is malformed"
"""What SQLite says of a file that is damaged inside."""
READ_ONLY = "attempt to write a readonly database"


def operational(folder: Path, error: Exception) -> Exception:
    """What SQLite refused to do, in words: read-only, locked, a full disk, else damage."""
    text = str(error)
    if "readonly" in text or "attempt to write" in text:
        return unwritable(folder, error)
    if "locked" in text or "busy" in text:
        return WorkspaceLocked(
            t("workspace", "Another program holds this workspace."),
            saw=str(folder / FILE),
            hint=t("workspace", "close the other program or wait a little, then try again"),
        )
    if "disk is full" in text or "disk I/O" in text:
        return WorkspaceReadOnly(
            t("workspace", "The disk took no more: the last change was not saved."),
            saw=str(folder / FILE),
            hint=t("workspace", "free some space, then make the change again; everything before it is safe"),
        )
    return damaged(folder, error)


def unwritable(folder: Path, error: Exception) -> WorkspaceReadOnly:
    """The folder or its file takes no change."""
    return WorkspaceReadOnly(
        t("workspace", "This workspace may be read and not written."),
        saw=f"{folder}: {_why(error)}",
        hint=t("workspace", "copy the folder to a place of your own, or allow writing to it"),
    )


def _why(error: object) -> str:
    """What SQLite or the disk said, in the reader's words where we know them."""
    if isinstance(error, OSError):
        return reason(error)
    words = {
        BROKEN: t("workspace", "its pages do not fit together"),
        "file is not a database": t("workspace", "it is no database"),
        "not a playbook file": t("workspace", "it is no file of the playbook"),
        "unable to open database file": t("workspace", "it cannot be opened"),
        READ_ONLY: t("workspace", "no right to write to it"),
    }
    return words.get(str(error), str(error))


def damaged(folder: Path, error: object) -> WorkspaceDamaged:
    """The file is no sound workspace."""
    return WorkspaceDamaged(
        t("workspace", "This workspace's file is damaged. It was not changed."),
        saw=f"{folder / FILE}: {_why(error)}",
        hint=t("workspace", "open a copy you made before, or unpack one; keep this file for repair"),
    )
