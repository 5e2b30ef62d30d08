"""What a packed workspace says of itself, and the names it may use."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath

from pydantic import BaseModel, ConfigDict, Field

from playbook.workspace import FILE, books

ENDING = ".playbook"
NAME = "manifest.json"
FORMAT = 1
"""A newer number is refused; what changes without harm to an older reader keeps the number."""
ROOMS = ("originals", "reports", "tables")
LEFT_OUT = "originals_left_out"
"""The setting of a workspace that was packed without its imported files: their hashes."""
_UNFIT = re.compile(r"[\\:\x00-\x1f\x7f]")


class Entry(BaseModel):
    """One file of a pack."""

    model_config = ConfigDict(frozen=True)

    bytes: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What is in a pack."""

    model_config = ConfigDict(frozen=True)

    format: int = Field(ge=1)
    version: str
    """The version of the playbook that packed it."""
    made: str
    name: str
    """The firm's name."""
    folder: str
    """The name of the folder that was packed."""
    originals: bool = True
    files: dict[str, Entry]

    def allows(self, name: str) -> bool:
        """Whether a file of this name stays inside a workspace, on every system, and is one that a pack may bring.

        Beside the originals there are no tables: nobody could tell whether they were made of them. Notebooks lie where
        none of them runs by itself, and nothing beside them that they could take for a part of Python.
        """
        if name == FILE:
            return True
        room, *parts = name.split("/")
        if room == books.FOLDER:
            return self.originals and _is_handed(parts)
        rooms = ("originals", "reports") if self.originals else ("tables", "reports")
        return room in rooms and bool(parts) and all(fits(part) for part in parts)


def _is_handed(parts: list[str]) -> bool:
    name = parts[-1] if parts else ""
    return parts == [books.HANDED, name] and fits(name) and name.endswith(books.ENDING)


def fits(part: str) -> bool:
    """Whether this is the name of a file and no way out of the folder."""
    return part not in ("", ".", "..") and not _UNFIT.search(part)


def fitted(name: str, taken: Collection[str] = ()) -> str:
    """The name with a stroke for every sign that some system does not take; taken ones, in any case, get one more.

    The ending stays, for it says what the file is.
    """
    plain = _UNFIT.sub("_", name.encode("utf-8", "replace").decode("utf-8"))
    others, ending = {one.casefold() for one in taken}, PurePosixPath(plain).suffix
    while plain.casefold() in others:
        plain = f"{plain.removesuffix(ending)}_{ending}"
    return plain
