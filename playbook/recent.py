"""Which workspaces were opened on this machine, the last one first, and where new ones go."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playbook import i18n, paths
from playbook.errors import WorkspaceError
from playbook.workspace import FILE, Workspace

NOTES = "recent.json"
LANGUAGE_GUESSED = "language_guessed"
"""The setting of a workspace whose language nobody chose."""
MOST = 12


@dataclass(frozen=True)
class Note:
    """A workspace that was opened here; an older playbook noted neither when nor the firm's name."""

    path: Path
    opened: datetime | None = None
    name: str = ""

    @property
    def there(self) -> bool:
        """Whether it still stands where it stood."""
        try:
            return (self.path / FILE).is_file()
        except OSError:
            return False


def remember(workspace: Workspace) -> None:
    """Note a workspace as the last one opened."""
    others = (note for note in noted() if note.path != workspace.path)
    _keep([Note(workspace.path, datetime.now(UTC), str(workspace.setting("name", ""))), *others])


def forget(path: Path) -> None:
    """Take a workspace off the list; its folder stays as it is."""
    _keep([note for note in noted() if note.path != path])


def noted() -> list[Note]:
    """Workspaces opened on this machine, the last one first, those that are gone among them."""
    try:
        known = json.loads((paths.state_dir() / NOTES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return list(filter(None, map(_read, known if isinstance(known, list) else ())))


def listed() -> list[Path]:
    """Workspaces opened on this machine that are still there, the last one first."""
    return [note.path for note in noted() if note.there]


def mark(path: Path) -> str:
    """What names a workspace in an address without saying where it lies."""
    return hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def marked(wanted: str) -> Path | None:
    """The workspace opened on this machine that has this mark."""
    return next((note.path for note in noted() if mark(note.path) == wanted), None)


def open_or_make(language: str = "") -> Workspace:
    """The last workspace that opens; else the one in this machine's own folder, made when it is not there yet.

    A new one speaks `language` and counts in its currency; where none is asked for, this machine's is a guess.
    """
    for path in listed():
        try:
            return Workspace.open(path)
        except WorkspaceError:
            continue
    own = home() / "my-business"
    if (own / FILE).exists():
        return Workspace.open(own)
    made = Workspace.create(own, language=language or i18n.from_environment())
    made.set_setting(LANGUAGE_GUESSED, not language)
    return made


def home() -> Path:
    """The folder for workspaces made from the home page."""
    return paths.state_dir() / "workspaces"


def _keep(notes: list[Note]) -> None:
    """Write the list down; a machine that cannot keep it is no reason to stop."""
    lines = [
        {
            "path": str(note.path),
            "name": note.name,
            "opened": note.opened.isoformat(timespec="seconds") if note.opened else None,
        }
        for note in notes[:MOST]
    ]
    try:
        paths.state_dir().mkdir(parents=True, exist_ok=True)
        (paths.state_dir() / NOTES).write_text(json.dumps(lines), encoding="utf-8")
    except OSError:
        return


def _read(line: Any) -> Note | None:
    """One line of the list, of this playbook or of an older one, which kept the path alone."""
    if isinstance(line, str):
        return Note(Path(line))
    if not isinstance(line, dict) or not isinstance(line.get("path"), str):
        return None
    try:
        opened = datetime.fromisoformat(str(line.get("opened")))
    except ValueError:
        opened = None
    return Note(Path(line["path"]), opened if opened and opened.tzinfo else None, str(line.get("name", "")))
