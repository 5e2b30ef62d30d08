"""The plan as one page that opens without a network and prints on A4, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from playbook import faces, i18n
from playbook.display import Table, capital
from playbook.i18n import t
from playbook.questions.thirty_days.bank import outcomes, pillars
from playbook.report import looks
from playbook.report.markdown import words
from playbook.report.plans import Item, Sheet


def html(sheet: Sheet) -> str:
    """The page."""
    shown = sheet.plan.face()
    return looks.page(
        "plan",
        title=sheet.title,
        firm=sheet.firm,
        period=i18n.days(sheet.plan.asked.start, sheet.plan.asked.last_day()),
        footer=" · ".join(filter(None, (sheet.title, sheet.firm))),
        verdict=faces.verdict(shown.verdict),
        numbers=faces.numbers(shown.numbers, paper=True),
        notes=shown.notes,
        weeks=[faces.section(table, level=2) for table in tables(sheet)],
    )


def tables(sheet: Sheet) -> Iterator[Table]:
    """A table a week, then what comes after the thirty days."""
    names, left = pillars(), outcomes()
    columns = (
        t("report", "Day"),
        t("report", "Task"),
        t("report", "Who"),
        t("report", "Done when"),
        t("report", "Where"),
    )
    for week, items in groupby(sheet.items(), key=lambda item: item.week):
        title = (
            t("report", "Week {week}: {pillar}", week=week, pillar=names[week])
            if week
            else t("report", "After the thirty days")
        )
        note = left.get(week) or t("report", "The thirty days have no room for these. None of them is lost.")
        yield Table(title, columns, tuple(_row(item) for item in items), note)


def _row(item: Item) -> tuple[str, ...]:
    day = f"{capital(i18n.weekday(item.day))}, {i18n.day_month(item.day)}" if item.day else "—"
    minutes = i18n.quantity(item.task.minutes, "minute")
    tick = "☑" if item.done else "☐"
    return day, f"{tick} {item.task.title}, {minutes}", item.owner or "—", item.task.done_when or "—", item.page or "—"


def markdown(sheet: Sheet) -> str:
    """The plan as Markdown: a list a week, ticks as GitHub and most editors know them."""
    return "\n".join(_lines(sheet)).rstrip() + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    shown, asked = sheet.plan.face(), sheet.plan.asked
    yield from (f"# {words(sheet.title)}", "")
    yield " · ".join(filter(None, (words(sheet.firm), i18n.days(asked.start, asked.last_day()))))
    yield from (
        "",
        f"> **{words(shown.verdict.word)}.** {words(shown.verdict.say)} {words(shown.verdict.because)}",
        "",
    )
    for note in shown.notes:
        yield from (words(note), "")
    for table, items in zip(tables(sheet), _by_week(sheet), strict=True):
        yield from (f"## {words(table.title)}", "", words(table.note), "")
        for item in items:
            yield from _task(item)
        yield ""


def _by_week(sheet: Sheet) -> Iterator[list[Item]]:
    return (list(items) for _, items in groupby(sheet.items(), key=lambda item: item.week))


def _task(item: Item) -> Iterator[str]:
    tick, day = "x" if item.done else " ", _row(item)[0]
    facts = ", ".join(filter(None, (i18n.quantity(item.task.minutes, "minute"), words(item.owner))))
    yield f"- [{tick}] **{words(day)}**: {words(item.task.title)} ({facts})"
    for name, text in ((t("report", "Why"), item.task.why), (t("report", "Done when"), item.task.done_when)):
        if text:
            yield f"  - {name}: {words(text)}"
