"""What the files tell of the week under review beside its metrics: channels, the four numbers, the first answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from playbook import weekly
from playbook.model import known

if TYPE_CHECKING:
    from playbook.data.facts import Fact
    from playbook.walk import Walk

MOST = 30
"""Channels of a report; a director reads no more."""
SUNDAY = timedelta(days=6)


def channels(walk: Walk) -> list[dict[str, Any]] | None:
    """Each channel of the week with leads, sales, gross profit and spend; None where the files do not tell them."""
    fact = _fact(walk, "channels_to_lose")
    if fact is None:
        return None
    fields = ("name", "leads", "sales", "profit", "spend")
    return [{name: one[name] for name in fields if name in one} for one in fact.gives["channels"][:MOST]]


def board(walk: Walk) -> dict[str, Any] | None:
    """Leads, their cost, their conversion, gross profit and spend of the week; None without leads and profit."""
    week = _week(walk)
    if week is None or walk.imported is None:
        return None
    found = {name: _point(walk, name, week) for name in ("leads", "cost_per_lead", "lead_to_sale", "gross_profit")}
    spend = _fact(walk, "spend")
    if found["leads"] is None and found["gross_profit"] is None:
        return None
    return {name: value for name, value in (*found.items(), ("spend", spend and spend.value)) if value is not None}


def answering(walk: Walk) -> dict[str, Any] | None:
    """How soon the leads of the week had their first contact; None where no lead says when that was."""
    fact = _fact(walk, "leads_by_wait")
    if fact is None:
        return None
    from playbook.questions.speed_to_lead import SpeedToLead  # only a week with leads asks for it

    agreed = walk.value("order", "first_contact_minutes")
    speed = SpeedToLead(leads=fact.gives["leads"], sla_minutes=agreed).solve()
    told = {name: known(getattr(speed, name)) for name in ("within_sla", "median_minutes", "p90_minutes", "stale")}
    if told["median_minutes"] is None:
        return None
    sizes = {"leads": speed.leads, "answered": speed.answered, "sla_minutes": speed.sla_minutes}
    return {**sizes, **{name: value for name, value in told.items() if value is not None}}


def _week(walk: Walk) -> date | None:
    """The Monday of the week under review; None while nothing of it comes from the data."""
    return max((row.week for row in walk.reviewed if row.week and row.given.kind == "data"), default=None)


def _fact(walk: Walk, name: str) -> Fact | None:
    """A figure of the days of the week, in the workspace's own currency."""
    week = _week(walk)
    if week is None or walk.imported is None:
        return None
    found = walk.imported.of_days(name, (week, week + SUNDAY))
    return found if hasattr(found, "value") and walk.in_own_currency(found) else None


def _point(walk: Walk, metric: str, week: date) -> float | None:
    data = weekly.series(walk, metric)
    return next((point.value for point in data.whole if point.monday == week), None) if data else None
