"""Packing and unpacking: the same workspace comes back, whatever happens in between."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from playbook import i18n
from playbook.data import Facts, Importer, undo
from playbook.errors import PlaybookError, WorkspaceDamaged, WorkspaceExists, WorkspaceNewer
from playbook.lab import books
from playbook.packs import pack, unpack
from playbook.packs.manifest import LEFT_OUT
from playbook.packs.unpacking import PASSING, STALE_SECONDS
from playbook.workspace import FILE, Workspace
from tests.packs.conftest import CUSTOMER, Forge, lines


def revenue(workspace: Workspace) -> object:
    """A figure out of the tables: the average order value."""
    return Facts(workspace).get("average_order_value")


def inside(pack: Path) -> set[str]:
    """The names in a pack."""
    with zipfile.ZipFile(pack) as archive:
        return set(archive.namelist())


def test_unpacked_workspace_equals_the_packed_one(workspace: Workspace, packed: Path, tmp_path: Path) -> None:
    """Every change with its time and author, the results, the imports, the settings, the files."""
    there = unpack(packed, tmp_path / "there")
    assert lines(there) == lines(workspace)
    for room in ("originals", "reports"):
        mine, theirs = (
            {path.name: path.read_bytes() for path in (one.path / room).iterdir()} for one in (workspace, there)
        )
        assert theirs == mine
        assert theirs
    assert revenue(there) == revenue(workspace)


def test_tables_stay_at_home_and_are_made_again(packed: Path, tmp_path: Path) -> None:
    """They follow from the originals."""
    assert not [name for name in inside(packed) if name.startswith("tables/")]
    there = unpack(packed, tmp_path / "there")
    assert list((there.path / "tables").iterdir()) == []
    assert revenue(there) is not None
    assert list((there.path / "tables").iterdir()) != []


def test_import_goes_on_where_it_was_unpacked(packed: Path, tmp_path: Path) -> None:
    """The salt came along: a customer of the next file is the customer of the last one."""
    there = unpack(packed, tmp_path / "there")
    importer = Importer(there)
    more = f"order_id,customer,paid_at,revenue,currency\n5,{CUSTOMER},2026-07-01,10,RUB\n"
    importer.run(importer.preview(more.encode(), "july.csv"))
    undo(there, 1)
    assert there.setting("salt")


def test_packed_in_a_storm_of_saves_is_one_instant(workspace: Workspace, tmp_path: Path) -> None:
    """Whatever was acknowledged before the packing began is in it, and the file is sound."""
    stop, saved = threading.Event(), [0]

    def storm() -> None:
        with closing(Workspace.open(workspace.path)) as other:
            while not stop.is_set():
                saved[0] = other.save("goal", "field", saved[0] + 1).revision

    writer = threading.Thread(target=storm)
    writer.start()
    try:
        for number in range(3):
            while saved[0] < 20 * (number + 1):
                time.sleep(0.001)
            before = saved[0]
            pack(workspace, tmp_path / f"{number}.playbook")
            there = unpack(tmp_path / f"{number}.playbook", tmp_path / str(number))
            assert there.revision() >= before
            assert there.faults() == []
    finally:
        stop.set()
        writer.join()


def test_pack_without_originals_knows_nobody(workspace: Workspace, tmp_path: Path) -> None:
    """No original, no rejected row, no salt anywhere in it; persons are hashes; the figures are the same."""
    salt = str(workspace.setting("salt"))
    pack(workspace, tmp_path / "lean.playbook", originals=False)
    names = inside(tmp_path / "lean.playbook")
    assert not [name for name in names if name.startswith("originals/") or "rejects" in name]
    there = unpack(tmp_path / "lean.playbook", tmp_path / "there")
    everything = b"".join(path.read_bytes() for path in there.path.rglob("*") if path.is_file())
    assert salt.encode() not in everything
    assert CUSTOMER.encode() not in everything
    assert revenue(there) == revenue(workspace)
    assert len(there.setting(LEFT_OUT)) == 2
    assert workspace.setting(LEFT_OUT) is None


def test_pack_with_originals_holds_them_as_they_came(packed: Path, tmp_path: Path) -> None:
    """The other half of the choice, so that the test above cannot be green for nothing."""
    assert [name for name in inside(packed) if "rejects" in name]
    assert unpack(packed, tmp_path / "there").setting("salt")


def test_own_notebooks_go_along_where_none_runs_by_itself(workspace: Workspace, tmp_path: Path) -> None:
    """Those a person changed or wrote, without what they have shown; ours are made anew; a second time, too."""
    folder = books.shelve(workspace)
    changed = json.loads((folder / "start.ipynb").read_text("utf-8"))
    changed["cells"][0].update(source="mine = 1", outputs=[{"output_type": "stream", "text": CUSTOMER}])
    (folder / "start.ipynb").write_text(json.dumps(changed), "utf-8")
    (folder / "Мой.ipynb").write_text("no notebook at all", "utf-8")
    (folder / "pandas.py").write_text("evil = 1", "utf-8")
    pack(workspace, tmp_path / "firm.playbook")
    there = unpack(tmp_path / "firm.playbook", tmp_path / "there")
    assert [file.relative_to(there.path).as_posix() for file in sorted((there.path / "notebooks").rglob("*.*"))] == [
        "notebooks/handed-on/start.ipynb",
        "notebooks/handed-on/Мой.ipynb",
    ]
    book = json.loads((there.path / "notebooks" / "handed-on" / "start.ipynb").read_text("utf-8"))
    assert (book["cells"][0]["source"], book["cells"][0]["outputs"]) == ("mine = 1", [])
    assert "playbook" not in book["metadata"]
    (books.shelve(there) / "Start.ipynb").write_text("mine, too", "utf-8")
    pack(there, tmp_path / "again.playbook")
    handed = {name.rpartition("/")[2] for name in inside(tmp_path / "again.playbook") if name.startswith("notebooks/")}
    assert handed == {"Start.ipynb", "start-2.ipynb", "Мой.ipynb"}


def test_notebooks_whose_names_become_equal_are_both_handed_on(workspace: Workspace, tmp_path: Path) -> None:
    """A stroke stands for signs that some system does not take; the second name keeps its ending and can be opened."""
    folder = workspace.path / "notebooks"
    folder.mkdir(exist_ok=True)
    for name, text in (("a:b.ipynb", "one"), ("a_b.ipynb", "two")):
        (folder / name).write_text(text, "utf-8")
    pack(workspace, tmp_path / "firm.playbook")
    there = unpack(tmp_path / "firm.playbook", tmp_path / "there")
    handed = {file.name: file.read_text("utf-8") for file in (there.path / "notebooks" / "handed-on").iterdir()}
    assert handed == {"a_b.ipynb": "one", "a_b_.ipynb": "two"}


def test_pack_without_originals_has_no_notebook(workspace: Workspace, tmp_path: Path) -> None:
    """Anything may have been typed into one."""
    (books.shelve(workspace) / "mine.ipynb").write_text(CUSTOMER, "utf-8")
    pack(workspace, tmp_path / "lean.playbook", originals=False)
    assert not [name for name in inside(tmp_path / "lean.playbook") if name.startswith("notebooks/")]


def test_undo_works_without_the_originals(workspace: Workspace, tmp_path: Path) -> None:
    """The parts of the tables came along, so the tables without an import can be made."""
    pack(workspace, tmp_path / "lean.playbook", originals=False)
    there = unpack(tmp_path / "lean.playbook", tmp_path / "there")
    undo(there, 1)
    assert [batch.active for batch in there.batches()] == [False, False]


def test_newer_pack_of_the_same_name_replaces_the_older(workspace: Workspace, packed: Path, tmp_path: Path) -> None:
    """A weekly copy under one name."""
    workspace.save("goal", "price", 7)
    pack(workspace, packed)
    assert unpack(packed, tmp_path / "there").values("goal")["price"] == 7


def test_pack_never_replaces_something_else(workspace: Workspace, tmp_path: Path) -> None:
    """A file of another kind, a zip of another kind and a folder stay as they are."""
    (tmp_path / "clients.xlsx").write_text("mine")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("photo.jpg", "mine")
    before = (tmp_path / "photos.zip").read_bytes()
    for name in ("clients.xlsx", "photos.zip", "."):
        with pytest.raises(PlaybookError, match="Something else stands under this name"):
            pack(workspace, tmp_path / name)
    assert (tmp_path / "clients.xlsx").read_text() == "mine"
    assert (tmp_path / "photos.zip").read_bytes() == before


def test_failed_packing_leaves_nothing(workspace: Workspace, packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk in the middle: the older pack stands, and no half of a new one lies beside it."""
    before = packed.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(PlaybookError, match="could not be written") as told:
        pack(workspace, packed)
    assert told.value.saw.endswith("the disk is full")
    assert packed.read_bytes() == before
    assert not [path for path in packed.parent.iterdir() if path.name.startswith(".")]


