"""Ten items with something to show, and day 30 beside day 1."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook import evidence, i18n, samples
from playbook.display import Points, Table
from playbook.questions.checklist import ITEMS, PAGES, Checklist
from playbook.steps import STEPS
from playbook.walk import Walk
from playbook.workspace import Workspace

MEASURED = {
    "first_day": "2026-11-01",
    "today": "2026-11-30",
    "ten_before": 6,
    "ten_now": 9,
    "diagnosis_before": 13,
    "diagnosis_now": 24,
    "ticked_before": 0,
}


def test_item_counts_with_evidence_only() -> None:
    """Blanks are nothing to show."""
    answer = Checklist(goals="40 clients", crm="  ").solve()
    assert (answer.ticked, answer.of, answer.shown) == (1, 10, ("goals",))
    assert len(answer.missing) == 9


def test_all_ten_are_built() -> None:
    """Then nothing is missing."""
    face = Checklist.read(dict.fromkeys(ITEMS, "a link")).solve().face()
    assert face.verdict.kind == "yes"
    assert not [part for part in face.sections if isinstance(part, Points)]


def test_day_thirty_stands_beside_day_one() -> None:
    """6 to 9 questions, 13 to 24 points, 0 to 1 item; channels are judged from day 60."""
    face = Checklist.read({"goals": "40 clients", **MEASURED}).solve().face()
    table = face.sections[0]
    assert isinstance(table, Table)
    assert [row[1:] for row in table.rows] == [("6", "9", "+3"), ("13", "24", "+11"), ("0", "1", "+1")]
    assert table.note == "Day 30 beside day 1. Channels are judged from day 60 on."


def test_what_was_not_measured_is_a_dash() -> None:
    """No zero in the place of nothing."""
    table = Checklist.read({"first_day": "2026-11-01", "today": "2026-11-30"}).solve().face().sections[0]
    assert isinstance(table, Table)
    assert table.rows[0][1:] == ("—", "—", "—")


def test_every_item_names_the_page_that_helps() -> None:
    """The pages are those on which its evidence is looked for."""
    assert {item: step for item, (step, _) in evidence.ITEMS.items()} == PAGES
    assert tuple(PAGES) == ITEMS
    assert set(PAGES.values()) <= set(STEPS)


@pytest.mark.parametrize("scenario", ["local", "b2b"])
def test_evidence_of_a_sample_firm_is_found(tmp_path: Path, scenario: str) -> None:
    """Goal, records and working loop of a filled workspace tick their items without a word typed here."""
    firm = samples.create(tmp_path / scenario, scenario, "en")
    with i18n.speaking("en", "USD"):
        answer = Walk(firm).answer("checklist")
    assert {"goals", "crm", "records"} <= set(answer.shown)  # type: ignore[union-attr]


def test_what_is_only_begun_is_not_ticked_and_says_what_is_missing(tmp_path: Path) -> None:
    """Four interviews of ten prove no segment, and metrics without an owner are no goal in figures."""
    firm = samples.create(tmp_path / "clinic", "local", "en")
    built = Walk(firm).answer("checklist")
    assert {"segments", "offer", "funnel"} <= set(built.missing)  # type: ignore[union-attr]
    points = next(part for part in Walk(firm).face("checklist").sections if isinstance(part, Points))
    assert "Interviews held: 4 of 10." in [point.text for point in points.items]
    assert "goals" in built.shown  # type: ignore[union-attr]
    for row in firm.rows("kpi", "chosen"):
        firm.save("kpi", f"chosen/{row}/owner", None)
    assert "goals" in Walk(firm).answer("checklist").missing  # type: ignore[union-attr]


def test_empty_workspace_has_nothing_to_show(tmp_path: Path) -> None:
    """And no first day."""
    walk = Walk(Workspace.create(tmp_path / "new"))
    assert walk.outcome("checklist", "ticked") == 0
    assert evidence.first_day(walk) is None
    assert evidence.before(walk) is None


def test_first_day_is_read_from_the_history(tmp_path: Path) -> None:
    """What was answered on the first day stands beside what is answered now."""
    workspace = Workspace.create(tmp_path / "firm")
    workspace.save("ten", "answers/lead_sources", "ads")
    walk = Walk(workspace)
    assert evidence.first_day(walk) is not None
    assert evidence.answered(evidence.before(walk)) == evidence.answered(walk)
    assert walk.value("checklist", "ten_now") == evidence.answered(walk)
