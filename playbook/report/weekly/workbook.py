"""The week as a workbook: summary, metrics with live formulas over the row of weeks, decisions, definitions.

Every formula is written with its value, so that a preview shows it; the limits are those of `methods.xmr`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

from playbook import i18n, metrics
from playbook.i18n import t
from playbook.methods import xmr
from playbook.metrics import Metric
from playbook.questions.week import WeekMetric
from playbook.questions.week.laid import Laid, laid
from playbook.report.weekly import Sheet, brought, cells
from playbook.report.weekly.page import definitions, five

LIMIT = 2.66
A_PAGE = 12
"""Weeks that are readable side by side on A4."""
FIRST = 2
"""The column of the oldest week, from 0: before it stand the metric and its unit."""


def xlsx(sheet: Sheet) -> bytes:
    """The file; the time of its making is that of the week, so that the same week is the same file."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        when = datetime.combine(sheet.closed or sheet.monday, time())
        book.set_properties({"title": sheet.title, "company": sheet.firm, "created": when})
        write(book, sheet)
    return out.getvalue()


def write(book: Any, sheet: Sheet) -> None:
    """The sheets of a week, in a workbook that may hold others."""
    looks = cells.looks(book)
    _summary(book.add_worksheet(t("report", "Summary")), looks, sheet)
    rows = [row for row in sheet.review.asked.metrics if row.metric.strip()]
    past = laid(rows)
    _metrics(book.add_worksheet(t("report", "Metrics")), looks, rows, past)
    _weeks(book.add_worksheet(t("report", "Weeks before")), looks, rows, past)
    brought.write(book, looks, sheet.review.asked)
    if sheet.review.asked.tests:
        _tests(book.add_worksheet(t("report", "Tests")), looks, sheet)
    _decisions(book.add_worksheet(t("report", "Decisions")), looks, sheet)
    _definitions(book.add_worksheet(t("report", "Definitions")), looks, sheet)


def _summary(page: Any, looks: dict[str, Any], sheet: Sheet) -> None:
    cells.head(page, looks, (sheet.title, sheet.firm), (30, 100))
    for line, texts in enumerate(five(sheet), 1):
        cells.texts(page, line, looks, texts, (30, 100))
    for line, note in enumerate((*sheet.review.asked.remarks(), *sheet.review.warnings), 7):
        cells.texts(page, line, looks, ("", note), (30, 100))


