"""What the files tell of the week under review beside its metrics: channels, the four numbers, the first answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from playbook import week_series, weekly
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
    week = weekly.of_data(walk)
    if week is None:
        return None
    metrics = ("leads", "cost_per_lead", "lead_to_sale", "gross_profit")
    found = {name: data.at(week) if (data := week_series.series(walk, name)) else None for name in metrics}
    if found["leads"] is None and found["gross_profit"] is None:
        return None
    spend = _fact(walk, "spend")
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


def _fact(walk: Walk, name: str) -> Fact | None:
    """A figure of the days of the week, in the workspace's own currency."""
    week = weekly.of_data(walk)
    if week is None or walk.imported is None:
        return None
    found = walk.imported.fact(name, (week, week + SUNDAY))
    return found if hasattr(found, "value") and walk.in_own_currency(found) else None
