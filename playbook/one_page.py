"""What documents take from the steps and from each other, up to the whole system on one page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from playbook import evidence, texts
from playbook.documents import lines
from playbook.given import as_date
from playbook.i18n import days, money, number, quantity, share, t
from playbook.metrics import find

if TYPE_CHECKING:
    from playbook.walk import Walk

CONTEXT = "scheme"
FEW = 3
"""So many segments, offers or stages of each kind fit into one line of the page."""
FUNCTIONS = ("analytics", "content", "traffic", "packaging", "crm", "design", "site", "product")
Rows = list[dict[str, str]]
Names = Callable[["Walk"], tuple[str, ...]]


def listed(document: str, rows: str, name: str) -> Names:
    """What the rows of a document's list are called, once each."""
    return lambda walk: tuple(
        dict.fromkeys(str(row[name]) for row in walk.value(document, rows) or () if row.get(name))
    )


segments = listed("icp", "segments", "name")


def goal(walk: Walk) -> str | None:
    """The goal of step 1 in one sentence."""
    return walk.face("goal").verdict.say if walk.answer("goal") is not None else None


def kpis(walk: Walk) -> list[dict[str, Any]] | None:
    """The metrics of step 6 with their targets in words."""
    found = []
    for row in walk.value("kpi", "chosen") or ():
        if row.get("metric"):
            metric = find(str(row["metric"]))
            target, money = row.get("target"), metric.money or bool(metric.own and row.get("money"))
            said = "" if target in (None, "") else metric.written(target)
            found.append({"metric": metric.name, "target": said, "money": money, **_texts(row, "owner", "source")})
    return found or None


def chain(walk: Walk) -> Rows:
    """Six links, each with what its page says: from the segments to the economics of a client and the budget."""
    return _rows(
        (t(CONTEXT, "Segments"), "icp", "; ".join(segments(walk))),
        (t(CONTEXT, "Value"), "icp", _values(walk)),
        (t(CONTEXT, "Offer"), "offer", _offers(walk)),
        (t(CONTEXT, "Proof"), "offer", _proofs(walk)),
        (t(CONTEXT, "Conversion"), "goal", _conversion(walk)),
        (t(CONTEXT, "Economics and budget"), "unit-economics", _economics(walk)),
    )


def parts(walk: Walk) -> Rows:
    """What belongs to the scheme besides segments and offers."""
    return _rows(
        (t(CONTEXT, "Funnel stages"), "cjm", _stages(walk)),
        (t(CONTEXT, "Channels"), "core", _channels(walk)),
        (t(CONTEXT, "Content"), "cjm", _content(walk)),
        (t(CONTEXT, "Metrics"), "kpi", _metrics(walk)),
        (t(CONTEXT, "Roles"), "order", _roles(walk)),
    )


def agreed(walk: Walk) -> Rows:
    """The result, the period and the metrics by which it is judged."""
    return _rows(
        (t(CONTEXT, "Result"), "goal", goal(walk) or ""),
        (t(CONTEXT, "Period"), "goal", _period(walk)),
        (
            t(CONTEXT, "Metrics that count"),
            "kpi",
            walk.face("kpi").verdict.say if walk.outcome("kpi", "accepted") else "",
        ),
    )


def ladder(walk: Walk) -> Rows:
    """Six rungs of records: source, one list, status and refusal first; then events, the link to sales, a board."""
    held = {name: _part(walk, name) for name in ("analytics", "crm")}
    sources, statuses, reasons, amounts = (
        _filled(walk, f"{name}_coverage") for name in ("source", "status", "reason", "amount")
    )
    leads = getattr(walk.facts.get("leads"), "value", None)
    listed_leads = t(CONTEXT, "leads in the data: {n}", n=number(leads)) if leads else ""
    lost = t(CONTEXT, "with a status {statuses}, lost with a reason {reasons}", statuses=statuses, reasons=reasons)
    return _rows(
        (t(CONTEXT, "Sources tagged"), "utm", sources and t(CONTEXT, "leads with a source: {share}", share=sources)),
        (t(CONTEXT, "One list of leads"), "working-loop", held["crm"] or listed_leads),
        (t(CONTEXT, "Status and refusal"), "refusal-reasons", lost if statuses and reasons else ""),
        (t(CONTEXT, "Events on the site"), "working-loop", held["analytics"]),
        (
            t(CONTEXT, "Sales in the CRM"),
            "data-minimum",
            amounts and t(CONTEXT, "won with an amount: {share}", share=amounts),
        ),
        (t(CONTEXT, "The head's board"), "week", evidence.dashboard(walk) or ""),
    )


def _part(walk: Walk, name: str) -> str:
    """What shows that a part of the working loop is there."""
    found = walk.value("working-loop", name)
    return str(found.get("evidence") or "").strip() if isinstance(found, dict) and found.get("exists") else ""


def _filled(walk: Walk, name: str) -> str:
    """A share of the imported records, in words; nothing where the data do not tell it."""
    found = getattr(walk.facts.get(name), "value", None)
    return "" if found is None else share(found)


def main_channel(walk: Walk) -> str | None:
    """The channel that the working loop shows, by its name alone."""
    return re.split(r"[:.;,(]", _part(walk, "main_channel"))[0].strip() or None


