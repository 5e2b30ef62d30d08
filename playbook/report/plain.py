"""The report as a workbook and as Markdown: five lines and every answer; in the workbook also the week."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO

from playbook.errors import PlaybookError
from playbook.i18n import date as written_date
from playbook.i18n import t
from playbook.report import summary, weekly
from playbook.report.asides import told
from playbook.report.heights import height
from playbook.report.markdown import words
from playbook.report.parts import is_answered
from playbook.report.selection import WHOLE, Selection
from playbook.walk import Walk, Walked

Line = tuple[str, str, str, str]
"""Step, what, value, definition."""


def _lines(look: Walk, path: list[Walked], selection: Selection) -> Iterator[Line]:
    """Everything the answered steps and documents say, one line each."""
    for walked in path:
        if not selection.shows(walked.step.key):
            continue
        if is_answered(walked, path):
            yield from _said(walked)
        if walked.decision:
            review = written_date(walked.decision.review) if walked.decision.review else ""
            facts = " · ".join(filter(None, (walked.decision.owner, review)))
            yield walked.step.title(), t("report", "Decided"), walked.decision.what, facts
    for step in told(look, selection):
        yield from _said(look.walked(step.key))


def _said(walked: Walked) -> Iterator[Line]:
    for row in walked.face.rows():
        yield walked.step.title(), row.label, row.value, row.definition


def xlsx(look: Walk, today: date, selection: Selection = WHOLE) -> bytes:
    """The workbook; what a person wrote is text, never a formula."""
    import xlsxwriter

    from playbook.report.weekly import workbook

    workspace, path = look.workspace, look.path()
    out, saved = BytesIO(), workspace.saved_at() or datetime.combine(today, time())
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"company": str(workspace.setting("name", "")), "created": saved.replace(tzinfo=None)})
        head, text = book.add_format({"bold": True, "bottom": 2}), book.add_format({"text_wrap": True, "valign": "top"})
        columns = (t("report", "Step"), t("report", "What"), t("report", "Value"), t("report", "Definition"))
        main = [(line.verdict, line.sentence) for line in summary.five(path, selection)]
        tables = (
            (t("report", "The main points"), (t("report", "What"), t("report", "Value")), main, (60, 100)),
            (t("report", "Steps"), columns, list(_lines(look, path, selection)), (26, 46, 46, 60)),
        )
        for name, names, rows, widths in tables:
            page = book.add_worksheet(name[:31])
            for column, (title, width) in enumerate(zip(names, widths, strict=True)):
                page.set_column(column, column, width, text)
                page.write_string(0, column, title, head)
            for place, row in enumerate(rows, 1):
                for column, said in enumerate(row):
                    page.write_string(place, column, said, text)
                page.set_row(place, height(row, widths))
            page.freeze_panes(1, 0)
            page.set_landscape()
            page.set_paper(9)  # A4
            page.fit_to_pages(1, 0)
        if selection.shows("week"):
            with suppress(PlaybookError):  # no week was reviewed yet: the steps stand alone
                workbook.write(book, weekly.of(workspace, today))
    return out.getvalue()


def markdown(look: Walk, selection: Selection = WHOLE) -> str:
    """The report as Markdown."""
    path = look.path()
    found = [f"# {words(str(look.workspace.setting('name', '')))}", ""]
    found += [
        f"{place}. **{words(line.verdict)}** {words(line.sentence)}"
        for place, line in enumerate(summary.five(path, selection), 1)
    ]
    step = ""
    for title, what, value, definition in _lines(look, path, selection):
        if title != step:
            found += ["", f"## {words(title)}", ""]
            step = title
        note = f" ({words(definition)})" if definition else ""
        said = f": {words(value)}" if value.strip() else ""
        found.append(f"- **{words(what)}**{said}{note}")
    return "\n".join(found) + "\n"
