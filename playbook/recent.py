"""Which workspace was open last on this machine, and where new ones go."""

from __future__ import annotations

import json
from pathlib import Path

from playbook import i18n, paths
from playbook.errors import WorkspaceError
from playbook.workspace import FILE, Workspace

NOTES = "recent.json"
MOST = 12


def remember(workspace: Workspace) -> None:
    """Note a workspace as the last one opened; a machine that cannot keep the note is no reason to stop."""
    path = str(workspace.path)
    known = [path, *(other for other in listed() if other != path)][:MOST]
    try:
        paths.state_dir().mkdir(parents=True, exist_ok=True)
        (paths.state_dir() / NOTES).write_text(json.dumps(known), encoding="utf-8")
    except OSError:
        return


def listed() -> list[str]:
    """Workspaces opened on this machine that are still there, the last one first."""
    try:
        known = json.loads((paths.state_dir() / NOTES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [path for path in known if isinstance(path, str) and (Path(path) / FILE).is_file()]


def open_or_make() -> Workspace:
    """The last workspace that opens; else the one in this machine's own folder, made when it is not there yet."""
    for path in listed():
        try:
            return Workspace.open(path)
        except WorkspaceError:
            continue
    own = home() / "my-business"
    if (own / FILE).exists():
        return Workspace.open(own)
    return Workspace.create(own, language=i18n.from_environment())


def home() -> Path:
    """The folder for workspaces made from the home page."""
    return paths.state_dir() / "workspaces"