def test_strange_names_of_reports_go_along(workspace: Workspace, tmp_path: Path) -> None:
    """What another system would not take is spelled otherwise; a link leads nowhere; an older pack stays at home."""
    reports = workspace.path / "reports"
    (reports / "report 10:30.html").write_text("a")
    (reports / "report 10_30.html").write_text("b")
    (reports / "link.html").symlink_to("/etc/hostname")
    (reports / "old.playbook").write_text("c")
    pack(workspace, tmp_path / "p.playbook")
    there = unpack(tmp_path / "p.playbook", tmp_path / "there").path / "reports"
    names = sorted(path.name for path in there.iterdir() if path.name.startswith(("report 10", "link", "old")))
    assert names == ["report 10_30.html", "report 10_30_.html"]


def test_pack_of_a_folder_that_may_only_be_read(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packing writes nothing to the workspace."""
    workspace.close()
    with closing(sqlite3.connect(workspace.path / FILE)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    monkeypatch.setattr("playbook.workspace.disk.os.access", lambda *_: False)
    pack(Workspace.open(workspace.path), tmp_path / "p.playbook")
    monkeypatch.undo()
    assert unpack(tmp_path / "p.playbook", tmp_path / "there").setting("name") == "Студия «Лён»"


# --- refusals


def test_taken_place_is_left_as_it_is(workspace: Workspace, packed: Path, tmp_path: Path) -> None:
    """A workspace, a folder with anything in it and a file: each is named, with a place that is free."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "note.txt").write_text("mine")
    before = lines(workspace)
    hints = []
    for place in (workspace.path, tmp_path / "notes", packed):
        with pytest.raises(WorkspaceExists) as told:
            unpack(packed, place)
        hints.append(told.value.hint.rpartition(" ")[2])
    assert hints == [f"{workspace.path}-2", str(tmp_path / "notes" / "firm"), f"{packed}-2"]
    assert lines(workspace) == before
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["note.txt"]


def test_empty_folder_is_a_free_place(packed: Path, tmp_path: Path) -> None:
    """Someone made it for this."""
    (tmp_path / "there").mkdir()
    assert unpack(packed, tmp_path / "there").setting("name") == "Студия «Лён»"


def test_without_a_folder_it_gets_the_name_it_had(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the person who unpacks it."""
    monkeypatch.chdir(tmp_path)
    assert unpack(packed).path == (tmp_path / "firm").resolve()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"only words " * 99, os.urandom(5000)])
def test_what_is_no_pack_is_refused(tmp_path: Path, content: bytes) -> None:
    """Empty, cut off, text, rubbish."""
    (tmp_path / "x.playbook").write_bytes(content)
    with pytest.raises(WorkspaceDamaged, match="no packed workspace"):
        unpack(tmp_path / "x.playbook", tmp_path / "there")
    assert not (tmp_path / "there").exists()


def test_missing_pack_and_a_folder_are_told(tmp_path: Path) -> None:
    """A mistyped name."""
    with pytest.raises(PlaybookError, match="was not found"):
        unpack(tmp_path / "none.playbook", tmp_path / "there")
    with pytest.raises(PlaybookError, match="could not be opened"):
        unpack(tmp_path, tmp_path / "there")


def test_changed_byte_is_seen(forge: Forge, tmp_path: Path) -> None:
    """The list holds the hash of every file: one that was changed and packed again is named."""
    changed = forge({"reports/report-2026-06-30.html": "<p>отчёт".encode().swapcase()}, listed=False)
    with pytest.raises(WorkspaceDamaged) as told:
        unpack(changed, tmp_path / "there")
    assert told.value.saw.endswith("reports/report-2026-06-30.html")
    assert list(tmp_path.glob(f"{PASSING}*")) == []


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
def test_pack_cut_short_is_refused(packed: Path, tmp_path: Path, cut: float) -> None:
    """As after a broken download."""
    content = packed.read_bytes()
    packed.write_bytes(content[: int(len(content) * cut)])
    with pytest.raises(WorkspaceDamaged):
        unpack(packed, tmp_path / "there")


ESCAPES = [
    "../evil.txt",
    "originals/../../evil.txt",
    "/tmp/evil.txt",
    "originals//evil.txt",
    "originals/..\\..\\evil.txt",
    "C:/evil.txt",
    "reports/C:evil.txt",
    "evil.txt",
    "playbook.db/evil.txt",
    "reports/",
    "reports/line\nbreak.html",
    "tables/0123456789abcdef/orders.parquet",
    "notebooks/start.ipynb",
    "notebooks/handed-on/pandas.py",
    "notebooks/handed-on/deeper/mine.ipynb",
    "notebooks/handed-on/",
    "notebooks",
]


@pytest.mark.parametrize("name", ESCAPES)
def test_name_that_leads_elsewhere_is_refused(forge: Forge, tmp_path: Path, name: str) -> None:
    """Nothing is written anywhere, inside or outside; tables beside originals are no truth."""
    before = set(tmp_path.rglob("*"))
    with pytest.raises(WorkspaceDamaged):
        unpack(forge({name: b"evil"}), tmp_path / "there")
    assert {path.name for path in set(tmp_path.rglob("*")) - before} == {"forged0.playbook"}


def test_list_and_contents_must_agree(forge: Forge, tmp_path: Path) -> None:
    """A file too many, one too few, no database, and a list that is no list."""
    forgeries = (
        forge({"reports/more.html": b"x"}, listed=False),
        forge({"reports/report-2026-06-30.html": None}, listed=False),
        forge({FILE: None}),
        forge({}, {"files": "none"}),
        forge({}, {"format": 0}),
    )
    for forged in forgeries:
        with pytest.raises(WorkspaceDamaged):
            unpack(forged, tmp_path / "there")
    assert len(forgeries) == 5


@pytest.mark.parametrize("size", [60_000_000])
def test_file_that_unfolds_to_too_much_is_refused(forge: Forge, tmp_path: Path, size: int) -> None:
    """Sixty megabytes of zeros in sixty kilobytes: seen before anything is written."""
    bomb = forge({"reports/zeros.html": bytes(size)})
    assert bomb.stat().st_size < size / 200
    with pytest.raises(WorkspaceDamaged, match="unfold to more") as told:
        unpack(bomb, tmp_path / "there")
    assert told.value.saw == "60 MB"


def test_newer_packs_are_refused(forge: Forge, workspace: Workspace, tmp_path: Path) -> None:
    """By the number of the format, and by that of the database inside."""
    with closing(sqlite3.connect(workspace.path / FILE)) as db:
        db.execute("PRAGMA user_version = 99")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for forged in (forge({}, {"format": 99}), forge({FILE: (workspace.path / FILE).read_bytes()})):
        with pytest.raises(WorkspaceNewer, match="newer version"):
            unpack(forged, tmp_path / "there")
    assert not (tmp_path / "there").exists()


def test_database_with_code_of_its_own_is_refused(forge: Forge, workspace: Workspace, tmp_path: Path) -> None:
    """A trigger would change what the person saves; a workspace has none."""
    with closing(sqlite3.connect(workspace.path / FILE)) as db:
        db.execute("CREATE TRIGGER t AFTER INSERT ON changes BEGIN DELETE FROM batches; END")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with pytest.raises(WorkspaceDamaged):
        unpack(forge({FILE: (workspace.path / FILE).read_bytes()}), tmp_path / "there")


def test_full_disk_is_seen_before_unpacking(packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is needed and what is free."""
    monkeypatch.setattr("playbook.packs.unpacking.shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(PlaybookError, match="too little space") as told:
        unpack(packed, tmp_path / "there")
    assert told.value.exit_code == 1
    assert told.value.saw.endswith("0.1 MB are free")
    assert not (tmp_path / "there").exists()


UNPACK = "import sys; from playbook.packs import unpack; print('go', flush=True); unpack(sys.argv[1], sys.argv[2])"


def test_killed_unpacking_leaves_no_workspace(forge: Forge, tmp_path: Path) -> None:
    """`kill -9` while the files are written: no folder of that name, no database, and the next one succeeds."""
    big = forge({f"originals/{number}.gz": os.urandom(4_000_000) for number in range(12)})
    place = tmp_path / "into"
    place.mkdir()
    process = subprocess.Popen([sys.executable, "-c", UNPACK, str(big), str(place / "there")], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    while not list(place.rglob("*.gz")) and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    (left,) = place.iterdir()
    assert left.name.startswith(PASSING)
    assert list(place.rglob(FILE)) == []
    os.utime(left, (0, time.time() - STALE_SECONDS - 60))
    assert unpack(big, place / "there").faults() == []
    assert [path.name for path in place.iterdir()] == ["there"]


RUSSIAN = {
    "no pack": "Это не упакованная рабочая папка, или файл повреждён. Ничего не распаковано.",
    "newer": "Эту рабочую папку упаковала более новая версия плейбука. Ничего не распаковано.",
    "taken": "Здесь уже что-то есть. Ничего не распаковано.",
}


def test_refusals_speak_russian(forge: Forge, packed: Path, workspace: Workspace, tmp_path: Path) -> None:
    """Word for word, with what to do."""
    there = tmp_path / "there"
    newer = forge({}, {"format": 2, "version": "9.9"})
    said = {}
    for name, file, place in (
        ("no pack", forge({}, {"files": 1}), there),
        ("newer", newer, there),
        ("taken", packed, workspace.path),
    ):
        with i18n.speaking("ru"), pytest.raises(PlaybookError) as told:
            unpack(file, place)
        said[name] = told.value.what
        assert not told.value.hint.isascii()
    assert said == RUSSIAN
