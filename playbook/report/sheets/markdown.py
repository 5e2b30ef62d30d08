"""A document as Markdown that every reader of it shows alike: tables, headings and lists, no HTML of anyone's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbook.display import Points, Section, Table
from playbook.report.sheets import Sheet
from playbook.report.sheets.shape import Block, Entries, Grid

_MARKS = re.compile(r"([\\`*_{}\[\]<>|#~])")
_LEADING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)
_LINE = "________________"


def text(sheet: Sheet) -> str:
    """The file."""
    return "\n".join(_lines(sheet)).rstrip() + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from (f"# {_inline(sheet.title)}", "", _inline(sheet.question), "")
    if sheet.made:
        yield from (f"{_inline(sheet.firm)} · {_inline(sheet.made)}", "")
    for line in sheet.how:
        yield f"- {_inline(line)}"
    if sheet.how:
        yield ""
    if sheet.face is not None:
        said = sheet.face.verdict
        yield f"> **{_inline(said.word)}.** {_inline(said.say)} {_inline(said.because)}".rstrip()
        yield ""
        for figure in sheet.face.numbers:
            yield f"- {_inline(figure.label)}: {_inline(f'{figure.value} {figure.small}')}"
        yield ""
    for block in sheet.blocks:
        yield from _block(block, empty=sheet.face is None)
    for section in sheet.face.sections if sheet.face else ():
        yield from _counted(section)


def _counted(section: Section) -> Iterator[str]:
    """What follows from the document: a table, or findings."""
    yield from (f"## {_inline(section.title)}", "")
    if isinstance(section, Table):
        yield from _table(Grid(section.title, section.columns, section.rows), empty=False)
    elif isinstance(section, Points):
        yield from (
            f"- {_inline(f'{point.title}. {point.text}' if point.text else point.title)}" for point in section.items
        )
    yield ""


def _block(block: Block, *, empty: bool) -> Iterator[str]:
    if block.title:
        yield from (f"## {_inline(block.title)}", "")
    if isinstance(block, Entries):
        yield from _entries(block, empty=empty)
    elif block.across and not empty:
        yield from _columns(block)
    else:
        yield from _table(block, empty=empty)
    yield ""


def _entries(block: Entries, *, empty: bool) -> Iterator[str]:
    for item in block.items:
        if empty:
            hint = f" ({_inline(item.hint)})" if item.hint else ""
            yield f"- **{_inline(item.label)}**{hint}: {_LINE}"
        elif item.text:
            yield f"- **{_inline(item.label)}**: {_inline(item.text)}"


def _columns(grid: Grid) -> Iterator[str]:
    """Each column under its name, so that long texts stay readable."""
    for place, name in enumerate(grid.columns[1:], 1):
        yield from (f"### {_inline(name)}", "")
        for row in grid.rows:
            if row[place]:
                yield f"- **{_inline(row[0])}**: {_inline(row[place])}"
        yield ""


def _table(grid: Grid, *, empty: bool) -> Iterator[str]:
    if grid.note and empty:
        yield from (_inline(grid.note), "")
    yield _row(grid.columns)
    yield "|" + " --- |" * len(grid.columns)
    for row in grid.rows:
        yield _row(row)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_inline(cell) or " " for cell in cells) + " |"


def _inline(written: str) -> str:
    """A person's words as words, whatever marks are in them; a new line stays one."""
    safe = _MARKS.sub(r"\\\1", written.strip())
    return _LEADING.sub(r"\1\\\2", safe).replace("\r", "").replace("\n", "<br>")
