"""The documents, and what they take over: from each other's lists, from the imported data and from the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook import one_page
from playbook.documents import lines
from playbook.i18n import language, measured, t
from playbook.metrics import catalogue
from playbook.model import known
from playbook.one_page import goal, kpis, listed, segments
from playbook.stop import TODAY, Step, Take

if TYPE_CHECKING:
    from playbook.walk import Walk

MOST_REFUSED = 5
FUNNEL: dict[str, tuple[tuple[str, ...], str]] = {
    "attention": (("visits", "clicks"), "visits"),
    "request": (("leads", "orders"), "leads"),
    "sale": (("won_leads", "paid_orders"), "customers"),
    "retention": (("repeat_purchases",), ""),
}
"""Stages that can be counted: the facts that count them, the first that is known, and the goal's own number."""
BEGINNING = ("attention", "request")
"""Stages whose files must cover the same days: what follows comes of them."""


def metrics(_walk: Walk) -> tuple[str, ...]:
    """The names of the metrics one may choose from."""
    return tuple(metric.name for metric in catalogue(language()))


def objections(walk: Walk) -> tuple[str, ...]:
    """Every objection of the segments, once each."""
    return _objections(walk, "")


def refused(walk: Walk) -> list[dict[str, Any]] | None:
    """The first reasons of the imported refusals that an offer can answer, with how often they are named."""
    reasons = walk.outcome("refusal-reasons", "reasons") if _known(walk, "refusals_by_reason") else None
    found = [one for one in reasons or () if one.objection]
    return [{"reason": one.reason, "leads": one.leads} for one in found[:MOST_REFUSED]] or None


def objections_of_journey(walk: Walk) -> tuple[str, ...]:
    """The objections of the segment whose journey is drawn; of all of them while none is chosen."""
    return _objections(walk, str(walk.value("cjm", "segment") or ""))


def funnel(walk: Walk) -> list[dict[str, Any]] | None:
    """The stages of a journey that the imported data counts in the same days, each with the goal's plan beside it."""
    found, facts = [], _same_days(walk)
    for stage, (_, planned) in FUNNEL.items():
        fact = facts.get(stage)
        plan = walk.outcome("goal", planned) if planned else None
        if fact is None and plan is None:
            continue
        label, value, source = _said(walk, fact) if fact else (_plan_words()[planned], None, "")
        found.append({"stage": stage, "label": label, "value": value, "plan": plan, "source": source})
    return found or None


def _same_days(walk: Walk) -> dict[str, Any]:
    """The figure of each stage over the days that both visits and requests cover; sales may begin later."""
    first = {stage: next((name for name in names if _known(walk, name)), "") for stage, (names, _) in FUNNEL.items()}
    own = {stage: walk.facts[name] for stage, name in first.items() if name}
    begun = [fact for stage, fact in own.items() if stage in BEGINNING] or list(own.values())
    if not begun:
        return {}
    days = max(fact.since for fact in begun), min(fact.until for fact in begun)
    cut = {stage: walk.imported.fact(fact.id, days) for stage, fact in own.items()} if days[0] <= days[1] else own
    return {stage: fact for stage, fact in cut.items() if getattr(fact, "value", None) is not None}


def levels(walk: Walk) -> list[dict[str, str]] | None:
    """The goal level by level, as the steps computed it."""
    found = []
    for step, name, words, unit in _levels():
        value = walk.outcome(step, name)
        if value is not None:
            found.append({"what": words, "value": measured(value, unit), "step": _kicker(step)})
    return found or None


def profits(walk: Walk) -> list[dict[str, Any]] | None:
    """Gross profit by customer segment with each one's share of clients, as the calculator beside step 3 tells it."""
    cut = walk.outcome("profitability", "segments")
    lines = [line for line in cut.named if known(line.gross_profit) is not None] if cut else []
    return [
        {"name": line.name, "amount": line.gross_profit, "clients": line.share_of_clients} for line in lines
    ] or None


def _kicker(step: str) -> str:
    from playbook.steps import STEPS

    return STEPS[step].kicker()


