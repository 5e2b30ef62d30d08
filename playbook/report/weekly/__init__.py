"""The review of one week as files: a page that needs no network, its PDF, a workbook with live formulas, Markdown.

A file is named by the ISO week under review and says nothing of the moment it was printed, so that the same week
printed again is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from playbook import i18n, paths, weekly
from playbook.errors import Failure, PlaybookError
from playbook.faults import reason
from playbook.i18n import t
from playbook.questions.week import Review, Week
from playbook.report.endings import maker
from playbook.steps import STEPS
from playbook.walk import Walk
from playbook.workspace import REPORTS, Workspace

__all__ = ["FORMATS", "Sheet", "archive", "of", "weeks", "write"]

KEY = "week"
NAME = re.compile(r"week_\d{4}-W\d\d\.(html|pdf|xlsx)")


@dataclass(frozen=True)
class Sheet:
    """A week ready to be written to a file."""

    review: Review
    monday: date
    firm: str
    closed: date | None
    """The day of the meeting; None while the week is still open."""

    @property
    def label(self) -> str:
        """The ISO week: 2026-W47."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def period(self) -> str:
        """The days of the week."""
        return i18n.period(self.monday, self.monday + timedelta(days=6))

    @property
    def title(self) -> str:
        """What the report is called."""
        return t("report", "Week of {days}", days=i18n.days(self.monday, self.monday + timedelta(days=6)))


def of(workspace: Workspace, today: date) -> Sheet:
    """The week under review; where nothing is written for it yet, the one that was closed last.

    Raises:
        PlaybookError: there is neither.
    """
    walk = Walk(workspace)
    review, closed = walk.answer(KEY), list(weeks(workspace))
    if isinstance(review, Review) and (review.asked.decisions or not closed):
        return Sheet(review, weekly.monday(walk, today), str(workspace.setting("name", "")), None)
    if closed:
        return closed[-1]
    raise PlaybookError(
        t("report", "There is no week to report on yet."),
        saw=walk.face(KEY).verdict.say,
        hint=t("report", "answer on the page “{page}”", page=STEPS[KEY].title()),
    )


def weeks(workspace: Workspace) -> Iterator[Sheet]:
    """The weeks that were closed, the oldest first, each as it was when it was closed."""
    firm = str(workspace.setting("name", ""))
    for record in workspace.records(KEY):
        asked, monday = record.payload.get("asked"), record.payload.get("week")
        if asked and monday:
            day = date.fromisoformat(record.payload["date"])
            yield Sheet(Week.read(asked).solve(), date.fromisoformat(monday), firm, day)


def write(sheet: Sheet, ending: str) -> bytes:
    """The sheet as the file that `ending` stands for.

    Raises:
        PlaybookError: it is not made in this format; NoBrowser, Failure: the PDF could not be printed.
    """
    make = maker(FORMATS, ending, t("report", "The week is not made in this format."))
    return make(sheet)


def archive(workspace: Workspace, today: date) -> tuple[list[Path], Failure | None]:
    """Write the week into `reports/`, in the formats that are kept; what was written, and why the PDF is not among it.

    Raises:
        PlaybookError: there is no week to report on, or the folder takes no file.
    """
    sheet, trouble, made = of(workspace, today), None, []
    for ending in KEPT:
        try:
            content = write(sheet, ending)
        except Failure as error:
            trouble = error
            continue
        made.append(_kept(workspace.path / REPORTS / f"week_{sheet.label}.{ending}", content))
    return made, trouble


def _kept(file: Path, content: bytes) -> Path:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with paths.instead_of(file) as fresh:
            fresh.write_bytes(content)
    except OSError as error:
        raise Failure(
            t("report", "The report could not be kept."),
            saw=f"{file}: {reason(error)}",
            hint=t("report", "free the disk or the folder, and try again"),
        ) from None
    return file


def _html(sheet: Sheet) -> bytes:
    from playbook.report.weekly import page

    return page.html(sheet).encode()


def _pdf(sheet: Sheet) -> bytes:
    from playbook.report import browser
    from playbook.report.weekly import page

    return browser.pdf(page.html(sheet))


def _xlsx(sheet: Sheet) -> bytes:
    from playbook.report.weekly import workbook

    return workbook.xlsx(sheet)


def _markdown(sheet: Sheet) -> bytes:
    from playbook.report.weekly import markdown

    return markdown.text(sheet).encode()


FORMATS: dict[str, Callable[[Sheet], bytes]] = {"html": _html, "pdf": _pdf, "xlsx": _xlsx, "md": _markdown}
"""What makes the file of an ending."""
KEPT = ("html", "xlsx", "pdf")
"""What is kept of every week; the PDF last, as it takes longest."""
