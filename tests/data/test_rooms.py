"""What is laid aside on the machine goes with whoever laid it there, however that ended."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from playbook import paths
from playbook.data import rooms, tables
from playbook.data.engine import connect, select
from playbook.data.rooms import READING, Room
from playbook.errors import Failure
from playbook.workspace import Workspace

STAYS = "from playbook.data.rooms import Room; room = Room(); print(room.path, flush=True); input()"


@pytest.fixture
def other() -> subprocess.Popen[str]:
    """Another process with a room of its own."""
    return subprocess.Popen([sys.executable, "-c", STAYS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def place(process: subprocess.Popen[str]) -> Path:
    """The room that a process tells of."""
    assert process.stdout
    return Path(process.stdout.readline().strip())


def test_room_goes_with_its_object() -> None:
    """What nobody holds any more is no more."""
    room = Room()
    path = room.path
    (path / "text").write_text("laid aside", encoding="utf-8")
    del room
    assert not path.exists()


def test_room_of_a_living_process_stays(other: subprocess.Popen[str]) -> None:
    """Another window's import goes on."""
    found = place(other)
    Room()
    assert found.is_dir()
    other.communicate("", timeout=60)
    assert not found.exists()


def test_room_of_a_killed_process_goes_at_once(other: subprocess.Popen[str]) -> None:
    """The next one clears it away, without waiting for a day."""
    found = place(other)
    other.kill()
    other.communicate(timeout=60)
    assert found.is_dir()
    Room()
    assert not found.exists()


def test_room_in_the_making_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that holds nothing yet is left until it is old."""
    made = paths.state_dir() / f"{READING}made"
    made.mkdir(parents=True)
    Room()
    assert made.is_dir()
    monkeypatch.setattr(rooms, "_OLD", -1)
    Room()
    assert not made.exists()


@contextmanager
def set_to(said: dict[str, str]) -> Iterator[DuckDBPyConnection]:
    """An engine with these settings, and then with its own again."""
    with closing(connect()) as db:
        own = {name: one_of(db, f"SELECT current_setting('{name}')") for name in said}
        try:
            for name, value in said.items():
                db.execute(f"SET {name} = '{value}'")
            yield db
        finally:
            for name, value in own.items():
                db.execute(f"SET {name} = '{value}'")


def one_of(db: DuckDBPyConnection, text: str) -> str:
    """The one cell that a statement gives."""
    ((cell,),) = db.execute(text).fetchall()
    return str(cell)


def test_question_too_large_for_memory_and_disk_says_so(workspace: Workspace) -> None:
    """No engine's words: what is wrong, and what to do."""
    folder = tables.folder(workspace)
    many = "(SELECT list(md5(CAST(i AS VARCHAR))) FROM range(1000000) AS many(i))"
    with (
        set_to({"memory_limit": "10MB", "max_temp_directory_size": "0KB"}),
        pytest.raises(Failure, match="not enough room for so many rows") as caught,
    ):
        select(folder, "rows", {}, what=many)
    assert "free some space on the disk" in caught.value.hint
