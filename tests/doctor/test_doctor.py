"""The doctor: a sound machine and workspace are all ok, and every fault is found, named and given a remedy."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from playbook import i18n
from playbook.data import Importer, engines, originals, tables
from playbook.doctor import Finding, examine, machine
from playbook.errors import WorkspaceMissing
from playbook.packs import pack, unpack
from playbook.workspace import FILE, Workspace, disk

ORDERS = """order_id,customer,paid_at,revenue,currency
1,a@example.com,2026-06-01,100,RUB
2,b@example.com,2026-06-02,50,RUB
"""


@pytest.fixture(autouse=True)
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that prints at once; Chromium's own printing has its tests beside the report."""
    prints = 'for word; do case "$word" in --print-to-pdf=*) echo PDF > "${word#*=}";; esac; done'
    monkeypatch.setenv("PLAYBOOK_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("PLAYBOOK_BROWSER", str(program(tmp_path / "bin" / "browser", prints)))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A firm with one imported file and its tables."""
    made = Workspace.create(tmp_path / "firm", name="Firm")
    importer = Importer(made)
    importer.run(importer.preview(ORDERS.encode(), "orders.csv"))
    tables.folder(made)
    return made


def program(file: Path, text: str) -> Path:
    """A shell program."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


def found(folder: Path) -> dict[str, Finding]:
    """The findings by their names."""
    return {finding.check: finding for finding in examine(folder)}


def test_all_is_well(workspace: Workspace) -> None:
    """Twelve looks, none of them with a hint."""
    findings = found(workspace.path)
    assert list(findings) == [
        "python", "disk", "memory", "fonts", "browser", "engine",
        "workspace", "database", "version", "writable", "originals", "tables",
    ]  # fmt: skip
    assert {finding.state for finding in findings.values()} == {"ok"}
    assert not any(finding.hint for finding in findings.values())
    assert findings["tables"].saw == "2 rows"


def test_looking_changes_nothing(workspace: Workspace) -> None:
    """Not a file of the workspace is written, and no table is made that was not there."""
    tables.discard(workspace)
    before = {path: path.read_bytes() for path in workspace.path.rglob("*") if path.is_file()}
    assert found(workspace.path)["tables"].saw == "made at the next look at the data"
    after = {path: path.read_bytes() for path in workspace.path.rglob("*") if path.is_file()}
    assert {path for path in after if after[path] != before.get(path)} <= {workspace.path / f"{FILE}-shm"}


def test_machine_alone_is_looked_at_without_a_workspace() -> None:
    """Six findings."""
    assert [finding.check for finding in examine()] == ["python", "disk", "memory", "fonts", "browser", "engine"]


def test_missing_workspace_is_the_person_s_own_mistake(tmp_path: Path) -> None:
    """No finding, but the error of every command."""
    with pytest.raises(WorkspaceMissing):
        list(examine(tmp_path / "nothing"))


def test_damaged_workspace_is_one_finding(tmp_path: Path) -> None:
    """Said with what to do; nothing else can be looked at."""
    (tmp_path / "firm").mkdir()
    (tmp_path / "firm" / FILE).write_bytes(b"rubbish" * 100)
    findings = [finding for finding in examine(tmp_path / "firm") if finding.state != "ok"]
    assert [(finding.check, finding.state) for finding in findings] == [("workspace", "fault")]
    assert findings[0].hint == "open a copy you made before, or unpack one; keep this file for repair"


def test_broken_index_is_found(workspace: Workspace) -> None:
    """The quick look on opening passes it over; reading every page does not."""
    workspace.save("goal", "price", 1)
    workspace.close()
    with sqlite3.connect(workspace.path / FILE) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = replace(sql, 'step, field, revision', 'field, step, revision') "
                   "WHERE name = 'changes_of_field'")  # fmt: skip
    db.close()
    finding = found(workspace.path)["database"]
    assert (finding.state, "changes_of_field" in finding.saw) == ("fault", True)
    assert finding.hint.startswith("go on with a copy")


def test_held_workspace_is_a_warning(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program that writes at this moment is no fault of the workspace."""
    monkeypatch.setattr(disk, "WAIT_SECONDS", 0.1)
    other = sqlite3.connect(workspace.path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    finding = found(workspace.path)["writable"]
    other.execute("ROLLBACK")
    other.close()
    assert (finding.state, finding.saw) == ("warning", "Another program holds this workspace.")


def test_workspace_that_may_only_be_read_is_a_fault(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing typed there would be saved."""
    workspace.close()
    monkeypatch.setattr(disk.os, "access", lambda *_: False)
    finding = found(workspace.path)["writable"]
    assert (finding.state, finding.hint) == ("fault", "copy the folder to a place of your own, or allow writing to it")


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-9])])
def test_lost_original_is_named(workspace: Workspace, harm: object) -> None:
    """Gone, or not the file it was; the tables made of it are still read."""
    (batch,) = workspace.batches()
    harm(originals.original(workspace, batch.payload["sha"]))  # type: ignore[operator]
    findings = found(workspace.path)
    assert (findings["originals"].state, findings["originals"].saw) == ("fault", "1 is gone or changed: orders.csv")
    assert findings["tables"].state == "ok"


def test_originals_left_out_on_purpose_are_no_fault(workspace: Workspace, tmp_path: Path) -> None:
    """A workspace that came without them says so."""
    pack(workspace, tmp_path / "lean.playbook", originals=False)
    finding = found(unpack(tmp_path / "lean.playbook", tmp_path / "lean").path)["originals"]
    assert (finding.state, finding.hint.partition(";")[0]) == ("warning", "the workspace was packed without them")


def test_broken_table_is_a_warning_with_its_remedy(workspace: Workspace) -> None:
    """It can be made again."""
    (tables.folder(workspace) / "orders.parquet").write_bytes(b"PAR1 and no more")
    finding = found(workspace.path)["tables"]
    assert (finding.state, "delete the folder" in finding.hint) == ("warning", True)


def test_engine_of_ones_own_that_does_not_answer_is_a_fault(workspace: Workspace) -> None:
    """DuckDB needs no line of its own; another engine is asked, and the way back is the hint."""
    assert "own_engine" not in found(workspace.path)
    engines.settle(workspace, "spark://127.0.0.1:9")
    finding = found(workspace.path)["own_engine"]
    assert (finding.state, finding.saw) == ("fault", "The packages for spark are not installed. (pyspark)")
    assert "engine use duckdb" in finding.hint


def test_engine_that_nobody_chose_here_is_a_warning(workspace: Workspace) -> None:
    """A folder that came from somewhere names a server: it is not asked, and that is said."""
    workspace.set_setting("engine", "spark://127.0.0.1:9")
    finding = found(workspace.path)["own_engine"]
    assert (finding.state, "nobody chose it on this machine: DuckDB answers" in finding.saw) == ("warning", True)


@pytest.mark.parametrize(
    ("program_of", "state", "hint"),
    [("true", "fault", "fonts-dejavu-core"), ('echo "DejaVu Sans"', "ok", ""), (None, "warning", "DejaVu or Noto")],
)
def test_fonts_are_listed_or_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program_of: str | None, state: str, hint: str
) -> None:
    """No font with Cyrillic, one, and no way to know."""
    folder = tmp_path / "path"
    folder.mkdir()
    if program_of is not None:
        program(folder / "fc-list", program_of)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(machine.sys, "platform", "linux")
    finding = machine.letters()
    assert (finding.state, hint in finding.hint) == (state, True)


@pytest.mark.parametrize(("browser_of", "what"), [("none", "none of them was found"), ("exit 1", "could not print")])
def test_browser_that_does_not_print_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser_of: str, what: str
) -> None:
    """The report stays as HTML: there is no browser, or it ends without a page."""
    stand_in = tmp_path / "none" if browser_of == "none" else program(tmp_path / "bin" / "other", browser_of)
    monkeypatch.setenv("PLAYBOOK_BROWSER", str(stand_in))
    finding = machine.printing()
    assert (finding.state, what in finding.saw, bool(finding.hint)) == ("warning", True, True)


@pytest.mark.parametrize(
    ("free", "state", "saw"),
    [
        (2_500_000_000, "ok", "2.5 GB free"),
        (999_999_999, "warning", "999 MB free"),
        (49_000_000, "fault", "49 MB free"),
    ],
)
def test_little_space_warns_and_none_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, free: int, state: str, saw: str
) -> None:
    """A thousand megabytes and fifty are the bounds; rounding never makes more of what there is."""
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: type("Usage", (), {"free": free}))
    finding = machine.disk(Path.home())
    assert (finding.state, finding.saw, bool(finding.hint)) == (state, saw, state != "ok")


def test_disk_of_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    """The disk of the nearest folder above is looked at."""
    assert machine.disk(tmp_path / "not" / "yet").saw.endswith("free")


def test_lines_stand_in_columns_and_speak_russian(workspace: Workspace) -> None:
    """State, name and what was seen; the names of the columns are as long in every line."""
    with i18n.speaking("ru"):
        lines = [finding.line() for finding in examine(workspace.path)]
    assert lines[-1] == "норма     Таблицы из них: 2 строки"
    assert {line[8:10] for line in lines} == {"  "}
    assert Finding("a", "warning", "Disk", "3 MB free", "free some space").line() == (
        "warning  Disk: 3 MB free — free some space"
    )
