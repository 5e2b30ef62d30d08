"""What a workspace has to show for the ten items of a built system, and what it had to show on its first day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from playbook import texts
from playbook.i18n import tn

if TYPE_CHECKING:
    from playbook.walk import Walk

CONTEXT = "evidence"
FIRST_STEPS = ("ten", "maturity")
"""What the first day is known by: the ten questions or the diagnosis."""


def goals(walk: Walk) -> str | None:
    """The goal in figures that can be reached, with the metrics it is watched by, each with an owner."""
    goal = _said(walk, "goal")
    if goal is None or not walk.outcome("kpi", "accepted"):
        return None
    count = len(walk.value("kpi", "chosen") or ())
    metrics = tn(CONTEXT, "{n} metric chosen.", "{n} metrics chosen.", count)
    return f"{goal} {metrics}"


def segments(walk: Walk) -> str | None:
    """What the document of segments says of itself."""
    return _said(walk, "icp")


def offer(walk: Walk) -> str | None:
    """The offer that was tested; while the document is not begun, what shows that there is one."""
    return _loop(walk, "offer") if walk.state("offer") == "todo" else _said(walk, "offer")


def funnel(walk: Walk) -> str | None:
    """The client's journey, else the funnel in figures."""
    return _said(walk, "cjm") or _said(walk, "funnel")


def core(walk: Walk) -> str | None:
    """The core that was chosen with a reason, and the main channel."""
    if not walk.core() or walk.decision("core") is None:
        return None
    name = str(texts.by_id("cores.toml", "cores")[walk.core()]["name"])
    channel = _loop(walk, "main_channel")
    return f"{name}: {channel}" if channel else name


def records(walk: Walk) -> str | None:
    """The files that were imported, else what shows that sources are counted."""
    files = sum(batch.active for batch in walk.workspace.batches())
    if files:
        return tn(CONTEXT, "{n} export is loaded.", "{n} exports are loaded.", files)
    return _loop(walk, "analytics")


def crm(walk: Walk) -> str | None:
    """What shows that every lead is in one list."""
    return _loop(walk, "crm")


def dashboard(walk: Walk) -> str | None:
    """Weeks that ended in decisions."""
    closed = [record for record in walk.workspace.records("week") if record.payload.get("decisions")]
    if not closed:
        return None
    return tn(CONTEXT, "{n} weekly review with decisions.", "{n} weekly reviews with decisions.", len(closed))


def experiments(walk: Walk) -> str | None:
    """Ideas that are in work or tested."""
    ideas = walk.value("ideas", "ideas") or ()
    tried = sum(idea.get("state") in ("running", "done") for idea in ideas if isinstance(idea, dict))
    if not tried:
        return None
    return tn(CONTEXT, "{n} hypothesis is in work or tested.", "{n} hypotheses are in work or tested.", tried)


def handover(walk: Walk) -> str | None:
    """The agreement between marketing, sales and service."""
    answer: Any = walk.answer("order")
    return walk.face("order").verdict.say if answer and not answer.blocked and not answer.open else None


def first_day(walk: Walk) -> date | None:
    """The day of the first answer to the ten questions or the diagnosis."""
    found = [changes[-1].time for step in FIRST_STEPS if (changes := walk.workspace.history(step))]
    return min(found).astimezone().date() if found else None


def before(walk: Walk) -> Walk | None:
    """A look at the workspace as it stood when its first day ended."""
    from playbook.walk import Walk

    day = first_day(walk)
    return Walk(walk.workspace.as_of(datetime.combine(day, time.max).astimezone())) if day else None


def answered(walk: Walk | None) -> int | None:
    """How many of the ten questions have an answer; None where nobody began."""
    return walk.outcome("ten", "answered") if walk and walk.state("ten") != "todo" else None


def diagnosis(walk: Walk | None) -> int | None:
    """The points of the diagnosis; None while it is not whole."""
    total = walk.outcome("maturity", "total") if walk else None
    return None if total is None else round(total)


def ticked(walk: Walk | None) -> int | None:
    """How many items had something to show, found or written by the person; the question itself is not asked."""
    if walk is None:
        return None
    own = walk.current("checklist")
    return sum(bool((item in own and own[item].value) or read(walk)) for item, (_, read) in ITEMS.items())


def begun(walk: Walk) -> list[dict[str, str]] | None:
    """What the pages of the items without evidence say, where somebody has begun; None where none is."""
    found = []
    for item, pages in BEGUN.items():
        said = [walk.face(page).verdict for page in pages if walk.state(page) != "todo"]
        lacks = next((verdict.say for verdict in said if verdict.kind != "yes"), "")
        if lacks and ITEMS[item][1](walk) is None:
            found.append({"item": item, "says": lacks})
    return found or None


def _said(walk: Walk, step: str) -> str | None:
    """What a page says once it has nothing left to ask for."""
    verdict = walk.face(step).verdict
    return verdict.say if verdict.kind == "yes" and walk.state(step) == "done" else None


def _loop(walk: Walk, part: str) -> str | None:
    """What shows that a part of the minimal working loop is there."""
    found = walk.value("working-loop", part)
    if not isinstance(found, dict) or not found.get("exists"):
        return None
    return str(found.get("evidence") or "").strip() or None


ITEMS: dict[str, tuple[str, Callable[[Walk], str | None]]] = {
    "goals": ("goal", goals),
    "segments": ("icp", segments),
    "offer": ("offer", offer),
    "funnel": ("cjm", funnel),
    "core": ("core", core),
    "records": ("working-loop", records),
    "crm": ("working-loop", crm),
    "dashboard": ("week", dashboard),
    "experiments": ("ideas", experiments),
    "handover": ("order", handover),
}
"""The page of each item of the checklist, and what it has to show."""
BEGUN = {
    "goals": ("goal", "kpi"),
    "segments": ("icp",),
    "offer": ("offer",),
    "funnel": ("cjm",),
    "handover": ("order",),
}
"""The items whose pages say themselves what is not there yet."""
