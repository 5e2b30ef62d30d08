"""A person's words and our tables as Markdown that every reader of it shows alike, with no HTML of anyone's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from playbook.display import Points, Ranking, Section, Table

_MARKS = re.compile(r"([\\`*_{}\[\]<>|#~])")
_LEADING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)


def words(text: str) -> str:
    """Words as words, on one line, whatever marks are in them."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def inline(written: str) -> str:
    """Words as words, also at the beginning of a line; a new line stays one."""
    safe = _MARKS.sub(r"\\\1", written.strip())
    return _LEADING.sub(r"\1\\\2", safe).replace("\r", "").replace("\n", "<br>")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A head, its rule, and the rows."""
    yield _row(columns)
    yield "|" + " --- |" * len(columns)
    for row in rows:
        yield _row(row)


def section(shown: Section) -> Iterator[str]:
    """A titled table, or a titled list of findings."""
    yield from (f"## {inline(shown.title)}", "")
    if isinstance(shown, Table):
        yield from table(shown.columns, shown.rows)
    elif isinstance(shown, Ranking):
        yield from (f"- {inline(f'{place.name}: {place.score}')}" for place in shown.items)
    elif isinstance(shown, Points):
        yield from (
            f"- {inline(f'{point.title}. {point.text}' if point.text else point.title)}" for point in shown.items
        )
    if shown.note:
        yield from ("", inline(shown.note))
    yield ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(inline(cell) or " " for cell in cells) + " |"
