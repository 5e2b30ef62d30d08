"""Where the product's own files lie, in the repository and in the installed wheel alike."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = "0.1.0"
"""The version of the product, as pyproject.toml has it."""

COMMAND = os.environ.get("PLAYBOOK_COMMAND", "playbook")
"""What a person types before the name of a command: `playbook`, or whatever start.py was started by."""

FRESH = ".new"
"""Ends the name of a file that is still being written."""

package = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The folder `notebooks`, `templates` or `data_samples`."""
    installed = package / "_files" / name
    return installed if installed.is_dir() else package.parent / name


def knowledge(language: str, name: str) -> Path:
    """A text file of `knowledge/`, such as `knowledge("ru", "glossary.toml")`."""
    return package / "knowledge" / language / name


def state_dir() -> Path:
    """The folder of this machine's own notes: the last workspace, the chosen language."""
    if chosen := os.environ.get("PLAYBOOK_STATE"):
        return Path(chosen)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home)) / "marketing-playbook"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "marketing-playbook"
    return Path(os.environ.get("XDG_STATE_HOME", home / ".local" / "state")) / "marketing-playbook"


@contextmanager
def instead_of(place: Path) -> Iterator[Path]:
    """The name of a file to write, which takes the place of another at once when that is done, and else is no more."""
    fresh = place.with_name(f"{place.name}.{secrets.token_hex(4)}{FRESH}")
    try:
        yield fresh
        os.replace(fresh, place)  # noqa: PTH105 - the target must be overwritten on Windows too
    finally:
        fresh.unlink(missing_ok=True)
