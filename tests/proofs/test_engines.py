"""Every definition gives the same cells on DuckDB, on a cluster of Spark and on ClickHouse."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import start
from playbook.data.engine import definitions

pytestmark = pytest.mark.prove

LOCK = "lock-engines.txt"
PLACE = start.ROOT / ".venv-engines"
PYTHON = PLACE / start.PYTHON.relative_to(start.VENV)


@pytest.fixture(scope="module")
def python() -> Path:
    """The Python of an environment with every engine, made once for each lock."""
    stamp = PLACE / "stamp"
    print_of_lock = start.fingerprint(LOCK)
    if not stamp.exists() or stamp.read_text("utf-8") != print_of_lock:
        subprocess.run([sys.executable, "-m", "venv", "--clear", PLACE], check=True)
        options = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", "--no-deps"]
        lock = ["--require-hashes", "-r", str(start.ROOT / LOCK)]
        subprocess.run([PYTHON, "-m", "pip", "install", *options, *lock], check=True)
        stamp.write_text(print_of_lock, "utf-8")
    return PYTHON


def test_every_engine_gives_the_same_cells(python: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All definitions, over four sample firms and three rough ones, on a real cluster and over ClickHouse's HTTP."""
    command = [str(python), "-m", "tests.proofs.engines.run"]
    run = subprocess.run(command, cwd=start.ROOT, capture_output=True, encoding="utf-8", check=False)
    with capsys.disabled():
        sys.stdout.write("\n" + run.stdout)
    assert run.returncode == 0, run.stdout + run.stderr[-3000:]
    lines = [line for line in run.stdout.splitlines() if line.startswith("| `")]
    assert len(lines) == len(definitions())
    assert all(line.count("| agrees ") == 2 for line in lines)
    assert all(int(line.split("|")[3]) > 0 for line in lines), "a definition that no firm gives a row for"