def _levels() -> tuple[tuple[str, str, str, str], ...]:
    return (
        ("goal", "customers", t("cjm", "Customers"), "count"),
        ("goal", "leads", t("cjm", "Leads"), "count"),
        ("goal", "visits", t("cjm", "Visits"), "count"),
        ("goal", "budget", t("goal-sheet", "Budget"), "money"),
        ("goal", "last_lead_day", t("goal-sheet", "Day of the last lead"), "count"),
        ("unit-economics", "admissible_cac", t("goal-sheet", "Admissible CAC, below"), "money"),
        ("unit-economics", "max_cost_per_lead", t("goal-sheet", "Price of a lead, below"), "money"),
    )


def _objections(walk: Walk, segment: str) -> tuple[str, ...]:
    rows = walk.value("icp", "segments") or ()
    chosen = [row for row in rows if not segment or row.get("name") == segment]
    return tuple(dict.fromkeys(line for row in chosen for line in lines(row.get("objections") or "")))


def _known(walk: Walk, name: str) -> bool:
    return getattr(walk.facts.get(name), "value", None) is not None


def _said(walk: Walk, fact: Any) -> tuple[str, float, str]:
    """What is counted, how many, and where; of won leads also what part of the decided ones they are."""
    source = str(fact.source_text)
    if fact.id == "won_leads":
        decided = walk.imported.fact("lead_to_sale", (fact.since, fact.until))
        if getattr(decided, "note", ""):
            of = measured(decided.value, "share")
            source = t("cjm", "{source}; of the leads that are decided {share} were won", source=source, share=of)
    return str(fact.label), float(fact.value), source


def _plan_words() -> dict[str, str]:
    return {"visits": t("cjm", "Visits"), "leads": t("cjm", "Leads"), "customers": t("cjm", "Customers")}


DOCUMENTS: tuple[Step, ...] = (
    Step(
        "goal-sheet",
        None,
        "goal-sheet",
        "goal_sheet:GoalSheet",
        takes=(Take("goal", "goal", goal), Take("levels", "goal", levels), Take("kpis", "kpi", kpis)),
        beside=("goal", "kpi"),
        room="documents",
    ),
    Step(
        "icp",
        None,
        "icp",
        "icp:Icp",
        takes=(
            TODAY,
            Take("profits", "profitability", profits),
            Take("refused", "refusal-reasons", refused),
        ),
        hidden=("today", "profits", "refused"),
        beside=("core", "working-loop"),
        room="documents",
        choices={"interviews/segment": segments, "quotes/interview": listed("icp", "interviews", "who")},
    ),
    Step(
        "offer",
        None,
        "offer",
        "offer:OfferAndProof",
        takes=(TODAY, Take("segments", "icp", segments), Take("objections", "icp", objections)),
        hidden=("today",),
        beside=("working-loop",),
        room="documents",
        choices={
            "offers/segment": segments,
            "tests/offer": listed("offer", "offers", "segment"),
            "proofs/objection": objections,
        },
    ),
    Step(
        "cjm",
        None,
        "cjm",
        "cjm:Cjm",
        takes=(
            Take("numbers", "data", funnel),
            Take("objections", "icp", objections_of_journey),
        ),
        hidden=("numbers",),
        beside=("ideas", "working-loop"),
        room="documents",
        choices={"segment": segments, "marks/metric": metrics},
    ),
    Step(
        "scheme",
        None,
        "scheme",
        "scheme:Scheme",
        takes=(
            Take("chain", "icp", one_page.chain),
            Take("parts", "cjm", one_page.parts),
            Take("agreed", "goal", one_page.agreed),
            Take("ladder", "data", one_page.ladder),
            Take("main_channel", "working-loop", one_page.main_channel, suggestion=True),
            Take("ideas", "settings", one_page.usual),
        ),
        hidden=(
            "ideas",
            "ladder",
            *(f"{rows}/{name}" for rows in ("chain", "parts", "agreed") for name in ("place", "step")),
        ),
        beside=("working-loop", "thirty-days"),
        room="documents",
        choices={"main_offer": listed("offer", "offers", "segment")},
    ),
)
"""What a firm writes down and keeps, each on a page of its own name, all drawn by one notebook."""