def usual(walk: Walk) -> list[str] | None:
    """Scenarios of warming and retention that are usual for the kind of business."""
    kind = walk.workspace.setting("scenario") or walk.value("core", "scenario")
    known = texts.by_id("scenarios.toml", "scenarios")
    return list(known[kind]["retention_scenarios"]) if kind in known else None


def _rows(*found: tuple[str, str, str]) -> Rows:
    from playbook.steps import STEPS

    return [{"what": what, "says": says, "place": STEPS[step].title(), "step": step} for what, step, says in found]


def _values(walk: Walk) -> str:
    """Why each segment buys, in its first words."""
    rows = [row for row in walk.value("icp", "segments") or () if row.get("reasons")]
    said = (f"{row.get('name') or '—'}: {_first(str(row['reasons']))}" for row in rows[:FEW])
    return "; ".join(said)


def _first(text: str) -> str:
    return next(iter(lines(text)), "")


def _offers(walk: Walk) -> str:
    asked = getattr(walk.answer("offer"), "asked", None)
    written = [offer for offer in asked.offers if offer.sentence] if asked else []
    return "\n".join(
        f"{offer.segment}: {offer.sentence}" if offer.segment else offer.sentence for offer in written[:FEW]
    )


def _proofs(walk: Walk) -> str:
    """How many proofs are ready, and the objections that none answers."""
    found: Any = walk.answer("offer")
    if not found or not found.proofs:
        return ""
    said = t(CONTEXT, "ready: {ready} of {n}", ready=number(found.ready), n=number(found.proofs))
    if not found.unanswered:
        return said
    return f"{said}; " + t(CONTEXT, "not answered yet: {names}", names=", ".join(found.unanswered[:FEW]))


def _conversion(walk: Walk) -> str:
    """From visit to lead and from lead to payment."""
    visit, lead = (walk.value("goal", name) for name in ("visit_to_lead", "lead_to_sale"))
    if not lead:
        return ""
    paid = t(CONTEXT, "of leads {share} pay", share=share(lead))
    return f"{t(CONTEXT, 'of visits {share} become leads', share=share(visit))}, {paid}" if visit else paid


def _economics(walk: Walk) -> str:
    """What a client may cost, what one costs at this conversion, and the budget of the goal."""
    limit, cac = walk.outcome("unit-economics", "admissible_cac"), walk.value("unit-economics", "cac")
    if limit is None:
        return ""
    budget = walk.outcome("goal", "budget")
    said = [t(CONTEXT, "admissible CAC below {amount}", amount=money(limit))]
    said += [t(CONTEXT, "now {amount}", amount=money(cac))] if cac is not None else []
    said += [t(CONTEXT, "advertising budget {amount}", amount=money(budget))] if budget is not None else []
    return ", ".join(said)


def _stages(walk: Walk) -> str:
    """The stages for which something is written, each with its real number and its owner."""
    from playbook.documents.cjm.stage import CELLS, stage_words

    asked: Any = getattr(walk.answer("cjm"), "asked", None)
    if asked is None or not walk.current("cjm"):
        return ""
    found = []
    for stage, words in stage_words().items():
        facts = [asked.heads().get(stage, ""), asked.cell(stage, "owner").strip()]
        said = ", ".join(filter(None, facts))
        if facts[0] or any(asked.cell(stage, row).strip() for row in CELLS):
            found.append(f"{words} ({said})" if said else words)
    return " → ".join(found)


def _content(walk: Walk) -> str:
    """What people read, see or hear, by stage."""
    from playbook.documents.cjm.stage import stage_words

    asked: Any = getattr(walk.answer("cjm"), "asked", None)
    if asked is None:
        return ""
    cells = ((words, _first(asked.cell(stage, "content"))) for stage, words in stage_words().items())
    return "; ".join(f"{words}: {text}" for words, text in cells if text)


def _channels(walk: Walk) -> str:
    """The core and the main channel."""
    chosen, channel = walk.core(), main_channel(walk)
    core = str(texts.by_id("cores.toml", "cores")[chosen]["name"]) if chosen else ""
    return f"{core}: {channel}" if core and channel else ""


def _metrics(walk: Walk) -> str:
    rows = kpis(walk) or []
    return "; ".join(f"{row['metric']} {row['target']}".strip() for row in rows)


def _roles(walk: Walk) -> str:
    """The owner, and how many of the eight functions are held."""
    owner = str(walk.value("order", "owner") or "").strip()
    if not owner:
        return ""
    held = sum(bool(str(walk.value("order", name) or "").strip()) for name in FUNCTIONS)
    return t(
        CONTEXT, "owner {name}, functions held: {n} of {of}", name=owner, n=number(held), of=number(len(FUNCTIONS))
    )


def _period(walk: Walk) -> str:
    """How many days the goal has, and their dates where the first one is known."""
    horizon, first = walk.value("goal", "horizon_days"), as_date(walk.value("thirty-days", "start"))
    if horizon is None:
        return ""
    said = quantity(horizon, "day")
    return f"{said}, {days(first, _last(first, horizon))}" if first else said


def _last(first: date, horizon: float) -> date:
    return first + timedelta(days=int(horizon) - 1)


def _texts(row: dict[str, Any], *names: str) -> dict[str, str]:
    return {name: str(row.get(name) or "") for name in names}
