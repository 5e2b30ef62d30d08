"""The five lines a reader who has one minute takes away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playbook import display, rules
from playbook.display import inside
from playbook.faces import Place
from playbook.i18n import number, t, tn
from playbook.model import NonAnswer, known
from playbook.report.parts import is_answered, place
from playbook.report.selection import WHOLE, Selection
from playbook.walk import Walked


@dataclass(frozen=True)
class Line:
    """A verdict with one sentence; `place` is the step that still has to be answered."""

    verdict: str
    sentence: str
    place: Place | None = None


def five(path: list[Walked], selection: Selection = WHOLE) -> list[Line]:
    """Where we stand, the goal, the economics, the core, and what comes next; of a step that is left out, nothing."""
    steps = {walked.step.key: walked for walked in path}
    answered = {key for key, walked in steps.items() if is_answered(walked, path) and not _unfinished(walked)}
    found = []
    for keys, unanswered, without, say in _lines(_next if selection.shows("week") else _loop):
        if not all(map(selection.shows, keys)):
            continue
        missing = next((key for key in keys if key not in answered), None)
        found.append(_ahead(unanswered, without, steps[missing]) if missing else say(steps))
    return found


Say = Callable[[dict[str, Walked]], Line]


def _lines(following: Say) -> tuple[tuple[tuple[str, ...], str, str, Say], ...]:
    """The steps each line needs, its words while one of them is unanswered, what nobody knows then, how it is said."""
    return (
        (
            ("ten", "maturity"),
            t("report", "Where we stand: not measured to the end."),
            t("report", "Until it is, nobody can say what to mend first."),
            _stand,
        ),
        (
            ("goal",),
            t("report", "Goal: not set yet."),
            t("report", "Until it is, nobody can say how many leads and how much money are needed, and by when."),
            _goal,
        ),
        (
            ("unit-economics",),
            t("report", "Unit economics: not computed yet."),
            t("report", "Until it is, nobody can say how much may be paid for a client without losing money."),
            _economics,
        ),
        (
            ("core",),
            t("report", "Core: not chosen yet."),
            t("report", "Until it is, money and attention go to every channel at once."),
            _core,
        ),
        (
            ("working-loop",),
            t("report", "Next: the working loop is not checked yet."),
            t("report", "Until it is, a lead may be lost on the way to payment, and nobody sees where."),
            following,
        ),
    )


def _unfinished(walked: Walked) -> bool:
    """Whether its total does not exist yet, as of a diagnosis with criteria left."""
    return isinstance(getattr(walked.answer, "total", None), NonAnswer)


def _ahead(verdict: str, without: str, walked: Walked) -> Line:
    """An unanswered line: what is missing where something was begun, why it matters, and the step that answers it."""
    begun = f"{walked.face.verdict.say} " if walked.state != "todo" else ""
    return Line(verdict, f"{begun}{without} {t('report', 'Still ahead:')}", place(walked.step.key))


def _stand(steps: dict[str, Walked]) -> Line:
    ten, maturity = steps["ten"], steps["maturity"]
    answered, total = getattr(ten.answer, "answered", 0), known(getattr(maturity.answer, "total", None))
    verdict = t(
        "report",
        "Where we stand: {answered}/{ten} of the ten questions, diagnosis {total}/{most}.",
        answered=answered,
        ten=number(rules.get("ten_questions").number),
        total=number(total or 0),
        most=number(rules.get("diagnosis_max").span[1]),
    )
    return Line(verdict, maturity.face.verdict.say)


def _goal(steps: dict[str, Walked]) -> Line:
    verdict = steps["goal"].face.verdict
    return Line(t("report", "Goal: {said}", said=verdict.say), verdict.because)


def _economics(steps: dict[str, Walked]) -> Line:
    verdict = steps["unit-economics"].face.verdict
    return Line(t("report", "Unit economics: {word}.", word=inside(verdict.word)), verdict.say)


def _core(steps: dict[str, Walked]) -> Line:
    """The core that is built on: the person's own, else the first of the order where one comes first alone."""
    core, verdict = steps["core"], steps["core"].face.verdict
    first = next(
        (place.name for part in core.face.sections if isinstance(part, display.Ranking) for place in part.items), ""
    )
    named = core.own or (first if verdict.kind == "yes" else "")
    if not named:
        return Line(t("report", "Core: {word}.", word=inside(verdict.word)), verdict.say)
    return Line(t("report", "Core: {name}.", name=named), verdict.say)


def _next(steps: dict[str, Walked]) -> Line:
    planned, loop = _planned(steps["week"]), _loop(steps).verdict
    if not planned:
        return Line(loop, t("report", "No decisions are written for this week yet."), place("week"))
    more = tn(
        "report",
        "{n} decision for this week: {names}.",
        "{n} decisions for this week: {names}.",
        len(planned),
        names="; ".join(planned[:2]),
    )
    return Line(loop, more)


def _loop(steps: dict[str, Walked]) -> Line:
    return Line(t("report", "Next: {said}", said=steps["working-loop"].face.verdict.say), "")


def _planned(week: Walked) -> list[str]:
    """What was decided for this week."""
    value = next((given.value for given in week.given if given.field == "decisions"), None)
    rows = value if isinstance(value, list | tuple) else ()
    return [str(row["what"]) for row in rows if isinstance(row, dict) and row.get("what")]
