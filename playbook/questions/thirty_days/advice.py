"""What a reader has to know before trusting a plan of thirty days: who does it, what is left out or nowhere in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import rules
from playbook.i18n import date as written_date
from playbook.i18n import quantity, t
from playbook.names import people
from playbook.questions.thirty_days.bank import criteria

if TYPE_CHECKING:
    from playbook.questions.thirty_days import ThirtyDays

CONTEXT = "thirty-days"


def of(plan: ThirtyDays) -> tuple[str, ...]:
    """Every such sentence, the weightiest first."""
    shared = (_owners(plan), *_shared(plan), _nowhere(plan))
    found = [plan.no_time(), _begun(plan), _unknown(plan), _left_out(plan), *_long(plan), *shared]
    return tuple(text for text in found if text)


def _begun(plan: ThirtyDays) -> str:
    if plan.today is None or plan.today <= plan.start or plan.done or plan.carry_from:
        return ""
    return t(CONTEXT, "The plan began on {day}: check which of its tasks are done.", day=written_date(plan.start))


def _unknown(plan: ThirtyDays) -> str:
    known = criteria()
    names = [point for point in plan.growth_points if point not in known and point not in known.values()]
    return t(CONTEXT, "No task answers to: {names}.", names=", ".join(names)) if names else ""


def _left_out(plan: ThirtyDays) -> str:
    names = [task.title for task in plan.built()]
    return t(CONTEXT, "Left out, as it is done already: {names}.", names="; ".join(names)) if names else ""


def _long(plan: ThirtyDays) -> list[str]:
    """Own tasks that are longer than a day of the plan holds."""
    most = rules.get("plan_day_minutes").number
    return [
        t(
            CONTEXT,
            "“{task}” takes {minutes}; a day of the plan holds {most}: it gets a day of its own, better split it.",
            task=task.title,
            minutes=quantity(task.minutes, "minute"),
            most=quantity(most, "minute"),
        )
        for task in plan.added
        if task.minutes > most
    ]


def _owners(plan: ThirtyDays) -> str:
    """Several people who do all tasks together: nobody in particular does any."""
    if len(owners := people(plan.owner)) < 2:  # noqa: PLR2004 - two are several
        return ""
    names = ", ".join(owners)
    return t(CONTEXT, "The plan has several owners: {names}. Name the one who answers for it.", names=names)


def _shared(plan: ThirtyDays) -> list[str]:
    """Tasks with two owners: whoever is named first stands in the plan."""
    found = []
    for task in plan.chosen():
        named = [row.owner.strip() for row in plan.handed if plan.means(row, task) and row.owner.strip()]
        owners = list(dict.fromkeys(who for owner in named for who in people(owner)))
        if len(owners) > 1:
            names, first = ", ".join(owners), named[0]
            said = t(
                CONTEXT,
                "“{task}” has several owners: {names}. One has to answer for it; {first} stands in the plan.",
                task=task.title,
                names=names,
                first=first,
            )
            found.append(said)
    return found


def _nowhere(plan: ThirtyDays) -> str:
    """Tasks that were handed over and are not in the plan, with whoever was to do them."""
    there = plan.chosen()
    owners: dict[str, list[str]] = {}
    for row in plan.handed:
        if row.task.strip() and row.owner.strip() and not any(plan.means(row, task) for task in there):
            owners.setdefault(plan.called(row.task), []).append(row.owner.strip())
    names = "; ".join(f"{task} ({', '.join(dict.fromkeys(who))})" for task, who in owners.items())
    return t(CONTEXT, "Handed over, but not in the plan: {names}.", names=names) if names else ""
