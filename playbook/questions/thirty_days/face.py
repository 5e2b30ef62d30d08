"""How the plan is shown: whether the work fits, how far it is, the weeks with their tasks, and what is left over."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from playbook import rules
from playbook.display import Face, Number, Point, Points, Ruler, Section, Table, Verdict, word
from playbook.i18n import date as written_date
from playbook.i18n import day_month, number, quantity, t, tn
from playbook.i18n import days as written_days
from playbook.questions.thirty_days.bank import pillars

if TYPE_CHECKING:
    from playbook.questions.thirty_days import Plan

CONTEXT = "thirty-days"
_HOUR = 60


def face(found: Plan) -> Face:
    """The verdict, the numbers, what waits and what does not fit, then the weeks."""
    sections: list[Section] = [part for part in (_waiting(found), _late(found)) if part]
    sections += [_table(found, week) for week in pillars() if any(day.week == week for day in found.days)]
    return Face(
        verdict=_said(found),
        numbers=_numbers(found),
        sections=tuple(sections),
        notes=found.asked.advice(),
        rules=(rules.check("plan_day_minutes", _heaviest(found)),) if found.days else (),
    )


def _work(found: Plan) -> tuple[float, float]:
    """Hours of work in all, and those that fit."""
    fits = sum(day.minutes for day in found.days) / _HOUR
    return fits + sum(task.minutes for task in found.overload) / _HOUR, fits


def _said(found: Plan) -> Verdict:
    """Whether the work fits; without an owner nothing of it is planned, however well it fits."""
    said, block = _judged(found), found.asked.block()
    if not block:
        return said
    flip = t(CONTEXT, "Name one person on the page of owner and roles.")
    return Verdict("no", t(CONTEXT, "Blocked"), block, said.say, flip, said.ruler, step="order")


def _judged(found: Plan) -> Verdict:
    asked = found.asked
    if asked.today and asked.today > asked.last_day():
        return _over(found)
    (need, fits), needed = _work(found), asked.hours_needed
    work, room, hours = _hours(need), _hours(fits), _hours(asked.hours_per_week)
    span = t(
        CONTEXT,
        "Growth points first, then the order of the pillars; {period}.",
        period=written_days(asked.start, asked.last_day()),
    )
    if not found.overload:
        say = t(CONTEXT, "{work} of work in 30 days fit: there are {hours} a week.", work=work, hours=hours)
        flip = t(CONTEXT, "The limit is {hours} a week: with less, not everything fits.", hours=_hours(needed or 0))
        return Verdict("yes", word("yes"), say, span, flip, _ruler(found, needed))
    say = t(CONTEXT, "{work} of work; 30 days hold {room} at {hours} a week.", work=work, room=room, hours=hours)
    flip = t(CONTEXT, "Everything fits when there are {hours} a week.", hours=_hours(needed)) if needed else ""
    because = asked.no_time() or t(CONTEXT, "What does not fit is listed below and comes after the 30 days.")
    return Verdict("no", t(CONTEXT, "Does not fit"), say, because, flip, _ruler(found, needed))


def _done(found: Plan) -> int:
    """How many tasks are ticked."""
    return sum(day.done for day in found.days) + sum(task.done for task in found.overload)


def _over(found: Plan) -> Verdict:
    """What came of the thirty days, once they are over: nobody plans in the past."""
    done, every, last = _done(found), len(found.days) + len(found.overload), written_date(found.asked.last_day())
    say = t(CONTEXT, "The 30 days ended on {day}: {done} of {of} tasks are done.", day=last, done=done, of=every)
    again = t(CONTEXT, "Answer the ten questions and the diagnosis again: day 30 stands beside day 1 in the checklist.")
    if done == every:
        return Verdict("yes", t(CONTEXT, "Done"), say, again)
    flip = t(CONTEXT, "Plan the rest anew from today, or write a new first day: ticks stay.")
    return Verdict("wait", t(CONTEXT, "The month is over"), say, again, flip)


def _ruler(found: Plan, needed: int | None) -> Ruler | None:
    if needed is None:
        return None
    there = found.asked.hours_per_week
    now = t(CONTEXT, "there are: {value}", value=_hours(there))
    return Ruler(there, needed, now, t(CONTEXT, "needed: {value}", value=_hours(needed)))


def _numbers(found: Plan) -> tuple[Number, ...]:
    total = len(found.days) + len(found.overload)
    of = t(CONTEXT, "of {of}", of=number(total))
    numbers = [
        Number(
            t(CONTEXT, "Tasks with a day"),
            number(len(found.days)),
            of,
            definition=t(CONTEXT, "From our bank of tasks, by the kind of business."),
        ),
        Number(
            t(CONTEXT, "Work in the plan"),
            _hours(_work(found)[1]),
            definition=t(CONTEXT, "Our estimates; yours may differ by half."),
        ),
        Number(
            t(CONTEXT, "Last day"),
            day_month(found.asked.last_day()),
            definition=t(CONTEXT, "30 days with the first one counted."),
        ),
        _working(found),
    ]
    if over := found.waiting():
        said = t(CONTEXT, "Tick what is done, or plan the rest anew from today.")
        numbers.insert(0, Number(t(CONTEXT, "Their day is over"), number(len(over)), of, definition=said))
    if done := _done(found):
        numbers.insert(0, Number(t(CONTEXT, "Done"), number(done), of, definition=t(CONTEXT, "Ticked by you.")))
    return tuple(numbers)


def _working(found: Plan) -> Number:
    """How many days of the thirty are working days, and which holidays take some away."""
    asked = found.asked
    days = asked.room(asked.hours_per_week).diary().days
    off = sorted(day for day in asked.free(asked.start, asked.last_day()) if not _weekend(day))
    said = (
        t(CONTEXT, "Free besides weekends: {days}.", days=", ".join(day_month(day) for day in off))
        if off
        else t(CONTEXT, "All but Saturdays and Sundays.")
    )
    if not asked.country:
        said += " " + t(CONTEXT, "No country is chosen, so no public holidays are counted.")
    return Number(t(CONTEXT, "Working days"), number(sum(map(len, days.values()))), definition=said)


def _weekend(day: date) -> bool:
    return day.isoweekday() > 5  # noqa: PLR2004 - Saturday and Sunday


def _table(found: Plan, week: int) -> Table:
    days = [day for day in found.days if day.week == week]
    named = any(day.owner for day in days)
    columns = [t(CONTEXT, "Day"), t(CONTEXT, "Task"), t(CONTEXT, "Minutes"), t(CONTEXT, "Done when")]
    rows = []
    for day in days:
        task = found.told(day.id)
        title = f"✓ {task.title}" if day.done else task.title
        rows.append([day_month(day.date), title, number(day.minutes), task.done_when, *([day.owner] if named else [])])
    if named:
        columns.append(t(CONTEXT, "Who"))
    hours = _hours(sum(day.minutes for day in days) / _HOUR)
    title = t(CONTEXT, "Week {week} · {pillar} · {hours}", week=week, pillar=pillars()[week], hours=hours)
    return Table(title, tuple(columns), tuple(map(tuple, rows)), moved(found, week), numeric=(2,))


def moved(found: Plan, week: int) -> str:
    """How many tasks of a week came over from an earlier one."""
    count = sum(1 for task in found.carried if task.week == week)
    if not count:
        return ""
    return tn(CONTEXT, "{n} task came over from an earlier week.", "{n} tasks came over from earlier weeks.", count)


def _waiting(found: Plan) -> Points | None:
    """Tasks whose day is over."""
    days = found.waiting()
    if not days:
        return None
    items = tuple(Point(found.told(day.id).title, day_month(day.date), step=day.step) for day in days)
    note = t(CONTEXT, "Tick what is done, or plan the rest anew from today.")
    return Points(t(CONTEXT, "Their day is over"), items, note)


def _late(found: Plan) -> Points | None:
    if not found.overload:
        return None
    names = pillars()
    items = []
    for task in found.overload:
        told, minutes = found.told(task.id), quantity(task.minutes, "minute")
        text = t(CONTEXT, "{minutes}, on {day}", minutes=minutes, day=day_month(task.date)) if task.date else minutes
        items.append(Point(told.title, text, tag=names[task.week], step=task.step))
    note = t(CONTEXT, "Nothing is dropped: take these after the 30 days, or find the hours.")
    return Points(t(CONTEXT, "Does not fit into the 30 days"), tuple(items), note)


def _heaviest(found: Plan) -> int:
    """Minutes of the day with most work."""
    load: Counter[date] = Counter()
    for day in found.days:
        load[day.date] += day.minutes
    return max(load.values(), default=0)


def _hours(value: float) -> str:
    return quantity(value, "hour")
