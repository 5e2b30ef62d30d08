"""The workspace: nothing acknowledged is lost, nothing is overwritten, a bad file is never written to."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import (
    WorkspaceDamaged,
    WorkspaceExists,
    WorkspaceLocked,
    WorkspaceMissing,
    WorkspaceNewer,
    WorkspaceReadOnly,
)
from playbook.workspace import FILE, Workspace, disk


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return Workspace.create(tmp_path / "firm", name="Firm")


def test_newest_change_is_the_current_value(workspace: Workspace) -> None:
    """Two saves of one field leave the second one."""
    workspace.save("goal", "price", 1)
    workspace.save("goal", "price", 2)
    assert workspace.values("goal") == {"price": 2}


def test_draft_stands_beside_the_valid_value(workspace: Workspace) -> None:
    """Words that are not a number do not wipe the number."""
    workspace.save("goal", "price", 100)
    workspace.save("goal", "price", "1o0", draft=True)
    field = workspace.current("goal")["price"]
    assert (field.value, field.draft) == (100, "1o0")


def test_valid_value_ends_the_draft(workspace: Workspace) -> None:
    """Once mended, the draft is history."""
    workspace.save("goal", "price", "1o0", draft=True)
    workspace.save("goal", "price", 100)
    assert workspace.current("goal")["price"].draft is None


def test_one_bad_field_does_not_stop_the_others(workspace: Workspace) -> None:
    """Nineteen fields are saved beside the bad one."""
    workspace.save("goal", "bad", "x", draft=True)
    for number in range(19):
        workspace.save("goal", f"field{number}", number)
    assert len(workspace.values("goal")) == 19


def test_save_over_an_older_revision_tells_and_keeps_both(workspace: Workspace) -> None:
    """The second window is told of the first one's value; the history holds both."""
    seen = workspace.save("goal", "price", 1).revision
    workspace.save("goal", "price", 2, base=seen, author="first")
    saved = workspace.save("goal", "price", 3, base=seen, author="second")
    assert saved.conflict is not None
    assert saved.conflict.value == 2
    assert [change.value for change in workspace.history("goal")] == [3, 2, 1]


def test_two_windows_on_different_fields_do_not_meet(workspace: Workspace) -> None:
    """A slider moved in one window leaves the note of the other alone."""
    start = workspace.revision()
    workspace.save("goal", "note", "typed in the other window", base=start)
    saved = workspace.save("goal", "slider", 7, base=0)
    assert saved.conflict is None
    assert workspace.values("goal") == {"note": "typed in the other window", "slider": 7}


def test_undo_goes_back_change_by_change(workspace: Workspace) -> None:
    """Three saves are undone in three steps, and the fourth undo has nothing to do."""
    for value in (1, 2, 3):
        workspace.save("goal", "price", value)
    seen = []
    while workspace.undo("goal") is not None:
        seen.append(workspace.values("goal").get("price"))
    assert seen == [2, 1, None]


def test_undo_brings_a_dropped_row_back(workspace: Workspace) -> None:
    """A deleted row is a change like any other."""
    row = workspace.add_row("kpi", "chosen", {"metric": "cac"})
    workspace.drop_row("kpi", "chosen", row)
    assert workspace.rows("kpi", "chosen") == {}
    workspace.undo("kpi")
    assert workspace.rows("kpi", "chosen")[row]["metric"].value == "cac"


def test_what_was_changed_together_is_undone_at_once(workspace: Workspace) -> None:
    """Two fields of one action go back with one undo, and what was typed before the action stays until the next."""
    workspace.save("goal", "price", 1)
    with workspace.together():
        workspace.save("goal", "price", 2)
        workspace.add_row("goal", "costs", {"name": "rent", "amount": 300})
    workspace.undo("goal")
    assert (workspace.values("goal")["price"], workspace.rows("goal", "costs")) == (1, {})
    workspace.undo("goal")
    assert "price" not in workspace.values("goal")


