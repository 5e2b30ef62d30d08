"""`playbook ten`: ten questions, each answered from the data or refused with the reason."""

from __future__ import annotations

from pathlib import Path

from playbook.workspace import Workspace
from tests.cli.conftest import Run
from tests.data.clinic import bring


def test_ten_prints_a_list_of_objects(run: Run, tmp_path: Path) -> None:
    """The keys of the contract; what cannot be told is null with why, and the step that helps."""
    bring(Workspace.create(tmp_path / "firm", currency="USD"), "orders.csv", "id,paid,amount\n1,2026-06-01,100\n")
    found = {one["id"]: one for one in run("ten", "-w", tmp_path / "firm", "--json").json()}
    assert len(found) == 10
    assert found["average_check"] | {"answer": 100.0, "step": "goal"} == found["average_check"]
    assert (found["handling_time"]["answer"], found["handling_time"]["step"]) == (None, "working-loop")
    assert found["handling_time"]["because"].startswith("No leads are imported.")


def test_ten_reads_as_a_line_for_each_question(run: Run, tmp_path: Path) -> None:
    """How many of ten, then short names in the language of the workspace."""
    Workspace.create(tmp_path / "firm", language="ru")
    said = run("ten", "-w", tmp_path / "firm").out.splitlines()
    assert said[0] == "Данные отвечают на 0 из 10 вопросов."
    assert len(said) == 12
    assert said[2].startswith("Источники заявок: — Заявки не загружены.")
