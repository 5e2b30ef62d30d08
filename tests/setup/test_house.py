"""The house: imports go down only, notebooks stay thin, and `poe check` is green."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TASKS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["poe"]["tasks"]
WORDS = [word for word in TASKS["check"]["sequence"] if word != "tests"]
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.py"))


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter on the package that lies in `folder`."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-P", "-c", program, "--no-cache"]
    environment = {"PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package to break."""
    shutil.copytree(ROOT / "playbook", tmp_path / "playbook", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_poe_check_is_green(word: str) -> None:
    """Format, lint, types, house and notebooks, as a developer runs them."""
    command = [sys.executable, "-m", "poethepoet", word]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_poe_check_holds_all_six_words() -> None:
    """An emptied sequence would be green for ever."""
    assert TASKS["check"]["sequence"] == ["format", "lint", "types", "house", "notebooks", "tests"]


def test_module_outside_the_house_is_refused(copy: Path) -> None:
    """The contract is exhaustive: a new module belongs to a room or the house breaks."""
    (copy / "playbook" / "utils.py").write_text('"""A room nobody planned."""\n')
    run = lint_imports(copy)
    assert run.returncode == 1
    assert "utils" in run.stdout


@pytest.mark.parametrize(
    ("module", "line", "wall"),
    [
        ("units.py", "import playbook.workspace", "Imports go down only"),
        ("data/__init__.py", "import playbook.questions", "Imports go down only"),
        ("questions/unit_economics/__init__.py", "import playbook.questions.goal", "Questions do not know each other"),
        ("questions/unit_economics/__init__.py", "import playbook.workspace", "A question is pure"),
        ("workspace/__init__.py", "import marimo", "Only ui and app import marimo"),
        ("ui/form.py", "import ipywidgets", "Only the face of JupyterLab imports ipywidgets"),
        ("cli/__init__.py", "import duckdb", "Only data imports DuckDB"),
        ("steps.py", "import sqlite3", "Only the workspace opens SQLite"),
        ("data/__init__.py", "import scipy", "Only methods imports scipy"),
    ],
)
def test_import_through_a_wall_is_refused(copy: Path, module: str, line: str, wall: str) -> None:
    """Each wall of the house stands: one import through it breaks its contract."""
    with (copy / "playbook" / module).open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    run = lint_imports(copy)
    assert run.returncode == 1
    assert re.search(rf"^{wall}.* BROKEN", run.stdout, re.MULTILINE), run.stdout


def test_notebooks_import_marimo_and_playbook_only() -> None:
    """A notebook asks, answers or draws; everything else lives in the package."""
    found = {path.name: roots(path) - {"marimo", "playbook"} for path in NOTEBOOKS}
    assert [name for name, others in found.items() if others] == []
    assert len(found) >= 12


def roots(notebook: Path) -> set[str]:
    """The top names of everything a notebook imports, inside its cells too."""
    nodes = list(ast.walk(ast.parse(notebook.read_text("utf-8"))))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    named = [node.module or "." for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in plain + named}


def test_every_ignored_rule_carries_its_reason() -> None:
    """A rule of ruff that is switched off says why, on its own line."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lists = re.findall(r"(?:^ignore|^\"[^\"]+\") = \[\n(.*?)\n\]", text, re.MULTILINE | re.DOTALL)
    lines = [line for body in lists for line in body.splitlines()]
    assert len(lines) > 30
    assert [line for line in lines if not re.search(r'",\s+# \S', line)] == []