def test_half_of_an_action_is_not_kept(workspace: Workspace) -> None:
    """A fault in the middle leaves everything as it was, also for who looked meanwhile."""
    with suppress(ZeroDivisionError), workspace.together():
        workspace.save("goal", "price", 2)
        assert workspace.values("goal") == {"price": 2}
        workspace.record("goal", {"rate": 1 // 0})
    assert workspace.values("goal") == {}
    assert workspace.records("goal") == []


def test_undone_action_takes_its_record_along(workspace: Workspace) -> None:
    """What an undone action laid beside the answers is not counted; what others laid there is."""
    workspace.record("week", {"number": 1})
    with workspace.together():
        workspace.save("week", "closed", "2026-11-23")
        workspace.record("week", {"number": 2})
    workspace.record("week", {"number": 3})
    workspace.undo("week")
    assert [record.payload["number"] for record in workspace.records("week")] == [1, 3]


ACTIONS = st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), min_size=1, max_size=4), max_size=6)


@given(actions=ACTIONS, undone_between=st.integers(0, 3))
def test_each_undo_brings_back_what_stood_before_an_action(
    tmp_path_factory: pytest.TempPathFactory, actions: list[list[tuple[str, int]]], undone_between: int
) -> None:
    """Whatever was saved together, in fields saved before or twice, the undos walk back over the same states."""
    workspace = Workspace.create(tmp_path_factory.mktemp("undone") / "firm")
    stood = [workspace.values("goal")]
    for number, action in enumerate(actions):
        with workspace.together():
            for field, value in action:
                workspace.save("goal", field, value)
        stood.append(workspace.values("goal"))
        if number == undone_between:
            workspace.undo("goal")
            stood.pop()
    while stood:
        assert workspace.values("goal") == stood.pop()
        assert (workspace.undo("goal") is not None) == bool(stood)
    workspace.close()


def test_row_ids_are_never_used_again(workspace: Workspace) -> None:
    """A row added after a deletion does not inherit the deleted one's words."""
    first = workspace.add_row("kpi", "chosen", {"metric": "cac"})
    workspace.drop_row("kpi", "chosen", first)
    second = workspace.add_row("kpi", "chosen")
    assert workspace.rows("kpi", "chosen") == {second: {}}


@given(value=st.one_of(st.text(), st.integers(), st.booleans(), st.floats(allow_nan=False), st.lists(st.text())))
def test_any_value_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    """Emoji, NULs, `<script>` and long words alike."""
    workspace = Workspace.create(tmp_path_factory.mktemp("any") / "firm")
    workspace.save("goal", "field", value)
    assert workspace.current("goal")["field"].value == value
    workspace.close()


def test_ten_thousand_characters_are_kept(workspace: Workspace) -> None:
    """Length is the question's business, not the disk's."""
    workspace.save("goal", "name", "щ" * 10_000)
    assert Workspace.open(workspace.path).values("goal")["name"] == "щ" * 10_000


