"""A walked path made by hand: the report is tested on what it is given, whatever the questions answer today."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

from playbook import rules
from playbook.charts import Columns
from playbook.display import Face, Number, Point, Points, Ranked, Ranking, Table, Verdict, wait
from playbook.given import Given
from playbook.given import Kind as Origin
from playbook.model import FieldSpec, Kind
from playbook.steps import PATH
from playbook.walk import Decision, Walked

NOW = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
SAID = {
    "ten": "7 of 10 questions have an answer.",
    "maturity": "The system holds in parts.",
    "goal": "40 new customers in 60 days.",
    "unit-economics": "A client costs $54; below $62 is admissible.",
    "core": "Start with performance.",
    "working-loop": "4 of 6 parts stand.",
}
SECTIONS: dict[str, tuple[Table | Ranking | Points, ...]] = {
    "core": (Ranking("Cores in order", (Ranked("Performance", "", "71 of 100", 0.84, "84%"),)),),
    "maturity": (Points("Growth points", (Point("One list of leads", step="working-loop"),)),),
    "thirty-days": (Table("Day by day", ("Day", "Task"), (("1 December", "List the sources"),)),),
}
ANSWERS: dict[str, Any] = {"ten": SimpleNamespace(answered=7), "maturity": SimpleNamespace(total=23)}


def spec(name: str, label: str, kind: Kind = "number", unit: str = "", rows: tuple[FieldSpec, ...] = ()) -> FieldSpec:
    return FieldSpec(name, label, "", kind, unit, None, None, (), True, None, rows)


def given(label: str, value: Any, origin: Origin = "typed", **more: Any) -> Given:
    unit, draft, kind, rows = (more.pop(name, None) for name in ("unit", "draft", "kind", "rows"))
    field = spec(more.pop("name", "price"), label, kind or "number", unit or "", rows or ())
    return Given(field, field.name, value, origin, draft=draft, **more)


def walked(key: str, **changes: Any) -> Walked:
    """A step that is answered, with what a test changes of it."""
    step = next(step for step in PATH if step.key == key)
    face = Face(
        Verdict("yes", "Do it", SAID.get(key, "Fits.")),
        (Number("Leads", "130", definition="Rounded up."),),
        Columns("Back in month 3", "Margin", ("1", "2"), (10.0, 20.0)),
        SECTIONS.get(key, ()),
        rules=(rules.check("kpi_count", 7),),
    )
    facts: dict[str, Any] = {
        "step": step,
        "given": (),
        "answer": ANSWERS.get(key, SimpleNamespace()),
        "problems": (),
        "state": "done",
        "decision": None,
        "face": face,
    }
    return cast("Callable[..., Walked]", Walked)(**{**facts, **changes})


def unanswered(key: str, **changes: Any) -> Walked:
    """A step nobody has looked at."""
    return walked(key, **{"answer": None, "state": "todo", "face": wait("Answer to see the result."), **changes})


def path_with(**changes: Walked) -> list[Walked]:
    """The answered path; a changed step is named with underscores."""
    return [changes.get(step.key.replace("-", "_"), walked(step.key)) for step in PATH]


DECISION = Decision("We take leads up to $19.", "Anna", date(2026, 12, 7), NOW)
