"""Folders for what is laid aside while an import or a question is at work; they go with it, however it ends."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path
from typing import IO

from playbook import paths

_KINDS = READING, SPILL = ("reading-", "spill-")
_HELD = "held"
"""A file that its process keeps locked as long as it lives."""
_OLD = 86_400


class Room:
    """A folder of our own on the disk that goes with this object; those of processes that are no more go first.

    Raises:
        OSError: the machine has no place for it.
    """

    def __init__(self, kind: str = READING) -> None:
        place = paths.state_dir()
        place.mkdir(parents=True, exist_ok=True)
        _clear(place)
        self.path = Path(tempfile.mkdtemp(prefix=kind, dir=place))
        held = (self.path / _HELD).open("wb")
        _lock(held)
        weakref.finalize(self, _leave, self.path, held)


def _leave(place: Path, held: IO[bytes]) -> None:
    held.close()  # where a locked file cannot be deleted
    shutil.rmtree(place, ignore_errors=True)


def _clear(place: Path) -> None:
    """Delete the rooms of processes that were cut off."""
    for left in (room for kind in _KINDS for room in place.glob(f"{kind}*")):
        with suppress(OSError):
            if _left(left):
                shutil.rmtree(left, ignore_errors=True)


def _left(room: Path) -> bool:
    """Whether nobody is in a room any more."""
    held = room / _HELD
    if not held.exists():  # one that is being made
        return time.time() - room.stat().st_mtime > _OLD
    with held.open("r+b") as file:
        return _lock(file)


def _lock(file: IO[bytes]) -> bool:
    """Lock a file for as long as it is open; whether nobody else has."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
