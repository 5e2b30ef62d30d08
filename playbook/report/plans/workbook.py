"""The plan as a workbook: the tasks, and what each week holds, counted by formulas that stay alive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from playbook.i18n import t
from playbook.questions.thirty_days.bank import pillars
from playbook.report.heights import height
from playbook.report.plans import Item, Sheet

WIDTHS = (12, 8, 26, 52, 10, 18, 10, 46, 52, 30)
DATE = "yyyy-mm-dd"
MINUTES = 4
"""The one column of figures among the tasks."""
_HOUR = 60


def xlsx(sheet: Sheet) -> bytes:
    """The file; every formula is written with its value, so that a preview shows it too."""
    import xlsxwriter

    out, items = BytesIO(), list(sheet.items())
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(
            {"title": sheet.title, "company": sheet.firm, "created": sheet.stamp.saved.replace(tzinfo=None)}
        )
        looks = {
            "head": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"}),
            "figure": book.add_format(
                {"bold": True, "bottom": 2, "text_wrap": True, "valign": "top", "align": "right", "indent": 1}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": DATE, "valign": "top", "align": "left"}),
            "count": book.add_format({"align": "right", "indent": 1, "valign": "top"}),
            "week": book.add_format(
                {"num_format": "0;-0;;@", "valign": "top", "align": "left"}
            ),  # after the thirty days is none
            "hours": book.add_format({"num_format": "0.0", "align": "right", "indent": 1}),
            "share": book.add_format({"num_format": "0%", "align": "right", "indent": 1}),
        }
        _tasks(book.add_worksheet(t("report", "Plan")), looks, items)
        _weeks(book.add_worksheet(t("report", "Weeks")), looks, items)
    return out.getvalue()


def _tasks(page: Any, looks: dict[str, Any], items: Sequence[Item]) -> None:
    yes, no = t("report", "yes"), t("report", "no")
    for column, (name, width) in enumerate(zip(_columns(), WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, name, looks["figure" if column == MINUTES else "head"])
    for line, item in enumerate(items, 1):
        if item.day:
            page.write_datetime(line, 0, datetime.combine(item.day, datetime.min.time()), looks["day"])
        page.write_number(line, 1, item.week, looks["week"])
        task = item.task
        words = (item.pillar, task.title, None, item.owner, yes if item.done else no, task.why, task.done_when)
        for column, text in enumerate((*words, item.page), 2):
            if text is not None:
                page.write_string(line, column, text, looks["text"])
        page.write_number(line, MINUTES, task.minutes, looks["count"])
        long = (item.pillar, task.title, item.owner, task.why, task.done_when, item.page)
        page.set_row(line, height(long, [WIDTHS[column] for column in (2, 3, 5, 7, 8, 9)]))
    page.data_validation(1, 6, max(len(items), 1), 6, {"validate": "list", "source": [yes, no]})
    page.autofilter(0, 0, max(len(items), 1), len(WIDTHS) - 1)
    _printed(page)


def _weeks(page: Any, looks: dict[str, Any], items: Sequence[Item]) -> None:
    """A line a week, the tasks after the thirty days, and all together."""
    columns = (t("report", "Week"), t("report", "Pillar"), t("report", "Tasks"), t("report", "Done"),
               t("report", "Done, share"), t("report", "Hours"))  # fmt: skip
    for column, (name, width) in enumerate(zip(columns, (10, 34, 10, 10, 14, 10), strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, name, looks["figure" if column > 1 else "head"])
    names = {**pillars(), 0: t("report", "After the thirty days")}
    for line, (week, pillar) in enumerate(names.items(), 1):
        page.write_number(line, 0, week, looks["week"])
        page.write_string(line, 1, pillar)
        _counted(page, line, looks, [item for item in items if item.week == week], f"A{line + 1}")
    last = len(names) + 1
    page.write_string(last, 1, t("report", "In all"), looks["head"])
    _counted(page, last, looks, items, "")
    _printed(page)


def _counted(page: Any, line: int, looks: dict[str, Any], items: Sequence[Item], week: str) -> None:
    """Tasks, tasks done, their share, and hours: of one week, or of all."""
    tab, yes = f"'{t('report', 'Plan')}'!", t("report", "yes")
    place, count, done = f"{tab}$B$2:$B$2000", len(items), sum(item.done for item in items)
    of_week = f"{place},{week}" if week else f'{place},">=0"'
    page.write_formula(line, 2, f"=COUNTIFS({of_week})", looks["count"], count)
    page.write_formula(line, 3, f'=COUNTIFS({of_week},{tab}$G$2:$G$2000,"{yes}")', looks["count"], done)
    page.write_formula(
        line, 4, f"=IF(C{line + 1}=0,0,D{line + 1}/C{line + 1})", looks["share"], done / count if count else 0
    )
    hours = sum(item.task.minutes for item in items) / _HOUR
    page.write_formula(line, 5, f"=SUMIFS({tab}$E$2:$E$2000,{of_week})/{_HOUR}", looks["hours"], hours)


def _printed(page: Any) -> None:
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _columns() -> tuple[str, ...]:
    return (
        t("report", "Day"),
        t("report", "Week"),
        t("report", "Pillar"),
        t("report", "Task"),
        t("report", "Minutes"),
        t("report", "Who"),
        t("report", "Done"),
        t("report", "Why"),
        t("report", "Done when"),
        t("report", "Where"),
    )
