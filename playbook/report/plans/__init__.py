"""The 30-day plan as a file: a calendar, a workbook, a page to print, or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from playbook.errors import PlaybookError
from playbook.i18n import t
from playbook.questions.thirty_days import Plan
from playbook.questions.thirty_days.bank import Task
from playbook.report.endings import maker
from playbook.report.ical import Stamp, stamp
from playbook.steps import STEPS
from playbook.walk import Walk
from playbook.workspace import Workspace

__all__ = ["FORMATS", "Item", "Sheet", "of", "write"]

KEY = "thirty-days"


@dataclass(frozen=True)
class Item:
    """A task of the plan with everything a file says about it."""

    task: Task
    day: date | None
    """None where no day can be named, as with no hours a week."""
    week: int
    """The week of the plan; 0 after the thirty days."""
    pillar: str
    owner: str
    done: bool

    @property
    def page(self) -> str:
        """The page of the playbook that helps."""
        return STEPS[self.task.step].kicker() if self.task.step else ""


@dataclass(frozen=True)
class Sheet:
    """A plan ready to be written to a file."""

    plan: Plan
    firm: str
    zone: str
    stamp: Stamp

    @property
    def title(self) -> str:
        """What the plan is called."""
        return STEPS[KEY].title()

    def items(self) -> Iterator[Item]:
        """Every task once, by day; those without a day last."""
        plan = self.plan
        for day in plan.days:
            yield Item(plan.told(day.id), day.date, day.week, day.pillar, day.owner, day.done)
        for task in sorted(plan.overload, key=lambda task: task.date or date.max):
            yield Item(plan.told(task.id), task.date, 0, task.pillar, task.owner, task.done)


def of(workspace: Workspace) -> Sheet:
    """The plan of a workspace.

    Raises:
        PlaybookError: something the plan needs is not said yet.
    """
    walk = Walk(workspace)
    plan = walk.answer(KEY)
    if not isinstance(plan, Plan):
        raise PlaybookError(
            t("report", "There is no plan yet."),
            saw=walk.face(KEY).verdict.say,
            hint=t("report", "answer on the page “{page}”", page=STEPS[KEY].title()),
        )
    return Sheet(
        plan=plan,
        firm=str(workspace.setting("name", "")),
        zone=str(workspace.setting("timezone") or ""),
        stamp=stamp(workspace),
    )


def write(sheet: Sheet, ending: str) -> bytes:
    """The sheet as the file that `ending` stands for, such as `ics`.

    Raises:
        PlaybookError: it is not made in this format.
    """
    make = maker(FORMATS, ending, t("report", "The plan is not made in this format."))
    return make(sheet)


def _ics(sheet: Sheet) -> bytes:
    from playbook.report.plans import calendar

    return calendar.ics(sheet)


def _xlsx(sheet: Sheet) -> bytes:
    from playbook.report.plans import workbook

    return workbook.xlsx(sheet)


def _html(sheet: Sheet) -> bytes:
    from playbook.report.plans import page

    return page.html(sheet).encode()


def _markdown(sheet: Sheet) -> bytes:
    from playbook.report.plans import page

    return page.markdown(sheet).encode()


FORMATS: dict[str, Callable[[Sheet], bytes]] = {"ics": _ics, "xlsx": _xlsx, "html": _html, "md": _markdown}
"""What makes the file of an ending."""
