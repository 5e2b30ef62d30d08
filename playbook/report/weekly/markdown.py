"""The week as Markdown: five lines, what the meeting should know, its tables, and how every metric is defined."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.report import markdown
from playbook.report.markdown import inline
from playbook.report.weekly import Sheet
from playbook.report.weekly.page import definitions, five, shown, state


def text(sheet: Sheet) -> str:
    """The file."""
    return "\n".join(_lines(sheet)).rstrip() + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from (f"# {inline(sheet.title)}", "")
    yield " · ".join(map(inline, filter(None, (sheet.firm, state(sheet)))))
    yield ""
    for place, (word, sentence) in enumerate(five(sheet), 1):
        yield f"{place}. **{inline(word)}** {inline(sentence)}"
    yield ""
    for note in sheet.review.face().notes:
        yield from (inline(note), "")
    for section in (*shown(sheet), definitions(sheet)):
        yield from markdown.section(section)
