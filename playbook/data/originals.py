"""The imported files as they came: compressed, and named by the hash of their content."""

from __future__ import annotations

import gzip
import hashlib
import time
import zlib
from contextlib import suppress
from pathlib import Path

from playbook import paths
from playbook.workspace import Batch, Workspace

CHUNK = 1 << 20
_HOUR = 3600


def original(workspace: Workspace, sha: str) -> Path:
    """Where the original of a file is kept."""
    return workspace.path / "originals" / f"{sha}.gz"


def kept(workspace: Workspace, sha: str) -> bool:
    """Whether the original is there and still the file that its name says."""
    found = hashlib.sha256()
    try:
        with gzip.open(original(workspace, sha)) as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
    except (OSError, EOFError, zlib.error):
        return False
    return found.hexdigest() == sha


def recorded(workspace: Workspace) -> frozenset[str]:
    """The names of the originals and of the rejected rows of every import; others are left of imports cut off."""
    said = [batch.payload for batch in workspace.batches()]
    return frozenset(f"{one.get('sha', '')}.gz" for one in said) | {str(one.get("rejects_file")) for one in said}


def sweep(workspace: Workspace) -> None:
    """Delete what imports that were cut off had begun to write; what is young may be another window's work."""
    for room in ("originals", "reports"):
        for file in (workspace.path / room).glob(f"*{paths.FRESH}"):
            with suppress(OSError):
                if time.time() - file.stat().st_mtime > _HOUR:
                    file.unlink()


def lost(workspace: Workspace) -> list[Batch]:
    """The imports whose original is gone or has changed, the oldest first."""
    return [batch for batch in workspace.batches() if not kept(workspace, str(batch.payload.get("sha", "")))]
