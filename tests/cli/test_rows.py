"""`playbook rows`: what a figure was counted on, row by row."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from playbook.workspace import Workspace
from tests.cli.conftest import Run
from tests.data.clinic import bring

LEADS = (
    "id,created,status,reason,source\n1,2026-06-01,lost,price,ads\n2,2026-06-02,lost,time,ads\n3,2026-06-02,open,,\n"
)


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """Three leads, two of them lost."""
    bring(Workspace.create(tmp_path / "firm"), "leads.csv", LEADS)
    return tmp_path / "firm"


def test_rows_are_a_table(run: Run, firm: Path) -> None:
    """The newest first; `--of` takes one reason alone."""
    found = list(csv.DictReader(io.StringIO(run("rows", "refusals_by_reason", "-w", firm).out)))
    assert [row["Number"] for row in found] == ["2", "1"]
    alone = list(csv.DictReader(io.StringIO(run("rows", "refusals_by_reason", "-w", firm, "--of", "Price").out)))
    assert [row["Number"] for row in alone] == ["1"]


def test_rows_are_json_with_the_lines_of_the_figure(run: Run, firm: Path) -> None:
    """Keys stay English in every language."""
    found = run("rows", "refusals_by_reason", "-w", firm, "--json", "--lang", "ru").json()
    assert (found["table"], found["count"]) == ("leads", 2)
    assert found["lines"] == [{"name": "price", "rows": 1}, {"name": "time", "rows": 1}]
    assert found["rows"][0] | {"id": "2", "reason": "time", "line": 3} == found["rows"][0]


def test_figure_that_is_none_is_the_users_input(run: Run, firm: Path) -> None:
    """A name nobody gave, a figure that the data do not tell, a table it was not counted on."""
    assert run("rows", "stale", "-w", firm).err.startswith("Error: There is no figure of this name.")
    assert run("rows", "cac", "-w", firm).code == 2
    ended = run("rows", "leads", "-w", firm, "--table", "orders")
    assert (ended.code, "hint: one of: leads" in ended.err) == (2, True)


def test_look_says_what_would_wait(run: Run, tmp_path: Path) -> None:
    """A dry run promises no more than the import can do: the row, the word nobody knows, the answer that is missing."""
    Workspace.create(tmp_path / "empty")
    (tmp_path / "leads.csv").write_text("id,created,status\n1,2026-06-31,won\n2,2026-06-02,Thinking\n", "utf-8")
    said = run("import", tmp_path / "leads.csv", "-w", tmp_path / "empty", "--dry-run", "--yes").out
    assert "line 2 would be rejected: created 2026-06-31: there is no such day" in said
    assert "to be answered first: What does the status 'Thinking' mean? --set stage.Thinking=won, " in said
