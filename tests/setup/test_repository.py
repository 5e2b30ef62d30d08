"""The repository: nothing in it points at one machine or one registry."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REGISTRY = re.compile(r"(?:pypi|pythonhosted|npmjs|yarnpkg|jsdelivr|unpkg)\.(?:org|com|net)\b", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.<}])/(?:root|work|opt|home/\w+|Users/\w+|mnt)/", re.IGNORECASE)


def texts() -> dict[str, str]:
    """Every text file that is or would be committed, by its name."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.split("\0")
    files = [
        ROOT / name for name in names if name and (ROOT / name).is_file() and name != "tests/setup/test_repository.py"
    ]
    return {str(file.relative_to(ROOT)): file.read_bytes().decode("utf-8", "replace") for file in files}


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE], ids=["registry", "machine"])
def test_no_file_names_one_machine(pattern: re.Pattern[str]) -> None:
    """A clone works anywhere: no address of a registry, no path of somebody's disk."""
    read = texts()
    assert len(read) > 50
    assert {name: found[0] for name, text in read.items() if (found := pattern.search(text))} == {}


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (REGISTRY, "--index-url https://pypi.org/simple"),
        (MACHINE, 'open("/home/ann/playbook.db")'),
        (MACHINE, "/root/x"),
    ],
)
def test_such_a_line_would_be_found(pattern: re.Pattern[str], line: str) -> None:
    """The guard sees what it guards against."""
    assert pattern.search(line)


def test_ci_runs_tests_then_proofs() -> None:
    """Both commands, in this order, the first failure ending the run."""
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        "python3 start.py test",
        "python3 start.py prove",
    ]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100
