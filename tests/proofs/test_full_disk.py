"""A disk that takes no more: said plainly, nothing before it lost, and all goes on when there is room again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook import i18n
from playbook.errors import WorkspaceReadOnly
from playbook.workspace import Workspace

FILLING = """
import resource, signal, sys
from pathlib import Path
from playbook import i18n
from playbook.errors import WorkspaceReadOnly
from playbook.workspace import Workspace
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder, room = Path(sys.argv[1]), int(sys.argv[2])
workspace = Workspace.open(folder)
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
with i18n.speaking("ru"):
    for count in range(100_000):
        try:
            workspace.save("goal", f"field-{count}", "x" * 500)
        except WorkspaceReadOnly as error:
            print(count, error.what, error.hint, sep="|")
            break
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
workspace.save("goal", "after", "room again")
"""


def fill(workspace: Workspace) -> None:
    """Save until the disk takes no more."""
    for count in range(100_000):
        workspace.save("goal", f"field-{count}", "x" * 500)


def test_file_that_cannot_grow_loses_nothing(tmp_path: Path) -> None:
    """No file may grow past 200 kB in the middle of many saves; with room again the same process goes on."""
    workspace = Workspace.create(tmp_path / "firm")
    command = [sys.executable, "-c", FILLING, str(workspace.path), "200000"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONUTF8": "1"})
    count, what, hint = done.stdout.strip().split("|")
    assert int(count) > 10
    assert what == "На диске кончилось место: последнее изменение не сохранено."
    assert "освободите место" in hint
    saved = Workspace.open(workspace.path).values("goal")
    assert len(saved) == int(count) + 1
    assert saved["after"] == "room again"


if sys.platform == "linux" and os.geteuid() == 0:  # only there can a test make a disk of its own

    @pytest.fixture
    def small(tmp_path: Path) -> Iterator[Path]:
        """A disk of two megabytes."""
        place = tmp_path / "disk"
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], check=True)
        yield place
        subprocess.run(["umount", "-l", str(place)], check=True)

    def test_full_disk_is_said_and_forgiven(small: Path) -> None:
        """Every save that came back is there; with the ballast gone the next one goes through."""
        workspace = Workspace.create(small / "firm")
        ballast = small / "ballast"
        ballast.write_bytes(b"x" * 1_000_000)
        with i18n.speaking("en"), pytest.raises(WorkspaceReadOnly, match="The disk took no more"):
            fill(workspace)
        saved = len(workspace.values("goal"))
        assert saved > 50
        ballast.unlink()
        workspace.save("goal", "after", "room again")
        workspace.close()
        found = Workspace.open(small / "firm").values("goal")
        assert len(found) == saved + 1
