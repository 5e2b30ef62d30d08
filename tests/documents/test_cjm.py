"""The customer's journey: what is filled in, where people are lost, what is tested there."""

from __future__ import annotations

from typing import Any

import pytest

from playbook import i18n
from playbook.display import Points
from playbook.documents.cjm import CELLS, STAGES, Cjm, Mapped

FULL = dict.fromkeys(CELLS, "something")
MARK = {"stage": "trust", "row": "doubts", "metric": "CAC", "hypothesis": "A photo answers it"}
FUNNEL = [
    {"stage": "attention", "label": "Visits", "value": 2000, "plan": 2500},
    {"stage": "request", "label": "Leads", "value": 100},
    {"stage": "sale", "label": "Payments", "value": 40},
]


def mapped(**changes: Any) -> Mapped:
    """A map in which nothing is missing, but for the changes."""
    return Cjm.read({**dict.fromkeys(STAGES, FULL), "marks": [MARK], **changes}).solve()


def test_nothing_missing_is_drawn() -> None:
    """Six stages by eight lines are forty-eight cells, one of them with a hypothesis."""
    found = mapped()
    assert (found.filled, found.of, found.begun, found.marked) == (48, 48, 6, 1)
    assert found.face().verdict.kind == "yes"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({stage: {} for stage in STAGES}, "The map is empty."),
        ({"sale": {}}, "Stages begun: 5 of 6."),
        ({"trust": {**FULL, "questions": ""}}, "Cells filled: 47 of 48."),
        ({"trust": {**FULL, "owner": ""}}, "Stages without an owner: 1."),
        ({"marks": [{**MARK, "hypothesis": ""}]}, "No cell carries a hypothesis yet."),
    ],
)
def test_first_gap_is_said(changes: dict[str, Any], said: str) -> None:
    """Each thing that is missing is named, in the order of the work."""
    verdict = mapped(**changes).face().verdict
    assert (verdict.kind, verdict.say) == ("wait", said)


def test_narrowest_place_is_named() -> None:
    """100 of 2,000 are 5%, 40 of 100 are 40%: most are lost before the request."""
    found = mapped(numbers=FUNNEL)
    assert [step.share for step in found.steps()] == [0.05, 0.4]
    assert found.face().verdict.because == "Fewest go on here: visits → leads, 5%."


def test_more_after_than_before_is_no_step() -> None:
    """Leads of the phone can outnumber the visits: nothing is said of their share."""
    numbers = [{**FUNNEL[0], "value": 10}, FUNNEL[1]]
    assert mapped(numbers=numbers).steps() == []


def test_stage_without_a_number_is_passed_over() -> None:
    """A plan alone is no measurement; the share is of the stages that are counted."""
    numbers = [FUNNEL[0], {"stage": "request", "label": "Leads", "plan": 50}, FUNNEL[2]]
    found = mapped(numbers=numbers)
    assert [step.share for step in found.steps()] == [0.02]
    assert set(found.asked.heads()) == {"attention", "sale"}


def test_heads_hold_the_real_numbers() -> None:
    """What stands over the stage, as a reader sees it."""
    assert mapped(numbers=FUNNEL).asked.heads()["attention"] == "Visits: 2,000"


def test_cell_carries_metric_and_hypothesis() -> None:
    """Two marks of one cell stand under one another."""
    notes = mapped(marks=[MARK, {**MARK, "metric": "", "hypothesis": "So does a review"}]).asked.notes()
    assert notes == {"trust/doubts": "→ CAC: A photo answers it\n→ So does a review"}


def test_objection_off_the_map_is_named() -> None:
    """One is spoken of under doubts, the other nowhere."""
    trust = {**FULL, "doubts": "Linen creases a lot"}
    found = mapped(trust=trust, objections=["Linen creases", "Returning is a trouble"])
    assert found.unplaced == ("Returning is a trouble",)
    assert isinstance(found.face().sections[-1], Points)


def test_face_speaks_russian() -> None:
    """The gap by the Russian names of stage and cell."""
    with i18n.speaking("ru"):
        verdict = mapped(trust={**FULL, "questions": ""}).face().verdict
    assert verdict.because == "Первый пробел: доверие, вопросы."
