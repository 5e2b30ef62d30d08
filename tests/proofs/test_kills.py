"""A process that is killed at any instant loses nothing that was acknowledged."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from playbook.workspace import Workspace

STORM = Path(__file__).with_name("storm.py")
LONGEST_SECONDS = 0.12
"""How long a storm may rage at most after its first acknowledged save."""


def storm(workspace: Workspace, name: str) -> subprocess.Popen[str]:
    """A process that saves again and again; it has begun when this returns."""
    command = [sys.executable, str(STORM), str(workspace.path), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill(process: subprocess.Popen[str], first: str) -> list[list[str]]:
    """End a process with signal 9; every line it had written whole, `first` included."""
    process.kill()
    rest, trouble = process.communicate(timeout=30)
    assert trouble == ""
    return [line.split() for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


def check(workspace: Workspace, lines: list[list[str]]) -> None:
    """Every acknowledged save is in the history with its value, and every acknowledged row is whole."""
    values = {(change.field, change.value) for change in workspace.history("goal")}
    rows = {name: workspace.rows("kpi", name) for name in {name.partition("-")[0] for _, name, _ in lines} | {"a", "b"}}
    known = {field["metric"].value for found in rows.values() for field in found.values()}
    for kind, place, count in lines:
        assert int(count) in known if kind == "row" else (place, int(count)) in values, (kind, place, count)
    for found in rows.values():
        assert all("metric" in fields for fields in found.values()), "a row without its words"


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.prove)])
def test_no_acknowledged_save_is_lost(kills: int, tmp_path: Path) -> None:
    """Two windows save at once; both processes are killed, again and again, and the file stays sound."""
    chance = random.Random(20261125)
    workspace = Workspace.create(tmp_path / "firm")
    acknowledged = 0
    for _ in range(kills // 2):
        storms = [storm(workspace, name) for name in ("a", "b")]
        firsts = [process.stdout.readline() for process in storms if process.stdout]
        time.sleep(chance.uniform(0, LONGEST_SECONDS))
        lines = [line for process, first in zip(storms, firsts, strict=True) for line in kill(process, first)]
        workspace.close()
        workspace = Workspace.open(workspace.path)  # refuses a file that is not sound
        check(workspace, lines)
        acknowledged += len(lines)
    assert acknowledged > kills
