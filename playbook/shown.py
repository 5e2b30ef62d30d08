"""What a step shows: its answer, or calmly what is still missing, and what is to be known of its figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from playbook import display, lead_funnels, solved, texts, week_series, weekly
from playbook.display import Face
from playbook.given import disjoint, uneven
from playbook.i18n import t
from playbook.steps import STEPS

if TYPE_CHECKING:
    from playbook.walk import Walk


def face(walk: Walk, key: str) -> Face:
    """The step's face with the notes that only a look along the path can give."""
    found = _plainly(walk, key)
    notes = [weekly.behind(walk), walk.early()] if key == "week" else [_times(walk, key)]
    return replace(found, notes=(*found.notes, *filter(None, notes))) if any(notes) else found


def _times(walk: Walk, key: str) -> str:
    """That figures of different times are counted together in an answer."""
    if not STEPS[key].facts or walk.answer(key) is None:
        return ""
    inputs = walk.inputs(key)
    return disjoint(inputs) or uneven(inputs)


def _plainly(walk: Walk, key: str) -> Face:
    asked = walk.question(key)
    if key == "funnel":
        return _added(_waiting(walk, key) if asked is None else solved.face(asked), *lead_funnels.tables(walk))
    if asked is None:
        return _waiting(walk, key)
    found = solved.face(asked)
    if key == "kpi":
        return _added(found, week_series.table(walk))
    return _overridden(walk, found) if key == "core" else found


def own_core(walk: Walk) -> str:
    """The core that the person chose and the count does not name first; empty where the two agree."""
    chosen, ranked = walk.core(), walk.outcome("core", "ranked")
    same = ranked and chosen == ranked[0].core and walk.outcome("core", "firm")
    return "" if same or not ranked or not chosen else str(texts.by_id("cores.toml", "cores")[chosen]["name"])


def _overridden(walk: Walk, counted: Face) -> Face:
    """The core's face with the person's own choice on top, and whether its reason is written down."""
    own = own_core(walk)
    if not own:
        return counted
    first = texts.by_id("cores.toml", "cores")[walk.outcome("core", "ranked")[0].core]["name"]
    decided = walk.decision("core")
    say = t("steps", "You build on {own}; by the count {counted} comes first.", own=own, counted=first)
    if not walk.outcome("core", "firm"):
        say = t("steps", "You build on {own}; too little is known to count.", own=own)
    because = t("steps", "Your reason: {reason}", reason=decided.what) if decided else ""
    flip = "" if decided else t("steps", "Write the reason into your decision, so that it can be reviewed.")
    kind: display.Kind = "yes" if decided else "wait"
    return replace(counted, verdict=display.Verdict(kind, t("steps", "Your own choice"), say, because, flip))


def _waiting(walk: Walk, key: str) -> Face:
    names = [_label(key, problem.field) for problem in walk.problems(key)]
    if (refusal := _refusal(walk, key)) and not walk.touched(key):
        reason = t("steps", "Your data cannot tell: {reason}.", reason=refusal.reason)
        return display.wait(reason, t("steps", "You can also type it in."), display.sentence(refusal.hint))
    saved = t("steps", "What you have typed is saved.")
    begun = walk.touched(key) or any(item.kind in ("taken", "data") for item in walk.inputs(key))
    if not begun or not names:
        return display.wait(t("steps", "Answer to see the result."), saved)
    say = t("steps", "Still missing: {names}.", names=", ".join(dict.fromkeys(names)))
    return display.wait(say, next((problem.hint for problem in walk.lacking(key)), saved))


def _refusal(walk: Walk, key: str) -> Any:
    """Why the imported data do not fill the first field that is missing; None where they never do."""
    fields = (problem.field.partition(".")[0] for problem in walk.problems(key))
    found = (walk.facts.get(named) for name in fields if isinstance(named := STEPS[key].facts.get(name), str))
    return next((fact for fact in found if getattr(fact, "reason", "")), None)


def _label(key: str, path: str) -> str:
    """What a fault's path such as `price` or `decisions.0.owner` is called: of a row its list, number and field."""
    top, _, inner = path.partition(".")
    spec = next((spec for spec in STEPS[key].asks.fields() if spec.name == top), None)
    number, _, name = inner.partition(".")
    if spec is None or not number.isdigit():
        return spec.label if spec else path
    row = f"{spec.label} · {int(number) + 1}"
    field = next((each.label for each in spec.rows if each.name == name), "")
    return f"{row} · {field}" if field else row


def _added(face: Face, *sections: display.Section | None) -> Face:
    return replace(face, sections=(*face.sections, *(each for each in sections if each)))