def _weeks(page: Any, looks: dict[str, Any], rows: Sequence[WeekMetric], past: Laid) -> None:
    """A row a metric: its weeks, the oldest first, each under its Monday where that is known."""
    names = [t("report", "Metric"), t("report", "Unit"), *past.heads()]
    cells.head(page, looks, names, (30, 10, *(11 for _ in names[2:])), range(FIRST, len(names)))
    page.repeat_columns(0, 1)
    page.fit_to_pages(-(-past.columns // A_PAGE), 0)
    for place, monday in enumerate(past.mondays, FIRST):
        page.write_datetime(0, place, datetime.combine(monday, time()), looks["week"])
    for line, (row, values) in enumerate(zip(rows, past.rows, strict=True), 1):
        page.write_string(line, 0, row.known.name, looks["text"])
        page.write_string(line, 1, _unit(row), looks["text"])
        for place, value in enumerate(values, FIRST):
            if value is not None:
                page.write_number(line, place, value, _format(looks, row, *filter(None, values)))


def _unit(row: WeekMetric) -> str:
    return {"money": i18n.money_sign(), "share": "%", "minutes": t("report", "minutes")}.get(row.known.unit, "")


def _metrics(page: Any, looks: dict[str, Any], rows: Sequence[WeekMetric], past: Laid) -> None:
    names = (
        t("report", "Metric"),
        t("report", "This week"),
        t("report", "Plan"),
        t("report", "Against the plan"),
        t("report", "The week before"),
        t("report", "Change"),
        t("report", "Mean of the weeks"),
        t("report", "Average swing"),
        t("report", "Usual from"),
        t("report", "Usual to"),
    )
    cells.head(page, looks, names, (30, *(14 for _ in names[1:])), range(1, len(names)))
    for line, row in enumerate(rows, 1):
        page.write_string(line, 0, row.known.name, looks["text"])
        for place, value in ((1, row.value), (2, row.plan), (4, row.previous[-1] if row.previous else None)):
            if value is not None:
                page.write_number(line, place, value, _format(looks, row, value))
        _compared(page, line, looks, row)
        _usual(page, line, looks, row, past)


def _compared(page: Any, line: int, looks: dict[str, Any], row: WeekMetric) -> None:
    """The week against its plan and against the week before, as shares."""
    for place, other, base in ((3, "C", row.plan), (5, "E", row.previous[-1] if row.previous else None)):
        if row.value is not None and base:
            formula = f"=B{line + 1}/{other}{line + 1}-1"
            page.write_formula(line, place, formula, looks["share"], row.value / base - 1)


def _usual(page: Any, line: int, looks: dict[str, Any], row: WeekMetric, past: Laid) -> None:
    """The limits of the usual swing, out of the row of weeks."""
    if row.value is None or not row.base:
        return
    values = (*row.base, row.value)
    found = xmr.chart(values, counts=min(values) >= 0)
    if found is None:
        return
    last, look = FIRST + past.last(line - 1), looks[_look(row.known)]
    first = last - len(row.base)
    span, here = _span(line, first, last), line + 1
    swings = f"=SUMPRODUCT(ABS({_span(line, first + 1, last)}-{_span(line, first, last - 1)}))/{len(values) - 1}"
    low = f"G{here}-{LIMIT}*H{here}"
    page.write_formula(line, 6, f"=AVERAGE({span})", look, found.mean)
    page.write_formula(line, 7, swings, look, found.average_moving_range)
    page.write_formula(line, 8, f"=MAX(0,{low})" if min(values) >= 0 else f"={low}", look, found.lower)
    page.write_formula(line, 9, f"=G{here}+{LIMIT}*H{here}", look, found.upper)


def _span(line: int, first: int, last: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    return f"'{t('report', 'Weeks before')}'!{xl_range_abs(line, first, line, last)}"


def _format(looks: dict[str, Any], row: WeekMetric, *values: float) -> Any:
    return cells.look(looks, _look(row.known), *values)


def _look(metric: Metric) -> str:
    return "share" if metric.unit == "share" else "number"


def _decisions(page: Any, looks: dict[str, Any], sheet: Sheet) -> None:
    """The week's decisions, under them those of last week with what came of them."""
    asked = sheet.review.asked
    names = (t("report", "Decision"), t("report", "Why"), t("report", "Metric"), t("report", "Who"),
             t("report", "By when"), t("report", "Review"))  # fmt: skip
    cells.head(page, looks, names, (50, 50, 24, 20, 14, 14))
    for line, item in enumerate(asked.decisions, 1):
        cells.texts(page, line, looks, (item.what, item.why, item.metric, item.owner), (50, 50, 24, 20))
        for place, day in ((4, item.due), (5, item.review)):
            if day:
                page.write_datetime(line, place, datetime.combine(day, time()), looks["day"])
    _earlier(page, looks, sheet, len(asked.decisions) + 2)


def _earlier(page: Any, looks: dict[str, Any], sheet: Sheet, start: int) -> None:
    """The decisions of last week, under a head in the row `start`."""
    asked = sheet.review.asked
    names = (t("report", "Last week's decisions."), t("report", "What came of it"), t("report", "Metric"),
             t("report", "Then"), t("report", "Now"))  # fmt: skip
    for place, name in enumerate(names):
        page.write_string(start, place, name, looks["figure" if place in (3, 4) else "head"])
    for line, old in enumerate(asked.previous, start + 1):
        cells.texts(page, line, looks, (old.what, old.told(), old.metric), (50, 50, 24))
        for place, value in ((3, old.was), (4, asked.now(old.metric) if old.metric else None)):
            if value is not None:
                page.write_number(line, place, value, cells.look(looks, _look(metrics.find(old.metric)), value))


def _tests(page: Any, looks: dict[str, Any], sheet: Sheet) -> None:
    names = (t("report", "Test"), t("report", "Where it stands"), t("report", "What its counts say"))
    cells.head(page, looks, names, (50, 28, 100))
    for line, test in enumerate(sheet.review.asked.tests, 1):
        cells.texts(page, line, looks, (test.name, test.stage, test.says), (50, 28, 100))


def _definitions(page: Any, looks: dict[str, Any], sheet: Sheet) -> None:
    table, widths = definitions(sheet), (30, 90, 40)
    cells.head(page, looks, table.columns, widths)
    for line, row in enumerate(table.rows, 1):
        cells.texts(page, line, looks, row, widths)
