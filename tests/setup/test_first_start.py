"""The first start, in a fresh copy: fast, shown, resumed, and safe beside another. Long, so proofs."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import start

pytestmark = pytest.mark.prove
ROOT = Path(start.__file__).parent
LISTING = ["solve", "--list"]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of the project with no environment."""
    left = shutil.ignore_patterns(".*", "__pycache__", "__marimo__", "dist", "build")
    return Path(shutil.copytree(ROOT, tmp_path / "the playbook", ignore=left))


def begin(clone: Path, *words: str) -> subprocess.Popen[str]:
    """One start of the copy, from another folder."""
    environment = {**os.environ, "LC_ALL": "ru_RU.UTF-8", "PLAYBOOK_STATE": str(clone.parent)}
    command = [sys.executable, str(clone / "start.py"), *words]
    return subprocess.Popen(
        command, cwd=clone.parent, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def finish(running: subprocess.Popen[str]) -> tuple[str, str]:
    """What a start that succeeded printed: the command's words and the set-up's words."""
    out, err = running.communicate(timeout=300)
    assert running.returncode == 0, err
    return out, err


def test_first_start_takes_under_two_minutes(clone: Path) -> None:
    """With a warm package cache, and with progress in the person's language; the next start adds under 0.3 s."""
    begun = time.monotonic()
    out, err = finish(begin(clone, *LISTING))
    assert time.monotonic() - begun < 120
    assert "unit-economics" in out
    assert "Первый запуск: готовим плейбук" in err
    assert "Устанавливаем пакеты: " in err
    assert finish(begin(clone, *LISTING)) == (out, "")
    assert f'python3 "{clone / "start.py"}" [КЛЮЧИ] КОМАНДА' in finish(begin(clone, "--help"))[0]
    assert overhead(clone) < 0.3


def overhead(clone: Path) -> float:
    """Seconds that start.py adds when everything is in place: the quickest of five looks."""
    program = (
        "import start, time; begun = time.perf_counter(); start.prepare('lock.txt'); print(time.perf_counter() - begun)"
    )
    return min(timed([sys.executable, "-c", program], clone) for _ in range(5))


def timed(command: list[str], folder: Path) -> float:
    """How long a command takes, its Python included."""
    begun = time.monotonic()
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return time.monotonic() - begun


def test_killed_start_is_mended_by_the_next(clone: Path) -> None:
    """`kill -9` in the middle of the installation leaves no stamp, and the next start makes it whole."""
    first = begin(clone, *LISTING)
    site = clone / ".venv"
    while first.poll() is None and len(list(site.glob("lib/*/site-packages/*.dist-info"))) < 10:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert not (site / "start-stamp.json").exists()
    out, err = finish(begin(clone, *LISTING))
    assert "unit-economics" in out
    assert "Первый запуск" in err


def test_two_starts_at_once_make_one_environment(clone: Path) -> None:
    """The second waits for the first and installs nothing."""
    both = [begin(clone, *LISTING), begin(clone, *LISTING)]
    answers = [finish(running) for running in both]
    assert answers[0][0] == answers[1][0]
    assert sorted("Готово" in err for _, err in answers) == [False, True]
    assert sum("Плейбук уже готовит другой запуск" in err for _, err in answers) == 1
    assert json.loads((clone / ".venv" / "start-stamp.json").read_text())["root"] == str(clone)
