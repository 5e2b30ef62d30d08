"""The wheel: whole, and at work where no repository is."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import playbook

ROOT = Path(__file__).parents[2]
GARDEN = ("notebooks", "templates", "data_samples")


def python(*words: str | Path, folder: Path, packages: Path | None = None) -> str:
    """What a Python command prints; `packages` come before everything installed."""
    environment = {**os.environ, "PYTHONPATH": str(packages or ""), "PLAYBOOK_STATE": str(folder), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, *map(str, words)]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built without a network."""
    made = tmp_path_factory.mktemp("wheel")
    python("-m", "hatchling", "build", "-t", "wheel", "-d", made, folder=ROOT)
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages with the wheel in it, far from the repository."""
    folder = tmp_path_factory.mktemp("elsewhere") / "packages"
    python("-m", "pip", "install", "--no-deps", "--no-index", "--target", folder, wheel, folder=wheel.parent)
    return folder


def tracked(folder: str) -> list[str]:
    """The files of one folder that belong to the project."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


def test_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    """Code, knowledge, catalogues, rules, SQL and pages: nothing of playbook/ is left behind."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    files = tracked("playbook")
    assert {Path(name).suffix for name in files} >= {".py", ".toml", ".po", ".sql", ".html", ".css"}
    assert [name for name in files if name not in inside] == []


@pytest.mark.parametrize("folder", GARDEN)
def test_wheel_holds_the_garden(wheel: Path, folder: str) -> None:
    """Notebooks, templates and samples lie where paths.py looks for them."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert [name for name in tracked(folder) if f"playbook/_files/{name}" not in inside] == []


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    """No test and no start.py gets into other people's packages; the version is the one that the code tells."""
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"playbook", f"marketing_playbook-{playbook.__version__}.dist-info"}


def test_wheel_finds_its_files_elsewhere(elsewhere: Path, tmp_path: Path) -> None:
    """The resources come from the wheel and not from the repository beside it."""
    program = (
        "from playbook import paths; print(paths.resource('notebooks'), paths.knowledge('ru', 'setup.toml').is_file())"
    )
    printed = python("-c", program, folder=tmp_path, packages=elsewhere)
    assert printed.split() == [str(elsewhere / "playbook" / "_files" / "notebooks"), "True"]


def test_wheel_lists_questions_elsewhere(elsewhere: Path, tmp_path: Path) -> None:
    """The command works from an installed wheel."""
    assert "open" in python("-m", "playbook", "--help", folder=tmp_path, packages=elsewhere)
    assert "unit-economics" in python("-m", "playbook", "solve", "--list", folder=tmp_path, packages=elsewhere)


def test_wheel_makes_a_report_elsewhere(elsewhere: Path, tmp_path: Path) -> None:
    """A sample firm and its report, with no repository in sight."""
    python("-m", "playbook", "new", "shop", "--sample", "ecommerce", folder=tmp_path, packages=elsewhere)
    python("-m", "playbook", "report", "-w", "shop", "-o", "shop.html", folder=tmp_path, packages=elsewhere)
    assert "</html>" in (tmp_path / "shop.html").read_text("utf-8")
