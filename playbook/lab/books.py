"""The notebooks that a workspace holds: copies of ours, so that what is run and written in them stays with the firm.

A copy carries the fingerprint of the cells it came with. While its cells are still those, a newer version of ours may
take its place; a copy whose cells were changed belongs to whoever changed them and stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playbook import paths
from playbook.workspace import Workspace
from playbook.workspace.books import FOLDER, MARK, came_with, fingerprint
from playbook.workspace.faults import unwritable


def shelve(workspace: Workspace) -> Path:
    """Copy our notebooks into the workspace, over no one that a person has changed; gives the folder.

    Raises:
        WorkspaceUnwritable: the folder takes no file.
    """
    folder = workspace.path / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        for name, book in _shipped():
            if _may_be_written(folder / name, fingerprint(book)):
                book["metadata"][MARK] = {"cells": fingerprint(book)}
                _write(folder / name, book)
    except OSError as error:
        raise unwritable(folder, error) from None
    return folder


def fingerprints() -> list[str]:
    """Those of our notebooks: one with these cells, whoever brought it, is ours."""
    return [fingerprint(book) for _, book in _shipped()]


def _shipped() -> Iterator[tuple[str, dict[str, Any]]]:
    for ours in sorted((paths.resource("notebooks") / "jupyter").glob("*.ipynb")):
        yield ours.name, json.loads(ours.read_text(encoding="utf-8"))


def _may_be_written(copy: Path, ours: str) -> bool:
    """Whether there is no copy, or one of an older version of ours that nobody has changed."""
    return not copy.exists() or came_with(copy.read_text(encoding="utf-8", errors="replace")) not in ("", ours)


def _write(copy: Path, book: dict[str, Any]) -> None:
    with paths.instead_of(copy) as fresh:
        fresh.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
