"""The plan's days one under another: what is to be done, by whom, why, when it is done, and where to do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

from playbook import addresses, i18n
from playbook.display import capital
from playbook.i18n import t
from playbook.questions.thirty_days import Late, Plan, PlanDay
from playbook.questions.thirty_days.bank import outcomes, pillars
from playbook.questions.thirty_days.face import moved
from playbook.steps import STEPS, href

FORMATS = {"ics": "ICS", "xlsx": "XLSX", "html": "HTML", "md": "Markdown"}


@dataclass(frozen=True)
class Item:
    """One task as it stands in the plan, in the reader's language."""

    id: str
    title: str
    minutes: str
    owner: str
    why: str
    done_when: str
    step: str
    growth: bool
    done: bool


@dataclass(frozen=True)
class Day:
    """A day with its tasks; `when` says where it lies against today."""

    date: date | None
    when: str
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """The day as it is said."""
        if self.date is None:
            return t("ui", "Without a day")
        return f"{capital(i18n.weekday(self.date))}, {i18n.day_month(self.date)}"


@dataclass(frozen=True)
class Week:
    """A week of the plan, or what comes after it."""

    title: str
    note: str
    days: tuple[Day, ...]


def weeks(plan: Plan) -> Iterator[Week]:
    """The four weeks with what each leaves behind, then what does not fit into them."""
    names, left = pillars(), outcomes()
    for week, days in groupby(sorted(plan.days, key=lambda day: (day.week, day.date)), key=lambda day: day.week):
        title = t("ui", "Week {week}: {pillar}", week=week, pillar=names[week])
        yield Week(title, f"{left[week]} {moved(plan, week)}".strip(), _days(plan, list(days)))
    if plan.overload:
        late = sorted(plan.overload, key=lambda task: task.date or date.max)
        note = t("ui", "The thirty days have no room for these. None of them is lost.")
        yield Week(t("ui", "After the thirty days"), note, _days(plan, late))


def html(plan: Plan, box: Callable[[Item], str]) -> str:
    """The timeline; `box` draws the tick of a task."""
    body = "".join(_week(week, box) for week in weeks(plan))
    ways = ((addresses.to(f"/plan/{ending}"), escape(_download(ending))) for ending in FORMATS)
    links = "".join(f'<a class="pb-btn quiet" href="{to}">{words}</a>' for to, words in ways)
    title, note = t("ui", "Day by day"), t("ui", "Tick what is done. A calendar takes the ICS file.")
    return (
        f'<section class="pb-plan-days"><h2 class="pb-h2">{title}</h2><p class="pb-sub">{note}</p>'
        f'<p class="pb-take">{links}</p>{body}</section>'
    )


def _days(plan: Plan, tasks: Sequence[PlanDay | Late]) -> tuple[Day, ...]:
    today = plan.asked.today
    return tuple(
        Day(day, _when(day, today), tuple(_item(plan, task) for task in group))
        for day, group in groupby(tasks, key=lambda task: task.date)
    )


def _when(day: date | None, today: date | None) -> str:
    if day is None or today is None:
        return ""
    return "now" if day == today else "past" if day < today else "ahead"


def _item(plan: Plan, task: PlanDay | Late) -> Item:
    told = plan.told(task.id)
    return Item(
        id=task.id,
        title=told.title,
        minutes=i18n.quantity(task.minutes, "minute"),
        owner=task.owner,
        why=told.why,
        done_when=told.done_when,
        step=told.step,
        growth=isinstance(task, PlanDay) and task.growth,
        done=task.done,
    )


def _download(ending: str) -> str:
    return t("ui", "To the calendar (ICS)") if ending == "ics" else FORMATS[ending]


def _week(week: Week, box: Callable[[Item], str]) -> str:
    days = "".join(_day(day, box) for day in week.days)
    return (
        f'<section class="pb-week"><h3 class="pb-h3">{escape(week.title)}</h3>'
        f'<p class="pb-sub">{escape(week.note)}</p><ol class="pb-days">{days}</ol></section>'
    )


def _day(day: Day, box: Callable[[Item], str]) -> str:
    items = "".join(f"<li>{_task(item, box)}</li>" for item in day.items)
    today = f' <span class="now">{t("ui", "today")}</span>' if day.when == "now" else ""
    return f'<li data-when="{day.when}"><p class="d">{escape(day.name)}{today}</p><ul>{items}</ul></li>'


def _task(item: Item, box: Callable[[Item], str]) -> str:
    facts = [item.minutes, item.owner, t("ui", "growth point") if item.growth else ""]
    meta = " · ".join(escape(fact) for fact in facts if fact)
    lines = [
        f"<p>{escape(item.why)}</p>" if item.why else "",
        f"<p><b>{t('ui', 'Done when:')}</b> {escape(item.done_when)}</p>" if item.done_when else "",
    ]
    if item.step:
        step = STEPS[item.step]
        lines.append(f'<p><a href="{href(step.page)}">{escape(step.kicker())}</a></p>')
    more = "".join(lines)
    details = f'<details><summary>{meta}</summary><div class="x">{more}</div></details>' if more else f"<p>{meta}</p>"
    return f'<div class="pb-task" data-task="{escape(item.id)}">{box(item)}{details}</div>'
