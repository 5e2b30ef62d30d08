"""An import cut off at any instant leaves the workspace as it was, or holds all of it; and then it works."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from playbook.data import Importer
from playbook.data.rooms import READING, SPILL
from playbook.packs import pack
from playbook.workspace import Workspace
from tests.data.helpers import everything

CUT = Path(__file__).with_name("cut.py")
HEADER = "order_id,customer,paid_at,revenue,status,sku"
FIRST = f"{HEADER}\n1,ann,2026-06-01,100.00,paid,t\n2,bob,2026-06-02,50.00,shipping,t\n"
SECOND = f"{HEADER}\n2,bob,2026-06-02,60.00,shipping,t\n3,cid,2026-06-03,seventy,paid,n\n4,dan,2026-06-04,7,paid,n\n"
"""One order changes, one cannot be read, one is new; and a person says what `shipping` means."""


@dataclass(frozen=True)
class State:
    """All that a person can see of a workspace's imports."""

    tables: dict[str, list[Any]]
    imports: list[str]
    said: object
    packed: set[str]


def state(folder: Path) -> State:
    """The tables, the imports, the meanings of statuses kept for the next file, and what goes into a pack."""
    with closing(Workspace.open(folder)) as workspace:  # refuses a file that is not sound
        assert workspace.faults() == []
        return State(
            tables=everything(workspace),
            imports=[batch.payload["file"] for batch in workspace.batches() if batch.active],
            said=workspace.setting("import.plain.stages"),
            packed=set(pack(workspace, folder.with_suffix(".playbook")).files),
        )


def command(folder: Path, file: str, instant: int = 0, length: str = "short") -> subprocess.Popen[str]:
    """`playbook import` of a file beside the workspace, to be cut off at an instant; a `long` one is laid aside."""
    words = ["import", str(folder.parent / file), "-w", str(folder), "--yes", "--json", "--set", "stage.shipping=paid"]
    return subprocess.Popen(
        [sys.executable, str(CUT), str(instant), length, *words],
        env={**os.environ, "PLAYBOOK_STATE": str(folder.parent / "state")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def rooms(folder: Path) -> list[str]:
    """What lies aside on the machine."""
    return [room.name for kind in (READING, SPILL) for room in (folder.parent / "state").glob(f"{kind}*")]


def imported(folder: Path, file: str, length: str = "short") -> int:
    """Import a file to the end; how many instants it had."""
    _, told = (process := command(folder, file, length=length)).communicate(timeout=60)
    assert process.returncode == 0, told
    return int(told)


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one import, and the files beside it."""
    folder = tmp_path_factory.mktemp("cut") / "firm"
    Workspace.create(folder, currency="USD").close()
    for name, text in (("june.csv", FIRST), ("newer.csv", SECOND)):
        (folder.parent / name).write_text(text, encoding="utf-8")
    imported(folder, "june.csv")
    with closing(Workspace.open(folder)) as workspace:
        workspace.set_setting("import.plain.stages", None)  # so that the next file says something new
    return folder


def cut_off(firm: Path, ends: Callable[[Path], subprocess.Popen[str]], expected: tuple[State, State]) -> bool:
    """Cut an import off in a copy; whether it was in by then. Nothing in between is seen, and then it works."""
    copy = firm.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(firm, copy)
    process = ends(copy)
    process.communicate(timeout=60)
    before, after = expected
    found = state(copy)
    assert found in (before, after)
    with closing(Workspace.open(copy)) as workspace:
        importer = Importer(workspace)
        importer.run(importer.preview(copy.parent / "newer.csv", settings={"stage.shipping": "paid"}))
    assert state(copy) == after
    return process.returncode == -signal.SIGKILL and found == after


@pytest.fixture(scope="module")
def whole(firm: Path) -> tuple[State, State, int]:
    """The workspace before and after an import that nothing cuts off, and the instants of that import."""
    other = firm.with_name("whole")
    shutil.copytree(firm, other)
    before = state(other)
    instants = imported(other, "newer.csv")
    after = state(other)
    assert (len(before.imports), len(after.imports), before.said, after.said) == (1, 2, None, {"shipping": "paid"})
    assert (len(before.tables["orders"]), len(after.tables["orders"])) == (2, 3)
    assert any(name.startswith("reports/rejects-") for name in after.packed - before.packed)
    return before, after, instants


@pytest.mark.parametrize("kills", [8, pytest.param(100, marks=pytest.mark.prove)])
def test_import_is_whole_or_nothing_at_every_call(kills: int, firm: Path, whole: tuple[State, State, int]) -> None:
    """Killed before or after calls spread over all of its writing, the last ones too."""
    before, after, instants = whole
    assert instants > 150
    seen = [
        cut_off(firm, lambda copy, at=at: command(copy, "newer.csv", at), (before, after))  # type: ignore[misc]
        for at in (1 + place * (instants - 2) // (kills - 1) for place in range(kills))
    ]
    assert set(seen) == {False, True}


@pytest.mark.parametrize("kills", [6, pytest.param(60, marks=pytest.mark.prove)])
def test_long_file_is_whole_or_nothing_and_leaves_nothing_laid_aside(
    kills: int, firm: Path, whole: tuple[State, State, int]
) -> None:
    """Killed while it lays the file aside too; what it laid there goes with the next import."""
    before, after, short = whole
    shutil.copytree(firm, other := firm.with_name("long"))
    instants = imported(other, "newer.csv", "long")
    assert state(other) == after
    assert instants > short
    laid = 0
    for place in range(kills):
        at = 1 + place * (instants - 2) // (kills - 1)
        cut_off(firm, lambda copy, at=at: command(copy, "newer.csv", at, "long"), (before, after))  # type: ignore[misc]
        laid = max(laid, len(rooms(firm)))
    imported(other, "newer.csv", "long")
    assert (laid > 0, rooms(firm)) == (True, [])


@pytest.mark.parametrize("kills", [2, pytest.param(30, marks=pytest.mark.prove)])
def test_import_is_whole_or_nothing_at_any_time(kills: int, firm: Path, whole: tuple[State, State, int]) -> None:
    """Killed from outside after any time, as in the middle of a call that writes."""
    before, after, _ = whole
    chance = random.Random(20261126)
    began = time.monotonic()
    shutil.copytree(firm, other := firm.with_name("timed"))
    imported(other, "newer.csv")
    longest = time.monotonic() - began

    def killed(copy: Path) -> subprocess.Popen[str]:
        process = command(copy, "newer.csv")
        time.sleep(chance.uniform(longest / 3, longest))
        process.kill()
        return process

    for _ in range(kills):
        cut_off(firm, killed, (before, after))
