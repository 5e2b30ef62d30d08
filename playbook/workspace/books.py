"""The notebooks in a workspace: copies of ours, those a person changed or wrote, and those handed on with a pack."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER, HANDED, ENDING = "notebooks", "handed-on", ".ipynb"
MARK = "playbook"
"""The metadata by which a copy of ours knows the cells it came with."""


def fingerprint(book: dict[str, Any]) -> str:
    """What stands in the cells, whatever they have shown when they were run."""
    cells = [[cell["cell_type"], "".join(cell["source"])] for cell in book["cells"]]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()[:16]


def came_with(text: str) -> str:
    """The fingerprint of the cells that a copy of ours came with, while nobody has changed them; else nothing."""
    try:
        book = json.loads(text)
        mark = str(book["metadata"][MARK]["cells"])
        return mark if mark == fingerprint(book) else ""
    except (ValueError, KeyError, TypeError):
        return ""


def own(workspace: Path) -> Iterator[tuple[str, str]]:
    """Notebooks that a person changed, wrote or was handed: a name, each once, and the text without what was shown."""
    taken: set[str] = set()
    for file in (*_books(workspace / FOLDER), *_books(workspace / FOLDER / HANDED)):
        text = file.read_text(encoding="utf-8", errors="replace")
        if came_with(text):
            continue
        name, place = file.name, 1
        while name.lower() in taken:
            place += 1
            name = f"{file.stem}-{place}{ENDING}"
        taken.add(name.lower())
        yield name, stripped(text)


def stripped(text: str) -> str:
    """A notebook without what its cells have shown, and without the mark of ours; what is none stays as it is."""
    try:
        book = json.loads(text)
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
        for known in (MARK, "widgets"):
            book["metadata"].pop(known, None)
    except (ValueError, KeyError, TypeError, AttributeError):
        return text
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"


def _books(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.glob(f"*{ENDING}")) if file.is_file() and not file.is_symlink()]
