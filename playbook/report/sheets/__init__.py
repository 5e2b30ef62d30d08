"""The documents as files: filled in or empty, as HTML, PDF, XLSX or Markdown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from playbook import calendars, i18n
from playbook.display import Face
from playbook.i18n import t
from playbook.report import weekly
from playbook.report.endings import maker
from playbook.report.sheets.shape import Block, empty, filled
from playbook.report.weekly import meeting
from playbook.steps import DOCUMENTS, STEPS
from playbook.walk import Walk
from playbook.workspace import Workspace

__all__ = ["ALL", "FORMATS", "KEYS", "Sheet", "blank", "is_made", "of", "taken", "write"]

KEYS = tuple(step.key for step in DOCUMENTS)
"""The documents by their names, as the command line has them."""
WEEK = weekly.KEY
"""The weekly review, which is written on its own page and has a report of its own."""
MEETING = "ics"
"""The weekly meeting as an entry of a calendar."""
ALL = (*KEYS, WEEK)
"""The documents that people take along."""


@dataclass(frozen=True)
class Sheet:
    """A document ready to be written to a file."""

    key: str
    title: str
    question: str
    firm: str
    made: str
    how: tuple[str, ...]
    blocks: tuple[Block, ...]
    face: Face | None = None
    """What it says of itself; None on an empty sheet."""


def of(workspace: Workspace, key: str) -> Sheet:
    """The document as it is filled in."""
    walk, step, now = Walk(workspace), STEPS[key], datetime.now().astimezone()
    made = t("report", "Made on {date}, {time}", date=i18n.date(now), time=i18n.clock(now))
    firm = str(workspace.setting("name", ""))
    face, blocks = walk.face(key), filled(walk, key)
    titles = {block.title for block in blocks}
    face = replace(face, sections=tuple(part for part in face.sections if part.title not in titles))
    if getattr(step.asks, "alone", False):
        face = replace(face, sections=(), rules=())
    return Sheet(key, step.title(), str(step.text("question")), firm, made, (), blocks, face)


def blank(key: str) -> Sheet:
    """The empty sheet."""
    step = STEPS[key]
    return Sheet(key, step.title(), str(step.text("question")), "", "", tuple(step.text("how")), empty(key))


def taken(workspace: Workspace, key: str, ending: str) -> bytes:
    """The file of a document as it is filled in; of the weekly one, the week under review, else the one closed last.

    As `ics` the weekly one is its meeting.

    Raises:
        PlaybookError: it is not made in this format, or no week was reviewed yet; NoBrowser, Failure: as `write`.
    """
    today = calendars.today()
    if key == WEEK and ending == MEETING:
        return meeting.ics(workspace, today)
    if key == WEEK:
        return weekly.write(weekly.of(workspace, today), ending)
    return write(of(workspace, key), ending)


def is_made(key: str, ending: str) -> bool:
    """Whether a document is made as this format."""
    return ending in FORMATS or (key, ending) == (WEEK, MEETING)


def write(sheet: Sheet, ending: str) -> bytes:
    """The sheet as the file that `ending` stands for, such as `pdf`.

    Raises:
        PlaybookError: it is not made in this format; NoBrowser, Failure: the PDF could not be printed.
    """
    make = maker(FORMATS, ending, t("report", "The document is not made in this format."))
    return make(sheet)


def _html(sheet: Sheet) -> bytes:
    from playbook.report.sheets import page

    return page.html(sheet).encode()


def _pdf(sheet: Sheet) -> bytes:
    from playbook.report import browser
    from playbook.report.sheets import page

    return browser.pdf(page.html(sheet))


def _xlsx(sheet: Sheet) -> bytes:
    from playbook.report.sheets import workbook

    return workbook.xlsx(sheet)


def _markdown(sheet: Sheet) -> bytes:
    from playbook.report.sheets import markdown

    return markdown.text(sheet).encode()


FORMATS: dict[str, Callable[[Sheet], bytes]] = {"html": _html, "pdf": _pdf, "xlsx": _xlsx, "md": _markdown}
"""What makes the file of an ending."""