def test_killed_writer_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """After `kill -9` in a storm of saves every acknowledged one is there."""
    folder = tmp_path / "firm"
    Workspace.create(folder)
    storm = (
        "import sys; from playbook.workspace import Workspace; w = Workspace.open(sys.argv[1])\n"
        "for n in range(100000): print(w.save('goal', 'field', n).revision, n, flush=True)"
    )
    process = subprocess.Popen([sys.executable, "-c", storm, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline() for _ in range(20)]
    os.kill(process.pid, signal.SIGKILL)
    acknowledged += [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    process.wait()
    kept = {change.revision: change.value for change in Workspace.open(folder).history("goal")}
    assert all(kept[int(line.split()[0])] == int(line.split()[1]) for line in acknowledged)


def test_existing_workspace_is_not_made_anew(workspace: Workspace) -> None:
    """`new` on a workspace says so."""
    with pytest.raises(WorkspaceExists):
        Workspace.create(workspace.path)


def test_missing_workspace_names_the_command(tmp_path: Path) -> None:
    """The hint says how to make one."""
    with pytest.raises(WorkspaceMissing) as caught:
        Workspace.open(tmp_path)
    assert "playbook new" in caught.value.hint


@pytest.mark.parametrize("content", [b"", b"not a database at all, only words" * 9, os.urandom(4096)])
def test_damaged_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    """Empty, text and binary files end in a clear error, byte for byte unchanged."""
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(WorkspaceDamaged):
        Workspace.open(tmp_path)
    assert (tmp_path / FILE).read_bytes() == content


def test_damaged_page_is_refused(workspace: Workspace) -> None:
    """A page overwritten with rubbish is seen before anything is written."""
    for number in range(300):
        workspace.save("goal", f"field{number}", "x" * 100)
    workspace.close()
    file = workspace.path / FILE
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    content = bytearray(file.read_bytes())
    content[8192:12288] = os.urandom(4096)
    file.write_bytes(content)
    with pytest.raises(WorkspaceDamaged):
        Workspace.open(workspace.path)


def test_newer_workspace_is_refused_and_left_alone(workspace: Workspace) -> None:
    """A file of a later version is not touched."""
    workspace.close()
    with sqlite3.connect(workspace.path / FILE) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(WorkspaceNewer):
        Workspace.open(workspace.path)


def test_locked_workspace_says_who_waits(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program's write lock ends in words after the wait."""
    monkeypatch.setattr(disk, "WAIT_SECONDS", 0.1)
    other = sqlite3.connect(workspace.path / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(WorkspaceLocked):
        Workspace.open(workspace.path).save("goal", "price", 1)
    other.execute("ROLLBACK")
    other.close()


def test_read_only_workspace_reads_and_refuses_to_write(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was saved can be looked at; a save says why it cannot be done."""
    workspace.save("goal", "price", 5)
    workspace.close()
    monkeypatch.setattr(disk.os, "access", lambda *_: False)
    opened = Workspace.open(workspace.path)
    assert opened.values("goal") == {"price": 5}
    with pytest.raises(WorkspaceReadOnly):
        opened.save("goal", "price", 6)


def test_rows_added_at_once_are_rows_of_their_own(workspace: Workspace) -> None:
    """Sixteen windows that press "Add a row" together get sixteen rows."""
    with ThreadPoolExecutor(16) as windows:
        rows = list(windows.map(lambda _: workspace.add_row("kpi", "chosen", {"metric": "cac"}), range(16)))
    assert sorted(map(int, rows)) == list(range(1, 17))
    assert len(workspace.rows("kpi", "chosen")) == 16


def test_same_value_from_two_windows_is_no_conflict(workspace: Workspace) -> None:
    """Nothing of the other window is covered."""
    workspace.save("goal", "price", 2, base=0)
    assert workspace.save("goal", "price", 2, base=0).conflict is None


def test_half_a_character_is_kept_as_a_question_mark(workspace: Workspace) -> None:
    """A folder's name that is no Unicode, or a broken emoji, does not stop a save."""
    workspace.save("goal", "name", "shop \ud83d")
    assert workspace.values("goal") == {"name": "shop ?"}


def test_locked_reading_says_who_waits(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches, records and the revision end in words too, not in SQLite's own error."""
    monkeypatch.setattr(disk, "WAIT_SECONDS", 0.1)
    workspace.close()
    other = sqlite3.connect(workspace.path / FILE, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    for read in (workspace.batches, workspace.revision, workspace.saved_at, lambda: workspace.records("week")):
        with pytest.raises(WorkspaceLocked):
            read()
    other.execute("ROLLBACK")
    other.close()


def test_look_back_sees_what_stood_then(tmp_path: Path) -> None:
    """Values and records of a moment; what came later is not there, and is not lost."""
    workspace = Workspace.create(tmp_path / "firm")
    workspace.save("goal", "cycle_days", 10)
    workspace.record("week", {"n": 1})
    now = datetime.now(UTC)
    earlier, later = workspace.as_of(now - timedelta(hours=1)), workspace.as_of(now + timedelta(hours=1))
    assert (earlier.values("goal"), earlier.records("week")) == ({}, [])
    assert later.values("goal") == {"cycle_days": 10}
    assert [record.payload["n"] for record in later.records("week")] == [1]
    assert workspace.values("goal") == {"cycle_days": 10}


def test_stamp_tells_every_coming_and_going(workspace: Workspace) -> None:
    """A change, a record and an import each; one that was undone counts as one that never came."""
    seen = [workspace.stamp()]
    for does in (
        lambda: workspace.save("goal", "increase", 10),
        lambda: workspace.record("week", {}),
        lambda: workspace.add_batch({}),
    ):
        does()
        seen.append(workspace.stamp())
        assert workspace.stamp() == seen[-1]
    assert len(set(seen)) == 4
    workspace.switch_batch(1, active=False)
    assert workspace.stamp() == seen[2]
