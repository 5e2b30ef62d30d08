"""A document as Markdown: tables, headings and lists."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.report import markdown
from playbook.report.markdown import inline
from playbook.report.sheets import Sheet
from playbook.report.sheets.shape import Block, Entries, Grid

_LINE = "________________"


def text(sheet: Sheet) -> str:
    """The file."""
    return "\n".join(_lines(sheet)).rstrip() + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from (f"# {inline(sheet.title)}", "", inline(sheet.question), "")
    if sheet.made:
        yield from (f"{inline(sheet.firm)} · {inline(sheet.made)}", "")
    for line in sheet.how:
        yield f"- {inline(line)}"
    if sheet.how:
        yield ""
    if sheet.face is not None:
        said = sheet.face.verdict
        yield f"> **{inline(said.word)}.** {inline(said.say)} {inline(said.because)}".rstrip()
        yield ""
        for figure in sheet.face.numbers:
            yield f"- {inline(figure.label)}: {inline(f'{figure.value} {figure.small}')}"
        yield ""
    for block in sheet.blocks:
        yield from _block(block, empty=sheet.face is None)
    for section in sheet.face.sections if sheet.face else ():
        yield from markdown.section(section)


def _block(block: Block, *, empty: bool) -> Iterator[str]:
    if block.title:
        yield from (f"## {inline(block.title)}", "")
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
            hint = f" ({inline(item.hint)})" if item.hint else ""
            yield f"- **{inline(item.label)}**{hint}: {_LINE}"
        elif item.text:
            yield f"- **{inline(item.label)}**: {inline(item.text)}"


def _columns(grid: Grid) -> Iterator[str]:
    """Each column under its name, so that long texts stay readable."""
    for place, name in enumerate(grid.columns[1:], 1):
        yield from (f"### {inline(name)}", "")
        for row in grid.rows:
            if row[place]:
                yield f"- **{inline(row[0])}**: {inline(row[place])}"
        yield ""


def _table(grid: Grid, *, empty: bool) -> Iterator[str]:
    if grid.note and empty:
        yield from (inline(grid.note), "")
    yield from markdown.table(grid.columns, grid.rows)
