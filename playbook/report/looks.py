"""The looks of a sheet of paper, shared by the report and the documents."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from playbook import faces

LAYOUT = Path(__file__).resolve().parent / "layout"


@cache
def css() -> str:
    """The style sheet of a page that is read on a screen and printed on A4."""
    ours = ((LAYOUT / name).read_text(encoding="utf-8") for name in ("report.css", "print.css"))
    return closely("".join((faces.css(), *ours)))


def closely(css: str) -> str:
    """A style sheet without the room and the words that only its writers need.

    >>> closely("/* all */ p { margin: 0;  color: red; }")
    'p{margin: 0;color: red;}'
    """
    bare = " ".join(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).split())
    return re.sub(r" ?([{};,]) ?", r"\1", bare)
