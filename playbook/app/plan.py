"""The plan so far: five decided values that stand above every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from playbook import i18n, texts
from playbook.given import as_date
from playbook.i18n import t, tn
from playbook.steps import STEPS, href
from playbook.walk import Walk

WEEK_DAYS, WEEKS = 7, 4


@dataclass(frozen=True)
class Value:
    """One decided value; `text` is empty while it is not decided."""

    key: str
    label: str
    text: str
    href: str
    now: bool


def values(walk: Walk, here: str, today: date) -> tuple[Value, ...]:
    """The five values in their order; the one of the step `here` is marked."""
    found = (
        ("goal", t("app", "Goal"), goal(walk)),
        ("working-loop", t("app", "Leads needed"), _leads(walk)),
        ("unit-economics", t("app", "Admissible CAC"), _cac(walk)),
        ("core", t("app", "Core"), core(walk)),
        ("thirty-days", t("app", "This week"), week(walk, today)),
    )
    near = {
        "maturity": "goal",
        "deal-cycle": "goal",
        "kpi": "working-loop",
        "ideas": "working-loop",
        "week": "thirty-days",
    }
    now = near.get(here, here)
    return tuple(Value(key, label, text, href(STEPS[key].page), key == now) for key, label, text in found)


def goal(walk: Walk) -> str:
    """The goal in figures: `+40 clients in 60 days`."""
    customers, days = walk.outcome("goal", "customers"), walk.value("goal", "horizon_days")
    if customers is None or not days:
        return ""
    return tn("app", "+{n} client in {span}", "+{n} clients in {span}", customers, span=i18n.quantity(days, "day"))


def core(walk: Walk) -> str:
    """The core that comes first, once anything of step 4 is answered."""
    chosen = walk.core()
    return str(texts.by_id("cores.toml", "cores")[chosen]["name"]) if chosen else ""


def week(walk: Walk, today: date) -> str:
    """Which of the plan's weeks it is."""
    start = as_date(walk.value("thirty-days", "start"))
    if walk.state("thirty-days") != "done" or start is None:
        return ""
    if today < start:
        return t("app", "begins on {day}", day=i18n.day_month(start))
    number = (today - start).days // WEEK_DAYS + 1
    if number > WEEKS:
        return t("app", "the thirty days are over")
    return t("app", "week {number} of {all}", number=number, all=WEEKS)


def _leads(walk: Walk) -> str:
    leads = walk.outcome("goal", "leads")
    return "" if leads is None else i18n.number(leads)


def _cac(walk: Walk) -> str:
    limit = walk.outcome("unit-economics", "admissible_cac")
    return "" if limit is None else t("app", "below {amount}", amount=i18n.money(limit))
