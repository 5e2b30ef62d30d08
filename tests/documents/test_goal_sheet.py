"""The goal sheet: the goal down to its metrics, and what comes first."""

from __future__ import annotations

from typing import Any

import pytest

from playbook import i18n
from playbook.documents.goal_sheet import PRIORITIES, Broken, GoalSheet

KPIS = [{"metric": f"Metric {n}", "target": "5", "owner": "Anna", "money": n == 0} for n in range(5)]


def broken(**changes: Any) -> Broken:
    """A sheet in which nothing is missing, but for the changes."""
    written = dict.fromkeys(PRIORITIES, "something")
    return GoalSheet.read({"goal": "700 clients in 60 days", "kpis": KPIS, **written, **changes}).solve()


def test_nothing_missing_is_agreed() -> None:
    """Five metrics with targets and owners, one counts money, four rules of priority."""
    found = broken()
    assert (found.kpis, found.money, found.rules_written) == (5, True, 4)
    assert found.face().verdict.kind == "yes"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"goal": ""}, "The goal is not set yet."),
        ({"kpis": KPIS[:4]}, "Metrics chosen: 4, and 5–12 are needed."),
        ({"kpis": [{**kpi, "money": False} for kpi in KPIS]}, "No metric counts money."),
        ({"kpis": [*KPIS, {"metric": "Leads", "owner": "Olga"}]}, "Metrics without a target: 1."),
        ({"kpis": [*KPIS, {"metric": "Leads", "target": "40"}]}, "Metrics without an owner: 1."),
        ({"forbidden": " "}, "Rules of priority written: 3 of 4."),
    ],
)
def test_first_gap_is_said(changes: dict[str, Any], said: str) -> None:
    """Each thing that is missing is named, in the order of the work."""
    verdict = broken(**changes).face().verdict
    assert (verdict.kind, verdict.say) == ("wait", said)


def test_face_speaks_russian() -> None:
    """The first gap in Russian."""
    with i18n.speaking("ru"):
        assert broken(goal="").face().verdict.say == "Цель ещё не поставлена."
